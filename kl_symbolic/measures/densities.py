"""Tells whether an expression is a density, or the mass function of a count, in one of its symbols.

``exp(-x**2/2)/sqrt(2*pi)`` is an expression with values between 0 and 1, and so is the probability of a coin. Nobody
who writes it means a coin. The test is numerical and only warns: if the integral over the line or the half-line, or the
sum over the counts, is 1 for two choices of the other symbols, then the expression is taken for a density.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import sympy

__all__ = ["density_in"]

_CHOICES = ((0.37, 0.61, 0.83), (0.59, 0.29, 0.71))
"""Values of the other symbols: inside (0, 1), where probabilities, rates and scales all make sense."""
_SIZES = (5, 7)
"""Values of the other symbols that count something, as n in a binomial coefficient does."""
_CLOSE = 1e-4
"""How near to 1 an integral must be: heavy tails are cut off, and two choices agree by chance once in 10⁸ cases."""
_STEP = 0.06
_STEPS = 50
"""Steps of the double exponential rule to each side: up to |x| = 3·10⁶, and a dozen across a Gaussian of width 0.3."""
_COUNTS = 120
"""Terms of a sum over counts: those of a geometric law with p = 0.29 are below 10⁻¹⁷ there."""
_LARGE = 1e3
"""An integral that grows beyond it is not 1, and the rest of it is not computed."""
_USUAL = "x y t k n".split()
"""Names that an argument has more often than a parameter: a normal density is one in its mean too, but x is meant."""
_COUNTING = (sympy.factorial, sympy.binomial, sympy.gamma)


def density_in(e: sympy.Expr) -> sympy.Symbol | None:
    """Return the symbol in which an expression is a density or a mass function, or None.

    Parameters
    ----------
    e : sympy.Expr
        A real expression.

    Examples
    --------
    >>> x, p = sympy.symbols("x p")
    >>> density_in(sympy.exp(-(x**2) / 2) / sympy.sqrt(2 * sympy.pi))
    x
    >>> density_in(1 / (1 + sympy.exp(-x))), density_in(p)
    (None, None)
    """
    found = (s for s in e.free_symbols if isinstance(s, sympy.Symbol))
    symbols = sorted(found, key=lambda s: (s.name not in _USUAL, s.name))
    if e.is_polynomial(*symbols):
        return None
    counted = {s for f in e.atoms(*_COUNTING) for s in f.free_symbols}
    for x in symbols:
        others = [s for s in symbols if s != x]
        tests = [_at(e, x, dict(_values(others, counted, k))) for k in range(len(_CHOICES))]
        exponent = any(x in power.exp.free_symbols for power in e.atoms(sympy.Pow))
        rules = [] if x in counted else [_over_line, _over_half_line]
        rules += [_over_counts] if x in counted or exponent else []
        if any(all(abs(rule(f) - 1) < _CLOSE for f in tests) for rule in rules):
            return x
    return None


def _values(symbols: list[sympy.Symbol], counted: set[sympy.Symbol], k: int) -> Iterator[tuple[sympy.Symbol, float]]:
    values = count()
    for s in symbols:
        yield s, _SIZES[k] if s in counted or s.is_integer else _CHOICES[k][next(values) % len(_CHOICES[k])]


def _at(e: Any, x: Any, values: dict[Any, float]) -> Callable[[float], float]:
    """Return the expression as a function of x; it is NaN where it has no real value."""

    def value(number: float) -> float:
        try:
            found = e.evalf(15, subs={**values, x: number})
        except (ArithmeticError, ValueError):  # a pole, or a power of a negative number in mpmath
            return math.nan
        return float(found) if found.is_Float or found.is_Rational else math.nan

    return value


def _over_line(f: Callable[[float], float]) -> float:
    """Return the integral of a function over the line; it may have a cusp at 0."""
    return _over_half_line(f) + _over_half_line(lambda x: f(-x))


def _over_half_line(f: Callable[[float], float]) -> float:
    """Return the integral of a function over the positive numbers, by the substitution x = exp(π/2·sinh t)."""
    total = 0.0
    for k in range(-_STEPS, _STEPS + 1):
        x = math.exp(math.pi / 2 * math.sinh(k * _STEP))
        total += f(x) * x * math.pi / 2 * math.cosh(k * _STEP) * _STEP
        if not abs(total) < _LARGE:
            return math.nan
    return total


def _over_counts(f: Callable[[float], float]) -> float:
    """Return the sum of a function over 0, 1, 2, …, or over 1, 2, … if that is 1."""
    first, others = f(0), 0.0
    for number in range(1, _COUNTS):
        others += f(number)
        if not abs(others) < _LARGE:
            return math.nan
    return others if abs(others - 1) < _CLOSE else first + others
