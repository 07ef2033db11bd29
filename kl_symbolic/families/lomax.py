"""The Lomax distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LOMAX"]

LOMAX = ParametricFamily(
    name="Lomax",
    title="Lomax distribution",
    parameters=(Parameter("shape"), Parameter("scale")),
    domain="(0, oo)",
    density="shape/scale*(1 + x/scale)^(-shape - 1)",
    log_density=(
        ("1", "log(shape) - log(scale)"),
        ("log(1 + 1/scale*x)", "-shape - 1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "scale/(shape - 1)", ("1 < shape",)),
        Mean("square_mean", "x^2", "2*scale^2/((shape - 1)*(shape - 2))", ("2 < shape",)),
        Mean("own_mean", "log(1 + 1/scale*x)", "1/shape"),
        Mean("log_mean", "log(x)", "log(scale) + digamma(1) - digamma(shape)"),
        Mean(
            "power_mean",
            "x^r",
            "scale^r*Gamma(1 + r)*Gamma(shape - r)/Gamma(shape)",
            ("0 < 1 + r", "0 < shape - r"),
        ),
    ),
    carrier=Product(
        "beta_prime_int",
        {"a": "1", "b": "shape", "c": "1/scale", "p": "1"},
        "beta_prime_mean_int",
        {"log(x)": "beta_prime_log_int", "log(1 + 1/scale*x)": "beta_prime_log_one_add_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, section 20.3",
    shared={"scale": "scale"},
)
