"""Domains of distributions: their ends, and that a number of one lies in another one."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel import Refused
from ..kernel.statements import le, lt
from ..kernel.terms import Node
from ..proving.builder import Fact
from ..proving.integrals import Points
from .facts import shown

__all__ = ["ENDS", "OutsideDomain", "edges", "end", "member"]


class OutsideDomain(Refused):
    """The first distribution has values where the second one has none.

    Parameters
    ----------
    reason : str
        What was expected.
    parts : dict of str to object
        What came, by label.
    line : int or None
        The number of the refused certificate line, counted from 0.
    rule : str
        The rule that this line names.
    """


ENDS = {"open": ("low", "high"), "above": ("low",), "below": ("high",), "reals": ()}
"""The ends that an interval has."""

_NAMES = {"open": "ab", "above": "a", "below": "b"}
"""The names of the ends of an interval in the schemes of membership."""


def end(domain: Node, low: bool) -> Node | None:
    """Return the lower or the upper end of an interval, if it has one.

    Parameters
    ----------
    domain : Node
    low : bool
    """
    if domain.op == "open":
        return domain.args[0 if low else 1]
    return domain.args[0] if domain.op == ("above" if low else "below") else None


def edges(on: Points, domain: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return on which side of each end of a domain x ∈ A lies, for A inside it.

    Parameters
    ----------
    on : Points
        A number of A.
    domain : Node
    facts : sequence of Fact
        The conditions.

    Raises
    ------
    Refused
        When that A lies inside does not follow.
    """
    p, part, found = on.p, on.domain, []
    says = dict(zip(ENDS[part.op], on.inside, strict=True))
    for side in ENDS[domain.op]:
        low = side == "low"
        edge, own = end(domain, low), end(part, low)
        if edge is None or own is None:
            raise OutsideDomain("the interval is not inside the domain", {"interval": part})
        if edge == own:
            found.append(says[side])
            continue
        held = shown(p, le(edge, own) if low else le(own, edge), facts)
        found.append(p.order(lt(edge, on.x) if low else lt(on.x, edge), [(1, 1, says[side]), (1, 1, held)]))
    return found


def member(on: Points, domain: Node, facts: Sequence[Fact]) -> Fact:
    """Return x ∈ D from x ∈ A, for A inside D.

    Parameters
    ----------
    on : Points
        A number of A.
    domain : Node
    facts : sequence of Fact
        The conditions.
    """
    if on.domain == domain:
        return on.member
    if domain.op == "reals":
        return on.p.scheme("in_reals", {"c": on.x})
    values = dict(zip(_NAMES[domain.op], domain.args, strict=True))
    return on.p.scheme(f"in_{domain.op}", {**values, "c": on.x}, edges(on, domain, facts))
