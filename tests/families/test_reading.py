"""Parameters are read by name, exactly, and refused by name; random variables are read by the conventions of their library."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import scipy.stats
import sympy
import sympy.stats
from sympy import Rational, Symbol

import kl_symbolic as kl
from kl_symbolic import families
from kl_symbolic.families.text import read_law
from kl_symbolic.language.errors import InvalidType, InvalidValue, NoSuchFamily

from ..support.lanes import sampled_rows

a = Symbol("a")
k = Symbol("k", positive=True)

BAD: list[tuple[str, dict[str, Any], type[Exception], str, dict[str, Any]]] = [
    # family, parameters, error, what the message has, the repaired twin
    (
        "Gamma",
        {"shape": 1},
        InvalidType,
        "expected the parameters shape, rate of Gamma, got shape",
        {"shape": 1, "rate": 1},
    ),
    ("Gamma", {"shape": 1, "rate": 1, "scale": 1}, InvalidType, "got shape, rate, scale", {"shape": 1, "rate": 1}),
    ("Exponential", {"rate": 1, "scale": 1}, InvalidType, "expected the parameters rate of", {"rate": 1}),
    (
        "Gamma",
        {"shape": 0, "rate": 1},
        InvalidValue,
        "expected 0 < shape for Gamma, got shape = 0",
        {"shape": 0.1, "rate": 1},
    ),
    ("Gamma", {"shape": -a * a - 1, "rate": 1}, InvalidValue, "expected 0 < shape", {"shape": a * a + 1, "rate": 1}),
    ("Gumbel", {"loc": sympy.nan, "scale": 1}, InvalidValue, "loc of Gumbel is NaN", {"loc": -3, "scale": 1}),
    (
        "Gumbel",
        {"loc": sympy.I, "scale": 1},
        InvalidValue,
        "expected a real number as loc",
        {"loc": sympy.pi, "scale": 1},
    ),
    ("Gumbel", {"loc": sympy.oo, "scale": 1}, InvalidValue, "loc of Gumbel is infinite", {"loc": 10**9, "scale": 1}),
    ("Gumbel", {"loc": "1", "scale": 1}, InvalidType, "loc of Gumbel is text", {"loc": Fraction(1), "scale": 1}),
    ("Gumbel", {"loc": True, "scale": 1}, InvalidType, "expected a real number", {"loc": 1, "scale": 1}),
    ("Nakagami", {"shape": 0.4, "spread": 1}, InvalidValue, "expected 1/2 <= shape", {"shape": 0.5, "spread": 1}),
]


@pytest.mark.parametrize(("name", "given", "error", "says", "twin"), BAD, ids=[f"{b[0]}{n}" for n, b in enumerate(BAD)])
def test_bad_parameters_are_refused_by_name(
    name: str, given: dict[str, Any], error: type[Exception], says: str, twin: dict[str, Any]
) -> None:
    with pytest.raises(error, match=says.replace("*", r"\*")):
        getattr(families, name)(**given)
    assert repr(getattr(families, name)(**twin)).startswith(f"{name}(")


def test_a_plain_symbol_is_real_and_its_sign_a_condition() -> None:
    law = families.Gamma(shape=a, rate=k)
    assert law.open_conditions == (a > 0,)
    assert families.Gamma(shape=0.5, rate=k).values[0] == Rational(1, 2)


def test_an_unknown_family_is_refused_and_a_near_one_named() -> None:
    with pytest.raises(AttributeError, match="there is no family 'Gama'"):
        _ = families.Gama
    with pytest.raises(NoSuchFamily, match="did you mean Gamma"):
        read_law("Gama(shape=1)")
    assert set(families.FAMILIES) <= set(dir(families))


TEXTS = [
    ("Gamma(shape=a, rate=1/2)", "Gamma(shape=a, rate=1/2)"),
    (" Weibull( shape = 2*k + 1 , scale=exp(1) )", "Weibull(shape=2*k + 1, scale=E)"),
]
BAD_TEXTS = [
    ("Gamma", "expected a distribution such as"),
    ("Gamma(shape=1, shape=2)", "give shape twice"),
    ("Gamma(1, 2)", "as name=number"),
    ("Gamma(shape=2*, rate=1)", "shape cannot be read"),
    ('Gamma(shape=__import__("os"), rate=1)', "shape cannot be read"),
    ("Gamma(shape=" + "(" * 2000 + ", rate=1)", "cannot be read|expected"),
]


@pytest.mark.parametrize(("text", "shown"), TEXTS)
def test_a_distribution_is_read_from_its_text(text: str, shown: str) -> None:
    assert repr(read_law(text)) == shown


@pytest.mark.parametrize(("text", "says"), BAD_TEXTS, ids=range(len(BAD_TEXTS)))
def test_text_that_is_not_a_distribution_is_refused(text: str, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        read_law(text)


SAME = [
    (sympy.stats.Gamma("X", 2, 3), families.Gamma(shape=2, rate=Rational(1, 3))),
    (sympy.stats.Erlang("X", 2, 3), families.Gamma(shape=2, rate=3)),
    (sympy.stats.Exponential("X", 3), families.Exponential(rate=3)),
    (sympy.stats.Weibull("X", 2, 3), families.Weibull(scale=2, shape=3)),
    (sympy.stats.Frechet("X", 2, 3, 0), families.Frechet(shape=2, scale=3)),
    (sympy.stats.GammaInverse("X", 2, 3), families.InverseGamma(shape=2, scale=3)),
    (sympy.stats.Gumbel("X", 2, 3), families.Gumbel(scale=2, loc=3)),
    (sympy.stats.Nakagami("X", 2, 3), families.Nakagami(shape=2, spread=3)),
    (scipy.stats.gamma(2, scale=0.5), families.Gamma(shape=2, rate=2)),
    (scipy.stats.expon(scale=4), families.Exponential(rate=Rational(1, 4))),
    (scipy.stats.weibull_min(3, scale=2), families.Weibull(scale=2, shape=3)),
    (scipy.stats.invweibull(3, 0, 2), families.Frechet(shape=3, scale=2)),
    (scipy.stats.gengamma(2, 3, scale=2), families.GeneralizedGamma(scale=2, d=6, p=3)),
    (scipy.stats.nakagami(2, scale=3), families.Nakagami(shape=2, spread=9)),
    (scipy.stats.gumbel_r(loc=1, scale=2), families.Gumbel(loc=1, scale=2)),
]


@pytest.mark.parametrize(
    ("variable", "law"), sampled_rows(SAME, 4), ids=[f"{n}-{law.family.name}" for n, (_, law) in enumerate(SAME)]
)
def test_random_variables_are_read_by_the_conventions_of_their_library(variable: Any, law: Any) -> None:
    assert kl.kl_divergence(variable, law) == 0
    assert kl.entropy(variable) == kl.entropy(law)


def test_what_is_not_a_distribution_of_a_family_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"P is gamma of scipy\.stats: expected a distribution that is not shifted"):
        kl.kl_divergence(scipy.stats.gamma(2, loc=1), scipy.stats.expon())
    with pytest.raises(InvalidValue, match="arrays of parameters"):
        kl.kl_divergence(scipy.stats.gamma([1, 2]), scipy.stats.expon())
    with pytest.raises(InvalidType, match=r"expected a distribution of a family as Q.*got float: 0\.5"):
        kl.kl_divergence(families.Exponential(rate=1), 0.5)
    assert kl.kl_divergence(scipy.stats.binom(2, 0.5), scipy.stats.binom(2, 0.5)) == 0  # finitely many outcomes
