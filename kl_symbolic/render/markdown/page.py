"""Markdown, in the flavor of whoever reads it; see :mod:`kl_symbolic.render.markdown.flavors`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import assert_never, final

from ..latex.aligned import aligned, listed
from ..latex.numbers import chain
from ..latex.terms import Latex
from ..model.displays import Display
from ..model.document import (
    ASSUME,
    Aligned,
    Badges,
    Block,
    Callout,
    Chain,
    Document,
    Foundations,
    Group,
    Heading,
    Hypotheses,
    ListedLine,
    Note,
    Picture,
    ProofLines,
    Prose,
    Statement,
    Table,
)
from ..model.notation import Code, Formula, Notation, Paragraph, TheoremName
from .flavors import GITHUB, Flavor, flavor_of

__all__ = ["render"]


def render(document: Document, flavor: str | Flavor = GITHUB, link: Callable[[str], str] = "{}.md".format) -> str:
    """Return a document as Markdown.

    Parameters
    ----------
    document : Document
    flavor : str or Flavor
        ``"github"``, ``"hugo"`` or ``"myst"``.
    link : callable
        Returns the address of the page of a theorem by its name, for a document whose theorems have pages.

    Raises
    ------
    ValueError
        When there is no such flavor.
    """
    chosen = flavor if isinstance(flavor, Flavor) else flavor_of(flavor)
    printer = _Printer(chosen, link)
    pieces = [piece for block in document.blocks for piece in printer.block(block)]
    return "\n\n".join([*[_front_matter(document)] * chosen.front_matter, *pieces]) + "\n"


def _front_matter(document: Document) -> str:
    """Return the title for templates, and the parameter by which themes learn that there are formulas.

    There is no date: the same page is the same file.
    """
    title = document.title + " (UNCHECKED)" * (not document.checked)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nmath: true\n---"


@final
class _Printer:
    """Writes blocks in one flavor.

    Parameters
    ----------
    flavor : Flavor
    link : callable
        Returns the address of the page of a theorem.
    """

    def __init__(self, flavor: Flavor, link: Callable[[str], str]) -> None:
        self._flavor = flavor
        self._link = link

    def block(self, block: Block) -> list[str]:
        """Return a block in pieces between which there are empty lines."""
        flavor = self._flavor
        match block:
            case Heading():
                return self._heading(block)
            case Prose():
                shown = [self._text(p, block.notation) for p in block.paragraphs]
                return [" ".join(shown)] if block.small else [*map(flavor.paragraph, shown)]
            case Callout():
                mark = f"**{block.label}**:" if block.grave else f"**{block.label}**"
                return [f"> {mark} {self._text(block.text, block.notation)}"]
            case Badges():
                return [f"*{' · '.join(map(flavor.escape, block.names))}*"]
            case Hypotheses():
                return self._hypotheses(block)
            case Statement():
                lead = [self._text(block.lead, block.notation)] if block.lead else []
                return [*lead, self._display(block.display, block.notation)]
            case Aligned():
                return [self._display(block.display, block.notation)]
            case Chain():
                return [flavor.display(chain(block))]
            case Table():
                rows = ["| " + " | ".join(map(flavor.escape, row)) + " |" for row in (block.header, *block.rows)]
                return ["\n".join([rows[0], "|" + " ---: |" * len(block.header), *rows[1:]])]
            case Foundations():
                return [self._foundations(block)]
            case Note():
                label = [f"**{block.label}**"] if block.label else []
                return [" ".join([*label, *(self._text(p, block.notation) for p in block.paragraphs)])]
            case Group():
                return [piece for inner in block.blocks for piece in self.block(inner)]
            case ProofLines():
                return ["\n".join(self._line(row, block.notation) for row in block.rows())] if block.listed else []
            case Picture():
                return []
        assert_never(block)

    def _heading(self, block: Heading) -> list[str]:
        shown = self._text(block.text, block.notation) + " (UNCHECKED)" * (not block.checked)
        if self._flavor.front_matter and block.level == 1:
            return [self._flavor.code(block.name)] if block.name and not block.is_name else []
        label = [self._flavor.code(block.name)] if block.name and not block.is_name else []
        return [f"{'#' * block.level} {shown}", *label]

    def _hypotheses(self, block: Hypotheses) -> list[str]:
        opening = f"**{block.kind}.** {self._text(block.setting, block.notation)}".strip()
        if not block.assumed:
            return [opening + f" {block.then}" * bool(block.setting and block.then)]
        items = "\n".join(f"- {self._text(h, block.notation)}" for h in block.assumed)
        return [f"{opening} {ASSUME}", items, *[block.then] * block.concluded]

    def _line(self, row: ListedLine, notation: Notation) -> str:
        """Return a line of the proof as an item of a list; its number is not that of the item, which Markdown sets."""
        return f"- **{row.number}** {self._text((row.statement,), notation)} ({self._text(row.reason, notation)})"

    def _foundations(self, block: Foundations) -> str:
        parts = [f"**{block.label}**"]
        if block.lemmas:
            parts.append(f"Lemmas: {', '.join(self._cited(n, block.linked) for n in block.lemmas)}.")
        glosses = (f" ({self._text(g, block.notation)})" if g else "" for _, g in block.axioms)
        axioms = "; ".join(self._flavor.code(n) + g for (n, _), g in zip(block.axioms, glosses, strict=True))
        return " ".join([*parts, f"Axioms: {axioms or 'none'}.", *[block.remark] * bool(block.remark)])

    def _cited(self, name: str, linked: bool) -> str:
        return f"[`{name}`]({self._link(name)})" if linked else self._flavor.code(name)

    def _display(self, display: Display, notation: Notation) -> str:
        """Return a display with the words in front of it."""
        block = self._flavor.display(aligned(display, notation))
        return f"{self._text(display.intro, notation)}\n\n{block}" if display.intro else block

    def _text(self, paragraph: Paragraph, notation: Notation) -> str:
        """Return running text."""
        latex = Latex(notation, flat=True)
        shown = ""
        for piece in paragraph:
            if isinstance(piece, str):
                shown += self._flavor.escape(piece)
            elif isinstance(piece, Code):
                shown += self._flavor.code(piece.text)
            elif isinstance(piece, TheoremName):
                shown += self._cited(piece.name, piece.linked)
            elif isinstance(piece, Formula):
                shown += self._flavor.formula(latex.formula(piece).text)
            else:
                shown += self._flavor.formula(listed(piece, latex).text)
        return shown
