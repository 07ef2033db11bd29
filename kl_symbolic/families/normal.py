"""The normal distribution."""

from __future__ import annotations

from .family import Mean, Parameter, ParametricFamily

__all__ = ["NORMAL"]

NORMAL = ParametricFamily(
    name="Normal",
    title="normal distribution",
    parameters=(Parameter("mean", "real"), Parameter("std")),
    domain="reals",
    density="exp(-((x - mean)^2/(2*std^2)))/(std*(2*pi)^(1/2))",
    log_density=(
        ("1", "-(mean^2/(2*std^2)) - log(std) - log(2)/2 - log(pi)/2"),
        ("x", "mean/std^2"),
        ("x^2", "-(1/(2*std^2))"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "mean"),
        Mean("square_mean", "x^2", "mean^2 + std^2"),
        Mean("exp_mean", "exp(t*x)", "exp(t*mean + t^2*std^2/2)"),
    ),
    carrier=None,
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 13",
    spelled={"mean": "m", "std": "s"},
    known=("total", "mean", "square_mean", "exp_mean"),
)
