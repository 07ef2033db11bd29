"""``prove`` and integrals: linearity, equal integrands, antiderivatives, citations; and what it must not show."""

from __future__ import annotations

from typing import Any

import pytest

import kl_symbolic as kl
from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.kernel.syntax import SPACES, decode, encode, read_scope
from kl_symbolic.kernel.terms import Node
from kl_symbolic.proving import prover
from kl_symbolic.theory import TABLE

from ..support.lanes import sampled_rows

F = "number -> number"
NAMES = {"D": "domain", "p": F, "q": F, "u": "number", "v": "number", "a": "number", "b": "number"}
TWO = ["int(x in D: p(x)) = u", "int(x in D: q(x)) = v"]
POSITIVE = ["forall x in D: 0 < p(x)", "forall x in D: 0 < q(x)"]


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("int(x in D: a*p(x) + b*q(x)) = a*u + b*v", TWO),
        pytest.param("int(x in D: p(x)/2 - q(x)) = u/2 - v", TWO, marks=pytest.mark.slow),
        pytest.param("int(x in D: -(p(x)*3)) = -3*u", TWO, marks=pytest.mark.slow),
        ("int(x in D: p(x)*log(p(x)/q(x))) = v", [*POSITIVE, "int(x in D: rel_entr(p(x), q(x))) = v"]),
        ("int(x in D: 0) = 0", []),
        ("int(x in (0, oo): x^(a - 1)*exp(-x)) = Gamma(a)", ["0 < a"]),
        ("int(x in (a, b): 3) = 3*(b - a)", ["a < b"]),
        ("int(x in reals: exp(-x^2)) = pi^(1/2)", []),
        ("a in (0, 1)", ["0 < a", "a < 1/2"]),
        ("a in reals", []),
        ("a < 2", ["a in (0, 1)"]),
        ("deriv(x: x^2*log(x), a) = 2*a*log(a) + a", ["0 < a"]),
        ("forall x in D: 0 <= p(x)^2", []),
        ("forall x in D: 0 < p(x)*q(x)", POSITIVE),
        ("forall x in number: 0 < exp(x)", []),
    ],
)
def test_what_is_proved(claim: str, given: list[str]) -> None:
    found = kl.prove(claim, given=given, names=NAMES)
    assert isinstance(found, kl.Theorem), found


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        pytest.param("int(x in D: p(x) + q(x)) = u - v", TWO, marks=pytest.mark.slow),
        pytest.param("int(x in D: p(x)*q(x)) = u*v", TWO, marks=pytest.mark.slow),
        ("int(x in (0, oo): x^(a - 1)*exp(-x)) = Gamma(a)", []),
        ("int(x in (a, b): 3) = 3*(b - a)", []),
        ("a in (0, 1)", ["0 < a"]),
        ("deriv(x: log(x), a) = 1/a", []),
        ("deriv(x: abs(x), a) = 1", ["0 < a"]),
        ("forall x in D: 0 < p(x)", ["a in D", "0 < p(a)"]),
    ],
)
def test_what_must_not_be_proved(claim: str, given: list[str]) -> None:
    assert not isinstance(kl.prove(claim, given=given, names=NAMES), kl.Theorem)


A_M = ["0 < a", "0 < m"]
ELEMENTARY = {"x": "number"} | dict.fromkeys("abmrk", "number")


@pytest.mark.parametrize(
    ("claim", "given"),
    sampled_rows(
        [
            # bounded intervals
            ("int(x in (0, 1): x) = 1/2", []),
            ("int(x in (0, 1): x^2) = 1/3", []),
            ("int(x in (-1, 1): x) = 0", []),
            ("int(x in (0, 2): x*(2 - x)) = 4/3", []),
            ("int(x in (a, b): x/(b - a)) = (a + b)/2", ["a < b"]),
            ("int(x in (a, b): 1/x) = log(b/a)", ["0 < a", "a < b"]),
            # the antiderivative has a limit at the end, and no value
            ("int(x in (0, 1): x^(a - 1)) = 1/a", ["0 < a"]),
            ("int(x in (0, 1): log(x)) = -1", []),
            ("int(x in (0, 1): x*log(x)) = -1/4", []),
            ("int(x in (0, 1): 1/(1 - x)^(1/2)) = 2", []),
            # unbounded intervals
            ("int(x in (0, oo): exp(-x)) = 1", []),
            ("int(x in (0, oo): r*exp(-r*x)) = 1", ["0 < r"]),
            ("int(x in (0, oo): x*(r*exp(-(r*x)))) = 1/r", ["0 < r"]),
            ("int(x in (0, oo): x^5*exp(-x)) = 120", []),
            ("int(x in (0, oo): exp(-x)*(1 - x)) = 0", []),
            ("int(x in (1, oo): x^(-2)) = 1", []),
            ("int(x in (-oo, 0): exp(x)) = 1", []),
            # families: Pareto with its mean, Weibull, Lomax, Gumbel
            ("int(x in (m, oo): a*m^a*x^(-a - 1)) = 1", A_M),
            ("int(x in (m, oo): x*(a*m^a*x^(-a - 1))) = a*m/(a - 1)", ["1 < a", "0 < m"]),
            ("int(x in (0, oo): k*x^(k - 1)*exp(-x^k)) = 1", ["0 < k"]),
            ("int(x in (0, oo): a/r*(1 + x/r)^(-a - 1)) = 1", ["0 < a", "0 < r"]),
            ("int(x in reals: exp(-x - exp(-x))) = 1", []),
            # a sign changes at 0: Laplace, and odd functions
            ("int(x in reals: exp(-abs(x)/b)/(2*b)) = 1", ["0 < b"]),
            ("int(x in reals: x*exp(-x^2/2)) = 0", []),
            ("int(x in (-1, 2): abs(x)*x) = 7/3", []),
        ],
        3,
    ),
)
def test_antiderivatives(claim: str, given: list[str]) -> None:
    found = kl.prove(claim, given=given, names=ELEMENTARY)
    assert isinstance(found, kl.Theorem), found
    assert "ftc" in found.axioms


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("int(x in (0, oo): x) = 5", []),
        ("int(x in (0, 1): 1/x) = 5", []),
        ("int(x in (-1, 1): 1/x) = 0", []),
        ("int(x in (-1, 1): 1/x^2) = -2", []),
        ("int(x in reals: x) = 0", []),
        ("int(x in (0, oo): exp(x)) = -1", []),
        ("int(x in (0, oo): exp(-x)) = 2", []),
        ("int(x in (0, 1): x^(a - 1)) = 1/a", []),
        ("int(x in (m, oo): a*m^a*x^(-a)) = a*m/(a - 1)", A_M),
        ("int(x in (a, b): 2*x) = b^2 - a^2", ["0 < a", "0 < b"]),
    ],
)
def test_no_antiderivative_over_a_pole_or_without_a_limit(claim: str, given: list[str]) -> None:
    assert not isinstance(kl.prove(claim, given=given, names=ELEMENTARY), kl.Theorem)


def test_a_proposal_with_another_derivative_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.sympy_bridge import proposals

    asked = []

    def lie(term: Node, variable: str, *_: Any) -> Node:
        asked.append(term)
        return Node("sym", variable) * 2

    monkeypatch.setattr(proposals, "propose_antiderivative", lie)
    assert not isinstance(kl.prove("int(x in (0, 1): 1/(1 + x)^2) = 1/2", names=ELEMENTARY), kl.Theorem)
    assert not isinstance(kl.prove("int(x in (0, 1): x) = 2", names=ELEMENTARY), kl.Theorem)
    assert asked


def test_a_false_integral_between_finite_ends_is_refuted() -> None:
    pytest.importorskip("flint")
    found = kl.prove("int(x in (0, 1): x) = 1/3")
    assert isinstance(found, kl.Counterexample)
    assert "0.5" in str(found)


DENSITIES = [name for module, names in TABLE.items() if module.startswith("densities.") for name in names]


@pytest.mark.parametrize("name", DENSITIES)
def test_each_theorem_about_densities_is_proved_under_other_names(name: str) -> None:
    theorem = library.theorem(name)
    sorts = {n: "S" if sort in SPACES else "z" for n, (_, sort) in theorem.scope.items()}
    new = {n: f"{sorts[n]}{k:02}" for k, n in enumerate(theorem.scope)}

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(v) for v in value]
        return new.get(value, value) if isinstance(value, str) else value

    names = {}
    for n, (over, sort) in theorem.scope.items():
        values = new.get(sort, sort)
        names[new[n]] = f"{', '.join(new.get(s, s) for s in over)} -> {values}" if over else values
    scope = read_scope(dict(sorted(names.items())))
    *given, claim = (decode(renamed(encode(s)), "statement", scope) for s in (*theorem.hypotheses, theorem.conclusion))
    # The hypotheses come in another order, too.
    assert isinstance(prover.prove(claim, given[::-1], dict(sorted(names.items()))), CheckedTheorem)


@pytest.mark.slow
def test_the_hypotheses_of_gibbs_may_be_stronger() -> None:
    names = {"R": "domain", "f": F, "g": F, "k": "number"}
    given = ["forall x in R: 0 < f(x)", "forall x in R: 0 < g(x)", "int(x in R: f(x)) = 1", "int(x in R: g(x)) = 1"]
    given += ["int(x in R: f(x)*log(f(x)/g(x))) = k"]
    assert isinstance(kl.prove("0 <= k", given=given, names=names), kl.Theorem)
    assert not isinstance(kl.prove("0 < k", given=given, names=names), kl.Theorem)


def test_the_divergence_tells_which_function_is_which() -> None:
    names = {"R": "interval", "f": F, "g": F, "k": "number", "t": "number"}
    given = ["forall x in R: 0 <= f(x)", "forall x in R: 0 < g(x)", "int(x in R: f(x)) = 1", "int(x in R: g(x)) = 1"]
    given += ["int(x in R: rel_entr(f(x), g(x))) = k", "int(x in R: abs(f(x) - g(x))) = t"]
    found = kl.prove("t^2 <= 2*k", given=given, names=names)
    assert isinstance(found, kl.Theorem)
    assert "density_pinsker" in found.uses
