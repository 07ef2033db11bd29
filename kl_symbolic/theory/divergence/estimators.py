"""The divergence estimated from samples: k1, k2 and k3, their means, their bias and their spread.

For a sample i of p, k1 is log(p_i/q_i), k2 is half its square, and k3 is q_i/p_i − 1 − log(q_i/p_i).
"""

from __future__ import annotations

from fractions import Fraction

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import close, replace
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, absolute, derivation, exp, log
from ...proving.idioms import at_ratio, sum_of, summed
from ...proving.integrals import with_value
from ...proving.tactics import algebra, linear, prove

POSITIVE = ("forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]")
"""Both distributions give every outcome a positive probability."""
K3 = "(q[i]/p[i] - 1 - log(q[i]/p[i]))"
"""The estimator k3 for the outcome i."""


def two_positive(d: Draft, *more: str) -> list[Fact]:
    """Declare positive families p and q over X, and assume more; return all assumptions."""
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    return d.given(*POSITIVE, *more)


@derivation("k1_unbiased")
def k1_unbiased(d: Draft) -> None:
    """The mean of k1 is the divergence: the expected log-ratio."""
    p = d.p
    two_positive(d)
    i = p.fresh("X")
    first, second = (p.spec(f, i) for f in p.known)
    each = p.symm(at_ratio(p, first, second))
    d.show(p.gen(i, each), "the log of a quotient, as both are positive")
    total, opened = p.under("sum", i, each), p.unfold(p.term("kl(p, q)"))
    d.show(linear(p, "sum(i in X: p[i]*log(p[i]/q[i])) = kl(p, q)", [total, opened]), "sum over the outcomes")


@derivation("k3_mean")
def k3_mean(d: Draft) -> None:
    """The mean of k3 where the model q need not sum to 1."""
    p = d.p
    _, _, total = two_positive(d, "sum(i in X: p[i]) = 1")
    i = p.fresh("X")
    first, second = (p.spec(f, i) for f in p.known[:2])
    a, b = first.right, second.right
    left = a * (b / a - 1 - log(b / a))
    each = algebra(p, eq(left, b - a + a * log(a / b)), [first, second])
    d.show(p.gen(i, each), "multiply out; `log(q[i]/p[i]) = -log(p[i]/q[i])`")
    sums = algebra(
        p, eq(sum_of(p, each.right, i), p.term("sum(i in X: q[i]) - sum(i in X: p[i])") + sum_of(p, a * log(a / b), i))
    )
    mean = p.cite("k1_unbiased", {"X": "X", "p": close(a, (i.data, "X")), "q": close(b, (i.data, "X"))}, p.known[:2])
    goal = f"sum(i in X: p[i]*{K3}) = kl(p, q) + sum(i in X: q[i]) - 1"
    d.show(linear(p, goal, [p.under("sum", i, each), sums, mean, total]), "sum over the outcomes; `p` sums to 1")


@derivation("k3_unbiased")
def k3_unbiased(d: Draft) -> None:
    """The mean of k3 is the divergence, where q sums to 1."""
    p = d.p
    *given, mass = two_positive(d, "sum(i in X: p[i]) = 1", "sum(i in X: q[i]) = 1")
    mean = p.cite("k3_mean", {"X": "X", "p": p_of(p, "p"), "q": p_of(p, "q")}, given)
    d.show(mean, "the mean of k3")
    d.show(linear(p, f"sum(i in X: p[i]*{K3}) = kl(p, q)", [mean, mass]), "`q` sums to 1")


def p_of(p: Proof, name: str) -> Node:
    """Return the function λ i. f_i."""
    i = p.fresh("X")
    return close(p.symbol(name, i), (i.data, "X"))


@derivation("k3_nonneg")
def k3_nonneg(d: Draft) -> None:
    """The estimator k3 is never negative: the logarithm lies below its tangent."""
    p = d.p
    a, b = d.positive("p q")
    tangent = p.scheme("log_le", {"a": b / a}, [p.pos(lt(0, b / a), *p.known)])
    d.show(tangent, "the tangent of the logarithm at 1")
    d.show(linear(p, le(0, b / a - 1 - log(b / a)), [tangent], p.known), "collect")


@derivation("k3_eq_zero_iff")
def k3_eq_zero_iff(d: Draft) -> None:
    """The estimator k3 is zero only where both probabilities agree."""
    p = d.p
    a, b = d.positive("p q")
    ratio = b / a
    case = p.cite("log_eq_sub_one_iff", {"x": ratio}, [p.pos(lt(0, ratio), *p.known)])
    d.show(case, "the tangent touches the logarithm at 1 only")
    zero, same = p.assume(eq(ratio - 1 - log(ratio), 0)), p.assume(eq(b, a))
    one = p.mp(p.iff_elim(case), linear(p, case.left, [zero], p.known))
    forward = linear(p, eq(b, a), [(a, one)], p.known)
    back = p.mp(p.iff_elim(p.symm(case)), linear(p, eq(ratio, 1), [(1 / a, same)], p.known))
    backward = linear(p, zero.statement, [back], p.known)
    d.show(p.iff_intro(zero.statement, same.statement, forward, backward), "and the ratio is 1 where `q = p`")


@derivation("k1_can_be_negative")
def k1_can_be_negative(d: Draft) -> None:
    """The estimator k1 is negative for a sample that is less likely under p: heads of a fair coin, where q has 3/4."""
    p = d.p
    ratio = p.term("(1/2)/(3/4)")
    tangent = p.scheme("log_le", {"a": ratio}, [p.pos(lt(0, ratio))])
    d.show(tangent, "the tangent of the logarithm")
    d.show(p.order(lt(log(ratio), 0), [(1, 1, tangent), (Fraction(1, 3), 1)]), "the right side is `-1/3`")


# --- the bias of k2 ---------------------------------------------------------------------------------------------------


def climb(p: Proof, function: Node, slope: Fact, bound: Fact | None = None) -> Fact:
    """Return 0 ≤ y ⊢ 0 ≤ f(y) from 0 ≤ y ⊢ 0 ≤ f′(y), where f(0) = 0; with a *bound* y ≤ c under that too."""
    x, y = p.term("x"), p.term("y")
    here, below = p.assume("0 <= x"), p.assume("x <= y")
    known = [here] if bound is None else [here, p.order(le(x, bound.right), [(1, 1, below), (1, 1, bound)])]
    needed = [replace(h, y, x) for h in slope.sequent.hypotheses]
    at_x = p.inst(slope, {"y": x}, [f for f in known if f.statement in needed])
    f = replace(function, y, x)
    table, conditions = derivative(f, "x")
    divisors = list(dict.fromkeys(prove(p, c) for c in conditions))
    grows = linear(p, le(0, table), [at_x])
    line = p.mono_of_deriv("x", f, grows, p.assume("0 <= y"), *divisors)
    one = p.cite("exp_zero", {})
    same = p.trans(p.congr(exp(hole()), p.field(eq(Node("neg", None, (num(0),)), 0))), one)
    return linear(p, le(0, function), [line, one, same])


@derivation("exp_quadratic_ge")
def exp_quadratic_ge(d: Draft) -> None:
    """The quadratic Taylor polynomial of exp is a lower bound of it at numbers that are not negative."""
    p = d.p
    d.numbers("x y")
    d.given("0 <= y")
    first = climb(
        p,
        p.term("exp(y) - 1 - y"),
        linear(p, "0 <= exp(y) - 1", [p.cite("exp_ge_one_add", {"a": p.term("y")}), p.known[0]]),
    )
    d.show(first, "the tangent")
    d.show(climb(p, p.term("exp(y) - 1 - y - y^2/2"), first), "integrate from 0 to `y`")


@derivation("exp_quadratic_le")
def exp_quadratic_le(d: Draft) -> None:
    """The remainder of the quadratic Taylor polynomial of exp, for arguments below a bound."""
    p = d.p
    d.numbers("c x y")
    _, bound = d.given("0 <= y", "y <= c")
    top = exp(p.term("c"))
    grows = p.cite("exp_mono", {"a": p.term("y"), "b": p.term("c")}, [bound])
    fact = linear(p, le(0, top - exp(p.term("y"))), [grows])
    d.show(fact, "the exponential function grows")
    for shape in ("exp(c)*y - (exp(y) - 1)", "exp(c)*y^2/2 - (exp(y) - 1 - y)"):
        fact = d.show(climb(p, p.term(shape), fact, bound), "integrate from 0 to `y`")
    last = climb(p, p.term("exp(c)*y^3/6 - (exp(y) - 1 - y - y^2/2)"), fact, bound)
    d.show(last, "and once more")


@derivation("exp_neg_quadratic_le")
def exp_neg_quadratic_le(d: Draft) -> None:
    """The quadratic Taylor polynomial of exp is an upper bound of it at negative numbers."""
    p = d.p
    d.numbers("x y")
    d.given("0 <= y")
    first = linear(p, "0 <= exp(-y) - 1 + y", [p.cite("exp_ge_one_add", {"a": p.term("-y")})])
    d.show(first, "the tangent")
    d.show(climb(p, p.term("1 - y + y^2/2 - exp(-y)"), first), "integrate from 0 to `y`")


@derivation("exp_neg_quadratic_ge")
def exp_neg_quadratic_ge(d: Draft) -> None:
    """The remainder of the quadratic Taylor polynomial of exp at negative numbers."""
    p = d.p
    d.numbers("x y")
    d.given("0 <= y")
    first = p.cite("exp_neg_quadratic_le", {"y": p.term("y")}, [p.known[0]])
    d.show(first, "the upper bound")
    d.show(climb(p, p.term("exp(-y) - 1 + y - y^2/2 + y^3/6"), first), "integrate from 0 to `y`")


@derivation("k2_remainder")
def k2_remainder(d: Draft) -> None:
    """For u = log(q/p), k3 is exp(u) − 1 − u and k2 is u²/2: they differ by a multiple of the cube of u at most."""
    p = d.p
    u, c = d.numbers("u c")
    (bound,) = d.given("abs(u) <= c")
    p.statement("abs(exp(u) - 1 - u - u^2/2) <= exp(c)*abs(u)^3/6")
    gap, _top = p.term("exp(u) - 1 - u - u^2/2"), p.scheme("exp_pos", {"a": c})
    up, down = p.assume(le(0, u)), p.assume(lt(u, 0))
    # 0 ≤ u: the remainder is between 0 and its bound
    size = p.scheme("abs_of_nonneg", {"a": u}, [up])
    inside = linear(p, le(u, c), [bound, size])
    lower, upper = (
        p.cite("exp_quadratic_ge", {"y": u}, [up]),
        p.cite("exp_quadratic_le", {"c": c, "y": u}, [up, inside]),
    )
    value = p.scheme("abs_of_nonneg", {"a": gap}, [lower])
    first = linear(p, le(value.left, p.term("exp(c)*u^3/6")), [value, upper])
    first = p.rewrite(first, p.congr(p.term("exp(c)") * hole() ** num(3) / 6, p.symm(size)))
    d.show(first, "by Taylor's formula for exp")
    # u < 0: the remainder is negative and at least −|u|³/6, and 1 ≤ exp(c)
    w = Node("neg", None, (u,))
    sign = p.order(le(0, w), [(1, 1, down)])
    size = p.scheme("abs_of_nonpos", {"a": u}, [p.order(le(u, 0), [(1, 1, down)])])
    twice = p.congr(exp(hole()), p.field(eq(Node("neg", None, (w,)), u)))
    lower, upper = p.cite("exp_neg_quadratic_ge", {"y": w}, [sign]), p.cite("exp_neg_quadratic_le", {"y": w}, [sign])
    below = linear(p, le(gap, 0), [upper, twice])
    value = p.scheme("abs_of_nonpos", {"a": gap}, [below])
    positive = linear(p, le(0, c), [bound, size, sign])
    one = linear(p, le(1, exp(c)), [p.cite("exp_mono", {"a": num(0), "b": c}, [positive]), p.cite("exp_zero", {})])
    cube = p.pos(le(0, w ** num(3)), sign)
    second = linear(p, le(value.left, exp(c) * w ** num(3) / 6), [value, lower, twice, (1, one, cube)])
    second = p.rewrite(second, p.congr(exp(c) * hole() ** num(3) / 6, p.symm(size)))
    d.show(second, "likewise, as `1 <= exp(c)`")
    d.show(p.cases(le(0, u), first, second), "in each of the two cases")


@derivation("k2_bias")
def k2_bias(d: Draft) -> None:
    """The bias of k2 is of the third order in the log-ratio."""
    p = d.p
    d.numbers("c")
    *_, _small = two_positive(
        d, "sum(i in X: p[i]) = 1", "sum(i in X: q[i]) = 1", "forall i in X: abs(log(p[i]/q[i])) <= c"
    )
    i = p.fresh("X")
    first, second, bound = (p.spec(p.known[k], i) for k in (0, 1, 4))
    a, b = first.right, second.right
    ratio, other = log(a / b), log(b / a)
    flip = algebra(p, eq(other, Node("neg", None, (ratio,))), [first, second])
    # |log(q/p)| = |log(p/q)|
    up, down = p.assume(le(0, ratio)), p.assume(lt(ratio, 0))
    flat = p.order(le(ratio, 0), [(1, 1, down)])
    sizes = []
    for sign, rules in ((up, ("abs_of_nonneg", "abs_of_nonpos")), (flat, ("abs_of_nonpos", "abs_of_nonneg"))):
        ahead = p.scheme(rules[0], {"a": ratio}, [sign])
        opposite = p.order(
            le(other, 0) if sign is up else le(0, other), [(1, 1, sign), (1 if sign is up else -1, 1, flip)]
        )
        back = p.scheme(rules[1], {"a": other}, [opposite])
        sizes.append(linear(p, eq(absolute(other), absolute(ratio)), [ahead, back, flip]))
    size = p.cases(up.statement, *sizes)
    within = linear(p, le(absolute(other), p.term("c")), [size, bound])
    remainder = p.cite("k2_remainder", {"u": other, "c": p.term("c")}, [within])
    remainder = p.spec(
        d.show(p.gen(i, remainder), "the remainder of the Taylor polynomial of exp, at the log of the ratio"), i
    )
    lift = p.cite("exp_log", {"x": b / a}, [p.pos(lt(0, b / a), first, second)])
    gap = b / a - 1 - other - ratio ** num(2) / 2
    same = linear(p, eq(remainder.left.args[0], gap), [lift, (other + -ratio, flip), (num(1), flip)], [first])
    close_to = p.rewrite(p.rewrite(remainder, same), p.congr(p.term("exp(c)") * hole() ** num(3) / 6, size))
    each = p.gen(i, close_to)
    close_to = p.spec(
        d.show(
            each,
            "so k3 and k2 differ by the cube of the log at most: exp undoes log, and both logs differ in sign only",
        ),
        i,
    )
    # p·|gap| = |p·gap|, and the sum of absolute values bounds the absolute value of the sum
    rows = []
    for way in (1, -1):
        rule = p.cite("le_abs" if way > 0 else "neg_le_abs", {"a": gap})
        rows.append(
            p.order(le(way * (a * gap), a * close_to.right), [(1, 1, first, rule), (1, 1, first, close_to)], first)
        )
    third = p.term("sum(i in X: p[i]*abs(log(p[i]/q[i]))^3)")
    constant = p.term("exp(c)/6")
    out = algebra(p, eq(sum_of(p, a * close_to.right, i), constant * third))
    k3 = p.cite("k3_unbiased", {"X": "X", "p": p_of(p, "p"), "q": p_of(p, "q")}, p.known[:4])
    k2 = p.term("sum(i in X: p[i]*(log(p[i]/q[i])^2/2))")
    parts = algebra(p, eq(sum_of(p, a * gap, i), k3.left - k2))
    other_way = algebra(p, eq(sum_of(p, -1 * (a * gap), i), k2 - k3.left))
    bounds = []
    for row, whole in zip(rows, (parts, other_way), strict=True):
        shaped = linear(p, le(a * gap if whole is parts else -1 * (a * gap), a * close_to.right), [row], [first])
        total = summed(p, p.gen(i, shaped))
        bounds.append(linear(p, le(whole.right, constant * third), [total, whole, out]))
    bias = k2 - p.term("kl(p, q)")
    lower = linear(p, le(-(constant * third), bias), [bounds[0], k3])
    upper = linear(p, le(bias, constant * third), [bounds[1], k3])
    d.show(
        p.cite("abs_le", {"a": bias, "b": constant * third}, [lower, upper]),
        "sum over the outcomes: the mean of k3 is the divergence",
    )


@derivation("k2_is_biased")
def k2_is_biased(d: Draft) -> None:
    """The mean of k2 is larger than the divergence for a fair coin and one that falls on heads one time in 16."""
    p = d.p
    half, rare = num(Fraction(1, 2)), num(Fraction(1, 16))
    first, second = log(half / rare), log(half / (1 - rare))
    mean = half * (first ** num(2) / 2) + half * (second ** num(2) / 2)
    divergence = half * first + half * second
    # log(8/15) ≤ 8/15 − 1; with it the difference is a square and a positive rest, whatever log 8 is.
    bound = p.scheme("log_le", {"a": half / (1 - rare)}, [p.pos(lt(0, half / (1 - rare)), prove(p, "0 < 1 - 1/16"))])
    d.show(bound, "the tangent of the logarithm")
    # The difference is ((log 8 − 1)² + (log(8/15) − 1)² − 2)/4.
    squares = [(Fraction(1, 4), first - 1), (Fraction(1, 4), second + Fraction(7, 15))]
    entries = [*squares, (Fraction(11, 15), 1, bound), (Fraction(17, 450), 1)]
    d.show(
        p.order(lt(divergence, mean), entries, p.pos(ne(1 - rare, 0), prove(p, "0 < 1 - 1/16"))), "squares, and a rest"
    )


# --- the second moments -----------------------------------------------------------------------------------------------


@derivation("k3_second_moment")
def k3_second_moment(d: Draft) -> None:
    """The second moment of k3 is that of k1, the χ² divergence of q from p, and a mixed term."""
    p = d.p
    two_positive(d)
    i = p.fresh("X")
    first, second = (p.spec(f, i) for f in p.known)
    a, b = first.right, second.right
    ratio, other = log(a / b), log(b / a)
    flip = algebra(p, eq(other, -1 * ratio), [first, second])
    left = a * (b / a - 1 - other) ** num(2)
    right = a * ratio ** num(2) + (b - a) ** num(2) / a - 2 * ((b - a) * other)
    each = linear(p, eq(left, right), [(a * (other - ratio), flip)], [first, second])
    d.show(p.gen(i, each), "expand the square")
    sums = [sum_of(p, t, i) for t in (a * ratio ** num(2), (b - a) ** num(2) / a, (b - a) * other)]
    spread = algebra(p, eq(sum_of(p, right, i), sums[0] + sums[1] - 2 * sums[2]), [])
    d.show(p.trans(p.under("sum", i, each), spread), "sum over the outcomes")


def rare_coin(d: Draft) -> tuple[Fact, Node, Node, Node, Fact]:
    """Declare n with 2 ≤ n; return that, n, the probabilities n⁻³ and n⁻¹ of heads, and 0 < n."""
    p = d.p
    (n,) = d.numbers("n")
    (large,) = d.given("2 <= n")
    positive = p.order(lt(0, n), [(1, 1, large), (2, 1)])
    return large, n, 1 / n ** num(3), 1 / n, positive


def log_bound(d: Draft, n: Node, positive: Fact) -> Fact:
    """Return log n ≤ n − 1."""
    return d.show(d.p.scheme("log_le", {"a": n}, [positive]), "the tangent of the logarithm")


def rare_tails(p: Proof, n: Node, large: Fact) -> tuple[Fact, Fact]:
    """Return that both coins can fall on tails: 0 < 1 − n⁻³ and 0 < 1 − n⁻¹."""
    below, other = p.cite("rare_lt", {"n": n}, [large]), p.cite("rare_le_half", {"n": n}, [large])
    cube = p.pos(ne(n ** num(3), 0), p.order(lt(0, n), [(1, 1, large), (2, 1)]))
    positive = p.order(lt(0, n), [(1, 1, large), (2, 1)])
    return (
        p.order(lt(0, 1 - 1 / n ** num(3)), [(1, 1, below)], cube),
        p.order(lt(0, 1 - 1 / n), [(1, 1, other), (Fraction(1, 2), 1)], positive),
    )


@derivation("rare_le_half")
def rare_le_half(d: Draft) -> None:
    """The reciprocal of a number from 2 on is at most one half."""
    p = d.p
    large, _n, _, b, positive = rare_coin(d)
    weight = p.pos(lt(0, b), positive, p.pos("0 < 1"))
    d.show(p.order(le(b, Fraction(1, 2)), [(Fraction(1, 2), 1, weight, large)], positive), "divide by `2*n`")


@derivation("rare_lt")
def rare_lt(d: Draft) -> None:
    """The reciprocal of the cube of a number from 2 on is below 1."""
    p = d.p
    large, n, a, _, positive = rare_coin(d)
    cube = p.pos(lt(0, n ** num(3)), positive)
    # 1 < n³ = 1 + (n − 1)(n² + n + 1)
    above = p.order(lt(1, n), [(1, 1, large), (1, 1)])
    square = p.pos(lt(0, n ** num(2) + n + 1), positive, p.pos("0 < 1"))
    big = p.order(lt(1, n ** num(3)), [(1, 1, above, square)])
    d.show(big, "`n^3 - 1 = (n - 1)*(n^2 + n + 1)`")
    weight = p.pos(lt(0, a), cube, p.pos("0 < 1"))
    d.show(p.order(lt(a, 1), [(1, 1, weight, big)], cube), "divide by it")


def rare_tail_log(p: Proof, n: Node, large: Fact) -> tuple[Fact, Fact]:
    """Return 0 ≤ r and r ≤ 2/n for the log-ratio r of tails."""
    positive = p.order(lt(0, n), [(1, 1, large), (2, 1)])
    cube = p.pos(lt(0, n ** num(3)), positive)
    a, b = 1 / n ** num(3), 1 / n
    rest, other = rare_tails(p, n, large)
    ratio = (1 - a) / (1 - b)
    up, down = p.pos(lt(0, ratio), rest, other), p.pos(lt(0, 1 / ratio), rest, other, p.pos("0 < 1"))
    share, small = p.pos(lt(0, b), positive, p.pos("0 < 1")), p.pos(lt(0, a), cube, p.pos("0 < 1"))
    upper = p.scheme("log_le", {"a": ratio}, [up])
    half = p.cite("rare_le_half", {"n": n}, [large])
    divide, other_divide = (
        p.pos(lt(0, 1 / (1 - b)), other, p.pos("0 < 1")),
        p.pos(lt(0, 1 / (1 - a)), rest, p.pos("0 < 1")),
    )
    # 2b − (b − a)/(1 − b) = (2b(1/2 − b) + a)/(1 − b)
    steps = [(1, 1, upper), (2, 1, share, half, divide), (1, 1, small, divide)]
    above = p.order(le(log(ratio), 2 / n), steps, positive, cube, other)
    lower = p.scheme("log_le", {"a": 1 / ratio}, [down])
    flip = algebra(p, eq(log(1 / ratio), -1 * log(ratio)), [up, rest, other])
    # 1 − (1 − b)/(1 − a) = (b − a)/(1 − a), and b − a = (n² − 1)/n³
    order = p.order(
        le(0, b - a),
        [(1, 1, small, p.order(le(1, n ** num(2)), [(1, 1, large, large), (4, 1, large), (3, 1)]))],
        positive,
        cube,
    )
    below = p.order(
        le(0, log(ratio)), [(1, 1, lower), (-1, 1, flip), (1, 1, order, other_divide)], positive, cube, rest, other, up
    )
    return below, above


@derivation("k3_second_moment_unbounded")
def k3_second_moment_unbounded(d: Draft) -> None:
    """The second moment of k3 grows without bound for coins whose divergence tends to 0."""
    p = d.p
    large, n, a, b, positive = rare_coin(d)
    d.prose("Heads have the probabilities `1/n^3` and `1/n`. Their ratio is `n^2`, and k3 has it without a logarithm.")
    small = log_bound(d, n, positive)
    ratio = b / a
    cube = p.pos(lt(0, n ** num(3)), positive)
    logs = algebra(p, eq(log(ratio), 2 * log(n)), [positive])
    square = p.field(eq(ratio, n ** num(2)), positive, cube)
    k3 = ratio - 1 - log(ratio)
    # n² − 1 − 2·log n ≥ (n − 1)² ≥ n²/4
    quarter = p.order(le(n ** num(2) / 4, (n - 1) ** num(2)), [(Fraction(3, 4), 1, large, large), (1, 1, large)])
    bottom = linear(p, le(n ** num(2) / 4, k3), [quarter, small, logs, square], [positive, cube])
    d.show(bottom, "so k3 of heads is at least `(n - 1)^2`")
    floor = p.pos(le(0, n ** num(2) / 4), p.pos(le(0, n), positive))
    weight = p.pos(lt(0, a), cube, p.pos("0 < 1"))
    heads = p.order(
        le(n / 16, a * k3 ** num(2)), [(1, 1, weight, bottom, bottom), (2, 1, weight, floor, bottom)], positive, cube
    )
    d.show(heads, "its square, times the probability of heads")
    rest, other = rare_tails(p, n, large)
    tails = (1 - b) / (1 - a) - 1 - log((1 - b) / (1 - a))
    more = p.order(le(0, (1 - a) * tails ** num(2)), [(1, tails, rest)], positive, cube, rest, other)
    goal = le(n / 16, a * k3 ** num(2) + (1 - a) * tails ** num(2))
    d.show(linear(p, goal, [heads, more], [positive, cube, rest, other]), "tails add a square")


@derivation("rare_kl_le")
def rare_kl_le(d: Draft) -> None:
    """The divergence of two coins with probabilities n⁻³ and n⁻¹ of heads tends to 0."""
    p = d.p
    large, n, a, b, positive = rare_coin(d)
    cube = p.pos(lt(0, n ** num(3)), positive)
    weight = p.pos(lt(0, a), cube, p.pos("0 < 1"))
    rest, other = rare_tails(p, n, large)
    _, above = rare_tail_log(p, n, large)
    d.show(above, "the log-ratio of tails, by the tangent of the logarithm")
    ratio = log(a / b)
    square = p.pos(lt(0, 1 / n ** num(2)), positive, p.pos("0 < 1"))
    same = p.congr(log(hole()), p.field(eq(a / b, 1 / n ** num(2)), positive, cube))
    low = p.scheme("log_le", {"a": 1 / n ** num(2)}, [square])
    less = p.order(
        le(1 / n ** num(2), 1),
        [(1, 1, square, p.order(le(1, n ** num(2)), [(1, 1, large, large), (4, 1, large), (3, 1)]))],
        positive,
    )
    negative = linear(p, le(ratio, 0), [same, low, less], [positive, cube])
    d.show(negative, "that of heads, `log(1/n^2)`, is not positive")
    tails = log((1 - a) / (1 - b))
    share = p.pos(le(0, 2 / n), positive, p.pos("0 <= 2"))
    goal = le(a * ratio + (1 - a) * tails, 2 / n)
    d.show(
        p.order(
            goal, [(1, 1, weight, negative), (1, 1, rest, above), (1, 1, weight, share)], positive, cube, rest, other
        ),
        "take the mean",
    )


@derivation("k1_second_moment_bounded")
def k1_second_moment_bounded(d: Draft) -> None:
    """The second moment of k1 tends to 0 for two coins with probabilities n⁻³ and n⁻¹ of heads."""
    p = d.p
    large, n, a, b, positive = rare_coin(d)
    small = log_bound(d, n, positive)
    cube = p.pos(lt(0, n ** num(3)), positive)
    weight = p.pos(lt(0, a), cube, p.pos("0 < 1"))
    rest, other = rare_tails(p, n, large)
    # 0 ≤ log n, as log(1/n) ≤ 1/n − 1 ≤ 0
    inverse = p.scheme("log_le", {"a": 1 / n}, [p.pos(lt(0, 1 / n), positive, p.pos("0 < 1"))])
    flip = algebra(p, eq(log(1 / n), -1 * log(n)), [positive])
    half = p.cite("rare_le_half", {"n": n}, [large])
    lower = linear(p, le(0, log(n)), [inverse, flip, half, p.pos("0 < 1")], [positive])
    ratio = log(a / b)
    logs = algebra(p, eq(ratio, -2 * log(n)), [positive])
    # (log(a/b))² = 4(log n)² ≤ 4(n − 1)² ≤ 4n²
    whole = p.order(le(log(n), n), [(1, 1, small), (1, 1)])
    square = p.order(
        le(ratio ** num(2), 4 * n ** num(2)),
        [(4, 1, whole, whole), (8, 1, lower, whole), (1, ratio - 2 * log(n), logs)],
        positive,
    )
    d.show(square, "the log-ratio of heads is `-2*log(n)`")
    below, above = rare_tail_log(p, n, large)
    tails = log((1 - a) / (1 - b))
    tail = p.order(
        le(tails ** num(2), 4 / n ** num(2)), [(1, 1, above, above), (2, 1, below, above)], positive, cube, rest, other
    )
    d.show(tail, "that of tails is between 0 and `2/n`")
    share = p.pos(lt(0, b), positive, p.pos("0 < 1"))
    extra = p.pos(le(0, 4 / n ** num(2)), positive, p.pos("0 <= 4"))
    goal = le(a * ratio ** num(2) + (1 - a) * tails ** num(2), 6 / n)
    entries = [(1, 1, weight, square), (1, 1, rest, tail), (1, 1, weight, extra), (4, 1, share, half)]
    d.show(p.order(goal, entries, positive, cube, rest, other), "take the mean")


# --- the gradient -----------------------------------------------------------------------------------------------------

MODEL = (
    "a in I",
    "forall i in X: forall x in I: 0 < p(i, x)",
    "forall x in I: sum(i in X: p(i, x)) = 1",
    "forall i in X: deriv(x: p(i, x), a) = f[i]",
)
"""A model p(i, θ) that is differentiable in its parameter at a: positive, and a distribution for every parameter."""


def model(d: Draft) -> tuple[Node, Node, list[Fact]]:
    """Declare a model over X with a parameter in I; return an outcome, the parameter, and the facts."""
    p = d.p
    d.sets("X")
    d.declare(I="interval", a="number", p="X, number -> number", f="X -> number")
    return p.fresh("X"), p.term("a"), d.given(*MODEL)


@derivation("sum_deriv_eq_zero")
def sum_deriv_eq_zero(d: Draft) -> None:
    """The derivatives of probabilities sum to 0, because the probabilities sum to 1 for every parameter."""
    p = d.p
    i, a, (inside, _, total, slopes) = model(d)
    (x,) = d.numbers("x")
    f = close(p.symbol("p", i, x), (i.data, "X"), ("x", "number"))
    whole = p.scheme("deriv_sum", {"X": "X", "f": f, "s": p_of(p, "f"), "a": a}, [slopes])
    d.show(whole, "the derivative of the sum, term by term")
    mass = whole.statement.args[0]
    one = close(num(1), ("x", "number"))
    names = {"D": p.statement("a in I").args[1], "f": mass, "g": one, "a": a, "s": whole.statement.args[2]}
    flat = p.scheme("deriv_congr", names, [total, inside, whole])
    zero = p.inst(p.differentiate(x, num(1)), {"x": a})
    values = {"a": a, "f": one, "s": whole.statement.args[2], "t": num(0)}
    d.show(p.cite("deriv_unique", values, [flat, zero]), "which is that of the constant 1")


def sum_of_slopes(p: Proof, i: Node, x: Node, a: Node, given: list[Fact]) -> Fact:
    """Return Σ_i f_i = 0 for the derivatives of a model."""
    names: dict[str, Node | str] = {"X": "X", "I": p.statement("a in I").args[1], "a": a, "f": p_of(p, "f")}
    names["p"] = close(p.symbol("p", i, x), (i.data, "X"), ("x", "number"))
    return p.cite("sum_deriv_eq_zero", names, given)


@derivation("k1_gradient_zero")
def k1_gradient_zero(d: Draft) -> None:
    """**The score has the mean 0**: the gradient of k1 as a loss vanishes on average."""
    p = d.p
    i, a, given = model(d)
    d.declare(s="X -> number")
    (scores,) = d.given("forall i in X: deriv(x: log(p(i, x)), a) = s[i]")
    inside, signs, _, slopes = given
    (x,) = d.numbers("x")
    prob = p.symbol("p", i, x)
    positive = p.mp(p.spec(signs, i, a), inside)
    slope = p.spec(slopes, i)
    # The derivative of log p(i, x) at a, by the chain rule.
    outer = p.inst(p.differentiate(x, log(x), p.assume(lt(0, x))), {"x": positive.right}, [positive])
    g = close(prob, ("x", "number"))
    names = {
        "f": close(log(x), ("x", "number")),
        "g": g,
        "a": a,
        "s": slope.statement.args[2],
        "t": outer.statement.args[2],
    }
    chain = p.scheme("deriv_chain", names, [slope, outer])
    chain = p.spec(d.show(p.gen(i, chain), "the chain rule"), i)
    score = p.spec(scores, i)
    values = {"a": a, "f": score.statement.args[0], "s": score.statement.args[2], "t": chain.statement.args[2]}
    same = p.cite("deriv_unique", values, [score, chain])
    each = linear(p, eq(positive.right * p.symbol("s", i), p.symbol("f", i)), [(positive.right, same)], [positive])
    d.show(p.gen(i, each), "so the score, times the probability, is the derivative of the probability")
    zero = sum_of_slopes(p, i, x, a, given)
    d.show(p.trans(p.under("sum", i, each), zero), "and the derivatives of the probabilities sum to 0")


@derivation("k1_mean_gradient")
def k1_mean_gradient(d: Draft) -> None:
    """The gradient of the divergence from a fixed model: the mean of k1, with the weights differentiated too."""
    p = d.p
    i, a, given = model(d)
    d.family("q", "X")
    (other,) = d.given("forall i in X: 0 < q[i]")
    inside, signs, _, slopes = given
    (x,) = d.numbers("x")
    prob, q, f = p.symbol("p", i, x), p.symbol("q", i), p.symbol("f", i)
    positive, below = p.mp(p.spec(signs, i, a), inside), p.spec(other, i)
    b = positive.right
    # z·log(z/q) has the derivative log(z/q) + 1 at z = p(i, a).
    z = log(x / q)
    facts = [p.pos(lt(0, x / q), at := p.assume(lt(0, x)), below), p.pos(ne(q, 0), below)]
    outer = p.differentiate(x, x * z, *facts)
    shaped = p.field(eq(outer.statement.args[2], z + 1), at, below)
    outer = p.inst(with_value(p, outer, z + 1, shaped), {"x": b}, [positive])
    g = close(prob, ("x", "number"))
    names = {"f": close(x * z, ("x", "number")), "g": g, "a": a, "s": f, "t": outer.statement.args[2]}
    chain = p.scheme("deriv_chain", names, [p.spec(slopes, i), outer])
    d.show(p.gen(i, chain), "each summand, by the chain rule")
    _, _, value = chain.statement.args
    body = close(prob * log(prob / q), (i.data, "X"), ("x", "number"))
    total = p.scheme("deriv_sum", {"X": "X", "f": body, "s": close(value, (i.data, "X")), "a": a}, [p.gen(i, chain)])
    d.show(total, "add them")
    zero = sum_of_slopes(p, i, x, a, given)
    plain = f * log(b / q)
    spread = algebra(p, eq(sum_of(p, value, i), sum_of(p, plain, i) + sum_of(p, f, i)))
    same = linear(p, eq(sum_of(p, value, i), sum_of(p, plain, i)), [spread, zero])
    d.show(with_value(p, total, sum_of(p, plain, i), same), "where the derivatives of the probabilities sum to 0")
