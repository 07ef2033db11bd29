"""Means of densities that are products of powers and exponentials, from the integrals of Γ and Beta.

A density that is a product of powers and exponentials is a constant times the integrand of one of the integrals of
Γ or Beta. The total gives the constant; the mean of a power is the same integral at another parameter; the mean of a
logarithm is an integral of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from operator import add, mul, sub, truediv

from ..kernel import Refused
from ..kernel.statements import eq, le, lt
from ..kernel.terms import Node, num, substitute
from ..language.chains import MULTIPLICATIVE, operands
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, congruent, integrand, with_value
from ..proving.tactics import algebra, linear, prove
from ..proving.tactics.arrange import arrange
from ..proving.tactics.facts import equal, nonzero
from ..proving.tactics.linear import Entry
from .carriers import Product
from .family import STATISTIC_NUMBERS, Instance, Mean

__all__ = [
    "cited",
    "collected",
    "density",
    "identities",
    "inside",
    "mean_of",
    "of_general",
    "own",
    "parts",
    "plain_abs",
    "plain_gammas",
    "positive_divisors",
    "positive_gammas",
    "relations",
    "same_by_logs",
    "shown",
    "signs_of",
    "unify",
    "with_literals",
]

_STEPS = 12
"""So many times Γ(a + 1) = a·Γ(a) is used to bring Γ to an argument that is known."""


def parts(term: Node, op: str) -> Iterator[Node]:
    """Yield the parts of a term that have an operator, each once, inner ones first.

    Parameters
    ----------
    term : Node
    op : str
    """
    seen: set[Node] = set()
    todo = [(term, False)]
    while todo:
        node, opened = todo.pop()
        if node in seen:
            continue
        if opened:
            seen.add(node)
            if node.op == op:
                yield node
        else:
            todo += [(node, True), *((a, False) for a in reversed(node.args))]


def positive_gammas(p: Proof, terms: Sequence[Node], facts: Sequence[Fact]) -> list[Fact]:
    """Return that every Γ(a) in terms is positive, and that π is.

    Parameters
    ----------
    p : Proof
    terms : sequence of Node
    facts : sequence of Fact
        They show 0 < a.
    """
    found = [p.cite("pi_pos", {})]
    for term in terms:
        for node in parts(term, "Gamma"):
            fact = p.cite("gamma_pos", {"a": node.args[0]}, [shown(p, lt(0, node.args[0]), facts)])
            found += [fact] if fact not in found else []
    return found


def same_by_logs(
    p: Proof,
    left: Node,
    right: Node,
    facts: Sequence[Fact],
    relations: Sequence[Fact] = (),
    equations: Sequence[Fact] = (),
) -> Fact:
    """Return a = b for positive products whose logarithms agree, up to equalities between positive terms.

    Parameters
    ----------
    p : Proof
    left, right : Node
        a and b.
    facts : sequence of Fact
        They show factors to be positive.
    relations : sequence of Fact
        Equalities between positive terms, whose logarithms are used.
    equations : sequence of Fact
        Equalities that are used as they are.
    """
    if left == right:
        return p.field(eq(left, right))
    facts = [*facts, *positive_gammas(p, [t for r in relations for t in (r.left, r.right)], facts)]
    a, b = _log(left), _log(right)
    entries = [f for f in (arrange(p, a, facts), arrange(p, b, facts), *equations) if f is not None]
    for relation in relations:
        logs = p.congr(_log(hole()), relation)
        entries.append(logs)
        entries += [f for f in (arrange(p, logs.left, facts), arrange(p, logs.right, facts)) if f is not None]
    logs = linear(p, eq(a, b), entries, facts)
    signs = [prove(p, lt(0, t), facts) for t in (left, right)]
    return p.cite("log_inj", {"a": left, "b": right}, [*signs, logs])


def _log(term: Node) -> Node:
    return Node("log", None, (term,))


def relations(p: Proof, raw: Node, wanted: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return equalities that bring Γ and ψ in one term to those in another one.

    Parameters
    ----------
    p : Proof
    raw, wanted : Node
    facts : sequence of Fact
        The conditions on the parameters.
    """
    found: list[Fact] = []
    for op in ("Gamma", "digamma"):
        nodes = tuple(dict.fromkeys([*parts(raw, op), *parts(wanted, op)]))
        for node in nodes:
            found += _steps(p, node, nodes, facts)
    return list(dict.fromkeys(found))


def _steps(p: Proof, node: Node, nodes: Sequence[Node], facts: Sequence[Fact]) -> list[Fact]:
    """Return the steps from Γ(a + k), or ψ(a + k), down to the lowest of others that has such an argument."""
    (argument,), literal = node.args, node.op == "Gamma" and node.args[0].op == "num"
    gaps = {} if literal else {other: _constant(argument - other.args[0]) for other in nodes if other != node}
    whole = {other: gap.data for other, gap in gaps.items() if gap is not None and gap.data.denominator == 1}
    low, count = max(whole.items(), key=lambda item: item[1], default=(node, Fraction(0)))
    if not 0 < count <= _STEPS:
        return _gamma_relations(p, node, facts) if node.op == "Gamma" and not whole else []
    spelled = [low.args[0], *(_moved(low.args[0], Fraction(k)) for k in range(1, int(count))), argument]
    return [_successor(p, a, b, facts, node.op) for a, b in pairwise(spelled)]


def plain_gammas(p: Proof, term: Node, wanted: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with the arguments of Γ and ψ as another term spells them; None where they are.

    Parameters
    ----------
    p : Proof
    term, wanted : Node
    facts : sequence of Fact
        They show divisors not to be zero.
    """
    found: Fact | None = None
    goals = tuple(_functions(wanted))
    for node in tuple(_functions(term)):
        same = None if node in goals else _spelled(p, node.args[0], [g.args[0] for g in goals], facts)
        if same is not None:
            step = p.congr(Node(node.op, None, (hole(),)), same)
            whole = p.congr(replace(term if found is None else found.right, node, hole()), step)
            found = whole if found is None else p.trans(found, whole)
    return found


def _functions(term: Node) -> Iterator[Node]:
    yield from parts(term, "Gamma")
    yield from parts(term, "digamma")


def _spelled(p: Proof, argument: Node, goals: Sequence[Node], facts: Sequence[Fact]) -> Fact | None:
    """Return that an argument is one of others, or a shorter one."""
    for goal in goals:
        try:
            return equal(p, argument, goal, facts)
        except Refused:
            continue
    plain = _constant(argument) or collected(argument)
    return None if plain == argument else equal(p, argument, plain, facts)


_PLACES = ((2, 101), (3, 1009), (5, 10007), (17, 100003), (23, 1000003), (31, 10000019))
"""Two values for each of the symbols of an argument, to see whether it is a constant: the kernel decides.

The second ones grow so fast that differences of arguments with small coefficients do not agree by accident.
"""


def _constant(term: Node) -> Node | None:
    """Return the number that a rational term seems to be whatever its symbols are, if it is one."""
    names = sorted(node.data for node in parts(term, "sym"))
    if term.op == "num" or len(names) > len(_PLACES):
        return None
    try:
        places = ({n: Fraction(p[k]) for n, p in zip(names, _PLACES, strict=False)} for k in (0, 1))
        first, last = (_at(term, place) for place in places)
    except (KeyError, ZeroDivisionError):
        return None
    return num(first) if first == last else None


def _at(term: Node, values: Mapping[str, Fraction]) -> Fraction:
    if term.op == "num":
        return Fraction(term.data)
    if term.op == "sym":
        return values[term.data]
    args = [_at(a, values) for a in term.args]
    return -args[0] if term.op == "neg" else Fraction(_OPERATIONS[term.op](*args))


_OPERATIONS = {"+": add, "-": sub, "*": mul, "/": truediv}


def valued(p: Proof, raw: Node, value: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that two values are equal, with Γ and ψ at arguments that they share; None where they are one term.

    Parameters
    ----------
    p : Proof
    raw, value : Node
    facts : sequence of Fact
    """
    if raw == value:
        return None
    plain = plain_gammas(p, raw, value, facts)
    now = raw if plain is None else plain.right
    chain: list[Fact | None] = [plain]
    kept, passed = set(_functions(value)), [raw, value, now]
    steps = relations(p, now, value, facts)
    while found := next((s for s in steps if s.left in set(_functions(now)) - kept), None):
        step = p.congr(replace(now, found.left, hole()), found)
        chain.append(step)
        now = step.right
        passed.append(now)
    arguments = dict.fromkeys(g.args[0] for t in passed for g in _functions(t))
    signs = [*facts, *(shown(p, lt(0, a), facts) for a in arguments)]
    signs += positive_gammas(p, [now, value], signs)
    signs += [*positive_divisors(p, now, signs), *positive_divisors(p, value, signs)]
    try:
        last = algebra(p, eq(now, value), signs)
    except Refused:
        last = same_by_logs(p, now, value, signs)
    return p.trans(*chain, last)


def positive_divisors(p: Proof, term: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return of the factors of divisors in a term that they are positive, where it is shown.

    Parameters
    ----------
    p : Proof
    term : Node
    facts : sequence of Fact
    """
    found: list[Fact] = []
    for node in parts(term, "/"):
        for _, factor in operands(node.args[1], MULTIPLICATIVE):
            try:
                found.append(shown(p, lt(0, factor), facts))
            except Refused:
                continue
    return found


def _gamma_relations(p: Proof, node: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return Γ(a + 1) = a·Γ(a), as often as needed, and the values at 1 and 1/2."""
    (argument,) = node.args
    if argument.op == "num":
        return _at_literal(p, argument.data)
    if argument.op not in ("+", "-") or argument.args[1].op != "num":
        return []
    shift = argument.args[1].data
    if shift.denominator > 1 or not 0 < shift <= _STEPS:
        return []
    low = argument.args[0] if argument.op == "+" else argument
    return [_successor(p, _moved(low, Fraction(k)), _moved(low, Fraction(k + 1)), facts) for k in range(int(shift))]


def _moved(base: Node, by: Fraction) -> Node:
    """Return base + by, with literals collected."""
    if base.op in ("+", "-") and base.args[1].op == "num":
        total = by + (base.args[1].data if base.op == "+" else -base.args[1].data)
        base = base.args[0]
    else:
        total = by
    return base if total == 0 else base + total if total > 0 else base - (-total)


def _successor(p: Proof, low: Node, high: Node, facts: Sequence[Fact], op: str = "Gamma") -> Fact:
    """Return Γ(a + 1) = a·Γ(a), or ψ(a + 1) = ψ(a) + 1/a, with a + 1 as it is spelled."""
    step = p.cite(f"{op.lower()}_succ", {"a": low}, [shown(p, lt(0, low), facts)])
    return p.trans(p.congr(Node(op, None, (hole(),)), equal(p, high, low + 1, facts)), step)


def _at_literal(p: Proof, value: Fraction) -> list[Fact]:
    """Return the values of Γ at integers and halves, step by step."""
    found: list[Fact] = []
    if value.denominator > 2 or not 0 < value <= _STEPS:
        return found
    while value > 1:
        found.append(_successor(p, num(value - 1), num(value), ()))
        value -= 1
    found.append(p.cite("gamma_one" if value == 1 else "gamma_half_eq", {}))
    return found


def with_literals(p: Proof, term: Node) -> Fact | None:
    """Return that a term is the same with Γ at integers and halves, and powers of 1, written out; None without any.

    Parameters
    ----------
    p : Proof
    term : Node
    """
    found: Fact | None = None
    for node in tuple(parts(term, "Gamma")):
        steps = _at_literal(p, node.args[0].data) if node.args[0].op == "num" else []
        for step in steps:
            now = term if found is None else found.right
            if step.left in set(parts(now, "Gamma")):
                same = p.congr(replace(now, step.left, hole()), step)
                found = same if found is None else p.trans(found, same)
    for node in tuple(parts(term if found is None else found.right, "^")):
        if node.args[0] == num(1) and node.args[1].op != "num":
            now = term if found is None else found.right
            same = p.congr(replace(now, node, hole()), same_by_logs(p, node, num(1), ()))
            found = same if found is None else p.trans(found, same)
    return found


_HOLE = Node("sym", "?")


def unify(pattern: Node, term: Node, x: Node) -> Node | None:
    """Return what the hole of a pattern must be to make it a term: x is x^1, 1/x is x^(-1).

    Parameters
    ----------
    pattern : Node
    term : Node
    x : Node
    """
    if pattern == _HOLE:
        return None if x.data in term.names else term
    if pattern.op == "^" and pattern.args[0] == x:
        if term == x:
            term = Node("^", None, (x, num(1)))
        elif term == 1 / x:
            term = Node("^", None, (x, num(-1)))
    if pattern.op == "/" and pattern.args[0] == _HOLE and (term.op, term.args[1:]) != ("/", pattern.args[1:]):
        return None if x.data in term.names else collected(term * pattern.args[1])
    if pattern.op == "*" and pattern.args == (_HOLE, x):
        if term in (x, -x):
            return num(1 if term == x else -1)
        if term.op == "/" and term.args[0] == x and x.data not in term.args[1].names:
            return 1 / term.args[1]
    if (pattern.op, pattern.data, len(pattern.args)) != (term.op, term.data, len(term.args)):
        return None
    found: Node | None = None
    for a, b in zip(pattern.args, term.args, strict=True):
        if _HOLE.data in a.names:
            found = unify(a, b, x)
            if found is None:
                return None
        elif a != b:
            return None
    return found


def collected(term: Node) -> Node:
    """Return a term with literals put together: a + 1/1 is a + 1, b/b is 1, 1·x^1 is x, a − (−b) is a + b.

    Parameters
    ----------
    term : Node
    """
    if not term.args:
        return term
    args = tuple(map(collected, term.args))
    if all(a.op == "num" for a in args):
        values = [a.data for a in args]
        if term.op == "neg":
            return num(-values[0])
        if term.op in ("+", "-", "*") or (term.op == "/" and values[1] != 0):
            return num(_OPERATIONS[term.op](*values))
    if term.op == "/" and args[0].op == "neg":
        return collected(-collected(args[0].args[0] / args[1]))
    if term.op == "/" and args[0] == args[1]:
        return num(1)
    if term.op in ("/", "^", "*") and args[1] == num(1):
        return args[0]
    if term.op == "*" and args[0] == num(1):
        return args[1]
    if term.op == "-" and args[1].op == "neg":
        return collected(args[0] + args[1].args[0])
    if term.op == "+" and args[0] == args[1]:
        return 2 * args[0]
    if term.op in ("+", "-") and args[1].op == "num":
        return _moved(args[0], args[1].data if term.op == "+" else -args[1].data)
    return Node(term.op, term.data, args)


def tidied(p: Proof, term: Node, x: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with literals put together; None where they are.

    The steps are congruences, because arithmetic takes x^(−(2)) for another power than x^(−2).

    Parameters
    ----------
    p : Proof
    term : Node
    x : Node
        The number over which is integrated: parts without it are put together at once.
    facts : sequence of Fact
        The conditions.
    """
    found: Fact | None = None
    now = term
    while (node := _untidy(now, x)) is not None:
        same = equal(p, node, collected(node), [*facts, *positive_gammas(p, [node, collected(node)], facts)])
        step = p.congr(replace(now, node, hole()), same)
        found = step if found is None else p.trans(found, step)
        now = found.right
    return found


def _untidy(term: Node, x: Node) -> Node | None:
    """Return an exponent, the largest part without x, or the smallest one with it, whose literals can be put together."""
    if collected(term) == term:
        return None
    for node in parts(term, "^"):
        if collected(node.args[1]) != node.args[1]:
            return node.args[1]
    if x.data not in term.names:
        return term
    return next((found for a in term.args if (found := _untidy(a, x)) is not None), term)


def shown(p: Proof, claim: Node, facts: Sequence[Fact]) -> Fact:
    """Return a line that shows a condition on parameters: a known fact, a sign, or a combination of comparisons.

    Parameters
    ----------
    p : Proof
    claim : Node
    facts : sequence of Fact

    Raises
    ------
    Refused
        When it does not follow in this way.
    """
    try:
        return prove(p, claim, facts)
    except Refused:
        known = dict.fromkeys(f for f in (*facts, *p.known) if f.statement.op in ("<", "<=", "="))
    one = p.pos("0 < 1")
    for used in ((), *((f,) for f in known), *combinations(known, 2)):
        try:
            return linear(p, claim, (one, *used), facts)
        except Refused:
            continue
    return linear(p, claim, (one, *known), facts)


def identities(on: Points, law: Instance, facts: Sequence[Fact]) -> list[Fact]:
    """Return the equalities between terms in the density and in its statistics.

    Those whose logarithms agree by algebra come first; in others these are used.

    Parameters
    ----------
    on : Points
    law : Instance
    facts : sequence of Fact
    """
    found: list[Fact] = []
    for left, right in ([collected(law.read(side, x=on.x)) for side in identity] for identity in law.family.identities):
        inner = next((f for f in found if f.left in set(parts(left, f.left.op))), None)
        if inner is None:
            found.append(same_by_logs(on.p, left, right, [*facts, *on.inside]))
        else:
            found.append(on.p.congr(replace(left, inner.left, hole()), inner))
    return found


def within(on: Points, term: Node, facts: Sequence[Fact]) -> list[Fact]:
    """Return what x ∈ D says of x, and that sums in a term, such as 1 − x^a on (0, 1), are positive.

    Parameters
    ----------
    on : Points
    term : Node
    facts : sequence of Fact
        The conditions.
    """
    p, x = on.p, on.x
    found = list(on.inside)
    if on.domain.op != "open":
        return found
    for node in (*parts(term, "-"), *parts(term, "+")):
        if x.data not in node.names:
            continue
        try:
            if node.op == "-" and node.args[0] == num(1) and node.args[1].op == "^" and node.args[1].args[0] == x:
                exponent = node.args[1].args[1]
                premises = [found[0], shown(p, lt(0, exponent), facts), shown(p, lt(x, 1), [*facts, *found])]
                small = p.cite("rpow_lt_one", {"x": x, "p": exponent}, premises)
                found.append(p.order(lt(0, node), [(1, 1, small)]))
            else:
                found.append(shown(p, lt(0, node), [*facts, *found]))
        except Refused:
            continue
    return found


def inside(on: Points, facts: Sequence[Fact]) -> list[Fact]:
    """Return what x ∈ D says of x: the inequalities, and that x is positive or negative where an end says so.

    Parameters
    ----------
    on : Points
    facts : sequence of Fact
    """
    p, x, found = on.p, on.x, on.inside
    for bound in tuple(found):
        low, high = bound.statement.args
        if num(0) in (low, high):
            continue
        sign, goal = (le(0, low), lt(0, x)) if high == x else (le(high, 0), lt(x, 0))
        try:
            found.append(p.order(goal, [(1, 1, shown(p, sign, facts)), (1, 1, bound)]))
        except Refused:
            continue
    return found


def plain_abs(p: Proof, term: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with x − c or c − x for |x − c|, where one of them is known to be positive.

    Parameters
    ----------
    p : Proof
    term : Node
    facts : sequence of Fact
    """
    found: Fact | None = None
    for node in tuple(parts(term, "abs")):
        (gap,) = node.args
        if gap.op != "-":
            continue
        low, high = gap.args
        same = _abs_of(p, gap, low, high, facts)
        if same is not None:
            now = term if found is None else found.right
            step = p.congr(replace(now, node, hole()), same)
            found = step if found is None else p.trans(found, step)
    return found


def _abs_of(p: Proof, gap: Node, first: Node, second: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return |a − b| = a − b or |a − b| = b − a."""
    for above in (True, False):
        claim = le(second, first) if above else le(first, second)
        try:
            fact = shown(p, claim, facts)
        except Refused:
            continue
        sign = p.order(le(0, gap) if above else le(gap, 0), [(1, 1, fact)])
        if above:
            return p.scheme("abs_of_nonneg", {"a": gap}, [sign])
        same = p.scheme("abs_of_nonpos", {"a": gap}, [sign])
        return p.trans(same, p.field(eq(same.right, second - first)))
    return None


def own(p: Proof, law: Instance, facts: Sequence[Fact]) -> list[Fact]:
    """Return the conditions on the parameters, proved.

    Parameters
    ----------
    p : Proof
    law : Instance
    facts : sequence of Fact
    """
    return [shown(p, law.read(c, "statement"), facts) for c in law.family.assumed]


def signs_of(p: Proof, law: Instance, facts: Sequence[Fact]) -> list[Fact]:
    """Return what theorems say of signs in the density.

    Parameters
    ----------
    p : Proof
    law : Instance
    facts : sequence of Fact
        The conditions on the parameters.
    """
    found = [cited(p, name, {n: law.read(t) for n, t in at.items()}, facts) for name, at in law.family.signs]
    for fact in tuple(found):
        gap = arrange(p, fact.right - fact.left, facts)
        if gap is not None:
            found.append(p.order(lt(0, gap.right), [(1, 1, fact), (1, 1, gap)]))
    return found


def cited(p: Proof, name: str, values: Mapping[str, Node], facts: Sequence[Fact]) -> Fact:
    """Return a lemma with its hypotheses proved.

    Parameters
    ----------
    p : Proof
    name : str
    values : mapping of str to Node
        Those of names that the lemma does not have are left out.
    facts : sequence of Fact
    """
    lemma = p.lemma(name)
    known = {n: v for n, v in values.items() if n in lemma.scope}
    return p.cite(name, known, [shown(p, substitute(h, known), facts) for h in lemma.hypotheses])


def without_abs(p: Proof, fact: Fact, facts: Sequence[Fact]) -> Fact:
    """Return a line with |a| replaced by a or −a, as the sign of a is.

    Parameters
    ----------
    p : Proof
    fact : Fact
    facts : sequence of Fact
    """
    for node in tuple(parts(fact.statement.args[2], "abs")):
        (inner,) = node.args
        try:
            same = p.scheme("abs_of_nonneg", {"a": inner}, [prove(p, le(0, inner), facts)])
        except Refused:
            plain = inner.args[0] if inner.op == "neg" else collected(-inner)
            sign = p.order(le(inner, 0), [(1, 1, prove(p, le(0, plain), facts))], *nonzero(p, [inner], facts))
            same = p.scheme("abs_of_nonpos", {"a": inner}, [sign])
            same = p.trans(same, equal(p, -inner, plain, facts))
        fact = p.rewrite(fact, same)
    return fact


def density(carrier: Product, d: Draft, on: Points, law: Instance, facts: Sequence[Fact]) -> Fact:
    """Return 1/v·f(x) = p(x).

    Parameters
    ----------
    carrier : Product
    d : Draft
    on : Points
    law : Instance
    facts : sequence of Fact
    """
    p = on.p
    base = _cite(carrier, p, carrier.total, law, {}, facts)
    density, now = law.density(on.x), 1 / base.statement.args[2] * integrand(on, base)
    signs = [*facts, *within(on, density, facts)]
    gammas = plain_gammas(p, now, density, facts)
    now = now if gammas is None else gammas.right
    sums = _plain_sums(on, now, density, facts)
    now = now if sums is None else sums.right
    signs += positive_gammas(p, [density, now], signs)
    same = same_by_logs(p, now, density, signs, relations(p, now, density, signs), identities(on, law, facts))
    return d.show(p.trans(gammas, sums, same), "the logarithms of both sides agree")


def _plain_sums(on: Points, term: Node, wanted: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is the same with the sums in it as another term spells them, or with literals put together."""
    p, x, found = on.p, on.x, None
    goals = [node for op in "+-" for node in parts(wanted, op) if x.data in node.names]
    bases = {node.args[0] for node in parts(term, "^")}
    for node in tuple(node for op in "+-" for node in parts(term, op)):
        if node in goals or (x.data not in node.names and node not in bases):
            continue
        for goal in [g for g in goals if x.data in node.names] or [collected(node)]:
            try:
                same = equal(p, node, goal, facts)
            except Refused:
                continue
            if node != goal:
                whole = p.congr(replace(term if found is None else found.right, node, hole()), same)
                found = whole if found is None else p.trans(found, whole)
            break
    return found


def mean_of(carrier: Product, d: Draft, on: Points, law: Instance, mean: Mean, facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X).

    Parameters
    ----------
    carrier : Product
    d : Draft
    on : Points
    law : Instance
    mean : Mean
    facts : sequence of Fact
    """
    p, x = on.p, on.x
    same = p.cite(law.family.theorem("density"), {**law.spelled, x.data: x}, [*own(p, law, facts), on.member])
    size = same.left.args[0].args[1]
    signs = [*facts, *positive_gammas(p, [size], facts), *within(on, same.right, facts)]
    signs += [shown(p, lt(0, power.args[0]), facts) for power in parts(size, "^")]
    if mean.statistic == "1":
        base = d.show(_cite(carrier, p, carrier.total, law, {}, facts), "the integral behind the density")
        whole = congruent(on, combination(p, [(1 / size, base)]), same.right, same)
        return d.show(with_value(p, whole, 1, equal(p, 1 / size * size, num(1), signs)), "divide by its value")
    statistic, value = law.statistic(p, mean, x)
    if mean.statistic in carrier.logs:
        numbers = {n: p.symbol(n) for n in law.family.numbers(mean)}
        fact = _cite(carrier, p, carrier.logs[mean.statistic], law, numbers, signs)
        return _of_logarithm(d, on, fact, statistic, value, same, signs)
    if mean == law.family.general:
        return _of_power(carrier, d, on, law, statistic, value, same, signs)
    return of_general(d, on, law, (statistic, value), facts)


def of_general(d: Draft, on: Points, law: Instance, goal: tuple[Node, Node], facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X) from the mean of a statistic with a number, such as ``x^r``.

    Parameters
    ----------
    d : Draft
    on : Points
    law : Instance
    goal : (Node, Node)
        T(x) and its mean.
    facts : sequence of Fact
    """
    for general in law.family.means:
        for number in law.family.numbers(general):
            exponent = unify(law.read(general.statistic, x=on.x, **{number: _HOLE}), goal[0], on.x)
            if exponent is not None:
                return _of_one_power(d, on, law, general, exponent, goal, facts)
    raise Refused("the integral behind this family gives no such mean", {"statistic": goal[0]})


def _of_logarithm(
    d: Draft, on: Points, fact: Fact, statistic: Node, value: Node, same: Fact, signs: list[Fact]
) -> Fact:
    """Return the mean of a logarithm from ∫ T·f = v·E T(X)."""
    p, size, body = on.p, same.left.args[0].args[1], statistic * same.right
    d.show(fact, "the integral with the logarithm")
    whole = combination(p, [(1 / size, fact)])
    now = integrand(on, fact).args[0]
    entries: list[Entry] = [(now, same)]
    if now != statistic:
        entries.append((same.right, equal(p, now, statistic, signs)))
    whole = congruent(on, whole, body, linear(p, eq(integrand(on, whole), body), entries, signs))
    factor = fact.statement.args[2].args[1]
    any_number = p.fresh_number()
    divided = p.inst(equal(p, 1 / size * (size * any_number), any_number, signs), {any_number.data: factor})
    reason = p.trans(divided, valued(p, factor, value, signs))
    return d.show(with_value(p, whole, value, reason), "divide by the total")


def _of_power(
    carrier: Product, d: Draft, on: Points, law: Instance, statistic: Node, value: Node, same: Fact, signs: list[Fact]
) -> Fact:
    """Return the mean of a power from ∫ T·f, which is f at another parameter."""
    p, size, body = on.p, same.left.args[0].args[1], statistic * same.right
    fact = _cite(carrier, p, carrier.power, law, {n: p.symbol(n) for n in STATISTIC_NUMBERS if n in p.names}, signs)
    d.show(fact, "the integral with the power")
    whole = combination(p, [(1 / size, fact)])
    whole = congruent(on, whole, body, linear(p, eq(integrand(on, whole), body), [(statistic, same)], signs))
    raw = whole.statement.args[2]
    plain = plain_gammas(p, raw, value, signs)
    now = raw if plain is None else plain.right
    signs = [*signs, *positive_gammas(p, [now, value], signs)]
    reason = p.trans(plain, same_by_logs(p, now, value, signs, relations(p, now, value, signs)))
    return d.show(with_value(p, whole, value, reason), "divide by the total")


def _of_one_power(
    d: Draft, on: Points, law: Instance, general: Mean, exponent: Node, goal: tuple[Node, Node], facts: Sequence[Fact]
) -> Fact:
    """Return the mean of one power from that of all, with Γ brought to the arguments that the value has."""
    (statistic, value), p, family = goal, on.p, law.family
    body = statistic * law.density(on.x)
    (number,) = family.numbers(general)
    claims = [law.read(c, "statement", **{number: exponent}) for c in general.given]
    premises = [*own(p, law, facts), *(shown(p, c, facts) for c in claims)]
    fact = p.cite(family.theorem(general.name), {**law.spelled, number: exponent}, premises)
    d.show(fact, "the mean of all powers")
    now = integrand(on, fact)
    if now == body:
        whole = fact
    else:
        signs = [*facts, *inside(on, facts), *positive_gammas(p, [body], facts)]
        whole = congruent(on, fact, body, equal(p, now, body, signs))
    return d.show(with_value(p, whole, value, valued(p, whole.statement.args[2], value, facts)), "collect")


def _cite(
    carrier: Product, p: Proof, name: str, law: Instance, more: Mapping[str, Node], facts: Sequence[Fact]
) -> Fact:
    scope = p.lemma(name).scope
    values = {n: law.read(text, **more) for n, text in carrier.at.items() if n in scope} | dict(more)
    return without_abs(p, cited(p, name, values, facts), facts)
