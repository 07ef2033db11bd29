"""Selection of cases: the few that run by default, and all, which only ``.ci/run`` runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

EVERY = 10
"""Of cases that differ only in their data, one in ten runs by default: enough to notice what breaks them all."""


FEW = 10
"""Examples of Hypothesis in the fast lane."""


def sampled(cases: Iterable[Any], every: int = EVERY) -> list[Any]:
    """Return the cases as parameters of a test; all but each *every*-th are marked as slow."""
    return [case if k % every == 0 else pytest.param(case, marks=pytest.mark.slow) for k, case in enumerate(cases)]


def sampled_rows(rows: Iterable[tuple[Any, ...]], every: int = EVERY) -> list[Any]:
    """Return the rows of parameters of a test of more than one; all but each *every*-th are marked as slow."""
    return [row if k % every == 0 else pytest.param(*row, marks=pytest.mark.slow) for k, row in enumerate(rows)]


def sizes(small: Any, whole: Any) -> list[Any]:
    """Return the parameters of a test that repeats one thing often: a small number of times, and the whole as slow."""
    return [small, pytest.param(whole, marks=pytest.mark.slow)]


def examples(count: int) -> settings:
    """Return settings for at least so many examples, and for few of them in the fast lane."""
    usual = settings.default.max_examples
    return settings(max_examples=usual if usual == FEW else max(usual, count), deadline=None)
