"""A sample of the tamper and forge harness on every run, and proof that it would notice a broken kernel.

``python -m tests.harness --full`` runs all of it: every leaf of every certificate, and more than ten thousand forgeries.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from kl_symbolic.kernel import Refused, certificate, check, rules, table
from kl_symbolic.kernel.statements import Sequent, derive, implies
from kl_symbolic.kernel.terms import Node, Substitution, substitute
from kl_symbolic.language.parser import declare, parse

from ..harness import tamper as tampering
from ..harness.__main__ import SHARE
from ..harness.catalogue import Entry, accepted, catalogue, leaves, statement
from ..harness.claim import complete
from ..harness.draft import Draft
from ..harness.forge import Forger, Report, forge
from ..harness.points import evaluate
from ..harness.samples import samples
from ..support.lanes import sizes

SMALL = 30


def small() -> list[Entry]:
    """Return the certificates of at most so many lines: they are quick to replay, and use every rule."""
    return [e for e in catalogue() if len(e.theorem.lines) <= SMALL]


# --- tamper --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "every"), [(1, 90), pytest.param(4, 1, marks=pytest.mark.slow)])
def test_tampering_proves_nothing_else(count: int, every: int) -> None:
    report = tampering.Report()
    for entry in small()[::every]:
        report.add(tampering.tamper(entry, seed=7, only=2 * count))
        report.add(tampering.raw(entry, seed=7, count=count))
    assert report.forged == []
    assert report.mutants > 75 * count // every
    assert report.refused + len(report.same) == report.mutants


def test_every_leaf_of_one_certificate() -> None:
    entry = next(e for e in catalogue() if e.name == "citing")
    report = tampering.tamper(entry, seed=1, each=4)
    assert report.forged == []
    assert report.mutants > 3 * sum(1 for _ in leaves({k: v for k, v in entry.data.items() if k != "story"}))


@pytest.mark.parametrize("every", sizes(4, 1))
def test_the_untouched_copy_is_accepted_by_the_same_harness(every: int) -> None:
    for entry in small()[::every]:
        assert accepted(entry.text, entry.name, entry.lemmas) == statement(entry.theorem)
        assert accepted(entry.text, entry.name + "x", entry.lemmas) is None


def test_tampering_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    # A kernel that does not compare Γ: some mutant is then accepted with another statement.
    monkeypatch.setattr(certificate, "_compare", lambda last, hypotheses, conclusion: None)
    report = tampering.Report()
    for entry in small()[:4]:
        report.add(tampering.tamper(entry, seed=7, only=40))
    assert report.forged
    assert "half_gibbs" in "".join(report.forged) or "log_of_quotient" in "".join(report.forged)


def test_mutants_change_every_kind_of_leaf() -> None:
    entry = next(e for e in catalogue() if e.name == "half_gibbs")
    paths = {path[0] for path, _, _ in tampering.mutants(entry, random.Random(1), 1)}
    assert paths == {"format", "name", "names", "hypotheses", "conclusion", "uses", "lines"}


# --- forge ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [20, pytest.param(150, marks=pytest.mark.slow)])
def test_forgeries_are_accepted_and_never_refuted(count: int) -> None:
    report = forge(small(), seed=5, count=count)
    assert report.refuted == []
    assert report.mutants == count
    assert report.share > SHARE
    assert len(report.statements) > count // 3
    assert len(report.rules) > min(15, count // 2)


def test_samples_use_every_rule() -> None:
    used = {line.rule for name, text, lemmas in samples() for line in check(text, lemmas).lines}
    assert used == {*table.RULES, *table.SCHEMES, "inst", "cite", "unfold"}


@pytest.mark.parametrize(("wanted", "every"), [(2, 4), pytest.param(10, 1, marks=pytest.mark.slow)])
def test_what_samples_show_is_not_refuted(wanted: int, every: int) -> None:
    for name, text, lemmas in samples()[::every]:
        theorem = check(text, lemmas)
        verdict = evaluate(theorem.scope, theorem.hypotheses, theorem.conclusion, seed=2, wanted=wanted)
        assert verdict.refuted is None, name
        assert verdict.points == wanted, name


# Each of these breaks one rule. The harness must then find a certificate that is accepted and a point that refutes it.


def _without_hypotheses(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    axiom, scope, sequent = table.SCHEMES[name]
    return lambda patch: patch.setitem(table.SCHEMES, name, (axiom, scope, derive(sequent.conclusion)))


def _forgetful(names: Sequent, by: Substitution, *premises: Sequent) -> Sequent:
    return derive(substitute(names.conclusion, by), *premises)


def _drop_any(statement: Node, premise: Sequent) -> Sequent:
    return derive(implies(statement, premise.conclusion), premise, drop=premise.hypotheses[:1])


def _instead(rule: str, function: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(table.RULES, rule, (function, *table.RULES[rule][1:]))


# The seeds are ones that find it soon; any seed does in the end.
BROKEN: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], int]] = {
    "order takes any multiplier": (lambda patch: patch.setattr(rules, "_licensed", lambda op, kinds: True), 2),
    "log x <= x - 1 without 0 < x": (_without_hypotheses("log_le"), 4),
    "a limit of quotients without b != 0": (_without_hypotheses("limit_div"), 8),
    "disch drops another hypothesis": (_instead("disch", _drop_any), 1),
    "a row about integrals forgets its hypotheses": (lambda patch: patch.setattr(rules, "instance", _forgetful), 3),
    "premises are not compared": (lambda patch: patch.setattr(rules, "expect", lambda premise, wanted: None), 1),
}


OF_INTEGRALS = {"a row about integrals forgets its hypotheses"}


LATE = {"log x <= x - 1 without 0 < x", "a limit of quotients without b != 0", "disch drops another hypothesis"}
"""Bugs that only hundreds of forgeries find."""


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in LATE else n for n in BROKEN])
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {n for n, _, _ in samples()}
    entries = [
        e for e in catalogue() if len(e.theorem.lines) <= 14 and e.name in ours and e.analytic == (name in OF_INTEGRALS)
    ]
    breaking, seed = BROKEN[name]
    breaking(monkeypatch)
    forger = Forger(entries, seed)
    while not forger.report.refuted and forger.report.mutants < 2_000:
        forger.one()
    assert forger.report.refuted


def test_a_weak_generator_would_be_noticed() -> None:
    report = Report(mutants=100, accepted=10, unevaluated=6)
    assert report.share == 0.04 < SHARE


# --- the evaluator -------------------------------------------------------------------------------------------

FAMILY = {"X": "set", "p": "X -> number", "q": "X -> number", "i": "X", "j": "X"}
GAMMA = (
    "forall i in X: 0 <= p[i]",
    "sum(i in X: p[i]) = 1",
    "forall i in X: 0 <= q[i]",
    "forall i in X: q[i] = 0 => p[i] = 0",
)
FLIPS = dict.fromkeys(("p1", "p2", "q1", "q2"), "number") | {"N_h": "Nat -> number", "N_t": "Nat -> number"}
LIMIT = (
    "0 < p1", "0 < p2", "0 < q1", "0 < q2", "p1 + p2 = 1", "forall n in Nat: 0 < n => N_h[n] + N_t[n] = n", "lim(n: N_h[n]/n) -> p1",
)  # fmt: skip
RATIO = "lim(n: 1/n*log(p1^N_h[n]*p2^N_t[n]/(q1^N_h[n]*q2^N_t[n]))) -> p1*log(p1/q1) + p2*log({})"


@pytest.mark.parametrize(
    ("names", "gamma", "true", "false"),
    [
        (FAMILY, (*GAMMA, "sum(i in X: q[i]) <= 1"), "0 <= kl(p, q)", "0 < kl(p, q)"),
        (FAMILY, (*GAMMA, "sum(i in X: q[i]) = 1"), "kl(p, q) = 0 <=> (forall i in X: p[i] = q[i])", "kl(p, q) = 0 <=> (forall i in X: p[i] = 0)"),
        (FLIPS, LIMIT, RATIO.format("p2/q2"), RATIO.format("q2/p2")),
        ({"a": "number"}, (), "a*a + 1 != 0", "a/a = 1"),
        ({"a": "number", "b": "number"}, ("0 < a", "0 < b"), "log(a*b) = log(a) + log(b)", "log(a + b) = log(a) + log(b)"),
        (FAMILY, (), "delta(i, j)*p[i] = delta(i, j)*p[j]", "delta(i, j) = 1"),
        ({"X": "set"}, (), "sum(i in X: 1) = card(X)", "0 < card(X)"),
        ({"a": "number"}, (), "abs(a)^2 = a^2", "log(a) <= a - 1"),
    ],
)  # fmt: skip
def test_the_evaluator_tells_true_from_false(
    names: dict[str, str], gamma: tuple[str, ...], true: str, false: str
) -> None:
    scope = declare(names)
    hypotheses = [parse(h, "statement", scope) for h in gamma]
    verdict = evaluate(scope, hypotheses, parse(true, "statement", scope), seed=1)
    assert (verdict.points, verdict.undecided, verdict.refuted) == (20, 0, None)
    assert evaluate(scope, hypotheses, parse(false, "statement", scope), seed=1).refuted is not None


@pytest.mark.parametrize("left_out", range(len(GAMMA)))
def test_the_evaluator_refutes_gibbs_without_one_of_its_hypotheses(left_out: int) -> None:
    scope = declare(FAMILY)
    sources = [*GAMMA[:left_out], *GAMMA[left_out + 1 :], "sum(i in X: q[i]) <= 1"]
    hypotheses = [parse(h, "statement", scope) for h in sources]
    assert evaluate(scope, hypotheses, parse("0 <= kl(p, q)", "statement", scope), 1, 200).refuted is not None


def test_contradictory_hypotheses_have_no_point() -> None:
    scope = declare({"a": "number"})
    hypotheses = [parse(h, "statement", scope) for h in ("0 < a", "a < 0")]
    assert evaluate(scope, hypotheses, parse("a = a", "statement", scope), seed=1).points == 0


def test_a_claim_is_completed_from_its_lines() -> None:
    d = Draft(a="number", b="number", c="number")
    d.goal("weaken", "a = c", d.assume("a = b"))
    text = complete("named", d.names, [*d.rows, ["assume", [["=", 1, 1]], []]], {}, last=1)
    theorem = check(text)
    assert (theorem.name, len(theorem.hypotheses), len(theorem.lines)) == ("named", 2, 2)
    with pytest.raises(Refused):
        complete("named", d.names, [*d.rows, ["symm", [], [7]]], {})
