"""Derivations share helpers through ``proving.idioms``; one file of the theory imports another for its notation only."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

THEORY = Path(__file__).resolve().parents[2] / "kl_symbolic" / "theory"
FILES = {str(path.relative_to(THEORY)): path.read_text(encoding="utf-8") for path in sorted(THEORY.glob("*/*.py"))}
NOTATION = {
    "coins/coin_flips.py",
    "density_notation.py",
    "euler_notation.py",
    "information/pair_information.py",
    "normal_notation.py",
    "notation.py",
}
"""Files with names for texts of the statement language that a later file uses too."""
MARKS = ('Node("sym"', 'Node("idx"', ".step(")
"""How a derivation would spell a term or a line that has a method of its own."""


def siblings(name: str, source: str) -> Iterator[str]:
    """Yield the files of the theory that a file imports."""
    here = ["theory", *Path(name).parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level in (1, 2) and node.module:
            inside = [*here[: len(here) - node.level + 1], *node.module.split(".")]
            yield "/".join(inside[1:]) + ".py"


@pytest.mark.parametrize("name", FILES)
def test_a_file_imports_only_notation_from_another(name: str) -> None:
    assert set(siblings(name, FILES[name])) <= NOTATION


def test_a_planted_import_of_a_helper_is_caught() -> None:
    assert set(siblings("divergence/pinsker.py", "from .gibbs import tangent\nfrom ..coins.evidence import mean")) == {
        "divergence/gibbs.py",
        "coins/evidence.py",
    }


@pytest.mark.parametrize("name", FILES)
def test_terms_and_lines_are_written_by_their_methods(name: str) -> None:
    assert [mark for mark in MARKS if mark in FILES[name]] == []


def test_no_helper_is_defined_twice() -> None:
    defined = Counter(
        node.name for source in FILES.values() for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    )
    assert [name for name, count in defined.items() if count > 1] == []
