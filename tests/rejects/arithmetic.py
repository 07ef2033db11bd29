"""The ordered field: divisors that may be 0, signs of multipliers, < and ≤."""

from __future__ import annotations

from fractions import Fraction

from kl_symbolic.numerics.point import Point

from .pair import (
    MAY_BE_ZERO,
    NO_SIGN,
    NOT_COMBINED,
    NOT_EQUAL,
    UNCLAIMED,
    WRONG_PREMISE,
    WRONG_SIGNS,
    Case,
    Page,
    proof,
)


def quotient_by_itself() -> Case:
    """x/x = 1 where x may be 0."""
    p = proof(x="number")
    page = Page.of(p, p.field("x/x = 1", p.given("x != 0")))
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: x"),
        row=(0, "assume", [page.statement("0 <= x")], []),
        at=1,
        hypothesis=(0, "0 <= x"),
        off=(MAY_BE_ZERO,),
    )


def quotient_by_itself_out_of_nothing() -> Case:
    """x/x = 1 without x ≠ 0."""
    p = proof(x="number")
    page = Page.of(p, p.field("x/x = 1", p.given("x != 0")))
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: x != 0"),
        row=(0, "pos", [page.statement("x != 0")], []),
        hypothesis=(0, None),
        off=(NO_SIGN,),
    )


def quotient_by_itself_inside_a_logarithm() -> Case:
    """log(x/x) = log 1, where the quotient is hidden below a function."""
    p = proof(x="number")
    page = Page.of(p, p.field("log(x/x) = log(1)", p.given("x != 0")))
    return page.spoil(
        ("the two sides are not equal by arithmetic", "left:  log(x/x)"),
        row=(0, "assume", [page.statement("0 <= x")], []),
        at=1,
        hypothesis=(0, "0 <= x"),
        off=(NOT_EQUAL,),
    )


def canceled_factor() -> Case:
    """(x² − 1)/(x − 1) = x + 1, also at x = 1."""
    p = proof(x="number")
    page = Page.of(p, p.field("(x^2 - 1)/(x - 1) = x + 1", p.given("x - 1 != 0")))
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: x - 1"),
        row=(0, "assume", [page.statement("x != 0")], []),
        at=1,
        hypothesis=(0, "x != 0"),
        off=(MAY_BE_ZERO,),
    )


def canceled_factor_of_an_equation() -> Case:
    """x = y from c·x = c·y, where c may be 0."""
    p = proof(c="number", x="number", y="number")
    other, same = p.given("c != 0"), p.given("c*x = c*y")
    page = Page.of(p, p.order("x = y", [(1, "1/c", same)], other))
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: c"),
        row=(0, "assume", [page.statement("0 <= c")], []),
        at=2,
        hypothesis=(0, "0 <= c"),
        off=(MAY_BE_ZERO,),
        point=Point.of(numbers={"c": 0, "x": 0, "y": 1}),
    )


def divisor_that_is_zero_as_written() -> Case:
    """1/(x − x) = 1/(x − x)·1, with a premise that says that x − x is not 0."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.field("1/(x - y) = 1*(1/(x - y))", p.given("x - y != 0")))
    zero = "1/(x - x) = 1*(1/(x - x))"
    page.data["names"] = dict(p.names)
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: x - x"),
        row=(1, "field", [page.statement(zero)], [0]),
        conclusion=zero,
    )


def negative_multiplier() -> Case:
    """−x ≤ −y from x ≤ y."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.order("2*x <= 2*y", [(2, 1, p.given("x <= y"))]))
    claim = "-x <= -y"
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "goal:  -x <= -y"),
        row=(1, "order", [page.statement(claim), [[-1, 1, [0]]]], [0]),
        conclusion=claim,
        off=(WRONG_SIGNS,),
        point=Point.of(numbers={"x": 0, "y": 1}),
    )


def multiplier_of_unknown_sign() -> Case:
    """c·x ≤ c·y from x ≤ y, where c² is meant."""
    p = proof(c="number", x="number", y="number")
    page = Page.of(p, p.order("c*c*x <= c*c*y", [(1, "c", p.given("x <= y"))]))
    claim = "c*x <= c*y"
    return page.spoil(
        "right - left of the goal is not the given combination of the premises",
        row=(1, "order", [page.statement(claim), [[1, ["c"], [0]]]], [0]),
        conclusion=claim,
        off=(NOT_COMBINED,),
        point=Point.of(numbers={"c": -1, "x": 0, "y": 1}),
    )


def product_of_two_inequalities() -> Case:
    """From a ≠ b and c ≤ d: 0 ≤ (b − a)·(d − c)."""
    p = proof(a="number", b="number", c="number", d="number")
    first, second = p.given("a <= b"), p.given("c <= d")
    page = Page.of(p, p.order("0 <= (b - a)*(d - c)", [(1, 1, first, second)]))
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "['?']"),
        row=(0, "assume", [page.statement("a != b")], []),
        at=2,
        hypothesis=(0, "a != b"),
        off=(WRONG_SIGNS,),
        point=Point.of(numbers={"a": 1, "b": 0, "c": 0, "d": 1}),
    )


def strict_from_weak() -> Case:
    """2x < 2y from x ≤ y."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.order("2*x <= 2*y", [(2, 1, p.given("x <= y"))]))
    claim = "2*x < 2*y"
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "goal:  2*x < 2*y", "signs: ['<=']"),
        row=(1, "order", [page.statement(claim), [[2, 1, [0]]]], [0]),
        conclusion=claim,
        off=(WRONG_SIGNS,),
        point=Point.of(numbers={"x": 0, "y": 0}),
    )


def strict_square() -> Case:
    """0 < x·x for every x."""
    p = proof(x="number")
    page = Page.of(p, p.pos("0 <= x*x"))
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < x*x"),
        row=(0, "pos", [page.statement("0 < x*x")], []),
        conclusion="0 < x*x",
        off=(NO_SIGN,),
        point=Point.of(numbers={"x": 0}),
    )


def strict_multiple() -> Case:
    """c²·x < c²·y from x < y, where c may be 0."""
    p = proof(c="number", x="number", y="number")
    page = Page.of(p, p.order("c*c*x <= c*c*y", [(1, "c", p.given("x < y"))]))
    claim = "c*c*x < c*c*y"
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "signs: ['<=']"),
        row=(1, "order", [page.statement(claim), [[1, ["c"], [0]]]], [0]),
        conclusion=claim,
        off=(WRONG_SIGNS,),
        point=Point.of(numbers={"c": 0, "x": 0, "y": 1}),
    )


def unequal_from_weak() -> Case:
    """x ≠ y from x ≤ y."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.order("x != y", [(1, 1, p.given("x < y"))]))
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "goal:  x != y"),
        row=(0, "assume", [page.statement("x <= y")], []),
        at=1,
        hypothesis=(0, "x <= y"),
        off=(WRONG_SIGNS,),
        point=Point.of(numbers={"x": 0, "y": 0}),
    )


def sum_of_two_inequations() -> Case:
    """a + c ≠ b + d from a ≠ b and c ≠ d."""
    p = proof(a="number", b="number", c="number", d="number")
    first, second = p.given("a != b"), p.given("c = d")
    page = Page.of(p, p.order("a + c != b + d", [(1, 1, first), (1, 1, second)]))
    return page.spoil(
        ("the multipliers do not have the signs that the goal needs", "signs: ['!=', '!=']"),
        row=(1, "assume", [page.statement("c != d")], []),
        at=2,
        hypothesis=(1, "c != d"),
        off=(WRONG_SIGNS,),
        point=Point.of(numbers={"a": 0, "b": 1, "c": 1, "d": 0}),
    )


def equality_from_one_side() -> Case:
    """a = b from a ≤ b twice."""
    p = proof(a="number", b="number")
    below, above = p.given("a <= b"), p.given("b <= a")
    page = Page.of(p, p.scheme("antisymm", {"a": p.term("a"), "b": p.term("b")}, [below, above]))
    return page.spoil(
        ("wrong premise", "expected: a <= b; b <= a", "got:      2*b <= 2*a + 2"),
        row=(1, "assume", [page.statement("2*b <= 2*a + 2")], []),
        at=2,
        hypothesis=(1, "2*b <= 2*a + 2"),
        off=(WRONG_PREMISE, UNCLAIMED),
        point=Point.of(numbers={"a": 0, "b": 1}),
    )


def difference_of_positives() -> Case:
    """0 < x − y from 0 < x and 0 < y."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.pos("0 < x + y", p.given("0 < x"), p.given("0 < y")))
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < x - y"),
        row=(2, "pos", [page.statement("0 < x - y")], [0, 1]),
        conclusion="0 < x - y",
        off=(NO_SIGN,),
        point=Point.of(numbers={"x": 1, "y": 1}),
    )


def absolute_value_of_any_number() -> Case:
    """|a| = a without 0 ≤ a."""
    p = proof(a="number")
    page = Page.of(p, p.scheme("abs_of_nonneg", {"a": p.term("a")}, [p.given("0 <= a")]))
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 <= a"),
        row=(0, "pos", [page.statement("0 <= a")], []),
        hypothesis=(0, None),
        off=(NO_SIGN,),
        point=Point.of(numbers={"a": -1}),
    )


def multiplier_a_little_off() -> Case:
    """A multiplier of 1000000001/1000000000 where 1 is meant."""
    p = proof(x="number", y="number")
    page = Page.of(p, p.order("x <= y", [(1, 1, p.order("x <= y + 0", [(1, 1, p.given("x <= y"))]))]))
    off = Fraction(10**9 + 1, 10**9)
    return page.spoil(
        "right - left of the goal is not the given combination of the premises",
        row=(2, "order", [page.statement("x <= y"), [[str(off), 1, [0]]]], [1]),
        off=(NOT_COMBINED,),
    )
