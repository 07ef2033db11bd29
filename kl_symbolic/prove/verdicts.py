"""What ``prove`` answers when it does not return a theorem: an exact counterexample, or what is unknown and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, NoReturn, final

from ..kernel import Theorem
from ..kernel.terms import Node
from ..point import Point
from ..text import text

__all__ = ["Answer", "Counterexample", "NotProved", "Unknown", "Verdict", "verdict"]


@final
class Verdict(Enum):
    """What is known of a claim; it is no ``bool``, for *unknown* is neither."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self} is one of three; compare it with Verdict.PROVED or Verdict.REFUTED")


@final
@dataclass(frozen=True, slots=True)
class Counterexample:
    """An exact point at which every hypothesis holds and the claim does not.

    Attributes
    ----------
    claim : Node
    hypotheses : tuple of Node
    assumed : tuple of Node
        The left sides of implications in the claim; they hold at the point, too.
    point : Point
        It also says for which index a claim about all of them fails.
    part : Node
        The comparison that is false there.
    left, right : Fraction or mpmath.mpf
        The values of its two sides: exact where they are rational, else the digits of an enclosure that decides.
    """

    claim: Node
    hypotheses: tuple[Node, ...]
    assumed: tuple[Node, ...]
    point: Point
    part: Node
    left: Any
    right: Any

    @property
    def verdict(self) -> Verdict:
        """``Verdict.REFUTED``."""
        return Verdict.REFUTED

    def __bool__(self) -> NoReturn:
        raise TypeError("a counterexample is no truth value; look at its type or at verdict(...)")

    def __str__(self) -> str:
        sides = [text(a) for a in self.part.args]
        width = max(map(len, sides))
        values = (f"  {side:{width}} {shown(value)}" for side, value in zip(sides, (self.left, self.right), strict=True))
        given = _given((*self.hypotheses, *self.assumed))
        return "\n".join([f"false: {text(self.claim)}{given}", f"  at {self.point}", *values])


@final
@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither a proof nor a counterexample was found.

    Attributes
    ----------
    claim : Node
    hypotheses : tuple of Node
    tried : tuple of str
        The tactics, in their order.
    hint : str
        The nearest rule or lemma and what it would need, or the empty string.
    points : int
        At how many exact points of the hypotheses the claim was found to hold, as far as 50 digits tell.
    undefined : int
        At how many others a term of it has no value.
    doubt : str
        Where it looks false although that is no exact refutation, for limits and for hypotheses about every n.
    """

    claim: Node
    hypotheses: tuple[Node, ...]
    tried: tuple[str, ...]
    hint: str
    points: int
    undefined: int
    doubt: str = ""

    @property
    def verdict(self) -> Verdict:
        """``Verdict.UNKNOWN``."""
        return Verdict.UNKNOWN

    def __bool__(self) -> NoReturn:
        raise TypeError("unknown is no truth value; look at its type or at verdict(...)")

    @property
    def numbers(self) -> str:
        """What the points say."""
        if self.doubt:
            return self.doubt
        how = "numerically equal" if self.claim.op == "=" else "numerically true"
        if self.points:
            others = f"; it has no value at {self.undefined} more" if self.undefined else ""
            return f"{how} at {self.points} points, but not proved{others}"
        return "it has no value where its hypotheses hold" if self.undefined else "no point of the hypotheses was found"

    def __str__(self) -> str:
        rows = [f"unknown: {text(self.claim)}{_given(self.hypotheses)}", f"  {self.numbers}"]
        rows.append(f"  tried: {', '.join(self.tried)}")
        return "\n".join([*rows, *([f"  hint: {self.hint}"] if self.hint else [])])


Answer = Theorem | Counterexample | Unknown


@final
class NotProved(AssertionError):
    """A claim that ``assert_proved`` could not prove.

    Attributes
    ----------
    answer : Counterexample or Unknown
    """

    def __init__(self, answer: Counterexample | Unknown) -> None:
        super().__init__(str(answer))
        self.answer = answer


def verdict(answer: Answer) -> Verdict:
    """Return which of the three an answer is.

    Raises
    ------
    TypeError
        When it is none of them.
    """
    if isinstance(answer, Theorem):
        return Verdict.PROVED
    if isinstance(answer, Counterexample | Unknown):
        return answer.verdict
    raise TypeError(f"expected what prove returned, got {type(answer).__name__}")


def _given(hypotheses: tuple[Node, ...]) -> str:
    return f"\n  given {', '.join(map(text, hypotheses))}" if hypotheses else ""


def shown(value: Any) -> str:
    """Return a value as text: exact where it is rational, else 15 digits."""
    if isinstance(value, Fraction):
        return f"= {value}"
    import mpmath

    return f"≈ {mpmath.nstr(value, 15)}"
