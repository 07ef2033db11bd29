"""Terms and statements at a point.

A :class:`Point` says how large each index set is and what every free name is there, exactly. :func:`evaluate` gives the
value of a number term, an exact ``Fraction`` as long as it is rational; :func:`holds` decides a statement in three
values. Above the rationals a number is an interval that contains it, so nothing is called false that rounding could
have made false; and what counts as equal says within which tolerance.

Nothing here proves anything. The module is a leaf: it reads the kernel's terms and uses mpmath.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import Any, NoReturn, final

from mpmath import libmp

from ..kernel.terms import NAT, Node
from ..language.errors import InvalidType, InvalidValue
from ..language.printer import text
from . import interval
from .interval import ONE, ZERO, Interval, Undecided, Value
from .point import Point
from .values import Level, Unassigned, Undefined, Work, combine, vanishes

__all__ = ["Reading", "Truth", "Unassigned", "Undecided", "Undefined", "evaluate", "holds"]

NATURALS = (0, 1, 2, 3, 5, 10, 101, 1000, 10**6, 10**12)
"""Where a statement about every n is looked at."""
NEAR = tuple(10**k for k in range(1, 13))
"""Where a sequence is looked at, and where its errors are reported."""
FAR = (10**24, 10**48, 10**92, 10**184, 10**368)
"""Where it is decided, at three in a row: so far out that even log N_h(n)/n has settled when N_h(n)/n tends to 10⁻³⁰.
The later ones serve where a sequence has no value yet at the first, or has not settled there."""


_SPARE = 20
"""Digits beyond those asked for, for what is lost in sums and differences."""
_SLACK = 10
"""Digits that two equal numbers may differ in, after rounding in long sums."""
_FEWEST = 15
"""Digits of a float; with fewer, the tolerance would be no test."""
_DOUBLINGS = 4
"""Precisions that are tried, each twice the one before: what eight times the digits do not decide stays open."""
_COMPARISON = 4
"""Steps that a comparison takes beside those of its two sides."""
_ROUGH = 53
"""Bits of a bound of an error, of which only the size matters."""


@final
class Truth(Enum):
    """The truth value of a statement at a point, if known; it is not a ``bool``, because *unknown* is neither."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise InvalidType(f"{self} has three values; compare it with Truth.TRUE or Truth.FALSE")


@final
class Reading:
    """A point, read with a number of digits; what it has computed once it keeps.

    Parameters
    ----------
    point : Point
    digits : int
        Two numbers whose difference is below 10^-(digits - 10), relative to the larger one, or absolute for numbers
        below 1, count as equal unless they are known to differ.
    work : Work, optional
        The budget, which may be shared with other readings; one of its own by default.

    Attributes
    ----------
    residual : mpmath.mpf
        The largest such difference over all equalities that were found true.
    """

    def __init__(self, point: Point, digits: int = 50, work: Work | None = None) -> None:
        if type(digits) is not int or digits < _FEWEST:
            raise InvalidValue(f"expected a number of digits, an int of at least {_FEWEST}, got {digits!r}")
        self.point, self.digits = point, digits
        self._tolerance = interval.enclose(Fraction(1, 10 ** (digits - _SLACK)), _ROUGH)[0]
        self._levels: list[Level] = []
        self._work = work or Work()
        self._residual = libmp.fzero

    @property
    def residual(self) -> Any:
        """The largest difference over all equalities that were found true."""
        return interval.mpf(self._residual)

    def _precisions(self, count: int) -> Iterator[Level]:
        """Yield the point at the working precision, then at twice, four and eight times that."""
        for k in range(count):
            if k == len(self._levels):
                prec = libmp.dps_to_prec((self.digits + _SPARE) * 2**k)
                self._levels.append(Level(self.point, prec, self._work))
            yield self._levels[k]

    def value(self, node: Node) -> Any:
        """Return the value of a closed number term, as :func:`evaluate` does.

        Parameters
        ----------
        node : Node
        """
        for level in self._precisions(_DOUBLINGS):
            try:
                value = level.number(node)
            except Undecided:
                continue
            if isinstance(value, Fraction):
                return value
            low, high = value
            width = libmp.mpf_sub(high, low, _ROUGH, libmp.round_up)
            size = libmp.mpf_abs(low)
            allowed = libmp.mpf_mul(size, interval.enclose(Fraction(1, 10**self.digits), _ROUGH)[0])
            if libmp.mpf_le(width, allowed):
                return interval.mpf(libmp.mpi_mid(value, level.prec))
            if interval.sign(value) is None:
                form = level.form(node, (), None)
                if form is not None and vanishes(form):
                    return ZERO
        raise Undecided(f"{self.digits} digits of {text(node)} cannot be told")

    def truth(self, statement: Node, exact: bool = False, env: tuple[int, ...] = ()) -> Truth:
        """Decide a statement.

        Parameters
        ----------
        statement : Node
        exact : bool
            Whether numbers within the tolerance must be compared exactly, or at eight times the digits, before they
            count as equal; for hypotheses, and for the sides of ⇔ and the left side of ⇒ in any case.
        env : tuple of int
            The values of the variables bound around it.

        Raises
        ------
        Undefined
            When a number term in it, or in the part that matters, has no value.
        Undecided
            When it needs more work than one reading of a point is allowed.
        """
        self._work.spend()
        op, args = statement.op, statement.args
        if op == "all":
            over = NATURALS if args[0].data == NAT else range(next(self._precisions(1)).size(args[0].data, None))
            return _both(self.truth(args[0].args[0], exact, (*env, k)) for k in over)
        if op in ("=>", "<=>"):
            # A side that is true within the tolerance only would make the other side look false where it is.
            left = self.truth(args[0], True, env)
            if op == "=>" and left is Truth.FALSE:
                return Truth.TRUE
            right = self.truth(args[1], exact or op == "<=>", env)
            if Truth.UNKNOWN in (left, right):
                return Truth.TRUE if op == "=>" and right is Truth.TRUE else Truth.UNKNOWN
            return Truth.TRUE if left is right else Truth.FALSE
        if op == "->":
            return self._tends(args[0], args[1], env)
        sign, close = self._compare(args[0], args[1], op, exact, env)
        if sign is not None:
            return _truth({"=": sign == 0, "<=": sign <= 0, "<": sign < 0, "!=": sign != 0}[op])
        return Truth.TRUE if close and op in ("=", "<=") else Truth.UNKNOWN

    def _compare(self, left: Node, right: Node, op: str, exact: bool, env: tuple[int, ...]) -> tuple[int | None, bool]:
        """Return the sign of left - right, if it is known, and whether they differ by less than the tolerance."""
        self._work.spend(_COMPARISON)
        tried, close = False, False
        for level in self._precisions(_DOUBLINGS):
            try:
                a, b = level.number(left, env), level.number(right, env)
                if isinstance(a, Fraction) and isinstance(b, Fraction):
                    return (a > b) - (a < b), True
                gap = interval.add(a, interval.negate(b), level.prec)
                sign = interval.sign(gap)
                if sign is not None:
                    return sign, False
                close, residual = self._is_small(gap, a, b, level.prec)
                if op == "=" and close and libmp.mpf_gt(residual, self._residual):
                    self._residual = residual
                if close and op in ("=", "<=") and not exact:
                    return None, True
                if not tried:
                    tried = True
                    form = combine(ONE, level.form(left, env, None), -ONE, level.form(right, env, None))
                    if form is not None and vanishes(form):
                        return 0, True
            except Undecided:
                continue
        return None, close

    def _is_small(self, gap: Value, a: Value, b: Value, prec: int) -> tuple[bool, Any]:
        ends = [libmp.mpf_abs(end) for value in (a, b) for end in interval.enclose(value, prec)]
        scale = libmp.fone
        for end in ends:
            scale = end if libmp.mpf_gt(end, scale) else scale
        worst = libmp.mpi_abs(interval.enclose(gap, prec))[1]
        residual = libmp.mpf_div(worst, scale, _ROUGH, libmp.round_up)
        return libmp.mpf_le(residual, self._tolerance), residual

    # limits

    def errors(self, statement: Node, at: tuple[int, ...] = NEAR, env: tuple[int, ...] = ()) -> tuple[Any, ...]:
        """Return bounds of |aₙ - l| for a statement aₙ → l, at the given n.

        Parameters
        ----------
        statement : Node
            A statement aₙ → l.
        at : tuple of int, optional
            The values of n.
        env : tuple of int, optional
            The values of the variables bound around it, outermost first.
        """
        sequence, limit = statement.args
        return tuple(interval.mpf(high) for _, high in self._errors(sequence, limit, at, env))

    def _errors(self, sequence: Node, limit: Node, at: tuple[int, ...], env: tuple[int, ...]) -> list[Interval]:
        found = []
        for n in at:
            error = None
            for level in self._precisions(_DOUBLINGS):
                try:
                    inside, goal = level.number(sequence.args[0], (*env, n)), level.number(limit, env)
                except Undecided:
                    continue
                gap = interval.enclose(interval.add(inside, interval.negate(goal), level.prec), level.prec)
                error = libmp.mpi_abs(gap, level.prec)
                # Large terms that cancel, as in a difference quotient, need more digits than the result has.
                if self._settled(error):
                    break
            if error is None:
                raise Undecided("the precision does not tell the value of a sequence")
            found.append(error)
        return found

    def _settled(self, error: Interval) -> bool:
        """Whether an error is known within a factor of two, or too small to count."""
        low, high = error
        twice = libmp.mpf_mul(low, libmp.from_int(2))
        return bool(libmp.mpf_le(high, self._tolerance) or libmp.mpf_le(high, twice))

    def _tends(self, sequence: Node, limit: Node, env: tuple[int, ...]) -> Truth:
        """Whether the errors shrink, to a tenth at least from one n to the next and again; false if they do not."""
        settling = False
        for start in range(len(FAR) - 2):
            try:
                errors = self._errors(sequence, limit, FAR[start : start + 3], env)
            except Undecided:
                return Truth.UNKNOWN
            except Undefined:
                # A sequence needs a value for all large n only.
                if start == len(FAR) - 3:
                    raise
                continue
            if all(self._shrinks(*pair) for pair in pairwise(errors)):
                return Truth.TRUE
            first, last = errors[0][1], errors[-1][0]
            if not settling and libmp.mpf_gt(libmp.mpf_mul(last, libmp.from_int(2)), first):
                return Truth.FALSE
            settling = True
        return Truth.UNKNOWN

    def _shrinks(self, before: Interval, after: Interval) -> bool:
        if libmp.mpf_le(after[1], self._tolerance):
            return True
        return bool(libmp.mpf_le(libmp.mpf_mul(after[1], libmp.from_int(10)), before[0]))


def _truth(value: bool) -> Truth:
    return Truth.TRUE if value else Truth.FALSE


def _both(found: Iterator[Truth]) -> Truth:
    result = Truth.TRUE
    for truth in found:
        if truth is Truth.FALSE:
            return Truth.FALSE
        if truth is Truth.UNKNOWN:
            result = truth
    return result


def evaluate(node: Node, point: Point, digits: int = 50) -> Any:
    """Return the value of a closed number term at a point.

    Parameters
    ----------
    node : Node
    point : Point
    digits : int
        How many digits of an irrational value are wanted; all of them are right.

    Returns
    -------
    Fraction or mpmath.mpf
        The exact value if the term is visibly rational, else its digits.

    Raises
    ------
    Undefined
        When a subterm has no value.
    Undecided
        When eight times the digits do not tell a sign where it matters.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"X": "set", "p": "X -> number"})
    >>> point = Point.of(sizes={"X": 2}, numbers={"p": {(0,): Fraction(1, 4), (1,): Fraction(3, 4)}})
    >>> evaluate(parse("sum(i in X: p[i]^2)", "number", scope), point)
    Fraction(5, 8)
    >>> import mpmath
    >>> mpmath.nstr(evaluate(parse("sum(i in X: xlogy(p[i], p[i]))", "number", scope), point), 15)
    '-0.562335144618808'
    """
    return Reading(point, digits).value(node)


def holds(statement: Node, point: Point, digits: int = 50) -> Truth:
    """Decide a closed statement at a point.

    Parameters
    ----------
    statement : Node
    point : Point
    digits : int
        See :class:`Reading`.

    Returns
    -------
    Truth
        Equalities of rationals, and of sums of logarithms of rationals where it matters, are decided exactly. A
        statement about every n is looked at for some, and a limit along n = 10²⁴, 10⁴⁸, 10⁹².

    Raises
    ------
    Undefined
        When a number term in it has no value; the right side of an implication counts only if its left side holds.
    Unassigned
        When the point does not say what a name is; so for :func:`evaluate`.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"x": "number"})
    >>> holds(parse("log(x) <= x - 1", "statement", scope), Point.of(numbers={"x": Fraction(1, 2)}))
    <Truth.TRUE: 'true'>
    >>> holds(parse("log(x) < x - 1", "statement", scope), Point.of(numbers={"x": 1}))
    <Truth.FALSE: 'false'>
    """
    return Reading(point, digits).truth(statement)
