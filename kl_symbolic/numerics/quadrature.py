"""Integrals and series as numbers, with an error that is estimated and far larger than it is observed to be.

An interval is cut where affine parts of the integrand vanish, because that is where densities have their peaks, poles
and kinks, and each piece is integrated by the double exponential rule of Takahasi and Mori, which needs no value at the
ends and sees every scale beside them. A series is summed directly where its terms fall like those of a geometric one,
and else by Wynn's ε-algorithm along doubled numbers of terms. Steps are halved until two results agree; a hundred times
their difference is the error. What does not settle, as a divergent integral, has no value and is undecided.

Every value of the integrand is enclosed, and the widths add to the error, so cancellation cannot look like a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, final

from mpmath import libmp

from . import interval
from .interval import ONE, ZERO, Interval, Undecided, Value
from .values import TooMuchWork

__all__ = ["PRECISION", "Integrand", "Quadrature", "Unsettled", "enclosed", "integral", "series", "zeros"]

Integrand = Callable[[Value], Value]
"""Returns an enclosure of the value at a number."""

PRECISION = 96
"""Bits with which integrands are computed: twice the digits to which integrals are compared."""
_FIRST, _LAST = 1, 6
"""The steps are 2^-1, …, 2^-6. Smooth densities settle at 2^-4."""
_REACH = 8
"""How far the rule goes: to 10^1000 and to distances of 10^-1000, where x^(-14/15) has an integral near 0."""
_SCANNED, _SCAN = Fraction(7, 2), Fraction(1, 4)
"""How far, and in which steps, signs are looked at: to distances of 10^-22 of an end, and to 10^11."""
_SCALES, _MUCH = (2, -2, 4, -4, 6, -6, 9, -9, 12, -12), libmp.from_int(100)
"""Powers of 10 that may be the unit of a half-line, where so many times more of the integral is than at another one."""
_AGREEMENT = libmp.from_man_exp(1, -37)
"""Two results agree when they differ by less than 10^-11, relative to the integral of |f|."""
_INFLATION = libmp.from_int(100)
"""The error is so many times the last difference, which itself is far above the error where the rule converges."""
_NEGLIGIBLE, _QUIET = libmp.from_man_exp(1, -80), 3
"""The rule ends where so many nodes in a row add less than 10^-24 of the whole."""
_ROUNDING = libmp.from_man_exp(1, 14 - PRECISION)
"""The rounding of 2^13 multiplications and additions, relative to the sum of the absolute values."""
_MANTISSA = PRECISION
"""Bits of the nodes, which are rational numbers so that what is rational stays exact: with fewer, what a node is off by
would be more than the error that the results are given, where they agree by luck."""
_DIRECT = 512
"""Terms of a series that are added one by one; Poisson's and geometric ones need fewer."""
_RATIO, _STEADY = Fraction(99, 100), 8
"""A series falls geometrically where each of so many terms is at most 99/100 of the one before."""
_HALVING = Fraction(3, 5)
"""The terms of a series that converges fall by this factor, and more, when k is doubled: like those of 1/k^s, s > 1."""
_SERIES_AGREEMENT = libmp.from_man_exp(1, -33)
"""Two sums of a slow series agree when they differ by less than 10^-10."""
_DOUBLINGS = 11
"""A slow series is summed to 2^11 terms."""
_SHRINKING, _BLOCKS = libmp.from_rational(49, 50, PRECISION), libmp.from_int(50)
"""Blocks of a slow series of doubled length must shrink by this factor: those of the harmonic series do not. Then all
that follow are at most so many times the last one."""


@final
class Unsettled(Undecided):
    """An integral or a series does not converge, or not soon enough to tell its digits."""


@final
@dataclass(frozen=True, slots=True)
class Quadrature:
    """The value of an integral, which is within *error* of *value* if the estimate is right.

    Parameters
    ----------
    value, error, size : object
        In mpmath's raw format; *size* is the integral of the absolute value.
    rigorous : bool, optional
        Whether the error is proved, and not estimated.
    """

    value: Any
    error: Any
    size: Any
    rigorous: bool = False

    @property
    def enclosure(self) -> Interval:
        """The value with its error, and with that of some thousand additions."""
        rounding = libmp.mpf_mul(self.size, _ROUNDING, PRECISION, libmp.round_up)
        error = libmp.mpf_add(self.error, rounding, PRECISION, libmp.round_up)
        return (
            libmp.mpf_sub(self.value, error, PRECISION, libmp.round_floor),
            libmp.mpf_add(self.value, error, PRECISION, libmp.round_ceiling),
        )


def enclosed(parts: Sequence[Interval]) -> Quadrature | None:
    """Return the sum of integrals that are known to lie in intervals; None where these are too wide to tell much.

    Parameters
    ----------
    parts : sequence of Interval
    """
    low, high = libmp.fzero, libmp.fzero
    for part in parts:
        low, high = libmp.mpi_add((low, high), part, PRECISION)
    value = libmp.mpi_mid((low, high), PRECISION)
    error = libmp.mpf_sub(high, low, PRECISION, libmp.round_up)
    size = libmp.mpf_abs(value)
    if libmp.mpf_gt(error, libmp.mpf_mul(_AGREEMENT, libmp.mpf_add(size, libmp.fone, PRECISION))):
        return None
    return Quadrature(value, error, size, True)


def integral(f: Integrand, low: Value | None, high: Value | None, cuts: Sequence[Value] = ()) -> Quadrature:
    """Return ∫ f from *low* to *high*.

    Parameters
    ----------
    f : callable
        The integrand. It may raise *Undefined* where it has no value; that is passed on.
    low, high : Value or None
        The ends; None for an infinite one. An interval without points has the integral 0.
    cuts : sequence of Value, optional
        Where the integrand may have a peak, a pole or a kink.

    Raises
    ------
    Unsettled
        When the results do not settle.

    Examples
    --------
    >>> found = integral(lambda x: interval.exp(interval.negate(x), PRECISION), ZERO, None)
    >>> libmp.to_str(found.value, 12)
    '1.0'
    """
    return _total([_Piece(a, b).integral(f) for a, b in _pieces(low, high, cuts)])


def zeros(f: Integrand, low: Value | None, high: Value | None, cuts: Sequence[Value] = ()) -> list[Value]:
    """Return where f changes its sign between nodes of the rule, as exactly as the precision tells.

    Parameters
    ----------
    f : callable
    low, high, cuts : optional
        As for :func:`integral`.
    """
    found: list[Value] = []
    for a, b in _pieces(low, high, cuts):
        piece = _Piece(a, b)
        nodes = (piece.node(t)[0] for t in _between(-_SCANNED, _SCANNED, _SCAN / 2))
        signs = [(x, interval.sign(f(x))) for x in nodes if isinstance(x, Fraction)]
        found += [_bisected(f, x, y, s) for (x, s), (y, r) in pairwise(signs) if s and r and s != r]
    return found


def _bisected(f: Integrand, low: Fraction, high: Fraction, sign: int) -> Fraction:
    """Return a number next to which f has another sign, or so small a value that it is not known."""
    for _ in range(PRECISION):
        middle = (low + high) / 2
        found = interval.sign(f(middle))
        if not found:
            return middle
        low, high = (middle, high) if found == sign else (low, middle)
    return (low + high) / 2


def _pieces(low: Value | None, high: Value | None, cuts: Sequence[Value]) -> list[tuple[Value | None, Value | None]]:
    """Return an interval in pieces; none if it is empty."""
    if low is not None and high is not None:
        sign = interval.sign(_minus(high, low))
        if sign is None:
            raise Undecided("the precision does not tell whether an interval is empty")
        if sign <= 0:
            return []
    inside = [ZERO] if low is None and high is None else []
    return list(pairwise([low, *_sorted([*cuts, *inside], low, high), high]))


def _minus(left: Value, right: Value) -> Value:
    return interval.add(left, interval.negate(right), PRECISION)


def _sorted(cuts: Sequence[Value], low: Value | None, high: Value | None) -> list[Value]:
    """Return the cuts inside the interval, in order; one that is not known to be apart from another is left out."""
    found: list[Value] = []
    for cut in cuts:
        above = low is None or interval.sign(_minus(cut, low)) == 1
        below = high is None or interval.sign(_minus(high, cut)) == 1
        order = [interval.sign(_minus(cut, other)) for other in found]
        if above and below and all(order):
            found.insert(sum(s == 1 for s in order), cut)
    return found


def _total(parts: Sequence[Quadrature]) -> Quadrature:
    value, error, size = libmp.fzero, libmp.fzero, libmp.fzero
    for part in parts:
        value = libmp.mpf_add(value, part.value, PRECISION)
        error = libmp.mpf_add(error, part.error, PRECISION, libmp.round_up)
        size = libmp.mpf_add(size, part.size, PRECISION, libmp.round_up)
    return Quadrature(value, error, size)


# --- the double exponential rule -------------------------------------------------------------------------------------


@final
class _Piece:
    """An interval inside which nothing special happens; at least one end is finite."""

    def __init__(self, low: Value | None, high: Value | None) -> None:
        self.low, self.high = low, high
        self.finite = low is not None and high is not None
        self.length: Value = _minus(high, low) if self.finite else ONE  # type: ignore[arg-type]

    def node(self, t: Fraction) -> tuple[Value, Any]:
        """Return the node at *t*, and its weight in the scale of the piece."""
        distance, weight = _node(t if self.finite or self.low is not None else -t, self.finite)
        # Each node is told by its distance from the nearer end, which has all its digits there.
        return self._at(interval.multiply(self.length, distance, PRECISION), not (self.finite and t > 0)), weight

    def _at(self, step: Value, low: bool = True) -> Value:
        """Return the number at a distance from the lower end, if there is one and that is wanted, or from the other."""
        near = self.low is not None and low
        base = self.low if near else self.high
        assert base is not None
        return interval.add(base, step if near else interval.negate(step), PRECISION)

    def _settle(self, f: Integrand) -> None:
        """Choose the unit of a half-line: where much more of the integral is at another scale than 1, that one."""
        best = self._mass(f, ONE)
        for k in _SCALES:
            unit = Fraction(10) ** k
            mass = self._mass(f, unit)
            if libmp.mpf_gt(mass, libmp.mpf_mul(best, _MUCH)):
                self.length, best = unit, mass

    def _mass(self, f: Integrand, unit: Fraction) -> Any:
        """Return how much of the integral is at a distance from the end, roughly."""
        try:
            low, high = interval.enclose(f(self._at(unit)), PRECISION)
        except TooMuchWork:
            raise
        except Undecided:
            return libmp.fzero
        size = libmp.mpf_abs(libmp.mpi_mid((low, high), PRECISION))
        return libmp.mpf_mul(size, libmp.from_rational(unit.numerator, unit.denominator, PRECISION), PRECISION)

    def integral(self, f: Integrand) -> Quadrature:
        """Return the integral of f over the piece."""
        if not self.finite:
            self._settle(f)
        found = _Rule(f, self.node).run()
        scale = libmp.mpi_mid(interval.enclose(self.length, PRECISION), PRECISION)
        return Quadrature(*(libmp.mpf_mul(part, scale, PRECISION) for part in (found.value, found.error, found.size)))


@lru_cache(maxsize=4096)
def _node(t: Fraction, finite: bool) -> tuple[Fraction, Any]:
    """Return the distance of the node at *t* from its end, and its weight, for (0, 1) or (0, ∞)."""
    prec = PRECISION + 20
    raw = libmp.from_rational(-abs(t.numerator) if finite else t.numerator, t.denominator, prec)
    cosh, sinh = libmp.mpf_cosh_sinh(raw, prec)
    pi = libmp.mpf_pi(prec)
    if not finite:
        half = libmp.mpf_shift(pi, -1)
        distance = libmp.mpf_exp(libmp.mpf_mul(half, sinh, prec), prec)
        return _short(distance), libmp.mpf_mul(distance, libmp.mpf_mul(half, cosh, prec), PRECISION)
    small = libmp.mpf_exp(libmp.mpf_mul(pi, sinh, prec), prec)  # t ≤ 0, so the distance is small/(1 + small)
    whole = libmp.mpf_add(libmp.fone, small, prec)
    distance = libmp.mpf_div(small, whole, prec)
    weight = libmp.mpf_mul(libmp.mpf_div(distance, whole, prec), libmp.mpf_mul(pi, cosh, prec), PRECISION)
    return _short(distance), weight


def _short(raw: Any) -> Fraction:
    return Fraction(*libmp.to_rational(libmp.mpf_pos(raw, _MANTISSA, libmp.round_nearest)))


@final
class _Rule:
    """Sums f at the nodes with smaller and smaller steps."""

    def __init__(self, f: Integrand, node: Callable[[Fraction], tuple[Value, Any]]) -> None:
        self.f, self.node = f, node
        self.value, self.size, self.spread = libmp.fzero, libmp.fzero, libmp.fzero

    def run(self) -> Quadrature:
        step = Fraction(1, 2**_FIRST)
        ends = self._first(step)
        before = self._result(step)
        for k in range(_FIRST + 1, _LAST + 1):
            step = Fraction(1, 2**k)
            for t in _between(*ends, step):
                self._add(t)
            after = self._result(step)
            change = libmp.mpf_abs(libmp.mpf_sub(after.value, before.value, PRECISION))
            allowed = libmp.mpf_add(libmp.mpf_mul(after.size, _AGREEMENT, PRECISION), after.error, PRECISION)
            if libmp.mpf_le(change, allowed):
                return Quadrature(
                    after.value,
                    libmp.mpf_add(libmp.mpf_mul(change, _INFLATION), after.error, PRECISION, libmp.round_up),
                    after.size,
                )
            before = after
        raise Unsettled("an integral does not settle: its digits cannot be told")

    def _result(self, step: Fraction) -> Quadrature:
        h = libmp.from_rational(step.numerator, step.denominator, PRECISION)
        return Quadrature(*(libmp.mpf_mul(part, h, PRECISION) for part in (self.value, self.spread, self.size)))

    def _first(self, step: Fraction) -> tuple[Fraction, Fraction]:
        """Sum outwards from the middle until nothing is added any more, and return how far that is on either side."""
        self._add(ZERO)
        ends = []
        for side in (-1, 1):
            quiet, t = 0, ZERO
            while quiet < _QUIET:
                t += step
                if t > _REACH:
                    raise Unsettled("an integral does not converge, or too slowly")
                quiet = quiet + 1 if self._add(side * t) else 0
            ends.append(side * t)
        return ends[0], ends[1]

    def _add(self, t: Fraction) -> bool:
        """Add the value at a node; return whether it is negligible."""
        x, weight = self.node(t)
        low, high = interval.enclose(self.f(x), PRECISION)
        middle = libmp.mpi_mid((low, high), PRECISION)
        spread = libmp.mpf_mul(libmp.mpf_sub(high, low, PRECISION, libmp.round_up), weight, PRECISION, libmp.round_up)
        part = libmp.mpf_mul(middle, weight, PRECISION)
        size = libmp.mpf_abs(part)
        self.value = libmp.mpf_add(self.value, part, PRECISION)
        self.size = libmp.mpf_add(self.size, size, PRECISION)
        self.spread = libmp.mpf_add(self.spread, spread, PRECISION, libmp.round_up)
        both = libmp.mpf_add(size, spread, PRECISION)
        return bool(
            libmp.mpf_le(both, libmp.mpf_mul(libmp.mpf_add(self.size, self.spread, PRECISION), _NEGLIGIBLE, PRECISION))
        )


def _between(low: Fraction, high: Fraction, step: Fraction) -> Iterator[Fraction]:
    """Yield the odd multiples of *step* between two multiples of its double."""
    t = low + step
    while t < high:
        yield t
        t += 2 * step


# --- series ----------------------------------------------------------------------------------------------------------


def series(f: Integrand) -> Quadrature:
    """Return Σ f(k) over k = 0, 1, 2, ….

    Parameters
    ----------
    f : callable

    Raises
    ------
    Unsettled
        When the terms do not fall, or the sums do not settle.

    Examples
    --------
    >>> libmp.to_str(series(lambda k: Fraction(1, 2 ** int(k))).value, 12)
    '2.0'
    """
    terms = _Terms(f)
    falling, last = 0, libmp.fzero
    for k in range(_DIRECT):
        size = terms.add(k)
        falling = falling + 1 if libmp.mpf_le(size, libmp.mpf_mul(last, _raw(_RATIO))) else 0
        last = size
        # What is left is at most last·(r + r² + …), r = 99/100.
        left = libmp.mpf_mul(last, _raw(_RATIO / (1 - _RATIO)))
        if falling >= _STEADY and libmp.mpf_le(left, libmp.mpf_mul(terms.size, _NEGLIGIBLE)):
            return Quadrature(terms.value, libmp.mpf_add(left, terms.spread, PRECISION, libmp.round_up), terms.size)
    return _slow(terms)


def _raw(value: Fraction) -> Any:
    return libmp.from_rational(value.numerator, value.denominator, PRECISION)


@final
class _Terms:
    """Partial sums of a series."""

    def __init__(self, f: Integrand) -> None:
        self.f = f
        self.value, self.size, self.spread = libmp.fzero, libmp.fzero, libmp.fzero
        self.sums: dict[int, tuple[Any, Any]] = {}
        self.sizes = (libmp.fzero, libmp.fzero)

    def add(self, k: int) -> Any:
        """Add a term and return its size."""
        low, high = interval.enclose(self.f(Fraction(k)), PRECISION)
        part = libmp.mpi_mid((low, high), PRECISION)
        size = libmp.mpf_abs(part)
        self.value = libmp.mpf_add(self.value, part, PRECISION)
        self.size = libmp.mpf_add(self.size, size, PRECISION)
        spread = libmp.mpf_sub(high, low, PRECISION, libmp.round_up)
        self.spread = libmp.mpf_add(self.spread, spread, PRECISION, libmp.round_up)
        if (k + 1) & k == 0:
            self.sums[k + 1] = (self.value, self.size)
            self.sizes = (self.sizes[1], size)
        return size


def _slow(terms: _Terms) -> Quadrature:
    """Sum a series that falls like a power of k: its sums of 2^j terms differ from the whole by geometric terms."""
    half, last = terms.sizes
    if libmp.mpf_gt(last, libmp.mpf_mul(half, _raw(_HALVING))):
        raise Unsettled("a series does not converge, or too slowly")
    for k in range(_DIRECT, 2**_DOUBLINGS):
        terms.add(k)
    sizes = [size for _, size in terms.sums.values()]
    gaps = [libmp.mpf_sub(b, a, PRECISION) for a, b in pairwise(sizes[-5:])]
    if not all(libmp.mpf_le(b, libmp.mpf_mul(a, _SHRINKING)) for a, b in pairwise(gaps)):
        raise Unsettled("a series does not converge, or too slowly")
    value, change = _accelerated([value for value, _ in terms.sums.values()])
    size, _ = _accelerated(sizes)
    if libmp.mpf_gt(change, libmp.mpf_mul(size, _SERIES_AGREEMENT)):
        raise Unsettled("a series does not settle: its digits cannot be told")
    return Quadrature(
        value, libmp.mpf_add(libmp.mpf_mul(change, _INFLATION), terms.spread, PRECISION, libmp.round_up), size
    )


def _accelerated(sums: Sequence[Any]) -> tuple[Any, Any]:
    """Return the limit by Wynn's ε-algorithm, and how much it changed with the last sums."""
    last = libmp.mpf_abs(libmp.mpf_sub(sums[-1], sums[-2], PRECISION))
    if libmp.mpf_le(last, libmp.mpf_mul(libmp.mpf_abs(sums[-1]), _NEGLIGIBLE, PRECISION)):
        return sums[-1], last
    before, row = [libmp.fzero] * (len(sums) + 1), list(sums)
    found = [row[-1]]
    for k in range(1, len(sums)):
        gaps = [libmp.mpf_sub(b, a, PRECISION) for a, b in pairwise(row)]
        if any(gap == libmp.fzero for gap in gaps):
            break
        new = [
            libmp.mpf_add(old, libmp.mpf_div(libmp.fone, gap, PRECISION), PRECISION)
            for old, gap in zip(before[1:], gaps, strict=False)
        ]
        before, row = row, new
        if k % 2 == 0:
            found.append(row[-1])
    best = (sums[-1], libmp.finf)
    for a, b in pairwise(found):
        change = libmp.mpf_abs(libmp.mpf_sub(b, a, PRECISION))
        # What is left of a sum whose blocks shrink is a small multiple of the last block.
        left = libmp.mpf_abs(libmp.mpf_sub(b, sums[-1], PRECISION))
        if libmp.mpf_lt(change, best[1]) and libmp.mpf_le(left, libmp.mpf_mul(last, _BLOCKS, PRECISION)):
            best = (b, change)
    return best
