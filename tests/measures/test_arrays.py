"""Measures of floating arrays: right to the last digits, along an axis, and validated row by row."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.special
import scipy.stats
import sympy
from sympy import Rational, log

import kl_symbolic as kl
from kl_symbolic.language.errors import InvalidType, InvalidValue

from ..support.lanes import sampled

DRAW = np.random.default_rng(7)
ROWS, OTHERS = DRAW.dirichlet([0.7] * 5, size=(2, 3)), DRAW.dirichlet([0.7] * 5, size=(2, 3))


def exact_values(p: Any, q: Any, digits: int = 700) -> tuple[Any, Any, Any]:
    """Return the three measures of floats divided by their sums, in 700 digits, for 1 + 5·10⁻³²⁴ is not 1."""
    with mpmath.workdps(digits):
        first, second = ([mpmath.mpf(float(v)) for v in side] for side in (p, q))
        first, second = ([v / mpmath.fsum(side) for v in side] for side in (first, second))
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a]
        kl_ = mpmath.fsum(a * mpmath.log(a / b) for a, b in pairs)
        return kl_, -mpmath.fsum(a * mpmath.log(a) for a, _ in pairs), -mpmath.fsum(a * mpmath.log(b) for a, b in pairs)


@pytest.mark.parametrize("seed", sampled(range(30)))
def test_values_agree_with_mpmath(seed: int) -> None:
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, 60))
    p, q = draw.dirichlet([10.0 ** draw.uniform(-1, 1)] * count, size=2)
    p[: count // 3] = 0.0 if count > 3 else p[: count // 3]
    p /= p.sum()
    divergence, entropy, cross = exact_values(p, q)
    assert abs(kl.kl_divergence(p, q) - divergence) <= 4e-15 * divergence
    assert abs(kl.entropy(p) - entropy) <= 4e-15 * entropy + 4e-16
    assert abs(kl.cross_entropy(p, q) - cross) <= 4e-15 * cross


@pytest.mark.parametrize("exponent", range(-12, 0))
def test_close_distributions_keep_their_digits(exponent: int) -> None:
    """A sum of p·log(p/q) is off by 10⁻¹⁶, and so has no digit left where the divergence is 10⁻²⁰."""
    p = DRAW.dirichlet([1.0] * 20)
    q = p * (1 + 10.0**exponent * DRAW.uniform(-1, 1, 20))
    q /= q.sum()
    wanted = exact_values(p, q)[0]
    assert abs(kl.kl_divergence(p, q) - wanted) <= max(1e-14, 1e-19 / 10.0**exponent) * wanted
    naive = abs(np.sum(p * np.log(p / q)) - wanted) / wanted
    assert naive > 1e-3 or exponent > -8


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ([1.0, 0.0], [5e-324, 1.0]),
        ([1e-300, 1.0], [1.0, 1e-300]),
        ([0.5, 0.5], [0.5 - 1e-16, 0.5]),
        ([1.0, 5e-324], [1.0, 1e-320]),
        ([0.9, 0.1, 0.0], [0.1, 0.9, 0.0]),
        ([0.55, 0.45], [0.45, 0.55]),
        ([0.45, 0.55], [0.55, 0.45]),
    ],
)
def test_tiny_and_huge_ratios(p: list[float], q: list[float]) -> None:
    wanted = exact_values(p, q)[0]
    assert abs(kl.kl_divergence(np.array(p), np.array(q)) - wanted) <= 1e-15 * wanted + 1e-323


def test_zeros_and_infinity() -> None:
    fair, sure = np.array([0.5, 0.5]), np.array([1.0, 0.0])
    assert kl.kl_divergence(fair, sure) == np.inf == kl.cross_entropy(fair, sure)
    assert kl.kl_divergence(sure, fair) == pytest.approx(np.log(2), rel=1e-15)
    assert kl.kl_divergence(sure, sure) == 0 == kl.entropy(sure) == kl.cross_entropy(sure, sure)
    assert kl.kl_divergence(fair, fair) == 0
    assert kl.kl_divergence(np.array([1.0]), np.array([1.0])) == 0
    assert np.array_equal(kl.kl_divergence(np.eye(3), np.eye(3)[[0, 2, 1]], axis=-1), [0, np.inf, np.inf])


def test_short_floats_are_worked_on_in_double_precision() -> None:
    p, q = (DRAW.dirichlet([1.0] * 1000).astype(np.float32) for _ in range(2))
    found = kl.kl_divergence(p, q)
    assert found.dtype == np.float64 and abs(found - exact_values(p, q, digits=60)[0]) < 1e-14
    assert kl.entropy(ROWS[0, 0].astype(np.longdouble)).dtype == np.longdouble


def test_exact_and_float_values_agree() -> None:
    p, q = ROWS[0, 0], OTHERS[0, 0]
    for measure in (kl.kl_divergence, kl.cross_entropy):
        assert abs(measure(p, q) - float(measure(list(p), list(q)))) < 1e-15
    assert abs(kl.entropy(p) - float(kl.entropy(list(p)))) < 1e-15
    assert kl.kl_divergence(p, [Rational(1, 5)] * 5) == pytest.approx(float(log(5) - kl.entropy(list(p))), rel=1e-14)
    assert kl.entropy(0.25, exact=False) == pytest.approx(0.5623351446188083, rel=1e-15)
    assert kl.entropy([sympy.sin(1) ** 2, sympy.cos(1) ** 2], exact=False) == pytest.approx(
        float(kl.entropy([sympy.sin(1) ** 2, sympy.cos(1) ** 2])), rel=1e-15
    )


# --- axes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", [-1, 2])
@pytest.mark.parametrize("base", [None, 2, 10])
def test_rows_are_those_of_scipy(axis: int, base: Any) -> None:
    assert np.allclose(kl.entropy(ROWS, axis=axis, base=base), scipy.stats.entropy(ROWS, axis=axis, base=base), 1e-13)
    wanted = scipy.stats.entropy(ROWS, OTHERS, axis=axis, base=base)
    assert np.allclose(kl.kl_divergence(ROWS, OTHERS, axis=axis, base=base), wanted, 1e-13)
    flipped = [np.moveaxis(side, -1, 0) for side in (ROWS, OTHERS)]
    assert np.array_equal(
        kl.kl_divergence(*flipped, axis=0, base=base), kl.kl_divergence(ROWS, OTHERS, axis=-1, base=base)
    )


def test_other_axes_are_broadcast() -> None:
    q = OTHERS[0, 0]
    wanted = np.array([[kl.kl_divergence(row, q) for row in block] for block in ROWS])
    for other in (q, list(q), q[None], np.broadcast_to(q, ROWS.shape)):
        assert np.allclose(kl.kl_divergence(ROWS, other, axis=-1), wanted, rtol=1e-15)
    # One distribution has its outcomes on its only axis, wherever those of the others are.
    assert np.allclose(kl.kl_divergence(np.moveaxis(ROWS, -1, 0), q, axis=0), wanted, rtol=1e-15)
    pairs = kl.kl_divergence(ROWS[0][:, None], ROWS[0][None], axis=-1)
    assert pairs.shape == (3, 3) and np.array_equal(np.diag(pairs), np.zeros(3)) and (pairs + np.eye(3) > 0).all()
    assert kl.entropy(np.empty((0, 5)), axis=-1).shape == (0,)


def test_counts_are_normalized_along_the_axis() -> None:
    counts = np.array([[1.0, 1.0], [1.0, 3.0]])
    assert np.allclose(kl.entropy(counts, axis=-1, normalize=True, base=2), [1, 0.8112781244591328], rtol=1e-15)
    assert np.allclose(kl.kl_divergence(counts, 5 * counts, axis=0, normalize=True), 0, atol=1e-16)
    found = kl.kl_divergence(counts, 5 * counts[::-1], axis=-1, normalize=True)
    assert np.allclose(
        found, [kl.kl_divergence(a / a.sum(), b / b.sum()) for a, b in zip(counts, counts[::-1], strict=True)]
    )


def test_exact_values_along_an_axis_are_an_array_of_expressions() -> None:
    counts = np.array([[1, 1], [1, 3]])
    found = kl.entropy(counts, axis=-1, normalize=True, base=2)
    assert found.dtype == object and found[0] == 1 and found[1] == 2 - 3 * log(3) / (4 * log(2))
    halves = np.array([[0.5, 0.5], [0.25, 0.75]])
    assert [*kl.kl_divergence(halves, [Rational(1, 2)] * 2, axis=1, exact=True)] == [
        0, kl.kl_divergence([0.25, 0.75], [0.5, 0.5]),
    ]  # fmt: skip
    assert isinstance(kl.entropy(np.array([1, 0]), axis=0), sympy.Expr)
    with pytest.raises(InvalidValue, match=r"in the row \[1\]: the entries of P sum to 3, not to 1"):
        kl.entropy(np.array([[1, 0], [2, 1]]), axis=-1)
    with pytest.raises(InvalidValue, match="do not broadcast: P \\(2,\\) and Q \\(3,\\)"):
        kl.kl_divergence(np.ones((2, 1), dtype=int), np.ones((3, 1), dtype=int), axis=-1)


BAD = ROWS.copy()
BAD[1, 2, 3] += 0.5
NEGATIVE = ROWS.copy()
NEGATIVE[1, 0, 3] *= -1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kl.entropy(ROWS), "P is an array of the shape (2, 3, 5); axis= says which axis has the outcomes: axis=-1"),
        (lambda: kl.entropy(ROWS.astype(object)), "P is an array of the shape (2, 3, 5); axis= says"),
        (lambda: kl.kl_divergence(ROWS[0, 0], OTHERS), "Q is an array of the shape (2, 3, 5); axis= says"),
        (lambda: kl.entropy(ROWS, axis=1), "the entries of P in the row [0, 0] sum to "),
        (lambda: kl.entropy(BAD, axis=-1), "the entries of P in the row [1, 2] sum to 1."),
        (lambda: kl.entropy(NEGATIVE, axis=-1), "P[1, 0, 3] is negative: -"),
        (lambda: kl.entropy(np.moveaxis(NEGATIVE, -1, 0), axis=0), "P[3, 1, 0] is negative: -"),
        (lambda: kl.entropy(np.moveaxis(NEGATIVE, -1, 1), axis=1), "P[1, 3, 0] is negative: -"),
        (lambda: kl.entropy(np.where(NEGATIVE < 0, np.nan, ROWS), axis=-1), "P[1, 0, 3] is NaN"),
        (lambda: kl.entropy(np.where(NEGATIVE < 0, np.inf, ROWS), axis=-1), "P[1, 0, 3] is infinite"),
        (lambda: kl.entropy(0 * ROWS, axis=-1, normalize=True), "in the row [0, 0] sum to 0, and normalize=True cannot"),
        (lambda: kl.kl_divergence(ROWS, OTHERS[:, :, :4], axis=-1), "P has 5 outcomes and Q has 4"),
        (lambda: kl.kl_divergence(ROWS, OTHERS[:, :2], axis=-1), "do not broadcast: P (2, 3) and Q (2, 2)"),
        (lambda: kl.kl_divergence(ROWS, OTHERS[0], axis=0), "Q has 2 dimensions, and lacks the axis 0 of 3"),
        (lambda: kl.entropy(ROWS, axis=3), "expected axis= from -3 to 2 for arrays of 3 dimensions, got 3"),
        (lambda: kl.entropy(ROWS, axis=True), "expected axis= as an integer, got True"),
        (lambda: kl.entropy(np.empty((3, 0)), axis=-1), "P has no outcomes"),
        (lambda: kl.closed_form(ROWS, OTHERS), "expected a one-dimensional array as P, got one of the shape (2, 3, 5)"),
        (lambda: kl.distribution(ROWS), "expected a one-dimensional array as P"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_row(call: Any, message: str) -> None:
    with pytest.raises((InvalidType, InvalidValue)) as error:
        call()
    assert message in str(error.value)


def test_warnings_of_numpy_do_not_reach_the_user() -> None:
    with np.errstate(all="raise"):
        kl.kl_divergence(np.array([0.0, 1.0, 0.0]), np.array([0.0, 5e-324, 1.0]))
        kl.cross_entropy(np.array([0.0, 1.0]), np.array([0.0, 1.0]))


def test_the_input_is_not_changed() -> None:
    p, q = ROWS.copy(), OTHERS.copy()
    p.flags.writeable = q.flags.writeable = False
    kl.kl_divergence(p, q, axis=-1)
    kl.kl_divergence(p, q, axis=-1, normalize=True)
    kl.entropy(p, axis=-1)


def test_floats_need_numpy_and_not_scipy() -> None:
    program = (
        "import sys, numpy as np, kl_symbolic as kl; print(kl.kl_divergence(np.array([1.0, 0]), np.array([0.5, 0.5])),"
        " [m for m in ('scipy', 'pandas', 'sympy.stats') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "0.6931471805599453 []\n"


def least(call: Any) -> float:
    found = []
    for _ in range(20):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return min(found)


@pytest.mark.parametrize("kind", ["random", "close", "zeros"])
def test_a_hundred_thousand_outcomes_cost_three_times_scipy_at_most(kind: str) -> None:
    p, q = DRAW.dirichlet([1.0] * 10**5, size=2)
    if kind == "close":
        q = p * (1 + 1e-6 * DRAW.standard_normal(10**5))
        q /= q.sum()
    if kind == "zeros":
        p[:30000] = 0
        p /= p.sum()
    # The machine may be busy at any moment: one of several rounds is enough.
    ratios = []
    for _ in range(5):
        ratios.append(least(lambda: kl.kl_divergence(p, q)) / least(lambda: scipy.special.rel_entr(p, q).sum()))
        if ratios[-1] <= 3:
            return
    raise AssertionError(f"ratios {ratios}")


@pytest.mark.slow
def test_ten_thousand_symbols_take_seconds() -> None:
    count = 10**4
    p, q = sympy.symbols(f"p0:{count}"), sympy.symbols(f"q0:{count}")
    began = time.process_time()
    found = kl.closed_form([*p], [*q])
    assert len(found.expression.args) == count and len(found.conditions) == 2 * count + 2
    last = 1 - sympy.Add(*p[1:])
    assert kl.closed_form([*p[1:], last], [Rational(1, count)] * count).conditions[-1] == (last >= 0)
    assert time.process_time() - began < 20, "10 s for each of the two"


def test_a_random_pair_of_exact_and_float_inputs_agrees_under_every_option() -> None:
    pick = random.Random(3)
    for _ in range(20):
        count = pick.randint(1, 6)
        weights = [[pick.randint(0, 9) + (k == 0) for k in range(count)] for _ in range(2)]
        base = pick.choice([None, 2, 3, 10])
        exact = kl.kl_divergence(*weights, base=base, normalize=True)
        found = kl.kl_divergence(*(np.array(w, dtype=float) for w in weights), base=base, normalize=True)
        assert found == (np.inf if exact is sympy.oo else pytest.approx(float(exact), rel=1e-13, abs=1e-16))
