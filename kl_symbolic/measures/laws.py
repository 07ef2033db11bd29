"""Measures of distributions of families: the closed form with its proof, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..families.family import Law
from ..language.errors import InvalidType

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


def laws(*given: object) -> tuple[Law, ...] | None:
    """Return distributions of families; None where none of them is one.

    Parameters
    ----------
    *given : object
        What the user gave.

    Raises
    ------
    InvalidType
        When one is a distribution of a family and another one is something else.
    """
    found = [one for one in given if isinstance(one, Law)]
    if not found:
        return None
    other = next((one for one in given if not isinstance(one, Law)), None)
    if other is not None:
        raise InvalidType(
            f"expected another distribution of a family beside {found[0]}, such as kl_symbolic.families.Normal(mean=0,"
            f" std=1); got {type(other).__name__}: {other}"
        )
    return tuple(found)


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
