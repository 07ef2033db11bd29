"""Bounds on the entropy with their equality cases, its concavity, and the convexity of the cross-entropy."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import Fact
from ...proving.calc import Draft, derivation, log
from ...proving.idioms import (
    above_zero,
    distribution,
    dominated,
    dominates,
    family,
    iff_trans,
    mixture_weight,
    positive_dominates,
    positive_value,
    vanishes,
    weights,
    xlogy,
    xlogy_at_zero,
)
from ...proving.tactics import linear, prove
from ...proving.tactics.facts import sum_zero


@derivation("xlogy_self_nonpos")
def xlogy_self_nonpos(d: Draft) -> None:
    """The product of a number in the unit interval and its log is not positive."""
    p = d.p
    (a,) = d.numbers("a")
    sign, small = d.given("0 <= a", "a <= 1")
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    positive = above_zero(p, sign, some)
    goal = le(xlogy(a, a), 0)
    value = p.scheme("xlogy_mul", {"a": a, "b": a}, [positive])
    tangent = p.scheme("log_le", {"a": a}, [positive])
    d.show(tangent, "the tangent of the logarithm, where a is positive")
    right = p.order(goal, [(1, 1, positive, tangent), (1, 1, positive, small), (1, 1, value)])
    d.show(
        p.cases(zero.statement, p.order(goal, [(1, 1, xlogy_at_zero(p, zero.left, zero))]), right),
        "and where `a = 0` it is 0",
    )


@derivation("xlogy_self_eq_zero_iff")
def xlogy_self_eq_zero_iff(d: Draft) -> None:
    """The product of a number and its log vanishes at 0 and at 1 only."""
    p = d.p
    (a,) = d.numbers("a")
    (sign,) = d.given("0 <= a")
    flat, idem = p.assume(eq(xlogy(a, a), 0)), p.assume("a^2 = a")
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    left = p.iff_intro(
        flat.statement, idem.statement, linear(p, "a^2 = a", [(a, zero), zero]), xlogy_at_zero(p, zero.left, zero)
    )
    positive = above_zero(p, sign, some)
    value = p.scheme("xlogy_mul", {"a": a, "b": a}, [positive])
    no_log = p.order("log(a) = 0", [(1, 1 / a, flat), (-1, 1 / a, value)], positive)
    undone = p.cite("exp_log", {"x": a}, [positive])
    one = p.trans(p.symm(undone), p.congr(undone.left, no_log), p.cite("exp_zero", {}))
    d.show(one, "elsewhere `log(a) = 0` implies `a = exp(0)`")
    is_one = p.order("a = 1", [(1, 1 / a, idem)], some)
    none = p.trans(p.congr(p.term("log(a)"), is_one), p.cite("log_one", {}))
    forward = linear(p, "a^2 = a", [(a, one)])
    backward = linear(p, flat.statement, [value, (a, none)])
    right = p.iff_intro(flat.statement, idem.statement, forward, backward)
    d.show(p.cases(zero.statement, left, right), "and `log(1) = 0`")


def _each_nonpos(d: Draft) -> tuple[Node, Node, Fact]:
    """Declare a distribution p; return an outcome i, p_i, and xlogy(p_i, p_i) ≤ 0."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    signs, total = p.known
    i = p.fresh("X")
    here = d.symbol("p", i)
    below = p.spec(p.cite("le_sum_of_nonneg", {"X": "X", "f": family(p, "p")}, [signs]), i)
    small = p.rewrite(below, total)
    return i, here, p.cite("xlogy_self_nonpos", {"a": here}, [p.spec(signs, i), small])


@derivation("entropy_nonneg")
def entropy_nonneg(d: Draft) -> None:
    """Entropy is not negative."""
    p = d.p
    i, here, each = _each_nonpos(d)
    d.show(p.gen(i, each), "probabilities are at most 1")
    families = {"f": close(xlogy(here, here), (i.data, "X")), "g": close(num(0), (i.data, "X"))}
    mono = p.scheme("sum_mono", {"X": "X", **families}, [p.gen(i, each)])
    d.show(
        linear(p, "0 <= entropy(p)", [mono, sum_zero(p, "X"), p.unfold(p.term("entropy(p)"))]), "sum over the outcomes"
    )


@derivation("entropy_eq_zero_iff")
def entropy_eq_zero_iff(d: Draft) -> None:
    """Only certainty has no entropy: every probability is 0 or 1."""
    p = d.p
    i, here, each = _each_nonpos(d)
    values = {"f": xlogy(here, here), "g": num(0), "h": here ** num(2), "k": here}
    families = {n: close(t, (i.data, "X")) for n, t in values.items()}
    sums = p.cite("sum_eq_iff_of_le", {"X": "X", "f": families["f"], "g": families["g"]}, [p.gen(i, each)])
    d.show(p.gen(i, each), "probabilities are at most 1")
    flat = p.cite("xlogy_self_eq_zero_iff", {"a": here}, [p.spec(p.known[0], i)])
    d.show(p.gen(i, flat), "where `xlogy(p[i], p[i])` vanishes")
    outcomes = p.cite("forall_congr_iff", {"X": "X", **families}, [p.gen(i, flat)])
    opened, none = p.unfold(p.term("entropy(p)")), sum_zero(p, "X")
    goal = eq(opened.left, 0)
    forward = linear(p, sums.left, [opened, none, p.assume(goal)])
    backward = linear(p, goal, [opened, none, p.assume(sums.left)])
    whole = p.iff_intro(goal, sums.left, forward, backward)
    d.show(iff_trans(p, iff_trans(p, whole, sums), outcomes), "a sum of such terms vanishes only if each does")


@derivation("entropy_base")
def entropy_base(d: Draft) -> None:
    """In another base the entropy changes by a factor: a bit is ``log(2)`` nats."""
    p = d.p
    (b,) = d.positive("b")
    (base,) = d.given("log(b) != 0")
    d.sets("X")
    a = d.family("p", "X")
    (positive,) = d.given("forall i in X: 0 < p[i]")
    i = p.fresh("X")
    value = p.scheme("xlogy_mul", {"a": a[i], "b": a[i]}, [p.spec(positive, i)])
    scale = 1 / log(b)
    each = p.order(eq(a[i] * (log(a[i]) / log(b)), scale * xlogy(a[i], a[i])), [(-1, scale, value)], base)
    d.show(p.gen(i, each), "the log to the base `b` is the natural log, divided by `log(b)`")
    total = p.scheme("sum_mul", {"X": "X", "a": scale, "f": close(xlogy(a[i], a[i]), (i.data, "X"))})
    split = p.trans(p.under("sum", i, each), total)
    goal = p.statement("-sum(i in X: p[i]*(log(p[i])/log(b))) = entropy(p)/log(b)")
    opened = p.unfold(p.term("entropy(p)"))
    d.show(p.order(goal, [(-1, 1, split), (-1, scale, opened)], base), "the factor comes out of the sum")


def _uniform(d: Draft) -> tuple[dict[str, Node | str], list[Fact], Fact]:
    """Declare a distribution p on a set that is not empty; return p and 1/|X|, what is known of these, and B6."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    (size,) = d.given("0 < card(X)")
    signs, total = p.known[:2]
    i = p.fresh("X")
    share = p.term("1/card(X)")
    positive = p.pos(lt(0, share), size)
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "q": close(share, (i.data, "X"))}
    mul = p.scheme("sum_mul", {"X": "X", "a": share, "f": close(num(1), (i.data, "X"))})
    counted = p.trans(p.under("sum", i, p.field(eq(share, share * 1), size)), mul)
    whole = p.order(eq(counted.left, 1), [(1, 1, counted), (1, share, p.scheme("sum_one", {"X": "X"}))], size)
    ac = p.gen(i, positive_dominates(p, positive, d.symbol("p", i), size))
    known = [signs, total, p.gen(i, p.pos(le(0, share), size)), whole, ac]
    return values, known, p.cite("entropy_eq_log_card_sub_kl", {"X": "X", "p": family(p, "p")}, [signs, total, size])


@derivation("entropy_le_log_card")
def entropy_le_log_card(d: Draft) -> None:
    """No distribution has more entropy than the uniform one."""
    p = d.p
    values, (signs, total, nonneg, whole, ac), missing = _uniform(d)
    d.show(missing, "the difference from `log(card(X))` is a divergence")
    bound = p.order(le(whole.left, 1), [(1, 1, whole)])
    gibbs = p.cite("kl_nonneg", values, [signs, total, nonneg, bound, ac])
    d.show(gibbs, "Gibbs' inequality")
    d.show(linear(p, "entropy(p) <= log(card(X))", [missing, gibbs]), "together")


@derivation("entropy_eq_log_card_iff")
def entropy_eq_log_card_iff(d: Draft) -> None:
    """Only the uniform distribution has the largest entropy."""
    p = d.p
    values, known, missing = _uniform(d)
    size = p.known[2]
    d.show(missing, "the difference from `log(card(X))` is a divergence")
    case = d.show(p.cite("kl_eq_zero_iff", values, known), "the equality case of Gibbs' inequality")
    goal = p.statement("entropy(p) = log(card(X))")
    same = p.statement("forall i in X: p[i]*card(X) = 1")
    first = p.iff_intro(
        goal,
        case.left,
        linear(p, case.left, [missing, p.assume(goal)]),
        linear(p, goal, [missing, p.assume(case.left)]),
    )
    i = p.fresh("X")
    here, n = d.symbol("p", i), size.right
    forward = p.order(eq(here * n, 1), [(1, n, p.spec(p.assume(case.right), i))], size)
    backward = p.order(eq(here, 1 / n), [(1, 1 / n, p.spec(p.assume(same), i))], size)
    last = p.iff_intro(case.right, same, p.gen(i, forward), p.gen(i, backward))
    d.show(iff_trans(p, iff_trans(p, first, case), last), "multiply by `card(X)`")


@derivation("entropy_eq_neg_kl_one")
def entropy_eq_neg_kl_one(d: Draft) -> None:
    """Entropy is the opposite of the divergence from weights that are all 1."""
    p = d.p
    d.sets("X")
    weights(d, "p")
    i = p.fresh("X")
    here = d.symbol("p", i)
    each = p.cite("rel_entr_one", {"a": here}, [p.spec(p.known[0], i)])
    d.show(p.gen(i, each), "`log(1) = 0`")
    goal = p.statement("entropy(p) = -kl(p, i in X: 1)")
    facts = [p.unfold(goal.args[0]), p.unfold(goal.args[1].args[0]), p.under("sum", i, each)]
    d.show(linear(p, goal, facts), "sum over the outcomes")


@derivation("entropy_concave")
def entropy_concave(d: Draft) -> None:
    """Entropy is concave: mixing adds uncertainty."""
    p = d.p
    d.sets("X")
    weight = mixture_weight(d)
    weights(d, "p")
    weights(d, "r")
    first, second = p.known[2:]
    i = p.fresh("X")
    ones, t = close(num(1), (i.data, "X")), p.term("lambda")
    one = p.pos("0 < 1")
    here = [d.symbol(n, i) for n in "pr"]
    acs = [p.gen(i, positive_dominates(p, one, a)) for a in here]
    families = {"p": family(p, "p"), "r": family(p, "r"), "q": ones}
    convex = p.cite(
        "kl_convex_left", {"X": "X", "lambda": t, **families}, [*weight, first, second, p.gen(i, p.pos("0 <= 1")), *acs]
    )
    d.show(convex, "the divergence from weights 1 is convex")
    rest = p.order(le(0, 1 - t), [(1, 1, weight[1])])
    mixed = t * here[0] + (1 - t) * here[1]
    signs = [p.spec(first, i), p.spec(second, i), weight[0], rest]
    nonneg = p.gen(i, p.pos(le(0, mixed), *signs))
    known = ((first, families["p"]), (second, families["r"]), (nonneg, close(mixed, (i.data, "X"))))
    one_p, one_r, one_mixed = (p.cite("entropy_eq_neg_kl_one", {"X": "X", "p": f}, [s]) for s, f in known)
    d.show(one_mixed, "entropy is that divergence, with the other sign")
    goal = le(t * one_p.left + (1 - t) * one_r.left, one_mixed.left)
    d.show(linear(p, goal, [convex, (t, one_p), (1 - t, one_r), one_mixed]), "so the inequality is reversed")


@derivation("rel_entr_square")
def rel_entr_square(d: Draft) -> None:
    """The relative entropy of a number with respect to its square."""
    p = d.p
    (a,) = d.numbers("a")
    (sign,) = d.given("0 <= a")
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    goal = p.statement("rel_entr(a, a^2) = -xlogy(a, a)")
    left = linear(p, goal, [vanishes(p, a, a ** num(2), zero), xlogy_at_zero(p, zero.left, zero)])
    positive = above_zero(p, sign, some)
    value = positive_value(p, positive, p.pos("0 < a^2", positive))
    d.show(value, "where a is positive")
    power = p.cite("log_pow", {"a": a, "b": num(2)}, [positive])
    own = p.scheme("xlogy_mul", {"a": a, "b": a}, [positive])
    right = linear(p, goal, [value, (a, power), own])
    d.show(p.cases(zero.statement, left, right), "`log(a^2) = 2*log(a)`")


@derivation("eq_zero_of_sq_eq_zero")
def eq_zero_of_sq_eq_zero(d: Draft) -> None:
    """Only zero has square zero."""
    p = d.p
    (a,) = d.numbers("a")
    (square,) = d.given("a^2 = 0")
    divided = p.order("a = 0", [(1, 1 / a, square)], p.assume(ne(a, 0)))
    d.show(p.cases(eq(a, 0), p.assume(eq(a, 0)), divided), "divide by a, where it is not zero")


@derivation("collision_bound")
def collision_bound(d: Draft) -> None:
    """A lower bound of the probability that two draws coincide: the log-sum inequality for ``p[i]`` and its square."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    signs, total = p.known
    (i,) = d.indices(i="X")
    here = d.symbol("p", i)
    square = here ** num(2)
    zero = p.assume(eq(square, 0))
    families = {"a": family(p, "p"), "b": close(square, (i.data, "X"))}
    ac = p.gen(i, p.disch(zero.statement, p.cite("eq_zero_of_sq_eq_zero", {"a": here}, [zero])))
    squares = p.gen(i, p.pos(le(0, square), p.spec(signs, i)))
    log_sum = p.cite("log_sum_le", {"X": "X", **families}, [signs, squares, ac])
    d.show(log_sum, "the log-sum inequality")
    chance = p.term("sum(i in X: p[i]^2)")
    under = p.rewrite(p.cite("sum_eq_zero_of_dominated", {"X": "X", **families}, [squares, ac]), total)
    one = p.pos("0 < 1")
    positive = dominates(p, prove(p, le(0, chance)), under, p.symm(p.order("0 != 1", [(1, 1, one)])))
    value = positive_value(p, one, positive)
    each = p.cite("rel_entr_square", {"a": here}, [p.spec(signs, i)])
    d.show(each, "what each summand is")
    pulled = p.scheme("sum_mul", {"X": "X", "a": num(-1), "f": close(xlogy(here, here), (i.data, "X"))})
    sums = p.trans(p.under("sum", i, p.trans(each, p.field(eq(each.right, -1 * xlogy(here, here))))), pulled)
    facts = [p.rewrite(log_sum, total), value, p.cite("log_one", {}), sums, p.unfold(p.term("entropy(p)"))]
    d.show(linear(p, "-entropy(p) <= log(sum(i in X: p[i]^2))", facts), "`sum(i in X: p[i]) = 1` and `log(1) = 0`")


@derivation("cross_entropy_convex")
def cross_entropy_convex(d: Draft) -> None:
    """Cross-entropy is convex in the model: it differs from the divergence by the entropy of the data."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    weight = mixture_weight(d)
    weights(d, "q")
    weights(d, "s")
    dominated(d, "p", "q")
    dominated(d, "p", "s")
    signs, total, positive, small, nq, ns, acq, acs = p.known
    t, i = p.term("lambda"), p.fresh("X")
    q, s = (d.symbol(n, i) for n in "qs")
    rest = p.order(lt(0, 1 - t), [(1, 1, small)])
    parts = [p.pos(le(0, t * q), positive, p.spec(nq, i)), p.pos(le(0, (1 - t) * s), rest, p.spec(ns, i))]
    mixed = t * q + (1 - t) * s
    none = p.assume(eq(mixed, 0))
    first = p.cite("eq_zero_of_add_eq_zero", {"a": t * q, "b": (1 - t) * s}, [*parts, none])
    no_q = p.order(eq(q, 0), [(1, 1 / t, first)], positive)
    ac = p.gen(i, p.disch(none.statement, p.mp(p.spec(acq, i), no_q)))
    nonneg = p.gen(i, p.pos(le(0, mixed), *parts))
    families = {n: family(p, n) for n in "pqs"}
    convex = p.cite("kl_convex_right", {"X": "X", "lambda": t, **families}, [*weight, signs, nq, ns, acq, acs])
    d.show(convex, "the divergence is convex in the model")
    mixture = close(mixed, (i.data, "X"))
    known = ((families["q"], nq, acq), (families["s"], ns, acs), (mixture, nonneg, ac))
    at_q, at_s, at_mixture = (
        p.cite("cross_entropy_identity", {"X": "X", "p": families["p"], "q": f}, [signs, total, n, a])
        for f, n, a in known
    )
    d.show(at_mixture, "cross-entropy is entropy plus divergence")
    goal = le(at_mixture.left, t * at_q.left + (1 - t) * at_s.left)
    d.show(linear(p, goal, [convex, at_mixture, (t, at_q), (1 - t, at_s)]), "the entropy is the same on both sides")
