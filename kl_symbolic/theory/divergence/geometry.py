"""The geometry of the divergence: mixtures, three points, and coins in a row."""

from __future__ import annotations

from ...kernel.statements import eq, implies, le, lt, ne
from ...kernel.terms import Node
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, log
from ...proving.idioms import (
    above_zero,
    combined,
    family,
    positive_value,
    rel_entr,
    sum_of,
    weights,
    xlogy,
    xlogy_at_zero,
)
from ...proving.tactics import linear, prove
from ...proving.tactics.facts import sum_zero


@derivation("weighted_sum_swap")
def weighted_sum_swap(d: Draft) -> None:
    """A weighted sum of sums, in the other order."""
    p = d.p
    d.sets("T X")
    w, f = d.family("w", "T"), d.family("f", "T", "X")
    k, i = p.fresh("T"), p.fresh("X")
    inside = p.scheme("sum_mul", {"X": "X", "a": w[k], "f": close(f[k, i], (i.data, "X"))})
    pushed = p.under("sum", k, p.symm(inside))
    both = close(w[k] * f[k, i], (k.data, "T"), (i.data, "X"))
    swap = p.scheme("sum_swap", {"X": "T", "Y": "X", "f": both})
    d.show(pushed, "the weights move inside")
    d.show(p.trans(pushed, swap), "finite sums commute")


@derivation("xlogy_mixture")
def xlogy_mixture(d: Draft) -> None:
    """The log of a constant comes out of a mean, also where the constant is 0."""
    p = d.p
    d.sets("T")
    w, a = d.family("w", "T"), d.family("a", "T")
    (b,) = d.numbers("b")
    sb, ac = d.given("0 <= b", "forall k in T: b = 0 => a[k] = 0")
    x, k = p.fresh_number(), p.fresh("T")
    whole = p.term("sum(k in T: w[k]*a[k])")
    none, some = p.assume(eq(b, 0)), p.assume(ne(b, 0))
    # Whatever log 0 is, x log b is what xlogy(x, b) is, for x = 0 where b = 0.
    vanish = p.assume(implies(none.statement, eq(x, 0)))
    zero = p.mp(vanish, none)
    at_zero = xlogy_at_zero(p, b, zero)
    goal = eq(xlogy(x, b), x * log(b))
    value = p.cases(
        none.statement,
        linear(p, goal, [at_zero, (log(b), zero)]),
        p.scheme("xlogy_mul", {"a": x, "b": b}, [above_zero(p, sb, some)]),
    )
    each = p.inst(value, {x.data: a[k]}, [p.spec(ac, k)])
    nothing = p.under("sum", k, linear(p, eq(w[k] * a[k], 0), [(w[k], p.mp(p.spec(ac, k), none))]))
    total = p.disch(none.statement, p.trans(nothing, sum_zero(p, "T")))
    d.show(total, "where `b = 0`, the mean is 0 too")
    laid = p.under("sum", k, linear(p, eq(w[k] * each.left, log(b) * (w[k] * a[k])), [(w[k], each)]))
    pulled = p.scheme("sum_mul", {"X": "T", "a": log(b), "f": close(w[k] * a[k], (k.data, "T"))})
    mean = p.inst(value, {x.data: whole}, [total])
    claim = "sum(k in T: w[k]*xlogy(a[k], b)) = xlogy(sum(k in T: w[k]*a[k]), b)"
    d.show(linear(p, claim, [laid, pulled, mean]), "so `log(b)` can be taken out of the sum")


def _mean_kl(p: Proof, weight: Node, k: Node, i: Node, each: Node) -> list[Fact]:
    """Return two links from Σ_k w_k D(p^k‖b) to Σ_i Σ_k w_k·*each*, where *each* is rel_entr(p^k_i, b_i)."""
    first, second = (close(t, (i.data, "X")) for t in each.args)
    opened = p.unfold(Node("def", ("kl", ("X",)), (first, second)))
    families = {"w": close(weight, (k.data, "T")), "f": close(each, (k.data, "T"), (i.data, "X"))}
    swap = p.cite("weighted_sum_swap", {"T": "T", "X": "X", **families})
    return [p.under("sum", k, p.congr(weight * opened.left, opened)), swap]


@derivation("compensation")
def compensation(d: Draft) -> None:
    """**The compensation identity**: the mixture of several distributions is their best common model."""
    p = d.p
    d.sets("T X")
    w, a, q = d.family("w", "T"), d.family("p", "T", "X"), d.family("q", "X")
    pw, _, sa, sq, ac = d.given(
        "forall k in T: 0 < w[k]",
        "sum(k in T: w[k]) = 1",
        "forall k in T: forall i in X: 0 <= p[k, i]",
        "forall i in X: 0 <= q[i]",
        "forall k in T: forall i in X: q[i] = 0 => p[k, i] = 0",
    )
    k, i = p.fresh("T"), p.fresh("X")
    pk, mixed, positive = a[k, i], w[k] * a[k, i], p.spec(pw, k)
    m = sum_of(p, mixed, k)
    # Where m is 0, so is each of the p.
    none = p.assume(eq(m, 0))
    signs = p.gen(k, p.pos(le(0, mixed), positive, p.spec(sa, k, i)))
    zero = p.spec(p.cite("sum_eq_zero_of_nonneg", {"X": "T", "f": close(mixed, (k.data, "T"))}, [signs, none]), k)
    under = p.gen(k, p.disch(none.statement, p.order(eq(pk, 0), [(1, 1 / w[k], zero)], positive)))
    means = []
    for b, sign, vanish, because in (
        (m, prove(p, le(0, m), [signs]), under, "the log of the mixture can be taken out of the mean"),
        (q[i], p.spec(sq, i), p.gen(k, p.spec(ac, k, i)), "and so can that of `q`"),
    ):
        values: dict[str, Node | str] = {"T": "T", "w": family(p, "w"), "a": close(pk, (k.data, "T")), "b": b}
        mean = p.gen(i, p.cite("xlogy_mixture", values, [sign, vanish]))
        means.append(p.spec(d.show(mean, because), i))
    # For one outcome the logs of p cancel.
    to_q, to_m, rest = (rel_entr(x, y) for x, y in ((pk, q[i]), (pk, m), (m, q[i])))
    gap = [w[k] * xlogy(pk, b) for b in (m, q[i])]
    opened = [p.unfold(t) for t in (to_q, to_m, rest)]
    laid = eq(w[k] * to_q, 1 * (w[k] * to_m) + 1 * (gap[0] - gap[1]))
    row = combined(p, k, linear(p, laid, [(w[k], f) for f in opened[:2]]), (1, 1), (w[k] * to_m, gap[0] - gap[1]))
    f, g = (close(t, (k.data, "T")) for t in gap)
    split = p.cite("sum_sub", {"X": "T", "f": f, "g": g})
    sums = [sum_of(p, w[k] * t, k) for t in (to_q, to_m)]
    each = linear(p, eq(sums[0], 1 * sums[1] + 1 * rest), [row, split, *means, opened[2]])
    d.show(p.gen(i, each), "so for each outcome")
    whole = combined(p, i, each, (1, 1), (sums[1], rest))
    links = [*_mean_kl(p, w[k], k, i, to_q), *_mean_kl(p, w[k], k, i, to_m)]
    last = p.unfold(Node("def", ("kl", ("X",)), tuple(close(t, (i.data, "X")) for t in rest.args)))
    goal = eq(links[0].left, links[2].left + last.left)
    d.show(linear(p, goal, [whole, *links, last]), "sum over the outcomes")


@derivation("three_point")
def three_point(d: Draft) -> None:
    """**The three-point identity**: the law of cosines of divergence."""
    p = d.p
    _three(d)
    i = p.fresh("X")
    a, b, c = (d.symbol(n, i) for n in "pqr")
    pb, pc = (p.spec(f, i) for f in p.known[1:3])
    tilt = (a - b) * log(b / c)
    pieces = [p.unfold(rel_entr(x, y)) for x, y in ((a, c), (a, b), (b, c))]
    logs = [
        p.scheme("xlogy_mul", {"a": x, "b": y}, [s]) for x, y, s in ((a, c, pc), (a, b, pb), (b, c, pc), (b, b, pb))
    ]
    ratio = p.cite("log_div", {"a": b, "b": c}, [pb, pc])
    inner = 1 * pieces[2].left + 1 * tilt
    each = linear(p, eq(pieces[0].left, 1 * pieces[1].left + 1 * inner), [*pieces, *logs, (a - b, ratio)], [pc])
    d.show(p.gen(i, each), "for each outcome, as `q` and `r` are positive")
    facts = [combined(p, i, each, (1, 1), (pieces[1].left, inner))]
    facts.append(combined(p, i, p.field(eq(inner, inner), pc), (1, 1), (pieces[2].left, tilt)))
    facts += [p.unfold(p.term(t)) for t in ("kl(p, r)", "kl(p, q)", "kl(q, r)")]
    goal = f"kl(p, r) = kl(p, q) + kl(q, r) + {_TILT}"
    d.show(linear(p, goal, facts, [p.known[2]]), "sum over the outcomes")


_TILT = "sum(i in X: (p[i] - q[i])*log(q[i]/r[i]))"


def _three(d: Draft) -> None:
    """Declare weights p, and positive q and r."""
    d.sets("X")
    weights(d, "p")
    d.family("q", "X")
    d.family("r", "X")
    d.given("forall i in X: 0 < q[i]", "forall i in X: 0 < r[i]")


@derivation("pythagoras_le")
def pythagoras_le(d: Draft) -> None:
    """**The Pythagorean inequality**: it holds where the last term of the three-point identity is not negative."""
    p = d.p
    _three(d)
    (angle,) = d.given(f"0 <= {_TILT}")
    identity = p.cite("three_point", {"X": "X", **{n: family(p, n) for n in "pqr"}}, p.known[:3])
    d.show(identity, "the three-point identity")
    d.show(linear(p, "kl(p, q) + kl(q, r) <= kl(p, r)", [identity, angle]), "its last term is not negative")


# --- two coins ---------------------------------------------------------------------------------------------------


@derivation("log_mono")
def log_mono(d: Draft) -> None:
    """The logarithm is increasing."""
    p = d.p
    a, b = d.numbers("a b")
    pa, below = d.given("0 < a", "a <= b")
    pb = p.order(lt(0, b), [(1, 1, pa), (1, 1, below)])
    tangent = p.scheme("log_le", {"a": a / b}, [p.pos(lt(0, a / b), pa, pb)])
    d.show(tangent, "the tangent at `a/b`")
    ratio = p.cite("log_div", {"a": a, "b": b}, [pa, pb])
    inverse = p.pos(lt(0, 1 / b), pb)
    d.show(p.order("log(a) <= log(b)", [(1, 1, tangent), (-1, 1, ratio), (1, 1, below, inverse)], pb), "`a/b <= 1`")


@derivation("binary_kl_add_of_le")
def binary_kl_add_of_le(d: Draft) -> None:
    """The divergences of coins in a row add up to at most the divergence of the outer ones."""
    p = d.p
    a, b, c = d.numbers("p q r")
    p0, pq, qr, r1 = d.given("0 < p", "p <= q", "q <= r", "r < 1")
    q0 = p.order(lt(0, b), [(1, 1, p0), (1, 1, pq)])
    r0, q1 = p.order(lt(0, c), [(1, 1, q0), (1, 1, qr)]), p.order(lt(0, 1 - b), [(1, 1, qr), (1, 1, r1)])
    p1, rest = p.order(lt(0, 1 - a), [(1, 1, q1), (1, 1, pq)]), p.order(lt(0, 1 - c), [(1, 1, r1)])
    up = p.cite("log_mono", {"a": b, "b": c}, [q0, qr])
    down = p.cite("log_mono", {"a": 1 - c, "b": 1 - b}, [rest, p.order(le(1 - c, 1 - b), [(1, 1, qr)])])
    d.show(up, "log is increasing")
    d.show(down, "and so it is for the other sides of the coins")
    values = []
    for (x, px, nx), (y, py, ny) in (
        ((a, p0, p1), (b, q0, q1)),
        ((b, q0, q1), (c, r0, rest)),
        ((a, p0, p1), (c, r0, rest)),
    ):
        values += [
            p.unfold(Node("def", ("binary_kl", ()), (x, y))),
            positive_value(p, px, py),
            positive_value(p, nx, ny),
        ]
    goal = "binary_kl(p, q) + binary_kl(q, r) <= binary_kl(p, r)"
    facts: list[Fact | tuple[object, *tuple[Fact, ...]]] = [(1, pq, up), (1, pq, down), *values]
    d.show(linear(p, goal, facts), "multiply both by `q - p`, and add")
