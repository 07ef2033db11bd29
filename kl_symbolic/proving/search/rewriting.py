"""Goals in another spelling: exponentials of sums as products, and logarithms of polynomials as those of factors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import truediv
from typing import TYPE_CHECKING

from ...kernel.statements import eq
from ...kernel.syntax import encode
from ...kernel.terms import RELATIONS, Node, num
from ...language.chains import times
from ...language.rewriting import replace
from ..builder import Fact, Proof, hole
from ..tactics import nonzero
from .functions import by_logarithms
from .ring import Ring
from .signs import attempt
from .squares import cleared, factored

if TYPE_CHECKING:
    from .state import Search

__all__ = ["other_spelling", "with_equation"]


def other_spelling(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a goal with its exponentials and logarithms taken apart.

    Parameters
    ----------
    search : Search
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op not in RELATIONS or search.respelled:
        return None
    p = search.p
    links: list[Fact] = []
    current, before = goal, list[Node]()
    for op, equation in (("exp", _exponential), ("log", _logarithm)):
        for atom in dict.fromkeys(_values(current, op)):
            same = attempt(equation, p, atom, extra)
            if same is not None and same.right != atom:
                links.append(same)
                before.append(current)
                current = replace(current, atom, same.right)
    if not links:
        return None
    search.respelled = True
    try:
        line = search.solve(current, extra, effort)
    finally:
        search.respelled = False
    for same, wanted in zip(reversed(links), reversed(before), strict=True):
        line = line and with_equation(p, line, same, wanted)
    return line


def with_equation(p: Proof, line: Fact, same: Fact, wanted: Node) -> Fact:
    """Return a statement from what it becomes when the left side of an equation is replaced by the right side.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    line, same : Fact
    wanted : Node
        The statement.
    """
    template = replace(wanted, same.left, hole())
    return p.step("rewrite", [encode(template)], [p.symm(same), line])


def _values(term: Node, op: str) -> Iterator[Node]:
    """Yield the closed values of a function in a term, innermost first."""
    for a in term.args:
        yield from _values(a, op)
    if term.op == op and not term.loose:
        yield term


def _exponential(p: Proof, atom: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return exp(a − 2·b) = exp(a)/exp(b)^2."""
    ring = Ring(p.spend)
    poly = ring.read(atom.args[0])
    if len(poly) < 2 and all(value.denominator > 1 or value == 1 for value in poly.values()):
        return None
    above, below = list[Node](), list[Node]()
    for monomial, value in poly.items():
        whole = value.numerator
        part = Node("exp", None, (ring.term({monomial: Fraction(1, value.denominator)}),))
        (above if whole > 0 else below).append(part ** num(abs(whole)) if abs(whole) > 1 else part)
    return by_logarithms(p, eq(atom, reduce(truediv, below, times(above) if above else num(1))), extra)


def _logarithm(p: Proof, atom: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return log of a polynomial, or of a quotient, as that of a product of its factors."""
    (inside,) = atom.args
    ring = Ring(p.spend)
    poly, divisors = cleared(ring, ring.read(inside))
    names = sorted({k for m in poly for k, _ in m})
    if not names or (len(poly) < 2 and not divisors):
        return None
    content, factors = factored(poly, names)
    if not divisors and len(factors) == 1 and factors[0][1] == 1 and content == 1:
        return None
    parts = [_power(ring.term(f), e) for f, e in factors]
    top = times(parts if content == 1 else [num(content), *parts])
    product = reduce(truediv, (_power(d, e) for d, e in divisors), top)
    same = p.field(eq(inside, product), *nonzero(p, [inside, product], extra))
    return p.congr(Node("log", None, (hole(),)), same)


def _power(base: Node, exponent: int) -> Node:
    return base if exponent == 1 else base ** num(exponent)
