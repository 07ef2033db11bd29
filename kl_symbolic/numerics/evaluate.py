"""Terms and statements at a point.

A :class:`Point` says how large each index set is and what every free name is there, exactly. :func:`evaluate` gives the
value of a number term, an exact ``Fraction`` as long as it is rational; :func:`holds` decides a statement in three
values. Above the rationals a number is an interval that contains it, so nothing is called false that rounding could
have made false; and what counts as equal says within which tolerance.

Nothing here proves anything. The module is a leaf: it reads the kernel's terms and uses mpmath.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any, NoReturn, final

from mpmath import libmp

from ..kernel.terms import NAT, REAL, Node
from ..language.errors import InvalidType, InvalidValue
from ..language.printer import text
from ..language.rewriting import on_domain
from . import interval
from .constraints import bounds
from .integrals import Known, closed, is_analytic
from .interval import ONE, ZERO, Interval, Undecided, Value
from .point import Integral, Point
from .values import Env, Form, Level, Unassigned, Undefined, Work, combine, vanishes

__all__ = ["INTEGRAL_DIGITS", "Reading", "Truth", "Unassigned", "Undecided", "Undefined", "evaluate", "holds"]

NATURALS = (0, 1, 2, 3, 5, 10, 101, 1000, 10**6, 10**12, 10**48)
"""Where a statement about every n is looked at. At the last, sequences are apart whose limits differ by 10^-12, as some
that are drawn do."""
NEAR = tuple(10**k for k in range(1, 13))
"""Where a sequence is looked at, and where its errors are reported."""
FAR = (10**24, 10**48, 10**92, 10**184, 10**368)
"""Where it is decided, at three in a row: so far out that even log N_h(n)/n has settled when N_h(n)/n tends to 10⁻³⁰.
The later ones serve where a sequence has no value yet at the first, or has not settled there."""
_PARTS = tuple(map(Fraction, "1/2 1/3 3/4 1/100 99/100".split()))
_STEPS = tuple(map(Fraction, "1 1/2 1/100 3 10 40".split()))
_NUMBERS = tuple(map(Fraction, "0 1 -1 1/2 -7/3 12".split()))
_COUNTS = tuple(map(Fraction, (0, 1, 2, 3, 7, 20)))
"""Where a statement about every number is looked at: parts of an interval, steps from its end, any, and those of ℕ."""
_FEW = 3
"""At how many of these an integral is computed."""

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
INTEGRAL_DIGITS = 7
"""Digits to which integrals must agree: the errors of their estimates are smaller."""
_DERIVED_DIGITS = 120
_DIFFERENCES = (Fraction(1, 10**20), Fraction(1, 10**25))
"""Digits and steps of difference quotients: rounding is far below the steps, and these far below what points have."""
_SMOOTH, _KINK = Fraction(1, 100), Fraction(9, 10)
"""Where a function has a derivative, the quotients to the left and to the right come closer by the smaller factor when
the step is shortened; at a kink their distance stays, up to the larger one."""
_MARGIN = 1000
"""A derivative is another one where it misses the quotients by so many times the distance between them."""


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
    known : Known, optional
        The integrals that were computed, which may be shared too.

    Attributes
    ----------
    residual : mpmath.mpf
        The largest such difference over all equalities that were found true.
    """

    def __init__(self, point: Point, digits: int = 50, work: Work | None = None, known: Known | None = None) -> None:
        if type(digits) is not int or digits < _FEWEST:
            raise InvalidValue(f"expected a number of digits, an int of at least {_FEWEST}, got {digits!r}")
        self.point, self.digits = point, digits
        self._tolerance = interval.enclose(Fraction(1, 10 ** (digits - _SLACK)), _ROUGH)[0]
        self._levels: list[Level] = []
        self._work = work or Work()
        self._known = known or Known(self._work)
        self._residual = libmp.fzero
        self._loose = interval.enclose(Fraction(1, 10**INTEGRAL_DIGITS), _ROUGH)[0]
        self._integrated = {
            name for name, rows in point.numbers if any(isinstance(entry, Integral) for _, entry in rows)
        }

    @property
    def residual(self) -> Any:
        """The largest difference over all equalities that were found true."""
        return interval.mpf(self._residual)

    def _precisions(self, count: int) -> Iterator[Level]:
        """Yield the point at the working precision, then at twice, four and eight times that."""
        for k in range(count):
            if k == len(self._levels):
                prec = libmp.dps_to_prec((self.digits + _SPARE) * 2**k)
                self._levels.append(Level(self.point, prec, self._work, self._known))
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

    def truth(self, statement: Node, exact: bool = False, env: Env = ()) -> Truth:
        """Decide a statement.

        Parameters
        ----------
        statement : Node
        exact : bool
            Whether numbers within the tolerance must be compared exactly, or at eight times the digits, before they
            count as equal; for hypotheses, and for the sides of ⇔ and the left side of ⇒ in any case.
        env : Env
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
            return _both(self.truth(args[0].args[0], exact, (*env, k)) for k in self._range(statement, env))
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
        if op == "in":
            return self._within(args[0], next(self._precisions(1)).domain(args[1]), exact, env)
        if op == "deriv":
            return self._slope(args[0], args[1], args[2], env)
        if op == "int":
            first: Node | Integral = closed(next(self._precisions(1)), args[0], args[1], env)
            op, second = "=", args[2]
        else:
            first, second = args
        sign, close = self._compare(first, second, op, exact, env)
        if sign is not None:
            return _truth({"=": sign == 0, "<=": sign <= 0, "<": sign < 0, "!=": sign != 0}[op])
        return Truth.TRUE if close and op in ("=", "<=") else Truth.UNKNOWN

    def integral(self, statement: Node) -> Any:
        """Return the middle of what is known of the integral of a closed statement ∫ f over D = v.

        Parameters
        ----------
        statement : Node
        """
        found = self._known.value(closed(next(self._precisions(1)), statement.args[0], statement.args[1]))
        return found if isinstance(found, Fraction) else interval.mpf(libmp.mpi_mid(found, _ROUGH))

    def is_certain(self, statement: Node) -> bool:
        """Whether what :meth:`truth` said of a closed comparison or integral rests on no estimate.

        Parameters
        ----------
        statement : Node
        """
        if statement.op == "int":
            entry = closed(next(self._precisions(1)), statement.args[0], statement.args[1])
            return self._known.is_rigorous(entry) and self._integrated.isdisjoint(statement.names)
        return statement.op not in ("->", "deriv", "in") and self._integrated.isdisjoint(statement.names)

    def _range(self, statement: Node, env: Env) -> Many[int | Value]:
        """Return for which elements a statement about all of them is looked at: of ℕ and of the numbers, for some."""
        over = statement.args[0].data
        if over == NAT:
            return NATURALS
        level = next(self._precisions(1))
        if over != REAL:
            return range(level.size(over, None))
        domain = on_domain(statement)
        sample = _NUMBERS if domain is None else self._sample(next(self._precisions(1)).domain(domain), env)
        return sample[:_FEW] if is_analytic(statement.args[0].args[0]) else sample

    def _sample(self, domain: Node, env: Env) -> list[int | Value]:
        """Return numbers that lie in a domain; none if it is empty, as an interval may be."""
        level = next(self._precisions(1))
        if domain.op in ("nats", "reals"):
            return list(_COUNTS if domain.op == "nats" else _NUMBERS)
        ends = [level.number(a, env) for a in domain.args]
        length: Value = ONE
        if domain.op == "open":
            length = interval.add(ends[1], interval.negate(ends[0]), level.prec)
            if level.sign(Node("-", None, domain.args[::-1]), length, env, None) <= 0:
                return []
        parts = _PARTS if domain.op == "open" else _STEPS
        steps = [interval.multiply(length, -t if domain.op == "below" else t, level.prec) for t in parts]
        return [interval.add(ends[0], step, level.prec) for step in steps]

    def _within(self, number: Node, domain: Node, exact: bool, env: Env) -> Truth:
        if domain.op == "nats":
            value = next(self._precisions(1)).number(number, env)
            if isinstance(value, Fraction):
                return _truth(value >= 0 and value.denominator == 1)
            low, high = interval.fractions(value)
            return Truth.FALSE if high < 0 or floor(high) == ceil(low) - 1 else Truth.UNKNOWN
        return _both(self.truth(bound, exact, env) for bound in bounds(number, domain))

    def _slope(self, function: Node, at: Node, slope: Node, env: Env) -> Truth:
        """Whether a function has a derivative, by the quotients on either side of the number."""
        level = Level(self.point, libmp.dps_to_prec(_DERIVED_DIGITS), self._work, self._known)
        prec, x, claimed = level.prec, level.number(at, env), level.number(slope, env)
        scale = Fraction(1, ceil(1 / min(abs(interval.fractions(x)[0]) or ONE, ONE)))
        gaps: list[Fraction] = []
        middle: Value = ZERO
        for step in [width * scale for width in _DIFFERENCES]:
            here, before, after = (
                level.number(function.args[0], (*env, interval.add(x, k * step, prec))) for k in (0, -1, 1)
            )
            left = interval.add(here, interval.negate(before), prec)
            right = interval.add(after, interval.negate(here), prec)
            gaps.append(self._size(interval.add(right, interval.negate(left), prec)) / step)
            middle = interval.multiply(interval.add(left, right, prec), 1 / (2 * step), prec)
        missed = self._size(interval.add(middle, interval.negate(claimed), prec))
        size = max(ONE, self._size(claimed))
        # The error of the middle is of the order of the step times the gap; the gap itself is a safe bound.
        allowed = max(gaps[1], _DIFFERENCES[0] * size)
        if gaps[1] <= _SMOOTH * gaps[0] or gaps[1] <= allowed == _DIFFERENCES[0] * size:
            if missed <= allowed:
                return Truth.TRUE
            return Truth.FALSE if missed > _MARGIN * allowed else Truth.UNKNOWN
        kink = gaps[1] >= _KINK * gaps[0] and gaps[1] > size / 10**INTEGRAL_DIGITS
        return Truth.FALSE if kink else Truth.UNKNOWN

    @staticmethod
    def _size(value: Value) -> Fraction:
        """Return an upper bound of the absolute value of a number."""
        return max(map(abs, interval.fractions(value)))

    def _number(self, level: Level, side: Node | Integral, env: Env) -> Value:
        return self._known.value(side) if isinstance(side, Integral) else level.number(side, env)

    def _form(self, level: Level, side: Node | Integral, env: Env) -> Form | None:
        return None if isinstance(side, Integral) else level.form(side, env, None)

    def _compare(self, left: Node | Integral, right: Node, op: str, exact: bool, env: Env) -> tuple[int | None, bool]:
        """Return the sign of left - right, if it is known, and whether they differ by less than the tolerance."""
        self._work.spend(_COMPARISON)
        tried, close = False, False
        rough = isinstance(left, Integral) or not self._integrated.isdisjoint(left.names | right.names)
        for level in self._precisions(1 if rough else _DOUBLINGS):
            try:
                a, b = self._number(level, left, env), level.number(right, env)
                if isinstance(a, Fraction) and isinstance(b, Fraction):
                    return (a > b) - (a < b), True
                gap = interval.add(a, interval.negate(b), level.prec)
                sign = interval.sign(gap)
                if sign is not None:
                    return sign, False
                close, residual = self._is_small(gap, a, b, level.prec, self._loose if rough else self._tolerance)
                if op == "=" and close and libmp.mpf_gt(residual, self._residual):
                    self._residual = residual
                if close and op in ("=", "<=") and not exact:
                    return None, True
                if not tried:
                    tried = True
                    form = combine(ONE, self._form(level, left, env), -ONE, level.form(right, env, None))
                    if form is not None and vanishes(form):
                        return 0, True
            except Undecided:
                if rough:
                    raise
                continue
        return None, close

    def _is_small(self, gap: Value, a: Value, b: Value, prec: int, tolerance: Any) -> tuple[bool, Any]:
        ends = [libmp.mpf_abs(end) for value in (a, b) for end in interval.enclose(value, prec)]
        scale = libmp.fone
        for end in ends:
            scale = end if libmp.mpf_gt(end, scale) else scale
        worst = libmp.mpi_abs(interval.enclose(gap, prec))[1]
        residual = libmp.mpf_div(worst, scale, _ROUGH, libmp.round_up)
        return libmp.mpf_le(residual, tolerance), residual

    # limits

    def errors(self, statement: Node, at: tuple[int, ...] = NEAR, env: Env = ()) -> tuple[Any, ...]:
        """Return bounds of |aₙ - l| for a statement aₙ → l, at the given n.

        Parameters
        ----------
        statement : Node
            A statement aₙ → l.
        at : tuple of int, optional
            The values of n.
        env : Env, optional
            The values of the variables bound around it, outermost first.
        """
        sequence, limit = statement.args
        return tuple(interval.mpf(high) for _, high in self._errors(sequence, limit, at, env))

    def _errors(self, sequence: Node, limit: Node, at: tuple[int, ...], env: Env) -> list[Interval]:
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

    def _tends(self, sequence: Node, limit: Node, env: Env) -> Truth:
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
