"""The log-logistic distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LOG_LOGISTIC"]

LOG_LOGISTIC = ParametricFamily(
    name="LogLogistic",
    title="log-logistic distribution",
    parameters=(Parameter("scale"), Parameter("shape")),
    domain="(0, oo)",
    density="shape/scale^shape*x^(shape - 1)*(1 + x^shape/scale^shape)^(-2)",
    log_density=(
        ("1", "log(shape) - shape*log(scale)"),
        ("log(x)", "shape - 1"),
        ("log(1 + 1/scale^shape*x^shape)", "-2"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("own_mean", "log(1 + 1/scale^shape*x^shape)", "1"),
        Mean("log_mean", "log(x)", "log(scale)"),
        Mean(
            "power_mean",
            "x^r",
            "scale^r*Gamma(1 + r/shape)*Gamma(1 - r/shape)",
            ("0 < 1 + r/shape", "0 < 1 - r/shape"),
        ),
        Mean(
            "other_mean",
            "log(1 + 1/r^shape*x^shape)",
            "scale^shape*(shape*(log(scale) - log(r)))/(scale^shape - r^shape)",
            ("0 < r", "scale != r"),
        ),
    ),
    carrier=Product(
        "beta_prime_int",
        {"a": "1", "b": "1", "c": "1/scale^shape", "p": "shape", "s": "scale"},
        "beta_prime_mean_int",
        {
            "log(x)": "beta_prime_log_int",
            "log(1 + 1/scale^shape*x^shape)": "beta_prime_log_one_add_int",
            "log(1 + 1/r^shape*x^shape)": "log_logistic_log_ratio_int",
        },
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, section 23.11",
    shared={"shape": "shape"},
)
