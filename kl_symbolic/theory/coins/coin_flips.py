"""Where the package starts: flips, likelihoods, their ratio, its log, per flip, and the limit."""

from __future__ import annotations

import sympy

from ...kernel.statements import eq, lt
from ...kernel.terms import NAT, Node, lam
from ...language.rewriting import close
from ...proving.builder import Fact
from ...proving.calc import Draft, derivation, exp, log
from ...proving.tactics import eventually, limit, linear, prove

RATIO = "p1^N_h*p2^N_t/(q1^N_h*q2^N_t)"
KL = "p1*log(p1/q1) + p2*log(p2/q2)"


@derivation("flip_sequence")
def flip_sequence(d: Draft) -> None:
    """The likelihood ratio of five flips of two coins, flip by flip."""
    d.positive("p1 p2 q1 q2")
    d.prose(
        """The sequence is heads, heads, tails, heads, tails. The flips are independent, so their probabilities
        multiply: `p1*p1*p2*p1*p2` under the first coin, `q1*q1*q2*q1*q2` under the second."""
    )
    d.start("p1*p1*p2*p1*p2/(q1*q1*q2*q1*q2)", "the ratio of the two probabilities, one factor for each flip")
    d.eq("p1/q1*(p1/q1)*(p2/q2)*(p1/q1)*(p2/q2)", because="flip by flip: each outcome multiplies the ratio by its own")
    d.eq("(p1/q1)^2*(p2/q2)*(p1/q1)*(p2/q2)", because="two heads")
    d.eq("(p1/q1)^3*(p2/q2)^2", because="the order does not matter: three heads and two tails")
    d.eq("p1^3*p2^2/(q1^3*q2^2)", because="only the counts are left")
    d.close()


@derivation("likelihood_of_counts")
def likelihood_of_counts(d: Draft) -> None:
    """The probability of a sequence depends on its counts alone."""
    p = d.p
    d.sets("T X")
    d.declare(x="T -> X")
    d.family("p", "X")
    d.given("forall i in X: 0 < p[i]")
    d.prose(
        """The outcomes `x(t)` come one after the other, each with its own probability; `count(x, i)` says how often
        the outcome `i` occurs."""
    )
    left, right = p.term("prod(t in T: p[x(t)])"), p.term("prod(i in X: p[i]^count(x, i))")
    positive = [prove(p, lt(0, left)), prove(p, lt(0, right))]
    d.start(log(left))
    d.eq("sum(t in T: log(p[x(t)]))", because="the log of a product is a sum of logs")
    d.eq("sum(t in T: sum(i in X: delta(x(t), i)*log(p[i])))", because="name the outcome of each flip")
    d.eq("sum(i in X: sum(t in T: delta(x(t), i))*log(p[i]))", because="collect equal outcomes")
    d.eq("sum(i in X: count(x, i)*log(p[i]))", because="the count of `i`")
    d.eq(log(right), because="logs of powers, and a sum of logs is the log of a product")
    same = d.close()
    d.start(left)
    back = p.symm(p.cite("exp_log", {"x": left}, positive[:1]))
    d.eq(back.right, by=back, because="exp undoes log")
    d.eq(exp(same.right), by=p.congr(back.right, same), because="the logs agree")
    d.eq(right, by=p.cite("exp_log", {"x": right}, positive[1:]), because="exp undoes log")
    d.close()


@derivation("llr_per_flip")
def llr_per_flip(d: Draft) -> None:
    """The log of the likelihood ratio, per observation, for any finite number of outcomes."""
    d.sets("T X")
    d.declare(x="T -> X")
    d.family("p", "X")
    d.family("q", "X")
    d.given("forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]", "0 < card(T)")
    d.start("1/card(T)*log(prod(t in T: p[x(t)])/prod(t in T: q[x(t)]))")
    d.eq(
        "1/card(T)*(log(prod(t in T: p[x(t)])) - log(prod(t in T: q[x(t)])))",
        because="the log of a quotient is a difference of logs",
    )
    d.eq("1/card(T)*sum(t in T: log(p[x(t)]) - log(q[x(t)]))", because="the log of a product is a sum of logs")
    d.eq("1/card(T)*sum(i in X: count(x, i)*(log(p[i]) - log(q[i])))", because="collect equal outcomes")
    d.eq("sum(i in X: count(x, i)/card(T)*log(p[i]/q[i]))", because="divide by the number of flips")
    d.close()


def _coins(d: Draft) -> None:
    d.positive("p1 p2 q1 q2")


@derivation("coin_flips_finite")
def coin_flips_finite(d: Draft) -> None:
    """The log of the likelihood ratio of two coins, per flip, exactly, for every number of flips."""
    _coins(d)
    d.counts("N_h N_t", total="N")
    d.start(f"1/N*log({RATIO})", "the log of the ratio, per flip")
    d.eq("1/N*(log(p1^N_h*p2^N_t) - log(q1^N_h*q2^N_t))", because="the log of a quotient is a difference of logs")
    d.eq(
        "1/N*(log(p1^N_h) + log(p2^N_t) - (log(q1^N_h) + log(q2^N_t)))",
        because="the log of a product is a sum of logs",
    )
    d.eq(
        "1/N*(N_h*log(p1) + N_t*log(p2) - (N_h*log(q1) + N_t*log(q2)))",
        by=sympy.expand_log,
        because="the log of a power is a multiple of the log",
    )
    d.eq(
        "N_h/N*log(p1/q1) + N_t/N*log(p2/q2)",
        by=sympy.factor,
        because="collect heads and tails, divide by the number of flips",
    )
    d.close()


@derivation("coin_flips_deviation")
def coin_flips_deviation(d: Draft) -> None:
    """The exact difference of the log-likelihood ratio from the divergence, linear in the frequency of heads."""
    p = d.p
    _coins(d)
    d.counts("N_h N_t", total="N")
    one, _ = d.given("p1 + p2 = 1", "q1 + q2 = 1")
    total = p.known[4]
    finite = p.cite("coin_flips_finite", {n: d.symbol(n) for n in "p1 p2 q1 q2 N_h N_t N".split()}, p.known[:6])
    d.start(f"1/N*log({RATIO}) - ({KL})", "the deviation from the divergence")
    form = p.term(f"N_h/N*log(p1/q1) + N_t/N*log(p2/q2) - ({KL})")
    d.eq(form, by=linear(p, eq(d.current, form), [finite]), because="the log-ratio per flip")
    form = p.term("(N_h/N - p1)*log(p1/q1) + (N_t/N - p2)*log(p2/q2)")
    d.eq(form, because="collect the two logs")
    tails = linear(p, "N_t/N - p2 = -(N_h/N - p1)", [("1/N", total), one])
    form = p.term("(N_h/N - p1)*(log(p1/q1) - log(p2/q2))")
    step = linear(p, eq(d.current, form), [("log(p2/q2)", tails)])
    d.eq(form, by=step, because="frequencies and probabilities sum to 1")
    d.eq("(N_h/N - p1)*log(p1*q2/(q1*p2))", because="one log of the odds ratio")
    d.close()


def _sequences(d: Draft) -> tuple[Fact, Node, Fact]:
    """Declare the hypotheses of the limit; return N_t/n → p2, an arbitrary n and 0 < n."""
    p = d.p
    _coins(d)
    d.declare(N_h="Nat -> number", N_t="Nat -> number")
    one, total, heads = d.given(
        "p1 + p2 = 1", "forall n in Nat: 0 < n => N_h[n] + N_t[n] = n", "lim(n: N_h[n]/n) -> p1"
    )
    d.declare(n="Nat")
    n = d.index("n")
    some = p.assume("0 < n")
    p.known.append(some)
    adds = p.mp(p.spec(total, n), some)
    tails = linear(p, "N_t[n]/n = 1 - N_h[n]/n", [("1/n", adds)])
    line = limit(p, close(p.term("1 - N_h[n]/n"), ("n", NAT)), [heads])
    line = p.rewrite(line, linear(p, eq(line.right, p.term("p2")), [one]))
    return eventually(p, line, tails, n, some.statement), n, heads


@derivation("coin_flips")
def coin_flips(d: Draft) -> None:
    """**From coin flips to the divergence**: the log of the likelihood ratio, per flip, tends to the divergence."""
    p = d.p
    tails, n, heads = _sequences(d)
    names: dict[str, Node | str] = {s: d.symbol(s) for s in "p1 p2 q1 q2".split()}
    names.update(N_h=p.term("N_h[n]"), N_t=p.term("N_t[n]"), N=p.term("n"))
    adds = p.mp(p.spec(p.known[5], n), p.known[-1])
    finite = p.cite("coin_flips_finite", names, [*p.known[:4], adds, p.known[-1]])
    d.start(finite.left, "after `n` flips")
    d.eq(finite.right, by=finite, because="the log of the ratio, per flip")
    d.to(KL, n, [heads, tails], "`N_h[n]/n -> p1`, hence `N_t[n]/n -> p2`", p.known[-1].statement)


@derivation("die_rolls")
def die_rolls(d: Draft) -> None:
    """The same limit for dice with any finite number of sides."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    d.declare(N="X, Nat -> number")
    d.given(
        "forall i in X: 0 < p[i]",
        "forall i in X: 0 < q[i]",
        "sum(i in X: p[i]) = 1",
        "forall n in Nat: 0 < n => sum(i in X: N[i, n]) = n",
        "forall i in X: lim(n: N[i, n]/n) -> p[i]",
    )
    d.declare(n="Nat")
    n = d.index("n")
    some = p.assume("0 < n")
    p.known.append(some)
    d.start("1/n*log(prod(i in X: p[i]^N[i, n])/prod(i in X: q[i]^N[i, n]))", "after `n` rolls")
    d.eq(
        "1/n*(sum(i in X: N[i, n]*log(p[i])) - sum(i in X: N[i, n]*log(q[i])))",
        because="logs of quotients, products and powers",
    )
    d.eq("sum(i in X: N[i, n]/n*log(p[i]/q[i]))", because="collect the sides")
    i = p.fresh("X")
    freq = p.spec(p.known[4], i)
    inside = limit(
        p,
        close(d.symbol("N", i, n) / Node("nat", None, (n,)) * log(d.symbol("p", i) / d.symbol("q", i)), ("n", NAT)),
        [freq],
    )
    line = p.gen(i, inside)
    sequence, value = line.statement.args[0].args[0].args
    summed = p.scheme("limit_sum", {"X": "X", "u": lam(("X",), sequence), "l": lam(("X",), value)}, [line])
    d.to("sum(i in X: p[i]*log(p[i]/q[i]))", n, [summed], "each frequency tends to its probability", some.statement)
