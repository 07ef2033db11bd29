"""Numeric functions of the user against exact values, and theorems against numbers."""
