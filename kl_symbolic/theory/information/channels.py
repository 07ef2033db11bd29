"""The mutual information of a channel's input and output: concave in the input, convex in the channel.

Weights p over X are sent through a kernel W from X to Y; the output has the weights (pW)_y = Σ_x p_x·W_xy. The mutual
information of input and output is Σ_x p_x·D(W_x‖pW), written here with p_x inside, as Σ_x D(p_x·W_x‖p_x·pW): so it has
a value for inputs of weight 0 too, where W_x need not be absolutely continuous with respect to pW.
"""

from __future__ import annotations

from ...kernel.statements import eq, ne
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import above_zero, kernel, mixture_weight, summed, use, weights
from ...proving.tactics import algebra, linear


def _divergences(weight: str, noise: str) -> str:
    """Return the function D(p_x·W_x‖p_x·pW) of x, for texts of p_x and W_xy in which {} stands for x."""
    at_x, at_z = (f"{weight}*{noise}".replace("{}", n) for n in "xz")
    return f"x in X: kl(y in Y: {at_x}, y in Y: {weight.replace('{}', 'x')}*sum(z in X: {at_z}))"


def _channel(d: Draft) -> None:
    """Declare weights p over X and non-negative W over X × Y."""
    d.sets("X Y")
    weights(d, "p")
    d.family("W", "X", "Y")
    d.given("forall x in X: forall y in Y: 0 <= W[x, y]")


@derivation("rel_entr_common")
def rel_entr_common(d: Draft) -> None:
    """The logs of a common factor cancel, with zeros allowed."""
    p = d.p
    a, w, s = d.numbers("a w s")
    sa, sw, ss, ac = d.given("0 <= a", "0 <= w", "0 <= s", "a*s = 0 => a*w = 0")
    zeros = [p.assume(eq(t, 0)) for t in (a, w, s)]
    product = eq(a * w, 0)
    gone = [linear(p, product, [(w, zeros[0])]), linear(p, product, [(a, zeros[1])])]
    gone.append(p.mp(ac, linear(p, eq(a * s, 0), [(a, zeros[2])])))
    ha, hw, hs = (p.disch(z.statement, g) for z, g in zip(zeros, gone, strict=True))
    first = p.cite("xlogy_mul_of", {"a": a * w, "b": a, "c": w}, [sa, sw, ha, hw])
    second = p.cite("xlogy_mul_of", {"a": a * w, "b": a, "c": s}, [sa, ss, ha, hs])
    d.show(first, "the log of a product")
    d.show(second, "the same for the other log")
    goal = p.statement("xlogy(a*w, w) = a*xlogy(w, w)")
    some = algebra(p, goal, [above_zero(p, sw, p.assume(ne(w, 0)))])
    own = p.cases(eq(w, 0), algebra(p, goal, [zeros[1], gone[1]]), some)
    opened = p.unfold(p.term("rel_entr(a*w, a*s)"))
    goal = p.statement("rel_entr(a*w, a*s) = a*xlogy(w, w) - xlogy(a*w, s)")
    d.show(linear(p, goal, [opened, first, second, own]), "`log(a)` cancels")


@derivation("channel_dominated")
def channel_dominated(d: Draft) -> None:
    """An output that never occurs does not occur together with any input."""
    p = d.p
    _channel(d)
    x, y = d.indices(x="X", y="Y")
    zero, none, some = (p.assume(s) for s in ("p[x]*sum(z in X: p[z]*W[z, y]) = 0", "p[x] = 0", "p[x] != 0"))
    never = linear(p, "p[x]*W[x, y] = 0", [("W[x, y]", none)])
    total = p.order("sum(z in X: p[z]*W[z, y]) = 0", [(1, "1/p[x]", zero)], some)
    each = d.show(use(p, "sum_eq_zero_of_nonneg", [total], f="x in X: p[x]*W[x, y]"), "a sum of non-negative numbers")
    either = p.cases(none.statement, never, p.spec(each, x))
    d.show(p.gen(x, p.gen(y, p.disch(zero.statement, either))), "where `p[x] = 0` there is nothing to show")


@derivation("channel_kl_eq")
def channel_kl_eq(d: Draft) -> None:
    """Mutual information is the entropy of the output, less the noise: its mean entropy given the input."""
    p = d.p
    _channel(d)
    x, y = d.indices(x="X", y="Y")
    output = "sum(z in X: p[z]*W[z, y])"
    point = use(p, "rel_entr_common", [use(p, "channel_dominated")], a="p[x]", w="W[x, y]", s=output)
    d.show(point, "`log(p[x])` cancels")
    noise, mixed = "y in Y: xlogy(W[x, y], W[x, y])", f"y in Y: xlogy(p[x]*W[x, y], {output})"
    turned = p.field(eq(point.right, p.term(f"p[x]*xlogy(W[x, y], W[x, y]) + -1*xlogy(p[x]*W[x, y], {output})")))
    split = use(p, "sum_linear", X="Y", a="p[x]", b="-1", f=noise, g=mixed)
    opened = p.unfold(p.term(f"kl(y in Y: p[x]*W[x, y], y in Y: p[x]*{output})"))
    entropy = p.unfold(p.term("entropy(y in Y: W[x, y])"))
    row = linear(
        p,
        eq(opened.left, p.term(f"-1*(p[x]*entropy(y in Y: W[x, y])) + -1*sum({mixed})")),
        [p.under("sum", y, p.trans(point, turned)), split, opened, ("p[x]", entropy)],
    )
    noise, mixed = "x in X: p[x]*entropy(y in Y: W[x, y])", f"x in X: sum({mixed})"
    whole = p.under("sum", x, row)
    column = use(p, "sum_xlogy_column", r="x in X: y in Y: p[x]*W[x, y]")
    d.show(column, "the weight of an output is the same for all inputs")
    facts = [whole, use(p, "sum_linear", a="-1", b="-1", f=noise, g=mixed), column]
    entropy = p.unfold(p.term(f"entropy(y in Y: {output})"))
    d.show(linear(p, eq(whole.left, entropy.left - p.term(f"sum({noise})")), [*facts, entropy]), "sum over `X` and `Y`")


@derivation("mutual_info_eq_channel")
def mutual_info_eq_channel(d: Draft) -> None:
    """The information through a channel is the mutual information of its input and its output."""
    p = d.p
    d.sets("X Y")
    weights(d, "p")
    kernel(d, "W")
    (x,) = d.indices(x="X")
    factor = use(p, "sum_mul", X="Y", a="p[x]", f="y in Y: W[x, y]")
    row = p.gen(x, linear(p, eq(factor.left, p.term("p[x]")), [factor, ("p[x]", p.spec(p.known[2], x))]))
    d.show(row, "the kernel sums to 1")
    d.start("mutual_info(x in X: y in Y: p[x]*W[x, y])")
    opened = p.unfold(d.current)
    shaped = p.rewrite(opened, row)
    d.eq(shaped.right, by=shaped, because="the definition, where `p` is the marginal of the input")
    inner = p.symm(p.unfold(p.term("kl(y in Y: p[x]*W[x, y], y in Y: p[x]*sum(z in X: p[z]*W[z, y]))")))
    d.eq(
        f"sum({_divergences('p[{}]', 'W[{}, y]')})", by=p.under("sum", x, inner), because="a divergence for each input"
    )
    d.close()


def _mixed(p: Proof, whole: str, first: str, second: str) -> Fact:
    """Return Σ_x h = λ·Σ_x f + (1 − λ)·Σ_x g, where h is λ·f + (1 − λ)·g by arithmetic."""
    split = use(p, "sum_linear", a="lambda", b="1 - lambda", f=f"x in X: {first}", g=f"x in X: {second}")
    same = p.field(f"{whole} = lambda*({first}) + (1 - lambda)*({second})")
    return p.trans(p.under("sum", p.index("x"), same), split)


@derivation("mutual_info_concave_input")
def mutual_info_concave_input(d: Draft) -> None:
    """Mutual information is **concave in the input**: the entropy of the output is, and the noise is linear."""
    p = d.p
    d.sets("X Y")
    mixture_weight(d)
    for name in "pq":
        weights(d, name)
        d.given(f"sum(i in X: {name}[i]) = 1")
    kernel(d, "W")
    _, y = d.indices(x="X", y="Y")
    inputs = ("p[{}]", "q[{}]", "(lambda*p[{}] + (1 - lambda)*q[{}])")
    values = [use(p, "channel_kl_eq", p=f"x in X: {t}".replace("{}", "x")) for t in inputs]
    d.show(values[2], "the entropy of the output less the noise")
    sent = [f"{t}*W[x, y]".replace("{}", "x") for t in inputs]
    one, two = (f"y in Y: sum(x in X: {t})" for t in sent[:2])
    concave = use(p, "entropy_concave", X="Y", p=one, r=two)
    output = p.rewrite(concave, p.gen(y, p.symm(_mixed(p, sent[2], sent[0], sent[1]))))
    d.show(output, "the entropy of the output is concave")
    noise = [f"{t}*entropy(y in Y: W[x, y])".replace("{}", "x") for t in inputs]
    linear_noise = d.show(_mixed(p, noise[2], noise[0], noise[1]), "the noise is linear")
    one, two, mixture = (_divergences(t, "W[{}, y]") for t in inputs)
    facts = list(zip(("lambda", "1 - lambda", "1"), values, strict=True))
    goal = f"lambda*sum({one}) + (1 - lambda)*sum({two}) <= sum({mixture})"
    d.show(linear(p, goal, [*facts, output, linear_noise]), "together")


@derivation("mutual_info_convex_kernel")
def mutual_info_convex_kernel(d: Draft) -> None:
    """Mutual information is **convex in the channel**, because the divergence is jointly convex."""
    p = d.p
    d.sets("X Y")
    mixture_weight(d)
    weights(d, "p")
    d.given("sum(i in X: p[i]) = 1")
    kernel(d, "V")
    kernel(d, "W")
    x, y = d.indices(x="X", y="Y")
    mixture = "(lambda*V[{}, y] + (1 - lambda)*W[{}, y])"
    sent = [f"p[x]*{t}".replace("{}", "x") for t in ("V[{}, y]", "W[{}, y]", mixture)]
    mean = [f"p[x]*sum(x in X: {t})" for t in sent]
    dominated = [p.spec(use(p, "channel_dominated", W=n), x) for n in "VW"]
    rows = {n: f"y in Y: {t}" for n, t in zip("prqs", [*sent[:2], *mean[:2]], strict=True)}
    convex = use(p, "kl_convex", dominated, X="Y", **rows)
    row = p.field(f"lambda*({sent[0]}) + (1 - lambda)*({sent[1]}) = {sent[2]}")
    total = ("p[x]", _mixed(p, sent[2], sent[0], sent[1]))
    output = linear(p, f"lambda*({mean[0]}) + (1 - lambda)*({mean[1]}) = {mean[2]}", [total])
    each = p.gen(x, p.rewrite(convex, p.gen(y, row), p.gen(y, output)))
    d.show(each, "the divergence is jointly convex")
    one, two, whole = (_divergences("p[{}]", t) for t in ("V[{}, y]", "W[{}, y]", mixture))
    split = use(p, "sum_linear", a="lambda", b="1 - lambda", f=one, g=two)
    goal = f"sum({whole}) <= lambda*sum({one}) + (1 - lambda)*sum({two})"
    d.show(linear(p, goal, [summed(p, each), split]), "sum over `X`")
