"""The integrals behind the families of Gamma: Γ(a + 1), logarithms of powers under Γ, and two changes of variables."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, REAL, Node, num
from ...language.rewriting import close
from ...proving.builder import hole
from ...proving.calc import Draft, absolute, derivation, exp, log
from ...proving.integrals import (
    Points,
    antiderivative,
    congruent,
    equal_by_logs,
    integrand,
    integrate,
    rescaled,
    with_value,
)
from ...proving.tactics import algebra, limit, linear, prove
from ..density_notation import (
    digamma,
    functions,
    gamma,
    member_of,
    power,
    resequenced,
    sequence,
    to_infinity,
    to_zero,
)
from ..euler_notation import NewVariable, log_mean, shrinking

# --- the equation of Γ --------------------------------------------------------------------------------------------


@derivation("gamma_tail_limit")
def gamma_tail_limit(d: Draft) -> None:
    """The sequence (n + 1)^a·exp(−(n + 1)) tends to 0: its logarithm is at most a constant minus half of n + 1."""
    p = d.p
    (a,) = d.positive("a")
    n = p.fresh(NAT)
    k = member_of(n)
    above = p.assume(lt(0, k))
    y = k + 1
    positive = p.pos(lt(0, y), above, p.pos("0 < 1"))
    body = power(y, a) * exp(-y)
    # The tangent of log at y/(2·a), times a.
    ratio = y / (2 * a)
    tangent = p.scheme("log_le", {"a": ratio}, [prove(p, lt(0, ratio), [positive])])
    parts = algebra(p, eq(log(ratio), log(y) - log(num(2) * a)), [positive])
    constant = a * log(num(2) * a) - a
    bound = linear(p, le(a * log(y) + -y, constant + -(y / 2)), [(1, p.known[0], tangent), (a, parts)], [p.known[0]])
    d.show(bound, "the tangent of the logarithm at `(n + 1)/(2*a)`")
    value = p.scheme("rpow_def", {"a": y, "b": a}, [positive])
    product = p.symm(p.cite("exp_add", {"a": a * log(y), "b": -y}))
    same = p.trans(p.congr(hole() * exp(-y), value), product)
    grown = p.cite("exp_mono", {"a": a * log(y) + -y, "b": constant + -(y / 2)}, [bound])
    split, inverse = p.cite("exp_add", {"a": constant, "b": -(y / 2)}), p.cite("exp_neg", {"a": y / 2})
    big = linear(p, le(k / 2, exp(y / 2)), [p.cite("exp_ge_one_add", {"a": y / 2}), p.pos("0 < 1")])
    pe, pc = p.scheme("exp_pos", {"a": y / 2}), p.scheme("exp_pos", {"a": constant})
    scale = p.pos(lt(0, 2 / (k * exp(y / 2))), above, pe, p.pos("0 < 2"))
    small = p.order(le(1 / exp(y / 2), 2 * (1 / k)), [(1, 1, scale, big)], above, pe)
    most = exp(constant) * (2 * (1 / k))
    upper = linear(p, le(body, most), [grown, same, split, (exp(constant), inverse), (1, pc, small)], [above, pe])
    d.show(upper, "so the sequence is below a multiple of `1/n`")
    lower = prove(p, le(0, body), [positive])
    tends = with_value(p, limit(p, sequence(most, n), [p.scheme("limit_inv_nat", {})]), 0)
    bounds = [p.gen(n, p.disch(above.statement, fact)) for fact in (lower, upper)]
    d.show(p.limit_squeeze(p.scheme("limit_const", {"a": num(0)}), tends, *bounds), "and above 0")


@derivation("gamma_succ")
def gamma_succ(d: Draft) -> None:
    """**The functional equation of Γ**, by parts: the derivative of x^a·exp(−x) is a difference of two integrands."""
    p = d.p
    (a,) = d.positive("a")
    on, n = Points(p, "(0, oo)"), p.fresh(NAT)
    x = on.x
    g = power(x, a) * exp(-x)
    slope, _ = derivative(g, x.data)
    here = p.scheme("gamma_int", {"a": a}, [p.known[0]])
    there = p.scheme("gamma_int", {"a": a + 1}, [prove(p, lt(0, a + 1))])
    values = {"D": on.domain, "f": there.statement.args[1], "a": num(-1), "u": gamma(a + 1)}
    minorant = p.scheme("int_mul", values, [there])
    positive = prove(p, lt(0, a * power(x, a - 1) * exp(-x)), on.inside)
    above = p.order(le(integrand(on, minorant), slope), [(1, 1, positive)])
    u, in_low, low = to_zero(p, n)
    _, in_high, high = to_infinity(p, n)
    # exp(−n)^a = exp(−a·n)
    k = member_of(n)
    base = p.scheme("exp_pos", {"a": -k})
    same = p.trans(
        p.scheme("rpow_def", {"a": u, "b": a}, [base]),
        p.congr(exp(a * hole()), p.scheme("log_exp", {"a": -k})),
        p.congr(exp(hole()), p.field(eq(a * -k, -(a * k)))),
    )
    first = resequenced(p, p.cite("exp_neg_mul_limit", {"c": a}, [p.known[0]]), n, p.symm(same))
    second = limit(p, sequence(-u, n), [low])
    second = p.cite("exp_limit", {"a": second.right, "u": sequence(-u, n)}, [second])
    near = with_value(p, limit(p, sequence(power(u, a) * exp(-u), n), [first, second]), 0)
    far = p.cite("gamma_tail_limit", {"a": a}, [p.known[0]])
    whole = antiderivative(on, g, minorant, above, (in_low, low, near), (in_high, high, far), on.inside)
    body, total = a * (power(x, a - 1) * exp(-x)) - g, a * gamma(a) - gamma(a + 1)
    whole = with_value(p, congruent(on, whole, body, p.field(eq(slope, body))), 0)
    d.show(whole, "the antiderivative `x^a*exp(-x)` tends to 0 at both ends")
    euler = integrate(on, [(a, here), (-1, there)], body, total, on.inside)
    d.show(euler, "two integrals of Euler")
    zero = p.cite("int_unique", {"D": on.domain, "f": on.function(body), "u": num(0), "v": total}, [whole, euler])
    d.show(linear(p, eq(gamma(a + 1), a * gamma(a)), [zero]), "a function has one integral")


# --- logarithms under the integral --------------------------------------------------------------------------------


@derivation("log_moment")
def log_moment(d: Draft) -> None:
    """The integral of a logarithm from those of powers with small exponents, between which it is squeezed."""
    p = d.p
    d.declare(**dict.fromkeys("huw", "Nat -> number"))
    d.numbers("m v")
    on, n = functions(d, "f t"), p.fresh(NAT)
    f, t, m = p.term("f(x)"), p.term("t(x)"), p.term("m")
    h, u, w = (p.symbol(name, n) for name in "huw")
    sign, base, step, whole, up, down, rising, falling = d.given(
        "forall x in D: 0 <= f(x)",
        "forall x in D: 0 < t(x)",
        "forall n in Nat: 0 < h[n]",
        "int(x in D: f(x)) = m",
        "forall n in Nat: int(x in D: f(x)*t(x)^h[n]) = u[n]",
        "forall n in Nat: int(x in D: f(x)*t(x)^(-h[n])) = w[n]",
        "lim(n: (u[n] - m)/h[n]) -> v",
        "lim(n: (m - w[n])/h[n]) -> v",
    )
    sign, base, step = on.at(sign), on.at(base), p.spec(step, n)
    share = p.pos(lt(0, 1 / h), step, p.pos("0 < 1"))
    bounds, rows, sides = [], [], []
    for e, other, value in ((-h, down, w), (h, up, u)):
        high = e == h
        moment = p.spec(other, n)
        factor = power(t, e)
        tangent = p.scheme("log_le", {"a": factor}, [prove(p, lt(0, factor), [base])])
        exponent = algebra(p, eq(log(factor), e * log(t)), [base])
        tangent = linear(p, le(e * log(t), factor - 1), [tangent, exponent])
        body = (f * factor - f) / h if high else (f - f * factor) / h
        claim = le(log(t) * f, body) if high else le(body, log(t) * f)
        bounds.append(p.order(claim, [(1, 1, sign, share, tangent)], step))
        d.show(bounds[-1], "the tangent of the logarithm")
        k = 1 / h if high else -(1 / h)
        quotient = (value - m) / h if high else (m - value) / h
        rows.append(integrate(on, [(k, moment), (-k, whole)], body, quotient, [step]))
        sides.append(close(body, (n.data, NAT), (on.x.data, REAL)))
    values: dict[str, Node | str] = {"D": on.domain, "f": on.function(log(t) * f), "v": p.term("v")}
    values |= {"l": sides[0], "h": sides[1]}
    values |= {name: sequence(row.statement.args[2], n) for name, row in zip("ab", rows, strict=True)}
    premises = [p.gen(n, on.every(b)) for b in bounds] + [p.gen(n, row) for row in rows]
    d.show(p.scheme("int_squeeze", values, [*premises, falling, rising]), "both bounds have the limit `v`")


@derivation("gamma_quotient_limit")
def gamma_quotient_limit(d: Draft) -> None:
    """The difference quotients of Γ."""
    p = d.p
    (a,) = d.positive("a")
    d.declare(h="Nat -> number")
    n = p.fresh(NAT)
    given = d.given("lim(n: h[n]) -> 0", "forall n in Nat: h[n] != 0")
    slope = p.scheme("digamma_deriv", {"a": a}, [p.known[0]])
    d.show(slope, "the derivative of Γ")
    function, _, s = slope.statement.args
    values = {"a": a, "g": function, "s": s, "h": sequence(p.symbol("h", n), n)}
    d.show(p.scheme("deriv_limit", values, [slope, *given]), "the limit of its difference quotients")


@derivation("gamma_limit")
def gamma_limit(d: Draft) -> None:
    """Γ is continuous, along sequences."""
    p = d.p
    (a,) = d.positive("a")
    d.declare(h="Nat -> number")
    n = p.fresh(NAT)
    h = p.symbol("h", n)
    zero, apart = d.given("lim(n: h[n]) -> 0", "forall n in Nat: h[n] != 0")
    quotient = p.cite("gamma_quotient_limit", {"a": a, "h": sequence(h, n)}, [p.known[0], zero, apart])
    d.show(quotient, "the difference quotients of Γ")
    body = gamma(a) + h * ((gamma(a + h) - gamma(a)) / h)
    tends = with_value(p, limit(p, sequence(body, n), [quotient, zero]), gamma(a))
    same = p.field(eq(body, gamma(a + h)), p.spec(apart, n))
    d.show(resequenced(p, tends, n, same), "times `h[n]`, which tends to 0")


@derivation("digamma_succ")
def digamma_succ(d: Draft) -> None:
    """**The functional equation of ψ**: that of Γ, in its difference quotients."""
    p = d.p
    (a,) = d.positive("a")
    n = p.fresh(NAT)
    above, h, positive, _, tends, _ = shrinking(p, a, p.known[0], n)
    premises = [tends, p.gen(n, p.pos(ne(h, 0), positive))]
    pb = prove(p, lt(0, a + 1))
    values = {"h": sequence(h, n)}
    first = p.cite("gamma_quotient_limit", {"a": a, **values}, [p.known[0], *premises])
    last = p.cite("gamma_quotient_limit", {"a": a + 1, **values}, [pb, *premises])
    d.show(first, "the difference quotients of Γ at `a`")
    d.show(last, "at `a + 1`")
    near = p.cite("gamma_limit", {"a": a, **values}, [p.known[0], *premises])
    body = a * ((gamma(a + h) - gamma(a)) / h) + gamma(a + h)
    run = limit(p, sequence(body, n), [first, near])
    here = p.cite("gamma_succ", {"a": a}, p.known[:1])
    there = p.cite("gamma_succ", {"a": a + h}, [p.pos(lt(0, a + h), p.known[0], positive)])
    there = p.trans(p.congr(gamma(hole()), p.field(eq(a + 1 + h, a + h + 1), above)), there)
    quotient = (gamma(a + 1 + h) - gamma(a + 1)) / h
    same = linear(p, eq(body, quotient), [(1 / h, there), (1 / h, here)], [positive, above])
    u = sequence(quotient, n)
    limits = [resequenced(p, run, n, same), last]
    both = p.cite("limit_unique", {"u": u, "a": run.right, "b": last.right}, limits)
    d.show(both, "a sequence has one limit")
    size = p.cite("gamma_pos", {"a": a}, p.known[:1])
    scale = 1 / (a * gamma(a))
    goal = eq(digamma(a + 1), digamma(a) + 1 / a)
    d.show(
        linear(p, goal, [(scale, both), (scale * digamma(a + 1), here)], [size, p.known[0]]), "divide by `Gamma(a + 1)`"
    )


@derivation("gamma_log_int")
def gamma_log_int(d: Draft) -> None:
    """**The mean of a logarithm under Γ**: the integral of Euler with a logarithm is the derivative of Γ."""
    p = d.p
    (a,) = d.positive("a")
    on, n = Points(p, "(0, oo)"), p.fresh(NAT)
    x = on.x
    whole = p.scheme("gamma_int", {"a": a}, [p.known[0]])
    body, value = integrand(on, whole), gamma(a) * digamma(a)
    above, h, positive, left, *tends = shrinking(p, a, p.known[0], n)
    moments, quotients = [], []
    for e, sign, run in zip((h, -h), (p.pos(lt(0, a + h), p.known[0], positive), left), tends, strict=True):
        other = p.scheme("gamma_int", {"a": a + e}, [sign])
        new = body * power(x, e)
        moments.append(congruent(on, other, new, equal_by_logs(p, integrand(on, other), new, [*on.inside, above])))
        apart = p.gen(n, p.pos(ne(e, 0), positive))
        quotients.append(p.cite("gamma_quotient_limit", {"a": a, "h": sequence(e, n)}, [p.known[0], run, apart]))
        d.show(quotients[-1], "the difference quotients of Γ")
    back = gamma(a + -h)
    quotient = p.field(eq((back - gamma(a)) / -h, (gamma(a) - back) / h), positive, above)
    quotients[1] = resequenced(p, quotients[1], n, quotient)
    d.show(log_mean(on, x, whole, n, (h, positive), moments, quotients, value), "between both difference quotients")


# --- powers and exponentials as new variables ---------------------------------------------------------------------


@derivation("abs_pos")
def abs_pos(d: Draft) -> None:
    """The absolute value of a number other than 0 is positive."""
    p = d.p
    (a,) = d.numbers("a")
    (apart,) = d.given("a != 0")
    zero = p.assume(eq(absolute(a), 0))
    square = p.order(eq(a * a, 0), [(-1, 1, p.cite("abs_sq", {"a": a})), (1, absolute(a), zero)])
    none = p.absurd(ne(absolute(a), 0), square, p.pos(ne(a * a, 0), apart))
    some = p.cases(zero.statement, none, p.assume(ne(absolute(a), 0)))
    d.show(p.lt_of_le_ne(p.cite("abs_nonneg", {"a": a}), p.symm(some)), "its square is the square of the number")


@derivation("int_power_change")
def int_power_change(d: Draft) -> None:
    """The substitution of a power, with a scale, on the half-line."""
    p = d.p
    (k,) = d.numbers("p")
    (c,) = d.positive("c")
    d.declare(f="number -> number", u=REAL)
    on = Points(p, "(0, oo)")
    x, facts = on.x, on.inside
    apart, base = d.given("p != 0", "int(x in (0, oo): f(x)) = u")
    phi, psi = c * power(x, k), power(x / c, 1 / k)
    into, back = (p.scheme("in_above", {"a": num(0), "c": t}, [prove(p, lt(0, t), facts)]) for t in (phi, psi))
    inverse = equal_by_logs(p, c * power(psi, k), x, [*facts, prove(p, lt(0, psi), facts)])
    moved = rescaled(on, base, phi, psi, into, back, inverse, apart, c * power(x, k - 1))
    d.show(moved, "substitute `c*x^p`")


@derivation("int_exponential")
def int_exponential(d: Draft) -> None:
    """The substitution of an exponential, with a scale, which maps the line onto the half-line."""
    p = d.p
    (k,) = d.numbers("k")
    (c,) = d.positive("c")
    d.declare(f="number -> number", u=REAL)
    on, image = Points(p, "reals"), Points(p, "(0, oo)")
    x = on.x
    apart, base = d.given("k != 0", "int(x in (0, oo): f(x)) = u")
    phi, psi = c * exp(k * x), log(x / c) / k
    into = p.scheme("in_above", {"a": num(0), "c": phi}, [prove(p, lt(0, phi))])
    ratio = p.cite("exp_log", {"x": x / c}, [prove(p, lt(0, x / c), image.inside)])
    inverse = p.trans(
        p.congr(c * exp(hole()), p.field(eq(k * psi, log(x / c)), apart, p.known[0])),
        p.congr(c * hole(), ratio),
        p.field(eq(c * (x / c), x), p.known[0]),
    )
    back = p.scheme("in_reals", {"c": psi})
    moved = rescaled(on, base, phi, psi, into, back, inverse, apart, c * exp(k * x))
    d.show(moved, "substitute `c*exp(k*x)`")


# --- the families -------------------------------------------------------------------------------------------------


def euler(d: Draft, line: bool, mean: bool) -> None:
    """Show the integral of Euler in a new variable, or the mean of the statistic under it."""
    p, new = d.p, NewVariable(d, "a c", line)
    a = p.term("a")
    rest, total = exp(-new.variable), gamma(a) / new.size
    base = p.scheme("gamma_int", {"a": a}, [p.known[0]])
    if mean:
        logs = p.cite("gamma_log_int", {"a": a}, [p.known[0]])
        value = total * ((digamma(a) - log(new.scale)) / new.exponent)
        d.show(new.mean(base, logs, rest, value), new.law)
    else:
        d.show(new.total(base, rest, total), "divide by the constant factor")


@derivation("power_gamma_int")
def power_gamma_int(d: Draft) -> None:
    """**The integral of Euler in a power** of the variable: it normalizes the generalized gamma distribution."""
    euler(d, line=False, mean=False)


@derivation("power_gamma_log_int")
def power_gamma_log_int(d: Draft) -> None:
    """The mean of log x under the generalized gamma distribution is (ψ(a) − log c)/p; here it is times the total."""
    euler(d, line=False, mean=True)


@derivation("line_gamma_int")
def line_gamma_int(d: Draft) -> None:
    """**The integral of Euler on the line**: it normalizes the law of the logarithm of a gamma variable."""
    euler(d, line=True, mean=False)


@derivation("line_gamma_mean_int")
def line_gamma_mean_int(d: Draft) -> None:
    """The mean of x under this distribution on the line is (ψ(a) − log c)/k; here it is times the total."""
    euler(d, line=True, mean=True)
