"""Bounds of logarithms by their series, from which values are enclosed, and what is strict about log and exp."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import add

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.tactics import prove


@derivation("log_lt")
def log_lt(d: Draft) -> None:
    """**The logarithm is strictly increasing**: the tangent at the larger number is strictly above."""
    p = d.p
    a, b = d.numbers("a b")
    positive, less = d.given("0 < a", "a < b")
    above = p.order(lt(0, b), [(1, 1, positive), (1, 1, less)])
    tangent = p.scheme("log_le", {"a": a / b}, [p.pos(lt(0, a / b), positive, above)])
    law = p.cite("log_div", {"a": a, "b": b}, [positive, above])
    d.show(tangent, "the tangent at 1")
    inverse = p.pos(lt(0, 1 / b), above)
    d.show(p.order(lt(log(a), log(b)), [(1, 1, tangent), (-1, 1, law), (1, 1, less, inverse)], above), "`a/b < 1`")


@derivation("exp_lt")
def exp_lt(d: Draft) -> None:
    """**The exponential function is strictly increasing**: it lies above its tangent, which does."""
    p = d.p
    a, b = d.numbers("a b")
    (less,) = d.given("a < b")
    above = p.scheme("exp_pos", {"a": a})
    tangent = p.cite("exp_ge_one_add", {"a": b - a})
    d.show(tangent, "the tangent at 0")
    split = p.cite("exp_add", {"a": a, "b": b - a})
    same = p.trans(p.congr(exp(hole()), p.field(eq(b, a + (b - a)))), split)
    d.show(same, "exp turns sums into products")
    rows = [(1, 1, above, tangent), (-1, 1, same), (1, 1, above, less)]
    d.show(p.order(lt(exp(a), exp(b)), rows), "`exp(a)` is positive")


@derivation("mix_pos")
def mix_pos(d: Draft) -> None:
    """A mixture of two positive numbers is positive, for it is at least the smaller one."""
    p = d.p
    d.numbers("t a b")
    low, high, first, second = d.given("0 <= t", "t <= 1", "0 < a", "0 < b")
    a, b, t = p.term("a"), p.term("b"), p.term("t")
    goal = lt(0, t * a + (1 - t) * b)
    more, less = p.assume(le(a, b)), p.assume(lt(b, a))
    rest = p.order(le(0, 1 - t), [(1, 1, high)])
    one = p.order(goal, [(1, 1, first), (1, 1, more, rest)])
    two = p.order(goal, [(1, 1, second), (1, 1, less, low)])
    d.show(p.cases(le(a, b), one, two), "it is the smaller number and a part of the difference")


# --- the series of the logarithm --------------------------------------------------------------------------------------


def _partial_sum(z: Node, terms: int) -> Node:
    """Return 2z + 2z³/3 + … with so many terms."""
    return reduce(add, (num(Fraction(2, 2 * k + 1)) * (z ** (2 * k + 1) if k else z) for k in range(terms)))


def _rest(z: Node, terms: int) -> Node:
    """Return what is added to the sum so that it is an upper bound: the rest of the series is less."""
    return num(Fraction(2, 2 * terms + 1)) * z ** (2 * terms + 1) / (1 - z * z)


def _signs(p: Proof, z: Node, low: Fact, high: Fact) -> tuple[Fact, Fact, Fact]:
    """Return 0 < 1 − z, 0 < 1 + z and 0 < 1 − z·z from 0 ≤ z and z < 1."""
    minus, plus = p.order(lt(0, 1 - z), [(1, 1, high)]), p.order(lt(0, 1 + z), [(1, 1), (1, 1, low)])
    return minus, plus, p.order(lt(0, 1 - z * z), [(1, 1, minus, plus)])


def _series(d: Draft, terms: int, upper: bool) -> None:
    """Compare log(1 + z) − log(1 − z) with the first terms of its series, where 0 ≤ z < 1: the derivative tells."""
    p = d.p
    z, t = d.numbers("z t")
    low, high = d.given("0 <= z", "z < 1")
    begin, end = p.assume(le(0, t)), p.assume(le(t, z))
    signs = _signs(p, t, begin, p.order(lt(t, 1), [(1, 1, end), (1, 1, high)]))

    def gap(x: Node) -> Node:
        exact = log(1 + x) - log(1 - x)
        return _partial_sum(x, terms) + _rest(x, terms) - exact if upper else exact - _partial_sum(x, terms)

    slope, conditions = derivative(gap(t), t.data)
    domain = [prove(p, c, signs) for c in dict.fromkeys(conditions)]
    square = 1 - t * t
    if upper:
        shape = num(Fraction(4, 2 * terms + 1)) * t ** (2 * terms + 2) / (square * square)
    else:
        shape = num(2) * t ** (2 * terms) / square
    sign = d.show(p.pos(le(0, shape), begin, *signs), "the derivative of the difference, as the series tells")
    line = p.mono_of_deriv(t.data, gap(t), p.rewrite(sign, p.field(eq(shape, slope), *signs, *domain)), low, *domain)
    exact = log(1 + z) - log(1 - z)
    bound = le(exact, _partial_sum(z, terms) + _rest(z, terms)) if upper else le(_partial_sum(z, terms), exact)
    at_zero = p.order(lt(0, 1 - num(0) * num(0)), [(1, 1)])
    d.show(p.order(bound, [(1, 1, line)], _signs(p, z, low, high)[2], at_zero), "the difference is 0 at 0, and grows")


@derivation("artanh_lower_3")
def artanh_lower_3(d: Draft) -> None:
    """Three terms of the series of log(1 + z) − log(1 − z) are a lower bound."""
    _series(d, 3, upper=False)


@derivation("artanh_upper_3")
def artanh_upper_3(d: Draft) -> None:
    """Three terms of the series of log(1 + z) − log(1 − z), with a bound of the rest."""
    _series(d, 3, upper=True)


@derivation("artanh_lower_12")
def artanh_lower_12(d: Draft) -> None:
    """Twelve terms of the series of log(1 + z) − log(1 − z) are a lower bound."""
    _series(d, 12, upper=False)


@derivation("artanh_upper_12")
def artanh_upper_12(d: Draft) -> None:
    """Twelve terms of the series of log(1 + z) − log(1 − z), with a bound of the rest."""
    _series(d, 12, upper=True)
