"""Exponential decay on a half-line that starts at any number, and to both sides of it: integrals and moments."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt
from ...kernel.terms import NAT, Node, num, substitute
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, times
from ...proving.integrals import (
    Points,
    antiderivative,
    combination,
    congruent,
    integrand,
    integrate,
    with_value,
)
from ...proving.tactics import limit, linear
from ..density_notation import HALF, joined, member_of, natural, power, resequenced, sequence, to_infinity, to_zero


@derivation("mul_exp_neg_mul_limit")
def mul_exp_neg_mul_limit(d: Draft) -> None:
    """The sequence n·exp(−c·n) tends to 0."""
    p = d.p
    (c,) = d.positive("c")
    n = p.fresh(NAT)
    k = member_of(n)
    positive = p.known[0]
    half = c / 2 * k
    tangent, small = p.cite("exp_ge_one_add", {"a": half}), p.scheme("exp_pos", {"a": -half})
    share = p.pos(lt(0, 1 / c), positive, p.pos("0 < 1"))
    # c/2·n ≤ exp(c/2·n) and exp(−c·n) = exp(−c/2·n)²
    inverse = p.cite("exp_neg", {"a": half})
    large = p.scheme("exp_pos", {"a": half})
    one = linear(p, eq(exp(half) * exp(-half), 1), [(exp(half), inverse)], [large])
    bound = p.order(le(half * exp(-half), 1), [(1, 1, small, tangent), (1, 1, small), (1, 1, one)])
    square = p.trans(
        p.congr(exp(hole()), p.field(eq(-(c * k), -half + -half))), p.cite("exp_add", {"a": -half, "b": -half})
    )
    upper = p.order(le(k * exp(-(c * k)), 2 / c * exp(-half)), [(2, 1, share, small, bound), (1, k, square)], positive)
    d.show(upper, "as `c/2*n <= exp(c/2*n)`")
    lower = p.pos(le(0, k * exp(-(c * k))), natural(p, n), p.scheme("exp_pos", {"a": -(c * k)}))
    tends = p.cite("exp_neg_mul_limit", {"c": c / 2}, [p.pos(lt(0, c / 2), positive)])
    high = with_value(p, limit(p, sequence(2 / c * exp(-half), n), [tends]), 0)
    zero = p.scheme("limit_const", {"a": num(0)})
    d.show(p.limit_squeeze(zero, high, p.gen(n, lower), p.gen(n, upper)), "between 0 and a sequence that tends to 0")


@derivation("exp_neg_int")
def exp_neg_int(d: Draft) -> None:
    """The integral of exp(−x) over the half-line: a density of the exponential distribution."""
    p = d.p
    on = Points(p, "(0, oo)")
    total = p.cite("exponential_total", {"c": num(1)}, [p.pos("0 < 1")])
    body, old = exp(-on.x), integrand(on, total)
    inside = p.congr(exp(hole()), p.field(eq(-(1 * on.x), -on.x)))
    same = p.trans(p.field(eq(old, old.args[1])), inside)
    d.show(congruent(on, total, body, same), "the total of the exponential density with the rate 1")


def decay(d: Draft, degree: int, because: str) -> None:
    """Show ∫ x^k·exp(−x) over (0, ∞) for k = 1 or 2, by the antiderivative."""
    p = d.p
    on, n = Points(p, "(0, oo)"), p.fresh(NAT)
    x = on.x
    parts = (x + 1, x, 1) if degree == 1 else (x * x + 2 * x + 2, power(x, 2), 2)
    polynomial, factor, value = parts
    g = -(polynomial * exp(-x))
    slope, _ = derivative(g, x.data)
    body = factor * exp(-x)
    same = p.field(eq(slope, body))
    sign = p.pos(le(0, body), *on.inside, p.scheme("exp_pos", {"a": -x}))
    above = p.order(le(0, slope), [(1, 1, sign), (-1, 1, same)])
    u, in_low, low = to_zero(p, n)
    near = limit(p, sequence(-u, n), [low])
    near = p.cite("exp_limit", {"a": near.right, "u": sequence(-u, n)}, [near])
    zero = p.trans(p.congr(exp(hole()), p.field(eq(near.right.args[0], 0))), p.cite("exp_zero", {}))
    at_zero = limit(p, sequence(substitute(g, {x.data: u}), n), [with_value(p, near, 1, zero), low])
    v, in_high, high = to_infinity(p, n)
    ends = ((in_low, low, with_value(p, at_zero, -value)), (in_high, high, _vanishing(p, n, g, v, degree)))
    whole = antiderivative(on, g, p.scheme("int_null", {"D": on.domain}), above, *ends, [])
    d.show(with_value(p, congruent(on, whole, body, same), value), because)


def _vanishing(p: Proof, n: Node, g: Node, v: Node, degree: int) -> Fact:
    """Return that −q(n + 1)·exp(−(n + 1)) tends to 0, for the polynomial q of degree 1 or 2 in g = −q·exp(−x)."""
    k = member_of(n)
    small, first = exp(-k), exp(num(-1))
    one = p.congr(exp(hole()), p.field(eq(-(num(1) * k), -k)))
    tends = [resequenced(p, p.cite("exp_neg_mul_limit", {"c": num(1)}, [p.pos("0 < 1")]), n, one)]
    linearly = p.cite("mul_exp_neg_mul_limit", {"c": num(1)}, [p.pos("0 < 1")])
    tends.append(resequenced(p, linearly, n, p.congr(k * hole(), one)))
    form = k * small + 2 * small
    if degree == 2:
        root = k * exp(-(num(HALF) * k))
        halves = p.cite("mul_exp_neg_mul_limit", {"c": num(HALF)}, [p.pos(lt(0, num(HALF)))])
        squares = limit(p, sequence(root * root, n), [halves])
        added = p.cite("exp_add", {"a": -(num(HALF) * k), "b": -(num(HALF) * k)})
        joined = p.trans(p.congr(exp(hole()), p.field(eq(-k, added.left.args[0]))), added)
        same = linear(p, eq(root * root, k * (k * small)), [(k * k, joined)])
        tends.append(with_value(p, resequenced(p, squares, n, same), 0))
        form = k * (k * small) + 4 * (k * small) + 5 * small
    scaled = with_value(p, limit(p, sequence(-(first * form), n), tends), 0)
    split = p.trans(p.congr(exp(hole()), p.field(eq(-v, num(-1) + -k))), p.cite("exp_add", {"a": num(-1), "b": -k}))
    there = substitute(g, {"x": v})
    factor = there.args[0].args[0]
    return resequenced(p, scaled, n, linear(p, eq(-(first * form), there), [(factor, split)]))


@derivation("exp_neg_mean_int")
def exp_neg_mean_int(d: Draft) -> None:
    """The first moment of exponential decay."""
    decay(d, 1, "the antiderivative is `-((x + 1)*exp(-x))`")


@derivation("exp_neg_square_int")
def exp_neg_square_int(d: Draft) -> None:
    """The second moment of exponential decay."""
    decay(d, 2, "the antiderivative is `-((x^2 + 2*x + 2)*exp(-x))`")


def above(d: Draft, name: str, degree: int) -> None:
    """Show ∫ (x − m)^k·exp(−c·(x − m)) over (m, ∞) from ∫ x^k·exp(−x) over (0, ∞)."""
    p = d.p
    (m,) = d.numbers("m")
    (c,) = d.positive("c")
    on = Points(p, "(m, oo)")
    base = p.cite(name, {})
    _, f, u = base.statement.args
    moved = p.cite("int_above_change", {"f": f, "u": u, "m": m, "c": c}, [p.known[0], base])
    d.show(moved, "in units of `1/c` from `m`")
    gap = on.x - m
    small = exp(-(c * gap))
    body = times([*([], [gap], [power(gap, 2)])[degree], small])
    factor = 1 / c if degree == 0 else 1 / power(c, degree + 1)
    d.show(integrate(on, [(factor, moved)], body, u / factor.args[1], p.known[:1]), "collect")


@derivation("exp_above_int")
def exp_above_int(d: Draft) -> None:
    """Exponential decay from m on."""
    above(d, "exp_neg_int", 0)


@derivation("exp_above_mean_int")
def exp_above_mean_int(d: Draft) -> None:
    """The first moment of exponential decay from m on, about m."""
    above(d, "exp_neg_mean_int", 1)


@derivation("exp_above_square_int")
def exp_above_square_int(d: Draft) -> None:
    """The second moment of exponential decay from m on, about m."""
    above(d, "exp_neg_square_int", 2)


def below(d: Draft, name: str, degree: int) -> None:
    """Show the mirror image of a theorem about a half-line above m."""
    p = d.p
    (m,) = d.numbers("m")
    (c,) = d.positive("c")
    on = Points(p, "(-oo, m)")
    base = p.cite(name, {"m": m, "c": c}, p.known[:1])
    _, f, u = base.statement.args
    moved = p.cite("int_mirror", {"f": f, "u": u, "m": m}, [base])
    gap = m - on.x
    inside = p.congr(exp(hole()), p.field(eq(-(c * (2 * m - on.x - m)), -(c * gap))))
    weights = ([], [gap], [power(gap, 2)])[degree]
    body = times([*weights, inside.right])
    same = linear(p, eq(integrand(on, moved), body), [(times(weights), inside)])
    d.show(congruent(on, moved, body, same), "the mirror image")


@derivation("exp_below_int")
def exp_below_int(d: Draft) -> None:
    """Exponential growth up to m."""
    below(d, "exp_above_int", 0)


@derivation("exp_below_mean_int")
def exp_below_mean_int(d: Draft) -> None:
    """The first moment of exponential growth up to m, about m."""
    below(d, "exp_above_mean_int", 1)


@derivation("exp_below_square_int")
def exp_below_square_int(d: Draft) -> None:
    """The second moment of exponential growth up to m, about m."""
    below(d, "exp_above_square_int", 2)


def distance(on: Points, c: Node) -> Fact:
    """Return |x − c| = x − c above c, or |x − c| = c − x below it, where x runs over such a half-line."""
    p, gap, (bound,) = on.p, on.x - c, on.inside
    if bound.left == c:
        return p.scheme("abs_of_nonneg", {"a": gap}, [p.order(le(0, gap), [(1, 1, bound)])])
    size = p.scheme("abs_of_nonpos", {"a": gap}, [p.order(le(gap, 0), [(1, 1, bound)])])
    return p.trans(size, p.field(eq(size.right, c - on.x)))


def both_sides(d: Draft, degree: int, value: str) -> None:
    """Show ∫ (x − m)^k·exp(−c·|x − m|) over the line from its two halves.

    Parameters
    ----------
    d : Draft
    degree : int
        k.
    value : str
    """
    p = d.p
    (m,) = d.numbers("m")
    (c,) = d.positive("c")
    parts = []
    for side, domain in (("below", "(-oo, m)"), ("above", "(m, oo)")):
        on, name = Points(p, domain), f"exp_{side}{('', '_mean', '_square')[degree]}_int"
        half = d.show(p.cite(name, {"m": m, "c": c}, p.known[:1]), f"the half {side} `m`")
        size = p.congr(exp(-(c * hole())), distance(on, m))
        weights = ([], [on.x - m], [power(on.x - m, 2)])[degree]
        body, factor = times([*weights, size.left]), times([num(-1), *weights])
        scaled = combination(p, [(-1 if side == "below" and degree == 1 else 1, half)])
        same = linear(p, eq(integrand(on, scaled), body), [(factor, size)])
        parts.append(congruent(on, scaled, body, same))
    d.show(with_value(p, joined(p, parts[0], parts[1]), value, extra=p.known[:1]), "add both halves")


@derivation("exp_abs_int")
def exp_abs_int(d: Draft) -> None:
    """Exponential decay to both sides of m."""
    both_sides(d, 0, "2/c")


@derivation("exp_abs_mean_int")
def exp_abs_mean_int(d: Draft) -> None:
    """The first moment of exponential decay to both sides of m, about m, is 0."""
    both_sides(d, 1, "0")


@derivation("exp_abs_square_int")
def exp_abs_square_int(d: Draft) -> None:
    """The second moment of exponential decay to both sides of m, about m."""
    both_sides(d, 2, "4/c^3")


def _bend(p: Proof, side: str, sign: int, order: Fact) -> Fact:
    """Return ∫ (|x − r| ∓ (x − r))·exp(−c·|x − m|) on one side of r, which is 0 on that of m.

    Parameters
    ----------
    p : Proof
    side : str
        below or above.
    sign : int
        1 where r ≤ m, and −1 where m < r: the sign of x − r on the side of m.
    order : Fact
        r ≤ m or m < r.
    """
    m, r, c = p.term("m"), p.term("r"), p.term("c")
    on = Points(p, "(-oo, r)" if side == "below" else "(r, oo)")
    x, (bound,) = on.x, on.inside
    decay, gap = exp(-(c * Node("abs", None, (x - m,)))), x - r
    from_r = distance(on, r)
    body = from_r.left * decay - sign * (gap * decay)
    if (side == "above") == (sign == 1):
        null = p.scheme("int_null", {"D": on.domain})
        return congruent(on, null, body, linear(p, eq(0, body), [(decay, from_r)]))
    shift = c * (m - r if sign == 1 else r - m)
    far = p.cite(f"exp_{side}_mean_int", {"m": r, "c": c}, p.known[:1])
    if sign == 1:
        size = p.scheme("abs_of_nonpos", {"a": x - m}, [p.order(le(x - m, 0), [(1, 1, bound), (1, 1, order)])])
    else:
        size = p.scheme("abs_of_nonneg", {"a": x - m}, [p.order(le(0, x - m), [(1, 1, bound), (1, 1, order)])])
    small = integrand(on, far).args[1]
    split = p.cite("exp_add", {"a": -shift, "b": small.args[0]})
    exponent = p.congr(exp(-(c * hole())), size)
    joint = p.trans(exponent, p.congr(exp(hole()), p.field(eq(exponent.right.args[0], split.left.args[0]))), split)
    entries = [(2 * from_r.right, joint), (2 * decay, from_r)]
    return integrate(
        on,
        [(2 * exp(-shift), far)],
        body,
        2 * exp(-shift) * far.statement.args[2],
        same=lambda now: linear(p, eq(now, body), entries),
    )


@derivation("exp_abs_distance_int")
def exp_abs_distance_int(d: Draft) -> None:
    """The distance from r under exponential decay to both sides of m: a straight line, bent on the far side of r."""
    p = d.p
    m, r = d.numbers("m r")
    (c,) = d.positive("c")
    on = Points(p, "reals")
    body = p.term("abs(x - r)*exp(-(c*abs(x - m)))")
    total, mean = (p.cite(n, {"m": m, "c": c}, p.known[:1]) for n in ("exp_abs_int", "exp_abs_mean_int"))
    d.show(total, "the total")
    d.show(mean, "the first moment about `m`")
    found = []
    for sign, case in ((1, le(r, m)), (-1, lt(m, r))):
        order = p.assume(case)
        bent = joined(p, _bend(p, "below", sign, order), _bend(p, "above", sign, order))
        if sign == 1:
            size = p.scheme("abs_of_nonneg", {"a": m - r}, [p.order(le(0, m - r), [(1, 1, order)])])
        else:
            size = p.scheme("abs_of_nonpos", {"a": m - r}, [p.order(le(m - r, 0), [(1, 1, order)])])
            size = p.trans(size, p.field(eq(size.right, r - m)))
        value = 2 / c * size.right + 2 / power(c, 2) * exp(-(c * size.right))
        pieces = [(sign, mean), (sign * (m - r), total), (1, bent)]
        whole = integrate(on, pieces, body, value, p.known[:1])
        found.append(d.show(p.rewrite(whole, p.symm(size)), "a straight line, and its bend at `r`"))
    d.show(p.cases(le(r, m), *found), "in both cases")
