"""The power function distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["POWER_FUNCTION"]

POWER_FUNCTION = ParametricFamily(
    name="PowerFunction",
    title="power function distribution",
    parameters=(Parameter("shape"), Parameter("scale")),
    domain="(0, scale)",
    density="shape*x^(shape - 1)/scale^shape",
    log_density=(
        ("1", "log(shape) - shape*log(scale)"),
        ("log(x)", "shape - 1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "shape*scale/(shape + 1)"),
        Mean("square_mean", "x^2", "shape*scale^2/(shape + 2)"),
        Mean("log_mean", "log(x)", "log(scale) - 1/shape"),
        Mean("inverse_mean", "1/x", "shape/((shape - 1)*scale)", ("1 < shape",)),
        Mean("power_mean", "x^r", "shape*scale^r/(shape + r)", ("0 < shape + r",)),
        Mean("log_one_sub_mean", "log(1 - (1/scale*x)^r)", "digamma(1) - digamma(1 + shape/r)", ("0 < r",)),
    ),
    carrier=Product(
        "int_power",
        {"b": "scale", "k": "shape"},
        "int_power_mean",
        {"log(x)": "int_power_log_mean", "log(1 - (1/scale*x)^r)": "int_power_log_one_sub"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, section 25.1",
)
