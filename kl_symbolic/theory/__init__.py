"""The derivations, one file per idea, and the written table that orders them.

A derivation may cite those before it. Showing a shipped theorem never comes here: it replays the certificate that
``book.py`` has written from these files.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from ..calc import Author

__all__ = ["TABLE", "authors"]

TABLE: dict[str, tuple[str, ...]] = {
    "basics": (
        "log_one", "log_div", "log_pow", "log_prod", "prod_pos", "log_le_sub_one", "log_le_half", "exp_log", "exp_zero",
        "exp_add", "exp_neg", "exp_ge_one_add", "exp_mono", "delta_symm", "delta_idem", "delta_nonneg",
        "delta_eq_zero_or_one", "delta_subst", "card_nonneg", "abs_nonneg", "abs_sq", "sum_eq_zero_of_nonneg",
    ),
    "gibbs": (
        "log_eq_sub_one_iff", "rel_entr_tangent", "rel_entr_tangent_iff", "master_inequality", "sum_eq_iff_of_le",
        "forall_congr_iff", "master_inequality_iff", "kl_nonneg", "kl_self", "kl_eq_zero_iff",
    ),
    "cross_entropy": (
        "entropy_surprise", "surprise_additive", "kl_excess_surprise", "cross_entropy_identity", "cross_entropy_le_iff",
        "cross_entropy_self", "cross_entropy_min", "cross_entropy_min_iff", "empirical_loss",
    ),
    "coin_flips": (
        "flip_sequence", "likelihood_of_counts", "llr_per_flip", "coin_flips_finite", "coin_flips_deviation",
        "coin_flips",
        "die_rolls",
    ),
    "evidence": (
        "exp_limit", "evidence_growth", "expected_llr", "change_of_measure", "binary_kl_nonneg_of_deriv", "kl_not_symm",
        "kl_not_metric",
    ),
    "concentration": ("sum_marginal", "variance_of_sum", "chebyshev", "llr_concentration"),
}  # fmt: skip
"""The theorems of each file, in the order in which they are derived."""


def authors() -> Iterator[tuple[str, Author]]:
    """Yield the name and the derivation of each theorem, in an order in which every citation points back."""
    for module, names in TABLE.items():
        found = {
            value.__kl_derivation__: value
            for value in vars(import_module(f"{__name__}.{module}")).values()
            if hasattr(value, "__kl_derivation__")
        }
        for name in names:
            yield name, found[name]
