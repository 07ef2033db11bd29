"""Common parts of the exact measures: sums over outcomes, and the record of a closed form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

import sympy

from ..language.errors import InvalidValue
from ..sympy_bridge import ForAll
from .bases import Base
from .distributions import Exact
from .expressions import ClosedForm

__all__ = ["NATS", "Backing", "Entry", "outcomes", "positive", "record", "total"]

Entry: TypeAlias = tuple[sympy.Expr, sympy.Expr, str]
"""Probability, weight and sign of an outcome; the sign is ``"0"``, ``"+"`` or ``"?"``."""

NATS = Base(None)
"""For measures without a logarithm, whose unit is 1."""


@final
@dataclass(frozen=True, slots=True)
class Backing:
    """The theorems behind a measure.

    Parameters
    ----------
    derivation : str
        The theorem that says what the measure is; empty where there is none.
    facts : tuple of str
        Further theorems about it.
    reason : str
        Why there is no theorem, where there is none.
    hypotheses : tuple of sympy Boolean
        What the theorem assumes of the entries, beyond the conditions.
    """

    derivation: str = ""
    facts: tuple[str, ...] = ()
    reason: str = ""
    hypotheses: tuple[sympy.Basic, ...] = ()


def outcomes(found: Exact) -> list[tuple[Entry, ...]]:
    """Return the entries of all distributions, outcome by outcome; for a symbolic index one generic outcome.

    Parameters
    ----------
    found : Exact
        The distributions.
    """
    return list(zip(*(d.entries() for d in found.distributions), strict=True))


def total(found: Exact, terms: Sequence[sympy.Expr]) -> sympy.Expr:
    """Return the sum of terms over the outcomes: written out, or over the symbolic index.

    Parameters
    ----------
    found : Exact
        The distributions.
    terms : sequence of sympy.Expr
        Those that are not 0.
    """
    if found.limits is None or not terms:
        return sympy.Add(*terms)
    return sympy.Sum(terms[0], found.limits)


def record(
    found: Exact, value: sympy.Expr, unit: Base, backing: Backing, required: Iterable[sympy.Basic] = ()
) -> ClosedForm:
    """Return the record of a value.

    Parameters
    ----------
    found : Exact
        The distributions.
    value : sympy.Expr
        In nats.
    unit : Base
        The base of the logarithm.
    backing : Backing
        The theorems.
    required : iterable of sympy Boolean, optional
        What the expression needs of the entries, beyond that they are not negative.
    """
    needed = [c for c in required if c != sympy.true]
    known = {c.lhs for c in needed if isinstance(c, sympy.StrictGreaterThan)}
    signs = [w >= 0 for row in outcomes(found) for _, w, sign in row if sign == "?" and w not in known]
    conditions = [_for_all(c, found) for c in (*signs, *needed)]
    conditions += [c for d in found.distributions for c in d.conditions]
    conditions += unit.conditions
    if sympy.false in conditions:
        raise InvalidValue("the assumptions on the symbols exclude that these are probabilities")
    opened = tuple(dict.fromkeys(c for c in conditions if c != sympy.true))
    hypotheses = tuple(dict.fromkeys(_for_all(h, found) for h in backing.hypotheses if h != sympy.true))
    extra = tuple(h for h in hypotheses if h not in opened)
    return ClosedForm(unit.of(value), opened, backing.derivation, extra, backing.facts, backing.reason)


def _for_all(condition: sympy.Basic, found: Exact) -> sympy.Basic:
    """Return a condition of one entry as one of all entries, where the index is symbolic."""
    return condition if found.limits is None or not condition.has(found.limits[0]) else ForAll(condition, found.limits)


def positive(found: Exact) -> tuple[sympy.Basic, ...] | None:
    """Return the conditions that all entries are positive; None where one of them is 0.

    Parameters
    ----------
    found : Exact
        The distributions.
    """
    entries = [entry for row in outcomes(found) for entry in row]
    return None if any(sign == "0" for _, _, sign in entries) else tuple(w > 0 for _, w, sign in entries if sign == "?")
