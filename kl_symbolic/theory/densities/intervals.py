"""Powers and exponentials on bounded intervals, by their antiderivatives."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, ne
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, exp
from ...proving.integrals import Points, antiderivative, combination, congruent, integrand, integrate, with_value
from ...proving.tactics import limit, prove
from ..density_notation import HALF, inner_ends, sequence


def by_antiderivative(
    on: Points,
    g: Callable[[Node], Node],
    minorant: Fact,
    sign: Fact,
    body: Node,
    value: Node,
    parts: Callable[[Node], Node] | None = None,
    *conditions: Fact,
) -> Fact:
    """Return ∫ f = v over (a, b) from a < b and an antiderivative g that has limits at both ends.

    Parameters
    ----------
    on : Points
        Of (a, b), where a < b is known first.
    g : callable
        g(t) for a term t.
    minorant, sign : Fact
        ∫ m = w, and 0 ≤ f − m at x.
    body, value : Node
        f at x, and v.
    parts : callable, optional
        For a term t the term whose exponential stands in g(t); none if it is not given.
    *conditions : Fact
        Lines that show divisors to be non-zero.
    """
    p, n = on.p, on.p.fresh(NAT)
    slope, _ = derivative(g(on.x), on.x.data)
    same = p.field(eq(slope, body), *conditions)
    lower = integrand(on, minorant)
    above = p.order(le(lower, slope), [(1, 1, sign), (-1, 1, same)], *conditions)
    ends = []
    for u, member, run in inner_ends(p, n, p.known[0]):
        facts = [run]
        if parts is not None:
            inside = limit(p, sequence(parts(u), n), facts)
            facts.append(p.cite("exp_limit", {"a": inside.right, "u": sequence(parts(u), n)}, [inside]))
        ends.append((member, run, limit(p, sequence(g(u), n), facts)))
    whole = antiderivative(on, g(on.x), minorant, above, ends[0], ends[1], [])
    return with_value(p, congruent(on, whole, body, same), value, extra=conditions)


@derivation("int_id")
def int_id(d: Draft) -> None:
    """The integral of x over an interval."""
    p = d.p
    a, b = d.numbers("a b")
    (apart,) = d.given("a < b")
    on = Points(p, "(a, b)")
    x, low = on.x, on.inside[0]
    length = p.cite("int_one", {"a": a, "b": b}, [apart])
    minorant = combination(p, [(a, length)])
    sign = p.order(le(0, x - integrand(on, minorant)), [(1, 1, low)])
    whole = by_antiderivative(on, lambda t: num(HALF) * (t * t), minorant, sign, x, p.term("(b^2 - a^2)/2"))
    d.show(whole, "the antiderivative is `1/2*x^2`")


@derivation("int_square_id")
def int_square_id(d: Draft) -> None:
    """The integral of x² over an interval."""
    p = d.p
    d.numbers("a b")
    d.given("a < b")
    on = Points(p, "(a, b)")
    body = p.term("x^2")
    sign = p.order(le(0, body - 0), [(1, on.x)])
    minorant, third = p.scheme("int_null", {"D": on.domain}), num(Fraction(1, 3))
    value = p.term("(b^3 - a^3)/3")
    d.show(
        by_antiderivative(on, lambda t: third * (t * (t * t)), minorant, sign, body, value),
        "the antiderivative is `1/3*x^3`",
    )


@derivation("int_cube_id")
def int_cube_id(d: Draft) -> None:
    """The integral of x³ over an interval."""
    p = d.p
    a, b = d.numbers("a b")
    (apart,) = d.given("a < b")
    on = Points(p, "(a, b)")
    x, low, fourth = on.x, on.inside[0], num(Fraction(1, 4))
    body = p.term("x^3")
    minorant = combination(p, [(p.term("a^3"), p.cite("int_one", {"a": a, "b": b}, [apart]))])
    # x³ − a³ = (x − a)·((x + a/2)² + 3/4·a²)
    sign = p.order(le(0, body - integrand(on, minorant)), [(1, x + a / 2, low), (Fraction(3, 4), a, low)])
    d.show(
        by_antiderivative(on, lambda t: fourth * (t * (t * (t * t))), minorant, sign, body, p.term("(b^4 - a^4)/4")),
        "the antiderivative is `1/4*x^4`",
    )


@derivation("int_exp")
def int_exp(d: Draft) -> None:
    """The integral of exp(k·x) over an interval."""
    p = d.p
    _, _, k = d.numbers("a b k")
    _, other = d.given("a < b", "k != 0")
    on = Points(p, "(a, b)")
    body = exp(k * on.x)
    sign = p.order(le(0, body - 0), [(1, 1, p.scheme("exp_pos", {"a": k * on.x}))])
    minorant, value = p.scheme("int_null", {"D": on.domain}), p.term("(exp(k*b) - exp(k*a))/k")
    whole = by_antiderivative(on, lambda t: 1 / k * exp(k * t), minorant, sign, body, value, lambda t: k * t, other)
    d.show(whole, "the antiderivative is `1/k*exp(k*x)`")


@derivation("int_mul_exp")
def int_mul_exp(d: Draft) -> None:
    """The integral of x·exp(k·x) over an interval."""
    p = d.p
    a, b, k = d.numbers("a b k")
    apart, other = d.given("a < b", "k != 0")
    on = Points(p, "(a, b)")
    x, low = on.x, on.inside[0]
    body = x * exp(k * x)
    minorant = combination(p, [(a, p.cite("int_exp", {"a": a, "b": b, "k": k}, [apart, other]))])
    sign = p.order(le(0, body - integrand(on, minorant)), [(1, 1, low, p.scheme("exp_pos", {"a": k * x}))])
    value = p.term("(exp(k*b)*(k*b - 1) - exp(k*a)*(k*a - 1))/k^2")
    whole = by_antiderivative(
        on, lambda t: (1 / k * t - 1 / (k * k)) * exp(k * t), minorant, sign, body, value, lambda t: k * t, other
    )
    d.show(whole, "the antiderivative is `(x/k - 1/k^2)*exp(k*x)`")


@derivation("int_square_exp")
def int_square_exp(d: Draft) -> None:
    """The integral of x²·exp(k·x) over an interval."""
    p = d.p
    _, _, k = d.numbers("a b k")
    _, other = d.given("a < b", "k != 0")
    on = Points(p, "(a, b)")
    x = on.x
    body = p.term("x^2*exp(k*x)")
    sign = p.order(le(0, body - 0), [(1, x, p.scheme("exp_pos", {"a": k * x}))])
    minorant = p.scheme("int_null", {"D": on.domain})
    value = p.term("(exp(k*b)*((k*b)^2 - 2*(k*b) + 2) - exp(k*a)*((k*a)^2 - 2*(k*a) + 2))/k^3")

    def primitive(t: Node) -> Node:
        return (1 / k * (t * t) - 2 / (k * k) * t + 2 / (k * (k * k))) * exp(k * t)

    whole = by_antiderivative(on, primitive, minorant, sign, body, value, lambda t: k * t, other)
    d.show(whole, "the antiderivative is `(x^2/k - 2*x/k^2 + 2/k^3)*exp(k*x)`")


def bell(d: Draft) -> tuple[Points, Node, Fact, Fact, Fact]:
    """Return a number x of (a, b), exp(−c·(x − m)²), that it is positive, ∫ exp(−c·(x − m)²) = z, and c ≠ 0.

    Parameters
    ----------
    d : Draft
    """
    p = d.p
    _, _, _, c, _ = d.numbers("a b m c z")
    _, rate, whole = d.given("a < b", "0 < c", "int(x in (a, b): exp(-(c*(x - m)^2))) = z")
    on = Points(p, "(a, b)")
    body = integrand(on, whole)
    return on, body, p.scheme("exp_pos", {"a": body.args[0]}), whole, prove(p, ne(c, 0), [rate])


def _bell_at(p: Proof, t: Node) -> Node:
    gap = t - p.symbol("m")
    return -(p.symbol("c") * (gap * gap))


@derivation("int_mul_bell")
def int_mul_bell(d: Draft) -> None:
    """The integral of x·exp(−c·(x − m)²) over an interval."""
    on, body, positive, base, other = bell(d)
    p, x = d.p, on.x
    a, m, c = (p.symbol(n) for n in "amc")
    minorant = combination(p, [(a - m, base)])
    centered = (x - m) * body
    sign = p.order(le(0, centered - integrand(on, minorant)), [(1, 1, on.inside[0], positive)])
    value = p.term("-((exp(-(c*(b - m)^2)) - exp(-(c*(a - m)^2)))/(2*c))")
    first = by_antiderivative(
        on, lambda t: -(1 / (2 * c)) * exp(_bell_at(p, t)), minorant, sign, centered, value,
        lambda t: _bell_at(p, t), other,
    )  # fmt: skip
    d.show(first, "the antiderivative is `-exp(-(c*(x - m)^2))/(2*c)`")
    d.show(integrate(on, [(1, first), (m, base)], x * body, value + m * p.symbol("z"), [other]), "add")


@derivation("int_square_bell")
def int_square_bell(d: Draft) -> None:
    """The integral of x²·exp(−c·(x − m)²) over an interval."""
    on, body, positive, base, other = bell(d)
    p, x = d.p, on.x
    a, b, m, c, z = (p.symbol(n) for n in "abmcz")
    width = 1 / (2 * c)
    minorant = combination(p, [(-width, base)])
    centered = ((x - m) ** 2 - width) * body
    sign = p.order(le(0, centered - integrand(on, minorant)), [(1, x - m, positive)], other)
    value = p.term("-(((b - m)*exp(-(c*(b - m)^2)) - (a - m)*exp(-(c*(a - m)^2)))/(2*c))")
    first = by_antiderivative(
        on, lambda t: -width * ((t - m) * exp(_bell_at(p, t))), minorant, sign, centered, value,
        lambda t: _bell_at(p, t), other,
    )  # fmt: skip
    d.show(first, "the antiderivative is `-(x - m)*exp(-(c*(x - m)^2))/(2*c)`")
    mean = d.show(p.cite("int_mul_bell", dict(zip("abmcz", (a, b, m, c, z), strict=True)), p.known[:3]), "the mean")
    pieces = [(1, first), (2 * m, mean), (width - m**2, base)]
    total = value + 2 * m * mean.statement.args[2] + (width - m**2) * z
    d.show(integrate(on, pieces, p.term("x^2") * body, total, [other]), "add")
