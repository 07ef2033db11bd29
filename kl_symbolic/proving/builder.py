"""Certificates line by line: what derivations and tactics append to.

A :class:`Proof` collects lines, runs the kernel's rule on each for instant feedback, and writes the certificate. It is
not trusted: whatever it appends, ``check`` replays from the text alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

from ..kernel import CheckedTheorem, Refused, digest
from ..kernel.certificate import FORMAT, dump
from ..kernel.normal_form import Budget
from ..kernel.rules import HOLE, template_signature
from ..kernel.statements import Sequent, derive
from ..kernel.syntax import Scope, encode
from ..kernel.table import apply_rule, instantiate
from ..kernel.terms import NAT, Node, apply_abs, bound, num, unwrap
from ..language.definitions import replacements
from ..language.parser import declare, parse
from ..language.rewriting import match, replace

__all__ = ["Fact", "Proof"]

_WORK = 50_000_000
"""Units of work of one proof in the making: fifty times what a certificate may cost, for unused lines are left out."""


@final
@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a proof: its number and what it shows."""

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
    lemma : callable
        Returns the theorem of a name; raises ``KeyError`` when there is none.
    """

    def __init__(self, name: str, lemma: Callable[[str], CheckedTheorem]) -> None:
        self.name = name
        self.lemma = lemma
        self.names: dict[str, str] = {}
        self.scope: Scope = {}
        self.rows: list[list[Any]] = []
        self.facts: list[Fact] = []
        self.hypotheses: list[Node] = []
        self.known: list[Fact] = []
        self._seen: dict[str, Fact] = {}
        self.nesting = 0
        self._fresh = 0
        self._budget = Budget(_WORK)

    # names and terms

    def declare(self, /, **names: str) -> None:
        """Declare names with their signatures.

        Raises
        ------
        Refused
            When a name is malformed, reserved or looks like another.
        """
        merged = {**self.names, **names}
        self.scope = declare(merged)
        self.names = merged

    def fresh(self, index_set: str) -> Node:
        """Declare a new free index of a set and return it."""
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

    def _add(self, name: str, signature: str) -> None:
        self.names[name] = signature
        self.scope = {**self.scope, name: ((), signature)}

    def term(self, source: object) -> Node:
        """Return a number term from text, a number or a term."""
        return parse(source, "number", self.scope) if isinstance(source, str) else num(source)

    def statement(self, source: str | Node) -> Node:
        """Return a statement from text or as it is."""
        return parse(source, "statement", self.scope) if isinstance(source, str) else source

    # lines

    def step(self, rule: str, args: list[Any], premises: Sequence[Fact] = ()) -> Fact:
        """Append a line, or return the line that is already there.

        Raises
        ------
        Refused
            When the rule refuses.
        """
        row = [rule, args, [p.number for p in premises]]
        key = json.dumps(row)
        if key not in self._seen:
            sequents = tuple(p.sequent for p in premises)
            if rule == "cite":
                theorem = self.lemma(args[0])
                source = derive(theorem.conclusion, add=theorem.hypotheses)
                sequent = instantiate(source, theorem.scope, args[1], sequents, self.scope, self._budget)
            else:
                sequent = apply_rule(rule, args, sequents, self.scope, self._budget)
            fact = Fact(len(self.rows), sequent)
            self.rows.append(row)
            self.facts.append(fact)
            self._seen[key] = fact
        return self._seen[key]

    def assume(self, source: str | Node) -> Fact:
        """φ ⊢ φ."""
        return self.step("assume", [encode(self.statement(source))])

    def given(self, source: str | Node) -> Fact:
        """Assume a hypothesis of the theorem, in the order of the claim, and keep it as known."""
        fact = self.assume(source)
        if fact.statement not in self.hypotheses:
            self.hypotheses.append(fact.statement)
            self.known.append(fact)
        return fact

    def scheme(self, rule: str, values: Mapping[str, Node | str], premises: Sequence[Fact] = ()) -> Fact:
        """Use a rule whose figure is a scheme; *values* says what each of its names becomes."""
        return self.step(rule, [_spell(values)], premises)

    def cite(self, name: str, values: Mapping[str, Node | str], premises: Sequence[Fact] = ()) -> Fact:
        """Use a lemma; *values* says what each of its names becomes, premises prove hypotheses of it."""
        return self.step("cite", [name, _spell(values)], premises)

    def inst(self, fact: Fact, values: Mapping[str, Node], premises: Sequence[Fact] = ()) -> Fact:
        """Replace names of a line."""
        return self.step("inst", [_spell(values)], [fact, *premises])

    def unfold(self, term: Node) -> Fact:
        """⊢ d(a, …) = body for a defined symbol."""
        return self.step("unfold", [term.data[0], _spell(replacements(term))])

    def gen(self, point: Node, fact: Fact) -> Fact:
        """∀-introduce a free index."""
        return self.step("gen", [point.data], [fact])

    def spec(self, fact: Fact, *indices: Node) -> Fact:
        """Specialise a universal line at index terms, outermost first."""
        for index in indices:
            fact = self.step("spec", [encode(index)], [fact])
        return fact

    def mp(self, implication: Fact, *premises: Fact) -> Fact:
        """Modus ponens, once for each premise."""
        for premise in premises:
            implication = self.step("mp", [], [implication, premise])
        return implication

    def disch(self, statement: str | Node, fact: Fact) -> Fact:
        """Discharge a hypothesis; it is added first if the line does not use it."""
        node = self.statement(statement)
        if node not in fact.sequent.hypotheses:
            fact = self.step("weaken", [encode(node)], [fact])
        return self.step("disch", [encode(node)], [fact])

    def cases(self, statement: str | Node, true: Fact, false: Fact) -> Fact:
        """Case split on a = b or a ≤ b; a branch that does not need its case is weakened."""
        node = self.statement(statement)
        left, right = node.args
        other = Node("!=", None, (left, right)) if node.op == "=" else Node("<", None, (right, left))
        branches = []
        for fact, case in ((true, node), (false, other)):
            if case not in fact.sequent.hypotheses:
                fact = self.step("weaken", [encode(case)], [fact])
            branches.append(fact)
        return self.step("cases", [encode(node)], branches)

    def symm(self, fact: Fact) -> Fact:
        """b = a from a = b."""
        return self.step("symm", [], [fact])

    def trans(self, *facts: Fact | None) -> Fact:
        """a = z from a = b, b = c, …; missing links are skipped."""
        links = [f for f in facts if f is not None]
        result = links[0]
        for link in links[1:]:
            result = self.step("trans", [], [result, link])
        return result

    def congr(self, term: Node, fact: Fact) -> Fact:
        """t[l] = t[r] from l = r, for every occurrence of l in *term*; from ∀ … l = r, for a template with the hole."""
        template = term
        if HOLE not in term.names:
            template = replace(term, fact.left, Node("sym", HOLE))
        return self.step("congr", [encode(template)], [fact])

    def congr_under(self, op: str, index_set: str, fact: Fact) -> Fact:
        """Σ_i l(i) = Σ_i r(i) (or Π) from ∀ i. l(i) = r(i)."""
        hole = Node("sym", HOLE, (bound(0),))
        return self.step("congr", [[op, index_set, encode(hole)]], [fact])

    def under(self, op: str, point: Node, fact: Fact) -> Fact:
        """Σ_i l = Σ_i r (or Π) from l = r, where i is the free index *point*."""
        over = self.scope[point.data][1]
        if point.data in fact.sequent.points:
            return self.congr_under(op, over, self.gen(point, fact))
        return self.step("congr", [[op, over, [HOLE]]], [fact])

    def rewrite_sum(self, term: Node, point: Node, fact: Fact) -> Fact:
        """Σ_i t[l(i)] = Σ_i t[r(i)] for a sum *term*, where *fact* shows l = r for the free index *point*."""
        inside = self.congr(apply_abs(term.args[0], point), fact)
        return self.under(term.op, point, inside)

    def rewrite(self, fact: Fact, *equalities: Fact) -> Fact:
        """Replace the left side by the right side of each equality, at every occurrence in a line."""
        for equality in equalities:
            sets, left, _ = template_signature(equality.sequent)
            if sets:
                template = _hole_under(fact.statement, unwrap(left), len(sets), 0)
            else:
                template = replace(fact.statement, left, Node("sym", HOLE))
            if HOLE in template.names:
                fact = self.step("rewrite", [encode(template)], [equality, fact])
        return fact

    def field(self, goal: str | Node, *premises: Fact) -> Fact:
        """a = b in ℚ(atoms)."""
        return self.step("field", [encode(self.statement(goal))], premises)

    def pos(self, goal: str | Node, *premises: Fact) -> Fact:
        """0 < e, 0 ≤ e or e ≠ 0 by structure."""
        return self.step("pos", [encode(self.statement(goal))], premises)

    def order(self, goal: str | Node, entries: Iterable[tuple[Any, ...]], *more: Fact) -> Fact:
        """A comparison from a combination of lines.

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

        Unused lines are left out, and so are the steps of the story that show them. Given hypotheses that the proof
        does not need are added by ``weaken``.

        Parameters
        ----------
        last : Fact
        story : sequence
            Entries as the renderer wants them; a step names a :class:`Fact` by its number.

        Raises
        ------
        Refused
            When the line needs a hypothesis that is not given.
        """
        claim = tuple(self.hypotheses)
        for hypothesis in last.sequent.hypotheses:
            if hypothesis not in claim:
                raise Refused("the proof uses a hypothesis that is not given", {"hypothesis": hypothesis})
        for hypothesis in claim:
            if hypothesis not in last.sequent.hypotheses:
                last = self.step("weaken", [encode(hypothesis)], [last])
        keep = self._needed([last.number])
        keep_story = [e for e in story if e[0] != "step" or e[1] in keep]
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
                "story": [[*e[:1], renumber[e[1]], *e[2:]] if e[0] == "step" else list(e) for e in keep_story],
            }
        )

    def _needed(self, roots: list[int]) -> list[int]:
        keep: set[int] = set()
        todo = list(roots)
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
        return Node("sym", HOLE, found)
    args = tuple(_hole_under(a, pattern, count, depth) for a in node.args)
    return node if args == node.args else Node(node.op, node.data, args)
