"""Polynomials over ℚ in atoms of any kind, with integer exponents: the one arithmetic of them outside the kernel.

Who uses it differs in what an atom is: the tactics lay terms out and take atoms in the order of their text; the search
numbers its atoms, to multiply quickly; the sampler's atoms are symbols at given indices. The kernel's normal form
stays apart on purpose: it is trusted, and counts its work.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Generic, TypeVar

from ..kernel.normal_form import integer_exponent
from ..kernel.terms import MAX_BITS, Node, num
from .chains import times

__all__ = ["Monomial", "Poly", "Reader", "add", "atoms", "degree", "join", "multiply", "power", "product", "put"]

A = TypeVar("A")

Monomial = tuple[tuple[A, int], ...]
"""Atoms with their exponents, none of them 0, in one order."""
Poly = dict[Monomial[A], Fraction]
"""The coefficient of each monomial, none of them 0."""
Order = Callable[[tuple[A, int]], Any] | None
"""The key by which the factors of a monomial are sorted; None for atoms that compare by themselves."""


def add(left: Poly[A], right: Poly[A], factor: Fraction | int = 1) -> Poly[A]:
    """Return left + factor·right.

    Parameters
    ----------
    left, right : Poly
    factor : Fraction or int, optional
    """
    out = dict(left)
    for monomial, value in right.items():
        total = out.get(monomial, 0) + factor * value
        if total:
            out[monomial] = Fraction(total)
        else:
            out.pop(monomial, None)
    return out


def multiply(left: Poly[A], right: Poly[A], order: Order[A] = None) -> Poly[A]:
    """Return left·right.

    Parameters
    ----------
    left, right : Poly
    order : callable, optional
        The key by which the factors of a monomial are sorted.
    """
    if len(left) == 1 and left.get(()) == 1:
        return right
    out: Poly[A] = {}
    for m1, v1 in left.items():
        for m2, v2 in right.items():
            monomial = join(m1, m2, order=order)
            out[monomial] = out.get(monomial, 0) + v1 * v2
    return {m: v for m, v in out.items() if v}


def join(left: Monomial[A], right: Monomial[A], factor: int = 1, order: Order[A] = None) -> Monomial[A]:
    """Return left·right^factor.

    Parameters
    ----------
    left, right : Monomial
    factor : int, optional
    order : callable, optional
        The key by which the factors are sorted.
    """
    powers = dict(left)
    for atom, exponent in right:
        powers[atom] = powers.get(atom, 0) + factor * exponent
    return tuple(sorted(((a, e) for a, e in powers.items() if e), key=order))


def power(atom: A, exponent: int = 1) -> Monomial[A]:
    """Return a power of one atom as a monomial.

    Parameters
    ----------
    atom : object
    exponent : int, optional
        Not 0.
    """
    return ((atom, exponent),)


def degree(monomial: Monomial[A]) -> int:
    """Return the sum of the exponents.

    Parameters
    ----------
    monomial : Monomial
    """
    return sum(exponent for _, exponent in monomial)


def atoms(poly: Poly[A]) -> Iterator[A]:
    """Yield the atoms of all monomials, with repetitions, in the order of the polynomial.

    Parameters
    ----------
    poly : Poly
    """
    return (atom for monomial in poly for atom, _ in monomial)


def put(poly: Poly[A], atom: A, value: Fraction) -> Poly[A]:
    """Return a polynomial with a number in the place of an atom.

    Parameters
    ----------
    poly : Poly
        The exponents of *atom* in it are positive.
    atom : object
    value : Fraction
    """
    out: Poly[A] = {}
    for monomial, coefficient in poly.items():
        rest = tuple((a, e) for a, e in monomial if a != atom)
        out[rest] = out.get(rest, 0) + coefficient * value ** (degree(monomial) - degree(rest))
    return {m: v for m, v in out.items() if v}


def product(monomial: Monomial[Node]) -> Node:
    """Return a monomial in terms as a term: one fraction.

    Parameters
    ----------
    monomial : Monomial
    """
    top = [a if e == 1 else a ** num(e) for a, e in monomial if e > 0]
    low = [a if e == -1 else a ** num(-e) for a, e in monomial if e < 0]
    return times(top) / times(low) if low else times(top)


class Reader(ABC, Generic[A]):
    """Reads terms as polynomials in their atoms: in what is neither a literal nor made by +, -, *, / or a power.

    A product or a power is an atom too where its coefficients would be longer than a literal may be.
    """

    largest_power: int
    """Powers with a larger exponent, or one below its negative, are atoms: written out they would be long."""

    @abstractmethod
    def atom(self, term: Node) -> A:
        """Return the atom that a term is.

        Parameters
        ----------
        term : Node
        """

    @abstractmethod
    def reciprocal(self, divisor: Node, poly: Poly[A]) -> Monomial[A]:
        """Return 1/divisor as a monomial, for a divisor that is not a monomial itself.

        Parameters
        ----------
        divisor : Node
        poly : Poly
            The divisor as a polynomial.
        """

    def order(self, item: tuple[A, int]) -> Any:
        """Return the key by which the factors of a monomial are sorted.

        Parameters
        ----------
        item : tuple
            An atom and its exponent.
        """
        return item

    def read(self, term: Node) -> Poly[A]:
        """Return a number term as a polynomial.

        Parameters
        ----------
        term : Node
        """
        op, args = term.op, term.args
        if op == "num":
            return {(): term.data} if term.data else {}
        if op in ("+", "-"):
            return add(self.read(args[0]), self.read(args[1]), 1 if op == "+" else -1)
        if op == "neg":
            return add({}, self.read(args[0]), -1)
        found = self._multiplied(term)
        return {power(self.atom(term)): Fraction(1)} if found is None else found

    def _multiplied(self, term: Node) -> Poly[A] | None:
        """Return a product, a quotient or a power as a polynomial; None where it is to be an atom."""
        op, args = term.op, term.args
        if op == "*":
            return self._times(self.read(args[0]), self.read(args[1]))
        if op == "/":
            return self._times(self.read(args[0]), self._inverse(args[1]))
        exponent = integer_exponent(term)
        if exponent is None or abs(exponent) > self.largest_power:
            return None
        result: Poly[A] | None = {(): Fraction(1)}
        factor = self.read(args[0]) if exponent >= 0 else self._inverse(args[0])
        for _ in range(abs(exponent)):
            result = None if result is None else self._times(result, factor)
        return result

    def spend(self, units: int) -> None:
        """Take units of work from a budget, which a reader may have; here there is none.

        Parameters
        ----------
        units : int
            How many products of monomials are to be made.
        """

    def _times(self, left: Poly[A], right: Poly[A]) -> Poly[A] | None:
        """Return the product of two polynomials; None where a coefficient gets too long."""
        self.spend(len(left) * len(right))
        found = multiply(left, right, self.order)
        return None if any(_bits(value) > MAX_BITS for value in found.values()) else found

    def _inverse(self, divisor: Node) -> Poly[A]:
        poly = self.read(divisor)
        if len(poly) != 1:
            return {self.reciprocal(divisor, poly): Fraction(1)}
        ((monomial, value),) = poly.items()
        return {tuple((a, -e) for a, e in monomial): 1 / value}


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
