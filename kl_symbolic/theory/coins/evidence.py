"""The log-likelihood ratio as evidence: its growth, its mean, and how rarely it is large under the other coin."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, lam, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, exp, log
from ...proving.idioms import expectation, family
from ...proving.tactics import algebra, eventually, limit, linear, prove
from .coin_flips import KL, RATIO


@derivation("exp_limit")
def exp_limit(d: Draft) -> None:
    """The exponential function is continuous: its values are squeezed between two tangents."""
    p = d.p
    (a,) = d.numbers("a")
    u = d.family("u", "Nat")
    (to_a,) = d.given("lim(n: u[n]) -> a")
    d.declare(n="Nat")
    n = d.index("n")
    ea, un = p.term("exp(a)"), u[n]
    near = p.assume(lt(un, a + 1))
    gap = un - a
    shift = p.trans(p.congr(p.term("exp(u[n])"), p.field(eq(un, a + gap))), p.cite("exp_add", {"a": a, "b": gap}))
    pa, pg = p.scheme("exp_pos", {"a": a}), p.scheme("exp_pos", {"a": gap})
    # below: exp a·(1 + x) ≤ exp(a + x)
    low_tangent = p.cite("exp_ge_one_add", {"a": gap})
    below = linear(p, le(ea * (1 + gap), p.term("exp(u[n])")), [shift, (1, pa, low_tangent)])
    d.show(below, "the tangent of exp at 0, taken at `u[n] - a`")
    # above: exp x·(1 − x) ≤ exp x·exp(−x) = 1
    high_tangent = p.cite("exp_ge_one_add", {"a": -gap})
    inverse = p.cite("exp_neg", {"a": gap})
    eg = exp(gap)
    slack = p.order(lt(0, 1 - gap), [(1, 1, near)])
    one = linear(p, le(eg * (1 - gap), 1), [(1, pg, high_tangent), (eg, inverse)], [pg])
    quotient = p.order(le(eg, 1 / (1 - gap)), [(1, 1, one, p.pos(lt(0, 1 / (1 - gap)), slack))], slack)
    above = linear(p, le(p.term("exp(u[n])"), ea * (1 / (1 - gap))), [shift, (1, pa, quotient)], [slack])
    d.show(above, "and taken at `-(u[n] - a)`, while `u[n] < a + 1`")
    low = limit(p, close(below.left, ("n", NAT)), [to_a])
    low = p.rewrite(low, p.field(eq(low.right, ea)))
    inner = limit(p, close(1 - gap, ("n", NAT)), [to_a])
    inner = p.rewrite(inner, p.field(eq(inner.right, 1)))
    ratio = limit(p, close(1 / (1 - gap), ("n", NAT)), [inner])
    high = limit(p, close(above.right, ("n", NAT)), [ratio])
    high = p.rewrite(high, p.field(eq(high.right, ea)))
    guard = near.statement
    premises = [low, high, p.gen(n, p.disch(guard, below)), p.gen(n, p.disch(guard, above))]
    bound = p.scheme("limit_const", {"a": a + 1})
    premises += [to_a, bound, p.order(lt(a, a + 1), [(1, 1)])]
    d.show(p.limit_squeeze(*premises), "both bounds tend to `exp(a)`")


@derivation("evidence_growth")
def evidence_growth(d: Draft) -> None:
    """The likelihood ratio grows exponentially, and the divergence is the rate."""
    p = d.p
    d.positive("p1 p2 q1 q2")
    d.declare(N_h="Nat -> number", N_t="Nat -> number")
    d.given("p1 + p2 = 1", "forall n in Nat: 0 < n => N_h[n] + N_t[n] = n", "lim(n: N_h[n]/n) -> p1")
    names: dict[str, Node | str] = {s: d.symbol(s) for s in "p1 p2 q1 q2".split()}
    seq = {"N_h": family(p, "N_h"), "N_t": family(p, "N_t")}
    seed = p.cite("coin_flips", {**names, **seq}, p.known)
    d.show(seed, "the log of the ratio, per flip")
    d.declare(n="Nat")
    n = d.index("n")
    inside = p.term(f"1/n*log({RATIO})".replace("N_h", "N_h[n]").replace("N_t", "N_t[n]"))
    grown = p.cite("exp_limit", {"a": p.term(KL), "u": close(inside, ("n", NAT))}, [seed])
    d.show(grown, "exp is continuous")
    ratio = inside.args[1].args[0]
    power = p.scheme("rpow_def", {"a": ratio, "b": p.term("1/n")}, [prove(p, lt(0, ratio))])
    some = lt(0, p.term("n"))
    power = d.show(p.weaken(some, power), "what a real power is")
    d.show(eventually(p, grown, power, n, some), "so the root of the ratio tends to the exponential of the divergence")


def _samples(d: Draft) -> None:
    """Declare the sample space, the outcomes and the hypotheses of ``expected_llr``."""
    d.sets("Omega T X")
    d.declare(x="T, Omega -> X")
    d.family("w", "Omega")
    d.family("p", "X")
    d.family("q", "X")
    d.given(
        "forall o in Omega: 0 <= w[o]",
        "sum(o in Omega: w[o]) = 1",
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        "forall i in X: 0 < p[i]",
        "forall i in X: 0 < q[i]",
        "0 < card(T)",
    )


@derivation("expected_llr")
def expected_llr(d: Draft) -> None:
    """The expected log-likelihood ratio, per flip, is the divergence. Independence is not used."""
    p = d.p
    _samples(d)
    marginal = p.known[2]
    d.prose(
        """Each outcome `x(t, omega)` has the distribution `p`; the flips need not be independent, because the mean
        of a sum is the sum of the means."""
    )
    t = p.fresh("T")
    ratio = close(log(p.term("p[" + p_i(p) + "]") / p.term("q[" + p_i(p) + "]")), (p_i(p), "X"))
    one = expectation(p, marginal, ratio, t)
    d.show(p.gen(t, one), "the mean for one flip")
    d.start("sum(o in Omega: w[o]*(1/card(T))*sum(t in T: log(p[x(t, o)]/q[x(t, o)])))")
    d.eq(
        "1/card(T)*sum(t in T: sum(o in Omega: w[o]*log(p[x(t, o)]/q[x(t, o)])))",
        because="the mean of a sum is the sum of the means",
    )
    same = p.under("sum", t, one)
    d.eq(
        "1/card(T)*sum(t in T: sum(i in X: p[i]*log(p[i]/q[i])))",
        by=p.congr(d.current, same),
        because="each flip has the same mean",
    )
    d.eq("sum(i in X: p[i]*log(p[i]/q[i]))", because="there are `card(T)` of them")
    d.close()


def p_i(p: Proof) -> str:
    """Return the name of one index over X that every call shares."""
    if "i" not in p.names:
        p.declare(i="X")
    return "i"


@derivation("change_of_measure")
def change_of_measure(d: Draft) -> None:
    """The second coin produces an event of large log-likelihood ratio with an exponentially small probability only."""
    p = d.p
    d.sets("Omega")
    d.numbers("N D eps")
    for name in ("e", "L", "wP", "wQ"):
        d.family(name, "Omega")
    d.given(
        "forall o in Omega: e[o]*e[o] = e[o]",
        "forall o in Omega: e[o] = 1 => N*(D - eps) <= L[o]",
        "forall o in Omega: wQ[o] = wP[o]*exp(-L[o])",
        "forall o in Omega: 0 <= wP[o]",
    )
    d.declare(o="Omega")
    o = d.index("o")
    square, event, measure, sign = (p.spec(f, o) for f in p.known)
    e = p.term("e[o]")
    goal = p.statement("e[o]*wQ[o] <= exp(-N*(D - eps))*(e[o]*wP[o])")
    zero = p.assume(eq(e, 0))
    outside = linear(p, goal, [("wQ[o]", zero), ("exp(-N*(D - eps))*wP[o]", zero)])
    some = p.assume(ne(e, 0))
    inside = p.order(eq(e, 1), [(1, 1 / e, square)], some)
    enough = p.mp(event, inside)
    below = linear(p, "-L[o] <= -N*(D - eps)", [enough])
    mono = p.cite("exp_mono", {"a": p.term("-L[o]"), "b": p.term("-N*(D - eps)")}, [below])
    d.show(mono, "in the event, `N*(D - eps) <= L[o]`, and exp is increasing")
    on = linear(p, goal, [(1, sign, mono), measure, ("wQ[o]", inside), ("exp(-N*(D - eps))*wP[o]", inside)])
    each = p.gen(o, p.cases(eq(e, 0), outside, on))
    d.show(each, "outside the event both sides are 0")
    body = each.statement.args[0].args[0]
    mono_sum = p.scheme(
        "sum_mono", {"X": "Omega", "f": lam(("Omega",), body.args[0]), "g": lam(("Omega",), body.args[1])}, [each]
    )
    goal = p.statement("sum(o in Omega: e[o]*wQ[o]) <= exp(-N*(D - eps))*sum(o in Omega: e[o]*wP[o])")
    pulled = algebra(p, eq(mono_sum.right, goal.args[1]))
    d.show(linear(p, goal, [mono_sum, pulled]), "sum over the event")


def _coin_divergence(q: str) -> str:
    return f"p*log(p/{q}) + (1 - p)*log((1 - p)/(1 - {q}))"


def _grows(p: Proof, function: Node, slope_form: str, direction: Fact, strict: Sequence[Fact], ends: Fact) -> Fact:
    """Return g(u) ≤ g(v) for u ≤ v, the two sides of *ends*, from the sign of g′ on the interval.

    Parameters
    ----------
    p : Proof
    function, slope_form : Node, str
        g(x), and what its derivative is after simplification.
    direction : Fact
        The order of x and p that gives the slope its sign.
    strict : sequence of Fact
        0 < x, 0 < 1 − x and 0 < 1 − p.
    ends : Fact
    """
    slope, conditions = derivative(function, "x")
    domain = [prove(p, c, strict) for c in conditions]
    top = p.term(slope_form)
    root = p.pos(lt(0, p.term("1/(x*(1 - x))")), *strict[:2])
    good = p.order(le(0, top), [(1, 1, direction, root)], *strict)
    shaped = p.field(eq(top, slope), *domain, *strict)
    nonneg = linear(p, le(0, slope), [good, shaped], [*strict, *domain])
    return p.mono_of_deriv("x", function, nonneg, ends, *domain)


@derivation("binary_kl_nonneg_of_deriv")
def binary_kl_nonneg_of_deriv(d: Draft) -> None:
    """Gibbs' inequality for two coins by calculus: in its second argument the divergence falls to 0 and then rises."""
    p = d.p
    d.numbers("p q x")
    p0, p1, q0, q1 = d.given("0 < p", "p < 1", "0 < q", "q < 1")
    d.prose("The derivative of `" + _coin_divergence("x") + "` in `x` is `(x - p)/(x*(1 - x))`.")
    function = p.term(_coin_divergence("x"))
    gap, other_gap = prove(p, "0 < 1 - p"), prove(p, "0 < 1 - q")
    zero = algebra(p, eq(p.term(_coin_divergence("p")), num(0)), [gap])
    d.show(zero, "at `x = p` it is 0")
    goal = p.statement(f"0 <= {_coin_divergence('q')}")
    # p ≤ x ≤ q
    above, below, ends = p.assume("p <= x"), p.assume("x <= q"), p.assume("p <= q")
    strict = [linear(p, "0 < x", [above, p0]), linear(p, "0 < 1 - x", [below, q1]), gap]
    right = _grows(p, function, "(x - p)/(x*(1 - x))", above, strict, ends)
    d.show(right, "from `p` up to `q` it grows")
    first = p.order(goal, [(1, 1, right), (-1, 1, zero)], p0, gap, q0, other_gap)
    # q ≤ x ≤ p
    above, below, ends = p.assume("q <= x"), p.assume("x <= p"), p.assume("q <= p")
    strict = [linear(p, "0 < x", [above, q0]), linear(p, "0 < 1 - x", [below, p1]), gap]
    left = _grows(p, -function, "(p - x)/(x*(1 - x))", below, strict, ends)
    d.show(left, "from `q` up to `p` it falls")
    left = p.mp(p.disch("q <= p", left), p.order("q <= p", [(1, 1, p.assume("q < p"))]))
    second = p.order(goal, [(1, 1, left), (-1, 1, zero)], p0, gap, q0, other_gap)
    d.show(p.cases("p <= q", first, second), "in both cases it is at least its value at `x = p`")


@derivation("kl_not_symm")
def kl_not_symm(d: Draft) -> None:
    """The divergence is not symmetric: ``binary_kl(1/2, 1/4)`` and ``binary_kl(1/4, 1/2)`` differ."""
    p = d.p
    value = algebra(p, "binary_kl(1/2, 1/4) - binary_kl(1/4, 1/2) = 1/4*(-log(243/256))")
    d.show(value, "the logs of rational numbers are logs of primes")
    tangent = p.scheme("log_le", {"a": p.term("243/256")}, [p.pos("0 < 243/256")])
    d.show(tangent, "the tangent of log")
    d.show(linear(p, "13/1024 <= binary_kl(1/2, 1/4) - binary_kl(1/4, 1/2)", [value, tangent]), "a quarter of it")


@derivation("kl_not_metric")
def kl_not_metric(d: Draft) -> None:
    """The divergence does not satisfy the triangle inequality."""
    p = d.p
    value = algebra(p, "binary_kl(3/4, 1/4) - binary_kl(3/4, 1/2) - binary_kl(1/2, 1/4) = 1/4*log(3)")
    d.show(value, "the logs of rational numbers are logs of primes")
    tangent = p.scheme("log_le", {"a": p.term("1/3")}, [p.pos("0 < 1/3")])
    third = algebra(p, "log(1/3) = -log(3)")
    d.show(tangent, "the tangent of log at `1/3`")
    goal = "0 < binary_kl(3/4, 1/4) - binary_kl(3/4, 1/2) - binary_kl(1/2, 1/4)"
    quarter = Fraction(1, 4)
    entries = [(quarter, 1, tangent), (Fraction(1, 6), 1), (-quarter, 1, third), (-1, 1, value)]
    d.show(p.order(goal, entries), "so `log(3)` is positive")
