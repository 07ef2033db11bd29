"""Limits: the algebra of limits on a sequence as it stands, and on arrangements with which it agrees for 0 < n."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...kernel.statements import eq, lt
from ...kernel.terms import NAT, Node, apply_abs, lam, num
from ...language.rewriting import close, replace
from ..builder import Fact, Proof
from ..tactics import algebra, eventually, limit
from .at_hand import at_hand
from .combination import Combination, Host
from .ring import Monomial, Poly, Ring, add, join, multiply
from .signs import attempt

__all__ = ["limits"]


def limits(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Use the algebra of limits, on the sequence as it stands and on its arrangement for 0 < n.

    Parameters
    ----------
    host : Host
        What shows and arranges.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op != "->":
        return None
    p = host.p
    sequence, value = goal.args
    # 1/n is a polynomial in itself, so any sequence that is one in 1/n has a limit that the algebra of limits finds.
    facts = [f for f in (*extra, *p.known) if f.statement.op == "->"] + [p.scheme("limit_inv_nat", {})]
    for fact in (*extra, *p.known):
        if fact.statement.op == "all" and fact.statement.args[0].data != NAT:
            facts += [p.spec(fact, i) for i in _points(p, fact) if fact.statement.args[0].args[0].op == "->"]
    facts += _continuous(p, sequence.args[0], facts, extra)
    line = attempt(limit, p, sequence, facts, extra) or _arranged_limit(host, sequence, facts, extra)
    if line is None:
        return None
    if line.right != value:
        same = host.show(eq(line.right, value), extra)
        line = p.rewrite(line, same) if same is not None else line
    return line


def _points(p: Proof, fact: Fact) -> list[Node]:
    over = fact.statement.args[0].data
    return [Node("idx", n) for n, (args, values) in p.scope.items() if not args and values == over]


def _arranged_limit(host: Host, sequence: Node, facts: Sequence[Fact], extra: tuple[Fact, ...]) -> Fact | None:
    """Show a limit of the arrangement of a sequence, with which it agrees for 0 < n."""
    p = host.p
    point = p.fresh(NAT)
    n = Node("nat", None, (point,))
    guard = p.assume(lt(0, n))
    more = (guard, *extra)
    body = apply_abs(sequence, point)
    for start in (body, *_solved(p, body, point, more)):
        ring = Ring(p.spend)
        known = _sequences(ring, facts, point)
        for tidy in _forms(ring, start, ring.atom(n), known):
            line = attempt(limit, p, close(tidy, (point.data, NAT)), facts, extra)
            if line is None:
                continue
            same = attempt(algebra, p, eq(body, tidy), more) or Combination(host, eq(body, tidy), more).find(3)
            if same is not None:
                return eventually(p, line, same, point, guard.statement)
    return None


def _solved(p: Proof, body: Node, point: Node, extra: tuple[Fact, ...]) -> Iterator[Node]:
    """Yield the term with a sequence in it replaced by what an equation for all n says of it."""
    for fact in at_hand(p, eq(body, body), extra):
        if fact.statement.op != "=" or point.data not in fact.statement.points:
            continue
        ring = Ring(p.spend)
        poly = add(ring.read(fact.right), ring.read(fact.left), Fraction(-1))
        for monomial, value in poly.items():
            symbol = ring.atoms[monomial[0][0]] if len(monomial) == 1 and monomial[0][1] == 1 else None
            alone = symbol is not None and sum(m[0][0] == monomial[0][0] for m in poly if m) == 1
            if symbol is not None and alone and symbol.op == "sym" and point.data in symbol.points:
                rest = {m: -v / value for m, v in poly.items() if m != monomial}
                yield replace(body, symbol, ring.term(rest))


Known = Sequence[tuple[Monomial, Node]]
"""Sequences with a known limit that are one monomial, such as u(n)/n, and 1/n itself last."""


def _sequences(ring: Ring, facts: Sequence[Fact], point: Node) -> Known:
    found = []
    for fact in facts:
        body = apply_abs(fact.left, point)
        poly = ring.read(body)
        if len(poly) == 1 and list(poly.values()) == [1]:
            found.append((next(iter(poly)), body))
    return sorted((row for row in found if row[0]), key=lambda row: -len(row[0]))


def _forms(ring: Ring, body: Node, number: int, known: Known) -> Iterator[Node]:
    """Yield a term as a polynomial in 1/n, and a quotient with both parts divided by the largest power of n below."""
    yield _in_known(ring, ring.read(body), known)
    if body.op == "/":
        above, below = map(ring.read, body.args)
        degree = max((e for m in below for a, e in m if a == number), default=0)
        if degree > 0:
            shift: Poly = {((number, -degree),): Fraction(1)}
            top, bottom = (_in_known(ring, multiply(part, shift), known) for part in (above, below))
            yield top / bottom


def _in_known(ring: Ring, poly: Poly, known: Known) -> Node:
    """Return a polynomial as a sum of products of known sequences and of what remains."""
    total: Node | None = None
    for monomial in sorted(poly, key=lambda m: (not m, m)):
        part, rest = num(poly[monomial]), monomial
        for pattern, node in known:
            while _contains(rest, pattern):
                part, rest = part * node, join(rest, pattern, -1)
        for atom, exponent in rest:
            for _ in range(abs(exponent)):
                part = part * ring.atoms[atom] if exponent > 0 else part / ring.atoms[atom]
        total = part if total is None else total + part
    return num(0) if total is None else total


def _contains(monomial: Monomial, pattern: Monomial) -> bool:
    powers = dict(monomial)
    return all(powers.get(a, 0) * e >= e * e for a, e in pattern)


def _continuous(p: Proof, body: Node, facts: Sequence[Fact], extra: Sequence[Fact]) -> list[Fact]:
    """Return limits of exp aₙ for the exponentials in a sequence, innermost first."""
    found: list[Fact] = []
    for a in body.args:
        found += _continuous(p, a, [*facts, *found], extra)
    if body.op == "exp" and body.loose == 1:
        inside = attempt(limit, p, lam((NAT,), body.args[0]), [*facts, *found], extra)
        if inside is not None:
            found.append(p.cite("exp_limit", {"a": inside.right, "u": inside.statement.args[0]}, [inside]))
    return found
