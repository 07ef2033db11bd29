"""The semicircle distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["SEMICIRCLE"]

SEMICIRCLE = ParametricFamily(
    name="Semicircle",
    title="semicircle distribution",
    parameters=(Parameter("radius"),),
    domain="(-radius, radius)",
    density="2*((x + radius)*(radius - x))^(1/2)/(pi*radius^2)",
    log_density=(
        ("1", "log(2) - log(pi) - 2*log(radius)"),
        ("log(x + radius)", "1/2"),
        ("log(radius - x)", "1/2"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "0"),
        Mean("square_mean", "x^2", "radius^2/4"),
        Mean("low_log_mean", "log(x + radius)", "log(2*radius) + 1/2 + digamma(1/2) - digamma(1)"),
        Mean("high_log_mean", "log(radius - x)", "log(2*radius) + 1/2 + digamma(1/2) - digamma(1)"),
    ),
    carrier=Product(
        "interval_beta_int",
        {"a": "-radius", "b": "radius", "k": "3/2", "l": "3/2"},
        logs={
            "x": "interval_beta_mean_int",
            "x^2": "interval_beta_square_int",
            "log(x + radius)": "interval_beta_low_log_int",
            "log(radius - x)": "interval_beta_high_log_int",
        },
    ),
    source="E. Wigner, Characteristic vectors of bordered matrices with infinite dimensions, "
    "Annals of Mathematics 62 (1955), 548–564",
    shared={"radius": "radius"},
)
