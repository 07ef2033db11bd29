"""The log-sum inequality with its equality case, and what it gives at once: the divergence is convex."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, apply_abs
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import (
    above_zero,
    at_ratio,
    combined,
    dominated,
    dominates,
    family,
    iff_trans,
    mixture_weight,
    rel_entr,
    summed,
    vanishes,
    weights,
)
from ...proving.tactics import linear, prove
from ...proving.tactics.facts import sum_zero


@derivation("sum_linear")
def sum_linear(d: Draft) -> None:
    """A sum of a combination is the combination of the sums."""
    p = d.p
    a, b = d.numbers("a b")
    d.sets("X")
    f, g = d.family("f", "X"), d.family("g", "X")
    i = p.fresh("X")
    parts = {name: close(t, (i.data, "X")) for name, t in (("f", a * f[i]), ("g", b * g[i]))}
    split = d.show(p.scheme("sum_add", {"X": "X", **parts}), "a sum of sums")
    pulled = [p.scheme("sum_mul", {"X": "X", "a": c, "f": family(p, n)}) for c, n in ((a, "f"), (b, "g"))]
    d.show(p.rewrite(split, *pulled), "constants come out")


@derivation("sum_sub")
def sum_sub(d: Draft) -> None:
    """A sum of differences is the difference of the sums."""
    p = d.p
    d.sets("X")
    f, g = d.family("f", "X"), d.family("g", "X")
    i = p.fresh("X")
    split = combined(p, i, p.field(eq(f[i] - g[i], 1 * f[i] + -1 * g[i])), (1, -1), (f[i], g[i]))
    d.show(linear(p, "sum(i in X: f[i] - g[i]) = sum(i in X: f[i]) - sum(i in X: g[i])", [split]), "sums are linear")


@derivation("sum_eq_zero")
def sum_eq_zero(d: Draft) -> None:
    """A sum of zeros is zero."""
    p = d.p
    d.sets("X")
    d.family("f", "X")
    (zero,) = d.given("forall i in X: f[i] = 0")
    same = d.show(p.congr_under("sum", "X", zero), "each summand is zero")
    d.show(p.trans(same, sum_zero(p, "X")), "sums are linear, so zero comes out as a factor")


@derivation("sum_eq_zero_of_dominated")
def sum_eq_zero_of_dominated(d: Draft) -> None:
    """Absolute continuity passes to sums: a sum of non-negative numbers is zero only if each of them is."""
    p = d.p
    d.sets("X")
    d.family("a", "X")
    d.family("b", "X")
    signs, ac = d.given("forall i in X: 0 <= b[i]", "forall i in X: b[i] = 0 => a[i] = 0")
    total = p.assume("sum(i in X: b[i]) = 0")
    each = p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": family(p, "b")}, [signs, total])
    i = p.fresh("X")
    zero = p.gen(i, p.mp(p.spec(ac, i), p.spec(each, i)))
    d.show(zero, "where `sum(i in X: b[i]) = 0`")
    none = p.cite("sum_eq_zero", {"X": "X", "f": family(p, "a")}, [zero])
    d.show(p.disch(total.statement, none), "so `sum(i in X: a[i]) = 0`")


def _families(d: Draft) -> None:
    """Declare a and b over X: non-negative, and a absolutely continuous with respect to b."""
    d.sets("X")
    weights(d, "a")
    weights(d, "b")
    dominated(d, "a", "b")


def _sums(p: Proof) -> tuple[Node, Node, Node]:
    """Return Σa, Σb and Σ rel_entr(a, b)."""
    return p.term("sum(i in X: a[i])"), p.term("sum(i in X: b[i])"), p.term("sum(i in X: rel_entr(a[i], b[i]))")


_TANGENT = "sum(i in X: a[i])*log(c) + sum(i in X: a[i]) - c*sum(i in X: b[i])"


def _constant_ratio(d: Draft, lemma: str, shown: str) -> tuple[Fact, Fact]:
    """Cite the master inequality, or its equality case, with one c for all outcomes; open its left side."""
    p = d.p
    _families(d)
    (c,) = d.numbers("c")
    (pc,) = d.given(lt(0, c))
    i = p.fresh("X")
    values = {"a": family(p, "a"), "b": family(p, "b"), "c": close(c, (i.data, "X"))}
    master = p.cite(lemma, {"X": "X", **values}, [*p.known[:3], p.gen(i, pc)])
    left = master.left if master.statement.op == "<=" else master.left.args[0]
    d.show(master, f"{shown}, with the same `c` for all outcomes")
    return master, _linear_parts(p, i, left)


def _linear_parts(p: Proof, i: Node, total: Node) -> Fact:
    """Return (Σa)·log c + Σa − c·Σb as what the sum of the tangents is equal to."""
    scales = p.term("log(c) + 1"), -p.term("c")
    ai, bi = p.symbol("a", i), p.symbol("b", i)
    laid = p.field(eq(apply_abs(total.args[0], i), scales[0] * ai + scales[1] * bi))
    split = combined(p, i, laid, scales, (ai, bi))
    return p.trans(split, p.field(eq(split.right, p.term(_TANGENT))))


@derivation("log_sum_tangent")
def log_sum_tangent(d: Draft) -> None:
    """The tangents with one slope for all outcomes, added up."""
    p = d.p
    master, opened = _constant_ratio(d, "master_inequality", "the master inequality")
    d.show(p.rewrite(master, opened), "constants come out of the sums")


@derivation("log_sum_tangent_iff")
def log_sum_tangent_iff(d: Draft) -> None:
    """The tangents with one slope for all outcomes are all reached exactly when the weights have this ratio."""
    p = d.p
    master, opened = _constant_ratio(d, "master_inequality_iff", "the equality case of the master inequality")
    d.show(p.rewrite(master, opened), "constants come out of the sums")


@derivation("sum_rel_entr_of_sum_eq_zero")
def sum_rel_entr_of_sum_eq_zero(d: Draft) -> None:
    """Where non-negative numbers sum to zero, all their relative entropies are zero."""
    p = d.p
    d.sets("X")
    a, b = d.family("a", "X"), d.family("b", "X")
    signs, total = d.given("forall i in X: 0 <= a[i]", "sum(i in X: a[i]) = 0")
    each = p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": family(p, "a")}, [signs, total])
    d.show(each, "non-negative numbers with sum 0 are all 0")
    i = p.fresh("X")
    none = p.gen(i, vanishes(p, a[i], b[i], p.spec(each, i)))
    summand = close(rel_entr(a[i], b[i]), (i.data, "X"))
    d.show(p.cite("sum_eq_zero", {"X": "X", "f": summand}, [none]), "so each summand is 0")


def _ratio_of_sums(p: Proof, some: Fact) -> tuple[Fact, Fact, Fact]:
    """Return 0 < Σa, 0 < Σb and 0 < Σa/Σb where Σa ≠ 0."""
    _, nb, ac = p.known
    first, second, _ = _sums(p)
    sums = p.cite("sum_eq_zero_of_dominated", {"X": "X", "a": family(p, "a"), "b": family(p, "b")}, [nb, ac])
    pa = above_zero(p, prove(p, le(0, first)), some)
    pb = dominates(p, prove(p, le(0, second)), sums, some)
    return pa, pb, p.pos(lt(0, first / second), pa, pb)


@derivation("log_sum_le")
def log_sum_le(d: Draft) -> None:
    """**The log-sum inequality**: the tangents at the ratio of the sums, added up."""
    p = d.p
    _families(d)
    first, second, total = _sums(p)
    goal = le(rel_entr(first, second), total)
    none, some = p.assume(eq(first, 0)), p.assume(ne(first, 0))
    fa, fb = family(p, "a"), family(p, "b")
    zero = p.cite("sum_rel_entr_of_sum_eq_zero", {"X": "X", "a": fa, "b": fb}, [p.known[0], none])
    left = linear(p, goal, [zero, vanishes(p, first, second, none)])
    (c,), i = d.numbers("c"), p.fresh("X")
    positive = p.assume(lt(0, c))
    values = {"a": d.symbol("a", i), "b": d.symbol("b", i), "c": c}
    tangent = p.cite("rel_entr_tangent", values, [*(p.spec(f, i) for f in p.known), positive])
    each = d.show(p.gen(i, tangent), "the tangent of the logarithm, with the same slope for all outcomes")
    total_tangent = summed(p, each)
    bound = p.rewrite(total_tangent, _linear_parts(p, i, total_tangent.left))
    d.show(bound, "sum over the outcomes")
    d.prose("Where `sum(i in X: a[i])` is positive, take `c = sum(i in X: a[i])/sum(i in X: b[i])`: two terms cancel.")
    pa, pb, pc = _ratio_of_sums(p, some)
    right = p.order(goal, [(1, 1, p.inst(bound, {"c": first / second}, [pc])), (1, 1, at_ratio(p, pa, pb))], pb)
    d.show(p.cases(none.statement, left, right), "and where `sum(i in X: a[i]) = 0`, both sides are 0")


@derivation("log_sum_eq_iff")
def log_sum_eq_iff(d: Draft) -> None:
    """The equality case of the log-sum inequality: the two families are proportional."""
    p = d.p
    _families(d)
    first, second, total = _sums(p)
    tight = eq(rel_entr(first, second), total)
    same = p.statement("forall i in X: a[i]*sum(i in X: b[i]) = b[i]*sum(i in X: a[i])")
    none, some = p.assume(eq(first, 0)), p.assume(ne(first, 0))
    fa, fb = family(p, "a"), family(p, "b")
    i = p.fresh("X")
    ai, bi = d.symbol("a", i), d.symbol("b", i)
    zero = p.cite("sum_rel_entr_of_sum_eq_zero", {"X": "X", "a": fa, "b": fb}, [p.known[0], none])
    each = p.spec(p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": fa}, [p.known[0], none]), i)
    both = linear(p, tight, [zero, vanishes(p, first, second, none)])
    all_zero = p.gen(i, linear(p, eq(ai * second, bi * first), [(second, each), (bi, none)]))
    left = p.iff_intro(tight, same, all_zero, both)
    d.show(zero, "where `sum(i in X: a[i]) = 0`, every summand is 0")
    pa, pb, pc = _ratio_of_sums(p, some)
    ratio = first / second
    case = p.cite("log_sum_tangent_iff", {"X": "X", "a": fa, "b": fb, "c": ratio}, [*p.known, pc])
    d.show(case, "elsewhere, the equality case of the tangents at the ratio of the sums")
    whole = at_ratio(p, pa, pb)
    linear_part = p.order(eq(case.left.args[0], whole.left), [(-1, 1, whole)], pb)
    touching = p.rewrite(case, linear_part)
    forward = p.gen(i, p.order(eq(ai * second, bi * first), [(1, second, p.spec(p.assume(case.right), i))], pb))
    backward = p.gen(i, p.order(eq(ai, ratio * bi), [(1, 1 / second, p.spec(p.assume(same), i))], pb))
    right = iff_trans(p, touching, p.iff_intro(case.right, same, forward, backward))
    d.show(p.cases(none.statement, left, right), "multiply by `sum(i in X: b[i])`")


@derivation("kl_convex")
def kl_convex(d: Draft) -> None:
    """The divergence is **jointly convex**: mixing two pairs brings them together."""
    p = d.p
    d.sets("X")
    weight = mixture_weight(d)
    for name in "prqs":
        weights(d, name)
    dominated(d, "p", "q")
    dominated(d, "r", "s")
    i, t = p.fresh("X"), p.term("lambda")
    values = {n: d.symbol(f, i) for n, f in zip("arbs", "prqs", strict=True)}
    here = [p.spec(f, i) for f in p.known[2:]]
    each = p.cite("rel_entr_convex", {"lambda": t, **values}, [*weight, *here])
    d.show(p.gen(i, each), "the summands are convex")
    f, g = close(each.left, (i.data, "X")), close(each.right, (i.data, "X"))
    summed = p.scheme("sum_mono", {"X": "X", "f": f, "g": g}, [p.gen(i, each)])
    left = p.unfold(p.term("kl(i in X: lambda*p[i] + (1 - lambda)*r[i], i in X: lambda*q[i] + (1 - lambda)*s[i])"))
    first, second = p.unfold(p.term("kl(p, q)")), p.unfold(p.term("kl(r, s)"))
    parts = {"a": t, "b": 1 - t, "f": first.right.args[0], "g": second.right.args[0]}
    split = p.cite("sum_linear", {"X": "X", **parts})
    goal = le(left.left, t * first.left + (1 - t) * second.left)
    d.show(linear(p, goal, [summed, left, split, (t, first), (1 - t, second)]), "sum over the outcomes")


def _mixed_with_itself(p: Proof, fact: Fact, name: str) -> Fact:
    """Rewrite λp + (1 − λ)p to p in a line."""
    i = p.fresh("X")
    value, t = p.symbol(name, i), p.term("lambda")
    return p.rewrite(fact, p.gen(i, p.field(eq(t * value + (1 - t) * value, value))))


@derivation("kl_convex_left")
def kl_convex_left(d: Draft) -> None:
    """The divergence is convex in the true distribution."""
    p = d.p
    d.sets("X")
    weight = mixture_weight(d)
    for name in "prq":
        weights(d, name)
    dominated(d, "p", "q")
    dominated(d, "r", "q")
    np_, nr, nq, ac, ac2 = p.known[2:]
    values = {"lambda": p.term("lambda")} | {n: family(p, f) for n, f in zip("prqs", "prqq", strict=True)}
    joint = p.cite("kl_convex", {"X": "X", **values}, [*weight, np_, nr, nq, ac, ac2])
    d.show(joint, "joint convexity, with the same second argument twice")
    d.show(_mixed_with_itself(p, joint, "q"), "mixing `q` with itself changes nothing")


@derivation("kl_convex_right")
def kl_convex_right(d: Draft) -> None:
    """The divergence is convex in the model."""
    p = d.p
    d.sets("X")
    weight = mixture_weight(d)
    for name in "pqs":
        weights(d, name)
    dominated(d, "p", "q")
    dominated(d, "p", "s")
    np_, nq, ns, ac, ac2 = p.known[2:]
    values = {"lambda": p.term("lambda")} | {n: family(p, f) for n, f in zip("prqs", "ppqs", strict=True)}
    joint = p.cite("kl_convex", {"X": "X", **values}, [*weight, np_, nq, ns, ac, ac2])
    d.show(joint, "joint convexity, with the same first argument twice")
    d.show(_mixed_with_itself(p, joint, "p"), "mixing `p` with itself changes nothing")
