"""Basic lemmas of the other derivations: laws of log and exp, indicators, sizes, absolute values, sums of signs."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, bound, lam, num
from ...language.rewriting import close
from ...proving.calc import Draft, derivation
from ...proving.idioms import delta
from ...proving.tactics import algebra, linear, prove


@derivation("log_one")
def log_one(d: Draft) -> None:
    """The logarithm of 1 is 0, since 1 is its own product with itself."""
    p = d.p
    one = p.pos("0 < 1")
    twice = d.show(p.scheme("log_mul", {"a": num(1), "b": num(1)}, [one, one]), "the log of the product `1*1`")
    same = p.congr(p.term("log(1*1)"), p.field("1*1 = 1"))
    line = p.trans(p.symm(same), twice)
    d.show(linear(p, "log(1) = 0", [line]), "subtract `log(1)`")


@derivation("log_div")
def log_div(d: Draft) -> None:
    """The log of a quotient is the difference of the logs."""
    p = d.p
    a, b = d.positive("a b")
    ratio = p.pos("0 < a/b", *p.known)
    product = p.scheme("log_mul", {"a": a / b, "b": b}, [ratio, p.known[1]])
    d.show(product, "the log of a product, where `a = a/b*b`")
    back = p.congr(p.term("log((a/b)*b)"), p.field("a/b*b = a", p.known[1]))
    d.show(linear(p, "log(a/b) = log(a) - log(b)", [p.trans(p.symm(back), product)]), "subtract `log(b)`")


@derivation("log_pow")
def log_pow(d: Draft) -> None:
    """The log of a power is a multiple of the log, for a positive base and any real exponent."""
    p = d.p
    (a,) = d.positive("a")
    (b,) = d.numbers("b")
    power = p.scheme("rpow_def", {"a": a, "b": b}, [p.known[0]])
    d.start("log(a^b)")
    d.eq("log(exp(b*log(a)))", by=p.congr(p.term("log(a^b)"), power), because="what a power with a real exponent is")
    d.eq("b*log(a)", by=p.scheme("log_exp", {"a": p.term("b*log(a)")}), because="log undoes exp")
    d.close()


@derivation("log_prod")
def log_prod(d: Draft) -> None:
    """The log of a product of positive factors over any finite set is the sum of their logs."""
    p = d.p
    d.sets("T")
    d.family("f", "T")
    d.given("forall t in T: 0 < f[t]")
    product = p.scheme("prod_def", {"X": "T", "f": p.term("prod(t in T: f[t])").args[0]}, [p.known[0]])
    d.start("log(prod(t in T: f[t]))")
    d.eq(
        "log(exp(sum(t in T: log(f[t]))))",
        by=p.congr(p.term("log(prod(t in T: f[t]))"), product),
        because="a product of positive factors is exp of the sum of their logs",
    )
    total = p.term("sum(t in T: log(f[t]))")
    d.eq(total, by=p.scheme("log_exp", {"a": total}), because="log undoes exp")
    d.close()


@derivation("prod_pos")
def prod_pos(d: Draft) -> None:
    """A finite product of positive factors is positive."""
    p = d.p
    d.sets("T")
    d.family("f", "T")
    d.given("forall t in T: 0 < f[t]")
    d.show(prove(p, "0 < prod(t in T: f[t])"), "it is a value of exp")


@derivation("log_le_sub_one")
def log_le_sub_one(d: Draft) -> None:
    """**The tangent of the logarithm** at 1."""
    p = d.p
    (x,) = d.positive("x")
    d.prose(
        "The tangent of `log(x)` at 1 lies above it: one of the two facts about logarithms on which the library rests."
    )
    d.show(p.scheme("log_le", {"a": x}, [p.known[0]]), "the tangent at 1 lies above log")


@derivation("log_le_half")
def log_le_half(d: Draft) -> None:
    """Twice the tangent at the square root: stronger than the tangent itself, except at 1."""
    p = d.p
    (x,) = d.positive("x")
    root = p.term("x^(1/2)")
    positive = prove(p, lt(0, root))
    d.show(p.scheme("log_le", {"a": root}, [positive]), "the tangent at the square root")
    power = p.cite("log_pow", {"a": x, "b": p.term("1/2")}, [p.known[0]])
    tangent = p.scheme("log_le", {"a": root}, [positive])
    d.show(linear(p, "log(x) <= 2*(x^(1/2) - 1)", [tangent, power]), "the log of the square root is half the log")


@derivation("exp_log")
def exp_log(d: Draft) -> None:
    """The exponential undoes the logarithm, which is injective because its tangent touches it only at 1."""
    p = d.p
    (x,) = d.positive("x")
    e = p.term("exp(log(x))")
    positive = p.scheme("exp_pos", {"a": p.term("log(x)")})
    same = p.scheme("log_exp", {"a": p.term("log(x)")})
    up = p.cite("log_div", {"a": e, "b": x}, [positive, p.known[0]])
    down = p.cite("log_div", {"a": x, "b": e}, [p.known[0], positive])
    first = p.scheme("log_le", {"a": e / x}, [p.pos(lt(0, e / x), positive, p.known[0])])
    second = p.scheme("log_le", {"a": x / e}, [p.pos(lt(0, x / e), positive, p.known[0])])
    d.show(same, "log undoes exp")
    one = d.show(linear(p, le(0, e / x - 1), [first, up, same]), "the tangent at `exp(log(x))/x`")
    two = d.show(linear(p, le(0, x / e - 1), [second, down, same]), "the tangent at `x/exp(log(x))`")
    above = p.order(le(x, e), [(1, 1, p.known[0], one)], p.known[0])
    below = p.order(le(e, x), [(1, 1, positive, two)], positive)
    d.show(p.scheme("antisymm", {"a": e, "b": x}, [below, above]), "both inequalities together")


@derivation("exp_zero")
def exp_zero(d: Draft) -> None:
    """The exponential of 0 is 1."""
    p = d.p
    one = p.pos("0 < 1")
    d.start("exp(0)")
    d.eq("exp(log(1))", by=p.congr(p.term("exp(0)"), p.symm(p.cite("log_one", {}))), because="`log(1) = 0`")
    d.eq("1", by=p.cite("exp_log", {"x": num(1)}, [one]), because="exp undoes log")
    d.close()


@derivation("exp_add")
def exp_add(d: Draft) -> None:
    """The exponential of a sum is the product of the exponentials."""
    p = d.p
    a, b = d.numbers("a b")
    ea, eb = p.term("exp(a)"), p.term("exp(b)")
    pa, pb = p.scheme("exp_pos", {"a": a}), p.scheme("exp_pos", {"a": b})
    total = algebra(p, "log(exp(a)*exp(b)) = a + b", [pa, pb])
    d.show(total, "the log of a product")
    d.start("exp(a + b)")
    d.eq("exp(log(exp(a)*exp(b)))", by=p.congr(p.term("exp(a + b)"), p.symm(total)), because="by the first line")
    positive = p.pos(lt(0, ea * eb), pa, pb)
    d.eq("exp(a)*exp(b)", by=p.cite("exp_log", {"x": ea * eb}, [positive]), because="exp undoes log")
    d.close()


@derivation("exp_neg")
def exp_neg(d: Draft) -> None:
    """The exponential of the opposite number is the reciprocal."""
    p = d.p
    (a,) = d.numbers("a")
    pa = p.scheme("exp_pos", {"a": a})
    product = p.cite("exp_add", {"a": a, "b": -a})
    zero = p.trans(p.congr(p.term("exp(a + -a)"), p.field("a + -a = 0")), p.cite("exp_zero", {}))
    d.show(p.trans(p.symm(product), zero), "exp turns sums into products")
    d.show(p.order("exp(-a) = 1/exp(a)", [(1, "1/exp(a)", p.trans(p.symm(product), zero))], pa), "divide")


@derivation("exp_ge_one_add")
def exp_ge_one_add(d: Draft) -> None:
    """The exponential function lies above its tangent at 0: this is the tangent of the logarithm at an exponential."""
    p = d.p
    (a,) = d.numbers("a")
    positive = p.scheme("exp_pos", {"a": a})
    tangent = p.scheme("log_le", {"a": p.term("exp(a)")}, [positive])
    d.show(tangent, "the tangent of log at `exp(a)`")
    d.show(linear(p, "1 + a <= exp(a)", [tangent, p.scheme("log_exp", {"a": a})]), "log undoes exp")


@derivation("exp_mono")
def exp_mono(d: Draft) -> None:
    """The exponential function is increasing."""
    p = d.p
    a, b = d.numbers("a b")
    (hyp,) = d.given("a <= b")
    pa = p.scheme("exp_pos", {"a": a})
    above = p.cite("exp_ge_one_add", {"a": b - a})
    product = p.cite("exp_add", {"a": a, "b": b - a})
    d.show(above, "the tangent of exp at 0")
    same = p.congr(p.term("exp(b)"), p.field("b = a + (b - a)"))
    whole = p.trans(same, product)
    d.show(whole, "exp turns sums into products")
    d.show(
        linear(p, "exp(a) <= exp(b)", [(1, pa, above), (1, pa, hyp), whole]),
        "`exp(a)` is positive",
    )


@derivation("delta_symm")
def delta_symm(d: Draft) -> None:
    """An indicator is symmetric: one sum of indicators can be sifted in two ways."""
    p = d.p
    d.sets("X")
    d.declare(i="X", j="X")
    i, j = d.index("i"), d.index("j")
    point = p.fresh("X")
    one = p.scheme("delta_sift", {"X": "X", "i": i, "f": _delta_row(j)})
    two = p.scheme("delta_sift", {"X": "X", "i": j, "f": _delta_row(i)})
    a, b = delta("X", i, point), delta("X", j, point)
    same = p.congr_under("sum", "X", p.gen(point, p.field(eq(b * a, a * b))))
    d.show(one, "sift at `i`")
    d.show(two, "sift at `j`")
    d.show(p.trans(p.symm(two), same, one), "the two sums are the same")


def _delta_row(i: Node) -> Node:
    """Return λ k. δ(i, k)."""
    return lam(("X",), delta("X", i, bound(0)))


@derivation("delta_idem")
def delta_idem(d: Draft) -> None:
    """An indicator equals its square."""
    p = d.p
    d.sets("X")
    d.declare(i="X", j="X")
    i, j = d.index("i"), d.index("j")
    point = p.fresh("X")
    ij, ik, jk = (delta("X", *pair) for pair in ((i, j), (i, point), (j, point)))
    over = (point.data, "X")
    left = p.scheme("delta_sift", {"X": "X", "i": j, "f": close(ik * ik, over)})
    right = p.scheme("delta_sift", {"X": "X", "i": i, "f": close(jk * ik, over)})
    same = p.congr_under("sum", "X", p.gen(point, p.field(eq(jk * (ik * ik), ik * (jk * ik)))))
    chain = p.trans(p.symm(left), same, right)
    d.show(chain, "sift one sum in two ways")
    ones = p.scheme("delta_self", {"X": "X", "i": i})
    symm = p.cite("delta_symm", {"X": "X", "i": j, "j": i})
    d.show(linear(p, eq(ij * ij, ij), [chain, (delta("X", j, i), ones), symm]), "`delta(i, i) = 1`")


@derivation("delta_nonneg")
def delta_nonneg(d: Draft) -> None:
    """An indicator is a square, hence not negative."""
    p = d.p
    d.sets("X")
    d.declare(i="X", j="X")
    ij = p.term("delta(i, j)")
    idem = p.cite("delta_idem", {"X": "X", "i": ij.args[0], "j": ij.args[1]})
    d.show(idem, "an indicator equals its square")
    d.show(p.order(le(0, ij), [(1, ij), (1, 1, idem)]), "squares are not negative")


@derivation("delta_eq_zero_or_one")
def delta_zero_one(d: Draft) -> None:
    """An indicator that is not 0 is 1."""
    p = d.p
    d.sets("X")
    d.declare(i="X", j="X")
    ij = p.term("delta(i, j)")
    idem = p.cite("delta_idem", {"X": "X", "i": ij.args[0], "j": ij.args[1]})
    other = p.assume(ne(ij, 0))
    line = p.order(eq(ij, 1), [(1, 1 / ij, idem)], other)
    d.show(p.disch(ne(ij, 0), line), "divide by the indicator: it equals its square")


@derivation("delta_subst")
def delta_subst(d: Draft) -> None:
    """Below an indicator of equality, equal indices may be exchanged."""
    p = d.p
    d.sets("X")
    d.declare(i="X", j="X", f="X -> number")
    i, j = d.index("i"), d.index("j")
    point = p.fresh("X")
    ik, jk = delta("X", i, point), delta("X", j, point)
    f = d.symbol("f", point)
    left = p.scheme("delta_sift", {"X": "X", "i": j, "f": close(ik * f, (point.data, "X"))})
    right = p.scheme("delta_sift", {"X": "X", "i": i, "f": close(jk * f, (point.data, "X"))})
    same = p.congr_under("sum", "X", p.gen(point, p.field(eq(jk * (ik * f), ik * (jk * f)))))
    chain = p.trans(p.symm(left), same, right)
    d.show(chain, "sift one sum in two ways")
    symm = p.cite("delta_symm", {"X": "X", "i": j, "j": i})
    d.show(linear(p, "delta(i, j)*f[j] = delta(i, j)*f[i]", [chain, ("f[i]", symm)]), "an indicator is symmetric")


@derivation("card_nonneg")
def card_nonneg(d: Draft) -> None:
    """The size of a finite set is a sum of ones, hence not negative."""
    p = d.p
    d.sets("X")
    total = prove(p, "0 <= sum(i in X: 1)")
    d.show(total, "a sum of ones")
    d.show(p.rewrite(total, p.scheme("sum_one", {"X": "X"})), "it counts the elements of `X`")


@derivation("abs_nonneg")
def abs_nonneg(d: Draft) -> None:
    """An absolute value is not negative."""
    p = d.p
    (a,) = d.numbers("a")
    up, down = p.assume(le(a, 0)), p.assume(lt(0, a))
    one = linear(p, "0 <= abs(a)", [p.scheme("abs_of_nonpos", {"a": a}, [up]), up])
    two = linear(p, "0 <= abs(a)", [p.scheme("abs_of_nonneg", {"a": a}, [p.order("0 <= a", [(1, 1, down)])]), down])
    d.show(p.cases(le(a, 0), one, two), "in each of the two cases")


@derivation("abs_sq")
def abs_sq(d: Draft) -> None:
    """The square of the absolute value is the square."""
    p = d.p
    (a,) = d.numbers("a")
    up, down = p.assume(le(a, 0)), p.assume(lt(0, a))
    below = p.scheme("abs_of_nonpos", {"a": a}, [up])
    above = p.scheme("abs_of_nonneg", {"a": a}, [p.order("0 <= a", [(1, 1, down)])])
    one = linear(p, "abs(a)*abs(a) = a*a", [("abs(a)", below), ("a", below)])
    two = linear(p, "abs(a)*abs(a) = a*a", [("abs(a)", above), ("a", above)])
    d.show(p.cases(le(a, 0), one, two), "in each of the two cases")


@derivation("sum_eq_zero_of_nonneg")
def sum_eq_zero_of_nonneg(d: Draft) -> None:
    """Non-negative numbers with sum 0 are all 0: each is at most the sum."""
    p = d.p
    d.sets("X")
    d.family("f", "X")
    signs, total = d.given("forall i in X: 0 <= f[i]", "sum(i in X: f[i]) = 0")
    j, point = p.fresh("X"), p.fresh("X")
    djk = delta("X", j, point)
    fk = d.symbol("f", point)
    sign = p.spec(signs, point)
    idem = p.cite("delta_idem", {"X": "X", "i": j, "j": point})
    # (1 − δ)²·f ≥ 0 and δ² = δ give δ·f ≤ f.
    each = linear(p, le(djk * fk, fk), [(1 - djk, sign), (fk, idem)])
    d.show(p.gen(point, each), "an indicator picks one summand")
    family = p.term("sum(i in X: f[i])").args[0]
    picked = close(djk * fk, (point.data, "X"))
    mono = p.scheme("sum_mono", {"X": "X", "f": picked, "g": family}, [p.gen(point, each)])
    sift = p.scheme("delta_sift", {"X": "X", "i": j, "f": family})
    below = linear(p, le(d.symbol("f", j), 0), [mono, sift, total])
    d.show(below, "so each summand is at most the sum, which is 0")
    zero = p.scheme("antisymm", {"a": d.symbol("f", j), "b": num(0)}, [below, p.spec(signs, j)])
    d.show(p.gen(j, zero), "and not negative")
