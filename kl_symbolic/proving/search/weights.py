"""Tangents of the logarithm with weights from a claim: Σ w·log r ≤ Σ w·(r − 1), at quotients r that the claim names.

The coefficients of a claim's logarithms are written as sums of few numbers w whose sign is known, so that the
logarithms with the weight w become one, of a quotient. Jensen's inequality for log and for x·log x, Gibbs' inequality
and the log-sum inequality, of finitely many written terms, are of this kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations, islice
from math import lcm
from operator import truediv

from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...language.chains import plus, times
from ..builder import Fact, Proof
from ..tactics import algebra, nonzero, prove
from .combination import Combination, Host
from .ring import Poly, Ring, add, join
from .signs import attempt, sign
from .simplex import Column, combine

__all__ = ["by_weights"]

_SETS, _LARGEST = 60, 4
"""So many sets of weights are looked at for one claim: all, and then those of at most that many weights."""
_USED = 5
"""And so many of those that can express the coefficients are tried."""

Weight = tuple[Poly, Fact]
_UNIT: Poly = {(): Fraction(1)}


def by_weights(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show an inequality by tangents of the logarithm with weights from its coefficients.

    Parameters
    ----------
    host : Host
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op not in ("<=", "<"):
        return None
    claim = Combination(host, goal, extra)
    claim.find(1)
    for tangents, multiples in _weighted_tangents(host.p, claim.ring, claim.wanted, claim.facts, extra):
        line = claim.closed(tangents, multiples)
        if line is not None:
            return line
    return None


def _weighted_tangents(
    p: Proof, ring: Ring, wanted: Poly, facts: Sequence[Fact], extra: Sequence[Fact]
) -> Iterator[tuple[list[Fact], list[tuple[Poly, Fact]]]]:
    """Yield tangents w·log r ≤ w·(r − 1) and multiples of equations, which account for all logarithms of a claim."""
    coefficients = _coefficients(ring, wanted)
    if not coefficients:
        return
    inside = {k: attempt(prove, p, lt(0, ring.atoms[k].args[0]), extra) for k in coefficients}
    signs = {k: fact for k, fact in inside.items() if fact is not None}
    if len(signs) < len(coefficients):
        return
    equalities = [f for f in facts if f.statement.op == "="]
    equations = [add(ring.read(f.right), ring.read(f.left), Fraction(-1)) for f in equalities]
    seen: list[list[tuple[Poly, dict[int, Fraction]]]] = []
    candidates = _candidates(p, ring, coefficients, facts, extra)
    # A number that is a sum of others needs no tangent of its own.
    extreme = [w for k, w in enumerate(candidates) if not _composed(w, candidates[:k] + candidates[k + 1 :])]
    for weights in _sets(extreme, p):
        shares = _shares([w for w, _ in weights], equations, coefficients)
        if shares is None:
            continue
        rows = [(w, {k: share[j] for k, share in shares.items() if share[j]}) for j, (w, _) in enumerate(weights)]
        if rows in seen or not all(exponents for _, exponents in rows):
            continue
        seen.append(rows)
        lines = [
            attempt(_tangent, p, ring, weight, exponents, signs, extra)
            for (_, weight), (_, exponents) in zip(weights, rows, strict=True)
        ]
        if None not in lines:
            parts = [(k, zip(equalities, share[len(weights) :], strict=True)) for k, share in shares.items()]
            multiples: list[tuple[Poly, Fact]] = [
                ({((k, 1),): Fraction(1)}, f) for k, pairs in parts for f, m in pairs if m
            ]
            yield [line for line in lines if line is not None], multiples
        if len(seen) >= _USED:
            return


def _coefficients(ring: Ring, wanted: Poly) -> dict[int, Poly]:
    """Return what each logarithm is multiplied by, turned around: by how much it has to be bounded from above."""
    found: dict[int, Poly] = {}
    for monomial, value in wanted.items():
        logs = [(k, e) for k, e in monomial if ring.atoms[k].op == "log"]
        if len(logs) > 1 or any(e != 1 for _, e in logs):
            return {}
        for k, _ in logs:
            rest = join(monomial, ((k, 1),), -1)
            found[k] = add(found.get(k, {}), {rest: -value})
    return {k: poly for k, poly in found.items() if poly}


def _candidates(
    p: Proof, ring: Ring, coefficients: dict[int, Poly], facts: Sequence[Fact], extra: Sequence[Fact]
) -> list[Weight]:
    """Return numbers that are not negative and occur in the coefficients, those that are coefficients first."""
    found: list[Weight] = []
    atoms = {k for poly in coefficients.values() for m in poly for k, _ in m}

    def offer(poly: Poly, fact: Fact | None) -> None:
        own = {k for m in poly for k, _ in m}
        if fact is not None and own and own <= atoms and all(poly != known for known, _ in found):
            found.append((poly, fact))

    for poly in coefficients.values():
        for factor in (1, -1):
            scaled = add({}, poly, factor)
            content = abs(next(iter(scaled.values()))) if len(scaled) == 1 else 1
            scaled = add({}, scaled, Fraction(1) / content)
            offer(scaled, sign(p, ring.term(scaled), extra) if any(m for m in scaled) else None)
    for fact in facts:
        if fact.statement.op in ("<", "<="):
            poly = add(ring.read(fact.right), ring.read(fact.left), Fraction(-1))
            term = ring.term(poly)
            divisors = nonzero(p, [term, fact.left, fact.right], extra)
            offer(poly, p.order(Node(fact.statement.op, None, (num(0), term)), [(1, 1, fact)], *divisors))
    return found


def _composed(weight: Weight, others: Sequence[Weight]) -> bool:
    return combine([Column(poly) for poly, _ in others], weight[0]) is not None


def _sets(candidates: Sequence[Weight], p: Proof) -> Iterator[list[Weight]]:
    one = p.order(le(0, 1), [(1, 1)])
    sizes = [len(candidates), *range(min(len(candidates), _LARGEST + 1))]
    chosen = (c for size in sizes for c in combinations(candidates, size))
    for weights in islice(chosen, _SETS):
        yield from ([*weights], [*weights, (_UNIT, one)]) if weights else ([(_UNIT, one)],)


def _shares(
    weights: Sequence[Poly], equations: Sequence[Poly], coefficients: dict[int, Poly]
) -> dict[int, list[Fraction]] | None:
    """Return rationals, for the weights of one sign, with which each coefficient is a sum of weights and equations."""
    columns = [*map(Column, weights), *(Column(poly, free=True) for poly in equations)]
    out = {}
    for k, poly in coefficients.items():
        for factor in (1, -1):
            found = combine(columns, add({}, poly, factor))
            if found is not None:
                out[k] = [factor * found.get(j, Fraction(0)) for j in range(len(columns))]
                break
        else:
            return None
    return out


def _tangent(
    p: Proof, ring: Ring, weight: Fact, exponents: dict[int, Fraction], signs: dict[int, Fact], extra: Sequence[Fact]
) -> Fact:
    """Return w·Σ e·log t ≤ w/d·(Π t^(e·d) − 1), where d makes the exponents whole."""
    below = lcm(*(e.denominator for e in exponents.values()))
    above, under = list[Node](), list[Node]()
    for k, exponent in exponents.items():
        (inside,) = ring.atoms[k].args
        size = abs(int(exponent * below))
        (above if exponent > 0 else under).append(inside ** num(size) if size > 1 else inside)
    # One division after the other, so that each divisor is an atom of its own.
    ratio = reduce(truediv, under, times(above))
    known = [signs[k] for k in exponents]
    tangent = p.scheme("log_le", {"a": ratio}, [p.pos(lt(0, ratio), *known)])
    total = plus([num(e * below) * ring.atoms[k] for k, e in exponents.items()])
    law = algebra(p, eq(tangent.left, total), [*known, *extra])
    w, share = weight.right, Fraction(1, below)
    rows = [(share, 1, weight, tangent), (-share, w, law)]
    divisors = nonzero(p, [ratio, w], [*known, *extra])
    # w·(a/w) is a: written out, it would be a product with the divisor w.
    own = next((k for k, divisor in enumerate(under) if ring.read(divisor) == ring.read(w)), None)
    scaled = w * ratio if own is None else reduce(truediv, under[:own] + under[own + 1 :], times(above))
    left, right = (ring.term(ring.read(num(share) * side)) for side in (w * total, scaled - w))
    return p.order(le(left, right), rows, *divisors)
