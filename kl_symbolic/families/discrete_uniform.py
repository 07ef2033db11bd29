"""The discrete uniform distribution."""

from __future__ import annotations

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["DISCRETE_UNIFORM"]

DISCRETE_UNIFORM = FormulaFamily(
    name="DiscreteUniform",
    title="discrete uniform distribution",
    parameters=(
        FormulaParameter("low", "integer"),
        FormulaParameter("high", "integer"),
    ),
    density="1/(high - low + 1)",
    domain="{low, ..., high}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 6",
    conditions=(Condition("low <= high", lambda low, high: high - low, strict=False),),
    finite=True,
)
