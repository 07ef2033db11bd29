"""The contract: for each theorem its declared names, Γ and φ, as the project wants them; eight tables, one dictionary."""

from __future__ import annotations

from . import channels, codes, convexity, densities, divergence, first, inequalities, information
from .words import Row

__all__ = ["ROWS", "Row"]

TABLES = (
    first.ROWS, divergence.ROWS, channels.ROWS, inequalities.ROWS, information.ROWS, codes.ROWS, densities.ROWS,
    convexity.ROWS,
)  # fmt: skip

ROWS: dict[str, Row] = {name: row for table in TABLES for name, row in table.items()}
assert len(ROWS) == sum(map(len, TABLES)), "a theorem has two rows"
