"""Every example in a docstring runs and gives what it shows."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "kl_symbolic"


def modules() -> list[str]:
    files = [p.relative_to(PACKAGE.parent).with_suffix("") for p in PACKAGE.rglob("*.py") if p.stem != "__main__"]
    return sorted(".".join(p.parts).removesuffix(".__init__") for p in files)


@pytest.mark.parametrize("name", modules())
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples_to_run() -> None:
    finder = doctest.DocTestFinder()
    found = sum(bool(test.examples) for name in modules() for test in finder.find(import_module(name)))
    assert found >= 30
