"""Proofs that a divergence is infinite because its integral does not exist.

Under the hypothesis ∫ p·log(p/q) = v, the statistics with a finite mean are subtracted. What is left is above a
multiple of x^r·p, less one of p, for a power x^r whose mean is infinite; a comparison test of the theory refutes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import final

from ..kernel import CheckedTheorem, Refused
from ..kernel.statements import eq, le, lt
from ..kernel.terms import Node, apply_abs, num, substitute
from ..proving.builder import Fact
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, integrand
from ..proving.tactics import algebra, linear, prove
from ..proving.tactics.linear import Entry
from .carriers import Combined, Product
from .divergence import Infinite, NoMean, Side, differences, expectation, sides
from .facts import own, positive_gammas, same_by_logs, shown, tidied
from .family import Instance
from .terms import collected, unify

__all__ = ["refuted"]

_TESTS = {
    "power_gamma_int": ("power_gamma_not_integrable",),
    "beta_prime_int": ("beta_prime_tail_not_integrable", "beta_prime_not_integrable"),
    "power_beta_int": ("power_beta_not_integrable",),
    "int_power": ("power_below_not_integrable",),
    "int_power_above": ("power_above_not_integrable",),
}
"""The comparison tests that say where a further power makes an integral infinite, by the integral."""

_VALUES = ("v", "w", "u", "value")
"""Names for the value that is refuted; the first that no parameter has."""


@final
@dataclass(frozen=True)
class _Bound:
    """A lower bound α·x^r + β of c·T(x).

    Parameters
    ----------
    share, rest : Node
        α and β.
    entries : tuple of Entry
        What it follows from.
    """

    share: Node
    rest: Node
    entries: tuple[Entry, ...] = ()


def refuted(d: Draft, P: Instance, Q: Instance, name: str = "x") -> Fact:
    """Return 0 = 1 from ∫ p·log(p/q) = v.

    Parameters
    ----------
    d : Draft
        The names in the parameters are declared.
    P, Q : Instance
    name : str
        Of the number over which is integrated.

    Raises
    ------
    Refused
        When that is not found.
    """
    p, integral = d.p, _integral(P)
    if integral is None:
        raise Refused("no comparison test is known for the first distribution", {"of": P.family.name})
    on, facts, first, last = sides(d, P, Q, name)
    a, b = first.positive.right, last.positive.right
    ratio = p.cite("log_div", {"a": a, "b": b}, [first.positive, last.positive])
    value = next(v for v in _VALUES if v not in p.names)
    d.numbers(value)
    (whole,) = d.given(Node("int", None, (on.domain, on.function(a * ratio.left), p.symbol(value))))
    finite: list[tuple[Node, Fact]] = []
    others: list[tuple[Node, Node]] = []
    shortened: list[tuple[Node, Fact]] = []
    for statistic, c, same in differences(p, [(first, 1), (last, -1)], facts):
        shortened += [] if same is None else [(statistic, same)]
        if c == num(0):
            continue
        try:
            finite.append((c, expectation(d, on, P, statistic, facts)))
        except (Infinite, NoMean):
            others.append((statistic, _unsigned(c)))
    entries = [(a, ratio), (a, first.log), (a, last.log)]
    entries += [(a if statistic == num(1) else a * statistic, fact) for statistic, fact in shortened]
    signs = list(dict.fromkeys([*facts, *first.signs, *last.signs]))
    total, at = integral
    carried = {n: P.read(text) for n, text in at.items()}
    for test in _TESTS[total]:
        lemma = p.lemma(test)
        for exponent in _exponents(on.x, [s for s, _ in others], carried):
            values = {n: v for n, v in {**carried, "r": exponent}.items() if n in lemma.scope}
            try:
                premises = [shown(p, h, signs) for h in _conditions(lemma, values)]
                share, rest, bound = _bounded(on, others, exponent, signs)
            except Refused:
                continue
            same = _known(on, P, total, carried, facts, first)
            factor, known = same.left.args
            known_signs = [*signs, *positive_gammas(p, [factor], signs)]
            same = p.trans(same, tidied(p, same.right, on.x, known_signs))
            scale = share * factor
            constant = [] if rest == num(0) else [(-rest, expectation(d, on, P, num(1), facts))]
            left = combination(p, [(1, whole), *((-c, fact) for c, fact in finite), *constant])
            body, power = integrand(on, left), Node("^", None, (on.x, exponent))
            known_signs = [*signs, *positive_gammas(p, [factor], signs)]
            same = p.trans(same, tidied(p, same.right, on.x, signs))
            positive = shown(p, lt(0, scale), known_signs)
            goal = le(scale * (power * known), body)
            below = linear(p, goal, [(1, first.positive, bound), (share * power, same), *entries], known_signs)
            given = {**values, "s": scale, "f": on.function(body), "v": left.statement.args[2]}
            ordered = iter(premises)
            told = [
                on.every(below)
                if h.op == "all"
                else left
                if h.op == "int"
                else positive
                if "s" in h.names
                else next(ordered)
                for h in lemma.hypotheses
            ]
            found = p.cite(test, given, told)
            lines = [(ratio, "the logarithm of the ratio")]
            lines += [(side.log, "the logarithm of the density, in its statistics") for side in (first, last)]
            lines += [(fact, "a mean that is finite") for _, fact in finite]
            lines += [(bound, "the other statistics are above a power"), (left, "subtract what is finite")]
            used = set(p.needed(found))
            for line, because in lines:
                if line.number in used:
                    d.show(line, because)
            return d.show(found, "it is above a function without an integral")
    raise Refused("no power with an infinite mean was found below the logarithm of the ratio", {"of": P.family.name})


def _integral(P: Instance) -> tuple[str, Mapping[str, str]] | None:
    """Return the integral behind a density that a comparison test is about, and what its names become."""
    carrier = P.family.carrier
    if isinstance(carrier, Product):
        found = carrier.total, carrier.at
    elif isinstance(carrier, Combined) and len(carrier.pieces["total"]) == 1 and not carrier.end:
        (piece,) = carrier.pieces["total"]
        found = piece.theorem, piece.at
    else:
        return None
    return found if found[0] in _TESTS else None


def _known(on: Points, P: Instance, total: str, at: Mapping[str, Node], facts: Sequence[Fact], side: Side) -> Fact:
    """Return c·f(x) = p(x) for the known integrand f."""
    p, carrier = on.p, P.family.carrier
    if isinstance(carrier, Product):
        return p.cite(P.family.theorem("density"), {**P.spelled, on.x.data: on.x}, [*own(p, P, facts), on.member])
    assert isinstance(carrier, Combined)
    (piece,) = carrier.pieces["total"]
    function = substitute(p.lemma(total).conclusion.args[1], at)
    product = P.read(piece.factor) * apply_abs(function, on.x)
    return same_by_logs(p, product, side.positive.right, [*facts, *side.signs])


def _unsigned(term: Node) -> Node:
    """Return a for −(−a)."""
    while term.op == "neg" and term.args[0].op == "neg":
        term = term.args[0].args[0]
    return term


def _conditions(lemma: CheckedTheorem, values: Mapping[str, Node]) -> list[Node]:
    """Return what a comparison test asks of the parameters."""
    return [substitute(h, values) for h in lemma.hypotheses if h.op not in ("all", "int") and "s" not in h.names]


def _exponent(statistic: Node, x: Node) -> Node | None:
    """Return r for x^r, and None for another statistic."""
    return unify(Node("^", None, (x, Node("sym", "?"))), statistic, x)


def _exponents(x: Node, statistics: Sequence[Node], at: Mapping[str, Node]) -> Iterator[Node]:
    """Yield the powers that statistics may be above: their own, x and x^2, and the least one that has no mean."""
    own = [_exponent(s, x) for s in statistics]
    found = [e for e in own if e is not None]
    found.sort(key=lambda e: -e.data if e.op == "num" else 0)
    if None in own:
        found += [num(1), num(2)]
        if "p" in at:
            found.append(collected(at["b"] * at["p"] if "b" in at else -(at["a"] * at["p"])))
        elif "a" in at:
            found.append(at["k"])
    yield from dict.fromkeys(found)


def _bounded(
    on: Points, others: Sequence[tuple[Node, Node]], exponent: Node, signs: Sequence[Fact]
) -> tuple[Node, Node, Fact]:
    """Return α, β and α·x^r + β ≤ Σ c·T(x), where α is positive.

    Parameters
    ----------
    on : Points
    others : sequence of (Node, Node)
        T and c.
    exponent : Node
        r.
    signs : sequence of Fact

    Raises
    ------
    Refused
        When there is none, or none is found.
    """
    p, power = on.p, Node("^", None, (on.x, exponent))
    first = [_above(on, statistic, c, exponent, signs) for statistic, c in others]
    bounds = [b for b in first if b is not None]
    share = _sum(b.share for b in bounds)
    shown(p, lt(0, share), signs)
    late = [pair for pair, bound in zip(others, first, strict=True) if bound is None]
    bounds += [_by_part(on, *pair, exponent, share / (2 * len(late)), signs) for pair in late]
    share, rest = _sum(b.share for b in bounds), _sum(b.rest for b in bounds)
    positive = shown(p, lt(0, share), signs)
    entries = [entry for b in bounds for entry in b.entries]
    lower = share * power if rest == num(0) else share * power + rest
    return share, rest, linear(p, le(lower, _sum(c * s for s, c in others)), entries, [*signs, positive])


def _sum(terms: Iterable[Node]) -> Node:
    """Return a sum without zeros."""
    found = [t for t in terms if t != num(0)]
    return reduce(add, found) if found else num(0)


def _above(on: Points, statistic: Node, c: Node, exponent: Node, signs: Sequence[Fact]) -> _Bound | None:
    """Return a bound of c·T; None where it needs a part of another power."""
    p, x = on.p, on.x
    power = _exponent(statistic, x)
    if power == exponent:
        return _Bound(c, num(0))
    try:
        positive = shown(p, lt(0, c), signs)
    except Refused:
        return None
    if statistic.op == "abs" and exponent == num(1):
        return _Bound(*_line(c, statistic.args[0], x), ((1, positive, p.cite("le_abs", {"a": statistic.args[0]})),))
    if statistic.op == "exp" and power is None:
        grown = _growth(on, statistic, exponent, signs)
        if grown is not None:
            factor, fact = grown
            return _Bound(c * factor, num(0), ((1, positive, fact),))
    if statistic.op == "log":
        (inner,) = statistic.args
        one = num(1)
        try:
            larger = linear(p, lt(one, inner), [prove(p, lt(0, inner.args[1]), signs)], signs)
        except Refused:
            return None
        rises = p.cite("log_lt", {"a": one, "b": inner}, [p.pos("0 < 1"), larger])
        return _Bound(num(0), num(0), ((1, positive, rises), (c, p.cite("log_one", {}))))
    if statistic.op == "abs":
        return _Bound(num(0), num(0), ((1, positive, p.cite("abs_nonneg", {"a": statistic.args[0]})),))
    try:
        return _Bound(num(0), num(0), (prove(p, le(0, c * statistic), [positive, *signs]),))
    except Refused:
        return None


def _line(c: Node, gap: Node, x: Node) -> tuple[Node, Node]:
    """Return c and −c·m for c·(x − m)."""
    if gap.op != "-" or gap.args[0] != x:
        raise Refused("expected a distance |x − m|", {"statistic": gap})
    return c, -(c * gap.args[1])


def _growth(on: Points, statistic: Node, exponent: Node, signs: Sequence[Fact]) -> tuple[Node, Fact] | None:
    """Return (k/r)^r and (k/r)^r·x^r ≤ exp(k·x), for k > 0 and r > 0: log t ≤ t for t = k·x/r."""
    p, x = on.p, on.x
    (inner,) = statistic.args
    if inner.op != "*" or inner.args[1] != x:
        return None
    k = inner.args[0]
    try:
        rate, degree = shown(p, lt(0, k), signs), shown(p, lt(0, exponent), signs)
    except Refused:
        return None
    ratio = k * x / exponent
    facts = [rate, degree, *signs]
    positive = prove(p, lt(0, ratio), facts)
    exponents = exponent * Node("log", None, (ratio,))
    less = linear(p, le(exponents, inner), [(1, degree, p.scheme("log_le", {"a": ratio}, [positive])), degree], facts)
    grown = p.cite("exp_mono", {"a": exponents, "b": inner}, [less])
    value = p.scheme("rpow_def", {"a": ratio, "b": exponent}, [positive])
    factor = Node("^", None, (k / exponent, exponent))
    power = Node("^", None, (x, exponent))
    same = same_by_logs(p, factor * power, value.left, facts)
    return factor, linear(p, le(factor * power, statistic), [grown, value, same], facts)


def _by_part(on: Points, statistic: Node, c: Node, exponent: Node, part: Node, signs: Sequence[Fact]) -> _Bound:
    """Return the bound −α·x^r + β of c·T for a given α > 0."""
    p, x = on.p, on.x
    positive = shown(p, lt(0, part), signs)
    if statistic == x and exponent == num(2):
        # α·(x + c/(2·α))² ≥ 0
        return _Bound(-part, -(c * c / (4 * part)), ((x + c / (2 * part), positive),))
    if statistic.op == "log":
        # log(u) ≤ t·u − 1 − log t
        (inner,) = statistic.args
        factor = _slope(inner, x, exponent)
        if factor is not None:
            negative = shown(p, lt(c, 0), signs)
            slope = shown(p, lt(0, factor), signs)
            t = part / (-c * factor)
            sign = p.pos(lt(0, -c), p.order(lt(0, -c), [(1, 1, negative)]))
            first = prove(p, lt(0, t), [positive, slope, sign, *signs])
            above = prove(p, lt(0, inner), signs)
            tangent = p.scheme("log_le", {"a": t * inner}, [prove(p, lt(0, t * inner), [first, above])])
            split = algebra(p, eq(tangent.left, Node("log", None, (t,)) + statistic), [first, above])
            rest = c * (t - 1 - Node("log", None, (t,)))
            return _Bound(-part, rest, ((1, negative, tangent), (c, split)))
    raise Refused("no bound by a power is known for a statistic", {"statistic": statistic, "power": exponent})


def _slope(inner: Node, x: Node, exponent: Node) -> Node | None:
    """Return k for 1 + k·x^r."""
    if inner.op != "+" or inner.args[0] != num(1):
        return None
    last = inner.args[1]
    factor, power = (last.args[0], last.args[1]) if last.op == "*" else (num(1), last)
    return factor if _exponent(power, x) == exponent else None
