"""The exponential distribution."""

from __future__ import annotations

from .carriers import Piece, Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["EXPONENTIAL"]

EXPONENTIAL = ParametricFamily(
    name="Exponential",
    title="exponential distribution",
    parameters=(Parameter("rate"),),
    domain="(0, oo)",
    density="rate*exp(-(rate*x))",
    log_density=(
        ("1", "log(rate)"),
        ("x", "-rate"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "1/rate"),
        Mean("square_mean", "x^2", "2/rate^2"),
        Mean("log_mean", "log(x)", "digamma(1) - log(rate)"),
        Mean("power_mean", "x^r", "Gamma(1 + r)/rate^r", ("0 < 1 + r",)),
        Mean("exp_mean", "exp(t*x)", "rate/(rate - t)", ("0 < rate - t",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "1", "c": "rate", "p": "1"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
        {"exp_mean": (Piece("exponential_total", {"c": "rate - t"}, "rate/(rate - t)"),)},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 19",
    spelled={"rate": "c"},
    known=("total",),
)
