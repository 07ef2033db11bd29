"""The binomial distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["BINOMIAL"]

BINOMIAL = FormulaFamily(
    name="Binomial",
    title="binomial distribution",
    parameters=(
        FormulaParameter("n", "natural"),
        FormulaParameter("p", "probability"),
    ),
    density="C(n, k)*p^k*(1 - p)^(n - k)",
    domain="{0, ..., n}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 3",
    finite=True,
)
