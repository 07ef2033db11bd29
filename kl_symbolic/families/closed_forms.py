"""From two distributions to the theorem about their divergence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

import sympy

from .. import library
from ..kernel import CheckedTheorem, Refused
from ..kernel.statements import Sequent
from ..language.errors import InvalidValue
from ..proving.calc import Draft
from ..sympy_bridge import read_sympy, statement_to_sympy, to_sympy
from .divergence import Measure, measured
from .family import Instance, Law, snake
from .reading import open_conditions

__all__ = ["Proved", "proved"]

_VARIABLES = ("x", "y", "z", "u", "v", "w", "x0")
"""Names for the number over which is integrated; the first that no parameter has."""


@final
@dataclass(frozen=True, slots=True)
class Proved:
    """A closed form that the kernel checked.

    Parameters
    ----------
    expression : sympy.Expr
    conditions : tuple of sympy Boolean
        What must hold of the symbols, where their assumptions do not tell it.
    theorem : CheckedTheorem
    """

    expression: sympy.Expr
    conditions: tuple[sympy.Basic, ...]
    theorem: CheckedTheorem


def proved(measure: Measure, P: Law, Q: Law) -> Proved:
    """Return the closed form of a measure of two distributions, with its theorem.

    Parameters
    ----------
    measure : str
    P, Q : Law
        For the entropy both are P.

    Raises
    ------
    NoMean, Infinite, Outside
        When there is no such theorem, and why.
    """
    values = (*P.values, *Q.values)
    users = {s.name: s for v in values for s in v.free_symbols}
    if len(users) < len({s for v in values for s in v.free_symbols}):
        raise InvalidValue("two different symbols of the parameters have one name")
    real = {s: sympy.Symbol(s.name, real=True) for s in users.values() if s.is_extended_real is None}
    read = read_sympy(*(v.xreplace(real) for v in values))
    if P.family.name == Q.family.name:
        name = P.family.divergence
    else:
        name = f"{P.family.divergence}_{snake(Q.family.name)}"
    d = Draft(name if measure == "divergence" else f"{snake(P.family.name)}_{measure}", library.theorem)
    d.p.declare(**{n: _signature(s) for n, s in read.scope.items()})
    for hypothesis in read.hypotheses:
        d.p.given(hypothesis)
    first = Instance(P.family, dict(zip((p.name for p in P.family.parameters), read.terms, strict=False)))
    last = Instance(Q.family, dict(zip((p.name for p in Q.family.parameters), read.terms[len(P.values) :], strict=True)))
    variable = next(v for v in _VARIABLES if v not in read.scope)
    fact = measured(d, measure, first, first if measure == "entropy" else last, variable)
    theorem = library.check_text(d.certificate(fact))
    back = {n: users[n] for n in users}
    expression = _back(to_sympy(theorem.conclusion.args[2], theorem.scope, theorem.hypotheses), back)
    claims = (statement_to_sympy(h, theorem.scope) for h in theorem.hypotheses)
    conditions = [_back(c, back) for c in claims]
    return Proved(expression, tuple(dict.fromkeys(c for c in conditions if c != sympy.true)), theorem)


def _signature(found: Any) -> str:
    over, values = found
    return f"{', '.join(over)} -> {values}" if over else str(values)


def _back(expression: Any, users: Mapping[str, sympy.Symbol]) -> Any:
    """Return an expression in the symbols of the user."""
    return expression.xreplace({s: users[s.name] for s in expression.free_symbols if s.name in users})
