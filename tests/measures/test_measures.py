"""The measures beside D, H and H(P, Q): right against their definitions, with zeros and ∞, exactly and in floats."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose
from sympy import Eq, IndexedBase, Lambda, Ne, Piecewise, Rational, Sum, Symbol, log, oo, sqrt, symbols

import kl_symbolic as kl
from kl_symbolic import (
    chi_squared,
    closed_form,
    conditional_entropy,
    conditional_mutual_information,
    cross_entropy,
    entropy,
    f_divergence,
    hellinger,
    jensen_shannon,
    joint_entropy,
    kl_divergence,
    mutual_information,
    renyi_divergence,
    renyi_entropy,
    total_variation,
)
from kl_symbolic.measures.expressions import RECORDS

from ..support.lanes import sizes

HALF, THIRD = Rational(1, 2), Rational(1, 3)
p, q = symbols("p q")
t = Symbol("t", positive=True)
P, Q, i = IndexedBase("p"), IndexedBase("q"), Symbol("i", integer=True)
K = Symbol("K", integer=True, positive=True)
FAIR = [HALF, HALF]


def random_pair(rng: random.Random, zeros: bool) -> tuple[list[Fraction], list[Fraction]]:
    """Return two distributions over four outcomes; with zeros, P and Q may both exclude some."""
    found = []
    for _ in range(2):
        weights = [rng.choice([0, 1, 1, 2, 5, 9] if zeros else [1, 2, 5, 9]) for _ in range(4)]
        weights[0] += not any(weights)
        found.append([Fraction(w, sum(weights)) for w in weights])
    return found[0], found[1]


def mp(x: Any) -> Any:
    """Return an exact value as mpmath's number, infinity included."""
    return mpmath.inf if x == oo else mpmath.mpf(sympy.N(x, 40)._mpf_ if not sympy.sympify(x).is_Integer else int(x))


def naive(name: str, first: list[Fraction], second: list[Fraction], alpha: Any = None) -> Any:
    """Return a measure by its definition, with a branch for each zero, in mpmath."""
    alpha = mpmath.mpf(alpha.numerator) / alpha.denominator if isinstance(alpha, Fraction) else alpha
    a, b = ([mpmath.mpf(x.numerator) / x.denominator for x in d] for d in (first, second))
    pairs = list(zip(a, b, strict=True))

    def kl_of(pairs: list[Any]) -> Any:
        return mpmath.fsum(0 if x == 0 else mpmath.inf if y == 0 else x * mpmath.log(x / y) for x, y in pairs)

    if name == "jensen_shannon":
        mean = [(x + y) / 2 for x, y in pairs]
        return (kl_of(list(zip(a, mean, strict=True))) + kl_of(list(zip(b, mean, strict=True)))) / 2
    if name == "total_variation":
        return mpmath.fsum(abs(x - y) for x, y in pairs) / 2
    if name == "chi_squared":
        return mpmath.fsum(0 if x == y else mpmath.inf if y == 0 else (x - y) ** 2 / y for x, y in pairs)
    if name == "hellinger":
        return mpmath.sqrt(mpmath.fsum((mpmath.sqrt(x) - mpmath.sqrt(y)) ** 2 for x, y in pairs) / 2)
    if name == "f_divergence":  # (√t − 1)²/2, whose limits are both ½
        return mpmath.fsum((mpmath.sqrt(x) - mpmath.sqrt(y)) ** 2 for x, y in pairs) / 2
    if name == "renyi_entropy":
        some = [x for x in a if x]
        if alpha == 1:
            return -mpmath.fsum(x * mpmath.log(x) for x in some)
        if alpha == oo:
            return -mpmath.log(max(some))
        return mpmath.log(mpmath.fsum(x ** mpmath.mpf(alpha) for x in some)) / (1 - alpha)
    assert name == "renyi_divergence"
    if alpha == 1:
        return kl_of(pairs)
    if alpha >= 1 and any(x > 0 and y == 0 for x, y in pairs):
        return mpmath.inf
    both = [(x, y) for x, y in pairs if x and y]
    if alpha == oo:
        return mpmath.log(max(x / y for x, y in both))
    total = mpmath.fsum(x ** mpmath.mpf(alpha) * y ** (1 - mpmath.mpf(alpha)) for x, y in both)
    return mpmath.inf if total == 0 else mpmath.log(total) / (alpha - 1)


ORDERS = [0, Fraction(1, 2), 1, Fraction(3, 2), 2, oo]
MEASURES: list[tuple[str, Any, Any]] = [
    *((m.__name__, m, None) for m in (jensen_shannon, total_variation, chi_squared, hellinger)),
    ("f_divergence", lambda a, b, **k: f_divergence((sqrt(t) - 1) ** 2 / 2, a, b, **k), None),
    *(("renyi_divergence", lambda a, b, x=x, **k: renyi_divergence(a, b, x, **k), x) for x in ORDERS),
    *(("renyi_entropy", lambda a, _, x=x, **k: renyi_entropy(a, x, **k), x) for x in ORDERS),
]


@pytest.mark.parametrize("count", sizes(6, 30))
@pytest.mark.parametrize(("name", "measure", "alpha"), MEASURES, ids=[f"{n}-{a}" for n, _, a in MEASURES])
def test_values_against_the_definition(name: str, measure: Any, alpha: Any, count: int) -> None:
    rng = random.Random(f"{name}{alpha}")
    firsts, seconds, wanted = [], [], []
    with mpmath.workdps(40):
        for k in range(count):
            first, second = random_pair(rng, zeros=k % 3 > 0)
            right = naive(name, first, second, alpha)
            found = measure(first, second)
            assert isinstance(found, sympy.Expr)
            assert right == mp(found) == mpmath.inf or abs(mp(found) - right) < mpmath.mpf(10) ** -30
            assert measure(first, first) == (renyi_entropy(first, alpha) if name == "renyi_entropy" else 0)
            floats = measure(np.array(first, float), np.array(second, float))
            assert isinstance(floats, float)
            assert_allclose(floats, float(right), rtol=1e-14, atol=1e-14)
            assert_allclose(measure(first, second, exact=False), float(right), rtol=1e-14, atol=1e-14)
            firsts.append(first), seconds.append(second), wanted.append(float(right))
    batch = measure(np.array(firsts, float), np.array(seconds, float), axis=1)
    assert batch.shape == (count,)
    assert_allclose(batch, wanted, rtol=1e-14, atol=1e-14)
    assert_allclose(measure(np.array(firsts, float).T, np.array(seconds, float).T, axis=0), wanted, rtol=1e-14, atol=1e-14)  # fmt: skip
    exact = measure(np.array(firsts[:3]), np.array(seconds[:3]), axis=-1)
    assert list(exact) == [measure(a, b) for a, b in zip(firsts[:3], seconds[:3], strict=True)]


@pytest.mark.parametrize("name", ["jensen_shannon", "renyi_divergence", "renyi_entropy"])
def test_bits(name: str) -> None:
    dyadic, other = [0.5, 0.25, 0.25], [0.25, 0.25, 0.5]
    if name == "renyi_entropy":
        assert renyi_entropy([0.25] * 4, 3, base=2) == 2
        assert renyi_entropy(dyadic, 1, base=2) == Rational(3, 2)
        assert_allclose(renyi_entropy(np.array([0.25] * 4), 3, base=2), 2)
    elif name == "renyi_divergence":
        assert renyi_divergence([0.5, 0.5], [0.25, 0.75], oo, base=2) == 1
        assert_allclose(renyi_divergence(np.array(dyadic), np.array(other), 1, base=2), 0.25)
    else:
        assert jensen_shannon([1, 0], [0, 1], base=2) == 1
        assert_allclose(jensen_shannon(np.array([1.0, 0]), np.array([0, 1.0]), base=2), 1)
    measure = {"jensen_shannon": jensen_shannon, "renyi_entropy": renyi_entropy}.get(name, renyi_divergence)
    extra = (2,) if name != "jensen_shannon" else ()
    given = (dyadic,) if name == "renyi_entropy" else (dyadic, other)
    assert sympy.simplify(measure(*given, *extra, base=3) * log(3) - measure(*given, *extra)) == 0
    with pytest.raises(ValueError, match="expected a base greater than 1"):
        measure(*given, *extra, base=1)


# --- each measure by itself ------------------------------------------------------------------------------------------


def test_jensen_shannon_of_several_with_weights() -> None:
    three = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert jensen_shannon(*three) == log(3)
    assert sympy.simplify(jensen_shannon(*three, weights=[0.5, 0.25, 0.25]) - entropy([0.5, 0.25, 0.25])) == 0
    assert jensen_shannon(*three, weights=[2, 1, 1], normalize=True) == jensen_shannon(
        *three, weights=[0.5, 0.25, 0.25]
    )
    assert jensen_shannon([0.3, 0.7], [1, 0], weights=[1, 0]) == 0
    floats = jensen_shannon(*map(np.array, np.eye(3)), weights=[0.5, 0.25, 0.25])
    assert_allclose(floats, 1.5 * math.log(2))
    mixture = [HALF * a + HALF * b for a, b in zip([0.25, 0.75], FAIR, strict=True)]
    by_entropies = entropy(mixture) - (entropy([0.25, 0.75]) + entropy(FAIR)) / 2
    assert abs(sympy.N(jensen_shannon([0.25, 0.75], FAIR) - by_entropies, 30)) < 1e-25
    for weights in ([0.5, 0.5], [0.5, 0.5, 0.5], P[i]):
        with pytest.raises(kl.KLError, match="weights"):
            jensen_shannon(*three, weights=weights)


def test_jensen_shannon_of_near_floats_has_its_digits() -> None:
    h = 1e-8
    found = jensen_shannon(np.array([0.5, 0.5]), np.array([0.5 + h, 0.5 - h]))
    with mpmath.workdps(40):
        wanted = naive("jensen_shannon", [Fraction(1, 2)] * 2, [Fraction(0.5 + h), Fraction(0.5 - h)])
    assert_allclose(found, float(wanted), rtol=1e-6)


def test_hellinger_conventions() -> None:
    assert hellinger([1, 0], [0, 1]) == hellinger([1, 0], [0, 1], squared=True) == 1
    assert hellinger([1, 0], FAIR, squared=True) == 1 - sqrt(2) / 2
    assert hellinger(np.array([1.0, 0]), np.array([0.5, 0.5]), squared=True) == pytest.approx(1 - math.sqrt(0.5))
    with pytest.raises(TypeError, match="expected squared=True or False, got 1"):
        hellinger(FAIR, FAIR, squared=1)


def test_chi_squared_is_that_of_pearson() -> None:
    observed, expected = [18, 22, 20], [20, 20, 20]
    assert 60 * chi_squared(observed, expected, normalize=True) == Rational(4 + 4, 20)
    assert chi_squared([0, 1], [0, 1]) == 0
    assert chi_squared(FAIR, [0, 1]) is oo
    assert chi_squared(np.array([0.5, 0.5]), np.array([0, 1.0])) == math.inf


def test_the_limits_of_renyi_divergences() -> None:
    assert renyi_divergence([1, 0], FAIR, 0) == log(2)
    assert renyi_divergence(FAIR, [1, 0], 0) == 0
    assert renyi_divergence(FAIR, [1, 0], HALF) == log(2)
    assert renyi_divergence(FAIR, [1, 0], 1) is renyi_divergence(FAIR, [1, 0], 2) is oo
    assert renyi_divergence(FAIR, [1, 0], oo) is renyi_divergence(FAIR, [1, 0], math.inf) is oo
    for alpha in (0, HALF, 1, 3, oo):
        assert renyi_divergence([1, 0], [0, 1], alpha) is oo
        assert renyi_divergence(np.array([1.0, 0]), np.array([0, 1.0]), alpha) == math.inf
    near = renyi_divergence([0.3, 0.7], FAIR, 1 + Rational(1, 10**6))
    assert abs(sympy.N(near - kl_divergence([0.3, 0.7], FAIR), 20)) < 1e-6
    for alpha in (-1, Fraction(-1, 2), -oo, float("nan"), sympy.I, "2"):
        with pytest.raises(kl.KLError, match="alpha"):
            renyi_divergence(FAIR, FAIR, alpha)


def test_a_symbolic_order() -> None:
    a = Symbol("alpha", positive=True)
    found = closed_form([0.25, 0.75], FAIR, a, measure=renyi_divergence)
    assert found.conditions == (Ne(a, 1),)
    assert sympy.simplify(found.expression.subs(a, 2) - renyi_divergence([0.25, 0.75], FAIR, 2)) == 0
    assert sympy.limit(renyi_entropy([0.25, 0.75], a), a, 1).equals(entropy([0.25, 0.75]))
    excluded = renyi_divergence(FAIR, [1, 0], a)
    assert sympy.expand_log(excluded.subs(a, HALF)) == log(2)
    assert excluded.subs(a, 3) is oo
    assert renyi_divergence([1, 0], [0, 1], a) is oo
    free = Symbol("a")
    assert closed_form(FAIR, free, measure=renyi_entropy).conditions == (free > 0, Ne(free, 1))
    with pytest.raises(TypeError, match="expected a number as alpha for floats, got alpha"):
        renyi_entropy(np.array([0.5, 0.5]), a)


def test_f_divergences_include_the_others() -> None:
    pairs = [([0.25, 0.75], FAIR), ([1, 0], FAIR), (FAIR, [1, 0]), ([1, 0, 0], [0, 0.5, 0.5]), ([0, 1], [0, 1])]
    for first, second in pairs:
        assert sympy.simplify(f_divergence(t * log(t), first, second) - kl_divergence(first, second)) in (0, sympy.nan)
        assert f_divergence((t - 1) ** 2, first, second) == chi_squared(first, second)
        assert f_divergence(lambda x: abs(x - 1) / 2, first, second) == total_variation(first, second)
        other_way = f_divergence(Lambda(t, -log(t)), first, second)
        assert sympy.simplify(other_way - kl_divergence(second, first)) in (0, sympy.nan)
        assert (other_way == oo) is (kl_divergence(second, first) == oo)
        floats = f_divergence(t * log(t), np.array(first, float), np.array(second, float))
        assert_allclose(floats, float(kl_divergence(first, second)), rtol=1e-14)
    x = Symbol("x")  # without assumptions
    assert f_divergence(x * log(x), [1, 0], [0.25, 0.75]) == log(4)
    assert f_divergence(lambda x: 0, FAIR, FAIR) == 0
    alpha = Symbol("alpha", positive=True)
    hard = f_divergence(Lambda(t, (t**alpha - 1) / (alpha - 1)), [0.25, 0.75], FAIR)
    assert sympy.simplify(hard.subs(alpha, 2) - Rational(1, 4)) == 0


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (t, r"expected a function f with f\(1\) = 0, got one with f\(1\) = 1"),
        ("t*log(t)", "expected f as a Lambda, an expression or a function of a symbol, got str"),
        (t * Symbol("c") - 1, "expected f as an expression with one symbol, got c\\*t - 1 with c, t; use a Lambda"),
        (sympy.S.Zero, "got 0 with no symbol"),
        (Lambda((t, p), t - p), "expected f as a function of one argument"),
        (lambda x: "x", "expected f to return a SymPy expression of its argument, got str"),
        (int, "got type"),
    ],
)
def test_functions_that_are_refused(f: Any, message: str) -> None:
    with pytest.raises(kl.KLError, match=message):
        f_divergence(f, FAIR, FAIR)


def test_a_limit_that_sympy_does_not_find() -> None:
    f = sympy.sin(1 / t) * 0 + sympy.sin(sympy.pi / t)
    assert sympy.simplify(f_divergence(f, [0.25, 0.75], FAIR) - (sympy.sin(2 * sympy.pi) / 2 + sympy.sin(2 * sympy.pi / 3) / 2)) == 0  # fmt: skip
    with pytest.raises(ValueError, match=r"SymPy does not find the limit of f\(t\) for t → 0"):
        f_divergence(f, [1, 0], FAIR)


# --- symbols ---------------------------------------------------------------------------------------------------------


def test_conditions_of_coins() -> None:
    signs = (p >= 0, 1 - p >= 0, q >= 0, 1 - q >= 0)
    assert set(closed_form(p, q, measure=jensen_shannon).conditions) == set(signs)
    assert set(closed_form(p, q, measure=total_variation).conditions) == set(signs)
    assert set(closed_form(p, q, measure=hellinger).conditions) == set(signs)
    chi = closed_form(p, q, measure=chi_squared)
    assert set(chi.conditions) == {p >= 0, 1 - p >= 0, q > 0, 1 - q > 0}
    assert sympy.simplify(chi.expression - (p - q) ** 2 / (q * (1 - q))) == 0
    assert set(closed_form(t * log(t), p, q, measure=f_divergence).conditions) == {p > 0, 1 - p > 0, q > 0, 1 - q > 0}
    assert (
        closed_form(p, q, HALF, measure=renyi_divergence).conditions == closed_form(p, q, measure=hellinger).conditions
    )
    assert {q > 0, 1 - q > 0} < set(closed_form(p, q, 2, measure=renyi_divergence).conditions)


def test_what_is_returned_can_be_substituted_at_zero() -> None:
    for measure in (jensen_shannon, total_variation, hellinger):
        found = measure(p, q)
        for a, b in product((0, THIRD, 1), repeat=2):
            assert sympy.simplify(found.subs({p: a, q: b}) - measure(a, b)) == 0, (measure, a, b)
    assert sympy.simplify(chi_squared(p, THIRD).subs(p, 0) - chi_squared(0, THIRD)) == 0
    half = chi_squared([p, 1 - p], [0, 1])
    assert (half.subs(p, 0), half.subs(p, HALF)) == (0, oo)


def test_symbolic_indices() -> None:
    limits = (i, 0, K - 1)
    assert total_variation(P[i], Q[i]) == Sum(abs(P[i] - Q[i]), limits) / 2
    assert hellinger(P[i], Q[i], squared=True) == 1 - Sum(sqrt(P[i]) * sqrt(Q[i]), limits)
    assert renyi_entropy(P[i], 2) == -log(Sum(P[i] ** 2, limits))
    found = closed_form(P[i], Q[i], measure=chi_squared)
    assert found.expression == Sum((P[i] - Q[i]) ** 2 / Q[i], limits)
    assert [str(c) for c in found.conditions][:2] == [
        "ForAll(p[i] >= 0, (i, 0, K - 1))",
        "ForAll(q[i] > 0, (i, 0, K - 1))",
    ]
    shannon = jensen_shannon(P[i], Q[i])
    small = shannon.subs(K, 2).doit().subs({P[0]: 1, P[1]: 0, Q[0]: 0, Q[1]: 1})
    assert small == log(2)
    assert renyi_entropy(P[i], 0) == log(K)
    for measure in (lambda: renyi_divergence(P[i], Q[i], oo), lambda: renyi_entropy(P[i], oo)):
        with pytest.raises(ValueError, match="the order ∞ needs the outcomes"):
            measure()


# --- joint distributions ---------------------------------------------------------------------------------------------

XOR = {(0, 0, 0): 0.25, (0, 1, 1): 0.25, (1, 0, 1): 0.25, (1, 1, 0): 0.25}


def by_entropies(table: np.ndarray[Any, Any], *signed: tuple[int, tuple[int, ...]]) -> float:
    """Return a sum of entropies of marginals, by numbers."""
    total = 0.0
    for sign, kept in signed:
        marginal = table.sum(axis=tuple(k for k in range(table.ndim) if k not in kept)).ravel()
        total -= sign * sum(x * math.log(x) for x in marginal if x > 0)
    return total


@pytest.mark.parametrize("count", sizes(3, 12))
def test_joint_measures_against_entropies(count: int) -> None:
    rng = np.random.default_rng(5)
    for _ in range(count):
        counts = rng.integers(0, 4, size=(2, 3, 2))
        counts[0, 0, 0] += 1
        table = counts / counts.sum()
        for measure, arguments, given, signed in (
            (joint_entropy, (), None, [(1, (0, 1, 2))]),
            (joint_entropy, (0, 2), None, [(1, (0, 2))]),
            (conditional_entropy, (), 1, [(1, (0, 1, 2)), (-1, (1,))]),
            (conditional_entropy, (2,), (0, 1), [(1, (0, 1, 2)), (-1, (0, 1))]),
            (mutual_information, (0, 1), None, [(1, (0,)), (1, (1,)), (-1, (0, 1))]),
            (mutual_information, (0, (1, 2)), None, [(1, (0,)), (1, (1, 2)), (-1, (0, 1, 2))]),
            (mutual_information, ((0, 1), (1, 2)), None, [(1, (0, 1)), (1, (1, 2)), (-1, (0, 1, 2))]),
            (conditional_mutual_information, (), 2, [(1, (0, 2)), (1, (1, 2)), (-1, (0, 1, 2)), (-1, (2,))]),
            (conditional_mutual_information, (1, 2), 0, [(1, (0, 1)), (1, (0, 2)), (-1, (0, 1, 2)), (-1, (0,))]),
            (conditional_mutual_information, (0, 0), 1, [(1, (0, 1)), (-1, (1,))]),
        ):
            options: Any = {} if given is None else {"given": given}
            wanted = by_entropies(table, *signed)
            exact = measure(counts, *arguments, **options, normalize=True)
            assert isinstance(exact, sympy.Expr)
            assert_allclose(float(exact), wanted, atol=1e-13)
            assert_allclose(measure(table, *arguments, **options), wanted, atol=1e-13)
            nested = counts.tolist()
            assert measure(nested, *arguments, **options, normalize=True) == exact
            keyed = {key: int(n) for key, n in np.ndenumerate(counts) if n}
            assert sympy.simplify(measure(keyed, *arguments, **options, normalize=True) - exact) == 0
            assert_allclose(measure(keyed, *arguments, **options, normalize=True, exact=False), wanted, atol=1e-13)


def test_batches_of_joint_distributions() -> None:
    rng = np.random.default_rng(6)
    tables = rng.random((5, 2, 4, 3))
    tables /= tables.sum(axis=(1, 3), keepdims=True)  # the variables are axes 1 and 3
    found = mutual_information(tables, axes=(1, 3))
    assert found.shape == (5, 4)
    for a, b in product(range(5), range(4)):
        assert_allclose(found[a, b], mutual_information(tables[a, :, b, :]), rtol=1e-12)
    named = conditional_entropy(tables, "X", given="Y", names=["X", "Y"], axes=(1, 3))
    swapped = conditional_entropy(tables, "X", given="Y", names=["Y", "X"], axes=(3, 1))
    assert_allclose(named, swapped)
    exact = mutual_information(tables[:2], axes=(1, 3), exact=True, normalize=True)
    assert exact.dtype == object
    assert_allclose(exact.astype(float), found[:2], rtol=1e-10)


def test_names_of_variables() -> None:
    assert mutual_information(XOR, "X", "Y", names="XYZ") == mutual_information(XOR, 0, 1) == 0
    assert mutual_information(XOR, ("X", "Y"), "Z", names="XYZ") == log(2)
    assert conditional_mutual_information(XOR, given="Z", names="XYZ", base=2) == 1
    assert conditional_entropy(XOR, "Z", given=("X", "Y"), names="XYZ") == 0
    assert joint_entropy(XOR, base=2) == joint_entropy(XOR, 0, 1, base=2) == 2
    for call, message in (
        (lambda: mutual_information(XOR), "expected 2 variables, such as X and Y; joint has 0, 1, 2"),
        (lambda: mutual_information(XOR, "X", "Y"), "expected variables of joint, which are 0, 1, 2, got 'X'; names="),
        (lambda: mutual_information(XOR, 0, 1, names="XYZ"), "which are 'X', 'Y', 'Z', got 0"),
        (lambda: mutual_information(XOR, 0, 3), "got 3"),
        (lambda: mutual_information(XOR, 0, True), "got True"),
        (lambda: mutual_information(XOR, 0), "expected 2 variables, such as X and Y, got 1"),
        (lambda: mutual_information(XOR, (0, 0), 1), r"expected one variable or several different ones, got \(0, 0\)"),
        (lambda: mutual_information(XOR, 0, 1, names="XY"), "expected names= as 3 different texts"),
        (lambda: mutual_information(XOR, 0, 1, names="XXY"), "expected names= as 3 different texts"),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_joint_distributions_that_are_refused() -> None:
    for given, message in (
        ([[0.5, 0.5], [0.25]], "got lists of different lengths in joint"),
        ([[], []], "got an empty list in joint"),
        ([[0.5, 0.5], [0.5, 0.5]], "the entries of joint sum to 2, not to 1"),
        ([[1.5, -0.5]], r"joint\[\(0, 1\)\] is negative"),
        ({"a": 0.5, "b": 0.5}, "expected a dict whose keys are tuples, one value for each variable, got the key 'a'"),
        ({(0, 1): 0.5, (0,): 0.5}, r"expected keys of one length, at least 1, got the lengths \[1, 2\]"),
        ("XY", "joint is text"),
        (0.5, "expected a joint distribution, a nested sequence, an array or a dict whose keys are tuples"),
        (P[i], "expected a joint distribution"),
        (np.array([[0.5, 0.6]]), "not to 1"),
        (np.array([[1.5, -0.5]]), "is negative"),
    ):
        with pytest.raises(kl.KLError, match=message):
            joint_entropy(given)
    with pytest.raises(TypeError, match="axes= is for NumPy arrays"):
        joint_entropy([[0.5, 0.5]], axes=(0,))
    for axes in ((0, 0), (), (3,), "01", (True,)):
        with pytest.raises(kl.KLError, match="axes="):
            joint_entropy(np.full((2, 2), 0.25), axes=axes)


def test_symbolic_joint_distributions() -> None:
    r = symbols("r:4")
    table = [[r[0], r[1]], [r[2], r[3]]]
    found = closed_form(table, measure=mutual_information)
    assert set(found.conditions) == {*(x >= 0 for x in r), Eq(sum(r), 1)}
    point = dict(zip(r, [HALF, 0, 0, HALF], strict=True))
    assert found.expression.subs(point) == log(2)
    assert conditional_entropy(table, 0, given=1).subs(point) == 0
    assert joint_entropy(table).subs(point) == log(2)
    z = symbols("z:8")
    cube = [[[z[0], z[1]], [z[2], z[3]]], [[z[4], z[5]], [z[6], z[7]]]]
    at = {z[4 * a + 2 * b + c]: Rational(int(c == a ^ b), 4) for a, b, c in product(range(2), repeat=3)}
    assert sympy.simplify(conditional_mutual_information(cube, given=2).subs(at) - log(2)) == 0
    assert mutual_information(sympy.Matrix([[HALF, 0], [0, HALF]])) == log(2)
    assert mutual_information(sympy.Array([[HALF, 0], [0, HALF]])) == log(2)


def test_mutual_information_of_nearly_independent_floats_has_its_digits() -> None:
    h = 1e-9
    table = np.array([[0.25 + h, 0.25 - h], [0.25 - h, 0.25 + h]])
    assert_allclose(mutual_information(table), 8 * h * h, rtol=1e-6)  # a sum of entropies would be off by 1e-16


# --- records ---------------------------------------------------------------------------------------------------------

RECORDED: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
    (kl_divergence, (FAIR, FAIR), {}),
    (entropy, (FAIR,), {}),
    (cross_entropy, (FAIR, FAIR), {}),
    (jensen_shannon, ([1, 0], FAIR), {}),
    (jensen_shannon, ([1, 0], FAIR, FAIR), {}),
    (total_variation, ([1, 0], FAIR), {}),
    (chi_squared, ([1, 0], FAIR), {}),
    (hellinger, ([1, 0], FAIR), {"squared": True}),
    (f_divergence, (t * log(t), [1, 0], FAIR), {}),
    (renyi_divergence, ([1, 0], FAIR, 2), {"base": 2}),
    (renyi_divergence, ([1, 0], FAIR, 1), {}),
    (renyi_entropy, (FAIR, 2), {}),
    (joint_entropy, (XOR,), {}),
    (joint_entropy, (XOR, 0), {}),
    (conditional_entropy, (XOR, "X"), {"given": "Y", "names": "XYZ"}),
    (conditional_entropy, (XOR, "X"), {"given": "X", "names": "XYZ"}),
    (mutual_information, (XOR, 0, (1, 2)), {}),
    (mutual_information, (XOR, 0, 0), {}),
    (conditional_mutual_information, (XOR,), {"given": 0, "base": 2}),
    (conditional_mutual_information, (XOR, 0, 1), {"given": 1}),
]


@pytest.mark.parametrize(("measure", "given", "options"), RECORDED, ids=lambda x: getattr(x, "__name__", ""))
def test_a_record_has_the_value_and_a_theorem_or_a_reason(measure: Any, given: Any, options: Any) -> None:
    found = closed_form(*given, measure=measure, **options)
    assert found.expression == measure(*given, **options)
    assert found.conditions == ()
    assert bool(found.derivation) is not bool(found.reason)
    assert {*found.facts, *([found.derivation] if found.derivation else [])} <= set(kl.names())
    if not found.derivation:
        assert found.theorem is None


def test_theorems_about_positive_probabilities_are_not_named_where_one_is_zero() -> None:
    assert closed_form([0.25, 0.75], FAIR, measure=hellinger).derivation == "hellinger_eq"
    assert closed_form([0, 1], FAIR, measure=hellinger).derivation == ""
    assert closed_form([0, 1], FAIR, measure=chi_squared).derivation == "chi2_eq"
    assert closed_form([0, 1], [0, 1], measure=chi_squared).derivation == ""
    found = closed_form(p, q, measure=hellinger)
    assert set(found.hypotheses) == {p > 0, 1 - p > 0, q > 0, 1 - q > 0}
    assert closed_form(p, q, measure=chi_squared).hypotheses == ()
    assert closed_form([0.25, 0.75], FAIR, HALF, measure=renyi_divergence).facts == ("sum_rpow_le_one",)
    assert closed_form([0.25, 0.75], FAIR, 2, measure=renyi_divergence).facts == ("one_add_kl_le_sum_rpow",)
    assert closed_form([0, 1], FAIR, 2, measure=renyi_divergence).facts == ()


def test_every_measure_has_a_record() -> None:
    assert {m for m, _, _ in RECORDED} == set(RECORDS)
    assert len(RECORDS) == 14
    assert closed_form([0.25, 0.75], FAIR, measure=jensen_shannon).theorem == kl.theorem("js_eq_entropy")
    for measure in (kl.value, len, "entropy", [entropy]):
        with pytest.raises(TypeError, match="expected measure= as a measure of kl_symbolic"):
            closed_form(FAIR, measure=measure)
    for name in ("exact", "axis", "axes"):
        with pytest.raises(TypeError, match=f"{name}= does not belong to it"):
            closed_form(FAIR, measure=entropy, **{name: None})


def test_piecewise_only_where_a_symbol_decides() -> None:
    shown = chi_squared([p, 1 - p], [0, 1])
    assert shown.has(Piecewise)
    assert not chi_squared(p, q).has(Piecewise)
