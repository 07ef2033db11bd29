"""SymPy's proposals equal the shown forms, and a refused step says what is wrong and what would help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

from kl_symbolic import library
from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.statements import eq
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text
from kl_symbolic.numerics.evaluate import Reading, Truth
from kl_symbolic.numerics.point import Point
from kl_symbolic.proving.builder import Fact, Proof
from kl_symbolic.proving.calc import Draft
from kl_symbolic.proving.hints import hint, refused_step
from kl_symbolic.proving.tactics import algebra
from kl_symbolic.sympy_bridge.proposals import lay_out, propose, propose_limit
from kl_symbolic.theory.coins.coin_flips import KL, RATIO, coin_flips, coin_flips_finite, die_rolls

COINS = ["0 < p1", "0 < p2", "0 < q1", "0 < q2", "N_h + N_t = N", "0 < N"]


def coins() -> Proof:
    p = Proof("coins", library.theorem)
    p.declare(**dict.fromkeys("p1 p2 q1 q2 N_h N_t N".split(), "number"))
    for hypothesis in COINS:
        p.given(hypothesis)
    return p


def same(p: Proof, proposed: Node, form: str | Node) -> Fact:
    """The kernel proves proposal = form."""
    return algebra(p, eq(proposed, p.term(form)))


# --- proposals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("author", [coin_flips_finite, coin_flips, die_rolls], ids=lambda a: a.__name__)
def test_the_proposals_of_a_derivation_are_its_forms(author: Callable[[Draft], object]) -> None:
    d = Draft("checked", library.theorem)
    author(d)
    assert d.proposals
    for proposed, form in d.proposals:
        assert same(d.p, proposed, form).right == form


@pytest.mark.parametrize(
    ("by", "before", "shown", "form"),
    [
        (
            sympy.expand_log,
            f"1/N*log({RATIO})",
            "(N_h*log(p1) + N_t*log(p2) - N_h*log(q1) - N_t*log(q2))/N",
            "N_h/N*log(p1/q1) + N_t/N*log(p2/q2)",
        ),
        (
            sympy.factor,
            "N_h/N*log(p1/q1) - p1*log(p1/q1)",
            "(N_h - N*p1)/N*(log(p1) - log(q1))",
            "(N_h/N - p1)*log(p1/q1)",
        ),
        (
            sympy.expand,
            "(N_h/N - p1)*(log(p1) - log(q1))",
            "N_h/N*log(p1) + p1*log(q1) - N_h/N*log(q1) - p1*log(p1)",
            "(N_h/N - p1)*log(p1/q1)",
        ),
        (
            sympy.logcombine,
            "log(p1) + log(q2) - log(q1) - log(p2)",
            "log(p1*q2/(p2*q1))",
            "log(p1*q2/(q1*p2))",
        ),
    ],
    ids=["expand_log", "factor", "expand", "logcombine"],
)
def test_sympy_computes_the_next_form(by: Callable[[Any], Any], before: str, shown: str, form: str) -> None:
    p = coins()
    proposed = propose(by, p.term(before), p.hypotheses, p.scope)
    assert text(proposed) == shown
    assert same(p, proposed, before).right == p.term(before)
    assert same(p, proposed, form).right == p.term(form)


def test_hypotheses_are_what_sympy_assumes() -> None:
    p = coins()
    product = p.term("log(p1*q1)")
    assert text(propose(sympy.expand_log, product, p.hypotheses, p.scope)) == "log(p1) + log(q1)"
    assert text(propose(sympy.expand_log, product, (), p.scope)) == "log(p1*q1)"


def test_a_lambda_with_a_limit_proposes() -> None:
    p = coins()
    heads, total = sympy.Symbol("N_h", real=True), sympy.Symbol("N", positive=True)

    def frequencies(e: Any) -> Any:
        x = sympy.Symbol("p1", positive=True)
        return sympy.limit(e.subs(heads, x * total + sympy.sqrt(total)), total, sympy.oo)

    proposed = propose(frequencies, p.term("N_h/N*log(p1/q1)"), p.hypotheses, p.scope)
    assert same(p, proposed, "p1*log(p1/q1)").right == p.term("p1*log(p1/q1)")


def test_the_limit_of_the_coins() -> None:
    p = Proof("coins", library.theorem)
    p.declare(**dict.fromkeys("p1 p2 q1 q2".split(), "number"), N_h="Nat -> number", N_t="Nat -> number", n="Nat")
    for hypothesis in (*COINS[:4], "lim(n: N_h[n]/n) -> p1", "lim(n: N_t[n]/n) -> p2"):
        p.given(hypothesis)
    before = dict(p.names)
    form = p.term("N_h[n]/n*log(p1/q1) + N_t[n]/n*log(p2/q2)")
    proposed = propose_limit(form, Node("idx", "n"), [f.statement for f in p.known[4:]], p.hypotheses, p.scope)
    assert same(p, proposed, KL).right == p.term(KL)
    assert p.names == before, "advice leaves no trace in the proof"


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (lambda e: e + sympy.Symbol("new"), "new is not declared"),
        (lambda e: sympy.Integral(e, (e.free_symbols.pop(), 0, 1)), "only stand on the left of Eq"),
        (lambda e: sympy.Float(0.5) * e, "a float has no exact meaning"),
        (lambda e: "text", "expected a SymPy expression"),
    ],
)
def test_a_proposal_without_a_counterpart_is_refused(by: Callable[[Any], Any], reason: str) -> None:
    p = coins()
    with pytest.raises(Refused, match=reason):
        propose(by, p.term("log(p1)"), p.hypotheses, p.scope)
    assert propose(lambda e: e, p.term("log(p1)"), p.hypotheses, p.scope) == p.term("log(p1)")


@pytest.mark.parametrize(
    ("term", "laid_out"),
    [
        ("N_h*log(p1)/N", "N_h/N*log(p1)"),
        ("log(p1)/2", "1/2*log(p1)"),
        ("3*log(p1)/2", "3/2*log(p1)"),
        ("3*p1*log(q1)/(2*q1)", "3*p1/(2*q1)*log(q1)"),
        ("3*p1*log(q1)/2", "3/2*p1*log(q1)"),
        ("log(p1)/N", "1/N*log(p1)"),
        ("(p1 + p2)*log(q1)/N - p1/2", "(p1 + p2)/N*log(q1) - p1/2"),
        ("(p1 + p2)*log(q1)/2", "(p1 + p2)/2*log(q1)"),
        ("-((p1 - p2)*log(q1)/N)", "(p2 - p1)/N*log(q1)"),
        ("p1*(log(p1) - log(q1))/N", "p1/N*(log(p1) - log(q1))"),
        # nothing stands behind these fractions
        ("p1/2", "p1/2"),
        ("p1*p2/N", "p1*p2/N"),
        ("exp(p1)/N", "exp(p1)/N"),
        ("log(p1)/log(q1)", "log(p1)/log(q1)"),
    ],
)
def test_the_fraction_stands_before_the_logarithm(term: str, laid_out: str) -> None:
    p = coins()
    for name in ("p1", "q1"):
        p.given(f"0 < log({name})")
    found = lay_out(p.term(term))
    assert text(found) == laid_out
    assert same(p, found, term).right == p.term(term)


# --- hints -----------------------------------------------------------------------------------------------------------

NAMES = declare(
    {
        **dict.fromkeys(("x", "y", "z"), "number"),
        "X": "set",
        "p": "X -> number",
        "q": "X -> number",
        "i": "X",
        "u": "Nat -> number",
    }
)
HINTS: list[tuple[list[str], str, str]] = [
    (
        ["0 < x", "0 < y"],
        "log(x + y) = log(x) + log(y)",
        "log has no law for a sum such as log(x + y): log_mul is about products, log_div about quotients",
    ),
    (["0 < x"], "log(x*y) = log(x) + log(y)", "log_mul needs 0 < y: add it to the hypotheses"),
    (["0 < x"], "log(x/y) = log(x) - log(y)", "log_div needs 0 < y: add it to the hypotheses"),
    ([], "log(x^y) = y*log(x)", "log_pow needs 0 < x: add it to the hypotheses"),
    (["0 < y"], "z*log(x*y) = z*log(y) + z*log(x)", "log_mul needs 0 < x: add it to the hypotheses"),
    ([], "exp(log(x)) = x", "exp_log needs 0 < x: add it to the hypotheses"),
    ([], "log(x) <= x - 1", "log_le needs 0 < x: add it to the hypotheses"),
    ([], "x/x = 1", "x/x = 1 needs x != 0: add it to the hypotheses"),
    ([], "z/(x + y)*(x + y) = z", "a division by x + y needs x + y != 0: add it to the hypotheses"),
    ([], "x^y*x^z = x^(y + z)", "rpow_def needs 0 < x: add it to the hypotheses"),
    (["0 <= x"], "xlogy(x, y) = x*log(y)", "xlogy_mul needs 0 < y: add it to the hypotheses"),
    (
        [],
        "kl(p, q) = sum(i in X: p[i]*(log(p[i]) - log(q[i])))",
        "xlogy_mul needs forall i in X: 0 < p[i], forall i in X: 0 < q[i]: add them to the hypotheses",
    ),
    (
        [],
        "log(prod(i in X: p[i])) = sum(i in X: log(p[i]))",
        "log_prod needs forall i in X: 0 < p[i]: add it to the hypotheses",
    ),
    (
        [],
        "sum(i in X: p[i]*q[i]) = sum(i in X: p[i])*sum(i in X: q[i])",
        "sum_add and sum_mul open a sum, sum_swap exchanges two; a sum of products is not a product of sums",
    ),
    ([], "abs(x) = x", "abs_of_nonneg needs 0 <= x: add it to the hypotheses"),
    ([], "exp(x)*exp(y) = z", "exp_add, exp_neg and exp_log are the laws of exp; log_exp takes it out of a logarithm"),
    ([], "exp(x + y) = exp(x)*exp(y)", "exp_add shows this: cite it"),
    (
        ["forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1", "forall i in X: 0 < q[i]"],
        "0 <= kl(p, q)",
        "kl_nonneg needs sum(i in X: q[i]) <= 1: add it to the hypotheses",
    ),
    (
        [],
        "lim(n: u[n]*u[n]) -> x",
        "limit_add, limit_mul, limit_div, limit_sum and exp_limit are the laws of limits; limit_squeeze gives others",
    ),
    # nothing is missing and nothing is to be said
    (["0 < x"], "x + y = z", ""),
]


@pytest.mark.parametrize(("hypotheses", "goal", "expected"), HINTS, ids=[g for _, g, _ in HINTS])
def test_the_nearest_rule_is_named(hypotheses: list[str], goal: str, expected: str) -> None:
    given = [parse(h, "statement", NAMES) for h in hypotheses]
    assert hint(parse(goal, "statement", NAMES), given, NAMES) == expected


def test_following_a_hint_helps() -> None:
    for hypotheses, goal, shown in HINTS:
        if not shown.endswith("to the hypotheses") or " = " not in goal or goal.startswith(("x^y*x^z", "abs")):
            continue
        missing = shown.split(" needs ")[1].split(": add ")[0].split(", ")
        p = Proof("better", library.theorem)
        p.declare(**{n: f"{', '.join(over)} -> {v}" if over else v for n, (over, v) in NAMES.items()})
        for hypothesis in (*hypotheses, *missing):
            p.given(hypothesis)
        if goal.startswith("exp(log"):
            continue  # exp_log is to be cited, algebra does not use it
        assert algebra(p, goal).statement == p.statement(goal)


# --- refused steps ---------------------------------------------------------------------------------------------------


def refused(hypotheses: list[str], left: str, right: str) -> Refused:
    d = Draft("wrong", library.theorem)
    d.declare(**{n: f"{', '.join(over)} -> {v}" if over else v for n, (over, v) in NAMES.items()})
    d.given(*hypotheses)
    d.start(left)
    with pytest.raises(Refused) as refusal:
        d.eq(right)
    return refusal.value


def test_a_false_step_shows_sides_hint_and_counterexample() -> None:
    found = refused(["0 < x", "0 < y"], "log(x + y)", "log(x) + log(y)")
    assert explain(found).splitlines()[1:] == [
        "  left:           log(x + y)",
        "  right:          log(x) + log(y)",
        "  hint:           log has no law for a sum such as log(x + y): log_mul is about products, log_div about quotients",
        "  counterexample: x = 1, y = 1",
        "  left there:     ≈ 0.693147180559945",
        "  right there:    0",
    ]
    assert "the two sides are not equal by arithmetic" in found.reason


def test_its_repaired_twin_is_accepted() -> None:
    d = Draft("right", library.theorem)
    d.positive("x y")
    d.start("log(x*y)")
    assert text(d.eq("log(x) + log(y)").statement) == "log(x*y) = log(x) + log(y)"


def test_the_counterexample_satisfies_hypotheses_and_assumptions() -> None:
    p = Proof("wrong", library.theorem)
    p.declare(x="number", y="number")
    p.given("0 < x")
    p.known.append(p.assume("y = x + 2"))
    used = p.assume("3 <= x")
    goal = p.statement("x*y = x + y")
    advised = refused_step(Refused("no", {}), goal, p, [used])
    point = advised.parts["counterexample"]
    assert isinstance(point, Point)
    reading = Reading(point)
    assert all(reading.truth(p.statement(s)) is Truth.TRUE for s in ("0 < x", "y = x + 2", "3 <= x"))
    assert reading.truth(goal) is Truth.FALSE
    assert "3 <= x" not in [text(h) for h in p.hypotheses]


def test_an_undefined_step_is_numerically_equal_where_it_is_defined() -> None:
    found = refused(["0 < x"], "log(x*y)", "log(x) + log(y)")
    assert found.parts["hint"] == "log_mul needs 0 < y: add it to the hypotheses"
    assert "counterexample" not in found.parts
    assert str(found.parts["numerically_equal"]).endswith("points of the hypotheses")


def test_a_division_names_the_divisor() -> None:
    found = refused([], "x/x", "1")
    assert found.parts["hint"] == "x/x = 1 needs x != 0: add it to the hypotheses"
    assert "division by a term that no premise shows to be non-zero" in found.reason
    d = Draft("right", library.theorem)
    d.positive("x")
    d.start("x/x")
    assert text(d.eq("1").statement) == "x/x = 1"


def test_a_step_for_every_n_raises_a_doubt() -> None:
    d = Draft("wrong", library.theorem)
    d.declare(a="number", u="Nat -> number", n="Nat")
    d.given("forall n in Nat: 0 < n => u[n] + a = n")
    d.p.known.append(d.p.assume("0 < n"))
    d.start("u[n]")
    with pytest.raises(Refused) as refusal:
        d.eq("n + a")
    assert "counterexample" not in refusal.value.parts
    assert str(refusal.value.parts["doubtful"]).startswith("u[n] = n + a looks false at ")


def test_advice_leaves_no_trace() -> None:
    d = Draft("wrong", library.theorem)
    d.positive("x y")
    d.start("log(x + y)")
    names, rows = dict(d.p.names), len(d.p.rows)
    goal = d.p.statement("log(x + y) = log(x) + log(y)")
    refused_step(Refused("no", {}), goal, d.p)
    assert (d.p.names, len(d.p.rows)) == (names, rows)


def test_advice_is_the_same_every_time() -> None:
    steps = [("sum(i in X: p[i]*q[i])", "sum(i in X: p[i])"), ("kl(p, q)", "kl(q, p)"), ("exp(x + y)", "exp(x)")]
    hypotheses = ["forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]", "sum(i in X: p[i]) = 1"]
    first, again = ([explain(refused(hypotheses, *step)) for step in steps] for _ in range(2))
    assert first == again
    assert all("counterexample: " in shown for shown in first)
