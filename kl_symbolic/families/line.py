"""Means under distributions on the line: normal, Laplace and its asymmetric kind, Gumbel, Moyal, logistic, Cauchy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Piecewise, S, binomial, erf, exp, expint, factorial, factorial2, log, pi, sin, sqrt

from .forms import Statistic
from .half_line import exponential_logistic, unknown
from .pieces import sign_of
from .special import GammaLog, ReDigamma, gamma_ratio, is_natural, psi

__all__ = ["asymmetric_laplace", "cauchy_law", "log_gamma", "logistic", "normal"]

Means = Callable[[Statistic], Any]


def normal(mu: Any, sigma: Any) -> Means:
    """Return the means of the normal distribution.

    Parameters
    ----------
    mu, sigma : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and is_natural(numbers[0]):
            n = int(numbers[0])
            return sum(
                (
                    binomial(n, 2 * i) * mu ** (n - 2 * i) * sigma ** (2 * i) * factorial2(2 * i - 1)
                    for i in range(n // 2 + 1)
                ),
                S.Zero,
            )
        if kind == "exp":
            return exp(numbers[0] * mu + numbers[0] ** 2 * sigma**2 / 2)
        if kind == "abs":
            d = mu - numbers[0]
            return sigma * sqrt(2 / pi) * exp(-(d**2) / (2 * sigma**2)) + d * erf(d / (sigma * sqrt(2)))
        raise unknown(statistic, "the normal distribution")

    return mean


def asymmetric_laplace(loc: Any, scale: Any, kappa: Any) -> Means:
    """Return the means of the asymmetric Laplace distribution.

    Parameters
    ----------
    loc, scale, kappa : sympy.Expr
    """
    up, down = scale / kappa, scale * kappa  # the means of the two exponential parts
    w_up, w_down = 1 / (1 + kappa**2), kappa**2 / (1 + kappa**2)

    def absolute(d: Any) -> Any:
        """Return E|Y - d| about the mode."""
        above = w_up * (d - up + 2 * up * exp(-d / up)) + w_down * (d + down)
        below = w_up * (up - d) + w_down * (-d - down + 2 * down * exp(d / down))
        sign = sign_of(d)
        return Piecewise((above, d >= 0), (below, True)) if sign is None else above if sign >= 0 else below

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and is_natural(numbers[0]):
            n = int(numbers[0])
            parts = [w_up * up**j * factorial(j) + (-1) ** j * w_down * down**j * factorial(j) for j in range(n + 1)]
            return sum((binomial(n, j) * loc ** (n - j) * parts[j] for j in range(n + 1)), S.Zero)
        if kind == "exp":
            t = numbers[0]
            return exp(t * loc) * (w_up / (1 - up * t) + w_down / (1 + down * t))
        if kind == "abs":
            return absolute(numbers[0] - loc)
        if kind in ("cauchy", "log1p") and (kind == "cauchy" or numbers[1] == 2):
            m, s = numbers if kind == "cauchy" else (S.Zero, numbers[0] ** (-S.Half))
            d, r = m - loc, (m - loc) ** 2 + s**2
            sides = w_up * GammaLog(S.One, -up * d / r, up * s / r) + w_down * GammaLog(
                S.One, down * d / r, down * s / r
            )
            return log(r) + 2 * sides - (0 if kind == "cauchy" else 2 * log(s))
        if kind == "logistic":
            m, s = numbers
            start = (m - loc) / s
            reflected = down / s + start + exponential_logistic(-start, down / s)
            return w_up * exponential_logistic(start, up / s) + w_down * reflected
        raise unknown(statistic, "the Laplace distribution")

    return mean


def log_gamma(k: Any, m: Any, s: Any) -> Means:
    """Return the means of X = m - s·log G, where G is of the gamma distribution with shape k and rate 1.

    Parameters
    ----------
    k, m, s : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and numbers[0] in (1, 2):
            own = m - s * psi(k)
            return own if numbers[0] == 1 else own**2 + s**2 * psi(k, 1)
        if kind == "exp":
            return exp(numbers[0] * m) * gamma_ratio(k - s * numbers[0], k)
        if kind == "abs" and k == 1:
            return m - s * psi(S.One) - numbers[0] + 2 * s * expint(1, exp(-(numbers[0] - m) / s))
        raise unknown(statistic, "the logarithm of a gamma variable")

    return mean


def logistic(m: Any, s: Any) -> Means:
    """Return the means of the logistic distribution.

    Parameters
    ----------
    m, s : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow" and numbers[0] in (1, 2):
            return m if numbers[0] == 1 else m**2 + s**2 * pi**2 / 3
        if kind == "exp":
            t = numbers[0]
            return exp(m * t) * pi * s * t / sin(pi * s * t)
        if kind == "abs":
            return m - numbers[0] + 2 * s * log(1 + exp((numbers[0] - m) / s))
        if kind == "logistic" and numbers[1] == s:
            d = (numbers[0] - m) / s
            return S.One if d == 0 else d * exp(d) / (exp(d) - 1)
        if kind in ("cauchy", "log1p") and (kind == "cauchy" or numbers[1] == 2):
            c, width = numbers if kind == "cauchy" else (S.Zero, numbers[0] ** (-S.Half))
            found = 2 * log(2 * pi * s) + 2 * ReDigamma(S.Half + width / (2 * pi * s), (c - m) / (2 * pi * s))
            return found - (0 if kind == "cauchy" else 2 * log(width))
        raise unknown(statistic, "the logistic distribution")

    return mean


def cauchy_law(loc: Any, scale: Any) -> Means:
    """Return the means of the Cauchy distribution.

    Parameters
    ----------
    loc, scale : sympy.Expr
    """

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind in ("cauchy", "log1p") and (kind == "cauchy" or numbers[1] == 2):
            m, s = numbers if kind == "cauchy" else (S.Zero, numbers[0] ** (-S.Half))
            return log((scale + s) ** 2 + (loc - m) ** 2) - (0 if kind == "cauchy" else 2 * log(s))
        raise unknown(statistic, "the Cauchy distribution")

    return mean
