"""Logarithms to another base: when a line may be shown with log₂ although it was checked with the natural logarithm.

A line whose two sides contain log to the same degree says the same in every base, since log_b x = log x / log b: both
sides are divided by the same power of log b. Such lines may be shown in bits; for others only the conversion is true.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ...kernel.terms import INTERVALS, STATEMENTS, Node, unwrap
from ...language.errors import InvalidType, InvalidValue

__all__ = ["scales", "valid_base"]

Degree = tuple[int, ...] | None


def valid_base(base: int | None) -> int | None:
    """Return *base* if logarithms can be shown to it.

    Parameters
    ----------
    base : int, optional
        The base of the logarithms; None for the natural one.

    Raises
    ------
    TypeError, ValueError
        Unless it is None, for nats, or an integer from 2 to 1000.
    """
    if base is None:
        return None
    if isinstance(base, bool) or not isinstance(base, int):
        raise InvalidType(f"expected base=None or an integer, got {type(base).__name__} {base!r}")
    if not 2 <= base <= 1000:
        raise InvalidValue(f"expected a base from 2 to 1000, got {base}")
    return base


def scales(nodes: Iterable[Node]) -> bool:
    """Whether log occurs in each relation of *nodes* to one degree on both sides, and in each term to some degree.

    Parameters
    ----------
    nodes : iterable of Node

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"x": "number", "y": "number"})
    >>> scales([parse("log(x*y) = log(x) + log(y)", "statement", scope)])
    True
    >>> scales([parse("log(x) <= x - 1", "statement", scope)])
    False
    """
    return all(_statement(n) if n.op in STATEMENTS else _degree(n) is not None for n in nodes)


def _statement(node: Node) -> bool:
    if node.op in ("=>", "<=>"):
        return all(map(_statement, node.args))
    if node.op == "all":
        return _statement(unwrap(node.args[0]))
    if node.op in ("in", "int", "deriv"):
        return _placed(node)
    return _common([_degree(unwrap(a)) for a in node.args]) is not None


def _placed(node: Node) -> bool:
    """Whether x ∈ D, ∫ f = v or f′(a) = s says the same in every base; what a variable stands for has no log in it."""
    if node.op == "in":
        within = node.args[1].args if node.args[1].op in INTERVALS else (Node("num", Fraction(1)),)
        return _common([_degree(node.args[0]), *map(_degree, within)]) is not None
    over, value = unwrap(node.args[node.op == "int"]), node.args[2]
    places = node.args[0].args if node.op == "int" else node.args[1:2]
    return all(_degree(p) in ((), (0,)) for p in places) and _common([_degree(over), _degree(value)]) is not None


def _common(degrees: list[Degree]) -> Degree:
    """Return the degree of a sum: that of its summands, if they have one degree."""
    known: list[int] = []
    for degree in degrees:
        if degree is None:
            return None
        known.extend(degree)
    return None if len(set(known)) > 1 else tuple(known[:1])


def _degree(node: Node) -> Degree:
    """Return the degree of a term in log: one number, none for 0, which has every degree, None if it has none."""
    op = node.op
    if op == "num":
        return (0,) if node.data else ()
    inside = [_degree(unwrap(a)) for a in node.args if unwrap(a).is_number]
    if op in ("+", "-"):
        return _common(inside)
    if op in ("neg", "abs", "sum"):
        return inside[0]
    if op in ("*", "/") and None not in inside:
        left, right = (d or () for d in inside)
        if op == "/" and not right:
            return None
        return tuple(a + b if op == "*" else a - b for a in left for b in right)
    if op == "^" and inside[0] not in (None, (), (0,)):
        power = node.args[1]
        whole = power.op == "num" and power.data.denominator == 1
        return tuple(d * int(power.data) for d in inside[0] or ()) if whole else None
    if any(d not in ((), (0,)) for d in inside):
        return None  # a function of a log, or a product of logs, does not scale
    return (1,) if op in ("log", "xlogy") or (op == "def" and node.data[0] != "count") else (0,)
