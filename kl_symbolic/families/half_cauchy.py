"""The half-Cauchy distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["HALF_CAUCHY"]

HALF_CAUCHY = ParametricFamily(
    name="HalfCauchy",
    title="half-Cauchy distribution",
    parameters=(Parameter("scale"),),
    domain="(0, oo)",
    density="2/(pi*scale)*(1 + x^2/scale^2)^(-1)",
    log_density=(
        ("1", "log(2) - log(pi) - log(scale)"),
        ("log(1 + 1/scale^2*x^2)", "-1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("own_mean", "log(1 + 1/scale^2*x^2)", "digamma(1) - digamma(1/2)"),
        Mean("log_mean", "log(x)", "log(scale)"),
        Mean(
            "power_mean",
            "x^r",
            "scale^r*Gamma((1 + r)/2)*Gamma((1 - r)/2)/pi",
            ("0 < 1/2 + r/2", "0 < 1/2 - r/2"),
        ),
    ),
    carrier=Product(
        "beta_prime_int",
        {"a": "1/2", "b": "1/2", "c": "1/scale^2", "p": "2"},
        "beta_prime_mean_int",
        {"log(x)": "beta_prime_log_int", "log(1 + 1/scale^2*x^2)": "beta_prime_log_one_add_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 16",
    shared={"scale": "scale"},
)
