"""A comparison with other proof libraries, written by hand after reading their sources, our own gaps included.

Names are those of the libraries. The statements behind them differ: mathlib, testing-lower-bounds, PFR, Isabelle and
HOL4 speak of measures or random variables, infotheo of finite distributions; logarithms are to base 2 in infotheo and
to any base in Isabelle and HOL4. Ours speak of finite families, or of densities, with natural logarithms. ``PR`` is a
pull request of mathlib that was not seen merged, and ``blueprint`` a statement that is announced and not proved.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LIBRARIES", "NOT_LOOKED_FOR", "NOT_OURS", "ROWS", "Comparison"]

LIBRARIES = ("mathlib", "testing-lower-bounds", "PFR", "infotheo", "Isabelle", "HOL4")


class Comparison(NamedTuple):
    """A theorem, our names of it, and what each of ``LIBRARIES`` calls it.

    Parameters
    ----------
    what : str
        The theorem in words.
    ours : tuple of str
        Our names of it.
    others : tuple of str
        The name of it in each library; empty where it was not found.
    """

    what: str
    ours: tuple[str, ...]
    others: tuple[str, str, str, str, str, str]


def _row(what: str, ours: str, *others: str) -> Comparison:
    mathlib, bounds, pfr, infotheo, isabelle, hol = (*others, *[""] * (len(LIBRARIES) - len(others)))
    return Comparison(what, tuple(ours.split()), (mathlib, bounds, pfr, infotheo, isabelle, hol))


ROWS: dict[str, tuple[Comparison, ...]] = {
    "The logarithm, and flips of coins": (
        _row("log x ≤ x − 1", "log_le_sub_one", "Real.log_le_sub_one_of_pos", "via mathlib", "via mathlib",
             "ln_id_cmp, log_id_cmp", "ln_le_minus_one"),
        _row("… with equality at 1 only", "log_eq_sub_one_iff", "klFun_eq_zero_iff", "", "strict concavity",
             "ln_id_eq, log_id_eq", "ln_eq_minus_one"),
        _row("the likelihood ratio of flips, and its limit", "llr_per_flip coin_flips_finite coin_flips die_rolls", "",
             "", "", "dmc_cdiv_cond_entropy (types)"),
        _row("the master inequality with its equality case", "master_inequality master_inequality_iff"),
    ),
    "Divergence": (
        _row("D as the sum of q·klFun(p/q); as a finite sum", "kl_eq_sum_kl_fun kl_eq_sum_log",
             "klDiv_eq_integral_klFun; PR", "kl_eq_fDiv", "KLDiv_eq_sum, KLDiv_eq_sum_negMulLog", "definition",
             "KL_density", "finite_…_reduce"),
        _row("D(p‖p) = 0", "kl_self", "klDiv_self", "kl_self", "KLDiv_self", "divPP", "KL_same_eq_0"),
        _row("0 ≤ D (Gibbs)", "kl_nonneg", "integral_llr_add_sub_measure_univ_nonneg", "kl_nonneg", "KLDiv_nonneg",
             "div_ge0", "KL_nonneg"),
        _row("D = 0 iff p = q", "kl_eq_zero_iff", "klDiv_eq_zero_iff", "kl_eq_zero_iff",
             "KLDiv_eq_zero_iff_identDistrib", "div0P", "KL_eq_0_iff_eq"),
        _row("D is not symmetric", "kl_not_symm"),
        _row("cross-entropy = entropy + divergence", "cross_entropy_identity", "", "", "", "in the theory of types"),
        _row("H(p) = log K − D(p‖uniform)", "entropy_eq_log_card_sub_kl", "", "", "", "entropy_log_div"),
        _row("log-sum inequality", "log_sum_le", "mul_log_le_klDiv (for measures)", "kl_ge_mul_log",
             "Real.sum_mul_log_div_leq", "log_sum"),
        _row("… with its equality case", "log_sum_eq_iff", "", "", "Real.sum_mul_log_div_eq_iff"),
        _row("joint convexity", "kl_convex kl_convex_left kl_convex_right", "", "blueprint", "KLDiv_of_convex",
             "convex_div, convex_relative_entropy"),
        _row("scaling", "kl_smul kl_smul_left kl_smul_right", "klDiv_smul_same"),
        _row("invariance under an injection", "kl_map_of_injective", "from klDiv_map_le", "", "KLDiv_of_comp_inj"),
        _row("chain rule", "kl_chain_rule", "klDiv_compProd_eq_add", "kl_compProd", "", "chain_rule_relative_entropy"),
        _row("the same kernel on both sides", "kl_same_kernel", "klDiv_compProd_left", "kl_compProd_right"),
        _row("additivity for products of two and three", "kl_prod kl_prod_three", "", "kl_prod_two"),
        _row("additivity for products of any number", "", "", "kl_pi, kl_pi_const"),
        _row("conditional divergence ≥ 0, and when it is 0", "cond_kl_nonneg cond_kl_eq_zero_iff", "",
             "condKL_nonneg", "condKLDiv_nonneg", "cdiv_ge0, cdiv0P"),
        _row("mixing decreases divergence", "kl_mixture_le", "from the chain rule", "kl_comp_left_le"),
        _row("data processing, for a function", "kl_map_le", "klDiv_map_le", "kl_fst_le, kl_snd_le",
             "KLDiv_add_le_KLDiv_of_indep", "partition_inequality (2 cells)", "entropy_data_processing (H only)"),
        _row("data processing, for a kernel", "kl_kernel_le", "klDiv_comp_right_le", "kl_comp_right_le"),
        _row("… with its equality case", "kl_kernel_eq_iff"),
        _row("Pinsker for two outcomes", "binary_pinsker", "PR", "", "", "Pinsker_2_inequality"),
        _row("Pinsker, with the best constant", "pinsker", "PR", "", "", "Pinsker_inequality"),
        _row("Donsker–Varadhan, with equality case", "donsker_varadhan_le donsker_varadhan_eq_iff "
             "donsker_varadhan_attained"),
        _row("compensation, three points, Pythagoras", "compensation three_point pythagoras_le", "", "blueprint"),
        _row("D ≤ χ², D ≤ log(1 + χ²)", "kl_le_chi2 kl_le_log_one_add_chi2"),
        _row("Jensen–Shannon divergence", "js_nonneg js_le_log_two js_eq_zero_iff js_eq_entropy js_eq_mutual_info", "",
             "blueprint"),
        _row("change of measure", "change_of_measure", "", "measure_sub_le_measure_mul_exp'"),
        _row("Hellinger, Rényi, total variation as divergences", "", "tvDist", "hellingerDiv_*, renyiDiv_*", "",
             "var_dist, basic facts"),
        _row("continuity of D in its arguments", "", "", "", "tendsto_KLDiv_id_left, …_right", "Rabs_xlnx"),
        _row("any measurable space", "", "klDiv", "kl", "", "", "KL_divergence", "KL_divergence"),
    ),
    "Entropy and mutual information": (
        _row("0 ≤ H, and when it is 0", "entropy_nonneg entropy_eq_zero_iff", "PR; binEntropy_*", "",
             "entropy_nonneg", "entropy_ge0", "via conditional information", "finite_entropy_certainty_eq_0"),
        _row("change of base", "entropy_base", "", "", "", "xlnx_entropy", "any base", "any base"),
        _row("H ≤ log K, and when it is equal", "entropy_le_log_card entropy_eq_log_card_iff",
             "PR; binEntropy_le_log_two", "", "entropy_le_log_card, entropy_eq_log_card",
             "entropy_max, entropy_uniform", "entropy_le, entropy_uniform", "finite_entropy_le_card"),
        _row("concavity of H", "entropy_concave", "strictConcave_binEntropy", "", "strictConcaveOn_negMulLog",
             "entropy_concave"),
        _row("chain rules for two and three variables", "entropy_chain_rule cond_entropy_chain_rule", "", "",
             "chain_rule, cond_chain_rule", "chain_rule, chain_rule_rV", "entropy_chain_rule", "finite_…_reduce"),
        _row("chain rule for any number of variables", "", "", "", "", "chain_rule_multivar"),
        _row("conditioning reduces entropy", "cond_entropy_le_entropy", "", "", "condEntropy_le_entropy",
             "le_centropy, information_cant_hurt_cond", "conditional_entropy_less_eq_entropy"),
        _row("H(X, Y) ≤ H(X) + H(Y), and when it is equal", "entropy_joint_le_add entropy_joint_eq_iff", "", "",
             "entropy_pair_le_add, entropy_pair_eq_add", "independence_bound_on_entropy"),
        _row("submodularity", "entropy_submodular", "", "", "entropy_triple_add_entropy_le"),
        _row("Han's inequality", "han_three", "", "", "", "han"),
        _row("I by entropies", "mutual_info_eq_entropies mutual_info_eq_sub_cond mutual_info_symm", "", "blueprint",
             "mutualInfo_eq_*", "mutual_infoE0, mutual_infoEcentropy1",
             "mutual_information_eq_entropy_conditional_entropy", "finite_mutual_information_reduce"),
        _row("0 ≤ I, and when it is 0", "mutual_info_nonneg mutual_info_eq_zero_iff", "", "blueprint",
             "mutualInfo_nonneg, mutualInfo_eq_zero", "mutual_info_ge0, mutual_info0P", "mutual_information_nonneg"),
        _row("0 ≤ I(X; Y | Z), and when it is 0", "cond_mutual_info_nonneg cond_mutual_info_eq_zero_iff", "",
             "blueprint", "condMutualInfo_nonneg, condMutualInfo_eq_zero", "cond_mutual_info_ge0",
             "conditional_mutual_information_nonneg"),
        _row("chain rule of I", "mutual_info_chain_rule", "", "", "", "chain_rule_mutual_info", "by definition",
             "by definition"),
        _row("I concave in the input, convex in the channel", "mutual_info_concave_input mutual_info_convex_kernel", "",
             "", "", "mutual_information_concave, …_convex"),
        _row("data processing along a Markov chain", "data_processing_markov data_processing_markov_eq_iff", "",
             "blueprint", "mutual_comp_le", "data_processing_inequality", "entropy_data_processing"),
        _row("Fano's inequality", "fano", "", "blueprint (binary)"),
        _row("e^{−H} bounds the chance of a collision", "collision_bound", "", "", "prob_ge_exp_neg_entropy"),
        _row("cross-entropy is convex in the model", "cross_entropy_convex"),
        _row("sufficient statistics lose no information", "sufficient_statistic"),
        _row("Shannon–Khinchin: entropy is the only such function", ""),
    ),
    "Sequences and codes": (
        _row("the probability of a sequence", "probability_of_sequence", "", "", "", "tuple_dist_type_entropy"),
        _row("upper bound for the size of a type class", "type_class_card_le", "", "", "", "card_typed_tuples"),
        _row("how many types there are; lower bound for a class", "", "", "", "", "type_counting"),
        _row("AEP and typical sets", "", "", "", "", "aep, TS_sup, TS_inf"),
        _row("Sanov, Chernoff–Stein, Chernoff", "", "", "blueprint", "", "in part"),
        _row("Kraft and McMillan", "", "kraft_mcmillan_inequality", "", "", "prefix_implies_kraft_cond",
             "McMillan (AFP)"),
        _row("no code is shorter than the entropy", "code_length_ge_entropy", "", "", "", "v_scode_converse",
             "rate_lower_bound (AFP)"),
        _row("Shannon's code; the price of a wrong model", "shannon_code_lt wrong_code_cost", "", "", "",
             "shannon_fano_average_entropy"),
        _row("source coding and channel coding theorems", "", "", "", "", "source_coding_*, channel_coding_*"),
        _row("second law: D to the stationary law decreases", "second_law entropy_increases",
             "from klDiv_comp_right_le"),
    ),
}  # fmt: skip
"""The rows by their subject."""

NOT_LOOKED_FOR = (
    "coin_flips_deviation", "evidence_growth", "expected_llr", "llr_concentration", "surprise_additive",
    "empirical_loss", "kl_not_metric", "binary_kl_add_of_le", "binary_kl_nonneg_of_deriv", "fisher_second_order",
    "fisher_limit",
)  # fmt: skip
"""Theorems of ours that nobody has looked for elsewhere, so that nothing is said of them."""

NOT_OURS = (
    "**Measures.** The theorems here are about finite index sets, and about densities on intervals, on ℕ and on any "
    "other domain of numbers. mathlib, testing-lower-bounds, Isabelle and HOL4 speak of measures on any space. The "
    "chain rule for densities has an iterated integral here, for lack of product measures. The versions for "
    "densities are [beside the finite ones](#sums-and-integrals), and not in the tables.",
    "**Any number of variables.** The language has no products over a varying number of index sets, so chain rules and "
    "Han's inequality are stated for two and three variables. infotheo's chain_rule_multivar and kl_pi of "
    "testing-lower-bounds are for any number.",
    "**Counting.** How many types there are, and the lower bound for the size of a type class, need counting of "
    "sequences, which the kernel does not do. The upper bound is here, with the counting replaced by a hypothesis: "
    "that the probabilities of the class add up to at most 1.",
    "**Asymptotics that need counting.** Sanov, Chernoff–Stein, Chernoff, typical sets and the coding theorems are not "
    "here. infotheo has typical sets and coding theorems.",
    "**Uniqueness.** That two properties determine the logarithm is prose, marked as cited, on the page "
    "[why_log](../derivations/foundations/why_log.md): the argument applies a property n times, for every n, and the "
    "kernel has no induction. Shannon–Khinchin is not here for the same reason.",
    "**Other divergences.** Hellinger's, Rényi's and total variation are not defined here; Pinsker's inequality writes "
    "Σ |p − q| out.",
)
"""Theorems that are missing, and why."""
