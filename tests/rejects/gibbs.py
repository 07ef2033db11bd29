"""Gibbs' inequality and its equality case with a hypothesis too few."""

from __future__ import annotations

from fractions import Fraction

from kl_symbolic.numerics.point import Point

from .pair import (
    NOT_ARBITRARY,
    NOT_COMBINED,
    OTHER_CLAIM,
    UNCLAIMED,
    UNUSED,
    WRONG_PREMISE,
    WRONG_SIGNS,
    Case,
    Page,
    proof,
)

LARGE_Q = Point.of(sizes={"X": 1}, numbers={"p": {(0,): 1}, "q": {(0,): 2}})
"""Σq = 2, and D = −log 2."""


def without_a_total() -> Case:
    """0 ≤ D without Σq ≤ 1, which is claimed out of nothing."""
    page = Page.shipped("kl_nonneg")
    total = page.statement("sum(i in X: q[i]) <= 1")
    return page.spoil(
        ("right - left of the goal is not the given combination of the premises", "sum(i in X: q[i]) <= 1"),
        row=(page.where("assume", '"<=",["sum"'), "order", [total, []], []),
        hypothesis=(3, None),
        off=(NOT_COMBINED,),
        point=LARGE_Q,
    )


def _step_with_the_total(page: Page) -> int:
    """Return the number of the step that uses Σq ≤ 1."""
    total = page.where("assume", '"<=",["sum"')
    (step,) = (k for k, (_, _, premises) in enumerate(page.data["lines"]) if total in premises)
    return step


def without_a_total_in_the_step_that_uses_it() -> Case:
    """0 ≤ 1 − Σq without Σq ≤ 1, which the step leaves out."""
    page = Page.shipped("kl_nonneg")
    step = _step_with_the_total(page)
    rule, (goal, _), _ = page.data["lines"][step]
    assert rule == "order"
    return page.spoil(
        ("right - left of the goal is not the given combination of the premises", "0 <= 1 - sum(i in X: q[i])"),
        row=(step, "order", [goal, []], []),
        hypothesis=(3, None),
        off=(NOT_COMBINED, UNUSED),
        point=LARGE_Q,
    )


def with_a_larger_total() -> Case:
    """0 ≤ D with only Σq ≤ 2."""
    page = Page.shipped("kl_nonneg")
    large = "sum(i in X: q[i]) <= 2"
    return page.spoil(
        "right - left of the goal is not the given combination of the premises",
        row=(page.where("assume", '"<=",["sum"'), "assume", [page.statement(large)], []),
        at=_step_with_the_total(page),
        hypothesis=(3, large),
        off=(NOT_COMBINED,),
        point=LARGE_Q,
    )


def of_the_other_direction() -> Case:
    """D(p‖q) proved, D(q‖p) claimed."""
    page = Page.shipped("kl_nonneg")
    return page.spoil(
        ("the last line is not the claim", "claimed: 0 <= kl(q, p)", "shown:   0 <= kl(p, q)"),
        conclusion="0 <= kl(q, p)",
        off=(OTHER_CLAIM,),
        point=Point.of(sizes={"X": 1}, numbers={"p": {(0,): 1}, "q": {(0,): Fraction(1, 2)}}),
    )


def with_continuity_the_wrong_way() -> Case:
    """Absolute continuity of q with respect to p, where q_i = 0 < p_i may be."""
    page = Page.shipped("kl_nonneg")
    converse = "forall i in X: p[i] = 0 => q[i] = 0"
    return page.spoil(
        ("wrong premise", "q[i1] = 0 => p[i1] = 0", "got:      p[i1] = 0 => q[i1] = 0"),
        row=(page.where("assume", '"=>"'), "assume", [page.statement(converse)], []),
        at=page.where("cite", "rel_entr_tangent"),
        hypothesis=(4, converse),
        off=(WRONG_PREMISE, NOT_ARBITRARY, UNCLAIMED),
    )


def without_continuity_for_one_outcome() -> Case:
    """The tangent without b = 0 ⇒ a = 0: that a is 0 where b is, is claimed out of nothing."""
    page = Page.shipped("rel_entr_tangent")
    k = page.where("mp", first=True)
    zero = page.data["lines"][k][2][1]
    assert page.data["lines"][zero] == ["assume", [page.statement("b = 0")], []]
    return page.spoil(
        ("right - left of the goal is not the given combination of the premises", "goal: a = 0"),
        row=(k, "order", [page.statement("a = 0"), [[1, 1, [0]]]], [zero]),
        hypothesis=(2, None),
        off=(NOT_COMBINED, UNUSED),
    )


def xlogy_at_a_zero() -> Case:
    """xlogy(a, b) = a·log b where b may be 0."""
    p = proof(a="number", b="number")
    page = Page.of(p, p.scheme("xlogy_mul", {"a": p.term("a"), "b": p.term("b")}, [p.given("0 < b")]))
    return page.spoil(
        ("wrong premise", "expected: 0 < b", "got:      0 <= b"),
        row=(0, "assume", [page.statement("0 <= b")], []),
        at=1,
        hypothesis=(0, "0 <= b"),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def equality_with_q_below_one() -> Case:
    """The equality case with only Σq ≤ 1: an equation is not the sum of equations and an inequality.

    What is claimed happens to be true, for D = 0 forces Σq = 1; but these lines do not show it. The next case is false.
    """
    page = Page.shipped("kl_eq_zero_iff")
    below = "sum(i in X: q[i]) <= 1"
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "signs: ['=', '=', '?']"),
        row=(page.where("assume", '"=",["sum","X",["q",0]]'), "assume", [page.statement(below)], []),
        at=page.where("order", '"=",["sum"', first=True),
        hypothesis=(3, below),
        off=(WRONG_SIGNS,),
    )


def equality_with_p_below_one() -> Case:
    """The equality case with only Σp ≤ 1: p = 0 against q = 1 has D = 0 too."""
    page = Page.shipped("kl_eq_zero_iff")
    below = "sum(i in X: p[i]) <= 1"
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "signs: ['=', '<=', '=']"),
        row=(page.where("assume", '"=",["sum","X",["p",0]]'), "assume", [page.statement(below)], []),
        at=page.where("order", '"=",["sum"', first=True),
        hypothesis=(1, below),
        off=(WRONG_SIGNS,),
        point=Point.of(sizes={"X": 1}, numbers={"p": {(0,): 0}, "q": {(0,): 1}}),
    )
