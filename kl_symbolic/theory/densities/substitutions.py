"""Substitutions that later integrals use: the logarithm and the exponential, units of a half-line, and its mirror."""

from __future__ import annotations

from collections.abc import Sequence

from ...kernel.axioms import derivative
from ...kernel.statements import eq, lt
from ...kernel.terms import Node, num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, congruent, integrand, substituted


def _member(p: Proof, term: Node, domain: Node, bounds: Sequence[Fact]) -> Fact:
    """Return t ∈ D from the inequalities that say so."""
    names = {"open": "ab", "above": "a", "below": "b", "reals": ""}[domain.op]
    return p.scheme(f"in_{domain.op}", dict(zip(names, domain.args, strict=True)) | {"c": term}, bounds)


def _between(p: Proof, half: Points, line: Points, ends: Sequence[Fact]) -> tuple[Fact, Fact, Fact]:
    """Return 0 < x and log(x) ∈ E for x ∈ D, and exp(x) ∈ D for x ∈ E, where the ends of E are the logarithms of D's.

    Parameters
    ----------
    p : Proof
    half, line : Points
        Of D, which lies in (0, ∞), and of E.
    ends : sequence of Fact
        The ends of D are positive, except for 0.
    """
    x, low = half.x, half.inside[0]
    if low.left == num(0):
        sign, logs, exps = low, [], [p.scheme("exp_pos", {"a": x})]
    else:
        sign = p.order(lt(0, x), [(1, 1, ends[0]), (1, 1, low)])
        logs, exps = [p.cite("log_lt", {"a": low.left, "b": x}, [ends[0], low])], []
    logs += [p.cite("log_lt", {"a": x, "b": high.right}, [sign, high]) for high in half.inside[1:]]
    for bound, end in zip(line.inside, ends, strict=True):
        raised = p.cite("exp_lt", {"a": bound.left, "b": bound.right}, [bound])
        exps.append(p.rewrite(raised, p.cite("exp_log", {"x": end.right}, [end])))
    return sign, _member(p, log(x), line.domain, logs), _member(p, exp(x), half.domain, exps)


def by_log(d: Draft, domain: str, image: str, ends: Sequence[Fact]) -> None:
    """Show ∫_D f(log x)/x = u from ∫_E f = u."""
    p = d.p
    d.numbers("u")
    d.declare(f="number -> number")
    half, line = Points(p, domain), Points(p, image)
    (base,) = d.given(f"int(x in {image}: f(x)) = u")
    x = half.x
    sign, into, back = _between(p, half, line, ends)
    slope = p.pos(lt(0, derivative(log(x), x.data)[0]), sign, p.pos("0 < 1"))
    inverse = p.scheme("log_exp", {"a": x})
    d.show(substituted(half, base, log(x), exp(x), into, back, inverse, slope, sign), "substitute `log(x)`")


def by_exp(d: Draft, domain: str, image: str, ends: Sequence[Fact]) -> None:
    """Show ∫_D f(exp x)·exp(x) = u from ∫_E f = u."""
    p = d.p
    d.numbers("u")
    d.declare(f="number -> number")
    line, half = Points(p, domain), Points(p, image)
    (base,) = d.given(f"int(x in {image}: f(x)) = u")
    x = line.x
    sign, back, into = _between(p, half, line, ends)
    slope = p.order(lt(0, derivative(exp(x), x.data)[0]), [(1, 1, p.scheme("exp_pos", {"a": x}))])
    inverse = p.cite("exp_log", {"x": x}, [sign])
    moved = substituted(line, base, exp(x), log(x), into, back, inverse, slope)
    body = p.term("f(exp(x))*exp(x)")
    d.show(congruent(line, moved, body, p.field(eq(integrand(line, moved), body))), "substitute `exp(x)`")


@derivation("int_log")
def int_log(d: Draft) -> None:
    """The substitution of the logarithm, from the line to the half-line."""
    by_log(d, "(0, oo)", "reals", [])


@derivation("int_log_change_open")
def int_log_change_open(d: Draft) -> None:
    """The substitution of the logarithm on a bounded interval of positive numbers."""
    d.numbers("a b")
    low, less = d.given("0 < a", "a < b")
    by_log(d, "(a, b)", "(log(a), log(b))", [low, d.p.order("0 < b", [(1, 1, low), (1, 1, less)])])


@derivation("int_log_change_above")
def int_log_change_above(d: Draft) -> None:
    """The substitution of the logarithm above a positive number."""
    d.positive("a")
    by_log(d, "(a, oo)", "(log(a), oo)", d.p.known[:1])


@derivation("int_log_change_below")
def int_log_change_below(d: Draft) -> None:
    """The substitution of the logarithm between 0 and a positive number."""
    d.positive("b")
    by_log(d, "(0, b)", "(-oo, log(b))", d.p.known[:1])


@derivation("int_exp_change_above")
def int_exp_change_above(d: Draft) -> None:
    """The substitution of the exponential function, which maps a half-line to the numbers above a positive one."""
    d.positive("a")
    by_exp(d, "(log(a), oo)", "(a, oo)", d.p.known[:1])


@derivation("int_exp_change_below")
def int_exp_change_below(d: Draft) -> None:
    """The substitution of the exponential function, which maps a half-line to the numbers between 0 and another."""
    d.positive("b")
    by_exp(d, "(-oo, log(b))", "(0, b)", d.p.known[:1])


@derivation("int_above_change")
def int_above_change(d: Draft) -> None:
    """An integral over a half-line that starts at m, in units of 1/c from there."""
    p = d.p
    d.numbers("u m")
    (c,) = d.positive("c")
    d.declare(f="number -> number")
    on, image = Points(p, "(m, oo)"), Points(p, "(0, oo)")
    (base,) = d.given("int(x in (0, oo): f(x)) = u")
    x, m, (above,), (positive,) = on.x, p.term("m"), on.inside, image.inside
    phi, psi = c * (x - m), m + x / c
    gap = p.order(lt(0, x - m), [(1, 1, above)])
    into = p.scheme("in_above", {"a": num(0), "c": phi}, [p.pos(lt(0, phi), p.known[0], gap)])
    step = p.pos(lt(0, x / c), positive, p.known[0])
    back = p.scheme("in_above", {"a": m, "c": psi}, [p.order(lt(m, psi), [(1, 1, step)], p.known[0])])
    inverse = p.field(eq(c * (psi - m), x), p.known[0])
    slope = p.order(lt(0, derivative(phi, x.data)[0]), [(1, 1, p.known[0])])
    moved = substituted(on, base, phi, psi, into, back, inverse, slope)
    body = p.term("f(c*(x - m))*c")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body))), "substitute `c*(x - m)`")


@derivation("int_mirror")
def int_mirror(d: Draft) -> None:
    """The mirror image of an integral over a half-line that starts at m."""
    p = d.p
    d.numbers("u m")
    d.declare(f="number -> number")
    on, image = Points(p, "(-oo, m)"), Points(p, "(m, oo)")
    (base,) = d.given("int(x in (m, oo): f(x)) = u")
    x, m, (below,), (above,) = on.x, p.term("m"), on.inside, image.inside
    phi = 2 * m - x
    into = p.scheme("in_above", {"a": m, "c": phi}, [p.order(lt(m, phi), [(1, 1, below)])])
    back = p.scheme("in_below", {"b": m, "c": phi}, [p.order(lt(phi, m), [(1, 1, above)])])
    slope = p.order(lt(derivative(phi, x.data)[0], 0), [(1, 1)])
    moved = substituted(on, base, phi, phi, into, back, p.field(eq(2 * m - phi, x)), slope)
    body = p.term("f(2*m - x)")
    d.show(congruent(on, moved, body, p.field(eq(integrand(on, moved), body))), "substitute `2*m - x`")
