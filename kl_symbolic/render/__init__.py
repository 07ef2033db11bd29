"""Printing: a checked theorem → one outline → text, LaTeX, Markdown, HTML."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .colophon import Colophon
from .latex import claim_to_aligned, to_aligned, to_latex
from .markdown import to_markdown
from .outline import Outline, Section, outline
from .pages import page_to_latex, page_to_markdown, page_to_text
from .terminal import to_text

if TYPE_CHECKING:
    from .html import page_to_html, to_html
    from .notebook import claim_to_notebook, page_to_notebook, to_notebook

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

_WHEN_USED = {
    "claim_to_notebook": "notebook",
    "page_to_html": "html",
    "page_to_notebook": "notebook",
    "to_html": "html",
    "to_notebook": "notebook",
}
"""What is loaded when it is used: a terminal, LaTeX and Markdown need no HTML."""


def __getattr__(name: str) -> Any:
    if name not in _WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_WHEN_USED[name]}"), name)
    globals()[name] = value
    return value
