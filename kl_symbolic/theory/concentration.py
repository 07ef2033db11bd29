"""The limit without any assumption about frequencies: the per-flip log-ratio concentrates at D, by Chebyshev."""

from __future__ import annotations

from ..calc import Draft, derivation
from ..kernel.statements import eq, forall, le, lt, ne
from ..kernel.terms import Node, apply_abs, lam, num
from ..proof import Fact, Proof, close
from ..tactics import algebra, linear, prove
from .evidence import expectation

INDEPENDENT = (
    "forall s in T: forall t in T: forall i in X: forall j in X: "
    "delta(s, t) = 0 => sum(o in Omega: w[o]*(delta(x(s, o), i)*delta(x(t, o), j))) = p[i]*p[j]"
)


@derivation("sum_marginal")
def sum_marginal(d: Draft) -> None:
    """The marginals of a distribution sum to 1."""
    p = d.p
    d.sets("Omega T X")
    d.declare(x="T, Omega -> X", w="Omega -> number", p="X -> number")
    total, marginal, some = d.given(
        "sum(o in Omega: w[o]) = 1",
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        "0 < card(T)",
    )
    t, i = p.fresh("T"), p.fresh("X")
    here = p.spec(marginal, t, i)
    spread = algebra(p, eq(Node("sum", None, (close(here.left, (i.data, "X")),)), p.term("sum(o in Omega: w[o])")))
    summed = p.under("sum", i, here)
    one = linear(p, "sum(i in X: p[i]) = 1", [spread, total, summed])
    d.show(p.gen(t, one), "each outcome is one of X") if t.data in one.statement.points else None
    # T is not empty, but the proof has no element of it: sum over T and divide by its size.
    both = p.under("sum", t, one)
    left, right = algebra(p, eq(both.left, p.term("card(T)*sum(i in X: p[i])"))), algebra(p, eq(both.right, p.term("card(T)")))
    d.show(linear(p, "sum(i in X: p[i]) = 1", [("1/card(T)", both), ("1/card(T)", left), ("1/card(T)", right)]), "divide by |T|")


@derivation("variance_of_sum")
def variance_of_sum(d: Draft) -> None:
    """Variances of pairwise independent centred variables add up."""
    p = d.p
    d.sets("Omega T X")
    d.declare(x="T, Omega -> X", w="Omega -> number", p="X -> number", g="X -> number")
    marginal, independent, centred = d.given(
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        INDEPENDENT,
        "sum(i in X: p[i]*g[i]) = 0",
    )
    s, t, o = p.fresh("T"), p.fresh("T"), p.fresh("Omega")
    g = lambda k: Node("sym", "g", (Node("idx", "x", (k, o)),))  # noqa: E731
    w = Node("sym", "w", (o,))
    over = lambda body: Node("sum", None, (close(body, (o.data, "Omega")),))  # noqa: E731
    variance = p.term("sum(i in X: p[i]*g[i]*g[i])")
    same_flip, goal = Node("delta", "T", (s, t)), eq(over(w * (g(s) * g(t))), Node("delta", "T", (s, t)) * variance)
    # different flips: the expectation of the product is the product of the expectations, which is 0
    apart = p.assume(eq(same_flip, 0))
    i, j = p.fresh("X"), p.fresh("X")
    pair = p.mp(p.spec(independent, s, t, i, j), apart)
    gi, gj = (Node("sym", "g", (k,)) for k in (i, j))
    spread = algebra(
        p,
        eq(
            over(w * (g(s) * g(t))),
            Node("sum", None, (close(Node("sum", None, (close(pair.left * (gi * gj), (j.data, "X")),)), (i.data, "X")),)),
        ),
    )
    inner = p.under("sum", i, p.under("sum", j, p.congr(pair.left * (gi * gj), pair)))
    square = algebra(p, eq(inner.right, p.term("sum(i in X: p[i]*g[i])*sum(i in X: p[i]*g[i])")))
    d.show(spread, "name the two outcomes")
    different = linear(p, goal, [spread, inner, square, ("sum(i in X: p[i]*g[i])", centred), (variance, apart)])
    d.show(different, "different flips are independent, and g has mean 0")
    # the same flip
    near = p.assume(ne(same_flip, 0))
    one = p.mp(p.cite("delta_eq_zero_or_one", {"X": "T", "i": s, "j": t}), near)
    swap = p.cite("delta_subst", {"X": "T", "i": s, "j": t, "f": close(g(t), (t.data, "T"))})
    equal_outcomes = linear(p, eq(g(t), g(s)), [swap, (g(t) - g(s), one)])
    squared = p.under("sum", o, p.congr(w * (g(s) * g(t)), equal_outcomes))
    mean = expectation(p, marginal, lam(("X",), _square()), s)
    tidy = algebra(p, eq(squared.right, mean.left))
    tidy_right = algebra(p, eq(mean.right, variance))
    equal_flip = linear(p, goal, [squared, tidy, mean, tidy_right, (variance, one)])
    d.show(equal_flip, "the same flip has the mean of g²")
    each = p.cases(eq(same_flip, 0), different, equal_flip)
    both = p.under("sum", s, p.under("sum", t, each))
    d.start("sum(o in Omega: w[o]*(sum(t in T: g[x(t, o)])*sum(t in T: g[x(t, o)])))")
    d.eq(both.left, by=_multiplied_out(p, s, t, o), because="multiply out, and exchange the sums")
    d.eq(both.right, by=both, because="pairwise independence")
    d.eq("card(T)*sum(i in X: p[i]*g[i]*g[i])", because="only equal flips remain")
    d.close()


def _multiplied_out(p: Proof, s: Node, t: Node, o: Node) -> Fact:
    """Return Σ_ω w_ω·(Σ_t g)·(Σ_t g) = Σ_s Σ_t Σ_ω w_ω·(g_s·g_t)."""
    g = lambda k: Node("sym", "g", (Node("idx", "x", (k, o)),))  # noqa: E731
    w, family = Node("sym", "w", (o,)), close(g(t), (t.data, "T"))
    whole = Node("sum", None, (family,))
    outer = p.symm(p.scheme("sum_mul", {"X": "T", "a": w * whole, "f": family}))
    inner = p.symm(p.scheme("sum_mul", {"X": "T", "a": w * g(s), "f": family}))
    tidy = p.under("sum", t, p.field(eq(w * g(s) * g(t), w * (g(s) * g(t)))))
    each = p.trans(p.field(eq(w * whole * g(s), w * g(s) * whole)), inner, tidy)
    line = p.trans(p.field(eq(w * (whole * whole), w * whole * whole)), outer, p.under("sum", s, each))
    spread = p.under("sum", o, line)
    two = close(each.right, (o.data, "Omega"), (s.data, "T"))
    first = p.scheme("sum_swap", {"X": "Omega", "Y": "T", "f": two})
    three = close(w * (g(s) * g(t)), (o.data, "Omega"), (t.data, "T"))
    second = p.under("sum", s, p.scheme("sum_swap", {"X": "Omega", "Y": "T", "f": three}))
    return p.trans(spread, first, second)


def _square() -> Node:
    from ..kernel.terms import bound

    g = Node("sym", "g", (bound(0),))
    return g * g


@derivation("chebyshev")
def chebyshev(d: Draft) -> None:
    """**Chebyshev's inequality** on a finite sample space."""
    p = d.p
    d.sets("Omega")
    d.numbers("eps")
    d.declare(w="Omega -> number", e="Omega -> number", Z="Omega -> number")
    d.given(
        "forall o in Omega: 0 <= w[o]",
        "forall o in Omega: e[o]*e[o] = e[o]",
        "forall o in Omega: e[o] = 1 => eps <= abs(Z[o])",
        "0 < eps",
    )
    o = p.fresh("Omega")
    sign, square, event = (p.spec(f, o) for f in p.known[:3])
    small = p.known[3]
    e, w, z = (Node("sym", n, (o,)) for n in ("e", "w", "Z"))
    eps = p.term("eps")
    goal = le(e * w * (eps * eps), w * (z * z))
    zero = p.assume(eq(e, 0))
    outside = linear(p, goal, [(z, sign), (w * (eps * eps), zero)])
    some = p.assume(ne(e, 0))
    inside = p.order(eq(e, 1), [(1, 1 / e, square)], some)
    enough = p.mp(event, inside)
    size = p.cite("abs_sq", {"a": z})
    a = Node("abs", None, (z,))
    # |Z|² − ε² = (|Z| − ε)² + 2ε(|Z| − ε)
    on = linear(p, goal, [(a - eps, sign), (1, sign, small, enough), (w, size), (w * (eps * eps), inside)])
    each = p.gen(o, p.cases(eq(e, 0), outside, on))
    d.show(each, "in the event Z² is at least ε², elsewhere the left side is 0")
    body = each.statement.args[0].args[0]
    mono = p.scheme("sum_mono", {"X": "Omega", "f": lam(("Omega",), body.args[0]), "g": lam(("Omega",), body.args[1])}, [each])
    pulled = algebra(p, eq(mono.left, p.term("eps^2*sum(o in Omega: e[o]*w[o])")))
    target = "sum(o in Omega: e[o]*w[o]) <= sum(o in Omega: w[o]*(Z[o]*Z[o]))/eps^2"
    scale = p.pos("0 < 1/eps^2", small)
    whole = linear(p, "eps^2*sum(o in Omega: e[o]*w[o]) <= sum(o in Omega: w[o]*(Z[o]*Z[o]))", [mono, pulled])
    d.show(p.order(target, [(1, 1, scale, whole)], small), "sum, and divide by ε²")


@derivation("llr_concentration")
def llr_concentration(d: Draft) -> None:
    """The per-flip log-ratio is near D with high probability, for pairwise independent flips."""
    p = d.p
    d.sets("Omega T X")
    d.numbers("eps")
    d.declare(x="T, Omega -> X", w="Omega -> number", p="X -> number", q="X -> number", e="Omega -> number")
    near = "abs(sum(t in T: log(p[x(t, o)]/q[x(t, o)]))/card(T) - kl(p, q))"
    d.given(
        "forall o in Omega: 0 <= w[o]",
        "sum(o in Omega: w[o]) = 1",
        "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
        "forall i in X: 0 < p[i]",
        "forall i in X: 0 < q[i]",
        "0 < card(T)",
        INDEPENDENT,
        "forall o in Omega: e[o]*e[o] = e[o]",
        f"forall o in Omega: e[o] = 1 => eps <= {near}",
        "0 < eps",
    )
    weights, total, marginal, _, _, some, independent, events, event, small = p.known
    fam = lambda name, *sets: _family(p, name, *sets)  # noqa: E731
    x = _family(p, "x", "T", "Omega")
    shared: dict[str, Node | str] = {"Omega": "Omega", "T": "T", "X": "X", "x": x, "w": fam("w", "Omega"), "p": fam("p", "X")}
    sum_p = p.cite("sum_marginal", shared, [total, marginal, some])
    g = close(p.term("log(p[i]/q[i]) - kl(p, q)"), ("i", "X")) if "i" in p.names else None
    if g is None:
        d.declare(i="X")
        g = close(p.term("log(p[i]/q[i]) - kl(p, q)"), ("i", "X"))
    i = p.fresh("X")
    # the kernel's D, as a plain sum of logs
    value = algebra(p, "kl(p, q) = sum(i in X: p[i]*log(p[i]/q[i]))")
    d.show(value, "the probabilities are positive")
    big_d = p.term("kl(p, q)")
    mean_sum = Node("sum", None, (close(Node("sym", "p", (i,)) * apply_abs(g, i), (i.data, "X")),))
    opened = p.fresh_number()
    shape = algebra(
        p,
        eq(
            Node("sum", None, (close(Node("sym", "p", (i,)) * (apply_abs(g, i).args[0] - opened), (i.data, "X")),)),
            p.term("sum(i in X: p[i]*log(p[i]/q[i]))") - opened * p.term("sum(i in X: p[i])"),
        ),
    )
    shape = p.inst(shape, {opened.data: big_d})
    centred = linear(p, eq(mean_sum, 0), [shape, value, (big_d, sum_p)])
    d.show(centred, "so the log-ratio of one flip, less D, has mean 0")
    variance = p.cite("variance_of_sum", {**shared, "g": g}, [marginal, independent, centred])
    d.show(variance, "variances of pairwise independent flips add up")
    o = p.fresh("Omega")
    z = apply_abs(close(p.term(near.replace("abs", "")), ("o", "Omega")), o) if "o" in p.names else None
    if z is None:
        d.declare(o="Omega")
        z = apply_abs(close(p.term(near.removeprefix("abs")), ("o", "Omega")), o)
    cheb = p.cite(
        "chebyshev",
        {"Omega": "Omega", "eps": p.term("eps"), "w": fam("w", "Omega"), "e": fam("e", "Omega"), "Z": close(z, (o.data, "Omega"))},
        [weights, events, event, small],
    )
    d.show(cheb, "Chebyshev's inequality")
    # Z = (Σ_t g)/N
    t = p.fresh("T")
    s_o = Node("sum", None, (close(apply_abs(g, Node("idx", "x", (t, o))), (t.data, "T")),))
    z_shape = algebra(p, eq(_with(p, z, big_d, opened), _with(p, s_o, big_d, opened) / p.term("card(T)")))
    z_same = p.inst(z_shape, {opened.data: big_d})
    w_o = Node("sym", "w", (o,))
    card = p.term("card(T)")
    squares = linear(
        p, eq(w_o * (z * z), 1 / (card * card) * (w_o * (s_o * s_o))), [(w_o * z, z_same), (w_o * (s_o / card), z_same)]
    )
    spread = p.under("sum", o, squares)
    inside = Node("sum", None, (close(w_o * (s_o * s_o), (o.data, "Omega")),))
    factor = p.scheme("sum_mul", {"X": "Omega", "a": 1 / (card * card), "f": inside.args[0]})
    goal = p.statement(
        "sum(o in Omega: e[o]*w[o]) <= sum(i in X: p[i]*(log(p[i]/q[i]) - kl(p, q))^2)/(card(T)*eps^2)"
    )
    tidy = p.under("sum", i, p.field(eq(Node("sym", "p", (i,)) * apply_abs(g, i) ** 2, Node("sym", "p", (i,)) * apply_abs(g, i) * apply_abs(g, i)), prove(p, lt(0, Node("sym", "q", (i,))))))
    d.show(
        linear(
            p, goal,
            [cheb, ("1/eps^2", spread), ("1/eps^2", factor), (1 / (card * card) / p.term("eps^2"), variance), (1 / card / p.term("eps^2"), tidy)],
        ),
        "the variance of the mean is V/N",
    )



def _with(p: Proof, node: Node, part: Node, by: Node) -> Node:
    from ..proof import replace

    return replace(node, part, by)


def _family(p: Proof, name: str, *sets: str) -> Node:
    """Return λ i j …. name(i, j, …) for a declared symbol or index function."""
    points = [p.fresh(s) for s in sets]
    op = "sym" if p.scope[name][1] == "number" else "idx"
    return close(Node(op, name, tuple(points)), *((k.data, s) for k, s in zip(points, sets, strict=True)))


_ = (Fact, forall)
