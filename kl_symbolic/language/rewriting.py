"""Operations on terms beside those of the kernel: replacing a part, binding free indices, matching a pattern."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel.terms import REAL, Node, abstract, bound, lam

__all__ = ["bound_variables", "close", "depends", "match", "on_domain", "plain", "replace"]


_VARIABLES = ("bound", "#")
"""The operators of bound variables: of an index, and of a number."""


def replace(node: Node, part: Node, by: Node) -> Node:
    """Return *node* with every occurrence of the closed term *part* replaced by the closed term *by*.

    Parameters
    ----------
    node : Node
    part : Node
        A closed term.
    by : Node
        A closed term.
    """
    if node == part:
        return by
    if node.size < part.size or not node.args:
        return node
    args = tuple(replace(a, part, by) for a in node.args)
    return node if args == node.args else Node(node.op, node.data, args)


def close(node: Node, *points: tuple[str, str]) -> Node:
    """Return λ over the (index name, set) pairs *points*, outermost first, of *node*.

    Parameters
    ----------
    node : Node
    *points : (str, str)
        The name of a free index, and its set; outermost first.
    """
    for name, index_set in reversed(points):
        node = lam((index_set,), abstract(node, name))
    return node


def bound_variables(sets: Sequence[str]) -> tuple[Node, ...]:
    """Return the variables of a λ over *sets*, outermost first, as they stand just below it.

    Parameters
    ----------
    sets : sequence of str
        Index sets, ℕ or ``number``.
    """
    return tuple(bound(k, s) for k, s in zip(reversed(range(len(sets))), sets, strict=True))


def plain(abstraction: Node) -> str:
    """Return f for λ i j … f(i, j, …), else the empty string.

    Parameters
    ----------
    abstraction : Node
    """
    body, sets = abstraction, list[str]()
    while body.op == "lam":
        sets.append(body.data)
        body = body.args[0]
    return str(body.data) if body.op in ("sym", "idx") and body.args == bound_variables(sets) else ""


def depends(node: Node, k: int) -> bool:
    """Whether the bound variable *k* occurs in *node*.

    Parameters
    ----------
    node : Node
    k : int
        De Bruijn index of the variable.
    """
    if node.loose <= k:
        return False
    return bool(node.data == k) if node.op in _VARIABLES else any(depends(a, k + (node.op == "lam")) for a in node.args)


def on_domain(statement: Node) -> Node | None:
    """Return D of a statement ∀x (x ∈ D ⇒ …) about every number x of a domain, unless D mentions x.

    Parameters
    ----------
    statement : Node
        Just below the binders around it.
    """
    if statement.op != "all" or statement.args[0].data != REAL or statement.args[0].args[0].op != "=>":
        return None
    condition = statement.args[0].args[0].args[0]
    fits = condition.op == "in" and condition.args[0] == bound(0, REAL) and not depends(condition.args[1], 0)
    return condition.args[1] if fits else None


def match(pattern: Node, node: Node, count: int) -> tuple[Node, ...] | None:
    """Return the indices and numbers that make *pattern*, with *count* variables open, equal to *node*, or None.

    The first one stands for the outermost open variable.

    Parameters
    ----------
    pattern : Node
        A term whose *count* innermost variables are open.
    node : Node
    count : int
        How many variables are open.
    """
    found: dict[int, Node] = {}
    if _match(pattern, node, count, 0, found) and len(found) == count:
        return tuple(found[k] for k in reversed(range(count)))
    return None


def _match(pattern: Node, node: Node, count: int, depth: int, found: dict[int, Node]) -> bool:
    if pattern.op in _VARIABLES and depth <= pattern.data < depth + count:
        if node.op in _VARIABLES:
            fits, outside = node.op == pattern.op and node.data >= depth, Node(node.op, max(0, node.data - depth))
        else:
            fits, outside = node.loose == 0 and (node.is_number if pattern.op == "#" else node.op == "idx"), node
        return fits and found.setdefault(pattern.data - depth, outside) == outside
    if pattern.loose <= depth:
        return pattern == node
    if (pattern.op, pattern.data, len(pattern.args)) != (node.op, node.data, len(node.args)):
        return False
    inner = depth + 1 if pattern.op == "lam" else depth
    return all(_match(a, b, count, inner, found) for a, b in zip(pattern.args, node.args, strict=True))
