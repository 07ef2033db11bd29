"""Discrete distributions: an outcome that the second one does not have, and finitely many outcomes against infinitely many."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import families as f
from kl_symbolic.families.missed import mass, missed_outcome
from kl_symbolic.language.printer import statement

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)

INFINITE: list[tuple[Any, Any, int]] = [
    (f.Poisson(rate=2), f.Bernoulli(p=THIRD), 2),
    (f.Poisson(rate=2), f.Logarithmic(p=THIRD), 0),
    (f.GeometricFailures(p=HALF), f.Binomial(n=4, p=HALF), 5),
    (f.GeometricFailures(p=HALF), f.GeometricTrials(p=HALF), 0),
    (f.GeometricTrials(p=HALF), f.GeometricTrials(p=1), 2),
    (f.NegativeBinomial(r=Fraction(7, 3), p=HALF), f.Binomial(n=3, p=HALF), 4),
    (f.Logarithmic(p=THIRD), f.DiscreteUniform(low=1, high=6), 7),
    (f.Zeta(s=3), f.Bernoulli(p=HALF), 2),
    (f.Binomial(n=5, p=HALF), f.Binomial(n=3, p=HALF), 4),
    (f.Categorical(p=[HALF, 0, HALF]), f.Categorical(p=[HALF, HALF, 0]), 2),
    (f.Categorical(p=[HALF, HALF, 0]), f.Categorical(p=[HALF, 0, HALF]), 1),
]

CONTINUOUS: list[tuple[Any, Any]] = [
    (f.Poisson(rate=2), f.Gamma(shape=2, rate=1)),
    (f.Bernoulli(p=1), f.Cauchy(loc=0, scale=1)),
    (f.Zeta(s=2), f.VonMises(loc=0, kappa=1)),
]


@pytest.mark.parametrize(("P", "Q", "outcome"), INFINITE, ids=str)
def test_an_outcome_that_the_second_one_lacks_makes_it_infinite(P: Any, Q: Any, outcome: int) -> None:
    form = kl.closed_form(P, Q)
    assert form.expression is sympy.oo
    assert form.theorem is not None
    assert str(outcome) in form.reason
    size, none = mass(P, outcome), mass(Q, outcome)
    assert size is not None
    assert size.is_positive or sympy.N(size) > 0
    assert none == 0


@pytest.mark.parametrize(("P", "Q"), CONTINUOUS, ids=str)
def test_a_continuous_distribution_has_no_outcome(P: Any, Q: Any) -> None:
    form = kl.closed_form(P, Q)
    assert form.expression is sympy.oo
    assert form.theorem is not None
    back = kl.closed_form(Q, P)
    assert (back.expression, back.theorem) == (sympy.oo, None)


def test_the_theorems_are_about_the_probability_and_the_last_outcome() -> None:
    found = missed_outcome(f.Poisson(rate=sympy.Symbol("a")), f.Binomial(n=2, p=HALF))
    assert found is not None
    assert [statement(t) for t in found.theorems] == ["0 < a ⊢ 0 < a^3*exp(-a)/6", "⊢ 2 < 3"]
    zeta = missed_outcome(f.Zeta(s=3), f.Bernoulli(p=HALF))
    assert zeta is not None
    assert [h.op for h in zeta.theorems[0].hypotheses] == ["<", "int"]


def test_there_is_no_such_outcome_where_the_second_one_has_all() -> None:
    assert missed_outcome(f.Bernoulli(p=HALF), f.Poisson(rate=1)) is None
    assert missed_outcome(f.Poisson(rate=1), f.GeometricFailures(p=HALF)) is None
    assert missed_outcome(f.Normal(mean=0, std=1), f.Poisson(rate=1)) is None
    assert (
        missed_outcome(f.Binomial(n=sympy.Symbol("n", integer=True, positive=True), p=HALF), f.Poisson(rate=1)) is None
    )


@pytest.mark.parametrize(
    ("law", "first"),
    [
        (f.Poisson(rate=2), 0),
        (f.GeometricFailures(p=THIRD), 0),
        (f.GeometricTrials(p=THIRD), 1),
        (f.NegativeBinomial(r=Fraction(5, 2), p=THIRD), 0),
        (f.Logarithmic(p=THIRD), 1),
        (f.Zeta(s=4), 1),
    ],
    ids=str,
)
def test_probabilities_of_outcomes_sum_up_to_1(law: Any, first: int) -> None:
    assert mass(law, first - 1) == 0
    with mpmath.workdps(15):
        total = mpmath.nsum(lambda k: mpmath.mpf(str(sympy.N(mass(law, int(k)), 15))), [first, mpmath.inf])
    assert abs(total - 1) < 1e-9


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (f.Bernoulli(p=THIRD), f.Poisson(rate=2)),
        (f.Bernoulli(p=0), f.Poisson(rate=2)),
        (f.DiscreteUniform(low=1, high=4), f.Logarithmic(p=HALF)),
        (f.BetaBinomial(n=3, alpha=2, beta=1), f.NegativeBinomial(r=2, p=THIRD)),
        (f.GeometricTrials(p=1), f.GeometricTrials(p=THIRD)),
    ],
    ids=str,
)
def test_finitely_many_outcomes_against_infinitely_many(P: Any, Q: Any) -> None:
    form = kl.closed_form(P, Q)
    assert form.theorem is not None
    assert form.conditions == ()
    terms = [(mass(P, k), mass(Q, k)) for k in range(6)]
    wanted = sum(sympy.N(p * sympy.log(p / q), 30) for p, q in terms if p != 0)
    assert abs(sympy.N(form.expression, 30) - wanted) < 1e-25


def test_the_second_one_may_have_symbols() -> None:
    rate = sympy.Symbol("rate", positive=True)
    form = kl.closed_form(f.Bernoulli(p=HALF), f.Poisson(rate=rate))
    assert form.theorem is not None
    assert form.conditions == ()
    assert sympy.simplify(form.expression - (rate - sympy.log(rate) / 2 - sympy.log(2))) == 0


def test_geometric_distributions_may_be_certain_and_nearly_uniform() -> None:
    assert kl.kl_divergence(f.GeometricTrials(p=1), f.GeometricTrials(p=HALF)) == sympy.log(2)
    assert kl.kl_divergence(f.GeometricFailures(p=1), f.GeometricFailures(p=1)) == 0
    tiny = sympy.Rational(1, 10**100)
    form = kl.closed_form(f.GeometricTrials(p=tiny), f.GeometricTrials(p=2 * tiny))
    assert form.theorem is not None
    with mpmath.workdps(60):  # fewer digits than the parameters have
        found = sympy.lambdify([], form.expression, "mpmath")()
        assert abs(found - (1 - mpmath.log(2))) < mpmath.mpf(10) ** -50


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (f.Bernoulli(p=HALF), f.NegativeBinomial(r=10**50, p=HALF)),
        (f.DiscreteUniform(low=10**50, high=10**50 + 2), f.GeometricFailures(p=HALF)),
        (f.Zeta(s=10**50), f.Bernoulli(p=HALF)),
    ],
    ids=str,
)
def test_powers_of_numbers_are_not_written_out_without_end(P: Any, Q: Any) -> None:
    assert kl.closed_form(P, Q).expression is not None
