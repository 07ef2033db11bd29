"""Random variables of ``sympy.stats`` and distributions of ``scipy.stats`` as distributions of families.

Both libraries are read by the parameters of a distribution, with their conventions: SymPy's ``Gamma`` takes a scale
and its ``Exponential`` a rate, SciPy's ``expon`` a scale; the order of shape and scale differs. Densities are not
looked at, for those of SymPy are not zero outside of the support.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

import sympy

from .. import families
from ..families.family import Law
from ..families.formula_family import FormulaLaw
from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import exact

__all__ = ["as_law", "is_infinite"]

_Parameters = dict[str, Any]

_SYMPY: dict[str, tuple[str, Callable[..., _Parameters]]] = {
    "Arcsin": ("Arcsine", lambda low, high: {"low": low, "high": high}),
    "Bernoulli": ("Bernoulli", lambda p, one, zero: _outcomes((one, zero), (1, 0), {"p": p})),
    "Beta": ("Beta", lambda a, b: {"alpha": a, "beta": b}),
    "BetaBinomial": ("BetaBinomial", lambda n, a, b: {"n": n, "alpha": a, "beta": b}),
    "BetaPrime": ("BetaPrime", lambda a, b: {"alpha": a, "beta": b}),
    "Binomial": ("Binomial", lambda n, p, one, zero: _outcomes((one, zero), (1, 0), {"n": n, "p": p})),
    "Cauchy": ("Cauchy", lambda loc, scale: {"loc": loc, "scale": scale}),
    "Chi": ("Chi", lambda df: {"df": df}),
    "ChiSquared": ("ChiSquared", lambda df: {"df": df}),
    "Exponential": ("Exponential", lambda rate: {"rate": rate}),
    "FDistribution": ("F", lambda d1, d2: {"d1": d1, "d2": d2}),
    "Frechet": ("Frechet", lambda shape, scale, loc: _at_zero(loc, {"shape": shape, "scale": scale})),
    "Gamma": ("Gamma", lambda shape, scale: {"shape": shape, "rate": 1 / scale}),
    "GammaInverse": ("InverseGamma", lambda shape, scale: {"shape": shape, "scale": scale}),
    "GaussianInverse": ("InverseGaussian", lambda mean, shape: {"mean": mean, "shape": shape}),
    "Geometric": ("GeometricTrials", lambda p: {"p": p}),
    "Gompertz": ("Gompertz", lambda rate, eta: {"rate": rate, "eta": eta}),
    "Gumbel": ("Gumbel", lambda scale, loc, least: _outcomes((least,), (False,), {"loc": loc, "scale": scale})),
    "Hypergeometric": ("Hypergeometric", lambda N, K, n: {"N": N, "K": K, "n": n}),
    "Kumaraswamy": ("Kumaraswamy", lambda a, b: {"a": a, "b": b}),
    "Laplace": ("Laplace", lambda loc, scale: {"loc": loc, "scale": scale}),
    "Levy": ("Levy", lambda loc, scale: _at_zero(loc, {"scale": scale})),
    "LogLogistic": ("LogLogistic", lambda scale, shape: {"scale": scale, "shape": shape}),
    "LogNormal": ("LogNormal", lambda mu, sigma: {"mu": mu, "sigma": sigma}),
    "Logarithmic": ("Logarithmic", lambda p: {"p": p}),
    "Logistic": ("Logistic", lambda loc, scale: {"loc": loc, "scale": scale}),
    "Lomax": ("Lomax", lambda shape, scale: {"shape": shape, "scale": scale}),
    "Maxwell": ("Maxwell", lambda scale: {"scale": scale}),
    "Moyal": ("Moyal", lambda loc, scale: {"loc": loc, "scale": scale}),
    "Nakagami": ("Nakagami", lambda shape, spread: {"shape": shape, "spread": spread}),
    "NegativeBinomial": ("NegativeBinomial", lambda r, p: {"r": r, "p": p}),
    "Normal": ("Normal", lambda mean, std: {"mean": mean, "std": std}),
    "Pareto": ("Pareto", lambda scale, shape: {"scale": scale, "shape": shape}),
    "Poisson": ("Poisson", lambda rate: {"rate": rate}),
    "PowerFunction": ("PowerFunction", lambda shape, low, high: _at_zero(low, {"shape": shape, "scale": high})),
    "Rayleigh": ("Rayleigh", lambda scale: {"scale": scale}),
    "Reciprocal": ("LogUniform", lambda low, high: {"low": low, "high": high}),
    "Triangular": ("Triangular", lambda low, high, mode: {"low": low, "mode": mode, "high": high}),
    "Uniform": ("Uniform", lambda low, high: {"low": low, "high": high}),
    "VonMises": ("VonMises", lambda loc, kappa: {"loc": loc, "kappa": kappa}),
    "Weibull": ("Weibull", lambda scale, shape: {"shape": shape, "scale": scale}),
    "WignerSemicircle": ("Semicircle", lambda radius: {"radius": radius}),
    "Zeta": ("Zeta", lambda s: {"s": s}),
}
"""Classes of ``sympy.stats`` without the ending ``Distribution``: the family, and its parameters from theirs."""

_SCIPY: dict[str, tuple[str, Callable[..., _Parameters]]] = {
    "arcsine": ("Arcsine", lambda loc, scale: {"low": loc, "high": loc + scale}),
    "bernoulli": ("Bernoulli", lambda loc, p: _at_zero(loc, {"p": p})),
    "beta": ("Beta", lambda loc, scale, a, b: _standard(loc, scale, {"alpha": a, "beta": b})),
    "betabinom": ("BetaBinomial", lambda loc, n, a, b: _at_zero(loc, {"n": n, "alpha": a, "beta": b})),
    "betaprime": ("BetaPrime", lambda loc, scale, a, b: _standard(loc, scale, {"alpha": a, "beta": b})),
    "binom": ("Binomial", lambda loc, n, p: _at_zero(loc, {"n": n, "p": p})),
    "cauchy": ("Cauchy", lambda loc, scale: {"loc": loc, "scale": scale}),
    "chi": ("Chi", lambda loc, scale, df: _standard(loc, scale, {"df": df})),
    "chi2": ("ChiSquared", lambda loc, scale, df: _standard(loc, scale, {"df": df})),
    "erlang": ("Erlang", lambda loc, scale, a: _at_zero(loc, {"shape": a, "rate": 1 / scale})),
    "expon": ("Exponential", lambda loc, scale: _at_zero(loc, {"rate": 1 / scale})),
    "f": ("F", lambda loc, scale, dfn, dfd: _standard(loc, scale, {"d1": dfn, "d2": dfd})),
    "fisk": ("LogLogistic", lambda loc, scale, c: _at_zero(loc, {"scale": scale, "shape": c})),
    "gamma": ("Gamma", lambda loc, scale, a: _at_zero(loc, {"shape": a, "rate": 1 / scale})),
    "gengamma": ("GeneralizedGamma", lambda loc, scale, a, c: _at_zero(loc, {"scale": scale, "d": a * c, "p": c})),
    "geom": ("GeometricTrials", lambda loc, p: _at_zero(loc, {"p": p})),
    "gompertz": ("Gompertz", lambda loc, scale, c: _at_zero(loc, {"rate": 1 / scale, "eta": c})),
    "gumbel_r": ("Gumbel", lambda loc, scale: {"loc": loc, "scale": scale}),
    "halfcauchy": ("HalfCauchy", lambda loc, scale: _at_zero(loc, {"scale": scale})),
    "halfnorm": ("HalfNormal", lambda loc, scale: _at_zero(loc, {"scale": scale})),
    "hypergeom": ("Hypergeometric", lambda loc, M, n, N: _at_zero(loc, {"N": M, "K": n, "n": N})),
    "invgamma": ("InverseGamma", lambda loc, scale, a: _at_zero(loc, {"shape": a, "scale": scale})),
    "invgauss": ("InverseGaussian", lambda loc, scale, mu: _at_zero(loc, {"mean": mu * scale, "shape": scale})),
    "invweibull": ("Frechet", lambda loc, scale, c: _at_zero(loc, {"shape": c, "scale": scale})),
    "laplace": ("Laplace", lambda loc, scale: {"loc": loc, "scale": scale}),
    "laplace_asymmetric": ("AsymmetricLaplace", lambda loc, scale, kappa: _with(loc, scale, {"kappa": kappa})),
    "levy": ("Levy", lambda loc, scale: _at_zero(loc, {"scale": scale})),
    "logistic": ("Logistic", lambda loc, scale: {"loc": loc, "scale": scale}),
    "lognorm": ("LogNormal", lambda loc, scale, s: _at_zero(loc, {"mu": sympy.log(scale), "sigma": s})),
    "logser": ("Logarithmic", lambda loc, p: _at_zero(loc, {"p": p})),
    "loguniform": ("LogUniform", lambda loc, scale, a, b: _standard(loc, scale, {"low": a, "high": b})),
    "lomax": ("Lomax", lambda loc, scale, c: _at_zero(loc, {"shape": c, "scale": scale})),
    "maxwell": ("Maxwell", lambda loc, scale: _at_zero(loc, {"scale": scale})),
    "moyal": ("Moyal", lambda loc, scale: {"loc": loc, "scale": scale}),
    "nakagami": ("Nakagami", lambda loc, scale, nu: _at_zero(loc, {"shape": nu, "spread": scale**2})),
    "nbinom": ("NegativeBinomial", lambda loc, n, p: _at_zero(loc, {"r": n, "p": p})),
    "norm": ("Normal", lambda loc, scale: {"mean": loc, "std": scale}),
    "pareto": ("Pareto", lambda loc, scale, b: _at_zero(loc, {"scale": scale, "shape": b})),
    "poisson": ("Poisson", lambda loc, mu: _at_zero(loc, {"rate": mu})),
    "powerlaw": ("PowerFunction", lambda loc, scale, a: _at_zero(loc, {"shape": a, "scale": scale})),
    "randint": ("DiscreteUniform", lambda loc, low, high: {"low": low + loc, "high": high + loc - 1}),
    "rayleigh": ("Rayleigh", lambda loc, scale: _at_zero(loc, {"scale": scale})),
    "reciprocal": ("LogUniform", lambda loc, scale, a, b: _standard(loc, scale, {"low": a, "high": b})),
    "semicircular": ("Semicircle", lambda loc, scale: _at_zero(loc, {"radius": scale})),
    "triang": ("Triangular", lambda loc, scale, c: {"low": loc, "mode": loc + c * scale, "high": loc + scale}),
    "truncnorm": (
        "TruncatedNormal",
        lambda loc, scale, a, b: {"mu": loc, "sigma": scale, "low": loc + a * scale, "high": loc + b * scale},
    ),
    "uniform": ("Uniform", lambda loc, scale: {"low": loc, "high": loc + scale}),
    "vonmises": ("VonMises", lambda loc, scale, kappa: _outcomes((scale,), (1,), {"loc": loc, "kappa": kappa})),
    "weibull_min": ("Weibull", lambda loc, scale, c: _at_zero(loc, {"shape": c, "scale": scale})),
    "zipf": ("Zeta", lambda loc, a: _at_zero(loc, {"s": a})),
}
"""Distributions of ``scipy.stats``: the family, and its parameters from loc, scale and the shapes."""

_NEW_SCIPY: dict[str, tuple[str, Mapping[str, str]]] = {
    "Normal": ("Normal", {"mu": "mean", "sigma": "std"}),
    "StandardNormal": ("Normal", {}),
    "Uniform": ("Uniform", {"a": "low", "b": "high"}),
}
"""The new classes of ``scipy.stats``: the family, and what their parameters are called there."""


def _outcomes(given: tuple[Any, ...], usual: tuple[Any, ...], parameters: _Parameters) -> _Parameters:
    if tuple(map(sympy.sympify, given)) != tuple(map(sympy.sympify, usual)):
        raise InvalidValue(f"expected the usual {', '.join(map(str, usual))}, got {', '.join(map(str, given))}")
    return parameters


def _at_zero(loc: Any, parameters: _Parameters) -> _Parameters:
    if loc != 0:
        raise InvalidValue(f"expected a distribution that is not shifted, got the location {loc}")
    return parameters


def _standard(loc: Any, scale: Any, parameters: _Parameters) -> _Parameters:
    if scale != 1:
        raise InvalidValue(f"expected a distribution that is not scaled, got the scale {scale}")
    return _at_zero(loc, parameters)


def _with(loc: Any, scale: Any, parameters: _Parameters) -> _Parameters:
    return {"loc": loc, "scale": scale, **parameters}


def as_law(given: object, name: str) -> Law | FormulaLaw | None:
    """Return a distribution of a family, or a random variable as one; None for anything else.

    Parameters
    ----------
    given : object
        What the user gave.
    name : str
        ``P`` or ``Q``, for messages.

    Raises
    ------
    InvalidValue
        When it is a distribution of a known family that is shifted or scaled in a way that the family does not have.
    """
    if isinstance(given, Law | FormulaLaw):
        return given
    found = _of_sympy(given) or _of_scipy(given)
    if found is None:
        return None
    kind, family, read = found
    try:
        law: Law | FormulaLaw = getattr(families, family)(**read())
    except (InvalidValue, InvalidType) as error:
        raise type(error)(f"{name} is {kind}: {error}") from None
    return law


def is_infinite(given: object) -> bool:
    """Return whether something is a random variable of a family whose members have infinitely many outcomes.

    Parameters
    ----------
    given : object
    """
    found = _of_sympy(given) or _of_scipy(given)
    return found is not None and not getattr(families, found[1]).finite


def _of_sympy(given: object) -> tuple[str, str, Callable[[], _Parameters]] | None:
    rv = sys.modules.get("sympy.stats.rv")
    if rv is None or not isinstance(given, sympy.Basic):
        return None
    law = given
    if isinstance(given, rv.RandomSymbol):
        law = getattr(given.pspace, "distribution", None)
    if not isinstance(law, rv.Distribution):
        return None
    kind = type(law).__name__.removesuffix("Distribution")
    if kind not in _SYMPY:
        return None
    family, read = _SYMPY[kind]
    return f"{given}, {kind} of sympy.stats", family, lambda: read(*law.args)


def _of_scipy(given: object) -> tuple[str, str, Callable[[], _Parameters]] | None:
    stats = sys.modules.get("scipy.stats")
    kind = type(given)
    if stats is None or not kind.__module__.startswith("scipy.stats"):
        return None
    law = getattr(given, "dist", None)
    name = getattr(law, "name", "")
    if name in _SCIPY:
        family, read = _SCIPY[name]
        return f"{name} of scipy.stats", family, lambda: read(**_bound(law, given))
    if kind.__name__ in _NEW_SCIPY and not name:
        family, names = _NEW_SCIPY[kind.__name__]
        if not names:
            return f"{kind.__name__} of scipy.stats", family, lambda: {"mean": 0, "std": 1}
        values = getattr(given, "_original_parameters", {}) or {n: getattr(given, n) for n in names}
        return f"{kind.__name__} of scipy.stats", family, lambda: {names[n]: _number(values[n]) for n in names}
    return None


def _bound(law: Any, frozen: Any) -> _Parameters:
    """Return the shapes, loc and scale of a frozen distribution by name."""
    shapes = [s.strip() for s in (law.shapes or "").split(",") if s.strip()]
    continuous = isinstance(law, sys.modules["scipy.stats"].rv_continuous)
    names = [*shapes, "loc", *(["scale"] if continuous else [])]
    values = {"loc": 0, **({"scale": 1} if continuous else {})}
    values.update(zip(names, frozen.args, strict=False))
    values.update(frozen.kwds)
    return {n: _number(values[n]) for n in names}


def _number(value: Any) -> sympy.Expr:
    numpy = sys.modules["numpy"]
    if numpy.ndim(value):
        raise InvalidValue("expected one distribution, got arrays of parameters")
    return exact(value.item() if isinstance(value, numpy.generic | numpy.ndarray) else value, "a parameter")
