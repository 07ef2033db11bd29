"""Points that satisfy Γ, found by random repair, and what φ says there.

A point starts at random. While a hypothesis fails, one instance of it is repaired: a number that it reads is solved for
(comparisons are usually linear in one number), a family is rescaled, or a number, a function or a domain is drawn again.
Functions of numbers are drawn from a small family of which the integrals are not all alike. Nothing is promised; when
no point is found, the statement counts as not evaluated. What holds for some numbers of a domain need not hold for all:
a point that refutes is looked at again with more of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath

from kl_symbolic.kernel.syntax import SPACES, Scope, decode
from kl_symbolic.kernel.terms import NAT, REAL, Node

from .model import Domain, Model, Stack, Undecided
from .real import DIGITS, FAR, Real, exact, mp

NATURALS = (0, 1, 2, 3, *FAR)
_ASKED = 40
"""Of how many numbers at which φ asks for functions Γ is asked; integrals ask for many."""
_ANY = [Fraction(k) for k in ("-2", "-1", "-1/2", "0", "1/3", "1/2", "3/4", "1", "2", "3")]
_POSITIVE = [Fraction(k) for k in ("1/1000", "1/10", "1/5", "1/4", "1/3", "1/2", "2/3", "9/10", "1", "2", "5")]
_NOT_NEGATIVE = [*_POSITIVE, Fraction(0), Fraction(0), Fraction(0)]

_DOMAINS = (
    Domain(Fraction(0), Fraction(1)), Domain(Fraction(-1), Fraction(2)), Domain(Fraction(1), Fraction(0)),
    Domain(low=Fraction(0)), Domain(low=Fraction(1)), Domain(high=Fraction(0)), Domain(),
)  # fmt: skip
"""The intervals that a name may stand for; one is empty."""
_X: list[Any] = ["#", 0]
_FUNCTIONS = [
    decode(source, "number", {}, (REAL,))
    for source in (
        0, 1, _X, ["^", _X, 2], ["exp", ["neg", _X]], ["exp", ["neg", ["^", _X, 2]]], ["/", 1, ["+", 1, ["^", _X, 2]]],
        ["*", _X, ["exp", ["neg", _X]]], ["exp", ["neg", ["abs", _X]]], ["-", _X, "1/2"], ["abs", ["-", _X, "1/3"]],
        ["/", ["+", _X, ["abs", _X]], 2], ["^", "1/2", _X],
    )
]  # fmt: skip
"""The functions of a number: with and without an integral, with a kink, of both signs."""

Instance = tuple[Node, Stack]
Key = tuple[int, ...]


@dataclass(frozen=True)
class _Remembering(Model):
    """A model that computes an integral once, as long as what it reads has its values."""

    state: Callable[[frozenset[str]], Hashable] = hash
    found: dict[Hashable, Any] = field(default_factory=dict)

    def integral(self, node: Node, stack: Stack) -> Any:
        names = node.args[0].names | node.args[1].names
        key = (*node.args[:2], stack, self.state(names))
        if key in self.found:
            # What is read counts as read.
            self.domain(node.args[0], stack)
            self.function(node.args[1], stack)(Fraction(1, 2))
            return self.found[key]
        value = super().integral(node, stack)
        # By now everything has been drawn.
        self.found[(*node.args[:2], stack, self.state(names))] = value
        return value


class Point:
    """Values of all names, drawn when they are first read; the numbers that are read are remembered."""

    def __init__(self, scope: Scope, hypotheses: Sequence[Node], rng: random.Random) -> None:
        self.scope, self.rng = scope, rng
        self.tables: dict[str, dict[Key, Any]] = {n: {} for n in scope}
        self.reads: dict[tuple[str, Key], None] = {}
        self.asked: dict[Any, None] | None = None
        self._pools = dict.fromkeys(scope, _ANY)
        self._lines: dict[tuple[str, Key], tuple[Fraction, Fraction]] = {}
        for hypothesis in hypotheses:
            self._hint(hypothesis)
        self.sizes = {n: rng.choice((0, 1, 1, 2, 2, 2, 3, 3)) for n, (_, sort) in scope.items() if sort == "set"}
        for _ in scope:
            for over, sort in scope.values():
                # An index function has a value wherever it has an argument.
                if sort in self.sizes and all(self.sizes.get(s, 1) for s in over):
                    self.sizes[sort] = max(1, self.sizes[sort])
        self.real = Real(rng.random() < 0.5)
        readers = {n: self._function(n) if REAL in s[0] else self._reader(n) for n, s in scope.items()}
        self.model = _Remembering(self.sizes, readers, self.real, NATURALS, self.state)

    def _hint(self, statement: Node) -> None:
        while statement.op in ("all", "=>"):
            statement = statement.args[0].args[0] if statement.op == "all" else statement.args[1]
        if statement.op in ("<", "<=") and statement.args[0].op == "num" and statement.args[1].op == "sym":
            pool = _POSITIVE if statement.op == "<" else _NOT_NEGATIVE
            if self._pools[statement.args[1].data] is not _POSITIVE:
                self._pools[statement.args[1].data] = pool

    def _reader(self, name: str) -> Callable[..., Any]:
        sort = self.scope[name][1]

        def read(*key: int) -> Any:
            table = self.tables[name]
            if key not in table:
                table[key] = self.draw(name, key)
            if sort not in self.sizes and sort != NAT:
                self.reads[name, key] = None
            return table[key]

        return read

    def _function(self, name: str) -> Callable[..., Any]:
        """Return a function of indices and numbers: for each choice of the indices, a function of the numbers' sum."""
        over = self.scope[name][0]
        read = self._reader(name)

        def apply(*arguments: Any) -> Any:
            pairs = list(zip(arguments, over, strict=True))
            numbers = [a for a, s in pairs if s == REAL]
            if self.asked is not None:
                self.asked.update(dict.fromkeys(numbers))
            form, factor = read(*(a for a, s in pairs if s not in (REAL, NAT)))
            # A sequence of functions approaches one of them.
            near = sum((Fraction(1, 1 + a) for a, s in pairs if s == NAT), Fraction(0))
            value = self.model.number(form, (sum(numbers[1:], start=numbers[0]),))
            return self.model.functions.multiply(factor + near, value)

        return apply

    def draw(self, name: str, key: Key) -> Any:
        """Return a random value for one entry of a name."""
        over, sort = self.scope[name]
        if sort == NAT:
            return self.rng.choice(NATURALS[:5])
        if sort in SPACES:
            discrete = sort == "domain" and self.rng.random() < 0.2
            return Domain(discrete=True) if discrete else self.rng.choice(_DOMAINS)
        if REAL in over:
            return self.rng.choice(_FUNCTIONS), self.rng.choice((1, 1, 1, 2, -1, Fraction(1, 2)))
        if sort != "number":
            return self.rng.randrange(self.sizes[sort])
        if NAT not in over:
            return self.rng.choice(self._pools[name])
        # A sequence grows linearly by default; a hypothesis about it then changes single terms.
        others = tuple(-1 if s == NAT else k for k, s in zip(key, over, strict=True))
        slope, start = self._lines.setdefault(
            (name, others), (self.rng.choice([Fraction(0), *self._pools[name]]), self.rng.choice(self._pools[name]))
        )
        return slope * sum(k for k, s in zip(key, over, strict=True) if s == NAT) + start

    def state(self, names: frozenset[str]) -> Hashable:
        """Return the values of names, as far as they were drawn."""
        return tuple((n, *self.tables[n].items()) for n in sorted(names) if n in self.tables)

    def stands(self, hypotheses: Sequence[Node], conclusion: Node) -> bool:
        """Whether the point still refutes when more numbers are looked at; then what is only nearly true shows.

        What Γ says of all numbers is asked of those, too, at which φ asks for a function.
        """
        self.asked = {}
        try:
            self.model = replace(self.model, functions=replace(self.real, many=True))
            if self.model.truth(conclusion) is not False:
                return False
            looked_at = tuple(self.asked)[:_ASKED]
            self.model = replace(self.model, functions=replace(self.real, many=True, more=looked_at))
            return all(self.model.truth(h) is True for h in hypotheses)
        except (Undecided, OverflowError):
            return False

    # repair

    def instances(self, statement: Node, stack: Stack = ()) -> Iterator[Instance]:
        """Yield *statement*, with ∀ at its head replaced by its instances."""
        if statement.op != "all":
            yield statement, stack
            return
        over = statement.args[0].data
        for k in self.model.tried(over, statement.args[0].args[0], stack):
            yield from self.instances(statement.args[0].args[0], (*stack, k))

    def repair(self, instance: Instance) -> None:
        """Change something that the instance reads, so that it perhaps holds afterwards."""
        statement, stack = instance
        while statement.op in ("=>", "<=>", "all"):
            if statement.op == "all":
                failing = [i for i in self.instances(statement, stack) if self.model.truth(*i) is not True]
                if not failing:
                    return
                statement, stack = self.rng.choice(failing)
            else:
                second = statement.op == "=>" or self.model.truth(statement.args[0], stack)
                statement = statement.args[1 if second else 0]
        if statement.op == "in":
            self._member(statement, stack)
        elif statement.op in ("int", "deriv"):
            self._functional(statement, stack)
        elif statement.op == "->":
            for n in FAR:
                self._solve(partial(self._gap, statement, stack, n), Fraction(self.rng.randrange(-3, 4), n), n)
        else:
            slack = self.rng.choice(_NOT_NEGATIVE if statement.op == "<=" else _POSITIVE)
            target = Fraction(0) if statement.op == "=" else slack
            left, right = statement.args
            self._solve(lambda: self._minus(self.model.number(right, stack), self.model.number(left, stack)), target)

    def _found(self, statement: Node, stack: Stack) -> Any:
        """Return the integral or the derivative that a statement is about; None if there is none."""
        model = self.model
        if statement.op == "int":
            found = model.integral(statement, stack)
        else:
            found = self.real.slope(model.function(statement.args[0], stack), model.number(statement.args[1], stack))
        return None if found is None or found == mpmath.inf else exact(found)

    def _functional(self, statement: Node, stack: Stack) -> None:
        """Solve for a number that the value has, or draw a function or a domain again."""
        self.reads.clear()
        if self._found(statement, stack) is None or self.rng.random() < 0.2:
            self._again([r for r in self.reads if REAL in self.scope[r[0]][0] or self.scope[r[0]][1] in SPACES])
            return

        def gap() -> Any:
            found = self._found(statement, stack)
            return self._minus(
                self.model.number(statement.args[2], stack), mpmath.mpf(10) ** 9 if found is None else found
            )

        self._solve(gap, Fraction(0))

    def _member(self, statement: Node, stack: Stack) -> None:
        """Let what should lie in a domain be one of its numbers, if it is a name; or draw something again."""
        domain = self.model.domain(statement.args[1], stack)
        places = self.model.functions.sample(domain)
        term = statement.args[0]
        if places and term.op == "sym" and not term.args and self.rng.random() < 0.8:
            self.tables[term.data][()] = self.rng.choice(places)
        else:
            self.reads.clear()
            self.model.truth(statement, stack)
            self._again([*self.reads])

    def _again(self, reads: Sequence[tuple[str, Key]]) -> None:
        """Draw one of the things that were read again."""
        if reads:
            name, key = self.rng.choice(reads)
            self.tables[name][key] = self.draw(name, key)

    def _minus(self, a: Any, b: Any) -> Any:
        return self.model.functions.add(a, -b)

    def _gap(self, statement: Node, stack: Stack, n: int) -> Any:
        body = statement.args[0].args[0]
        return self._minus(self.model.number(body, (*stack, n)), self.model.number(statement.args[1], stack))

    def _solve(self, gap: Callable[[], Any], target: Any, n: int | None = None) -> None:
        self.reads.clear()
        gap()
        entries = [(name, key) for name, key in self.reads if n is None or n in key]
        if not entries:
            return
        name, key = self.rng.choice(entries)
        if REAL in self.scope[name][0] or self.scope[name][1] in SPACES:
            self.tables[name][key] = self.draw(name, key)
            return
        family = [key] if self.rng.random() < 0.5 else [k for m, k in entries if m == name]
        table = self.tables[name]
        before = {k: table[k] for k in family}
        alone = len(family) == 1

        def at(t: Fraction) -> Any:
            for k in family:
                table[k] = t if alone else t * before[k]
            return self._minus(gap(), target)

        zero, one, two = at(Fraction(0)), at(Fraction(1)), at(Fraction(2))
        slope = self._minus(one, zero)
        if slope != 0 and self._minus(self._minus(two, one), slope) == 0:
            t = -zero / slope if isinstance(zero, Fraction) and isinstance(slope, Fraction) else -mp(zero) / mp(slope)
            for k in family:
                table[k] = t if alone else t * before[k]
        else:
            table.update(before)
            table[key] = self.rng.choice(self._pools[name])


def find(scope: Scope, hypotheses: Sequence[Node], rng: random.Random, repairs: int = 60) -> Point | None:
    """Return a point that satisfies all hypotheses, if one is found."""
    point = Point(scope, hypotheses, rng)
    instances = [i for h in hypotheses for i in point.instances(h)]
    try:
        for _ in range(repairs):
            rng.shuffle(instances)
            failing = next((i for i in instances if point.model.truth(*i) is not True), None)
            if failing is None:
                return point
            point.repair(failing)
    except (Undecided, OverflowError, ZeroDivisionError):
        return None
    return None


@dataclass(frozen=True)
class Verdict:
    """The result at the points: how many satisfied Γ, how many could not decide φ, and one that refutes it."""

    points: int
    undecided: int
    refuted: Point | None


def _sides(conclusion: Node) -> list[Node]:
    """Return, under the same ∀, what an implication assumes, and both sides of an equivalence."""
    if conclusion.op == "all":
        over = conclusion.args[0]
        return [Node("all", None, (Node("lam", over.data, (s,)),)) for s in _sides(over.args[0])]
    if conclusion.op == "=>":
        return [conclusion.args[0]]
    return list(conclusion.args) if conclusion.op == "<=>" else []


def evaluate(
    scope: Scope, hypotheses: Sequence[Node], conclusion: Node, seed: int, wanted: int = 20, repairs: int = 60
) -> Verdict:
    """Evaluate φ at up to *wanted* points that satisfy Γ."""
    rng = random.Random(seed)
    found = undecided = 0
    extra = [(), *((side,) for side in _sides(conclusion))]
    with mpmath.workdps(DIGITS):
        for attempt in range(3 * wanted):
            # A contradictory Γ, or one that random repair does not satisfy, is given up early.
            if found == wanted or found < (attempt - 6) // 4:
                break
            point = find(scope, (*hypotheses, *extra[attempt % len(extra)]), rng, repairs)
            # A point of Γ alone still counts where no point of Γ with a side of φ is found.
            point = point or (find(scope, hypotheses, rng, repairs) if extra[attempt % len(extra)] else None)
            if point is None:
                continue
            try:
                holds = point.model.truth(conclusion)
            except (Undecided, OverflowError):
                holds = None
            found += 1
            undecided += holds is None
            if holds is False and point.stands(hypotheses, conclusion):
                return Verdict(found, undecided, point)
    return Verdict(found, undecided, None)
