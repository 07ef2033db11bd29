r"""Displays as ``aligned`` blocks that TeX, KaTeX and MathJax read alike: one relation and one reason a line.

Long forms are broken at their outermost + and −; a reason that does not fit beside its line falls below it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .chains import Display, Row
from .latex_terms import RELATIONS, Box, Latex, word
from .notation import Code, Formula, Names, Notation, Paragraph, Range

__all__ = ["LINE", "aligned", "math_text", "names", "running", "within"]

LINE = 39.0
"""The width of a line in em."""
_GAP = 2.0
_INDENT = 2.0

_NARROW = set("ijlft.,:;'!|()[]I- ")
_WIDE = set("mwMWABCDEFGHKNOPQRSTUVXYZ—…")

MATH_OF = {
    "\\": r"\backslash", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"{\sim}", "^": r"{\wedge}", "<": "{<}", ">": "{>}", "|": "{|}", "`": "{}'",
    "≤": r"{\le}", "≥": r"{\ge}", "≠": r"{\ne}", "→": r"{\to}", "⇒": r"{\Rightarrow}", "⇔": r"{\Leftrightarrow}",
    "∞": r"\infty", "∈": r"{\in}", "∀": r"\forall", "ℕ": r"\mathbb{N}", "ℝ": r"\mathbb{R}", "Σ": r"{\Sigma}",
    "Π": r"{\Pi}", "δ": r"\delta", "‖": r"{\parallel}", "·": r"{\cdot}", "×": r"{\times}", "−": "{-}", "√": r"\surd",
    "±": r"{\pm}", "½": r"\frac{1}{2}", "²": "{}^2", "³": "{}^3", "∎": r"\square", "′": "{}'",
    **{"₀₁₂₃₄₅₆₇₈₉"[k]: f"{{}}_{k}" for k in range(10)},
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta",
    "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega",
    "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Φ": r"\Phi", "Ψ": r"\Psi",
    "Ω": r"\Omega",
}  # fmt: skip
"""Characters that are mathematics, or that a reader of mathematics would take for a command."""
PLAIN_OF = {"–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", '"': "''", "…": "...", "\u00a0": " "}
"""Characters that are spelled with others."""


def within(char: str) -> bool:
    """Whether LaTeX can be trusted with a character of running text: printable ASCII and accented Latin letters."""
    return " " <= char <= "~" or (char.isalpha() and "À" <= char <= "ž")


def text_width(text: str) -> float:
    """Return the estimated width of running text in em."""
    return sum(0.3 if c in _NARROW else 0.72 if c in _WIDE else 0.49 for c in text)


def math_text(text: str) -> str:
    r"""Return running text as mathematics: ``\text`` around what is harmless in it, macros for the rest.

    A macro inside ``\text`` would be printed as it stands by MathJax, so special characters stand between two.

    Examples
    --------
    >>> print(math_text("100% of p_i"))
    \text{100}\%\text{ of p}\_\text{i}
    """
    pieces: list[str] = []
    run = ""
    for char in text:
        if char in MATH_OF or not (within(char) or char in PLAIN_OF):
            pieces.extend([rf"\text{{{run}}}"] * bool(run))
            pieces.append(MATH_OF.get(char) or word(f"U+{ord(char):04X}"))
            run = ""
        else:
            run += PLAIN_OF.get(char, char)
    pieces.extend([rf"\text{{{run}}}"] * bool(run))
    joined = ""
    for piece in pieces:
        joined += " " * (joined[-1:].isalpha() and piece[:1].isalpha()) + piece
    return joined


class _Word(NamedTuple):
    """What stays on one line: a piece of text, or a formula."""

    text: str
    width: float
    formula: bool = False


def names(shown: Names, latex: Latex) -> Box:
    """Return declared names with their signature."""
    boxes = [latex.name(n) for n in shown.names]
    text, width = ", ".join(b.text for b in boxes), sum(b.width + 0.4 for b in boxes)
    if shown.over:
        sets = [r"\mathbb{N}" if s == "Nat" else latex.name(s).text for s in shown.over]
        values = r"\mathbb{R}" if shown.values == "number" else latex.name(shown.values).text
        domain = r" \times ".join(sets)
        text += rf" \colon {domain} \to {values}"
        width += 2.5 + 1.3 * len(sets)
    elif shown.values not in ("number", "set"):
        text, width = rf"{text} \in {_set(shown.values, latex)}", width + 1.8
    return Box(text, width=width)


def running(shown: Range, latex: Latex) -> Box:
    """Return index variables and what they run over."""
    boxes = [latex.name(n) for n in shown.names]
    text, width = ", ".join(b.text for b in boxes), sum(b.width + 0.4 for b in boxes)
    if shown.positive:
        return Box(rf"{text} \ge 1", width=width + 1.8)
    return Box(rf"{text} \in {_set(shown.over, latex)}", width=width + 1.8)


def _set(name: str, latex: Latex) -> str:
    return r"\mathbb{N}" if name == "Nat" else latex.name(name).text


def _words(paragraph: Paragraph, notation: Notation) -> list[_Word]:
    """Return the pieces of a paragraph between which it may be broken; a piece that continues a word has no space."""
    latex = Latex(notation, flat=True)
    pieces: list[_Word] = []
    for piece in paragraph:
        if isinstance(piece, str | Code):
            raw = piece if isinstance(piece, str) else piece.text
            start = 0
            for k in range(len(raw) + 1):
                if k == len(raw) or (raw[k] == " " and k > start):
                    part = raw[start:k]
                    if part:
                        pieces.append(_Word(part, text_width(part)))
                    start = k
        else:
            box = {Formula: latex.formula, Names: lambda p: names(p, latex), Range: lambda p: running(p, latex)}
            show: Callable[[object], Box] = box[type(piece)]  # type: ignore[assignment]
            made = show(piece)
            pieces.append(_Word(made.text, made.width, True))
    return pieces


def sentence(paragraph: Paragraph, notation: Notation, widths: float = 1e9) -> list[str]:
    r"""Return a paragraph as mathematics, in lines of at most *widths* em."""
    lines: list[list[_Word]] = [[]]
    used = 0.0
    for piece in _words(paragraph, notation):
        breaks = not piece.formula and piece.text.startswith(" ")
        if breaks and used + piece.width > widths and lines[-1]:
            piece = piece._replace(text=piece.text.lstrip())
            lines.append([])
            used = 0.0
        lines[-1].append(piece)
        used += piece.width
    return [_joined(line) for line in lines if line]


def _joined(line: list[_Word]) -> str:
    shown, run = "", ""
    for piece in line:
        if piece.formula:
            shown, run = shown + (math_text(run) if run else "") + "{" + piece.text + "}", ""
        else:
            run += piece.text
    return shown + (math_text(run) if run else "")


def _width(paragraph: Paragraph, notation: Notation) -> float:
    return sum(w.width for w in _words(paragraph, notation))


def broken(box: Box, room: float) -> list[str]:
    """Return a form in lines of at most *room* em where its summands, or factors, allow that."""
    if box.width <= room or len(box.parts) < 2:
        return [box.text]
    lines: list[str] = []
    text, used = "", 0.0
    for k, part in enumerate(box.parts):
        times = box.level >= 6 and k > 0
        if text and used + part.width > room - (_INDENT if lines else 0):
            lines.append(text)
            text, used = "", 0.0
            shown = part.text if not times or part.text.startswith(r"\cdot") else r"\cdot " + part.text.removeprefix(r"\, ")
        else:
            shown = part.text
        inner = broken(part, room - used - _INDENT) if part.width > room - _INDENT and not text else [shown]
        *before, last = inner
        lines.extend(before)
        text += (" " if text else "") + last
        used += part.width
    return [*lines, text]


class _Side(NamedTuple):
    """The right side of a row: relation, form in lines, the widest of them, reason, and what stands behind it."""

    relation: str
    box: Box
    reason: Paragraph
    tail: str
    width: float


def aligned(display: Display, notation: Notation, line: float = LINE) -> str:
    r"""Return a display: a formula if it is one line, else an ``aligned`` block."""
    latex = Latex(notation)
    first = latex.side(display.first.first, display.first)
    after, extra = "", 0.0
    if display.after:
        after = r" \quad " + "".join(sentence((display.after[0].strip() + " ", *display.after[1:]), notation))  # type: ignore[union-attr]
        extra = 1.0 + _width(display.after, notation)
    sides = [_side(row, latex) for row in display.rows]
    if not sides:
        return _alone(first, display.reason, after, extra, notation, line)
    sides[-1] = sides[-1]._replace(tail=sides[-1].tail + after, width=sides[-1].width + extra)
    reasons = [_width(s.reason, notation) for s in sides]
    widest, column = max(s.width for s in sides), max(reasons) + (_GAP if max(reasons) else 0)
    beside = first.width + widest + column <= line
    short = first.width <= 0.45 * line and first.width + widest <= line
    below = _INDENT + widest + column <= line and first.width <= line
    if len(sides) == 1 and not display.rows[0].reason and first.width + widest <= line:
        side = sides[0]
        return f"{first.text} {side.relation} {side.box.text}{side.tail}"
    hang = not beside and (below or not short)
    return _table(first, sides, reasons, hang, notation, line)


def _side(row: Row, latex: Latex) -> _Side:
    box = latex.side(row.side.first, row.side)
    tail, width = "", box.width + 1.4
    if row.variable:
        tail = rf" \quad ({latex.name(row.variable).text} \to \infty)"
        width += 5.0
    return _Side(RELATIONS[row.relation], box, row.reason, tail, width)


def _alone(first: Box, reason: Paragraph, after: str, extra: float, notation: Notation, line: float) -> str:
    if not reason:
        return first.text + after
    width = _width(reason, notation)
    (shown, *_), gap = sentence(reason, notation), r" \qquad "
    if first.width + extra + _GAP + width <= line:
        return first.text + after + gap + shown
    rows = [f"& {first.text}{after}", *(rf"& \qquad {s}" for s in sentence(reason, notation, line - _INDENT))]
    return _block(rows)


def _table(first: Box, sides: list[_Side], reasons: list[float], hang: bool, notation: Notation, line: float) -> str:
    """Lay out a chain: forms to the right of the first one, or hanging below it."""
    indent = _INDENT if hang else first.width
    room = line - indent - 1.4
    rows = [f"& {part}" if k == 0 else rf"& \qquad {part}" for k, part in enumerate(broken(first, line))] if hang else []
    lead = "& \\quad " if hang else "& "
    forms = [broken(s.box, room - (s.width - s.box.width - 1.4)) for s in sides]
    wide = max(min(s.width, room + 1.4) for s in sides) + indent
    wide = max(wide, min(first.width, line)) if hang else wide
    for k, (side, form) in enumerate(zip(sides, forms, strict=True)):
        start = first.text + " " if k == 0 and not hang else ""
        lines = [f"{start}{lead}{side.relation} {form[0]}"]
        lines += [rf"{lead}\qquad {part}" for part in form[1:]]
        lines[-1] += side.tail
        if side.reason and wide + _GAP + reasons[k] <= line:
            lines[0] += rf" && \quad {sentence(side.reason, notation)[0]}"
        elif side.reason:
            lines += [rf"{lead}\qquad {s}" for s in sentence(side.reason, notation, line - indent - 3.5)]
        rows += lines
    return _block(rows)


def _block(rows: list[str]) -> str:
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"
