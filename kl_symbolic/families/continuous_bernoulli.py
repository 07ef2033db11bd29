"""The continuous Bernoulli distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["CONTINUOUS_BERNOULLI"]

CONTINUOUS_BERNOULLI = FormulaFamily(
    name="ContinuousBernoulli",
    title="continuous Bernoulli distribution",
    parameters=(FormulaParameter("lam", "open probability"),),
    density="c*lam^x*(1 - lam)^(1 - x), c = log(lam/(1 - lam))/(2*lam - 1), or 2 where lam = 1/2",
    domain="(0, 1)",
    source="G. Loaiza-Ganem and J. P. Cunningham, The continuous Bernoulli, NeurIPS 32 (2019)",
)
