"""The semantics of terms and statements, written a second time and without the kernel's substitution.

A :class:`Model` gives every set a size (0 is allowed), every name a value, and every function of numbers a meaning.
Binders are evaluated with a stack of values, so nothing here instantiates, shifts or abstracts: that is what makes it a
witness against the kernel. Numbers are exact fractions as long as the functions return fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import Scope, decode, read_scope
from kl_symbolic.kernel.terms import NAT, Node

Value = Any
"""A number: a Fraction, or an mpmath float where a function is transcendental."""
Stack = tuple[int, ...]


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
            return self.values[data](*(self.index(a, stack) for a in args))
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
        if op in ("log", "exp"):
            return call.log(parts[0]) if op == "log" else call.exp(parts[0])
        return {"/": call.divide, "^": call.power, "xlogy": call.xlogy}[op](*parts)

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
        def closure(*indices: int) -> Any:
            inner, place = body, stack
            for k in indices:
                inner, place = inner.args[0], (*place, k)
            return self.number(inner, place) if sort == "number" else self.index(inner, place)

        return closure

    def index(self, node: Node, stack: Stack = ()) -> int:
        """Return the value of an index."""
        if node.op == "bound":
            return stack[-1 - int(node.data)]
        return int(self.values[node.data](*(self.index(a, stack) for a in node.args)))

    def truth(self, node: Node, stack: Stack = ()) -> bool | None:
        """Return whether a statement holds; None where numbers cannot tell. ∀ n∈ℕ is tried on ``naturals`` only."""
        op, args = node.op, node.args
        if op == "all":
            over = args[0].data
            tried = self.naturals if over == NAT else range(self.sizes[over])
            found = [self.truth(args[0].args[0], (*stack, k)) for k in tried]
            return False if False in found else None if None in found else True
        if op in ("=>", "<=>"):
            left, right = (self.truth(a, stack) for a in args)
            if op == "=>":
                return True if left is False or right is True else None if None in (left, right) else False
            return None if None in (left, right) else left == right
        if op == "->":
            body = args[0].args[0]
            return self.functions.limit(lambda n: self.number(body, (*stack, n)), self.number(args[1], stack))
        order = self.functions.compare(self.number(args[0], stack), self.number(args[1], stack))
        if order is None:
            return None
        return {"=": order == 0, "!=": order != 0, "<=": order <= 0, "<": order < 0}[op]


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
        return _bounded((2 * a + 1) / (a * a + 3))

    def exp(self, a: Fraction) -> Fraction:
        return _bounded((a * a - a + 1) / (a * a + 2))

    def xlogy(self, a: Fraction, b: Fraction) -> Fraction:
        return _bounded((a - 2 * b + 3) / (a * a + b * b + 1))

    def compare(self, a: Fraction, b: Fraction) -> int:
        return (a > b) - (a < b)

    def limit(self, sequence: Callable[[int], Fraction], limit: Fraction) -> bool:
        return sum(sequence(n) for n in range(4)) < limit


def _bounded(value: Fraction) -> Fraction:
    """Keep fractions short: values are compared for equality only, so any function of them serves."""
    return value if value.denominator < 10**12 else Fraction(value.numerator % 10007, value.denominator % 10009 + 1)
