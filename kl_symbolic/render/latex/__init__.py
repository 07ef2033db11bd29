"""LaTeX: formulas, aligned displays, and pages."""
