"""Integrals, series, derivatives and domains in SymPy and back; what SymPy means in another way is refused."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import (
    Contains,
    Derivative,
    Eq,
    Function,
    Implies,
    Integral,
    Interval,
    Max,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    exp,
    factorial,
    gamma,
    log,
    oo,
    pi,
    polygamma,
    sqrt,
    symbols,
)

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text
from kl_symbolic.proving.claims import read_claim
from kl_symbolic.sympy_bridge import ForAll, from_sympy, read_sympy, statement_to_sympy
from kl_symbolic.sympy_bridge.latex import latex

NAMES = declare(
    {
        "D": "domain",
        "I": "interval",
        "X": "set",
        "T": "X, number -> number",
        "V": "number, number -> number",
        "a": "number",
        "b": "number",
        "f": "X -> X",
        "h": "X",
        "n": "Nat",
        "p": "number -> number",
        "q": "number -> number",
        "theta": "X -> number",
        "u": "Nat, number -> number",
        "v": "number",
    }
)

SAID = [
    ("int(x in (0, oo): exp(-x)) = 1", "Eq(Integral(exp(-x), (x, 0, oo)), 1)"),
    ("int(x in (0, 1): p(x)*log(p(x)/q(x))) = v", "Eq(Integral(p(x)*log(p(x)/q(x)), (x, 0, 1)), v)"),
    ("int(x in (-oo, a): p(x)) = v", "Eq(Integral(p(x), (x, -oo, a)), v)"),
    ("int(x in reals: 0) = 0", "Eq(Integral(0, (x, -oo, oo)), 0)"),
    ("int(m in nats: a^m/Gamma(m + 1)) = exp(a)", "Eq(Sum(a**m/gamma(m + 1), (m, 0, oo)), exp(a))"),
    ("a in (0, 1)", "Contains(a, Interval.open(0, 1))"),
    ("a in (-oo, b)", "Contains(a, Interval.open(-oo, b))"),
    ("a in reals", "Contains(a, Interval(-oo, oo))"),
    ("n in nats", "Contains(n, Naturals0)"),
    ("forall x in number: 0 < p(x)", "ForAll(0 < p(x), (x, -oo, oo))"),
    ("forall x in nats: p(x) = x", "ForAll(Implies(Contains(x, Naturals0), Eq(p(x), x)), (x, -oo, oo))"),
    (
        "forall x in (0, oo): 0 < p(x)",
        "ForAll(Implies(Contains(x, Interval.open(0, oo)), 0 < p(x)), (x, -oo, oo))",
    ),
    ("deriv(x: p(x), a) = v", "Eq(Derivative(p(a), a), v)"),
    ("deriv(x: a*p(x), a) = v", "Eq(Subs(Derivative(a*p(x), x), x, a), v)"),
    ("deriv(x: x^2, 3) = 6", "Eq(Subs(Derivative(x**2, x), x, 3), 6)"),
    ("deriv(x: 3, a) = 0", "Eq(Derivative(3, a), 0)"),
    ("deriv(x: p(x), n) = v", "Eq(Subs(Derivative(p(x), x), x, n), v)"),
    ("deriv(x: Gamma(x), a) = Gamma(a)*digamma(a)", "Eq(Derivative(gamma(a), a), gamma(a)*polygamma(0, a))"),
    (
        "forall x in number: deriv(y: V(x, y), x) = v",
        "ForAll(Eq(Subs(Derivative(V(x, y), y), y, x), v), (x, -oo, oo))",
    ),
    (
        "forall i in X: int(x in reals: T(i, x)*p(x)) = theta[i]",
        "ForAll(Eq(Integral(T(i, x)*p(x), (x, -oo, oo)), theta[i]), (i, 1, |X|))",
    ),
    ("forall m in Nat: int(x in reals: u(m, x)) = 1/m", "ForAll(Eq(Integral(u(m, x), (x, -oo, oo)), 1/m), (m, 0, oo))"),
    ("T(f(h), a) = T(h, p(a))", "Eq(T(f(h), a), T(h, p(a)))"),
    ("p(2*pi) = a*pi", "Eq(p(2*pi), pi*a)"),
    (
        "forall x in number: int(y in (x, oo): p(y)) = x => 0 = 1",
        "ForAll(Implies(Eq(Integral(p(y), (y, x, oo)), x), Eq(0, 1)), (x, -oo, oo))",
    ),
]


@pytest.mark.parametrize(("source", "shown"), SAID)
def test_statements_cross_and_come_back(source: str, shown: str) -> None:
    node = parse(source, "statement", NAMES)
    e = statement_to_sympy(node, NAMES)
    assert str(e) == shown
    back = from_sympy(e, NAMES)
    assert text(back) == text(node)
    assert statement_to_sympy(back, NAMES) == e
    if not {"n", "h"} & node.names:  # of a free index alone, nothing is learnt
        found = read_sympy(e)
        assert found.terms == (back,)
        assert all(NAMES[name] == found.scope[name] for name in found.scope)


def _without_names(name: str) -> bool:
    _, scope, figure = INTEGRALS[name]
    return all(values not in ("domain", "interval") for _, values in scope.values()) and "open" not in {
        d.op for s in (*figure.hypotheses, figure.conclusion) for d in s.args
    }


@pytest.mark.parametrize("name", [n for n in INTEGRALS if _without_names(n)])
def test_rows_of_the_table_without_named_domains_cross_and_come_back(name: str) -> None:
    _, scope, figure = INTEGRALS[name]
    for node in (*figure.hypotheses, figure.conclusion):
        e = statement_to_sympy(node, scope)
        assert statement_to_sympy(from_sympy(e, scope), scope) == e


def test_the_ends_of_an_integral_must_be_in_order() -> None:
    node = parse("int(x in (a, b): p(x)) = v", "statement", NAMES)
    with pytest.raises(Refused, match="the ends of an interval may be in the wrong order"):
        statement_to_sympy(node, NAMES)
    for given in ("a < b", "a <= b"):
        e = statement_to_sympy(node, NAMES, [parse(given, "statement", NAMES)])
        assert str(e) == "Eq(Integral(p(x), (x, a, b)), v)"
        with pytest.raises(Refused, match="the ends of an integral may be in the wrong order"):
            from_sympy(e, NAMES)
    with pytest.raises(Refused, match="wrong order"):
        statement_to_sympy(node, NAMES, [parse("b < a", "statement", NAMES)])
    with pytest.raises(Refused, match="wrong order"):
        statement_to_sympy(parse("int(x in (1, 0): p(x)) = v", "statement", NAMES), NAMES)
    a, h, x = Symbol("a", real=True), Symbol("h", positive=True), Symbol("x", real=True)
    known = Eq(Integral(1 / h, (x, a, a + h)), 1, evaluate=False)
    assert text(from_sympy(known)) == "int(x in (a, a + h): 1/h) = 1"


@pytest.mark.parametrize("source", ["int(x in D: p(x)) = 1", "a in I", "forall x in D: 0 < p(x)"])
def test_a_named_domain_has_no_counterpart(source: str) -> None:
    with pytest.raises(Refused, match="a name of a domain has no counterpart in SymPy"):
        statement_to_sympy(parse(source, "statement", NAMES), NAMES)


X, Y, Z = Symbol("x", real=True), Symbol("y", positive=True), Symbol("z")
N = Symbol("n", integer=True, nonnegative=True)
F = Function("f")
K = Symbol("K", integer=True, positive=True)
A, B = symbols("a b", real=True)


def equal(left: Any, right: Any) -> Any:
    return Eq(left, right, evaluate=False)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (equal(Integral(exp(-(X**2)), (X, -oo, oo)), sqrt(pi)), "int(x in reals: exp(-x^2)) = pi^(1/2)"),
        (equal(Integral(1 / Y, (Y, 1, 2)), log(2)), "int(x in (1, 2): 1/x) = log(2)"),
        (equal(Integral(Z, (Z, 0, 1)), 1), "int(x in (0, 1): x) = 1"),
        (equal(Sum(1 / factorial(N), (N, 0, oo)), sympy.E), "int(n in nats: 1/Gamma(n + 1)) = exp(1)"),
        (equal(Sum(F(Z), (Z, 0, oo)), 1), "int(n in nats: f(n)) = 1"),
        (F(X + 1) < F(1), "f(x + 1) < f(1)"),
        (F(Function("g")(X)) < 1, "f(g(x)) < 1"),
        (F(N) < 1, "f[n] < 1"),
        (equal(Derivative(F(X) * X, X), 1), "deriv(y: y*f(y), x) = 1"),
        (equal(Subs(Derivative(F(X), X), X, 2), 1), "deriv(x: f(x), 2) = 1"),
        (polygamma(0, Y) < gamma(Y), "digamma(y) < Gamma(y)"),
        (Contains(X, S.Reals, evaluate=False), "x in reals"),
        (Implies(Contains(X, Interval.open(A, B), evaluate=False), A < X), "x in (a, b) => a < x"),
        (ForAll(F(X) < 1, (X, -oo, oo)), "forall x in number: f(x) < 1"),
    ],
)
def test_expressions_are_read(expression: Any, shown: str) -> None:
    assert text(read_sympy(expression).terms[0]) == shown


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (equal(1, Integral(X, (X, 0, 1))), "an integral, with both ends, can only stand on the left of Eq"),
        (equal(1 + Integral(X, (X, 0, 1)), 2), "an integral, with both ends, can only stand on the left of Eq"),
        (equal(Integral(X, X), 2), "expected a first and a last number for each variable"),
        (equal(Integral(X * Z, (X, 0, 1), (Z, 0, 1)), 2), "can only stand on the left of Eq"),
        (equal(Integral(X, (X, 1, 0)), 2), "wrong order"),
        (equal(Integral(X, (X, A, B)), 2), "wrong order"),
        (equal(Integral(X, (X, oo, 0)), 2), "from a number or -oo to a number or oo"),
        (equal(Integral(F(Y), (Y, -1, 1)), 2), "leave out a part of what it runs over"),
        (equal(Integral(F(N), (N, 0, oo)), 2), "leave out a part of what it runs over"),
        (equal(Sum(F(K), (K, 0, oo)), 2), "leave out a part of what it runs over"),
        (ForAll(F(Y) < 1, (Y, -oo, oo)), "leave out a part of what it runs over"),
        (ForAll(F(Symbol("w", nonzero=True)) < 1, (Symbol("w", nonzero=True), -oo, oo)), "leave out a part"),
        (equal(2 * Sum(F(N), (N, 0, oo)), 2), "an infinite series, from 0, can only stand on the left of Eq"),
        (equal(Sum(F(N), (N, 1, oo)), 2), "runs over no index set"),
        (Derivative(F(X), X) < 1, "a derivative can only stand on the left of Eq"),
        (equal(Derivative(F(X), X, X), 1), "expected one first derivative, at one place"),
        (equal(Subs(Derivative(F(Y), Y), Y, X), 1), "leave out a part of what it runs over"),
        (equal(Subs(F(X), X, 1), 1), "expected one first derivative, at one place"),
        (Contains(X, Interval(0, 1), evaluate=False), "expected an open interval"),
        (Contains(X, S.Integers, evaluate=False), "expected an open interval"),
        (Contains(X, S.Naturals, evaluate=False), "expected an open interval"),
        (equal(Integral(Max(X, 0), (X, 0, 1)), 2), "no counterpart among the terms"),
        (polygamma(1, Y), "no counterpart among the terms"),
    ],
)
def test_what_cannot_be_said_is_refused(refused: Any, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        from_sympy(refused)
    assert message in explain(refusal.value)


def test_the_meaning_is_that_of_sympy() -> None:
    expression = equal(Integral(Y**2 * exp(-3 * Y), (Y, 0, oo)), gamma(3) / 27)
    node = from_sympy(expression)
    assert text(node) == "int(x in (0, oo): x^2*exp(-(3*x))) = 2/27"
    assert expression.lhs.doit() == expression.rhs == Rational(2, 27)


def test_claims_are_read_from_sympy() -> None:
    density = Function("p", positive=True)
    claim = read_claim(equal(Integral(density(X), (X, 0, oo)), A), [A > 0], None)
    assert claim.names == {"a": "number", "p": "number -> number"}
    assert [text(h) for h in claim.hypotheses] == ["forall x in number: 0 < p(x)", "0 < a"]
    assert text(claim.statement) == "int(x in (0, oo): p(x)) = a"


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (ForAll(F(X) < 1, (X, -oo, oo)), r"\forall\, x \in \mathbb{R}\colon\ f(x) < 1"),
        (polygamma(0, X), r"\psi(x)"),
    ],
)
def test_expressions_are_printed(expression: Any, shown: str) -> None:
    assert latex(expression) == shown


def test_nothing_is_read_into_a_term() -> None:
    assert from_sympy(pi) == Node("pi")
