"""The von Mises distribution."""

from __future__ import annotations

from sympy import pi

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["VON_MISES"]

VON_MISES = FormulaFamily(
    name="VonMises",
    title="von Mises distribution",
    parameters=(
        FormulaParameter("loc", "real"),
        FormulaParameter("kappa"),
    ),
    density="exp(kappa*cos(x - loc))/(2*pi*I_0(kappa))",
    domain="(-pi, pi)",
    source="Mardia and Jupp, Directional Statistics, Wiley 2000, section 3.5.4",
    conditions=(
        Condition("-pi <= loc", lambda loc, kappa: loc + pi, strict=False),
        Condition("loc <= pi", lambda loc, kappa: pi - loc, strict=False),
    ),
)
