"""The logistic distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LOGISTIC"]

LOGISTIC = ParametricFamily(
    name="Logistic",
    title="logistic distribution",
    parameters=(Parameter("loc", "real"), Parameter("scale")),
    domain="reals",
    density="exp(-((x - loc)/scale))/(scale*(1 + exp(-((x - loc)/scale)))^2)",
    log_density=(
        ("1", "loc/scale - log(scale)"),
        ("x", "-(1/scale)"),
        ("log(1 + exp(loc/scale)*exp(-(1/scale)*x))", "-2"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "loc"),
        Mean("own_mean", "log(1 + exp(loc/scale)*exp(-(1/scale)*x))", "1"),
        Mean(
            "exp_mean",
            "exp(r*x)",
            "exp(r*loc)*Gamma(1 - scale*r)*Gamma(1 + scale*r)",
            ("0 < 1 - scale*r", "0 < 1 + scale*r"),
        ),
        Mean(
            "other_mean",
            "log(1 + exp(r/scale)*exp(-(1/scale)*x))",
            "exp(r/scale)*(r/scale - loc/scale)/(exp(r/scale) - exp(loc/scale))",
            ("loc != r",),
        ),
    ),
    carrier=Product(
        "line_beta_int",
        {"a": "1", "b": "1", "c": "exp(loc/scale)", "k": "-(1/scale)", "m": "loc", "s": "scale"},
        "line_beta_exp_int",
        {
            "x": "line_beta_mean_int",
            "log(1 + exp(loc/scale)*exp(-(1/scale)*x))": "line_beta_log_one_add_int",
            "log(1 + exp(r/scale)*exp(-(1/scale)*x))": "logistic_log_ratio_int",
        },
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 23",
    shared={"scale": "scale"},
    identities=(
        ("exp(-((x - loc)/scale))", "exp(loc/scale)*exp(-(1/scale)*x)"),
        ("log(1 + exp(-((x - loc)/scale)))", "log(1 + exp(loc/scale)*exp(-(1/scale)*x))"),
    ),
)
