"""Formulas, paragraphs and statements as HTML.

A formula stands there as plain text, and KaTeX puts mathematics in its place. So a page can be read without scripts,
and nothing that a user wrote is markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape as _escape
from typing import NamedTuple, Protocol, final

from ..latex.aligned import aligned, listed
from ..latex.terms import RELATIONS, Latex
from ..model.displays import Display, Row
from ..model.notation import Code, Formula, Inline, Notation, Paragraph, TheoremName
from ..text.page import TextLayout
from ..text.terms import RELATIONS as PLAIN_RELATIONS

__all__ = ["Form", "Typesetter", "code", "copied", "escape", "math", "table"]

_KEPT = 9.0
"""A formula in running text is broken when it is wider than so many em."""
_GLUED = re.compile(r'\(?<span class="tex kept"[^>]*>[^<]*</span>[,.;:)?!]+|\(<span class="tex kept"[^>]*>[^<]*</span>')
"""A short formula with punctuation that must not be parted from it."""
_WIDE = 1_000_000
"""Columns of the plain text of a formula: lines are broken by who shows it."""


def escape(text: str) -> str:
    """Return running text, or the value of an attribute, in which nothing is markup.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> escape("p_i & <script>")
    'p_i &amp; &lt;script&gt;'
    """
    return _escape(text, quote=True)


def code(text: str) -> str:
    """Return text that is not prose.

    Parameters
    ----------
    text : str
    """
    return f"<code>{escape(text)}</code>"


def math(tex: str, plain: str, display: bool = False, kept: bool = False) -> str:
    """Return a formula.

    Parameters
    ----------
    tex : str
        What KaTeX shows.
    plain : str
        What is read where no script runs.
    display : bool
        Whether sums and fractions are large.
    kept : bool
        Whether it stays on one line.
    """
    source = rf"\displaystyle {tex}" if display else tex
    return f'<span class="tex{" kept" * kept}" data-tex="{escape(source)}">{escape(plain)}</span>'


def copied(latex: str) -> str:
    """Return LaTeX to be copied.

    Parameters
    ----------
    latex : str
    """
    return f'<pre class="copy"><code>{escape(latex)}</code></pre>'


def table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], words: Callable[[str], str] = escape) -> str:
    """Return a table of numbers.

    Parameters
    ----------
    header : tuple of str
    rows : tuple of tuple of str
    words : callable, optional
        How running text is written.
    """
    head, *body = (
        "".join(f"<{tag}>{words(cell)}</{tag}>" for cell in cells)
        for tag, cells in (("th", header), *(("td", row) for row in rows))
    )
    shown = "".join(f"<tr>{row}</tr>" for row in body)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{shown}</tbody></table>"


class _Formula(Protocol):
    def __call__(self, tex: str, plain: str, display: bool = False, kept: bool = False) -> str: ...


class Form(NamedTuple):
    """A form that is shown: as HTML, as plain text, and how wide it is, in em.

    Parameters
    ----------
    shown : str
        As HTML.
    said : str
        As plain text.
    width : float
        In em.
    """

    shown: str
    said: str
    width: float


@final
class Typesetter:
    """Prints the blocks that share one notation.

    Parameters
    ----------
    notation : Notation
    pages : frozenset of str
        The theorems and narratives that have a page beside this one, to which names are linked.
    formula : callable, optional
        How a formula is written, with the parameters of :func:`math`.
    words : callable, optional
        How running text is.
    statements : mapping of str to str, optional
        What theorems say, shown where one points at their names.
    """

    def __init__(
        self,
        notation: Notation,
        pages: frozenset[str] = frozenset(),
        formula: _Formula = math,
        words: Callable[[str], str] = escape,
        statements: Mapping[str, str] | None = None,
    ) -> None:
        self.notation = notation
        self._formula = formula
        self._words = words
        self._latex = Latex(notation)
        self._flat = Latex(notation, flat=True)
        self._plain = TextLayout(notation, _WIDE)
        self._pages = pages
        self._statements = statements or {}

    def name(self, name: str) -> str:
        """Return the name of a theorem, linked where it has a page, with what it says where that is known.

        The statement is shown by the style of the page while the pointer is on the name or the keyboard has brought the
        focus there; a screen reader reads it behind the name.

        Parameters
        ----------
        name : str
        """
        linked, said = name in self._pages, self._statements.get(name)
        focus = "" if linked or said is None else ' tabindex="0"'
        shown = f"<code{focus}>{escape(name)}</code>"
        shown = f'<a href="{escape(name)}.html">{shown}</a>' if linked else shown
        if said is None:
            return shown
        return f'<span class="named">{shown}<span class="says" role="tooltip">{escape(said)}</span></span>'

    def names(self, names: tuple[str, ...]) -> str:
        """Return the names of theorems.

        Parameters
        ----------
        names : tuple of str
        """
        return ", ".join(map(self.name, names))

    def plain(self, paragraph: Paragraph) -> str:
        """Return a paragraph as plain text.

        Parameters
        ----------
        paragraph : Paragraph
        """
        return self._plain.text(paragraph).replace("\u00a0", " ")

    def text(self, paragraph: Paragraph) -> str:
        """Return a paragraph. A short formula stays on one line with the punctuation around it.

        Parameters
        ----------
        paragraph : Paragraph
        """
        return _GLUED.sub(r'<span class="kept">\g<0></span>', "".join(map(self._inline, paragraph)))

    def _inline(self, piece: Inline) -> str:
        if isinstance(piece, str):
            return self._words(piece)
        if isinstance(piece, Code):
            return self.name(piece.text)
        if isinstance(piece, TheoremName):
            return self.name(piece.name)
        box = self._flat.formula(piece) if isinstance(piece, Formula) else listed(piece, self._flat)
        return self._formula(box.text, self.plain((piece,)), kept=box.width <= _KEPT)

    # displays: a first form and rows

    def first(self, display: Display) -> Form:
        """Return the first form of a chain.

        Parameters
        ----------
        display : Display
        """
        tex, said, width = self._side(display.first, True)
        return Form(self._formula(tex, said, display=True), said, width)

    def row(self, display: Display, row: Row) -> tuple[str, Form]:
        """Return the relation of a row of a chain, and its right side.

        Parameters
        ----------
        display : Display
        row : Row
        """
        last = row is display.rows[-1]
        tex, plain, width = self._side(row.side, not last)
        more = self._behind(display, row, last)
        sign = PLAIN_RELATIONS[row.relation]
        shown = self._formula(tex, plain, display=True) + more.shown
        relation = self._formula(f"{{}}{RELATIONS[row.relation]}{{}}", sign)
        return relation, Form(shown, f"{sign} {plain}{more.said}", 1.4 + width + more.width)

    def line(self, display: Display) -> Form:
        """Return a display of at most one row on one line, which may be broken in front of its relation.

        Parameters
        ----------
        display : Display
        """
        tex, plain, width = self._side(display.first, bool(display.rows))
        first = self._formula(tex, plain, display=True)
        if not display.rows:
            behind = self._behind(display, None, True)
            return Form(first + behind.shown, plain + behind.said, width + behind.width)
        (row,) = display.rows
        right, words, more = self._side(row.side, False)
        sign, behind = PLAIN_RELATIONS[row.relation], self._behind(display, row, True)
        second = self._formula(rf"{RELATIONS[row.relation]}\nobreak {right}", f"{sign} {words}", display=True)
        said = f"{plain} {sign} {words}{behind.said}"
        return Form(f"{first} {second}{behind.shown}", said, width + 1.4 + more + behind.width)

    def _side(self, side: Formula, closed: bool) -> tuple[str, str, float]:
        box = self._latex.side(side.first, side, closed)
        return box.text, self._plain.unicode.side(side.first, side, closed).text, box.width

    def _behind(self, display: Display, row: Row | None, last: bool) -> Form:
        """Return the conditions after a row: the variable that tends to infinity, and the range of the indices."""
        shown, said = "", ""
        if row and row.variable:
            said = f" ({self._plain.unicode.name(row.variable)} → ∞)"
            shown = " " + self._formula(rf"({self._latex.name(row.variable).text} \to \infty)", said.strip())
        if last and display.after:
            shown, said = shown + self.text(display.after), said + self.plain(display.after)
        return Form(shown, said, 0.5 * len(said))

    def source(self, display: Display) -> str:
        """Return a display as LaTeX.

        Parameters
        ----------
        display : Display
        """
        return aligned(display, self.notation)
