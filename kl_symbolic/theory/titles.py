"""What people call the theorems: a title for a page, and further names that are understood."""

from __future__ import annotations

__all__ = ["ALIASES", "TITLES"]

TITLES: dict[str, str] = {
    "cross_entropy_identity": "The cross-entropy identity",
    "kl_nonneg": "Gibbs' inequality",
    "pinsker": "Pinsker's inequality",
}
"""The title of the page of a theorem, by its name; a theorem without one is titled by its name."""

ALIASES: dict[str, str] = {
    "gibbs": "kl_nonneg",
}
"""Further names of theorems: folk names, and names that a theorem had before it was renamed."""
