"""Other forms of the divergence, its scaling, and relabeling of outcomes."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation
from ...proving.idioms import (
    combined,
    delta,
    distribution,
    dominated,
    family,
    positive_dominates,
    positive_value,
    rel_entr,
    weights,
    xlogy,
)
from ...proving.tactics import linear
from ...proving.tactics.linear import Entry


@derivation("kl_eq_sum_log")
def kl_eq_sum_log(d: Draft) -> None:
    """For positive probabilities the divergence is the expected log-ratio."""
    p = d.p
    d.sets("X")
    a, b = d.family("p", "X"), d.family("q", "X")
    positive_p, positive_q = d.given("forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]")
    i = p.fresh("X")
    pa, pb = p.spec(positive_p, i), p.spec(positive_q, i)
    value = positive_value(p, pa, pb)
    ratio = p.cite("log_div", {"a": a[i], "b": b[i]}, [pa, pb])
    d.start("kl(p, q)")
    d.eq("sum(i in X: rel_entr(p[i], q[i]))", by=p.unfold(d.current), because="the definition")
    d.eq("sum(i in X: p[i]*(log(p[i]) - log(q[i])))", by=p.under("sum", i, value), because="away from zero")
    back = linear(p, eq(value.right, a[i] * ratio.left), [(a[i], ratio)])
    d.eq("sum(i in X: p[i]*log(p[i]/q[i]))", by=p.under("sum", i, back), because="the log of a quotient")
    d.close()


@derivation("kl_eq_sum_kl_fun")
def kl_eq_sum_kl_fun(d: Draft) -> None:
    """The divergence is the mean under the model of a convex function of the ratio of the probabilities."""
    p = d.p
    d.sets("X")
    a, b = d.family("p", "X"), d.family("q", "X")
    signs, positive, totals = d.given(
        "forall i in X: 0 <= p[i]", "forall i in X: 0 < q[i]", "sum(i in X: p[i]) = sum(i in X: q[i])"
    )
    (i,) = d.indices(i="X")
    pb = p.spec(positive, i)
    x = a[i] / b[i]
    sign = p.pos(le(0, x), p.spec(signs, i), pb)
    values = {"c": b[i], "a": x, "b": num(1)}
    ac = positive_dominates(p, p.pos("0 < 1"), x, pb)
    scaled = p.cite("rel_entr_smul", values, [p.pos(le(0, b[i]), pb), sign, p.pos("0 <= 1"), ac])
    scaled = p.rewrite(scaled, p.field(eq(b[i] * x, a[i]), pb), p.field(eq(b[i] * 1, b[i])))
    d.show(scaled, "a common factor comes out")
    own = p.cite("rel_entr_one", {"a": x}, [sign])
    term, gap = b[i] * (own.right + 1 - x), a[i] - b[i]
    each = p.order(eq(scaled.left, term + gap), [(1, 1, scaled), (1, b[i], own)], pb)
    pieces = {"f": close(term, (i.data, "X")), "g": close(gap, (i.data, "X"))}
    split = p.trans(p.under("sum", i, each), p.scheme("sum_add", {"X": "X", **pieces}))
    d.show(split, "add and subtract `p[i] - q[i]`")
    gaps = p.cite("sum_sub", {"X": "X", "f": family(p, "p"), "g": family(p, "q")})
    goal = p.statement("kl(p, q) = sum(i in X: q[i]*(xlogy(p[i]/q[i], p[i]/q[i]) + 1 - p[i]/q[i]))")
    d.show(linear(p, goal, [p.unfold(goal.args[0]), split, gaps, totals]), "`p` and `q` have the same sum")


@derivation("entropy_eq_log_card_sub_kl")
def entropy_eq_log_card_sub_kl(d: Draft) -> None:
    """Entropy is its largest value less the divergence from the uniform distribution."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    (size,) = d.given("0 < card(X)")
    total = p.known[1]
    i = p.fresh("X")
    pi, n = d.symbol("p", i), p.term("card(X)")
    uniform = p.pos("0 < 1/card(X)", size)
    value = p.scheme("xlogy_mul", {"a": pi, "b": 1 / n}, [uniform])
    log_ratio = p.cite("log_div", {"a": num(1), "b": n}, [p.pos("0 < 1"), size])
    one = p.cite("log_one", {})
    opened = p.unfold(rel_entr(pi, 1 / n))
    own = xlogy(pi, pi)
    log_n = p.term("log(card(X))")
    each = p.order(
        eq(opened.left, 1 * own + log_n * pi),
        [(1, 1, opened), (-1, 1, value), (-1, pi, log_ratio), (-1, pi, one)],
        size,
    )
    d.show(p.gen(i, each), "`log(1/card(X)) = -log(card(X))`")
    split = combined(p, i, each, (1, log_n), (own, pi))
    goal = p.statement("entropy(p) = log(card(X)) - kl(p, i in X: 1/card(X))")
    facts: list[Entry] = [p.unfold(goal.args[0]), p.unfold(goal.args[1].args[1]), split, (log_n, total)]
    d.show(linear(p, goal, facts), "sum over the outcomes, where `sum(i in X: p[i]) = 1`")


def _scaling(d: Draft) -> tuple[Node, Node, Node, Fact, list[Fact]]:
    """Declare c, p and q with their hypotheses; return an outcome, p and q there, 0 ≤ c, and what is known there."""
    p = d.p
    (c,) = d.positive("c")
    d.sets("X")
    weights(d, "p")
    weights(d, "q")
    dominated(d, "p", "q")
    (i,) = d.indices(i="X")
    sign = p.pos(le(0, c), p.known[0])
    return i, d.symbol("p", i), d.symbol("q", i), sign, [p.spec(f, i) for f in p.known[1:]]


@derivation("kl_smul")
def kl_smul(d: Draft) -> None:
    """A common factor comes out of the divergence."""
    p = d.p
    i, a, b, sign, here = _scaling(d)
    c = p.term("c")
    each = p.cite("rel_entr_smul", {"c": c, "a": a, "b": b}, [sign, *here])
    d.show(p.gen(i, each), "a common factor comes out of each summand")
    d.start("kl(i in X: c*p[i], i in X: c*q[i])")
    d.eq("sum(i in X: rel_entr(c*p[i], c*q[i]))", by=p.unfold(d.current), because="the definition")
    d.eq("sum(i in X: c*rel_entr(p[i], q[i]))", by=p.under("sum", i, each), because="for each outcome")
    family = close(rel_entr(a, b), (i.data, "X"))
    d.eq(
        "c*sum(i in X: rel_entr(p[i], q[i]))",
        by=p.scheme("sum_mul", {"X": "X", "a": c, "f": family}),
        because="sums are linear",
    )
    d.eq("c*kl(p, q)", by=p.congr(d.current, p.symm(p.unfold(p.term("kl(p, q)")))), because="the definition")
    d.close()


def _scale_one(d: Draft, pair: tuple[Node, Node], goal: str) -> None:
    """Show what factors of the two arguments do, one of which is c and the other 1."""
    p = d.p
    i, a, b, sign, here = _scaling(d)
    u, v = pair
    signs = [p.pos(lt(0, t)) if t == num(1) else p.known[0] for t in pair]
    nonneg = [p.pos("0 <= 1") if t == num(1) else sign for t in pair]
    ac = positive_dominates(p, signs[1], u)
    product = p.cite(
        "rel_entr_mul", {"a": u, "b": a, "c": v, "d": b}, [nonneg[0], here[0], nonneg[1], here[1], ac, here[2]]
    )
    each = p.rewrite(product, p.field(eq(1 * b, b)) if v == num(1) else p.field(eq(1 * a, a)))
    d.show(each, "the law for products, for each outcome")
    scale, inner = rel_entr(u, v), rel_entr(a, b)
    split = combined(p, i, p.trans(each, p.field(eq(each.right, scale * a + u * inner))), (scale, u), (a, inner))
    value = positive_value(p, *signs)
    claim = p.statement(goal)
    total, one = p.term("sum(i in X: p[i])"), p.cite("log_one", {})
    opened = p.unfold(p.term("kl(p, q)"))
    facts: list[Entry] = [p.unfold(claim.args[0]), split, (u, opened), (total, value), (total * u, one)]
    d.show(linear(p, claim, facts), "sum over the outcomes, where `log(1) = 0`")


@derivation("kl_smul_left")
def kl_smul_left(d: Draft) -> None:
    """A factor of the first argument can be taken out of the divergence, which also gets a term with its logarithm."""
    _scale_one(d, (d.symbol("c"), num(1)), "kl(i in X: c*p[i], q) = c*kl(p, q) + c*log(c)*sum(i in X: p[i])")


@derivation("kl_smul_right")
def kl_smul_right(d: Draft) -> None:
    """A factor of the second argument only shifts the divergence."""
    _scale_one(d, (num(1), d.symbol("c")), "kl(p, i in X: c*q[i]) = kl(p, q) - log(c)*sum(i in X: p[i])")


def _image(p: Proof, name: str, i: Node, y: Node) -> Fact:
    """Return δ(f(i), y)·(f_*p)(y) = δ(f(i), y)·p(i) for an injective f."""
    k = p.fresh("X")
    fi, fk = p.index("f", i), p.index("f", k)
    pk = p.symbol(name, k)
    # Σ_k δ(f(k), f(i))·p(k) = Σ_k δ(i, k)·p(k) = p(i)
    same = p.trans(p.spec(p.known[0], k, i), p.cite("delta_symm", {"X": "X", "i": k, "j": i}))
    sift = p.scheme("delta_sift", {"X": "X", "i": i, "f": family(p, name)})
    value = p.trans(p.under("sum", k, p.congr(hole() * pk, same)), sift)
    image = close(Node("sum", None, (close(delta("Y", fk, y) * pk, (k.data, "X")),)), (y.data, "Y"))
    move = p.cite("delta_subst", {"X": "Y", "f": image, "i": fi, "j": y})
    return p.trans(move, p.congr(delta("Y", fi, y) * hole(), value))


@derivation("kl_map_of_injective")
def kl_map_of_injective(d: Draft) -> None:
    """Relabeling the outcomes, without merging any, keeps the divergence."""
    p = d.p
    d.sets("X Y")
    d.declare(f="X -> Y")
    d.given("forall i in X: forall j in X: delta(f(i), f(j)) = delta(i, j)")
    weights(d, "p")
    weights(d, "q")
    dominated(d, "p", "q")
    i, y = d.indices(i="X", j="Y")
    fi = d.index("f", i)
    here = delta("Y", fi, y)
    a, b = d.symbol("p", i), d.symbol("q", i)
    sign = p.cite("delta_nonneg", {"X": "Y", "i": fi, "j": y})
    sa, sb, ac = (p.spec(f, i) for f in p.known[1:])
    over = {name: close(here * t, (i.data, "X")) for name, t in (("a", a), ("b", b))}
    under = p.cite("mul_dominated", {"c": here, "a": a, "b": b}, [ac])
    signs = [p.pos(le(0, here * t), sign, s) for t, s in ((a, sa), (b, sb))]
    case = p.cite("log_sum_eq_iff", {"X": "X", **over}, [p.gen(i, f) for f in (*signs, under)])
    ia, ib = _image(p, "p", i, y), _image(p, "q", i, y)
    d.show(ia, "only one outcome is sent to `f(i)`")
    total_a, total_b = ia.left.args[1], ib.left.args[1]
    meet = linear(p, eq(here * a * total_b, here * b * total_a), [(a, ib), (b, ia)])
    tight = p.mp(p.iff_elim(p.symm(case)), p.gen(i, meet))
    d.show(tight, "so the log-sum inequality is tight for each outcome of the image")
    scaled = p.cite("rel_entr_smul", {"c": here, "a": a, "b": b}, [sign, sa, sb, ac])
    each = p.trans(tight, p.under("sum", i, scaled))
    inner = rel_entr(a, b)
    d.start("kl(j in Y: sum(i in X: delta(f(i), j)*p[i]), j in Y: sum(i in X: delta(f(i), j)*q[i]))")
    d.eq(d.p.unfold(d.current).right, by=p.unfold(d.current), because="the definition")
    line = p.under("sum", y, each)
    d.eq(line.right, by=line, because="the log-sum inequality is tight")
    swap = p.scheme("sum_swap", {"X": "Y", "Y": "X", "f": close(here * inner, (y.data, "Y"), (i.data, "X"))})
    sift = p.under("sum", i, p.scheme("delta_sift", {"X": "Y", "i": fi, "f": close(inner, (y.data, "Y"))}))
    d.eq(sift.right, by=p.trans(swap, sift), because="each outcome is sent somewhere, once")
    d.eq("kl(p, q)", by=p.symm(p.unfold(p.term("kl(p, q)"))), because="the definition")
    d.close()
