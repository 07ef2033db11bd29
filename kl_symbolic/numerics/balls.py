"""Integrands by the balls of Arb, from python-flint, where it is installed: ten times as fast, and rigorous integrals.

A ball encloses a value as an interval does. Where a ball does not tell what is needed, such as the sign of an operand
of log, there is no answer, and the intervals of :mod:`kl_symbolic.numerics.values` are asked, which are exact where it
matters.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, final

from mpmath import libmp

from ..kernel.normal_form import integer_exponent
from ..kernel.terms import Node
from .interval import Interval

__all__ = ["Balls", "balls"]

_MOST_VALUES = 600
"""Values of an integrand that one rigorous integral may take; smooth ones take less than a hundred."""
_WORD = 64
"""Bits by which the precision grows, so that constants are computed for few precisions."""
_FUNCTIONS = ("exp", "log", "Gamma", "digamma")
_METHODS = {"Gamma": "gamma"}
"""The names of the functions in python-flint, where they are others."""


@cache
def _library() -> Any:
    """Return python-flint, or None where it is not installed."""
    try:
        import flint
    except ImportError:
        return None
    return flint


def balls(body: Node, prec: int) -> Balls | None:
    """Return a term in one bound number as a function of balls; None without python-flint, or such a function.

    Parameters
    ----------
    body : Node
        A term without names and definitions, with one variable open.
    prec : int
        The working precision in bits.
    """
    if _library() is None:
        return None
    steps: dict[Node, int] = {}
    return Balls(tuple(steps), prec) if _collect(body, steps) else None


def _collect(node: Node, steps: dict[Node, int]) -> bool:
    """Add a term and its parts, parts first; return whether all of them are known here."""
    if node in steps:
        return True
    known = node.op in ("num", "#", "pi", "neg", "abs", "xlogy", *"+-*/^", *_FUNCTIONS)
    if not known or not all(_collect(a, steps) for a in node.args):
        return False
    steps[node] = len(steps)
    return True


class _Silent(Exception):
    """A ball does not tell what is needed."""


@final
class Balls:
    """A term in one bound number: a list of steps, each an operator at the results of earlier ones.

    Parameters
    ----------
    parts : tuple of Node
        The term and its parts, parts first.
    prec : int
        The working precision in bits.
    """

    def __init__(self, parts: tuple[Node, ...], prec: int) -> None:
        self.prec = prec
        place = {part: k for k, part in enumerate(parts)}
        self._steps = [(part.op, [place[a] for a in part.args], integer_exponent(part)) for part in parts]
        self._parts = parts
        self._constants: dict[int, dict[int, Any]] = {}

    def value(self, x: Fraction) -> Interval | None:
        """Return an enclosure of the value at a number, or None.

        Parameters
        ----------
        x : Fraction
        """
        # A number beside an end has many digits, and so that the distance from the end keeps its own, all are needed.
        bits = x.numerator.bit_length()
        with _library().ctx.workprec(self.prec + bits // _WORD * _WORD):
            try:
                found = self._run(_ball(x), _real)
            except _Silent:
                return None
            return _interval(found, self.prec) if found.is_finite() else None

    def integral(self, low: Fraction, high: Fraction) -> Interval | None:
        """Return a rigorous enclosure of the integral, or None where none is found.

        Parameters
        ----------
        low, high : Fraction
            The ends, between which the term is to be analytic.
        """
        acb = _library().acb

        def f(x: Any, analytic: bool) -> Any:
            return acb(self._run(x, lambda op, a, b, n: _complex(op, a, b, n, analytic)))

        with _library().ctx.workprec(self.prec):
            found = acb.integral(f, _ball(low), _ball(high), eval_limit=_MOST_VALUES)
            fits = found.is_finite() and found.imag.contains(0)
            return _interval(found.real, self.prec) if fits else None

    def _run(self, x: Any, apply: Callable[[str, Any, Any, int | None], Any]) -> Any:
        constants = self._known(_library().ctx.prec)
        found: list[Any] = []
        for k, (op, args, exponent) in enumerate(self._steps):
            if op == "#":
                found.append(x)
            elif not args:
                found.append(constants[k])
            else:
                found.append(apply(op, found[args[0]], found[args[-1]], exponent))
        return found[-1]

    def _known(self, prec: int) -> dict[int, Any]:
        """Return the constants among the parts, at a precision."""
        if prec not in self._constants:
            self._constants[prec] = {
                k: _library().arb.pi() if part.op == "pi" else _ball(part.data)
                for k, part in enumerate(self._parts)
                if part.op in ("num", "pi")
            }
        return self._constants[prec]


def _ball(value: Fraction) -> Any:
    flint = _library()
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _interval(ball: Any, prec: int) -> Interval:
    (middle, scale), (radius, other) = ball.mid().man_exp(), ball.rad().man_exp()
    center, width = libmp.from_man_exp(int(middle), int(scale)), libmp.from_man_exp(int(radius), int(other))
    low = libmp.mpf_sub(center, width, prec, libmp.round_floor)
    return low, libmp.mpf_add(center, width, prec, libmp.round_ceiling)


def _real(op: str, a: Any, b: Any, exponent: int | None) -> Any:
    """Return an operator at real balls; raise _Silent where it may have no value."""
    if op in ("+", "-", "*"):
        return a + b if op == "+" else a - b if op == "-" else a * b
    if op == "/":
        return _apart(b) and a / b
    if op == "^" and exponent is not None:
        return a**exponent if exponent >= 0 else _apart(a) and a**exponent
    if op == "^":
        return _positive(a) and a**b
    if op == "xlogy":
        return _positive(b) and a * b.log()
    if op in ("neg", "abs", "exp"):
        return -a if op == "neg" else abs(a) if op == "abs" else a.exp()
    return _positive(a) and getattr(a, _METHODS.get(op, op))()


def _positive(a: Any) -> bool:
    if a > 0:
        return True
    raise _Silent


def _apart(a: Any) -> bool:
    if a != 0:
        return True
    raise _Silent


def _complex(op: str, a: Any, b: Any, exponent: int | None, analytic: bool) -> Any:
    """Return an operator at complex balls, infinite ones where it must be analytic and may not be."""
    acb = _library().acb
    a, b = acb(a), acb(b)
    if op in ("+", "-", "*", "/"):
        return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[op](b)
    if op == "^":
        return a**exponent if exponent is not None else a.pow(b, analytic=analytic)
    if op in ("log", "xlogy"):
        return a.log(analytic=analytic) if op == "log" else a * b.log(analytic=analytic)
    if op in ("neg", "abs"):
        return -a if op == "neg" else a.real_abs(analytic=analytic)
    return getattr(a, _METHODS.get(op, op))()
