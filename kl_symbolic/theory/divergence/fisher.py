"""How the divergence looks from near: half the Fisher information times the square of the step."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, apply_abs, num
from ...language.rewriting import close
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, absolute, derivation
from ...proving.idioms import positive_value
from ...proving.tactics import limit, linear


def _by_sign(p: Proof, a: Node, goal: Node, *bounds: Fact) -> Fact:
    """Prove a statement about |a| in the cases a ≤ 0 and 0 < a, from a bound in each, or from the case itself."""
    up, down = p.assume(le(a, 0)), p.assume(lt(0, a))
    below = p.scheme("abs_of_nonpos", {"a": a}, [up])
    above = p.scheme("abs_of_nonneg", {"a": a}, [p.order(le(0, a), [(1, 1, down)])])
    first, second = bounds or (up, down)
    return p.cases(up.statement, linear(p, goal, [below, first]), linear(p, goal, [above, second]))


@derivation("le_abs")
def le_abs(d: Draft) -> None:
    """A number is at most its absolute value."""
    (a,) = d.numbers("a")
    d.show(_by_sign(d.p, a, le(a, absolute(a))), "in each of the two cases")


@derivation("neg_le_abs")
def neg_le_abs(d: Draft) -> None:
    """The opposite of a number is at most its absolute value."""
    (a,) = d.numbers("a")
    d.show(_by_sign(d.p, a, le(-a, absolute(a))), "in each of the two cases")


@derivation("abs_le")
def abs_le(d: Draft) -> None:
    """An absolute value is bounded where the number is bounded on both sides."""
    a, b = d.numbers("a b")
    bounds = d.given("-b <= a", "a <= b")
    d.show(_by_sign(d.p, a, le(absolute(a), b), *bounds), "in each of the two cases")


@derivation("abs_add_le")
def abs_add_le(d: Draft) -> None:
    """The **triangle inequality** for numbers."""
    p = d.p
    a, b = d.numbers("a b")
    facts = [p.cite(lemma, {"a": x}) for x in (a, b) for lemma in ("le_abs", "neg_le_abs")]
    size = absolute(a) + absolute(b)
    low, high = linear(p, le(-size, a + b), facts), linear(p, le(a + b, size), facts)
    d.show(low, "from below")
    d.show(high, "and from above")
    d.show(p.cite("abs_le", {"a": a + b, "b": size}, [low, high]), "together")


# --- one side of the coin ----------------------------------------------------------------------------------------


@derivation("log_step")
def log_step(d: Draft) -> None:
    """The second-order expansion of a difference of logs, with a bound of the error."""
    p = d.p
    a, h, e = d.numbers("a h e")
    pa, low, high, small = d.given("0 < a", "-e <= h", "h <= e", "e <= a/2")
    half, third = Fraction(1, 2), Fraction(1, 3)
    size = p.order(le(0, e), [(half, 1, low), (half, 1, high)])
    slack = p.order(le(0, h + a / 2), [(1, 1, low), (1, 1, small)])
    stays = p.order(lt(0, a + h), [(1, 1, slack), (half, 1, pa)])
    gap = p.term("a*log(a) - a*log(a + h) + h - h^2/(2*a)")
    cubic = p.term("2/3*e^3/a^2")
    below = p.cite("log_sub_ge", {"a": a + h, "b": a}, [stays, pa])
    above = p.cite("log_sub_ge", {"a": a, "b": a + h}, [pa, stays])
    d.show(below, "the rational lower bound of the logarithm")
    d.show(above, "and the other way round")
    # ρ ≥ −h³/(a(3a + 2h)), and 2e³(3a + 2h) − 3ah³ = e³(a + 4(h + a/2)) + 3a(e − h)((h + e/2)² + ¾e²).
    share = p.pos(lt(0, 1 / (a * a * (a + 2 * (a + h)))), pa, stays)
    entries: list[tuple[object, ...]] = [(third, e, size, pa, share), (4 * third, e, size, slack, share)]
    entries += [(1, h + e / 2, high, pa, share), (Fraction(3, 4), e, high, pa, share)]
    lower = p.order(le(-cubic, gap), [(1, 1, pa, below), *entries], stays)
    # ρ ≤ −h³(2a + h)/(2a(a + h)(3a + h)), and h³ + e³ = (h + e)((h − e/2)² + ¾e²).
    share = p.pos(lt(0, 1 / (a * a * (a + h) * (a + h + 2 * a))), pa, stays)
    both = p.pos(lt(0, a + (a + h)), pa, stays)
    entries = [(2 * third, e * (h + a / 2), size, share), (3 * half, e, size, pa, slack, share)]
    entries += [(third / 4, e * a, size, share), (half, h - e / 2, pa, both, low, share)]
    entries += [(Fraction(3, 8), e, pa, both, low, share)]
    upper = p.order(le(gap, cubic), [(1, 1, pa, above), *entries], stays)
    d.show(lower, "from below")
    d.show(upper, "from above")
    d.show(p.cite("abs_le", {"a": gap, "b": cubic}, [lower, upper]), "together")


@derivation("fisher_second_order")
def fisher_second_order(d: Draft) -> None:
    """To second order, the divergence is half the **Fisher information** times the square of the distance."""
    p = d.p
    t, h = d.numbers("theta h")
    pt, t1, small, small_too = d.given("0 < theta", "theta < 1", "abs(h) <= theta/2", "abs(h) <= (1 - theta)/2")
    rest = p.order(lt(0, 1 - t), [(1, 1, t1)])
    size = absolute(h)
    up, down = (p.cite(lemma, {"a": h}) for lemma in ("le_abs", "neg_le_abs"))
    low, low_too = p.order(le(-size, h), [(1, 1, down)]), p.order(le(-size, -h), [(1, 1, up)])
    first = p.cite("log_step", {"a": t, "h": h, "e": size}, [pt, low, up, small])
    second = p.cite("log_step", {"a": 1 - t, "h": -h, "e": size}, [rest, low_too, down, small_too])
    d.show(first, "one side of the coin")
    d.show(second, "the other side")
    half = Fraction(1, 2)
    inside = p.order(lt(0, t + h), [(1, 1, down), (1, 1, small), (half, 1, pt)])
    outside = p.order(lt(0, 1 - (t + h)), [(1, 1, up), (1, 1, small_too), (half, 1, rest)])
    gap = p.term("binary_kl(theta, theta + h) - h^2/(2*theta*(1 - theta))")
    parts = [f.left.args[0] for f in (first, second)]
    facts = [p.unfold(gap.args[0]), positive_value(p, pt, inside), positive_value(p, rest, outside)]
    same = p.order(eq(gap, parts[0] + parts[1]), [(1, 1, f) for f in facts], pt, rest)
    sized = p.congr(absolute(gap), same)
    d.show(sized, "the linear terms cancel")
    triangle = p.cite("abs_add_le", {"a": parts[0], "b": parts[1]})
    goal = "abs(binary_kl(theta, theta + h) - h^2/(2*theta*(1 - theta))) <= 2/3*abs(h)^3*(1/theta^2 + 1/(1 - theta)^2)"
    d.show(linear(p, goal, [sized, triangle, first, second]), "the triangle inequality")


# --- the limit ---------------------------------------------------------------------------------------------------


@derivation("log_step_limit")
def log_step_limit(d: Draft) -> None:
    """The quadratic term as a limit: squeezed between rational functions of the step."""
    p = d.p
    (a,) = d.numbers("a")
    steps = d.family("h", "Nat")
    pa, to_zero, some = d.given("0 < a", "lim(n: h[n]) -> 0", "forall n in Nat: h[n] != 0")
    d.declare(n="Nat")
    n = d.index("n")
    h = steps[n]
    v = a + h
    inside, other = p.assume(lt(0, v)), p.spec(some, n)
    middle = p.term("(a*log(a) - a*log(a + h[n]) + h[n])/h[n]^2")
    low = 1 / (2 * a) - h / (a * (a + 2 * v))
    high = 1 / (2 * a) - h * (a + v) / (2 * a * v * (v + 2 * a))
    below = p.cite("log_sub_ge", {"a": v, "b": a}, [inside, pa])
    above = p.cite("log_sub_ge", {"a": a, "b": v}, [pa, inside])
    bounds = [p.order(le(low, middle), [(1, 1 / h, pa, below)], inside, other)]
    bounds.append(p.order(le(middle, high), [(1, 1 / h, pa, above)], inside, other))
    d.show(bounds[0], "the rational lower bound of the logarithm")
    d.show(bounds[1], "and the other way round")
    to_a = limit(p, close(v, ("n", NAT)), [to_zero])
    known = [to_zero, p.rewrite(to_a, p.field(eq(to_a.right, a)))]
    target = 1 / (2 * a)
    ends = []
    for side in (low, high):
        line = limit(p, close(side, ("n", NAT)), known)
        ends.append(p.rewrite(line, p.field(eq(line.right, target), pa)))
    within = [p.gen(n, p.disch(inside.statement, bound)) for bound in bounds]
    nothing = p.scheme("limit_const", {"a": num(0)})
    d.show(p.limit_squeeze(*ends, *within, nothing, known[1], pa), "both bounds tend to `1/(2*a)`")


@derivation("fisher_limit")
def fisher_limit(d: Draft) -> None:
    """Divided by the square of the step, the divergence of two coins tends to half the Fisher information."""
    p = d.p
    (t,) = d.numbers("theta")
    steps = d.family("h", "Nat")
    pt, t1, to_zero, some = d.given("0 < theta", "theta < 1", "lim(n: h[n]) -> 0", "forall n in Nat: h[n] != 0")
    d.declare(n="Nat")
    n = d.index("n")
    h = steps[n]
    rest = p.order(lt(0, 1 - t), [(1, 1, t1)])
    back = limit(p, close(-h, ("n", NAT)), [to_zero])
    back = p.rewrite(back, p.field(eq(back.right, 0)))
    turned = p.gen(n, p.pos(ne(-h, 0), p.spec(some, n)))
    first = p.cite("log_step_limit", {"a": t, "h": close(h, ("n", NAT))}, [pt, to_zero, some])
    second = p.cite("log_step_limit", {"a": 1 - t, "h": close(-h, ("n", NAT))}, [rest, back, turned])
    d.show(first, "one side of the coin")
    d.show(second, "the other side")
    total = p.scheme(
        "limit_add", {"a": first.right, "b": second.right, "u": first.left, "v": second.left}, [first, second]
    )
    target = p.term("1/(2*theta*(1 - theta))")
    total = p.rewrite(total, p.field(eq(total.right, target), pt, rest))
    inside, outside = p.assume(lt(0, t + h)), p.assume(lt(t + h, 1))
    away = p.order(lt(0, 1 - (t + h)), [(1, 1, outside)])
    whole = p.term("binary_kl(theta, theta + h[n])/h[n]^2")
    facts = [p.unfold(whole.args[0]), positive_value(p, pt, inside), positive_value(p, rest, away)]
    parts = apply_abs(total.left, n)
    same = p.order(eq(whole, parts), [(1, 1 / (h * h), fact) for fact in facts], p.spec(some, n))
    d.show(same, "the linear terms cancel")
    within = []
    for goal, sign in ((le(parts, whole), -1), (le(whole, parts), 1)):
        bound = p.order(goal, [(sign, 1, same)], p.spec(some, n))
        within.append(p.gen(n, p.disch(inside.statement, p.disch(outside.statement, bound))))
    moved = limit(p, close(t + h, ("n", NAT)), [to_zero])
    ends = [p.scheme("limit_const", {"a": num(k)}) for k in (0, 1)]
    guards = [ends[0], moved, p.order(lt(0, moved.right), [(1, 1, pt)])]
    guards += [moved, ends[1], p.order(lt(moved.right, 1), [(1, 1, t1)])]
    d.show(p.limit_squeeze(total, total, *within, *guards), "as soon as `theta + h[n]` is a probability")
