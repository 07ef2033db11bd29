"""The Cauchy distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["CAUCHY"]

CAUCHY = FormulaFamily(
    name="Cauchy",
    title="Cauchy distribution",
    parameters=(
        FormulaParameter("loc", "real"),
        FormulaParameter("scale"),
    ),
    density="1/(pi*scale*(1 + ((x - loc)/scale)^2))",
    domain="reals",
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 16",
)
