"""The beta prime distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["BETA_PRIME"]

BETA_PRIME = ParametricFamily(
    name="BetaPrime",
    title="beta prime distribution",
    parameters=(Parameter("alpha"), Parameter("beta")),
    domain="(0, oo)",
    density="Gamma(alpha + beta)/(Gamma(alpha)*Gamma(beta))*x^(alpha - 1)*(1 + x)^(-(alpha + beta))",
    log_density=(
        ("1", "log(Gamma(alpha + beta)) - log(Gamma(alpha)) - log(Gamma(beta))"),
        ("log(x)", "alpha - 1"),
        ("log(1 + x)", "-(alpha + beta)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "alpha/(beta - 1)", ("1 < beta",)),
        Mean("square_mean", "x^2", "alpha*(alpha + 1)/((beta - 1)*(beta - 2))", ("2 < beta",)),
        Mean("log_mean", "log(x)", "digamma(alpha) - digamma(beta)"),
        Mean("log_one_add_mean", "log(1 + x)", "digamma(alpha + beta) - digamma(beta)"),
        Mean("inverse_mean", "1/x", "beta/(alpha - 1)", ("1 < alpha",)),
        Mean(
            "power_mean",
            "x^r",
            "Gamma(alpha + r)*Gamma(beta - r)/(Gamma(alpha)*Gamma(beta))",
            ("0 < alpha + r", "0 < beta - r"),
        ),
    ),
    carrier=Product(
        "beta_prime_int",
        {"a": "alpha", "b": "beta", "c": "1", "p": "1"},
        "beta_prime_mean_int",
        {"log(x)": "beta_prime_log_int", "log(1 + x)": "beta_prime_log_one_add_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, section 25.7",
)
