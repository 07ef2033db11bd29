"""The Poisson distribution."""

from __future__ import annotations

from .family import Mean, Parameter, ParametricFamily

__all__ = ["POISSON"]

POISSON = ParametricFamily(
    name="Poisson",
    title="Poisson distribution",
    parameters=(Parameter("rate"),),
    domain="nats",
    density="rate^x*exp(-rate)/Gamma(x + 1)",
    log_density=(
        ("1", "-rate"),
        ("x", "log(rate)"),
        ("log(Gamma(x + 1))", "-1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "rate"),
        Mean("square_mean", "x^2", "rate + rate^2"),
    ),
    carrier=None,
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 4",
    spelled={"rate": "a"},
    known=("total", "mean", "square_mean"),
    closed_entropy=False,
)
