"""Logarithms, exponentials, finite sums, and the summand of the divergence."""
