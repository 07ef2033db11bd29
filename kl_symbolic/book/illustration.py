"""The example of a theorem in words: an illustration beside a proof, and never a part of one.

The ledger records the points of the examples and the values that the page shows, see :mod:`.examples`. Here they are
put into words, and nothing is computed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, final

from ..kernel import CheckedTheorem
from ..kernel.terms import NAT, REAL, Node
from ..language.errors import InvalidType
from ..numerics.point import Entry, Point, Rest, Sequence
from ..render.model.displays import conjunction, letters, peel
from ..render.model.notation import Formula, Notation, Paragraph, Value
from ..render.model.reports import number_latex

__all__ = ["AT", "ROUNDED", "Example", "example"]

AT = (10, 1000, 10**6)
"""Where the members of a sequence are shown: early, late, and so far out that they are near the limit."""
ROUNDED = "≈"
"""The mark before a value that is not exact."""
_NUMERAL = frozenset("0123456789+-./e")
"""The characters of a value."""


@final
@dataclass(frozen=True, slots=True)
class Example:
    """A point at which a theorem is illustrated, and what was found there.

    Parameters
    ----------
    point : Point
        A point of Γ.
    where : tuple of int
        The values of the variables under the leading ∀ of the conclusion; elements of a set are numbered from 0.
    both : bool
        Whether both sides of an equivalence hold; neither does otherwise.
    values : tuple of str
        The values that the page shows, in its order; those that are not exact begin with ``≈``.
    """

    point: Point
    where: tuple[int, ...]
    both: bool
    values: tuple[str, ...]

    def json(self) -> str:
        """Return it as canonical JSON.

        Examples
        --------
        >>> Example(Point.of(), (), True, ("1/2",)).json()
        '{"both":true,"point":{"indices":{},"numbers":{},"sizes":{}},"values":["1/2"],"where":[]}'
        """
        facts = {"point": json.loads(self.point.json()), "where": self.where, "both": self.both, "values": self.values}
        return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @staticmethod
    def from_json(source: str) -> Example:
        """Return the example that :meth:`json` wrote.

        Parameters
        ----------
        source : str

        Raises
        ------
        LookupError, InvalidType, ValueError, AttributeError, Refused
            When it is something else.
        """
        data = json.loads(source)
        point, where, both, values = (data[key] for key in ("point", "where", "both", "values"))
        if type(both) is not bool or any(type(k) is not int for k in where):
            raise InvalidType("expected 'both' to be true or false, and 'where' to hold integers")
        if any(type(v) is not str or not _NUMERAL.issuperset(v.removeprefix(ROUNDED)) for v in values):
            raise InvalidType("expected 'values' to hold numerals as text")
        return Example(Point.from_json(json.dumps(point)), tuple(where), both, tuple(values))


def example(theorem: CheckedTheorem, examples: Iterable[Example], notation: Notation) -> tuple[Paragraph, ...]:
    """Return examples of a theorem as paragraphs: both sides of its conclusion at given points.

    Parameters
    ----------
    theorem : CheckedTheorem
    examples : iterable of Example
        What was found for this theorem.
    notation : Notation
        That of the page on which the example will stand. Its logarithms must be natural ones.

    Returns
    -------
    tuple of Paragraph
        One for each example.

    Raises
    ------
    LookupError, InvalidType
        When they are not examples of this theorem: names or values are missing, or left over.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> found = Example(Point.of(), (), True, ("0",))
    >>> [piece for piece in example(library.theorem("log_one"), [found], Notation())[0] if isinstance(piece, str)]
    ['Here ', 'the left side is ', '.']
    """
    shown: list[Paragraph] = []
    for found in examples:
        given = conjunction([(value,) for value in _given(found.point, theorem, notation)])
        opening: Paragraph = ("For ", *given, ": ") if given else ("Here ",)
        shown.append((*opening, *_said(theorem.conclusion, found, notation), "."))
    return tuple(dict.fromkeys(shown))


# --- the point -----------------------------------------------------------------------------------------------------


def _given(point: Point, theorem: CheckedTheorem, notation: Notation) -> Iterator[Value]:
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
        from ..render.latex.terms import Latex  # few points hold a term, and a page of text needs no LaTeX
        from ..render.text.terms import Unicode

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


def _said(statement: Node, found: Example, notation: Notation) -> Paragraph:
    """Return the values of the two sides of a statement at a point."""
    peeled = peel(statement)
    sets = [over for over in peeled.sets if isinstance(over, str) and over != REAL]
    names = letters(sets, notation, statement.names)
    values = map(_value, found.values)
    told = _sides(peeled.core, found.both, values, notation)
    if next(values, None) is not None:
        raise InvalidType("there are more values than are shown")
    shown = [str(k if s == NAT else k + 1) for k, s in zip(found.where, sets, strict=True)]
    chosen = [(Value(n, "=", k, k),) for n, k in zip(names, shown, strict=True)]
    return ("with ", *conjunction(chosen), ", ", *told) if chosen else told


def _sides(core: Node, both: bool, values: Iterator[Value], notation: Notation) -> Paragraph:
    if core.op == "->":
        name = notation.letter(NAT, core.names)
        where = conjunction([(Value(name, "=", f"{n:,}".replace(",", r"\,"), str(n)),) for n in AT])
        terms = conjunction([(_next(values),) for _ in AT])
        return ("at ", *where, " the sequence is ", *terms, ", and its limit is ", _next(values))
    if core.op == "<=>":
        told = "both sides of the equivalence hold" if both else "neither side of the equivalence holds"
        if core.args[0].op not in ("=", "<=", "<"):
            return (told,)
        return (told, "; the first one compares ", _next(values), " with ", _next(values))
    if core.op in ("int", "deriv"):
        series = core.op == "int" and core.args[0].op == "nats"
        what = "derivative" if core.op == "deriv" else "sum of the series" if series else "integral"
        return (f"the {what} is ", _next(values))
    names = ("the left side", "the right side")
    return conjunction([(f"{n} is ", _next(values)) for n, s in zip(names, core.args, strict=True) if s.op != "num"])


def _next(values: Iterator[Value]) -> Value:
    found = next(values, None)
    if found is None:
        raise InvalidType("there are fewer values than are shown")
    return found


def _value(shown: str) -> Value:
    exact = shown.removeprefix(ROUNDED)
    return Value("", "", shown, shown) if exact == shown else Value("", ROUNDED, number_latex(exact), exact)
