"""Where each theorem comes from: the textbook's number, and the paper that had it first where that is known.

A theorem that is not in the table is elementary: a step that every text on analysis takes without a reference, or one
that was cut out here because several proofs share it.
"""

from __future__ import annotations

__all__ = ["ELEMENTARY", "SOURCES", "source"]

ELEMENTARY = "Elementary."

_CT = "T. M. Cover and J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006"
_KL = (
    "S. Kullback and R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22 (1951), 79–86"
)
_SHANNON = "C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27 (1948), 379–423"
_GIBBS = "J. W. Gibbs, Elementary Principles in Statistical Mechanics, Scribner 1902, chapter XI"
_CSISZAR_1967 = (
    "I. Csiszár, Information-type measures of difference of probability distributions and indirect observations, "
    "Studia Scientiarum Mathematicarum Hungarica 2 (1967), 299–318"
)
_CSISZAR_1975 = (
    "I. Csiszár, I-divergence geometry of probability distributions and minimization problems, Annals of Probability 3 "
    "(1975), 146–158"
)
_KULLBACK_1967 = (
    "S. Kullback, A lower bound for discrimination information in terms of variation, IEEE Transactions on Information "
    "Theory 13 (1967), 126–127"
)
_DV = (
    "M. D. Donsker and S. R. S. Varadhan, Asymptotic evaluation of certain Markov process expectations for large time, "
    "I, Communications on Pure and Applied Mathematics 28 (1975), 1–47"
)
_TOPSOE = (
    "F. Topsøe, An information theoretical identity and a problem involving capacity, Studia Scientiarum "
    "Mathematicarum Hungarica 2 (1967), 291–292"
)
_LIN = (
    "J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37 (1991), "
    "145–151"
)
_GIBBS_SU = (
    "A. L. Gibbs and F. E. Su, On choosing and bounding probability metrics, International Statistical Review 70 "
    "(2002), 419–435"
)
_TSYBAKOV = "A. B. Tsybakov, Introduction to Nonparametric Estimation, Springer 2009, section 2.4"
_RENYI = (
    "A. Rényi, On measures of entropy and information, Proceedings of the Fourth Berkeley Symposium on Mathematical "
    "Statistics and Probability 1 (1961), 547–561"
)
_ERVEN = (
    "T. van Erven and P. Harremoës, Rényi divergence and Kullback–Leibler divergence, IEEE Transactions on Information "
    "Theory 60 (2014), 3797–3820"
)
_HAN = (
    "T. S. Han, Nonnegative entropy measures of multivariate symmetric correlations, Information and Control 36 "
    "(1978), 133–156"
)
_FUJISHIGE = (
    "S. Fujishige, Polymatroidal dependence structure of a set of random variables, Information and Control 39 (1978), "
    "55–72"
)
_FANO = "R. M. Fano, Transmission of Information, MIT Press 1961"
_FISHER = (
    "R. A. Fisher, On the mathematical foundations of theoretical statistics, Philosophical Transactions of the Royal "
    "Society A 222 (1922), 309–368"
)
_JAYNES = "E. T. Jaynes, Information theory and statistical mechanics, Physical Review 106 (1957), 620–630"
_WAINWRIGHT = (
    "M. J. Wainwright and M. I. Jordan, Graphical models, exponential families, and variational inference, Foundations "
    "and Trends in Machine Learning 1 (2008), 1–305"
)
_BANERJEE = (
    "A. Banerjee, S. Merugu, I. S. Dhillon and J. Ghosh, Clustering with Bregman divergences, Journal of Machine "
    "Learning Research 6 (2005), 1705–1749"
)
_SCHULMAN = "J. Schulman, Approximating KL divergence, 2020, http://joschu.net/blog/kl-approx.html"
_WILLIAMS = (
    "R. J. Williams, Simple statistical gradient-following algorithms for connectionist reinforcement learning, "
    "Machine Learning 8 (1992), 229–256"
)
_KULLBACK_1959 = "S. Kullback, Information Theory and Statistics, Wiley 1959, chapter 2"
_CHEBYSHEV = (
    "P. L. Chebyshev, Des valeurs moyennes, Journal de Mathématiques Pures et Appliquées (2) 12 (1867), 177–184"
)
_DLMF = "F. W. J. Olver and others, NIST Digital Library of Mathematical Functions, release 1.2.2, 2024"
_STACY = (
    "E. W. Stacy, A generalization of the gamma distribution, Annals of Mathematical Statistics 33 (1962), 1187–1192"
)
_KUMARASWAMY = (
    "P. Kumaraswamy, A generalized probability density function for double-bounded random processes, Journal of "
    "Hydrology 46 (1980), 79–88"
)
_MCDONALD = (
    "J. B. McDonald, Some generalized functions for the size distribution of income, Econometrica 52 (1984), 647–663"
)
_STEELE = "J. M. Steele, The Cauchy–Schwarz Master Class, Cambridge University Press 2004"
_MATHLIB = "mathlib, InformationTheory.klFun"
_SPB = "The Book of Statistical Proofs"


def _ct(where: str) -> str:
    return f"{_CT}, {where}"


_LLN = _ct("Theorem 11.8.1")
_MI = _ct("Theorem 2.4.1")
_JS = (_LIN,)
_DONSKER = (_DV,)
_PROCESSING = (_ct("Theorem 2.8.1"), _ct("section 4.4"))
_ESTIMATORS = (_SCHULMAN,)
_MAXIMUM = _ct("Theorem 12.1.1")

SOURCES: dict[str, tuple[str, ...]] = {
    # the logarithm
    "log_le_sub_one": (_ct("section 2.6"),),
    "log_eq_sub_one_iff": (_ct("section 2.6"),),
    # convexity
    "cauchy_schwarz": (_STEELE,),
    "cauchy_schwarz_weighted": (_STEELE,),
    "titu": (_STEELE,),
    "jensen_log": (_ct("Theorem 2.6.2"),),
    "jensen_exp": (_ct("Theorem 2.6.2"),),
    "entropy_add_mean_le_log_sum_exp": (_DV, _WAINWRIGHT),
    "sqrt_mul_le": (_STEELE,),
    # flips, ratio, limit
    "flip_sequence": (_ct("Theorem 11.1.2"),),
    "likelihood_of_counts": (_ct("Theorem 11.1.2"),),
    "llr_per_flip": (_ct("Theorem 11.1.2"),),
    "coin_flips_finite": (_ct("Theorem 11.1.2"),),
    "coin_flips": (_LLN, _KL),
    "die_rolls": (_LLN, _KL),
    "evidence_growth": (_LLN,),
    "expected_llr": (_KL,),
    "change_of_measure": (_ct("proof of Theorem 11.8.3"),),
    "llr_concentration": (_LLN,),
    "chebyshev": (_CHEBYSHEV,),
    # cross-entropy
    "entropy_surprise": (_SHANNON,),
    "surprise_additive": (_SHANNON,),
    "kl_excess_surprise": (_KL,),
    "cross_entropy_identity": (_ct("Theorem 5.4.3"),),
    "cross_entropy_min": (_ct("Theorem 2.6.3"), _GIBBS),
    "cross_entropy_min_iff": (_ct("Theorem 2.6.3"), _GIBBS),
    "cross_entropy_convex": (f"{_SPB}, entcross-conv",),
    # divergence
    "kl_nonneg": (_ct("Theorem 2.6.3"), _GIBBS, _KL),
    "kl_eq_zero_iff": (_ct("Theorem 2.6.3"), _KL),
    "kl_self": (_ct("section 2.3"),),
    "kl_not_symm": (_ct("section 2.3"), f"{_SPB}, kl-nonsymm"),
    "kl_not_metric": (_ct("section 2.3"),),
    "kl_eq_sum_kl_fun": (_MATHLIB,),
    "kl_eq_sum_log": (_ct("section 2.3"),),
    "entropy_eq_log_card_sub_kl": (_ct("proof of Theorem 2.6.4"),),
    "log_sum_le": (_ct("Theorem 2.7.1"),),
    "log_sum_eq_iff": (_ct("Theorem 2.7.1"),),
    "kl_convex": (_ct("Theorem 2.7.2"),),
    "kl_convex_left": (_ct("Theorem 2.7.2"),),
    "kl_convex_right": (_ct("Theorem 2.7.2"),),
    "kl_map_of_injective": (f"{_SPB}, kl-inv",),
    "kl_chain_rule": (_ct("Theorem 2.5.3"),),
    "kl_same_kernel": (_ct("section 4.4"),),
    "kl_prod": (_ct("Theorem 2.5.3"), _KL),
    "kl_prod_three": (_ct("Theorem 2.5.3"), _KL),
    "cond_kl_nonneg": (_ct("section 2.6"),),
    "cond_kl_eq_zero_iff": (_ct("section 2.6"),),
    "kl_mixture_le": (_ct("Theorem 2.7.2"),),
    "kl_map_le": (_KL,),
    "kl_kernel_le": (_KL, *_PROCESSING),
    "kl_kernel_eq_iff": (_KL, _ct("section 2.9")),
    "binary_pinsker": (_ct("Lemma 11.6.1"),),
    "pinsker": (_ct("Lemma 11.6.1"), _CSISZAR_1967, _KULLBACK_1967),
    "donsker_varadhan_le": _DONSKER,
    "donsker_varadhan_eq_iff": _DONSKER,
    "donsker_varadhan_attained": _DONSKER,
    "compensation": (_TOPSOE,),
    "three_point": (_CSISZAR_1975,),
    "pythagoras_le": (_ct("Theorem 11.6.1"), _CSISZAR_1975),
    "kl_le_chi2": (_GIBBS_SU,),
    "kl_le_log_one_add_chi2": (_GIBBS_SU,),
    "chi2_eq": (_GIBBS_SU,),
    "hellinger_eq": (_TSYBAKOV,),
    "hellinger_le_tv": (_TSYBAKOV,),
    "hellinger_le_kl": (_TSYBAKOV,),
    "sum_rpow_le_one": (_RENYI, _ERVEN),
    "one_add_kl_le_sum_rpow": (_RENYI, _ERVEN),
    "js_nonneg": _JS,
    "js_le_log_two": _JS,
    "js_eq_zero_iff": _JS,
    "js_eq_entropy": _JS,
    "js_eq_mutual_info": _JS,
    "fisher_second_order": (_KULLBACK_1959, _KL),
    "fisher_limit": (_KULLBACK_1959, _KL),
    # entropy and mutual information
    "entropy_nonneg": (_ct("Lemma 2.1.1"), _SHANNON),
    "entropy_eq_zero_iff": (_SHANNON,),
    "entropy_base": (_ct("Lemma 2.1.2"),),
    "entropy_le_log_card": (_ct("Theorem 2.6.4"), _SHANNON),
    "entropy_eq_log_card_iff": (_ct("Theorem 2.6.4"), _SHANNON),
    "entropy_concave": (_ct("Theorem 2.7.3"),),
    "entropy_chain_rule": (_ct("Theorem 2.2.1"), _SHANNON),
    "cond_entropy_chain_rule": (_ct("section 2.2"),),
    "cond_entropy_nonneg": (_ct("section 2.2"),),
    "cond_entropy_le_entropy": (_ct("Theorem 2.6.5"), _SHANNON),
    "cond_entropy_le_cond_entropy": (_ct("Theorem 2.6.5"),),
    "entropy_joint_le_add": (_ct("Theorem 2.6.6"), _SHANNON),
    "entropy_joint_eq_iff": (_ct("Theorem 2.6.6"), _SHANNON),
    "entropy_submodular": (_FUJISHIGE,),
    "han_three": (_ct("section 17.6"), _HAN),
    "mutual_info_eq_entropies": (_MI, _SHANNON),
    "mutual_info_eq_sub_cond": (_MI, _SHANNON),
    "mutual_info_symm": (_MI,),
    "mutual_info_nonneg": (_ct("section 2.6"),),
    "mutual_info_eq_zero_iff": (_ct("section 2.6"),),
    "cond_mutual_info_nonneg": (_ct("section 2.6"),),
    "cond_mutual_info_eq_zero_iff": (_ct("section 2.6"),),
    "mutual_info_chain_rule": (_ct("Theorem 2.5.2"),),
    "mutual_info_concave_input": (_ct("Theorem 2.7.4"),),
    "mutual_info_convex_kernel": (_ct("Theorem 2.7.4"),),
    "data_processing_markov": (_ct("Theorem 2.8.1"),),
    "data_processing_markov_eq_iff": (_ct("Theorem 2.8.1"),),
    "fano": (_ct("Theorem 2.10.1"), _FANO),
    "collision_bound": (_ct("Lemma 2.10.1"),),
    "sufficient_statistic": (_ct("section 2.9"), _FISHER, _KL),
    # sequences and codes
    "empirical_loss": (_ct("Theorem 11.1.2"),),
    "probability_of_sequence": (_ct("Theorem 11.1.2"),),
    "type_class_card_le": (_ct("Theorem 11.1.3"),),
    "code_length_ge_entropy": (_ct("Theorem 5.3.1"), _SHANNON),
    "shannon_code_lt": (_ct("Theorem 5.4.1"), _SHANNON),
    "wrong_code_cost": (_ct("Theorem 5.4.3"),),
    "second_law": (_ct("section 4.4"),),
    "entropy_increases": (_ct("section 4.4"),),
    # densities
    "density_kl_nonneg": (_ct("Theorem 8.6.1"), _KL),
    "density_kl_eq_zero": (_ct("Theorem 8.6.1"), _KL),
    "density_kl_eq_zero_iff": (_ct("Theorem 8.6.1"), _KL),
    "density_pinsker": (_CSISZAR_1967, _KULLBACK_1967),
    "density_cross_entropy_identity": (f"{_SPB}, kl-dent",),
    "density_kl_mass_corrected": (_MATHLIB,),
    "density_log_sum": (_KULLBACK_1959,),
    "density_kl_convex": (_ERVEN,),
    "density_donsker_varadhan_le": _DONSKER,
    "density_three_point": (_CSISZAR_1975,),
    "density_compensation": (_TOPSOE,),
    "kl_two_cells": (_KL, _KULLBACK_1959),
    "kl_change_of_variables": (_KL, f"{_SPB}, kl-inv"),
    "kl_change_of_variables_back": (_KL, f"{_SPB}, kl-inv"),
    "density_kl_chain_rule": (_KULLBACK_1959,),
    "density_kl_product": (_KL, _KULLBACK_1959),
    "density_max_entropy": (_MAXIMUM, _JAYNES),
    "density_max_entropy_eq": (_MAXIMUM, _JAYNES),
    "uniform_max_entropy": (_MAXIMUM, _SHANNON),
    "exponential_max_entropy": (_MAXIMUM, _SHANNON),
    "normal_max_entropy": (_ct("Theorem 8.6.5"), _SHANNON),
    "geometric_max_entropy": (_MAXIMUM,),
    "exponential_family_kl": (_WAINWRIGHT, _BANERJEE),
    # the integrals of Euler
    "gamma_succ": (f"{_DLMF}, equation 5.5.1",),
    "gamma_log_int": (f"{_DLMF}, equation 5.9.19",),
    "power_gamma_int": (f"{_DLMF}, equation 5.9.1", _STACY),
    "line_gamma_int": (f"{_DLMF}, equation 5.9.1",),
    "beta_prime_int": (f"{_DLMF}, equation 5.12.3", _MCDONALD),
    "odds_beta_int": (f"{_DLMF}, equation 5.12.3",),
    "power_beta_int": (_KUMARASWAMY, _MCDONALD),
    # integrals behind families of distributions
    "normal_mean": (f"{_SPB}, norm-mean",),
    "normal_variance": (f"{_SPB}, norm-var",),
    "normal_exp_mean": (f"{_SPB}, norm-mgf",),
    "poisson_mean": (f"{_SPB}, poiss-mean",),
    # the divergence, estimated
    "k1_unbiased": _ESTIMATORS,
    "k3_unbiased": _ESTIMATORS,
    "k3_nonneg": _ESTIMATORS,
    "density_k1_unbiased": _ESTIMATORS,
    "density_k3_unbiased": _ESTIMATORS,
    "k1_gradient_zero": (_WILLIAMS,),
    "k1_mean_gradient": (_WILLIAMS,),
}
"""The sources of each theorem, the textbook first."""


def source(name: str) -> str:
    """Return where a theorem comes from, as a sentence.

    Parameters
    ----------
    name : str

    Examples
    --------
    >>> source("log_sum_le")
    'T. M. Cover and J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, Theorem 2.7.1.'
    >>> source("log_div")
    'Elementary.'
    """
    return "; ".join(SOURCES[name]) + "." if name in SOURCES else ELEMENTARY
