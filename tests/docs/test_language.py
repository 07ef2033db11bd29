"""docs/language.md describes every operator, word and defined symbol of the statement language, and no others."""

from __future__ import annotations

import re
from itertools import chain, product
from pathlib import Path
from string import punctuation

import pytest

from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import MAX_DIGITS, MAX_NAMES, RESERVED
from kl_symbolic.kernel.terms import RELATIONS, UNARY
from kl_symbolic.language import parser

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "language.md").read_text(encoding="utf-8")

ROWS = [row for row in PAGE.splitlines() if row.startswith("| `")]
"""The rows of the tables: what is written stands in their first cell."""

CALLED = {row.split("(")[0].removeprefix("| `") for row in ROWS if re.match(r"\| `[A-Za-z_]+\([^)]*\)` \|", row)}
"""The functions and symbols that have a row of their own."""


def section(title: str) -> str:
    """Return a section of the page."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_defined_symbol_has_a_row_with_its_meaning_and_definition() -> None:
    rows = [r for r in section("Defined symbols").splitlines() if r.startswith("| `")]
    assert [r.split("(")[0].removeprefix("| `") for r in rows] == [*DEFINITIONS]
    assert all(len([c for c in re.split(r"(?<!\\)\|", r) if c.strip()]) == 3 for r in rows)


def test_every_function_has_a_row() -> None:
    functions = {*UNARY, "xlogy", "delta", "card", "sum", "prod"} - {"neg"}
    assert functions | {*DEFINITIONS} | {"lim"} - {"lim"} == CALLED


def test_every_operator_and_word_occurs() -> None:
    code = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", PAGE)
    written = {word for shown in code for word in re.findall(r"[A-Za-z_]+|[-+*/^<>=!]+", shown)}
    operators = {*RELATIONS, ">", ">=", "=>", "<=>", "->", "+", "-", "*", "/", "^"}
    assert operators - written == set()
    assert {w for w in RESERVED if w.isidentifier()} - written == set()


def test_every_sign_that_is_read_is_in_the_grammar() -> None:
    candidates = map("".join, chain(*(product(punctuation, repeat=n) for n in (1, 2, 3))))
    signs = {c for c in candidates if (found := parser._TOKEN.match(c)) and found[1] == c}
    assert {"<=>", "->", "["} < signs
    signs -= {"_", "__", "___"}  # a letter, here
    quoted = {token for token in re.findall(r'"([^"]*)"', section("Grammar").split("```")[1]) if not token.isalpha()}
    assert signs == quoted


@pytest.mark.parametrize(("number", "unit"), [(parser._MAX_LENGTH, "characters"), (MAX_DIGITS, "digits"), (MAX_NAMES, "names")])  # fmt: skip
def test_the_bounds_are_those_of_the_reader(number: int, unit: str) -> None:
    shown = f"{number // 1000} {number % 1000:03}" if number >= 10_000 else str(number)
    assert re.search(rf"at most {shown} {unit}", PAGE.replace("\n", " "))


def test_every_refusal_of_the_table_is_shown_by_an_example() -> None:
    reasons = re.findall(r"^\| [^|]* \| `([^`]+)`", section("Refusals"), re.MULTILINE)
    assert len(reasons) >= 10
    examples = section("Refusals")
    missing = [r for r in reasons if f"\n{r}\n" not in examples and "reserved word" not in r]
    assert missing == []
