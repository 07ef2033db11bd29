"""The generalized gamma distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["GENERALIZED_GAMMA"]

GENERALIZED_GAMMA = ParametricFamily(
    name="GeneralizedGamma",
    title="generalized gamma distribution",
    parameters=(Parameter("scale"), Parameter("d"), Parameter("p")),
    domain="(0, oo)",
    density="p/(scale^d*Gamma(d/p))*x^(d - 1)*exp(-(x^p/scale^p))",
    log_density=(
        ("1", "log(p) - d*log(scale) - log(Gamma(d/p))"),
        ("log(x)", "d - 1"),
        ("x^p", "-(1/scale^p)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("own_mean", "x^p", "scale^p*d/p"),
        Mean("log_mean", "log(x)", "log(scale) + digamma(d/p)/p"),
        Mean("power_mean", "x^r", "scale^r*Gamma(d/p + r/p)/Gamma(d/p)", ("0 < d/p + r/p",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "d/p", "c": "1/scale^p", "p": "p"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="E. W. Stacy, A Generalization of the Gamma Distribution, Ann. Math. Statist. 33 (1962), 1187–1192",
)
