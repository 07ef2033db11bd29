"""Markdown, in several flavors."""
