"""Measures of distributions of families: the closed form with its proof, or why there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy

from ..kernel import Refused
from ..language.errors import InvalidType, NoClosedForm
from .closed_forms import ClosedForm

if TYPE_CHECKING:
    from ..families.divergence import Measure
    from ..families.family import Law
    from ..families.formula_family import FormulaLaw
    from .bases import Base
    from .distributions import Exact

__all__ = ["law_form", "laws"]

_FACTS = {
    "divergence": ("density_kl_nonneg", "density_kl_eq_zero", "density_pinsker"),
    "cross_entropy": ("density_cross_entropy_identity", "density_cross_entropy_min"),
    "entropy": (),
}
"""Further theorems about each measure."""


def laws(given: Mapping[str, object]) -> tuple[Law | FormulaLaw, ...] | None:
    """Return distributions of families, or None where the measure is one of finite distributions.

    Random variables with finitely many outcomes are read as such, except beside a distribution of a family.

    Parameters
    ----------
    given : mapping of str to object
        What the user gave, by the names for messages.

    Raises
    ------
    InvalidType
        When one is a distribution of a family and another one is not.
    """
    own = [_is_law(one) for one in given.values()]
    if not any(own) and not any(map(_is_random, given.values())):
        return None
    from .random_variables import as_law, is_infinite

    if not any(own) and not any(map(is_infinite, given.values())):
        return None
    found = {name: as_law(one, name) for name, one in given.items()}
    for name, law in found.items():
        if law is None:
            got = f"{type(given[name]).__name__}: {given[name]}"
            raise InvalidType(
                f"expected a distribution of a family as {name}, such as kl_symbolic.families.Normal(mean=0, std=1), or"
                f" a random variable of one; got {got}"
            )
    return tuple(law for law in found.values() if law is not None)


def _is_law(one: object) -> bool:
    """Return whether something is a distribution of a family; who has made one has loaded its module."""
    for module, name in (("family", "Law"), ("formula_family", "FormulaLaw")):
        found = sys.modules.get(f"{__package__.rpartition('.')[0]}.families.{module}")
        if found is not None and isinstance(one, getattr(found, name)):
            return True
    return False


def _is_random(one: object) -> bool:
    """Return whether something comes from ``sympy.stats`` or ``scipy.stats``."""
    rv = sys.modules.get("sympy.stats.rv")
    if rv is not None and isinstance(one, rv.RandomSymbol | rv.Distribution):
        return True
    return type(one).__module__.startswith("scipy.stats")


def law_form(
    measure: Measure,
    found: tuple[Law | FormulaLaw, ...],
    unit: Base,
    exact: Callable[[Exact, Base], ClosedForm],
    piecewise: bool = False,
) -> ClosedForm:
    """Return the record of a measure of distributions of families.

    Parameters
    ----------
    measure : str
        ``"divergence"``, ``"cross_entropy"`` or ``"entropy"``.
    found : tuple of Law or FormulaLaw
    unit : Base
    exact : callable
        Returns the record of distributions with finitely many outcomes.
    piecewise : bool
        Of a divergence: whether it is ∞ where a mean is infinite, instead of having that as a condition.
    """
    from ..families.values import closed_value, numeric_value

    P, Q = found[0], found[-1]
    finite = _finite(found, unit, exact)
    if finite is not None and finite.derivation:
        return finite
    missed = _outcome_missed(found) if measure == "divergence" else None
    known = missed or finite
    if known is not None:
        return known
    form = _proved(measure, P, Q, unit, piecewise)
    if isinstance(form, ClosedForm):
        return form
    unproved = form
    try:
        value = closed_value(measure, P, Q)
    except NoClosedForm as error:
        number = numeric_value(measure, P, Q)
        evidence = None if number is None else sympy.Float(unit.of(number).evalf(), precision=number._prec)
        return ClosedForm(None, unit.conditions, "", reason=f"{error}; {unproved}", evidence=evidence)
    conditions = (*value.conditions, *unit.conditions)
    return ClosedForm(unit.of(value.expression), conditions, "", reason=f"not proved: {unproved}; {value.reason}")


def _finite(
    found: tuple[Law | FormulaLaw, ...],
    unit: Base,
    exact: Callable[[Exact, Base], ClosedForm],
) -> ClosedForm | None:
    """Return the record of distributions with finitely many outcomes, which are read as such.

    The second one may have more: what it gives to all others is one outcome that the first one does not have.
    """
    from ..families.discrete import outcomes
    from ..families.missed import mass
    from .evaluation import read_exact

    first = outcomes(found[0])
    if first is None:
        return None
    tables: dict[str, Mapping[int, sympy.Expr] | None] = {"P": first}
    rest = None
    if len(found) > 1:
        tables["Q"] = outcomes(found[1])
        if tables["Q"] is None:
            inside = {k: mass(found[1], k) for k in first}
            if any(m is None for m in inside.values()):
                return None
            rest = 1 - sympy.Add(*inside.values())
            tables["Q"] = {**inside, max(first) + 1: rest}
    form = exact(read_exact(tables, False), unit)
    if rest is not None:
        # Probabilities do not sum up to more than 1.
        conditions = tuple(c for c in form.conditions if c not in (rest >= 0, rest > 0))
        form = replace(form, expression=sympy.expand_log(form.expression), conditions=conditions)
    return form


def _outcome_missed(found: tuple[Law | FormulaLaw, ...]) -> ClosedForm | None:
    """Return the record of a divergence that is infinite because of an outcome, with its theorems."""
    from ..api import Theorem
    from ..families.missed import missed_outcome

    missed = missed_outcome(found[0], found[-1])
    if missed is None:
        return None
    reason = (
        f"the first distribution gives a positive probability to the outcome {missed.outcome}, and the second one none"
    )
    conditions = tuple(dict.fromkeys(c for law in found for c in law.open_conditions))
    return ClosedForm(sympy.oo, conditions, "", reason=reason, theorems=tuple(map(Theorem, missed.theorems)))


def _proved(
    measure: Measure, P: Law | FormulaLaw, Q: Law | FormulaLaw, unit: Base, piecewise: bool
) -> ClosedForm | str:
    """Return the record with its theorems, or in words why there are none."""
    from ..api import Theorem
    from ..families.closed_forms import proved, proved_by_cases

    try:
        form = proved_by_cases(P, Q) if piecewise else proved(measure, P, Q)
    except Refused as refusal:
        return refusal.reason
    theorems = tuple(map(Theorem, form.theorems))
    conditions = (*form.conditions, *unit.conditions)
    facts = _FACTS[measure] if form.expression is not sympy.oo else ()
    return ClosedForm(unit.of(form.expression), conditions, "", (), facts, form.reason, theorems)
