"""The book: what the derivations give is what is written, and every derivation is in the table."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library, theory
from kl_symbolic.book import build as book
from kl_symbolic.book import contents, related_work
from kl_symbolic.book.layout import title, topic
from kl_symbolic.book.ledger import exported, supported
from kl_symbolic.book.map import overview, reduced
from kl_symbolic.book.narratives import NARRATIVES
from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.library import LEDGER
from kl_symbolic.numerics.verdicts import Verdict
from kl_symbolic.numerics.verification import verify

ROOT = Path(__file__).resolve().parents[2]
CONTINUOUS = {
    *(file for file in contents.table() if file.startswith(("densities.", "families."))),
    "divergence.estimators",
}
"""The files with theorems about integrals, and about derivatives."""
FEW = ("log_one", "log_div", "log_pow", "exp_log", "exp_zero", "exp_add")


@pytest.fixture(scope="module")
def theorems() -> dict[str, CheckedTheorem]:
    """Return what is shipped, in the order of the table; it is compared below with what the derivations give."""
    return {name: library.theorem(name) for name, _ in contents.authors()}


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
        written = ROOT / "derivations" / topic(name) / f"{name}.klcert.json"
        assert written.read_text(encoding="utf-8") == theorem.certificate


def test_a_changed_missing_or_foreign_file_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory, docs = tmp_path / "derivations", tmp_path / "docs"
    pages = [("one/a.md", "one"), ("two/b.md", "two"), (LEDGER, "data"), (book.MAP, "map")]
    monkeypatch.setattr(book, "library", lambda progress=None: {})
    monkeypatch.setattr(book, "files", lambda *args: iter(pages))
    # there is no docs to put the map into
    assert [p.name for p in book.build(directory)] == ["a.md", "b.md", LEDGER]
    docs.mkdir()
    assert book.stale(directory) == [book.MAP]
    assert [p.name for p in book.build(directory)] == ["theorems.md"]
    assert book.stale(directory) == []
    (directory / "one" / "a.md").write_text("other", encoding="utf-8")
    (directory / "two" / "b.md").unlink()
    (directory / "gone").mkdir()
    (directory / "gone" / "c.md").write_text("foreign", encoding="utf-8")
    (directory / LEDGER).write_text("edited by hand", encoding="utf-8")
    (docs / "theorems.md").write_text("other", encoding="utf-8")
    assert book.stale(directory) == [book.MAP, "gone/c.md", LEDGER, "one/a.md", "two/b.md"]
    assert sorted(p.name for p in book.build(directory)) == ["a.md", "b.md", "c.md", LEDGER, "theorems.md"]
    assert book.stale(directory) == []
    assert not (directory / "gone").exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("coins/a.md", True),
        ("coins/a.klcert.json", True),
        ("ledger.json", True),
        ("index.md", True),
        ("a.md", False),
        ("coins/a.tex", False),
        ("coins/ledger.json", False),
        ("coins/more/a.md", False),
    ],
)
def test_what_looks_like_a_file_of_the_book(path: str, expected: bool) -> None:
    assert book.belongs(Path(path)) is expected


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_processes_together_print_what_one_prints(
    few: dict[str, CheckedTheorem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "NARRATIVES", {})
    monkeypatch.setattr(book.os, "cpu_count", lambda: 2)
    together = dict(book.files(few))
    monkeypatch.setattr(book.os, "cpu_count", lambda: 1)
    assert dict(book.files(few)) == together
    pages = [f"foundations/{n}.{kind}" for n in few for kind in ("md", "klcert.json")]
    assert sorted(together) == sorted([*pages, LEDGER, "index.md", book.MAP])


def test_what_coq_accepted_is_kept_as_long_as_its_file_is_the_same(few: dict[str, CheckedTheorem]) -> None:
    before = library.ledger()
    spoiled = replace(before.theorems["log_one"], rocq="0" * 64)
    after = exported(few, replace(before, theorems={**before.theorems, "log_one": spoiled}))
    kept = {name for name, (_, rechecked) in after.items() if rechecked}
    # log_div and what rests on it rest on log_one
    assert kept == {"log_one", *few} - {"log_one", *(n for n in few if "log_one" in few[n].uses)}
    assert all(digest == before.theorems[name].rocq for name, (digest, _) in after.items())
    assert not any(rechecked for _, rechecked in exported(few, replace(before, prelude="0" * 64)).values())


def test_a_theorem_that_numbers_do_not_support_is_not_shipped(few: dict[str, CheckedTheorem]) -> None:
    theorem = few["log_one"]
    evidence = replace(verify(theorem), verdict=Verdict.UNKNOWN, reason="no point was found")
    with pytest.raises(ValueError, match="log_one is not shipped: numbers say unknown, no point was found"):
        supported(theorem, evidence)


def test_finite_theorems_rest_on_twelve_axioms_and_those_with_integrals_on_fifteen_more_at_most(
    theorems: dict[str, CheckedTheorem],
) -> None:
    continuous = {n for file, names in contents.table().items() if file in CONTINUOUS for n in names}
    finite = {axiom for name in theorems.keys() - continuous for axiom in theorems[name].axioms}
    assert len(finite) <= 12
    assert len({axiom for theorem in theorems.values() for axiom in theorem.axioms} - finite) <= 15


def test_a_page_says_where_its_theorem_stands(theorems: dict[str, CheckedTheorem]) -> None:
    found, page = book.Book(theorems, {"log_div": ("0" * 64, True)}, "8.16.1").printed("log_div")
    assert found.rechecked and found.lemmas == () and "llr_per_flip" in found.cited_by
    assert "50 digits" in page and "Rocq (Coq 8.16.1)" in page and "Elementary." in page
    assert "[`exp_log`](exp_log.md)" in page.partition("Where it is used")[2]
    assert "[`llr_per_flip`](../coins/llr_per_flip.md)" in page.partition("Where it is used")[2]


def test_the_story_of_the_logarithm_is_a_page_of_its_own(theorems: dict[str, CheckedTheorem]) -> None:
    page = book.Book(theorems).page("why_log", {})
    assert "> **Cited, not proved here.** Let f be any function of positive numbers" in page
    assert "More about [`log_pow`](log_pow.md)." in page
    assert "More about [`log_eq_sub_one_iff`](../divergence/log_eq_sub_one_iff.md)." in page
    assert "50 digits" not in page


def test_every_link_of_every_page_leads_to_a_file() -> None:
    pages = [*(ROOT / "derivations").rglob("*.md"), ROOT / "docs" / "theorems.md"]
    links = {(p, found) for p in pages for found in re.findall(r"\]\(([^)#:]+)[)#]", p.read_text(encoding="utf-8"))}
    assert len(links) > 1000
    assert [f"{p.name}: {found}" for p, found in sorted(links) if not (p.parent / found).is_file()] == []


def test_every_link_of_a_story_leads_to_a_shipped_theorem(theorems: dict[str, CheckedTheorem]) -> None:
    for page in NARRATIVES.values():
        assert all(content in theorems for kind, content in page.parts if kind == "theorem")


# --- the map ---------------------------------------------------------------------------------------------------------


def test_the_map_draws_each_file_and_links_every_theorem(theorems: dict[str, CheckedTheorem]) -> None:
    page = overview(theorems)
    for file, names in contents.table().items():
        assert f"\n## {title(file)}\n" in page
        assert all(f"[{name}](../derivations/{topic(name)}/{name}.md)" in page for name in names)
    assert page.count("```mermaid\n") == page.count("graph LR\n") <= 2 + len(contents.table())
    assert "  log_eq_sub_one_iff --> rel_entr_tangent_iff\n" in page


def test_the_map_shows_pairs_of_sums_and_integrals(theorems: dict[str, CheckedTheorem]) -> None:
    page = overview(theorems)
    finite = "[kl_nonneg](../derivations/divergence/kl_nonneg.md)"
    assert f"| {finite} | [density_kl_nonneg](../derivations/densities/density_kl_nonneg.md) |" in page


def test_the_map_of_theorems_without_integrals_has_no_pairs(few: dict[str, CheckedTheorem]) -> None:
    assert "## Sums and integrals" not in overview(few)


def test_files_of_the_theory_have_different_titles() -> None:
    assert len({*map(title, contents.table())}) == len(contents.table())


def test_the_diagrams_are_small_enough_to_read(theorems: dict[str, CheckedTheorem]) -> None:
    for diagram in re.findall(r"```mermaid\n(.*?)\n```", overview(theorems), re.DOTALL):
        assert diagram.count("[") <= 55 and diagram.count("-->") <= 80


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
