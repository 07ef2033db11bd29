"""The Gumbel distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["GUMBEL"]

GUMBEL = ParametricFamily(
    name="Gumbel",
    title="Gumbel distribution",
    parameters=(Parameter("loc", "real"), Parameter("scale")),
    domain="reals",
    density="exp(-((x - loc)/scale) - exp(-((x - loc)/scale)))/scale",
    log_density=(
        ("1", "loc/scale - log(scale)"),
        ("x", "-(1/scale)"),
        ("exp(-(1/scale)*x)", "-exp(loc/scale)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "loc - scale*digamma(1)"),
        Mean("own_mean", "exp(-(1/scale)*x)", "exp(-(loc/scale))"),
        Mean("exp_mean", "exp(r*x)", "exp(r*loc)*Gamma(1 - scale*r)", ("0 < 1 - scale*r",)),
    ),
    carrier=Product(
        "line_gamma_int",
        {"a": "1", "c": "exp(loc/scale)", "k": "-(1/scale)"},
        "line_gamma_exp_int",
        {"x": "line_gamma_mean_int"},
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 22",
    identities=(("exp(-((x - loc)/scale))", "exp(loc/scale)*exp(-(1/scale)*x)"),),
)
