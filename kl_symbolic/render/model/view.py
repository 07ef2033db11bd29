"""The selection of what the page of a theorem shows: the level of detail, and parts of the page only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from ...language.errors import InvalidValue

__all__ = ["BLACKBOARD", "DETAILS", "PARTS", "RESULT", "STATED", "STEPS", "WHOLE", "View"]

RESULT, BLACKBOARD, STEPS = "result", "blackboard", "steps"
DETAILS = (RESULT, BLACKBOARD, STEPS)
"""The levels of detail: what is proved; the derivation as one would write it; every line that the kernel replayed."""

PARTS = ("title", "hypotheses", "statement", "notation", "proof", "steps", "example", "axioms", "provenance")
"""The parts of the page of a theorem: the names that ``parts=`` and ``--parts`` take. Their order on the page is that
of the page, whatever the order in which they are named.

*hypotheses* is a part of *statement*: by itself it is what is assumed, without the conclusion. *axioms* is what the
proof rests on; *provenance* who has checked the theorem, its name in the library, which theorems use it, its source.
"""

_AT = {
    RESULT: ("title", "statement", "notation", "example"),
    BLACKBOARD: ("title", "statement", "notation", "proof", "example", "axioms", "provenance"),
    STEPS: ("title", "statement", "notation", "proof", "steps", "example", "axioms", "provenance"),
}
"""The parts that each level shows."""


@final
@dataclass(frozen=True, slots=True)
class View:
    """The selection of what a page shows.

    Parameters
    ----------
    detail : str
        One of ``DETAILS``.
    parts : tuple of str
        Some of ``PARTS``: only these of what the level of detail shows. Everything when empty.

    Raises
    ------
    ValueError
        For a level or part that does not exist, and a part that the level does not show.

    Examples
    --------
    >>> View("result").shows("proof"), View().shows("proof"), View(parts=("statement",)).shows("proof")
    (False, True, False)
    """

    detail: str = BLACKBOARD
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.detail not in DETAILS:
            raise InvalidValue(f"expected a level of detail, {', '.join(DETAILS)}; got {self.detail!r}")
        shown = _AT[self.detail]
        for part in self.parts:
            if part not in PARTS:
                raise InvalidValue(f"expected parts of a page, some of {', '.join(PARTS)}; got {part!r}")
            if part not in shown and part != "hypotheses":
                levels = " or ".join(level for level in DETAILS if part in _AT[level])
                raise InvalidValue(f"the part {part!r} is not shown at the level {self.detail!r}; use {levels}")

    def shows(self, part: str) -> bool:
        """Whether a part is shown.

        Parameters
        ----------
        part : str
            One of ``PARTS``.
        """
        return part in (self.parts or _AT[self.detail])


WHOLE = View()
"""The blackboard, all of it."""

STATED = View(parts=("title", "statement", "notation", "axioms"))
"""The statement of a theorem and what it rests on, without its derivation."""
