"""Limits of a term along a sequence that runs to an end of an interval: powers, logarithms and exponentials of it.

The term is brought into a sum of products of n, exponentials that decay, and parts that have a limit. What decays is
bounded by a multiple of 1/n, by the tangent 1 + t ≤ exp t.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import final

from ...kernel import Refused
from ...kernel.errors import need
from ...kernel.normal_form import integer_exponent
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import NAT, Node, apply_abs, num
from ...language.chains import chain, times
from ...language.rewriting import close
from ..builder import Fact
from ..integrals import with_value
from ..tactics import algebra, limit, nonzero, prove
from .combination import Combination, Host
from .functions import by_logarithms
from .ring import Monomial, Poly, Ring
from .signs import attempt

__all__ = ["Along"]

_ZERO, _ONE, _HOLE = num(0), num(1), Node("sym", "_")
_LARGEST_POWER = 8
"""Up to which power n is multiplied with what decays: the bound is a product of so many factors."""


Entry = tuple[object, ...]
"""A factor and lines whose product with it is added up, as the rule ``order`` has them."""


def _exp(term: Node) -> Node:
    return Node("exp", None, (term,))


def _log(term: Node) -> Node:
    return Node("log", None, (term,))


@final
class Along:
    """Limits along sequences, with one free index for all of them.

    Parameters
    ----------
    host : Host
        What shows premises.
    extra : sequence of Fact
        Facts to use beside the hypotheses.

    Attributes
    ----------
    index : Node
        The free index over ℕ.
    n : Node
        The index as a number.
    """

    def __init__(self, host: Host, extra: Sequence[Fact]) -> None:
        self.host, self.p = host, host.p
        self.index = self.p.fresh(NAT)
        self.n = Node("nat", None, (self.index,))
        natural = self.p.scheme("nats_nonneg", {"c": self.n}, [self.p.scheme("nat_in", {"n": self.index})])
        self.extra: tuple[Fact, ...] = (natural, *extra)
        self.guard = self.p.assume(lt(0, self.n))
        self._ring = Ring(self.p.spend)
        self._number = self._ring.atom(self.n)

    def sequence(self, term: Node) -> Node:
        """Return λ n. t.

        Parameters
        ----------
        term : Node
        """
        return close(term, (self.index.data, NAT))

    def shown(self, goal: Node) -> Fact:
        """Return a line that shows a sign or a comparison.

        Parameters
        ----------
        goal : Node

        Raises
        ------
        Refused
            When nothing shows it.
        """
        line = attempt(prove, self.p, goal, self.extra) or self.host.show(goal, self.extra)
        line = line or attempt(Combination(self.host, goal, self.extra).find, 3)
        if line is None:
            raise Refused("no known fact shows this", {"goal": goal})
        return line

    def limit(self, term: Node) -> Fact:
        """Return (n ↦ t) → l.

        Parameters
        ----------
        term : Node
            A term with the free index.

        Raises
        ------
        Refused
            When no limit is found.
        """
        tidy = self._tidied(term)
        plain = tidy.right if tidy else term
        line = self._total(plain) if self._varies(plain) else self.p.scheme("limit_const", {"a": plain})
        if tidy is not None:
            line = self._as(line, self.p.symm(tidy))
        return self._settled(line)

    def told(self, facts: Sequence[Fact]) -> None:
        """Take signs of terms at n, and those of the same terms in the form that the limits need.

        Parameters
        ----------
        facts : sequence of Fact
        """
        for fact in facts:
            tidy = attempt(self._tidied, fact.right)
            self.extra += (fact,) if tidy is None else (fact, self.p.rewrite(fact, tidy))

    # --- sums and products -------------------------------------------------------------------------------------------

    def _varies(self, term: Node) -> bool:
        return self.index.data in term.points

    def _as(self, line: Fact, same: Fact) -> Fact:
        """Return b(n) → l from a(n) → l and a(n) = b(n)."""
        return line if same.left == same.right else self.p.rewrite(line, self.p.gen(self.index, same))

    def _settled(self, line: Fact) -> Fact:
        """Return a limit with its value multiplied out."""
        value = self._ring.term(self._ring.read(line.right))
        return with_value(self.p, line, value, extra=self.extra)

    def _total(self, term: Node) -> Fact:
        """Return the limit of a term that is tidy, product by product."""
        p, poly = self.p, self._ring.read(term)
        lines: list[Fact] = []
        parts: list[Node] = []
        entries: list[Entry] = []
        for monomial in sorted(poly, key=lambda m: (not m, m)):
            constant, factors, used = self._factors(monomial, num(poly[monomial]))
            lines += factors
            parts.append(times([constant, *map(self._body, factors)]))
            entries += used
        total = chain([("+", part) for part in parts])
        whole = limit(p, self.sequence(total), lines, self.extra)
        if total == term:
            return whole
        return self._as(whole, p.order(eq(total, term), entries, *nonzero(p, [total, term], self.extra)))

    def _body(self, line: Fact) -> Node:
        """Return the term at n whose limit a line gives."""
        return apply_abs(line.statement.args[0], self.index)

    def _factors(self, monomial: Monomial, value: Node) -> tuple[Node, list[Fact], list[Entry]]:
        """Return the constant factor of a product, the limits of the others, and what shows them to be its factors."""
        atoms = [(self._ring.atoms[k], e) for k, e in monomial]
        constant = times([value, *(a if e == 1 else a ** num(e) for a, e in atoms if not self._varies(a))])
        degree = next((e for a, e in atoms if a == self.n), 0)
        growing = [(a, e) for a, e in atoms if self._varies(a) and a.op == "exp"]
        rest = [(a, e) for a, e in atoms if self._varies(a) and a.op != "exp" and a != self.n]
        need(0 <= degree <= _LARGEST_POWER, "no limit is known of this power", term=self.n ** num(degree))
        lines = [self._power(a, e) for a, e in rest]
        if not growing:
            need(degree == 0, "this grows without bound", term=self.n)
            return constant, lines, []
        merged, same = self._merged(growing)
        inside = attempt(self.limit, merged.args[0]) if degree == 0 else None
        line = self._decay(degree, merged.args[0]) if inside is None else self._exponential(inside)
        powers = [self.n ** num(degree)] if degree else []
        used: list[Entry] = [] if same is None else [(-1, times([constant, *powers, *map(self._body, lines)]), same)]
        return constant, [line, *lines], used

    def _merged(self, growing: Sequence[tuple[Node, int]]) -> tuple[Node, Fact | None]:
        """Return a product of exponentials as one, and what shows that."""
        if len(growing) == 1 and growing[0][1] == 1:
            return growing[0][0], None
        total = chain([("+", num(e) * a.args[0]) for a, e in growing])
        merged = _exp(self._ring.term(self._ring.read(total)))
        before = times([a ** num(e) for a, e in growing])
        return merged, by_logarithms(self.p, eq(before, merged), self.extra)

    def _power(self, atom: Node, exponent: int) -> Fact:
        """Return the limit of a power of an atom that is none of n."""
        p = self.p
        if exponent > 0:
            line = self._atom(atom)
            return line if exponent == 1 else limit(p, self.sequence(times([atom] * exponent)), [line])
        if (inside := attempt(self.limit, atom)) is not None:
            return self._reciprocal(atom, inside, exponent)
        raise Refused("no limit is known of this power", {"term": atom ** num(exponent)})

    def _reciprocal(self, atom: Node, line: Fact, exponent: int) -> Fact:
        below = times([atom] * -exponent)
        powers = limit(self.p, self.sequence(below), [line])
        values = {"a": _ONE, "b": powers.right, "u": self.sequence(_ONE), "v": self.sequence(below)}
        one = self.p.scheme("limit_const", {"a": _ONE})
        return self._settled(self.p.scheme("limit_div", values, [one, powers, self.shown(ne(powers.right, 0))]))

    def _atom(self, atom: Node) -> Fact:
        """Return the limit of a logarithm, of a power with any exponent, or of 1/d."""
        if atom.op == "log":
            return self._logarithm(atom.args[0])
        if atom.op == "^" and not self._varies(atom.args[1]):
            return self._power_of_positive(*atom.args)
        if atom.op == "/" and atom.args[0] == _ONE:
            below = atom.args[1]
            inside = attempt(self.limit, below)
            return self._reciprocal(below, inside, -1) if inside is not None else self._vanishing(below)
        raise Refused("no limit is known of this function", {"term": atom})

    # --- functions ---------------------------------------------------------------------------------------------------

    def _exponential(self, inside: Fact) -> Fact:
        """Return exp aₙ → exp l from aₙ → l."""
        line = self.p.cite("exp_limit", {"a": inside.right, "u": inside.statement.args[0]}, [inside])
        return self.p.rewrite(line, self.p.cite("exp_zero", {})) if inside.right == _ZERO else line

    def _logarithm(self, term: Node) -> Fact:
        """Return log aₙ → log l from aₙ → l for a positive l."""
        p, inside = self.p, self.limit(term)
        values = {"a": inside.right, "u": inside.statement.args[0]}
        line = p.cite("log_limit", values, [self.shown(lt(0, inside.right)), inside])
        return with_value(p, line, _ZERO, p.cite("log_one", {})) if inside.right == _ONE else line

    def _power_of_positive(self, base: Node, exponent: Node) -> Fact:
        """Return aₙ^s → l^s from aₙ → l for a positive l."""
        p, inside = self.p, self.limit(base)
        values = {"a": inside.right, "b": exponent, "u": inside.statement.args[0]}
        line = p.cite("rpow_limit", values, [self.shown(lt(0, inside.right)), inside])
        if inside.right != _ONE:
            return line
        return with_value(p, line, _ONE, by_logarithms(p, eq(line.right, _ONE), self.extra))

    def _vanishing(self, below: Node) -> Fact:
        """Return 1/aₙ → 0 for aₙ that grows."""
        p, (rate, start, grows) = self.p, self._growth(below)
        slope = self.shown(lt(0, rate))
        self.extra += (slope,)
        big = p.order(le(rate * self.n, below), [(1, 1, grows), (1, 1, self.shown(le(0, start)))])
        least = p.pos(lt(0, rate * self.n), slope, self.guard)
        positive = p.order(lt(0, below), [(1, 1, big), (1, 1, least)])
        scale = p.pos(lt(0, 1 / (rate * self.n * below)), least, positive)
        goal = le(1 / below, 1 / rate * (1 / self.n))
        divisors = nonzero(p, [rate, below], self.extra)
        upper = p.order(goal, [(1, 1, scale, big)], slope, self.guard, positive, *divisors)
        return self._squeezed(1 / below, 1 / rate, p.pos(le(0, 1 / below), positive), upper)

    def _squeezed(self, term: Node, factor: Node, lower: Fact, upper: Fact) -> Fact:
        """Return aₙ → 0 from 0 ≤ aₙ ≤ c/n for 0 < n."""
        p, guard = self.p, self.guard.statement
        zero = p.scheme("limit_const", {"a": _ZERO})
        tends = limit(p, self.sequence(factor * (1 / self.n)), [p.scheme("limit_inv_nat", {})])
        tends = with_value(p, tends, 0, p.field(eq(tends.right, 0), *nonzero(p, [tends.right], self.extra)))
        facts = [f if guard in f.sequent.hypotheses else p.weaken(guard, f) for f in (lower, upper)]
        return p.limit_squeeze(zero, tends, *(p.gen(self.index, p.disch(guard, f)) for f in facts))

    def _decay(self, degree: int, exponent: Node) -> Fact:
        """Return n^j·exp(−t) → 0 for t that grows: exp(c·n) is at least (c·n/(j + 1))^(j + 1)."""
        p, n = self.p, self.n
        rate, start, grows = self._growth(-exponent)
        slope, m = self.shown(lt(0, rate)), degree + 1
        self.extra += (slope,)
        divisors = nonzero(p, [exponent, rate, start], self.extra)
        y = rate * n / m
        e, outside = _exp(y), _exp(-start)
        py, pe = p.pos(lt(0, y), slope, self.guard), p.scheme("exp_pos", {"a": y})
        larger = p.order(le(y, e), [(1, 1, p.cite("exp_ge_one_add", {"a": y})), (1, 1)], *divisors)
        whole, before, factor = e, _ONE, outside * (1 / rate)
        if degree:
            whole, before, factor = e ** num(m), n ** num(degree), outside * (num(m) / rate) ** num(m)
            rows = [(1, 1, larger, *[pe] * a, *[py] * (degree - a)) for a in range(m)]
            larger = p.order(le(y ** num(m), whole), rows, *divisors)
        line = -(rate * n) - start
        below = p.order(le(exponent, line), [(1, 1, grows)], *divisors)
        mono = p.cite("exp_mono", {"a": exponent, "b": line}, [below])
        same = by_logarithms(p, eq(_exp(line), outside / whole), self.extra)
        positive = p.scheme("exp_pos", {"a": -start})
        scale = p.pos(lt(0, factor / (n * whole)), positive, slope, self.guard, pe)
        term = before * _exp(exponent) if degree else _exp(exponent)
        entries = [(1, 1, p.pos(le(0, before), self.guard), mono), (1, before, same), (1, 1, scale, larger)]
        upper = p.order(le(term, factor * (1 / n)), entries, slope, self.guard, pe, *divisors)
        lower = p.pos(le(0, term), self.guard, p.scheme("exp_pos", {"a": exponent}))
        return self._squeezed(term, factor, lower, upper)

    # --- growth ------------------------------------------------------------------------------------------------------

    def _growth(self, term: Node) -> tuple[Node, Node, Fact]:
        """Return c, d and c·n + d ≤ t for a sum with one part that grows, and others that are not negative."""
        p, ring = self.p, self._ring
        poly = ring.read(term)
        constant: Poly = {m: v for m, v in poly.items() if not self._varies(ring.product(m))}
        line: Poly = {
            m: v for m, v in poly.items() if [x for x in m if self._varies(ring.atoms[x[0]])] == [(self._number, 1)]
        }
        if len(line) > 1:
            return self._growth_of_line(term, line, constant)
        for monomial in sorted(m for m in poly if m not in constant):
            rest: Poly = {m: v for m, v in poly.items() if m not in constant and m != monomial}
            found = self._led(monomial, poly[monomial])
            others = [attempt(prove, p, le(0, ring.term({m: v})), self.extra) for m, v in rest.items()]
            if found is None or None in others:
                continue
            rate, start, fact = found
            start = ring.term(ring.read(start + ring.term(constant)))
            facts = [(1, 1, f) for f in (fact, *others) if f is not None]
            goal = le(rate * self.n + start, term)
            return rate, start, p.order(goal, facts, *nonzero(p, [goal], self.extra))
        raise Refused("this is not known to grow", {"term": term})

    def _growth_of_line(self, term: Node, line: Poly, constant: Poly) -> tuple[Node, Node, Fact]:
        """Return c, d and c·n + d ≤ t for a t that is c·n + d."""
        p, ring = self.p, self._ring
        need(len(line) + len(constant) == len(ring.read(term)), "this is not known to grow", term=term)
        rate = ring.term({tuple(x for x in m if x[0] != self._number): v for m, v in line.items()})
        start = ring.term(constant)
        goal = le(rate * self.n + start, term)
        return rate, start, p.order(goal, [], *nonzero(p, [goal], self.extra))

    def _led(self, monomial: Monomial, value: Fraction) -> tuple[Node, Node, Fact] | None:
        """Return c, d and c·n + d ≤ t for a product that grows, or None."""
        try:
            return self._leader(monomial, value)
        except (Refused, KeyError):
            return None

    def _leader(self, monomial: Monomial, value: Fraction) -> tuple[Node, Node, Fact]:
        """Return c, d and c·n + d ≤ t for a product that grows."""
        p, n = self.p, self.n
        (atom, exponent), *more = [(self._ring.atoms[k], e) for k, e in monomial if self._varies(self._ring.atoms[k])]
        need(not more, "only one factor may grow", term=self._ring.product(monomial))
        outside = tuple((k, e) for k, e in monomial if not self._varies(self._ring.atoms[k]))
        factor = self._ring.term({outside: value})
        positive = self.shown(lt(0, factor))
        term = self._ring.term({monomial: value})

        def scaled(rate: Node, start: Node, *entries: tuple[object, ...]) -> tuple[Node, Node, Fact]:
            goal = le(rate * n + start, term)
            return rate, start, p.order(goal, entries, *nonzero(p, [goal], self.extra))

        if atom == n and exponent in (1, 2):
            return scaled(factor, _ZERO) if exponent == 1 else scaled(2 * factor, -factor, (1, n - 1, positive))
        need(exponent == 1, "this is not known to grow", term=term)
        if atom.op == "exp":
            rate, start, grows = self._growth(atom.args[0])
            tangent = p.cite("exp_ge_one_add", {"a": atom.args[0]})
            entries = [(1, 1, positive, tangent), (1, 1, positive, grows)]
            return scaled(factor * rate, factor * (1 + start), *entries)
        need(atom.op == "log", "this is not known to grow", term=term)
        rate, start, grows = self._growth_of_log(atom.args[0])
        return scaled(factor * rate, factor * start, (1, 1, positive, grows))

    def _growth_of_log(self, inside: Node) -> tuple[Node, Node, Fact]:
        """Return c, d and c·n + d ≤ log t for a sum with a part k·exp s, and others that are not negative."""
        p, ring = self.p, self._ring
        poly = ring.read(inside)
        for monomial in sorted(m for m in poly if self._varies(ring.product(m))):
            *outside, last = [
                (ring.atoms[k], e) for k, e in sorted(monomial, key=lambda x: ring.atoms[x[0]].op == "exp")
            ]
            if last[0].op != "exp" or last[1] != 1:
                continue
            others = [attempt(prove, p, le(0, ring.term({m: v})), self.extra) for m, v in poly.items() if m != monomial]
            if None in others:
                continue
            factor = times([num(poly[monomial]), *(a ** num(e) for a, e in outside)])
            part, scale = (last[0], _ZERO) if factor == _ONE else (factor * last[0], _log(factor))
            facts = [(1, 1, f) for f in others if f is not None]
            below = p.order(le(part, inside), facts, *nonzero(p, [part, inside], self.extra))
            positive = self.shown(lt(0, factor))
            mono = p.cite("log_mono", {"a": part, "b": inside}, [self.shown(lt(0, part)), below])
            law = algebra(p, eq(_log(part), scale + last[0].args[0]), [positive, *self.extra])
            rate, start, grows = self._growth(last[0].args[0])
            start = scale + start
            goal = le(rate * self.n + start, _log(inside))
            entries = [(1, 1, mono), (-1, 1, law), (1, 1, grows)]
            return rate, start, p.order(goal, entries, *nonzero(p, [goal, part], self.extra))
        raise Refused("this is not known to grow", {"term": inside})

    # --- one form ----------------------------------------------------------------------------------------------------

    def _tidied(self, term: Node) -> Fact | None:
        """Return t = t′ with exponentials instead of powers and logarithms of them, or None where nothing changes."""
        if not self._varies(term) or term.op not in ("+", "-", "*", "/", "^", "neg", "log", "exp"):
            return None
        p, current, steps = self.p, term, []
        for k, part in enumerate(term.args):
            inner = self._tidied(part)
            if inner is not None:
                args = (*current.args[:k], _HOLE, *current.args[k + 1 :])
                steps.append(p.congr(Node(term.op, None, args), inner))
                current = steps[-1].right
        step = self._opened(current)
        steps += [step] if step is not None else []
        return p.trans(*steps) if steps else None

    def _opened(self, term: Node) -> Fact | None:
        p, ring = self.p, self._ring
        if (
            term.op not in ("log", "^")
            or integer_exponent(term) is not None
            or self._varies(term.args[-1]) == (term.op == "^")
        ):
            return None
        base, exponent = term.args[0], term.args[-1]
        found = self._as_exponential(base)
        if found is not None:
            factor, inside, plain = found
            # The base as one product, then what the function is of it.
            first = p.congr(
                Node(term.op, None, (_HOLE, *term.args[1:])),
                p.field(eq(base, plain), *nonzero(p, [base, plain], self.extra)),
            )
            if term.op == "log":
                return p.trans(first, algebra(p, eq(first.right, _log(factor) + inside), self.extra))
            new = _exp(ring.term(ring.read(exponent * inside)))
            new = new if factor == _ONE else factor**exponent * new
            return p.trans(first, by_logarithms(p, eq(first.right, new), self.extra))
        if term.op == "log":
            return None
        line = attempt(self.limit, base)
        if line is not None and attempt(self.shown, lt(0, line.right)) is not None:
            return None
        return p.scheme("rpow_def", {"a": base, "b": exponent}, [self.shown(lt(0, base))])

    def _as_exponential(self, term: Node) -> tuple[Node, Node, Node] | None:
        """Return k, s and a product of exponentials where a term is k·exp s, and k is without n."""
        poly = self._ring.read(term)
        if len(poly) != 1:
            return None
        ((monomial, value),) = poly.items()
        atoms = [(self._ring.atoms[k], e) for k, e in monomial]
        moving = [(a, e) for a, e in atoms if self._varies(a)]
        if not moving or any(a.op != "exp" for a, _ in moving):
            return None
        inside = chain([("+", num(e) * a.args[0]) for a, e in moving])
        factor = times([num(value), *(a ** num(e) for a, e in atoms if not self._varies(a))])
        factor = self._ring.term(self._ring.read(factor))
        return factor, self._ring.term(self._ring.read(inside)), self._ring.term(poly)
