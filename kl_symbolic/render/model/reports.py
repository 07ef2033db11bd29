"""What is shown of a computation with the user's numbers: paragraphs, formulas and tables, in every output format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import fill
from typing import final

from ..latex import page as latex
from ..html.typesetter import escape, math
from ..markdown.flavors import flavour_of

__all__ = ["INFINITY", "Block", "Chain", "Link", "Report", "Table", "number_latex"]

INFINITY = "∞"

_WIDE = 100
"""Columns of a terminal; a longer chain of equalities goes on below."""
_LONG = 84
"""Columns of plain text that fit on a line of print, about."""
_RELATIONS = {"≈": r"\approx", "≤": r"\le"}
_NUMBER = re.compile(r"-?[0-9.]+(e[-+]?[0-9]+)?|[−]?∞")
_SUMMANDS = 6
"""The most summands in a line of print, about."""


@final
@dataclass(frozen=True, slots=True)
class Link:
    """A link of a chain of equalities: its relation, and its summands, each as plain text and as LaTeX."""

    relation: str
    terms: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        """The link in plain text."""
        return f"{self.relation} " * bool(self.relation) + " + ".join(plain for plain, _ in self.terms)

    def latex(self, relation: str) -> list[str]:
        """Return the lines of the link in LaTeX, *relation* in front."""
        rows = [self.terms[k : k + _SUMMANDS] for k in range(0, len(self.terms), _SUMMANDS)]
        shown = [" + ".join(formula for _, formula in row) for row in rows]
        return [f"{relation} {shown[0]}".strip(), *(f"\\quad + {row}" for row in shown[1:])]


@final
@dataclass(frozen=True, slots=True)
class Chain:
    """A formula a = b ≈ c."""

    links: tuple[Link, ...]

    @staticmethod
    def of(*sides: str | tuple[str, str] | tuple[tuple[str, str], ...]) -> Chain:
        """Return a chain; a relation stands before each side but the first.

        A side is plain text and LaTeX, or several such pairs, its summands.

        Examples
        --------
        >>> Chain.of(("x", "x"), "=", (("a", "a"), ("b", "b"))).plain
        'x = a + b'
        """
        links, relation = [], ""
        for side in sides:
            if isinstance(side, str):
                relation = side
            else:
                terms = (side,) if isinstance(side[0], str) else side
                links.append(Link(relation, terms))
        return Chain(tuple(links))

    @property
    def plain(self) -> str:
        """The chain in plain text, on one line."""
        return " ".join(link.plain for link in self.links)

    def text(self) -> str:
        """Return the chain for a terminal, indented, on several lines where it is long."""
        if len(self.plain) <= _WIDE:
            return f"  {self.plain}"
        first, *rest = (link.plain for link in self.links)
        shown = [f"  {first}", *(fill(r, _WIDE, initial_indent="    ", subsequent_indent="      ") for r in rest)]
        return "\n".join(shown)

    def latex(self) -> str:
        """Return the chain in LaTeX for a display, aligned where it is long."""
        links = [link.latex(_RELATIONS.get(link.relation, link.relation)) for link in self.links]
        if len(self.plain) <= _LONG and all(len(rows) == 1 for rows in links):
            return " ".join(rows[0] for rows in links)
        first, *rest = links
        rows = [f"& {row}" for row in first] + [f"& \\quad {row}" for link in rest for row in link]
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


@final
@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers, right-aligned."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Chain | Table
"""A paragraph of plain text, a formula or a table."""


@final
@dataclass(frozen=True, slots=True)
class Report:
    """A computation with the user's numbers.

    Attributes
    ----------
    title : str
    blocks : tuple of str, Chain and Table
    facts : dict of str to str
        The numbers by name, for programs.
    """

    title: str
    blocks: tuple[Block, ...]
    facts: dict[str, str]

    def tables(self) -> list[Table]:
        """Return the tables of the report."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def to_text(self) -> str:
        """Return the report for a terminal."""
        parts = [f"{self.title}\n{'-' * len(self.title)}"]
        for before, block in zip((None, *self.blocks), self.blocks, strict=False):
            if isinstance(block, str):
                parts.append(fill(block, 100, break_long_words=False, break_on_hyphens=False))
            elif isinstance(block, Chain) and isinstance(before, Chain):
                parts[-1] += f"\n{block.text()}"
            elif isinstance(block, Chain):
                parts.append(block.text())
            else:
                grid = [block.header, *block.rows]
                widths = [max(len(row[k]) for row in grid) for k in range(len(block.header))]
                parts.append("\n".join("  " + "  ".join(map(str.rjust, row, widths)) for row in grid))
        return "\n\n".join(parts) + "\n"

    def to_markdown(self, flavour: str = "github") -> str:
        """Return the report in Markdown: ``"github"``, ``"hugo"`` or ``"myst"``."""
        chosen = flavour_of(flavour)
        parts = [f"## {chosen.escape(self.title)}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(chosen.paragraph(chosen.escape(block)))
            elif isinstance(block, Chain):
                parts.append(chosen.display(block.latex()))
            else:
                rows = ["| " + " | ".join(map(chosen.escape, row)) + " |" for row in (block.header, *block.rows)]
                parts.append("\n".join([rows[0], "|" + " ---: |" * len(block.header), *rows[1:]]))
        return "\n\n".join(parts) + "\n"

    def to_latex(self) -> str:
        """Return the report as a LaTeX fragment that needs amsmath."""
        parts = [f"\\section*{{{latex.escape(self.title)}}}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(latex.escape(block))
            elif isinstance(block, Chain):
                parts.append(f"\\[\n{block.latex()}\n\\]")
            else:
                rows = [" & ".join(map(_cell, row)) + r" \\" for row in (block.header, *block.rows)]
                inside = "\n".join([rows[0], r"\hline", *rows[1:]])
                table = f"\\begin{{tabular}}{{{'r' * len(block.header)}}}\n{inside}\n\\end{{tabular}}"
                parts.append(f"\\begin{{center}}\n{table}\n\\end{{center}}")
        return "\n\n".join(parts) + "\n"

    def to_html(self) -> str:
        """Return the report as a section of an HTML page."""
        parts = [f"<h2>{escape(self.title)}</h2>"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(f"<p>{escape(block)}</p>")
            elif isinstance(block, Chain):
                parts.append(f'<div class="first">{math(block.latex(), block.plain, display=True)}</div>')
            else:
                head, *rows = (
                    "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
                    for tag, cells in (("th", block.header), *(("td", row) for row in block.rows))
                )
                body = "".join(f"<tr>{row}</tr>" for row in rows)
                table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
                parts.append(f'<div class="wide">{table}</div>')
        return '<section class="numbers">\n' + "\n".join(parts) + "\n</section>"


def _cell(plain: str) -> str:
    return f"${number_latex(plain)}$" if _NUMBER.fullmatch(plain) else latex.escape(plain)


def number_latex(number: str) -> str:
    r"""Return LaTeX for a number as mpmath prints it.

    Examples
    --------
    >>> number_latex("1.5e-7")
    '1.5 \\cdot 10^{-7}'
    """
    mantissa, mark, exponent = number.partition("e")
    return (
        f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if mark else number.replace("−", "-").replace(INFINITY, r"\infty")
    )
