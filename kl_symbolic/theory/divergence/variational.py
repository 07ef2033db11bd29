"""The divergence as a supremum over tilts of q, and how far it stays below χ²."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, exp, log
from ...proving.idioms import (
    above_zero,
    combined,
    distribution,
    dominated,
    dominates,
    family,
    iff_trans,
    positive_value,
    rel_entr,
    vanishes,
    weights,
)
from ...proving.tactics import algebra, linear, prove

# --- tilting q by e^g --------------------------------------------------------------------------------------------


@derivation("tilt_dominated")
def tilt_dominated(d: Draft) -> None:
    """An exponential factor keeps absolute continuity."""
    p = d.p
    _, b, g = d.numbers("a b g")
    (ac,) = d.given("b = 0 => a = 0")
    none = p.assume(eq(b * exp(g), 0))
    plain = p.order(eq(b, 0), [(1, 1 / exp(g), none)], p.scheme("exp_pos", {"a": g}))
    d.show(p.disch(none.statement, p.mp(ac, plain)), "exp is positive")


@derivation("rel_entr_tilt")
def rel_entr_tilt(d: Draft) -> None:
    """An exponential factor of the second argument: the log of a product, with zeros allowed."""
    p = d.p
    a, b, g = d.numbers("a b g")
    sa, sb, ac = d.given("0 <= a", "0 <= b", "b = 0 => a = 0")
    goal = eq(rel_entr(a, b * exp(g)), rel_entr(a, b) - a * g)
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    left = linear(p, goal, [vanishes(p, a, b * exp(g), zero), vanishes(p, a, b, zero), (g, zero)])
    d.show(left, "where `a = 0`, all terms are 0")
    pa, pb, pe = above_zero(p, sa, some), dominates(p, sb, ac, some), p.scheme("exp_pos", {"a": g})
    values = [positive_value(p, pa, p.pos(lt(0, b * exp(g)), pb, pe)), positive_value(p, pa, pb)]
    product = p.scheme("log_mul", {"a": b, "b": exp(g)}, [pb, pe])
    right = linear(p, goal, [*values, (a, product), (a, p.scheme("log_exp", {"a": g}))])
    d.show(right, "elsewhere, `log(b*exp(g)) = log(b) + g`")
    d.show(p.cases(zero.statement, left, right), "in each of the two cases")


def _tilted(d: Draft) -> None:
    """Declare a distribution p, weights q that dominate it, and any numbers g."""
    d.sets("X")
    distribution(d, "p")
    weights(d, "q")
    dominated(d, "p", "q")
    d.family("g", "X")


def _tilted_at(p: Proof, i: Node) -> tuple[Node, Node, Node]:
    """Return p_i, q_i e^g_i and g_i."""
    a, b, g = (p.symbol(name, i) for name in "pqg")
    return a, b * exp(g), g


def _tilt_facts(d: Draft) -> tuple[dict[str, Node | str], list[Fact]]:
    """Return p and q·e^g as families a and b of the log-sum inequality, and its hypotheses for them."""
    p = d.p
    np_, _, nq, ac = p.known
    i = p.fresh("X")
    a, b, g = _tilted_at(p, i)
    under = p.cite("tilt_dominated", {"a": a, "b": b.args[0], "g": g}, [p.spec(ac, i)])
    sign = p.pos(le(0, b), p.spec(nq, i), p.scheme("exp_pos", {"a": g}))
    values: dict[str, Node | str] = {"X": "X", "a": family(p, "p"), "b": close(b, (i.data, "X"))}
    return values, [np_, p.gen(i, sign), p.gen(i, under)]


@derivation("partition_pos")
def partition_pos(d: Draft) -> None:
    """The partition function is positive: otherwise the model would be zero, and with it a distribution."""
    p = d.p
    _tilted(d)
    sp = p.known[1]
    values, (_, signs, under) = _tilt_facts(d)
    sums = p.cite("sum_eq_zero_of_dominated", values, [signs, under])
    d.show(sums, "absolute continuity passes to sums")
    one = p.order(ne(sp.left, 0), [(-1, 1), (1, 1, sp)])
    d.show(
        dominates(p, prove(p, le(0, sums.statement.args[0].args[0]), [signs]), sums, one), "but `sum(i in X: p[i]) = 1`"
    )


@derivation("kl_tilt")
def kl_tilt(d: Draft) -> None:
    """Tilting the model by an exponential factor subtracts the mean exponent from the divergence."""
    p = d.p
    _tilted(d)
    np_, _, nq, ac = p.known
    i = p.fresh("X")
    a, b, g = _tilted_at(p, i)
    each = p.cite("rel_entr_tilt", {"a": a, "b": b.args[0], "g": g}, [p.spec(f, i) for f in (np_, nq, ac)])
    plain = each.right.args[0]
    laid = p.order(eq(each.left, 1 * plain + (-1) * (a * g)), [(1, 1, each)])
    parts = combined(p, i, laid, (1, -1), (plain, a * g))
    opened = p.unfold(p.term("kl(p, q)"))
    goal = "sum(i in X: rel_entr(p[i], q[i]*exp(g[i]))) = kl(p, q) - sum(i in X: p[i]*g[i])"
    d.show(linear(p, goal, [parts, opened]), "sum over the outcomes")


def _log_sum(d: Draft, lemma: str) -> tuple[Fact, list[Fact]]:
    """Cite the log-sum inequality, or its equality case, for p and q·e^g, with Σp = 1; and what its terms are."""
    p = d.p
    _tilted(d)
    values, facts = _tilt_facts(d)
    same: dict[str, Node | str] = {"X": "X", **{n: family(p, n) for n in "pqg"}}
    positive, tilt = p.cite("partition_pos", same, p.known), p.cite("kl_tilt", same, p.known)
    line = p.rewrite(p.cite(lemma, values, facts), p.known[1])
    one = p.pos("0 < 1")
    value = positive_value(p, one, positive)
    return line, [value, p.cite("log_one", {}), tilt]


_BOUND = "sum(i in X: p[i]*g[i]) - log(sum(i in X: q[i]*exp(g[i])))"


@derivation("donsker_varadhan_le")
def donsker_varadhan_le(d: Draft) -> None:
    """**The Donsker–Varadhan inequality**: any function gives a lower bound of the divergence."""
    p = d.p
    line, facts = _log_sum(d, "log_sum_le")
    d.show(line, "the log-sum inequality for the tilted model, where `sum(i in X: p[i]) = 1`")
    d.show(facts[-1], "tilting subtracts the mean of `g` from the divergence")
    d.show(linear(p, f"{_BOUND} <= kl(p, q)", [line, *facts]), "the relative entropy of 1 is the opposite of a log")


@derivation("donsker_varadhan_eq_iff")
def donsker_varadhan_eq_iff(d: Draft) -> None:
    """The bound is reached exactly where the distribution is the tilted model, normalized."""
    p = d.p
    line, facts = _log_sum(d, "log_sum_eq_iff")
    d.show(line, "the equality case of the log-sum inequality for the tilted model")
    d.show(facts[-1], "tilting subtracts the mean of `g` from the divergence")
    tight = p.statement(f"{_BOUND} = kl(p, q)")
    forward = linear(p, line.left, [p.assume(tight), *facts])
    backward = linear(p, tight, [p.assume(line.left), *facts])
    first = p.iff_intro(tight, line.left, forward, backward)
    goal = p.statement("forall i in X: p[i]*sum(j in X: q[j]*exp(g[j])) = q[i]*exp(g[i])")
    i = p.fresh("X")
    a, b, _ = _tilted_at(p, i)
    whole = goal.args[0].args[0].args[0].args[1]
    meet, back = p.spec(p.assume(line.right), i), p.spec(p.assume(goal), i)
    second = p.iff_intro(
        line.right,
        goal,
        p.gen(i, p.order(eq(a * whole, b), [(1, 1, meet)])),
        p.gen(i, p.order(meet.statement, [(1, 1, back)])),
    )
    d.show(iff_trans(p, iff_trans(p, first, line), second), "the relative entropy of 1 is the opposite of a log")


@derivation("donsker_varadhan_attained")
def donsker_varadhan_attained(d: Draft) -> None:
    """The bound is reached at the log of the ratio."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    pp, pq, sp = d.given("forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]", "sum(i in X: p[i]) = 1")
    i = p.fresh("X")
    a, b = d.symbol("p", i), d.symbol("q", i)
    pa, pb = p.spec(pp, i), p.spec(pq, i)
    back = p.cite("exp_log", {"x": a / b}, [p.pos(lt(0, a / b), pa, pb)])
    each = p.order(eq(b * back.left, a), [(1, b, back)], pb)
    d.show(p.gen(i, each), "exp undoes log")
    whole = p.trans(p.under("sum", i, each), sp)
    d.show(whole, "so these sum to 1")
    flat = p.trans(p.congr(log(whole.left), whole), p.cite("log_one", {}))
    value = p.cite("kl_eq_sum_log", {"X": "X", "p": family(p, "p"), "q": family(p, "q")}, [pp, pq])
    goal = "sum(i in X: p[i]*log(p[i]/q[i])) - log(sum(i in X: q[i]*exp(log(p[i]/q[i])))) = kl(p, q)"
    d.show(linear(p, goal, [value, flat]), "`log(1) = 0`")


# --- χ² ----------------------------------------------------------------------------------------------------------

_CHI2 = "sum(i in X: (p[i] - q[i])^2/q[i])"


@derivation("rel_entr_le")
def rel_entr_le(d: Draft) -> None:
    """An upper bound of the relative entropy: the tangent of the logarithm, with a free scale."""
    p = d.p
    a, b, z = d.numbers("a b z")
    sa, pb, pz = d.given("0 <= a", "0 < b", "0 < z")
    goal = p.statement("rel_entr(a, b) <= a*log(z) + ((a - b)^2/b + 2*a - b)/z - a")
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    left = p.order(goal, [(1, 1, vanishes(p, a, b, zero)), (-1, log(z) + a / (b * z) - 1, zero)], pb, pz)
    d.show(left, "where `a = 0`")
    pa = above_zero(p, sa, some)
    ratio = a / (b * z)
    tangent = p.scheme("log_le", {"a": ratio}, [p.pos(lt(0, ratio), pa, pb, pz)])
    d.show(tangent, "elsewhere, the tangent")
    logs = algebra(p, eq(log(ratio), p.term("log(a) - (log(b) + log(z))")), [pa])
    right = p.order(goal, [(1, 1, pa, tangent), (-1, a, logs), (1, 1, positive_value(p, pa, pb))], pb, pz)
    d.show(right, "times `a`")
    d.show(p.cases(zero.statement, left, right), "in each of the two cases")


def _positive_model(d: Draft) -> None:
    d.sets("X")
    distribution(d, "p")
    distribution(d, "q")
    d.given("forall i in X: 0 < q[i]")


@derivation("kl_le_log_one_add_chi2")
def kl_le_log_one_add_chi2(d: Draft) -> None:
    """The divergence is at most the log of 1 plus the χ² divergence."""
    p = d.p
    _positive_model(d)
    sa, sp, _, sq, pq = p.known
    i, (z,) = p.fresh("X"), d.numbers("z")
    a, b = d.symbol("p", i), d.symbol("q", i)
    pz, pb = p.assume(lt(0, z)), p.spec(pq, i)
    lines = p.gen(i, p.cite("rel_entr_le", {"a": a, "b": b, "z": z}, [p.spec(sa, i), pb, pz]))
    bound = p.spec(d.show(lines, "for each outcome, with any positive `z`"), i)
    # The same, laid out as a combination of (p − q)²/q, p and q.
    gap, scale = (a - b) ** num(2) / b, log(z) + 2 / z - 1
    rest = scale * a + -1 / z * b
    each = p.gen(i, p.order(le(bound.left, 1 / z * gap + 1 * rest), [(1, 1, bound)], pb, pz))
    f, g = (close(t, (i.data, "X")) for t in (bound.left, 1 / z * gap + 1 * rest))
    facts = [p.scheme("sum_mono", {"X": "X", "f": f, "g": g}, [each]), p.unfold(p.term("kl(p, q)"))]
    for scales, terms in (((1 / z, 1), (gap, rest)), ((scale, -1 / z), (a, b))):
        f, g = (close(t, (i.data, "X")) for t in terms)
        facts.append(p.cite("sum_linear", {"X": "X", "a": num(scales[0]), "b": num(scales[1]), "f": f, "g": g}))
    chi2 = p.term(_CHI2)
    summed = linear(p, le(p.term("kl(p, q)"), log(z) + (chi2 + 1) / z - 1), [*facts, (scale, sp), (1 / z, sq)], [pz])
    d.show(summed, "sum over the outcomes: both distributions sum to 1")
    whole = p.pos(lt(0, 1 + chi2), prove(p, le(0, chi2)))
    best = p.inst(summed, {"z": 1 + chi2}, [whole])
    d.prose(f"Take `z = 1 + {_CHI2}`.")
    d.show(p.order(le(best.left, log(1 + chi2)), [(1, 1, best)], whole), "the last two terms cancel")


@derivation("kl_le_chi2")
def kl_le_chi2(d: Draft) -> None:
    """The divergence is at most the χ² divergence."""
    p = d.p
    _positive_model(d)
    sharper = p.cite("kl_le_log_one_add_chi2", {"X": "X", **{n: family(p, n) for n in "pq"}}, p.known)
    d.show(sharper, "the sharper bound")
    inside = sharper.right.args[0]
    tangent = p.scheme("log_le", {"a": inside}, [p.pos(lt(0, inside), prove(p, le(0, p.term(_CHI2))))])
    d.show(tangent, "the tangent of the logarithm")
    d.show(linear(p, f"kl(p, q) <= {_CHI2}", [sharper, tangent]), "together")
