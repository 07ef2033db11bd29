"""Densities that are written out: the family that has them, and the theorem that they are the same."""

from __future__ import annotations

import pytest
import sympy
from sympy import Abs, Rational, S, exp, factorial, gamma, log, oo, pi, sqrt

import kl_symbolic as kl
from kl_symbolic import families as f
from kl_symbolic.families.recognition import recognized
from kl_symbolic.language.errors import InvalidType, InvalidValue, NoClosedForm

x, y = sympy.symbols("x y")
n = sympy.Symbol("n", integer=True, nonnegative=True)
a, b = sympy.symbols("a b", positive=True)


@pytest.mark.parametrize(
    ("density", "limits", "law"),
    [
        (4 * x * exp(-2 * x), (x, 0, oo), f.Gamma(shape=2, rate=2)),
        (a * exp(-a * y), (y, 0, oo), f.Exponential(rate=a)),
        (b**a * x ** (a - 1) * exp(-b * x) / gamma(a), (x, 0, oo), f.Gamma(shape=a, rate=b)),
        (exp(-((x - 1) ** 2) / 8) / (2 * sqrt(2 * pi)), (x, -oo, oo), f.Normal(mean=1, std=2)),
        (12 * x**2 * (1 - x), (x, 0, 1), f.Beta(alpha=3, beta=2)),
        (3 * x**2 * exp(-(x**3)), (x, 0, oo), f.Weibull(shape=3, scale=1)),
        (S.One / 3, (x, 1, 4), f.Uniform(low=1, high=4)),
        (2 / x**3, (x, 1, oo), f.Pareto(scale=1, shape=2)),
        (exp(-Abs(x - 1) / 2) / 4, (x, -oo, oo), f.Laplace(loc=1, scale=2)),
        (exp(-x - exp(-x)), (x, -oo, oo), f.Gumbel(loc=0, scale=1)),
        (exp(-(log(x) ** 2) / 2) / (x * sqrt(2 * pi)), (x, 0, oo), f.LogNormal(mu=0, sigma=1)),
        (Rational(1, 3) * Rational(2, 3) ** n, (n, 0, oo), f.GeometricFailures(p=Rational(1, 3))),
        (2**n * exp(-2) / factorial(n), (n, 0, oo), f.Poisson(rate=2)),
    ],
    ids=str,
)
def test_a_density_is_that_of_a_family(density: sympy.Expr, limits: tuple, law: object) -> None:
    found = recognized(density, limits)
    assert repr(found.law) == repr(law)
    assert found.theorem.conclusion.op == "="
    assert [h.op for h in found.theorem.hypotheses].count("in") == 1


def test_its_divergence_is_that_of_the_family() -> None:
    P = recognized(4 * x * exp(-2 * x), (x, 0, oo)).law
    form = kl.closed_form(P, f.Exponential(rate=1))
    assert form.theorem is not None
    assert form.expression == kl.kl_divergence(f.Gamma(shape=2, rate=2), f.Exponential(rate=1))


@pytest.mark.parametrize(
    ("density", "limits"),
    [
        (exp(-x), (x, 0, 1)),  # its integral is not 1
        (3 * x * exp(-2 * x), (x, 0, oo)),
        (2 * exp(-x) / (1 + exp(-x)) ** 2, (x, 0, oo)),  # the half-logistic law, which is not among the families
        (exp(-x) * sympy.sin(x) ** 2, (x, 0, oo)),
        (exp(-x), (x, 1, oo)),
    ],
    ids=str,
)
def test_what_no_family_has_is_refused(density: sympy.Expr, limits: tuple) -> None:
    with pytest.raises(NoClosedForm, match="no family"):
        recognized(density, limits)


def test_what_is_not_a_density_is_refused_by_name() -> None:
    with pytest.raises(InvalidType, match="expected a density"):
        recognized("exp(-x)", (x, 0, oo))  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="expected a density"):
        recognized(exp(-x), (0, oo))  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="called x"):
        recognized(x * exp(-x * y), (y, 0, oo))
