"""The integrals of Γ and Beta with a further power: they are the same integrals at other parameters."""

from __future__ import annotations

from ...kernel.terms import num
from ...proving.calc import Draft, derivation
from ...proving.integrals import Points, congruent, equal_by_logs, integrand
from ..euler_notation import shifted


@derivation("gamma_one")
def gamma_one(d: Draft) -> None:
    """The value of Γ at 1: the integral of exp(−x)."""
    p = d.p
    one, on = num(1), Points(p, "(0, oo)")
    positive = p.pos("0 < 1")
    base = p.scheme("gamma_int", {"a": one}, [positive])
    total = p.cite("exponential_total", {"c": one}, [positive])
    body = integrand(on, total)
    same = congruent(on, base, body, equal_by_logs(p, integrand(on, base), body, on.inside))
    values = {"D": on.domain, "f": on.function(body), "u": base.statement.args[2], "v": one}
    d.show(p.cite("int_unique", values, [same, total]), "both are the integral of `exp(-x)`")


@derivation("power_gamma_mean_int")
def power_gamma_mean_int(d: Draft) -> None:
    """The integral of Euler in a power, with a further power."""
    shifted(d, "power_gamma_int", {"a": "a + r/p"}, "x^r", "0 < a + r/p")


@derivation("line_gamma_exp_int")
def line_gamma_exp_int(d: Draft) -> None:
    """The integral of Euler on the line, with a further exponential."""
    shifted(d, "line_gamma_int", {"a": "a + r/k"}, "exp(r*x)", "0 < a + r/k")


@derivation("power_beta_mean_int")
def power_beta_mean_int(d: Draft) -> None:
    """The integral of Beta in a power, with a further power."""
    shifted(d, "power_beta_int", {"a": "a + r/p"}, "x^r", "0 < a + r/p")


@derivation("beta_prime_mean_int")
def beta_prime_mean_int(d: Draft) -> None:
    """The integral of Beta on the half-line, with a further power."""
    shifted(d, "beta_prime_int", {"a": "a + r/p", "b": "b - r/p"}, "x^r", "0 < a + r/p", "0 < b - r/p")


@derivation("line_beta_exp_int")
def line_beta_exp_int(d: Draft) -> None:
    """The integral of Beta on the line, with a further exponential."""
    shifted(d, "line_beta_int", {"a": "a + r/k", "b": "b - r/k"}, "exp(r*x)", "0 < a + r/k", "0 < b - r/k")
