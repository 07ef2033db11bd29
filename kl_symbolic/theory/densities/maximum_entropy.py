"""Maximum entropy and exponential families: densities whose logarithm is a combination of statistics."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, combination, congruent, equal_by_logs, integrand, integrate, with_value
from ...proving.tactics import algebra, linear
from ..density_notation import DENSITY, functions, lemma

FAMILY = "forall x in D: q(x) = exp(lambda*t(x) - psi)"
"""q belongs to the exponential family of the statistic t."""
ENTROPY = "int(x in D: -xlogy({0}(x), {0}(x))) = {1}"
"""The hypothesis that a function has a differential entropy, over ℕ a Shannon entropy, and its value."""


def log_of_member(on: Points, family: Fact) -> tuple[Fact, Fact]:
    """Return 0 < q(x) and log q(x) = λ·t(x) − ψ."""
    p = on.p
    same = on.at(family)
    exponent = same.right.args[0]
    positive = p.rewrite(p.scheme("exp_pos", {"a": exponent}), p.symm(same))
    value = p.trans(p.congr(log(hole()), same), p.scheme("log_exp", {"a": exponent}))
    return positive, value


def cross_entropy(on: Points, positive: Fact, value: Fact, name: str, total: Fact, mean: Fact) -> Fact:
    """Return ∫ −xlogy(f, q) = ψ − λ·τ for a density f with the mean τ of t."""
    p = on.p
    f, q = p.term(f"{name}(x)"), positive.right
    body = -Node("xlogy", None, (f, q))
    log_q = p.scheme("xlogy_mul", {"a": f, "b": q}, [positive])
    tau = mean.statement.args[2]
    pieces = [("psi", total), ("-lambda", mean)]
    goal = p.term("psi") - p.term("lambda") * tau
    return integrate(on, pieces, body, goal, same=lambda now: linear(p, eq(now, body), [log_q, (f, value)]))


@derivation("entropy_le_of_family")
def entropy_le_of_family(d: Draft) -> None:
    """The entropy of a density with a given mean of a statistic is bounded by any member of its exponential family."""
    p = d.p
    d.numbers("lambda psi tau h")
    on = functions(d, "p q t")
    family, sp, ip, iq, mean, own = d.given(
        FAMILY,
        *(s.format("p") for s in DENSITY),
        "int(x in D: q(x)) = 1",
        "int(x in D: p(x)*t(x)) = tau",
        ENTROPY.format("p", "h"),
    )
    positive, value = log_of_member(on, family)
    d.show(value, "the logarithm of `q`")
    cross = d.show(
        cross_entropy(on, positive, value, "p", ip, mean), "integrate: the cross-entropy depends on the mean alone"
    )
    sign = on.every(p.order(le(0, positive.right), [(1, 1, positive)]))
    none = p.assume(eq(positive.right, 0))
    false = p.absurd(eq(p.term("p(x)"), 0), none, p.pos(Node("!=", None, (positive.right, num(0))), positive))
    apart = on.every(p.disch(none.statement, false))
    premises = [sp, ip, sign, iq, apart, own, cross]
    d.show(
        lemma(p, "density_cross_entropy_min", premises, c="psi - lambda*tau"),
        "the entropy is at most the cross-entropy",
    )


@derivation("density_max_entropy")
def density_max_entropy(d: Draft) -> None:
    """**Maximum entropy**: among the densities with one mean of a statistic, the exponential family has the largest."""
    p = d.p
    d.numbers("lambda psi tau h k")
    on = functions(d, "p q t")
    family, sp, ip, iq, mean, other, own, best = d.given(*MAXIMUM)
    bound = lemma(p, "entropy_le_of_family", [family, sp, ip, iq, mean, own])
    d.show(bound, "the entropy is at most the cross-entropy, which depends on the mean alone")
    d.show(
        linear(p, "h <= k", [bound, entropy_of_member(d, on, family, iq, other, best)]),
        "so it is at most the entropy of `q`",
    )


MAXIMUM = (
    FAMILY,
    *(s.format("p") for s in DENSITY),
    "int(x in D: q(x)) = 1",
    "int(x in D: p(x)*t(x)) = tau",
    "int(x in D: q(x)*t(x)) = tau",
    ENTROPY.format("p", "h"),
    ENTROPY.format("q", "k"),
)
"""A density p with the mean of t that a member q of its exponential family has, and the entropies of both."""


def entropy_of_member(d: Draft, on: Points, family: Fact, total: Fact, mean: Fact, best: Fact) -> Fact:
    """Return k = ψ − λ·τ for the entropy k of q."""
    p = d.p
    positive, value = log_of_member(on, family)
    own = cross_entropy(on, positive, value, "q", total, mean)
    return d.show(
        lemma(p, "int_unique", [best, own], f="-xlogy(q(x), q(x))", u="k", v="psi - lambda*tau"),
        "the entropy of `q` is its cross-entropy with itself",
    )


@derivation("density_max_entropy_eq")
def density_max_entropy_eq(d: Draft) -> None:
    """A density with the largest entropy is equal to the member of the exponential family almost everywhere."""
    p = d.p
    d.numbers("lambda psi tau h k")
    on = functions(d, "p q t")
    family, sp, ip, iq, mean, other, own, best = d.given(*MAXIMUM)
    (same,) = d.given("h = k")
    value = entropy_of_member(d, on, family, iq, other, best)
    positive, log_q = log_of_member(on, family)
    cross = cross_entropy(on, positive, log_q, "p", ip, mean)
    gap = lemma(p, "density_cross_entropy_identity", [own, cross], c="psi - lambda*tau")
    zero = with_value(p, gap, 0, linear(p, eq(gap.statement.args[2], 0), [same, value]))
    d.show(zero, "the divergence is the difference of the entropies")
    sign = on.every(p.order(le(0, positive.right), [(1, 1, positive)]))
    none = p.assume(eq(positive.right, 0))
    false = p.absurd(eq(p.term("p(x)"), 0), none, p.pos(Node("!=", None, (positive.right, num(0))), positive))
    premises = [sp, ip, sign, iq, on.every(p.disch(none.statement, false)), zero]
    d.show(lemma(p, "density_kl_eq_zero", premises), "a divergence of 0 means equality almost everywhere")


@derivation("exponential_family_kl")
def exponential_family_kl(d: Draft) -> None:
    """**The divergence within an exponential family** in Bregman form: by the means of the statistics."""
    p = d.p
    d.sets("X")
    d.numbers("A B")
    d.declare(D="domain", **dict.fromkeys("pqh", "number -> number"), T="X, number -> number")
    d.declare(**dict.fromkeys(("theta", "kappa", "m"), "X -> number"))
    on = Points(p)
    base, first, second, total, means = d.given(
        "forall x in D: 0 < h(x)",
        "forall x in D: p(x) = h(x)*exp(sum(j in X: theta[j]*T(j, x)) - A)",
        "forall x in D: q(x) = h(x)*exp(sum(j in X: kappa[j]*T(j, x)) - B)",
        "int(x in D: p(x)) = 1",
        "forall j in X: int(x in D: p(x)*T(j, x)) = m[j]",
    )
    h = on.at(base)
    logs = []
    for fact in (on.at(first), on.at(second)):
        exponent = fact.right.args[1].args[0]
        positive = p.pos(Node("<", None, (num(0), fact.right)), h, p.scheme("exp_pos", {"a": exponent}))
        value = algebra(p, eq(log(fact.right), log(h.right) + exponent), [h])
        logs.append((p.rewrite(positive, p.symm(fact)), p.trans(p.congr(log(hole()), fact), value)))
    a, b = p.term("p(x)"), p.term("q(x)")
    ratio = p.cite("log_div", {"a": a, "b": b}, [logs[0][0], logs[1][0]])
    gap = p.term("sum(j in X: (theta[j] - kappa[j])*(p(x)*T(j, x)))")
    spread = algebra(
        p, eq(gap, a * p.term("sum(j in X: theta[j]*T(j, x))") - a * p.term("sum(j in X: kappa[j]*T(j, x))"))
    )
    body = a * log(a / b)
    each = linear(
        p,
        eq(gap + (p.term("B") - p.term("A")) * a, body),
        [(a, ratio), (a, logs[0][1]), (a, logs[1][1]), spread],
        [logs[1][0]],
    )
    d.show(each, "the logarithm of the ratio is linear in the statistics")
    j = p.fresh("X")
    _, f, v = p.spec(means, j).statement.args
    over = (j.data, "X")
    names: dict[str, Node | str] = {"X": "X", "D": on.domain, "f": close(f, over), "v": close(v, over)}
    coefficient = p.symbol("theta", j) - p.symbol("kappa", j)
    combined = p.cite("int_linear", {**names, "c": close(coefficient, over)}, [means])
    goal = "sum(j in X: (theta[j] - kappa[j])*m[j]) - A + B"
    d.show(integrate(on, [(1, combined), ("B - A", total)], body, goal, same=lambda now: each), "integrate")


def bounded_entropy(
    d: Draft, on: Points, statistic: Node, factor: Node, normalizer: Node, total: Fact, mean: Fact, extra: list[Fact]
) -> Fact:
    """Return h ≤ ψ − λ·τ for the member exp(λ·t − ψ) of a family, whose integral is given in another form."""
    p = d.p
    sign, mass, own = p.known[-3:]
    member = exp(factor * statistic - normalizer)
    one = congruent(on, total, member, equal_by_logs(p, integrand(on, total), member, extra))
    d.show(one, "a member of the exponential family of the statistic has the integral 1")
    family = on.every(p.field(eq(member, member), *extra))
    values: dict[str, Node | str] = {
        "D": on.domain,
        "p": on.function("p(x)"),
        "q": on.function(member),
        "t": on.function(statistic),
    }
    values |= {"lambda": factor, "psi": normalizer, "tau": mean.statement.args[2], "h": p.term("h")}
    return d.show(
        p.cite("entropy_le_of_family", values, [family, sign, mass, one, mean, own]),
        "so its cross-entropy, which depends on the mean alone, bounds the entropy",
    )


def unknown_density(d: Draft, domain: str, *more: str) -> Points:
    """Declare a density p on a domain with the entropy h."""
    d.numbers("h")
    d.declare(p="number -> number")
    given = [*(s.format("p") for s in DENSITY), ENTROPY.format("p", "h")]
    d.given(*more, *(s.replace(" D", f" {domain}") for s in given))
    return Points(d.p, domain)


@derivation("uniform_max_entropy")
def uniform_max_entropy(d: Draft) -> None:
    """**The uniform distribution** has the largest entropy on a bounded interval."""
    p = d.p
    a, b = d.numbers("a b")
    (apart,) = d.given("a < b")
    on = unknown_density(d, "(a, b)")
    size = p.order(lt(0, b - a), [(1, 1, apart)])
    length = p.cite("int_one", {"a": a, "b": b}, [apart])
    total = with_value(p, combination(p, [(1 / (b - a), length)]), 1, extra=[size])
    mass = p.known[-2]
    mean = integrate(on, [(0, mass)], p.term("p(x)") * 0, 0)
    bound = bounded_entropy(d, on, num(0), num(0), log(b - a), total, mean, [size])
    d.show(linear(p, "h <= log(b - a)", [bound]), "collect")


@derivation("exponential_max_entropy")
def exponential_max_entropy(d: Draft) -> None:
    """**The exponential distribution** has the largest entropy on the half-line among those with its mean."""
    p = d.p
    (tau,) = d.positive("tau")
    on = unknown_density(d, "(0, oo)", "int(x in (0, oo): p(x)*x) = tau")
    positive, mean = p.known[:2]
    rate = p.pos(lt(0, 1 / tau), positive, p.pos("0 < 1"))
    total = p.cite("exponential_total", {"c": 1 / tau}, [rate])
    bound = bounded_entropy(d, on, on.x, -(1 / tau), log(tau), total, mean, [positive])
    d.show(linear(p, "h <= 1 + log(tau)", [bound], [positive]), "collect")


@derivation("normal_max_entropy")
def normal_max_entropy(d: Draft) -> None:
    """**The normal distribution** has the largest entropy on the line among those with its variance."""
    p = d.p
    (m,) = d.numbers("m")
    (s,) = d.positive("s")
    on = unknown_density(d, "reals", "int(x in reals: p(x)*(x - m)^2) = s^2")
    positive, mean = p.known[:2]
    pi = p.cite("pi_pos", {})
    total = p.cite("normal_total", {"m": m, "s": s}, [positive])
    normalizer = p.term("log(s) + 1/2*log(2*pi)")
    bound = bounded_entropy(d, on, p.term("(x - m)^2"), p.term("-(1/(2*s^2))"), normalizer, total, mean, [positive, pi])
    value = algebra(p, "1/2*log(2*pi*exp(1)*s^2) = log(s) + 1/2*log(2*pi) + 1/2", [positive, pi])
    d.show(linear(p, "h <= 1/2*log(2*pi*exp(1)*s^2)", [bound, value], [positive]), "collect")


@derivation("geometric_max_entropy")
def geometric_max_entropy(d: Draft) -> None:
    """**The geometric distribution** has the largest entropy on the natural numbers among those with its mean."""
    p = d.p
    d.positive("tau")
    on = unknown_density(d, "nats", "int(x in nats: p(x)*x) = tau")
    positive, mean = p.known[:2]
    more = p.pos("0 < 1 + tau", positive, p.pos("0 < 1"))
    ratio = p.term("tau/(1 + tau)")
    inside = [p.pos(lt(0, ratio), positive, more)]
    inside.append(p.order(lt(ratio, 1), [(1, 1, p.pos("0 < 1/(1 + tau)", more, p.pos("0 < 1")))], more))
    total = p.cite("geometric_total", {"r": ratio}, inside)
    reciprocal = p.field(eq(1 - ratio, p.term("1/(1 + tau)")), more)
    plain = linear(
        p,
        eq(integrand(on, total), reciprocal.right * integrand(on, total).args[1]),
        [(integrand(on, total).args[1], reciprocal)],
        [more],
    )
    total = congruent(on, total, plain.right, plain)
    bound = bounded_entropy(d, on, on.x, log(ratio), p.term("log(1 + tau)"), total, mean, [positive, more, inside[0]])
    logs = algebra(p, "log(tau/(1 + tau)) = log(tau) - log(1 + tau)", [positive, more])
    goal = "h <= (1 + tau)*log(1 + tau) - tau*log(tau)"
    d.show(linear(p, goal, [bound, ("tau", logs)], [more]), "collect")
