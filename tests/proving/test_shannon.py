"""Inequalities between entropies: of Shannon type, with hypotheses, false ones, and one that is true and not provable."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from benchmarks import entropies
from kl_symbolic.kernel import CheckedTheorem, check
from kl_symbolic.library import theorem
from kl_symbolic.numerics.evaluate import Truth, holds
from kl_symbolic.proving.prover import Counterexample, Unknown, prove
from kl_symbolic.proving.search import shannon


def joint(count: int) -> tuple[list[str], dict[str, str]]:
    """Return the hypotheses that r is a joint distribution of so many variables, and its declaration."""
    sets, indices = "XYZWV"[:count], "ijkhl"[:count]
    every = "".join(f"forall {i} in {s}: " for i, s in zip(indices, sets, strict=True))
    total = "".join(f"sum({i} in {s}: " for i, s in zip(indices, sets, strict=True))
    cell = f"r[{', '.join(indices)}]"
    names = {**dict.fromkeys(sets, "set"), "r": f"{', '.join(sets)} -> number"}
    return [f"{every}0 <= {cell}", f"{total}{cell}{')' * count} = 1"], names


def ask(claim: str, given: Sequence[str] = (), count: int = 3, **names: str) -> Any:
    """Return the answer to a claim about a joint distribution."""
    signs, declared = joint(count)
    return prove(claim, [*signs, *given], {**declared, **names})


def listed(variables: Sequence[str]) -> str:
    return f"H({','.join(variables)})"


R_XY, R_YZ, R_Y = "sum(c in Z: r[i,j,c])", "sum(a in X: r[a,j,k])", "sum(a in X: sum(c in Z: r[a,j,c]))"
R_X, R_Z = "sum(b in Y: sum(c in Z: r[i,b,c]))", "sum(a in X: sum(b in Y: r[a,b,k]))"
EVERY = "forall i in X: forall j in Y: forall k in Z: "


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("H(X|Y) <= H(X)", []),
        ("I(X;Y) <= H(X)", []),
        ("2*I(X;Y) <= H(X) + H(Y)", []),
        ("I(X;Y,Z) = I(X;Y) + I(X;Z|Y)", []),
        ("H(X|Z) <= H(X|Y) + H(Y|Z)", []),
        ("|H(X|Y) - H(Y|X)| <= H(X,Y)", []),
        ("H(X,Y,Z) <= log(card(X)) + log(card(Y)) + log(card(Z))", []),
        ("I(X;Z) <= I(X;Y)", ["I(X;Z|Y) = 0"]),
        ("I(X;Z) <= I(X;Y)", [f"{EVERY}r[i,j,k]*{R_Y} = {R_XY}*{R_YZ}"]),
        ("H(X,Y,Z) = H(X) + H(Y) + H(Z)", [f"{EVERY}r[i,j,k] = {R_X}*{R_Y.replace('b', 'd')}*{R_Z}"]),
        ("H(X|Y) = 0 => H(X|Y,Z) = 0", []),
        ("H(X) = H(Y) => H(X|Y) = H(Y|X)", []),
        ("H(X,Y,Z) < 3*h", ["H(X) < h", "H(Y) <= h", "H(Z) <= h"]),
    ],
)
def test_inequalities_of_shannon_type_are_proved(claim: str, given: list[str]) -> None:
    more = {"h": "number"} if "h" in "".join(given) and "3*h" in claim else {}
    assert isinstance(ask(claim, given, **more), CheckedTheorem)


def test_equations_that_need_no_total_are_proved_without_it() -> None:
    signs, names = joint(3)
    assert isinstance(prove("I(X;Y,Z) = I(X;Y) + I(X;Z|Y)", signs[:1], names), CheckedTheorem)
    assert isinstance(prove("0 <= I(X;Y|Z)", signs[:1], names), CheckedTheorem)
    answer = prove("0 <= I(X;Y)", signs[:1], names)
    assert isinstance(answer, Counterexample)


def test_equal_marginals_have_equal_entropies() -> None:
    names = {"X": "set", "r": "X, X -> number"}
    given = ["forall i in X: forall j in X: 0 <= r[i,j]", "sum(i in X: sum(j in X: r[i,j])) = 1"]
    claim = "cond_entropy(r) = cond_entropy(i in X: j in X: r[j,i])"
    assert isinstance(prove(claim, given, names), Counterexample)
    same = "forall i in X: sum(j in X: r[i,j]) = sum(j in X: r[j,i])"
    assert isinstance(prove(claim, [*given, same], names), CheckedTheorem)


P = ["forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1"]
Q = ["forall j in Y: 0 <= q[j]", "sum(j in Y: q[j]) = 1"]
W = ["forall i in X: forall j in Y: 0 <= w[i,j]", "forall i in X: sum(j in Y: w[i,j]) = 1"]
V = ["forall j in Y: forall k in Z: 0 <= v[j,k]", "forall j in Y: sum(k in Z: v[j,k]) = 1"]
TWO, THREE = "p[i]*w[i,j]", "p[i]*w[i,j]*v[j,k]"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (f"mutual_info(i in X: k in Z: sum(j in Y: {THREE})) <= mutual_info(i in X: j in Y: {TWO})", P + W + V),
        (f"cond_mutual_info(i in X: k in Z: j in Y: {THREE}) = 0", P + W + V),
        (f"mutual_info(i in X: j in Y: {TWO}) <= entropy(p)", P + W),
        (f"mutual_info(i in X: j in Y: {TWO}) <= log(card(Y))", P + W),
        ("cond_entropy(i in X: j in Y: p[i]*q[j]) = entropy(p)", P + Q),
        ("-sum(i in X: sum(j in Y: xlogy(q[j]*p[i], q[j]*p[i]))) = entropy(p) + entropy(q)", P + Q),
    ],
)
def test_channels_and_products_are_joint_families(claim: str, given: list[str]) -> None:
    assert isinstance(prove(claim, given), CheckedTheorem)


def test_false_claims_about_channels_are_refuted() -> None:
    assert isinstance(prove(f"mutual_info(i in X: j in Y: {TWO}) = entropy(p)", P + W), Counterexample)


@pytest.mark.parametrize(
    ("claim", "proved"),
    [
        ("-sum(i in X: sum(j in Y: r[i,j]*log(r[i,j]))) <= H(X) + H(Y)", True),
        ("0 <= sum(i in X: sum(j in Y: r[i,j]*log(r[i,j]/(sum(b in Y: r[i,b])*sum(a in X: r[a,j])))))", True),
        ("sum(i in X: sum(j in Y: r[i,j]*(log(r[i,j]) - log(sum(a in X: r[a,j]))))) = -H(X|Y)", True),
        ("sum(i in X: sum(j in Y: rel_entr(r[i,j], r[i,j]/sum(a in X: r[a,j])))) = -H(Y)", True),
        ("-sum(i in X: sum(j in Y: r[i,j]*log(r[i,j]))) <= H(X)", False),
        ("2*I(X;Y) <= H(X)", False),
    ],
)
def test_logarithms_may_be_written_out_where_the_family_is_positive(claim: str, proved: bool) -> None:
    signs, names = joint(2)
    answer = prove(claim, ["forall i in X: forall j in Y: 0 < r[i,j]", signs[1]], names)
    assert isinstance(answer, CheckedTheorem if proved else Counterexample)


RELATIVE = "sum(i in X: sum(j in Y: rel_entr(r[i,j], {})))"


@pytest.mark.parametrize(
    "claim",
    [
        f"{RELATIVE.format('sum(b in Y: r[i,b])*q[j]')} = I(X;Y) + D(j in Y: sum(i in X: r[i,j]) || q)",
        f"I(X;Y) <= {RELATIVE.format('sum(b in Y: r[i,b])*q[j]')}",
        f"I(X;Y) <= {RELATIVE.format('sum(b in Y: r[i,b])/card(Y)')}",
        "H(Y) <= cross_entropy(j in Y: sum(i in X: r[i,j]), q)",
    ],
)
def test_other_families_stand_in_divergences(claim: str) -> None:
    signs, names = joint(2)
    given = [*signs, "forall j in Y: 0 < q[j]", "sum(j in Y: q[j]) = 1"]
    assert isinstance(prove(claim, given, {**names, "q": "Y -> number"}), CheckedTheorem)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_hans_inequality_is_proved(count: int) -> None:
    sets = "XYZWV"[:count]
    right = " + ".join(map(listed, combinations(sets, count - 1)))
    assert isinstance(ask(f"{count - 1}*{listed(sets)} <= {right}", count=count), CheckedTheorem)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("H(X) <= H(Y)", []),
        ("3*I(X;Y) <= 2*H(X,Y)", []),
        ("I(X;Y) <= I(X;Y|Z)", []),
        ("I(X;Y|Z) <= H(Z)", []),
        ("I(X;Y|Z) = 0", ["I(X;Y) = 0"]),
        ("I(X;Y) = 0", ["I(X;Y|Z) = 0"]),
        ("I(X;Z) <= 99/100*I(X;Y)", ["I(X;Z|Y) = 0"]),
        ("I(X;Y) <= log(2)", []),
        ("H(X,Y) <= 2*log(card(X))", []),
    ],
)
def test_false_ones_are_refuted_by_a_table(claim: str, given: list[str]) -> None:
    answer = ask(claim, given)
    assert isinstance(answer, Counterexample)
    assert holds(answer.part, answer.point) is Truth.FALSE
    assert all(holds(h, answer.point) is Truth.TRUE for h in answer.hypotheses)


def test_ingleton_fails_for_distributions_and_is_refuted() -> None:
    answer = ask("I(X;Y) <= I(X;Y|Z) + I(X;Y|W) + I(Z;W)", count=4)
    assert isinstance(answer, Counterexample)


def test_an_entropy_above_a_constant_needs_many_outcomes() -> None:
    answer = prove("entropy(p) <= 3/2", ["forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1"])
    assert isinstance(answer, Counterexample)
    assert dict(answer.point.sizes)["X"] == 5


def test_copies_refute_other_claims_about_joint_families() -> None:
    distance = "sum(i in X: sum(j in Y: abs(r[i,j] - sum(k in Y: r[i,k])*sum(k in X: r[k,j]))))"
    assert isinstance(ask(f"mutual_info(r) <= {distance}/2", count=2), Counterexample)


@pytest.mark.slow
def test_what_is_true_and_not_of_shannon_type_stays_unknown() -> None:
    zhang_yeung = "2*I(Z;W) <= I(X;Y) + I(X;Z,W) + 3*I(Z;W|X) + I(Z;W|Y)"
    answer = ask(zhang_yeung, count=4)
    assert isinstance(answer, Unknown)
    assert "not of Shannon type" in answer.hint


@pytest.mark.parametrize("lie", [{0: Fraction(1)}, {}, {k: Fraction(1) for k in range(6)}])
def test_multipliers_that_lie_prove_nothing(lie: dict[int, Fraction], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shannon, "combine", lambda *args: lie)
    assert not isinstance(ask("I(X;Y) <= 1/2*H(X)"), CheckedTheorem)


def test_equal_claims_get_equal_certificates_that_replay() -> None:
    first, second = (ask("I(X;Z) <= I(X;Y)", ["I(X;Z|Y) = 0"]) for _ in range(2))
    assert first.certificate == second.certificate
    assert check(first.certificate, {name: theorem(name) for name in first.uses}).conclusion == first.conclusion


def test_a_proof_names_the_inequalities_that_it_adds() -> None:
    found = ask("I(X;Z) <= I(X;Y)", ["I(X;Z|Y) = 0"])
    assert [step[2] for step in found.story] == ["I(X; Y | Z) is not negative", "inequalities of Shannon type"]


def test_one_shipped_theorem_is_cited_where_it_says_the_claim() -> None:
    assert ask("0 <= I(X;Y|Z)").uses == ("cond_mutual_info_nonneg",)


def test_random_claims_are_decided() -> None:
    for claim in entropies.claims(seed=3, count=4):
        answer = prove(claim.claim, claim.given, claim.names)
        assert isinstance(answer, CheckedTheorem if claim.true else Counterexample), claim.claim


@pytest.mark.slow
def test_many_random_claims_are_decided() -> None:
    answers = [(c.true, prove(c.claim, c.given, c.names)) for c in entropies.claims(seed=5, count=40)]
    assert sum(isinstance(a, CheckedTheorem) for true, a in answers if true) >= 39
    assert sum(isinstance(a, Counterexample) for true, a in answers if not true) >= 36
    assert not any(isinstance(a, Counterexample if true else CheckedTheorem) for true, a in answers)
