"""The integrals of Γ and Beta with a further power: they are the same integrals at other parameters."""

from __future__ import annotations

from collections.abc import Mapping

from ...kernel.statements import eq, lt
from ...kernel.terms import Node, num, substitute
from ...language.rewriting import replace
from ...proving.builder import Fact, hole
from ...proving.calc import Draft, derivation
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, with_value
from ...proving.tactics import prove


def shifted(d: Draft, name: str, by: Mapping[str, str], factor: str, *given: str) -> None:
    """Show an integral with a factor from the one without it, at other parameters."""
    p, lemma = d.p, d.p.lemma(name)
    d.numbers(" ".join(n for n in lemma.scope))
    d.numbers("r")
    d.given(*lemma.hypotheses, *given)
    values = {n: p.term(by.get(n, n)) for n in lemma.scope}
    premises: list[Fact] = [prove(p, substitute(h, values)) for h in lemma.hypotheses]
    base = d.show(p.cite(name, values, premises), "the integral at other parameters")
    plain = p.cite(name, {n: p.term(n) for n in lemma.scope}, [prove(p, h) for h in lemma.hypotheses])
    on = Points(p, base.statement.args[0])
    body = p.term(factor) * integrand(on, plain)
    facts = [*on.inside, *p.known]
    if "p" in lemma.scope and on.domain.op == "open":
        k = p.term("p")
        less = p.cite("rpow_lt_one", {"p": k, "x": on.x}, [*on.inside, p.known[2]])
        facts.append(p.order(lt(0, 1 - less.left), [(1, 1, less)]))
    whole = congruent(on, base, body, equal_by_logs(p, integrand(on, base), body, facts))
    if "b" in by:
        old = base.statement.args[2]
        sum_of_both = Node("Gamma", None, (values["a"] + values["b"],))
        inner = p.field(eq(values["a"] + values["b"], p.term("a + b")), p.known[3])
        same = p.congr(replace(old, sum_of_both, Node("Gamma", None, (hole(),))), inner)
        whole = with_value(p, whole, same.right, same)
    d.show(whole, "collect the powers")


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
