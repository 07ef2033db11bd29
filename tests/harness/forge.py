"""Forge: wrong-looking but well-formed proofs, whose claim is whatever they show, and what numbers say about the claim.

If the kernel were unsound, an edit of a correct proof could show something false; then one of the points that satisfy
its hypotheses is likely to refute it.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kl_symbolic.kernel import CheckedTheorem, Line, Refused, canonical_statement, check
from kl_symbolic.kernel.certificate import MAX_WORK, _step
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.normal_form import Budget
from kl_symbolic.kernel.syntax import read_scope
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.printer import statement

from .catalogue import Entry
from .claim import Row, complete, prune, replay
from .edits import EDITS, Work
from .invent import Inventor
from .points import evaluate

POINTS, FEWER = 20, 8
"""Points at which a statement is evaluated; fewer if it is about integrals, which take long."""
_ABOUT = {axiom for axiom, _, _ in INTEGRALS.values()}
_LONGEST = 60


@dataclass
class Report:
    """The outcome of the forgeries: how many were refused, and how."""

    mutants: int = 0
    accepted: int = 0
    unevaluated: int = 0
    integrals: int = 0
    statements: set[str] = field(default_factory=set)
    refuted: list[str] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, other: Report) -> None:
        """Add the counts of another report."""
        self.mutants += other.mutants
        self.accepted += other.accepted
        self.unevaluated += other.unevaluated
        self.integrals += other.integrals
        self.statements |= other.statements
        self.refuted += other.refuted
        self.rules += other.rules

    @property
    def share(self) -> float:
        """The part of the mutants that was accepted and evaluated."""
        return (self.accepted - self.unevaluated) / max(1, self.mutants)

    def __str__(self) -> str:
        return (
            f"{self.mutants} mutants: {self.accepted} accepted ({len(self.statements)} statements), "
            f"{self.accepted - self.unevaluated} of them ({self.share:.0%}) evaluated at {POINTS} points, or {FEWER}, "
            f"{self.unevaluated} without enough points or digits, {self.integrals} rest on a law of integrals, domains or "
            f"derivatives; {len(self.refuted)} refuted"
        )


class Forger:
    """Makes mutants of the proofs of *entries*, checks them, and evaluates what is accepted."""

    def __init__(self, entries: Sequence[Entry], seed: int) -> None:
        self.entries = entries
        self.rng = random.Random(seed)
        self.report = Report()
        self._verdicts: dict[str, tuple[bool, str]] = {}

    def run(self, count: int) -> Report:
        """Make and judge *count* mutants."""
        while self.report.mutants < count:
            self.one()
        return self.report

    def one(self) -> None:
        """Make one mutant and judge it."""
        entry = self.rng.choice(self.entries)
        data = entry.data
        rows = prune(data["lines"], self.rng.randrange(len(data["lines"])))
        if len(rows) > _LONGEST:
            return
        names = data["names"]
        touched, rows = self.edited(names, rows, entry.lemmas)
        if touched is None:
            return
        self.report.mutants += 1
        try:
            text = complete("forged", names, rows, entry.lemmas, touched)
            theorem = check(text, entry.lemmas)
        except Refused:
            return
        self.report.accepted += 1
        self.report.rules.update(line.rule for line in theorem.lines)
        self.report.integrals += not _ABOUT.isdisjoint(theorem.axioms)
        self.judge(theorem)

    def edited(
        self, names: dict[str, str], rows: list[Row], lemmas: dict[str, CheckedTheorem]
    ) -> tuple[int | None, list[Row]]:
        """Return the edited rows and the row to claim: the last one that replays and rests on an edit, else an edit."""
        scope = read_scope(names)
        work = Work(copy.deepcopy(rows), scope, self.rng)
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            k = self.rng.choice(EDITS)(work)
            if k is not None:
                work.touched.add(k)
        rows = work.rows
        lines = replay(rows, scope, lemmas)
        if any(line is not None for line in lines):
            for _ in range(self.rng.choice((0, 1, 1, 2, 3))):
                self._invented(rows, lines, work)
        changed: set[int] = set()
        for k, (_, _, premises) in enumerate(rows):
            if k in work.touched or changed & set(premises):
                changed.add(k)
        standing = [k for k in changed if k < len(lines) and lines[k] is not None]
        return max(standing or changed, default=None), rows

    def _invented(self, rows: list[Row], lines: list[Line | None], work: Work) -> None:
        inventor = Inventor(work.scope, lines, self.rng)
        for rule, args, premises in inventor.propose():
            rows.append([rule, args, [k if k >= 0 else len(rows) + k for k in premises]])
            # Only the new line is replayed; the others stand.
            lines.append(_last(rows, lines, work))
            work.touched.add(len(rows) - 1)

    def judge(self, theorem: CheckedTheorem) -> None:
        """Evaluate an accepted forgery, once for each statement."""
        key = canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion)
        if key not in self._verdicts:
            analytic = any(map(_has_integral, (theorem.conclusion, *theorem.hypotheses)))
            wanted = FEWER if analytic else POINTS
            seed = self.rng.randrange(10**9)
            verdict = evaluate(
                theorem.scope, theorem.hypotheses, theorem.conclusion, seed, wanted, 20 if analytic else 60
            )
            enough = verdict.points >= wanted and verdict.undecided <= wanted // 2
            shown = ""
            if verdict.refuted is not None:
                values = {n: t for n, t in verdict.refuted.tables.items() if t}
                sizes, odd = verdict.refuted.sizes, verdict.refuted.model.functions
                shown = f"{statement(theorem)}\n    refuted at {sizes} {values} {odd}\n{theorem.certificate}"
            self._verdicts[key] = (enough, shown)
        enough, shown = self._verdicts[key]
        self.report.statements.add(key)
        self.report.unevaluated += not enough and not shown
        if shown:
            self.report.refuted.append(shown)


def _has_integral(node: Node) -> bool:
    return node.op == "int" or any(map(_has_integral, node.args))


def _last(rows: list[Row], lines: list[Line | None], work: Work) -> Line | None:
    row = json.loads(json.dumps(rows[-1]))
    try:
        if any(lines[k] is None for k in row[2]):
            return None
        return _step(row, lines, work.scope, {}, Budget(MAX_WORK))  # type: ignore[arg-type]
    except (Refused, IndexError):
        return None


def forge(entries: Sequence[Entry], seed: int, count: int) -> Report:
    """Make and judge *count* mutants of the proofs of *entries*."""
    return Forger(entries, seed).run(count)
