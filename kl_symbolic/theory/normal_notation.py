"""The normal density, and its integrals in standard units, which the theorems about its moments share."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel.statements import eq, lt
from ..kernel.terms import Node, num
from ..proving.builder import Fact, hole
from ..proving.calc import Draft, exp, times
from ..proving.integrals import Points, equal_by_logs, integrate
from ..proving.tactics import linear, prove
from .density_notation import HALF, power

PI = Node("pi")


def normal_density(x: Node, mean: Node, deviation: Node) -> Node:
    """Return the density of the normal distribution at x."""
    return exp(-(power(x - mean, 2) / (2 * power(deviation, 2)))) / (deviation * power(2 * PI, HALF))


def in_standard_units(d: Draft, base: str, weights: Sequence[Node], factor: Node, value: object) -> Fact:
    """Return ∫ f·N = v over the line, for the normal density N, from ∫ g(y)·exp(−y²).

    Parameters
    ----------
    d : Draft
        Of a theorem about numbers m and s, which assumes 0 < s first.
    base : str
        The lemma about ∫ g(y)·exp(−y²).
    weights : sequence of Node
        The factors of f at x.
    factor : Node
        c, where f is c·g((x − m)/(s·2^(1/2))).
    value : Node or int
        v.
    """
    p = d.p
    m, s = p.term("m"), p.term("s")
    on = Points(p, "reals")
    x, positive = on.x, p.cite("pi_pos", {})
    root = power(2, HALF)
    pr = prove(p, lt(0, root))
    known = [p.known[0], positive, pr, prove(p, lt(0, power(PI, HALF)), [positive])]
    known.append(prove(p, lt(0, power(2 * PI, HALF)), [positive]))
    two = equal_by_logs(p, root * root, num(2), [pr])
    gauss = p.cite(base, {})
    _, f, u = gauss.statement.args
    scale = s * root
    moved = p.cite("int_affine", {"f": f, "m": m, "s": scale, "u": u}, [p.pos(lt(0, scale), *known[:3:2]), gauss])
    d.show(moved, "the integral of Gauss in units of `s*2^(1/2)`")
    wanted = power(x - m, 2) / (2 * power(s, 2))
    squares = p.order(eq(-power((x - m) / scale, 2), -wanted), [(1, wanted / (root * root), two)], *known)
    exponent = p.congr(exp(hole()), squares)
    constant = equal_by_logs(p, 1 / (scale * power(PI, HALF)), 1 / (s * power(2 * PI, HALF)), known)
    body = times([*weights, normal_density(x, m, s)])
    facts = [
        (times([*weights, 1 / (scale * power(PI, HALF))]), exponent),
        (times([*weights, exponent.right]), constant),
    ]
    pieces = [(factor / power(PI, HALF), moved)]
    return integrate(on, pieces, body, value, known, lambda now: linear(p, eq(now, body), facts, known))
