"""The state of a search: what is known, what it may still spend, and the tactics that it tries in order.

A search is bounded by the number of goals that it looks at and by the work that its lines take, as the kernel counts
it, never by time, so that equal claims get equal answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import final

from ...kernel import Refused
from ...kernel.terms import RELATIONS, Node
from ..builder import Fact, Proof
from ..tactics import arrange
from .at_hand import from_contraposition
from .domain import domain
from .lemmas import Lemma
from .signs import attempt

__all__ = ["FULL", "SHORT", "Search", "Tactic"]

MAX_GOALS = 1500
"""How many goals one search looks at: premises of theorems are most of them. Its work ends long searches before."""
MAX_WORK = 12_000
"""How many contributions to combinations one search looks at."""
MAX_DEPTH = 24
"""How many goals may be open at once, each a premise of what shows the one around it; a proof takes few."""
FULL, SHORT = 2, 1
"""How much is tried: everything for the claim, less for the premises of a lemma."""

Tactic = Callable[["Search", Node, tuple[Fact, ...], int], "Fact | None"]
"""Shows a goal with given facts and effort, or returns None; it may refuse."""


@final
class Search:
    """The search for a line that shows a goal.

    Parameters
    ----------
    p : Proof
        Its known facts are the hypotheses.
    tactics : sequence of (str, int, Tactic)
        In the order in which they are tried: a name, the least effort that includes it, and the function.
    using : sequence of Lemma, optional
        Theorems of which more instances are looked at than of others.

    Attributes
    ----------
    by : str
        The tactic that showed the last goal.
    clashes : dict of tuple of int to list of Fact or None
        By the numbers of the facts that are used beside the known ones: a = b and a ≠ b, if they contradict each other.
    notes : dict of Node to str
        What a tactic found out of a goal that it could not show, for a hint.
    steps : list of (Fact, str)
        Lines that a reader should see, each with its reason; not all of them are needed in the end.
    """

    def __init__(self, p: Proof, tactics: Sequence[tuple[str, int, Tactic]], using: Sequence[Lemma] = ()) -> None:
        self.p, self.using = p, tuple(using)
        self._tactics = tuple(tactics)
        self.left, self.work = MAX_GOALS, MAX_WORK
        self.splits = self.compared = 0
        self.respelled = False
        self.replaced: list[str] = []
        self.by = ""
        self.clashes: dict[tuple[int, ...], list[Fact] | None] = {}
        self._open: list[tuple[Node, frozenset[int], int]] = []
        self.notes: dict[Node, str] = {}
        self.steps: list[tuple[Fact, str]] = []
        self._tidy: dict[tuple[Node, tuple[int, ...]], Fact | None] = {}
        for fact in list(p.known):
            if fact.statement.op == "<=>":
                p.known += [p.step("iff_elim", [], [f]) for f in (fact, p.symm(fact))]
        p.known += from_contraposition(p)

    def solve(self, goal: Node, extra: Sequence[Fact] = (), effort: int = FULL) -> Fact | None:
        """Return a line that shows *goal*, or None.

        Parameters
        ----------
        goal : Node
        extra : sequence of Fact
            Facts to use beside the known ones.
        effort : int
        """
        self.left -= 1
        # A goal among whose premises it would be itself, from the same facts, has no proof that way.
        key = goal, frozenset(f.number for f in extra), effort
        if self.left < 0 or self.p.left < 0 or key in self._open or len(self._open) >= MAX_DEPTH:
            return None
        self._open.append(key)
        try:
            return self._tried(goal, tuple(dict.fromkeys(extra)), effort)
        finally:
            self._open.pop()

    def _tried(self, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
        """Return what the first tactic gives that shows a goal."""
        if goal.op in RELATIONS and effort == FULL:
            extra = (*extra, *domain(self, [goal, *(f.statement for f in extra)], extra))
        for name, least, tactic in self._tactics:
            if effort < least or self.p.left < 0:
                continue
            try:
                fact = tactic(self, goal, extra, effort)
            except (Refused, KeyError, RecursionError):  # the last: a tactic that nests deeper than Python does
                continue
            if fact is not None and fact.statement == goal:
                self.by = name
                return fact
        return None

    def show(self, goal: Node, extra: Sequence[Fact]) -> Fact | None:
        """Show a premise of a lemma, with less effort.

        Parameters
        ----------
        goal : Node
            What is to be shown.
        extra : sequence of Fact
            Facts to use beside the hypotheses.
        """
        return self.solve(goal, extra, SHORT)

    def tidy(self, term: Node, extra: Sequence[Fact]) -> Fact | None:
        """Return term = its arrangement; None when it is arranged already, or has none.

        Parameters
        ----------
        term : Node
        extra : sequence of Fact
            Facts to use beside the hypotheses.
        """
        key = term, tuple(f.number for f in extra)
        if key not in self._tidy:
            self._tidy[key] = attempt(arrange, self.p, term, extra)
        return self._tidy[key]
