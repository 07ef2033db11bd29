"""Series over the natural numbers: the mean of the geometric distribution, and Poisson's distribution."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrate, with_value
from ...proving.tactics import limit, linear, prove
from ..density_notation import member_of, resequenced, sequence
from .gaussian import gamma, power


@derivation("geometric_mean")
def geometric_mean(d: Draft) -> None:
    """**The mean of the geometric distribution**: the terms telescope."""
    p = d.p
    (r,) = d.positive("r")
    (below,) = d.given("r < 1")
    on, n = Points(p, "nats"), p.fresh(NAT)
    x, k, positive = on.x, member_of(n), p.known[0]
    (natural,) = on.inside
    rest = p.order(lt(0, 1 - r), [(1, 1, below)])
    rate = linear(p, lt(0, -log(r)), [p.scheme("log_le", {"a": r}, [positive]), below])
    c = r / (1 - r)

    def primitive(t: Node) -> Node:
        return -(t * power(r, t) + c * power(r, t))

    body = x * ((1 - r) * power(r, x))
    step = equal_by_logs(p, power(r, x + 1), r * power(r, x), [positive])
    gap = primitive(x + 1) - primitive(x)
    same = p.order(eq(gap, body), [(-1, x + 1 + c, step)], rest)
    size = prove(p, lt(0, power(r, x)), [positive])
    sign = p.order(le(0, gap), [(1, 1, p.pos(le(0, body), natural, rest, size)), (-1, 1, same)], rest)
    value = p.scheme("rpow_def", {"a": r, "b": k}, [positive])
    decay = p.symm(p.trans(value, p.congr(exp(hole()), p.field(eq(k * log(r), -(-log(r) * k))))))
    tends = [resequenced(p, p.cite("exp_neg_mul_limit", {"c": -log(r)}, [rate]), n, decay)]
    linearly = p.cite("mul_exp_neg_mul_limit", {"c": -log(r)}, [rate])
    tends.append(resequenced(p, linearly, n, p.congr(k * hole(), decay)))
    end = with_value(p, limit(p, sequence(primitive(k), n), tends), 0, extra=[rest])
    whole = p.scheme("nats_telescope", {"f": on.function(primitive(x)), "u": num(0)}, [on.every(sign), end])
    d.show(whole, "the terms are the differences of `-(n + r/(1 - r))*r^n`")
    first = equal_by_logs(p, power(r, num(0)), num(1), [positive])
    form = congruent(on, whole, body, same)
    d.show(with_value(p, form, c, linear(p, eq(form.statement.args[2], c), [(c, first)], [rest])), "and the first one")


def poisson(x: Node, a: Node) -> Node:
    """Return the probability of x under Poisson's distribution with the mean a."""
    return power(a, x) * exp(-a) / gamma(x + 1)


def _next(p: Proof, on: Points) -> tuple[Fact, Fact]:
    """Return 0 < x + 1 and 0 < Γ(x + 1) for a natural number x."""
    above = p.pos(lt(0, on.x + 1), *on.inside, p.pos("0 < 1"))
    return above, p.cite("gamma_pos", {"a": on.x + 1}, [above])


@derivation("poisson_total")
def poisson_total(d: Draft) -> None:
    """**Poisson's probabilities** sum to 1: the series of the exponential function."""
    p = d.p
    (a,) = d.positive("a")
    on = Points(p, "nats")
    _, positive = _next(p, on)
    series = p.scheme("exp_series", {"a": a}, p.known[:1])
    d.show(series, "the series of the exponential function")
    large, inverse = p.scheme("exp_pos", {"a": a}), p.cite("exp_neg", {"a": a})
    whole = integrate(on, [(exp(-a), series)], poisson(on.x, a), exp(-a) * exp(a), [positive])
    d.show(with_value(p, whole, 1, linear(p, eq(exp(-a) * exp(a), 1), [(exp(a), inverse)], [large])), "times `exp(-a)`")
