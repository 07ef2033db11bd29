"""The log-normal distribution."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LOG_NORMAL"]

_AT = {"m": "mu", "s": "sigma"}
_LOG = Piece("int_log")

LOG_NORMAL = ParametricFamily(
    name="LogNormal",
    title="log-normal distribution",
    parameters=(Parameter("mu", "real"), Parameter("sigma")),
    domain="(0, oo)",
    density="exp(-((log(x) - mu)^2/(2*sigma^2)))/(x*sigma*(2*pi)^(1/2))",
    log_density=(
        ("1", "-(mu^2/(2*sigma^2)) - log(sigma) - log(2)/2 - log(pi)/2"),
        ("log(x)", "mu/sigma^2 - 1"),
        ("log(x)^2", "-(1/(2*sigma^2))"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "exp(mu + sigma^2/2)"),
        Mean("log_mean", "log(x)", "mu"),
        Mean("log_square_mean", "log(x)^2", "mu^2 + sigma^2"),
        Mean("power_mean", "x^r", "exp(r*mu + r^2*sigma^2/2)"),
    ),
    carrier=Combined(
        {
            "total": (Piece("normal_total", _AT, change=_LOG),),
            "log_mean": (Piece("normal_mean", _AT, change=_LOG),),
            "log_square_mean": (Piece("normal_square_mean", _AT, change=_LOG),),
            "power_mean": (Piece("normal_exp_mean", {**_AT, "t": "r"}, change=_LOG),),
        }
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 14",
)
