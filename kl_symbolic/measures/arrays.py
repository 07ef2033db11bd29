"""Measures of floats: distributions in NumPy arrays, one or many, validated and evaluated without a loop in Python.

A :class:`Batch` holds distributions along its last axis. It is validated as the exact reader does: an entry that is
negative, NaN or infinite and a row whose sum is not 1 within rounding are refused by name. Rows that pass are divided
by their sums in the result, as exact distributions are.

Everything is computed in double precision (or in ``longdouble``, if the input is): float32 and float16 are converted.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, final

import numpy as np

from ..language.errors import InvalidType, InvalidValue
from .distributions import common_outcomes, float_epsilon, tolerance, weigh
from .inputs import Array, Entries, Symbolic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .inputs import Input

__all__ = ["Batch", "Floats", "batches", "cross_entropy", "entropy", "kl_divergence", "positions"]

Floats: TypeAlias = "NDArray[np.floating[Any]]"
"""An array of floats, or a scalar of NumPy."""

_NEAR = 0.1
"""Where |q − p| is below this part of p + q, log(p/q) cancels, and a series in (q − p)/(p + q) takes its place."""
_SERIES = [2 / (2 * k + 1) for k in range(1, 9)]
"""2/3, 2/5, …, 2/17: with |s| ≤ 0.1 the next term is below 10⁻¹⁷ of the sum."""
_CHUNK = 2**13
"""Numbers that are worked on at a time: some ten arrays of them fit into a cache of the second level."""
_SMALL = 1e-17
"""Part of a sum that double precision does not see."""


@final
@dataclass(frozen=True, slots=True)
class Batch:
    """Distributions along the last axis of an array.

    Parameters
    ----------
    name : str
        ``P`` or ``Q``.
    weights : numpy.ndarray
        What was given, validated; the outcomes are on the last axis.
    totals : numpy.ndarray
        The sums over the last axis: 1 within rounding, unless they are to be divided by.
    outcomes : tuple or None
        What the entries belong to; None where their order says it.
    """

    name: str
    weights: Floats
    totals: Floats
    outcomes: tuple[Hashable, ...] | None = None

    @property
    def probabilities(self) -> Floats:
        """The weights divided by their sums."""
        return self.weights / self.totals[..., None]


def positions(inputs: Sequence[Input], axis: int | None) -> tuple[int, ...]:
    """Return the axis of the outcomes in each input, counted from the end of its dimensions.

    An array of one dimension has its outcomes there. *axis* counts dimensions of the arrays as NumPy broadcasts them.

    Parameters
    ----------
    inputs : sequence of Input
        What the user gave.
    axis : int or None
        As the user gave it.
    """
    ranks = [given.values.ndim if isinstance(given, Array) else 1 for given in inputs]
    most = max(ranks)
    if axis is None:
        for given, rank in zip(inputs, ranks, strict=True):
            if rank > 1 and isinstance(given, Array):
                raise InvalidValue(
                    f"{given.name} is an array of the shape {given.values.shape}; axis= says which axis has the"
                    " outcomes: axis=-1 if each row is a distribution, axis=0 if each column is"
                )
        return (-1,) * len(ranks)
    if isinstance(axis, bool) or not isinstance(axis, int | np.integer):
        raise InvalidType(f"expected axis= as an integer, got {axis!r}")
    if not -most <= axis < most:
        raise InvalidValue(f"expected axis= from {-most} to {most - 1} for arrays of {most} dimensions, got {axis}")
    position = int(axis) if axis < 0 else int(axis) - most
    for given, rank in zip(inputs, ranks, strict=True):
        if 1 < rank < -position:
            raise InvalidValue(f"{given.name} has {rank} dimensions, and lacks the axis {axis} of {most}")
    return tuple(position if rank > 1 else -1 for rank in ranks)


def batches(inputs: Sequence[Input], normalize: bool, axis: int | None) -> tuple[Batch, ...]:
    """Read distributions as floats, over the same outcomes.

    Parameters
    ----------
    inputs : sequence of Input
        What the user gave.
    normalize : bool
        Whether to divide by the sums.
    axis : int or None
        The axis of the outcomes; it may be None if no array has more than one dimension.
    """
    where = positions(inputs, axis)
    raw = [_floats(given, normalize) for given in inputs]
    moved = [np.moveaxis(a, k, -1) if a.ndim > 1 else a for a, k in zip(raw, where, strict=True)]
    named = [given.outcomes if isinstance(given, Entries) else None for given in inputs]
    outcomes = common_outcomes([(g.name, keys, a.shape[-1]) for g, keys, a in zip(inputs, named, moved, strict=True)])
    found = []
    for given, array, keys, position in zip(inputs, moved, named, where, strict=True):
        totals = _validated(given, array, normalize, position)
        if outcomes is not None and keys != outcomes:
            place = {key: k for k, key in enumerate(keys or ())}
            order = [place.get(key, -1) for key in outcomes]
            array = np.append(array, 0.0)[order]
        found.append(Batch(given.name, array, totals, outcomes))
    try:
        np.broadcast_shapes(*(b.totals.shape for b in found))
    except ValueError:
        shapes = " and ".join(f"{b.name} {b.totals.shape}" for b in found)
        raise InvalidValue(f"the shapes without the axis of the outcomes do not broadcast: {shapes}") from None
    return tuple(found)


def _floats(given: Input, normalize: bool) -> Floats:
    if isinstance(given, Symbolic):
        raise InvalidType(f"{given.name} is symbolic, and has no floats: {given.weight}; leave exact=False out")
    if isinstance(given, Array) and given.values.dtype.kind in "iuf":
        return given.values.astype(np.result_type(given.values.dtype, np.float64), copy=False)
    if isinstance(given, Array):
        flat = Entries(given.name, tuple(given.values.ravel()))
        return _exact_floats(flat, True).reshape(given.values.shape)
    if not given.coin and all(type(value) is float or isinstance(value, np.floating) for value in given.values):
        return np.array(given.values, dtype=np.result_type(np.float64, *{type(v) for v in given.values}))
    return _exact_floats(given, normalize)


def _exact_floats(given: Entries, normalize: bool) -> Floats:
    """Return the floats next to what the exact reader takes; symbols have none."""
    found = weigh(given, normalize)
    for label, weight in zip(found.labels, found.weights, strict=True):
        if weight.free_symbols:
            raise InvalidType(
                f"{label} is symbolic, {weight}, and one of the inputs is an array of floats; exact=True reads"
                " the floats exactly"
            )
    return np.array([float(w) if w.is_Rational else float(w.evalf(30)) for w in found.weights])


def _validated(given: Input, array: Floats, normalize: bool, position: int) -> Floats:
    """Return the sums over the last axis; refuse entries and sums that a distribution cannot have."""
    if not array.shape[-1]:
        raise InvalidValue(f"{given.name} has no outcomes")
    with np.errstate(invalid="ignore", over="ignore"):
        totals = np.asarray(array.sum(axis=-1))
    if array.size and not (array.min() >= 0 and np.isfinite(totals).all()):
        _refuse_entry(given, array, position)
    if normalize:
        wrong = totals == 0
        if wrong.any():
            raise InvalidValue(f"{_row(given, wrong)} sum to 0, and normalize=True cannot divide by that")
        return totals
    accepted = tolerance(array.shape[-1], _epsilon(given))
    wrong = np.abs(totals - 1) > accepted
    if wrong.any():
        total = totals[wrong].ravel()[0]
        raise InvalidValue(
            f"{_row(given, wrong)} sum to {total}, not to 1; the difference is {total - 1:.3g}, and {accepted:.3g}"
            " would be rounding. normalize=True divides by the sum"
        )
    return totals


def _epsilon(given: Input) -> float:
    if isinstance(given, Array):
        return max(float_epsilon(given.values.dtype.type), sys.float_info.epsilon)
    kinds = {type(value) for value in given.values} if isinstance(given, Entries) else set()
    return max((float_epsilon(kind) for kind in kinds), default=0.0) or sys.float_info.epsilon


def _refuse_entry(given: Input, array: Floats, position: int) -> None:
    for wrong, what in ((np.isnan(array), "NaN"), (np.isinf(array), "infinite"), (array < 0, "negative")):
        if wrong.any():
            where = np.argwhere(wrong)[0].tolist()
            value = array[tuple(where)]
            if isinstance(given, Entries):
                label = given.label(where[-1])
            else:
                where.insert(len(where) + position, where.pop())
                label = f"{given.name}[{', '.join(map(str, where))}]"
            raise InvalidValue(f"{label} is {what}" + (f": {value}" if what == "negative" else ""))


def _row(given: Input, wrong: Any) -> str:
    where = np.argwhere(wrong)[0].tolist()
    return f"the entries of {given.name}" + (f" in the row [{', '.join(map(str, where))}]" if where else "")


# --- measures --------------------------------------------------------------------------------------------------------


def kl_divergence(P: Batch, Q: Batch) -> Floats:
    """Return D(P‖Q) of each row.

    Parameters
    ----------
    P, Q : Batch
        Over the same outcomes.

    Notes
    -----
    The sum is taken of p·log(p/q) − p + q, which is never negative, and not of p·log(p/q), whose terms cancel: for
    P and Q that differ by 10⁻⁹ the divergence is 10⁻¹⁸, and a sum of such terms is off by 10⁻¹⁷. For sums S and T of P
    and Q, D = Σ (p·log(p/q) − p + q)/S − (log(S/T) − 1 + T/S), which holds for all positive S and T.
    """
    p, q = P.weights, Q.weights
    with np.errstate(all="ignore"):
        terms = _bregman(p, q)
        found = terms.sum(axis=-1) / P.totals - _bregman(np.ones_like(P.totals), Q.totals / P.totals)
    values: Floats = np.maximum(found, 0.0)
    return values


def _bregman(p: Floats, q: Floats) -> Floats:
    """Return p·log(p/q) − p + q for each pair, with 0·log 0 = 0 and ∞ where q = 0 < p; relative error a few ε."""
    p, q = np.broadcast_arrays(p, q)
    terms = np.empty(p.shape, dtype=np.result_type(p, q))
    flat = (p.ravel(), q.ravel(), terms.ravel())  # the last one is a view
    for k in range(0, terms.size, _CHUNK):
        _bregman_part(*(x[k : k + _CHUNK] for x in flat))
    return terms


def _bregman_part(p: Floats, q: Floats, terms: Floats) -> None:
    """Write the terms of one chunk, of one dimension."""
    difference = q - p
    near = np.abs(difference) < _NEAR * (p + q)
    if near.all():
        terms[:] = _series(p, difference)
        return
    ratio = p / q
    zero = p == 0
    if zero.any():
        ratio += zero  # NumPy's logarithm of 0 takes six times as long as that of 1
    np.log(ratio, out=ratio)
    ratio *= p
    np.add(ratio, difference, out=terms)
    unusual = np.flatnonzero(~np.isfinite(terms))
    if unusual.size:
        a, b = p[unusual], q[unusual]
        positive = a * (np.log(a) - np.log(b)) + b - a  # where a/b overflows
        terms[unusual] = np.where(a == 0, b, np.where(b == 0, np.inf, positive))
    chosen = np.flatnonzero(near)
    if chosen.size:
        terms[chosen] = _series(p[chosen], difference[chosen])


def _series(p: Floats, difference: Floats) -> Floats:
    """Return p·log(p/q) − p + q where q − p is small.

    With s = (q − p)/(p + q), log(q/p) = 2·(s + s³/3 + s⁵/5 + …), and so the term is s·(q − p) − 2p·(s³/3 + s⁵/5 + …).
    """
    s = difference / (2 * p + difference)
    square = s * s
    # The first term that is left out is below ε of the sum.
    largest = float(square.max(initial=0.0))
    count = next(k for k in range(1, len(_SERIES) + 1) if largest**k < _SMALL or k == len(_SERIES))
    series = np.full_like(s, _SERIES[count - 1])
    for coefficient in _SERIES[count - 2 :: -1] if count > 1 else ():
        series *= square
        series += coefficient
    series *= square
    series *= p
    return np.asarray(s * (difference - series))


def entropy(P: Batch) -> Floats:
    """Return H(P) of each row.

    Parameters
    ----------
    P : Batch
        The distributions.
    """
    values: Floats = -_xlogy(P.weights, P.weights).sum(axis=-1) / P.totals + np.log(P.totals)
    return values


def cross_entropy(P: Batch, Q: Batch) -> Floats:
    """Return H(P, Q) of each row.

    Parameters
    ----------
    P, Q : Batch
        Over the same outcomes.
    """
    values: Floats = -_xlogy(P.weights, Q.weights).sum(axis=-1) / P.totals + np.log(Q.totals)
    return values


def _xlogy(p: Floats, q: Floats) -> Floats:
    """Return p·log q, and 0 where p = 0."""
    with np.errstate(all="ignore"):
        terms = np.asarray(p * np.log(q))
        if np.isnan(terms.sum()):
            terms[np.broadcast_to(p == 0, terms.shape)] = 0.0
    return terms
