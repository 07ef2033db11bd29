"""The truncated normal distribution."""

from __future__ import annotations

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["TRUNCATED_NORMAL"]

TRUNCATED_NORMAL = FormulaFamily(
    name="TruncatedNormal",
    title="truncated normal distribution",
    parameters=(
        FormulaParameter("mu", "real"),
        FormulaParameter("sigma"),
        FormulaParameter("low", "real"),
        FormulaParameter("high", "real"),
    ),
    density="phi((x - mu)/sigma)/(sigma*(Phi((high - mu)/sigma) - Phi((low - mu)/sigma)))",
    domain="(low, high)",
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 13",
    conditions=(Condition("low < high", lambda mu, sigma, low, high: high - low),),
)
