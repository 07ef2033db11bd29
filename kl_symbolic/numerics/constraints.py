"""Exact solutions of hypotheses: values for symbols, chosen one after the other, each within what the rest allows.

At given sizes of the index sets, hypotheses are finitely many clauses between finitely many unknown numbers, the
*cells* p[0], p[1], …. A clause whose other literals are false must hold by its last one; linear literals that must hold
bound the cells; a cell that they determine gets its value; the next one is chosen at random between its bounds.
Choices can fail, and nothing here is trusted: the sampler checks every hypothesis at every point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Protocol, final

from ..kernel.statements import lt
from ..kernel.terms import INTERVALS, NAT, REAL, RELATIONS, Node, num
from ..language.polynomials import add, atoms, degree, power, put
from .grounding import Grounding
from .interval import ONE, ZERO, Undecided
from .partial_polynomials import Bounds, Cell, Monomial, Poly, Polynomials, is_known
from .point import Point
from .values import Unassigned, Undefined, Work

__all__ = ["Choices", "Clause", "Literal", "Solver", "Unsolved", "bounds", "clauses"]

_UNIT = Bounds(ONE, False, ONE, False)
_UNBOUNDED = Bounds()
_LONG = 8
"""Terms of a polynomial from which on bounds on its products say little and cost much."""
_PER_STEP = 2
"""Monomials of a long polynomial that are looked at for a step of work, which then takes as long as an evaluation."""
_ROUNDS, _FEWEST_ROUNDS = 6, 20
"""How often the bounds are tightened, for each clause and in any case: equations can go on tightening without end."""
_GRID = 2**600
"""Ends of intervals with more digits are rounded to a multiple of its inverse."""


@final
class Unsolved(Exception):
    """The choices so far cannot be completed."""


@final
@dataclass(eq=False, slots=True)
class Literal:
    """``left op right``, or a statement of another shape that must be true (or false); read under ``env``.

    Parameters
    ----------
    op : str
    left : Node
    right : Node
    env : tuple of int
        The values of the variables bound around it, outermost first.
    poly : Poly or None
    opaque : bool
    """

    op: str
    left: Node
    right: Node
    env: tuple[int, ...]
    poly: Poly | None = field(default=None)
    opaque: bool = field(default=False)

    @property
    def names(self) -> frozenset[str]:
        """The names in both sides."""
        return self.left.names | self.right.names


@final
@dataclass(eq=False, slots=True)
class Clause:
    """One of the literals must hold.

    Parameters
    ----------
    literals : list of Literal
    done : bool
    must : Literal or None
    """

    literals: list[Literal]
    done: bool = False
    must: Literal | None = None


def bounds(number: Node, interval: Node) -> list[Node]:
    """Return the comparisons that say that a number lies in an interval.

    Parameters
    ----------
    number : Node
    interval : Node
    """
    low = [lt(a, number) for a in interval.args[:1] if interval.op != "below"]
    return low + [lt(number, b) for b in interval.args[-1:] if interval.op != "above"]


_NEGATED = {"=": "!=", "!=": "="}


def clauses(statement: Node, size: Callable[[str], int], work: Work) -> list[Clause]:
    """Return the clauses of a statement; what is neither a comparison nor built from ∀, ⇒ and ⇔ is left out.

    Parameters
    ----------
    statement : Node
    size : callable
        Returns how many elements a set has.
    work : Work
        Pays for every literal.

    Raises
    ------
    TooMuchWork
        When there are too many.
    """
    return [Clause(found) for found in _Clauses(size, work).of(statement, (), True)]


@final
class _Clauses:
    def __init__(self, size: Callable[[str], int], work: Work) -> None:
        self.size, self.work = size, work

    def of(self, node: Node, env: tuple[int, ...], wanted: bool) -> list[list[Literal]]:
        """Return the clauses of a statement, or of its negation where it is not *wanted*."""
        self.work.spend()
        op, args = node.op, node.args
        if op in RELATIONS:
            left, right = args
            if wanted:
                return [[Literal(op, left, right, env)]]
            if op in _NEGATED:
                return [[Literal(_NEGATED[op], left, right, env)]]
            return [[Literal("<" if op == "<=" else "<=", right, left, env)]]
        if op == "in" and wanted and args[1].op in INTERVALS:
            return [c for bound in bounds(*args) for c in self.of(bound, env, wanted)]
        if op == "all" and args[0].data not in (NAT, REAL) and wanted:
            return [c for k in range(self.size(args[0].data)) for c in self.of(args[0].args[0], (*env, k), wanted)]
        if op == "=>" and wanted:
            return self._either(self.of(args[0], env, False), self.of(args[1], env, True))
        if op == "<=>" and wanted:
            one = self._either(self.of(args[0], env, False), self.of(args[1], env, True))
            return one + self._either(self.of(args[1], env, False), self.of(args[0], env, True))
        return []

    def _either(self, left: list[list[Literal]], right: list[list[Literal]]) -> list[list[Literal]]:
        self.work.spend(sum(map(len, left)) * len(right) + sum(map(len, right)) * len(left))
        return [[Literal(x.op, x.left, x.right, x.env) for x in (*a, *b)] for a in left for b in right]


class Choices(Protocol):
    """Who chooses where there is a choice."""

    def within(self, cell: Cell, bounds: Bounds, avoided: list[Fraction]) -> Fraction:
        """Return a value for a cell within its bounds, none of the avoided ones.

        Parameters
        ----------
        cell : Cell
        bounds : Bounds
        avoided : list of Fraction
            Values that are not allowed.
        """

    def one_of(self, values: list[Fraction]) -> Fraction:
        """Return one of some values.

        Parameters
        ----------
        values : list of Fraction
        """


def _compared(op: str, sign: int | Fraction) -> bool:
    """Whether a number of this sign is op 0."""
    return {"=": sign == 0, "!=": sign != 0, "<": sign < 0, "<=": sign <= 0}[op]


# --- the search ----------------------------------------------------------------------------------------------------


@final
class Solver:
    """Gives every unknown cell of a point a value.

    Parameters
    ----------
    point : Point
        ``number_of`` is filled in place.
    unknown : iterable of Cell
        In the order in which they are to be chosen.
    found : list of Clause
    choices : Choices
    work : Work
        The budget.
    """

    def __init__(
        self, point: Point, unknown: Iterable[Cell], found: list[Clause], choices: Choices, work: Work
    ) -> None:
        self.point = point
        self.unknown = dict.fromkeys(unknown)
        self.clauses = found
        self.choices = choices
        self.terms, self._work = Polynomials(point, self.unknown, work), work
        self.bounds: dict[Cell, Bounds] = {}
        self.avoided: dict[Cell, list[Fraction]] = {}
        self._waiting = dict.fromkeys(found)
        self._users: dict[Cell, dict[Clause, None]] = {}

    def solve(self) -> None:
        """Fill the point.

        Raises
        ------
        Unsolved
            When the choices made cannot be completed.
        """
        try:
            while True:
                active = self._propagate()
                if not self.unknown:
                    return
                if self._determined(active) or self._roots(active) or self._eliminate(active):
                    continue
                cell = next(iter(self.unknown))
                bounds = self.bounds.get(cell, _UNBOUNDED)
                value = self.choices.within(cell, bounds, self.avoided.get(cell, []))
                self._assign(cell, value)
        except (Undefined, Undecided) as error:
            raise Unsolved(str(error)) from None

    def _assign(self, cell: Cell, value: Fraction | Node) -> None:
        if isinstance(value, Fraction) and not self.bounds.get(cell, _UNBOUNDED).allows(value):
            raise Unsolved(f"{cell} cannot be {value}")
        del self.unknown[cell]
        self.point.number_of.setdefault(cell[0], {})[cell[1]] = value
        for clause in self._users.get(cell, ()):
            for literal in clause.literals:
                if literal.poly is not None and cell in atoms(self._poly(literal)):
                    literal.poly = put(literal.poly, cell, value) if isinstance(value, Fraction) else None
            self._waiting[clause] = None
        if all(other[0] != cell[0] for other in self.unknown):
            self.terms.open_names.discard(cell[0])
            # Reading a term that is not a polynomial is expensive, so it waits until all of a symbol is known.
            for clause in self.clauses:
                for literal in clause.literals:
                    if literal.opaque and cell[0] in literal.names:
                        literal.poly = None
                        self._waiting[clause] = None

    def _poly(self, literal: Literal) -> Poly:
        if literal.poly is not None:
            self._work.spend(len(literal.poly) // _PER_STEP if len(literal.poly) > _LONG else 0)
        else:
            difference = Node("-", None, (literal.left, literal.right))
            literal.poly = self.terms.of(difference, literal.env)
            literal.opaque = any(cell[0] == "?" for cell in atoms(literal.poly))
        return literal.poly

    def _of(self, cell: Cell) -> Bounds:
        return self.terms.enclosed.get(cell) or self.bounds.get(cell) or _UNBOUNDED

    def _monomial(self, monomial: Monomial) -> Bounds:
        if degree(monomial) == 1:
            return self._of(monomial[0][0])
        if len(monomial) == 1 and degree(monomial) == 2:
            square = self._of(monomial[0][0])
            product = square * square
            return product if product.low is not None and product.low > 0 else Bounds(ZERO, product.above, product.high)
        result = _UNIT
        for cell, exponent in monomial:
            for _ in range(exponent):
                result = result * self._of(cell)
        return result

    # what must hold

    def _state(self, literal: Literal) -> bool | None:
        """Whether a literal holds, as far as the cells that are known and the bounds of the others tell."""
        poly = self._poly(literal)
        if not set(poly) - {()}:
            return _compared(literal.op, poly.get((), ZERO))
        if len(poly) > _LONG and any(degree(m) > 1 for m in poly):
            return None
        total = self._range(poly)
        positive = total.low is not None and (total.low > 0 or (total.low == 0 and total.above))
        negative = total.high is not None and (total.high < 0 or (total.high == 0 and total.below))
        if literal.op in ("=", "!=") and (positive or negative):
            return literal.op == "!="
        if literal.op in ("=", "!="):
            return self._exactly(literal) if is_known(poly) else None
        if negative or (literal.op == "<=" and total.high is not None and total.high <= 0):
            return True
        if positive or (literal.op == "<" and total.low is not None and total.low >= 0):
            return False
        return self._exactly(literal) if is_known(poly) else None

    def _exactly(self, literal: Literal) -> bool | None:
        """Decide a literal between irrational numbers whose enclosures overlap."""
        difference, level = Node("-", None, (literal.left, literal.right)), self.terms.level
        try:
            value = level.number(difference, literal.env)
            return _compared(literal.op, level.sign(difference, value, literal.env, None))
        except Undecided:
            return True  # the sampler will look at it with more digits
        except Unassigned:
            return None

    def _range(self, poly: Poly) -> Bounds:
        low: Fraction | None = ZERO
        high: Fraction | None = ZERO
        above = below = False
        for monomial, value in poly.items():
            part = self._monomial(monomial).scaled(value)
            low = None if low is None or part.low is None else low + part.low
            high = None if high is None or part.high is None else high + part.high
            above, below = above or part.above, below or part.below
        return Bounds(low, above, high, below)

    def _propagate(self) -> list[Literal]:
        """Return the literals that must hold, after bounding cells by them until nothing changes, or long enough."""
        for _ in range(_ROUNDS * len(self.clauses) + _FEWEST_ROUNDS):
            if not self._waiting:
                break
            clause = next(iter(self._waiting))
            self._work.spend()
            del self._waiting[clause]
            if clause.done:
                continue
            clause.must = self._unit(clause)
            for literal in () if clause.done else clause.literals:
                for cell in atoms(self._poly(literal)):
                    self._users.setdefault(cell, {})[clause] = None
            if clause.must is not None:
                self._tighten(clause.must)
        self._waiting.clear()
        return [c.must for c in self.clauses if c.must is not None and not c.done]

    def _unit(self, clause: Clause) -> Literal | None:
        open_ones = []
        for literal in clause.literals:
            state = self._state(literal)
            if state:
                clause.done = True
                return None
            if state is None:
                open_ones.append(literal)
        if not open_ones:
            raise Unsolved("a hypothesis is violated")
        return open_ones[0] if len(open_ones) == 1 else None

    def _tighten(self, literal: Literal) -> None:
        poly = self._poly(literal)
        if literal.op == "!=":
            self._avoid(poly)
            return
        self._at_most_zero(poly, literal.op == "<")
        if literal.op == "=":
            self._at_most_zero({m: -v for m, v in poly.items()}, False)

    def _avoid(self, poly: Poly) -> None:
        cells = set(atoms(poly))
        if len(cells) != 1 or any(degree(m) > 1 for m in poly):
            return
        (cell,) = cells
        value = -poly.get((), ZERO) / poly[power(cell)]
        avoided = self.avoided.setdefault(cell, [])
        bounds = self.bounds.get(cell, _UNBOUNDED)
        if value not in avoided:
            avoided.append(value)
        if value == bounds.low and not bounds.above:
            self._bound(cell, Bounds(value, True))
        if value == bounds.high and not bounds.below:
            self._bound(cell, Bounds(None, False, value, True))

    def _at_most_zero(self, poly: Poly, strict: bool) -> None:
        """Bound cells by Σ c·monomial ≤ 0 (< 0 if *strict*): each against the least that the others can be."""
        parts = {m: self._monomial(m).scaled(v) for m, v in poly.items()}
        unbounded = [m for m, part in parts.items() if part.low is None]
        if len(unbounded) > 1:
            return
        least = sum((part.low for part in parts.values() if part.low is not None), ZERO)
        loose = [m for m, part in parts.items() if part.above]
        for monomial in unbounded or parts:
            if degree(monomial) != 1 or monomial[0][0] not in self.unknown:
                continue
            own = parts[monomial].low
            end = -(least - (own or ZERO)) / poly[monomial]
            open_end = strict or any(m != monomial for m in loose)
            new = Bounds(None, False, end, open_end) if poly[monomial].numerator > 0 else Bounds(end, open_end)
            self._bound(monomial[0][0], new)

    def _bound(self, cell: Cell, new: Bounds) -> None:
        old = self.bounds.get(cell, _UNBOUNDED)
        low, above, high, below = old.low, old.above, old.high, old.below
        least, most = _short(new.low, floor), _short(new.high, ceil)
        if least is not None and (low is None or least > low or (least == low and new.above > above)):
            low, above = least, new.above
        if most is not None and (high is None or most < high or (most == high and new.below > below)):
            high, below = most, new.below
        if low is not None and high is not None and (low > high or (low == high and (above or below))):
            raise Unsolved(f"nothing is left for {cell}")
        found = Bounds(low, above, high, below)
        if found != old and not found.is_hardly_tighter(old):
            self.bounds[cell] = found
            self._waiting.update(self._users.get(cell, {}))

    # what is determined

    def _determined(self, active: list[Literal]) -> bool:
        for cell in self.unknown:
            bounds = self.bounds.get(cell)
            if bounds and bounds.low is not None and bounds.low == bounds.high:
                self._assign(cell, bounds.low)
                return True
        for literal in active:
            cells = dict.fromkeys(c for c in atoms(self._poly(literal)) if c[0] != "!")
            if literal.op == "=" and len(cells) == 1 and self._defines(literal, next(iter(cells))):
                return True
        return False

    def _defines(self, literal: Literal, cell: Cell) -> bool:
        """Give a cell the closed term that a linear equation with irrational coefficients leaves for it."""
        poly = self._poly(literal)
        if cell not in self.unknown or any((cell, e) in m for m in poly for e in range(2, degree(m) + 1)):
            return False
        try:
            value = self._left_for(literal, cell)
        except Unassigned:
            return False  # a factor 0 hides a cell without a value; its turn will come
        self._assign(cell, value)
        return True

    def _left_for(self, literal: Literal, cell: Cell) -> Node:
        for side, other in ((literal.left, literal.right), (literal.right, literal.left)):
            alone = side.op == "sym" and self.terms.of(side, literal.env) == {power(cell): ONE}
            if alone and is_known(self.terms.of(other, literal.env)):
                return Grounding(self.terms.level).of(other, literal.env)
        difference = Node("-", None, (literal.left, literal.right))
        zero, one = (Grounding(self.terms.level, {cell: num(k)}).of(difference, literal.env) for k in (0, 1))
        return zero / (zero - one)

    def _roots(self, active: list[Literal]) -> bool:
        """Give a cell one of the roots of a quadratic equation such as e·e = e, if they are rational."""
        for literal in active:
            poly = self._poly(literal)
            cells = set(atoms(poly))
            if literal.op != "=" or len(cells) != 1 or max(map(degree, poly)) != 2:
                continue
            (cell,) = cells
            if cell not in self.unknown:
                continue
            a, b, c = poly[power(cell, 2)], poly.get(power(cell), ZERO), poly.get((), ZERO)
            root = _square_root(b * b - 4 * a * c)
            if root is None:
                raise Unsolved("a quadratic equation has no rational root")
            bounds = self.bounds.get(cell, _UNBOUNDED)
            roots = [r for r in dict.fromkeys(((-b - root) / (2 * a), (-b + root) / (2 * a))) if bounds.allows(r)]
            roots = [r for r in roots if r not in self.avoided.get(cell, [])]
            if not roots:
                raise Unsolved("no root is allowed")
            self._assign(cell, self.choices.one_of(roots))
            return True
        return False

    def _eliminate(self, active: list[Literal]) -> bool:
        """Give a cell the value that several linear equations together leave for it."""
        rows = []
        for literal in active:
            poly = self._poly(literal)
            if literal.op == "=" and all(degree(m) <= 1 for m in poly) and all(c in self.unknown for c in atoms(poly)):
                rows.append(dict(poly))
        if len(rows) < 2:
            return False
        done: list[tuple[Monomial, Poly]] = []
        for row in rows:
            for pivot, other in done:
                if pivot in row:
                    row = add(row, other, -row[pivot] / other[pivot])
            pivot_now = next((m for m in row if m), None)
            if pivot_now is None:
                if row:
                    raise Unsolved("linear equations contradict each other")
                continue
            done = [(p, add(o, row, -o[pivot_now] / row[pivot_now]) if pivot_now in o else o) for p, o in done]
            done.append((pivot_now, row))
        for pivot, row in done:
            if set(row) <= {(), pivot}:
                self._assign(pivot[0][0], -row.get((), ZERO) / row[pivot])
                return True
        return False


def _short(end: Fraction | None, outward: Callable[[Fraction], int]) -> Fraction | None:
    """Return an end of an interval that may lie further out, but has a bounded number of digits.

    Where bounds are products of bounds, their digits would double each round.
    """
    if end is None or end.numerator.bit_length() + end.denominator.bit_length() <= 2 * _GRID.bit_length():
        return end
    return Fraction(outward(end * _GRID), _GRID) if abs(end) < _GRID else None


def _square_root(value: Fraction) -> Fraction | None:
    if value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if Fraction(top * top, bottom * bottom) == value else None
