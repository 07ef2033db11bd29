"""The Pareto distribution."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["PARETO"]

_FACTOR = "shape*scale^shape"

PARETO = ParametricFamily(
    name="Pareto",
    title="Pareto distribution",
    parameters=(Parameter("scale"), Parameter("shape")),
    domain="(scale, oo)",
    density="shape*scale^shape*x^(-shape - 1)",
    log_density=(
        ("1", "log(shape) + shape*log(scale)"),
        ("log(x)", "-shape - 1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "shape*scale/(shape - 1)", ("1 < shape",)),
        Mean("square_mean", "x^2", "shape*scale^2/(shape - 2)", ("2 < shape",)),
        Mean("log_mean", "log(x)", "log(scale) + 1/shape"),
        Mean("log_square_mean", "log(x)^2", "log(scale)^2 + 2*log(scale)/shape + 2/shape^2"),
        Mean("power_mean", "x^r", "shape*scale^r/(shape - r)", ("0 < shape - r",)),
    ),
    carrier=Combined(
        {
            "total": (Piece("int_power_above", {"a": "scale", "k": "shape"}, _FACTOR),),
            "log_mean": (Piece("int_power_log_above", {"a": "scale", "k": "shape"}, _FACTOR),),
            "log_square_mean": (Piece("int_power_log_square_above", {"a": "scale", "k": "shape"}, _FACTOR),),
            "power_mean": (Piece("int_power_above", {"a": "scale", "k": "shape - r"}, _FACTOR),),
        }
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 20",
)
