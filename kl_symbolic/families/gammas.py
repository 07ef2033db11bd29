"""Γ and ψ at arguments that terms share: their functional equations, and Γ at integers and halves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ..kernel import Refused
from ..kernel.statements import eq, lt
from ..kernel.terms import Node, num
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.tactics import algebra
from ..proving.tactics.facts import equal
from .facts import positive_divisors, positive_gammas, same_by_logs, shown
from .terms import collected, constant, moved, parts

__all__ = ["plain_gammas", "relations", "valued", "with_literals"]

_STEPS = 12
"""So many times Γ(a + 1) = a·Γ(a) is used to bring Γ to an argument that is known."""


def relations(p: Proof, raw: Node, wanted: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return equalities that bring Γ and ψ in one term to those in another one.

    Parameters
    ----------
    p : Proof
    raw, wanted : Node
    facts : sequence of Fact
        The conditions on the parameters.
    """
    found: list[Fact] = []
    for op in ("Gamma", "digamma"):
        nodes = tuple(dict.fromkeys([*parts(raw, op), *parts(wanted, op)]))
        for node in nodes:
            found += _steps(p, node, nodes, facts)
    return list(dict.fromkeys(found))


def _steps(p: Proof, node: Node, nodes: Sequence[Node], facts: Sequence[Fact]) -> list[Fact]:
    """Return the steps from Γ(a + k), or ψ(a + k), down to the lowest of others that has such an argument."""
    (argument,), literal = node.args, node.op == "Gamma" and node.args[0].op == "num"
    gaps = {} if literal else {other: constant(argument - other.args[0]) for other in nodes if other != node}
    whole = {other: gap.data for other, gap in gaps.items() if gap is not None and gap.data.denominator == 1}
    low, count = max(whole.items(), key=lambda item: item[1], default=(node, Fraction(0)))
    if not 0 < count <= _STEPS:
        return _gamma_relations(p, node, facts) if node.op == "Gamma" and not whole else []
    spelled = [low.args[0], *(moved(low.args[0], Fraction(k)) for k in range(1, int(count))), argument]
    return [_successor(p, a, b, facts, node.op) for a, b in pairwise(spelled)]


def plain_gammas(p: Proof, term: Node, wanted: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with the arguments of Γ and ψ as another term spells them; None where they are.

    Parameters
    ----------
    p : Proof
    term, wanted : Node
    facts : sequence of Fact
        They show divisors not to be zero.
    """
    found: Fact | None = None
    goals = tuple(_functions(wanted))
    for node in tuple(_functions(term)):
        same = None if node in goals else _spelled(p, node.args[0], [g.args[0] for g in goals], facts)
        if same is not None:
            step = p.congr(Node(node.op, None, (hole(),)), same)
            whole = p.congr(replace(term if found is None else found.right, node, hole()), step)
            found = whole if found is None else p.trans(found, whole)
    return found


def _functions(term: Node) -> Iterator[Node]:
    yield from parts(term, "Gamma")
    yield from parts(term, "digamma")


def _spelled(p: Proof, argument: Node, goals: Sequence[Node], facts: Sequence[Fact]) -> Fact | None:
    """Return that an argument is one of others, or a shorter one."""
    for goal in goals:
        try:
            return equal(p, argument, goal, facts)
        except Refused:
            continue
    plain = constant(argument) or collected(argument)
    return None if plain == argument else equal(p, argument, plain, facts)


def valued(p: Proof, raw: Node, value: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that two values are equal, with Γ and ψ at arguments that they share; None where they are one term.

    Parameters
    ----------
    p : Proof
    raw, value : Node
    facts : sequence of Fact
    """
    if raw == value:
        return None
    plain = plain_gammas(p, raw, value, facts)
    now = raw if plain is None else plain.right
    chain: list[Fact | None] = [plain]
    kept, passed = set(_functions(value)), [raw, value, now]
    steps = relations(p, now, value, facts)
    while found := next((s for s in steps if s.left in set(_functions(now)) - kept), None):
        step = p.congr(replace(now, found.left, hole()), found)
        chain.append(step)
        now = step.right
        passed.append(now)
    arguments = dict.fromkeys(g.args[0] for t in passed for g in _functions(t))
    signs = [*facts, *(shown(p, lt(0, a), facts) for a in arguments)]
    signs += positive_gammas(p, [now, value], signs)
    signs += [*positive_divisors(p, now, signs), *positive_divisors(p, value, signs)]
    try:
        last = algebra(p, eq(now, value), signs)
    except Refused:
        last = same_by_logs(p, now, value, signs)
    return p.trans(*chain, last)


def _gamma_relations(p: Proof, node: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return Γ(a + 1) = a·Γ(a), as often as needed, and the values at 1 and 1/2."""
    (argument,) = node.args
    if argument.op == "num":
        return _at_literal(p, argument.data)
    if argument.op not in ("+", "-") or argument.args[1].op != "num":
        return []
    shift = argument.args[1].data
    if shift.denominator > 1 or not 0 < shift <= _STEPS:
        return []
    low = argument.args[0] if argument.op == "+" else argument
    return [_successor(p, moved(low, Fraction(k)), moved(low, Fraction(k + 1)), facts) for k in range(int(shift))]


def _successor(p: Proof, low: Node, high: Node, facts: Sequence[Fact], op: str = "Gamma") -> Fact:
    """Return Γ(a + 1) = a·Γ(a), or ψ(a + 1) = ψ(a) + 1/a, with a + 1 as it is spelled."""
    step = p.cite(f"{op.lower()}_succ", {"a": low}, [shown(p, lt(0, low), facts)])
    return p.trans(p.congr(Node(op, None, (hole(),)), equal(p, high, low + 1, facts)), step)


def _at_literal(p: Proof, value: Fraction) -> list[Fact]:
    """Return the values of Γ at integers and halves, step by step."""
    found: list[Fact] = []
    if value.denominator > 2 or not 0 < value <= _STEPS:
        return found
    while value > 1:
        found.append(_successor(p, num(value - 1), num(value), ()))
        value -= 1
    found.append(p.cite("gamma_one" if value == 1 else "gamma_half_eq", {}))
    return found


def with_literals(p: Proof, term: Node) -> Fact | None:
    """Return that a term is the same with Γ at integers and halves, and powers of 1, written out; None without any.

    Parameters
    ----------
    p : Proof
    term : Node
    """
    found: Fact | None = None
    for node in tuple(parts(term, "Gamma")):
        steps = _at_literal(p, node.args[0].data) if node.args[0].op == "num" else []
        for step in steps:
            now = term if found is None else found.right
            if step.left in set(parts(now, "Gamma")):
                same = p.congr(replace(now, step.left, hole()), step)
                found = same if found is None else p.trans(found, same)
    for node in tuple(parts(term if found is None else found.right, "^")):
        if node.args[0] == num(1) and node.args[1].op != "num":
            now = term if found is None else found.right
            same = p.congr(replace(now, node, hole()), same_by_logs(p, node, num(1), ()))
            found = same if found is None else p.trans(found, same)
    return found
