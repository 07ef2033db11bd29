"""Where partial functions are defined: 0 < t for what stands in logarithms and below fraction bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...kernel.normal_form import integer_exponent
from ...kernel.statements import lt
from ...kernel.terms import Node, apply_abs, lam
from ..builder import Fact
from ..tactics import prove
from .combination import Combination, Host
from .signs import attempt

__all__ = ["demanding", "domain"]

_PARTIAL = {"log": 0, "/": 1, "^": 0, "xlogy": 1}
"""Operators whose operand at this position must be positive, or at least not 0."""


def domain(host: Host, statements: Sequence[Node], extra: Sequence[Fact]) -> list[Fact]:
    """Return 0 < t for terms t on which statements make a demand, where it follows from several facts together.

    Parameters
    ----------
    host : Host
        What shows and arranges.
    statements : sequence of Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    p = host.p
    found: list[Fact] = []
    for term, sets in dict.fromkeys(t for s in statements for t in demanding(s)):
        points = [p.fresh(s) for s in sets]
        goal = lt(0, apply_abs(lam(sets, term), *points))
        if attempt(prove, p, goal, (*extra, *found)) is not None:
            continue
        line = Combination(host, goal, (*extra, *found), lemmas=False).find(1)
        for point in reversed(points):
            line = line and p.gen(point, line)
        found += [line] if line else []
    return found


def demanding(node: Node, sets: tuple[str, ...] = ()) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Yield the factors of what must be positive, or not 0, each with the sets of the binders around it.

    Parameters
    ----------
    node : Node
    sets : tuple of str, optional

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> claim = parse("log(x*y)/z = 1", "statement", declare({"x": "number", "y": "number", "z": "number"}))
    >>> [text(term) for term, _ in demanding(claim)]
    ['z', 'x', 'y']
    """
    if node.op in _PARTIAL and not (node.op == "^" and integer_exponent(node) is not None):
        yield from ((part, sets) for part in _factors(node.args[_PARTIAL[node.op]]) if part.op not in ("num", "exp"))
    inside = (*sets, node.data) if node.op == "lam" else sets
    for a in node.args:
        yield from demanding(a, inside)


def _factors(term: Node) -> Iterator[Node]:
    if term.op in ("*", "/"):
        yield from (x for a in term.args for x in _factors(a))
    elif term.op == "^":
        yield from _factors(term.args[0])
    else:
        yield term
