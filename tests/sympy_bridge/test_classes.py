"""0·log 0 = 0 survives substitution, differentiation, digits and generated code."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from itertools import product
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from sympy import E, Eq, IndexedBase, N, Piecewise, Rational, S, Sum, Symbol, cos, lambdify, limit, log, oo, pi, sin
from sympy.printing.numpy import CuPyPrinter, JaxPrinter, NumPyPrinter, SciPyPrinter

from kl_symbolic.sympy_bridge import rel_entr, xlogy
from kl_symbolic.sympy_bridge.latex import latex

HALF, THIRD = Rational(1, 2), Rational(1, 3)
x, y = sympy.symbols("x y")
t, u = sympy.symbols("t u", nonnegative=True)
a, b = sympy.symbols("a b", positive=True)
BOTH = pytest.mark.parametrize("f", [rel_entr, xlogy])


def value(f: Any, p: Any, q: Any) -> float:
    """Return SciPy's value of either function at nonnegative floats, computed to fifty digits."""
    with mpmath.workdps(50):
        if p == 0:
            return 0.0
        if q == 0:
            return math.inf if f is rel_entr else -math.inf
        p, q = mpmath.mpf(p), mpmath.mpf(q)
        return float(p * mpmath.log(p / q if f is rel_entr else q))


# --- SymPy -----------------------------------------------------------------------------------------------------------


def test_the_value_at_zero() -> None:
    assert rel_entr(0, x) == rel_entr(0, 0) == rel_entr(0, oo) == xlogy(0, x) == xlogy(0, 0) == 0
    assert rel_entr(a, 0) is oo
    assert (xlogy(a, 0), xlogy(-a, 0)) == (-oo, oo)
    assert rel_entr(t, 0).subs(t, 0) == 0
    assert rel_entr(t, 0).subs(t, THIRD) is oo
    for order in ([(x, 0), (y, 0)], [(y, 0), (x, 0)], [(y, HALF), (x, 0)]):
        assert rel_entr(x, y).subs(order) == xlogy(x, y).subs(order) == 0
    assert rel_entr(sympy.nan, 1) is rel_entr(0, sympy.nan) is xlogy(0, sympy.nan) is sympy.nan


def test_the_plain_form_where_it_is_right() -> None:
    assert rel_entr(a, b) == a * log(a / b)
    assert xlogy(x, b) == x * log(b)
    assert rel_entr(x, y).subs({x: a, y: b}) == a * log(a / b)
    assert isinstance(rel_entr(t, b), rel_entr)
    assert isinstance(xlogy(a, t), xlogy)


@BOTH
def test_derivatives_are_those_inside_the_domain(f: Any) -> None:
    plain = f(a, b)
    for variable, positive in ((x, a), (y, b)):
        assert f(x, y).diff(variable).subs({x: a, y: b}) == plain.diff(positive)
    assert xlogy(t, t).diff(t) == log(t) + 1
    assert (rel_entr(t, HALF) + rel_entr(1 - t, HALF)).diff(t) == log(2 * t) - log(2 - 2 * t)
    with pytest.raises(sympy.core.function.ArgumentIndexError):
        f(x, y).fdiff(3)


def test_digits_at_every_precision() -> None:
    fraction = Symbol("e")  # its sign is seen only in its digits
    for f, exact in ((rel_entr, pi * log(pi / E)), (xlogy, pi)):
        for digits in (15, 60):
            shown = f(fraction, E).subs(fraction, pi).evalf(digits)
            assert abs(shown - exact.evalf(digits + 20)) < Rational(1, 10 ** (digits - 2))
    hidden = sin(1) ** 2 + cos(1) ** 2
    assert N(rel_entr(sympy.Add(hidden, -HALF, evaluate=False), THIRD), 50) == N(log(Rational(3, 2)) / 2, 50)
    zero = rel_entr(hidden - 1, THIRD)
    assert N(zero) == zero, "no digit tells on which side of 0 this lies"
    # Quotients near 1 are not rounded before their logarithm is taken.
    close = rel_entr(x, y).subs({x: THIRD, y: THIRD + Rational(1, 10**40)})
    assert abs(close.evalf(30) + Rational(1, 10**40)) < Rational(1, 10**70)
    assert rel_entr(t, u).evalf(subs={t: 0.25, u: 0.5}) == N(rel_entr(0.25, 0.5))


def test_rewriting_and_limits() -> None:
    assert rel_entr(x, y).rewrite(log) == x * log(x / y)
    assert xlogy(x, y).rewrite(log) == x * log(y)
    cases = rel_entr(x, y).rewrite(Piecewise)
    assert cases == Piecewise((0, Eq(x, 0)), (oo, Eq(y, 0)), (x * log(x / y), True))
    for at, wanted in (((0, 0), 0), ((0, 1), 0), ((1, 0), oo), ((1, 2), -log(2))):
        assert cases.subs(dict(zip((x, y), at, strict=True))) == wanted
    cases = xlogy(x, y).rewrite(Piecewise)
    for at, wanted in (((0, 0), 0), ((0, 1), 0), ((1, 0), -oo), ((3, 2), 3 * log(2))):
        assert cases.subs(dict(zip((x, y), at, strict=True))) == wanted
    assert limit(rel_entr(t, HALF), t, 0) == limit(xlogy(t, t), t, 0) == 0


@BOTH
def test_assumptions(f: Any) -> None:
    assert f(t, u).is_extended_real
    assert f(t, u).is_finite is None
    assert f(t, t + 1).is_finite
    assert f(x, y).is_extended_real is None


def test_latex_of_sympy_and_ours() -> None:
    assert sympy.latex(rel_entr(x, y)) == r"x \log{\left(\frac{x}{y} \right)}"
    assert sympy.latex(xlogy(x, y) ** 2) == r"\left(x \log{\left(y \right)}\right)^{2}"
    assert latex(rel_entr(x, y)) == r"x \log \frac{x}{y}"


# --- generated code --------------------------------------------------------------------------------------------------

GRID = [0.0, 5e-324, 1e-300, 0.1, 0.25, 0.3, 0.1 + 0.2, 0.5, 1.0, 1.5, 1e300]


@BOTH
def test_numbers(f: Any) -> None:
    for modules in ("math", "mpmath", "numpy"):
        function = lambdify((x, y), f(x, y), modules)
        for p, q in product(GRID, repeat=2):
            assert math.isclose(function(p, q), value(f, p, q), rel_tol=1e-13, abs_tol=1e-323), (modules, p, q)
        assert math.isnan(function(0.0, math.nan))
        assert math.isnan(function(math.nan, 0.0)) or modules == "mpmath"
    assert lambdify((x, y), f(x, y), "sympy")(0, S.Zero) == 0
    assert lambdify((x, y), f(x, y), "sympy")(THIRD, HALF) == f(THIRD, HALF)


def test_mpmath_at_its_precision() -> None:
    with mpmath.workdps(40):
        assert abs(lambdify((x, y), rel_entr(x, y), "mpmath")(1, 3) + mpmath.log(3)) < mpmath.mpf(10) ** -39


@BOTH
def test_arrays_without_warnings(f: Any) -> None:
    grid = np.array(GRID)
    wanted = np.array([[value(f, p, q) for q in GRID] for p in GRID])
    function = lambdify((x, y), f(x, y), "numpy")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(function(grid[:, None], grid), wanted, rtol=1e-13, atol=1e-323)
        assert function(np.array([0, 0.5, 1], np.float32), np.float32(1)).dtype == np.float32
        assert isinstance(function(np.float64(0), np.float64(0)), float)
        assert isinstance(function(0, 0), float)


def test_sums_over_arrays() -> None:
    p, q, i, K = IndexedBase("p"), IndexedBase("q"), Symbol("i", integer=True), Symbol("K", integer=True)
    divergence = lambdify((p, q, K), Sum(rel_entr(p[i], q[i]), (i, 0, K - 1)), "numpy")
    assert divergence(np.array([0, 0.5, 0.5]), np.array([0.5, 0.25, 0.25]), 3) == pytest.approx(math.log(2), abs=1e-15)
    assert divergence(np.array([0.5, 0.5]), np.array([0, 1.0]), 2) == math.inf
    entropy = lambdify((p, K), -Sum(xlogy(p[i], p[i]), (i, 0, K - 1)), "math")
    assert entropy([0, 0.5, 0.5], 3) == pytest.approx(math.log(2), abs=1e-15)


def test_scipy_has_these_functions() -> None:
    assert SciPyPrinter().doprint(rel_entr(x, y)) == "scipy.special.rel_entr(x, y)"
    assert SciPyPrinter().doprint(xlogy(x, y)) == "scipy.special.xlogy(x, y)"


@BOTH
@pytest.mark.slow
def test_numbers_with_scipy(f: Any) -> None:
    function = lambdify((x, y), f(x, y), "scipy")
    for p, q in product(GRID, repeat=2):
        assert math.isclose(function(p, q), value(f, p, q), rel_tol=1e-13, abs_tol=1e-323), (p, q)


SHORT = {"fully_qualified_modules": False}
CODE: dict[str, Callable[[Any], str]] = {
    # SymPy 1.13 has no printer for PyTorch, and that of 1.14 calls this method.
    "torch": lambda e: e._torchcode(NumPyPrinter(SHORT)),
    "jax": lambda e: str(JaxPrinter(SHORT).doprint(e)),
    "cupy": lambda e: str(CuPyPrinter(SHORT).doprint(e)),
}


class Strict:
    """The names of PyTorch or JAX that generated code may use, on NumPy: as in PyTorch, ``where`` and ``log`` want an array."""

    inf, nan, float64 = np.inf, np.nan, np.float64

    @staticmethod
    def tensor(value: Any, dtype: Any) -> Any:
        return np.asarray(value, dtype)

    @staticmethod
    def where(condition: Any, first: Any, second: Any) -> Any:
        assert isinstance(condition, np.ndarray)
        return np.where(condition, first, second)

    @staticmethod
    def log(value: Any) -> Any:
        assert isinstance(value, np.ndarray)
        return np.log(value)

    @staticmethod
    def log1p(value: Any) -> Any:
        assert isinstance(value, np.ndarray)
        return np.log1p(value)


@BOTH
@pytest.mark.parametrize("printer", ["torch", "jax", "cupy"])
def test_code_for_torch_jax_and_cupy(f: Any, printer: str) -> None:
    code = CODE[printer](f(x, y))
    names = {name: getattr(Strict, name) for name in ("where", "log", "log1p", "inf", "nan")}
    grid = np.array(GRID)
    first, second = (np.ravel(part) for part in np.meshgrid(grid, grid))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = eval(code, names, {"x": first, "y": second})  # noqa: S307
    np.testing.assert_allclose(found, [value(f, p, q) for p, q in zip(first, second, strict=True)], rtol=1e-13)


def test_torch_gets_tensors_and_indexed_symbols() -> None:
    p, q, i = IndexedBase("p"), IndexedBase("q"), Symbol("i", integer=True)
    assert CODE["torch"](rel_entr(x, THIRD)).endswith("(x, tensor(1/3, dtype=float64))")
    assert CODE["torch"](rel_entr(p[i], q[i + 1])).endswith("(p[i], q[i + 1])")
