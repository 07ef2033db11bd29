"""The Lindley distribution."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LINDLEY"]

_AT = {"m": "0", "c": "theta"}
_FACTOR = "theta^2/(1 + theta)"

LINDLEY = ParametricFamily(
    name="Lindley",
    title="Lindley distribution",
    parameters=(Parameter("theta"),),
    domain="(0, oo)",
    density="theta^2/(1 + theta)*(1 + x)*exp(-(theta*x))",
    log_density=(
        ("1", "2*log(theta) - log(1 + theta)"),
        ("x", "-theta"),
        ("log(1 + x)", "1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "(theta + 2)/(theta*(theta + 1))"),
    ),
    carrier=Combined(
        {
            "total": (Piece("exp_above_int", _AT, _FACTOR), Piece("exp_above_mean_int", _AT, _FACTOR)),
            "mean": (Piece("exp_above_mean_int", _AT, _FACTOR), Piece("exp_above_square_int", _AT, _FACTOR)),
        }
    ),
    source="M. E. Ghitany, B. Atieh and S. Nadarajah, Mathematics and Computers in Simulation 78 (2008), 493–506",
    closed_entropy=False,
)
