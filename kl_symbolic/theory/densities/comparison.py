"""Comparison tests: functions above a multiple of 1/x near an end, or above some integrands of Γ and Beta."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, REAL, Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, hole
from ...proving.calc import Draft, absolute, derivation, exp
from ...proving.integrals import Points, combination, congruent, equal_by_logs, integrand, integrate, with_value
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


# --- other intervals ----------------------------------------------------------------------------------------------


@derivation("not_integrable_from_zero")
def not_integrable_from_zero(d: Draft) -> None:
    """A function on (0, b) above a multiple of 1/x near 0 has no integral: it is above powers that grow."""
    p = d.p
    b, c = d.positive("b c")
    (v,) = d.numbers("v")
    d.declare(f="number -> number")
    on, n = Points(p, "(0, b)"), p.fresh(NAT)
    x, (positive, end), (pb, pc) = on.x, on.inside, p.known[:2]
    sign, bound, whole = d.given(
        "forall x in (0, b): 0 <= f(x)", "forall x in (0, b/2): c/x <= f(x)", "int(x in (0, b): f(x)) = v"
    )
    f = p.term("f(x)")
    size = member_of(n) / c + 2
    large = p.order(
        lt(0, size), [(1, 1, p.pos(le(0, member_of(n) / c), natural(p, n), pc)), (1, 1, p.pos("0 < 2"))], pc
    )
    e = 1 / size
    pe = p.pos(lt(0, e), large, p.pos("0 < 1"))
    more = p.pos(lt(0, e + 1), pe, p.pos("0 < 1"))
    ratio = x / b
    t = power(ratio, e)
    inside = [
        p.pos(lt(0, ratio), positive, pb),
        p.order(lt(ratio, 1), [(1, 1, end, p.pos(lt(0, 1 / b), pb, p.pos("0 < 1")))], pb),
    ]
    small = p.cite("rpow_lt_one", {"p": e, "x": ratio}, [*inside, pe])
    pieces = []
    for k, sign_k, body, value in ((e, pe, t / x, size), (e + 1, more, t, b / (e + 1))):
        base = combination(p, [(power(b, -e), p.cite("int_power", {"b": b, "k": k}, [pb, sign_k]))])
        facts = [pb, pc, positive, large, pe, more, inside[0]]
        moved = congruent(on, base, body, equal_by_logs(p, integrand(on, base), body, facts))
        pieces.append(
            with_value(p, moved, value, equal_by_logs(p, moved.statement.args[2], value, [pb, pc, large, pe, more]))
        )
    d.show(pieces[0], "an integral of a power, as large as wanted")
    body, value = c * (t / x - 2 / b * t), c * (size - 2 / b * (b / (e + 1)))
    row = integrate(on, [(c, pieces[0]), (-(2 * c / b), pieces[1])], body, value, [pb, pc, large, more, positive])
    d.show(row, "with a bounded one subtracted")
    rest = p.pos(lt(0, 2 * c * e / (e + 1)), pc, pe, more, p.pos("0 < 2"))
    grows = p.order(le(member_of(n), value), [(1, 1, rest)], pb, pc, large, more)
    weight, pt = p.pos(lt(0, c / x), pc, positive), prove(p, lt(0, t), inside)
    # x < b/2: below c/x
    less = p.assume(lt(x, b / 2))
    member = p.scheme("in_open", {"a": num(0), "b": b / 2, "c": x}, [positive, less])
    here = p.mp(p.spec(bound, x), member)
    part = p.pos(lt(0, 2 * c * t / b), pc, pt, pb, p.pos("0 < 2"))
    low = p.order(le(body, f), [(1, 1, weight, small), (1, 1, part), (1, 1, here)], positive, pb)
    # x ≥ b/2: below 0
    beyond = p.assume(le(b / 2, x))
    share = p.pos(lt(0, 2 * c * t / (b * x)), pc, pt, pb, positive, p.pos("0 < 2"))
    high = p.order(le(body, f), [(1, 1, share, beyond), (1, 1, on.at(sign))], positive, pb)
    d.show(low, "which is below `c/x` up to `b/2`")
    d.show(high, "and not positive from there on")
    below = p.cases(beyond.statement, high, low)
    values = {"D": on.domain, "f": on.function(f), "v": v, "a": sequence(value, n)}
    values["l"] = close(body, (n.data, NAT), (x.data, REAL))
    premises = [p.gen(n, on.every(below)), p.gen(n, row), p.gen(n, grows), whole]
    d.show(p.cite("not_integrable", values, premises), "the integral would be larger still")


@derivation("not_integrable_at_infinity")
def not_integrable_at_infinity(d: Draft) -> None:
    """A function on (a, ∞) above a multiple of 1/x has no integral."""
    p = d.p
    a, c = d.positive("a c")
    (v,) = d.numbers("v")
    d.declare(f="number -> number")
    on, n = Points(p, "(a, oo)"), p.fresh(NAT)
    x, (beyond,), (pa, pc) = on.x, on.inside, p.known[:2]
    bound, whole = d.given("forall x in (a, oo): c/x <= f(x)", "int(x in (a, oo): f(x)) = v")
    positive = p.order(lt(0, x), [(1, 1, pa), (1, 1, beyond)])
    size = member_of(n) / c + 1
    large = p.order(
        lt(0, size), [(1, 1, p.pos(le(0, member_of(n) / c), natural(p, n), pc)), (1, 1, p.pos("0 < 1"))], pc
    )
    e, ratio = 1 / size, a / x
    pe = p.pos(lt(0, e), large, p.pos("0 < 1"))
    inside = [
        p.pos(lt(0, ratio), pa, positive),
        p.order(lt(ratio, 1), [(1, 1, beyond, p.pos(lt(0, 1 / x), positive, p.pos("0 < 1")))], positive),
    ]
    t = power(ratio, e)
    small = p.cite("rpow_lt_one", {"p": e, "x": ratio}, [*inside, pe])
    base = combination(p, [(power(a, e), p.cite("int_power_above", {"a": a, "k": e}, [pa, pe]))])
    facts = [pa, pc, positive, large, pe]
    moved = congruent(on, base, t / x, equal_by_logs(p, integrand(on, base), t / x, [*facts, inside[0]]))
    moved = with_value(p, moved, size, equal_by_logs(p, moved.statement.args[2], size, [pa, pc, large, pe]))
    body, value = c * (t / x), member_of(n) + c
    row = integrate(on, [(c, moved)], body, value, [pc, large, positive])
    d.show(row, "an integral of a power, as large as wanted")
    weight = p.pos(lt(0, c / x), pc, positive)
    below = p.order(le(body, p.term("f(x)")), [(1, 1, weight, small), (1, 1, on.at(bound))], positive)
    d.show(below, "which is below the function")
    values = {"D": on.domain, "f": on.function(p.term("f(x)")), "v": v, "a": sequence(value, n)}
    values["l"] = close(body, (n.data, NAT), (x.data, REAL))
    grows = p.gen(n, p.order(le(member_of(n), value), [(1, 1, pc)]))
    premises = [p.gen(n, on.every(below)), p.gen(n, row), grows, whole]
    d.show(p.cite("not_integrable", values, premises), "the integral would be larger still")


def power_at_end(d: Draft, low: bool) -> None:
    """Show that a function above a power on (0, b), or (a, ∞), has no integral where the power has none."""
    p = d.p
    end, s = d.positive("b s" if low else "a s")
    k, r, v = d.numbers("k r v")
    d.declare(f="number -> number")
    domain, known = ("(0, b)", "x^(k - 1)") if low else ("(a, oo)", "x^(-k - 1)")
    on = Points(p, domain)
    x = on.x
    order, bound, whole = d.given(
        "k + r <= 0" if low else "k - r <= 0",
        f"forall x in {domain}: s*(x^r*{known}) <= f(x)",
        f"int(x in {domain}: f(x)) = v",
    )
    pend, ps = p.known[:2]
    positive = on.inside[0] if low else p.order(lt(0, x), [(1, 1, pend), (1, 1, on.inside[0])])
    h = k + r if low else r - k
    least, here = power(end, h), on.at(bound)
    near = p.cite(
        "log_lt", {"a": x, "b": end} if low else {"a": end, "b": x}, [positive if low else pend, on.inside[-1]]
    )
    rises = p.order(le(h * Node("log", None, (end,)), h * Node("log", None, (x,))), [(1, 1, order, near)])
    grown = p.cite("exp_mono", {"a": rises.left, "b": rises.right}, [rises])
    grown = p.rewrite(
        grown, *(p.symm(p.scheme("rpow_def", {"a": t, "b": h}, [q])) for t, q in ((end, pend), (x, positive)))
    )
    d.show(grown, "a power that falls" if low else "a power that rises")
    same = equal_by_logs(p, here.left, s * power(x, h) / x, [positive, ps])
    share = p.pos(lt(0, s / x), ps, positive)
    above = p.order(le(s * least / x, p.term("f(x)")), [(1, 1, share, grown), (-1, 1, same), (1, 1, here)], positive)
    d.show(above, "above a multiple of `1/x`")
    c = s * least
    pc = p.pos(lt(0, c), ps, prove(p, lt(0, least), [pend]))
    values = {end.data: end, "c": c, "f": on.function(p.term("f(x)")), "v": v}
    premises = [pend, pc]
    if low:
        part = Points(p, "(0, b/2)")
        inside = part.inside[1]
        member = p.scheme(
            "in_open",
            {"a": num(0), "b": end, "c": x},
            [part.inside[0], p.order(lt(x, end), [(1, 1, inside), ("1/2", 1, pend)])],
        )
        premises += [
            on.every(
                p.order(le(0, p.term("f(x)")), [(1, 1, p.pos(le(0, c / x), pc, positive)), (1, 1, above)], positive)
            )
        ]
        premises += [part.every(p.mp(p.spec(on.every(above), x), member))]
    else:
        premises += [on.every(above)]
    name = "not_integrable_from_zero" if low else "not_integrable_at_infinity"
    d.show(p.cite(name, values, [*premises, whole]), "which has no integral")


@derivation("power_below_not_integrable")
def power_below_not_integrable(d: Draft) -> None:
    """A function on (0, b) above a power with the exponent −1 or less has no integral."""
    power_at_end(d, low=True)


@derivation("power_above_not_integrable")
def power_above_not_integrable(d: Draft) -> None:
    """A function on (a, ∞) above a power with the exponent −1 or more has no integral."""
    power_at_end(d, low=False)


@derivation("power_beta_not_integrable")
def power_beta_not_integrable(d: Draft) -> None:
    """**A function above an integrand of Beta** has no integral where it is too large near 0."""
    p = d.p
    b, s, k = d.positive("b s p")
    *_, v = d.numbers("a r v")
    d.declare(f="number -> number")
    on = Points(p, "(0, 1)")
    x, facts = on.x, on.inside
    pb, ps, pk = p.known[:3]
    small, bound, whole = d.given(
        "a + r/p <= 0",
        "forall x in (0, 1): s*(x^r*(x^(p*a - 1)*(1 - x^p)^(b - 1))) <= f(x)",
        "int(x in (0, 1): f(x)) = v",
    )
    f, half = p.term("f(x)"), num(1) / 2
    y, top = power(x, k), power(half, k)
    here = on.at(bound)
    py = prove(p, lt(0, y), facts)
    below = p.cite("rpow_lt_one", {"p": k, "x": x}, [*facts, pk])
    left = p.order(lt(0, 1 - y), [(1, 1, below)])
    least = prove(p, le(0, here.left), [*facts, *p.known, left])
    sign = p.order(le(0, f), [(1, 1, least), (1, 1, here)])
    # x < 1/2
    part = Points(p, Node("open", None, (num(0), half)))
    low, high = part.inside
    rest = p.cite("rpow_lt_one", {"p": k, "x": half}, [p.pos(lt(0, half)), p.order(lt(half, 1), [("1/2", 1)]), pk])
    remains = p.order(lt(0, 1 - top), [(1, 1, rest)])
    logs = p.cite("log_lt", {"a": x, "b": half}, [low, high])
    scaled = p.order(lt(k * logs.left, k * logs.right), [(1, 1, pk, logs)])
    py = prove(p, lt(0, y), [low])
    less = p.cite("exp_lt", {"a": scaled.left, "b": scaled.right}, [scaled])
    less = p.rewrite(
        less, *(p.symm(p.scheme("rpow_def", {"a": t, "b": k}, [q])) for t, q in ((x, low), (half, p.pos(lt(0, half)))))
    )
    now = p.order(lt(0, 1 - y), [(1, 1, less), (1, 1, rest)])
    logs = p.cite("log_lt", {"a": 1 - top, "b": 1 - y}, [remains, p.order(lt(1 - top, 1 - y), [(1, 1, less)])])
    scaled = p.order(le(b * logs.left, b * logs.right), [(1, 1, pb, logs)])
    lower = p.cite("exp_mono", {"a": scaled.left, "b": scaled.right}, [scaled])
    lower = p.rewrite(
        lower, *(p.symm(p.scheme("rpow_def", {"a": t, "b": b}, [q])) for t, q in ((1 - top, remains), (1 - y, now)))
    )
    d.show(lower, "the last factor is bounded up to 1/2")
    factor = power(1 - y, b)
    pf = prove(p, lt(0, factor), [now])
    exponent = small.left * Node("log", None, (y,))
    falls = linear(p, lt(Node("log", None, (y,)), 0), [p.scheme("log_le", {"a": y}, [py]), less, rest])
    rises = p.order(le(0, exponent), [(1, 1, small, falls)], pk)
    grown = p.cite("exp_mono", {"a": num(0), "b": exponent}, [rises])
    value = p.scheme("rpow_def", {"a": y, "b": small.left}, [py])
    at_least = linear(p, le(1, value.left), [grown, p.cite("exp_zero", {}), value], [pk])
    d.show(at_least, "a power that is not positive")
    inside = p.scheme(
        "in_open", {"a": num(0), "b": num(1), "c": x}, [low, p.order(lt(x, 1), [(1, 1, high), ("1/2", 1)])]
    )
    here = p.mp(p.spec(bound, x), inside)
    same = equal_by_logs(p, here.left, s * (value.left / x * (factor / (1 - y))), [low, ps, pk, now])
    bottom = power(1 - top, b)
    share = p.pos(lt(0, s / x), ps, low)
    first = p.pos(lt(0, s / x * factor), share, pf)
    second = p.pos(
        lt(0, s / x * value.left * factor * y / (1 - y)), share, prove(p, lt(0, value.left), [py]), pf, py, now
    )
    rows = [(1, 1, share, lower), (1, 1, first, at_least), (1, 1, second), (-1, 1, same), (1, 1, here)]
    above = p.order(le(s * bottom / x, f), rows, low, now, pk)
    d.show(above, "above a multiple of `1/x`")
    c = s * bottom
    pc = p.pos(lt(0, c), ps, prove(p, lt(0, bottom), [remains]))
    values = {"b": num(1), "c": c, "f": on.function(f), "v": v}
    premises = [p.pos("0 < 1"), pc, on.every(sign), part.every(above), whole]
    d.show(p.cite("not_integrable_from_zero", values, premises), "which has no integral")
