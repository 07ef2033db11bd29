"""``prove`` and integrals: linearity, equal integrands, citations, derivatives, membership; and what it must not show."""

from __future__ import annotations

import pytest

import kl_symbolic as kl

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
