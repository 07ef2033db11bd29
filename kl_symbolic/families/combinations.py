"""Means of densities as linear combinations of known integrals, over the whole domain or over two half-lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from ..kernel import Refused
from ..kernel.statements import eq, lt
from ..kernel.syntax import encode
from ..kernel.terms import Node, num, substitute
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, congruent, integrand, with_value
from ..proving.tactics import algebra
from ..proving.tactics.facts import nonzero
from .carriers import Combined, Piece
from .facts import (
    cited,
    inside,
    plain_abs,
    positive_divisors,
    positive_gammas,
    same_by_logs,
    shown,
    tidied,
    without_abs,
)
from .family import Instance, Mean
from .products import of_general
from .terms import collected, constant, parts

__all__ = ["mean_of"]


def mean_of(
    carrier: Combined,
    d: Draft,
    on: Points,
    law: Instance,
    mean: Mean,
    numbers: Mapping[str, Node],
    facts: Sequence[Fact],
) -> Fact:
    """Return ∫ T·p = E T(X).

    Parameters
    ----------
    carrier : Combined
    d : Draft
    on : Points
    law : Instance
    mean : Mean
    numbers : mapping of str to Node
        The numbers of the statistic that are not parameters.
    facts : sequence of Fact
    """
    p, x = on.p, law.outcome(on.x)
    statistic, value = law.statistic(mean, x, numbers)
    if mean.name not in carrier.pieces:
        assert value is not None
        return of_general(d, on, law, (statistic, value), facts)
    density = law.density(x)
    body = density if statistic == num(1) else statistic * density
    if mean.name in carrier.below:
        from ..theory.density_notation import joined

        halves = [
            _part(
                carrier.below[mean.name],
                d,
                Points(p, law.read(f"(-oo, {carrier.end})", "domain")),
                law,
                body,
                numbers,
                facts,
            ),
            _part(
                carrier.pieces[mean.name],
                d,
                Points(p, law.read(f"({carrier.end}, oo)", "domain")),
                law,
                body,
                numbers,
                facts,
            ),
        ]
        whole = d.show(joined(p, halves[0], halves[1]), "add both halves")
    else:
        whole = _part(carrier.pieces[mean.name], d, on, law, body, numbers, facts)
    raw = whole.statement.args[2]
    if value is None or raw == value:
        return d.show(whole, "multiply by the constant")
    signs = [*facts, *positive_gammas(p, [raw, value], facts), *positive_divisors(p, raw, facts)]
    try:
        same = algebra(p, eq(raw, value), signs)
    except Refused:
        same = same_by_logs(p, raw, value, signs)
    return d.show(with_value(p, whole, value, same), "collect")


def _part(
    pieces: Sequence[Piece],
    d: Draft,
    on: Points,
    law: Instance,
    body: Node,
    more: Mapping[str, Node],
    facts: Sequence[Fact],
) -> Fact:
    """Return ∫ f = v over a part of the domain, for f at x."""
    p = on.p
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
    same = _equal(on, now, target, signs)
    return congruent(on, whole, body, same if opened is None else p.trans(same, p.symm(opened)))


def _equal(on: Points, now: Node, target: Node, signs: Sequence[Fact]) -> Fact:
    """Return that two integrands are equal: by algebra, by their logarithms, or spelled alike first."""
    p, goal = on.p, eq(now, target)
    try:
        return algebra(p, goal, signs)
    except Refused:
        pass
    try:
        return same_by_logs(p, now, target, signs)
    except Refused:
        signs = [*signs, *_distances(on)]
        alike = _spelled(on, now, target, signs)
        now = now if alike is None else alike.right
        short, last = (tidied(p, side, on.x, signs) for side in (now, target))
        plain = eq(now if short is None else short.right, target if last is None else last.right)
        return p.trans(alike, short, algebra(p, plain, signs), None if last is None else p.symm(last))


def _distances(on: Points) -> list[Fact]:
    """Return that x is apart from the ends of its domain, with literals put together."""
    found = []
    for bound in on.inside:
        low, high = bound.statement.args
        found.append(on.p.order(lt(0, collected(high - low)), [(1, 1, bound)]))
    return found


def _spelled(on: Points, term: Node, wanted: Node, signs: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with powers of x and with logarithms as another term has them, if that is so.

    x^(r + 1) is x^r·x for the power x^r of the other term, log(1 − (x − a)/w) is log(t/w) for its log(t), and
    exp(a + b) is exp(a)·exp(b) for its two exponentials.
    """
    p, x, found = on.p, on.x, None
    for op in ("^", "log", "exp"):
        goals = [g for g in parts(wanted, op) if x.data in g.names]
        for node in [n for n in parts(term, op) if x.data in n.names]:
            if op == "exp":
                same = _parted(p, node, goals)
            else:
                same = next((f for g in goals if (f := _like(on, node, g, signs)) is not None), None)
            if same is not None:
                now = term if found is None else found.right
                step = p.congr(replace(now, node, hole()), same)
                found = step if found is None else p.trans(found, step)
    return found


def _parted(p: Proof, node: Node, goals: Sequence[Node]) -> Fact | None:
    """Return exp(s) = exp(a)·exp(b) for two of the exponentials, if s is a + b."""
    for first, second in combinations(goals, 2):
        (a,), (b,) = first.args, second.args
        try:
            same = p.field(eq(node.args[0], a + b))
        except Refused:
            continue
        return p.trans(p.congr(Node("exp", None, (hole(),)), same), p.cite("exp_add", {"a": a, "b": b}))
    return None


def _like(on: Points, node: Node, goal: Node, signs: Sequence[Fact]) -> Fact | None:
    """Return that a power is another one times an integer power of x, or that a logarithm is that of a quotient."""
    p, x = on.p, on.x
    if node.op == "^":
        gap = constant(node.args[1] - goal.args[1]) if node.args[0] == goal.args[0] == x else None
        if gap is None or gap.data.denominator != 1:
            return None
        more = {0: goal, 1: goal * x, -1: goal / x}.get(gap.data, goal * x**gap)
        return None if more == node else same_by_logs(p, node, more, signs)
    (inner,) = node.args
    for quotient in parts(inner, "/"):
        try:
            same = p.field(eq(inner, goal.args[0] / quotient.args[1]), *nonzero(p, [quotient], signs))
        except Refused:
            continue
        return p.congr(Node("log", None, (hole(),)), same)
    return None


def _known(p: Proof, piece: Piece, law: Instance, more: Mapping[str, Node], facts: Sequence[Fact]) -> Fact:
    """Return ∫ f = v by the theorem or the definition of a piece, with 1/a^k for a^(−k) in v."""
    if piece.theorem in law.family.definitions:
        return p.given(law.read(law.family.definitions[piece.theorem], "statement"))
    values = {n: law.read(text, **more) for n, text in piece.at.items()}
    fact = cited(p, piece.theorem, values, facts)
    if any(node.args[0].op == "num" for node in parts(fact.statement.args[2], "abs")):
        fact = without_abs(p, fact, facts)
    change = piece.change
    while change is not None:
        _, f, u = fact.statement.args
        ends = {n: law.read(text, **more) for n, text in change.at.items()}
        hypotheses = [h for h in p.lemma(change.theorem).hypotheses if h.op != "int"]
        signs = [shown(p, substitute(h, ends), facts) for h in hypotheses]
        fact = p.cite(change.theorem, {**ends, "f": f, "u": u}, [*signs, fact])
        change = change.change
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
