"""A pair: a true certificate, and a copy of it with one wrong step that must be refused at a known place."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any
from unittest import mock

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, check, digest
from kl_symbolic.kernel.certificate import dump
from kl_symbolic.kernel.errors import need
from kl_symbolic.kernel.syntax import encode
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.numerics.point import Point
from kl_symbolic.proving.builder import Fact, Proof

Row = list[Any]
Off = tuple[str, ...]

NOT_EQUAL = "rules: the two sides are not equal by arithmetic"
NOT_COMBINED = "rules: right - left of the goal is not the given combination of the premises"
NO_SIGN = "rules: the structure of the term and the premises do not tell"
WRONG_SIGNS = "rules: the multipliers do not have the signs that the goal needs"
WRONG_PREMISE = "rules: wrong premise"
NOT_ASSUMED = "rules: the premise does not assume what is discharged"
NOT_ARBITRARY = "rules: the index is not arbitrary"
MAY_BE_ZERO = "normal_form: division by a term that no premise shows to be non-zero"
UNCLAIMED = "certificate: the proof uses a hypothesis that is not claimed"
UNUSED = "certificate: declared but not used"
OTHER_CLAIM = "certificate: the last line is not the claim"
OTHER_FORM = "certificate: the certificate is not in canonical form"
STRAY = "certificate: the proof presupposes points that the statement does not mention"
"""Checks of the kernel that several cases run into: the module in which one stands, and how its message begins."""

NO_LINE = -1
"""Says that the changed line is accepted, and the claim refused that it was changed for."""


@dataclass(frozen=True)
class Case:
    """One thing that must be refused.

    Attributes
    ----------
    true, false : str
        The texts of the repaired twin and of the certificate with the wrong step.
    line : int or None
        Where the false one is refused; None when no line of the proof is to blame.
    rule : str
    says : tuple of str
        What the message for people must contain.
    off : tuple of str
        The checks that stand between the false certificate and a theorem: with all of them off it is accepted, with
        any one of them on it is not. Empty where the text cannot be given a meaning at all.
    point : Point or None
        Where the false claim is false, exactly.
    replay : callable
        From a text to the theorem.
    """

    true: str
    false: str
    line: int | None
    rule: str
    says: tuple[str, ...]
    off: Off
    point: Point | None
    replay: Callable[[str], CheckedTheorem]


def proof(**names: str) -> Proof:
    """Return an empty proof with these names declared; it may cite the shipped theorems."""
    p = Proof("twin", library.theorem)
    p.declare(**names)
    return p


class Page:
    """A certificate that is accepted, to be spoiled in one place."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.data: dict[str, Any] = json.loads(source)

    @staticmethod
    def shipped(name: str) -> Page:
        """Return a certificate of the book."""
        return Page(library.certificate_text(name))

    @staticmethod
    def of(p: Proof, last: Fact) -> Page:
        """Return the certificate that a proof writes of its line *last*."""
        page = Page(p.certificate(last))
        # Then a line's number in the proof is its number in the certificate.
        assert len(page.data["lines"]) == len(p.rows), "a twin has no line that it does not need"
        return page

    def statement(self, source: str) -> Any:
        """Return a statement, written in the statement language, as JSON."""
        return encode(parse(source, "statement", declare(self.data["names"])))

    def number(self, source: str) -> Any:
        """Return a number term as JSON."""
        return encode(parse(source, "number", declare(self.data["names"])))

    def where(self, rule: str, *shown: str, first: bool = False) -> int:
        """Return the number of the line with this rule whose JSON contains each of *shown*: the only or the first."""
        found = [
            k
            for k, row in enumerate(self.data["lines"])
            if row[0] == rule and all(part in json.dumps(row, separators=(",", ":")) for part in shown)
        ]
        assert found and (first or len(found) == 1), (rule, shown, found)
        return found[0]

    def spoil(
        self,
        says: str | Sequence[str],
        row: tuple[int, str, list[Any], list[Any]] | None = None,
        at: int | None = None,
        hypothesis: tuple[int, str | None] | None = None,
        conclusion: Any = None,
        uses: Sequence[str] = (),
        change: Callable[[dict[str, Any]], object] | None = None,
        off: Off = (),
        point: Point | None = None,
        rule: str | None = None,
        replay: Callable[[str], CheckedTheorem] | None = None,
    ) -> Case:
        """Return the pair of this certificate and a copy with one wrong step.

        Parameters
        ----------
        says : str or sequence of str
            What the refusal must say.
        row : tuple, optional
            The wrong step: its number, rule, arguments and premises.
        at : int, optional
            The line that is refused, when it is not the one that was changed but one that leans on it, or ``NO_LINE``.
        hypothesis : tuple, optional
            The number of a hypothesis of the claim, and what becomes of it: a statement, or None to drop it.
        conclusion : object, optional
            The false claim, as text or as JSON.
        uses : sequence of str
            Shipped lemmas that only the wrong step cites.
        change : callable, optional
            Any other change, done to the data in place.
        off : tuple of str
        point : Point, optional
        rule : str, optional
            The rule that the refusal names; default the one of the line.
        replay : callable, optional
        """
        data = json.loads(self.source)
        if row is not None:
            data["lines"][row[0]] = list(row[1:])
        if hypothesis is not None:
            k, other = hypothesis
            data["hypotheses"][k : k + 1] = [] if other is None else [self.statement(other)]
        if conclusion is not None:
            data["conclusion"] = self.statement(conclusion) if isinstance(conclusion, str) else conclusion
        for name in uses:
            data["uses"][name] = digest(library.theorem(name))
        data["uses"] = dict(sorted(data["uses"].items()))
        if change is not None:
            change(data)
        line = at if at is not None else row[0] if row is not None else None
        line = None if line == NO_LINE else line
        named = rule if rule is not None else data["lines"][line][0] if line is not None else ""
        return self._case(dump(data), says, line, named, off, point, replay)

    def retype(
        self,
        old: str,
        new: str,
        says: str | Sequence[str],
        at: int | None = None,
        rule: str = "",
        off: Off = (),
    ) -> Case:
        """Return the pair of this certificate and a copy in whose text *old*, which stands there once, is *new*."""
        assert self.source.count(old) == 1, (old, self.source.count(old))
        return self._case(self.source.replace(old, new), says, at, rule, off, None, None)

    def _case(
        self,
        false: str,
        says: str | Sequence[str],
        line: int | None,
        rule: str,
        off: Off,
        point: Point | None,
        replay: Callable[[str], CheckedTheorem] | None,
    ) -> Case:
        shown = (says,) if isinstance(says, str) else tuple(says)
        lemmas = {
            n: library.theorem(n) for text in (self.source, false) for n in library.cited_names(text) if _ships(n)
        }
        again = replay or (lambda text: check(text, lemmas))
        return Case(self.source, false, line, rule, shown, off, point, again)


def _ships(name: str) -> bool:
    return name in library.names()


# --- how far two texts are apart -------------------------------------------------------------------------------------

_KEY = re.compile(r'"(\w+)": ?')


def differences(true: str, false: str) -> Counter[str]:
    """Return, for each part of a certificate, in how many rows the two texts differ.

    The canonical text has a line for each line of the proof, each hypothesis, and each other key.
    """
    found: Counter[str] = Counter()
    parts = [_parts(text) for text in (true, false)]
    for name in dict.fromkeys([*parts[0], *parts[1]]):
        a, b = (p.get(name, []) for p in parts)
        for op, i, i2, j, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if op != "equal":
                found[name] += max(i2 - i, j2 - j)
    return found


def _parts(text: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    name = "start"
    for line in text.split("\n"):
        key = _KEY.match(line)
        name = key[1] if key else name
        # Brackets on lines of their own are not rows, and the comma after a row is not part of it.
        row = line.removesuffix(",")
        if row not in ("{", "}", "]", "", f'"{name}": ['):
            parts.setdefault(name, []).append(row)
    return parts


# --- the kernel with a check switched off ----------------------------------------------------------------------------


@contextmanager
def switched_off(checks: Sequence[str]) -> Iterator[set[str]]:
    """Let the kernel overlook these checks; the set that is given says which of them it has overlooked.

    A check is named ``module: beginning of its message``. Every check of the kernel is a call of ``need``, so only the
    name ``need`` of that module is exchanged, and it is deaf to nothing else.
    """
    overlooked: set[str] = set()
    by_module: dict[str, list[str]] = {}
    for name in checks:
        module, _, reason = name.partition(": ")
        by_module.setdefault(module, []).append(reason)
    with ExitStack() as stack:
        for module, reasons in by_module.items():
            place = import_module(f"kl_symbolic.kernel.{module}")
            stack.enter_context(mock.patch.object(place, "need", _deaf(module, reasons, overlooked)))
        yield overlooked


def _deaf(module: str, reasons: list[str], overlooked: set[str]) -> Callable[..., None]:
    def deaf(condition: object, reason: str, **parts: object) -> None:
        heard = next((r for r in reasons if reason.startswith(r)), None)
        if heard is None:
            need(condition, reason, **parts)
        elif not condition:
            overlooked.add(f"{module}: {heard}")

    return deaf
