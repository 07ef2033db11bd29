"""Theorem → outline: the one place that decides what a page says. Every format prints this outline.

Title, hypotheses in a reader's form, statement, the sections of the story, the statement once more, and what it rests
on. Everything comes from the checked theorem; what is not one is marked UNCHECKED, whatever it says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, final

from ...kernel import CheckedTheorem, Line
from ...kernel.certificate import parse as parse_certificate
from ...kernel.syntax import Scope, read_scope
from ...kernel.terms import Node
from .bases import scales, valid_base
from .chains import Steps
from .displays import Display, state
from .hypotheses import hypotheses, setting
from .notation import Formula, Notation, Paragraph, agree
from .notes import gloss, notes
from .provenance import Colophon
from .story import Heading, Prose, StoryStep, read_prose, read_story

__all__ = ["CHECKED", "UNCHECKED", "Outline", "Readable", "Section", "outline"]
CHECKED = "The kernel replayed every displayed line; the prose and the reasons are the words of the author."
UNCHECKED = "a draft that the kernel has not accepted. Nothing on this page is proved."


class Readable(Protocol):
    """What an outline is made from: a :class:`kl_symbolic.kernel.CheckedTheorem`, or a draft with its attributes."""

    @property
    def name(self) -> str:
        """The name of the theorem."""

    @property
    def scope(self) -> Scope:
        """The declared names."""

    @property
    def hypotheses(self) -> tuple[Node, ...]:
        """Γ, in the order of the claim."""

    @property
    def conclusion(self) -> Node:
        """φ."""

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
        """What the author wants shown."""


@final
@dataclass(frozen=True, slots=True)
class Section:
    """The title of a section of the story."""

    title: Paragraph


@final
@dataclass(frozen=True, slots=True)
class Outline:
    """What a page says, in no format.

    Attributes
    ----------
    title : str
        The name of the theorem.
    checked : bool
        Whether a kernel accepted it. Where it is false, every format says UNCHECKED.
    notation : Notation
    setting : Paragraph
        The names of the statement and what they are.
    hypotheses : tuple of Paragraph
    statement : Display
    notes : tuple of Paragraph and Display
        Defined symbols and conventions that occur, each once.
    body : tuple of Section, Paragraph and Display
    closing : Display or None
        The statement once more, unless it is what was displayed last.
    lemmas : tuple of str
    axioms : tuple of (str, Paragraph)
    colophon : Colophon or None
        What is known of a shipped theorem; nothing of one that was not checked.
    example : tuple of Paragraph
        An example with numbers, where there is a colophon and logarithms are natural.
    """

    title: str
    checked: bool
    notation: Notation
    setting: Paragraph
    hypotheses: tuple[Paragraph, ...]
    statement: Display
    notes: tuple[Paragraph | Display, ...]
    body: tuple[Section | Paragraph | Display, ...]
    closing: Display | None
    lemmas: tuple[str, ...]
    axioms: tuple[tuple[str, Paragraph], ...]
    colophon: Colophon | None = None
    example: tuple[Paragraph, ...] = ()


def outline(
    theorem: Readable, checked: bool = True, base: int | None = None, colophon: Colophon | None = None
) -> Outline:
    """Return the outline of a theorem.

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
    colophon : Colophon, optional
        What is known of a shipped theorem beside its proof.

    Raises
    ------
    Refused
        When the story is malformed.
    TypeError, ValueError
        When *base* is not an integer from 2 to 1000.
    """
    wanted, scope = valid_base(base), _scope(theorem)
    story = read_story(theorem.story, len(theorem.lines))
    texts = [read_prose(e.reason if isinstance(e, StoryStep) else e.text, scope) for e in story]
    nodes = [*theorem.hypotheses, theorem.conclusion]
    nodes += [theorem.lines[e.line].sequent.conclusion for e in story if isinstance(e, StoryStep)]
    nodes += [h for e in story if isinstance(e, StoryStep) for h in theorem.lines[e.line].sequent.hypotheses]
    prose = [n for text in texts for piece in text if isinstance(piece, Formula) for n in _relations(piece)]
    known = frozenset(theorem.scope)
    fits = wanted is not None and scales([*nodes, *prose])
    notation = agree([*nodes, *prose], scope, known, wanted if fits else None)
    body = tuple(_body(theorem, story, texts, notation, known))
    steps = [e for e in story if isinstance(e, StoryStep)]
    if not checked or type(theorem) is not CheckedTheorem:
        colophon = None
    said = bool(steps) and theorem.lines[steps[-1].line].sequent.conclusion == theorem.conclusion
    return Outline(
        theorem.name,
        checked and type(theorem) is CheckedTheorem,
        notation,
        setting(theorem.scope),
        tuple(hypotheses(theorem.hypotheses, notation)),
        state(theorem.conclusion, notation),
        tuple(notes([*nodes, *prose], notation, wanted)),
        body,
        None if said or not body else state(theorem.conclusion, notation),
        theorem.uses,
        tuple((name, gloss(name, notation.base)) for name in theorem.axioms),
        colophon,
        colophon.example(notation) if colophon and not colophon.brief and notation.base is None else (),
    )


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


def _body(
    theorem: Readable,
    story: tuple[Heading | Prose | StoryStep, ...],
    texts: list[Paragraph],
    notation: Notation,
    known: frozenset[str],
) -> Iterator[Section | Paragraph | Display]:
    steps = Steps(notation, theorem.hypotheses, known)
    for entry, text in zip(story, texts, strict=True):
        if isinstance(entry, StoryStep):
            steps.add(theorem.lines[entry.line].sequent, text)
            continue
        yield from steps.displays()
        yield Section(text) if isinstance(entry, Heading) else text
    yield from steps.displays()
