"""Facts about the functions in a claim: tangents of log and exp, powers, absolute values, what undoes what.

Each function appends lines to the proof and returns them; lines that are not used are left out of the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from ...kernel import Refused
from ...kernel.normal_form import integer_exponent
from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...language.chains import times
from ..builder import Fact, Proof
from ..tactics import algebra, linear, prove
from ..tactics.bounds import PRECISIONS, TermBounds
from .ring import Ring
from .signs import Comparer, attempt, positive

__all__ = ["absolutes", "by_logarithms", "equal_apart", "exponentials", "gaps", "inverse", "monotone", "numbers",
           "powers", "powers_apart", "quotient_tangent", "tangents"]  # fmt: skip

_ZERO, _ONE, _HOLE = num(0), num(1), Node("sym", "_")


def tangents(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield log t ≤ t − 1, 1 − 1/t ≤ log t, log t − log s ≤ t/s − 1 for logarithms among *atoms* and s = exp(c) there.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    inside = [a.args[0] for a in atoms if a.op == "log"]
    signs = {t: f for t in inside[:6] if (f := positive(p, t, extra)) is not None}
    for t, fact in signs.items():
        yield p.scheme("log_le", {"a": t}, [fact])
        yield quotient_tangent(p, _ONE, t, p.pos(lt(0, 1)), fact)
    places = [a for a in atoms if a.op == "exp" and not a.names][:2]
    points = {e: p.scheme("exp_pos", {"a": e.args[0]}) for e in places}
    for (t, above), (s, below) in product([*list(signs.items())[:4], *points.items()], repeat=2):
        if t != s and (t in signs or s in signs):
            yield quotient_tangent(p, t, s, above, below)


def quotient_tangent(p: Proof, t: Node, s: Node, above: Fact, below: Fact) -> Fact:
    """Return log t − log s ≤ t/s − 1; log 1 is left out.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    t, s : Node
    above, below : Fact
        0 < t and 0 < s.
    """
    tangent = p.scheme("log_le", {"a": t / s}, [p.pos(lt(0, t / s), above, below)])
    law = p.cite("log_div", {"a": t, "b": s}, [above, below])
    if t != _ONE:
        return linear(p, le(law.right, t / s - 1), [tangent, law], [below])
    return linear(p, le(-law.right.args[1], t / s - 1), [tangent, law, p.cite("log_one", {})], [below])


def gaps(p: Proof, goal: Node, extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield a − b ≤ a·(log a − log b) for the products a·log(a/b) of a claim: the summands of a divergence.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : Node
        The claim.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    pairs: dict[tuple[Node, Node], None] = {}
    todo = [goal]
    while todo:
        node = todo.pop()
        if node.op == "*" and node.args[1].op == "log" and node.args[1].args[0].op == "/" and not node.loose:
            (quotient,) = node.args[1].args
            if quotient.args[0] == node.args[0]:
                pairs[quotient.args] = None  # type: ignore[index]
        todo += node.args
    for a, b in pairs:
        above, below = positive(p, a, extra), positive(p, b, extra)
        if above is not None and below is not None:
            tangent = quotient_tangent(p, b, a, below, above)
            yield p.order(le(a - b, -(a * tangent.left)), [(1, 1, above, tangent)], above)


def numbers(p: Proof, atoms: Sequence[Node]) -> Iterator[Fact]:
    """Yield close bounds of the logarithms, exponentials and powers of numbers among *atoms*.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    """
    bounds = TermBounds(p, (), PRECISIONS[1])
    for atom in [a for a in atoms if not a.names and a.op in ("log", "exp", "^")][:6]:
        yield from (b.fact for b in (bounds.low(atom), bounds.high(atom)) if b is not None)


def monotone(p: Proof, atoms: Sequence[Node], facts: Sequence[Fact], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield log a ≤ log b and exp a ≤ exp b for facts a ≤ b, where one of the two values is among *atoms*.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    facts : sequence of Fact
        The comparisons at hand.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    inside = {op: {a.args[0] for a in atoms if a.op == op} for op in ("log", "exp")}
    for fact in [f for f in facts if f.statement.op in ("<=", "<")]:
        kind = "lt" if fact.statement.op == "<" else "mono"
        values = {"a": fact.left, "b": fact.right}
        if inside["exp"] & {*values.values()}:
            yield p.cite(f"exp_{kind}", values, [fact])
        if inside["log"] & {*values.values()} and (above := positive(p, fact.left, extra)) is not None:
            yield p.cite(f"log_{kind}", values, [above, fact])


def inverse(p: Proof, fact: Fact, extra: Sequence[Fact]) -> Fact | None:
    """Return u = exp r from log u = r, and u = log r from exp u = r; log v, exp v, 0 and 1 on the right are undone.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    fact : Fact
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    for line in (fact, p.symm(fact)):
        left = line.left
        other = {"log": "exp", "exp": "log"}.get(left.op)
        if other is None:
            continue
        undone = attempt(_undo, p, Node(other, None, (left,)), extra)
        if undone is not None:
            both = p.trans(p.symm(undone), p.congr(Node(other, None, (_HOLE,)), line))
            again = attempt(_undo, p, both.right, extra)
            return p.trans(both, again)
    return None


def _undo(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact:
    """Return log exp a = a, exp log x = x for a positive x, exp 0 = 1 or log 1 = 0."""
    (inside,) = term.args
    if term == Node("exp", None, (_ZERO,)):
        return p.cite("exp_zero", {})
    if term == Node("log", None, (_ONE,)):
        return p.cite("log_one", {})
    if term.op == "log" and inside.op == "exp":
        return p.scheme("log_exp", {"a": inside.args[0]})
    if term.op == "exp" and inside.op == "log":
        return p.cite("exp_log", {"x": inside.args[0]}, [prove(p, lt(0, inside.args[0]), extra)])
    raise Refused("nothing to undo", {"term": term})


def exponentials(p: Proof, atoms: Sequence[Node]) -> Iterator[Fact]:
    """Yield exp s·(1 + t − s) ≤ exp t for exponentials among *atoms* and 1 = exp 0, and exp(s + t) = exp s·exp t.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    """
    inside = [a.args[0] for a in atoms if a.op == "exp"][:4]
    if not inside:
        return
    for t in inside:
        yield p.cite("exp_ge_one_add", {"a": t})
        if t.op == "log":
            yield from filter(None, [attempt(_exp_log, p, t.args[0])])
    for s, t in product([*inside, _ZERO], repeat=2):
        if s != t and s != _ZERO:
            yield from filter(None, [attempt(_tangent_of_exp, p, s, t)])
    for k, s in enumerate(inside):
        for t in inside[k:]:
            for whole in [*inside, _ZERO]:
                same = attempt(p.field, eq(s + t, whole))
                if same is not None:
                    split = p.cite("exp_add", {"a": s, "b": t})
                    line = p.trans(p.symm(p.congr(Node("exp", None, (_HOLE,)), same)), split)
                    yield line if whole != _ZERO else p.trans(p.symm(p.cite("exp_zero", {})), line)


def _exp_log(p: Proof, x: Node) -> Fact:
    return p.cite("exp_log", {"x": x}, [prove(p, lt(0, x))])


def _tangent_of_exp(p: Proof, s: Node, t: Node) -> Fact:
    """Return exp s·(1 + (t − s)) ≤ exp t; exp 0 is written 1."""
    above, gap = p.scheme("exp_pos", {"a": s}), t - s
    tangent, split = p.cite("exp_ge_one_add", {"a": gap}), p.cite("exp_add", {"a": s, "b": gap})
    es = Node("exp", None, (s,))
    same = p.trans(p.congr(Node("exp", None, (_HOLE,)), p.field(eq(t, s + gap))), split)
    if t == _ZERO:
        same = p.trans(p.symm(p.cite("exp_zero", {})), same)
    return p.order(le(es * (1 + gap), same.left), [(1, 1, above, tangent), (-1, 1, same)])


def powers(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield a^b = exp(b·log a) for powers with a positive base, and a = √a·√a.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    for atom in atoms:
        if atom.op != "^":
            continue
        base, exponent = atom.args
        above = positive(p, base, extra)
        if above is None:
            continue
        if exponent.op == "num" and exponent.data.denominator == 2 and exponent.data.numerator == 1:
            yield from filter(None, [attempt(by_logarithms, p, eq(atom * atom, base), extra)])
        else:
            yield p.scheme("rpow_def", {"a": base, "b": exponent}, [above])


def by_logarithms(p: Proof, goal: Node, extra: Sequence[Fact]) -> Fact:
    """Prove a = b for positive a and b from log a = log b.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : Node
        What is to be shown.
    extra : sequence of Fact
        Facts to use beside the hypotheses.

    Raises
    ------
    Refused
        When a side is not known to be positive, or the logarithms are not equal by algebra.
    """
    positive_sides = [prove(p, lt(0, side), extra) for side in goal.args]
    left, right = (p.cite("exp_log", {"x": f.right}, [f]) for f in positive_sides)
    same = algebra(p, eq(*(Node("log", None, (side,)) for side in goal.args)), extra)
    return p.trans(p.symm(left), p.congr(Node("exp", None, (_HOLE,)), same), right)


def powers_apart(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return t = t′ with a^(b − c) as a^b/a^c for positive a, and exp(b − c) so too; None where nothing changes.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    term : Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    if term.op not in ("+", "-", "*", "/", "^", "neg", "log", "exp"):
        return None
    steps, current = [], term
    for k, part in enumerate(term.args):
        inner = powers_apart(p, part, extra)
        if inner is not None:
            steps.append(p.congr(Node(term.op, None, (*current.args[:k], _HOLE, *current.args[k + 1 :])), inner))
            current = steps[-1].right
    if current.op == "exp" or (current.op == "^" and integer_exponent(current) is None):
        ring = Ring(p.spend)
        parts = [_part_of_power(current, ring.product(m), v) for m, v in sorted(ring.read(current.args[-1]).items())]
        apart = times(parts)
        step = attempt(by_logarithms, p, eq(current, apart), extra) if apart != current else None
        steps += [step] if step is not None else []
    return p.trans(*steps) if steps else None


def equal_apart(p: Proof, goal: Node, extra: Sequence[Fact]) -> Fact:
    """Prove an equality by algebra, or by :func:`powers_apart` on both sides.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : Node
        What is to be shown.
    extra : sequence of Fact
        Facts to use beside the hypotheses.

    Raises
    ------
    Refused
        When what both sides become is not equal by algebra.
    """
    if (found := attempt(algebra, p, goal, extra)) is not None:
        return found
    first, second = (powers_apart(p, side, extra) for side in goal.args)
    left, right = (f.right if f else side for f, side in zip((first, second), goal.args, strict=True))
    middle = attempt(algebra, p, eq(left, right), extra) or by_logarithms(p, eq(left, right), extra)
    return p.trans(first, middle, p.symm(second) if second else None)


def _part_of_power(power: Node, exponent: Node, factor: Fraction) -> Node:
    """Return a^(k·b) for a power of a, as 1/a^(|k|·b) for a negative k; exp(k·b) for an exponential."""
    size = abs(factor)
    new = num(size) if exponent == _ONE else exponent if size == 1 else num(size) * exponent
    part = Node(power.op, None, (*power.args[:-1], new))
    return part if factor > 0 else 1 / part


def absolutes(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact], compare: Comparer) -> Iterator[Fact]:
    """Yield |a| = a or |a| = −a where the sign of a is known.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    compare : Comparer
        Shows comparisons.
    """
    for atom in atoms:
        if atom.op == "abs":
            (inside,) = atom.args
            for rule, goal in (("abs_of_nonneg", le(0, inside)), ("abs_of_nonpos", le(inside, 0))):
                shown = attempt(prove, p, goal, extra) or compare(goal)
                if shown is not None:
                    yield p.scheme(rule, {"a": inside}, [shown])
                    break
