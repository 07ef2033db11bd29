"""From lines to a certificate: the claim is whatever the lines show.

The kernel's own ``_step`` says what a line shows, ``complete`` writes that down as the claim, with exactly the names,
lemmas and lines that are used. So a forged proof is refused only for what is wrong with it, never for a stale claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kl_symbolic.kernel import CheckedTheorem, Line, Refused, digest
from kl_symbolic.kernel.certificate import FORMAT, MAX_WORK, _restrict, _step, dump
from kl_symbolic.kernel.normal_form import Budget
from kl_symbolic.kernel.syntax import Scope, encode, read_scope

Row = list[Any]
"""A line of a certificate: rule, arguments, premises."""


def replay(rows: Sequence[Row], scope: Scope, lemmas: Mapping[str, CheckedTheorem]) -> list[Line | None]:
    """Return what each row shows, None for a refused row and for every row that rests on one."""
    budget = Budget(MAX_WORK)
    lines: list[Line | None] = []
    for row in rows:
        try:
            usable = all(lines[k] is not None for k in row[2])
            lines.append(_step(row, lines, scope, dict(lemmas), budget) if usable else None)  # type: ignore[arg-type]
        except (Refused, IndexError, TypeError):
            lines.append(None)
    return lines


def reachable(rows: Sequence[Row], last: int) -> list[int]:
    """Return the numbers of the rows that row *last* rests on, itself included, in order."""
    found = {last}
    for k in range(last, -1, -1):
        if k in found:
            found.update(p for p in rows[k][2] if p < k)
    return sorted(found)


def prune(rows: Sequence[Row], last: int) -> list[Row]:
    """Return only the rows that row *last* rests on, each once, renumbered."""
    where: dict[int, int] = {}
    seen: dict[str, int] = {}
    kept: list[Row] = []
    for k in reachable(rows, last):
        rule, args, premises = rows[k]
        row = [rule, args, [where.get(p, len(rows)) for p in premises]]
        key = json.dumps(row)
        if key not in seen:
            seen[key] = len(kept)
            kept.append(row)
        where[k] = seen[key]
    return kept


def _words(value: Any, keys: bool) -> Iterator[str]:
    """Yield the strings in a JSON value, with the keys of its objects if these are declared names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value if keys else ()
        value = list(value.values())
    for inside in value if isinstance(value, list) else ():
        yield from _words(inside, keys)


def complete(
    name: str,
    names: Mapping[str, str],
    rows: Sequence[Row],
    lemmas: Mapping[str, CheckedTheorem],
    last: int | None = None,
) -> str:
    """Return the certificate of what row *last* (the last one, if not given) shows.

    Raises
    ------
    Refused
        When that row does not replay.
    """
    kept = prune(rows, len(rows) - 1 if last is None else last)
    scope = read_scope(dict(sorted(names.items())))
    lines: list[Line] = []
    budget = Budget(MAX_WORK)
    for row in kept:
        lines.append(_step(row, lines, scope, dict(lemmas), budget))
    shown = lines[-1].sequent
    mentioned = {w for rule, args, _ in kept for w in _words(args, rule == "inst")}
    used = _restrict(scope, frozenset(mentioned.intersection(scope)))
    cited = sorted({line.lemma for line in lines} - {""})
    return dump(
        {
            "format": FORMAT,
            "name": name,
            "names": {n: names[n] for n in sorted(names) if n in used},
            "hypotheses": [encode(h) for h in shown.hypotheses],
            "conclusion": encode(shown.conclusion),
            "uses": {n: digest(lemmas[n]) for n in cited},
            "lines": kept,
            "story": [],
        }
    )
