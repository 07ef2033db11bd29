"""The integrals of statements at a point: their terms closed, cut where they are not smooth, and computed once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from typing import final

from ..kernel.terms import REAL, Node, abstract, apply_abs, lam
from ..language.definitions import unfold
from . import interval, quadrature
from .balls import balls
from .grounding import Grounding, folded
from .interval import ONE, ZERO, Undecided, Value
from .point import Integral, Point
from .quadrature import PRECISION, Quadrature, Unsettled
from .values import Env, Level, TooMuchWork, Undefined, Work

__all__ = ["Closing", "Known", "closed", "is_analytic"]

_VARIABLE = Node("sym", "x")
"""The variable of integration while values are put into an integrand; they are closed, so no other name occurs."""
_UNLIMITED = 10**12
"""Steps of a budget that does not end; the work is counted elsewhere."""
_PROBES = 5
"""Parts of an interval between which an integrand is looked at before it is integrated as a whole."""
_MOST_CUTS = 8
"""So many cuts are made; each costs a piece."""


@final
class Closing(Grounding):
    """Puts the values of a point into integrands; the summand of the divergence stays as readers know it.

    Parameters
    ----------
    level : Level
        The point.
    also : mapping of (str, tuple of int) to Node, optional
        As for :class:`Grounding`.
    """

    kept = frozenset(("rel_entr",))

    def function(self, node: Node) -> Node:
        """Return an operator at ground operands; -3*x stays as it is written.

        Parameters
        ----------
        node : Node
        """
        return node if node.op == "neg" else folded(node)


def closed(level: Level, domain: Node, integrand: Node, env: Env = ()) -> Integral:
    """Return an integral with the values of a point put in.

    Parameters
    ----------
    level : Level
        The point.
    domain : Node
    integrand : Node
        An abstraction over numbers.
    env : Env, optional
        The values of the variables bound around both, outermost first.

    Raises
    ------
    Unassigned
        When the point does not say what a name is.
    """
    ground = Closing(level)
    over = level.domain(domain)
    ends = Node(over.op, over.data, tuple(ground.of(a, env) for a in over.args))
    body = ground.of(integrand.args[0], (*env, _VARIABLE))
    return Integral(ends, lam((REAL,), abstract(body, _VARIABLE.data)))


def is_analytic(statement: Node) -> bool:
    """Whether a statement speaks of an integral or a derivative.

    Parameters
    ----------
    statement : Node
    """
    inside = (a.args[0] if a.op == "lam" else a for a in statement.args)
    return statement.op in ("int", "deriv") or any(is_analytic(a) for a in inside if not a.is_number)


@final
class Known:
    """The integrals that were computed, for any number of points.

    Parameters
    ----------
    work : Work
        The budget.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: dict[tuple[Node, Node], Quadrature | Undecided | Undefined] = {}

    def value(self, entry: Integral) -> Value:
        """Return an enclosure of an integral, or of its root.

        Parameters
        ----------
        entry : Integral

        Raises
        ------
        Undefined
            When the integrand has no value at a number of the domain.
        Undecided
            When the integral does not converge, or not soon enough.
        """
        key = (entry.domain, entry.integrand)
        found = self._found.get(key)
        if found is None:
            try:
                found = self._integral(*key)
            except (TooMuchWork, Unsettled, Undefined) as error:
                found = error
            except Undecided as error:
                found = Unsettled(f"an integral is not told: {error}")
            self._found[key] = found
        if not isinstance(found, Quadrature):
            raise found
        if entry.root == 1:
            return found.enclosure
        if interval.sign(found.enclosure) != 1:
            raise Undecided("a root of an integral that is not known to be positive")
        return interval.exp(
            interval.multiply(Fraction(1, entry.root), interval.log(found.enclosure, PRECISION), PRECISION), PRECISION
        )

    def is_rigorous(self, entry: Integral) -> bool:
        """Whether the enclosure of an integral is proved, and not estimated.

        Parameters
        ----------
        entry : Integral
        """
        found = self._found.get((entry.domain, entry.integrand))
        return isinstance(found, Quadrature) and found.rigorous

    def _integral(self, domain: Node, integrand: Node) -> Quadrature:
        body = abstract(_unfolded(apply_abs(integrand, _VARIABLE)), _VARIABLE.data)
        f = _Integrand(body, self._work)
        if domain.op == "nats":
            return quadrature.series(f.value)
        ends = [f.level.number(a) for a in domain.args]
        low = ends[0] if domain.op in ("open", "above") else None
        high = ends[-1] if domain.op in ("open", "below") else None
        cuts = list(dict.fromkeys(islice(_zeros(body, f.level), _MOST_CUTS)))
        for inside in dict.fromkeys(_kinks(body)):
            cuts += quadrature.zeros(_Integrand(inside, self._work).value, low, high, cuts)[:_MOST_CUTS]
        return f.enclosed(low, high, cuts) or quadrature.integral(f.value, low, high, cuts)


@final
class _Integrand:
    """A term in one bound number as a function, by balls if they are there and tell enough, else by intervals."""

    def __init__(self, body: Node, work: Work) -> None:
        self.body, self._work = body, work
        # Each value is paid for by its steps, so the budget lasts as long with balls as without them.
        self.level = Level(Point.of(), PRECISION, Work(_UNLIMITED))
        self._cost = len(_parts(body))
        self._balls = balls(body, PRECISION)

    def value(self, x: Value) -> Value:
        """Return an enclosure of the value at a number."""
        self._work.spend(self._cost)
        found = self._balls.value(x) if self._balls is not None and isinstance(x, Fraction) else None
        if found is not None:
            return found
        try:
            return self.level.number(self.body, (x,))
        except Undecided:
            # Close to an end, log x for one, a value can be so small that its sign needs all digits of x.
            if not isinstance(x, Fraction):
                raise
            prec = PRECISION + x.denominator.bit_length()
            return Level(Point.of(), prec, Work(_UNLIMITED)).number(self.body, (x,))

    def enclosed(self, low: Value | None, high: Value | None, cuts: Sequence[Value]) -> Quadrature | None:
        """Return a rigorous enclosure of the integral over a bounded interval with rational ends, if there is one."""
        if self._balls is None or not isinstance(low, Fraction) or not isinstance(high, Fraction) or low >= high:
            return None
        ends = [low, *sorted(c for c in cuts if isinstance(c, Fraction) and low < c < high), high]
        for a, b in pairwise(ends):
            for k in range(1, _PROBES):
                self.value(a + (b - a) * Fraction(k, _PROBES))  # a hole is reported, and not integrated over
        parts = [self._balls.integral(a, b) for a, b in pairwise(ends)]
        known = [part for part in parts if part is not None]
        return quadrature.enclosed(known) if len(known) == len(parts) else None


def _parts(body: Node) -> frozenset[Node]:
    """Return the different terms in a term."""
    return frozenset((body,)).union(*map(_parts, body.args))


def _unfolded(node: Node) -> Node:
    """Return a term without definitions, in which equal parts are the same term, so that each is computed once."""
    args = tuple(map(_unfolded, node.args))
    found = node if args == node.args else Node(node.op, node.data, args)
    return _unfolded(unfold(found)) if found.op == "def" else found


def _zeros(body: Node, level: Level) -> Iterator[Value]:
    """Yield where affine parts of a term in one bound number vanish."""
    if not body.loose:
        return
    line = _affine(body, level)
    if line is None:
        for part in body.args:
            yield from _zeros(part, level)
    elif interval.sign(line[0]):
        yield interval.divide(interval.negate(line[1]), line[0], level.prec)


def _kinks(body: Node) -> Iterator[Node]:
    """Yield the operands of absolute values: where they change their sign, the integrand is not smooth."""
    if body.op == "abs" and body.loose:
        yield body.args[0]
    for part in body.args:
        yield from _kinks(part)


def _affine(node: Node, level: Level) -> tuple[Value, Value] | None:
    """Return slope and offset of a term in one bound number, if they are visible."""
    if not node.loose:
        try:
            return ZERO, level.number(node)
        except (Undefined, Undecided):
            return None
    if node.op == "#":
        return ONE, ZERO
    if node.op not in ("+", "-", "*", "/", "neg"):
        return None
    lines = [_affine(a, level) for a in node.args]
    first, second = lines[0], lines[-1]
    if first is None or second is None:
        return None
    if node.op == "neg":
        return interval.negate(first[0]), interval.negate(first[1])
    if node.op in ("+", "-"):
        other = second if node.op == "+" else (interval.negate(second[0]), interval.negate(second[1]))
        return interval.add(first[0], other[0], level.prec), interval.add(first[1], other[1], level.prec)
    if node.op == "/":
        fits = not node.args[1].loose and interval.sign(second[1])
        return _scaled(first, interval.divide(ONE, second[1], level.prec), level.prec) if fits else None
    constant, line = (first, second) if not node.args[0].loose else (second, first)
    return _scaled(line, constant[1], level.prec) if constant[0] == ZERO else None


def _scaled(line: tuple[Value, Value], by: Value, prec: int) -> tuple[Value, Value]:
    return interval.multiply(line[0], by, prec), interval.multiply(line[1], by, prec)
