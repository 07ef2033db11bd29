"""The logarithm of 1 + x under exponential decay, by parts, in terms of an integral that the language cannot write."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, antiderivative, combination, congruent, integrand, integrate, with_value
from ...proving.tactics import limit, linear, prove
from ..density_notation import member_of, natural, resequenced, sequence, to_infinity, to_zero

_GIVEN = "int(x in (0, oo): exp(-(c*x))/(1 + x)) = w"


def _decaying(p: Proof, n: Node, v: Node, c: Node, positive: Fact) -> Fact:
    """Return that v·exp(−c·v) tends to 0 for v = n + 1."""
    k = member_of(n)
    first, small = exp(-c), exp(-(c * k))
    tends = [
        p.cite("exp_neg_mul_limit", {"c": c}, [positive]),
        p.cite("mul_exp_neg_mul_limit", {"c": c}, [positive]),
    ]
    scaled = with_value(p, limit(p, sequence(first * (k * small + small), n), tends), 0)
    split = p.trans(
        p.congr(exp(hole()), p.field(eq(-(c * v), -c + -(c * k)))), p.cite("exp_add", {"a": -c, "b": -(c * k)})
    )
    same = linear(p, eq(first * (k * small + small), v * exp(-(c * v))), [(v, split)])
    return resequenced(p, scaled, n, same)


def _squeezed(p: Proof, n: Node, v: Node, c: Node, above: Fact, degree: int) -> Fact:
    """Return that v^(k − 1)·log(1 + v)·exp(−c·v) tends to 0 for v = n + 1, where 0 < v."""
    positive = p.known[0]
    inner = 1 + v
    large = p.order(lt(0, inner), [(1, 1, above), (1, 1)])
    decay = p.scheme("exp_pos", {"a": -(c * v)})
    least = p.scheme("log_le", {"a": inner}, [large])
    # log(1 + v) is not negative, for −log(1 + v) = log(1/(1 + v)) ≤ 1/(1 + v) − 1
    rises = p.cite("log_lt", {"a": num(1), "b": inner}, [p.pos("0 < 1"), p.order(lt(1, inner), [(1, 1, above)])])
    sign = p.order(lt(0, log(inner)), [(1, 1, rises), (-1, 1, p.cite("log_one", {}))])
    if degree == 1:
        term, bound = log(inner) * exp(-(c * v)), v * exp(-(c * v))
        high = _decaying(p, n, v, c, positive)
        below = p.order(le(term, bound), [(1, 1, decay, least)])
        low = p.pos(le(0, term), sign, decay)
    else:
        half = exp(-(c / 2 * v))
        root = v * half
        term, bound = v * (log(inner) * exp(-(c * v))), root * root
        slow = _decaying(p, n, v, c / 2, p.pos(lt(0, c / 2), positive))
        high = with_value(p, limit(p, sequence(bound, n), [slow]), 0)
        whole = p.trans(
            p.congr(exp(hole()), p.field(eq(-(c * v), -(c / 2 * v) + -(c / 2 * v)))),
            p.cite("exp_add", {"a": -(c / 2 * v), "b": -(c / 2 * v)}),
        )
        below = p.order(le(term, bound), [(1, 1, above, decay, least), (1, v * v, whole)])
        low = p.pos(le(0, term), above, sign, decay)
    zero = p.scheme("limit_const", {"a": num(0)})
    return p.limit_squeeze(zero, high, p.gen(n, low), p.gen(n, below))


def by_parts(d: Draft, degree: int) -> None:
    """Show ∫ x^(k − 1)·log(1 + x)·exp(−c·x) over the half-line.

    Parameters
    ----------
    d : Draft
    degree : int
        k, which is 1 or 2.
    """
    p = d.p
    c, w = d.numbers("c w")
    positive, base = d.given("0 < c", _GIVEN)
    on, n = Points(p, "(0, oo)"), p.fresh(NAT)
    x = on.x
    other = prove(p, ne(c, 0), [positive])
    apart = p.order(lt(0, 1 + x), [(1, 1, on.inside[0]), (1, 1)])
    decay = p.scheme("exp_pos", {"a": -(c * x)})
    rises = p.cite("log_lt", {"a": num(1), "b": 1 + x}, [p.pos("0 < 1"), p.order(lt(1, 1 + x), [(1, 1, on.inside[0])])])
    sign = p.order(lt(0, log(1 + x)), [(1, 1, rises), (-1, 1, p.cite("log_one", {}))])
    share = p.pos(lt(0, 1 / c), positive, p.pos("0 < 1"))
    part = p.pos(lt(0, 1 / (1 + x)), apart, p.pos("0 < 1"))

    def g(t: Node) -> Node:
        term = log(1 + t) * exp(-(c * t))
        return -(1 / c * (term if degree == 1 else t * term))

    slope, _ = derivative(g(x), x.data)
    kernel = exp(-(c * x))
    if degree == 1:
        body = log(1 + x) * kernel
        pieces: list[tuple[object, Fact]] = [(-(1 / c), base)]
        rest = -(1 / c * (kernel / (1 + x)))
        signs: list[tuple[object, ...]] = [(1, 1, sign, decay)]
    else:
        first = p.cite("int_log_decay", {"c": c, "w": w}, [positive, base])
        total = p.cite("exponential_total", {"c": c}, [positive])
        plain = integrate(on, [(1 / c, total)], kernel, 1 / c, [other])
        body = x * log(1 + x) * kernel
        pieces = [(-(1 / c), first), (-(1 / c), plain)]
        rest = -(1 / c * (log(1 + x) * kernel)) - 1 / c * (x * (kernel / (1 + x)))
        signs = [(1, 1, on.inside[0], sign, decay), (1, 1, share, part, decay)]
    minorant = combination(p, pieces)
    same = p.field(eq(slope, body + rest), other, apart)
    above = p.order(le(integrand(on, minorant), slope), [*signs, (-1, 1, same)], other, apart)
    ends = []
    u, in_low, low = to_zero(p, n)
    inside = limit(p, sequence(1 + u, n), [low])
    logs = p.cite("log_limit", {"a": inside.right, "u": sequence(1 + u, n)}, [p.pos(lt(0, inside.right)), inside])
    none = p.trans(p.congr(log(hole()), p.field(eq(inside.right, 1))), p.cite("log_one", {}))
    logs = with_value(p, logs, 0, none)
    near = limit(p, sequence(-(c * u), n), [low])
    near = p.cite("exp_limit", {"a": near.right, "u": sequence(-(c * u), n)}, [near])
    ends.append((in_low, low, with_value(p, limit(p, sequence(g(u), n), [logs, near, low], [other]), 0, None, [other])))
    v, in_high, high = to_infinity(p, n)
    there = p.order(lt(0, v), [(1, 1, natural(p, n)), (1, 1)])
    vanishing = _squeezed(p, n, v, c, there, degree)
    at_infinity = limit(p, sequence(g(v), n), [vanishing], [other])
    ends.append((in_high, high, with_value(p, at_infinity, 0, None, [other])))
    found = antiderivative(on, g(x), minorant, above, ends[0], ends[1], [other, apart])
    found = d.show(with_value(p, congruent(on, found, body + rest, same), 0), "integrate by parts")
    if degree == 1:
        d.show(integrate(on, [(1, found), (1 / c, base)], body, w / c, [other, apart]), "add what is known")
        return
    fraction = integrate(on, [(1, plain), (-1, base)], x * (kernel / (1 + x)), 1 / c - w, [other, apart])
    lines: list[tuple[object, Fact]] = [(1, found), (1 / c, first), (1 / c, fraction)]
    d.show(integrate(on, lines, body, (w / c + 1 / c - w) / c, [other, apart]), "add what is known")


@derivation("int_log_decay")
def int_log_decay(d: Draft) -> None:
    """The integral of log(1 + x) under exponential decay."""
    by_parts(d, 1)


@derivation("int_mul_log_decay")
def int_mul_log_decay(d: Draft) -> None:
    """The integral of x·log(1 + x) under exponential decay."""
    by_parts(d, 2)
