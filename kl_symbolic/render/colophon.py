"""What a reading copy says of a shipped theorem beside its derivation: its standing, its place, an example, its source.

Nothing of it is proved here. Whoever makes the copy says what he knows; a page that was not checked has no colophon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from .notation import Notation, Paragraph

__all__ = ["EXAMPLE", "UNUSED", "Colophon"]

EXAMPLE = "An example, which illustrates and proves nothing."
UNUSED = "No theorem of the library cites it."


@final
@dataclass(frozen=True, slots=True)
class Colophon:
    """What is known of a shipped theorem.

    Attributes
    ----------
    badges : tuple of str
        Who has looked at it: the kernel, numbers, a proof assistant.
    source : str
        Where it comes from, in running text.
    used_by : tuple of str
        The theorems that cite it.
    example : callable
        Returns an example in a notation, as paragraphs.
    brief : bool
        Whether the page only links, since the theorem is told inside the story of another one.
    link : callable or None
        Returns the address of the page of a theorem by its name, where each theorem has a page of its own.
    """

    badges: tuple[str, ...]
    source: str
    used_by: tuple[str, ...]
    example: Callable[[Notation], tuple[Paragraph, ...]]
    brief: bool = False
    link: Callable[[str], str] | None = None
