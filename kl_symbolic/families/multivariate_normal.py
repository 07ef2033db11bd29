"""The multivariate normal distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["MULTIVARIATE_NORMAL"]

MULTIVARIATE_NORMAL = FormulaFamily(
    name="MultivariateNormal",
    title="multivariate normal distribution",
    parameters=(
        FormulaParameter("mean", "vector"),
        FormulaParameter("cov", "positive definite matrix"),
    ),
    density="exp(-(x - mean)^T*cov^(-1)*(x - mean)/2)/sqrt((2*pi)^d*det(cov))",
    domain="R^d",
    source="Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions 1, 2nd ed., Wiley 2000, chapter 45",
    sizes=("mean", "cov"),
)
