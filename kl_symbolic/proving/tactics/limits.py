"""Limits of sequences by the algebra of limits, and sequences that agree for all large n."""

from __future__ import annotations

from collections.abc import Sequence

from ...kernel import Refused
from ...kernel.statements import eq, le, ne
from ...kernel.terms import NAT, Node, apply_abs, bound, lam, num
from ...language.rewriting import close
from ..builder import Fact, Proof
from .facts import nonzero, prove

__all__ = ["eventually", "limit"]


def limit(p: Proof, sequence: Node, facts: Sequence[Fact], extra: Sequence[Fact] = ()) -> Fact:
    """Return (n ↦ aₙ) → l by the algebra of limits, from known limits.

    Parameters
    ----------
    p : Proof
    sequence : Node
        An abstraction over ℕ.
    facts : sequence of Fact
        Limits aₙ → l, which are matched as written, and ∀ i. aᵢₙ → lᵢ for those of summands.
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.

    Raises
    ------
    Refused
        When a part has no known limit, or a divisor may tend to 0.
    """
    body = sequence.args[0]
    for fact in facts:
        if fact.statement.op == "->" and fact.statement.args[0] == sequence:
            return fact
    if not body.loose:
        return p.scheme("limit_const", {"a": body})
    if body.op in ("+", "*", "/"):
        return _limit_of_two(p, body, facts, extra)
    if body.op in ("-", "neg"):
        return _limit_of_difference(p, sequence, facts, extra)
    if body.op == "sum":
        return _limit_of_sum(p, body, facts, extra)
    raise Refused("no known limit fits", {"sequence": sequence})


def _limit_of_two(p: Proof, body: Node, facts: Sequence[Fact], extra: Sequence[Fact]) -> Fact:
    u, v = (lam((NAT,), a) for a in body.args)
    left, right = limit(p, u, facts, extra), limit(p, v, facts, extra)
    values: dict[str, Node | str] = {"a": left.right, "b": right.right, "u": u, "v": v}
    if body.op == "/":
        return p.scheme("limit_div", values, [left, right, prove(p, ne(right.right, 0), extra)])
    return p.scheme("limit_add" if body.op == "+" else "limit_mul", values, [left, right])


def _limit_of_difference(p: Proof, sequence: Node, facts: Sequence[Fact], extra: Sequence[Fact]) -> Fact:
    """Read a − b as a + (−1)·b. The identity is shown for symbols and then instantiated, for all terms a and b."""
    point = p.fresh(NAT)
    shown = apply_abs(sequence, point)
    x, y = p.fresh_number(), p.fresh_number()
    if shown.op == "neg":
        same = p.inst(p.field(eq(num(-1) * y, -y)), {y.data: shown.args[0]})
    else:
        same = p.inst(p.field(eq(x + num(-1) * y, x - y)), {x.data: shown.args[0], y.data: shown.args[1]})
    line = limit(p, close(same.left, (point.data, NAT)), facts, extra)
    return p.rewrite(line, p.gen(point, same))


def _limit_of_sum(p: Proof, body: Node, facts: Sequence[Fact], extra: Sequence[Fact]) -> Fact:
    over = body.args[0].data
    index = p.fresh(over)
    # The summand stands below n and then i; the scheme wants it below i and then n.
    swapped = lam((over, NAT), apply_abs(lam((NAT, over), body.args[0].args[0]), bound(0), bound(1)))
    here = [p.spec(f, index) for f in facts if f.statement.op == "all" and f.statement.args[0].data == over]
    line = p.gen(index, limit(p, apply_abs(swapped, index), [*facts, *here], extra))
    sequence, value = line.statement.args[0].args[0].args
    return p.scheme("limit_sum", {"X": over, "u": lam((over,), sequence), "l": lam((over,), value)}, [line])


def eventually(p: Proof, line: Fact, same: Fact, index: Node, *guards: Node) -> Fact:
    """Return bₙ → l from aₙ → l and bₙ = aₙ, which may assume guards such as 0 < n.

    Parameters
    ----------
    p : Proof
    line : Fact
        aₙ → l.
    same : Fact
        bₙ = aₙ, with n the free *index*.
    index : Node
    *guards : Node
        The statements to discharge, outermost last.
    """
    extra = [p.assume(h) for h in same.sequent.hypotheses]
    divisors = nonzero(p, same.statement.args, extra)
    bounds = []
    for goal, factor in ((le(same.right, same.left), -1), (le(same.left, same.right), 1)):
        bounded = p.order(goal, [(factor, 1, same)], *divisors)
        for guard in guards:
            bounded = p.disch(guard, bounded)
        bounds.append(p.gen(index, bounded))
    return p.step("limit_squeeze", [], [line, line, *bounds])
