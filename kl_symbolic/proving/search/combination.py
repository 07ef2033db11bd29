"""Comparisons as combinations of facts, with multipliers that are found exactly; the rule ``order`` adds them up.

What may be combined grows from stage to stage: facts as they are; signs, tangents and instances of theorems; products;
squares. Each stage is bounded, and the first that succeeds ends the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Protocol, final

from ...kernel.statements import eq
from ...kernel.terms import Node, num
from ...language.definitions import unfold
from ..builder import Fact, Proof
from ..tactics import nonzero
from .at_hand import MAX_FACTS, arranged, at_hand
from .functions import absolutes, exponentials, gaps, monotone, numbers, powers, tangents
from .lemmas import Lemma
from .ring import Monomial, Poly, Ring, add, join, multiply
from .signs import Prover, attempt, sign
from .simplex import Column, combine
from .sources import divergences, elements, instances

__all__ = ["STAGES", "Combination", "Host"]

STAGES = ("the facts at hand", "signs, tangents and theorems", "products", "squares")
MAX_COLUMNS = 280
"""At most so many contributions are combined, and one more for each given fact that is one of many."""
_COFACTORS = 24
"""By so many factors d·(1/d) = 1 is multiplied."""
MAX_ROWS = 48
"""So many entries are added up in one line; the kernel nests them, and takes about a hundred."""

_ONE = num(1)
_UNIT: Poly = {(): Fraction(1)}


class Host(Protocol):
    """The search that a combination is part of.

    Attributes
    ----------
    p : Proof
        Its known facts are used.
    work : int
        How many contributions may still be looked at, in all combinations of the search together.
    using : tuple of Lemma
        Theorems that the user named.
    """

    p: Proof
    work: int
    using: tuple[Lemma, ...]

    def show(self, goal: Node, extra: Sequence[Fact]) -> Fact | None:
        """Show a premise of a lemma, or give up.

        Parameters
        ----------
        goal : Node
            What is to be shown.
        extra : sequence of Fact
            Facts to use beside the hypotheses.
        """

    def tidy(self, term: Node, extra: Sequence[Fact]) -> Fact | None:
        """Return term = its arrangement; None when it is arranged already, or has none.

        Parameters
        ----------
        term : Node
        extra : sequence of Fact
            Facts to use beside the hypotheses.
        """


@final
class Combination:
    """The search for one comparison.

    Parameters
    ----------
    host : Host
        The search that this one is part of.
    goal : Node
        A comparison with =, ≤ or <.
    extra : sequence of Fact
        Facts to use beside the known ones.
    lemmas : bool
        Whether lemmas with hypotheses may be used, which the host then has to show.
    """

    def __init__(self, host: Host, goal: Node, extra: Sequence[Fact], lemmas: bool = True) -> None:
        self.host, self.goal, self.extra = host, goal, extra
        self.p = host.p
        self.show: Prover = host.show if lemmas else lambda *_: None
        self.nested = False
        self.ring = Ring(self.p.spend)
        self.entries: list[tuple[Poly, tuple[Fact, ...]]] = []
        self.columns: list[Column] = []
        self._seen: dict[tuple[object, bool, bool], None] = {}
        self._polys: dict[int, Poly] = {}
        # Each side as it stands is related to its arrangement by an equality, which the combination uses too.
        self.tidy = [host.tidy(side, extra) for side in goal.args]
        left, right = (t.right if t else side for t, side in zip(self.tidy, goal.args, strict=True))
        self.wanted = add(self.ring.read(right), self.ring.read(left), Fraction(-1))
        self.facts: list[Fact] = []
        self.given = 0
        self.signs: list[Fact] = []

    def find(self, stages: int) -> Fact | None:
        """Return a line that shows the goal, using the first *stages* stages; or None.

        Parameters
        ----------
        stages : int
            How many stages of the search to run.
        """
        gather = (self._facts, self._sources, self._products, self._squares)
        for stage in gather[:stages]:
            before = len(self.columns)
            stage()
            if stage == self._facts or len(self.columns) > before:
                found = combine(self.columns, self.wanted, self.goal.op == "<")
                line = None if found is None else attempt(self._emit, found)
                if line is not None:
                    return line
        return None

    def closed(self, lines: Sequence[Fact], multiples: Sequence[tuple[Poly, Fact]]) -> Fact | None:
        """Return a line that shows the goal by the facts at hand, lines beside them, and multiples of equalities.

        Parameters
        ----------
        lines : sequence of Fact
            Comparisons of arranged terms.
        multiples : sequence of (Poly, Fact)
            Factors of equalities.
        """
        kept = self.entries[:], self.columns[:], dict(self._seen), self.facts[:]
        if not self.facts:
            self._facts()
        for line in lines:
            self._add(_UNIT, line)
            self.facts.append(line)
        for factor, equation in multiples:
            self._add(factor, equation)
        self._reciprocals(self._all_polys())
        self._multiples()
        found = combine(self.columns, self.wanted, self.goal.op == "<")
        shown = None if found is None else attempt(self._emit, found)
        self.entries, self.columns, self._seen, self.facts = kept
        return shown

    def _emit(self, multipliers: dict[int, Fraction]) -> Fact:
        rows = [self._row(k, m) for k, m in multipliers.items()]
        if len(rows) > MAX_ROWS:
            numbers = [*multipliers]
            chunks = [numbers[k : k + MAX_ROWS] for k in range(0, len(numbers), MAX_ROWS)]
            rows = [(1, _ONE, self._partial({k: multipliers[k] for k in chunk})) for chunk in chunks]
        rows += [(factor, _ONE, t) for factor, t in zip((1, -1), self.tidy, strict=True) if t is not None]
        return self._added(self.goal, rows)

    def _row(self, number: int, multiplier: Fraction) -> tuple[object, ...]:
        term, facts = self.entries[number]
        return multiplier, self.ring.term(term), *facts

    def _partial(self, multipliers: dict[int, Fraction]) -> Fact:
        """Return 0 <= a part of the combination, or 0 <, or 0 =: a line adds up so many entries only."""
        total: Poly = {}
        for k, m in multipliers.items():
            total = add(total, dict(self.columns[k].values), m)
        columns = [self.columns[k] for k in multipliers]
        op = "=" if all(c.free for c in columns) else "<" if any(c.strict for c in columns) else "<="
        goal = Node(op, None, (num(0), self.ring.term(total)))
        return self._added(goal, [self._row(k, m) for k, m in multipliers.items()])

    def _added(self, goal: Node, rows: list[tuple[object, ...]]) -> Fact:
        facts = [f for _, _, *used in rows for f in used if isinstance(f, Fact)]
        terms = [*goal.args, *(s for f in facts for s in f.statement.args)]
        terms += [t for _, t, *_ in rows if isinstance(t, Node)]
        return self.p.order(goal, rows, *nonzero(self.p, terms, self.extra))

    # columns

    def _poly(self, fact: Fact) -> Poly:
        if fact.number not in self._polys:
            self._polys[fact.number] = add(self.ring.read(fact.right), self.ring.read(fact.left), Fraction(-1))
        return self._polys[fact.number]

    def _add(self, term: Poly, *facts: Fact) -> None:
        """Offer c·t²·Π(right − left), or c·t·Π(…) with an equality."""
        most = MAX_COLUMNS + max(0, self.given - MAX_FACTS)
        if len(self.columns) >= most or self.host.work <= 0 or self.p.left < 0:
            return
        self.host.work -= 1
        free = any(f.statement.op == "=" for f in facts)
        value = term if free else self.ring.times(term, term)
        for fact in facts:
            value = self.ring.times(value, self._poly(fact))
        plain = term == _UNIT
        strict = not free and plain and all(f.statement.op == "<" for f in facts)
        key = (tuple(sorted(value.items())), free, strict)
        if value and key not in self._seen:
            self._seen[key] = None
            self.entries.append((term, facts))
            self.columns.append(Column(value, free, strict))

    def _use(self, fact: Fact) -> Fact:
        """Offer a fact in its arrangement."""
        line = arranged(self.p, fact, lambda term: self.host.tidy(term, self.extra))
        if line.statement.op in ("=", "<=", "<"):
            self._add(_UNIT, line)
            self.facts.append(line)
        return line

    # stages

    def _facts(self) -> None:
        if self.goal.op != "=":
            self._add(_UNIT)
        for fact in at_hand(self.p, self.goal, self.extra):
            self._use(fact)
        self.given = len(self.facts)
        for fact in gaps(self.p, self.goal, self.extra) if self.goal.op != "=" else ():
            self._use(fact)

    def _compared(self, goal: Node) -> Fact | None:
        """Show another comparison, without lemmas and squares; that one may not ask for a third."""
        if self.nested:
            return None
        other = Combination(self.host, goal, self.extra, lemmas=False)
        other.nested = True
        return other.find(3)

    def _atoms(self) -> list[Node]:
        """Return the atoms that occur, those of the goal first."""
        numbers = dict.fromkeys(a for poly in self._all_polys() for m in poly for a, _ in m)
        return [self.ring.atoms[k] for k in numbers]

    def _all_polys(self) -> list[Poly]:
        return [self.wanted, *(self._poly(f) for f in self._near())]

    def _near(self) -> list[Fact]:
        """Return the facts that give rise to others: not those among many that have little to do with the goal."""
        return [*self.facts[: min(self.given, MAX_FACTS)], *self.facts[self.given :]]

    def _sources(self) -> None:
        p, extra = self.p, self.extra
        atoms = self._atoms()
        if self.goal.op != "=":
            written = [self.goal, *map(_opened, self.goal.args), *(t.right for t in self.tidy if t is not None)]
            statements = [*written, *(f.statement for f in self._near())]
            found = [*divergences(p, statements, extra, self.show), *elements(p, atoms, extra)]
            found += tangents(p, atoms, extra)
            found += numbers(p, atoms)
            found += monotone(p, atoms, self._near(), extra)
        else:
            statements, found = [self.goal], []
        found += powers(p, atoms, extra)
        found += instances(p, statements, extra, self.show, self.host.using)
        for fact in found:
            self._use(fact)
        for fact in exponentials(p, self._atoms()):
            self._use(fact)
        for fact in absolutes(p, self._atoms(), extra, self._compared):
            self._use(fact)
        if self.goal.op != "=":
            self._signs()
        self._reciprocals(self._all_polys())

    def _signs(self) -> None:
        """Offer the signs of atoms, of reciprocals that occur, and of the goal's monomials."""
        monomials: dict[Monomial, None] = {}
        for poly in self._all_polys():
            for monomial in poly:
                for atom, exponent in monomial:
                    monomials[((atom, 1 if exponent > 0 else -1),)] = None
        monomials.update(dict.fromkeys(m for m in self.wanted if len(m) > 1))
        below = {a: -1 for m in self.wanted for a, e in m if e < 0}
        monomials[tuple(sorted(below.items()))] = None
        for monomial in monomials:
            fact = sign(self.p, self.ring.product(monomial), self.extra) if monomial else None
            if fact is not None:
                self._add(_UNIT, fact)
                self.signs.append(fact)

    def _reciprocals(self, polys: Sequence[Poly]) -> None:
        """Offer d·(1/d) = 1 times the cofactors with which 1/d occurs in some polynomials."""
        for number, atom in enumerate(self.ring.atoms):
            if atom.op != "/":
                continue
            divisor = atom.args[1]
            fact = attempt(self.p.field, eq(divisor * atom, _ONE), *nonzero(self.p, [atom], self.extra))
            if fact is None:
                continue
            here = [m for poly in polys for m in poly if (number, 1) in m]
            rests = dict.fromkeys(tuple(x for x in m if x != (number, 1)) for m in here)
            # With a monomial of the divisor as a factor, a multiple makes that monomial; otherwise it takes 1/d away.
            parts = [m for m in self.ring.read(divisor) if m]
            cofactors = dict.fromkeys(join(m, part, -1) for m in rests for part in parts if _divides(part, m))
            for cofactor in [*cofactors, *(m for m in rests if m not in cofactors)][:_COFACTORS]:
                self._add({cofactor: Fraction(1)}, fact)

    def _products(self) -> None:
        """Offer products of two inequalities, then multiples of equalities."""
        if self.goal.op != "=":
            multipliers = self._multipliers()
            others = [f for f in self._near() if f.statement.op in ("<=", "<") and f not in multipliers]
            for one, two in combinations(multipliers, 2):
                self._add(_UNIT, one, two)
            for one in multipliers:
                for two in others[:24]:
                    self._add(_UNIT, one, two)
            self._reciprocals([dict(c.values) for c in self.columns])
        self._multiples()

    def _multiples(self) -> None:
        """Offer equalities times what makes their monomials those that occur."""
        wanted = list(dict.fromkeys(m for poly in (self.wanted, *(c.values for c in self.columns)) for m in poly))
        for fact in [f for f in self._near() if f.statement.op == "="][:10]:
            own = [m for m in self._poly(fact) if m]
            cofactors = dict.fromkeys(join(m, part, -1) for part in own for m in wanted if _divides(part, m))
            for cofactor in [c for c in cofactors if c][:10]:
                self._add({cofactor: Fraction(1)}, fact)

    def _multipliers(self) -> list[Fact]:
        """Return the inequalities by which others are multiplied: known ones, and signs."""
        own = [f for f in self.facts[: self.given] if f.statement.op in ("<=", "<")]
        return list(dict.fromkeys([*own[:6], *self.signs]))[:9]

    def _squares(self) -> None:
        """Offer squares, by themselves and times what is known to be positive."""
        if self.goal.op == "=":
            return
        names = [k for k in dict.fromkeys(a for m in self.wanted for a, _ in m) if self.ring.atoms[k].op != "/"][:5]
        terms = [t for order in (names, names[::-1]) for t in self._completed(order)]
        roots: dict[Monomial, None] = {
            (): None,
            **{((a, 1),): None for a in names},
            **dict.fromkeys(map(_half, self.wanted)),
        }
        units: list[Poly] = [{root: Fraction(1)} for root in roots]
        for one, two in combinations(units[:7], 2):
            terms += [add(two, one, Fraction(-1)), add(one, two, Fraction(1))]
        terms += units[1:]
        for term in terms:
            self._add(term)
        for term in terms:
            for fact in self._multipliers()[:6]:
                self._add(term, fact)

    def _completed(self, order: Sequence[int]) -> list[Poly]:
        """Return the terms u + L/(2a) that complete the squares a·u² + u·L of the goal, one symbol after the other."""
        rest, found = dict(self.wanted), []
        for symbol in order:
            square = rest.get(((symbol, 2),), Fraction(0))
            if square <= 0:
                continue
            linear = {join(m, ((symbol, 1),), -1): v for m, v in rest.items() if (symbol, 1) in m}
            term = add({((symbol, 1),): Fraction(1)}, linear, 1 / (2 * square))
            rest = add(rest, multiply(term, term), -square)
            found.append(term)
        return found


def _opened(term: Node) -> Node:
    """Return a term with the definitions at its top opened once: theorems are about what stands below them, too."""
    if term.op == "def":
        return unfold(term)
    return Node(term.op, None, tuple(map(_opened, term.args))) if term.op in ("+", "-", "*", "/", "neg") else term


def _half(monomial: Monomial) -> Monomial:
    """Return the square root of a monomial with even exponents, else 1."""
    even = all(e % 2 == 0 for _, e in monomial)
    return tuple((a, e // 2) for a, e in monomial) if even else ()


def _divides(own: Monomial, monomial: Monomial) -> bool:
    """Whether a monomial has the factors of *own* above the fraction bar; those below may always be multiplied out."""
    powers = dict(monomial)
    return all(powers.get(a, 0) >= e for a, e in own if e > 0)
