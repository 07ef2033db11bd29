"""Data processing: looking at less, or through noise, does not make two distributions easier to tell apart."""

from __future__ import annotations

from ...kernel.statements import eq, le
from ...kernel.terms import Node
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import (
    follow,
    kernel,
    positive_dominates,
    sum_of,
    summed,
    two_kernels,
    two_weights,
    use,
    weights,
)
from ...proving.tactics import algebra, linear


def _grid(d: Draft) -> list[Node]:
    """Declare weights a and b over X × Y, a absolutely continuous with respect to b; return free indices x and y."""
    d.sets("X Y")
    d.family("a", "X", "Y")
    d.family("b", "X", "Y")
    d.given(
        "forall x in X: forall y in Y: 0 <= a[x, y]",
        "forall x in X: forall y in Y: 0 <= b[x, y]",
        "forall x in X: forall y in Y: b[x, y] = 0 => a[x, y] = 0",
    )
    return d.indices(x="X", y="Y")


_COLUMN = {"a": "x in X: a[x, y]", "b": "x in X: b[x, y]"}


def _marginals(p: Proof) -> tuple[Fact, Fact]:
    """Return what D(Σ_x a‖Σ_x b) is, and Σ_y Σ_x rel_entr(a, b) = Σ_x Σ_y rel_entr(a, b)."""
    opened = p.unfold(p.term("kl(y in Y: sum(x in X: a[x, y]), y in Y: sum(x in X: b[x, y]))"))
    return opened, use(p, "sum_swap", X="Y", Y="X", f="y in Y: x in X: rel_entr(a[x, y], b[x, y])")


@derivation("kl_marginal_le")
def kl_marginal_le(d: Draft) -> None:
    """Marginals are closer to each other than the joint weights."""
    p = d.p
    _, y = _grid(d)
    each = p.gen(y, use(p, "log_sum_le", **_COLUMN))
    d.show(each, "the log-sum inequality, for each element of `Y`")
    opened, swap = _marginals(p)
    d.show(linear(p, le(opened.left, swap.right), [summed(p, each), opened, swap]), "sum over `Y`")


@derivation("kl_marginal_eq_iff")
def kl_marginal_eq_iff(d: Draft) -> None:
    """Marginals are as far apart as the joint weights exactly where these are proportional for each marginal value."""
    p = d.p
    x, y = _grid(d)
    below = summed(p, p.gen(y, use(p, "log_sum_le", **_COLUMN)), "sum_eq_iff_of_le")
    opened, swap = _marginals(p)
    total = d.show(p.rewrite(below, p.symm(opened), swap), "a sum of inequalities is an equality only if each one is")
    case = use(p, "log_sum_eq_iff", **_COLUMN)
    d.show(case, "the equality case of the log-sum inequality, for each element of `Y`")
    zero = p.assume(total.left)
    same = p.assume("forall x in X: forall y in Y: a[x, y]*sum(z in X: b[z, y]) = b[x, y]*sum(z in X: a[z, y])")
    here = p.spec(follow(p, case, p.spec(follow(p, total, zero), y)), x)
    back = p.gen(y, follow(p, case, p.gen(x, p.spec(same, x, y))))
    d.show(p.iff_intro(zero.statement, same.statement, p.gen(x, p.gen(y, here)), follow(p, total, back)), "together")


@derivation("kl_mixture_le")
def kl_mixture_le(d: Draft) -> None:
    """Mixtures are closer to each other than their parts are on average."""
    p = d.p
    two_kernels(d)
    x, y = d.indices(x="X", y="Y")
    under = p.gen(x, p.gen(y, use(p, "mul_dominated", c="p[x]", a="V[x, y]", b="W[x, y]")))
    marginal = use(p, "kl_marginal_le", [under], a="x in X: y in Y: p[x]*V[x, y]", b="x in X: y in Y: p[x]*W[x, y]")
    d.show(marginal, "marginals are closer")
    chain = d.show(use(p, "kl_chain_rule", q="p"), "the chain rule")
    inner = p.unfold(p.term("kl(y in Y: V[x, y], y in Y: W[x, y])"))
    mean = p.under("sum", x, p.congr(p.term("p[x]") * inner.left, inner))
    d.show(linear(p, le(marginal.left, mean.left), [marginal, chain, use(p, "kl_self"), mean]), "`kl(p, p) = 0`")


def _through(d: Draft) -> Fact:
    """Declare weights p and q over X and a kernel W; return that q_x·W_xy = 0 ⇒ p_x·W_xy = 0."""
    d.sets("X Y")
    two_weights(d, "p", "q")
    kernel(d, "W")
    x, y = d.indices(x="X", y="Y")
    return d.p.gen(x, d.p.gen(y, use(d.p, "prod_dominated", a="p[x]", b="W[x, y]", c="q[x]", d="W[x, y]")))


_JOINT = {"a": "x in X: y in Y: p[x]*W[x, y]", "b": "x in X: y in Y: q[x]*W[x, y]"}


@derivation("kl_kernel_le")
def kl_kernel_le(d: Draft) -> None:
    """The **data-processing inequality**: no noise and no computation makes two distributions easier to tell apart."""
    p = d.p
    under = _through(d)
    x, y = d.index("x"), d.index("y")
    column = {n: f"x in X: {m}[x]*W[x, y]" for n, m in (("a", "p"), ("b", "q"))}
    each = d.show(p.gen(y, use(p, "log_sum_le", [under], **column)), "the log-sum inequality, for each output")
    factor = use(p, "rel_entr_smul", c="W[x, y]", a="p[x]", b="q[x]")
    turned = [p.field(f"W[x, y]*{n}[x] = {n}[x]*W[x, y]") for n in "pq"]
    out = p.trans(p.rewrite(factor, *turned), p.field(eq(factor.right, p.term("rel_entr(p[x], q[x])*W[x, y]"))))
    ones = (p.term("rel_entr(p[x], q[x])"), p.spec(p.known[-1], x))
    pulled = use(p, "sum_mul", X="Y", a="rel_entr(p[x], q[x])", f="y in Y: W[x, y]")
    row = linear(p, eq(sum_of(p, out.left, y), ones[0]), [p.under("sum", y, out), pulled, ones])
    d.show(p.gen(x, row), "the common factor cancels in the ratio, and `sum(j in Y: W[i, j]) = 1`")
    d.prose("Sum the first line over `Y` and the second one over `X`:")
    d.start("kl(y in Y: sum(x in X: p[x]*W[x, y]), y in Y: sum(x in X: q[x]*W[x, y]))")
    opened, total = p.unfold(d.current), summed(p, each)
    d.le(total.right, by=linear(p, le(opened.left, total.right), [opened, total]), because="the first line")
    swap = use(p, "sum_swap", X="Y", Y="X", f="y in Y: x in X: rel_entr(p[x]*W[x, y], q[x]*W[x, y])")
    d.eq(swap.right, by=swap, because="exchange the sums")
    back = p.symm(p.unfold(p.term("kl(p, q)")))
    d.eq("kl(p, q)", by=p.trans(p.under("sum", x, row), back), because="the second line")
    d.close()


@derivation("kl_kernel_eq_iff")
def kl_kernel_eq_iff(d: Draft) -> None:
    """Equality holds exactly when the input tells nothing more about the distributions than the output does."""
    p = d.p
    marginal = d.show(use(p, "kl_marginal_eq_iff", [_through(d)], **_JOINT), "the equality case for marginals")
    same = d.show(use(p, "kl_same_kernel"), "a common kernel does not change the divergence")
    d.show(p.rewrite(marginal, same), "together")


@derivation("kl_map_le")
def kl_map_le(d: Draft) -> None:
    """Grouping outcomes brings two distributions together: a function is a kernel without noise."""
    p = d.p
    d.sets("X Y")
    d.declare(f="X -> Y")
    two_weights(d, "p", "q")
    x, y = d.indices(x="X", y="Y")
    ones = p.gen(x, algebra(p, "sum(y in Y: delta(f(x), y)) = 1"))
    noise = use(p, "kl_kernel_le", [ones], W="x in X: y in Y: delta(f(x), y)")
    d.show(noise, "data processing, with the kernel that maps each `x` to `f(x)`")
    turned = [p.gen(x, p.gen(y, p.field(f"{n}[x]*delta(f(x), y) = delta(f(x), y)*{n}[x]"))) for n in "pq"]
    d.show(p.rewrite(noise, *turned), "the factors in the other order")


@derivation("second_law")
def second_law(d: Draft) -> None:
    """The **second law**: each step of a Markov chain brings a distribution closer to the stationary one."""
    p = d.p
    d.sets("X")
    two_weights(d, "p", "q")
    d.family("W", "X", "X")
    d.given(
        "forall x in X: forall y in X: 0 <= W[x, y]",
        "forall x in X: sum(y in X: W[x, y]) = 1",
        "forall y in X: sum(x in X: q[x]*W[x, y]) = q[y]",
    )
    step = d.show(use(p, "kl_kernel_le", Y="X"), "data processing")
    d.show(p.rewrite(step, p.known[-1]), "`q` is stationary")


@derivation("entropy_increases")
def entropy_increases(d: Draft) -> None:
    """Under a doubly stochastic kernel, which keeps the uniform distribution, entropy never falls."""
    p = d.p
    d.sets("X")
    weights(d, "p")
    d.family("W", "X", "X")
    d.given(
        "forall x in X: forall y in X: 0 <= W[x, y]",
        "forall x in X: sum(y in X: W[x, y]) = 1",
        "forall y in X: sum(x in X: W[x, y]) = 1",
    )
    x, y = d.indices(x="X", y="X")
    factor = use(p, "sum_mul", a="1", f="x in X: W[x, y]")
    ones = p.gen(y, linear(p, eq(factor.left, 1), [p.spec(p.known[-1], y), factor]))
    step = use(p, "second_law", [ones, p.gen(x, positive_dominates(p, p.pos("0 < 1"), p.term("p[x]")))], q="x in X: 1")
    d.show(step, "the second law, with the constant 1")
    before = use(p, "entropy_eq_neg_kl_one")
    after = use(p, "entropy_eq_neg_kl_one", p="y in X: sum(x in X: p[x]*W[x, y])")
    d.show(before, "entropy is the opposite of the divergence from weights that are all 1")
    d.show(linear(p, le(before.left, after.left), [step, before, after]), "so the inequality is reversed")
