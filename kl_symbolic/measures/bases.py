"""The base of the logarithm: nats by default, bits for 2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import Number, exact
from .inputs import scalar

__all__ = ["Base", "read_base"]


@final
@dataclass(frozen=True, slots=True)
class Base:
    """A base of the logarithm.

    Parameters
    ----------
    number : sympy.Expr or None
        Greater than 1; None for nats.
    """

    number: sympy.Expr | None

    @property
    def conditions(self) -> tuple[sympy.Basic, ...]:
        """That the base is greater than 1, where its value is not known."""
        return () if self.number is None or self.number.is_number else (self.number > 1,)

    def of(self, value: sympy.Expr) -> sympy.Expr:
        """Return an exact value in nats in this base.

        Logarithms of rationals lose the powers of an integer base: in bits, log 12 is 2 + log 3/log 2. So entropies of
        dyadic distributions come out rational.

        Parameters
        ----------
        value : sympy.Expr
            In nats.
        """
        if self.number is None or value is sympy.oo:
            return value
        return _tidy(value, self.number) if self.number.is_Integer else value / sympy.log(self.number)

    def of_floats(self, value: Any) -> Any:
        """Return floats in nats in this base.

        Parameters
        ----------
        value : float or numpy.ndarray
            In nats.
        """
        if self.number is None:
            return value
        if self.number.free_symbols:
            raise InvalidType(f"expected a number as base for floats, got {self.number}; exact=True takes a symbol")
        return value / float(sympy.log(self.number).evalf(30))


def _tidy(value: Any, number: Any) -> Any:
    """Return a value divided by the logarithm of an integer, with its powers taken out of logarithms of rationals."""
    root, power = sympy.perfect_power(number) or (number, 1)
    unit = sympy.Dummy("unit")  # stands for log(number)
    changed = {}
    for log in value.atoms(sympy.log):
        x = log.args[0]
        if x.is_Rational and x > 0:
            exponent = sympy.multiplicity(root, x.p) - sympy.multiplicity(root, x.q)
            if exponent:
                left = x / sympy.Integer(root) ** exponent
                changed[log] = sympy.Rational(exponent, power) * unit + sympy.log(left)
    taken = value.xreplace(changed)
    units, rest = taken.diff(unit), taken.xreplace({unit: sympy.S.Zero})
    return value / sympy.log(number) if units.has(unit) else units + rest / sympy.log(number)


def read_base(base: Number | sympy.Expr | None) -> Base:
    """Read a base; refuse one that is not above 1.

    Parameters
    ----------
    base : number or None
        As the user gave it.
    """
    if base is None:
        return Base(None)
    number = exact(scalar(base, "base"), "base")
    if (number > 1) == sympy.false:
        raise InvalidValue(f"expected a base greater than 1, got {number}")
    return Base(number)
