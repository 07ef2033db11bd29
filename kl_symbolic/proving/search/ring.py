"""Terms as polynomials in numbered atoms, quickly multiplied: what the search for multipliers works on.

As in the kernel's normal form, two values of a function are one atom when their arguments are equal as polynomials. A
divisor of several monomials becomes an atom of its own, 1/d, which the search relates to d by an equation.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import final

from ...kernel.normal_form import integer_exponent
from ...kernel.terms import Node, num

__all__ = ["Monomial", "Poly", "Ring"]

Monomial = tuple[tuple[int, int], ...]
"""Numbers of atoms with their exponents, sorted."""
Poly = dict[Monomial, Fraction]

_FUNCTIONS = ("log", "exp", "abs", "xlogy", "^")
_LARGEST_POWER = 8
_ONE: Poly = {(): Fraction(1)}


@final
class Ring:
    """Polynomials over ℚ in atoms that are numbered as they are met."""

    def __init__(self) -> None:
        self.atoms: list[Node] = []
        self._numbers: dict[Hashable, int] = {}

    def read(self, term: Node) -> Poly:
        """Return a closed number term as a polynomial."""
        op, args = term.op, term.args
        exponent = integer_exponent(term)
        if op == "num":
            return {(): term.data} if term.data else {}
        if op in ("+", "-"):
            return add(self.read(args[0]), self.read(args[1]), Fraction(1 if op == "+" else -1))
        if op == "neg":
            return add({}, self.read(args[0]), Fraction(-1))
        if op == "*":
            return multiply(self.read(args[0]), self.read(args[1]))
        if op == "/":
            return multiply(self.read(args[0]), self._inverse(args[1]))
        if exponent is None or abs(exponent) > _LARGEST_POWER:
            return {((self.number(term), 1),): Fraction(1)}
        result, factor = _ONE, self.read(args[0]) if exponent >= 0 else self._inverse(args[0])
        for _ in range(abs(exponent)):
            result = multiply(result, factor)
        return result

    def _inverse(self, divisor: Node) -> Poly:
        poly = self.read(divisor)
        if len(poly) == 1:
            ((monomial, value),) = poly.items()
            return {tuple((a, -e) for a, e in monomial): 1 / value}
        return {((self._named(("1/", _frozen(poly)), num(1) / divisor), 1),): Fraction(1)}

    def number(self, atom: Node) -> int:
        """Return the number of an atom."""
        key: Hashable = atom
        if atom.op in _FUNCTIONS:
            key = (atom.op, *(_frozen(self.read(a)) for a in atom.args))
        return self._named(key, atom)

    def _named(self, key: Hashable, atom: Node) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.atoms)
            self.atoms.append(atom)
        return self._numbers[key]

    def term(self, poly: Poly) -> Node:
        """Return a polynomial as a term, its monomials in the order of their atoms' numbers."""
        result: Node | None = None
        for monomial in sorted(poly, key=lambda m: (not m, m)):
            value = poly[monomial]
            part = self.product(monomial)
            size = abs(value)
            node = num(size) if part == num(1) else part if size == 1 else num(size) * part
            if result is not None:
                result = result + node if value > 0 else result - node
            else:
                result = node if value > 0 else -node
        return num(0) if result is None else result

    def product(self, monomial: Monomial) -> Node:
        """Return a monomial as a term: one fraction."""
        above, below = num(1), num(1)
        for atom, exponent in monomial:
            node = self.atoms[atom]
            power = node if abs(exponent) == 1 else node ** num(abs(exponent))
            if exponent > 0:
                above = power if above == num(1) else above * power
            else:
                below = power if below == num(1) else below * power
        return above if below == num(1) else above / below


def _frozen(poly: Poly) -> Hashable:
    return tuple(sorted(poly.items()))


def add(left: Poly, right: Poly, factor: Fraction) -> Poly:
    """Return left + factor·right."""
    out = dict(left)
    for monomial, value in right.items():
        total = out.get(monomial, Fraction(0)) + factor * value
        if total:
            out[monomial] = total
        else:
            out.pop(monomial, None)
    return out


def multiply(left: Poly, right: Poly) -> Poly:
    """Return left·right."""
    if left == _ONE:
        return right
    out: Poly = {}
    for m1, v1 in left.items():
        for m2, v2 in right.items():
            monomial = join(m1, m2)
            out[monomial] = out.get(monomial, Fraction(0)) + v1 * v2
    return {m: v for m, v in out.items() if v}


def join(left: Monomial, right: Monomial, factor: int = 1) -> Monomial:
    """Return left·right^factor."""
    powers = dict(left)
    for atom, exponent in right:
        powers[atom] = powers.get(atom, 0) + factor * exponent
    return tuple(sorted((a, e) for a, e in powers.items() if e))
