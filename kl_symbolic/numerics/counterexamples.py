"""Exact counterexamples: joint distributions for claims about entropies, then simple points, then the sampler's.

A point counts only if every hypothesis holds at it exactly and the claim is false there: its two sides are rational and
compare wrongly, or enclosures tell them apart. What quantifies over ℕ or the numbers, or speaks of a limit or a
derivative, is only looked at for some of them, and most integrals are estimated; so a failure that rests on these
raises a doubt and refutes nothing. An integral that is enclosed by python-flint refutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, product
from typing import Any, final

from ..kernel.syntax import SPACES, Scope
from ..kernel.terms import INTERVALS, NAT, REAL, Node, apply_abs
from ..language.printer import bound_name, text
from .constraints import bounds
from .evaluate import Reading, Truth, Undecided, Undefined
from .joint_tables import joint_tables
from .point import Entry, Point
from .sampling import draw, restrict
from .values import Work

__all__ = ["Found", "Goal", "look", "opened", "shown", "sides", "value"]

SIMPLE = tuple(
    Fraction(a, b)
    for a, b in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (0, 1), (-1, 1), (3, 2), (2, 3), (1, 4), (3, 4), (-2, 1))
)
"""The numbers that are tried first, the simplest ones first."""
MAX_TABLES, MAX_POINTS = 150, 240
"""At most so many tables of values for one symbol, and so many points made of them, are tried."""

_SIZES = (2, 1)
"""How many elements index sets have at simple points: two elements first, then one."""
_NATURALS = (1, 2, 3, 10, 0)
"""The natural numbers that are tried."""
_ENDLESS = ("->", "int", "deriv")
"""Statements about infinitely many values of a sequence or a function."""
_SHOWN = 15
"""Digits of a value in a message, as of a float."""
_HEAVY = 40
"""The cost of an irrational entry when the most readable point is chosen: that of a fraction of twelve digits."""


@final
@dataclass(frozen=True, slots=True)
class Goal:
    """A claim with its ∀ and ⇒ opened: a comparison or a limit under more hypotheses, about more names.

    Parameters
    ----------
    hypotheses : tuple of Node
        Γ.
    part : Node
    scope : Scope
        The declared names.
    """

    hypotheses: tuple[Node, ...]
    part: Node
    scope: Scope


@final
@dataclass(frozen=True, slots=True)
class Found:
    """The result of the search: a goal that is false at a point, or how often the claim held.

    Parameters
    ----------
    goal : Goal or None
        What is false.
    point : Point or None
        Where.
    points, undefined : int
        At how many points the claim held, and at how many others it has no value.
    doubt : str
        A failure that rests on looking at some n only, or the empty string.
    """

    goal: Goal | None
    point: Point | None
    points: int
    undefined: int
    doubt: str


def opened(hypotheses: tuple[Node, ...], claim: Node, scope: Scope) -> tuple[Goal, ...]:
    """Return goals that together say what the claim says: ∀ gets a free index, ⇒ a hypothesis, ⇔ and x ∈ (a, b) two.

    Parameters
    ----------
    hypotheses : tuple of Node
        Γ.
    claim : Node
        A statement.
    scope : Scope
        The declared names.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"X": "set", "p": "X -> number"})
    >>> claim = parse("forall i in X: p[i] = 0 => p[i] <= 1", "statement", scope)
    >>> (goal,) = opened((), claim, scope)
    >>> text(goal.hypotheses[0]), text(goal.part), goal.scope["i"]
    ('p[i] = 0', 'p[i] <= 1', ((), 'X'))
    """
    if claim.op == "all":
        over = claim.args[0].data
        name = bound_name(over, scope)
        free = Node("sym" if over == REAL else "idx", name)
        return opened(hypotheses, apply_abs(claim.args[0], free), {**scope, name: ((), over)})
    if claim.op == "in" and claim.args[1].op in INTERVALS:
        return tuple(goal for bound in bounds(*claim.args) for goal in opened(hypotheses, bound, scope))
    if claim.op in ("=>", "<=>"):
        left, right = claim.args
        forward = opened(_with(hypotheses, left), right, scope)
        return forward if claim.op == "=>" else (*forward, *opened(_with(hypotheses, right), left, scope))
    return (Goal(hypotheses, claim, restrict(scope, (*hypotheses, claim))),)


def _with(hypotheses: tuple[Node, ...], more: Node) -> tuple[Node, ...]:
    return hypotheses if more in hypotheses else (*hypotheses, more)


def look(
    hypotheses: tuple[Node, ...],
    claim: Node,
    scope: Scope,
    drawn: int = 24,
    simple: int = MAX_POINTS,
    work: Work | None = None,
    joint: bool = True,
) -> Found:
    """Look for a point at which the hypotheses hold and the claim does not.

    Parameters
    ----------
    hypotheses : tuple of Node
    claim : Node
    scope : mapping of str to Signature
    drawn : int
        How many points the sampler is asked for; 0 to ask for none.
    simple : int
        How many simple points are tried at most.
    work : Work, optional
        The budget of all points together; when it is spent, nothing more is looked at.
    joint : bool, optional
        Whether claims about entropies are looked at for joint distributions that are made for them.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"x": "number", "y": "number"})
    >>> given = tuple(parse(s, "statement", scope) for s in ("0 < x", "0 < y"))
    >>> print(look(given, parse("log(x + y) = log(x) + log(y)", "statement", scope), scope).point)
    x = 1, y = 1
    """
    total, undefined, doubt = 0, 0, ""
    work = work or Work()
    for goal in opened(hypotheses, claim, scope):
        # What the sampler would have to solve for besides must be linear, or it is slow and finds nothing.
        hard = not all(map(_is_linear, (h for h in goal.hypotheses if h not in hypotheses)))
        seen: dict[Point, None] = {}
        tables = _entropic(goal, work) if joint else iter(())
        points = (tables, _simple(goal, simple, work), _drawn(goal, 0 if hard else drawn, work))
        for point in chain.from_iterable(points):
            if work.left < 0:
                break
            if point in seen:
                continue
            seen[point] = None
            truth, certain = _truth(goal.part, point, work)
            undefined += truth is None
            total += truth is Truth.TRUE
            if truth is Truth.FALSE:
                if certain and not any(map(_endless, goal.hypotheses)):
                    return Found(goal, point, total, undefined, "")
                free = bool(goal.part.names.union(*(h.names for h in goal.hypotheses)))
                doubt = doubt or f"{text(goal.part)} looks false{f' at {point}' if free else ''}"
                break
    return Found(None, None, total, undefined, doubt)


def _is_linear(node: Node) -> bool:
    """Whether no two symbols are multiplied in a statement, and no function is applied to one."""
    opaque = node.op in ("log", "exp", "abs", "xlogy", "def", "^", "prod") and bool(node.names)
    product = node.op in ("*", "/") and all(a.names for a in node.args)
    return (
        not opaque and not product and not (node.op == "/" and node.args[1].names) and all(map(_is_linear, node.args))
    )


def _truth(part: Node, point: Point, work: Work) -> tuple[Truth | None, bool]:
    """Return what is known of a statement at a point, and whether that is certain; None where it has no value."""
    reading = Reading(point, work=work)
    try:
        truth = reading.truth(part)
    except Undefined:
        return None, True
    except Undecided:
        return Truth.UNKNOWN, True
    return truth, truth is not Truth.FALSE or reading.is_certain(part)


def _holds(hypotheses: Many[Node], point: Point, work: Work) -> bool:
    reading = Reading(point, work=work)
    try:
        return all(reading.truth(h, exact=True) is Truth.TRUE for h in hypotheses)
    except (Undefined, Undecided):
        return False


def _endless(statement: Node) -> bool:
    """Whether a statement is about infinitely many numbers, of which some are looked at."""
    endless = statement.op in _ENDLESS or (statement.op == "all" and statement.args[0].data in (NAT, REAL))
    return endless or any(_endless(a) for a in statement.args if not a.is_number)


def value(part: Node, side: int, point: Point) -> Any:
    """Return the value of one side of a comparison at a point; None where its digits cannot be told, for they are 0.

    Parameters
    ----------
    part : Node
        A comparison, or an integral, which is the left side of its own.
    side : int
        0 for the left side, 1 for the right one.
    point : Point
        The values of the names.
    """
    reading = Reading(point)
    try:
        if part.op == "int":
            return reading.value(part.args[2]) if side else reading.integral(part)
        return reading.value(part.args[side])
    except Undecided:
        return None


def sides(part: Node) -> tuple[str, str]:
    """Return both sides of a comparison, or of the claim that an integral has a value, as text.

    Parameters
    ----------
    part : Node

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> sides(parse("int(x in (0, 1): x^2) = 1/2", "statement", declare({})))
    ('int(x in (0, 1): x^2)', '1/2')
    """
    right = text(part.args[-1])
    return (text(part).removesuffix(f" = {right}") if part.op == "int" else text(part.args[0])), right


def shown(value: Any) -> str:
    """Return a value as text: exact where it is rational, else 15 digits.

    Parameters
    ----------
    value : object
        None for a number whose digits cannot be told.
    """
    if value is None:
        return "≈ 0, to 50 digits"
    if isinstance(value, Fraction):
        return f"= {value}"
    import mpmath

    return f"≈ {mpmath.nstr(value, _SHOWN)}"


def _weight(point: Point) -> int:
    """How much there is to read in a point."""
    entries = [e for _, rows in point.numbers for _, e in rows]
    return sum(size for _, size in point.sizes) + sum(
        e.numerator.bit_length() + e.denominator.bit_length() + (e < 0) if isinstance(e, Fraction) else _HEAVY
        for e in entries
    )


def _drawn(goal: Goal, count: int, work: Work) -> Iterator[Point]:
    if count:
        yield from sorted(draw(goal.hypotheses, goal.scope, count, work=work).points, key=_weight)


def _entropic(goal: Goal, work: Work) -> Iterator[Point]:
    """Yield the joint distributions at which a claim about entropies looks false, where the hypotheses hold."""
    for name, sizes, table in joint_tables(goal.hypotheses, goal.part, goal.scope):
        point = Point.of(sizes, {}, {name: {**table}})
        if work.left < 0:
            return
        if _holds(goal.hypotheses, point, work):
            yield point


# --- simple points -------------------------------------------------------------------------------------------------


def _simple(goal: Goal, count: int, work: Work) -> Iterator[Point]:
    """Yield points with simple numbers at which the hypotheses hold, the simplest first, as far as *count* tries go."""
    sets = [n for n, (_, values) in goal.scope.items() if values == "set"]
    sizes = [dict.fromkeys(sets, size) for size in (_SIZES if sets else (0,))]
    for size in sizes:
        tables = _tables(goal, size, work)
        if tables is None:
            return
        names = list(tables)
        for choice in _by_rank([len(rows) for rows in tables.values()], count // len(sizes)):
            picked = {name: tables[name][k] for name, k in zip(names, choice, strict=True)}
            point = _point(goal.scope, size, picked)
            if work.left < 0:
                return
            if _holds(goal.hypotheses, point, work):
                yield point


Table = dict[tuple[int, ...], Any]


def _tables(goal: Goal, sizes: dict[str, int], work: Work) -> dict[str, list[Table]] | None:
    """Return tables of simple values for each name, those that its own hypotheses allow; None if there are too many."""
    tables: dict[str, list[Table]] = {}
    for name, (over, values) in goal.scope.items():
        if values == "set":
            continue
        if values in SPACES or REAL in over or NAT in over or (values != "number" and over):
            return None
        cells = list(product(*(range(sizes[s]) for s in over)))
        found = _NATURALS if values == NAT else SIMPLE if values == "number" else range(sizes[values])
        most = max(k for k in range(len(found) + 1) if k ** len(cells) <= MAX_TABLES)
        if most < 2 and len(found) > 1:
            if len(over) < 2:
                return None
            rows = _structured(cells)
        else:
            ranks = _by_rank([most] * len(cells), MAX_TABLES)
            rows = [{cell: found[k] for cell, k in zip(cells, rank, strict=True)} for rank in ranks]
        own = [h for h in goal.hypotheses if h.names <= {name, *sizes}]
        tables[name] = [t for t in rows if _holds(own, _point(goal.scope, sizes, {name: t}), work)] if own else rows
    return tables


def _structured(cells: Many[tuple[int, ...]]) -> list[Table]:
    """Return the joint distributions that are the usual counterexamples, where there are too many cells to try all.

    All indices are equal; their sum is even, so that they depend on each other but no two do; all cells are alike.
    """
    chosen = ([c for c in cells if len(set(c)) == 1], [c for c in cells if sum(c) % 2 == 0], list(cells))
    return [{cell: Fraction(cell in some, len(some)) for cell in cells} for some in chosen if some]


def _by_rank(lengths: list[int], count: int) -> Iterator[tuple[int, ...]]:
    """Yield positions in lists of these lengths, at most *count*, in the order of their sum."""
    left = count
    for total in range(sum(n - 1 for n in lengths) + 1 if all(lengths) else 0):
        for choice in _summing(lengths, total):
            if not left:
                return
            left -= 1
            yield choice


def _summing(lengths: list[int], total: int) -> Iterator[tuple[int, ...]]:
    if not lengths:
        if not total:
            yield ()
        return
    most = sum(n - 1 for n in lengths[1:])
    for k in range(max(0, total - most), min(lengths[0] - 1, total) + 1):
        for rest in _summing(lengths[1:], total - k):
            yield (k, *rest)


def _point(scope: Scope, sizes: dict[str, int], picked: dict[str, Table]) -> Point:
    numbers: dict[str, dict[tuple[int, ...], int | Entry]] = {}
    indices: dict[str, dict[tuple[int, ...], int]] = {}
    for name, table in picked.items():
        (numbers if scope[name][1] == "number" else indices)[name] = table
    return Point.of(sizes, indices, numbers)
