"""The moments of the normal distribution, and those of its exponential tilts."""

from __future__ import annotations

from collections.abc import Sequence

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, times
from ...proving.integrals import (
    Points,
    antiderivative,
    combination,
    congruent,
    equal_by_logs,
    integrand,
    integrate,
    with_value,
)
from ...proving.tactics import limit, linear, prove
from ..density_notation import HALF, member_of, power, resequenced, sequence
from ..normal_notation import PI, in_standard_units, normal_density

ROOT_PI = power(PI, HALF)


@derivation("gauss_mean_int")
def gauss_mean_int(d: Draft) -> None:
    """The first moment of the integral of Gauss is 0, as the integrand is odd."""
    p = d.p
    on, left = Points(p, "(0, oo)"), Points(p, "(-oo, 0)")
    x = on.x
    total = p.cite("exponential_total", {"c": num(1)}, [p.pos("0 < 1")])
    _, f, u = total.statement.args
    moved = p.cite("int_square", {"f": f, "u": u}, [total])
    d.show(moved, "substitute `x^2` in the integral of `exp(-x)`")
    body = x * exp(-power(x, 2))
    same = p.congr(exp(hole()), p.field(eq(-(1 * power(x, 2)), -power(x, 2))))
    right = integrate(on, [(HALF, moved)], body, HALF, same=lambda now: linear(p, eq(now, body), [(x, same)]))
    d.show(right, "collect")
    even = p.congr(exp(hole()), p.field(eq(-power(x, 2), -power(-x, 2))))
    odd = linear(p, eq(body, num(-1) * (-x * exp(-power(-x, 2)))), [(x, even)])
    values = {"c": num(-1), "f": on.function(body), "u": right.statement.args[2]}
    d.show(with_value(p, p.cite("int_reflect", values, [right, left.every(odd)]), 0), "the integrand is odd")


@derivation("mul_exp_neg_sq_limit")
def mul_exp_neg_sq_limit(d: Draft) -> None:
    """The sequence n·exp(−n²) tends to 0."""
    p = d.p
    n = p.fresh(NAT)
    k = member_of(n)
    positive = p.assume(lt(0, k))
    square = power(k, 2)
    size, small = exp(square), exp(-square)
    tangent, inverse = p.cite("exp_ge_one_add", {"a": square}), p.cite("exp_neg", {"a": square})
    large = p.scheme("exp_pos", {"a": square})
    scale = p.pos(lt(0, 1 / (k * size)), positive, large, p.pos("0 < 1"))
    # n/exp(n²) ≤ 1/n, as n² ≤ exp(n²)
    below = p.order(le(k / size, 1 / k), [(1, 1, scale, tangent), (1, 1, scale)], positive, large)
    upper = linear(p, le(k * small, 1 / k), [below, (k, inverse)], [positive, large])
    lower = p.pos(le(0, k * small), positive, p.scheme("exp_pos", {"a": -square}))
    bounds = [p.gen(n, p.disch(positive.statement, fact)) for fact in (lower, upper)]
    zero, reciprocal = p.scheme("limit_const", {"a": num(0)}), p.scheme("limit_inv_nat", {})
    d.show(upper, "as `1 + n^2 <= exp(n^2)`")
    d.show(p.limit_squeeze(zero, reciprocal, *bounds), "between 0 and `1/n`")


@derivation("gauss_square_int")
def gauss_square_int(d: Draft) -> None:
    """The second moment of the integral of Gauss, by its antiderivative and the integral itself."""
    p = d.p
    on, n = Points(p, "reals"), p.fresh(NAT)
    x, k = on.x, member_of(n)
    total = p.cite("gauss_total", {})
    g = -(HALF * (x * exp(-power(x, 2))))
    slope, _ = derivative(g, x.data)
    minorant = combination(p, [(-HALF, total)])
    small = p.scheme("exp_pos", {"a": -power(x, 2)})
    above = p.order(le(integrand(on, minorant), slope), [(1, x, small)])
    tends = p.cite("mul_exp_neg_sq_limit", {})
    ends = []
    for u, factor in ((-k, HALF), (k, -HALF)):
        inside = p.gen(n, p.scheme("in_reals", {"c": u}))
        run = p.gen(n, p.order(le(u, -k) if u != k else le(k, u), []))
        even = p.congr(exp(hole()), p.field(eq(-power(k, 2), -power(u, 2))))
        value = -(HALF * (u * exp(-power(u, 2))))
        scaled = with_value(p, limit(p, sequence(factor * (k * exp(-power(k, 2))), n), [tends]), 0)
        same = linear(p, eq(factor * (k * even.left), value), [(factor * k, even)])
        ends.append((inside, run, resequenced(p, scaled, n, same)))
    whole = antiderivative(on, g, minorant, above, ends[0], ends[1], [])
    body, rest = power(x, 2) * exp(-power(x, 2)), HALF * exp(-power(x, 2))
    whole = with_value(p, congruent(on, whole, body - rest, p.field(eq(slope, body - rest))), 0)
    d.show(whole, "the antiderivative is `-(1/2*(x*exp(-x^2)))`")
    d.show(integrate(on, [(1, whole), (HALF, total)], body, ROOT_PI / 2), "add half the integral of Gauss")


@derivation("normal_centered_mean")
def normal_centered_mean(d: Draft) -> None:
    """The deviation of a normal variable from m is 0 in the mean."""
    (m,) = d.numbers("m")
    (s,) = d.positive("s")
    scale, x = s * power(2, HALF), Points(d.p, "reals").x
    d.show(in_standard_units(d, "gauss_mean_int", [x - m], scale, 0), "multiply by the unit")


@derivation("normal_variance")
def normal_variance(d: Draft) -> None:
    """The variance of the normal distribution."""
    p = d.p
    (m,) = d.numbers("m")
    (s,) = d.positive("s")
    root = power(2, HALF)
    x, square = Points(p, "reals").x, root * root
    whole = in_standard_units(d, "gauss_square_int", [power(x - m, 2)], power(s * root, 2), power(s, 2) * square / 2)
    two = equal_by_logs(p, square, num(2))
    same = linear(p, eq(whole.statement.args[2], power(s, 2)), [(power(s, 2), two)])
    d.show(with_value(p, whole, power(s, 2), same), "multiply by the square of the unit")


def normal_lemmas(p: Proof, sign: Fact, *names: str, mean: object = "m") -> list[Fact]:
    """Cite lemmas about the normal distribution with the mean m and the deviation s, from 0 < s."""
    return [p.cite(name, {"m": p.term(mean), "s": sign.right}, [sign]) for name in names]


@derivation("normal_mean")
def normal_mean(d: Draft) -> None:
    """**The mean of the normal distribution**, from the mean deviation from m."""
    p = d.p
    (m,) = d.numbers("m")
    (s,) = d.positive("s")
    on = Points(p, "reals")
    total, centered = normal_lemmas(p, p.known[0], "normal_total", "normal_centered_mean")
    d.show(centered, "the mean deviation from m")
    whole = integrate(on, [(1, centered), (m, total)], on.x * normal_density(on.x, m, s), m, [p.cite("pi_pos", {})])
    d.show(whole, "add m times the density, which integrates to 1")


@derivation("normal_square_mean")
def normal_square_mean(d: Draft) -> None:
    """The second moment of the normal distribution."""
    p = d.p
    (m,) = d.numbers("m")
    (s,) = d.positive("s")
    on = Points(p, "reals")
    names = ("normal_variance", "normal_mean", "normal_total")
    moments = normal_lemmas(p, p.known[0], *names)
    for line, why in zip(moments, ("the variance", "the mean", "the total"), strict=True):
        d.show(line, why)
    factors, positive = (1, 2 * m, -power(m, 2)), [p.cite("pi_pos", {})]
    body = power(on.x, 2) * normal_density(on.x, m, s)
    whole = integrate(on, list(zip(factors, moments, strict=True)), body, power(m, 2) + power(s, 2), positive)
    d.show(whole, "as `x^2 = (x - m)^2 + 2*m*x - m^2`")


def tilted(d: Draft, name: str, weights: Sequence[str], value: str) -> None:
    """Show ∫ f·exp(t·x)·N for the normal density N, from the theorem about ∫ f·N with the mean m + t·s².

    Parameters
    ----------
    d : Draft
    name : str
        Of the theorem.
    weights : sequence of str
        The factors of f at x.
    value : str
        What is shown, where N has the mean m + t·s².
    """
    p = d.p
    m, t, _ = d.numbers("m t s")
    (sign,) = d.given("0 < s")
    on = Points(p, "reals")
    x, s, positive = on.x, sign.right, p.cite("pi_pos", {})
    (base,) = normal_lemmas(p, sign, name, mean=m + t * power(s, 2))
    d.show(base, "the normal distribution with the mean `m + t*s^2`")
    factor = exp(t * m + power(t, 2) * power(s, 2) / 2)
    tilt = exp(t * x) * normal_density(x, m, s)
    same = equal_by_logs(p, factor * normal_density(x, m + t * power(s, 2), s), tilt, [positive])
    body = times([*map(p.term, weights), *tilt.args])
    extra = [prove(p, lt(0, power(2 * PI, HALF)), [positive])]

    def equal(now: Node) -> Fact:
        return linear(p, eq(now, body), [(times([*map(p.term, weights)]), same)], extra)

    d.show(integrate(on, [(factor, base)], body, p.term(value), same=equal), "complete the square in the exponent")


@derivation("normal_exp_mean")
def normal_exp_mean(d: Draft) -> None:
    """**The moment generating function of the normal distribution**, by completing the square."""
    tilted(d, "normal_total", [], "exp(t*m + t^2*s^2/2)")


@derivation("normal_exp_times_mean")
def normal_exp_times_mean(d: Draft) -> None:
    """The mean of a normal variable times its exponential: the tilted distribution is normal."""
    tilted(d, "normal_mean", ["x"], "(m + t*s^2)*exp(t*m + t^2*s^2/2)")
