"""The document tree: what a page says and in which order, in no format."""

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
