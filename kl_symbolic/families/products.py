"""Means of densities that are products of powers and exponentials, from the integrals of Γ and Beta.

A density that is a product of powers and exponentials is a constant times the integrand of one of the integrals of
Γ or Beta. The total gives the constant; the mean of a power is the same integral at another parameter; the mean of a
logarithm is an integral of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..kernel import Refused
from ..kernel.statements import eq, lt
from ..kernel.terms import Node, num
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, congruent, integrand, with_value
from ..proving.tactics import linear
from ..proving.tactics.facts import equal
from ..proving.tactics.linear import Entry
from .carriers import Product
from .facts import cited, identities, inside, own, positive_gammas, same_by_logs, shown, within, without_abs
from .family import STATISTIC_NUMBERS, Instance, Mean
from .gammas import plain_gammas, relations, valued
from .terms import HOLE, collected, parts, unify

__all__ = ["density", "mean_of", "of_general", "plain_sums"]


def density(carrier: Product, d: Draft, on: Points, law: Instance, facts: Sequence[Fact]) -> Fact:
    """Return 1/v·f(x) = p(x).

    Parameters
    ----------
    carrier : Product
    d : Draft
    on : Points
    law : Instance
    facts : sequence of Fact
    """
    p = on.p
    base = _cite(carrier, p, carrier.total, law, {}, facts)
    density, now = law.density(on.x), 1 / base.statement.args[2] * integrand(on, base)
    signs = [*facts, *within(on, density, facts)]
    gammas = plain_gammas(p, now, density, facts)
    now = now if gammas is None else gammas.right
    sums = plain_sums(on, now, density, facts)
    now = now if sums is None else sums.right
    signs += positive_gammas(p, [density, now], signs)
    same = same_by_logs(p, now, density, signs, relations(p, now, density, signs), identities(on, law, facts))
    return d.show(p.trans(gammas, sums, same), "the logarithms of both sides agree")


def plain_sums(on: Points, term: Node, wanted: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with the sums in it as another term spells them, or with literals put together.

    Parameters
    ----------
    on : Points
    term, wanted : Node
    facts : sequence of Fact
    """
    p, x, found = on.p, on.x, None
    goals = [node for op in "+-" for node in parts(wanted, op) if x.data in node.names]
    bases = {node.args[0] for node in parts(term, "^")}
    for node in tuple(node for op in "+-" for node in parts(term, op)):
        if node in goals or (x.data not in node.names and node not in bases):
            continue
        for goal in [g for g in goals if x.data in node.names] or [collected(node)]:
            try:
                same = equal(p, node, goal, facts)
            except Refused:
                continue
            if node != goal:
                whole = p.congr(replace(term if found is None else found.right, node, hole()), same)
                found = whole if found is None else p.trans(found, whole)
            break
    return found


def mean_of(carrier: Product, d: Draft, on: Points, law: Instance, mean: Mean, facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X).

    Parameters
    ----------
    carrier : Product
    d : Draft
    on : Points
    law : Instance
    mean : Mean
    facts : sequence of Fact
    """
    p, x = on.p, on.x
    same = p.cite(law.family.theorem("density"), {**law.spelled, x.data: x}, [*own(p, law, facts), on.member])
    size = same.left.args[0].args[1]
    signs = [*facts, *positive_gammas(p, [size], facts), *within(on, same.right, facts)]
    signs += [shown(p, lt(0, power.args[0]), facts) for power in parts(size, "^")]
    if mean.statistic == "1":
        base = d.show(_cite(carrier, p, carrier.total, law, {}, facts), "the integral behind the density")
        whole = congruent(on, combination(p, [(1 / size, base)]), same.right, same)
        return d.show(with_value(p, whole, 1, equal(p, 1 / size * size, num(1), signs)), "divide by its value")
    numbers = {n: p.symbol(n) for n in law.family.numbers(mean)}
    statistic, value = law.statistic(mean, x, numbers)
    assert value is not None
    if mean.statistic in carrier.logs:
        fact = _cite(carrier, p, carrier.logs[mean.statistic], law, numbers, signs)
        return _of_logarithm(d, on, fact, statistic, value, same, signs)
    if mean == law.family.general:
        return _of_power(carrier, d, on, law, statistic, value, same, signs)
    return of_general(d, on, law, (statistic, value), facts)


def of_general(d: Draft, on: Points, law: Instance, goal: tuple[Node, Node], facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X) from the mean of a statistic with a number, such as ``x^r``.

    Parameters
    ----------
    d : Draft
    on : Points
    law : Instance
    goal : (Node, Node)
        T(x) and its mean.
    facts : sequence of Fact
    """
    for general in law.family.means:
        for number in law.family.numbers(general):
            exponent = unify(law.read(general.statistic, x=on.x, **{number: HOLE}), goal[0], on.x)
            if exponent is not None:
                return _of_one_power(d, on, law, general, exponent, goal, facts)
    raise Refused("the integral behind this family gives no such mean", {"statistic": goal[0]})


def _of_logarithm(
    d: Draft, on: Points, fact: Fact, statistic: Node, value: Node, same: Fact, signs: list[Fact]
) -> Fact:
    """Return the mean of a logarithm from ∫ T·f = v·E T(X)."""
    p, size, body = on.p, same.left.args[0].args[1], statistic * same.right
    d.show(fact, "the integral with the logarithm")
    whole = combination(p, [(1 / size, fact)])
    now = integrand(on, fact).args[0]
    entries: list[Entry] = [(now, same)]
    if now != statistic:
        entries.append((same.right, equal(p, now, statistic, signs)))
    whole = congruent(on, whole, body, linear(p, eq(integrand(on, whole), body), entries, signs))
    factor = fact.statement.args[2].args[1]
    any_number = p.fresh_number()
    divided = p.inst(equal(p, 1 / size * (size * any_number), any_number, signs), {any_number.data: factor})
    reason = p.trans(divided, valued(p, factor, value, signs))
    return d.show(with_value(p, whole, value, reason), "divide by the total")


def _of_power(
    carrier: Product, d: Draft, on: Points, law: Instance, statistic: Node, value: Node, same: Fact, signs: list[Fact]
) -> Fact:
    """Return the mean of a power from ∫ T·f, which is f at another parameter."""
    p, size, body = on.p, same.left.args[0].args[1], statistic * same.right
    fact = _cite(carrier, p, carrier.power, law, {n: p.symbol(n) for n in STATISTIC_NUMBERS if n in p.names}, signs)
    d.show(fact, "the integral with the power")
    whole = combination(p, [(1 / size, fact)])
    whole = congruent(on, whole, body, linear(p, eq(integrand(on, whole), body), [(statistic, same)], signs))
    raw = whole.statement.args[2]
    plain = plain_gammas(p, raw, value, signs)
    now = raw if plain is None else plain.right
    signs = [*signs, *positive_gammas(p, [now, value], signs)]
    reason = p.trans(plain, same_by_logs(p, now, value, signs, relations(p, now, value, signs)))
    return d.show(with_value(p, whole, value, reason), "divide by the total")


def _of_one_power(
    d: Draft, on: Points, law: Instance, general: Mean, exponent: Node, goal: tuple[Node, Node], facts: Sequence[Fact]
) -> Fact:
    """Return the mean of one power from that of all, with Γ brought to the arguments that the value has."""
    (statistic, value), p, family = goal, on.p, law.family
    body = statistic * law.density(on.x)
    (number,) = family.numbers(general)
    claims = [law.read(c, "statement", **{number: exponent}) for c in general.given]
    premises = [*own(p, law, facts), *(shown(p, c, facts) for c in claims)]
    fact = p.cite(family.theorem(general.name), {**law.spelled, number: exponent}, premises)
    d.show(fact, "the mean of all powers")
    now = integrand(on, fact)
    if now == body:
        whole = fact
    else:
        signs = [*facts, *inside(on, facts), *positive_gammas(p, [body], facts)]
        whole = congruent(on, fact, body, equal(p, now, body, signs))
    return d.show(with_value(p, whole, value, valued(p, whole.statement.args[2], value, facts)), "collect")


def _cite(
    carrier: Product, p: Proof, name: str, law: Instance, more: Mapping[str, Node], facts: Sequence[Fact]
) -> Fact:
    scope = p.lemma(name).scope
    values = {n: law.read(text, **more) for n, text in carrier.at.items() if n in scope} | dict(more)
    return without_abs(p, cited(p, name, values, facts), facts)
