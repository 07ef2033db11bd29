"""Proofs that a divergence is infinite because the first distribution has values where the second one has none.

The verdict is an interval A inside the domain of P and outside of that of Q. Three theorems carry it: the integral of p
over A is positive whenever it exists, A lies inside D_P, and no x of A is one of D_Q. That the integral exists is that
the total does (``NAME_total``), for A is a part of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..kernel import Refused
from ..kernel.axioms import derivative
from ..kernel.statements import eq, le, lt, ne
from ..kernel.syntax import encode
from ..kernel.terms import Node
from ..proving.builder import Fact
from ..proving.calc import Draft
from ..proving.integrals import Points, congruent, inequalities
from ..proving.tactics import prove
from .divergence import conditions
from .domains import ENDS, edges, end, member
from .facts import inside, plain_abs, positive_gammas, shown, signs_of, within
from .family import Instance
from .terms import parts

__all__ = ["inside_first", "missed", "outside_second", "positive_mass"]


def missed(P: Instance, Q: Instance, below: Callable[[Node, Node], bool]) -> Node | None:
    """Return an interval of the domain of P without numbers of that of Q; None where there is none.

    The density of P has no cusp in it.

    Parameters
    ----------
    P, Q : Instance
    below : callable
        Whether one end is known to be less than another one.
    """
    part = _missed(P, Q, below)
    if part is None or not P.family.density:
        return None
    x = Node("sym", "x")
    for cusp in (node.args[0].args[1] for node in parts(P.density(x), "abs") if node.args[0].op == "-"):
        low, high = end(part, True), end(part, False)
        if (low is None or below(low, cusp)) and (high is None or below(cusp, high)):
            if low is None:
                part = Node("below", None, (cusp,))
            else:
                part = Node("above", None, (cusp,)) if high is None else Node("open", None, (cusp, high))
    return part


def _missed(P: Instance, Q: Instance, below: Callable[[Node, Node], bool]) -> Node | None:
    own, other = P.domain, Q.domain
    if "nats" in (own.op, other.op):
        return None
    low, high = end(own, True), end(own, False)
    first, last = end(other, True), end(other, False)
    if first is not None and (low is None or below(low, first)):
        high = first if high is None or below(first, high) else high
        return Node("below", None, (high,)) if low is None else Node("open", None, (low, high))
    if last is not None and (high is None or below(last, high)):
        low = last if low is None or below(low, last) else low
        return Node("above", None, (low,)) if high is None else Node("open", None, (low, high))
    return None


def positive_mass(d: Draft, P: Instance, part: Node, name: str) -> Fact:
    """Return 0 < m from ∫_A p = m.

    Parameters
    ----------
    d : Draft
    P : Instance
    part : Node
        A.
    name : str
        Of the number over which is integrated.
    """
    p = d.p
    facts = _facts(d, P)
    on = Points(p, part, name)
    density = P.density(on.x)
    facts += signs_of(p, P, facts)
    signs = [*facts, *inside(on, facts), *edges(on, P.domain, facts)]
    (mass,) = d.numbers("m")
    (integral,) = d.given(Node("int", None, (part, on.function(density), mass)))
    opened = plain_abs(p, density, signs)
    if opened is not None:
        integral, density = congruent(on, integral, opened.right, opened), opened.right
    signs += [*within(on, density, signs), *positive_gammas(p, [density], signs)]
    positive = prove(p, lt(0, density), signs)
    slope, needed = derivative(density, on.x.data)
    smooth = on.every(p.differentiate(on.x, density, *dict.fromkeys(prove(p, c, signs) for c in needed)))
    sign = on.every(p.pos(le(0, density), positive))
    least = p.cite("int_nonneg", {"D": part, "f": on.function(density), "u": mass}, [sign, integral])
    none = p.assume(eq(mass, 0))
    there, member = _point(d, part, facts)
    template = Node("int", None, (part, on.function(density), Node("sym", "_")))
    zero_mass = p.step("rewrite", [encode(template)], [none, integral])
    values = {"D": part, "f": on.function(density), "g": on.function(slope), "c": there}
    zero = p.scheme("int_zero", values, [smooth, sign, zero_mass, member])
    at = p.mp(p.spec(on.every(positive), there), member)
    some = p.absurd(ne(mass, 0), zero, p.pos(ne(zero.left, 0), at))
    apart = p.cases(eq(mass, 0), some, p.assume(ne(mass, 0)))
    d.show(positive, "the density is positive there")
    return d.show(p.lt_of_le_ne(least, p.symm(apart)), "so its integral is positive")


def _facts(d: Draft, law: Instance) -> list[Fact]:
    """Return the conditions on the parameters, and that π is positive."""
    return [*conditions(d, [law.read(c, "statement") for c in law.family.assumed]), d.p.cite("pi_pos", {})]


def _point(d: Draft, part: Node, facts: Sequence[Fact]) -> tuple[Node, Fact]:
    """Return a number of an interval, and that it is one."""
    p = d.p
    if part.op == "open":
        low, high = part.args
        there = (low + high) / 2
        apart = shown(p, lt(low, high), facts)
        inside = [p.order(lt(low, there), [("1/2", 1, apart)]), p.order(lt(there, high), [("1/2", 1, apart)])]
        return there, p.scheme("in_open", {"a": low, "b": high, "c": there}, inside)
    (edge,) = part.args
    if part.op == "above":
        return edge + 1, p.scheme("in_above", {"a": edge, "c": edge + 1}, [p.order(lt(edge, edge + 1), [(1, 1)])])
    return edge - 1, p.scheme("in_below", {"b": edge, "c": edge - 1}, [p.order(lt(edge - 1, edge), [(1, 1)])])


def inside_first(d: Draft, P: Instance, part: Node, name: str) -> Fact:
    """Return ∀ x ∈ A. x ∈ D_P.

    Parameters
    ----------
    d : Draft
    P : Instance
    part : Node
    name : str
    """
    facts = _facts(d, P)
    on = Points(d.p, part, name)
    return d.show(on.every(member(on, P.domain, facts)), "by the ends of both intervals")


def outside_second(d: Draft, Q: Instance, part: Node, name: str) -> Fact:
    """Return ∀ x ∈ A. x ∈ D_Q ⇒ 0 = 1.

    Parameters
    ----------
    d : Draft
    Q : Instance
    part : Node
    name : str
    """
    p = d.p
    facts = _facts(d, Q)
    on, other = Points(p, part, name), Q.domain
    there = p.assume(Node("in", None, (on.x, other)))
    for side, says in zip(ENDS[other.op], inequalities(p, there), strict=True):
        low = side == "low"
        edge, own = end(other, low), end(part, not low)
        if edge is None or own is None:
            continue
        try:
            held = [] if edge == own else [(1, 1, shown(p, le(own, edge) if low else le(edge, own), facts))]
        except Refused:
            continue
        rows = [(1, 1, on.inside[-1 if low else 0]), (1, 1, says), *held]
        false = p.absurd(eq(0, 1), p.field(eq(on.x, on.x)), p.order(ne(on.x, on.x), rows))
        return d.show(on.every(p.disch(there.statement, false)), "no number lies on both sides of the end")
    raise Refused("the interval is not outside of the domain", {"interval": part})
