"""Number terms as polynomials in the symbols that have no value yet, and what is known of their range."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple, final

from mpmath import libmp

from ..kernel.normal_form import integer_exponent
from ..kernel.terms import Node
from ..language import polynomials
from ..language.polynomials import add, atoms, multiply, power
from .interval import ONE, Interval, Undecided, Value
from .point import N_MARK, Point
from .values import Env, Frame, Level, Unassigned, Work

__all__ = ["Bounds", "Cell", "Monomial", "Poly", "Polynomials", "is_known"]

Cell = tuple[str, tuple[int, ...]]
"""A symbol at given indices. What is opaque has a name of its own: ``?`` unknown, ``!`` known but irrational."""
Monomial = polynomials.Monomial[Cell]
Poly = polynomials.Poly[Cell]

_MAX_TERMS = 100
"""A longer polynomial tells little about the range of its symbols and is slow: it becomes one unknown."""
_LARGEST_POWER = 8
"""Powers of unknown numbers that are written out."""
_DIGITS = 60
"""Digits of irrational values while a point is built; hypotheses are checked with more where these do not decide."""
_LARGEST_SCALE = 4_000
"""Bits before or after the point of an end of an interval that is written down as a rational."""


class Bounds(NamedTuple):
    """Bounds of a number: at least ``low`` (more, if ``above``), at most ``high`` (less, if ``below``).

    A named tuple, because a search for points makes millions of them.

    Parameters
    ----------
    low : Fraction or None
    above : bool
    high : Fraction or None
    below : bool
    """

    low: Fraction | None = None
    above: bool = False
    high: Fraction | None = None
    below: bool = False

    def __mul__(self, other: Bounds) -> Bounds:  # type: ignore[override]
        if self.low is not None and other.low is not None and self.low >= 0 and other.low >= 0:
            high = None if self.high is None or other.high is None else self.high * other.high
            strict = (self.above and (other.low > 0 or other.above)) or (other.above and (self.low > 0 or self.above))
            return Bounds(self.low * other.low, strict, high, False)
        ends = (self.low, self.high, other.low, other.high)
        if None in ends:
            return Bounds()
        corners = [a * b for a in ends[:2] for b in ends[2:] if a is not None and b is not None]
        return Bounds(min(corners), False, max(corners), False)

    def scaled(self, factor: Fraction) -> Bounds:
        """Return the bounds of factor times the number.

        Parameters
        ----------
        factor : Fraction
        """
        sign = factor.numerator  # compared as an integer: a rational compares slowly
        low, above, high, below = self if sign > 0 else (self.high, self.below, self.low, self.above)
        if abs(sign) != 1 or factor.denominator != 1:
            low, high = (None if low is None else low * factor), (None if high is None else high * factor)
        elif sign < 0:
            low, high = (None if low is None else -low), (None if high is None else -high)
        return Bounds(low, above, high, below)

    def is_hardly_tighter(self, old: Bounds) -> bool:
        """Whether both ends were known and less than an eighth was cut off; equations can go on like that without end.

        Parameters
        ----------
        old : Bounds
        """
        if self.low is None or self.high is None or old.low is None or old.high is None or self.low == self.high:
            return False
        open_ends = (self.above, self.below) != (old.above, old.below)
        return not open_ends and 8 * (self.high - self.low) > 7 * (old.high - old.low)

    def allows(self, value: Fraction) -> bool:
        """Whether *value* lies within the bounds.

        Parameters
        ----------
        value : Fraction
        """
        if self.low is not None and (value < self.low or (self.above and value == self.low)):
            return False
        return self.high is None or value < self.high or (not self.below and value == self.high)


@final
class Polynomials:
    """Number terms as polynomials in unknown cells, at a point that is not complete.

    Parameters
    ----------
    point : Point
        ``number_of`` holds the cells that are known, and grows.
    unknown : dict of Cell
        The others.
    work : Work
        The budget.
    """

    def __init__(self, point: Point, unknown: dict[Cell, None], work: Work) -> None:
        self.point, self.unknown, self._work = point, unknown, work
        self.level = Level(point, libmp.dps_to_prec(_DIGITS), work)
        self.enclosed: dict[Cell, Bounds] = {}
        self.open_names = {name for name, _ in unknown}  # symbols that are not yet known everywhere
        self._opaque = 0

    def of(self, node: Node, env: Env = (), frame: Frame = None) -> Poly:
        """Return *node* as a polynomial in what is unknown.

        Parameters
        ----------
        node : Node
        env : Env, optional
            The values of the variables bound around it, outermost first.
        frame : Frame, optional
            The definition inside which the term is read; None outside of any.

        Raises
        ------
        Undefined, Undecided
            When a known part has no value, or the budget is spent.
        """
        self._work.spend()
        op, args = node.op, node.args
        if op == "num":
            return _constant(node.data)
        if op == "sym":
            return self._symbol(node, env, frame)
        if frame is None and N_MARK not in env and node.names.isdisjoint(self.open_names):
            return self._known(self.level.number(node, env))
        if op == "nat":
            n = self.level.index(args[0], env, frame)
            return {power(("n", ())): ONE} if n == N_MARK else _constant(Fraction(n))
        if op in ("card", "delta"):
            return self._known(self.level.number(node, env, frame))
        if op in ("+", "-"):
            return add(self.of(args[0], env, frame), self.of(args[1], env, frame), 1 if op == "+" else -1)
        if op == "neg":
            return add({}, self.of(args[0], env, frame), -1)
        if op == "*":
            left, right = self.of(args[0], env, frame), self.of(args[1], env, frame)
            return self._times(left, right) if len(left) * len(right) <= _MAX_TERMS else self._something()
        if op == "def":
            return self.of(*self.level.opened(node, env, frame))
        if op in ("sum", "prod"):
            return self._over(node, env, frame)
        return self._function(node, [self.of(a, env, frame) for a in args], env, frame)

    def _symbol(self, node: Node, env: Env, frame: Frame) -> Poly:
        if frame is not None and node.data in frame[1]:
            return self.of(*self.level.operand(node, env, frame))
        cell = (node.data, tuple(self.level.index(a, env, frame) for a in node.args))
        if cell in self.unknown:
            return {power(cell): ONE}
        if N_MARK in cell[1]:
            return {power(cell): ONE}
        return self._known(self.level.number(node, env, frame))

    def _over(self, node: Node, env: Env, frame: Frame) -> Poly:
        over = node.args[0]
        total: Poly = {} if node.op == "sum" else {(): ONE}
        for k in range(self.level.size(over.data, frame)):
            part = self.of(over.args[0], (*env, k), frame)
            total = add(total, part) if node.op == "sum" else self._times(total, part)
            if len(total) > _MAX_TERMS:
                return self._something()
        return total

    def _function(self, node: Node, parts: list[Poly], env: Env, frame: Frame) -> Poly:
        """Return the value of a function of known numbers, a quotient by one, a power, or something opaque."""
        if all(is_known(p) for p in parts):
            # A factor 0 may hide a cell without a value, and then the value of the function is unknown after all.
            with suppress(Unassigned):
                return self._known(self.level.number(node, env, frame))
            return self._something()
        exponent = integer_exponent(node)
        if node.op == "/" and set(parts[1]) == {()}:
            return add({}, parts[0], 1 / parts[1][()])
        if node.op == "xlogy" and not parts[0]:
            return {}
        if exponent is not None and 0 <= exponent <= _LARGEST_POWER:
            result: Poly = {(): ONE}
            for _ in range(exponent):
                result = self._times(result, parts[0])
            return result
        return self._something()

    def _times(self, left: Poly, right: Poly) -> Poly:
        self._work.spend(len(left) * len(right))
        return multiply(left, right)

    def _something(self) -> Poly:
        """Return an unknown of its own, for a term that is not a short polynomial."""
        self._opaque += 1
        return {power(("?", (self._opaque,))): ONE}

    def _known(self, value: Value) -> Poly:
        if isinstance(value, Fraction):
            return _constant(value)
        cell = ("!", (len(self.enclosed),))
        low, high = _rational_ends(value)
        self.enclosed[cell] = Bounds(low, True, high, True)
        return {power(cell): ONE}


def _rational_ends(value: Interval) -> tuple[Fraction, Fraction]:
    """Return both ends as rationals.

    Raises
    ------
    Undecided
        When they are too large or too small to be written down.
    """
    if any(abs(end[2]) > _LARGEST_SCALE for end in value):
        raise Undecided("a number is too large or too small")
    low, high = (Fraction(*map(int, libmp.to_rational(end))) for end in value)
    return low, high


def is_known(poly: Poly) -> bool:
    """Whether every number in a polynomial is known, though perhaps irrational.

    Parameters
    ----------
    poly : Poly
    """
    return all(cell[0] == "!" for cell in atoms(poly))


def _constant(value: Fraction) -> Poly:
    return {(): value} if value else {}
