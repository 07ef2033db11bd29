"""The shape of a line: its rule, its arguments and its premises are what the rule takes, and nothing else."""

from __future__ import annotations

from .pair import UNUSED, Case, Page, proof
from .twins import doubled, tangent


def rule_that_is_unknown() -> Case:
    """log aₙ → log a by a rule that there is not."""
    p = proof(a="number", u="Nat -> number")
    page = Page.of(p, p.scheme("limit_const", {"a": p.term("a")}))
    return page.spoil(("there is no such rule", "got: limit_log"), row=(0, "limit_log", [{"a": ["a"]}], []))


def premise_ahead() -> Case:
    """A premise that comes later."""
    page = Page.shipped("log_one")
    k = page.where("trans")
    return page.spoil(
        ("a premise must be the number of an earlier line", f"got: {k + 1}"),
        row=(k, "trans", [], [page.data["lines"][k][2][0], k + 1]),
    )


def premise_that_is_the_line_itself() -> Case:
    """A line that leans on itself."""
    page = Page.shipped("log_one")
    k = page.where("symm")
    return page.spoil(
        ("a premise must be the number of an earlier line", f"got: {k}"),
        row=(k, "symm", [], [k]),
    )


def premise_counted_from_the_end() -> Case:
    """−1, which Python reads as the line before."""
    page = Page.shipped("log_one")
    k = page.where("symm")
    return page.spoil(
        ("a premise must be the number of an earlier line", "got: -1"),
        row=(k, "symm", [], [-1]),
        off=("certificate: a premise must be the number of an earlier line", UNUSED),
    )


def argument_too_many() -> Case:
    """A rule with an argument that it does not have."""
    page = Page.shipped("log_one")
    k = page.where("symm")
    return page.spoil(("expected a list of 0", "got: [1]"), row=(k, "symm", [1], page.data["lines"][k][2]))


def line_of_two_parts() -> Case:
    """A line without premises, not even an empty list of them."""
    page = Page.shipped("log_one")
    return page.spoil(
        ("expected a list of 3", "got: ['pos'"),
        change=lambda data: data["lines"][0].pop(),
        at=0,
    )


def lines_that_are_none() -> Case:
    """No line at all."""
    p = proof(x="number")
    page = Page.of(p, p.field("x = x"))
    return page.spoil(("expected 1 to 5000 lines", "got: 0"), change=lambda data: data["lines"].clear())


def number_for_an_index() -> Case:
    """p at a number."""
    page = Page.shipped("kl_nonneg")
    k = page.where("unfold")
    return page.spoil(
        ("expected an index in X", "got: [1]"),
        row=(k, "unfold", ["kl", {"X": "X", "p": ["p", 1], "q": ["q", 0]}], []),
    )


def statement_for_a_number() -> Case:
    """log of a statement."""
    page = tangent()
    return page.spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: ="),
        row=(1, "log_le", [{"a": ["=", ["p1"], ["p1"]]}], [0]),
    )


def hole_in_a_statement() -> Case:
    """The hole of templates, where nothing is filled in."""
    page = doubled()
    return page.spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: _"),
        row=(0, "assume", [["<=", ["_"], ["y"]]], []),
    )


def premises_too_few_for_a_guard() -> Case:
    """A guard uₙ < vₙ of a squeeze, without u < v for the limits."""
    page = Page.shipped("exp_limit")
    k = page.where("limit_squeeze")
    return page.spoil(
        "each guard needs three premises: u(n) -> u, v(n) -> v and u < v",
        row=(k, "limit_squeeze", [], page.data["lines"][k][2][:-1]),
    )


def hypothesis_that_is_there_already() -> Case:
    """A line is weakened by what it assumes."""
    page = Page.shipped("coin_flips_finite")
    k = page.where("weaken")
    return page.spoil(
        ("the hypothesis is already there", "hypothesis: 0 < N"),
        row=(k, "weaken", [page.statement("0 < N")], page.data["lines"][k][2]),
        hypothesis=(4, None),
        off=("rules: the hypothesis is already there",),
    )


def case_that_has_no_opposite() -> Case:
    """A split into a < 0 and what else there may be."""
    page = Page.shipped("abs_nonneg")
    k = page.where("cases")
    return page.spoil(
        ("expected a case a = b or a <= b", "got: a < 0"),
        row=(k, "cases", [page.statement("a < 0")], page.data["lines"][k][2]),
    )


def template_without_a_hole() -> Case:
    """A congruence that replaces nothing."""
    page = Page.shipped("log_one")
    k = page.where("congr")
    return page.spoil(
        ("the template has no hole _", "template: log(1)"),
        row=(k, "congr", [["log", 1]], page.data["lines"][k][2]),
    )


def sign_that_is_none() -> Case:
    """1 < 2 by the structure of a term: that is for 0 < e, 0 ≤ e and e ≠ 0."""
    page = Page.shipped("log_one")
    k = page.where("pos")
    return page.spoil(
        ("expected a goal 0 < e, 0 <= e or e != 0", "got: 1 < 2"),
        row=(k, "pos", [page.statement("1 < 2")], []),
    )


def combination_that_is_not_a_comparison() -> Case:
    """An implication as a combination of inequalities."""
    page = doubled()
    return page.spoil(
        ("expected a goal with =, <=, < or !=", "got: x <= y => x <= y"),
        row=(1, "order", [page.statement("x <= y => x <= y"), [[2, 1, [0]]]], [0]),
    )


def combination_with_a_premise_that_is_missing() -> Case:
    """A multiple of the second premise, where there is one."""
    page = doubled()
    return page.spoil(
        "an entry names premise 1, which is not a comparison",
        row=(1, "order", [page.statement("2*x <= 2*y"), [[2, 1, [1]]]], [0]),
    )


def modus_ponens_without_an_implication() -> Case:
    """B from A and A."""
    page = Page.shipped("rel_entr_tangent")
    k = page.where("mp", first=True)
    _, zero = page.data["lines"][k][2]
    return page.spoil(("expected a premise of the form a => b", "got: b = 0"), row=(k, "mp", [], [zero, zero]))


def instance_of_what_is_not_universal() -> Case:
    """Σp = 1 at an index."""
    page = Page.shipped("kl_eq_zero_iff")
    k = page.where("spec", first=True)
    return page.spoil(
        ("expected a premise forall i in X: ...", "got: sum(i in X: p[i]) = 1"),
        row=(k, "spec", page.data["lines"][k][1], [page.where("assume", '"=",["sum","X",["p",0]]')]),
    )


def divergence_of_one_distribution() -> Case:
    """D with one operand."""
    page = Page.shipped("kl_nonneg")
    k = len(page.data["lines"]) - 1
    goal = ["<=", 0, ["kl", ["X"], ["p", 0]]]
    return page.spoil(
        "'kl' takes a list of index sets and 2 operands",
        row=(k, "order", [goal, page.data["lines"][k][1][1]], page.data["lines"][k][2]),
    )


def divergence_over_no_set() -> Case:
    """D without the set that it is a sum over."""
    page = Page.shipped("kl_nonneg")
    k = len(page.data["lines"]) - 1
    goal = ["<=", 0, ["kl", [], ["p", 0], ["q", 0]]]
    return page.spoil(
        "'kl' takes a list of 1 index sets",
        row=(k, "order", [goal, page.data["lines"][k][1][1]], page.data["lines"][k][2]),
    )


def sum_of_nothing() -> Case:
    """Σ without a summand."""
    page = Page.shipped("kl_nonneg")
    k = page.where("congr", '["sum","X",["_",0]]', first=True)
    return page.spoil(
        ("'sum' has the wrong number of operands", "got: ['sum', 'X']"),
        row=(k, "congr", [["sum", "X"]], page.data["lines"][k][2]),
    )


def definition_of_something_else() -> Case:
    """A defined symbol that the table of definitions does not have."""
    page = Page.shipped("kl_nonneg")
    k = page.where("unfold")
    return page.spoil(
        ("expected a defined symbol", "got: KL"),
        row=(k, "unfold", ["KL", page.data["lines"][k][1][1]], []),
    )


def instance_of_nothing() -> Case:
    """Replacements, and no line in which something is replaced."""
    page = Page.shipped("coin_flips")
    k = page.where("inst")
    return page.spoil(
        "expected an object of replacements and a premise",
        row=(k, "inst", page.data["lines"][k][1], []),
    )
