"""Certified digits: rounded correctly, the same with either library, or refused by name."""

from __future__ import annotations

import random
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy
from sympy import (
    Abs,
    Catalan,
    E,
    Ei,
    EulerGamma,
    GoldenRatio,
    Integral,
    LambertW,
    Max,
    Min,
    Product,
    Rational,
    Sum,
    Symbol,
    TribonacciConstant,
    acos,
    asin,
    atan,
    besseli,
    besselj,
    besselk,
    bessely,
    beta,
    binomial,
    cos,
    cosh,
    digamma,
    erf,
    erfc,
    erfi,
    exp,
    factorial,
    gamma,
    li,
    log,
    loggamma,
    lowergamma,
    oo,
    pi,
    polygamma,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    uppergamma,
    zeta,
)

import kl_symbolic as kl
from kl_symbolic.measures.value import CertifiedValue, _certified, _Flint, _Mpmath, value
from kl_symbolic.numerics import interval
from kl_symbolic.sympy_bridge import rel_entr, xlogy

THIRD, HALF = Rational(1, 3), Rational(1, 2)
i = Symbol("i", integer=True)
BOTH = [
    log(2), log(10**40 + 1) - log(10**40), log(THIRD) * pi - sqrt(2), exp(pi) - pi, exp(-1000), 2**THIRD, 5 ** sqrt(2),
    pi**-3, (-2) ** Rational(3) * log(3), sqrt(2 + sqrt(3)), Rational(2, 3) ** Rational(5, 2), E**2, EulerGamma * Catalan,
    GoldenRatio, TribonacciConstant, sin(1), cos(22), tan(THIRD), atan(-7), sinh(1), cosh(1), tanh(THIRD), gamma(THIRD),
    gamma(pi), loggamma(Rational(21, 20)), loggamma(1000 * sqrt(2)), factorial(THIRD), binomial(THIRD, HALF),
    beta(THIRD, HALF), Max(log(2), HALF, log(3)), Min(pi, E), Abs(log(2) - 1), Sum(log(i) / i, (i, 1, 40)),
    Product(1 + sqrt(i), (i, 1, 5)), Sum(Sum(sqrt(i + Symbol("j")), (i, 1, 3)), (Symbol("j"), 1, 2)),
]  # fmt: skip
"""Expressions whose functions both libraries have."""
FLINT = [
    digamma(sqrt(2)), polygamma(2, THIRD), polygamma(1, pi), erf(1), erfc(3), erfi(HALF), Ei(1), li(5), besselj(0, 1),
    bessely(1, 2), besseli(2, 3), besselk(THIRD, 1), zeta(3), lowergamma(THIRD, 1), uppergamma(THIRD, 2), asin(THIRD),
    acos(THIRD), gamma(-THIRD), loggamma(THIRD) + erf(THIRD),
]  # fmt: skip
"""Expressions with functions that mpmath's intervals lack."""


def right(e: Any, digits: int) -> Decimal:
    """Return the digits of an expression by SymPy's evaluation, which promises nothing, at twice as many."""
    shown = e.doit().evalf(2 * digits + 30)
    mantissa, exponent = mpmath.libmp.to_rational(shown._mpf_)
    with_all = Fraction(mantissa, exponent)
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    return context.divide(Decimal(with_all.numerator), Decimal(with_all.denominator))


@pytest.mark.parametrize("e", BOTH, ids=str)
def test_digits_with_mpmath(e: Any) -> None:
    for digits in (1, 5, 17, 50):
        found = value(e, digits)
        assert found.decimal == right(e, digits)
        assert not found.exact
        assert found.low < found.decimal < found.high


@pytest.mark.slow
@pytest.mark.parametrize("e", [*BOTH, *FLINT], ids=str)
def test_digits_with_flint(e: Any) -> None:
    for digits in (1, 17, 50):
        assert _certified(e.doit(), digits, _Flint).decimal == right(e, digits)
        assert value(e, digits).decimal == right(e, digits)


@pytest.mark.slow
def test_both_libraries_round_alike() -> None:
    rng = random.Random(7)
    for _ in range(300):
        parts = [Rational(rng.randint(1, 10**6), rng.randint(1, 10**6)) for _ in range(4)]
        a, b, c, d = parts
        e = a * log(b) - sqrt(c) * exp(-d) + gamma(b) * loggamma(c) - sin(a) * atan(d)
        for digits in (3, 40):
            assert _certified(e, digits, _Mpmath) == _certified(e, digits, _Flint)


@pytest.mark.slow
def test_intervals_of_mpmath_against_the_balls_of_arb() -> None:
    rng = random.Random(1)
    functions = {"sin": sin, "cos": cos, "tan": tan, "atan": atan, "gamma": gamma, "loggamma": loggamma}
    assert set(functions) == set(interval.FUNCTIONS)
    for name, function in functions.items():
        for _ in range(300):
            x = Rational(rng.randint(1, 10 ** rng.randint(1, 12)), 10 ** rng.randint(0, 12)) % 1000 + Rational(1, 10**9)
            e = function(x)
            low, high = _Mpmath(200).ends(e)
            inner, outer = _Flint(400).ends(e)
            assert low <= inner <= outer <= high, (name, x)
            assert high - low < Fraction(1, 2**150) * max(Fraction(1), abs(high))


# --- what is exact, and what is infinite -----------------------------------------------------------------------------


def test_rationals_are_rounded_once() -> None:
    assert value(Rational(1, 8)) == CertifiedValue(Decimal("0.125"), True)
    assert value(0.1) == CertifiedValue(Decimal("0.1"), True)
    assert value(Fraction(7, 4), 3) == value(sympy.Float("1.75"), 3) == CertifiedValue(Decimal("1.75"), True)
    assert value(THIRD, 5) == CertifiedValue(Decimal("0.33333"), False)
    assert value(Rational(2, 3), 5).decimal == Decimal("0.66667")
    assert value(0) == CertifiedValue(Decimal(0), True)
    assert value(Rational(1, 4) ** 1000).exact is False
    for tie, wanted in ((Rational(5, 2), "2"), (Rational(7, 2), "4"), (Rational(-5, 2), "-2")):
        assert value(tie, 1) == CertifiedValue(Decimal(wanted), False)


def test_a_tie_and_a_zero_of_logarithms_are_decided_exactly() -> None:
    assert value(log(8, evaluate=False) / log(4, evaluate=False), 1).decimal == 2, "3/2, half to even"
    assert value(log(4, evaluate=False) - 2 * log(2)) == CertifiedValue(Decimal(0), True)
    assert value(log(6, evaluate=False) - log(2) - log(3)) == CertifiedValue(Decimal(0), True)
    assert value(2 * log(sqrt(2), evaluate=False) - log(2)) == CertifiedValue(Decimal(0), True)
    near = log(10**300 + 1) - log(10**300)
    assert value(near, 5).decimal == Decimal("1.0000E-300")


def test_a_zero_without_a_proof_is_refused() -> None:
    for e in (sin(1) ** 2 + cos(1) ** 2 - 1, sqrt(5 + 2 * sqrt(6)) - sqrt(2) - sqrt(3)):
        with pytest.raises(kl.KLError, match=r"^30 digits of .* cannot be certified: it is 0, or too near to 0$"):
            value(e, 30)
    with pytest.raises(ValueError, match="the sign of a number on which a function depends is not visible"):
        value(log(sin(1) ** 2 + cos(1) ** 2 - 1))
    with pytest.raises(ValueError, match="cannot be certified"):
        value(sin(1) ** 2 + cos(1) ** 2 + HALF, 1)  # 3/2, a tie, and nothing proves it


def test_infinite_values() -> None:
    assert str(value(oo)) == "Infinity"
    assert value(-oo) == CertifiedValue(Decimal("-Infinity"), True)
    assert value(oo).low == value(oo).high == Decimal("Infinity")
    assert value(kl.kl_divergence([1, 0], [0, 1])).decimal == Decimal("Infinity")
    assert value(kl.kl_divergence([THIRD, 1 - THIRD], [0, 1])).decimal == Decimal("Infinity")
    p = sympy.IndexedBase("p")
    terms = Sum(rel_entr(HALF, (i - 1) / 3), (i, 1, 3))
    assert value(terms).decimal == Decimal("Infinity")
    with pytest.raises(ValueError, match=r"expected an expression without symbols, got one with p, p\[0\]; substitute"):
        value(1 + p[0])


def test_zeros_in_rel_entr_and_xlogy() -> None:
    x = Symbol("x")
    assert value(rel_entr(x, HALF).subs(x, 0)).exact
    hidden = rel_entr(x, E).subs(x, pi, evaluate=False)
    assert value(hidden, 20).decimal == right(pi * log(pi / E), 20)
    unseen = sin(1) ** 2 + cos(1) ** 2 - THIRD
    assert value(xlogy(sympy.Add(unseen, 0), E), 20).decimal == right(unseen, 20)


# --- the class -------------------------------------------------------------------------------------------------------


def test_what_is_returned() -> None:
    found = value(kl.closed_form([0.7, 0.3], [0.5, 0.5]), 20)
    assert str(found) == "0.082282878505051846392"
    assert float(found) == 0.08228287850505185
    assert (found.low, found.high) == (Decimal("0.0822828785050518463915"), Decimal("0.0822828785050518463925"))
    assert found == value(kl.kl_divergence([0.7, 0.3], [0.5, 0.5]), 20)
    assert kl.value is value
    assert kl.CertifiedValue is CertifiedValue


def test_no_precision_is_changed() -> None:
    before = mpmath.mp.prec, mpmath.iv.prec
    value(log(2), 500)
    assert (mpmath.mp.prec, mpmath.iv.prec) == before


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Symbol("x") + 1, "expected an expression without symbols, got one with x; substitute numbers first"),
        (sympy.nan, "expected an expression with a real value, got nan"),
        (log(-2), r"expected numbers, constants, operations and functions, got the ImaginaryUnit I"),
        (sqrt(-2, evaluate=False), "expected an expression with a finite real value"),
        (Sum(1 / i, (i, 1, oo)), "expected sums whose limits are whole numbers"),
        (Sum(1 / i, (i, 1, 10**9)), "expected sums of at most 1000000 terms, got 1000000000"),
        (Integral(exp(-(i**2)), (i, 0, 1)), "expected numbers, constants, operations and functions, got the Integral"),
        (LambertW(1), "the digits of LambertW cannot be certified: no enclosures of it are known"),
        ("1/2", "expression is text, and text is not read"),
    ],
)
def test_what_is_refused(given: Any, message: str) -> None:
    with pytest.raises(kl.KLError, match=message):
        value(given)


@pytest.mark.parametrize("digits", [0, -1, 2.0, True, 10_001, None])
def test_digits_are_a_number(digits: Any) -> None:
    with pytest.raises(ValueError, match="expected digits, an int from 1 to 10000"):
        value(log(2), digits)


@pytest.mark.parametrize(
    ("e", "name"),
    [
        (digamma(sqrt(2)), "polygamma"),
        (erf(1), "erf"),
        (Ei(1), "Ei"),
        (besselk(THIRD, 1), "besselk"),
        (gamma(-THIRD), "gamma of a number that is not positive"),
    ],
)
def test_without_flint_a_function_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, e: Any, name: str) -> None:
    monkeypatch.setitem(sys.modules, "flint", None)
    with pytest.raises(ModuleNotFoundError, match=rf"^the digits of {name} need python-flint.*kl-symbolic\[flint\]"):
        value(e)
    assert str(value(log(2), 5)) == "0.69315"
