"""Markdown, in the flavour of whoever reads it; see :mod:`kl_symbolic.render.flavours`."""

from __future__ import annotations

from itertools import groupby
from typing import final

from .aligned import aligned, listed
from .colophon import EXAMPLE, UNUSED, Colophon
from .displays import Display
from .flavours import GITHUB, Flavour, flavour_of
from .latex_terms import Latex
from .notation import Code, Formula, Notation, Paragraph
from .outline import CHECKED, UNCHECKED, Outline, Readable, Section, outline

__all__ = ["MarkdownPage", "escape", "to_markdown"]


def to_markdown(
    theorem: Readable | Outline,
    base: int | None = None,
    colophon: Colophon | None = None,
    flavour: str | Flavour = GITHUB,
) -> str:
    """Return a theorem with its derivation as Markdown.

    Parameters
    ----------
    theorem : Theorem or Outline
        Anything that is not a checked theorem is marked UNCHECKED.
    base : int, optional
        The base of the logarithms that are shown; see :func:`kl_symbolic.render.outline.outline`.
    colophon : Colophon, optional
        What is known of a shipped theorem beside its proof.
    flavour : str or Flavour
        ``"github"``, ``"hugo"`` or ``"myst"``.

    Raises
    ------
    Refused
        When the story is malformed.
    ValueError
        When there is no such flavour.
    """
    chosen = flavour if isinstance(flavour, Flavour) else flavour_of(flavour)
    page = theorem if isinstance(theorem, Outline) else outline(theorem, base=base, colophon=colophon)
    return "\n\n".join(MarkdownPage(page.notation, chosen).blocks(page)) + "\n"


def escape(text: str, flavour: Flavour = GITHUB) -> str:
    r"""Return running text in which nothing is markup.

    Examples
    --------
    >>> print(escape("p_i & <script>"))
    p\_i &amp; &lt;script&gt;
    """
    return flavour.escape(text)


@final
class MarkdownPage:
    """Writes what has one notation.

    Parameters
    ----------
    notation : Notation
    flavour : Flavour
    """

    def __init__(self, notation: Notation, flavour: Flavour = GITHUB) -> None:
        self._notation, self._flavour = notation, flavour

    def blocks(self, page: Outline) -> list[str]:
        """Return the blocks of a page, between which there are empty lines."""
        blocks = ["# " + self._flavour.escape(page.title) + " (UNCHECKED)" * (not page.checked)]
        if not page.checked:
            blocks.append(f"> **UNCHECKED**: {UNCHECKED}")
        if page.colophon and not page.colophon.brief:
            blocks.append(f"*{' · '.join(map(self._flavour.escape, page.colophon.badges))}*")
        opening = f"**{'Theorem' if page.checked else 'Claim'}.** {self.text(page.setting)}".strip()
        if page.hypotheses:
            blocks.append(f"{opening} Assume")
            blocks.append("\n".join(f"- {self.text(h)}" for h in page.hypotheses))
            blocks.append("Then")
        else:
            blocks.append(opening + " Then" * bool(page.setting))
        blocks.append(self.display(page.statement))
        blocks += self._notes(page.notes)
        for piece in page.body:
            if isinstance(piece, Section):
                blocks.append(f"## {self.text(piece.title)}")
            else:
                blocks.append(self.display(piece) if isinstance(piece, Display) else self.paragraph(piece))
        if page.closing:
            blocks.append("This proves" if page.checked else "This would prove")
            blocks.append(self.display(page.closing))
        rests = ["**What it rests on.**"]
        if page.lemmas:
            rests.append(f"Lemmas: {self._cited(page.lemmas, page)}.")
        axioms = "; ".join(self._flavour.code(n) + (f" ({self.text(g)})" if g else "") for n, g in page.axioms)
        rests.append(f"Axioms: {axioms or 'none'}.")
        blocks.append(" ".join([*rests, *[CHECKED] * (page.checked and bool(page.body))]))
        return [*blocks, *self._colophon(page)]

    def _cited(self, names: tuple[str, ...], page: Outline) -> str:
        link = page.colophon.link if page.colophon is not None else None
        return ", ".join(f"[`{n}`]({link(n)})" if link is not None else self._flavour.code(n) for n in names)

    def _colophon(self, page: Outline) -> list[str]:
        """Return what is known of a shipped theorem."""
        known = page.colophon
        if known is None:
            return []
        if known.brief:
            return [] if known.link is None else [f"[More about `{page.title}`]({known.link(page.title)})."]
        cited = f"{self._cited(known.used_by, page)}." if known.used_by else UNUSED
        blocks = [f"**Where it is used.** {cited}"]
        if page.example:
            blocks.append(" ".join([f"**{EXAMPLE}**", *map(self.text, page.example)]))
        return [*blocks, *[f"**Source.** {self._flavour.escape(known.source)}"] * bool(known.source)]

    def _notes(self, notes: tuple[Paragraph | Display, ...]) -> list[str]:
        """Return the notes: sentences as one paragraph, between what is displayed."""
        blocks: list[str] = []
        for display, group in groupby(notes, lambda n: isinstance(n, Display)):
            shown = [self.display(n) if isinstance(n, Display) else self.text(n) for n in group]
            blocks += shown if display else [" ".join(shown)]
        return blocks

    def display(self, display: Display) -> str:
        """Return a display with the words in front of it."""
        block = self._flavour.display(aligned(display, self._notation))
        return f"{self.text(display.intro)}\n\n{block}" if display.intro else block

    def paragraph(self, paragraph: Paragraph) -> str:
        """Return a paragraph whose beginning is no list, heading or rule."""
        return self._flavour.paragraph(self.text(paragraph))

    def text(self, paragraph: Paragraph) -> str:
        """Return running text."""
        latex = Latex(self._notation, flat=True)
        shown = ""
        for piece in paragraph:
            if isinstance(piece, str):
                shown += self._flavour.escape(piece)
            elif isinstance(piece, Code):
                shown += self._flavour.code(piece.text)
            elif isinstance(piece, Formula):
                shown += self._flavour.formula(latex.formula(piece).text)
            else:
                shown += self._flavour.formula(listed(piece, latex).text)
        return shown
