"""Points: exact values for the free names of a statement, as a record that can be printed and stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Any, final

from ..kernel.syntax import bound_nesting, decode, decode_abs, encode
from ..kernel.terms import DOMAINS, REAL, Node, apply_abs, num, unwrap
from ..language.errors import InvalidType
from ..language.printer import text

__all__ = ["FUNCTION_MARK", "N_MARK", "Entry", "Integral", "Point", "Rest", "Sequence"]

_ZERO = Fraction(0)

N_MARK = -1
"""Stands for n among the indices of a sequence."""
FUNCTION_MARK = -2
"""Stands for an operand that the abstraction of a function binds, among the indices of the function."""
_LETTERS = "xyz"
"""The customary names of the operands of a function."""


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


@final
@dataclass(frozen=True, slots=True)
class Integral:
    """The number whose power is an integral: what a hypothesis such as ∫ p = m, or ∫ x²p = s², leaves for a name.

    Parameters
    ----------
    domain : Node
        A closed domain.
    integrand : Node
        A closed abstraction over numbers.
    root : int, optional
        Which root of the integral it is: the second one is the square root.
    """

    domain: Node
    integrand: Node
    root: int = 1

    def __str__(self) -> str:
        shown = text(Node("int", None, (self.domain, self.integrand, num(0)))).removesuffix(" = 0")
        return shown if self.root == 1 else f"{shown}^(1/{self.root})"


Entry = Fraction | Node | Sequence | Rest | Integral
"""The value of a symbol at given indices: a rational, a closed term such as 3/10*exp(-7/5), a sequence, an integral.
That of a function of numbers, and of elements of ℕ, is a closed abstraction over numbers."""


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
        The values of symbols. A symbol over ℕ has ``N_MARK`` among its indices, and its entries are sequences. A
        function of numbers has ``FUNCTION_MARK`` for each operand that its entry, an abstraction, binds.
    domains : tuple of (str, Node), optional
        The values of names of domains and intervals: closed domains.

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
    domains: tuple[tuple[str, Node], ...] = ()
    size_of: dict[str, int] = field(init=False, compare=False, repr=False)
    index_of: dict[str, dict[tuple[int, ...], int]] = field(init=False, compare=False, repr=False)
    number_of: dict[str, dict[tuple[int, ...], Entry]] = field(init=False, compare=False, repr=False)
    domain_of: dict[str, Node] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size_of", dict(self.sizes))
        object.__setattr__(self, "index_of", {name: dict(rows) for name, rows in self.indices})
        object.__setattr__(self, "number_of", {name: dict(rows) for name, rows in self.numbers})
        object.__setattr__(self, "domain_of", dict(self.domains))

    @staticmethod
    def of(
        sizes: Mapping[str, int] | None = None,
        indices: Mapping[str, int | Mapping[tuple[int, ...], int]] | None = None,
        numbers: Mapping[str, int | Entry | Mapping[tuple[int, ...], int | Entry]] | None = None,
        domains: Mapping[str, Node] | None = None,
    ) -> Point:
        """Return a point from mappings; a name without indices, and a function of numbers, may be given directly.

        Parameters
        ----------
        sizes : mapping of str to int, optional
        indices : mapping of str to int or mapping of tuple of int to int, optional
        numbers : mapping of str to int, Entry or mapping of tuple of int to int or Entry, optional
        domains : mapping of str to Node, optional

        Raises
        ------
        TypeError
            For a value that is not exact: a float or a bool.
        """
        return Point(
            tuple(sorted((sizes or {}).items())),
            tuple(sorted((n, _rows(v, _whole)) for n, v in (indices or {}).items())),
            tuple((n, _rows(v, _entry)) for n, v in sorted((numbers or {}).items())),
            tuple(sorted((n, _domain(v)) for n, v in (domains or {}).items())),
        )

    def json(self) -> str:
        """Return the point as one line of JSON; :meth:`from_json` reads it back."""
        shown: dict[str, dict[str, Any]] = {
            "sizes": dict(self.sizes),
            "indices": {n: {_key(k): v for k, v in rows} for n, rows in self.indices},
            "numbers": {n: {_key(k): _encode_entry(v) for k, v in rows} for n, rows in self.numbers},
        }
        if self.domains:
            shown["domains"] = {n: encode(v) for n, v in self.domains}
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
            {n: decode(v, "domain", {}) for n, v in data.get("domains", {}).items()},
        )

    def __reduce__(self) -> tuple[Callable[[str], Point], tuple[str]]:
        # Another process gets JSON: a term has a hash of this process, and is to be made by its own constructor.
        return Point.from_json, (self.json(),)

    def __str__(self) -> str:
        shown = [f"|{name}| = {size}" for name, size in self.sizes]
        shown += [f"{name} = {text(domain)}" for name, domain in self.domains]
        shown += [f"{name}{_call(k, '()')} = {v}" for name, rows in self.indices for k, v in rows]
        for name, rows in self.numbers:
            shown += [_equation(name, k, v) for k, v in rows]
        return ", ".join(shown) or "the only point: nothing is free"


def _call(indices: tuple[int, ...], brackets: str) -> str:
    inside = ("n" if k == N_MARK else str(k) for k in indices)
    return brackets[0] + ", ".join(inside) + brackets[1] if indices else ""


def _equation(name: str, indices: tuple[int, ...], entry: Entry) -> str:
    if not isinstance(entry, Node) or entry.op != "lam":
        return f"{name}{_call(indices, '[]')} = {text(entry) if isinstance(entry, Node) else entry}"
    letters = iter(_LETTERS)
    called = [next(letters) if k == FUNCTION_MARK else str(k) for k in indices]
    operands = [Node("sym", called[at]) for at, k in enumerate(indices) if k == FUNCTION_MARK]
    return f"{name}({', '.join(called)}) = {text(apply_abs(entry, *operands))}"


def _arity(abstraction: Node) -> int:
    """Return how many numbers an abstraction binds."""
    return 1 + _arity(abstraction.args[0]) if abstraction.op == "lam" else 0


def _domain(value: Any) -> Node:
    if not isinstance(value, Node) or value.op not in DOMAINS or value.names or value.loose:
        raise InvalidType(f"expected a closed domain, got {type(value).__name__} {value!r}")
    return value


def _rows(value: Any, convert: Callable[[Any], Any]) -> tuple[Any, ...]:
    marks = (FUNCTION_MARK,) * _arity(value) if isinstance(value, Node) else ()
    rows = value if isinstance(value, Mapping) else {marks: value}
    return tuple(sorted(((k, convert(v)) for k, v in rows.items()), key=lambda row: row[0]))


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise InvalidType(f"expected the number of an element, got {type(value).__name__} {value!r}")
    return value


def _entry(value: Any) -> Entry:
    closed = isinstance(value, Node) and (value.is_number or value.op == "lam") and not value.names and not value.loose
    if closed or isinstance(value, Fraction | Sequence | Rest | Integral):
        entry: Entry = value
        return entry
    if type(value) is not int:
        wanted = "an int, a Fraction, a closed term or a sequence"
        raise InvalidType(f"expected {wanted}, got {type(value).__name__} {value!r}")
    return Fraction(value)


def _key(indices: tuple[int, ...]) -> str:
    return ",".join({N_MARK: "n", FUNCTION_MARK: "x"}.get(k, str(k)) for k in indices)


def _unkey(shown: str) -> tuple[int, ...]:
    marks = {"n": N_MARK, "x": FUNCTION_MARK}
    return tuple(marks[k] if k in marks else int(k) for k in shown.split(",")) if shown else ()


def _encode_entry(entry: Entry) -> Any:
    if isinstance(entry, Sequence):
        return {"kind": entry.kind, "rate": str(entry.rate), "swing": str(entry.swing)}
    if isinstance(entry, Rest):
        others = [[str(c), _encode_entry(s)] for c, s in entry.others]
        return {"kind": "rest", "rate": str(entry.rate), "offset": str(entry.offset), "others": others}
    if isinstance(entry, Integral):
        shown = {"kind": "integral", "domain": encode(entry.domain), "integrand": encode(unwrap(entry.integrand))}
        return {**shown, "root": entry.root}
    if isinstance(entry, Node) and entry.op == "lam":
        return {"kind": "function", "operands": _arity(entry), "body": encode(unwrap(entry))}
    return encode(entry if isinstance(entry, Node) else Node("num", entry))


def _decode_entry(value: Any) -> Entry:
    if isinstance(value, dict) and value["kind"] == "rest":
        others = tuple((Fraction(c), _decode_entry(s)) for c, s in value["others"])
        return Rest(Fraction(value["rate"]), Fraction(value["offset"]), others)  # type: ignore[arg-type]
    if isinstance(value, dict) and value["kind"] == "integral":
        integrand = decode_abs(value["integrand"], (REAL,), "number", {})
        return Integral(decode(value["domain"], "domain", {}), integrand, value["root"])
    if isinstance(value, dict) and value["kind"] == "function":
        return decode_abs(value["body"], (REAL,) * value["operands"], "number", {})
    if isinstance(value, dict):
        return Sequence(value["kind"], Fraction(value["rate"]), Fraction(value["swing"]))
    node = decode(value, "number", {})
    return node.data if node.op == "num" else node
