"""The verdicts on a claim or a theorem."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn, final

from ..language.errors import InvalidType

__all__ = ["Verdict"]


@final
class Verdict(Enum):
    """The verdict on a statement. It is not a ``bool``, because *unknown* is neither true nor false.

    ``PROVED`` is said of a claim for which the kernel accepted a certificate, and never of a number; ``SUPPORTED`` is
    said of a statement that numbers failed to refute, and never of a proof. ``UNDEFINED`` is said of a statement, or of
    a line that is shown, a term of which has no value at a point of its hypotheses: that refutes nothing, and a
    statement that is shown to readers should have a value wherever its hypotheses hold.
    """

    PROVED = "proved"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDEFINED = "undefined"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise InvalidType(f"{self} is not true or false; compare it with a verdict, such as Verdict.REFUTED")
