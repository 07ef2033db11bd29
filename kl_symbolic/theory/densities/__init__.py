"""Densities: what holds of integrals over every domain, and the theorems about divergences of densities."""
