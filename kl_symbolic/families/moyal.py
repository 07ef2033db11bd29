"""The Moyal distribution."""

from __future__ import annotations

from .carriers import Product
from .family import Mean, Parameter, ParametricFamily

__all__ = ["MOYAL"]

MOYAL = ParametricFamily(
    name="Moyal",
    title="Moyal distribution",
    parameters=(Parameter("loc", "real"), Parameter("scale")),
    domain="reals",
    density="exp(-((x - loc)/scale + exp(-((x - loc)/scale)))/2)/(scale*(2*pi)^(1/2))",
    log_density=(
        ("1", "loc/(2*scale) - log(scale) - log(2)/2 - log(pi)/2"),
        ("x", "-(1/(2*scale))"),
        ("exp(-(1/scale)*x)", "-(exp(loc/scale)/2)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "loc - scale*(digamma(1/2) + log(2))"),
        Mean("own_mean", "exp(-(1/scale)*x)", "exp(-(loc/scale))"),
        Mean("exp_mean", "exp(r*x)", "exp(r*loc)*Gamma(1/2 - scale*r)/(2^(scale*r)*pi^(1/2))", ("0 < 1/2 - scale*r",)),
    ),
    carrier=Product(
        "line_gamma_int",
        {"a": "1/2", "c": "exp(loc/scale)/2", "k": "-(1/scale)"},
        "line_gamma_exp_int",
        {"x": "line_gamma_mean_int"},
    ),
    source="J. E. Moyal, Theory of ionization fluctuations, Philosophical Magazine 46 (1955), 263–280",
    identities=(("exp(-((x - loc)/scale))", "exp(loc/scale)*exp(-(1/scale)*x)"),),
)
