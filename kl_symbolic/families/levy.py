"""The Lévy distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LEVY"]

LEVY = ParametricFamily(
    name="Levy",
    title="Lévy distribution",
    parameters=(Parameter("scale"),),
    domain="(0, oo)",
    density="(scale/(2*pi))^(1/2)*x^(-(3/2))*exp(-(scale/(2*x)))",
    log_density=(
        ("1", "log(scale)/2 - log(2)/2 - log(pi)/2"),
        ("log(x)", "-(3/2)"),
        ("1/x", "-(scale/2)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("inverse_mean", "1/x", "1/scale"),
        Mean("log_mean", "log(x)", "log(scale) - log(2) - digamma(1/2)"),
        Mean("power_mean", "x^r", "(scale/2)^r*Gamma(1/2 - r)/pi^(1/2)", ("0 < 1/2 - r",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "1/2", "c": "scale/2", "p": "-1"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="W. Feller, An Introduction to Probability Theory and Its Applications 2, 2nd ed., Wiley 1971, section II.4",
)
