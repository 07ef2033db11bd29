"""The negative binomial distribution."""

from __future__ import annotations

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["NEGATIVE_BINOMIAL"]

NEGATIVE_BINOMIAL = FormulaFamily(
    name="NegativeBinomial",
    title="negative binomial distribution",
    parameters=(
        FormulaParameter("r", "positive"),
        FormulaParameter("p", "probability"),
    ),
    density="Gamma(k + r)/(Gamma(r)*k!)*p^r*(1 - p)^k",
    domain="nats",
    source="N. L. Johnson, A. W. Kemp and S. Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 5",
    conditions=(Condition("0 < p", lambda r, p: p),),
)
