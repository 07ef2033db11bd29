"""Means under distributions on the half-line: powers of gamma and beta-prime variables, log-normal and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import (
    Ei,
    EulerGamma,
    S,
    atan,
    besselk,
    betainc_regularized,
    cos,
    erfc,
    exp,
    expint,
    gamma,
    log,
    lowergamma,
    pi,
    sqrt,
    uppergamma,
)

from ..language.errors import NoClosedForm
from .forms import Statistic, told
from .pieces import ratio_integral
from .special import BetaLog, GammaLog, GammaRoot, Hypergeometric, gamma_ratio, is_natural, psi, raised

__all__ = [
    "beta_prime_powers",
    "gamma_powers",
    "gompertz",
    "half_cauchy",
    "inverse_gaussian",
    "log_normal",
    "mixture",
    "normal_cdf",
]

Means = Callable[[Statistic], Any]


def unknown(statistic: Statistic, law: str) -> NoClosedForm:
    """Return the error that says that the mean of a statistic is not known.

    Parameters
    ----------
    statistic : Statistic
    law : str
        In words.
    """
    return NoClosedForm(f"no closed form of the mean of {told(statistic)} is known for {law}")


def mixture(parts: Sequence[tuple[Any, Means]]) -> Means:
    """Return the means of a mixture.

    Parameters
    ----------
    parts : sequence of (weight, means)
    """
    return lambda statistic: sum((weight * mean(statistic) for weight, mean in parts), S.Zero)


def normal_cdf(x: Any) -> Any:
    """Return Φ(x), by erfc, that keeps its digits in the tail.

    Parameters
    ----------
    x : sympy.Expr
    """
    return erfc(-x / sqrt(2)) / 2


_LARGEST_RECURRENCE = 12
"""The recurrence for half-integers loses digits in each step ..."""

_LEAST_RECURRENCE = -4
"""... the more, the further z is below 0."""


def _half_gauss(j: int, z: Any) -> Any:
    """Return ∫ y^j·exp(z·y - y²) dy over the half-line, by recurrence from erfc."""
    found = [sqrt(pi) / 2 * exp(z**2 / 4) * erfc(-z / 2)]
    found.append((1 + z * found[0]) / 2)
    while len(found) <= j:
        found.append((z * found[-1] + (len(found) - 1) * found[-2]) / 2)
    return found[j]


def gamma_powers(k: Any, s: Any, h: Any) -> Means:
    """Return the means of X = s·G^h, where G is of the gamma distribution with shape k and rate 1.

    Parameters
    ----------
    k, s, h : sympy.Expr
    """

    def exponential(statistic: Statistic) -> Any:
        z = statistic[1] * s
        if h == 1:
            return (1 - z) ** (-k)
        if h == -1:
            return 2 * (-z) ** (k / 2) * besselk(k, 2 * sqrt(-z)) / gamma(k)
        if h == S.Half:
            if is_natural(2 * k, _LARGEST_RECURRENCE) and (z.free_symbols or z.evalf(15) > _LEAST_RECURRENCE):
                return 2 * _half_gauss(int(2 * k) - 1, z) / gamma(k)
            return GammaRoot(k, z)
        if h == 2:  # E exp(-c·G²) by E exp(-√(G'/c)), where G' has the shape k/2
            return gamma_ratio(k / 2, k) / 2 * (-z) ** (-k / 2) * GammaRoot(k / 2, -1 / sqrt(-z))
        raise unknown(statistic, f"a power {h} of a gamma variable")

    def absolute(m: Any) -> Any:
        u = raised(m / s, 1 / h)
        part = lowergamma if h.is_positive else uppergamma
        mean = s * gamma_ratio(k + h, k)
        return mean - m + 2 * (m * part(k, u) / gamma(k) - s * part(k + h, u) / gamma(k))

    def quadratic(statistic: Statistic) -> Any:
        _, m, width = statistic
        r = m**2 + width**2
        if h == 1:
            return log(r) + 2 * GammaLog(k, -s * m / r, s * width / r)
        if h == -1:
            # (s - mG)² + (width·G)², divided by G²
            return 2 * log(s) - 2 * psi(k) + 2 * GammaLog(k, -m / s, width / s)
        raise unknown(statistic, f"a power {h} of a gamma variable")

    def log1p(statistic: Statistic) -> Any:
        _, c, e = statistic
        q, b = h * e, c * raised(s, e)
        if q in (1, 2):
            return GammaLog(k, b, S.Zero) if q == 1 else 2 * GammaLog(k, S.Zero, sqrt(b))
        if q in (-1, -2):  # log(1 + b/G) = log b - log G + log(1 + G/b)
            rest = GammaLog(k, 1 / b, S.Zero) if q == -1 else 2 * GammaLog(k, S.Zero, 1 / sqrt(b))
            return log(b) + q * psi(k) + rest
        raise unknown(statistic, f"a power {h} of a gamma variable")

    def mean(statistic: Statistic) -> Any:
        kind = statistic[0]
        if kind == "pow":
            return raised(s, statistic[1]) * gamma_ratio(k + h * statistic[1], k)
        if kind == "log":
            return log(s) + h * psi(k)
        if kind == "log2":
            return (log(s) + h * psi(k)) ** 2 + h**2 * psi(k, 1)
        if kind == "exp":
            return exponential(statistic)
        if kind == "abs":
            return absolute(statistic[1])
        if kind == "cauchy":
            return quadratic(statistic)
        if kind == "log1p":
            return log1p(statistic)
        if kind == "logistic" and h == 1 and k == 1:
            return exponential_logistic(statistic[1] / statistic[2], s / statistic[2])
        raise unknown(statistic, f"a power {h} of a gamma variable")

    return mean


def exponential_logistic(start: Any, width: Any) -> Any:
    """Return E log(1 + exp(start - width·G)), where G is of the exponential distribution with rate 1.

    Parameters
    ----------
    start, width : sympy.Expr
    """
    c = exp(start)
    return log(1 + c) - c * ratio_integral(1 / width, c, S.One)


def beta_prime_powers(a: Any, b: Any, s: Any, p: Any) -> Means:
    """Return the means of X = s·B^(1/p), where B = Y/(1 - Y) and Y is of the beta distribution with parameters a and b.

    Parameters
    ----------
    a, b, s, p : sympy.Expr
    """
    h = 1 / p
    tail = psi(a + b) - psi(b)  # E log(1 + B)

    def shifted(x: Any, y: Any) -> Any:
        """Return Re E log(1 + zB)."""
        if y == 0 and x == 1:
            return tail
        if y == 0 and a == 1 and b == 1:
            return x * log(x) / (x - 1)
        return BetaLog(a, b, x - 1, y) + tail

    def log1p(statistic: Statistic) -> Any:
        _, c, k = statistic
        q, e = k * h, c * raised(s, k)
        if q == 1:
            return shifted(e, S.Zero)
        if q == 2:
            return 2 * shifted(S.Zero, sqrt(e))
        if q == S.Half and a == 1 and b == 1:
            y = 1 / e
            return (pi * y / 2 - log(y)) / (1 + y**2)
        raise unknown(statistic, f"a power {h} of a beta-prime variable")

    def mean(statistic: Statistic) -> Any:
        kind = statistic[0]
        if kind == "pow":
            r = statistic[1]
            return raised(s, r) * gamma_ratio(a + r * h, a) * gamma_ratio(b - r * h, b)
        if kind == "log":
            return log(s) + h * (psi(a) - psi(b))
        if kind == "log2":
            return (log(s) + h * (psi(a) - psi(b))) ** 2 + h**2 * (psi(a, 1) + psi(b, 1))
        if kind == "log1p":
            return log1p(statistic)
        if kind == "cauchy" and p == 1:
            _, m, width = statistic
            r = m**2 + width**2
            return log(r) + 2 * shifted(-s * m / r, s * width / r)
        if kind == "abs":
            m = statistic[1]
            u = raised(m / s, p)
            y, own = u / (1 + u), s * gamma_ratio(a + h, a) * gamma_ratio(b - h, b)
            below = m * betainc_regularized(a, b, 0, y) - own * betainc_regularized(a + h, b - h, 0, y)
            return own - m + 2 * below
        raise unknown(statistic, f"a power {h} of a beta-prime variable")

    return mean


def log_normal(mu: Any, sigma: Any) -> Means:
    """Return the means of the log-normal distribution.

    Parameters
    ----------
    mu, sigma : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind = statistic[0]
        if kind == "pow":
            r = statistic[1]
            return exp(r * mu + r**2 * sigma**2 / 2)
        if kind == "log":
            return mu
        if kind == "log2":
            return mu**2 + sigma**2
        if kind == "abs":
            m = statistic[1]
            z, own = (log(m) - mu) / sigma, exp(mu + sigma**2 / 2)
            return own - m + 2 * (m * normal_cdf(z) - own * normal_cdf(z - sigma))
        raise unknown(statistic, "the log-normal distribution")

    return mean


def half_cauchy(s: Any) -> Means:
    """Return the means of the half-Cauchy distribution.

    Parameters
    ----------
    s : sympy.Expr
    """

    def log1p(statistic: Statistic) -> Any:
        _, c, k = statistic
        if k == 2:  # log(1 + c x²)
            return 2 * log(1 + s * sqrt(c))
        if k == 1:
            y = 1 / (c * s)
            if y == 1:
                small = S.Catalan
            elif (y - 1).is_positive:
                small = _inverse_tangent_integral(1 / y) + pi / 2 * log(y)
            else:
                small = _inverse_tangent_integral(y)
            return log(1 + y**2) / 2 - 2 / pi * (atan(y) * log(y) - small) - log(y)
        raise unknown(statistic, "the half-Cauchy distribution")

    def mean(statistic: Statistic) -> Any:
        kind = statistic[0]
        if kind == "pow":
            return raised(s, statistic[1]) / cos(pi * statistic[1] / 2)
        if kind == "log":
            return log(s)
        if kind == "log2":
            return log(s) ** 2 + pi**2 / 4
        if kind == "log1p":
            return log1p(statistic)
        raise unknown(statistic, "the half-Cauchy distribution")

    return mean


def _inverse_tangent_integral(y: Any) -> Any:
    """Return ∫ atan(u)/u du over (0, y)."""
    return y * Hypergeometric(3, S.Half, S.Half, S.One, S(3) / 2, S(3) / 2, -(y**2))


def inverse_gaussian(mu: Any, shape: Any) -> Means:
    """Return the means of the inverse Gaussian distribution.

    Parameters
    ----------
    mu, shape : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind = statistic[0]
        if kind == "pow":
            r = statistic[1]
            known = {S.One: mu, S(2): mu**2 + mu**3 / shape, -S.One: 1 / mu + 1 / shape}
            if r in known:
                return known[r]
            u = shape / mu
            return exp(u) * sqrt(2 * u / pi) * raised(mu, r) * besselk(abs(S.Half - r), u)
        if kind == "log":
            return log(mu) + exp(2 * shape / mu) * Ei(-2 * shape / mu)
        if kind == "exp":
            return exp(shape / mu * (1 - sqrt(1 - 2 * mu**2 * statistic[1] / shape)))
        if kind == "abs":
            m = statistic[1]
            root = sqrt(shape / m)
            a, b = normal_cdf(root * (m / mu - 1)), exp(2 * shape / mu) * normal_cdf(-root * (m / mu + 1))
            return mu - m + 2 * (m * (a + b) - mu * (a - b))
        raise unknown(statistic, "the inverse Gaussian distribution")

    return mean


def gompertz(rate: Any, eta: Any) -> Means:
    """Return the means of the Gompertz distribution.

    Parameters
    ----------
    rate, eta : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind = statistic[0]
        if kind == "pow" and statistic[1] == 1:
            return exp(eta) * expint(1, eta) / rate
        if kind == "pow" and statistic[1] == 2:
            series = eta * Hypergeometric(3, S.One, S.One, S.One, S(2), S(2), S(2), -eta)
            return 2 * exp(eta) / rate**2 * (pi**2 / 12 + (EulerGamma + log(eta)) ** 2 / 2 - series)
        if kind == "exp":
            q = statistic[1] / rate
            return (
                exp(eta) * sum(_steps(int(q), eta), S.Zero)
                if is_natural(q)
                else eta ** (-q) * exp(eta) * uppergamma(1 + q, eta)
            )
        if kind == "abs":
            m = statistic[1]
            own = exp(eta) * expint(1, eta) / rate
            return m - own + 2 * exp(eta) * expint(1, eta * exp(rate * m)) / rate
        raise unknown(statistic, "the Gompertz distribution")

    return mean


def _steps(n: int, eta: Any) -> list[Any]:
    """Return the terms of η^(-n)·Γ(1 + n, η), for a natural n."""
    found = [exp(-eta)]
    for j in range(n, 0, -1):
        found.append(found[-1] * j / eta)
    return found
