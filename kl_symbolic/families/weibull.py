"""The Weibull distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["WEIBULL"]

WEIBULL = ParametricFamily(
    name="Weibull",
    title="Weibull distribution",
    parameters=(Parameter("shape"), Parameter("scale")),
    domain="(0, oo)",
    density="shape/scale^shape*x^(shape - 1)*exp(-(x^shape/scale^shape))",
    log_density=(
        ("1", "log(shape) - shape*log(scale)"),
        ("log(x)", "shape - 1"),
        ("x^shape", "-(1/scale^shape)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("own_mean", "x^shape", "scale^shape"),
        Mean("log_mean", "log(x)", "log(scale) + digamma(1)/shape"),
        Mean("power_mean", "x^r", "scale^r*Gamma(1 + r/shape)", ("0 < 1 + r/shape",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "1", "c": "1/scale^shape", "p": "shape"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 21",
)
