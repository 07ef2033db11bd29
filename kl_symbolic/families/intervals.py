"""Means under distributions on an interval, such as beta, arcsine and semicircle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import (
    Ei,
    EulerGamma,
    S,
    asin,
    besseli,
    besselj,
    betainc_regularized,
    binomial,
    catalan,
    cos,
    erf,
    exp,
    log,
    pi,
    polylog,
    sin,
    sqrt,
)

from .forms import Statistic
from .half_line import unknown
from .pieces import integral, over_pieces, sign_of
from .special import BetaLog, Hypergeometric, gamma_ratio, is_natural, psi, raised

__all__ = [
    "arcsine",
    "beta",
    "continuous_bernoulli",
    "factors",
    "kumaraswamy",
    "semicircle",
    "truncated_normal",
    "von_mises",
]

Means = Callable[[Statistic], Any]

_LARGEST_DEGREE = 12
"""Up to this k, 1 + c·x^k is taken apart into factors."""


_MOST_PIECES = 20
"""Up to this power of 1 - x, a density is expanded: the terms cancel, and C(20, 10) costs six digits."""


def factors(c: Any, k: Any) -> list[tuple[Any, Any]] | None:
    """Return (x, y) for each factor 1 + (x + iy)·X of 1 + c·X^k; None where k is not a small natural number.

    Parameters
    ----------
    c, k : sympy.Expr
    """
    if not is_natural(k, _LARGEST_DEGREE) or sign_of(c) not in (1, -1):
        return None
    n, positive = int(k), sign_of(c) == 1
    size = abs(c) ** (1 / k)
    angles = [(2 * j + (1 if positive else 0)) * pi / n for j in range(n)]
    return [(-size * cos(t), -size * sin(t)) for t in angles]


def beta(a: Any, b: Any) -> Means:
    """Return the means of the beta distribution.

    Parameters
    ----------
    a, b : sympy.Expr
    """

    def factor(x: Any, y: Any) -> Any:
        return psi(b) - psi(a + b) if x == -1 and y == 0 else BetaLog(a, b, x, y)

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow":
            r = numbers[0]
            return gamma_ratio(a + r, a) * gamma_ratio(a + b, a + b + r)
        if kind == "log":
            return psi(a) - psi(a + b)
        if kind == "log2":
            return (psi(a) - psi(a + b)) ** 2 + psi(a, 1) - psi(a + b, 1)
        if kind == "log1p":
            found = factors(*numbers)
            if found is not None:
                return sum((factor(x, y) for x, y in found), S.Zero)
        if kind == "cauchy":
            m, s = numbers
            r = m**2 + s**2
            return log(r) + 2 * BetaLog(a, b, -m / r, s / r)
        if kind == "exp":
            return Hypergeometric(1, a, a + b, numbers[0])
        if kind == "abs":
            m = numbers[0]
            below = m * betainc_regularized(a, b, 0, m) - a / (a + b) * betainc_regularized(a + 1, b, 0, m)
            return a / (a + b) - m + 2 * below
        if kind == "cos":
            m, q = numbers[0], -S.One / 4
            even = Hypergeometric(2, a / 2, (a + 1) / 2, S.Half, (a + b) / 2, (a + b + 1) / 2, q)
            odd = Hypergeometric(2, (a + 1) / 2, a / 2 + 1, S(3) / 2, (a + b + 1) / 2, (a + b) / 2 + 1, q)
            return cos(m) * even + sin(m) * a / (a + b) * odd
        if is_natural(b - 1, _MOST_PIECES):
            scale = 1 / (gamma_ratio(a, a + b) * gamma_ratio(b, S.One))
            pieces = [(scale * binomial(b - 1, j) * (-1) ** j, a - 1 + j, S.Zero, S.One) for j in range(int(b))]
            return over_pieces(pieces)(statistic)
        raise unknown(statistic, "the beta distribution")

    return mean


def kumaraswamy(a: Any, b: Any) -> Means:
    """Return the means of the Kumaraswamy distribution.

    Parameters
    ----------
    a, b : sympy.Expr
    """
    inner = beta(S.One, b)

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if a == 1:
            return inner(statistic)
        if kind == "pow":
            return b * gamma_ratio(1 + numbers[0] / a, 1 + numbers[0] / a + b) * gamma_ratio(b, S.One)
        if kind in ("log", "log2"):
            return inner(statistic) / (a if kind == "log" else a**2)
        if kind == "abs":
            m = numbers[0]
            own = b * gamma_ratio(1 + 1 / a, 1 + 1 / a + b) * gamma_ratio(b, S.One)
            below = m - own * betainc_regularized(1 / a, b + 1, 0, raised(m, a))
            return own - m + 2 * below
        if kind == "log1p" and factors(numbers[0], numbers[1] / a) is not None:
            return inner(("log1p", numbers[0], numbers[1] / a))
        if is_natural(b - 1, _MOST_PIECES):
            pieces = [(a * b * binomial(b - 1, j) * (-1) ** j, a * (j + 1) - 1, S.Zero, S.One) for j in range(int(b))]
            return over_pieces(pieces)(statistic)
        raise unknown(statistic, "the Kumaraswamy distribution")

    return mean


def continuous_bernoulli(eta: Any) -> Means:
    """Return the means of the density proportional to exp(eta·x) on the unit interval.

    Parameters
    ----------
    eta : sympy.Expr
    """
    scale = eta / (exp(eta) - 1)

    def moment(r: Any, low: Any, high: Any) -> Any:
        return integral(("exp", eta), r, low, high)

    def log1p(c: Any) -> Any:
        if c == -1:
            return exp(eta) / eta * (Ei(-eta) - EulerGamma - log(abs(eta)))
        inner = exp(-eta / c) * (Ei(eta * (1 + 1 / c)) - Ei(eta / c))
        return (exp(eta) * log(1 + c) - inner) / eta

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow":
            return scale * moment(numbers[0], S.Zero, S.One)
        if kind == "log":
            return -scale / eta * (Ei(eta) - EulerGamma - log(abs(eta)))
        if kind == "log2":
            return 2 * scale * Hypergeometric(3, S.One, S.One, S.One, S(2), S(2), S(2), eta)
        if kind == "exp":
            total = eta + numbers[0]
            return scale * ((exp(total) - 1) / total if total != 0 else S.One)
        if kind == "abs":
            m = numbers[0]
            upper = moment(S.One, m, S.One) - m * moment(S.Zero, m, S.One)
            lower = moment(S.One, S.Zero, m) - m * moment(S.Zero, S.Zero, m)
            return scale * (upper - lower)
        if kind == "log1p" and numbers[1] == 1:
            return scale * log1p(numbers[0])
        if kind == "log1p" and numbers[1] == 2 and sign_of(numbers[0]) == -1:
            root = sqrt(-numbers[0])
            return scale * (log1p(root) + log1p(-root))
        if kind == "cos":
            ends = [exp(eta * x) * (eta * cos(x - numbers[0]) + sin(x - numbers[0])) for x in (S.Zero, S.One)]
            return scale * (ends[1] - ends[0]) / (eta**2 + 1)
        raise unknown(statistic, "the continuous Bernoulli distribution")

    return mean


def _joukowski(x: Any, y: Any) -> tuple[Any, Any]:
    """Return ρ with |w| = ρ for the outer w of z = (w + 1/w)/2, and (ρ + 1/ρ)/2."""
    if y == 0:
        size = S.One if sign_of(1 - abs(x)) in (0, 1) else abs(x)
    else:
        size = (sqrt((x - 1) ** 2 + y**2) + sqrt((x + 1) ** 2 + y**2)) / 2
    return size + sqrt(size**2 - 1), size


def _on_interval(
    middle: Any,
    half: Any,
    potential: Callable[[Any, Any], Any],
    absolute: Callable[[Any], Any],
    wave: Callable[[Any, Any], Any],
    moment: Callable[[int], Any],
    law: str,
) -> Means:
    """Return the means of X = middle + half·U from E log|z - U|, E|U - d|, E exp(tU) and E cos(U), and E U^(2i)."""

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and is_natural(numbers[0]):
            n = int(numbers[0])
            terms = (
                binomial(n, 2 * i) * middle ** (n - 2 * i) * half ** (2 * i) * moment(i) for i in range(n // 2 + 1)
            )
            return sum(terms, S.Zero)
        if kind in ("log", "logup", "logdown"):
            point = numbers[0] if numbers else S.Zero
            return log(half) + potential((point - middle) / half, S.Zero)
        if kind == "cauchy":
            return 2 * (log(half) + potential((numbers[0] - middle) / half, numbers[1] / half))
        if kind == "log1p":
            found = factors(*numbers)
            if found is not None:
                size = abs(numbers[0]) ** (2 / numbers[1])  # |x + iy|²
                points = (((-x / size - middle) / half, y / size / half) for x, y in found)
                return log(abs(numbers[0])) + sum((log(half) + potential(*point) for point in points), S.Zero)
        if kind == "exp":
            return exp(middle * numbers[0]) * wave(besseli, half * numbers[0])
        if kind == "cos":
            return cos(middle - numbers[0]) * wave(besselj, half)
        if kind == "abs":
            return half * absolute((numbers[0] - middle) / half)
        raise unknown(statistic, law)

    return mean


def arcsine(low: Any, high: Any) -> Means:
    """Return the means of the arcsine distribution.

    Parameters
    ----------
    low, high : sympy.Expr
    """
    inner = _on_interval(
        (low + high) / 2,
        (high - low) / 2,
        lambda x, y: log(_joukowski(x, y)[0] / 2),
        lambda d: 2 / pi * (d * asin(d) + sqrt(1 - d**2)),
        lambda bessel, t: bessel(0, t),
        lambda i: binomial(2 * i, i) / S(4) ** i,
        "the arcsine distribution",
    )

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and not is_natural(numbers[0]):
            r = numbers[0]
            if low == 0:
                return high**r * gamma_ratio(S.Half + r, S.Half) * gamma_ratio(S.One, 1 + r)
            if r == -1:
                return 1 / sqrt(low * high)
            return low**r * Hypergeometric(2, -r, S.Half, S.One, -(high - low) / low)
        if kind == "log2":
            a, b = sqrt(low), sqrt(high)
            return log((a + b) ** 2 / 4) ** 2 + 2 * polylog(2, ((b - a) / (b + a)) ** 2)
        return inner(statistic)

    return mean


def semicircle(radius: Any) -> Means:
    """Return the means of the semicircle distribution.

    Parameters
    ----------
    radius : sympy.Expr
    """

    def potential(x: Any, y: Any) -> Any:
        outer, size = _joukowski(x, y)
        return log(outer / 2) + (2 * (x / size) ** 2 - 1) / (2 * outer**2)

    return _on_interval(
        S.Zero,
        radius,
        potential,
        lambda d: 2 / pi * (d * asin(d) + sqrt(1 - d**2) - sqrt(1 - d**2) ** 3 / 3),
        lambda bessel, t: 2 * bessel(1, t) / t,
        lambda i: catalan(i) / S(4) ** i,
        "the semicircle distribution",
    )


def von_mises(loc: Any, kappa: Any) -> Means:
    """Return the means of the von Mises distribution.

    Parameters
    ----------
    loc, kappa : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        if statistic[0] == "cos":
            return besseli(1, kappa) / besseli(0, kappa) * cos(loc - statistic[1])
        raise unknown(statistic, "the von Mises distribution")

    return mean


def normal_between(a: Any, b: Any) -> Any:
    """Return Φ(b) - Φ(a), by erf or erfc so that digits are kept.

    Parameters
    ----------
    a, b : sympy.Expr
    """
    from sympy import erfc

    root = sqrt(2)
    if sign_of(a) == 1:
        return (erfc(a / root) - erfc(b / root)) / 2
    if sign_of(b) == -1:
        return (erfc(-b / root) - erfc(-a / root)) / 2
    return (erf(b / root) - erf(a / root)) / 2


def truncated_normal(mu: Any, sigma: Any, low: Any, high: Any) -> Means:
    """Return the means of the normal distribution on an interval.

    Parameters
    ----------
    mu, sigma, low, high : sympy.Expr
    """

    def density(y: Any) -> Any:
        return exp(-(y**2) / 2) / sqrt(2 * pi)

    def moments(n: int, start: Any, end: Any) -> Any:
        """Return ∫ (mu + sigma·y)^n φ(y) dy between two points of x."""
        a, b = (start - mu) / sigma, (end - mu) / sigma
        found = [normal_between(a, b), density(a) - density(b)]
        for j in range(2, n + 1):
            found.append((j - 1) * found[j - 2] + a ** (j - 1) * density(a) - b ** (j - 1) * density(b))
        return sum((binomial(n, j) * mu ** (n - j) * sigma**j * found[j] for j in range(n + 1)), S.Zero)

    total = normal_between((low - mu) / sigma, (high - mu) / sigma)

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and is_natural(numbers[0]):
            return moments(int(numbers[0]), low, high) / total
        if kind == "exp":
            t = numbers[0]
            moved = mu + sigma**2 * t
            inner = normal_between((low - moved) / sigma, (high - moved) / sigma)
            return exp(mu * t + sigma**2 * t**2 / 2) * inner / total
        if kind == "abs":
            m = numbers[0]
            upper = moments(1, m, high) - m * moments(0, m, high)
            return (upper - moments(1, low, m) + m * moments(0, low, m)) / total
        raise unknown(statistic, "the truncated normal distribution")

    return mean
