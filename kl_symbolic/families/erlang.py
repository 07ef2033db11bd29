"""The Erlang distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["ERLANG"]

ERLANG = FormulaFamily(
    name="Erlang",
    title="Erlang distribution",
    parameters=(
        FormulaParameter("shape", "positive integer"),
        FormulaParameter("rate"),
    ),
    density="rate^shape*x^(shape - 1)*exp(-rate*x)/(shape - 1)!",
    domain="(0, oo)",
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 17",
)
