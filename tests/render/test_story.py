"""Stories are checked before anything is printed, and formulas in their prose are read."""

from __future__ import annotations

from typing import Any

import pytest

from kl_symbolic.kernel import Refused
from kl_symbolic.language.parser import declare
from kl_symbolic.language.printer import explain, text
from kl_symbolic.render.model import document_of_theorem
from kl_symbolic.render.model.notation import Code, Formula, Names
from kl_symbolic.render.model.story import (
    LONGEST,
    MOST_CHARACTERS,
    Allowance,
    StoryHeading,
    StoryProse,
    StoryStep,
    read_prose,
    read_story,
)

from ..support.render_samples import sum_of_fractions

SHAPE = 'expected ["heading", text], ["prose", text] or ["step", line, reason]'


def test_a_story_is_read() -> None:
    story = [["heading", "First"], ["prose", "Let `p1` be."], ["step", 2, "given"], ["step", 0, ""]]
    assert read_story(story, 3) == (
        StoryHeading("First"),
        StoryProse("Let `p1` be."),
        StoryStep(2, "given"),
        StoryStep(0, ""),
    )


# what is refused, how it is said, and the repaired twin that is read
REFUSED: list[tuple[Any, str, Any]] = [
    ("prose", "expected a story: a list of entries", []),
    ({"prose": "x"}, "expected a story: a list of entries", []),
    (["prose"], SHAPE, [["prose", "a"]]),
    ([["prose"]], SHAPE, [["prose", "a"]]),
    ([["prose", "a", "b"]], SHAPE, [["prose", "a"]]),
    ([["quote", "a"]], SHAPE, [["heading", "a"]]),
    ([["prose", 7]], SHAPE, [["prose", "7"]]),
    ([["step", 0]], SHAPE, [["step", 0, "a"]]),
    ([["step", "0", "a"]], SHAPE, [["step", 0, "a"]]),
    ([["step", True, "a"]], SHAPE, [["step", 1, "a"]]),
    ([["step", 0, None]], SHAPE, [["step", 0, ""]]),
    ([["step", 3, "a"]], "expected the number of a line, 0 to 2", [["step", 2, "a"]]),
    ([["step", -1, "a"]], "expected the number of a line, 0 to 2", [["step", 0, "a"]]),
    ([["step", 10**400, "a"]], "expected the number of a line, 0 to 2", [["step", 1, "a"]]),
    ([["prose", " "]], "expected the text of a prose", [["prose", " a"]]),
    ([["heading", ""]], "expected the text of a heading", [["heading", "a"]]),
    ([["step", 0, " "]], "expected the text of a reason", [["step", 0, ""]]),
    ([["prose", "a\nb"]], "expected printable text in one line for a prose", [["prose", "a b"]]),
    ([["prose", "a\x1b[31mb"]], "expected printable text in one line for a prose", [["prose", "a[31mb"]]),
    ([["step", 0, "a\u202eb"]], "expected printable text in one line for a reason", [["step", 0, "aéb"]]),
    ([["heading", "a\x00"]], "expected printable text in one line for a heading", [["heading", "a"]]),
    ([["heading", "a" * (LONGEST["heading"] + 1)]], "a heading has at most", [["heading", "a" * LONGEST["heading"]]]),
    ([["prose", "a" * (LONGEST["prose"] + 1)]], "a prose has at most", [["prose", "a" * LONGEST["prose"]]]),
    ([["step", 0, "a" * (LONGEST["reason"] + 1)]], "a reason has at most", [["step", 0, "a" * LONGEST["reason"]]]),
    ([["prose", "so `p1 is"]], "a formula stands between two backticks", [["prose", "so `p1` is"]]),
    ([["prose", "so `` is"]], "a formula stands between two backticks", [["prose", "so `a` is"]]),
    ([["step", 0, ""]] * 3001, "a story has at most 3000 entries", [["step", 0, ""]] * 3000),
    ([["prose", "a" * 6000]] * 51, f"a story has at most {MOST_CHARACTERS} characters", [["prose", "a" * 6000]] * 50),
]


@pytest.mark.parametrize(("story", "reason", "twin"), REFUSED, ids=range(len(REFUSED)))
def test_malformed_stories_are_refused(story: Any, reason: str, twin: Any) -> None:
    with pytest.raises(Refused) as refusal:
        read_story(story, 3)
    assert reason in refusal.value.reason
    said = explain(refusal.value)
    assert said.replace("\n", "").isprintable() and len(said) < 500
    assert len(read_story(twin, 3)) == len(twin)


def test_a_refusal_names_the_entry_and_what_came() -> None:
    with pytest.raises(Refused) as refusal:
        read_story([["prose", "a"], ["step", 9, "b"]], 4)
    assert explain(refusal.value) == "story entry 1: expected the number of a line, 0 to 3\n  got: 9"


def test_an_outline_checks_the_story_of_a_checked_theorem() -> None:
    with pytest.raises(Refused, match="story entry 0"):
        document_of_theorem(sum_of_fractions([["step", 4, "there are only lines 0 to 3"]]))
    assert document_of_theorem(sum_of_fractions([["step", 3, "the last line"]])).checked


# --- formulas in prose ---------------------------------------------------------------------------------------------

SCOPE = declare(
    {
        "X": "set", "T": "set", "Omega": "set", "p": "X -> number", "q": "X -> number", "x": "T, Omega -> X",
        "p1": "number", "N_h": "Nat -> number", "h": "X",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("p1 + 1", "p1 + 1"),
        ("0 < p1", "0 < p1"),
        ("kl(p, q)", "kl(p, q)"),
        ("forall i in X: p[i] = q[i]", "forall i in X: p[i] = q[i]"),
        # the customary letters are indices of their sets
        ("p[i]", "p[i]"),
        ("N_h[n]/n", "N_h[n]/n"),
        # letters of a lemma are numbers, in a relation
        ("c = 1", "c = 1"),
        ("log(1) = 0", "log(1) = 0"),
        ("0 < c*p1", "0 < c*p1"),
        ("p[x(t, omega)]", "p[x(t, omega)]"),
        ("x(t, omega)", "x(t, omega)"),
        ("i", "i"),
        ("n", "n"),
    ],
)
def test_formulas_are_read(source: str, read: str) -> None:
    (formula,) = read_prose(f"`{source}`", SCOPE)
    assert isinstance(formula, Formula) and text(formula.first) == read and not formula.links


def test_relations_in_a_row_are_read() -> None:
    (formula,) = read_prose("`0 <= p[i] < p1 = q[i]`", SCOPE)
    assert isinstance(formula, Formula)
    assert text(formula.first) == "0"
    assert [(op, [text(r) for r in rights]) for op, rights in formula.links] == [
        ("<=", ["p[i]"]), ("<", ["p1"]), ("=", ["q[i]"]),
    ]  # fmt: skip
    (limit,) = read_prose("`N_h[n]/n -> p1`", SCOPE)
    assert isinstance(limit, Formula) and [(op, text(r[0])) for op, r in limit.links] == [("->", "p1")]


@pytest.mark.parametrize(
    "source",
    [
        "kl_nonneg",
        "p[z]",
        "p1 +",
        "import os",
        "q1",
        "\\input{x}",
        "i + j = k",
        "p[1]",
        "c",
        "c + 1",
        "cc = 1",
        "c[i] = 1",
    ],
)
def test_what_is_not_a_formula_stays_code(source: str) -> None:
    assert read_prose(f"see `{source}`", SCOPE) == ("see ", Code(source))


@pytest.mark.parametrize("name", ["p", "X", "x", "N_h", "h"])
def test_declared_names_are_typeset(name: str) -> None:
    assert read_prose(f"the `{name}`.", SCOPE) == ("the ", Names((name,)), ".")


def test_a_letter_that_fits_two_sets_is_tried_in_both() -> None:
    scope = declare({"X": "set", "Y": "set", "p": "X -> number", "r": "Y -> number", "w": "X, Y -> number"})
    (formula,) = read_prose("`p[i]*r[j] = w[i, j]`", scope)
    assert isinstance(formula, Formula) and text(formula.first) == "p[i]*r[j] = w[i, j]"


def test_many_formulas_that_cannot_be_read_cost_little_and_the_first_ones_are_read() -> None:
    """Each is tried with forty assignments of letters to sets, and a story can hold thousands of them."""
    scope = declare({"X": "set", "T": "set", "x": "number"})
    allowance = Allowance()
    assert isinstance(read_prose("`x + 1`", scope, allowance)[0], Formula)
    hard = [f"`{'+'.join(['i', 'j', 'k', 't', 's', 'r'] * 20)}+{number}`" for number in range(500)]
    read = [read_prose(piece, scope, allowance) for piece in hard]
    assert all(isinstance(piece, Code) for (piece,) in read)
    assert allowance.left < 0
    # What was read before is known, what was not stays as code; another page has an allowance of its own.
    assert isinstance(read_prose("`x + 1`", scope, allowance)[0], Formula)
    assert isinstance(read_prose("`x + 2`", scope, allowance)[0], Code)
    assert isinstance(read_prose("`x + 2`", scope)[0], Formula)
