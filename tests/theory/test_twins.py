"""Theorems about densities lead to their finite versions, and back."""

from __future__ import annotations

from kl_symbolic.theory import TABLE
from kl_symbolic.theory.twins import FINITE, densities, finite

NAMES = {name for names in TABLE.values() for name in names}
OVER_DOMAINS = {name for file, names in TABLE.items() if file.startswith("densities.") for name in names}


def test_twins_are_theorems_and_integrals_lead_to_sums() -> None:
    assert FINITE.keys() <= OVER_DOMAINS
    assert {*FINITE.values()} <= NAMES - OVER_DOMAINS


def test_both_directions_say_the_same() -> None:
    pairs = {(name, other) for name in NAMES for other in finite(name)}
    assert pairs == {(other, name) for name in NAMES for other in densities(name)} == {*FINITE.items()}
    assert [name for name in NAMES if finite(name) and densities(name)] == []


def test_every_theorem_that_is_named_as_one_about_densities_has_a_twin_or_is_a_step_of_another() -> None:
    alone = {name for name in OVER_DOMAINS if name.startswith("density_")} - FINITE.keys()
    assert alone == {"density_kl_chain_rule_inner", "density_kl_mass_corrected_nonneg", "density_slope_bound"}
