"""Divergence, entropy and cross-entropy as SymPy expressions, the distributions they accept, and plots."""
