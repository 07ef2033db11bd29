"""What SymPy proposes, and what is said when the kernel refuses a step. Nothing here is trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .kernel import Refused
from .kernel.syntax import Scope
from .kernel.terms import Node
from .proof import Proof

__all__ = ["hint", "propose", "refused_step"]


def propose(by: Callable[[Any], Any], term: Node, hypotheses: Sequence[Node], scope: Scope) -> Node:
    """Return what a SymPy function makes of a term, laid out as a term again.

    Raises
    ------
    Refused
        When the term or the proposal has no counterpart on the other side of the border.
    """
    raise NotImplementedError


def refused_step(refusal: Refused, goal: Node, p: Proof) -> Refused:
    """Return a refusal of a step with a hint and, where there is one, an exact counterexample point."""
    return refusal


def hint(goal: Node) -> str:
    """Return the name of the rule or lemma that would be nearest."""
    return ""
