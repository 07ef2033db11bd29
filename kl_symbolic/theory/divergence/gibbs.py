"""The tangent, the master inequality, and Gibbs' inequality with its equality case."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, lam, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, log
from ...proving.idioms import family, iff_trans
from ...proving.tactics import algebra, linear


@derivation("log_eq_sub_one_iff")
def log_eq_sub_one_iff(d: Draft) -> None:
    """log x = x − 1 exactly at x = 1, through log x = 2 log √x."""
    p = d.p
    (x,) = d.positive("x")
    root = p.term("x^(1/2)")
    half = p.cite("log_le_half", {"x": x}, [p.known[0]])
    d.show(half, "twice the tangent at the square root")
    touch = p.assume("log(x) = x - 1")
    # √x·√x = exp(½ log x + ½ log x) = x
    same = p.scheme("rpow_def", {"a": x, "b": p.term("1/2")}, [p.known[0]])
    add = p.cite("exp_add", {"a": p.term("1/2*log(x)"), "b": p.term("1/2*log(x)")})
    whole = p.trans(p.congr(p.term("exp(log(x))"), p.field("log(x) = 1/2*log(x) + 1/2*log(x)")), add)
    back = p.cite("exp_log", {"x": x}, [p.known[0]])
    square = linear(p, eq(root * root, x), [(root, same), ("exp(1/2*log(x))", same), whole, back])
    d.show(square, "√x·√x = x")
    d.prose("Where `log(x) = x - 1`, this forces `(x^(1/2) - 1)^2 <= 0`.")
    flat = d.show(linear(p, "(x^(1/2) - 1)*(x^(1/2) - 1) <= 0", [half, touch, square]), "x = √x·√x")
    other = p.assume(ne(root - 1, 0))
    pos = p.pos(lt(0, (root - 1) * (root - 1)), other)
    contradiction = p.order("0 < 0", [(1, 1, flat), (1, 1, pos)])
    false = p.absurd("x = 1", p.field("0 = 0"), p.order("0 != 0", [(1, 1, contradiction)]))
    is_one = p.assume(eq(root - 1, 0))
    true = linear(p, "x = 1", [(root, is_one), is_one, square])
    forward = p.cases(eq(root - 1, 0), true, false)
    one = p.assume("x = 1")
    log_one = p.trans(p.congr(p.term("log(x)"), one), p.cite("log_one", {}))
    backward = linear(p, "log(x) = x - 1", [log_one, one])
    d.show(
        p.iff_intro("log(x) = x - 1", "x = 1", forward, backward),
        "and at 1 both sides are 0",
    )


@derivation("rel_entr_tangent")
def rel_entr_tangent(d: Draft) -> None:
    """a·log c + a − c·b ≤ rel_entr(a, b): log x ≤ x − 1 at x = c·b/a; at a = 0 it says −c·b ≤ 0."""
    p = d.p
    a, b, c = d.numbers("a b c")
    ha, hb, hac, hc = d.given("0 <= a", "0 <= b", "b = 0 => a = 0", "0 < c")
    goal = p.statement("a*log(c) + a - c*b <= rel_entr(a, b)")
    zero = p.assume(eq(a, 0))
    at_zero = algebra(p, "rel_entr(a, b) = 0", [zero])
    d.show(at_zero, "at a = 0, by 0 log 0 = 0")
    left = linear(p, goal, [at_zero, (1, hc, hb), ("log(c)", zero), zero])
    d.show(left, "so the claim is −c b ≤ 0 there")
    some = p.assume(ne(a, 0))
    pa = p.lt_of_le_ne(ha, p.symm(some))
    bz = p.assume(eq(b, 0))
    clash = p.absurd("b != 0", p.mp(hac, bz), some)
    bn = p.assume(ne(b, 0))
    nb = p.cases(eq(b, 0), clash, bn)
    pb = p.lt_of_le_ne(hb, p.symm(nb))
    x = c * b / a
    px = p.pos(lt(0, x), hc, pa, pb)
    tangent = p.scheme("log_le", {"a": x}, [px])
    d.show(tangent, "elsewhere, the tangent at c b/a")
    logs = algebra(p, eq(log(x), p.term("log(c) + log(b) - log(a)")), [pa, pb])
    values = algebra(p, "rel_entr(a, b) = a*log(a) - a*log(b)", [pa, pb])
    right = linear(p, goal, [(1, pa, tangent), (a, logs), values], [pa])
    d.show(right, "multiply by a and expand the log")
    d.show(p.cases(eq(a, 0), left, right), "in each of the two cases")


@derivation("rel_entr_tangent_iff")
def rel_entr_tangent_iff(d: Draft) -> None:
    """a·log c + a − c·b = rel_entr(a, b) ⇔ a = c·b."""
    p = d.p
    a, b, c = d.numbers("a b c")
    ha, hb, hac, hc = d.given("0 <= a", "0 <= b", "b = 0 => a = 0", "0 < c")
    touch = p.statement("a*log(c) + a - c*b = rel_entr(a, b)")
    meet = p.statement("a = c*b")
    zero = p.assume(eq(a, 0))
    at_zero = algebra(p, "rel_entr(a, b) = 0", [zero])
    assumed, met = p.assume(touch), p.assume(meet)
    first = linear(p, meet, [assumed, at_zero, ("log(c)", zero)])
    second = linear(p, touch, [met, at_zero, ("log(c)", zero)])
    left = p.iff_intro(touch, meet, first, second)
    d.show(left, "at a = 0 both say that c b = 0")
    some = p.assume(ne(a, 0))
    pa = p.lt_of_le_ne(ha, p.symm(some))
    bz = p.assume(eq(b, 0))
    clash = p.absurd("b != 0", p.mp(hac, bz), some)
    nb = p.cases(eq(b, 0), clash, p.assume(ne(b, 0)))
    pb = p.lt_of_le_ne(hb, p.symm(nb))
    x = c * b / a
    log_x = log(x)
    px = p.pos(lt(0, x), hc, pa, pb)
    case = p.cite("log_eq_sub_one_iff", {"x": x}, [px])
    logs = algebra(p, eq(log_x, p.term("log(c) + log(b) - log(a)")), [pa, pb])
    values = algebra(p, "rel_entr(a, b) = a*log(a) - a*log(b)", [pa, pb])
    d.show(case, "elsewhere, the equality case of the tangent at c b/a")
    tight = linear(p, eq(log_x, x - 1), [(1 / a, assumed), logs, (1 / a, values)], [pa])
    one = p.mp(p.iff_elim(case), tight)
    forward = linear(p, meet, [(a, one)], [pa])
    one_back = linear(p, eq(x, 1), [(1 / a, met)], [pa])
    tight_back = p.mp(p.iff_elim(p.symm(case)), one_back)
    backward = linear(p, touch, [(a, tight_back), (a, logs), values], [pa])
    right = p.iff_intro(touch, meet, forward, backward)
    d.show(right, "multiply by a and expand the log")
    d.show(p.cases(eq(a, 0), left, right), "in each of the two cases")


def _tangent_at_each(d: Draft) -> tuple[Node, Fact, dict[str, Node]]:
    """Declare a, b, c over X with the hypotheses of the master inequality; return the pointwise tangent."""
    p = d.p
    d.sets("X")
    a, b, c = (d.family(n, "X") for n in "abc")
    d.given(
        "forall i in X: 0 <= a[i]",
        "forall i in X: 0 <= b[i]",
        "forall i in X: b[i] = 0 => a[i] = 0",
        "forall i in X: 0 < c[i]",
    )
    i = p.fresh("X")
    values = {"a": a[i], "b": b[i], "c": c[i]}
    return i, p.cite("rel_entr_tangent", values, [p.spec(f, i) for f in p.known]), values


@derivation("master_inequality")
def master_inequality(d: Draft) -> None:
    """Sum the tangent."""
    p = d.p
    i, point, _ = _tangent_at_each(d)
    d.show(p.gen(i, point), "the tangent, for each outcome")
    f, g = close(point.left, (i.data, "X")), close(point.right, (i.data, "X"))
    d.show(p.scheme("sum_mono", {"X": "X", "f": f, "g": g}, [p.gen(i, point)]), "sum over the outcomes")


@derivation("sum_eq_iff_of_le")
def sum_eq_iff_of_le(d: Draft) -> None:
    """Where each summand is at most the other, the sums agree exactly when all summands do."""
    p = d.p
    d.sets("X")
    f, g = d.family("f", "X"), d.family("g", "X")
    (below,) = d.given("forall i in X: f[i] <= g[i]")
    total, each = p.statement("sum(i in X: f[i]) = sum(i in X: g[i])"), p.statement("forall i in X: f[i] = g[i]")
    i = p.fresh("X")
    gap = g[i] - f[i]
    assumed = p.assume(total)
    split = algebra(p, "sum(i in X: g[i] - f[i]) = sum(i in X: g[i]) - sum(i in X: f[i])")
    zero = linear(p, "sum(i in X: g[i] - f[i]) = 0", [split, assumed])
    nonneg = p.gen(i, p.order(le(0, gap), [(1, 1, p.spec(below, i))]))
    all_zero = p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": close(gap, (i.data, "X"))}, [nonneg, zero])
    d.show(all_zero, "the gaps are not negative and sum to 0")
    forward = p.gen(i, linear(p, eq(f[i], g[i]), [p.spec(all_zero, i)]))
    backward = p.congr_under("sum", "X", p.assume(each))
    d.show(p.iff_intro(total, each, forward, backward), "so each gap is 0")


@derivation("forall_congr_iff")
def forall_congr_iff(d: Draft) -> None:
    """∀i (f = g) ⇔ ∀i (h = k) when f = g ⇔ h = k for each i."""
    p = d.p
    d.sets("X")
    for name in "fghk":
        d.family(name, "X")
    (each,) = d.given("forall i in X: (f[i] = g[i] <=> h[i] = k[i])")
    first, second = p.statement("forall i in X: f[i] = g[i]"), p.statement("forall i in X: h[i] = k[i]")
    i = p.fresh("X")
    here = p.spec(each, i)
    forward = p.gen(i, p.mp(p.iff_elim(here), p.spec(p.assume(first), i)))
    backward = p.gen(i, p.mp(p.iff_elim(p.symm(here)), p.spec(p.assume(second), i)))
    d.show(p.iff_intro(first, second, forward, backward), "for each i")


@derivation("master_inequality_iff")
def master_inequality_iff(d: Draft) -> None:
    """The sums agree exactly when every tangent touches."""
    p = d.p
    i, point, values = _tangent_at_each(d)
    over = {n: close(t, (i.data, "X")) for n, t in (("f", point.left), ("g", point.right))}
    sums = p.cite("sum_eq_iff_of_le", {"X": "X", **over}, [p.gen(i, point)])
    d.show(sums, "a sum of inequalities is an equality only if each one is")
    touch = p.cite("rel_entr_tangent_iff", values, [p.spec(f, i) for f in p.known])
    meet = {"h": close(values["a"], (i.data, "X")), "k": close(values["c"] * values["b"], (i.data, "X"))}
    each = p.cite("forall_congr_iff", {"X": "X", **over, **meet}, [p.gen(i, touch)])
    d.show(p.gen(i, touch), "where the tangent touches")
    d.show(iff_trans(p, sums, each), "together")


@derivation("kl_nonneg")
def kl_nonneg(d: Draft) -> None:
    """**Gibbs' inequality**: the master inequality at c = 1."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    hp, sp, hq, sq, ac = d.given(
        "forall i in X: 0 <= p[i]",
        "sum(i in X: p[i]) = 1",
        "forall i in X: 0 <= q[i]",
        "sum(i in X: q[i]) <= 1",
        "forall i in X: q[i] = 0 => p[i] = 0",
    )
    d.prose("The tangent of the logarithm, summed: the one inequality behind the others.")
    master = _master(p, "p", "q", [hp, hq, ac])
    d.show(master, "the master inequality with c = 1")
    left = algebra(p, eq(master.left, p.term("sum(i in X: p[i]) - sum(i in X: q[i])")))
    d.show(left, "log 1 = 0")
    opened = p.unfold(p.term("kl(p, q)"))
    d.show(linear(p, "0 <= kl(p, q)", [master, left, opened, sp, sq]), "Σp = 1 and Σq ≤ 1")


def _master(p: Proof, a: str, b: str, signs: list[Fact], lemma: str = "master_inequality") -> Fact:
    """The master inequality (or its equality case) with c = 1."""
    one = p.gen(p.fresh("X"), p.pos("0 < 1"))
    values = {"a": family(p, a), "b": family(p, b), "c": lam(("X",), num(1))}
    return p.cite(lemma, {"X": "X", **values}, [*signs, one])


@derivation("kl_self")
def kl_self(d: Draft) -> None:
    """D(p‖p) = 0."""
    d.sets("X")
    d.family("p", "X")
    d.given("forall i in X: 0 <= p[i]")
    d.start("kl(p, p)")
    d.eq("sum(i in X: xlogy(p[i], p[i]) - xlogy(p[i], p[i]))", because="the definition")
    d.eq("0", because="each summand is 0")
    d.close()


@derivation("kl_eq_zero_iff")
def kl_eq_zero_iff(d: Draft) -> None:
    """The equality case of Gibbs' inequality."""
    p = d.p
    d.sets("X")
    a, b = d.family("p", "X"), d.family("q", "X")
    hp, sp, hq, sq, ac = d.given(
        "forall i in X: 0 <= p[i]",
        "sum(i in X: p[i]) = 1",
        "forall i in X: 0 <= q[i]",
        "sum(i in X: q[i]) = 1",
        "forall i in X: q[i] = 0 => p[i] = 0",
    )
    case = _master(p, "p", "q", [hp, hq, ac], "master_inequality_iff")
    d.show(case, "the equality case of the master inequality with c = 1")
    total = case.left
    left = algebra(p, eq(total.args[0], p.term("sum(i in X: p[i]) - sum(i in X: q[i])")))
    opened = p.unfold(p.term("kl(p, q)"))
    zero, same = p.statement("kl(p, q) = 0"), p.statement("forall i in X: p[i] = q[i]")
    i = p.fresh("X")
    tight = linear(p, total, [left, sp, sq, opened, p.assume(zero)])
    meet = p.mp(p.iff_elim(case), tight)
    forward = p.gen(i, linear(p, eq(a[i], b[i]), [p.spec(meet, i)]))
    scaled = p.gen(i, linear(p, eq(a[i], num(1) * b[i]), [p.spec(p.assume(same), i)]))
    tight_back = p.mp(p.iff_elim(p.symm(case)), scaled)
    backward = linear(p, zero, [tight_back, left, sp, sq, opened])
    d.show(p.iff_intro(zero, same, forward, backward), "Σp = 1 = Σq")
