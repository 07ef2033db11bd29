"""pos, field and order: the sign table, equality in ℚ(atoms), and combinations with multipliers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.normal_form import Budget, Field, sign, stronger
from kl_symbolic.kernel.rules import known_signs
from kl_symbolic.kernel.statements import derive
from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.parser import declare, parse

from ..harness.draft import Draft, conclusion, refusal, shown

SYMBOLS = dict.fromkeys(("a", "b", "c", "x", "y"), "number")
SCOPE = declare({**SYMBOLS, "X": "set", "p": "X -> number", "i": "X", "j": "X", "n": "Nat"})


def goal_of(rule: str, goal: str, *premises: str) -> Draft:
    """Return a draft whose last line claims *goal* by *rule* from assumptions."""
    d = Draft(**SYMBOLS, X="set", p="X -> number", i="X", j="X", n="Nat")
    d.goal(rule, goal, *[d.assume(p) for p in premises])
    return d


# --- signs ---------------------------------------------------------------------------------------------------

SIGNS = {"+": "0 < {}", "0+": "0 <= {}", "±": "{} != 0", "?": None}
ORDER = ("<", "<=", "!=")
_GOALS = {"<": "0 < {}", "<=": "0 <= {}", "!=": "{} != 0"}

# What the structure tells, for the signs of a and b: every row of the table is written out, and what is not in it is
# refused. A cell lists the goals that hold.
PRODUCT = {
    ("+", "+"): "< <= !=", ("+", "0+"): "<=", ("+", "±"): "!=", ("+", "?"): "",
    ("0+", "+"): "<=", ("0+", "0+"): "<=", ("0+", "±"): "", ("0+", "?"): "",
    ("±", "+"): "!=", ("±", "0+"): "", ("±", "±"): "!=", ("±", "?"): "",
    ("?", "+"): "", ("?", "0+"): "", ("?", "±"): "", ("?", "?"): "",
}  # fmt: skip
QUOTIENT = {**PRODUCT, ("+", "0+"): "", ("0+", "0+"): ""}
SUM = {
    ("+", "+"): "< <= !=", ("+", "0+"): "< <= !=", ("+", "±"): "", ("+", "?"): "",
    ("0+", "+"): "< <= !=", ("0+", "0+"): "<=", ("0+", "±"): "", ("0+", "?"): "",
    ("±", "+"): "", ("±", "0+"): "", ("±", "±"): "", ("±", "?"): "",
    ("?", "+"): "", ("?", "0+"): "", ("?", "±"): "", ("?", "?"): "",
}  # fmt: skip
DIFFERENCE = dict.fromkeys(PRODUCT, "")


@pytest.mark.parametrize(("op", "table"), [("*", PRODUCT), ("/", QUOTIENT), ("+", SUM), ("-", DIFFERENCE)])
def test_the_sign_of_two_operands(op: str, table: dict[tuple[str, str], str]) -> None:
    for (left, right), holds in table.items():
        premises = [s.format(v) for s, v in ((SIGNS[left], "a"), (SIGNS[right], "b")) if s]
        for wanted in ORDER:
            d = goal_of("pos", _GOALS[wanted].format(f"(a{op}b)" if op in "+-" else f"a{op}b"), *premises)
            if wanted in holds.split():
                conclusion(d)
            else:
                assert refusal(d).startswith("the structure of the term and the premises do not tell"), (
                    left,
                    op,
                    right,
                )


@pytest.mark.parametrize(
    ("exponent", "cells"),
    [
        ("2", {"+": "< <= !=", "0+": "<=", "±": "< <= !=", "?": "<="}),
        ("3", {"+": "< <= !=", "0+": "<=", "±": "!=", "?": ""}),
        ("1", {"+": "< <= !=", "0+": "<=", "±": "!=", "?": ""}),
        ("0", {"+": "< <= !=", "0+": "< <= !=", "±": "< <= !=", "?": "< <= !="}),
        ("(-1)", {"+": "< <= !=", "0+": "", "±": "!=", "?": ""}),
        ("(-2)", {"+": "< <= !=", "0+": "", "±": "< <= !=", "?": ""}),
        ("(-3)", {"+": "< <= !=", "0+": "", "±": "!=", "?": ""}),
        ("300", {"+": "< <= !=", "0+": "<=", "±": "< <= !=", "?": "<="}),
        ("(1/2)", {"+": "", "0+": "", "±": "", "?": ""}),
        ("b", {"+": "", "0+": "", "±": "", "?": ""}),
        ("(1+1)", {"+": "", "0+": "", "±": "", "?": ""}),
    ],
)
def test_the_sign_of_a_power(exponent: str, cells: dict[str, str]) -> None:
    for sort, holds in cells.items():
        premises = [SIGNS[sort].format("a")] if SIGNS[sort] else []  # type: ignore[union-attr]
        for wanted in ORDER:
            d = goal_of("pos", _GOALS[wanted].format(f"a^{exponent}"), *premises)
            if wanted in holds.split():
                conclusion(d)
            else:
                assert "do not tell" in refusal(d), (sort, exponent, wanted)


@pytest.mark.parametrize(
    ("term", "premises", "holds"),
    [
        ("2", [], "< <= !="), ("1/2", [], "< <= !="), ("0", [], "<="), ("(-1)", [], "!="), ("(-1/2)", [], "!="),
        ("a*a", [], "<="), ("a*a", ["a != 0"], "< <= !="), ("a*a", ["0 < a"], "< <= !="), ("a*a", ["0 <= a"], "<="),
        ("(a+b)*(a+b)", [], "<="), ("(a+b)*(b+a)", [], ""), ("a/a", [], ""), ("a/a", ["a != 0"], "!="),
        ("(-a)", ["0 < a"], "!="), ("(-a)", ["a != 0"], "!="), ("(-a)", ["0 <= a"], ""), ("(-a)", [], ""),
        ("exp(a)", [], ""), ("log(a)", ["0 < a"], ""), ("abs(a)", [], ""), ("card(X)", [], ""), ("delta(i, j)", [], ""), ("n", [], ""),
        ("p[i]", ["0 < p[j]"], ""), ("p[i]", ["0 < p[i]"], "< <= !="), ("exp(a)", ["0 < exp(a)"], "< <= !="),
        ("sum(k in X: p[k])", ["forall k in X: 0 < p[k]"], ""), ("prod(k in X: p[k])", [], ""),
        ("a", ["0 <= a", "a != 0"], "< <= !="), ("a", ["a != 0", "0 <= a"], "< <= !="), ("a", ["0 < a", "0 <= a"], "< <= !="),
        ("a*b", ["0 <= a*b", "a != 0", "b != 0"], "< <= !="), ("a*b", ["0 <= a*b", "0 < a", "0 < b"], "< <= !="),
        ("a", ["a < 0"], ""), ("a", ["0 != a"], ""), ("a", ["1 < a"], ""), ("a", ["a = 1"], ""), ("a", ["0 = a"], ""),
        ("(2*a*b/c + 1/3)", ["0 <= a", "0 <= b", "0 < c"], "< <= !="),
    ],
)  # fmt: skip
def test_the_sign_of_other_terms(term: str, premises: list[str], holds: str) -> None:
    for wanted in ORDER:
        d = goal_of("pos", _GOALS[wanted].format(term), *premises)
        if wanted in holds.split():
            conclusion(d)
        else:
            assert "do not tell" in refusal(d), wanted


@pytest.mark.parametrize(
    "goal", ["a < 0", "a <= 0", "0 = a", "0 != a", "1 < a", "0 < a => 0 < a", "a = 0", "lim(n: a) -> 0"]
)
def test_pos_has_three_goals(goal: str) -> None:
    d = Draft(a="number")
    d.goal("pos", goal, d.assume("0 < a"))
    assert refusal(d) == f"expected a goal 0 < e, 0 <= e or e != 0\n  got: {goal}"


def test_pos_keeps_the_hypotheses_of_every_premise() -> None:
    d = goal_of("pos", "0 < 1", "a = b")
    assert shown(d) == "a = b ⊢ 0 < 1"


def test_signs_of_deep_terms_take_linear_time() -> None:
    deep = Node("sym", "a")
    for _ in range(100):
        deep = -deep
    assert sign(deep, {Node("sym", "a"): "<"}) == "!="
    power = Node("sym", "a")
    for _ in range(60):
        power = power * power
        if power.size > 5000:
            break
    assert sign(power, {}) == "<="


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [("", "", ""), ("<", "", "<"), ("", "<=", "<="), ("<=", "!=", "<"), ("!=", "<=", "<"), ("!=", "!=", "!="), ("<=", "<=", "<="), ("<", "!=", "<")],
)  # fmt: skip
def test_two_facts_about_one_number(first: str, second: str, together: str) -> None:
    assert stronger(first, second) == together


def test_known_signs_read_only_comparisons_with_zero() -> None:
    sources = ("0 < a", "0 <= b", "c != 0", "x < 0", "0 != y", "0 = x", "0 < x => 0 < y", "forall k in X: 0 < p[k]")
    known = known_signs(tuple(derive(parse(s, "statement", SCOPE)) for s in sources))
    assert {k.data: v for k, v in known.items() if v} == {"a": "<", "b": "<=", "c": "!="}


# --- the field -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "premises"),
    [
        ("a + b = b + a", []), ("a*(b + c) = a*b + a*c", []), ("(a + b)^2 = a^2 + 2*a*b + b^2", []), ("a - a = 0", []),
        ("a^0 = 1", []), ("0^0 = 1", []), ("a^1 = a", []), ("a^3*a^(-1) = a^2", ["a != 0"]), ("a^(-2) = 1/(a*a)", ["0 < a"]),
        ("a/a = 1", ["a != 0"]), ("a*b/(a*b) = 1", ["a*b != 0"]), ("a/(a*b) = 1/b", ["a*b != 0", "b != 0"]), ("1/(1/a) = a", ["a != 0"]),
        ("(a^2 - b^2)/(a - b) = a + b", ["a - b != 0"]), ("1/(a + b) + 1/(a - b) = 2*a/(a^2 - b^2)", ["a + b != 0", "a - b != 0", "a^2 - b^2 != 0"]),
        ("a/(b + c) = 2*a/(2*b + 2*c)", ["b + c != 0", "2*b + 2*c != 0"]), ("1/2 + 1/3 = 5/6", []), ("3*(1/3) = 1", []), ("-a = (-1)*a", []), ("--a = a", []),
        ("log(a + b) = log(b + a)", []), ("log(a/b*b) = log(a)", ["b != 0"]), ("xlogy(a + a, b) = xlogy(2*a, b)", []), ("abs(a - b) - abs(a - b + 0) = 0", []),
        ("exp(log(a*b)) = exp(log(b*a))", []), ("a^(b + c) = a^(c + b)", []), ("(a + b)^(1/2) = (b + a)^(1/2)", []), ("a^b*a^b = (a^b)^2", []),
        ("log(a/b) = log(a/b)", []), ("log(a)/log(a) = 1", ["log(a) != 0"]), ("a^300 = a^300", []), ("sum(k in X: p[k])*2 = sum(k in X: p[k]) + sum(k in X: p[k])", []),
        ("delta(i, j)*p[i] = p[i]*delta(i, j)", []), ("card(X) - card(X) = 0", []), ("n*2 = n + n", []), ("a/(1 + 1) = a*(1/2)", []), ("a/(2 + a*a) = a*(2 + a*a)^(-1)", []),
        ("(a + b)^(-2)*(a + b)^3 = a + b", ["0 < a + b"]), ("0/a = 0", ["a != 0"]), ("a^200*a = a*a^200", []), ("a^(-1)^(-1) = a", ["a != 0"]),
        ("1/(1/(a + b)) = a + b", ["a + b != 0"]), ("c/(x/(a + b)/(a + b)) = c*(a + b)^2/x", ["a + b != 0", "x != 0"]),
        ("1/(1/(a + b) + c) = (a + b)/(1 + c*(a + b))", ["a + b != 0", "1/(a + b) + c != 0", "1 + c*(a + b) != 0"]),
        ("1/(c/(a + b)/(x + y)) = (a + b)*(x + y)/c", ["a + b != 0", "x + y != 0", "c != 0"]),
        ("log(1/(a + b) + c/(a + b)/(a + b)) = log((a + b + c)/(a + b)/(a + b))", ["a + b != 0"]), ("log(c/(a + b)) = log(c*2/(2*b + 2*a))", ["a + b != 0", "2*b + 2*a != 0"]),
        ("exp(c/(a + b)) = exp(c/(b + a))", ["a + b != 0", "b + a != 0"]), ("abs(c*(x + y)/(a + b)) = abs((x*c + c*y)/(a + b))", ["a + b != 0"]),
        ("xlogy(c, x/(a + b)) = xlogy(c, x/(b + a))", ["a + b != 0", "b + a != 0"]), ("c/(a + b)/(a + b) - c/(a + b)^2 + x/(a + b) = x/(a + b)", ["a + b != 0"]),
        ("exp(a + b) = exp(b + a)", []), ("abs(a + b) = abs(b + a)", []), ("a^(b + c + 1) = a^(1 + b + c)", []), ("1/3 + a/(b + c) + 2/3 = a/(b + c) + 1", ["b + c != 0"]),
    ],
)  # fmt: skip
def test_field_shows_what_is_equal(goal: str, premises: list[str]) -> None:
    if "^(-1)^(-1)" in goal:
        goal = goal.replace("a^(-1)^(-1)", "(a^(-1))^(-1)")
    assert conclusion(goal_of("field", goal, *premises))


@pytest.mark.parametrize(
    ("goal", "premises"),
    [
        ("a = b", []), ("a + 1 = a", []), ("(a + b)^2 = a^2 + b^2", []), ("a^2 = a^3", []), ("0^1 = 1", []), ("log(a*b) = log(a) + log(b)", []),
        ("log(a) = log(b)", ["a = b"]), ("exp(0) = 1", []), ("delta(i, i) = 1", []), ("delta(i, j) = delta(j, i)", []), ("xlogy(0, a) = 0", []),
        ("abs(2) = 2", []), ("(a^2)^(1/2) = a", ["0 < a"]), ("a^(1 + 1) = a^2", []), ("a^(1/2)*a^(1/2) = a", ["0 < a"]), ("sum(k in X: p[k] + p[k]) = 2*sum(k in X: p[k])", []),
        ("sum(k in X: p[k] + 0) = sum(k in X: p[k])", []), ("a^201 = a*a^200", []), ("a/b = b/a", ["a != 0", "b != 0"]), ("p[i] = p[j]", []), ("n = 1", []),
        ("a^(b + c) = a^b*a^c", ["0 < a"]), ("card(X) = 1", []), ("xlogy(a, b) = xlogy(b, a)", []),
        ("1/(1/(a + b)) = (a + b)^2", ["a + b != 0"]), ("1/(1/(a + b)/(a + b)) = a + b", ["a + b != 0"]), ("1/(c/(a + b)) = (a + b)^2/c", ["a + b != 0", "c != 0"]),
        ("log(c/(a + b)) = log(c/(a + b)^2)", ["a + b != 0"]), ("log(c/(a + b)) = log((a + b)/c)", ["a + b != 0", "c != 0"]), ("log(c/(a + b)) = log(2*c/(a + b))", ["a + b != 0"]),
        ("c/(a + b) = c/(a - b)", ["a + b != 0", "a - b != 0"]), ("1/(a + b) + 1/(a - b) = 2*a/(a^2 + b^2)", ["a + b != 0", "a - b != 0", "a^2 + b^2 != 0"]),
        ("1/(1/(a + b) + c) = (a + b)/(1 + c)", ["a + b != 0", "1/(a + b) + c != 0", "1 + c != 0"]),
    ],
)  # fmt: skip
def test_field_refuses_what_is_not_equal(goal: str, premises: list[str]) -> None:
    found = refusal(goal_of("field", goal, *premises))
    assert found.startswith("the two sides are not equal by arithmetic\n  left:  "), found


@pytest.mark.parametrize(
    ("goal", "premises", "divisor"),
    [
        ("a/a = 1", [], "a"), ("a/a = 1", ["0 <= a"], "a"), ("a/a = 1", ["b != 0"], "a"), ("a/a = 1", ["0 != a"], "a"), ("a/0 = a/0", [], "0"),
        ("a^(-1)*a = 1", [], "a"), ("0/a = 0", [], "a"), ("a/(b - b) = 0", ["0 < b"], "b - b"), ("1/(a - a) = 1/(a - a)", ["a - a != 0"], "a - a"),
        ("1/(a + b) = 1/(b + a)", ["a + b != 0"], "b + a"), ("a/b - a/b = 0", [], "b"), ("1/(a/b) = b/a", ["b != 0"], "a/b"), ("a^(-3) = a^(-3)", ["0 <= a"], "a"),
        ("(a - a)^(-1) = 0", [], "a - a"), ("1/(a*b) = 1/(b*a)", ["0 < a"], "a*b"), ("1/log(a) = 1/log(a)", ["0 < a"], "log(a)"),
    ],
)  # fmt: skip
def test_field_refuses_a_divisor_that_may_be_zero(goal: str, premises: list[str], divisor: str) -> None:
    found = refusal(goal_of("field", goal, *premises))
    assert found == f"division by a term that no premise shows to be non-zero\n  divisor: {divisor}"


def test_a_divisor_inside_a_function_is_matched_as_written() -> None:
    assert conclusion(goal_of("field", "log(a/b) + 1 = 1 + log(a/b)"))
    assert "not equal by arithmetic" in refusal(goal_of("field", "log(a*c/(b*c)) = log(a/b)"))
    assert conclusion(goal_of("field", "log(a*c/(b*c)) = log(a/b)", "b*c != 0", "b != 0"))


@pytest.mark.parametrize(
    "goal", ["a <= a", "a != b", "0 < 1", "a = a <=> a = a", "lim(m: a) -> a", "forall k in X: a = a"]
)
def test_field_shows_equalities_only(goal: str) -> None:
    assert refusal(goal_of("field", goal)).startswith("expected a goal of the form a = b\n  got: ")


def test_the_field_has_bounds() -> None:
    def is_zero(source: str, units: int = 4_000_000, **known: str) -> bool:
        signs = {Node("sym", n): s for n, s in known.items()}
        return Field(signs, Budget(units)).is_zero(parse(source, "number", SCOPE))

    assert is_zero("((a + b)*(a - b) - (a^2 - b^2))*x")
    with pytest.raises(Refused, match="more work than the kernel allows"):
        is_zero("((a + b)*(a - b) - (a^2 - b^2))*x", units=5)
    with pytest.raises(Refused, match="more work than the kernel allows"):
        is_zero("(a + b + c + x + y)^40", units=100_000)
    with pytest.raises(Refused, match="too many digits"):
        is_zero("(2^200)^200")
    tower = "a"
    for _ in range(3):
        tower = f"({tower})^200"
    with pytest.raises(Refused, match="exponent is too large"):
        is_zero(tower)
    assert not is_zero("(a^200)^200")


def test_monomials_of_small_negative_powers_do_not_collide() -> None:
    # hash(-1) == hash(-2) in Python: a product of (1/x + 1/x²) would make every key of a dictionary collide.
    letters = [chr(k) for k in range(ord("a"), ord("k"))]
    term = num(1)
    for letter in letters:
        x = Node("sym", letter)
        term = term * (x**-1 + x**-2)
    budget = Budget(4_000_000)
    known = {Node("sym", letter): "<" for letter in letters}
    assert not Field(known, budget).is_zero(term)
    top = Field(known, Budget(4_000_000))._form(term)
    assert len(top) == 2 ** len(letters)
    assert len({hash(m) for m in top}) > len(top) // 2


# --- order ---------------------------------------------------------------------------------------------------

Entries = list[tuple[Any, str, list[int]]]


def combination(goal: str, entries: Entries, *premises: str) -> Draft:
    """Return a draft whose last line is an ``order`` line from assumptions."""
    d = Draft(**SYMBOLS, X="set", p="X -> number", i="X", j="X", n="Nat")
    d.order(goal, entries, *[d.assume(p) for p in premises])
    return d


@pytest.mark.parametrize(
    ("goal", "entries", "premises"),
    [
        ("a <= c", [(1, "1", [0]), (1, "1", [1])], ["a <= b", "b <= c"]),
        ("a < c", [(1, "1", [0]), (1, "1", [1])], ["a <= b", "b < c"]),
        ("a != c", [(1, "1", [0]), (1, "1", [1])], ["a <= b", "b < c"]),
        ("a <= c", [(1, "1", [0]), (1, "1", [1])], ["a < b", "b = c"]),
        ("a = c", [(1, "1", [0]), (-1, "1", [1])], ["a = b", "c = b"]),
        ("a != c", [(1, "1", [0]), (1, "1", [1])], ["a != b", "b = c"]),
        ("c != a", [(-1, "1", [0]), (-1, "1", [1])], ["a != b", "b = c"]),
        ("0 <= a*b", [(1, "1", [0, 1])], ["0 <= a", "0 < b"]),
        ("0 < a*b", [(1, "1", [0, 1])], ["0 < a", "0 < b"]),
        ("0 != a*b", [(1, "1", [0, 1])], ["0 != a", "0 < b"]),
        ("0 <= (a - b)^2", [(1, "a - b", [])], []),
        ("0 <= 2*a^2 + 3*b^2", [(2, "a", []), (3, "b", [])], []),
        ("0 < 1", [(1, "1", [])], []),
        ("a <= a", [], []), ("a + b = b + a", [], []),
        ("a*c <= b*c", [(1, "1", [0, 1])], ["a <= b", "0 <= c"]),
        ("a^2*c <= b*a^2*c", [(1, "a", [0, 1])], ["1 <= b", "0 <= c"]),
        ("a*c = b*c", [(1, "c", [0])], ["a = b"]),
        ("c/b <= a/b", [(1, "1/b", [0, 1])], ["c <= a", "0 < b"]),
        ("2*a <= 2*b", [(2, "1", [0])], ["a <= b"]), ("a/2 < b/2", [("1/2", "1", [0])], ["a < b"]),
        ("a <= 0", [("1/2", "1", [0]), ("1/6", "1", [1])], ["2*a <= b", "3*b = 0"]),
        ("a*b <= a*a", [(1, "1", [0, 1])], ["b <= a", "0 <= a"]),
        ("0 <= -a", [(1, "1", [0])], ["a <= 0"]),
        ("0 <= a*a*b", [(1, "1", [0, 0, 1])], ["0 <= a", "0 <= b"]),
    ],
)  # fmt: skip
def test_order_combines(goal: str, entries: Entries, premises: list[str]) -> None:
    assert conclusion(combination(goal, entries, *premises))


@pytest.mark.parametrize(
    ("goal", "entries", "premises", "signs"),
    [
        ("b <= a", [(-1, "1", [0])], ["a <= b"], "['?']"),
        ("b < a", [(-1, "1", [0])], ["a < b"], "['!=']"),
        ("a < b", [(1, "1", [0])], ["a <= b"], "['<=']"),
        ("a < a", [], [], "[]"), ("a != a", [], [], "[]"),
        ("a = b", [(1, "1", [0])], ["a <= b"], "['<=']"), ("a = b", [(1, "1", [0])], ["a != b"], "['!=']"), ("a <= b", [(1, "1", [0])], ["a != b"], "['!=']"),
        ("0 < (a - b)^2", [(1, "a - b", [])], [], "['<=']"),
        ("0 <= -a^2", [(-1, "a", [])], [], "['?']"),
        ("0 < a*b", [(1, "1", [0, 1])], ["0 <= a", "0 < b"], "['<=']"),
        ("0 <= a*b", [(1, "1", [0, 1])], ["0 != a", "0 <= b"], "['?']"),
        ("0 != a*b", [(1, "1", [0, 1])], ["0 != a", "0 <= b"], "['?']"),
        ("a + x != b + y", [(1, "1", [0]), (1, "1", [1])], ["a != b", "x != y"], "['!=', '!=']"),
        ("a + x != b + y", [(1, "1", [0]), (1, "1", [1])], ["a != b", "x <= y"], "['!=', '<=']"),
        ("a + x != b + y", [(1, "1", [0]), (1, "1", [1])], ["a < b", "x != y"], "['<', '!=']"),
        ("0 != a*a*b", [(1, "a", [0])], ["0 != b"], "['?']"), ("0 < a*a*b", [(1, "a", [0])], ["0 < b"], "['<=']"),
        ("0 < -1", [(-1, "1", [])], [], "['!=']"),
    ],
)  # fmt: skip
def test_order_refuses_multipliers_of_the_wrong_sign(
    goal: str, entries: Entries, premises: list[str], signs: str
) -> None:
    found = refusal(combination(goal, entries, *premises))
    assert found.startswith("the multipliers do not have the signs that the goal needs\n")
    assert found.endswith(f"signs: {signs}")


@pytest.mark.parametrize(
    ("goal", "entries", "premises"),
    [
        ("a <= c", [(1, "1", [0])], ["a <= b", "b <= c"]), ("a <= c", [(1, "1", [0]), (2, "1", [1])], ["a <= b", "b <= c"]),
        ("a < b + 1", [(1, "1", [0])], ["a < b"]), ("a*c <= b*c", [(1, "c", [0])], ["a <= b"]), ("a = c", [(1, "1", [0])], ["a = b"]),
        ("0 <= a", [], []), ("log(a) <= log(b)", [(1, "1", [0])], ["a <= b"]),
    ],
)  # fmt: skip
def test_order_refuses_what_is_not_the_combination(goal: str, entries: Entries, premises: list[str]) -> None:
    found = refusal(combination(goal, entries, *premises))
    assert found.startswith("right - left of the goal is not the given combination of the premises\n  goal: ")


def test_order_needs_comparisons() -> None:
    d = combination("a <= b", [(1, "1", [1])], "a <= b")
    assert refusal(d) == "an entry names premise 1, which is not a comparison"
    d = combination("a <= b", [(1, "1", [0])], "0 < a => a <= b")
    assert refusal(d) == "an entry names premise 0, which is not a comparison"
    d = combination("a <= b => a <= b", [(1, "1", [0])], "a <= b")
    assert refusal(d).startswith("expected a goal with =, <=, < or !=")
    d = combination("a/b <= a/b + 1", [(1, "1", [])], "a <= b")
    assert refusal(d).startswith("division by a term that no premise shows to be non-zero\n  divisor: b")


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ([0, 1, [0]], "expected a rational multiplier other than 0"), ([["a"], 1, [0]], "expected a rational multiplier"),
        ([True, 1, [0]], "expected a number"), (["2/4", 1, [0]], "lowest terms"), ([1, 1, [-1]], "expected positions"), ([1, 1, ["0"]], "expected positions"),
        ([1, 1, [True]], "expected positions"), ([1, 1, 0], "expected a list"), ([1, 1], "expected a list of 3"), ([1, ["=", 0, 0], [0]], "expected a number"), ({}, "expected a list of 3"),
    ],
)  # fmt: skip
def test_order_spells_entries(entry: Any, why: str) -> None:
    d = Draft(a="number", b="number")
    line = d.assume("a <= b")
    d.add("order", [d.statement("a <= b"), [entry]], line)
    assert why in refusal(d)


def test_rational_multipliers_are_exact() -> None:
    d = combination("a <= b", [("1/3", "1", [0]), ("2/3", "1", [0])], "a <= b")
    assert conclusion(d) == "a <= b"
    assert Fraction(1, 3) + Fraction(2, 3) == 1
