"""Means of densities as linear combinations of known integrals, over the whole domain or over two half-lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..kernel import Refused
from ..kernel.statements import eq, le, lt
from ..kernel.syntax import encode
from ..kernel.terms import Node, num, substitute
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, congruent, integrand, with_value
from ..proving.tactics import algebra
from .carriers import Combination, Piece
from .family import STATISTIC_NUMBERS, Instance, Mean
from .products import cited, of_general, parts, positive_gammas, same_by_logs, shown, without_abs

__all__ = ["inside", "mean_of", "plain_abs"]


def inside(on: Points, facts: Sequence[Fact]) -> list[Fact]:
    """Return what x ∈ D says of x: the inequalities, and that x is positive or negative where an end says so.

    Parameters
    ----------
    on : Points
    facts : sequence of Fact
    """
    p, x, found = on.p, on.x, on.inside
    for bound in tuple(found):
        low, high = bound.statement.args
        if num(0) in (low, high):
            continue
        sign, goal = (le(0, low), lt(0, x)) if high == x else (le(high, 0), lt(x, 0))
        try:
            found.append(p.order(goal, [(1, 1, shown(p, sign, facts)), (1, 1, bound)]))
        except Refused:
            continue
    return found


def plain_abs(p: Proof, term: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with |x − c| replaced by x − c or c − x, where one of them is known to be positive.

    Parameters
    ----------
    p : Proof
    term : Node
    facts : sequence of Fact
    """
    found: Fact | None = None
    for node in tuple(parts(term, "abs")):
        (gap,) = node.args
        if gap.op != "-":
            continue
        low, high = gap.args
        same = _abs_of(p, gap, low, high, facts)
        if same is not None:
            now = term if found is None else found.right
            step = p.congr(replace(now, node, hole()), same)
            found = step if found is None else p.trans(found, step)
    return found


def _abs_of(p: Proof, gap: Node, first: Node, second: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return |a − b| = a − b or |a − b| = b − a."""
    for above in (True, False):
        claim = le(second, first) if above else le(first, second)
        try:
            fact = shown(p, claim, facts)
        except Refused:
            continue
        sign = p.order(le(0, gap) if above else le(gap, 0), [(1, 1, fact)])
        if above:
            return p.scheme("abs_of_nonneg", {"a": gap}, [sign])
        same = p.scheme("abs_of_nonpos", {"a": gap}, [sign])
        return p.trans(same, p.field(eq(same.right, second - first)))
    return None


def mean_of(carrier: Combination, d: Draft, on: Points, law: Instance, mean: Mean, facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X).

    Parameters
    ----------
    carrier : Combination
    d : Draft
    on : Points
    law : Instance
    mean : Mean
    facts : sequence of Fact
    """
    p = on.p
    statistic, value = law.statistic(p, mean, on.x)
    facts = [*facts, *(cited(p, s.theorem, {n: law.read(t) for n, t in s.at.items()}, facts) for s in carrier.signs)]
    if mean.name not in carrier.pieces:
        return of_general(d, on, law, (statistic, value), facts)
    density = law.density(on.x)
    body = density if statistic == num(1) else statistic * density
    if carrier.end:
        from ..theory.densities.gaussian import joined

        halves = [
            _part(carrier.below[mean.name], d, Points(p, law.read(f"(-oo, {carrier.end})", "domain")), law, body, facts),
            _part(carrier.pieces[mean.name], d, Points(p, law.read(f"({carrier.end}, oo)", "domain")), law, body, facts),
        ]
        whole = d.show(joined(p, *halves), "add both halves")
    else:
        whole = _part(carrier.pieces[mean.name], d, on, law, body, facts)
    raw = whole.statement.args[2]
    if raw == value:
        return d.show(whole, "multiply by the constant")
    signs = [*facts, *positive_gammas(p, [raw, value], facts)]
    try:
        same = algebra(p, eq(raw, value), signs)
    except Refused:
        same = same_by_logs(p, raw, value, signs)
    return d.show(with_value(p, whole, value, same), "collect")


def _part(pieces: Sequence[Piece], d: Draft, on: Points, law: Instance, body: Node, facts: Sequence[Fact]) -> Fact:
    """Return ∫ f = v over a part of the domain, for f at x."""
    p = on.p
    more = {n: p.symbol(n) for n in STATISTIC_NUMBERS if n in p.names}
    lines: list[tuple[object, Fact]] = []
    for piece in pieces:
        fact = d.show(_known(p, piece, law, more, facts), "an integral that is known")
        lines.append((1 if piece.factor == "1" else law.read(piece.factor, **more), fact))
    whole = combination(p, lines)
    whole = _on_domain(p, whole, on.domain, facts)
    signs = [*facts, *inside(on, facts)]
    signs += positive_gammas(p, [body], signs)
    now = integrand(on, whole)
    if now == body:
        return whole
    opened = plain_abs(p, body, signs)
    target = body if opened is None else opened.right
    try:
        same = algebra(p, eq(now, target), signs)
    except Refused:
        same = same_by_logs(p, now, target, signs)
    return congruent(on, whole, body, same if opened is None else p.trans(same, p.symm(opened)))


def _known(p: Proof, piece: Piece, law: Instance, more: Mapping[str, Node], facts: Sequence[Fact]) -> Fact:
    """Return ∫ f = v by the theorem of a piece, with 1/a^k for a^(−k) in v."""
    values = {n: law.read(text, **more) for n, text in piece.at.items()}
    fact = without_abs(p, cited(p, piece.theorem, values, facts), facts)
    if piece.change:
        lemma = p.lemma(piece.change)
        _, f, u = fact.statement.args
        ends = {n: v for n, v in values.items() if n in lemma.scope}
        signs = [shown(p, substitute(h, ends), facts) for h in lemma.hypotheses if h.op != "int"]
        fact = p.cite(piece.change, {**ends, "f": f, "u": u}, [*signs, fact])
    for node in tuple(parts(fact.statement.args[2], "^")):
        base, exponent = node.args
        if exponent.op == "neg":
            same = same_by_logs(p, node, 1 / Node("^", None, (base, exponent.args[0])), facts)
            now = fact.statement.args[2]
            fact = with_value(p, fact, replace(now, node, same.right), p.congr(replace(now, node, hole()), same))
    return fact


def _on_domain(p: Proof, fact: Fact, domain: Node, facts: Sequence[Fact]) -> Fact:
    """Return ∫ f = v over an interval with the ends of another one, which are equal."""
    now, *rest = fact.statement.args
    for k, (old, new) in enumerate(zip(now.args, domain.args, strict=True)):
        if old != new:
            ends = [*fact.statement.args[0].args]
            ends[k] = hole()
            template = Node("int", None, (Node(now.op, None, tuple(ends)), *rest))
            fact = p.step("rewrite", [encode(template)], [p.symm(shown(p, eq(new, old), facts)), fact])
    return fact
