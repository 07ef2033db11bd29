"""Joint distributions: the chain rule of entropy, and the entropies of three variables.

Weights r_xy ≥ 0 need not sum to 1 unless a theorem says so.
"""

from __future__ import annotations

from ...kernel.statements import eq, lt
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.calc import Draft, derivation
from ...proving.idioms import above_zero, for_each, function_of, pair, points, sum_over
from ...proving.tactics import algebra, linear
from ...proving.tactics.facts import sum_zero
from ..notation import (
    H_XY,
    H_XZ,
    H_YZ,
    H_Z,
    OVER,
    R_XY,
    R_XZ,
    R_YZ,
    R_Z,
    XYZ,
    entropies,
    marginal,
    rel_entr_sum,
    triple,
    triple_values,
)


@derivation("joint_entropy_symm")
def joint_entropy_symm(d: Draft) -> None:
    """Joint entropy is symmetric."""
    p = d.p
    pair(d)
    one, two = (p.unfold(p.term(t)) for t in ("joint_entropy(r)", "joint_entropy(j in Y: i in X: r[i, j])"))
    swap = p.scheme("sum_swap", {"X": "X", "Y": "Y", "f": function_of(p, "xlogy(r[i, j], r[i, j])", "i", "j")})
    d.show(swap, "the two sums may be exchanged")
    d.show(linear(p, eq(one.left, two.left), [one, two, swap]), "the definitions")


@derivation("entropy_chain_rule")
def entropy_chain_rule(d: Draft) -> None:
    """The **chain rule for entropy**: entropies of one variable, and of another one given the first, add up."""
    p = d.p
    signs = pair(d)
    d.prose("The uncertainty of two variables is that of one of them, plus what is left of that of the other.")
    marginal = "sum(i in X: r[i, j])"
    opened = d.show(p.unfold(p.term("cond_entropy(r)")), "the definition of `cond_entropy(r)`")
    over: dict[str, Node | str] = {"X": "X", "Y": "Y"}
    split = rel_entr_sum(p, "r[i, j]", marginal, "i", "j")
    column = p.cite("sum_xlogy_column", {**over, "r": function_of(p, "r[i, j]", "i", "j")}, [signs])
    d.show(column, "summed over `X`, the weights are the marginal")
    own = [p.unfold(p.term(t)) for t in ("joint_entropy(r)", f"entropy(j in Y: {marginal})")]
    goal = f"joint_entropy(r) = entropy(j in Y: {marginal}) + cond_entropy(r)"
    d.show(linear(p, goal, [opened, split, column, *own]), "the definitions of the entropies")


@derivation("rel_entr_nonpos")
def rel_entr_nonpos(d: Draft) -> None:
    """The relative entropy with respect to a larger number is not positive."""
    p = d.p
    d.numbers("a b")
    ha, hab = d.given("0 <= a", "a <= b")
    goal = p.statement("rel_entr(a, b) <= 0")
    zero, some = p.assume("a = 0"), p.assume("a != 0")
    first = linear(p, goal, [algebra(p, "rel_entr(a, b) = 0", [zero])])
    d.show(first, "where `a = 0`")
    pa = above_zero(p, ha, some)
    pb = p.order("0 < b", [(1, 1, pa), (1, 1, hab)])
    ratio = p.term("a/b")
    tangent = p.scheme("log_le", {"a": ratio}, [p.pos(lt(0, ratio), pa, pb)])
    below = p.order("a*(a/b - 1) <= 0", [(1, 1, p.pos("0 < a/b", pa, pb), hab)], pb)
    value = algebra(p, "rel_entr(a, b) = a*log(a/b)", [pa, pb])
    d.show(tangent, "elsewhere, the tangent at `a/b`")
    second = linear(p, goal, [(1, pa, tangent), below, value], [pb])
    d.show(second, "`a/b <= 1`")
    d.show(p.cases(eq(p.term("a"), 0), first, second), "in each of the two cases")


@derivation("cond_entropy_nonneg")
def cond_entropy_nonneg(d: Draft) -> None:
    """A conditional entropy is not negative: a weight is at most its marginal."""
    p = d.p
    signs = pair(d)
    i, j = points(p, "i", "j")
    column = for_each(p, p.spec(signs, i, j), "i")
    most = p.spec(p.cite("le_sum_of_nonneg", {"X": "X", "f": function_of(p, "r[i, j]", "i")}, [column]), i)
    d.show(most, "a weight is at most its marginal")
    below = p.cite("rel_entr_nonpos", {"a": most.left, "b": most.right}, [p.spec(signs, i, j), most])
    for point in (j, i):
        over, zero = p.scope[point.data][1], num(0)
        sides = {"f": close(below.left, (point.data, over)), "g": close(zero, (point.data, over))}
        below = p.rewrite(p.scheme("sum_mono", {"X": over, **sides}, [p.gen(point, below)]), sum_zero(p, over))
    d.show(below, "so no summand of `-cond_entropy(r)` is positive")
    d.show(linear(p, "0 <= cond_entropy(r)", [below, p.unfold(p.term("cond_entropy(r)"))]), "the definition")


# --- three variables --------------------------------------------------------------------------------------------


def _logs(marginal: str) -> str:
    return f"sum(i in X: sum(j in Y: sum(k in Z: xlogy(r[i, j, k], {marginal}))))"


@derivation("triple_xlogy_xy")
def triple_xlogy_xy(d: Draft) -> None:
    """The log of the marginal of the first two variables, summed over all three."""
    p = d.p
    signs = triple(d)
    row: dict[str, Node | str] = {"X": "Y", "Y": "Z", "r": function_of(p, "r[i, j, k]", "j", "k")}
    line = p.cite("sum_xlogy_row", row, [p.spec(signs, *points(p, "i"))])
    d.show(line, "the marginal is constant along `Z`")
    goal = f"{_logs(R_XY)} = -{H_XY}"
    d.show(linear(p, goal, [sum_over(p, line, "i"), p.unfold(p.term(H_XY))]), "sum over `X`")


@derivation("triple_xlogy_xz")
def triple_xlogy_xz(d: Draft) -> None:
    """The log of the marginal of the outer two variables, summed over all three."""
    p = d.p
    signs = triple(d)
    column: dict[str, Node | str] = {"X": "Y", "Y": "Z", "r": function_of(p, "r[i, j, k]", "j", "k")}
    line = p.cite("sum_xlogy_column", column, [p.spec(signs, *points(p, "i"))])
    d.show(line, "the marginal is constant along `Y`")
    goal = f"{_logs(R_XZ)} = -{H_XZ}"
    d.show(linear(p, goal, [sum_over(p, line, "i"), p.unfold(p.term(H_XZ))]), "sum over `X`")


@derivation("triple_xlogy_yz")
def triple_xlogy_yz(d: Draft) -> None:
    """The log of the marginal of the last two variables, summed over all three."""
    p = d.p
    signs = triple(d)
    inner = p.term(_logs(R_YZ))
    turned = function_of(p, f"sum(k in Z: xlogy(r[i, j, k], {R_YZ}))", "i", "j")
    swap = p.scheme("sum_swap", {"X": "X", "Y": "Y", "f": turned})
    plane = for_each(p, p.spec(signs, *points(p, "i", "j")), "i")
    column: dict[str, Node | str] = {"X": "X", "Y": "Z", "r": function_of(p, "r[i, j, k]", "i", "k")}
    line = p.cite("sum_xlogy_column", column, [plane])
    d.show(line, "the marginal is constant along `X`")
    goal = eq(inner, -p.term(H_YZ))
    d.show(linear(p, goal, [swap, sum_over(p, line, "j"), p.unfold(p.term(H_YZ))]), "sum over `Y`")


@derivation("triple_xlogy_z")
def triple_xlogy_z(d: Draft) -> None:
    """The log of the marginal of the last variable, summed over all three."""
    p = d.p
    signs = triple(d)
    inside = function_of(p, f"xlogy(r[i, j, k], {R_Z})", "i", "j", "k")
    rotated = p.cite("triple_sum_rotate", {**OVER, "f": inside})
    plane = for_each(p, p.spec(signs, *points(p, "i", "j", "k")), "i", "j")
    line = p.cite("sum_sum_xlogy", {"X": "X", "Y": "Y", "r": function_of(p, "r[i, j, k]", "i", "j")}, [plane])
    d.show(line, "the marginal is constant along `X` and `Y`")
    goal = f"{_logs(R_Z)} = -{H_Z}"
    d.show(linear(p, goal, [rotated, sum_over(p, line, "k"), p.unfold(p.term(H_Z))]), "sum over `Z`")


@derivation("cond_entropy_pair")
def cond_entropy_pair(d: Draft) -> None:
    """The conditional entropy of two variables given a third, by entropies."""
    p = d.p
    signs = triple(d)
    logs = p.cite("triple_xlogy_z", triple_values(p), [signs])
    d.show(logs, "summed over `X` and `Y`, the weights are the marginal")
    split = rel_entr_sum(p, "r[i, j, k]", R_Z, "i", "j", "k")
    goal = f"-sum(i in X: sum(j in Y: sum(k in Z: rel_entr(r[i, j, k], {R_Z})))) = -{XYZ} - {H_Z}"
    d.show(linear(p, goal, [split, logs]), "the definition")


@derivation("cond_entropy_given_pair")
def cond_entropy_given_pair(d: Draft) -> None:
    """The conditional entropy of one variable given two others, by entropies."""
    p = d.p
    signs = triple(d)
    logs = p.cite("triple_xlogy_yz", triple_values(p), [signs])
    d.show(logs, "summed over `X`, the weights are the marginal")
    split = rel_entr_sum(p, "r[i, j, k]", R_YZ, "i", "j", "k")
    goal = f"-sum(i in X: sum(j in Y: sum(k in Z: rel_entr(r[i, j, k], {R_YZ})))) = -{XYZ} - {H_YZ}"
    d.show(linear(p, goal, [split, logs]), "the definition")


@derivation("cond_entropy_chain_rule")
def cond_entropy_chain_rule(d: Draft) -> None:
    """The chain rule for entropy, given a third variable."""
    p = d.p
    signs = triple(d)
    r = triple_values(p)
    both, one = p.cite("cond_entropy_pair", r, [signs]), p.cite("cond_entropy_given_pair", r, [signs])
    values: dict[str, Node | str] = {"X": "Y", "Y": "Z", "r": function_of(p, R_YZ, "j", "k")}
    chain = p.cite("entropy_chain_rule", values, [marginal(p, signs, "j", "k")])
    d.show(both, "both variables, given the third one")
    d.show(one, "the first variable, given both others")
    d.show(chain, "the chain rule for the last two variables")
    swap = p.scheme("sum_swap", {"X": "X", "Y": "Y", "f": function_of(p, "r[i, j, k]", "i", "j")})
    same = entropies(p, swap, "k")
    goal = eq(both.left, p.term(f"cond_entropy(j in Y: k in Z: {R_YZ})") + one.left)
    d.show(linear(p, goal, [both, one, chain, same]), "all three together")
