"""Lines of a certificate → what is displayed: steps that continue one another become one chain.

``a = b``, ``b = c``, ``c <= d`` read as a = b = c ≤ d; equalities about the members of a sequence may end in its limit.
What a line assumes beyond the hypotheses of the theorem, and for which indices it holds, stands in front of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import final

from ...kernel.statements import Sequent
from ...kernel.syntax import SPACES
from ...kernel.terms import NAT, REAL, Node, abstract, bound, unwrap
from .displays import (
    READ_ON,
    Display,
    Peeled,
    Row,
    above_zero,
    conjunction,
    formulas,
    letters,
    named,
    peel,
    ranges,
    relation,
    state,
)
from .notation import Formula, Names, Notation, Paragraph

__all__ = ["Steps"]


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
    _chains: list[_Chain] = field(default_factory=list, init=False)

    def add(self, sequent: Sequent, reason: Paragraph) -> None:
        """Append a step: to the last chain if it continues it.

        Parameters
        ----------
        sequent : Sequent
        reason : Paragraph
            In the author's words.
        """
        extra = tuple(h for h in sequent.hypotheses if h not in self.hypotheses)
        found = peel(sequent.conclusion)
        if not (self._chains and self._chains[-1].takes(found, extra, reason)):
            self._chains.append(_Chain(sequent.conclusion, found, extra, reason, self.known))

    def displays(self) -> list[Display]:
        """Return the collected displays, and start anew."""
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
        for (sign, node, point), reason in zip(chain.links, chain.reasons, strict=True):
            variable = ""
            if sign == "->":
                variable = point or inner[-1]
                now = stack if chain.starts_at_limit or point else stack[:-1]
            rows.append(Row(sign, Formula(node, (), now, taken), reason, variable))
        pairs = named(chain.sets, stack, taken)
        return Display(self._intro(local, pairs, extra, guards), Formula(chain.first, (), inner, taken), tuple(rows))

    def _local(self, names: frozenset[str]) -> list[str]:
        scope = self.notation.scope
        return [n for n in scope if n in names and n not in self.known and scope[n][1] not in SPACES]

    def _intro(
        self,
        local: list[str],
        pairs: list[tuple[str, str | Formula]],
        extra: list[Formula],
        guards: list[Formula],
    ) -> Paragraph:
        scope = self.notation.scope
        within, extra = _memberships([n for n in local if scope[n] == ((), REAL)], extra)
        points = [
            (n, within.get(n, scope[n][1])) for n in local if n in within or not (scope[n][0] or scope[n][1] == REAL)
        ]
        others: list[Paragraph] = [
            (Names((n,), *scope[n]),) if scope[n][0] else ("real ", Names((n,)))
            for n in local
            if n not in within and (scope[n][0] or scope[n][1] == REAL)
        ]
        if points or pairs:
            indices = ranges([*points, *pairs], [*extra, *guards])
            return ("For all ", *conjunction([*others, indices]), ":") if others else ("For all ", *indices, ":")
        if others:
            with_ = (" with ", *conjunction([(e,) for e in extra])) if extra else ()
            return ("For all ", *conjunction(others), *with_, ":")
        return ("Assuming ", *conjunction([(e,) for e in extra]), ":") if extra else ()


def _memberships(local: list[str], extra: list[Formula]) -> tuple[dict[str, Formula], list[Formula]]:
    """Return the domains of numbers x of which an assumption says that x ∈ D, and the other assumptions."""
    found: dict[str, Formula] = {}
    rest: list[Formula] = []
    for assumed in extra:
        node = assumed.first
        name = node.args[0].data if node.op == "in" and node.args[0].op == "sym" and not node.args[0].args else ""
        if name in local and name not in found and name not in node.args[1].names:
            found[name] = replace(assumed, first=node.args[1])
        else:
            rest.append(assumed)
    return found, rest


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
        said = relation(core)
        self.first = said[1] if said else core
        self.links: list[tuple[str, Node, str]] = [(said[0], said[2], "")] if said else []
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
        if not before or before[-1] not in (*READ_ON, "->"):
            return False
        if core.op == "->":
            running = self._limit_of(found, extra) if set(before) == {"="} else None
            if running is None:
                return False
            self._prefix, point = prefix, running
        else:
            allowed = ("=",) if "->" in before else READ_ON
            if core.op not in allowed or prefix != self._prefix or core.args[0] != self.links[-1][1]:
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
            holds = set(self.guards) <= {above_zero(bound(0))} and set(extra) == set(self.extra)
            return "" if body == last and holds else None
        if self.sets or found.sets:
            return None
        for point in sorted(last.points - self._known):
            others = {h for h in self.extra if h != above_zero(Node("idx", point))}
            arbitrary = others == set(extra) and all(point not in h.names for h in others)
            if arbitrary and abstract(last, point) == body != last:
                return point
        return None
