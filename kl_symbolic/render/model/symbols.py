"""Defined symbols on a page: their variables, the names of their operands, and their definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from ...kernel.syntax import Scope, Signature
from ...kernel.terms import Node, lam
from ...language.definitions import definition
from ...language.rewriting import bound_variables, plain

__all__ = ["POSITIONS", "SYMBOLS", "Variables", "opened", "plainly", "variables"]


@final
@dataclass(frozen=True, slots=True)
class Variables:
    """A joint distribution and the index sets of the variables that are looked at, in their order.

    Parameters
    ----------
    joint : str
        The name of the joint distribution.
    sets : tuple of str
        The index sets of the variables, in their order.
    """

    joint: str
    sets: tuple[str, ...]


SYMBOLS = {
    "entropy": ("H", ""), "joint_entropy": ("H", ","), "cond_entropy": ("H", "|"), "mutual_info": ("I", ";"),
    "cond_mutual_info": ("I", ";|"),
}  # fmt: skip
"""How a symbol of named variables is printed: its letter, and the separators of the variables."""

POSITIONS = {"joint_entropy": ("", 0.0), "cond_entropy": ("1|2", 1.6), "mutual_info": ("1;2", 1.4),
             "cond_mutual_info": ("1;2|3", 2.6)}  # fmt: skip
"""The subscript and its width where the variables have no names: the positions of the operand's indices.

H_{1|2}(r) is the entropy of the first variable of r given the second one.
"""


def variables(node: Node, scope: Scope) -> Variables | None:
    """Return the variables of a defined symbol, if its operand is a joint distribution or a marginal of one.

    A marginal is λ x z. Σ_y r[x, y, z]: every index of r is bound by λ or by Σ, and no two are of one set, so that the
    sets of λ say which marginal it is. The entropy of a whole family p is not of this kind: it is printed as H(p).

    Parameters
    ----------
    node : Node
    scope : Scope
        The declared names.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"X": "set", "Y": "set", "r": "X, Y -> number"})
    >>> variables(parse("entropy(j in Y: sum(i in X: r[i, j]))", "number", scope), scope)
    Variables(joint='r', sets=('Y',))
    """
    if node.data[0] not in SYMBOLS:
        return None
    body, kept, summed = node.args[0], [], 0
    while body.op == "lam":
        kept.append(body.data)
        body = body.args[0]
    while body.op == "sum":
        summed += 1
        body = body.args[0].args[0]
    if body.op != "sym" or len(body.args) < 2 or any(a.op != "bound" for a in body.args):
        return None
    over, _ = scope.get(body.data, ((), ""))
    count = len(kept) + summed
    used = {a.data for a in body.args}
    if len(set(over)) < len(over) or len(over) != count or used != set(range(count)):
        return None
    return Variables(str(body.data), tuple(kept))


def _stripped(node: Node) -> tuple[Node, int]:
    """Return the body of *node* below its abstractions, and the number of abstractions."""
    count = 0
    while node.op == "lam":
        node, count = node.args[0], count + 1
    return node, count


def plainly(node: Node) -> bool:
    """Whether the operands of a defined symbol are functions with different names.

    Parameters
    ----------
    node : Node
    """
    names = [plain(a) for a in node.args if a.op == "lam"]
    return bool(names) and "" not in names and len(set(names)) == len(names)


def opened(node: Node, scope: Scope) -> tuple[Node, Node]:
    """Return a defined symbol and what it stands for, about the operands of *node* where these are plain names.

    Where one is longer than a name, the definition is about letters that *scope* does not use otherwise; that of a
    symbol of named variables is about these.

    Parameters
    ----------
    node : Node
    scope : Scope
        The declared names.
    """
    found = definition(node.data[0])
    pairs = list(zip(found.operands, node.args, strict=True))
    by: dict[str, Node | str] = dict(zip(found.sets, node.data[1], strict=True))
    if plainly(node) or variables(node, scope):
        by.update((n, a) for n, a in pairs if a.op == "lam")
        return found.at(by)
    for formal, actual in pairs:
        body, count = _stripped(actual)
        indices = bound_variables(_sets(actual))
        if count and body.is_number:
            letter = _letter(formal, "pqfgruv" if count == 1 else "rsuvw", scope, _sets(actual))
            by[formal] = lam(_sets(actual), Node("sym", letter, indices))
        elif count:
            by[formal] = lam(_sets(actual), Node("idx", _letter(formal, "xyz", scope, _sets(actual)), indices))
        elif actual.is_number:
            by[formal] = Node("sym", _letter(formal, "abxyuvcd", scope, ()))
    return found.at(by)


def _sets(abstraction: Node) -> tuple[str, ...]:
    return (abstraction.data, *_sets(abstraction.args[0])) if abstraction.op == "lam" else ()


def _letter(formal: str, letters: str, scope: Scope, over: tuple[str, ...]) -> str:
    """Return a letter for the operand *formal* of a definition: one that *scope* does not use for something else."""
    first = letters.index(formal)
    order = (*letters[first], *letters[2 + first % 2 :: 2])
    return next((c for c in order if c not in scope or _fits(scope[c], over)), formal)


def _fits(signature: Signature, over: tuple[str, ...]) -> bool:
    return signature[0] == over and signature[1] != "set" and (bool(over) or signature[1] == "number")
