"""Series over the natural numbers: the mean of the geometric distribution, and Poisson's distribution."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt
from ...kernel.terms import NAT, Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, combination, congruent, equal_by_logs, integrand, integrate, with_value
from ...proving.tactics import limit, linear, prove
from ..density_notation import gamma, member_of, power, resequenced, sequence


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


def poisson_moment(d: Draft, pieces: list[tuple[str, str]], degree: int, value: str) -> None:
    """Show Σ k^m·p(k) for Poisson's probabilities p by shifting the index: (k + 1)·p(k + 1) = a·p(k).

    Parameters
    ----------
    d : Draft
    pieces : list of (factor, name)
        The combination of theorems about p that is Σ a·(k + 1)^(m − 1)·p(k).
    degree : int
        m, which is 1 or 2.
    value : str
        The value.
    """
    p = d.p
    (a,) = d.positive("a")
    on = Points(p, "nats")
    x = on.x
    above, positive = _next(p, on)
    second = p.order(lt(0, x + 1 + 1), [(1, 1, above), (1, 1)])
    later = p.cite("gamma_pos", {"a": x + 1 + 1}, [second])
    successor = p.cite("gamma_succ", {"a": x + 1}, [above])
    step = equal_by_logs(p, power(a, x + 1), power(a, x) * a, p.known)

    def summand(t: Node) -> Node:
        return (t if degree == 1 else power(t, degree)) * poisson(t, a)

    lines = [d.show(p.cite(name, {"a": a}, p.known[:1]), "known already") for _, name in pieces]
    moved = combination(p, list(zip((p.term(f) for f, _ in pieces), lines, strict=True)))
    # (x + 1)^m·p(x + 1) − a·(x + 1)^(m − 1)·p(x), once a^(x + 1) = a^x·a and once Γ(x + 2) = (x + 1)·Γ(x + 1)
    small = exp(-a)
    shared = num(1) if degree == 1 else x + 1
    entries = [
        (-1, shared * (x + 1) * small / gamma(x + 1 + 1), step),
        (1, shared * power(a, x) * a * small / (gamma(x + 1) * gamma(x + 1 + 1)), successor),
    ]
    goal = eq(integrand(on, moved), summand(x + 1))
    shifted = congruent(on, moved, summand(x + 1), p.order(goal, entries, positive, later))
    d.show(shifted, "in terms of the next number")
    whole = p.scheme("nats_shift", {"f": on.function(summand(x)), "u": shifted.statement.args[2]}, [shifted])
    one = p.cite("gamma_pos", {"a": num(0) + 1}, [p.order(lt(0, num(0) + 1), [(1, 1)])])
    d.show(
        with_value(p, whole, value, p.field(eq(whole.statement.args[2], p.term(value)), one)), "the summand at 0 is 0"
    )


@derivation("poisson_mean")
def poisson_mean(d: Draft) -> None:
    """**The mean of Poisson's distribution**, by shifting the index."""
    poisson_moment(d, [("a", "poisson_total")], 1, "a")


@derivation("poisson_square_mean")
def poisson_square_mean(d: Draft) -> None:
    """The second moment of Poisson's distribution, by shifting the index."""
    poisson_moment(d, [("a", "poisson_mean"), ("a", "poisson_total")], 2, "a + a^2")
