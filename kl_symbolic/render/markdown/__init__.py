"""Markdown, in several flavors."""

from .page import render

__all__ = ["render"]
