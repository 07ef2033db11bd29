"""The data of families: the listed means are the integrals of the statistics, wherever their conditions hold."""

from __future__ import annotations

import operator
from fractions import Fraction

import mpmath
import pytest
import sympy

from kl_symbolic import families
from kl_symbolic.families.carriers import Product
from kl_symbolic.families.family import Instance, Mean, ParametricFamily
from kl_symbolic.families.terms import unify
from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.rewriting import replace
from kl_symbolic.sympy_bridge import to_sympy

from ..support.lanes import sampled_rows

_CHOICES = (Fraction(1, 4), Fraction(9, 4), Fraction(7, 5), Fraction(-1, 3), Fraction(0), Fraction(5), Fraction(3, 5))
"""Numbers for parameters and for the numbers of statistics; combinations that violate a condition are passed over."""

_TERMS = 400
"""Of a series: the members that are tried here have ratios below 4/5, so the rest is below double precision."""

_HOLDS = {"<": operator.lt, "<=": operator.le, "!=": operator.ne, "=": operator.eq}

CASES = [
    (n, m.name)
    for n in families.FAMILIES
    for m in families.named(n).means
    if not isinstance(families.named(n).carrier, Product)
]
"""The means of families that have more than one integral behind them."""


def point(family: ParametricFamily, mean: Mean) -> dict[str, Fraction]:
    """Return parameters, and numbers of the statistic, that meet all conditions."""
    names = [*(p.name for p in family.parameters), *family.numbers(mean)]
    scope = declare(dict.fromkeys(names, "number"))
    claims = [parse(c, "statement", scope) for c in (*family.assumed, *mean.given)]
    for turn in range(len(_CHOICES) ** len(names)):
        values = {}
        for n in names:
            turn, choice = divmod(turn, len(_CHOICES))
            values[n] = _CHOICES[choice]
        if all(_HOLDS[c.op](*(number(side, scope, values) for side in c.args)) for c in claims):
            return values
    raise AssertionError(f"no numbers meet the conditions of {mean.name} of {family.name}")


def number(term: Node, scope: Scope, values: dict[str, Fraction]) -> sympy.Expr:
    """Return a term at numbers."""
    found = to_sympy(term, scope)
    return found.xreplace({s: sympy.Rational(values[s.name]) for s in found.free_symbols})


def by_definition(family: ParametricFamily, mean: Mean, values: dict[str, Fraction]) -> mpmath.mpf:
    """Return the mean by quadrature or by its series."""
    scope = declare(dict.fromkeys((*values, "x"), "number"))
    x = sympy.Symbol("x", real=True)
    body = to_sympy(parse(f"({mean.statistic})*({family.density})", "number", scope), scope)
    known = {s: x if s.name == "x" else sympy.Rational(values[s.name]) for s in body.free_symbols}
    summand = sympy.lambdify(x, body.xreplace(known), "mpmath")
    if family.domain == "nats":
        return mpmath.fsum(summand(mpmath.mpf(k + family.first)) for k in range(_TERMS))
    law = Instance(family, {n: Node("sym", n) for n in values})
    ends = [mpmath.mpf(number(end, scope, values)) for end in law.domain.args]
    if family.domain == "reals":
        middle = mpmath.mpf(sympy.Rational(values.get("loc", 0)))
        return mpmath.quad(summand, [-mpmath.inf, *(middle + k for k in (-40, -9, -2, 0, 2, 9, 40)), mpmath.inf])
    low = ends[0]
    inner = [low + (ends[1] - low) * k / 8 for k in range(9)] if len(ends) == 2 else [low, low + 1, low + 9]
    return mpmath.quad(summand, inner if len(ends) == 2 else [*inner, low + 99, low + 9999, mpmath.inf])


@pytest.mark.parametrize(("name", "mean_name"), sampled_rows(CASES))
def test_a_listed_mean_is_the_integral(name: str, mean_name: str) -> None:
    family = families.named(name)
    mean = family.mean(mean_name)
    with mpmath.workdps(20):
        values = point(family, mean)
        scope = declare(dict.fromkeys(values, "number"))
        listed = mpmath.mpf(number(parse(mean.value, "number", scope), scope, values).evalf(25))
        found = by_definition(family, mean, values)
        assert abs(found - listed) < mpmath.mpf("1e-4") * (1 + abs(listed)), values


def opened(pattern: str) -> Node:
    """Return a statistic with a hole for its number r."""
    return replace(parse(pattern, "number", _SCOPE), Node("sym", "r"), Node("sym", "?"))


_SCOPE = declare(dict.fromkeys("xcr", "number"))


@pytest.mark.parametrize(
    ("pattern", "term", "value"),
    [
        ("exp(r*x)", "exp(x)", "1"),
        ("exp(r*x)", "exp(-x)", "-1"),
        ("exp(r*x)", "exp(x/c)", "1/c"),
        ("exp(r*x)", "exp(-(1/c)*x)", "-(1/c)"),
        ("x^r", "x", "1"),
        ("x^r", "1/x", "-1"),
        ("abs(x - r)", "abs(x - c)", "c"),
    ],
)
def test_a_statistic_is_one_with_a_number(pattern: str, term: str, value: str) -> None:
    found = unify(opened(pattern), parse(term, "number", _SCOPE), Node("sym", "x"))
    assert found == parse(value, "number", _SCOPE)


@pytest.mark.parametrize("term", ["exp(x^2)", "exp(x/x)", "log(x)", "exp(c)"])
def test_another_statistic_is_none(term: str) -> None:
    assert unify(opened("exp(r*x)"), parse(term, "number", _SCOPE), Node("sym", "x")) is None
