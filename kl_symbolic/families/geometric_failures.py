"""The geometric distribution of the number of failures before the first success."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["GEOMETRIC_FAILURES"]

_AT = {"r": "1 - p"}

GEOMETRIC_FAILURES = ParametricFamily(
    name="GeometricFailures",
    title="geometric distribution of failures",
    parameters=(Parameter("p", "probability"),),
    domain="nats",
    density="p*(1 - p)^x",
    log_density=(
        ("1", "log(p)"),
        ("x", "log(1 - p)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "(1 - p)/p"),
    ),
    carrier=Combined({"total": (Piece("geometric_total", _AT),), "mean": (Piece("geometric_mean", _AT),)}),
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, section 5.2",
    closed=("p < 1",),
)
