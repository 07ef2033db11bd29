"""The generator of closed forms: the proof of a divergence, an entropy or a cross-entropy of families.

log p and log q are written as combinations of statistics, the means of the statistics are cited, and what they add up
to is brought into a short form that SymPy proposes. The kernel checks the certificate; nothing here is trusted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from ..kernel import Refused
from ..kernel.statements import eq, le, lt, ne
from ..kernel.terms import Node, num
from ..language.rewriting import replace
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.integrals import Points, combination, congruent, integrand, with_value
from ..proving.tactics import algebra, linear, prove
from ..proving.tactics.arrange import arrange
from ..proving.tactics.facts import equal
from ..sympy_bridge.proposals import propose
from .carriers import Combined
from .combinations import mean_of
from .domains import OutsideDomain, end, member
from .facts import identities, inside, own, plain_abs, positive_gammas, shown, signs_of, tidied, within
from .family import Instance, Mean
from .gammas import with_literals
from .terms import collected, parts, unify

__all__ = [
    "Infinite",
    "Measure",
    "NoMean",
    "Side",
    "conditions",
    "differences",
    "expectation",
    "log_density",
    "measured",
    "opposite",
    "sides",
]

Measure: TypeAlias = Literal["divergence", "entropy", "cross_entropy"]


class NoMean(Refused):
    """The mean of a statistic that is needed has no theorem.

    Parameters
    ----------
    reason : str
        What was expected.
    parts : dict of str to object
        What came, by label.
    line : int or None
        The number of the refused certificate line, counted from 0.
    rule : str
        The rule that this line names.
    """


class Infinite(Refused):
    """The mean of a statistic that is needed does not exist for these parameters.

    Parameters
    ----------
    reason : str
        What was expected.
    parts : dict of str to object
        What came, by label.
    line : int or None
        The number of the refused certificate line, counted from 0.
    rule : str
        The rule that this line names.
    """


def conditions(d: Draft, claims: Sequence[Node], facts: Sequence[Fact] = ()) -> list[Fact]:
    """Return that claims about parameters hold: proved where they are about numbers, and hypotheses elsewhere.

    Parameters
    ----------
    d : Draft
    claims : sequence of Node
    facts : sequence of Fact

    Raises
    ------
    Refused
        When a claim about numbers is not proved, or the opposite of one is assumed.
    """
    found: list[Fact] = []
    for claim in claims:
        if claim.op in ("<", "<=") and _denied(d.p, claim):
            raise Refused("the opposite is assumed", {"claim": claim})
        try:
            found.append(shown(d.p, claim, [*facts, *found]))
        except Refused:
            if not claim.names:
                raise
            found.append(d.p.given(claim))
    return found


def opposite(claim: Node) -> Node:
    """Return a ≤ b for b < a, and a < b for b ≤ a.

    Parameters
    ----------
    claim : Node
    """
    a, b = claim.args
    return le(b, a) if claim.op == "<" else lt(b, a)


def _denied(p: Proof, claim: Node) -> bool:
    """Return whether the opposite of a claim follows from what is assumed; conditions of families are strict."""
    denials = [f for f in p.known if f.statement.op == "<="]
    if not denials:
        return False
    try:
        linear(p, opposite(claim), [p.pos("0 < 1"), *denials])
    except Refused:
        return False
    return True


def expectation(d: Draft, on: Points, law: Instance, statistic: Node, facts: Sequence[Fact]) -> Fact:
    """Return ∫ T·p = E T(X), by the theorem of the family.

    Parameters
    ----------
    d : Draft
    on : Points
    law : Instance
    statistic : Node
        T(x).
    facts : sequence of Fact
        The conditions on the parameters.

    Raises
    ------
    NoMean
        When the family has no theorem about it.
    Infinite
        When no condition of its theorems is met.
    """
    p, family, x = on.p, law.family, law.outcome(on.x)
    refused = False
    for mean in family.means:
        numbers = _numbers(law, mean, statistic, on.x)
        if numbers is None:
            continue
        claims = [law.read(c, "statement", **numbers) for c in mean.given]
        try:
            premises = conditions(d, claims, facts)
        except Refused:
            refused = True
            continue
        if family.inline:
            assert isinstance(family.carrier, Combined)
            fact = mean_of(family.carrier, d, on, law, mean, numbers, [*facts, *premises])
        else:
            fact = p.cite(family.theorem(mean.name), {**law.spelled, **numbers}, [*own(p, law, facts), *premises])
        if statistic == num(1):
            return congruent(on, fact, collected(law.density(x)), tidied(p, integrand(on, fact), on.x, facts))
        body = statistic * collected(law.density(x))
        now = integrand(on, fact)
        if now == body:
            return fact
        tidy = tidied(p, now, on.x, facts)
        now = now if tidy is None else tidy.right
        if now == body:
            return congruent(on, fact, body, tidy)
        signs = [*facts, *within(on, body, facts)]
        same = algebra(p, eq(now, body), [*signs, *positive_gammas(p, [body], signs)])
        return congruent(on, fact, body, p.trans(tidy, same))
    if refused:
        raise Infinite("the mean is infinite", {"statistic": statistic, "of": family.name})
    raise NoMean("no theorem gives this mean", {"statistic": statistic, "of": family.name})


def _numbers(law: Instance, mean: Mean, statistic: Node, x: Node) -> dict[str, Node] | None:
    """Return what the numbers of the statistic of a mean must be for it to be *statistic*."""
    names, at = law.family.numbers(mean), law.outcome(x)
    if not names:
        return {} if plain(law.read(mean.statistic, x=at)) == statistic else None
    pattern = plain(law.read(mean.statistic, x=at, **{names[0]: Node("sym", "?")}))
    found = unify(pattern, statistic, x)
    return None if found is None else {names[0]: found}


@final
@dataclass(frozen=True)
class Side:
    """The logarithm of a density as a combination of statistics.

    Parameters
    ----------
    law : Instance
    positive : Fact
        0 < p(x).
    log : Fact
        log p(x) = Σ c·T(x).
    coefficients : mapping of Node to Node
    signs : sequence of Fact
        What shows that factors are positive.
    """

    law: Instance
    positive: Fact
    log: Fact
    coefficients: Mapping[Node, Node]
    signs: Sequence[Fact]


def _side(on: Points, law: Instance, x: Node, facts: Sequence[Fact], known: Collection[Node] = ()) -> Side:
    """Return the logarithm of the density at x, in statistics that are spelled as known ones are if they equal them."""
    p = on.p
    density = collected(law.density(x))
    signs = [*facts, *within(on, density, facts)]
    signs += positive_gammas(p, [density], signs)
    coefficients: dict[Node, Node] = {}
    form: Node | None = None
    opened: list[Fact] = []
    for text, coefficient in law.family.log_density:
        statistic, c = plain(law.read(text, x=x)), collected(law.read(coefficient))
        statistic = _spelled(p, statistic, known, on.x, facts)
        parts_of = [(statistic, c)]
        same = plain_abs(p, statistic, facts) if statistic.op == "abs" else None
        if same is not None:
            opened.append(same)
            above, below = same.right.args
            parts_of = [(x, c), (num(1), -(c * below))] if above == x else [(x, -c), (num(1), c * above)]
        for t, factor in parts_of:
            coefficients[t] = coefficients[t] + factor if t in coefficients else factor
        term = c if statistic == num(1) else c * statistic
        form = term if form is None else form + term
    assert form is not None
    log = _logarithm(on, law, x, eq(Node("log", None, (density,)), form), signs)
    for same in opened:
        log = p.trans(log, p.congr(replace(log.right, same.left, hole()), same))
    return Side(law, prove(p, lt(0, density), signs), log, coefficients, signs)


def _logarithm(on: Points, law: Instance, x: Node, goal: Node, signs: Sequence[Fact]) -> Fact:
    """Return log p(x) = Σ c·T(x): by the theorem of the family, in the spelling that is wanted, or by algebra."""
    p, family = on.p, law.family
    name = family.theorem("log_density")
    if x == on.x and name in family.theorems and p.name != name:
        try:
            values = {**law.spelled, x.data: x}
            fact = p.cite(name, values, [*own(p, law, signs), member(on, law.domain, signs)])
            inner, wanted = fact.left.args[0], goal.args[0].args[0]
            log = Node("log", None, (hole(),))
            first = None if inner == wanted else p.congr(log, equal(p, wanted, inner, signs))
            last = None if fact.right == goal.args[1] else equal(p, fact.right, goal.args[1], signs)
            return p.trans(first, fact, last)
        except Refused:
            pass
    same_terms = [p.trans(f, equal(p, f.right, collected(f.right), signs)) for f in identities(on, law, signs)]
    if same_terms:
        arranged = [arrange(p, side, signs) for side in goal.args]
        return linear(p, goal, [f for f in (*arranged, *same_terms) if f is not None], signs)
    return algebra(p, goal, signs)


def log_density(d: Draft, on: Points, law: Instance, facts: Sequence[Fact]) -> Fact:
    """Return log p(x) = Σ c·T(x).

    Parameters
    ----------
    d : Draft
    on : Points
        A number of the domain.
    law : Instance
    facts : sequence of Fact
        The conditions.
    """
    p, x = on.p, on.x
    form: Node | None = None
    for text, coefficient in law.family.log_density:
        statistic, c = law.read(text, x=x), law.read(coefficient)
        term = c if statistic == num(1) else c * statistic
        form = term if form is None else form + term
    assert form is not None
    density = law.density(x)
    signs = [*facts, *within(on, density, facts)]
    signs += positive_gammas(p, [density], signs)
    return d.show(_logarithm(on, law, x, eq(Node("log", None, (density,)), form), signs), "the laws of the logarithm")


def _spelled(p: Proof, statistic: Node, known: Collection[Node], x: Node, facts: Sequence[Fact]) -> Node:
    """Return the known statistic that is equal to one by arithmetic; the statistic itself if there is none."""
    for other in () if statistic in known else known:
        if _alike(statistic, other, x):
            try:
                equal(p, statistic, other, facts)
            except Refused:
                continue
            return other
    return statistic


def _alike(a: Node, b: Node, x: Node) -> bool:
    """Return whether two terms differ in parts without x only."""
    if x.data not in a.names and x.data not in b.names:
        return True
    if (a.op, a.data, len(a.args)) != (b.op, b.data, len(b.args)):
        return False
    return all(_alike(s, t, x) for s, t in zip(a.args, b.args, strict=True))


def plain(statistic: Node) -> Node:
    """Return a statistic with literals put together: x for x^1, and 1/x for x^(-1); a distance stays a difference.

    Parameters
    ----------
    statistic : Node
    """
    if statistic.op == "abs":
        return statistic
    statistic = collected(statistic)
    if statistic.op == "^" and statistic.args[1].op == "num":
        base, exponent = statistic.args
        return {1: base, -1: 1 / base}.get(exponent.data, statistic)
    return statistic


def sides(d: Draft, P: Instance, Q: Instance, name: str) -> tuple[Points, list[Fact], Side, Side]:
    """Return a number of the domain of P, what is known of it and of the parameters, and log p and log q there.

    Parameters
    ----------
    d : Draft
    P, Q : Instance
        Both sides are one where the distributions are.
    name : str
        Of the number.

    Raises
    ------
    OutsideDomain
        When the domain of P is not inside that of Q.
    """
    p, laws = d.p, [P] if P is Q else [P, Q]
    facts = conditions(d, [law.read(c, "statement") for law in laws for c in law.family.assumed])
    facts += [fact for law in laws for fact in signs_of(p, law, facts)]
    facts += d.given(*(definition for law in laws for definition in law.definitions))
    on = Points(p, P.domain, name)
    facts += inside(on, facts)
    if P is not Q:
        facts += _inside(d, on, P, Q, facts)
    for law in laws:
        if not law.family.log_density:
            raise NoMean("the logarithm of this density is not one sum of statistics", {"of": law.family.name})
    outcome = P.outcome(on.x)
    first = _side(on, P, outcome, facts)
    return on, facts, first, first if P is Q else _side(on, Q, outcome, facts, first.coefficients)


def differences(
    p: Proof, weights: Sequence[tuple[Side, int]], facts: Sequence[Fact]
) -> Iterator[tuple[Node, Node, Fact | None]]:
    """Yield each statistic with its coefficient in a combination of sides, and how that was shortened.

    Parameters
    ----------
    p : Proof
    weights : sequence of (Side, int)
        The factors are 1 and −1.
    facts : sequence of Fact
    """
    collected: dict[Node, Node] = {}
    for side, sign in weights:
        for statistic, c in side.coefficients.items():
            signed = c if sign == 1 else -c
            collected[statistic] = collected[statistic] + signed if statistic in collected else signed
    for statistic, c in collected.items():
        same = _short(p, c, [*facts, *positive_gammas(p, [c], facts)])
        yield statistic, c if same is None else same.right, same


def measured(d: Draft, measure: Measure, P: Instance, Q: Instance, name: str = "x") -> Fact:
    """Return ∫ p·log(p/q) = v, or ∫ −p·log p, or ∫ −p·log q.

    Parameters
    ----------
    d : Draft
        The names in the parameters are declared.
    measure : str
        ``"divergence"``, ``"entropy"`` or ``"cross_entropy"``.
    P, Q : Instance
        For the entropy both are P.
    name : str
        Of the number over which is integrated.

    Raises
    ------
    NoMean, Infinite
        When a mean that is needed has no theorem, or does not exist.
    Refused
        When the domain of P is not inside that of Q.
    """
    if P.family.sides:
        return _over_sides(d, measure, P, Q, name)
    p = d.p
    on, facts, first, last = sides(d, P, P if measure == "entropy" else Q, name)
    a, b = first.positive.right, last.positive.right
    log_a, log_b = Node("log", None, (a,)), Node("log", None, (b,))
    ratio = None
    if measure == "divergence":
        ratio = p.cite("log_div", {"a": a, "b": b}, [first.positive, last.positive])
        body, entries = a * ratio.left, [(a, ratio), (a, first.log), (a, last.log)]
        weights = [(first, 1), (last, -1)]
    else:
        body, entries = -(a * (log_a if measure == "entropy" else log_b)), [(a, last.log)]
        weights = [(last, -1)]
    pieces, shortened = _pieces(d, on, P, weights, facts)
    total = combination(p, pieces)
    entries += [(a if statistic == num(1) else a * statistic, fact) for statistic, fact in shortened]
    same = linear(p, eq(integrand(on, total), body), entries, [*first.signs, *last.signs])
    whole = congruent(on, total, body, same)
    raw = whole.statement.args[2]
    short = _short(p, raw, [*facts, *positive_gammas(p, [raw], facts)])
    found = with_value(p, whole, short.right, short) if short else whole
    used = set(p.needed(found))
    told: list[tuple[Fact, str]] = [(ratio, "the logarithm of the ratio")] if ratio else []
    told += [(side.log, "the logarithm of the density, in its statistics") for side, _ in weights]
    told += [(fact, "the mean of a statistic") for _, fact in pieces]
    for line, because in told:
        if line.number in used:
            d.show(line, because)
    return d.show(found, "add")


def _over_sides(d: Draft, measure: Measure, P: Instance, Q: Instance, name: str) -> Fact:
    """Return a measure of a distribution whose density is another term on each side of a number."""
    from ..theory.density_notation import joined

    p = d.p
    found: Fact | None = None
    for side in P.sides:
        fact = measured(d, measure, side, side if measure == "entropy" else Q, name)
        facts = conditions(d, [P.read(c, "statement") for c in P.family.assumed])
        on = Points(p, side.domain, name)
        own, whole = collected(side.density(on.x)), collected(P.density(on.x))
        signs = [*facts, *inside(on, facts)]
        opened = plain_abs(p, whole, signs)
        same = p.trans(opened, equal(p, whole if opened is None else opened.right, own, signs))
        hollow = replace(integrand(on, fact), own, hole())
        fact = congruent(on, fact, replace(hollow, hole(), whole), p.congr(hollow, p.symm(same)))
        if found is None:
            found = fact
            continue
        (low, cut), (_, high) = (f.statement.args[0].args for f in (found, fact))
        found = joined(p, found, fact, (shown(p, lt(low, cut), facts), shown(p, lt(cut, high), facts)))
    assert found is not None
    d.show(found, "add both sides")
    raw = found.statement.args[2]
    short = _short(p, raw, [*facts, *positive_gammas(p, [raw], facts)])
    return d.show(with_value(p, found, short.right, short), "collect") if short else found


_NONE_THERE = "the first distribution has values where the second one has none"


def _inside(d: Draft, on: Points, P: Instance, Q: Instance, facts: Sequence[Fact]) -> list[Fact]:
    """Return what x ∈ D_Q says of x ∈ D_P, under the conditions on the ends that it needs."""
    p, own, other = on.p, on.domain, Q.domain
    if own != other and "nats" in (own.op, other.op):
        raise OutsideDomain("one distribution is continuous and the other one is discrete", {"of": Q.family.name})
    if P.family.first < Q.family.first:
        raise OutsideDomain(_NONE_THERE, {"of": Q.family.name})
    if other in (own, Node("reals")):
        return []
    found: list[Fact] = []
    for low, says in ((True, own.op in ("above", "open")), (False, own.op in ("below", "open"))):
        edge = end(other, low)
        if edge is None:
            continue
        if not says:
            raise OutsideDomain(_NONE_THERE, {"of": Q.family.name})
        inner = end(own, low)
        try:
            (held,) = conditions(d, [le(edge, inner) if low else le(inner, edge)], facts)
        except Refused:
            raise OutsideDomain(_NONE_THERE, {"of": Q.family.name}) from None
        says_x = on.inside[0 if low else -1]
        goal = lt(edge, on.x) if low else lt(on.x, edge)
        found.append(p.order(goal, [(1, 1, says_x), (1, 1, held)]))
    return found


def _pieces(
    d: Draft, on: Points, P: Instance, weights: Sequence[tuple[Side, int]], facts: Sequence[Fact]
) -> tuple[list[tuple[object, Fact]], list[tuple[Node, Fact]]]:
    """Return coefficient and mean of each statistic that does not cancel, and how coefficients were shortened."""
    pieces: list[tuple[object, Fact]] = []
    shortened: list[tuple[Node, Fact]] = []
    for statistic, short, same in differences(on.p, weights, facts):
        shortened += [] if same is None else [(statistic, same)]
        if short != num(0):
            pieces.append((1 if short == num(1) else short, expectation(d, on, P, statistic, facts)))
    # Of equal distributions nothing is left.
    return pieces or [(1, on.p.scheme("int_null", {"D": on.domain}))], shortened


def _short(p: Proof, term: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is one that SymPy proposes, if that is shorter; None where nothing is.

    Quotients whose divisors are not known to be other than 0 are any numbers.
    """
    named: dict[str, Node] = {}
    for node in reversed(tuple(parts(term, "/"))):
        try:
            prove(p, ne(node.args[1], 0), facts)
        except Refused:
            name = p.fresh_number()
            named[name.data] = node
            term = replace(term, node, name)
    found = _proposed(p, term, facts)
    return p.inst(found, named) if found is not None and named else found


def _proposed(p: Proof, term: Node, facts: Sequence[Fact]) -> Fact | None:
    """Return that a term is one that SymPy proposes, if that is shorter; None where nothing is.

    Γ and ψ are symbols for SymPy, which would evaluate them at numbers.
    """
    from sympy import expand

    plain = with_literals(p, term)
    start = term if plain is None else plain.right
    functions = {f"f{k}": node for k, node in enumerate([*parts(start, "Gamma"), *parts(start, "digamma")])}
    hidden = start
    for name, node in reversed(functions.items()):
        hidden = replace(hidden, node, Node("sym", name))
    scope = {**p.scope, **dict.fromkeys(functions, ((), "number"))}
    best, found = start, None
    for by in (None, lambda e: e, expand):
        try:
            short = propose(by, hidden, p.hypotheses, scope) if by else collected(hidden)
            for name, node in reversed(functions.items()):
                short = replace(short, Node("sym", name), node)
            if short.size < best.size:
                best, found = short, algebra(p, eq(start, short), facts)
        except Refused:
            continue
    return found if plain is None else p.trans(plain, found)
