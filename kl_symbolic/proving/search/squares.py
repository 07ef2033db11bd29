"""Inequalities between rational functions: denominators are cleared, and squares of differences of monomials added up.

What remains without denominators is factored. Each factor is written as a sum of products of numbers of known sign,
hypotheses and squares u² or (u − v)² of monomials, and of multiples of equations. A linear program finds the
multipliers, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import chain, combinations, combinations_with_replacement, islice, product
from operator import mul
from typing import final

from ...kernel.statements import lt
from ...kernel.terms import Node, num
from ..builder import Fact, Proof
from ..tactics import nonzero, prove
from .at_hand import at_hand
from .combination import Host
from .ring import Monomial, Poly, Ring, add, join, multiply
from .signs import attempt, sign
from .simplex import Column, combine

__all__ = ["by_squares", "cleared", "factored"]

_MOST_ATOMS, _LARGEST_DEGREE = 7, 8
"""Polynomials in more symbols, or of a higher degree, are left alone."""
_MOST_MONOMIALS = 90
"""From so many monomials squares are formed."""
_MOST_COLUMNS = 500
"""So many products are offered to the linear program."""

_UNIT: Poly = {(): Fraction(1)}
_ONE = num(1)


def by_squares(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show an inequality between rational functions.

    Parameters
    ----------
    host : Host
        The search that asks.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op not in ("<=", "<"):
        return None
    ring = Ring(host.p.spend)
    gap = add(ring.read(goal.args[1]), ring.read(goal.args[0]), Fraction(-1))
    if not gap or any(atom.op in ("log", "xlogy", "def") for atom in ring.atoms):
        return None
    return _Squares(host.p, ring, goal, extra).find(gap)


@final
class _Squares:
    """The search for one certificate."""

    def __init__(self, p: Proof, ring: Ring, goal: Node, extra: tuple[Fact, ...]) -> None:
        self.p, self.ring, self.goal, self.extra = p, ring, goal, extra
        self.strict = goal.op == "<"
        self.signs: dict[int, Fact] = {}
        self.facts: list[tuple[Poly, Fact]] = []
        self.groups: list[set[int]] = []
        self.others: list[int] = []

    def find(self, gap: Poly) -> Fact | None:
        """Clear the denominators, and show that what remains is positive."""
        p = self.p
        gap, divisors = cleared(self.ring, gap)
        signs = [(attempt(prove, p, lt(0, divisor), self.extra), times) for divisor, times in divisors]
        below = [fact for fact, times in signs for _ in range(times) if fact is not None]
        if not gap or len(below) < sum(times for _, times in signs):
            return None
        names = sorted({k for m in gap for k, _ in m})
        if not 0 < len(names) <= _MOST_ATOMS or max(map(_degree, gap)) > _LARGEST_DEGREE:
            return None
        self._gather(names)
        gap, rows = self._homogenized(gap)
        made = self._by_factors(gap, names)
        if made is None:
            whole = self._positive(gap)
            if whole is None:
                return None
            made = Fraction(1), _ONE, [whole]
        content, weight, shown = made
        inverse = [p.pos(lt(0, 1 / fact.right), fact) for fact in below]
        over = reduce(mul, (f.right for f in inverse), _ONE)
        terms, known = [*self.goal.args, over], [*below, *self.extra]
        rows = [(factor, term * over, fact) for factor, term, fact in rows]
        return p.order(self.goal, [(content, weight, *shown, *inverse), *rows], *nonzero(p, terms, known))

    def _by_factors(self, gap: Poly, names: Sequence[int]) -> tuple[Fraction, Node, list[Fact]] | None:
        """Return a number, a term and facts: a polynomial is their product, where the term is squared."""
        content, factors = factored(gap, names)
        weight, shown = _ONE, list[Fact]()
        for poly, exponent in factors:
            if not self.strict:
                weight = weight * self.ring.term(poly) ** num(exponent // 2) if exponent > 1 else weight
                exponent %= 2
            fact = self._positive(poly) if exponent else None
            if exponent and fact is None:
                fact = self._positive(add({}, poly, -1))
                content *= (-1) ** exponent
                if fact is None:
                    return None
            shown += [fact] * exponent if fact is not None else []
        return None if content < 0 else (content, weight, shown)

    def _gather(self, names: Sequence[int]) -> None:
        """Note the signs of the atoms, and the comparisons that are about nothing else."""
        self.signs = {k: f for k in names if (f := sign(self.p, self.ring.atoms[k], self.extra)) is not None}
        facts = [f for f in at_hand(self.p, self.goal, self.extra) if f.statement.op != "!="]
        polys = [add(self.ring.read(f.right), self.ring.read(f.left), Fraction(-1)) for f in facts]
        known = set(names)
        for poly, fact in zip(polys, facts, strict=True):
            own = {k for m in poly for k, _ in m}
            if fact.statement.op == "=" and own & known and len(own | known) <= _MOST_ATOMS:
                known |= own
        for poly, fact in zip(polys, facts, strict=True):
            trivial = len(poly) == 1 and len(next(iter(poly))) == 1
            if poly and not trivial and {k for m in poly for k, _ in m} <= known:
                self.facts.append((poly, fact))
        self.signs |= {
            k: f for k in sorted(known - {*names}) if (f := sign(self.p, self.ring.atoms[k], self.extra)) is not None
        }
        self.others = sorted(known - {*names})

    def _homogenized(self, gap: Poly) -> tuple[Poly, list[tuple[int, Node, Fact]]]:
        """Multiply monomials by sums that are known to be 1, so that all get the same degree in their atoms.

        The rows say that what was subtracted is a multiple of equations.
        """
        rows = []
        for own, fact in self.facts:
            total = {m: v for m, v in own.items() if m}
            one, names = own.get((), Fraction(0)), {k for m in total for k, _ in m}
            if fact.statement.op != "=" or not one or any(_degree(m) != 1 for m in total):
                continue
            if self.groups and any(names & group for group in self.groups):
                continue
            self.groups.append(names)
            share = {m: -v / one for m, v in total.items()}
            degrees = {m: sum(e for k, e in m if k in names) for m in gap}
            whole, cofactor = Poly(), Poly()
            for monomial, value in gap.items():
                part: Poly = {monomial: value}
                for _ in range(max(degrees.values()) - degrees[monomial]):
                    cofactor = add(cofactor, part)
                    part = self.ring.times(part, share)
                whole = add(whole, part)
            # part·(1 − share) = part·own/one, and own is the right side less the left side of the equation
            if cofactor:
                rows.append((1, self.ring.term(add({}, cofactor, 1 / one)), fact))
            gap = whole
        return gap, rows

    # one factor

    def _positive(self, poly: Poly) -> Fact | None:
        """Return 0 <= f, or 0 < f, for a polynomial, by a certificate for it or for its product with a positive sum."""
        found = self._certified(poly)
        names = sorted({k for m in poly for k, _ in m})
        signs = [self.signs.get(k) for k in names]
        if (
            found is not None
            or len(poly) < 3
            or len(names) < 2
            or any(f is None or f.statement.op != "<" for f in signs)
        ):
            return found
        total = self.ring.term({((k, 1),): Fraction(1) for k in names})
        more = self._certified(self.ring.times(poly, self.ring.read(total)))
        if more is None:
            return None
        positive = self.p.pos(lt(0, total), *(f for f in signs if f is not None))
        inverse = self.p.pos(lt(0, 1 / total), positive)
        goal = Node(more.statement.op, None, (num(0), self.ring.term(poly)))
        return self.p.order(goal, [(1, 1, more, inverse)], positive)

    def _certified(self, poly: Poly) -> Fact | None:
        """Return 0 <= a polynomial, or 0 <, by the linear program."""
        entries, columns, seen = [], [], set()
        for term, facts in self._entries(poly):
            free = any(f.statement.op == "=" for f in facts)
            value = term if free else self.ring.times(term, term)
            for fact in facts:
                value = self.ring.times(value, add(self.ring.read(fact.right), self.ring.read(fact.left), Fraction(-1)))
            key = tuple(sorted(value.items())), free
            if value and key not in seen:
                seen.add(key)
                strict = not free and term == _UNIT and all(f.statement.op == "<" for f in facts)
                entries.append((term, facts))
                columns.append(Column(value, free, strict))
            if len(columns) >= _MOST_COLUMNS:
                break
        found = combine(columns, poly, self.strict)
        if found is None:
            return None
        rows = [(m, self.ring.term(entries[k][0]), *entries[k][1]) for k, m in found.items()]
        goal = Node("<" if self.strict else "<=", None, (num(0), self.ring.term(poly)))
        return attempt(self.p.order, goal, rows)

    def _entries(self, poly: Poly) -> Iterator[tuple[Poly, tuple[Fact, ...]]]:
        """Yield terms t and facts whose product, with t² or t, may be added up."""
        degree = max(map(_degree, poly))
        names = sorted({k for m in poly for k, _ in m} | {*self.others})
        monomials = self._monomials(poly, names)
        for monomial in monomials:
            yield from self._product(monomial)
        for first_monomial, second_monomial in combinations(monomials, 2):
            yield from self._square(first_monomial, second_monomial)
        for own, fact in self.facts:
            rest = degree - max(map(_degree, own))
            factors = list(islice(_all(names, rest), _MOST_MONOMIALS))
            if fact.statement.op == "=":
                yield from (({m: Fraction(1)}, (fact,)) for m in factors)
            else:
                yield from ((t, (*f, fact)) for m in factors for t, f in self._product(m))
        for (one, first), (two, second) in combinations_with_replacement(self.facts, 2):
            if (
                "=" not in (first.statement.op, second.statement.op)
                and max(map(_degree, one)) + max(map(_degree, two)) <= degree
            ):
                yield _UNIT, (first, second)

    def _monomials(self, poly: Poly, names: Sequence[int]) -> list[Monomial]:
        """Return the monomials of which squares are formed: those with the degrees of the polynomial, its own first."""
        groups = [sorted(group & {*names}) for group in self.groups]
        groups.append([k for k in names if not any(k in group for group in groups)])
        parts = []
        for group in filter(None, groups):
            degrees = {sum(e for k, e in m if k in group) for m in poly}
            exact = len(degrees) == 1
            parts.append(list(islice(_all(group, max(degrees), exact and not self.others), _MOST_MONOMIALS)))
        found = dict.fromkeys(poly)
        for chosen in islice(product(*parts), _MOST_MONOMIALS):
            found[tuple(sorted(chain.from_iterable(chosen)))] = None
        return list(found)

    def _product(self, monomial: Monomial) -> Iterator[tuple[Poly, tuple[Fact, ...]]]:
        """Yield a monomial as a square times numbers that are not negative; as a product of positive numbers first."""
        facts = [self.signs.get(k) for k, e in monomial for _ in range(e)]
        if self.strict and None not in facts:
            yield _UNIT, tuple(f for f in facts if f is not None)
        odd = [self.signs.get(k) for k, e in monomial if e % 2]
        if None not in odd:
            root = tuple((k, e // 2) for k, e in monomial if e > 1)
            yield {root: Fraction(1)}, tuple(f for f in odd if f is not None)

    def _square(self, one: Monomial, two: Monomial) -> Iterator[tuple[Poly, tuple[Fact, ...]]]:
        """Yield g·(u − v)² for two monomials g·u² and g·v², and g·(u + v)² where the sign of u·v may be any."""
        odd = tuple((k, 1) for k, e in one if e % 2)
        if odd != tuple((k, 1) for k, e in two if e % 2):
            return
        facts = [self.signs.get(k) for k, _ in odd]
        if None in facts:
            return
        u, v = (tuple((k, e // 2) for k, e in join(m, odd, -1)) for m in (one, two))
        for factor in (-1, 1) if any(k not in self.signs for k, _ in join(u, v)) else (-1,):
            yield {u: Fraction(1), v: Fraction(factor)}, tuple(f for f in facts if f is not None)


def _degree(monomial: Monomial) -> int:
    return sum(e for _, e in monomial)


def _all(names: Sequence[int], degree: int, exact: bool = False) -> Iterator[Monomial]:
    """Yield the monomials of a degree, or of up to it."""
    sizes = (degree,) if exact else range(degree + 1)
    chosen = chain.from_iterable(combinations_with_replacement(names, size) for size in sizes)
    yield from (tuple((k, c.count(k)) for k in dict.fromkeys(c)) for c in chosen)


def cleared(ring: Ring, poly: Poly) -> tuple[Poly, list[tuple[Node, int]]]:
    """Return what remains of a polynomial when it is multiplied by its divisors, and these with their exponents.

    Parameters
    ----------
    ring : Ring
    poly : Poly
    """
    divisors: list[tuple[Node, int]] = []
    for number, atom in enumerate(tuple(ring.atoms)):
        divided = atom.op == "/"
        powers = [e for m in poly for k, e in m if k == number]
        times = max(powers, default=0) if divided else -min([*powers, 0])
        if not times:
            continue
        divisors.append((atom.args[1] if divided else atom, times))
        if not divided:
            poly = multiply(poly, {((number, times),): Fraction(1)})
            continue
        inside, total = ring.read(atom.args[1]), Poly()
        for monomial, value in poly.items():
            part: Poly = {tuple(x for x in monomial if x[0] != number): value}
            for _ in range(times - dict(monomial).get(number, 0)):
                part = ring.times(part, inside)
            total = add(total, part)
        poly = total
    return poly, divisors


def factored(poly: Poly, names: Sequence[int]) -> tuple[Fraction, list[tuple[Poly, int]]]:
    """Return a polynomial as a number times powers of irreducible ones.

    Parameters
    ----------
    poly : Poly
    names : sequence of int
        The numbers of its atoms.
    """
    from sympy.polys.domains import QQ
    from sympy.polys.rings import ring as polynomials

    made, *_ = polynomials([f"x{k}" for k in names], QQ)
    place = {k: j for j, k in enumerate(names)}
    dense = {}
    for monomial, value in poly.items():
        exponents = [0] * len(names)
        for k, e in monomial:
            exponents[place[k]] = e
        dense[tuple(exponents)] = QQ(value.numerator, value.denominator)
    content, factors = made.from_dict(dense).factor_list()
    out = []
    for factor, exponent in factors:
        back: Poly = {}
        for exponents, value in factor.terms():
            back[tuple((names[j], e) for j, e in enumerate(exponents) if e)] = Fraction(
                int(value.numerator), int(value.denominator)
            )
        out.append((back, exponent))
    return Fraction(int(content.numerator), int(content.denominator)), out
