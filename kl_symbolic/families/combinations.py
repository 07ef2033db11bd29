"""Means of densities as linear combinations of known integrals, over the whole domain or over two half-lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..kernel import Refused
from ..kernel.statements import eq
from ..kernel.syntax import encode
from ..kernel.terms import Node, num, substitute
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, congruent, integrand, with_value
from ..proving.tactics import algebra
from .carriers import Combined, Piece
from .facts import cited, inside, plain_abs, positive_divisors, positive_gammas, same_by_logs, shown, without_abs
from .family import STATISTIC_NUMBERS, Instance, Mean
from .products import of_general
from .terms import parts

__all__ = ["mean_of"]


def mean_of(carrier: Combined, d: Draft, on: Points, law: Instance, mean: Mean, facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X).

    Parameters
    ----------
    carrier : Combined
    d : Draft
    on : Points
    law : Instance
    mean : Mean
    facts : sequence of Fact
    """
    p, x = on.p, law.outcome(on.x)
    statistic, value = law.statistic(p, mean, x)
    if mean.name not in carrier.pieces:
        return of_general(d, on, law, (statistic, value), facts)
    density = law.density(x)
    body = density if statistic == num(1) else statistic * density
    if mean.name in carrier.below:
        from ..theory.density_notation import joined

        halves = [
            _part(
                carrier.below[mean.name], d, Points(p, law.read(f"(-oo, {carrier.end})", "domain")), law, body, facts
            ),
            _part(
                carrier.pieces[mean.name], d, Points(p, law.read(f"({carrier.end}, oo)", "domain")), law, body, facts
            ),
        ]
        whole = d.show(joined(p, *halves), "add both halves")
    else:
        whole = _part(carrier.pieces[mean.name], d, on, law, body, facts)
    raw = whole.statement.args[2]
    if raw == value:
        return d.show(whole, "multiply by the constant")
    signs = [*facts, *positive_gammas(p, [raw, value], facts), *positive_divisors(p, raw, facts)]
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
    fact = cited(p, piece.theorem, values, facts)
    if any(node.args[0].op == "num" for node in parts(fact.statement.args[2], "abs")):
        fact = without_abs(p, fact, facts)
    if piece.change is not None:
        _, f, u = fact.statement.args
        ends = {n: law.read(text, **more) for n, text in piece.change.at.items()}
        hypotheses = [h for h in p.lemma(piece.change.theorem).hypotheses if h.op != "int"]
        signs = [shown(p, substitute(h, ends), facts) for h in hypotheses]
        fact = p.cite(piece.change.theorem, {**ends, "f": f, "u": u}, [*signs, fact])
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
