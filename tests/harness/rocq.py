"""Accepted forgeries for Coq: what the kernel accepts, Coq accepts too, or one of the two is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kl_symbolic.kernel import CheckedTheorem, canonical_statement
from kl_symbolic.language.printer import statement
from kl_symbolic.rocq.export import NotExported, about_integrals, body, ground, header
from kl_symbolic.rocq.files import exports
from kl_symbolic.rocq.running import GROUND, PRELUDE, compile_all, write

from ..support.rocq import Piece, sessions
from .catalogue import Entry
from .forge import Forger

SHORTEST = 3
"""Forgeries of fewer lines are left out: they assume what they show, or use one rule as it stands."""


class Keeper(Forger):
    """Makes mutants and keeps what the kernel accepts of them, one for each statement."""

    def __init__(self, entries: Sequence[Entry], seed: int) -> None:
        # What Coq says of the laws of integrals is tested where these are proved in it.
        super().__init__([e for e in entries if not e.analytic], seed)
        self.kept: dict[str, CheckedTheorem] = {}

    def judge(self, theorem: CheckedTheorem) -> None:
        """Keep an accepted forgery; no number is asked."""
        if len(theorem.lines) < SHORTEST:
            return
        self.kept.setdefault(canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion), theorem)

    def keep(self, count: int) -> list[CheckedTheorem]:
        """Return *count* accepted forgeries with different statements."""
        while len(self.kept) < count:
            self.one()
        return list(self.kept.values())


@dataclass
class Report:
    """The answers of Coq to accepted forgeries."""

    accepted: int = 0
    lines: int = 0
    refused: list[str] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        total = self.accepted + len(self.refused)
        return (
            f"{total} accepted forgeries with different statements, {self.lines} lines: "
            f"{self.accepted} accepted by Coq too, {len(self.refused)} refused"
        )


def recheck(forged: Sequence[CheckedTheorem], entries: Sequence[Entry], directory: Path, jobs: int = 2) -> Report:
    """Let Coq check forgeries, after the lemmas that they cite.

    Parameters
    ----------
    forged : sequence of CheckedTheorem
    entries : sequence of Entry
        Where the cited lemmas are found.
    directory : Path
        For the files of Coq.
    jobs : int
        How many processes run at a time.

    Raises
    ------
    RuntimeError
        When Coq refuses a lemma; lemmas are not forgeries.
    """
    theorems = {e.name: e.theorem for e in entries}
    cited = exports(sorted({n for t in forged for n in t.uses}), theorems.__getitem__)
    integrals = any(map(about_integrals, forged))
    by_hand = GROUND if integrals else {PRELUDE: ()}
    write(directory, {**{name: ground()[name] for name in by_hand}, **cited.texts})
    for outcome in compile_all(directory, {**by_hand, **cited.order}, jobs):
        if not outcome.accepted:
            raise RuntimeError(f"Coq refuses {outcome.name}: {outcome.why}")
    report, pieces = Report(), []
    for k, theorem in enumerate(forged):
        report.rules.update(line.rule for line in theorem.lines)
        report.lines += len(theorem.lines)
        try:
            pieces.append(Piece(str(k), body(theorem, {n: theorems[n] for n in theorem.uses})))
        except NotExported as error:
            report.refused.append(_shown(theorem, f"not exported: {error}"))
    found = sessions(directory, header(cited.texts, integrals), pieces, jobs)
    for piece in pieces:
        theorem = forged[int(piece.name)]
        wrong = [v for v in found[piece.name] if v.complaint]
        if wrong:
            report.refused.append(_shown(theorem, f"{wrong[0].lemma}: {wrong[0].complaint}"))
        else:
            report.accepted += 1
    return report


def _shown(theorem: CheckedTheorem, why: str) -> str:
    return f"{statement(theorem)}\n    {why}\n{theorem.certificate}"


def run(entries: Sequence[Entry], seed: int, count: int, jobs: int = 2) -> Report:
    """Make *count* accepted forgeries and let Coq check them."""
    with TemporaryDirectory() as directory:
        return recheck(Keeper(entries, seed).keep(count), entries, Path(directory), jobs)
