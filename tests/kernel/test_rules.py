"""Every rule of logic and of equality: what it shows, and each way in which it says no."""

from __future__ import annotations

from typing import Any

import pytest

from kl_symbolic.kernel import Refused, check
from kl_symbolic.kernel.table import RULES
from kl_symbolic.language.printer import explain

from ..harness.draft import Draft, conclusion, refusal, shown

AB = {"a": "number", "b": "number", "c": "number"}
FAMILY = {
    "X": "set",
    "Y": "set",
    "p": "X -> number",
    "q": "X -> number",
    "r": "X, Y -> number",
    "i": "X",
    "j": "X",
    "y": "Y",
}
FAMILY |= {"f": "X -> X", "g": "Y -> X"}


def names(*wanted: str) -> dict[str, str]:
    """Return these names of the family with the sets that they need."""
    return {n: FAMILY[n] for n in FAMILY if n in wanted}


# --- assume, weaken, disch, mp -------------------------------------------------------------------------------


def test_assume_takes_a_statement_into_gamma() -> None:
    d = Draft(a="number")
    d.assume("0 < a => a != 0")
    assert shown(d) == "0 < a => a != 0 ⊢ 0 < a => a != 0"


def test_assume_needs_a_statement() -> None:
    d = Draft(a="number")
    d.add("assume", [["a"]])
    assert "expected a statement, got an unknown operator or undeclared name\n  got: a" in refusal(d)


def test_weaken_adds_a_hypothesis_at_the_end() -> None:
    d = Draft(**AB)
    d.goal("weaken", "b = c", d.assume("a = b"))
    assert shown(d) == "a = b, b = c ⊢ a = b"


def test_weaken_refuses_a_hypothesis_that_is_there() -> None:
    d = Draft(**AB)
    d.goal("weaken", "a = b", d.assume("a = b"))
    assert refusal(d) == "the hypothesis is already there\n  hypothesis: a = b"


def test_disch_moves_a_hypothesis_into_the_statement() -> None:
    d = Draft(**AB)
    d.goal("disch", "a = b", d.goal("weaken", "b = c", d.assume("a = b")))
    assert shown(d) == "b = c ⊢ a = b => a = b"


def test_disch_refuses_what_was_not_assumed() -> None:
    d = Draft(**AB)
    d.goal("disch", "b = a", d.assume("a = b"))
    assert refusal(d) == ("the premise does not assume what is discharged\n  expected: b = a\n  have:     a = b")


def test_mp_joins_the_hypotheses_of_both() -> None:
    d = Draft(**AB)
    d.add("mp", [], d.assume("a = b => b = c"), d.assume("a = b"))
    assert shown(d) == "a = b => b = c, a = b ⊢ b = c"


def test_mp_refuses_an_equivalence_and_another_left_side() -> None:
    d = Draft(**AB)
    d.add("mp", [], d.assume("a = b <=> b = c"), d.assume("a = b"))
    assert refusal(d) == "expected a premise of the form a => b\n  got: a = b <=> b = c"
    d = Draft(**AB)
    d.add("mp", [], d.assume("a = b => b = c"), d.assume("b = a"))
    assert refusal(d) == "wrong premise\n  expected: a = b\n  got:      b = a"
    d = Draft(**AB)
    implication, premise = d.assume("a = b => b = c"), d.assume("b = c")
    d.add("mp", [], implication, premise)
    assert "wrong premise" in refusal(d), "the right side does not give the left"


# --- gen, spec -----------------------------------------------------------------------------------------------


def test_gen_binds_every_occurrence_at_its_depth() -> None:
    d = Draft(**names("X", "p", "q", "i"))
    line = d.goal("field", "p[i]*sum(k in X: q[k] - p[i]) = sum(k in X: q[k] - p[i])*p[i]")
    d.add("gen", ["i"], line)
    assert shown(d) == "⊢ forall i in X: p[i]*sum(j in X: q[j] - p[i]) = sum(j in X: q[j] - p[i])*p[i]"


def test_gen_binds_below_an_index_function() -> None:
    d = Draft(**names("X", "p", "i", "f"))
    d.add("gen", ["i"], d.goal("field", "p[f(i)] + 0 = p[f(i)]"))
    assert shown(d) == "⊢ forall i in X: p[f(i)] + 0 = p[f(i)]"


def test_gen_refuses_an_index_that_is_free_in_gamma() -> None:
    d = Draft(**names("X", "p", "i"))
    d.add("gen", ["i"], d.assume("0 < p[i]"))
    assert refusal(d) == "the index is not arbitrary\n  index:   i\n  free in: 0 < p[i]"
    d = Draft(**names("X", "p", "i", "f"))
    d.add("gen", ["i"], d.goal("weaken", "p[f(i)] = 0", d.goal("field", "1 = 1")))
    assert "the index is not arbitrary" in refusal(d), "free below an index function"


@pytest.mark.parametrize("point", ["X", "p", "f", "k", 0, ["i"], None])
def test_gen_needs_the_name_of_a_free_index(point: Any) -> None:
    d = Draft(**names("X", "p", "f", "i"))
    d.add("gen", [point], d.goal("field", "p[i] = p[i]"))
    assert "expected a point" in refusal(d)


def test_gen_over_the_natural_numbers() -> None:
    d = Draft(n="Nat", u="Nat -> number")
    d.add("gen", ["n"], d.goal("field", "u[n] + n = n + u[n]"))
    assert shown(d) == "⊢ forall n in Nat: u[n] + n = n + u[n]"


def test_spec_puts_an_index_in() -> None:
    d = Draft(**names("X", "p", "q", "i", "f"))
    d.add("spec", [["f", "i"]], d.assume("forall k in X: sum(h in X: q[h]*p[k]) = p[k]"))
    assert shown(d) == "forall i in X: sum(j in X: q[j]*p[i]) = p[i] ⊢ sum(j in X: q[j]*p[f(i)]) = p[f(i)]"


def test_spec_refuses_other_statements_and_indices_of_other_sets() -> None:
    d = Draft(**names("X", "Y", "p", "y", "i"))
    universal = d.assume("forall k in X: 0 < p[k]")
    d.add("spec", ["y"], universal)
    assert "expected an index in X, got one in Y\n  got: ['y']" in refusal(d)
    d.rows[-1] = ["spec", [0], [universal]]
    assert "expected an index in X" in refusal(d), "a bound variable is bound by nothing here"
    d = Draft(**names("X", "p", "i"))
    d.add("spec", ["i"], d.assume("0 < p[i]"))
    assert refusal(d) == "expected a premise forall i in X: ...\n  got: 0 < p[i]"


# --- equivalence, cases, absurd ------------------------------------------------------------------------------


def test_iff_intro_and_elim() -> None:
    d = Draft(**AB)
    both = d.add("iff_intro", [], d.assume("a = b => b = a"), d.assume("b = a => a = b"))
    there = d.add("iff_elim", [], both)
    assert shown(d).endswith("⊢ a = b => b = a")
    d.add("iff_elim", [], d.add("symm", [], both))
    assert shown(d) == "a = b => b = a, b = a => a = b ⊢ b = a => a = b"
    assert there < both + 2


def test_iff_intro_refuses_what_is_not_the_converse() -> None:
    d = Draft(**AB)
    forward = d.assume("a = b => b = a")
    d.add("iff_intro", [], forward, forward)
    assert refusal(d) == "wrong premise\n  expected: b = a => a = b\n  got:      a = b => b = a"
    d = Draft(**AB)
    d.add("iff_intro", [], d.assume("a = b"), d.assume("b = a"))
    assert "expected a premise of the form a => b" in refusal(d)


def test_iff_elim_needs_an_equivalence() -> None:
    d = Draft(**AB)
    d.add("iff_elim", [], d.assume("a = b => b = a"))
    assert refusal(d) == "expected a premise of the form a <=> b\n  got: a = b => b = a"


@pytest.mark.parametrize(
    ("case", "opposite"), [("a = b", "a != b"), ("a <= b", "b < a")], ids=["equal or not", "at most or above"]
)
def test_cases_drops_each_case_from_its_branch_only(case: str, opposite: str) -> None:
    d = Draft(**AB)
    common = d.assume("0 < a + b")
    first = d.goal("weaken", case, common)
    second = d.goal("weaken", "b = c", d.goal("weaken", opposite, common))
    d.goal("cases", case, first, second)
    assert shown(d) == "0 < a + b, b = c ⊢ 0 < a + b"
    d.goal("cases", case, d.goal("weaken", opposite, first), d.goal("weaken", case, second))
    assert shown(d) == f"0 < a + b, {opposite}, b = c, {case} ⊢ 0 < a + b", "the wrong case stays in a branch"


@pytest.mark.parametrize(
    ("case", "first", "second", "why"),
    [
        ("a = b", "a = b", "b != a", "the premise does not assume what is discharged\n  expected: a != b"),
        ("a = b", "b = a", "a != b", "the premise does not assume what is discharged\n  expected: a = b"),
        ("a <= b", "a <= b", "a < b", "the premise does not assume what is discharged\n  expected: b < a"),
        ("a <= b", "a <= b", "b <= a", "the premise does not assume what is discharged\n  expected: b < a"),
        ("a < b", "a < b", "b <= a", "expected a case a = b or a <= b\n  got: a < b"),
        ("a != b", "a != b", "a = b", "expected a case a = b or a <= b\n  got: a != b"),
    ],
)
def test_cases_refuses_a_missing_branch(case: str, first: str, second: str, why: str) -> None:
    d = Draft(**AB)
    common = d.assume("0 < c")
    d.goal("cases", case, d.goal("weaken", first, common), d.goal("weaken", second, common))
    assert refusal(d).startswith(why)


def test_cases_refuses_branches_that_conclude_differently() -> None:
    d = Draft(**AB)
    one, other = d.assume("0 < c"), d.assume("0 < b")
    d.goal("cases", "a = b", d.goal("weaken", "a = b", one), d.goal("weaken", "a != b", other))
    assert refusal(d) == "wrong premise\n  expected: 0 < c\n  got:      0 < b"


def test_absurd_shows_anything_from_a_contradiction() -> None:
    d = Draft(**AB)
    d.goal("absurd", "c < c", d.assume("a = b"), d.assume("a != b"))
    assert shown(d) == "a = b, a != b ⊢ c < c"


@pytest.mark.parametrize(
    ("equal", "unequal", "why"),
    [
        ("a = b", "b != a", "wrong premise\n  expected: a != b\n  got:      b != a"),
        ("a = b", "a < b", "wrong premise\n  expected: a != b\n  got:      a < b"),
        ("a <= b", "a != b", "expected a premise of the form a = b\n  got: a <= b"),
    ],
)
def test_absurd_refuses_what_is_not_a_contradiction(equal: str, unequal: str, why: str) -> None:
    d = Draft(**AB)
    d.goal("absurd", "c < c", d.assume(equal), d.assume(unequal))
    assert refusal(d) == why


# --- equality ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"), [("a = b", "b = a"), ("a != b", "b != a"), ("a = b <=> b = c", "b = c <=> a = b")]
)
def test_symm_turns_around(before: str, after: str) -> None:
    d = Draft(**AB)
    d.add("symm", [], d.assume(before))
    assert shown(d) == f"{before} ⊢ {after}"


@pytest.mark.parametrize("premise", ["a <= b", "a < b", "a = b => b = a", "lim(n: a) -> b"])
def test_symm_refuses_what_has_a_direction(premise: str) -> None:
    d = Draft(**AB)
    d.add("symm", [], d.assume(premise))
    assert refusal(d) == f"expected a premise with =, != or <=>\n  got: {premise}"


def test_trans_chains_two_equalities() -> None:
    d = Draft(**AB)
    d.add("trans", [], d.assume("a = b"), d.assume("b = c"))
    assert shown(d) == "a = b, b = c ⊢ a = c"


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("a = b", "c = b", "the middle terms differ\n  first ends:    b\n  second begins: c"),
        ("a = b + 0", "b = c", "the middle terms differ\n  first ends:    b + 0\n  second begins: b"),
        ("a = b", "b <= c", "expected a premise of the form a = b\n  got: b <= c"),
        ("a != b", "b = c", "expected a premise of the form a = b\n  got: a != b"),
    ],
)
def test_trans_refuses(first: str, second: str, why: str) -> None:
    d = Draft(**AB)
    d.add("trans", [], d.assume(first), d.assume(second))
    assert refusal(d) == why


def test_congr_fills_every_hole() -> None:
    d = Draft(**AB)
    d.add("congr", [d.template("hole^c - log(hole)", "number")], d.assume("a = b"))
    assert shown(d) == "a = b ⊢ a^c - log(a) = b^c - log(b)"


def test_congr_reaches_below_binders_when_the_equality_holds_for_all() -> None:
    d = Draft(**names("X", "Y", "p", "q", "r"))
    equality = d.assume("forall k in X: forall h in Y: r[k, h] = p[k]*q[k]")
    d.add("congr", [d.template("sum(h in Y: sum(k in X: hole[k, h]))", "number", "X", "Y")], equality)
    assert shown(d).endswith("⊢ sum(i in Y: sum(j in X: r[j, i])) = sum(i in Y: sum(j in X: p[j]*q[j]))")


def test_congr_refuses_a_template_without_hole_and_a_premise_without_equality() -> None:
    d = Draft(**AB)
    d.add("congr", [d.number("a + c")], d.assume("a = b"))
    assert refusal(d) == "the template has no hole _\n  template: a + c"
    d = Draft(**AB)
    d.add("congr", [["_"]], d.assume("a <= b"))
    assert refusal(d) == "expected an equality, perhaps under forall, of the form a = b\n  got: a <= b"
    d = Draft(**names("X", "p", "q", "i"))
    d.add("congr", [["_"]], d.assume("forall k in X: p[k] = q[k]"))
    assert refusal(d) == "'_' takes 1 operands\n  got: []"
    d = Draft(**AB)
    d.add("congr", [["=", ["_"], 0]], d.assume("a = b"))
    assert "expected a number, got an unknown operator" in refusal(d), "a term, not a statement"


def test_congr_does_not_capture() -> None:
    d = Draft(**names("X", "p", "q", "i"))
    d.add("congr", [d.template("sum(k in X: hole)", "number")], d.assume("p[i] = q[i]"))
    assert shown(d) == "p[i] = q[i] ⊢ sum(j in X: p[i]) = sum(j in X: q[i])"


def test_rewrite_replaces_in_a_statement() -> None:
    d = Draft(**AB)
    d.add("rewrite", [d.template("0 < hole => c = a", "statement")], d.assume("a = b"), d.assume("0 < a => c = a"))
    assert shown(d) == "a = b, 0 < a => c = a ⊢ 0 < b => c = a"


def test_rewrite_refuses_another_statement_and_the_wrong_direction() -> None:
    d = Draft(**AB)
    d.add("rewrite", [d.template("0 < hole", "statement")], d.assume("b = a"), d.assume("0 < a"))
    assert refusal(d) == "wrong premise\n  expected: 0 < b\n  got:      0 < a"
    d = Draft(**AB)
    d.add("rewrite", [d.template("0 < hole", "statement")], d.assume("a = b"), d.assume("0 <= a"))
    assert refusal(d) == "wrong premise\n  expected: 0 < a\n  got:      0 <= a"
    d = Draft(**AB)
    d.add("rewrite", [d.statement("0 < a")], d.assume("a = b"), d.assume("0 < a"))
    assert "the template has no hole _" in refusal(d)


def test_the_hole_is_not_a_name_outside_templates() -> None:
    d = Draft(**AB)
    d.add("assume", [["=", ["_"], 0]])
    assert "unknown operator or undeclared name\n  got: _" in refusal(d)


# --- instances -----------------------------------------------------------------------------------------------


def test_inst_replaces_in_gamma_too_and_simultaneously() -> None:
    d = Draft(**AB)
    d.inst({"a": "b", "b": "a + b"}, d.assume("0 < a - b"))
    assert shown(d) == "0 < b - (a + b) ⊢ 0 < b - (a + b)"


def test_inst_proves_hypotheses_by_premises() -> None:
    d = Draft(**AB)
    law = d.scheme("log_le", {"a": "a"})
    d.inst({"a": "2"}, law, d.goal("pos", "0 < 2"))
    assert shown(d) == "⊢ log(2) <= 2 - 1"


def test_inst_of_second_order_does_not_capture() -> None:
    d = Draft(**names("X", "p", "q", "i", "j"))
    line = d.goal("field", "sum(k in X: p[k]) + p[i] = p[i] + sum(k in X: p[k])")
    d.inst({"p": ("j", "sum(k in X: q[j]*q[k])")}, line)
    assert shown(d) == (
        "⊢ sum(j in X: sum(k in X: q[j]*q[k])) + sum(j in X: q[i]*q[j]) = sum(j in X: q[i]*q[j])"
        " + sum(j in X: sum(k in X: q[j]*q[k]))"
    )


def test_inst_of_an_index_and_of_an_index_function() -> None:
    d = Draft(**names("X", "p", "i", "j", "f"))
    d.inst({"f": ("i", "j"), "i": "f(j)"}, d.goal("field", "p[f(i)] - p[i] = -p[i] + p[f(i)]"))
    assert shown(d) == "⊢ p[j] - p[f(j)] = -p[f(j)] + p[j]"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({}, None),
        ({"a": ["b"]}, None),
        ({"b": ["a"], "a": ["b"]}, "expected an object that says what each name becomes, sorted"),
        ({"X": "X"}, "expected an object that says what each name becomes, sorted"),
        ({"z": 1}, "expected an object that says what each name becomes, sorted"),
        ({"a": ["=", 1, 1]}, "expected a number, got an unknown operator"),
        ({"a": 0.5}, "expected a number"),
        ({"p": 0}, None),
        ({"p": ["p", 1]}, "expected an index in X"),
        ({"p": ["p", "i"]}, None),
        ([["a", ["b"]]], "expected an object of replacements and a premise"),
    ],
)
def test_inst_spells_replacements(value: Any, why: str | None) -> None:
    d = Draft(a="number", b="number", X="set", p="X -> number", i="X")
    d.add("inst", [value], d.assume("a + p[i] = b"))
    if why is None:
        assert conclusion(d)
    else:
        assert why in refusal(d)


def test_inst_needs_a_premise_and_refuses_one_that_proves_no_hypothesis() -> None:
    d = Draft(**AB)
    d.add("inst", [{"a": 1}])
    assert "expected an object of replacements and a premise" in refusal(d)
    d = Draft(**AB)
    d.inst({"a": "2"}, d.scheme("log_le", {"a": "a"}), d.goal("pos", "0 < 3"))
    assert refusal(d) == "wrong premise\n  expected: 0 < 2\n  got:      0 < 3"


# --- points: an index set may be empty -----------------------------------------------------------------------


def presupposed(draft: Draft) -> str:
    """Return why ``check`` refuses a draft whose lines are all accepted."""
    text = draft.text()
    with pytest.raises(Refused) as caught:
        check(text, draft.lemmas)
    return explain(caught.value)


def test_a_point_that_vanished_is_still_presupposed() -> None:
    stray = "the proof presupposes points that the statement does not mention\n  points: ['i']"
    d = Draft(**names("X", "i"), a="number")
    d.add("spec", ["i"], d.assume("forall k in X: a = 0"))
    assert presupposed(d) == stray, "by spec"
    d = Draft(**names("X", "p", "i"), a="number")
    first, second = d.goal("field", "a = a + 0*p[i]"), d.goal("field", "a + 0*p[i] = a + 0")
    d.add("trans", [], first, second)
    assert presupposed(d) == stray, "by trans"
    d = Draft(**names("X", "p", "i"), a="number")
    d.add("symm", [], d.inst({"a": "p[i]"}, d.goal("field", "a*0 = 0")))
    d.add("trans", [], d.goal("field", "0 = p[i]*0"), 1)
    assert presupposed(d) == stray, "by inst"
    d = Draft(**names("X", "p", "i"), a="number")
    d.add("mp", [], d.goal("disch", "p[i] = 0", d.goal("weaken", "p[i] = 0", d.assume("a = 1"))), d.assume("p[i] = 0"))
    assert shown(d) == "a = 1, p[i] = 0 ⊢ a = 1", "still mentioned by Γ"


def test_gen_closes_a_point() -> None:
    d = Draft(**names("X", "i"), a="number")
    d.add("gen", ["i"], d.add("spec", ["i"], d.assume("forall k in X: a = 0")))
    assert shown(d) == "forall i in X: a = 0 ⊢ forall i in X: a = 0"


def test_an_index_function_is_a_point_too() -> None:
    d = Draft(X="set", Y="set", g="Y -> X", y="Y", a="number")
    d.add("gen", ["y"], d.add("spec", [["g", "y"]], d.assume("forall k in X: a = 0")))
    assert "points: ['g']" in presupposed(d), "if Y is empty, nothing is said; but X may be empty where Y is not"


@pytest.mark.parametrize(("replacement", "stray"), [("j", None), ("h", "points: ['h']")])
def test_a_point_that_an_instance_removes_is_replaced_by_what_stands_for_it(
    replacement: str, stray: str | None
) -> None:
    d = Draft(X="set", p="X -> number", a="number", f="X -> X", i="X", j="X", h="X")
    line = d.add("spec", [["f", "i"]], d.assume("forall k in X: p[k]*0 = a"))
    vanished = d.add("trans", [], d.goal("field", "0 = p[f(i)]*0"), line)
    d.inst({"f": ("j", replacement)}, vanished)
    d.add("gen", ["i"], len(d.rows) - 1)
    if stray is None:
        assert shown(d) == "forall i in X: p[i]*0 = a ⊢ forall i in X: 0 = a", "the identity always exists"
    else:
        assert stray in presupposed(d)


# --- the table -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_counts_its_premises_and_arguments(rule: str) -> None:
    _, spelled, count, more = RULES[rule]
    arguments = len([k for k in spelled if k != "budget"])
    wrong = [count - 1] if count else []
    wrong += [] if more else [count + 1]
    for premises in wrong:
        d = Draft(a="number")
        line = d.assume("a = 0")
        d.add(rule, [], *[line] * premises)
        assert refusal(d) == f"expected {count}{' or more' * more} premises, got {premises}"
    for given in {max(0, arguments - 1), arguments + 1} - {arguments}:
        d = Draft(a="number", X="set")
        line = d.assume("forall k in X: a = 0" if rule == "spec" else "a = 0")
        d.add(rule, [0] * given, *[line] * count)
        assert f"expected a list of {arguments}" in refusal(d)


@pytest.mark.parametrize("rule", ["refl", "Assume", "", "sorry", 0, None, ["assume"], "__class__", "rel_entr"])
def test_unknown_rules_are_refused(rule: Any) -> None:
    d = Draft(a="number")
    d.add(rule, [])
    assert refusal(d).startswith("there is no such rule")


@pytest.mark.parametrize("row", [[], ["assume"], ["assume", []], ["assume", [], [], []], {}, "assume", 0, None])
def test_a_line_is_rule_arguments_premises(row: Any) -> None:
    d = Draft(a="number")
    d.rows.append(row)
    assert "expected a list of 3" in refusal(d)


@pytest.mark.parametrize("premise", [1, 2, -1, True, "0", None, [0]])
def test_premises_are_numbers_of_earlier_lines(premise: Any) -> None:
    d = Draft(a="number")
    d.assume("a = 0")
    d.add("symm", [], premise)
    assert "a premise must be the number of an earlier line" in refusal(d)
