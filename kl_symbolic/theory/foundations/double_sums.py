"""Finite sums over two and three sets: how they split, when they vanish, and logs summed over a marginal.

A marginal may be 0; then so are the weights that it is the sum of, which is what makes every 0·log 0 harmless.
"""

from __future__ import annotations

from ...kernel.statements import eq, le, ne
from ...kernel.terms import Node
from ...proving.builder import hole
from ...proving.calc import Draft, derivation
from ...proving.idioms import (
    dominates,
    for_each,
    function_of,
    pair,
    points,
    sum_over,
    xlogy,
    zero_implies_zero,
)
from ...proving.tactics import algebra, linear, prove
from ...proving.tactics.facts import sum_zero

# --- sums ------------------------------------------------------------------------------------------------------


def _nested(d: Draft, op: str, *sets: str) -> None:
    """Show that nested sums over the sets of f + g or f − g split."""
    p = d.p
    d.sets(" ".join(sets))
    names = ("i", "j", "k")[: len(sets)]
    d.declare(**dict.fromkeys("fg", f"{', '.join(sets)} -> number"), **dict(zip(names, sets, strict=True)))
    f, g = (p.symbol(n, *points(p, *names)) for n in "fg")
    line = None
    for name, over in zip(reversed(names), reversed(sets), strict=True):
        values: dict[str, Node | str] = {"X": over, "f": function_of(p, f, name), "g": function_of(p, g, name)}
        split = p.scheme("sum_add", values) if op == "+" else p.cite("sum_sub", values)
        line = p.trans(sum_over(p, line, name) if line else None, split)
        f, g = line.right.args
    d.show(p.trans(line), "split each sum, the innermost first")


@derivation("sum_sum_add")
def sum_sum_add(d: Draft) -> None:
    """A double sum of sums splits."""
    _nested(d, "+", "X", "Y")


@derivation("sum_sum_sub")
def sum_sum_sub(d: Draft) -> None:
    """A double sum of differences splits."""
    _nested(d, "-", "X", "Y")


@derivation("triple_sum_add")
def triple_sum_add(d: Draft) -> None:
    """A triple sum of sums splits."""
    _nested(d, "+", "X", "Y", "Z")


@derivation("triple_sum_sub")
def triple_sum_sub(d: Draft) -> None:
    """A triple sum of differences splits."""
    _nested(d, "-", "X", "Y", "Z")


@derivation("triple_sum_rotate")
def triple_sum_rotate(d: Draft) -> None:
    """The innermost of three sums moves outside."""
    p = d.p
    d.sets("X Y Z")
    d.declare(f="X, Y, Z -> number", i="X", j="Y", k="Z")
    inner = p.scheme("sum_swap", {"X": "Y", "Y": "Z", "f": function_of(p, "f[i, j, k]", "j", "k")})
    outer = p.scheme("sum_swap", {"X": "X", "Y": "Z", "f": function_of(p, "sum(j in Y: f[i, j, k])", "i", "k")})
    d.show(p.trans(sum_over(p, inner, "i"), outer), "exchange it with one, then with the other")


@derivation("sum_sum_product")
def sum_sum_product(d: Draft) -> None:
    """A double sum of products is the product of the sums."""
    p = d.p
    d.sets("X Y")
    d.declare(f="X -> number", g="Y -> number", u="number", i="X", j="Y")
    (hu,) = d.given("0 < u")
    total = p.term("sum(j in Y: g[j])")
    inner = p.scheme("sum_mul", {"X": "Y", "a": p.term("f[i]/u"), "f": function_of(p, "g[j]", "j")})
    outer = p.scheme("sum_mul", {"X": "X", "a": total / p.term("u"), "f": function_of(p, "f[i]", "i")})
    one = p.trans(sum_over(p, p.field("f[i]*g[j]/u = f[i]/u*g[j]", hu), "j"), inner)
    two = p.trans(one, p.field(eq(one.right.args[0] * total, total / p.term("u") * p.term("f[i]")), hu))
    d.show(inner, "constants come out of the sum over `Y`")
    line = p.trans(sum_over(p, two, "i"), outer)
    goal = eq(line.right, p.term("sum(i in X: f[i])*sum(j in Y: g[j])/u"))
    d.show(p.trans(line, p.field(goal, hu)), "and out of the sum over `X`")


@derivation("sum_sum_mono")
def sum_sum_mono(d: Draft) -> None:
    """Inequalities may be summed twice."""
    p = d.p
    d.sets("X Y")
    d.declare(f="X, Y -> number", g="X, Y -> number", i="X", j="Y")
    (below,) = d.given("forall i in X: forall j in Y: f[i, j] <= g[i, j]")
    row = {n: function_of(p, f"{n}[i, j]", "j") for n in "fg"}
    inner = p.scheme("sum_mono", {"X": "Y", **row}, [p.spec(below, *points(p, "i"))])
    rows = {n: function_of(p, f"sum(j in Y: {n}[i, j])", "i") for n in "fg"}
    d.show(inner, "within each row")
    d.show(p.scheme("sum_mono", {"X": "X", **rows}, [for_each(p, inner, "i")]), "sum the rows")


@derivation("sum_sum_eq_iff_of_le")
def sum_sum_eq_iff_of_le(d: Draft) -> None:
    """A double sum of inequalities is an equality only if each one is."""
    p = d.p
    d.sets("X Y")
    d.declare(f="X, Y -> number", g="X, Y -> number", i="X", j="Y")
    (below,) = d.given("forall i in X: forall j in Y: f[i, j] <= g[i, j]")
    i, j = points(p, "i", "j")
    row = {n: function_of(p, f"{n}[i, j]", "j") for n in "fg"}
    rows = {n: function_of(p, f"sum(j in Y: {n}[i, j])", "i") for n in "fg"}
    here = p.spec(below, i)
    least = for_each(p, p.scheme("sum_mono", {"X": "Y", **row}, [here]), "i")
    outer = p.cite("sum_eq_iff_of_le", {"X": "X", **rows}, [least])
    inner = p.cite("sum_eq_iff_of_le", {"X": "Y", **row}, [here])
    d.show(outer, "sum the rows")
    d.show(inner, "within each row")
    total, same = outer.left, p.statement("forall i in X: forall j in Y: f[i, j] = g[i, j]")
    rows_agree = p.mp(p.iff_elim(outer), p.assume(total))
    forward = p.gen(i, p.mp(p.iff_elim(inner), p.spec(rows_agree, i)))
    backward = sum_over(p, p.spec(p.assume(same), i, j), "i", "j")
    d.show(p.iff_intro(total, same, forward, backward), "together")


@derivation("zero_of_sum")
def zero_of_sum(d: Draft) -> None:
    """Where a sum of non-negative numbers is 0, each of them is."""
    p = d.p
    d.sets("X")
    d.declare(f="X -> number", i="X")
    (signs,) = d.given("forall i in X: 0 <= f[i]")
    zero = p.statement("sum(i in X: f[i]) = 0")
    all_zero = p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": function_of(p, "f[i]", "i")}, [signs, p.assume(zero)])
    d.show(for_each(p, p.disch(zero, p.spec(all_zero, *points(p, "i"))), "i"), "a sum of non-negative numbers")


@derivation("zero_of_sum_sum")
def zero_of_sum_sum(d: Draft) -> None:
    """Where a double sum of non-negative numbers is 0, each of them is."""
    p = d.p
    signs = pair(d, "f")
    i, j = points(p, "i", "j")
    zero = p.statement("sum(i in X: sum(j in Y: f[i, j])) = 0")
    rows = for_each(p, prove(p, "0 <= sum(j in Y: f[i, j])"), "i")
    outer = p.cite("zero_of_sum", {"X": "X", "f": function_of(p, "sum(j in Y: f[i, j])", "i")}, [rows])
    inner = p.cite("zero_of_sum", {"X": "Y", "f": function_of(p, "f[i, j]", "j")}, [p.spec(signs, i)])
    line = p.mp(p.spec(inner, j), p.mp(p.spec(outer, i), p.assume(zero)))
    d.show(for_each(p, p.disch(zero, line), "i", "j"), "first each row sums to 0, then each summand is 0")


@derivation("le_sum_of_nonneg")
def le_sum_of_nonneg(d: Draft) -> None:
    """Each of finitely many non-negative numbers is at most their sum."""
    p = d.p
    d.sets("X")
    d.declare(f="X -> number", i="X", k="X")
    (signs,) = d.given("forall i in X: 0 <= f[i]")
    i, k = points(p, "i", "k")
    idem = p.cite("delta_idem", {"X": "X", "i": i, "j": k})
    # (1 − δ)²·f ≥ 0 and δ² = δ give δ·f ≤ f.
    picked = linear(p, "delta(i, k)*f[k] <= f[k]", [("1 - delta(i, k)", p.spec(signs, k)), ("f[k]", idem)])
    d.show(for_each(p, picked, "k"), "an indicator picks one summand")
    f = function_of(p, "f[k]", "k")
    mono = p.scheme(
        "sum_mono", {"X": "X", "f": function_of(p, "delta(i, k)*f[k]", "k"), "g": f}, [for_each(p, picked, "k")]
    )
    sift = p.scheme("delta_sift", {"X": "X", "i": i, "f": f})
    d.show(for_each(p, p.rewrite(mono, sift), "i"), "sum over all of them")


# --- x·log y over a marginal -------------------------------------------------------------------------------------


@derivation("xlogy_mul_of")
def xlogy_mul_of(d: Draft) -> None:
    """The log of a product, with zeros: the factor in front is 0 wherever one of the others is."""
    p = d.p
    a = d.numbers("a b c")[0]
    hb, hc, hab, hac = d.given("0 <= b", "0 <= c", "b = 0 => a = 0", "c = 0 => a = 0")
    goal = p.statement("xlogy(a, b*c) = xlogy(a, b) + xlogy(a, c)")
    zero = p.assume(eq(a, 0))
    first = algebra(p, goal, [zero])
    d.show(first, "where `a = 0`, all terms are 0")
    some = p.assume(ne(a, 0))
    signs = [dominates(p, s, h, some) for s, h in ((hb, hab), (hc, hac))]
    second = algebra(p, goal, signs)
    d.show(second, "elsewhere `b` and `c` are positive: the log of a product")
    d.show(p.cases(eq(a, 0), first, second), "in each of the two cases")


@derivation("xlogy_div_of")
def xlogy_div_of(d: Draft) -> None:
    """The log of a quotient, with zeros: the factor in front is 0 wherever the numerator is."""
    p = d.p
    a = d.numbers("a b c")[0]
    hb, hc, hab = d.given("0 <= b", "0 < c", "b = 0 => a = 0")
    goal = p.statement("xlogy(a, b/c) = xlogy(a, b) - xlogy(a, c)")
    first = algebra(p, goal, [p.assume(eq(a, 0)), hc])
    d.show(first, "where `a = 0`, all terms are 0")
    some = p.assume(ne(a, 0))
    second = algebra(p, goal, [dominates(p, hb, hab, some), hc])
    d.show(second, "elsewhere `b` is positive too: the log of a quotient")
    d.show(p.cases(eq(a, 0), first, second), "in each of the two cases")


@derivation("sum_xlogy")
def sum_xlogy(d: Draft) -> None:
    """The log of a constant comes out of a sum, with zeros: the sum must be 0 where the constant is."""
    p = d.p
    d.sets("X")
    d.declare(g="X -> number", b="number", i="X")
    signs, hb, hz = d.given("forall i in X: 0 <= g[i]", "0 <= b", "b = 0 => sum(i in X: g[i]) = 0")
    b, total, gi = p.term("b"), p.term("sum(i in X: g[i])"), p.term("g[i]")
    zero, some = p.assume(eq(total, 0)), p.assume(ne(total, 0))
    vanish, template = p.scheme("xlogy_zero", {"a": b}), xlogy(hole(), b)
    no_g = p.spec(p.cite("zero_of_sum", {"X": "X", "f": function_of(p, gi, "i")}, [signs]), *points(p, "i"))
    each_zero = sum_over(p, p.trans(p.congr(template, p.mp(no_g, zero)), vanish), "i")
    at_zero = p.trans(each_zero, sum_zero(p, "X"), p.symm(p.trans(p.congr(template, zero), vanish)))
    d.show(at_zero, "where the sum is 0, each summand is")
    pb = dominates(p, hb, hz, some)
    one = p.scheme("xlogy_mul", {"a": gi, "b": b}, [pb])
    log_b = p.term("log(b)")
    turned = sum_over(p, p.trans(one, p.field(eq(gi * log_b, log_b * gi))), "i")
    pulled = p.scheme("sum_mul", {"X": "X", "a": log_b, "f": function_of(p, gi, "i")})
    whole = p.scheme("xlogy_mul", {"a": total, "b": b}, [pb])
    at_some = p.trans(turned, pulled, p.field(eq(log_b * total, total * log_b)), p.symm(whole))
    d.show(at_some, "elsewhere `b` is positive, and `log(b)` comes out")
    d.show(p.cases(eq(total, 0), at_zero, at_some), "in each of the two cases")


@derivation("sum_sum_xlogy")
def sum_sum_xlogy(d: Draft) -> None:
    """The log of the total, summed over all weights."""
    p = d.p
    signs = pair(d)
    i, _ = points(p, "i", "j")
    total, row = p.term("sum(i in X: sum(j in Y: r[i, j]))"), p.term("sum(j in Y: r[i, j])")
    rows = for_each(p, prove(p, le(0, row)), "i")
    nonneg = prove(p, le(0, total), [rows])
    zero = p.spec(p.cite("zero_of_sum", {"X": "X", "f": function_of(p, row, "i")}, [rows]), i)
    inner = p.cite(
        "sum_xlogy", {"X": "Y", "g": function_of(p, "r[i, j]", "j"), "b": total}, [p.spec(signs, i), nonneg, zero]
    )
    d.show(inner, "sum each row")
    outer = p.cite(
        "sum_xlogy", {"X": "X", "g": function_of(p, row, "i"), "b": total}, [rows, nonneg, zero_implies_zero(p, total)]
    )
    d.show(p.trans(sum_over(p, inner, "i"), outer), "sum the rows")


@derivation("sum_xlogy_row")
def sum_xlogy_row(d: Draft) -> None:
    """The log of the first marginal, summed over all weights."""
    p = d.p
    signs = pair(d)
    row, here = p.term("sum(j in Y: r[i, j])"), p.spec(signs, *points(p, "i"))
    values: dict[str, Node | str] = {"X": "Y", "g": function_of(p, "r[i, j]", "j"), "b": row}
    line = p.cite("sum_xlogy", values, [here, prove(p, le(0, row)), zero_implies_zero(p, row)])
    d.show(line, "the marginal is constant along `Y`")
    d.show(sum_over(p, line, "i"), "sum over `X`")


@derivation("sum_xlogy_column")
def sum_xlogy_column(d: Draft) -> None:
    """The log of the second marginal, summed over all weights."""
    p = d.p
    signs = pair(d)
    swap = p.scheme(
        "sum_swap", {"X": "X", "Y": "Y", "f": function_of(p, "xlogy(r[i, j], sum(i in X: r[i, j]))", "i", "j")}
    )
    turned = for_each(p, p.spec(signs, *points(p, "i", "j")), "j", "i")
    row = p.cite("sum_xlogy_row", {"X": "Y", "Y": "X", "r": function_of(p, "r[i, j]", "j", "i")}, [turned])
    d.show(swap, "exchange the sums")
    d.show(p.trans(swap, row), "the marginal is constant along `X`")
