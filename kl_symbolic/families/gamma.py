"""The gamma distribution."""

from __future__ import annotations

from .carriers import Piece, Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["GAMMA"]

GAMMA = ParametricFamily(
    name="Gamma",
    title="gamma distribution",
    parameters=(Parameter("shape"), Parameter("rate")),
    domain="(0, oo)",
    density="rate^shape/Gamma(shape)*x^(shape - 1)*exp(-(rate*x))",
    log_density=(
        ("1", "shape*log(rate) - log(Gamma(shape))"),
        ("log(x)", "shape - 1"),
        ("x", "-rate"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "shape/rate"),
        Mean("square_mean", "x^2", "shape*(shape + 1)/rate^2"),
        Mean("log_mean", "log(x)", "digamma(shape) - log(rate)"),
        Mean("inverse_mean", "1/x", "rate/(shape - 1)", ("1 < shape",)),
        Mean("power_mean", "x^r", "Gamma(shape + r)/(rate^r*Gamma(shape))", ("0 < shape + r",)),
        Mean("exp_mean", "exp(t*x)", "rate^shape/(rate - t)^shape", ("0 < rate - t",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "shape", "c": "rate", "p": "1"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
        {"exp_mean": (Piece("power_gamma_int", {"a": "shape", "c": "rate - t", "p": "1"}, "rate^shape/Gamma(shape)"),)},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 17",
)
