"""Equality in ℚ(atoms), decided exactly.

A term becomes a polynomial whose monomials may have negative exponents. A divisor of two or more monomials is an atom
of its own, known by its own polynomial, and occurs with negative exponents only. So terms with the same divisors are
added without multiplying divisors; only what is left at the end is multiplied by all of them. Every divisor must be
known to be non-zero; then two terms are equal in ℚ(atoms) exactly when the numerator of their difference is the zero
polynomial. Atoms are symbols and the values of functions, indicators, sums and products; they are matched as written,
or, for functions of numbers, by the normal form of their arguments.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import reduce
from itertools import repeat
from typing import final

from .errors import Refused, need
from .terms import Node

MAX_EXPONENT, _MAX_BITS, _MAX_DEGREE = 200, 8_000, 1_000_000
"""Powers that are written out, bits of a coefficient, and exponents of an atom: one product must not cost much."""
_FUNCTIONS = ("log", "exp", "abs", "xlogy", "^", "Gamma", "digamma")

Monomial = tuple[tuple[int, int], ...]
"""Atoms with their exponents e, stored as 2e + 1: Python hashes −1 and −2 alike, and a file could make use of it."""
Poly = dict[Monomial, int | Fraction]
"""Monomials with their coefficients; integers are kept as such, for they are faster."""
_ONE: Poly = {(): 1}

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
    if term.op == "neg":
        return "!=" if some else ""
    if term.op == "+":
        return stronger(left, right) if signed else ""
    if exponent is None and not (term.op == "*" and term.args[0] == term.args[1]):
        if some:
            return "<" if signed else "!="
        return "<=" if signed and (term.op == "*" or right == "<") else ""
    if exponent is None or exponent % 2 == 0:
        return "<" if exponent == 0 or left in ("<", "!=") else "<=" if (exponent or 2) > 0 else ""
    return left if left in ("<", "!=") or (left == "<=" and exponent > 0) else ""


def integer_exponent(term: Node) -> int | None:
    """Return the exponent of a power with an integer literal, else None."""
    literal = term.op == "^" and term.args[1].op == "num" and term.args[1].data.denominator == 1
    return int(term.args[1].data) if literal else None


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
        self._forms: dict[Node, Poly] = {}
        self._divisors: dict[int, Poly] = {}

    def is_zero(self, term: Node) -> bool:
        """Whether *term* is zero in ℚ(atoms).

        Raises
        ------
        Refused
            When a divisor in *term* is not known to be non-zero.
        """
        return not self._cleared(self._form(term))[0]

    def _form(self, term: Node) -> Poly:
        self._budget.spend(1)
        if term not in self._forms:
            self._forms[term] = self._new_form(term)
        return self._forms[term]

    def _new_form(self, term: Node) -> Poly:
        op, args, exponent = term.op, term.args, integer_exponent(term)
        if op == "num":
            value = term.data.numerator if term.data.denominator == 1 else term.data
            return {(): value} if value else {}
        if op in ("+", "-", "neg"):
            result: Poly = {} if op == "neg" else dict(self._form(args[0]))
            self._budget.spend(len(result))
            for monomial, value in self._form(args[-1]).items():
                self._put(result, monomial, value if op == "+" else -value)
            return result
        if op in ("*", "/"):
            return self._times(self._form(args[0]), (self._form if op == "*" else self._inverse)(args[1]))
        if exponent is None or abs(exponent) > MAX_EXPONENT:
            return {((self._atom(term), 3),): 1}
        return self._power((self._form if exponent >= 0 else self._inverse)(args[0]), abs(exponent))

    def _power(self, factor: Poly, exponent: int) -> Poly:
        self._budget.spend(exponent)
        return reduce(self._times, repeat(factor, exponent), _ONE)

    def _atom(self, term: Node) -> int:
        key: Hashable = term
        if term.op in _FUNCTIONS:
            with suppress(Refused):
                key = (term.op, *(side for a in term.args for side in self._sides(self._form(a))))
        return self._atoms.setdefault(key, len(self._atoms))

    def _sides(self, form: Poly) -> Iterator[Hashable]:
        """Yield the numerator and the denominator of *form*, so scaled that the first coefficient below is 1."""
        top, below = self._cleared(form)
        bottom = self._written(below)
        scale: Poly = {(): Fraction(1, bottom[min(bottom)])}
        yield from (self._key(self._times(poly, scale)) for poly in (top, bottom))

    def _key(self, poly: Poly) -> Hashable:
        self._budget.spend(sum(1 + len(m) + _bits(v) // 64 for m, v in poly.items()))
        return tuple(sorted((m, str(v)) for m, v in poly.items()))

    def _inverse(self, divisor: Node) -> Poly:
        self._budget.spend(divisor.size)
        top, below = self._cleared(self._form(divisor))
        fits = bool(top) and sign(divisor, self._known) in ("<", "!=")
        need(fits, "division by a term that no premise shows to be non-zero", divisor=divisor)
        (monomial, value), *more = top.items()
        if more:
            name = self._atoms.setdefault(self._key(top), len(self._atoms))
            self._divisors[name], monomial, value = top, ((name, 3),), 1
        inverse = tuple((a, 2 - e) for a, e in monomial)
        return self._times({inverse: Fraction(1, value)}, self._written(below))

    def _written(self, divisors: Monomial) -> Poly:
        """Return the product of *divisors* with the opposite of their exponents."""
        return reduce(self._times, (self._power(self._divisors[name], (1 - e) // 2) for name, e in divisors), _ONE)

    def _cleared(self, form: Poly) -> tuple[Poly, Monomial]:
        """Return the numerator of *form*, written out, and the divisors below it with their exponents."""
        self._budget.spend(sum(map(len, form)))
        least: dict[int, int] = {}
        for name, exponent in (power for monomial in form for power in monomial if power[0] in self._divisors):
            least[name] = min(exponent, least.get(name, 1))
        for name, lowest in sorted(least.items()):
            over, form = form, {}
            for monomial, value in over.items():
                rest = tuple(power for power in monomial if power[0] != name)
                factor = self._power(self._divisors[name], (dict(monomial).get(name, 1) - lowest) // 2)
                for key, part in self._times({rest: value}, factor).items():
                    self._put(form, key, part)
        return form, tuple(sorted(least.items()))

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
        return result

    def _put(self, poly: Poly, monomial: Monomial, value: int | Fraction) -> None:
        value += poly.pop(monomial, 0)
        bits = _bits(value)
        self._budget.spend(1 + len(monomial) + bits // 64)
        need(bits <= _MAX_BITS, "a coefficient has too many digits")
        need(all(abs(e) <= _MAX_DEGREE for _, e in monomial), "an exponent is too large")
        if value:
            poly[monomial] = value


def _bits(value: int | Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
