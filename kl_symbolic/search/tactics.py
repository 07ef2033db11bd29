"""The written list of tactics, and the search that tries them in order.

A search is bounded by the number of goals that it looks at, never by time, so that equal claims get equal answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import final

from ..kernel import Refused
from ..kernel.rules import HOLE
from ..kernel.statements import eq, le, lt, ne
from ..kernel.syntax import encode
from ..kernel.terms import NAT, RELATIONS, Node, apply_abs, bound, lam, num, substitute
from ..proof import Fact, Proof, close, replace
from ..tactics import algebra, eventually, limit, linear, prove
from ..tactics.facts import sum_zero
from .combination import STAGES, Combination
from .domain import domain
from .lemmas import matches, shipped
from .ring import Monomial, Poly, Ring, add, join, multiply
from .sources import at_hand, attempt, by_logarithms, cited, from_contraposition, indices, strictly

__all__ = ["TACTICS", "Search"]

MAX_GOALS = 90
"""How many goals one search looks at."""
MAX_WORK = 4_000
"""How many contributions to combinations one search looks at."""
FULL, SHORT = 2, 1
"""How much is tried: everything for the claim, less for the premises of a lemma."""

_ZERO, _ONE = num(0), num(1)


@final
class Search:
    """The search for a line that shows a goal.

    Parameters
    ----------
    p : Proof
        Its known facts are the hypotheses.

    Attributes
    ----------
    by : str
        The tactic that showed the last goal.
    """

    def __init__(self, p: Proof) -> None:
        self.p = p
        self.left, self.work = MAX_GOALS, MAX_WORK
        self.splits = 0
        self.replaced: list[str] = []
        self.by = ""
        for fact in list(p.known):
            if fact.statement.op == "<=>":
                p.known += [p.step("iff_elim", [], [f]) for f in (fact, p.symm(fact))]
        p.known += from_contraposition(p)

    def solve(self, goal: Node, extra: Sequence[Fact] = (), effort: int = FULL) -> Fact | None:
        """Return a line that shows *goal*, or None.

        Parameters
        ----------
        goal : Node
        extra : sequence of Fact
            Facts to use beside the known ones.
        effort : int
        """
        self.left -= 1
        if self.left < 0:
            return None
        if goal.op in RELATIONS and effort == FULL:
            extra = (*extra, *domain(self, [goal, *(f.statement for f in extra)], extra))
        for name, least, tactic in TACTICS:
            if effort < least:
                continue
            try:
                fact = tactic(self, goal, tuple(extra), effort)
            except (Refused, KeyError):
                continue
            if fact is not None and fact.statement == goal:
                self.by = name
                return fact
        return None

    def show(self, goal: Node, extra: Sequence[Fact]) -> Fact | None:
        """Show a premise of a lemma, with less effort."""
        return self.solve(goal, extra, SHORT)


Tactic = Callable[[Search, Node, tuple[Fact, ...], int], "Fact | None"]


def _at_hand(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    return prove(search.p, goal, extra)


def _algebra(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    return algebra(search.p, goal, extra) if goal.op == "=" else None


def _theorem(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Match the goal, or the goal turned around, with the conclusion of a shipped theorem."""
    p = search.p
    turned = goal.op in ("=", "<=>", "!=")
    for lemma in shipped():
        if lemma.conclusion.op != goal.op:
            continue
        for target in (goal, Node(goal.op, None, goal.args[::-1])) if turned else (goal,):
            for values in matches(lemma.conclusion, target, lemma.scope):
                fact = cited(p, lemma, values, extra, search.show)
                if fact is None:
                    continue
                line = _as(p, fact, target, extra)
                if line is not None:
                    return line if target == goal else p.symm(line)
    return None


def _half_of_a_theorem(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Match the goal with one side of a shipped equivalence, or the right side of an implication; show the other."""
    p = search.p
    for lemma in shipped():
        sides = {"<=>": (0, 1), "=>": (1,)}.get(lemma.conclusion.op, ())
        for side in sides:
            for values in matches(lemma.conclusion.args[side], goal, lemma.scope):
                # What does not mention the other side's names is no statement about them.
                if set(values) != set(lemma.scope):
                    continue
                other = search.show(substitute(lemma.conclusion.args[1 - side], values), extra)
                fact = cited(p, lemma, values, extra, search.show) if other is not None else None
                if fact is None or other is None:
                    continue
                if fact.statement.op == "<=>":
                    fact = p.step("iff_elim", [], [p.symm(fact) if side == 0 else fact])
                if fact.right == goal:
                    return p.mp(fact, other)
    return None


def _as(p: Proof, fact: Fact, target: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return *fact* in the form of *target*, from which it differs by arithmetic at most."""
    if fact.statement == target:
        return fact
    return attempt(linear, p, target, [fact], extra) if target.op in RELATIONS else None


def _introduction(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    p, args = search.p, goal.args
    if goal.op == "all":
        point = p.fresh(args[0].data)
        line = search.solve(apply_abs(args[0], point), extra, effort)
        return None if line is None else p.gen(point, line)
    if goal.op == "=>":
        assumed = p.assume(args[0])
        more = [assumed, *from_contraposition(p, [assumed])] if args[0].op == "=>" else [assumed]
        if args[0].op == "<=>":
            more += [p.step("iff_elim", [], [f]) for f in (assumed, p.symm(assumed))]
        line = search.solve(args[1], (*more, *extra), effort)
        return None if line is None else p.disch(args[0], line)
    if goal.op == "<=>":
        ways = [search.solve(Node("=>", None, a), extra, effort) for a in (args, args[::-1])]
        return None if None in ways else p.step("iff_intro", [], [w for w in ways if w is not None])
    return None


def _contradiction(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show anything from assumptions that contradict each other."""
    p = search.p
    for fact in extra:
        if fact.statement.op == "=" and (unequal := attempt(prove, p, ne(*fact.statement.args), extra)):
            return p.step("absurd", [encode(goal)], [fact, unequal])
    if not any(f.statement.op in RELATIONS for f in extra):
        return None
    line = Combination(search, lt(0, 0), extra).find(1)
    return None if line is None else _anything(p, line, goal)


def _anything(p: Proof, line: Fact, goal: Node) -> Fact:
    """Return any statement from 0 < 0."""
    return p.step("absurd", [encode(goal)], [p.field(eq(0, 0)), p.order(ne(0, 0), [(1, 1, line)])])


def _combination(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    p = search.p
    stages = len(STAGES) if effort == FULL else 1
    if goal.op in ("=", "<=", "<"):
        return Combination(search, goal, extra).find(stages)
    if goal.op != "!=":
        return None
    left, right = goal.args
    for low, high in ((left, right), (right, left)):
        line = Combination(search, lt(low, high), extra).find(stages)
        if line is not None:
            return p.order(goal, [(1 if low == left else -1, 1, line)])
    assumed = p.assume(eq(left, right))
    line = Combination(search, lt(0, 0), (assumed, *extra)).find(2)
    return None if line is None else p.cases(eq(left, right), _anything(p, line, goal), p.assume(goal))


def _two_inequalities(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a = b from a ≤ b and b ≤ a."""
    p = search.p
    if goal.op != "=" or not any(f.statement.op in ("<=", "<") for f in at_hand(p, goal, extra)):
        return None
    left, right = goal.args
    below = Combination(search, le(left, right), extra).find(3)
    above = Combination(search, le(right, left), extra).find(3) if below else None
    return p.scheme("antisymm", {"a": left, "b": right}, [below, above]) if below and above else None


def _by_contradiction(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a comparison from what its negation would lead to."""
    p = search.p
    if goal.op not in ("=", "<=", "<"):
        return None
    left, right = goal.args
    if goal.op == "=":
        case = goal
        unequal = p.assume(ne(left, right))
        gap = left - right
        other = p.pos(lt(0, gap * gap), p.order(ne(gap, 0), [(1, 1, unequal)]))
    else:
        case = goal if goal.op == "<=" else le(right, left)
        other = p.assume(lt(right, left) if goal.op == "<=" else case)
    line = Combination(search, lt(0, 0), (other, *extra), lemmas=False).find(3)
    if line is None:
        return None
    clash = _anything(p, line, goal)
    return p.cases(case, clash, p.assume(goal)) if goal.op == "<" else p.cases(case, p.assume(goal), clash)


def _logarithms(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    return by_logarithms(search.p, goal, extra) if goal.op == "=" else None


def _limits(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Use the algebra of limits, on the sequence as it stands and on its arrangement for 0 < n."""
    if goal.op != "->":
        return None
    p = search.p
    sequence, value = goal.args
    # 1/n is a polynomial in itself, so any sequence that is one in 1/n has a limit that the algebra of limits finds.
    facts = [f for f in (*extra, *p.known) if f.statement.op == "->"] + [p.scheme("limit_inv_nat", {})]
    for fact in (*extra, *p.known):
        if fact.statement.op == "all" and fact.statement.args[0].data != NAT:
            facts += [p.spec(fact, i) for i in _points(p, fact) if fact.statement.args[0].args[0].op == "->"]
    facts += _continuous(p, sequence.args[0], facts, extra)
    line = attempt(limit, p, sequence, facts, extra) or _arranged_limit(search, sequence, facts, extra)
    if line is None:
        return None
    if line.right != value:
        same = search.solve(eq(line.right, value), extra, SHORT)
        line = p.rewrite(line, same) if same is not None else line
    return line


def _points(p: Proof, fact: Fact) -> list[Node]:
    over = fact.statement.args[0].data
    return [Node("idx", n) for n, (args, values) in p.scope.items() if not args and values == over]


def _arranged_limit(search: Search, sequence: Node, facts: Sequence[Fact], extra: tuple[Fact, ...]) -> Fact | None:
    """Show a limit of the arrangement of a sequence, with which it agrees for 0 < n."""
    p = search.p
    point = p.fresh(NAT)
    n = Node("nat", None, (point,))
    guard = p.assume(lt(0, n))
    more = (guard, *extra)
    body = apply_abs(sequence, point)
    for start in (body, *_solved(p, body, point, more)):
        ring = Ring()
        known = _sequences(ring, facts, point)
        for tidy in _forms(ring, start, ring.number(n), known):
            line = attempt(limit, p, close(tidy, (point.data, NAT)), facts, extra)
            if line is None:
                continue
            same = attempt(algebra, p, eq(body, tidy), more) or Combination(search, eq(body, tidy), more).find(3)
            if same is not None:
                return eventually(p, line, same, point, guard.statement)
    return None


def _solved(p: Proof, body: Node, point: Node, extra: tuple[Fact, ...]) -> Iterator[Node]:
    """Yield the term with a sequence in it replaced by what an equation for all n says of it."""
    for fact in at_hand(p, eq(body, body), extra):
        if fact.statement.op != "=" or point.data not in fact.statement.points:
            continue
        ring = Ring()
        poly = add(ring.read(fact.right), ring.read(fact.left), Fraction(-1))
        for monomial, value in poly.items():
            symbol = ring.atoms[monomial[0][0]] if len(monomial) == 1 and monomial[0][1] == 1 else None
            alone = symbol is not None and sum(m[0][0] == monomial[0][0] for m in poly if m) == 1
            if symbol is not None and alone and symbol.op == "sym" and point.data in symbol.points:
                rest = {m: -v / value for m, v in poly.items() if m != monomial}
                yield replace(body, symbol, ring.term(rest))


Known = Sequence[tuple[Monomial, Node]]
"""Sequences with a known limit that are one monomial, such as u(n)/n, and 1/n itself last."""


def _sequences(ring: Ring, facts: Sequence[Fact], point: Node) -> Known:
    found = []
    for fact in facts:
        body = apply_abs(fact.left, point)
        poly = ring.read(body)
        if len(poly) == 1 and list(poly.values()) == [1]:
            found.append((next(iter(poly)), body))
    return sorted((row for row in found if row[0]), key=lambda row: -len(row[0]))


def _forms(ring: Ring, body: Node, number: int, known: Known) -> Iterator[Node]:
    """Yield a term as a polynomial in 1/n, and a quotient with both parts divided by the largest power of n below."""
    yield _in_known(ring, ring.read(body), known)
    if body.op == "/":
        above, below = map(ring.read, body.args)
        degree = max((e for m in below for a, e in m if a == number), default=0)
        if degree > 0:
            shift: Poly = {((number, -degree),): Fraction(1)}
            top, bottom = (_in_known(ring, multiply(part, shift), known) for part in (above, below))
            yield top / bottom


def _in_known(ring: Ring, poly: Poly, known: Known) -> Node:
    """Return a polynomial as a sum of products of known sequences and of what remains."""
    total: Node | None = None
    for monomial in sorted(poly, key=lambda m: (not m, m)):
        part, rest = num(poly[monomial]), monomial
        for pattern, node in known:
            while _contains(rest, pattern):
                part, rest = part * node, join(rest, pattern, -1)
        for atom, exponent in rest:
            for _ in range(abs(exponent)):
                part = part * ring.atoms[atom] if exponent > 0 else part / ring.atoms[atom]
        total = part if total is None else total + part
    return num(0) if total is None else total


def _contains(monomial: Monomial, pattern: Monomial) -> bool:
    powers = dict(monomial)
    return all(powers.get(a, 0) * e >= e * e for a, e in pattern)


def _continuous(p: Proof, body: Node, facts: Sequence[Fact], extra: Sequence[Fact]) -> list[Fact]:
    """Return limits of exp aₙ for the exponentials in a sequence, innermost first."""
    found: list[Fact] = []
    for a in body.args:
        found += _continuous(p, a, [*facts, *found], extra)
    if body.op == "exp" and body.loose == 1:
        inside = attempt(limit, p, lam((NAT,), body.args[0]), [*facts, *found], extra)
        if inside is not None:
            found.append(p.cite("exp_limit", {"a": inside.right, "u": inside.statement.args[0]}, [inside]))
    return found


def _substitution(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Replace a symbol by the other side of an equation for it, in the goal and in the facts."""
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
            # A symbol that was replaced does not come back, or two equations would undo each other for ever.
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


def _summands(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show Σ_i f(i) = Σ_i g(i), or ≤, for each i; both sides may be combinations of sums over one set."""
    p = search.p
    if goal.op not in ("=", "<="):
        return None
    ring = Ring()
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


MAX_SPLITS, MAX_REPLACED = 3, 3
"""How many case splits, and how many replacements, may stand inside each other."""


def _cases(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Split at a = 0 for a hypothesis b = 0 ⇒ a = 0 and for a·log b, and at a ≤ 0 for |a|."""
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
                more += from_contraposition(p, (*more, *_implications(p, goal, extra)))
            false = search.solve(goal, (*more, *extra), effort)
            if false is not None:
                return p.cases(case, true, false)
        finally:
            search.splits -= 1
    return None


def _implications(p: Proof, goal: Node, extra: Sequence[Fact]) -> list[Fact]:
    """Return the implications between equations at the indices that the goal mentions."""
    points = indices([goal, *(f.statement for f in extra)])
    queue, found = [*extra, *p.known], list[Fact]()
    while queue:
        fact = queue.pop(0)
        if fact.statement.op == "all":
            over = fact.statement.args[0].data
            queue += [p.spec(fact, i) for i in points if p.scope[i.data][1] == over]
        elif fact.statement.op == "=>":
            found.append(fact)
    return found


def _splits(search: Search, goal: Node, extra: Sequence[Fact]) -> list[Node]:
    """Return the equations and inequalities at which a split may help."""
    found: dict[Node, None] = {}
    for fact in _implications(search.p, goal, extra):
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


TACTICS: tuple[tuple[str, int, Tactic], ...] = (
    ("a fact at hand, or a sign", SHORT, _at_hand),
    ("algebra", SHORT, _algebra),
    ("an instance of a shipped theorem", FULL, _theorem),
    ("one side of a shipped equivalence", FULL, _half_of_a_theorem),
    ("∀, ⇒ and ⇔ one by one", SHORT, _introduction),
    ("a contradiction between the assumptions", SHORT, _contradiction),
    ("limits", SHORT, _limits),
    ("a combination of the hypotheses", SHORT, _combination),
    ("two inequalities", FULL, _two_inequalities),
    ("comparing logarithms", FULL, _logarithms),
    ("contradiction with the negation", FULL, _by_contradiction),
    ("substitution", FULL, _substitution),
    ("summand by summand", FULL, _summands),
    ("cases", FULL, _cases),
)
"""The tactics in the order in which they are tried: a name, the least effort that includes it, and the function."""
