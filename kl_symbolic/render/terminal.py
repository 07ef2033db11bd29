"""Plain Unicode text for the terminal."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import Final

from ..language.errors import InvalidValue
from .colophon import EXAMPLE, UNUSED, Colophon
from .displays import Display
from .notation import Code, Formula, Names, Notation, Paragraph, Range, Value
from .outline import CHECKED, UNCHECKED, Outline, Readable, Section, outline
from .unicode_terms import RELATIONS, TextLine, Unicode

__all__ = ["to_text"]

_NARROWEST: Final = 40
_GLUE = "\u00a0"
"""Stands for a space inside a formula while a paragraph is wrapped."""


def to_text(
    theorem: Readable | Outline, width: int = 88, base: int | None = None, colophon: Colophon | None = None
) -> str:
    """Return a theorem with its derivation as text.

    Parameters
    ----------
    theorem : Theorem or Outline
        Anything that is not a checked theorem is marked UNCHECKED.
    width : int
        The number of columns; at least 40. A formula that cannot be broken may be longer.
    base : int, optional
        The base of the logarithms that are shown; see :func:`kl_symbolic.render.outline.outline`.
    colophon : Colophon, optional
        What is known of a shipped theorem beside its proof.

    Raises
    ------
    Refused
        When the story is malformed.
    ValueError
        When *width* is less than 40.
    """
    if width < _NARROWEST:
        raise InvalidValue(f"expected a width of at least {_NARROWEST}, got {width}")
    page = theorem if isinstance(theorem, Outline) else outline(theorem, base=base, colophon=colophon)
    return "\n\n".join(TextPage(page.notation, width).blocks(page)) + "\n"


class TextPage:
    """Lays out what has one notation, at one width."""

    def __init__(self, notation: Notation, width: int) -> None:
        self.width = width
        self.unicode = Unicode(notation)

    def blocks(self, page: Outline) -> list[str]:
        """Return the blocks of a page, between which there is an empty line."""
        title = page.title + " (UNCHECKED)" * (not page.checked)
        blocks = [f"{title}\n{'=' * len(title)}"]
        if page.colophon and not page.colophon.brief:
            blocks.append(" · ".join(page.colophon.badges))
        if not page.checked:
            blocks.append(self.wrapped((f"UNCHECKED: {UNCHECKED}",)))
        opening = [self.wrapped(page.setting)] if page.setting else []
        if page.hypotheses:
            opening += ["Assume", *(self.wrapped(h, "  • ", "    ") for h in page.hypotheses)]
        blocks.append("\n".join([*opening, "Then" if opening else "Always"]))
        blocks.append(self.display(page.statement))
        for display, group in groupby(page.notes, lambda n: isinstance(n, Display)):
            notes = [self.display(n) if isinstance(n, Display) else self.wrapped(n) for n in group]
            blocks += notes if display else ["\n".join(notes)]
        for piece in page.body:
            if isinstance(piece, Section):
                shown = self.text(piece.title).replace(_GLUE, " ")
                blocks.append(f"{shown}\n{'-' * len(shown)}")
            else:
                blocks.append(self.display(piece) if isinstance(piece, Display) else self.wrapped(piece))
        if page.closing:
            words = "This proves" if page.checked else "This would prove"
            blocks.append(f"{words}\n\n{self.display(page.closing)}")
        rests = [self.wrapped((f"Lemmas: {', '.join(page.lemmas)}.",))] if page.lemmas else []
        rests += ["Axioms:", *map(self.axiom, page.axioms)] if page.axioms else ["Axioms: none."]
        blocks.append("\n".join(rests))
        if page.checked and page.body:
            blocks.append(self.wrapped((CHECKED,)))
        return [*blocks, *self.colophon(page)]

    def colophon(self, page: Outline) -> list[str]:
        """Return what is known of a shipped theorem."""
        known = page.colophon
        if known is None or known.brief:
            return []
        cited = f"Cited by: {', '.join(known.used_by)}." if known.used_by else UNUSED
        example = [self.wrapped((EXAMPLE,)), *(self.wrapped(p, "  • ", "    ") for p in page.example)]
        source = [self.wrapped((f"Source: {known.source}",))] if known.source else []
        return [self.wrapped((cited,)), *["\n".join(example)] * bool(page.example), *source]

    def axiom(self, row: tuple[str, Paragraph]) -> str:
        name, gloss = row
        return self.wrapped((name, *((": ", *gloss) if gloss else ())), "  • ", "    ")

    def text(self, paragraph: Paragraph) -> str:
        """Return a paragraph on one line; the spaces of its formulas are glued."""
        shown = ""
        for piece in paragraph:
            if isinstance(piece, Formula):
                formula = self.unicode.formula(piece)
                shown += formula.replace(" ", _GLUE) if len(formula) < self.width // 2 else formula
            elif isinstance(piece, Code):
                shown += f"`{piece.text}`"
            elif isinstance(piece, str):
                shown += piece
            elif isinstance(piece, Value):
                shown += self.value(piece)
            else:
                shown += (self.running(piece) if isinstance(piece, Range) else self.names(piece)).replace(" ", _GLUE)
        return shown

    def wrapped(self, paragraph: Paragraph, first: str = "", rest: str = "") -> str:
        """Return a paragraph in lines."""
        lines = textwrap.wrap(
            self.text(paragraph).strip(" "),
            self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(lines).replace(_GLUE, " ")

    def value(self, shown: Value) -> str:
        """Return a value, behind what it is the value of."""
        of = (
            self.unicode.formula(shown.of)
            if isinstance(shown.of, Formula)
            else shown.of and self.unicode.name(shown.of)
        )
        text = " ".join(filter(None, (of, shown.relation, shown.plain)))
        return text.replace(" ", _GLUE) if len(text) < self.width // 2 else text

    def names(self, shown: Names) -> str:
        """Return declared names with their signature."""
        text = ", ".join(map(self.unicode.name, shown.names))
        if shown.over:
            values = "ℝ" if shown.values == "number" else self.unicode.name(shown.values)
            return f"{text} : {' × '.join(map(self.index_set, shown.over))} → {values}"
        return text if shown.values in ("number", "set") else f"{text} ∈ {self.index_set(shown.values)}"

    def index_set(self, name: str) -> str:
        return "ℕ" if name == "Nat" else self.unicode.name(name)

    def running(self, shown: Range) -> str:
        """Return index variables and what they run over."""
        text = ", ".join(map(self.unicode.name, shown.names))
        if shown.how == "in":
            return f"{text} ∈ {self.index_set(shown.over)}"
        return f"{text} ≥ 1" if shown.how == "positive" else f"{text} → ∞"

    # displays

    def display(self, display: Display) -> str:
        """Return a chain: the first form, then one relation and one reason a line."""
        first = self.unicode.side(display.first.first, display.first, closed=bool(display.rows))
        intro = [self.wrapped(display.intro), ""] if display.intro else []
        after = self.text(display.after).replace(_GLUE, " ")
        sides = [self.unicode.side(r.side.first, r.side, closed=r is not display.rows[-1]) for r in display.rows]
        tails = [f"  ({self.unicode.name(r.variable)} → ∞)" if r.variable else "" for r in display.rows]
        if not sides:
            return "\n".join([*intro, *self.row(self.broken(first, 2, after), display.reason, 0)])
        tails[-1] += after
        if len(sides) == 1:
            line = f"  {first.text} {RELATIONS[display.rows[0].relation]} {sides[0].text}{tails[0]}"
            if len(line) <= self.width:
                return "\n".join([*intro, *self.row([line], display.rows[0].reason, 0)])
        forms = []
        for row, side, tail in zip(display.rows, sides, tails, strict=True):
            relation = RELATIONS[row.relation]
            lines = self.broken(side, 5 + len(relation), tail)
            forms.append([f"    {relation} {lines[0].lstrip()}", *lines[1:]])
        fitting = [
            len(lines[-1])
            for lines, row in zip(forms, display.rows, strict=True)
            if len(lines[-1]) + 3 + len(self.text(row.reason)) <= self.width
        ]
        column = max(fitting, default=0)
        rows = self.broken(first, 2, "")
        for lines, row in zip(forms, display.rows, strict=True):
            rows += self.row(lines, row.reason, column)
        return "\n".join([*intro, *rows])

    def row(self, lines: list[str], reason: Paragraph, column: int) -> list[str]:
        """Return the lines of a form with the reason at the right, or below where it does not fit."""
        shown = self.text(reason).replace(_GLUE, " ")
        if not shown:
            return lines
        beside = f"{lines[-1]:{column}}   {shown}"
        if len(beside) <= self.width:
            return [*lines[:-1], beside]
        return [*lines, self.wrapped(reason, "        ", "        ")]

    def broken(self, line: TextLine, indent: int, tail: str) -> list[str]:
        """Return a form in lines, broken between its summands or factors."""
        room = self.width - indent
        if len(line.text) + len(tail) <= room:
            return [" " * indent + line.text + tail]
        lines: list[str] = []
        text = ""
        for part in line.parts or (line.text,):
            if text and len(text + part) > room - 2 * bool(lines):
                lines.append(text)
                text = part.strip() if part[:2] in (" +", " -") else "· " + part.lstrip(" ·")
            else:
                text += part
        lines.append(text + tail)
        wrap = textwrap.TextWrapper(room - 2, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
        shown = [piece for line in lines for piece in wrap.wrap(line)]
        return [" " * (indent + 2 * bool(k)) + text for k, text in enumerate(shown)]
