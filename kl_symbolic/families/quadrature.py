"""The value of a measure in numbers, where no closed form is known: integrals and series by mpmath, without a proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import mpmath
import sympy
from sympy import oo

from .forms import Combination, DensityForm, Statistic

if TYPE_CHECKING:
    from .divergence import Measure

__all__ = ["by_quadrature"]

_DIGITS = 40
"""With so many digits integrands are evaluated: near an end of the support x is rounded, and with it its distance."""

_REACH, _GRID = 90, 720
"""The new variable runs over (−90, 90), which takes x from 10^(−39) to 10^39; on so many points its peak is sought."""

_BELOW_PEAK = 75
"""Where the logarithm of the density is less than its largest value by more than this, it counts as 0."""

_NEGLIGIBLE = 40
"""At the ends of the range the density must be smaller than at its peak by this; else too much is left out."""

_PIECES = (9, 14)
"""Into so many pieces the integral is cut, once and again: the digits in which both agree are returned."""

_FEWEST, _MOST = 6, 12
"""Digits that a value has; with fewer, there is none."""

_MOST_TERMS = 20_000
"""Terms of a series; one that has not converged then has no value."""


def by_quadrature(measure: Measure, p: DensityForm, q: DensityForm) -> sympy.Float | None:
    """Return the value of a measure that is finite, in the digits in which two computations agree; None without any.

    Parameters
    ----------
    measure : str
    p, q : DensityForm
        Their parameters are numbers.
    """
    first, last = _function(p), _function(q)
    if first is None or last is None:
        return None

    def summand(x: Any) -> Any:
        size = first(x)
        value = {"divergence": lambda: size - last(x), "entropy": lambda: -size, "cross_entropy": lambda: -last(x)}
        return mpmath.exp(size) * value[measure]()

    with mpmath.workdps(_DIGITS):
        try:
            values = [_sum(p, summand)] if p.discrete else _integrals(p, q, first, summand)
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            return None
        if any(v is None or not mpmath.isfinite(v) or mpmath.im(v) != 0 for v in values):
            return None
        values = [mpmath.re(v) for v in values]
        least, largest = min(values), max(values)
        scale = max(abs(least), abs(largest))
        digits = _MOST if largest == least else int(-mpmath.log10((largest - least) / scale)) if scale else 0
        if digits < _FEWEST:
            return None
        return sympy.Float(mpmath.nstr(values[-1], _MOST), min(digits, _MOST))


def _function(form: DensityForm) -> Callable[[Any], Any] | None:
    """Return the logarithm of a density; None where it has symbols or other statistics."""
    numbers = [c for s, c in form.logarithm.items() for c in (c, *s[1:])]
    if any(getattr(c, "free_symbols", None) for c in (*numbers, form.low, form.high)):
        return None
    if any(s[0] not in _STATISTICS for s in form.logarithm):
        return None
    with mpmath.workdps(_DIGITS):
        terms = [(_mp(c), _STATISTICS[s[0]], [_mp(n) for n in s[1:]]) for s, c in form.logarithm.items()]
    return lambda x: mpmath.fsum(c * statistic(x, *given) for c, statistic, given in terms)


def _mp(number: Any) -> Any:
    exact = sympy.sympify(number)
    return mpmath.mpf(exact.p) / exact.q if exact.is_Rational else mpmath.mpf(str(exact.evalf(_DIGITS)))


def _sum(p: DensityForm, summand: Callable[[Any], Any]) -> Any:
    """Return a sum over integers; None where it has not converged."""
    total, k = mpmath.mpf(0), int(p.low)
    for n in range(_MOST_TERMS):
        if p.high != oo and k > p.high:
            return total
        term = summand(mpmath.mpf(k))
        total += term
        if n > _GRID and abs(term) < mpmath.eps * abs(total):
            return total
        k += 1
    return None


def _integrals(
    p: DensityForm, q: DensityForm, density: Callable[[Any], Any], summand: Callable[[Any], Any]
) -> list[Any]:
    """Return the integral over the support, computed with pieces of two sizes."""
    at, slope, back = _change(p)

    def weight(u: Any) -> Any:
        return density(at(u)) + mpmath.log(slope(u))

    grid = [mpmath.mpf(2 * k - _GRID) / _GRID * _REACH for k in range(_GRID + 1)]
    weights = [mpmath.re(weight(u)) for u in grid]
    peak = max(w for w in weights if mpmath.isfinite(w))
    if max(weights[0], weights[-1]) > peak - _NEGLIGIBLE:
        return [None]
    inside = [u for u, w in zip(grid, weights, strict=True) if w > peak - _BELOW_PEAK]
    step = grid[1] - grid[0]
    low, high = inside[0] - step, inside[-1] + step
    bends = sorted({b for m in _bends(p.logarithm, q.logarithm) if (b := back(m)) is not None and low < b < high})
    found = []
    for count in _PIECES:
        ends = [low, *bends, high]
        points = [a + (b - a) * k / count for a, b in pairwise(ends) for k in range(count)]
        found.append(mpmath.quad(lambda u: summand(at(u)) * slope(u), [*points, high]))
    return found


def _bends(*logarithms: Combination) -> Sequence[Any]:
    """Return where a log-density has a cusp."""
    statistics: list[Statistic] = [s for logarithm in logarithms for s in logarithm]
    return [_mp(s[1 if s[0] == "abs" else 2]) for s in statistics if s[0] in ("abs", "tri")]


def _change(p: DensityForm) -> tuple[Callable[[Any], Any], Callable[[Any], Any], Callable[[Any], Any]]:
    """Return x and dx/du for a variable u that runs over the line, and u at an x of the support, else None."""
    if p.low == -oo:
        return mpmath.sinh, mpmath.cosh, mpmath.asinh
    low = _mp(p.low)
    if p.high == oo:
        return (lambda u: low + mpmath.exp(u)), mpmath.exp, lambda x: mpmath.log(x - low) if x > low else None
    high = _mp(p.high)
    width = high - low

    def share(u: Any) -> Any:
        return 1 / (1 + mpmath.exp(-u))

    return (
        lambda u: low + width * share(u) if u < 0 else high - width * share(-u),
        lambda u: width * share(u) * share(-u),
        lambda x: mpmath.log((x - low) / (high - x)) if low < x < high else None,
    )


def _triangular(x: Any, low: Any, mode: Any, high: Any) -> Any:
    side = (x - low) / (mode - low) if x < mode else (high - x) / (high - mode)
    return mpmath.log(2 * side / (high - low))


_STATISTICS: dict[str, Callable[..., Any]] = {
    "one": lambda x: mpmath.mpf(1),
    "pow": lambda x, r: x**r,
    "log": mpmath.log,
    "log2": lambda x: mpmath.log(x) ** 2,
    "exp": lambda x, t: mpmath.exp(t * x),
    "abs": lambda x, m: abs(x - m),
    "log1p": lambda x, c, k: mpmath.log(1 + c * x**k),
    "logup": lambda x, a: mpmath.log(x - a),
    "logdown": lambda x, b: mpmath.log(b - x),
    "cauchy": lambda x, m, s: mpmath.log(s**2 + (x - m) ** 2),
    "logistic": lambda x, m, s: mpmath.log(1 + mpmath.exp(-(x - m) / s)),
    "cos": lambda x, m: mpmath.cos(x - m),
    "tri": _triangular,
    "gammaln": lambda x, r: mpmath.loggamma(x + r),
}
"""The statistics of ``forms``, in numbers."""
