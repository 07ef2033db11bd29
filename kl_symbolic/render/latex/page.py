r"""LaTeX: a fragment to include, or a complete document for plain pdflatex (amsmath, amssymb, lmodern)."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never, final

from ...language.errors import InvalidValue
from ..model.displays import Display
from ..model.document import (
    ASSUME,
    CLAIM,
    DERIVATION,
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
    renamed,
)
from ..model.notation import Code, Formula, Notation, Paragraph, TheoremName, Value
from ..model.renaming import Renaming
from .aligned import MATH_OF, PLAIN_OF, aligned, listed, running, within
from .layout import DOCUMENT, FRAGMENT, MACROS, Layout, fitted
from .numbers import cell, chain
from .terms import Latex

__all__ = ["DOCUMENT", "FRAGMENT", "Layout", "escape", "render"]

_TEXT_OF = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
}  # fmt: skip

_HEAD = r"""\documentclass[11pt]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath,amssymb}
"""
_SIZES = r"""\setlength{\textwidth}{430pt}
\setlength{\oddsidemargin}{10pt}
\setlength{\topmargin}{-30pt}
\setlength{\textheight}{640pt}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\allowdisplaybreaks
\begin{document}
"""

_FRAME = "\\begin{frame}[allowframebreaks]{%s}\n\\sloppy\n%s\n\\end{frame}"
"""A slide, which continues on others where it is full."""

_DISPLAYED = "\\["
"""The opening delimiter of a displayed formula."""

_LONG_NAME = 16
"""Letters of a name of a theorem that always fit in what is left of a line; a longer one may be broken."""


def render(document: Document, layout: Layout = FRAGMENT, renaming: Renaming | None = None) -> str:
    r"""Return a document as LaTeX.

    Parameters
    ----------
    document : Document
    layout : Layout
    renaming : Renaming, optional
        Other symbols for some of the names.

    Raises
    ------
    InvalidValue
        When nothing is left to which the label could be given, or a renamed symbol is not on the page or looks like
        another one.
    """
    printer = _Printer(layout)
    shown = printer.joined(document.blocks if renaming is None else renamed(document.blocks, renaming)) + "\n"
    if renaming is not None:
        renaming.check()
    if layout.label and not printer.labeled:
        raise InvalidValue(f"the label {layout.label} needs the title or the statement on the page")
    macros = MACROS if r"\klfit" in shown or r"\klshrink" in shown else ""
    if not layout.standalone:
        return macros + (shown if layout.frames else f"\\begingroup\\sloppy\n{shown}\\par\\endgroup\n")
    name = f"{layout.heading}{layout.star}"
    theorems = f"\\usepackage{{amsthm}}\n\\newtheorem{layout.star}{{{name}}}{{{layout.heading.capitalize()}}}\n"
    return _HEAD + theorems * layout.environment + _SIZES + macros + shown + "\\end{document}\n"


def escape(text: str) -> str:
    r"""Return running text in which nothing is a command.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> print(escape("100% of p_i"))
    100\% of p\_i
    """
    return "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    if char in _TEXT_OF:
        return _TEXT_OF[char]
    if char in MATH_OF:
        return f"${MATH_OF[char]}$"
    if char in PLAIN_OF or within(char):
        return PLAIN_OF.get(char, char)
    return rf"\texttt{{U+{ord(char):04X}}}"


@final
class _Printer:
    """Writes blocks.

    Parameters
    ----------
    layout : Layout
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._title = ""
        """The title that waits for its environment."""
        self.labeled = False
        """Whether the label has been given."""

    def joined(self, blocks: tuple[Block, ...]) -> str:
        """Return blocks between which there are empty lines; none that would begin a paragraph in front of a formula.

        Parameters
        ----------
        blocks : tuple of Block
        """
        shown = ""
        before: Block | None = None
        for block in blocks:
            piece = self._block(block)
            if not piece:
                continue
            goes_on = isinstance(before, Hypotheses) or (
                isinstance(before, Prose) and not before.small and piece.startswith(_DISPLAYED)
            )
            shown += f"\n{piece}" if goes_on else f"\n\n{piece}" if shown else piece
            before = block
        return shown

    def _block(self, block: Block) -> str:
        """Return a block; nothing for what only a page with scripts shows."""
        match block:
            case Heading():
                return self._heading(block)
            case Prose():
                shown = [_text(p, block.notation) for p in block.paragraphs]
                return rf"{{\raggedright {' '.join(shown)}\par}}" if block.small else "\n\n".join(shown)
            case Callout():
                text = _text(block.text, block.notation)
                if block.grave:
                    return rf"\noindent\fbox{{\parbox{{0.95\linewidth}}{{\textbf{{{block.label}}}: {text}}}}}"
                return f"\\begin{{quote}}\n\\textbf{{{block.label}}} {text}\n\\end{{quote}}"
            case Badges():
                return rf"\textit{{{escape(' · '.join(block.names))}}}"
            case Hypotheses():
                return self._hypotheses(block)
            case Statement():
                lead = _text(block.lead, block.notation)
                return "\n".join(filter(None, (lead, self._display(block.display, block.notation))))
            case Aligned():
                return self._display(block.display, block.notation)
            case Chain():
                return self._displayed(lambda width: chain(block, width))
            case Table():
                return self._table(block)
            case Foundations():
                return _foundations(block)
            case Note():
                return _ragged(block.label, " ".join(_text(p, block.notation) for p in block.paragraphs))
            case Group():
                return self._group(block)
            case ProofLines():
                return _lines(block)
            case Picture():
                return ""
        assert_never(block)

    def _label(self) -> str:
        """Return the label, at the first place where it can be."""
        if self.labeled or not self._layout.label:
            return ""
        self.labeled = True
        return rf"\label{{{self._layout.label}}}"

    @staticmethod
    def _heading_text(block: Heading) -> str:
        shown = _code(block.name) if block.is_name else _text(block.text, block.notation)
        return shown + " (UNCHECKED)" * (not block.checked)

    def _heading(self, block: Heading) -> str:
        shown = self._heading_text(block)
        label = f"\n{_code(block.name)}" if block.name and not block.is_name else ""
        layout = self._layout
        if not layout.alone:
            return rf"\{layout.command(block.level)}{layout.star}{{{shown}}}{self._label()}{label}"
        if block.level > 1:
            return rf"\noindent\textbf{{{shown}}}"
        self._title = shown
        return label.strip()

    def _group(self, block: Group) -> str:
        if self._layout.frames and block.role in (THEOREM, NUMBERS):
            return self._frames(block)
        inside = self.joined(block.blocks)
        if not self._layout.environment or block.role not in (CLAIM, DERIVATION):
            return inside
        if block.role == CLAIM and not any(isinstance(inner, Statement) for inner in block.blocks):
            return inside
        name = self._layout.heading + self._layout.star if block.role == CLAIM else "proof"
        title, self._title = f"[{{{self._title}}}]" * bool(self._title), ""
        label = self._label() if block.role == CLAIM else ""
        return f"\\begin{{{name}}}{title}{label}\n{inside}\n\\end{{{name}}}"

    def _frames(self, group: Group) -> str:
        """Return slides: what a theorem says, its derivation, every line, and what it rests on."""
        slides: list[tuple[str, list[Block]]] = [(escape(group.title), [])]
        for block in group.blocks:
            if isinstance(block, Heading):
                slides.append((self._heading_text(block), []))
            elif isinstance(block, Group) and block.role in (DERIVATION, FOUNDATIONS):
                slides.append((escape(block.title), [*block.blocks]))
            else:
                slides[-1][1].append(block)
        shown = ((title, self.joined(tuple(blocks))) for title, blocks in slides)
        return "\n\n".join(_FRAME % slide for slide in shown if slide[1])

    def _hypotheses(self, block: Hypotheses) -> str:
        setting = _text(block.setting, block.notation)
        kind = "" if self._layout.environment else rf"\textbf{{{block.kind}.}}"
        opening = f"{kind} {setting}".strip()
        assumed = [_text(h, block.notation) for h in block.assumed]
        if len(assumed) == 1:
            return f"{opening} {ASSUME} {assumed[0]}. {block.then}".strip()
        if assumed:
            items = [r"\begin{itemize}\setlength{\itemsep}{0pt}", *(rf"\item {h}" for h in assumed), r"\end{itemize}"]
            return "\n".join([f"{opening} {ASSUME}", *items, *[block.then] * block.concluded])
        return f"{opening} {block.then}".strip() if setting else opening

    def _display(self, display: Display, notation: Notation) -> str:
        intro = _text(display.intro, notation)
        shown = self._displayed(lambda width: aligned(display, notation, width))
        return f"{intro}\n{shown}" if intro else shown

    def _displayed(self, make: Callable[[float], str]) -> str:
        return f"\\[\n{fitted(make, self._layout.line, self._layout.frames)}\n\\]"

    def _table(self, block: Table) -> str:
        rows = [" & ".join(_cell(c) for c in row) + r" \\" for row in (block.header, *block.rows)]
        inside = "\n".join([rows[0], r"\hline", *rows[1:]])
        table = f"\\begin{{tabular}}{{{'r' * len(block.header)}}}\n{inside}\n\\end{{tabular}}"
        shown = table if self._layout.line is not None else f"\\klshrink{{{table}}}"
        return f"\\begin{{center}}\n{shown}\n\\end{{center}}"


def _lines(block: ProofLines) -> str:
    """Return every line of a proof as a list, where they are listed."""
    items = [
        rf"\hangindent=2em \textbf{{{row.number}}}\enspace {_text((row.statement,), block.notation)}\enspace "
        rf"({_text(row.reason, block.notation)})\par"
        for row in block.rows()
    ]
    return "\n".join([r"{\raggedright\setlength{\parindent}{0pt}", *items, "}"]) if items else ""


def _text(paragraph: Paragraph, notation: Notation) -> str:
    latex = Latex(notation, flat=True)
    shown = ""
    for piece in paragraph:
        if isinstance(piece, str):
            shown += escape(piece)
        elif isinstance(piece, Code):
            shown += _code(piece.text)
        elif isinstance(piece, TheoremName):
            shown += _code(piece.name)
        elif isinstance(piece, Formula):
            shown += f"${running(latex.formula(piece))}$"
        elif isinstance(piece, Value):
            shown += f"${listed(piece, latex).text}$".replace(", ", r",\allowbreak\ ")
        else:
            shown += f"${listed(piece, latex).text}$"
    return shown


def _code(name: str) -> str:
    """Return a name in typewriter letters, in which TeX would find no place to break a long one."""
    shown = escape(name)
    if len(name) > _LONG_NAME:
        shown = shown.replace("_", r"_\allowbreak ")
    return rf"\texttt{{{shown}}}"


def _foundations(block: Foundations) -> str:
    lemmas = ", ".join(map(_code, block.lemmas))
    axioms = "; ".join(_code(n) + (f" ({_text(g, block.notation)})" if g else "") for n, g in block.axioms)
    parts = [rf"\emph{{Lemmas:}} {lemmas}."] if lemmas else []
    parts += [rf"\emph{{Axioms:}} {axioms or 'none'}.", *[block.remark] * bool(block.remark)]
    return _ragged(block.label, " ".join(parts))


def _ragged(label: str, text: str) -> str:
    return rf"{{\raggedright\textbf{{{label}}} {text}\par}}" if label else rf"{{\raggedright {text}\par}}"


def _cell(plain: str) -> str:
    number = cell(plain)
    return f"${number}$" if number else escape(plain)
