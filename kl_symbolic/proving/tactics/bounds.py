"""Bounds of terms by rational numbers: interval arithmetic of which every step is a line.

A term without symbols is enclosed as closely as is asked for: logarithms by the series of log(1 + z) − log(1 − z), of
which theorems bound the rest, exponentials by the logarithms of what is close to their values. Symbols have the bounds
that the known facts give them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from ...kernel import Refused
from ...kernel.normal_form import integer_exponent
from ...kernel.statements import le, lt, ne
from ...kernel.terms import Node, num
from ...language.rewriting import match
from ..builder import Fact, Proof
from .polynomials import constant

__all__ = ["PRECISIONS", "Bound", "TermBounds", "sign_by_bounds"]

PRECISIONS = (4, 9, 16)
"""The significant digits that are tried, one after the other. The longest series of the library yields 17."""

_SHORT = 5
"""Up to so many digits three terms of the series are enough, where z is at most 1/5; else it is twelve."""
_SPARE = 3
"""Digits of intermediate values beyond those that are wanted."""
_LARGEST_EXPONENT = 300
"""Exponentials of larger numbers are left alone: their digits would fill the certificate."""
_LARGEST_POWER = 64
"""Powers with larger exponents are left alone, for the same reason."""
_DEEPEST = 4
"""So many facts may be put together for one bound of a symbol: x < y, y < z, z < 1."""
_NESTED = 60
"""Bounds inside each other: of parts of terms, and of terms that facts compare with them."""
_ZERO, _ONE, _TWO = num(0), num(1), num(2)


@final
@dataclass(frozen=True, slots=True)
class Bound:
    """A number that bounds a term from one side.

    Parameters
    ----------
    value : Fraction
    fact : Fact
        ``value <= t`` or ``value < t``, or the other way round.
    """

    value: Fraction
    fact: Fact

    @property
    def strict(self) -> bool:
        """Whether the term cannot have the value."""
        return bool(self.fact.statement.op == "<")


Row = tuple[Fraction | int, Node | int, *tuple[Fact, ...]]
"""An entry of ``order``."""


@final
class TermBounds:
    """Bounds of terms.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    extra : sequence of Fact, optional
        Facts to use beside the known ones.
    digits : int, optional
        How many significant digits the bounds of terms without symbols shall have.
    """

    def __init__(self, p: Proof, extra: Sequence[Fact] = (), digits: int = PRECISIONS[0]) -> None:
        self._p, self._extra, self._digits = p, tuple(extra), digits
        self._found: dict[tuple[Node, bool], Bound | None] = {}
        self._open: list[tuple[Node, bool]] = []
        self._divisors: dict[Node, tuple[Fact, ...]] = {}

    def low(self, term: Node) -> Bound | None:
        """Return a lower bound, if one is found.

        Parameters
        ----------
        term : Node
        """
        return self._bound(term, upper=False)

    def high(self, term: Node) -> Bound | None:
        """Return an upper bound, if one is found.

        Parameters
        ----------
        term : Node
        """
        return self._bound(term, upper=True)

    def compared(self, goal: Node) -> Fact | None:
        """Return a line that shows a comparison with <=, < or != by the bounds of both sides, if they tell.

        Parameters
        ----------
        goal : Node
        """
        left, right = goal.args
        if goal.op == "!=":
            for factor, less in ((1, lt(left, right)), (-1, lt(right, left))):
                found = self.compared(less)
                if found is not None:
                    return self._order(goal, [(factor, 1, found)])
            return None
        above, below = self.high(left), self.low(right)
        if above is None or below is None:
            return None
        if above.fact.statement == goal or below.fact.statement == goal:
            return above.fact if above.fact.statement == goal else below.fact
        gap = below.value - above.value
        if gap < 0 or (not gap and goal.op == "<" and not above.strict and not below.strict):
            return None
        return self._order(goal, [(1, 1, above.fact), (1, 1, below.fact), *_constant(gap)])

    # one bound

    def _bound(self, term: Node, upper: bool) -> Bound | None:
        key = term, upper
        if key in self._found:
            return self._found[key]
        # A bound that would rest on itself is none; what was asked for on the way stays without one.
        if key in self._open or len(self._open) >= _NESTED:
            return None
        self._open.append(key)
        try:
            self._found[key] = self._new(term, upper)
        except (Refused, KeyError):
            self._found[key] = None
        finally:
            self._open.pop()
        return self._found[key]

    def _new(self, term: Node, upper: bool) -> Bound | None:
        value = constant(term)
        if value is not None:
            return self._emit(term, upper, value, [])
        found = [*self._by_facts(term, upper)] if term.names else []
        inside = self._by_structure(term, upper)
        if inside is not None:
            found.append(inside)
        if not found:
            return None
        return min(found, key=lambda b: (b.value if upper else -b.value, not b.strict))

    def _by_facts(self, term: Node, upper: bool) -> Iterator[Bound]:
        """Yield the bounds that follow from a comparison of the term with another, which has a bound."""
        if len({t for t, _ in self._open if t.op == "sym"}) > _DEEPEST:
            return
        for fact in _comparisons(self._p, term, self._extra):
            for side in (0, 1):
                on_this_side = (side == 0) == upper
                if fact.statement.args[side] != term or not (on_this_side or fact.statement.op == "="):
                    continue
                end = fact.statement.args[1 - side]
                if end.op == "num" and fact.statement.op != "=":
                    yield Bound(end.data, fact)
                    continue
                other = self._bound(end, upper)
                if other is not None:
                    rows = [(1 if on_this_side else -1, 1, fact), (1, 1, other.fact)]
                    yield self._emit(term, upper, other.value, rows)

    def _by_structure(self, term: Node, upper: bool) -> Bound | None:
        op, args = term.op, term.args
        if op in ("+", "-", "neg"):
            return self._sum(term, upper)
        if op == "*":
            return self._product(term, args[0], args[1], upper)
        if op == "/":
            return self._quotient(term, upper)
        if op == "^":
            return self._power(term, upper)
        if op == "log":
            return self._logarithm(term, upper)
        if op == "exp":
            return self._exponential(term, upper)
        if op == "abs":
            return self._absolute(term, upper)
        return None

    # lines

    def _emit(self, term: Node, upper: bool, value: Fraction, rows: Sequence[Row]) -> Bound:
        """Return a bound that rows add up to, rounded where it has many digits."""
        rounded = self._rounded(value, upper) if rows else value
        slack = abs(rounded - value)
        strict = slack > 0 or any(facts and all(f.statement.op == "<" for f in facts) for _, _, *facts in rows)
        literal = num(rounded)
        goal = Node("<" if strict else "<=", None, (term, literal) if upper else (literal, term))
        return Bound(rounded, self._order(goal, [*rows, *_constant(slack)]))

    def _order(self, goal: Node, rows: Sequence[Row]) -> Fact:
        divisors = [f for d, facts in self._divisors.items() if any(_occurs(d, s) for s in goal.args) for f in facts]
        return self._p.order(goal, rows, *divisors)

    def _rounded(self, value: Fraction, upper: bool) -> Fraction:
        """Round away from the term, to some more significant digits than are wanted."""
        digits = self._digits + _SPARE
        if not value or value.denominator < 10**digits:
            return value
        size = len(str(abs(value.numerator))) - len(str(value.denominator))
        scale = Fraction(10) ** (digits - size)
        scaled = value * scale
        whole = scaled.numerator // scaled.denominator
        return Fraction(whole + (1 if upper and scaled != whole else 0)) / scale

    # arithmetic

    def _sum(self, term: Node, upper: bool) -> Bound | None:
        parts = [(term.args[-1], upper != (term.op != "+"))]
        if term.op != "neg":
            parts.append((term.args[0], upper))
        bounds = [self._bound(part, side) for part, side in parts]
        found = [b for b in bounds if b is not None]
        if len(found) < len(parts):
            return None
        value = sum(
            (b.value if side == upper else -b.value for b, (_, side) in zip(found, parts, strict=True)), Fraction(0)
        )
        return self._emit(term, upper, value, [(1, 1, b.fact) for b in found])

    def _product(self, term: Node, a: Node, b: Node, upper: bool) -> Bound | None:
        for factor, other in ((a, b), (b, a)):
            scale = constant(factor)
            if scale is not None:
                if not scale:
                    return self._emit(term, upper, Fraction(0), [])
                inner = self._bound(other, upper == (scale > 0))
                return (
                    None
                    if inner is None
                    else self._emit(term, upper, scale * inner.value, [(abs(scale), 1, inner.fact)])
                )
        found = [self._corner(a, b, first, first != upper) for first in (False, True)]
        rows = [f for f in found if f is not None]
        if a == b and not upper and all(value < 0 for value, _ in rows):
            return self._emit(term, upper, Fraction(0), [(1, a)])
        if not rows:
            return None
        value, entries = (min if upper else max)(rows, key=lambda row: row[0])
        return self._emit(term, upper, value, entries)

    def _corner(self, a: Node, b: Node, high_a: bool, high_b: bool) -> tuple[Fraction, list[Row]] | None:
        """Bound a·b by (a − k)·(b − l), whose sign is known where k and l are bounds: by a·l + k·b − k·l."""
        first, second = self._bound(a, high_a), self._bound(b, high_b)
        if first is None or second is None:
            return None
        upper = high_a != high_b
        k, m = first.value, second.value
        rows: list[Row] = [(1, 1, first.fact, second.fact)]
        total = -k * m
        for scale, part in ((m, a), (k, b)):
            if scale:
                inner = self._bound(part, upper == (scale > 0))
                if inner is None:
                    return None
                total += scale * inner.value
                rows.append((abs(scale), 1, inner.fact))
        return total, rows

    def _quotient(self, term: Node, upper: bool) -> Bound | None:
        a, b = term.args
        if not self._need_divisor(b):
            return None
        if a == _ONE:
            return self._reciprocal(term, b, upper)
        return self._product(term, a, _ONE / b, upper)

    def _need_divisor(self, b: Node) -> bool:
        """Note that a divisor is not 0, by its bounds."""
        if b not in self._divisors:
            low, high = self.low(b), self.high(b)
            if low is not None and (low.value > 0 or (low.value == 0 and low.strict)):
                self._divisors[b] = (self._order(lt(0, b), [(1, 1, low.fact), *_constant(low.value)]),)
            elif high is not None and (high.value < 0 or (high.value == 0 and high.strict)):
                below = self._order(lt(0, -b), [(1, 1, high.fact), *_constant(-high.value)])
                self._divisors[b] = (self._order(ne(b, 0), [(1, 1, below)]), below)
        return b in self._divisors

    def _reciprocal(self, term: Node, b: Node, upper: bool) -> Bound | None:
        """Bound 1/b, where b has one sign: it falls as b grows."""
        sign, positive = self._divisors[b][-1], len(self._divisors[b]) == 1
        above = self._p.pos(lt(0, _ONE / sign.right), *self._divisors[b])
        inner = self._bound(b, not upper)
        if inner is None or not inner.value or (inner.value > 0) != positive:
            if positive == upper:
                return None
            return self._emit(term, upper, Fraction(0), [(1, 1, above)])
        value = 1 / inner.value
        return self._emit(term, upper, value, [(abs(value), 1, inner.fact, above)])

    def _power(self, term: Node, upper: bool) -> Bound | None:
        base, exponent = term.args
        whole = integer_exponent(term)
        if whole is None:
            return self._real_power(term, base, exponent, upper)
        if abs(whole) > _LARGEST_POWER:
            return None
        if whole < 0:
            below = base ** (-whole) if whole < -1 else base
            if not self._need_divisor(below) or not self._need_divisor(base):
                return None
            return self._reciprocal(term, below, upper)
        if whole < 2:
            same = self._bound(base, upper) if whole else self._bound(_ONE, upper)
            return None if same is None else self._emit(term, upper, same.value, [(1, 1, same.fact)])
        half = whole // 2
        parts = [base**k if k > 1 else base for k in (half, whole - half)]
        return self._product(term, parts[0], parts[1], upper)

    def _real_power(self, term: Node, base: Node, exponent: Node, upper: bool) -> Bound | None:
        """Bound a^b = exp(b·log a)."""
        if not self._need_divisor(base) or len(self._divisors[base]) > 1:
            return None
        meaning = self._p.scheme("rpow_def", {"a": base, "b": exponent}, self._divisors[base])
        inner = self._bound(meaning.right, upper)
        if inner is None:
            return None
        return self._emit(term, upper, inner.value, [(1, 1, inner.fact), (1 if upper else -1, 1, meaning)])

    def _absolute(self, term: Node, upper: bool) -> Bound | None:
        (inside,) = term.args
        low, high = self.low(inside), self.high(inside)
        for rule, bound, sign in (("abs_of_nonneg", low, 1), ("abs_of_nonpos", high, -1)):
            if bound is not None and sign * bound.value >= 0:
                goal = le(0, inside) if sign > 0 else le(inside, 0)
                known = self._order(goal, [(1, 1, bound.fact), *_constant(abs(bound.value))])
                same = self._p.scheme(rule, {"a": inside}, [known])
                inner = self._bound(same.right, upper)
                if inner is None:
                    return None
                return self._emit(term, upper, inner.value, [(1, 1, inner.fact), (1 if upper else -1, 1, same)])
        return (
            None if upper else self._emit(term, upper, Fraction(0), [(1, 1, self._p.cite("abs_nonneg", {"a": inside}))])
        )

    # logarithms

    def _logarithm(self, term: Node, upper: bool) -> Bound | None:
        (inside,) = term.args
        if constant(inside) is not None:
            value = constant(inside)
            return self._log_of_number(term, value, upper) if value is not None and value > 0 else None
        low = self.low(inside)
        if low is None or low.value < 0 or (low.value == 0 and not low.strict):
            return None
        positive = self._order(lt(0, inside), [(1, 1, low.fact), *_constant(low.value)])
        inner = self.high(inside) if upper else low
        if inner is None or inner.value <= 0:
            return None
        end = Node("log", None, (num(inner.value),))
        outer = self._bound(end, upper)
        if outer is None:
            return None
        sign = positive if upper else self._p.pos(lt(0, num(inner.value)))
        values = {"a": inner.fact.left, "b": inner.fact.right}
        grows = self._p.cite("log_lt" if inner.strict else "log_mono", values, [sign, inner.fact])
        return self._emit(term, upper, outer.value, [(1, 1, grows), (1, 1, outer.fact)])

    def _log_of_number(self, term: Node, value: Fraction, upper: bool) -> Bound | None:
        """Bound log r for r = 2^k·m with m near 1."""
        p = self._p
        if value == 1:
            return self._emit(term, upper, Fraction(0), [(1 if upper else -1, 1, p.cite("log_one", {}))])
        if value == 2:
            return self._log_of_product(term, Fraction(4, 3), Fraction(3, 2), upper)
        twos, rest = 0, value
        while rest > Fraction(3, 2):
            twos, rest = twos + 1, rest / 2
        while rest < Fraction(3, 4):
            twos, rest = twos - 1, rest * 2
        if twos:
            power = _TWO ** num(twos)
            law = p.cite("log_pow", {"a": _TWO, "b": num(twos)}, [p.pos(lt(0, 2))])
            one = self._bound(Node("log", None, (_TWO,)), upper == (twos > 0))
            if one is None:
                return None
            total, rows = twos * one.value, [(abs(twos), 1, one.fact), (1 if upper else -1, 1, law)]
            if rest != 1:
                near = self._bound(Node("log", None, (num(rest),)), upper)
                if near is None:
                    return None
                signs = [p.pos(lt(0, power)), p.pos(lt(0, num(rest)))]
                split = p.scheme("log_mul", {"a": power, "b": num(rest)}, signs)
                total += near.value
                rows += [(1, 1, near.fact), (1 if upper else -1, 1, split)]
            return self._emit(term, upper, total, rows)
        if rest < 1:
            inverse = self._bound(Node("log", None, (num(1 / rest),)), not upper)
            if inverse is None:
                return None
            values = {"a": _ONE, "b": num(1 / rest)}
            law = p.cite("log_div", values, [p.pos(lt(0, 1)), p.pos(lt(0, num(1 / rest)))])
            side = 1 if upper else -1
            rows = [(1, 1, inverse.fact), (side, 1, law), (side, 1, p.cite("log_one", {}))]
            return self._emit(term, upper, -inverse.value, rows)
        return self._by_series(term, rest, upper)

    def _log_of_product(self, term: Node, a: Fraction, b: Fraction, upper: bool) -> Bound | None:
        first, second = (self._bound(Node("log", None, (num(x),)), upper) for x in (a, b))
        if first is None or second is None:
            return None
        p = self._p
        split = p.scheme("log_mul", {"a": num(a), "b": num(b)}, [p.pos(lt(0, num(a))), p.pos(lt(0, num(b)))])
        rows = [(1, 1, first.fact), (1, 1, second.fact), (1 if upper else -1, 1, split)]
        return self._emit(term, upper, first.value + second.value, rows)

    def _by_series(self, term: Node, value: Fraction, upper: bool) -> Bound:
        """Bound log r = log(1 + z) − log(1 − z) for z = (r − 1)/(r + 1), where 1 < r."""
        p = self._p
        z = (value - 1) / (value + 1)
        terms = 3 if self._digits <= _SHORT else 12
        total = sum((2 * z ** (2 * k + 1) / (2 * k + 1) for k in range(terms)), Fraction(0))
        point = num(z)
        inside = [p.order(le(0, point), [(z, 1)]), p.order(lt(point, 1), [(1 - z, 1)])]
        series = p.cite(f"artanh_{'upper' if upper else 'lower'}_{terms}", {"z": point}, inside)
        one, two = num(1 + z), num(1 - z)
        law = p.cite("log_div", {"a": one, "b": two}, [p.pos(lt(0, one)), p.pos(lt(0, two))])
        rows: list[Row] = [(1, 1, series), (1 if upper else -1, 1, law)]
        if upper:
            total += 2 * z ** (2 * terms + 1) / ((2 * terms + 1) * (1 - z * z))
            self._divisors.setdefault(_ONE - point * point, (p.order(lt(0, _ONE - point * point), [(1 - z * z, 1)]),))
        rounded = self._rounded(total, upper)
        slack = abs(rounded - total)
        goal = Node("<" if slack else "<=", None, (term, num(rounded)) if upper else (num(rounded), term))
        more = self._divisors[_ONE - point * point] if upper else ()
        return Bound(rounded, p.order(goal, [*rows, *_constant(slack)], *more))

    # exponentials

    def _exponential(self, term: Node, upper: bool) -> Bound | None:
        p = self._p
        (inside,) = term.args
        inner = self._bound(inside, upper)
        if inner is None or abs(inner.value) > _LARGEST_EXPONENT:
            if upper:
                return None
            return self._emit(term, upper, Fraction(0), [(1, 1, p.scheme("exp_pos", {"a": inside}))])
        if not inner.value:
            grows = p.cite(
                "exp_lt" if inner.strict else "exp_mono", {"a": inner.fact.left, "b": inner.fact.right}, [inner.fact]
            )
            return self._emit(
                term, upper, Fraction(1), [(1, 1, grows), (1 if upper else -1, 1, p.cite("exp_zero", {}))]
            )
        margin = Fraction(4, 10**self._digits)
        value = self._rounded(_exp(inner.value, self._digits + _SPARE) * (1 + margin if upper else 1 - margin), upper)
        end = Node("log", None, (num(value),))
        # log(value) is beyond the bound of the exponent, on the other side of it
        back = self._bound(end, not upper)
        if back is None or (back.value < inner.value if upper else back.value > inner.value):
            return None
        gap = abs(back.value - inner.value)
        ends = (inside, end) if upper else (end, inside)
        rows: list[Row] = [(1, 1, back.fact), (1, 1, inner.fact), *_constant(gap)]
        grows = p.cite("exp_mono", {"a": ends[0], "b": ends[1]}, [self._order(le(*ends), rows)])
        undone = p.cite("exp_log", {"x": num(value)}, [p.pos(lt(0, num(value)))])
        return self._emit(term, upper, value, [(1, 1, grows), (1 if upper else -1, 1, undone)])


def sign_by_bounds(p: Proof, term: Node, extra: Sequence[Fact] = ()) -> Fact | None:
    """Return 0 < t, 0 <= t or t != 0 where the bounds of a term tell, the strongest of them.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    term : Node
    extra : sequence of Fact, optional
        Facts to use beside the known ones.
    """
    key = len(p.known), tuple(f.number for f in extra)
    if key not in p.memory:
        p.memory = {key: TermBounds(p, extra)}
    bounds: TermBounds = p.memory[key]
    for goal in (lt(0, term), le(0, term), ne(term, 0)):
        found = bounds.compared(goal)
        if found is not None:
            return found
    return None


def _comparisons(p: Proof, term: Node, extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the known comparisons of which a term is a side, universal ones at the indices that make it one."""
    for fact in (*extra, *p.about(term)):
        body, count = fact.statement, 0
        while body.op == "all":
            body, count = body.args[0].args[0], count + 1
        if body.op not in ("=", "<=", "<"):
            continue
        for side in body.args:
            found = match(side, term, count)
            if found is not None and not any(f.loose for f in found):
                yield p.spec(fact, *found)
                break


def _constant(value: Fraction) -> list[Row]:
    """Return the entry for a number, unless it is 0."""
    return [(value, 1)] if value else []


def _occurs(part: Node, term: Node) -> bool:
    return part == term or (part.size < term.size and any(_occurs(part, a) for a in term.args))


def _exp(value: Fraction, digits: int) -> Fraction:
    """Return exp of a number with about so many significant digits: the series at a small part of it, squared."""
    halvings = max(0, value.numerator.bit_length() - value.denominator.bit_length() + 8)
    scale = 10 ** (digits + 6 + halvings)
    small = Fraction(round(value / 2**halvings * scale), scale)
    term, total, k = Fraction(1), Fraction(1), 0
    while abs(term) > Fraction(1, scale):
        k += 1
        term = Fraction(round(term * small / k * scale), scale)
        total += term
    for _ in range(halvings):
        total *= total
        total = Fraction(round(total * scale), scale) if total >= 1 else 1 / Fraction(round(scale / total), scale)
    return total
