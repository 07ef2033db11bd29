"""The trusted kernel: it replays certificates and imports nothing outside the standard library."""

from .certificate import CheckedTheorem, Line, canonical_statement, check, digest
from .errors import KLError, Refused

__all__ = ["CheckedTheorem", "KLError", "Line", "Refused", "canonical_statement", "check", "digest"]
