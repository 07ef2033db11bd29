"""The HTML of a Jupyter notebook: it folds, and its LaTeX stands between dollars for the notebook to typeset.

No script and no style: it reads like a page where nothing typesets it, too. A dollar or a backslash in a user's words
stands in a tag of its own, where nothing takes it for the beginning of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never, final

from ..latex.numbers import chain
from ..model.displays import Display
from ..model.document import (
    ASSUME,
    DERIVATION,
    FOUNDATIONS,
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
    Note,
    Picture,
    ProofLines,
    Prose,
    Statement,
    Table,
)
from ..model.notation import Notation, Paragraph
from .steps import Behind
from .typesetter import Typesetter, code, escape, table

__all__ = ["render"]

_SIGNS = {"$": "<span>$</span>", "\\": "<span>\\</span>"}
_LARGEST, _SMALLEST = 2, 4
"""The levels of headings in a cell: those above belong to the notebook."""
_FOLDED = (DERIVATION, FOUNDATIONS)
"""The roles of the groups that fold."""


def render(document: Document) -> str:
    """Return a document as HTML for the output of a cell; every step can be unfolded.

    Parameters
    ----------
    document : Document
    """
    printer = _Printer()
    return "\n".join(["<div>", *(piece for block in document.blocks for piece in printer.block(block)), "</div>"])


def _words(text: str) -> str:
    """Return running text in which nothing is markup or a formula."""
    return "".join(_SIGNS.get(c) or escape(c) for c in text)


def _dollars(tex: str, plain: str, display: bool = False, kept: bool = False) -> str:
    """Return a formula; the plain text and the place of line breaks are for pages that typeset by themselves."""
    source = rf"\displaystyle {tex}" if display else tex
    return f"${escape(source)}$"


@final
class _Printer:
    """Writes blocks."""

    def __init__(self) -> None:
        self._last: Typesetter | None = None

    def _set(self, notation: Notation) -> Typesetter:
        """Return the typesetter of a notation; blocks that follow one another mostly share one."""
        if self._last is None or self._last.notation is not notation:
            self._last = Typesetter(notation, formula=_dollars, words=_words)
        return self._last

    def block(self, block: Block) -> list[str]:
        """Return a block in pieces."""
        match block:
            case Heading():
                return self._heading(block)
            case Prose():
                sentences = [*map(self._set(block.notation).text, block.paragraphs)]
                return [f"<p>{' '.join(sentences)}</p>"] if block.small else [f"<p>{p}</p>" for p in sentences]
            case Callout():
                text, label = self._set(block.notation).text(block.text), f"<strong>{_words(block.label)}</strong>"
                if block.grave:
                    return [f"<p>{label}: {text}</p>"]
                return [f"<blockquote><p>{label} {text}</p></blockquote>"]
            case Badges():
                return [f"<p>Checked by: {_words(' · '.join(block.names))}.</p>"]
            case Hypotheses():
                return self._hypotheses(block)
            case Statement():
                lead = [f"<p>{self._set(block.notation).text(block.lead)}</p>"] if block.lead else []
                return [*lead, *self._display(block.display, block.notation)]
            case Aligned():
                return self._display(block.display, block.notation, block)
            case Chain():
                return [f"<p>{_dollars(chain(block), block.plain, display=True)}</p>"]
            case Table():
                return [table(block.header, block.rows, _words)]
            case Foundations():
                return [self._foundations(block)]
            case Note():
                head = [f"<strong>{_words(block.label)}</strong>"] if block.label else []
                return [f"<p>{' '.join([*head, *map(self._set(block.notation).text, block.paragraphs)])}</p>"]
            case Group():
                inside = [piece for inner in block.blocks for piece in self.block(inner)]
                return [_folded(block, inside)] if block.role in _FOLDED else inside
            case ProofLines():
                # Hundreds of lines would bury the rest, unless they are what is wanted.
                return [self._lines(block)] if block.listed else []
            case Picture():
                return []  # a cell runs no script
        assert_never(block)

    def _heading(self, block: Heading) -> list[str]:
        tag = f"h{min(block.level + _LARGEST - 1, _SMALLEST)}"
        mark = " (UNCHECKED)" * (not block.checked)
        if block.is_name:
            return [f"<{tag}>{code(block.name)}{mark}</{tag}>"]
        label = [f"<p>{code(block.name)}</p>"] if block.name else []
        return [f"<{tag}>{self._set(block.notation).text(block.text)}{mark}</{tag}>", *label]

    def _hypotheses(self, block: Hypotheses) -> list[str]:
        text = self._set(block.notation).text
        opening = f"<strong>{block.kind}.</strong> {text(block.setting)}".strip()
        if not block.assumed:
            return [f"<p>{opening}{f' {block.then}' * bool(block.setting and block.then)}</p>"]
        items = "".join(f"<li>{text(h)}</li>" for h in block.assumed)
        return [f"<p>{opening} {ASSUME}</p>", f"<ul>{items}</ul>", *[f"<p>{block.then}</p>"] * block.concluded]

    def _lines(self, block: ProofLines) -> str:
        text = self._set(block.notation).text
        items = (f'<li value="{row.number}">{text((row.statement,))} ({text(row.reason)})</li>' for row in block.rows())
        return f'<ol start="0">{"".join(items)}</ol>'

    def _foundations(self, block: Foundations) -> str:
        """Return the lemmas and the axioms; clicking on the label unfolds them."""
        typesetter = self._set(block.notation)
        parts = [f"Lemmas: {typesetter.names(block.lemmas)}."] if block.lemmas else []
        axioms = [code(n) + typesetter.text((" (", *g, ")") if g else ()) for n, g in block.axioms]
        parts.append(f"Axioms: {'; '.join(axioms) or 'none'}.")
        return f"<p>{' '.join([*parts, *[_words(block.remark)] * bool(block.remark)])}</p>"

    def _display(self, display: Display, notation: Notation, block: Aligned | None = None) -> list[str]:
        """Return a display; each row that is a line of the proof can be unfolded."""
        typesetter = self._set(notation)
        steps = _steps(block, typesetter)
        shown = [f"<p>{typesetter.text(display.intro)}</p>"] if display.intro else []
        if not display.rows:
            return [*shown, _row(typesetter, typesetter.line(display).shown, display.reason, next(steps, ""))]
        first = typesetter.first(display).shown
        start = f"{first} " if len(display.rows) == 1 else ""
        shown += [] if start else [f"<p>{first}</p>"]
        for row in display.rows:
            relation, form = typesetter.row(display, row)
            shown.append(_row(typesetter, f"{start}{relation} {form.shown}", row.reason, next(steps, "")))
        return shown


def _steps(block: Aligned | None, typesetter: Typesetter) -> Iterator[str]:
    """Yield the details that are unfolded below each row."""
    if block is not None and block.proof is not None:
        yield from map(Behind(block.proof, typesetter, None).step, block.lines)


def _row(typesetter: Typesetter, shown: str, reason: Paragraph, behind: str) -> str:
    """Return a form with its reason, and the details that are unfolded below it."""
    text = f"{shown} &emsp; <em>{typesetter.text(reason)}</em>" if reason else shown
    return f"<details><summary>{text}</summary>\n{behind}\n</details>" if behind else f"<p>{text}</p>"


def _folded(block: Group, inside: list[str]) -> str:
    """Return blocks that can be folded."""
    title, body = _words(block.title), "\n".join(inside)
    return f"<details{' open' * block.unfolded}><summary><strong>{title}</strong></summary>\n{body}\n</details>"
