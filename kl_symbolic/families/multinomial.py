"""The multinomial distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["MULTINOMIAL"]

MULTINOMIAL = FormulaFamily(
    name="Multinomial",
    title="multinomial distribution",
    parameters=(
        FormulaParameter("n", "natural"),
        FormulaParameter("p", "probability vector"),
    ),
    density="n!*product of p_i^k_i/k_i!",
    domain="counts with sum n",
    source="Johnson, Kotz and Balakrishnan, Discrete Multivariate Distributions, Wiley 1997, chapter 35",
    finite=True,
)
