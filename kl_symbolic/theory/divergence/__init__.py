"""The divergence: never negative, chain rule, data processing, bounds."""
