"""Sufficient statistics: what the data tell about the parameter, they tell through the statistic."""

from __future__ import annotations

from ...kernel.statements import eq, le, ne
from ...kernel.terms import Node, apply_abs
from ...language.rewriting import close
from ...proving.calc import Draft, derivation
from ...proving.idioms import delta, family, rel_entr
from ...proving.tactics import linear, prove


@derivation("sum_fibres")
def sum_fibres(d: Draft) -> None:
    """A sum over outcomes, collected by the value of a statistic."""
    p = d.p
    d.sets("X Y")
    d.declare(f="X -> Y", h="X -> number", u="Y -> number")
    x, y = p.fresh("X"), p.fresh("Y")
    at, hx, uy = d.index("f", x), d.symbol("h", x), d.symbol("u", y)
    hit = delta("Y", at, y)
    over = (y.data, "Y")
    sift = p.scheme("delta_sift", {"X": "Y", "i": at, "f": close(hx * uy, over)})
    named = p.under("sum", x, p.symm(sift))
    swap = p.scheme("sum_swap", {"X": "X", "Y": "Y", "f": close(hit * (hx * uy), (x.data, "X"), over)})
    pulled = p.scheme("sum_mul", {"X": "X", "a": uy, "f": close(hit * hx, (x.data, "X"))})
    turned = p.under("sum", x, p.field(eq(hit * (hx * uy), uy * (hit * hx))))
    d.start("sum(i in X: h[i]*u[f(i)])")
    d.eq(named.right, by=named, because="name the value of the statistic")
    tidy = p.trans(turned, pulled, p.field(eq(pulled.right, pulled.right.args[1] * uy)))
    collected = p.trans(swap, p.under("sum", y, tidy))
    d.eq(collected.right, by=collected, because="collect equal values")
    d.close()


@derivation("mutual_info_of_factors")
def mutual_info_of_factors(d: Draft) -> None:
    """Where a joint distribution factors, a factor of the outcome alone comes out of the mutual information."""
    p = d.p
    d.sets("T X")
    d.declare(r="T, X -> number", u="T, X -> number", c="X -> number", w="T -> number")
    factors, rows, nc, nu, nw, ac = d.given(
        "forall t in T: forall i in X: r[t, i] = c[i]*u[t, i]",
        "forall t in T: sum(i in X: r[t, i]) = w[t]",
        "forall i in X: 0 <= c[i]",
        "forall t in T: forall i in X: 0 <= u[t, i]",
        "forall t in T: 0 <= w[t]",
        "forall t in T: forall i in X: w[t] = 0 => u[t, i] = 0",
    )
    d.declare(t="T", i="X")
    t, i = d.index("t"), d.index("i")
    over = (t.data, "T")
    wt, ci, uti = (d.symbol(n, *a) for n, a in (("w", (t,)), ("c", (i,)), ("u", (t, i))))
    joint, row = p.spec(factors, t, i), p.spec(rows, t)
    outside = p.scheme("sum_mul", {"X": "T", "a": ci, "f": close(uti, over)})
    column = p.trans(p.under("sum", t, joint), outside)
    d.show(column, "the marginal factors as well")
    total = outside.right.args[1]
    # What the law for a common factor asks: w·U = 0 makes u zero, for either w or the sum U of u is 0.
    signs, weight = p.gen(t, p.spec(nu, t, i)), p.spec(nw, t)
    none, zero, other = p.assume(eq(wt * total, 0)), p.assume(eq(wt, 0)), p.assume(ne(wt, 0))
    empty = p.order(eq(total, 0), [(1, 1 / wt, none)], other)
    sums = p.spec(p.cite("zero_of_sum", {"X": "T", "f": close(uti, over)}, [signs]), t)
    vanishes = p.cases(zero.statement, p.mp(p.spec(ac, t, i), zero), p.mp(sums, empty))
    positive = p.pos(le(0, wt * total), weight, prove(p, le(0, total), [signs]))
    premises = [p.spec(nc, i), p.spec(nu, t, i), positive, p.disch(none.statement, vanishes)]
    out = p.cite("rel_entr_smul", {"c": ci, "a": uti, "b": wt * total}, premises)
    summand = p.congr(rel_entr(joint.left, row.left * column.left), joint)
    for fact in (row, column):
        summand = p.trans(summand, p.congr(summand.right, fact))
    turned = p.congr(summand.right, p.field(eq(wt * (ci * total), ci * (wt * total))))
    each = p.trans(summand, turned, out)
    d.show(each, "a common factor comes out")
    opened = p.unfold(p.term("mutual_info(r)"))
    d.show(p.trans(opened, p.under("sum", t, p.under("sum", i, each))), "sum over both")


@derivation("sufficient_statistic")
def sufficient_statistic(d: Draft) -> None:
    """**Sufficient statistics**: where the likelihood depends on the parameter through a statistic, it tells all."""
    p = d.p
    d.sets("T X Y")
    d.declare(f="X -> Y", w="T -> number", p="T, X -> number", g="T, Y -> number", h="X -> number")
    nw, ones, ng, nh, factors = d.given(
        "forall t in T: 0 <= w[t]",
        "forall t in T: sum(i in X: p[t, i]) = 1",
        "forall t in T: forall j in Y: 0 <= g[t, j]",
        "forall i in X: 0 <= h[i]",
        "forall t in T: forall i in X: p[t, i] = g[t, f(i)]*h[i]",
    )
    t, i, j = p.fresh("T"), p.fresh("X"), p.fresh("Y")
    over_t, over_x, over_y = ((k.data, n) for k, n in ((t, "T"), (i, "X"), (j, "Y")))
    at = d.index("f", i)
    wt, pti, gtj, hi = (d.symbol(n, *a) for n, a in (("w", (t,)), ("p", (t, i)), ("g", (t, j)), ("h", (i,))))
    uj = wt * gtj
    u = close(uj, over_y)
    ui = apply_abs(u, at)
    # What does not depend on how x and f(x) are distributed: the signs of w and w·g, and where w·g is 0.
    sign = p.pos(le(0, uj), p.spec(nw, t), p.spec(ng, t, j))
    none = p.assume(eq(wt, 0))
    signs, zeros = p.gen(j, sign), p.gen(j, p.disch(none.statement, linear(p, eq(uj, 0), [(gtj, none)])))
    shared: dict[str, Node | str] = {"T": "T", "w": family(p, "w")}
    # The joint weight of θ and x.
    joint = linear(p, eq(wt * pti, hi * ui), [(wt, p.spec(factors, t, i))])
    inner = p.scheme("sum_mul", {"X": "X", "a": wt, "f": close(pti, over_x)})
    row = linear(p, eq(inner.left, wt), [inner, (wt, p.spec(ones, t))])
    premises = [
        p.gen(t, p.gen(i, joint)), p.gen(t, row), nh, p.gen(t, p.gen(i, p.spec(signs, at))), nw,
        p.gen(t, p.gen(i, p.spec(zeros, at))),
    ]  # fmt: skip
    both = {"r": close(joint.left, over_t, over_x), "u": close(ui, over_t, over_x)}
    first = p.cite("mutual_info_of_factors", {**shared, **both, "X": "X", "c": family(p, "h")}, premises)
    d.show(premises[0], "the weight of a parameter and an outcome: `h` times a function of the statistic")
    d.show(first, "so `h` comes out of the information")
    # The joint weight of θ and f(x): h gives way to its sum over the x with that value.
    hit = delta("Y", at, j)
    moved = p.cite("delta_subst", {"X": "Y", "i": at, "j": j, "f": u})
    each = linear(p, eq(hit * (wt * pti), uj * (hit * hi)), [(hit, joint), (hi, moved)])
    inner = p.scheme("sum_mul", {"X": "X", "a": uj, "f": close(hit * hi, over_x)})
    fibre = inner.right.args[1]
    joint_y = p.trans(p.under("sum", i, each), inner, p.field(eq(uj * fibre, fibre * uj)))
    along: dict[str, Node | str] = {"X": "X", "Y": "Y", "f": close(at, over_x), "h": family(p, "h")}
    collected = p.symm(p.cite("sum_fibres", {**along, "u": u}))
    row_y = p.trans(p.under("sum", j, joint_y), collected, p.under("sum", i, p.symm(joint)), row)
    premises = [
        p.gen(t, p.gen(j, joint_y)), p.gen(t, row_y), p.gen(j, prove(p, le(0, fibre))), p.gen(t, signs), nw,
        p.gen(t, zeros),
    ]  # fmt: skip
    both = {"r": close(joint_y.left, over_t, over_y), "u": close(uj, over_t, over_y)}
    second = p.cite("mutual_info_of_factors", {**shared, **both, "X": "Y", "c": close(fibre, over_y)}, premises)
    d.show(
        premises[0],
        "the weight of a parameter and a value of the statistic: the sum of `h` over that value takes its place",
    )
    d.show(second, "which comes out in the same way")
    divergence = close(rel_entr(uj, wt * Node("sum", None, (close(uj, over_t),))), over_y)
    same = p.cite("sum_fibres", {**along, "u": divergence})
    d.show(
        p.trans(first, p.under("sum", t, same), p.symm(second)),
        "both are one sum, collected by the value of the statistic",
    )
