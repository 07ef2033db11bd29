"""The command that looks for unwanted words finds planted ones, and finds none in the project."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words", ROOT / ".ci" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# each room has a door", ["room", "door"]),
        ("def reading_copies(): ...", ["reading copies"]),
        ('raise ValueError("this is no number")', ["is no"]),
        ("# The behaviour is normalised", ["behaviour", "normalised"]),
        ("x = colours[0]", ["colours"]),
        ("# the the same", ["the the"]),
    ],
)
def test_a_planted_word_is_found(line: str, found: list[str], words: ModuleType) -> None:
    for name in ("docs/page.md", "README.md"):
        assert [(number, what) for number, _, what in words.findings(f"x\n{line}\n", name)] == [(2, w) for w in found]
    assert [what for _, _, what in words.findings(f"{line}\n", "kl_symbolic/api.py")] == found


@pytest.mark.parametrize(
    "line", ["# there is no name", "# it is no longer true", 'style = "border: 1px"', "# a headroom", "# that that is"]
)  # fmt: skip
def test_what_is_good_english_is_left_alone(line: str, words: ModuleType) -> None:
    assert [*words.findings(line, "kl_symbolic/api.py")] == []


def test_a_docstring_that_begins_with_a_clause_is_found(words: ModuleType) -> None:
    source = '"""What comes of it."""\n\nX = 1\n"""What it is."""\n\n\ndef f():\n    """Return what comes of it."""\n'
    assert [number for number, _, _ in words.findings(source, "kl_symbolic/api.py")] == [1, 4]


def test_an_exception_is_for_its_file_only(words: ModuleType) -> None:
    assert [*words.findings("flavour", "kl_symbolic/cli/show.py")] == []
    assert [*words.findings("flavour: str", "kl_symbolic/api.py")] == []
    assert len([*words.findings("flavour", "kl_symbolic/library.py")]) == 1
    assert all(words.ALLOWED.values())


@pytest.mark.slow
def test_the_project_is_clean(words: ModuleType) -> None:
    names = {path: path.relative_to(ROOT).as_posix() for path in words.files()}
    assert {n.split("/")[0] for n in names.values()} >= {
        ".ci",
        "benchmarks",
        "docs",
        "kl_symbolic",
        "tests",
        "README.md",
    }
    assert [(n, *f) for p, n in names.items() for f in words.findings(p.read_text(encoding="utf-8"), n)] == []
