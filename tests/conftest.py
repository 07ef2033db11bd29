"""Settings that all tests share."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

from .support.lanes import FEW

# The same examples on every run: few by default; as many as `.ci/run` takes by `--hypothesis-profile=same`;
# `--hypothesis-profile=search` looks further, with new ones each time.
settings.register_profile("few", derandomize=True, deadline=None, max_examples=FEW, database=None)
settings.register_profile("same", derandomize=True, deadline=None, max_examples=120, database=None)
settings.register_profile("search", deadline=None, max_examples=5_000)
settings.load_profile("few")

# SymPy remembers the last thousand results of each function by default, which many tests in one process soon push out;
# it reads the size when it is imported.
os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")

# Modules, expressions that SymPy caches and the tests themselves are millions of objects, and looking for garbage among
# them took a fifth of the time of a run. So it is looked for seldom, and among what the tests themselves have made.
gc.set_threshold(100_000, 20, 50)
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage from now on, and not among what was made so far."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True, scope="module")
def earlier_objects_stay() -> None:
    """Leave what earlier modules of tests have made and kept out of collections of garbage, too."""
    gc.freeze()
