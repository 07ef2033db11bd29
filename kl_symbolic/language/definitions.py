"""Defined symbols: their operands, their defining equations, and what they stand for at given operands.

This is the one place outside the kernel that unfolds a definition. The kernel does it by its rule ``unfold``, from the
same table; ``rocq`` reads definitions back from its own prelude, on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import final

from ..kernel.axioms import defining_equation
from ..kernel.definitions import DEFINITIONS
from ..kernel.terms import Node, substitute

__all__ = ["Definition", "definition", "replacements", "unfold"]


@final
@dataclass(frozen=True, slots=True)
class Definition:
    """A row of the table of defined symbols.

    Parameters
    ----------
    name : str
        The symbol, such as ``kl``.
    sets : tuple of str
        The formal names of its index sets, in order.
    operands : tuple of str
        The formal names of its operands, in order.
    equation : Node
        The defining equation, a statement about the formal names.
    """

    name: str
    sets: tuple[str, ...]
    operands: tuple[str, ...]
    equation: Node

    @property
    def body(self) -> Node:
        """The right side of the equation: what the symbol stands for."""
        return self.equation.args[1]

    def at(self, values: Mapping[str, Node | str]) -> tuple[Node, Node]:
        """Return both sides of the equation with formal names replaced.

        Parameters
        ----------
        values : mapping of str to Node or str
            A set for the name of a set, a closed term or an abstraction for the name of an operand.

        Returns
        -------
        tuple of Node
            The symbol at its operands, and what it stands for there.
        """
        left, right = substitute(self.equation, values).args
        return left, right


@cache
def definition(name: str) -> Definition:
    """Return the definition of a defined symbol.

    Parameters
    ----------
    name : str
        A key of the kernel's table ``DEFINITIONS``.

    Examples
    --------
    >>> definition("kl").sets, definition("kl").operands
    (('X',), ('p', 'q'))
    """
    formal, _ = DEFINITIONS[name]
    sets = tuple(n for n, signature in formal.items() if signature == "set")
    operands = tuple(n for n in formal if n not in sets)
    return Definition(name, sets, operands, defining_equation(name)[2].conclusion)


def replacements(term: Node) -> dict[str, Node | str]:
    """Return what each formal name of a definition is in a term that uses the symbol.

    Parameters
    ----------
    term : Node
        A defined symbol at its operands.
    """
    found = definition(term.data[0])
    values: dict[str, Node | str] = dict(zip(found.sets, term.data[1], strict=True))
    values.update(zip(found.operands, term.args, strict=True))
    return values


def unfold(term: Node) -> Node:
    """Return what a defined symbol stands for at its operands.

    Parameters
    ----------
    term : Node
        A closed term: a defined symbol at its operands.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> text(unfold(parse("rel_entr(a, b/2)", "number", declare({"a": "number", "b": "number"}))))
    'xlogy(a, a) - xlogy(a, b/2)'
    """
    return substitute(definition(term.data[0]).body, replacements(term))
