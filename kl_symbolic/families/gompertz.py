"""The Gompertz distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["GOMPERTZ"]

GOMPERTZ = FormulaFamily(
    name="Gompertz",
    title="Gompertz distribution",
    parameters=(
        FormulaParameter("rate"),
        FormulaParameter("eta"),
    ),
    density="rate*eta*exp(rate*x)*exp(-eta*(exp(rate*x) - 1))",
    domain="(0, oo)",
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 22",
)
