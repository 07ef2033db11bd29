r"""LaTeX: a fragment to include, or a complete document for plain pdflatex (amsmath, amssymb, lmodern)."""

from __future__ import annotations

from typing import assert_never

from ..model.displays import Display
from ..model.document import (
    ASSUME,
    THEN,
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
from ..model.notation import Code, Formula, Notation, Paragraph, TheoremName, Value
from .aligned import MATH_OF, PLAIN_OF, aligned, listed, within
from .numbers import cell, chain
from .terms import Latex

__all__ = ["escape", "render"]

_TEXT_OF = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
}  # fmt: skip

_HEAD = r"""\documentclass[11pt]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath,amssymb}
\setlength{\textwidth}{430pt}
\setlength{\oddsidemargin}{10pt}
\setlength{\topmargin}{-30pt}
\setlength{\textheight}{640pt}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\allowdisplaybreaks
\begin{document}
"""


_DISPLAYED = "\\["
"""The opening delimiter of a displayed formula."""

_COMMANDS = {1: "section", 2: "subsection", 3: "subsubsection", 4: "paragraph"}
"""The commands of headings, by level."""


def render(document: Document, standalone: bool = False) -> str:
    r"""Return a document as LaTeX.

    Parameters
    ----------
    document : Document
    standalone : bool
        Whether it compiles by itself, rather than being a fragment.
    """
    shown = _joined(document.blocks) + "\n"
    return _HEAD + shown + "\\end{document}\n" if standalone else shown


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


def _joined(blocks: tuple[Block, ...]) -> str:
    """Return blocks between which there are empty lines; none that would begin a paragraph in front of a formula."""
    shown = ""
    before: Block | None = None
    for block in blocks:
        piece = _block(block)
        if not piece:
            continue
        goes_on = isinstance(before, Hypotheses) or (
            isinstance(before, Prose) and not before.small and piece.startswith(_DISPLAYED)
        )
        shown += f"\n{piece}" if goes_on else f"\n\n{piece}" if shown else piece
        before = block
    return shown


def _block(block: Block) -> str:
    """Return a block; nothing for what only a page with scripts shows."""
    match block:
        case Heading():
            return _heading(block)
        case Prose():
            shown = [_text(p, block.notation) for p in block.paragraphs]
            return rf"{{\raggedright {' '.join(shown)}\par}}" if block.small else "\n\n".join(shown)
        case Callout():
            text = _text(block.text, block.notation)
            if block.grave:
                return rf"\fbox{{\parbox{{0.95\linewidth}}{{\textbf{{{block.label}}}: {text}}}}}"
            return f"\\begin{{quote}}\n\\textbf{{{block.label}}} {text}\n\\end{{quote}}"
        case Badges():
            return rf"\textit{{{escape(' · '.join(block.names))}}}"
        case Hypotheses():
            return _hypotheses(block)
        case Statement():
            lead = _text(block.lead, block.notation)
            return "\n".join(filter(None, (lead, _display(block.display, block.notation))))
        case Aligned():
            return _display(block.display, block.notation)
        case Chain():
            return f"\\[\n{chain(block)}\n\\]"
        case Table():
            return _table(block)
        case Foundations():
            return _foundations(block)
        case Note():
            return _ragged(block.label, " ".join(_text(p, block.notation) for p in block.paragraphs))
        case Group():
            return _joined(block.blocks)
        case ProofLines() | Picture():
            return ""
    assert_never(block)


def _heading(block: Heading) -> str:
    shown = rf"\texttt{{{escape(block.name)}}}" if block.is_name else _text(block.text, block.notation)
    mark = " (UNCHECKED)" * (not block.checked)
    label = f"\n\\texttt{{{escape(block.name)}}}" if block.name and not block.is_name else ""
    return rf"\{_COMMANDS[block.level]}*{{{shown}{mark}}}{label}"


def _hypotheses(block: Hypotheses) -> str:
    setting = _text(block.setting, block.notation)
    opening = rf"\textbf{{{block.kind}.}} {setting}".strip()
    assumed = [_text(h, block.notation) for h in block.assumed]
    if len(assumed) == 1:
        return f"{opening} {ASSUME} {assumed[0]}. {THEN}"
    if assumed:
        items = [r"\begin{itemize}\setlength{\itemsep}{0pt}", *(rf"\item {h}" for h in assumed), r"\end{itemize}"]
        return "\n".join([f"{opening} {ASSUME}", *items, THEN])
    return f"{opening} {THEN}" if setting else opening


def _display(display: Display, notation: Notation) -> str:
    intro = _text(display.intro, notation)
    shown = f"\\[\n{aligned(display, notation)}\n\\]"
    return f"{intro}\n{shown}" if intro else shown


def _text(paragraph: Paragraph, notation: Notation) -> str:
    latex = Latex(notation, flat=True)
    shown = ""
    for piece in paragraph:
        if isinstance(piece, str):
            shown += escape(piece)
        elif isinstance(piece, Code):
            shown += rf"\texttt{{{escape(piece.text)}}}"
        elif isinstance(piece, TheoremName):
            shown += rf"\texttt{{{escape(piece.name)}}}"
        elif isinstance(piece, Formula):
            shown += f"${latex.formula(piece).text}$"
        elif isinstance(piece, Value):
            shown += f"${listed(piece, latex).text}$".replace(", ", r",\allowbreak\ ")
        else:
            shown += f"${listed(piece, latex).text}$"
    return shown


def _foundations(block: Foundations) -> str:
    lemmas = ", ".join(rf"\texttt{{{escape(n)}}}" for n in block.lemmas)
    axioms = "; ".join(
        rf"\texttt{{{escape(n)}}}" + (f" ({_text(g, block.notation)})" if g else "") for n, g in block.axioms
    )
    parts = [rf"\emph{{Lemmas:}} {lemmas}."] if lemmas else []
    parts += [rf"\emph{{Axioms:}} {axioms or 'none'}.", *[block.remark] * bool(block.remark)]
    return _ragged(block.label, " ".join(parts))


def _ragged(label: str, text: str) -> str:
    return rf"{{\raggedright\textbf{{{label}}} {text}\par}}" if label else rf"{{\raggedright {text}\par}}"


def _table(block: Table) -> str:
    rows = [" & ".join(_cell(c) for c in row) + r" \\" for row in (block.header, *block.rows)]
    inside = "\n".join([rows[0], r"\hline", *rows[1:]])
    table = f"\\begin{{tabular}}{{{'r' * len(block.header)}}}\n{inside}\n\\end{{tabular}}"
    return f"\\begin{{center}}\n{table}\n\\end{{center}}"


def _cell(plain: str) -> str:
    number = cell(plain)
    return f"${number}$" if number else escape(plain)
