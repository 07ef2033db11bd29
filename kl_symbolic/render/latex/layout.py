r"""How LaTeX is laid out: the width of a line, the commands of headings, numbers, a label.

A fragment cannot know where it will be put. With a width its lines are broken for it, once and for all. Without one,
a display that may be too wide carries its layouts from wide to narrow, and TeX takes the first that fits in
``\linewidth``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from ...language.errors import InvalidValue
from .aligned import LINE

__all__ = [
    "DOCUMENT",
    "ENVIRONMENTS",
    "FRAGMENT",
    "HEADINGS",
    "MACROS",
    "NAMED",
    "SECTIONS",
    "Layout",
    "fitted",
    "width_of",
]

SECTIONS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
"""The commands of headings, from the largest to the smallest."""
ENVIRONMENTS = ("theorem", "lemma", "proposition", "corollary")
"""The environments in which a statement can stand; its derivation is a ``proof``."""
FRAME = "frame"
"""Slides of beamer: one for the statement, one for the derivation, and so on; a full one continues on the next."""
HEADINGS = (*SECTIONS[:-1], *ENVIRONMENTS, FRAME)
"""The commands and environments that a title can have."""

NAMED = {"page": 32.5, "column": 17.0, "slide": 27.5}
"""Widths in em that fit at 10, 11 and 12 points: a line of ``article``, a column of it (the narrowest is 200 of 11.75
points), and a line of ``beamer``."""

_LADDER = (LINE, 32.0, 24.5, 16.5)
"""The widths in em for which a display is laid out where TeX measures: a wide line, the line of an article, a slide or
the column of a journal, and a column of an article in 12 points."""
_SURE = 13.0
"""A display that needs no more than this, in em, fits everywhere, whatever the error of the estimate."""

_POINTS = {"pt": 1.0, "bp": 72.27 / 72, "in": 72.27, "cm": 72.27 / 2.54, "mm": 72.27 / 25.4}
"""TeX's points in a unit."""
_NARROWEST, _WIDEST = 12.0, 200.0
"""Widths in em between which a page can be laid out: a dozen letters, and a poster."""
_WIDTH = re.compile(r"([0-9]+(?:\.[0-9]+)?) *(em|pt|bp|in|cm|mm)")
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._+/-]{0,99}")

MACROS = r"""% \klfit{wide}{narrow} is the first of two displays that fits in \linewidth; \klshrink scales one.
\providecommand{\klfit}[2]{%
  \begingroup\sbox0{$\displaystyle #1$}\expandafter\endgroup\ifdim\wd0>\linewidth #2\else #1\fi}
\providecommand{\klshrink}[1]{%
  \begingroup\sbox0{#1}%
  \ifdim\wd0>\linewidth
    \ifdefined\resizebox\sbox0{\resizebox{\linewidth}{!}{\usebox0}}\else\sbox0{\footnotesize #1}\fi
  \fi
  \ifdefined\resizebox\ifdim\dimexpr\ht0+\dp0\relax>.8\textheight
    \sbox0{\resizebox{!}{.8\textheight}{\usebox0}}%
  \fi\fi
  \usebox0\endgroup}
"""


def width_of(width: str, points: int = 10) -> float:
    """Return a width in em.

    Parameters
    ----------
    width : str
        A length such as ``8.6cm``, ``20em`` or ``252pt``; or ``page``, ``column`` or ``slide``.
    points : int
        The size of the font, from which the em of other units follows.

    Raises
    ------
    InvalidValue
        When it is not a width, or is too narrow or wide.

    Examples
    --------
    >>> width_of("252pt"), width_of("20em", 12), width_of("column")
    (25.2, 20.0, 17.0)
    """
    found = _WIDTH.fullmatch(width)
    if width in NAMED:
        return NAMED[width]
    if found is None:
        raise InvalidValue(f"expected a width such as 8.6cm, 252pt or 20em, or {', '.join(NAMED)}; got {width[:40]!r}")
    length, unit = float(found[1]), found[2]
    em = length if unit == "em" else length * _POINTS[unit] / points
    if not _NARROWEST <= em <= _WIDEST:
        raise InvalidValue(
            f"expected a width from {_NARROWEST:.0f}em to {_WIDEST:.0f}em, got {width}, which is {em:.1f}em"
        )
    return em


def fitted(make: Callable[[float], str], width: float | None, high: bool = False) -> str:
    r"""Return the inside of a display for a width, or in several layouts among which TeX chooses.

    Parameters
    ----------
    make : callable
        Returns the layout for a width in em.
    width : float, optional
        In em; None where TeX measures.
    high : bool
        Whether it must not be higher than a slide either.

    Examples
    --------
    >>> print(fitted(lambda width: "short", None), fitted(lambda width: f"{width:.0f}", None))
    short \klfit{39}{\klfit{32}{\klfit{24}{\klshrink{$\displaystyle 16$}}}}
    """
    if width is not None:
        return make(width)
    layouts = list(dict.fromkeys(map(make, _LADDER)))
    if layouts == [make(_SURE)]:
        return layouts[0]
    *wider, narrowest = layouts
    shown = rf"\klshrink{{$\displaystyle {narrowest}$}}"
    for layout in reversed(wider):
        shown = f"\\klfit{{{layout}}}{{{shown}}}"
    return rf"\klshrink{{$\displaystyle {shown}$}}" if high and wider else shown


@final
@dataclass(frozen=True, slots=True)
class Layout:
    r"""How a document is written in LaTeX.

    Parameters
    ----------
    standalone : bool
        Whether it compiles by itself, rather than being a fragment.
    width : float, optional
        The width of a line in em. Without it, TeX measures; a document that compiles by itself knows its width.
    heading : str
        What the title is, one of ``HEADINGS``.
    numbered : bool, optional
        Whether headings have numbers, or environments that are starred. By default environments have them, and headings
        where there is a label.
    label : str
        Of the title or the environment, for ``\ref`` and ``\cref``.

    Raises
    ------
    InvalidValue
        For a heading that does not exist, and for a label that TeX could not read or that has no number.
    """

    standalone: bool = False
    width: float | None = None
    heading: str = SECTIONS[0]
    numbered: bool | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.heading not in HEADINGS:
            raise InvalidValue(f"expected a heading, one of {', '.join(HEADINGS)}; got {self.heading!r}")
        if self.label and _LABEL.fullmatch(self.label) is None:
            wanted = "expected a label of letters, digits and : . _ + / -, such as thm:gibbs"
            raise InvalidValue(f"{wanted}; got {self.label[:40]!r}")
        if self.frames and (self.label or self.numbered is not None or self.standalone):
            raise InvalidValue("a frame is a fragment for beamer, without a number and without a label")
        if self.label and self.numbered is False:
            raise InvalidValue(f"the label {self.label} refers to a number, and numbered=False leaves it out")

    @property
    def environment(self) -> bool:
        """Whether the statement stands in an environment."""
        return self.heading in ENVIRONMENTS

    @property
    def frames(self) -> bool:
        """Whether it is written on slides."""
        return self.heading == FRAME

    @property
    def alone(self) -> bool:
        """Whether it is laid out for one theorem, and not for a narrative around several."""
        return self.environment or self.frames

    @property
    def line(self) -> float | None:
        """The width of a line in em; None where TeX measures."""
        return LINE if self.standalone and self.width is None else self.width

    @property
    def star(self) -> str:
        """The star of what has no number."""
        numbered = self.environment or bool(self.label) if self.numbered is None else self.numbered
        return "" if numbered else "*"

    def command(self, level: int) -> str:
        """Return the command of a heading of a level, 1 for the title.

        Parameters
        ----------
        level : int
        """
        start = SECTIONS.index(self.heading)
        return SECTIONS[min(start + level - 1, len(SECTIONS) - 1)]


FRAGMENT = Layout()
"""A fragment in which TeX measures."""
DOCUMENT = Layout(standalone=True)
"""A document that compiles by itself."""
