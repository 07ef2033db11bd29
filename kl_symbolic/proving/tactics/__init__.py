"""Tactics: functions that find kernel lines. Nothing here is trusted, for each line is checked when it is appended."""

from .arrange import algebra, arrange
from .facts import equal, known, nonzero, prove
from .limits import eventually, limit
from .linear import linear

__all__ = ["algebra", "arrange", "equal", "eventually", "known", "limit", "linear", "nonzero", "prove"]
