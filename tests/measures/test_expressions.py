"""Divergence, entropy and cross entropy: exact for numbers, conditional for symbols, refused by name."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from sympy import Eq, Float, Idx, IndexedBase, Matrix, Rational, Sum, Symbol, Tuple, log, oo, sqrt, symbols

from kl_symbolic.measures.expressions import closed_form, cross_entropy, entropy, kl_divergence
from kl_symbolic.sympy_bridge import ForAll, rel_entr, xlogy

HALF, THIRD = Rational(1, 2), Rational(1, 3)
p, q = symbols("p q")
a, b = symbols("a b", positive=True)
P, Q = IndexedBase("p"), IndexedBase("q")
i, j = symbols("i j", integer=True)
K = Symbol("K", integer=True, positive=True)


# --- what can be given -----------------------------------------------------------------------------------------------

WANTED = Rational(1, 10) * log(Rational(3, 10)) + THIRD * 0 + Rational(1, 5) * log(Rational(3, 5))
WANTED += Rational(7, 10) * log(Rational(21, 10))
TENTHS = [
    [0.1, 0.2, 0.7],
    (0.1, 0.2, 0.7),
    [Fraction(1, 10), Fraction(1, 5), Fraction(7, 10)],
    [Decimal("0.1"), Decimal("0.20"), Decimal("7e-1")],
    [Rational(1, 10), Rational(1, 5), Rational(7, 10)],
    [Float(0.1), Float("0.2", 40), Rational(7, 10)],
    [Fraction(1, 10), 0.2, Decimal("0.7")],
    np.array([Fraction(1, 10), Rational(1, 5), 0.7], dtype=object),
    [np.float32(0.1), np.float64(0.2), np.float16(0.7)],
    Matrix([Rational(1, 10), Rational(1, 5), Rational(7, 10)]),
    Matrix([[0.1, 0.2, 0.7]]),
    Tuple(Rational(1, 10), Rational(1, 5), Rational(7, 10)),
]


@pytest.mark.parametrize("given", TENTHS, ids=[f"{type(t).__name__}{k}" for k, t in enumerate(TENTHS)])
def test_numbers_are_exact_whatever_holds_them(given: Any) -> None:
    assert kl_divergence(given, [THIRD] * 3) == WANTED
    assert kl_divergence(given, given) == 0
    assert closed_form(given, [THIRD] * 3).conditions == ()


@pytest.mark.parametrize(
    "counts", [[1, 2, 7], np.array([1, 2, 7]), (np.int8(1), np.int64(2), 7), [0.1, 0.2, 0.7], [10, 20, 70.0]]
)
def test_counts_are_divided_by_their_sum(counts: Any) -> None:
    assert kl_divergence(counts, [5, 5, 5], normalize=True) == WANTED
    assert entropy(counts, normalize=True) == entropy([0.1, 0.2, 0.7])
    assert cross_entropy(counts, [1, 1, 1], normalize=True) == log(3)


def test_a_coin_is_the_probability_of_heads() -> None:
    pair = kl_divergence([0.7, 0.3], [0.5, 0.5])
    for heads in (0.7, Fraction(7, 10), Decimal("0.7"), Rational(7, 10), np.float64(0.7), np.float32(0.7)):
        assert kl_divergence(heads, HALF) == pair
    assert kl_divergence(0.7, [0.5, 0.5]) == pair == kl_divergence((0.7, 0.3), 0.5)
    assert kl_divergence(1, HALF) == log(2) == kl_divergence(0, HALF)
    assert entropy(1) == 0 == entropy(0)
    assert entropy(0.5) == log(2)


def test_outcomes_of_dicts_are_matched_by_key() -> None:
    first, second = {"rain": 0.1, "sun": 0.9}, {"sun": 0.5, "rain": 0.5}
    assert kl_divergence(first, second) == kl_divergence([0.1, 0.9], [0.5, 0.5])
    assert kl_divergence(first, {"sun": 0.9, "rain": 0.1}) == 0
    assert kl_divergence({"a": 1, "b": 0}, {"b": 0, "a": 1}) == 0
    assert kl_divergence({"a": 1, "b": 0}, {"b": 1, "a": 0}) is oo
    assert kl_divergence({1: 1, (2, "x"): 1}, {(2, "x"): 1, 1: 3}, normalize=True) == kl_divergence(0.5, 0.75)
    assert entropy(first) == entropy(0.1)
    assert kl_divergence({"a": p, "b": 1 - p}, {"b": HALF, "a": HALF}) == kl_divergence(p, HALF)


def test_numbers_of_sympy_need_not_be_rational() -> None:
    root = [sqrt(2) - 1, 2 - sqrt(2)]
    assert kl_divergence(root, root) == 0
    assert closed_form(root, [HALF, HALF]).conditions == ()
    circle = [sympy.sin(1) ** 2, sympy.cos(1) ** 2]
    assert closed_form(circle, [HALF, HALF]).conditions == ()
    with pytest.raises(ValueError, match=r"P\[0\] is negative: 1/2 - Sum\("):
        kl_divergence([HALF - Sum(HALF**i, (i, 1, 5)), HALF + Sum(HALF**i, (i, 1, 5))], FAIR)
    assert closed_form([HALF - Sum(HALF**i, (i, 2, 3)), HALF + Sum(HALF**i, (i, 2, 3))], FAIR).conditions == ()
    with pytest.raises(ValueError, match=r"the entries of P sum to .*sqrt\(2\).*; the difference is "):
        kl_divergence([sqrt(2) - 1, HALF], [HALF, HALF])


def test_numpy_is_not_imported() -> None:
    program = """
import sys
from kl_symbolic.measures.expressions import closed_form
print(closed_form([0.25, 0.75], [0.5, 0.5]).expression, "numpy" in sys.modules)
"""
    path = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": path}
    )
    assert run.stdout == "-log(2)/4 + 3*log(3/2)/4 False\n"


# --- what is refused -------------------------------------------------------------------------------------------------

FAIR = [0.5, 0.5]
VALUE_ERRORS = [
    ([0.1, 0.2], [0.5, 0.5], "the entries of P sum to 3/10, not to 1; the difference is -7/10. normalize=True"),
    (FAIR, [0.5, 0.51], "the entries of Q sum to 101/100, not to 1; the difference is 1/100."),
    ([0.333, 0.333, 0.333], [THIRD] * 3, "the difference is -1/1000."),
    ([Fraction(1, 10**51), 1], FAIR, "the difference is 1/1" + "0" * 51),
    ([0, 1], [5e-324, 1], "the entries of Q do not sum to 1; the difference is about 5.0e-324"),
    ([-0.5, 1.5], FAIR, "P[0] is negative: -1/2"),
    ({"a": 1.5, "b": -0.5}, {"a": 1, "b": 0}, "P['b'] is negative: -1/2"),
    (1.5, 0.5, "1 - P is negative: -1/2"),
    (0.5, -0.25, "Q is negative: -1/4"),
    ([Symbol("n", negative=True), a], FAIR, "P[0] is negative: n"),
    ([1 - sqrt(2), sqrt(2)], FAIR, "P[0] is negative: 1 - sqrt(2)"),
    ([float("nan"), 1], FAIR, "P[0] is NaN"),
    (FAIR, [Decimal("NaN"), 1], "Q[0] is NaN"),
    ([Decimal("sNaN"), 1], FAIR, "P[0] is NaN"),
    ([sympy.nan, 1], FAIR, "P[0] is NaN"),
    (np.array([0.5, np.nan]), FAIR, "P[1] is NaN"),
    ([np.float32("nan"), 1], FAIR, "P[0] is NaN"),
    ([1, float("inf")], FAIR, "P[1] is infinite"),
    ([1, -float("inf")], FAIR, "P[1] is infinite"),
    ({"h": 1, "t": np.float32("inf")}, {"h": 1, "t": 0}, "P['t'] is infinite"),
    ([1, Decimal("Infinity")], FAIR, "P[1] is infinite"),
    ([1, oo], FAIR, "P[1] is infinite: oo"),
    ([1, sympy.zoo * p], FAIR, "P[1] is infinite: zoo*p"),
    ([1, Symbol("w", infinite=True)], FAIR, "P[1] is infinite: w"),
    ([sympy.I, 1], FAIR, "expected a real number as P[0], got I"),
    ([Symbol("z", commutative=False), 1], FAIR, "expected a real number as P[0], got z"),
    ([Decimal("1e-999999999"), 1], FAIR, "P[0] is out of range: its decimal exponent is -999999999"),
    ([1], FAIR, "P has 1 outcomes and Q has 2"),
    ([0.5, 0.25, 0.25], 0.5, "P has 3 outcomes and Q has 2"),
    ([], [], "P has no outcomes"),
    ({}, {}, "P has no outcomes"),
    (np.array(0.5), FAIR, "got one of the shape (); write P.item() for a coin"),
    (Matrix([[1, 0], [0, 1]]), FAIR, "expected a vector as P, got a matrix of the shape (2, 2)"),
    ([0.7, 0.6, p], [THIRD] * 3, "the numbers among the entries of P sum to 13/10, which is more than 1"),
    ([p, 2 - p], FAIR, "the entries of P sum to 2, not to 1; the difference is 1."),
    ([p / (p + q), q / (p + q), HALF], [THIRD] * 3, "the difference is 1/2."),
    (P[i], Q[j], "expected one index in P and Q, got the Symbol i and the Symbol j"),
    (P[i + 1], Q[i], "expected one symbolic index in P, got i + 1 in p[i + 1]"),
    (P[i] * P[j], Q[i], "expected one symbolic index in P, got i, j"),
    (P[i, 0], Q[i], "expected an indexed symbol with one index in P, got p[i, 0]"),
    (IndexedBase("p", shape=(2, 2)), Q, "expected an indexed symbol with one index in P, got p"),
    (IndexedBase("p", shape=(2,)), IndexedBase("q", shape=(3,)), "got 0 ... 1 and 0 ... 2"),
    (P[i] / Symbol("K"), Q[i], "the range of the index is not known, and K means something else"),
    (-IndexedBase("p", positive=True)[i], Q[i], "P is negative: -p[i]"),
]


@pytest.mark.parametrize(("first", "second", "message"), VALUE_ERRORS, ids=[m[:40] for _, _, m in VALUE_ERRORS])
def test_what_is_not_a_distribution_is_refused(first: Any, second: Any, message: str) -> None:
    for function in (kl_divergence, cross_entropy, closed_form):
        with pytest.raises(ValueError) as error:
            function(first, second)
        assert message in str(error.value)


TYPE_ERRORS = [
    ("ab", "ab", "P is text, and text is not read: 'ab'"),
    ([0.5, 0.5], b"ab", "Q is text, and text is not read: b'ab'"),
    (["0.5", 0.5], FAIR, "P[0] is text, and text is not read: '0.5'; write Fraction(1, 10) or 0.1"),
    (np.array(["0.5", "0.5"]), FAIR, "P is an array of text, and text is not read; write P.astype(float)"),
    ([True, False], FAIR, "expected a real number as P[0], got bool True"),
    (np.array([True, False]), FAIR, "as P, got one of the type bool; write P.astype(int)"),
    (True, 0.5, "expected a real number as P, got bool True"),
    ([0.5, 0.5j], FAIR, "expected a real number as P[1], got complex 0.5j"),
    (np.array([0.5, 0.5 + 0j]), FAIR, "as P, got one of the type complex128; write P.real"),
    ([None, 1], FAIR, "expected a real number as P[0], got NoneType None"),
    ([[0.5, 0.5]], FAIR, "expected a real number as P[0], got list [0.5, 0.5]"),
    ([mpmath.mpf(1), 0], FAIR, "got mpmath.ctx_mp_python.mpf mpf('1.0'); write it as a Fraction or a SymPy number"),
    ([P, 1], FAIR, "expected a real number as P[0], got the IndexedBase p; write p[0]"),
    ({0.5}, FAIR, "got set, which has no order; write a list, or a dict from outcomes to probabilities"),
    ((x for x in FAIR), FAIR, "got generator, which can be read only once; write list(P)"),
    (None, FAIR, "got NoneType"),
    (sympy.true, FAIR, "got sympy.logic.boolalg.BooleanTrue"),
    ({"a": 1}, [1], "P has them, and Q has not"),
    (P[i], q, "expected P and Q all with a symbolic index such as p[i], or none of them"),
    (FAIR, Q[i], "expected P and Q all with a symbolic index such as p[i], or none of them"),
]


@pytest.mark.parametrize(("first", "second", "message"), TYPE_ERRORS, ids=[m[:40] for _, _, m in TYPE_ERRORS])
def test_what_is_not_a_number_is_refused(first: Any, second: Any, message: str) -> None:
    with pytest.raises(TypeError) as error:
        kl_divergence(first, second)
    assert message in str(error.value)


def test_what_cannot_be_divided_is_refused() -> None:
    for zeros in ([0, 0], [p, -p]):
        with pytest.raises(ValueError, match="the entries of P sum to 0, and normalize=True cannot divide by that"):
            kl_divergence(zeros, [1, 1], normalize=True)
    with pytest.raises(TypeError, match="expected normalize=True or False, got 1"):
        kl_divergence(FAIR, FAIR, normalize=1)
    with pytest.raises(ValueError, match="is negative"):
        kl_divergence([2, -1], [1, 1], normalize=True)
    assert kl_divergence([0, 2], [1, 1], normalize=True) == log(2)


@pytest.mark.parametrize(
    ("base", "error", "message"),
    [
        (1, ValueError, "expected a base greater than 1, got 1"),
        (0, ValueError, "expected a base greater than 1, got 0"),
        (-2, ValueError, "expected a base greater than 1, got -2"),
        (0.5, ValueError, "expected a base greater than 1, got 1/2"),
        (float("nan"), ValueError, "base is NaN"),
        (oo, ValueError, "base is infinite: oo"),
        ("2", TypeError, "base is text, and text is not read: '2'"),
        (True, TypeError, "expected a real number as base, got bool True"),
    ],
)
def test_a_base_is_a_number_above_one(base: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        entropy(0.5, base=base)
    assert message in str(caught.value)


@pytest.mark.parametrize("base", [2, 2.0, Decimal(2), Rational(2), np.int64(2)])
def test_base_two_gives_bits(base: Any) -> None:
    assert entropy(0.5, base=base) == 1
    assert kl_divergence(1, 0.5, base=base) == 1
    assert kl_divergence(0.7, 0.5, base=base) == kl_divergence(0.7, 0.5) / log(2)


def test_other_bases() -> None:
    assert entropy([0.25] * 4, base=4) == 1
    assert entropy(0.5, base=sympy.E) == log(2)
    assert kl_divergence(1, 0, base=2) is oo
    found = closed_form(0.5, 0.25, base=b)
    assert found.expression == kl_divergence(0.5, 0.25) / log(b) and found.conditions == (b > 1,)
    infinite = closed_form(FAIR, [1, 0], base=b)
    assert (infinite.expression, infinite.conditions, infinite.derivation) == (oo, (b > 1,), "")


# --- zeros and infinity ----------------------------------------------------------------------------------------------


def test_an_outcome_that_q_excludes_makes_it_infinite() -> None:
    assert kl_divergence(FAIR, [1, 0]) is oo
    assert cross_entropy(FAIR, [1, 0]) is oo
    assert kl_divergence(FAIR, [1, 0], base=2) is oo
    assert kl_divergence([a, 1 - a], [0, 1]) is oo
    found = closed_form(FAIR, [1, 0])
    assert (found.expression, found.conditions, found.derivation) == (oo, (), "") and found.theorem is None
    assert found.reason == "no theorem speaks about a divergence that is infinite or may be"


def test_zero_times_log_zero_is_zero() -> None:
    assert kl_divergence([0, 0.5, 0.5], [0, 0.25, 0.75]) == kl_divergence(0.5, 0.25)
    assert kl_divergence([0, 0.5, 0.5], [0.5, 0.25, 0.25]) == log(2)
    assert cross_entropy([0, 1], [0, 1]) == 0 == kl_divergence([0, 1], [0, 1])
    assert cross_entropy([0, 1], FAIR) == log(2)
    assert entropy([0, 1, 0]) == 0
    assert kl_divergence([Symbol("z", zero=True), 1], [0, 1]) == 0


def test_an_open_question_of_infinity_stays_in_the_expression() -> None:
    found = closed_form([p, 1 - p], [1, 0])
    assert found.expression == xlogy(p, p) + rel_entr(1 - p, 0)
    assert found.expression.subs(p, 1) == 0 and found.expression.subs(p, HALF) == oo
    assert found.conditions == (p >= 0, 1 - p >= 0) and found.derivation == "" and found.theorem is None
    assert cross_entropy([p, 1 - p], [1, 0]).subs(p, 1) == 0 and cross_entropy([p, 1 - p], [1, 0]).subs(p, HALF) == oo


def test_zero_times_log_zero_survives_in_what_is_returned() -> None:
    for value in (kl_divergence(p, HALF), cross_entropy(p, HALF)):
        assert value.subs(p, 0) == log(2) == value.subs(p, 1)
    assert entropy(p).subs(p, 0) == 0 == entropy(p).subs(p, 1)
    assert kl_divergence(p, q).subs({p: HALF, q: 0}) == oo == cross_entropy(p, q).subs({p: HALF, q: 0})
    assert kl_divergence(p, q).subs({p: 1, q: 1}) == 0 == cross_entropy(p, q).subs({p: 1, q: 1})
    for module in ("math", "mpmath", "numpy"):
        at = sympy.lambdify(p, kl_divergence(p, HALF), module)
        assert abs(float(at(0.0)) - np.log(2)) < 1e-15 and abs(float(at(1.0)) - np.log(2)) < 1e-15
    at = sympy.lambdify((p, q), kl_divergence(p, q), "numpy")
    grid = np.array([0.0, 0.25, 1.0])
    assert np.allclose(at(grid, 0.5), [np.log(2), float(kl_divergence(0.25, 0.5)), np.log(2)], rtol=1e-15)
    assert at(0.5, 0.0) == np.inf


def test_symbolic_sums_can_be_made_into_functions_of_arrays() -> None:
    at = sympy.lambdify((P, Q, K), kl_divergence(P[i], Q[i]), "numpy")
    assert abs(at(np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5]), 3) - np.log(2)) < 1e-15


# --- symbols and conditions ------------------------------------------------------------------------------------------


def test_the_conditions_of_symbols_are_reported() -> None:
    found = closed_form([p, q], [HALF, HALF])
    assert found.expression == rel_entr(p, HALF) + rel_entr(q, HALF)
    assert found.conditions == (p >= 0, q >= 0, Eq(p + q, 1, evaluate=False))
    assert found.derivation == "coin_flips" and found.hypotheses == (p > 0, q > 0)


def test_the_theorem_assumes_what_the_hypotheses_say() -> None:
    assert closed_form([a, 1 - a], [b, 1 - b]).hypotheses == (1 - a > 0, 1 - b > 0)
    assert closed_form([0.5, 0.5], [0.25, 0.75]).hypotheses == ()
    found = closed_form([0, p, 1 - p], [HALF, q, HALF - q])
    assert found.derivation == "cross_entropy_identity"
    assert found.hypotheses == (
        sympy.Implies(Eq(q, 0), Eq(p, 0)),
        sympy.Implies(Eq(HALF - q, 0), Eq(1 - p, 0)),
    )
    assert closed_form([0, 1], [q, 1 - q]).hypotheses == (1 - q > 0,)
    for index in (i, Idx("k", 3)):
        assert [type(h) for h in closed_form(P[index], Q[index]).hypotheses] == [ForAll, ForAll]


def test_assumptions_and_identities_spare_conditions() -> None:
    assert closed_form([p, 1 - p], [HALF, HALF]).conditions == (p >= 0, 1 - p >= 0)
    assert closed_form([a, 1 - a], [HALF, HALF]).conditions == (1 - a >= 0,)
    assert closed_form([a / (a + b), b / (a + b)], [HALF, HALF]).conditions == ()
    soft = [sympy.exp(s) / sum(map(sympy.exp, (p, q, a))) for s in (p, q, a)]
    real = {s: Symbol(s.name, real=True) for s in (p, q)}
    assert closed_form([s.xreplace(real) for s in soft], [THIRD] * 3).conditions == ()
    assert closed_form([a, b], [1, 1], normalize=True).conditions == ()
    assert closed_form([p, q], [1, 1], normalize=True).conditions == (p >= 0, q >= 0, p + q > 0)


def test_floats_inside_expressions_are_exact_too() -> None:
    assert kl_divergence([0.1 * a, 1 - 0.1 * a], FAIR) == kl_divergence([a / 10, 1 - a / 10], FAIR)


def test_numbers_and_symbols_may_be_mixed() -> None:
    found = closed_form([0, p, 1 - p], [q, 0.5, 0.5 - q])
    assert found.expression == rel_entr(p, HALF) + rel_entr(1 - p, HALF - q)
    assert set(found.conditions) == {q >= 0, p >= 0, 1 - p >= 0, HALF - q >= 0}
    assert found.derivation == "cross_entropy_identity"
    assert cross_entropy([0.5, p], [0.25, 0.75]) == log(4) / 2 - p * log(Rational(3, 4))


def test_contradicting_assumptions_are_refused() -> None:
    nonnegative = Symbol("s", nonnegative=True)
    with pytest.raises(ValueError, match="the assumptions on the symbols exclude"):
        kl_divergence([-nonnegative, -2 * nonnegative], FAIR, normalize=True)
    assert closed_form([-nonnegative, 1 + nonnegative], FAIR).conditions == (-nonnegative >= 0,)
    assert closed_form([nonnegative, 1 - nonnegative], FAIR).conditions == (1 - nonnegative >= 0,)


@pytest.mark.parametrize(("first", "second"), [(P[i], Q[i]), (P, Q), (P[i], Q), (P, Q[i])])
def test_indexed_symbols_are_summed(first: Any, second: Any) -> None:
    over = (i, 0, K - 1)
    found = closed_form(first, second)
    assert found.expression == Sum(rel_entr(P[i], Q[i]), over)
    assert found.conditions == (
        ForAll(P[i] >= 0, over),
        ForAll(Q[i] >= 0, over),
        Eq(Sum(P[i], over), 1, evaluate=False),
        Eq(Sum(Q[i], over), 1, evaluate=False),
    )
    assert found.derivation == "die_rolls"
    assert cross_entropy(first, second) == -Sum(xlogy(P[i], Q[i]), over)
    assert entropy(first) == -Sum(xlogy(P[i], P[i]), over)
    assert kl_divergence(first, second, base=2) == found.expression / log(2)


def test_the_range_of_an_index_is_what_sympy_says() -> None:
    k = Idx("k", (1, 6))
    assert kl_divergence(P[k], Q[k]) == Sum(rel_entr(P[k], Q[k]), (k, 1, 6))
    shaped = IndexedBase("p", shape=(4,))
    assert kl_divergence(shaped, Q) == Sum(rel_entr(shaped[i], Q[i]), (i, 0, 3))
    assert kl_divergence(shaped[j], Q[j]).limits == ((j, 0, 3),)
    numbers = {P[m]: Rational(m, 21) for m in range(1, 7)} | {Q[m]: Rational(1, 6) for m in range(1, 7)}
    written_out = kl_divergence([Rational(m, 21) for m in range(1, 7)], [Rational(1, 6)] * 6)
    assert kl_divergence(P[k], Q[k]).doit().subs(numbers) == written_out


def test_expressions_in_indexed_symbols() -> None:
    positive = IndexedBase("p", positive=True), IndexedBase("q", positive=True)
    middle = (positive[0][i] + positive[1][i]) / 2
    found = closed_form(positive[0][i], middle)
    assert found.expression.function == positive[0][i] * log(positive[0][i] / middle)
    assert [type(c) for c in found.conditions] == [Eq, Eq]


def test_indexed_symbols_are_normalized_under_an_index_of_their_own() -> None:
    found = closed_form(P[i], Q[i], normalize=True)
    totals = Sum(P[j], (j, 0, K - 1)), Sum(Q[j], (j, 0, K - 1))
    assert found.expression == Sum(rel_entr(P[i] / totals[0], Q[i] / totals[1]), (i, 0, K - 1))
    nonnegative = [ForAll(P[i] >= 0, (i, 0, K - 1)), ForAll(Q[i] >= 0, (i, 0, K - 1))]
    assert found.conditions == (*nonnegative, totals[0] > 0, totals[1] > 0)
    weights = {P[0]: 3, P[1]: 1, Q[0]: 1, Q[1]: 1}
    assert found.expression.subs(K, 2).doit().subs(weights).equals(kl_divergence(0.75, 0.5))
    other = kl_divergence(P[j], Q[j], normalize=True)
    assert other.subs(K, 2).doit().subs(weights).equals(kl_divergence(0.75, 0.5))
    assert {v for t in other.atoms(Sum) for v in t.variables} == {j, Symbol("k", integer=True)}


def test_indexed_symbols_with_numbers_are_entries() -> None:
    assert kl_divergence([P[0], P[1]], FAIR) == rel_entr(P[0], HALF) + rel_entr(P[1], HALF)
    assert kl_divergence(P[0], HALF) == kl_divergence([P[0], 1 - P[0]], FAIR)


# --- the record ------------------------------------------------------------------------------------------------------


def test_a_closed_form_is_frozen() -> None:
    found = closed_form(0.5, 0.25)
    assert found.expression == kl_divergence(0.5, 0.25)
    with pytest.raises(FrozenInstanceError):
        found.expression = 0  # type: ignore[misc]
    assert found == closed_form([0.5, 0.5], [0.25, 0.75]) and hash(found) == hash(closed_form(0.5, 0.25))


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (0.5, 0.25, "coin_flips"),
        ([THIRD] * 3, [0.25, 0.25, 0.5], "die_rolls"),
        ([1, 0], [0.5, 0.5], "cross_entropy_identity"),
        ([1, 0], [1, 0], "cross_entropy_identity"),
        ([1], [1], "die_rolls"),
    ],
)
def test_the_theorem_is_loaded_when_it_is_asked_for(
    first: Any, second: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    loader = ModuleType("kl_symbolic.api")
    loader.theorem = lambda n: asked.append(n) or f"the theorem {n}"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kl_symbolic.api", loader)
    found = closed_form(first, second)
    assert found.derivation == name and asked == []
    assert found.theorem == f"the theorem {name}" and asked == [name]


@pytest.mark.parametrize(
    ("given", "name"), [(0.5, "coin_flips"), ([THIRD] * 3, "die_rolls"), ([1, 0], "cross_entropy_identity")]
)
def test_the_theorem_is_one_that_the_kernel_checks(given: Any, name: str) -> None:
    theorem = closed_form(given, [THIRD] * 3 if name == "die_rolls" else FAIR).theorem
    assert theorem.name == name
    assert isinstance(theorem.statement, sympy.logic.boolalg.Boolean)


# --- against mpmath, and the laws ------------------------------------------------------------------------------------


def distribution(pick: random.Random, count: int, zeros: bool) -> list[Fraction]:
    """Return exact probabilities of very different sizes, some of them 0 if *zeros*."""
    weights = [pick.randint(1, 10 ** pick.randint(0, 12)) * (not zeros or pick.random() < 0.6) for _ in range(count)]
    weights[pick.randrange(count)] += 1
    return [Fraction(w, sum(weights)) for w in weights]


def number(x: Fraction) -> Any:
    return mpmath.mpf(x.numerator) / x.denominator


@pytest.mark.parametrize("seed", range(12))
def test_values_agree_with_mpmath_to_fifty_digits(seed: int) -> None:
    pick = random.Random(seed)
    count = pick.randint(1, 6)
    first, second = distribution(pick, count, bool(seed % 2)), distribution(pick, count, False)
    with mpmath.workdps(70):
        pairs = [(number(x), number(y)) for x, y in zip(first, second, strict=True) if x]
        wanted = (
            mpmath.fsum(x * mpmath.log(x / y) for x, y in pairs),
            -mpmath.fsum(x * mpmath.log(y) for x, y in pairs),
            -mpmath.fsum(x * mpmath.log(x) for x, _ in pairs),
        )
        found = (kl_divergence(first, second), cross_entropy(first, second), entropy(first))
        for one, other in zip(found, wanted, strict=True):
            assert abs(mpmath.mpf(one.evalf(65)) - other) < mpmath.mpf(10) ** -50
        assert found[0] == 0 or wanted[0] > 0
        assert abs(mpmath.mpf((found[1] - found[2] - found[0]).evalf(65, chop=True))) < mpmath.mpf(10) ** -50


@pytest.mark.parametrize("seed", range(6))
def test_the_divergence_of_a_distribution_from_itself_is_zero_and_of_others_is_not(seed: int) -> None:
    pick = random.Random(seed)
    first = distribution(pick, 4, True)
    assert kl_divergence(first, first) == 0
    # Moving a ten-thousandth of what the first has is enough.
    k = max(range(4), key=first.__getitem__)
    moved = [x * Fraction(9999, 10000) if m == k else x for m, x in enumerate(first)]
    moved[(k + 1) % 4] += first[k] / 10000
    assert kl_divergence(first, moved) > 0


def test_cross_entropy_is_entropy_plus_divergence_for_symbols() -> None:
    first, second = [a / (a + b), b / (a + b)], [THIRD, 2 * THIRD]
    difference = cross_entropy(first, second) - entropy(first) - kl_divergence(first, second)
    assert sympy.simplify(sympy.expand_log(difference)) == 0


@pytest.mark.slow
def test_a_thousand_outcomes_are_supported() -> None:
    value = kl_divergence([1] * 1000, range(1, 1001), normalize=True)
    assert abs(float(value) - 0.3030) < 0.01
