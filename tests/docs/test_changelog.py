"""The table of old names in the changelog is that of the package, and the new names exist."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from kl_symbolic._moved import MOVED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "changelog.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """Return the rows of the table below a line of text, as the code in their cells."""
    table = PAGE.partition(f"\n{title}:\n")[2].strip().partition("\n\n")[0]
    return [[*map("".join, re.findall(r"`([^`]+)`", row))] for row in table.splitlines()[2:]]


def test_the_modules_are_those_that_moved() -> None:
    assert rows("Modules") == [[f"kl_symbolic.{a}", f"kl_symbolic.{b}"] for a, b in MOVED.items()]


@pytest.mark.parametrize("row", rows("Classes"), ids=lambda row: row[0])
def test_a_renamed_class_has_its_new_name(row: list[str]) -> None:
    new = next(name for name in reversed(row) if name.startswith("kl_symbolic."))
    module, _, name = new.rpartition(".")
    assert isinstance(getattr(import_module(module), name), type)


@pytest.mark.parametrize("row", rows("Calls of the command line that had another form keep working"), ids=str)
def test_both_forms_of_a_call_are_read(row: list[str]) -> None:
    from kl_symbolic.cli import main as cli

    for call in row[:2]:
        words = [w.strip("[]") for w in call.replace("DIR", "somewhere").replace("NAME", "kl_self").split()]
        args = cli._read(words if words[0] in cli.VERBS else ["show", "kl_self", *words])
        assert args.verb in cli.VERBS
