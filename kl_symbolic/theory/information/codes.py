"""Sequences and codes: how likely a sequence is, how many look alike, and how long a code must be."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, lam, num
from ...language.rewriting import close, replace
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.idioms import above_zero, delta, distribution, family, rel_entr, weights, xlogy, xlogy_at_zero
from ...proving.tactics import algebra, linear, prove


def _as_exp(d: Draft, same: Fact, factors: Fact, because: str) -> None:
    """Tell that a product is exp of what *same* shows its log to be; *factors* shows that its factors are positive."""
    p = d.p
    (value,) = same.left.args
    positive = p.cite("prod_pos", {"T": "T", "f": value.args[0]}, [factors])
    back = p.symm(p.cite("exp_log", {"x": value}, [positive]))
    d.start(value)
    d.eq(back.right, by=back, because="exp undoes log")
    d.eq(exp(same.right), by=p.congr(back.right, same), because=because)
    d.close()


@derivation("probability_of_sequence")
def probability_of_sequence(d: Draft) -> None:
    """The probability of a sequence under a model depends on the frequencies in it alone."""
    p = d.p
    d.sets("T X")
    d.declare(x="T -> X")
    d.family("q", "X")
    given = d.given("forall i in X: 0 < q[i]", "0 < card(T)")
    product = p.term("prod(t in T: q[x(t)])")
    loss = p.cite("empirical_loss", {"T": "T", "X": "X", "x": family(p, "x"), "q": family(p, "q")}, given)
    d.show(loss, "the loss per outcome, where `count(x, i)/card(T)` is the frequency of `i`")
    same = linear(p, eq(log(product), -p.term("card(T)") * loss.right), [("card(T)", loss)])
    t = p.fresh("T")
    factors = p.gen(t, p.spec(given[0], d.index("x", t)))
    _as_exp(d, same, factors, "the log of the probability is `-card(T)` times the loss")


@derivation("count_pos")
def count_pos(d: Draft) -> None:
    """An element that occurs in a sequence is counted at least once."""
    p = d.p
    d.sets("T X")
    d.declare(x="T -> X", t="T")
    here, s = d.index("t"), p.fresh("T")
    at = d.index("x", here)
    opened = p.unfold(p.term("count(x, x(t))"))
    hit = delta("X", d.index("x", s), at)
    signs = p.gen(s, prove(p, le(0, hit)))
    one = p.scheme("delta_self", {"X": "X", "i": at})
    d.show(one, "one summand is 1")
    most = p.spec(p.cite("le_sum_of_nonneg", {"X": "T", "f": close(hit, (s.data, "T"))}, [signs]), here)
    d.show(most, "and an indicator is never negative")
    d.show(
        p.rewrite(p.order(lt(0, most.right), [(1, 1, most), (-1, 1, one), (1, 1)]), p.symm(opened)),
        "so the count is positive",
    )


def _xlogy_own(p: Proof, a: Node, sign: Fact) -> Fact:
    """Return xlogy(a, a) = a·log a from 0 ≤ a: at a = 0 both are 0, whatever log 0 is."""
    own = xlogy(a, a)
    goal = eq(own, a * log(a))
    zero, other = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    nothing = xlogy_at_zero(p, a, zero)
    at_zero = linear(p, goal, [nothing, (log(a), zero)])
    return p.cases(zero.statement, at_zero, p.scheme("xlogy_mul", {"a": a, "b": a}, [above_zero(p, sign, other)]))


@derivation("sum_count")
def sum_count(d: Draft) -> None:
    """Collect equal outcomes."""
    d.sets("T X")
    d.declare(x="T -> X", g="X -> number")
    p = d.p
    t, i = p.fresh("T"), p.fresh("X")
    at, value = d.index("x", t), d.symbol("g", i)
    hit = delta("X", at, i)
    d.start("sum(t in T: g[x(t)])")
    sift = p.symm(p.scheme("delta_sift", {"X": "X", "i": at, "f": family(p, "g")}))
    named = p.under("sum", t, sift)
    d.eq(named.right, by=named, because="name each outcome")
    swap = p.scheme("sum_swap", {"X": "T", "Y": "X", "f": close(hit * value, (t.data, "T"), (i.data, "X"))})
    pulled = p.scheme("sum_mul", {"X": "T", "a": value, "f": close(hit, (t.data, "T"))})
    opened = p.unfold(Node("def", ("count", ("T", "X")), (family(p, "x"), i)))
    turned = p.under("sum", t, p.field(eq(hit * value, value * hit)))
    each = linear(p, eq(turned.left, opened.left * value), [turned, pulled, (value, opened)])
    collected = p.trans(swap, p.under("sum", i, each))
    d.eq(collected.right, by=collected, because="collect equal outcomes")
    d.close()


@derivation("probability_under_frequencies")
def probability_under_frequencies(d: Draft) -> None:
    """The probability of a sequence under its own frequencies, where the divergence is 0."""
    p = d.p
    d.sets("T X")
    d.declare(x="T -> X")
    (some,) = d.given("0 < card(T)")
    d.prose("Let `count(x, i)/card(T)` be the frequency of `i`. Some may be 0, but not those of outcomes that occur.")
    t, i, size = p.fresh("T"), p.fresh("X"), p.term("card(T)")
    x = family(p, "x")
    at, counted = d.index("x", t), Node("def", ("count", ("T", "X")), (x, i))
    often = p.cite("count_pos", {"T": "T", "X": "X", "x": x, "t": t})
    here = replace(counted / size, i, at)
    positive = p.gen(t, p.pos(lt(0, here), often, some))
    d.show(positive, "each outcome that occurs has been counted")
    log_prod = p.cite("log_prod", {"T": "T", "f": close(here, (t.data, "T"))}, [positive])
    values: dict[str, Node | str] = {"T": "T", "X": "X", "x": x, "g": close(log(counted / size), (i.data, "X"))}
    collected = p.cite("sum_count", values)
    sign = p.pos(le(0, counted / size), prove(p, le(0, counted)), some)
    own = _xlogy_own(p, counted / size, sign)
    same = linear(p, eq(counted * log(counted / size), size * own.left), [(size, own)])
    each = p.under("sum", i, same)
    pulled = p.scheme("sum_mul", {"X": "X", "a": size, "f": close(own.left, (i.data, "X"))})
    opened = p.unfold(p.term("entropy(i in X: count(x, i)/card(T))"))
    total = linear(p, eq(log_prod.left, -size * opened.left), [log_prod, collected, each, pulled, (size, opened)])
    _as_exp(d, total, positive, "collect equal outcomes in the log of the product")


@derivation("type_class_card_le")
def type_class_card_le(d: Draft) -> None:
    """The **size of a type class**: at most exponentially many sequences have the same counts."""
    p = d.p
    d.sets("T X Omega")
    d.declare(x="T, Omega -> X")
    d.family("n", "X")
    counts, _, some, total = d.given(
        "forall o in Omega: forall i in X: sum(t in T: delta(x(t, o), i)) = n[i]",
        "forall i in X: 0 <= n[i]",
        "0 < card(T)",
        "sum(o in Omega: prod(t in T: n[x(t, o)]/card(T))) <= 1",
    )
    d.prose(
        """The last hypothesis holds where different points of `Omega` are different sequences, because a model gives
        them all together at most the probability 1. A lower bound, and how many classes there are, need counting:
        neither is shown here."""
    )
    o, t = p.fresh("Omega"), p.fresh("T")
    x = close(d.index("x", t, o), (t.data, "T"))
    one = p.cite("probability_under_frequencies", {"T": "T", "X": "X", "x": x}, [some])
    i, size = p.fresh("X"), p.term("card(T)")
    opened = p.unfold(Node("def", ("count", ("T", "X")), (x, i)))
    known = p.gen(i, p.trans(opened, p.spec(counts, o, i)))
    here = p.spec(known, d.index("x", t, o))
    factors = p.under("prod", t, p.congr(here.left / size, here))
    same = p.gen(o, p.rewrite(one, factors, known))
    d.show(same, "the frequencies, taken as a model, give each of them the same probability")
    weight = p.term("exp(-card(T)*entropy(i in X: n[i]/card(T)))")
    each = p.rewrite(same, p.field(eq(weight, weight * 1)))
    summed = p.congr_under("sum", "Omega", each)
    pulled = p.scheme("sum_mul", {"X": "Omega", "a": weight, "f": lam(("Omega",), num(1))})
    counted = p.congr(weight * hole(), p.scheme("sum_one", {"X": "Omega"}))
    goal = le(p.term("card(Omega)") * weight, 1)
    d.show(linear(p, goal, [summed, pulled, counted, total]), "and these sum to at most 1")


@derivation("mean_ideal_length")
def mean_ideal_length(d: Draft) -> None:
    """The mean of the ideal code lengths of a model is entropy plus divergence."""
    p = d.p
    d.sets("X")
    weights(d, "p")
    d.family("q", "X")
    (positive,) = d.given("forall i in X: 0 < q[i]")
    i = p.fresh("X")
    pi, qi = d.symbol("p", i), d.symbol("q", i)
    own, length = xlogy(pi, pi), pi * -log(qi)
    value = p.scheme("xlogy_mul", {"a": pi, "b": qi}, [p.spec(positive, i)])
    opened = p.unfold(rel_entr(pi, qi))
    each = linear(p, eq(opened.left, own + length), [opened, value])
    d.show(p.gen(i, each), "`q` is positive")
    split = p.scheme("sum_add", {"X": "X", "f": close(own, (i.data, "X")), "g": close(length, (i.data, "X"))})
    names = [p.unfold(p.term("entropy(p)")), p.unfold(p.term("kl(p, q)"))]
    goal = "entropy(p) + kl(p, q) = sum(i in X: p[i]*(-log(q[i])))"
    d.show(linear(p, goal, [*names, p.under("sum", i, each), split]), "sum, and use the definitions")


@derivation("code_length_ge_entropy")
def code_length_ge_entropy(d: Draft) -> None:
    """**No code beats the entropy**: by Kraft's inequality its lengths are a model, and no divergence is negative."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    d.family("l", "X")
    (kraft,) = d.given("sum(i in X: exp(-l[i])) <= 1")
    d.prose("The lengths are in nats: a bit is `log(2)` nats.")
    i = p.fresh("X")
    pi, li = d.symbol("p", i), d.symbol("l", i)
    model = exp(-li)
    positive = p.scheme("exp_pos", {"a": -li})
    signs = p.gen(i, p.order(le(0, model), [(1, 1, positive)]))
    never = p.assume(eq(model, 0))
    clash = p.absurd(eq(pi, 0), never, p.pos(ne(model, 0), positive))
    dominated = p.gen(i, p.disch(never.statement, clash))
    q = close(model, (i.data, "X"))
    gibbs = p.cite("kl_nonneg", {"X": "X", "p": family(p, "p"), "q": q}, [*p.known[:2], signs, kraft, dominated])
    d.show(gibbs, "Gibbs' inequality for the model `exp(-l[i])`")
    cost = p.cite("mean_ideal_length", {"X": "X", "p": family(p, "p"), "q": q}, [p.known[0], p.gen(i, positive)])
    back = p.scheme("log_exp", {"a": -li})
    same = p.under("sum", i, linear(p, eq(pi * -log(model), pi * li), [(pi, back)]))
    d.show(cost, "the mean of its ideal lengths")
    d.show(linear(p, "entropy(p) <= sum(i in X: p[i]*l[i])", [gibbs, cost, same]), "which are the given ones")


@derivation("mean_lt")
def mean_lt(d: Draft) -> None:
    """If each value is smaller, so is the mean: some outcome has a positive probability."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    d.declare(f="X -> number", g="X -> number")
    (below,) = d.given("forall i in X: f[i] < g[i]")
    i = p.fresh("X")
    pi, f, g = (d.symbol(n, i) for n in "pfg")
    sign, less = p.spec(p.known[0], i), p.spec(below, i)
    signs = p.gen(i, p.order(le(0, pi * g - pi * f), [(1, 1, sign, less)]))
    gap = p.term("sum(i in X: p[i]*g[i] - p[i]*f[i])")
    split = p.cite("sum_sub", {"X": "X", "f": close(pi * g, (i.data, "X")), "g": close(pi * f, (i.data, "X"))})
    none, other = p.assume(eq(gap, 0)), p.assume(ne(gap, 0))
    zero = p.spec(p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": gap.args[0]}, [signs, none]), i)
    apart = p.order(lt(0, g - f), [(1, 1, less)])
    never = p.under("sum", i, p.order(eq(pi, 0), [(1, 1 / (g - f), zero)], apart))
    nothing = linear(p, eq(0, 1), [never, algebra(p, eq(never.right, 0)), p.known[1]])
    clash = p.absurd(other.statement, nothing, p.order(ne(0, 1), [(1, 1)]))
    found = d.show(p.cases(none.statement, clash, other), "were it 0, each probability would be")
    positive = above_zero(p, prove(p, le(0, gap), [signs]), found)
    d.show(linear(p, "sum(i in X: p[i]*f[i]) < sum(i in X: p[i]*g[i])", [positive, split]), "and it is not negative")


def _model(d: Draft, lengths: str) -> Fact:
    """Declare a model q and code lengths with their bound; return H(p) + D(p‖q) = Σ p·(−log q)."""
    p = d.p
    d.family("q", "X")
    d.family("l", "X")
    positive, _ = d.given("forall i in X: 0 < q[i]", lengths)
    d.prose("The code is made for the model `q`, while `p` is true.")
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "q": family(p, "q")}
    return d.show(
        p.cite("mean_ideal_length", values, [p.known[0], positive]), "the mean of the ideal lengths `-log(q[i])`"
    )


@derivation("wrong_code_cost")
def wrong_code_cost(d: Draft) -> None:
    """A code for a model costs at least the entropy plus the divergence, which is the cost of the wrong model."""
    p = d.p
    d.sets("X")
    weights(d, "p")
    ideal = _model(d, "forall i in X: -log(q[i]) <= l[i]")
    i = p.fresh("X")
    low = p.spec(p.known[-1], i)
    pi = d.symbol("p", i)
    each = p.order(le(pi * low.left, pi * low.right), [(1, 1, p.spec(p.known[0], i), low)])
    sides = {n: close(side, (i.data, "X")) for n, side in zip("fg", each.statement.args, strict=True)}
    mono = p.scheme("sum_mono", {"X": "X", **sides}, [p.gen(i, each)])
    d.show(linear(p, "entropy(p) + kl(p, q) <= sum(i in X: p[i]*l[i])", [ideal, mono]), "no codeword is shorter")


@derivation("wrong_code_cost_lt")
def wrong_code_cost_lt(d: Draft) -> None:
    """Code lengths that are the ideal ones of a model, rounded up, cost less than entropy plus divergence plus 1."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    ideal = _model(d, "forall i in X: l[i] < -log(q[i]) + 1")
    rounded = lam(("X",), p.known[-1].statement.args[0].args[0].args[1])
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "f": family(p, "l"), "g": rounded}
    mean = p.cite("mean_lt", values, [*p.known[:2], p.known[-1]])
    d.show(mean, "each codeword is less than 1 longer")
    i = p.fresh("X")
    pi, length = d.symbol("p", i), -log(d.symbol("q", i))
    parts = {"f": close(pi * length, (i.data, "X")), "g": family(p, "p")}
    spread = p.under("sum", i, p.field(eq(pi * (length + 1), pi * length + pi)))
    split = p.trans(spread, p.scheme("sum_add", {"X": "X", **parts}))
    goal = "sum(i in X: p[i]*l[i]) < entropy(p) + kl(p, q) + 1"
    d.show(linear(p, goal, [mean, split, ideal, p.known[1]]), "so the mean is too")


def _shannon(d: Draft, lemma: str, *given: str) -> tuple[Fact, Fact]:
    """Declare p > 0 and code lengths; return what a code made for q costs at q = p, and D(p‖p) = 0."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("l", "X")
    positive, *others = d.given("forall i in X: 0 < p[i]", *given)
    signs = prove(p, "forall i in X: 0 <= p[i]")
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "q": family(p, "p"), "l": family(p, "l")}
    cost = d.show(p.cite(lemma, values, [signs, positive, *others]), "what a code costs, here with the right model")
    return cost, d.show(p.cite("kl_self", {"X": "X", "p": family(p, "p")}, [signs]), "which costs nothing more")


@derivation("shannon_code_ge")
def shannon_code_ge(d: Draft) -> None:
    """A code whose lengths are at least the ideal ones costs at least the entropy."""
    cost, zero = _shannon(d, "wrong_code_cost", "forall i in X: -log(p[i]) <= l[i]")
    d.show(linear(d.p, "entropy(p) <= sum(i in X: p[i]*l[i])", [cost, zero]), "together")


@derivation("shannon_code_lt")
def shannon_code_lt(d: Draft) -> None:
    """**Shannon's code**: lengths that are the ideal ones, rounded up, cost less than the entropy plus 1."""
    given = ("sum(i in X: p[i]) = 1", "forall i in X: l[i] < -log(p[i]) + 1")
    cost, zero = _shannon(d, "wrong_code_cost_lt", *given)
    d.show(linear(d.p, "sum(i in X: p[i]*l[i]) < entropy(p) + 1", [cost, zero]), "together")
