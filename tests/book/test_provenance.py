"""The provenance on pages: examples, sources, the theorems that cite a theorem, and its checkers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from kl_symbolic import kernel, library
from kl_symbolic.api import derive
from kl_symbolic.book.contents import table
from kl_symbolic.book.examples import example_at, examples
from kl_symbolic.book.illustration import Example, example
from kl_symbolic.book.ledger import cited_by
from kl_symbolic.book.provenance import of_shipped, provenance
from kl_symbolic.numerics.evaluate import Truth, holds
from kl_symbolic.numerics.point import Point
from kl_symbolic.render.model.notation import Paragraph, Value
from kl_symbolic.theory.references import ELEMENTARY, SOURCES, source

from ..support.density_samples import gibbs, poisson, row
from ..support.lanes import sampled
from ..support.render_samples import notation_of, sum_of_fractions, to_text


def told(name: str) -> list[str]:
    """Return the example of a shipped theorem as it is printed."""
    theorem = library.theorem(name)
    page = to_text(theorem, width=1000, provenance=provenance(theorem, library.ledger().theorems[name]))
    return [line.removeprefix("  • ") for line in page.splitlines() if line.startswith("  • ") and line.endswith(".")]


def values(paragraph: Paragraph) -> list[str]:
    return [piece.plain for piece in paragraph if isinstance(piece, Value)]


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kl_nonneg", "kl_eq_zero_iff", "coin_flips", "die_rolls", "sum_eq_zero_of_nonneg"])
def test_an_example_is_a_point_at_which_the_hypotheses_and_the_conclusion_hold(name: str) -> None:
    theorem = library.theorem(name)
    point = examples(theorem)[0].point
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
    notation, found = notation_of(theorem), examples(theorem)
    assert found == examples(theorem)
    assert example(theorem, found, notation) == example(theorem, found, notation) != ()


def test_examples_are_short_numbers() -> None:
    for name in ("kl_convex", "log_sum_le", "variance_of_sum"):
        theorem = library.theorem(name)
        for paragraph in example(theorem, examples(theorem), notation_of(theorem)):
            assert all(len(value) < 60 for value in values(paragraph))


# --- sources ---------------------------------------------------------------------------------------------------------


def test_every_source_is_of_a_shipped_theorem() -> None:
    shipped = {name for names in table().values() for name in names}
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
    assert "kernel · 50 digits" in page and "Theorem 2.6.3" in page and "Where it is used. " in page
    assert "cross_entropy_min_iff" in page.partition("Where it is used. ")[2]


def test_nothing_is_known_of_a_theorem_that_is_not_shipped() -> None:
    assert of_shipped(sum_of_fractions()) is None
    other = library.certificate_text("log_one").replace("The logarithm of 1 is 0", "The log of 1 is 0")
    assert kernel.check(other).name == "log_one"
    assert of_shipped(kernel.check(other)) is None


def test_showing_a_theorem_neither_exports_it_nor_searches_for_points() -> None:
    program = (
        "import sys\n"
        "from kl_symbolic import derive\n"
        "page = derive('llr_per_flip').to_text()\n"
        "assert 'Rocq (Coq ' in page and 'An example' in page\n"
        "print([m for m in ('rocq.export', 'numerics.sampling', 'theory', 'numerics.verification')"
        " if 'kl_symbolic.' + m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_badges_are_what_is_recorded() -> None:
    theorem, entry = library.theorem("log_one"), library.ledger().theorems["log_one"]
    assert provenance(theorem, entry, "8.16.1").badges == ("kernel", "50 digits", "Rocq (Coq 8.16.1)")
    assert provenance(theorem, replace(entry, rechecked=False), "8.16.1").badges == ("kernel", "50 digits")
    other = replace(entry.verification, digits=30)
    assert provenance(theorem, replace(entry, verification=other)).badges == ("kernel", "30 digits")
    unknown = replace(entry.verification, verdict="unknown")
    assert provenance(theorem, replace(entry, verification=unknown)).badges == ("kernel",)


def test_a_ledger_that_speaks_of_another_statement_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    theorem, before = library.theorem("log_one"), library.ledger()
    entry = before.theorems["log_one"]
    assert of_shipped(theorem) is not None
    edited = replace(before, theorems={**before.theorems, "log_one": replace(entry, digest="0" * 64)})
    monkeypatch.setattr(library, "ledger", lambda: edited)
    assert of_shipped(theorem) is None
    monkeypatch.setattr(library, "ledger", lambda: replace(before, theorems={}))
    assert of_shipped(theorem) is None


def test_a_point_that_does_not_satisfy_the_hypotheses_is_not_an_example() -> None:
    theorem = library.theorem("log_div")
    assert example_at(theorem, Point.of(numbers={"a": 7, "b": -3})) is None
    good = example_at(theorem, Point.of(numbers={"a": 7, "b": 3}))
    assert good is not None and good.values == ("≈0.8472978604", "≈0.8472978604")
    assert len(example(theorem, [good], notation_of(theorem))) == 1


@pytest.mark.parametrize("name", sampled(n for n, entry in library.ledger().theorems.items() if entry.example))
def test_the_values_that_are_recorded_are_those_that_are_computed(name: str) -> None:
    theorem, entry = library.theorem(name), library.ledger().theorems[name]
    computed = [example_at(theorem, Example.from_json(recorded).point) for recorded in entry.example]
    assert tuple(found.json() for found in computed if found is not None) == entry.example


def recorded(point: str = '{"sizes":{},"indices":{},"numbers":{"a":{"":7},"b":{"":3}}}', **other: str) -> str:
    """Return an example of log_div as a ledger holds it, with something else in some places."""
    facts = {"point": point, "both": "true", "where": "[]", "values": '["1","1"]', **other}
    return "{" + ",".join(f'"{key}":{value}' for key, value in facts.items()) + "}"


@pytest.mark.parametrize(
    "example",
    [
        "{}", recorded("{}"), recorded('{"sizes":1,"indices":{},"numbers":{}}'),
        recorded('{"sizes":{},"indices":{},"numbers":{"a":{"":[]}}}'),
        recorded('{"sizes":{},"indices":{},"numbers":{"a":{"":["log"]}}}'),
        recorded('{"sizes":{},"indices":{},"numbers":[1]}'),
        recorded('{"sizes":{},"indices":{},"numbers":{"a":{"":{"kind":"near","rate":"x"}}}}'),
        recorded('{"sizes":{},"indices":{},"numbers":{"a":{"":7}}}'),
        recorded(both="1"), recorded(where="[true]"), recorded(where="[0]"), recorded(values='["1"]'),
        recorded(values='["1","1","1"]'), recorded(values='["1",1]'), recorded(values=r'["1","\\input{x}"]'),
    ],
)  # fmt: skip
def test_an_example_that_is_not_a_point_with_its_values_is_refused(example: str) -> None:
    theorem, entry = library.theorem("log_div"), library.ledger().theorems["log_div"]
    with pytest.raises(library.BadLedger, match=r"ledger\.json: theorem 'log_div': expected 'example' to hold points"):
        to_text(theorem, provenance=provenance(theorem, replace(entry, example=(example,))))


def test_a_theorem_about_any_domain_has_no_example_and_one_about_numbers_shows_the_integral() -> None:
    assert examples(gibbs()) == () == examples(row("int_null")) == examples(row("in_reals"))
    theorem = poisson()
    (paragraph,) = example(theorem, examples(theorem), notation_of(theorem))
    assert paragraph[0] == "For " and "the sum of the series is " in paragraph
