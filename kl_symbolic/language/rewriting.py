"""Operations on terms beside those of the kernel: replacing a part, binding free indices, matching a pattern."""

from __future__ import annotations

from ..kernel.terms import Node, abstract, bound, lam

__all__ = ["close", "match", "replace"]


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


def match(pattern: Node, node: Node, count: int) -> tuple[Node, ...] | None:
    """Return the indices that make *pattern*, with its *count* innermost indices open, equal to *node*, or None.

    The first index stands for the outermost open one.

    Parameters
    ----------
    pattern : Node
        A term whose *count* innermost indices are open.
    node : Node
    count : int
        How many indices are open.
    """
    found: dict[int, Node] = {}
    if _match(pattern, node, count, 0, found) and len(found) == count:
        return tuple(found[k] for k in reversed(range(count)))
    return None


def _match(pattern: Node, node: Node, count: int, depth: int, found: dict[int, Node]) -> bool:
    if pattern.op == "bound" and depth <= pattern.data < depth + count:
        inside = node.loose > 0 if node.op == "idx" else node.data < depth if node.op == "bound" else True
        outside = bound(node.data - depth) if node.op == "bound" and not inside else node
        return not inside and found.setdefault(pattern.data - depth, outside) == outside
    if pattern.loose <= depth:
        return pattern == node
    if (pattern.op, pattern.data, len(pattern.args)) != (node.op, node.data, len(node.args)):
        return False
    inner = depth + 1 if pattern.op == "lam" else depth
    return all(_match(a, b, count, inner, found) for a, b in zip(pattern.args, node.args, strict=True))
