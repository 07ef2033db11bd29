"""Facts about parameters of distributions and about numbers of a domain: conditions, signs, equal products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from ..kernel import Refused
from ..kernel.statements import eq, le, lt
from ..kernel.terms import Node, num, substitute
from ..language.chains import MULTIPLICATIVE, operands
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.integrals import Points
from ..proving.tactics import linear, prove
from ..proving.tactics.arrange import arrange
from ..proving.tactics.facts import equal, nonzero
from .family import Instance
from .terms import collected, parts

__all__ = [
    "cited",
    "identities",
    "inside",
    "own",
    "plain_abs",
    "positive_divisors",
    "positive_gammas",
    "same_by_logs",
    "shown",
    "signs_of",
    "tidied",
    "within",
    "without_abs",
]


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
        if claim.op == "!=" and not claim.names:
            return _apart(p, claim, facts)
        known = dict.fromkeys(f for f in (*facts, *p.known) if f.statement.op in ("<", "<=", "="))
    one = p.pos("0 < 1")
    for used in ((), *((f,) for f in known), *combinations(known, 2)):
        try:
            return linear(p, claim, (one, *used), facts)
        except Refused:
            continue
    return linear(p, claim, (one, *known), facts)


def _apart(p: Proof, claim: Node, facts: Sequence[Fact]) -> Fact:
    """Return a ≠ b for numbers, of which one is less."""
    a, b = claim.args
    for less, sign in ((lt(a, b), 1), (lt(b, a), -1)):
        try:
            return p.order(claim, [(sign, 1, prove(p, less, facts))])
        except Refused:
            continue
    raise Refused("neither of two numbers is known to be less", {"claim": claim})


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
        if gap.op == "-":
            first, second = gap.args
        elif gap.op == "+" and gap.args[1].op == "num":
            first, second = gap.args[0], num(-gap.args[1].data)
        else:
            first, second = gap, num(0)
        same = _abs_of(p, gap, first, second, facts)
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
    """Return an exponent, the largest part without x, or the smallest with it, whose literals can be put together."""
    if collected(term) == term:
        return None
    for node in parts(term, "^"):
        if collected(node.args[1]) != node.args[1]:
            return node.args[1]
    if x.data not in term.names:
        return term
    return next((found for a in term.args if (found := _untidy(a, x)) is not None), term)
