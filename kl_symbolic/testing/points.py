"""Inputs at which a numeric function is tried, and simpler ones that may fail like a given one.

Every probability is a dyadic fraction with few enough bits, so that floats hold it exactly and the floats of a
distribution sum to 1 exactly: what is expected is the value at the very input, with nothing rounded before the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise, product
from random import Random
from typing import final

__all__ = ["Input", "inputs", "simpler"]

Distribution = tuple[Fraction, ...]

_SMALL = 4
"""The denominator of the inputs that are tried first: with it, most mistakes show at two outcomes."""
_PLAIN = 16
"""Up to which denominator a fraction is short."""
_SMALL_PAIRS = 40
"""How many pairs of distributions on three outcomes are taken, of 225."""
_RANDOM = 24
"""How many inputs have random weights."""
_COARSE_BITS = 20
"""Bits of random weights: float32 has 24."""
_LARGE = (64, 300)
"""Numbers of outcomes of large inputs: beyond the blocks of 8 and 128 in which NumPy sums."""
_MOST_PAIRS = 12
"""Up to how many outcomes any two are merged when an input is made simpler; above, neighbors are."""
_WORDS = {
    "interior": "all probabilities positive",
    "equal": "equal distributions",
    "near": "nearly equal distributions",
    "ratios": "tiny and huge ratios",
    "zero in both": "an outcome that neither has",
    "zero in the first": "an outcome that only the first lacks",
    "zero in the second": "an outcome that only the second lacks",
    "zeros": "an outcome of probability 0",
    "one outcome": "a single outcome",
}


@final
@dataclass(frozen=True, slots=True)
class Input:
    """The arguments of one call.

    Parameters
    ----------
    tables : tuple of tuple of Fraction
        A distribution for each argument.
    columns : int
        Of a joint distribution, which is one table row by row; 0 for distributions.
    near : bool
        Whether it was made of nearly equal distributions.
    """

    tables: tuple[Distribution, ...]
    columns: int = 0
    near: bool = field(default=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Values are looked up by input, and the hash of a fraction is a power modulo a prime.
        object.__setattr__(self, "_hash", hash((self.tables, self.columns)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def size(self) -> int:
        """The number of outcomes."""
        return len(self.tables[0])

    @property
    def plain(self) -> bool:
        """Whether all fractions are short."""
        return all(w.denominator <= _PLAIN for table in self.tables for w in table)

    @property
    def complexity(self) -> tuple[int, bool, int, int, int]:
        """The measure of simplicity: outcomes, short fractions, few zeros, small denominators, few different values."""
        entries = [w for table in self.tables for w in table]
        zeros = sum(w == 0 for w in entries)
        return self.size, not self.plain, zeros, max(w.denominator for w in entries), len(set(entries))

    @property
    def kind(self) -> str:
        """Its peculiarity, in words."""
        return _WORDS[self._kind()]

    @property
    def positive(self) -> bool:
        """Whether no probability is 0."""
        return all(w > 0 for table in self.tables for w in table)

    def _kind(self) -> str:
        if self.size == 1:
            return "one outcome"
        if len(self.tables) == 1:
            return "interior" if self.positive else "zeros"
        first, second = self.tables[:2]
        pairs = list(zip(first, second, strict=True))
        if any(p > 0 and q == 0 for p, q in pairs):
            return "zero in the second"
        if any(p == 0 and q > 0 for p, q in pairs):
            return "zero in the first"
        if any(p == 0 for p, _ in pairs):
            return "zero in both"
        if first == second:
            return "equal"
        if self.near:
            return "near"
        return "ratios" if any(max(p / q, q / p) > 2**_COARSE_BITS for p, q in pairs) else "interior"

    def __str__(self) -> str:
        return ", ".join(map(self._shown, self.tables))

    def _shown(self, table: Distribution) -> str:
        if self.columns:
            rows = [table[k : k + self.columns] for k in range(0, len(table), self.columns)]
            return f"[{', '.join(map(_listed, rows))}]"
        return _listed(table)

    def named(self, names: Sequence[str]) -> str:
        """Return it as text, with a name for each argument.

        Parameters
        ----------
        names : sequence of str
        """
        return "\n".join(f"  {name} = {self._shown(table)}" for name, table in zip(names, self.tables, strict=True))


def _listed(weights: Distribution) -> str:
    shown = list(map(str, weights))
    if len(shown) > _MOST_PAIRS:
        shown = [*shown[:4], f"... {len(shown) - 6} more ...", *shown[-2:]]
    return f"[{', '.join(shown)}]"


# --- inputs to try ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def inputs(count: int, joint: bool, bits: int, exponents: int, seed: int) -> tuple[Input, ...]:
    """Return different inputs, the simplest first.

    Parameters
    ----------
    count : int
        How many distributions the function takes.
    joint : bool
        Whether it takes one joint distribution instead.
    bits : int
        Bits of a significand of the floats.
    exponents : int
        How many halvings of 1 are tried at most.
    seed : int
        Equal seeds give equal inputs.

    Examples
    --------
    >>> [str(i) for i in inputs(1, False, 53, 400, 0)[:4]]
    ['[1]', '[1/2, 1/2]', '[1/4, 3/4]', '[3/4, 1/4]']
    """
    chance = Random(f"agreement/{seed}")
    made = _joint(chance) if joint else _plain(count, bits, exponents, chance)
    return tuple(sorted(dict.fromkeys(made), key=lambda one: one.complexity))


def _plain(count: int, bits: int, exponents: int, chance: Random) -> Iterator[Input]:
    yield Input(((Fraction(1),),) * count)
    for tables in product(_small(2), repeat=count):
        yield Input(tables)
    threes = list(_small(3))
    yield from (Input((table,) * count) for table in threes)
    for _ in range(_SMALL_PAIRS):
        yield Input(tuple(threes[_below(chance, len(threes))] for _ in range(count)))
    for k in range(_RANDOM):
        size, zeros = 2 + _below(chance, 7), k % 3 == 2
        tables = tuple(_random(chance, size, zeros) for _ in range(count))
        yield Input(tables)
        yield Input((tables[0],) * count)
    for size in _LARGE:
        yield Input(tuple(_random(chance, size, False) for _ in range(count)))
    for steps in (1, bits // 2, exponents // 8, exponents):
        halves = _halving(min(steps, exponents))
        for tables in product((halves, halves[::-1]), repeat=count):
            yield Input(tables)
    tiny = Fraction(1, 2 ** (bits - 1))
    for tables in product(((tiny, 1 - tiny), (Fraction(1, 2), Fraction(1, 2)), (1 - tiny, tiny)), repeat=count):
        yield Input(tables)
    if count > 1:
        for step in (Fraction(1, 2**k) for k in (_COARSE_BITS // 2, _COARSE_BITS, bits - 2)):
            for base in ((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 4), Fraction(1, 2), Fraction(1, 4))):
                moved = (base[0] + step, base[1] - step, *base[2:])
                yield from (
                    Input((*pair, *(base,) * (count - 2)), near=True) for pair in ((base, moved), (moved, base))
                )


def _joint(chance: Random) -> Iterator[Input]:
    yield Input(((Fraction(1),),), 1)
    for rows, columns in ((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (4, 5)):
        size = rows * columns
        yield (
            Input(((Fraction(1, size),) * size,), columns)
            if size & (size - 1) == 0
            else Input((_halving(size - 1),), columns)
        )
        for k in range(_RANDOM // 2):
            yield Input((_random(chance, size, k % 2 == 1),), columns)
        if rows == columns:
            yield Input((tuple(Fraction(i == j, rows) for i in range(rows) for j in range(columns)),), columns)


def _small(size: int) -> Iterator[Distribution]:
    for parts in product(range(_SMALL + 1), repeat=size):
        if sum(parts) == _SMALL:
            yield tuple(Fraction(n, _SMALL) for n in parts)


def _halving(steps: int) -> Distribution:
    """Return 1/2, 1/4, …, and the last one again."""
    return (*(Fraction(1, 2**k) for k in range(1, steps + 1)), Fraction(1, 2**steps))


def _random(chance: Random, size: int, zeros: bool) -> Distribution:
    """Return random weights, some of them 0 when asked for."""
    alive = [not (zeros and _below(chance, 3) == 0) for _ in range(size)]
    alive[_below(chance, size)] = True
    total = 2**_COARSE_BITS
    cuts = sorted({1 + _below(chance, total - 1) for _ in range(sum(alive) - 1)})
    ends = [0, *cuts, total]
    parts = [b - a for a, b in pairwise(ends)]
    parts += [0] * (sum(alive) - len(parts))
    rest = iter(parts)
    return tuple(Fraction(next(rest) if living else 0, total) for living in alive)


def _below(chance: Random, n: int) -> int:
    # random() is the one method whose values Python promises to keep.
    return int(chance.random() * n)


# --- simpler inputs --------------------------------------------------------------------------------------------------


def simpler(one: Input) -> Iterator[Input]:
    """Yield inputs that are simpler than a given one and resemble it, the simplest first.

    Parameters
    ----------
    one : Input
    """
    if one.columns:
        return
    found = dict.fromkeys((*_merged(one), *_smoothed(one)))
    yield from sorted((i for i in found if i.complexity < one.complexity), key=lambda i: i.complexity)


def _merged(one: Input) -> Iterator[Input]:
    """Yield inputs in which outcomes are taken together."""
    size = one.size
    if size > _MOST_PAIRS:
        for step in (size // 2, size // 4, 2):
            neighbors = [tuple(range(k, min(k + step, size))) for k in range(0, size, step)]
            yield Input(tuple(_together(table, neighbors) for table in one.tables), near=one.near)
        return
    for i, j in combinations(range(size), 2):
        groups: list[tuple[int, ...]] = sorted([(i, j), *((k,) for k in range(size) if k not in (i, j))])
        yield Input(tuple(_together(table, groups) for table in one.tables), near=one.near)


def _together(table: Distribution, groups: Iterable[Iterable[int]]) -> Distribution:
    return tuple(sum((table[k] for k in group), Fraction(0)) for group in groups)


def _smoothed(one: Input) -> Iterator[Input]:
    """Yield inputs in which one distribution is replaced by one with shorter fractions and the same zeros."""
    for k, table in enumerate(one.tables):
        support = [j for j, w in enumerate(table) if w]
        plain = [_spread(table, support), _spread(table, support[::-1]), *_shorter(table)]
        for other in plain:
            yield Input((*one.tables[:k], other, *one.tables[k + 1 :]), near=one.near)
    if len(set(one.tables)) == 1:
        for other in (_spread(one.tables[0], [j for j, w in enumerate(one.tables[0]) if w]), *_shorter(one.tables[0])):
            yield Input((other,) * len(one.tables), near=one.near)


def _spread(table: Distribution, support: Sequence[int]) -> Distribution:
    """Return 1/2, 1/4, … on the outcomes that are possible, in their order."""
    values = _halving(len(support) - 1) if len(support) > 1 else (Fraction(1),)
    placed = dict(zip(support, values, strict=True))
    return tuple(placed.get(j, Fraction(0)) for j in range(len(table)))


def _shorter(table: Distribution) -> Iterator[Distribution]:
    """Yield the distribution with shorter denominators, where no positive entry becomes 0."""
    bits = max(w.denominator for w in table).bit_length() - 1
    for fewer in (bits // 4, bits // 2, bits - 1) if bits else ():
        rounded = [Fraction(int(w * 2**fewer), 2**fewer) for w in table]
        largest = max(range(len(table)), key=lambda k: (table[k], -k))
        rounded[largest] += 1 - sum(rounded)
        if all((a > 0) == (b > 0) for a, b in zip(table, rounded, strict=True)):
            yield tuple(rounded)
