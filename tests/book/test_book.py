"""The book: what the derivations give is what is written, and every derivation is in the table."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library, theory
from kl_symbolic.book import build as book
from kl_symbolic.book import related_work
from kl_symbolic.book.map import overview, reduced, title
from kl_symbolic.book.narratives import NARRATIVES
from kl_symbolic.book.provenance import Status
from kl_symbolic.kernel import CheckedTheorem

ROOT = Path(__file__).resolve().parents[2]
RECORD = '{"coq": "8.16.1", "prelude": "", "theorems": {}}'
FEW = ("log_one", "log_div", "log_pow", "exp_log", "exp_zero", "exp_add")


@pytest.fixture(scope="module")
def theorems() -> dict[str, CheckedTheorem]:
    """Return what is shipped, in the order of the table; it is compared below with what the derivations give."""
    return {name: library.theorem(name) for name, _ in theory.authors()}


@pytest.fixture(scope="module")
def few(theorems: dict[str, CheckedTheorem]) -> dict[str, CheckedTheorem]:
    return {name: theorems[name] for name in theorems if name in FEW}


def test_every_derivation_of_the_theory_is_in_the_table() -> None:
    for module, names in theory.TABLE.items():
        found = [
            f.__kl_derivation__
            for f in vars(import_module(f"kl_symbolic.theory.{module}")).values()
            if hasattr(f, "__kl_derivation__") and f.__module__ == f"kl_symbolic.theory.{module}"
        ]
        assert sorted(found) == sorted(names)


def test_files_of_the_theory_are_in_the_table() -> None:
    files = {f"{p.parent.name}.{p.stem}" for p in (ROOT / "kl_symbolic" / "theory").glob("*/*.py")}
    assert {name for name in files if not name.endswith(".__init__")} == set(theory.TABLE)


@pytest.mark.slow
def test_the_written_certificates_are_what_the_derivations_give(theorems: dict[str, CheckedTheorem]) -> None:
    derived = book.library()
    assert list(derived) == list(theorems)
    for name, theorem in derived.items():
        written = ROOT / "derivations" / f"{name}.klcert.json"
        assert written.read_text(encoding="utf-8") == theorem.certificate


def test_a_changed_missing_or_foreign_file_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory, docs = tmp_path / "derivations", tmp_path / "docs"
    pages = [("a.md", "one"), ("b.md", "two"), (book.MAP, "map")]
    monkeypatch.setattr(book, "library", lambda progress=None: {})
    monkeypatch.setattr(book, "files", lambda *args: iter(pages))
    assert [p.name for p in book.build(directory)] == ["a.md", "b.md"]  # there is no docs to put the map into
    docs.mkdir()
    assert book.stale(directory) == [book.MAP]
    assert [p.name for p in book.build(directory)] == ["theorems.md"]
    assert book.stale(directory) == []
    (directory / "a.md").write_text("other", encoding="utf-8")
    (directory / "b.md").unlink()
    (directory / "c.md").write_text("foreign", encoding="utf-8")
    (directory / "rocq.json").write_text(RECORD, encoding="utf-8")  # written when Coq ran
    (docs / "theorems.md").write_text("other", encoding="utf-8")
    assert book.stale(directory) == [book.MAP, "a.md", "b.md", "c.md"]
    assert sorted(p.name for p in book.build(directory)) == ["a.md", "b.md", "c.md", "theorems.md"]
    assert book.stale(directory) == []
    assert (directory / "rocq.json").is_file()


# --- pages and ledger ------------------------------------------------------------------------------------------------


def test_the_processes_together_print_what_one_prints(
    few: dict[str, CheckedTheorem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "NARRATIVES", {})
    monkeypatch.setattr(book.os, "cpu_count", lambda: 2)
    together = dict(book.files(few))
    monkeypatch.setattr(book.os, "cpu_count", lambda: 1)
    assert dict(book.files(few)) == together
    assert sorted(n for n in together if n.endswith(".md") and "/" not in n) == sorted(
        [*(f"{n}.md" for n in few), "index.md"]
    )


def test_the_ledger_begins_with_what_everything_rests_on(few: dict[str, CheckedTheorem]) -> None:
    page = book.ledger(
        book.Book(few, {"log_one": Status(True, "8.16.1"), "log_div": Status(True)}), dict.fromkeys(few, "50")
    )
    title, first, axioms, table, *_ = page.split("\n\n")
    assert title == "# The book of derivations"
    assert first.startswith("Every theorem here rests on log(xy) = log x + log y and log x ≤ x − 1")
    assert axioms.startswith("The 6 theorems rest on 5 axioms in all")
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == ["exp_pos", "log_exp", "log_le", "log_mul", "rpow_def"]
    assert "| `log_mul` | `log(a*b) = log(a) + log(b)` for `0 < a` and `0 < b` | 5 |" in table
    assert "| [log_one](log_one.md) | `log(1) = 0` | log_mul | 50 | yes | 8.16.1 |" in page
    assert "| [log_div](log_div.md) | `log(a/b) = log(a) - log(b)` | log_mul | 50 | yes | no |" in page
    assert "| [log_pow](log_pow.md) | `log(a^b) = b*log(a)` | log_exp, rpow_def | 50 | no | no |" in page


def test_the_library_rests_on_twelve_axioms_at_most(theorems: dict[str, CheckedTheorem]) -> None:
    assert len({axiom for theorem in theorems.values() for axiom in theorem.axioms}) <= 12


def test_a_page_says_where_its_theorem_stands(theorems: dict[str, CheckedTheorem]) -> None:
    markdown, latex = book.Book(theorems, {"log_div": Status(True, "8.16.1")}).copies("log_div")
    for page in (markdown, latex):
        assert "50 digits" in page and "Rocq (Coq 8.16.1)" in page and "Elementary." in page
    assert "[`log_eq_sub_one_iff`](log_eq_sub_one_iff.md)" not in markdown
    assert "[`exp_log`](exp_log.md)" in markdown.partition("Where it is used")[2]


def test_the_story_of_the_logarithm_is_a_page_of_its_own(theorems: dict[str, CheckedTheorem]) -> None:
    markdown, latex = book.Book(theorems).copies("why_log")
    assert "> **Cited, not proved here.** Let f be any function of positive numbers" in markdown
    assert "\\textbf{Cited, not proved here.}" in latex
    assert "More about [`log_pow`](log_pow.md)." in markdown
    assert "50 digits" not in markdown


def test_every_link_of_a_story_leads_to_a_shipped_theorem(theorems: dict[str, CheckedTheorem]) -> None:
    for page in NARRATIVES.values():
        assert all(content in theorems for kind, content in page.parts if kind == "theorem")


# --- the map ---------------------------------------------------------------------------------------------------------


def test_the_map_draws_each_file_and_links_every_theorem(theorems: dict[str, CheckedTheorem]) -> None:
    page = overview(theorems)
    for file, names in theory.TABLE.items():
        assert f"\n## {title(file)}\n" in page
        assert all(f"[{name}](../derivations/{name}.md)" in page for name in names)
    assert page.count("```mermaid\n") == page.count("graph LR\n") <= 1 + len(theory.TABLE)
    assert "  log_eq_sub_one_iff --> rel_entr_tangent_iff\n" in page


def test_the_diagrams_are_small_enough_to_read(theorems: dict[str, CheckedTheorem]) -> None:
    for diagram in re.findall(r"```mermaid\n(.*?)\n```", overview(theorems), re.DOTALL):
        assert diagram.count("[") <= 40 and diagram.count("-->") <= 60


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ({"a": (), "b": ("a",), "c": ("a", "b"), "d": ("a", "c")}, {"a": (), "b": ("a",), "c": ("b",), "d": ("c",)}),
        ({"a": (), "b": (), "c": ("a", "b")}, {"a": (), "b": (), "c": ("a", "b")}),
    ],
)
def test_arrows_that_follow_from_others_are_left_out(uses: Any, expected: Any) -> None:
    assert reduced(uses) == expected


def test_the_comparison_names_our_theorems_and_gaps_on_both_sides(theorems: dict[str, CheckedTheorem]) -> None:
    rows = [row for rows in related_work.ROWS.values() for row in rows]
    ours = [*(name for row in rows for name in row.ours), *related_work.NOT_LOOKED_FOR]
    assert [name for name in ours if name not in theorems] == []
    assert any(not row.ours and any(row.others) for row in rows)
    assert any(row.ours and not any(row.others) for row in rows)
    page = overview(theorems)
    assert "| AEP and typical sets | – | – | – | – | aep, TS_sup, TS_inf | – | – |" in page
    assert all(text in page for text in related_work.NOT_OURS)
    assert "| 0 ≤ I(X; Y \\| Z), and when it is 0 |" in page
    tables = [line for line in page.splitlines() if line.startswith("| ") and line.count(" | ") > 4]
    assert len(tables) > 50 and {line.count(" | ") for line in tables} == {7}


def test_what_is_not_in_the_library_is_not_shown_as_ours(few: dict[str, CheckedTheorem]) -> None:
    page = overview(few)
    assert "kl_nonneg.md" not in page
    assert "| log x ≤ x − 1 | – | Real.log_le_sub_one_of_pos |" in page
