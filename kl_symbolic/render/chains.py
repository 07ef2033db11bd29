"""Lines of a certificate → what is displayed: steps that continue one another become one chain.

``a = b``, ``b = c``, ``c <= d`` read as a = b = c ≤ d; equalities about the members of a sequence may end in its limit.
What a line assumes beyond the hypotheses of the theorem, and for which indices it holds, stands in front of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import final

from ..kernel.statements import Sequent, lt
from ..kernel.syntax import Scope
from ..kernel.terms import NAT, Node, abstract, bound, unwrap
from .notation import Formula, Inline, Names, Notation, Paragraph, Range

__all__ = ["Display", "Peeled", "Row", "Steps", "conjunction", "letters", "peel", "quantifier", "reads_on", "state"]

_READ_ON = ("=", "<=", "<", "<=>")
_ROWS = (*_READ_ON, "!=", "=>", "->")


@final
@dataclass(frozen=True, slots=True)
class Row:
    """One step of a chain: a relation and its right side, and the reason. *variable* is what runs in a limit."""

    relation: str
    side: Formula
    reason: Paragraph = ()
    variable: str = ""


@final
@dataclass(frozen=True, slots=True)
class Display:
    """A displayed chain or statement.

    Attributes
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
    """A statement ∀ i ∈ X … (G ⇒ … core), taken apart."""

    sets: tuple[str, ...]
    guards: tuple[Node, ...]
    core: Node


def peel(statement: Node) -> Peeled:
    """Return the sets over which *statement* is universal, the guards after them, and what is said then."""
    sets: list[str] = []
    guards: list[Node] = []
    while statement.op == "all":
        sets.append(statement.args[0].data)
        statement = unwrap(statement.args[0])
    while sets and statement.op == "=>":
        guards.append(statement.args[0])
        statement = statement.args[1]
    return Peeled(tuple(sets), tuple(guards), statement)


def letters(sets: Iterable[str], notation: Notation, taken: frozenset[str]) -> tuple[str, ...]:
    """Return names for variables bound over *sets*, outermost first."""
    stack: tuple[str, ...] = ()
    for over in sets:
        stack = (*stack, notation.letter(over, taken.union(stack)))
    return stack


def conjunction(items: list[Paragraph]) -> Paragraph:
    """Return *items* joined by commas and ``and``."""
    joined: list[Inline] = []
    for k, item in enumerate(items):
        joined.extend(["" if k == 0 else " and " if k == len(items) - 1 else ", ", *item])
    return tuple(i for i in joined if i != "")


def ranges(pairs: list[tuple[str, str]], guards: list[Formula], plural: str = "") -> Paragraph:
    """Return ``i, j ∈ X and n ≥ 1 with …`` for index variables and the statements that restrict them."""
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
    (formula,) = formulas([_above_zero(bound(stack[::-1].index(name)) if name in stack else Node("idx", name))], (), like.taken)
    return replace(formula, stack=stack)


def _above_zero(index: Node) -> Node:
    return lt(0, Node("nat", None, (index,)))


def state(statement: Node, notation: Notation, reason: Paragraph = (), taken: frozenset[str] = frozenset()) -> Display:
    """Return how a statement by itself is displayed; no bound variable gets a name in *taken*."""
    found = peel(statement)
    taken = taken.union(notation.taken, statement.names)
    stack = letters(found.sets, notation, taken)
    core, words = found.core, quantifier(found, stack, taken)
    intro: Paragraph = ()
    if words and not reads_on(core):
        intro, words = (*words, ":"), ()
        intro = ("For all ", *intro[1:])
    if core.op not in _ROWS:
        return Display(intro, Formula(core, (), stack, taken), (), words, reason)
    inner, variable = stack, ""
    if core.op == "->":
        (variable,) = letters((NAT,), notation, taken.union(stack))
        inner = (*stack, variable)
    first = Formula(unwrap(core.args[0]), (), inner, taken)
    row = Row(core.op, Formula(core.args[1], (), stack, taken), reason, variable)
    return Display(intro, first, (row,), words)


def quantifier(found: Peeled, stack: tuple[str, ...], taken: frozenset[str]) -> Paragraph:
    """Return `` for all i ∈ X with …``, or nothing."""
    if not stack:
        return ()
    return (" for all ", *ranges(list(zip(stack, found.sets, strict=True)), formulas(found.guards, stack, taken)))


def reads_on(core: Node) -> bool:
    """Whether ``for all`` behind a statement can only be meant for all of it: behind ⇔ or ⇒ it could be for a part."""
    return core.op in ("=", "<=", "<", "!=", "->")


def formulas(statements: Iterable[Node], stack: tuple[str, ...], taken: frozenset[str]) -> list[Formula]:
    """Return statements below bound variables; u ≤ x and x ≤ v become u ≤ x ≤ v."""
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


@final
@dataclass(slots=True)
class Steps:
    """Collects the steps between two paragraphs; ``displays`` gives them back as chains.

    Parameters
    ----------
    notation : Notation
    hypotheses : tuple of Node
        The hypotheses of the theorem: what a line assumes beside these is said where it is shown.
    known : frozenset of str
        The names of the theorem's statement; others are introduced where they are used.
    """

    notation: Notation
    hypotheses: tuple[Node, ...]
    known: frozenset[str]
    _chains: list[_Chain] = field(default_factory=list)

    def add(self, sequent: Sequent, reason: Paragraph) -> None:
        """Append a step: to the last chain if it continues it."""
        extra = tuple(h for h in sequent.hypotheses if h not in self.hypotheses)
        found = peel(sequent.conclusion)
        if not (self._chains and self._chains[-1].takes(found, extra, reason)):
            self._chains.append(_Chain(sequent.conclusion, found, extra, reason, self.known))

    def displays(self) -> list[Display]:
        """Return what was collected, and start anew."""
        shown: list[Display] = []
        for chain in self._chains:
            display = self._display(chain)
            if shown and display.intro and display.intro in (shown[-1].intro, _again(shown[-1].intro)):
                display = replace(display, intro=_again(display.intro))
            shown.append(display)
        self._chains = []
        return shown

    def _display(self, chain: _Chain) -> Display:
        names = frozenset[str]().union(*(n.names for n in (*chain.nodes, *chain.extra)))
        taken = self.notation.taken.union(names)
        local, extra = self._local(names), formulas(chain.extra, (), taken)
        if len(chain.links) <= 1:
            alone = state(chain.single, self.notation, chain.reasons[0], taken)
            return replace(alone, intro=(*self._intro(local, [], extra, []), *alone.intro))
        stack = letters(chain.sets, self.notation, taken)
        guards = formulas(chain.guards, stack, taken)
        rows = []
        inner, now = stack, stack
        if chain.starts_at_limit:
            (variable,) = letters((NAT,), self.notation, taken.union(stack))
            inner = (*stack, variable)
        for (relation, node, point), reason in zip(chain.links, chain.reasons, strict=True):
            variable = ""
            if relation == "->":
                variable = point or inner[-1]
                now = stack if chain.starts_at_limit or point else stack[:-1]
            rows.append(Row(relation, Formula(node, (), now, taken), reason, variable))
        pairs = list(zip(stack, chain.sets, strict=True))
        return Display(self._intro(local, pairs, extra, guards), Formula(chain.first, (), inner, taken), tuple(rows))

    def _local(self, names: frozenset[str]) -> list[str]:
        scope = self.notation.scope
        return [n for n in scope if n in names and n not in self.known and scope[n][1] != "set"]

    def _intro(
        self, local: list[str], pairs: list[tuple[str, str]], extra: list[Formula], guards: list[Formula]
    ) -> Paragraph:
        scope: Scope = self.notation.scope
        points = [(n, scope[n][1]) for n in local if not scope[n][0] and scope[n][1] != "number"]
        others: list[Paragraph] = [
            (Names((n,), *scope[n]),) if scope[n][0] else ("real ", Names((n,)))
            for n in local
            if scope[n][0] or scope[n][1] == "number"
        ]
        if points or pairs:
            indices = ranges([*points, *pairs], [*extra, *guards])
            return ("For all ", *conjunction([*others, indices]), ":") if others else ("For all ", *indices, ":")
        if others:
            with_ = (" with ", *conjunction([(e,) for e in extra])) if extra else ()
            return ("For all ", *conjunction(others), *with_, ":")
        return ("Assuming ", *conjunction([(e,) for e in extra]), ":") if extra else ()


def _again(intro: Paragraph) -> Paragraph:
    """Return the introduction of a display that holds under the same assumptions as the one before."""
    return ("Again assuming ", *intro[1:]) if intro[:1] == ("Assuming ",) else intro


@final
class _Chain:
    """Steps that continue one another."""

    def __init__(
        self, statement: Node, found: Peeled, extra: tuple[Node, ...], reason: Paragraph, known: frozenset[str]
    ) -> None:
        core = found.core
        self.single = statement
        self.sets, self.guards, self.extra = found.sets, found.guards, extra
        self.starts_at_limit = core.op == "->"
        self.first = unwrap(core.args[0]) if core.op in _ROWS else core
        self.links: list[tuple[str, Node, str]] = [(core.op, core.args[1], "")] if core.op in _ROWS else []
        self.reasons = [reason]
        self._known = known
        self._prefix = (found.sets, found.guards, frozenset(extra))

    @property
    def nodes(self) -> list[Node]:
        """Every form and guard of the chain."""
        return [self.first, *(node for _, node, _ in self.links), *self.guards]

    def takes(self, found: Peeled, extra: tuple[Node, ...], reason: Paragraph) -> bool:
        """Append a step if it continues the chain, and say whether it did."""
        core, point = found.core, ""
        prefix = (found.sets, found.guards, frozenset(extra))
        before = [op for op, _, _ in self.links]
        if not before or before[-1] not in (*_READ_ON, "->"):
            return False
        if core.op == "->":
            running = self._limit_of(found, extra) if set(before) == {"="} else None
            if running is None:
                return False
            self._prefix, point = prefix, running
        elif core.op not in _READ_ON or prefix != self._prefix or core.args[0] != self.links[-1][1]:
            return False
        elif "->" in before and core.op != "=":
            return False
        self.links.append((core.op, core.args[1], point))
        self.reasons.append(reason)
        return True

    def _limit_of(self, found: Peeled, extra: tuple[Node, ...]) -> str | None:
        """Return the free index that runs in the limit of the last form, "" where it is bound, None if none does.

        The equalities must hold for every n, or for every positive n: with another restriction on n they say nothing
        about the limit.
        """
        body, last = unwrap(found.core.args[0]), self.links[-1][1]
        if found.guards:
            return None
        if self.sets == (*found.sets, NAT):
            holds = set(self.guards) <= {_above_zero(bound(0))} and set(extra) == set(self.extra)
            return "" if body == last and holds else None
        if self.sets or found.sets:
            return None
        for point in sorted(last.points - self._known):
            others = {h for h in self.extra if h != _above_zero(Node("idx", point))}
            if abstract(last, point) == body != last and others == set(extra) and all(point not in h.names for h in others):
                return point
        return None
