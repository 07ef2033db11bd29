"""Points that satisfy Γ, found by random repair, and what φ says there.

A point starts at random. While a hypothesis fails, one instance of it is repaired: a number that it reads is solved for
(comparisons are usually linear in one number), a family is rescaled, or a number is drawn again. Nothing is promised;
when no point is found, the statement counts as not evaluated.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath

from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.terms import NAT, Node

from .model import Model, Stack, Undecided
from .real import DIGITS, FAR, Real, mp

NATURALS = (0, 1, 2, 3, *FAR)
_ANY = [Fraction(k) for k in ("-2", "-1", "-1/2", "0", "1/3", "1/2", "3/4", "1", "2", "3")]
_POSITIVE = [Fraction(k) for k in ("1/1000", "1/10", "1/5", "1/4", "1/3", "1/2", "2/3", "9/10", "1", "2", "5")]
_NOT_NEGATIVE = [*_POSITIVE, Fraction(0), Fraction(0), Fraction(0)]

Instance = tuple[Node, Stack]
Key = tuple[int, ...]


class Point:
    """Values of all names, drawn when they are first read; the numbers that are read are remembered."""

    def __init__(self, scope: Scope, hypotheses: Sequence[Node], rng: random.Random) -> None:
        self.scope, self.rng = scope, rng
        self.tables: dict[str, dict[Key, Any]] = {n: {} for n in scope}
        self.reads: dict[tuple[str, Key], None] = {}
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
        self.model = Model(self.sizes, {n: self._reader(n) for n in scope}, Real(rng.random() < 0.5), NATURALS)

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
            if sort == "number":
                self.reads[name, key] = None
            return table[key]

        return read

    def draw(self, name: str, key: Key) -> Any:
        """Return a random value for one entry of a name."""
        over, sort = self.scope[name]
        if sort == NAT:
            return self.rng.choice(NATURALS[:5])
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

    # repair

    def instances(self, statement: Node, stack: Stack = ()) -> Iterator[Instance]:
        """Yield *statement*, with ∀ at its head replaced by its instances."""
        if statement.op != "all":
            yield statement, stack
            return
        over = statement.args[0].data
        for k in NATURALS if over == NAT else range(self.sizes[over]):
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
        if statement.op == "->":
            for n in FAR:
                self._solve(partial(self._gap, statement, stack, n), Fraction(self.rng.randrange(-3, 4), n), n)
        else:
            slack = self.rng.choice(_NOT_NEGATIVE if statement.op == "<=" else _POSITIVE)
            target = Fraction(0) if statement.op == "=" else slack
            left, right = statement.args
            self._solve(lambda: self._minus(self.model.number(right, stack), self.model.number(left, stack)), target)

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


def evaluate(scope: Scope, hypotheses: Sequence[Node], conclusion: Node, seed: int, wanted: int = 20) -> Verdict:
    """Evaluate φ at up to *wanted* points that satisfy Γ."""
    rng = random.Random(seed)
    found = undecided = 0
    extra = [(), *((side,) for side in _sides(conclusion))]
    with mpmath.workdps(DIGITS):
        for attempt in range(3 * wanted):
            # A contradictory Γ, or one that random repair does not satisfy, is given up early.
            if found == wanted or found < (attempt - 6) // 4:
                break
            point = find(scope, (*hypotheses, *extra[attempt % len(extra)]), rng)
            # A point of Γ alone still counts where no point of Γ with a side of φ is found.
            point = point or (find(scope, hypotheses, rng) if extra[attempt % len(extra)] else None)
            if point is None:
                continue
            try:
                holds = point.model.truth(conclusion)
            except (Undecided, OverflowError):
                holds = None
            found += 1
            undecided += holds is None
            if holds is False:
                return Verdict(found, undecided, point)
    return Verdict(found, undecided, None)
