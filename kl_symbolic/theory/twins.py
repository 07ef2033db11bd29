"""Theorems about densities and their finite versions: what is summed there is integrated here.

A pair says that two theorems state one fact, not that one of them follows from the other. Where there is more to assume
of densities, as in a change of variables, it is the facts that correspond and not the words.
"""

from __future__ import annotations

__all__ = ["FINITE", "densities", "finite"]

FINITE: dict[str, str] = {
    # integrals
    "int_linear": "sum_linear",
    "int_sub": "sum_sub",
    # inequalities
    "density_master": "master_inequality",
    "density_kl_nonneg": "kl_nonneg",
    "density_kl_self": "kl_self",
    "density_kl_eq_zero": "kl_eq_zero_iff",
    "density_kl_eq_zero_iff": "kl_eq_zero_iff",
    "density_pinsker": "pinsker",
    "density_tangent": "log_sum_tangent",
    "density_mass_dominated": "sum_eq_zero_of_dominated",
    "density_log_sum": "log_sum_le",
    "density_kl_convex": "kl_convex",
    "density_donsker_varadhan_le": "donsker_varadhan_le",
    # identities
    "density_cross_entropy_identity": "cross_entropy_identity",
    "density_cross_entropy_min": "cross_entropy_min",
    "density_kl_mass_corrected": "kl_eq_sum_kl_fun",
    "density_three_point": "three_point",
    "density_kl_smul": "kl_smul",
    "density_kl_smul_left": "kl_smul_left",
    "density_kl_smul_right": "kl_smul_right",
    "density_compensation": "compensation",
    "density_k1_unbiased": "k1_unbiased",
    "density_k3_mean": "k3_mean",
    "density_k3_unbiased": "k3_unbiased",
    # maps, pairs
    "kl_two_cells": "kl_map_le",
    "kl_change_of_variables": "kl_map_of_injective",
    "kl_change_of_variables_back": "kl_map_of_injective",
    "density_kl_chain_rule": "kl_chain_rule",
    "density_kl_product": "kl_prod",
    # maximum entropy
    "density_max_entropy": "entropy_le_log_card",
    "density_max_entropy_eq": "entropy_eq_log_card_iff",
    "uniform_max_entropy": "entropy_le_log_card",
}
"""The finite version of each theorem about densities that has one."""


def finite(name: str) -> tuple[str, ...]:
    """Return the finite version of a theorem about densities.

    Parameters
    ----------
    name : str
        The name of any theorem.

    Returns
    -------
    tuple of str
        One name; empty for a theorem that has no finite version or is finite itself.

    Examples
    --------
    >>> finite("density_kl_nonneg"), finite("kl_nonneg")
    (('kl_nonneg',), ())
    """
    return (FINITE[name],) if name in FINITE else ()


def densities(name: str) -> tuple[str, ...]:
    """Return the versions for densities of a finite theorem.

    Parameters
    ----------
    name : str
        The name of any theorem.

    Returns
    -------
    tuple of str
        Their names, in the order of the table; empty where there is none.

    Examples
    --------
    >>> densities("kl_eq_zero_iff")
    ('density_kl_eq_zero', 'density_kl_eq_zero_iff')
    """
    return tuple(other for other, twin in FINITE.items() if twin == name)
