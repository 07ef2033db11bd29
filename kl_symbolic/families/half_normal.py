"""The half-normal distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["HALF_NORMAL"]

HALF_NORMAL = ParametricFamily(
    name="HalfNormal",
    title="half-normal distribution",
    parameters=(Parameter("scale"),),
    domain="(0, oo)",
    density="(2/pi)^(1/2)/scale*exp(-(x^2/(2*scale^2)))",
    log_density=(
        ("1", "log(2)/2 - log(pi)/2 - log(scale)"),
        ("x^2", "-(1/(2*scale^2))"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("square_mean", "x^2", "scale^2"),
        Mean("mean", "x", "scale*(2/pi)^(1/2)"),
        Mean("log_mean", "log(x)", "(digamma(1/2) + log(2))/2 + log(scale)"),
        Mean("power_mean", "x^r", "2^(r/2)*scale^r*Gamma(1/2 + r/2)/pi^(1/2)", ("0 < 1/2 + r/2",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "1/2", "c": "1/(2*scale^2)", "p": "2"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., 1994, section 13.10.1",
)
