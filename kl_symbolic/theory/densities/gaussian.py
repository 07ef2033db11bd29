"""The integral of Gauss, from Γ(1/2): substitutions on the half-line and the line, and the sign of Γ."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, num
from ...proving.builder import hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, substituted, with_value
from ...proving.tactics import algebra, limit, linear, prove
from ..density_notation import HALF, gamma, joined, power, resequenced, sequence
from ..normal_notation import PI, in_standard_units


@derivation("int_square")
def int_square(d: Draft) -> None:
    """The substitution of the square on the half-line."""
    p = d.p
    d.numbers("u")
    d.declare(f="number -> number")
    on = Points(p, "(0, oo)")
    (base,) = d.given("int(x in (0, oo): f(x)) = u")
    x, (positive,) = on.x, on.inside
    phi, psi = power(x, 2), power(x, HALF)
    root = prove(p, lt(0, psi), [positive])
    into, back = (
        p.scheme("in_above", {"a": num(0), "c": t}, [f])
        for t, f in ((phi, prove(p, lt(0, phi), [positive])), (psi, root))
    )
    inverse = equal_by_logs(p, power(psi, 2), x, [positive, root])
    slope = prove(p, lt(0, derivative(phi, x.data)[0]), [positive])
    moved = substituted(on, base, phi, psi, into, back, inverse, slope)
    body = p.term("f(x^2)*(2*x)")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body))), "substitute `x^2`")


@derivation("int_reflect")
def int_reflect(d: Draft) -> None:
    """The integral over the line of an even function, for c = 1, or an odd one, for c = −1."""
    p = d.p
    d.numbers("u c")
    d.declare(f="number -> number")
    left, right = Points(p, "(-oo, 0)"), Points(p, "(0, oo)")
    base, symmetric = d.given("int(x in (0, oo): f(x)) = u", "forall x in (-oo, 0): f(x) = c*f(-x)")
    x, (below,), (above,) = left.x, left.inside, right.inside
    into = p.scheme("in_above", {"a": num(0), "c": -x}, [p.order(lt(0, -x), [(1, 1, below)])])
    back = p.scheme("in_below", {"b": num(0), "c": -x}, [p.order(lt(-x, 0), [(1, 1, above)])])
    slope = p.order(lt(derivative(-x, x.data)[0], 0), [(1, 1)])
    moved = substituted(left, base, -x, -x, into, back, p.field(eq(Node("neg", None, (-x,)), x)), slope)
    same = left.at(symmetric)
    half = integrate(left, [("c", moved)], "f(x)", "c*u", same=lambda now: linear(p, eq(now, same.left), [same]))
    d.show(half, "substitute `-x`")
    d.show(joined(p, half, base), "and add both halves")


@derivation("int_affine")
def int_affine(d: Draft) -> None:
    """The integral over the line in standard units."""
    p = d.p
    d.numbers("u m")
    (s,) = d.positive("s")
    d.declare(f="number -> number")
    on = Points(p, "reals")
    (base,) = d.given("int(x in reals: f(x)) = u")
    phi, psi = p.term("(x - m)/s"), p.term("m + s*x")
    into, back = (p.scheme("in_reals", {"c": t}) for t in (phi, psi))
    apart, share = p.pos(ne(s, 0), p.known[0]), p.pos(lt(0, 1 / s), p.known[0], p.pos("0 < 1"))
    slope = p.order(lt(0, derivative(phi, "x")[0]), [(1, 1, share)], p.known[0])
    inverse = p.field(eq(p.term("(m + s*x - m)/s"), on.x), p.known[0])
    moved = substituted(on, base, phi, psi, into, back, inverse, slope, apart)
    body = p.term("f((x - m)/s)*(1/s)")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body), p.known[0])), "substitute `(x - m)/s`")


@derivation("gamma_pos")
def gamma_pos(d: Draft) -> None:
    """Γ is positive on the half-line: the integral of a positive function that is differentiable."""
    p = d.p
    (a,) = d.positive("a")
    on = Points(p, "(0, oo)")
    x, (above,) = on.x, on.inside
    whole = p.scheme("gamma_int", {"a": a}, [p.known[0]])
    d.show(whole, "the integral of Euler")
    body = integrand(on, whole)
    positive = prove(p, lt(0, body), [above])
    sign = on.every(p.order(le(0, body), [(1, 1, positive)]))
    least = p.cite("int_nonneg", {"D": on.domain, "f": on.function(body), "u": gamma(a)}, [sign, whole])
    none = p.assume(eq(gamma(a), 0))
    slope, needed = derivative(body, x.data)
    smooth = on.every(p.differentiate(x, body, *dict.fromkeys(prove(p, c, [above]) for c in needed)))
    one = p.scheme("in_above", {"a": num(0), "c": num(1)}, [p.pos("0 < 1")])
    values = {"D": on.domain, "f": on.function(body), "g": on.function(slope), "c": num(1)}
    zero = p.scheme("int_zero", values, [smooth, sign, with_value(p, whole, 0, none), one])
    some = p.absurd(ne(gamma(a), 0), zero, p.pos(ne(zero.left, 0), prove(p, lt(0, zero.left))))
    apart = p.cases(eq(gamma(a), 0), some, p.assume(ne(gamma(a), 0)))
    d.show(p.lt_of_le_ne(least, p.symm(apart)), "so it is positive")


@derivation("pi_pos")
def pi_pos(d: Draft) -> None:
    """π is positive: it is a square."""
    p = d.p
    half = num(HALF)
    root = p.cite("gamma_pos", {"a": half}, [p.pos(lt(0, half))])
    d.show(root, "Γ is positive")
    square = d.show(p.scheme("gamma_half", {}), "the value of Γ at 1/2")
    d.show(p.order(lt(0, PI), [(1, 1, root, root), (1, 1, square)]), "so π is positive")


@derivation("gamma_half_eq")
def gamma_half_eq(d: Draft) -> None:
    """The value of Γ at 1/2 is the square root of π."""
    p = d.p
    half = num(HALF)
    root = p.cite("gamma_pos", {"a": half}, [p.pos(lt(0, half))])
    square, positive = d.show(p.scheme("gamma_half", {}), "its square"), p.cite("pi_pos", {})
    logs = p.congr(log(hole()), square)
    product = p.scheme("log_mul", {"a": gamma(half), "b": gamma(half)}, [root, root])
    whole = algebra(p, eq(log(power(PI, half)), half * log(PI)), [positive])
    equal = linear(p, eq(log(gamma(half)), log(power(PI, half))), [logs, product, whole])
    values = {"a": gamma(half), "b": power(PI, half)}
    d.show(
        p.cite("log_inj", values, [root, prove(p, lt(0, power(PI, half)), [positive]), equal]),
        "so both are square roots",
    )


@derivation("gauss_total")
def gauss_total(d: Draft) -> None:
    """**The integral of Gauss**, from Γ(1/2) by the substitution of the square."""
    p = d.p
    on, left = Points(p, "(0, oo)"), Points(p, "(-oo, 0)")
    x, half = on.x, num(HALF)
    body = exp(-power(x, 2))
    base = p.scheme("gamma_int", {"a": half}, [p.pos(lt(0, half))])
    _, f, u = base.statement.args
    moved = p.cite("int_square", {"f": f, "u": u}, [base])
    d.show(moved, "substitute `x^2` in the integral of Euler")
    inside = on.inside
    right = integrate(
        on, [(half, moved)], body, gamma(half) * half, same=lambda now: equal_by_logs(p, now, body, inside)
    )
    d.show(right, "collect")
    even = p.trans(
        p.congr(exp(hole()), p.field(eq(-power(x, 2), -power(-x, 2)))),
        p.field(eq(exp(-power(-x, 2)), num(1) * exp(-power(-x, 2)))),
    )
    values = {"c": num(1), "f": on.function(body), "u": gamma(half) * half}
    whole = p.cite("int_reflect", values, [right, left.every(even)])
    root = p.cite("gamma_half_eq", {})
    same = linear(p, eq(whole.statement.args[2], power(PI, half)), [root])
    d.show(with_value(p, whole, power(PI, half), same), "the integrand is even")


@derivation("normal_total")
def normal_total(d: Draft) -> None:
    """The density of the normal distribution integrates to one."""
    d.numbers("m")
    d.positive("s")
    d.show(in_standard_units(d, "gauss_total", [], num(1), 1), "divide by `pi^(1/2)`")


@derivation("geometric_total")
def geometric_total(d: Draft) -> None:
    """The geometric series, which telescopes."""
    p = d.p
    (r,) = d.positive("r")
    (below,) = d.given("r < 1")
    on, n = Points(p, "nats"), p.fresh(NAT)
    x, k = on.x, Node("nat", None, (n,))
    positive, rest = p.known[0], p.order(lt(0, 1 - r), [(1, 1, below)])
    rate = linear(p, lt(0, -log(r)), [p.scheme("log_le", {"a": r}, [positive]), below])
    here = -power(r, x)
    there = -power(r, x + 1)
    step = equal_by_logs(p, power(r, x + 1), r * power(r, x), [positive])
    sign = p.order(le(0, there - here), [(1, 1, rest, prove(p, lt(0, power(r, x)), [positive])), (1, 1, step)])
    tends = p.cite("exp_neg_mul_limit", {"c": -log(r)}, [rate])
    value = p.scheme("rpow_def", {"a": r, "b": k}, [positive])
    same = p.trans(value, p.congr(exp(hole()), p.field(eq(k * log(r), -(-log(r) * k)))))
    tends = resequenced(p, tends, n, p.symm(same))
    tends = with_value(p, limit(p, sequence(-power(r, k), n), [tends]), 0)
    whole = p.scheme("nats_telescope", {"f": on.function(here), "u": num(0)}, [on.every(sign), tends])
    d.show(whole, "the terms are the differences of `-r^k`")
    body = (1 - r) * power(r, x)
    form = congruent(on, whole, body, linear(p, eq(there - here, body), [step]))
    first = equal_by_logs(p, power(r, num(0)), num(1), [positive])
    d.show(with_value(p, form, 1, linear(p, eq(form.statement.args[2], 1), [first])), "and the first one is −1")
