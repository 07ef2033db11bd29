"""A guess at what is wrong with a numeric function: which other value it agrees with, wherever it was tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import mpmath

from .expected import DIGITS, expected_of
from .points import Input

if TYPE_CHECKING:
    from .expected import Expected

__all__ = ["guess", "guess_reduction"]

_LOOKED_AT = 12
"""How many inputs a guess must fit: so many chance agreements do not happen."""
_LOOSER = 10
"""By how much the tolerance is widened for a guess."""
_SINGLE = 1e-5, 1e-9
"""Between these relative errors a float64 result looks like one that was computed in float32."""

_CHANGED: tuple[tuple[str, Callable[[Any, int], Any]], ...] = (
    ("the value with the other sign: is the sign wrong?", lambda value, size: -value),
    (
        "the value divided by the number of outcomes: is it a mean where a sum belongs?",
        lambda value, size: value / size,
    ),
    ("the value in logarithms to the base 2", lambda value, size: value / mpmath.log(2)),
    ("the value in logarithms to the base 10", lambda value, size: value / mpmath.log(10)),
    ("the value in natural logarithms, and bits were asked for", lambda value, size: value * mpmath.log(2)),
    ("half the value", lambda value, size: value / 2),
    ("twice the value", lambda value, size: value * 2),
    ("the square root of the value", lambda value, size: mpmath.sqrt(abs(value))),
    ("the square of the value", lambda value, size: value**2),
    ("exp of the value", lambda value, size: mpmath.exp(value)),
)
"""Changes of the value, with the number of outcomes, that functions are often mistaken by."""
_REDUCED: tuple[tuple[str, Callable[[int, int], int]], ...] = (
    ("the sum over the batch", lambda rows, outcomes: 1),
    ("the mean over the batch", lambda rows, outcomes: rows),
    ("the sum over the batch, divided by the number of outcomes", lambda rows, outcomes: outcomes),
    ("the mean over all entries, outcomes included", lambda rows, outcomes: rows * outcomes),
)
"""Divisors of the sum over a batch."""

Wrong = tuple[Input, float]
Value = Callable[[Input], Any]


def guess(expected: Expected, wrong: Sequence[Wrong], right: Sequence[Wrong], tolerance: float) -> str:
    """Return a sentence about the mistake that explains the wrong values, or the empty string.

    Parameters
    ----------
    expected : Expected
    wrong, right : sequence of (Input, float)
        Inputs with finite values of the function that are wrong, and right.
    tolerance : float
        As in the comparison.
    """
    interior = [(one, value) for one, value in wrong if one.positive and 1 < one.size <= _LOOKED_AT][:_LOOKED_AT]
    if not interior:
        return ""
    fair = [(one, value) for one, value in right if one.positive and 1 < one.size <= _LOOKED_AT][:_LOOKED_AT]
    for words, candidate in _candidates(expected):
        if all(_agrees(candidate, one, value, tolerance) for one, value in (*interior, *fair)):
            return words
    errors = [_error(expected, one, value) for one, value in interior if one.plain] or [mpmath.inf]
    if max(errors) < _SINGLE[0] and max(errors) > _SINGLE[1] and tolerance < _SINGLE[1]:
        digits = -round(float(mpmath.log10(max(errors))))
        return f"it is right to about {digits} digits: is something in it float32, or is an ε added?"
    return ""


def guess_reduction(batches: Sequence[tuple[int, int, Any, float]], tolerance: float) -> str:
    """Return a sentence about how the values of a batch were taken together, or the empty string.

    Parameters
    ----------
    batches : sequence of (int, int, mpf, float)
        Of each batch, the rows, the outcomes, the sum of the exact values, and what came.
    tolerance : float
        As in the comparison.
    """
    several = [batch for batch in batches if batch[0] > 1 and batch[1] > 1 and mpmath.isfinite(batch[2])]
    for words, divisor in _REDUCED:
        if several and all(
            abs(got - total / divisor(rows, outcomes)) <= _LOOSER * tolerance * max(1, abs(total))
            for rows, outcomes, total, got in several
        ):
            return f"it agrees with {words}"
    return ""


def _agrees(candidate: Value, one: Input, value: float, tolerance: float) -> bool:
    wanted = candidate(one)
    if wanted is None or not mpmath.isfinite(wanted):
        return False
    return bool(abs(mpmath.mpf(value) - wanted) <= _LOOSER * tolerance * max(1, abs(wanted)))


def _error(expected: Expected, one: Input, value: float) -> Any:
    found = expected.at(one)
    return mpmath.inf if found is None else abs(mpmath.mpf(value) - found[1]) / max(1, abs(found[1]))


def _candidates(expected: Expected) -> Iterator[tuple[str, Value]]:
    """Yield what functions are often mistaken for, in words and as a value."""

    def at(one: Input) -> Any:
        found = expected.at(one)
        return None if found is None else found[1]

    names = expected.arguments
    if len(names) == 2:
        yield (
            f"it agrees with {expected.name}({names[1]}, {names[0]}): are the arguments swapped?",
            lambda one: at(_swapped(one)),
        )
    for words, change in _CHANGED:
        yield f"it agrees with {words}", partial(_changed, at, change)
    if expected.measure and not expected.joint:
        softmax = f"it agrees with {expected.name} of the softmax of its arguments: does it expect logits?"
        yield softmax, lambda one: at(Input(tuple(map(_softmax, one.tables))))
    yield from _others(expected)


def _others(expected: Expected) -> Iterator[tuple[str, Value]]:
    """Yield other measures of the same arguments."""
    from ..measures import expressions

    count = len(expected.arguments)
    if expected.joint or count > 2:
        return
    for measure in (expressions.kl_divergence, expressions.cross_entropy, expressions.entropy):
        other = expected_of(measure, None)
        if other.name == expected.name or len(other.arguments) > count:
            continue
        for k in range(count if len(other.arguments) == 1 else 1):
            shown = ", ".join(other.arguments if count == 1 else expected.arguments[k : k + len(other.arguments)])
            yield f"it agrees with {other.name}({shown})", partial(_value, other, k)
    if count == 2:
        p, q = expected.arguments
        yield (
            f"it agrees with sum({q}*(log({q}) - {p})): does it expect {p} as log-probabilities?",
            lambda one: _sum(one, lambda a, b: b * (mpmath.log(b) - a)),
        )
        yield (
            f"it agrees with sum(exp({q})*({q} - {p})): does it expect log-probabilities?",
            lambda one: _sum(one, lambda a, b: mpmath.exp(b) * (b - a)),
        )


def _changed(at: Value, change: Callable[[Any, int], Any], one: Input) -> Any:
    return change(at(one), one.size)


def _value(other: Expected, k: int, one: Input) -> Any:
    found = other.at(Input(one.tables[k : k + len(other.arguments)]))
    return None if found is None else found[1]


def _sum(one: Input, term: Callable[[Any, Any], Any]) -> Any:
    with mpmath.workdps(DIGITS):
        numbers = [[mpmath.mpf(w.numerator) / w.denominator for w in table] for table in one.tables]
        return mpmath.fsum(map(term, *numbers))


def _swapped(one: Input) -> Input:
    return Input(one.tables[::-1])


def _softmax(table: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Return the softmax of numbers, as fractions that sum to 1."""
    with mpmath.workdps(DIGITS):
        weights = [Fraction(float(mpmath.exp(mpmath.mpf(w.numerator) / w.denominator))) for w in table]
    total = sum(weights)
    return tuple(w / total for w in weights)
