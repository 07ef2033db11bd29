"""Numeric functions of the user against exact values: points, the expected values, the comparison, and a diagnosis."""
