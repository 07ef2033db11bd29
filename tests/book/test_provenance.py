"""What reading copies say beside the proofs: examples, sources, who cites a theorem, and who has looked at it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kl_symbolic import kernel, library
from kl_symbolic.api import derive
from kl_symbolic.book.examples import example, example_points
from kl_symbolic.book.provenance import cited_by, colophon, of_shipped, statuses
from kl_symbolic.numerics.evaluate import Truth, holds
from kl_symbolic.render import outline, to_text
from kl_symbolic.render.notation import Paragraph, Value
from kl_symbolic.theory import TABLE
from kl_symbolic.theory.references import ELEMENTARY, SOURCES, source

from ..support.render_samples import sum_of_fractions


def told(name: str) -> list[str]:
    """Return the example of a shipped theorem as it is printed."""
    theorem = library.theorem(name)
    page = to_text(theorem, width=1000, colophon=colophon(theorem, ()))
    return [line.removeprefix("  • ") for line in page.splitlines() if line.startswith("  • ") and line.endswith(".")]


def values(paragraph: Paragraph) -> list[str]:
    return [piece.plain for piece in paragraph if isinstance(piece, Value)]


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kl_nonneg", "kl_eq_zero_iff", "coin_flips", "die_rolls", "sum_eq_zero_of_nonneg"])
def test_an_example_is_a_point_at_which_the_hypotheses_and_the_conclusion_hold(name: str) -> None:
    theorem = library.theorem(name)
    (point, *_) = example_points(theorem)
    assert all(holds(h, point) is Truth.TRUE for h in theorem.hypotheses)
    assert holds(theorem.conclusion, point) is Truth.TRUE


def test_both_sides_are_shown_unless_one_is_a_number() -> None:
    assert told("log_div") == [
        "For a = 7 and b = 3: the left side is ≈ 0.8472978604 and the right side is ≈ 0.8472978604."
    ]
    (shown,) = told("kl_nonneg")
    assert ": the right side is ≈ 0." in shown and "left side" not in shown


def test_an_equivalence_has_two_examples() -> None:
    apart, together = told("kl_eq_zero_iff")
    assert "neither side of the equivalence holds; the first one compares ≈ 0." in apart and apart.endswith(" with 0.")
    assert together.endswith("both sides of the equivalence hold; the first one compares 0 with 0.")


def test_a_sequence_is_shown_far_out() -> None:
    (shown,) = told("exp_limit")
    assert "u(n) = 2 + (⌊√n⌋ + 1)/(n + 1): at n = 10, n = 1000 and n = 1000000 the sequence is " in shown
    assert shown.endswith("and its limit is ≈ 7.389056099.")


def test_a_universal_statement_is_shown_for_one_element() -> None:
    assert told("sum_eq_zero_of_nonneg") == ["For f = (0, 0): with i = 1, the left side is 0."]


def test_a_statement_without_names_has_an_example_too() -> None:
    assert told("log_one") == ["Here the left side is 0."]


def test_an_example_is_always_the_same() -> None:
    theorem = library.theorem("master_inequality")
    notation = outline(theorem).notation
    assert example_points(theorem) == example_points(theorem) != ()
    assert example(theorem, example_points(theorem), notation) != ()


def test_examples_are_short_numbers() -> None:
    for name in ("kl_convex", "log_sum_le", "variance_of_sum"):
        theorem = library.theorem(name)
        for paragraph in example(theorem, example_points(theorem), outline(theorem).notation):
            assert all(len(value) < 60 for value in values(paragraph))


# --- sources ---------------------------------------------------------------------------------------------------------


def test_every_source_is_of_a_shipped_theorem() -> None:
    shipped = {name for names in TABLE.values() for name in names}
    assert [name for name in SOURCES if name not in shipped] == []


def test_sources_name_a_year_or_a_place() -> None:
    for name in SOURCES:
        assert any(mark in source(name) for mark in ("19", "18", "20", "mathlib", "Statistical Proofs")), name
        assert source(name).endswith(".") and ".." not in source(name)
    assert source("sum_eq_zero_of_nonneg") == ELEMENTARY


# --- what is known ---------------------------------------------------------------------------------------------------


def test_who_cites_a_theorem() -> None:
    assert cited_by({"a": (), "c": ("a",), "b": ("a", "c")}) == {"a": ("b", "c"), "c": ("b",), "b": ()}


def test_a_derivation_of_a_shipped_theorem_says_what_is_known() -> None:
    page = derive("kl_eq_zero_iff").to_text()
    assert "kernel · 50 digits" in page and "Theorem 2.6.3" in page and "Cited by: " in page
    assert "cross_entropy_min_iff" in page.partition("Cited by: ")[2]


def test_nothing_is_known_of_a_theorem_that_is_not_shipped() -> None:
    assert of_shipped(sum_of_fractions()) is None
    other = library.certificate_text("log_one").replace("The logarithm of 1 is 0", "The log of 1 is 0")
    assert kernel.check(other).name == "log_one"
    assert of_shipped(kernel.check(other)) is None


def test_rechecked_means_the_text_that_is_exported_today(tmp_path: Path) -> None:
    theorems = {name: library.theorem(name) for name in ("log_one", "log_div")}
    record = tmp_path / "rocq.json"
    assert {n: (s.exported, s.coq) for n, s in statuses(theorems, record).items()} == dict.fromkeys(
        theorems, (True, "")
    )
    from kl_symbolic.rocq.export import export, prelude
    from kl_symbolic.rocq.record import digest

    digests = {name: digest(export(theorem, {})) for name, theorem in theorems.items()}
    data = {"coq": "8.16.1", "prelude": digest(prelude()), "theorems": {**digests, "log_div": "0" * 64}}
    record.write_text(json.dumps(data), encoding="utf-8")
    assert {n: s.coq for n, s in statuses(theorems, record).items()} == {"log_one": "8.16.1", "log_div": ""}
    assert colophon(theorems["log_one"], (), "8.16.1").badges == ("kernel", "50 digits", "Rocq (Coq 8.16.1)")
