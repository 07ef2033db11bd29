"""Distributions as text: ``Gamma(shape=a, rate=2*b)``, in the notation in which they are printed.

The values are number terms of the statement language and are never evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import sympy

from ..kernel import Refused
from ..kernel.syntax import RESERVED
from ..language.errors import InvalidValue, NoSuchFamily
from ..language.parser import declare, parse
from ..language.printer import explain
from ..sympy_bridge import to_sympy
from . import FAMILIES, named
from .family import Law

__all__ = ["read_law", "read_number", "read_values", "substituted"]

_LAW = re.compile(r"\s*([A-Za-z_]\w*)\s*\((.*)\)\s*", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_]\w*")
_LONGEST = 10_000
"""Characters of a distribution as text."""


def read_law(source: str) -> Law:
    """Return a distribution from text.

    Parameters
    ----------
    source : str
        The name of a family with its parameters, such as ``"LogNormal(mu=m, sigma=1/2)"``.

    Raises
    ------
    NoSuchFamily
        When there is no family of that name.
    InvalidValue
        When the text is something else, or a parameter cannot be read; the message shows where.

    Examples
    --------
    >>> read_law("Gamma(shape=a, rate=1/2)")
    Gamma(shape=a, rate=1/2)
    """
    if len(source) > _LONGEST:
        raise InvalidValue(f"a distribution is at most {_LONGEST} characters long, got {len(source)}")
    found = _LAW.fullmatch(source)
    if found is None:
        raise InvalidValue(f"expected a distribution such as Gamma(shape=a, rate=2), got {source!r}")
    name = found[1]
    if name not in FAMILIES:
        near = get_close_matches(name, FAMILIES, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; the families are {', '.join(FAMILIES)}"
        raise NoSuchFamily(f"there is no family {name!r}{hint}")
    return named(name)(**read_values(found[2], f"the parameters of {name}"))


def read_values(source: str, label: str) -> dict[str, sympy.Expr]:
    """Return numbers by name from text such as ``a=2, b=1/3``.

    Parameters
    ----------
    source : str
    label : str
        What they are, for messages.

    Raises
    ------
    InvalidValue
        When the text is something else, or a name comes twice.
    """
    values: dict[str, sympy.Expr] = {}
    for part in _separated(source):
        name, equals, number = (word.strip() for word in part.partition("="))
        if not equals or not _NAME.fullmatch(name) or not number:
            raise InvalidValue(f"expected {label} as name=number, separated by commas, got {part.strip()!r}")
        if name in values:
            raise InvalidValue(f"{label} give {name} twice")
        values[name] = read_number(number, name)
    return values


def read_number(source: str, label: str) -> sympy.Expr:
    """Return a number term from text; its names are real symbols.

    Parameters
    ----------
    source : str
    label : str
        What it is, for messages.

    Raises
    ------
    InvalidValue
        When it cannot be read; the message shows where.
    """
    names = dict.fromkeys((n for n in _NAME.findall(source) if n not in RESERVED), "number")
    try:
        scope = declare(names)
        node = parse(source, "number", scope)
        found: sympy.Expr = to_sympy(node, scope)
    except Refused as refusal:
        raise InvalidValue(f"{label} cannot be read: {explain(refusal)}") from None
    return found


def _separated(source: str) -> Iterator[str]:
    """Yield the parts between commas outside of brackets."""
    depth, begin = 0, 0
    for k, character in enumerate(source):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield source[begin:k]
            begin = k + 1
    if source[begin:].strip():
        yield source[begin:]


def substituted(expression: sympy.Expr, at: Mapping[str, sympy.Expr]) -> sympy.Expr:
    """Return an expression with numbers for symbols of these names.

    Parameters
    ----------
    expression : sympy.Expr
    at : mapping of str to sympy.Expr

    Raises
    ------
    InvalidValue
        When the expression has no symbol of a name.
    """
    symbols = {s.name: s for s in expression.free_symbols}
    unknown = sorted(at.keys() - symbols.keys())
    if unknown and symbols:
        raise InvalidValue(f"there is no {unknown[0]} among {', '.join(sorted(symbols))}")
    return expression.xreplace({symbols[n]: v for n, v in at.items() if n in symbols})
