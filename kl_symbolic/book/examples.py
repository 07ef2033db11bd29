"""The search for the example of a theorem: a point of Γ, and the values of both sides of the conclusion there.

When the library is built, :func:`examples` takes a point of Γ from a stream of points, the plainest of the first few;
where Γ allows it, families in the role of a distribution are distributions there. The ledger records it with the values
that the page shows; :mod:`.illustration` puts them into words. Nothing is chosen at random: the same theorem has the
same example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, product
from typing import TypeGuard

from mpmath import libmp

from ..kernel import CheckedTheorem
from ..kernel.statements import eq
from ..kernel.syntax import SPACES, Scope
from ..kernel.terms import NAT, REAL, Node, apply_abs, bound, instantiate, lam, num
from ..numerics.evaluate import Reading, Truth, Undecided, Undefined, holds
from ..numerics.point import Entry, Point, Rest, Sequence
from ..render.model.displays import letters, peel
from ..render.model.notation import Notation
from .illustration import AT, ROUNDED, Example

__all__ = ["example_at", "examples", "wishes"]

DIGITS = 10
"""How many digits of a value are shown."""

_LOOKED_AT = 12
"""How many points of Γ are looked at for the plainest."""
_FEW = 5
"""How many points where both sides of an equivalence hold are looked at; such points are found slowly."""
_TRIED = 4
"""How many of the plainest points are tried: at some, the sides of a statement cannot be evaluated."""
_LONGEST = 240
"""The most characters of a point: beyond it, a page shows no example."""
_ROUGH = 7
"""Fractions with more characters are avoided."""
_ASSIGNMENTS = 40
"""How many values of the variables under leading ∀ are tried for ones at which the guards hold."""


def examples(theorem: CheckedTheorem) -> tuple[Example, ...]:
    """Return the examples by which a theorem is illustrated, none where no short point was found.

    There is one point, and for an equivalence one more, at which its sides hold. Where Γ allows it, what may be a
    distribution is one at these points: see :func:`wishes`. A theorem about any domain, or any functions of a number,
    has none.

    Parameters
    ----------
    theorem : CheckedTheorem

    Examples
    --------
    >>> from kl_symbolic import library
    >>> (found,) = examples(library.theorem("kl_nonneg"))
    >>> sum(found.point.number_of["q"].values())
    Fraction(1, 1)
    """
    conclusion = theorem.conclusion
    if any(REAL in over or values in SPACES["domain"] for over, values in theorem.scope.values()):
        return ()
    found: list[Example] = []
    for extra in ((), conclusion.args[:1]) if conclusion.op == "<=>" else ((),):
        looked_at = (example_at(theorem, point) for point in _plainest(theorem, extra))
        found.extend(islice(filter(None, looked_at), 1))
    return tuple(dict.fromkeys(found))


# --- the point -----------------------------------------------------------------------------------------------------


def _plainest(theorem: CheckedTheorem, extra: tuple[Node, ...]) -> list[Point]:
    """Return the first points of Γ, with some more hypotheses, the plainest at the beginning.

    As many wishes are fulfilled as the hypotheses allow: all of them, or else one after the other.
    """
    count = _FEW if extra else _LOOKED_AT
    wished = tuple(wishes(theorem.hypotheses, theorem.scope))
    found = _short(theorem, (*extra, *wished), count)
    if not found and len(wished) > 1:
        kept: tuple[Node, ...] = ()
        for wish in wished:
            more = _short(theorem, (*extra, *kept, wish), count)
            if more:
                kept, found = (*kept, wish), more
    found = found or _short(theorem, extra, count)
    return sorted(found, key=lambda p: (_special(p), len(str(p))))[:_TRIED]


def _short(theorem: CheckedTheorem, extra: tuple[Node, ...], count: int) -> list[Point]:
    """Return the first short points of Γ with some more hypotheses."""
    from ..numerics.sampling import points  # showing a recorded example needs no stream of points

    stream = points((*theorem.hypotheses, *extra), theorem.conclusion, theorem.scope, count)
    return [p for p in stream if len(str(p)) <= _LONGEST and all(size for _, size in p.sizes)]


def wishes(hypotheses: Iterable[Node], scope: Scope) -> Iterator[Node]:
    """Yield equations that make families of numbers distributions where the hypotheses allow it.

    It is about numbers that the hypotheses say are not negative: a family over one set, or a joint one, sums to 1; so
    does each row of a kernel, which has a capital letter, and each of several distributions, which T numbers; and so do
    numbers that differ in a digit only, such as p1 and p2.

    Parameters
    ----------
    hypotheses : iterable of Node
    scope : Scope

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> scope = declare({"X": "set", "Y": "set", "p": "X -> number", "W": "X, Y -> number"})
    >>> given = ["forall i in X: 0 < p[i]", "forall i in X: forall j in Y: 0 <= W[i, j]"]
    >>> for wish in wishes([parse(h, "statement", scope) for h in given], scope):
    ...     print(text(wish))
    sum(i in X: p[i]) = 1
    forall i in X: sum(j in Y: W[i, j]) = 1
    """
    coins: dict[str, list[str]] = {}
    for name in dict.fromkeys(filter(None, map(_not_negative, hypotheses))):
        over = scope[name][0]
        if not {NAT, REAL}.isdisjoint(over):
            continue
        if not over:
            coins.setdefault(name.rstrip("0123456789"), []).append(name)
            continue
        rows = len(over) > 1 and (name[0].isupper() or over[0] == "T")
        total = Node("sym", name, tuple(bound(k) for k in reversed(range(len(over)))))
        for index_set in reversed(over[rows:]):
            total = Node("sum", None, (lam((index_set,), total),))
        wish = eq(total, 1)
        yield Node("all", None, (lam((over[0],), wish),)) if rows else wish
    for stem, sides in coins.items():
        if len(sides) > 1 and stem not in sides:
            first, *rest = (Node("sym", name) for name in sides)
            yield eq(sum(rest, start=first), 1)


def _not_negative(hypothesis: Node) -> str | None:
    """Return the name of a family of numbers, or of a number, of which a statement says that it is not negative."""
    count = 0
    while hypothesis.op == "all":
        hypothesis, count = hypothesis.args[0].args[0], count + 1
    if hypothesis.op not in ("<=", "<") or hypothesis.args[0] != num(0) or hypothesis.args[1].op != "sym":
        return None
    family = hypothesis.args[1]
    return family.data if family.args == tuple(bound(k) for k in reversed(range(count))) else None


def _special(point: Point) -> int:
    """Return in how many ways a point shows a special case: few elements, zeros and ones, equal numbers, odd counts."""
    families = [rows for _, rows in point.numbers if len(rows) > 1]
    alone = [rows[0][1] for _, rows in point.numbers if len(rows) == 1]
    numbers = [entry for rows in families for _, entry in rows]
    return (
        4 * sum(size < 2 for _, size in point.sizes)
        + 2 * sum(len({entry for _, entry in rows}) == 1 for rows in families)
        + 2 * (len(families) - len(set(families)))
        + (len(alone) - len(set(alone)))
        + any(entry == 0 for entry in numbers)
        + sum(entry in (0, 1) for entry in alone)
        + sum(len(str(entry)) > _ROUGH for _, rows in point.numbers for _, entry in rows)
        + 2 * sum(entry.at(n) < 0 for _, rows in point.numbers for _, entry in rows if _counts(entry) for n in AT)
    )


def _counts(entry: Entry) -> TypeGuard[Sequence | Rest]:
    """Whether an entry is a sequence of whole numbers, which count something and should not be negative."""
    return isinstance(entry, Rest) or (isinstance(entry, Sequence) and entry.kind == "whole")


# --- what is found there -------------------------------------------------------------------------------------------


def example_at(theorem: CheckedTheorem, point: Point) -> Example | None:
    """Return the example of a theorem at a point, None where nothing can be said or it is not a point of Γ.

    Parameters
    ----------
    theorem : CheckedTheorem
    point : Point
        With a value for every name of the theorem.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> example_at(library.theorem("log_div"), Point.of(numbers={"a": 1, "b": 1})).values
    ('0', '0')
    >>> example_at(library.theorem("log_div"), Point.of(numbers={"a": 1, "b": -1})) is None
    True
    """
    if any(holds(h, point) is not Truth.TRUE for h in theorem.hypotheses):
        return None
    found, notation = peel(theorem.conclusion), Notation(theorem.scope)
    sets = [over for over in found.sets if isinstance(over, str) and over != REAL]
    if len(sets) < len(found.sets):
        return None  # it is about every number of a domain
    names = letters(sets, notation, theorem.conclusion.names)
    free = [Node("idx", n) for n in names]
    sizes = [(1, 2, 3) if s == NAT else range(point.size_of[s]) for s in sets]
    for where in islice(product(*sizes), _ASSIGNMENTS):
        at = Point.of(point.size_of, {**point.index_of, **dict(zip(names, where, strict=True))}, point.number_of)
        try:
            if all(holds(instantiate(g, free), at) is Truth.TRUE for g in found.guards):
                return _evaluated(instantiate(found.core, free), at, notation, point, where)
        except (Undefined, Undecided):
            continue
    return None


def _evaluated(core: Node, at: Point, notation: Notation, point: Point, where: tuple[int, ...]) -> Example | None:
    both = True
    if core.op == "<=>":
        left, right = (holds(side, at) for side in core.args)
        if left is not right or left is Truth.UNKNOWN:
            return None
        both = left is Truth.TRUE
    values = tuple(_value(node, there) for node, there in _asked(core, at, notation))
    return Example(point, where, both, values) if values or core.op == "<=>" else None


def _asked(core: Node, point: Point, notation: Notation) -> Iterator[tuple[Node, Point]]:
    """Yield the terms whose values a page shows, and where, in the order in which it shows them."""
    if core.op == "->":
        over, limit = core.args
        name = notation.letter(NAT, core.names)
        body = apply_abs(over, Node("idx", name))
        for n in AT:
            yield body, Point.of(point.size_of, {**point.index_of, name: n}, point.number_of)
        yield limit, point
        return
    shown: tuple[Node, ...] = ()
    if core.op == "<=>" and core.args[0].op in ("=", "<=", "<"):
        shown = core.args[0].args
    elif core.op in ("int", "deriv"):
        shown = tuple(s for s in core.args[2:] if s.op != "num")
    elif core.op in ("=", "<=", "<", "!="):
        shown = tuple(s for s in core.args if s.op != "num")
    yield from ((side, point) for side in shown)


def _value(node: Node, point: Point) -> str:
    """Return the value of a term: a short fraction as it is, everything else to some digits."""
    found = Reading(point, 2 * DIGITS).value(node)
    if isinstance(found, Fraction) and len(str(found)) <= DIGITS:
        return str(found)
    exact = libmp.from_rational(found.numerator, found.denominator, 100) if isinstance(found, Fraction) else found._mpf_
    return ROUNDED + str(libmp.to_str(exact, DIGITS))
