r"""Chains of numbers and cells of tables as LaTeX, which pages in LaTeX, Markdown and HTML have in common."""

from __future__ import annotations

import re

from ..model.document import Chain, Link
from ..model.reports import number_latex
from .aligned import LINE

__all__ = ["cell", "chain"]

_LONG = 84
"""Columns of plain text that fit on a line of print, about."""
_SUMMANDS = 6
"""The most summands in a line of print, about."""
_RELATIONS = {"≈": r"\approx", "≤": r"\le"}
_NUMBER = re.compile(r"-?[0-9.]+(e[-+]?[0-9]+)?|[−]?∞")


def chain(block: Chain, width: float = LINE) -> str:
    r"""Return a chain of numbers for a display, aligned where it is long.

    Parameters
    ----------
    block : Chain
    width : float
        Of a line, in em.

    Examples
    --------
    >>> print(chain(Chain.of(("x", "x"), "≈", ("0.5", "0.5"))))
    x \approx 0.5
    """
    summands = max(1, int(_SUMMANDS * width / LINE))
    links = [_rows(link, summands) for link in block.links]
    if len(block.plain) <= _LONG * width / LINE and all(len(rows) == 1 for rows in links):
        return " ".join(rows[0] for rows in links)
    first, *rest = links
    rows = [f"& {row}" for row in first] + [f"& \\quad {row}" for link in rest for row in link]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _rows(link: Link, summands: int) -> list[str]:
    """Return the lines of a link, its relation in front."""
    rows = [link.terms[k : k + summands] for k in range(0, len(link.terms), summands)]
    shown = [" + ".join(formula for _, formula in row) for row in rows]
    relation = _RELATIONS.get(link.relation, link.relation)
    return [f"{relation} {shown[0]}".strip(), *(f"\\quad + {row}" for row in shown[1:])]


def cell(plain: str) -> str:
    r"""Return a cell of a table as a formula, nothing if it is not a number.

    Parameters
    ----------
    plain : str
        The cell as plain text.

    Examples
    --------
    >>> cell("1e-7"), cell("yes")
    ('1 \\cdot 10^{-7}', '')
    """
    return number_latex(plain) if _NUMBER.fullmatch(plain) else ""
