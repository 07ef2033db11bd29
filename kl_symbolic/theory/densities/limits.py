"""Limits keep order and are unique, those of powers, and functions without an integral."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, lam, num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, log
from ...proving.integrals import Points, congruent, integrand, reflexive, with_value
from ...proving.tactics import eventually, limit, linear
from ..density_notation import functions, member_of, natural, sequence


@derivation("limit_inv_succ")
def limit_inv_succ(d: Draft) -> None:
    """The sequence 1/(n + 1) tends to 0, below 1/n."""
    p = d.p
    n = p.fresh(NAT)
    k = member_of(n)
    positive = p.assume(lt(0, k))
    above = p.pos(lt(0, k + 1), positive, p.pos("0 < 1"))
    lower = p.pos(le(0, 1 / (k + 1)), above, p.pos("0 < 1"))
    upper = p.order(le(1 / (k + 1), 1 / k), [(1, 1, p.pos(lt(0, 1 / (k * (k + 1))), positive, above))], positive, above)
    zero, inverse = p.scheme("limit_const", {"a": num(0)}), p.scheme("limit_inv_nat", {})
    bounds = [p.gen(n, p.disch(positive.statement, fact)) for fact in (lower, upper)]
    d.show(p.limit_squeeze(zero, inverse, *bounds), "between 0 and `1/n`")


@derivation("int_unit_series")
def int_unit_series(d: Draft) -> None:
    """A series with the value 1: its first term is 1, and all others are 0."""
    p = d.p
    on = Points(p, "nats")
    x = on.x

    def step(t: Node) -> Node:
        return (Node("abs", None, (1 - t,)) + (1 - t)) / 2

    (positive,) = on.inside
    gap = 1 - (x + 1)
    later = p.scheme("abs_of_nonpos", {"a": gap}, [p.order(le(gap, 0), [(1, 1, positive)])])
    zero = linear(p, eq(0, step(x + 1)), [later])
    rest = congruent(on, p.scheme("int_null", {"D": on.domain}), step(x + 1), zero)
    d.show(rest, "after the first, every term is 0")
    whole = p.scheme("nats_shift", {"f": on.function(step(x)), "u": num(0)}, [rest])
    first = p.scheme("abs_of_nonneg", {"a": 1 - num(0)}, [p.order(le(0, 1 - num(0)), [(1, 1)])])
    d.show(with_value(p, whole, 1, linear(p, eq(step(num(0)) + 0, 1), [first])), "and the first is 1")


@derivation("limit_mono")
def limit_mono(d: Draft) -> None:
    """A sequence that is never above another has no larger limit: it would be above the other for all large n."""
    p = d.p
    d.numbers("a b")
    d.declare(u="Nat -> number", v="Nat -> number")
    first, second, never = d.given("lim(n: u[n]) -> a", "lim(n: v[n]) -> b", "forall n in Nat: u[n] <= v[n]")
    order, apart = p.assume("a <= b"), p.assume("b < a")
    n = p.fresh(NAT)
    u, v = p.symbol("u", n), p.symbol("v", n)
    above = p.assume(lt(v, u))
    lower = p.weaken(above.statement, p.pos("0 <= 1"))
    clash = p.order(ne(u, u), [(1, 1, above), (1, 1, p.spec(never, n))])
    upper = p.absurd(le(1, 0), p.field(eq(u, u)), clash)
    zero = p.scheme("limit_const", {"a": num(0)})
    bounds = [p.gen(n, p.disch(above.statement, fact)) for fact in (lower, upper)]
    one = p.limit_squeeze(zero, zero, *bounds, second, first, apart)
    d.prose(
        """Were `b < a`, then `v[n] < u[n]` for all large n, which is false, and from what is false everything follows:
        the sequence 1, 1, … would be between 0 and 0 there, and would tend to 0. Take a series with the value 1."""
    )
    unit = d.show(p.cite("int_unit_series", {}), "the first term is 1, and all others are 0")
    on = Points(p, "nats")
    domain, f, _ = unit.statement.args
    same = p.gen(n, on.every(reflexive(p, integrand(on, unit))))
    copies, constant = lam((NAT,), f), lam((NAT,), num(1))
    values = {"D": domain, "f": f, "l": copies, "h": copies, "a": constant, "b": constant, "v": num(0)}
    rows = p.gen(n, unit)
    none = p.scheme("int_squeeze", values, [same, rows, one])
    false = p.cite("int_unique", {"D": domain, "f": f, "u": num(0), "v": num(1)}, [none, unit])
    less = p.absurd(order.statement, false, p.order(ne(0, 1), [(1, 1)]))
    d.show(p.cases(order.statement, order, less), "its value would be the limit 0 too, but a series has one value")


@derivation("limit_le")
def limit_le(d: Draft) -> None:
    """No limit of a sequence is larger than another: the sequence is never above itself."""
    p = d.p
    a, b = d.numbers("a b")
    d.declare(u="Nat -> number")
    first, second = d.given("lim(n: u[n]) -> a", "lim(n: u[n]) -> b")
    n = p.fresh(NAT)
    u = p.symbol("u", n)
    itself = p.gen(n, p.order(le(u, u), []))
    over = sequence(u, n)
    d.show(
        p.cite("limit_mono", {"a": b, "b": a, "u": over, "v": over}, [second, first, itself]), "it is not above itself"
    )


@derivation("limit_unique")
def limit_unique(d: Draft) -> None:
    """A sequence has one limit."""
    p = d.p
    a, b = d.numbers("a b")
    d.declare(u="Nat -> number")
    limits = d.given("lim(n: u[n]) -> a", "lim(n: u[n]) -> b")
    n = p.fresh(NAT)
    u = sequence(p.symbol("u", n), n)
    (lower, upper) = limits
    sides = [
        p.cite("limit_le", {"a": b, "b": a, "u": u}, [upper, lower]),
        p.cite("limit_le", {"a": a, "b": b, "u": u}, [lower, upper]),
    ]
    d.show(sides[0], "no limit is larger than another")
    d.show(p.scheme("antisymm", {"a": a, "b": b}, sides), "so the limits agree")


@derivation("rpow_limit")
def rpow_limit(d: Draft) -> None:
    """Powers of positive numbers are continuous: `a^b` is `exp(b*log(a))`."""
    p = d.p
    a, b = d.numbers("a b")
    d.declare(u="Nat -> number")
    positive, to_a = d.given("0 < a", "lim(n: u[n]) -> a")
    n = p.fresh(NAT)
    u = p.symbol("u", n)
    logs = p.cite("log_limit", {"a": a, "u": sequence(u, n)}, [positive, to_a])
    scaled = limit(p, sequence(b * log(u), n), [logs])
    line = p.cite("exp_limit", {"a": scaled.right, "u": scaled.statement.args[0]}, [scaled])
    d.show(line, "logarithm and exponential are continuous")
    near = p.assume(lt(0, u))
    here = p.scheme("rpow_def", {"a": u, "b": b}, [near])
    bounds = [
        p.order(goal, [(k, 1, here)]) for goal, k in ((le(here.right, here.left), -1), (le(here.left, here.right), 1))
    ]
    zero = p.scheme("limit_const", {"a": num(0)})
    lines = [p.gen(n, p.disch(near.statement, bound)) for bound in bounds]
    power = p.limit_squeeze(line, line, *lines, zero, to_a, positive)
    d.show(
        p.rewrite(power, p.symm(p.scheme("rpow_def", {"a": a, "b": b}, [positive]))),
        "and `u[n]` is positive in the end",
    )


@derivation("log_growth_limit")
def log_growth_limit(d: Draft) -> None:
    """The logarithm of `(1 + x/n)^n` tends to x: it is between two tangents."""
    p = d.p
    (x,) = d.numbers("x")
    n = p.fresh(NAT)
    k = member_of(n)
    some, base = p.assume(lt(0, k)), 1 + x / k
    inside = p.assume(lt(0, base))
    middle = k * log(base)
    high = p.order(le(middle, x), [(1, 1, some, p.scheme("log_le", {"a": base}, [inside]))], some)
    inverse = p.cite("log_div", {"a": num(1), "b": base}, [p.pos("0 < 1"), inside])
    tangent = p.scheme("log_le", {"a": 1 / base}, [p.pos(lt(0, 1 / base), inside, p.pos("0 < 1"))])
    rows = [(1, 1, some, tangent), (-1, k, inverse), (-1, k, p.cite("log_one", {}))]
    low = p.order(le(x / base, middle), rows, some, inside)
    d.show(low, "the tangent at 1, taken at `1/(1 + x/n)`")
    d.show(high, "and at `1 + x/n`")
    guards = _positive_base(p, x, n)
    below = limit(p, sequence(x / base, n), [guards[1]])
    below = p.rewrite(below, p.field(eq(below.right, x)))
    bounds = [p.gen(n, p.disch(some.statement, p.disch(inside.statement, bound))) for bound in (low, high)]
    ends = [below, p.scheme("limit_const", {"a": x})]
    d.show(p.limit_squeeze(*ends, *bounds, *guards), "both tend to x")


def _positive_base(p: Proof, x: Node, n: Node) -> tuple[Fact, Fact, Fact]:
    """Return 0 → 0, 1 + x/n → 1 and 0 < 1: in the end 1 + x/n is positive."""
    k = member_of(n)
    some = p.assume(lt(0, k))
    whole = limit(p, sequence(1 + x * (1 / k), n), [p.scheme("limit_inv_nat", {})])
    whole = p.rewrite(whole, p.field(eq(whole.right, 1)))
    base = eventually(p, whole, p.field(eq(1 + x / k, 1 + x * (1 / k)), some), n, some.statement)
    return p.scheme("limit_const", {"a": num(0)}), base, p.pos("0 < 1")


@derivation("growth_limit")
def growth_limit(d: Draft) -> None:
    """Compound growth: `(1 + x/n)^n` is `exp(n*log(1 + x/n))` as soon as its base is positive."""
    p = d.p
    (x,) = d.numbers("x")
    n = p.fresh(NAT)
    k = member_of(n)
    line = p.cite("log_growth_limit", {"x": x})
    image = p.cite("exp_limit", {"a": x, "u": line.statement.args[0]}, [line])
    d.show(image, "the exponential function is continuous")
    base = 1 + x / k
    inside, some = p.assume(lt(0, base)), p.assume(lt(0, k))
    here = p.scheme("rpow_def", {"a": base, "b": k}, [inside])
    goals = ((le(here.right, here.left), -1), (le(here.left, here.right), 1))
    bounds = [p.order(goal, [(sign, 1, here)], some) for goal, sign in goals]
    lines = [p.gen(n, p.disch(some.statement, p.disch(inside.statement, bound))) for bound in bounds]
    d.show(p.limit_squeeze(image, image, *lines, *_positive_base(p, x, n)), "and the base is positive in the end")


@derivation("not_integrable")
def not_integrable(d: Draft) -> None:
    """A function has no integral if functions below it have integrals beyond every bound."""
    p = d.p
    (v,) = d.numbers("v")
    d.declare(l="Nat, number -> number", a="Nat -> number")
    on = functions(d, "f")
    n = p.fresh(NAT)
    k = member_of(n)
    below, rows, grow, whole = d.given(
        "forall n in Nat: forall x in D: l(n, x) <= f(x)",
        "forall n in Nat: int(x in D: l(n, x)) = a[n]",
        "forall n in Nat: n <= a[n]",
        "int(x in D: f(x)) = v",
    )
    bound = on.mono(on.at(p.spec(below, n)), p.spec(rows, n), whole)
    least = p.order(le(k, v), [(1, 1, p.spec(grow, n)), (1, 1, bound)])
    d.show(least, "so the integral would be above every natural number")
    # Then 0 ≤ 1/(1 + v²) ≤ 1/n, so the constant 1/(1 + v²) would tend to 0.
    size = 1 + v * v
    positive, guard = p.order(lt(0, size), [(1, 1), (1, v)]), p.assume(lt(0, k))
    ratio = p.pos(lt(0, 1 / (k * size)), guard, positive)
    above = p.order(le(k, size), [(1, 1, least), (1, v - Fraction(1, 2)), (Fraction(3, 4), 1)])
    upper = p.order(le(1 / size, 1 / k), [(1, 1, ratio, above)], guard, positive)
    lower = p.weaken(guard.statement, p.pos(le(0, 1 / size), positive, p.pos("0 < 1")))
    bounds = [p.gen(n, p.disch(guard.statement, fact)) for fact in (lower, upper)]
    zero = p.limit_squeeze(p.scheme("limit_const", {"a": num(0)}), p.scheme("limit_inv_nat", {}), *bounds)
    constant = p.scheme("limit_const", {"a": 1 / size})
    same = p.cite("limit_unique", {"a": num(0), "b": 1 / size, "u": sequence(1 / size, n)}, [zero, constant])
    d.show(same, "then `1/(1 + v*v)`, which is below every `1/n`, would be 0")
    d.show(p.absurd(eq(0, 1), p.symm(same), p.pos(ne(1 / size, 0), positive)), "but it is positive")


@derivation("deriv_unique")
def deriv_unique(d: Draft) -> None:
    """A function has one derivative at a point: its difference quotients have one limit."""
    p = d.p
    d.numbers("a s t")
    d.declare(f="number -> number")
    both = d.given("deriv(x: f(x), a) = s", "deriv(x: f(x), a) = t")
    n = p.fresh(NAT)
    k = member_of(n) + 1
    apart = p.pos(ne(1 / k, 0), p.pos(lt(0, k), natural(p, n), p.pos("0 < 1")), p.pos("0 < 1"))
    steps = [p.cite("limit_inv_succ", {}), p.gen(n, apart)]
    f = both[0].statement.args[0]
    values = {"a": p.term("a"), "g": f, "h": sequence(1 / k, n)}
    limits = [p.scheme("deriv_limit", {**values, "s": fact.statement.args[2]}, [fact, *steps]) for fact in both]
    for line in limits:
        d.show(line, "the difference quotients")
    unique = {"a": p.term("s"), "b": p.term("t"), "u": limits[0].statement.args[0]}
    d.show(p.cite("limit_unique", unique, limits), "a sequence has one limit")
