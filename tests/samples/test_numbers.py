"""The numbers of a user: what fits together, P from the outcomes, and what is said where a theorem is silent."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library
from kl_symbolic.render.model.document import Prose
from kl_symbolic.render.model.reports import Report
from kl_symbolic.samples.numbers import numbers
from kl_symbolic.samples.reading import BadInput


def prose(found: Report) -> str:
    paragraphs = [p for b in found.blocks if isinstance(b, Prose) for p in b.paragraphs]
    return "\n".join(piece for p in paragraphs for piece in p if isinstance(piece, str))


def test_p_is_estimated_from_the_outcomes_and_the_report_says_so() -> None:
    found = numbers(q="1/2", outcomes="HHTH")
    assert found.p == {"H": Fraction(3, 4), "T": Fraction(1, 4)}
    theorem, evidence = found.reports(library.theorem("coin_flips"))
    assert theorem.facts["limit"] == "0.130812035941137"  # 3/4 log(3/2) + 1/4 log(1/2)
    assert evidence.facts["divergence"] == evidence.facts["per_flip"] == "0.130812035941137"
    assert evidence.facts["p"] == "estimated"
    assert "P was not given: it is the relative frequencies" in prose(evidence)


def test_no_bound_is_claimed_for_a_p_that_was_fitted_to_the_outcomes() -> None:
    """Under Q every sequence speaks for its own frequencies: change_of_measure would be wrong for them."""
    fitted = numbers(q="1/2", outcomes="HHTH").reports(library.theorem("coin_flips"))[1]
    assert "bound" not in fitted.facts
    assert "change_of_measure bounds nothing here" in prose(fitted)
    fixed = numbers("3/4", "1/2", "HHTH").reports(library.theorem("coin_flips"))[1]
    assert fixed.facts["bound"]


def test_outcomes_that_q_excludes_are_infinitely_far() -> None:
    found = numbers(q="1", outcomes="HT").reports(library.theorem("coin_flips"))
    assert found[-1].facts["divergence"] == "∞"


@pytest.mark.parametrize(("p", "q", "value"), [("7/10", "0", "∞"), ("0", "0", "0"), ("1", "1/2", "0.693147180559945")])
def test_where_the_theorem_is_silent_the_definition_has_a_value(p: str, q: str, value: str) -> None:
    (found,) = numbers(p, q).reports(library.theorem("coin_flips"))
    assert found.facts["divergence"] == value
    assert "coin_flips assumes 0 < " in prose(found)
    (bits,) = numbers("1", "1/2").reports(library.theorem("coin_flips"), base=2)
    assert bits.facts["divergence"] == "1.0"


def test_a_file_and_names_on_one_side_only(tmp_path: Path) -> None:
    path = tmp_path / "flips.csv"
    path.write_bytes(b"\xef\xbb\xbftoss,side\r\n1,heads\r\n2,tails\r\n3,heads\r\n")
    found = numbers("7/10", {"heads": 0.5, "tails": 0.5}, path)
    assert found.outcomes is not None
    assert found.outcomes.counts() == {"heads": 2, "tails": 1}
    assert found.outcomes.head == "side"
    assert "They are the column 'side'." in prose(found.reports(library.theorem("coin_flips"))[1])
    assert numbers("7/10", "1/2", path, column="side").outcomes == numbers("7/10", "1/2", "HTH").outcomes
    plain = numbers("7/10", "1/2", "HTH").outcomes
    assert plain is not None
    assert plain.head == ""


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "expected Q, the distribution to compare with$"),
        ({"p": 0.5}, "expected Q, the distribution to compare with, beside P"),
        ({"q": 0.5}, "expected P, or outcomes from which it can be estimated"),
        ({"q": 0.5, "simulated": 10}, "expected P, or outcomes"),
        ({"p": 0.5, "q": 0.5, "outcomes": "H", "simulated": 1}, "got both"),
        ({"p": 0.5, "q": 0.5, "column": "a"}, "a column is one of the outcomes, and there are none"),
        ({"p": 0.5, "q": 0.5, "outcomes": ""}, "there is none"),
        ({"q": 0.5, "outcomes": []}, "there is none"),
    ],
)
def test_what_does_not_go_together(given: dict[str, Any], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        numbers(**given)


def test_a_file_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.samples import numbers as module

    monkeypatch.setattr(module, "LONGEST_FILE", 3)
    path = tmp_path / "flips.txt"
    path.write_text("HHHH", encoding="utf-8")
    with pytest.raises(BadInput, match=r"flips\.txt has more than 3 bytes"):
        numbers("1/2", "1/2", path)


def test_a_theorem_about_something_else_is_said_unless_there_are_outcomes() -> None:
    with pytest.raises(BadInput, match="log_one is not about two distributions"):
        numbers("1/2", "1/2").reports(library.theorem("log_one"))
    assert len(numbers("1/2", "1/2", "HT").reports(library.theorem("log_one"))) == 1
