"""Special functions of real numbers that SymPy has with lists or complex numbers only; short forms of Γ, ψ, powers."""

from __future__ import annotations

import itertools
from typing import Any

import mpmath
import sympy
from sympy import I, exp, hyper, log, re

from ..language.errors import NoClosedForm

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
    "lower_gamma",
    "psi",
    "raised",
    "upper_gamma",
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


_LARGEST_EXPONENT = 200
"""SymPy writes powers of numbers out; beyond this exponent that takes long."""


def raised(base: Any, exponent: Any) -> Any:
    """Return a power, not written out where that is long.

    Parameters
    ----------
    base, exponent : sympy.Expr
    """
    base, exponent = sympy.sympify(base), sympy.sympify(exponent)
    long = exponent.is_Rational and abs(exponent) > _LARGEST_EXPONENT
    return LargePower(base, exponent) if long and base != 1 and not base.free_symbols else base**exponent


_SMALL = sympy.Rational(1, 10**15)
"""Below this p the digits of log(1 - p) are lost where 1 - p is rounded."""


def log_rest(p: Any) -> Any:
    """Return log(1 - p), by the inverse hyperbolic tangent where p is so near to 0 that 1 - p loses its digits.

    Parameters
    ----------
    p : sympy.Expr
    """
    if p.is_Rational and 0 < abs(p) < _SMALL:
        return -2 * sympy.atanh(p / (2 - p))
    return sympy.log(1 - p)


def lower_gamma(a: Any, x: Any) -> Any:
    """Return the lower incomplete gamma function, not written out at integers, where the terms would cancel.

    Parameters
    ----------
    a, x : sympy.Expr
    """
    return sympy.lowergamma(a, x, evaluate=not a.is_Integer)


def upper_gamma(a: Any, x: Any) -> Any:
    """Return the upper incomplete gamma function, not written out at integers, where the terms would cancel.

    Parameters
    ----------
    a, x : sympy.Expr
    """
    return sympy.uppergamma(a, x, evaluate=not a.is_Integer)


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
        raise NoClosedForm(f"{type(self).__name__} has no numerical value")

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

    Parameters
    ----------
    *args : sympy.Expr
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


_FAR = 0.75
"""Beyond this argument the hypergeometric series takes longer than the integral."""


_PEAKED = 20
"""Where both parameters are larger, the density is a narrow peak, and the series converges fast."""


def _beta_log_by_quadrature(a: Any, b: Any, z: Any) -> Any:
    """Return E log|1 + zY| from its definition, in powers of Y and of 1 - Y that take the singularities away."""
    pole = mpmath.re(-1 / z)

    def half(a: Any, b: Any, c: Any, d: Any, pole: Any) -> Any:
        """Return the part below 1/2 of the integral with log|c + d·y|."""

        def f(u: Any) -> Any:
            y = u ** (1 / a)
            return (1 - y) ** (b - 1) * mpmath.log(abs(c + d * y))

        middle = [pole**a] if 0 < pole < mpmath.mpf(1) / 2 else []
        return mpmath.quad(f, [0, *middle, mpmath.mpf(1) / 2**a]) / a

    return (half(a, b, 1, z, pole) + half(b, a, 1 + z, -z, 1 - pole)) / mpmath.beta(a, b)


class BetaLog(_Numeric):
    """``BetaLog(a, b, x, y)`` is Re E log(1 + zY) with z = x + iy and Y of the distribution Beta(a, b).

    Parameters
    ----------
    *args : sympy.Expr
    """

    nargs = 4

    def _value(self, numbers: list[Any]) -> Any:
        a, b, x, y = numbers
        z = mpmath.mpc(x, y) if y else x
        w = z / (1 + z)
        if min(abs(z), abs(w)) > _FAR and min(a, b) < _PEAKED:
            return _beta_log_by_quadrature(a, b, z)
        if abs(w) < abs(z):
            return mpmath.log(1 + z) - w * b / (a + b) * mpmath.hyp3f2(1, 1, b + 1, 2, a + b + 1, w)
        return z * a / (a + b) * mpmath.hyp3f2(1, 1, a + 1, 2, a + b + 1, -z)

    def _eval_rewrite_as_hyper(self, a: Any, b: Any, x: Any, y: Any, **_: Any) -> Any:
        z = x + I * y
        return re(z * a / (a + b) * hyper([1, 1, a + 1], [2, a + b + 1], -z))


class GammaRoot(_Numeric):
    """``GammaRoot(k, z)`` is E exp(z·√G) with G of the gamma distribution with shape k and rate 1.

    Parameters
    ----------
    *args : sympy.Expr
    """

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
    """``ReDigamma(x, y)`` is Re ψ(x + iy).

    Parameters
    ----------
    x, y : sympy.Expr
    """

    nargs = 2

    @classmethod
    def eval(cls, x: Any, y: Any) -> Any:
        """Return ψ(x) at a real argument.

        Parameters
        ----------
        x, y : sympy.Expr
        """
        return psi(x) if y.is_zero else None

    def _value(self, numbers: list[Any]) -> Any:
        return mpmath.psi(0, mpmath.mpc(*numbers))

    def _eval_rewrite_as_re(self, x: Any, y: Any, **_: Any) -> Any:
        return re(sympy.digamma(x + I * y))


class LargePower(_Numeric):
    """``LargePower(b, e)`` is b^e for a positive number b, not written out.

    Parameters
    ----------
    *args : sympy.Expr
    """

    nargs = 2
    is_positive = True

    def _value(self, numbers: list[Any]) -> Any:
        with mpmath.extraprec(mpmath.mag(numbers[1]) + 10):
            return mpmath.exp(numbers[1] * mpmath.log(numbers[0]))

    def _eval_evalf(self, prec: int) -> Any:
        exponent = self.args[1]
        return super()._eval_evalf(prec + (abs(exponent.p) // exponent.q).bit_length())

    def _eval_rewrite_as_Pow(self, base: Any, exponent: Any, **_: Any) -> Any:
        return sympy.Pow(base, exponent, evaluate=False)


class GammaLog(_Numeric):
    """``GammaLog(k, x, y)`` is Re E log(1 + zG) with z = x + iy and G of the distribution Gamma(k, 1).

    Parameters
    ----------
    k, x, y : sympy.Expr
    """

    nargs = 3

    @classmethod
    def eval(cls, k: Any, x: Any, y: Any) -> Any:
        """Return a sum of exponential integrals at a natural k and a positive argument.

        Parameters
        ----------
        k, x, y : sympy.Expr
        """
        if y.is_zero and x.is_positive and is_natural(k):
            return exp(1 / x) * sum((sympy.expint(j, 1 / x) for j in range(1, int(k) + 1)), sympy.S.Zero)
        return None

    def _value(self, numbers: list[Any]) -> Any:
        k, x, y = numbers
        u = 1 / (mpmath.mpc(x, y) if y else x)
        near = mpmath.nint(k)
        if k == near:
            return mpmath.exp(u) * mpmath.fsum(mpmath.expint(j, u) for j in range(1, int(near) + 1))
        if abs(u) > mpmath.mp.prec + 3 * k:  # the asymptotic series, whose error is about exp(-|u|)
            terms = (-((-1) ** n) * mpmath.rf(k, n) / (n * u**n) for n in range(1, int(abs(u) - k)))
            return mpmath.fsum(itertools.takewhile(lambda t: abs(t) > mpmath.eps**2, terms))
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
    """``ReDilog(x, y)`` is Re Li₂(x + iy).

    Parameters
    ----------
    *args : sympy.Expr
    """

    nargs = 2

    def _value(self, numbers: list[Any]) -> Any:
        return mpmath.polylog(2, mpmath.mpc(*numbers))

    def _eval_rewrite_as_re(self, x: Any, y: Any, **_: Any) -> Any:
        return re(sympy.polylog(2, x + I * y))


class ZetaDerivative(_Numeric):
    """``ZetaDerivative(s)`` is ζ'(s).

    Parameters
    ----------
    *args : sympy.Expr
    """

    nargs = 1

    def _value(self, numbers: list[Any]) -> Any:
        return mpmath.zeta(numbers[0], 1, 1)

    def _eval_rewrite_as_Derivative(self, s: Any, **_: Any) -> Any:
        u = sympy.Dummy("s")
        return sympy.Subs(sympy.Derivative(sympy.zeta(u), u), u, s)


class LogPowerSum(_Numeric):
    """``LogPowerSum(s, z)`` is Σ z^k·k^(-s)·log k for k from 1 on: minus the derivative of Li_s(z) by s.

    Parameters
    ----------
    *args : sympy.Expr
    """

    nargs = 2

    def _value(self, numbers: list[Any]) -> Any:
        s, z = numbers
        return mpmath.nsum(lambda k: z**k * mpmath.log(k) / k**s, [1, mpmath.inf])

    def _eval_rewrite_as_Derivative(self, s: Any, z: Any, **_: Any) -> Any:
        u = sympy.Dummy("s")
        return -sympy.Subs(sympy.Derivative(sympy.polylog(u, z), u), u, s)
