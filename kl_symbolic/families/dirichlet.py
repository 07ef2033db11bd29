"""The Dirichlet distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["DIRICHLET"]

DIRICHLET = FormulaFamily(
    name="Dirichlet",
    title="Dirichlet distribution",
    parameters=(FormulaParameter("alpha", "positive vector"),),
    density="product of x_i^(alpha_i - 1), divided by B(alpha)",
    domain="the simplex",
    source="Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions 1, 2nd ed., Wiley 2000, chapter 49",
)
