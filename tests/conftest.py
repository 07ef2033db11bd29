"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run: few by default; as many as `.ci/run` takes by `--hypothesis-profile=same`;
# `--hypothesis-profile=search` looks further, with new ones each time.
settings.register_profile("few", derandomize=True, deadline=None, max_examples=15, database=None)
settings.register_profile("same", derandomize=True, deadline=None, max_examples=120, database=None)
settings.register_profile("search", deadline=None, max_examples=5_000)
settings.load_profile("few")
