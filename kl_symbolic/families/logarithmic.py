"""The logarithmic distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["LOGARITHMIC"]

LOGARITHMIC = FormulaFamily(
    name="Logarithmic",
    title="logarithmic distribution",
    parameters=(FormulaParameter("p", "open probability"),),
    density="-p^k/(k*log(1 - p))",
    domain="{1, 2, ...}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 7",
)
