"""Random well-sorted terms, and random finite models to evaluate them in."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import SPACES, Scope, read_scope, read_signature
from kl_symbolic.kernel.terms import DOMAINS, INTERVALS, NAT, REAL, RELATIONS, Node, Substitution, bound, lam, num

from ..harness.model import Domain, Model, Scrambled

SCOPE = read_scope(
    {
        "D": "domain", "I": "interval", "T": "set", "X": "set", "Y": "set", "a": "number", "b": "number", "f": "X -> Y", "g": "Y, Y -> Y", "h": "T -> X", "i": "X", "j": "X", "n": "Nat",
        "p": "X -> number", "q": "X -> number", "r": "X, Y -> number", "u": "Nat -> number", "v": "X, Nat -> number", "w": "number -> number", "y": "Y", "z": "X, number -> number",
    }
)  # fmt: skip
"""Sets with and without points, functions between them, symbols of every arity and over ℕ."""

SUMS = {n: s for n, s in SCOPE.items() if REAL not in s[0] and s[1] not in ("domain", "interval")}
"""The part without domains and functions of numbers; statements over it have no integrals either."""

OTHER = read_scope(
    {
        "A": "set", "B": "set", "G": "domain", "K": "interval", "c": "number", "d": "A -> B", "e": "B", "m": "Nat", "s": "A -> number", "t": "A, B -> number", "w": "Nat -> number", "x": "number, A, number -> number",
    }
)  # fmt: skip
"""A second scope, as a lemma has one of its own."""

Stack = tuple[str, ...]


class Terms:
    """Draws terms of every sort over a scope."""

    def __init__(self, scope: Scope, rng: random.Random) -> None:
        self.scope, self.rng = scope, rng
        self.sets = [n for n, s in scope.items() if s[1] == "set"]
        self.analytic = any(REAL in over or sort in ("domain", "interval") for over, sort in scope.values())

    def number(self, depth: int = 4, stack: Stack = ()) -> Node:
        """Return a number term below binders over *stack*."""
        rng = self.rng
        if depth <= 0 or rng.random() < 0.15:
            return self._leaf(stack)
        kind = rng.randrange(10)
        if kind < 4:
            op = rng.choice(("+", "-", "*", "/", "^", "xlogy"))
            right = self.number(depth - 1, stack)
            if op == "^" and rng.random() < 0.7:
                right = num(rng.randrange(-2, 4))
            return Node(op, None, (self.number(depth - 1, stack), right))
        if kind < 6:
            return Node(
                rng.choice(("neg", "log", "exp", "abs", *("Gamma", "digamma") * self.analytic)),
                None,
                (self.number(depth - 1, stack),),
            )
        if kind < 9:
            over = rng.choice(self.sets)
            return Node(
                rng.choice(("sum", "sum", "prod")), None, (lam((over,), self.number(depth - 1, (*stack, over))),)
            )
        return self._defined(depth, stack) or self._leaf(stack)

    def _defined(self, depth: int, stack: Stack) -> Node | None:
        name = self.rng.choice(sorted(DEFINITIONS))
        names = DEFINITIONS[name][0]
        rename = {n: self.rng.choice(self.sets) for n, shown in names.items() if shown == "set"}
        args = []
        for shown in names.values():
            if shown == "set":
                continue
            over, sort = read_signature(shown)
            inside = tuple(rename[s] for s in over)
            found = self._of(rename.get(sort, sort), depth - 1, (*stack, *inside))
            if found is None:
                return None
            args.append(lam(inside, found))
        return Node("def", (name, tuple(rename.values())), tuple(args))

    def _of(self, sort: str, depth: int, stack: Stack) -> Node | None:
        if sort in SPACES:
            return self.domain(sort, depth, stack)
        return self.number(depth, stack) if sort == "number" else self.index(sort, stack)

    def domain(self, sort: str, depth: int = 2, stack: Stack = ()) -> Node:
        """Return a domain or an interval."""
        names = [n for n, s in self.scope.items() if s[1] in SPACES[sort]]
        if names and self.rng.random() < 0.4:
            return Node("dom", self.rng.choice(names))
        shapes = INTERVALS if sort == "interval" else DOMAINS
        op = self.rng.choice(sorted(shapes))
        return Node(op, None, tuple(self.number(depth - 1, stack) for _ in range(shapes[op])))

    def _leaf(self, stack: Stack) -> Node:
        bound_ones = [Node("#", len(stack) - 1 - k) for k, s in enumerate(stack) if s == REAL]
        if bound_ones and self.rng.random() < 0.5:
            return self.rng.choice(bound_ones)
        for _ in range(4):
            name = self.rng.choice([n for n, s in self.scope.items() if s[1] == "number"])
            args = [self._leaf(stack) if s == REAL else self.index(s, stack) for s in self.scope[name][0]]
            if None not in args:
                return Node("sym", name, tuple(a for a in args if a is not None))
        kind, over = self.rng.randrange(4), self.rng.choice(self.sets)
        first, second, count = self.index(over, stack), self.index(over, stack), self.index(NAT, stack)
        if kind == 0 and first is not None and second is not None:
            return Node("delta", over, (first, second))
        if kind == 1 and count is not None:
            return Node("nat", None, (count,))
        return (
            Node("card", over) if kind == 2 else num(Fraction(self.rng.randrange(-3, 5), self.rng.choice((1, 1, 2, 3))))
        )

    def index(self, sort: str, stack: Stack = (), depth: int = 2) -> Node | None:
        """Return an index of a set, if there is one: a bound variable, a free index, or a function of some."""
        found: list[Node] = [bound(len(stack) - 1 - k) for k, s in enumerate(stack) if s == sort]
        for name, (over, values) in self.scope.items():
            if values == sort and (depth > 0 or not over):
                args = [self.index(s, stack, depth - 1) for s in over]
                if None not in args:
                    found.append(Node("idx", name, tuple(a for a in args if a is not None)))
        return self.rng.choice(found) if found else None

    def statement(self, depth: int = 3, stack: Stack = ()) -> Node:
        """Return a statement below binders over *stack*."""
        rng = self.rng
        kind = rng.randrange(11 if self.analytic else 8) if depth > 0 else 0
        if kind >= 8:
            return self._about_numbers(depth, stack)
        if kind < 4:
            return Node(rng.choice(RELATIONS), None, (self.number(depth, stack), self.number(depth - 1, stack)))
        if kind < 6:
            over = rng.choice((*self.sets, NAT, *(REAL,) * self.analytic))
            return Node("all", None, (lam((over,), self.statement(depth - 1, (*stack, over))),))
        if kind < 7:
            return Node("->", None, (lam((NAT,), self.number(depth - 1, (*stack, NAT))), self.number(depth - 1, stack)))
        return Node(
            rng.choice(("=>", "<=>")), None, (self.statement(depth - 1, stack), self.statement(depth - 1, stack))
        )

    def _about_numbers(self, depth: int, stack: Stack) -> Node:
        """Return a statement with a domain or a function of a number, or one about every number of a domain."""
        kind, inside = self.rng.randrange(4), (*stack, REAL)
        body = lam((REAL,), self.number(depth - 1, inside))
        if kind == 0:
            return Node("in", None, (self.number(depth - 1, stack), self.domain("domain", 2, stack)))
        if kind == 1:
            return Node("int", None, (self.domain("domain", 2, stack), body, self.number(depth - 1, stack)))
        if kind == 2:
            return Node("deriv", None, (body, self.number(1, stack), self.number(depth - 1, stack)))
        guard = Node("in", None, (Node("#", 0), self.domain("domain", 2, inside)))
        claim = Node("=>", None, (guard, self.statement(depth - 1, inside)))
        return Node("all", None, (lam((REAL,), claim),))


def model(scope: Scope, rng: random.Random) -> Model:
    """Return a random finite model: sizes 0 to 3, tables of small fractions; sets that need a point have one."""
    sizes = {n: rng.randrange(4) for n, s in scope.items() if s[1] == "set"}
    for _ in sizes:
        for over, values in scope.values():
            if values in sizes and all(sizes.get(s, 1) for s in over):
                sizes[values] = max(1, sizes[values])
    tables: dict[tuple[Any, ...], Any] = {}

    def reader(name: str) -> Callable[..., Any]:
        sort = scope[name][1]

        def read(*key: Any) -> Any:
            if (name, *key) not in tables:
                if sort in SPACES:
                    ends = (None, Fraction(rng.randrange(-3, 4)))
                    tables[(name, *key)] = Domain(
                        rng.choice(ends), rng.choice(ends), sort == "domain" and rng.random() < 0.3
                    )
                elif sort == "number":
                    tables[(name, *key)] = Fraction(rng.randrange(-4, 8), rng.choice((1, 2, 3)))
                else:
                    tables[(name, *key)] = rng.randrange(3 if sort == NAT else sizes[sort])
            return tables[(name, *key)]

        return read

    return Model(sizes, {n: reader(n) for n, s in scope.items() if s[1] != "set"}, Scrambled(), (0, 1, 2))


def replacements(names: Scope, over: Terms, wanted: list[str] | None = None) -> dict[str, Any] | None:
    """Return what each of *names* (or of those wanted) becomes over another scope; None if an index cannot be drawn."""
    by: dict[str, Any] = {}
    if wanted is None:
        by = {n: over.rng.choice(over.sets) for n, s in names.items() if s[1] == "set"}
    for name in wanted if wanted is not None else [n for n in names if names[n][1] != "set"]:
        arguments, sort = names[name]
        stack = tuple(by.get(s, s) for s in arguments)
        body = over._of(by.get(sort, sort), 3, stack)
        if body is None:
            return None
        by[name] = lam(stack, body)
    return by


def pulled_back(inner: Model, names: Scope, by: Substitution) -> Model:
    """Return the model of *names* in which each has the value, in *inner*, of what *by* says that it becomes."""
    sizes = {n: inner.sizes[by.get(n, n)] for n, s in names.items() if s[1] == "set"}  # type: ignore[index]
    values = {n: inner.values[n] for n in names if names[n][1] != "set" and n not in by}
    for name, value in by.items():
        if isinstance(value, Node):
            values[name] = _closure(inner, value, names[name][1])
    return Model(sizes, values, inner.functions, inner.naturals)


def _closure(inner: Model, abstraction: Node, sort: str) -> Callable[..., Any]:
    def closure(*indices: Any) -> Any:
        body = abstraction
        for _ in indices:
            body = body.args[0]
        if sort in SPACES:
            return inner.domain(body, indices)
        return inner.number(body, indices) if sort == "number" else inner.index(body, indices)

    return closure
