"""Wrong steps and accepted forgeries for Coq: it refuses what our kernel refuses, and accepts what our kernel accepts.

Each case of the corpus of wrong steps that has a counterpart in Coq is exported as if the kernel had not refused it,
beside its repaired twin. Coq reads both in one process, so a refusal is not due to a missing file: it must accept
every lemma of the twin, every lemma of the false one before the wrong step, and not the wrong step.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kl_symbolic.kernel import Refused, table
from kl_symbolic.kernel.statements import derive
from kl_symbolic.rocq.export import NotExported, body, header
from kl_symbolic.rocq.files import exports
from kl_symbolic.rocq.running import compile_all, write

from ..harness.catalogue import catalogue
from ..harness.rocq import Keeper, recheck
from ..rejects.lemmas import lemma
from ..rejects.pair import UNCLAIMED, Case
from ..rejects.table import cases
from ..support.rocq import Piece, Verdict, coq, sessions
from ..support.rocq_rejects import SEARCH, attempt, forged

NO_COUNTERPART: dict[str, str] = {
    "an index of another set, or of no set, or something that is not a set: the text is not a term, and Rocq has no text for it": """
        binders.equation_for_one_index_below_a_sum binders.factor_pulled_through_its_own_sum
        binders.factor_that_depends_on_the_index binders.factor_that_depends_on_the_index_in_a_scheme
        binders.function_with_an_index_too_many binders.index_of_another_set binders.index_that_points_out_of_the_line
        binders.index_where_a_number_is_bound binders.set_of_all_numbers binders.set_of_minus_one_elements binders.set_that_is_a_number
        binders.swapped_without_their_indices literals.false_for_a_bound_variable shapes.number_for_an_index""",
    "an operator without its operands, or an operand of another sort: the text is not a term": """
        shapes.divergence_of_one_distribution shapes.divergence_over_no_set shapes.hole_in_a_statement
        shapes.statement_for_a_number shapes.sum_of_nothing spelling.name_that_is_not_declared""",
    "a number where an index is bound, an index where a number is, or a bound number outside: the text is not a term": """
        densities.bound_number_outside_of_the_integral densities.domain_that_depends_on_the_number
        densities.every_natural_number_for_every_number densities.factor_that_depends_on_the_number
        densities.function_of_a_number_too_many densities.half_is_natural densities.index_for_a_number
        densities.integral_that_depends_on_the_number densities.slope_in_a_variable_that_is_a_function""",
    "a domain where an interval is asked for, or something that is not a domain: Rocq has no text for it": """
        densities.antiderivative_over_the_natural_numbers densities.domain_that_is_a_number
        densities.domain_that_is_a_word densities.every_domain densities.function_into_the_domains
        densities.function_into_the_numbers_of_a_set densities.function_over_a_domain
        densities.interval_that_is_any_domain densities.interval_that_is_the_natural_numbers
        densities.interval_to_infinity_as_a_number densities.interval_with_one_end
        densities.name_of_a_domain_with_an_argument densities.set_of_all_real_numbers densities.split_of_a_named_domain
        densities.split_of_the_natural_numbers densities.substitution_from_the_natural_numbers
        densities.substitution_on_the_natural_numbers densities.zero_on_a_named_domain""",
    "the statement of an integral where a comparison of numbers stands": """
        densities.integral_as_a_case densities.integral_in_a_chain densities.integral_that_is_a_number
        densities.integral_that_is_compared densities.integral_that_is_put_into_a_term
        densities.integral_that_rewrites""",
    "a literal that is not a number": """
        literals.decimal_number literals.fraction_in_other_digits literals.fraction_over_zero literals.infinity
        literals.not_a_number literals.nothing literals.number_with_an_exponent literals.true_for_a_multiplier
        literals.true_for_a_number""",
    "a line without its premises or arguments: the rule cannot say what it shows": """
        lemmas.lemma_with_a_name_too_few logic.case_that_is_left_out shapes.argument_too_many
        shapes.combination_that_is_not_a_comparison shapes.combination_with_a_premise_that_is_missing shapes.definition_of_something_else
        shapes.instance_of_nothing shapes.instance_of_what_is_not_universal shapes.line_of_two_parts
        shapes.lines_that_are_none shapes.modus_ponens_without_an_implication shapes.premise_ahead
        shapes.premise_that_is_the_line_itself shapes.premises_too_few_for_a_guard shapes.rule_that_is_unknown""",
    "division by a term that is zero as written: without its check the kernel cannot go on": """
        arithmetic.divisor_that_is_zero_as_written""",
    "a lemma that rests on itself or is not listed: there is no theorem to require": """
        lemmas.circle lemmas.citation_of_itself lemmas.lemma_that_is_not_listed""",
    "the form of the certificate, or a name in it; no step is wrong": """
        densities.name_that_is_a_domain densities.name_that_is_a_statement densities.name_that_looks_like_a_domain
        literals.fraction_that_is_an_integer spelling.format_of_the_future spelling.key_that_is_missing
        spelling.key_that_is_unknown spelling.key_twice spelling.key_twice_inside_a_line spelling.letter_for_a_digit
        spelling.letter_of_another_alphabet spelling.letter_written_as_a_code spelling.lines_that_are_not_a_list
        spelling.mark_before_the_text spelling.minus_zero spelling.name_of_a_function spelling.name_that_looks_reserved
        spelling.names_out_of_order spelling.number_that_is_called_pi spelling.signature_that_is_not_text spelling.signature_that_is_none
        spelling.space_too_many spelling.text_that_goes_on spelling.title_in_another_alphabet
        spelling.underscore_that_is_overlooked""",
    "the size of the certificate; no step is wrong": """
        hostile.coefficient_of_100000_bits hostile.depth_of_1000 hostile.depth_of_100000 hostile.depth_of_121
        hostile.exponents_upon_exponents hostile.fraction_of_100000_digits hostile.hypotheses_201
        hostile.integer_of_100000_digits hostile.lines_5001 hostile.lists_in_lists hostile.name_of_41_letters
        hostile.names_251 hostile.premises_201 hostile.substitution_that_explodes hostile.symbol_of_nine_indices
        hostile.term_of_20001_parts hostile.text_of_a_million_letters""",
}
"""Wrong steps that cannot be exported, by the reason."""

HARMLESS = {
    "flips.perhaps_none": "x/y is x·(1/y) in Rocq, at y = 0 too, where our kernel says nothing; the step is true there",
    "flips.sequence_that_may_be_empty": "the same",
    "lemmas.lemma_with_a_weaker_premise": "the premise that is missing is 0 < 1, and Coq finds it",
    "lemmas.lemma_with_another_digest": "the digest is wrong, the statement is not",
    "lemmas.lemma_that_is_not_needed": "a file may require more than it needs",
    "claims.hypothesis_added": "a hypothesis too many makes the theorem weaker, not false",
    "claims.line_without_a_use": "a lemma too many",
    "claims.line_twice": "a lemma too many",
    "claims.name_without_a_use": "a name too many",
    "literals.false_for_a_position": "Python takes false for 0, and so does the exporter; the step is right",
    "literals.fraction_that_is_not_reduced": "the number is right",
    "literals.multiplier_zero": "a summand that is 0 is left over, and Coq finds the inequality without it",
    "shapes.hypothesis_that_is_there_already": "the step changes nothing",
    "spelling.uses_out_of_order": "the order of two lemmas",
}
"""Cases that our kernel refuses and Coq accepts: all of them are true statements."""

ELSEWHERE: dict[str, int | None] = {
    # The citation keeps the hypothesis that is not proved; the line that generalizes its index does not have it.
    "gibbs.with_continuity_the_wrong_way": 12,
    # The scheme, citation or case split keeps the hypothesis that is not proved; the theorem does not have it.
    "gibbs.xlogy_at_a_zero": None,
    "flips.impossible_heads": None,
    "logic.case_that_is_missing": None,
    "logic.case_without_its_opposite": None,
    "logic.discharge_of_what_was_not_assumed": None,
    "logic.one_instance_for_all": None,
    "logs.product_of_non_zero_numbers": None,
    "logs.product_over_a_set_with_zeros": None,
    "logs.root_of_a_negative_number": None,
    "logs.tangent_at_zero": None,
    "arithmetic.equality_from_one_side": None,
    "shapes.case_that_has_no_opposite": None,
    # The line shows something else than was wanted, which is true; what leans on it is not.
    "logic.discharge_of_the_other_side": 93,
    "shapes.template_without_a_hole": 5,
    # The kernel refuses the file, Coq the line that cites.
    "lemmas.lemma_with_an_altered_statement": 1,
    "lemmas.lemma_that_is_false": 1,
    # The kernel looks at the form of the line, Coq at what is written for it.
    "literals.true_for_a_premise": 2,
    # Coq leaves the hypothesis that is not there to the line above, which is about every number.
    "densities.slope_with_a_pole_inside_the_domain": 5,
}
"""Where Coq refuses, when that is not the line in which the kernel does; None is the theorem itself."""


def expected(name: str, case: Case) -> int | None:
    """Return where Coq refuses: the line of the certificate, or None for the theorem itself.

    A row about integrals of which a premise is another statement assumes its own hypothesis instead, and the theorem
    that is claimed does not.
    """
    unclaimed = name.startswith("densities.") and UNCLAIMED in case.off
    return ELSEWHERE.get(name, None if unclaimed else case.line)


LRA = "From Coq Require Import Lra.\n"


@cache
def without() -> frozenset[str]:
    return frozenset(name for names in NO_COUNTERPART.values() for name in names.split())


EXPORTED = tuple(name for name in cases() if name not in without())


@dataclass(frozen=True)
class Pair:
    """A case in Coq: what it said to the lemmas of the twin, and of the false one."""

    case: Case
    true: list[Verdict]
    false: list[Verdict]

    @property
    def refused(self) -> Verdict | None:
        """The first lemma that was refused."""
        return next((v for v in self.false if v.complaint), None)

    def place(self) -> int | None:
        """The line of the certificate in which Coq refuses; None for the theorem itself."""
        assert self.refused is not None
        for verdict in self.false[self.false.index(self.refused) :]:
            found = re.fullmatch(r"line'([0-9]+)", verdict.lemma)
            if found:
                return int(found[1])
        return None


@pytest.fixture(scope="module")
def directory(by_hand: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(by_hand, tmp_path_factory.mktemp("rejects"), dirs_exist_ok=True)


@pytest.fixture(scope="module")
def pairs(directory: Path) -> dict[str, Pair]:
    built = {name: cases()[name]() for name in EXPORTED}
    pieces, cited = [], set()
    for name, case in built.items():
        twin, wrong = case.replay(case.true), forged(case)
        cited |= {*twin.uses, *wrong.uses}
        lemmas = {n: lemma(n) for n in (*twin.uses, *wrong.uses)}
        pieces += [Piece(f"true {name}", body(twin, lemmas)), Piece(f"false {name}", attempt(wrong, lemmas))]
    below = exports(sorted(cited), lemma)
    write(directory, below.texts)
    order = {name: needed for name, needed in below.order.items() if name in below.texts}
    assert all(outcome.accepted for outcome in compile_all(directory, order))
    said = sessions(directory, LRA + header(sorted(cited), True) + SEARCH, pieces)
    return {name: Pair(case, said[f"true {name}"], said[f"false {name}"]) for name, case in built.items()}


@pytest.mark.coq
@pytest.mark.parametrize("name", EXPORTED)
def test_coq_accepts_the_twin(name: str, pairs: dict[str, Pair]) -> None:
    assert [v for v in pairs[name].true if v.complaint] == []


@pytest.mark.coq
@pytest.mark.parametrize("name", [n for n in EXPORTED if n not in HARMLESS])
def test_coq_refuses_the_wrong_step_where_it_stands(name: str, pairs: dict[str, Pair]) -> None:
    pair = pairs[name]
    assert pair.refused is not None
    assert pair.place() == expected(name, pair.case), pair.refused
    if pair.case.point is not None:  # then the claim is false, and not only unproved
        assert pair.false[-1].complaint


@pytest.mark.coq
@pytest.mark.parametrize("name", ["logs.of_a_sum", "arithmetic.strict_from_weak", "claims.a_then_a_for_b"])
def test_coqc_says_the_same(name: str, pairs: dict[str, Pair], directory: Path) -> None:
    case = pairs[name].case
    for file, text in (("right", body(case.replay(case.true), {})), ("wrong", attempt(forged(case), {}))):
        (directory / f"{file}.v").write_text(LRA + header([]) + SEARCH + text, encoding="utf-8")
    right, wrong = compile_all(directory, {"right": (), "wrong": ()}, jobs=1)
    assert right.accepted
    assert not wrong.accepted


@pytest.mark.coq
@pytest.mark.parametrize("name", list(HARMLESS))
def test_what_coq_accepts_nevertheless_is_not_false(name: str, pairs: dict[str, Pair]) -> None:
    assert pairs[name].refused is None
    assert pairs[name].case.point is None


def test_the_tables_name_cases_and_each_once() -> None:
    listed = [name for names in NO_COUNTERPART.values() for name in names.split()]
    assert len(listed) == len(set(listed))
    assert cases().keys() >= {*listed, *HARMLESS, *ELSEWHERE}
    assert without().isdisjoint({*HARMLESS, *ELSEWHERE})
    assert len(EXPORTED) > 90


@pytest.mark.parametrize("name", [n for n in sorted(without()) if not n.startswith("hostile.")])
def test_what_has_no_counterpart_cannot_be_exported(name: str) -> None:
    case = cases()[name]()
    with pytest.raises((Refused, NotExported, TypeError, ValueError, IndexError)):
        wrong = forged(case)
        attempt(wrong, {n: lemma(n) for n in wrong.uses})


def test_a_false_claim_of_most_topics_is_refused_by_coq() -> None:
    false = [name for name in EXPORTED if name not in HARMLESS and cases()[name]().point is not None]
    assert len(false) >= 40


# --- accepted forgeries ----------------------------------------------------------------------------------------------


@pytest.mark.coq
def test_coq_accepts_accepted_forgeries(tmp_path: Path) -> None:
    coq()
    small = [e for e in catalogue() if not e.lemmas and len(e.theorem.lines) <= 25]
    report = recheck(Keeper(small, 11).keep(12), small, tmp_path)
    assert report.refused == []
    assert report.accepted == 12


@pytest.mark.coq
def test_a_broken_kernel_would_be_noticed_by_coq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coq()
    entries = [e for e in catalogue() if e.name in ("log_of_quotient", "powers")]
    axiom, scope, sequent = table.SCHEMES["log_mul"]
    monkeypatch.setitem(table.SCHEMES, "log_mul", (axiom, scope, derive(sequent.conclusion)))
    keeper = Keeper(entries, 3)
    while not any(line.rule == "log_mul" for t in keeper.kept.values() for line in t.lines):
        keeper.one()
    report = recheck(list(keeper.kept.values()), entries, tmp_path)
    assert report.refused
    assert "log_mul'" in "".join(report.refused)
