"""Limits: their algebra on a sequence and on arrangements that agree with it, squeezing, and the order of limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from ...kernel.statements import eq, le, lt
from ...kernel.terms import NAT, Node, apply_abs, lam, num
from ...language.rewriting import close, replace
from ..builder import Fact, Proof, hole
from ..integrals import with_value
from ..tactics import algebra, eventually, limit, prove
from .at_hand import at_hand
from .combination import Combination, Host
from .lemmas import subterms
from .ring import Monomial, Poly, Ring, add, join, multiply
from .signs import attempt

__all__ = ["limits"]


def limits(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a limit by the algebra of limits or between two sequences, and an inequality by that of two limits.

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
    given = _given(host.p, extra)
    if goal.op == "<=" and given:
        return _ordered(host, goal, given, extra)
    if goal.op != "->":
        return None
    sequence, value = goal.args
    return _tends(host, sequence, value, given, extra) or _between(host, sequence, value, given, extra)


def _given(p: Proof, extra: Sequence[Fact]) -> list[Fact]:
    """Return the limits among the facts, and those of families of sequences, the former at the indices in the scope."""
    facts = [f for f in (*extra, *p.known) if f.statement.op == "->"]
    for fact in (*extra, *p.known):
        over = fact.statement.args[0] if fact.statement.op == "all" else None
        if over is not None and over.data != NAT and over.args[0].op == "->":
            facts += [fact, *(p.spec(fact, i) for i in _points(p, fact))]
    return facts


def _tends(host: Host, sequence: Node, value: Node, given: Sequence[Fact], extra: tuple[Fact, ...]) -> Fact | None:
    """Use the algebra of limits, on the sequence as it stands and on its arrangement for 0 < n."""
    p = host.p
    # 1/n is a polynomial in itself, so any sequence that is one in 1/n has a limit that the algebra of limits finds.
    facts = [*given, p.scheme("limit_inv_nat", {})]
    facts += _continuous(p, sequence.args[0], facts, extra)
    line = attempt(limit, p, sequence, facts, extra) or _arranged_limit(host, sequence, facts, extra)
    if line is None or line.right == value:
        return line
    same = attempt(algebra, p, eq(line.right, value), extra) or host.show(eq(line.right, value), extra)
    return None if same is None else with_value(p, line, value, same)


def _ordered(host: Host, goal: Node, given: Sequence[Fact], extra: tuple[Fact, ...]) -> Fact | None:
    """Show a ≤ b, where a sequence that tends to a is never above one that tends to b; one of them may be constant."""
    p = host.p
    ends = [[f for f in given if f.statement.op == "->" and f.right == side] for side in goal.args]
    if not any(ends):
        return None
    point = p.fresh(NAT)
    lower, upper = ([*found, p.scheme("limit_const", {"a": side})] for found, side in zip(ends, goal.args, strict=True))
    for low, high in product(lower, upper):
        u, v = low.statement.args[0], high.statement.args[0]
        here = le(apply_abs(u, point), apply_abs(v, point))
        never = attempt(prove, p, here, extra) if {low, high} & {*given} else None
        if never is not None:
            values = {"a": low.right, "b": high.right, "u": u, "v": v}
            return p.cite("limit_mono", values, [low, high, p.gen(point, never)])
    return None


def _between(host: Host, sequence: Node, value: Node, given: Sequence[Fact], extra: tuple[Fact, ...]) -> Fact | None:
    """Show the limit of a sequence that known facts put between two others with this limit."""
    p = host.p
    point = p.fresh(NAT)
    guard = p.assume(lt(0, Node("nat", None, (point,))))
    body = apply_abs(sequence, point)
    sides: tuple[dict[Node, Fact], dict[Node, Fact]] = {}, {}
    for fact in (*extra, *p.known):
        if fact.statement.op != "all" or fact.statement.args[0].data != NAT:
            continue
        here = p.spec(fact, point)
        if here.statement.op in ("<=", "<") and body in here.statement.args:
            above = here.left == body
            if here.statement.op == "<":
                # The bounds count for 0 < n only, where 1/n is a number.
                weak = attempt(p.order, le(*here.statement.args), [(1, 1, here)], guard)
                if weak is None:
                    continue
                fact = p.gen(point, p.disch(guard.statement, weak))
            sides[above][here.statement.args[above]] = fact
    if not all(sides):
        nonnegative = attempt(prove, p, le(0, body), extra)
        if nonnegative is not None:
            sides[0].setdefault(num(0), p.gen(point, nonnegative))
    lines: list[tuple[Fact, Fact]] = []
    for side in sides:
        for term, bound in side.items():
            line = _tends(host, close(term, (point.data, NAT)), value, given, extra)
            if line is not None:
                lines.append((line, bound))
                break
    if len(lines) < len(sides):
        return None
    (low, from_below), (high, from_above) = lines
    return p.limit_squeeze(low, high, from_below, from_above)


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
    parted, logs = _parted(p, body, n, facts, more)
    for start in (body, *_solved(p, body, point, more), *([parted] if logs else [])):
        ring = Ring(p.spend)
        known = _sequences(ring, facts, point)
        for tidy in _forms(ring, start, ring.atom(n), known):
            moved = close(tidy, (point.data, NAT))
            parts = [*facts, *_continuous(p, moved.args[0], facts, extra)] if logs else facts
            line = attempt(limit, p, moved, parts, extra)
            if line is None:
                continue
            beside = (*logs, *more)
            same = attempt(algebra, p, eq(body, tidy), more) or Combination(host, eq(body, tidy), beside).find(3)
            if same is not None:
                return eventually(p, line, same, point, guard.statement)
    return None


def _parted(p: Proof, body: Node, n: Node, facts: Sequence[Fact], extra: tuple[Fact, ...]) -> tuple[Node, list[Fact]]:
    """Return a term with log(c·n + d) written as log n + log(c + d/n), and the lines that say so for 0 < n."""
    ring = Ring(p.spend)
    known = _sequences(ring, facts, n.args[0])
    number, lines = ring.atom(n), []
    for part in dict.fromkeys(t for t in subterms(body) if t.op == "log" and t.args[0] != n and not t.loose):
        poly = ring.read(part.args[0])
        if max((e for m in poly for a, e in m if a == number), default=0) != 1:
            continue
        rest = _in_known(ring, multiply(poly, {((number, -1),): Fraction(1)}), known)
        positive = attempt(prove, p, lt(0, rest), extra)
        whole = attempt(algebra, p, eq(part.args[0], n * rest), extra)
        if positive is not None and whole is not None:
            parts = p.scheme("log_mul", {"a": n, "b": rest}, [prove(p, lt(0, n), extra), positive])
            line = p.trans(p.congr(Node("log", None, (hole(),)), whole), parts)
            body = replace(body, part, line.right)
            lines.append(line)
    return body, lines


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
    for fact in (f for f in facts if f.statement.op == "->"):
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
    """Return limits of exp uₙ, log uₙ and uₙ^b where these occur in a sequence, innermost first."""
    found: list[Fact] = []
    for a in body.args:
        found += _continuous(p, a, [*facts, *found], extra)
    if body.op in ("exp", "log", "^") and body.loose == 1 and not any(a.loose for a in body.args[1:]):
        inside = attempt(limit, p, lam((NAT,), body.args[0]), [*facts, *found], extra)
        line = None if inside is None else attempt(_image, p, body, inside, extra)
        found += [line] if line is not None else []
    return found


def _image(p: Proof, body: Node, line: Fact, extra: Sequence[Fact]) -> Fact:
    """Return f(uₙ) → f(a) from uₙ → a, with exp 0 and log 1 as what they are."""
    a, op = line.right, body.op
    values: dict[str, Node | str] = {"a": a, "u": line.statement.args[0]}
    premises = [] if op == "exp" else [prove(p, lt(0, a), extra)]
    if op == "^":
        return p.cite("rpow_limit", {**values, "b": body.args[1]}, [*premises, line])
    image = p.cite(f"{op}_limit", values, [*premises, line])
    same = attempt(algebra, p, eq(a, 0 if op == "exp" else 1), extra)
    if same is None:
        return image
    known = p.cite("exp_zero" if op == "exp" else "log_one", {})
    return with_value(p, image, known.right, p.trans(p.congr(Node(op, None, (hole(),)), same), known))
