"""Examples of theorems about distributions are about distributions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from kl_symbolic import library
from kl_symbolic.book.examples import examples, wishes
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import text
from kl_symbolic.numerics.evaluate import Truth, holds
from kl_symbolic.numerics.point import Entry, Point, Rest, Sequence

HEADLINES = {
    # the families in the role of a distribution, and the kernels
    "coin_flips": ("p1 p2", "q1 q2"),
    "kl_nonneg": ("p", "q"),
    "kl_eq_zero_iff": ("p", "q"),
    "cross_entropy_identity": ("p", "q"),
    "log_sum_le": ("a", "b"),
    "kl_kernel_le": ("p", "q", "rows of W"),
    "pinsker": ("p", "q"),
    "kl_chain_rule": ("p", "q", "rows of V", "rows of W"),
    "mutual_info_nonneg": ("r",),
    "fano": ("r",),
}


def distributions(point: Point, role: str) -> list[list[Fraction]]:
    """Return the values of what is in the role of a distribution, or of several."""
    if role.startswith("rows of "):
        rows: dict[int, list[Fraction]] = {}
        for (x, _), value in point.number_of[role.removeprefix("rows of ")].items():
            rows.setdefault(x, []).append(rational(value))
        return list(rows.values())
    return [[rational(value) for name in role.split() for value in point.number_of[name].values()]]


def rational(entry: Entry) -> Fraction:
    assert isinstance(entry, Fraction)
    return entry


@pytest.mark.slow
@pytest.mark.parametrize("name", HEADLINES)
def test_every_example_is_about_distributions(name: str) -> None:
    theorem = library.theorem(name)
    points = [found.point for found in examples(theorem)]
    assert len(points) == (2 if theorem.conclusion.op == "<=>" else 1)
    for point, role in product(points, HEADLINES[name]):
        for values in distributions(point, role):
            assert sum(values) == 1 and all(value >= 0 for value in values)


def test_counts_of_flips_are_not_negative() -> None:
    point = examples(library.theorem("coin_flips"))[0].point
    counts = [entry for name in ("N_h", "N_t") for entry in point.number_of[name].values()]
    assert all(isinstance(entry, Sequence | Rest) and entry.at(n) >= 0 for entry in counts for n in (10, 1000))


def test_a_wish_gives_way_to_the_hypotheses() -> None:
    theorem = library.theorem("sum_eq_zero_of_nonneg")
    assert [text(w) for w in wishes(theorem.hypotheses, theorem.scope)] == ["sum(i in X: f[i]) = 1"]
    point = examples(theorem)[0].point
    assert all(holds(h, point) is Truth.TRUE for h in theorem.hypotheses)


def test_what_may_be_negative_is_not_a_distribution() -> None:
    scope = declare({"X": "set", "g": "X -> number", "a": "number", "x1": "number", "x2": "number"})
    given = [parse(h, "statement", scope) for h in ("forall i in X: g[i] <= 1", "0 <= a", "0 <= x1", "x2 <= 0")]
    assert list(wishes(given, scope)) == []
