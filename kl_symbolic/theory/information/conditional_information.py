"""Three variables: conditional mutual information, submodularity of entropy, and Markov chains."""

from __future__ import annotations

from ...kernel.statements import eq, le
from ...kernel.terms import Node
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import for_each, function_of, points, sum_over
from ...proving.tactics import linear, prove
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

SUMMAND = (
    f"xlogy(r[i, j, k], r[i, j, k]) + xlogy(r[i, j, k], {R_Z}) - xlogy(r[i, j, k], {R_XZ}) - xlogy(r[i, j, k], {R_YZ})"
)
INFORMATION = "cond_mutual_info(r)"
INDEPENDENT = f"forall i in X: forall j in Y: forall k in Z: r[i, j, k]*{R_Z} = {R_XZ}*{R_YZ}"
MARKOV = f"forall i in X: forall j in Y: forall k in Z: r[i, j, k]*sum(i in X: sum(k in Z: r[i, j, k])) = {R_XY}*{R_YZ}"
I_XY, I_XZ = f"mutual_info(i in X: j in Y: {R_XY})", f"mutual_info(i in X: k in Z: {R_XZ})"


def permuted(p: Proof, signs: Fact, *names: str) -> tuple[dict[str, Node | str], Fact]:
    """Return what X, Y, Z and r become with the indices in another order, and that the weights are not negative."""
    sets: dict[str, Node | str] = {s: p.scope[n][1] for s, n in zip("XYZ", names, strict=True)}
    turned = for_each(p, p.spec(signs, *points(p, "i", "j", "k")), *names)
    return {**sets, "r": function_of(p, "r[i, j, k]", *names)}, turned


def over_pair(p: Proof, signs: Fact, body: str, *names: str) -> tuple[dict[str, Node | str], Fact]:
    """Return what X, Y and r become in a lemma about pairs at a marginal, and that it is not negative."""
    first, second = names
    sets: dict[str, Node | str] = {"X": p.scope[first][1], "Y": p.scope[second][1]}
    return {**sets, "r": function_of(p, body, first, second)}, marginal(p, signs, first, second)


def exchanged(p: Proof, first: str, second: str, third: str) -> Fact:
    """Return H(Σ_a Σ_b r) = H(Σ_b Σ_a r), the entropy of the third variable."""
    sets = {"X": p.scope[first][1], "Y": p.scope[second][1]}
    swap = p.scheme("sum_swap", {**sets, "f": function_of(p, "r[i, j, k]", first, second)})
    return entropies(p, swap, third)


def mirrored(p: Proof, signs: Fact, body: str, first: str, second: str) -> Fact:
    """Return H(A, B) = H(B, A) for a marginal."""
    values, nonneg = over_pair(p, signs, body, first, second)
    return p.cite("joint_entropy_symm", values, [nonneg])


@derivation("cond_mutual_info_eq_entropies")
def cond_mutual_info_eq_entropies(d: Draft) -> None:
    """Conditional mutual information by entropies."""
    p = d.p
    signs = triple(d)
    opened = d.show(p.unfold(p.term(INFORMATION)), "the definition")
    terms, splits = p.term(SUMMAND), []
    for name in ("triple_sum_sub", "triple_sum_sub", "triple_sum_add"):
        f, g = (function_of(p, t, "i", "j", "k") for t in terms.args)
        splits.append(p.cite(name, {**OVER, "f": f, "g": g}))
        terms = terms.args[0]
    names = ("triple_xlogy_xz", "triple_xlogy_yz", "triple_xlogy_z")
    logs = [d.show(p.cite(name, triple_values(p), [signs]), "the log of a marginal, summed") for name in names]
    goal = f"{INFORMATION} = {H_XZ} + {H_YZ} - {H_Z} + {XYZ}"
    d.show(linear(p, goal, [opened, *splits, *logs]), "together")


def _within(d: Draft, signs: Fact) -> tuple[Fact, Fact, Fact]:
    """Return for weights within z that their information is not negative, when it is 0, and what it sums to."""
    p = d.p
    plane = for_each(p, p.spec(signs, *points(p, "i", "j", "k")), "i", "j")
    values: dict[str, Node | str] = {"X": "X", "Y": "Y", "r": function_of(p, "r[i, j, k]", "i", "j")}
    sign, case = (p.cite(f"pair_information_{n}", values, [plane]) for n in ("nonneg", "eq_zero_iff"))
    rotated = p.cite("triple_sum_rotate", {**OVER, "f": function_of(p, SUMMAND, "i", "j", "k")})
    total = p.trans(p.unfold(p.term(INFORMATION)), rotated)
    return for_each(p, sign, "k"), case, total


@derivation("cond_mutual_info_nonneg")
def cond_mutual_info_nonneg(d: Draft) -> None:
    """Conditional mutual information is not negative: it is a mutual information for each given value."""
    p = d.p
    signs = triple(d)
    sign, _, total = _within(d, signs)
    d.show(sign, "the tangents of the logarithm, added up for each element of `Z`")
    d.show(total, "sum over `Z` last")
    d.show(linear(p, f"0 <= {INFORMATION}", [total, prove(p, le(0, total.right), [sign])]), "a sum of such sums")


@derivation("cond_mutual_info_eq_zero_iff")
def cond_mutual_info_eq_zero_iff(d: Draft) -> None:
    """Conditional mutual information is 0 exactly for variables that are independent given the third one."""
    p = d.p
    signs = triple(d)
    sign, case, total = _within(d, signs)
    i, j, k = points(p, "i", "j", "k")
    zero, independent = p.statement(f"{INFORMATION} = 0"), p.statement(INDEPENDENT)
    d.show(case, "for each element of `Z`, where the tangents are reached")
    d.show(total, "sum over `Z` last")
    none = linear(p, eq(total.right, 0), [total, p.assume(zero)])
    within = p.cite("sum_eq_zero_of_nonneg", {"X": "Z", "f": total.right.args[0]}, [sign, none])
    there = p.mp(p.iff_elim(case), p.spec(within, k))
    forward = for_each(p, p.spec(there, i, j), "i", "j", "k")
    here = for_each(p, p.spec(p.assume(independent), i, j, k), "i", "j")
    back = p.mp(p.iff_elim(p.symm(case)), here)
    backward = p.trans(total, sum_over(p, back, "k"), sum_zero(p, "Z"))
    d.show(p.iff_intro(zero, independent, forward, backward), "non-negative numbers with sum 0 are all 0")


@derivation("cond_entropy_le_cond_entropy")
def cond_entropy_le_cond_entropy(d: Draft) -> None:
    """Conditioning on one more variable does not increase entropy."""
    p = d.p
    signs = triple(d)
    value = p.cite("cond_mutual_info_eq_entropies", triple_values(p), [signs])
    d.show(value, "conditional mutual information by entropies")
    sign = d.show(p.cite("cond_mutual_info_nonneg", triple_values(p), [signs]), "it is not negative")
    given = p.cite("cond_entropy_given_pair", triple_values(p), [signs])
    values, nonneg = over_pair(p, signs, R_XZ, "i", "k")
    chain = p.cite("entropy_chain_rule", values, [nonneg])
    d.show(given, "the entropy of the first variable given both others, by entropies")
    d.show(chain, "the entropy of the first variable given the last one, by entropies")
    goal = le(given.left, p.term(f"cond_entropy(i in X: k in Z: {R_XZ})"))
    d.show(linear(p, goal, [value, sign, given, chain]), "together")


@derivation("entropy_submodular")
def entropy_submodular(d: Draft) -> None:
    """Entropy is **submodular**: what a variable adds to the entropy shrinks when more variables are known."""
    p = d.p
    signs = triple(d)
    value = p.cite("cond_mutual_info_eq_entropies", triple_values(p), [signs])
    d.show(value, "conditional mutual information by entropies")
    sign = d.show(p.cite("cond_mutual_info_nonneg", triple_values(p), [signs]), "it is not negative")
    d.show(linear(p, f"-{XYZ} + {H_Z} <= {H_XZ} + {H_YZ}", [value, sign]), "together")


@derivation("han_three")
def han_three(d: Draft) -> None:
    """**Han's inequality** for three variables: their entropy is at most half the sum over the three pairs."""
    p = d.p
    signs = triple(d)
    (one,) = d.given("sum(i in X: sum(j in Y: sum(k in Z: r[i, j, k]))) = 1")
    first = d.show(p.cite("entropy_submodular", triple_values(p), [signs]), "entropy is submodular")
    values, turned = permuted(p, signs, "j", "k", "i")
    second = d.show(p.cite("entropy_submodular", values, [turned]), "the same with the variables in another order")
    inner = sum_over(p, p.scheme("sum_swap", {"X": "Z", "Y": "Y", "f": function_of(p, "r[i, j, k]", "k", "j")}), "i")
    outer = p.scheme("sum_swap", {"X": "Z", "Y": "X", "f": function_of(p, R_XZ, "k", "i")})
    total = p.trans(outer, inner, one)
    pair_values, nonneg = over_pair(p, signs, R_XZ, "k", "i")
    add = d.show(
        p.cite("entropy_joint_le_add", pair_values, [nonneg, total]), "the entropies of the first and the last variable"
    )
    logs = function_of(p, "xlogy(r[i, j, k], r[i, j, k])", "j", "k", "i")
    rotated = p.cite("triple_sum_rotate", {"X": "Y", "Y": "Z", "Z": "X", "f": logs})
    same = [rotated, exchanged(p, "k", "j", "i")]
    same += [mirrored(p, signs, body, *names) for body, *names in ((R_XY, "i", "j"), (R_XZ, "i", "k"))]
    goal = f"-{XYZ} <= 1/2*({H_XY} + {H_YZ} + {H_XZ})"
    d.show(linear(p, goal, [first, second, add, *same]), "half the sum of the three")


@derivation("mutual_info_exchange")
def mutual_info_exchange(d: Draft) -> None:
    """The information of two variables about a third, split in either order."""
    p = d.p
    signs = triple(d)
    pairs = [over_pair(p, signs, *at) for at in ((R_XY, "i", "j"), (R_XZ, "i", "k"))]
    simple = [p.cite("mutual_info_eq_entropies", values, [nonneg]) for values, nonneg in pairs]
    triples = [(triple_values(p), signs), permuted(p, signs, "i", "k", "j")]
    given = [p.cite("cond_mutual_info_eq_entropies", values, [nonneg]) for values, nonneg in triples]
    for line in (*simple, *given):
        d.show(line, "by entropies")
    logs = function_of(p, "xlogy(r[i, j, k], r[i, j, k])", "j", "k")
    swap = sum_over(p, p.scheme("sum_swap", {"X": "Y", "Y": "Z", "f": logs}), "i")
    same = [swap, exchanged(p, "j", "k", "i"), mirrored(p, signs, R_YZ, "j", "k")]
    goal = eq(simple[0].left + given[1].left, simple[1].left + given[0].left)
    d.show(linear(p, goal, [*simple, *given, *same]), "the same entropies on both sides")


@derivation("mutual_info_chain_rule")
def mutual_info_chain_rule(d: Draft) -> None:
    """The **chain rule for mutual information**: what one variable tells, plus what a second one adds."""
    p = d.p
    signs = triple(d)
    i, j, k = points(p, "i", "j", "k")
    line, plane = p.spec(signs, i, j), for_each(p, p.spec(signs, i, j, k), "i", "j")
    no_xy = p.spec(p.cite("zero_of_sum", {"X": "Z", "f": function_of(p, "r[i, j, k]", "k")}, [line]), k)
    within: dict[str, Node | str] = {"X": "X", "Y": "Y", "f": function_of(p, "r[i, j, k]", "i", "j")}
    no_z = p.spec(p.cite("zero_of_sum_sum", within, [plane]), i, j)
    rows = for_each(p, prove(p, le(0, p.term(R_XZ)), [for_each(p, p.spec(signs, i, j, k), "j")]), "i")
    nonneg = [prove(p, le(0, p.term(R_XY)), [line]), prove(p, le(0, p.term(R_Z)), [rows])]
    values: dict[str, Node | str] = {"a": p.term("r[i, j, k]"), "b": p.term(R_XY), "c": p.term(R_Z)}
    log = p.cite("xlogy_mul_of", values, [*nonneg, no_xy, no_z])
    d.show(log, "the log of a product; where a marginal is 0, so is the weight")
    f, g = (function_of(p, t, "i", "j", "k") for t in log.right.args)
    add = p.cite("triple_sum_add", {**OVER, "f": f, "g": g})
    split = rel_entr_sum(p, "r[i, j, k]", f"{R_XY}*{R_Z}", "i", "j", "k")
    logs = [p.cite(name, triple_values(p), [signs]) for name in ("triple_xlogy_xy", "triple_xlogy_z")]
    both = linear(
        p, eq(split.left, p.term(f"{H_XY} + {H_Z} + {XYZ}")), [split, sum_over(p, log, "i", "j", "k"), add, *logs]
    )
    d.show(both, "what both variables tell about the third, by entropies")
    pair_values, pair_signs = over_pair(p, signs, R_XZ, "i", "k")
    one = d.show(
        p.cite("mutual_info_eq_entropies", pair_values, [pair_signs]), "what the first one tells, by entropies"
    )
    turned, turned_signs = permuted(p, signs, "j", "k", "i")
    two = d.show(
        p.cite("cond_mutual_info_eq_entropies", turned, [turned_signs]), "what the second one adds, by entropies"
    )
    summands = function_of(p, "xlogy(r[i, j, k], r[i, j, k])", "j", "k", "i")
    rotated = p.cite("triple_sum_rotate", {"X": "Y", "Y": "Z", "Z": "X", "f": summands})
    same = [
        rotated,
        exchanged(p, "j", "k", "i"),
        mirrored(p, signs, R_XY, "i", "j"),
        mirrored(p, signs, R_XZ, "i", "k"),
    ]
    d.show(linear(p, eq(both.left, one.left + two.left), [both, one, two, *same]), "the same entropies on both sides")


# --- Markov chains ---------------------------------------------------------------------------------------------


def _markov_chain(d: Draft) -> tuple[Fact, Fact, Fact]:
    """Assume X → Y → Z; return the signs, I(X; Z | Y) = 0, and what Y and Z together tell about X, in two ways."""
    p = d.p
    signs = triple(d)
    (chain,) = d.given(MARKOV)
    values, turned = permuted(p, signs, "i", "k", "j")
    case = p.cite("cond_mutual_info_eq_zero_iff", values, [turned])
    given = for_each(p, p.spec(chain, *points(p, "i", "j", "k")), "i", "k", "j")
    none = d.show(p.mp(p.iff_elim(p.symm(case)), given), "the outer variables are independent given the middle one")
    both = p.cite("mutual_info_exchange", triple_values(p), [signs])
    d.show(both, "what the last two variables together tell about the first")
    return signs, none, both


@derivation("data_processing_markov")
def data_processing_markov(d: Draft) -> None:
    """**Data processing** along a Markov chain: the last variable tells no more about the first than the middle one."""
    p = d.p
    signs, none, both = _markov_chain(d)
    sign = p.cite("cond_mutual_info_nonneg", triple_values(p), [signs])
    d.show(sign, "conditional mutual information is not negative")
    d.show(linear(p, f"{I_XZ} <= {I_XY}", [none, both, sign]), "together")


@derivation("data_processing_markov_eq_iff")
def data_processing_markov_eq_iff(d: Draft) -> None:
    """Equality holds exactly if the middle variable adds nothing to what the last one tells."""
    p = d.p
    _, none, both = _markov_chain(d)
    equal, zero = p.statement(f"{I_XZ} = {I_XY}"), p.statement(f"{INFORMATION} = 0")
    forward = linear(p, zero, [none, both, p.assume(equal)])
    d.show(
        p.iff_intro(equal, zero, forward, linear(p, equal, [none, both, p.assume(zero)])), "the difference of the two"
    )
