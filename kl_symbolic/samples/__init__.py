"""A user's own numbers and data, set against a theorem."""
