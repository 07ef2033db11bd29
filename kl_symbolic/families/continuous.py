"""The forms of the continuous families: log-density in statistics, support, tails and means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S, exp, log, oo, pi, sqrt
from sympy import besseli as bessel_i

from .forms import LOG, ONE, Combination, Exponential, Form, Power, cauchy, log_down, log_up, plus, power
from .half_line import beta_prime_powers, gamma_powers, gompertz, half_cauchy, inverse_gaussian, log_normal, mixture
from .intervals import (
    arcsine,
    beta,
    continuous_bernoulli,
    kumaraswamy,
    normal_between,
    semicircle,
    truncated_normal,
    von_mises,
)
from .line import asymmetric_laplace, cauchy_law, log_gamma, logistic, normal
from .pieces import over_pieces, power_law, sign_of
from .special import ln_gamma, raised

__all__ = ["CONTINUOUS"]

_X = ("pow", S.One)
_X2 = ("pow", S(2))


def _log_beta(a: Any, b: Any) -> Any:
    return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)


def _gamma_power(k: Any, s: Any, h: Any) -> Form:
    """X = s·G^h: the density is x^(k/h - 1)·exp(-(x/s)^(1/h)) up to a factor."""
    p = 1 / h
    logarithm = {ONE: log(abs(p)) - k * p * log(s) - ln_gamma(k), LOG: k * p - 1, power(p): -raised(s, -p)}
    means = gamma_powers(k, s, h)
    if h.is_negative:
        return Form(S.Zero, oo, logarithm, means, right=Power(-k * p), zero=oo)
    return Form(S.Zero, oo, logarithm, means, right=Exponential(p, raised(s, -p), k * p - 1), zero=k * p)


def _normal(mean: Any, std: Any) -> Form:
    constant = -log(std) - log(2 * pi) / 2 - mean**2 / (2 * std**2)
    tail = Exponential(S(2), 1 / (2 * std**2))
    return Form(-oo, oo, {ONE: constant, _X: mean / std**2, _X2: -1 / (2 * std**2)}, normal(mean, std), tail, tail)


def _log_normal(mu: Any, sigma: Any) -> Form:
    constant = -log(sigma) - log(2 * pi) / 2 - mu**2 / (2 * sigma**2)
    logarithm = {ONE: constant, LOG: mu / sigma**2 - 1, ("log2",): -1 / (2 * sigma**2)}
    return Form(S.Zero, oo, logarithm, log_normal(mu, sigma), right=Power(oo), zero=oo)


def _asymmetric_laplace(loc: Any, scale: Any, kappa: Any) -> Form:
    slope = (1 / kappa - kappa) / (2 * scale)
    logarithm = {
        ONE: -log(scale) - log(kappa + 1 / kappa) - slope * loc,
        _X: slope,
        ("abs", loc): -(kappa + 1 / kappa) / (2 * scale),
    }
    left, right = Exponential(S.One, 1 / (kappa * scale)), Exponential(S.One, kappa / scale)
    return Form(-oo, oo, logarithm, asymmetric_laplace(loc, scale, kappa), left, right)


def _gumbel(loc: Any, scale: Any) -> Form:
    logarithm = {ONE: loc / scale - log(scale), _X: -1 / scale, ("exp", -1 / scale): -exp(loc / scale)}
    return Form(-oo, oo, logarithm, log_gamma(S.One, loc, scale), None, Exponential(S.One, 1 / scale))


def _moyal(loc: Any, scale: Any) -> Form:
    logarithm = {
        ONE: loc / (2 * scale) - log(scale) - log(2 * pi) / 2,
        _X: -1 / (2 * scale),
        ("exp", -1 / scale): -exp(loc / scale) / 2,
    }
    means = log_gamma(S.Half, loc - scale * log(2), scale)
    return Form(-oo, oo, logarithm, means, None, Exponential(S.One, 1 / (2 * scale)))


def _logistic(loc: Any, scale: Any) -> Form:
    logarithm = {ONE: loc / scale - log(scale), _X: -1 / scale, ("logistic", loc, scale): S(-2)}
    tail = Exponential(S.One, 1 / scale)
    return Form(-oo, oo, logarithm, logistic(loc, scale), tail, tail)


def _cauchy(loc: Any, scale: Any) -> Form:
    logarithm = plus((1, {ONE: log(scale) - log(pi)}), (-1, cauchy(loc, scale)))
    return Form(-oo, oo, logarithm, cauchy_law(loc, scale), Power(S.One), Power(S.One))


def _half_cauchy(scale: Any) -> Form:
    logarithm = plus((1, {ONE: log(2 * scale) - log(pi)}), (-1, cauchy(S.Zero, scale)))
    return Form(S.Zero, oo, logarithm, half_cauchy(scale), right=Power(S.One))


def _inverse_gaussian(mean: Any, shape: Any) -> Form:
    logarithm = {
        ONE: (log(shape) - log(2 * pi)) / 2 + shape / mean,
        LOG: -S(3) / 2,
        _X: -shape / (2 * mean**2),
        ("pow", -S.One): -shape / 2,
    }
    tail = Exponential(S.One, shape / (2 * mean**2), -S(3) / 2)
    return Form(S.Zero, oo, logarithm, inverse_gaussian(mean, shape), right=tail, zero=oo)


def _pareto(scale: Any, shape: Any) -> Form:
    logarithm = {ONE: log(shape) + shape * log(scale), LOG: -shape - 1}
    means = power_law(shape, scale, -S.One, over_pieces([(shape * raised(scale, shape), -shape - 1, scale, oo)]))
    return Form(scale, oo, logarithm, means, right=Power(shape))


def _beta_prime(a: Any, b: Any, s: Any, p: Any) -> Form:
    logarithm = plus(
        (1, {ONE: log(p) - a * p * log(s) - _log_beta(a, b), LOG: a * p - 1}),
        (-(a + b), {("log1p", raised(s, -p), p): S.One}),
    )
    return Form(S.Zero, oo, logarithm, beta_prime_powers(a, b, s, p), right=Power(b * p), zero=a * p)


def _lindley(theta: Any) -> Form:
    logarithm = {ONE: 2 * log(theta) - log(1 + theta), ("log1p", S.One, S.One): S.One, _X: -theta}
    means = mixture(
        [
            (theta / (1 + theta), gamma_powers(S.One, 1 / theta, S.One)),
            (1 / (1 + theta), gamma_powers(S(2), 1 / theta, S.One)),
        ]
    )
    return Form(S.Zero, oo, logarithm, means, right=Exponential(S.One, theta, S.One))


def _gompertz(rate: Any, eta: Any) -> Form:
    logarithm = {ONE: log(rate) + log(eta) + eta, _X: rate, ("exp", rate): -eta}
    return Form(S.Zero, oo, logarithm, gompertz(rate, eta))


def _uniform(low: Any, high: Any) -> Form:
    return Form(low, high, {ONE: -log(high - low)}, over_pieces([(1 / (high - low), S.Zero, low, high)]))


def _beta(alpha: Any, beta_: Any) -> Form:
    logarithm = plus((1, {ONE: -_log_beta(alpha, beta_), LOG: alpha - 1}), (beta_ - 1, log_down(S.One)))
    return Form(S.Zero, S.One, logarithm, beta(alpha, beta_), zero=alpha)


def _kumaraswamy(a: Any, b: Any) -> Form:
    logarithm = {ONE: log(a) + log(b), LOG: a - 1, ("log1p", -S.One, a): b - 1}
    return Form(S.Zero, S.One, logarithm, kumaraswamy(a, b), zero=a)


def _power_function(shape: Any, scale: Any) -> Form:
    means = power_law(shape, scale, S.One, over_pieces([(shape * raised(scale, -shape), shape - 1, S.Zero, scale)]))
    return Form(S.Zero, scale, {ONE: log(shape) - shape * log(scale), LOG: shape - 1}, means, zero=shape)


def _log_uniform(low: Any, high: Any) -> Form:
    means = over_pieces([(1 / log(high / low), -S.One, low, high)])
    return Form(low, high, {ONE: -log(log(high / low)), LOG: -S.One}, means)


def _arcsine(low: Any, high: Any) -> Form:
    logarithm = plus((1, {ONE: -log(pi)}), (-S.Half, log_up(low)), (-S.Half, log_down(high)))
    return Form(low, high, logarithm, arcsine(low, high), zero=S.Half)


def _semicircle(radius: Any) -> Form:
    constant: Combination = {ONE: log(2) - log(pi) - 2 * log(radius)}
    logarithm = plus((1, constant), (S.Half, log_up(-radius)), (S.Half, log_down(radius)))
    return Form(-radius, radius, logarithm, semicircle(radius))


def _triangular(low: Any, mode: Any, high: Any) -> Form:
    pieces = []
    if sign_of(mode - low) != 0:
        slope = 2 / ((high - low) * (mode - low))
        pieces += [(slope, S.One, low, mode), (-slope * low, S.Zero, low, mode)]
    if sign_of(high - mode) != 0:
        slope = 2 / ((high - low) * (high - mode))
        pieces += [(-slope, S.One, mode, high), (slope * high, S.Zero, mode, high)]
    zero = S.One if sign_of(mode - low) == 0 else S(2)
    return Form(low, high, {("tri", low, mode, high): S.One}, over_pieces([p for p in pieces if p[0] != 0]), zero=zero)


def _continuous_bernoulli(lam: Any) -> Form:
    if lam == S.Half:
        return _uniform(S.Zero, S.One)
    eta = log(lam / (1 - lam))
    logarithm = {ONE: log(eta / (exp(eta) - 1)), _X: eta}
    return Form(S.Zero, S.One, logarithm, continuous_bernoulli(eta))


def _von_mises(loc: Any, kappa: Any) -> Form:
    logarithm = {ONE: -log(2 * pi) - log(bessel_i(0, kappa)), ("cos", loc): kappa}
    return Form(-pi, pi, logarithm, von_mises(loc, kappa))


def _truncated_normal(mu: Any, sigma: Any, low: Any, high: Any) -> Form:
    mass = normal_between((low - mu) / sigma, (high - mu) / sigma)
    constant = -log(sigma) - log(2 * pi) / 2 - mu**2 / (2 * sigma**2) - log(mass)
    logarithm = {ONE: constant, _X: mu / sigma**2, _X2: -1 / (2 * sigma**2)}
    return Form(low, high, logarithm, truncated_normal(mu, sigma, low, high))


CONTINUOUS: dict[str, Callable[..., Form]] = {
    "Normal": _normal,
    "LogNormal": _log_normal,
    "HalfNormal": lambda scale: _gamma_power(S.Half, scale * sqrt(2), S.Half),
    "Laplace": lambda loc, scale: _asymmetric_laplace(loc, scale, S.One),
    "AsymmetricLaplace": _asymmetric_laplace,
    "Gumbel": _gumbel,
    "Moyal": _moyal,
    "Logistic": _logistic,
    "Cauchy": _cauchy,
    "HalfCauchy": _half_cauchy,
    "Exponential": lambda rate: _gamma_power(S.One, 1 / rate, S.One),
    "Gamma": lambda shape, rate: _gamma_power(shape, 1 / rate, S.One),
    "Erlang": lambda shape, rate: _gamma_power(shape, 1 / rate, S.One),
    "ChiSquared": lambda df: _gamma_power(df / 2, S(2), S.One),
    "Chi": lambda df: _gamma_power(df / 2, sqrt(2), S.Half),
    "InverseGamma": lambda shape, scale: _gamma_power(shape, scale, -S.One),
    "Weibull": lambda shape, scale: _gamma_power(S.One, scale, 1 / shape),
    "Frechet": lambda shape, scale: _gamma_power(S.One, scale, -1 / shape),
    "Rayleigh": lambda scale: _gamma_power(S.One, scale * sqrt(2), S.Half),
    "Maxwell": lambda scale: _gamma_power(S(3) / 2, scale * sqrt(2), S.Half),
    "Nakagami": lambda shape, spread: _gamma_power(shape, sqrt(spread / shape), S.Half),
    "GeneralizedGamma": lambda scale, d, p: _gamma_power(d / p, scale, 1 / p),
    "InverseGaussian": _inverse_gaussian,
    "Levy": lambda scale: _gamma_power(S.Half, scale / 2, -S.One),
    "Pareto": _pareto,
    "Lomax": lambda shape, scale: _beta_prime(S.One, shape, scale, S.One),
    "LogLogistic": lambda scale, shape: _beta_prime(S.One, S.One, scale, shape),
    "BetaPrime": lambda alpha, beta: _beta_prime(alpha, beta, S.One, S.One),
    "F": lambda d1, d2: _beta_prime(d1 / 2, d2 / 2, d2 / d1, S.One),
    "Lindley": _lindley,
    "Gompertz": _gompertz,
    "Uniform": _uniform,
    "Beta": lambda alpha, beta: _beta(alpha, beta),
    "Kumaraswamy": _kumaraswamy,
    "PowerFunction": _power_function,
    "LogUniform": _log_uniform,
    "Arcsine": _arcsine,
    "Semicircle": _semicircle,
    "Triangular": _triangular,
    "ContinuousBernoulli": _continuous_bernoulli,
    "VonMises": _von_mises,
    "TruncatedNormal": _truncated_normal,
}
"""From the parameters of each continuous family to its form."""
