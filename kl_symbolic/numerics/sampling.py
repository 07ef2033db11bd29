"""Points of Γ: a deterministic stream of exact points at which every hypothesis holds.

Each attempt picks sizes of the index sets, values of indices and index functions, and then, under one of several
*regimes*, values of the symbols by :mod:`solver`: plain ones, ends of the allowed range and values close to them, equal
or nearly equal symbols, tiny numbers, zeros where they are allowed. Sample spaces are built as products. Sequences with
a given limit are ⌊l·n + √n⌋ and the like. Whatever the attempt produced counts only if each hypothesis holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Many
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random
from typing import TypeVar, final

from ..kernel.syntax import SPACES, Scope
from ..kernel.terms import NAT, REAL, Node, num, substitute
from ..language.errors import InvalidValue
from ..language.polynomials import atoms, degree, power
from .choices import Functions
from .constraints import Solver, Unsolved, clauses
from .evaluate import Reading, Truth, Undecided, Undefined
from .integrals import Known, is_analytic
from .interval import ONE, ZERO
from .partial_polynomials import Bounds, Cell, Polynomials
from .point import N_MARK, Entry, Point, Rest, Sequence
from .values import Work

__all__ = ["Draw", "draw", "points", "restrict"]

REGIMES = ("plain", "plain", "equal", "ends", "near", "tiny", "ones", "rough", "product")
"""The kinds of values that an attempt prefers, taken in turn; later attempts take those that have produced points."""

GENTLE = tuple(regime for regime in REGIMES if regime not in ("tiny", "rough"))
"""Those whose numbers are neither very large nor very small: beyond them, hardly an integral settles."""

MAX_CELLS = 96
"""The most cells that one symbol or index function may have."""

_T = TypeVar("_T")
_LEAST_ATTEMPTS, _ATTEMPTS, _BARREN = 40, 8, 2
"""Attempts in all, for each point that is wanted, and, for each of these, before a search without points ends."""
_REPEATED, _REPEATED_EACH = 60, 3
"""Attempts that brought old points, in all and for each new one, after which there seem to be no more."""
_READABLE = 12
"""How many points have small numbers, so that the first counterexample is easy to read."""
_TRIES = 12
"""How many values are tried for one cell."""
_LARGEST_SPACE = 16
"""Outcomes of a sample space; each is a cell of every random variable."""
_PARTS = tuple(map(Fraction, "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/7 1/10".split()))
_STEPS = tuple(map(Fraction, "1 1/2 2 1/3 3/2 3 5/4 7 1/10".split()))
_ANY = tuple(map(Fraction, "1/2 2 -1 3/2 1 -3/2 0 7/3 -1/3 3".split()))
"""Parts of an interval, steps beyond an end, and any numbers: small ones, so that points are readable."""
_TINY = Fraction(1, 10**30)
"""Far below the precision of a float, and far above that of the comparison."""
_NATURALS = (1, 2, 3, 10, 100, 1, 7, 1000, 0, 10**6)
"""Values of indices over ℕ, in the order of the attempts."""


@final
class _Chance:
    """Random choices that depend on nothing but a text."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1."""
        # random() is the one method whose values Python promises to keep.
        return int(self._random.random() * n)

    def one_of(self, values: Many[_T]) -> _T:
        """Return one of some values."""
        return values[self.below(len(values))]

    def shuffled(self, values: Many[_T]) -> list[_T]:
        """Return the values in another order."""
        rest, found = list(values), []
        while rest:
            found.append(rest.pop(self.below(len(rest))))
        return found


@final
@dataclass(frozen=True, slots=True)
class Draw:
    """The result of a search for points.

    Parameters
    ----------
    points : tuple of Point
        Different ones, in the order in which they were found.
    exhausted : bool
        Whether the attempts brought the same points again and again, so that there are hardly any others.
    """

    points: tuple[Point, ...]
    exhausted: bool


def points(hypotheses: Many[Node], conclusion: Node | None, scope: Scope, count: int, seed: int = 0) -> Iterator[Point]:
    """Yield points at which all hypotheses hold, at most *count* different ones.

    Parameters
    ----------
    hypotheses : sequence of Node
        Closed statements.
    conclusion : Node or None
        Its names must be declared too; its truth does not matter.
    scope : mapping of str to Signature
        Every declared name gets a value.
    count : int
    seed : int
        Equal seeds give equal points.

    Raises
    ------
    ValueError
        When a name is not declared.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"X": "set", "p": "X -> number"})
    >>> given = [parse(s, "statement", scope) for s in ("forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1")]
    >>> print(next(points(given, None, scope, 3)))
    |X| = 2, p[0] = 1/5, p[1] = 4/5
    """
    names = frozenset[str]().union(*(h.names for h in hypotheses), conclusion.names if conclusion else ())
    missing = sorted(names - scope.keys())
    if missing:
        raise InvalidValue(f"expected a scope that declares every name; it lacks {', '.join(missing)}")
    return (point for point in _search(hypotheses, scope, count, seed) if point is not None)


def draw(
    hypotheses: Many[Node],
    scope: Scope,
    count: int,
    seed: int = 0,
    work: Work | None = None,
    known: Known | None = None,
) -> Draw:
    """Return different points at which all hypotheses hold, and whether there seem to be others.

    Parameters
    ----------
    hypotheses : sequence of Node
        Γ.
    scope : Scope
        The declared names.
    count : int
        How many points are wanted.
    seed : int, optional
        Of the pseudo-random choices.
    work : Work, optional
        The budget; when it is spent the search ends with what it has. Each attempt has one of its own by default.
    known : Known, optional
        The integrals that were computed; it is given where statements about integrals are to be looked at, which need
        numbers that are neither very large nor very small.
    """
    found: list[Point] = []
    repeated = 0
    for point in _search(hypotheses, scope, count, seed, work, known):
        if point is None:
            repeated += 1
        else:
            found.append(point)
    return Draw(tuple(found), repeated >= 3 * len(found) > 0)


def _search(
    hypotheses: Many[Node],
    scope: Scope,
    count: int,
    seed: int,
    work: Work | None = None,
    known: Known | None = None,
) -> Iterator[Point | None]:
    """Yield each new point of Γ, and None for each attempt that brought an old one.

    The search ends after eight attempts per wanted point, or sooner when a good many have brought nothing.
    """
    found: set[Point] = set()
    repeated = 0
    regimes = REGIMES if known is None and not any(map(is_analytic, hypotheses)) else GENTLE
    tried = dict.fromkeys(regimes, 0)
    brought = dict.fromkeys(regimes, 0)
    for attempt in range(max(_LEAST_ATTEMPTS, _ATTEMPTS * count)):
        if len(found) == count or repeated > _REPEATED + _REPEATED_EACH * len(found):
            return
        if not found and attempt >= max(_LEAST_ATTEMPTS, _BARREN * count):
            return
        regime = regimes[attempt % len(regimes)]
        fertile = [name for name in tried if brought[name]]
        if fertile and not brought[regime] and tried[regime] >= 3:
            # Some hypotheses, D(p‖q) = 0 for one, hold at hardly any points but those of one kind.
            regime = fertile[attempt // len(regimes) % len(fertile)]
        if work is not None and work.left <= 0:
            return
        point = _attempt(hypotheses, scope, attempt, regime, seed, work or Work(), known)
        tried[regime] += 1
        brought[regime] += point is not None
        if point in found:
            repeated += 1
            yield None
        elif point is not None:
            found.add(point)
            yield point


def restrict(scope: Scope, statements: Many[Node]) -> Scope:
    """Return the part of a scope that statements, and the signatures of their names, need.

    Parameters
    ----------
    scope : Scope
        The declared names.
    statements : sequence of Node
        The statements whose names are kept.
    """
    names = frozenset[str]().union(*(s.names for s in statements))
    needed = names.union(*((*over, values) for n, (over, values) in scope.items() if n in names))
    return {n: signature for n, signature in scope.items() if n in needed}


def _attempt(
    hypotheses: Many[Node], scope: Scope, number: int, regime: str, seed: int, work: Work, known: Known | None
) -> Point | None:
    chance = _Chance(f"{seed}/{number}")
    known = known or Known(work)
    try:
        point = _Attempt(hypotheses, scope, chance, regime, number, work, known).point()
        reading = Reading(point, 50, work, known)
        # What needs no integral is looked at first.
        if all(reading.truth(h, exact=True) is Truth.TRUE for h in sorted(hypotheses, key=is_analytic)):
            return point
    except (Unsolved, Undefined, Undecided):
        pass  # the choices did not fit together; the next attempt makes others
    return None


@final
class _Attempt:
    """One attempt at a point."""

    def __init__(
        self,
        hypotheses: Many[Node],
        scope: Scope,
        chance: _Chance,
        regime: str,
        number: int,
        work: Work,
        known: Known,
    ) -> None:
        self.hypotheses, self.scope, self.chance, self.regime = hypotheses, scope, chance, regime
        self.number, self.work, self.known = number, work, known
        self.draft = Point((), (), ())
        self.functions = Functions(self.draft, hypotheses, scope, chance, number, regime == "equal")
        self.sequences = [n for n, (over, _) in scope.items() if NAT in over and REAL not in over]
        self.signatures: dict[str, tuple[str, ...]] = {
            n: over
            for n, (over, values) in scope.items()
            if values == "number" and NAT not in over and REAL not in over and n not in self.functions.measured
        }

    def point(self) -> Point:
        """Return a point, which may or may not satisfy the hypotheses.

        Raises
        ------
        Unsolved
            When the choices do not fit together.
        """
        self._sizes()
        spaces = _spaces(self.hypotheses, self.scope)
        self._indices(spaces)
        self._sample_spaces(spaces)
        if self.regime == "product":
            self._products()
        self.functions.choose_domains()
        unknown = [
            (name, where)
            for name in self.chance.shuffled(sorted(self.signatures))
            for where in self._cells(self.signatures[name])
            if where not in self.draft.number_of.get(name, {})
        ]
        wanted = {name for name, _ in unknown}
        later = {*self.sequences, *self.functions.functions, *self.functions.measured}
        about = [h for h in self.hypotheses if h.names.isdisjoint(later) and not h.names.isdisjoint(wanted)]
        placed = [substitute(h, self.draft.domain_of) for h in about]
        found = [c for h in placed for c in clauses(h, self.draft.size_of.__getitem__, self.work)]
        Solver(self.draft, unknown, found, self, self.work).solve()
        for name in self.signatures:
            self.draft.number_of.setdefault(name, {})
        if self.sequences:
            _Sequences(self.draft, self.hypotheses, self.scope, self.chance, self.work).choose()
        self.functions.choose(self.known, self.work)
        return Point.of(self.draft.size_of, self.draft.index_of, self.draft.number_of, self.draft.domain_of)

    def _cells(self, over: tuple[str, ...]) -> list[tuple[int, ...]]:
        sizes = [self.draft.size_of[s] for s in over]
        count = 1
        for size in sizes:
            count *= size
        if count > MAX_CELLS:
            raise Unsolved("the index sets are too large")
        return list(product(*map(range, sizes)))

    # sets and indices

    def _sizes(self) -> None:
        sets = [n for n, (_, values) in self.scope.items() if values == "set"]
        other = ("number", *SPACES)
        inhabited = {values for over, values in self.scope.values() if not over and values not in other}
        several = len(sets) > 1
        for name in sets:
            choices = (2, 3, 2, 1, 2, 3) if several else (2, 3, 2, 4, 1, 3)
            size = self.chance.one_of(choices)
            if name not in inhabited and self.chance.below(16) == 0:
                size = 0
            self.draft.size_of[name] = size if self.number else 2
        for over, values in self.scope.values():
            if values not in (NAT, *other) and self.draft.size_of[values] == 0 and self._cells(over):
                raise Unsolved("an index function into the empty set")

    def _indices(self, spaces: list[_Space]) -> None:
        built = {s.function for s in spaces}
        for name, (over, values) in self.scope.items():
            if values in ("number", *SPACES) or name in built:
                continue
            cells = self._cells(over)
            size = self.draft.size_of.get(values, 0)
            if values == NAT:
                found = [self.chance.one_of(_NATURALS) for _ in cells]
            elif self.chance.below(2) and len(cells) <= size:
                found = self.chance.shuffled(range(size))[: len(cells)]
            else:
                found = [self.chance.below(size) for _ in cells]
            self.draft.index_of[name] = dict(zip(cells, found, strict=True))

    # sample spaces

    def _sample_spaces(self, spaces: list[_Space]) -> None:
        """Build Ω as Xᵀ with product weights, or, now and then, as X with all outcomes equal."""
        for space in spaces:
            sides, flips = self.draft.size_of[space.values], 1
            for index_set in space.over:
                flips *= self.draft.size_of[index_set]
            together = self.chance.below(6) == 0
            rows = list(product(range(sides), repeat=1 if together else flips))
            if len(rows) > _LARGEST_SPACE:
                raise Unsolved("the sample space is too large")
            self.draft.size_of[space.omega] = len(rows)
            places = list(product(*(range(self.draft.size_of[s]) for s in space.over)))
            outcomes: dict[tuple[int, ...], int] = {}
            for k, row in enumerate(rows):
                outcomes.update({(*where, k): row[0 if together else flip] for flip, where in enumerate(places)})
            self.draft.index_of[space.function] = outcomes
            distribution = self._distribution(sides)
            self.draft.number_of[space.law] = {(i,): value for i, value in enumerate(distribution)}
            weights: dict[tuple[int, ...], Entry] = {}
            for k, row in enumerate(rows):
                weight = ONE
                for side in row:
                    weight *= distribution[side]
                weights[(k,)] = weight
            self.draft.number_of[space.weight] = weights

    def _distribution(self, size: int) -> list[Fraction]:
        weights = [self.chance.one_of(_STEPS) for _ in range(size)]
        if self.regime == "tiny" and size > 1:
            weights[self.chance.below(size)] = _TINY
        if self.regime in ("equal", "ones"):
            weights = [ONE] * size
        if self.regime == "ends" and size > 1 and self.chance.below(2):
            weights[self.chance.below(size)] = ZERO
        total = sum(weights, ZERO)
        return [w / total for w in weights]

    def _products(self) -> None:
        """Give symbols of several indices the form a_x·b_y, or m_y·a_xy·b_yz."""
        for name in sorted(self.signatures):
            over = self.signatures[name]
            if len(over) < 2 or name in self.draft.number_of:
                continue
            sizes = [self.draft.size_of[s] for s in over]
            if 0 in sizes:
                continue
            factors = [self._distribution(size) for size in sizes]
            middle = len(over) // 2
            chained = [[self._distribution(size) for _ in range(sizes[middle])] for size in sizes]
            mixed = len(over) == 3 and self.chance.below(2)
            rows: dict[tuple[int, ...], Entry] = {}
            for where in self._cells(over):
                value = ONE
                for k, i in enumerate(where):
                    value *= chained[k][where[middle]][i] if mixed and k != middle else factors[k][i]
                rows[where] = value
            self.draft.number_of[name] = rows

    # values of cells

    def one_of(self, values: list[Fraction]) -> Fraction:
        """Return one of some values."""
        return self.chance.one_of(values)

    def within(self, cell: Cell, bounds: Bounds, avoided: list[Fraction]) -> Fraction:
        """Return a value for a cell within its bounds, none of the avoided ones.

        Raises
        ------
        Unsolved
            When none of some tries fits.
        """
        for _ in range(_TRIES):
            value = _shorter(self._value(cell, bounds), bounds)
            if bounds.allows(value) and value not in avoided:
                return value
        raise Unsolved(f"no value for {cell}")

    def _value(self, cell: Cell, bounds: Bounds) -> Fraction:
        regime, chance = self.regime, self.chance
        low, high = bounds.low, bounds.high
        if regime in ("equal", "near") and chance.below(16):
            twin = self._twin(cell)
            if twin is not None:
                if regime == "equal":
                    return twin
                return twin + chance.one_of((1, -1)) * Fraction(1, 10 ** chance.one_of((3, 6, 12)))
        if regime == "ends" and chance.below(3):
            ends = [e for e, is_open in ((low, bounds.above), (high, bounds.below)) if e is not None and not is_open]
            if ends:
                return chance.one_of(ends)
        if regime == "ones" and bounds.allows(ONE) and (high is None or high > 1):
            return ONE
        # The first points are easy to read; later ones are more different from each other.
        step = (
            chance.one_of(_STEPS) if self.number < _READABLE else Fraction(1 + chance.below(15), 1 + chance.below(15))
        )
        part = chance.one_of(_PARTS) if self.number < _READABLE else step / (1 + step)
        if regime == "tiny" and chance.below(2):
            step *= _TINY
        if regime == "rough":
            step *= chance.one_of((ONE, Fraction(997, 1000), Fraction(10**9), Fraction(1, 10**6)))
        if low is None and high is None:
            return chance.one_of(_ANY) * (step if regime in ("tiny", "rough") else 1)
        if low is None or high is None:
            return step if low == 0 else low + step if low is not None else (high or ZERO) - step
        if regime == "tiny" and chance.below(2):
            part = chance.one_of((_TINY, 1 - _TINY))
        return low + (high - low) * part

    def _twin(self, cell: Cell) -> Fraction | None:
        """Return the value of another symbol of the same signature at the same indices."""
        found = []
        for name in sorted(self.signatures):
            entry = self.draft.number_of.get(name, {}).get(cell[1])
            if name != cell[0] and self.signatures[name] == self.signatures[cell[0]] and isinstance(entry, Fraction):
                found.append(entry)
        return self.chance.one_of(found) if found else None


# --- sample spaces -------------------------------------------------------------------------------------------------


def _shorter(value: Fraction, bounds: Bounds) -> Fraction:
    """Return a readable fraction close to one that inherited sixty digits from an irrational bound."""
    near = value.limit_denominator(10**6)
    return near if value.denominator > 10**45 and bounds.allows(near) else value


@final
@dataclass(frozen=True, slots=True)
class _Space:
    """Σ_ω w_ω·δ(x_t(ω), i) = p_i: the index function x, its sets before Ω, Ω, its values, and the names w and p."""

    function: str
    over: tuple[str, ...]
    omega: str
    values: str
    weight: str
    law: str


def _spaces(hypotheses: Many[Node], scope: Scope) -> list[_Space]:
    """Return the marginals that hypotheses prescribe, one for each index function."""
    found: dict[str, _Space] = {}
    for hypothesis in hypotheses:
        body = hypothesis
        while body.op == "all":
            body = body.args[0].args[0]
        if body.op != "=":
            continue
        for left, right in (body.args, body.args[::-1]):
            if left.op != "sum" or right.op != "sym":
                continue
            omega = left.args[0].data
            for name in sorted(left.points):
                over, values = scope[name]
                weights = [n for n in sorted(left.names) if scope[n] == ((omega,), "number")]
                fits = over[-1:] == (omega,) and scope[right.data] == ((values,), "number")
                if fits and weights and name not in found:
                    found[name] = _Space(name, over[:-1], omega, values, weights[0], right.data)
    return list(found.values())


# --- sequences -----------------------------------------------------------------------------------------------------


@final
class _Sequences:
    """Chooses sequences, after all other numbers: first those with a given limit, the rest by equations."""

    def __init__(self, draft: Point, hypotheses: Many[Node], scope: Scope, chance: _Chance, work: Work) -> None:
        self.draft, self.scope, self.chance = draft, scope, chance
        self.hypotheses = hypotheses
        self.terms = Polynomials(draft, {}, work)
        self.names = [n for n, (over, _) in scope.items() if NAT in over and REAL not in over]

    def choose(self) -> None:
        """Give every sequence of the scope a value."""
        for name in self.names:
            places = ([N_MARK] if s == NAT else range(self.draft.size_of[s]) for s in self.scope[name][0])
            self.draft.number_of[name] = {where: self._any() for where in product(*places)}
        limited = self._limits()
        for hypothesis in self.hypotheses:
            for left, right, env in self._equations(hypothesis, ()):
                self._solve(left, right, env, limited)

    def _any(self) -> Sequence:
        kind = self.chance.one_of(("near", "near", "whole"))
        return Sequence(kind, self.chance.one_of(_STEPS), self.chance.one_of((ONE, Fraction(1, 2))))

    def _limits(self) -> dict[Cell, tuple[str, Fraction]]:
        limited: dict[Cell, tuple[str, Fraction]] = {}
        for hypothesis in self.hypotheses:
            for body, limit, env in self._tending(hypothesis, ()):
                kind, inside = "near", body
                if body.op == "/" and body.args[1].op == "nat":
                    kind, inside = "whole", body.args[0]
                if inside.op != "sym" or inside.data not in self.names:
                    continue
                value = self.terms.level.number(limit, env)
                if not isinstance(value, Fraction):
                    raise Unsolved("a sequence with an irrational limit")
                where = tuple(self.terms.level.index(a, (*env, N_MARK), None) for a in inside.args)
                swing = self.chance.one_of(
                    (ONE, ONE, Fraction(1, 2), Fraction(-1, 2), Fraction(1 + self.chance.below(20), 7))
                )
                tends = (kind, value)
                if limited.setdefault((inside.data, where), tends) != tends:
                    raise Unsolved("a sequence with two limits")
                self.draft.number_of[inside.data][where] = Sequence(kind, value, swing)
        return limited

    def _tending(self, node: Node, env: tuple[int, ...]) -> Iterator[tuple[Node, Node, tuple[int, ...]]]:
        if node.op == "all" and node.args[0].data not in (NAT, REAL):
            for k in range(self.draft.size_of[node.args[0].data]):
                yield from self._tending(node.args[0].args[0], (*env, k))
        elif node.op == "->":
            yield node.args[0].args[0], node.args[1], env

    def _equations(self, node: Node, env: tuple[int, ...]) -> Iterator[tuple[Node, Node, tuple[int, ...]]]:
        """Yield the equations between sequences that hold for all n, or for all n > 0, and bounds by n."""
        if node.op == "all" and node.args[0].data != REAL:
            over = node.args[0]
            values = [N_MARK] if over.data == NAT else range(self.draft.size_of[over.data])
            for k in values:
                yield from self._equations(over.args[0], (*env, k))
        elif node.op == "=>" and N_MARK in env:
            yield from self._equations(node.args[1], env)
        elif node.op == "=" and N_MARK in env:
            yield node.args[0], node.args[1], env
        elif node.op == "<=" and env == (N_MARK,) and any(a.op in ("nat", "neg") for a in node.args):
            # A bound such as u(n) <= -n is taken for an equation, up to a number.
            yield node.args[0] + num(self.chance.below(4)), node.args[1], env

    def _solve(self, left: Node, right: Node, env: tuple[int, ...], limited: Mapping[Cell, object]) -> None:
        """Let one sequence be what an equation leaves for it: one without a limit of its own, else the last."""
        poly = self.terms.of(Node("-", None, (left, right)), env)
        if any(degree(m) > 1 for m in poly):
            return
        cells = [c for c in atoms(poly) if c[0] in self.names]
        free = [c for c in cells if c not in limited] or cells
        if not free or not all(c[0] == "n" or c in cells for c in atoms(poly)):
            return
        last = free[-1]
        factor = -1 / poly[power(last)]
        others = []
        for cell in cells:
            entry = self.draft.number_of[cell[0]][cell[1]]
            if cell != last and not isinstance(entry, Sequence):
                return
            if cell != last and isinstance(entry, Sequence):
                others.append((factor * poly[power(cell)], entry))
        rest = Rest(factor * poly.get(power(("n", ())), ZERO), factor * poly.get((), ZERO), tuple(others))
        self.draft.number_of[last[0]][last[1]] = rest
