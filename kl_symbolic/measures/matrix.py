"""The state of each pair of families, with free parameters: proved, not proved, infinite, or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import sympy

from .. import families
from ..language.errors import InvalidValue
from .expressions import ClosedForm, closed_form

if TYPE_CHECKING:
    from ..families.family import Law
    from ..families.formula_family import FormulaLaw

__all__ = ["NAMES", "SIGNS", "Entry", "entry", "free_pair", "row"]

Entry: TypeAlias = Literal["proved", "infinite", "formula", "infinite formula", "none"]
"""A finite or an infinite divergence with its theorems, one without, or no closed form."""

SIGNS: dict[str, str] = {"proved": "✓", "infinite": "∞", "formula": "f", "infinite formula": "i", "none": "–"}
"""How an entry is printed in a table."""

NAMES = (*families.FAMILIES, *families.FORMULA_FAMILIES)
"""The families, those with theorems first."""

_COUNT = 3
"""The number that a count is, such as n of the binomial distribution: its outcomes are listed one by one."""


def entry(first: str, second: str) -> Entry:
    """Return what is known of the divergence of two families with different free parameters.

    Parameters
    ----------
    first, second : str
        Names of families.
    """
    form = free_pair(first, second)
    if form is None or form.expression is None:
        return "none"
    known = bool(form.theorems or form.derivation)
    if form.expression is sympy.oo:
        return "infinite" if known else "infinite formula"
    return "proved" if known else "formula"


def free_pair(first: str, second: str) -> ClosedForm | None:
    """Return the divergence of two families with different free parameters; None where they have no such members.

    Parameters
    ----------
    first, second : str
        Names of families.
    """
    try:
        return closed_form(_free(first, ""), _free(second, "2"))
    except InvalidValue:
        return None


def row(first: str) -> Iterator[tuple[str, Entry]]:
    """Yield what is known of a family against each other one.

    Parameters
    ----------
    first : str
    """
    for second in NAMES:
        yield second, entry(first, second)


def _free(name: str, suffix: str) -> Law | FormulaLaw:
    """Return a member of a family with a symbol for each parameter; counts and sizes are numbers."""
    family = getattr(families, name)
    given = _LISTED.get(name, {})
    values = {p.name: given.get(p.name) or _parameter(f"{p.name}{suffix}", p.role) for p in family.parameters}
    found: Law | FormulaLaw = family(**values)
    return found


def _parameter(name: str, role: str) -> Any:
    if role.endswith("vector"):
        signs = {"positive": True} if role != "vector" else {"real": True}
        entries = [sympy.Symbol(f"{name}_{k}", **signs) for k in (0, 1)]
        return [*entries[:1], 1 - entries[0]] if role == "probability vector" else entries
    if role == "positive definite matrix":
        a, b, c = (sympy.Symbol(f"{name}_{k}", real=True) for k in (0, 1, 2))
        return [[a, b], [b, c]]
    return sympy.Symbol(name, **_KNOWN.get(role, {"real": True}))


_KNOWN: dict[str, dict[str, bool]] = {
    "positive": {"positive": True},
    "positive integer": {"positive": True, "integer": True},
    "natural": {"nonnegative": True, "integer": True},
    "integer": {"integer": True},
}
"""The assumptions about a free parameter, by its role."""

_LISTED: dict[str, dict[str, int]] = {
    "Binomial": {"n": _COUNT},
    "BetaBinomial": {"n": _COUNT},
    "Multinomial": {"n": _COUNT},
    "DiscreteUniform": {"low": 1, "high": _COUNT},
    "Hypergeometric": {"N": 2 * _COUNT, "K": _COUNT, "n": _COUNT},
}
"""Parameters of families whose outcomes are listed."""
