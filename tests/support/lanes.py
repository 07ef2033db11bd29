"""Selection of cases: the few that run by default, and all, which only ``.ci/run`` runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

EVERY = 10
"""Of cases that differ only in their data, one in ten runs by default: enough to notice what breaks them all."""


def sampled(cases: Iterable[Any], every: int = EVERY) -> list[Any]:
    """Return the cases as parameters of a test; all but each *every*-th are marked as slow."""
    return [case if k % every == 0 else pytest.param(case, marks=pytest.mark.slow) for k, case in enumerate(cases)]
