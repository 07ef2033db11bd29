"""Integrals that later ones rest on: by antiderivatives, by substitution, from Γ, and series that telescope."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, absolute, derivation, exp
from ...proving.integrals import Points, antiderivative, congruent, with_value
from ...proving.tactics import limit, linear
from ..density_notation import HALF, member_of, natural, resequenced, sequence

# --- the ends of an interval ------------------------------------------------------------------------------------------


def _runs(d: Draft, low: bool, bounded: bool) -> None:
    """Show that the positive part of u(n) − c, or of c − u(n), tends to 0, as it is 0 for all large n."""
    p = d.p
    n = p.fresh(NAT)
    d.declare(u="Nat -> number", c="number")
    u, c, k = p.symbol("u", n), p.term("c"), member_of(n)
    gap = u - c if low else c - u
    zero = p.scheme("limit_const", {"a": num(0)})
    if bounded:
        d.numbers("a")
        tends, apart = d.given("lim(n: u[n]) -> a", "a < c" if low else "c < a")
        guards = [lt(u, c) if low else lt(c, u)]
        assumed = [p.assume(g) for g in guards]
        sign = p.order(le(gap, 0), [(1, 1, assumed[0])])
        constant = p.scheme("limit_const", {"a": c})
        more = [tends, constant, apart] if low else [constant, tends, apart]
    else:
        (run,) = d.given("forall n in Nat: u[n] <= -n" if low else "forall n in Nat: n <= u[n]")
        size = 1 + c * c
        positive = p.order(lt(0, size), [(1, 1), (1, c)])
        guards = [lt(1 / k, 1 / size), lt(0, k)]
        small, above = (p.assume(g) for g in guards)
        big = p.order(lt(size, k), [(1, 1, p.pos(lt(0, k * size), above, positive), small)], above, positive)
        square = (1, c + HALF if low else c - HALF)
        sign = p.order(le(gap, 0), [(1, 1, p.spec(run, n)), (1, 1, big), (Fraction(3, 4), 1), square])
        constant = p.scheme("limit_const", {"a": 1 / size})
        more = [p.scheme("limit_inv_nat", {}), constant, p.pos(lt(0, 1 / size), positive)]
    part = absolute(gap) + gap
    value = p.scheme("abs_of_nonpos", {"a": gap}, [sign])
    bounds = [p.order(le(0, part), [(-1, 1, value)]), p.order(le(part, 0), [(1, 1, value)])]
    for guard in guards:
        bounds = [p.disch(guard, b) for b in bounds]
    squeezed = p.limit_squeeze(zero, zero, *(p.gen(n, b) for b in bounds), *more)
    d.show(squeezed, "for all large n the difference is not positive")


@derivation("end_low")
def end_low(d: Draft) -> None:
    """A sequence that tends to a is below every c above a, for all large n."""
    _runs(d, low=True, bounded=True)


@derivation("end_high")
def end_high(d: Draft) -> None:
    """A sequence that tends to a is above every c below a, for all large n."""
    _runs(d, low=False, bounded=True)


@derivation("end_low_unbounded")
def end_low_unbounded(d: Draft) -> None:
    """A sequence below −n is below every c, for all large n."""
    _runs(d, low=True, bounded=False)


@derivation("end_high_unbounded")
def end_high_unbounded(d: Draft) -> None:
    """A sequence above n is above every c, for all large n."""
    _runs(d, low=False, bounded=False)


# --- the fundamental theorem ------------------------------------------------------------------------------------------


@derivation("exp_neg_mul_limit")
def exp_neg_mul_limit(d: Draft) -> None:
    """The sequence exp(−c·n) tends to 0."""
    p = d.p
    (c,) = d.positive("c")
    n = p.fresh(NAT)
    k = member_of(n)
    positive, above = p.known[0], p.assume(lt(0, k))
    size, small = exp(c * k), exp(-(c * k))
    tangent, inverse = p.cite("exp_ge_one_add", {"a": c * k}), p.cite("exp_neg", {"a": c * k})
    pe, pc = p.scheme("exp_pos", {"a": c * k}), p.pos(lt(0, c * k), positive, above)
    big = linear(p, le(c * k, size), [tangent, p.pos("0 < 1")])
    scale = p.pos(lt(0, 1 / (c * k * size)), pc, pe)
    below = p.order(le(1 / size, 1 / c * (1 / k)), [(1, 1, scale, big)], pc, pe, positive, above)
    upper = linear(p, le(small, 1 / c * (1 / k)), [below, inverse], [pc, pe, positive, above])
    lower = p.weaken(above.statement, p.pos(le(0, small), p.scheme("exp_pos", {"a": -(c * k)})))
    tends = with_value(p, limit(p, sequence(1 / c * (1 / k), n), [p.scheme("limit_inv_nat", {})]), 0)
    bounds = [p.gen(n, p.disch(above.statement, f)) for f in (lower, upper)]
    d.show(upper, "as `1 + c*n <= exp(c*n)`")
    d.show(p.limit_squeeze(p.scheme("limit_const", {"a": num(0)}), tends, *bounds), "between 0 and a multiple of `1/n`")


def to_zero(p: Proof, n: Node) -> tuple[Node, Fact, Fact]:
    """Return exp(−n), that it lies in (0, ∞), and that it tends to 0."""
    u = exp(-member_of(n))
    inside = p.gen(n, p.scheme("in_above", {"a": num(0), "c": u}, [p.scheme("exp_pos", {"a": u.args[0]})]))
    tends = p.cite("exp_neg_mul_limit", {"c": num(1)}, [p.pos("0 < 1")])
    same = p.congr(exp(hole()), p.field(eq(-(num(1) * member_of(n)), u.args[0])))
    return u, inside, resequenced(p, tends, n, same)


def to_infinity(p: Proof, n: Node) -> tuple[Node, Fact, Fact]:
    """Return n + 1, that it lies in (0, ∞), and that it is above n."""
    k = member_of(n)
    above = p.order(lt(0, k + 1), [(1, 1, natural(p, n)), (1, 1)])
    inside = p.gen(n, p.scheme("in_above", {"a": num(0), "c": k + 1}, [above]))
    return k + 1, inside, p.gen(n, p.order(le(k, k + 1), [(1, 1)]))


@derivation("exponential_total")
def exponential_total(d: Draft) -> None:
    """The density of the exponential distribution integrates to one, by its antiderivative."""
    p = d.p
    (c,) = d.positive("c")
    on, n = Points(p, "(0, oo)"), p.fresh(NAT)
    x, k = on.x, member_of(n)
    g = -exp(-(c * x))
    slope, _ = derivative(g, x.data)
    positive = p.pos(lt(0, c * exp(-(c * x))), p.known[0], p.scheme("exp_pos", {"a": -(c * x)}))
    above = p.order(le(0, slope), [(1, 1, positive)])
    u, in_low, low = to_zero(p, n)
    v, in_high, high = to_infinity(p, n)
    near = limit(p, sequence(-(c * u), n), [limit(p, sequence(c * u, n), [low]), low])
    near = p.cite("exp_limit", {"a": near.right, "u": sequence(-(c * u), n)}, [near])
    first = with_value(p, limit(p, sequence(-exp(-(c * u)), n), [near]), -exp(num(0)))
    zero = p.trans(p.congr(-exp(num(0)), p.cite("exp_zero", {})), p.field(eq(-num(1), num(-1))))
    first = p.rewrite(first, zero)
    # exp(−c·(n + 1)) = exp(−c)·exp(−c·n)
    far = p.cite("exp_neg_mul_limit", {"c": c}, [p.known[0]])
    far = limit(p, sequence(-(exp(-c) * exp(-(c * k))), n), [far])
    split = p.cite("exp_add", {"a": -c, "b": -(c * k)})
    same = p.trans(
        p.congr(-hole(), p.symm(split)),
        p.congr(-exp(hole()), p.field(eq(-c + -(c * k), -(c * v)))),
    )
    last = with_value(p, resequenced(p, far, n, same), 0)
    minorant = p.scheme("int_null", {"D": on.domain})
    whole = antiderivative(on, g, minorant, above, (in_low, low, first), (in_high, high, last), [])
    body = c * exp(-(c * x))
    d.show(
        with_value(p, congruent(on, whole, body, p.field(eq(slope, body))), 1), "the antiderivative is `-exp(-(c*x))`"
    )


@derivation("int_one")
def int_one(d: Draft) -> None:
    """The length of an interval is the integral of 1."""
    p = d.p
    a, b = d.numbers("a b")
    (apart,) = d.given("a < b")
    on, n = Points(p, "(a, b)"), p.fresh(NAT)
    k = member_of(n) + 2
    pk = p.pos(lt(0, k), natural(p, n), p.pos("0 < 2"))
    share, rest = (
        p.pos(lt(0, 1 / k), pk),
        p.pos(lt(0, (k - 1) / k), p.order(lt(0, k - 1), [(1, 1, natural(p, n)), (1, 1)]), pk),
    )
    part = (b - a) / k
    small = p.order(lt(0, part), [(1, 1, apart, share)], pk)
    left = p.order(lt(0, b - a - part), [(1, 1, apart, rest)], pk)
    tends = p.cite("limit_inv_add_two", {})
    ends = []
    for u, value, lower, upper in ((a + part, a, small, left), (b - part, b, left, small)):
        inside = [p.order(lt(a, u), [(1, 1, lower)], pk), p.order(lt(u, b), [(1, 1, upper)], pk)]
        member = p.gen(n, p.scheme("in_open", {"a": a, "b": b, "c": u}, inside))
        shown = limit(p, sequence(a + (b - a) * (1 / k) if value is a else b - (b - a) * (1 / k), n), [tends])
        run = with_value(p, shown, value)
        here = p.field(eq(a + (b - a) * (1 / k) if value is a else b - (b - a) * (1 / k), u), pk)
        run = resequenced(p, run, n, here)
        ends.append((member, run, run))
    whole = antiderivative(on, on.x, p.scheme("int_null", {"D": on.domain}), p.pos("0 <= 1"), ends[0], ends[1], [])
    d.show(whole, "the antiderivative is `x`")


@derivation("limit_inv_add_two")
def limit_inv_add_two(d: Draft) -> None:
    """The sequence 1/(n + 2) tends to 0, below 1/n."""
    p = d.p
    n = p.fresh(NAT)
    k = member_of(n)
    positive = p.assume(lt(0, k))
    above = p.pos(lt(0, k + 2), positive, p.pos("0 < 2"))
    lower = p.pos(le(0, 1 / (k + 2)), above, p.pos("0 < 1"))
    scale = p.pos(lt(0, 1 / (k * (k + 2))), positive, above)
    upper = p.order(le(1 / (k + 2), 1 / k), [(2, 1, scale)], positive, above)
    bounds = [p.gen(n, p.disch(positive.statement, fact)) for fact in (lower, upper)]
    zero, inverse = p.scheme("limit_const", {"a": num(0)}), p.scheme("limit_inv_nat", {})
    d.show(p.limit_squeeze(zero, inverse, *bounds), "between 0 and `1/n`")
