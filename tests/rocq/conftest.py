"""The files for Coq that are written by hand, compiled once for all tests of a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl_symbolic.rocq.export import ground
from kl_symbolic.rocq.running import GROUND, compile_all, write

from ..support.rocq import coq


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which the files that are written by hand are compiled; a test copies it."""
    coq()
    directory = tmp_path_factory.mktemp("by_hand")
    write(directory, ground())
    assert [(o.name, o.why) for o in compile_all(directory, GROUND) if not o.accepted] == []
    return directory
