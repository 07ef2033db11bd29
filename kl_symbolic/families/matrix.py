"""The state of each pair of families, with free parameters: proved, not proved, infinite, or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import sympy

from .. import families
from ..kernel import Refused
from ..language.errors import InvalidType, InvalidValue, NoClosedForm
from .closed_forms import proved
from .family import Law
from .formula_family import FormulaLaw
from .values import closed_value

__all__ = ["NAMES", "SIGNS", "Entry", "entry", "row"]

Entry: TypeAlias = Literal["proved", "infinite", "formula", "infinite formula", "none"]
"""A finite or an infinite divergence with its theorems, one without, or no closed form."""

SIGNS: dict[str, str] = {"proved": "✓", "infinite": "∞", "formula": "f", "infinite formula": "i", "none": "–"}
"""How an entry is printed in a table."""

NAMES = (*families.FAMILIES, *families.FORMULA_FAMILIES)
"""The families, those with theorems first."""


def entry(first: str, second: str) -> Entry:
    """Return what is known of the divergence of two families with different free parameters.

    Parameters
    ----------
    first, second : str
        Names of families.
    """
    try:
        P, Q = _free(first, ""), _free(second, "2")
    except (InvalidType, InvalidValue):  # vectors and matrices have no free symbols
        return "none"
    if isinstance(P, Law) and isinstance(Q, Law):
        try:
            return "infinite" if proved("divergence", P, Q).expression is sympy.oo else "proved"
        except Refused:
            pass
    try:
        value = closed_value("divergence", P, Q)
    except (NoClosedForm, InvalidValue):
        return "none"
    return "infinite formula" if value.expression is sympy.oo else "formula"


def row(first: str) -> Iterator[tuple[str, Entry]]:
    """Yield what is known of a family against each other one.

    Parameters
    ----------
    first : str
    """
    for second in NAMES:
        yield second, entry(first, second)


def _free(name: str, suffix: str) -> Law | FormulaLaw:
    """Return a member of a family with a symbol for each parameter."""
    family = getattr(families, name)
    values = {
        p.name: sympy.Symbol(f"{p.name}{suffix}", **_KNOWN.get(p.role, {"real": True})) for p in family.parameters
    }
    found: Law | FormulaLaw = family(**values)
    return found


_KNOWN: dict[str, dict[str, bool]] = {
    "positive": {"positive": True},
    "positive integer": {"positive": True, "integer": True},
    "natural": {"nonnegative": True, "integer": True},
    "integer": {"integer": True},
}
"""The assumptions about a free parameter, by its role."""
