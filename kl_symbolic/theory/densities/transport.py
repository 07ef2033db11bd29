"""Two cells, changes of variables, the chain rule and products: how the divergence of densities behaves under maps."""

from __future__ import annotations

from fractions import Fraction

from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import close, replace
from ...proving.builder import Fact, hole
from ...proving.calc import Draft, absolute, derivation, exp, log
from ...proving.idioms import above_zero, at_ratio, rel_entr, vanishes
from ...proving.integrals import Points, congruent, integrand, integrate
from ...proving.tactics import linear
from ..density_notation import DENSITY, DIVERGENCE, DOMINATED, functions, lemma

HALVES = (
    "forall x in E: x in I",
    "forall x in E: x < c",
    "forall x in G: x in I",
    "forall x in G: c < x",
    "forall x in I: x < c => x in E",
    "forall x in I: c < x => x in G",
)
"""E is the part of the interval I below c, and G the part above."""
CELLS = (
    *(s.replace(" D", " I") for s in (DENSITY[0].format("p"), DENSITY[0].format("q"), DOMINATED.format("p", "q"))),
    "int(x in E: p(x)) = a1",
    "int(x in G: p(x)) = a2",
    "int(x in E: q(x)) = b1",
    "int(x in G: q(x)) = b2",
    "int(x in I: rel_entr(p(x), q(x))) = v",
)
"""The masses of two functions on both parts, and their divergence."""


def two_cells(d: Draft) -> tuple[list[Fact], list[Fact]]:
    """Declare two functions on an interval and its two parts; return the hypotheses about the parts and the rest."""
    d.numbers("a1 a2 b1 b2 c v")
    d.declare(**dict.fromkeys("IEG", "interval"), **dict.fromkeys("pq", "number -> number"))
    return d.given(*HALVES), d.given(*CELLS)


@derivation("two_cells_tangent")
def two_cells_tangent(d: Draft) -> None:
    """The tangents of the logarithm with one slope on each part of an interval, integrated."""
    p = d.p
    halves, (sp, sq, ac, *masses, divergence) = two_cells(d)
    r, s = d.numbers("r s")
    pr, ps = d.given("0 < r", "0 < s")
    on, low, high = Points(p, "I"), Points(p, "E"), Points(p, "G")
    x, c = on.x, p.term("c")
    # The slope is r below c and s above: exp(α + β·|x − c|/(x − c)).
    half = Fraction(1, 2)
    middle, swing = half * (log(r) + log(s)), half * (log(s) - log(r))
    exponent = middle + swing * (absolute(x - c) / (x - c))
    slope = exp(exponent)
    body = p.term("p(x)") * log(slope) + p.term("p(x)") - slope * p.term("q(x)")
    d.prose(
        """The slope is to be `r` below `c` and `s` above it. It is `exp(1/2*(log(r) + log(s)) + 1/2*(log(s) -
        log(r))*(abs(x - c)/(x - c)))`, as `abs(x - c)/(x - c)` is −1 below `c` and 1 above it."""
    )
    point = p.scheme("log_exp", {"a": exponent})
    parts = []
    for at, side, value, positive, k in ((low, halves[1], r, pr, 0), (high, halves[3], s, ps, 1)):
        order = at.at(side)
        gap = x - c
        if k:
            sign = p.order(le(0, gap), [(1, 1, order)])
            size = p.scheme("abs_of_nonneg", {"a": gap}, [sign])
        else:
            sign = p.order(le(gap, 0), [(1, 1, order)])
            size = p.scheme("abs_of_nonpos", {"a": gap}, [sign])
        apart = p.order(ne(gap, 0), [(-1 if k else 1, 1, order)])
        level = p.order(eq(exponent, log(value)), [(1, swing / gap, size)], apart)
        flat = p.trans(p.congr(exp(hole()), level), p.cite("exp_log", {"x": value}, [positive]))
        new = linear(
            p,
            eq(p.term("p(x)") * log(value) + p.term("p(x)") - value * p.term("q(x)"), body),
            [("p(x)", point), ("p(x)", level), ("q(x)", flat)],
            [apart],
        )
        ip, iq = masses[k], masses[k + 2]
        pieces = [(log(value) + 1, ip), (-value, iq)]
        a, b = ip.statement.args[2], iq.statement.args[2]
        total = integrate(at, pieces, new.left, a * log(value) + a - value * b)
        parts.append(congruent(at, total, body, new))
        d.show(parts[-1], f"on the part {'above' if k else 'below'} `c`, where the slope is `{'s' if k else 'r'}`")
    (_, f, u), (_, _, w) = (part.statement.args for part in parts)
    names = {"D": on.domain, "E": low.domain, "G": high.domain, "c": c, "f": f, "u": u, "v": w}
    whole = d.show(
        p.scheme("int_split", names, [*halves, *parts]),
        "the interval is made of both parts, and one point does not count",
    )
    positive = on.every(p.scheme("exp_pos", {"a": exponent}))
    bound = lemma(
        p, "density_master", [sp, sq, ac, positive, divergence, whole], "I", c=slope, u=whole.statement.args[2]
    )
    d.show(bound, "the tangents of the logarithm, integrated")


@derivation("rel_entr_le_of_tangents")
def rel_entr_le_of_tangents(d: Draft) -> None:
    """A bound of all tangents is a bound of the relative entropy, which is the largest of them or their limit."""
    p = d.p
    a, b, v = d.numbers("a b v")
    sa, pb, each = d.given("0 <= a", "0 < b", "forall r in number: 0 < r => a*log(r) + a - r*b <= v")
    goal = le(rel_entr(a, b), v)

    def at(slope: Node, positive: Fact) -> Fact:
        return p.mp(p.spec(each, slope), positive)

    zero, some, negative = p.assume(eq(a, 0)), p.assume(ne(a, 0)), p.assume(lt(v, 0))
    slope = -v / (2 * b)
    positive = p.order(lt(0, slope), [(Fraction(1, 2), 1, negative, p.pos(lt(0, 1 / b), pb))], pb)
    below = at(slope, positive)
    false = p.order(lt(0, 0), [(1, 1, below), (Fraction(1, 2), 1, negative), (-1, log(slope) + 1, zero)], pb)
    least = p.absurd(le(0, v), p.field("0 = 0"), p.order("0 != 0", [(1, 1, false)]))
    least = p.cases(le(0, v), p.assume(le(0, v)), least)
    left = linear(p, goal, [least, vanishes(p, a, b, zero)])
    d.show(left, "the left side is 0; a negative `v` is excluded by the slope `-v/(2*b)`")
    pa = above_zero(p, sa, some)
    right = p.order(goal, [(1, 1, at(a / b, p.pos(lt(0, a / b), pa, pb))), (1, 1, at_ratio(p, pa, pb))], pb)
    d.show(p.cases(zero.statement, left, right), "elsewhere, take the slope `a/b`: two terms cancel")


@derivation("kl_two_cells")
def kl_two_cells(d: Draft) -> None:
    """**A histogram never overstates the divergence**: the masses of two cells diverge at most as the densities do."""
    p = d.p
    halves, given = two_cells(d)
    positive = d.given("0 < b1", "0 < b2")
    d.prose(
        """The point `c` cuts the interval into two cells, `E` below it and `G` above it. In each of them the tangents
        of the logarithm get one slope, which is chosen at the end."""
    )
    on, r, s = Points(p, "I"), *d.numbers("r s")
    values = {n: p.term(n) for n in ("a1", "a2", "b1", "b2", "c", "v")} | {"r": r, "s": s}
    values |= {n: Points(p, n).domain for n in "IEG"} | {n: on.function(f"{n}(x)") for n in "pq"}
    steep = [p.assume(lt(0, slope)) for slope in (r, s)]
    bound = p.cite("two_cells_tangent", values, [*halves, *given, *steep])
    d.show(bound, "the tangents with the slope `r` below `c` and `s` above it, integrated")
    signs = []
    for k, name in enumerate("EG"):
        part = Points(p, name)
        inside = p.mp(p.spec(given[0], part.x), part.at(halves[2 * k]))
        premises = [part.every(inside), given[3 + k]]
        values = {"D": part.domain, "f": part.function("p(x)"), "u": p.term(f"a{k + 1}")}
        signs.append(p.cite("int_nonneg", values, premises))
    # First the best slope on E for each slope on G, then the best slope on G.
    best, rest = bound, p.term("a2*log(s) + a2 - s*b2")
    for k, slope in enumerate((r, s)):
        a, b = p.term(f"a{k + 1}"), p.term(f"b{k + 1}")
        value = p.term("v") - (rest if k == 0 else rel_entr(p.term("a1"), p.term("b1")))
        each = linear(p, le(a * log(slope) + a - slope * b, value), [best])
        rows = p.gen(slope, p.disch(lt(0, slope), each))
        best = p.cite("rel_entr_le_of_tangents", {"a": a, "b": b, "v": value}, [signs[k], positive[k], rows])
        d.show(best, "likewise above `c`, with the slope `a2/b2`" if k else "at the best slope below `c`, `a1/b1`")
    d.show(linear(p, "rel_entr(a1, b1) + rel_entr(a2, b2) <= v", [best]), "add both")


@derivation("kl_change_of_variables")
def kl_change_of_variables(d: Draft) -> None:
    """**A change of variables** keeps the divergence: both densities get the same factor."""
    p = d.p
    d.numbers("v")
    on, image = change(d)
    sp, sq, ac, divergence = d.given(
        *(s.replace(" D", " E") for s in (DENSITY[0].format("p"), DENSITY[0].format("q"), DOMINATED.format("p", "q"))),
        DIVERGENCE.format("p", "q", "v").replace(" D", " E"),
    )
    smooth = d.given(*SMOOTH)
    names = ("phi", "psi", "s", "t")
    _, f, v = divergence.statement.args
    values = {"D": on.domain, "E": image.domain, "f": f, "u": v, **{n: on.function(f"{n}(x)") for n in names}}
    moved = d.show(p.scheme("int_subst", values, [divergence, *smooth]), "substitute `phi(x)`")
    point = on.at(smooth[0])
    here = [p.mp(p.spec(f, p.term("phi(x)")), point) for f in (sp, sq, ac)]
    factor = p.term("abs(s(x))")
    premises = [p.cite("abs_nonneg", {"a": p.term("s(x)")}), *here]
    same = p.cite("rel_entr_smul", {"a": here[0].right, "b": here[1].right, "c": factor}, premises)
    body = p.term("rel_entr(p(phi(x))*abs(s(x)), q(phi(x))*abs(s(x)))")
    laid = [p.field(eq(factor * h.right, h.right * factor)) for h in here[:2]]
    left = p.congr(rel_entr(hole(), factor * here[1].right), laid[0])
    right = p.congr(rel_entr(laid[0].right, hole()), laid[1])
    same = linear(p, eq(body, integrand(on, moved)), [same, left, right])
    d.show(same, "a common factor comes out of the relative entropy")
    d.show(congruent(on, moved, body, p.symm(same)), "so both integrals agree")


SMOOTH = (
    "forall x in D: phi(x) in E",
    "forall x in E: psi(x) in D",
    "forall x in E: phi(psi(x)) = x",
    "forall x in D: deriv(y: phi(y), x) = s(x)",
    "forall x in D: deriv(y: s(y), x) = t(x)",
    "forall x in D: s(x) != 0",
)
"""phi maps D onto E, psi undoes it, and the derivative s of phi is differentiable and not zero."""


def change(d: Draft) -> tuple[Points, Points]:
    """Declare two intervals, functions on the second one, and a map with its inverse and derivatives."""
    d.declare(D="interval", E="interval", **dict.fromkeys(("p", "q", "phi", "psi", "s", "t"), "number -> number"))
    return Points(d.p, "D"), Points(d.p, "E")


@derivation("abs_mul")
def abs_mul(d: Draft) -> None:
    """The absolute value of a product."""
    p = d.p
    a, b = d.numbers("a b")
    goal = eq(absolute(a * b), absolute(a) * absolute(b))

    def sizes(x: Node, sign: Fact) -> Fact:
        return p.scheme("abs_of_nonneg" if sign.left == num(0) else "abs_of_nonpos", {"a": x}, [sign])

    def of(x: Node, up: bool) -> Fact:
        return p.assume(le(0, x)) if up else p.order(le(x, 0), [(1, 1, p.assume(lt(x, 0)))])

    def product(first: Fact, second: Fact, same: bool) -> Fact:
        signs = [f.left == num(0) for f in (first, second)]
        wanted = le(0, a * b) if same else le(a * b, 0)
        sign = p.order(wanted, [(1, 1, first, second)])
        values = [sizes(a, first), sizes(b, second)]
        return linear(p, goal, [sizes(a * b, sign), (absolute(b), values[0]), (a if signs[0] else -a, values[1])])

    branches = []
    for up in (True, False):
        inner = [product(of(a, up), of(b, other), up == other) for other in (True, False)]
        branches.append(p.cases(le(0, b), *inner))
    d.show(p.cases(le(0, a), *branches), "by the signs of `a` and `b`")


@derivation("inverse_slopes")
def inverse_slopes(d: Draft) -> None:
    """The derivatives of a function and of its inverse are reciprocal, by the chain rule."""
    p = d.p
    s, t, a = d.numbers("s t a")
    image = functions(d, "phi psi", "interval", "E")
    inside, inverse, back, forth = d.given(
        "a in E",
        "forall x in E: phi(psi(x)) = x",
        "deriv(y: psi(y), a) = s",
        "deriv(y: phi(y), psi(a)) = t",
    )
    phi, psi = image.function("phi(x)"), image.function("psi(x)")
    chain = p.scheme("deriv_chain", {"f": phi, "g": psi, "a": a, "s": s, "t": t}, [back, forth])
    d.show(chain, "the chain rule")
    identity = image.function(image.x)
    values = {"D": image.domain, "f": image.function("phi(psi(x))"), "g": identity, "a": a, "s": t * s}
    one = p.scheme("deriv_congr", values, [inverse, inside, chain])
    d.show(one, "on the interval the composition is the identity")
    (x,) = d.numbers("y")
    unit = p.inst(p.differentiate(x, x), {"y": a})
    unique = p.cite("deriv_unique", {"a": a, "f": identity, "s": t * s, "t": num(1)}, [one, unit])
    d.show(unique, "whose derivative is 1")


@derivation("kl_change_of_variables_back")
def kl_change_of_variables_back(d: Draft) -> None:
    """**A change of variables** keeps the divergence: from the densities with the factor back to those without it."""
    p = d.p
    d.numbers("v")
    d.declare(
        D="interval", E="interval", **dict.fromkeys(("p", "q", "phi", "psi", "s", "t", "s2", "t2"), "number -> number")
    )
    on, image = Points(p, "D"), Points(p, "E")
    sp, sq, ac, divergence = d.given(
        *(s.replace(" D", " E") for s in (DENSITY[0].format("p"), DENSITY[0].format("q"), DOMINATED.format("p", "q"))),
        "int(x in D: rel_entr(p(phi(x))*abs(s(x)), q(phi(x))*abs(s(x)))) = v",
    )
    smooth = d.given(
        *SMOOTH,
        "forall x in D: psi(phi(x)) = x",
        "forall x in E: deriv(y: psi(y), x) = s2(x)",
        "forall x in E: deriv(y: s2(y), x) = t2(x)",
        "forall x in E: s2(x) != 0",
    )
    into, back, forth, slope, _, _, inverse, slope2, curve2, apart2 = smooth
    names = {"phi": "psi", "psi": "phi", "s": "s2", "t": "t2"}
    _, f, v = divergence.statement.args
    values = {
        "D": image.domain,
        "E": on.domain,
        "f": f,
        "u": v,
        **{n: on.function(f"{m}(x)") for n, m in names.items()},
    }
    moved = p.scheme("int_subst", values, [divergence, back, into, inverse, slope2, curve2, apart2])
    d.show(moved, "substitute `psi(x)`")
    # |s(ψ)|·|s2| = 1, and φ(ψ(x)) = x
    y = p.term("psi(x)")
    at = image.at
    deep = p.mp(p.spec(slope, y), at(back))
    unit = p.cite(
        "inverse_slopes",
        {
            "E": image.domain,
            "phi": on.function("phi(x)"),
            "psi": on.function("psi(x)"),
            "a": image.x,
            "s": p.term("s2(x)"),
            "t": p.term("s(psi(x))"),
        },
        [image.member, forth, at(slope2), deep],
    )
    size = p.cite("abs_mul", {"a": p.term("s(psi(x))"), "b": p.term("s2(x)")})
    one = p.trans(
        p.symm(size),
        p.congr(absolute(hole()), unit),
        p.scheme("abs_of_nonneg", {"a": num(1)}, [p.pos("0 <= 1")]),
    )
    d.show(one, "the derivatives of a function and its inverse are reciprocal")
    first, second, zero = (at(f) for f in (sp, sq, ac))
    factor = p.term("abs(s(psi(x)))")
    premises = [p.cite("abs_nonneg", {"a": p.term("s(psi(x))")}), first, second, zero]
    same = p.cite("rel_entr_smul", {"a": first.right, "b": second.right, "c": factor}, premises)
    body = p.term("rel_entr(p(x), q(x))")
    here = at(forth)
    now = integrand(image, moved)
    plain = p.congr(replace(now, p.term("phi(psi(x))"), hole()), here)
    laid = [p.field(eq(h.right * factor, factor * h.right)) for h in (first, second)]
    size2 = p.term("abs(s2(x))")
    steps = [
        plain,
        p.congr(rel_entr(hole(), second.right * factor) * size2, laid[0]),
        p.congr(rel_entr(laid[0].right, hole()) * size2, laid[1]),
    ]
    chain = p.trans(*steps)
    equal = linear(p, eq(now, body), [chain, (size2, same), (body, one)])
    d.show(congruent(image, moved, body, equal), "`phi(psi(x)) = x`, and the factors cancel")


def kernels(d: Draft) -> None:
    """Declare two domains, functions p and q on the first, and for each x functions V_x and W_x on the second."""
    d.declare(D="domain", E="domain", V="number, number -> number", W="number, number -> number")
    d.declare(**dict.fromkeys(("p", "q", "d"), "number -> number"))


KERNELS = (
    DENSITY[0].format("p"),
    DENSITY[0].format("q"),
    DOMINATED.format("p", "q"),
    "forall x in D: forall y in E: 0 <= V(x, y)",
    "forall x in D: forall y in E: 0 <= W(x, y)",
    "forall x in D: int(y in E: V(x, y)) = 1",
    "forall x in D: forall y in E: W(x, y) = 0 => V(x, y) = 0",
    "forall x in D: int(y in E: rel_entr(V(x, y), W(x, y))) = d(x)",
)
"""For each x, V_x is a density on E with the divergence d(x) from W_x."""


@derivation("density_kl_chain_rule_inner")
def density_kl_chain_rule_inner(d: Draft) -> None:
    """The chain rule before the second integration: the divergence at x, and the mean divergence of the kernels."""
    p = d.p
    kernels(d)
    on, inner = Points(p, "D"), Points(p, "E", "y")
    sp, sq, ac, sv, sw, total, ac2, rows = d.given(*KERNELS)
    a, b = on.at(sp), on.at(sq)
    each, others = inner.at(on.at(sv)), inner.at(on.at(sw))
    names = {"a": a.right, "b": each.right, "c": b.right, "d": others.right}
    product = p.cite("rel_entr_mul", names, [a, each, b, others, on.at(ac), inner.at(on.at(ac2))])
    d.show(product, "the log of a product is a sum of logs")
    local = integrate(
        inner,
        [("rel_entr(p(x), q(x))", on.at(total)), ("p(x)", on.at(rows))],
        product.left,
        "rel_entr(p(x), q(x)) + p(x)*d(x)",
        same=lambda now: linear(p, eq(now, product.left), [product]),
    )
    d.show(on.every(local), "integrate over `E`, where `V` has the integral 1")


@derivation("density_kl_chain_rule")
def density_kl_chain_rule(d: Draft) -> None:
    """**The chain rule** for densities, as an iterated integral: no order of integration is exchanged."""
    p = d.p
    d.numbers("v w")
    kernels(d)
    d.declare(f="number -> number")
    on, inner = Points(p, "D"), Points(p, "E", "y")
    given = d.given(*KERNELS)
    both, divergence, mean = d.given(
        "forall x in D: int(y in E: rel_entr(p(x)*V(x, y), q(x)*W(x, y))) = f(x)",
        DIVERGENCE.format("p", "q", "v"),
        "int(x in D: p(x)*d(x)) = w",
    )
    names = {"D": on.domain, "E": inner.domain} | {n: on.function(f"{n}(x)") for n in ("p", "q", "d")}
    names |= {n: close(p.term(f"{n}(x, y)"), ("x", "number"), ("y", "number")) for n in "VW"}
    local = on.at(d.show(p.cite("density_kl_chain_rule_inner", names, given), "the inner integral"))
    _, body, value = local.statement.args
    same = p.cite("int_unique", {"D": inner.domain, "f": body, "u": value, "v": p.term("f(x)")}, [local, on.at(both)])
    d.show(integrate(on, [(1, divergence), (1, mean)], "f(x)", "v + w", same=lambda now: same), "integrate it over `D`")


@derivation("density_kl_product")
def density_kl_product(d: Draft) -> None:
    """**The divergence of independent pairs** is the sum of the divergences."""
    p = d.p
    d.numbers("v w")
    d.declare(D="domain", E="domain", **dict.fromkeys("pqrsf", "number -> number"))
    on, inner = Points(p, "D"), Points(p, "E", "y")
    given = d.given(
        DENSITY[0].format("p"),
        DENSITY[0].format("q"),
        DOMINATED.format("p", "q"),
        "forall y in E: 0 <= r(y)",
        "forall y in E: 0 <= s(y)",
        "int(y in E: r(y)) = 1",
        "forall y in E: s(y) = 0 => r(y) = 0",
        "int(y in E: rel_entr(r(y), s(y))) = w",
        "forall x in D: int(y in E: rel_entr(p(x)*r(y), q(x)*s(y))) = f(x)",
        DIVERGENCE.format("p", "q", "v"),
        "int(x in D: p(x)) = 1",
    )
    mean = integrate(on, [("w", given[10])], "p(x)*w", "w")
    names = {"D": on.domain, "E": inner.domain, "v": p.term("v"), "w": p.term("w")}
    names |= {n: on.function(f"{n}(x)") for n in "pqf"} | {"d": on.function("w")}
    names |= {n: close(p.term(f"{m}(y)"), ("x", "number"), ("y", "number")) for n, m in (("V", "r"), ("W", "s"))}
    premises = [*given[:3], *(on.every(f) for f in given[3:8]), *given[8:10], mean]
    d.show(mean, "the mean of a constant, where `p` has the integral 1")
    d.show(
        p.cite("density_kl_chain_rule", names, premises),
        "the chain rule, with kernels that ignore their input",
    )
