"""The arcsine distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["ARCSINE"]

ARCSINE = ParametricFamily(
    name="Arcsine",
    title="arcsine distribution",
    parameters=(Parameter("low", "real"), Parameter("high", "real")),
    domain="(low, high)",
    density="1/(pi*((x - low)*(high - x))^(1/2))",
    log_density=(
        ("1", "-log(pi)"),
        ("log(x - low)", "-1/2"),
        ("log(high - x)", "-1/2"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "(low + high)/2"),
        Mean("square_mean", "x^2", "(3*low^2 + 2*low*high + 3*high^2)/8"),
        Mean("low_log_mean", "log(x - low)", "log(high - low) + digamma(1/2) - digamma(1)"),
        Mean("high_log_mean", "log(high - x)", "log(high - low) + digamma(1/2) - digamma(1)"),
        Mean("power_mean", "(x - low)^r", "(high - low)^r*Gamma(1/2 + r)/(pi^(1/2)*Gamma(1 + r))", ("0 < 1/2 + r",)),
    ),
    carrier=Product(
        "interval_beta_int",
        {"a": "low", "b": "high", "k": "1/2", "l": "1/2"},
        "interval_beta_power_int",
        {
            "x": "interval_beta_mean_int",
            "x^2": "interval_beta_square_int",
            "log(x - low)": "interval_beta_low_log_int",
            "log(high - x)": "interval_beta_high_log_int",
        },
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, section 25.1",
    conditions=("low < high",),
    shared={"low": "low", "high": "high"},
)
