"""Densities: the texts of hypotheses about them, and lines that theorems about integrals share.

The functions p, q, … of a number are over a domain D; x is a number of it.
"""

from __future__ import annotations

from fractions import Fraction

from ..kernel.statements import eq, le, lt
from ..kernel.syntax import encode
from ..kernel.terms import NAT, Node, num
from ..language.rewriting import close
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft, exp
from ..proving.integrals import Points, with_value
from ..proving.tactics import limit, linear

# --- functions and hypotheses --------------------------------------------------------------------------------------

DENSITY = ("forall x in D: 0 <= {0}(x)", "int(x in D: {0}(x)) = 1")
"""The hypotheses that a function is a density on D."""

DOMINATED = "forall x in D: {1}(x) = 0 => {0}(x) = 0"
"""The first function is zero where the second one is."""

DIVERGENCE = "int(x in D: rel_entr({}(x), {}(x))) = {}"
"""The hypothesis that the first function has a divergence from the second one, and its value."""


def functions(d: Draft, names: str, domain: str = "domain", over: str = "D") -> Points:
    """Declare a domain, functions of a number, and a number x of the domain."""
    d.declare(**{over: domain}, **dict.fromkeys(names.split(), "number -> number"))
    return Points(d.p, over)


def weights(d: Draft, *names: str) -> list[Fact]:
    """Assume that functions are not negative on D."""
    return d.given(*(DENSITY[0].format(name) for name in names))


def dominated(d: Draft, first: str = "p", second: str = "q") -> Fact:
    """Assume that the first function is zero where the second one is."""
    return d.given(DOMINATED.format(first, second))[0]


def pair(d: Draft, *more: str) -> list[Fact]:
    """Assume that p and q are not negative, that p is dominated by q, and more; return all of it."""
    return d.given(DENSITY[0].format("p"), DENSITY[0].format("q"), DOMINATED.format("p", "q"), *more)


# --- lines ---------------------------------------------------------------------------------------------------------


def lemma(p: Proof, name: str, premises: list[Fact], over: str = "D", /, **values: str | Node) -> Fact:
    """Cite a theorem about functions on a domain; its names stand for themselves unless *values* say otherwise."""
    found = p.lemma(name)
    on = Points(p, over)
    said: dict[str, str | Node] = {}
    for own, (sets, sort) in found.scope.items():
        actual = values.get(own, f"{own}(x)" if sets else own)
        if sort in ("domain", "interval"):
            said[own] = on.domain
        else:
            said[own] = on.function(actual) if sets else p.term(actual)
    return p.cite(name, said, premises)


def tangent(on: Points, signs: list[Fact], ac: Fact, c: object = 1, sign: Fact | None = None) -> Fact:
    """Return a·log c + a − c·b ≤ rel_entr(a, b) at x; without the sign of c, c is 1, and log 1 is left away."""
    p = on.p
    first, second, zero = (on.at(f) for f in (*signs, ac))
    a, b = first.right, second.right
    premises = [first, second, zero, sign or p.pos("0 < 1")]
    fact = p.cite("rel_entr_tangent", {"a": a, "b": b, "c": num(c)}, premises)
    return fact if sign else linear(p, le(a - b, fact.right), [fact, (a, p.cite("log_one", {}))])


def joined(p: Proof, low: Fact, high: Fact, order: tuple[Fact, Fact] | None = None) -> Fact:
    """Return ∫_D f = u + v from the integrals on both sides of c, where D is ℝ, or (a, b) for a < c and c < b."""
    (under, f, u), (over, _, v) = low.statement.args, high.statement.args
    c = under.args[-1]
    whole = Points(p, "reals" if order is None else Node("open", None, (order[0].left, order[1].right)))
    left, right = Points(p, under), Points(p, over)
    x = whole.x
    if order is None:
        real = p.scheme("in_reals", {"c": x})
        inner = (real, real)
    below, above = left.inside[-1], right.inside[0]
    if order is not None:
        (a, b), (first, last), ends = whole.domain.args, order, {"a": order[0].left, "b": order[1].right, "c": x}
        under_last = p.order(lt(x, b), [(1, 1, below), (1, 1, last)])
        over_first = p.order(lt(a, x), [(1, 1, first), (1, 1, above)])
        sides = [left.inside[0], under_last], [over_first, right.inside[1]]
        inner = (p.scheme("in_open", ends, sides[0]), p.scheme("in_open", ends, sides[1]))
    part = []
    for claim, domain in ((lt(x, c), under), (lt(c, x), over)):
        side = p.assume(claim)
        if order is None:
            rule, end = ("in_below", "b") if domain is under else ("in_above", "a")
            there = p.scheme(rule, {end: c, "c": x}, [side])
        else:
            outer = whole.inside[0 if domain is under else 1]
            bounds = [outer, side] if domain is under else [side, outer]
            there = p.scheme("in_open", {"a": domain.args[0], "b": domain.args[1], "c": x}, bounds)
        part.append(whole.every(p.disch(claim, there)))
    premises = [left.every(inner[0]), left.every(below), right.every(inner[1]), right.every(above), *part, low, high]
    values = {"D": whole.domain, "E": under, "G": over, "c": c, "f": f, "u": u, "v": v}
    return p.scheme("int_split", values, premises)


# --- terms -------------------------------------------------------------------------------------------------------


def gamma(a: object) -> Node:
    """Return the term Γ(a)."""
    return Node("Gamma", None, (num(a),))


def power(base: object, exponent: object) -> Node:
    """Return the term a^b."""
    return Node("^", None, (num(base), num(exponent)))


def beta(a: Node, b: Node) -> Node:
    """Return the term Γ(a)·Γ(b)/Γ(a + b)."""
    return gamma(a) * gamma(b) / gamma(a + b)


def digamma(a: object) -> Node:
    """Return the term ψ(a)."""
    return Node("digamma", None, (num(a),))


# --- sequences -----------------------------------------------------------------------------------------------------

HALF = Fraction(1, 2)


def sequence(body: Node, n: Node) -> Node:
    """Return λ n. t."""
    return close(body, (n.data, NAT))


def member_of(n: Node) -> Node:
    """Return n as a number."""
    return Node("nat", None, (n,))


def natural(p: Proof, n: Node) -> Fact:
    """Return 0 ≤ n for a free index over ℕ."""
    return p.scheme("nats_nonneg", {"c": member_of(n)}, [p.scheme("nat_in", {"n": n})])


def resequenced(p: Proof, fact: Fact, n: Node, same: Fact) -> Fact:
    """Return b(n) → l from a(n) → l and a(n) = b(n)."""
    template = ["->", ["_", 0], encode(fact.right)]
    return p.step("rewrite", [template], [p.gen(n, same), fact])


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


def inner_ends(p: Proof, n: Node, apart: Fact) -> list[tuple[Node, Fact, Fact]]:
    """Return sequences inside (a, b) that tend to a and to b, from a < b: each with its membership and its limit."""
    a, b = apart.left, apart.right
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
        ends.append((u, member, resequenced(p, run, n, here)))
    return ends
