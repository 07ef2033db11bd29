"""Literals: exact, in lowest terms, and never a bool, a float or something that Python takes for a number."""

from __future__ import annotations

from .pair import WRONG_SIGNS, Case, Page, proof
from .twins import doubled, half, positive_product, shifted


def true_for_a_number() -> Case:
    """True in the place of 1, in a term."""
    p = proof(x="number")
    page = Page.of(p, p.order("2*x <= 2*x + 1", [(1, 1)]))
    return page.retype(
        '["<=",["*",2,["x"]],["+",["*",2,["x"]],1]],[[1,1,[]]]',
        '["<=",["*",2,["x"]],["+",["*",2,["x"]],true]],[[1,1,[]]]',
        ("expected a number", "got: True"),
        at=0,
        rule="order",
    )


def true_for_a_multiplier() -> Case:
    """True in the place of 1, as a multiplier."""
    return shifted().retype("[[1,1,[0]]]", "[[true,1,[0]]]", ("expected a number", "got: True"), at=1, rule="order")


def true_for_a_premise() -> Case:
    """True in the place of line 1."""
    return positive_product().retype(
        '"*",["x"],["y"]]]],[0,1]]', '"*",["x"],["y"]]]],[0,true]]',
        ("a premise must be the number of an earlier line", "got: True"),
        at=2, rule="pos", off=("certificate: a premise must be the number of an earlier line",),
    )  # fmt: skip


def false_for_a_position() -> Case:
    """False in the place of the first premise of a combination."""
    return shifted().retype(
        "[[1,1,[0]]]", "[[1,1,[false]]]", ("expected positions of premises", "got: [False]"), at=1, rule="order",
        off=("table: expected positions of premises",),
    )  # fmt: skip


def false_for_a_bound_variable() -> Case:
    """False in the place of the bound variable 0."""
    page = Page.shipped("kl_nonneg")
    return page.retype(
        '["unfold",["kl",{"X":"X","p":["p",0]', '["unfold",["kl",{"X":"X","p":["p",false]',
        ("expected an index in X", "got: [False]"), at=page.where("unfold"), rule="unfold",
    )  # fmt: skip


def fraction_that_is_not_reduced() -> Case:
    """2/4 for 1/2."""
    return half().retype(
        '"lines": [\n["field",[["=",["*","1/2"', '"lines": [\n["field",[["=",["*","2/4"',
        ("expected a fraction in lowest terms such as '7/10'", "got: 2/4"), at=0, rule="field",
        off=("syntax: expected a fraction in lowest terms",),
    )  # fmt: skip


def fraction_that_is_an_integer() -> Case:
    """2/1 for 2."""
    return doubled().retype(
        "[[2,1,[0]]]", '[["2/1",1,[0]]]', ("expected a fraction in lowest terms such as '7/10'", "got: 2/1"),
        at=1, rule="order", off=("syntax: expected a fraction in lowest terms",),
    )  # fmt: skip


def fraction_over_zero() -> Case:
    """1/0."""
    return half().retype(
        '"lines": [\n["field",[["=",["*","1/2"', '"lines": [\n["field",[["=",["*","1/0"',
        ("expected a fraction in lowest terms such as '7/10'", "got: 1/0"), at=0, rule="field",
    )  # fmt: skip


def fraction_in_other_digits() -> Case:
    """١/٢, whose digits are Arabic."""
    return half().retype(
        '"lines": [\n["field",[["=",["*","1/2"', '"lines": [\n["field",[["=",["*","١/٢"',
        "expected a fraction in lowest terms such as '7/10'", at=0, rule="field",
    )  # fmt: skip


def decimal_number() -> Case:
    """2.0 for 2."""
    return doubled().retype(
        "[[2,1,[0]]]",
        "[[2.0,1,[0]]]",
        ('expected an exact number, an integer or a fraction such as "7/10"', "got: 2.0"),
    )


def number_with_an_exponent() -> Case:
    """2e0 for 2."""
    return doubled().retype("[[2,1,[0]]]", "[[2e0,1,[0]]]", ("expected an exact number", "got: 2e0"))


def not_a_number() -> Case:
    """NaN, which Python's JSON reads."""
    return doubled().retype("[[2,1,[0]]]", "[[NaN,1,[0]]]", ("expected an exact number", "got: NaN"))


def infinity() -> Case:
    """Infinity, which Python's JSON reads."""
    return doubled().retype("[[2,1,[0]]]", "[[Infinity,1,[0]]]", ("expected an exact number", "got: Infinity"))


def nothing() -> Case:
    """Null for 2."""
    return doubled().retype("[[2,1,[0]]]", "[[null,1,[0]]]", ("expected a number", "got: None"), at=1, rule="order")


def multiplier_zero() -> Case:
    """An entry that says nothing."""
    return doubled().retype(
        "[[2,1,[0]]]", "[[2,1,[0]],[0,1,[0]]]", ("expected a rational multiplier other than 0", "got: 0"),
        at=1, rule="order", off=("table: expected a rational multiplier other than 0", WRONG_SIGNS),
    )  # fmt: skip
