"""Joint distributions that are the usual counterexamples about entropies: copies, XOR, functions, nearly constant ones.

The variables are functions on a small probability space: linear ones of a few random bits or of two numbers modulo 3,
any functions on four points that are equally likely or not, or one number that is uniform on many. A variable is a
partition of the points, some variables together have the partition that refines theirs, and a claim is estimated from
the entropies of partitions alone. So a search that changes one variable after the other is cheap. What it proposes is
an estimate in floating point; that the point refutes the claim is decided elsewhere, exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random
from typing import final

from ..kernel.syntax import Scope
from ..kernel.terms import NAT, REAL, RELATIONS, Node
from ..language.entropies import JointFamily

__all__ = ["Table", "joint_tables"]

Partition = tuple[int, ...]
"""The class of each point, numbered in the order of the first point."""
Table = dict[tuple[int, ...], Fraction]
"""The probability of each cell."""
Values = Callable[[Sequence[float], Sequence[int]], float]
"""A number, from the entropies of all sets of variables and the sizes of the variables."""

_MANY = (3, 5, 7, 11, 17, 33)
"""Sizes of a uniform variable: log 33 is larger than 3, and entropies above that are rarely compared with a number."""
_WEIGHTS = ("1/4 1/4 1/4 1/4", "1/2 1/4 1/8 1/8", "7/10 1/10 1/10 1/10", "997/1000 1/1000 1/1000 1/1000")
"""Probabilities of four points: equal ones, those of a code, and those of a nearly constant variable."""
_STARTS = 30
"""From so many choices of all variables the search starts in each space; from all of them where there are fewer than
``_ALL``, and then it need not go anywhere."""
_ALL = 700
_COMPARISONS = 100_000
"""So many comparisons are estimated for one claim, the hypotheses at each choice of variables among them: a second."""
_CELLS = 600
"""A table of more cells takes longer to evaluate exactly than a claim is worth."""
_FOUND = 8
"""So many tables are proposed for one claim, those with the fewest cells and the shortest fractions first."""
_SHARE = Fraction(1, 1000)
"""How much of the uniform distribution is mixed into a table that must not have empty cells."""
_SMALL = 1e-9
"""Differences below this are those of rounding."""


@final
class _Space:
    """Points with probabilities, and partitions of them that are closed under common refinement.

    Parameters
    ----------
    weights : sequence of Fraction
        The probabilities of the points.
    partitions : sequence of Partition
    """

    def __init__(self, weights: Sequence[Fraction], partitions: Sequence[Partition]) -> None:
        self.weights, self.partitions = tuple(weights), tuple(dict.fromkeys(partitions))
        number = {p: k for k, p in enumerate(self.partitions)}
        self.join = [[number[_numbered(zip(p, q, strict=True))] for q in self.partitions] for p in self.partitions]
        self.entropy = [self._entropy(p) for p in self.partitions]
        self.size = [max(p) + 1 for p in self.partitions]
        self.constant = number[(0,) * len(self.weights)]

    def _entropy(self, partition: Partition) -> float:
        total: dict[int, Fraction] = {}
        for label, weight in zip(partition, self.weights, strict=True):
            total[label] = total.get(label, Fraction(0)) + weight
        return -sum(float(w) * math.log(w) for w in total.values())

    def entropies(self, choice: Sequence[int]) -> list[float]:
        """Return H of all sets of variables, by the number whose bits are the set."""
        joined = [self.constant]
        for k in choice:
            row = self.join[k]
            joined += [row[j] for j in joined]
        return [self.entropy[k] for k in joined]

    def table(self, choice: Sequence[int]) -> dict[tuple[int, ...], Fraction]:
        """Return the cells that are not empty."""
        cells: dict[tuple[int, ...], Fraction] = {}
        for point, weight in enumerate(self.weights):
            cell = tuple(self.partitions[k][point] for k in choice)
            cells[cell] = cells.get(cell, Fraction(0)) + weight
        return cells


def _numbered(labels: object) -> Partition:
    found: dict[object, int] = {}
    return tuple(found.setdefault(label, len(found)) for label in labels)  # type: ignore[attr-defined]


@cache
def _linear(base: int, digits: int) -> _Space:
    """Return vectors over a prime field, all equally likely, and the values of every set of linear functions."""
    points = [*product(range(base), repeat=digits)]
    functions = [tuple(sum(a * b for a, b in zip(f, point, strict=True)) % base for point in points) for f in points]
    found = dict.fromkeys([_numbered([0] * len(points))])
    for _ in range(digits):
        found.update(dict.fromkeys([_numbered(zip(p, f, strict=True)) for p in found for f in functions]))
    return _Space([Fraction(1, len(points))] * len(points), [*found])


@cache
def _any_function(weights: str) -> _Space:
    """Return points with given probabilities, and all functions on them."""
    given = [Fraction(w) for w in weights.split()]
    every = [p for p in product(range(len(given)), repeat=len(given)) if p == _numbered(p)]
    return _Space(given, every)


@cache
def _uniform(size: int) -> _Space:
    """Return points that are equally likely, a constant, and the point itself."""
    return _Space([Fraction(1, size)] * size, [(0,) * size, tuple(range(size))])


def _spaces() -> Iterator[_Space]:
    """Yield the spaces, those with short fractions and few points first; each is made when it is asked for."""
    yield _linear(2, 2)
    yield _any_function(_WEIGHTS[0])
    yield _linear(2, 3)
    yield from map(_any_function, _WEIGHTS[1:])
    yield _linear(3, 2)
    yield from map(_uniform, _MANY)
    yield _linear(2, 4)


def joint_tables(hypotheses: Sequence[Node], part: Node, scope: Scope) -> Iterator[tuple[str, dict[str, int], Table]]:
    """Yield tables at which a claim about the entropies of one family looks false: its name, the sizes and the cells.

    Parameters
    ----------
    hypotheses : sequence of Node
        Those that compare entropies are looked at; the others are not, for they are checked exactly afterwards.
    part : Node
        The claim: a comparison.
    scope : mapping of str to Signature
        The declared names.
    """
    names = [n for n, (_, values) in scope.items() if values != "set"]
    if len(names) != 1 or part.op not in RELATIONS:
        return
    over, values = scope[names[0]]
    if values != REAL or not over or len(over) > 5 or {NAT, REAL} & {*over}:
        return
    points = tuple(Node("idx", str(k)) for k in range(len(over)))
    estimate = _Estimate(JointFamily(Node("sym", names[0], points), points, over))
    claim = estimate.failing(part)
    positive = any(_is_positive(h, names[0]) for h in hypotheses)
    if claim is None:
        chosen = _usual(len(over)) if names[0] in part.names else iter(())
    else:
        given = [g for g in map(estimate.failing, hypotheses) if g is not None]
        chosen = _chosen(len(over), claim, given)
    filled = (_filled(space, choice, over, positive) for space, choice in chosen)
    found = sorted((f for f in filled if f is not None), key=lambda item: item[0])
    for _, sizes, table in found[:_FOUND]:
        yield names[0], sizes, table


def _filled(
    space: _Space, choice: Sequence[int], over: Sequence[str], positive: bool
) -> tuple[tuple[int, int], dict[str, int], Table] | None:
    """Return a table with its sizes and how much there is to read in it; None where it has too many cells."""
    sizes: dict[str, int] = {}
    for s, k in zip(over, choice, strict=True):
        sizes[s] = max(sizes.get(s, 1), space.size[k])
    cells = math.prod(sizes[s] for s in over)
    if cells > _CELLS:
        return None
    some = space.table(choice)
    table = {cell: some.get(cell, Fraction(0)) for cell in product(*(range(sizes[s]) for s in over))}
    if positive and len(some) < cells:
        table = {cell: (1 - _SHARE) * value + _SHARE / cells for cell, value in table.items()}
    return (cells, sum(p.denominator for p in some.values())), sizes, table


def _usual(count: int) -> Iterator[tuple[_Space, tuple[int, ...]]]:
    """Yield copies of a uniform variable, and variables each of which is the sum of two others."""
    if count > 1:
        for space in (_linear(2, 2), _uniform(3)):
            yield space, (next(k for k, size in enumerate(space.size) if size > 1),) * count
        halves = [k for k, size in enumerate(_linear(2, 2).size) if size == 2]
        yield _linear(2, 2), tuple(halves[k % len(halves)] for k in range(count))


def _chosen(count: int, claim: Values, given: Sequence[Values]) -> Iterator[tuple[_Space, tuple[int, ...]]]:
    """Yield spaces with choices of variables at which a claim looks false, from one space after the other."""
    left, seen = [_COMPARISONS], 0
    for space in _spaces():
        for choice in _failing(space, count, claim, given, left):
            seen += math.prod(space.size[k] for k in choice) <= _CELLS
            yield space, choice
        if seen >= _FOUND or left[0] < 0:
            return


def _is_positive(hypothesis: Node, name: str) -> bool:
    """Whether a hypothesis says that all members of a family are positive."""
    while hypothesis.op == "all":
        hypothesis = hypothesis.args[0].args[0]
    return hypothesis.op == "<" and hypothesis.args[1].op == "sym" and hypothesis.args[1].data == name


def _failing(
    space: _Space, count: int, claim: Values, given: Sequence[Values], left: list[int]
) -> Iterator[tuple[int, ...]]:
    """Yield choices of partitions at which the estimates of the hypotheses are 0 and that of the claim is not.

    What is *left* of the budget, in comparisons, is counted down.
    """
    sizes, options = space.size, range(len(space.partitions))
    seen: set[tuple[int, ...]] = set()

    def failure(choice: Sequence[int]) -> tuple[float, float]:
        left[0] -= 1 + len(given)
        entropies, own = space.entropies(choice), [sizes[k] for k in choice]
        missed = sum(g(entropies, own) for g in given)
        return (0.0 if missed < _SMALL else -missed), claim(entropies, own)

    def fails(value: tuple[float, float]) -> bool:
        return value[0] == 0 and value[1] > _SMALL

    if len(options) ** count <= _ALL:
        yield from (choice for choice in product(options, repeat=count) if fails(failure(choice)))
        return
    random = Random(count)
    for _ in range(_STARTS):
        if left[0] < 0:
            return
        choice = [random.choice(options) for _ in range(count)]
        best, improved = failure(choice), True
        while improved and not fails(best):
            improved = False
            for k in random.sample(range(count), count):
                for option in options:
                    other = [*choice[:k], option, *choice[k + 1 :]]
                    value = failure(other)
                    if value > (best[0], best[1] + _SMALL):
                        choice, best, improved = other, value, True
        if fails(best) and tuple(choice) not in seen:
            seen.add(tuple(choice))
            yield tuple(choice)


@final
class _Estimate:
    """Comparisons as functions of the entropies of a family."""

    def __init__(self, family: JointFamily) -> None:
        self._family = family

    def failing(self, statement: Node) -> Values | None:
        """Return by how much a comparison fails: 0 where it holds; None where it is not about entropies."""
        if statement.op not in RELATIONS or self._family.body.data not in statement.names:
            return None
        gap = self._value(Node("-", None, statement.args))
        if gap is None:
            return None
        value = gap
        if statement.op == "=":
            return lambda h, n: abs(value(h, n))
        if statement.op == "!=":
            return lambda h, n: float(abs(value(h, n)) < _SMALL)
        strict = 2 * _SMALL if statement.op == "<" else 0.0
        return lambda h, n: max(0.0, value(h, n) + strict)

    def _value(self, term: Node) -> Values | None:
        row = self._row(term)
        if row is not None:
            constant = row.pop(0, 0.0)
            return _combination(constant, [*row.items()])
        op, args = term.op, term.args
        if op == "card":
            place = next((k for k, s in enumerate(self._family.sets) if s == term.data), None)
            return None if place is None else (lambda h, n: float(n[place]))
        if op not in _ARITHMETIC:
            return None
        parts = [self._value(a) for a in args]
        function = _ARITHMETIC[op]
        values = [part for part in parts if part is not None]
        return None if len(values) < len(parts) else (lambda h, n: function(*(v(h, n) for v in values)))

    def _row(self, term: Node) -> dict[int, float] | None:
        """Return the coefficients of a linear combination of entropies, and the constant as that of no variables."""
        op, args = term.op, term.args
        if op == "num":
            return {0: float(term.data)}
        if op in ("sum", "def"):
            found = self._family.read(term)
            if found is None or any(isinstance(s, Node) for s in found):
                return None
            return {sum(1 << k for k in s): -float(v) for s, v in found.items() if s and not isinstance(s, Node)}
        if op not in ("+", "-", "neg", "*", "/"):
            return None
        rows = [self._row(a) for a in args]
        left, right = rows[0], rows[-1]
        if left is None or right is None:
            return None
        if op in ("*", "/"):
            if op == "*" and set(left) <= {0}:
                left, right = right, left
            if not set(right) <= {0} or (op == "/" and not right.get(0)):
                return None
            factor = right.get(0, 0.0)
            return {k: v * factor if op == "*" else v / factor for k, v in left.items()}
        if op == "neg":
            return {k: -v for k, v in left.items()}
        sign = 1 if op == "+" else -1
        return {k: left.get(k, 0.0) + sign * right.get(k, 0.0) for k in {**left, **right}}


def _combination(constant: float, rows: Sequence[tuple[int, float]]) -> Values:
    def value(entropies: Sequence[float], sizes: Sequence[int]) -> float:
        total = constant
        for k, coefficient in rows:
            total += coefficient * entropies[k]
        return total

    return value


def _protected(function: Callable[..., float]) -> Callable[..., float]:
    """Return a function that is NaN, with which no comparison holds, where it has no value."""

    def value(*args: float) -> float:
        try:
            return function(*args)
        except (ArithmeticError, ValueError, TypeError):
            return math.nan

    return value


_ARITHMETIC: dict[str, Callable[..., float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "neg": lambda a: -a,
    "abs": abs,
    "/": _protected(lambda a, b: a / b),
    "log": _protected(math.log),
    "exp": _protected(math.exp),
    "^": _protected(math.pow),
}
