"""The limit without any assumption about frequencies: the per-flip log-ratio concentrates at D, by Chebyshev."""

from __future__ import annotations

from ...kernel.statements import eq, le, ne
from ...kernel.terms import Node, apply_abs, bound, lam, num
from ...language.rewriting import close, replace
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, absolute, derivation
from ...proving.idioms import delta, expectation, family, sum_of
from ...proving.tactics import algebra, linear, prove

INDEPENDENT = (
    "forall s in T: forall t in T: forall i in X: forall j in X: "
    "delta(s, t) = 0 => sum(o in Omega: w[o]*(delta(x(s, o), i)*delta(x(t, o), j))) = p[i]*p[j]"
)


@derivation("sum_marginal")
def sum_marginal(d: Draft) -> None:
    """The marginals of a distribution sum to 1."""
    p = d.p
    d.sets("Omega T X")
    d.declare(x="T, Omega -> X", w="Omega -> number", p="X -> number")
    total, marginal, _ = d.given(
        "sum(o in Omega: w[o]) = 1",
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        "0 < card(T)",
    )
    t, i = p.fresh("T"), p.fresh("X")
    here = p.spec(marginal, t, i)
    spread = algebra(p, eq(Node("sum", None, (close(here.left, (i.data, "X")),)), p.term("sum(o in Omega: w[o])")))
    summed = p.under("sum", i, here)
    one = linear(p, "sum(i in X: p[i]) = 1", [spread, total, summed])
    d.show(one, "each outcome is an element of `X`")
    # T is not empty, but the proof has no element of it: sum over T and divide by its size.
    both = p.under("sum", t, one)
    left = algebra(p, eq(both.left, p.term("card(T)*sum(i in X: p[i])")))
    right = algebra(p, eq(both.right, p.term("card(T)")))
    links = [("1/card(T)", both), ("1/card(T)", left), ("1/card(T)", right)]
    d.show(linear(p, "sum(i in X: p[i]) = 1", links), "divide by `card(T)`")


def _outcome(p: Proof, t: Node, o: Node) -> Node:
    """Return g at the outcome x_t(ω)."""
    return p.symbol("g", p.index("x", t, o))


@derivation("variance_of_sum")
def variance_of_sum(d: Draft) -> None:
    """The variance of a sum of pairwise independent variables with mean 0 is the sum of the variances."""
    p = d.p
    d.sets("Omega T X")
    d.declare(x="T, Omega -> X", w="Omega -> number", p="X -> number", g="X -> number")
    marginal, independent, centered = d.given(
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        INDEPENDENT,
        "sum(i in X: p[i]*g[i]) = 0",
    )
    s, t, o = p.fresh("T"), p.fresh("T"), p.fresh("Omega")
    gs, gt, w = _outcome(p, s, o), _outcome(p, t, o), d.symbol("w", o)
    same_flip, variance = delta("T", s, t), p.term("sum(i in X: p[i]*g[i]*g[i])")
    goal = eq(sum_of(p, w * (gs * gt), o), same_flip * variance)
    apart, near = p.assume(eq(same_flip, 0)), p.assume(ne(same_flip, 0))
    # Different flips: the mean of the product is the product of the means, which is 0.
    i, j = p.fresh("X"), p.fresh("X")
    pair = p.mp(p.spec(independent, s, t, i, j), apart)
    weight = pair.left * (d.symbol("g", i) * d.symbol("g", j))
    spread = algebra(p, eq(goal.args[0], sum_of(p, sum_of(p, weight, j), i)))
    d.show(spread, "name the two outcomes")
    inner = p.under("sum", i, p.under("sum", j, p.congr(weight, pair)))
    mean = p.term("sum(i in X: p[i]*g[i])")
    square = algebra(p, eq(inner.right, mean * mean))
    different = linear(p, goal, [spread, inner, square, (mean, centered), (variance, apart)])
    d.show(different, "different flips are independent, and `g` has mean 0")
    # The same flip: δ(s, t) = 1 makes the two outcomes equal.
    one = p.mp(p.cite("delta_eq_zero_or_one", {"X": "T", "i": s, "j": t}), near)
    swap = p.cite("delta_subst", {"X": "T", "i": s, "j": t, "f": close(gt, (t.data, "T"))})
    squared = p.under("sum", o, p.congr(w * (gs * gt), linear(p, eq(gt, gs), [swap, (gt - gs, one)])))
    moment = expectation(p, marginal, lam(("X",), d.symbol("g", bound(0)) * d.symbol("g", bound(0))), s)
    tidy, tidy_right = algebra(p, eq(squared.right, moment.left)), algebra(p, eq(moment.right, variance))
    equal_flip = linear(p, goal, [squared, tidy, moment, tidy_right, (variance, one)])
    d.show(equal_flip, "for one flip, the mean of the square of `g`")
    both = p.under("sum", s, p.under("sum", t, p.cases(eq(same_flip, 0), different, equal_flip)))
    d.start("sum(o in Omega: w[o]*(sum(t in T: g[x(t, o)])*sum(t in T: g[x(t, o)])))")
    d.eq(both.left, by=_multiplied_out(p, s, t, o), because="multiply out, and exchange the sums")
    d.eq(both.right, by=both, because="pairwise independence")
    d.eq("card(T)*sum(i in X: p[i]*g[i]*g[i])", because="only equal flips remain")
    d.close()


def _multiplied_out(p: Proof, s: Node, t: Node, o: Node) -> Fact:
    """Return Σ_ω w_ω·(Σ_t g)·(Σ_t g) = Σ_s Σ_t Σ_ω w_ω·(g_s·g_t)."""
    gs, gt, w = _outcome(p, s, o), _outcome(p, t, o), p.symbol("w", o)
    family = close(gt, (t.data, "T"))
    whole = Node("sum", None, (family,))
    outer = p.symm(p.scheme("sum_mul", {"X": "T", "a": w * whole, "f": family}))
    inner = p.symm(p.scheme("sum_mul", {"X": "T", "a": w * gs, "f": family}))
    tidy = p.under("sum", t, p.field(eq(w * gs * gt, w * (gs * gt))))
    each = p.trans(p.field(eq(w * whole * gs, w * gs * whole)), inner, tidy)
    line = p.trans(p.field(eq(w * (whole * whole), w * whole * whole)), outer, p.under("sum", s, each))
    two = close(each.right, (o.data, "Omega"), (s.data, "T"))
    first = p.scheme("sum_swap", {"X": "Omega", "Y": "T", "f": two})
    three = close(w * (gs * gt), (o.data, "Omega"), (t.data, "T"))
    second = p.under("sum", s, p.scheme("sum_swap", {"X": "Omega", "Y": "T", "f": three}))
    return p.trans(p.under("sum", o, line), first, second)


@derivation("chebyshev")
def chebyshev(d: Draft) -> None:
    """**Chebyshev's inequality** on a finite sample space."""
    p = d.p
    d.sets("Omega")
    d.numbers("eps")
    d.declare(w="Omega -> number", e="Omega -> number", Z="Omega -> number")
    d.given(
        "forall o in Omega: 0 <= w[o]",
        "forall o in Omega: e[o]*e[o] = e[o]",
        "forall o in Omega: e[o] = 1 => eps <= abs(Z[o])",
        "0 < eps",
    )
    o = p.fresh("Omega")
    sign, square, event = (p.spec(f, o) for f in p.known[:3])
    small = p.known[3]
    e, w, z = (d.symbol(n, o) for n in ("e", "w", "Z"))
    eps = p.term("eps")
    goal = le(e * w * (eps * eps), w * (z * z))
    zero = p.assume(eq(e, 0))
    outside = linear(p, goal, [(z, sign), (w * (eps * eps), zero)])
    some = p.assume(ne(e, 0))
    inside = p.order(eq(e, 1), [(1, 1 / e, square)], some)
    enough = p.mp(event, inside)
    size = p.cite("abs_sq", {"a": z})
    a = absolute(z)
    # |Z|² − ε² = (|Z| − ε)² + 2ε(|Z| − ε)
    on = linear(p, goal, [(a - eps, sign), (1, sign, small, enough), (w, size), (w * (eps * eps), inside)])
    each = p.gen(o, p.cases(eq(e, 0), outside, on))
    d.show(each, "in the event `eps <= abs(Z[omega])`, elsewhere the left side is 0")
    body = each.statement.args[0].args[0]
    f, g = (lam(("Omega",), side) for side in body.args)
    mono = p.scheme("sum_mono", {"X": "Omega", "f": f, "g": g}, [each])
    pulled = algebra(p, eq(mono.left, p.term("eps^2*sum(o in Omega: e[o]*w[o])")))
    target = "sum(o in Omega: e[o]*w[o]) <= sum(o in Omega: w[o]*(Z[o]*Z[o]))/eps^2"
    scale = p.pos("0 < 1/eps^2", small)
    whole = linear(p, "eps^2*sum(o in Omega: e[o]*w[o]) <= sum(o in Omega: w[o]*(Z[o]*Z[o]))", [mono, pulled])
    d.show(p.order(target, [(1, 1, scale, whole)], small), "sum, and divide by `eps^2`")


@derivation("llr_concentration")
def llr_concentration(d: Draft) -> None:
    """The per-flip log-likelihood ratio is near the divergence with high probability, without any assumed frequency."""
    p = d.p
    d.sets("Omega T X")
    d.numbers("eps")
    d.declare(x="T, Omega -> X", w="Omega -> number", p="X -> number", q="X -> number", e="Omega -> number")
    d.declare(i="X", o="Omega")
    gap = "sum(t in T: log(p[x(t, o)]/q[x(t, o)]))/card(T) - kl(p, q)"
    weights, total, marginal, _, _, some, independent, events, event, small = d.given(
        "forall o in Omega: 0 <= w[o]",
        "sum(o in Omega: w[o]) = 1",
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        "forall i in X: 0 < p[i]",
        "forall i in X: 0 < q[i]",
        "0 < card(T)",
        INDEPENDENT,
        "forall o in Omega: e[o]*e[o] = e[o]",
        f"forall o in Omega: e[o] = 1 => eps <= abs({gap})",
        "0 < eps",
    )
    i, o, t = d.index("i"), d.index("o"), p.fresh("T")
    pi, wo, big_d, card = p.term("p[i]"), p.term("w[o]"), p.term("kl(p, q)"), p.term("card(T)")
    same: dict[str, Node | str] = {n: family(p, n) for n in ("x", "w", "p")}
    same.update(Omega="Omega", T="T", X="X")
    d.prose(
        "The log-ratio of one outcome less the divergence, `log(p[i]/q[i]) - kl(p, q)`, has mean 0. Average such terms."
    )
    value = algebra(p, "kl(p, q) = sum(i in X: p[i]*log(p[i]/q[i]))")
    d.show(value, "the probabilities are positive")
    # D is a sum itself: arrange around a symbol that stands for it.
    stand_in = p.fresh_number()
    log_ratio, g_i = p.term("log(p[i]/q[i])"), p.term("log(p[i]/q[i]) - kl(p, q)")
    shape = algebra(
        p,
        eq(
            sum_of(p, pi * (log_ratio - stand_in), i),
            p.term("sum(i in X: p[i]*log(p[i]/q[i]))") - stand_in * p.term("sum(i in X: p[i])"),
        ),
    )
    shape = p.inst(shape, {stand_in.data: big_d})
    sum_p = p.cite("sum_marginal", same, [total, marginal, some])
    centered = linear(p, eq(sum_of(p, pi * g_i, i), 0), [shape, value, (big_d, sum_p)])
    d.show(centered, "so the log-ratio of one flip, less the divergence, has mean 0")
    g = close(g_i, ("i", "X"))
    variance = p.cite("variance_of_sum", {**same, "g": g}, [marginal, independent, centered])
    d.show(variance, "variances of pairwise independent flips add up")
    z = p.term(gap)
    values = {"eps": p.term("eps"), "w": family(p, "w"), "e": family(p, "e"), "Z": close(z, ("o", "Omega"))}
    bounded = p.cite("chebyshev", {"Omega": "Omega", **values}, [weights, events, event, small])
    d.show(bounded, "Chebyshev's inequality")
    # The per-flip log-ratio less D is the mean of g over the flips.
    flips = sum_of(p, apply_abs(g, d.index("x", t, o)), t)
    shape = algebra(p, eq(replace(z, big_d, stand_in), replace(flips, big_d, stand_in) / card))
    mean = p.inst(shape, {stand_in.data: big_d})
    squares = linear(
        p, eq(wo * (z * z), 1 / (card * card) * (wo * (flips * flips))), [(wo * z, mean), (wo * (flips / card), mean)]
    )
    factor = p.scheme(
        "sum_mul", {"X": "Omega", "a": 1 / (card * card), "f": close(wo * (flips * flips), ("o", "Omega"))}
    )
    positive = prove(p, "0 < q[i]")
    tidy = p.under("sum", i, p.field(eq(pi * g_i ** num(2), pi * g_i * g_i), positive))
    goal = "sum(o in Omega: e[o]*w[o]) <= sum(i in X: p[i]*(log(p[i]/q[i]) - kl(p, q))^2)/(card(T)*eps^2)"
    over = 1 / p.term("eps^2")
    facts = [(over, p.under("sum", o, squares)), (over, factor), (over / (card * card), variance), (over / card, tidy)]
    d.show(linear(p, goal, [bounded, *facts]), "the variance of the mean is that of one flip, divided by `card(T)`")
