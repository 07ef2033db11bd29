"""Inequalities between entropies of a joint family: a linear program proposes, cited instances are added up.

Every inequality of Shannon type is a combination of elemental ones, 0 ≤ I(i; j | K) and 0 ≤ H(i | all others), and of
the hypotheses. In the small model a claim is a combination of numbers E_S = Σ xlogy(m_S, m_S), one for each set S of
variables; multipliers are found there, in rational numbers, and only the lines of what they name are written. Given K,
the indices of K stay fixed: the lemmas hold for weights with any total, so that their instances can be summed over K.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Protocol, TypeVar, final

from ...kernel import Refused
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, REAL, Node, instantiate, lam, num
from ...language.chains import chain, times
from ...language.entropies import Combination, JointFamily, Variables
from ...language.polynomials import add, product
from ...language.printer import text
from ...language.rewriting import bound_variables, close
from ..builder import Fact, Proof, hole
from ..tactics import prove
from ..tactics.facts import sum_zero
from ..tactics.polynomials import Poly, expand
from .signs import attempt
from .simplex import Column, combine

__all__ = ["by_entropies"]

_VARIABLES = range(2, 6)
"""For so many variables the elemental inequalities are listed: for five there are 85 of them, for six 246."""
_NOT_SHANNON = (
    "no sum of inequalities 0 <= I(X; Y | Z, ...) and 0 <= H(X | all others) and of the hypotheses gives it: "
    "it is not of Shannon type, or a hypothesis is missing"
)
_ZERO, _ONE = num(0), num(1)
_UNIT = Fraction(1)
Key = tuple[int, "Variables | Node"] | tuple[tuple[Node, int], ...]
"""A row of the linear program: a family's number and some of its variables, or another monomial."""
Row = dict[Key, Fraction]
Names = tuple[str, ...]
Lines = tuple[str, Callable[[], Fact]]
"""An inequality as a reader is told of it, and the function that writes its lines; a hypothesis has no words."""


class _Host(Protocol):
    """The search, as far as it is needed here."""

    p: Proof
    steps: list[tuple[Fact, str]]
    notes: dict[Node, str]


def by_entropies(host: _Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a comparison of entropies by elemental inequalities of Shannon type and the hypotheses.

    Parameters
    ----------
    host : Search
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op not in ("=", "<=", "<"):
        return None
    names, apart = _joint_names(host.p, goal), _product(goal)
    return _Program(host, names, apart, extra).shown(goal) if names or apart else None


def _product(goal: Node) -> tuple[Names, Node] | None:
    """Return the product of families of which most variables occur in a goal, such as p(x)·w(x, y)."""
    found: list[tuple[Names, Node]] = []

    def offer(sets: list[str], body: Node) -> None:
        while body.op in ("lam", "sum"):
            binder = body.args[0] if body.op == "sum" else body
            sets, body = [*sets, binder.data], binder.args[0]
        fits = len({*sets}) == len(sets) in _VARIABLES and not {NAT, REAL} & {*sets}
        if body.op == "*" and fits and body.loose <= len(sets):
            found.append((tuple(sets), body))

    def walk(node: Node, sets: list[str]) -> None:
        if node.op == "xlogy" or (node.op == "def" and node.data[0] == "rel_entr"):
            offer(sets, node.args[0])
        elif node.op == "def" and len(node.args) == 1:
            offer([], node.args[0])
        for a in node.args:
            walk(a, [*sets, node.data] if node.op == "lam" else sets)

    walk(goal, [])
    return max(found, key=lambda f: len(f[0]), default=None)


def _joint_names(p: Proof, goal: Node) -> list[str]:
    """Return the families of numbers over several index sets that a goal is about."""
    found = []
    for name in sorted(goal.names):
        over, values = p.scope.get(name, ((), ""))
        if values == REAL and len(over) > 1 and not {NAT, REAL} & {*over}:
            found.append(name)
    return found


@final
@dataclass(frozen=True, slots=True)
class _Share:
    """A marginal of a product of families: the factors that are left after the sum over one variable more.

    Parameters
    ----------
    over : int or None
        The variable; None for the product itself.
    factors : tuple of Node
        What the marginal is the product of.
    inside : tuple of Node
        The factors below the sum.
    one : Fact or None
        That they sum to 1.
    """

    over: int | None
    factors: tuple[Node, ...]
    inside: tuple[Node, ...]
    one: Fact | None

    @property
    def term(self) -> Node:
        """The product."""
        return times(self.factors) if self.factors else _ONE


def _factors(term: Node) -> list[Node]:
    return [f for a in term.args for f in _factors(a)] if term.op == "*" else [term]


@final
class _Joint:
    """A family at free indices, and what is known of its marginals; lines are written when they are asked for.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    sets : sequence of str
        The index sets.
    body : callable
        Makes the member of the family at given indices.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """

    def __init__(
        self, p: Proof, sets: Sequence[str], body: Callable[[tuple[Node, ...]], Node], extra: Sequence[Fact]
    ) -> None:
        self.p = p
        points = tuple(p.fresh(s) for s in sets)
        self.family = JointFamily(body(points), points, tuple(sets))
        self._extra = extra
        self._cache: dict[tuple[object, ...], Fact | None] = {}
        self._shares: dict[Variables, _Share] = {}
        if self.family.body.op != "sym":
            self._simplify()

    def _once(self, key: tuple[object, ...], make: Callable[[], Fact | None]) -> Fact | None:
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    # terms

    def without(self, variables: Iterable[int]) -> Variables:
        """Return the variables that are not among some."""
        given = {*variables}
        return tuple(k for k in self.family.variables if k not in given)

    def bound(self, term: Node, *order: int) -> Node:
        """Return λ over the indices of some variables, the outermost first."""
        family = self.family
        return close(term, *((family.points[k].data, family.sets[k]) for k in order))

    def total(self, term: Node, order: Iterable[int]) -> Node:
        """Return nested sums over some variables, the outermost first."""
        for k in reversed([*order]):
            term = Node("sum", None, (self.bound(term, k),))
        return term

    def marginal(self, variables: Variables) -> Node:
        """Return m_S at the family's indices."""
        return self.total(self.family.body, self.without(variables))

    def entropy(self, variables: Variables) -> Node:
        """Return E_S = Σ xlogy(m_S, m_S)."""
        weight = self.marginal(variables)
        return self.total(Node("xlogy", None, (weight, weight)), variables)

    def key(self, k: int) -> str:
        """Return the index set of a variable."""
        return self.family.sets[k]

    # marginals of a product of families

    def _simplify(self) -> None:
        """Find each marginal of a product as a product of fewer factors, where some of them are known to sum to 1."""
        variables = self.family.variables
        self._shares[variables] = _Share(None, tuple(_factors(self.family.body)), (), None)
        for size in range(len(variables) - 1, -1, -1):
            for kept in combinations(variables, size):
                found = [self._share(kept, k) for k in self.without(kept)]
                best = min(
                    (s for s in found if s is not None), key=lambda s: (s.one is None, s.term.size), default=None
                )
                if best is None:
                    return
                self._shares[kept] = best
                if best.term not in (_ONE, self.marginal(kept)):
                    self.family.aliases.setdefault(best.term, kept)

    def _share(self, kept: Variables, k: int) -> _Share | None:
        """Return Σ_k of what the marginal with one variable more is; None where no factor has the variable."""
        larger = self._shares.get(_with(kept, k))
        if larger is None:
            return None
        point = self.family.points[k].data
        inside = tuple(f for f in larger.factors if point in f.names)
        outside = tuple(f for f in larger.factors if point not in f.names)
        if not inside:
            return None
        total = self.total(times(inside), (k,))
        one = attempt(prove, self.p, eq(total, 1), self._extra)
        return _Share(k, outside if one is not None else (*outside, total), inside, one)

    def simple(self, variables: Variables) -> Fact | None:
        """Return m_S = the product that it is; None for a family that is a symbol."""
        return self._once(("simple", variables), lambda: self._simple(variables)) if self._shares else None

    def _simple(self, variables: Variables) -> Fact | None:
        p, share = self.p, self._shares[variables]
        k = share.over
        if k is None:
            return p.field(eq(self.family.body, share.term))
        larger = _with(variables, k)
        same, inner = self.summed(k, larger), self.simple(larger)
        outside, inside = [f for f in self._shares[larger].factors if f not in share.inside], times(share.inside)
        line = _then(p, p.symm(same) if same is not None else None, self.under((k,), inner))
        total = self.total(inside, (k,))
        if outside:
            apart = times(outside)
            term = self._shares[larger].term
            line = _then(p, line, self.under((k,), p.field(eq(term, apart * inside))))
            line = _then(p, line, p.scheme("sum_mul", {"X": self.key(k), "a": apart, "f": self.bound(inside, k)}))
        if share.one is not None:
            line = _then(p, line, p.congr(times([*outside, hole()]), share.one) if outside else share.one)
        line = _needed(line)
        goal = eq(line.right, share.term if share.one is not None or outside else total)
        return line if line.right == share.term else p.trans(line, p.field(goal))

    def ordered(self, term: Node) -> Fact | None:
        """Return a marginal = m_S, as :meth:`marginal` writes it; None where it is the same term."""
        p, family = self.p, self.family
        if term in family.aliases:
            line = self.simple(family.aliases[term])
            return None if term == self.marginal(family.aliases[term]) or line is None else p.symm(line)
        order, inside = _needed(family.summed(term))
        here = family.aliases[inside]
        line = self.under(order, self.ordered(inside))
        now = (*order, *self.without(here))
        return _then(p, line, self.permuted(family.body, now, sorted(now)))

    def products(self) -> Iterator[Fact]:
        """Yield the equations m_{ijK}·m_K = m_{iK}·m_{jK} that the factors of a product show."""
        for i, j in combinations(self.family.variables, 2):
            others = self.without((i, j))
            for size in range(len(others) + 1) if self._shares else ():
                for given in combinations(others, size):
                    sets = (_with(given, i, j), given, _with(given, i), _with(given, j))
                    fact = attempt(self._product, sets)
                    if fact is not None:
                        yield fact

    def _product(self, sets: tuple[Variables, ...]) -> Fact | None:
        if any(s not in self._shares for s in sets):
            return None
        p, terms = self.p, [self._shares[s].term for s in sets]
        left, right = terms[0] * terms[1], terms[2] * terms[3]
        if add(expand(left), expand(right), -1):
            return None
        first, second, third, fourth = (_needed(self.simple(s)) for s in sets)
        line = p.field(eq(left, right))
        start = p.trans(p.congr(hole() * second.left, first), p.congr(first.right * hole(), second))
        end = p.trans(p.congr(hole() * fourth.left, third), p.congr(third.right * hole(), fourth))
        return self.each(p.trans(start, line, p.symm(end)), *sets[0])

    # lines about marginals

    def nonneg(self, variables: Variables) -> Fact:
        """Return 0 ≤ m_S."""
        return _needed(self._once(("nonneg", variables), lambda: self._nonneg(variables)))

    def _nonneg(self, variables: Variables) -> Fact:
        p, rest = self.p, self.without(variables)
        if not rest:
            return prove(p, le(0, self.family.body), self._extra)
        k, over = rest[0], self.key(rest[0])
        inside = self.nonneg(_with(variables, k))
        values: dict[str, Node | str] = {"X": over, "f": lam((over,), _ZERO), "g": self.bound(inside.right, k)}
        return p.rewrite(p.scheme("sum_mono", values, [self.each(inside, k)]), sum_zero(p, over))

    def each(self, fact: Fact, *order: int) -> Fact:
        """Return ∀ over some variables, the outermost first."""
        for k in reversed(order):
            fact = self.p.gen(self.family.points[k], fact)
        return fact

    def under(self, order: Sequence[int], fact: Fact | None) -> Fact | None:
        """Return Σ… l = Σ… r from l = r, the outermost sum first."""
        if fact is None or not order:
            return fact
        sets = [self.key(k) for k in order]
        term = hole(*bound_variables(sets))
        for over in reversed(sets):
            term = Node("sum", None, (lam((over,), term),))
        return self.p.congr(term, self.each(fact, *order))

    def permuted(self, term: Node, order: Sequence[int], wanted: Sequence[int]) -> Fact | None:
        """Return Σ… term = Σ… term with the sums in another order; None where it is the same one."""
        line, now = None, [*order]
        for place, variable in enumerate(wanted):
            for k in range(now.index(variable), place, -1):
                first, second = now[k - 1 : k + 1]
                both = self.bound(self.total(term, now[k + 1 :]), first, second)
                swap = self.p.scheme("sum_swap", {"X": self.key(first), "Y": self.key(second), "f": both})
                line = _then(self.p, line, self.under(now[: k - 1], swap))
                now[k - 1 : k + 1] = second, first
        return line

    def summed(self, k: int, variables: Variables) -> Fact | None:
        """Return Σ_k m_S = m_{S without k}; None where that is the same term."""
        order = (k, *self.without(variables))
        return self.permuted(self.family.body, order, sorted(order))

    def zero(self, variables: Variables, more: Variables) -> Fact:
        """Return m_S = 0 ⇒ m_T = 0 for a larger set T of variables."""
        return _needed(self._once(("zero", variables, more), lambda: self._zero(variables, more)))

    def _zero(self, variables: Variables, more: Variables) -> Fact:
        p, none = self.p, eq(self.marginal(variables), 0)
        line = p.assume(none)
        here = variables
        for k in more:
            if k not in variables:
                larger = _with(here, k)
                line = p.mp(self._zero_of_part(k, larger), line)
                here = larger
        return p.disch(none, line)

    def _zero_of_part(self, k: int, variables: Variables) -> Fact:
        p, term = self.p, self.marginal(variables)
        signs = self.each(self.nonneg(variables), k)
        line = p.cite("zero_of_sum", {"X": self.key(k), "f": self.bound(term, k)}, [signs])
        line = p.spec(line, self.family.points[k])
        same = self.summed(k, variables)
        return line if same is None else p.rewrite(line, same)

    def one(self) -> Fact | None:
        """Return Σ r = 1, with the sums in the order of the variables, if that is known."""
        return self._once(("one",), self._one)

    def _one(self) -> Fact | None:
        p = self.p
        if self._shares:
            return self.simple(()) if () in self._shares and self._shares[()].term == _ONE else None
        for fact in (*self._extra, *p.known):
            if fact.statement.op != "=" or _ONE not in fact.statement.args:
                continue
            side = fact.left if fact.right == _ONE else fact.right
            if self.family.kept(side) == ():
                same = self.ordered(side)
                fact = fact if side == fact.left else p.symm(fact)
                return fact if same is None else p.trans(p.symm(same), fact)
        return None

    # equations that put a sum into the form E_S

    def equation(self, term: Node) -> Fact | None:
        """Return term = a combination of the E_S; None for an E_S, and for what is not read."""
        return self._once(("equation", term), lambda: self._equation(term))

    def _equation(self, term: Node) -> Fact | None:
        if self.family.read(term) is None:
            return None
        p, line = self.p, self._reduced(term)
        now = line.right if line else term
        parts = [(value, *self._contracted(atom)) for atom, value in _linear(now)]
        laid = _laid([(value, end) for value, end, _ in parts])
        entries = [(value, _ONE, fact) for value, _, fact in parts if fact is not None]
        if not entries:
            return line
        return _then(p, line, p.order(eq(now, laid), entries))

    def _contracted(self, term: Node) -> tuple[Node, Fact | None]:
        """Return Σ… m_T·log m_T of a sum Σ… m_S·log m_T in any order, and the equation if there is one."""
        p, (order, body) = self.p, _needed(self.family.summed(term))
        weight, inside = body.args
        here, kept = _needed(self.family.kept(weight)), self._variables(inside)
        spare = [k for k in here if k not in kept]
        line = self.permuted(body, order, (*kept, *spare))
        while spare:
            k = spare.pop()
            rest = tuple(v for v in here if v != k)
            values: dict[str, Node | str] = {"X": self.key(k), "g": self.bound(self.marginal(here), k), "b": inside}
            signs = [self.each(self.nonneg(here), k), self._product_sign(inside), self._zero_of_sum(k, here, inside)]
            step = p.cite("sum_xlogy", values, signs)
            same = self.summed(k, here)
            if same is not None:
                step = p.trans(step, p.congr(Node("xlogy", None, (hole(), inside)), same))
            line = _then(p, line, self.under((*kept, *spare), step))
            here = rest
        end = self.total(Node("xlogy", None, (self.marginal(here), inside)), kept)
        one = self.one() if not kept and self.family.kept(inside) is None else None
        if one is None:
            return end, line
        # A number that does not depend on any index: its logarithm, for the total is 1.
        gone = p.congr(Node("xlogy", None, (hole(), inside)), one)
        value = p.scheme("xlogy_mul", {"a": _ONE, "b": inside}, [self._positive_product(inside)])
        log = Node("log", None, (inside,))
        return log, _then(p, line, p.trans(gone, value, p.field(eq(value.right, log))))

    def _variables(self, term: Node) -> Variables:
        """Return the variables of a marginal, or of another family at the indices."""
        kept = self.family.kept(term)
        return _needed(self.family.other(term)) if kept is None else kept

    def _zero_of_sum(self, k: int, here: Variables, inside: Node) -> Fact:
        """Return b = 0 ⇒ Σ_k m_S = 0 for a marginal b of m_S, or another family b."""
        p, rest, none = self.p, tuple(v for v in here if v != k), eq(inside, 0)
        line = p.mp(self._product_zero(inside, rest), p.assume(none))
        same = self.summed(k, here)
        return p.disch(none, line if same is None else p.trans(same, line))

    def _reduced(self, term: Node) -> Fact | None:
        """Return term = a combination of sums Σ… xlogy(m_S, m_T); None where it is one already."""
        p = self.p
        if term.op == "def":
            opened = p.unfold(term)
            return _then(p, opened, self._reduced(opened.right))
        if term.op == "sum":
            k, body = _needed(self.family.opened(term.args[0]))
            inner = self._reduced(body)
            line = self.under((k,), inner)
            return _then(p, line, self._split(k, inner.right if inner else body))
        if term.op == "xlogy":
            return self._plain(term)
        combination = _linear(term)
        if combination == [(term, _UNIT)]:
            return self._logarithmic(term)
        parts = [(value, atom, self._reduced(atom)) for atom, value in combination]
        entries = [(value, _ONE, fact) for value, _, fact in parts if fact is not None]
        ends = [
            (value * v, a) for value, atom, fact in parts for a, v in _linear(fact.right if fact is not None else atom)
        ]
        laid = _laid(ends)
        return None if laid == term else p.order(eq(term, laid), entries)

    def _split(self, k: int, body: Node) -> Fact | None:
        """Return Σ_k of a combination = the combination of the Σ_k."""
        rows: list[tuple[Fraction, Node, Fact]] = []
        ends: list[tuple[Fraction, Node]] = []
        self._split_part(k, body, _UNIT, rows, ends)
        if not rows:
            return None
        return self.p.order(eq(self.total(body, (k,)), _laid(ends)), rows)

    def _split_part(
        self,
        k: int,
        body: Node,
        weight: Fraction,
        rows: list[tuple[Fraction, Node, Fact]],
        ends: list[tuple[Fraction, Node]],
    ) -> None:
        p, over = self.p, self.key(k)
        if body.op in ("+", "-"):
            f, g = (self.bound(a, k) for a in body.args)
            values: dict[str, Node | str] = {"X": over, "f": f, "g": g}
            law = p.scheme("sum_add", values) if body.op == "+" else p.cite("sum_sub", values)
            rows.append((weight, _ONE, law))
            for part, value in zip(body.args, (weight, weight if body.op == "+" else -weight), strict=True):
                self._split_part(k, part, value, rows, ends)
        elif body.op == "*" and body.args[0].op == "num":
            factor, part = body.args
            rows.append((weight, _ONE, p.scheme("sum_mul", {"X": over, "a": factor, "f": self.bound(part, k)})))
            self._split_part(k, part, weight * factor.data, rows, ends)
        else:
            ends.append((weight, self.total(body, (k,))))

    def _tidied(self, term: Node) -> Fact | None:
        """Return a product or quotient of marginals, or what has it in a logarithm, = the same of terms m_S."""
        if self.family.kept(term) is not None:
            return self.ordered(term)
        if term.op not in ("*", "/", "log", "xlogy"):
            return None
        line, args = None, list(term.args)
        for place, part in enumerate(term.args):
            same = self._tidied(part)
            if same is not None:
                context = Node(term.op, term.data, (*args[:place], hole(), *args[place + 1 :]))
                line = _then(self.p, line, self.p.congr(context, same))
                args[place] = same.right
        return line

    def _plain(self, term: Node) -> Fact | None:
        """Return xlogy(m, m′·m″/m‴) = xlogy(m, m′) + xlogy(m, m″) − xlogy(m, m‴)."""
        line = self._tidied(term)
        return _then(self.p, line, self._expanded(line.right if line else term))

    def _expanded(self, term: Node) -> Fact | None:
        p, (weight, inside) = self.p, term.args
        if self._is_leaf(inside):
            return None
        here = _needed(self.family.kept(weight))
        left, right = inside.args
        values: dict[str, Node | str] = {"a": weight, "b": left, "c": right}
        premises, sign = [self._product_sign(left), self._product_zero(left, here)], _UNIT
        if inside.op == "*":
            more = [self._product_sign(right), self._product_zero(right, here)]
            line = p.cite("xlogy_mul_of", values, [*premises, *more])
        else:
            line, sign = p.cite("xlogy_div_of", values, [*premises, self._positive_product(right)]), -_UNIT
        parts = [(value, a, self._expanded(a)) for value, a in zip((_UNIT, sign), line.right.args, strict=True)]
        entries = [(value, _ONE, fact) for value, _, fact in parts if fact is not None]
        if not entries:
            return line
        ends = [(value * v, a) for value, atom, fact in parts for a, v in _linear(fact.right if fact else atom)]
        return p.trans(line, p.order(eq(line.right, _laid(ends)), entries))

    def _logarithmic(self, term: Node) -> Fact | None:
        """Return m·log(m′·m″/m‴) = xlogy(m, m′) + xlogy(m, m″) − xlogy(m, m‴), where all of them are positive."""
        p, line = self.p, self._tidied(term)
        now = line.right if line else term
        log, weight = now.args if now.args[0].op == "log" else now.args[::-1]
        rows: list[tuple[Fraction, Node, Fact]] = []
        ends: list[tuple[Fraction, Node]] = []
        self._logarithm(log.args[0], weight, _UNIT, rows, ends)
        return _then(p, line, p.order(eq(now, _laid(ends)), rows))

    def _logarithm(
        self,
        inside: Node,
        weight: Node,
        sign: Fraction,
        rows: list[tuple[Fraction, Node, Fact]],
        ends: list[tuple[Fraction, Node]],
    ) -> None:
        p = self.p
        if self._is_leaf(inside):
            values: dict[str, Node | str] = {"a": weight, "b": inside}
            value = p.scheme("xlogy_mul", values, [self._positive_product(inside)])
            rows.append((-sign, _ONE, value))
            ends.append((sign, value.left))
            return
        both = {"a": inside.args[0], "b": inside.args[1]}
        signs = [self._positive_product(a) for a in inside.args]
        law = p.scheme("log_mul", both, signs) if inside.op == "*" else p.cite("log_div", both, signs)
        rows.append((sign, weight, law))
        for part, factor in zip(inside.args, (sign, sign if inside.op == "*" else -sign), strict=True):
            self._logarithm(part, weight, factor, rows, ends)

    def _is_leaf(self, term: Node) -> bool:
        return term.op not in ("*", "/") or self.family.kept(term) is not None

    def _positive_product(self, term: Node) -> Fact:
        kept = self.family.kept(term)
        if kept is not None:
            return self.positive(kept)
        if self._is_leaf(term):
            known = term.op == "card" and self.one() is not None
            return (
                self.not_empty(self.family.sets.index(term.data)) if known else prove(self.p, lt(0, term), self._extra)
            )
        return self.p.pos(lt(0, term), *dict.fromkeys(map(self._positive_product, term.args)))

    def positive(self, variables: Variables) -> Fact:
        """Return 0 < m_S, where the family is positive: at the indices of all variables, so no set is empty."""
        return _needed(self._once(("positive", variables), lambda: self._positive(variables)))

    def _positive(self, variables: Variables) -> Fact:
        p, rest = self.p, self.without(variables)
        known = attempt(prove, p, lt(0, self.marginal(variables)), self._extra)
        if known is not None or not rest:
            return known or prove(p, lt(0, self.family.body), self._extra)
        k = rest[0]
        more = _with(variables, k)
        inside, signs = self.positive(more), self.each(self.nonneg(more), k)
        values: dict[str, Node | str] = {"X": self.key(k), "f": self.bound(inside.right, k)}
        part = p.spec(p.cite("le_sum_of_nonneg", values, [signs]), self.family.points[k])
        return p.order(lt(0, self.marginal(variables)), [(1, _ONE, inside), (1, _ONE, part)])

    def _product_sign(self, term: Node) -> Fact:
        kept = self.family.kept(term)
        if kept is not None:
            return self.nonneg(kept)
        if self._is_leaf(term):
            return prove(self.p, le(0, term), self._extra)
        return self.p.pos(le(0, term), *dict.fromkeys(map(self._product_sign, term.args)))

    def _product_zero(self, term: Node, here: Variables) -> Fact:
        """Return m′·m″ = 0 ⇒ m_S = 0, where each factor is a marginal of m_S."""
        p, kept = self.p, self.family.kept(term)
        if kept is not None:
            return self.zero(kept, here)
        if self._is_leaf(term):
            zero, positive = eq(term, 0), self._positive_product(term)
            denial = p.order(ne(term, 0), [(-1, _ONE, positive)])
            return p.disch(zero, p.absurd(eq(self.marginal(here), 0), p.assume(zero), denial))
        left, right = term.args
        none, first, other = p.assume(eq(term, 0)), p.assume(eq(left, 0)), p.assume(ne(left, 0))
        second = p.order(eq(right, 0), [(1, num(1) / left, none)], other)
        there = [p.mp(self._product_zero(a, here), fact) for a, fact in ((left, first), (right, second))]
        return p.disch(none.statement, p.cases(first.statement, *there))

    # elemental inequalities

    def elementals(self) -> Iterator[tuple[Combination, Lines]]:
        """Yield what 0 ≤ I(i; j | K) and 0 ≤ H(i | all others) say of the E_S, each with what writes its lines."""
        variables = self.family.variables
        for i, j in combinations(variables, 2):
            others = self.without((i, j))
            for size in range(len(others) + 1):
                for given in combinations(others, size):
                    row = {_with(given, i, j): 1, given: 1, _with(given, i): -1, _with(given, j): -1}
                    name = f"I({self.key(i)}; {self.key(j)}{self._condition(given)}) is not negative"
                    yield _fractions(row), (name, lambda i=i, j=j, given=given: self._information(i, j, given))  # type: ignore[misc]
        for i in variables:
            rest = self.without((i,))
            name = f"H({self.key(i)}{self._condition(rest)}) is not negative"
            yield _fractions({rest: 1, variables: -1}), (name, lambda i=i: self._conditional(i))  # type: ignore[misc]

    def _condition(self, given: Variables) -> str:
        return f" | {', '.join(map(self.key, given))}" if given else ""

    def _information(self, i: int, j: int, given: Variables) -> Fact:
        """Return E_{iK} + E_{jK} ≤ E_{ijK} + E_K, with the sums over K outside."""
        p, term = self.p, self.marginal(_with(given, i, j))
        signs = self.each(self.nonneg(_with(given, i, j)), i, j)
        values: dict[str, Node | str] = {"X": self.key(i), "Y": self.key(j), "r": self.bound(term, i, j)}
        fact = p.cite("sum_xlogy_marginals_le", values, [signs])
        rest = self.without((i, j, *given))
        body = self.family.body
        # The total first: it contains the marginals as they are written before they are put into order.
        for free, order in (((), (i, j, *rest)), ((i,), (j, *rest)), ((j,), (i, *rest))):
            same = self.permuted(body, order, sorted(order))
            if same is not None:
                fact = p.rewrite(fact, self.each(same, *free))
        return self._summed_up(fact, given)

    def _conditional(self, i: int) -> Fact:
        """Return E_all ≤ E_{all but i}, with the sums over the others outside."""
        p, term = self.p, self.family.body
        signs = self.each(self.nonneg(self.family.variables), i)
        fact = p.cite("sum_xlogy_self_le", {"X": self.key(i), "f": self.bound(term, i)}, [signs])
        return self._summed_up(fact, self.without((i,)))

    def _summed_up(self, fact: Fact, order: Sequence[int]) -> Fact:
        """Return an inequality between sums of numbers, summed over some variables."""
        p = self.p
        for k in reversed(order):
            f, g = (self.bound(side, k) for side in fact.statement.args)
            fact = p.scheme("sum_mono", {"X": self.key(k), "f": f, "g": g}, [self.each(fact, k)])
            fact = self._split_sides(k, fact, f, g)
        return fact

    def _split_sides(self, k: int, fact: Fact, *sides: Node) -> Fact:
        p = self.p
        entries: list[tuple[Fraction, Node, Fact]] = [(_UNIT, _ONE, fact)]
        ends = []
        for sign, side in zip((-1, 1), sides, strict=True):
            found = self.family.opened(side)
            body = found[1] if found is not None else side.args[0]
            line = self._split(k, body)
            ends.append(line.right if line else Node("sum", None, (side,)))
            if line is not None:
                entries.append((Fraction(sign), _ONE, line))
        return fact if len(entries) == 1 else p.order(le(*ends), entries)

    def total_of(self, k: int) -> Fact:
        """Return Σ_k m_k = 1 for the marginal of one variable."""
        p, one = self.p, _needed(self.one())
        same = self.permuted(self.family.body, self.family.variables, (k, *self.without((k,))))
        return one if same is None else p.trans(p.symm(same), one)

    def not_empty(self, k: int) -> Fact:
        """Return 0 < |X|."""
        values: dict[str, Node | str] = {"X": self.key(k), "p": self.bound(self.marginal((k,)), k)}
        return self.p.cite("card_pos_of_sum", values, [self.total_of(k)])

    def at_most_log_card(self, k: int) -> Fact:
        """Return H(i) ≤ log |X|."""
        signs = self.each(self.nonneg((k,)), k)
        values: dict[str, Node | str] = {"X": self.key(k), "p": self.bound(self.marginal((k,)), k)}
        return self.p.cite("entropy_le_log_card", values, [signs, self.total_of(k), self.not_empty(k)])

    def gibbs(self, k: int, other: Node) -> Fact:
        """Return 0 ≤ D(m‖q) for the marginal of one variable and another family with sum 1."""
        p, q, sum_of = self.p, self.bound(other, k), self.total(other, (k,))
        one = prove(p, eq(sum_of, 1), self._extra)
        sums = p.order(le(sum_of, 1), [(1, _ONE, one)])
        signs = [self.each(fact, k) for fact in (self.nonneg((k,)), self._product_sign(other))]
        zero = self.each(self._product_zero(other, (k,)), k)
        values: dict[str, Node | str] = {"X": self.key(k), "p": self.bound(self.marginal((k,)), k), "q": q}
        return p.cite("kl_nonneg", values, [signs[0], self.total_of(k), signs[1], sums, zero])

    def zero_entropy(self) -> Fact | None:
        """Return E of no variables = 0, where the total is known to be 1."""
        return self._once(("zero entropy",), self._zero_entropy)

    def _zero_entropy(self) -> Fact | None:
        p, one = self.p, self.one()
        if one is None:
            return None
        both = p.congr(Node("xlogy", None, (hole(), hole())), one)
        value = p.scheme("xlogy_mul", {"a": _ONE, "b": _ONE}, [p.order(Node("<", None, (_ZERO, _ONE)), [(1, _ONE)])])
        return p.order(eq(both.left, 0), [(1, _ONE, both), (1, _ONE, value), (1, _ONE, p.cite("log_one", {}))])


@final
class _Program:
    """The linear program of a claim about one or more joint families.

    Parameters
    ----------
    host : Search
        The search that asks; its proof gets the lines.
    names : sequence of str
        The families.
    apart : tuple or None
        The sets of a family that is a product, and its members below their binders.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """

    def __init__(
        self, host: _Host, names: Sequence[str], apart: tuple[Names, Node] | None, extra: Sequence[Fact]
    ) -> None:
        self.p, self._host, self._extra = host.p, host, extra
        p = host.p
        joints = []
        if apart is not None:
            sets, body = apart
            joints.append(_Joint(p, sets, lambda points: instantiate(body, points), extra))
        for n in names:
            joints.append(_Joint(p, p.scope[n][0], lambda points, n=n: Node("sym", n, points), extra))  # type: ignore[misc]
        self.joints = [j for j in joints if attempt(j.nonneg, j.family.variables) is not None]

    def row(self, statement: Node) -> Row | None:
        """Return right − left of a comparison in the small model; None where no entropy occurs."""
        left, right = statement.args
        found, seen = Row(), False
        for monomial, value in add(expand(right), expand(left), -1).items():
            read = self._read(monomial)
            if read is None:
                found[monomial] = value
                continue
            seen = True
            for key, part in read.items():
                found[key] = found.get(key, Fraction(0)) + value * part
        return {key: value for key, value in found.items() if value} if seen else None

    def _read(self, monomial: tuple[tuple[Node, int], ...]) -> Row | None:
        if len(monomial) != 1 or monomial[0][1] != 1 or monomial[0][0].op not in ("sum", "def"):
            return None
        self.p.spend(monomial[0][0].size)
        for number, joint in enumerate(self.joints):
            read = joint.family.read(monomial[0][0])
            if read is not None:
                return self._row_of(number, joint, read)
        return None

    def _row_of(self, number: int, joint: _Joint, read: Combination) -> Row:
        known, row = joint.one() is not None, Row()
        for key, value in read.items():
            if known and not joint.family.about(key):
                if isinstance(key, Node):
                    row[((Node("log", None, (key,)), 1),)] = value
            else:
                row[number, key] = value
        return row

    def shown(self, goal: Node) -> Fact | None:
        """Return a line that shows the goal, or None."""
        wanted = self.row(goal) if self.joints else None
        if wanted is None:
            return None
        given = [*self._given()]
        columns = [Column(row, free=fact.statement.op == "=", strict=fact.statement.op == "<") for row, fact in given]
        lines: list[Lines] = [("", lambda fact=fact: fact) for _, fact in given]  # type: ignore[misc]
        if goal.op == "=":
            equations = [k for k, column in enumerate(columns) if column.free]
            found = combine([columns[k] for k in equations], wanted)
            if found is not None:
                return self._line(goal, {equations[k]: v for k, v in found.items()}, lines)
        mentioned = {key for row in (wanted, *(row for row, _ in given)) for key in row}
        for row, line in self._elementals(mentioned):
            columns.append(Column(row))
            lines.append(line)
        below = combine(columns, wanted, goal.op == "<")
        turned = {key: -value for key, value in wanted.items()}
        above = combine(columns, turned) if below is not None and goal.op == "=" else None
        if below is None or (above is None and goal.op == "="):
            self._host.notes[goal] = _NOT_SHANNON
            return None
        if above is None:
            return self._line(goal, below, lines)
        left, right = goal.args
        both = [self._line(le(left, right), below, lines), self._line(le(right, left), above, lines)]
        return self.p.scheme("antisymm", {"a": left, "b": right}, both)

    def _given(self) -> Iterator[tuple[Row, Fact]]:
        """Yield the hypotheses that compare entropies, and what equations between marginals say of entropies."""
        shown = [fact for joint in self.joints for fact in joint.products()]
        for fact in (*self._extra, *self.p.known, *shown):
            if fact.statement.op in ("=", "<=", "<"):
                row = self.row(fact.statement)
                if row is not None:
                    yield row, fact
            elif fact.statement.op == "all":
                for line in self._of_marginals(fact):
                    row = self.row(line.statement)
                    if row:
                        yield row, line

    def _of_marginals(self, fact: Fact) -> Iterator[Fact]:
        """Yield equations between sums of logarithms from an equation that holds for all indices.

        From m·m′ = m″·m‴ follows Σ m_S·log(m·m′) = Σ m_S·log(m″·m‴), where S are all the variables that occur; and
        from m = m′ that both have the same entropy.
        """
        body, count = fact.statement, 0
        while body.op == "all":
            body, count = body.args[0].args[0], count + 1
        if body.op != "=" or any(body.args[k].op == "num" for k in (0, 1)):
            return
        for joint in self.joints:
            family = joint.family
            for line in (self._log_of_sides(joint, fact), self._entropies_of_sides(fact, count)):
                if line is not None and all(family.read(side) is not None for side in line.statement.args):
                    yield line

    def _log_of_sides(self, joint: _Joint, fact: Fact) -> Fact | None:
        body, order = fact.statement, list[int]()
        while body.op == "all":
            found = joint.family.opened(body.args[0])
            if found is None or found[0] in order:
                return None
            order.append(found[0])
            body = found[1]
        sets = [joint.key(k) for k in order]
        here = tuple(sorted(order))
        # The template is the sum with the hole at the indices, which are bound again.
        marked = hole(*(joint.family.points[k] for k in order))
        template = joint.total(Node("xlogy", None, (joint.marginal(here), marked)), order)
        return attempt(self.p.congr, template, fact) if sets else None

    def _entropies_of_sides(self, fact: Fact, count: int) -> Fact | None:
        sets, body = list[str](), fact.statement
        for _ in range(count):
            sets.append(body.args[0].data)
            body = body.args[0].args[0]
        marked = hole(*bound_variables(sets))
        template = Node("xlogy", None, (marked, marked))
        for over in reversed(sets):
            template = Node("sum", None, (lam((over,), template),))
        return attempt(self.p.congr, template, fact)

    def _elementals(self, mentioned: set[Key]) -> Iterator[tuple[Row, Lines]]:
        for number, joint in enumerate(self.joints):
            if len(joint.family.variables) not in _VARIABLES or all(key[0] != number for key in mentioned):
                continue
            known = joint.one() is not None
            for found, line in joint.elementals():
                yield {(number, s): value for s, value in found.items() if s or not known}, line
            others = [key[1] for key in mentioned if key[0] == number and isinstance(key[1], Node)] if known else []
            for other in sorted(others, key=text):
                variables = joint.family.about(other)
                bound = attempt(joint.gibbs, variables[0], other) if len(variables) == 1 else None
                if bound is not None:
                    name = f"a divergence from {other.data} is not negative"
                    yield {(number, variables): _UNIT, (number, other): -_UNIT}, (name, lambda bound=bound: bound)  # type: ignore[misc]
            for k in joint.family.variables if known else ():
                size: Key = ((Node("log", None, (Node("card", joint.key(k)),)), 1),)
                if size in mentioned:
                    bound = attempt(joint.at_most_log_card, k)
                    if bound is not None:
                        name = f"H({joint.key(k)}) is at most log |{joint.key(k)}|"
                        yield {(number, (k,)): _UNIT, size: _UNIT}, (name, lambda bound=bound: bound)  # type: ignore[misc]

    def _line(self, goal: Node, multipliers: Mapping[int, Fraction], lines: Sequence[Lines]) -> Fact:
        """Return the goal as the sum of the lines with their multipliers, and of equations for what they mention."""
        entries: list[tuple[Fraction, Node, Fact]] = []
        rest = _difference(goal)
        for k, value in multipliers.items():
            name, line = lines[k]
            fact = self._in_order(line())
            if name:
                self._host.steps.append((fact, name))
            entries.append((value, _ONE, fact))
            rest = add(rest, _difference(fact.statement), -value)
        return self.p.order(goal, [*entries, *self._equations(rest)])

    def _equations(self, rest: Poly) -> Iterator[tuple[Fraction, Node, Fact]]:
        """Yield equations, with their multipliers, that turn the sums of a combination into numbers E_S."""
        for monomial, value in rest.items():
            fact = self._equation(monomial)
            if fact is not None:
                yield -value, _ONE, fact

    def _equation(self, monomial: tuple[tuple[Node, int], ...]) -> Fact | None:
        if len(monomial) != 1 or monomial[0][1] != 1:
            return None
        (term, _) = monomial[0]
        for joint in self.joints:
            if joint.family.read(term) is not None or term == joint.entropy(()):
                return self._without_total(joint, term)
        return None

    def _without_total(self, joint: _Joint, term: Node) -> Fact | None:
        """Return the equation of a term, in which the E of no variables is 0 where the total is 1."""
        p, fact, zero = self.p, joint.equation(term), joint.zero_entropy()
        if zero is None:
            return fact
        if term == zero.left:
            return zero
        if fact is None:
            return None
        now = _linear(fact.right)
        if all(atom != zero.left for atom, _ in now):
            return fact
        entries = [(_UNIT, _ONE, fact)] + [(value, _ONE, zero) for atom, value in now if atom == zero.left]
        return p.order(eq(term, _laid([(value, atom) for atom, value in now if atom != zero.left])), entries)

    def _in_order(self, fact: Fact) -> Fact:
        """Return a comparison with each sum in it turned into numbers E_S."""
        equations = [(-value, one, line) for value, one, line in self._equations(_difference(fact.statement))]
        if not equations:
            return fact
        by = {fact.left: fact.right for _, _, fact in equations}
        sides = [
            _laid([(value * v, a) for atom, value in _linear(side) for a, v in _linear(by.get(atom, atom))])
            for side in fact.statement.args
        ]
        return self.p.order(Node(fact.statement.op, None, tuple(sides)), [(_UNIT, _ONE, fact), *equations])


T = TypeVar("T")


def _needed(value: T | None) -> T:
    """Return what is there, or refuse: a term is not what its reading promised."""
    if value is None:
        raise Refused("a term is not a marginal of the family", {})
    return value


def _with(variables: Variables, *more: int) -> Variables:
    return tuple(sorted((*variables, *more)))


def _fractions(row: Mapping[Variables, int]) -> Combination:
    return {s: Fraction(value) for s, value in row.items()}


def _then(p: Proof, line: Fact | None, step: Fact | None) -> Fact | None:
    """Return a = c from a = b and b = c, each of which may be missing."""
    return p.trans(line, step) if line is not None and step is not None else line or step


def _difference(statement: Node) -> Poly:
    return add(expand(statement.args[1]), expand(statement.args[0]), -1)


def _linear(term: Node) -> list[tuple[Node, Fraction]]:
    """Return the monomials of a combination as terms, with their coefficients; a constant is a multiple of 1."""
    return [(product(monomial), value) for monomial, value in expand(term).items()]


def _laid(parts: Iterable[tuple[Fraction, Node]]) -> Node:
    """Return a combination as a term: equal terms together, those with coefficients above 0 first."""
    total: dict[Node, Fraction] = {}
    for value, term in parts:
        total[term] = total.get(term, Fraction(0)) + value
    rows = [(value, term) for term, value in total.items() if value]
    rows.sort(key=lambda row: row[0] < 0)
    if not rows:
        return _ZERO
    laid: list[tuple[str, Node]] = []
    for value, term in rows:
        size = abs(value) if laid else value
        shown = num(size) if term == _ONE else term if size == 1 else num(size) * term
        laid.append(("-" if value < 0 and laid else "+", shown))
    return chain(laid)
