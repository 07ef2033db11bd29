"""The Kumaraswamy distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["KUMARASWAMY"]

KUMARASWAMY = ParametricFamily(
    name="Kumaraswamy",
    title="Kumaraswamy distribution",
    parameters=(Parameter("a"), Parameter("b")),
    domain="(0, 1)",
    density="a*b*x^(a - 1)*(1 - x^a)^(b - 1)",
    log_density=(
        ("1", "log(a) + log(b)"),
        ("log(x)", "a - 1"),
        ("log(1 - x^a)", "b - 1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("own_mean", "log(1 - x^a)", "-(1/b)"),
        Mean("log_mean", "log(x)", "(digamma(1) - digamma(1 + b))/a"),
        Mean("power_mean", "x^r", "Gamma(1 + r/a)*Gamma(b + 1)/Gamma(1 + r/a + b)", ("0 < 1 + r/a",)),
    ),
    carrier=Product(
        "power_beta_int",
        {"a": "1", "b": "b", "p": "a"},
        "power_beta_mean_int",
        {"log(x)": "power_beta_log_int", "log(1 - x^a)": "power_beta_log_one_sub_int"},
    ),
    source="P. Kumaraswamy, A generalized probability density function for double-bounded random processes, "
    "Journal of Hydrology 46 (1980), 79–88",
    shared={"a": "a"},
)
