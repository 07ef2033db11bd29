"""Tamper: change single leaves of a correct certificate and let the kernel look at each mutant.

A mutant that is accepted must prove the same statement under the same name: it is then another proof, and listed.
Anything else that is accepted is a failure.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kl_symbolic.kernel.certificate import dump
from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.table import RULES, SCHEMES

from .catalogue import Entry, accepted, leaves, statement

_RULES = (*RULES, *SCHEMES, "inst", "cite", "unfold")
_OPERATORS = (
    "+", "-", "*", "/", "^", "xlogy", "neg", "log", "exp", "abs", "sum", "prod", "delta", "card", "nat",
    "Gamma", "digamma", "pi", "#",
)  # fmt: skip
_STATEMENTS = ("=", "<=", "<", "!=", "=>", "<=>", "all", "->", "in", "int", "deriv")
_DOMAINS = ("open", "above", "below", "reals", "nats")
_SHAPES: tuple[Any, ...] = (True, False, None, [], {}, "", -1, "1/2", "2/4", 10**1000)

Path = tuple[Any, ...]


@dataclass
class Report:
    """The outcome of the mutants: how many were refused, and how."""

    mutants: int = 0
    refused: int = 0
    same: list[str] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Add the counts of another report."""
        self.mutants += other.mutants
        self.refused += other.refused
        self.same += other.same
        self.forged += other.forged

    def __str__(self) -> str:
        counts = (
            f"{self.mutants} mutants: {self.refused} refused, {len(self.same)} are other proofs of the same statement"
        )
        return f"{counts}, {len(self.forged)} accepted with another statement"


def plausible(leaf: Any, path: Path, data: dict[str, Any]) -> list[Any]:
    """Return other values that could stand in place of *leaf*."""
    names = [*data["names"]]
    lines = len(data["lines"])
    if isinstance(leaf, bool) or leaf is None:
        others: list[Any] = [0, 1]
    elif isinstance(leaf, int):
        premise = len(path) == 4 and path[0] == "lines" and path[2] == 2
        nearby = [*range(path[1])] if premise else [0, 1, 2, 3]
        others = [leaf + 1, leaf - 1, -leaf, *nearby, str(leaf), f"{2 * leaf + 1}/2", lines, True, *names]
    elif isinstance(leaf, str):
        others = [leaf + "x", leaf[:-1], leaf.swapcase(), leaf.replace("_", "").replace("1", "l"), *names, 0, True]
        if leaf in _RULES:
            others += _RULES
        if leaf in _OPERATORS or leaf in DEFINITIONS:
            others += (*_OPERATORS, *DEFINITIONS)
        if leaf in _STATEMENTS:
            others += _STATEMENTS
        if leaf in _DOMAINS:
            others += _DOMAINS
        if "/" in leaf:
            top, _, bottom = leaf.partition("/")
            others += [f"{bottom}/{top}", f"-{leaf}", f"{top}0/{bottom}0", top]
        if path[0] == "names":
            others += [
                *data["names"].values(),
                "set",
                "number",
                "domain",
                "interval",
                *(f"{s} -> number" for s in names),
            ]
        if len(leaf) == 64:
            others += [leaf[::-1], leaf.upper(), "0" * 64]
    else:
        others = [[0], {"a": 1}, [[]]]
    return [v for v in (*others, *_SHAPES) if type(v) is not type(leaf) or v != leaf]


def put(data: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return a copy of *data* with *value* at *path*; a path that ends in None renames a key."""
    mutant = copy.deepcopy(data)
    *outer, last = path
    inside: Any = mutant
    if last is None:
        *outer, last = outer
        for step in outer:
            inside = inside[step]
        rows = [(value if k == last else k, v) for k, v in inside.items()]
        inside.clear()
        inside.update(rows)
        return mutant
    for step in outer:
        inside = inside[step]
    inside[last] = value
    return mutant


def written(data: dict[str, Any]) -> str:
    """Return the canonical text, also of a certificate whose lines, say, have become a number."""
    broken = {k: v for k, v in data.items() if k in ("hypotheses", "lines", "story") and not isinstance(v, list)}
    text = dump({k: [] if k in broken else v for k, v in data.items()})
    for key, value in broken.items():
        text = text.replace(f'"{key}": []', f'"{key}": {json.dumps(value)}')
    return text


def mutants(entry: Entry, rng: random.Random, each: int) -> Iterator[tuple[Path, Any, str]]:
    """Yield, for every leaf outside the story, up to *each* mutants as (path, value, text)."""
    data = entry.data
    for path, leaf in leaves({k: v for k, v in data.items() if k != "story"}):
        others = plausible(leaf, path, data)
        if path[-1] is None:
            others = [v for v in others if isinstance(v, str)]
        for value in rng.sample(others, min(each, len(others))):
            yield path, value, written(put(data, path, value))


def tamper(entry: Entry, seed: int, each: int = 1, only: int | None = None) -> Report:
    """Check mutants of one certificate: *each* for every leaf, or *only* so many drawn at random."""
    rng = random.Random(f"{seed} {entry.name}")
    untouched = statement(entry.theorem)
    report = Report()
    if accepted(entry.text, entry.name, entry.lemmas) != untouched:
        report.forged.append(f"{entry.name}: the untouched copy is not accepted")
    # Not all texts are built at once: the larger certificates have thousands of leaves.
    drawn = mutants(entry, rng, each)
    if only is not None:
        everything = list(leaves({k: v for k, v in entry.data.items() if k != "story"}))
        drawn = _some(entry, rng, everything, only)
    for path, value, text in drawn:
        report.mutants += 1
        found = accepted(text, entry.name, entry.lemmas)
        where = f"{entry.name} {'.'.join(map(str, path))} := {value!r}"
        if found is None:
            report.refused += 1
        elif found == untouched:
            report.same.append(where)
        else:
            report.forged.append(f"{where}\n    {found}")
    return report


def _some(
    entry: Entry, rng: random.Random, everything: list[tuple[Path, Any]], count: int
) -> Iterator[tuple[Path, Any, str]]:
    data = entry.data
    for path, leaf in rng.choices(everything, k=count):
        others = [v for v in plausible(leaf, path, data) if path[-1] is not None or isinstance(v, str)]
        value = rng.choice(others)
        yield path, value, written(put(data, path, value))


def raw(entry: Entry, seed: int, count: int) -> Report:
    """Change single characters of the text itself: what is not canonical, or not JSON, is refused without a traceback."""
    rng = random.Random(f"{seed} raw {entry.name}")
    report = Report()
    untouched = statement(entry.theorem)
    story = entry.text.index('"story":')
    for _ in range(count):
        at = rng.randrange(story)
        char = rng.choice(' \n\t"[]{},:0123456789aXe.-+\\é\ufeff\x00')
        text = entry.text[:at] + char + entry.text[at + rng.randrange(2) :]
        if text == entry.text:
            continue
        report.mutants += 1
        found = accepted(text, entry.name, entry.lemmas)
        if found is None:
            report.refused += 1
        elif found == untouched:
            report.same.append(f"{entry.name} character {at} := {char!r}")
        else:
            report.forged.append(f"{entry.name} character {at} := {char!r}\n    {found}")
    return report
