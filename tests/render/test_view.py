"""Levels of detail and parts of a page: the same choice on every page, in every format."""

from __future__ import annotations

import itertools
import re

import pytest

import kl_symbolic as kl
from kl_symbolic import library
from kl_symbolic.book.documents import document
from kl_symbolic.language.errors import InvalidValue
from kl_symbolic.render.html import notebook
from kl_symbolic.render.model.document import (
    Aligned,
    Badges,
    Document,
    Foundations,
    Heading,
    Hypotheses,
    Note,
    ProofLines,
    Prose,
    Statement,
    leaves,
)
from kl_symbolic.render.model.view import DETAILS, PARTS, View

from ..support.render_samples import sum_of_fractions, to_html, to_latex, to_markdown, to_notebook, to_text

FORMATS = {"text": to_text, "latex": to_latex, "markdown": to_markdown, "notebook": to_notebook, "html": to_html}


def kinds(view: View, name: str = "pinsker") -> list[type]:
    """Return the kinds of blocks of the page of a theorem, without repetitions side by side."""
    page = document(library.theorem(name), view=view)
    return [kind for kind, _ in itertools.groupby(leaves(page.blocks), type)]


def page(name: str = "pinsker", **options: object) -> Document:
    """Return the page of a shipped theorem."""
    detail, parts = str(options.pop("detail", "blackboard")), options.pop("parts", ())
    return document(library.theorem(name), view=View(detail, parts), **options)  # type: ignore[arg-type]


def test_a_result_is_what_is_proved_and_an_example() -> None:
    assert kinds(View("result")) == [Heading, Hypotheses, Statement, Prose, Note]
    shown = to_text(page(detail="result"))
    assert "This proves" not in shown and "What it rests on" not in shown and "An example" in shown
    assert shown.startswith("Pinsker's inequality\n====")


def test_the_blackboard_is_the_default() -> None:
    for name in ("pinsker", "coin_flips"):
        assert to_text(page(name)) == kl.derive(name).to_text() == kl.derive(name).to_text(detail="blackboard")


@pytest.mark.parametrize("name", ["log_one", "pinsker", "kl_eq_zero_iff"])
@pytest.mark.parametrize("how", FORMATS)
def test_every_step_is_every_line_with_its_rule_and_premises(how: str, name: str) -> None:
    theorem = library.theorem(name)
    shown = FORMATS[how](page(name, detail="steps"))
    assert "Every step" in shown and "Every step" not in FORMATS[how](page(name))
    listed = [block for block in leaves(page(name, detail="steps").blocks) if isinstance(block, ProofLines)]
    assert [block.listed for block in listed] == [True]
    rows = [*listed[0].rows()]
    assert [row.number for row in rows] == [*range(len(theorem.lines))]
    for row, line in zip(rows, theorem.lines, strict=True):
        said = "".join(map(str, row.reason))
        assert said.startswith(f"{line.rule} {line.lemma}".strip())
        assert re.findall(r"from ([0-9, ]+)", said) == ([", ".join(map(str, line.premises))] * bool(line.premises))
    plain = re.sub(r"\\allowbreak |<[^>]*>|\\(?=_)", "", shown)
    at = 0
    for line in theorem.lines:
        at = plain.index(line.rule, at) + 1


def test_what_a_line_assumes_is_said_by_the_line_that_assumes_it() -> None:
    for name in ("pinsker", "log_pow", "fano"):
        (listed,) = (b for b in leaves(page(name, detail="steps").blocks) if isinstance(b, ProofLines))
        assumed = listed.assumptions()
        for row, line in zip(listed.rows(), listed.lines, strict=True):
            numbers = {assumed[h] for h in line.sequent.hypotheses if h in assumed and h != line.sequent.conclusion}
            said = "".join(piece for piece in row.reason if isinstance(piece, str))
            found = re.findall(r"assuming ([0-9]+(?:, [0-9]+)*)", said)
            assert set(map(int, ", ".join(found).split(", "))) == numbers if found else not numbers


@pytest.mark.slow
def test_the_levels_in_a_narrative() -> None:
    whole, bare = (to_text(page("coin_flips", full=True, detail=d)) for d in ("blackboard", "result"))
    assert "Why the logarithm" in bare and "This proves" in whole and "This proves" not in bare
    assert len(bare) < len(whole) < len(to_text(page("coin_flips", full=True, detail="steps")))
    alone = to_text(page("coin_flips", detail="result"))
    assert alone == to_text(page("coin_flips", alone=True, detail="result"))
    steps = to_text(page("coin_flips", detail="steps"))
    assert "A true coin shows heads" in steps and "limit_squeeze: the axiom limit_squeeze; from " in steps


@pytest.mark.parametrize(
    ("part", "blocks"),
    [
        ("title", [Heading]), ("hypotheses", [Hypotheses]), ("statement", [Hypotheses, Statement]), ("notation", [Prose]),
        ("example", [Note]), ("axioms", [Foundations]), ("provenance", [Badges, Note]),
    ],
)  # fmt: skip
def test_a_part_by_itself(part: str, blocks: list[type]) -> None:
    assert kinds(View(parts=(part,))) == blocks


def test_the_proof_and_its_lines_by_themselves() -> None:
    assert set(kinds(View(parts=("proof",)))) == {Prose, Aligned, ProofLines}
    assert kinds(View("steps", ("steps",))) == [Heading, ProofLines]


@pytest.mark.parametrize("how", FORMATS)
def test_hypotheses_alone_have_no_conclusion(how: str) -> None:
    shown = FORMATS[how](page(parts=("hypotheses",)))
    assert "Assume" in shown and "Then" not in shown
    assert "Then" in FORMATS[how](page(parts=("statement",)))


def test_parts_stand_in_the_order_of_the_page() -> None:
    assert to_text(page(parts=("example", "statement"))) == to_text(page(parts=("statement", "example")))


def test_every_level_is_made_of_parts() -> None:
    for level in DETAILS:
        shown = tuple(part for part in PARTS if View(level).shows(part))
        assert to_text(page(detail=level)) == to_text(page(detail=level, parts=shown))


def test_a_part_that_a_theorem_does_not_have_is_refused() -> None:
    mine = kl.api.Derivation(sum_of_fractions())
    assert mine.to_text(parts="statement").strip()
    with pytest.raises(InvalidValue, match="sum_of_fractions has nothing to show as example"):
        mine.to_text(parts=("example",))


def test_what_is_unchecked_says_so_in_every_part() -> None:
    from ..support.render_samples import document_of, draft

    for part in ("title", "statement", "proof", "axioms"):
        assert "UNCHECKED" in to_text(document_of(draft(sum_of_fractions()), view=View(parts=(part,))))


def test_another_title() -> None:
    for name in ("pinsker", "coin_flips"):
        found = kl.derive(name)
        assert found.to_text(title="My title").startswith("My title\n========\n")
        assert "<title>My title</title>" in found.to_html(title="My title")
        assert r"\section*{My title}" in found.to_latex(title="My title")
    assert "My title" in notebook.render(kl.derive("pinsker")._document(title="My title"))
