"""Inputs of many kinds: read, aligned by outcome, or refused by a message that says what to do."""

from __future__ import annotations

import array
import random
from collections import Counter, OrderedDict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats
import sympy
from sympy import IndexedBase, Lambda, Piecewise, Rational, Symbol, exp, log, oo, pi, sqrt, stats, symbols

import kl_symbolic as kl
from kl_symbolic.language.errors import InvalidType, InvalidValue
from kl_symbolic.measures.densities import density_in
from kl_symbolic.measures.distributions import tolerance
from kl_symbolic.sympy_bridge import rel_entr
from tests.support.lanes import sampled_rows

HALF, THIRD = Rational(1, 2), Rational(1, 3)
p, q, x, y, k, n, lam, mu, t = symbols("p q x y k n lam mu t")
s = Symbol("s", positive=True)
RAIN = {"rain": 0.5, "sun": 0.25, "snow": 0.25}


# --- random variables ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (stats.Bernoulli("X", THIRD), {1: THIRD, 0: 2 * THIRD}),
        (stats.Bernoulli("X", p, succ=5, fail=2), {5: p, 2: 1 - p}),
        (stats.Binomial("X", 2, p), {0: (1 - p) ** 2, 1: 2 * p * (1 - p), 2: p**2}),
        (stats.Die("D", 4), {f: Rational(1, 4) for f in range(1, 5)}),
        (stats.Coin("C", THIRD), {Symbol("H"): THIRD, Symbol("T"): 2 * THIRD}),
        (stats.DiscreteUniform("U", [2, 3, 5]), dict.fromkeys((2, 3, 5), THIRD)),
        (stats.Hypergeometric("H", 4, 2, 2), {0: Rational(1, 6), 1: Rational(2, 3), 2: Rational(1, 6)}),
        (stats.BetaBinomial("B", 2, 1, 1), {0: THIRD, 1: 2 * sympy.beta(2, 2), 2: THIRD}),
        (stats.FiniteRV("F", {"a": 0.5, "b": 0.5}), {Symbol("a"): HALF, Symbol("b"): HALF}),
        (stats.Rademacher("R"), {1: HALF, -1: HALF}),
        (stats.given(stats.Die("D"), stats.Die("D") > 4), {5: HALF, 6: HALF}),
        (stats.density(stats.Die("D", 2)), {1: HALF, 2: HALF}),
        (dict(stats.density(2 * stats.Die("D", 2) + 1)), {3: HALF, 5: HALF}),
    ],
    ids=str,
)
def test_finite_random_variables_are_read_over_their_outcomes(given: Any, wanted: Any) -> None:
    assert kl.distribution(given) == wanted


def test_divergences_of_random_variables() -> None:
    small, large = stats.Die("A", 6), stats.Die("B", 8)
    assert kl.kl_divergence(small, large) == log(Rational(4, 3)) and kl.kl_divergence(large, small) is oo
    assert kl.kl_divergence(stats.Bernoulli("X", p), stats.Bernoulli("Y", q)) == kl.kl_divergence(p, q)
    assert kl.entropy(stats.Binomial("X", 2, HALF), base=2) == Rational(3, 2)
    assert kl.cross_entropy(stats.Die("A", 2), {1: 0.5, 2: 0.5}) == log(2)
    found = kl.closed_form(stats.Binomial("X", 2, p), stats.Binomial("Y", 2, HALF))
    assert found.derivation == "die_rolls" and found.conditions == ((1 - p) ** 2 >= 0, 2 * p * (1 - p) >= 0, p**2 >= 0)
    assert found.expression.subs(p, 0) == log(4) == found.expression.subs(p, 1)
    assert (kl.kl_divergence(stats.Binomial("X", 3, THIRD), stats.Binomial("Y", 3, HALF)) - 3 * kl.kl_divergence(
        THIRD, HALF
    )).equals(0)  # fmt: skip


ONLY_FINITE = "only random variables with finitely many outcomes are read, such as Bernoulli"
REFUSED_RANDOM = [
    (stats.ExGaussian("A", 0, 1, 1), f"P is A, a random variable of the kind ExGaussian; {ONLY_FINITE}"),
    (stats.Skellam("A", 1, 2), f"of the kind Skellam; {ONLY_FINITE}"),
    (stats.Normal("A", [0, 0], [[1, 0], [0, 1]]), "a random variable of the kind MultivariateNormal; only"),
    (stats.Bernoulli("A", stats.Beta("B", 1, 1)), f"P is A, a random variable of the kind Compound; {ONLY_FINITE}"),
    (stats.Binomial("A", n, p), "of the kind Binomial, and the number of its outcomes is not known: Binomial"),
    (stats.Die("A", n), "of the kind Die, and the number of its outcomes is not known: DieDistribution(n)"),
    (stats.density(stats.Davis("A", 1, 2, 3)), "P is DavisDistribution(1, 2, 3), a random variable of the kind Davis"),
    (2 * stats.Die("A") + 1, "P is 2*A + 1, an expression in the random variable A; only a random variable itself"),
    (stats.Normal("A", 0, 1) ** 2, "an expression in the random variable A"),
    ([stats.Die("A"), 1], "expected a real number as P[0], got A, which has the random variable A in it"),
    ({"a": 1 - stats.Die("A")}, "expected a real number as P['a'], got 1 - A, which has the random variable A in it"),
    (stats.P(stats.Normal("A", 0, 1) > 0, evaluate=False), "an expression in the random variable A"),
]


@pytest.mark.parametrize(("given", "message"), REFUSED_RANDOM, ids=[m[:40] for _, m in REFUSED_RANDOM])
def test_other_random_variables_are_refused_by_name(given: Any, message: str) -> None:
    for call in (
        lambda: kl.kl_divergence(given, given),
        lambda: kl.closed_form(given, HALF),
        lambda: kl.entropy(given),
    ):
        with pytest.raises(InvalidType) as error:
            call()
        assert message in str(error.value)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (scipy.stats.bernoulli(0.25), {0: Rational(3, 4), 1: Rational(1, 4)}),
        (scipy.stats.binom(2, 0.5), {0: Rational(1, 4), 1: HALF, 2: Rational(1, 4)}),
        (scipy.stats.binom(1, 0.5, loc=3), {3: HALF, 4: HALF}),
        (scipy.stats.randint(2, 4), {2: HALF, 3: HALF}),
        (scipy.stats.rv_discrete(values=([3, 1], [0.25, 0.75])), {1: Rational(3, 4), 3: Rational(1, 4)}),
        (scipy.stats.rv_discrete(values=([1, 3], [0.25, 0.75]))(loc=1), {2: Rational(1, 4), 4: Rational(3, 4)}),
        (scipy.stats.rv_discrete(values=([0.5, 2], [0.25, 0.75])), {0.5: Rational(1, 4), 2: Rational(3, 4)}),
    ],
)
def test_finite_distributions_of_scipy_are_read(given: Any, wanted: Any) -> None:
    found = kl.distribution(given)
    assert [*found] == [*wanted] and sum(found.values()) == 1
    assert all(abs(found[key] - wanted[key]) < Rational(1, 10**15) for key in wanted)
    assert isinstance(kl.entropy(given), sympy.Expr) and isinstance(kl.entropy(given, exact=False), float)


def test_the_new_distributions_of_scipy_are_read() -> None:
    new = {key: getattr(scipy.stats, key) for key in ("Binomial", "Normal") if hasattr(scipy.stats, key)}
    if "Binomial" in new:
        assert kl.kl_divergence(new["Binomial"](n=5, p=0.3), scipy.stats.binom(5, 0.3)).evalf() < 1e-30
    for law in [new["Normal"](mu=1)] if "Normal" in new else []:
        assert kl.entropy(law) == kl.entropy(kl.families.Normal(mean=1, std=1))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (scipy.stats.skewnorm(1), "P is skewnorm of scipy.stats; only distributions with finitely many outcomes are"),
        (scipy.stats.skellam(1, 2), r"P is skellam of scipy.stats on -inf \.\.\. inf; only"),
        (scipy.stats.binom, "P is binom of scipy.stats without parameters; give it some, as in scipy.stats.binom"),
        (scipy.stats.norm, "without parameters"),
        (scipy.stats.multinomial(3, [0.5, 0.5]), "P is multinomial_frozen of scipy.stats; only"),
        (scipy.stats.randint(0, 10**9), "with 1000000000 outcomes; at most 1000000 are written out"),
        (scipy.stats.binom([2, 3], 0.5), "with arrays of parameters; give one distribution at a time"),
    ],
)
def test_other_distributions_of_scipy_are_refused_by_name(given: Any, message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue), match=message):
        kl.entropy(given)


# --- expressions that are not a coin -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Lambda(x, p), "got sympy.core.function.Lambda: Lambda(x, p). A function is not read"),
        (kl.entropy, "got function"),
        (sympy.Function("f"), "got sympy.core.function.UndefinedFunction"),
        (Piecewise((p, p > 0), (0, True)), "got a Piecewise expression"),
        (stats.density(stats.Uniform("U", 0, 1))(x), "got a Piecewise expression"),
        (stats.density(stats.Normal("N", 0, 1))(x), "got a density or a mass function of x"),
        (exp(-((x - mu) ** 2) / (2 * s**2)) / sqrt(2 * pi * s**2), "got a density or a mass function of x"),
        (lam**k * exp(-lam) / sympy.factorial(k), "for a coin with this probability write [P, 1 - P]"),
        (sympy.FiniteSet(1, 2), "got sympy.sets.sets.FiniteSet: {1, 2}. It is not read"),
        (sympy.Interval(0, 1), "got sympy.sets.sets.Interval"),
        (sympy.Eq(p, q), "got sympy.core.relational.Equality"),
        (sympy.MatrixSymbol("M", 2, 1), "expected a real number as P, got M"),
        (sympy.Order(x), "expected a real number as P, got O(x)"),
        (sympy.I / 2, "expected a real number as P, got I/2"),
        (oo, "P is infinite"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_only_a_plain_scalar_is_a_coin(given: Any, message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue)) as error:
        kl.kl_divergence(given, HALF)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("given", "symbol"),
    sampled_rows([
        *((stats.density(v)(x), x) for v in (
            stats.Normal("N", 0, 1), stats.Normal("N", mu, s), stats.Exponential("E", s), stats.Gamma("G", 2, s),
            stats.Cauchy("C", mu, s), stats.Laplace("L", 0, 1), stats.Poisson("P", s), stats.Geometric("G", s),
            stats.Logistic("L", mu, s), stats.LogNormal("L", mu, s), stats.StudentT("T", 3), stats.ChiSquared("C", 3),
        )),
        (sympy.binomial(n, k) * p**k * (1 - p) ** (n - k), k),
        (p, None), (1 - p, None), (p / (p + q), None), (1 / (1 + exp(-x)), None), (exp(x) / (exp(x) + exp(y)), None),
        (sympy.cos(t) ** 2, None), (exp(-(x**2)), None), (sqrt(p), None), (1 - exp(-p * t), None), (p**q, None),
        (1 / (1 + x**2), None), (sympy.atan(x) / pi + HALF, None), (1 - sqrt(1 - p), None), (abs(sympy.sin(t)), None),
        (IndexedBase("p")[0] / 3, None), (sympy.Function("f")(x), None), (log(p), None),
    ], 3),
    ids=str,
)  # fmt: skip
def test_a_density_is_told_from_the_probability_of_a_coin(given: Any, symbol: Any) -> None:
    assert density_in(given) == symbol


def test_a_coin_may_have_any_probability_that_is_a_scalar() -> None:
    assert kl.kl_divergence(1 / (1 + exp(-s)), HALF).has(exp)
    assert kl.kl_divergence([exp(-t), 1 - exp(-t)], [HALF, HALF]) == rel_entr(exp(-t), HALF) + rel_entr(
        1 - exp(-t), HALF
    )
    assert kl.entropy(Piecewise((HALF, sympy.true), (0, True))) == log(2)


# --- containers --------------------------------------------------------------------------------------------------------


class Tensor:
    """A tensor as PyTorch has it: it makes an array on request, or says why not."""

    def __init__(self, values: Any, error: str = "") -> None:
        self.values, self.error = values, error

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if self.error:
            raise RuntimeError(self.error)
        return np.asarray(self.values, dtype=dtype)


READ = [
    (array.array("d", [0.5, 0.5]), (HALF, HALF)),
    (deque([0.5, 0.5]), (HALF, HALF)),
    (namedtuple("pair", "a b")(0.25, 0.75), (Rational(1, 4), Rational(3, 4))),
    (memoryview(array.array("d", [0.5, 0.5])), (HALF, HALF)),
    (sympy.Array([HALF, HALF]), (HALF, HALF)),
    (sympy.ImmutableMatrix([HALF, HALF]), (HALF, HALF)),
    (np.array([1, 0]), (1, 0)),
    (np.array([1, 0], dtype=np.uint8), (1, 0)),
    (np.array([Fraction(1, 3), Fraction(2, 3)]), (THIRD, 2 * THIRD)),
    (np.array([0.5, 0.5]), (HALF, HALF)),
    (np.array([0.1, 0.9], dtype=np.float16), (Rational(1, 10), Rational(9, 10))),
    (np.array(["0.1", "0.9"], dtype=np.longdouble), (Rational(1, 10), Rational(9, 10))),
    (np.array([0.1, 0.9, 0.0])[::-1], (0, Rational(9, 10), Rational(1, 10))),
    (np.ma.masked_array([0.5, 0.5]), (HALF, HALF)),
    (Tensor([0.5, 0.5]), (HALF, HALF)),
    (Tensor([1, 0]), (1, 0)),
    (pd.Index([0.5, 0.5]), (HALF, HALF)),
    (pd.array([0.5, 0.5], dtype="Float64"), (HALF, HALF)),
    (np.float32(0.7), (Rational(7, 10), Rational(3, 10))),
    (np.int64(1), (1, 0)),
    (Decimal("0.25"), (Rational(1, 4), Rational(3, 4))),
    (OrderedDict(b=0.5, a=0.5), {"b": HALF, "a": HALF}),
    (MappingProxyType({"b": 1}), {"b": 1}),
    (pd.Series([1, 0], index=["b", "a"]), {"b": 1, "a": 0}),
    (pd.Series([0.25, 0.75], index=["b", "a"]), {"b": Rational(1, 4), "a": Rational(3, 4)}),
    (pd.Series([Fraction(1, 3), Fraction(2, 3)]), {0: THIRD, 1: 2 * THIRD}),
    (pd.Series([0.5, 0.5], index=pd.MultiIndex.from_tuples([(0, "a"), (0, "b")])), {(0, "a"): HALF, (0, "b"): HALF}),
]


@pytest.mark.parametrize(("given", "wanted"), READ, ids=[f"{type(g).__name__}{k}" for k, (g, _) in enumerate(READ)])
def test_containers_are_read(given: Any, wanted: Any) -> None:
    assert kl.distribution(given) == wanted
    assert kl.kl_divergence(given, given, exact=True) == 0
    assert kl.kl_divergence(given, given, exact=False) == 0.0


def test_counts_are_divided_by_their_sum() -> None:
    for given in (Counter("abca"), pd.Series(list("abca")).value_counts(), {"a": 2, "b": 1, "c": 1}):
        assert kl.distribution(given, normalize=True) == {"a": HALF, "b": Rational(1, 4), "c": Rational(1, 4)}
    assert kl.distribution(range(4), normalize=True) == (0, Rational(1, 6), THIRD, HALF)
    assert kl.distribution([3, s], normalize=True) == (3 / (s + 3), s / (s + 3))


CONTAINERS = [
    (RAIN.values(), "dict_values; give the dict itself, whose outcomes are matched by key, or list(P)"),
    (RAIN.keys(), "got dict_keys"),
    (RAIN.items(), "got dict_items, which has no order; write a list, or a dict"),
    ({0.5}, "got set, which has no order; write a list, or a dict"),
    (frozenset({0.5}), "got frozenset, which has no order"),
    ((v for v in (0.5, 0.5)), "got generator, which can be read only once; write list(P)"),
    (map(float, (1, 0)), "got map, which can be read only once; write list(P)"),
    (iter([1]), "got list_iterator, which can be read only once"),
    (pd.DataFrame([[0.5, 0.5]]), "P is a DataFrame; write P[column] or P.loc[row] for one distribution"),
    (pd.Series([0.5, 0.5], index=["a", "a"]), "the index of P has 'a' more than once; write P.groupby(level=0).sum()"),
    (pd.Series([1.0, None]), "P[1] is NaN"),
    (pd.Series([1, None], dtype="Int64"), "P[1] is NaN"),
    (pd.Series(["0.5", "0.5"], dtype=object), "P[0] is text, and text is not read"),
    (pd.Categorical(["a"]), "text is not read"),
    (np.array(0.5), "got one of the shape (); write P.item() for a coin"),
    (Tensor(0.5), "got one of the shape (); write P.item() for a coin"),
    (Tensor(None, "requires grad; use detach"), "does not convert to an array: requires grad; use detach"),
    (np.matrix([0.5, 0.5]), "P is a numpy.matrix, whose rows are matrices again; write numpy.asarray(P).ravel()"),
    (np.ma.masked_array([0.5, 0.5, 0.3], mask=[0, 0, 1]), "P has masked entries; write P.filled(0)"),
    (np.array([True, False]), "got one of the type bool; write P.astype(int)"),
    (np.array([0.5, 0.5], dtype=complex), "got one of the type complex128; write P.real"),
    (np.array([(1, 0)], dtype=[("a", int), ("b", int)]), "expected an array of real numbers as P, got one of the type ["),
    (np.array([1, 0], dtype="timedelta64[s]"), "got one of the type timedelta64[s]"),
    (np.array(["0.5", "0.5"]), "P is an array of text, and text is not read; write P.astype(float)"),
    (np.array([]), "P has no outcomes"),
    (np.array([np.nan, 1.0]), "P[0] is NaN"),
    (np.array([np.inf, 1.0]), "P[0] is infinite"),
    (np.array([1.5, -0.5]), "P[1] is negative: -1/2"),
    (np.array([-0.5, 1.5], dtype=object), "P[0] is negative: -1/2"),
    (np.ndarray, "got type"),
    (np.bool_(True), "expected a real number as P, got numpy.bool"),
    (sympy.Array([[1, 0], [0, 1]]), "expected a vector as P, got a matrix of the shape (2, 2)"),
    ([], "P has no outcomes"),
    ({}, "P has no outcomes"),
    ([[0.5, 0.5]], "expected a real number as P[0], got list"),
    ("0.5", "P is text"),
    (bytearray(b"1"), "P is text"),
    (None, "got NoneType"),
    (object(), "got object"),
    (0.5j, "expected a real number as P, got complex"),
    (IndexedBase("p"), "symbolic"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "message"), CONTAINERS, ids=[m[:40] for _, m in CONTAINERS])
def test_other_containers_are_refused_with_what_to_write(given: Any, message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue)) as error:
        kl.distribution(given)
    assert message in str(error.value)
    if not isinstance(given, IndexedBase):
        with pytest.raises((InvalidType, InvalidValue)):
            kl.kl_divergence(given, given)


# --- outcomes ----------------------------------------------------------------------------------------------------------


def test_a_missing_outcome_has_probability_zero() -> None:
    assert kl.kl_divergence({"a": 1}, {"a": 0.5, "b": 0.5}) == log(2)
    assert kl.kl_divergence({"a": 0.5, "b": 0.5}, {"a": 1}) is oo
    assert kl.kl_divergence({"a": 1}, {"b": 1}) is oo
    assert kl.cross_entropy({"a": 0, "b": 1}, {"b": 1}) == 0
    found = kl.closed_form({"a": p, "b": 1 - p}, {"b": 1})
    assert found.expression.subs(p, 0) == 0 and found.expression.subs(p, HALF) is oo and found.derivation == ""
    assert kl.closed_form({"a": 1}, {"a": 0.5, "b": 0.5}).derivation == "cross_entropy_identity"


def test_series_are_aligned_by_index() -> None:
    one, other = pd.Series({"a": 0.5, "b": 0.25, "c": 0.25}), pd.Series({"c": 0.5, "b": 0.25, "a": 0.25})
    for first, second in ((one, other), (one, other.to_dict()), (one.to_dict(), other)):
        found = kl.kl_divergence(first, second)
        assert isinstance(found, float) and abs(found - np.log(2) / 4) < 1e-15
    assert kl.kl_divergence(one, other, exact=True, base=2) == Rational(1, 4)
    assert kl.kl_divergence(one, other[:2] / other[:2].sum()) == np.inf
    assert kl.kl_divergence(one[:2], one, normalize=True) == pytest.approx(np.log(4 / 3), rel=1e-15)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({1: 1}, {"1": 1}, "the outcomes 1 (int) and '1' (str) look the same and are different"),
        (stats.Coin("C"), {"H": 0.5, "T": 0.5}, "the outcomes H (Symbol) and 'H' (str) look the same"),
        (RAIN, [0.5, 0.25, 0.25], "P has them, and Q has not"),
        (0.5, stats.Bernoulli("X", HALF), "Q has them, and P has not"),
        (np.array([0.5, 0.5]), {"a": 0.5, "b": 0.5}, "Q has them, and P has not"),
        ([1], [0.5, 0.5], "P has 1 outcomes and Q has 2"),
        (np.array([1.0]), np.array([0.5, 0.5]), "P has 1 outcomes and Q has 2"),
    ],
)
def test_outcomes_that_cannot_be_matched_are_refused(first: Any, second: Any, message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue)) as error:
        kl.kl_divergence(first, second)
    assert message in str(error.value)


# --- floats that sum to 1 within rounding ------------------------------------------------------------------------------


def test_floats_within_rounding_are_a_distribution() -> None:
    assert kl.distribution([1 / 3] * 3) == (THIRD, THIRD, THIRD)
    assert kl.distribution([0.1 + 0.2, 0.7]) == (
        Fraction(30000000000000004, 100000000000000004),
        Fraction(70000000000000000, 100000000000000004),
    )
    assert kl.distribution({"a": 0.1 + 0.2, "b": 0.7})["b"] == Rational(17500000000000000, 25000000000000001)
    assert kl.distribution([np.float32(1) / 3] * 3) == (THIRD, THIRD, THIRD)
    assert kl.distribution([sympy.Float(1) / 3] * 3) == (THIRD, THIRD, THIRD)
    # What is exact stays as it is, and the floats make up for it.
    assert kl.distribution([Fraction(7, 10), 0.1 + 0.2]) == (Rational(7, 10), Rational(3, 10))
    # What sums to 1 as printed stays as printed.
    assert kl.distribution([0.1] * 10) == (Rational(1, 10),) * 10


@pytest.mark.parametrize(
    ("kind", "rows"), sampled_rows([(np.float64, 20), (np.float64, 100), (np.float32, 100), (np.longdouble, 100)])
)
def test_softmax_and_samples_are_read(kind: Any, rows: int) -> None:
    draw = np.random.default_rng(0)
    for _ in range(rows):
        count = int(draw.integers(2, 40))
        logits = draw.normal(size=count).astype(kind)
        weights = np.exp(logits - logits.max())
        for row in (weights / weights.sum(), draw.dirichlet([0.5] * count).astype(kind)):
            for given in (row, list(row), dict(enumerate(row))):
                found = kl.distribution(given)
                values = [*found.values()] if isinstance(found, dict) else [*found]
                assert sum(values) == 1
                assert all(abs(float(v) - float(w)) <= 1e-6 * float(w) for v, w in zip(values, row, strict=True))
                assert kl.kl_divergence(given, given, exact=False) == 0


def test_half_precision_is_read_and_a_typing_error_in_it_is_not() -> None:
    weights = np.random.default_rng(1).dirichlet([2] * 6, size=50).astype(np.float16)
    assert all(sum(kl.distribution(row)) == 1 for row in weights)
    with pytest.raises(InvalidValue, match="the difference is -1/100"):
        kl.distribution([np.float16(0.33)] * 3)
    with pytest.raises(InvalidValue, match=r"sum to 0\.99.* and 0\.005 would be rounding"):
        kl.entropy(np.full(3, 0.33, dtype=np.float16))


@pytest.mark.parametrize(
    "given",
    [
        [0.333, 0.333, 0.333],
        [Decimal("0.3333333333333333")] * 3,
        [Rational(3333333333333333, 10**16)] * 3,
        [0, 1, Fraction(1, 10**300)],
        [5e-324, 1],
        [0.5, 0.5 + 1e-13],
        [0.0, Fraction(1) + Fraction(1, 10**17)],
    ],
)
def test_more_than_rounding_is_refused(given: Any) -> None:
    for exact in (True, False):
        with pytest.raises(InvalidValue, match=r"the difference is .* normalize=True divides by the sum"):
            kl.entropy(given, exact=exact)


def test_an_exact_number_has_an_exact_sign() -> None:
    tiny = Fraction(1, 10**400)
    assert kl.kl_divergence([1, 0], [1 - tiny, tiny]) == log(1 / (1 - sympy.Rational(1, 10**400)))
    assert kl.kl_divergence([1 - tiny, tiny], [1, 0]) is oo
    assert kl.kl_divergence([5e-324, 1.0], [0, 1]) is oo
    with pytest.raises(InvalidValue, match=r"P\[0\] is negative"):
        kl.entropy([-tiny, 1 + tiny])


def test_the_tolerance_grows_like_the_rounding_of_a_sum() -> None:
    eps = 2.0**-52
    assert tolerance(1, eps) == 4 * eps and tolerance(100, eps) == 40 * eps
    assert tolerance(10**6, 2.0**-10) == 0.005
    pick = random.Random(0)
    for count in (2, 10, 1000):
        weights = [pick.random() for _ in range(count)]
        total = sum(weights)  # one after the other, the worst way
        assert abs(sum(Fraction(w / total) for w in weights) - 1) < tolerance(count, eps)


# --- the type of a result ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 5, 200])
def test_the_type_of_a_result_depends_on_the_kind_of_the_input_and_not_on_its_size(count: int) -> None:
    even = np.full(count, 1 / count)
    for given, kind in (
        (even, float), (even.astype(np.float32), float), (pd.Series(even), float), (Tensor(even), float),
        (list(even), sympy.Expr), (dict(enumerate(even)), sympy.Expr), (np.array([*even], dtype=object), sympy.Expr),
    ):  # fmt: skip
        for measure in (kl.entropy, lambda P, **how: kl.kl_divergence(P, P, **how)):
            assert isinstance(measure(given), kind)
            assert isinstance(measure(given, exact=True), sympy.Expr)
            assert isinstance(measure(given, exact=False), float)
    assert isinstance(kl.entropy(np.full(count, 1), normalize=True), sympy.Expr)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kl.kl_divergence(np.array([0.5, 0.5]), [p, 1 - p]), "Q[0] is symbolic, p, and one of the inputs is an"),
        (lambda: kl.kl_divergence(p, q, exact=False), "P is symbolic"),
        (lambda: kl.entropy(IndexedBase("p"), exact=False), "P is symbolic, and has no floats: p"),
        (lambda: kl.entropy([0.5, 0.5], exact=1), "expected exact=True or False, got 1"),
        (lambda: kl.entropy(np.array([0.5, 0.5]), base=p), "expected a number as base for floats, got p"),
        (lambda: kl.entropy([0.5, 0.5], axis="0"), "expected axis= as an integer, got '0'"),
        (lambda: kl.entropy(np.array([0.5, 0.5]), axis=1), "expected axis= from -1 to 0 for arrays of 1 dimensions, got 1"),
        (lambda: kl.entropy([0.5, 0.5], base=Symbol("b", negative=True)), "expected a base greater than 1, got b"),
    ],
)  # fmt: skip
def test_options_are_checked(call: Any, message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue)) as error:
        call()
    assert message in str(error.value)
