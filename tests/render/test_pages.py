"""Outlines and pages: chains, hypotheses, notes, the UNCHECKED mark, bases, escaping."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.kernel.table import AXIOM_OF, SCHEMES
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.render.html import Surroundings
from kl_symbolic.render.latex.aligned import math_text
from kl_symbolic.render.model import Document, Provenance, document_of_theorem
from kl_symbolic.render.model.bases import scales
from kl_symbolic.render.model.displays import Display
from kl_symbolic.render.model.document import Aligned, Heading, Prose, leaves
from kl_symbolic.render.model.notation import Paragraph, Value
from kl_symbolic.render.model.notes import AXIOMS
from kl_symbolic.render.model.provenance import EXAMPLE, UNUSED

from ..support.render_samples import (
    divergence,
    draft,
    inverse_limit,
    shown,
    sum_of_fractions,
    to_formula,
    to_html,
    to_latex,
    to_markdown,
    to_text,
    told,
)  # fmt: skip

FORMATS = (to_text, to_latex, to_markdown, to_formula)
NUMBERS = dict.fromkeys("abcdelpq", "number")
FAMILIES = {"X": "set", "p": "X -> number", "q": "X -> number"}


def derivation(page: Document) -> list[Aligned | Heading | Prose]:
    """Return the headings, the prose and the displayed lines of a derivation."""
    blocks = leaves(page.blocks)
    kinds = [b for b in blocks if isinstance(b, Aligned | Heading | Prose)]
    return [b for b in kinds if not (isinstance(b, Heading) and b.name) and not (isinstance(b, Prose) and b.small)]


def displays(page: Document) -> list[Display]:
    return [b.display for b in derivation(page) if isinstance(b, Aligned) and b.lines]


def assumed(names: dict[str, str], *hypotheses: str, steps: Sequence[int] = ()) -> CheckedTheorem:
    scope = [n for h in hypotheses for n in re.findall(r"\w+", h)]
    used = {
        n: s for n, s in names.items() if n in scope or (s == "set" and any(n in names[m] for m in scope if m in names))
    }
    return shown(used, hypotheses, [["step", k, f"step {k}"] for k in steps])


def body(theorem: CheckedTheorem) -> str:
    """Return what stands between the statement and the axioms."""
    page = to_text(theorem)
    return (
        page.partition("Then\n\n")[2]
        .partition("\n\n")[2]
        .partition("\n\nWhat it rests on.")[0]
        .partition("\n\nThis proves")[0]
    )


# --- chains --------------------------------------------------------------------------------------------------------


def test_equalities_that_continue_one_another_are_one_chain() -> None:
    theorem = assumed(NUMBERS, "a = b", "b = c", "c = d", "d = e", steps=[0, 1, 2])
    assert body(theorem) == "  a\n    = b   step 0\n    = c   step 1\n    = d   step 2"


def test_inequalities_join_a_chain_and_other_statements_do_not() -> None:
    theorem = assumed(NUMBERS, "a = b", "b <= c", "c < d", "d != e", "e = l", steps=[0, 1, 2, 3, 4])
    expected = "  a\n    = b   step 0\n    ≤ c   step 1\n    < d   step 2\n\n  d ≠ e   step 3\n\n  e = l   step 4"
    assert body(theorem) == expected


def test_a_step_that_does_not_begin_where_the_last_ended_begins_anew() -> None:
    theorem = assumed(NUMBERS, "a = b", "a = c", "c = d", steps=[0, 1, 2])
    assert [len(d.rows) for d in displays(document_of_theorem(theorem))] == [1, 2]


def test_prose_and_headings_end_a_chain() -> None:
    names = dict.fromkeys("abc", "number")
    story = [["step", 0, "one"], ["prose", "And then:"], ["step", 1, "two"], ["heading", "End"]]
    pieces = derivation(document_of_theorem(shown(names, ["a = b", "b = c"], story)))
    assert [type(p).__name__ for p in pieces] == ["Aligned", "Prose", "Aligned", "Heading"]


def test_equivalences_are_one_chain_with_brackets_where_they_would_run_on() -> None:
    names = {**FAMILIES, "a": "number", "b": "number"}
    theorem = assumed(
        names, "a = b <=> forall i in X: p[i] = q[i]", "(forall i in X: p[i] = q[i]) <=> b = a", steps=[0, 1]
    )
    assert body(theorem) == "  a = b\n    ⇔ (∀i∈X: p_i = q_i)   step 0\n    ⇔ b = a               step 1"


def test_a_chain_for_all_indices_says_so_in_front() -> None:
    theorem = assumed(
        {**FAMILIES, "r": "X -> number", "a": "number"},
        "forall i in X: p[i] = q[i]",
        "forall i in X: q[i] = r[i]",
        "0 < a",
        steps=[0, 1],
    )
    assert body(theorem) == "For all i ∈ X:\n\n  p_i\n    = q_i   step 0\n    = r_i   step 1"


def test_chains_under_different_guards_are_apart() -> None:
    theorem = assumed(
        {**FAMILIES, "r": "X -> number"},
        "forall i in X: 0 < p[i] => p[i] = q[i]",
        "forall i in X: q[i] = r[i]",
        steps=[0, 1],
    )
    assert body(theorem) == "  p_i = q_i for all i ∈ X with 0 < p_i   step 0\n\n  q_i = r_i for all i ∈ X   step 1"


def test_for_all_stands_in_front_of_what_it_could_be_read_into() -> None:
    theorem = assumed(FAMILIES, "forall i in X: (p[i] = 0 <=> q[i] = 0)", "forall i in X: p[i] = q[i]", steps=[0, 1])
    page = to_text(theorem)
    assert "  • for all i ∈ X: p_i = 0 ⇔ q_i = 0" in page
    assert body(theorem) == "For all i ∈ X:\n\n  p_i = 0 ⇔ q_i = 0   step 0\n\n  p_i = q_i for all i ∈ X   step 1"


def test_equalities_for_every_positive_n_end_in_a_limit() -> None:
    page = to_text(inverse_limit())
    chain = "For all n ≥ 1:\n\n  1·1/n\n    = 1/n          one is neutral\n    → 0  (n → ∞)   the powers of n win\n"
    assert chain in page
    assert r"& \longrightarrow 0 \quad (n \to \infty) && \quad \text{the powers of n win}" in to_latex(inverse_limit())


@pytest.mark.parametrize(
    ("first", "second", "chained"),
    [
        ("forall n in Nat: u[n] = v[n]", "lim(n: v[n]) -> a", True),
        ("forall n in Nat: 0 < n => u[n] = v[n]", "lim(n: v[n]) -> a", True),
        # n is not arbitrary, or the relation is not an equality
        ("forall n in Nat: n < a => u[n] = v[n]", "lim(n: v[n]) -> a", False),
        ("forall n in Nat: u[n] <= v[n]", "lim(n: v[n]) -> a", False),
        ("forall n in Nat: u[n] = v[n]", "lim(n: u[n]) -> a", False),
    ],
)
def test_a_limit_continues_equalities_that_hold_for_every_n(first: str, second: str, chained: bool) -> None:
    names = {"u": "Nat -> number", "v": "Nat -> number", "a": "number"}
    theorem = assumed(names, first, second, steps=[0, 1])
    assert [len(d.rows) for d in displays(document_of_theorem(theorem))] == ([2] if chained else [1, 1])


def test_only_an_equality_continues_a_limit() -> None:
    names = {"u": "Nat -> number", "a": "number", "b": "number"}
    for relation, rows in (("=", [2]), ("<=", [1, 1])):
        theorem = assumed(names, "lim(n: u[n]) -> a", f"a {relation} b", steps=[0, 1])
        assert [len(d.rows) for d in displays(document_of_theorem(theorem))] == rows


def test_what_a_line_assumes_and_its_own_indices_stand_in_front() -> None:
    from ..support.render_samples import theorem

    names = {"X": "set", "h": "X", "p": "X -> number", "a": "number", "x": "number"}
    rows = [
        ("assume", ["statement: p[h] = a"], ()),
        ("symm", [], (0,)),
        ("disch", ["statement: p[h] = a"], (1,)),
        ("gen", ["h"], (2,)),
        ("assume", ["statement: a <= x"], ()),
        ("disch", ["statement: a <= x"], (4,)),
        ("mp", [], (5, 4)),
        ("disch", ["statement: a <= x"], (6,)),
    ]
    story = [["step", 1, "read backwards"]]
    goal = "forall i in X: p[i] = a => a = p[i]"
    names.pop("x")
    found = theorem(names, [], goal, rows[:4], story)
    assert "For all h ∈ X with p_h = a:\n\n  a = p_h   read backwards" in to_text(found)


def test_assumptions_of_consecutive_displays_are_said_again() -> None:
    from ..support.render_samples import theorem

    rows = [
        ("assume", ["statement: a = b"], ()),
        ("symm", [], (0,)),
        ("disch", ["statement: a = b"], (1,)),
    ]
    names = {"a": "number", "b": "number"}
    found = theorem(names, [], "a = b => b = a", rows, [["step", 0, "given"], ["prose", "So"], ["step", 1, "back"]])
    assert to_text(found).count("Assuming a = b:") == 2
    found = theorem(names, [], "a = b => b = a", rows, [["step", 0, "given"], ["step", 0, "given"], ["step", 2, "so"]])
    page = to_text(found)
    assert (
        "Assuming a = b:\n\n  a = b   given\n\nAgain assuming a = b:\n\n  a = b   given\n\n  a = b ⇒ b = a   so" in page
    )


# --- hypotheses, notes, closing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "hypotheses", "expected"),
    [
        (NUMBERS, ["0 < a", "0 < b", "0 <= c", "a = b"], ["0 < a, b", "0 ≤ c", "a = b"]),
        (NUMBERS, ["0 < a", "a < 1", "0 < b"], ["0 < a < 1", "0 < b"]),
        (NUMBERS, ["0 < a", "0 < b", "b < 1"], ["0 < a, b", "b < 1"]),
        (NUMBERS, ["a < b", "a < c"], ["a < b", "a < c"]),
        (NUMBERS, ["0 < a + b", "0 < c"], ["0 < a + b", "0 < c"]),
        (NUMBERS, ["a = b => b = c", "0 < a"], ["a = b ⇒ b = c", "0 < a"]),
        (
            FAMILIES,
            ["forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]", "sum(i in X: p[i]) = 1"],
            ["0 < p_i, q_i for all i ∈ X", "Σ_i p_i = 1"],
        ),
        (FAMILIES, ["forall i in X: 0 < p[i]", "0 < card(X)"], ["0 < p_i for all i ∈ X", "0 < |X|"]),
        (FAMILIES, ["forall i in X: q[i] = 0 => p[i] = 0"], ["p_i = 0 for all i ∈ X with q_i = 0"]),
        (
            {"u": "X, Nat -> number", "p": "X -> number", "X": "set"},
            ["forall n in Nat: 0 < n => sum(i in X: u[i, n]) = n", "forall i in X: lim(n: u[i, n]/n) -> p[i]"],
            ["Σ_i u_i(n) = n for all n ≥ 1", "u_i(n)/n → p_i as n → ∞, for all i ∈ X"],
        ),
        (
            {"T": "set", "X": "set", "x": "T -> X", "c": "X, X -> number"},
            ["forall s in T: forall t in T: forall i in X: delta(s, t) = 0 => c[i, x(s)] = c[i, x(t)]"],
            ["c[i, x_t] = c[i, x_s] for all t, s ∈ T and i ∈ X with δ(t, s) = 0"],
        ),
    ],
)
def test_hypotheses_in_a_readers_form(names: dict[str, str], hypotheses: list[str], expected: list[str]) -> None:
    page = to_text(assumed(names, *hypotheses))
    assert re.findall(r"  • (.*)", page.partition("Then")[0]) == expected


def test_the_setting_names_everything_in_the_statement() -> None:
    names = {"X": "set", "T": "set", "x": "T -> X", "h": "X", "p": "X -> number", "b": "number", "u": "Nat -> number"}
    theorem = shown(names, ["forall t in T: p[x(t)] = p[h]", "lim(n: u[n]) -> b"])
    setting = "Let T and X be finite sets, b a real number, p : X → ℝ, u : ℕ → ℝ, h ∈ X and x : T → X."
    assert to_text(theorem).split("\n\n")[1].startswith(setting)


def test_defined_symbols_and_conventions_are_stated_once() -> None:
    page = to_text(divergence())
    assert page.count("Here D(p‖q) := Σ_i p_i log(p_i/q_i).") == 1
    assert page.count("0 log 0 := 0") == 1
    assert "\n    = Σ_i (p_i log p_i - p_i log q_i)   and of its summands\n" in page


def test_a_product_with_a_log_and_xlogy_are_not_printed_alike() -> None:
    theorem = assumed({"a": "number", "b": "number"}, "0 < b", "xlogy(a, b) = a*log(b)")
    page = to_text(theorem)
    assert "xlogy(a, b) = a log b" in page and "0 log 0" not in page
    assert "The value of xlogy(a, b) is 0 where a = 0, and a log b where 0 < b." in page
    alone = to_text(assumed({"a": "number", "b": "number"}, "0 < b", "xlogy(a, b) = 0"))
    assert "a log b = 0" in alone and "As usual 0 log 0 := 0: a term x log y counts as 0 where x = 0." in alone


def test_counts_and_indicators_are_explained() -> None:
    names = {"T": "set", "X": "set", "x": "T -> X", "p": "X -> number"}
    page = to_latex(assumed(names, "prod(t in T: p[x(t)]) = prod(i in X: p[i]^count(x, i))"))
    assert r"\prod_{t} p_{x_t} = \prod_{i} p_i^{N_i}" in page
    assert page.count(r"Here $N_i := \sum_{t} \delta(x_t, i)$.") == 1
    assert r"The indicator $\delta(i, j)$ is 1 where its two indices are equal" in page


def test_definitions_use_letters_that_mean_nothing_else() -> None:
    page = to_text(assumed({"p": "number", "a": "number"}, "binary_kl(p, 1/2) = binary_kl(a, p)"))
    assert "Here d(a‖b) := a log(a/b) + (1 - a) log((1 - a)/(1 - b))." in page
    page = to_text(assumed({"X": "set", "a": "X -> number"}, "forall i in X: binary_kl(a[i], 1/2) = 0"))
    assert "Here d(x‖b) := x log(x/b) + (1 - x) log((1 - x)/(1 - b))." in page


JOINT = {"X": "set", "Y": "set", "Z": "set", "s": "X, Y, Z -> number"}


def test_symbols_of_variables_are_explained_about_these_variables() -> None:
    marginals = "joint_entropy(i in X: k in Z: sum(j in Y: s[i, j, k])) = joint_entropy(j in Y: k in Z: sum(i in X: s[i, j, k]))"
    page = to_text(assumed(JOINT, marginals))
    assert "Here H(X, Z) := -Σ_{i∈X} Σ_{j∈Z} (Σ_{k∈Y} s_ikj) log(Σ_{k∈Y} s_ikj) and likewise\nH(Y, Z)." in page


def test_the_same_letter_for_families_and_for_variables_is_explained_twice() -> None:
    names = {"X": "set", "Y": "set", "p": "X -> number", "r": "X, Y -> number"}
    page = to_text(assumed(names, "entropy(i in X: sum(j in Y: r[i, j])) <= entropy(p)"))
    assert "H(p) := -Σ_{i∈X} p_i log p_i; and H(X) := -Σ_{i∈X} (Σ_{j∈Y} r_ij) log(Σ_{j∈Y} r_ij)." in " ".join(
        page.split()
    )


def test_long_definitions_are_displayed() -> None:
    theorem = assumed(JOINT, "0 <= cond_mutual_info(s)")
    assert "Here\n\n  I(X;Y|Z)\n    := Σ_{i∈X} Σ_{j∈Y} Σ_{k∈Z} (" in to_text(theorem)
    assert "Here\n\n```math\n\\begin{aligned}\n& I(X; Y \\mid Z)" in to_markdown(theorem)
    assert "Here\n\\[\n\\begin{aligned}\n& I(X; Y \\mid Z)" in to_latex(theorem)


def test_a_family_with_positions_is_explained_with_a_letter_of_its_own() -> None:
    names = {"X": "set", "Y": "set", "q": "X, Y -> number", "r": "X, X -> number"}
    page = to_text(assumed(names, "joint_entropy(i in X: j in Y: 2*q[i, j]) = cond_entropy(r)"))
    assert "H(u) := -Σ_{i∈X} Σ_{j∈Y} u_ij log u_ij" in page  # r is something else on this page
    assert "H_{1|2}(r) := " in page


def test_a_statement_without_names_is_simply_said() -> None:
    theorem = assumed({}, "0 < 1")
    assert "Let" not in to_text(theorem) and "Assume\n  • 0 < 1\nThen" in to_text(theorem)
    alone = inverse_limit()
    assert "\nAlways\n\n  1·1/n → 0" in to_text(alone)
    assert "\\textbf{Theorem.}\n\\[" in to_latex(alone) and "**Theorem.**\n\n```math" in to_markdown(alone)


def test_the_statement_is_said_once_more_unless_it_was_said_last() -> None:
    assert "This proves\n\n  a/b + c/b = (c + a)/b" in to_text(sum_of_fractions())
    assert "This proves" not in to_text(sum_of_fractions([["step", 3, "together"]]))
    assert "This proves" not in to_text(sum_of_fractions([]))


def test_every_axiom_of_the_kernel_is_explained() -> None:
    assert set(AXIOMS) == set(AXIOM_OF.values()) - {""}
    assert all("`" not in shown or shown.count("`") % 2 == 0 for shown in AXIOMS.values())
    assert {"log_mul", "log_le"} <= {row[0] for row in SCHEMES.values()}


# --- what is known beside the proof ---------------------------------------------------------------------------------


def known(**changes: Any) -> Provenance:
    example: Paragraph = ("For ", Value("b", "=", "1/2", "1/2"), ": it holds.")
    facts: dict[str, Any] = {"badges": ("kernel", "50 digits"), "source": "P_1 & Q, 1948.", "used_by": ("x_y", "z")}
    return Provenance(**{**facts, "example": lambda notation: (example,), "linked": True, **changes})


def test_a_provenance_in_every_format() -> None:
    theorem = sum_of_fractions()
    markdown = to_markdown(theorem, provenance=known())
    assert markdown.startswith("# sum\\_of\\_fractions\n\n*kernel · 50 digits*\n\n**Theorem.**")
    assert "**Where it is used.** [`x_y`](x_y.md), [`z`](z.md).\n" in markdown
    assert f"**{EXAMPLE}** For $`b = 1/2`$: it holds.\n" in markdown
    assert markdown.endswith("**Source.** P\\_1 &amp; Q, 1948.\n")
    latex = to_latex(theorem, provenance=known())
    assert r"\textit{kernel ${\cdot}$ 50 digits}" in latex
    assert r"\textbf{Where it is used.} \texttt{x\_y}, \texttt{z}." in latex
    assert rf"\textbf{{{EXAMPLE}}} For $b = 1/2$: it holds." in latex
    assert r"\textbf{Source.} P\_1 \& Q, 1948." in latex
    text = to_text(theorem, provenance=known())
    assert "\n\nkernel · 50 digits\n\n" in text
    assert f"\n\nWhere it is used. x_y, z.\n\n{EXAMPLE}\n  • For b = 1/2: it holds.\n\nSource. P_1 & Q, 1948.\n" in text


def test_the_versions_for_sums_and_for_integrals_lead_to_each_other_in_every_format() -> None:
    theorem = sum_of_fractions()
    there = known(finite=(("Gibbs' inequality", "kl_nonneg"),))
    assert "**The finite version.** Gibbs' inequality, [`kl_nonneg`](kl_nonneg.md).\n" in to_markdown(
        theorem, provenance=there
    )
    assert "\n\nThe finite version. Gibbs' inequality, kl_nonneg.\n" in to_text(theorem, provenance=there)
    latex = to_latex(theorem, provenance=there)
    assert r"\textbf{The finite version.} Gibbs' inequality, \texttt{kl\_nonneg}." in latex
    page = to_html(theorem, Surroundings(frozenset({"kl_nonneg"}), ""), provenance=there)
    assert '<strong>The finite version.</strong> Gibbs&#x27; inequality, <a href="kl_nonneg.html"><code>kl_n' in page
    back = known(densities=(("One", "a_b"), ("Two", "c")), linked=False)
    assert "\n\nFor densities. One, a_b; Two, c.\n" in to_text(theorem, provenance=back)
    assert "For densities" not in to_text(theorem, provenance=there)
    assert "The finite version" not in to_text(theorem, provenance=known())


def test_lemmas_are_links_only_where_each_has_a_page() -> None:
    theorem = library.theorem("exp_log")
    assert "[`log_div`](log_div.md)" in to_markdown(theorem, provenance=known())
    assert "`log_div`" in to_markdown(theorem, provenance=known(linked=False))
    assert "](" not in to_markdown(theorem, provenance=known(linked=False)) + to_markdown(theorem)
    alone = to_markdown(theorem, provenance=known(used_by=(), source=""))
    assert UNUSED in alone and "Source" not in alone


def test_nothing_is_known_of_what_was_not_checked() -> None:
    for page in (draft(sum_of_fractions()), document_of_theorem(sum_of_fractions(), checked=False, provenance=known())):
        for shown_ in (to_text(page), to_markdown(page), to_latex(page)):
            assert "50 digits" not in shown_ and "1948" not in shown_


def test_an_example_is_about_natural_logarithms() -> None:
    assert EXAMPLE in to_text(divergence(), provenance=known())
    assert EXAMPLE not in to_text(divergence(), base=2, provenance=known())


def test_a_brief_provenance_links_and_says_no_more() -> None:
    page = to_markdown(sum_of_fractions(), provenance=known(brief=True))
    assert page.endswith("More about [`sum_of_fractions`](sum_of_fractions.md).\n")
    for shown_ in (page, to_text(sum_of_fractions(), provenance=known(brief=True))):
        assert "50 digits" not in shown_ and "it holds" not in shown_ and "1948" not in shown_


def test_what_a_story_cites_is_marked() -> None:
    page = SimpleNamespace(title="T", names={"x": "number"}, parts=(("cited", "That `x` is so."),))
    find = library.theorem
    assert "\n\nCited, not proved here. That x is so.\n" in to_text(told(page, find))
    assert "\n\n> **Cited, not proved here.** That $`x`$ is so.\n" in to_markdown(told(page, find))
    assert "\\begin{quote}\n\\textbf{Cited, not proved here.} That $x$ is so.\n" in to_latex(told(page, find))


# --- checked or not -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("show", FORMATS)
def test_what_is_not_a_checked_theorem_says_unchecked(show: Any) -> None:
    theorem = sum_of_fractions()
    assert "UNCHECKED" not in show(theorem) and "UNCHECKED" not in show(document_of_theorem(theorem))
    assert "UNCHECKED" in show(document_of_theorem(theorem, checked=False))
    # saying that it is checked does not help
    assert "UNCHECKED" in show(draft(theorem)) and "UNCHECKED" in show(
        document_of_theorem(draft(theorem), checked=True)
    )


def test_an_unchecked_page_claims_nothing() -> None:
    for show in (to_text, to_latex, to_markdown):
        page = show(draft(sum_of_fractions()))
        assert "This would prove" in page and "This proves" not in page
        assert "Theorem" not in page and "replayed" not in page


# --- bases ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("log(a*b) = log(a) + log(b)", True),
        ("log(a)^2 <= 3*log(a)*log(b)", True),
        ("log(a)/log(b) = 2", True),
        ("abs(log(a)) < -log(b)", True),
        ("0 <= log(a)", True),
        ("xlogy(a, b) = a*log(b)", True),
        ("binary_kl(a, b) = rel_entr(a, b) + 0", True),
        ("a = b <=> log(a) = log(b)", True),
        ("a = b", True),
        ("log(a) <= a - 1", False),
        ("a = exp(log(a))", False),
        ("log(log(a)) = 0", False),
        ("log(a)^b = 0", False),
        ("2^log(a) = b", False),
        ("log(a)^(1/2) = 0", False),
        ("log(a) = 1 => a = b", False),
        ("log(a)*log(b) = log(a)", False),
        ("log(a) = log(a)/0", False),
    ],
)
def test_which_lines_keep_their_form_in_another_base(statement: str, expected: bool) -> None:
    node = parse(statement, "statement", declare({"a": "number", "b": "number"}))
    assert scales([node]) is expected


def test_families_scale_term_by_term() -> None:
    scope = declare({**FAMILIES, "c": "number"})
    good = "cross_entropy(p, q) = entropy(p) + kl(p, q)"
    bad = "kl(p, q) = c"
    limit = "lim(n: log(c)/n) -> 0"
    every = "forall i in X: p[i]*log(p[i]) <= kl(p, q)"
    assert [scales([parse(s, "statement", scope)]) for s in (good, bad, limit, every)] == [True, False, True, True]


def test_another_base_is_shown_where_every_line_allows_it() -> None:
    theorem = divergence()
    assert r"\log_{2}" in to_latex(theorem, base=2).replace(r"\log_2", r"\log_{2}")
    page = to_text(theorem, base=2)
    assert "p_i log₂(p_i/q_i)" in page and "in bits" in page and "natural logarithms" in page
    assert "log(" not in page


def test_otherwise_only_the_conversion_is_stated() -> None:
    theorem = assumed({"a": "number"}, "0 < a", "log(a) <= a - 1")
    page = to_text(theorem, base=2)
    assert "log a ≤ a - 1" in page and "log₂" not in page
    assert "All logarithms on this page are natural" in page and "divided by log 2." in page.replace("\n", " ")
    # a formula in the prose counts too
    prose = shown({"a": "number", "b": "number"}, ["log(a) = log(b)"], [["prose", "As `log(a) <= a - 1`."]])
    assert "log₂" not in to_text(prose, base=2)
    assert "log₂ a = log₂ b" in to_text(shown({"a": "number", "b": "number"}, ["log(a) = log(b)"]), base=2)


def test_a_page_without_logarithms_says_nothing_about_bases() -> None:
    assert to_text(sum_of_fractions(), base=2) == to_text(sum_of_fractions())


@pytest.mark.parametrize(
    ("base", "error"), [(1, ValueError), (0, ValueError), (1001, ValueError), (True, TypeError), (2.0, TypeError)]
)
def test_a_base_that_cannot_be_shown_is_refused(base: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="expected"):
        document_of_theorem(divergence(), base=base)
    assert "log₁₀" in to_text(divergence(), base=10)


# --- escaping, breaking ----------------------------------------------------------------------------------------------

HOSTILE = (
    r"<script>alert(1)</script> \input{/etc/passwd} 100% & #1 $x$ ~^ a_b *c* [d](e) |f| \end{document} é ∮ “q” → ₂"
)
HOSTILE_STORY = [["heading", HOSTILE], ["prose", HOSTILE + " `\\write18{x}` `<b>`"], ["step", 1, HOSTILE]]


def test_latex_from_users_is_text() -> None:
    page = to_latex(sum_of_fractions(HOSTILE_STORY), standalone=True)
    outside = re.sub(r"\\\[.*?\\\]", "", page, flags=re.DOTALL)
    for command in (r"\input", r"\write", "$x$", "100% ", " & ", " #1", "a_b", "<script"):
        assert command not in outside
    assert page.count(r"\end{document}") == 1 and page.endswith("\\end{document}\n")
    assert r"\textbackslash{}input\{/etc/passwd\} 100\% \& \#1 \$x\$" in page
    assert r"\mathrm{U{+}222E}" in page and r"\texttt{U+222E}" in page
    assert page.isascii() or set(page) - {chr(k) for k in range(128)} == {"é"}


def test_markdown_from_users_is_text() -> None:
    page = to_markdown(sum_of_fractions(HOSTILE_STORY))
    fences = re.findall(r"```math\n.*?\n```", page, re.DOTALL)
    outside = re.sub(r"```math\n.*?\n```|\$`.*?`\$|`[^`]*`", "", page, flags=re.DOTALL)
    assert "<script" not in outside and "&lt;script&gt;" in outside
    assert r"\*c\*" in outside and r"\[d\](e)" in outside and r"\|f\|" in outside
    assert "<span>$</span>x<span>$</span>" in outside
    assert all(r"\input" not in f and "{<}" in f for f in fences if "script" in f) and any(
        "script" in f for f in fences
    )


@pytest.mark.parametrize(
    ("text_", "expected"),
    [
        ("1. first", r"1\. first"),
        ("- minus", r"\- minus"),
        ("    code", "code"),
        ("# title", r"\# title"),
        ("> quote", r"&gt; quote"),
        ("===", r"\==="),
    ],
)
def test_a_paragraph_of_markdown_is_a_paragraph(text_: str, expected: str) -> None:
    assert f"\n\n{expected}\n\n" in to_markdown(sum_of_fractions([["prose", text_]]))


def test_the_terminal_gets_no_control_characters() -> None:
    page = to_text(sum_of_fractions(HOSTILE_STORY))
    assert page.replace("\n", "").isprintable() and "<script>" in page


def test_reasons_in_mathematics_use_no_macro_inside_text() -> None:
    assert math_text(r"a\b _c") == r"\text{a}\backslash\text{b }\_\text{c}"
    assert math_text("ε → 0") == r"\varepsilon\text{ }{\to}\text{ 0}"
    assert math_text("plain") == r"\text{plain}"
    for text_ in re.findall(r"\\text\{([^{}]*)\}", to_latex(sum_of_fractions(HOSTILE_STORY))):
        assert not set(text_) & set("\\_%&#$^~<>|{}")


def long_sum() -> CheckedTheorem:
    names = {f"alpha_{c}": "number" for c in "abcdefghjkm"}
    total = " + ".join(f"alpha_{c}*alpha_a/(alpha_{c} + 1)" for c in "abcdefghjkm")
    return assumed(names, f"{total} = 0", f"0 < {total}", "0 < alpha_a", steps=[0, 1])


def test_long_lines_are_broken_before_plus() -> None:
    page = to_text(long_sum(), width=60)
    assert max(map(len, page.splitlines())) <= 60
    latex = to_latex(long_sum())
    assert re.search(r"\\\\\n& (\\quad )?\\qquad \+ ", latex)


def test_a_reason_that_does_not_fit_stands_below() -> None:
    reason = "because " + "so many words " * 12
    page = to_text(sum_of_fractions([["step", 1, reason.strip()]]))
    assert "  a/b + c/b = (a + c)/b\n        because so many" in page
    assert max(map(len, page.splitlines())) <= 88


def test_the_width_is_checked() -> None:
    with pytest.raises(ValueError, match="at least 40, got 39"):
        to_text(sum_of_fractions(), width=39)
    assert to_text(sum_of_fractions(), width=40)


# --- every shipped theorem -------------------------------------------------------------------------------------------

PORTABLE = set(
    r"""\frac \sum \prod \lim \log \exp \left \right \Bigl \Bigr \mathrm \mathbb \begin \end \text \parallel \cdot \le
    \ne \ge \in \forall \iff \Rightarrow \Leftrightarrow \to \longrightarrow \mapsto \infty \colon \times \quad \qquad
    \delta \mid \approx \int \lfloor \rfloor \sqrt
    \ell \circ
    \surd \pm \backslash \sim \wedge \square \alpha \beta \gamma \varepsilon \zeta \eta \theta \iota \kappa \lambda
    \mu \nu \xi \pi \rho \sigma \tau \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Phi \Psi \Omega \Sigma
    \Pi""".split()
)


def shipped() -> list[CheckedTheorem]:
    return [library.theorem(name) for name in library.names()]


@pytest.mark.slow
def test_shipped_theorems_use_portable_macros_only() -> None:
    theorems = shipped()
    assert theorems
    for theorem in theorems:
        page = to_markdown(theorem)
        maths = re.findall(r"```math\n(.*?)\n```", page, re.DOTALL) + re.findall(r"\$`(.*?)`\$", page)
        found = {m for shown_ in maths for m in re.findall(r"\\[A-Za-z]+", shown_)}
        assert found <= PORTABLE, (theorem.name, found - PORTABLE)
        environments = {e for shown_ in maths for e in re.findall(r"\\begin\{(\w+)\}", shown_)}
        assert environments <= {"aligned"}


@pytest.mark.slow
def test_shipped_theorems_fit_the_terminal() -> None:
    for theorem in shipped():
        for line in to_text(theorem).splitlines():
            assert len(line) <= 88, (theorem.name, line)


@pytest.mark.pdf
def test_latex_compiles_without_overfull_lines(tmp_path: Path) -> None:
    pages = [to_latex(t) for t in (sum_of_fractions(HOSTILE_STORY), draft(divergence()), inverse_limit(), long_sum())]
    pages += [to_latex(t, base=2) for t in shipped()]
    whole = to_latex(divergence(), standalone=True)
    head, end = whole[: whole.index(r"\section*")], "\\end{document}\n"
    (tmp_path / "page.tex").write_text(head + "\n\\newpage\n".join(pages) + end, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    log = (tmp_path / "page.log").read_text(encoding="latin-1")
    assert [w for w in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log) if float(w) > 1] == []


def test_the_same_theorem_gives_the_same_page() -> None:
    for show in FORMATS:
        assert show(divergence()) == show(divergence())
