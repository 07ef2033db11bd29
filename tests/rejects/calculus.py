"""Monotone because the derivative is not negative: poles, endpoints, and derivatives that are none."""

from __future__ import annotations

from fractions import Fraction

from kl_symbolic.kernel.syntax import encode
from kl_symbolic.numerics.point import Point
from kl_symbolic.proving.builder import Fact, Proof

from .pair import NOT_COMBINED, UNUSED, WRONG_SIGNS, Case, Page, proof

VARIABLE = "axioms: the variable is not arbitrary"


def _grows(p: Proof, function: str, low: str, high: str, *premises: Fact) -> Fact:
    return p.step("mono_of_deriv", ["x", *(encode(p.term(t)) for t in (function, low, high))], list(premises))


def _log_grows() -> Page:
    """Log u ≤ log v for 0 < u ≤ v, for log′(x) = 1/x."""
    p = proof(u="number", v="number", x="number")
    positive, ends, above = p.given("0 < u"), p.given("u <= v"), p.assume("u <= x")
    inside = p.order("0 < x", [(1, 1, positive), (1, 1, above)])
    return Page.of(p, _grows(p, "log(x)", "u", "v", p.pos("0 <= 1/x", inside), ends, inside))


def _reciprocal_falls() -> Page:
    """−1/u ≤ −1/v for 0 < u ≤ v."""
    p = proof(u="number", v="number", x="number")
    positive, ends, above = p.given("0 < u"), p.given("u <= v"), p.assume("u <= x")
    inside = p.pos("x != 0", p.order("0 < x", [(1, 1, positive), (1, 1, above)]))
    slope = p.order("0 <= -((0*x - 1*1)/(x*x))", [(1, "1/x")], inside)
    return Page.of(p, _grows(p, "-(1/x)", "u", "v", slope, ends, inside))


def pole_that_nothing_excludes() -> Case:
    """Log grows, without a premise that x is positive throughout."""
    page = _log_grows()
    k = page.where("mono_of_deriv")
    rule, args, (slope, ends, _) = page.data["lines"][k]
    return page.spoil(
        ("the function may leave its domain", "no premise shows: 0 < x"),
        row=(k, rule, args, [slope, ends]),
        off=("axioms: the function may leave its domain",),
    )


def pole_inside_the_interval() -> Case:
    """−1/u ≤ −1/v for any u ≤ v: that x is not 0 is assumed, of the very x that runs from u to v."""
    page = _reciprocal_falls()
    return page.spoil(
        ("the variable is not arbitrary", "variable: x", "free in:  x != 0"),
        row=(page.where("pos"), "assume", [page.statement("x != 0")], []),
        at=page.where("mono_of_deriv"),
        hypothesis=(0, "x != 0"),
        off=(VARIABLE, UNUSED),
        point=Point.of(numbers={"u": -1, "v": 1, "x": 1}),
    )


def pole_at_the_end() -> Case:
    """The same with 0 ≤ u."""
    page = _reciprocal_falls()
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "goal:  0 < x"),
        row=(0, "assume", [page.statement("0 <= u")], []),
        at=page.where("order", '"<",0,["x"]'),
        hypothesis=(0, "0 <= u"),
        off=(WRONG_SIGNS,),
    )


def slope_of_another_function() -> Case:
    """Log grows because 0 ≤ x."""
    page = _log_grows()
    k = page.where("pos")
    return page.spoil(
        ("wrong premise", "expected: 0 <= 1/x", "got:      0 <= x"),
        row=(k, "pos", [page.statement("0 <= x")], page.data["lines"][k][2]),
        at=page.where("mono_of_deriv"),
        off=("statements: wrong premise",),
    )


def slope_that_is_negative_somewhere() -> Case:
    """x² grows, from −1 on."""
    p = proof(u="number", v="number", x="number")
    positive, ends, above = p.given("0 < u"), p.given("u <= v"), p.assume("u <= x")
    inside = p.order("0 < x", [(1, 1, positive), (1, 1, above)])
    page = Page.of(p, _grows(p, "x^2", "u", "v", p.pos("0 <= 2*x^1*1", inside), ends))
    return page.spoil(
        ("right - left of the goal is not the given combination of the premises", "goal: 0 < x"),
        row=(0, "assume", [page.statement("-1 < u")], []),
        at=page.where("order"),
        hypothesis=(0, "-1 < u"),
        off=(NOT_COMBINED,),
        point=Point.of(numbers={"u": Fraction(-1, 2), "v": 0}),
    )


def ends_the_wrong_way() -> Case:
    """log u ≤ log v for v ≤ u."""
    page = _log_grows()
    return page.spoil(
        ("wrong premise", "expected: u <= v", "got:      v <= u"),
        row=(1, "assume", [page.statement("v <= u")], []),
        at=page.where("mono_of_deriv"),
        hypothesis=(1, "v <= u"),
        off=("statements: wrong premise",),
        point=Point.of(numbers={"u": 2, "v": 1}),
    )


def end_that_moves_along() -> Case:
    """log u ≤ log x, where x is the variable of the function."""
    page = _log_grows()
    k = page.where("mono_of_deriv")
    rule, (variable, function, low, _), premises = page.data["lines"][k]
    return page.spoil(
        ("wrong premise", "expected: u <= x", "got:      u <= v"),
        row=(k, rule, [variable, function, low, ["x"]], premises),
        conclusion="log(u) <= log(x)",
        off=("statements: wrong premise", VARIABLE),
        point=Point.of(numbers={"u": 2, "v": 2, "x": 1}),
    )


def function_without_a_derivative() -> Case:
    """x³ + |x| grows."""
    p = proof(u="number", v="number", x="number")
    ends = p.given("u <= v")
    page = Page.of(p, _grows(p, "x^3 + abs(u)", "u", "v", p.pos("0 <= 3*x^2*1 + 0"), ends))
    rule, (variable, _, low, high), premises = page.data["lines"][2]
    return page.spoil(
        ("no derivative is known", "term: abs(x)"),
        row=(2, rule, [variable, page.number("x^3 + abs(x)"), low, high], premises),
        conclusion="u^3 + abs(u) <= v^3 + abs(v)",
        point=Point.of(numbers={"u": Fraction(-1, 2), "v": 0}),
    )
