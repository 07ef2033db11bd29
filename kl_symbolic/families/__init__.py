"""Families of distributions: what a density is in a family, and closed forms of the divergence with their proofs.

>>> from kl_symbolic import families
>>> families.Gamma(shape=2, rate=3)
Gamma(shape=2, rate=3)

The families are attributes of this package, and are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .family import ParametricFamily
    from .formula_family import FormulaFamily

__all__ = ["FAMILIES", "FORMULA_FAMILIES", "named"]

FAMILIES: dict[str, str] = {
    "Exponential": "exponential",
    "Gamma": "gamma",
    "Erlang": "erlang",
    "ChiSquared": "chi_squared",
    "Chi": "chi",
    "InverseGamma": "inverse_gamma",
    "Weibull": "weibull",
    "Frechet": "frechet",
    "Rayleigh": "rayleigh",
    "Maxwell": "maxwell",
    "HalfNormal": "half_normal",
    "Nakagami": "nakagami",
    "GeneralizedGamma": "generalized_gamma",
    "Levy": "levy",
    "Gumbel": "gumbel",
    "Moyal": "moyal",
    "Normal": "normal",
    "LogNormal": "log_normal",
    "Uniform": "uniform",
    "LogUniform": "log_uniform",
    "Pareto": "pareto",
    "Laplace": "laplace",
    "AsymmetricLaplace": "asymmetric_laplace",
    "Lindley": "lindley",
    "InverseGaussian": "inverse_gaussian",
    "Gompertz": "gompertz",
    "Poisson": "poisson",
    "GeometricFailures": "geometric_failures",
    "GeometricTrials": "geometric_trials",
    "Beta": "beta",
    "Kumaraswamy": "kumaraswamy",
    "PowerFunction": "power_function",
    "BetaPrime": "beta_prime",
    "Lomax": "lomax",
    "LogLogistic": "log_logistic",
    "F": "f",
    "HalfCauchy": "half_cauchy",
    "Logistic": "logistic",
    "Arcsine": "arcsine",
    "Semicircle": "semicircle",
}
"""Each family and the file that defines it, in the order in which their theorems are derived."""

FORMULA_FAMILIES: dict[str, str] = {
    "Cauchy": "cauchy",
    "VonMises": "von_mises",
    "TruncatedNormal": "truncated_normal",
    "Triangular": "triangular",
    "ContinuousBernoulli": "continuous_bernoulli",
    "NegativeBinomial": "negative_binomial",
    "Bernoulli": "bernoulli",
    "Binomial": "binomial",
    "Logarithmic": "logarithmic",
    "Zeta": "zeta",
    "DiscreteUniform": "discrete_uniform",
    "Hypergeometric": "hypergeometric",
    "BetaBinomial": "beta_binomial",
    "Categorical": "categorical",
    "MultivariateNormal": "multivariate_normal",
    "Dirichlet": "dirichlet",
    "Multinomial": "multinomial",
    "Wishart": "wishart",
    "InverseWishart": "inverse_wishart",
    "NormalGamma": "normal_gamma",
}
"""Each family without theorems, and the file that defines it."""


def named(name: str) -> ParametricFamily:
    """Return the family of a name.

    Parameters
    ----------
    name : str
    """
    found: ParametricFamily = getattr(import_module(f".{FAMILIES[name]}", __name__), FAMILIES[name].upper())
    return found


def __getattr__(name: str) -> ParametricFamily | FormulaFamily:
    if name in FORMULA_FAMILIES:
        file = FORMULA_FAMILIES[name]
        formulas: FormulaFamily = getattr(import_module(f".{file}", __name__), file.upper())
        globals()[name] = formulas
        return formulas
    if name not in FAMILIES:
        raise AttributeError(f"there is no family {name!r}; there are {', '.join((*FAMILIES, *FORMULA_FAMILIES))}")
    found = globals()[name] = named(name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *FAMILIES, *FORMULA_FAMILIES})
