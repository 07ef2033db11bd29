"""Descriptions of the kernel's rules for readers; their exact conditions are in ``kernel/rules.py``."""

from __future__ import annotations

from ...kernel.table import AXIOM_OF

__all__ = ["RULES", "rule_words"]

RULES = {
    "absurd": "from a contradiction everything follows",
    "antisymm": "two numbers, each at most the other, are equal",
    "assume": "it is assumed",
    "above_low": "a number in the interval is greater than its end",
    "below_high": "a number in the interval is less than its end",
    "beta_int": "Euler's beta integral",
    "cases": "it holds in both cases",
    "cite": "an instance of a theorem",
    "congr": "equal terms in the same place",
    "deriv_chain": "the chain rule",
    "deriv_congr": "functions that agree on an interval have the same derivative in it",
    "deriv_limit": "difference quotients tend to the derivative",
    "deriv_sum": "the derivative of a finite sum is the sum of the derivatives",
    "differentiate": "the table of derivatives",
    "digamma_deriv": "the derivative of the gamma function",
    "disch": "an assumption becomes the premise of an implication",
    "exp_series": "the exponential series",
    "field": "both sides are equal by the arithmetic of fractions",
    "gamma_half": "the value of the gamma function at 1/2",
    "gamma_int": "the integral of the gamma function",
    "gen": "what holds for an arbitrary index holds for all",
    "iff_elim": "one direction of an equivalence",
    "iff_intro": "two implications are an equivalence",
    "in_above": "a number greater than the end lies in the interval",
    "in_below": "a number less than the end lies in the interval",
    "in_open": "a number between the ends lies in the interval",
    "in_reals": "every number is real",
    "inst": "an instance of an earlier line",
    "int_add": "the integral of a sum is the sum of the integrals",
    "int_ftc": "the fundamental theorem of calculus",
    "int_mono": "the larger function has the larger integral",
    "int_mul": "a constant factor is taken out of an integral",
    "int_null": "the integral of 0 is 0",
    "int_split": "the integral over an interval is the sum of the integrals over its two parts",
    "int_squeeze": "a function between others whose integrals tend to one number has this integral",
    "int_subst": "the substitution rule",
    "int_sum": "the integral of a finite sum is the sum of the integrals",
    "int_zero": "a differentiable function that is not negative and has the integral 0 is 0",
    "lt_of_le_ne": "at most, and not equal, is less",
    "mp": "an implication whose premise holds",
    "nat_in": "a natural number lies in the set of natural numbers",
    "nats_nonneg": "a natural number is not negative",
    "nats_shift": "a series is its first term and the series of the others",
    "nats_telescope": "the series telescopes",
    "open_high": "a number in the interval is less than its upper end",
    "open_low": "a number in the interval is greater than its lower end",
    "order": "the difference of both sides is a sum of multiples of what is known",
    "pos": "the sign follows from the signs of the parts",
    "rewrite": "equals replaced by equals",
    "spec": "what holds for all indices holds for one",
    "sum_add": "the sum of a sum is the sum of the sums",
    "sum_mono": "a sum of larger numbers is larger",
    "sum_mul": "a factor is taken out of a sum",
    "sum_one": "a sum of ones counts",
    "sum_swap": "two sums change places",
    "symm": "read from right to left",
    "trans": "two relations are read on",
    "unfold": "the definition of a symbol",
    "weaken": "a further assumption does no harm",
}
"""Rules in a few words each: those that are not axioms, and those about integrals and derivatives, many to an axiom."""


def rule_words(rule: str) -> str:
    """Return the description of a rule.

    Parameters
    ----------
    rule : str
        A rule of the kernel.

    Examples
    --------
    >>> rule_words("trans")
    'two relations are read on'
    >>> rule_words("log_mul")
    'the axiom log_mul'
    >>> rule_words("int_ftc")
    'the fundamental theorem of calculus'
    """
    return RULES[rule] if rule in RULES else f"the axiom {AXIOM_OF[rule]}"
