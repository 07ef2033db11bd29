"""From two distributions to the theorem about their divergence, or the theorems that it is infinite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, final

import sympy

from .. import library
from ..kernel import CheckedTheorem, Refused
from ..kernel.terms import Node
from ..language.errors import InvalidValue
from ..proving.calc import Draft
from ..sympy_bridge import read_sympy, statement_to_sympy, to_sympy
from . import divergent, infinite
from .divergence import Infinite, Measure, NoMean, measured
from .domains import OutsideDomain
from .family import Instance, Law, snake
from .reading import holds

if TYPE_CHECKING:
    from ..proving.builder import Fact
    from ..sympy_bridge.reading import Imported

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
        ``oo`` for an infinite divergence.
    conditions : tuple of sympy Boolean
        What must hold of the symbols, where their assumptions do not tell it.
    theorems : tuple of CheckedTheorem
        The theorem; of an infinite divergence all that carry the verdict.
    reason : str
        Why it is infinite.
    """

    expression: sympy.Expr
    conditions: tuple[sympy.Basic, ...]
    theorems: tuple[CheckedTheorem, ...]
    reason: str = ""


@final
class _Pair:
    """Two distributions as terms over the same names.

    Parameters
    ----------
    P, Q : Law
    """

    def __init__(self, P: Law, Q: Law) -> None:
        values = (*P.values, *Q.values)
        symbols = {s for v in values for s in v.free_symbols}
        self.users = {s.name: s for s in symbols}
        if len(self.users) < len(symbols):
            raise InvalidValue("two different symbols of the parameters have one name")
        real = {s: sympy.Symbol(s.name, real=True) for s in symbols if s.is_extended_real is None}
        self.read: Imported = read_sympy(*(v.xreplace(real) for v in values))
        first, last = self.read.terms[: len(P.values)], self.read.terms[len(P.values) :]
        self.P = Instance(P.family, dict(zip((p.name for p in P.family.parameters), first, strict=True)))
        self.Q = Instance(Q.family, dict(zip((p.name for p in Q.family.parameters), last, strict=True)))
        self.variable = next(v for v in _VARIABLES if v not in self.read.scope)
        same = P.family.name == Q.family.name
        self.name = P.family.divergence if same else f"{P.family.divergence}_{snake(Q.family.name)}"

    def certified(self, name: str, write: Callable[[Draft], Fact]) -> CheckedTheorem:
        """Return the theorem of a derivation that gets the declared names.

        Parameters
        ----------
        name : str
        write : callable
        """
        d = Draft(name, library.theorem)
        d.p.declare(**{n: str(values) for n, (_, values) in self.read.scope.items()})
        for hypothesis in self.read.hypotheses:
            d.p.given(hypothesis)
        return library.check_text(d.certificate(write(d)))

    def sympy(self, node: Node, theorem: CheckedTheorem) -> Any:
        """Return a term or a statement in the symbols of the user.

        Parameters
        ----------
        node : Node
        theorem : CheckedTheorem
        """
        if node.is_number:
            found = to_sympy(node, theorem.scope, theorem.hypotheses)
        else:
            found = statement_to_sympy(node, theorem.scope)
        return found.xreplace({s: self.users[s.name] for s in found.free_symbols if s.name in self.users})

    def proved(self, expression: Any, *theorems: CheckedTheorem, reason: str = "") -> Proved:
        """Return the record of theorems with the conditions that they need.

        Parameters
        ----------
        expression : sympy.Expr
        *theorems : CheckedTheorem
        reason : str
        """
        claims = [
            self.sympy(h, t)
            for t in theorems
            for h in t.hypotheses
            if h.op != "int" and h.names <= self.read.scope.keys()
        ]
        return Proved(expression, tuple(dict.fromkeys(c for c in claims if c != sympy.true)), theorems, reason)

    def below(self, left: Node, right: Node) -> bool:
        """Return whether a number is known to be less than another one.

        Parameters
        ----------
        left, right : Node
        """
        low, high = (to_sympy(t, self.read.scope, self.read.hypotheses) for t in (left, right))
        return holds(high - low, strict=True) is True


def proved(measure: Measure, P: Law, Q: Law) -> Proved:
    """Return the closed form of a measure of two distributions, with its theorems.

    Parameters
    ----------
    measure : str
    P, Q : Law
        For the entropy both are P.

    Raises
    ------
    NoMean
        When a mean that is needed has no theorem.
    Infinite
        When it is infinite because a mean is, which has no theorem.
    OutsideDomain
        When P has values where Q has none, and that is not proved.
    """
    pair = _Pair(P, Q)
    name = pair.name if measure == "divergence" else f"{snake(P.family.name)}_{measure}"
    last = pair.P if measure == "entropy" else pair.Q
    try:
        theorem = pair.certified(name, partial(measured, measure=measure, P=pair.P, Q=last, name=pair.variable))
    except OutsideDomain:
        found = _missed(pair)
        if found is None:
            raise
        return found
    except (Infinite, NoMean):
        found = _diverges(pair) if measure == "divergence" else None
        if found is None:
            raise
        return found
    return pair.proved(pair.sympy(theorem.conclusion.args[2], theorem), theorem)


def _diverges(pair: _Pair) -> Proved | None:
    """Return the theorem that the integral does not exist; None where it is not proved."""
    try:
        theorem = pair.certified(f"{pair.name}_diverges", lambda d: divergent.refuted(d, pair.P, pair.Q, pair.variable))
    except Refused:
        return None
    return pair.proved(sympy.oo, theorem, reason="the integral that defines it does not exist")


def _missed(pair: _Pair) -> Proved | None:
    """Return the theorems that P has values where Q has none."""
    part = infinite.missed(pair.P, pair.Q, pair.below)
    if part is None:
        return None
    x = pair.variable
    theorems = (
        pair.certified(f"{pair.name}_mass", lambda d: infinite.positive_mass(d, pair.P, part, x)),
        pair.certified(f"{pair.name}_inside", lambda d: infinite.inside_first(d, pair.P, part, x)),
        pair.certified(f"{pair.name}_outside", lambda d: infinite.outside_second(d, pair.Q, part, x)),
    )
    reason = "the first distribution gives a positive probability to an interval where the second one has no values"
    return pair.proved(sympy.oo, *theorems, reason=reason)
