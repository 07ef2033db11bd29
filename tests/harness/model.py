"""The semantics of terms and statements, written a second time and without the kernel's substitution.

A :class:`Model` gives every set a size (0 is allowed), every name a value, and every function of numbers a meaning;
integrals and derivatives are functionals, of functions that are closures.
Binders are evaluated with a stack of values, so nothing here instantiates, shifts or abstracts: that is what makes it a
witness against the kernel. Numbers are exact fractions as long as the functions return fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import Scope, decode, read_scope
from kl_symbolic.kernel.terms import INTERVALS, NAT, REAL, Node

Value = Any
"""A number: a Fraction, or an mpmath float where a function is transcendental."""
Stack = tuple[Any, ...]
"""The values of the bound variables, outermost first: integers for indices, numbers for bound numbers."""


@dataclass(frozen=True)
class Domain:
    """An open interval, None for an end that is infinite; or ℕ."""

    low: Value | None = None
    high: Value | None = None
    discrete: bool = False


class Undecided(Exception):
    """A value that cannot be computed here, such as exp(10^50)."""


class Functions(Protocol):
    """The meaning of the functions of numbers: total, for the kernel promises theorems under any totalisation."""

    def add(self, a: Value, b: Value) -> Value: ...
    def multiply(self, a: Value, b: Value) -> Value: ...
    def divide(self, a: Value, b: Value) -> Value: ...
    def power(self, a: Value, b: Value) -> Value: ...
    def log(self, a: Value) -> Value: ...
    def exp(self, a: Value) -> Value: ...
    def xlogy(self, a: Value, b: Value) -> Value: ...
    def gamma(self, a: Value) -> Value: ...
    def digamma(self, a: Value) -> Value: ...
    def pi(self) -> Value: ...
    def member(self, a: Value, domain: Domain) -> bool | None: ...
    def sample(self, domain: Domain) -> Sequence[Value]: ...
    def integral(self, function: Callable[[Value], Value], domain: Domain) -> Value: ...
    def slope(self, function: Callable[[Value], Value], at: Value) -> Value: ...
    def agree(self, found: Value, value: Value) -> bool | None: ...
    def compare(self, a: Value, b: Value) -> int | None: ...
    def limit(self, sequence: Callable[[int], Value], limit: Value) -> bool | None: ...


@dataclass(frozen=True)
class Model:
    """Sizes of sets, values of names, the meaning of functions, and the natural numbers that ∀ n∈ℕ is tried on."""

    sizes: Mapping[str, int]
    values: Mapping[str, Callable[..., Any]]
    functions: Functions
    naturals: tuple[int, ...] = (0, 1, 2, 3)

    def number(self, node: Node, stack: Stack = ()) -> Value:
        """Return the value of a number term."""
        op, data, args = node.op, node.data, node.args
        call = self.functions
        if op == "num":
            return data
        if op == "sym":
            return self.values[data](*(self.argument(a, stack) for a in args))
        if op == "#":
            return stack[-1 - int(data)]
        if op == "pi":
            return call.pi()
        if op in ("sum", "prod"):
            return self._fold(op, args[0], stack)
        if op == "card":
            return Fraction(self.sizes[data])
        if op == "nat":
            return Fraction(self.index(args[0], stack))
        if op == "delta":
            return Fraction(int(self.index(args[0], stack) == self.index(args[1], stack)))
        if op == "def":
            return self._defined(data[0], data[1], args, stack)
        parts = [self.number(a, stack) for a in args]
        if op in ("+", "-"):
            return call.add(parts[0], parts[1] if op == "+" else -parts[1])
        if op == "*":
            return call.multiply(*parts)
        if op == "neg":
            return -parts[0]
        if op == "abs":
            return abs(parts[0])
        if op in _ONE_PLACE:
            return getattr(call, op.lower())(parts[0])
        return {"/": call.divide, "^": call.power, "xlogy": call.xlogy}[op](*parts)

    def argument(self, node: Node, stack: Stack) -> Any:
        """Return the value of an argument of a function: an index or a number."""
        return self.index(node, stack) if node.op in ("bound", "idx") else self.number(node, stack)

    def function(self, abstraction: Node, stack: Stack) -> Callable[[Value], Value]:
        """Return an abstraction over the numbers as a function."""
        body = abstraction.args[0]
        return lambda x: self.number(body, (*stack, x))

    def integral(self, node: Node, stack: Stack) -> Value:
        """Return the integral that a statement is about."""
        return self.functions.integral(self.function(node.args[1], stack), self.domain(node.args[0], stack))

    def domain(self, node: Node, stack: Stack = ()) -> Domain:
        """Return what a term of the sort domain stands for."""
        if node.op == "dom":
            return self.values[node.data]()  # type: ignore[no-any-return]
        if node.op not in INTERVALS:
            return Domain(discrete=True)
        ends = [self.number(a, stack) for a in node.args]
        low = ends[0] if node.op in ("open", "above") else None
        return Domain(low, ends[-1] if node.op in ("open", "below") else None)

    def tried(self, over: str, body: Node, stack: Stack) -> Sequence[Any]:
        """Return the values that a quantifier is tried on: for numbers of a domain, some that lie in it."""
        if over != REAL:
            return self.naturals if over == NAT else range(self.sizes[over])
        guarded = body.op == "=>" and body.args[0].op == "in" and body.args[0].args[0] == Node("#", 0)
        # The domain may name outer variables only where it does not name this one.
        if guarded and _free_of(body.args[0].args[1], 0):
            return self.functions.sample(self.domain(body.args[0].args[1], (*stack, None)))
        return self.functions.sample(Domain())

    def _fold(self, op: str, over: Node, stack: Stack) -> Value:
        total = Fraction(int(op == "prod"))
        for k in range(self.sizes[over.data]):
            term = self.number(over.args[0], (*stack, k))
            total = self.functions.add(total, term) if op == "sum" else self.functions.multiply(total, term)
        return total

    def _defined(self, name: str, sets: tuple[str, ...], args: tuple[Node, ...], stack: Stack) -> Value:
        scope, right = _definition(name)
        formal = [n for n, (_, sort) in scope.items() if sort == "set"]
        operands = [n for n in scope if n not in formal]
        # The definition is evaluated in a model of its own, in which its operands are closures: no substitution.
        sizes = {f: self.sizes[s] for f, s in zip(formal, sets, strict=True)}
        values = {n: self._closure(a, scope[n][1], stack) for n, a in zip(operands, args, strict=True)}
        return Model(sizes, values, self.functions, self.naturals).number(right)

    def _closure(self, body: Node, sort: str, stack: Stack) -> Callable[..., Any]:
        def closure(*indices: Any) -> Any:
            inner, place = body, stack
            for k in indices:
                inner, place = inner.args[0], (*place, k)
            return self.number(inner, place) if sort == "number" else self.index(inner, place)

        return closure

    def index(self, node: Node, stack: Stack = ()) -> int:
        """Return the value of an index."""
        if node.op == "bound":
            return int(stack[-1 - int(node.data)])
        return int(self.values[node.data](*(self.index(a, stack) for a in node.args)))

    def truth(self, node: Node, stack: Stack = ()) -> bool | None:
        """Return whether a statement holds; None where numbers cannot tell. ∀ n∈ℕ is tried on ``naturals`` only."""
        op, args = node.op, node.args
        if op == "all":
            over = args[0].data
            every = [self.truth(args[0].args[0], (*stack, k)) for k in self.tried(over, args[0].args[0], stack)]
            return False if False in every else None if None in every else True
        if op in ("=>", "<=>"):
            left, right = (self.truth(a, stack) for a in args)
            if op == "=>":
                return True if left is False or right is True else None if None in (left, right) else False
            return None if None in (left, right) else left == right
        if op == "->":
            body = args[0].args[0]
            return self.functions.limit(lambda n: self.number(body, (*stack, n)), self.number(args[1], stack))
        if op == "in":
            return self.functions.member(self.number(args[0], stack), self.domain(args[1], stack))
        if op == "int":
            return self.functions.agree(self.integral(node, stack), self.number(args[2], stack))
        if op == "deriv":
            found = self.functions.slope(self.function(args[0], stack), self.number(args[1], stack))
            return self.functions.agree(found, self.number(args[2], stack))
        order = self.functions.compare(self.number(args[0], stack), self.number(args[1], stack))
        if order is None:
            return None
        return {"=": order == 0, "!=": order != 0, "<=": order <= 0, "<": order < 0}[op]


_ONE_PLACE = ("log", "exp", "Gamma", "digamma")


def _free_of(node: Node, index: int) -> bool:
    """Whether a term does not mention a bound variable."""
    if node.op in ("bound", "#"):
        return bool(node.data != index)
    return all(_free_of(a, index + (node.op == "lam")) for a in node.args)


@cache
def _definition(name: str) -> tuple[Scope, Node]:
    """Return the formal names of a defined symbol, in the order of its operands, and its right side."""
    names, equation = DEFINITIONS[name]
    sorted_scope = read_scope(dict(sorted(names.items())))
    scope = {n: sorted_scope[n] for n in names}
    return scope, decode(equation, "statement", scope).args[1]


class Scrambled:
    """Exact, total and meaningless functions of fractions: equal arguments give equal values, and nothing else holds.

    Substitution, instantiation and text must respect any such functions; and because they have no laws of their own,
    a term that was changed by mistake is very unlikely to keep its value.
    """

    def add(self, a: Fraction, b: Fraction) -> Fraction:
        return a + b

    def multiply(self, a: Fraction, b: Fraction) -> Fraction:
        return a * b

    def divide(self, a: Fraction, b: Fraction) -> Fraction:
        return a / b if b else a + 5

    def power(self, a: Fraction, b: Fraction) -> Fraction:
        if b.denominator == 1 and abs(b) <= 6 and (a or b >= 0):
            return Fraction(a ** int(b))
        return _bounded(3 * a - 7 * b + Fraction(1, 2))

    def log(self, a: Fraction) -> Fraction:
        return _bounded(Fraction(2 * a + 1) / (a * a + 3))

    def exp(self, a: Fraction) -> Fraction:
        return _bounded(Fraction(a * a - a + 1) / (a * a + 2))

    def xlogy(self, a: Fraction, b: Fraction) -> Fraction:
        return _bounded(Fraction(a - 2 * b + 3) / (a * a + b * b + 1))

    def gamma(self, a: Fraction) -> Fraction:
        return _bounded(Fraction(3 * a + 2) / (a * a + 5))

    def digamma(self, a: Fraction) -> Fraction:
        return _bounded(Fraction(a - 4) / (a * a + 7))

    def pi(self) -> Fraction:
        return Fraction(22, 7)

    def member(self, a: Fraction, domain: Domain) -> bool:
        return int(a * 2 + self._mark(domain)) % 2 == 0

    def sample(self, domain: Domain) -> tuple[Fraction, ...]:
        return (Fraction(1, 2), self._mark(domain))

    def integral(self, function: Callable[[Fraction], Fraction], domain: Domain) -> Fraction:
        mark = self._mark(domain)
        return function(mark) + 2 * function(Fraction(-1, 3)) - mark

    def slope(self, function: Callable[[Fraction], Fraction], at: Fraction) -> Fraction:
        return function(at) - 3 * function(Fraction(2, 3))

    def agree(self, found: Fraction, value: Fraction) -> bool:
        return found < value

    def _mark(self, domain: Domain) -> Fraction:
        """Return a number that tells domains apart."""
        low, high = (Fraction(k) if end is None else end for k, end in ((-5, domain.low), (7, domain.high)))
        return _bounded((low - 2 * high + int(domain.discrete)) / (low * low + high * high + 1))

    def compare(self, a: Fraction, b: Fraction) -> int:
        return (a > b) - (a < b)

    def limit(self, sequence: Callable[[int], Fraction], limit: Fraction) -> bool:
        return sum(sequence(n) for n in range(4)) < limit


def _bounded(value: Fraction) -> Fraction:
    """Keep fractions short: values are compared for equality only, so any function of them serves."""
    return value if value.denominator < 10**12 else Fraction(value.numerator % 10007, value.denominator % 10009 + 1)
