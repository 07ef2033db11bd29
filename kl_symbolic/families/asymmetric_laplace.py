"""The asymmetric Laplace distribution."""

from __future__ import annotations

from .carriers import Combined, Piece
from .family import Mean, Parameter, ParametricFamily

__all__ = ["ASYMMETRIC_LAPLACE"]

_ABOVE = {"m": "loc", "c": "kappa/scale"}
_BELOW = {"m": "loc", "c": "1/(kappa*scale)"}
_FACTOR = "1/(scale*(kappa + 1/kappa))"

ASYMMETRIC_LAPLACE = ParametricFamily(
    name="AsymmetricLaplace",
    title="asymmetric Laplace distribution",
    parameters=(Parameter("loc", "real"), Parameter("scale"), Parameter("kappa")),
    domain="reals",
    density=(
        "exp(-((kappa + 1/kappa)/(2*scale)*abs(x - loc)) - (kappa - 1/kappa)/(2*scale)*(x - loc))"
        "/(scale*(kappa + 1/kappa))"
    ),
    log_density=(
        ("1", "(kappa - 1/kappa)/(2*scale)*loc - log(scale) - log(kappa + 1/kappa)"),
        ("x", "-((kappa - 1/kappa)/(2*scale))"),
        ("abs(x - loc)", "-((kappa + 1/kappa)/(2*scale))"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("mean", "x", "loc + scale*(1/kappa - kappa)"),
        Mean("square_mean", "x^2", "(loc + scale*(1/kappa - kappa))^2 + scale^2*(1/kappa^2 + kappa^2)"),
        Mean("own_mean", "abs(x - loc)", "scale*(1/kappa^2 + kappa^2)/(kappa + 1/kappa)"),
        Mean(
            "exp_mean",
            "exp(t*x)",
            "exp(t*loc)/((1 - scale*t/kappa)*(1 + scale*t*kappa))",
            ("0 < 1 - scale*t/kappa", "0 < 1 + scale*t*kappa"),
        ),
    ),
    carrier=Combined(
        {
            "total": (Piece("exp_above_int", _ABOVE, _FACTOR),),
            "mean": (Piece("exp_above_mean_int", _ABOVE, _FACTOR), Piece("exp_above_int", _ABOVE, f"{_FACTOR}*loc")),
            "square_mean": (
                Piece("exp_above_square_int", _ABOVE, _FACTOR),
                Piece("exp_above_mean_int", _ABOVE, f"{_FACTOR}*(2*loc)"),
                Piece("exp_above_int", _ABOVE, f"{_FACTOR}*loc^2"),
            ),
            "own_mean": (Piece("exp_above_mean_int", _ABOVE, _FACTOR),),
            "exp_mean": (
                Piece("exp_above_int", {"m": "loc", "c": "(1 - scale*t/kappa)*kappa/scale"}, f"{_FACTOR}*exp(t*loc)"),
            ),
        },
        below={
            "total": (Piece("exp_below_int", _BELOW, _FACTOR),),
            "mean": (
                Piece("exp_below_mean_int", _BELOW, f"-{_FACTOR}"),
                Piece("exp_below_int", _BELOW, f"{_FACTOR}*loc"),
            ),
            "square_mean": (
                Piece("exp_below_square_int", _BELOW, _FACTOR),
                Piece("exp_below_mean_int", _BELOW, f"-({_FACTOR}*(2*loc))"),
                Piece("exp_below_int", _BELOW, f"{_FACTOR}*loc^2"),
            ),
            "own_mean": (Piece("exp_below_mean_int", _BELOW, _FACTOR),),
            "exp_mean": (
                Piece("exp_below_int", {"m": "loc", "c": "(1 + scale*t*kappa)/(kappa*scale)"}, f"{_FACTOR}*exp(t*loc)"),
            ),
        },
        end="loc",
    ),
    source="S. Kotz, T. J. Kozubowski and K. Podgórski, The Laplace Distribution, Birkhäuser 2001, section 3.1",
    shared={"loc": "loc"},
)
