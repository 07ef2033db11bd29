"""``prove``: what is true is proved by the kernel, what is false is refuted exactly, and the rest is called unknown."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import FrozenInstanceError
from fractions import Fraction
from pathlib import Path

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import kl_symbolic
from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, Refused
from kl_symbolic.kernel.certificate import digest
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.errors import InvalidType, InvalidValue
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text
from kl_symbolic.numerics.counterexamples import look, opened
from kl_symbolic.numerics.evaluate import Reading, Truth
from kl_symbolic.numerics.point import Point
from kl_symbolic.proving import prover
from kl_symbolic.proving.builder import Fact, Proof
from kl_symbolic.proving.claims import infer, read_claim
from kl_symbolic.proving.prover import (
    TACTICS,
    Counterexample,
    NotProved,
    Unknown,
    Verdict,
    assert_proved,
    prove,
    verdict,
)
from kl_symbolic.proving.search.lemmas import matches, shipped
from kl_symbolic.proving.search.simplex import Column, combine
from kl_symbolic.proving.search.table import Search

from ..support.lanes import examples, sampled

SIGNS = ["forall i in X: 0 <= p[i]", "forall i in X: 0 <= q[i]", "forall i in X: q[i] = 0 => p[i] = 0"]
SUMS = ["sum(i in X: p[i]) = 1", "sum(i in X: q[i]) = 1"]
PQ = [*SIGNS, *SUMS]
POSITIVE = ["forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]", *SUMS]
COIN = ["0 < p", "p < 1", "0 < q", "q < 1"]

# --- what is true ----------------------------------------------------------------------------------------------------

PROVED: list[tuple[str, list[str]]] = [
    # laws of log, exp and powers
    ("log(x*y/z^2) = log(x) + log(y) - 2*log(z)", ["0 < x", "0 < y", "0 < z"]),
    ("x^y*x^z = x^(y + z)", ["0 < x"]),
    ("x^(1/2)*x^(1/2) = x", ["0 < x"]),
    ("exp(log(a) - log(b)) = a/b", ["0 < a", "0 < b"]),
    ("exp(x)*exp(-x) = 1", []),
    ("log(6) = log(2) + log(3)", []),
    # inequalities
    ("log(x) <= x - 1", ["0 < x"]),
    ("x/(1 + x) <= log(1 + x)", ["-1 < x"]),
    ("log(x) < log(y)", ["0 < x", "x < y"]),
    ("exp(-x) <= 1", ["0 <= x"]),
    ("x < exp(x)", []),
    ("2/3 < log(2)", []),
    ("2 <= x + 1/x", ["0 < x"]),
    ("p*(1 - p) <= 1/4", []),
    ("0 <= a^2 + b^2 + c^2 - a*b - b*c - c*a", []),
    ("2*x^2 <= x^4 + 1", []),
    ("x^3 <= y^3", ["0 <= x", "x <= y"]),
    ("1/b <= 1/a", ["0 < a", "a <= b"]),
    ("x*y <= z", ["x <= 1", "y <= z", "0 <= y"]),
    ("x <= abs(x)", []),
    ("abs(x*y) = abs(x)*abs(y)", []),
    # equalities from hypotheses
    ("x^2 + 2*x*y + y^2 = 1", ["x + y = 1"]),
    ("log(y) = 2*log(x)", ["y = x^2", "0 < x"]),
    ("x = y", ["x <= y", "y <= x"]),
    ("x = y", ["log(x) = log(y)", "0 < x", "0 < y"]),
    ("x = 0", ["x^2 <= 0"]),
    ("x = 5", ["x < 0", "0 < x"]),
    # logic
    ("0 < x => 0 < y => log(x*y) = log(x) + log(y)", []),
    ("x < y <=> log(x) < log(y)", ["0 < x", "0 < y"]),
    ("x != 0", ["0 < x"]),
    # zeros: case splits
    ("rel_entr(a, b) = a*log(a/b)", ["0 <= a", "0 < b"]),
    ("0 <= rel_entr(a, b) + b - a", ["0 <= a", "0 <= b", "b = 0 => a = 0"]),
    # finite sums and divergences
    ("kl(p, p) = 0", SIGNS[:1]),
    ("cross_entropy(p, q) = entropy(p) + kl(p, q)", PQ),
    ("0 <= sum(i in X: p[i]*log(p[i]/q[i]))", POSITIVE),
    ("kl(p, q) = 0 <=> forall i in X: p[i] = q[i]", PQ),
    ("entropy(p) <= log(card(X))", [SIGNS[0], SUMS[0], "0 < card(X)"]),
    ("0 <= entropy(p)", [SIGNS[0], SUMS[0]]),
    ("forall i in X: p[i] <= 1", [SIGNS[0], SUMS[0]]),
    ("sum(i in X: p[i]*q[i]) <= 1", PQ),
    ("0 <= kl(p, m)", [*POSITIVE, "forall i in X: m[i] = (p[i] + q[i])/2"]),
    ("0 <= p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))", COIN),
    # limits
    ("lim(n: (2*n^2 + n)/n^2) -> 2", []),
    ("lim(n: n/(n + 1)) -> 1", []),
    ("lim(n: exp(u[n])/n) -> 0", ["lim(n: u[n]) -> a"]),
    ("lim(n: t[n]/n) -> 1 - a", ["forall n in Nat: 0 < n => h[n] + t[n] = n", "lim(n: h[n]/n) -> a"]),
]


@pytest.mark.parametrize(("claim", "hypotheses"), PROVED, ids=[c for c, _ in PROVED])
def test_what_is_true_is_proved(claim: str, hypotheses: list[str]) -> None:
    theorem = prove(claim, hypotheses)
    assert isinstance(theorem, CheckedTheorem), str(theorem)
    assert text(theorem.conclusion) == text(parse(claim, "statement", theorem.scope))
    assert [text(h) for h in theorem.hypotheses] == [text(parse(h, "statement", theorem.scope)) for h in hypotheses]
    again = library.check_text(theorem.certificate)
    assert digest(again) == digest(theorem)


def test_every_shipped_theorem_is_found_again() -> None:
    """Its own conclusion matches it, with names that stand in the hypotheses alone."""
    for name in ("kl_nonneg", "change_of_measure", "delta_subst", "expected_llr", "coin_flips", "chebyshev"):
        theorem = library.theorem(name)
        names = {n: f"{', '.join(over)} -> {v}" if over else v for n, (over, v) in theorem.scope.items()}
        found = prove(theorem.conclusion, theorem.hypotheses, names)
        assert isinstance(found, CheckedTheorem), name
        assert digest(found) == digest(theorem)


def test_a_proof_may_rest_on_lemmas_and_says_on_which() -> None:
    theorem = assert_proved("0 <= kl(p, q)", PQ)
    assert "kl_nonneg" in theorem.uses
    assert set(theorem.axioms) == set(library.theorem("kl_nonneg").axioms)


def test_the_certificate_shows_one_step_and_the_tactic() -> None:
    theorem = assert_proved("a <= c", ["a <= b", "b <= c"])
    ((kind, line, reason),) = theorem.story
    assert kind == "step"
    assert reason in [name for name, _, _ in TACTICS]
    assert theorem.lines[line].sequent.conclusion == theorem.conclusion


def test_the_functions_of_the_package() -> None:
    found = kl_symbolic.prove("log(x) <= x - 1", ["0 < x"])
    assert isinstance(found.checked, CheckedTheorem)
    assert isinstance(kl_symbolic.prove("x = 1"), kl_symbolic.Counterexample)
    with pytest.raises(kl_symbolic.NotProved):
        kl_symbolic.assert_proved("x/x = 1")


# --- false claims, each with a true neighbor --------------------------------------------------------------------------

FALSE: list[tuple[tuple[str, list[str]], tuple[str, list[str]], str]] = [
    # (false claim and its hypotheses, true neighbor, a simple point)
    (
        ("log(x + y) = log(x) + log(y)", ["0 < x", "0 < y"]),
        ("log(x*y) = log(x) + log(y)", ["0 < x", "0 < y"]),
        "x = 1, y = 1",
    ),
    (("log(x) <= x - 2", ["0 < x"]), ("log(x) <= x - 1", ["0 < x"]), "x = 1"),
    (("log(x) < x - 1", ["0 < x"]), ("log(x) < x", ["0 < x"]), "x = 1"),
    (("exp(x + y) = exp(x) + exp(y)", []), ("exp(x + y) = exp(x)*exp(y)", []), "x = 1, y = 1"),
    (("x^2 = 1 => x = 1", []), ("x = 1 => x^2 = 1", []), "x = -1"),
    (("x*x <= x", ["0 <= x"]), ("x*x <= x", ["0 <= x", "x <= 1"]), "x = 2"),
    (("x <= 1", ["x < 2"]), ("x <= 2", ["x < 2"]), "x = 3/2"),
    (("abs(x) = x", []), ("abs(x) = x", ["0 <= x"]), "x = -1"),
    (
        ("forall i in X: p[i] <= 1/2", [SIGNS[0], SUMS[0]]),
        ("forall i in X: p[i] <= 1", [SIGNS[0], SUMS[0]]),
        "|X| = 2, i = 0, p[0] = 1, p[1] = 0",
    ),
    (
        ("sum(i in X: p[i]*q[i]) = sum(i in X: p[i])*sum(i in X: q[i])", []),
        ("sum(i in X: sum(j in Y: p[i]*q[j])) = sum(i in X: p[i])*sum(j in Y: q[j])", []),
        "|X| = 2, p[0] = 1, p[1] = 1, q[0] = 1, q[1] = 1",
    ),
    (("kl(p, q) = kl(q, p)", PQ), ("kl(p, q) = kl(p, q) + kl(q, q)", PQ), "|X| = 2, p[0] = 1/2, p[1] = 1/2, "),
    # Gibbs without the sum of q
    (
        ("0 <= kl(p, q)", [*SIGNS, SUMS[0]]),
        ("0 <= kl(p, q)", PQ),
        "|X| = 2, p[0] = 1/2, p[1] = 1/2, q[0] = 1, q[1] = 1",
    ),
    # the equality case when q may sum to less than 1
    (
        ("kl(p, q) = 0 => forall i in X: p[i] = q[i]", [*SIGNS, SUMS[0]]),
        ("kl(p, q) = 0 => forall i in X: p[i] = q[i]", PQ),
        "|X| = 2, i = ",
    ),
    (
        ("kl(p, r) <= kl(p, q) + kl(q, r)", [*PQ, "forall i in X: 0 < r[i]", "sum(i in X: r[i]) = 1"]),
        ("0 <= kl(p, q) + kl(q, r)", [*PQ, "forall i in X: 0 < r[i]", "sum(i in X: r[i]) = 1"]),
        "|X| = 2, p[0] = 1, p[1] = 0, ",
    ),
    (("forall n in Nat: n <= x", []), ("forall n in Nat: n <= n + x", ["0 <= x"]), "n = 2, x = 1"),
]


@pytest.mark.parametrize(("false", "true", "where"), FALSE, ids=[f[0] for f, _, _ in FALSE])
def test_what_is_false_is_refuted_exactly(
    false: tuple[str, list[str]], true: tuple[str, list[str]], where: str
) -> None:
    found = prove(*false)
    assert isinstance(found, Counterexample), str(found)
    assert str(found.point).startswith(where)
    reading = Reading(found.point, 60)
    assert all(reading.truth(h, exact=True) is Truth.TRUE for h in (*found.hypotheses, *found.assumed))
    assert reading.truth(found.part) is Truth.FALSE
    assert [text(h) for h in found.hypotheses] == [text(h) for h in read_claim(false[0], false[1], None).hypotheses]
    assert isinstance(prove(*true), CheckedTheorem)


def test_a_counterexample_shows_the_values_of_both_sides() -> None:
    found = prove("forall i in X: p[i]^2 = p[i]", SUMS[:1])
    assert isinstance(found, Counterexample)
    assert text(found.part) == "p[i]^2 = p[i]"
    assert (found.left, found.right) == (Fraction(1, 4), Fraction(1, 2))
    assert str(found).splitlines() == [
        "false: forall i in X: p[i]^2 = p[i]",
        "  given sum(i in X: p[i]) = 1",
        "  at |X| = 2, i = 0, p[0] = 1/2, p[1] = 1/2",
        "  p[i]^2 = 1/4",
        "  p[i]   = 1/2",
    ]


def test_an_implication_is_refuted_where_its_left_side_holds() -> None:
    found = prove("x*x = x => x = 1")
    assert isinstance(found, Counterexample)
    assert [text(h) for h in found.assumed] == ["x*x = x"]
    assert str(found.point) == "x = 0"


@pytest.mark.parametrize("claim", ["1 < log(2)", "13/1024 <= binary_kl(1/4, 1/2) - binary_kl(1/2, 1/4)"])
def test_a_claim_without_names_has_one_point(claim: str) -> None:
    found = prove(claim)
    assert isinstance(found, Counterexample)
    assert str(found.point) == "the only point: nothing is free"


# --- what is not known -----------------------------------------------------------------------------------------------

MOTZKIN = "3*x^2*y^2 <= x^4*y^2 + x^2*y^4 + 1"
"""A true claim about a polynomial that is not a sum of squares."""
UNKNOWN: list[tuple[str, list[str], str]] = [
    # undefined is not false
    ("x/x = 1", [], "x/x = 1 needs x != 0: add it to the hypotheses"),
    ("log(x*y) = log(x) + log(y)", ["0 < x"], "log_mul needs 0 < y: add it to the hypotheses"),
    (
        "kl(p, q) = sum(i in X: p[i]*(log(p[i]) - log(q[i])))",
        SIGNS[:2],
        "xlogy_mul needs forall i in X: 0 < p[i], forall i in X: 0 < q[i]: add them to the hypotheses",
    ),
    (
        "0 <= kl(p, q)",
        [SIGNS[0], SIGNS[1], *SUMS],
        "kl_nonneg needs forall i in X: q[i] = 0 => p[i] = 0: add it to the hypotheses",
    ),
]


@pytest.mark.parametrize(("claim", "hypotheses", "hint"), UNKNOWN, ids=[c for c, _, _ in UNKNOWN])
def test_what_has_no_value_somewhere_is_unknown(claim: str, hypotheses: list[str], hint: str) -> None:
    found = prove(claim, hypotheses)
    assert isinstance(found, Unknown), str(found)
    assert found.hint == hint
    assert found.points > 0
    assert found.tried == tuple(name for name, _, _ in TACTICS)


def test_unknown_says_what_the_numbers_say() -> None:
    motzkin = prove(MOTZKIN)
    assert isinstance(motzkin, Unknown)
    assert motzkin.numbers == f"numerically true at {motzkin.points} points, but not proved"
    assert motzkin.points > 50
    division = prove("x/x = 1")
    assert isinstance(division, Unknown)
    assert "numerically equal at" in division.numbers
    assert "it has no value at 1 more" in division.numbers
    assert "hint: x/x = 1 needs x != 0" in str(division)


def test_a_false_limit_is_a_doubt_and_no_refutation() -> None:
    """A limit is looked at for some n only, and so are hypotheses about every n."""
    found = prove("lim(n: u[n]^2) -> a", ["lim(n: u[n]) -> a"])
    assert isinstance(found, Unknown)
    assert found.doubt.startswith("lim(n: u[n]^2) -> a looks false at a = ")
    assert found.numbers == found.doubt
    assert isinstance(prove("lim(n: u[n]^2) -> a^2", ["lim(n: u[n]) -> a"]), CheckedTheorem)
    every = prove("a <= 1", ["forall n in Nat: a <= n + 2"])
    assert isinstance(every, Unknown)
    assert "looks false" in every.doubt


def test_hypotheses_that_no_point_satisfies() -> None:
    found = prove("x = y", ["x^2 + y^2 + 1 = 0", "0 <= z"])
    assert isinstance(found, CheckedTheorem | Unknown)
    if isinstance(found, Unknown):
        assert found.numbers == "no point of the hypotheses was found"


# --- three verdicts, none a truth value ------------------------------------------------------------------------------


def test_answers_are_not_truth_values() -> None:
    refuted, unknown = prove("x = 1"), prove("x/x = 1")
    for answer in (refuted, unknown, *Verdict):
        with pytest.raises(TypeError, match=r"truth value|is not true or false"):
            bool(answer)
    with pytest.raises(TypeError):
        assert not refuted
    assert verdict(prove("x = x")) is Verdict.PROVED
    assert verdict(refuted) is Verdict.REFUTED
    assert verdict(unknown) is Verdict.UNKNOWN
    with pytest.raises(TypeError, match="expected what prove returned, got str"):
        verdict("proved")  # type: ignore[arg-type]


@pytest.mark.parametrize("claim", ["x = 1", "x/x = 1"])
def test_answers_are_frozen(claim: str) -> None:
    answer = prove(claim)
    with pytest.raises(FrozenInstanceError):
        answer.claim = None  # type: ignore[misc, union-attr, assignment]


def test_assert_proved() -> None:
    theorem = assert_proved("log(x) <= x - 1", ["0 < x"])
    assert isinstance(theorem, CheckedTheorem)
    with pytest.raises(NotProved) as refuted:
        assert_proved("log(x + y) = log(x) + log(y)", ["0 < x", "0 < y"])
    assert isinstance(refuted.value, AssertionError)
    assert isinstance(refuted.value.answer, Counterexample)
    assert "at x = 1, y = 1" in str(refuted.value)
    with pytest.raises(NotProved, match=r"hint: log_mul needs 0 < y") as unknown:
        assert_proved("log(x*y) = log(x) + log(y)", ["0 < x"])
    assert isinstance(unknown.value.answer, Unknown)


# --- nothing but the kernel proves -----------------------------------------------------------------------------------


def test_a_search_that_shows_something_else_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(self: Search, goal: object, extra: Sequence[Fact] = (), effort: int = 0) -> Fact:
        return self.p.field("1 = 1")

    monkeypatch.setattr(Search, "solve", other)
    found = prove("x/x = 1")
    assert isinstance(found, Unknown)


def test_a_search_that_uses_what_is_not_given_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def assumed(self: Search, goal: object, extra: Sequence[Fact] = (), effort: int = 0) -> Fact:
        return self.p.assume(goal)  # type: ignore[arg-type]

    monkeypatch.setattr(Search, "solve", assumed)
    found = prove("x/x = 1")
    assert isinstance(found, Unknown)
    assert found.tried[-1].startswith("a proof was found but the kernel refuses it")
    assert "the proof uses a hypothesis that is not given" in found.tried[-1]


# --- reading claims --------------------------------------------------------------------------------------------------

x, y = sympy.symbols("x y", positive=True)
a, b = sympy.symbols("a b", real=True)
K, i = sympy.Symbol("K", integer=True, positive=True), sympy.Symbol("i", integer=True)
p, q = sympy.IndexedBase("p", positive=True), sympy.IndexedBase("q", positive=True)


def total(summand: object) -> object:
    return sympy.Sum(summand, (i, 1, K))


def test_assumptions_of_symbols_are_hypotheses() -> None:
    theorem = assert_proved(sympy.Eq(sympy.log(x * y), sympy.log(x) + sympy.log(y), evaluate=False))
    assert [text(h) for h in theorem.hypotheses] == ["0 < x", "0 < y"]
    real = prove(sympy.Eq(sympy.log(a * b), sympy.log(a) + sympy.log(b), evaluate=False))
    assert isinstance(real, Unknown)
    assert real.hint == "log_mul needs 0 < a, 0 < b: add them to the hypotheses"
    nonnegative = sympy.Symbol("c", nonnegative=True)
    assert [text(h) for h in assert_proved(sympy.Le(0, nonnegative, evaluate=False)).hypotheses] == ["0 <= c"]


@pytest.mark.parametrize(
    ("claim", "hypotheses"),
    [
        (sympy.Le(sympy.log(x), x - 1), []),
        (sympy.Ge(x + 1 / x, 2), []),
        (sympy.Le(a, b + 1), [sympy.Le(a, b)]),
        (sympy.Ge(total(p[i] * sympy.log(p[i] / q[i])), 0), [sympy.Eq(total(p[i]), 1), sympy.Eq(total(q[i]), 1)]),
    ],
    ids=str,
)
def test_relations_of_sympy(claim: object, hypotheses: list[object]) -> None:
    assert isinstance(prove(claim, hypotheses), CheckedTheorem)


def test_text_and_sympy_share_their_names() -> None:
    theorem = assert_proved("a*x <= x", [sympy.Le(a, 1), sympy.Lt(b, x)])
    assert [text(h) for h in theorem.hypotheses] == ["0 < x", "a <= 1", "b < x"]


def test_a_sympy_claim_is_refuted_too() -> None:
    found = prove(sympy.Eq(sympy.log(x + y), sympy.log(x) + sympy.log(y), evaluate=False))
    assert isinstance(found, Counterexample)
    assert found.point == Point.of(numbers={"x": 1, "y": 1})


def test_a_statement_that_sympy_has_evaluated_is_refused() -> None:
    with pytest.raises(Refused, match="SymPy evaluated the statement"):
        prove(sympy.Eq(x / x, 1))
    assert isinstance(prove("x/x = 1", ["0 < x"]), CheckedTheorem)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["log(x) <= p1"], {"p1": "number", "x": "number"}),
        (["forall i in X: 0 < p[i]", "log(x) <= p[j]"], {"X": "set", "j": "X", "p": "X -> number", "x": "number"}),
        (["sum(i in X: p[i]) = sum(i in Y: q[i])"], {"X": "set", "Y": "set", "p": "X -> number", "q": "Y -> number"}),
        (["sum(i in X: sum(j in Y: r[i, j])) = card(X)"], {"X": "set", "Y": "set", "r": "X, Y -> number"}),
        (["lim(n: u[n]/n) -> l"], {"l": "number", "u": "Nat -> number"}),
        (["forall i in X: 0 <= p[i]", "0 <= kl(p, p)"], {"X": "set", "p": "X -> number"}),
        (["xlogy(a, b) <= binary_kl(a, b)"], {"a": "number", "b": "number"}),
        (["int(x in (0, a): p(x)) = pi"], {"a": "number", "p": "number -> number"}),
        (["int(x in D: p(x)) = 1", "forall x in D: 0 <= p(x)"], {"D": "domain", "p": "number -> number"}),
        (["forall x in D: 0 <= p(x)"], {"D": "domain", "p": "number -> number"}),
        (["forall x in D: x in E => p(x) = 0"], {"D": "domain", "E": "domain", "p": "number -> number"}),
        (
            ["p(a) in D", "forall x in (0, b): p(2*x) = b"],
            {"D": "domain", "a": "number", "b": "number", "p": "number -> number"},
        ),
        (
            ["forall j in X: int(x in reals: T(j, x)) = w[j]"],
            {"T": "X, number -> number", "X": "set", "w": "X -> number"},
        ),
        (
            ["int(x in (0, oo): f(j, x)) = w[j]", "sum(j in X: w[j]) = 1"],
            {"X": "set", "f": "X, number -> number", "j": "X", "w": "X -> number"},
        ),
        (["forall x in number: deriv(y: V(x, y), x) = 0"], {"V": "number, number -> number"}),
        (["deriv(y: y^2, y) = 2*y"], {"y": "number"}),
        (["forall x in number: g(p(x)) = 0"], {"g": "number -> number", "p": "number -> number"}),
        (["lim(n: p(n)) -> 0", "forall x in nats: 0 < p(x)"], {"p": "number -> number"}),
        (["int(n in nats: a^n/Gamma(n + 1)) = exp(a)"], {"a": "number"}),
        (["(x in (0, 1) => 0 < x)"], {"x": "number"}),
    ],
    ids=str,
)
def test_signatures_are_inferred_in_simple_cases(texts: list[str], names: dict[str, str]) -> None:
    assert infer(texts) == names
    assert all(parse(t, "statement", declare(names)) for t in texts)


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["0 <= kl(p, q)"], "p"),
        (["p[i] = 1"], "p"),
        (["f(x) = 1"], "f"),
        (["delta(i, j) = 0"], "i"),
        (["forall i in X: p[f(i)] = 1"], "p"),
        (["forall t in T: 0 <= count(x, i)"], "x"),
        (["p(0) = 1"], "p"),
        (["deriv(y: p(y), x) = q(x)"], "q"),
        (["forall n in Nat: forall x in (0, 1): l(n, x) <= 1"], "l"),
        (["sum(t in T: p[x(t)]) = 1", "delta(x(t), i) = 1"], "p"),
    ],
    ids=str,
)
def test_signatures_that_are_not_obvious_are_refused(texts: list[str], name: str) -> None:
    with pytest.raises(Refused) as refusal:
        infer(texts)
    assert refusal.value.reason == f"the signature of {name} cannot be inferred"
    assert "declare all names as in: names={'X': 'set'" in explain(refusal.value)


@pytest.mark.parametrize(
    ("claim", "reason", "hint"),
    [
        ("forall x in D: forall y in E: V(x, y) = 1", "D is an index set or a domain of integration", "'D': 'domain'"),
        ("int(x in (0, 1): sin(x)) = 1", "sin is not a function of the language", "'sin': 'number -> number'"),
        ("int(x in (0, oo): x*exp(-x)) = gamma(2)", "gamma is not a function of the language", "Gamma(x)"),
        ("int(x in X: p(x)) = sum(i in X: q[i])", "expected a declared index set", ""),
        ("exp(Pi) = 1", "Pi is read neither as a constant", "pi"),
    ],
)
def test_what_the_text_does_not_tell_is_refused_with_a_hint(claim: str, reason: str, hint: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_claim(claim, [], None)
    assert refusal.value.reason.startswith(reason) and hint in explain(refusal.value)


def test_declared_names_are_the_only_ones() -> None:
    names = {"X": "set", "p": "X -> number", "q": "X -> number"}
    assert isinstance(prove("kl(p, q) = kl(p, q)", names=names), CheckedTheorem)
    with pytest.raises(Refused, match="not declared"):
        prove("kl(p, q) = x", names=names)


@pytest.mark.parametrize("wrong", ["0 < x", parse("0 < x", "statement", declare({"x": "number"})), 7])
def test_hypotheses_come_in_a_sequence(wrong: object) -> None:
    with pytest.raises(TypeError, match="expected a sequence of hypotheses"):
        prove("0 <= x", wrong)  # type: ignore[arg-type]
    assert isinstance(prove("0 <= x", ["0 < x"]), CheckedTheorem)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("x +", "expected"),
        ("x", "expected = or <= or < or !="),
        ("1. < x", "unexpected character|goes on|expected"),
        (sympy.Symbol("x") + 1, "expected a statement, got a number"),
        (sympy.Eq(sympy.Float(0.5), sympy.Symbol("x"), evaluate=False), "a float has no exact meaning"),
    ],
)
def test_what_is_not_a_statement_is_refused(claim: object, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        prove(claim)


def test_a_node_about_other_names_is_refused() -> None:
    node = parse("0 < x", "statement", declare({"x": "number"}))
    assert isinstance(prove(node, [node]), CheckedTheorem)
    with pytest.raises(Refused):
        prove(node, names={"y": "number"})


# --- the parts of the search -----------------------------------------------------------------------------------------


def added(columns: Sequence[Column], multipliers: dict[int, Fraction]) -> dict[object, Fraction]:
    sums: dict[object, Fraction] = {}
    for k, value in multipliers.items():
        for monomial, coefficient in columns[k].values.items():
            sums[monomial] = sums.get(monomial, Fraction(0)) + value * coefficient
    return {m: v for m, v in sums.items() if v}


@examples(150)
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(-2, 2), min_size=4, max_size=4), st.booleans(), st.booleans(), st.integers(-3, 3)
        ),
        min_size=1,
        max_size=7,
    )
)
def test_multipliers_are_found_where_there_are_some(rows: list[tuple[list[int], bool, bool, int]]) -> None:
    columns, wanted = [], {}
    for k, (values, free, strict, multiplier) in enumerate(rows):
        columns.append(Column({m: Fraction(v) for m, v in enumerate(values) if v}, free, strict and not free))
        wanted[k] = Fraction(multiplier if free else abs(multiplier))
    goal = added(columns, wanted)
    strict = any(columns[k].strict and v for k, v in wanted.items())
    found = combine(columns, goal, strict)
    assert found is not None
    assert added(columns, found) == goal
    assert all(columns[k].free or v > 0 for k, v in found.items())
    assert not strict or any(columns[k].strict for k in found)


@pytest.mark.parametrize(
    ("columns", "goal", "strict"),
    [
        ([], {"x": 1}, False),
        ([Column({"x": Fraction(1)})], {"x": -1}, False),
        ([Column({"x": Fraction(1), "y": Fraction(1)})], {"x": 1}, False),
        ([Column({"x": Fraction(1)})], {"x": 1}, True),
        ([Column({"x": Fraction(1)}), Column({"y": Fraction(1)}, strict=True)], {"x": 1}, True),
        ([Column({"x": Fraction(1), "y": Fraction(-1)}), Column({"y": Fraction(2)}, free=True)], {"x": -1}, False),
    ],
)
def test_no_multipliers_where_there_are_none(columns: list[Column], goal: dict[str, int], strict: bool) -> None:
    assert combine(columns, {m: Fraction(v) for m, v in goal.items()}, strict) is None


def test_matching_below_binders() -> None:
    lemma = next(found for found in shipped() if found.name == "master_inequality")
    names = declare({"T": "set", "u": "T -> number", "v": "T -> number"})
    goal = parse(
        "sum(t in T: u[t]*log(2) + u[t] - 2*v[t]^2) <= sum(t in T: rel_entr(u[t], v[t]^2))", "statement", names
    )
    (values,) = matches(lemma.conclusion, goal, lemma.scope)
    assert values["X"] == "T"
    assert {n: text(values[n]) for n in "abc"} == {"a": "u", "b": "t in T: v[t]^2", "c": "t in T: 2"}  # type: ignore[arg-type]
    other = parse(
        "sum(t in T: u[t]*log(2) + u[t] - 3*v[t]^2) <= sum(t in T: rel_entr(u[t], v[t]^2))", "statement", names
    )
    assert list(matches(lemma.conclusion, other, lemma.scope)) == []


def test_a_bound_variable_does_not_escape() -> None:
    """The constant c of Σ_i c·f(i) cannot become a term with i."""
    pattern_scope = declare({"X": "set", "c": "number", "f": "X -> number"})
    here = declare({"X": "set", "p": "X -> number", "x": "number"})
    pattern = parse("sum(i in X: c*f[i])", "number", pattern_scope)
    assert list(matches(pattern, parse("sum(i in X: x*p[i])", "number", here), pattern_scope))
    both = parse("sum(i in X: p[i]*p[i])", "number", here)
    assert list(matches(pattern, both, pattern_scope)) == []


def test_claims_are_opened_for_the_search_of_points() -> None:
    scope = declare({"X": "set", "p": "X -> number", "q": "X -> number"})
    claim = parse("p[i] = 0 <=> q[i] = 0", "statement", {**scope, "i": ((), "X")})
    two = opened((), claim, {**scope, "i": ((), "X")})
    assert [[text(h) for h in g.hypotheses] + [text(g.part)] for g in two] == [
        ["p[i] = 0", "q[i] = 0"],
        ["q[i] = 0", "p[i] = 0"],
    ]


def test_simple_points_come_first() -> None:
    scope = declare({"x": "number", "y": "number"})
    hypotheses = tuple(parse(h, "statement", scope) for h in ("1/3 < x", "x < 1/2", "y = 2*x"))
    found = look(hypotheses, parse("x = y", "statement", scope), scope)
    assert found.point is not None
    assert all(h.op and Reading(found.point).truth(h) is Truth.TRUE for h in hypotheses)
    assert look(hypotheses, parse("x < y", "statement", scope), scope).point is None


def test_the_search_is_bounded() -> None:
    """Equations that undo each other do not make it go on for ever."""
    found = prove("abs(log(x)) < a*z", ["x = y", "y = x", "z = x"])
    assert isinstance(found, Counterexample | Unknown)
    search = Search(Proof("claim", library.theorem), TACTICS)
    search.left = 0
    assert search.solve(parse("1 = 1", "statement", {})) is None
    search.left = 1
    assert search.solve(parse("1 = 1", "statement", {})) is not None


def test_a_theorem_that_is_named_is_used_in_more_ways() -> None:
    claim = "entropy(p) <= sum(i in X: p[i]*f[i]) + log(sum(i in X: exp(-f[i])))"
    given = ["forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1"]
    assert isinstance(prove(claim, given), Unknown)
    found = assert_proved(claim, given, using=["entropy_add_mean_le_log_sum_exp"])
    assert "entropy_add_mean_le_log_sum_exp" in found.uses
    assert isinstance(prove(claim.replace("-f", "f"), given, using=["entropy_add_mean_le_log_sum_exp"]), Counterexample)


def test_names_of_theorems_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(library.NoSuchTheorem, match="there is no shipped theorem 'no_such'"):
        prove("0 <= 1", using=["no_such"])
    with pytest.raises(InvalidType, match="expected a list of names of theorems, got 'pinsker'"):
        prove("0 <= 1", using="pinsker")
    assert isinstance(prove("0 <= 1", using=["pinsker"]), CheckedTheorem)


def test_a_goal_is_not_a_premise_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """To show a ≠ b the search assumes a = b and looks at theorems; one of those asks for a ≠ b again."""
    opened: list[Node] = []
    solve = Search.solve
    monkeypatch.setattr(Search, "solve", lambda self, goal, *rest: opened.append(goal) or solve(self, goal, *rest))
    names = {"X": "set", "i": "X", "j": "X", "n": "Nat", "q": "X -> number", "v": "X, Nat -> number"}
    assert isinstance(prove("q[i] != v[i, n] + abs(v[j, n])", [], names), Unknown)
    assert 1 < len(opened) < 50


def term(chance: random.Random, depth: int) -> str:
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(["x", "y", "1", "2", "1/2", "p[i]", "card(X)"])
    inside = [term(chance, depth - 1) for _ in range(2)]
    if chance.random() < 0.5:
        return f"({inside[0]}{chance.choice('+-*/')}{inside[1]})"
    return chance.choice(["log({0})", "exp({0})", "abs({0})", "({0})^2", "xlogy({0}, {1})"]).format(*inside)


@pytest.mark.parametrize("seed", sampled(range(5)))
def test_no_claim_is_both_proved_and_refuted(seed: int) -> None:
    chance = random.Random(seed)
    names = {"X": "set", "p": "X -> number", "i": "X", "x": "number", "y": "number"}
    hypotheses = ["0 < x", "x <= y", "forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1"]
    for _ in range(8):
        relation = chance.choice(["=", "<=", "<", "!="])
        claim = f"{term(chance, 2)} {relation} {term(chance, 2)}"
        answer = prove(claim, chance.sample(hypotheses, 3), names)
        if isinstance(answer, CheckedTheorem):
            scope = declare(names)
            assert look(answer.hypotheses, answer.conclusion, scope).point is None, claim
        elif isinstance(answer, Counterexample):
            reading = Reading(answer.point)
            assert all(reading.truth(h, exact=True) is Truth.TRUE for h in answer.hypotheses), claim
            assert reading.truth(answer.part) is Truth.FALSE, claim


# --- the same answer every time --------------------------------------------------------------------------------------

SAME = """
import json, sys
from kl_symbolic.proving.prover import prove
for claim, given in json.loads(sys.argv[1]):
    answer = prove(claim, given)
    print(getattr(answer, "certificate", str(answer)))
print("sympy" in sys.modules)
"""
CLAIMS = [
    ("0 <= sum(i in X: p[i]*log(p[i]/q[i]))", POSITIVE),
    ("x*y <= z", ["x <= 1", "y <= z", "0 <= y"]),
    ("kl(p, q) = kl(q, p)", PQ),
    ("x/x = 1", []),
]


@pytest.mark.slow
def test_answers_do_not_depend_on_the_hash_seed() -> None:
    root = Path(__file__).resolve().parents[2]
    outputs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        command = [sys.executable, "-c", SAME, json.dumps(CLAIMS)]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]
    assert "kl_nonneg" in outputs[0]
    assert outputs[0].endswith("False\n"), "text needs no SymPy"


# --- bounds ----------------------------------------------------------------------------------------------------------

INNER = "cond_mutual_info(a in X: b in Y: c in Z: p[a,b,c]*p[i,j,k])"
JOINT = {"X": "set", "Y": "set", "Z": "set", "p": "X, Y, Z -> number"}
NONNEGATIVE = "forall i in X: forall j in Y: forall k in Z: 0 <= p[i,j,k]"
COSTLY: dict[str, tuple[str, list[str], dict[str, str] | None]] = {
    "polynomials": ("(x + y + z)^200 = (z + y + x)^200", [], None),
    "points": (f"cond_mutual_info(i in X: j in Y: k in Z: {INNER}) <= 1", [NONNEGATIVE], JOINT),
}
"""Claims that would take minutes, by where the work is; they are true, or not known to be."""


@pytest.mark.parametrize("kind", ["polynomials", "points"])
@pytest.mark.slow
def test_a_search_that_would_take_too_long_ends_by_its_budget_and_says_so(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, given, names = COSTLY[kind]
    monkeypatch.setattr(prover, "POINT_WORK", prover.POINT_WORK // 8)
    answer = prove(claim, given, names)
    assert isinstance(answer, Unknown)
    assert answer.spent
    assert "the search ended because its budget was spent; a larger effort looks further" in str(answer)
    assert str(prove(claim, given, names)) == str(answer)  # steps and not seconds


@pytest.mark.parametrize(
    ("claim", "given", "names"),
    [
        ("(x + y + z)^6 = (z + y + x)^6", [], None),
        ("0 <= cond_mutual_info(i in X: j in Y: k in Z: p[i,j,k])", [NONNEGATIVE], JOINT),
        ("log(1000000007^2) = 2*log(1000000007)", [], None),
    ],
)
def test_what_is_like_them_and_small_is_proved(claim: str, given: list[str], names: dict[str, str] | None) -> None:
    assert isinstance(prove(claim, given, names), CheckedTheorem)


@pytest.mark.parametrize(
    "claim",
    [
        f"log({'(' * 8}8{')^8' * 8}) <= log(8)",
        f"{'*'.join(['9' * 129] * 70)}*x = x*{'*'.join(['9' * 129] * 70)} + 1",
        f"{'9' * 1000}^12*x <= x + 1",
    ],
    ids=["a tower of powers", "a product of long numerals", "a power of one"],
)
def test_numbers_that_get_too_long_to_be_written_do_not_raise(claim: str) -> None:
    assert isinstance(prove(claim), Counterexample)


def test_an_answer_that_no_budget_ended_does_not_speak_of_one() -> None:
    answer = prove(MOTZKIN)
    assert isinstance(answer, Unknown)
    assert not answer.spent
    assert "budget" not in str(answer)


def test_more_effort_proves_what_less_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = "(x + y + z)^6 = (z + y + x)^6"
    monkeypatch.setattr(prover, "PROOF_WORK", prover.PROOF_WORK // 1000)
    assert isinstance(prove(claim), Unknown)
    assert isinstance(prove(claim, effort=1000), CheckedTheorem)
    for effort in (0, -1, 1.0, True, "1"):
        with pytest.raises(InvalidValue, match="expected an effort of at least 1, an int"):
            prove(claim, effort=effort)  # type: ignore[arg-type]
