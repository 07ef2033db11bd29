"""Logarithms of linear functions on intervals, and of 1 + c·(odds) where the odds are logistic."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, num
from ...language.rewriting import replace
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, absolute, derivation, exp, log
from ...proving.integrals import (
    Points,
    antiderivative,
    combination,
    congruent,
    equal_by_logs,
    integrand,
    integrate,
    with_value,
)
from ...proving.tactics import algebra, limit, linear, prove
from ...proving.tactics.arrange import arrange
from ..density_notation import gamma, inner_ends, power, sequence
from ..euler_notation import NewVariable


@derivation("int_log_linear")
def int_log_linear(d: Draft) -> None:
    """The integral of the logarithm of a linear function that is positive on an interval, by its antiderivative."""
    p = d.p
    a, b, u, k = d.numbers("a b u k")
    less, other, first, last = d.given("a < b", "k != 0", "0 < u + k*a", "0 < u + k*b")
    on, n = Points(p, "(a, b)"), p.fresh(NAT)
    x, (low, high) = on.x, on.inside

    def inner(t: Node) -> Node:
        return u + k * t

    def g(t: Node) -> Node:
        return inner(t) * log(inner(t)) / k - t

    width = p.order(lt(0, b - a), [(1, 1, less)])
    share = p.pos(lt(0, 1 / (b - a)), width, p.pos("0 < 1"))
    sign = p.order(lt(0, inner(x)), [(1, 1, first, high, share), (1, 1, last, low, share)], width)
    body = log(inner(x))
    slope, _ = derivative(g(x), x.data)
    same = p.field(eq(slope, body), other, sign)
    least = 1 - 1 / inner(a) - 1 / inner(b)
    minorant = combination(p, [(least, p.cite("int_one", {"a": a, "b": b}, [less]))])
    ratio, *ends = (p.pos(lt(0, 1 / f.right), f, p.pos("0 < 1")) for f in (sign, first, last))
    tangent = p.scheme("log_le", {"a": 1 / inner(x)}, [ratio])
    tangent = linear(p, le(1 - 1 / inner(x), body), [tangent, algebra(p, eq(log(1 / inner(x)), -body), [sign])], [sign])
    bound = p.order(
        le(1 / inner(x), 1 / inner(a) + 1 / inner(b)),
        [(1, 1, ratio, *ends, sign, sign), (1, k, low, high, ratio, *ends)],
        sign,
        first,
        last,
    )
    above = p.order(
        le(integrand(on, minorant), slope), [(1, 1, tangent), (1, 1, bound), (-1, 1, same)], sign, first, last, other
    )
    runs = []
    for t, member, run in inner_ends(p, n, less):
        inside = limit(p, sequence(inner(t), n), [run])
        logs = p.cite(
            "log_limit", {"a": inside.right, "u": sequence(inner(t), n)}, [first if run.right == a else last, inside]
        )
        runs.append((member, run, limit(p, sequence(g(t), n), [inside, logs, run], [other])))
    whole = congruent(on, antiderivative(on, g(x), minorant, above, runs[0], runs[1], [other, sign]), body, same)
    value = p.term("((u + k*b)*log(u + k*b) - (u + k*a)*log(u + k*a))/k - (b - a)")
    d.show(with_value(p, whole, value, extra=[other]), "the antiderivative is `(u + k*x)*log(u + k*x)/k - x`")


def to_an_end(d: Draft, mirrored: bool) -> None:
    """Show the integral of the logarithm of the distance from an end of an interval."""
    p = d.p
    a, b = d.numbers("a b")
    (less,) = d.given("a < b")
    on = Points(p, "(a, b)")
    x, (low, high) = on.x, on.inside
    base = p.cite("int_log_from_zero", {"b": num(1)}, [p.pos("0 < 1")])
    if mirrored:
        _, f, u = base.statement.args
        base = p.cite("int_one_sub", {"f": f, "u": u}, [base])
    base = with_value(p, base, -1, linear(p, eq(base.statement.args[2], num(-1)), [p.cite("log_one", {})]))
    _, f, u = base.statement.args
    moved = d.show(
        p.cite("int_open_change", {"a": a, "b": b, "f": f, "u": u}, [less, base]), "substitute `(x - a)/(b - a)`"
    )
    width = p.order(lt(0, b - a), [(1, 1, less)])
    distance = p.order(lt(0, b - x), [(1, 1, high)]) if mirrored else p.order(lt(0, x - a), [(1, 1, low)])
    inner = integrand(on, moved).args[0].args[0]
    share = p.field(eq(inner, distance.right / (b - a)), width)
    split = p.trans(
        p.congr(log(hole()), share), p.cite("log_div", {"a": distance.right, "b": b - a}, [distance, width])
    )
    body = log(distance.right)
    one = p.cite("int_one", {"a": a, "b": b}, [less])
    value = (b - a) * (log(b - a) - 1)
    pieces = [(b - a, moved), (log(b - a), one)]
    both = log(inner) + log(b - a)
    joined = linear(p, eq(both, body), [split], [width])
    whole = integrate(on, pieces, body, value, [width], lambda now: p.trans(p.field(eq(now, both), width), joined))
    d.show(whole, "collect")


@derivation("int_log_from_low")
def int_log_from_low(d: Draft) -> None:
    """The integral of log(x − a) between a and b."""
    to_an_end(d, mirrored=False)


@derivation("int_log_from_high")
def int_log_from_high(d: Draft) -> None:
    """The integral of log(b − x) between a and b."""
    to_an_end(d, mirrored=True)


@derivation("odds_log_ratio_int")
def odds_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + c·x) where x has the density 1/(1 + x)²."""
    p = d.p
    (c,) = d.positive("c")
    (other,) = d.given("c != 1")
    on = Points(p, "(0, oo)")
    x = on.x
    zero, one = num(0), num(1)
    apart = p.order(ne(c - 1, 0), [(1, 1, other)])
    ends = [p.order(lt(0, one + (c - 1) * t), [(1, 1, f)]) for t, f in ((zero, p.pos("0 < 1")), (one, p.known[0]))]
    values = {"a": zero, "b": one, "u": one, "k": c - 1}
    first = p.cite("int_log_linear", values, [p.pos("0 < 1"), apart, *ends])
    plain = p.field(eq(first.statement.args[2], (c * log(c) - log(one)) / (c - 1) - 1), apart)
    value = c * log(c) / (c - 1) - 1
    none = linear(p, eq(plain.right, value), [(1 / (c - 1), p.cite("log_one", {}))], [apart])
    first = d.show(with_value(p, first, value, p.trans(plain, none)), "the logarithm between 1 and `c`")
    logs = p.cite("int_log_from_zero", {"b": num(1)}, [p.pos("0 < 1")])
    _, f, u = logs.statement.args
    second = p.cite("int_one_sub", {"f": f, "u": u}, [logs])
    second = with_value(p, second, -1, linear(p, eq(u, num(-1)), [p.cite("log_one", {})]))
    whole = combination(p, [(1, first), (-1, second)])
    d.show(whole, "subtract that between 0 and 1")
    _, f, u = whole.statement.args
    moved = p.cite("int_odds", {"f": f, "u": u}, [whole])
    above = prove(p, lt(0, 1 + x), on.inside)
    up = prove(p, lt(0, 1 + c * x), on.inside)
    y = x / (1 + x)
    inner = p.field(eq(1 + (c - 1) * y, (1 + c * x) / (1 + x)), above)
    rest = p.field(eq(1 - y, 1 / (1 + x)), above)
    splits = []
    for equation in (inner, rest):
        same = p.congr(log(hole()), equation)
        splits.append(p.trans(same, _split(d, same.right, [above, up])))
    body = log(1 + c * x) * (1 / power(1 + x, 2))
    weight = 1 / power(1 + x, 2)
    same = linear(p, eq(integrand(on, moved), body), [(weight, splits[0]), (-weight, splits[1])], [above])
    value = c * log(c) / (c - 1)
    d.show(with_value(p, congruent(on, moved, body, same), value, extra=[apart]), "substitute `x/(1 + x)`")


def _split(d: Draft, term: Node, facts: list[Fact]) -> Fact:
    """Return log(a/b) = log a − log b."""
    found = arrange(d.p, term, facts)
    assert found is not None
    return found


def log_ratio(d: Draft, line: bool) -> None:
    """Show the mean of log(1 + b·φ) for φ = c·x^p or c·exp(k·x) with the density of logistic odds, times the total."""
    p, one = d.p, num(1)
    new = NewVariable(d, "b c", line, one)
    b, c, two = p.term("b"), new.scale, one + 1
    (other,) = d.given("b != c")
    half = Points(p, "(0, oo)")
    base = p.cite("odds_beta_int", {"a": one, "b": one}, [p.pos("0 < 1")] * 2)
    gap = p.order(ne(b - c, 0), [(1, 1, other)])
    apart = p.order(ne(b / c, 1), [(1, 1, p.pos(ne((b - c) / c, 0), gap, p.known[1]))], p.known[1])
    ratio = p.cite("odds_log_ratio_int", {"c": b / c}, [prove(p, lt(0, b / c)), apart])
    d.show(ratio, "the mean for logistic odds")
    kernel = integrand(half, base)
    facts = [*half.inside, prove(p, lt(0, 1 + half.x), half.inside)]
    same = equal_by_logs(p, 1 / power(1 + half.x, 2), kernel, facts)
    factor = log(1 + b / c * half.x)
    ratio = congruent(half, ratio, factor * kernel, p.congr(factor * hole(), same))
    moved = new.shown(ratio)
    rest = power(1 + new.variable, -two)
    inner = integrand(new.on, moved).args[0].args[0]
    own = log(1 + b * (new.variable.args[1]))
    spelled = p.congr(log(hole()), p.field(eq(inner.args[0], own.args[0]), p.known[1]))
    rows = [(inner / new.size, new.kernel(new.moved(base), rest)), (new.weight * rest, spelled)]
    split = p.cite("log_div", {"a": b, "b": c}, p.known[:2])
    new.facts += [*p.known[:2], gap, p.order(ne(b / c - 1, 0), [(1, 1, apart)], p.known[1])]
    whole = new.integral([(1 / new.size, moved)], own * (new.weight * rest), moved.statement.args[2] / new.size, rows)
    total = gamma(one) * gamma(one) / (gamma(two) * absolute(new.exponent) * power(c, one))
    value = total * (b * (log(b) - log(c)) / (b - c))
    first, step = p.cite("gamma_one", {}), p.cite("gamma_succ", {"a": one}, [p.pos("0 < 1")])
    plain = replace(value, gamma(two), one * gamma(one))
    unit = p.trans(
        p.congr(replace(value, gamma(two), hole()), step), p.congr(replace(plain, gamma(one), hole()), first)
    )
    old = whole.statement.args[2]
    outside = [f for f in new.facts if new.on.member.statement not in f.sequent.hypotheses]
    opened = p.congr(replace(old, split.left, hole()), split)
    reason = p.trans(opened, p.field(eq(opened.right, unit.right), *outside), p.symm(unit))
    d.show(with_value(p, whole, value, reason), "divide by the constant factor")


@derivation("beta_prime_log_ratio_int")
def beta_prime_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + b·x^p) under a log-logistic distribution, times the total."""
    log_ratio(d, line=False)


@derivation("line_beta_log_ratio_int")
def line_beta_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + b·exp(k·x)) under a logistic distribution, times the total."""
    log_ratio(d, line=True)


def different(p: Proof, left: Node, right: Node, equal: Fact, apart: Fact) -> Fact:
    """Return u ≠ v, as a = b would follow from u = v, and a ≠ b.

    Parameters
    ----------
    p : Proof
    left, right : Node
        u and v.
    equal : Fact
        u = v ⊢ a = b.
    apart : Fact
        a ≠ b.
    """
    goal = ne(left, right)
    return p.cases(eq(left, right), p.absurd(goal, equal, apart), p.assume(goal))


@derivation("logistic_log_ratio_int")
def logistic_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + exp(−(x − r)/s)) under a logistic distribution at another location, times the total."""
    p = d.p
    m, r = d.numbers("m r")
    (c,) = d.positive("s")
    (apart,) = d.given("m != r")
    k, gap = -(1 / c), p.order(ne(m - r, 0), [(1, 1, apart)])
    other = p.pos(ne(k, 0), p.known[0], p.pos("0 < 1"))
    first, last = (p.scheme("log_exp", {"a": u / c}) for u in (r, m))
    same = p.congr(log(hole()), p.assume(eq(exp(r / c), exp(m / c))))
    same = p.trans(p.symm(first), same, last)
    scaled = p.order(ne(r / c, m / c), [(-1, 1, p.pos(ne((m - r) / c, 0), gap, p.known[0]))], p.known[0])
    unequal = different(p, exp(r / c), exp(m / c), same, scaled)
    signs = [p.scheme("exp_pos", {"a": u / c}) for u in (r, m)]
    values = {"b": exp(r / c), "c": exp(m / c), "k": k}
    whole = p.cite("line_beta_log_ratio_int", values, [*signs, other, unequal])
    d.show(whole, "the general integral")
    d.show(p.rewrite(whole, first, last), "the logarithm undoes the exponential")


@derivation("log_logistic_log_ratio_int")
def log_logistic_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + (x/r)^p) under a log-logistic distribution of another scale, times the total."""
    p = d.p
    s, r = d.positive("s r")
    (k,) = d.numbers("p")
    other, apart = d.given("p != 0", "s != r")
    scales = [1 / power(t, k) for t in (r, s)]
    logs = [algebra(p, eq(log(u), -(k * log(t))), p.known[:2]) for u, t in zip(scales, (r, s), strict=True)]
    same = p.congr(log(hole()), p.assume(eq(*scales)))
    equal = linear(p, eq(log(s), log(r)), [(1 / k, same), *((1 / k, f) for f in logs)], [other])
    equal = p.cite("log_inj", {"a": s, "b": r}, [*p.known[:2], equal])
    unequal = different(p, scales[0], scales[1], equal, apart)
    signs = [prove(p, lt(0, u)) for u in scales]
    whole = p.cite("beta_prime_log_ratio_int", {"b": scales[0], "c": scales[1], "p": k}, [*signs, other, unequal])
    d.show(whole, "the general integral")
    powers = [prove(p, lt(0, power(t, k))) for t in (s, r)]
    gap = p.order(ne(scales[0] - scales[1], 0), [(1, 1, unequal)], *powers)
    product = p.pos(ne((scales[0] - scales[1]) * (power(s, k) * power(r, k)), 0), gap, *powers)
    gaps = [gap, p.order(ne(power(s, k) - power(r, k), 0), [(1, 1, product)], *powers)]
    old = whole.statement.args[2].args[1]
    factor = power(s, k) * (k * (log(s) - log(r))) / (power(s, k) - power(r, k))
    first = p.congr(replace(old, logs[0].left, hole()), logs[0])
    last = p.congr(replace(first.right, logs[1].left, hole()), logs[1])
    reason = p.trans(first, last, p.field(eq(last.right, factor), *powers, *gaps))
    total = whole.statement.args[2].args[0]
    d.show(with_value(p, whole, total * factor, p.congr(total * hole(), reason)), "write the scales as powers")
