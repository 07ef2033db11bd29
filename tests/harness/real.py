"""The real functions, 60 digits, with a choice of what they are outside their domain; integrals and derivatives.

Theorems must hold whatever log is at −1 and whatever a/0 is. So every point is tried under two totalisations: one where
junk values are 0, as proof assistants have it, and one where they are unlike anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import mpmath

from .model import Domain, Undecided

DIGITS = 60
_HUGE = 10**30
_TINY = Fraction(1, 10**25)
_LOST = mpmath.mpf(10) ** (15 - DIGITS)
_DENOMINATOR = 720_720_000
_EXACT_EXPONENT = 4096
_EXACT_BITS = 4096
FAR = (10**3, 10**6, 10**9, 10**12)
"""The natural numbers at which the terms of a sequence are compared with its limit."""


_CLOSE, _APART = mpmath.mpf(10) ** -9, mpmath.mpf(10) ** -4
"""Integrals and slopes that differ by less are taken as equal, by more as different; between them nothing is said."""
_STEPS, _REACH = 12, 4
"""Nodes of the quadrature for each unit of its variable, and how far that variable runs on both sides."""
_SHORT = 25
"""Digits of the values of an integrand."""
_SETTLED = mpmath.mpf(10) ** -5
"""How far all nodes and every other one may differ; with twice as many nodes the digits that are right double."""
_FAR = mpmath.mpf(10) ** 3
"""A function that adds so much more near an end of a domain than elsewhere has no integral there."""
_TERMS = 80
"""Terms of a series that are added."""
_NEAR = (Fraction(1, 10**12), Fraction(1, 10**15))
"""Steps of a difference quotient: their errors are far below what is told apart."""


@dataclass(frozen=True)
class Real:
    """log, exp and the rest, with junk values ``0`` or ``odd``; with many numbers for "all", or with a few.

    With many, numbers that are as near as integrals are computed count neither as equal nor as different.
    """

    odd: bool
    many: bool = False
    more: tuple[Any, ...] = ()

    def _junk(self, seed: int, *args: Any) -> Any:
        if not self.odd:
            return Fraction(0)
        return Fraction(seed) + sum((Fraction(k + 2, 3) * to_fraction(a) for k, a in enumerate(args)), Fraction(0))

    def add(self, a: Any, b: Any) -> Any:
        total = a + b
        if isinstance(total, Fraction) or abs(total) > _LOST * max(abs(mp(a)), abs(mp(b))):
            return total
        # All digits canceled. Taken as exactly 0, or a rounding error would decide whether log is in its domain.
        return Fraction(0)

    def multiply(self, a: Any, b: Any) -> Any:
        return exact(a * b)

    def divide(self, a: Any, b: Any) -> Any:
        if b == 0:
            return self._junk(-7, a)
        return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) else exact(mp(a) / mp(b))

    def power(self, a: Any, b: Any) -> Any:
        whole = isinstance(b, Fraction) and b.denominator == 1
        if whole and (a != 0 or b >= 0):
            short = isinstance(a, Fraction) and abs(b) <= _EXACT_EXPONENT
            if short and max(abs(a.numerator), a.denominator).bit_length() * abs(b) <= _EXACT_BITS:
                return Fraction(a ** int(b))
            return exact(mpmath.power(mp(a), int(b)))
        if a > 0:
            return self.exp(mp(b) * mp(self.log(a)))
        return self._junk(11, a, b)

    def log(self, a: Any) -> Any:
        if a > 0:
            return Fraction(0) if a == 1 else exact(mpmath.log(mp(a)))
        return self._junk(13, a)

    def exp(self, a: Any) -> Any:
        if abs(a) > _HUGE:
            raise Undecided("exp of a huge number")
        return Fraction(1) if a == 0 else exact(mpmath.exp(mp(a)))

    def xlogy(self, a: Any, b: Any) -> Any:
        if a == 0:
            return Fraction(0)
        return self.multiply(a, self.log(b)) if b > 0 else self._junk(17, a, b)

    def gamma(self, a: Any) -> Any:
        if abs(a) > _MOST:
            raise Undecided("Gamma of a huge number")
        pole = a <= 0 and (a == int(a) if isinstance(a, Fraction) else mpmath.isint(a))
        return self._junk(19, a) if pole else exact(mpmath.gamma(mp(a)))

    def digamma(self, a: Any) -> Any:
        if abs(a) > _MOST:
            raise Undecided("digamma of a huge number")
        pole = a <= 0 and (a == int(a) if isinstance(a, Fraction) else mpmath.isint(a))
        return self._junk(23, a) if pole else exact(mpmath.digamma(mp(a)))

    def pi(self) -> Any:
        return +mpmath.pi

    def member(self, a: Any, domain: Domain) -> bool | None:
        if domain.discrete:
            if isinstance(a, Fraction):
                return a >= 0 and a.denominator == 1
            return False if abs(a - mpmath.nint(a)) > mp(_TINY) else None
        below = 1 if domain.low is None else self.compare(a, domain.low)
        above = 1 if domain.high is None else self.compare(domain.high, a)
        if 0 in (below, above) or -1 in (below, above):
            return False
        return None if None in (below, above) else True

    def sample(self, domain: Domain) -> tuple[Any, ...]:
        """Return numbers of a domain, some of them near its ends or far out."""
        return (*self._spread(domain), *(a for a in self.more if self.member(a, domain)))

    def _spread(self, domain: Domain) -> tuple[Any, ...]:
        if domain.discrete:
            return tuple(map(Fraction, range(60) if self.many else (0, 1, 2, 3, 4, 7, 20)))
        places = _MANY if self.many else _PLACES
        low, high = domain.low, domain.high
        if low is not None and high is not None:
            if self.compare(low, high) != -1:
                return ()
            return tuple(self.add(low, self.multiply(self.add(high, -low), t)) for t in places)
        far = [t / (1 - t) for t in places]
        if low is None and high is None:
            return tuple(sign * t for t in far for sign in (1, -1))
        return tuple(self.add(high, -t) if low is None else self.add(low, t) for t in far)

    def integral(self, function: Callable[[Any], Any], domain: Domain) -> Any:
        """Return an integral; infinity where it has none, None where the quadrature does not settle."""
        if domain.discrete:
            return self._series(function)
        if domain.low is not None and domain.high is not None and not mp(domain.low) < mp(domain.high):
            return mpmath.mpf(0)
        if all(end is None or end * sign > 0 for end, sign in ((domain.low, -1), (domain.high, 1))):
            # Many functions have a kink at 0, and only there.
            zero = Fraction(0)
            parts = [self.integral(function, half) for half in (Domain(domain.low, zero), Domain(zero, domain.high))]
            return None if None in parts else mpmath.inf if mpmath.inf in parts else parts[0] + parts[1]
        with mpmath.workdps(_SHORT):
            terms = [weight * mp(function(x)) / _STEPS for x, weight in _nodes(domain)]
        whole, half = mpmath.fsum(terms), 2 * mpmath.fsum(terms[::2])
        edges, scale = [*terms[:3], *terms[-3:]], 1 + abs(whole)
        inner = 1 + mpmath.fsum(map(abs, terms[_STEPS:-_STEPS]))
        if any(all(sign * t > _FAR * inner for t in side) for side in (edges[:3], edges[3:]) for sign in (1, -1)):
            return mpmath.inf
        settled = abs(whole - half) < _SETTLED * scale and all(abs(t) < _CLOSE * scale / 100 for t in edges)
        return whole if settled else None

    def _series(self, function: Callable[[Any], Any]) -> Any:
        with mpmath.workdps(_SHORT):
            terms = [mp(function(Fraction(k))) for k in range(_TERMS)]
        tail = [abs(t) for t in terms[-20:]]
        if all(b <= a * mpmath.mpf("0.8") for a, b in pairwise(tail)) and tail[-1] < _CLOSE / 1000:
            return mpmath.fsum(terms)
        # Terms that grow fast for a while, as those of exp(1000) do, may be small later; and so may those that grow
        # slowly, as n·(999/1000)^n does, so it is looked at far out as well.
        steady = all(_APART < a <= b <= a * mpmath.mpf("1.1") for a, b in pairwise(tail))
        if steady and all(a <= b for a, b in pairwise([tail[-1], *(abs(mp(function(Fraction(n)))) for n in FAR)])):
            return mpmath.inf
        return self._slow(function, terms)

    def _slow(self, function: Callable[[Any], Any], terms: list[Any]) -> Any:
        """Return the sum of a series whose tail is a power series in 1/n, by Richardson's extrapolation."""
        terms = [*terms, *(mp(function(Fraction(k))) for k in range(_TERMS, 8 * _TERMS))]
        row = [mpmath.fsum(terms[: 5 * 2**k]) for k in range(8)]
        for power in range(1, 8):
            before, row = row, [(2**power * b - a) / (2**power - 1) for a, b in pairwise(row)]
        return row[0] if abs(row[0] - before[-1]) < _CLOSE * (1 + abs(row[0])) / 10 else None

    def slope(self, function: Callable[[Any], Any], at: Any) -> Any:
        """Return a derivative, from difference quotients on both sides at two distances; infinity if there is none.

        None where they do not settle.
        """
        here = mp(function(at))
        found = [(mp(function(at + s * h)) - here) / mp(s * h) for h in _NEAR for s in (1, -1)]
        scale = 1 + max(map(abs, found))
        if scale < _FAR and all(abs(found[k] - found[k + 1]) > _APART * scale for k in (0, 2)):
            return mpmath.inf
        close = max(found) - min(found) < _CLOSE * (1 + abs(found[0]))
        return (found[2] + found[3]) / 2 if close else None

    def agree(self, found: Any, value: Any) -> bool | None:
        """Say whether an integral or a derivative is *value*; None if there is none, or it is neither near nor far."""
        if found is None:
            return None
        gap, scale = abs(found - mp(value)), 1 + abs(mp(value))
        return True if gap <= _CLOSE * scale else False if gap > _APART * scale else None

    def compare(self, a: Any, b: Any) -> int | None:
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return (a > b) - (a < b)
        a, b = mp(a), mp(b)
        gap, scale = abs(a - b), abs(a) + abs(b)
        if self.many and 0 < gap <= _CLOSE * (1 + scale):
            return None
        if gap > mp(_TINY) * (1 + scale):
            return 1 if a > b else -1
        # Equality of transcendental numbers is believed only when nearly all digits of numbers of ordinary size agree.
        return 0 if mp(_TINY) < scale and gap <= mpmath.mpf(10) ** (15 - DIGITS) * scale else None

    def limit(self, sequence: Callable[[int], Any], limit: Any) -> bool | None:
        gaps = [abs(mp(sequence(n)) - mp(limit)) for n in FAR]
        scale = 1 + abs(mp(limit))
        if gaps[-1] <= scale * mpmath.mpf(10) ** -4 and gaps[-1] <= max(gaps[0], mpmath.mpf(10) ** -9):
            return True
        return False if gaps[-1] > scale / 1000 and gaps[-1] > gaps[1] / 2 else None


_MOST = 10**6
_PLACES = tuple(Fraction(k, 997) for k in (1, 11, 97, 211, 331, 449, 499, 601, 701, 853, 977, 996))
_MANY = tuple(Fraction(k, 1009) for k in (*range(1, 1009, 9), 1008))
"""Numbers of (0, 1) that stand for those of a domain about which something is said."""


@cache
def _unit() -> tuple[tuple[Any, Any], ...]:
    """Return t and cosh t of the nodes of a double exponential quadrature."""
    count = _STEPS * _REACH
    found = [mpmath.mpf(k) / _STEPS for k in range(-count, count + 1)]
    return tuple((mpmath.pi / 2 * mpmath.sinh(t), mpmath.pi / 2 * mpmath.cosh(t)) for t in found)


@lru_cache(maxsize=50)
def _nodes(domain: Domain) -> list[tuple[Any, Any]]:
    """Return nodes and weights of tanh-sinh, exp-sinh or sinh-sinh quadrature, by the ends that are infinite."""
    low, high = (None if end is None else mp(end) for end in (domain.low, domain.high))
    found = []
    for s, w in _unit():
        if low is not None and high is not None:
            # The distance to the nearer end is exact, however small it is.
            near = (high - low) / (1 + mpmath.exp(2 * abs(s)))
            found.append((low + near if s < 0 else high - near, (high - low) / 2 * w / mpmath.cosh(s) ** 2))
        elif low is None and high is None:
            found.append((mpmath.sinh(s), w * mpmath.cosh(s)))
        else:
            step = mpmath.exp(s)
            found.append((high - step if low is None else low + step, w * step))
    return found


def exact(value: Any) -> Any:
    """Return a float that agrees with a simple fraction in nearly all digits as this fraction, so exp(log 3) is 3."""
    if isinstance(value, Fraction) or mpmath.mp.dps < DIGITS or not abs(value) < 10**9:
        return value
    scaled = value * _DENOMINATOR
    nearest = mpmath.nint(scaled)
    if abs(scaled - nearest) <= abs(nearest) * _LOST:
        return Fraction(int(nearest), _DENOMINATOR)
    return value


def mp(value: Any) -> Any:
    """Return a number as an mpmath float."""
    if isinstance(value, Fraction):
        return mpmath.mpf(value.numerator) / value.denominator
    return value


def to_fraction(value: Any) -> Fraction:
    """Return a fraction near *value*, the same for an exact number and for its 60 digits: junk must respect equality."""
    if abs(value) > _HUGE:
        return Fraction(1)
    offset = Fraction(318309886, 10**9)
    scaled = value * 1009 + offset if isinstance(value, Fraction) else value * 1009 + mp(offset)
    return Fraction(int(mpmath.floor(mp(scaled))), 1009)
