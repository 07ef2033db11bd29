"""The log-uniform distribution, whose logarithm is uniform."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["LOG_UNIFORM"]

_ENDS = {"a": "low", "b": "high"}
_WIDTH = "1/(log(high) - log(low))"
_LOG = Piece("int_log_change_open", _ENDS)

LOG_UNIFORM = ParametricFamily(
    name="LogUniform",
    title="log-uniform distribution",
    parameters=(Parameter("low"), Parameter("high")),
    domain="(low, high)",
    density="1/(x*(log(high) - log(low)))",
    log_density=(
        ("1", "-log(log(high) - log(low))"),
        ("log(x)", "-1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "(high - low)/(log(high) - log(low))"),
        Mean("log_mean", "log(x)", "(log(low) + log(high))/2"),
        Mean("log_square_mean", "log(x)^2", "(log(low)^2 + log(low)*log(high) + log(high)^2)/3"),
        Mean("power_mean", "x^r", "(high^r - low^r)/(r*(log(high) - log(low)))", ("r != 0",)),
    ),
    carrier=Combined(
        {
            "total": (Piece("int_reciprocal", _ENDS, _WIDTH),),
            "log_mean": (Piece("int_reciprocal_log", _ENDS, _WIDTH),),
            "log_square_mean": (Piece("int_square_id", {"a": "log(low)", "b": "log(high)"}, _WIDTH, _LOG),),
            "power_mean": (Piece("int_power_between", {**_ENDS, "k": "r"}, _WIDTH),),
        },
    ),
    source="N. Hamming, On the distribution of numbers, Bell System Technical Journal 49 (1970), 1609–1625",
    conditions=("low < high",),
    signs=(("log_lt", _ENDS),),
)
