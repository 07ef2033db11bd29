"""The written table of what must be refused, and of the cases that show it."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    arithmetic,
    binders,
    calculus,
    claims,
    densities,
    flips,
    gibbs,
    hostile,
    lemmas,
    literals,
    logic,
    logs,
    shapes,
    spelling,
)
from .pair import Case

Builder = Callable[[], Case]

REQUIRED: dict[str, tuple[Builder, ...]] = {
    "log(x+y) = log x + log y": (
        logs.of_a_sum, logs.of_a_sum_by_a_step_inside, logs.of_a_sum_in_the_coin_derivation, logs.of_a_power_of_a_sum,
    ),
    "a log law without positivity": (
        logs.quotient_of_any_divisor, logs.product_of_non_zero_numbers, logs.product_without_a_premise,
        logs.product_over_a_set_with_zeros, logs.tangent_at_zero, logs.power_of_any_number,
    ),
    "Gibbs without Σq ≤ 1": (
        gibbs.without_a_total, gibbs.without_a_total_in_the_step_that_uses_it, gibbs.with_a_larger_total,
    ),
    "Gibbs with q_i = 0 < p_i": (
        gibbs.with_continuity_the_wrong_way, gibbs.without_continuity_for_one_outcome, gibbs.xlogy_at_a_zero,
    ),
    "equality case with only Σq ≤ 1": (gibbs.equality_with_q_below_one, gibbs.equality_with_p_below_one),
    "N = 0": (flips.none_at_all, flips.perhaps_none, flips.sequence_that_may_be_empty),
    "a limit through log 0": (
        flips.impossible_heads, flips.heads_without_a_sign, flips.log_of_a_limit_that_may_be_zero,
        flips.log_of_a_limit_without_a_sign,
    ),
    "x/x = 1 without x ≠ 0": (
        arithmetic.quotient_by_itself, arithmetic.quotient_by_itself_out_of_nothing,
        arithmetic.quotient_by_itself_inside_a_logarithm, arithmetic.canceled_factor,
        arithmetic.canceled_factor_of_an_equation, arithmetic.divisor_that_is_zero_as_written,
    ),
    "first-order capture": (
        binders.index_below_a_sum, binders.index_that_points_out_of_the_line,
        binders.index_where_a_number_is_bound,
        binders.index_bound_by_the_wrong_quantifier, binders.equation_for_one_index_below_a_sum,
    ),
    "second-order capture": (
        binders.factor_that_depends_on_the_index, binders.factor_that_depends_on_the_index_in_a_scheme,
        binders.function_with_an_index_too_many, binders.function_below_a_sum,
    ),
    "index-set size instantiated by −1": (
        binders.set_of_minus_one_elements, binders.set_that_is_a_number, binders.set_of_all_numbers,
    ),
    "∀ introduced over a variable free in Γ": (
        binders.for_every_index_under_a_hypothesis_about_it, flips.for_every_n_under_a_hypothesis_about_n,
    ),
    "wrong hypothesis discharged": (logic.discharge_of_what_was_not_assumed, logic.discharge_of_the_other_side),
    "case split with a missing branch": (
        logic.case_that_is_missing, logic.case_that_is_left_out, logic.case_without_its_opposite,
    ),
    "negative multiplier": (
        arithmetic.negative_multiplier, arithmetic.multiplier_of_unknown_sign, arithmetic.product_of_two_inequalities,
        arithmetic.multiplier_a_little_off,
    ),
    "< from ≤": (
        arithmetic.strict_from_weak, arithmetic.strict_square, arithmetic.strict_multiple, arithmetic.unequal_from_weak,
    ),
    "dependent sums swapped": (
        binders.factor_pulled_through_its_own_sum, binders.swapped_with_a_wrong_summand,
        binders.swapped_without_their_indices,
    ),
    "x^(1/2) for x < 0": (logs.root_of_a_negative_number, logs.root_of_a_square, logs.negative_power_of_zero),
    "pole inside the interval of mono_of_deriv": (
        calculus.pole_that_nothing_excludes, calculus.pole_inside_the_interval, calculus.pole_at_the_end,
    ),
    "circular citation": (lemmas.circle, lemmas.citation_of_itself),
    "cited lemma with an altered statement": (
        lemmas.lemma_with_another_digest, lemmas.lemma_with_an_altered_statement, lemmas.lemma_that_is_false,
    ),
    "dropped hypothesis": (
        claims.hypothesis_dropped, claims.hypothesis_weakened, claims.hypothesis_left_behind_by_a_substitution,
        lemmas.lemma_with_a_hypothesis_forgotten,
    ),
    "A → A presented as B": (claims.a_then_a_for_b, claims.a_then_a_for_a_then_b, claims.a_then_a_with_modus_ponens),
    "look-alike names": (
        spelling.letter_for_a_digit, spelling.underscore_that_is_overlooked, spelling.name_that_looks_reserved,
        spelling.number_that_is_called_pi, densities.name_that_is_a_domain,
        densities.name_that_looks_like_a_domain, densities.name_that_is_a_statement,
        spelling.letter_of_another_alphabet, spelling.title_in_another_alphabet,
    ),
    "duplicate JSON keys": (spelling.key_twice, spelling.key_twice_inside_a_line),
    "true for 1": (
        literals.true_for_a_number, literals.true_for_a_multiplier, literals.true_for_a_premise,
        literals.false_for_a_position, literals.false_for_a_bound_variable,
    ),
    "10⁵-digit integers": (hostile.integer_of_100000_digits, hostile.fraction_of_100000_digits),
    "depth 10⁵": (hostile.depth_of_100000, hostile.depth_of_1000, hostile.depth_of_121, hostile.lists_in_lists),
    "an integrand that is compared on the diagonal": (
        densities.order_at_one_number, densities.factor_that_depends_on_the_number,
        densities.integral_that_depends_on_the_number, densities.domain_that_depends_on_the_number,
        densities.function_of_a_number_too_many, densities.bound_number_outside_of_the_integral,
        densities.slope_on_the_diagonal, densities.every_number_under_a_hypothesis_about_it,
    ),
    "a pole inside the domain of an integral": (
        densities.antiderivative_with_a_pole, densities.slope_with_a_pole_inside_the_domain, densities.slope_at_a_pole,
        densities.slope_of_log_anywhere, densities.slope_of_log_where_another_number_is_positive,
        densities.slope_of_a_root_of_any_number,
    ),
    "an antiderivative on an empty interval": (
        densities.antiderivative_on_an_empty_interval, densities.antiderivative_without_upper_numbers,
        densities.antiderivative_that_stops_before_the_lower_end,
        densities.antiderivative_that_stops_before_the_upper_end,
    ),
    "a substitution that is not onto or not injective": (
        densities.substitution_that_is_not_onto, densities.substitution_back_to_somewhere,
        densities.substitution_inverted_from_the_left, densities.substitution_that_leaves,
        densities.substitution_that_is_not_injective, densities.substitution_without_the_absolute_value,
    ),
    "a law of intervals on another domain": (
        densities.substitution_on_the_natural_numbers, densities.substitution_from_the_natural_numbers,
        densities.split_of_the_natural_numbers, densities.split_of_a_named_domain, densities.zero_on_a_named_domain,
        densities.antiderivative_over_the_natural_numbers, densities.interval_that_is_the_natural_numbers,
        densities.interval_that_is_any_domain,
    ),
    "an integral squeezed between two limits": (
        densities.squeeze_between_two_integrals, densities.squeeze_for_positive_n_only,
        densities.squeeze_on_part_of_the_domain, densities.squeeze_of_the_wrong_side,
        densities.squeeze_with_integrals_over_another_domain,
    ),
    "an integral taken for an equation": (
        densities.integral_turned_around, densities.integral_in_a_chain, densities.integral_that_is_put_into_a_term,
        densities.integral_that_rewrites, densities.integral_as_a_case, densities.integral_that_is_a_number,
        densities.integral_that_is_compared,
    ),
    "a set that is the numbers, a function on a domain": (
        densities.set_of_all_real_numbers, densities.function_into_the_numbers_of_a_set,
        densities.function_over_a_domain, densities.function_into_the_domains, densities.every_domain,
        densities.gamma_of_another_number, densities.gamma_that_is_digamma,
    ),
    "two spellings of a domain": (
        densities.domain_that_is_a_word, densities.domain_that_is_a_number, densities.interval_with_one_end,
        densities.interval_to_infinity_as_a_number, densities.name_of_a_domain_with_an_argument,
    ),
}  # fmt: skip
"""Errors that the kernel must refuse, in the words of the project's promise, and the cases that show it."""

MORE: dict[str, tuple[Builder, ...]] = {
    "limits": (flips.quotient_with_a_limit_zero, flips.squeeze_for_small_n_only, flips.squeeze_between_two_limits),
    "rules of logic": (
        logic.implication_from_something_else, logic.equivalence_from_one_direction, logic.contradiction_that_is_none,
        logic.inequality_turned_around, logic.chain_with_a_gap, logic.one_instance_for_all,
    ),
    "inequalities": (
        arithmetic.sum_of_two_inequations, arithmetic.equality_from_one_side, arithmetic.difference_of_positives,
        arithmetic.absolute_value_of_any_number,
    ),
    "derivatives": (
        calculus.slope_of_another_function, calculus.slope_that_is_negative_somewhere, calculus.ends_the_wrong_way,
        calculus.end_that_moves_along, calculus.function_without_a_derivative,
    ),
    "sets that may be empty": (binders.index_that_vanished, binders.function_into_an_empty_set),
    "sorts": (
        binders.index_of_another_set, shapes.number_for_an_index, shapes.statement_for_a_number,
        shapes.hole_in_a_statement,
    ),
    "citations": (
        lemmas.lemma_that_is_not_listed, lemmas.lemma_that_is_not_needed, lemmas.lemma_with_a_weaker_premise,
        lemmas.lemma_with_a_name_too_few,
    ),
    "the claim": (
        gibbs.of_the_other_direction, claims.hypothesis_added, claims.hypothesis_twice,
        claims.strict_where_weak_was_shown, claims.coins_mixed_up, claims.line_without_a_use, claims.line_twice,
        claims.name_without_a_use,
    ),
    "names": (
        spelling.name_of_a_function, spelling.names_out_of_order, spelling.name_that_is_not_declared,
        spelling.signature_that_is_none, spelling.signature_that_is_not_text,
    ),
    "keys and form": (
        spelling.key_that_is_unknown, spelling.key_that_is_missing, spelling.space_too_many,
        spelling.letter_written_as_a_code, spelling.minus_zero, spelling.format_of_the_future,
        spelling.text_that_goes_on, spelling.mark_before_the_text, spelling.lines_that_are_not_a_list,
        spelling.uses_out_of_order,
    ),
    "literals": (
        literals.fraction_that_is_not_reduced, literals.fraction_that_is_an_integer, literals.fraction_over_zero,
        literals.fraction_in_other_digits, literals.decimal_number, literals.number_with_an_exponent,
        literals.not_a_number, literals.infinity, literals.nothing, literals.multiplier_zero,
    ),
    "lines": (
        shapes.rule_that_is_unknown, shapes.premise_ahead, shapes.premise_that_is_the_line_itself,
        shapes.premise_counted_from_the_end, shapes.argument_too_many, shapes.line_of_two_parts,
        shapes.lines_that_are_none,
    ),
    "arguments of a rule": (
        shapes.premises_too_few_for_a_guard, shapes.hypothesis_that_is_there_already, shapes.case_that_has_no_opposite,
        shapes.template_without_a_hole, shapes.sign_that_is_none, shapes.combination_that_is_not_a_comparison,
        shapes.combination_with_a_premise_that_is_missing, shapes.modus_ponens_without_an_implication,
        shapes.instance_of_what_is_not_universal, shapes.divergence_of_one_distribution, shapes.divergence_over_no_set,
        shapes.sum_of_nothing, shapes.definition_of_something_else, shapes.instance_of_nothing,
    ),
    "sizes": (
        hostile.term_of_20001_parts, hostile.lines_5001, hostile.premises_201, hostile.hypotheses_201,
        hostile.names_251, hostile.symbol_of_nine_indices, hostile.text_of_a_million_letters, hostile.name_of_41_letters,
        hostile.exponents_upon_exponents, hostile.coefficient_of_100000_bits, hostile.substitution_that_explodes,
    ),
    "integrals over any domain": (
        densities.integral_of_zero_that_is_one, densities.integrals_over_two_domains,
        densities.sum_of_integrals_over_another_domain, densities.sum_of_integrals_of_the_diagonal,
        densities.order_on_half_of_the_domain, densities.order_on_a_smaller_domain,
        densities.order_of_an_integral_over_less,
    ),
    "which numbers lie in a domain": (
        densities.lower_end_of_an_open_interval, densities.upper_end_of_an_open_interval,
        densities.lower_bound_of_a_number_of_reals, densities.upper_bound_of_a_number_of_a_ray, densities.end_of_a_ray,
        densities.lower_bound_of_any_number, densities.end_of_a_ray_to_the_left, densities.upper_bound_of_any_number,
        densities.any_number_is_natural, densities.half_is_natural, densities.sign_of_any_number,
    ),
    "integrals over intervals": (
        densities.split_with_a_gap_on_the_left, densities.split_with_a_gap_on_the_right,
        densities.split_with_an_overlap, densities.split_with_an_overlap_on_the_right,
        densities.half_outside_on_the_left, densities.half_outside_on_the_right,
        densities.antiderivative_without_a_minorant,
        densities.antiderivative_with_a_minorant_on_part_of_the_domain,
        densities.antiderivative_of_a_function_with_a_jump, densities.antiderivative_with_another_lower_value,
        densities.antiderivative_with_another_upper_value, densities.substitution_with_a_kink,
        densities.substitution_with_a_slope_that_jumps, densities.substitution_of_another_integral,
        densities.zero_only_almost_everywhere, densities.zero_outside_of_the_domain,
        densities.zero_of_a_function_with_two_signs, densities.zero_of_a_function_with_mass,
    ),
    "series": (
        densities.shift_of_an_integral, densities.shift_without_the_first_term, densities.telescope_with_two_signs,
        densities.telescope_without_a_limit, densities.exponential_series_at_zero,
    ),
    "derivatives as statements": (
        densities.chain_at_the_wrong_number, densities.chain_of_another_function,
        densities.derivative_of_a_sum_at_several_numbers, densities.quotient_of_differences_at_zero,
        densities.quotient_of_differences_from_afar, densities.quotient_of_differences_elsewhere,
        densities.slope_at_another_number, densities.slope_of_a_declared_function,
        densities.slope_of_an_exponential_of_another_base, densities.slope_of_a_defined_symbol,
        densities.slope_in_a_variable_that_is_a_function,
    ),
    "the functions of Euler": (
        densities.gamma_at_its_pole, densities.digamma_at_a_pole, densities.gamma_of_a_half_that_is_pi,
        densities.beta_at_a_pole, densities.beta_at_the_other_pole, densities.gamma_that_is_positive_by_structure,
    ),
    "numbers and indices under a quantifier": (
        densities.every_natural_number_for_every_number, densities.index_for_a_number,
    ),
}  # fmt: skip
"""Further errors that the kernel must refuse."""

MODULES = (
    arithmetic,
    binders,
    calculus,
    claims,
    densities,
    flips,
    gibbs,
    hostile,
    lemmas,
    literals,
    logic,
    logs,
    shapes,
    spelling,
)
"""The topics; a test looks that no case of theirs is left out of the tables."""


def cases() -> dict[str, Builder]:
    """Return every case of both tables by its name, ``module.function``."""
    builders = [b for table in (REQUIRED, MORE) for row in table.values() for b in row]
    return {f"{b.__module__.rpartition('.')[2]}.{b.__name__}": b for b in builders}
