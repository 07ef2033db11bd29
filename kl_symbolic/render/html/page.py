"""HTML: one page that needs nothing but itself, where every step can be unfolded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import final

from ...kernel import CheckedTheorem
from ..model.narratives import CITED, Story, _pieces
from ..model.provenance import Colophon
from ..model.theorems import Outline, Readable, outline
from .article import Article
from .files import document
from .typesetter import Typesetter, escape

__all__ = ["Panel", "Surroundings", "page_to_html", "to_html"]


@final
@dataclass(frozen=True, slots=True)
class Panel:
    """Something to play with on a page: HTML, and the files with its script and its style."""

    body: str
    script: str
    style: str


@final
@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a page.

    Attributes
    ----------
    pages : frozenset of str
        The theorems and stories with a page beside this one, to which names are linked. None: the page is alone, and
        carries all that it needs.
    above : str
        HTML in front of it.
    below : tuple of str
        HTML behind it, in sections.
    """

    pages: frozenset[str] | None = None
    above: str = ""
    below: tuple[str, ...] = ()


_ALONE = Surroundings()


def to_html(
    theorem: Readable,
    base: int | None = None,
    colophon: Colophon | None = None,
    around: Surroundings = _ALONE,
) -> str:
    """Return a theorem with its derivation as one HTML page.

    Parameters
    ----------
    theorem : CheckedTheorem
        Anything that is not a checked theorem is marked UNCHECKED.
    base : int, optional
        The base of the logarithms that are shown; see :func:`kl_symbolic.render.outline.outline`.
    colophon : Colophon, optional
        What is known of a shipped theorem beside its proof.
    around : Surroundings, optional

    Raises
    ------
    Refused
        When the story is malformed.
    """
    page = outline(theorem, base=base, colophon=colophon)
    return _document(page.title, [Article(theorem, page, 1, True, around.pages).html()], around)


def page_to_html(
    story: Story,
    theorem: Callable[[str], CheckedTheorem],
    base: int | None = None,
    known: Mapping[str, Colophon] | None = None,
    around: Surroundings = _ALONE,
    panels: Mapping[str, Panel] | None = None,
) -> str:
    """Return a story as one HTML page.

    The theorem that it is about is shown with its whole proof; the others have theirs on pages of their own.

    Parameters
    ----------
    story, theorem, base, known
        As for :func:`kl_symbolic.render.pages.page_to_text`.
    around : Surroundings, optional
    panels : mapping of str to Panel, optional
        What stands behind a theorem, by its name.
    """
    shown = [f"<header><h1>{escape(story.title)}</h1></header>"]
    used = []
    for piece in _pieces(story, theorem, base, known):
        if isinstance(piece, Outline):
            subject = piece.colophon is not None and not piece.colophon.brief
            shown.append(Article(theorem(piece.title), piece, 3, subject, around.pages).html())
            panel = (panels or {}).get(piece.title)
            if panel:
                used.append(panel)
                shown.append(panel.body)
        else:
            kind, paragraph, notation = piece
            text = Typesetter(notation, around.pages or frozenset[str]()).text(paragraph)
            cited = f'<blockquote class="cited"><p><strong>{CITED}</strong> {text}</p></blockquote>'
            shown.append({"heading": f"<h2>{text}</h2>", "cited": cited}.get(kind, f"<p>{text}</p>"))
    return _document(story.title, shown, around, tuple(used))


def _document(title: str, shown: list[str], around: Surroundings, panels: tuple[Panel, ...] = ()) -> str:
    main = "\n".join(["<main>", *shown, *around.below, "</main>"])
    scripts, styles = tuple(p.script for p in panels), tuple(p.style for p in panels)
    body = f"{around.above}\n{main}" if around.above else main
    return document(title, body, scripts, styles, alone=around.pages is None)
