"""Measures of distributions of families: the closed form with its proof, or why there is none."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..families.family import Law
from ..language.errors import InvalidType
from .random_variables import as_law

if TYPE_CHECKING:
    from ..families.divergence import Measure
    from .bases import Base
    from .expressions import ClosedForm

__all__ = ["law_form", "laws"]

_FACTS = {
    "divergence": ("density_kl_nonneg", "density_kl_eq_zero", "density_pinsker"),
    "cross_entropy": ("density_cross_entropy_identity", "density_cross_entropy_min"),
    "entropy": (),
}
"""Further theorems about each measure."""


def laws(given: Mapping[str, object]) -> tuple[Law, ...] | None:
    """Return distributions of families, or None where the measure is one of finite distributions.

    Random variables with finitely many outcomes are read as such, except beside a distribution of a family.

    Parameters
    ----------
    given : mapping of str to object
        What the user gave, by the names for messages.

    Raises
    ------
    InvalidType
        When one is a distribution of a family and another one is no distribution of any.
    """
    if not any(isinstance(one, Law) or _is_random(one) for one in given.values()):
        return None
    found = {name: as_law(one, name) for name, one in given.items()}
    if all(law is None or law.family.finite for law in found.values()) and not _any_law(given):
        return None
    for name, law in found.items():
        if law is None:
            got = f"{type(given[name]).__name__}: {given[name]}"
            raise InvalidType(
                f"expected a distribution of a family as {name}, such as kl_symbolic.families.Normal(mean=0, std=1), or"
                f" a random variable of one; got {got}"
            )
    return tuple(law for law in found.values() if law is not None)


def _any_law(given: Mapping[str, object]) -> bool:
    return any(isinstance(one, Law) for one in given.values())


def _is_random(one: object) -> bool:
    """Return whether something comes from ``sympy.stats`` or ``scipy.stats``."""
    rv = sys.modules.get("sympy.stats.rv")
    if rv is not None and isinstance(one, rv.RandomSymbol | rv.Distribution):
        return True
    return type(one).__module__.startswith("scipy.stats")


def law_form(measure: Measure, found: tuple[Law, ...], unit: Base) -> ClosedForm:
    """Return the record of a measure of distributions of families.

    Parameters
    ----------
    measure : str
        ``"divergence"``, ``"cross_entropy"`` or ``"entropy"``.
    found : tuple of Law
    unit : Base
    """
    from ..api import Theorem
    from ..families.closed_forms import proved
    from ..families.divergence import Infinite, NoMean
    from .expressions import ClosedForm

    try:
        form = proved(measure, found[0], found[-1])
    except (NoMean, Infinite) as error:
        return ClosedForm(None, unit.conditions, "", reason=f"not proved: {error}")
    theorems = tuple(map(Theorem, form.theorems))
    conditions = (*form.conditions, *unit.conditions)
    facts = _FACTS[measure] if len(theorems) == 1 else ()
    return ClosedForm(unit.of(form.expression), conditions, "", (), facts, form.reason, theorems)
