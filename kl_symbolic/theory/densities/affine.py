"""The integral of Beta on any bounded interval, by an affine change of the variable."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, lt
from ...kernel.terms import REAL, Node, num
from ...language.rewriting import replace
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, substituted, with_value
from ...proving.tactics import algebra, linear, prove
from ...proving.tactics.linear import Entry
from ..density_notation import beta, digamma, gamma, power


@derivation("int_open_change")
def int_open_change(d: Draft) -> None:
    """An integral over the unit interval, in a variable that runs from a to b."""
    p = d.p
    a, b = d.numbers("a b")
    d.declare(f="number -> number", u=REAL)
    apart, base = d.given("a < b", "int(x in (0, 1): f(x)) = u")
    on, image = Points(p, "(a, b)"), Points(p, "(0, 1)")
    x, (low, high), (first, last) = on.x, on.inside, image.inside
    gap = p.order(lt(0, b - a), [(1, 1, apart)])
    share = p.pos(lt(0, 1 / (b - a)), gap, p.pos("0 < 1"))
    phi, psi = (x - a) / (b - a), a + (b - a) * x
    inside = [
        p.order(lt(0, phi), [(1, 1, low, share)], gap),
        p.order(lt(phi, 1), [(1, 1, high, share)], gap),
    ]
    into = p.scheme("in_open", {"a": num(0), "b": num(1), "c": phi}, inside)
    within = [p.order(lt(a, psi), [(1, 1, first, gap)]), p.order(lt(psi, b), [(1, 1, last, gap)])]
    back = p.scheme("in_open", {"a": a, "b": b, "c": psi}, within)
    inverse = p.field(eq((psi - a) / (b - a), x), gap)
    slope = p.order(lt(0, derivative(phi, x.data)[0]), [(1, 1, share)], gap)
    moved = substituted(on, base, phi, psi, into, back, inverse, slope, gap)
    body = p.term("f((x - a)/(b - a))*(1/(b - a))")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body), gap)), "substitute `(x - a)/(b - a)`")


class _Interval:
    """A number x of (a, b), and what is positive there."""

    def __init__(self, d: Draft) -> None:
        p = d.p
        self.a, self.b = d.numbers("a b")
        self.k, self.l = d.numbers("k l")
        (self.apart, *self.signs) = d.given("a < b", "0 < k", "0 < l")
        self.on = Points(p, "(a, b)")
        low, high = self.on.inside
        self.x = self.on.x
        both = prove(p, lt(0, self.k + self.l))
        self.facts = [
            p.order(lt(0, self.b - self.a), [(1, 1, self.apart)]),
            p.order(lt(0, self.x - self.a), [(1, 1, low)]),
            p.order(lt(0, self.b - self.x), [(1, 1, high)]),
            both,
            p.cite("gamma_pos", {"a": self.k + self.l}, [both]),
        ]
        self.kernel = power(self.x - self.a, self.k - 1) * power(self.b - self.x, self.l - 1)
        self.total = beta(self.k, self.l) * power(self.b - self.a, self.k + self.l - 1)

    def moved(self, d: Draft, base: Fact) -> Fact:
        """Return an integral over the unit interval on (a, b)."""
        _, f, u = base.statement.args
        values = {"a": self.a, "b": self.b, "f": f, "u": u}
        return d.show(d.p.cite("int_open_change", values, [self.apart, base]), "substitute `(x - a)/(b - a)`")

    def plain(self, p: Proof) -> Fact:
        """Return that the integrand of Beta in the new variable is the one on (a, b), up to a constant."""
        length = self.b - self.a
        y = (self.x - self.a) / length
        rest = p.field(eq(1 - y, (self.b - self.x) / length), *self.facts)
        form = p.congr(power(y, self.k - 1) * power(hole(), self.l - 1) * (1 / length), rest)
        wanted = self.kernel / power(length, self.k + self.l - 1)
        return p.trans(form, equal_by_logs(p, form.right, wanted, self.facts))


@derivation("interval_beta_int")
def interval_beta_int(d: Draft) -> None:
    """**The integral of Beta between any two numbers**: it normalizes the beta distributions on an interval."""
    p, on = d.p, _Interval(d)
    base = on.moved(d, p.scheme("beta_int", {"a": on.k, "b": on.l}, on.signs))
    size = power(on.b - on.a, on.k + on.l - 1)
    extra = [*on.facts, prove(p, lt(0, size), on.facts)]
    same = [(size, on.plain(p))]
    whole = integrate(
        on.on, [(size, base)], on.kernel, on.total, extra, lambda now: linear(p, eq(now, on.kernel), same, extra)
    )
    d.show(whole, "multiply by the constant factor")


def with_log(d: Draft, lemma: str, statistic: str, first: str) -> None:
    """Show the mean of a logarithm under Beta between two numbers, times the total."""
    p, on = d.p, _Interval(d)
    length = on.b - on.a
    size = power(length, on.k + on.l - 1)
    base = p.cite(lemma, {"a": on.k, "b": on.l}, on.signs)
    plain = on.moved(d, p.scheme("beta_int", {"a": on.k, "b": on.l}, on.signs))
    moved = on.moved(d, base)
    extra = [*on.facts, prove(p, lt(0, size), on.facts)]
    own = log(p.term(statistic))
    inner = integrand(on.on, moved).args[0].args[0]
    y = (on.x - on.a) / length
    rest = p.field(eq(1 - y, (on.b - on.x) / length), *on.facts)
    split = algebra(p, eq(log(p.term(statistic) / length), own - log(length)), on.facts)
    if inner != split.left:
        split = p.trans(p.congr(log(hole()), rest), split)
    body, value = own * on.kernel, on.total * (digamma(p.term(first)) - digamma(on.k + on.l) + log(length))
    rows: list[Entry] = [(size * (inner + log(length)), on.plain(p)), (on.kernel, split)]
    pieces = [(size, moved), (size * log(length), plain)]
    whole = integrate(on.on, pieces, body, value, extra, lambda now: linear(p, eq(now, body), rows, extra))
    d.show(whole, "collect")


@derivation("interval_beta_low_log_int")
def interval_beta_low_log_int(d: Draft) -> None:
    """The mean of log(x − a) under Beta between a and b, times the total."""
    with_log(d, "beta_log_int", "x - a", "k")


@derivation("interval_beta_high_log_int")
def interval_beta_high_log_int(d: Draft) -> None:
    """The mean of log(b − x) under Beta between a and b, times the total."""
    with_log(d, "beta_log_one_sub_int", "b - x", "l")


@derivation("interval_beta_power_int")
def interval_beta_power_int(d: Draft) -> None:
    """The integral of Beta between a and b, with a further power of x − a: the same at another parameter."""
    p, on = d.p, _Interval(d)
    r = d.numbers("r")[0]
    (sign,) = d.given("0 < k + r")
    values = {"a": on.a, "b": on.b, "k": on.k + r, "l": on.l}
    base = d.show(p.cite("interval_beta_int", values, [on.apart, sign, on.signs[1]]), "the integral at `k + r`")
    body = power(on.x - on.a, r) * on.kernel
    d.show(congruent(on.on, base, body, equal_by_logs(p, integrand(on.on, base), body, on.facts)), "collect the powers")


def raised(p: Proof, on: _Interval, fact: Fact, body: Node, value: Node) -> Fact:
    """Return ∫ g = w from ∫ f = v, where v has Γ(k + 1) and Γ(k + 1 + l), and both f = g and v = w are products."""
    whole = congruent(on.on, fact, body, equal_by_logs(p, integrand(on.on, fact), body, on.facts))
    both = on.k + on.l
    order = p.congr(gamma(hole()), p.field(eq(on.k + 1 + on.l, both + 1)))
    steps = [p.cite("gamma_succ", {"a": t}, [prove(p, lt(0, t))]) for t in (on.k, both)]
    whole = p.rewrite(whole, steps[0], p.trans(order, steps[1]))
    signs = [*on.facts[:1], *(p.cite("gamma_pos", {"a": t}, [prove(p, lt(0, t))]) for t in (on.k, on.l, both))]
    return with_value(p, whole, value, equal_by_logs(p, whole.statement.args[2], value, signs))


@derivation("interval_beta_low_int")
def interval_beta_low_int(d: Draft) -> None:
    """The mean of x − a under Beta between a and b, times the total: the integral at k + 1."""
    p, on = d.p, _Interval(d)
    values = {"a": on.a, "b": on.b, "k": on.k + 1, "l": on.l}
    base = p.cite("interval_beta_int", values, [on.apart, prove(p, lt(0, on.k + 1)), on.signs[1]])
    d.show(base, "the integral at `k + 1`")
    share = on.k / (on.k + on.l)
    d.show(
        raised(p, on, base, (on.x - on.a) * on.kernel, on.total * ((on.b - on.a) * share)),
        "as `Gamma(k + 1) = k*Gamma(k)`",
    )


@derivation("interval_beta_low_square_int")
def interval_beta_low_square_int(d: Draft) -> None:
    """The mean of (x − a)² under Beta between a and b, times the total."""
    p, on = d.p, _Interval(d)
    both, values = on.k + on.l, {"a": on.a, "b": on.b, "k": on.k + 1, "l": on.l}
    base = p.cite("interval_beta_low_int", values, [on.apart, prove(p, lt(0, on.k + 1)), on.signs[1]])
    d.show(base, "the mean at `k + 1`")
    share = on.k / both * ((on.k + 1) / (on.k + 1 + on.l))
    value = on.total * (power(on.b - on.a, 2) * share)
    d.show(raised(p, on, base, power(on.x - on.a, 2) * on.kernel, value), "as `Gamma(k + 1) = k*Gamma(k)`")


def with_power(d: Draft, pieces: dict[str, str], statistic: str, value: str) -> None:
    """Show the mean of a power of x under Beta between two numbers, times the total."""
    p, on = d.p, _Interval(d)
    values = {"a": on.a, "b": on.b, "k": on.k, "l": on.l}
    facts = [(p.term(c), d.show(p.cite(name, values, [on.apart, *on.signs]), "cite")) for name, c in pieces.items()]
    body = p.term(statistic) * on.kernel
    d.show(integrate(on.on, facts, body, on.total * p.term(value), on.facts), "collect")


@derivation("interval_beta_mean_int")
def interval_beta_mean_int(d: Draft) -> None:
    """The mean of x under Beta between a and b, times the total."""
    pieces = {"interval_beta_int": "a", "interval_beta_low_int": "1"}
    with_power(d, pieces, "x", "a + (b - a)*(k/(k + l))")


@derivation("interval_beta_square_int")
def interval_beta_square_int(d: Draft) -> None:
    """The mean of x² under Beta between a and b, times the total."""
    pieces = {"interval_beta_int": "-(a*a)", "interval_beta_mean_int": "2*a", "interval_beta_low_square_int": "1"}
    value = "2*a*(a + (b - a)*(k/(k + l))) - a^2 + (b - a)^2*(k/(k + l)*((k + 1)/(k + 1 + l)))"
    with_power(d, pieces, "x^2", value)


@derivation("int_power_log_one_sub")
def int_power_log_one_sub(d: Draft) -> None:
    """The mean of log(1 − (x/b)^r) under a power of x between 0 and b, times the total."""
    p = d.p
    b, k, r = d.positive("b k r")
    on = Points(p, "(0, b)")
    x, high = on.x, on.inside[1]
    share = k / r
    base = p.cite(
        "power_beta_log_one_sub_int",
        {"a": share, "b": num(1), "p": r},
        [prove(p, lt(0, share)), p.pos("0 < 1"), p.known[2]],
    )
    _, f, u = base.statement.args
    moved = p.cite("int_open_change", {"a": num(0), "b": b, "f": f, "u": u}, [p.known[0], base])
    d.show(moved, "substitute `x/b`")
    y, gap = 1 / b * x, p.order(lt(0, b - 0), [(1, 1, p.known[0])])
    below = p.order(lt(y, 1), [(1, 1, high, p.pos(lt(0, 1 / b), p.known[0], p.pos("0 < 1")))], p.known[0])
    small = p.cite("rpow_lt_one", {"x": y, "p": r}, [prove(p, lt(0, y), on.inside), p.known[2], below])
    facts = [*on.inside, p.order(lt(0, 1 - small.left), [(1, 1, small)])]
    now = integrand(on, moved)
    spelled = p.congr(replace(now, (x - 0) / (b - 0), hole()), p.field(eq((x - 0) / (b - 0), y), p.known[0], gap))
    statistic = log(1 - small.left)
    kernel = power(x, k - 1)
    rest = spelled.right.args[0].args[1] * spelled.right.args[1]
    same = equal_by_logs(p, rest, kernel / power(b, k), facts)
    body = statistic * kernel
    size = power(b, k)
    extra = [*facts, prove(p, lt(0, size)), gap]
    rows: list[Entry] = [(size, spelled), (size * statistic, same)]
    steps = [p.cite("gamma_succ", {"a": share}, [prove(p, lt(0, share))]), p.cite("gamma_one", {})]
    gamma_of = p.cite("gamma_pos", {"a": share}, [prove(p, lt(0, share))])
    moved = p.rewrite(moved, *steps)
    value = size / k * (digamma(1) - digamma(1 + share))
    order = p.congr(digamma(hole()), p.field(eq(share + 1, 1 + share), p.known[2]))
    whole = integrate(
        on,
        [(size, moved)],
        body,
        size * moved.statement.args[2],
        extra,
        lambda now: linear(p, eq(now, body), rows, extra),
    )
    d.show(whole, "multiply by the constant factor")
    whole = p.rewrite(whole, order)
    d.show(with_value(p, whole, value, extra=[*p.known, gamma_of]), "as `Gamma(k/r + 1) = k/r*Gamma(k/r)`")
