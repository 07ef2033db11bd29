"""The trusted kernel: it replays certificates and imports nothing outside the standard library."""

from .certificate import Line, Theorem, canonical_statement, check, digest
from .errors import Refused

__all__ = ["Line", "Refused", "Theorem", "canonical_statement", "check", "digest"]
