"""Families that have no shipped theorems: their pairs are proved, and the values are the integrals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import families as f
from kl_symbolic.families.closed_forms import proved
from kl_symbolic.families.divergence import NoMean
from kl_symbolic.families.kernel_forms import kernel_form
from kl_symbolic.measures.closed_forms import ClosedForm

HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)

Density = Callable[[Any], Any]


def triangular(low: float, mode: float, high: float) -> Density:
    top = 2 / mpmath.mpf(high - low)
    return lambda x: top * ((x - low) / (mode - low) if x < mode else (high - x) / (high - mode))


def bell(mu: Any, sigma: Any, low: Any, high: Any) -> Density:
    total = mpmath.quad(lambda x: mpmath.exp(-(((x - mu) / sigma) ** 2) / 2), [low, high])
    return lambda x: mpmath.exp(-(((x - mu) / sigma) ** 2) / 2) / total


def tilted(lam: Any) -> Density:
    total = mpmath.quad(lambda x: lam**x * (1 - lam) ** (1 - x), [0, 1])
    return lambda x: lam**x * (1 - lam) ** (1 - x) / total


def gamma(shape: Any, rate: Any) -> Density:
    return lambda x: rate**shape * x ** (shape - 1) * mpmath.exp(-rate * x) / mpmath.gamma(shape)


CASES: list[tuple[Any, Any, Density, Density, list[float]]] = [
    (f.Triangular(low=HALF, mode=1, high=3), f.Gamma(shape=4, rate=2), triangular(0.5, 1, 3), gamma(4, 2), [0.5, 1, 3]),
    (
        f.Triangular(low=0, mode=THIRD, high=1), f.Gamma(shape=HALF, rate=3),
        triangular(0, mpmath.mpf(1) / 3, 1), gamma(0.5, 3), [0, 1 / 3, 1],
    ),
    (
        f.Triangular(low=-1, mode=0, high=1), f.Normal(mean=1, std=2),
        triangular(-1, 0, 1), lambda x: mpmath.npdf(x, 1, 2), [-1, 0, 1],
    ),
    (
        f.TruncatedNormal(mu=1, sigma=2, low=HALF, high=3), f.Exponential(rate=2),
        bell(1, 2, 0.5, 3), gamma(1, 2), [0.5, 3],
    ),
    (
        f.TruncatedNormal(mu=5, sigma=1, low=-1, high=1), f.TruncatedNormal(mu=0, sigma=3, low=-2, high=1),
        bell(5, 1, -1, 1), bell(0, 3, -2, 1), [-1, 1],
    ),
    (f.ContinuousBernoulli(lam=QUARTER), f.ContinuousBernoulli(lam=HALF), tilted(0.25), tilted(0.5), [0, 1]),
    (f.ContinuousBernoulli(lam=QUARTER), f.Exponential(rate=1), tilted(0.25), gamma(1, 1), [0, 1]),
    (
        f.Uniform(low=QUARTER, high=HALF), f.ContinuousBernoulli(lam=THIRD),
        lambda x: mpmath.mpf(4), tilted(mpmath.mpf(1) / 3), [0.25, 0.5],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("P", "Q", "p", "q", "ends"), CASES, ids=[f"{P}-{Q}" for P, Q, *_ in CASES])
def test_the_theorem_is_about_the_integral(P: Any, Q: Any, p: Density, q: Density, ends: list[float]) -> None:
    form = kl.closed_form(P, Q)
    assert form.theorem is not None
    assert form.conditions == ()
    with mpmath.workdps(20):
        wanted = mpmath.quad(lambda x: p(x) * mpmath.log(p(x) / q(x)), ends)
        assert abs(mpmath.mpf(str(kl.value(form, 20))) - wanted) < mpmath.mpf(10) ** -9


def test_a_number_without_a_term_is_defined_by_its_integral() -> None:
    low, high, mu = sympy.symbols("low high mu")
    P = f.TruncatedNormal(mu=mu, sigma=1, low=low, high=high)
    form = kl.closed_form(P, f.Normal(mean=0, std=2))
    assert form.theorem is not None
    definitions = [h for h in form.theorem.checked.hypotheses if h.op == "int"]
    assert len(definitions) == 1
    (name,) = {s.data for s in definitions[0].args[2:]}
    assert name not in {s.name for s in form.expression.free_symbols}
    assert form.expression.free_symbols == {low, high, mu}
    assert form.conditions == (sympy.Lt(low, high),)


def test_a_definition_that_is_not_needed_stays_in_the_statement() -> None:
    """The theorem must say what the number is, also where the number is only carried along."""
    form = kl.closed_form(f.Uniform(low=0, high=1), f.TruncatedNormal(mu=0, sigma=1, low=-1, high=2))
    assert form.theorem is not None
    assert [h.op for h in form.theorem.checked.hypotheses].count("int") == 1


def test_parameters_of_the_triangular_distribution_may_be_symbols() -> None:
    a, b, c = sympy.symbols("a b c")
    form = kl.closed_form(f.Triangular(low=a, mode=b, high=c), f.Exponential(rate=3))
    assert form.theorem is not None
    assert {sympy.Lt(a, b), sympy.Lt(b, c), sympy.Le(0, a)} <= set(form.conditions)
    at = form.expression.subs({a: HALF, b: 1, c: 3})
    plain = kl.kl_divergence(f.Triangular(low=HALF, mode=1, high=3), f.Exponential(rate=3))
    assert abs(sympy.N(at - plain, 30)) < 1e-25


def test_what_the_densities_do_not_cover_is_not_proved() -> None:
    flat = kl.closed_form(f.Triangular(low=0, mode=0, high=1), f.Exponential(rate=1))
    assert flat.theorem is None
    assert "no theorems about Triangular" in flat.reason
    with pytest.raises(NoMean):
        proved("divergence", f.Uniform(low=QUARTER, high=HALF), f.Triangular(low=0, mode=THIRD, high=1))
    assert kernel_form(f.Zeta(s=2)) is None


def ends(form: ClosedForm) -> list[str]:
    return [theorem.name.rpartition("_")[2] for theorem in form.theorems]


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (f.Gamma(shape=2, rate=1), f.VonMises(loc=0, kappa=1)),
        (f.Gamma(shape=2, rate=1), f.Triangular(low=0, mode=1, high=2)),
        (f.Normal(mean=0, std=1), f.TruncatedNormal(mu=0, sigma=1, low=-10, high=10)),
        (f.Triangular(low=-1, mode=0, high=1), f.Exponential(rate=1)),
        (f.Cauchy(loc=1, scale=2), f.HalfCauchy(scale=1)),
        (f.Laplace(loc=1, scale=2), f.ContinuousBernoulli(lam=THIRD)),
        (f.AsymmetricLaplace(loc=-1, scale=2, kappa=3), f.Exponential(rate=1)),
    ],
    ids=str,
)
def test_values_outside_of_the_other_domain_make_it_infinite(P: Any, Q: Any) -> None:
    form = kl.closed_form(P, Q)
    assert form.expression is sympy.oo
    assert ends(form) == ["mass", "inside", "outside"]


def test_equal_distributions_need_no_mean() -> None:
    for law in (f.Cauchy(loc=1, scale=2), f.InverseGaussian(mean=2, shape=3), f.Logarithmic(p=THIRD)):
        form = kl.closed_form(law, law)
        assert form.expression == 0
        assert form.theorem is not None


def test_the_logarithmic_distribution_is_summed() -> None:
    form = kl.closed_form(f.Logarithmic(p=QUARTER), f.Logarithmic(p=HALF))
    assert form.theorem is not None
    with mpmath.workdps(20):

        def mass(k: Any, p: Any) -> Any:
            return -(p**k) / (k * mpmath.log(1 - p))

        wanted = mpmath.nsum(
            lambda k: mass(k, mpmath.mpf(1) / 4) * mpmath.log(mass(k, mpmath.mpf(1) / 4) / mass(k, mpmath.mpf(1) / 2)),
            [1, mpmath.inf],
        )
        assert abs(mpmath.mpf(str(kl.value(form, 20))) - wanted) < mpmath.mpf(10) ** -15


def test_conditions_are_about_the_parameters_of_the_user() -> None:
    lam = sympy.Symbol("lam")
    form = kl.closed_form(f.Uniform(low=0, high=1), f.ContinuousBernoulli(lam=lam))
    assert form.theorem is not None
    assert set(form.conditions) == {lam > 0, 1 - lam > 0}
    assert form.expression.subs(lam, sympy.S.Half) == 0
