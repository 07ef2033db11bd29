"""Theorems with the user's numbers: the formula, the numbers in it, and a value that is right."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, check
from kl_symbolic.kernel.certificate import FORMAT, dump
from kl_symbolic.kernel.syntax import encode
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import text
from kl_symbolic.numerics.evaluate import evaluate
from kl_symbolic.numerics.point import Point
from kl_symbolic.render import text as backend
from kl_symbolic.render.model.document import Chain
from kl_symbolic.render.model.reports import document_of_report, words
from kl_symbolic.samples.reading import BadInput, distribution
from kl_symbolic.samples.substitution import expanded, substituted

BIASED, FAIR = distribution("7/10"), distribution("1/2")
THREE, OTHER = distribution("a=1/2,b=1/4,c=1/4"), distribution("a=1/4,b=1/4,c=1/2")


def assumed(conclusion: str, **names: str) -> CheckedTheorem:
    """Return the theorem φ ⊢ φ."""
    claim = encode(parse(conclusion, "statement", declare(names)))
    data = {"format": FORMAT, "name": "assumed", "names": dict(sorted(names.items())), "hypotheses": [claim]}
    return check(dump({**data, "conclusion": claim, "uses": {}, "lines": [["assume", [claim], []]], "story": []}))


def chains(name: str, p: dict[str, Fraction], q: dict[str, Fraction], **more: int) -> list[str]:
    return [b.plain for b in substituted(library.theorem(name), p, q, **more).blocks if isinstance(b, Chain)]


def test_the_formula_of_the_coins_three_times() -> None:
    assert chains("coin_flips", BIASED, FAIR, digits=40) == [
        "p₁ log(p₁/q₁) + p₂ log(p₂/q₂) = 7/10 · log((7/10)/(1/2)) + 3/10 · log((3/10)/(1/2)) "
        "≈ 0.08228287850505184639156115826079588261461 nats"
    ]


def test_bits() -> None:
    (chain,) = chains("coin_flips", BIASED, FAIR, digits=10, base=2)
    assert chain.startswith("p₁ log₂(p₁/q₁)")
    assert chain.endswith("≈ 0.1187091008 bits")


def test_the_value_is_right_to_every_digit() -> None:
    found = substituted(library.theorem("coin_flips"), BIASED, FAIR, digits=500).facts["limit"]
    with mpmath.workdps(600):
        p = mpmath.mpf(7) / 10
        assert found == mpmath.nstr(p * mpmath.log(2 * p) + (1 - p) * mpmath.log(2 - 2 * p), 500)


def test_any_number_of_outcomes_with_zeros_where_they_are_allowed() -> None:
    (chain,) = chains("kl_nonneg", distribution("a=1/2,b=1/2"), OTHER, digits=6)
    assert chain == "D(p‖q) = 1/2 · log((1/2)/(1/4)) + 1/2 · log((1/2)/(1/4)) ≈ 0.693147 nats"


def test_both_sides_of_an_equality() -> None:
    facts = substituted(library.theorem("cross_entropy_identity"), THREE, OTHER, digits=30).facts
    assert facts["left"] == facts["right"]
    assert facts["units"] == "nats"


def test_a_value_of_zero_is_exact() -> None:
    assert chains("kl_nonneg", THREE, THREE)[0].endswith("= 0 nats")


def test_hypotheses_about_other_names_are_named() -> None:
    blocks = substituted(library.theorem("coin_flips"), BIASED, FAIR).blocks
    assert words("The hypotheses about N_h, N_t are not about these numbers, and were not looked at.") in blocks
    assert "hypotheses" not in backend.render(
        document_of_report(substituted(library.theorem("kl_nonneg"), THREE, OTHER))
    )


@pytest.mark.parametrize(
    ("name", "p", "q", "why"),
    [
        ("coin_flips", "1", "1/2", "coin_flips assumes 0 < p2, which does not hold for these numbers"),
        ("coin_flips", "1/2", "0", "coin_flips assumes 0 < q1"),
        ("coin_flips", "a=1/2,b=1/4,c=1/4", "a=1/3,b=1/3,c=1/3", "coin_flips is about two outcomes, got 3: a, b, c"),
        ("kl_nonneg", "a=1/2,b=1/2", "a=1,b=0", "kl_nonneg assumes forall i in X: q[i] = 0 => p[i] = 0"),
        ("coin_flips_finite", "1/2", "1/2", "which speaks of N"),
        ("log_prod", "1/2", "1/2", "log_prod is not about two distributions p and q over one set"),
    ],
)
def test_what_the_theorem_does_not_cover(name: str, p: str, q: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        substituted(library.theorem(name), distribution(p), distribution(q))
    assert why in str(caught.value)


def test_a_hypothesis_without_a_value_does_not_hold() -> None:
    theorem = assumed("kl(p, q) <= 1", X="set", p="X -> number", q="X -> number")
    assert substituted(theorem, THREE, OTHER).facts["left"]
    with pytest.raises(BadInput, match=r"assumes kl\(p, q\) <= 1, which does not hold"):
        substituted(theorem, THREE, distribution("a=1,b=0,c=0"))


def test_a_conclusion_that_is_not_a_comparison() -> None:
    theorem = assumed("forall i in X: p[i] = q[i]", X="set", p="X -> number", q="X -> number")
    with pytest.raises(BadInput, match="neither a comparison nor a limit"):
        substituted(theorem, FAIR, FAIR)


def test_too_many_outcomes() -> None:
    many = {f"a{k}": Fraction(1, 65) for k in range(65)}
    with pytest.raises(BadInput, match="at most 64 outcomes, got 65"):
        substituted(library.theorem("kl_nonneg"), many, many)


SCOPE = {"X": "set", "p": "X -> number", "q": "X -> number", "a": "number"}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("sum(i in X: p[i]^2)", "(1/4)^2 + (3/4)^2"),
        ("prod(i in X: p[i])", "1/4*(3/4)"),
        ("card(X)*a", "2*2"),
        ("sum(i in X: sum(j in X: delta(i, j)*p[j]))", "1*(1/4) + 0*(3/4) + (0*(1/4) + 1*(3/4))"),
        ("entropy(p)", "-(1/4*log(1/4) + 3/4*log(3/4))"),
        ("cross_entropy(q, p)", "-(1*log(1/4))"),
        ("kl(q, p)", "1*log((1)/(1/4))"),
        ("sum(i in X: xlogy(q[i], a))", "1*log(2)"),
    ],
)
def test_the_numbers_are_put_in(source: str, shown: str) -> None:
    scope = declare(SCOPE)
    numbers = {"p": {(0,): Fraction(1, 4), (1,): Fraction(3, 4)}, "q": {(0,): 1, (1,): 0}}
    point = Point.of(sizes={"X": 2}, numbers={"a": 2, **numbers})
    term = parse(source, "number", scope)
    found = expanded(term, point)
    assert text(found) == shown
    # The expansion means what the term means.
    values = [evaluate(found, Point.of()), evaluate(term, point)]
    with mpmath.workdps(60):
        put, wanted = (mpmath.mpf(v.numerator) / v.denominator if isinstance(v, Fraction) else v for v in values)
        assert abs(put - wanted) < mpmath.mpf(10) ** -45
