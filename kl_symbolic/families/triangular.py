"""The triangular distribution."""

from __future__ import annotations

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["TRIANGULAR"]

TRIANGULAR = FormulaFamily(
    name="Triangular",
    title="triangular distribution",
    parameters=(
        FormulaParameter("low", "real"),
        FormulaParameter("mode", "real"),
        FormulaParameter("high", "real"),
    ),
    density="2*(x - low)/((high - low)*(mode - low)) up to mode, then 2*(high - x)/((high - low)*(high - mode))",
    domain="(low, high)",
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 26",
    conditions=(
        Condition("low < high", lambda low, mode, high: high - low),
        Condition("low <= mode", lambda low, mode, high: mode - low, strict=False),
        Condition("mode <= high", lambda low, mode, high: high - mode, strict=False),
    ),
)
