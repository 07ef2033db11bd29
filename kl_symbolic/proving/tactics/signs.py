"""The signs of the parts of a term, and which facts about them are needed: each is dropped by walking to the top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import final

from ...kernel.normal_form import Sign, integer_exponent, sign, stronger
from ...kernel.rules import known_signs
from ...kernel.terms import Node, num
from ..builder import Fact

__all__ = ["STRUCTURE", "PartSigns"]

STRUCTURE = ("+", "*", "/", "^", "neg")
"""Operators by which the kernel tells the sign of a term from those of its parts."""


@final
class PartSigns:
    """The signs of a term and of its parts, by facts of which some may be dropped.

    Parameters
    ----------
    term : Node
    facts : sequence of Fact
        What is known of the signs of the term and of its parts.
    """

    def __init__(self, term: Node, facts: Sequence[Fact]) -> None:
        self._term, self._facts = term, facts
        self._about: dict[Node, list[Fact]] = {}
        for fact in facts:
            for part in known_signs((fact.sequent,)):
                self._about.setdefault(part, []).append(fact)
        self._signs: dict[Node, Sign] = {}
        self._above: dict[Node, list[Node]] = {}
        self.of(term)

    def of(self, part: Node) -> Sign:
        """Return the sign of a part.

        Parameters
        ----------
        part : Node
        """
        if part not in self._signs:
            for below in _parts(part):
                self._above.setdefault(below, []).append(part)
                self.of(below)
            self._signs[part] = self._sign(part)
        return self._signs[part]

    def _sign(self, part: Node) -> Sign:
        known = known_signs(tuple(f.sequent for f in self._about.get(part, ())))
        below = [self._signs[a] for a in _parts(part)]
        if not below:
            return sign(part, known)
        same = part.op == "*" and part.args[0] == part.args[1]
        return stronger(known.get(part, ""), _structural(part.op, integer_exponent(part), tuple(below), same))

    def needed(self, wanted: Sequence[Sign]) -> list[Fact]:
        """Drop every fact without which the sign of the term is still one of *wanted*, one by one; return the others.

        Parameters
        ----------
        wanted : sequence of str
        """
        needed = []
        for fact in self._facts:
            parts = [part for part in known_signs((fact.sequent,)) if part in self._signs]
            for part in parts:
                self._about[part].remove(fact)
            before = self._renewed(parts)
            if self._signs[self._term] not in wanted:
                needed.append(fact)
                self._signs.update(before)
                for part in parts:
                    self._about[part].append(fact)
        return needed

    def _renewed(self, parts: Sequence[Node]) -> dict[Node, Sign]:
        """Compute the signs of parts again, and those above as far as they change; return what they were."""
        before: dict[Node, Sign] = {}
        todo = [*parts]
        while todo:
            here = todo.pop()
            found = self._sign(here)
            if found != self._signs[here]:
                before.setdefault(here, self._signs[here])
                self._signs[here] = found
                todo += self._above.get(here, ())
        return before


def _parts(term: Node) -> tuple[Node, ...]:
    """Return the operands whose signs tell the sign of a term."""
    if term.op not in STRUCTURE:
        return ()
    if term.op == "^":
        return term.args[:1] if integer_exponent(term) is not None else ()
    return term.args


@lru_cache(maxsize=1024)
def _structural(op: str, exponent: int | None, below: tuple[Sign, ...], same: bool) -> Sign:
    """Return what the kernel tells of a term from the signs of its operands: of symbols with these signs."""
    symbols = [Node("sym", name) for name in (("a", "a") if same else ("a", "b"))[: len(below)]]
    args = (*symbols, *([num(exponent)] if exponent is not None else []))
    known = {s: found for s, found in zip(symbols, below, strict=True) if found}
    return sign(Node(op, None, args), known)
