"""The rule ``order``: right − left of the goal is a sum of signed multiples of premises, and so its sign is known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..kernel.statements import Sequent, eq
from ..kernel.terms import Node, num
from .arithmetic import Arithmetic
from .signs import Signs
from .terms import NotExported, RocqNames

__all__ = ["combination"]

_Shown = tuple[str, Node, str]
"""The known sign of a number (``=`` zero, ``<=``, ``<`` or ``!=``), the number, and the proof."""

_GAP = {"=": "gap_eq'", "<=": "gap_le'", "<": "gap_lt'", "!=": "gap_ne'"}
_BY = {"=": "eq_by'", "<=": "le_by'", "<": "lt_by'", "!=": "ne_by'"}


def combination(
    goal: Node,
    entries: Sequence[tuple[Fraction, Node, tuple[int, ...]]],
    premises: Sequence[tuple[Sequent, str]],
    arithmetic: Arithmetic,
    names: RocqNames,
) -> str:
    """Return the proof of a comparison by the rule ``order``.

    Parameters
    ----------
    goal : Node
    entries : sequence
        The multiplier, the term and the positions of the premises of each summand.
    premises : sequence of (Sequent, str)
        Each with its proof.
    arithmetic : Arithmetic
        Where the identity becomes a lemma.
    names : RocqNames

    Raises
    ------
    NotExported
        When the signs do not tell; the kernel has refused such a line.
    """
    shown = [_entry(c, t, [premises[k] for k in positions]) for c, t, positions in entries]
    kind, total, proof = _sum(shown)
    identity = eq(goal.args[1] - goal.args[0], total)
    found = arithmetic.equality(identity, Signs(premises), names)
    return f"({_BY[goal.op]} {found} {_as(goal.op, kind, proof)})"


def _as(wanted: str, kind: str, proof: str) -> str:
    """Return the proof of the wanted comparison from that of the known one, which implies it."""
    step = {(k, k): "" for k in _BY} | {("=", "<="): "eq_le'", ("<", "<="): "lt_le'", ("<", "!="): "lt_ne'"}
    if (kind, wanted) not in step:
        raise NotExported(f"expected multipliers whose signs show {wanted!r}, got {kind!r}")
    lemma = step[kind, wanted]
    return f"({lemma} {proof})" if lemma else proof


def _entry(multiplier: Fraction, term: Node, factors: list[tuple[Sequent, str]]) -> _Shown:
    """Return the summand c·t²·Π(right − left), or c·t·Π(…) when one of the premises is an equality."""
    equal = any(f.conclusion.op == "=" for f, _ in factors)
    parts: list[_Shown] = []
    if multiplier != 1:
        top, bottom = abs(multiplier.numerator), multiplier.denominator
        end = "lt'" if multiplier > 0 else "ne'"
        literal = f"(literal_{end} {top})" if bottom == 1 else f"(ratio_{end} {top} {bottom})"
        parts.append(("<" if multiplier > 0 else "!=", num(multiplier), literal))
    if term != num(1):
        parts.append(("?", term, "") if equal else ("<=", term * term, "(square_le' _)"))
    for sequent, proof in factors:
        op, (left, right) = sequent.conclusion.op, sequent.conclusion.args
        parts.append((op, right - left, f"({_GAP[op]} {proof})"))
    if not parts:
        parts.append(("<", num(1), "(literal_lt' 1)"))
    product = parts[0]
    for part in parts[1:]:
        product = _times(product, part)
    return product


def _times(first: _Shown, second: _Shown) -> _Shown:
    (one, a, p), (two, b, q) = first, second
    ops = {one, two}
    if "=" in ops:
        return "=", a * b, f"(mul_zero_left' {p})" if one == "=" else f"(mul_zero_right' {q})"
    if ops == {"<"}:
        return "<", a * b, f"(mul_lt' {p} {q})"
    if ops <= {"<", "<="}:
        return "<=", a * b, f"(mul_le' {_as('<=', one, p)} {_as('<=', two, q)})"
    if ops <= {"<", "!="}:
        return "!=", a * b, f"(mul_ne' {_as('!=', one, p)} {_as('!=', two, q)})"
    return "?", a * b, ""


def _sum(shown: list[_Shown]) -> _Shown:
    if not shown:
        return "=", num(0), "zero_eq'"
    kind, total, proof = shown[0]
    for more, term, fact in shown[1:]:
        kind, proof = _plus(kind, proof, more, fact)
        total = total + term
    return kind, total, proof


def _plus(one: str, p: str, two: str, q: str) -> tuple[str, str]:
    """Return the known sign of a sum, and the proof."""
    ops = {one, two}
    if ops == {"="}:
        return "=", f"(add_zero' {p} {q})"
    if "!=" in ops and "=" in ops:
        return "!=", f"(add_ne_left' {p} {q})" if one == "!=" else f"(add_ne_right' {p} {q})"
    if not ops <= {"=", "<=", "<"}:
        return "?", ""
    if one == "<":
        return "<", f"(add_lt_le' {p} {_as('<=', two, q)})"
    if two == "<":
        return "<", f"(add_le_lt' {_as('<=', one, p)} {q})"
    return "<=", f"(add_le' {_as('<=', one, p)} {_as('<=', two, q)})"
