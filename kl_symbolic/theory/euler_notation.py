"""Integrals of Euler: lines that the theorems about Γ and Beta share, under logarithms and in a new variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from ..kernel.statements import eq, le, lt, ne
from ..kernel.terms import Node, substitute
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft, absolute, exp, log
from ..proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, with_value
from ..proving.tactics import algebra, limit, linear, prove
from ..proving.tactics.linear import Entry
from .density_notation import HALF, member_of, natural, power, sequence


def shrinking(p: Proof, a: Node, positive: Fact, n: Node) -> tuple[Fact, Node, Fact, Fact, Fact, Fact]:
    """Return n + 1 > 0, h = a/(2·(n + 1)), that h > 0 and a − h > 0, and that h and −h tend to 0."""
    k = member_of(n) + 1
    above = p.pos(lt(0, k), natural(p, n), p.pos("0 < 1"))
    share = p.pos(lt(0, 1 / k), above, p.pos("0 < 1"))
    h = a / 2 * (1 / k)
    half = p.order(le(h, a / 2), [(HALF, 1, positive, natural(p, n), share)], above)
    left = linear(p, lt(0, a + -h), [half, positive], [above])
    tends = with_value(p, limit(p, sequence(h, n), [p.cite("limit_inv_succ", {})]), 0)
    back = with_value(p, limit(p, sequence(-h, n), [tends]), 0)
    return above, h, p.pos(lt(0, h), positive, above, p.pos("0 < 2")), left, tends, back


def log_mean(
    on: Points,
    t: Node,
    base: Fact,
    n: Node,
    step: tuple[Node, Fact],
    moments: list[Fact],
    quotients: list[Fact],
    value: Node,
) -> Fact:
    """Return ∫ log(t)·f = v from ∫ f = m, ∫ f·t^h, ∫ f·t^(−h) and the limits of both quotients, by ``log_moment``.

    Parameters
    ----------
    on : Points
    t : Node
        t(x), positive on D.
    base : Fact
        ∫ f = m, of a function that is not negative on D.
    n : Node
        The free index of the sequence h.
    step : tuple
        h at n, and that it is positive.
    moments, quotients : list of Fact
        For h and then −h: the integrals, and the limits of (u − m)/h and (m − w)/h.
    value : Node
        v.
    """
    p, (domain, f, m) = on.p, base.statement.args
    h, positive = step
    u, w = (sequence(fact.statement.args[2], n) for fact in moments)
    values = {"D": domain, "f": f, "t": on.function(t), "h": sequence(h, n), "m": m, "u": u, "w": w, "v": value}
    signs = [on.every(prove(p, claim, on.inside)) for claim in (le(0, integrand(on, base)), lt(0, t))]
    rows = [p.gen(n, fact) for fact in (positive, *moments)]
    return p.cite("log_moment", values, [*signs, rows[0], base, *rows[1:], *quotients])


@final
class NewVariable:
    """Integrals over the half-line in the variable c·x^p, or over the line in c·exp(k·x).

    Parameters
    ----------
    d : Draft
    names : str
        The names of the positive numbers: the first is a, the last is c.
    line : bool
    first : Node, optional
        a, where it is none of the names.

    Attributes
    ----------
    on : Points
        A number of the domain.
    exponent, scale : Node
        p or k, and c.
    variable : Node
        φ = c·x^p, or c·exp(k·x).
    weight : Node
        x^(p·a − 1), or exp(k·a·x): what φ^(a − 1)·φ′ is but for a factor.
    size : Node
        |p|·c^a, or |k|·c^a: the size of this factor.
    statistic : Node
        log x, or x.
    law : str
        Why ∫ statistic·… is a combination of integrals: log φ = log c + exponent·statistic.
    facts : list of Fact
        What is known of the size and of x; the caller may add to it.
    """

    def __init__(self, d: Draft, names: str, line: bool, first: Node | None = None) -> None:
        p = self.p = d.p
        self.draft = d
        self.rule = "int_exponential" if line else "int_power_change"
        self.text, parts = ("c*exp(k*x)", "log(c) + k*x") if line else ("c*x^p", "log(c) + p*log(x)")
        self.law = f"as `log({self.text}) = {parts}`"
        found = d.positive(names)
        a, self.scale = found[0] if first is None else first, found[-1]
        self.positive = p.known[-1]
        (self.exponent,) = d.numbers("k" if line else "p")
        (self.apart,) = d.given(ne(self.exponent, 0))
        self.on = Points(p, "reals" if line else "(0, oo)")
        x, e = self.on.x, self.exponent
        self.weight = exp(e * a * x) if line else power(x, e * a - 1)
        self.variable = self.scale * (exp(e * x) if line else power(x, e))
        self.statistic = x if line else log(x)
        self.size = absolute(e) * power(self.scale, a)
        size = p.cite("abs_pos", {"a": e}, [self.apart])
        self.facts = [*self.on.inside, size, prove(p, lt(0, self.size), [size]), self.apart]

    def moved(self, base: Fact) -> Fact:
        """Return ∫ f(φ)·|φ′| = v from ∫ f = v over the half-line."""
        _, f, u = base.statement.args
        values = {"c": self.scale, self.exponent.data: self.exponent, "f": f, "u": u}
        return self.p.cite(self.rule, values, [self.positive, self.apart, base])

    def kernel(self, moved: Fact, rest: Node) -> Fact:
        """Return f(φ)·|φ′| = size·(weight·rest) at x."""
        return equal_by_logs(self.p, integrand(self.on, moved), self.size * (self.weight * rest), self.facts)

    def shown(self, base: Fact) -> Fact:
        """Return and show ∫ f(φ)·|φ′| = v from ∫ f = v over the half-line."""
        return self.draft.show(self.moved(base), f"substitute `{self.text}`")

    def total(self, base: Fact, rest: Node, value: Node) -> Fact:
        """Return ∫ weight·rest = value from ∫ f."""
        moved = self.shown(base)
        facts = [(1 / self.size, self.kernel(moved, rest))]
        return self.integral([(1 / self.size, moved)], self.weight * rest, value, facts)

    def weighted(self, base: Fact, other: Fact, factor: Node, rest: Node, value: Node) -> Fact:
        """Return ∫ factor·(weight·rest) = value from ∫ f and the integral that has the factor under φ."""
        pieces = [(1 / self.size, self.shown(other))]
        facts = [(factor / self.size, self.kernel(self.moved(base), rest))]
        return self.integral(pieces, factor * (self.weight * rest), value, facts)

    def mean(self, base: Fact, logs: Fact, rest: Node, value: Node) -> Fact:
        """Return ∫ statistic·(weight·rest) = value from ∫ f and ∫ log·f, as log φ = log c + exponent·statistic."""
        e, whole, here = self.exponent, log(self.variable), log(self.scale)
        moved, other = self.shown(base), self.shown(logs)
        split = algebra(self.p, eq(whole, here + e * self.statistic), self.facts)
        scale = 1 / (self.size * e)
        facts = [((whole - here) * scale, self.kernel(moved, rest)), (self.weight * rest / e, split)]
        pieces = [(scale, other), (-(here * scale), moved)]
        return self.integral(pieces, self.statistic * (self.weight * rest), value, facts)

    def integral(self, pieces: list[tuple[Node, Fact]], body: Node, value: Node, facts: Sequence[Entry]) -> Fact:
        """Return ∫ body = value as a combination of integrals, equal to it by multiples of equations at x."""
        p, known = self.p, self.facts
        return integrate(self.on, pieces, body, value, known, lambda now: linear(p, eq(now, body), facts, known))


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
