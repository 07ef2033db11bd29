"""Known signs, and tactics that may refuse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...kernel import Refused
from ...kernel.statements import le, lt
from ...kernel.terms import Node
from ..builder import Fact, Proof
from ..tactics import prove

__all__ = ["Comparer", "Prover", "attempt", "positive", "sign"]

Prover = Callable[[Node, Sequence[Fact]], "Fact | None"]
"""Shows a premise of a lemma, or gives up."""
Comparer = Callable[[Node], "Fact | None"]
"""Shows a comparison, or gives up."""


def attempt(tactic: Callable[..., Fact | None], *args: object) -> Fact | None:
    """Return what a tactic shows, or None when it refuses.

    Parameters
    ----------
    tactic : callable
        Raises ``Refused`` or ``KeyError`` where it fails.
    *args : object
        Its arguments.
    """
    try:
        return tactic(*args)
    except (Refused, KeyError):
        return None


def positive(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return 0 < term, if that is known.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    term : Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    return attempt(prove, p, lt(0, term), extra)


def sign(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return 0 < term or, failing that, 0 ≤ term, if one is known.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    term : Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    return positive(p, term, extra) or attempt(prove, p, le(0, term), extra)
