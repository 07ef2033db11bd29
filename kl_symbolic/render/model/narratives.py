"""Narrative → document: several theorems in one exposition, headings and prose between checked theorems.

Prose that reports what others have proved, and not the kernel, is marked as cited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ...kernel import CheckedTheorem
from ...kernel.terms import Node
from ...language.parser import declare
from .document import THEOREM, Block, Callout, Document, Group, Heading, Picture, Prose
from .notation import Formula, agree
from .provenance import Provenance
from .story import read_prose
from .theorems import TheoremPage
from .view import WHOLE, View

__all__ = ["CITED", "document_of_narrative"]

CITED = "Cited, not proved here."

_TITLE, _SECTION, _THEOREM = 1, 2, 3
"""The levels of headings."""


class Told(Protocol):
    """A narrative: a title, the names in the prose, and parts, each a kind and a text.

    The kinds are ``heading`` and ``prose`` with formulas between backticks; ``cited``, prose about what is proved
    elsewhere; ``theorem``, the name of one of which everything is shown; ``short`` of one of which what it says and the
    displayed lines of its derivation are, and ``lines`` of one of which only these lines are; and ``picture``, the
    name of one.
    """

    @property
    def title(self) -> str:
        """The title of the page."""

    @property
    def names(self) -> dict[str, str]:
        """The signatures of the names in the prose."""

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The prose and the theorems, in order."""

    @property
    def brief(self) -> tuple[tuple[str, str], ...]:
        """The same on one page; empty where all of it is short."""


def document_of_narrative(
    narrative: Told,
    theorem: Callable[[str], CheckedTheorem],
    full: bool = False,
    base: int | None = None,
    known: Mapping[str, Provenance] | None = None,
    titles: Mapping[str, str] | None = None,
    view: View = WHOLE,
) -> Document:
    """Return the document of a narrative.

    Parameters
    ----------
    narrative : Narrative
    theorem : callable
        Returns the checked theorem of a name.
    full : bool
        Whether everything is told, also where there is a brief telling.
    base : int, optional
        The base of the logarithms that are shown.
    known : mapping of str to Provenance, optional
        What is known of shipped theorems beside their proofs. Of one that is more than briefly known the derivation is
        unfolded and every line of the proof is shown: it is what the narrative is about.
    titles : mapping of str to str, optional
        What people call the theorems.
    view : View
        The level of detail of each theorem.
    """
    parts = narrative.parts if full or not narrative.brief else narrative.brief
    blocks: list[Block] = [Heading(_TITLE, (narrative.title,))]
    for kind, content in parts:
        if kind in ("theorem", "short", "lines"):
            provenance = (known or {}).get(content)
            page = TheoremPage(theorem(content), True, base, provenance, (titles or {}).get(content, ""), view)
            subject = provenance is not None and not provenance.brief
            blocks += _told(kind, page, subject)
        elif kind == "picture":
            blocks.append(Picture(content, base))
        else:
            blocks += _said(kind, content, narrative)
    return Document(narrative.title, tuple(blocks))


def _told(kind: str, page: TheoremPage, subject: bool) -> Iterator[Block]:
    """Yield the blocks about a theorem."""
    if kind == "theorem":
        yield page.group(_THEOREM, whole=subject, unfolded=subject)
    elif kind == "short":
        yield Group(THEOREM, (*page.claim(_THEOREM), *page.displayed()))
    else:
        yield from page.displayed()


def _said(kind: str, content: str, narrative: Told) -> Iterator[Block]:
    """Yield a heading or a paragraph."""
    scope = declare(narrative.names)
    text = read_prose(content, scope)
    nodes: list[Node] = [p.first for p in text if isinstance(p, Formula)]
    notation = agree(nodes, scope, frozenset(scope), None)
    if kind == "heading":
        yield Heading(_SECTION, text, notation)
    elif kind == "cited":
        yield Callout(CITED, text, notation)
    else:
        yield Prose((text,), notation)
