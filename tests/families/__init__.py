"""Families of distributions: their parameters, the theorems about them, and the closed forms of pairs."""
