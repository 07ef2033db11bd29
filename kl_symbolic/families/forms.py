"""Densities as closed forms are computed from them: log-densities in statistics, ends of supports, means of statistics.

A statistic is a tuple of its kind and its numbers:

=====================  =================================  ===================  =======================================
``("one",)``           1                                  ``("pow", r)``       x^r
``("log",)``           log x                              ``("log2",)``        (log x)²
``("exp", t)``         exp(t·x)                           ``("abs", m)``       the distance of x and m
``("log1p", c, k)``    log(1 + c·x^k)                     ``("logup", a)``     log(x − a)
``("logdown", b)``     log(b − x)                         ``("cauchy", m, s)`` log(s² + (x − m)²)
``("logistic", m, s)`` log(1 + exp(−(x − m)/s))           ``("cos", m)``       cos(x − m)
``("tri", l, m, h)``   log of the triangular density      ``("gammaln", r)``   log Γ(k + r), k a natural number
=====================  =================================  ===================  =======================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, final

from sympy import S, log

__all__ = [
    "ONE",
    "Combination",
    "Exponential",
    "Form",
    "Power",
    "Statistic",
    "Tail",
    "cauchy",
    "log_down",
    "log_up",
    "plus",
    "power",
    "told",
]

Statistic: TypeAlias = tuple[Any, ...]
Combination: TypeAlias = dict[Statistic, Any]

ONE: Statistic = ("one",)
LOG: Statistic = ("log",)


@final
@dataclass(frozen=True, slots=True)
class Power:
    """A tail of a density that falls as the power -1-alpha of the distance; a log-normal one has alpha = oo.

    Parameters
    ----------
    alpha : sympy.Expr
    """

    alpha: Any


@final
@dataclass(frozen=True, slots=True)
class Exponential:
    """A tail of a density that falls as d^a·exp(-rate·d^p), d the distance from 0.

    Parameters
    ----------
    p, rate, a : sympy.Expr
    """

    p: Any
    rate: Any
    a: Any = S.Zero


Tail: TypeAlias = Power | Exponential | None
"""A tail at infinity; None where the density is zero there or falls faster than each exponential function."""


@final
@dataclass(frozen=True)
class Form:
    """A density as closed forms are computed from it.

    Parameters
    ----------
    low, high : sympy.Expr
        The ends of the support.
    logarithm : mapping of Statistic to sympy.Expr
        The logarithm of the density as a linear combination of statistics.
    mean : callable
        Returns the mean of a statistic, where it exists; raises ``NoClosedForm``.
    left, right : Tail
    zero : sympy.Expr
        Where ``low`` is 0, the density goes as x^(zero-1) there; oo where it falls faster than each power.
    discrete : bool
        Whether it is a probability of integers.
    mass : callable or None
        Of a discrete one: the probability of an integer.
    """

    low: Any
    high: Any
    logarithm: Combination
    mean: Callable[[Statistic], Any]
    left: Tail = None
    right: Tail = None
    zero: Any = S.One
    discrete: bool = False
    mass: Callable[[int], Any] | None = field(default=None)


def plus(*parts: tuple[Any, Mapping[Statistic, Any]]) -> Combination:
    """Return a linear combination of combinations.

    Parameters
    ----------
    *parts : (factor, combination)
    """
    found: Combination = {}
    for factor, part in parts:
        for statistic, coefficient in part.items():
            found[statistic] = found.get(statistic, S.Zero) + factor * coefficient
    return found


def power(r: Any) -> Statistic:
    """Return the statistic x^r.

    Parameters
    ----------
    r : sympy.Expr
    """
    return ONE if r == 0 else ("pow", r)


def log_up(a: Any) -> Combination:
    """Return log(x - a) in the statistic that is used for it.

    Parameters
    ----------
    a : sympy.Expr
    """
    if a == 0:
        return {LOG: S.One}
    return {ONE: log(-a), ("log1p", -1 / a, S.One): S.One} if a.is_negative else {("logup", a): S.One}


def log_down(b: Any) -> Combination:
    """Return log(b - x) in the statistic that is used for it.

    Parameters
    ----------
    b : sympy.Expr
    """
    return {ONE: log(b), ("log1p", -1 / b, S.One): S.One} if b.is_positive else {("logdown", b): S.One}


def cauchy(m: Any, s: Any) -> Combination:
    """Return log(s² + (x - m)²) in the statistic that is used for it.

    Parameters
    ----------
    m, s : sympy.Expr
    """
    return {ONE: 2 * log(s), ("log1p", 1 / s**2, S(2)): S.One} if m == 0 else {("cauchy", m, s): S.One}


def told(statistic: Statistic) -> str:
    """Return a statistic in words, for messages.

    Parameters
    ----------
    statistic : Statistic
    """
    kind, *numbers = statistic
    if kind == "pow" and numbers[0] == 1:
        return "x"
    patterns: dict[str, str] = {
        "one": "1", "pow": "x**({})", "log": "log(x)", "log2": "log(x)**2", "exp": "exp(({})*x)",
        "abs": "|x - ({})|",
        "log1p": "log(1 + ({})*x**({}))", "logup": "log(x - ({}))", "logdown": "log(({}) - x)",
        "cauchy": "log(({1})**2 + (x - ({0}))**2)",
        "logistic": "log(1 + exp(-(x - ({}))/({})))", "cos": "cos(x - ({}))",
        "tri": "the logarithm of the triangular density on ({0}, {2})", "gammaln": "log(Gamma(k + {}))",
    }  # fmt: skip
    return patterns[kind].format(*numbers)
