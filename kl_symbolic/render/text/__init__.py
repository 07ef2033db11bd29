"""Plain Unicode text, for the terminal."""

from .page import render

__all__ = ["render"]
