"""The comparisons that follow from the known facts by ∀, ⇒ and ⇔, and by contraposition."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from ...kernel.statements import le, ne
from ...kernel.syntax import encode
from ...kernel.terms import REAL, RELATIONS, Node, num
from ..builder import Fact, Proof
from ..integrals import inequalities
from ..tactics import prove
from .functions import inverse
from .signs import attempt

__all__ = ["arranged", "at_hand", "from_contraposition", "implications", "indices", "ranked", "strictly"]

MAX_FACTS = 40
"""So many instances of universal facts and implications are taken beside the comparisons among the known facts, and of
more facts than that, those that have least to do with the goal come last."""

_ZERO, _HOLE = num(0), Node("sym", "_")


def indices(statements: Iterable[Node]) -> list[Node]:
    """Return the closed indices that occur in statements.

    Parameters
    ----------
    statements : iterable of Node
    """
    found: dict[Node, None] = {}

    def walk(node: Node) -> None:
        if node.op == "idx" and not node.loose:
            found[node] = None
        for a in node.args:
            walk(a)

    for statement in statements:
        walk(statement)
    return list(found)


def at_hand(p: Proof, goal: Node, extra: Sequence[Fact]) -> list[Fact]:
    """Return the comparisons that follow by ∀, ⇒ and ⇔ from the known facts, at the indices that the goal mentions.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : Node
        What is to be shown.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    points = indices([goal, *(f.statement for f in extra)])
    given = [*extra, *p.known]
    numbers = list(dict.fromkeys(f.statement.args[0] for f in given if f.statement.op == "in"))
    most = MAX_FACTS + sum(f.statement.op in RELATIONS for f in given)
    queue, found = deque(ranked(given, goal)), dict[Node, Fact]()
    while queue and len(found) < most:
        fact = queue.popleft()
        op, args = fact.statement.op, fact.statement.args
        if op == "all" and args[0].data == REAL:
            queue += [p.spec(fact, x) for x in numbers]
        elif op == "in":
            queue += inequalities(p, fact)
        elif op == "all":
            queue += [p.spec(fact, i) for i in points if p.scope[i.data][1] == args[0].data]
        elif op == "=>":
            left = attempt(prove, p, args[0], extra)
            queue += [p.mp(fact, left)] if left else []
        elif op == "<=>":
            queue += [p.step("iff_elim", [], [f]) for f in (fact, p.symm(fact))]
        elif op in RELATIONS:
            found.setdefault(fact.statement, fact)
            undone = inverse(p, fact, extra) if op == "=" and {"log", "exp"} & {a.op for a in args} else None
            if undone is not None:
                found.setdefault(undone.statement, undone)
    return list(found.values())


def ranked(facts: Sequence[Fact], goal: Node) -> list[Fact]:
    """Return facts in their order, or where they are many, by how many steps of shared symbols lead to them.

    Parameters
    ----------
    facts : sequence of Fact
    goal : Node
        The steps begin here: a fact with a symbol of the goal is one step away, a fact with a symbol of that one two.
    """
    if len(facts) <= MAX_FACTS:
        return [*facts]
    users: dict[Node | str, list[int]] = {}
    symbols = [_symbols(f.statement) for f in facts]
    for k, found in enumerate(symbols):
        for symbol in found:
            users.setdefault(symbol, []).append(k)
    steps: dict[int, int] = {}
    met, reached, step = set[Node | str](), _symbols(goal), 0
    while reached:
        # A fact about all p[i] is met from one about p[j], but not the other way, or it would lead to every index.
        reached |= {symbol.data for symbol in reached if isinstance(symbol, Node)}
        step += 1
        new = {k for symbol in reached - met for k in users.get(symbol, ()) if k not in steps}
        steps.update(dict.fromkeys(new, step))
        met |= reached
        reached = {symbol for k in new for symbol in symbols[k]} - met
    return [facts[k] for k in sorted(range(len(facts)), key=lambda k: (steps.get(k, step + 1), k))]


def _symbols(statement: Node) -> set[Node | str]:
    """Return the symbols of a statement: families at closed indices, and the names of those at bound ones."""
    found: set[Node | str] = set()
    todo = [statement]
    while todo:
        node = todo.pop()
        if node.op == "sym":
            found.add(node.data if node.loose else node)
        todo += node.args
    return found


def from_contraposition(p: Proof, extra: Sequence[Fact] = ()) -> list[Fact]:
    """Return b ≠ 0, or 0 < b where 0 ≤ b is known, from b = 0 ⇒ a = 0 and a ≠ 0, under the ∀ of the implication.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    extra : sequence of Fact, optional
        Facts, negated equations among them.
    """
    found = []
    for fact in (*extra, *p.known):
        points: list[Node] = []
        line = fact
        while line.statement.op == "all":
            points.append(p.fresh(line.statement.args[0].data))
            line = p.spec(line, points[-1])
        shown = attempt(_contrapositive, p, line, extra)
        for point in reversed(points if shown else []):
            shown = p.gen(point, shown) if shown else None
        found += [shown] if shown else []
    return found


def _contrapositive(p: Proof, line: Fact, extra: Sequence[Fact]) -> Fact | None:
    if line.statement.op != "=>" or any(s.op != "=" for s in line.statement.args):
        return None
    left, right = line.statement.args
    if right.args[1] != _ZERO:
        return None
    some = prove(p, ne(right.args[0], 0), extra)
    clash = p.step("absurd", [encode(ne(*left.args))], [p.mp(line, p.assume(left)), some])
    unequal = p.cases(left, clash, p.assume(ne(*left.args)))
    return strictly(p, unequal, extra)


def strictly(p: Proof, unequal: Fact, extra: Sequence[Fact]) -> Fact:
    """Return 0 < b from b ≠ 0 where 0 ≤ b is known, else b ≠ 0 itself.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    unequal : Fact
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    term, zero = unequal.statement.args
    below = attempt(prove, p, le(0, term), extra) if zero == _ZERO else None
    if below is None:
        return unequal
    if below.statement.op == "<":
        return below
    return p.scheme("lt_of_le_ne", {"a": _ZERO, "b": term}, [below, p.symm(unequal)])


def arranged(p: Proof, fact: Fact, arrange: Callable[[Node], Fact | None]) -> Fact:
    """Return a comparison with both sides in their arrangement.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    fact : Fact
    arrange : callable
    """
    for side in (0, 1):
        args = fact.statement.args
        tidy = arrange(args[side])
        if tidy is not None:
            template = Node(fact.statement.op, None, (_HOLE, args[1]) if side == 0 else (args[0], _HOLE))
            fact = p.step("rewrite", [encode(template)], [tidy, fact])
    return fact


def implications(p: Proof, goal: Node, extra: Sequence[Fact]) -> list[Fact]:
    """Return the implications between equations at the indices that the goal mentions.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : Node
        What is to be shown.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
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
