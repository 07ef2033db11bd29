"""The inverse Wishart distribution."""

from __future__ import annotations

from .formula_family import Condition, FormulaFamily, FormulaParameter

__all__ = ["INVERSE_WISHART"]

INVERSE_WISHART = FormulaFamily(
    name="InverseWishart",
    title="inverse Wishart distribution",
    parameters=(
        FormulaParameter("df", "real"),
        FormulaParameter("scale", "positive definite matrix"),
    ),
    density="det(scale)^(df/2)*det(S)^(-(df + d + 1)/2)*exp(-tr(scale*S^(-1))/2)/(2^(df*d/2)*Gamma_d(df/2))",
    domain="symmetric positive definite matrices",
    source="Gupta and Nagar, Matrix Variate Distributions, Chapman & Hall 2000, section 3.4",
    conditions=(Condition("df > d - 1 where scale is d by d", lambda df, scale: df - scale.shape[0] + 1),),
)
