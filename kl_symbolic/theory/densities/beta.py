"""The integrals behind the families of Beta: logarithms under Beta, reflection, powers, and the half-line."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, lt, ne
from ...kernel.terms import NAT, REAL, Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, absolute, derivation, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, substituted, with_value
from ...proving.tactics import algebra, limit, linear, prove
from ...proving.tactics.linear import Entry
from ..density_notation import beta, digamma, gamma, power, resequenced, sequence
from ..euler_notation import NewVariable, log_mean, shrinking

# --- difference quotients of Beta ---------------------------------------------------------------------------------


@derivation("beta_quotient_limit")
def beta_quotient_limit(d: Draft) -> None:
    """The difference quotients of Γ(a)·Γ(b)/Γ(a + b) in a."""
    p = d.p
    a, b = d.positive("a b")
    d.declare(h="Nat -> number")
    n = p.fresh(NAT)
    h = p.symbol("h", n)
    zero, apart, positive = d.given(
        "lim(n: h[n]) -> 0", "forall n in Nat: h[n] != 0", "forall n in Nat: 0 < a + b + h[n]"
    )
    c = a + b
    pc = prove(p, lt(0, c))
    first, second, whole = (
        p.cite(name, {"a": t, "h": sequence(h, n)}, [sign, zero, apart])
        for name, t, sign in (
            ("gamma_quotient_limit", a, p.known[0]),
            ("gamma_quotient_limit", c, pc),
            ("gamma_limit", c, pc),
        )
    )
    d.show(first, "the difference quotients of Γ at `a`")
    d.show(second, "at `a + b`")
    d.show(whole, "Γ is continuous")
    here = p.cite("gamma_pos", {"a": c}, [pc])
    there = p.cite("gamma_pos", {"a": c + h}, [p.spec(positive, n)])
    left, right = ((gamma(t + h) - gamma(t)) / h for t in (a, c))
    body = gamma(b) * (left / gamma(c + h) - gamma(a) / gamma(c) * (right / gamma(c + h)))
    tends = limit(p, sequence(body, n), [first, second, whole], [here])
    tends = with_value(p, tends, beta(a, b) * (digamma(a) - digamma(c)), extra=[here])
    quotient = (gamma(a + h) * gamma(b) / gamma(c + h) - beta(a, b)) / h
    same = p.field(eq(body, quotient), p.spec(apart, n), here, there)
    d.show(resequenced(p, tends, n, same), "combine")


@derivation("beta_log_int")
def beta_log_int(d: Draft) -> None:
    """**The mean of a logarithm under Beta** is ψ(a) − ψ(a + b), as Beta has this logarithmic derivative in a."""
    p = d.p
    a, b = d.positive("a b")
    on, n = Points(p, "(0, 1)"), p.fresh(NAT)
    x, c = on.x, a + b
    whole = p.scheme("beta_int", {"a": a, "b": b}, p.known[:2])
    body, value = integrand(on, whole), beta(a, b) * (digamma(a) - digamma(c))
    above, h, positive, left, *tends = shrinking(p, a, p.known[0], n)
    facts = [*on.inside, p.order(lt(0, 1 - x), [(1, 1, on.inside[1])])]
    signs = p.pos(lt(0, a + h), p.known[0], positive), left
    moments, quotients = [], []
    for e, sign, run in zip((h, -h), signs, tends, strict=True):
        other = p.scheme("beta_int", {"a": a + e, "b": b}, [sign, p.known[1]])
        new = body * power(x, e)
        other = congruent(on, other, new, equal_by_logs(p, integrand(on, other), new, [*facts, above]))
        sums = p.congr(gamma(a + e) * gamma(b) / gamma(hole()), p.field(eq(a + e + b, c + e), above))
        moments.append(with_value(p, other, sums.right, sums))
        apart = p.gen(n, p.pos(ne(e, 0), positive))
        domain = p.gen(n, p.order(lt(0, c + e), [(1, 1, sign), (1, 1, p.known[1])], above))
        premises = [*p.known[:2], run, apart, domain]
        quotients.append(p.cite("beta_quotient_limit", {"a": a, "b": b, "h": sequence(e, n)}, premises))
        d.show(quotients[-1], "the difference quotients of Beta")
    back = moments[1].statement.args[2]
    divisors = [p.cite("gamma_pos", {"a": t.right}, [t]) for t in (prove(p, lt(0, c)), p.spec(domain, n))]
    flipped = p.field(eq((back - beta(a, b)) / -h, (beta(a, b) - back) / h), positive, above, *divisors)
    quotients[1] = resequenced(p, quotients[1], n, flipped)
    d.show(log_mean(on, x, whole, n, (h, positive), moments, quotients, value), "between both difference quotients")


# --- the unit interval --------------------------------------------------------------------------------------------


@derivation("int_one_sub")
def int_one_sub(d: Draft) -> None:
    """The substitution of 1 − x, which reflects the unit interval."""
    p = d.p
    d.declare(f="number -> number", u=REAL)
    on = Points(p, "(0, 1)")
    (base,) = d.given("int(x in (0, 1): f(x)) = u")
    x, (low, high) = on.x, on.inside
    inside = [p.order(lt(0, 1 - x), [(1, 1, high)]), p.order(lt(1 - x, 1), [(1, 1, low)])]
    into = p.scheme("in_open", {"a": num(0), "b": num(1), "c": 1 - x}, inside)
    slope = p.order(lt(derivative(1 - x, x.data)[0], 0), [(1, 1)])
    moved = substituted(on, base, 1 - x, 1 - x, into, into, p.field(eq(1 - (1 - x), x)), slope)
    body = p.term("f(1 - x)")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body))), "substitute `1 - x`")


@derivation("beta_log_one_sub_int")
def beta_log_one_sub_int(d: Draft) -> None:
    """The mean of log(1 − x) under Beta is ψ(b) − ψ(a + b), by reflection."""
    p = d.p
    a, b = d.positive("a b")
    on = Points(p, "(0, 1)")
    x = on.x
    base = p.cite("beta_log_int", {"a": b, "b": a}, [p.known[1], p.known[0]])
    d.show(base, "with `a` and `b` exchanged")
    _, f, u = base.statement.args
    moved = p.cite("int_one_sub", {"f": f, "u": u}, [base])
    d.show(moved, "substitute `1 - x`")
    kernel = power(x, a - 1) * power(1 - x, b - 1)
    back = p.congr(
        integrand(on, moved).args[0] * (power(1 - x, b - 1) * power(hole(), a - 1)), p.field("1 - (1 - x) = x")
    )
    value = beta(a, b) * (digamma(b) - digamma(a + b))
    order = p.field(eq(b + a, a + b))
    gammas = p.congr(gamma(b) * gamma(a) / gamma(hole()) * (digamma(b) - digamma(hole())), order)
    divisor = p.cite("gamma_pos", {"a": a + b}, [prove(p, lt(0, a + b))])
    total = with_value(p, moved, value, p.trans(gammas, p.field(eq(gammas.right, value), divisor)))
    body = log(1 - x) * kernel
    d.show(congruent(on, total, body, p.trans(back, p.field(eq(back.right, body)))), "collect")


@derivation("rpow_lt_one")
def rpow_lt_one(d: Draft) -> None:
    """A positive power of a number between 0 and 1 is below 1."""
    p = d.p
    x, c = d.positive("x p")
    (below,) = d.given("x < 1")
    t = c * log(x)
    falls = linear(p, lt(log(x), 0), [p.scheme("log_le", {"a": x}, [p.known[0]]), below])
    sign = p.order(lt(t, 0), [(1, 1, p.known[1], falls)])
    size = p.scheme("exp_pos", {"a": t})
    tangent, inverse = p.cite("exp_ge_one_add", {"a": -t}), p.cite("exp_neg", {"a": t})
    small = linear(p, lt(size.right, 1), [(1, size, tangent), (size.right, inverse), (1, size, sign)], [size])
    d.show(small, "the tangent of the exponential")
    value = p.scheme("rpow_def", {"a": x, "b": c}, [p.known[0]])
    d.show(p.rewrite(small, p.symm(value)), "the power is this exponential")


@derivation("int_unit_power")
def int_unit_power(d: Draft) -> None:
    """The substitution of a power on the unit interval."""
    p = d.p
    (k,) = d.positive("p")
    d.declare(f="number -> number", u=REAL)
    on = Points(p, "(0, 1)")
    (base,) = d.given("int(x in (0, 1): f(x)) = u")
    x, facts = on.x, on.inside
    phi, psi = power(x, k), power(x, 1 / k)
    members = []
    for e in (k, 1 / k):
        small = p.cite("rpow_lt_one", {"x": x, "p": e}, [facts[0], prove(p, lt(0, e)), facts[1]])
        inside = [prove(p, lt(0, small.left), facts), small]
        members.append(p.scheme("in_open", {"a": num(0), "b": num(1), "c": small.left}, inside))
    inverse = equal_by_logs(p, power(psi, k), x, [*facts, prove(p, lt(0, psi), facts)])
    slope = prove(p, lt(0, derivative(phi, x.data)[0]), facts)
    moved = substituted(on, base, phi, psi, *members, inverse, slope)
    body = p.term("f(x^p)*(p*x^(p - 1))")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body))), "substitute `x^p`")


def in_power(d: Draft, lemma: str, inner: str = "", outer: str = "", factor: str = "") -> None:
    """Show an integral over the unit interval in the variable x^p: a factor of the lemma, and what becomes of it."""
    p = d.p
    a, b, k = d.positive("a b p")
    on = Points(p, "(0, 1)")
    x = on.x
    small = p.cite("rpow_lt_one", {"x": x, "p": k}, [on.inside[0], p.known[2], on.inside[1]])
    base = _beta(p, lemma, a, b)
    _, f, u = base.statement.args
    moved = p.cite("int_unit_power", {"f": f, "p": k, "u": u}, [p.known[2], base])
    d.show(moved, "substitute `x^p`")
    kernel = power(x, k * a - 1) * power(1 - power(x, k), b - 1)
    divisor = p.cite("gamma_pos", {"a": a + b}, [prove(p, lt(0, a + b))])
    facts = [*on.inside, p.order(lt(0, 1 - small.left), [(1, 1, small)]), divisor]
    old = power(power(x, k), a - 1) * power(1 - power(x, k), b - 1) * (k * power(x, k - 1))
    same = equal_by_logs(p, old, k * kernel, facts)
    scale, body, value = k, kernel, gamma(a) * gamma(b) / (gamma(a + b) * k)
    rows: list[Entry] = []
    if inner:
        body, value = p.term(outer) * kernel, value * p.term(factor)
        if inner != outer:
            scale = k * k
            rows.append((kernel / k, algebra(p, eq(p.term(inner), k * p.term(outer)), facts)))
    rows.append(((p.term(inner) if inner else num(1)) / scale, same))
    whole = integrate(on, [(1 / scale, moved)], body, value, facts, lambda now: linear(p, eq(now, body), rows, facts))
    d.show(whole, "divide by the constant factor")


def _beta(p: Proof, lemma: str, a: Node, b: Node) -> Fact:
    """Return an integral under Beta: the scheme, or a lemma with a logarithm."""
    cite = p.scheme if lemma == "beta_int" else p.cite
    return cite(lemma, {"a": a, "b": b}, [prove(p, lt(0, t)) for t in (a, b)])


@derivation("power_beta_int")
def power_beta_int(d: Draft) -> None:
    """**The integral of Beta in a power** of the variable: for a = 1 it normalizes the Kumaraswamy distribution."""
    in_power(d, "beta_int")


@derivation("power_beta_log_int")
def power_beta_log_int(d: Draft) -> None:
    """The mean of log x in a power under Beta is (ψ(a) − ψ(a + b))/p; here it is times the total."""
    in_power(d, "beta_log_int", "log(x^p)", "log(x)", "(digamma(a) - digamma(a + b))/p")


@derivation("power_beta_log_one_sub_int")
def power_beta_log_one_sub_int(d: Draft) -> None:
    """The mean of log(1 − x^p) in a power under Beta is ψ(b) − ψ(a + b); here it is times the total."""
    in_power(d, "beta_log_one_sub_int", "log(1 - x^p)", "log(1 - x^p)", "digamma(b) - digamma(a + b)")


# --- the half-line ------------------------------------------------------------------------------------------------


@derivation("int_odds")
def int_odds(d: Draft) -> None:
    """The substitution of x/(1 + x), which maps the half-line onto the unit interval: x becomes the odds."""
    p = d.p
    d.declare(f="number -> number", u=REAL)
    on, image = Points(p, "(0, oo)"), Points(p, "(0, 1)")
    (base,) = d.given("int(x in (0, 1): f(x)) = u")
    x = on.x
    above = prove(p, lt(0, 1 + x), on.inside)
    rest = p.order(lt(0, 1 - x), [(1, 1, image.inside[1])])
    phi, psi = x / (1 + x), x / (1 - x)
    share = p.pos(lt(0, 1 / (1 + x)), above, p.pos("0 < 1"))
    inside = [prove(p, lt(0, phi), on.inside), p.order(lt(phi, 1), [(1, 1, share)], above)]
    into = p.scheme("in_open", {"a": num(0), "b": num(1), "c": phi}, inside)
    back = p.scheme("in_above", {"a": num(0), "c": psi}, [p.pos(lt(0, psi), image.inside[0], rest)])
    one = p.field(eq(1 + psi, 1 / (1 - x)), rest)
    inverse = p.trans(p.congr(psi / hole(), one), p.field(eq(psi / (1 / (1 - x)), x), rest))
    square = 1 / power(1 + x, 2)
    slope = p.order(lt(0, derivative(phi, x.data)[0]), [(1, 1, prove(p, lt(0, square), [above]))], above)
    moved = substituted(on, base, phi, psi, into, back, inverse, slope, above)
    body = p.term("f(x/(1 + x))*(1/(1 + x)^2)")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body), above)), "substitute `x/(1 + x)`")


def in_odds(d: Draft, pieces: dict[str, int], outer: str = "", factor: str = "1") -> None:
    """Show an integral of Beta over the half-line: a combination of lemmas, and the logarithm that it becomes."""
    p = d.p
    a, b = d.positive("a b")
    on = Points(p, "(0, oo)")
    x, y = on.x, p.term("x/(1 + x)")
    above = prove(p, lt(0, 1 + x), on.inside)
    facts = [*on.inside, above, p.cite("gamma_pos", {"a": a + b}, [prove(p, lt(0, a + b))])]
    other = p.field(eq(1 - y, 1 / (1 + x)), above)
    kernel = power(x, a - 1) * power(1 + x, -(a + b))
    form = p.congr(power(y, a - 1) * power(hole(), b - 1) * (1 / power(1 + x, 2)), other)
    same = p.trans(form, equal_by_logs(p, form.right, kernel, facts))
    logs = {
        "beta_log_int": algebra(p, eq(log(y), log(x) - log(1 + x)), facts),
        "beta_log_one_sub_int": p.trans(
            p.congr(log(hole()), other), algebra(p, eq(log(1 / (1 + x)), -log(1 + x)), facts)
        ),
    }
    moved: list[tuple[object, Fact]] = []
    rows: list[Entry] = []
    for lemma, multiple in pieces.items():
        base = _beta(p, lemma, a, b)
        _, f, u = base.statement.args
        moved.append((multiple, d.show(p.cite("int_odds", {"f": f, "u": u}, [base]), "substitute `x/(1 + x)`")))
        rows.append((multiple * logs[lemma].left if lemma in logs else multiple, same))
        if lemma in logs:
            rows.append((multiple * kernel, logs[lemma]))
    body, value = kernel, beta(a, b)
    if outer:
        body, value = p.term(outer) * kernel, value * p.term(factor)
    d.show(integrate(on, moved, body, value, facts, lambda now: linear(p, eq(now, body), rows, facts)), "collect")


@derivation("odds_beta_int")
def odds_beta_int(d: Draft) -> None:
    """The integral of Beta in the odds x/(1 − x), which run through the half-line."""
    in_odds(d, {"beta_int": 1})


@derivation("odds_beta_log_int")
def odds_beta_log_int(d: Draft) -> None:
    """The mean of the logarithm of the odds is ψ(a) − ψ(b); here it is times the total."""
    in_odds(d, {"beta_log_int": 1, "beta_log_one_sub_int": -1}, "log(x)", "digamma(a) - digamma(b)")


@derivation("odds_beta_log_one_add_int")
def odds_beta_log_one_add_int(d: Draft) -> None:
    """The mean of log(1 + x) for odds x is ψ(a + b) − ψ(b); here it is times the total."""
    in_odds(d, {"beta_log_one_sub_int": -1}, "log(1 + x)", "digamma(a + b) - digamma(b)")


def in_variable(d: Draft, line: bool, weight: str = "") -> None:
    """Show an integral of Beta in c·x^p, or c·exp(k·x): with the statistic, or the logarithm of 1 + the variable."""
    p, new = d.p, NewVariable(d, "a b c", line)
    a, b = p.term("a"), p.term("b")
    new.facts.append(p.cite("gamma_pos", {"a": a + b}, [prove(p, lt(0, a + b))]))
    rest = power(1 + new.variable, -(a + b))
    total = gamma(a) * gamma(b) / (gamma(a + b) * absolute(new.exponent) * power(new.scale, a))
    base = p.cite("odds_beta_int", {"a": a, "b": b}, p.known[:2])
    if not weight:
        d.show(new.total(base, rest, total), "divide by the constant factor")
        return
    other = p.cite(f"odds_beta_{weight}_int", {"a": a, "b": b}, p.known[:2])
    if weight == "log":
        value = total * ((digamma(a) - digamma(b) - log(new.scale)) / new.exponent)
        d.show(new.mean(base, other, rest, value), new.law)
    else:
        value = total * (digamma(a + b) - digamma(b))
        d.show(new.weighted(base, other, log(1 + new.variable), rest, value), "divide by the constant factor")


@derivation("beta_prime_int")
def beta_prime_int(d: Draft) -> None:
    """**The integral of Beta on the half-line**, in a power: it normalizes the generalized beta prime distribution."""
    in_variable(d, line=False)


@derivation("beta_prime_log_int")
def beta_prime_log_int(d: Draft) -> None:
    """The mean of log x under the generalized beta prime distribution, times the total."""
    in_variable(d, line=False, weight="log")


@derivation("beta_prime_log_one_add_int")
def beta_prime_log_one_add_int(d: Draft) -> None:
    """The mean of log(1 + c·x^p) under the generalized beta prime distribution, times the total."""
    in_variable(d, line=False, weight="log_one_add")


@derivation("line_beta_int")
def line_beta_int(d: Draft) -> None:
    """**The integral of Beta on the line**: it normalizes the generalized logistic distributions."""
    in_variable(d, line=True)


@derivation("line_beta_mean_int")
def line_beta_mean_int(d: Draft) -> None:
    """The mean of x under a generalized logistic distribution, times the total."""
    in_variable(d, line=True, weight="log")


@derivation("line_beta_log_one_add_int")
def line_beta_log_one_add_int(d: Draft) -> None:
    """The mean of log(1 + c·exp(k·x)) under a generalized logistic distribution, times the total."""
    in_variable(d, line=True, weight="log_one_add")
