"""LaTeX: formulas, aligned displays, and pages."""

from .formulas import claim_formula, derivation_formula
from .layout import DOCUMENT, FRAGMENT, Layout, width_of
from .page import render

__all__ = ["DOCUMENT", "FRAGMENT", "Layout", "claim_formula", "derivation_formula", "render", "width_of"]
