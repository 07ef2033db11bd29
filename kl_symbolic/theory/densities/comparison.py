"""Comparison tests: functions above a multiple of 1/x near an end, or above some integrands of Γ and Beta."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, REAL, Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, hole
from ...proving.calc import Draft, absolute, derivation, exp
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, with_value
from ...proving.tactics import linear, prove
from ..density_notation import gamma, member_of, natural, power, sequence


@derivation("not_integrable_at_zero")
def not_integrable_at_zero(d: Draft) -> None:
    """**A function above a multiple of 1/x near 0** has no integral: it is above integrals of Beta that grow."""
    p = d.p
    (c,) = d.positive("c")
    (v,) = d.numbers("v")
    d.declare(f="number -> number")
    on, n = Points(p, "(0, oo)"), p.fresh(NAT)
    x, (positive, *_), pc = on.x, on.inside, p.known[0]
    sign, bound, whole = d.given(
        "forall x in (0, oo): 0 <= f(x)",
        "forall x in (0, 1): c/x <= f(x)",
        "int(x in (0, oo): f(x)) = v",
    )
    f = p.term("f(x)")
    size = member_of(n) / c + 2
    large = p.order(
        lt(0, size), [(1, 1, p.pos(le(0, member_of(n) / c), natural(p, n), pc)), (1, 1, p.pos("0 < 2"))], pc
    )
    e = 1 / size
    pe, one = p.pos(lt(0, e), large, p.pos("0 < 1")), p.pos("0 < 1")
    above = prove(p, lt(0, 1 + x), [positive])
    ratio = x / (1 + x)
    t = power(ratio, e)
    near, far = t / (x * (1 + x)), 1 / (1 + x) ** 2
    apart = p.pos("1 != 0")
    unit = p.scheme("abs_of_nonneg", {"a": num(1)}, [p.pos("0 <= 1")])

    def beta(a: Node, sign: Fact, body: Node, value: Node, *facts: Fact) -> Fact:
        """Return ∫ x^(a − 1)·(1 + x)^(−(a + 1)) = 1/a in other words."""
        base = p.cite("beta_prime_int", {"a": a, "b": num(1), "c": num(1), "p": num(1)}, [sign, one, one, apart])
        moved = congruent(on, base, body, equal_by_logs(p, integrand(on, base), body, [positive, above, *facts]))
        raw = moved.statement.args[2]
        one_power = equal_by_logs(p, power(num(1), a), num(1), [large])
        chain = [
            p.congr(gamma(a) * hole() / (gamma(a + 1) * absolute(num(1)) * power(num(1), a)), p.cite("gamma_one", {})),
            p.congr(
                gamma(a) * num(1) / (hole() * absolute(num(1)) * power(num(1), a)),
                p.cite("gamma_succ", {"a": a}, [sign]),
            ),
            p.congr(gamma(a) * num(1) / (a * gamma(a) * hole() * power(num(1), a)), unit),
            p.congr(gamma(a) * num(1) / (a * gamma(a) * num(1) * hole()), one_power),
        ]
        assert chain[0].left == raw
        last = p.field(eq(chain[-1].right, value), sign, p.cite("gamma_pos", {"a": a}, [sign]), pc, large)
        return with_value(p, moved, value, p.trans(*chain, last))

    below_one = [
        p.pos(lt(0, ratio), positive, above),
        p.order(lt(ratio, 1), [(1, 1, p.pos(lt(0, 1 / (1 + x)), above, one))], above),
    ]
    first = beta(e, pe, near, size, *below_one, large)
    second = beta(num(1), one, far, num(1))
    d.show(first, "an integral of Beta, as large as wanted")
    body = c * (near - 2 * far)
    row = integrate(on, [(c, first), (-2 * c, second)], body, member_of(n), [pc, large, positive, above])
    d.show(row, "with a bounded one subtracted")
    small = p.cite("rpow_lt_one", {"p": e, "x": ratio}, [*below_one, pe])
    weight = p.pos(lt(0, c / (x * (1 + x))), pc, positive, above)
    # x < 1: below c/x
    less = p.assume(lt(x, 1))
    inside = p.scheme("in_open", {"a": num(0), "b": num(1), "c": x}, [positive, less])
    here = p.mp(p.spec(bound, x), inside)
    rest = p.pos(lt(0, c / (1 + x) + 2 * c / (1 + x) ** 2), pc, above, p.pos("0 < 2"))
    upper = p.order(le(body, c / x), [(1, 1, weight, small), (1, 1, rest)], positive, above)
    low = p.order(le(body, f), [(1, 1, upper), (1, 1, here)], positive, above)
    # x ≥ 1: below 0
    more = p.assume(le(1, x))
    share = p.pos(lt(0, c / (x * (1 + x) ** 2)), pc, positive, above)
    none = p.order(le(body, 0), [(1, 1, weight, small), (1, 1, share, more)], positive, above)
    high = p.order(le(body, f), [(1, 1, none), (1, 1, on.at(sign))], positive, above)
    d.show(low, "which is below `c/x` up to 1")
    d.show(high, "and negative from 1 on")
    below = p.cases(more.statement, high, low)
    values = {"D": on.domain, "f": on.function(f), "v": v, "a": sequence(member_of(n), n)}
    values["l"] = close(body, (n.data, NAT), (x.data, REAL))
    grows = p.gen(n, p.order(le(member_of(n), member_of(n)), []))
    d.show(
        p.cite("not_integrable", values, [p.gen(n, on.every(below)), p.gen(n, row), grows, whole]),
        "the integral would be larger still",
    )


@derivation("not_integrable_at_power_end")
def not_integrable_at_power_end(d: Draft) -> None:
    """A function above a multiple of 1/x near one end of the half-line has no integral, as in a power of x."""
    p = d.p
    (c,) = d.positive("c")
    k, v = d.numbers("k v")
    d.declare(f="number -> number")
    on = Points(p, "(0, oo)")
    x, pc, (positive, *_) = on.x, p.known[0], on.inside
    apart, sign, bound, whole = d.given(
        "k != 0",
        "forall x in (0, oo): 0 <= f(x)",
        "forall x in (0, oo): x^k < 1 => c/x <= f(x)",
        "int(x in (0, oo): f(x)) = v",
    )
    inverse = p.pos(ne(1 / k, 0), apart, p.pos("0 < 1"))
    values = {"p": 1 / k, "c": num(1), "f": whole.statement.args[1], "u": v}
    moved = d.show(p.cite("int_power_change", values, [p.pos("0 < 1"), inverse, whole]), "substitute `x^(1/k)`")
    body = integrand(on, moved)
    there, weight = body.args[0].args[0], body.args[1]
    size = absolute(1 / k)
    signs = [positive, p.cite("abs_pos", {"a": 1 / k}, [inverse])]
    ahead = prove(p, lt(0, there), signs)
    member = p.scheme("in_above", {"a": num(0), "c": there}, [ahead])
    factor = prove(p, lt(0, weight), signs)
    least = p.pos(le(0, body), p.mp(p.spec(sign, there), member), factor)
    # On (0, 1)
    part = Points(p, "(0, 1)")
    inside = part.inside
    back = equal_by_logs(p, power(there, k), x, [inside[0], apart, prove(p, lt(0, there), inside)])
    near = p.rewrite(inside[1], p.symm(back))
    here = p.mp(p.spec(bound, there), p.scheme("in_above", {"a": num(0), "c": there}, [prove(p, lt(0, there), inside)]))
    here = p.mp(here, near)
    signs = [*inside, signs[1], prove(p, lt(0, there), inside)]
    factor = prove(p, lt(0, weight), signs)
    same = equal_by_logs(p, c / there * weight, c * size / x, [pc, apart, *signs])
    above = p.order(le(c * size / x, body), [(1, 1, factor, here), (-1, 1, same)], inside[0], signs[-1])
    d.show(above, "above a multiple of `1/x` up to 1")
    values = {"c": c * size, "f": on.function(body), "v": v}
    premises = [p.pos(lt(0, c * size), pc, signs[2]), on.every(least), part.every(above), moved]
    d.show(p.cite("not_integrable_at_zero", values, premises), "which has no integral")


def near_end(d: Draft, test: str, condition: str, low: bool = True) -> None:
    """Show that a function above x^r times an integrand of Γ or Beta has no integral.

    Parameters
    ----------
    d : Draft
    test : str
        ``"gamma"`` or ``"beta"``.
    condition : str
        That the exponent of x, at the end, is at most −1 in terms of x^p.
    low : bool
        Whether the end is where x^p is near 0.
    """
    p, euler = d.p, test == "gamma"
    d.positive("c s" if euler else "a b c s")
    if euler:
        d.numbers("a")
    k, r, v = d.numbers("p r v")
    a, c, s = p.term("a"), p.term("c"), p.term("s")
    d.declare(f="number -> number")
    last = "exp(-(c*x^p))" if euler else "(1 + c*x^p)^(-(a + b))"
    on = Points(p, "(0, oo)")
    x, (positive, *_) = on.x, on.inside
    signs = list(p.known)
    apart, small, bound, whole = d.given(
        "p != 0",
        condition,
        f"forall x in (0, oo): s*(x^r*(x^(p*a - 1)*{last})) <= f(x)",
        "int(x in (0, oo): f(x)) = v",
    )
    f = p.term("f(x)")
    e = k if low else -k
    y, h = power(x, e), small.left
    near = p.assume(lt(y, 1))
    py = prove(p, lt(0, y), [positive])
    falls = linear(p, lt(Node("log", None, (y,)), 0), [p.scheme("log_le", {"a": y}, [py]), near])
    # y^h ≥ 1
    exponent = h * Node("log", None, (y,))
    rises = p.order(le(0, exponent), [(1, 1, small, falls)], apart)
    grown = p.cite("exp_mono", {"a": num(0), "b": exponent}, [rises])
    value = p.scheme("rpow_def", {"a": y, "b": h}, [py])
    at_least = linear(p, le(1, power(y, h)), [grown, p.cite("exp_zero", {}), value], [apart])
    d.show(at_least, "a power that is not positive")
    here = on.at(bound)
    inner = here.left.args[1].args[1].args[1]
    if euler:
        least, rest = exp(-c), inner
        order = p.order(le(-c, -(c * y)), [(1, 1, signs[0], near)])
        lower = p.cite("exp_mono", {"a": -c, "b": -(c * y)}, [order])
        facts = [positive, apart]
        same = equal_by_logs(p, here.left, s * (power(y, h) / x * rest), [*facts, *signs])
    else:
        n = -(a + p.term("b"))
        top, now = 1 + c, (1 + c * y if low else y + c)
        less = p.order(lt(now, top), [(1, 1, *((signs[2], near) if low else (near,)))])
        pt, pn = prove(p, lt(0, top), signs), prove(p, lt(0, now), [*signs, py])
        logs = p.cite("log_lt", {"a": now, "b": top}, [pn, less])
        total = p.pos(lt(0, a + p.term("b")), *signs[:2])
        order = p.order(le(n * Node("log", None, (top,)), n * Node("log", None, (now,))), [(1, 1, total, logs)])
        lower = p.cite("exp_mono", {"a": order.left, "b": order.right}, [order])
        least, rest = power(top, n), power(now, n)
        lower = p.rewrite(
            lower, *(p.symm(p.scheme("rpow_def", {"a": t, "b": n}, [q])) for t, q in ((top, pt), (now, pn)))
        )
        goal = s * (power(y, h) / x * rest)
        facts = [positive, apart, pn, py, *signs]
        if low:
            same = equal_by_logs(p, here.left, goal, facts)
        else:
            u = power(x, k)
            pu = prove(p, lt(0, u), [positive])
            unit = equal_by_logs(p, y, 1 / u, [positive, pu])
            split = p.order(eq(1 + c * u, u * now), [(-1, u, unit)], pu)
            power_of = p.congr(power(hole(), n), split)
            first = p.congr(s * (power(x, r) * (power(x, k * a - 1) * hole())), power_of)
            same = p.trans(first, equal_by_logs(p, first.right, goal, [*facts, pu]))
    d.show(lower, "the last factor is bounded")
    pr, share = (
        prove(p, lt(0, rest), [positive, py, *signs, *([] if euler else [pn])]),
        p.pos(lt(0, s / x), signs[-1], positive),
    )
    weight = p.pos(lt(0, s / x * rest), share, pr)
    above = p.order(le(s * least / x, same.right), [(1, 1, weight, at_least), (1, 1, share, lower)], positive)
    above = p.order(le(s * least / x, f), [(1, 1, above), (-1, 1, same), (1, 1, here)], positive)
    d.show(above, "above a multiple of `1/x`")
    sign = prove(p, le(0, here.left), [positive, *signs, prove(p, lt(0, inner), [positive, *signs])])
    sign = p.order(le(0, f), [(1, 1, sign), (1, 1, here)])
    some = p.pos(ne(e, 0), apart)
    values = {"k": e, "c": s * least, "f": on.function(f), "v": v}
    lp = prove(p, lt(0, least), [*signs, *([] if euler else [pt])])
    premises = [
        p.pos(lt(0, s * least), signs[-1], lp),
        some,
        on.every(sign),
        on.every(p.disch(near.statement, above)),
        whole,
    ]
    d.show(p.cite("not_integrable_at_power_end", values, premises), "which has no integral")


@derivation("power_gamma_not_integrable")
def power_gamma_not_integrable(d: Draft) -> None:
    """**A function above an integrand of Euler in a power** has no integral where, with a further power, Γ has none."""
    near_end(d, "gamma", "a + r/p <= 0")


@derivation("beta_prime_not_integrable")
def beta_prime_not_integrable(d: Draft) -> None:
    """**A function above an integrand of Beta on the half-line** has no integral where it is too large near 0 or ∞."""
    near_end(d, "beta", "a + r/p <= 0")


@derivation("beta_prime_tail_not_integrable")
def beta_prime_tail_not_integrable(d: Draft) -> None:
    """A function above an integrand of Beta on the half-line has no integral where it is too large at the other end."""
    near_end(d, "beta", "b - r/p <= 0", low=False)
