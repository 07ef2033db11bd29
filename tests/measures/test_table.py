"""Every measure with every kind of input: the right value of the right type, or a refusal; and the page says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic.measures.expressions import RECORDS
from tests.measures.table import ENTRIES, KINDS, MEASURES, PAGE, POINT, Kind, Measure, expected, given, options, page


def at_point(value: Any) -> Any:
    """Return an expression with numbers for its symbols."""
    written = value.subs(POINT).doit()
    return written.subs({e: sympy.Rational(ENTRIES[str(e)]) for e in written.atoms(sympy.Indexed)}).subs(POINT)


def check(measure: Measure, kind: Kind) -> None:
    """Compare a measure of a kind of input with its value."""
    result, arguments, more = expected(kind, measure), given(kind, measure), options(kind, measure)
    if result == "refused":
        with pytest.raises(kl.KLError):
            measure.call(*arguments, **more)
        return
    found = measure.call(*arguments, **more)
    right = float(measure.value)
    if result == "array":
        assert isinstance(found, np.ndarray)
        assert found.shape == (3,)
        assert found.dtype == np.float64
        np.testing.assert_allclose(found, right, rtol=1e-14)
    elif result == "float":
        assert isinstance(found, float)
        assert found == pytest.approx(right, rel=1e-14)
    else:
        assert isinstance(found, sympy.Expr)
        assert bool(found.free_symbols) is (result == "symbolic")
        found = at_point(found) if result == "symbolic" else found
        if kind.close:
            assert float(found) == pytest.approx(right, rel=1e-14)
        else:
            assert sympy.simplify(sympy.expand_log(found - measure.value, force=True)) == 0


FAST = [kind for kind in KINDS if not kind.needs]


@pytest.mark.parametrize("kind", FAST, ids=lambda kind: kind.name)
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_a_measure_of_a_kind_of_input(measure: Measure, kind: Kind) -> None:
    check(measure, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.needs], ids=lambda kind: kind.name)
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_a_measure_of_what_another_library_makes(measure: Measure, kind: Kind) -> None:
    check(measure, kind)


def test_the_table_has_every_measure() -> None:
    assert {getattr(kl, m.name) for m in MEASURES} == set(RECORDS)


def test_the_tables_of_the_page_are_these() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(written), "run: python -m tests.measures.table"
    assert "| `kl_divergence` |" in written
    assert "| a coin, one number |" in written
