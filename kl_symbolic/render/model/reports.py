"""Report → document: a computation with the user's numbers, in paragraphs, chains of numbers and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from .document import NUMBERS, Chain, Document, Group, Heading, Prose, Table

__all__ = ["INFINITY", "Report", "ReportBlock", "document_of_report", "number_latex", "words"]

INFINITY = "∞"

ReportBlock = Prose | Chain | Table
"""A block of a report."""


@final
@dataclass(frozen=True, slots=True)
class Report:
    """A computation with the user's numbers.

    Parameters
    ----------
    title : str
    blocks : tuple of Prose, Chain and Table
    facts : dict of str to str
        The numbers by name, for programs.
    """

    title: str
    blocks: tuple[ReportBlock, ...]
    facts: dict[str, str]

    def tables(self) -> list[Table]:
        """Return the tables of the report."""
        return [block for block in self.blocks if isinstance(block, Table)]


def words(text: str) -> Prose:
    """Return a paragraph without formulas.

    Parameters
    ----------
    text : str
    """
    return Prose(((text,),))


def document_of_report(report: Report) -> Document:
    """Return the document of a report: one section.

    Parameters
    ----------
    report : Report
    """
    section = Group(NUMBERS, (Heading(2, (report.title,)), *report.blocks), report.title)
    return Document(report.title, (section,))


def number_latex(number: str) -> str:
    r"""Return LaTeX for a number as mpmath prints it.

    Parameters
    ----------
    number : str

    Examples
    --------
    >>> number_latex("1.5e-7")
    '1.5 \\cdot 10^{-7}'
    """
    mantissa, mark, exponent = number.partition("e")
    return (
        f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if mark else number.replace("−", "-").replace(INFINITY, r"\infty")
    )
