"""The measures of floats beside those of :mod:`kl_symbolic.measures.arrays`, on the same batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

from .arrays import _bregman, _xlogy, batches, entropy, kl_divergence
from .inputs import Array

if TYPE_CHECKING:
    from .arrays import Batch, Floats

__all__ = [
    "Joint",
    "chi_squared",
    "conditional_entropy",
    "conditional_mutual_information",
    "f_divergence",
    "hellinger",
    "jensen_shannon",
    "joint",
    "joint_entropy",
    "mutual_information",
    "renyi_divergence",
    "renyi_entropy",
    "total_variation",
]


def jensen_shannon(found: Sequence[Batch], shares: Sequence[float]) -> Floats:
    """Return the weighted mean of the divergences from the mixture, of each row.

    Parameters
    ----------
    found : sequence of Batch
        The distributions, over the same outcomes.
    shares : sequence of float
        Their weights.
    """
    weighted = [(w, b.probabilities) for w, b in zip(shares, found, strict=True) if w > 0]
    mean = sum((w * p for w, p in weighted), np.zeros(()))
    # As in the divergence, p·log(p/m) − p + m has no terms that cancel, and the parts −p + m sum to 0.
    with np.errstate(all="ignore"):
        values: Floats = sum((w * _bregman(p, mean).sum(axis=-1) for w, p in weighted), np.zeros(()))[()]
    return values


def total_variation(P: Batch, Q: Batch) -> Floats:
    """Return half the sum of absolute differences, of each row.

    Parameters
    ----------
    P, Q : Batch
        Over the same outcomes.
    """
    values: Floats = np.abs(P.probabilities - Q.probabilities).sum(axis=-1) / 2
    return values


def chi_squared(P: Batch, Q: Batch) -> Floats:
    """Return Σ (p − q)²/q of each row.

    Parameters
    ----------
    P, Q : Batch
        Over the same outcomes.
    """
    p, q = np.broadcast_arrays(P.probabilities, Q.probabilities)
    with np.errstate(all="ignore"):
        terms = np.where(p == q, 0.0, (p - q) / q * (p - q))  # 0/0 counts 0
    values: Floats = terms.sum(axis=-1)
    return values


def hellinger(P: Batch, Q: Batch, squared: bool) -> Floats:
    """Return the Hellinger distance of each row, or its square.

    Parameters
    ----------
    P, Q : Batch
        Over the same outcomes.
    squared : bool
        Whether to return the square.
    """
    half: Floats = np.square(np.sqrt(P.probabilities) - np.sqrt(Q.probabilities)).sum(axis=-1) / 2
    values: Floats = np.minimum(half if squared else np.sqrt(half), 1.0)
    return values


def renyi_divergence(P: Batch, Q: Batch, alpha: float) -> Floats:
    """Return Rényi's divergence of each row.

    Parameters
    ----------
    P, Q : Batch
        Over the same outcomes.
    alpha : float
        The order, from 0 to ∞.
    """
    if alpha == 1:
        return kl_divergence(P, Q)
    p, q = np.broadcast_arrays(P.probabilities, Q.probabilities)
    with np.errstate(all="ignore"):
        first, second = np.log(p), np.log(q)
        if alpha == 0:
            values = -np.log(np.where(p > 0, q, 0.0).sum(axis=-1))
        elif alpha == np.inf:
            values = np.where(p > 0, first - second, -np.inf).max(axis=-1)
        else:
            # The logarithm of p^α·q^(1 − α): 0 at p = 0, and where q = 0 < p it is 0 or ∞, by the side of 1.
            powers = np.where(p > 0, alpha * first + (1 - alpha) * second, -np.inf)
            values = _log_sum(powers) / (alpha - 1)
    found: Floats = np.maximum(values, 0.0)
    return found


def renyi_entropy(P: Batch, alpha: float) -> Floats:
    """Return Rényi's entropy of each row.

    Parameters
    ----------
    P : Batch
        The distributions.
    alpha : float
        The order, from 0 to ∞.
    """
    if alpha == 1:
        return entropy(P)
    p = P.probabilities
    with np.errstate(all="ignore"):
        if alpha == 0:
            values = np.log((p > 0).sum(axis=-1))
        elif alpha == np.inf:
            values = -np.log(p.max(axis=-1))
        else:
            values = _log_sum(np.where(p > 0, alpha * np.log(p), -np.inf)) / (1 - alpha)
    found: Floats = np.maximum(values, 0.0)
    return found


def _log_sum(powers: Any) -> Any:
    """Return the logarithm of the sum of exponentials, without overflow."""
    largest = powers.max(axis=-1)
    base = np.where(np.isfinite(largest), largest, 0.0)
    return base + np.log(np.exp(powers - base[..., None]).sum(axis=-1))


def f_divergence(
    f: Callable[[Any], Any], at_zero: Callable[[], float], at_infinity: Callable[[], float], P: Batch, Q: Batch
) -> Floats:
    """Return Σ q·f(p/q) of each row.

    Parameters
    ----------
    f : callable
        Takes an array of positive numbers.
    at_zero, at_infinity : callable
        Return the limits of f(t) for t → 0 and f(t)/t for t → ∞; called where a row needs them.
    P, Q : Batch
        Over the same outcomes.
    """
    p, q = np.broadcast_arrays(P.probabilities, Q.probabilities)
    with np.errstate(all="ignore"):
        ratio = p / q
    zero, infinite = (p == 0) & (q > 0), (q == 0) & (p > 0) | np.isinf(ratio)
    inside = ~(zero | infinite) & (q > 0)
    terms = np.zeros(p.shape)
    terms[inside] = q[inside] * np.broadcast_to(f(ratio[inside]), (int(inside.sum()),))
    if zero.any():
        terms[zero] = q[zero] * at_zero()
    if infinite.any():
        terms[infinite] = p[infinite] * at_infinity()
    values: Floats = terms.sum(axis=-1)
    return values


# --- joint distributions ---------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class Joint:
    """Joint distributions, with the variables on the last axes.

    Parameters
    ----------
    probabilities : numpy.ndarray
        They sum to 1 over the variables.
    outer : int
        How many axes are before those of the variables.
    """

    probabilities: Floats
    outer: int

    def of(self, positions: Sequence[int]) -> Floats:
        """Return a marginal distribution, with axes of length 1 for the variables that are summed out.

        Parameters
        ----------
        positions : sequence of int
            The variables.
        """
        rank = self.probabilities.ndim - self.outer
        gone = tuple(self.outer + k for k in range(rank) if k not in positions)
        values: Floats = self.probabilities.sum(axis=gone, keepdims=True)
        return values

    def total(self, terms: Floats) -> Floats:
        """Return the sum over the variables, which is not negative but for rounding.

        Parameters
        ----------
        terms : numpy.ndarray
            One for each outcome.
        """
        values: Floats = np.maximum(terms.sum(axis=tuple(range(self.outer, terms.ndim))), 0.0)
        return values


def joint(flat: Any, shape: tuple[int, ...], count: int, normalize: bool) -> Joint:
    """Read joint distributions.

    Parameters
    ----------
    flat : numpy.ndarray
        With all variables on the last axis.
    shape : tuple of int
        Their shape, with an axis for each variable.
    count : int
        The number of variables.
    normalize : bool
        Whether to divide by the sums.
    """
    (batch,) = batches([Array("joint", flat)], normalize, -1 if flat.ndim > 1 else None)
    return Joint(batch.probabilities.reshape(shape), len(shape) - count)


def joint_entropy(found: Joint, asked: Sequence[tuple[int, ...]], condition: tuple[int, ...]) -> Floats:
    """Return the entropy of some variables.

    Parameters
    ----------
    found : Joint
    asked : sequence of tuple
        One tuple of positions.
    condition : tuple
        Empty.
    """
    p = found.of(asked[0])
    return found.total(-_xlogy(p, p))


def conditional_entropy(found: Joint, asked: Sequence[tuple[int, ...]], condition: tuple[int, ...]) -> Floats:
    """Return the entropy of some variables, given others.

    Parameters
    ----------
    found : Joint
    asked : sequence of tuple
        One tuple of positions.
    condition : tuple
        The positions of what is given.
    """
    p, q = found.of((*asked[0], *condition)), found.of(condition)
    return found.total(-_divergence(p, q))


def mutual_information(found: Joint, asked: Sequence[tuple[int, ...]], condition: tuple[int, ...]) -> Floats:
    """Return the mutual information of two groups of variables.

    Parameters
    ----------
    found : Joint
    asked : sequence of tuple
        Two tuples of positions.
    condition : tuple
        Empty.
    """
    first, second = asked
    p, q = found.of((*first, *second)), found.of(first) * found.of(second)
    return found.total(_divergence(p, q) if set(first) & set(second) else _close(p, q))


def conditional_mutual_information(
    found: Joint, asked: Sequence[tuple[int, ...]], condition: tuple[int, ...]
) -> Floats:
    """Return the mutual information of two groups of variables, given others.

    Parameters
    ----------
    found : Joint
    asked : sequence of tuple
        Two tuples of positions.
    condition : tuple
        The positions of what is given.
    """
    first, second = asked
    p, c = found.of((*first, *second, *condition)), found.of(condition)
    with np.errstate(all="ignore"):
        q = np.where(c > 0, found.of((*first, *condition)) * (found.of((*second, *condition)) / c), 0.0)
    apart = len({*first, *second, *condition}) == len(first) + len(second) + len(condition)
    return found.total(_close(p, q) if apart else _divergence(p, q))


def _close(p: Floats, q: Floats) -> Floats:
    """Return terms whose sum is that of p·log(p/q) where p and q have the same sum, without cancellation."""
    with np.errstate(all="ignore"):
        return _bregman(p, q)


def _divergence(p: Floats, q: Floats) -> Floats:
    """Return p·log(p/q), and 0 at p = 0, for q that is positive where p is."""
    with np.errstate(all="ignore"):
        terms = p * np.log(p / q)
    return np.where(p > 0, terms, 0.0)
