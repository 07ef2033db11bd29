"""The beta distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["BETA"]

BETA = ParametricFamily(
    name="Beta",
    title="beta distribution",
    parameters=(Parameter("alpha"), Parameter("beta")),
    domain="(0, 1)",
    density="Gamma(alpha + beta)/(Gamma(alpha)*Gamma(beta))*x^(alpha - 1)*(1 - x)^(beta - 1)",
    log_density=(
        ("1", "log(Gamma(alpha + beta)) - log(Gamma(alpha)) - log(Gamma(beta))"),
        ("log(x)", "alpha - 1"),
        ("log(1 - x)", "beta - 1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "alpha/(alpha + beta)"),
        Mean("square_mean", "x^2", "alpha*(alpha + 1)/((alpha + beta)*(alpha + beta + 1))"),
        Mean("log_mean", "log(x)", "digamma(alpha) - digamma(alpha + beta)"),
        Mean("log_one_sub_mean", "log(1 - x)", "digamma(beta) - digamma(alpha + beta)"),
        Mean("inverse_mean", "1/x", "(alpha + beta - 1)/(alpha - 1)", ("1 < alpha",)),
        Mean(
            "power_mean",
            "x^r",
            "Gamma(alpha + r)*Gamma(alpha + beta)/(Gamma(alpha)*Gamma(alpha + r + beta))",
            ("0 < alpha + r",),
        ),
    ),
    carrier=Product(
        "power_beta_int",
        {"a": "alpha", "b": "beta", "p": "1"},
        "power_beta_mean_int",
        {"log(x)": "power_beta_log_int", "log(1 - x)": "power_beta_log_one_sub_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 25",
)
