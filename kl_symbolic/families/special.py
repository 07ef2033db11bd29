"""Special functions of real arguments that closed forms need and SymPy has only with lists or complex numbers, and safe Γ and ψ."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy
from sympy import I, exp, hyper, log, re

__all__ = [
    "BetaLog",
    "GammaLog",
    "GammaRoot",
    "Hypergeometric",
    "LogPowerSum",
    "ReDigamma",
    "ReDilog",
    "ZetaDerivative",
    "gamma_ratio",
    "is_natural",
    "ln_gamma",
    "log_rest",
    "psi",
]

_LARGEST_WRITTEN_OUT = 30
"""SymPy evaluates Γ and ψ at rational numbers; above this size the values are long."""

_LONGEST_PRODUCT = 12
"""Factors of a ratio of Γ that are written out."""


def is_natural(number: Any, limit: int = 60) -> bool:
    """Return whether a number is a natural number, and not large enough to make a sum with so many terms long.

    Parameters
    ----------
    number : sympy.Expr
    limit : int
    """
    return bool(number.is_Integer and 0 <= number <= limit)


def _at(function: Any, *arguments: Any) -> Any:
    last = arguments[-1]
    if last.is_Rational and max(abs(last.p), last.q) > _LARGEST_WRITTEN_OUT:
        return function(*arguments, evaluate=False)
    return function(*arguments)


def psi(argument: Any, order: int = 0) -> Any:
    """Return the polygamma function, not evaluated where the value would be long.

    Parameters
    ----------
    argument : sympy.Expr
    order : int
    """
    return _at(sympy.polygamma, sympy.Integer(order), sympy.sympify(argument))


def ln_gamma(argument: Any) -> Any:
    """Return log Γ, not evaluated where the value would be long.

    Parameters
    ----------
    argument : sympy.Expr
    """
    return _at(sympy.loggamma, sympy.sympify(argument))


_SMALL = sympy.Rational(1, 10**15)
"""Below this p the digits of log(1 - p) are lost where 1 - p is rounded."""


def log_rest(p: Any) -> Any:
    """Return log(1 - p), by the inverse hyperbolic tangent where p is so small that 1 - p loses its digits.

    Parameters
    ----------
    p : sympy.Expr
    """
    if p.is_Rational and 0 < p < _SMALL:
        return -2 * sympy.atanh(p / (2 - p))
    return sympy.log(1 - p)


def gamma_ratio(a: Any, b: Any) -> Any:
    """Return Γ(a)/Γ(b), as a product where a - b is a small integer.

    Parameters
    ----------
    a, b : sympy.Expr
    """
    a, b = sympy.sympify(a), sympy.sympify(b)
    gap = sympy.expand(a - b)
    if gap.is_Integer and abs(gap) <= _LONGEST_PRODUCT:
        factors = sympy.Mul(*((b if gap > 0 else a) + j for j in range(abs(int(gap)))))
        return factors if gap > 0 else 1 / factors
    if all(x.is_Rational and 0 < x <= _LARGEST_WRITTEN_OUT for x in (a, b)):
        return _at(sympy.gamma, a) / _at(sympy.gamma, b)
    if all(x.is_number for x in (a, b)):
        return exp(ln_gamma(a) - ln_gamma(b))
    return sympy.gamma(a) / sympy.gamma(b)


class _Numeric(sympy.Function):  # type: ignore[misc]
    """A function of real arguments with real values that mpmath evaluates."""

    is_extended_real = True

    def _value(self, numbers: list[Any]) -> Any:
        raise NotImplementedError

    def _eval_evalf(self, prec: int) -> Any:
        with mpmath.workprec(prec + 20):
            numbers = [
                mpmath.mpf(a.p) / a.q if a.is_Rational else a._to_mpmath(prec + 20)
                for a in map(_exact_or_float(prec), self.args)
            ]
            value = mpmath.re(self._value(numbers))
        return sympy.Float._new(value._mpf_, prec)


def _exact_or_float(prec: int) -> Any:
    return lambda a: a if a.is_Rational else a._evalf(prec + 20)


class Hypergeometric(_Numeric):
    """The generalized hypergeometric function pFq, its arguments as plain numbers.

    ``Hypergeometric(p, a₁, …, a_p, b₁, …, b_q, z)`` is ``hyper([a₁, …, a_p], [b₁, …, b_q], z)``.
    """

    def _split(self, arguments: Any) -> tuple[Any, Any, Any]:
        p = int(arguments[0])
        return arguments[1 : p + 1], arguments[p + 1 : -1], arguments[-1]

    def _value(self, numbers: list[Any]) -> Any:
        upper, lower, z = self._split(numbers)
        return mpmath.hyper(list(upper), list(lower), z)

    def _eval_rewrite_as_hyper(self, *arguments: Any, **_: Any) -> Any:
        upper, lower, z = self._split(arguments)
        return hyper(upper, lower, z)


class BetaLog(_Numeric):
    """``BetaLog(a, b, x, y)`` is Re E log(1 + zY) with z = x + iy and Y of the beta distribution with parameters a and b."""

    nargs = 4

    def _value(self, numbers: list[Any]) -> Any:
        a, b, x, y = numbers
        z = mpmath.mpc(x, y) if y else x
        outside = abs(z) >= 1 and abs(z / (1 + z)) < abs(z)
        if outside:
            w = z / (1 + z)
            return mpmath.log(1 + z) - w * b / (a + b) * mpmath.hyp3f2(1, 1, b + 1, 2, a + b + 1, w)
        return z * a / (a + b) * mpmath.hyp3f2(1, 1, a + 1, 2, a + b + 1, -z)

    def _eval_rewrite_as_hyper(self, a: Any, b: Any, x: Any, y: Any, **_: Any) -> Any:
        z = x + I * y
        return re(z * a / (a + b) * hyper([1, 1, a + 1], [2, a + b + 1], -z))


class GammaRoot(_Numeric):
    """``GammaRoot(k, z)`` is E exp(z·√G) with G of the gamma distribution with shape k and rate 1."""

    nargs = 2

    def _value(self, numbers: list[Any]) -> Any:
        k, z = numbers
        if z < 0:
            return mpmath.gamma(k + 0.5) / mpmath.sqrt(mpmath.pi) * mpmath.hyperu(k, 0.5, z**2 / 4)
        odd = z * mpmath.gammaprod([k + 0.5], [k]) * mpmath.hyp1f1(k + 0.5, 1.5, z**2 / 4)
        return mpmath.hyp1f1(k, 0.5, z**2 / 4) + odd

    def _eval_rewrite_as_hyper(self, k: Any, z: Any, **_: Any) -> Any:
        half = sympy.S.Half
        odd = z * sympy.gamma(k + half) / sympy.gamma(k) * hyper([k + half], [3 * half], z**2 / 4)
        return hyper([k], [half], z**2 / 4) + odd


class ReDigamma(_Numeric):
    """``ReDigamma(x, y)`` is Re ψ(x + iy)."""

    nargs = 2

    @classmethod
    def eval(cls, x: Any, y: Any) -> Any:
        """Return ψ(x) at a real argument."""
        return psi(x) if y.is_zero else None

    def _value(self, numbers: list[Any]) -> Any:
        return mpmath.psi(0, mpmath.mpc(*numbers))

    def _eval_rewrite_as_re(self, x: Any, y: Any, **_: Any) -> Any:
        return re(sympy.digamma(x + I * y))


class GammaLog(_Numeric):
    """``GammaLog(k, x, y)`` is Re E log(1 + zG) with z = x + iy and G of the gamma distribution with shape k and rate 1."""

    nargs = 3

    @classmethod
    def eval(cls, k: Any, x: Any, y: Any) -> Any:
        """Return a sum of exponential integrals at a natural k and a positive argument."""
        if y.is_zero and x.is_positive and is_natural(k):
            return exp(1 / x) * sum((sympy.expint(j, 1 / x) for j in range(1, int(k) + 1)), sympy.S.Zero)
        return None

    def _value(self, numbers: list[Any]) -> Any:
        k, x, y = numbers
        u = 1 / (mpmath.mpc(x, y) if y else x)
        near = mpmath.nint(k)
        if k == near:
            return mpmath.exp(u) * mpmath.fsum(mpmath.expint(j, u) for j in range(1, int(near) + 1))
        # The terms are as large as exp(u) and 1/|k - n|, and cancel.
        lost = int(3 * abs(u)) + int(2 * mpmath.log(1 + 1 / abs(k - near), 2))
        with mpmath.extraprec(lost):
            first = mpmath.gamma(1 - k) * u**k / k * mpmath.hyp1f1(k, k + 1, u)
            last = u / (1 - k) * mpmath.hyp2f2(1, 1, 2, 2 - k, u)
            return mpmath.psi(0, k) + first - last - mpmath.log(u)

    def _eval_rewrite_as_hyper(self, k: Any, x: Any, y: Any, **_: Any) -> Any:
        u = 1 / (x + I * y)
        first = sympy.gamma(1 - k) * u**k / k * hyper([k], [k + 1], u)
        return re(sympy.digamma(k) + first - u / (1 - k) * hyper([1, 1], [2, 2 - k], u) - log(u))


class ReDilog(_Numeric):
    """``ReDilog(x, y)`` is Re Li₂(x + iy)."""

    nargs = 2

    def _value(self, numbers: list[Any]) -> Any:
        return mpmath.polylog(2, mpmath.mpc(*numbers))

    def _eval_rewrite_as_re(self, x: Any, y: Any, **_: Any) -> Any:
        return re(sympy.polylog(2, x + I * y))


class ZetaDerivative(_Numeric):
    """``ZetaDerivative(s)`` is ζ'(s)."""

    nargs = 1

    def _value(self, numbers: list[Any]) -> Any:
        return mpmath.zeta(numbers[0], 1, 1)

    def _eval_rewrite_as_Derivative(self, s: Any, **_: Any) -> Any:
        u = sympy.Dummy("s")
        return sympy.Subs(sympy.Derivative(sympy.zeta(u), u), u, s)


class LogPowerSum(_Numeric):
    """``LogPowerSum(s, z)`` is Σ z^k·k^(-s)·log k over the natural numbers from 1 on: minus the derivative of Li_s(z) by s."""

    nargs = 2

    def _value(self, numbers: list[Any]) -> Any:
        s, z = numbers
        return mpmath.nsum(lambda k: z**k * mpmath.log(k) / k**s, [1, mpmath.inf])

    def _eval_rewrite_as_Derivative(self, s: Any, z: Any, **_: Any) -> Any:
        u = sympy.Dummy("s")
        return -sympy.Subs(sympy.Derivative(sympy.polylog(u, z), u), u, s)
