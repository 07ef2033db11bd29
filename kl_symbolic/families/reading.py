"""The parameters of a distribution, as users give them: read exactly, and judged by the conditions of the family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..language.parser import declare, parse
from ..sympy_bridge import to_sympy
from ..sympy_bridge.exact import exact

__all__ = ["holds", "judged", "read"]


def read(
    family: str, roles: Mapping[str, str], conditions: Sequence[str], values: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Return the parameters of a distribution, exact, in the order of the family.

    Parameters
    ----------
    family : str
        Its name, for messages.
    roles : mapping of str to str
        What each parameter may be.
    conditions : sequence of str
        What holds of them, in the statement language.
    values : mapping of str to number or sympy.Expr

    Raises
    ------
    InvalidType
        When a parameter is missing or unknown, or is not a real number.
    InvalidValue
        When a parameter is outside of its range.
    """
    if sorted(roles) != sorted(values):
        expected, got = ", ".join(roles), ", ".join(values) or "nothing"
        raise InvalidType(f"expected the parameters {expected} of {family}, got {got}")
    found = {name: _parameter(values[name], role, f"{name} of {family}") for name, role in roles.items()}
    for text, holding in judged(conditions, found):
        if holding is False:
            shown = " and ".join(f"{n} = {v}" for n, v in found.items() if n in text)
            raise InvalidValue(f"expected {text} for {family}, got {shown}")
    return tuple(found.values())


def _parameter(given: Any, role: str, label: str) -> Any:
    value = exact(given, label)
    if value.is_extended_real is False:
        raise InvalidValue(f"expected a real number as {label}, got {value}")
    if role == "positive integer" and value.is_integer is False:
        raise InvalidValue(f"expected a positive integer as {label}, got {value}")
    return value


def judged(conditions: Sequence[str], values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return of each condition whether it holds: True, False, or a relation that is open.

    Parameters
    ----------
    conditions : sequence of str
    values : mapping of str to sympy.Expr
        The parameters by name.
    """
    found: list[tuple[str, Any]] = []
    for text in conditions:
        left, op, right = _sides(text, tuple(values))
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
    plain = {s: sympy.Symbol(s.name, real=True) for s in gap.free_symbols if s.is_extended_real is None}
    real = gap.xreplace(plain)
    sign = real.is_positive if strict else real.is_nonnegative
    if sign is None and not gap.free_symbols:
        digits = gap.evalf(50)
        sign = bool(digits > 0) if strict else bool(digits >= 0)
    if sign is None:
        return gap > 0 if strict else gap >= 0
    return sign


@lru_cache(maxsize=1024)
def _sides(text: str, names: tuple[str, ...]) -> tuple[Any, str, Any]:
    scope = declare(dict.fromkeys(names, "number"))
    node = parse(text, "statement", scope)
    left, right = (to_sympy(a, scope) for a in node.args)
    return left, node.op, right
