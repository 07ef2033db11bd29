"""The written table of tactics that a search tries, in order."""

from __future__ import annotations

from collections.abc import Sequence

from ...kernel.statements import eq, le, lt, ne
from ...kernel.syntax import encode
from ...kernel.terms import RELATIONS, Node, apply_abs, num, substitute
from ...language.rewriting import replace
from ..builder import Fact, Proof, hole
from ..tactics import equal, linear, prove
from ..tactics.bounds import PRECISIONS, TermBounds
from .at_hand import at_hand, from_contraposition
from .combination import STAGES, Combination
from .functions import by_logarithms
from .integrals import derivatives, integrals, membership
from .lemmas import matches, shipped
from .limits import limits
from .reductions import both_sides, cases, roots, substitution, summands
from .rewriting import other_spelling
from .shannon import by_entropies
from .signs import Prover, attempt
from .sources import cited, cited_by_hypotheses
from .squares import by_squares
from .state import FULL, SHORT, Search, Tactic
from .weights import by_weights

__all__ = ["TACTICS"]

_ZERO, _ONE = num(0), num(1)


def _at_hand(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    return prove(search.p, goal, extra)


def _bounds(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a comparison by bounds of both sides; those of numbers are taken as closely as needed."""
    if goal.op not in ("<=", "<", "!="):
        return None
    found = (TermBounds(search.p, extra, digits).compared(goal) for digits in PRECISIONS[: 1 if goal.names else None])
    return next((line for line in found if line is not None), None)


def _algebra(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show an equality by the arrangements of both sides, as :func:`kl_symbolic.proving.tactics.algebra` does."""
    if goal.op != "=":
        return None
    p = search.p
    found = attempt(equal, p, *goal.args, extra)
    if found is not None:
        return found
    first, second = (search.tidy(side, extra) for side in goal.args)
    left, right = (tidy.right if tidy else side for tidy, side in zip((first, second), goal.args, strict=True))
    return p.trans(first, equal(p, left, right, extra), p.symm(second) if second else None)


def _theorem(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Match the goal, or the goal turned around, with the conclusion of a shipped theorem."""
    return _instance(search.p, goal, extra, search.show)


def _instance(p: Proof, goal: Node, extra: tuple[Fact, ...], show: Prover) -> Fact | None:
    turned = goal.op in ("=", "<=>", "!=")
    for lemma in shipped():
        if lemma.conclusion.op != goal.op:
            continue
        for target in (goal, Node(goal.op, None, goal.args[::-1])) if turned else (goal,):
            for values in matches(lemma.conclusion, target, lemma.scope):
                fact = cited(p, lemma, values, extra, show)
                if fact is None:
                    continue
                line = _as(p, fact, target, extra)
                if line is not None:
                    return line if target == goal else p.symm(line)
        if goal.op == "int" and any(h.op == "int" for h in lemma.hypotheses):
            fact = cited_by_hypotheses(p, lemma, goal, extra, show)
            if fact is not None:
                return fact
    return None


def _theorem_between(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show what a shipped theorem says of 0 < t < 1 where only 0 ≤ t ≤ 1 is known: at the ends, t has a value."""
    p = search.p
    known = dict.fromkeys(f.statement for f in (*extra, *p.known))
    sides = [a for k in known if k.op == "<=" and {_ZERO, _ONE} & {*k.args} for a in k.args]
    for t in dict.fromkeys(a for a in sides if a.op == "sym" and not a.args and a.data in goal.names):
        ends = [end for end, bound in ((_ZERO, le(0, t)), (_ONE, le(t, 1))) if bound in known]
        inside = [_apart(p, t, end, extra) for end in ends]
        shown = _theorem(search, goal, (*inside, *extra), effort) if inside else None
        if shown is not None:
            return _with_ends(search, goal, t, ends, shown, extra, effort)
    return None


def _with_ends(
    search: Search, goal: Node, t: Node, ends: Sequence[Node], shown: Fact, extra: tuple[Fact, ...], effort: int
) -> Fact | None:
    """Return a goal that is shown where t is none of some numbers, and which is looked for where it is one of them."""
    p = search.p
    for end in ends:
        there = search.solve(replace(goal, t, end), extra, effort)
        if there is None:
            return None
        same = p.symm(p.assume(eq(t, end)))
        line = p.step("rewrite", [encode(replace(goal, t, hole()))], [same, there])
        shown = p.cases(eq(t, end), line, shown)
    return shown


def _apart(p: Proof, t: Node, end: Node, extra: tuple[Fact, ...]) -> Fact:
    """Return 0 < t or t < 1 from t ≠ 0 or t ≠ 1."""
    unequal = p.assume(ne(t, end))
    low, high = (end, t) if end == _ZERO else (t, end)
    weak = prove(p, le(low, high), extra)
    return p.scheme("lt_of_le_ne", {"a": low, "b": high}, [weak, p.symm(unequal) if end == _ZERO else unequal])


def _half_of_a_theorem(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Match the goal with one side of a shipped equivalence, or the right side of an implication; show the other."""
    p = search.p
    for lemma in shipped():
        sides = {"<=>": (0, 1), "=>": (1,)}.get(lemma.conclusion.op, ())
        for side in sides:
            for values in matches(lemma.conclusion.args[side], goal, lemma.scope):
                # What does not mention the other side's names is not a statement about them.
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
    """Show anything from assumptions that contradict each other; what is shown does not matter to whether they do."""
    key = tuple(f.number for f in extra)
    if key not in search.clashes:
        search.clashes[key] = _clash(search, extra)
    found = search.clashes[key]
    return None if found is None else search.p.step("absurd", [encode(goal)], found)


def _clash(search: Search, extra: tuple[Fact, ...]) -> list[Fact] | None:
    """Return a = b and a ≠ b, if assumptions contradict each other."""
    p = search.p
    for fact in extra:
        if fact.statement.op == "=" and (unequal := attempt(prove, p, ne(*fact.statement.args), extra)):
            return [fact, unequal]
    if not any(f.statement.op in RELATIONS for f in extra):
        return None
    line = Combination(search, lt(0, 0), extra).find(1)
    return None if line is None else _absurd(p, line)


def _absurd(p: Proof, line: Fact) -> list[Fact]:
    """Return 0 = 0 and 0 ≠ 0 from 0 < 0."""
    return [p.field(eq(0, 0)), p.order(ne(0, 0), [(1, 1, line)])]


def _anything(p: Proof, line: Fact, goal: Node) -> Fact:
    """Return any statement from 0 < 0."""
    return p.step("absurd", [encode(goal)], _absurd(p, line))


def _entropies(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a comparison of entropies, by one shipped theorem or by a sum of inequalities of Shannon type."""
    line = by_entropies(search, goal, extra, effort)
    if line is None:
        return None
    p = search.p
    return _instance(p, goal, extra, lambda premise, more: attempt(prove, p, premise, more)) or line


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


def _calculus(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show an inequality in one variable by monotonicity."""
    if goal.op not in ("<=", "<") or len(goal.names) != 1:
        return None
    from .calculus import by_calculus  # SymPy's polynomials take longer to import than most claims to prove

    return by_calculus(search, goal, extra, effort)


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


def _square(search: Search, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a = b from (a − b)² ≤ 0."""
    p = search.p
    if goal.op != "=" or not any(f.statement.op in RELATIONS for f in (*extra, *p.known)):
        return None
    left, right = goal.args
    gap = right - left
    square = gap ** num(2)
    below = by_squares(search, le(square, 0), extra, effort)
    if below is None:
        return None
    zero = p.scheme("antisymm", {"a": square, "b": _ZERO}, [below, p.order(le(0, square), [(1, gap)])])
    return p.order(goal, [(-1, 1, p.cite("eq_zero_of_sq_eq_zero", {"a": gap}, [zero]))])


TACTICS: tuple[tuple[str, int, Tactic], ...] = (
    ("a fact at hand, or a sign", SHORT, _at_hand),
    ("bounds of both sides", SHORT, _bounds),
    ("inequalities of Shannon type", SHORT, _entropies),
    ("algebra", SHORT, _algebra),
    ("an instance of a shipped theorem", FULL, _theorem),
    ("an instance between 0 and 1, and its ends", FULL, _theorem_between),
    ("one side of a shipped equivalence", FULL, _half_of_a_theorem),
    ("∀, ⇒ and ⇔ one by one", SHORT, _introduction),
    ("a contradiction between the assumptions", SHORT, _contradiction),
    ("limits", SHORT, limits),
    ("membership in a domain", SHORT, membership),
    ("integrals", SHORT, integrals),
    ("derivatives", SHORT, derivatives),
    ("a combination of the hypotheses", SHORT, _combination),
    ("squares of monomials", FULL, by_squares),
    ("tangents with weights", FULL, by_weights),
    ("monotonicity in one variable", FULL, _calculus),
    ("two inequalities", FULL, _two_inequalities),
    ("comparing logarithms", FULL, _logarithms),
    ("a square that is 0", FULL, _square),
    ("exp of sums and log of factors taken apart", FULL, other_spelling),
    ("log or exp of both sides", FULL, both_sides),
    ("contradiction with the negation", FULL, _by_contradiction),
    ("roots as symbols", FULL, roots),
    ("substitution", FULL, substitution),
    ("summand by summand", FULL, summands),
    ("cases", FULL, cases),
)
"""The tactics in the order in which they are tried: a name, the least effort that includes it, and the function."""
