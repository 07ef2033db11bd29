"""The categorical distribution."""

from __future__ import annotations

from .formula_family import FormulaFamily, FormulaParameter

__all__ = ["CATEGORICAL"]

CATEGORICAL = FormulaFamily(
    name="Categorical",
    title="categorical distribution",
    parameters=(FormulaParameter("p", "probability vector"),),
    density="p_k",
    domain="{0, ..., K - 1}",
    source="Murphy, Probabilistic Machine Learning: An Introduction, MIT Press 2022, section 2.5",
    finite=True,
)
