"""The story of a certificate: what its author wants shown. The kernel does not look at it, so it is checked here.

A story is a list of entries ``["heading", text]``, ``["prose", text]`` and ``["step", line, reason]``. Text between
backticks is in the statement language and is typeset as mathematics where it can be read in the certificate's
scope, with the customary letters for indices; elsewhere it is shown as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, final

from ...kernel import Refused
from ...kernel.errors import need
from ...kernel.syntax import SPACES, Scope
from ...kernel.terms import NAT, REAL, Node
from ...language.parser import parse
from .notation import Code, Formula, Inline, Names, Paragraph

__all__ = ["LONGEST", "Allowance", "Entry", "StoryHeading", "StoryProse", "StoryStep", "read_prose", "read_story"]

LONGEST = {"heading": 200, "prose": 6000, "reason": 600}
"""The most characters of each kind of text."""
MOST_ENTRIES = 3000
MOST_CHARACTERS = 300_000
"""Bounds for a story, some ten times what the longest shipped one has, so that a hostile file is refused at once."""
_LONGEST_FORMULA = 600
"""The most characters of a formula in prose; reading one takes time that grows with its length."""


@final
@dataclass(frozen=True, slots=True)
class StoryHeading:
    """The title of a section.

    Parameters
    ----------
    text : str
    """

    text: str


@final
@dataclass(frozen=True, slots=True)
class StoryProse:
    """A paragraph.

    Parameters
    ----------
    text : str
    """

    text: str


@final
@dataclass(frozen=True, slots=True)
class StoryStep:
    """A line of the certificate that is shown, and why it holds.

    Parameters
    ----------
    line : int
        The number of the line in the certificate.
    reason : str
    """

    line: int
    reason: str


Entry = StoryHeading | StoryProse | StoryStep
"""An entry of a story."""


def read_story(story: Any, count: int) -> tuple[Entry, ...]:
    """Return the entries of a story about a certificate of *count* lines.

    Parameters
    ----------
    story : object
    count : int
        How many lines the certificate has.

    Raises
    ------
    Refused
        Naming the entry, when it has another shape, a line number out of range, or text that is empty, too long, not
        printable, or with a backtick that opens no formula.

    Examples
    --------
    >>> read_story([["prose", "The log of `p1`."], ["step", 0, "given"]], 1)
    (StoryProse(text='The log of `p1`.'), StoryStep(line=0, reason='given'))
    """
    need(type(story) is list, "expected a story: a list of entries", got=_shown(story))
    need(len(story) <= MOST_ENTRIES, f"a story has at most {MOST_ENTRIES} entries", got=len(story))
    entries = tuple(_entry(value, number, count) for number, value in enumerate(story))
    total = sum(len(e.reason if isinstance(e, StoryStep) else e.text) for e in entries)
    need(total <= MOST_CHARACTERS, f"a story has at most {MOST_CHARACTERS} characters", got=total)
    return entries


def _entry(value: Any, number: int, count: int) -> Entry:
    where = f"story entry {number}: "
    shape = tuple(map(type, value)) if type(value) is list else ()
    if shape == (str, str) and value[0] == "heading":
        return StoryHeading(_text(value[1], "heading", where))
    if shape == (str, str) and value[0] == "prose":
        return StoryProse(_text(value[1], "prose", where))
    wanted = 'expected ["heading", text], ["prose", text] or ["step", line, reason]'
    need(shape == (str, int, str) and value[0] == "step", where + wanted, got=_shown(value))
    need(0 <= value[1] < count, where + f"expected the number of a line, 0 to {count - 1}", got=_shown(value[1]))
    return StoryStep(value[1], _text(value[2], "reason", where))


def _text(text: str, kind: str, where: str) -> str:
    need(text.strip() or (kind == "reason" and not text), where + f"expected the text of a {kind}", got=_shown(text))
    need(len(text) <= LONGEST[kind], where + f"a {kind} has at most {LONGEST[kind]} characters", got=len(text))
    odd = next((c for c in text if not c.isprintable()), "")
    need(not odd, where + f"expected printable text in one line for a {kind}", got=_shown(odd))
    spans = text.split("`")
    closed = len(spans) % 2 == 1 and all(s.strip() for s in spans[1::2])
    need(closed, where + "a formula stands between two backticks", got=_shown(text))
    return text


def _shown(value: object) -> str:
    """Return *value* in ASCII, so that what is refused cannot write to a terminal, and in bounded length."""
    if isinstance(value, list):
        return f"a list of {len(value)}" if len(value) > 4 else f"[{', '.join(map(_short, value))}]"
    return _short(value)


def _short(value: object) -> str:
    if not isinstance(value, str | int | float | None):
        return f"a {type(value).__name__}"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 200:
        return "a very long integer"
    shown = ascii(value[:80] if isinstance(value, str) else value)
    return shown + "..." * (isinstance(value, str) and len(value) > 80)


# --- text with formulas --------------------------------------------------------------------------------------------

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LINK = re.compile(r"(<=(?!>)|!=|->|=(?!>)|<(?!=))")
_LETTERS = {"T": ("t", "s", "r"), "Omega": ("omega", "psi", "chi"), NAT: ("n", "m", "k")}
_INDICES = frozenset("ijkhtsrnm")
"""Letters that are read as indices and never as numbers."""
_TRIES = 40
"""How many assignments of letters to index sets are tried: three letters over three sets, and some more."""


_MOST_READ = 200_000
"""Characters that are read as formulas for one page, each as often as it is tried: hundreds of times what the page of
any shipped theorem takes, and some tenths of a second."""


@final
class Allowance:
    """Bounds the work of reading the formulas of a page, and keeps what has been read.

    Parameters
    ----------
    characters : int, optional
        How many may be read; what is left when they are spent stays as code.
    """

    def __init__(self, characters: int = _MOST_READ) -> None:
        self.left = characters
        self.known: dict[str, Inline] = {}


def read_prose(text: str, scope: Scope, allowance: Allowance | None = None) -> Paragraph:
    """Return text with its formulas read; what is not a formula in *scope* stays as code.

    Parameters
    ----------
    text : str
    scope : Scope
        The declared names.
    allowance : Allowance, optional
        That of all texts in this scope together; one of its own by default.

    Examples
    --------
    >>> read_prose("the number `p1`", {"p1": ((), "number")})[1].first.data
    'p1'
    >>> read_prose("see `kl_nonneg`", {})
    ('see ', Code(text='kl_nonneg'))
    """
    pieces = text.split("`")
    shown: list[Inline] = []
    allowance = allowance or Allowance()
    for k, piece in enumerate(pieces):
        if k % 2:
            source = piece.strip()
            if source not in allowance.known:
                allowance.known[source] = _read(source, scope, allowance)
            shown.append(allowance.known[source])
        elif piece:
            shown.append(piece)
    return tuple(shown)


def _read(source: str, scope: Scope, allowance: Allowance) -> Inline:
    if source in scope and scope[source] != ((), "number"):
        return Names((source,))
    if len(source) > _LONGEST_FORMULA:
        return Code(source)
    for wider in islice(_scopes(source, scope), _TRIES):
        found = _formula(source, wider, allowance)
        if found is not None:
            return found
    return Code(source)


def _scopes(source: str, scope: Scope) -> Iterator[Scope]:
    """Yield *scope*; then with the customary letters in *source* as indices; then with other letters as numbers.

    A reason may be about a number of the lemma that it cites, as in ``c = 1``, which the theorem itself does not have.
    Where there are functions of a number, a letter may be one in any formula, as in ``f(x)``.
    """
    yield scope
    sets = [n for n, (_, values) in scope.items() if values == "set"]
    choices: dict[str, list[str]] = {}
    for name in dict.fromkeys(_WORD.findall(source)):
        if name not in scope:
            known = [s for s in (*sets, NAT) if name in _LETTERS.get(s, ("i", "j", "k", "h"))]
            if known:
                choices[name] = known
    letters = {n for n in _WORD.findall(source) if n not in scope and len(n) == 1}
    numbers: Scope = dict.fromkeys(sorted(letters - _INDICES), ((), REAL))
    analysis = any(REAL in over for over, _ in scope.values())
    if choices:
        for picked in product(*choices.values()):
            points = {n: ((), over) for n, over in zip(choices, picked, strict=True)}
            yield {**scope, **points}
            if analysis and numbers:
                yield {**scope, **points, **numbers}
    if letters and (analysis or _LINK.search(source)) and not letters & _INDICES:
        yield {**scope, **numbers}


def _formula(source: str, scope: Scope, allowance: Allowance) -> Formula | None:
    for sort in ("statement", "number", *(["domain"] if source[:1] == "(" or source in ("reals", "nats") else [])):
        node = _parsed(source, sort, scope, allowance)
        if node is not None:
            return Formula(node)
    pieces = _LINK.split(source)
    sides = [_parsed(p, "number", scope, allowance) for p in pieces[::2]]
    if len(pieces) > 1 and all(sides):
        links = tuple((relation, (side,)) for relation, side in zip(pieces[1::2], sides[1:], strict=True) if side)
        return Formula(sides[0], links) if sides[0] else None
    head = _WORD.match(source)
    _, values = scope.get(head[0], ((), "number")) if head else ((), "number")
    index = _parsed(source, values, scope, allowance) if values not in (*SPACES, "number") else None
    return Formula(index) if index else None


def _parsed(source: str, sort: str, scope: Scope, allowance: Allowance) -> Node | None:
    allowance.left -= len(source)
    if allowance.left < 0:
        return None
    try:
        return parse(source, sort, scope)
    except Refused:
        return None
