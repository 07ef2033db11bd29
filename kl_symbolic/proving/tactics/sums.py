"""Finite sums: Σ of a combination becomes a combination of Σ of monomials, with indicators sifted and one order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import final

from ...kernel.terms import Node, apply_abs, num
from ...language.chains import LONGEST, plus
from ...language.printer import text
from ...language.rewriting import close
from ..builder import Fact, Proof
from .facts import equal, sum_zero
from .polynomials import Monomial, expand, product, rank
from .spread import spread

__all__ = ["Sums"]

_HOLE = Node("sym", "_")


def _total(body: Node, point: Node, over: str) -> Node:
    """Return Σ over *over* of *body*, with the free index *point* bound."""
    return Node("sum", None, (close(body, (point.data, over)),))


def _pieces(term: Node, point: Node) -> list[tuple[Node, Node]]:
    """Return *term* as a sum of products: what does not depend on *point*, and a monomial in what does."""
    out = []
    for monomial, value in sorted(expand(term).items(), key=lambda item: rank(item[0])):
        outside = tuple((a, e) for a, e in monomial if point.data not in a.points)
        inside = tuple((a, e) for a, e in monomial if point.data in a.points)
        factor = product(outside) if value == 1 else num(value) * product(outside) if outside else num(value)
        out.append((factor, product(inside)))
    return out


def _split(p: Proof, over: str, point: Node, pieces: list[tuple[Node, Node]]) -> list[Fact]:
    """Return the links from Σ_i (c₁f₁ + c₂f₂ + …) to c₁Σf₁ + c₂Σf₂ + …."""
    if len(pieces) > LONGEST:
        return [_spread(p, over, point, pieces)]
    links: list[Fact] = []
    laid = [a * b for a, b in pieces]
    tail: list[Node] = []
    for k in range(len(pieces) - 1, 0, -1):
        head = reduce(lambda a, b: a + b, laid[:k])
        f, g = close(head, (point.data, over)), close(laid[k], (point.data, over))
        add = p.scheme("sum_add", {"X": over, "f": f, "g": g})
        context = reduce(lambda a, b: a + b, [_HOLE, *reversed(tail)])
        links.append(p.congr(context, add) if tail else add)
        tail.append(add.right.args[1])
    for a, b in pieces:
        pulled = p.scheme("sum_mul", {"X": over, "a": a, "f": close(b, (point.data, over))})
        links.append(p.congr(links[-1].right, pulled) if links else pulled)
    return links


def _spread(p: Proof, over: str, point: Node, pieces: list[tuple[Node, Node]]) -> Fact:
    """Return Σ_i (c₁f₁ + c₂f₂ + …) = c₁Σf₁ + c₂Σf₂ + … for many summands."""
    factors = {a * b: (a, b) for a, b in pieces}

    def bound(term: Node) -> Node:
        return close(term, (point.data, over))

    def law(term: Node) -> Fact:
        f, g = map(bound, term.args)
        return p.scheme("sum_add", {"X": over, "f": f, "g": g})

    def leaf(term: Node) -> Fact:
        a, b = factors[term]
        return p.scheme("sum_mul", {"X": over, "a": a, "f": bound(b)})

    laid = plus([*factors])
    return spread(p, laid, len(factors), lambda term: _total(term, point, over), law, leaf)


def _only(body: Node) -> Monomial:
    """Return the single monomial that *body* is."""
    (monomial,) = expand(body)
    return monomial


def _order(term: Node) -> tuple[list[str], str]:
    """Return what nested sums are sorted by: their sets, then their text."""
    sets: list[str] = []
    node = term
    while node.op == "sum":
        sets.append(node.args[0].data)
        node = node.args[0].args[0]
    return sets, text(term)


@final
class Sums:
    """The arrangement of sums in one proof, with facts beside the known ones.

    Parameters
    ----------
    p : Proof
    arrange : callable
        Arranges any term, as :func:`kl_symbolic.proving.tactics.arrange` does: it returns term = its arrangement, or
        None when the term is arranged already.
    extra : sequence of Fact
    """

    def __init__(self, p: Proof, arrange: Callable[[Node], Fact | None], extra: Sequence[Fact]) -> None:
        self.p = p
        self._arrange = arrange
        self._extra = extra

    def _equal(self, left: Node, right: Node) -> Fact:
        return equal(self.p, left, right, self._extra)

    def arrange(self, term: Node) -> Fact | None:
        """Return Σ_i f(i) = its arrangement, or None when it is arranged already.

        Parameters
        ----------
        term : Node
        """
        over = term.args[0].data
        point = self.p.fresh(over)
        body = apply_abs(term.args[0], point)
        inner = self._arrange(body)
        opened = inner.right if inner else body
        pieces = _pieces(opened, point)
        if not pieces:
            same = self.p.trans(inner, self._equal(opened, num(0)))
            return self.p.trans(self.p.under("sum", point, same), sum_zero(self.p, over))
        laid = plus([a * b for a, b in pieces])
        links = [] if laid == body else [self.p.under("sum", point, self.p.trans(inner, self._equal(opened, laid)))]
        result = self.p.trans(*links, *_split(self.p, over, point, pieces))
        for single in dict.fromkeys(_total(summand, point, over) for _, summand in pieces):
            tidy = self._arrange_single(single)
            if tidy is not None:
                result = self.p.trans(result, self.p.congr(result.right, tidy))
        return None if result.left == result.right else result

    def _arrange_single(self, term: Node) -> Fact | None:
        """Arrange Σ_i of one monomial: count, sift, pull factors into inner sums, order nested sums."""
        over = term.args[0].data
        point = self.p.fresh(over)
        body = apply_abs(term.args[0], point)
        if body == num(1):
            return self.p.scheme("sum_one", {"X": over})
        sifted = self._sift(over, point, body)
        if sifted is not None:
            return self.p.trans(sifted, self._arrange(sifted.right))
        factors = _only(body)
        nested = [(a, e) for a, e in factors if a.op == "sum" and e > 0]
        if nested and (len(factors) > 1 or nested[0][1] > 1):
            return self._pull_in(point, body, nested[0][0])
        return self._reorder(term) if nested else None

    def _sift(self, over: str, point: Node, body: Node) -> Fact | None:
        """Return Σ_i δ(a, i)·g(i) = g(a) for a monomial with such an indicator, a without i; or None."""
        factors = _only(body)
        for atom, exponent in factors:
            if atom.op != "delta" or exponent < 1 or point not in atom.args:
                continue
            other = atom.args[1] if atom.args[0] == point else atom.args[0]
            if point.data in other.points:
                continue
            rest = product(tuple((a, e - (a == atom)) for a, e in factors if (a, e) != (atom, 1)))
            line = self._equal(body, atom * rest)
            if atom.args[0] == point:
                symmetric = self.p.cite("delta_symm", {"X": over, "i": point, "j": other})
                line = self.p.trans(line, self.p.congr(_HOLE * rest, symmetric))
            sift = self.p.scheme("delta_sift", {"X": over, "i": other, "f": close(rest, (point.data, over))})
            return self.p.trans(self.p.under("sum", point, line), sift)
        return None

    def _pull_in(self, point: Node, body: Node, inner: Node) -> Fact:
        """Return Σ_i f(i)·Σ_j g(i, j) = Σ_i Σ_j f(i)·g(i, j), arranged."""
        rest = product(tuple((a, e - (a == inner)) for a, e in _only(body) if (a, e) != (inner, 1)))
        pulled = self.p.scheme("sum_mul", {"X": inner.args[0].data, "a": rest, "f": inner.args[0]})
        line = self.p.trans(self._equal(body, rest * inner), self.p.symm(pulled))
        same = self.p.under("sum", point, line)
        return self.p.trans(same, self._tidy_nested(same.right))

    def _opened(self, term: Node) -> tuple[Node, Node, Node, Node]:
        """Return i, j, Σ_j m(i, j) and m(i, j) of a term Σ_i Σ_j m."""
        point = self.p.fresh(term.args[0].data)
        inner = apply_abs(term.args[0], point)
        other = self.p.fresh(inner.args[0].data)
        return point, other, inner, apply_abs(inner.args[0], other)

    def _tidy_nested(self, term: Node) -> Fact | None:
        """Arrange Σ_i Σ_j m(i, j) without first pulling the inner factors out again."""
        point, other, _, body = self._opened(term)
        tidy = product(_only(body))
        link = None
        if tidy != body:
            link = self.p.under("sum", point, self.p.under("sum", other, self._equal(body, tidy)))
        follow = self._reorder(link.right if link else term)
        return self.p.trans(link, follow) if link or follow else None

    def _reorder(self, term: Node) -> Fact | None:
        """Put nested sums of one monomial into one order, sifting where an indicator allows it."""
        point, other, inner, body = self._opened(term)
        over, second = term.args[0].data, inner.args[0].data
        if body.op != "sum":
            inside = self._sift(second, other, body)
            if inside is None and any(a.op == "sum" and e > 0 for a, e in _only(body)):
                inside = self._arrange_single(inner)
            if inside is not None:
                line = self.p.trans(inside, self._arrange(inside.right))
                return self._and_on(self.p.under("sum", point, line))
        two = close(body, (point.data, over), (other.data, second))
        swap = self.p.scheme("sum_swap", {"X": over, "Y": second, "f": two})
        sift = self._sift(over, point, body) if body.op != "sum" else None
        if sift is not None:
            line = self.p.trans(sift, self._arrange(sift.right))
            return self.p.trans(swap, self._and_on(self.p.under("sum", other, line)))
        if _order(swap.right) >= _order(term):
            return None
        deeper = self._arrange_single(_total(body, point, over))
        return swap if deeper is None else self.p.trans(swap, self.p.under("sum", other, deeper))

    def _and_on(self, line: Fact) -> Fact:
        return self.p.trans(line, self._arrange(line.right))
