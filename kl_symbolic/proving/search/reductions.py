"""Tactics that turn a goal into others: substitution, one goal for each summand, and case splits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from ...kernel.normal_form import integer_exponent
from ...kernel.rules import HOLE
from ...kernel.statements import eq, le, lt, ne
from ...kernel.syntax import encode
from ...kernel.terms import RELATIONS, Node, apply_abs, bound, lam, num, substitute
from ...language.chains import times
from ...language.rewriting import close, replace
from ..builder import Fact, Proof
from ..tactics import algebra, linear, nonzero, prove
from ..tactics.facts import sum_zero
from .at_hand import from_contraposition, implications, strictly
from .functions import by_logarithms
from .ring import Poly, Ring, add
from .signs import attempt

if TYPE_CHECKING:
    from .state import Search

__all__ = ["both_sides", "cases", "roots", "substitution", "summands"]

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
    for fact in (*extra, *(line for f in extra for line in _solved(p, f)), *p.known):
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


def _solved(p: Proof, fact: Fact) -> Iterator[Fact]:
    """Yield an assumed equation solved for the symbols that occur in it once, with a number as factor."""
    if fact.statement.op != "=" or "sym" in (fact.left.op, fact.right.op):
        return
    ring = Ring(p.spend)
    poly = add(ring.read(fact.right), ring.read(fact.left), Fraction(-1))
    for monomial, value in poly.items():
        symbol = ring.atoms[monomial[0][0]] if monomial else None
        alone = len(monomial) == 1 and monomial[0][1] == 1 and sum(m[0][0] == monomial[0][0] for m in poly if m) == 1
        if symbol is not None and symbol.op == "sym" and alone:
            rest = {m: -v / value for m, v in poly.items() if m != monomial}
            line = attempt(p.order, eq(symbol, ring.term(rest)), [(-1 / value, _ONE, fact)])
            yield from [line] if line is not None else []


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


# --- log, exp and roots -----------------------------------------------------------------------------------------------


def both_sides(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show log a ≤ log b by a ≤ b, and a ≤ b for products of powers by log a ≤ log b.

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
    if goal.op not in ("<=", "<") or search.compared:
        return None
    search.compared += 1
    try:
        if "log" in (a.op for a in goal.args):
            return _raised(search, goal, extra, effort)
        return _lowered(search, goal, extra, effort) if any(map(_is_power, goal.args)) else None
    finally:
        search.compared -= 1


def _raised(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    p = search.p
    sides = [_exponential(search, side, extra) for side in goal.args]
    positive = [prove(p, lt(0, side), extra) for side in sides]
    shown = search.solve(Node(goal.op, None, tuple(sides)), extra, effort)
    if shown is None:
        return None
    values = {"a": sides[0], "b": sides[1]}
    grows = p.cite("log_lt" if goal.op == "<" else "log_mono", values, [positive[0], shown])
    same = [
        algebra(p, eq(side, log), (*positive, *extra))
        for side, log in zip(goal.args, grows.statement.args, strict=True)
    ]
    return p.order(goal, [(1, 1, grows), (1, 1, same[0]), (-1, 1, same[1])])


def _exponential(search: Search, side: Node, extra: tuple[Fact, ...]) -> Node:
    """Return exp of a term: a product of powers of what stands in its logarithms, and of one exponential."""
    if side.op == "log":
        return side.args[0]
    tidy = search.tidy(side, extra)
    ring = Ring(search.p.spend)
    poly = ring.read(side if tidy is None else tidy.right)
    factors, rest = list[Node](), Poly()
    for monomial, value in poly.items():
        atom = ring.atoms[monomial[0][0]] if len(monomial) == 1 and monomial[0][1] == 1 else None
        if atom is not None and atom.op == "log":
            factors.append(atom.args[0] if value == 1 else atom.args[0] ** num(value))
        else:
            rest[monomial] = value
    if rest:
        factors.append(Node("exp", None, (ring.term(rest),)))
    return times(factors)


def _is_power(term: Node) -> bool:
    """Whether a term is an exponential, a power with a real exponent or Π, or a product with one of these."""
    if term.op in ("*", "/"):
        return any(map(_is_power, term.args))
    return term.op in ("exp", "prod") or (term.op == "^" and integer_exponent(term) is None)


def _lowered(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    p = search.p
    positive = [prove(p, lt(0, side), extra) for side in goal.args]
    logs = [Node("log", None, (side,)) for side in goal.args]
    tidy = [search.tidy(log, extra) for log in logs]
    target = [log if t is None else t.right for log, t in zip(logs, tidy, strict=True)]
    shown = search.solve(Node(goal.op, None, tuple(target)), extra, effort)
    if shown is None:
        return None
    rows = [(1, 1, shown), *((sign, 1, t) for sign, t in zip((1, -1), tidy, strict=True) if t is not None)]
    below = p.order(Node(goal.op, None, tuple(logs)), rows, *nonzero(p, target, extra))
    values = {"a": logs[0], "b": logs[1]}
    grows = p.cite("exp_lt" if goal.op == "<" else "exp_mono", values, [below])
    back = [p.cite("exp_log", {"x": f.right}, [f]) for f in positive]
    return p.order(goal, [(1, 1, grows), (-1, 1, back[0]), (1, 1, back[1])])


def roots(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a goal with roots of positive symbols as one about new symbols, whose powers those are.

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
    powers = list(dict.fromkeys(_roots(goal)))
    if goal.op not in ("<=", "<") or not powers:
        return None
    ring = Ring(p.spend)
    read = {power: ring.read(power.args[0]) for power in powers}
    if any(len(poly) != 1 or next(iter(poly.values())) != 1 for poly in read.values()):
        return None
    below: dict[int, int] = {}
    for power, poly in read.items():
        for atom, _ in next(iter(poly)):
            below[atom] = lcm(below.get(atom, 1), power.args[1].data.denominator)
    bases = {k: ring.atoms[k] for k in below}
    if any(base.op != "sym" for base in bases.values()):
        return None
    positive = {k: prove(p, lt(0, base), extra) for k, base in bases.items()}
    fresh = {k: p.fresh_number() for k in bases}
    root = {k: base ** num(Fraction(1, below[k])) for k, base in bases.items()}
    target, back = goal, list[tuple[Node, Node]]()
    for power, poly in sorted(read.items(), key=lambda item: -item[0].size):
        made = times([_power(fresh[k], int(e * below[k] * power.args[1].data)) for k, e in next(iter(poly))])
        target = replace(target, power, made)
        back.append((made, power))
    for k, base in bases.items():
        target = substitute(target, {base.data: _power(fresh[k], below[k])}) if not base.args else target
        back.append((_power(fresh[k], below[k]), base))
    signs = [p.assume(lt(0, symbol)) for symbol in fresh.values()]
    shown = search.solve(target, (*signs, *extra), effort)
    if shown is None:
        return None
    by = {fresh[k].data: root[k] for k in bases}
    line = p.inst(shown, by, [prove(p, lt(0, root[k]), extra) for k in bases])
    for made, old in back:
        new = substitute(made, by)
        if new != old:
            line = p.rewrite(line, by_logarithms(p, eq(new, old), (*positive.values(), *extra)))
    return line


def _roots(term: Node) -> Iterator[Node]:
    """Yield the powers with a rational exponent that is not whole."""
    if term.op == "^" and term.args[1].op == "num" and term.args[1].data.denominator > 1:
        yield term
    for a in term.args:
        yield from _roots(a)


def _power(base: Node, exponent: int) -> Node:
    return base if exponent == 1 else base ** num(exponent)


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
    for side in goal.args:
        tidy = search.tidy(side, extra)
        if tidy is not None:
            walk(tidy.right)
    return list(found)[:4]
