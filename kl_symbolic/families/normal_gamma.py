"""The normal-gamma distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["NORMAL_GAMMA"]

NORMAL_GAMMA = FormulaFamily(
    name="NormalGamma",
    title="normal-gamma distribution",
    parameters=(
        FormulaParameter("mean", "real"),
        FormulaParameter("precision_scale"),
        FormulaParameter("shape"),
        FormulaParameter("rate"),
    ),
    density="Normal(mean, 1/sqrt(precision_scale*tau)) at x times Gamma(shape, rate) at tau",
    domain="x real, tau > 0",
    source="Bernardo and Smith, Bayesian Theory, Wiley 1994, appendix A.1",
)
