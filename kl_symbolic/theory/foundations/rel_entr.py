"""How rel_entr(a, b), which is a·log(a/b) with zeros allowed, scales, multiplies and adds."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation
from ...proving.idioms import above_zero, at_ratio, dominates, positive_value, rel_entr, vanishes
from ...proving.tactics import linear


@derivation("pos_of_dominates")
def pos_of_dominates(d: Draft) -> None:
    """A number that is not negative is positive where something that vanishes with it is not zero."""
    p = d.p
    d.numbers("a b")
    sign, ac, some = d.given("0 <= b", "b = 0 => a = 0", "a != 0")
    zero = p.assume("b = 0")
    clash = p.absurd("b != 0", p.mp(ac, zero), some)
    other = d.show(p.cases("b = 0", clash, p.assume("b != 0")), "`b = 0` would imply `a = 0`")
    d.show(p.lt_of_le_ne(sign, p.symm(other)), "and `b` is not negative")


@derivation("rel_entr_self")
def rel_entr_self(d: Draft) -> None:
    """The relative entropy of equal numbers is 0."""
    d.numbers("a")
    d.given("0 <= a")
    d.start("rel_entr(a, a)")
    d.eq("xlogy(a, a) - xlogy(a, a)", because="the definition")
    d.eq("0", because="both terms are the same")
    d.close()


@derivation("rel_entr_one")
def rel_entr_one(d: Draft) -> None:
    """The relative entropy with respect to 1."""
    d.numbers("a")
    d.given("0 <= a")
    d.start("rel_entr(a, 1)")
    d.eq("xlogy(a, a) - xlogy(a, 1)", because="the definition")
    d.eq("xlogy(a, a)", because="`log(1) = 0`")
    d.close()


@derivation("rel_entr_of_eq_zero")
def rel_entr_of_eq_zero(d: Draft) -> None:
    """The relative entropy of 0 is 0, whatever the other number is."""
    d.numbers("a b")
    d.given("a = 0")
    d.start("rel_entr(a, b)")
    d.eq("0", because="a product with a logarithm counts as 0 where its first factor is 0")
    d.close()


@derivation("rel_entr_of_pos")
def rel_entr_of_pos(d: Draft) -> None:
    """The relative entropy of positive numbers is a multiple of the difference of their logs."""
    d.positive("a b")
    d.start("rel_entr(a, b)")
    d.eq("a*(log(a) - log(b))", because="the definition, away from zero")
    d.close()


@derivation("rel_entr_mul")
def rel_entr_mul(d: Draft) -> None:
    """The relative entropy of products: the log of a product is a sum of logs, with zeros allowed."""
    p = d.p
    terms = d.numbers("a b c d")
    signs = d.given(*(le(0, t) for t in terms))
    acs = d.given("c = 0 => a = 0", "d = 0 => b = 0")
    a, b, c, e = terms
    goal = eq(rel_entr(a * b, c * e), b * rel_entr(a, c) + a * rel_entr(b, e))
    branches = []
    for (x, u), (y, v) in (((a, c), (b, e)), ((b, e), (a, c))):
        zero = p.assume(eq(x, 0))
        product = vanishes(p, a * b, c * e, linear(p, eq(a * b, 0), [(y, zero)]))
        d.show(product, f"where `{x.data} = 0`, all terms are 0")
        branches.append(linear(p, goal, [product, (y, vanishes(p, x, u, zero)), (rel_entr(y, v), zero)]))
    some = [p.assume(ne(a, 0)), p.assume(ne(b, 0))]
    pa, pb = (above_zero(p, sign, other) for sign, other in zip(signs[:2], some, strict=True))
    pc, pe = (dominates(p, sign, ac, other) for sign, ac, other in zip(signs[2:], acs, some, strict=True))
    whole = positive_value(p, p.pos(lt(0, a * b), pa, pb), p.pos(lt(0, c * e), pc, pe))
    top = p.scheme("log_mul", {"a": a, "b": b}, [pa, pb])
    low = p.scheme("log_mul", {"a": c, "b": e}, [pc, pe])
    d.show(whole, "elsewhere all are positive")
    d.show(top, "and the logs of products are sums")
    parts = [(b, positive_value(p, pa, pc)), (a, positive_value(p, pb, pe))]
    rest = linear(p, goal, [whole, (a * b, top), (a * b, low), *parts])
    d.show(p.cases(eq(a, 0), branches[0], p.cases(eq(b, 0), branches[1], rest)), "in each case")


@derivation("rel_entr_smul")
def rel_entr_smul(d: Draft) -> None:
    """A common factor comes out of the relative entropy."""
    p = d.p
    c, a, b = d.numbers("c a b")
    sc, sa, sb, ac = d.given("0 <= c", "0 <= a", "0 <= b", "b = 0 => a = 0")
    same = p.disch(eq(c, 0), p.assume(eq(c, 0)))
    product = p.cite("rel_entr_mul", {"a": c, "b": a, "c": c, "d": b}, [sc, sa, sb, same, ac])
    d.show(product, "the law for products")
    own = p.cite("rel_entr_self", {"a": c}, [sc])
    d.show(linear(p, "rel_entr(c*a, c*b) = c*rel_entr(a, b)", [product, (a, own)]), "`rel_entr(c, c) = 0`")


@derivation("eq_zero_of_add_eq_zero")
def eq_zero_of_add_eq_zero(d: Draft) -> None:
    """Where a sum of two non-negative numbers is zero, the first of them is."""
    p = d.p
    a, _ = d.numbers("a b")
    sa, sb, total = d.given("0 <= a", "0 <= b", "a + b = 0")
    below = d.show(p.order("a <= 0", [(1, 1, sb), (1, 1, total)]), "the other one is not negative")
    d.show(p.scheme("antisymm", {"a": a, "b": num(0)}, [below, sa]), "nor is this one")


def _both_zero(p: Proof, first: Fact, second: Fact, total: Fact) -> tuple[Fact, Fact]:
    """Return a = 0 and b = 0 from 0 ≤ a, 0 ≤ b and a + b = 0."""
    a, b = first.right, second.right
    turned = p.order(eq(b + a, 0), [(1, 1, total)])
    return (
        p.cite("eq_zero_of_add_eq_zero", {"a": a, "b": b}, [first, second, total]),
        p.cite("eq_zero_of_add_eq_zero", {"a": b, "b": a}, [second, first, turned]),
    )


@derivation("rel_entr_add_le")
def rel_entr_add_le(d: Draft) -> None:
    """The log-sum inequality for two terms: the tangent at the ratio of the sums, twice."""
    p = d.p
    a, r, b, s = d.numbers("a r b s")
    sa, sr, sb, ss, ac, ac2 = d.given("0 <= a", "0 <= r", "0 <= b", "0 <= s", "b = 0 => a = 0", "s = 0 => r = 0")
    goal = p.statement("rel_entr(a + r, b + s) <= rel_entr(a, b) + rel_entr(r, s)")
    none = p.assume(eq(a + r, 0))
    za, zr = _both_zero(p, sa, sr, none)
    flat = d.show(vanishes(p, a + r, b + s, none), "where `a + r = 0`, all terms are 0")
    left = linear(p, goal, [flat, vanishes(p, a, b, za), vanishes(p, r, s, zr)])
    under = p.assume(eq(b + s, 0))
    zb, zs = _both_zero(p, sb, ss, under)
    sums = p.disch(under.statement, linear(p, eq(a + r, 0), [p.mp(ac, zb), p.mp(ac2, zs)]))
    some = p.assume(ne(a + r, 0))
    pa = above_zero(p, p.pos(le(0, a + r), sa, sr), some)
    pb = dominates(p, p.pos(le(0, b + s), sb, ss), sums, some)
    ratio = (a + r) / (b + s)
    pc = p.pos(lt(0, ratio), pa, pb)
    first = p.cite("rel_entr_tangent", {"a": a, "b": b, "c": ratio}, [sa, sb, ac, pc])
    second = p.cite("rel_entr_tangent", {"a": r, "b": s, "c": ratio}, [sr, ss, ac2, pc])
    d.show(first, "the tangent at the ratio of the sums")
    d.show(second, "and for the other term")
    whole = at_ratio(p, pa, pb)
    right = p.order(goal, [(1, 1, first), (1, 1, second), (1, 1, whole)], pb)
    d.show(p.cases(none.statement, left, right), "add them: the linear parts cancel")


@derivation("mul_dominated")
def mul_dominated(d: Draft) -> None:
    """Absolute continuity passes to multiples, also by zero."""
    p = d.p
    d.numbers("c a b")
    (ac,) = d.given("b = 0 => a = 0")
    zero, none, some = p.assume("c*b = 0"), p.assume("c = 0"), p.assume("c != 0")
    goal = p.statement("c*a = 0")
    plain = p.order("b = 0", [(1, "1/c", zero)], some)
    either = p.cases("c = 0", linear(p, goal, [("a", none)]), linear(p, goal, [("c", p.mp(ac, plain))]))
    d.show(p.disch(zero.statement, either), "divide by a factor that is not zero")


@derivation("rel_entr_convex")
def rel_entr_convex(d: Draft) -> None:
    """Relative entropy is jointly convex: the two-term log-sum inequality, with the weights as common factors."""
    p = d.p
    t, *terms = d.numbers("lambda a r b s")
    a, r, b, s = terms
    pt, less = d.given("0 < lambda", "lambda < 1")
    sa, sr, sb, ss = d.given(*(le(0, x) for x in terms))
    acs = d.given("b = 0 => a = 0", "s = 0 => r = 0")
    rest = p.order(lt(0, 1 - t), [(1, 1, less)])
    pieces, scaled, under = [], [], []
    for c, pc, (x, sx), (y, sy), ac in ((t, pt, (a, sa), (b, sb), acs[0]), (1 - t, rest, (r, sr), (s, ss), acs[1])):
        scaled.append((c * x, c * y, p.pos(le(0, c * x), pc, sx), p.pos(le(0, c * y), pc, sy)))
        under.append(p.cite("mul_dominated", {"c": c, "a": x, "b": y}, [ac]))
        pieces.append(p.cite("rel_entr_smul", {"c": c, "a": x, "b": y}, [p.pos(le(0, c), pc), sx, sy, ac]))
    (ca, cb, na, nb), (cr, cs, nr, ns) = scaled
    added = p.cite("rel_entr_add_le", {"a": ca, "r": cr, "b": cb, "s": cs}, [na, nr, nb, ns, *under])
    d.show(added, "the log-sum inequality for two terms")
    d.show(
        linear(p, le(added.left, t * rel_entr(a, b) + (1 - t) * rel_entr(r, s)), [added, *pieces]), "factors come out"
    )
