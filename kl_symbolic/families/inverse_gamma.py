"""The inverse gamma distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["INVERSE_GAMMA"]

INVERSE_GAMMA = ParametricFamily(
    name="InverseGamma",
    title="inverse gamma distribution",
    parameters=(Parameter("shape"), Parameter("scale")),
    domain="(0, oo)",
    density="scale^shape/Gamma(shape)*x^(-shape - 1)*exp(-(scale/x))",
    log_density=(
        ("1", "shape*log(scale) - log(Gamma(shape))"),
        ("log(x)", "-shape - 1"),
        ("1/x", "-scale"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "scale/(shape - 1)", ("1 < shape",)),
        Mean("inverse_mean", "1/x", "shape/scale"),
        Mean("log_mean", "log(x)", "log(scale) - digamma(shape)"),
        Mean("power_mean", "x^r", "scale^r*Gamma(shape - r)/Gamma(shape)", ("0 < shape - r",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "shape", "c": "scale", "p": "-1"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, section 17.8",
)
