"""The derivations, one file per idea, and the written table that orders them.

A derivation may cite those before it. Showing a shipped theorem does not run a derivation: it replays the
certificate that ``book/build.py`` has written from these files.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # showing a shipped theorem reads titles and sources beside this file, and must not load the tactics
    from ..proving.calc import Author

__all__ = ["TABLE", "authors"]

TABLE: dict[str, tuple[str, ...]] = {
    "foundations.basics": (
        "log_one", "log_div", "log_pow", "log_prod", "prod_pos", "log_le_sub_one", "log_le_half", "exp_log", "exp_zero",
        "exp_add", "exp_neg", "exp_ge_one_add", "exp_mono", "delta_symm", "delta_idem", "delta_nonneg",
        "delta_eq_zero_or_one", "delta_subst", "card_nonneg", "abs_nonneg", "abs_sq", "sum_eq_zero_of_nonneg",
    ),
    "foundations.bounds": (
        "log_lt", "exp_lt", "mix_pos", "artanh_lower_3", "artanh_upper_3", "artanh_lower_12", "artanh_upper_12",
    ),
    "divergence.gibbs": (
        "log_eq_sub_one_iff", "rel_entr_tangent", "rel_entr_tangent_iff", "master_inequality", "sum_eq_iff_of_le",
        "forall_congr_iff", "master_inequality_iff", "kl_nonneg", "kl_self", "kl_eq_zero_iff",
    ),
    "divergence.cross_entropy": (
        "entropy_surprise", "surprise_additive", "kl_excess_surprise", "cross_entropy_identity", "cross_entropy_le_iff",
        "cross_entropy_self", "cross_entropy_min", "cross_entropy_min_iff", "empirical_loss",
    ),
    "foundations.rel_entr": (
        "pos_of_dominates", "rel_entr_self", "rel_entr_one", "rel_entr_of_eq_zero", "rel_entr_of_pos", "rel_entr_mul",
        "rel_entr_smul", "eq_zero_of_add_eq_zero", "rel_entr_add_le", "mul_dominated", "rel_entr_convex",
    ),
    "foundations.log_sum": (
        "sum_linear", "sum_sub", "sum_eq_zero", "sum_eq_zero_of_dominated", "log_sum_tangent", "log_sum_tangent_iff",
        "sum_rel_entr_of_sum_eq_zero", "log_sum_le", "log_sum_eq_iff", "kl_convex", "kl_convex_left", "kl_convex_right",
    ),
    "divergence.divergence": (
        "kl_eq_sum_log", "kl_eq_sum_kl_fun", "entropy_eq_log_card_sub_kl", "kl_smul", "kl_smul_left", "kl_smul_right",
        "kl_map_of_injective",
    ),
    "foundations.double_sums": (
        "sum_sum_add", "sum_sum_sub", "triple_sum_add", "triple_sum_sub", "triple_sum_rotate", "sum_sum_product",
        "sum_sum_mono", "sum_sum_eq_iff_of_le", "zero_of_sum", "zero_of_sum_sum", "le_sum_of_nonneg",
        "xlogy_mul_of", "xlogy_div_of", "sum_xlogy", "sum_sum_xlogy", "sum_xlogy_row", "sum_xlogy_column",
    ),
    "information.entropy": (
        "xlogy_self_nonpos", "xlogy_self_eq_zero_iff", "entropy_nonneg", "entropy_eq_zero_iff",
        "entropy_base", "entropy_le_log_card", "entropy_eq_log_card_iff", "entropy_eq_neg_kl_one", "entropy_concave",
        "rel_entr_square", "eq_zero_of_sq_eq_zero", "collision_bound", "cross_entropy_convex",
    ),
    "divergence.chain_rule": (
        "kl_chain_rule", "kl_same_kernel", "kl_prod", "prod_dominated", "kl_prod_three", "cond_kl_nonneg",
        "sum_eq_zero_iff", "smul_kl_eq_zero_iff", "cond_kl_eq_zero_iff",
    ),
    "divergence.data_processing": (
        "kl_marginal_le", "kl_marginal_eq_iff", "kl_mixture_le", "kl_kernel_le", "kl_kernel_eq_iff", "kl_map_le",
        "second_law", "entropy_increases",
    ),
    "information.joint": (
        "joint_entropy_symm", "entropy_chain_rule", "rel_entr_nonpos", "cond_entropy_nonneg", "triple_xlogy_xy",
        "triple_xlogy_xz", "triple_xlogy_yz", "triple_xlogy_z", "cond_entropy_pair", "cond_entropy_given_pair",
        "cond_entropy_chain_rule",
    ),
    "information.pair_information": (
        "pair_tangent", "pair_tangent_iff", "pair_information_of_zero", "pair_information_nonneg",
        "pair_information_eq_zero_iff", "sum_xlogy_marginals_le", "sum_xlogy_self_le",
    ),
    "information.mutual_information": (
        "mutual_info_eq_entropies", "mutual_info_eq_sub_cond", "mutual_info_symm", "mutual_info_eq_pair",
        "mutual_info_nonneg", "mutual_info_eq_zero_iff", "cond_entropy_le_entropy", "entropy_joint_le_add",
        "entropy_joint_eq_iff",
    ),
    "information.conditional_information": (
        "cond_mutual_info_eq_entropies", "cond_mutual_info_nonneg", "cond_mutual_info_eq_zero_iff",
        "cond_entropy_le_cond_entropy", "entropy_submodular", "han_three", "mutual_info_exchange",
        "mutual_info_chain_rule", "data_processing_markov", "data_processing_markov_eq_iff",
    ),
    "information.channels": (
        "rel_entr_common", "channel_dominated", "channel_kl_eq", "mutual_info_eq_channel", "mutual_info_concave_input",
        "mutual_info_convex_kernel",
    ),
    "divergence.pinsker": ("log_sub_ge", "rel_entr_quadratic", "binary_pinsker", "rel_entr_abs", "pinsker"),
    "divergence.variational": (
        "tilt_dominated", "rel_entr_tilt", "partition_pos", "kl_tilt", "donsker_varadhan_le", "donsker_varadhan_eq_iff",
        "donsker_varadhan_attained", "rel_entr_le", "kl_le_log_one_add_chi2", "kl_le_chi2",
    ),
    "divergence.geometry": (
        "weighted_sum_swap", "xlogy_mixture", "compensation", "three_point", "pythagoras_le", "log_mono",
        "binary_kl_add_of_le",
    ),
    "divergence.fisher": (
        "le_abs", "neg_le_abs", "abs_le", "abs_add_le", "log_step", "fisher_second_order", "log_step_limit",
        "fisher_limit",
    ),
    "divergence.distances": (
        "sum_abs_sub_le_two", "chi2_eq", "sqrt_mul_self", "hellinger_eq", "sqrt_sub_sq_le", "hellinger_le_tv",
        "hellinger_le_kl", "rpow_mul_rpow_le", "sum_rpow_le_one", "rpow_mul_rpow_eq", "one_add_kl_le_sum_rpow",
    ),
    "foundations.convexity": (
        "cauchy_schwarz_weighted", "cauchy_schwarz", "sum_sq_le_card", "titu", "card_pos_of_sum", "sum_pos", "mean_pos",
        "jensen_log", "jensen_exp", "entropy_add_mean_le_log_sum_exp", "sqrt_mul", "sqrt_mul_le", "log_limit",
    ),
    "divergence.jensen_shannon": (
        "kl_mean_nonneg", "kl_mean_eq_zero_iff", "js_nonneg", "js_eq_zero_iff", "rel_entr_mean_le", "kl_mean_le",
        "js_le_log_two", "rel_entr_mean", "js_eq_entropy", "js_eq_mutual_info",
    ),
    "information.fano": ("sum_except", "rel_entr_single_out", "fano"),
    "information.sufficiency": ("sum_fibres", "mutual_info_of_factors", "sufficient_statistic"),
    "information.codes": (
        "probability_of_sequence", "count_pos", "sum_count", "probability_under_frequencies", "type_class_card_le",
        "mean_ideal_length", "code_length_ge_entropy", "mean_lt", "wrong_code_cost", "wrong_code_cost_lt",
        "shannon_code_ge", "shannon_code_lt",
    ),
    "coins.coin_flips": (
        "flip_sequence", "likelihood_of_counts", "llr_per_flip", "coin_flips_finite", "coin_flips_deviation",
        "coin_flips",
        "die_rolls",
    ),
    "coins.evidence": (
        "exp_limit", "evidence_growth", "expected_llr", "change_of_measure", "binary_kl_nonneg_of_deriv", "kl_not_symm",
        "kl_not_metric",
    ),
    "coins.concentration": ("sum_marginal", "variance_of_sum", "chebyshev", "llr_concentration"),
    "densities.integrals": (
        "log_inj", "int_congr", "int_unique", "int_neg", "int_sub", "int_div", "int_linear", "int_nonneg",
    ),
    "densities.limits": (
        "limit_inv_succ", "int_unit_series", "limit_mono", "limit_le", "limit_unique", "rpow_limit",
        "log_growth_limit", "growth_limit", "not_integrable", "deriv_unique",
    ),
    "densities.divergence": (
        "density_master", "density_kl_nonneg", "density_kl_self", "density_slope_bound", "density_pinsker",
        "density_kl_eq_zero", "density_kl_eq_zero_iff",
    ),
    "densities.identities": (
        "density_cross_entropy_identity", "density_cross_entropy_min", "density_kl_mass_corrected",
        "density_kl_mass_corrected_nonneg", "density_tangent", "density_mass_dominated", "density_log_sum",
        "density_kl_convex", "density_donsker_varadhan_le", "density_three_point", "density_kl_smul",
        "density_kl_smul_left", "density_kl_smul_right", "density_compensation", "density_k1_unbiased",
        "density_k3_mean", "density_k3_unbiased",
    ),
    "densities.transport": (
        "two_cells_tangent", "rel_entr_le_of_tangents", "kl_two_cells", "kl_change_of_variables", "abs_mul",
        "inverse_slopes", "kl_change_of_variables_back", "density_kl_chain_rule_inner", "density_kl_chain_rule",
        "density_kl_product",
    ),
    "densities.elementary": (
        "end_low", "end_high", "end_low_unbounded", "end_high_unbounded", "exp_neg_mul_limit", "exponential_total",
        "limit_inv_add_two", "int_one",
    ),
    "densities.gaussian": (
        "int_square", "int_reflect", "int_affine", "gamma_pos", "pi_pos", "gamma_half_eq", "gauss_total",
        "normal_total", "geometric_total",
    ),
    "densities.maximum_entropy": (
        "entropy_le_of_family", "density_max_entropy", "density_max_entropy_eq", "exponential_family_kl",
        "uniform_max_entropy", "exponential_max_entropy", "normal_max_entropy", "geometric_max_entropy",
    ),
    "densities.gamma": (
        "gamma_tail_limit", "gamma_succ", "log_moment", "gamma_quotient_limit", "gamma_limit", "digamma_succ",
        "gamma_log_int",
        "abs_pos", "int_power_change", "int_exponential", "power_gamma_int", "power_gamma_log_int", "line_gamma_int",
        "line_gamma_mean_int",
    ),
    "densities.beta": (
        "beta_quotient_limit", "beta_log_int", "int_one_sub", "beta_log_one_sub_int", "rpow_lt_one", "int_unit_power",
        "power_beta_int", "power_beta_log_int", "power_beta_log_one_sub_int", "int_odds", "odds_beta_int",
        "odds_beta_log_int", "odds_beta_log_one_add_int", "beta_prime_int", "beta_prime_log_int",
        "beta_prime_log_one_add_int", "line_beta_int", "line_beta_mean_int", "line_beta_log_one_add_int",
    ),
    "densities.shifted": (
        "gamma_one", "power_gamma_mean_int", "line_gamma_exp_int", "power_beta_mean_int", "beta_prime_mean_int",
        "line_beta_exp_int",
    ),
    "densities.affine": (
        "int_open_change", "interval_beta_int", "interval_beta_low_log_int", "interval_beta_high_log_int",
        "interval_beta_power_int", "interval_beta_low_int", "interval_beta_low_square_int", "interval_beta_mean_int",
        "interval_beta_square_int", "int_power_log_one_sub",
    ),
    "densities.normal_moments": (
        "gauss_mean_int", "mul_exp_neg_sq_limit", "gauss_square_int", "normal_centered_mean", "normal_variance",
        "normal_mean", "normal_square_mean", "normal_exp_mean", "normal_exp_times_mean",
    ),
    "densities.substitutions": (
        "int_log", "int_log_change_open", "int_log_change_above", "int_log_change_below",
        "int_exp_change_above", "int_exp_change_below", "int_above_change", "int_mirror",
    ),
    "densities.halves": (
        "mul_exp_neg_mul_limit", "exp_neg_int", "exp_neg_mean_int", "exp_neg_square_int", "exp_above_int",
        "exp_above_mean_int", "exp_above_square_int", "exp_below_int", "exp_below_mean_int", "exp_below_square_int",
        "exp_abs_int", "exp_abs_mean_int", "exp_abs_square_int", "exp_abs_distance_int",
    ),
    "densities.intervals": (
        "int_id", "int_square_id", "int_cube_id", "int_exp", "int_mul_exp", "int_square_exp", "int_mul_bell",
        "int_square_bell",
    ),
    "densities.powers": (
        "int_power", "int_power_log", "int_power_log_square", "int_power_mean", "int_power_log_mean", "int_power_above",
        "int_power_log_above", "int_power_log_square_above", "int_power_between", "int_power_log_between",
        "int_power_log_square_between", "int_reciprocal", "int_reciprocal_log", "int_log_from_zero", "int_log_between",
        "int_log_square_from_zero", "int_log_square_between",
    ),
    "densities.ratios": (
        "int_log_linear", "int_log_from_low", "int_log_from_high", "odds_log_ratio_int",
        "beta_prime_log_ratio_int", "line_beta_log_ratio_int", "logistic_log_ratio_int", "log_logistic_log_ratio_int",
    ),
    "densities.log_decay": (
        "int_log_decay", "int_mul_log_decay",
    ),
    "densities.not_integrable": (
        "not_integrable_above", "not_integrable_below", "power_not_integrable", "power_not_integrable_at_zero",
        "reciprocal_not_integrable", "reciprocal_not_integrable_at_zero",
    ),
    "densities.comparison": (
        "not_integrable_at_zero", "not_integrable_at_power_end", "power_gamma_not_integrable",
        "beta_prime_not_integrable", "beta_prime_tail_not_integrable", "not_integrable_from_zero",
        "not_integrable_at_infinity", "power_below_not_integrable", "power_above_not_integrable",
        "power_beta_not_integrable",
    ),
    "densities.series": (
        "geometric_mean", "poisson_total", "poisson_mean", "poisson_square_mean",
    ),
    "divergence.estimators": (
        "k1_unbiased", "k3_mean", "k3_unbiased", "k3_nonneg", "k3_eq_zero_iff", "k1_can_be_negative",
        "exp_quadratic_ge", "exp_quadratic_le", "exp_neg_quadratic_le", "exp_neg_quadratic_ge", "k2_remainder",
        "k2_bias", "k2_is_biased", "k3_second_moment", "rare_le_half", "rare_lt", "k3_second_moment_unbounded",
        "rare_kl_le", "k1_second_moment_bounded", "sum_deriv_eq_zero", "k1_gradient_zero", "k1_mean_gradient",
    ),
}  # fmt: skip
"""The theorems of each file, in the order in which they are derived."""


def authors() -> Iterator[tuple[str, Author]]:
    """Yield the name and the derivation of each theorem, in an order in which every citation points back."""
    from ..language.errors import InvalidValue
    from ..proving.calc import marked, repeated

    for module, names in TABLE.items():
        own = marked(vars(import_module(f"{__name__}.{module}")))
        found = {author.__kl_derivation__: author for author in own}  # type: ignore[attr-defined]
        if problems := repeated(own):
            raise InvalidValue("; ".join(problems.values()))
        for name in names:
            yield name, found[name]
