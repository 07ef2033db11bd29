"""Derivations as they are written: chains, reasons, and what is said of a wrong line."""

from __future__ import annotations

import json

import pytest
import sympy

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, Refused, check
from kl_symbolic.kernel.statements import eq
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text
from kl_symbolic.proving.calc import Author, Draft, absolute, derivation, exp, log, write
from kl_symbolic.proving.tactics import algebra
from kl_symbolic.theory.coins import coin_flips


def draft(name: str = "mine") -> Draft:
    return Draft(name, library.theorem)


def checked(d: Draft) -> CheckedTheorem:
    certificate = d.certificate()
    uses = json.loads(certificate)["uses"]
    return check(certificate, {n: library.theorem(n) for n in uses})


def test_operators_build_exactly_what_is_written() -> None:
    d = draft()
    x, y = d.numbers("x y")
    written = 2 * log(x / y) - exp(-x) ** 2 + absolute(1 - y)
    assert text(written) == "2*log(x/y) - exp(-x)^2 + abs(1 - y)"
    assert written == parse(text(written), "number", declare({"x": "number", "y": "number"}))


@pytest.mark.parametrize("value", [0.5, True, "x", None])
def test_floats_and_other_values_are_not_terms(value: object) -> None:
    (x,) = draft().numbers("x")
    with pytest.raises(TypeError, match="expected a number term, an int or a Fraction"):
        x + value  # type: ignore[operator]


def test_a_chain_in_terms_keeps_the_forms_and_reasons_of_the_author() -> None:
    d = draft()
    p, q = d.positive("p q")
    d.start(log(p / q * (q / p)), "a ratio and its inverse")
    d.eq(log(p) - log(q) + (log(q) - log(p)), because="laws of logs")
    d.eq(0, because="everything cancels")
    d.close()
    theorem = checked(d)
    assert text(theorem.conclusion) == "log(p/q*(q/p)) = 0"
    steps = [e for e in theorem.story if e[0] == "step"]
    assert [e[2] for e in steps] == ["laws of logs", "everything cancels"]
    assert text(theorem.lines[steps[0][1]].sequent.conclusion) == "log(p/q*(q/p)) = log(p) - log(q) + (log(q) - log(p))"


def test_a_wrong_line_is_named_with_both_sides() -> None:
    d = draft()
    d.positive("x y")
    d.start("log(x*y) + log(x + y)")
    d.eq("log(x) + log(y) + log(x + y)", because="right")
    with pytest.raises(Refused) as refused:
        d.eq("log(x) + log(y) + (log(x) + log(y))", because="wrong")
    shown = explain(refused.value)
    assert shown.startswith("step 2: ")
    assert "log(x) + log(y) + log(x + y)" in shown
    assert "log(x) + log(y) + (log(x) + log(y))" in shown


def test_the_repaired_line_is_accepted() -> None:
    d = draft()
    d.positive("x y")
    d.start("log(x*y) + log(x*y)")
    d.eq("log(x) + log(y) + log(x*y)")
    d.eq("log(x) + log(y) + (log(x) + log(y))")
    d.close()
    assert text(checked(d).conclusion) == "log(x*y) + log(x*y) = log(x) + log(y) + (log(x) + log(y))"


def test_inequalities_in_a_chain_are_added_up() -> None:
    d = draft()
    (x,) = d.positive("x")
    tangent = d.p.scheme("log_le", {"a": x}, [d.p.known[0]])
    d.start("log(x) + 1")
    d.le("x", by=tangent, because="the tangent")
    d.eq("2*x - x", because="arithmetic")
    d.close()
    assert text(checked(d).conclusion) == "log(x) + 1 <= 2*x - x"


def test_a_step_that_is_shown_but_not_used_is_refused() -> None:
    d = draft()
    (x,) = d.positive("x")
    d.show(d.p.scheme("log_le", {"a": x}, [d.p.known[0]]), "the tangent")
    d.start("x + x")
    d.eq("2*x")
    with pytest.raises(Refused, match="step 1 is shown, but the proof does not use it") as refusal:
        d.certificate()
    parts = {name: text(part) for name, part in refusal.value.parts.items() if isinstance(part, Node)}
    assert parts == {"step": "log(x) <= x - 1", "claim": "x + x = 2*x"}


def test_a_chain_without_a_link_is_not_closed() -> None:
    d = draft()
    d.positive("x")
    d.start("x + x")
    with pytest.raises(Refused, match="no chain to close"):
        d.close()


def test_indices_and_symbols_are_those_of_the_text() -> None:
    d = draft()
    d.declare(T="set", X="set", x="T -> X", p="X -> number", a="number")
    (t,) = d.indices(t="T")
    assert d.p.term("p[x(t)] + a") == d.symbol("p", d.index("x", t)) + d.symbol("a")


def test_a_given_hypothesis_that_is_not_needed_is_kept_in_the_claim() -> None:
    d = draft()
    d.positive("x y")
    d.start("x + x")
    d.eq("2*x")
    d.close()
    assert [text(h) for h in checked(d).hypotheses] == ["0 < x", "0 < y"]


def test_an_assumption_that_is_not_given_is_refused_in_the_claim() -> None:
    d = draft()
    (x,) = d.numbers("x")
    d.show(d.p.scheme("log_le", {"a": x}, [d.p.assume("0 < x")]))
    with pytest.raises(Refused, match="a hypothesis that is not given"):
        d.certificate()


def test_an_empty_derivation_and_a_step_without_a_start_are_refused() -> None:
    with pytest.raises(Refused, match="shows nothing"):
        draft().certificate()
    with pytest.raises(Refused, match="call start first"):
        draft().eq("1")


def test_the_docstring_opens_the_page() -> None:
    @derivation("doubled")
    def doubled(d: Draft) -> None:
        """Twice **a** number.

        Not this paragraph.
        """
        d.numbers("x")
        d.start("x + x")
        d.eq("2*x")
        d.close()

    assert doubled.__kl_derivation__ == "doubled"  # type: ignore[attr-defined]
    story = json.loads(write(doubled, library.theorem))["story"]
    assert story[0] == ["prose", "Twice a number."]


def test_counts_and_families() -> None:
    d = draft()
    n_h, n_t, n = d.counts("N_h N_t", total="N")
    assert [text(h) for h in d.p.hypotheses] == ["N_h + N_t = N", "0 < N"]
    assert text(n_h / n + n_t / n) == "N_h/N + N_t/N"
    d.sets("X")
    family = d.family("r", "X")
    d.declare(j="X")
    assert text(family[parse("j", "X", d.p.scope)]) == "r[j]"


@pytest.mark.parametrize("author", [coin_flips.coin_flips_finite, coin_flips.coin_flips, coin_flips.die_rolls])
def test_what_sympy_proposes_equals_the_form_that_the_author_wrote(author: Author) -> None:
    d = draft(author.__kl_derivation__)  # type: ignore[attr-defined]
    author(d)
    assert d.proposals
    for proposed, form in d.proposals:
        assert algebra(d.p, eq(proposed, form)).statement == eq(proposed, form)


def test_without_a_form_the_proposal_is_laid_out() -> None:
    d = draft()
    d.positive("p q")
    d.start("log(p^2/q)")
    d.eq(by=sympy.expand_log, because="laws of logs")
    d.close()
    assert text(checked(d).conclusion) == "log(p^2/q) = 2*log(p) - log(q)"


def test_a_wrong_proposal_is_refused() -> None:
    d = draft()
    d.positive("p q")
    d.start("log(p + q)")
    with pytest.raises(Refused, match="step 1"):
        d.eq(by=lambda e: sympy.log(sympy.Symbol("p", positive=True)) + sympy.log(sympy.Symbol("q", positive=True)))
