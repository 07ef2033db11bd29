"""HTML: pages that need nothing but themselves, and what a notebook shows."""

from .page import Surroundings, render

__all__ = ["Surroundings", "render"]
