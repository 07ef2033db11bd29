"""What a Jupyter notebook shows: HTML that folds, with LaTeX between dollars, which the notebook typesets.

No script and no style: it reads like a page where nothing typesets it, too. A dollar or a backslash in a user's words
stands in a tag of its own, where nothing takes it for the beginning of a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import final

from ...kernel import CheckedTheorem
from ..model.displays import Display
from ..model.narratives import CITED, Story, _pieces
from ..model.notation import Paragraph
from ..model.provenance import Colophon
from ..model.theorems import CHECKED, UNCHECKED, Outline, Readable, outline
from .steps import Behind, derived
from .typesetter import Typesetter, escape

__all__ = ["claim_to_notebook", "page_to_notebook", "to_notebook"]

_SIGNS = {"$": "<span>$</span>", "\\": "<span>\\</span>"}


def to_notebook(theorem: Readable, base: int | None = None, colophon: Colophon | None = None) -> str:
    """Return a theorem with its derivation; every step can be unfolded.

    Parameters
    ----------
    theorem : CheckedTheorem
        Anything that is not a checked theorem is marked UNCHECKED.
    base : int, optional
        The base of the logarithms that are shown; see :func:`kl_symbolic.render.outline.outline`.
    colophon : Colophon, optional
        What is known of a shipped theorem beside its proof.

    Raises
    ------
    Refused
        When the story is malformed.
    """
    return _wrapped(_Article(theorem, outline(theorem, base=base, colophon=colophon)).blocks(True))


def claim_to_notebook(theorem: Readable) -> str:
    """Return what a theorem says, with what it rests on to be unfolded, and no derivation."""
    article = _Article(theorem, replace(outline(theorem), body=(), closing=None))
    return _wrapped([*article.claim(), article.folded("What it rests on", article.rests(), False)])


def page_to_notebook(
    story: Story,
    theorem: Callable[[str], CheckedTheorem],
    base: int | None = None,
    known: Mapping[str, Colophon] | None = None,
) -> str:
    """Return a story; the parameters are those of :func:`kl_symbolic.render.pages.page_to_text`.

    The derivation that it is about is unfolded, and the others are not.
    """
    blocks = [f"<h2>{_words(story.title)}</h2>"]
    for piece in _pieces(story, theorem, base, known):
        if isinstance(piece, Outline):
            blocks += _Article(theorem(piece.title), piece).blocks(piece.title in (known or {}))
        else:
            kind, paragraph, notation = piece
            text = Typesetter(notation, formula=_dollars, words=_words).text(paragraph)
            cited = f"<blockquote><p><strong>{CITED}</strong> {text}</p></blockquote>"
            blocks.append({"heading": f"<h3>{text}</h3>", "cited": cited}.get(kind, f"<p>{text}</p>"))
    return _wrapped(blocks)


def _wrapped(blocks: list[str]) -> str:
    return "<div>\n" + "\n".join(blocks) + "\n</div>"


def _words(text: str) -> str:
    """Return running text in which nothing is markup or a formula."""
    return "".join(_SIGNS.get(c) or escape(c) for c in text)


def _dollars(tex: str, plain: str, display: bool = False, kept: bool = False) -> str:
    """Return a formula; the plain text and the place of line breaks are for pages that typeset by themselves."""
    source = rf"\displaystyle {tex}" if display else tex
    return f"${escape(source)}$"


@final
class _Article:
    """One theorem."""

    def __init__(self, theorem: Readable, page: Outline) -> None:
        self._theorem, self._page = theorem, page
        self._set = Typesetter(page.notation, formula=_dollars, words=_words)
        self._behind = Behind(theorem, self._set, None)

    def blocks(self, unfolded: bool) -> list[str]:
        """Return the claim, the derivation and what it rests on."""
        inside = derived(self._theorem, self._page, self._set, self._display, 4)
        folded = [self.folded("Derivation", inside, unfolded)] if inside else []
        return [*self.claim(), *folded, self.folded("What it rests on", self.rests(), False)]

    def folded(self, title: str, inside: list[str], unfolded: bool) -> str:
        """Return blocks that can be folded."""
        body = "\n".join(inside)
        return f"<details{' open' * unfolded}><summary><strong>{title}</strong></summary>\n{body}\n</details>"

    def claim(self) -> list[str]:
        """Return what the theorem says, and the symbols in it."""
        page = self._page
        kind = "Theorem" if page.checked else "Claim"
        opening = f"<strong>{kind}</strong> <code>{escape(page.title)}</code>. {self._set.text(page.setting)}".strip()
        blocks = [] if page.checked else [f"<p><strong>UNCHECKED</strong>: {UNCHECKED}</p>"]
        if page.hypotheses:
            items = "".join(f"<li>{self._set.text(h)}</li>" for h in page.hypotheses)
            blocks += [f"<p>{opening} Assume</p>", f"<ul>{items}</ul>", "<p>Then</p>"]
        else:
            blocks.append(f"<p>{opening}{' Then' * bool(page.setting)}</p>")
        blocks.append(self._display(page.statement))
        for display, group in groupby(page.notes, lambda n: isinstance(n, Display)):
            shown = [self._display(n) if isinstance(n, Display) else self._set.text(n) for n in group]
            blocks += shown if display else [f"<p>{' '.join(shown)}</p>"]
        return blocks

    def rests(self) -> list[str]:
        """Return the lemmas, the axioms, and what is known of a shipped theorem."""
        page = self._page
        parts = [f"Lemmas: {self._set.names(page.lemmas)}."] if page.lemmas else []
        axioms = [f"<code>{escape(n)}</code>" + self._set.text((" (", *g, ")") if g else ()) for n, g in page.axioms]
        parts.append(f"Axioms: {'; '.join(axioms) or 'none'}.")
        blocks = [f"<p>{' '.join([*parts, *[CHECKED] * (page.checked and bool(page.body))])}</p>"]
        if page.colophon and not page.colophon.brief:
            blocks.append(f"<p>Checked by: {_words(' · '.join(page.colophon.badges))}.</p>")
            blocks += [f"<p>Source: {_words(page.colophon.source)}</p>"] * bool(page.colophon.source)
        return blocks

    def _display(self, display: Display, lines: tuple[int, ...] = ()) -> str:
        """Return a display; each row that is a line of the proof can be unfolded."""
        blocks = [f"<p>{self._set.text(display.intro)}</p>"] if display.intro else []
        if not display.rows:
            blocks.append(self._row(self._set.line(display).shown, display.reason, lines[:1]))
            return "\n".join(blocks)
        first = self._set.first(display).shown
        if len(display.rows) > 1:
            blocks.append(f"<p>{first}</p>")
        for k, row in enumerate(display.rows):
            relation, form = self._set.row(display, row)
            start = f"{first} " if len(display.rows) == 1 else ""
            blocks.append(self._row(f"{start}{relation} {form.shown}", row.reason, lines[k : k + 1]))
        return "\n".join(blocks)

    def _row(self, shown: str, reason: Paragraph, line: tuple[int, ...]) -> str:
        """Return a form with its reason; what is a line of the proof can be unfolded."""
        text = f"{shown} &emsp; <em>{self._set.text(reason)}</em>" if reason else shown
        if not line:
            return f"<p>{text}</p>"
        return f"<details><summary>{text}</summary>\n{self._behind.step(line[0])}\n</details>"
