"""Laws of the logarithm and of powers, outside their domain or simply wrong."""

from __future__ import annotations

from kl_symbolic.numerics.point import Point

from .pair import MAY_BE_ZERO, NO_SIGN, NOT_EQUAL, UNCLAIMED, WRONG_PREMISE, Case, Page, proof


def of_a_sum() -> Case:
    """log(x + y) = log x + log y."""
    p = proof(x="number", y="number")
    signs = [p.given("0 < x"), p.given("0 < y")]
    page = Page.of(p, p.scheme("log_mul", {"a": p.term("x"), "b": p.term("y")}, signs))
    claim = "log(x + y) = log(x) + log(y)"
    return page.spoil(
        ("the two sides are not equal by arithmetic", "left:  log(x + y)", "right: log(x) + log(y)"),
        row=(2, "field", [page.statement(claim)], [0, 1]),
        conclusion=claim,
        off=(NOT_EQUAL,),
        point=Point.of(numbers={"x": 1, "y": 1}),
    )


def of_a_sum_by_a_step_inside() -> Case:
    """The same claim, from x + y = x·y put into the logarithm."""
    p = proof(x="number", y="number")
    signs = [p.given("0 < x"), p.given("0 < y")]
    law = p.scheme("log_mul", {"a": p.term("x"), "b": p.term("y")}, signs)
    turned = p.field("y*x = x*y")
    page = Page.of(p, p.trans(p.congr(p.term("log(y*x)"), turned), law))
    page.data["lines"][4] = ["congr", [["log", ["_"]]], [3]]
    return page.spoil(
        ("the two sides are not equal by arithmetic", "x + y", "x*y"),
        row=(turned.number, "field", [page.statement("x + y = x*y")], []),
        conclusion="log(x + y) = log(x) + log(y)",
        off=(NOT_EQUAL,),
        point=Point.of(numbers={"x": 1, "y": 1}),
    )


def of_a_sum_in_the_coin_derivation() -> Case:
    """The step from the log of a product to a sum of logs, taken at a sum, in the derivation of the coins."""
    page = Page.shipped("coin_flips_finite")
    k = page.where("log_mul", '"p1"')
    wrong = page.statement("log(p1^N_h + p2^N_t) = log(p1^N_h) + log(p2^N_t)")
    return page.spoil(
        ("the two sides are not equal by arithmetic", "log(p1^N_h + p2^N_t)", "log(p1^N_h) + log(p2^N_t)"),
        row=(k, "field", [wrong], page.data["lines"][k][2]),
    )


def of_a_power_of_a_sum() -> Case:
    """log((x + y)²) expanded as if it were the log of a sum of squares."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.field("log((x + y)^2) = log(x^2 + 2*x*y + y^2)"))
    claim = "log((x + y)^2) = log(x^2 + y^2)"
    return page.spoil(
        "the two sides are not equal by arithmetic",
        row=(0, "field", [page.statement(claim)], []),
        conclusion=claim,
        off=(NOT_EQUAL,),
        point=Point.of(numbers={"x": 1, "y": 1}),
    )


def quotient_of_any_divisor() -> Case:
    """log(a/b) = log a − log b without 0 < b."""
    page = Page.shipped("log_div")
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < b"),
        row=(page.where("assume", '"b"'), "pos", [page.statement("0 < b")], []),
        hypothesis=(1, None),
        off=(NO_SIGN,),
    )


def product_of_non_zero_numbers() -> Case:
    """log(x·x) = log x + log x where x is only known not to be 0."""
    p = proof(x="number")
    x = p.given("0 < x")
    page = Page.of(p, p.scheme("log_mul", {"a": p.term("x"), "b": p.term("x")}, [x, x]))
    return page.spoil(
        ("wrong premise", "expected: 0 < x", "got:      x != 0"),
        row=(0, "assume", [page.statement("x != 0")], []),
        at=1,
        hypothesis=(0, "x != 0"),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def product_without_a_premise() -> Case:
    """log(x·y) = log x + log y, citing 0 < x twice."""
    p = proof(x="number", y="number")
    x, y = p.given("0 < x"), p.given("0 < y")
    law = p.scheme("log_mul", {"a": p.term("x"), "b": p.term("y")}, [x, y])
    page = Page.of(p, p.order("log(x*y) - log(x) = log(y)", [(1, 1, law)]))
    return page.spoil(
        ("the proof uses a hypothesis that is not claimed", "hypothesis: 0 < y"),
        hypothesis=(1, None),
        off=(UNCLAIMED,),
    )


def product_over_a_set_with_zeros() -> Case:
    """log Π f = Σ log f where factors may be 0."""
    page = Page.shipped("log_prod")
    zeros = "forall t in T: 0 <= f[t]"
    return page.spoil(
        ("wrong premise", "forall t in T: 0 < f[t]", "forall t in T: 0 <= f[t]"),
        row=(0, "assume", [page.statement(zeros)], []),
        at=page.where("prod_def"),
        hypothesis=(0, zeros),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def tangent_at_zero() -> Case:
    """log x ≤ x − 1 where x may be 0."""
    page = Page.shipped("log_le_sub_one")
    return page.spoil(
        ("wrong premise", "expected: 0 < x", "got:      0 <= x"),
        row=(0, "assume", [page.statement("0 <= x")], []),
        at=page.where("log_le"),
        hypothesis=(0, "0 <= x"),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def root_of_a_negative_number() -> Case:
    """x^(1/2) = exp(½·log x) for x < 0."""
    p = proof(x="number")
    page = Page.of(p, p.scheme("rpow_def", {"a": p.term("x"), "b": p.term("1/2")}, [p.given("0 < x")]))
    return page.spoil(
        ("wrong premise", "expected: 0 < x", "got:      x < 0"),
        row=(0, "assume", [page.statement("x < 0")], []),
        at=1,
        hypothesis=(0, "x < 0"),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def power_of_any_number() -> Case:
    """log(a^b) = b·log a without 0 < a."""
    page = Page.shipped("log_pow")
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < a"),
        row=(0, "pos", [page.statement("0 < a")], []),
        hypothesis=(0, None),
        off=(NO_SIGN,),
    )


def root_of_a_square() -> Case:
    """(x²)^(1/2) = x, which is |x|."""
    p = proof(x="number")
    page = Page.of(p, p.field("(x^2)^2 = x^4"))
    claim = "(x^2)^(1/2) = x"
    return page.spoil(
        ("the two sides are not equal by arithmetic", "left:  (x^2)^(1/2)"),
        row=(0, "field", [page.statement(claim)], []),
        conclusion=claim,
        off=(NOT_EQUAL,),
        point=Point.of(numbers={"x": -1}),
    )


def negative_power_of_zero() -> Case:
    """x^(−1)·x = 1 where x may be 0."""
    p = proof(x="number")
    x = p.given("x != 0")
    page = Page.of(p, p.field("x^(-1)*x = 1", x))
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: x"),
        row=(0, "assume", [page.statement("0 <= x")], []),
        at=1,
        hypothesis=(0, "0 <= x"),
        off=(MAY_BE_ZERO,),
    )
