"""The divergence of densities: Gibbs' inequality with its equality cases, and Pinsker's inequality.

Each theorem has a finite twin, and the proof is the same: what holds for one outcome is integrated instead of summed.
"""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact
from ...proving.calc import Draft, derivation, log
from ...proving.idioms import follow
from ...proving.integrals import Points, congruent, integrate, with_value
from ...proving.tactics import algebra, limit, linear
from ..density_notation import DENSITY, DOMINATED, dominated, functions, natural, sequence, tangent, weights


@derivation("density_master")
def density_master(d: Draft) -> None:
    """The tangents of the logarithm, one for each point, integrated."""
    p = d.p
    d.numbers("u v")
    on = functions(d, "p q c")
    signs = weights(d, "p", "q")
    ac = dominated(d)
    slopes, divergence, lower = d.given(
        "forall x in D: 0 < c(x)",
        "int(x in D: rel_entr(p(x), q(x))) = v",
        "int(x in D: p(x)*log(c(x)) + p(x) - c(x)*q(x)) = u",
    )
    point = tangent(on, signs, ac, p.term("c(x)"), on.at(slopes))
    d.show(on.every(point), "the tangent of the logarithm, at each point with a slope `c(x)` of its own")
    d.show(on.mono(point, lower, divergence), "integrate both sides")


@derivation("density_kl_nonneg")
def density_kl_nonneg(d: Draft) -> None:
    """**Gibbs' inequality** for densities: the divergence is never negative."""
    d.numbers("m v")
    on = functions(d, "p q")
    sp, ip, sq, iq, mass, ac, divergence = d.given(
        *(s.format("p") for s in DENSITY),
        DENSITY[0].format("q"),
        "int(x in D: q(x)) = m",
        "m <= 1",
        DOMINATED.format("p", "q"),
        "int(x in D: rel_entr(p(x), q(x))) = v",
    )
    d.prose(
        """The logarithm lies below its tangent at 1: `log(q(x)/p(x)) <= q(x)/p(x) - 1` where `p(x)` is positive.
        Multiply by `-p(x)`:"""
    )
    point = tangent(on, [sp, sq], ac)
    d.show(on.every(point), "the tangent; where `p(x) = 0` it says that `-q(x) <= 0`")
    gap = d.show(integrate(on, [(1, ip), (-1, iq)], "p(x) - q(x)", "1 - m"), "the left side, integrated")
    whole = d.show(on.mono(point, gap, divergence), "integrate the inequality")
    d.start("0")
    d.le("1 - m", by=mass, because="`m <= 1`")
    d.le("v", by=whole, because="as just shown")
    d.close()


@derivation("density_kl_self")
def density_kl_self(d: Draft) -> None:
    """The divergence of a density from itself is 0."""
    p = d.p
    on = functions(d, "p")
    weights(d, "p")
    zero = algebra(p, "0 = rel_entr(p(x), p(x))", [on.at(p.known[0])])
    d.show(on.every(zero), "the ratio is 1, and where `p(x) = 0` the term counts as 0")
    d.show(congruent(on, p.scheme("int_null", {"D": on.domain}), "rel_entr(p(x), p(x))", zero), "the integral of 0")


@derivation("density_slope_bound")
def density_slope_bound(d: Draft) -> None:
    """A lower bound of the divergence of two densities, with a free slope: the bound of each point, integrated."""
    p = d.p
    d.numbers("a b s t v")
    on = functions(d, "p q")
    sp, sq = weights(d, "p", "q")
    ac = dominated(d)
    ip, iq, it, divergence = d.given(
        "int(x in D: p(x)) = a",
        "int(x in D: q(x)) = b",
        "int(x in D: abs(p(x) - q(x))) = t",
        "int(x in D: rel_entr(p(x), q(x))) = v",
    )
    point = slope_at(on, p.term("s"), sp, sq, ac)
    d.show(on.every(point), "by a rational lower bound of the logarithm, as in the finite case")
    pieces = [("s", it), ("1 - s^2/6", ip), ("-1 - s^2/3", iq)]
    lower = integrate(on, pieces, point.left, "s*t - s^2*(a + 2*b)/6 + (a - b)")
    d.show(on.mono(point, lower, divergence), "integrate both sides")


def slope_at(on: Points, slope: Node, *given: Fact) -> Fact:
    """Return s·|p − q| − s²·(p + 2q)/6 + (p − q) ≤ rel_entr(p, q) at x."""
    facts = [on.at(f) for f in given]
    values = {"a": facts[0].right, "b": facts[1].right, "s": slope}
    return on.p.cite("rel_entr_abs", values, facts)


@derivation("density_pinsker")
def density_pinsker(d: Draft) -> None:
    """**Pinsker's inequality** for densities: a small divergence forces a small total variation."""
    p = d.p
    d.numbers("t v")
    (s,) = d.numbers("s")
    on = functions(d, "p q")
    sp, ip, sq, iq, ac, it, divergence = d.given(
        *(s.format("p") for s in DENSITY),
        *(s.format("q") for s in DENSITY),
        DOMINATED.format("p", "q"),
        "int(x in D: abs(p(x) - q(x))) = t",
        "int(x in D: rel_entr(p(x), q(x))) = v",
    )
    d.prose("At each point, a rational lower bound of the logarithm gives one of the integrand, with a slope `s`:")
    values = {"D": on.domain, "p": on.function("p(x)"), "q": on.function("q(x)"), "s": s}
    values |= {"a": num(1), "b": num(1), "t": p.term("t"), "v": p.term("v")}
    whole = p.cite("density_slope_bound", values, [sp, sq, ac, ip, iq, it, divergence])
    bound = linear(p, "s*t - s^2/2 <= v", [whole])
    d.show(bound, "these bounds, integrated, where `p` and `q` have the integral 1")
    d.show(linear(p, "t^2 <= 2*v", [p.inst(bound, {s.data: p.term("t")})]), "at the best slope, `s = t`")


@derivation("density_kl_eq_zero")
def density_kl_eq_zero(d: Draft) -> None:
    """Densities with the divergence 0 are equal almost everywhere: the integral of their distance is 0."""
    p = d.p
    on = functions(d, "p q")
    sp, ip, sq, iq, ac, divergence = d.given(
        *(s.format("p") for s in DENSITY),
        *(s.format("q") for s in DENSITY),
        DOMINATED.format("p", "q"),
        "int(x in D: rel_entr(p(x), q(x))) = 0",
    )
    d.declare(n=NAT)
    n = p.index("n")
    k = Node("nat", None, (n,)) + 1
    positive = p.pos(lt(0, k), natural(p, n), p.pos("0 < 1"))
    distance, gap = p.term("abs(p(x) - q(x))"), p.term("rel_entr(p(x), q(x)) - (p(x) - q(x))")
    point = slope_at(on, 1 / k, sp, sq, ac)
    upper = k * gap + 1 / k * p.term("(p(x) + 2*q(x))/6")
    above = p.order(le(distance, upper), [(1, 1, positive, point)], positive)
    d.prose(
        """The bound behind Pinsker's inequality has a free slope. At the slope `1/(n + 1)`, and times `n + 1`, it
        bounds the distance of both densities by two terms. The first one has the integral 0, and the second one a
        small one:"""
    )
    d.show(on.every(above), "by a rational lower bound of the logarithm, as in Pinsker's inequality")
    pieces = [(k, divergence), (-k + 1 / k / 6, ip), (k + 1 / k / 3, iq)]
    total = integrate(on, pieces, upper, 1 / k / 2, [positive])
    d.show(total, "integrate the bound: the divergence is 0, and `p` and `q` have the integral 1")
    # 0 ≤ |p − q|, in both cases
    size = on.p.term("p(x) - q(x)")
    up, down = p.assume(le(0, size)), p.assume(lt(size, 0))
    not_up = p.order(le(size, 0), [(1, 1, down)])
    lower = p.cases(
        up.statement,
        linear(p, le(0, distance), [p.scheme("abs_of_nonneg", {"a": size}, [up]), up]),
        linear(p, le(0, distance), [p.scheme("abs_of_nonpos", {"a": size}, [not_up]), not_up]),
    )
    small = with_value(p, limit(p, sequence(1 / k / 2, n), [p.cite("limit_inv_succ", {})]), 0)
    d.show(small, "the integral of the bound tends to 0")
    zero = Node("lam", NAT, (num(0),))
    values = {"D": on.domain, "f": on.function(distance), "l": Node("lam", NAT, (on.function(num(0)),)), "v": num(0)}
    values |= {"h": sequence(on.function(upper), n), "a": zero, "b": sequence(1 / k / 2, n)}
    rows = [p.gen(n, f) for f in (on.every(lower), on.every(above), p.scheme("int_null", {"D": on.domain}), total)]
    squeezed = p.scheme("int_squeeze", values, [*rows, p.scheme("limit_const", {"a": num(0)}), small])
    d.show(squeezed, "so the distance, which is not negative and below each bound, has the integral 0")


@derivation("density_kl_eq_zero_iff")
def density_kl_eq_zero_iff(d: Draft) -> None:
    """The **equality case of Gibbs' inequality** for differentiable densities on an interval."""
    p = d.p
    d.numbers("v")
    on = functions(d, "p q f g", "interval", "I")
    pp, pq, dp, dq, ip, iq, divergence = d.given(
        "forall x in I: 0 < p(x)",
        "forall x in I: 0 < q(x)",
        "forall x in I: deriv(y: p(y), x) = f(x)",
        "forall x in I: deriv(y: q(y), x) = g(x)",
        "int(x in I: p(x)) = 1",
        "int(x in I: q(x)) = 1",
        "int(x in I: p(x)*log(p(x)/q(x))) = v",
    )
    a, b = p.term("p(x)"), p.term("q(x)")
    pa, pb = on.at(pp), on.at(pq)
    gap = a * log(a / b) - a + b
    ratio, inverse = p.pos(lt(0, b / a), pb, pa), p.pos(lt(0, a / b), pa, pb)
    point = p.scheme("log_le", {"a": b / a}, [ratio])
    logs = algebra(p, eq(log(b / a), -log(a / b)), [pa, pb])
    sign = linear(p, le(0, gap), [(1, pa, point), (a, logs)], [pa])
    d.show(on.every(sign), "the tangent of the logarithm at `q(x)/p(x)`")
    whole = integrate(on, [(1, divergence), (-1, ip), (1, iq)], gap, "v")
    total = d.show(whole, "integrate, where `p` and `q` have the integral 1")
    # Forward: an integral 0 of a differentiable function that is not negative makes it 0.
    none = p.assume("v = 0")
    slope = p.differentiate(on.x, gap, on.at(dp), on.at(dq), p.pos(ne(b, 0), pb), inverse)
    values = {"D": on.domain, "f": on.function(gap), "g": on.function(slope.statement.args[2]), "c": on.x}
    premises = [on.every(slope), on.every(sign), with_value(p, total, 0, none), on.member]
    flat = p.scheme("int_zero", values, premises)
    d.show(flat, "a differentiable function that is not negative and has the integral 0 is 0")
    case = p.cite("log_eq_sub_one_iff", {"x": b / a}, [ratio])
    tight = linear(p, eq(log(b / a), b / a - 1), [(1 / a, flat), logs], [pa])
    forward = on.every(linear(p, eq(a, b), [(-a, follow(p, case, tight))], [pa]))
    d.show(forward, "the tangent touches the logarithm at 1 only, so the ratio is 1")
    # Backward: log 1 = 0 at each point.
    equal = p.assume(forward.statement)
    here = on.at(equal)
    one = linear(p, eq(a / b, 1), [(1 / b, here)], [pb])
    zero = p.trans(p.congr(log(a / b), one), p.cite("log_one", {}))
    vanish = linear(p, eq(0, a * log(a / b)), [(-a, zero)], [pb])
    null = congruent(on, p.scheme("int_null", {"D": on.domain}), a * log(a / b), vanish)
    unique = {"D": on.domain, "f": null.statement.args[1], "u": p.term("v"), "v": num(0)}
    backward = p.cite("int_unique", unique, [divergence, null])
    d.show(backward, "conversely, where the densities are equal, `log(1) = 0` is integrated")
    d.show(p.iff_intro("v = 0", equal.statement, forward, backward), "both directions")
