"""Printing: a checked theorem → one outline → text, LaTeX, Markdown, HTML."""

from .html.notebook import claim_to_notebook, page_to_notebook, to_notebook
from .html.page import page_to_html, to_html
from .latex.page import claim_to_aligned, to_aligned, to_latex
from .markdown.page import to_markdown
from .model.narratives import page_to_latex, page_to_markdown, page_to_text
from .model.provenance import Colophon
from .model.theorems import Outline, Section, outline
from .text.page import to_text

__all__ = [
    "Colophon",
    "Outline",
    "Section",
    "claim_to_aligned",
    "claim_to_notebook",
    "outline",
    "page_to_html",
    "page_to_latex",
    "page_to_markdown",
    "page_to_notebook",
    "page_to_text",
    "to_aligned",
    "to_html",
    "to_latex",
    "to_markdown",
    "to_notebook",
    "to_text",
]
