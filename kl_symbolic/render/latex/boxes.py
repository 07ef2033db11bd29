"""Pieces of a LaTeX formula that know how wide they will be, how tightly they bind, and where they may be broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import final

from ..model.names import GREEK

__all__ = [
    "ATOM", "FRACTION", "GREEK_LETTERS", "IFF", "IMPLIES", "POWER", "PRODUCT", "RELATION", "SLASH", "SMALL", "SUM",
    "Box", "between", "mark", "total", "word",
]  # fmt: skip

IFF, IMPLIES, RELATION, SUM, SLASH, PRODUCT, POWER, FRACTION, ATOM = range(1, 10)
GREEK_LETTERS = {letter for letter, _ in GREEK.values()} | {r"\ell"}
SMALL = 0.7
"""Size of a sub- or superscript."""


def total(widths: Iterable[float]) -> float:
    """Return the sum of widths, added one after the other.

    ``sum`` rounds in another way from Python 3.12 on, and a line that just fits would be broken there.

    Parameters
    ----------
    widths : iterable of float

    Examples
    --------
    >>> total([0.1] * 10)
    0.9999999999999999
    """
    found = 0.0
    for width in widths:
        found += width
    return found


@final
@dataclass(frozen=True, slots=True)
class Box:
    """A piece of formula.

    Parameters
    ----------
    text : str
    level : int
        How tightly its outermost operator binds.
    width : float
        In em, estimated.
    head, tail : str
        What it begins and ends with: ``letter``, ``word``, ``digit``, ``fraction``, ``bracket``, ``bar``, ``minus``
        or ``operator``. An ``open`` tail, as in log x or Σ, would swallow what follows.
    tall : bool
        Whether brackets around it must grow.
    parts : tuple of Box
        The summands or factors, between which a long line may be broken; each with its sign in front.
    product : bool
        Whether the parts are factors.
    """

    text: str
    level: int = ATOM
    width: float = 0.5
    head: str = "letter"
    tail: str = "letter"
    tall: bool = False
    parts: tuple[Box, ...] = ()
    product: bool = False

    def within(self, before: str, after: str, width: float) -> Box:
        """Return the box with text in front and behind, in its parts too.

        Parameters
        ----------
        before : str
        after : str
        width : float
        """
        parts = self.parts
        if parts:
            parts = (parts[0].within(before, "", width), *parts[1:])
            parts = (*parts[:-1], parts[-1].within("", after, 0.0)) if after else parts
        return replace(self, text=before + self.text + after, width=self.width + width, parts=parts)


def word(text: str) -> str:
    """Return letters, digits, ``_`` and ``+`` as upright LaTeX.

    Parameters
    ----------
    text : str
    """
    return r"\mathrm{" + text.replace("_", r"\_").replace("+", "{+}") + "}"


def mark(text: str) -> tuple[str, float]:
    """Return a letter, number, Greek name or word, and its width.

    Parameters
    ----------
    text : str
    """
    if text in GREEK:
        return GREEK[text][0], 0.6
    if text.isdigit():
        return text, 0.5 * len(text)
    if len(text) == 1:
        return (r"\ell" if text == "l" else text), 0.75 if text.isupper() else 0.52
    return word(text), 0.52 * len(text)


def between(left: Box, right: Box) -> str:
    """Return the separator of two factors that makes them read as factors.

    Parameters
    ----------
    left : Box
    right : Box
    """
    if right.text.startswith(r"\left") or (left.text.endswith(r"\right)") and right.head != "digit"):
        return " "  # growing brackets bring their own space
    number = right.head == "digit" or (right.head == "fraction" and left.tail in ("digit", "fraction"))
    if number or (right.head == "bracket" and left.text in ("H", "I", "D", "d")):
        return r" \cdot "
    if (
        left.level == POWER
        or right.head in ("bracket", "bar")
        or left.tail in ("bracket", "bar", "word")
        or right.text.startswith(r"\mathrm")
    ):
        return r"\, "
    return " "
