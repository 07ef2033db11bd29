"""A divergence that is ∞ where a mean is infinite, as one expression: both cases have their theorem."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import families as f
from kl_symbolic.kernel.statements import eq, le
from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.errors import InvalidType

a, b, c = sympy.symbols("a b c", positive=True)


@pytest.mark.parametrize(
    ("P", "Q", "edge"),
    [
        (f.InverseGamma(shape=a, scale=2), f.Exponential(rate=b), 1),
        (f.Pareto(scale=1, shape=a), f.Exponential(rate=b), 1),
        (f.Gamma(shape=a, rate=b), f.InverseGamma(shape=2, scale=c), 1),
        (f.Lomax(shape=a, scale=b), f.Normal(mean=0, std=1), 2),
        (f.Beta(alpha=a, beta=b), f.Levy(scale=c), 1),
    ],
    ids=str,
)
def test_where_a_mean_is_infinite_the_integral_does_not_exist(P: Any, Q: Any, edge: int) -> None:
    form = kl.closed_form(P, Q, piecewise=True)
    plain = kl.closed_form(P, Q)
    assert isinstance(form.expression, sympy.Piecewise)
    (value, condition), (rest, otherwise) = form.expression.args
    assert (value, rest, otherwise) == (plain.expression, sympy.oo, sympy.true)
    assert condition == sympy.Gt(a, edge)
    assert form.conditions == ()
    finite, infinite = (t.checked for t in form.theorems)
    assert finite.conclusion == plain.theorem.checked.conclusion  # type: ignore[union-attr]
    assert infinite.conclusion == eq(0, 1)
    assert le(Node("sym", "a"), num(edge)) in infinite.hypotheses


def test_at_numbers_both_cases_agree_with_the_divergence_of_these_numbers() -> None:
    s = sympy.Symbol("s")
    form = kl.closed_form(f.Pareto(scale=1, shape=s), f.Exponential(rate=3), piecewise=True)
    for shape in (sympy.S.Half, sympy.S.One, sympy.S(2), sympy.S(5)):
        wanted = kl.kl_divergence(f.Pareto(scale=1, shape=shape), f.Exponential(rate=3))
        assert sympy.simplify(form.expression.subs(s, shape) - wanted) == 0 or form.expression.subs(s, shape) == wanted


def test_a_condition_stays_one_where_the_other_case_is_not_proved() -> None:
    form = kl.closed_form(f.Gamma(shape=a, rate=b), f.Gompertz(rate=c, eta=1), piecewise=True)
    assert not form.expression.has(sympy.Piecewise)
    assert len(form.conditions) == 1
    assert kl.closed_form(f.Gamma(shape=2, rate=1), f.Exponential(rate=1), piecewise=True).theorem is not None


def test_only_divergences_have_cases() -> None:
    with pytest.raises(InvalidType, match="piecewise= for a divergence"):
        P, Q = f.Exponential(rate=1), f.Exponential(rate=2)
        kl.closed_form(P, Q, measure=kl.cross_entropy, piecewise=True)
