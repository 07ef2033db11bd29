"""The generated page about pairs of families: its numbers fit, and its entries are what is derived."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from benchmarks import pairs
from kl_symbolic.measures.matrix import NAMES, Entry, entry

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "pairs.md").read_text(encoding="utf-8")

LEAST = 250
"""So many pairs of different families have a finite divergence with a proof, at least."""


def table() -> dict[str, dict[str, Entry]]:
    """Return what the page says of each pair."""
    kinds = {said: kind for kind, said in pairs.LEGEND.items()}
    found: dict[str, dict[str, Entry]] = {}
    for block in PAGE.split("\n## ")[1:]:
        first, *lines = block.split("\n")
        rows = [m for line in lines if (m := re.match(r"\* (.*?): (.*)", line))]
        found[first] = {name: kinds[row[1]] for row in rows for name in row[2].split(", ")}
    return found


def test_every_pair_is_on_the_page_and_the_numbers_fit() -> None:
    found = table()
    assert list(found) == list(NAMES)
    assert all(sorted(entries) == sorted(NAMES) for entries in found.values())
    counts = pairs.counted(found)
    assert counts["proved"] >= LEAST
    assert all(f"| {said} | {counts[kind]} |" in PAGE for kind, said in pairs.LEGEND.items())
    assert pairs.page({first: {name: found[first][name] for name in NAMES} for first in NAMES}) == PAGE


def some(number: int) -> list[tuple[str, str]]:
    """Return pairs that are derived again."""
    return random.Random(7).sample([(first, second) for first in NAMES for second in NAMES], number)


@pytest.mark.parametrize(("first", "second"), some(12))
def test_entries_of_the_page_are_what_is_derived(first: str, second: str) -> None:
    assert table()[first][second] == entry(first, second)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), some(200)[12:])
def test_more_entries_of_the_page_are_what_is_derived(first: str, second: str) -> None:
    assert table()[first][second] == entry(first, second)
