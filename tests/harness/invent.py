"""New lines on top of a proof: every rule, applied to whatever fits its shape or nearly fits it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from kl_symbolic.kernel import Line, Refused
from kl_symbolic.kernel.axioms import FINITE, derivative
from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.rules import HOLE, template_signature
from kl_symbolic.kernel.statements import Sequent
from kl_symbolic.kernel.syntax import SPACES, Scope, encode, read_scope
from kl_symbolic.kernel.table import SCHEMES
from kl_symbolic.kernel.terms import (
    DOMAINS,
    NAT,
    REAL,
    RELATIONS,
    STATEMENTS,
    Node,
    abstract,
    bound,
    instantiate,
    num,
    unwrap,
)

from .claim import Row

_FACTORS = (1, -1, 2, "1/2", "-3/2")


class Inventor:
    """Proposes lines for a proof that stands; the kernel says which of them hold."""

    def __init__(self, scope: Scope, lines: list[Line | None], rng: random.Random) -> None:
        self.scope, self.rng = scope, rng
        self.shown: dict[int, Sequent] = {k: line.sequent for k, line in enumerate(lines) if line is not None}
        self.terms: list[Node] = [num(0), num(1), num(2), num(-1)]
        self.statements: list[Node] = []
        self.domains: list[Node] = [
            Node("reals"),
            Node("nats"),
            Node("open", None, (num(0), num(1))),
            Node("above", None, (num(0),)),
        ]
        for sequent in self.shown.values():
            self.remember(sequent)
        # A proof about sums is not mixed with integrals: it has nothing that they could be about.
        over_numbers = any(REAL in over or sort in ("domain", "interval") for over, sort in scope.values())
        self.analytic = over_numbers or any(s.op in ("in", "int", "deriv") for s in self.statements)

    def remember(self, sequent: Sequent) -> None:
        """Take the terms of a line as material for new ones."""
        for node in _parts(sequent.conclusion):
            if node.op in ("dom", *DOMAINS):
                self.domains.append(node)
            elif node.op != "lam":
                (self.statements if node.op in STATEMENTS else self.terms).append(node)

    def lines(self, *ops: str) -> list[int]:
        """Return the lines whose conclusion has one of the operators, all if none is given."""
        return [k for k, s in self.shown.items() if not ops or s.conclusion.op in ops]

    def term(self, loose: int = 0) -> Node:
        """Return a random number term whose bound variables point at most *loose* binders outside."""
        found = [t for t in self.rng.choices(self.terms, k=12) if t.is_number and t.loose <= loose]
        base = self.rng.choice(found) if found else num(self.rng.randrange(3))
        if base.size < 40 and self.rng.random() < 0.3:
            other = self.rng.choice(found) if found else num(1)
            op = self.rng.choice(("+", "-", "*", "/", "neg", "log", "exp", "abs"))
            return Node(op, None, (base, other) if op in "+-*/" else (base,))
        return base

    def statement(self) -> Node:
        """Return a random closed statement."""
        found = [
            s for s in self.rng.choices(self.statements or [Node("=", None, (num(0), num(0)))], k=8) if not s.loose
        ]
        if found and self.rng.random() < 0.6:
            return self.rng.choice(found)
        if self.analytic and self.rng.random() < 0.2:
            return self.about_a_domain()
        return Node(self.rng.choice(RELATIONS), None, (self.term(), self.term()))

    def domain(self) -> Node:
        """Return a random closed domain."""
        found = [d for d in self.rng.choices(self.domains, k=4) if not d.loose]
        return self.rng.choice(found or [Node("reals")])

    def about_a_domain(self) -> Node:
        """Return a random closed statement with a domain, a bound number, or a derivative."""
        kind, body = self.rng.randrange(3), Node("lam", REAL, (self.under_number(),))
        if kind == 0:
            return Node("in", None, (self.term(), self.domain()))
        if kind == 1:
            return Node("int", None, (self.domain(), body, self.term()))
        return Node("deriv", None, (body, self.term(), self.term()))

    def under_number(self) -> Node:
        """Return a random term below the binder of a number."""
        names = [n for n, s in self.scope.items() if s == ((), "number")]
        body = self.term()
        if names and not body.loose and self.rng.random() < 0.6:
            return abstract(body, self.rng.choice(names))
        found = [t for t in self.terms if t.is_number and _below_number(t)]
        return self.rng.choice(found or [Node("#", 0), Node("#", 0) * Node("#", 0)])

    def value(self, over: tuple[str, ...], sort: str) -> Any:
        """Return a random replacement for a name of a signature, as JSON."""
        if sort == "set":
            return self.rng.choice([n for n, s in self.scope.items() if s[1] == "set"] or ["X"])
        if sort in SPACES:
            return encode(self.domain())
        if sort == "number":
            if over == (REAL,) and self.rng.random() < 0.7:
                return encode(self.under_number())
            if self.rng.random() < 0.25:
                return self.rng.choice((-1, 0, 1, 2, "1/2", "-3/2"))
            body = self.term(len(over))
            points = [n for n, s in self.scope.items() if not s[0] and s[1] not in ("number", *SPACES)]
            if over and points and self.rng.random() < 0.5:
                body = self.term()
                body = abstract(body, self.rng.choice(points)) if not body.loose else body
            return encode(body)
        names = [n for n, s in self.scope.items() if s[1] not in ("number", *SPACES)]
        if over and (not names or self.rng.random() < 0.5):
            return self.rng.randrange(len(over))
        name = self.rng.choice(names or ["i"])
        count = len(self.scope.get(name, ((), ""))[0])
        return [name, *(self.value(over, "X") for _ in range(count))] if count else name

    # one method for each rule

    def assume(self) -> Row:
        return ["assume", [encode(self.statement())], []]

    def weaken(self) -> Row:
        return ["weaken", [encode(self.statement())], [self.rng.choice(self.lines())]]

    def disch(self) -> Row | None:
        k = self.rng.choice(self.lines())
        gamma = self.shown[k].hypotheses
        return ["disch", [encode(self.rng.choice(gamma))], [k]] if gamma else None

    def mp(self) -> Row | None:
        k = self._one("=>")
        if k is None:
            return None
        fits = [j for j, s in self.shown.items() if s.conclusion == self.shown[k].conclusion.args[0]]
        return ["mp", [], [k, self.rng.choice(fits or self.lines())]]

    def gen(self) -> Row | None:
        k = self.rng.choice(self.lines())
        if self.analytic and self.rng.random() < 0.4:
            points = [n for n, s in self.scope.items() if s == ((), "number")]
        elif self.rng.random() < 0.3:
            points = [n for n, s in self.scope.items() if not s[0] and s[1] not in ("number", *SPACES)]
        else:
            # An index that the line mentions, in Γ above all: then it is not arbitrary.
            k = self.rng.choice([j for j, s in self.shown.items() if s.points] or [k])
            points = sorted(n for n in self.shown[k].points if not self.scope[n][0])
        return ["gen", [self.rng.choice(points)], [k]] if points else None

    def spec(self) -> Row | None:
        k = self._one("all")
        if k is None:
            return None
        number = self.shown[k].conclusion.args[0].data == REAL
        return ["spec", [encode(self.term()) if number else self.value((), "X")], [k]]

    def iff(self) -> Row | None:
        rule = self.rng.choice(("iff_elim", "iff_intro"))
        if rule == "iff_elim":
            k = self._one("<=>")
            return None if k is None else [rule, [], [k]]
        k, j = self._one("=>"), self._one("=>")
        return None if k is None else [rule, [], [k, j]]

    def symm(self) -> Row | None:
        k = self._one("=", "!=", "<=>")
        return None if k is None else ["symm", [], [k]]

    def trans(self) -> Row | None:
        k = self._one("=")
        if k is None:
            return None
        right = self.shown[k].conclusion.args[1]
        fits = [j for j in self.lines("=") if self.shown[j].conclusion.args[0] == right]
        return ["trans", [], [k, self.rng.choice(fits or self.lines("="))]]

    def cases(self) -> Iterator[Row]:
        """Weaken one line by a case and another, or the same, by its opposite, and join them; or split a hypothesis."""
        k = self.rng.choice(self.lines())
        split = [h for h in self.shown[k].hypotheses if h.op in ("=", "<=")]
        if split and self.rng.random() < 0.5:
            case = self.rng.choice(split)
            left, right = case.args
            opposite = Node("!=", None, (left, right)) if case.op == "=" else Node("<", None, (right, left))
            yield ["weaken", [encode(opposite)], [self.rng.choice(self.lines())]]
            yield ["cases", [encode(case)], [k, -1]]
            return
        a, b = self.term(), self.term()
        op, other, flipped = self.rng.choice((("=", "!=", (a, b)), ("<=", "<", (b, a)), ("<=", "<", (a, b))))
        case, opposite = Node(op, None, (a, b)), Node(other, None, flipped)
        same = [j for j, s in self.shown.items() if s.conclusion == self.shown[k].conclusion]
        yield ["weaken", [encode(case)], [k]]
        yield ["weaken", [encode(opposite)], [self.rng.choice(same)]]
        yield ["cases", [encode(case)], [-2, -1]]

    def absurd(self) -> Iterator[Row]:
        """Assume the opposite of an equality."""
        k = self._one("=", "!=")
        if k is None:
            return
        conclusion = self.shown[k].conclusion
        yield ["assume", [encode(Node("!=" if conclusion.op == "=" else "=", None, conclusion.args))], []]
        yield ["absurd", [encode(self.statement())], [k, -1] if conclusion.op == "=" else [-1, k]]

    def congr(self) -> Row | None:
        k = self._equality()
        if k is None:
            return None
        hole = self._with_hole(self.term(), len(template_signature(self.shown[k])[0]))
        return ["congr", [encode(hole)], [k]]

    def rewrite(self) -> Row | None:
        k = self._equality()
        if k is None:
            return None
        sets, left, _ = template_signature(self.shown[k])
        j = self.rng.choice(self.lines())
        template = self._matched(self.shown[j].conclusion, unwrap(left), len(sets), 0)
        return ["rewrite", [encode(template)], [k, j]]

    def inst(self) -> Row | None:
        k = self.rng.choice(self.lines())
        names = sorted(n for n in self.shown[k].conclusion.names if n in self.scope and self.scope[n][1] != "set")
        if not names:
            return None
        chosen = sorted(self.rng.sample(names, self.rng.randrange(1, min(3, len(names)) + 1)))
        fits = [j for j in self.rng.choices(self.lines(), k=2) if self.rng.random() < 0.2]
        return ["inst", [{n: self.value(*self.scope[n]) for n in chosen}], [k, *fits]]

    def scheme(self) -> Row:
        rule = self.rng.choice(list(SCHEMES if self.analytic else FINITE))
        value = {n: self.value(*s) for n, s in SCHEMES[rule][1].items()}
        return [rule, [value], []]

    def matched_scheme(self) -> Row | None:
        """Use a row about integrals with a premise that fits one of its hypotheses, and others that nearly do."""
        rule = self.rng.choice(list(INTEGRALS))
        _, scope, sequent = SCHEMES[rule]
        if not sequent.hypotheses:
            return self.scheme()
        by: dict[str, Any] = {}
        lines = self.lines("int", "in", "deriv", "all", "->", "<", "<=")
        premises = []
        for hypothesis in sequent.hypotheses:
            fits = [
                (k, found) for k in lines if (found := _unified(hypothesis, self.shown[k].conclusion, by)) is not None
            ]
            if fits and self.rng.random() < 0.9:
                k, by = self.rng.choice(fits)
                premises.append(k)
        value = {n: encode(unwrap(by[n])) if n in by else self.value(*s) for n, s in sorted(scope.items())}
        return [rule, [value], premises]

    def differentiate(self) -> Iterator[Row]:
        """Differentiate a term, under the conditions of the table, or without one of them, or with some derivatives."""
        names = [n for n, s in self.scope.items() if s == ((), "number")]
        if not names:
            return
        x = self.rng.choice(names)
        symbol, other = Node("sym", x), self.term()
        g = self.rng.choice(
            (other, symbol * other, symbol / other, symbol + other, symbol ** self.rng.randrange(-2, 4), other ** symbol,
             Node("log", None, (symbol,)) * other, Node("exp", None, (symbol * other,)), symbol ** other)
        )  # fmt: skip
        given = self.lines("deriv") if self.rng.random() < 0.7 else []
        try:
            _, conditions = derivative(g, x, {})
        except Refused:
            conditions = ()
        kept = [c for c in conditions if self.rng.random() < 0.9]
        for statement in kept:
            yield ["assume", [encode(statement)], []]
        yield ["differentiate", [x, encode(g)], [*range(-len(kept), 0), *given]]

    def unfold(self) -> Row:
        name = self.rng.choice(list(DEFINITIONS))
        scope = read_scope(dict(sorted(DEFINITIONS[name][0].items())))
        return ["unfold", [name, {n: self.value(*s) for n, s in scope.items()}], []]

    def pos(self) -> Row:
        premises = self.rng.choices(self.lines(), k=self.rng.randrange(4))
        known = [a for k in premises for a in self.shown[k].conclusion.args if a.is_number]
        term = self.rng.choice(known or [self.term()])
        for _ in range(self.rng.randrange(3)):
            other = self.rng.choice([*known, self.term(), num(2)])
            op = self.rng.choice(("+", "*", "/", "^"))
            term = Node(op, None, (term, num(self.rng.choice((-2, -1, 0, 1, 2, 3))) if op == "^" else other))
        op = self.rng.choice(("<", "<=", "!="))
        return ["pos", [encode(Node(op, None, (term, num(0)) if op == "!=" else (num(0), term)))], premises]

    def field(self) -> Row:
        a, b, premises = self.term(), self.term(), self.rng.choices(self.lines(), k=self.rng.randrange(3))
        k = self.rng.choice((-2, -1, 0, 1, 2))
        identities = (
            (a * b, b * a), ((a + b) ** 2, a**2 + 2 * a * b + b**2), (a / a, num(1)), (a**k * a, a ** (k + 1)), (a / b * b, a),
            (a**0, num(1)), (1 / (1 / a), a), ((a * a - b * b) / (a - b), a + b), (a / b, a * b**-1), (a - a, num(0)),
            (Node("log", None, (a + b,)), Node("log", None, (b + a,))), (a ** (num(1) + 1), a * a),
        )  # fmt: skip
        left, right = self.rng.choice(identities)
        fitting = [j for j in self.lines("<", "<=", "!=") if a in (c := self.shown[j].conclusion).args or b in c.args]
        return ["field", [encode(Node("=", None, (left, right)))], [*premises, *fitting[:3]]]

    def order(self) -> Row | None:
        """Combine some comparisons and claim the sum of their differences, with any relation."""
        premises = self.rng.choices(self.lines(*RELATIONS) or [0], k=self.rng.randrange(1, 4))
        if any(self.shown.get(k) is None or self.shown[k].conclusion.op not in RELATIONS for k in premises):
            return None
        total, entries = num(0), []
        for _ in range(self.rng.randrange(1, 4)):
            positions = self.rng.choices(range(len(premises)), k=self.rng.choice((0, 1, 1, 1, 2)))
            factor, term = self.rng.choice(_FACTORS), self.rng.choice([num(1), num(1), num(2), self.term()])
            found = [self.shown[premises[p]].conclusion for p in positions]
            number = Node("num", num(0).data + _fraction(factor))
            value = number * term if any(c.op == "=" for c in found) else number * (term * term)
            for c in found:
                value = value * (c.args[1] - c.args[0])
            total = total + value
            entries.append([factor, encode(term), positions])
        op = self.rng.choice(RELATIONS)
        goal = Node(op, None, self.rng.choice([(num(0), total), (-total, num(0))]))
        return ["order", [encode(goal), entries], premises]

    def squeeze(self) -> Iterator[Row]:
        """Squeeze a sequence between two that have a limit, under a guard."""
        limits = self.lines("->")
        if not limits:
            yield ["limit_const", [{"a": encode(self.term())}], []]
            return
        low = self.rng.choice(limits)
        high = self.rng.choice([low, *limits])
        a, c = (self.shown[k].conclusion.args[0].args[0] for k in (low, high))
        b = self.rng.choice([a, c, self.term(1)])
        positive = Node("<", None, (num(0), Node("nat", None, (bound(0),))))
        other = Node("<", None, (self.term(1), self.term(1)))
        for left, right in ((a, b), (b, c)):
            body = Node("<=", None, (left, right))
            if self.rng.random() < 0.6:
                body = Node("=>", None, (self.rng.choice((positive, positive, other)), body))
            yield ["assume", [encode(Node("all", None, (Node("lam", NAT, (body,)),)))], []]
        guards = [self.rng.choice(self.lines()) for _ in range(self.rng.choice((0, 0, 0, 3)))]
        yield ["limit_squeeze", [], [low, high, -2, -1, *guards]]

    def mono(self) -> Iterator[Row]:
        """Assume that a derivative is not negative, and use it."""
        names = [n for n, s in self.scope.items() if s == ((), "number")]
        if not names:
            return
        x = self.rng.choice(names)
        symbol = Node("sym", x)
        g = self.rng.choice(
            (symbol * self.term(), symbol + self.term(), self.term(), symbol ** self.rng.randrange(1, 4))
        )
        low, high = self.term(), self.term()
        if self.rng.random() < 0.5:
            # 0 ≤ x is enough for these, so the slope can be shown and need not be assumed.
            g = self.rng.choice((symbol**2, symbol**3, symbol * symbol, symbol**2 + symbol, symbol**3 * symbol))
            low = self.rng.choice((num(0), num(0), low))
            yield ["assume", [encode(Node("<=", None, (low, symbol)))], []]
            yield ["pos", [encode(Node("<=", None, (num(0), derivative(g, x)[0])))], [-1]]
            yield ["assume", [encode(Node("<=", None, (low, high)))], []]
            yield ["mono_of_deriv", [x, encode(g), encode(low), encode(high)], [-2, -1]]
            return
        slope, conditions = derivative(g, x)
        wanted = [Node("<=", None, (num(0), slope)), Node("<=", None, (low, high)), *conditions]
        for statement in wanted:
            yield ["assume", [encode(statement)], []]
        count = len(wanted)
        yield ["mono_of_deriv", [x, encode(g), encode(low), encode(high)], list(range(-count, 0))]

    # helpers

    def _one(self, *ops: str) -> int | None:
        found = self.lines(*ops)
        return self.rng.choice(found) if found else None

    def _equality(self) -> int | None:
        found = [k for k in self.lines("=", "all") if _is_equality(self.shown[k].conclusion)]
        return self.rng.choice(found) if found else None

    def _with_hole(self, node: Node, count: int) -> Node:
        """Put the hole, applied to some bound variables, somewhere into a term."""
        if node.args and node.op not in ("sym", "idx") and self.rng.random() < 0.7:
            k = self.rng.randrange(len(node.args))
            if node.args[k].is_number or node.args[k].op == "lam":
                args = (*node.args[:k], self._with_hole(node.args[k], count), *node.args[k + 1 :])
                return Node(node.op, node.data, args)
        if node.op == "lam":
            return Node(node.op, node.data, (self._with_hole(node.args[0], count),))
        return Node("sym", HOLE, tuple(bound(self.rng.randrange(max(1, count))) for _ in range(count)))

    def _matched(self, node: Node, left: Node, count: int, depth: int) -> Node:
        """Put the hole where the left side stands, for some choice of its variables among the bound ones."""
        if node.is_number and self.rng.random() < 0.8:
            for _ in range(3 if count else 1):
                values = [bound(self.rng.randrange(depth + 1)) for _ in range(count)]
                if instantiate(left, values) == node:
                    return Node("sym", HOLE, tuple(values))
        inner = depth + (node.op == "lam")
        return Node(node.op, node.data, tuple(self._matched(a, left, count, inner) for a in node.args))

    def propose(self) -> list[Row]:
        """Return one or a few new rows; negative premises count from the end of what stands then."""
        kinds: tuple[Callable[[], Any], ...] = (
            self.assume, self.weaken, self.disch, self.mp, self.gen, self.gen, self.spec, self.spec, self.iff, self.symm, self.trans,
            self.cases, self.absurd, self.congr, self.congr, self.rewrite, self.rewrite, self.inst, self.inst, self.scheme, self.scheme,
            self.unfold, self.pos, self.field, self.field, self.order, self.order, self.squeeze, self.squeeze, self.mono, self.mono,
        )  # fmt: skip
        if self.analytic:
            kinds = (*kinds, *(self.matched_scheme,) * 6, *(self.differentiate,) * 3)
        try:
            found = self.rng.choice(kinds)()
            return [] if found is None else [found] if isinstance(found, list) else list(found)
        except Refused:
            return []


def _fraction(factor: int | str) -> Any:
    top, _, bottom = str(factor).partition("/")
    return num(int(top)).data / int(bottom or 1)


def _below_number(node: Node) -> bool:
    """Whether the only variable that points out of a term is one number, if any."""
    return node.loose <= 1 and _outside(node, 0) <= {"#"}


def _outside(node: Node, depth: int) -> set[str]:
    """Return the operators of the bound variables that point out of a term."""
    if node.op in ("bound", "#"):
        return {node.op} if node.data >= depth else set()
    inner = depth + (node.op == "lam")
    return {op for a in node.args for op in _outside(a, inner)}


def _unified(pattern: Node, node: Node, by: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the names of a row become if one of its statements is to be *node*, for the simplest of matches.

    A function is found where its arguments are the variables of the binders around it, in their order.
    """
    return _match(pattern, node, by, 0)


def _match(pattern: Node, node: Node, by: dict[str, Any], depth: int) -> dict[str, Any] | None:
    if pattern.op in ("sym", "dom") and (pattern.op == "dom" or node.is_number):
        count = len(pattern.args)
        plain = [a.data for a in pattern.args if a.op in ("bound", "#")] == list(range(count - 1, -1, -1))
        if plain and node.loose <= count and count <= depth:
            value = node
            for a in reversed(pattern.args):
                value = Node("lam", REAL if a.op == "#" else NAT, (value,))
            return by if by.get(pattern.data) == value else None if pattern.data in by else {**by, pattern.data: value}
        return None
    if (
        pattern.op != node.op
        or len(pattern.args) != len(node.args)
        or (pattern.op != "lam" and pattern.data != node.data)
    ):
        return None
    found: dict[str, Any] | None = by
    for a, b in zip(pattern.args, node.args, strict=True):
        found = None if found is None else _match(a, b, found, depth + (pattern.op == "lam"))
    return found


def _is_equality(statement: Node) -> bool:
    while statement.op == "all":
        statement = statement.args[0].args[0]
    return statement.op == "="


def _parts(node: Node) -> Iterator[Node]:
    yield node
    for inside in node.args:
        yield from _parts(inside)
