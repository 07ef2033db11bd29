"""What is shown of a computation with the user's numbers: paragraphs, formulas and tables, in every output format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import fill
from typing import final

__all__ = ["Block", "Formulas", "Report", "Table", "number_latex"]

INFINITY = "∞"


@final
@dataclass(frozen=True, slots=True)
class Formulas:
    """Formulas, each as plain text and as LaTeX."""

    lines: tuple[tuple[str, str], ...]


@final
@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers, right-aligned."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Formulas | Table
"""A paragraph of plain text, formulas or a table."""


@final
@dataclass(frozen=True, slots=True)
class Report:
    """A computation with the user's numbers.

    Attributes
    ----------
    title : str
    blocks : tuple of str, Formulas and Table
    facts : dict of str to str
        The numbers by name, for programs.
    """

    title: str
    blocks: tuple[Block, ...]
    facts: dict[str, str]

    def to_text(self) -> str:
        """Return the report for a terminal."""
        parts = [f"{self.title}\n{'-' * len(self.title)}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(fill(block, 100, break_long_words=False, break_on_hyphens=False))
            elif isinstance(block, Formulas):
                parts.append("\n".join(f"  {text}" for text, _ in block.lines))
            else:
                grid = [block.header, *block.rows]
                widths = [max(len(row[k]) for row in grid) for k in range(len(block.header))]
                parts.append("\n".join("  " + "  ".join(map(str.rjust, row, widths)) for row in grid))
        return "\n\n".join(parts) + "\n"

    def to_markdown(self) -> str:
        """Return the report in the Markdown of GitHub."""
        parts = [f"## {_markdown(self.title)}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(_markdown(block))
            elif isinstance(block, Formulas):
                parts += [f"```math\n{latex}\n```" for _, latex in block.lines]
            else:
                rows = ["| " + " | ".join(map(_markdown, row)) + " |" for row in (block.header, *block.rows)]
                parts.append("\n".join([rows[0], "|" + " ---: |" * len(block.header), *rows[1:]]))
        return "\n\n".join(parts) + "\n"

    def to_latex(self) -> str:
        """Return the report as a LaTeX fragment that needs amsmath."""
        parts = [f"\\section*{{{_latex(self.title)}}}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(_latex(block))
            elif isinstance(block, Formulas):
                parts += [f"\\[ {latex} \\]" for _, latex in block.lines]
            else:
                rows = [" & ".join(map(_latex, row)) + r" \\" for row in (block.header, *block.rows)]
                inside = "\n".join([rows[0], r"\hline", *rows[1:]])
                table = f"\\begin{{tabular}}{{{'r' * len(block.header)}}}\n{inside}\n\\end{{tabular}}"
                parts.append(f"\\begin{{center}}\n{table}\n\\end{{center}}")
        return "\n\n".join(parts) + "\n"


def number_latex(number: str) -> str:
    r"""Return LaTeX for a number as mpmath prints it.

    Examples
    --------
    >>> number_latex("1.5e-7")
    '1.5 \\cdot 10^{-7}'
    """
    mantissa, mark, exponent = number.partition("e")
    return f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if mark else number.replace(INFINITY, r"\infty")


_LATEX = {c: "\\" + c for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": "$<$", ">": "$>$",
    '"': "''", "|": "$|$", INFINITY: r"$\infty$", "−": "$-$", "±": r"$\pm$", "·": r"$\cdot$", "ε": r"$\varepsilon$",
    "‖": r"$\parallel$",
}  # fmt: skip


def _latex(plain: str) -> str:
    """Escape plain text; a letter that pdflatex may lack comes out as its code point, not as nothing."""
    shown = "".join(_LATEX.get(c, c if c.isascii() else f"[U+{ord(c):04X}]") for c in plain)
    return shown.replace("$$", "")  # two formulas side by side are one


def _markdown(plain: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", plain)
