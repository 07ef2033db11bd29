"""The generated page about other libraries: every pair has the verdict that it says."""

from __future__ import annotations

import pytest

from benchmarks import libraries
from kl_symbolic import families

from ..support.lanes import sampled


def test_the_pairs_are_of_families_and_of_libraries_that_are_named() -> None:
    known = {*families.FAMILIES, *families.FORMULA_FAMILIES}
    for first, second, _, where in libraries.rows():
        assert {first, second} <= known
        assert where and {*where} <= {*libraries.LIBRARIES}
    assert {*libraries.LEFT_OUT} == {*libraries.LIBRARIES}
    assert len({(first, second) for first, second, _, _ in libraries.rows()}) == len(libraries.rows()) > 100


@pytest.mark.parametrize("row", sampled(libraries.rows(), 20), ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_divergence_is_finite_or_not_as_elsewhere(row: libraries.Row) -> None:
    first, second, finite, _ = row
    found = libraries.said(first, second)
    assert found is not None and found[0] is finite


@pytest.mark.slow
def test_the_page_is_what_is_derived() -> None:
    assert libraries.PAGE.read_text(encoding="utf-8") == libraries.page()
