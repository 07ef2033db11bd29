"""One arrangement for both sides of an equality.

Definitions are unfolded, logarithms expanded as far as positivity is known, sums pushed through + and constants,
sifted by indicators and put into one order; then the rule ``field`` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from ...kernel import Refused
from ...kernel.normal_form import MAX_EXPONENT
from ...kernel.statements import eq, forall, lt
from ...kernel.terms import Node, num, unwrap
from ...language.chains import LONGEST, MULTIPLICATIVE, operands
from ..builder import Fact, Proof
from .facts import equal, known, prove
from .polynomials import constant
from .spread import spread
from .sums import Sums

__all__ = ["algebra", "arrange"]

_NESTING = 12
"""Sums inside sums and definitions; what is nested deeper is taken for a rearrangement that does not end."""
_LARGEST_DIVISOR = 1_000
"""Up to which divisor a number inside log is split: what is left has no smaller one and stays as it is, whole."""
_HOLE = Node("sym", "_")


def algebra(p: Proof, goal: str | Node, extra: Sequence[Fact] = ()) -> Fact:
    """Prove an equality by bringing both sides to one arrangement.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : str or Node
        What is to be shown.
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.

    Raises
    ------
    Refused
        When the two arrangements differ; the parts show both.
    """
    target = p.statement(goal)
    left, right = target.args
    try:
        return equal(p, left, right, extra)
    except Refused:
        first, second = arrange(p, left, extra), arrange(p, right, extra)
    a, b = first.right if first else left, second.right if second else right
    try:
        middle = equal(p, a, b, extra)
    except Refused as refusal:
        parts = {"left": left, "right": right, "left_arranged": a, "right_arranged": b}
        raise Refused(refusal.reason, {**parts, **refusal.parts, "left": left, "right": right}) from None
    return p.trans(first, middle, p.symm(second) if second else None)


def arrange(p: Proof, term: Node, extra: Sequence[Fact] = ()) -> Fact | None:
    """Return term = its arrangement, or None when it is arranged already.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    term : Node
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.
    """
    if term.op in ("def", "sum"):
        return _arrange_nested(p, term, extra)
    if term.op not in ("+", "-", "*", "/", "^", "neg", "log", "exp", "abs", "xlogy"):
        return None
    steps: list[Fact] = []
    current = term
    for k, part in enumerate(term.args):
        inner = arrange(p, part, extra)
        if inner is not None:
            args = (*current.args[:k], _HOLE, *current.args[k + 1 :])
            steps.append(p.congr(Node(term.op, term.data, args), inner))
            current = steps[-1].right
    steps += [follow] if (follow := _arrange_function(p, current, extra)) is not None else []
    return p.trans(*steps) if steps else None


def _arrange_nested(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    # Two rearrangements of nested sums can undo each other; refuse instead of going on without end.
    if p.nesting >= _NESTING:
        raise Refused("the arrangement of this sum does not end", {"term": term})
    p.nesting += 1
    try:
        if term.op == "sum":
            return Sums(p, lambda part: arrange(p, part, extra), extra).arrange(term)
        opened = p.unfold(term)
        return p.trans(opened, arrange(p, opened.right, extra))
    finally:
        p.nesting -= 1


def _arrange_function(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Expand log and xlogy at the top of a term whose operands are arranged, where positivity is known."""
    try:
        if term.op == "log":
            return _arrange_log(p, term.args[0], extra)
        if term.op == "xlogy":
            return _arrange_xlogy(p, term.args[0], term.args[1], extra)
    except (Refused, KeyError):
        return None
    return None


def _arrange_xlogy(p: Proof, a: Node, b: Node, extra: Sequence[Fact]) -> Fact | None:
    zero = p.field(eq(a, 0)) if constant(a) == 0 else known(p, eq(a, 0), extra)
    if zero is not None:
        return p.trans(p.congr(Node("xlogy", None, (_HOLE, b)), zero), p.scheme("xlogy_zero", {"a": b}))
    expanded = p.scheme("xlogy_mul", {"a": a, "b": b}, [prove(p, lt(0, b), extra)])
    return p.trans(expanded, arrange(p, expanded.right, extra))


def _arrange_log(p: Proof, inside: Node, extra: Sequence[Fact]) -> Fact | None:
    """Expand log of a number, product, quotient, power, exponential or Π."""
    value = constant(inside)
    plain = _without_ones(inside) if value is None else num(value)
    if plain != inside:
        # Sums come out of their arrangement with a factor 1. Splitting that off as log 1 would arrange the sum again.
        same = p.congr(Node("log", None, (_HOLE,)), equal(p, inside, plain))
        return p.trans(same, _arrange_log(p, plain, extra))
    if inside.op == "*" and (count := len(operands(inside, MULTIPLICATIVE))) > LONGEST:
        return _log_of_chain(p, inside, count, extra)
    step = _log_of_number(p, inside) if value is not None else _log_law(p, inside, extra)
    return None if step is None else p.trans(step, arrange(p, step.right, extra))


def _log_of_chain(p: Proof, inside: Node, count: int, extra: Sequence[Fact]) -> Fact:
    """Expand log of a long product, with the logarithms of its factors arranged."""
    signs: dict[Node, Fact] = {}

    def positive(term: Node, size: int) -> None:
        if size == 1:
            signs[term] = prove(p, lt(0, term), extra)
        else:
            half = (size + 1) // 2
            positive(term.args[0], half)
            positive(term.args[1], size - half)
            signs[term] = p.pos(lt(0, term), *dict.fromkeys(signs[a] for a in term.args))

    def law(term: Node) -> Fact:
        a, b = term.args
        return p.scheme("log_mul", {"a": a, "b": b}, [signs[a], signs[b]])

    def log(term: Node) -> Node:
        return Node("log", None, (term,))

    positive(inside, count)
    return spread(p, inside, count, log, law, lambda term: arrange(p, log(term), extra), extra)


def _without_ones(term: Node) -> Node:
    """Return a product without the factors 1 in front of it."""
    while term.op == "*" and term.args[0] == num(1):
        term = term.args[1]
    return term


def _log_law(p: Proof, inside: Node, extra: Sequence[Fact]) -> Fact | None:
    op = inside.op
    if op in ("*", "/"):
        a, b = inside.args
        signs = [prove(p, lt(0, a), extra), prove(p, lt(0, b), extra)]
        return p.scheme("log_mul", {"a": a, "b": b}, signs) if op == "*" else p.cite("log_div", {"a": a, "b": b}, signs)
    if op == "^":
        a, b = inside.args
        return p.cite("log_pow", {"a": a, "b": b}, [prove(p, lt(0, a), extra)])
    if op == "exp":
        return p.scheme("log_exp", {"a": inside.args[0]})
    if op == "prod":
        over = inside.args[0].data
        return p.cite(
            "log_prod", {"T": over, "f": inside.args[0]}, [prove(p, forall(over, lt(0, unwrap(inside.args[0]))), extra)]
        )
    return None


_MANY = 8
"""From more equal factors on they are a power: log of 10¹⁰⁰ is 100·log 2 + 100·log 5 in a few lines."""


def _log_of_power(p: Proof, literal: Node, divisor: int, count: int) -> Fact:
    """Return log(dⁿ·r) = n·log d + log r for an integer with many equal factors."""
    power, rest = Node("^", None, (num(divisor), num(count))), num(literal.data / divisor**count)
    log = Node("log", None, (_HOLE,))
    first = p.cite("log_pow", {"a": num(divisor), "b": num(count)}, [p.pos(lt(0, num(divisor)))])
    if rest == num(1):
        return p.trans(p.congr(log, p.field(eq(literal, power))), first)
    same = p.congr(log, p.field(eq(literal, power * rest)))
    positive = [p.pos(lt(0, power), p.pos(lt(0, num(divisor)))), p.pos(lt(0, rest))]
    both = p.scheme("log_mul", {"a": power, "b": rest}, positive)
    return p.trans(same, both, p.congr(_HOLE + both.right.args[1], first))


def _count(value: int, divisor: int) -> int:
    """Return how often a number has a divisor, up to what the kernel reads as an exponent."""
    count = 0
    while value % divisor == 0 and count < MAX_EXPONENT:
        count, value = count + 1, value // divisor
    return count


def _log_of_number(p: Proof, literal: Node) -> Fact | None:
    """Split log of a positive rational by one factor, towards logs of primes and of what has large factors only."""
    value = literal.data
    if value <= 0:
        return None
    if value == 1:
        return p.cite("log_one", {})
    top, low = value.numerator, value.denominator
    divisor = next((d for d in range(2, min(isqrt(top), _LARGEST_DIVISOR) + 1) if top % d == 0), None)
    if low == 1 and divisor is None:
        return None
    if low == 1 and divisor is not None and (count := _count(top, divisor)) > _MANY:
        return _log_of_power(p, literal, divisor, count)
    a, b = (num(top), num(low)) if low > 1 else (num(divisor), num(top // (divisor or 1)))
    parts, positive = (a / b if low > 1 else a * b), [p.pos(lt(0, a)), p.pos(lt(0, b))]
    same = p.congr(Node("log", None, (_HOLE,)), p.field(eq(literal, parts)))
    values = {"a": a, "b": b}
    return p.trans(same, p.cite("log_div", values, positive) if low > 1 else p.scheme("log_mul", values, positive))
