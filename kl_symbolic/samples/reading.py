"""Distributions and sequences of outcomes as people write them, read exactly, or refused with what to write instead.

A sequence is read when there is one reading of it: letters, one outcome on each line, separated by spaces, commas,
semicolons or tabs, or a column of a table. Outcomes are held as numbers of their names, a byte for each, so that ten
million of them are counted as fast as NumPy counts.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING, Any, final

from ..language.errors import InvalidValue

if TYPE_CHECKING:
    from numpy import unsignedinteger
    from numpy.typing import NDArray

__all__ = [
    "MAX_OUTCOMES", "BadInput", "Distribution", "Outcomes", "aligned", "distribution", "fraction", "given",
    "read_outcomes", "simulate",
]  # fmt: skip

Distribution = dict[str, Fraction]
"""The probability of each outcome, in the order in which the user wrote them."""

MAX_OUTCOMES = 10_000_000
"""Outcomes that are read or simulated, at most: they are held in memory."""

_DECIMAL = re.compile(r"([+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?)\s?(%?)\Z")
_RATIO = re.compile(r"[+-]?[0-9]{1,400}\s*/\s*0*[1-9][0-9]{0,399}\Z")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+\Z")
_WHOLE = re.compile(r"([0-9]+)\.0+\Z")

_SIDES = {"h": "H", "head": "H", "heads": "H", "t": "T", "tail": "T", "tails": "T"}
"""The words that mean a side of a coin, and the side."""

_YES = frozenset(("1", "true", "yes", "y", "success", "win", "won", "on"))
"""Names of outcomes that are taken for heads in the example of a message about a file with two other names."""

_SHOWN = 8
"""How many different outcomes of a file a message lists."""

_CHUNK = 2**20
"""Bytes that are split into words at a time: a word takes fifty bytes of memory, and a number one."""

_GAP = re.compile(rb"(?:^|[,;\n])[ \t\r]*[,;]")
"""Two separators with nothing between them, or one at the beginning of a line."""

_FEW = 16
"""Up to so many names, counting one after the other is faster than counting all at once."""

_UNKNOWN = 255
"""The byte that stands for a letter that is not an outcome; there are fewer letters in ASCII."""


class BadInput(InvalidValue):
    """The input cannot be used; the message says what was expected and what was got."""


# --- probabilities ---------------------------------------------------------------------------------------------------


def fraction(source: str) -> Fraction:
    """Return an exact number written as ``7/10``, ``0.7``, ``.7``, ``7e-1``, ``70%`` or ``1``.

    Parameters
    ----------
    source : str

    Raises
    ------
    BadInput
        For anything else.

    Examples
    --------
    >>> fraction("0.7"), fraction("70%"), fraction("1e-3")
    (Fraction(7, 10), Fraction(7, 10), Fraction(1, 1000))
    """
    text = source.strip()
    if _RATIO.match(text):
        top, bottom = text.split("/")
        return Fraction(int(top), int(bottom))
    found = _DECIMAL.match(text)
    if found is None:
        raise BadInput(f"expected a number such as 7/10, 0.7 or 70%, got {source[:60]!r}")
    return Fraction(Decimal(found[1])) / (100 if found[2] else 1)


def distribution(source: str) -> Distribution:
    """Return the distribution that the user wrote.

    Parameters
    ----------
    source : str
        ``7/10`` for a coin with outcomes H and T, ``a=1/2,b=1/4,c=1/4``, or ``1/2,1/4,1/4`` for outcomes 1, 2 and 3.

    Raises
    ------
    BadInput
        When a probability is malformed or negative, an outcome appears twice, or the sum is not one.

    Examples
    --------
    >>> distribution("7/10")
    {'H': Fraction(7, 10), 'T': Fraction(3, 10)}
    """
    if "=" not in source:
        if _DECIMAL_COMMA.match(source.strip()):
            raise BadInput(f"expected a decimal point, as in {source.strip().replace(',', '.')}; got {source[:60]!r}")
        if "," not in source:
            return _coin(fraction(source))
        return _summed({str(k): fraction(part) for k, part in enumerate(source.split(","), 1)})
    found: Distribution = {}
    for part in source.split(","):
        name, _, value = (s.strip() for s in part.partition("="))
        if not name or any(c.isspace() for c in name) or not value:
            raise BadInput(f"expected outcome=probability, such as a=1/2, got {part.strip()[:60]!r}")
        if name in found:
            raise BadInput(f"the outcome {name!r} appears twice")
        found[name] = fraction(value)
    return _summed(found)


def given(value: object, name: str) -> Distribution:
    """Return the distribution that the user passed in Python.

    Parameters
    ----------
    value : object
        Text as on the command line; a number, the probability of heads; a mapping from outcomes to probabilities; or a
        sequence of probabilities, whose outcomes are called 1, 2, and so on. A float is the decimal that it prints;
        floats that sum to 1 within rounding are divided by their sum.
    name : str
        ``P`` or ``Q``, for messages.

    Raises
    ------
    BadInput
        When it is not a distribution.

    Examples
    --------
    >>> given({"heads": 0.7, "tails": 0.3}, "P")
    {'heads': Fraction(7, 10), 'tails': Fraction(3, 10)}
    >>> given([1 / 3] * 3, "Q")
    {'1': Fraction(1, 3), '2': Fraction(1, 3), '3': Fraction(1, 3)}
    """
    if isinstance(value, str):
        return distribution(value)
    if isinstance(value, Mapping) or (hasattr(value, "keys") and hasattr(value, "items")):
        entries = [(str(key), entry) for key, entry in value.items()]
    elif isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        try:
            entries = [(str(k), entry) for k, entry in enumerate(value, 1)]
        except TypeError:  # an array with no axis is a number
            return _coin(_number(value, name))
    else:
        return _coin(_number(value, name))
    found = {key: _number(entry, f"{name}[{key}]") for key, entry in entries}
    if len(found) < len(entries):
        raise BadInput(f"two outcomes of {name} have one name: {', '.join(key for key, _ in entries)[:60]}")
    floats = any(isinstance(entry, float) or "float" in type(entry).__name__ for _, entry in entries)
    total = sum(found.values(), start=Fraction(0))
    # Each float is off by a part in 2^53, as is each step of the sum in which it was made.
    if floats and total != 1 and abs(total - 1) <= Fraction(len(found) + 1, 2**51):
        found = {key: entry / total for key, entry in found.items()}
    return _summed(found)


def _number(value: object, label: str) -> Fraction:
    if isinstance(value, bool) or value is None:
        raise BadInput(f"expected a probability as {label}, got {value!r}")
    try:
        return fraction(str(value))
    except BadInput:
        raise BadInput(f"expected a rational probability as {label}, got {str(value)[:60]!r}") from None


def _coin(heads: Fraction) -> Distribution:
    if not 0 <= heads <= 1:
        raise BadInput(f"expected the probability of heads, between 0 and 1, got {heads}")
    return {"H": heads, "T": 1 - heads}


def _summed(found: Distribution) -> Distribution:
    """Return a distribution; refuse a negative probability, and a sum other than 1."""
    for name, value in found.items():
        if value < 0:
            raise BadInput(f"the probability of {name!r} is negative: {value}")
    total = sum(found.values())
    if total != 1:
        off = f"{abs(total - 1)} too {'much' if total > 1 else 'little'}"
        raise BadInput(f"the probabilities sum to {total}, which is {off}")
    return found


def aligned(p: Distribution, q: Distribution) -> tuple[Distribution, Distribution]:
    """Return two distributions whose outcomes are called by the same names.

    A coin that was given by a number has the outcomes H and T, which the other side may call heads and tails.

    Parameters
    ----------
    p, q : dict

    Raises
    ------
    BadInput
        When they have no outcome in common.

    Examples
    --------
    >>> aligned(distribution("7/10"), distribution("heads=1/2,tails=1/2"))[0]
    {'heads': Fraction(7, 10), 'tails': Fraction(3, 10)}
    """
    if p.keys() & q.keys():
        return p, q
    for one, other in ((p, q), (q, p)):
        called = {_SIDES.get(name.casefold()): name for name in other}
        if {*one} == {"H", "T"} and len(other) == len(called) and called.keys() <= {"H", "T"}:
            renamed = {called.get(name, name): value for name, value in one.items()}
            return (renamed, q) if one is p else (p, renamed)
    raise BadInput(
        f"P is about {_listed(p)}, and Q about {_listed(q)}: they have no outcome in common; where that is meant, give "
        "an outcome of the one the probability 0 in the other"
    )


def _listed(names: Iterable[str]) -> str:
    found = [name[:40] for name in names]
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")


# --- sequences -------------------------------------------------------------------------------------------------------


@final
class Outcomes(Sequence[str]):
    """A sequence of outcomes, held as the numbers of their names.

    Parameters
    ----------
    names : sequence of str
        The names, each once.
    codes : array of unsigned integers
        For each outcome the position of its name.
    head : str
        What was read as the name of the column that holds them; empty where there was none.

    Examples
    --------
    >>> flips = Outcomes.of("HHT")
    >>> flips[2], len(flips), flips.counts()
    ('T', 3, Counter({'H': 2, 'T': 1}))
    """

    def __init__(self, names: Sequence[str], codes: NDArray[unsignedinteger[Any]], head: str = "") -> None:
        self.names, self.codes, self.head = tuple(names), codes, head

    @classmethod
    def of(cls, sequence: Iterable[str], names: Iterable[str] = ()) -> Outcomes:
        """Return a sequence of names as outcomes.

        Parameters
        ----------
        sequence : iterable of str
        names : iterable of str, optional
            Names that come first, whether they occur or not.
        """
        import numpy

        if isinstance(sequence, Outcomes):
            return sequence
        position = {name: k for k, name in enumerate(names)}
        codes = [position.setdefault(name, len(position)) for name in sequence]
        return cls(tuple(position), numpy.array(codes, dtype=_smallest(len(position))))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, k: Any) -> Any:
        if isinstance(k, slice):
            return Outcomes(self.names, self.codes[k])
        return self.names[int(self.codes[k])]

    def __iter__(self) -> Iterator[str]:
        return (self.names[k] for k in self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcomes):
            return NotImplemented
        return self.names == other.names and self.codes.tobytes() == other.codes.tobytes()

    __hash__ = None  # type: ignore[assignment]

    def counts(self, start: int = 0, stop: int | None = None) -> Counter[str]:
        """Return how often each outcome occurs in a part of the sequence.

        Parameters
        ----------
        start : int
            Where the part begins.
        stop : int, optional
            Where it ends; default the end of the sequence.
        """
        import numpy

        part = self.codes[start:stop]
        if len(self.names) <= _FEW:
            found = [int(numpy.count_nonzero(part == k)) for k in range(len(self.names))]
        else:
            found = numpy.bincount(part, minlength=len(self.names)).tolist()
        return Counter({name: n for name, n in zip(self.names, found, strict=True) if n})

    def first(self, among: Iterable[str]) -> int | None:
        """Return where one of some names occurs first, counted from 1; None where none does.

        Parameters
        ----------
        among : iterable of str
        """
        import numpy

        wanted = {*among}
        hits = (numpy.flatnonzero(self.codes == k)[:1] for k, name in enumerate(self.names) if name in wanted)
        return min((int(hit[0]) + 1 for hit in hits if len(hit)), default=None)

    def frequencies(self) -> Distribution:
        """Return the relative frequency of each name: the distribution under which the sequence is most likely."""
        counts = self.counts()
        return {name: Fraction(counts[name], len(self)) for name in self.names}


def _smallest(names: int) -> Any:
    import numpy

    return numpy.uint8 if names <= 2**8 else numpy.uint32


def simulate(p: Distribution, n: int, seed: int) -> Outcomes:
    """Return *n* independent outcomes of *p*, the same for the same seed.

    The draws are integers below the common denominator, so the probabilities are the exact ones.

    Parameters
    ----------
    p : Distribution
        The distribution of an outcome.
    n : int
        How many.
    seed : int
        Of the random numbers.

    Raises
    ------
    BadInput
        When there are too many, or the common denominator has more than 62 bits.
    """
    import numpy

    if not 1 <= n <= MAX_OUTCOMES:
        raise BadInput(f"expected 1 to {MAX_OUTCOMES} simulated outcomes, got {n}")
    if seed < 0:
        raise BadInput(f"expected a seed that is not negative, got {seed}")
    whole = lcm(*(value.denominator for value in p.values()))
    if whole >= 2**62:
        raise BadInput(f"expected probabilities with a common denominator below 2^62, got {whole}")
    limits = [int(total * whole) for total in accumulate(p.values())]
    draws = numpy.random.default_rng(seed).integers(0, whole, size=n, dtype=numpy.int64)
    if len(limits) > _FEW:
        found = numpy.searchsorted(numpy.array(limits, dtype=numpy.int64), draws, side="right")
        return Outcomes(tuple(p), found.astype(_smallest(len(p))))
    codes = numpy.zeros(n, dtype=_smallest(len(p)))
    for limit in limits[:-1]:
        codes += draws >= limit
    return Outcomes(tuple(p), codes)


def read_outcomes(
    source: str | bytes | Iterable[object], p: Distribution | None, q: Distribution, column: str | None = None
) -> Outcomes:
    r"""Return the outcomes in a text: ``HHTHT``, one on each line, separated, or a column of a table.

    Letters may be of the other case, quoted, or, for a coin, words: heads for H. A first line that names the column,
    blank lines, and lines that begin with ``#`` are left out.

    Parameters
    ----------
    source : str, bytes or iterable
        Text; bytes in UTF-8, or in UTF-16 with its byte order mark; or the outcomes one by one.
    p : dict or None
        With *q* it tells which outcomes there are; None where it is going to be estimated.
    q : dict
    column : str, optional
        The name or the number of the column in which they are.

    Raises
    ------
    BadInput
        When there are none or too many, there is no reading or more than one, or neither distribution can produce one.

    Examples
    --------
    >>> tuple(read_outcomes("HHT", distribution("7/10"), distribution("1/2")))
    ('H', 'H', 'T')
    >>> tuple(read_outcomes("toss,side\n1,heads\n2,tails", distribution("7/10"), distribution("1/2")))
    ('H', 'T')
    """
    names = tuple({**(p or {}), **q})
    reader = _Reader(names, p, q)
    if not isinstance(source, str | bytes):
        found = reader.sequence(source)
    else:
        data = source.encode() if isinstance(source, str) else _utf8(source)
        found = reader.column(data.decode(), column) if column is not None else reader.read(data)
    if not len(found):
        raise BadInput("expected outcomes, such as HHTHT or one on each line; there is none")
    if len(found) > MAX_OUTCOMES:
        raise BadInput(f"expected at most {MAX_OUTCOMES} outcomes, got {len(found)}")
    never = [name for name in names if not q.get(name) and p is not None and not p.get(name)]
    k = found.first(never)
    if k is not None:
        raise BadInput(f"outcome {k} is {found[k - 1]!r}, to which both distributions give probability 0")
    return found


def _utf8(data: bytes) -> bytes:
    """Return text in UTF-8, without a byte order mark; refuse what is not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what PowerShell writes
        try:
            return data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise BadInput(
                f"expected UTF-16 text, as its first bytes say; {error.reason} at byte {error.start}"
            ) from None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.isascii() or data.decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"expected UTF-8 text; byte {error.start} is not") from None
    return data


class _Codes(dict[Any, int]):
    """The number of each name by everything that it may be called; -1 for what is none."""

    def __missing__(self, word: Any) -> int:
        return -1


@final
@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text in one way of splitting it."""

    words: list[str]
    codes: list[int]
    headed: bool
    """Whether the first word has a line of its own, and may be the name of the column."""

    @property
    def known(self) -> bool:
        return bool(self.codes) and min(self.codes) >= 0

    @property
    def letters(self) -> bool:
        """Whether it is a text of letters, perhaps with a word before them."""
        return len(self.words) > 1 and max(map(len, self.words[1:])) == 1

    @property
    def likely(self) -> bool:
        """Whether half of the words are known, or all are digits."""
        return 2 * sum(k >= 0 for k in self.codes) >= len(self.codes) or all(word.isdecimal() for word in self.words)


@final
class _Reader:
    """Reads outcomes of some names."""

    def __init__(self, names: tuple[str, ...], p: Distribution | None, q: Distribution) -> None:
        self._names, self._p, self._q = names, p, q
        self._table = _Codes({name: k for k, name in enumerate(names)})
        folded = Counter(name.casefold() for name in names)
        for k, name in enumerate(names):
            if folded[name.casefold()] == 1:
                for other in (name.casefold(), name.upper(), name.capitalize()):
                    self._table.setdefault(other, k)
        sides = {_SIDES.get(name.casefold()): k for k, name in enumerate(names)}
        if len(names) == len(sides) and sides.keys() <= {"H", "T"}:
            for word, side in _SIDES.items():
                for other in (word, word.upper(), word.capitalize()):
                    self._table.setdefault(other, sides.get(side, -1))
        self._single = {word: k for word, k in self._table.items() if len(word) == 1 and k >= 0}

    def read(self, data: bytes) -> Outcomes:
        """Return the outcomes where there is one reading."""
        return self._letters(data) or self._separated(data) or self._any(data.decode())

    def _outcomes(self, codes: Any, head: str = "") -> Outcomes:
        import numpy

        return Outcomes(self._names, numpy.array(codes, dtype=_smallest(len(self._names))), head)

    def sequence(self, words: Iterable[object]) -> Outcomes:
        """Return outcomes that are given one by one."""
        found = self._words([*map(str, words)], headed=False)
        if found.words and not found.known:
            raise BadInput(self._why([found]))
        return self._outcomes(found.codes)

    # The two common forms, for which it matters how long they take. Names have no space, so no other reading differs.

    def _letters(self, data: bytes) -> Outcomes | None:
        """Return the outcomes of a text of letters alone."""
        import numpy

        single = {word: k for word, k in self._single.items() if word.isascii()}
        if len({*single.values()}) < len(self._names):
            return None  # a name is longer than a letter
        table = bytearray([_UNKNOWN]) * 256
        for word, k in single.items():
            table[ord(word)] = k
        blank = bytes(c for c in b" \t\r\n\v\f" if chr(c) not in single)
        codes = data.translate(bytes(table), blank)
        return None if not codes or _UNKNOWN in codes else Outcomes(self._names, numpy.frombuffer(codes, numpy.uint8))

    def _separated(self, data: bytes) -> Outcomes | None:
        """Return the outcomes of a text of words between spaces, line ends, and commas or semicolons."""
        import numpy

        table = _Codes({word.encode(): k for word, k in self._table.items()})
        mark = next((m for m in (b",", b";") if m in data[:_CHUNK]), b" ")
        if mark != b" " and (any(mark in word for word in table) or _GAP.search(data)):
            return None  # a name has it, or between two of them there is nothing
        parts, start = [], 0
        while start < len(data):
            end = data.find(b"\n", start + _CHUNK)
            end = len(data) if end < 0 else end
            words = data[start:end].replace(mark, b" ").split()
            codes = numpy.fromiter(map(table.__getitem__, words), dtype=numpy.int32, count=len(words))
            if len(words) and codes.min() < 0:
                return None
            parts.append(codes.astype(_smallest(len(self._names))))
            start = end
        return Outcomes(self._names, numpy.concatenate(parts)) if parts and sum(map(len, parts)) else None

    # Everything else.

    def _any(self, text: str) -> Outcomes:
        """Return the outcomes of a text in the one way in which it can be read."""
        lines = self._lines(text)
        splits = [self._words([_bare(line) for line in lines], headed=True)]
        for mark in (",", ";", "\t", None):
            if _has(lines, mark):
                splits.append(self._words(self._split(lines, mark), headed=not _has(lines[:1], mark)))
        if len({*self._single.values()}) == len(self._names) and lines:
            splits.append(self._words([*"".join("".join(lines).split())], headed=False))
            splits.append(self._words([lines[0], *"".join("".join(lines[1:]).split())], headed=True))
        readings = [found for found in map(self._without_head, splits) if found is not None]
        distinct = {tuple(found) for found in readings}
        if len(distinct) == 1:
            return self._outcomes(readings[0], "" if any(found.known for found in splits) else _bare(lines[0]))
        if not distinct:
            columns = self._columns(lines)
            if len(columns) == 1:
                ((head, codes),) = columns.items()
                return self._outcomes(codes, head)
            if columns:
                one = next(iter(columns))
                raise BadInput(
                    f"{len(columns)} columns hold outcomes: {', '.join(columns)}; name one, as in --column {one}"
                )
            raise BadInput(self._why(splits))
        raise BadInput("the outcomes can be read in more than one way; write one on each line")

    def column(self, text: str, wanted: str) -> Outcomes:
        """Return the outcomes in a column of a table."""
        lines = self._lines(text)
        rows = _table(lines, next((m for m in (",", ";", "\t") if _has(lines[:1], m)), None))
        if not rows:
            raise BadInput("expected outcomes, such as HHTHT or one on each line; there is none")
        head = [cell.casefold() for cell in rows[0]]
        if wanted.casefold() in head:
            k, body = head.index(wanted.casefold()), rows[1:]
        elif wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(head):
            k, body = int(wanted) - 1, rows
        else:
            raise BadInput(f"there is no column {wanted[:40]!r}; the first line has {_listed(rows[0])}")
        short = next((n for n, row in enumerate(body, 1) if len(row) <= k), None)
        if short is not None:
            raise BadInput(
                f"expected {k + 1} or more cells in each row; row {short} of the data has {len(body[short - 1])}"
            )
        words = self._words([row[k] for row in body], headed=body is rows)
        found = self._without_head(words)
        if found is None:
            raise BadInput(self._why([words]))
        return self._outcomes(found, wanted)

    def _lines(self, text: str) -> list[str]:
        """Return the lines that say something."""
        comment = not any(word.startswith("#") for word in self._table)
        stripped = (line.strip() for line in text.splitlines())
        return [line for line in stripped if line and not (comment and line.startswith("#"))]

    def _split(self, lines: list[str], mark: str | None) -> list[str]:
        """Return the words between separators; one at the end of a line separates nothing."""
        found = []
        for line in lines:
            words = [_bare(word) for word in line.split(mark)]
            found += words[:-1] if mark and not words[-1] else words
        return found

    def _words(self, words: list[str], headed: bool) -> _Words:
        codes = [*map(self._table.__getitem__, words)]
        others = {word for word, k in zip(words, codes, strict=True) if k < 0}
        meant = {word: k for word, k in ((word, self._meant(word)) for word in others) if k >= 0}
        if meant:
            codes = [meant.get(word, k) for word, k in zip(words, codes, strict=True)]
        return _Words(words, codes, headed)

    def _meant(self, word: str) -> int:
        """Return the code of a word that is written in another way than the table has it."""
        whole = _WHOLE.match(word)  # a column of whole numbers that a program wrote as floats
        return max(self._table[word.casefold()], self._table[whole[1]] if whole else -1)

    def _without_head(self, found: _Words) -> list[int] | None:
        """Return the codes of words that are all known, but perhaps the first, which is the name of the column."""
        if found.known:
            return found.codes
        rest = found.codes[1:]
        return rest if found.headed and rest and min(rest) >= 0 and not _DECIMAL.match(found.words[0]) else None

    def _columns(self, lines: list[str]) -> dict[str, Sequence[int]]:
        """Return the columns of a table that hold outcomes, by name or number."""
        for mark in (",", ";", "\t", None):
            rows = _table(lines, mark)
            widths = {len(row) for row in rows}
            if len(widths) != 1 or widths == {1} or len(rows) < 2:
                continue
            found: dict[str, Sequence[int]] = {}
            for k, cells in enumerate(zip(*rows, strict=True)):
                words = self._words([*cells], headed=True)
                codes = self._without_head(words)
                if codes is not None:
                    found[str(k + 1) if words.known else cells[0]] = codes
            if found:
                return found
        return {}

    def _why(self, splits: list[_Words]) -> str:
        """Return why the words cannot be read: the first that is unknown, and how to name the outcomes as they are."""
        if not any(found.words for found in splits):
            return "expected outcomes, such as HHTHT or one on each line; there is none"
        # The likeliest is the one with the largest part of known words. A word has letters that are outcomes too.
        filled = [found for found in splits if found.words]
        best = min(
            [found for found in filled if found.likely or not found.letters] or filled,
            key=lambda found: (sum(k < 0 for k in found.codes) / len(found.codes), -len(found.words)),
        )
        k = next(k for k, code in enumerate(best.codes) if code < 0)
        if k == 0 and len(best.codes) > 1 and any(code >= 0 for code in best.codes[1:]):
            k = next((j for j, code in enumerate(best.codes[1:], 1) if code < 0), 0)
        said = f"outcome {k + 1} is {best.words[k][:40]!r}; expected one of {_listed(self._names)}"
        foreign = [*dict.fromkeys(word for word, code in zip(best.words, best.codes, strict=True) if code < 0)]
        if len(foreign) < len({*best.words}) or not 2 <= len(foreign) <= _SHOWN or any(map(_odd, foreign)):
            return said
        if len(foreign) != len(self._names) or len(foreign) != 2:
            unnamed = ",".join(f"{word}=…" for word in foreign)
            return f"{said}; to use the names of the file: --p {unnamed} --q {unnamed}"
        heads = next((word for word in foreign if word.casefold() in _YES), foreign[0])
        tails = next(word for word in foreign if word != heads)
        options = [("--p", self._p), ("--q", self._q)]
        first, second = self._names
        named = " ".join(
            f"{option} {heads}={side.get(first, 0)},{tails}={side.get(second, 0)}"
            for option, side in options
            if side is not None
        )
        return f"{said}; if {heads} is {first}, write {named}"


def _bare(word: str) -> str:
    """Return a word without spaces and quotation marks around it."""
    word = word.strip()
    return word[1:-1].strip() if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" else word


def _has(lines: list[str], mark: str | None) -> bool:
    return any(mark in line if mark else len(line.split()) > 1 for line in lines)


def _odd(word: str) -> bool:
    """Whether a word cannot be the name of an outcome on the command line."""
    return not word or any(c.isspace() or c in "=,'\"" or not c.isprintable() for c in word)


def _table(lines: list[str], mark: str | None) -> list[list[str]]:
    """Return the cells of each row of a table."""
    if mark is None:
        return [line.split() for line in lines]
    try:
        return [[_bare(cell) for cell in row] for row in csv.reader(lines, delimiter=mark, skipinitialspace=True)]
    except csv.Error as error:
        raise BadInput(f"expected a table: {error}") from None
