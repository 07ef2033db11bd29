"""The zeta distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["ZETA"]

ZETA = FormulaFamily(
    name="Zeta",
    title="zeta distribution",
    parameters=(FormulaParameter("s", "above 1"),),
    density="k^(-s)/zeta(s)",
    domain="{1, 2, ...}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 11",
)
