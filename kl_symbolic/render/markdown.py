"""Markdown as GitHub and GitLab read it: displays in ``math`` fences, formulas in running text as $`…`$."""

from __future__ import annotations

from itertools import groupby

from .aligned import aligned, listed
from .colophon import EXAMPLE, UNUSED, Colophon
from .displays import Display
from .latex_terms import Latex
from .notation import Code, Formula, Notation, Paragraph
from .outline import CHECKED, UNCHECKED, Outline, Readable, Section, outline

__all__ = ["escape", "to_markdown"]

_ESCAPED = set("\\`*_{}[]<>|~#")
_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}


def to_markdown(theorem: Readable | Outline, base: int | None = None, colophon: Colophon | None = None) -> str:
    """Return a theorem with its derivation as Markdown.

    Parameters
    ----------
    theorem : Theorem or Outline
        Anything that is not a checked theorem is marked UNCHECKED.
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
    return "\n\n".join(_page(page)) + "\n"


def escape(text: str) -> str:
    r"""Return running text in which nothing is markup.

    Examples
    --------
    >>> print(escape("p_i & <script>"))
    p\_i &amp; &lt;script&gt;
    """
    return "".join(_HTML.get(c) or (f"\\{c}" if c in _ESCAPED else c) for c in text)


def _page(page: Outline) -> list[str]:
    notation = page.notation
    blocks = ["# " + escape(page.title) + " (UNCHECKED)" * (not page.checked)]
    if not page.checked:
        blocks.append(f"> **UNCHECKED**: {UNCHECKED}")
    if page.colophon and not page.colophon.brief:
        blocks.append(f"*{' · '.join(map(escape, page.colophon.badges))}*")
    opening = f"**{'Theorem' if page.checked else 'Claim'}.** {_text(page.setting, notation)}".strip()
    if page.hypotheses:
        blocks.append(f"{opening} Assume")
        blocks.append("\n".join(f"- {_text(h, notation)}" for h in page.hypotheses))
        blocks.append("Then")
    else:
        blocks.append(opening + " Then" * bool(page.setting))
    blocks.append(_display(page.statement, notation))
    blocks += _notes(page.notes, notation)
    for piece in page.body:
        if isinstance(piece, Section):
            blocks.append(f"## {_text(piece.title, notation)}")
        else:
            blocks.append(_display(piece, notation) if isinstance(piece, Display) else _paragraph(piece, notation))
    if page.closing:
        blocks.append("This proves" if page.checked else "This would prove")
        blocks.append(_display(page.closing, notation))
    rests = ["**What it rests on.**"]
    if page.lemmas:
        rests.append(f"Lemmas: {_cited(page.lemmas, page)}.")
    axioms = "; ".join(f"`{n}`" + (f" ({_text(g, notation)})" if g else "") for n, g in page.axioms)
    rests.append(f"Axioms: {axioms or 'none'}.")
    blocks.append(" ".join([*rests, *[CHECKED] * (page.checked and bool(page.body))]))
    return [*blocks, *_colophon(page)]


def _cited(names: tuple[str, ...], page: Outline) -> str:
    linked = page.colophon is not None and page.colophon.linked
    return ", ".join(f"[`{n}`]({n}.md)" if linked else f"`{n}`" for n in names)


def _colophon(page: Outline) -> list[str]:
    """Return what is known of a shipped theorem."""
    known = page.colophon
    if known is None:
        return []
    if known.brief:
        return [f"[More about `{page.title}`]({page.title}.md)."] * known.linked
    cited = f"{_cited(known.used_by, page)}." if known.used_by else UNUSED
    blocks = [f"**Where it is used.** {cited}"]
    if page.example:
        blocks.append(" ".join([f"**{EXAMPLE}**", *(_text(p, page.notation) for p in page.example)]))
    return [*blocks, *[f"**Source.** {escape(known.source)}"] * bool(known.source)]


def _notes(notes: tuple[Paragraph | Display, ...], notation: Notation) -> list[str]:
    """Return the notes: sentences as one paragraph, between what is displayed."""
    blocks: list[str] = []
    for display, group in groupby(notes, lambda n: isinstance(n, Display)):
        shown = [_display(n, notation) if isinstance(n, Display) else _text(n, notation) for n in group]
        blocks += shown if display else [" ".join(shown)]
    return blocks


def _display(display: Display, notation: Notation) -> str:
    fence = f"```math\n{aligned(display, notation)}\n```"
    return f"{_text(display.intro, notation)}\n\n{fence}" if display.intro else fence


def _paragraph(paragraph: Paragraph, notation: Notation) -> str:
    """Return a paragraph whose beginning is no list, heading or rule."""
    text = _text(paragraph, notation)
    head = text.lstrip(" 0123456789")
    at = len(text) - len(head)
    if head[:1] in ("-", "+", "=") or (at and head[:1] in (".", ")")):
        text = f"{text[:at]}\\{head}"
    return text.lstrip(" ")


def _text(paragraph: Paragraph, notation: Notation) -> str:
    latex = Latex(notation, flat=True)
    shown = ""
    for piece in paragraph:
        if isinstance(piece, str):
            shown += escape(piece)
        elif isinstance(piece, Code):
            shown += f"`{piece.text}`"
        elif isinstance(piece, Formula):
            shown += f"$`{latex.formula(piece).text}`$"
        else:
            shown += f"$`{listed(piece, latex).text}`$"
    return shown
