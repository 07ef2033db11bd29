"""Points: exact values for the free names of a statement, as a record that can be printed and stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Any, final

from ..kernel.syntax import bound_nesting, decode, encode
from ..kernel.terms import Node
from ..language.errors import InvalidType
from ..language.printer import text

__all__ = ["N_MARK", "Entry", "Point", "Rest", "Sequence"]

_ZERO = Fraction(0)

N_MARK = -1
"""Stands for n among the indices of a sequence."""


@final
@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence of rationals with a known limit, for hypotheses such as N_h(n)/n → p₁.

    Parameters
    ----------
    kind : str
        ``whole`` for ⌊rate·n + swing·√n⌋, ``near`` for rate + swing·(⌊√n⌋ + 1)/(n + 1).
    rate, swing : Fraction
    """

    kind: str
    rate: Fraction
    swing: Fraction

    def at(self, n: int) -> Fraction:
        """Return the value at n.

        Parameters
        ----------
        n : int
        """
        if self.kind == "near":
            return self.rate + self.swing * (isqrt(n) + 1) / (n + 1)
        # ⌊(A + √M)/B⌋ = ⌊(A + ⌊√M⌋)/B⌋ for whole A and B > 0, so the square root is taken of a whole number.
        a, b = self.rate.numerator * n * self.swing.denominator, self.rate.denominator * self.swing.denominator
        square = (self.swing.numerator * self.rate.denominator) ** 2 * n
        root = isqrt(square)
        if self.swing < 0:
            root = -root - (root * root < square)
        return Fraction((a + root) // b)

    def __str__(self) -> str:
        if self.kind == "near":
            return _joined((self.rate, ""), (self.swing, "(floor(sqrt(n)) + 1)/(n + 1)"))
        return f"floor({_joined((self.rate, 'n'), (self.swing, 'sqrt(n)'))})"


@final
@dataclass(frozen=True, slots=True)
class Rest:
    """The sequence rate·n + offset + Σ cₖ·otherₖ(n): what an equation between sequences leaves for the last one.

    Parameters
    ----------
    rate : Fraction
    offset : Fraction
    others : tuple of (Fraction, Sequence)
    """

    rate: Fraction
    offset: Fraction
    others: tuple[tuple[Fraction, Sequence], ...]

    def at(self, n: int) -> Fraction:
        """Return the value at n.

        Parameters
        ----------
        n : int
        """
        return self.rate * n + self.offset + sum((c * s.at(n) for c, s in self.others), _ZERO)

    def __str__(self) -> str:
        return _joined((self.rate, "n"), (self.offset, ""), *((c, f"({s})") for c, s in self.others))


def _joined(*parts: tuple[Fraction, str]) -> str:
    """Return Σ coefficient·factor as it is written by hand."""
    shown = ""
    for value, factor in parts:
        size = "" if abs(value) == 1 and factor else str(abs(value))
        sign = (" - " if value < 0 else " + ") if shown else "-" if value < 0 else ""
        shown += sign + size + ("*" if size and factor else "") + factor if value else ""
    return shown or "0"


Entry = Fraction | Node | Sequence | Rest
"""The value of a symbol at given indices: a rational, a closed term such as 3/10*exp(-7/5), or a sequence."""


@final
@dataclass(frozen=True, slots=True)
class Point:
    """Values for free names; build one with :meth:`of`.

    Parameters
    ----------
    sizes : tuple of (str, int)
        How many elements each index set has; they are numbered from 0.
    indices : tuple of (str, tuple of (indices, int))
        The values of free indices and index functions.
    numbers : tuple of (str, tuple of (indices, Entry))
        The values of symbols. A symbol over ℕ has ``N_MARK`` among its indices, and its entries are sequences.

    Examples
    --------
    >>> point = Point.of(sizes={"X": 2}, numbers={"p": {(0,): Fraction(1, 3), (1,): Fraction(2, 3)}})
    >>> print(point)
    |X| = 2, p[0] = 1/3, p[1] = 2/3
    >>> Point.from_json(point.json()) == point
    True
    """

    sizes: tuple[tuple[str, int], ...]
    indices: tuple[tuple[str, tuple[tuple[tuple[int, ...], int], ...]], ...]
    numbers: tuple[tuple[str, tuple[tuple[tuple[int, ...], Entry], ...]], ...]
    size_of: dict[str, int] = field(init=False, compare=False, repr=False)
    index_of: dict[str, dict[tuple[int, ...], int]] = field(init=False, compare=False, repr=False)
    number_of: dict[str, dict[tuple[int, ...], Entry]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size_of", dict(self.sizes))
        object.__setattr__(self, "index_of", {name: dict(rows) for name, rows in self.indices})
        object.__setattr__(self, "number_of", {name: dict(rows) for name, rows in self.numbers})

    @staticmethod
    def of(
        sizes: Mapping[str, int] | None = None,
        indices: Mapping[str, int | Mapping[tuple[int, ...], int]] | None = None,
        numbers: Mapping[str, int | Entry | Mapping[tuple[int, ...], int | Entry]] | None = None,
    ) -> Point:
        """Return a point from mappings; a name without indices may be given its value directly.

        Parameters
        ----------
        sizes : mapping of str to int, optional
        indices : mapping of str to int or mapping of tuple of int to int, optional
        numbers : mapping of str to int, Entry or mapping of tuple of int to int or Entry, optional

        Raises
        ------
        TypeError
            For a value that is not exact: a float or a bool.
        """
        return Point(
            tuple(sorted((sizes or {}).items())),
            tuple(sorted((n, _rows(v, _whole)) for n, v in (indices or {}).items())),
            tuple((n, _rows(v, _entry)) for n, v in sorted((numbers or {}).items())),
        )

    def json(self) -> str:
        """Return the point as one line of JSON; :meth:`from_json` reads it back."""
        shown = {
            "sizes": dict(self.sizes),
            "indices": {n: {_key(k): v for k, v in rows} for n, rows in self.indices},
            "numbers": {n: {_key(k): _encode_entry(v) for k, v in rows} for n, rows in self.numbers},
        }
        return json.dumps(shown, separators=(",", ":"))

    @staticmethod
    def from_json(source: str) -> Point:
        """Return the point that :meth:`json` wrote.

        Parameters
        ----------
        source : str

        Raises
        ------
        Refused
            When brackets nest too deeply, or a term in it is not well-formed.
        """
        bound_nesting(source)
        data = json.loads(source)
        return Point.of(
            data["sizes"],
            {n: {_unkey(k): v for k, v in rows.items()} for n, rows in data["indices"].items()},
            {n: {_unkey(k): _decode_entry(v) for k, v in rows.items()} for n, rows in data["numbers"].items()},
        )

    def __reduce__(self) -> tuple[Callable[[str], Point], tuple[str]]:
        # Another process gets JSON: a term has a hash of this process, and is to be made by its own constructor.
        return Point.from_json, (self.json(),)

    def __str__(self) -> str:
        shown = [f"|{name}| = {size}" for name, size in self.sizes]
        shown += [f"{name}{_call(k, '()')} = {v}" for name, rows in self.indices for k, v in rows]
        for name, rows in self.numbers:
            shown += [f"{name}{_call(k, '[]')} = {text(v) if isinstance(v, Node) else v}" for k, v in rows]
        return ", ".join(shown) or "the only point: nothing is free"


def _call(indices: tuple[int, ...], brackets: str) -> str:
    inside = ("n" if k == N_MARK else str(k) for k in indices)
    return brackets[0] + ", ".join(inside) + brackets[1] if indices else ""


def _rows(value: Any, convert: Callable[[Any], Any]) -> tuple[Any, ...]:
    rows = value if isinstance(value, Mapping) else {(): value}
    return tuple(sorted(((k, convert(v)) for k, v in rows.items()), key=lambda row: row[0]))


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise InvalidType(f"expected the number of an element, got {type(value).__name__} {value!r}")
    return value


def _entry(value: Any) -> Entry:
    closed = isinstance(value, Node) and value.is_number and not value.names and not value.loose
    if closed or isinstance(value, Fraction | Sequence | Rest):
        entry: Entry = value
        return entry
    if type(value) is not int:
        wanted = "an int, a Fraction, a closed term or a sequence"
        raise InvalidType(f"expected {wanted}, got {type(value).__name__} {value!r}")
    return Fraction(value)


def _key(indices: tuple[int, ...]) -> str:
    return ",".join("n" if k == N_MARK else str(k) for k in indices)


def _unkey(shown: str) -> tuple[int, ...]:
    return tuple(N_MARK if k == "n" else int(k) for k in shown.split(",")) if shown else ()


def _encode_entry(entry: Entry) -> Any:
    if isinstance(entry, Sequence):
        return {"kind": entry.kind, "rate": str(entry.rate), "swing": str(entry.swing)}
    if isinstance(entry, Rest):
        others = [[str(c), _encode_entry(s)] for c, s in entry.others]
        return {"kind": "rest", "rate": str(entry.rate), "offset": str(entry.offset), "others": others}
    return encode(entry if isinstance(entry, Node) else Node("num", entry))


def _decode_entry(value: Any) -> Entry:
    if isinstance(value, dict) and value["kind"] == "rest":
        others = tuple((Fraction(c), _decode_entry(s)) for c, s in value["others"])
        return Rest(Fraction(value["rate"]), Fraction(value["offset"]), others)  # type: ignore[arg-type]
    if isinstance(value, dict):
        return Sequence(value["kind"], Fraction(value["rate"]), Fraction(value["swing"]))
    node = decode(value, "number", {})
    return node.data if node.op == "num" else node
