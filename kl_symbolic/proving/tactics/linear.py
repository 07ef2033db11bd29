"""Inequalities as combinations of facts, with the multipliers found by elimination."""

from __future__ import annotations

from collections.abc import Sequence

from ...kernel import Refused
from ...kernel.terms import Node, num
from ..builder import Fact, Proof
from .facts import nonzero
from .polynomials import expand, solve

__all__ = ["Entry", "linear"]

Entry = Fact | tuple[object, *tuple[Fact, ...]]
"""A comparison, or ``(term, fact, fact, …)`` for t²·Π(right − left); t·Π(…) where a fact is an equality."""


def linear(p: Proof, goal: str | Node, facts: Sequence[Entry], extra: Sequence[Fact] = ()) -> Fact:
    """Prove a comparison as a combination of facts with rational multipliers.

    Parameters
    ----------
    p : Proof
    goal : str or Node
    facts : sequence of Entry
    extra : sequence of Fact
        Facts that show, beside the known ones, that divisors are not zero.

    Raises
    ------
    Refused
        When no multipliers, or none with the right signs, are found.
    """
    target = p.statement(goal)
    entries = [(num(1), f) if isinstance(f, Fact) else (p.term(f[0]), *f[1:]) for f in facts]
    columns = []
    for weight, *used in entries:
        value = weight if any(u.statement.op == "=" for u in used) else weight * weight
        for fact in used:
            value = value * (fact.right - fact.left)
        columns.append(expand(value))
    multipliers = solve(columns, expand(target.args[1] - target.args[0]))
    if multipliers is None:
        shown = tuple(f.statement for _, *used in entries for f in used)
        raise Refused("no combination of these facts gives the goal", {"goal": target, "facts": shown})
    rows = [(m, *e) for m, e in zip(multipliers, entries, strict=True) if m]
    terms = [*target.args, *(w for _, w, *_ in rows), *(s for _, _, *fs in rows for f in fs for s in f.statement.args)]
    return p.order(target, rows, *nonzero(p, terms, extra))
