"""Closed forms of the families of vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S, binomial, log, oo, pi

from ..language.errors import InvalidValue, NoClosedForm
from .special import ln_gamma, psi

__all__ = ["MULTIVARIATE"]

_MOST_TERMS = 300
"""Terms of the sum for E log k! of a multinomial law."""

Cross = Callable[[dict[str, Any], dict[str, Any]], Any]


def _measured(cross: Cross, size: str | None) -> Callable[[str, Any, Any], tuple[Any, str]]:
    """Return a function from two laws of one family to a measure, by the cross-entropy."""

    def found(measure: str, P: Any, Q: Any) -> tuple[Any, str]:
        p, q = (dict(zip((a.name for a in law.family.parameters), law.values, strict=True)) for law in (P, Q))
        if size is not None and p[size].shape != q[size].shape:
            raise InvalidValue(f"expected {size} of one size, got {p[size].shape} and {q[size].shape}")
        if measure == "divergence" and p == q:
            return S.Zero, "the two distributions are equal"
        value = cross(p, p if measure == "entropy" else q)
        if measure == "divergence" and value != oo:
            value -= cross(p, p)
        reason = (
            "the first distribution has values where the second one has none"
            if value == oo
            else "the means of the log-densities"
        )
        return value, reason

    return found


def _normal(p: dict[str, Any], q: dict[str, Any]) -> Any:
    inverse, gap = q["cov"].inv(), p["mean"] - q["mean"]
    quadratic = (inverse * p["cov"]).trace() + (gap.T * inverse * gap)[0]
    return (len(gap) * log(2 * pi) + log(q["cov"].det()) + quadratic) / 2


def _dirichlet(p: dict[str, Any], q: dict[str, Any]) -> Any:
    a, b = list(p["alpha"]), list(q["alpha"])
    total = psi(sum(a, S.Zero))
    return sum((ln_gamma(y) - (y - 1) * (psi(x) - total) for x, y in zip(a, b, strict=True)), S.Zero) - ln_gamma(
        sum(b, S.Zero)
    )


def _multinomial(p: dict[str, Any], q: dict[str, Any]) -> Any:
    n, a, b = p["n"], list(p["p"]), list(q["p"])
    if n != q["n"] or (n != 0 and any(x != 0 and y == 0 for x, y in zip(a, b, strict=True))):
        return oo
    if not n.is_Integer or n > _MOST_TERMS:
        raise NoClosedForm(f"a sum over the counts needs a number up to {_MOST_TERMS} as n, got {n}")
    log_factorials = (
        binomial(n, k) * x**k * (1 - x) ** (n - k) * ln_gamma(S(k) + 1) for x in a for k in range(2, int(n) + 1)
    )
    return (
        sum(log_factorials, S.Zero)
        - ln_gamma(n + 1)
        - n * sum((x * log(y) for x, y in zip(a, b, strict=True) if x != 0), S.Zero)
    )


def _multinomial_measure(measure: str, P: Any, Q: Any) -> tuple[Any, str]:
    general = _measured(_multinomial, "p")
    n, a = P.values
    if measure != "divergence" or P.values == Q.values:
        return general(measure, P, Q)
    m, b = Q.values
    if a.shape != b.shape:
        return general(measure, P, Q)
    if n != m or (n != 0 and any(x != 0 and y == 0 for x, y in zip(a, b, strict=True))):
        return oo, "the first distribution has values where the second one has none"
    return n * sum(
        (x * log(x / y) for x, y in zip(a, b, strict=True) if x != 0), S.Zero
    ), "the means of the log-densities"


def _ln_gamma_d(d: int, x: Any) -> Any:
    return S(d * (d - 1)) / 4 * log(pi) + sum((ln_gamma(x - S(j) / 2) for j in range(d)), S.Zero)


def _psi_d(d: int, x: Any) -> Any:
    return sum((psi(x - S(j) / 2) for j in range(d)), S.Zero)


def _wishart(p: dict[str, Any], q: dict[str, Any]) -> Any:
    d, n = q["scale"].shape[0], q["df"]
    mean_log = _psi_d(d, p["df"] / 2) + d * log(2) + log(p["scale"].det())
    norm = n * d * log(2) / 2 + n * log(q["scale"].det()) / 2 + _ln_gamma_d(d, n / 2)
    return norm - (n - d - 1) / 2 * mean_log + p["df"] * (q["scale"].inv() * p["scale"]).trace() / 2


def _inverse_wishart(p: dict[str, Any], q: dict[str, Any]) -> Any:
    d, n = q["scale"].shape[0], q["df"]
    mean_log = log(p["scale"].det()) - _psi_d(d, p["df"] / 2) - d * log(2)
    norm = n * d * log(2) / 2 - n * log(q["scale"].det()) / 2 + _ln_gamma_d(d, n / 2)
    return norm + (n + d + 1) / 2 * mean_log + p["df"] * (q["scale"] * p["scale"].inv()).trace() / 2


def _normal_gamma(p: dict[str, Any], q: dict[str, Any]) -> Any:
    mean_log, mean = psi(p["shape"]) - log(p["rate"]), p["shape"] / p["rate"]
    square = 1 / p["precision_scale"] + mean * (p["mean"] - q["mean"]) ** 2
    normal = (log(2 * pi) - log(q["precision_scale"]) - mean_log + q["precision_scale"] * square) / 2
    gamma = ln_gamma(q["shape"]) - q["shape"] * log(q["rate"]) - (q["shape"] - 1) * mean_log + q["rate"] * mean
    return normal + gamma


MULTIVARIATE: dict[str, Callable[[str, Any, Any], tuple[Any, str]]] = {
    "MultivariateNormal": _measured(_normal, "mean"),
    "Dirichlet": _measured(_dirichlet, "alpha"),
    "Multinomial": _multinomial_measure,
    "Wishart": _measured(_wishart, "scale"),
    "InverseWishart": _measured(_inverse_wishart, "scale"),
    "NormalGamma": _measured(_normal_gamma, None),
}
"""From each family of vectors or matrices to its measures."""
