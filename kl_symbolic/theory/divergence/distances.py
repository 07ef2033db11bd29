"""Total variation, χ², Hellinger's distance and Rényi's divergence: bounds, and their order below the divergence."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, absolute, derivation, exp, log
from ...proving.idioms import combined, distribution, family, positive_value, rel_entr, summed
from ...proving.tactics import algebra, linear, prove
from ...proving.tactics.linear import Entry

HALF = num(Fraction(1, 2))


def _root(a: Node) -> Node:
    return a**HALF


# --- total variation and χ² ------------------------------------------------------------------------------------------


@derivation("sum_abs_sub_le_two")
def sum_abs_sub_le_two(d: Draft) -> None:
    """The total variation distance, half of this sum, is at most 1."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    distribution(d, "q")
    sa, sp, sb, sq = p.known
    i = p.fresh("X")
    a, b = d.symbol("p", i), d.symbol("q", i)
    signs = [p.spec(sa, i), p.spec(sb, i)]
    gap, both = a - b, a + b
    ends = [p.order(le(-both, gap), [(2, 1, signs[0])]), p.order(le(gap, both), [(2, 1, signs[1])])]
    lines = p.gen(i, p.cite("abs_le", {"a": gap, "b": both}, ends))
    d.show(lines, "both are non-negative")
    halves = combined(p, i, p.field(eq(both, 1 * a + 1 * b)), (1, 1), (a, b))
    d.show(linear(p, "sum(i in X: abs(p[i] - q[i])) <= 2", [summed(p, lines), halves, sp, sq]), "sum over the outcomes")


@derivation("chi2_eq")
def chi2_eq(d: Draft) -> None:
    """The χ² divergence as the second moment of the likelihood ratio, less 1."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    sp, pq, sq = d.given("sum(i in X: p[i]) = 1", "forall i in X: 0 < q[i]", "sum(i in X: q[i]) = 1")
    i = p.fresh("X")
    a, b = d.symbol("p", i), d.symbol("q", i)
    square, rest = a ** num(2) / b, -2 * a + 1 * b
    pb = p.spec(pq, i)
    lines = p.gen(i, p.field(eq((a - b) ** num(2) / b, square - 2 * a + b), pb))
    each = p.spec(d.show(lines, "expand the square"), i)
    expanded = combined(p, i, p.trans(each, p.field(eq(each.right, 1 * square + 1 * rest), pb)), (1, 1), (square, rest))
    parts = combined(p, i, p.field(eq(rest, rest)), (-2, 1), (a, b))
    goal = "sum(i in X: (p[i] - q[i])^2/q[i]) = sum(i in X: p[i]^2/q[i]) - 1"
    d.show(linear(p, goal, [expanded, parts, sp, sq]), "both distributions sum to 1")


# --- Hellinger -------------------------------------------------------------------------------------------------------


@derivation("sqrt_mul_self")
def sqrt_mul_self(d: Draft) -> None:
    """The square of a square root."""
    p = d.p
    (a,) = d.positive("a")
    power = p.scheme("rpow_def", {"a": a, "b": HALF}, p.known)
    squared = d.show(p.congr(hole() * hole(), power), "the definition of a power")
    half = HALF * log(a)
    added = d.show(p.symm(p.cite("exp_add", {"a": half, "b": half})), "exp turns sums into products")
    whole = p.trans(p.congr(exp(hole()), p.field(eq(half + half, log(a)))), p.cite("exp_log", {"x": a}, p.known))
    d.show(p.trans(squared, p.trans(added, whole)), "exp undoes log")


def _two_positive(d: Draft) -> tuple[Node, Node, Node, Fact, Fact]:
    """Declare positive distributions p and q; return an index, p and q there, and that they are positive."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    pp, _, pq, _ = d.given(
        "forall i in X: 0 < p[i]", "sum(i in X: p[i]) = 1", "forall i in X: 0 < q[i]", "sum(i in X: q[i]) = 1"
    )
    i = p.fresh("X")
    return i, d.symbol("p", i), d.symbol("q", i), p.spec(pp, i), p.spec(pq, i)


def _roots(p: Proof, signs: tuple[tuple[Node, Fact], ...]) -> list[Fact]:
    return [p.cite("sqrt_mul_self", {"a": x}, [sign]) for x, sign in signs]


@derivation("hellinger_eq")
def hellinger_eq(d: Draft) -> None:
    """Twice the squared Hellinger distance, by the Bhattacharyya coefficient."""
    p = d.p
    i, a, b, pa, pb = _two_positive(d)
    _, sp, _, sq = p.known
    squares = _roots(p, ((a, pa), (b, pb)))
    r, s = _root(a), _root(b)
    roots, weights = r * s, 1 * a + 1 * b
    lines = p.gen(i, linear(p, eq((r - s) ** num(2), a + b - 2 * roots), squares))
    each = p.spec(d.show(lines, "expand the square"), i)
    split = p.trans(each, p.field(eq(each.right, -2 * roots + 1 * weights)))
    expanded = combined(p, i, split, (-2, 1), (roots, weights))
    parts = combined(p, i, p.field(eq(weights, weights)), (1, 1), (a, b))
    goal = "sum(i in X: (p[i]^(1/2) - q[i]^(1/2))^2) = 2 - 2*sum(i in X: p[i]^(1/2)*q[i]^(1/2))"
    d.show(linear(p, goal, [expanded, parts, sp, sq]), "both distributions sum to 1")


@derivation("sqrt_sub_sq_le")
def sqrt_sub_sq_le(d: Draft) -> None:
    """The square of a difference of roots is at most the difference of the numbers."""
    p = d.p
    a, b = d.positive("a b")
    pa, pb = p.known
    squares = _roots(p, ((a, pa), (b, pb)))
    r, s = _root(a), _root(b)
    goal = le((r - s) ** num(2), absolute(a - b))
    branches = []
    cases = (p.assume(le(s, r)), p.assume(lt(r, s)))
    for case, big, small, rule in ((cases[0], r, s, "abs_of_nonneg"), (cases[1], s, r, "abs_of_nonpos")):
        low = prove(p, lt(0, small))
        product = p.order(le(0, small * (big - small)), [(1, 1, low, case)])
        sign = le(0, a - b) if rule == "abs_of_nonneg" else le(a - b, 0)
        square = p.order(le(0, (big - small) ** num(2)), [(1, big - small)])
        size = p.scheme(rule, {"a": a - b}, [linear(p, sign, [(2, product), square, *squares])])
        branches.append(linear(p, goal, [(2, product), size, *squares]))
    d.show(
        p.cases(cases[0].statement, *branches), "with `r` the larger root and `s` the other, `(r - s)^2 <= r^2 - s^2`"
    )


@derivation("hellinger_le_tv")
def hellinger_le_tv(d: Draft) -> None:
    """The squared Hellinger distance is at most the total variation distance; both sides are twice that."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    pp, pq = d.given("forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]")
    i = p.fresh("X")
    a, b = d.symbol("p", i), d.symbol("q", i)
    lines = p.gen(i, p.cite("sqrt_sub_sq_le", {"a": a, "b": b}, [p.spec(pp, i), p.spec(pq, i)]))
    d.show(lines, "for each outcome")
    d.show(summed(p, lines), "sum over the outcomes")


@derivation("hellinger_le_kl")
def hellinger_le_kl(d: Draft) -> None:
    """The tangent of the logarithm, at the ratio of the square roots, bounds the divergence from below."""
    p = d.p
    i, a, b, pa, pb = _two_positive(d)
    _, sp, _, _ = p.known
    r, s = _root(a), _root(b)
    pr, ps = prove(p, lt(0, r), [pa]), prove(p, lt(0, s), [pb])
    lines = p.gen(i, p.scheme("log_le", {"a": s / r}, [p.pos(lt(0, s / r), pr, ps)]))
    tangent = p.spec(d.show(lines, "the tangent of the logarithm, at the ratio of the roots"), i)
    logs = algebra(p, eq(log(s / r), HALF * log(b) - HALF * log(a)), [pa, pb])
    squares = _roots(p, ((a, pa), (b, pb)))
    value = positive_value(p, pa, pb)
    roots = r * s
    parts = [(2, 1, pa, tangent), (-2, a, logs), (-1, 1, value), (-2, s / r, squares[0])]
    each = p.order(le(2 * a - 2 * roots, rel_entr(a, b)), parts, pr)
    bound = p.gen(i, each)
    d.show(bound, "times `-2*p[i]`, as `p[i]*(q[i]^(1/2)/p[i]^(1/2)) = p[i]^(1/2)*q[i]^(1/2)`")
    split = combined(p, i, p.field(eq(2 * a - 2 * roots, 2 * a + -2 * roots)), (2, -2), (a, roots))
    whole = p.cite("hellinger_eq", {"X": "X", "p": family(p, "p"), "q": family(p, "q")}, p.known)
    goal = "sum(i in X: (p[i]^(1/2) - q[i]^(1/2))^2) <= kl(p, q)"
    d.show(linear(p, goal, [summed(p, bound), split, whole, p.unfold(p.term("kl(p, q)")), sp]), "sum over the outcomes")


# --- Rényi -----------------------------------------------------------------------------------------------------------


@derivation("rpow_mul_rpow_le")
def rpow_mul_rpow_le(d: Draft) -> None:
    """The tangent of the logarithm, at each of two numbers over their weighted geometric mean."""
    p = d.p
    a, b = d.positive("a b")
    c = d.numbers("c")[0]
    pa, pb = p.known
    low, high = d.given("0 < c", "c < 1")
    mean = a**c * b ** (1 - c)
    pm = prove(p, lt(0, mean))
    first, second = (
        p.scheme("log_le", {"a": x / mean}, [p.pos(lt(0, x / mean), px, pm)]) for x, px in ((a, pa), (b, pb))
    )
    d.show(first, "the tangent of the logarithm")
    d.show(second, "and again")
    logs = [algebra(p, eq(log(x / mean), log(x) - c * log(a) - (1 - c) * log(b)), [pa, pb]) for x in (a, b)]
    rest = p.order(lt(0, 1 - c), [(1, 1, high)])
    goal = le(mean, c * a + (1 - c) * b)
    d.show(
        p.order(
            goal,
            [(1, 1, pm, low, first), (1, 1, pm, rest, second), (-1, mean * c, logs[0]), (-1, mean * (1 - c), logs[1])],
            pm,
        ),
        "with the weights `c` and `1 - c` the logarithms cancel; times the mean",
    )


@derivation("sum_rpow_le_one")
def sum_rpow_le_one(d: Draft) -> None:
    """Rényi's divergence of an order between 0 and 1 is not negative: the logarithm of this sum is not positive."""
    p = d.p
    i, a, b, pa, pb = _two_positive(d)
    _, sp, _, sq = p.known
    (c,) = d.numbers("c")
    low, high = d.given("0 < c", "c < 1")
    lines = p.gen(i, p.cite("rpow_mul_rpow_le", {"a": a, "b": b, "c": c}, [pa, pb, low, high]))
    d.show(lines, "the geometric mean is at most the arithmetic mean")
    mean = c * a + (1 - c) * b
    parts = combined(p, i, p.field(eq(mean, mean)), (c, 1 - c), (a, b))
    goal = "sum(i in X: p[i]^c*q[i]^(1 - c)) <= 1"
    d.show(linear(p, goal, [summed(p, lines), parts, (c, sp), (1 - c, sq)]), "both distributions sum to 1")


@derivation("rpow_mul_rpow_eq")
def rpow_mul_rpow_eq(d: Draft) -> None:
    """A weighted geometric mean as a power of the ratio."""
    p = d.p
    a, b = d.positive("a b")
    (c,) = d.numbers("c")
    pa, pb = p.known
    first, second = p.scheme("rpow_def", {"a": a, "b": c}, [pa]), p.scheme("rpow_def", {"a": b, "b": 1 - c}, [pb])
    d.show(first, "the definition of a power")
    d.show(second, "and again")
    x, y, step = c * log(a), (1 - c) * log(b), (c - 1) * (log(a) - log(b))
    split = p.cite("exp_add", {"a": x, "b": y})
    moved = p.congr(exp(hole()), p.field(eq(x + y, log(a) + step)))
    again = p.cite("exp_add", {"a": log(a), "b": step})
    whole = d.show(p.trans(moved, again), "exp turns sums into products")
    back = p.cite("exp_log", {"x": a}, [pa])
    goal = eq(a**c * b ** (1 - c), a * exp(step))
    equalities = [(1, second.left, first), (1, first.right, second), (-1, 1, split), (1, 1, whole)]
    d.show(p.order(goal, [*equalities, (1, exp(step), back)]), "exp undoes log")


@derivation("one_add_kl_le_sum_rpow")
def one_add_kl_le_sum_rpow(d: Draft) -> None:
    """A bound of Rényi's sum by the divergence: for orders above 1, Rényi's divergence is not negative."""
    p = d.p
    i, a, b, pa, pb = _two_positive(d)
    _, sp, _, _ = p.known
    (c,) = d.numbers("c")
    step = (c - 1) * (log(a) - log(b))
    lines = p.gen(i, p.cite("exp_ge_one_add", {"a": step}))
    tangent = p.spec(d.show(lines, "the tangent of the exponential function"), i)
    power, kl = a**c * b ** (1 - c), rel_entr(a, b)
    same, value = p.cite("rpow_mul_rpow_eq", {"a": a, "b": b, "c": c}, [pa, pb]), positive_value(p, pa, pb)
    lines = p.gen(i, p.order(le(a + (c - 1) * kl, power), [(1, 1, pa, tangent), (-1, 1, same), (1, c - 1, value)]))
    d.show(lines, "times `p[i]`")
    split = combined(p, i, p.field(eq(a + (c - 1) * kl, 1 * a + (c - 1) * kl)), (1, c - 1), (a, kl))
    facts: list[Entry] = [summed(p, lines), split, sp, (c - 1, p.unfold(p.term("kl(p, q)")))]
    goal = "1 + (c - 1)*kl(p, q) <= sum(i in X: p[i]^c*q[i]^(1 - c))"
    d.show(linear(p, goal, facts), "sum over the outcomes")
