"""Entropies as terms and terms as entropies: H(X, Y|Z) written out, and sums read as combinations of entropies.

The variables of a family ``r: X, Y, Z -> number`` are its positions, and a set of them stands for the marginal that
keeps their indices. A term is read as a combination of the numbers E_S = Σ xlogy(m_S, m_S) of the marginals m_S, which
are −H of their variables: sums such as Σ xlogy(m_S, m_T·m_U/m_V), with relative entropies and defined symbols in them.
The reading holds where the family is not negative, and with written logarithms, Σ m_S·log(m_T), where it is positive;
nothing is proved here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import final

from ..kernel import Refused
from ..kernel.terms import Node, apply_abs, unwrap
from .definitions import unfold
from .rewriting import close

__all__ = ["Combination", "JointFamily", "Variables", "divergence", "entropy", "information"]

Variables = tuple[int, ...]
"""Positions of a family's indices, sorted."""
Combination = dict["Variables | Node", Fraction]
"""The coefficient of each E_S, none of them 0; that of no variables is about the total. A term f is another number or
family at the indices of some variables, and its coefficient that of Σ m·log f, where m is the marginal of these."""
Factors = list[tuple["Variables | Node", int]]
"""The factors of a product, with 1, and its divisors, with −1."""

_ONE = Fraction(1)


@final
class JointFamily:
    """A joint family at free indices of its own.

    Parameters
    ----------
    body : Node
        A symbol at the points, or another term in which they stand, if the sets differ.
    points : tuple of Node
        Free indices, one for each variable, which no other term mentions.
    sets : tuple of str
        The index sets, by position.

    Attributes
    ----------
    aliases : dict
        The variables of terms that are known to be marginals, beside the sums of the body.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"X": "set", "Y": "set", "r": "X, Y -> number", "i": "X", "j": "Y"})
    >>> body = parse("r[i, j]", "number", scope)
    >>> family = JointFamily(body, body.args, ("X", "Y"))
    >>> for k, value in sorted(family.read(parse("mutual_info(r)", "number", scope)).items()):
    ...     print(k, value)
    (0,) -1
    (0, 1) 1
    (1,) -1
    """

    def __init__(self, body: Node, points: tuple[Node, ...], sets: tuple[str, ...]) -> None:
        self.body, self.points, self.sets = body, points, sets
        self.variables: Variables = tuple(range(len(sets)))
        self.aliases: dict[Node, Variables] = {body: self.variables}

    def opened(self, binder: Node) -> tuple[int, Node] | None:
        """Return the position that a bound variable stands for, and the body at the family's own index.

        Parameters
        ----------
        binder : Node
            An abstraction over one set.
        """
        if self.body.op != "sym":
            k = self.sets.index(binder.data) if binder.data in self.sets else None
        else:
            k = self._position(binder.args[0], 0)
        return None if k is None or self.sets[k] != binder.data else (k, apply_abs(binder, self.points[k]))

    def _position(self, node: Node, depth: int) -> int | None:
        if node.loose <= depth:
            return None
        if node.op == "sym" and node.data == self.body.data:
            return next((k for k, a in enumerate(node.args) if a.op == "bound" and a.data == depth), None)
        found = (self._position(a, depth + (node.op == "lam")) for a in node.args)
        return next((k for k in found if k is not None), None)

    def summed(self, term: Node) -> tuple[Variables, Node] | None:
        """Return the positions over which nested sums run, outermost first, and what stands below them.

        Parameters
        ----------
        term : Node
        """
        order: list[int] = []
        while term.op == "sum":
            found = self.opened(term.args[0])
            if found is None or found[0] in order:
                return None
            order.append(found[0])
            term = found[1]
        return tuple(order), term

    def kept(self, term: Node) -> Variables | None:
        """Return the variables of a marginal at the family's own indices.

        Parameters
        ----------
        term : Node
        """
        if term in self.aliases:
            return self.aliases[term]
        found = self.summed(term)
        here = self.aliases.get(found[1]) if found is not None else None
        if found is None or here is None or not {*found[0]} <= {*here}:
            return None
        return tuple(k for k in here if k not in found[0])

    def other(self, term: Node) -> Variables | None:
        """Return the variables of another number or family at the family's own indices, or of the size of a set.

        Parameters
        ----------
        term : Node
        """
        if self.body.op != "sym" or term.loose:
            return None
        fits = term.data in self.sets if term.op == "card" else term.op == "sym" and term.data != self.body.data
        if not fits or any(a not in self.points for a in term.args):
            return None
        return tuple(k for k in self.variables if self.points[k] in term.args)

    def factors(self, term: Node, nested: bool) -> Factors | None:
        """Return the variables of each marginal in a product or quotient, and −1 where it is a divisor, else 1.

        Parameters
        ----------
        term : Node
        nested : bool
            Whether quotients may stand in products. Where marginals may be 0, only one quotient of products is read.
        """
        if term.op not in ("*", "/") or term in self.aliases:
            kept = self.kept(term)
            if kept is None and self.other(term) is not None:
                return [(term, 1)]
            return None if kept is None else [(kept, 1)]
        if not nested and any(a.op == "/" for a in _flat(term)):
            return None
        left, right = (self.factors(a, nested) for a in term.args)
        if left is None or right is None:
            return None
        return [*left, *(right if term.op == "*" else [(s, -e) for s, e in right])]

    def read(self, term: Node) -> Combination | None:
        """Return what a sum or a defined symbol is in terms of the numbers E_S, or None.

        Parameters
        ----------
        term : Node
        """
        found: Combination = {}
        try:
            if not self._collect(term, _ONE, (), found):
                return None
        except Refused:  # a definition that is unfolded may be too large
            return None
        keys: list[Variables | Node] = [*sorted(s for s in found if isinstance(s, tuple))]
        keys += [f for f in found if isinstance(f, Node)]
        return {s: found[s] for s in keys if found[s]}

    def _collect(self, term: Node, weight: Fraction, summed: Variables, found: Combination) -> bool:
        """Add what a term contributes, below sums over some positions; False when it cannot be read."""
        op, args = term.op, term.args
        if op in ("+", "-"):
            right = weight if op == "+" else -weight
            return self._collect(args[0], weight, summed, found) and self._collect(args[1], right, summed, found)
        if op == "neg":
            return self._collect(args[0], -weight, summed, found)
        if op == "*":
            if args[0].op == "num":
                return self._collect(args[1], weight * args[0].data, summed, found)
            here = next((k for k in (0, 1) if self.kept(args[k]) == summed), None)
            return here is not None and self._logarithms(args[1 - here], weight, summed, found)
        if op == "/" and args[1].op == "num" and args[1].data:
            return self._collect(args[0], weight / args[1].data, summed, found)
        if op == "def":
            return term.data[0] != "count" and self._collect(unfold(term), weight, summed, found)
        if op == "sum":
            opened = self.opened(args[0])
            if opened is None or opened[0] in summed:
                return False
            return self._collect(opened[1], weight, tuple(sorted((*summed, opened[0]))), found)
        if op != "xlogy" or self.kept(args[0]) != summed:
            return False
        return self._add(self.factors(args[1], False), weight, summed, found)

    def about(self, key: Variables | Node) -> Variables:
        """Return the variables of what a coefficient stands for.

        Parameters
        ----------
        key : tuple of int or Node
        """
        return (self.other(key) or ()) if isinstance(key, Node) else key

    def _logarithms(self, term: Node, weight: Fraction, summed: Variables, found: Combination) -> bool:
        """Add what logarithms contribute that a marginal is multiplied by."""
        op, args = term.op, term.args
        if op in ("+", "-"):
            right = weight if op == "+" else -weight
            return self._logarithms(args[0], weight, summed, found) and self._logarithms(args[1], right, summed, found)
        if op == "neg":
            return self._logarithms(args[0], -weight, summed, found)
        if op == "*" and args[0].op == "num":
            return self._logarithms(args[1], weight * args[0].data, summed, found)
        if op == "/" and args[1].op == "num" and args[1].data:
            return self._logarithms(args[0], weight / args[1].data, summed, found)
        return op == "log" and self._add(self.factors(args[0], True), weight, summed, found)

    def _add(
        self,
        factors: list[tuple[Variables | Node, int]] | None,
        weight: Fraction,
        summed: Variables,
        found: Combination,
    ) -> bool:
        if factors is None or not all({*(self.about(s))} <= {*summed} for s, _ in factors):
            return False
        for s, exponent in factors:
            found[s] = found.get(s, Fraction(0)) + weight * exponent
        return True


def _flat(term: Node) -> list[Node]:
    """Return the operands of a product or quotient, and of the products in it."""
    return [b for a in term.args for b in (_flat(a) if a.op == "*" else [a])]


# --- notation ------------------------------------------------------------------------------------------------------

Names = tuple[str, ...]


@final
class _Marginals:
    """The marginals of a family over distinct sets, at one free index for each set."""

    def __init__(self, family: str, sets: Names) -> None:
        # No name is a number, so these indices are nobody else's.
        self.points = {s: Node("idx", str(k)) for k, s in enumerate(sets)}
        self.body, self.sets = Node("sym", family, tuple(self.points.values())), sets

    def bound(self, term: Node, *names: str) -> Node:
        return close(term, *((self.points[s].data, s) for s in names))

    def total(self, term: Node, names: Names) -> Node:
        for name in reversed(names):
            term = Node("sum", None, (self.bound(term, name),))
        return term

    def marginal(self, *names: str) -> Node:
        return self.total(self.body, tuple(s for s in self.sets if s not in names))

    def defined(self, symbol: str, *names: str) -> Node:
        return Node("def", (symbol, names), (self.bound(self.marginal(*names), *names),))


def _relative(first: Node, second: Node) -> Node:
    return Node("def", ("rel_entr", ()), (first, second))


def entropy(family: str, sets: Names, names: Names, given: Names = ()) -> Node:
    """Return H(X, …|Z, …) of a joint family as a term: a defined symbol if there is one, else a sum.

    Parameters
    ----------
    family : str
        The symbol.
    sets : tuple of str
        Its index sets, which differ.
    names, given : tuple of str
        The variables, by their sets.

    Examples
    --------
    >>> from kl_symbolic.language.printer import text
    >>> text(entropy("r", ("X", "Y"), ("X",), ("Y",)))
    'cond_entropy(r)'
    >>> text(entropy("r", ("X", "Y"), ("Y",)))
    'entropy(i in Y: sum(j in X: r[j, i]))'
    """
    m = _Marginals(family, sets)
    symbol = {(1, 0): "entropy", (2, 0): "joint_entropy", (1, 1): "cond_entropy"}.get((len(names), len(given)))
    if symbol:
        return m.defined(symbol, *names, *given)
    weight = m.marginal(*names, *given)
    summand = _relative(weight, m.marginal(*given)) if given else Node("xlogy", None, (weight, weight))
    return -m.total(summand, (*names, *given))


def information(family: str, sets: Names, first: Names, second: Names, given: Names = ()) -> Node:
    """Return I(X, …; Y, …|Z, …) of a joint family as a term: a defined symbol if there is one, else a sum.

    Parameters
    ----------
    family : str
        The symbol.
    sets : tuple of str
        Its index sets, which differ.
    first, second, given : tuple of str
        The variables, by their sets.

    Examples
    --------
    >>> from kl_symbolic.language.printer import text
    >>> text(information("r", ("X", "Y", "Z"), ("X",), ("Y",), ("Z",)))
    'cond_mutual_info(r)'
    >>> text(information("r", ("X", "Y"), ("Y",), ("X",)))
    'mutual_info(i in Y: j in X: r[j, i])'
    """
    m = _Marginals(family, sets)
    if len(first) == len(second) == 1 and len(given) < 2:
        return m.defined("cond_mutual_info" if given else "mutual_info", *first, *second, *given)
    names = (*first, *second, *given)
    weight, left, right = m.marginal(*names), m.marginal(*first, *given), m.marginal(*second, *given)
    if not given:
        return m.total(_relative(weight, left * right), names)
    logs = [Node("xlogy", None, (weight, part)) for part in (weight, m.marginal(*given), left, right)]
    return m.total(logs[0] + logs[1] - logs[2] - logs[3], names)


def divergence(sets: Names, p: Node, q: Node) -> Node:
    """Return D(p‖q) of two families as a term.

    Parameters
    ----------
    sets : tuple of str
        Their index sets.
    p, q : Node
        Abstractions over these sets.

    Examples
    --------
    >>> from kl_symbolic.kernel.terms import bound, lam
    >>> from kl_symbolic.language.printer import text
    >>> p, q = (lam(("X", "Y"), Node("sym", n, (bound(1), bound(0)))) for n in "pq")
    >>> text(divergence(("X", "Y"), p, q))
    'sum(i in X: sum(j in Y: rel_entr(p[i, j], q[i, j])))'
    """
    if len(sets) == 1:
        return Node("def", ("kl", sets), (p, q))
    term = _relative(unwrap(p), unwrap(q))
    for index_set in reversed(sets):
        term = Node("sum", None, (Node("lam", index_set, (term,)),))
    return term
