"""Titles and further names lead to theorems."""

from __future__ import annotations

import re
from collections import Counter

from kl_symbolic.book.contents import table
from kl_symbolic.theory.titles import ALIASES, TITLES

from ..statements import ROWS

NAMES = {name for names in table().values() for name in names}


def test_every_title_is_of_a_theorem() -> None:
    assert sorted(TITLES.keys() - NAMES) == []


def test_titles_differ_and_read_as_titles() -> None:
    assert [title for title, count in Counter(TITLES.values()).items() if count > 1] == []
    assert [title for title in TITLES.values() if not title[0].isupper() or "_" in title or title.endswith(".")] == []


def test_every_further_name_leads_to_a_theorem_and_is_none() -> None:
    assert sorted(set(ALIASES.values()) - NAMES) == []
    assert sorted(ALIASES.keys() & NAMES) == []


def test_further_names_are_written_as_names() -> None:
    assert [name for name in ALIASES if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


def test_every_name_of_the_contract_is_understood() -> None:
    assert sorted(name for name in ROWS if name not in NAMES and name not in ALIASES) == []


def test_what_people_look_for_is_found() -> None:
    wanted = {"Gibbs' inequality", "Pinsker's inequality", "The data-processing inequality", "Fano's inequality"}
    assert wanted <= set(TITLES.values())
    assert (ALIASES["gibbs"], ALIASES["information_inequality"]) == ("kl_nonneg", "kl_nonneg")
