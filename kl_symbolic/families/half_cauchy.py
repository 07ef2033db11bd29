"""The half-Cauchy distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["HALF_CAUCHY"]

HALF_CAUCHY = FormulaFamily(
    name="HalfCauchy",
    title="half-Cauchy distribution",
    parameters=(FormulaParameter("scale"),),
    density="2/(pi*scale*(1 + (x/scale)^2))",
    domain="(0, oo)",
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 16",
)
