"""HTML: self-contained pages, and the output of notebook cells."""

from .page import Surroundings, render

__all__ = ["Surroundings", "render"]
