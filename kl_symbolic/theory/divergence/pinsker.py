"""Pinsker's inequality with its sharp constant, from a rational lower bound of the logarithm."""

from __future__ import annotations

from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import num
from ...language.rewriting import close
from ...proving.calc import Draft, absolute, derivation, log
from ...proving.idioms import (
    above_zero,
    dominates,
    positive_value,
    summed,
    two_distributions,
    vanishes,
)
from ...proving.tactics import linear, prove
from ...proving.tactics.linear import Entry


@derivation("log_sub_ge")
def log_sub_ge(d: Draft) -> None:
    """A rational lower bound of a difference of logs, exact to the third order."""
    p = d.p
    a, b = d.positive("a b")
    d.numbers("t")
    pa, pb = p.known
    d.prose("Move from `a` to `b` along `a + t*(b - a)`, and compare the log with a rational function of this number.")
    t = p.term("t")
    v = a + t * (b - a)
    function = log(v) - (v - a) * (5 * v + a) / (2 * v * (v + 2 * a))
    after, before = p.assume("0 <= t"), p.assume("t <= 1")
    # (a + b)·v = ab + (1 − t)a² + tb²
    share = p.pos(lt(0, 1 / (a + b)), pa, pb)
    inside = p.order(lt(0, v), [(1, 1, pa, pb, share), (1, a, before, share), (1, b, after, share)], pa, pb)
    d.show(inside, "between `a` and `b`")
    slope, conditions = derivative(function, "t")
    domain = [prove(p, c, [inside]) for c in conditions]
    shape = t ** num(3) * (b - a) ** num(4) / (v * (v + 2 * a)) ** num(2)
    shaped = p.field(eq(shape, slope), inside, pa, *domain)
    rising = d.show(p.pos(le(0, shape), after, inside, pa), "the derivative in `t` of their difference is not negative")
    grows = p.rewrite(rising, shaped)
    ends = p.order("0 <= 1", [(1, 1)])
    line = p.mono_of_deriv("t", function, grows, ends, *domain)
    goal = "(b - a)*(5*b + a)/(2*b*(b + 2*a)) <= log(b) - log(a)"
    ends_positive = [p.order(lt(0, a + num(k) * (b - a)), [(1, 1, sign)]) for k, sign in ((0, pa), (1, pb))]
    d.show(
        p.order(goal, [(1, 1, line)], pa, pb, *ends_positive),
        "so the difference at `t = 1` is at least that at `t = 0`",
    )


@derivation("rel_entr_quadratic")
def rel_entr_quadratic(d: Draft) -> None:
    """A lower bound of the relative entropy with a free slope and without a division."""
    p = d.p
    a, b, s = d.numbers("a b s")
    sa, sb, ac = d.given("0 <= a", "0 <= b", "b = 0 => a = 0")
    goal = p.statement("s*(a - b) - s^2*(a + 2*b)/6 + (a - b) <= rel_entr(a, b)")
    zero, some = p.assume(eq(a, 0)), p.assume(ne(a, 0))
    slack = ("s*(1 - s/6) + 1", zero)
    left = linear(p, goal, [vanishes(p, a, b, zero), ("s + 3/2", sb), sb, slack])
    d.show(left, "where `a = 0`, as `0 <= (s + 3/2)^2/3 + 1/4`")
    pa, pb = above_zero(p, sa, some), dominates(p, sb, ac, some)
    value = positive_value(p, pa, pb)
    bound = p.cite("log_sub_ge", {"a": b, "b": a}, [pb, pa])
    d.show(bound, "elsewhere, the bound of the logarithm")
    share = p.pos(lt(0, 1 / (a + 2 * b)), pa, pb)
    weight = 3 * (a - b) - s * (a + 2 * b)
    right = p.order(goal, [(1, 1, pa, bound), (-1, 1, value), ("1/6", weight, share)], pa, pb)
    d.show(right, "times `a`; the difference is a square, divided by `6*(a + 2*b)`")
    d.show(p.cases(eq(a, 0), left, right), "in each of the two cases")


@derivation("binary_pinsker")
def binary_pinsker(d: Draft) -> None:
    """Pinsker's inequality for two coins, one of which may always fall on the same side."""
    p = d.p
    a, b = d.numbers("a b")
    a0, _, b0, _ = d.given("0 <= a", "a <= 1", "0 < b", "b < 1")
    s = 2 * (a - b)
    faces = []
    for x, y, slope, sx, sy in ((a, b, s, a0, b0), (1 - a, 1 - b, -s, prove(p, "0 <= 1 - a"), prove(p, "0 < 1 - b"))):
        none = p.assume(eq(y, 0))
        vanish = p.disch(none.statement, p.order(eq(x, 0), [(1, x / y, none)], sy))
        premises = [sx, p.pos(le(0, y), sy), vanish]
        faces.append(p.cite("rel_entr_quadratic", {"a": x, "b": y, "s": slope}, premises))
    d.show(faces[0], "the bound with the slope `2*(a - b)`")
    d.show(faces[1], "for the other side of the coin, with the slope `-(2*(a - b))`")
    goal = "2*(a - b)^2 <= rel_entr(a, b) + rel_entr(1 - a, 1 - b)"
    d.show(linear(p, goal, faces), "add them")


@derivation("rel_entr_abs")
def rel_entr_abs(d: Draft) -> None:
    """A lower bound of the relative entropy with a free slope, in terms of the absolute difference."""
    p = d.p
    a, b, s = d.numbers("a b s")
    given = d.given("0 <= a", "0 <= b", "b = 0 => a = 0")
    gap = a - b
    goal = p.statement("s*abs(a - b) - s^2*(a + 2*b)/6 + (a - b) <= rel_entr(a, b)")
    up = p.assume(le(gap, 0))
    down = p.order(le(0, gap), [(1, 1, p.assume(lt(0, gap)))])
    branches = []
    for rule, sign, slope in (("abs_of_nonpos", up, -s), ("abs_of_nonneg", down, s)):
        size = p.scheme(rule, {"a": gap}, [sign])
        parabola = p.cite("rel_entr_quadratic", {"a": a, "b": b, "s": slope}, given)
        branches.append(linear(p, goal, [parabola, (s, size)]))
    d.show(p.cases(up.statement, *branches), "the slope `s` or `-s`, by the sign of `a - b`")


@derivation("pinsker")
def pinsker(d: Draft) -> None:
    """**Pinsker's inequality**: a small divergence forces a small total variation, with the sharp constant."""
    p = d.p
    two_distributions(d)
    np_, sp, nq, sq, ac = p.known
    (s,) = d.numbers("s")
    i = p.fresh("X")
    a, b = d.symbol("p", i), d.symbol("q", i)
    gap, square = absolute(a - b), s ** num(2)
    lines = p.gen(i, p.cite("rel_entr_abs", {"a": a, "b": b, "s": s}, [p.spec(f, i) for f in (np_, nq, ac)]))
    d.prose("A lower bound of each summand of the divergence, with a slope `s` that is still free:")
    parabola = p.spec(d.show(lines, "by a rational lower bound of the logarithm"), i)
    # The same, laid out as a combination of |p − q|, p and q.
    first, second = 1 - square / 6, -1 - square / 3
    rest = first * a + second * b
    each = p.gen(i, p.order(le(s * gap + 1 * rest, parabola.right), [(1, 1, parabola)]))
    over = {n: close(t, (i.data, "X")) for n, t in (("|", gap), ("p", a), ("q", b), ("rest", rest))}
    outer = p.cite("sum_linear", {"X": "X", "a": s, "b": num(1), "f": over["|"], "g": over["rest"]})
    inner = p.cite("sum_linear", {"X": "X", "a": first, "b": second, "f": over["p"], "g": over["q"]})
    opened = p.unfold(p.term("kl(p, q)"))
    total = p.term("sum(i in X: abs(p[i] - q[i]))")
    facts: list[Entry] = [summed(p, each), outer, inner, opened, (first, sp), (second, sq)]
    bound = linear(p, le(s * total - square / 2, opened.left), facts)
    d.show(bound, "sum over the outcomes, where `sum(i in X: p[i]) = sum(i in X: q[i]) = 1`")
    goal = "sum(i in X: abs(p[i] - q[i]))^2 <= 2*kl(p, q)"
    because = "at the best slope, `s = sum(i in X: abs(p[i] - q[i]))`"
    d.show(linear(p, goal, [p.inst(bound, {s.data: total})]), because)
