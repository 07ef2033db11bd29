"""Mutual information: never negative, zero only for independent variables, and what follows for entropies."""

from __future__ import annotations

from ...kernel.statements import eq, le, ne
from ...kernel.terms import Node, num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import for_each, function_of, iff_trans, pair, points, sum_over, xlogy
from ...proving.tactics import linear, prove
from ..notation import H_X, H_Y, R_X, R_Y, TOTAL, TWO, joint_distribution, pair_values, rel_entr_sum
from .pair_information import INFORMATION, SUMMAND

INDEPENDENT = f"forall i in X: forall j in Y: r[i, j] = {R_X}*{R_Y}"


def _at_marginals(p: Proof, signs: Fact) -> list[Fact]:
    """Return that the marginals at i and j are not negative, and that the weight is 0 where one of them is."""
    i, j = points(p, "i", "j")
    here, turned = p.spec(signs, i), for_each(p, p.spec(signs, i, j), "i")
    no_row = p.spec(p.cite("zero_of_sum", {"X": "Y", "f": function_of(p, "r[i, j]", "j")}, [here]), j)
    no_column = p.spec(p.cite("zero_of_sum", {"X": "X", "f": function_of(p, "r[i, j]", "i")}, [turned]), i)
    return [prove(p, le(0, p.term(R_X)), [here]), prove(p, le(0, p.term(R_Y)), [turned]), no_row, no_column]


@derivation("mutual_info_eq_entropies")
def mutual_info_eq_entropies(d: Draft) -> None:
    """Mutual information is the sum of the entropies of both variables less their joint entropy."""
    p = d.p
    signs = pair(d)
    opened = d.show(p.unfold(p.term("mutual_info(r)")), "the definition")
    split = rel_entr_sum(p, "r[i, j]", f"{R_X}*{R_Y}", "i", "j")
    values: dict[str, Node | str] = {"a": p.term("r[i, j]"), "b": p.term(R_X), "c": p.term(R_Y)}
    log = p.cite("xlogy_mul_of", values, _at_marginals(p, signs))
    d.show(log, "the log of a product; where a marginal is 0, so is the weight")
    f, g = (function_of(p, t, "i", "j") for t in log.right.args)
    add = p.cite("sum_sum_add", {**TWO, "f": f, "g": g})
    sums = [p.cite(name, pair_values(p), [signs]) for name in ("sum_xlogy_row", "sum_xlogy_column")]
    for line, name in zip(sums, "YX", strict=True):
        d.show(line, f"summed over `{name}`, the weights are the marginal")
    names = [p.unfold(p.term(t)) for t in (H_X, H_Y, "joint_entropy(r)")]
    goal = f"mutual_info(r) = {H_X} + {H_Y} - joint_entropy(r)"
    d.show(
        linear(p, goal, [opened, split, sum_over(p, log, "i", "j"), add, *sums, *names]), "the definitions of entropy"
    )


@derivation("mutual_info_eq_sub_cond")
def mutual_info_eq_sub_cond(d: Draft) -> None:
    """Mutual information is how much less uncertain one variable is when the other is known."""
    p = d.p
    signs = pair(d)
    d.start("mutual_info(r)")
    first = p.cite("mutual_info_eq_entropies", pair_values(p), [signs])
    d.eq(first.right, by=first, because="mutual information by entropies")
    chain = p.cite("entropy_chain_rule", pair_values(p), [signs])
    goal = p.term(f"{H_X} - cond_entropy(r)")
    d.eq(goal, by=linear(p, eq(first.right, goal), [chain]), because="the chain rule of entropy")
    d.close()


@derivation("mutual_info_symm")
def mutual_info_symm(d: Draft) -> None:
    """Mutual information is symmetric."""
    p = d.p
    signs = pair(d)
    first = p.cite("mutual_info_eq_entropies", pair_values(p), [signs])
    turned = for_each(p, p.spec(signs, *points(p, "i", "j")), "j", "i")
    values: dict[str, Node | str] = {"X": "Y", "Y": "X", "r": function_of(p, "r[i, j]", "j", "i")}
    second = p.cite("mutual_info_eq_entropies", values, [turned])
    d.show(first, "mutual information by entropies")
    d.show(second, "the same with the roles exchanged")
    symm = p.cite("joint_entropy_symm", pair_values(p), [signs])
    d.show(linear(p, eq(first.left, second.left), [first, second, symm]), "joint entropy is symmetric")


@derivation("mutual_info_eq_pair")
def mutual_info_eq_pair(d: Draft) -> None:
    """The mutual information of a joint distribution is the information of its weights, as their total is 1."""
    p = d.p
    signs, one = joint_distribution(d)
    information, total = p.term(INFORMATION), p.term(TOTAL)
    terms = p.term(SUMMAND)
    splits = []
    for name in ("sum_sum_sub", "sum_sum_sub", "sum_sum_add"):
        f, g = (function_of(p, t, "i", "j") for t in terms.args)
        splits.append(p.cite(name, {**TWO, "f": f, "g": g}))
        terms = terms.args[0]
    sums = [p.cite(n, pair_values(p), [signs]) for n in ("sum_xlogy_row", "sum_xlogy_column", "sum_sum_xlogy")]
    log = p.congr(xlogy(total, total), one)
    value = p.scheme("xlogy_mul", {"a": num(1), "b": num(1)}, [p.pos("0 < 1")])
    names = [p.unfold(p.term(t)) for t in (H_X, H_Y, "joint_entropy(r)")]
    known = p.cite("mutual_info_eq_entropies", pair_values(p), [signs])
    d.show(known, "mutual information by entropies")
    facts = [*splits, *sums, log, value, p.cite("log_one", {}), *names, known]
    d.show(linear(p, eq(p.term("mutual_info(r)"), information), facts), "the total is 1, and `log(1) = 0`")


@derivation("mutual_info_nonneg")
def mutual_info_nonneg(d: Draft) -> None:
    """Mutual information is never negative: knowing one variable does not make the other more uncertain, on average."""
    p = d.p
    signs, one = joint_distribution(d)
    d.prose(
        """It is the divergence of the joint distribution from the product of its marginals. As in Gibbs' inequality,
        the logarithm lies below its tangent at 1:"""
    )
    a, row, column = p.term("r[i, j]"), p.term(R_X), p.term(R_Y)
    nonneg_row, nonneg_column, no_row, no_column = _at_marginals(p, signs)
    none, zero, some = p.assume(eq(row * column, 0)), p.assume(eq(row, 0)), p.assume(ne(row, 0))
    other = p.mp(no_column, p.order(eq(column, 0), [(1, 1 / row, none)], some))
    under = p.disch(none.statement, p.cases(zero.statement, p.mp(no_row, zero), other))
    premises = [p.spec(signs, *points(p, "i", "j")), p.pos(le(0, row * column), nonneg_row, nonneg_column), under]
    tangent = p.cite("rel_entr_tangent", {"a": a, "b": row * column, "c": num(1)}, [*premises, p.pos("0 < 1")])
    tangent = linear(p, le(a - row * column, tangent.right), [tangent, (a, p.cite("log_one", {}))])
    each = d.show(for_each(p, tangent, "i", "j"), "the tangent of the logarithm")
    # Both the joint distribution and the product of its marginals sum to 1.
    swapped = p.trans(p.symm(p.scheme("sum_swap", {**TWO, "f": function_of(p, "r[i, j]", "i", "j")})), one)
    pulled = p.scheme("sum_mul", {"X": "Y", "a": row, "f": function_of(p, R_Y, "j")})
    product = p.trans(sum_over(p, linear(p, eq(pulled.left, row), [pulled, (row, swapped)]), "i"), one)
    d.show(product, "the marginals sum to 1, and so does their product")
    sides = {n: function_of(p, t, "i", "j") for n, t in zip("fg", tangent.statement.args, strict=True)}
    total = p.cite("sum_sum_mono", {**TWO, **sides}, [each])
    terms = {n: function_of(p, t, "i", "j") for n, t in zip("fg", tangent.left.args, strict=True)}
    split, opened = p.cite("sum_sum_sub", {**TWO, **terms}), p.unfold(p.term("mutual_info(r)"))
    d.start("0")
    d.eq(split.right, by=linear(p, eq(0, split.right), [one, product]), because="both sums are 1")
    d.le(opened.left, by=linear(p, le(split.right, opened.left), [total, split, opened]), because="sum the first line")
    d.close()


@derivation("mutual_info_eq_zero_iff")
def mutual_info_eq_zero_iff(d: Draft) -> None:
    """Mutual information is 0 exactly for independent variables."""
    p = d.p
    signs, one = joint_distribution(d)
    value = d.show(p.cite("mutual_info_eq_pair", pair_values(p), [signs, one]), "what mutual information is")
    case = d.show(p.cite("pair_information_eq_zero_iff", pair_values(p), [signs]), "where the tangents touch")
    zero, independent = p.statement("mutual_info(r) = 0"), p.statement(INDEPENDENT)
    there = p.mp(p.iff_elim(case), linear(p, case.left, [value, p.assume(zero)]))
    i, j = points(p, "i", "j")
    product, scaled = (p.statement(f"{t} = {R_X}*{R_Y}") for t in ("r[i, j]", f"r[i, j]*{TOTAL}"))
    forward = for_each(p, linear(p, product, [p.spec(there, i, j), ("r[i, j]", one)]), "i", "j")
    at_one = linear(p, scaled, [p.spec(p.assume(independent), i, j), ("r[i, j]", one)])
    back = p.mp(p.iff_elim(p.symm(case)), for_each(p, at_one, "i", "j"))
    backward = linear(p, zero, [value, back])
    d.show(p.iff_intro(zero, independent, forward, backward), "the total is 1")


@derivation("cond_entropy_le_entropy")
def cond_entropy_le_entropy(d: Draft) -> None:
    """Conditioning does not increase entropy."""
    p = d.p
    signs, one = joint_distribution(d)
    value = d.show(
        p.cite("mutual_info_eq_sub_cond", pair_values(p), [signs]), "mutual information as a reduction of entropy"
    )
    sign = d.show(p.cite("mutual_info_nonneg", pair_values(p), [signs, one]), "mutual information is not negative")
    d.show(linear(p, f"cond_entropy(r) <= {H_X}", [value, sign]), "together")


@derivation("entropy_joint_le_add")
def entropy_joint_le_add(d: Draft) -> None:
    """Entropy is **subadditive**: joint entropy is at most the sum of the entropies."""
    p = d.p
    signs, one = joint_distribution(d)
    value = d.show(p.cite("mutual_info_eq_entropies", pair_values(p), [signs]), "mutual information by entropies")
    sign = d.show(p.cite("mutual_info_nonneg", pair_values(p), [signs, one]), "mutual information is not negative")
    d.show(linear(p, f"joint_entropy(r) <= {H_X} + {H_Y}", [value, sign]), "together")


@derivation("entropy_joint_eq_iff")
def entropy_joint_eq_iff(d: Draft) -> None:
    """Joint entropy is the sum of the entropies exactly for independent variables."""
    p = d.p
    signs, one = joint_distribution(d)
    value = d.show(p.cite("mutual_info_eq_entropies", pair_values(p), [signs]), "mutual information by entropies")
    case = d.show(p.cite("mutual_info_eq_zero_iff", pair_values(p), [signs, one]), "when mutual information is 0")
    equal = p.statement(f"joint_entropy(r) = {H_X} + {H_Y}")
    zero = case.left
    first = p.iff_intro(
        equal, zero, linear(p, zero, [value, p.assume(equal)]), linear(p, equal, [value, p.assume(zero)])
    )
    d.show(iff_trans(p, first, case), "together")
