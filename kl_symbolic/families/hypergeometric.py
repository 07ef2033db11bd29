"""The hypergeometric distribution."""

from __future__ import annotations

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["HYPERGEOMETRIC"]

HYPERGEOMETRIC = FormulaFamily(
    name="Hypergeometric",
    title="hypergeometric distribution",
    parameters=(
        FormulaParameter("N", "positive integer"),
        FormulaParameter("K", "natural"),
        FormulaParameter("n", "natural"),
    ),
    density="C(K, k)*C(N - K, n - k)/C(N, n)",
    domain="{max(0, n + K - N), ..., min(K, n)}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 6",
    conditions=(
        Condition("K <= N", lambda N, K, n: N - K, strict=False),
        Condition("n <= N", lambda N, K, n: N - n, strict=False),
    ),
    finite=True,
)
