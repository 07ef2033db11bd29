"""The chain rule: the divergence of two joint distributions is that of the first step plus that of the second."""

from __future__ import annotations

from ...kernel.statements import eq, ne
from ...kernel.terms import Node, apply_abs, lam
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import family, follow, kernel, two_kernels, two_weights, use, weights
from ...proving.tactics import linear, prove
from ...proving.tactics.facts import sum_zero


def distribution_and_weights(d: Draft, first: str, second: str, over: str = "X") -> None:
    """Declare a distribution and weights with respect to which it is absolutely continuous."""
    two_weights(d, first, second, over)
    d.given(f"sum(i in {over}: {first}[i]) = 1")


def parts(p: Proof, total: Node) -> Fact:
    """Return Σ_i (f(i) + g(i)) = Σ_i f(i) + Σ_i g(i)."""
    over = total.args[0].data
    f, g = (lam((over,), side) for side in total.args[0].args[0].args)
    return p.scheme("sum_add", {"X": over, "f": f, "g": g})


def mean_of_constant(p: Proof, total: Node, constant: Node, ones: Fact) -> Fact:
    """Return Σ_i h(i) = c, where h(i) is c·f(i) by arithmetic and *ones* says that Σ_i f(i) = 1."""
    over, family = total.args[0].data, ones.left.args[0]
    point = p.fresh(over)
    turned = p.under("sum", point, p.field(eq(apply_abs(total.args[0], point), constant * apply_abs(family, point))))
    out = p.scheme("sum_mul", {"X": over, "a": constant, "f": family})
    return linear(p, eq(total, constant), [turned, out, (constant, ones)])


@derivation("kl_chain_rule")
def kl_chain_rule(d: Draft) -> None:
    """The **chain rule**: divergences of a first variable, and of a second one given the first, add up."""
    p = d.p
    d.sets("X Y")
    two_weights(d, "p", "q")
    kernel(d, "V")
    d.family("W", "X", "Y")
    d.given(
        "forall x in X: forall y in Y: 0 <= W[x, y]",
        "forall x in X: forall y in Y: W[x, y] = 0 => V[x, y] = 0",
    )
    x, y = d.indices(x="X", y="Y")
    point = use(p, "rel_entr_mul", a="p[x]", b="V[x, y]", c="q[x]", d="W[x, y]")
    # What does not depend on y goes in front, so that it comes out of the sum over y.
    turned = p.field(eq(point.right, p.term("rel_entr(p[x], q[x])*V[x, y] + p[x]*rel_entr(V[x, y], W[x, y])")))
    each = d.show(p.gen(x, p.gen(y, point)), "the log of a product is a sum of logs")
    point = p.spec(each, x, y)
    product = p.trans(point, turned)
    inside = p.under("sum", y, product)
    then = "y in Y: rel_entr(V[x, y], W[x, y])"
    split = use(p, "sum_linear", X="Y", a="rel_entr(p[x], q[x])", b="p[x]", f="y in Y: V[x, y]", g=then)
    ones = ("rel_entr(p[x], q[x])", p.spec(p.known[4], x))
    row = linear(p, eq(inside.left, p.term(f"rel_entr(p[x], q[x]) + p[x]*sum({then})")), [inside, split, ones])
    d.show(p.gen(x, row), "sum over `Y`, where `sum(j in Y: V[i, j]) = 1`")
    whole = p.under("sum", x, row)
    two, opened = parts(p, whole.right), p.unfold(p.term("kl(p, q)"))
    d.show(linear(p, eq(whole.left, opened.left + two.right.args[1]), [whole, two, opened]), "sum over `X`")


@derivation("kl_same_kernel")
def kl_same_kernel(d: Draft) -> None:
    """A kernel that is applied to both distributions, its input kept, does not change the divergence."""
    p = d.p
    d.sets("X Y")
    two_weights(d, "p", "q")
    kernel(d, "W")
    x, y = d.indices(x="X", y="Y")
    chain = d.show(use(p, "kl_chain_rule", V="W"), "the chain rule")
    own = p.trans(p.under("sum", y, use(p, "rel_entr_self", a="W[x, y]")), sum_zero(p, "Y"))
    nothing = p.trans(p.under("sum", x, linear(p, eq(p.term("p[x]") * own.left, 0), [("p[x]", own)])), sum_zero(p, "X"))
    d.show(nothing, "each divergence from itself is 0")
    d.show(linear(p, eq(chain.left, p.term("kl(p, q)")), [chain, nothing]), "so nothing is added")


@derivation("kl_prod")
def kl_prod(d: Draft) -> None:
    """Divergences of independent pairs add up: the chain rule with kernels that ignore their input."""
    p = d.p
    d.sets("X Y")
    distribution_and_weights(d, "p", "q")
    distribution_and_weights(d, "r", "s", "Y")
    chain = use(p, "kl_chain_rule", V="x in X: y in Y: r[y]", W="x in X: y in Y: s[y]")
    d.show(chain, "the chain rule")
    mean = mean_of_constant(p, chain.right.args[1], p.term("sum(j in Y: rel_entr(r[j], s[j]))"), p.known[3])
    d.show(mean, "probabilities sum to 1")
    opened = p.unfold(p.term("kl(r, s)"))
    d.show(linear(p, eq(chain.left, p.term("kl(p, q) + kl(r, s)")), [chain, mean, opened]), "together")


@derivation("prod_dominated")
def prod_dominated(d: Draft) -> None:
    """Absolute continuity passes to products."""
    p = d.p
    d.numbers("a b c d")
    first, second = d.given("c = 0 => a = 0", "d = 0 => b = 0")
    zero, none, some = p.assume("c*d = 0"), p.assume("c = 0"), p.assume("c != 0")
    left = linear(p, "a*b = 0", [("b", p.mp(first, none))])
    other = p.mp(second, p.order("d = 0", [(1, "1/c", zero)], some))
    right = linear(p, "a*b = 0", [("a", other)])
    d.show(p.disch(zero.statement, p.cases("c = 0", left, right)), "one of the two factors is 0")


@derivation("kl_prod_three")
def kl_prod_three(d: Draft) -> None:
    """Three independent coordinates: their divergences add up."""
    p = d.p
    d.sets("X Y Z")
    for first, second, over in (("p", "q", "X"), ("r", "s", "Y"), ("t", "u", "Z")):
        distribution_and_weights(d, first, second, over)
    x, y = d.indices(x="X", y="Y")
    under = p.gen(y, use(p, "prod_dominated", a="p[x]", b="r[y]", c="q[x]", d="s[y]"))
    pairs, kernels = [f"y in Y: {n}" for n in ("p[x]*r[y]", "q[x]*s[y]")], [f"y in Y: z in Z: {n}[z]" for n in "tu"]
    row = use(p, "kl_chain_rule", [under], X="Y", Y="Z", p=pairs[0], q=pairs[1], V=kernels[0], W=kernels[1])
    last = p.term("sum(k in Z: rel_entr(t[k], u[k]))")
    inner = mean_of_constant(p, row.right.args[1], p.term("p[x]") * last, p.known[7])
    opened = p.unfold(row.right.args[0])
    row = linear(p, eq(row.left, opened.right + inner.right), [row, opened, inner])
    d.show(p.gen(x, row), "the chain rule, for each element of `X`")
    whole = p.under("sum", x, row)
    both = parts(p, whole.right)
    two = d.show(use(p, "kl_prod"), "the law for two coordinates")
    mean = mean_of_constant(p, both.right.args[1], last, p.known[3])
    goal = eq(whole.left, p.term("kl(p, q) + kl(r, s) + kl(t, u)"))
    d.show(linear(p, goal, [whole, both, two, mean, p.unfold(p.term("kl(t, u)"))]), "together")


_ROW = {"X": "Y", "p": "y in Y: V[x, y]", "q": "y in Y: W[x, y]"}


def _gibbs(p: Proof, x: Node) -> Fact:
    """Return 0 ≤ D(V_x‖W_x)."""
    return use(p, "kl_nonneg", [linear(p, "sum(y in Y: W[x, y]) <= 1", [p.spec(p.known[4], x)])], **_ROW)


@derivation("cond_kl_nonneg")
def cond_kl_nonneg(d: Draft) -> None:
    """The mean divergence of two kernels is not negative."""
    p = d.p
    two_kernels(d)
    (x,) = d.indices(x="X")
    each = d.show(p.gen(x, _gibbs(p, x)), "Gibbs' inequality, for each element of `X`")
    mean = p.statement("0 <= sum(x in X: p[x]*kl(y in Y: V[x, y], y in Y: W[x, y]))")
    d.show(prove(p, mean, [each]), "the weights are not negative")


@derivation("sum_eq_zero_iff")
def sum_eq_zero_iff(d: Draft) -> None:
    """A sum of non-negative numbers is 0 exactly when each of them is."""
    p = d.p
    d.sets("X")
    weights(d, "f")
    total, each = p.assume("sum(i in X: f[i]) = 0"), p.assume("forall i in X: f[i] = 0")
    forward = p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": family(p, "f")}, [*p.known, total])
    d.show(forward, "each is at most the sum")
    backward = p.trans(p.congr_under("sum", "X", each), sum_zero(p, "X"))
    d.show(p.iff_intro(total.statement, each.statement, forward, backward), "and a sum of zeros is 0")


@derivation("smul_kl_eq_zero_iff")
def smul_kl_eq_zero_iff(d: Draft) -> None:
    """The equality case of Gibbs' inequality, with a factor in front that may be 0."""
    p = d.p
    d.sets("X")
    c, *_ = d.numbers("c")
    distribution_and_weights(d, "p", "q")
    d.given("sum(i in X: q[i]) = 1")
    case = use(p, "kl_eq_zero_iff")
    zero, same = p.assume("c*kl(p, q) = 0"), p.assume("forall i in X: c*p[i] = c*q[i]")
    i = p.fresh("X")
    none, some = p.assume(eq(c, 0)), p.assume(ne(c, 0))
    pi, qi = d.symbol("p", i), d.symbol("q", i)
    all_zero = p.gen(i, linear(p, eq(c * pi, c * qi), [(pi, none), (qi, none)]))
    left = p.iff_intro(zero.statement, same.statement, all_zero, linear(p, zero.statement, [("kl(p, q)", none)]))
    d.show(left, "where `c = 0`, both hold")
    d.show(case, "the equality case of Gibbs' inequality")
    meet = p.spec(follow(p, case, p.order(case.left, [(1, 1 / c, zero)], some)), i)
    apart = p.gen(i, p.order(eq(pi, qi), [(1, 1 / c, p.spec(same, i))], some))
    forward = p.gen(i, linear(p, eq(c * pi, c * qi), [(c, meet)]))
    backward = linear(p, zero.statement, [(c, follow(p, case, apart))])
    right = p.iff_intro(zero.statement, same.statement, forward, backward)
    d.show(p.cases(eq(c, 0), left, right), "elsewhere divide by `c`")


@derivation("cond_kl_eq_zero_iff")
def cond_kl_eq_zero_iff(d: Draft) -> None:
    """The mean divergence of two kernels is 0 exactly when they agree wherever there is weight."""
    p = d.p
    two_kernels(d)
    (x,) = d.indices(x="X")
    inside = "p[x]*kl(y in Y: V[x, y], y in Y: W[x, y])"
    total = use(p, "sum_eq_zero_iff", [p.gen(x, prove(p, f"0 <= {inside}", [_gibbs(p, x)]))], f=f"x in X: {inside}")
    d.show(total, "a sum of non-negative numbers is 0 only if each of them is")
    case = use(p, "smul_kl_eq_zero_iff", c="p[x]", **_ROW)
    d.show(case, "the equality case of Gibbs' inequality, for each element of `X`")
    zero = p.assume(total.left)
    same = p.assume("forall x in X: forall y in Y: p[x]*V[x, y] = p[x]*W[x, y]")
    forward = p.gen(x, follow(p, case, p.spec(follow(p, total, zero), x)))
    backward = follow(p, total, p.gen(x, follow(p, case, p.spec(same, x))))
    d.show(p.iff_intro(zero.statement, same.statement, forward, backward), "together")
