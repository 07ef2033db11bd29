"""LaTeX: formulas, aligned displays, and pages."""

from .formulas import claim_formula, derivation_formula
from .page import render

__all__ = ["claim_formula", "derivation_formula", "render"]
