"""The geometric distribution of the number of trials up to the first success.

The outcomes are 1, 2, …; its theorems are sums over n in ℕ, at the outcome n + 1.
"""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["GEOMETRIC_TRIALS"]

_AT = {"r": "1 - p"}

GEOMETRIC_TRIALS = ParametricFamily(
    name="GeometricTrials",
    title="geometric distribution of trials",
    parameters=(Parameter("p", "probability"),),
    domain="nats",
    density="p*(1 - p)^(x - 1)",
    log_density=(
        ("1", "log(p) - log(1 - p)"),
        ("x", "log(1 - p)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "1/p"),
    ),
    carrier=Combined(
        {
            "total": (Piece("geometric_total", _AT),),
            "mean": (Piece("geometric_mean", _AT), Piece("geometric_total", _AT)),
        }
    ),
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, section 5.2",
    first=1,
    closed=("p < 1",),
)
