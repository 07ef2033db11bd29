"""Kernel terms and statements as SymPy expressions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, final

import sympy

from ..kernel import Refused
from ..kernel.errors import need
from ..kernel.syntax import Scope, Signature
from ..kernel.terms import NAT, REAL, Node, apply_abs
from ..language.chains import LONGEST, MULTIPLICATIVE, operands
from ..language.definitions import unfold
from ..language.printer import bound_name, customary
from .classes import ForAll, rel_entr, xlogy
from .names import Ranges, size, size_symbol

__all__ = ["statement_to_sympy", "to_sympy"]


def to_sympy(node: Node, scope: Scope, hypotheses: Iterable[Node] = (), ranges: Ranges | None = None) -> Any:
    """Return a number term as a SymPy expression.

    Parameters
    ----------
    node : Node
        A closed term of the sort number.
    scope : Scope
        The declared names.
    hypotheses : iterable of Node, optional
        Γ. What it says about the signs of symbols becomes assumptions.
    ranges : mapping of str to (first, last), optional
        How the elements of an index set are numbered, where that is not 1 … |X|.

    Raises
    ------
    Refused
        When a sub-term has no real value in SymPy (1/0, log 0, log(−1)), or Γ contradicts itself.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> names = declare({"X": "set", "p": "X -> number", "q": "X -> number"})
    >>> divergence = parse("kl(p, q)", "number", names)
    >>> to_sympy(divergence, names)
    Sum(rel_entr(p[i], q[i]), (i, 1, |X|))
    >>> to_sympy(divergence, names, [parse(f"forall i in X: 0 < {f}[i]", "statement", names) for f in "pq"])
    Sum(log(p[i]/q[i])*p[i], (i, 1, |X|))
    """
    need(node.is_number and not node.loose, "expected a closed term of the sort number", got=node)
    return _Writer(scope, hypotheses, ranges or {}).number(node)


def statement_to_sympy(node: Node, scope: Scope, hypotheses: Iterable[Node] = (), ranges: Ranges | None = None) -> Any:
    """Return a statement as a SymPy Boolean; the parameters are those of :func:`to_sympy`.

    The statement itself is not evaluated, but the terms in it are: log(exp(x)) = x comes out as ``Eq(x, x)``.

    Parameters
    ----------
    node : Node
    scope : Scope
        The declared names.
    hypotheses : iterable of Node, optional
        Γ.
    ranges : Ranges, optional
        How the elements of an index set are numbered, where that is not 1 … n.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> names = declare({"X": "set", "p": "X -> number", "N_h": "Nat -> number", "l": "number"})
    >>> statement_to_sympy(parse("forall i in X: p[i] <= 1", "statement", names), names)
    ForAll(p[i] <= 1, (i, 1, |X|))
    >>> statement_to_sympy(parse("lim(n: N_h[n]/n) -> l", "statement", names), names)
    Eq(Limit(N_h(n)/n, n, oo, dir='-'), l)
    >>> statement_to_sympy(parse("int(x in (0, oo): exp(-x)) = 1", "statement", names), names)
    Eq(Integral(exp(-x), (x, 0, oo)), 1)
    """
    closed = not (node.is_number or node.loose or node.op in ("idx", "lam"))
    need(closed, "expected a closed statement", got=node)
    return _Writer(scope, hypotheses, ranges or {}).statement(node)


@final
class _Writer:
    """Writes closed terms: below a binder, the bound variable has become a free index with a name of its own."""

    def __init__(self, scope: Scope, hypotheses: Iterable[Node], ranges: Ranges) -> None:
        self.scope: dict[str, Signature] = dict(scope)
        hypotheses = tuple(hypotheses)
        self.facts = facts(hypotheses)
        self.ranges: dict[str, tuple[Any, Any]] = {}
        for name, signature in scope.items():
            if signature == ((), "set"):
                first, last = ranges.get(name) or (1, self.symbol(size_symbol, "card", name))
                self.ranges[name] = (sympy.Integer(0) + first, sympy.Integer(0) + last)
        self.naturals: set[str] = set()
        self.ordered = {h.args for h in hypotheses if h.op in ("<", "<=")}
        self.taken = {s.name for ends in self.ranges.values() for end in ends for s in end.free_symbols}

    def symbol(self, kind: Any, op: str, name: str, **assumptions: bool) -> Any:
        """Return the SymPy object of a name, with what is assumed of all such names and what Γ says of this one."""
        try:
            return kind(name, **assumptions, **self.facts.get((op, name), {}))
        except sympy.core.facts.InconsistentAssumptions:
            raise Refused("the hypotheses contradict each other", {"about": name}) from None

    def number(self, node: Node) -> Any:
        """Write a number term, one branch for each kind of operator."""
        op, args = node.op, node.args
        if op in ("sum", "prod"):
            variable, body = self.open(args[0])
            value = self.number(body)
            self.close(variable)
            return (sympy.Sum if op == "sum" else sympy.Product)(value, (variable, *self.over(args[0].data)))
        if op == "num":
            return sympy.Rational(node.data.numerator, node.data.denominator)
        if op == "sym":
            return self.indexed(node.data, tuple(self.number(a) if a.is_number else self.index(a) for a in args))
        if op == "pi":
            return sympy.pi
        if op == "delta":
            return sympy.KroneckerDelta(*map(self.index, args))
        if op == "nat":
            return self.index(args[0])
        if op == "card":
            return size(self.over(node.data))
        if op == "def" and node.data[0] != "rel_entr":
            return self.number(unfold(node))
        if len(parts := operands(node, ("+",)) if op == "+" else operands(node, MULTIPLICATIVE)) > LONGEST:
            # SymPy orders a sum each time that something is added to it.
            value = (sympy.Add if op == "+" else sympy.Mul)(*(self.number(part) for _, part in parts))
        else:
            value = _FUNCTIONS[node.data[0] if op == "def" else op](*map(self.number, args))
        real = value is not sympy.nan and value.is_extended_real is not False and value.is_infinite is not True
        need(real, "this term has no real value in SymPy", term=node, got=str(value))
        return value

    def over(self, index_set: str) -> tuple[Any, Any]:
        """Return the first and the last number of the elements of a set."""
        need(index_set in self.ranges, "this index set is not declared", got=index_set)
        return self.ranges[index_set]

    def indexed(self, name: str, indices: tuple[Any, ...]) -> Any:
        """Write p, p[i], N_h(n) or f(x)."""
        need(name in self.scope, "this name is not declared", got=name)
        if not indices and name in self.naturals:
            return sympy.Symbol(name, integer=True, nonnegative=True)
        if not indices:
            return self.symbol(sympy.Symbol, "sym", name, real=True)
        if not {NAT, REAL}.isdisjoint(self.scope[name][0]):
            return self.symbol(sympy.Function, "sym", name, real=True)(*indices)
        return self.symbol(sympy.IndexedBase, "sym", name, real=True)[indices]

    def index(self, node: Node) -> Any:
        """Write i or x(t)."""
        need(node.op == "idx" and node.data in self.scope, "expected a declared index", got=node)
        if node.args:
            return sympy.Function(node.data, integer=True)(*map(self.index, node.args))
        natural = {"nonnegative": True} if self.scope[node.data][1] == NAT else {}
        return self.symbol(sympy.Symbol, "idx", node.data, integer=True, **natural)

    def open(self, abstraction: Node, domain: Node | None = None) -> tuple[Any, Node]:
        """Return a new symbol and the body of an abstraction at it; the caller closes its scope again."""
        over = customary(domain) if domain else abstraction.data
        name = bound_name(over, self.taken.union(self.scope))
        self.scope[name] = ((), abstraction.data)
        if over == NAT and abstraction.data == REAL:
            self.naturals.add(name)
        variable = Node("sym" if abstraction.data == REAL else "idx", name)
        return self.number(variable) if variable.is_number else self.index(variable), apply_abs(abstraction, variable)

    def close(self, variable: Any) -> None:
        """Leave the scope of a symbol that was opened."""
        del self.scope[variable.name]
        self.naturals.discard(variable.name)

    # domains, integrals and derivatives

    def ends(self, domain: Node) -> tuple[Any, Any]:
        """Return the ends of an interval; ℕ runs from 0."""
        need(domain.op != "dom", "a name of a domain has no counterpart in SymPy; write an interval", got=domain)
        numbers = tuple(map(self.number, domain.args))
        low = numbers[0] if domain.op in ("open", "above") else sympy.Integer(0) if domain.op == "nats" else -sympy.oo
        return low, numbers[-1] if domain.op in ("open", "below") else sympy.oo

    def domain(self, node: Node) -> Any:
        """Write an interval, ℝ or ℕ."""
        return sympy.S.Naturals0 if node.op == "nats" else sympy.Interval.open(*self.ends(node))

    def integral(self, domain: Node, function: Node) -> Any:
        """Write the left side of ∫ f = v: a series over ℕ."""
        low, high = self.ends(domain)
        known = domain.op != "open" or domain.args in self.ordered or (high - low).is_nonnegative
        hint = "SymPy's integral from b down to a is a negative, and the interval is empty: assume a < b"
        need(known, "the ends of an interval may be in the wrong order", interval=domain, hint=hint)
        variable, body = self.open(function, domain)
        value = self.number(body)
        self.close(variable)
        kind = sympy.Sum if domain.op == "nats" else sympy.Integral
        return kind(value, (variable, low, high))

    def derivative(self, function: Node, at: Node) -> Any:
        """Write the left side of f′(a) = s."""
        if at.op == "sym" and not at.args and at.data not in function.names and at.data not in self.naturals:
            return sympy.Derivative(self.number(apply_abs(function, at)), self.number(at))
        variable, body = self.open(function)
        value = sympy.Derivative(self.number(body), variable)
        self.close(variable)
        return sympy.Subs(value, variable, self.number(at))

    def statement(self, node: Node) -> Any:
        """Write a statement."""
        op, args = node.op, node.args
        if op == "in":
            return sympy.Contains(self.number(args[0]), self.domain(args[1]), evaluate=False)
        if op in ("int", "deriv"):
            left = self.integral(*args[:2]) if op == "int" else self.derivative(*args[:2])
            return sympy.Eq(left, self.number(args[2]), evaluate=False)
        if op in ("all", "->"):
            variable, body = self.open(args[0])
            value = self.statement(body) if op == "all" else self.number(body)
            self.close(variable)
            if op == "->":
                return sympy.Eq(sympy.Limit(value, variable, sympy.oo), self.number(args[1]), evaluate=False)
            limits = {NAT: (0, sympy.oo), REAL: (-sympy.oo, sympy.oo)}.get(args[0].data) or self.over(args[0].data)
            return ForAll(value, (variable, *limits))
        if op in _RELATIONS:
            return _RELATIONS[op](*map(self.number, args), evaluate=False)
        left, right = map(self.statement, args)
        return sympy.Implies(left, right, evaluate=False) if op == "=>" else sympy.Equivalent(left, right)


_LARGEST_WRITTEN_OUT = 30
"""Up to which argument, and denominator of it, SymPy may write Γ and ψ out: Γ(n) has about n·log n digits, ψ(n) is a
sum of n fractions."""


def _at(function: Any, argument: Any) -> Any:
    """Return Γ or ψ at an argument, not evaluated where the value would be long."""
    small = not argument.is_Rational or max(abs(argument.p), argument.q) <= _LARGEST_WRITTEN_OUT
    return function(argument) if small else function(argument, evaluate=False)


_FUNCTIONS: dict[str, Any] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
    "neg": lambda a: -a,
    "log": sympy.log,
    "exp": sympy.exp,
    "abs": sympy.Abs,
    "Gamma": lambda a: _at(sympy.gamma, a),
    "digamma": lambda a: _at(partial(sympy.polygamma, 0), a),
    "xlogy": xlogy,
    "rel_entr": rel_entr,
}
_RELATIONS: dict[str, Any] = {"=": sympy.Eq, "<=": sympy.Le, "<": sympy.Lt, "!=": sympy.Ne}


# --- Γ as assumptions --------------------------------------------------------------------------------------------


def facts(hypotheses: Iterable[Node]) -> dict[tuple[str, str], dict[str, bool]]:
    """Return what Γ says about the signs of names: assumptions by (operator, name)."""
    found: dict[tuple[str, str], dict[str, bool]] = {}
    for hypothesis in hypotheses:
        statement, count = hypothesis, 0
        while statement.op == "all":
            statement, count = statement.args[0].args[0], count + 1
        if statement.op not in ("<", "<=", "!="):
            continue
        left, right = statement.args
        for literal, term, below in ((left, right, True), (right, left, False)):
            name, assumption = _subject(term, count), _assumption(statement.op, literal, below)
            if name and assumption:
                found.setdefault(name, {})[assumption] = True
    return found


def _assumption(op: str, literal: Node, below: bool) -> str:
    """Return what ``literal op e`` says about the sign of e, or ``e op literal`` if not *below*."""
    if literal.op != "num":
        return ""
    value = literal.data if below else -literal.data
    if op == "!=":
        return "nonzero" if value == 0 else ""
    if value > 0 or (value == 0 and op == "<"):
        return "positive" if below else "negative"
    return ("nonnegative" if below else "nonpositive") if value == 0 else ""


def _subject(term: Node, count: int) -> tuple[str, str] | None:
    """Return the name that *term* stands for when *count* quantifiers around it bind just all its arguments."""
    # All of them must be needed: if Y is empty, "for all j in Y" says nothing about an x without j.
    variables = sorted(a.data for a in term.args if a.op in ("bound", "#"))
    if term.op == "sym" and len(term.args) == count and variables == list(range(count)):
        return "sym", term.data
    if term.op == "card" and count == 0:
        return "card", term.data
    if term.op == "nat" and term.args[0].op == "idx" and not term.args[0].args and count == 0:
        return "idx", term.args[0].data
    return None
