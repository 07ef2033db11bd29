"""Narratives, pages about several theorems in order: the formulas are those of the checked theorems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

__all__ = ["NARRATIVES", "Narrative"]


@final
@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative: several theorems with prose between them.

    Parameters
    ----------
    title : str
    names : dict of str to str
        The signatures of the names in the prose.
    parts : tuple of (str, str)
        ``("heading", text)``, ``("prose", text)`` with formulas between backticks, ``("cited", text)`` for what is proved
        elsewhere, ``("theorem", name)``, and ``("picture", name)`` for something to play with.
    brief : tuple of (str, str)
        The same on one page, where there is more than a page: ``("short", name)`` shows what a theorem says and the
        displayed lines of its derivation, ``("lines", name)`` only these lines.
    """

    title: str
    names: dict[str, str]
    parts: tuple[tuple[str, str], ...]
    brief: tuple[tuple[str, str], ...] = ()


NARRATIVES: dict[str, Narrative] = {
    "coin_flips": Narrative(
        "From coin flips to the Kullback–Leibler divergence",
        {
            "X": "set", "p": "X -> number", "q": "X -> number", "p1": "number", "p2": "number",
            "q1": "number", "q2": "number", "N": "number", "N_h": "number", "N_t": "number", "n": "number",
            "D": "number", "x": "number", "y": "number", "c": "number", "a1": "number", "b1": "number",
        },
        (
            ("heading", "Two coins, one sequence"),
            (
                "prose",
                "A true coin shows heads with probability `p1` and tails with probability `p2`. Another coin shows them "
                "with probabilities `q1` and `q2`. We see a sequence of flips and ask how much it speaks for the first "
                "coin and against the second. The natural answer is a ratio: how probable is just this sequence under "
                "each of them?",
            ),
            ("theorem", "flip_sequence"),
            ("heading", "Only the counts matter"),
            (
                "prose",
                "What happened for five flips happens for any number of flips, and for dice with any number of sides. "
                "Equal factors are collected, and the exponents are the counts.",
            ),
            ("theorem", "likelihood_of_counts"),
            ("heading", "Why the logarithm"),
            (
                "prose",
                "A product of a thousand factors is astronomically small, and its ratio to another one is astronomically "
                "small or large. The logarithm turns the product into a sum, so that each flip adds its own share of "
                "evidence, and shares can be averaged.",
            ),
            (
                "prose",
                "No other function does that, as the page `why_log` says. Call `-log(x)` the surprise at an event of "
                "probability `x`. Surprises of independent events add up:",
            ),
            ("theorem", "entropy_surprise"),
            ("theorem", "surprise_additive"),
            ("heading", "The log of the ratio, per flip"),
            (
                "prose",
                "After `N` flips with `N_h` heads and `N_t` tails the ratio of the two probabilities has this logarithm, "
                "divided by the number of flips. The formula is exact for every `N`.",
            ),
            ("theorem", "coin_flips_finite"),
            ("heading", "As the number of flips grows"),
            (
                "prose",
                "If the first coin is the true one, then the frequency of heads tends to `p1`. Nothing more is needed, "
                "and nothing is assumed about tails.",
            ),
            ("theorem", "coin_flips"),
            ("picture", "coins"),
            (
                "prose",
                "The number on the right is the Kullback–Leibler divergence of the two coins. How far the average is "
                "from it after `N` flips is exactly linear in the frequency of heads:",
            ),
            ("theorem", "coin_flips_deviation"),
            ("heading", "Any number of outcomes"),
            (
                "prose",
                "For any finite number of outcomes the same argument gives `sum(i in X: p[i]*log(p[i]/q[i]))`, the "
                "divergence `kl(p, q)` in general; where `p[i]` is 0 the summand is 0.",
            ),
            ("theorem", "die_rolls"),
            ("theorem", "kl_excess_surprise"),
            ("heading", "What it means"),
            (
                "prose",
                "The evidence grows exponentially: after `n` flips the ratio is about `exp(n*D)`, where `D` is the "
                "divergence.",
            ),
            ("theorem", "evidence_growth"),
            (
                "prose",
                "And the second coin can hardly imitate the first. In the following statement `L` is the log of the "
                "ratio on a finite sample space and `e` is the indicator of an event on which it is at least as large "
                "as it should be.",
            ),
            ("theorem", "change_of_measure"),
            ("heading", "Never negative, and zero only for the same coin"),
            ("theorem", "kl_nonneg"),
            ("theorem", "kl_eq_zero_iff"),
            ("heading", "Not a distance"),
            (
                "prose",
                "Although it is zero only between equal distributions, it is not a distance: it is not symmetric, and the "
                "triangle inequality fails.",
            ),
            ("theorem", "kl_not_symm"),
            ("theorem", "kl_not_metric"),
            ("heading", "Cross-entropy, the loss of machine learning"),
            (
                "prose",
                "A model `q` that is fitted to data from `p` pays `-log(q[i])` when `i` occurs. Its mean loss is the "
                "cross-entropy, the entropy of the data plus the divergence of the model from the truth.",
            ),
            ("theorem", "cross_entropy_identity"),
            ("theorem", "cross_entropy_min"),
            ("heading", "Without any assumption about frequencies"),
            (
                "prose",
                "That frequencies tend to probabilities was a hypothesis above. It can be replaced by probability "
                "itself: on average the log-ratio per flip is the divergence for every number of flips, and with "
                "pairwise independent flips it is rarely far from it.",
            ),
            ("theorem", "expected_llr"),
            ("theorem", "llr_concentration"),
            ("heading", "From sums to integrals"),
            (
                "prose",
                "A coin has two outcomes, a measurement has a continuum of them. Cut the line at a point `c`, and record "
                "only on which side of it the measurement falls. That is a coin again: call it heads below `c`, with the "
                "probability `a1` under one density and `b1` under the other. All that was said of coins holds for this "
                "one, and its divergence is at most that of the densities, the integral of p(x) log(p(x)/q(x)):",
            ),
            ("theorem", "kl_two_cells"),
            (
                "prose",
                "A histogram with more cells cannot tell less, since merging cells cannot increase the divergence "
                "(`kl_map_le`); in the integral there are no cells any more. It is to densities what the sum is to coins, "
                "and the proofs are the same: what held for each outcome holds at each point, and is integrated instead "
                "of added up. Only that the integrals exist has to be assumed now.",
            ),
            ("theorem", "density_kl_nonneg"),
        ),
        brief=(
            (
                "prose",
                "A true coin shows heads with probability `p1` and tails with probability `p2`; another coin with `q1` "
                "and `q2`, all of them positive. How much does a sequence of flips speak for the first coin and against "
                "the second?",
            ),
            ("heading", "The flips and their ratio"),
            (
                "prose",
                "The flips H, H, T, H, T are independent, so their probabilities multiply. The ratio of the two products "
                "depends on the counts alone:",
            ),
            ("lines", "flip_sequence"),
            ("heading", "Its logarithm, per flip"),
            (
                "prose",
                "The logarithm turns the product into a sum, in which each flip adds its own share of evidence. After `N` "
                "flips with `N_h` heads and `N_t` tails, exactly:",
            ),
            ("lines", "coin_flips_finite"),
            ("heading", "The limit"),
            ("short", "coin_flips"),
            ("picture", "coins"),
            ("heading", "What it means"),
            (
                "prose",
                "The limit is the Kullback–Leibler divergence of the two coins, in general "
                "`kl(p, q) = sum(i in X: p[i]*log(p[i]/q[i]))`: the evidence that one flip of the true coin brings on "
                "average. After `n` flips the ratio is about `exp(n*D)`, where `D` is this number. It is never negative "
                "(`kl_nonneg`), and 0 only when the coins are equal (`kl_eq_zero_iff`); it is not symmetric "
                "(`kl_not_symm`).",
            ),
            (
                "prose",
                "The full telling has these theorems and more, each with its derivation and what it rests on: `--full` on "
                "the command line, `full=True` in Python.",
            ),
        ),
    ),
    "why_log": Narrative(
        "Why the logarithm",
        {"x": "number", "y": "number", "n": "number"},
        (
            (
                "prose",
                "Evidence should add up: what two independent observations say together is what the one says and what "
                "the other says. Probabilities of independent events are multiplied, so evidence is a function of them "
                "that turns products into sums. Two facts about this function carry every theorem about divergence in "
                "the library, and both are axioms of its kernel: `log(x*y) = log(x) + log(y)` and `log(x) <= x - 1`, for "
                "positive numbers.",
            ),
            ("heading", "They determine the logarithm"),
            (
                "cited",
                "Let f be any function of positive numbers with f(xy) = f(x) + f(y) and f(x) ≤ x − 1. By the first "
                "property, f(x) is n times the value of f at `x^(1/n)`, for every n ≥ 1. By the second one, therefore, "
                "f(x) is at most `n*(x^(1/n) - 1)`, which tends to `log(x)` as n grows; so f(x) is at most `log(x)`. The "
                "same at `1/x` shows that −f(x) = f(1/x) is at most `log(1/x) = -log(x)`, so f(x) is at least `log(x)`. "
                "So f is the natural logarithm.",
            ),
            (
                "prose",
                "The argument applies the first property n times, for every n, and the kernel has no induction with "
                "which to do that. So it is prose here. No proof needs it; it shows that the two facts determine the "
                "logarithm, so that nothing else was assumed about it. The first "
                "fact alone leaves the base open and has other, discontinuous solutions; the second one excludes both.",
            ),
            ("heading", "What follows at once"),
            ("theorem", "log_one"),
            ("theorem", "log_div"),
            ("theorem", "log_pow"),
            (
                "prose",
                "The second fact is an equality at one point only. Every equality case in the library comes from this.",
            ),
            ("theorem", "log_eq_sub_one_iff"),
        ),
    ),
}  # fmt: skip
"""The pages: by the name of the theorem that they are about, or by a name of their own."""
