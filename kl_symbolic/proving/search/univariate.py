"""Functions of one variable as rational functions in x, exp(r·x) and logarithms: what the search for signs works on.

Terms are read into a field ℚ(x, e, l₁, …), in which SymPy's polynomials are multiplied, factored and reduced, and
written back; nothing is proved here. A logarithm is one of an irreducible polynomial, so two spellings of a function
are one element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from math import exp, gcd, lcm, log
from typing import Any, TypeAlias, final

from sympy.polys.domains import QQ
from sympy.polys.fields import field
from sympy.polys.rings import PolyElement

from ...kernel import Refused
from ...kernel.normal_form import integer_exponent
from ...kernel.terms import Node, num
from ...language.chains import chain, times
from ..builder import Proof
from ..tactics.bounds import PRECISIONS, TermBounds
from ..tactics.polynomials import constant

__all__ = ["Element", "Polynomial", "Univariate"]

Element: TypeAlias = Any
"""A function: SymPy's ``FracElement``, whose operations have no types."""
Polynomial: TypeAlias = Any
"""One without a divisor: SymPy's ``PolyElement``."""

_LARGEST_POWER = 12
"""Powers with larger exponents are left alone, written out they are long."""
_MOST_LOGARITHMS = 5
"""Functions with more different logarithms, or values of functions, than this are left alone."""


@final
class Univariate:
    """The functions of a number symbol that can be made from what stands in some terms.

    Parameters
    ----------
    p : Proof
        Where the values of constants are enclosed.
    variable : Node
        The symbol.
    terms : sequence of Node
        What is to be read.
    inside : float
        A value of the variable: polynomials in logarithms are positive there.

    Raises
    ------
    Refused
        When a term is of another kind.
    """

    def __init__(self, p: Proof, variable: Node, terms: Sequence[Node], inside: float) -> None:
        self.variable = variable
        self._rate = self._common_rate(terms)
        names = ["x", "e"]
        self._field, *_ = field(names, QQ)
        self._logs: list[Polynomial] = []
        self._constants: list[Node] = []
        self._values: list[float] = []
        self._inside = inside
        # Twice: what stands in logarithms has none itself, and tells which symbols the field has.
        for term in terms:
            self._gather(term)
        if len(self._logs) + len(self._constants) > _MOST_LOGARITHMS:
            raise Refused("too many different logarithms and constants", {})
        names += [f"l{k}" for k in range(len(self._logs))] + [f"c{k}" for k in range(len(self._constants))]
        self._field, *_ = field(names, QQ)
        self._logs = [f.set_ring(self._field.ring) for f in self._logs]
        bounds = TermBounds(p, (), PRECISIONS[1])
        for node in self._constants:
            low = bounds.low(node)
            if low is None:
                raise Refused("the value of a constant is not known", {"term": node})
            self._values.append(float(low.value))

    # reading

    def _common_rate(self, terms: Sequence[Node]) -> Fraction:
        rates = [abs(r) for t in terms for r in self._rates(t) if r]
        if not rates:
            return Fraction(1)
        below = lcm(*(r.denominator for r in rates))
        return Fraction(gcd(*(int(r * below) for r in rates)), below)

    def _rates(self, term: Node) -> Iterator[Fraction]:
        if term.op == "exp" and term.names:
            yield self._linear(term.args[0])[0]
        for a in term.args:
            yield from self._rates(a)

    def _linear(self, term: Node) -> tuple[Fraction, Node]:
        """Return r and c of r·x + c, where c is a term without symbols."""
        op, args = term.op, term.args
        if not term.names:
            return Fraction(0), term
        if term == self.variable:
            return Fraction(1), num(0)
        if op == "neg":
            rate, rest = self._linear(args[0])
            return -rate, -rest
        if op in ("+", "-"):
            (one, a), (two, b) = map(self._linear, args)
            return (one + two, a + b) if op == "+" else (one - two, a - b)
        if op in ("*", "/"):
            for factor, other in (args, args[::-1]) if op == "*" else (args[::-1],):
                value = constant(factor)
                if value:
                    rate, rest = self._linear(other)
                    return (rate * value, rest * num(value)) if op == "*" else (rate / value, rest / num(value))
        raise Refused("the exponent is not linear in the variable", {"term": term})

    def _gather(self, term: Node) -> None:
        if not term.names:
            if constant(term) is None and term.op not in ("+", "-", "*", "/", "neg"):
                self._constants += [term] if term not in self._constants else []
            else:
                for a in term.args:
                    self._gather(a)
            return
        if term.op == "log":
            content, factors = self._factored(term.args[0])
            for factor, _ in factors:
                if factor not in self._logs and not self.is_exponential(factor):
                    self._logs.append(factor)
            if content != 1:
                self._gather(Node("log", None, (num(content),)))
        elif term.op == "exp":
            rest = self._linear(term.args[0])[1]
            if constant(rest) is None:
                raise Refused("an exponent has a constant that is not rational", {"term": term})
            if constant(rest):
                self._gather(Node("exp", None, (num(constant(rest)),)))
        elif term.op in ("+", "-", "*", "/", "neg", "^"):
            for a in term.args:
                self._gather(a)
        elif term != self.variable:
            raise Refused("the term is not a function that is known here", {"term": term})

    def _generator(self, k: int) -> Element:
        if k >= len(self._field.gens):
            raise Refused("a logarithm or a constant stands in a logarithm", {})
        return self._field.gens[k]

    def _factored(self, inside: Node) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
        """Return what stands in a logarithm as a positive number and powers of polynomials that are positive inside."""
        value = self.read(inside)
        content, factors = self.factors(value)
        out = []
        for factor, exponent in factors:
            if self._symbols(factor) - {0, 1}:
                raise Refused("a logarithm or a constant stands in a logarithm", {"term": inside})
            sign = 1 if self.value(factor, self._inside) > 0 else -1
            content *= sign**exponent
            out.append((factor * sign, exponent))
        if content <= 0:
            raise Refused("a logarithm of a number that is not positive", {"term": inside})
        return content, out

    def factors(self, value: Element) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
        """Return a function as a number and powers of irreducible polynomials.

        Parameters
        ----------
        value : Element
            Not 0.
        """
        content, out = Fraction(1), list[tuple[Polynomial, int]]()
        for part, sign in ((value.numer, 1), (value.denom, -1)):
            own, found = part.factor_list()
            content *= _fraction(own) ** sign
            for factor, exponent in found:
                out.append((factor, sign * exponent))
        return content, out

    def read(self, term: Node) -> Element:
        """Return a term as a function.

        Parameters
        ----------
        term : Node

        Raises
        ------
        Refused
            When it is of another kind.
        """
        op, args, exponent = term.op, term.args, integer_exponent(term)
        if op == "num":
            return self._field(QQ(term.data.numerator, term.data.denominator))
        if term == self.variable:
            return self._generator(0)
        if op == "neg":
            return -self.read(args[0])
        if op in ("+", "-", "*"):
            left, right = map(self.read, args)
            return left + right if op == "+" else left - right if op == "-" else left * right
        if op == "/" or (exponent is not None and abs(exponent) <= _LARGEST_POWER):
            base = self.read(args[1 if op == "/" else 0])
            if not base and (exponent is None or exponent < 0):
                raise Refused("division by 0", {"term": term})
            return self.read(args[0]) / base if op == "/" else base**exponent if exponent else self._field(1)
        if term in self._constants:
            return self._generator(2 + len(self._logs) + self._constants.index(term))
        if op == "log":
            return self._read_log(args[0])
        if op == "exp":
            rate, rest = self._linear(args[0])
            shift = constant(rest)
            scale = self.read(Node("exp", None, (num(shift),))) if shift else self._field(1)
            power = int(rate / self._rate)
            return self._generator(1) ** power * scale
        raise Refused("the term is not a function that is known here", {"term": term})

    def _read_log(self, inside: Node) -> Element:
        content, factors = self._factored(inside)
        total = self.read(Node("log", None, (num(content),))) if content != 1 else self._field(0)
        for factor, exponent in factors:
            if self.is_exponential(factor):
                part = self._generator(0) * QQ(self._rate.numerator, self._rate.denominator)
            else:
                if factor not in self._logs:
                    raise Refused("a logarithm that was not met before", {"term": inside})
                part = self._generator(2 + self._logs.index(factor))
            total += exponent * part
        return total

    # calculus and values

    def derivative(self, value: Element) -> Element:
        """Return the derivative.

        Parameters
        ----------
        value : Element
        """
        total = self._along(value)
        for k, inside in enumerate(self._logs):
            slope = self._along(self._field(inside)) / self._field(inside)
            total += value.diff(self._generator(2 + k)) * slope
        return total

    def _along(self, value: Element) -> Element:
        x, e = self._field.gens[:2]
        rate = QQ(self._rate.numerator, self._rate.denominator)
        return value.diff(x) + value.diff(e) * e * rate

    def value(self, function: Element | Polynomial, at: float) -> float:
        """Return a value in floating point.

        Parameters
        ----------
        function : Element or Polynomial
        at : float

        Raises
        ------
        Refused
            When there is none.
        """
        try:
            point = [at, exp(float(self._rate) * at)]
            point += [log(_at(f, point)) for f in self._logs] + self._values
            if isinstance(function, PolyElement):
                return _at(function, point)
            return _at(function.numer, point) / _at(function.denom, point)
        except (ValueError, OverflowError, ZeroDivisionError):
            raise Refused("a function has no value at a point", {"x": str(at)}) from None

    def _symbols(self, poly: Polynomial) -> set[int]:
        return {k for monomial in poly.monoms() for k, e in enumerate(monomial) if e}

    def coefficients(self, poly: Polynomial) -> list[Fraction] | None:
        """Return the coefficients of a polynomial in the variable alone, the constant one first; else None.

        Parameters
        ----------
        poly : Polynomial
        """
        if self._symbols(poly) - {0}:
            return None
        out = [Fraction(0)] * (1 + max((m[0] for m in poly.monoms()), default=0))
        for monomial, value in poly.terms():
            out[monomial[0]] = _fraction(value)
        return out

    def is_exponential(self, poly: Polynomial) -> bool:
        """Whether a polynomial is exp(r·x) itself.

        Parameters
        ----------
        poly : Polynomial
        """
        return bool(poly == self._field.ring.gens[1])

    def constant(self, poly: Polynomial) -> bool:
        """Whether a polynomial does not depend on the variable.

        Parameters
        ----------
        poly : Polynomial
        """
        return all(k >= 2 + len(self._logs) for k in self._symbols(poly))

    def divided(self, poly: Polynomial) -> Iterator[tuple[Element, Element]]:
        """Yield k and f/k for coefficients k of a function f, by which its derivative becomes simpler; then 1 and f.

        Parameters
        ----------
        poly : Polynomial
        """
        value = self._field(poly)
        for k in (*range(2, 2 + len(self._logs)), 1):
            degrees = sorted({m[k] for m in poly.monoms()})
            if degrees == [0]:
                continue
            for degree in (degrees[-1], degrees[0]) if k == 1 else (degrees[-1],):
                coefficient = _coefficient(poly, k, degree)
                scale = self._field(coefficient) * self._generator(1) ** (degree if k == 1 else 0)
                if self._symbols(scale.numer) & {0, 1}:
                    yield scale, value / scale
        yield self._field(1), value

    # writing

    def term(self, function: Element | Polynomial, at: Node) -> Node:
        """Return a function as a term, at a number symbol or a number.

        Parameters
        ----------
        function : Element or Polynomial
        at : Node
        """
        if isinstance(function, PolyElement):
            return self._polynomial(function, at)
        scale, factors = function.denom.factor_list()
        top = self._polynomial(function.numer * (1 / scale), at)
        below = [self._polynomial(f, at) ** num(e) if e > 1 else self._polynomial(f, at) for f, e in factors]
        return top / times(below) if below else top

    def _polynomial(self, poly: Polynomial, at: Node) -> Node:
        parts: list[tuple[str, Node]] = []
        for monomial, coefficient in poly.terms():
            value = _fraction(coefficient)
            factors = [
                self._symbol(k, at) ** num(e) if e > 1 else self._symbol(k, at) for k, e in enumerate(monomial) if e
            ]
            size = abs(value)
            if size != 1 or not factors:
                factors.insert(0, num(size))
            part = times(factors)
            parts.append(("+", -part) if value < 0 and not parts else ("+" if value > 0 else "-", part))
        return chain(parts) if parts else num(0)

    def _symbol(self, k: int, at: Node) -> Node:
        if k == 0:
            return at
        if k == 1:
            return Node("exp", None, (at if self._rate == 1 else num(self._rate) * at,))
        if k < 2 + len(self._logs):
            return Node("log", None, (self._polynomial(self._logs[k - 2], at),))
        return self._constants[k - 2 - len(self._logs)]

    def inside_logarithms(self) -> list[Element]:
        """Return what stands in the logarithms."""
        return [self._field(f) for f in self._logs]


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def _at(poly: Polynomial, point: Sequence[float]) -> float:
    total = 0.0
    for monomial, value in poly.terms():
        total += reduce(
            lambda a, b: a * b, (point[k] ** e for k, e in enumerate(monomial) if e), float(_fraction(value))
        )
    return total


def _coefficient(poly: Polynomial, k: int, degree: int) -> Polynomial:
    """Return the coefficient of a power of a generator."""
    out = poly.ring.zero
    for monomial, value in poly.terms():
        if monomial[k] == degree:
            out[(*monomial[:k], 0, *monomial[k + 1 :])] = value
    return out
