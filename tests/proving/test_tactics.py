"""Tactics: what they find, and what they leave alone. The kernel checks every line, so these tests are about reach."""

from __future__ import annotations

import pytest

from kl_symbolic import library
from kl_symbolic.kernel import Refused
from kl_symbolic.language.printer import text
from kl_symbolic.proving.builder import Proof
from kl_symbolic.proving.tactics import algebra, limit, linear, prove
from kl_symbolic.proving.tactics.polynomials import constant, expand


def proof(**names: str) -> Proof:
    p = Proof("mine", library.theorem)
    p.declare(**names)
    return p


NUMBERS = dict.fromkeys(("x", "y", "z"), "number")
FAMILIES = {
    "X": "set",
    "Y": "set",
    "T": "set",
    "p": "X -> number",
    "q": "X -> number",
    "W": "X, Y -> number",
    "s": "T -> X",
}


@pytest.mark.parametrize(
    "goal",
    [
        "0 < x*y + 1",
        "0 <= (x - y)^2",
        "x*y != 0",
        "0 < exp(z)",
        "0 < x^z",
        "0 < 1 - 1/3",
        "0 < x/y^3",
        "0 <= abs(z)",
        "forall i in X: 0 < p[i]*x",
        "0 <= sum(i in X: p[i]*x)",
        "0 < prod(i in X: p[i])",
        "0 <= card(X)",
        "0 < x - z",
    ],
)
def test_signs_are_found(goal: str) -> None:
    p = proof(**NUMBERS, **FAMILIES)
    for given in ("0 < x", "0 < y", "z < x", "forall i in X: 0 < p[i]"):
        p.given(given)
    assert prove(p, goal).statement == p.statement(goal)


@pytest.mark.parametrize("goal", ["0 < z", "0 < x - y", "z != 0", "0 < sum(i in X: p[i])", "0 < q[i]", "0 < log(x)"])
def test_signs_that_do_not_follow_are_not_found(goal: str) -> None:
    p = proof(**NUMBERS, **FAMILIES, i="X")
    for given in ("0 < x", "0 < y", "forall i in X: 0 < p[i]"):
        p.given(given)
    with pytest.raises(Refused):
        prove(p, goal)


def test_an_implication_under_forall_is_used_when_its_antecedent_is_at_hand() -> None:
    p = proof(**FAMILIES, i="X", j="X")
    p.given("forall i in X: q[i] = 0 => p[i] = 0")
    p.given("q[j] = 0")
    assert prove(p, "p[j] = 0").statement == p.statement("p[j] = 0")
    with pytest.raises(Refused):
        prove(p, "p[i] = 0")


@pytest.mark.parametrize(
    "goal",
    [
        "log(x*y/z) = log(x) + log(y) - log(z)",
        "log(x^3) = 3*log(x)",
        "log(6/35) = log(2) + log(3) - log(5) - log(7)",
        "log(exp(x)) = x",
        "(x^2 - y^2)/(x + y) = x - y",
        "sum(i in X: 2*p[i] + x) = 2*sum(i in X: p[i]) + x*card(X)",
        "sum(i in X: sum(j in Y: p[i]*W[i, j])) = sum(j in Y: sum(i in X: W[i, j]*p[i]))",
        "sum(i in X: p[i]*sum(j in Y: W[i, j])) = sum(i in X: sum(j in Y: p[i]*W[i, j]))",
        "sum(i in X: sum(t in T: delta(s(t), i)*q[i])) = sum(t in T: q[s(t)])",
        "sum(i in X: count(s, i)) = card(T)",
        "kl(p, q) = sum(i in X: p[i]*log(p[i]/q[i]))",
        "cross_entropy(p, q) = entropy(p) + kl(p, q)",
        "log(prod(i in X: p[i]*q[i])) = sum(i in X: log(p[i])) + sum(i in X: log(q[i]))",
    ],
)
def test_equalities_are_found(goal: str) -> None:
    p = proof(**NUMBERS, **FAMILIES)
    for given in ("0 < x", "0 < y", "0 < z", "forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]"):
        p.given(given)
    assert algebra(p, goal).statement == p.statement(goal)


@pytest.mark.parametrize(
    "goal",
    [
        "log(x + y) = log(x) + log(y)",
        "log(x*y) = log(x) - log(y)",
        "x/x = 2",
        "sum(i in X: p[i]*q[i]) = sum(i in X: p[i])*sum(i in X: q[i])",
        "kl(p, q) = kl(q, p)",
    ],
)
def test_false_equalities_are_not(goal: str) -> None:
    p = proof(**NUMBERS, **FAMILIES)
    for given in ("0 < x", "0 < y", "forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]"):
        p.given(given)
    with pytest.raises(Refused, match="not equal by arithmetic"):
        algebra(p, goal)


def test_log_laws_need_positivity() -> None:
    p = proof(**NUMBERS)
    p.given("0 < x")
    with pytest.raises(Refused):
        algebra(p, "log(x*y) = log(x) + log(y)")


def test_multipliers_are_found_and_their_signs_matter() -> None:
    p = proof(**NUMBERS)
    below, above = p.given("x <= y"), p.given("y <= z")
    assert linear(p, "2*x <= y + z", [below, above]).statement == p.statement("2*x <= y + z")
    with pytest.raises(Refused, match="signs"):
        linear(p, "z <= x", [below, above])
    with pytest.raises(Refused, match="no combination"):
        linear(p, "x <= 2*z", [below, above])


def test_limits_by_algebra() -> None:
    p = proof(u="Nat -> number", a="number")
    known = p.given("lim(n: u[n]) -> a")
    sequence = p.statement("lim(n: (2*u[n] - 1/n)*u[n]) -> a").args[0]
    with pytest.raises(Refused, match="no known limit fits"):
        limit(p, sequence, [known])
    nat = p.step("limit_inv_nat", [{}])
    line = limit(p, sequence, [known, nat])
    assert text(line.statement) == "lim(n: (2*u[n] - 1/n)*u[n]) -> (2*a + (-1)*0)*a"


def test_polynomials() -> None:
    p = proof(**NUMBERS)
    assert constant(p.term("2/3 - 1/6")) == constant(p.term("1/2"))
    assert constant(p.term("x - x")) is None
    assert constant(p.term("1/(2 - 2)")) is None
    assert expand(p.term("(x + y)*(x - y)")) == expand(p.term("x^2 - y^2"))
    assert expand(p.term("x*y/x")) == expand(p.term("y"))
