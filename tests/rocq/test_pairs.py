"""Generated proofs of pairs of families through Coq."""

from __future__ import annotations

import re

import pytest

from benchmarks import pairs

from ..support.rocq import coq


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [5])
def test_generated_proofs_of_pairs_are_accepted(wanted: int) -> None:
    coq()
    said = [*pairs.coq(wanted)]
    found = re.match(r"(\d+) of (\d+) theorems accepted", said[1])
    assert found is not None, said
    assert found[1] == found[2]
    assert int(found[2]) >= wanted
