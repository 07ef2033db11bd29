"""Tactics that turn a goal into others: substitution, one goal for each summand, and case splits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...kernel.rules import HOLE
from ...kernel.statements import eq, le, lt, ne
from ...kernel.syntax import encode
from ...kernel.terms import RELATIONS, Node, apply_abs, bound, lam, num, substitute
from ...language.rewriting import close
from ..builder import Fact, Proof
from ..tactics import algebra, linear
from ..tactics.facts import sum_zero
from .at_hand import from_contraposition, implications, strictly
from .ring import Ring
from .signs import attempt

if TYPE_CHECKING:
    from .state import Search

__all__ = ["cases", "substitution", "summands"]

MAX_SPLITS, MAX_REPLACED = 3, 3
"""How many case splits, and how many replacements, may stand inside each other."""

_ZERO, _ONE = num(0), num(1)


def substitution(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Replace a symbol by the other side of an equation for it, in the goal and in the facts.

    Parameters
    ----------
    search : Search
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    p = search.p
    for fact in (*extra, *p.known):
        body, sets = fact.statement, tuple[str, ...]()
        while body.op == "all":
            body, sets = body.args[0].args[0], (*sets, body.args[0].data)
        if body.op != "=":
            continue
        for left, right in (body.args, body.args[::-1]):
            indices = tuple(map(bound, reversed(range(len(sets)))))
            if left.op != "sym" or left.args != indices or left.data in right.names or left.data not in goal.names:
                continue
            # A symbol that was replaced does not come back, or two equations would undo each other without end.
            if len(search.replaced) >= MAX_REPLACED or not right.names.isdisjoint(search.replaced):
                continue
            search.replaced.append(left.data)
            by, forward = lam(sets, right), left == body.args[0]
            line = attempt(_replaced, search, goal, extra, fact, left.data, by, forward, effort)
            search.replaced.pop()
            if line is not None:
                return line
    return None


def _replaced(
    search: Search, goal: Node, extra: tuple[Fact, ...], fact: Fact, name: str, by: Node, forward: bool, effort: int
) -> Fact | None:
    p = search.p
    sets, inside = [], by
    while inside.op == "lam":
        sets.append(inside.data)
        inside = inside.args[0]
    hole = lam(sets, Node("sym", HOLE, tuple(map(bound, reversed(range(len(sets)))))))
    line = fact
    points = [p.fresh(s) for s in sets]
    back = p.spec(fact, *points)
    back = p.symm(back)
    for point in reversed(points):
        back = p.gen(point, back)
    there, again = (line, back) if forward else (back, line)
    more = []
    for known in (*extra, *p.known):
        if known is not fact and name in known.statement.names:
            template = substitute(known.statement, {name: hole})
            more.append(p.step("rewrite", [encode(template)], [there, known]))
    target = substitute(goal, {name: by})
    shown = search.solve(target, (*more, *extra), effort)
    if shown is None:
        return None
    return p.step("rewrite", [encode(substitute(goal, {name: hole}))], [again, shown])


def summands(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show Σ_i f(i) = Σ_i g(i), or ≤, for each i; both sides may be combinations of sums over one set.

    Parameters
    ----------
    search : Search
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    p = search.p
    if goal.op not in ("=", "<="):
        return None
    ring = Ring(p.spend)
    sides = [_totals(p, _opened_sums(p, side), extra) for side in goal.args]
    over, parts = "", list[tuple[Node, Node]]()
    for factor, side in zip((-1, 1), sides, strict=True):
        for monomial, value in ring.read(side).items():
            sums = [a for a, e in monomial if ring.atoms[a].op == "sum" and e == 1]
            if len(sums) != 1:
                return None
            summand = ring.atoms[sums[0]].args[0]
            over = over or summand.data
            if summand.data != over:
                return None
            rest = ring.product(tuple((a, e) for a, e in monomial if a != sums[0]))
            parts.append((num(factor * value) * rest, summand))
    if not parts:
        return None
    point = p.fresh(over)
    total: Node | None = None
    for factor_term, summand in parts:
        piece = factor_term * apply_abs(summand, point)
        total = piece if total is None else total + piece
    gap = total if total is not None else _ZERO
    each = search.solve(Node(goal.op, None, (_ZERO, gap)), extra, effort)
    if each is None:
        return None
    summed = close(gap, (point.data, over))
    if goal.op == "=":
        below = p.congr_under("sum", over, p.gen(point, each))
    else:
        below = p.scheme("sum_mono", {"X": over, "f": lam((over,), _ZERO), "g": summed}, [p.gen(point, each)])
    spread = algebra(p, eq(Node("sum", None, (summed,)), sides[1] - sides[0]), extra)
    opened = [algebra(p, eq(a, b), extra) for a, b in zip(goal.args, sides, strict=True) if b.op != "*"]
    known = [f for f in (*extra, *p.known) if f.statement.op == "=" and f.left.op == "sum"]
    return linear(p, goal, [below, spread, sum_zero(p, over), *opened, *known], extra)


def _totals(p: Proof, term: Node, extra: Sequence[Fact]) -> Node:
    """Return a number as a multiple of Σ_i f(i) where Σ_i f(i) = 1 is known, any other term as it is."""
    if term.op == "num" and term.data:
        for fact in (*extra, *p.known):
            if fact.statement.op == "=" and fact.left.op == "sum" and fact.right == _ONE:
                return term * fact.left
    return term


def _opened_sums(p: Proof, term: Node) -> Node:
    """Return a term with its definitions opened, down to sums."""
    if term.op == "def" and term.data[0] != "rel_entr":
        return _opened_sums(p, p.unfold(term).right)
    if term.op in ("+", "-", "*", "/", "neg"):
        return Node(term.op, None, tuple(_opened_sums(p, a) for a in term.args))
    return term


def cases(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Split at a = 0 for a hypothesis b = 0 ⇒ a = 0 and for a·log b, and at a ≤ 0 for |a|.

    Parameters
    ----------
    search : Search
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    p = search.p
    if goal.op not in RELATIONS or search.splits >= MAX_SPLITS:
        return None
    assumed = {f.statement for f in extra}
    for case in _splits(search, goal, extra):
        if case in assumed or ne(*case.args) in assumed or lt(*case.args[::-1]) in assumed:
            continue
        search.splits += 1
        try:
            yes = p.assume(case)
            true = search.solve(goal, (yes, *extra), effort)
            if true is None:
                continue
            no = p.assume(ne(*case.args) if case.op == "=" else lt(*case.args[::-1]))
            more = [no]
            if case.op == "=":
                more = [strictly(p, no, extra), no]
                more += from_contraposition(p, (*more, *implications(p, goal, extra)))
            false = search.solve(goal, (*more, *extra), effort)
            if false is not None:
                return p.cases(case, true, false)
        finally:
            search.splits -= 1
    return None


def _splits(search: Search, goal: Node, extra: Sequence[Fact]) -> list[Node]:
    """Return the equations and inequalities at which a split may help."""
    found: dict[Node, None] = {}
    for fact in implications(search.p, goal, extra):
        left, right = fact.statement.args
        if left.op == right.op == "=" and right.args[1] == _ZERO and right.names & goal.names:
            found[right] = None

    def walk(node: Node) -> None:
        if not node.loose and (node.op == "xlogy" or (node.op == "def" and node.data[0] == "rel_entr")):
            found.setdefault(eq(node.args[0], 0))
        if not node.loose and node.op == "abs":
            found.setdefault(le(node.args[0], 0))
        for a in node.args:
            walk(a)

    walk(goal)
    return list(found)[:4]
