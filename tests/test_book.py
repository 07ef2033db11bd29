"""The book: what the derivations give is what is written, and every derivation is in the table."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from kl_symbolic import book, theory
from kl_symbolic.kernel import Theorem

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def theorems() -> dict[str, Theorem]:
    return book.library()


def test_every_derivation_of_the_theory_is_in_the_table() -> None:
    for module, names in theory.TABLE.items():
        found = [
            f.__kl_derivation__
            for f in vars(import_module(f"kl_symbolic.theory.{module}")).values()
            if hasattr(f, "__kl_derivation__") and f.__module__ == f"kl_symbolic.theory.{module}"
        ]
        assert sorted(found) == sorted(names)


def test_files_of_the_theory_are_in_the_table() -> None:
    files = {p.stem for p in (ROOT / "kl_symbolic" / "theory").glob("*.py")}
    assert files - {"__init__"} == set(theory.TABLE)


def test_the_written_certificates_are_what_the_derivations_give(theorems: dict[str, Theorem]) -> None:
    for name, theorem in theorems.items():
        written = ROOT / "derivations" / f"{name}.klcert.json"
        assert written.read_text(encoding="utf-8") == theorem.certificate


def test_a_changed_missing_or_foreign_file_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "library", lambda progress=None: {})
    monkeypatch.setattr(book, "files", lambda theorems, progress=None: iter([("a.md", "one"), ("b.md", "two")]))
    assert [p.name for p in book.build(tmp_path)] == ["a.md", "b.md"]
    assert book.stale(tmp_path) == []
    (tmp_path / "a.md").write_text("other", encoding="utf-8")
    (tmp_path / "b.md").unlink()
    (tmp_path / "c.md").write_text("foreign", encoding="utf-8")
    assert book.stale(tmp_path) == ["a.md", "b.md", "c.md"]
    assert sorted(p.name for p in book.build(tmp_path)) == ["a.md", "b.md", "c.md"]
    assert book.stale(tmp_path) == []
