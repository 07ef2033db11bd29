"""Identities and inequalities about densities: cross-entropy, the log-sum inequality, convexity, mixtures."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.idioms import above_zero, at_ratio, rel_entr, sum_of, vanishes, xlogy
from ...proving.integrals import Points, integrate, with_value
from ...proving.tactics import algebra, linear, prove
from ..density_notation import DENSITY, DIVERGENCE, DOMINATED, functions, lemma, pair, tangent


@derivation("density_cross_entropy_identity")
def density_cross_entropy_identity(d: Draft) -> None:
    """**The cross-entropy identity** for densities: cross-entropy is entropy plus divergence."""
    p = d.p
    d.numbers("c h")
    on = functions(d, "p q")
    own, cross = d.given("int(x in D: -xlogy(p(x), p(x))) = h", "int(x in D: -xlogy(p(x), q(x))) = c")
    body = p.term("rel_entr(p(x), q(x))")
    each = algebra(p, eq(body, p.term("xlogy(p(x), p(x)) - xlogy(p(x), q(x))")))
    each = on.at(d.show(on.every(each), "by definition"))
    whole = integrate(on, [(-1, own), (1, cross)], body, "c - h", same=lambda now: linear(p, eq(now, body), [each]))
    d.show(whole, "integrate")


@derivation("density_cross_entropy_min")
def density_cross_entropy_min(d: Draft) -> None:
    """Cross-entropy is minimal at the true density."""
    p = d.p
    d.numbers("c h")
    functions(d, "p q")
    sp, ip, sq, iq, ac, own, cross = d.given(
        *(s.format("p") for s in DENSITY),
        *(s.format("q") for s in DENSITY),
        DOMINATED.format("p", "q"),
        "int(x in D: -xlogy(p(x), p(x))) = h",
        "int(x in D: -xlogy(p(x), q(x))) = c",
    )
    gap = d.show(lemma(p, "density_cross_entropy_identity", [own, cross]), "the cross-entropy identity")
    premises = [sp, ip, sq, iq, p.order(le(1, 1), []), ac, gap]
    sign = d.show(lemma(p, "density_kl_nonneg", premises, m="1", v="c - h"), "Gibbs' inequality")
    d.show(linear(p, "h <= c", [sign]), "so the entropy is at most the cross-entropy")


@derivation("density_kl_mass_corrected")
def density_kl_mass_corrected(d: Draft) -> None:
    """The divergence corrected by the masses is an integral of a function of the ratio that is not negative."""
    p = d.p
    d.numbers("a b v")
    on = functions(d, "p q")
    sp, sq, ip, iq, divergence = d.given(
        "forall x in D: 0 <= p(x)",
        "forall x in D: 0 < q(x)",
        "int(x in D: p(x)) = a",
        "int(x in D: q(x)) = b",
        DIVERGENCE.format("p", "q", "v"),
    )
    a, b = p.term("p(x)"), p.term("q(x)")
    first, second = on.at(sp), on.at(sq)
    ratio = a / b
    scale = [p.pos(le(0, b), second), p.pos(le(0, ratio), first, second), p.pos("0 <= 1")]
    scale.append(positive_one(p, ratio, second))
    smul = p.cite("rel_entr_smul", {"a": ratio, "b": num(1), "c": b}, scale)
    unit = algebra(p, eq(rel_entr(ratio, num(1)), xlogy(ratio, ratio)), [scale[1], second])
    same = p.congr(rel_entr(hole(), b * 1), p.field(eq(b * ratio, a), second))
    same = p.trans(same, p.congr(rel_entr(a, hole()), p.field(eq(b * 1, b))))
    body = b * (xlogy(ratio, ratio) + 1 - ratio)
    values = linear(p, eq(rel_entr(a, b) - a + b, body), [smul, (b, unit), same], [second])
    d.show(values, "the common factor `q(x)` comes out; nothing is divided by `p(x)`, which may be 0")
    pieces = [(1, divergence), (-1, ip), (1, iq)]
    whole = integrate(on, pieces, body, "v - a + b", same=lambda now: linear(p, eq(now, body), [values], [second]))
    d.show(whole, "integrate")


def positive_one(p: Proof, a: Node, divisor: Fact) -> Fact:
    """Return 1 = 0 ⇒ a = 0."""
    none = p.assume(eq(1, 0))
    return p.disch(none.statement, p.order(eq(a, 0), [(1, a, none)], divisor))


@derivation("density_kl_mass_corrected_nonneg")
def density_kl_mass_corrected_nonneg(d: Draft) -> None:
    """The divergence corrected by the masses is never negative."""
    d.numbers("a b v")
    on = functions(d, "p q")
    sp, sq, ac, ip, iq, divergence = pair(
        d, "int(x in D: p(x)) = a", "int(x in D: q(x)) = b", DIVERGENCE.format("p", "q", "v")
    )
    point = tangent(on, [sp, sq], ac)
    d.show(on.every(point), "the tangent of the logarithm, as in Gibbs' inequality")
    whole = on.mono(point, integrate(on, [(1, ip), (-1, iq)], point.left, "a - b"), divergence)
    d.show(whole, "integrate both sides")
    d.show(linear(d.p, "0 <= v - a + b", [whole]), "collect")


@derivation("density_tangent")
def density_tangent(d: Draft) -> None:
    """The tangents with one slope, integrated: a bound by the masses alone."""
    d.positive("c")
    d.numbers("a b v")
    on = functions(d, "p q")
    sp, sq, ac, ip, iq, divergence = pair(
        d, "int(x in D: p(x)) = a", "int(x in D: q(x)) = b", DIVERGENCE.format("p", "q", "v")
    )
    point = tangent(on, [sp, sq], ac, d.p.term("c"), d.p.known[0])
    d.show(on.every(point), "the tangent of the logarithm, with the same slope at all points")
    lower = integrate(on, [("log(c) + 1", ip), ("-c", iq)], point.left, "a*log(c) + a - c*b")
    d.show(on.mono(point, lower, divergence), "integrate both sides")


@derivation("density_mass_dominated")
def density_mass_dominated(d: Draft) -> None:
    """Where the second function has the integral 0, so has the first, if their divergence exists."""
    p = d.p
    a, b, v = d.numbers("a b v")
    functions(d, "p q")
    given = pair(d, "int(x in D: p(x)) = a", "int(x in D: q(x)) = b", DIVERGENCE.format("p", "q", "v"))
    none, some = p.assume(eq(b, 0)), p.assume(ne(a, 0))
    mass = lemma(p, "int_nonneg", [given[0], given[3]], f="p(x)", u="a")
    positive = above_zero(p, mass, some)
    slope = exp(v / a)
    bound = lemma(p, "density_tangent", [p.scheme("exp_pos", {"a": v / a}), *given], c=slope)
    d.show(bound, "the bound by the masses, with the slope `exp(v/a)`")
    value = p.scheme("log_exp", {"a": v / a})
    false = p.order(lt(0, 0), [(1, 1, bound), (1, 1, positive), (-1, a, value), (1, slope, none)], positive)
    zero = p.absurd(eq(a, 0), p.field("0 = 0"), p.order("0 != 0", [(1, 1, false)]))
    known = p.cases(eq(a, 0), p.assume(eq(a, 0)), zero)
    d.show(p.disch(none.statement, known), "it says `v + a <= v` where `b = 0`, which is false unless `a = 0`")


@derivation("density_log_sum")
def density_log_sum(d: Draft) -> None:
    """**The log-sum inequality** for densities: the tangents at the ratio of the masses, integrated."""
    p = d.p
    a, b, v = d.numbers("a b v")
    functions(d, "p q")
    given = pair(d, "int(x in D: p(x)) = a", "int(x in D: q(x)) = b", DIVERGENCE.format("p", "q", "v"))
    sa, sb = (
        lemma(p, "int_nonneg", [given[k], given[k + 3]], f=f"{n}(x)", u=m) for k, n, m in ((0, "p", "a"), (1, "q", "b"))
    )
    (c,) = d.numbers("c")
    goal = le(rel_entr(a, b), v)
    every = lemma(p, "density_tangent", [p.assume(lt(0, c)), *given], c=c)
    d.show(every, "the tangent of the logarithm with the slope `c`, integrated")
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    # With a = 0 the bound is −c·b ≤ v for every positive c; were v negative, c = −v/(2(b + 1)) would refute it.
    negative = p.assume(lt(v, 0))
    size = p.order(lt(0, b + 1), [(1, 1, sb), (1, 1)])
    slope = -v / (2 * (b + 1))
    fits = p.order(lt(0, slope), [(Fraction(1, 2), 1, negative, p.pos(lt(0, 1 / (b + 1)), size))], size)
    bound = p.inst(every, {"c": slope}, [fits])
    left_over = p.pos(lt(0, (b + 2) / (b + 1)), p.order(lt(0, b + 2), [(1, 1, sb), (2, 1)]), size)
    false = p.order(
        lt(0, 0), [(1, 1, bound), (Fraction(1, 2), 1, negative, left_over), (-1, log(slope) + 1, zero)], size
    )
    least = p.absurd(le(0, v), p.field("0 = 0"), p.order("0 != 0", [(1, 1, false)]))
    least = p.cases(le(0, v), p.assume(le(0, v)), least)
    left = linear(p, goal, [least, vanishes(p, a, b, zero)])
    pa = above_zero(p, sa, some)
    dominates = lemma(p, "density_mass_dominated", given)
    pb = p.cite("pos_of_dominates", {"a": a, "b": b}, [sb, dominates, some])
    steep = p.inst(every, {"c": a / b}, [p.pos(lt(0, a / b), pa, pb)])
    d.prose("Where `a` is positive, so is `b`. Take `c = a/b`:")
    d.show(steep, "the best slope")
    right = p.order(goal, [(1, 1, steep), (1, 1, at_ratio(p, pa, pb))], pb)
    because = "two terms cancel; and where `a = 0`, the bounds `-c*b <= v` with small slopes leave no negative `v`"
    d.show(p.cases(eq(a, 0), left, right), because)


@derivation("density_kl_convex")
def density_kl_convex(d: Draft) -> None:
    """**The divergence of densities is convex** in both of them together."""
    p = d.p
    d.numbers("lambda u v w")
    on = functions(d, "p q r s")
    given = d.given(
        "0 < lambda",
        "lambda < 1",
        *(DENSITY[0].format(n) for n in "prqs"),
        DOMINATED.format("p", "q"),
        DOMINATED.format("r", "s"),
        DIVERGENCE.format("p", "q", "u"),
        DIVERGENCE.format("r", "s", "v"),
        "int(x in D: rel_entr(lambda*p(x) + (1 - lambda)*r(x), lambda*q(x) + (1 - lambda)*s(x))) = w",
    )
    values = {"a": "p(x)", "r": "r(x)", "b": "q(x)", "s": "s(x)", "lambda": "lambda"}
    premises = [*given[:2], *(on.at(f) for f in given[2:8])]
    point = p.cite("rel_entr_convex", {n: p.term(t) for n, t in values.items()}, premises)
    d.show(on.every(point), "the integrands are convex")
    right = integrate(on, [("lambda", given[8]), ("1 - lambda", given[9])], point.right, "lambda*u + (1 - lambda)*v")
    d.show(on.mono(point, given[10], right), "integrate both sides")


@derivation("density_donsker_varadhan_le")
def density_donsker_varadhan_le(d: Draft) -> None:
    """**The Donsker–Varadhan bound** for densities: the log-sum inequality for a tilted density."""
    p = d.p
    z = d.numbers("Z u v")[0]
    on = functions(d, "p q g")
    sp, ip, sq, ac, partition, mean, divergence = d.given(
        *(s.format("p") for s in DENSITY),
        DENSITY[0].format("q"),
        DOMINATED.format("p", "q"),
        "int(x in D: q(x)*exp(g(x))) = Z",
        "int(x in D: p(x)*g(x)) = u",
        DIVERGENCE.format("p", "q", "v"),
    )
    signs = [on.at(f) for f in (sp, sq, ac)]
    values = {"a": "p(x)", "b": "q(x)", "g": "g(x)"}
    point = p.cite("rel_entr_tilt", {n: p.term(t) for n, t in values.items()}, signs)
    d.show(point, "the logarithm of `exp(g(x))` is `g(x)`")
    tilted = integrate(
        on, [(1, divergence), (-1, mean)], point.left, "v - u", same=lambda now: linear(p, eq(now, point.left), [point])
    )
    d.show(tilted, "integrate: tilting subtracts the mean of `g` from the divergence")
    small = p.cite("tilt_dominated", {n: p.term(t) for n, t in values.items()}, [signs[2]])
    positive = p.pos(le(0, p.term("q(x)*exp(g(x))")), signs[1], p.scheme("exp_pos", {"a": p.term("g(x)")}))
    premises = [sp, on.every(positive), on.every(small), ip, partition, tilted]
    tilt: dict[str, str | Node] = {"q": "q(x)*exp(g(x))", "a": "1", "b": z, "v": "v - u"}
    bound = lemma(p, "density_log_sum", premises, **tilt)
    d.show(bound, "the log-sum inequality for the tilted model, where `p` has the integral 1")
    none = p.assume(eq(z, 0))
    gone = p.mp(lemma(p, "density_mass_dominated", premises, **tilt), none)
    some = p.cases(eq(z, 0), p.absurd(ne(z, 0), gone, p.pos(ne(1, 0))), p.assume(ne(z, 0)))
    mass = lemma(p, "int_nonneg", [premises[1], partition], f="q(x)*exp(g(x))", u=z)
    positive = d.show(above_zero(p, mass, some), "without mass in the tilted model, `p` would have none")
    value = algebra(p, eq(rel_entr(num(1), z), -log(z)), [positive])
    d.show(linear(p, "u - log(Z) <= v", [bound, value]), "the relative entropy of 1 is the opposite of a log")


@derivation("density_three_point")
def density_three_point(d: Draft) -> None:
    """**The three-point identity** for densities: the law of cosines of divergence."""
    p = d.p
    d.numbers("s u v w")
    on = functions(d, "p q r")
    _, _, _, whole, first, second, tilt = d.given(
        DENSITY[0].format("p"),
        "forall x in D: 0 < q(x)",
        "forall x in D: 0 < r(x)",
        DIVERGENCE.format("p", "r", "u"),
        DIVERGENCE.format("p", "q", "v"),
        DIVERGENCE.format("q", "r", "w"),
        "int(x in D: (p(x) - q(x))*log(q(x)/r(x))) = s",
    )
    body = p.term("rel_entr(p(x), r(x))")
    at = [on.at(f) for f in p.known[:3]]
    parts = p.term("rel_entr(p(x), q(x)) + rel_entr(q(x), r(x)) + (p(x) - q(x))*log(q(x)/r(x))")
    each = d.show(algebra(p, eq(body, parts), at), "the logarithms of `q(x)` cancel")
    pieces = [(1, first), (1, second), (1, tilt)]
    total = integrate(on, pieces, body, "v + w + s", same=lambda now: linear(p, eq(now, body), [each]))
    d.show(total, "integrate")
    d.show(lemma(p, "int_unique", [whole, total], u="u", v="v + w + s", f=body), "and an integral has one value")


@derivation("density_kl_smul")
def density_kl_smul(d: Draft) -> None:
    """A common factor comes out of the divergence."""
    p = d.p
    d.positive("c")
    d.numbers("v")
    on = functions(d, "p q")
    _, *given, divergence = (p.known[0], *pair(d, DIVERGENCE.format("p", "q", "v")))
    positive = p.pos("0 <= c", p.known[0])
    point = p.cite(
        "rel_entr_smul",
        {"a": p.term("p(x)"), "b": p.term("q(x)"), "c": p.term("c")},
        [positive, *(on.at(f) for f in given)],
    )
    d.show(point, "a common factor comes out at each point")
    d.show(integrate(on, [("c", divergence)], point.left, "c*v", same=lambda now: p.symm(point)), "integrate")


@derivation("density_kl_smul_left")
def density_kl_smul_left(d: Draft) -> None:
    """A factor of the first function can be taken out of the divergence, which also gets a term with its logarithm."""
    p = d.p
    d.positive("c")
    d.numbers("a v")
    on = functions(d, "p q")
    *given, mass, divergence = pair(d, "int(x in D: p(x)) = a", DIVERGENCE.format("p", "q", "v"))
    body = p.term("rel_entr(c*p(x), q(x))")
    point = scaled(p, body, "c*rel_entr(p(x), q(x)) + c*log(c)*p(x)", [on.at(f) for f in given])
    d.show(point, "the log of a product is a sum of logs; where `p(x) = 0`, all terms are 0")

    def same(now: Node) -> Fact:
        return linear(p, eq(now, body), [point])

    d.show(integrate(on, [("c", divergence), ("c*log(c)", mass)], body, "c*v + c*log(c)*a", same=same), "integrate")


@derivation("density_kl_smul_right")
def density_kl_smul_right(d: Draft) -> None:
    """A factor of the second function only shifts the divergence."""
    p = d.p
    d.positive("c")
    d.numbers("a v")
    on = functions(d, "p q")
    *given, mass, divergence = pair(d, "int(x in D: p(x)) = a", DIVERGENCE.format("p", "q", "v"))
    body = p.term("rel_entr(p(x), c*q(x))")
    point = scaled(p, body, "rel_entr(p(x), q(x)) - log(c)*p(x)", [on.at(f) for f in given])
    d.show(point, "the log of a product is a sum of logs; where `p(x) = 0`, all terms are 0")

    def same(now: Node) -> Fact:
        return linear(p, eq(now, body), [point])

    d.show(integrate(on, [(1, divergence), ("-log(c)", mass)], body, "v - log(c)*a", same=same), "integrate")


def scaled(p: Proof, left: Node, right: str, at: list[Fact]) -> Fact:
    """Return that a scaled summand is what it is, in both cases of p(x) = 0."""
    sign, other, ac = at
    a, b = sign.right, other.right
    goal = eq(left, p.term(right))
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    pa, pb = above_zero(p, sign, some), p.cite("pos_of_dominates", {"a": a, "b": b}, [other, ac, some])
    first = left.args[0]
    gone = zero if first == a else p.order(eq(first, 0), [(1, p.term("c"), zero)])
    values = [vanishes(p, first, left.args[1], gone), vanishes(p, a, b, zero)]
    at_zero = linear(p, goal, [*values, ("c", values[1]), ("c*log(c)", zero), ("log(c)", zero)])
    return p.cases(zero.statement, at_zero, algebra(p, goal, [pa, pb]))


@derivation("density_compensation")
def density_compensation(d: Draft) -> None:
    """**The compensation identity** for densities: the mixture of several densities is their best common model."""
    p = d.p
    d.sets("T")
    d.declare(D="domain", p="T, number -> number", q="number -> number", w="T -> number")
    d.declare(u="T -> number", v="T -> number", z="number", k="T")
    on = Points(p)
    positive, _, signs, other, ac, to_q, to_m, rest = d.given(
        "forall k in T: 0 < w[k]",
        "sum(k in T: w[k]) = 1",
        "forall k in T: forall x in D: 0 <= p(k, x)",
        "forall x in D: 0 <= q(x)",
        "forall k in T: forall x in D: q(x) = 0 => p(k, x) = 0",
        "forall k in T: int(x in D: rel_entr(p(k, x), q(x))) = u[k]",
        "forall k in T: int(x in D: rel_entr(p(k, x), sum(s in T: w[s]*p(s, x)))) = v[k]",
        "int(x in D: rel_entr(sum(k in T: w[k]*p(k, x)), q(x))) = z",
    )
    k = p.index("k")
    pk, weight, q = p.term("p(k, x)"), p.term("w[k]"), p.term("q(x)")
    mixed, above = weight * pk, p.spec(positive, k)
    m = sum_of(p, mixed, k)
    # Where m is 0, so is each of the p.
    none = p.assume(eq(m, 0))
    small = p.gen(k, p.pos(le(0, mixed), above, on.at(p.spec(signs, k))))
    zero = p.spec(p.cite("sum_eq_zero_of_nonneg", {"X": "T", "f": close(mixed, ("k", "T"))}, [small, none]), k)
    under = p.gen(k, p.disch(none.statement, p.order(eq(pk, 0), [(1, 1 / weight, zero)], above)))
    means = []
    for b, sign, vanish, because in (
        (m, prove(p, le(0, m), [small]), under, "the log of the mixture can be taken out of the mean"),
        (q, on.at(other), p.gen(k, on.at(p.spec(ac, k))), "and so can that of `q`"),
    ):
        values: dict[str, Node | str] = {"T": "T", "w": close(weight, ("k", "T")), "a": close(pk, ("k", "T")), "b": b}
        means.append(d.show(p.cite("xlogy_mixture", values, [sign, vanish]), because))
    first, second, last = (rel_entr(x, y) for x, y in ((pk, q), (pk, m), (m, q)))
    # At each point the logs of p cancel.
    gap = [weight * xlogy(pk, b) for b in (m, q)]
    opened = [p.unfold(t) for t in (first, second, last)]
    row = linear(p, eq(weight * first, weight * second + (gap[0] - gap[1])), [(weight, f) for f in opened[:2]])
    sums = [sum_of(p, t, k) for t in (weight * first, weight * second, *gap)]
    split = algebra(p, eq(sum_of(p, row.right, k), sums[1] + (sums[2] - sums[3])))
    each = linear(p, eq(sums[1] + last, sums[0]), [p.under("sum", k, row), split, *means, opened[2]])
    d.show(each, "so the logarithms of the mixture cancel")
    left, right = (mean_integral(on, k, weight, fact) for fact in (to_q, to_m))
    total = integrate(on, [(1, right), (1, rest)], sums[0], "sum(k in T: w[k]*v[k]) + z", same=lambda now: each)
    d.show(total, "integrate")
    values = {"u": left.statement.args[2], "v": total.statement.args[2]}
    d.show(lemma(p, "int_unique", [left, total], f=sums[0], **values), "and an integral has one value")


def mean_integral(on: Points, k: Node, weight: Node, rows: Fact) -> Fact:
    """Return ∫ Σ_k w_k·f_k = Σ_k w_k·v_k from ∀ k. ∫ f_k = v_k."""
    p = on.p
    domain, f, v = p.spec(rows, k).statement.args
    over = (k.data, "T")
    values: dict[str, Node | str] = {"X": "T", "D": domain, "f": close(f, over), "v": close(v, over)}
    return p.cite("int_linear", {**values, "c": close(weight, over)}, [rows])


RATIO = ("forall x in D: 0 < p(x)", "forall x in D: 0 < q(x)", DIVERGENCE.format("p", "q", "v"))
"""Two positive functions, and the divergence of the first from the second."""


@derivation("density_k1_unbiased")
def density_k1_unbiased(d: Draft) -> None:
    """The mean of k1 is the divergence, for positive densities."""
    p = d.p
    d.numbers("v")
    on = functions(d, "p q")
    *signs, divergence = d.given(*RATIO)
    first, second = (on.at(f) for f in signs)
    same = at_ratio(p, first, second)
    d.show(same, "the log of a quotient, as both are positive")
    d.show(integrate(on, [(1, divergence)], same.right, "v", same=lambda _: same), "integrate")


@derivation("density_k3_mean")
def density_k3_mean(d: Draft) -> None:
    """The mean of k3 is the divergence, corrected by the masses."""
    p = d.p
    d.numbers("a b v")
    on = functions(d, "p q")
    *signs, divergence, ip, iq = d.given(*RATIO, "int(x in D: p(x)) = a", "int(x in D: q(x)) = b")
    first, second = (on.at(f) for f in signs)
    a, b = first.right, second.right
    body = a * (b / a - 1 - log(b / a))
    flip = algebra(p, eq(log(b / a), -1 * log(a / b)), [first, second])
    parts = rel_entr(a, b) + b - a
    same = linear(p, eq(parts, body), [at_ratio(p, first, second), (a, flip)], [first, second])
    d.show(same, "multiply out; `log(q(x)/p(x)) = -log(p(x)/q(x))`")
    pieces = [(1, divergence), (1, iq), (-1, ip)]
    whole = integrate(on, pieces, body, "v + b - a", same=lambda now: linear(p, eq(now, body), [same], [first]))
    d.show(whole, "integrate")


@derivation("density_k3_unbiased")
def density_k3_unbiased(d: Draft) -> None:
    """The mean of k3 is the divergence of positive densities."""
    p = d.p
    d.numbers("v")
    functions(d, "p q")
    given = d.given(*RATIO, "int(x in D: p(x)) = 1", "int(x in D: q(x)) = 1")
    mean = lemma(p, "density_k3_mean", given, a="1", b="1")
    d.show(mean, "the mean of k3")
    d.show(with_value(p, mean, "v"), "both integrate to 1")
