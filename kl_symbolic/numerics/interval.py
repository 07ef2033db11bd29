"""Arithmetic that keeps what is rational exact and encloses the rest.

A value is a ``Fraction``, or two numbers between which it lies. mpmath's interval functions take the precision as an
argument, so no precision is ever set, here or anywhere else.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

import mpmath
from mpmath import libmp

from ..kernel.errors import KLError

__all__ = [
    "CONSTANTS", "FUNCTIONS", "Interval", "Undecided", "Value",
    "add", "apply", "constant", "digamma", "divide", "enclose", "exp", "fractions", "gamma", "log", "mpf", "multiply",
    "negate", "rational_power", "sign", "square_root", "whole_power",
]  # fmt: skip

Interval = tuple[Any, Any]
"""Two numbers in mpmath's raw format; the value lies between them."""
Value = Fraction | Interval

ZERO, ONE = Fraction(0), Fraction(1)
_LONGEST_POWER = 40_000
"""Bits of a power that is computed exactly; a longer one becomes an interval."""
_LARGEST_ROOT = 64
"""The largest denominator of an exponent for which an exact root is looked for."""
_LARGEST_EXPONENT = 1_500
"""Bits of an exponent of e; beyond it the result has more digits in its exponent than memory holds."""
_LARGEST_FACTORIAL = 300
"""Γ(n) is computed exactly for whole numbers up to this one, which has six hundred digits."""
_LARGEST_ARGUMENT = 64
"""Bits of the largest number of which Γ is computed: beyond, it has more digits than are needed to tell anything."""
_GUARD, _EXTRA = 16, 10
"""Bits beyond the precision, for operands and for mpmath's functions, so that one unit is a safe margin."""


FUNCTIONS = {
    "atan": libmp.mpi_atan,
    "cos": libmp.mpi_cos,
    "gamma": libmp.mpi_gamma,
    "loggamma": libmp.mpi_loggamma,
    "sin": libmp.mpi_sin,
    "tan": libmp.mpi_tan,
}
"""The functions of mpmath's intervals, beside log, exp and powers, by SymPy's names."""
CONSTANTS = {"Catalan": libmp.mpf_catalan, "EulerGamma": libmp.mpf_euler, "Exp1": libmp.mpf_e, "Pi": libmp.mpf_pi}
"""Constants, by the names of their classes in SymPy."""


class Undecided(KLError, ArithmeticError):
    """The precision does not tell on which side of zero a number lies, and no exact argument does."""


def enclose(value: Value, prec: int) -> Interval:
    """Return two ends around a value.

    Parameters
    ----------
    value : Value
    prec : int
        The working precision in bits.
    """
    if not isinstance(value, Fraction):
        return value
    top, bottom = value.numerator, value.denominator
    return (
        libmp.from_rational(top, bottom, prec, libmp.round_floor),
        libmp.from_rational(top, bottom, prec, libmp.round_ceiling),
    )


def sign(value: Value) -> int | None:
    """Return the sign of a value, or None when its interval does not tell.

    Parameters
    ----------
    value : Value
    """
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    low, high = (libmp.mpf_sign(end) for end in value)
    return 1 if low > 0 else -1 if high < 0 else 0 if low == high == 0 else None


def _wider(value: Interval, prec: int) -> Interval:
    """Move both ends outwards by one unit in 2^prec: log and exp round well, but do not promise the direction."""
    slack = libmp.from_man_exp(1, -prec)
    low, high = (libmp.mpf_mul(libmp.mpf_abs(end), slack, prec, libmp.round_up) for end in value)
    return (
        libmp.mpf_sub(value[0], low, prec, libmp.round_floor),
        libmp.mpf_add(value[1], high, prec, libmp.round_ceiling),
    )


def log(value: Value, prec: int) -> Value:
    """Return log of a positive value.

    Parameters
    ----------
    value : Value
        A positive number.
    prec : int
        The working precision in bits.
    """
    if value == ONE:
        return ZERO
    return _wider(libmp.mpi_log(enclose(value, prec + _GUARD), prec + _EXTRA), prec)


def exp(value: Value, prec: int) -> Value:
    """Return e to a value.

    Parameters
    ----------
    value : Value
        The exponent.
    prec : int
        The working precision in bits.

    Raises
    ------
    Undecided
        When the exponent is astronomically large.
    """
    if value == ZERO:
        return ONE
    ends = enclose(value, prec + _GUARD)
    if any(end[2] + end[3] > _LARGEST_EXPONENT for end in ends):
        raise Undecided("an exponent is too large")
    return _wider(libmp.mpi_exp(ends, prec + _EXTRA), prec)


def square_root(value: Value, prec: int) -> Value:
    """Return the square root of a positive value.

    Parameters
    ----------
    value : Value
        A positive number.
    prec : int
        The working precision in bits.
    """
    return _wider(libmp.mpi_sqrt(enclose(value, prec + _GUARD), prec + _EXTRA), prec)


def constant(name: str, prec: int) -> Interval:
    """Return a constant of :data:`CONSTANTS`.

    Parameters
    ----------
    name : str
    prec : int
        The working precision in bits.
    """
    rounded = CONSTANTS[name](prec + _EXTRA)
    return _wider((rounded, rounded), prec)


def apply(name: str, value: Value, prec: int) -> Interval:
    """Return a function of :data:`FUNCTIONS` at a value.

    Parameters
    ----------
    name : str
    value : Value
        For ``gamma`` and ``loggamma`` a positive number.
    prec : int
        The working precision in bits.

    Raises
    ------
    Undecided
        When the interval has a pole in it.
    """
    low, high = FUNCTIONS[name](enclose(value, prec + _GUARD), prec + _EXTRA)
    special = (libmp.finf, libmp.fninf, libmp.fnan)
    if low in special or high in special:
        raise Undecided(f"an interval has a pole of {name} in it")
    # Near its zeros a function is right up to an absolute error only.
    slack = libmp.from_man_exp(1, -prec)
    return _wider(
        (libmp.mpf_sub(low, slack, prec, libmp.round_floor), libmp.mpf_add(high, slack, prec, libmp.round_ceiling)),
        prec,
    )


def gamma(value: Value, prec: int) -> Value:
    """Return Γ of a positive value; of a whole number that is not too large, exactly.

    Parameters
    ----------
    value : Value
        A positive number.
    prec : int
        The working precision in bits.

    Raises
    ------
    Undecided
        When the number is so large that its Γ has no digits.
    """
    if isinstance(value, Fraction) and value.denominator == 1 and value <= _LARGEST_FACTORIAL:
        return Fraction(factorial(value.numerator - 1))
    ends = enclose(value, prec)
    if any(end[2] + end[3] > _LARGEST_ARGUMENT for end in ends):
        raise Undecided("the argument of Gamma is too large")
    return apply("gamma", ends, prec)


def digamma(value: Value, prec: int) -> Value:
    """Return ψ, the derivative of log Γ, of a positive value.

    Parameters
    ----------
    value : Value
        A positive number.
    prec : int
        The working precision in bits.
    """
    # ψ increases, so its values at the ends enclose it; near its zero they are right up to an absolute error only.
    slack = libmp.from_man_exp(1, -prec)
    low, high = (libmp.mpf_psi0(end, prec + _EXTRA) for end in enclose(value, prec + _GUARD))
    return _wider(
        (libmp.mpf_sub(low, slack, prec, libmp.round_floor), libmp.mpf_add(high, slack, prec, libmp.round_ceiling)),
        prec,
    )


def fractions(value: Value) -> tuple[Fraction, Fraction]:
    """Return the two ends of a value as fractions.

    Parameters
    ----------
    value : Value
    """
    if isinstance(value, Fraction):
        return value, value
    low, high = (Fraction(*libmp.to_rational(end)) for end in value)
    return low, high


def add(left: Value, right: Value, prec: int) -> Value:
    """Return left + right.

    Parameters
    ----------
    left : Value
    right : Value
    prec : int
        The working precision in bits.
    """
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return libmp.mpi_add(enclose(left, prec), enclose(right, prec), prec)  # type: ignore[no-any-return]


def negate(value: Value) -> Value:
    """Return -value.

    Parameters
    ----------
    value : Value
    """
    return -value if isinstance(value, Fraction) else (libmp.mpf_neg(value[1]), libmp.mpf_neg(value[0]))


def multiply(left: Value, right: Value, prec: int) -> Value:
    """Return left·right; 0 if one of them is exactly 0.

    Parameters
    ----------
    left : Value
    right : Value
    prec : int
        The working precision in bits.
    """
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    if ZERO in (left, right):
        return ZERO
    return libmp.mpi_mul(enclose(left, prec), enclose(right, prec), prec)  # type: ignore[no-any-return]


def divide(left: Value, right: Value, prec: int) -> Value:
    """Return left/right, for a divisor whose sign is known.

    Parameters
    ----------
    left : Value
    right : Value
    prec : int
        The working precision in bits.
    """
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left / right
    if left == ZERO:
        return ZERO
    return libmp.mpi_div(enclose(left, prec), enclose(right, prec), prec)  # type: ignore[no-any-return]


def whole_power(base: Value, exponent: int, prec: int) -> Value:
    """Return a power with an integer exponent, for a base whose sign is known where the exponent is negative.

    Parameters
    ----------
    base : Value
    exponent : int
    prec : int
        The working precision in bits.
    """
    return _wider(libmp.mpi_pow_int(enclose(base, prec + _GUARD), exponent, prec + _EXTRA), prec)


def rational_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """Return base^exponent when it is rational and not too long.

    Parameters
    ----------
    base : Fraction
    exponent : Fraction
    """
    top, root = exponent.numerator, exponent.denominator
    bits = base.numerator.bit_length() + base.denominator.bit_length()
    if root > _LARGEST_ROOT or abs(top) * bits > _LONGEST_POWER:
        return None
    if root == 1:
        return base**top
    above, below = _root(base.numerator, root), _root(base.denominator, root)
    return None if above is None or below is None else Fraction(above, below) ** top


def _root(number: int, degree: int) -> int | None:
    """Return the whole root of a positive number, or None."""
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low if low**degree == number else None


def mpf(raw: Any) -> Any:
    """Return mpmath's number for its raw format.

    Parameters
    ----------
    raw : object
        A number in mpmath's raw format.
    """
    return mpmath.mp.make_mpf(raw)
