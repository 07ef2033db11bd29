"""Long sums and products as trees of logarithmic depth: the one rule by which chains are built, read and printed.

Terms are binary, and a term nests to a bounded depth. So a chain ``a + b + … + z`` of up to :data:`LONGEST` operands
is nested to the left, as it always was, and a longer one is halved: each half is again a chain, down to its operands.
The parser reads by this rule and the printer writes by it, so text gives back the term that it came from.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel.terms import Node, num

__all__ = ["ADDITIVE", "LONGEST", "MULTIPLICATIVE", "chain", "operands", "plus", "times"]

LONGEST = 32
"""Operands of a chain that is nested to the left: a quarter of what a term may nest, so that such chains can stand in
others, and six times the longest chain of the shipped theorems, whose statements the rule leaves as they are."""
ADDITIVE, MULTIPLICATIVE = ("+", "-"), ("*",)
"""The operators of a sum and of a product; a product is a chain up to the next division."""

Operands = list[tuple[str, Node]]
"""The operands of a chain with the operators before them; that before the first is ``+`` or ``*``."""
_FLIPPED = {"+": "-", "-": "+"}


def chain(parts: Sequence[tuple[str, Node]]) -> Node:
    """Return the term of a chain.

    Parameters
    ----------
    parts : sequence of (str, Node)
        At least one operand, each with the operator before it; that before the first is ``+`` or ``*``.

    Examples
    --------
    >>> from kl_symbolic.kernel.terms import Node
    >>> a, b, c = (Node("sym", name) for name in "abc")
    >>> chain([("+", a), ("-", b), ("+", c)]) == a - b + c
    True
    >>> chain([("+", a)] * 1000).depth
    11
    """
    if len(parts) > LONGEST:
        return _halved(parts)
    result = parts[0][1]
    for op, node in parts[1:]:
        result = Node(op, None, (result, node))
    return result


def _halved(parts: Sequence[tuple[str, Node]]) -> Node:
    if len(parts) == 1:
        return parts[0][1]
    half = (len(parts) + 1) // 2
    op, right = parts[half][0], parts[half:]
    if op == "-":  # a - b + c is a - (b - c)
        right = [(_FLIPPED[sign], node) for sign, node in right]
    return Node(op, None, (_halved(parts[:half]), _halved(right)))


def plus(terms: Sequence[Node]) -> Node:
    """Return the sum of terms, 0 for none; of any number of them, where Python's ``sum`` nests too deeply.

    Parameters
    ----------
    terms : sequence of Node
        The summands, in order.

    Returns
    -------
    Node
        A chain of them.

    Examples
    --------
    >>> from kl_symbolic.kernel.terms import Node
    >>> x = Node("sym", "x")
    >>> plus([x**k for k in range(1000)]).depth
    12
    """
    return chain([("+", term) for term in terms]) if terms else num(0)


def times(factors: Sequence[Node]) -> Node:
    """Return the product of factors, 1 for none; of any number of them.

    Parameters
    ----------
    factors : sequence of Node
        In order.

    Returns
    -------
    Node
        A chain of them.

    Examples
    --------
    >>> from kl_symbolic.kernel.terms import Node
    >>> x, y = Node("sym", "x"), Node("sym", "y")
    >>> times([x, y]) == x * y
    True
    """
    return chain([("*", factor) for factor in factors]) if factors else num(1)


def operands(node: Node, kinds: tuple[str, ...], longest: int | None = LONGEST) -> Operands:
    """Return the operands of the longest chain whose term *node* is: :func:`chain` of them is *node* again.

    Parameters
    ----------
    node : Node
    kinds : tuple of str
        ``ADDITIVE`` or ``MULTIPLICATIVE``.
    longest : int or None
        How many operands of a chain that is nested to the left are taken apart; None for all of them, for those who
        show a term and do not read it back.

    Examples
    --------
    >>> from kl_symbolic.kernel.terms import Node
    >>> a, b = Node("sym", "a"), Node("sym", "b")
    >>> operands(a - b, ADDITIVE) == [("+", a), ("-", b)]
    True
    >>> len(operands(plus([a, b] * 500), ADDITIVE))
    1000
    """
    count = max(_counts(node, kinds, {})) if node.size > 2 * LONGEST else 0
    out: Operands = []
    if count > LONGEST:
        _take(node, kinds[0], count, False, out)
        return out
    while node.op in kinds and len(out) + 1 != longest:
        out.append((node.op, node.args[1]))
        node = node.args[0]
    return [(kinds[0], node), *reversed(out)]


def _counts(node: Node, kinds: tuple[str, ...], known: dict[Node, frozenset[int]]) -> frozenset[int]:
    """Return into how many operands *node* is halved, for every way to see it: 1 for an operand as it stands."""
    if node.op not in kinds:
        return frozenset((1,))
    if node not in known:
        left, right = (_counts(a, kinds, known) for a in node.args)
        known[node] = frozenset((1, *(2 * k for k in right & left), *(2 * k + 1 for k in right if k + 1 in left)))
    return known[node]


def _take(node: Node, op: str, count: int, flip: bool, out: Operands) -> None:
    """Append the *count* operands into which *node* is halved; *op* stands before the first."""
    if count == 1:
        out.append((op, node))
        return
    shown = _FLIPPED[node.op] if flip else node.op
    _take(node.args[0], op, (count + 1) // 2, flip, out)
    _take(node.args[1], shown, count // 2, flip != (node.op == "-"), out)
