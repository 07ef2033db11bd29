"""The provenance of a shipped theorem on its page: who checked it, which theorems use it, an example, its source.

None of it is proved here. Whoever builds the document says what is known; a page that was not checked has none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from .notation import Notation, Paragraph

__all__ = ["DENSITIES", "EXAMPLE", "FINITE", "SOURCE", "UNUSED", "USED_BY", "Provenance"]

USED_BY = "Where it is used."
FINITE = "The finite version."
DENSITIES = "For densities."
EXAMPLE = "An example, which illustrates and proves nothing."
SOURCE = "Source."
UNUSED = "No theorem of the library cites it."


@final
@dataclass(frozen=True, slots=True)
class Provenance:
    """The provenance of a shipped theorem.

    Parameters
    ----------
    badges : tuple of str
        Who has checked it: the kernel, numbers, a proof assistant.
    source : str
        Where it comes from, in running text.
    used_by : tuple of str
        The theorems that cite it.
    example : callable
        Returns an example in a notation, as paragraphs.
    linked : bool
        Whether each theorem has a page of its own beside this one.
    brief : bool
        Whether the page only links, since the theorem is told inside the narrative of another one.
    finite, densities : tuple of (str, str)
        The theorems that say the same of finite sums, and of integrals: the title and the name of each.
    """

    badges: tuple[str, ...]
    source: str
    used_by: tuple[str, ...]
    example: Callable[[Notation], tuple[Paragraph, ...]]
    linked: bool = False
    brief: bool = False
    finite: tuple[tuple[str, str], ...] = ()
    densities: tuple[tuple[str, str], ...] = ()
