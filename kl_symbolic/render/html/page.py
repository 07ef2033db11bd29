"""HTML: one self-contained page, where every step can be unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never, final

from ..latex.numbers import chain
from ..model.displays import Display
from ..model.document import (
    ASSUME,
    CLAIM,
    FOUNDATIONS,
    NUMBERS,
    THEOREM,
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
    leaves,
)
from ..model.notation import Notation, Paragraph
from .files import document as _file
from .panel import PANELS
from .steps import Behind
from .typesetter import Form, Typesetter, copied, escape, math, table

__all__ = ["Surroundings", "render"]

_LINE = 36.0
"""How many em of a formula fit beside one another."""
_COLUMN = 13.0
"""The widest column of a reason in em; what does not fit stands below its formula."""
_SHORT = 9.0
"""A first form up to so many em stands beside the first relation."""
_CHAR = 0.41
"""The width of a character of a reason in em, about."""

_FRAMES = {
    THEOREM: ('<article class="theorem">', "</article>"),
    CLAIM: ('<section class="claim" aria-label="Statement">', "</section>"),
    FOUNDATIONS: ('<div class="rests">', "</div>"),
    NUMBERS: ('<section class="numbers">', "</section>"),
}
"""The elements around groups of blocks, by their role."""


@final
@dataclass(frozen=True, slots=True)
class Surroundings:
    """The context of a page: the pages that it can link to.

    Parameters
    ----------
    pages : frozenset of str
        The theorems and narratives with a page beside this one, to which names are linked. None: the page is alone, and
        carries all that it needs.
    above : str
        HTML in front of it.
    """

    pages: frozenset[str] | None = None
    above: str = ""


_ALONE = Surroundings()


def render(document: Document, around: Surroundings = _ALONE) -> str:
    """Return a document as one HTML page.

    Parameters
    ----------
    document : Document
    around : Surroundings, optional
    """
    printer = _Printer(around.pages or frozenset(), document.statements)
    main = "\n".join(["<main>", *(printer.block(b) for b in document.blocks if not printer.is_silent(b)), "</main>"])
    panels = [PANELS[b.name](b.base) for b in leaves(document.blocks) if isinstance(b, Picture)]
    scripts, styles = tuple(p.script for p in panels), tuple(p.style for p in panels)
    body = f"{around.above}\n{main}" if around.above else main
    return _file(document.title, body, scripts, styles, alone=around.pages is None)


@final
class _Printer:
    """Writes blocks.

    Parameters
    ----------
    pages : frozenset of str
        The theorems and narratives with a page beside this one.
    statements : mapping of str to str
        What theorems say, by their names.
    """

    def __init__(self, pages: frozenset[str], statements: Mapping[str, str]) -> None:
        self._pages, self._statements = pages, statements
        self._last: Typesetter | None = None

    def _set(self, notation: Notation) -> Typesetter:
        """Return the typesetter of a notation; blocks that follow one another mostly share one."""
        if self._last is None or self._last.notation is not notation:
            self._last = Typesetter(notation, self._pages, statements=self._statements)
        return self._last

    @staticmethod
    def is_silent(block: Block) -> bool:
        """Whether a block is left out, because its proof is on another page."""
        return isinstance(block, ProofLines) and not block.whole

    def block(self, block: Block) -> str:
        """Return a block."""
        match block:
            case Heading():
                return self._heading(block)
            case Prose():
                sentences = [*map(self._set(block.notation).text, block.paragraphs)]
                return f'<p class="note">{" ".join(sentences)}</p>' if block.small else _paragraphs(sentences)
            case Callout():
                text, label = self._set(block.notation).text(block.text), f"<strong>{escape(block.label)}</strong>"
                if block.grave:
                    return f'<p class="unchecked">{label}: {text}</p>'
                return f'<blockquote class="cited"><p>{label} {text}</p></blockquote>'
            case Badges():
                badges = "".join(f"<li>{escape(name)}</li>" for name in block.names)
                return f'<ul class="badges" aria-label="Checked by">{badges}</ul>'
            case Hypotheses():
                return self._hypotheses(block)
            case Statement():
                return self._statement(block)
            case Aligned():
                return self._display(block.display, block.notation, block)
            case ProofLines():
                return self._behind(block, self._set(Notation())).proof()
            case Chain():
                return f'<div class="first">{math(chain(block), block.plain, display=True)}</div>'
            case Table():
                return f'<div class="wide">{table(block.header, block.rows)}</div>'
            case Foundations():
                return self._foundations(block)
            case Note():
                head = [f"<strong>{escape(block.label)}</strong>"] if block.label else []
                return _paragraphs([" ".join([*head, *map(self._set(block.notation).text, block.paragraphs)])])
            case Picture():
                return PANELS[block.name](block.base).body
            case Group():
                inside = [self.block(b) for b in block.blocks if not self.is_silent(b)]
                before, behind = _FRAMES.get(block.role, ("", ""))
                return "\n".join(filter(None, [before, *inside, behind]))
        assert_never(block)

    def _heading(self, block: Heading) -> str:
        level, text = block.level, self._set(block.notation).text(block.text)
        if not block.name:
            shown = f"<h{level}>{text}</h{level}>"
            return f"<header>{shown}</header>" if level == 1 else shown
        mark = "" if block.checked else ' <span class="unchecked">UNCHECKED</span>'
        label = f"<code>{escape(block.name)}</code>"
        if block.is_name:
            return f'<h{level} class="name">{label}{mark}</h{level}>'
        return f'<h{level} class="name">{text}{mark}</h{level}>\n<p class="label">{label}</p>'

    def _hypotheses(self, block: Hypotheses) -> str:
        text = self._set(block.notation).text
        opening = f"<strong>{block.kind}.</strong> {text(block.setting)}"
        if not block.assumed:
            return f"<p>{opening}{f' {block.then}' * bool(block.setting and block.then)}</p>"
        if len(block.assumed) == 1:
            return f"<p>{opening} {ASSUME} {text(block.assumed[0])}. {block.then}".rstrip() + "</p>"
        items = "".join(f"<li>{text(h)}</li>" for h in block.assumed)
        then = f"\n<p>{block.then}</p>" * block.concluded
        return f'<p>{opening} {ASSUME}</p>\n<ul class="hypotheses">{items}</ul>{then}'

    def _statement(self, block: Statement) -> str:
        shown = self._display(block.display, block.notation)
        typesetter = self._set(block.notation)
        if block.lead:
            return f"<p>{typesetter.text(block.lead)}</p>\n{shown}"
        latex = copied(typesetter.source(block.display))
        return f'{shown}\n<details class="source"><summary>LaTeX</summary>{latex}</details>'

    def _foundations(self, block: Foundations) -> str:
        typesetter = self._set(block.notation)
        parts = [f"<strong>{escape(block.label)}</strong>"]
        if block.lemmas:
            parts.append(f"Lemmas: {typesetter.names(block.lemmas)}.")
        axioms = [f"<code>{escape(n)}</code>" + typesetter.text((" (", *g, ")") if g else ()) for n, g in block.axioms]
        parts += [f"Axioms: {'; '.join(axioms) or 'none'}.", *[escape(block.remark)] * bool(block.remark)]
        return f"<p>{' '.join(parts)}</p>"

    # displays

    def _behind(self, proof: ProofLines, typesetter: Typesetter) -> Behind:
        elsewhere = f"{proof.name}.html" if proof.name in self._pages else None
        return Behind(proof, typesetter, "" if proof.whole else elsewhere)

    def _display(self, display: Display, notation: Notation, block: Aligned | None = None) -> str:
        """Return a display; each row that is a line of the proof can be unfolded."""
        typesetter = self._set(notation)
        steps = self._steps(block, typesetter)
        intro = f"<p>{typesetter.text(display.intro)}</p>\n" if display.intro else ""
        if len(display.rows) < 2:
            reason = display.rows[0].reason if display.rows else display.reason
            return intro + _row(typesetter, "", typesetter.line(display), reason, next(steps, ""), _LINE)
        first = typesetter.first(display)
        rows = [typesetter.row(display, row) for row in display.rows]
        beside = first.width <= _SHORT and first.width + max(form.width for _, form in rows) <= _LINE
        available = _LINE - (first.width if beside else 1.5)
        shown = [
            _row(typesetter, relation, form, row.reason, next(steps, ""), available)
            for (relation, form), row in zip(rows, display.rows, strict=True)
        ]
        kind = "chain beside" if beside else "chain"
        body = "\n".join(shown)
        whole = ""
        if block is not None and block.lines:
            latex = copied(typesetter.source(display))
            whole = f'<details class="source"><summary>LaTeX of these lines</summary>{latex}</details>'
        chained = f'<div class="first">{first.shown}</div>\n<div>\n{body}\n</div>\n{whole}'
        return f'{intro}<div class="{kind}">\n{chained}</div>'

    def _steps(self, block: Aligned | None, typesetter: Typesetter) -> Iterator[str]:
        """Yield the details that are unfolded below each row."""
        if block is not None and block.proof is not None:
            yield from map(self._behind(block.proof, typesetter).step, block.lines)


def _paragraphs(shown: list[str]) -> str:
    return "\n".join(f"<p>{text}</p>" for text in shown)


def _row(typesetter: Typesetter, relation: str, form: Form, reason: Paragraph, behind: str, available: float) -> str:
    """Return a form with its relation and its reason, and the details that are unfolded below it."""
    sign = f'<span class="relation">{relation}</span>' if relation else ""
    why = f'<span class="why">{typesetter.text(reason)}</span>' if reason else ""
    said = typesetter.plain(reason)
    column = _CHAR * len(said)
    low = " low" if form.width + min(column, _COLUMN) + 2 > available or column > 3 * _COLUMN else ""
    inner = f'{sign}<span class="form">{form.shown}</span>{why}'
    if not behind:
        return f'<div class="row{low}">{inner}</div>'
    label = escape(f"{form.said}. {said[:1].upper()}{said[1:]}".strip())
    summary = f'<summary class="row{low}" aria-label="{label}">{inner}</summary>'
    return f'<details class="step">{summary}\n{behind}\n</details>'
