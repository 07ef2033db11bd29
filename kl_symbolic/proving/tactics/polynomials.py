"""Polynomials in the atoms of a term, for arrangement and for the search of multipliers; nothing is proved here."""

from __future__ import annotations

from fractions import Fraction
from typing import final

from ...kernel.errors import need
from ...kernel.normal_form import integer_exponent
from ...kernel.terms import Node
from ...language import polynomials
from ...language.polynomials import Reader, product
from ...language.printer import text

__all__ = ["Monomial", "Poly", "constant", "expand", "product", "rank", "solve"]

Monomial = polynomials.Monomial[Node]
"""Atoms with their exponents, in the order of their text."""
Poly = polynomials.Poly[Node]

_LONGEST_PRODUCT = 20_000
"""Products of monomials in one product of polynomials: some tenths of a second, and more than anyone reads."""
_ARITHMETIC = ("+", "-", "*", "/", "neg", "num", "^")


@final
class _ByText(Reader[Node]):
    """Atoms are terms as written; a divisor of several monomials is an atom with exponent -1."""

    largest_power = 12
    """(a + b)^12 has 13 monomials, so that one power stays readable."""

    def atom(self, term: Node) -> Node:
        return term

    def reciprocal(self, divisor: Node, poly: Poly) -> Monomial:
        return polynomials.power(divisor, -1)

    def order(self, item: tuple[Node, int]) -> tuple[str, int]:
        return text(item[0]), item[1]

    def spend(self, units: int) -> None:
        need(units <= _LONGEST_PRODUCT, "a product of polynomials is too long to be written out")


_READER = _ByText()


def expand(term: Node) -> Poly:
    """Return a term as a polynomial in its atoms; a divisor of several monomials becomes an atom with exponent -1.

    Parameters
    ----------
    term : Node
    """
    return _READER.read(term)


def rank(monomial: Monomial) -> tuple[tuple[str, int], ...]:
    """Return what monomials are sorted by: a text, so that the order depends on nothing else.

    Parameters
    ----------
    monomial : Monomial
    """
    return tuple(map(_READER.order, monomial))


def constant(term: Node) -> Fraction | None:
    """Return the value of a term without atoms, else None.

    Parameters
    ----------
    term : Node
    """
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
    """Return multipliers with Σ mₖ·columnₖ = wanted by Gaussian elimination, free ones 0; or None.

    Parameters
    ----------
    columns : list of Poly
        The polynomials that are combined.
    wanted : Poly
        What they must add up to.
    """
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
