"""The Laplace distribution."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LAPLACE"]

_AT = {"m": "loc", "c": "1/scale"}
_FACTOR = "1/(2*scale)"

LAPLACE = ParametricFamily(
    name="Laplace",
    title="Laplace distribution",
    parameters=(Parameter("loc", "real"), Parameter("scale")),
    domain="reals",
    density="exp(-(abs(x - loc)/scale))/(2*scale)",
    log_density=(
        ("1", "-log(2) - log(scale)"),
        ("abs(x - loc)", "-(1/scale)"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "loc"),
        Mean("square_mean", "x^2", "loc^2 + 2*scale^2"),
        Mean("own_mean", "abs(x - loc)", "scale"),
        Mean("abs_mean", "abs(x - r)", "abs(loc - r) + scale*exp(-(abs(loc - r)/scale))"),
        Mean(
            "exp_mean", "exp(t*x)", "exp(t*loc)/((1 - scale*t)*(1 + scale*t))", ("0 < 1 - scale*t", "0 < 1 + scale*t")
        ),
    ),
    carrier=Combined(
        {
            "total": (Piece("exp_abs_int", _AT, _FACTOR),),
            "mean": (Piece("exp_abs_mean_int", _AT, _FACTOR), Piece("exp_abs_int", _AT, f"{_FACTOR}*loc")),
            "square_mean": (
                Piece("exp_abs_square_int", _AT, _FACTOR),
                Piece("exp_abs_mean_int", _AT, f"{_FACTOR}*(2*loc)"),
                Piece("exp_abs_int", _AT, f"{_FACTOR}*loc^2"),
            ),
            "own_mean": (Piece("exp_above_mean_int", _AT, _FACTOR),),
            "abs_mean": (Piece("exp_abs_distance_int", {**_AT, "r": "r"}, _FACTOR),),
            "exp_mean": (Piece("exp_above_int", {"m": "loc", "c": "(1 - scale*t)/scale"}, f"{_FACTOR}*exp(t*loc)"),),
        },
        below={
            "own_mean": (Piece("exp_below_mean_int", _AT, _FACTOR),),
            "exp_mean": (Piece("exp_below_int", {"m": "loc", "c": "(1 + scale*t)/scale"}, f"{_FACTOR}*exp(t*loc)"),),
        },
        end="loc",
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 24",
)
