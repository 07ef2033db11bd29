"""Mutants that no test can kill, each with the reason: the changed kernel does the same, or only refuses otherwise."""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {}
