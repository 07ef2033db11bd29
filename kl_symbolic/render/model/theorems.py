"""Theorem → document: the one place that decides what the page of a theorem says, and in which order.

Title and label, who checked it, what it assumes and concludes, what its symbols mean, the derivation, every line of the
proof, and what it rests on. Everything comes from the checked theorem; what is not one is marked UNCHECKED, whatever it
says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol, final

from ...kernel import CheckedTheorem, Line
from ...kernel.certificate import parse as parse_certificate
from ...kernel.syntax import Scope, read_scope
from ...kernel.terms import Node
from ...language.errors import InvalidValue
from .bases import scales, valid_base
from .chains import Steps
from .displays import Display, conjunction, state
from .document import (
    CLAIM,
    DERIVATION,
    FOUNDATIONS,
    THEOREM,
    Aligned,
    Badges,
    Block,
    Callout,
    Document,
    Foundations,
    Group,
    Heading,
    Hypotheses,
    Note,
    ProofLines,
    Prose,
    Statement,
)
from .hypotheses import hypotheses, setting
from .notation import Formula, Notation, Paragraph, TheoremName, agree
from .notes import gloss, notes
from .provenance import DENSITIES, EXAMPLE, FINITE, SOURCE, UNUSED, USED_BY, Provenance
from .story import Allowance, Entry, StoryHeading, StoryStep, read_prose, read_story
from .view import WHOLE, View

__all__ = ["CHECKED", "RESTS_ON", "UNCHECKED", "TheoremPage", "document_of_theorem"]

CHECKED = "The kernel replayed every displayed line; the prose and the reasons are the words of the author."
UNCHECKED = "a draft that the kernel has not accepted. Nothing on this page is proved."
RESTS_ON = "What it rests on"
EVERY_STEP = "Every step"


class Readable(Protocol):
    """The input of a page: a :class:`kl_symbolic.kernel.CheckedTheorem`, or a draft with its attributes."""

    @property
    def name(self) -> str:
        """The name of the theorem."""

    @property
    def scope(self) -> Scope:
        """The declared names."""

    @property
    def hypotheses(self) -> tuple[Node, ...]:
        """The hypotheses Γ, in the order of the claim."""

    @property
    def conclusion(self) -> Node:
        """The conclusion φ."""

    @property
    def axioms(self) -> tuple[str, ...]:
        """The axioms that the proof rests on."""

    @property
    def uses(self) -> tuple[str, ...]:
        """The lemmas that it cites."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The replayed lines."""

    @property
    def story(self) -> Any:
        """The entries that the author wants shown: prose, headings and steps."""


def document_of_theorem(
    theorem: Readable,
    checked: bool = True,
    base: int | None = None,
    provenance: Provenance | None = None,
    title: str = "",
    view: View = WHOLE,
) -> Document:
    """Return the document of a theorem.

    Parameters
    ----------
    theorem : CheckedTheorem
        A checked theorem, or a draft with its attributes.
    checked : bool
        False marks a theorem as unchecked. True cannot mark anything else as checked: only what
        :func:`kl_symbolic.kernel.check` returned is.
    base : int, optional
        Show logarithms to this base where every displayed line says the same in it; elsewhere the page states the
        conversion. The statement that was checked has natural logarithms.
    provenance : Provenance, optional
        What is known of a shipped theorem beside its proof.
    title : str
        What people call it; its name when empty.
    view : View
        The level of detail, and which parts are shown.

    Raises
    ------
    Refused
        When the story is malformed.
    TypeError, ValueError
        When *base* is not an integer from 2 to 1000, or nothing is left of the page.
    """
    page = TheoremPage(theorem, checked, base, provenance, title, view)
    return Document(title or theorem.name, (page.group(1),), page.checked)


@final
class TheoremPage:
    """The blocks about one theorem.

    Parameters
    ----------
    theorem : Readable
    checked : bool
    base : int, optional
    provenance : Provenance, optional
    title : str
    view : View
        All of them as for :func:`document_of_theorem`.
    """

    def __init__(
        self,
        theorem: Readable,
        checked: bool = True,
        base: int | None = None,
        provenance: Provenance | None = None,
        title: str = "",
        view: View = WHOLE,
    ) -> None:
        self.checked = checked and type(theorem) is CheckedTheorem
        self._theorem, self._title, self._named = theorem, title or theorem.name, bool(title)
        self._provenance = provenance if self.checked else None
        self._view = view
        found = _read(theorem, valid_base(base), view)
        self._notation, self._story, self._notes = found.notation, found.story, found.notes

    def group(self, level: int, whole: bool = True, unfolded: bool = True) -> Group:
        """Return everything about the theorem that the view shows.

        Parameters
        ----------
        level : int
            Of its title.
        whole : bool
            Whether every line of the proof is shown here, rather than on the page of the theorem.
        unfolded : bool
            Whether the derivation is open at first, where it can be folded.

        Raises
        ------
        InvalidValue
            When a part that was asked for is empty.
        """
        shows = self._view.shows
        blocks = [*self.claim(level)]
        blocks += self._explained() if shows("notation") else ()
        blocks += self._proof(level + 1, whole, unfolded)
        foundations = tuple(self._foundations())
        blocks += [Group(FOUNDATIONS, foundations, RESTS_ON, False)] if foundations else []
        if not blocks:
            raise InvalidValue(f"{self._theorem.name} has nothing to show as {', '.join(self._view.parts)}")
        return Group(THEOREM, tuple(blocks), self._title)

    def claim(self, level: int) -> Iterator[Block]:
        """Yield the title, who has checked the theorem, and its statement.

        Parameters
        ----------
        level : int
            Of the title.
        """
        theorem, notation, known, shows = self._theorem, self._notation, self._provenance, self._view.shows
        if shows("title"):
            label = theorem.name if shows("provenance") or not self._named else ""
            yield Heading(level, (self._title,), notation, label, self.checked)
        if not self.checked:
            yield Callout("UNCHECKED", (UNCHECKED,), grave=True)
        if known and not known.brief and shows("provenance"):
            yield Badges(known.badges)
        concluded = shows("statement")
        if not concluded and not shows("hypotheses"):
            return
        kind = "Theorem" if self.checked else "Claim"
        assumed = tuple(hypotheses(theorem.hypotheses, notation))
        opening = Hypotheses(kind, setting(theorem.scope), assumed, notation, concluded)
        said = [Statement(state(theorem.conclusion, notation), notation)] if concluded else []
        yield Group(CLAIM, (opening, *said))

    def _explained(self) -> Iterator[Block]:
        """Yield the explanations of the symbols on the page."""
        for displayed, group in groupby(self._notes, lambda n: isinstance(n, Display)):
            found = list(group)
            if displayed:
                yield from (Aligned(n, self._notation) for n in found if isinstance(n, Display))
            else:
                yield Prose(tuple(n for n in found if not isinstance(n, Display)), self._notation, small=True)

    def _proof(self, level: int, whole: bool, unfolded: bool) -> Iterator[Block]:
        """Yield the derivation, and every line."""
        lines = self._lines(whole)
        told = tuple(self._derivation(level, lines)) if self._view.shows("proof") else ()
        if told:
            yield Group(DERIVATION, told, "Derivation", unfolded)
        if self._view.shows("steps"):
            yield Heading(level, (EVERY_STEP,), self._notation)
            yield replace(lines, whole=True, listed=True)
        elif self._view.shows("proof"):
            yield lines

    def _lines(self, whole: bool) -> ProofLines:
        return ProofLines(self._theorem.name, self._theorem.lines, whole, notation=self._notation)

    def displayed(self) -> Iterator[Block]:
        """Yield the displayed lines of the derivation, without its headings and prose; every line if that is wanted."""
        proof = self._lines(whole=False)
        yield from (block for block in self._derivation(1, proof) if isinstance(block, Aligned))
        if self._view.shows("steps"):
            yield replace(proof, whole=True, listed=True)

    def _derivation(self, level: int, proof: ProofLines) -> Iterator[Block]:
        """Yield the derivation, and the statement once more unless it is what was displayed last."""
        theorem, notation = self._theorem, self._notation
        steps, numbers = Steps(notation, theorem.hypotheses, frozenset(theorem.scope)), list[int]()
        last: Node | None = None
        for entry, text in self._story:
            if isinstance(entry, StoryStep):
                sequent = theorem.lines[entry.line].sequent
                steps.add(sequent, text)
                numbers.append(entry.line)
                last = sequent.conclusion
                continue
            yield from _numbered(steps, numbers, notation, proof)
            yield Heading(level, text, notation) if isinstance(entry, StoryHeading) else Prose((text,), notation)
        yield from _numbered(steps, numbers, notation, proof)
        if self._story and last != theorem.conclusion:
            words = "This proves" if self.checked else "This would prove"
            yield Statement(state(theorem.conclusion, notation), notation, (words,))

    def _foundations(self) -> Iterator[Block]:
        """Yield the foundations of the theorem, the theorems that use it, its twins, an example and its source."""
        theorem, notation, known, shows = self._theorem, self._notation, self._provenance, self._view.shows
        if shows("axioms"):
            axioms = tuple((name, gloss(name, notation.base)) for name in theorem.axioms)
            remark = CHECKED if self.checked and self._story and shows("proof") else ""
            linked = known is not None and known.linked
            yield Foundations(f"{RESTS_ON}.", theorem.uses, axioms, notation, remark, linked)
        if known is None:
            return
        if known.brief:
            if known.linked and shows("provenance"):
                yield Note("", (("More about ", TheoremName(theorem.name, True), "."),))
            return
        if shows("provenance"):
            names: list[Paragraph] = [(TheoremName(name, known.linked),) for name in known.used_by]
            yield Note(USED_BY, ((*conjunction(names, ", "), ".") if names else (UNUSED,),))
            for kind, twins in ((FINITE, known.finite), (DENSITIES, known.densities)):
                if twins:
                    said: list[Paragraph] = [(f"{title}, ", TheoremName(name, known.linked)) for title, name in twins]
                    yield Note(kind, ((*conjunction(said, "; "), "."),))
        example = known.example(notation) if notation.base is None and shows("example") else ()
        if example:
            yield Note(EXAMPLE, example, notation, listed=True)
        if known.source and shows("provenance"):
            yield Note(SOURCE, ((known.source,),))


def _numbered(steps: Steps, numbers: list[int], notation: Notation, proof: ProofLines) -> Iterator[Aligned]:
    """Yield the displays that *steps* holds, with the numbers of the lines that its rows are, and start anew."""
    start = 0
    for display in steps.displays():
        count = max(1, len(display.rows))
        yield Aligned(display, notation, tuple(numbers[start : start + count]), proof)
        start += count
    numbers.clear()


@final
@dataclass(frozen=True, slots=True)
class _Read:
    """The contents of a theorem: its notation, its story with formulas, and the notions to be explained."""

    notation: Notation
    story: tuple[tuple[Entry, Paragraph], ...]
    notes: tuple[Paragraph | Display, ...]


def _read(theorem: Readable, wanted: int | None, view: View) -> _Read:
    scope = _scope(theorem)
    story = read_story(theorem.story, len(theorem.lines))
    allowance = Allowance()
    texts = [read_prose(e.reason if isinstance(e, StoryStep) else e.text, scope, allowance) for e in story]
    nodes = [*theorem.hypotheses, theorem.conclusion]
    nodes += [theorem.lines[e.line].sequent.conclusion for e in story if isinstance(e, StoryStep)]
    nodes += [h for e in story if isinstance(e, StoryStep) for h in theorem.lines[e.line].sequent.hypotheses]
    if view.shows("steps"):
        nodes += [n for line in theorem.lines for n in (*line.sequent.hypotheses, line.sequent.conclusion)]
    nodes += [n for text in texts for piece in text if isinstance(piece, Formula) for n in _relations(piece)]
    fits = wanted is not None and scales(nodes)
    notation = agree(nodes, scope, frozenset(theorem.scope), wanted if fits else None)
    ordered = frozenset((h.args[0], h.args[1]) for h in theorem.hypotheses if h.op == "<")
    notation = replace(notation, ordered=ordered)
    return _Read(notation, tuple(zip(story, texts, strict=True)), tuple(notes(nodes, notation, wanted)))


def _scope(theorem: Readable) -> Scope:
    """Return every declared name: the story may speak of some that the statement does not mention."""
    if type(theorem) is CheckedTheorem:
        return read_scope(parse_certificate(theorem.certificate)["names"])
    return theorem.scope


def _relations(formula: Formula) -> list[Node]:
    """Return a formula with links as the relations that it states."""
    found, left = ([] if formula.links else [formula.first]), formula.first
    for relation, rights in formula.links:
        op = "=" if relation == "->" else relation
        found.extend(Node(op, None, (left, right)) for right in rights)
        left = rights[-1]
    return found
