"""One inequality about weights on pairs, and when it is an equality: what mutual information rests on.

It is the tangent of the logarithm at r_x·r_y/(r·S), summed, where S is the total of the weights r, and r_x and r_y are
the marginals. With S = 1 it is about mutual information, for each given z about conditional mutual information.
"""

from __future__ import annotations

from ...kernel.statements import eq, le, ne
from ...kernel.terms import Node
from ...proving.builder import Fact
from ...proving.calc import Draft, derivation
from ...proving.idioms import above_zero, for_each, function_of, pair, points, sum_over, zero_implies_zero
from ...proving.tactics import algebra, linear, prove
from ...proving.tactics.facts import sum_zero
from ...proving.tactics.linear import Entry
from ..notation import R_X, R_Y, TOTAL, TWO, pair_values

SUMMAND = f"xlogy(r[i, j], r[i, j]) + xlogy(r[i, j], {TOTAL}) - xlogy(r[i, j], {R_X}) - xlogy(r[i, j], {R_Y})"
"""r·log(r·S/(r_x·r_y)), with S the total."""
INFORMATION = f"sum(i in X: sum(j in Y: {SUMMAND}))"


def _tangent_names(d: Draft) -> tuple[list[Fact], Fact]:
    """Declare a, b, c and u with their signs; return the hypotheses, and b·c = 0 ⇒ a = 0."""
    p = d.p
    d.numbers("a b c u")
    given = d.given("0 <= a", "0 <= b", "0 <= c", "0 < u", "b = 0 => a = 0", "c = 0 => a = 0")
    none = p.assume("b*c = 0")
    first = p.mp(given[4], p.assume("b = 0"))
    other = p.assume("b != 0")
    second = p.mp(given[5], p.order("c = 0", [(1, "1/b", none)], other))
    return given, p.disch("b*c = 0", p.cases("b = 0", first, second))


def _expanded(d: Draft, given: list[Fact]) -> list[Fact]:
    """Return what rewrites the tangent of a·log(a/(b·c)), with factor 1/u, by logs of b, c and u."""
    p = d.p
    logs = algebra(p, "log(1/u) = -log(u)")
    product = p.cite("xlogy_mul_of", {n: p.term(n) for n in "abc"}, [given[1], given[2], given[4], given[5]])
    d.show(product, "the log of a product")
    value = p.scheme("xlogy_mul", {"a": p.term("a"), "b": p.term("u")}, [given[3]])
    return [p.unfold(p.term("rel_entr(a, b*c)")), product, value, logs]


@derivation("pair_tangent")
def pair_tangent(d: Draft) -> None:
    """The tangent of the logarithm at a ratio of products, with zeros allowed."""
    p = d.p
    given, none = _tangent_names(d)
    signs = [given[0], p.pos("0 <= b*c", given[1], given[2]), none, p.pos("0 < 1/u", given[3])]
    values = {"a": p.term("a"), "b": p.term("b*c"), "c": p.term("1/u")}
    tangent = d.show(p.cite("rel_entr_tangent", values, signs), "the tangent")
    *parts, logs = _expanded(d, given)
    goal = "a - b*c/u <= xlogy(a, a) + xlogy(a, u) - xlogy(a, b) - xlogy(a, c)"
    d.show(linear(p, goal, [tangent, *parts, ("a", logs)]), "the log of a quotient")


@derivation("pair_tangent_iff")
def pair_tangent_iff(d: Draft) -> None:
    """Where the tangent of the logarithm at a ratio of products is reached."""
    p = d.p
    given, none = _tangent_names(d)
    signs = [given[0], p.pos("0 <= b*c", given[1], given[2]), none, p.pos("0 < 1/u", given[3])]
    values = {"a": p.term("a"), "b": p.term("b*c"), "c": p.term("1/u")}
    case = d.show(p.cite("rel_entr_tangent_iff", values, signs), "where the tangent touches")
    *parts, logs = _expanded(d, given)
    facts: list[Entry] = [*parts, ("a", logs)]
    touch = p.statement("a - b*c/u = xlogy(a, a) + xlogy(a, u) - xlogy(a, b) - xlogy(a, c)")
    meet = p.statement("a*u = b*c")
    there = p.mp(p.iff_elim(case), linear(p, case.left, [p.assume(touch), *facts]))
    forward = linear(p, meet, [("u", there)])
    scaled = linear(p, case.right, [("1/u", p.assume(meet))])
    backward = linear(p, touch, [p.mp(p.iff_elim(p.symm(case)), scaled), *facts])
    d.show(p.iff_intro(touch, meet, forward, backward), "multiply by `u`")


@derivation("pair_information_of_zero")
def pair_information_of_zero(d: Draft) -> None:
    """Weights with total 0 have the information 0."""
    p = d.p
    signs = pair(d)
    (none,) = d.given(f"{TOTAL} = 0")
    i, j = points(p, "i", "j")
    zero = p.mp(
        p.spec(p.cite("zero_of_sum_sum", {**TWO, "f": function_of(p, "r[i, j]", "i", "j")}, [signs]), i, j), none
    )
    d.show(zero, "non-negative numbers with sum 0")
    gone = p.congr(p.term(SUMMAND), zero)
    parts = [p.scheme("xlogy_zero", {"a": p.term(t)}) for t in ("0", TOTAL, R_X, R_Y)]
    line = sum_over(p, p.trans(gone, linear(p, eq(gone.right, 0), parts)), "i", "j")
    inner = sum_over(p, sum_zero(p, "Y"), "i")
    d.show(p.trans(line, inner, sum_zero(p, "X")), "and all terms are 0")


def _tangents(d: Draft, signs: Fact) -> tuple[dict[str, Node | str], list[Fact], Fact]:
    """Return what the tangent at i and j is about, what shows its hypotheses, and that the left sides sum to 0.

    The lines assume that the total is not 0.
    """
    p = d.p
    i, j = points(p, "i", "j")
    total, row, column = p.term(TOTAL), p.term(R_X), p.term(R_Y)
    here, turned = p.spec(signs, i), for_each(p, p.spec(signs, i, j), "i")
    nonneg_row, nonneg_column = prove(p, le(0, row), [here]), prove(p, le(0, column), [turned])
    nonneg = prove(p, le(0, total), [for_each(p, nonneg_row, "i")])
    positive = above_zero(p, nonneg, p.assume(ne(total, 0)))
    no_row = p.spec(p.cite("zero_of_sum", {"X": "Y", "f": function_of(p, "r[i, j]", "j")}, [here]), j)
    no_column = p.spec(p.cite("zero_of_sum", {"X": "X", "f": function_of(p, "r[i, j]", "i")}, [turned]), i)
    values: dict[str, Node | str] = {"a": p.term("r[i, j]"), "b": row, "c": column, "u": total}
    f, g = function_of(p, "r[i, j]", "i", "j"), function_of(p, f"{R_X}*{R_Y}/{TOTAL}", "i", "j")
    split = p.cite("sum_sum_sub", {**TWO, "f": f, "g": g})
    both = {"f": function_of(p, row, "i"), "g": function_of(p, column, "j"), "u": total}
    product = p.cite("sum_sum_product", {**TWO, **both}, [positive])
    swap = p.scheme("sum_swap", {**TWO, "f": f})
    product = p.rewrite(product, p.symm(swap))
    balance = linear(p, eq(split.left, 0), [split, product], [positive])
    return values, [p.spec(here, j), nonneg_row, nonneg_column, positive, no_row, no_column], balance


@derivation("pair_information_nonneg")
def pair_information_nonneg(d: Draft) -> None:
    """The information of weights on pairs is not negative, whatever their total is."""
    p = d.p
    signs = pair(d)
    goal = p.statement(f"0 <= {INFORMATION}")
    none = p.assume(f"{TOTAL} = 0")
    first = linear(p, goal, [p.cite("pair_information_of_zero", pair_values(p), [signs, none])])
    values, premises, balance = _tangents(d, signs)
    point = p.cite("pair_tangent", values, premises)
    d.show(for_each(p, point, "i", "j"), "for each pair, the tangent")
    d.show(balance, "the marginals have the same total as the weights")
    sides = {n: function_of(p, t, "i", "j") for n, t in zip("fg", point.statement.args, strict=True)}
    mono = p.cite("sum_sum_mono", {**TWO, **sides}, [for_each(p, point, "i", "j")])
    second = linear(p, goal, [mono, balance])
    d.show(second, "sum over all pairs")
    d.show(p.cases(none.statement, first, second), "and where the total is 0, the sum is 0")


@derivation("pair_information_eq_zero_iff")
def pair_information_eq_zero_iff(d: Draft) -> None:
    """The information of weights on pairs is 0 exactly where the two variables are independent."""
    p = d.p
    signs = pair(d)
    i, j = points(p, "i", "j")
    equal, product = p.statement(f"{INFORMATION} = 0"), p.statement(f"r[i, j]*{TOTAL} = {R_X}*{R_Y}")
    independent = p.statement(f"forall i in X: forall j in Y: r[i, j]*{TOTAL} = {R_X}*{R_Y}")
    none = p.assume(f"{TOTAL} = 0")
    vanish = p.cite("pair_information_of_zero", pair_values(p), [signs, none])
    rows = for_each(p, prove(p, le(0, p.term(R_X)), [p.spec(signs, i)]), "i")
    no_row = p.mp(p.spec(p.cite("zero_of_sum", {"X": "X", "f": function_of(p, R_X, "i")}, [rows]), i), none)
    trivial = for_each(p, linear(p, product, [("r[i, j]", none), (R_Y, no_row)]), "i", "j")
    first = p.iff_intro(equal, independent, trivial, vanish)
    values, premises, balance = _tangents(d, signs)
    point, touch = (p.cite(name, values, premises) for name in ("pair_tangent", "pair_tangent_iff"))
    sides = {n: function_of(p, t, "i", "j") for n, t in zip("fg", point.statement.args, strict=True)}
    sums = p.cite("sum_sum_eq_iff_of_le", {**TWO, **sides}, [for_each(p, point, "i", "j")])
    d.show(touch, "where the tangent touches")
    d.show(sums, "a sum of inequalities is an equality only if each one is")
    d.show(balance, "the marginals have the same total as the weights")
    all_touch = p.mp(p.iff_elim(sums), linear(p, sums.left, [balance, p.assume(equal)]))
    forward = for_each(p, p.mp(p.iff_elim(touch), p.spec(all_touch, i, j)), "i", "j")
    meet = p.mp(p.iff_elim(p.symm(touch)), p.spec(p.assume(independent), i, j))
    tight = p.mp(p.iff_elim(p.symm(sums)), for_each(p, meet, "i", "j"))
    second = p.iff_intro(equal, independent, forward, linear(p, equal, [tight, balance]))
    d.show(p.cases(none.statement, first, second), "and where the total is 0, both sides are 0")


@derivation("sum_xlogy_marginals_le")
def sum_xlogy_marginals_le(d: Draft) -> None:
    """The entropies of two marginals and of the weights, whatever their total is: the information, summed."""
    p = d.p
    signs = pair(d)
    information = d.show(p.cite("pair_information_nonneg", pair_values(p), [signs]), "the information is not negative")
    terms = [f"xlogy(r[i, j], {t})" for t in ("r[i, j]", TOTAL, R_X, R_Y)]
    splits = []
    for k, rule in ((1, "sum_sum_add"), (2, "sum_sum_sub"), (3, "sum_sum_sub")):
        left = function_of(p, " - ".join([" + ".join(terms[:2]), *terms[2:k]]) if k > 1 else terms[0], "i", "j")
        splits.append(p.cite(rule, {**TWO, "f": left, "g": function_of(p, terms[k], "i", "j")}))
    names = ("sum_sum_xlogy", "sum_xlogy_row", "sum_xlogy_column")
    sums = [p.cite(name, pair_values(p), [signs]) for name in names]
    d.show(sums[1], "the log of the first marginal, summed")
    d.show(sums[2], "and that of the second")
    d.show(sums[0], "and that of the total")
    marginals = [f"sum({i} in {x}: xlogy({m}, {m}))" for i, x, m in (("i", "X", R_X), ("j", "Y", R_Y))]
    goal = f"{' + '.join(marginals)} <= sum(i in X: sum(j in Y: {terms[0]})) + xlogy({TOTAL}, {TOTAL})"
    d.show(linear(p, goal, [information, *splits, *sums]), "together")


@derivation("sum_xlogy_self_le")
def sum_xlogy_self_le(d: Draft) -> None:
    """Weights and their total, whatever it is: an entropy is not negative."""
    p = d.p
    d.sets("X")
    d.declare(f="X -> number", i="X", k="X")
    (signs,) = d.given("forall i in X: 0 <= f[i]")
    (k,) = points(p, "k")
    total = p.term("sum(i in X: f[i])")
    part = p.spec(p.cite("le_sum_of_nonneg", {"X": "X", "f": function_of(p, "f[i]", "i")}, [signs]), k)
    below = p.cite("rel_entr_nonpos", {"a": p.term("f[k]"), "b": total}, [p.spec(signs, k), part])
    d.show(below, "a part is at most the whole")
    opened = p.rewrite(below, p.unfold(below.left))
    each = for_each(p, p.order(le(*opened.left.args), [(1, 1, opened)]), "k")
    sides = {n: function_of(p, t, "k") for n, t in zip("fg", opened.left.args, strict=True)}
    mono = p.scheme("sum_mono", {"X": "X", **sides}, [each])
    d.show(mono, "sum over all parts")
    values: dict[str, Node | str] = {"X": "X", "g": function_of(p, "f[k]", "k"), "b": total}
    line = p.cite("sum_xlogy", values, [signs, prove(p, le(0, total)), zero_implies_zero(p, total)])
    d.show(p.rewrite(mono, line), "the log of the total comes out of the sum")
