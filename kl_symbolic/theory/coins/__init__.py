"""Coin flips and the log-likelihood ratio."""
