"""The contract: every shipped theorem says exactly what its row says, no more hypotheses and no weaker conclusion."""

from __future__ import annotations

import pytest

from kl_symbolic import library
from kl_symbolic.kernel import canonical_statement
from kl_symbolic.language.parser import declare, parse

from ..statements import ROWS


def canonical(name: str) -> str:
    names, gamma, phi = ROWS[name]
    scope = declare(names)
    hypotheses = tuple(parse(h, "statement", scope) for h in gamma)
    return canonical_statement(scope, hypotheses, parse(phi, "statement", scope))


@pytest.mark.parametrize("name", ROWS)
def test_the_shipped_statement_is_the_row(name: str) -> None:
    theorem = library.theorem(name)
    assert theorem.name == name
    assert canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion) == canonical(name)


def test_a_weaker_statement_is_noticed() -> None:
    names, gamma, phi = ROWS["kl_nonneg"]
    scope = declare(names)
    stronger_hypotheses = tuple(parse(h.replace("<= 1", "= 1"), "statement", scope) for h in gamma)
    weaker = canonical_statement(scope, stronger_hypotheses, parse(phi, "statement", scope))
    assert weaker != canonical("kl_nonneg")


def test_gibbs_rests_on_the_two_log_facts_alone() -> None:
    assert set(library.theorem("kl_nonneg").axioms) <= {"log_mul", "log_le", "xlogy_def"}


def test_the_proof_by_calculus_does_not_use_the_tangent() -> None:
    assert "log_le" not in library.theorem("binary_kl_nonneg_of_deriv").axioms


def test_the_axioms_are_few() -> None:
    found = {axiom for name in library.names() for axiom in library.theorem(name).axioms}
    assert len(found) <= 12 + 15  # without integrals, and about them
