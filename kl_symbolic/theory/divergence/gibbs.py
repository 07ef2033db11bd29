"""The tangent, the master inequality, and Gibbs' inequality with its equality case."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, log
from ...proving.idioms import follow, iff_trans, summed
from ...proving.tactics import algebra, linear


@derivation("log_eq_sub_one_iff")
def log_eq_sub_one_iff(d: Draft) -> None:
    """The logarithm touches its tangent at 1 only: the tangent at the square root, doubled, is stronger elsewhere."""
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
    d.show(square, "a square root times itself")
    d.prose("Where `log(x) = x - 1`, this forces `(x^(1/2) - 1)^2 <= 0`.")
    flat = d.show(
        linear(p, "(x^(1/2) - 1)*(x^(1/2) - 1) <= 0", [half, touch, square]),
        "with the square root squared in place of `x`",
    )
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
    """The tangent of the logarithm, multiplied by a number that may be 0."""
    p = d.p
    a, b, c = d.numbers("a b c")
    ha, hb, hac, hc = d.given("0 <= a", "0 <= b", "b = 0 => a = 0", "0 < c")
    goal = p.statement("a*log(c) + a - c*b <= rel_entr(a, b)")
    zero = p.assume(eq(a, 0))
    at_zero = algebra(p, "rel_entr(a, b) = 0", [zero])
    d.show(at_zero, "where `a = 0`")
    left = linear(p, goal, [at_zero, (1, hc, hb), ("log(c)", zero), zero])
    d.show(left, "so that the claim says `-(c*b) <= 0`")
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
    d.show(tangent, "elsewhere, the tangent at `c*b/a`")
    logs = algebra(p, eq(log(x), p.term("log(c) + log(b) - log(a)")), [pa, pb])
    values = algebra(p, "rel_entr(a, b) = a*log(a) - a*log(b)", [pa, pb])
    right = linear(p, goal, [(1, pa, tangent), (a, logs), values], [pa])
    d.show(right, "multiply by `a` and expand the log")
    d.show(p.cases(eq(a, 0), left, right), "in each of the two cases")


@derivation("rel_entr_tangent_iff")
def rel_entr_tangent_iff(d: Draft) -> None:
    """Where the tangent of the logarithm, multiplied by a number that may be 0, is reached."""
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
    d.show(left, "where `a = 0`, both say that `c*b = 0`")
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
    d.show(case, "elsewhere, the equality case of the tangent at `c*b/a`")
    tight = linear(p, eq(log_x, x - 1), [(1 / a, assumed), logs, (1 / a, values)], [pa])
    one = p.mp(p.iff_elim(case), tight)
    forward = linear(p, meet, [(a, one)], [pa])
    one_back = linear(p, eq(x, 1), [(1 / a, met)], [pa])
    tight_back = p.mp(p.iff_elim(p.symm(case)), one_back)
    backward = linear(p, touch, [(a, tight_back), (a, logs), values], [pa])
    right = p.iff_intro(touch, meet, forward, backward)
    d.show(right, "multiply by `a` and expand the log")
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
    """The tangents of the logarithm, one for each outcome, added up."""
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
    """Equations that are equivalent for each index are equivalent for all indices."""
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
    d.show(p.iff_intro(first, second, forward, backward), "for each index")


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


def _tangent(p: Proof, i: Node) -> Fact:
    """Return p_i − q_i ≤ rel_entr(p_i, q_i), the tangent at c = 1."""
    a, b = p.symbol("p", i), p.symbol("q", i)
    signs, _, other_signs, _, ac = p.known
    premises = [*(p.spec(f, i) for f in (signs, other_signs, ac)), p.pos("0 < 1")]
    tangent = p.cite("rel_entr_tangent", {"a": a, "b": b, "c": num(1)}, premises)
    return linear(p, le(a - b, tangent.right), [tangent, (a, p.cite("log_one", {}))])


def _sum_of_gaps(p: Proof) -> Fact:
    """Return Σ_i (p_i − q_i) = Σ_i p_i − Σ_i q_i."""
    return algebra(p, "sum(i in X: p[i] - q[i]) = sum(i in X: p[i]) - sum(i in X: q[i])")


@derivation("kl_nonneg")
def kl_nonneg(d: Draft) -> None:
    """**Gibbs' inequality**: the divergence of two distributions is never negative."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    _, sp, _, sq, _ = d.given(
        "forall i in X: 0 <= p[i]",
        "sum(i in X: p[i]) = 1",
        "forall i in X: 0 <= q[i]",
        "sum(i in X: q[i]) <= 1",
        "forall i in X: q[i] = 0 => p[i] = 0",
    )
    d.prose(
        """The logarithm lies below its tangent at 1: `log(q[i]/p[i]) <= q[i]/p[i] - 1` where `p[i]` is positive.
        Multiply by `-p[i]`:"""
    )
    i = p.fresh("X")
    each = d.show(p.gen(i, _tangent(p, i)), "the tangent; where `p[i] = 0` it says that `-q[i] <= 0`")
    total = summed(p, each)
    facts = [total, _sum_of_gaps(p), p.unfold(p.term("kl(p, q)"))]
    whole = linear(p, "sum(i in X: p[i]) - sum(i in X: q[i]) <= kl(p, q)", facts)
    d.show(whole, "sum over the outcomes")
    d.start("0")
    d.le("1 - sum(i in X: q[i])", by=sq, because="`sum(i in X: q[i]) <= 1`")
    d.le("kl(p, q)", by=linear(p, le(d.current, whole.right), [whole, sp]), because="`sum(i in X: p[i]) = 1`")
    d.close()


@derivation("kl_self")
def kl_self(d: Draft) -> None:
    """The divergence of a distribution from itself is 0."""
    d.sets("X")
    d.family("p", "X")
    d.given("forall i in X: 0 <= p[i]")
    d.start("kl(p, p)")
    d.eq("sum(i in X: xlogy(p[i], p[i]) - xlogy(p[i], p[i]))", because="the definition")
    d.eq("0", because="each summand is 0")
    d.close()


@derivation("kl_eq_zero_iff")
def kl_eq_zero_iff(d: Draft) -> None:
    """The **equality case of Gibbs' inequality**: the divergence is zero only between equal distributions."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    signs, sp, other_signs, sq, ac = d.given(
        "forall i in X: 0 <= p[i]",
        "sum(i in X: p[i]) = 1",
        "forall i in X: 0 <= q[i]",
        "sum(i in X: q[i]) = 1",
        "forall i in X: q[i] = 0 => p[i] = 0",
    )
    i = p.fresh("X")
    tangent = _tangent(p, i)
    a, b = tangent.left.args
    each = d.show(p.gen(i, tangent), "the tangent of the logarithm, as in Gibbs' inequality")
    # At c = 1 the tangent touches where p_i = 1·q_i.
    premises = [*(p.spec(f, i) for f in (signs, other_signs, ac)), p.pos("0 < 1")]
    case = p.cite("rel_entr_tangent_iff", {"a": a, "b": b, "c": num(1)}, premises)
    one = (a, p.cite("log_one", {}))
    tight, meet = p.assume(eq(a - b, tangent.right)), p.assume(eq(a, b))
    forward = linear(p, meet.statement, [follow(p, case, linear(p, case.left, [tight, one]))])
    backward = linear(p, tight.statement, [follow(p, case, linear(p, case.right, [meet])), one])
    touch = p.gen(i, p.iff_intro(tight.statement, meet.statement, forward, backward))
    d.show(touch, "the tangent touches the logarithm at 1 only")
    sums = summed(p, each, "sum_eq_iff_of_le")
    gaps = linear(p, "sum(i in X: p[i] - q[i]) = 0", [_sum_of_gaps(p), sp, sq])
    d.show(gaps, "both distributions sum to 1")
    sides = {"f": a - b, "g": tangent.right, "h": a, "k": b}
    families = {name: close(term, (i.data, "X")) for name, term in sides.items()}
    all_touch = iff_trans(p, sums, p.cite("forall_congr_iff", {"X": "X", **families}, [touch]))
    opened, zero = p.unfold(p.term("kl(p, q)")), p.assume("kl(p, q) = 0")
    forward = linear(p, sums.left, [gaps, opened, zero])
    backward = linear(p, zero.statement, [gaps, opened, p.assume(sums.left)])
    first = p.iff_intro(zero.statement, sums.left, forward, backward)
    d.show(iff_trans(p, first, all_touch), "a sum of inequalities is an equality only if each one is")
