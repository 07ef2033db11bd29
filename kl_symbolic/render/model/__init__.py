"""The document tree: what a page says and in which order, in no format.

The names are loaded when they are first used: who reads a story needs no documents.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .document import Document
    from .narratives import document_of_narrative
    from .provenance import Provenance
    from .reports import Report, document_of_report
    from .theorems import document_of_theorem
    from .view import DETAILS, PARTS, STATED, View

__all__ = [
    "DETAILS", "PARTS", "STATED", "Document", "Provenance", "Report", "View",
    "document_of_narrative", "document_of_report", "document_of_theorem",
]  # fmt: skip

_HOME = {
    "DETAILS": "view",
    "Document": "document",
    "PARTS": "view",
    "Provenance": "provenance",
    "Report": "reports",
    "STATED": "view",
    "View": "view",
    "document_of_narrative": "narratives",
    "document_of_report": "reports",
    "document_of_theorem": "theorems",
}
"""The module that defines each name."""


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
