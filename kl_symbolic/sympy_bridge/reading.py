"""SymPy expressions and statements as kernel terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

import sympy
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean, BooleanAtom

from ..kernel import Refused
from ..kernel.errors import need
from ..kernel.statements import eq, forall, iff, implies, le, lt, ne, to
from ..kernel.syntax import MAX_DIGITS, Scope
from ..kernel.terms import MAX_DEPTH, NAT, REAL, Node, bound, lam, num
from ..language.chains import chain, times
from ..language.parser import declare
from ..language.printer import text
from ..language.rewriting import bound_variables
from .classes import ForAll, rel_entr, xlogy
from .names import Ranges, SymPyNames, binders, fits, name_of, refusal, runs_over, signature

__all__ = ["Imported", "from_sympy", "read_sympy"]


@final
@dataclass(frozen=True, slots=True)
class Imported:
    """The result of :func:`read_sympy`.

    Parameters
    ----------
    terms : tuple of Node
        One term or statement for each expression.
    scope : Scope
        The names that occur in them.
    hypotheses : tuple of Node
        What the assumptions on the symbols say: sizes first, then in the order of the names.
    ranges : mapping of str to (first, last)
        How SymPy numbers the elements of the index sets.
    """

    terms: tuple[Node, ...]
    scope: Scope
    hypotheses: tuple[Node, ...]
    ranges: Ranges


def from_sympy(expression: Any, scope: Scope | None = None, ranges: Ranges | None = None) -> Node:
    """Return a SymPy expression or statement as a kernel term: :func:`read_sympy` for one.

    Parameters
    ----------
    expression : object
    scope : Scope, optional
        The declared names.
    ranges : Ranges, optional
        How the elements of an index set are numbered, where that is not 1 … n.

    Examples
    --------
    >>> p, q = sympy.symbols("p q", positive=True)
    >>> text(from_sympy(p * sympy.log(p / q) - p / 2))
    'p*log(p/q) - p/2'
    """
    return read_sympy(expression, scope=scope, ranges=ranges).terms[0]


def read_sympy(*expressions: Any, scope: Scope | None = None, ranges: Ranges | None = None) -> Imported:
    """Read SymPy expressions and statements that share their symbols.

    Parameters
    ----------
    *expressions : sympy.Expr or sympy Boolean
    scope : Scope, optional
        The declared names; nothing else may occur. Without it, names are declared as they are met: a sum over
        1 … K declares an index set K of that size.
    ranges : mapping of str to (first, last), optional
        SymPyNames index sets by the numbers they run over, such as ``{"X": (1, K)}``.

    Raises
    ------
    Refused
        When a sub-expression is not on the whitelist of the package, or two different symbols print alike.

    Examples
    --------
    >>> K = sympy.Symbol("K", integer=True, positive=True)
    >>> p, i = sympy.IndexedBase("p", nonnegative=True), sympy.Symbol("i", integer=True)
    >>> found = read_sympy(sympy.Le(sympy.Sum(p[i] ** 2, (i, 1, K)), 1), ranges={"X": (1, K)})
    >>> [text(h) for h in found.hypotheses], text(found.terms[0])
    (['0 < card(X)', 'forall i in X: 0 <= p[i]'], 'sum(i in X: p[i]^2) <= 1')
    """
    names = SymPyNames(scope, ranges or {})
    reader = _Reader(names)
    for expression in expressions:
        if not isinstance(expression, sympy.Expr | Boolean):
            found: dict[str, object] = {"got": repr(expression), "kind": type(expression).__name__}
            raise Refused("expected a SymPy expression or statement", found)
        _bound_nesting(expression)
        names.learn_ranges(expression)
    for names.settled in (False, True):
        known = -1
        while known < len(names.scope):
            known = len(names.scope)
            for expression in expressions:
                names.learn(expression)
    terms = tuple(map(reader.read, expressions))
    if scope is None:
        declare({name: signature(*found) for name, found in names.scope.items()})
    used = frozenset[str]().union(*(t.names for t in terms))
    used = used.union(*((*over, values) for n, (over, values) in names.scope.items() if n in used))
    kept = {n: s for n, s in sorted(names.scope.items()) if n in used}
    return Imported(terms, kept, reader.hypotheses(kept), {s: v for s, v in sorted(names.ranges.items()) if s in kept})


def _bound_nesting(expression: Any) -> None:
    """Refuse an expression that is deeper than a term, before anything recurses into it.

    A level is looked at after the other, and what occurs in a level twice once, so that shared parts cost nothing.
    """
    level = [expression]
    for _ in range(MAX_DEPTH):
        level = list({id(part): part for above in level for part in above.args}.values())
    need(not level, "the expression is nested too deeply", allowed=MAX_DEPTH)


@final
class _Reader:
    """Reads expressions whose names are known; *seen* holds the SymPy object of each free name."""

    def __init__(self, names: SymPyNames) -> None:
        self.names = names
        self.seen: dict[str, Any] = {}

    def read(self, e: Any) -> Node:
        """Read a term or a statement; a symbol, which SymPy counts as both, is a term."""
        return self.number(e) if isinstance(e, sympy.Expr) else self.statement(e)

    def number(self, e: Any) -> Node:
        """Read a number term, one branch for each kind of expression on the whitelist."""
        if isinstance(e, sympy.Rational):
            bits = max(e.p.bit_length(), e.q.bit_length())
            need(bits < 3 * MAX_DIGITS, f"a number has more than about {MAX_DIGITS} digits", bits=bits)
            return num(Fraction(int(e.p), int(e.q)))
        if isinstance(e, sympy.Symbol | sympy.Idx):
            return self.symbol(e)
        if isinstance(e, sympy.Indexed | AppliedUndef):
            return self.applied(e)
        if isinstance(e, sympy.Sum | sympy.Product) and not any(runs_over(e, *ends) for _, *ends in binders(e)):
            sets = self.names.bind(e)
            node = self.number(e.function)
            self.names.unbind(sets)
            for index_set in reversed(sets):
                node = Node("sum" if isinstance(e, sympy.Sum) else "prod", None, (lam((index_set,), node),))
            return node
        if isinstance(e, sympy.KroneckerDelta) and len(e.args) == 2:
            left, over = self.index(e.args[0])
            return Node("delta", over, (left, self.index(e.args[1], over)[0]))
        if isinstance(e, sympy.Add):
            return self.added(e)
        if isinstance(e, sympy.Mul):
            return self.multiplied(e)
        if isinstance(e, sympy.Pow | sympy.exp | sympy.log):
            return self.powered(e)
        if isinstance(e, sympy.polygamma) and e.args[0] == 0:
            return Node("digamma", None, (self.number(e.args[1]),))
        if isinstance(e, sympy.factorial):
            return Node("Gamma", None, (self.number(e.args[0] + 1),))
        for kind, op, count in ((sympy.Abs, "abs", 1), (xlogy, "xlogy", 2), (sympy.gamma, "Gamma", 1)):
            if isinstance(e, kind) and len(e.args) == count:
                return Node(op, None, tuple(map(self.number, e.args)))
        if isinstance(e, rel_entr):
            return Node("def", ("rel_entr", ()), tuple(map(self.number, e.args)))
        if e is sympy.E:
            return Node("exp", None, (num(1),))
        if e is sympy.pi:
            return Node("pi")
        reason = next((r for kinds, r in _REASONS if isinstance(e, kinds)), "this has no counterpart among the terms")
        raise refusal(reason, e)

    def powered(self, e: Any) -> Node:
        """Read a logarithm, an exponential or a power; a negative exponent divides."""
        pole = isinstance(e, sympy.Pow) and e.base.is_zero and not e.exp.is_nonnegative
        if e.is_extended_real is False or e.is_infinite or pole:
            raise refusal("expected a real number", e)
        if isinstance(e, sympy.log) and len(e.args) == 1:
            return Node("log", None, (self.number(e.args[0]),))
        if isinstance(e, sympy.exp):  # a power of e among them
            return Node("exp", None, (self.number(e.exp),))
        if isinstance(e, sympy.log):
            raise refusal("expected a logarithm without a base; write log(x)/log(b)", e)
        return num(1) / self.number(1 / e) if _divides(e) else self.number(e.base) ** self.number(e.exp)

    # names

    def symbol(self, e: Any) -> Node:
        """Read a symbol as a number: the size of a set, n ∈ ℕ, or a declared number."""
        k, found, over = self.bound(e), self.names.at(e), self.names.of_size(e)
        if k is not None and found == REAL:
            return bound(k, REAL)
        if k is None and over is not None:
            self.free(e.name, e)
            return Node("card", over)
        if k is None and found in (None, "number"):
            self.names.put(e.name, ((), "number"), e)
            self.real(e)
            self.free(e.name, e)
            return Node("sym", e.name)
        if found != NAT:
            raise refusal("an index is not a number: indices have no arithmetic", e, index_set=found)
        return Node("nat", None, (self.index(e)[0],))

    def bound(self, e: Any) -> int | None:
        """Return the de Bruijn index of a bound symbol, None for a free one; refuse one that prints like another."""
        for k, (variable, _) in enumerate(reversed(self.names.stack)):
            if variable == e:
                return k
            if variable.name == e.name:
                raise _two(e.name, variable, e)
        return None

    def free(self, name: str, e: Any) -> None:
        """Note the object of a free name; refuse two different ones that print alike."""
        if self.seen.setdefault(name, e) != e:
            raise _two(name, self.seen[name], e)

    def real(self, e: Any) -> None:
        """Refuse a symbol whose assumptions say that it is not a real number."""
        complex_ = e.is_complex and e.is_real is None
        if e.is_commutative is False or e.is_extended_real is False or e.is_infinite or complex_:
            raise refusal("expected a symbol for a real number", e, got=sympy.srepr(e))

    def applied(self, e: Any) -> Node:
        """Read p[i], N_h(n) or f(x)."""
        name = name_of(e)
        head, indices = (e.base, e.indices) if isinstance(e, sympy.Indexed) else (e.func, e.args)
        if name not in self.names.scope:
            hint = "declare it in a scope" if self.names.open else f"declared: {', '.join(self.names.scope)}"
            raise refusal(f"{name} is not declared, and its index sets are not known", e, hint=hint)
        over, values = self.names.scope[name]
        called = not {NAT, REAL}.isdisjoint(over)
        fits = isinstance(e, AppliedUndef) == called and len(over) == len(indices) and values == "number"
        if not fits:
            form = "Function" if called else "IndexedBase" if over else "Symbol"
            expected = f"a {form} with {len(over)} indices" if values == "number" else "a number"
            raise refusal(f"{name} has the signature {signature(over, values)}", e, expected=expected)
        self.real(e)
        self.free(name, head)
        pairs = zip(indices, over, strict=True)
        return Node("sym", name, tuple(self.number(i) if s == REAL else self.index(i, s)[0] for i, s in pairs))

    def index(self, e: Any, wanted: str = "") -> tuple[Node, str]:
        """Read an index, which must be in the set *wanted* if one is given; return its set too."""
        if not isinstance(e, sympy.Symbol | sympy.Idx | AppliedUndef):
            raise refusal("expected an index: a symbol, or a function of indices", e)
        name = name_of(e)
        k, found = None if isinstance(e, AppliedUndef) else self.bound(e), self.names.at(e)
        if found in (None, "number", "set"):
            raise refusal("expected an index of a known index set", e, got=found or "not declared")
        if wanted not in ("", found):
            raise refusal(f"expected an index in {wanted}, got one in {found}", e)
        if k is not None:
            return bound(k), str(found)
        if isinstance(e, sympy.Idx):
            self.names.put(name, ((), str(found)), e)
        over = self.names.scope[name][0] if name in self.names.scope else ()
        arguments = e.args if isinstance(e, AppliedUndef) else ()
        if name not in self.names.scope or len(over) != len(arguments):
            raise refusal(f"expected {name} with {len(over)} indices", e)
        self.free(name, e.func if arguments else e)
        return Node("idx", name, tuple(self.index(i, s)[0] for i, s in zip(arguments, over, strict=True))), str(found)

    # the fixed arrangement

    def added(self, e: Any) -> Node:
        """Lay a sum out: what is added before what is subtracted, literals last, else in the order of the text."""
        parts = []
        for argument in e.args:
            negative = _negative(argument)
            node = self.number(-argument if negative else argument)
            shown = text(node)
            # 3*y comes after x, although "3" comes before "x".
            parts.append(((negative, node.op == "num", shown.lstrip("0123456789*"), shown), node))
        parts.sort(key=lambda part: part[0])
        (key, first), *rest = parts
        signed = [("+", -first if key[0] else first), *(("-" if key[0] else "+", node) for key, node in rest)]
        return chain(signed)

    def multiplied(self, e: Any) -> Node:
        """Lay a product out as one fraction: literals, symbols, functions, sums, each in the order of the text."""
        literal, rest = e.as_coeff_Mul()
        if not literal.is_Rational:
            return self.number(literal)
        factors = rest.args if isinstance(rest, sympy.Mul) else (rest,)
        above = self.product(abs(literal.p), [f for f in factors if not _divides(f)])
        below = self.product(literal.q, [1 / f for f in factors if _divides(f)])
        result = above if below == num(1) else above / below
        return -result if literal.p < 0 else result

    def product(self, literal: int, factors: list[Any]) -> Node:
        """Multiply a literal and factors, in their order."""
        nodes = sorted(map(self.number, factors), key=lambda n: (_rank(n), text(n)))
        return times(nodes if literal == 1 and nodes else [num(int(literal)), *nodes])

    # statements

    def statement(self, e: Any) -> Node:
        """Read a statement."""
        if isinstance(e, BooleanAtom):
            hint = "build it with evaluate=False"
            raise refusal("SymPy evaluated the statement before it could be read", e, hint=hint)
        if isinstance(e, sympy.Eq) and isinstance(e.lhs, sympy.Limit):
            sets = self.names.bind(e.lhs)
            body = self.number(e.lhs.args[0])
            self.names.unbind(sets)
            return to(body, self.number(e.rhs))
        if isinstance(e, sympy.Eq) and isinstance(e.lhs, sympy.Integral | sympy.Sum) and self.runs(e.lhs):
            return Node("int", None, (*self.integral(e.lhs), self.number(e.rhs)))
        if isinstance(e, sympy.Eq) and isinstance(e.lhs, sympy.Derivative | sympy.Subs):
            return Node("deriv", None, (*self.slope(e.lhs), self.number(e.rhs)))
        if isinstance(e, sympy.Contains):
            return Node("in", None, (self.number(e.args[0]), self.domain(e.args[1], e)))
        for kind, build in _BUILD:
            if isinstance(e, kind):
                return build(self.number(e.lhs), self.number(e.rhs))
        if isinstance(e, sympy.Implies):
            left = sorted(e.args[0].args, key=str) if isinstance(e.args[0], sympy.And) else [e.args[0]]
            node = self.statement(e.args[1])
            for part in reversed(left):
                node = implies(self.statement(part), node)
            return node
        if isinstance(e, sympy.Equivalent) and len(e.args) == 2:
            return iff(*(self.statement(a) for a in sorted(e.args, key=str)))
        if isinstance(e, ForAll):
            sets = self.names.bind(e)
            node = self.statement(e.body)
            self.names.unbind(sets)
            return forall(sets[0], node)
        several = isinstance(e, sympy.And)
        raise refusal("expected one statement; give the parts one by one" if several else "expected a statement", e)

    # integrals, derivatives and domains

    @staticmethod
    def runs(e: Any) -> bool:
        """Whether a sum or an integral has one variable, which is a number."""
        return [runs_over(e, first, last) for _, first, last in binders(e)] == [REAL]

    def integral(self, e: Any) -> tuple[Node, Node]:
        """Read an integral or a series as its domain and the function under it."""
        ((_, first, last),) = binders(e)
        domain = Node("nats") if isinstance(e, sympy.Sum) else self.interval(first, last, e)
        if domain.op == "open" and not (last - first).is_nonnegative:
            hint = "write the upper end as the lower one and a positive number"
            raise refusal("the ends of an integral may be in the wrong order", e, hint=hint)
        sets = self.names.bind(e)
        body = self.number(e.function)
        self.names.unbind(sets)
        return domain, lam(sets, body)

    def interval(self, first: Any, last: Any, e: Any) -> Node:
        """Read the ends of an open interval."""
        if first is sympy.oo or last is -sympy.oo:
            raise refusal("expected an interval from a number or -oo to a number or oo", e)
        ends = [self.number(end) for end in (first, last) if end not in (sympy.oo, -sympy.oo)]
        op = "open" if len(ends) == 2 else "above" if last is sympy.oo else "below"
        return Node(op if ends else "reals", None, tuple(ends))

    def domain(self, e: Any, around: Any) -> Node:
        """Read a set of numbers."""
        if e is sympy.S.Naturals0:
            return Node("nats")
        fits = isinstance(e, sympy.Interval) and all(
            o or i.is_infinite for o, i in zip(e.args[2:], e.args[:2], strict=True)
        )
        if not fits:
            raise refusal("expected an open interval, S.Reals or S.Naturals0", around, got=str(e))
        return self.interval(e.start, e.end, around)

    def slope(self, e: Any) -> tuple[Node, Node]:
        """Read a derivative as its function and the place at which it is taken."""
        inside, places = (e.expr, e.point) if isinstance(e, sympy.Subs) else (e, e.variables)
        simple = isinstance(inside, sympy.Derivative) and len(inside.variables) == len(places) == 1
        if not simple or inside.variables != (e.variables[0],):
            raise refusal("expected one first derivative, at one place", e)
        (variable,), at = inside.variables, self.number(places[0])
        if isinstance(e, sympy.Subs):
            fits(variable, -sympy.oo, sympy.oo, e)
        elif variable.is_integer or variable.is_rational:
            raise refusal("expected a derivative by a real variable", e)
        self.names.stack.append((variable, REAL))
        body = self.number(inside.expr)
        self.names.stack.pop()
        return lam((REAL,), body), at

    # assumptions as Γ

    def hypotheses(self, scope: Scope) -> tuple[Node, ...]:
        """Return what the assumptions on the sizes of sets and on the free names say about signs."""
        ranges = ((s, self.names.ranges[s]) for s in scope if s in self.names.ranges)
        found = [lt(0, Node("card", s)) for s, (first, last) in ranges if (last - first + 1).is_positive]
        for name, (over, values) in scope.items():
            if name not in self.seen or values not in ("number", NAT) or (values == NAT and over):
                continue
            symbol = self.seen[name]
            called = not {NAT, REAL}.isdisjoint(over)
            value = symbol(*(sympy.Dummy(real=True, integer=s != REAL or None) for s in over)) if called else symbol
            arguments = bound_variables(over)
            node = Node("sym", name, arguments) if values == "number" else Node("nat", None, (Node("idx", name),))
            signs = _SIGNS if values == "number" else _SIGNS[:1]
            said = next((say(node) for sign, say in signs if getattr(value, f"is_{sign}")), None)
            for index_set in reversed(over):
                said = said and forall(index_set, said)
            found += [said] if said else []
        return tuple(found)


def _two(name: str, first: Any, second: Any) -> Refused:
    shown = {"first": sympy.srepr(first), "second": sympy.srepr(second)}
    return refusal(f"two different symbols have the name {name}", second, **shown)


def _negative(e: Any) -> bool:
    """Whether the leading rational factor of *e* is negative."""
    return bool(e.as_coeff_Mul()[0].is_negative)


def _divides(e: Any) -> bool:
    return isinstance(e, sympy.Pow) and not isinstance(e, sympy.exp) and _negative(e.exp)


def _rank(node: Node) -> int:
    """Order factors as in print: symbols, indicators, sums in parentheses, functions, then Σ and Π."""
    return _rank(node.args[0]) if node.op == "^" else _RANKS.get(node.op, 4)


_RANKS = {"num": 0, "sym": 1, "card": 1, "nat": 1, "#": 1, "pi": 1, "delta": 2, "+": 3, "-": 3, "sum": 5, "prod": 5}
_BUILD: tuple[tuple[Any, Callable[[Node, Node], Node]], ...] = (
    (sympy.Eq, eq),
    (sympy.Ne, ne),
    (sympy.Le, le),
    (sympy.Lt, lt),
    (sympy.Ge, lambda a, b: le(b, a)),
    (sympy.Gt, lambda a, b: lt(b, a)),
)
_SIGNS: tuple[tuple[str, Callable[[Node], Node]], ...] = (
    # What SymPy knows of e, strongest first, and the hypothesis that says the same.
    ("positive", lambda e: lt(0, e)),
    ("negative", lambda e: lt(e, 0)),
    ("zero", lambda e: eq(e, 0)),
    ("nonnegative", lambda e: le(0, e)),
    ("nonpositive", lambda e: le(e, 0)),
    ("nonzero", lambda e: ne(e, 0)),
)
_REASONS: tuple[tuple[Any, str], ...] = (
    (sympy.Float, "a float has no exact meaning; write Rational(1, 10) for 0.1"),
    ((type(sympy.oo), type(-sympy.oo), type(sympy.zoo), type(sympy.nan)), "expected a finite number"),
    (type(sympy.I), "expected a real number"),
    (sympy.Piecewise, "expected a term without cases; xlogy and rel_entr of kl_symbolic.sympy_bridge say 0·log 0 = 0"),
    (sympy.Limit, "a limit can only stand on the left of Eq"),
    (sympy.Sum, "an infinite series, from 0, can only stand on the left of Eq"),
    (sympy.Integral, "an integral, with both ends, can only stand on the left of Eq"),
    ((sympy.Derivative, sympy.Subs), "a derivative can only stand on the left of Eq"),
)
