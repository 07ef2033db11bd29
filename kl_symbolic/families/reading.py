"""The parameters of a distribution, as users give them: read exactly, checked, and turned into terms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge import to_sympy
from ..sympy_bridge.exact import exact
from .family import Law, ParametricFamily

__all__ = ["law", "open_conditions"]


def law(family: ParametricFamily, values: Mapping[str, Any]) -> Law:
    """Return the distribution of a family with these parameters.

    Parameters
    ----------
    family : ParametricFamily
    values : mapping of str to number or sympy.Expr

    Raises
    ------
    InvalidType
        When a parameter is missing or unknown, or is no real number.
    InvalidValue
        When a parameter is outside of its range.
    """
    names = [p.name for p in family.parameters]
    if sorted(names) != sorted(values):
        expected, got = ", ".join(names), ", ".join(values) or "nothing"
        raise InvalidType(f"expected the parameters {expected} of {family.name}, got {got}")
    read = tuple(
        _parameter(exact(values[p.name], f"{p.name} of {family.name}"), p.role, f"{p.name} of {family.name}")
        for p in family.parameters
    )
    found = Law(family, read)
    for text, holds in _judged(found):
        if holds is False:
            shown = " and ".join(f"{n} = {v}" for n, v in zip(names, read, strict=True) if n in text)
            raise InvalidValue(f"expected {text} for {family.name}, got {shown}")
    return found


def _parameter(value: Any, role: str, label: str) -> Any:
    if value.is_extended_real is False:
        raise InvalidValue(f"expected a real number as {label}, got {value}")
    if role == "positive integer" and value.is_integer is False:
        raise InvalidValue(f"expected a positive integer as {label}, got {value}")
    return value


def open_conditions(given: Law) -> tuple[Any, ...]:
    """Return the conditions on the parameters that are not known to hold.

    Parameters
    ----------
    given : Law
    """
    return tuple(holds for _, holds in _judged(given) if holds is not True)


def _judged(given: Law) -> list[tuple[str, Any]]:
    """Return of each condition whether it holds: True, False, or a relation that is open."""
    found: list[tuple[str, Any]] = []
    values = dict(zip((p.name for p in given.family.parameters), given.values, strict=True))
    for text in given.family.assumed:
        left, op, right = _sides(given.family, text)
        at = {s: values[s.name] for s in left.free_symbols | right.free_symbols}
        gap = right.xreplace(at) - left.xreplace(at)
        found.append((text, holds(gap, strict=op == "<")))
    return found


def holds(gap: Any, strict: bool) -> Any:
    """Return whether a number is positive, or not negative: True, False, or the relation.

    Parameters
    ----------
    gap : sympy.Expr
    strict : bool
    """
    sign = gap.is_positive if strict else gap.is_nonnegative
    if sign is None and not gap.free_symbols:
        digits = gap.evalf(50)
        sign = bool(digits > 0) if strict else bool(digits >= 0)
    if sign is None:
        return gap > 0 if strict else gap >= 0
    return sign


@lru_cache(maxsize=1024)
def _sides(family: ParametricFamily, text: str) -> tuple[Any, str, Any]:
    from ..language.parser import parse

    node = parse(text, "statement", family.scope)
    left, right = (to_sympy(a, family.scope) for a in node.args)
    return left, node.op, right
