"""Concrete functions and domains for hypotheses about any: densities from a table, and what the hypotheses define.

A theorem about every density is looked at for some. Domains are taken from a list in turn, ℕ among them; a function
that must integrate to 1 is one of a table of densities on its domain, and others are taken from tables too. What a
hypothesis defines is computed from the rest: ∫ f = v says what v is, f′ = s what s is, and an equation between
functions says what one of them is. Choices can fail; the sampler checks every hypothesis at every point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import NamedTuple, Protocol, TypeVar, final

from ..kernel.axioms import derivative
from ..kernel.errors import Refused
from ..kernel.syntax import Scope
from ..kernel.terms import NAT, REAL, Node, abstract, bound, lam, num, substitute
from ..language.chains import plus
from ..language.parser import declare, parse
from ..language.rewriting import on_domain
from .constraints import Unsolved
from .grounding import folded
from .integrals import Closing, closed
from .interval import ONE, ZERO
from .point import FUNCTION_MARK, Entry, Integral, Point
from .values import Integrals, Level, Unassigned, Work

__all__ = ["Chance", "Functions", "is_general"]

_T = TypeVar("_T")


class Chance(Protocol):
    """Pseudo-random choices."""

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1.

        Parameters
        ----------
        n : int
        """

    def one_of(self, values: Sequence[_T]) -> _T:
        """Return one of some values.

        Parameters
        ----------
        values : sequence
        """


_DOMAINS = ("(0, oo)", "nats", "(0, 1)", "reals", "nats", "(-oo, 1)", "(-1, 2)", "nats", "(1, oo)", "(1/2, 3)")
"""The domains that are taken in turn, ℕ several times, where fewer densities go together; intervals leave it out."""
_SPLIT = (("(0, 1)", "1/3"), ("reals", "0"), ("(0, oo)", "2"), ("(-oo, 1)", "-1/2"), ("(-1, 2)", "1"))
"""Intervals with a number inside, at which they are cut."""
_MAPS = (
    ("(0, oo)", "reals", "log(u)", "exp(u)"),
    ("reals", "(0, oo)", "exp(u)", "log(u)"),
    ("(0, 1)", "(0, oo)", "u/(1 - u)", "u/(1 + u)"),
    ("(0, oo)", "(0, 1)", "u/(1 + u)", "u/(1 - u)"),
    ("reals", "reals", "3 - 2*u", "(3 - u)/2"),
    ("(0, oo)", "(0, oo)", "u^2", "u^(1/2)"),
    ("(0, oo)", "(1, oo)", "exp(u)", "log(u)"),
    ("(0, 1)", "(0, oo)", "-log(u)", "exp(-u)"),
    ("(0, 1)", "(0, 1)", "1 - u", "1 - u"),
    ("(0, oo)", "(0, oo)", "1/u", "1/u"),
    ("(0, 1)", "(0, 1)", "u^2", "u^(1/2)"),
    ("(1, oo)", "(0, oo)", "log(u)", "exp(u)"),
    ("(-oo, 1)", "(0, oo)", "1 - u", "1 - u"),
    ("reals", "(1, oo)", "1 + exp(u)", "log(u - 1)"),
)
"""Differentiable maps between intervals, with their inverses."""
_DENSITIES = {
    "open": ("1", "2*u", "6*u*(1 - u)", "3*u^2", "1/2*u^(-1/2)", "2 - 2*u", "2*(abs(2*u - 1) + 2*u - 1)", "-log(u)"),
    "above": (
        "exp(-u)", "2*exp(-(2*u))", "4*u*exp(-(2*u))", "1/2*u^2*exp(-u)", "2/pi*exp(-u^2/pi)", "27/2*u^2*exp(-(3*u))",
        "2/(1 + u)^3", "u*exp(-u)",
    ),
    "reals": (
        "exp(-u^2/2)/(2*pi)^(1/2)", "exp(-(u - 1)^2/2)/(2*pi)^(1/2)", "1/2*exp(-abs(u))",
        "2^(-1/2)*exp(-2^(1/2)*abs(u))", "exp(-u^2/8)/(8*pi)^(1/2)", "1/(pi*(1 + u^2))",
        "1/2*exp(-abs(u + 1))",
    ),
    "nats": (
        "(1/2)^(u + 1)", "exp(-1)/Gamma(u + 1)", "1/3*(2/3)^u", "2^u*exp(-2)/Gamma(u + 1)", "(u + 1)*(1/2)^(u + 2)",
        "2/3*(1/3)^u", "1/((u + 1)*(u + 2))", "5/4*(1/2)^(u + 1)*(1 - (1/3)^(u + 1))", "7/8*(1/8)^u",
    ),
}  # fmt: skip
"""Densities by the kind of their domain, as functions of the distance u from its end, or of the part u of an interval.
Some have equal means or variances, some have zeros, and some have tails or poles that others lack."""
_FUNCTIONS = {
    "open": ("u", "u^2", "1 - 2*u", "exp(u)", "log(u)", "1/2"),
    "above": ("u", "exp(-u)", "u/(1 + u)", "-u", "log(1 + u)", "1/2"),
    "reals": ("u", "u^2/(1 + u^2)", "-u/(1 + u^2)", "u^2", "1/2", "exp(-u^2)"),
    "nats": ("u", "1/(u + 1)", "-u", "u/(u + 2)", "log(u + 1)", "1/2"),
}
"""Other functions."""
_POSITIVE = ("2", "1 + u^2", "1/(1 + u^2)", "exp(-u^2)", "1/2")
"""Other positive functions, on any domain."""
_FACTORS = tuple(map(Fraction, "1 1/2 2 1/10 3 1/3".split()))
"""The factors of densities that need not integrate to 1."""
_PARTS = tuple(map(Fraction, "1/2 1/3 1/4 3/4".split()))
"""The weights of mixtures of two densities."""
_WEIGHTS = ("1/2/(1 + u^2)", "1/3", "1/3 + 1/3/(1 + u^2)", "1/4*exp(-u^2) + 1/4")
"""Functions between 0 and 1, for parameters and weights that depend on a number."""
_KERNELS = {
    "open": ("a*u^(a - 1)", "log(a/b) + b/a - 1"),
    "above": ("a*exp(-a*u)", "log(a/b) + b/a - 1"),
    "reals": ("exp(-(u - a)^2/2)/(2*pi)^(1/2)", "(a - b)^2/2"),
    "nats": ("a*(1 - a)^u", "log(a/b) + (1 - a)/a*log((1 - a)/(1 - b))"),
}
"""A density with a parameter a, by the kind of its domain, and the divergence of that with a from that with b."""
_ODDS = ("0", "u", "-u", "u/2", "2*u", "u - 1")
"""Logarithms of odds: a finite set has a distribution with a parameter u, of exponentials of them."""
_REFLECTED = tuple(map(Fraction, "1 0 2 1/2 -1 3".split()))
"""Factors of a function on (0, ∞) that make it one on the other side of 0."""
_Inverse = Callable[[Node, Node], Node]
_INVERSES: dict[str, tuple[_Inverse, _Inverse]] = {
    "neg": (lambda v, _: -v, lambda v, _: -v),
    "exp": (lambda v, _: Node("log", None, (v,)),) * 2,
    "log": (lambda v, _: Node("exp", None, (v,)),) * 2,
    "+": (lambda v, other: v - other,) * 2,
    "-": (lambda v, other: v + other, lambda v, other: other - v),
    "*": (lambda v, other: v / other,) * 2,
    "/": (lambda v, other: v * other, lambda v, other: other / v),
}
"""How the first operand of an operator, and the second, is found from the value and the other operand."""
_PLACEHOLDERS = {"u": "number", "a": "number", "b": "number"}


def is_general(scope: Scope) -> bool:
    """Whether some name stands for a domain or a function of numbers, which must be chosen.

    Parameters
    ----------
    scope : Scope
        The declared names.
    """
    return any(values in ("domain", "interval") or REAL in over for over, values in scope.values())


@cache
def _term(source: str) -> Node:
    return parse(source, "number", declare(_PLACEHOLDERS))


@cache
def _domain(source: str) -> Node:
    return parse(f"0 in {source}", "statement", declare({"u": "number"})).args[1]


class _Rule(NamedTuple):
    """A hypothesis below its quantifiers: what they run over, with the domain if it is one, outermost first."""

    over: tuple[tuple[str, Node | None], ...]
    body: Node


def _variable(term: Node) -> Node:
    """Return the first variable in a term, or the term where there is none."""
    found = (_variable(a) for a in term.args if a.loose)
    return term if not term.args else next(found, term)


def _rule(statement: Node) -> _Rule:
    over: list[tuple[str, Node | None]] = []
    while statement.op == "all":
        domain = on_domain(statement)
        over.append((statement.args[0].data, domain))
        statement = statement.args[0].args[0]
        statement = statement if domain is None else statement.args[1]
    return _Rule(tuple(over), statement)


@final
class Functions:
    """The domains, the functions of numbers, and what they define, of one attempt at a point.

    Parameters
    ----------
    draft : Point
        Filled in place.
    hypotheses : sequence of Node
        Γ.
    scope : Scope
        The declared names.
    chance : Chance
    number : int
        Of the attempt: domains and densities are taken in turn.
    equal : bool
        Whether functions that may be alike are.
    """

    def __init__(
        self, draft: Point, hypotheses: Sequence[Node], scope: Scope, chance: Chance, number: int, equal: bool
    ) -> None:
        self.draft, self.scope, self.chance, self.number, self.equal = draft, scope, chance, number, equal
        self.rules = [_rule(h) for h in hypotheses]
        self.domains = [n for n, (_, values) in scope.items() if values in ("domain", "interval")]
        self.functions = [n for n, (over, values) in scope.items() if values == "number" and REAL in over]
        self.measured = self._measured()
        self.homes: dict[str, dict[int, Node]] = {name: {} for name in self.functions}
        for direct in (True, False):
            for hypothesis in hypotheses if self.functions else ():
                self._settle(hypothesis, (), direct)

    # what hypotheses say of a name

    def _measured(self) -> dict[str, tuple[_Rule, int]]:
        """Return the numbers that an integral or a derivative defines, and which power of them it is."""
        found: dict[str, tuple[_Rule, int]] = {}
        for rule in self.rules:
            if rule.body.op not in ("int", "deriv") or any(sort in (REAL, NAT) for sort, _ in rule.over):
                continue
            *others, value = rule.body.args
            power = 1
            if value.op == "^" and value.args[1] == num(2):
                value, power = value.args[0], 2
            fits = value.op == "sym" and not any(value.data in other.names for other in others)
            if fits and all(a.op == "bound" for a in value.args):
                found.setdefault(value.data, (rule, power))
        return found

    def _settle(self, node: Node, stack: tuple[Node | None, ...], direct: bool) -> None:
        """Note over which domains the operands of functions run: variables, or also terms such as x + 1."""
        if node.op == "sym" and node.data in self.homes:
            for k, operand in enumerate(node.args):
                a = operand if direct else _variable(operand)
                if a.op == "#" and a.data < len(stack) and (home := stack[-1 - a.data]) is not None:
                    self.homes[node.data].setdefault(k, home)
        inner = on_domain(node)
        if node.op == "int":
            self._settle(node.args[1].args[0], (*stack, node.args[0] if not node.args[0].loose else None), direct)
            return
        for a in node.args:
            if a.op == "lam":
                self._settle(a.args[0], (*stack, inner if inner is not None and not inner.loose else None), direct)
            else:
                self._settle(a, stack, direct)

    def _says(self, name: str, op: str, value: Node | None = None) -> bool:
        """Whether a hypothesis says of a function alone that its integral is *value*, or that it is op for each x."""
        for over, body in self.rules:
            if op == "int" and body.op == "int":
                alone = body.args[1].args[0]
                if alone.op == "sym" and alone.data == name and (value is None or body.args[2] == value):
                    return True
            elif over and body.op in op.split() and body.args[0] == num(0) and body.args[1].data == name:
                return True
        return False

    # domains

    def choose_domains(self) -> None:
        """Give every name of a domain, and the numbers that lie in one or cut it, a value."""
        if not self._maps():
            self._halves()
        for k, name in enumerate(self.domains):
            if name not in self.draft.domain_of:
                shown = [d for d in _DOMAINS if self.scope[name][1] == "domain" or d != "nats"]
                # The second domain runs through the list as the first one stays.
                turn = self.number + k * (1 + self.number // len(shown))
                self.draft.domain_of[name] = _domain(shown[turn % len(shown)])
        for over, body in self.rules:
            if body.op == "in" and not over and body.args[0].op == "sym" and not body.args[0].args:
                self._inside(body.args[0].data, self.draft.domain_of.get(body.args[1].data, body.args[1]))

    def _inside(self, name: str, domain: Node) -> None:
        if domain.op == "nats" and name not in self.draft.number_of:
            self.draft.number_of[name] = {(): Fraction(self.chance.below(6))}

    def _halves(self) -> None:
        """Choose intervals that are halves of another one."""
        below, above = self._beside(0), self._beside(1)
        if below is None or above is None or below[1] != above[1]:
            return
        (low, cut), (high, _) = below, above
        whole, at = _SPLIT[self.number % len(_SPLIT)]
        domain, number = _domain(whole), _term(at)
        for name in self.domains:
            self.draft.domain_of[name] = domain
        first, last = domain.args[:1], domain.args[-1:]
        self.draft.domain_of[low] = (
            Node("open", None, (*first, number)) if domain.op in ("open", "above") else Node("below", None, (number,))
        )
        self.draft.domain_of[high] = (
            Node("open", None, (number, *last)) if domain.op in ("open", "below") else Node("above", None, (number,))
        )
        self.draft.number_of[cut] = {(): number.data}

    def _beside(self, side: int) -> tuple[str, str] | None:
        """Return an interval whose numbers are all below a number, or above it for side 1, and that number."""
        for over, body in self.rules:
            if body.op == "<" and len(over) == 1 and over[0][1] is not None and over[0][1].op == "dom":
                variable, cut = body.args[side], body.args[1 - side]
                if variable == bound(0, REAL) and cut.op == "sym" and not cut.args:
                    return over[0][1].data, cut.data
        return None

    def _maps(self) -> bool:
        """Whether a function maps one interval onto another; then choose it, its inverse and both intervals."""
        for over, body in self.rules:
            if body.op != "=" or len(over) != 1 or over[0][1] is None or body.args[1] != bound(0, REAL):
                continue
            outer = body.args[0]
            inner = outer.args[0] if outer.op == "sym" and len(outer.args) == 1 else outer
            if inner.op == "sym" and inner.args == (bound(0, REAL),) and inner.data != outer.data:
                source = self._source(outer.data)
                if over[0][1].op != "dom":
                    continue
                low, high, there, back = _MAPS[self.number % len(_MAPS)]
                self.draft.domain_of.update({source: _domain(low)} if source is not None else {})
                self.draft.domain_of[over[0][1].data] = _domain(high)
                for name, term in ((outer.data, there), (inner.data, back)):
                    self._assign(name, (), lam((REAL,), abstract(_term(term), "u")))
                return True
        return False

    def _source(self, name: str) -> str | None:
        """Return the domain that a function maps into another one."""
        for over, body in self.rules:
            if body.op == "in" and body.args[0].op == "sym" and body.args[0].data == name and over:
                home = over[-1][1]
                return home.data if home is not None and home.op == "dom" else None
        return None

    # functions

    def choose(self, integrals: Integrals, work: Work) -> None:
        """Give every function a value, and the numbers that integrals define.

        Parameters
        ----------
        integrals : Integrals
            What integrates, for numbers inside of integrands.
        work : Work
            The budget.

        Raises
        ------
        Unsolved
            When a definition is circular, or a function has no derivative in the table.
        """
        level = Level(self.draft, 96, work, integrals)
        self._distributions()
        self._reflections()
        defined = self._kernels(level)
        said = self._definitions() | self._iterated(level)
        waiting = [(name, *found) for name, found in said.items() if name not in defined]
        for name in self.functions:
            if name not in self.draft.number_of and name not in {n for n, *_ in waiting}:
                self._free(name, level)
        numbers = dict(self.measured)
        while waiting or numbers:
            rest = [one for one in waiting if not self._define(level, *one)]
            left = {n: found for n, found in numbers.items() if not self._integrate(level, n, *found)}
            if len(rest) + len(left) == len(waiting) + len(numbers):
                raise Unsolved("hypotheses define functions by each other")
            waiting, numbers = rest, left

    def _cells(self, name: str) -> list[tuple[int, ...]]:
        sizes = (self.draft.size_of[s] for s in self.scope[name][0] if s not in (REAL, NAT))
        return list(product(*map(range, sizes)))

    def _assign(self, name: str, cell: tuple[int, ...], abstraction: Node) -> None:
        """Set what a function is for the given elements of its sets."""
        self.draft.number_of.setdefault(name, {})[self._where(name, cell)] = abstraction

    def _home(self, name: str, level: Level) -> Node:
        """Return the domain over which the last number among the operands of a function runs."""
        place = max(k for k, s in enumerate(self.scope[name][0]) if s == REAL)
        home = self.homes[name].get(place, _domain("reals"))
        return closed(level, home, lam((REAL,), num(0))).domain

    def _free(self, name: str, level: Level) -> None:
        """Choose a function that no hypothesis defines."""
        over = self.scope[name][0]
        twin = self._twin(name)
        for cell in self._cells(name):
            if twin is not None:
                same = self._of(twin, cell)
                free = self._says(name, "int") and not self._says(name, "int", num(1)) and same.args[0].op != "lam"
                self._assign(name, cell, lam((REAL,), self._scaled(same.args[0])) if free else same)
            elif sum(s in (REAL, NAT) for s in over) == 1:
                self._assign(name, cell, lam((REAL,), abstract(self._one(name, level), "u")))
            else:
                first, second = (self._one(name, level) for _ in range(2))
                weight = substitute(_term(self.chance.one_of(_WEIGHTS)), {"u": Node("sym", "a")})
                mixed = weight * first + (1 - weight) * second
                self._assign(name, cell, lam((REAL,), abstract(lam((REAL,), abstract(mixed, "u")), "a")))

    def _where(self, name: str, cell: tuple[int, ...]) -> tuple[int, ...]:
        inside = iter(cell)
        return tuple(FUNCTION_MARK if s in (REAL, NAT) else next(inside) for s in self.scope[name][0])

    def _of(self, name: str, cell: tuple[int, ...]) -> Node:
        """Return the abstraction that a function is."""
        entry = self.draft.number_of[name][self._where(name, cell)]
        assert isinstance(entry, Node)
        return entry

    def _twin(self, name: str) -> str | None:
        """Return a function that was chosen, of the same kind, if functions are to be alike."""
        if not self.equal:
            return None
        for other in self.functions:
            same = self.scope[other] == self.scope[name] and self.homes[other] == self.homes[name]
            if other != name and same and other in self.draft.number_of:
                return other
        return None

    def _one(self, name: str, level: Level) -> Node:
        """Return a function of u of the kind that the hypotheses ask for."""
        home = self._home(name, level)
        if self._says(name, "int", num(1)):
            return self._density(home)
        if self._says(name, "int", num(0)):
            return num(0)
        if self._says(name, "int") or (self._says(name, "<= <") and self.chance.below(3)):
            return self._scaled(self._density(home))
        if self._says(name, "<= <"):
            return _term(self.chance.one_of(_POSITIVE))
        return self._on(home, _FUNCTIONS, False)

    def _density(self, home: Node) -> Node:
        """Return a density, now and then a mixture of two."""
        density = self._on(home, _DENSITIES, True)
        if self.chance.below(3):
            return density
        weight = num(self.chance.one_of(_PARTS))
        return weight * density + folded(1 - weight) * self._on(home, _DENSITIES, True)

    def _scaled(self, term: Node) -> Node:
        factor = self.chance.one_of(_FACTORS)
        return term if factor == 1 else num(factor) * term

    def _on(self, domain: Node, table: Mapping[str, Sequence[str]], density: bool) -> Node:
        kind = "above" if domain.op == "below" else domain.op
        return _placed(_term(self.chance.one_of(table[kind])), domain, density)

    # definitions

    def _definitions(self) -> dict[str, tuple[_Rule, Node]]:
        """Return which hypotheses define a function, and by what: a term, or a statement about its derivative."""
        found: dict[str, tuple[_Rule, Node]] = {}
        for rule in self.rules:
            body = rule.body
            if body.op == "deriv" and self._is_plain(body.args[2]):
                found.setdefault(body.args[2].data, (rule, body))
            if body.op != "=":
                continue
            for left, right in (body.args, body.args[::-1]):
                if self._is_plain(left) and left.data not in right.names and left.data not in found:
                    name, term = self._solved(left, right, found)
                    found.setdefault(name, (rule, Node("=", None, term)))
                    break
        return {n: d for n, d in found.items() if n not in self.draft.number_of}

    def _is_plain(self, node: Node) -> bool:
        """Whether a term is a function of bound variables."""
        plain = node.op == "sym" and node.data in self.functions and len(set(node.args)) == len(node.args)
        return plain and all(a.op in ("#", "bound") for a in node.args)

    def _solved(self, left: Node, right: Node, found: Mapping[str, object]) -> tuple[str, tuple[Node, Node]]:
        """Return what an equation f = t defines: f, or, where f is a density, a function inside of t."""
        if self._says(left.data, "int", num(1)):
            for name in self.functions:
                if name in right.names and name not in found and not self._says(name, "int", num(1)):
                    solution = self._inverted(name, right, left)
                    if solution is not None:
                        return name, solution
        return left.data, (left, right)

    def _inverted(self, name: str, term: Node, value: Node) -> tuple[Node, Node] | None:
        """Return name(…) and what it is where *term* is *value*, if it stands in it once and in a plain way."""
        while True:
            if self._is_plain(term) and term.data == name:
                return term, value
            if sum(name in a.names for a in term.args) != 1 or term.op not in ("+", "-", "*", "/", "neg", "exp", "log"):
                return None
            first = name in term.args[0].names
            inside, other = (term.args[0], term.args[-1]) if first else (term.args[1], term.args[0])
            value = _INVERSES[term.op][not first](value, other)
            term = inside

    def _define(self, level: Level, name: str, rule: _Rule, body: Node) -> bool:
        """Set a function to what a hypothesis says it is; return whether all that this needs is known."""
        target = body.args[2] if body.op == "deriv" else body.args[0]
        letters = [f"x{k}" for k in range(len(rule.over))]
        elements = [range(self.draft.size_of[s]) if s not in (REAL, NAT) else [None] for s, _ in rule.over]
        found = {}
        for choice in product(*elements):
            env = tuple(Node("sym", x) if k is None else k for x, k in zip(letters, choice, strict=True))
            try:
                if body.op == "deriv":
                    value = _slope(level, body.args[0], body.args[1], env)
                else:
                    value = Closing(level).of(body.args[1], env)
            except Unassigned:
                return False
            cell = []
            for a in reversed(target.args):
                at_binder = len(env) - 1 - a.data
                if a.op == "#":
                    value = lam((REAL,), abstract(value, letters[at_binder]))
                else:
                    cell.append(choice[at_binder])
            found[tuple(reversed(cell))] = value
        for where, value in found.items():
            if value.loose or value.names:
                raise Unsolved(f"{name} is not defined for all numbers by one hypothesis")
            self._assign(name, where, value)
        return True

    def _integrate(self, level: Level, name: str, rule: _Rule, power: int) -> bool:
        """Set a number to the integral or derivative that defines it; return whether all that this needs is known."""
        first, second, value = rule.body.args
        value = value if power == 1 else value.args[0]
        found: dict[tuple[int, ...], Entry] = {}
        for env in product(*(range(self.draft.size_of[s]) for s, _ in rule.over)):
            where = tuple(env[-1 - a.data] for a in value.args)
            try:
                if rule.body.op == "deriv":
                    slope = _slope(level, first, second, env)
                    found[where] = slope.data if slope.op == "num" else slope
                else:
                    entry = closed(level, first, second, env)
                    found[where] = Integral(entry.domain, entry.integrand, power)
            except Unassigned:
                return False
        self.draft.number_of[name] = found
        return True

    def _distributions(self) -> None:
        """Choose distributions of a finite set that depend on a number: Σ_i p(i, x) = 1."""
        for over, body in self.rules:
            if body.op != "=" or len(over) != 1 or body.args[1] != num(1) or body.args[0].op != "sum":
                continue
            summand = body.args[0].args[0].args[0]
            if self._is_plain(summand) and len(summand.args) == 2 and len(cells := self._cells(summand.data)) > 0:
                start = self.chance.below(len(_ODDS))
                powers = [_exp(_term(_ODDS[(start + k) % len(_ODDS)])) for k in range(len(cells))]
                total = plus(powers)
                for cell, power in zip(cells, powers, strict=True):
                    self._assign(summand.data, cell, lam((REAL,), abstract(folded(power / total), "u")))

    def _reflections(self) -> None:
        """Choose functions that on (−∞, 0) are a multiple of what they are on (0, ∞): f(x) = c·f(−x)."""
        variable = bound(0, REAL)
        for over, body in self.rules:
            if body.op != "=" or len(over) != 1 or over[0][1] is None or over[0][1].op != "below":
                continue
            left, right = body.args
            there = Node(left.op, left.data, (-variable,))
            if not self._is_plain(left) or right.op != "*" or right.args[1] != there or right.args[0].op != "sym":
                continue
            factor, u = self.chance.one_of(_REFLECTED), Node("sym", "u")
            size = Node("abs", None, (u,))
            decay = substitute(_term(self.chance.one_of(_DENSITIES["above"])), {"u": size})
            body_of = decay * ((num(1 + factor) * size + num(1 - factor) * u) / 2)
            self._assign(left.data, (), lam((REAL,), abstract(body_of, "u")))
            self.draft.number_of[right.args[0].data] = {(): factor}

    def _iterated(self, level: Level) -> dict[str, tuple[_Rule, Node]]:
        """Return what the integral over y of the divergence of p(x)·V(x, y) from q(x)·W(x, y) is.

        Where V and W do not depend on x, they are chosen; their divergence is known.
        """
        found: dict[str, tuple[_Rule, Node]] = {}
        inner, outer = bound(0, REAL), bound(1, REAL)
        for rule in self.rules:
            body = rule.body
            if body.op != "int" or len(rule.over) != 1 or not self._is_plain(body.args[2]):
                continue
            inside = body.args[1].args[0]
            if inside.op != "def" or inside.data[0] != "rel_entr" or any(a.op != "*" for a in inside.args):
                continue
            (p, first), (q, second) = (a.args for a in inside.args)
            if any(a.op != "sym" or a.args != (outer,) for a in (p, q)) or first.op != "sym" or second.op != "sym":
                continue
            if first.args == second.args == (inner,):
                divergence = self._pair(
                    first.data, second.data, closed(level, body.args[0], lam((REAL,), num(0))).domain
                )
            else:
                pair = Node("def", inside.data, (first, second))
                same = (r.body.args[2] for r in self.rules if r.body.op == "int" and r.body.args[1].args[0] == pair)
                divergence = next(same, num(0))
            p, q = (Node("sym", a.data, (inner,)) for a in (p, q))
            total = Node("def", inside.data, (p, q)) + p * divergence
            found[body.args[2].data] = (rule, Node("=", None, (body.args[2], total)))
        return found

    def _pair(self, first: str, second: str, home: Node) -> Node:
        """Choose two densities of one family, and return the divergence of the first from the second."""
        density, divergence = map(_term, _KERNELS["above" if home.op == "below" else home.op])
        a, b = (num(self.chance.one_of(_PARTS)) for _ in range(2))
        b = a if self.equal else b
        for name, parameter in ((first, a), (second, b)):
            placed = substitute(_placed(density, home, True), {"a": parameter})
            self._assign(name, (), lam((REAL,), abstract(placed, "u")))
        return substitute(divergence, {"a": a, "b": b})

    def _kernels(self, level: Level) -> set[str]:
        """Choose families of densities V(x, ·), W(x, ·) whose divergence d(x) a hypothesis names; return d."""
        done: set[str] = set()
        for over, body in self.rules:
            if body.op != "int" or len(over) != 1 or over[0][0] != REAL or not self._is_plain(body.args[2]):
                continue
            inside = body.args[1].args[0]
            if inside.op != "def" or inside.data[0] != "rel_entr":
                continue
            operands = (bound(1, REAL), bound(0, REAL))
            if any(a.op != "sym" or a.args != operands for a in inside.args):
                continue
            home = closed(level, body.args[0], lam((REAL,), num(0))).domain
            density, divergence = map(_term, _KERNELS["above" if home.op == "below" else home.op])
            first = substitute(_term(self.chance.one_of(_WEIGHTS)), {"u": Node("sym", "x")})
            second = first if self.equal else substitute(_term(self.chance.one_of(_WEIGHTS)), {"u": Node("sym", "x")})
            for node, parameter in zip(inside.args, (first, second), strict=True):
                placed = substitute(_placed(density, home, True), {"a": parameter})
                self._assign(node.data, (), lam((REAL,), abstract(lam((REAL,), abstract(placed, "u")), "x")))
            value = substitute(divergence, {"a": first, "b": second})
            self._assign(body.args[2].data, (), lam((REAL,), abstract(value, "x")))
            done.add(body.args[2].data)
        return done


def _exp(term: Node) -> Node:
    return Node("exp", None, (term,))


def _slope(level: Level, function: Node, at: Node, env: tuple[object, ...]) -> Node:
    """Return the derivative of a function at a number, by the kernel's table."""
    inside = Closing(level).of(function.args[0], (*env, Node("sym", "y")))
    try:
        slope, _ = derivative(inside, "y")
    except Refused as refusal:
        raise Unsolved(refusal.reason) from None
    return _tidy(substitute(_tidy(slope), {"y": Closing(level).of(at, env)}))


def _placed(term: Node, domain: Node, density: bool) -> Node:
    """Return a function on (0, 1), (0, ∞), ℝ or ℕ as one of the number u on another interval."""
    u = Node("sym", "u")
    if domain.op in ("reals", "nats"):
        return term
    low, high = domain.args[0], domain.args[-1]
    if domain.op == "open":
        length = folded(high - low)
        place = _beyond(u, low)
        placed = substitute(term, {"u": place if length == num(1) else place / length})
        return placed if not density or length == num(1) else placed / length
    place = high - u if domain.op == "below" else _beyond(u, low)
    return substitute(term, {"u": place})


def _beyond(u: Node, low: Node) -> Node:
    """Return u - low as it is written by hand."""
    if low.op != "num":
        return u - low
    return u if not low.data else u - low if low.data > 0 else u + -low.data


def _tidy(term: Node) -> Node:
    """Return a derivative without the factors 1 and the terms 0 that the table makes."""
    args = tuple(map(_tidy, term.args))
    node = folded(term if args == term.args else Node(term.op, term.data, args))
    if node.op not in ("+", "-", "*", "/", "^", "neg"):
        return node
    a, b = node.args[0], node.args[-1]
    zero, one = num(ZERO), num(ONE)
    if node.op == "*" and zero in (a, b):
        return zero
    if node.op == "/" and a == zero:
        return zero
    if (node.op in ("+", "-") and b == zero) or (node.op in ("*", "/", "^") and b == one):
        return a
    if (node.op == "+" and a == zero) or (node.op == "*" and a == one):
        return b
    if node.op == "-" and a == zero:
        return -b
    return node
