r"""Displays as ``aligned`` blocks that TeX, KaTeX and MathJax read alike: one relation and one reason a line.

Long forms are broken at their outermost + and −; a reason that does not fit beside its line falls below it.
"""

from __future__ import annotations

from typing import NamedTuple

from ...kernel.syntax import SPACES
from ..model.displays import Display, Row
from ..model.notation import Code, Formula, Names, Notation, Paragraph, Range, TheoremName, Value
from .boxes import Box, total, word
from .terms import RELATIONS, Latex

__all__ = ["LINE", "aligned", "listed", "math_text", "running", "sentence", "within"]

LINE = 38.6
"""The width of a line in em."""
_GAP = 2.7
"""Between a form and its reason in em: a quad, and the space that ``aligned`` leaves between columns: measured."""
_WHOLE = 8.0
"""A formula in running text is broken only when it is wider than this, in em."""
_INDENT = 2.0
"""Of what continues a form or hangs below its first one, in em: a double quad."""
_BELOW = 3.0
"""Of words that stand below a line of a chain, in em."""

_NARROW = {*"ijlft.,:;'!|()[]I- "}
_WIDE = {*"mwMWABCDEFGHKNOPQRSTUVXYZ=+<>%&#~^—…≤≥≠∈Σ‖×−√±"}
_ARROWS = {*"→⇒⇔∞"}

MATH_OF = {
    "\\": r"\backslash", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"{\sim}", "^": r"{\wedge}", "<": "{<}", ">": "{>}", "|": "{|}", "`": "{}'",
    "≤": r"{\le}", "≥": r"{\ge}", "≠": r"{\ne}", "→": r"{\to}", "⇒": r"{\Rightarrow}", "⇔": r"{\Leftrightarrow}",
    "∞": r"\infty", "∈": r"{\in}", "∀": r"\forall", "ℕ": r"\mathbb{N}", "ℝ": r"\mathbb{R}", "Σ": r"{\Sigma}",
    "Π": r"{\Pi}", "δ": r"\delta", "‖": r"{\parallel}", "·": r"{\cdot}", "×": r"{\times}", "−": "{-}", "√": r"\surd",
    "±": r"{\pm}", "½": r"\frac{1}{2}", "¼": r"\frac{1}{4}", "¾": r"\frac{3}{4}", "⅓": r"\frac{1}{3}",
    "⅔": r"\frac{2}{3}", "⅛": r"\frac{1}{8}", "∎": r"\square", "′": "{}'", "⁻": "{}^{-}", "∘": r"{\circ}",
    **{"⁰¹²³⁴⁵⁶⁷⁸⁹"[k]: f"{{}}^{k}" for k in range(10)},
    **{"₀₁₂₃₄₅₆₇₈₉"[k]: f"{{}}_{k}" for k in range(10)}, "ₙ": "{}_n", "ᵢ": "{}_i", "ₜ": "{}_t", "ⁿ": "{}^n",
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
    """Whether LaTeX can be trusted with a character of running text: printable ASCII and accented Latin letters.

    Parameters
    ----------
    char : str
    """
    return " " <= char <= "~" or (char.isalpha() and "À" <= char <= "ž")


def text_width(text: str) -> float:
    """Return the estimated width of running text in em."""
    return total(map(_char_width, text))


def _char_width(char: str) -> float:
    if char in _NARROW:
        return 0.32
    if char in _WIDE:
        return 0.8
    if char in _ARROWS:
        return 1.05
    return 0.5 if within(char) or char in MATH_OF or char in PLAIN_OF else 3.5  # U+222E is written out


def math_text(text: str) -> str:
    r"""Return running text as mathematics: ``\text`` around what is harmless in it, macros for the rest.

    A macro inside ``\text`` would be printed as it stands by MathJax, so special characters stand between two.

    Parameters
    ----------
    text : str

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
    """A part that stays on one line: a piece of text, a formula, or what *goes on* with the formula before it."""

    text: str
    width: float
    formula: bool = False
    goes_on: bool = False


def listed(shown: Names | Range | Value, latex: Latex) -> Box:
    """Return declared names with their signature, index variables with what they run over, or a value.

    Parameters
    ----------
    shown : Names or Range or Value
    latex : Latex
    """
    if isinstance(shown, Value):
        of = latex.formula(shown.of) if isinstance(shown.of, Formula) else latex.name(shown.of) if shown.of else Box("")
        text = " ".join(filter(None, (of.text, {"≈": r"\approx"}.get(shown.relation, shown.relation), shown.latex)))
        return Box(text, width=of.width + 1.4 + 0.5 * len(shown.latex))
    boxes = [latex.name(n) for n in shown.names]
    text, width = ", ".join(b.text for b in boxes), total(b.width + 0.4 for b in boxes)
    if isinstance(shown, Range):
        if isinstance(shown.over, Formula):
            span = latex.formula(shown.over)
            return Box(rf"{text} \in {span.text}", width=width + 1.0 + span.width)
        name = latex.index_set(shown.over).text
        bounds = {"in": rf"\in {name}", "positive": r"\ge 1", "infinity": r"\to \infty"}
        return Box(f"{text} {bounds[shown.how]}", width=width + 1.8)
    if shown.over:
        domain = r" \times ".join(latex.index_set(s).text for s in shown.over)
        values = latex.index_set(shown.values).text
        return Box(rf"{text} \colon {domain} \to {values}", width=width + 2.5 + 1.3 * len(shown.over))
    if shown.values in ("number", *SPACES):
        return Box(text, width=width)
    return Box(rf"{text} \in {latex.index_set(shown.values).text}", width=width + 1.8)


def _words(paragraph: Paragraph, notation: Notation) -> list[_Word]:
    """Return the pieces of a paragraph between which it may be broken; a piece that continues a word has no space."""
    latex = Latex(notation, flat=True)
    pieces: list[_Word] = []
    for piece in paragraph:
        if isinstance(piece, str | Code | TheoremName):
            raw = piece if isinstance(piece, str) else piece.text if isinstance(piece, Code) else piece.name
            start = 0
            for k in range(len(raw) + 1):
                if k == len(raw) or (raw[k] == " " and k > start):
                    part = raw[start:k]
                    if part:
                        pieces.append(_Word(part, text_width(part)))
                    start = k
        else:
            made = latex.formula(piece) if isinstance(piece, Formula) else listed(piece, latex)
            pieces += _pieces(made)
    return pieces


def _pieces(formula: Box) -> list[_Word]:
    """Return a formula in running text; a long one in the pieces between which it may be broken."""
    if formula.width <= _WHOLE or len(formula.parts) < 2:
        return [_Word(formula.text, formula.width, True)]
    return [
        _Word(text, width, True, k > 0 and not factor)
        for k, (text, width, factor) in enumerate(_atoms(formula, _WHOLE))
    ]


def sentence(paragraph: Paragraph, notation: Notation, widths: float = 1e9) -> list[str]:
    r"""Return a paragraph as mathematics, in lines of at most *widths* em.

    Parameters
    ----------
    paragraph : Paragraph
    notation : Notation
    widths : float
        The width of a line in em.
    """
    lines: list[list[_Word]] = [[]]
    used = 0.0
    for chunk in _chunks(_words(paragraph, notation)):
        width = total(piece.width for piece in chunk)
        if used + width > widths and lines[-1]:
            chunk = _trimmed(chunk)
            lines.append([])
            used = 0.0
        lines[-1] += chunk
        used += width
    return [_joined(line) for line in lines if line]


def _chunks(pieces: list[_Word]) -> list[list[_Word]]:
    """Return pieces in groups between which a line may end: in front of a space, or inside a long formula."""
    chunks: list[list[_Word]] = []
    for piece in pieces:
        breaks = piece.goes_on if piece.formula else piece.text.startswith(" ")
        if breaks or not chunks:
            chunks.append([])
        chunks[-1].append(piece)
    return chunks


def _trimmed(chunk: list[_Word]) -> list[_Word]:
    """Return a group without the space in front of it."""
    first, *rest = chunk
    return rest if not first.formula and not first.text.strip() else [first._replace(text=first.text.lstrip()), *rest]


def running(formula: Box) -> str:
    r"""Return a formula for running text, where TeX breaks it at relations and signs, and a long one at factors too.

    Parameters
    ----------
    formula : Box
    """
    if formula.width <= _WHOLE or len(formula.parts) < 2:
        return formula.text
    (shown, _, _), *rest = _atoms(formula, _WHOLE)
    for text, _, factor in rest:
        shown += rf"\allowbreak {text}" if factor else f" {text}"
    return shown


def _joined(line: list[_Word]) -> str:
    shown, run = "", ""
    for piece in line:
        if piece.formula:
            # A relation in front of a piece keeps its space only outside of braces.
            text = f" {piece.text}" if piece.goes_on else "{" + piece.text + "}"
            shown, run = shown + (math_text(run) if run else "") + text, ""
        else:
            run += piece.text
    return shown + (math_text(run) if run else "")


def _width(paragraph: Paragraph, notation: Notation) -> float:
    return total(w.width for w in _words(paragraph, notation))


def _atoms(box: Box, available: float) -> list[tuple[str, float, bool]]:
    """Return what of a form stays on one line: text, width, and whether it is a factor of what stands before."""
    if box.width <= available or len(box.parts) < 2:
        return [(box.text.strip(), box.width, False)]
    atoms: list[tuple[str, float, bool]] = []
    for k, part in enumerate(box.parts):
        (text, width, factor), *rest = _atoms(part, available)
        atoms += [(text, width, factor or (box.product and k > 0)), *rest]
    return atoms


def broken(box: Box, available: float) -> list[str]:
    """Return a form in lines of at most *available* em where its summands, or factors, allow that."""
    if box.width <= available:
        return [box.text]
    available -= _INDENT
    lines: list[str] = []
    text, used = "", 0.0
    for shown, width, factor in _atoms(box, available):
        if text and used + width > available:
            lines.append(text)
            text, used = "", 0.0
            if factor and not shown.startswith((r"\cdot", "/")):
                shown = r"\cdot " + shown.removeprefix(r"\, ")
        text += (" " if text else "") + shown
        used += width
    return [*lines, text]


class _Side(NamedTuple):
    """The right side of a row: relation, form, what stands behind it, the reason, and words behind the statement."""

    relation: str
    box: Box
    tail: str
    tail_width: float
    reason: Paragraph
    reason_width: float
    after: Paragraph = ()
    after_width: float = 0.0

    @property
    def width(self) -> float:
        """The width with the relation, on one line."""
        return self.lead + self.box.width + self.tail_width + self.after_width

    @property
    def lead(self) -> float:
        """The width of the relation."""
        return {r"\iff": 3.0, r"\Rightarrow": 1.6, r"\longrightarrow": 2.2}.get(self.relation, 1.4)


_COLUMN = 9.5
"""The narrowest column of reasons."""


def aligned(display: Display, notation: Notation, line: float = LINE) -> str:
    r"""Return a display: a formula if it is one line, else an ``aligned`` block.

    Parameters
    ----------
    display : Display
    notation : Notation
    line : float
        The width of a line in em.
    """
    latex = Latex(notation)
    first = latex.side(display.first.first, display.first, closed=bool(display.rows))
    sides = [_side(row, row is not display.rows[-1], latex, notation) for row in display.rows]
    if not sides:
        return _alone(first, display, notation, line)
    last = sides[-1]
    if display.after:
        sides[-1] = last = last._replace(after=display.after, after_width=1.0 + _width(display.after, notation))
    if len(sides) == 1 and not last.reason and first.width + last.width <= line:
        return f"{first.text} {last.relation} {last.box.text}{last.tail}{_behind(display.after, notation)}"
    widest, longest = max(s.width for s in sides), max(s.reason_width for s in sides)
    beside = first.width + widest
    hanging = max(_INDENT + widest, first.width)
    gap = _GAP if longest else 0.0
    for hang, used in ((False, beside), (True, hanging)):
        if used + gap + longest <= line:
            return _table(first, sides, hang, longest, notation, line)
    for hang, used, most in ((False, beside, 2), (True, hanging, 3)):
        available = line - used - gap
        if available >= _COLUMN and all(len(sentence(s.reason, notation, available)) <= most for s in sides):
            return _table(first, sides, hang, available, notation, line)
    return _table(first, sides, first.width > 0.4 * line or beside > line, 0.0, notation, line)


def _side(row: Row, closed: bool, latex: Latex, notation: Notation) -> _Side:
    box = latex.side(row.side.first, row.side, closed)
    tail, width = (rf" \quad ({latex.name(row.variable).text} \to \infty)", 5.0) if row.variable else ("", 0.0)
    return _Side(RELATIONS[row.relation], box, tail, width, row.reason, _width(row.reason, notation))


def _behind(after: Paragraph, notation: Notation) -> str:
    """Return the words behind a statement, on its line."""
    return rf" \quad {_unspaced(sentence(after, notation)[0])}" if after else ""


def _unspaced(words: str) -> str:
    return r"\text{" + words.removeprefix(r"\text{ ") if words.startswith(r"\text{ ") else words


def _alone(first: Box, display: Display, notation: Notation, line: float) -> str:
    """Lay out a statement that is not a relation, with its reason."""
    reason, after = display.reason, display.after
    extra = 1.0 + _width(after, notation) if after else 0.0
    shown = f"{first.text}{_behind(after, notation)}"
    if first.width + extra <= line:
        if not reason:
            return shown
        if first.width + extra + _GAP + _width(reason, notation) <= line:
            return rf"{shown} \qquad {sentence(reason, notation)[0]}"
        return _block([f"& {shown}", *_below(reason, "& ", notation, line - _INDENT)])
    rows = [rf"& \qquad {part}" if k else f"& {part}" for k, part in enumerate(broken(first, line))]
    return _block(
        [*rows, *_below(after, "& ", notation, line - _INDENT), *_below(reason, "& ", notation, line - _INDENT)]
    )


def _below(words: Paragraph, lead: str, notation: Notation, available: float) -> list[str]:
    return [rf"{lead}\qquad {_unspaced(shown)}" for shown in sentence(words, notation, available)] if words else []


def _table(first: Box, sides: list[_Side], hang: bool, column: float, notation: Notation, line: float) -> str:
    """Lay out a chain, beside its first form or hanging below it.

    The reasons stand in a column of the given width; below their lines if it is 0.
    """
    indent = _INDENT if hang else first.width
    available = line - indent
    lead = r"& \quad " if hang else "& "
    rows = [rf"& \qquad {part}" if k else f"& {part}" for k, part in enumerate(broken(first, line))] if hang else []
    for k, side in enumerate(sides):
        start = f"{first.text} " if k == 0 and not hang else ""
        # Words behind the statement stay on its last line where all of it fits there, and fall below it elsewhere.
        beside = side.width <= available
        kept = side.tail_width + (side.after_width if beside else 0.0)
        forms = broken(side.box, available - side.lead - (kept if beside else 0.0))
        lines = [f"{start}{lead}{side.relation} {forms[0]}", *(rf"{lead}\qquad {form}" for form in forms[1:])]
        if beside or side.lead + side.box.width + side.tail_width <= available:
            lines[-1] += side.tail
        elif side.tail:
            tail = side.tail.removeprefix(r" \quad ")
            lines.append(rf"{lead}\qquad {tail}")
        if beside:
            lines[-1] += _behind(side.after, notation)
        else:
            lines += _below(side.after, lead, notation, available - _BELOW)
        if side.reason and column:
            lines[-1] += rf" && \quad {_stacked(sentence(side.reason, notation, column))}"
        elif side.reason:
            lines += _below(side.reason, lead, notation, available - _BELOW)
        rows += lines
    return _block(rows)


def _stacked(lines: list[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    return r"\begin{aligned} " + r" \\ ".join(f"& {shown}" for shown in lines) + r" \end{aligned}"


def _block(rows: list[str]) -> str:
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"
