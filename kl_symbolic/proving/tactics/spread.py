"""f(a + b + …) = f(a) + f(b) + … for long chains, by the law for two operands at each node of their tree.

The laws are added up in one line. Rewriting by one after the other writes the whole term out for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...kernel.statements import eq
from ...kernel.terms import Node
from ...language.chains import plus
from ..builder import Fact, Proof
from .facts import nonzero

__all__ = ["spread"]

_TOGETHER = 32
"""Operands whose laws are added up in one line. The kernel nests what it adds up, so about a hundred entries fit below
its bound on depth; here there are two for each operand, and the terms have a depth of their own."""


def spread(
    p: Proof,
    node: Node,
    count: int,
    function: Callable[[Node], Node],
    law: Callable[[Node], Fact],
    leaf: Callable[[Node], Fact | None],
    extra: Sequence[Fact] = (),
) -> Fact:
    """Return f(chain) = the sum of what f of its operands is.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    node : Node
        A chain, as :func:`kl_symbolic.language.chains.chain` halves it.
    count : int
        The number of its operands.
    function : callable
        Returns f(a) for a term a.
    law : callable
        Shows f(a ∘ b) = f(a) + f(b) for a term a ∘ b.
    leaf : callable
        Shows what f of an operand is, or returns None where nothing is to be changed.
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.
    """
    used: list[Fact] = []
    ends: list[Node] = []
    if count > _TOGETHER:
        half = (count + 1) // 2
        for part, size in zip(node.args, (half, count - half), strict=True):
            used.append(spread(p, part, size, function, law, leaf, extra))
            ends.append(used[-1].right)
        used.append(law(node))
    else:
        _gather(node, count, function, law, leaf, used, ends)
    goal = eq(function(node), plus(ends))
    return p.order(goal, [(1, 1, f) for f in used], *nonzero(p, [goal], extra))


def _gather(
    node: Node,
    count: int,
    function: Callable[[Node], Node],
    law: Callable[[Node], Fact],
    leaf: Callable[[Node], Fact | None],
    used: list[Fact],
    ends: list[Node],
) -> None:
    """Append the laws for the nodes of a chain, and what f of its operands is."""
    if count == 1:
        found = leaf(node)
        used += [found] if found is not None else []
        ends.append(found.right if found is not None else function(node))
        return
    half = (count + 1) // 2
    for part, size in zip(node.args, (half, count - half), strict=True):
        _gather(part, size, function, law, leaf, used, ends)
    used.append(law(node))
