"""The beta-binomial distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["BETA_BINOMIAL"]

BETA_BINOMIAL = FormulaFamily(
    name="BetaBinomial",
    title="beta-binomial distribution",
    parameters=(
        FormulaParameter("n", "natural"),
        FormulaParameter("alpha"),
        FormulaParameter("beta"),
    ),
    density="C(n, k)*B(k + alpha, n - k + beta)/B(alpha, beta)",
    domain="{0, ..., n}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 6",
    finite=True,
)
