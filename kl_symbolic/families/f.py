"""The F distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["F"]

F = ParametricFamily(
    name="F",
    title="F distribution",
    parameters=(Parameter("d1"), Parameter("d2")),
    domain="(0, oo)",
    density="Gamma((d1 + d2)/2)/(Gamma(d1/2)*Gamma(d2/2))*(d1/d2)^(d1/2)*x^(d1/2 - 1)*(1 + d1/d2*x)^(-((d1 + d2)/2))",
    log_density=(
        ("1", "log(Gamma((d1 + d2)/2)) - log(Gamma(d1/2)) - log(Gamma(d2/2)) + d1/2*(log(d1) - log(d2))"),
        ("log(x)", "d1/2 - 1"),
        ("log(1 + d1/d2*x)", "-((d1 + d2)/2)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "d2/(d2 - 2)", ("2 < d2",)),
        Mean("square_mean", "x^2", "d2^2*(d1 + 2)/(d1*(d2 - 2)*(d2 - 4))", ("4 < d2",)),
        Mean("log_mean", "log(x)", "digamma(d1/2) - digamma(d2/2) + log(d2) - log(d1)"),
        Mean("own_mean", "log(1 + d1/d2*x)", "digamma((d1 + d2)/2) - digamma(d2/2)"),
        Mean("inverse_mean", "1/x", "d1/(d1 - 2)", ("2 < d1",)),
        Mean(
            "power_mean",
            "x^r",
            "(d2/d1)^r*Gamma(d1/2 + r)*Gamma(d2/2 - r)/(Gamma(d1/2)*Gamma(d2/2))",
            ("0 < d1/2 + r", "0 < d2/2 - r"),
        ),
    ),
    carrier=Product(
        "beta_prime_int",
        {"a": "d1/2", "b": "d2/2", "c": "d1/d2", "p": "1"},
        "beta_prime_mean_int",
        {"log(x)": "beta_prime_log_int", "log(1 + d1/d2*x)": "beta_prime_log_one_add_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 27",
    shared={"d2": "d12*d2/d1"},
)
