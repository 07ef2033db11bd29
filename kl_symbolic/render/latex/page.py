r"""LaTeX: a fragment to include, or a complete document for plain pdflatex (amsmath, amssymb, lmodern)."""

from __future__ import annotations

from itertools import groupby

from ..model.displays import Display
from ..model.notation import Code, Formula, Notation, Paragraph, Value
from ..model.provenance import EXAMPLE, UNUSED, Colophon
from ..model.theorems import CHECKED, UNCHECKED, Outline, Readable, Section, outline
from .aligned import MATH_OF, PLAIN_OF, aligned, listed, sentence, within
from .terms import Latex

__all__ = ["claim_to_aligned", "escape", "to_aligned", "to_latex"]

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


def to_latex(
    theorem: Readable | Outline, document: bool = False, base: int | None = None, colophon: Colophon | None = None
) -> str:
    r"""Return a theorem with its derivation as LaTeX.

    Parameters
    ----------
    theorem : Theorem or Outline
        Anything that is not a checked theorem is marked UNCHECKED.
    document : bool
        A complete document rather than a fragment.
    base : int, optional
        The base of the logarithms that are shown; see :func:`kl_symbolic.render.outline.outline`.
    colophon : Colophon, optional
        What is known of a shipped theorem beside its proof.

    Raises
    ------
    Refused
        When the story is malformed.
    """
    page = theorem if isinstance(theorem, Outline) else outline(theorem, base=base, colophon=colophon)
    shown = "\n\n".join(_page(page)) + "\n"
    return _HEAD + shown + "\\end{document}\n" if document else shown


def to_aligned(theorem: Readable | Outline, base: int | None = None) -> str:
    r"""Return the displays of a derivation as one formula, for a notebook: no headings, no prose.

    Parameters
    ----------
    theorem : Theorem or Outline
        Anything that is not a checked theorem is marked UNCHECKED.
    base : int, optional
        The base of the logarithms that are shown; see :func:`kl_symbolic.render.outline.outline`.
    """
    page = theorem if isinstance(theorem, Outline) else outline(theorem, base=base)
    rows = [] if page.checked else [r"\text{UNCHECKED}"]
    for display in [piece for piece in page.body if isinstance(piece, Display)] or [page.statement]:
        rows += ["".join(sentence(display.intro, page.notation))] if display.intro else []
        rows.append(aligned(display, page.notation))
    return "\\begin{gathered}\n" + " \\\\\n".join(rows) + "\n\\end{gathered}"


def claim_to_aligned(theorem: Readable | Outline) -> str:
    r"""Return what a theorem says as one formula, for a notebook: its hypotheses, each on a line, ⊢ its conclusion.

    Parameters
    ----------
    theorem : Theorem or Outline
        Anything that is not a checked theorem is marked UNCHECKED.
    """
    page = theorem if isinstance(theorem, Outline) else outline(theorem)
    rows = [] if page.checked else [r"& \text{UNCHECKED}"]
    rows += [f"& {''.join(sentence(h, page.notation))}" for h in page.hypotheses]
    rows.append(rf"\vdash {{}} & {aligned(page.statement, page.notation)}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def escape(text: str) -> str:
    r"""Return running text in which nothing is a command.

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


def _page(page: Outline) -> list[str]:
    notation = page.notation
    mark = " (UNCHECKED)" * (not page.checked)
    blocks = [rf"\section*{{\texttt{{{escape(page.title)}}}{mark}}}"]
    if not page.checked:
        blocks.append(rf"\fbox{{\parbox{{0.95\linewidth}}{{\textbf{{UNCHECKED}}: {UNCHECKED}}}}}")
    if page.colophon and not page.colophon.brief:
        blocks.append(rf"\textit{{{escape(' · '.join(page.colophon.badges))}}}")
    setting = _text(page.setting, notation)
    blocks.append(rf"\textbf{{{'Theorem' if page.checked else 'Claim'}.}} {setting}".strip())
    if len(page.hypotheses) == 1:
        blocks[-1] += f" Assume {_text(page.hypotheses[0], notation)}. Then"
    elif page.hypotheses:
        items = "\n".join(rf"\item {_text(h, notation)}" for h in page.hypotheses)
        blocks[-1] += " Assume\n\\begin{itemize}\\setlength{\\itemsep}{0pt}\n" + items + "\n\\end{itemize}\nThen"
    elif setting:
        blocks[-1] += " Then"
    blocks[-1] += "\n" + _display(page.statement, notation)
    for display, group in groupby(page.notes, lambda n: isinstance(n, Display)):
        shown = [_display(n, notation) if isinstance(n, Display) else _text(n, notation) for n in group]
        blocks += shown if display else [rf"{{\raggedright {' '.join(shown)}\par}}"]
    for piece in page.body:
        if isinstance(piece, Section):
            blocks.append(rf"\subsection*{{{_text(piece.title, notation)}}}")
        elif isinstance(piece, Display):
            blocks.append(_display(piece, notation))
        else:
            blocks.append(_text(piece, notation))
    if page.closing:
        words = "This proves" if page.checked else "This would prove"
        blocks.append(f"{words}\n{_display(page.closing, notation)}")
    blocks += [_rests_on(page), *_colophon(page)]
    return [b for b in blocks if b]


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
        elif isinstance(piece, Formula):
            shown += f"${latex.formula(piece).text}$"
        elif isinstance(piece, Value):
            shown += f"${listed(piece, latex).text}$".replace(", ", r",\allowbreak\ ")
        else:
            shown += f"${listed(piece, latex).text}$"
    return shown


def _rests_on(page: Outline) -> str:
    lemmas = ", ".join(rf"\texttt{{{escape(n)}}}" for n in page.lemmas)
    axioms = "; ".join(
        rf"\texttt{{{escape(n)}}}" + (f" ({_text(g, page.notation)})" if g else "") for n, g in page.axioms
    )
    parts = []
    if lemmas:
        parts.append(rf"\emph{{Lemmas:}} {lemmas}.")
    parts.append(rf"\emph{{Axioms:}} {axioms or 'none'}.")
    if page.checked and page.body:
        parts.append(CHECKED)
    return _ragged("What it rests on.", " ".join(parts))


def _colophon(page: Outline) -> list[str]:
    """Return what is known of a shipped theorem."""
    known = page.colophon
    if known is None or known.brief:
        return []
    cited = ", ".join(rf"\texttt{{{escape(n)}}}" for n in known.used_by)
    blocks = [_ragged("Where it is used.", f"{cited}." if cited else UNUSED)]
    if page.example:
        blocks.append(_ragged(EXAMPLE, " ".join(_text(p, page.notation) for p in page.example)))
    return [*blocks, *[_ragged("Source.", escape(known.source))] * bool(known.source)]


def _ragged(title: str, text: str) -> str:
    return rf"{{\raggedright\textbf{{{title}}} {text}\par}}"
