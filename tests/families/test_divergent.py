"""Divergences whose integral does not exist: the theorem, the parameters at which it starts, and growth in numbers."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import families as f
from kl_symbolic.families.family import Instance, Law
from kl_symbolic.kernel.statements import eq
from kl_symbolic.kernel.terms import Node
from kl_symbolic.sympy_bridge import to_sympy

from ..support.lanes import sampled

HALF = Fraction(1, 2)

INFINITE: list[tuple[Law, Law]] = [
    # heavy tails of powers of gamma variables, and too much near 0
    (f.InverseGamma(shape=1, scale=2), f.Exponential(rate=3)),
    (f.Frechet(shape=2, scale=1), f.Maxwell(scale=1)),
    (f.Levy(scale=1), f.Weibull(shape=Fraction(6, 5), scale=2)),
    (f.Exponential(rate=1), f.InverseGamma(shape=2, scale=1)),
    (f.HalfNormal(scale=2), f.Frechet(shape=1, scale=1)),
    # both ends of beta-prime variables
    (f.HalfCauchy(scale=3), f.HalfNormal(scale=2)),
    (f.Lomax(shape=1, scale=2), f.Exponential(rate=1)),
    (f.F(d1=2, d2=9), f.Levy(scale=1)),
    # several statistics without a mean: x^2 and x, x and 1/x, x and log(1 + x), |x - m|, exponentials
    (f.Levy(scale=2), f.Normal(mean=-2, std=HALF)),
    (f.HalfCauchy(scale=3), f.InverseGaussian(mean=2, shape=3)),
    (f.HalfCauchy(scale=3), f.Lindley(theta=1)),
    (f.HalfCauchy(scale=1), f.Laplace(loc=1, scale=2)),
    (f.HalfCauchy(scale=1), f.AsymmetricLaplace(loc=1, scale=2, kappa=2)),
    (f.HalfCauchy(scale=1), f.Gumbel(loc=1, scale=2)),
    (f.Levy(scale=1), f.Logistic(loc=1, scale=2)),
    (f.Lomax(shape=5, scale=3), f.Gompertz(rate=HALF, eta=2)),
    # other intervals
    (f.Beta(alpha=1, beta=HALF), f.InverseGamma(shape=2, scale=1)),
    (f.Kumaraswamy(a=HALF, b=2), f.InverseGaussian(mean=1, shape=3)),
    (f.PowerFunction(shape=1, scale=3), f.Levy(scale=1)),
    (f.Pareto(scale=1, shape=2), f.HalfNormal(scale=2)),
]


def names(pair: tuple[Law, Law]) -> str:
    """Return what a pair is called in the output of the tests."""
    return "-".join(law.family.name for law in pair)


@pytest.mark.parametrize("pair", sampled(INFINITE, 5), ids=names)
def test_no_number_is_the_value_of_the_integral(pair: tuple[Law, Law]) -> None:
    P, Q = pair
    form = kl.closed_form(P, Q)
    assert form.expression is sympy.oo
    assert form.conditions == ()
    assert form.theorem is not None
    assert "does not exist" in form.reason
    (integral,) = form.theorem.checked.hypotheses
    assert form.theorem.checked.conclusion == eq(0, 1)
    domain, _, value = integral.args
    assert integral.op == "int"
    assert domain == _instance(P).domain
    assert value.op == "sym"


def _instance(law: Law) -> Instance:
    values = {
        p.name: Node("num", Fraction(int(v.p), int(v.q)))
        for p, v in zip(law.family.parameters, law.values, strict=True)
    }
    return Instance(law.family, values)


def _logarithm(law: Law, x: sympy.Symbol) -> sympy.Expr:
    """Return the logarithm of a density in its statistics, from the text of the family."""
    named = Instance(law.family, {p.name: Node("sym", p.name) for p in law.family.parameters})
    terms = [named.read(c) * named.read(s, x=Node("sym", "x")) for s, c in law.family.log_density]
    found = sympy.Add(*(to_sympy(t, law.family.scope) for t in terms))
    values = dict(zip((p.name for p in law.family.parameters), law.values, strict=True)) | {"x": x}
    return found.xreplace({s: values[s.name] for s in found.free_symbols})


@pytest.mark.parametrize("pair", sampled(INFINITE, 5), ids=names)
def test_the_integral_over_a_growing_part_grows(pair: tuple[Law, Law]) -> None:
    t = sympy.Symbol("t", real=True)
    logs = [sympy.lambdify(t, _logarithm(law, sympy.exp(t)), "mpmath") for law in pair]

    def summand(at: mpmath.mpf) -> mpmath.mpf:
        first, last = (log(at) for log in logs)
        return mpmath.exp(first + at) * (first - last)

    tail = pair[0].family.name not in {
        "Exponential", "HalfNormal", "F", "Beta", "Kumaraswamy", "PowerFunction",
    }  # fmt: skip
    sign = 1 if tail else -1
    with mpmath.workdps(20):
        parts = [mpmath.quad(lambda u: summand(sign * u), [k, k + 1]) for k in (8, 10, 12)]
    assert parts[0] > 0
    assert parts[2] > parts[1] * mpmath.mpf("0.9")
    assert parts[1] > parts[0] * mpmath.mpf("0.9")


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (f.InverseGamma(shape=2, scale=2), f.Exponential(rate=3)),
        (f.Frechet(shape=3, scale=1), f.Maxwell(scale=1)),
        (f.Gamma(shape=2, rate=1), f.InverseGamma(shape=2, scale=1)),
        (f.Lomax(shape=2, scale=2), f.Exponential(rate=1)),
        (f.Beta(alpha=2, beta=HALF), f.InverseGamma(shape=2, scale=1)),
        (f.Pareto(scale=1, shape=3), f.HalfNormal(scale=2)),
    ],
)
def test_a_little_further_it_is_finite(P: Law, Q: Law) -> None:
    form = kl.closed_form(P, Q)
    assert form.theorem is not None
    assert form.expression.is_finite


def test_parameters_may_be_symbols() -> None:
    s, b = sympy.symbols("s b")
    form = kl.closed_form(f.HalfCauchy(scale=s), f.Exponential(rate=b))
    assert form.expression is sympy.oo
    assert set(form.conditions) == {sympy.Lt(0, s), sympy.Lt(0, b)}
    assert form.theorem is not None
