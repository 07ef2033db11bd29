"""The chi-squared distribution."""

from __future__ import annotations

from .carriers import Piece, Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["CHI_SQUARED"]

CHI_SQUARED = ParametricFamily(
    name="ChiSquared",
    title="chi-squared distribution",
    parameters=(Parameter("df"),),
    domain="(0, oo)",
    density="x^(df/2 - 1)*exp(-(x/2))/(2^(df/2)*Gamma(df/2))",
    log_density=(
        ("1", "-(df/2*log(2)) - log(Gamma(df/2))"),
        ("log(x)", "df/2 - 1"),
        ("x", "-(1/2)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "df"),
        Mean("square_mean", "x^2", "df*(df + 2)"),
        Mean("inverse_mean", "1/x", "1/(df - 2)", ("2 < df",)),
        Mean("log_mean", "log(x)", "digamma(df/2) + log(2)"),
        Mean("power_mean", "x^r", "2^r*Gamma(df/2 + r)/Gamma(df/2)", ("0 < df/2 + r",)),
        Mean("exp_mean", "exp(t*x)", "1/(1 - 2*t)^(df/2)", ("0 < 1 - 2*t",)),
    ),
    carrier=Product(
        "power_gamma_int",
        {"a": "df/2", "c": "1/2", "p": "1"},
        "power_gamma_mean_int",
        {"log(x)": "power_gamma_log_int"},
        {
            "exp_mean": (
                Piece("power_gamma_int", {"a": "df/2", "c": "(1 - 2*t)/2", "p": "1"}, "1/(2^(df/2)*Gamma(df/2))"),
            )
        },
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 18",
)
