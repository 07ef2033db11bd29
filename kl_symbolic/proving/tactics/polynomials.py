"""Polynomials in the atoms of a term, for arrangement and for the search of multipliers; nothing is proved here."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from ...kernel.normal_form import integer_exponent
from ...kernel.terms import Node, num
from ...language.printer import text

__all__ = ["Monomial", "Poly", "constant", "expand", "product", "rank", "solve"]

Monomial = tuple[tuple[Node, int], ...]
"""Atoms with their exponents, in the order of their text."""
Poly = dict[Monomial, Fraction]

_LARGEST_POWER = 12
_ARITHMETIC = ("+", "-", "*", "/", "neg", "num", "^")


def expand(term: Node) -> Poly:
    """Return *term* as a polynomial in its atoms; a divisor of several monomials becomes an atom with exponent −1."""
    op, args = term.op, term.args
    exponent = integer_exponent(term)
    if op == "num":
        return {(): term.data} if term.data else {}
    if op in ("+", "-"):
        return _add(expand(args[0]), expand(args[1]), 1 if op == "+" else -1)
    if op == "neg":
        return _add({}, expand(args[0]), -1)
    if op == "*":
        return _times(expand(args[0]), expand(args[1]))
    if op == "/":
        return _times(expand(args[0]), _inverse(args[1]))
    if exponent is None or abs(exponent) > _LARGEST_POWER:
        return {((term, 1),): Fraction(1)}
    factor = expand(args[0]) if exponent >= 0 else _inverse(args[0])
    return reduce(_times, [factor] * abs(exponent), {(): Fraction(1)})


def _inverse(divisor: Node) -> Poly:
    poly = expand(divisor)
    if len(poly) != 1:
        return {((divisor, -1),): Fraction(1)}
    ((monomial, value),) = poly.items()
    return {tuple((a, -e) for a, e in monomial): 1 / value}


def _add(left: Poly, right: Poly, factor: int) -> Poly:
    out = dict(left)
    for monomial, value in right.items():
        out[monomial] = out.get(monomial, Fraction(0)) + factor * value
    return {m: v for m, v in out.items() if v}


def _times(left: Poly, right: Poly) -> Poly:
    out: Poly = {}
    for m1, v1 in left.items():
        for m2, v2 in right.items():
            powers = dict(m1)
            for atom, exponent in m2:
                powers[atom] = powers.get(atom, 0) + exponent
            monomial = tuple(sorted(((a, e) for a, e in powers.items() if e), key=_key))
            out[monomial] = out.get(monomial, Fraction(0)) + v1 * v2
    return {m: v for m, v in out.items() if v}


def _key(item: tuple[Node, int]) -> tuple[str, int]:
    return text(item[0]), item[1]


def rank(monomial: Monomial) -> tuple[tuple[str, int], ...]:
    """Return what monomials are sorted by: a text, so that the order depends on nothing else."""
    return tuple(map(_key, monomial))


def product(factors: Monomial) -> Node:
    """Return a product of powers as a term."""
    top = [a if e == 1 else a ** num(e) for a, e in factors if e > 0]
    low = [a if e == -1 else a ** num(-e) for a, e in factors if e < 0]
    over = reduce(lambda a, b: a * b, top) if top else num(1)
    return over / reduce(lambda a, b: a * b, low) if low else over


def constant(term: Node) -> Fraction | None:
    """Return the value of a term without atoms, else None."""
    if term.names or term.op not in _ARITHMETIC:
        return None
    if term.op == "num":
        return Fraction(term.data)
    values = [constant(a) for a in term.args]
    exponent = integer_exponent(term)
    if None in values or (term.op == "^" and exponent is None):
        return None
    divisor = values[1] if term.op == "/" else values[0] if (exponent or 0) < 0 else 1
    if not divisor:
        return None
    poly = expand(term)
    return poly.get((), Fraction(0)) if set(poly) <= {()} else None


def solve(columns: list[Poly], wanted: Poly) -> list[Fraction] | None:
    """Return multipliers with Σ mₖ·columnₖ = wanted by Gaussian elimination, free ones 0; or None."""
    monomials = sorted({m for c in (*columns, wanted) for m in c}, key=rank)
    rows = [[c.get(m, Fraction(0)) for c in columns] + [wanted.get(m, Fraction(0))] for m in monomials]
    pivots: list[int] = []
    for column in range(len(columns)):
        row = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if row is None:
            continue
        here = len(pivots)
        rows[here], rows[row] = rows[row], rows[here]
        rows[here] = [v / rows[here][column] for v in rows[here]]
        for r, other in enumerate(rows):
            if r != here and other[column]:
                rows[r] = [a - other[column] * b for a, b in zip(other, rows[here], strict=True)]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    out = [Fraction(0)] * len(columns)
    for row_values, column in zip(rows, pivots, strict=False):
        out[column] = row_values[-1]
    return out
