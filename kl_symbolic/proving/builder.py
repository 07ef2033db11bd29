"""Certificates line by line: what derivations and tactics append to.

A :class:`Proof` collects lines, runs the kernel's rule on each for instant feedback, and writes the certificate. It is
not trusted: whatever it appends, ``check`` replays from the text alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

from ..kernel import CheckedTheorem, Refused, digest
from ..kernel.certificate import FORMAT, dump
from ..kernel.certificate import MAX_WORK as LINE_WORK
from ..kernel.errors import need
from ..kernel.normal_form import Budget
from ..kernel.rules import HOLE, template_signature
from ..kernel.statements import Sequent, derive
from ..kernel.syntax import Scope, encode
from ..kernel.table import apply_rule, instantiate
from ..kernel.terms import NAT, REAL, Node, apply_abs, bound, num, unwrap
from ..language.definitions import replacements
from ..language.parser import declare, parse
from ..language.rewriting import match, replace

__all__ = ["LINE_WORK", "Fact", "Proof", "hole"]

_CHARACTERS_A_UNIT = 4
"""So many characters of a line are a unit of work: a line is written, read by the kernel and kept."""

_WORK = 50_000_000
"""Units of work for a proof in the making, a hundred times what a certificate may spend: a search tries many lines. A
line alone gets what a whole certificate may spend, for one that needs more could never be replayed."""


def hole(*indices: Node) -> Node:
    """Return the hole of a template for ``congr`` and ``rewrite``, at bound indices where it stands under binders.

    Parameters
    ----------
    *indices : Node
    """
    return Node("sym", HOLE, indices)


@final
@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a proof: its number and what it shows.

    Parameters
    ----------
    number : int
    sequent : Sequent
    """

    number: int
    sequent: Sequent

    @property
    def statement(self) -> Node:
        """The conclusion of the line."""
        return self.sequent.conclusion

    @property
    def left(self) -> Node:
        """The left side of the conclusion."""
        return self.statement.args[0]

    @property
    def right(self) -> Node:
        """The right side of the conclusion."""
        return self.statement.args[1]


@final
class Proof:
    """A certificate in the making.

    Parameters
    ----------
    name : str
        The name of the theorem.
    lemma : callable
        Returns the theorem of a name; raises ``KeyError`` when there is none.
    work : int, optional
        The units of work, as the kernel counts them, that may be spent on all lines.

    Attributes
    ----------
    left : int
        The units that are left; when it is negative, every further line is refused.
    memory : dict
        What the tactics found out from the same facts last, so that they need not find it again.
    """

    def __init__(self, name: str, lemma: Callable[[str], CheckedTheorem], work: int = _WORK) -> None:
        self.name = name
        self.left = work
        self.lemma = lemma
        self.names: dict[str, str] = {}
        self.scope: Scope = {}
        self.rows: list[list[Any]] = []
        self.facts: list[Fact] = []
        self.hypotheses: list[Node] = []
        self.known: list[Fact] = []
        self._seen: dict[str, Fact] = {}
        self._indexed: list[Fact] = []
        self._places: dict[Node, int] = {}
        self._general: list[int] = []
        self._sides: dict[Node, list[int]] = {}
        self.nesting = 0
        self.memory: dict[object, Any] = {}
        self._fresh = 0

    # names and terms

    def declare(self, /, **names: str) -> None:
        """Declare names with their signatures.

        Parameters
        ----------
        **names : str
            Signatures such as ``p="X -> number"``.

        Raises
        ------
        Refused
            When a name is malformed, reserved or looks like another.
        """
        merged = {**self.names, **names}
        self.scope = declare(merged)
        self.names = merged

    def fresh(self, index_set: str) -> Node:
        """Declare a new free index of a set, or a new number symbol, and return it.

        Parameters
        ----------
        index_set : str
            An index set, ℕ, or ``number``.
        """
        if index_set == REAL:
            return self.fresh_number()
        while True:
            self._fresh += 1
            name = f"{'n' if index_set == NAT else 'i'}{self._fresh}"
            if name not in self.names:
                self._add(name, index_set)
                return Node("idx", name)

    def fresh_number(self) -> Node:
        """Declare a new number symbol and return it."""
        self._fresh += 1
        name = f"x{self._fresh}"
        if name in self.names:
            return self.fresh_number()
        self._add(name, "number")
        return Node("sym", name)

    def index(self, name: str, *arguments: Node) -> Node:
        """Return a declared free index, or a declared index function at index terms.

        Parameters
        ----------
        name : str
        *arguments : Node
        """
        return Node("idx", name, arguments)

    def symbol(self, name: str, *arguments: Node) -> Node:
        """Return a declared number symbol, or a member of a declared family of numbers.

        Parameters
        ----------
        name : str
        *arguments : Node
        """
        return Node("sym", name, arguments)

    def _add(self, name: str, signature: str) -> None:
        self.names[name] = signature
        self.scope = {**self.scope, name: ((), signature)}

    def term(self, source: object) -> Node:
        """Return a number term from text, a number or a term.

        Parameters
        ----------
        source : object
        """
        return parse(source, "number", self.scope) if isinstance(source, str) else num(source)

    def statement(self, source: str | Node) -> Node:
        """Return a statement from text or as it is.

        Parameters
        ----------
        source : str or Node
        """
        return parse(source, "statement", self.scope) if isinstance(source, str) else source

    # lines

    def spend(self, units: int) -> None:
        """Take units from what is left.

        Parameters
        ----------
        units : int

        Raises
        ------
        Refused
            When nothing is left.
        """
        self.left -= units
        need(self.left >= 0, "the proof needs more work than is allowed")

    def step(self, rule: str, args: list[Any], premises: Sequence[Fact] = ()) -> Fact:
        """Append a line, or return the line that is already there.

        Parameters
        ----------
        rule : str
        args : list
            The arguments of the rule as a certificate spells them.
        premises : sequence of Fact

        Raises
        ------
        Refused
            When the rule refuses.
        """
        row = [rule, args, [p.number for p in premises]]
        key = json.dumps(row)
        self.spend(1 + len(key) // _CHARACTERS_A_UNIT)
        if key not in self._seen:
            sequents = tuple(p.sequent for p in premises)
            budget = Budget(min(LINE_WORK, self.left))
            before = budget.left
            try:
                if rule == "cite":
                    theorem = self.lemma(args[0])
                    source = derive(theorem.conclusion, add=theorem.hypotheses)
                    sequent = instantiate(source, theorem.scope, args[1], sequents, self.scope, budget)
                else:
                    sequent = apply_rule(rule, args, sequents, self.scope, budget)
            finally:
                self.left -= before - budget.left
            fact = Fact(len(self.rows), sequent)
            self.rows.append(row)
            self.facts.append(fact)
            self._seen[key] = fact
        return self._seen[key]

    def assume(self, source: str | Node) -> Fact:
        """Show φ ⊢ φ.

        Parameters
        ----------
        source : str or Node
        """
        return self.step("assume", [encode(self.statement(source))])

    def given(self, source: str | Node) -> Fact:
        """Assume a hypothesis of the theorem, in the order of the claim, and keep it as known.

        Parameters
        ----------
        source : str or Node
        """
        fact = self.assume(source)
        if fact.statement not in self.hypotheses:
            self.hypotheses.append(fact.statement)
            self.known.append(fact)
        return fact

    def telling(self, goal: Node) -> Iterator[Fact]:
        """Yield the known facts that can show a goal, in their order: implications, universal ones, and the goal.

        Parameters
        ----------
        goal : Node
        """
        self._index()
        here = self._places.get(goal, len(self.known))
        yield from (self.known[k] for k in self._general if k < here)
        yield from self.known[here : here + 1]
        yield from (self.known[k] for k in self._general if k > here)

    def about(self, term: Node) -> Iterator[Fact]:
        """Yield the known comparisons of which a term is a side, in their order, then the universal facts.

        Parameters
        ----------
        term : Node
        """
        self._index()
        yield from (self.known[k] for k in self._sides.get(term, ()))
        yield from (self.known[k] for k in self._general)

    def _index(self) -> None:
        if self._indexed != self.known[: len(self._indexed)]:
            self._indexed, self._places, self._general, self._sides = [], {}, [], {}
        for fact in self.known[len(self._indexed) :]:
            here = len(self._indexed)
            if fact.statement.op in ("all", "=>"):
                self._general.append(here)
            else:
                self._places.setdefault(fact.statement, here)
            if fact.statement.op in ("=", "<=", "<"):
                for side in dict.fromkeys(fact.statement.args):
                    self._sides.setdefault(side, []).append(here)
            self._indexed.append(fact)

    def scheme(self, rule: str, values: Mapping[str, Node | str], premises: Sequence[Fact] = ()) -> Fact:
        """Use a rule whose figure is a scheme.

        Parameters
        ----------
        rule : str
        values : mapping
            What each name of the scheme becomes.
        premises : sequence of Fact
        """
        return self.step(rule, [_spell(values)], premises)

    def cite(self, name: str, values: Mapping[str, Node | str], premises: Sequence[Fact] = ()) -> Fact:
        """Use a lemma.

        Parameters
        ----------
        name : str
        values : mapping
            What each name of the lemma becomes.
        premises : sequence of Fact
            Lines that prove hypotheses of the lemma.
        """
        return self.step("cite", [name, _spell(values)], premises)

    def inst(self, fact: Fact, values: Mapping[str, Node], premises: Sequence[Fact] = ()) -> Fact:
        """Replace names of a line.

        Parameters
        ----------
        fact : Fact
        values : mapping
        premises : sequence of Fact
            Lines that prove hypotheses of the result.
        """
        return self.step("inst", [_spell(values)], [fact, *premises])

    def unfold(self, term: Node) -> Fact:
        """Show d(a, …) = body for a defined symbol.

        Parameters
        ----------
        term : Node
            The defined symbol with its operands.
        """
        return self.step("unfold", [term.data[0], _spell(replacements(term))])

    def gen(self, point: Node, fact: Fact) -> Fact:
        """Show ∀ i. φ from φ, for a free index i.

        Parameters
        ----------
        point : Node
        fact : Fact
        """
        return self.step("gen", [point.data], [fact])

    def spec(self, fact: Fact, *indices: Node) -> Fact:
        """Specialize a universal line at index terms.

        Parameters
        ----------
        fact : Fact
        *indices : Node
            The outermost first.
        """
        for index in indices:
            fact = self.step("spec", [encode(index)], [fact])
        return fact

    def mp(self, implication: Fact, *premises: Fact) -> Fact:
        """Use modus ponens, once for each premise.

        Parameters
        ----------
        implication : Fact
        *premises : Fact
        """
        for premise in premises:
            implication = self.step("mp", [], [implication, premise])
        return implication

    def disch(self, statement: str | Node, fact: Fact) -> Fact:
        """Discharge a hypothesis; it is added first if the line does not use it.

        Parameters
        ----------
        statement : str or Node
        fact : Fact
        """
        node = self.statement(statement)
        if node not in fact.sequent.hypotheses:
            fact = self.weaken(node, fact)
        return self.step("disch", [encode(node)], [fact])

    def weaken(self, statement: str | Node, fact: Fact) -> Fact:
        """Add a hypothesis to a line.

        Parameters
        ----------
        statement : str or Node
        fact : Fact
        """
        return self.step("weaken", [encode(self.statement(statement))], [fact])

    def cases(self, statement: str | Node, true: Fact, false: Fact) -> Fact:
        """Split into cases on a = b or a ≤ b; a branch that does not need its case is weakened.

        Parameters
        ----------
        statement : str or Node
            The first case.
        true, false : Fact
            The claim in the first case and in the other one.
        """
        node = self.statement(statement)
        left, right = node.args
        other = Node("!=", None, (left, right)) if node.op == "=" else Node("<", None, (right, left))
        branches = []
        for fact, case in ((true, node), (false, other)):
            if case not in fact.sequent.hypotheses:
                fact = self.weaken(case, fact)
            branches.append(fact)
        return self.step("cases", [encode(node)], branches)

    def symm(self, fact: Fact) -> Fact:
        """Show b = a from a = b, or ψ ⇔ φ from φ ⇔ ψ.

        Parameters
        ----------
        fact : Fact
        """
        return self.step("symm", [], [fact])

    def trans(self, *facts: Fact | None) -> Fact:
        """Show a = z from a = b, b = c, ….

        Parameters
        ----------
        *facts : Fact or None
            None is skipped.
        """
        links = [f for f in facts if f is not None]
        result = links[0]
        for link in links[1:]:
            result = self.step("trans", [], [result, link])
        return result

    def iff_intro(self, left: str | Node, right: str | Node, forward: Fact, backward: Fact) -> Fact:
        """Show φ ⇔ ψ from ψ under the hypothesis φ and φ under the hypothesis ψ.

        Parameters
        ----------
        left, right : str or Node
            φ and ψ.
        forward, backward : Fact
            The lines that show ψ and φ.
        """
        return self.step("iff_intro", [], [self.disch(left, forward), self.disch(right, backward)])

    def iff_elim(self, equivalence: Fact) -> Fact:
        """Show φ ⇒ ψ from φ ⇔ ψ.

        Parameters
        ----------
        equivalence : Fact
        """
        return self.step("iff_elim", [], [equivalence])

    def absurd(self, goal: str | Node, fact: Fact, denial: Fact) -> Fact:
        """Show anything from a = b and a ≠ b.

        Parameters
        ----------
        goal : str or Node
        fact, denial : Fact
        """
        return self.step("absurd", [encode(self.statement(goal))], [fact, denial])

    def lt_of_le_ne(self, below: Fact, apart: Fact) -> Fact:
        """Show a < b from a ≤ b and a ≠ b.

        Parameters
        ----------
        below, apart : Fact
        """
        return self.scheme("lt_of_le_ne", {"a": below.left, "b": below.right}, [below, apart])

    def limit_squeeze(self, low: Fact, high: Fact, below: Fact, above: Fact, *guards: Fact) -> Fact:
        """Show u → l from lₙ → l, hₙ → l, lₙ ≤ uₙ and uₙ ≤ hₙ.

        Parameters
        ----------
        low, high : Fact
            The two limits.
        below, above : Fact
            The two bounds, for all n, which may assume vₙ < wₙ.
        *guards : Fact
            For each such assumption vₙ → v, wₙ → w and v < w.
        """
        return self.step("limit_squeeze", [], [low, high, below, above, *guards])

    def mono_of_deriv(self, name: str, function: Node, grows: Fact, ends: Fact, *domain: Fact) -> Fact:
        """Show f(a) ≤ f(b) from 0 ≤ f′(x) for a ≤ x ≤ b.

        Parameters
        ----------
        name : str
            The symbol x.
        function : Node
            f(x).
        grows, ends : Fact
            0 ≤ f′(x) and a ≤ b.
        *domain : Fact
            What makes f differentiable, as :func:`kl_symbolic.kernel.axioms.derivative` lists it.
        """
        args = [name, *(encode(term) for term in (function, ends.left, ends.right))]
        return self.step("mono_of_deriv", args, [grows, ends, *domain])

    def differentiate(self, variable: Node, function: Node, *facts: Fact) -> Fact:
        """Show the derivative of a term at a number symbol, by the table of the kernel.

        Parameters
        ----------
        variable : Node
            The number symbol x.
        function : Node
            The term.
        *facts : Fact
            Lines that show the conditions of the table, and derivatives of parts that it lacks.
        """
        return self.step("differentiate", [variable.data, encode(function)], facts)

    def congr(self, term: Node, fact: Fact) -> Fact:
        """Show t[l] = t[r] from l = r, or from ∀ … l = r.

        Parameters
        ----------
        term : Node
            t[l], in which every occurrence of l is replaced, or a template with the hole; from ∀ … l = r a template.
        fact : Fact
        """
        template = term
        if HOLE not in term.names:
            template = replace(term, fact.left, hole())
        return self.step("congr", [encode(template)], [fact])

    def congr_under(self, op: str, index_set: str, fact: Fact) -> Fact:
        """Show Σ_i l(i) = Σ_i r(i) (or Π) from ∀ i. l(i) = r(i).

        Parameters
        ----------
        op : str
            ``"sum"`` or ``"prod"``.
        index_set : str
        fact : Fact
        """
        return self.step("congr", [[op, index_set, encode(hole(bound(0)))]], [fact])

    def under(self, op: str, point: Node, fact: Fact) -> Fact:
        """Show Σ_i l = Σ_i r (or Π) from l = r.

        Parameters
        ----------
        op : str
            ``"sum"`` or ``"prod"``.
        point : Node
            The free index i.
        fact : Fact
        """
        over = self.scope[point.data][1]
        if point.data in fact.sequent.points:
            return self.congr_under(op, over, self.gen(point, fact))
        return self.step("congr", [[op, over, [HOLE]]], [fact])

    def rewrite_sum(self, term: Node, point: Node, fact: Fact) -> Fact:
        """Show Σ_i t[l(i)] = Σ_i t[r(i)] from l = r.

        Parameters
        ----------
        term : Node
            The first sum.
        point : Node
            The free index for which *fact* shows l = r.
        fact : Fact
        """
        inside = self.congr(apply_abs(term.args[0], point), fact)
        return self.under(term.op, point, inside)

    def rewrite(self, fact: Fact, *equalities: Fact) -> Fact:
        """Replace the left side by the right side of each equality, at every occurrence in a line.

        Parameters
        ----------
        fact : Fact
        *equalities : Fact
        """
        for equality in equalities:
            sets, left, _ = template_signature(equality.sequent)
            if sets:
                template = _hole_under(fact.statement, unwrap(left), len(sets), 0)
            else:
                template = replace(fact.statement, left, hole())
            if HOLE in template.names:
                fact = self.step("rewrite", [encode(template)], [equality, fact])
        return fact

    def field(self, goal: str | Node, *premises: Fact) -> Fact:
        """Show a = b by the arithmetic of fractions.

        Parameters
        ----------
        goal : str or Node
        *premises : Fact
            Lines that show divisors to be non-zero.
        """
        return self.step("field", [encode(self.statement(goal))], premises)

    def pos(self, goal: str | Node, *premises: Fact) -> Fact:
        """Show 0 < e, 0 ≤ e or e ≠ 0 by the structure of e.

        Parameters
        ----------
        goal : str or Node
        *premises : Fact
            The signs of its parts.
        """
        return self.step("pos", [encode(self.statement(goal))], premises)

    def order(self, goal: str | Node, entries: Iterable[tuple[Any, ...]], *more: Fact) -> Fact:
        """Show a comparison by a combination of lines.

        Parameters
        ----------
        goal : str or Node
        entries : iterable of tuple
            ``(c, t, fact, fact, …)``: c·t²·Π(right − left), or c·t·Π(…) where one fact is an equality.
        *more : Fact
            Further lines that show divisors to be non-zero.
        """
        premises: list[Fact] = []
        rows = []
        for factor, term, *facts in entries:
            for fact in facts:
                if fact not in premises:
                    premises.append(fact)
            positions = [premises.index(f) for f in facts]
            rows.append([encode(num(Fraction(factor))), encode(self.term(term)), positions])
        premises += [f for f in more if f not in premises]
        return self.step("order", [encode(self.statement(goal)), rows], premises)

    # the certificate

    def certificate(self, last: Fact, story: Sequence[Sequence[Any]] = ()) -> str:
        """Return the canonical text that claims what the line *last* shows under the given hypotheses.

        Unused lines are left out; a step of the story may not show one. Given hypotheses that the proof does not need
        are added by ``weaken``.

        Parameters
        ----------
        last : Fact
        story : sequence
            Entries as the renderer wants them; a step names a :class:`Fact` by its number.

        Raises
        ------
        Refused
            When the line needs a hypothesis that is not given, or the story shows a line from which nothing follows.
        """
        claim = tuple(self.hypotheses)
        for hypothesis in last.sequent.hypotheses:
            if hypothesis not in claim:
                raise Refused("the proof uses a hypothesis that is not given", {"hypothesis": hypothesis})
        for hypothesis in claim:
            if hypothesis not in last.sequent.hypotheses:
                last = self.weaken(hypothesis, last)
        keep = self.needed(last)
        shown = [self.facts[e[1]] for e in story if e[0] == "step"]
        unused = next((k for k, fact in enumerate(shown) if fact.number not in keep), None)
        if unused is not None:
            parts = {"step": shown[unused].statement, "claim": last.statement}
            raise Refused(f"step {unused + 1} is shown, but the proof does not use it", parts)
        renumber = {old: new for new, old in enumerate(keep)}
        rows = [[r, a, [renumber[k] for k in ps]] for r, a, ps in (self.rows[k] for k in keep)]
        used = frozenset(row[1][0] for row in rows if row[0] == "gen")
        used = used.union(*(self.facts[k].statement.names for k in keep), *(h.names for h in claim))
        used = used.union(*(set(self.scope[n][0]) | {self.scope[n][1]} for n in used))
        uses = sorted({row[1][0] for row in rows if row[0] == "cite"})
        return dump(
            {
                "format": FORMAT,
                "name": self.name,
                "names": {n: self.names[n] for n in sorted(used & self.names.keys())},
                "hypotheses": [encode(h) for h in claim],
                "conclusion": encode(last.statement),
                "uses": {n: digest(self.lemma(n)) for n in uses},
                "lines": rows,
                "story": [[*e[:1], renumber[e[1]], *e[2:]] if e[0] == "step" else list(e) for e in story],
            }
        )

    def needed(self, last: Fact) -> list[int]:
        """Return the numbers of the lines that a line rests on, and its own, in order.

        Parameters
        ----------
        last : Fact
        """
        keep: set[int] = set()
        todo = [last.number]
        while todo:
            k = todo.pop()
            if k not in keep:
                keep.add(k)
                todo += self.rows[k][2]
        return sorted(keep)


def _spell(values: Mapping[str, Node | str]) -> dict[str, Any]:
    return {n: v if isinstance(v, str) else encode(unwrap(v)) for n, v in sorted(values.items())}


def _hole_under(node: Node, pattern: Node, count: int, depth: int) -> Node:
    """Return *node* with each instance of *pattern*, whose *count* innermost indices are open, turned into a hole."""
    found = match(pattern, node, count)
    if found is not None:
        return hole(*found)
    args = tuple(_hole_under(a, pattern, count, depth) for a in node.args)
    return node if args == node.args else Node(node.op, node.data, args)
