"""Finite sums: Σ of a combination becomes a combination of Σ of monomials, with indicators sifted and one order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from ..kernel.terms import Node, apply_abs, num
from ..proof import Fact, Proof, close
from ..text import text
from .arrange import arrange, equal
from .facts import sum_zero
from .polynomials import Monomial, expand, product, rank

__all__ = ["arrange_sum"]

_HOLE = Node("sym", "_")


def _total(body: Node, point: Node, over: str) -> Node:
    """Return Σ over *over* of *body*, with the free index *point* bound."""
    return Node("sum", None, (close(body, (point.data, over)),))


def arrange_sum(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return Σ_i f(i) = its arrangement, or None when it is arranged already."""
    over = term.args[0].data
    point = p.fresh(over)
    body = apply_abs(term.args[0], point)
    inner = arrange(p, body, extra)
    opened = inner.right if inner else body
    pieces = _pieces(opened, point)
    if not pieces:
        same = p.trans(inner, equal(p, opened, num(0), extra))
        return p.trans(p.under("sum", point, same), sum_zero(p, over))
    laid = reduce(lambda a, b: a + b, [a * b for a, b in pieces])
    links = [] if laid == body else [p.under("sum", point, p.trans(inner, equal(p, opened, laid, extra)))]
    result = p.trans(*links, *_split(p, over, point, pieces))
    for single in dict.fromkeys(_total(summand, point, over) for _, summand in pieces):
        tidy = _arrange_single(p, single, extra)
        if tidy is not None:
            result = p.trans(result, p.congr(result.right, tidy))
    return None if result.left == result.right else result


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


def _only(body: Node) -> Monomial:
    """Return the single monomial that *body* is."""
    (monomial,) = expand(body)
    return monomial


def _arrange_single(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Arrange Σ_i of one monomial: count, sift, pull factors into inner sums, order nested sums."""
    over = term.args[0].data
    point = p.fresh(over)
    body = apply_abs(term.args[0], point)
    if body == num(1):
        return p.scheme("sum_one", {"X": over})
    sifted = _sift(p, over, point, body, extra)
    if sifted is not None:
        return p.trans(sifted, arrange(p, sifted.right, extra))
    factors = _only(body)
    nested = [(a, e) for a, e in factors if a.op == "sum" and e > 0]
    if nested and (len(factors) > 1 or nested[0][1] > 1):
        return _pull_in(p, point, body, nested[0][0], extra)
    return _reorder(p, term, extra) if nested else None


def _sift(p: Proof, over: str, point: Node, body: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return Σ_i δ(a, i)·g(i) = g(a) for a monomial with such an indicator, a without i; or None."""
    factors = _only(body)
    for atom, exponent in factors:
        if atom.op != "delta" or exponent < 1 or point not in atom.args:
            continue
        other = atom.args[1] if atom.args[0] == point else atom.args[0]
        if point.data in other.points:
            continue
        rest = product(tuple((a, e - (a == atom)) for a, e in factors if (a, e) != (atom, 1)))
        line = equal(p, body, atom * rest, extra)
        if atom.args[0] == point:
            symmetric = p.cite("delta_symm", {"X": over, "i": point, "j": other})
            line = p.trans(line, p.congr(_HOLE * rest, symmetric))
        sift = p.scheme("delta_sift", {"X": over, "i": other, "f": close(rest, (point.data, over))})
        return p.trans(p.under("sum", point, line), sift)
    return None


def _pull_in(p: Proof, point: Node, body: Node, inner: Node, extra: Sequence[Fact]) -> Fact:
    """Return Σ_i f(i)·Σ_j g(i, j) = Σ_i Σ_j f(i)·g(i, j), arranged."""
    rest = product(tuple((a, e - (a == inner)) for a, e in _only(body) if (a, e) != (inner, 1)))
    pulled = p.scheme("sum_mul", {"X": inner.args[0].data, "a": rest, "f": inner.args[0]})
    line = p.trans(equal(p, body, rest * inner, extra), p.symm(pulled))
    same = p.under("sum", point, line)
    return p.trans(same, _tidy_nested(p, same.right, extra))


def _opened(p: Proof, term: Node) -> tuple[Node, Node, Node, Node]:
    """Return i, j, Σ_j m(i, j) and m(i, j) of a term Σ_i Σ_j m."""
    point = p.fresh(term.args[0].data)
    inner = apply_abs(term.args[0], point)
    other = p.fresh(inner.args[0].data)
    return point, other, inner, apply_abs(inner.args[0], other)


def _tidy_nested(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Arrange Σ_i Σ_j m(i, j) without first pulling the inner factors out again."""
    point, other, _, body = _opened(p, term)
    tidy = product(_only(body))
    link = None
    if tidy != body:
        link = p.under("sum", point, p.under("sum", other, equal(p, body, tidy, extra)))
    follow = _reorder(p, link.right if link else term, extra)
    return p.trans(link, follow) if link or follow else None


def _reorder(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Put nested sums of one monomial into one order, sifting where an indicator allows it."""
    point, other, inner, body = _opened(p, term)
    over, second = term.args[0].data, inner.args[0].data
    if body.op != "sum":
        inside = _sift(p, second, other, body, extra)
        if inside is None and any(a.op == "sum" and e > 0 for a, e in _only(body)):
            inside = _arrange_single(p, inner, extra)
        if inside is not None:
            line = p.trans(inside, arrange(p, inside.right, extra))
            return _and_on(p, p.under("sum", point, line), extra)
    two = close(body, (point.data, over), (other.data, second))
    swap = p.scheme("sum_swap", {"X": over, "Y": second, "f": two})
    sift = _sift(p, over, point, body, extra) if body.op != "sum" else None
    if sift is not None:
        line = p.trans(sift, arrange(p, sift.right, extra))
        return p.trans(swap, _and_on(p, p.under("sum", other, line), extra))
    if _order(swap.right) >= _order(term):
        return None
    deeper = _arrange_single(p, _total(body, point, over), extra)
    return swap if deeper is None else p.trans(swap, p.under("sum", other, deeper))


def _and_on(p: Proof, line: Fact, extra: Sequence[Fact]) -> Fact:
    return p.trans(line, arrange(p, line.right, extra))


def _order(term: Node) -> tuple[list[str], str]:
    """Return what nested sums are sorted by: their sets, then their text."""
    sets: list[str] = []
    node = term
    while node.op == "sum":
        sets.append(node.args[0].data)
        node = node.args[0].args[0]
    return sets, text(term)
