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
    said of a statement that numbers failed to refute, and never of a proof.
    """

    PROVED = "proved"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise InvalidType(f"{self} is not true or false; compare it with a verdict, such as Verdict.REFUTED")
