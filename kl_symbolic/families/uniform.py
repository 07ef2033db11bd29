"""The uniform distribution on an interval."""

from __future__ import annotations

from .carriers import Combination, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["UNIFORM"]

_ENDS = {"a": "low", "b": "high"}
_WIDTH = "1/(high - low)"

UNIFORM = ParametricFamily(
    name="Uniform",
    title="uniform distribution",
    parameters=(Parameter("low", "real"), Parameter("high", "real")),
    domain="(low, high)",
    density=_WIDTH,
    log_density=(("1", "-log(high - low)"),),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "(low + high)/2"),
        Mean("square_mean", "x^2", "(low^2 + low*high + high^2)/3"),
        Mean("log_mean", "log(x)", "(high*log(high) - low*log(low))/(high - low) - 1", ("0 < low",)),
        Mean("log_mean_from_zero", "log(x)", "high*log(high)/(high - low) - high/(high - low)", ("low = 0",)),
        Mean(
            "log_square_mean",
            "log(x)^2",
            "(high*(log(high)^2 - 2*log(high) + 2) - low*(log(low)^2 - 2*log(low) + 2))/(high - low)",
            ("0 < low",),
        ),
        Mean(
            "log_square_mean_from_zero", "log(x)^2", "high*(log(high)^2 - 2*log(high) + 2)/(high - low)", ("low = 0",)
        ),
        Mean("inverse_mean", "1/x", "(log(high) - log(low))/(high - low)", ("0 < low",)),
        Mean("power_mean", "x^r", "(high^(r + 1) - low^(r + 1))/((r + 1)*(high - low))", ("0 < low", "r + 1 != 0")),
        Mean("power_mean_from_zero", "x^r", "high^(r + 1)/((r + 1)*(high - low))", ("low = 0", "0 < r + 1")),
        Mean("exp_mean", "exp(t*x)", "(exp(t*high) - exp(t*low))/(t*(high - low))", ("t != 0",)),
    ),
    carrier=Combination(
        {
            "total": (Piece("int_one", _ENDS, _WIDTH),),
            "mean": (Piece("int_id", _ENDS, _WIDTH),),
            "square_mean": (Piece("int_square_id", _ENDS, _WIDTH),),
            "log_mean": (Piece("int_log_between", _ENDS, _WIDTH),),
            "log_mean_from_zero": (Piece("int_log_from_zero", _ENDS, _WIDTH),),
            "log_square_mean": (Piece("int_log_square_between", _ENDS, _WIDTH),),
            "log_square_mean_from_zero": (Piece("int_log_square_from_zero", _ENDS, _WIDTH),),
            "inverse_mean": (Piece("int_reciprocal", _ENDS, _WIDTH),),
            "power_mean": (Piece("int_power_between", {**_ENDS, "k": "r + 1"}, _WIDTH),),
            "power_mean_from_zero": (Piece("int_power", {**_ENDS, "k": "r + 1"}, _WIDTH),),
            "exp_mean": (Piece("int_exp", {**_ENDS, "k": "t"}, _WIDTH),),
        }
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 26",
    conditions=("low < high",),
)
