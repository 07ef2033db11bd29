"""Numbers as users give them, as exact SymPy expressions; anything else is refused by name."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from numbers import Rational, Real
from typing import TypeAlias

import sympy

from ..language.errors import InvalidType, InvalidValue

__all__ = ["Number", "exact", "exact_expression", "kind_of"]

Number: TypeAlias = int | float | Fraction | Decimal | Rational
"""Numbers of Python, and of NumPy by the protocols of Python; a float is the decimal that it prints."""

_MAX_EXPONENT = 5_000
"""The largest decimal exponent that is read: beyond it an exact rational would have thousands of digits."""


def exact(value: Number | sympy.Expr, label: str) -> sympy.Expr:
    """Return a number as an exact SymPy expression; *label* names it in errors.

    Parameters
    ----------
    value : Number or sympy.Expr
    label : str
        What to call it in messages.
    """
    numpy = sys.modules.get("numpy")
    if isinstance(value, str | bytes):
        raise InvalidType(f"{label} is text, and text is not read: {value!r}; write Fraction(1, 10) or 0.1")
    if isinstance(value, sympy.Expr):
        return exact_expression(value, label)
    if isinstance(value, Rational) and not isinstance(value, bool):
        return sympy.Rational(int(value.numerator), int(value.denominator))
    if isinstance(value, Decimal):
        return _decimal(value, label)
    if isinstance(value, float):  # NumPy's float64 among them, whose repr says more than the number
        return _decimal(Decimal(float.__repr__(value)), label)
    if numpy is not None and isinstance(value, numpy.floating):
        return _decimal(Decimal(str(value)), label)
    other = isinstance(value, Real) and not isinstance(value, bool)
    hint = "; write it as a Fraction or a SymPy number" if other else ""
    raise InvalidType(f"expected a real number as {label}, got {kind_of(value)} {value!r}{hint}")


def kind_of(value: object) -> str:
    """Return the name of a value's class for an error text.

    Parameters
    ----------
    value : object
    """
    return f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")


def _decimal(value: Decimal, label: str) -> sympy.Expr:
    if value.is_nan():
        raise InvalidValue(f"{label} is NaN")
    if value.is_infinite():
        raise InvalidValue(f"{label} is infinite")
    if value and not -_MAX_EXPONENT < value.adjusted() < _MAX_EXPONENT:
        raise InvalidValue(f"{label} is out of range: its decimal exponent is {value.adjusted()}")
    fraction = Fraction(value)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def exact_expression(value: sympy.Expr, label: str) -> sympy.Expr:
    """Return a real SymPy expression with its floats replaced by the rationals that they are written as.

    Parameters
    ----------
    value : sympy.Expr
    label : str
        What to call it in messages.
    """
    if isinstance(value, sympy.IndexedBase):
        raise InvalidType(f"expected a real number as {label}, got the IndexedBase {value}; write {value}[0]")
    if value.has(sympy.nan):
        raise InvalidValue(f"{label} is NaN")
    if value.has(sympy.oo, -sympy.oo, sympy.zoo) or value.is_infinite:
        raise InvalidValue(f"{label} is infinite: {value}")
    if value.is_extended_real is False or value.is_commutative is False:
        raise InvalidValue(f"expected a real number as {label}, got {value}")
    floats = sorted(value.atoms(sympy.Float), key=str)
    return value.xreplace({f: _decimal(Decimal(str(f)), label) for f in floats})
