"""The Jensen–Shannon divergence: both distributions against their mean. Symmetric, and at most log 2."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, apply_abs, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, log
from ...proving.idioms import (
    above_zero,
    at_ratio,
    delta,
    distribution,
    family,
    rel_entr,
    vanishes,
    weights,
    xlogy,
)
from ...proving.tactics import linear

MEAN = "i in X: (p[i] + q[i])/2"
JS = f"1/2*kl(p, {MEAN}) + 1/2*kl(q, {MEAN})"
HALF = num(Fraction(1, 2))


def _both_and_mean(p: Proof, i: Node) -> tuple[Node, Node, Node]:
    """Return p_i, q_i and m_i."""
    first, second, mean = (p.symbol(n, i) for n in "pqm")
    return first, second, mean


# --- against the mean: positive, and 0 only between equals ---------------------------------------------------------


def _with_mean(d: Draft) -> tuple[Node, dict[str, Fact]]:
    """Declare distributions p and q and their mean m; return an index and what Gibbs' inequality asks of p and m."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    distribution(d, "q")
    d.family("m", "X")
    d.given("forall i in X: m[i] = (p[i] + q[i])/2")
    np, sp, nq, sq, mean = p.known
    i = p.fresh("X")
    pi, qi, mi = _both_and_mean(p, i)
    here, signs = p.spec(mean, i), (p.spec(np, i), p.spec(nq, i))
    none = p.assume(eq(mi, 0))
    total = linear(p, eq(pi + qi, 0), [none, here])
    zero = p.cite("eq_zero_of_add_eq_zero", {"a": pi, "b": qi}, [*signs, total])
    split = p.cite("sum_linear", {"X": "X", "a": HALF, "b": HALF, "f": family(p, "p"), "g": family(p, "q")})
    halves = p.under("sum", i, linear(p, eq(mi, HALF * pi + HALF * qi), [here]))
    return i, {
        "not negative": p.gen(i, p.order(le(0, mi), [(Fraction(1, 2), 1, s) for s in signs] + [(-1, 1, here)])),
        "sums to 1": linear(p, "sum(i in X: m[i]) = 1", [halves, split, sp, sq]),
        "dominates": p.gen(i, p.disch(none.statement, zero)),
    }


@derivation("kl_mean_nonneg")
def kl_mean_nonneg(d: Draft) -> None:
    """A distribution against its mean with another one: Gibbs' inequality."""
    p = d.p
    _, known = _with_mean(d)
    d.show(known["dominates"], "the mean is positive where `p` is")
    below = p.order("sum(i in X: m[i]) <= 1", [(1, 1, known["sums to 1"])])
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "q": family(p, "m")}
    premises = [*p.known[:2], known["not negative"], below, known["dominates"]]
    d.show(p.cite("kl_nonneg", values, premises), "Gibbs' inequality")


@derivation("kl_mean_eq_zero_iff")
def kl_mean_eq_zero_iff(d: Draft) -> None:
    """A distribution is its mean with another one only if both are equal."""
    p = d.p
    i, known = _with_mean(d)
    pi, qi, mi = _both_and_mean(p, i)
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "q": family(p, "m")}
    case = p.cite("kl_eq_zero_iff", values, [*p.known[:2], *known.values()])
    d.show(case, "the equality case of Gibbs' inequality")
    here = p.spec(p.known[-1], i)
    same = p.statement("forall i in X: p[i] = q[i]")
    zero = p.assume(case.left)
    meet = p.spec(p.mp(p.iff_elim(case), zero), i)
    forward = p.gen(i, linear(p, eq(pi, qi), [meet, here]))
    each = p.gen(i, linear(p, eq(pi, mi), [p.spec(p.assume(same), i), here]))
    backward = p.mp(p.iff_elim(p.symm(case)), each)
    d.show(p.iff_intro(case.left, same, forward, backward), "`p` is equal to the mean exactly where it is equal to `q`")


def _any_two(d: Draft) -> None:
    d.sets("X")
    distribution(d, "p")
    distribution(d, "q")


def _both(p: Proof, lemma: str) -> tuple[Fact, Fact]:
    """Cite a lemma about p and its mean with q, for p and for q."""
    i = p.fresh("X")
    pi, qi, _ = _both_and_mean(p, i)
    mean = (pi + qi) / 2
    turned = p.gen(i, p.field(eq(mean, (qi + pi) / 2)))
    own = p.gen(i, p.field(eq(mean, mean)))
    values: dict[str, Node | str] = {"X": "X", "m": close(mean, (i.data, "X"))}
    first, second = family(p, "p"), family(p, "q")
    one, two = p.known[:2], p.known[2:4]
    return (
        p.cite(lemma, {**values, "p": first, "q": second}, [*one, *two, own]),
        p.cite(lemma, {**values, "p": second, "q": first}, [*two, *one, turned]),
    )


@derivation("js_nonneg")
def js_nonneg(d: Draft) -> None:
    """The Jensen–Shannon divergence is not negative: it is the mean of two divergences."""
    p = d.p
    _any_two(d)
    first, second = _both(p, "kl_mean_nonneg")
    d.show(first, "Gibbs' inequality for `p` and the mean")
    d.show(second, "and for `q` and the mean")
    d.show(linear(p, f"0 <= {JS}", [first, second]), "half of each")


@derivation("js_eq_zero_iff")
def js_eq_zero_iff(d: Draft) -> None:
    """It is 0 exactly when both distributions are the same."""
    p = d.p
    _any_two(d)
    first, second = _both(p, "kl_mean_nonneg")
    case, other = _both(p, "kl_mean_eq_zero_iff")
    d.show(second, "no divergence is negative")
    d.show(case, "and `p` is the mean only if it is `q`")
    zero, same = p.assume(f"{JS} = 0"), p.assume(case.right)
    below = p.order(le(first.right, 0), [(1, 1, second), (2, 1, zero)])
    tight = p.scheme("antisymm", {"a": first.right, "b": num(0)}, [below, first])
    forward = p.mp(p.iff_elim(case), tight)
    i = p.fresh("X")
    turned = p.gen(i, p.symm(p.spec(same, i)))
    both = [p.mp(p.iff_elim(p.symm(c)), f) for c, f in ((case, same), (other, turned))]
    backward = linear(p, zero.statement, both)
    d.show(p.iff_intro(zero.statement, same.statement, forward, backward), "the sum is 0 only if both are")


# --- at most log 2 -------------------------------------------------------------------------------------------------


@derivation("rel_entr_mean_le")
def rel_entr_mean_le(d: Draft) -> None:
    """The ratio of a number to its mean with another one is at most 2."""
    p = d.p
    a, b = d.numbers("a b")
    sa, sb = d.given("0 <= a", "0 <= b")
    mean = (a + b) / 2
    goal = le(rel_entr(a, mean), a * log(2))
    zero, other = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    left = linear(p, goal, [vanishes(p, a, mean, zero), (log(2), zero)])
    d.show(left, "where `a = 0`, both sides are 0")
    pa = above_zero(p, sa, other)
    total = p.pos(lt(0, a + b), pa, sb)
    pm, two = p.pos(lt(0, mean), total), p.pos("0 < 2")
    share = a / (a + b)
    ps = p.pos(lt(0, share), pa, total)
    tangent = p.scheme("log_le", {"a": share}, [ps])
    d.show(tangent, "elsewhere, the tangent at the share of `a`")
    twice = p.trans(p.congr(log(hole()), p.field(eq(a / mean, 2 * share), total)))
    logs = p.trans(twice, p.scheme("log_mul", {"a": num(2), "b": share}, [two, ps]))
    value = at_ratio(p, pa, pm)
    # a·(share − 1) = −share·b
    right = p.order(goal, [(1, 1, value), (1, a, logs), (1, 1, pa, tangent), (1, 1, ps, sb)], total)
    d.show(right, "a share is at most 1")
    d.show(p.cases(zero.statement, left, right), "in each of the two cases")


@derivation("kl_mean_le")
def kl_mean_le(d: Draft) -> None:
    """The divergence of a distribution from its mean with another one is at most the log of 2."""
    p = d.p
    i, _ = _with_mean(d)
    pi, qi, mi = _both_and_mean(p, i)
    here = p.symm(p.spec(p.known[-1], i))
    ratio = p.cite("rel_entr_mean_le", {"a": pi, "b": qi}, [p.spec(p.known[0], i), p.spec(p.known[2], i)])
    each = p.order(le(rel_entr(pi, mi), log(2) * pi), [(1, 1, p.rewrite(ratio, here))])
    sides = {n: close(side, (i.data, "X")) for n, side in zip("fg", each.statement.args, strict=True)}
    below = d.show(p.gen(i, each), "for each outcome the ratio to the mean is at most 2")
    mono = p.scheme("sum_mono", {"X": "X", **sides}, [below])
    pulled = p.scheme("sum_mul", {"X": "X", "a": log(2), "f": family(p, "p")})
    opened = p.unfold(p.term("kl(p, m)"))
    d.show(linear(p, "kl(p, m) <= log(2)", [mono, pulled, opened, (log(2), p.known[1])]), "and probabilities sum to 1")


@derivation("js_le_log_two")
def js_le_log_two(d: Draft) -> None:
    """The Jensen–Shannon divergence is at most one bit, whatever the distributions are."""
    p = d.p
    _any_two(d)
    first, second = _both(p, "kl_mean_le")
    d.show(first, "the ratio to the mean is at most 2")
    d.show(second, "for `q` as well")
    d.show(linear(p, f"{JS} <= log(2)", [first, second]), "half of each")


# --- as entropies, and as information ------------------------------------------------------------------------------


@derivation("rel_entr_mean")
def rel_entr_mean(d: Draft) -> None:
    """The summand of the Jensen–Shannon divergence, by summands of entropies."""
    p = d.p
    a, b = d.numbers("a b")
    sa, sb = d.given("0 <= a", "0 <= b")
    mean = (a + b) / 2
    opened = [p.unfold(rel_entr(x, mean)) for x in (a, b)]
    shared = eq(xlogy(a, mean) + xlogy(b, mean), 2 * xlogy(mean, mean))
    none, other = p.assume(eq(mean, 0)), p.assume(ne(mean, 0))
    total = linear(p, eq(a + b, 0), [none])
    zeros = [
        p.cite("eq_zero_of_add_eq_zero", {"a": a, "b": b}, [sa, sb, total]),
        p.cite("eq_zero_of_add_eq_zero", {"a": b, "b": a}, [sb, sa, p.order(eq(b + a, 0), [(1, 1, total)])]),
        none,
    ]
    vanish, template = p.scheme("xlogy_zero", {"a": mean}), xlogy(hole(), mean)
    left = linear(p, shared, [p.trans(p.congr(template, z), vanish) for z in zeros])
    positive = above_zero(p, p.pos(le(0, mean), sa, sb), other)
    logs = [p.scheme("xlogy_mul", {"a": x, "b": mean}, [positive]) for x in (a, b, mean)]
    right = linear(p, shared, logs)
    joined = d.show(p.cases(none.statement, left, right), "as `a` and `b` add up to twice their mean")
    own = HALF * xlogy(a, a) + HALF * xlogy(b, b)
    goal = eq(HALF * rel_entr(a, mean) + HALF * rel_entr(b, mean), own - xlogy(mean, mean))
    d.show(linear(p, goal, [*opened, joined]), "the definition")


@derivation("js_eq_entropy")
def js_eq_entropy(d: Draft) -> None:
    """The Jensen–Shannon divergence is what mixing adds to the entropy."""
    p = d.p
    d.sets("X")
    weights(d, "p")
    weights(d, "q")
    i = p.fresh("X")
    pi, qi, _ = _both_and_mean(p, i)
    mean = (pi + qi) / 2
    each = p.cite("rel_entr_mean", {"a": pi, "b": qi}, [p.spec(f, i) for f in p.known])
    parts = [close(f, (i.data, "X")) for f in (rel_entr(pi, mean), rel_entr(qi, mean), xlogy(pi, pi), xlogy(qi, qi))]
    half: dict[str, Node | str] = {"X": "X", "a": HALF, "b": HALF}
    left = p.cite("sum_linear", {**half, "f": parts[0], "g": parts[1]})
    right = p.cite("sum_linear", {**half, "f": parts[2], "g": parts[3]})
    minus = p.cite("sum_sub", {"X": "X", "f": right.left.args[0], "g": close(xlogy(mean, mean), (i.data, "X"))})
    names = (f"kl(p, {MEAN})", f"kl(q, {MEAN})", f"entropy({MEAN})", "entropy(p)", "entropy(q)")
    opened = [p.unfold(p.term(t)) for t in names]
    goal = f"{JS} = entropy({MEAN}) - 1/2*entropy(p) - 1/2*entropy(q)"
    summed = d.show(p.under("sum", i, each), "sum what holds for each outcome")
    d.show(linear(p, goal, [summed, left, right, minus, *opened]), "these sums are entropies and divergences")


def _sum_of_two(p: Proof, exhaust: Fact, b: Node, points: tuple[Node, Node], value: Node) -> Fact:
    """Return Σ_b f(b) = f(zero) + f(one), where each b is one of the two; *value* is f(b) for the free index b."""
    family = close(value, (b.data, "B"))
    picks = [delta("B", k, b) for k in points]
    symmetric = [(value, p.cite("delta_symm", {"X": "B", "i": b, "j": k})) for k in points]
    first, second = (d * value for d in picks)
    split = linear(p, eq(value, first + second), [(value, p.spec(exhaust, b)), *symmetric])
    add = p.scheme("sum_add", {"X": "B", "f": close(first, (b.data, "B")), "g": close(second, (b.data, "B"))})
    sifts = [p.scheme("delta_sift", {"X": "B", "i": k, "f": family}) for k in points]
    goal = eq(Node("sum", None, (family,)), sifts[0].right + sifts[1].right)
    return linear(p, goal, [p.under("sum", b, split), add, *sifts])


@derivation("js_eq_mutual_info")
def js_eq_mutual_info(d: Draft) -> None:
    """The Jensen–Shannon divergence is what a sample tells about the fair bit that chose where it came from."""
    p = d.p
    d.sets("B X")
    d.declare(zero="B", one="B")
    distribution(d, "p")
    distribution(d, "q")
    (exhaust,) = d.given("forall b in B: delta(b, zero) + delta(b, one) = 1")
    np, sp, nq, sq, _ = p.known
    d.prose(
        """A fair bit is `zero` or `one`: each element of `B` is exactly one of the two. The sample is drawn from
        `p` where the bit is `zero`, and from `q` where it is `one`."""
    )
    points = zero, one = d.index("zero"), d.index("one")
    d.declare(b="B", i="X")
    b, i = d.index("b"), d.index("i")
    pi, qi, _ = _both_and_mean(p, i)
    mean = (pi + qi) / 2

    def joint(k: Node) -> Node:
        return HALF * (delta("B", k, zero) * pi + delta("B", k, one) * qi)

    # δ(zero, zero) = 1, so δ(zero, one) = 0; and the same for one.
    selves = [p.scheme("delta_self", {"X": "B", "i": k}) for k in (zero, one)]
    apart = [p.spec(exhaust, k) for k in (zero, one)]
    known = [(t, f) for f in (*selves, *apart) for t in (pi, qi)]
    rows = [linear(p, eq(joint(k), HALF * own), known) for k, own in ((zero, pi), (one, qi))]
    column = p.trans(_sum_of_two(p, exhaust, b, points, joint(b)), linear(p, eq(joint(zero) + joint(one), mean), rows))
    d.show(column, "the sample has the mean distribution")
    db = [HALF * delta("B", b, k) for k in (zero, one)]
    spread = p.under("sum", i, p.field(eq(joint(b), db[0] * pi + db[1] * qi)))
    split = p.cite("sum_linear", {"X": "X", "a": db[0], "b": db[1], "f": family(p, "p"), "g": family(p, "q")})
    fair = linear(p, eq(spread.left, HALF), [spread, split, (db[0], sp), (db[1], sq), p.spec(exhaust, b)])
    d.show(fair, "the bit is fair")
    opened = p.unfold(p.term("mutual_info(b in B: i in X: 1/2*(delta(b, zero)*p[i] + delta(b, one)*q[i]))"))
    first = p.congr(rel_entr(joint(b), fair.left * column.left), column)
    marginals = p.under("sum", b, p.under("sum", i, p.trans(first, p.congr(first.right, fair))))
    two = _sum_of_two(p, exhaust, b, points, apply_abs(marginals.right.args[0], b))
    divergences = []
    for row, own, signs in zip(rows, (pi, qi), ((np, nq), (nq, np)), strict=True):
        halves = p.congr(rel_entr(row.left, HALF * mean), row)
        out = p.cite("rel_entr_smul", {"c": HALF, "a": own, "b": mean}, _half_signs(p, i, own, signs))
        d.show(row, f"the joint distribution where the bit is {'zero' if own == pi else 'one'}")
        d.show(out, "the factor `1/2` comes out")
        each = p.under("sum", i, p.trans(halves, out))
        pulled = p.scheme("sum_mul", {"X": "X", "a": HALF, "f": close(rel_entr(own, mean), (i.data, "X"))})
        divergences.append(p.trans(each, pulled))
    definitions = [p.unfold(p.term(f"kl({n}, {MEAN})")) for n in "pq"]
    goal = eq(opened.left, p.term(JS))
    d.show(
        linear(p, goal, [opened, marginals, two, *divergences, *definitions]),
        "sum over the samples and both values of the bit",
    )


def _half_signs(p: Proof, i: Node, own: Node, signs: tuple[Fact, Fact]) -> list[Fact]:
    """Return what rel_entr(½a, ½m) = ½rel_entr(a, m) asks of a and m = (p + q)/2."""
    pi, qi, _ = _both_and_mean(p, i)
    mean = (pi + qi) / 2
    first, second = (p.spec(f, i) for f in signs)
    none = p.assume(eq(mean, 0))
    total = linear(p, eq(first.right + second.right, 0), [none])
    zero = p.cite("eq_zero_of_add_eq_zero", {"a": first.right, "b": second.right}, [first, second, total])
    return [p.pos(le(0, HALF)), first, p.pos(le(0, mean), first, second), p.disch(none.statement, zero)]
