"""Terms as polynomials in numbered atoms, quickly multiplied: what the search for multipliers works on.

As in the kernel's normal form, two values of a function are one atom when their arguments are equal as polynomials. A
divisor of several monomials becomes an atom of its own, 1/d, which the search relates to d by an equation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import final

from ...kernel.terms import Node, num
from ...language import polynomials
from ...language.chains import chain
from ...language.polynomials import Reader, add, join, multiply, power, product

__all__ = ["Monomial", "Poly", "Ring", "add", "join", "multiply"]

Monomial = polynomials.Monomial[int]
"""Numbers of atoms with their exponents, sorted."""
Poly = polynomials.Poly[int]

_UNITS_A_PRODUCT = 3
"""Units of work for a product of two monomials: about what the kernel takes for one."""
_FUNCTIONS = ("log", "exp", "abs", "xlogy", "^")
"""Functions of numbers: two values of one are equal where their arguments are."""


@final
class Ring(Reader[int]):
    """Polynomials over ℚ in atoms that are numbered as they are met.

    Parameters
    ----------
    spend : callable
        Takes units of work from the budget of the search, and refuses when it is spent.
    """

    largest_power = 8
    """The search multiplies polynomials pairwise, so a power written out costs more than in one arrangement."""

    def __init__(self, spend: Callable[[int], None]) -> None:
        self._spend = spend
        self.atoms: list[Node] = []
        self._numbers: dict[Hashable, int] = {}

    def spend(self, units: int) -> None:
        """Take units of work from the budget of the search.

        Parameters
        ----------
        units : int
            How many products of monomials are to be made.
        """
        self._spend(_UNITS_A_PRODUCT * units)

    def times(self, left: Poly, right: Poly) -> Poly:
        """Return a product, which is paid for before it is made.

        Parameters
        ----------
        left, right : Poly
        """
        self.spend(len(left) * len(right))
        return multiply(left, right)

    def atom(self, term: Node) -> int:
        """Return the number of an atom; two values of a function are one atom when their arguments are equal.

        Parameters
        ----------
        term : Node
        """
        key: Hashable = term
        if term.op in _FUNCTIONS:
            key = (term.op, *(_frozen(self.read(a)) for a in term.args))
        return self._named(key, term)

    def reciprocal(self, divisor: Node, poly: Poly) -> Monomial:
        """Return 1/d as an atom of its own, one for all divisors that are equal as polynomials.

        Parameters
        ----------
        divisor : Node
        poly : Poly
        """
        return power(self._named(("1/", _frozen(poly)), num(1) / divisor))

    def _named(self, key: Hashable, atom: Node) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.atoms)
            self.atoms.append(atom)
        return self._numbers[key]

    def term(self, poly: Poly) -> Node:
        """Return a polynomial as a term, its monomials in the order of their atoms' numbers.

        Parameters
        ----------
        poly : Poly
        """
        parts: list[tuple[str, Node]] = []
        for monomial in sorted(poly, key=lambda m: (not m, m)):
            value = poly[monomial]
            part = self.product(monomial)
            size = abs(value)
            node = num(size) if part == num(1) else part if size == 1 else num(size) * part
            parts.append(("+", -node) if value < 0 and not parts else ("+" if value > 0 else "-", node))
        return chain(parts) if parts else num(0)

    def product(self, monomial: Monomial) -> Node:
        """Return a monomial as a term: one fraction.

        Parameters
        ----------
        monomial : Monomial
        """
        return product(tuple((self.atoms[number], exponent) for number, exponent in monomial))


def _frozen(poly: Poly) -> Hashable:
    return tuple(sorted(poly.items()))
