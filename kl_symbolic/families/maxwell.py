"""The Maxwell distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["MAXWELL"]

MAXWELL = ParametricFamily(
    name="Maxwell",
    title="Maxwell distribution",
    parameters=(Parameter("scale"),),
    domain="(0, oo)",
    density="(2/pi)^(1/2)*x^2/scale^3*exp(-(x^2/(2*scale^2)))",
    log_density=(
        ("1", "log(2)/2 - log(pi)/2 - 3*log(scale)"),
        ("log(x)", "2"),
        ("x^2", "-(1/(2*scale^2))"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("square_mean", "x^2", "3*scale^2"),
        Mean("log_mean", "log(x)", "(digamma(3/2) + log(2))/2 + log(scale)"),
        Mean("power_mean", "x^r", "2^(1 + r/2)*scale^r*Gamma(3/2 + r/2)/pi^(1/2)", ("0 < 3/2 + r/2",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "3/2", "c": "1/(2*scale^2)", "p": "2"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, section 18.10",
)
