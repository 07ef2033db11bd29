"""The Nakagami distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["NAKAGAMI"]

NAKAGAMI = ParametricFamily(
    name="Nakagami",
    title="Nakagami distribution",
    parameters=(Parameter("shape"), Parameter("spread")),
    domain="(0, oo)",
    density="2*shape^shape/(Gamma(shape)*spread^shape)*x^(2*shape - 1)*exp(-(shape*x^2/spread))",
    log_density=(
        ("1", "log(2) + shape*log(shape) - log(Gamma(shape)) - shape*log(spread)"),
        ("log(x)", "2*shape - 1"),
        ("x^2", "-(shape/spread)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("square_mean", "x^2", "spread"),
        Mean("log_mean", "log(x)", "(digamma(shape) - log(shape) + log(spread))/2"),
        Mean("power_mean", "x^r", "(spread/shape)^(r/2)*Gamma(shape + r/2)/Gamma(shape)", ("0 < shape + r/2",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "shape", "c": "shape/spread", "p": "2"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
    ),
    source="M. Nakagami, The m-distribution, in Statistical Methods in Radio Wave Propagation, Pergamon 1960, 3–36",
    conditions=("1/2 <= shape",),
)
