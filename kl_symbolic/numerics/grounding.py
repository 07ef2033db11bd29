"""Terms with the values of a point put in: closed terms without names, which still show how a number comes about.

:mod:`kl_symbolic.numerics.values` gives the value of a term as a number; here the result is a term.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mpmath import libmp

from ..kernel.terms import Node, apply_abs, num
from ..language.chains import plus, times
from .interval import Value
from .point import Integral
from .values import Env, Frame, Level

__all__ = ["Grounding", "folded"]

_BITS = 96
"""Bits of a rational that stands for an interval."""


class Grounding:
    """Puts the values of a point into terms; its methods ``function`` and ``total`` decide how results are laid out.

    Parameters
    ----------
    level : Level
        The point; its precision does not matter.
    also : mapping of (str, tuple of int) to Node, optional
        Values of symbols at indices, before those of the point.
    """

    kept: frozenset[str] = frozenset()
    """Defined symbols that :meth:`function` gets instead of what they stand for."""

    def __init__(self, level: Level, also: Mapping[tuple[str, tuple[int, ...]], Node] | None = None) -> None:
        self.level, self.also = level, also or {}

    def function(self, node: Node) -> Node:
        """Return an operator at ground operands as it is to be laid out: operations on literals are carried out.

        Parameters
        ----------
        node : Node
        """
        return folded(node)

    def total(self, op: str, parts: Sequence[Node]) -> Node:
        """Return a sum or a product of ground terms as it is to be laid out.

        Parameters
        ----------
        op : str
            ``sum`` or ``prod``.
        parts : sequence of Node
        """
        return folded((plus if op == "sum" else times)(parts))

    def of(self, node: Node, env: Env | tuple[Any, ...] = (), frame: Frame = None) -> Node:
        """Return a number term without names.

        A number that is known to lie in an interval becomes a rational in the middle of it.

        Parameters
        ----------
        node : Node
        env : Env
            The values of the variables bound around it, outermost first; a term stands for itself.
        frame : Frame
            Where the operands of a definition are to be read.

        Raises
        ------
        Unassigned
            When the point does not say what a name is.
        """
        op, args, level = node.op, node.args, self.level
        if op == "num":
            return node
        if op == "sym":
            return self._symbol(node, env, frame)
        if op == "#":
            value = env[-1 - node.data]
            return value if isinstance(value, Node) else _middle(value)
        if op in ("nat", "card", "delta"):
            return num(level.number(node, env, frame))
        if op == "def" and node.data[0] not in self.kept:
            return self.of(*level.opened(node, env, frame))
        if op in ("sum", "prod"):
            over = args[0]
            count = level.size(over.data, frame)
            return self.total(op, [self.of(over.args[0], (*env, k), frame) for k in range(count)])
        return self.function(Node(op, node.data, tuple(self.of(a, env, frame) for a in args)))

    def _symbol(self, node: Node, env: Env, frame: Frame) -> Node:
        if frame is not None and node.data in frame[1]:
            return self.of(*self.level.operand(node, env, frame))
        if any(a.is_number for a in node.args):
            abstraction, bound = self.level.function(node, env, frame)
            return apply_abs(abstraction, *(self._operand(a, env, frame) for a in bound))
        cell = (node.data, tuple(self.level.index(a, env, frame) for a in node.args))
        if cell in self.also:
            return self.also[cell]
        entry, n = self.level.entry(node, env, frame)
        if isinstance(entry, Integral):
            return _middle(self.level.integrals.value(entry))
        return entry if isinstance(entry, Node) else num(entry if isinstance(entry, Fraction) else entry.at(n))

    def _operand(self, node: Node, env: Env, frame: Frame) -> Node:
        """Return an operand of a function, a number or an element of ℕ, as a number."""
        return self.of(node, env, frame) if node.is_number else num(self.level.index(node, env, frame))


def _middle(value: Value) -> Node:
    if isinstance(value, Fraction):
        return num(value)
    return num(Fraction(*libmp.to_rational(libmp.mpi_mid(value, _BITS))))


def folded(node: Node) -> Node:
    """Return a term of numbers by its value when it is one of the four operations on literals, or |a| of one.

    Parameters
    ----------
    node : Node
    """
    if node.args and all(a.op == "num" for a in node.args) and node.op in ("+", "-", "*", "/", "neg", "abs"):
        values = [a.data for a in node.args]
        if node.op == "/" and not values[1]:
            return node
        a, b = values[0], values[-1]
        results = {"+": a + b, "-": a - b, "*": a * b, "neg": -a, "abs": abs(a)}
        return num(a / b if node.op == "/" else results[node.op])
    return node
