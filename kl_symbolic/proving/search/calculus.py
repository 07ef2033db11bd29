"""Inequalities in one variable, by monotonicity: a point where they are known, the sign of a derivative, and again.

A function is divided by the coefficient of a logarithm or of an exponential, so that its derivative is simpler, until
polynomials remain. The sign of a polynomial on an interval is shown by non-negative coefficients: those of powers of
the distance from an end, or those of Bernstein's polynomials.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb
from typing import final

from ...kernel import Refused
from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import REAL, Node, num, substitute
from ...language.chains import times
from ...language.rewriting import replace
from ..builder import Fact, Proof, hole
from ..tactics import algebra, nonzero, prove
from ..tactics.bounds import PRECISIONS, Bound, TermBounds
from ..tactics.polynomials import constant
from .combination import Host
from .functions import by_logarithms
from .rewriting import with_equation
from .signs import attempt
from .univariate import Element, Polynomial, Univariate

__all__ = ["by_calculus"]

_DEEPEST = 6
"""So many derivatives may be taken inside each other."""
_ELEVATIONS = 12
"""By how much the degree may be raised until coefficients are not negative."""
_FAR = (1e-3, 0.05, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
"""At these distances from the end of a half-line the sign of a function is looked at."""
_STEPS = 17
"""Into so many parts a bounded interval is cut to look at the sign of a function."""
_CUTS = (Fraction(1), Fraction(0), Fraction(1, 2), Fraction(2), Fraction(-1), Fraction(4))
"""Where an interval is cut if it is not known at its ends: logarithms and exponentials have their values there."""
_TOLERANCE = 1e-9
"""The largest value that rounding in floating point makes of 0, for the functions here."""


@final
@dataclass
class _On:
    """An interval, the variable in it, and what is known there.

    Parameters
    ----------
    p : Proof
    f : Univariate
    x : Node
        The number symbol.
    low, high : Fraction or None
        The ends.
    above, below : Fact or None
        That the variable is beyond them.
    """

    p: Proof
    f: Univariate
    x: Node
    low: Fraction | None
    above: Fact | None
    high: Fraction | None
    below: Fact | None
    depth: int = 0
    signs: list[Fact] = field(default_factory=list)
    factors: dict[tuple[Polynomial, bool], Fact | None] = field(default_factory=dict)

    def points(self) -> list[float]:
        """Return points inside at which signs are looked at."""
        return _points(self.low, self.high)

    def order(self, goal: Node, rows: Sequence[tuple[object, ...]], *more: Node) -> Fact:
        """Show a comparison by a combination of lines, whose divisors are known or have a known sign."""
        facts = [f for row in rows for f in row[2:] if isinstance(f, Fact)]
        terms = [*goal.args, *(a for f in facts for a in f.statement.args), *more]
        terms += [row[1] for row in rows if isinstance(row[1], Node)]
        return self.p.order(goal, rows, *nonzero(self.p, terms, self.signs))


def _points(low: Fraction | None, high: Fraction | None) -> list[float]:
    if low is not None and high is not None:
        return [float(low + (high - low) * k / _STEPS) for k in range(1, _STEPS)]
    if low is not None:
        return [float(low) + far for far in _FAR]
    if high is not None:
        return [float(high) - far for far in _FAR]
    return [sign * far for far in _FAR for sign in (-1, 1)]


# --- signs on an interval ---------------------------------------------------------------------------------------------


def _signed(on: _On, function: Element, strict: bool) -> Fact:
    """Return 0 <= f(x), or 0 < f(x), from the signs of its factors.

    Raises
    ------
    Refused
        When a sign is not found.
    """
    if not function:
        raise Refused("the function is 0", {})
    content, factors = on.f.factors(function)
    weight, facts, sign = num(1), list[Fact](), content > 0
    for factor, exponent in factors:
        odd = exponent % 2 != 0
        half = abs(exponent) // 2 if not strict and exponent > 0 else 0
        if half:
            weight = weight * on.f.term(factor, on.x) ** num(half)
        if not odd and half:
            continue
        positive = on.f.value(factor, on.points()[len(on.points()) // 2]) > 0
        fact = _factor(on, factor if positive else -factor, strict or exponent < 0)
        sign = sign != (odd and not positive)
        if exponent < 0:
            on.signs += [fact] if positive else [fact, on.p.order(ne(on.f.term(factor, on.x), 0), [(1, 1, fact)])]
            fact = on.p.pos(lt(0, 1 / fact.right), fact)
        facts += [fact] * (abs(exponent) - 2 * half)
    if not sign:
        raise Refused("the function is negative", {})
    goal = Node("<" if strict else "<=", None, (num(0), on.f.term(function, on.x)))
    return on.order(goal, [(abs(content), weight, *facts)])


def _factor(on: _On, factor: Polynomial, strict: bool) -> Fact:
    """Return the sign of an irreducible polynomial in x, exponentials and logarithms."""
    key = factor, strict
    if key not in on.factors:
        on.factors[key] = None
        on.factors[key] = _new_factor(on, factor, strict)
        on.signs += [f for f in [on.factors[key]] if f is not None and f.statement.op == "<"]
    found = on.factors[key]
    if found is None:
        raise Refused("the sign of a factor is not found", {"factor": on.f.term(factor, on.x)})
    return found


def _new_factor(on: _On, factor: Polynomial, strict: bool) -> Fact:
    term = on.f.term(factor, on.x)
    goal = Node("<" if strict else "<=", None, (num(0), term))
    if on.f.is_exponential(factor):
        return on.p.scheme("exp_pos", {"a": term.args[0]})
    coefficients = on.f.coefficients(factor)
    if coefficients is not None:
        return on.order(goal, _polynomial(on, coefficients, strict))
    if on.f.constant(factor):
        return _ground(on.p, goal)
    if any(on.f.value(factor, point) < -_TOLERANCE for point in on.points()):
        raise Refused("the function is negative somewhere", {"term": term})
    return _by_slope(on, factor, strict)


def _polynomial(on: _On, coefficients: list[Fraction], strict: bool) -> list[tuple[object, ...]]:
    """Return the entries that show the sign of a polynomial on the interval.

    Raises
    ------
    Refused
        When no certificate is found.
    """
    if len(coefficients) == 1 and coefficients[0] > 0:
        return [(coefficients[0], 1)]
    if on.low is not None and on.high is not None:
        return _bernstein(on, coefficients, on.low, on.high, strict)
    for end, sign, fact in ((on.low, 1, on.above), (on.high, -1, on.below)):
        if end is not None and fact is not None:
            return _on_half_line(on, coefficients, end, sign, fact, strict)
    return _square(on, coefficients, strict)


def _on_half_line(
    on: _On, coefficients: list[Fraction], end: Fraction, sign: int, fact: Fact, strict: bool
) -> list[tuple[object, ...]]:
    """Write a polynomial, times a power of 1 + s, in the distance s from the end, with non-negative coefficients."""
    shifted = _shifted(coefficients, end, sign)
    for raised in range(_ELEVATIONS):
        if raised:
            shifted = [a + b for a, b in zip([*shifted, Fraction(0)], [Fraction(0), *shifted], strict=True)]
        if any(v < 0 for v in shifted):
            continue
        if strict and not shifted[0] and fact.statement.op != "<":
            break
        inverse: list[Fact] = []
        if raised:
            distance = on.x - num(end) if sign > 0 else num(end) - on.x
            positive = on.p.order(lt(0, 1 + distance), [(1, 1), (1, 1, fact)])
            on.signs.append(positive)
            inverse = [on.p.pos(lt(0, 1 / positive.right), positive)] * raised
        rows = [(v, 1, *[fact] * k, *inverse) for k, v in enumerate(shifted) if v]
        return rows
    raise Refused("no certificate for the sign of a polynomial", {})


def _shifted(coefficients: Sequence[Fraction], end: Fraction, sign: int) -> list[Fraction]:
    """Return the coefficients of f(end + sign·s) as a polynomial in s."""
    out = [Fraction(0)] * len(coefficients)
    for degree, value in enumerate(coefficients):
        for k in range(degree + 1):
            out[k] += value * comb(degree, k) * end ** (degree - k) * sign**k
    return out


def _bernstein(
    on: _On, coefficients: list[Fraction], low: Fraction, high: Fraction, strict: bool
) -> list[tuple[object, ...]]:
    """Write a polynomial by (x − low)^k·(high − x)^(d − k) with non-negative coefficients."""
    above, below = on.above, on.below
    if above is None or below is None or low >= high:
        raise Refused("the interval is not known", {})
    width = high - low
    ahead = [v * width**k for k, v in enumerate(_shifted(coefficients, low, 1))]
    degree = len(ahead) - 1
    open_ends = above.statement.op == "<", below.statement.op == "<"
    for d in range(degree, degree + _ELEVATIONS):
        values = [
            sum((Fraction(comb(k, j), comb(d, j)) * v for j, v in enumerate(ahead) if j <= k), Fraction(0))
            for k in range(d + 1)
        ]
        if any(v < 0 for v in values):
            continue
        least = min(values)
        strictly = all(open_ends) or least > 0 or (open_ends[1] and values[0] > 0) or (open_ends[0] and values[-1] > 0)
        if strict and not strictly:
            continue
        rows: list[tuple[object, ...]] = []
        if strict and not all(open_ends) and least > 0:
            rows, values = [(least, 1)], [v - least for v in values]
        scale = Fraction(1) / width**d
        rows += [(v * comb(d, k) * scale, 1, *[above] * k, *[below] * (d - k)) for k, v in enumerate(values) if v]
        return rows
    raise Refused("no certificate for the sign of a polynomial", {})


def _square(on: _On, coefficients: list[Fraction], strict: bool) -> list[tuple[object, ...]]:
    """Complete the square of a polynomial of degree 2."""
    if len(coefficients) == 3 and coefficients[2] > 0:
        c, b, a = coefficients
        rest = c - b * b / (4 * a)
        if rest > 0 or (rest == 0 and not strict):
            return [(a, on.x + num(b / (2 * a))), *([(rest, 1)] if rest else [])]
    raise Refused("no certificate for the sign of a polynomial", {})


def _ground(p: Proof, goal: Node) -> Fact:
    """Show a comparison of terms without symbols.

    Raises
    ------
    Refused
        When their bounds do not tell and they are not equal.
    """
    for digits in PRECISIONS[:2]:
        found = TermBounds(p, (), digits).compared(goal)
        if found is not None:
            return found
    for atom in _values(goal):
        if atom.op == "exp" and constant(atom.args[0]) == 0:
            one = p.trans(p.congr(Node("exp", None, (hole(),)), p.field(eq(atom.args[0], 0))), p.cite("exp_zero", {}))
            return with_equation(p, _ground(p, replace(goal, atom, num(1))), one, goal)
    if goal.op == "<=":
        return p.order(goal, [(1, 1, algebra(p, eq(*goal.args)))])
    raise Refused("the bounds of two numbers do not tell which is smaller", {"goal": goal})


# --- monotonicity -----------------------------------------------------------------------------------------------------


def _by_slope(on: _On, factor: Polynomial, strict: bool) -> Fact:
    """Show a sign by that of a derivative, from an end of the interval."""
    if on.depth >= _DEEPEST:
        raise Refused("too many derivatives", {})
    last = Refused("no end of the interval is known", {})
    for scale, function in on.f.divided(factor):
        for anchor, right in ((on.low, True), (on.high, False)):
            if anchor is None:
                continue
            try:
                sign = 1 if on.f.value(scale, on.points()[0]) > 0 else -1
                fact = _from_end(on, sign * function, anchor, right, strict)
                if scale == 1:
                    return on.order(Node(fact.statement.op, None, (num(0), on.f.term(factor, on.x))), [(1, 1, fact)])
                outer = _signed(on, sign * scale, strict)
                goal = Node("<" if strict else "<=", None, (num(0), on.f.term(factor, on.x)))
                return on.order(goal, [(1, 1, outer, fact)])
            except Refused as refusal:
                last = refusal
    raise last


def _from_end(on: _On, function: Element, anchor: Fraction, right: bool, strict: bool) -> Fact:
    """Show 0 <= f(x) from 0 <= f(a) at an end a, and a derivative that leads upwards from there.

    Parameters
    ----------
    on : _On
    function : Element
    anchor : Fraction
        The end.
    right : bool
        Whether the interval is to the right of it.
    strict : bool
        Whether 0 < f(x) is to be shown.
    """
    p, f = on.p, on.f
    start = f.value(function, float(anchor))
    if start < -_TOLERANCE or (strict and start < _TOLERANCE):
        raise Refused("the value at the end of the interval is too small", {"value": str(start)})
    along = f.derivative(function)
    inner = along if right else -along
    u = p.fresh_number()
    end = num(anchor)
    low, high = (end, on.x) if right else (on.x, end)
    first, second = p.assume(le(low, u)), p.assume(le(u, high))
    inside = _On(p, f, u, on.low, None, on.high, None, on.depth + 1)
    inside.above = first if right else _carried(p, on.above, first, low=True)
    inside.below = _carried(p, on.below, second, low=False) if right else second
    inside.low, inside.high = (anchor, on.high) if right else (on.low, anchor)
    if any(f.value(inner, point) < -_TOLERANCE for point in inside.points()):
        raise Refused("the derivative has no sign", {})
    shape = f.term(function, u)
    shape = shape if right else -shape
    slope, conditions = derivative(shape, u.data)
    domain = [_condition(inside, c) for c in dict.fromkeys(conditions)]
    inside.signs += domain
    goal = le(0, slope)
    grows = inside.order(goal, [(1, 1, _signed(inside, inner, strict=False))]) if inner else inside.order(goal, [])
    near = on.above if right else on.below
    ends = p.order(le(low, high), [(1, 1, near)])
    line = p.mono_of_deriv(u.data, shape, grows, ends, *domain)
    at_end = f.term(function, end)
    value = _ground(p, Node("<" if strict else "<=", None, (num(0), at_end)))
    goal = Node("<" if strict else "<=", None, (num(0), f.term(function, on.x)))
    for condition in conditions:
        on.signs.append(_condition(on, substitute(condition, {u.data: on.x})))
    return on.order(goal, [(1, 1, line), (1, 1, value)])


def _carried(p: Proof, outer: Fact | None, inner: Fact, low: bool) -> Fact | None:
    """Return a < u from a < x and x ≤ u, or u < b from u ≤ x and x < b."""
    if outer is None:
        return None
    sides = (outer.left, inner.right) if low else (inner.left, outer.right)
    return p.order(Node(outer.statement.op, None, sides), [(1, 1, outer), (1, 1, inner)])


def _condition(on: _On, condition: Node) -> Fact:
    """Show that a logarithm or a quotient is defined."""
    term = condition.args[1] if condition.op == "<" else condition.args[0]
    value = on.f.read(substitute(term, {on.x.data: on.f.variable}))
    if not value:
        raise Refused("a divisor is 0", {"term": term})
    positive = condition.op == "<" or on.f.value(value, on.points()[0]) > 0
    fact = _signed(on, value if positive else -value, strict=True)
    return on.order(condition, [(-1 if condition.op == "!=" and positive else 1, 1, fact)])


# --- claims -----------------------------------------------------------------------------------------------------------


def by_calculus(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show an inequality in one number symbol, on the interval in which the known facts place it.

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
    p = host.p
    if goal.op not in ("<=", "<") or len(goal.names) != 1:
        return None
    (name,) = goal.names
    if p.scope[name] != ((), REAL):
        return None
    x = Node("sym", name)
    bounds = TermBounds(p, extra)
    roots = list(dict.fromkeys(_roots(goal)))
    if len(roots) == 1:
        return _by_root(p, goal, x, roots[0], bounds)
    return _on_interval(p, goal, x, bounds.low(x), bounds.high(x))


def _on_interval(p: Proof, goal: Node, x: Node, low: Bound | None, high: Bound | None) -> Fact | None:
    ends = [(None, None) if b is None else (b.value, b.fact) for b in (low, high)]
    inside = _points(ends[0][0], ends[1][0])
    functions = Univariate(p, x, goal.args, inside[len(inside) // 2])
    left, right = map(functions.read, goal.args)
    on = _On(p, functions, x, *ends[0], *ends[1])
    if any(functions.value(right - left, point) < -_TOLERANCE for point in on.points()):
        return None
    return attempt(_closed, on, goal, right - left) or _cut(on, goal, right - left)


def _roots(term: Node) -> Iterator[Node]:
    """Yield the square roots in a term."""
    if term.op == "^" and term.args[1] == num(Fraction(1, 2)):
        yield term
    for a in term.args:
        yield from _roots(a)


def _by_root(p: Proof, goal: Node, x: Node, root: Node, bounds: TermBounds) -> Fact | None:
    """Show a goal with the square root of a linear term as one in the root."""
    y = p.fresh_number()
    offset, slope = (constant(substitute(root.args[0], {x.data: num(k)})) for k in (0, 1))
    if offset is None or slope is None or slope == offset:
        return None
    slope -= offset
    back = (y * y - num(offset)) / num(slope)
    other = substitute(replace(goal, root, y), {x.data: back})
    ends = [bounds.low(root), bounds.high(root)]
    assumed = [b and Bound(b.value, p.assume(replace(b.fact.statement, root, y))) for b in ends]
    found = _on_interval(p, other, y, *assumed)
    if found is None:
        return None
    square = p.cite("sqrt_mul_self", {"a": root.args[0]}, [prove(p, lt(0, root.args[0]), [b.fact for b in ends if b])])
    same = p.order(eq(substitute(back, {y.data: root}), x), [(1 / slope, 1, square)])
    return p.rewrite(p.inst(found, {y.data: root}, [b.fact for b in ends if b]), same)


def _cut(on: _On, goal: Node, gap: Element) -> Fact | None:
    """Cut the interval at a number where the function is 0, or flat, and show the goal on both sides."""
    slope = on.f.derivative(gap)
    for cut in _CUTS:
        if (on.low is not None and cut <= on.low) or (on.high is not None and cut >= on.high):
            continue
        try:
            telling = min(abs(on.f.value(part, float(cut))) for part in (gap, slope)) < _TOLERANCE
        except Refused:
            continue
        if not telling:
            continue
        case = le(num(cut), on.x)
        right, left = on.p.assume(case), on.p.assume(lt(on.x, num(cut)))
        one = attempt(_closed, _On(on.p, on.f, on.x, cut, right, on.high, on.below), goal, gap)
        two = one and attempt(_closed, _On(on.p, on.f, on.x, on.low, on.above, cut, left), goal, gap)
        if one and two:
            return on.p.cases(case, one, two)
    return None


def _closed(on: _On, goal: Node, gap: Element) -> Fact:
    """Show a goal from the sign of the difference of its sides."""
    fact = _signed(on, gap, goal.op == "<")
    rows: list[tuple[object, ...]] = [(1, 1, fact)]
    for factor, side in zip((1, -1), goal.args, strict=True):
        steps, current = list[Fact](), side
        for atom in dict.fromkeys(_values(side)):
            written = on.f.term(on.f.read(atom), on.x)
            if written != atom:
                steps.append(on.p.congr(current, _same(on, atom, written)))
                current = steps[-1].right
        if steps:
            rows.append((factor, 1, on.p.trans(*steps)))
    return on.order(goal, rows)


def _values(term: Node) -> Iterator[Node]:
    """Yield the logarithms and exponentials in a term, those that stand in others last."""
    if term.op in ("log", "exp"):
        yield term
    for a in term.args:
        yield from _values(a)


def _same(on: _On, atom: Node, written: Node) -> Fact:
    """Return that a logarithm or an exponential is what it was read as."""
    p = on.p
    if atom.op == "exp":
        return by_logarithms(p, eq(atom, written), on.signs)
    (inside,) = atom.args
    content, factors = on.f.factors(on.f.read(inside))
    top, low = [num(abs(content))], list[Node]()
    for factor, exponent in factors:
        sign = 1 if on.f.value(factor, on.points()[0]) > 0 else -1
        positive = _factor(on, factor * sign, strict=True)
        (top if exponent > 0 else low).append(
            positive.right if abs(exponent) == 1 else positive.right ** num(abs(exponent))
        )
    product = times(top) / times(low) if low else times(top)
    log_of = Node("log", None, (hole(),))
    same = p.congr(log_of, on.order(eq(inside, product), []))
    return p.trans(same, algebra(p, eq(same.right, written), on.signs))
