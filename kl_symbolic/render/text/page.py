"""Plain Unicode text for the terminal."""

from __future__ import annotations

import textwrap
from typing import Final, assert_never

from ...kernel.syntax import SPACES
from ...language.errors import InvalidValue
from ..model.displays import Display
from ..model.document import (
    ALWAYS,
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
from ..model.notation import Code, Formula, Names, Notation, Paragraph, Range, TheoremName, Value
from .terms import RELATIONS, TextLine, Unicode

__all__ = ["TextLayout", "render"]

_WIDTH: Final = 88
"""Columns of a page: what most terminals show, and what one still reads without losing the line."""
_NARROWEST: Final = 40
"""Below it, hardly a formula of the library fits on a line."""
_GLUE = "\u00a0"
"""Stands for a space inside a formula while a paragraph is wrapped."""
_BULLET, _HANGING = "  • ", "    "
_UNDERLINES = {1: "=", 2: "-", 3: "~", 4: "-"}
"""The characters that underline headings, by level."""


def render(document: Document, width: int = _WIDTH) -> str:
    """Return a document as text.

    Parameters
    ----------
    document : Document
    width : int
        The number of columns; at least 40. A formula that cannot be broken may be longer.

    Raises
    ------
    ValueError
        When *width* is less than 40.
    """
    if width < _NARROWEST:
        raise InvalidValue(f"expected a width of at least {_NARROWEST}, got {width}")
    return "\n\n".join(_printed(document.blocks, width)) + "\n"


def _printed(blocks: tuple[Block, ...], width: int) -> list[str]:
    """Return what is printed of *blocks*, between which there are empty lines; chains of numbers follow one another."""
    shown: list[str] = []
    before: Block | None = None
    for block in blocks:
        pieces = _block(block, width)
        if isinstance(block, Chain) and isinstance(before, Chain):
            shown[-1] += f"\n{pieces[0]}"
        else:
            shown += pieces
        before = block
    return shown


def _block(block: Block, width: int) -> list[str]:
    """Return a block in pieces between which there are empty lines."""
    match block:
        case Heading():
            return [_heading(block, width)]
        case Prose():
            layout = TextLayout(block.notation, width)
            return ["\n".join(map(layout.wrapped, block.paragraphs))]
        case Callout():
            mark = f"{block.label}: " if block.grave else f"{block.label} "
            return [TextLayout(block.notation, width).wrapped((mark, *block.text))]
        case Badges():
            return [" · ".join(block.names)]
        case Hypotheses():
            return [_hypotheses(block, TextLayout(block.notation, width))]
        case Statement():
            layout = TextLayout(block.notation, width)
            return [*[layout.wrapped(block.lead)] * bool(block.lead), layout.display(block.display)]
        case Aligned():
            return [TextLayout(block.notation, width).display(block.display)]
        case Chain():
            return [_chain(block, width)]
        case Table():
            return [_table(block)]
        case Foundations():
            return _foundations(block, TextLayout(block.notation, width))
        case Note():
            return [_note(block, TextLayout(block.notation, width))]
        case Group():
            return _printed(block.blocks, width)
        case ProofLines():
            layout = TextLayout(block.notation, width)
            return ["\n".join(_line(row, layout) for row in block.rows())] if block.listed else []
        case Picture():
            return []  # nothing moves on a terminal
    assert_never(block)


def _heading(block: Heading, width: int) -> str:
    mark = (" (UNCHECKED)",) if not block.checked else ()
    shown = TextLayout(block.notation, width).wrapped((*block.text, *mark))
    underline = _UNDERLINES[block.level] * max(map(len, shown.splitlines()))
    label = [block.name] if block.name and not block.is_name else []
    return "\n".join([shown, underline, *label])


def _hypotheses(block: Hypotheses, layout: TextLayout) -> str:
    opening = [layout.wrapped(block.setting)] if block.setting else []
    if block.assumed:
        opening += [ASSUME, *(layout.wrapped(h, _BULLET, _HANGING) for h in block.assumed)]
    return "\n".join([*opening, *[block.then if opening else ALWAYS] * block.concluded])


def _line(row: ListedLine, layout: TextLayout) -> str:
    """Return a line of the proof, and below it why it holds."""
    shown = layout.wrapped((row.statement,), f"{row.number:>4}  ", " " * 8)
    return f"{shown}\n{layout.wrapped(row.reason, ' ' * 10, ' ' * 12)}"


def _foundations(block: Foundations, layout: TextLayout) -> list[str]:
    lines = [block.label]
    lines += [layout.wrapped((f"Lemmas: {', '.join(block.lemmas)}.",))] if block.lemmas else []
    axioms = (((name, ": ", *gloss) if gloss else (name,)) for name, gloss in block.axioms)
    lines += ["Axioms:", *(layout.wrapped(a, _BULLET, _HANGING) for a in axioms)] if block.axioms else ["Axioms: none."]
    return ["\n".join(lines), *[layout.wrapped((block.remark,))] * bool(block.remark)]


def _note(block: Note, layout: TextLayout) -> str:
    if block.listed:
        return "\n".join(
            [layout.wrapped((block.label,)), *(layout.wrapped(p, _BULLET, _HANGING) for p in block.paragraphs)]
        )
    label = f"{block.label} " if block.label else ""
    return "\n".join([layout.wrapped((label, *block.paragraphs[0])), *map(layout.wrapped, block.paragraphs[1:])])


def _chain(block: Chain, width: int) -> str:
    """Return a chain of numbers, indented, on several lines where it is long."""
    if len(block.plain) + len("  ") <= width:
        return f"  {block.plain}"
    first, *rest = (link.plain for link in block.links)
    wrap = textwrap.TextWrapper(width, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)
    return "\n".join([f"  {first}", *map(wrap.fill, rest)])


def _table(block: Table) -> str:
    grid = [block.header, *block.rows]
    widths = [max(len(row[k]) for row in grid) for k in range(len(block.header))]
    return "\n".join("  " + "  ".join(map(str.rjust, row, widths)) for row in grid)


class TextLayout:
    """Lays out the blocks that share one notation, at one width.

    Parameters
    ----------
    notation : Notation
    width : int
    """

    def __init__(self, notation: Notation, width: int) -> None:
        self.width = width
        self.unicode = Unicode(notation)

    def text(self, paragraph: Paragraph) -> str:
        """Return a paragraph on one line; the spaces of its formulas are glued.

        Parameters
        ----------
        paragraph : Paragraph
        """
        shown = ""
        for piece in paragraph:
            if isinstance(piece, Formula):
                formula = self.unicode.formula(piece)
                shown += formula.replace(" ", _GLUE) if len(formula) < self.width // 2 else formula
            elif isinstance(piece, Code):
                shown += f"`{piece.text}`"
            elif isinstance(piece, str):
                shown += piece
            elif isinstance(piece, TheoremName):
                shown += piece.name
            elif isinstance(piece, Value):
                shown += self.value(piece)
            else:
                shown += (self.running(piece) if isinstance(piece, Range) else self.names(piece)).replace(" ", _GLUE)
        return shown

    def wrapped(self, paragraph: Paragraph, first: str = "", rest: str = "") -> str:
        """Return a paragraph in lines.

        Parameters
        ----------
        paragraph : Paragraph
        first : str
            What the first line begins with.
        rest : str
            What the other lines begin with.
        """
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
        """Return an equation of a name or formula with its value.

        Parameters
        ----------
        shown : Value
        """
        of = (
            self.unicode.formula(shown.of)
            if isinstance(shown.of, Formula)
            else shown.of and self.unicode.name(shown.of)
        )
        text = " ".join(filter(None, (of, shown.relation, shown.plain)))
        return text.replace(" ", _GLUE) if len(text) < self.width // 2 else text

    def names(self, shown: Names) -> str:
        """Return declared names with their signature.

        Parameters
        ----------
        shown : Names
        """
        text = ", ".join(map(self.unicode.name, shown.names))
        if shown.over:
            sets = [*map(self.unicode.index_set, shown.over)]
            return f"{text} : {' × '.join(sets)} → {self.unicode.index_set(shown.values)}"
        plain = shown.values in ("number", *SPACES)
        return text if plain else f"{text} ∈ {self.unicode.index_set(shown.values)}"

    def running(self, shown: Range) -> str:
        """Return index variables and what they run over.

        Parameters
        ----------
        shown : Range
        """
        text = ", ".join(map(self.unicode.name, shown.names))
        if isinstance(shown.over, Formula):
            return f"{text} ∈ {self.unicode.formula(shown.over)}"
        if shown.how == "in":
            return f"{text} ∈ {self.unicode.index_set(shown.over)}"
        return f"{text} ≥ 1" if shown.how == "positive" else f"{text} → ∞"

    # displays

    def display(self, display: Display) -> str:
        """Return a chain: the first form, then one relation and one reason a line.

        Parameters
        ----------
        display : Display
        """
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
        """Return the lines of a form with the reason at the right, or below where it does not fit.

        Parameters
        ----------
        lines : list of str
        reason : Paragraph
        column : int
            Where reasons begin.
        """
        shown = self.text(reason).replace(_GLUE, " ")
        if not shown:
            return lines
        beside = f"{lines[-1]:{column}}   {shown}"
        if len(beside) <= self.width:
            return [*lines[:-1], beside]
        return [*lines, self.wrapped(reason, "        ", "        ")]

    def broken(self, line: TextLine, indent: int, tail: str) -> list[str]:
        """Return a form in lines, broken between its summands or factors, or before what it is divided by.

        Parameters
        ----------
        line : TextLine
        indent : int
            Columns in front of each line.
        tail : str
            What stands behind the last line.
        """
        available = self.width - indent
        if len(line.text) + len(tail) <= available:
            return [" " * indent + line.text + tail]
        lines: list[str] = []
        text = ""
        for part in line.parts or (line.text,):
            if text and len(text + part) > available - 2 * bool(lines):
                lines.append(text)
                text = part.strip() if part.startswith((" +", " -", "/")) else "· " + part.lstrip(" ·")
            else:
                text += part
        lines.append(text + tail)
        wrap = textwrap.TextWrapper(
            available - 2, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
        )
        shown = [piece for line in lines for piece in wrap.wrap(line)]
        return [" " * (indent + 2 * bool(k)) + text for k, text in enumerate(shown)]
