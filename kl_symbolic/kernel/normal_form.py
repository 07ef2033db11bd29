"""Equality in ℚ(atoms), decided exactly.

A term becomes a quotient of two polynomials whose monomials may have negative exponents, so that only a divisor of
two or more monomials needs a denominator. Every divisor must be known to be non-zero; then two terms are equal in
ℚ(atoms) exactly when the numerator of their difference is the zero polynomial. Atoms are symbols and the values of
functions, indicators, sums and products; they are matched as written, or, for functions of numbers, by the normal
form of their arguments.
"""

from collections.abc import Hashable, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import final

from .errors import Refused, need
from .terms import Node

MAX_EXPONENT, _MAX_BITS, _MAX_DEGREE = 200, 8_000, 1_000_000
"""Powers that are written out, bits of a coefficient, and exponents of an atom: one product must not cost much."""
_FUNCTIONS = ("log", "exp", "abs", "xlogy", "^")

Monomial = tuple[tuple[int, int], ...]
"""Atoms with their exponents e, stored as 2e + 1: Python hashes −1 and −2 alike, and a file could make use of it."""
Poly = dict[Monomial, Fraction]
Quotient = tuple[Poly, Poly]
_ONE: Poly = {(): Fraction(1)}

Sign = str
"""The known sign of a number: ``"<"`` 0 < e, ``"<="`` 0 ≤ e, ``"!="`` e ≠ 0, ``""`` nothing."""


@final
class Budget:
    """Bounds the work that one certificate may cause."""

    def __init__(self, units: int) -> None:
        self.left = units

    def spend(self, units: int) -> None:
        """Take *units* from what is left, or refuse."""
        self.left -= units
        need(self.left >= 0, "the certificate needs more work than the kernel allows")


def sign(term: Node, known: Mapping[Node, Sign]) -> Sign:
    """Return what the structure of *term* tells about its sign, from what is *known* of its parts."""
    return stronger(known.get(term, ""), _structural(term, known))


def stronger(first: Sign, second: Sign) -> Sign:
    """Return what two facts about one number tell together."""
    return "<" if "<" in (first, second) or {first, second} == {"<=", "!="} else first or second


def _structural(term: Node, known: Mapping[Node, Sign]) -> Sign:
    exponent = integer_exponent(term)
    if term.op == "num":
        return "<" if term.data > 0 else "<=" if term.data == 0 else "!="
    if term.op not in ("+", "*", "/", "neg") and exponent is None:
        return ""
    found = [sign(a, known) for a in term.args]
    left, right = found[0], found[-1]
    some, signed = {left, right} <= {"<", "!="}, {left, right} <= {"<", "<="}
    if term.op == "neg" or (term.op == "+" and not signed):
        return "!=" if term.op == "neg" and some else ""
    if term.op == "+":
        return stronger(left, right)
    if exponent is None and not (term.op == "*" and term.args[0] == term.args[1]):
        if some:
            return "<" if signed else "!="
        return "<=" if signed and (term.op == "*" or right == "<") else ""
    if exponent is None or exponent % 2 == 0:
        return "<" if exponent == 0 or left in ("<", "!=") else "<=" if (exponent or 2) > 0 else ""
    return left if left in ("<", "!=") or (left == "<=" and exponent > 0) else ""


def integer_exponent(term: Node) -> int | None:
    """Return the exponent of a power with an integer literal, else None."""
    if term.op != "^" or term.args[1].op != "num" or term.args[1].data.denominator != 1:
        return None
    return int(term.args[1].data)


@final
class Field:
    """The field ℚ(atoms), given which terms are known to be non-zero.

    Parameters
    ----------
    known : mapping of Node to Sign
        What premises say about the signs of terms.
    budget : Budget
        Bounds the number of products of monomials.
    """

    def __init__(self, known: Mapping[Node, Sign], budget: Budget) -> None:
        self._known, self._budget = known, budget
        self._atoms: dict[Hashable, int] = {}

    def is_zero(self, term: Node) -> bool:
        """Whether *term* is zero in ℚ(atoms).

        Raises
        ------
        Refused
            When a divisor in *term* is not known to be non-zero.
        """
        return not self._form(term)[0]

    def _form(self, term: Node) -> Quotient:
        op, args, exponent = term.op, term.args, integer_exponent(term)
        self._budget.spend(1 + min(abs(exponent or 0), MAX_EXPONENT))
        if op == "num":
            return ({(): term.data} if term.data else {}), _ONE
        if op in ("+", "-", "neg"):
            left = ({}, _ONE) if op == "neg" else self._form(args[0])
            return self._add(left, self._form(args[-1]), 1 if op == "+" else -1)
        if op in ("*", "/"):
            return self._multiply(self._form(args[0]), (self._form if op == "*" else self._invert)(args[1]))
        if exponent is None or abs(exponent) > MAX_EXPONENT:
            return {((self._atom(term), 3),): Fraction(1)}, _ONE
        result, factor = (_ONE, _ONE), self._form(args[0]) if exponent >= 0 else self._invert(args[0])
        for _ in range(abs(exponent)):
            result = self._multiply(result, factor)
        return result

    def _atom(self, term: Node) -> int:
        key: Hashable = term
        if term.op in _FUNCTIONS:
            with suppress(Refused):
                sides = [poly for a in term.args for poly in self._form(a)]
                key = (term.op, *(tuple(sorted((m, str(v)) for m, v in poly.items())) for poly in sides))
        return self._atoms.setdefault(key, len(self._atoms))

    def _invert(self, divisor: Node) -> Quotient:
        self._budget.spend(divisor.size)
        top, bottom = self._form(divisor)
        fits = bool(top) and sign(divisor, self._known) in ("<", "!=")
        need(fits, "division by a term that no premise shows to be non-zero", divisor=divisor)
        if len(top) > 1:
            return bottom, top
        ((monomial, value),) = top.items()
        return self._times(bottom, {tuple((a, 2 - e) for a, e in monomial): 1 / value}), _ONE

    def _multiply(self, left: Quotient, right: Quotient) -> Quotient:
        return self._times(left[0], right[0]), self._times(left[1], right[1])

    def _add(self, left: Quotient, right: Quotient, factor: int) -> Quotient:
        (a, b), (c, d) = left, right
        if b != d:
            a, b, c = self._times(a, d), self._times(b, d), self._times(c, b)
        result = dict(a)
        for monomial, value in c.items():
            self._put(result, monomial, factor * value)
        return {m: v for m, v in result.items() if v}, b

    def _times(self, left: Poly, right: Poly) -> Poly:
        if _ONE in (left, right):
            return left if right == _ONE else right
        result: Poly = {}
        for m1, v1 in left.items():
            for m2, v2 in right.items():
                powers = dict(m1)
                for atom, exponent in m2:
                    powers[atom] = powers.get(atom, 1) + exponent - 1
                self._put(result, tuple(sorted((a, e) for a, e in powers.items() if e != 1)), v1 * v2)
        return {m: v for m, v in result.items() if v}

    def _put(self, poly: Poly, monomial: Monomial, value: Fraction) -> None:
        value += poly.get(monomial, 0)
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        self._budget.spend(1 + len(monomial) + bits // 64)
        need(bits <= _MAX_BITS, "a coefficient has too many digits")
        need(all(abs(e) <= _MAX_DEGREE for _, e in monomial), "an exponent is too large")
        poly[monomial] = value
