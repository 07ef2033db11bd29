"""The Bernoulli distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["BERNOULLI"]

BERNOULLI = FormulaFamily(
    name="Bernoulli",
    title="Bernoulli distribution",
    parameters=(FormulaParameter("p", "probability"),),
    density="p^k*(1 - p)^(1 - k)",
    domain="{0, 1}",
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, section 3.2",
    finite=True,
)
