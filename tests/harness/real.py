"""The real functions, 60 digits, with a choice of what they are outside their domain.

Theorems must hold whatever log is at −1 and whatever a/0 is. So every point is tried under two totalisations: one where
junk values are 0, as proof assistants have it, and one where they are unlike anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

from .model import Undecided

DIGITS = 60
_HUGE = 10**30
_TINY = Fraction(1, 10**25)
_LOST = mpmath.mpf(10) ** (15 - DIGITS)
_DENOMINATOR = 720_720_000
_EXACT_EXPONENT = 4096
_EXACT_BITS = 4096
FAR = (10**3, 10**6, 10**9, 10**12)
"""The natural numbers at which the terms of a sequence are compared with its limit."""


@dataclass(frozen=True)
class Real:
    """log, exp and the rest, with junk values ``0`` or ``odd``."""

    odd: bool

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

    def compare(self, a: Any, b: Any) -> int | None:
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return (a > b) - (a < b)
        a, b = mp(a), mp(b)
        gap, scale = abs(a - b), abs(a) + abs(b)
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


def exact(value: Any) -> Any:
    """Return a float that agrees with a simple fraction in nearly all digits as this fraction, so exp(log 3) is 3."""
    if isinstance(value, Fraction) or not abs(value) < 10**9:
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
