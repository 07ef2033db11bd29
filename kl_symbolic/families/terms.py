"""Terms about distributions: their parts, literals put together, and patterns with a hole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from operator import add, mul, sub, truediv

from ..kernel.terms import Node, num

__all__ = ["HOLE", "collected", "constant", "moved", "parts", "unify"]


def parts(term: Node, op: str) -> Iterator[Node]:
    """Yield the parts of a term that have an operator, each once, inner ones first.

    Parameters
    ----------
    term : Node
    op : str
    """
    seen: set[Node] = set()
    todo = [(term, False)]
    while todo:
        node, opened = todo.pop()
        if node in seen:
            continue
        if opened:
            seen.add(node)
            if node.op == op:
                yield node
        else:
            todo += [(node, True), *((a, False) for a in reversed(node.args))]


_PLACES = ((2, 101), (3, 1009), (5, 10007), (17, 100003), (23, 1000003), (31, 10000019))
"""Two values for each of the symbols of an argument, to see whether it is a constant: the kernel decides.

The second ones grow so fast that differences of arguments with small coefficients do not agree by accident.
"""


def constant(term: Node) -> Node | None:
    """Return the number that a rational term seems to be whatever its symbols are, if it is one.

    Parameters
    ----------
    term : Node
    """
    names = sorted(node.data for node in parts(term, "sym"))
    if term.op == "num" or len(names) > len(_PLACES):
        return None
    try:
        places = ({n: Fraction(p[k]) for n, p in zip(names, _PLACES, strict=False)} for k in (0, 1))
        first, last = (_at(term, place) for place in places)
    except (KeyError, ZeroDivisionError):
        return None
    return num(first) if first == last else None


def _at(term: Node, values: Mapping[str, Fraction]) -> Fraction:
    if term.op == "num":
        return Fraction(term.data)
    if term.op == "sym":
        return values[term.data]
    args = [_at(a, values) for a in term.args]
    return -args[0] if term.op == "neg" else Fraction(_OPERATIONS[term.op](*args))


_OPERATIONS = {"+": add, "-": sub, "*": mul, "/": truediv}


def moved(base: Node, by: Fraction) -> Node:
    """Return base + by, with literals collected.

    Parameters
    ----------
    base : Node
    by : Fraction
    """
    if base.op in ("+", "-") and base.args[1].op == "num":
        total = by + (base.args[1].data if base.op == "+" else -base.args[1].data)
        base = base.args[0]
    else:
        total = by
    return base if total == 0 else base + total if total > 0 else base - (-total)


HOLE = Node("sym", "?")
"""Where a pattern may have any term without x."""


def unify(pattern: Node, term: Node, x: Node) -> Node | None:
    """Return what the hole of a pattern must be to make it a term: x is x^1, 1/x is x^(-1).

    Parameters
    ----------
    pattern : Node
    term : Node
    x : Node
    """
    if pattern == HOLE:
        return None if x.data in term.names else term
    if pattern.op == "^" and pattern.args[0] == x:
        if term == x:
            term = Node("^", None, (x, num(1)))
        elif term == 1 / x:
            term = Node("^", None, (x, num(-1)))
    if pattern.op == "*" and pattern.args == (HOLE, term):
        return num(1)
    if pattern.op == "-" and pattern.args[1] == HOLE and term.op == "+" and term.args[0] == pattern.args[0]:
        return None if x.data in term.args[1].names else collected(-term.args[1])
    if pattern.op == "/" and pattern.args[0] == HOLE and (term.op, term.args[1:]) != ("/", pattern.args[1:]):
        return None if x.data in term.names else collected(term * pattern.args[1])
    if pattern.op == "*" and pattern.args == (HOLE, x):
        if term in (x, -x):
            return num(1 if term == x else -1)
        if term.op == "/" and term.args[0] == x and x.data not in term.args[1].names:
            return 1 / term.args[1]
    if (pattern.op, pattern.data, len(pattern.args)) != (term.op, term.data, len(term.args)):
        return None
    found: Node | None = None
    for a, b in zip(pattern.args, term.args, strict=True):
        if HOLE.data in a.names:
            found = unify(a, b, x)
            if found is None:
                return None
        elif a != b:
            return None
    return found


def collected(term: Node) -> Node:
    """Return a term with literals put together: a + 1/1 is a + 1, b/b is 1, 1·x^1 is x, a − (−b) is a + b.

    Parameters
    ----------
    term : Node
    """
    if not term.args:
        return term
    args = tuple(map(collected, term.args))
    if all(a.op == "num" for a in args):
        values = [a.data for a in args]
        if term.op == "neg":
            return num(-values[0])
        if term.op in ("+", "-", "*") or (term.op == "/" and values[1] != 0):
            return num(_OPERATIONS[term.op](*values))
    if term.op == "/" and args[0].op == "neg":
        return collected(-collected(args[0].args[0] / args[1]))
    if term.op == "/" and args[0] == args[1]:
        return num(1)
    if term.op in ("/", "^", "*") and args[1] == num(1):
        return args[0]
    if term.op == "*" and args[0] == num(1):
        return args[1]
    if term.op == "-" and args[1].op == "neg":
        return collected(args[0] + args[1].args[0])
    if term.op == "+" and args[0] == args[1]:
        return 2 * args[0]
    if term.op in ("+", "-") and args[1].op == "num":
        return moved(args[0], args[1].data if term.op == "+" else -args[1].data)
    return Node(term.op, term.data, args)
