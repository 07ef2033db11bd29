"""The mean of the logarithm of 1 + c·(odds) where the odds are logistic: what logistic distributions diverge by."""

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
    with_value,
)
from ...proving.tactics import algebra, limit, linear, prove
from ...proving.tactics.arrange import arrange
from ..density_notation import gamma, inner_ends, power, sequence
from ..euler_notation import NewVariable


@derivation("log_affine_int")
def log_affine_int(d: Draft) -> None:
    """The integral of the logarithm of a number between 1 and c, by its antiderivative."""
    p = d.p
    (c,) = d.positive("c")
    (other,) = d.given("c != 1")
    on, n = Points(p, "(0, 1)"), p.fresh(NAT)
    k, x = c - 1, on.x
    apart = p.order(ne(k, 0), [(1, 1, other)])

    def inner(t: Node) -> Node:
        return 1 + k * t

    def g(t: Node) -> Node:
        return inner(t) * log(inner(t)) / k - t

    low, high = on.inside
    sign = p.order(lt(0, inner(x)), [(1, 1, low, p.known[0]), (1, 1, high)])
    body = log(inner(x))
    slope, _ = derivative(g(x), x.data)
    same = p.field(eq(slope, body), apart, sign)
    minorant = combination(p, [(-(1 / c), p.cite("int_one", {"a": num(0), "b": num(1)}, [p.pos("0 < 1")]))])
    ratio = p.pos(lt(0, 1 / inner(x)), sign, p.pos("0 < 1"))
    tangent = p.scheme("log_le", {"a": 1 / inner(x)}, [ratio])
    tangent = linear(p, le(1 - 1 / inner(x), body), [tangent, algebra(p, eq(log(1 / inner(x)), -body), [sign])], [sign])
    share = p.pos(lt(0, 1 / c), p.known[0], p.pos("0 < 1"))
    bound = p.order(
        le(1 / inner(x), 1 + 1 / c), [(1, 1, low, ratio, p.known[0]), (1, 1, high, ratio, share)], sign, p.known[0]
    )
    lower = integrand(on, minorant)
    above = p.order(le(lower, slope), [(1, 1, tangent), (1, 1, bound), (-1, 1, same)], sign, p.known[0], apart)
    ends = []
    for u, member, run in inner_ends(p, n, p.pos("0 < 1")):
        inside = limit(p, sequence(inner(u), n), [run])
        value = num(1) if run.right == num(0) else c
        inside = with_value(p, inside, value)
        logs = p.cite("log_limit", {"a": value, "u": sequence(inner(u), n)}, [prove(p, lt(0, value)), inside])
        ends.append((member, run, limit(p, sequence(g(u), n), [inside, logs, run], [apart])))
    whole = antiderivative(on, g(x), minorant, above, ends[0], ends[1], [apart, sign])
    whole = congruent(on, whole, body, same)
    zero = p.cite("log_one", {})
    value = c * log(c) / k - 1
    reason = linear(p, eq(whole.statement.args[2], value), [(1 / k, zero)], [apart])
    d.show(
        with_value(p, whole, value, reason), "the antiderivative is `(1 + (c - 1)*x)*log(1 + (c - 1)*x)/(c - 1) - x`"
    )


@derivation("odds_log_ratio_int")
def odds_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + c·x) where x has the density 1/(1 + x)²."""
    p = d.p
    (c,) = d.positive("c")
    (other,) = d.given("c != 1")
    on = Points(p, "(0, oo)")
    x = on.x
    first = p.cite("log_affine_int", {"c": c}, [p.known[0], other])
    d.show(first, "the logarithm between 1 and `c`")
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
    apart = p.order(ne(c - 1, 0), [(1, 1, other)])
    d.show(with_value(p, congruent(on, moved, body, same), value, extra=[apart]), "substitute `x/(1 + x)`")


def _split(d: Draft, term: Node, facts: list[Fact]) -> Fact:
    """Return log(a/b) = log a − log b."""
    found = arrange(d.p, term, facts)
    assert found is not None
    return found


def in_variable(d: Draft, line: bool) -> None:
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
    in_variable(d, line=False)


@derivation("line_beta_log_ratio_int")
def line_beta_log_ratio_int(d: Draft) -> None:
    """The mean of log(1 + b·exp(k·x)) under a logistic distribution, times the total."""
    in_variable(d, line=True)


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
