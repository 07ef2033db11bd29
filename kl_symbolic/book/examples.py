"""One example with numbers for a theorem: an illustration beside a proof, and never a part of one.

When the library is built, :func:`example_points` takes a point of Γ from a stream of points, the plainest of the first
few; where Γ allows it, families in the role of a distribution are distributions there. The ledger records it. When the
theorem is shown, :func:`example` evaluates both sides of the conclusion there. Nothing is chosen at random: the same
theorem has the same example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any, TypeGuard

from mpmath import libmp

from ..kernel import CheckedTheorem
from ..kernel.statements import eq
from ..kernel.syntax import SPACES, Scope
from ..kernel.terms import NAT, REAL, Node, apply_abs, bound, instantiate, lam, num
from ..numerics.evaluate import Reading, Truth, Undecided, Undefined, holds
from ..numerics.point import Entry, Point, Rest, Sequence
from ..render.latex.terms import Latex
from ..render.model.displays import conjunction, letters, peel
from ..render.model.notation import Formula, Notation, Paragraph, Value
from ..render.model.reports import number_latex
from ..render.text.terms import Unicode

__all__ = ["example", "example_points", "wishes"]

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
_AT = (10, 1000, 10**6)
"""Where the members of a sequence are shown: early, late, and so far out that they are near the limit."""


def example_points(theorem: CheckedTheorem) -> tuple[Point, ...]:
    """Return the points of Γ at which a theorem is illustrated, none where no short one was found.

    There is one point, and for an equivalence one more, at which its sides hold. Where Γ allows it, what may be a
    distribution is one at these points: see :func:`wishes`. A theorem about any domain, or any functions of a number,
    has none.

    Parameters
    ----------
    theorem : CheckedTheorem

    Examples
    --------
    >>> from kl_symbolic import library
    >>> (point,) = example_points(library.theorem("kl_nonneg"))
    >>> sum(point.number_of["q"].values())
    Fraction(1, 1)
    """
    conclusion = theorem.conclusion
    if any(REAL in over or values in SPACES["domain"] for over, values in theorem.scope.values()):
        return ()
    found: list[Point] = []
    for extra in ((), conclusion.args[:1]) if conclusion.op == "<=>" else ((),):
        told = (p for p in _plainest(theorem, extra) if _said(conclusion, p, Notation(theorem.scope), theorem))
        found.extend(islice(told, 1))
    return tuple(dict.fromkeys(found))


def example(theorem: CheckedTheorem, points: Iterable[Point], notation: Notation) -> tuple[Paragraph, ...]:
    """Return an example of a theorem as paragraphs: both sides of its conclusion at given points.

    Parameters
    ----------
    theorem : CheckedTheorem
        Any theorem.
    points : iterable of Point
        Where it is looked at. A point that does not satisfy the hypotheses, or at which nothing can be said, is left
        out.
    notation : Notation
        That of the page on which the example will stand. Its logarithms must be natural ones.

    Returns
    -------
    tuple of Paragraph
        One for each point.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> theorem = library.theorem("log_one")
    >>> [piece for piece in example(theorem, example_points(theorem), Notation())[0] if isinstance(piece, str)]
    ['Here ', 'the left side is ', '.']
    """
    shown: list[Paragraph] = []
    for point in points:
        try:
            if any(holds(h, point) is not Truth.TRUE for h in theorem.hypotheses):
                continue
            said = _said(theorem.conclusion, point, notation, theorem)
            given = conjunction([(value,) for value in _values(point, theorem, notation)])
        except (LookupError, Undefined, Undecided):  # not a point of this theorem: names are missing in it
            continue
        if said:
            opening: Paragraph = ("For ", *given, ": ") if given else ("Here ",)
            shown.append((*opening, *said, "."))
    return tuple(dict.fromkeys(shown))


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
        + 2 * sum(entry.at(n) < 0 for _, rows in point.numbers for _, entry in rows if _counts(entry) for n in _AT)
    )


def _counts(entry: Entry) -> TypeGuard[Sequence | Rest]:
    """Whether an entry is a sequence of whole numbers, which count something and should not be negative."""
    return isinstance(entry, Rest) or (isinstance(entry, Sequence) and entry.kind == "whole")


def _values(point: Point, theorem: CheckedTheorem, notation: Notation) -> Iterator[Value]:
    """Yield the values of a theorem's names at a point; the elements of a set are numbered from 1."""
    scope = theorem.scope
    told = {s for over, values in scope.values() if values != "set" for s in over}
    for name, (over, values) in scope.items():
        if values == "set":
            if name not in told:
                yield Value(Formula(Node("card", name)), "=", str(point.size_of[name]), str(point.size_of[name]))
            continue
        rows: dict[tuple[int, ...], Any] = point.number_of[name] if values == "number" else point.index_of[name]
        if NAT in over:
            yield from _sequences(name, rows, over, notation)
            continue
        entry = _entry if values in ("number", NAT) else _element
        sizes = [point.size_of[s] for s in over]
        keys = product(*map(range, sizes))
        latex, plain = _listed([entry(rows[key]) for key in keys], sizes)
        yield Value(name, "=", latex, plain)


def _sequences(
    name: str, rows: dict[tuple[int, ...], Any], over: tuple[str, ...], notation: Notation
) -> Iterator[Value]:
    """Yield each sequence of a family by itself: N_1(n), N_2(n)."""
    running = notation.letter(NAT, ())
    for key, entry in rows.items():
        at = tuple(Node("idx", running if s == NAT else str(k + 1)) for k, s in zip(key, over, strict=True))
        latex, plain = _entry(entry)
        yield Value(Formula(Node("sym", name, at)), "=", latex, plain)


def _listed(entries: list[tuple[str, str]], sizes: list[int]) -> tuple[str, str]:
    """Return the entries of a family in brackets, those of several indices in brackets inside brackets."""
    for size in reversed(sizes):
        rows = [entries[k : k + size] for k in range(0, len(entries), size)] if size else []
        entries = [(f"({', '.join(a for a, _ in row)})", f"({', '.join(b for _, b in row)})") for row in rows]
        entries = entries or [("()", "()")]
    return entries[0]


def _element(value: int) -> tuple[str, str]:
    return str(value + 1), str(value + 1)


def _entry(entry: Entry | int) -> tuple[str, str]:
    """Return an entry of a point as LaTeX and as text."""
    if isinstance(entry, Node):
        notation, whole = Notation(), Formula(entry)
        return Latex(notation, flat=True).formula(whole).text, Unicode(notation).formula(whole)
    if isinstance(entry, Sequence):
        return _sequence(entry)
    if isinstance(entry, Rest):
        parts = [(entry.rate, ("n", "n")), (entry.offset, ("", ""))]
        return _combination([*parts, *((c, _sequence(s)) for c, s in entry.others)])
    return str(entry), str(entry)


def _sequence(entry: Sequence) -> tuple[str, str]:
    if entry.kind == "near":
        step = (r"\frac{\lfloor \sqrt{n} \rfloor + 1}{n + 1}", "(⌊√n⌋ + 1)/(n + 1)")
        return _combination([(entry.rate, ("", "")), (entry.swing, step)])
    latex, plain = _combination([(entry.rate, ("n", "n")), (entry.swing, (r"\sqrt{n}", "√n"))])
    return rf"\lfloor {latex} \rfloor", f"⌊{plain}⌋"


def _combination(parts: list[tuple[Fraction, tuple[str, str]]]) -> tuple[str, str]:
    """Return Σ coefficient·factor as it is written by hand."""
    shown = ["", ""]
    for value, factor in parts:
        if value:
            for k, (gap, factors) in enumerate(zip((r"\, ", "·"), factor, strict=True)):
                size = "" if abs(value) == 1 and factors else str(abs(value))
                sign = (" - " if value < 0 else " + ") if shown[k] else "-" if value < 0 else ""
                shown[k] += sign + size + gap * bool(size and factors) + factors
    return shown[0] or "0", shown[1] or "0"


# --- what is said of it --------------------------------------------------------------------------------------------


def _said(statement: Node, point: Point, notation: Notation, theorem: CheckedTheorem) -> Paragraph:
    """Return the values of the two sides of a statement at a point."""
    found = peel(statement)
    sets = [over for over in found.sets if isinstance(over, str) and over != REAL]
    if len(sets) < len(found.sets):
        return ()  # it is about every number of a domain
    names = letters(sets, notation, theorem.conclusion.names)
    sizes = [(1, 2, 3) if s == NAT else range(point.size_of[s]) for s in sets]
    for where in islice(product(*sizes), 40):
        at = Point.of(point.size_of, {**point.index_of, **dict(zip(names, where, strict=True))}, point.number_of)
        free = [Node("idx", n) for n in names]
        try:
            if all(holds(instantiate(g, free), at) is Truth.TRUE for g in found.guards):
                told = _sides(instantiate(found.core, free), at, notation)
                shown = [str(k if s == NAT else k + 1) for k, s in zip(where, sets, strict=True)]
                chosen = [(Value(n, "=", k, k),) for n, k in zip(names, shown, strict=True)]
                return ("with ", *conjunction(chosen), ", ", *told) if told and chosen else told
        except (Undefined, Undecided):
            continue
    return ()


def _sides(core: Node, point: Point, notation: Notation) -> Paragraph:
    if core.op == "->":
        over, limit = core.args
        name = notation.letter(NAT, core.names)
        body = apply_abs(over, Node("idx", name))
        far = [Point.of(point.size_of, {**point.index_of, name: n}, point.number_of) for n in _AT]
        where = conjunction([(Value(name, "=", f"{n:,}".replace(",", r"\,"), str(n)),) for n in _AT])
        terms = conjunction([(_value(body, at),) for at in far])
        return ("at ", *where, " the sequence is ", *terms, ", and its limit is ", _value(limit, point))
    if core.op == "<=>":
        left, right = (holds(side, point) for side in core.args)
        if left is not right or left is Truth.UNKNOWN:
            return ()
        both = "both sides of the equivalence hold" if left is Truth.TRUE else "neither side of the equivalence holds"
        side = core.args[0]
        if side.op not in ("=", "<=", "<"):
            return (both,)
        a, b = (_value(s, point) for s in side.args)
        return (both, "; the first one compares ", a, " with ", b)
    if core.op in ("int", "deriv"):
        series = core.op == "int" and core.args[0].op == "nats"
        what = "derivative" if core.op == "deriv" else "sum of the series" if series else "integral"
        return (f"the {what} is ", _value(core.args[2], point)) if core.args[2].op != "num" else ()
    if core.op not in ("=", "<=", "<", "!="):
        return ()
    names = ("the left side", "the right side")
    told = [(f"{n} is ", _value(s, point)) for n, s in zip(names, core.args, strict=True) if s.op != "num"]
    return conjunction([*told])


def _value(node: Node, point: Point) -> Value:
    """Return the value of a term: a short fraction as it is, everything else to some digits."""
    found = Reading(point, 2 * DIGITS).value(node)
    if isinstance(found, Fraction) and len(str(found)) <= DIGITS:
        return Value("", "", str(found), str(found))
    exact = libmp.from_rational(found.numerator, found.denominator, 100) if isinstance(found, Fraction) else found._mpf_
    plain = libmp.to_str(exact, DIGITS)
    return Value("", "≈", number_latex(plain), plain)
