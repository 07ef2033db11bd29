"""Discharging, case splits, implications: the shape of a proof."""

from __future__ import annotations

from kl_symbolic.kernel.terms import Node
from kl_symbolic.numerics.point import Point

from .pair import NOT_ASSUMED, UNCLAIMED, UNUSED, WRONG_PREMISE, Case, Page, proof


def discharge_of_what_was_not_assumed() -> Case:
    """0 < x·y from 0 < x and 0 < y, with y < 0 discharged."""
    p = proof(x="number", y="number")
    line = p.pos("0 < x*y", p.given("0 < x"), p.assume("0 < y"))
    page = Page.of(p, p.disch("0 < y", line))
    return page.spoil(
        ("the premise does not assume what is discharged", "expected: y < 0", "have:     0 < x; 0 < y"),
        row=(3, "disch", [page.statement("y < 0")], [2]),
        conclusion="y < 0 => 0 < x*y",
        off=(NOT_ASSUMED, UNCLAIMED),
        point=Point.of(numbers={"x": 1, "y": -1}),
    )


def discharge_of_the_other_side() -> Case:
    """The equality case of Gibbs' inequality, with the wrong side discharged."""
    page = Page.shipped("kl_eq_zero_iff")
    k = len(page.data["lines"]) - 3
    same = page.statement("forall i in X: p[i] = q[i]")
    return page.spoil(
        ("the premise does not assume what is discharged", "expected: forall i in X: p[i] = q[i]"),
        row=(k, "disch", [same], page.data["lines"][k][2]),
    )


def case_that_is_missing() -> Case:
    """0 ≤ |a| from the case a ≤ 0, given for both cases."""
    page = Page.shipped("abs_nonneg")
    k = page.where("cases")
    one, _ = page.data["lines"][k][2]
    return page.spoil(
        ("the premise does not assume what is discharged", "expected: 0 < a", "have:     a <= 0"),
        row=(k, "cases", page.data["lines"][k][1], [one, one]),
        off=(NOT_ASSUMED, UNCLAIMED, UNUSED),
    )


def case_that_is_left_out() -> Case:
    """0 ≤ |a| from the case a ≤ 0 alone."""
    page = Page.shipped("abs_nonneg")
    k = page.where("cases")
    return page.spoil(
        "expected 2 premises, got 1",
        row=(k, "cases", page.data["lines"][k][1], page.data["lines"][k][2][:1]),
    )


def case_without_its_opposite() -> Case:
    """0 ≤ −x for every x, from the case x ≤ 0."""
    p = proof(x="number")
    line = p.order("0 <= -x", [(1, 1, p.assume("x <= 0"))])
    page = Page.of(p, p.disch("x <= 0", line))
    return page.spoil(
        ("the premise does not assume what is discharged", "expected: 0 < x", "have:     x <= 0"),
        row=(2, "cases", [page.statement("x <= 0")], [1, 1]),
        conclusion="0 <= -x",
        off=(NOT_ASSUMED, UNCLAIMED),
        point=Point.of(numbers={"x": 1}),
    )


def implication_from_something_else() -> Case:
    """0 < x ⇒ 0 < x·x, applied to 0 < y."""
    p = proof(x="number", y="number")
    rule = p.given("0 < x => y < x")
    x, y = p.given("0 < x"), p.given("0 < y")
    line = p.mp(rule, x)
    page = Page.of(p, p.pos("0 < (x - y)*y", p.order("0 < x - y", [(1, 1, line)]), y))
    return page.spoil(
        ("wrong premise", "expected: 0 < x", "got:      0 < y"),
        row=(line.number, "mp", [], [rule.number, y.number]),
        hypothesis=(1, None),
        off=("statements: wrong premise", UNUSED),
        point=Point.of(numbers={"x": 0, "y": 1}),
    )


def equivalence_from_one_direction() -> Case:
    """x = 1 ⇔ x·x = 1, from x = 1 ⇒ x·x = 1 twice."""
    p = proof(x="number")
    one = p.assume("x = 1")
    up = p.disch("x = 1", p.order("x + 1 = 2", [(1, 1, one)]))
    two = p.assume("x + 1 = 2")
    down = p.disch("x + 1 = 2", p.order("x = 1", [(1, 1, two)]))
    page = Page.of(p, p.step("iff_intro", [], [up, down]))
    k = page.where("iff_intro")
    return page.spoil(
        ("wrong premise", "expected: x + 1 = 2 => x = 1", "got:      x = 1 => x + 1 = 2"),
        row=(k, "iff_intro", [], [up.number, up.number]),
        off=("statements: wrong premise", UNUSED),
    )


def contradiction_that_is_none() -> Case:
    """Anything from x = 0 and y ≠ 0."""
    p = proof(x="number", y="number")
    zero = p.given("x = 0")
    other = p.given("x != 0")
    line = p.step("absurd", [["=", ["y"], 1]], [zero, other])
    page = Page.of(p, line)
    return page.spoil(
        ("wrong premise", "expected: x != 0", "got:      y != 0"),
        row=(1, "assume", [page.statement("y != 0")], []),
        at=2,
        hypothesis=(1, "y != 0"),
        off=("statements: wrong premise",),
        point=Point.of(numbers={"x": 0, "y": 2}),
    )


def inequality_turned_around() -> Case:
    """y ≤ x from x ≤ y."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.symm(p.given("x != y")))
    return page.spoil(
        ("expected a premise with =, != or <=>", "got: x <= y"),
        row=(0, "assume", [page.statement("x <= y")], []),
        at=1,
        hypothesis=(0, "x <= y"),
        conclusion="y <= x",
        off=("rules: expected a premise with =, != or <=>",),
        point=Point.of(numbers={"x": 0, "y": 1}),
    )


def chain_with_a_gap() -> Case:
    """x = z from x = y and y + 0 = z."""
    p = proof(x="number", y="number", z="number")
    page = Page.of(p, p.trans(p.given("x = y"), p.given("y = z")))
    return page.spoil(
        ("the middle terms differ", "first ends:    y", "second begins: 2*y"),
        row=(1, "assume", [page.statement("2*y = z")], []),
        at=2,
        hypothesis=(1, "2*y = z"),
        off=("rules: the middle terms differ",),
        point=Point.of(numbers={"x": 1, "y": 1, "z": 2}),
    )


def one_instance_for_all() -> Case:
    """Σp ≤ Σq from p_i ≤ q_i for one i."""
    p = proof(X="set", i="X", p="X -> number", q="X -> number")
    every = p.given("forall k in X: p[k] <= q[k]")
    values: dict[str, Node | str] = {
        "X": "X",
        "f": p.term("sum(k in X: p[k])").args[0],
        "g": p.term("sum(k in X: q[k])").args[0],
    }
    sums = p.scheme("sum_mono", values, [every])
    page = Page.of(p, p.order("sum(k in X: p[k]) + p[i] <= sum(k in X: q[k]) + p[i]", [(1, 1, sums)]))
    one = "p[i] <= q[i]"
    return page.spoil(
        ("wrong premise", "expected: forall i in X: p[i] <= q[i]", "got:      p[i] <= q[i]"),
        row=(0, "assume", [page.statement(one)], []),
        at=1,
        hypothesis=(0, one),
        off=(WRONG_PREMISE, UNCLAIMED),
        point=Point.of({"X": 2}, {"i": 0}, {"p": {(0,): 1, (1,): 1}, "q": {(0,): 1, (1,): 0}}),
    )
