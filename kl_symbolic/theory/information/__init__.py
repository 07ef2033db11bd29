"""Entropy, mutual information, channels and codes."""
