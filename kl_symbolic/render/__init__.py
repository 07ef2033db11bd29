"""Printing: a checked theorem → one outline → text, LaTeX, Markdown, HTML."""

from .colophon import Colophon
from .html import page_to_html, to_html
from .latex import to_aligned, to_latex
from .markdown import to_markdown
from .outline import Outline, Section, outline
from .pages import page_to_latex, page_to_markdown, page_to_text
from .terminal import to_text

__all__ = [
    "Colophon",
    "Outline",
    "Section",
    "outline",
    "page_to_html",
    "page_to_latex",
    "page_to_markdown",
    "page_to_text",
    "to_aligned",
    "to_html",
    "to_latex",
    "to_markdown",
    "to_text",
]
