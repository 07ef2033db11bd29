"""Convexity with weights and any finite number of terms: Cauchy–Schwarz, Jensen for log and exp, means of two."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, lam, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof, hole
from ...proving.calc import Draft, derivation, exp, log
from ...proving.idioms import distribution, family, function_of, summed, weights
from ...proving.tactics import algebra, limit, linear, prove
from ...proving.tactics.linear import Entry

HALF = num(Fraction(1, 2))
_CONST = lam(("X",), num(1))


# --- Cauchy–Schwarz ---------------------------------------------------------------------------------------------------


@derivation("cauchy_schwarz_weighted")
def cauchy_schwarz_weighted(d: Draft) -> None:
    """**The Cauchy–Schwarz inequality** with weights: the square of `u - c*v` with the best factor `c`."""
    p = d.p
    d.sets("X")
    weights(d, "w")
    d.declare(u="X -> number", v="X -> number", c="number", i="X")
    i = d.index("i")
    sign = p.spec(p.known[0], i)
    each = p.gen(i, p.order("0 <= w[i]*(u[i] - c*v[i])^2", [(1, p.term("u[i] - c*v[i]"), sign)]))
    total = prove(p, "0 <= sum(i in X: w[i]*(u[i] - c*v[i])^2)", [each])
    uu, uv, vv = "sum(i in X: w[i]*u[i]^2)", "sum(i in X: w[i]*u[i]*v[i])", "sum(i in X: w[i]*v[i]^2)"
    spread = algebra(p, f"sum(i in X: w[i]*(u[i] - c*v[i])^2) = {uu} - 2*c*{uv} + c^2*{vv}")
    square = d.show(linear(p, f"0 <= {uu} - 2*c*{uv} + c^2*{vv}", [total, spread]), "a sum of squares, for every `c`")
    squares = p.gen(i, p.order("0 <= w[i]*v[i]^2", [(1, p.term("v[i]"), sign)]))
    above = prove(p, f"0 <= {vv}", [squares])
    none, other = p.assume(f"{vv} = 0"), p.assume(f"{vv} != 0")
    positive = p.lt_of_le_ne(above, p.symm(other))
    goal = p.statement(f"{uv}^2 <= {uu}*{vv}")
    best = p.inst(square, {"c": p.term(f"{uv}/{vv}")})
    right = d.show(p.order(goal, [(1, 1, best, positive)], positive), "the best `c`, if the last sum is not 0")
    zero = p.spec(p.cite("sum_eq_zero_of_nonneg", {"X": "X", "f": p.term(vv).args[0]}, [squares, none]), i)
    product = p.order("(w[i]*v[i])^2 = 0", [(1, p.term("w[i]"), zero)])
    product = p.cite("eq_zero_of_sq_eq_zero", {"a": p.term("w[i]*v[i]")}, [product])
    mixed = p.gen(i, p.order("w[i]*u[i]*v[i] = 0", [(1, p.term("u[i]"), product)]))
    mixed = p.cite("sum_eq_zero", {"X": "X", "f": p.term(uv).args[0]}, [mixed])
    left = p.order(goal, [(-1, p.term(uu), none), (1, p.term(uv), mixed)])
    d.show(p.cases(none.statement, left, right), "otherwise all of `w[i]*v[i]` are 0")


@derivation("cauchy_schwarz")
def cauchy_schwarz(d: Draft) -> None:
    """The Cauchy–Schwarz inequality."""
    p = d.p
    d.sets("X")
    d.declare(u="X -> number", v="X -> number", i="X")
    values: dict[str, Node | str] = {"X": "X", "w": _CONST, "u": family(p, "u"), "v": family(p, "v")}
    fact = d.show(p.cite("cauchy_schwarz_weighted", values, [prove(p, "forall i in X: 0 <= 1")]), "all weights are 1")
    squares = [algebra(p, f"sum(i in X: 1*{t}) = sum(i in X: {t})") for t in ("u[i]^2", "v[i]^2")]
    mixed = algebra(p, "sum(i in X: 1*u[i]*v[i]) = sum(i in X: u[i]*v[i])")
    d.show(p.rewrite(fact, *squares, mixed), "which are left out")


@derivation("sum_sq_le_card")
def sum_sq_le_card(d: Draft) -> None:
    """The square of a sum is at most the number of terms times the sum of their squares."""
    p = d.p
    d.sets("X")
    d.declare(u="X -> number", i="X")
    fact = d.show(p.cite("cauchy_schwarz", {"X": "X", "u": family(p, "u"), "v": _CONST}), "one family is constant")
    parts = [algebra(p, "sum(i in X: u[i]*1) = sum(i in X: u[i])"), algebra(p, "sum(i in X: 1^2) = card(X)")]
    goal = "sum(i in X: u[i])^2 <= card(X)*sum(i in X: u[i]^2)"
    d.show(linear(p, goal, [p.rewrite(fact, *parts)]), "its squares sum to the number of terms")


@derivation("titu")
def titu(d: Draft) -> None:
    """Cauchy–Schwarz for quotients, also called Bergström's inequality."""
    p = d.p
    d.sets("X")
    d.declare(a="X -> number", b="X -> number", i="X")
    (positive,) = d.given("forall i in X: 0 < b[i]")
    i = d.index("i")
    values: dict[str, Node | str] = {"X": "X", "w": family(p, "b"), "u": function_of(p, "a[i]/b[i]", "i"), "v": _CONST}
    signs = p.gen(i, p.order("0 <= b[i]", [(1, 1, p.spec(positive, i))]))
    fact = d.show(p.cite("cauchy_schwarz_weighted", values, [signs]), "with the weights `b[i]`")
    parts = [
        algebra(p, f"sum(i in X: {one}) = sum(i in X: {two})")
        for one, two in (("b[i]*(a[i]/b[i])*1", "a[i]"), ("b[i]*(a[i]/b[i])^2", "a[i]^2/b[i]"), ("b[i]*1^2", "b[i]"))
    ]
    goal = "sum(i in X: a[i])^2 <= sum(i in X: b[i])*sum(i in X: a[i]^2/b[i])"
    d.show(linear(p, goal, [p.rewrite(fact, *parts)]), "cancel")


# --- sums that cannot vanish ------------------------------------------------------------------------------------------


def _not_zero(p: Proof, total: Node, sign: Fact, product: Fact, *divisors: Fact) -> Fact:
    """Return 0 < s from 0 ≤ s and a bound c ≤ s·t of a positive number c."""
    none, other = p.assume(eq(total, 0)), p.assume(ne(total, 0))
    factor = product.right.args[1] if product.right.args[0] == total else product.right.args[0]
    low = p.order(lt(0, 0), [(1, 1, product), (1, factor, none), *((1, 1, d) for d in divisors)])
    clash = p.absurd(lt(0, total), p.field(eq(0, 0)), p.order(ne(0, 0), [(1, 1, low)]))
    return p.cases(none.statement, clash, p.lt_of_le_ne(sign, p.symm(other)))


@derivation("card_pos_of_sum")
def card_pos_of_sum(d: Draft) -> None:
    """A set over which something sums to 1 is not empty: a sum over nothing is 0."""
    p = d.p
    d.sets("X")
    d.family("p", "X")
    (total,) = d.given("sum(i in X: p[i]) = 1")
    bound = p.cite("sum_sq_le_card", {"X": "X", "u": family(p, "p")})
    d.show(bound, "the square of the sum")
    bound = linear(p, "1 <= card(X)*sum(i in X: p[i]^2)", [bound, (p.term("sum(i in X: p[i]) + 1"), total)])
    size = p.term("card(X)")
    d.show(
        _not_zero(p, size, p.cite("card_nonneg", {"X": "X"}), bound, p.pos(lt(0, 1))), "it is 1, so neither factor is 0"
    )


@derivation("sum_pos")
def sum_pos(d: Draft) -> None:
    """A sum of positive numbers over a set that is not empty is positive."""
    p = d.p
    d.sets("X")
    d.family("f", "X")
    positive, some = d.given("forall i in X: 0 < f[i]", "0 < card(X)")
    i = p.fresh("X")
    fi = p.spec(positive, i)
    bound = p.cite("titu", {"X": "X", "a": _CONST, "b": family(p, "f")}, [positive])
    d.show(bound, "the square of the size")
    bound = p.rewrite(bound, p.scheme("sum_one", {"X": "X"}))
    total = p.term("sum(i in X: f[i])")
    sign = prove(p, le(0, total), [p.gen(i, p.order(le(0, fi.right), [(1, 1, fi)]))])
    square = p.pos(lt(0, bound.left), some)
    d.show(_not_zero(p, total, sign, bound, square), "it is positive, so the sum is not 0")


@derivation("mean_pos")
def mean_pos(d: Draft) -> None:
    """The mean of positive numbers is positive."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    d.declare(f="X -> number", i="X")
    (positive,) = d.given("forall i in X: 0 < f[i]")
    sign, total, _ = p.known
    i = d.index("i")
    pi, fi = p.spec(sign, i), p.spec(positive, i)
    signs = p.gen(i, p.order("0 <= p[i]*f[i]", [(1, 1, pi, fi)]))
    values: dict[str, Node | str] = {"X": "X", "w": function_of(p, "p[i]*f[i]", "i"), "v": _CONST}
    values["u"] = function_of(p, "1/f[i]", "i")
    bound = p.cite("cauchy_schwarz_weighted", values, [signs])
    d.show(bound, "the Cauchy–Schwarz inequality with the weights `p[i]*f[i]`")
    parts = [
        algebra(p, f"sum(i in X: {one}) = sum(i in X: {two})")
        for one, two in (
            ("p[i]*f[i]*(1/f[i])*1", "p[i]"),
            ("p[i]*f[i]*(1/f[i])^2", "p[i]/f[i]"),
            ("p[i]*f[i]*1^2", "p[i]*f[i]"),
        )
    ]
    bound = p.rewrite(bound, *parts)
    mean, other = "sum(i in X: p[i]*f[i])", "sum(i in X: p[i]/f[i])"
    bound = linear(p, f"1 <= {other}*{mean}", [bound, (p.term("sum(i in X: p[i]) + 1"), total)])
    d.show(
        _not_zero(p, p.term(mean), prove(p, f"0 <= {mean}", [signs]), bound, p.pos(lt(0, 1))), "so the mean is not 0"
    )


# --- Jensen -----------------------------------------------------------------------------------------------------------


@derivation("jensen_log")
def jensen_log(d: Draft) -> None:
    """**Jensen's inequality for the logarithm**: its tangent at the mean lies above it."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    d.declare(a="X -> number", c="number", i="X")
    (positive,) = d.given("forall i in X: 0 < a[i]")
    sign, total, _ = p.known
    i, c = d.index("i"), p.term("c")
    pi, ai, above = p.spec(sign, i), p.spec(positive, i), p.assume(lt(0, c))
    a = ai.right
    tangent = p.scheme("log_le", {"a": a / c}, [p.pos(lt(0, a / c), ai, above)])
    law = p.cite("log_div", {"a": a, "b": c}, [ai, above])
    below = "p[i]*(log(c) - 1) + p[i]*a[i]*(1/c)"
    each = p.order(f"p[i]*log(a[i]) <= {below}", [(1, 1, tangent, pi), (-1, pi.right, law)], above)
    d.show(each, "the tangent at `c`")
    mean = "sum(i in X: p[i]*a[i])"
    spread = algebra(p, f"sum(i in X: {below}) = (log(c) - 1)*sum(i in X: p[i]) + {mean}/c", [above])
    entries: list[Entry] = [summed(p, p.gen(i, each)), spread, (p.term("log(c) - 1"), total)]
    at_c = d.show(linear(p, f"sum(i in X: p[i]*log(a[i])) <= log(c) - 1 + {mean}/c", entries, [above]), "in the mean")
    mean_positive = p.cite("mean_pos", {"X": "X", "p": family(p, "p"), "f": family(p, "a")}, [sign, total, positive])
    best = p.inst(at_c, {"c": p.term(mean)}, [mean_positive])
    d.show(linear(p, f"sum(i in X: p[i]*log(a[i])) <= log({mean})", [best], [mean_positive]), "where `c` is the mean")


@derivation("jensen_exp")
def jensen_exp(d: Draft) -> None:
    """**Jensen's inequality for the exponential function**: its tangent at the mean lies below it."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    d.declare(f="X -> number", c="number", i="X")
    sign, total = p.known
    i, c = d.index("i"), p.term("c")
    f = p.term("f[i]")
    tangent, split = p.cite("exp_ge_one_add", {"a": f - c}), p.cite("exp_add", {"a": c, "b": f - c})
    above = p.scheme("exp_pos", {"a": c})
    same = p.trans(p.congr(exp(hole()), p.field(eq(f, c + (f - c)))), split)
    below = "p[i]*(exp(c)*(1 - c)) + p[i]*f[i]*exp(c)"
    pi = p.spec(sign, i)
    each = p.order(f"{below} <= p[i]*exp(f[i])", [(1, 1, tangent, above, pi), (-1, pi.right, same)])
    d.show(each, "the tangent at `c`")
    mean = "sum(i in X: p[i]*f[i])"
    spread = algebra(p, f"sum(i in X: {below}) = exp(c)*(1 - c)*sum(i in X: p[i]) + exp(c)*{mean}")
    entries: list[Entry] = [summed(p, p.gen(i, each)), spread, (p.term("exp(c)*(1 - c)"), total)]
    at_c = linear(p, f"exp(c)*(1 - c) + exp(c)*{mean} <= sum(i in X: p[i]*exp(f[i]))", entries)
    d.show(at_c, "in the mean")
    best = p.inst(at_c, {"c": p.term(mean)})
    d.show(linear(p, f"exp({mean}) <= sum(i in X: p[i]*exp(f[i]))", [best]), "where `c` is the mean")


@derivation("entropy_add_mean_le_log_sum_exp")
def entropy_add_mean_le_log_sum_exp(d: Draft) -> None:
    """Entropy and mean together are at most the logarithm of the sum of exponentials: Gibbs' variational principle."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    d.declare(f="X -> number", i="X")
    sign, total = p.known
    i = d.index("i")
    dominated = p.disch("1 = 0", p.absurd("p[i] = 0", p.assume("1 = 0"), p.pos(ne(1, 0))))
    values: dict[str, Node | str] = {"X": "X", "p": family(p, "p"), "q": _CONST, "g": family(p, "f")}
    premises = [sign, total, prove(p, "forall i in X: 0 <= 1"), p.gen(i, dominated)]
    bound = d.show(p.cite("donsker_varadhan_le", values, premises), "where all weights are 1")
    entropy = d.show(p.cite("entropy_eq_neg_kl_one", {"X": "X", "p": family(p, "p")}, [sign]), "the entropy")
    plain = algebra(p, "sum(i in X: 1*exp(f[i])) = sum(i in X: exp(f[i]))")
    goal = "sum(i in X: p[i]*f[i]) + entropy(p) <= log(sum(i in X: exp(f[i])))"
    d.show(linear(p, goal, [p.rewrite(bound, plain), entropy]), "together")


# --- roots and limits -------------------------------------------------------------------------------------------------


@derivation("sqrt_mul")
def sqrt_mul(d: Draft) -> None:
    """The root of a product is the product of the roots."""
    p = d.p
    a, b = d.positive("a b")
    above = p.pos(lt(0, a * b), *p.known)
    law = p.scheme("log_mul", {"a": a, "b": b}, p.known)
    whole, one, two = (
        p.scheme("rpow_def", {"a": x, "b": HALF}, [f]) for x, f in ((a * b, above), (a, p.known[0]), (b, p.known[1]))
    )
    d.show(whole, "what a root is")
    split = p.cite("exp_add", {"a": HALF * log(a), "b": HALF * log(b)})
    same = p.congr(exp(hole()), linear(p, eq(HALF * log(a * b), HALF * log(a) + HALF * log(b)), [law]))
    back = p.symm(p.trans(p.congr(hole() * two.left, one), p.congr(one.right * hole(), two)))
    d.show(p.trans(whole, p.trans(same, p.trans(split, back))), "the log of a product is the sum of the logs")


@derivation("sqrt_mul_le")
def sqrt_mul_le(d: Draft) -> None:
    """The geometric mean of two numbers is at most the arithmetic one: a square is not negative."""
    p = d.p
    a, b = d.positive("a b")
    first, second = p.known
    roots = [p.cite("sqrt_mul_self", {"a": x}, [f]) for x, f in ((a, first), (b, second))]
    product = p.cite("sqrt_mul", {"a": a, "b": b}, [first, second])
    d.show(product, "the root of a product")
    rows = [(1, a**HALF - b**HALF), (1, 1, roots[0]), (1, 1, roots[1]), (2, 1, product)]
    d.show(p.order("2*(a*b)^(1/2) <= a + b", rows), "the square of the difference of the roots")


@derivation("log_limit")
def log_limit(d: Draft) -> None:
    """The logarithm is continuous: its values are squeezed between two tangents."""
    p = d.p
    d.declare(a="number", u="Nat -> number", n="Nat")
    positive, to_a = d.given("0 < a", "lim(n: u[n]) -> a")
    n, a, un = d.index("n"), p.term("a"), p.term("u[n]")
    near = p.assume(lt(0, un))
    law = p.cite("log_div", {"a": un, "b": a}, [near, positive])
    above = p.scheme("log_le", {"a": un / a}, [p.pos(lt(0, un / a), near, positive)])
    above = linear(p, le(log(un), log(a) + (un / a - 1)), [above, law], [positive])
    d.show(above, "the tangent at the limit")
    back = p.cite("log_div", {"a": a, "b": un}, [positive, near])
    below = p.scheme("log_le", {"a": a / un}, [p.pos(lt(0, a / un), near, positive)])
    below = linear(p, le(log(a) + (1 - a / un), log(un)), [below, back], [near])
    d.show(below, "and the one at `u[n]`")
    ends = []
    for side in (below.left, above.right):
        line = limit(p, close(side, ("n", NAT)), [to_a])
        ends.append(p.rewrite(line, p.field(eq(line.right, log(a)), positive)))
    guard = near.statement
    lines = [*ends, p.gen(n, p.disch(guard, below)), p.gen(n, p.disch(guard, above))]
    premises = [p.scheme("limit_const", {"a": num(0)}), to_a, positive]
    d.show(p.limit_squeeze(*lines, *premises), "both tend to `log(a)`, and `u[n]` is positive in the end")
