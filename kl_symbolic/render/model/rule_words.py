"""Descriptions of the kernel's rules for readers; their exact conditions are in ``kernel/rules.py``."""

from __future__ import annotations

from ...kernel.table import AXIOM_OF

__all__ = ["RULES", "rule_words"]

RULES = {
    "absurd": "from a contradiction everything follows",
    "antisymm": "two numbers, each at most the other, are equal",
    "assume": "it is assumed",
    "cases": "it holds in both cases",
    "cite": "an instance of a theorem",
    "congr": "equal terms in the same place",
    "disch": "an assumption becomes the premise of an implication",
    "field": "both sides are equal by the arithmetic of fractions",
    "gen": "what holds for an arbitrary index holds for all",
    "iff_elim": "one direction of an equivalence",
    "iff_intro": "two implications are an equivalence",
    "inst": "an instance of an earlier line",
    "lt_of_le_ne": "at most, and not equal, is less",
    "mp": "an implication whose premise holds",
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
"""The rules that are not axioms, in a few words each."""


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
    """
    return f"the axiom {AXIOM_OF[rule]}" if AXIOM_OF.get(rule) else RULES[rule]
