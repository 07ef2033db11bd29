"""Statements as a reader wants them: universal ones with their indices behind or in front, relations as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import final

from ...kernel.statements import eq, lt
from ...kernel.terms import NAT, Node, bound, unwrap
from ...language.rewriting import on_domain
from .notation import Formula, Inline, Notation, Over, Paragraph, Range

__all__ = [
    "READ_ON", "ROWS", "Display", "Peeled", "Row",
    "above_zero", "conjunction", "formulas", "is_denial", "letters", "named", "peel", "quantifier", "ranges",
    "reads_on", "relation", "state",
]  # fmt: skip

READ_ON = ("=", "<=", "<", "<=>")
"""Relations that may be followed by another one, as in a = b ≤ c."""
ROWS = (*READ_ON, "!=", "=>", "->")


@final
@dataclass(frozen=True, slots=True)
class Row:
    """One step of a chain: a relation and its right side, and the reason. *variable* is what runs in a limit.

    Parameters
    ----------
    relation : str
    side : Formula
    reason : Paragraph
    variable : str
        What runs in a limit; empty elsewhere.
    """

    relation: str
    side: Formula
    reason: Paragraph = ()
    variable: str = ""


@final
@dataclass(frozen=True, slots=True)
class Display:
    """A displayed chain or statement.

    Parameters
    ----------
    intro : Paragraph
        For which indices, and under which further assumptions, it holds.
    first : Formula
        The first form; the whole statement if there are no rows.
    rows : tuple of Row
    after : Paragraph
        Words behind a short statement: for all i ∈ X.
    reason : Paragraph
        The reason of a statement without rows.
    """

    intro: Paragraph
    first: Formula
    rows: tuple[Row, ...] = ()
    after: Paragraph = ()
    reason: Paragraph = ()


@final
@dataclass(frozen=True, slots=True)
class Peeled:
    """A statement ∀ i ∈ X … (G ⇒ … core), taken apart.

    Parameters
    ----------
    sets : tuple of str or Node
        The sets and the domains of integration over which it is universal, outermost first.
    guards : tuple of Node
        What is assumed after the quantifiers.
    core : Node
        What is said then.
    """

    sets: tuple[Over, ...]
    guards: tuple[Node, ...]
    core: Node


def peel(statement: Node) -> Peeled:
    """Return the sets over which *statement* is universal, the guards after them, and its core.

    Parameters
    ----------
    statement : Node

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"f": "number -> number"})
    >>> found = peel(parse("forall n in Nat: forall x in (0, n): f(x) != 0 => f(x) = 1", "statement", scope))
    >>> found.sets[0], found.sets[1].op, [guard.op for guard in found.guards], found.core.op
    ('Nat', 'open', ['!='], '=')
    """
    sets: list[Over] = []
    guards: list[Node] = []
    while statement.op == "all":
        domain = on_domain(statement)
        sets.append(domain or statement.args[0].data)
        inside = statement.args[0].args[0]
        statement = inside.args[1] if domain else inside
    while sets and statement.op == "=>":
        guards.append(statement.args[0])
        statement = statement.args[1]
    return Peeled(tuple(sets), tuple(guards), statement)


def letters(sets: Iterable[Over], notation: Notation, taken: frozenset[str]) -> tuple[str, ...]:
    """Return names for variables bound over *sets*, outermost first.

    Parameters
    ----------
    sets : iterable of str or Node
    notation : Notation
    taken : frozenset of str
        Names that no bound variable may have.
    """
    stack: tuple[str, ...] = ()
    for over in sets:
        stack = (*stack, notation.letter(over, taken.union(stack)))
    return stack


def conjunction(items: Sequence[Paragraph], last: str = " and ") -> Paragraph:
    """Return *items* joined by commas and ``and``, or by semicolons where *last* begins with one.

    Parameters
    ----------
    items : sequence of Paragraph
    last : str
        What stands before the last one.
    """
    joined: list[Inline] = []
    for k, item in enumerate(items):
        joined.extend(["" if k == 0 else last if k == len(items) - 1 else "; " if last[0] == ";" else ", ", *item])
    return tuple(i for i in joined if i != "")


def named(sets: Iterable[Over], stack: tuple[str, ...], taken: frozenset[str]) -> list[tuple[str, str | Formula]]:
    """Return bound variables, each with the set that it runs over, or with the formula of its domain.

    Parameters
    ----------
    sets : iterable of str or Node
    stack : tuple of str
        The names of the variables, outermost first.
    taken : frozenset of str
        Names that no bound variable may have.
    """
    pairs: list[tuple[str, str | Formula]] = []
    for k, (name, over) in enumerate(zip(stack, sets, strict=True)):
        around = stack[: k + 1] if isinstance(over, Node) and over.loose else ()
        pairs.append((name, over if isinstance(over, str) else Formula(over, (), around, taken)))
    return pairs


def ranges(pairs: list[tuple[str, str | Formula]], guards: list[Formula]) -> Paragraph:
    """Return ``i, j ∈ X and n ≥ 1 with …`` for variables and the statements that restrict them.

    Parameters
    ----------
    pairs : list of (str, str or Formula)
        The variables, each with its set.
    guards : list of Formula
        The statements that restrict the variables.
    """
    items: list[Range] = []
    for name, over in pairs:
        at = [g for g in guards if over == NAT and g == _positive(name, g)]
        guards = [g for g in guards if g not in at]
        if items and items[-1].over == over and not at and items[-1].how == "in":
            items[-1] = Range((*items[-1].names, name), over)
        else:
            items.append(Range((name,), over, "positive" if at else "in"))
    shown = conjunction([(i,) for i in items])
    return (*shown, " with ", *conjunction([(g,) for g in guards])) if guards else shown


def _positive(name: str, like: Formula) -> Formula:
    """Return 0 < n as a formula below the bound variables of *like*, among which n is, or free."""
    stack = like.stack
    index = bound(stack[::-1].index(name)) if name in stack else Node("idx", name)
    return replace(formulas([above_zero(index)], (), like.taken)[0], stack=stack)


def above_zero(index: Node) -> Node:
    """Return 0 < n.

    Parameters
    ----------
    index : Node
    """
    return lt(0, Node("nat", None, (index,)))


def state(statement: Node, notation: Notation, reason: Paragraph = (), taken: frozenset[str] = frozenset()) -> Display:
    """Return how a statement by itself is displayed; no bound variable gets a name in *taken*.

    Parameters
    ----------
    statement : Node
    notation : Notation
    reason : Paragraph
    taken : frozenset of str
        Names that no bound variable may have.
    """
    found = peel(statement)
    taken = taken.union(notation.taken, statement.names)
    stack = letters(found.sets, notation, taken)
    core, words = found.core, quantifier(found, stack, taken)
    intro: Paragraph = ()
    if is_denial(found) and len(found.guards) == 1:
        (core,), words = found.guards, ()
        intro = ("There is no ", *ranges(named(found.sets, stack, taken), []), " with")
    elif words and not reads_on(core):
        intro, words = (*words, ":"), ()
        intro = ("For all ", *intro[1:])
    if not (said := relation(core)):
        return Display(intro, Formula(core, (), stack, taken), (), words, reason)
    sign, left, right = said
    inner, variable = stack, ""
    if sign == "->":
        (variable,) = letters((NAT,), notation, taken.union(stack))
        inner = (*stack, variable)
    row = Row(sign, Formula(right, (), stack, taken), reason, variable)
    return Display(intro, Formula(left, (), inner, taken), (row,), words)


def is_denial(found: Peeled) -> bool:
    """Whether a statement says that what it assumes is never the case: ∀x (G ⇒ 0 = 1).

    Parameters
    ----------
    found : Peeled
    """
    return bool(found.guards) and found.core == eq(0, 1)


def relation(core: Node) -> tuple[str, Node, Node] | None:
    """Return a relation and its sides; of ∫ f = v and f′(a) = s, whose left sides are not terms, what is printed there.

    Such a left side is the statement without its last operand.

    Parameters
    ----------
    core : Node
        What is said below the quantifiers.
    """
    if core.op in ("int", "deriv"):
        return "=", Node(core.op, None, core.args[:2]), core.args[2]
    return (core.op, unwrap(core.args[0]), core.args[1]) if core.op in ROWS else None


def quantifier(found: Peeled, stack: tuple[str, ...], taken: frozenset[str]) -> Paragraph:
    """Return `` for all i ∈ X with …``, or nothing.

    Parameters
    ----------
    found : Peeled
    stack : tuple of str
        Names of the variables bound around it, outermost first.
    taken : frozenset of str
        Names that no bound variable may have.
    """
    if not stack:
        return ()
    return (" for all ", *ranges(named(found.sets, stack, taken), formulas(found.guards, stack, taken)))


def reads_on(core: Node) -> bool:
    """Whether ``for all`` behind a statement can only be meant for all of it: behind ⇔ or ⇒ it could be for a part.

    Parameters
    ----------
    core : Node
        What is said below the quantifiers.
    """
    return core.op in ("=", "<=", "<", "!=", "->", "in", "int", "deriv")


def formulas(statements: Iterable[Node], stack: tuple[str, ...], taken: frozenset[str]) -> list[Formula]:
    """Return statements below bound variables; u ≤ x and x ≤ v become u ≤ x ≤ v.

    Parameters
    ----------
    statements : iterable of Node
    stack : tuple of str
        Names of the variables bound around it, outermost first.
    taken : frozenset of str
        Names that no bound variable may have.
    """
    merged: list[Formula] = []
    for node in statements:
        relation = node.op in ("<", "<=")
        last = merged[-1] if merged else Formula(node)
        if relation and last.links and len(last.links) == 1 and last.links[0][1] == node.args[:1]:
            merged[-1] = replace(last, links=(*last.links, (node.op, node.args[1:])))
        elif relation:
            merged.append(Formula(node.args[0], ((node.op, node.args[1:]),), stack, taken))
        else:
            merged.append(Formula(node, (), stack, taken))
    return merged
