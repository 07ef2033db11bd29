"""Points of Γ, planted false claims beside true twins, and the evidence for shipped theorems."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import mpmath
import pytest

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, Line, check
from kl_symbolic.kernel.statements import Sequent
from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.errors import InvalidValue
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.numerics import constraints, verification
from kl_symbolic.numerics.evaluate import Reading, Truth, holds
from kl_symbolic.numerics.point import N_MARK, Point, Rest, Sequence
from kl_symbolic.numerics.sampling import draw, points, restrict
from kl_symbolic.numerics.verdicts import Verdict
from kl_symbolic.numerics.verification import Evidence, examine, refute, verify
from kl_symbolic.proving.builder import Proof

from ..support.lanes import sampled

INDEPENDENT = (
    "forall s in T: forall t in T: forall i in X: forall j in X: "
    "delta(s, t) = 0 => sum(o in Omega: w[o]*(delta(x(s, o), i)*delta(x(t, o), j))) = p[i]*p[j]"
)
MARGINAL = "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]"
NAMES = {
    "X": "set",
    "Y": "set",
    "T": "set",
    "Omega": "set",
    "K": "set",
    "p": "X -> number",
    "q": "X -> number",
    "a": "X -> number",
    "b": "X -> number",
    "c": "X -> number",
    "l": "X -> number",
    "V": "X, Y -> number",
    "W": "X, Y -> number",
    "S": "X, X -> number",
    "r": "X, Y, K -> number",
    "g": "K, Y -> number",
    "h": "X -> number",
    "m": "K, X -> number",
    "w": "Omega -> number",
    "e": "Omega -> number",
    "L": "Omega -> number",
    "wP": "Omega -> number",
    "wQ": "Omega -> number",
    "x": "T, Omega -> X",
    "f": "X -> Y",
    "i": "X",
    "eps": "number",
    "N": "number",
    "D": "number",
    "p1": "number",
    "p2": "number",
    "q1": "number",
    "q2": "number",
    "y": "number",
    "z": "number",
    "N_h": "Nat -> number",
    "N_t": "Nat -> number",
    "C": "X, Nat -> number",
    "u": "Nat -> number",
    "n": "Nat",
}
P = ["forall i in X: 0 <= p[i]", "sum(i in X: p[i]) = 1"]
Q = ["forall i in X: 0 <= q[i]", "sum(i in X: q[i]) = 1"]
AC = ["forall i in X: q[i] = 0 => p[i] = 0"]
POSITIVE = ["forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]"]
GIBBS = [*P, "forall i in X: 0 <= q[i]", "sum(i in X: q[i]) <= 1", *AC]
COINS = ["0 < p1", "0 < p2", "0 < q1", "0 < q2", "p1 + p2 = 1"]
FLIPS = [*COINS, "forall n in Nat: 0 < n => N_h[n] + N_t[n] = n", "lim(n: N_h[n]/n) -> p1"]
SPACE = ["forall o in Omega: 0 <= w[o]", "sum(o in Omega: w[o]) = 1", MARGINAL, *POSITIVE, "0 < card(T)"]
EVENT = "forall o in Omega: e[o]*e[o] = e[o]"
KERNEL = ["forall i in X: forall j in Y: 0 <= W[i, j]", "forall i in X: sum(j in Y: W[i, j]) = 1"]
ENOUGH = "forall o in Omega: e[o] = 1 => eps <= abs(sum(t in T: log(p[x(t, o)]/q[x(t, o)]))/card(T) - kl(p, q))"
BOTH = "sum(i in X: a[i]*log(c[i]) + a[i] - c[i]*b[i]) = sum(i in X: rel_entr(a[i], b[i]))"
MEAN = "sum(o in Omega: w[o]*sum(t in T: log(p[x(t, o)]/q[x(t, o)])))"
SQUARE = "sum(o in Omega: w[o]*sum(t in T: a[x(t, o)])^2)"
TOUCH = [
    "forall i in X: 0 <= a[i]",
    "forall i in X: 0 <= b[i]",
    "forall i in X: b[i] = 0 => a[i] = 0",
    "forall i in X: 0 < c[i]",
]
RATIO = "1/n*log(p1^N_h[n]*p2^N_t[n]/(q1^N_h[n]*q2^N_t[n]))"


def read(given: list[str], *claims: str) -> tuple[Scope, tuple[Node, ...], tuple[Node, ...]]:
    scope = declare(NAMES)
    gamma = tuple(parse(s, "statement", scope) for s in given)
    found = tuple(parse(s, "statement", scope) for s in claims)
    return restrict(scope, [*gamma, *found]), gamma, found


def fractions(point: Point, name: str) -> list[Fraction]:
    values = list(point.number_of[name].values())
    assert all(isinstance(v, Fraction) for v in values)
    return values  # type: ignore[return-value]


# --- points of Γ ---------------------------------------------------------------------------------------------------

SHAPES = {
    "positive": POSITIVE,
    "distributions": [*P, *Q, *AC],
    "at most one": GIBBS,
    "coins": [*COINS, "q1 + q2 = 1"],
    "counts": ["N = p1 + p2", "0 < N"],
    "interval": ["0 < y", "y < 1", "0 < z", "z < 1", "y <= z"],
    "two bounds": ["0 < y", "y < 1", "z <= 1/2*y", "z <= 1/2*(1 - y)", "-z <= 1/2*y"],
    "event": [
        EVENT,
        "forall o in Omega: e[o] = 1 => N*(D - eps) <= L[o]",
        "forall o in Omega: wQ[o] = wP[o]*exp(-L[o])",
        "forall o in Omega: 0 <= wP[o]",
    ],
    "marginals": SPACE,
    "independent": [*SPACE, INDEPENDENT],
    "deviation": [*SPACE, INDEPENDENT, EVENT, "0 < eps", ENOUGH],
    "kernels": [
        *P,
        *KERNEL,
        "forall i in X: forall j in Y: 0 <= V[i, j]",
        "forall i in X: sum(j in Y: V[i, j]) = 1",
        "forall i in X: forall j in Y: W[i, j] = 0 => V[i, j] = 0",
    ],
    "stationary": [
        *Q,
        "forall i in X: forall j in X: 0 <= S[i, j]",
        "forall i in X: sum(j in X: S[i, j]) = 1",
        "forall j in X: sum(i in X: q[i]*S[i, j]) = q[j]",
    ],
    "doubly stochastic": [
        *P,
        "forall i in X: forall j in X: 0 <= S[i, j]",
        "forall i in X: sum(j in X: S[i, j]) = 1",
        "forall j in X: sum(i in X: S[i, j]) = 1",
    ],
    "statistic": [
        "forall k in K: forall i in X: 0 <= m[k, i]",
        "forall k in K: sum(i in X: m[k, i]) = 1",
        "forall k in K: forall i in X: m[k, i] = g[k, f(i)]*h[i]",
    ],
    "lengths": ["forall i in X: 0 < p[i]", "forall i in X: -log(p[i]) <= l[i]", "forall i in X: l[i] < -log(p[i]) + 1"],
    "kraft": [*P, "sum(i in X: exp(-l[i])) <= 1"],
    "case zero": [*P, "p[i] = 0"],
    "case not zero": [*GIBBS, "p[i] != 0", "q[i] != 0"],
    "definition": ["0 < z", "y = log(z) + z^(1/2)"],
    "equivalence": ["forall i in X: (p[i] = q[i] <=> a[i] = b[i])"],
    "same sums": [*P, "sum(i in X: p[i]) = sum(i in X: q[i])", "forall i in X: 0 < q[i]"],
    "flips": FLIPS,
    "rolls": [
        *POSITIVE,
        "sum(i in X: p[i]) = 1",
        "forall n in Nat: 0 < n => sum(i in X: C[i, n]) = n",
        "forall i in X: lim(n: C[i, n]/n) -> p[i]",
    ],
    "sequence": ["lim(n: u[n]) -> z", "0 < z"],
    "sequence and n": ["lim(n: u[n]) -> z", "u[n] < z + 1", "0 < n"],
    "away from its limit": ["lim(n: u[n]) -> 0", "forall n in Nat: u[n] != 0"],
    "equal": [*P, *Q, *AC, "kl(p, q) = 0", "0 < card(X)"],
}


@pytest.mark.parametrize("shape", sampled(SHAPES, 6))
def test_every_shape_of_hypotheses_has_points(shape: str) -> None:
    scope, gamma, _ = read(SHAPES[shape])
    found = list(points(gamma, None, scope, 12))
    assert len(found) == len(set(found)) == 12
    for point in found:
        # once more with other digits than the sampler used
        reading = Reading(point, 120)
        assert all(reading.truth(h, exact=True) is Truth.TRUE for h in gamma), str(point)
        assert Point.from_json(point.json()) == point


def test_bounds_that_are_products_of_bounds_stay_short() -> None:
    # Without rounding their digits double each round, and the search never ends.
    scope, gamma, _ = read(["y + z = 1", "D*D + y^2 < y*z*D"])
    (point,) = points(gamma, None, scope, 1)
    assert all(Reading(point, 120).truth(h, exact=True) is Truth.TRUE for h in gamma)


def test_points_satisfy_the_hypotheses_in_plain_fractions() -> None:
    scope, gamma, _ = read(GIBBS)
    for point in points(gamma, None, scope, 32):
        p, q = fractions(point, "p"), fractions(point, "q")
        assert sum(p) == 1 and sum(q) <= 1 and min(p) >= 0 and min(q) >= 0
        assert all(a == 0 for a, b in zip(p, q, strict=True) if b == 0)


def test_points_are_of_all_kinds() -> None:
    scope, gamma, _ = read([*P, *Q, *AC])
    found = [(fractions(k, "p"), fractions(k, "q")) for k in points(gamma, None, scope, 32)]
    tiny = Fraction(1, 10**29)
    gaps = [max(abs(a - b) for a, b in zip(p, q, strict=True)) for p, q in found]
    assert {len(p) for p, _ in found} == {1, 2, 3, 4}
    assert any(0 in p for p, _ in found), "a zero where it is allowed"
    assert any(0 < min(p + q) < tiny for p, q in found), "near the boundary"
    assert any(gap == 0 for gap in gaps), "equal distributions"
    assert any(0 < gap < Fraction(1, 100) for gap in gaps), "nearly equal distributions"
    assert sum(gap > Fraction(1, 10) for gap in gaps) > 8, "and quite different ones"


def test_the_empty_set_appears_where_it_is_allowed() -> None:
    scope, gamma, _ = read(POSITIVE)
    assert 0 in {point.size_of["X"] for point in points(gamma, None, scope, 40)}
    scope, gamma, _ = read([*POSITIVE, "0 < p[i]"])
    assert 0 not in {point.size_of["X"] for point in points(gamma, None, scope, 40)}


def test_sample_spaces_are_products_with_exact_weights() -> None:
    scope, gamma, _ = read(SHAPES["independent"])
    several = 0
    for point in points(gamma, None, scope, 16):
        w, x, p = point.number_of["w"], point.index_of["x"], point.number_of["p"]
        assert sum(w.values()) == 1  # type: ignore[arg-type]
        for t in range(point.size_of["T"]):
            for side in range(point.size_of["X"]):
                assert p[(side,)] == sum(v for (o,), v in w.items() if x[(t, o)] == side)  # type: ignore[arg-type, misc]
        several += point.size_of["T"] > 1 < point.size_of["X"]
    assert several >= 3


def test_an_irrational_value_is_stored_as_an_exact_term() -> None:
    scope, gamma, _ = read(SHAPES["event"])
    entries = [v for point in points(gamma, None, scope, 24) for v in point.number_of["wQ"].values()]
    terms = [v for v in entries if isinstance(v, Node)]
    assert terms
    assert not any(v.names for v in terms)


def test_sequences_are_chosen_to_have_their_limits() -> None:
    scope, gamma, _ = read(FLIPS)
    for point in points(gamma, None, scope, 16):
        heads, tails = point.number_of["N_h"][(N_MARK,)], point.number_of["N_t"][(N_MARK,)]
        assert isinstance(heads, Sequence) and heads.kind == "whole" and heads.rate == point.number_of["p1"][()]
        assert isinstance(tails, Rest)
        assert all(heads.at(n) + tails.at(n) == n for n in (1, 17, 10**12))


@pytest.mark.parametrize(
    "given",
    [
        ["y = 0", "y != 0"],
        ["0 < y", "y < 0"],
        ["y*y = 2", "y = 1"],
        [*P, "card(X) = 0"],
        ["forall i in X: p[i] < p[i]", "0 < card(X)"],
        ["y < z", "z < y"],
        ["lim(n: u[n]) -> 0", "lim(n: u[n]) -> 1"],
        ["log(y) = y"],
    ],
)
def test_contradictory_hypotheses_have_no_points_and_no_verdict(given: list[str]) -> None:
    scope, gamma, (claim,) = read(given, "1 = 2")
    assert not list(points(gamma, None, scope, 8))
    evidence = examine(gamma, claim, scope, count=8)
    assert evidence.verdict is Verdict.UNKNOWN
    assert evidence.reason == "no point of Γ was found"
    assert evidence.point is evidence.counterexample is None
    assert refute(gamma, claim, scope, count=8) is None


def test_equal_seeds_give_equal_points() -> None:
    scope, gamma, _ = read(GIBBS)
    one, two, other = (tuple(points(gamma, None, scope, 10, seed)) for seed in (3, 3, 4))
    assert one == two != other


@pytest.mark.slow
def test_points_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from tests.numerics.test_verification import *\n"
        "for shape in ('deviation', 'at most one', 'rolls', 'equivalence'):\n"
        "    scope, gamma, _ = read(SHAPES[shape])\n"
        "    for point in points(gamma, None, scope, 4): print(point.json())\n"
    )
    shown = []
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        shown.append(run.stdout)
    assert shown[0] == shown[1]
    assert shown[0].count("\n") == 16


def test_undeclared_names_are_refused() -> None:
    scope, gamma, (claim,) = read(["0 < y"], "y < z")
    assert len(list(points(gamma, claim, scope, 2))) == 2
    with pytest.raises(ValueError, match="it lacks z"):
        points(gamma, claim, {"y": scope["y"]}, 2)


def test_a_small_space_is_known_to_be_small() -> None:
    scope, gamma, _ = read(["y = 1/2"])
    found = draw(gamma, scope, 32)
    assert len(found.points) == 1
    assert found.exhausted
    scope, gamma, _ = read(["0 < y"])
    assert not draw(gamma, scope, 32).exhausted


# --- planted false claims, beside true twins -----------------------------------------------------------------------

PLANTED: dict[str, tuple[list[str], str, list[str], str]] = {
    # kind: Γ, false φ, Γ and φ of the true twin
    "equality": (["0 < y", "0 < z"], "log(y + z) = log(y) + log(z)", ["0 < y", "0 < z"], "log(y*z) = log(y) + log(z)"),
    "inequality": (GIBBS, "kl(p, q) <= sum(i in X: abs(p[i] - q[i]))", GIBBS, "0 <= kl(p, q)"),
    "strictness": (GIBBS, "0 < kl(p, q)", [*GIBBS, "sum(i in X: q[i]) < 1"], "0 < kl(p, q)"),
    "strictness of the tangent": (["0 < y"], "log(y) < y - 1", ["0 < y", "y != 1"], "log(y) < y - 1"),
    "strictness by irrational logs": (
        ["0 < y", "0 < z"],
        "log(y*z) < log(y) + log(z)",
        ["0 < y", "0 < z"],
        "log(y*z) <= log(y) + log(z)",
    ),
    "constant": (["0 < y"], "log(y) <= y - 101/100", ["0 < y"], "log(y) <= y - 1"),
    "constant of Pinsker": (
        ["0 <= y", "y <= 1", "0 < z", "z < 1"],
        "201/100*(y - z)^2 <= binary_kl(y, z)",
        ["0 <= y", "y <= 1", "0 < z", "z < 1"],
        "2*(y - z)^2 <= binary_kl(y, z)",
    ),
    "equality case": (
        TOUCH,
        f"{BOTH} <=> (forall i in X: a[i] = b[i])",
        TOUCH,
        f"{BOTH} <=> (forall i in X: a[i] = c[i]*b[i])",
    ),
    "equality case, too few": (
        [*P, *Q, *AC],
        "kl(p, q) = 0 <=> (forall i in X: p[i] = q[i] + 1 - card(X)*p[i])",
        [*P, *Q, *AC],
        "kl(p, q) = 0 <=> (forall i in X: p[i] = q[i])",
    ),
    "implication": (
        [*P, *Q],
        "(forall i in X: p[i] = q[i]) => 0 < kl(p, q)",
        [*P, *Q],
        "(forall i in X: p[i] = q[i]) => kl(p, q) = 0",
    ),
    "implication under forall": (
        POSITIVE,
        "forall i in X: p[i] = q[i] => log(p[i]) < log(q[i])",
        POSITIVE,
        "forall i in X: p[i] = q[i] => log(p[i]) <= log(q[i])",
    ),
    "limit": (
        FLIPS,
        f"lim(n: {RATIO}) -> q1*log(q1/p1) + q2*log(q2/p2)",
        FLIPS,
        f"lim(n: {RATIO}) -> p1*log(p1/q1) + p2*log(p2/q2)",
    ),
    "limit, wrong by a little": (
        FLIPS,
        f"lim(n: {RATIO}) -> p1*log(p1/q1) + p2*log(p2/q2) + 1/1000",
        FLIPS,
        "lim(n: N_t[n]/n) -> p2",
    ),
    "undefined subterm": (
        P,
        "sum(i in X: p[i]*log(p[i])) <= 0",
        [*P, "forall i in X: 0 < p[i]"],
        "sum(i in X: p[i]*log(p[i])) <= 0",
    ),
    "undefined divergence": ([*P, *Q], "0 <= kl(p, q)", [*P, *Q, *AC], "0 <= kl(p, q)"),
    "no flips": (["p1 + p2 = N"], "p1/N + p2/N = 1", ["p1 + p2 = N", "0 < N"], "p1/N + p2/N = 1"),
    "no outcomes": (
        ["forall i in X: 0 <= p[i]"],
        "0 < sum(i in X: 1 + p[i])",
        ["forall i in X: 0 <= p[i]", "0 < card(X)"],
        "0 < sum(i in X: 1 + p[i])",
    ),
    "law of logs without positivity": (
        ["y != 0", "z != 0"],
        "log(y*z) = log(y) + log(z)",
        ["0 < y", "0 < z"],
        "log(y*z) = log(y) + log(z)",
    ),
    "half a power": (["0 <= y"], "(y*y)^(1/2) = y", ["0 < y"], "(y*y)^(1/2) = y"),
    "Gibbs without a bound on q": ([*P, "forall i in X: 0 <= q[i]", *AC], "0 <= kl(p, q)", GIBBS, "0 <= kl(p, q)"),
    "data processing, wrong way": (
        [*P, *Q, *AC, *KERNEL],
        "kl(p, q) <= kl(j in Y: sum(i in X: p[i]*W[i, j]), j in Y: sum(i in X: q[i]*W[i, j]))",
        [*P, *Q, *AC, *KERNEL],
        "kl(j in Y: sum(i in X: p[i]*W[i, j]), j in Y: sum(i in X: q[i]*W[i, j])) <= kl(p, q)",
    ),
    "sums swapped": (
        KERNEL,
        "sum(j in Y: sum(i in X: W[i, j])) = card(Y)",
        KERNEL,
        "sum(j in Y: sum(i in X: W[i, j])) = card(X)",
    ),
    "all n": (
        ["lim(n: u[n]) -> z"],
        "forall n in Nat: u[n] <= z",
        ["lim(n: u[n]) -> z"],
        "forall n in Nat: u[n] <= u[n]",
    ),
    "mean without the marginal": (
        SPACE[:2] + SPACE[3:],
        f"{MEAN} = card(T)*sum(i in X: p[i]*log(p[i]/q[i]))",
        SPACE,
        f"{MEAN} = card(T)*sum(i in X: p[i]*log(p[i]/q[i]))",
    ),
    "variance without independence": (
        [*SPACE, "sum(i in X: p[i]*a[i]) = 0"],
        f"{SQUARE} = card(T)*sum(i in X: p[i]*a[i]^2)",
        [*SPACE, INDEPENDENT, "sum(i in X: p[i]*a[i]) = 0"],
        f"{SQUARE} = card(T)*sum(i in X: p[i]*a[i]^2)",
    ),
}
UNDEFINED = {"undefined subterm", "undefined divergence", "no flips", "half a power", "law of logs without positivity"}


@pytest.mark.parametrize("kind", sampled(PLANTED, 5))
def test_a_planted_false_claim_is_refuted_and_its_twin_is_not(kind: str) -> None:
    given, false, twin_given, true = PLANTED[kind]
    scope, gamma, (claim,) = read(given, false)
    evidence = examine(gamma, claim, scope)
    point = evidence.counterexample
    assert point is not None
    assert all(Reading(point, 80).truth(h, exact=True) is Truth.TRUE for h in gamma)
    # What is false at one point and has no value at another one is refuted.
    assert evidence.verdict in ((Verdict.REFUTED, Verdict.UNDEFINED) if kind in UNDEFINED else (Verdict.REFUTED,))
    if evidence.verdict is Verdict.UNDEFINED:
        assert evidence.reason.startswith("it has no value: ")
    else:
        assert evidence.reason.startswith("false: ")
        assert holds(claim, point, 80) is Truth.FALSE
    scope, gamma, (twin,) = read(twin_given, true)
    evidence = examine(gamma, twin, scope)
    assert evidence.verdict is Verdict.SUPPORTED, evidence.reason
    assert evidence.reason == ""
    assert evidence.points >= 32
    assert evidence.counterexample is None


@pytest.mark.parametrize("kind", sampled(PLANTED, 2))
def test_refute_finds_a_point_where_the_claim_is_false_and_none_for_the_twin(kind: str) -> None:
    given, false, twin_given, true = PLANTED[kind]
    scope, gamma, (claim,) = read(given, false)
    point = refute(gamma, claim, declare(NAMES))
    if point is None:
        assert kind in UNDEFINED  # what has no value is not false
    else:
        assert {name for name, _ in point.sizes} == {n for n, (_, values) in scope.items() if values == "set"}
        assert all(holds(h, point) is Truth.TRUE for h in gamma)
        assert holds(claim, point) is Truth.FALSE
    scope, gamma, (twin,) = read(twin_given, true)
    assert refute(gamma, twin, scope, count=8) is None


def test_a_counterexample_is_easy_to_read() -> None:
    scope, gamma, (claim,) = read(["0 < y", "0 < z"], "log(y + z) = log(y) + log(z)")
    point = refute(gamma, claim, scope)
    assert point is not None
    assert all(v.numerator < 20 and v.denominator < 20 for name in ("y", "z") for v in fractions(point, name))


def test_equality_cases_are_looked_at_where_they_hold() -> None:
    scope, gamma, (claim,) = read(*PLANTED["equality case"][2:])
    evidence = examine(gamma, claim, scope)
    assert evidence.constructed >= 8
    scope, gamma, (claim,) = read(["0 < y"], "log(y) = y - 1 <=> y = 1")
    evidence = examine(gamma, claim, scope)
    assert (evidence.verdict, evidence.constructed) == (Verdict.SUPPORTED, 1)


def test_an_equivalence_whose_left_side_never_held_is_not_supported() -> None:
    scope, gamma, (claim,) = read(["0 < y"], "y + 1 = 0 <=> y + 2 = 0")
    evidence = examine(gamma, claim, scope)
    assert evidence.verdict is Verdict.UNKNOWN
    assert evidence.reason == "only 0 points were found at which the left side holds, 8 are wanted"


def test_a_limit_is_controlled_by_sequences_that_tend_elsewhere() -> None:
    scope, gamma, (claim,) = read(FLIPS, f"lim(n: {RATIO}) -> p1*log(p1/q1) + p2*log(p2/q2)")
    evidence = examine(gamma, claim, scope)
    failed, tried = evidence.control
    assert 0 < failed <= tried == 8
    assert len(evidence.errors) == 12
    assert evidence.errors[-1] < evidence.errors[0] / 1000
    scope, gamma, (claim,) = read(FLIPS, "lim(n: 1/n) -> 0")
    evidence = examine(gamma, claim, scope)
    assert evidence.verdict is Verdict.UNKNOWN
    assert evidence.reason == "the statement also holds for sequences with another limit, so they tell nothing"


@pytest.mark.slow
def test_too_few_points_are_not_enough() -> None:
    near = ["0 < y", "0 < z", "abs(y - z) <= 10^(-11)"]
    scope, gamma, (claim,) = read(near, "y <= 2*z")
    assert examine(gamma, claim, scope, count=8).verdict is Verdict.SUPPORTED
    scope, gamma, (claim,) = read([*near, "y != z", *(f"abs({k} - z) <= 10^(-11)" for k in ("p1", "p2"))], "y <= 2*z")
    evidence = examine(gamma, claim, scope, count=100)
    assert evidence.verdict is Verdict.UNKNOWN
    assert 0 < evidence.points < 100
    assert evidence.reason == f"only {evidence.points} points of Γ were found, 100 are wanted"


def test_what_the_digits_do_not_decide_is_unknown() -> None:
    source = "exp(1/2*log(2))*exp(1/2*log(2))"
    scope, gamma, (claim, twin) = read([], f"{source} < 2", f"{source} <= 2")
    evidence = examine(gamma, claim, scope)
    assert (evidence.verdict, evidence.reason) == (Verdict.UNKNOWN, "50 digits do not decide it")
    assert examine(gamma, twin, scope).verdict is Verdict.SUPPORTED


# --- theorems ------------------------------------------------------------------------------------------------------


UNTOLD = [name for name, entry in library.ledger().theorems.items() if entry.verification.verdict == "unknown"]


@pytest.mark.slow
@pytest.mark.parametrize("name", UNTOLD)
def test_of_some_theorems_numbers_tell_nothing(name: str) -> None:
    assert verify(library.theorem(name)).verdict is Verdict.UNKNOWN


# The tests of the ledger evaluate one in eight, and `kl-symbolic book check` every theorem, at more points.
@pytest.mark.parametrize("name", [n for n in library.names() if n not in UNTOLD][::160])
def test_a_shipped_theorem_is_supported(name: str) -> None:
    evidence = verify(library.theorem(name), points=4)
    assert evidence.verdict is Verdict.SUPPORTED, evidence.reason
    assert evidence.point is not None
    # Integrals are compared to seven digits.
    digits = 6 if evidence.integrating else 40
    assert all(holds(h, evidence.point, 60) is Truth.TRUE for h in library.theorem(name).hypotheses)
    assert evidence.residual < mpmath.mpf(10) ** -digits


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("coin_flips", 50),
        pytest.param("kl_eq_zero_iff", 50, marks=pytest.mark.slow),
        ("kl_nonneg", 300),
        pytest.param("log_div", 1000, marks=pytest.mark.slow),
    ],
)
def test_evidence_for_a_theorem(name: str, digits: int) -> None:
    theorem = library.theorem(name)
    evidence = verify(theorem, digits=digits)
    assert (evidence.name, evidence.verdict, evidence.reason, evidence.digits) == (name, Verdict.SUPPORTED, "", digits)
    assert evidence.points >= 32
    assert evidence.residual < mpmath.mpf(10) ** (10 - digits)
    assert evidence.constructed >= (8 if theorem.conclusion.op == "<=>" else 0)
    assert (evidence.control[0] > 0) == (theorem.conclusion.op == "->")
    shown = [line for line in evidence.lines if line.shown]
    assert shown and all(
        line.verdict is Verdict.SUPPORTED and line.points >= 32 and not line.undefined for line in shown
    )
    assert len(evidence.lines) == len({(frozenset(k.sequent.hypotheses), k.sequent.conclusion) for k in theorem.lines})


def test_equal_seeds_give_equal_evidence() -> None:
    theorem = library.theorem("coin_flips_finite")
    one, two, other = (verify(theorem, points=8, seed=seed) for seed in (5, 5, 6))
    assert one == two
    assert one.point != other.point


def planted_line(theorem: Any, number: int, claim: str, given: list[str] | None = None) -> Any:
    """Return what looks like a theorem, with one line that its proof does not have."""
    scope = declare(
        {n: " -> ".join([", ".join(over), values]) if over else values for n, (over, values) in theorem.scope.items()}
    )
    old = theorem.lines[number]
    gamma = old.sequent.hypotheses if given is None else tuple(parse(s, "statement", scope) for s in given)
    sequent = Sequent(gamma, parse(claim, "statement", scope), frozenset())
    lines = (*theorem.lines[:number], Line(old.rule, old.premises, old.lemma, sequent), *theorem.lines[number + 1 :])
    kept = ("name", "scope", "hypotheses", "conclusion", "story", "certificate")
    return SimpleNamespace(lines=lines, **{key: getattr(theorem, key) for key in kept})


def test_a_false_line_inside_a_proof_is_found() -> None:
    theorem = library.theorem("coin_flips_finite")
    shown = [entry[1] for entry in theorem.story if entry[0] == "step"]
    hidden = next(k for k in range(len(theorem.lines)) if k not in shown)
    for number in (hidden, shown[0]):
        true = planted_line(theorem, number, "log(p1*q1) = log(p1) + log(q1)", ["0 < p1", "0 < q1"])
        assert verify(true, points=8).verdict is Verdict.SUPPORTED
        false = planted_line(theorem, number, "log(p1*q1) = log(p1) - log(q1)", ["0 < p1", "0 < q1"])
        evidence = verify(false, points=8)
        assert evidence.verdict is Verdict.REFUTED
        assert evidence.reason == f"line {number}: false: log(p1*q1) = log(p1) - log(q1)"
        assert evidence.counterexample is not None


def test_a_line_is_looked_at_under_its_own_hypotheses() -> None:
    theorem = library.theorem("coin_flips_finite")
    evidence = verify(planted_line(theorem, 0, "0 <= p1", []), points=8)
    assert evidence.verdict is Verdict.REFUTED
    assert evidence.reason == "line 0: false: 0 <= p1"


def test_a_shown_line_without_a_value_is_reported_and_a_hidden_one_is_not() -> None:
    theorem = library.theorem("coin_flips_finite")
    shown = [entry[1] for entry in theorem.story if entry[0] == "step"]
    hidden = next(k for k in range(len(theorem.lines)) if k not in shown)
    evidence = verify(planted_line(theorem, shown[0], "log(N_h) = log(N_h)"), points=16)
    assert evidence.verdict is Verdict.UNDEFINED
    reason = "it has no value: log of a number that is not positive: log(N_h)"
    assert evidence.reason == f"line {shown[0]}: {reason}"
    evidence = verify(planted_line(theorem, hidden, "log(N_h) = log(N_h)"), points=16)
    assert evidence.verdict is Verdict.SUPPORTED


def test_a_theorem_whose_statement_has_a_hole_is_not_supported() -> None:
    def proved(name: str, *given: str) -> Evidence:
        proof = Proof(name, library.theorem)
        proof.declare(y="number")
        for hypothesis in given:
            proof.given(hypothesis)
        same = proof.congr(proof.term("1/y"), proof.field("y = y"))
        return verify(check(proof.certificate(same)))

    evidence = proved("hole")
    assert evidence.verdict is Verdict.UNDEFINED
    assert evidence.reason == "it has no value: division by zero: 1/y"
    assert evidence.counterexample == Point.of(numbers={"y": 0})
    assert proved("no_hole", "y != 0").verdict is Verdict.SUPPORTED


def test_evidence_is_frozen_and_a_verdict_is_not_a_bool() -> None:
    evidence = verify(library.theorem("log_one"))
    assert evidence.points == 1  # nothing is free, so there is one point
    with pytest.raises(FrozenInstanceError):
        evidence.verdict = Verdict.REFUTED  # type: ignore[misc]
    assert "PROVED" not in inspect.getsource(verification)  # numbers never prove
    for verdict in Verdict:
        with pytest.raises(TypeError, match="is not true or false; compare it with"):
            bool(verdict)


def test_a_cell_hidden_behind_a_factor_zero_is_chosen_all_the_same() -> None:
    scope, gamma, _ = read(["y = 0", "z = log(2 + y*p1)", "q1 = log(3)*(1 + y*p2)"])
    found = list(points(gamma, None, scope, 6))
    assert len(found) == 6
    assert len({point.number_of["p1"][()] for point in found}) > 1


# --- bounds ----------------------------------------------------------------------------------------------------------


def nested(depth: int) -> CheckedTheorem:
    """Return ∀ … ∀. x = x, with so many ∀ over one set: 2^depth assignments where the set has two elements."""
    proof = Proof("nested", library.theorem)
    proof.declare(X="set", x="number")
    fact = proof.field("x = x")
    for _ in range(depth):
        fact = proof.gen(proof.fresh("X"), fact)
    return check(proof.certificate(fact))


@pytest.mark.slow
def test_nested_quantifiers_end_by_the_budget_and_a_few_do_not_need_it() -> None:
    evidence = verify(nested(50))
    assert evidence.verdict is Verdict.UNKNOWN
    assert evidence.reason == "the budget is spent: it needs more work than is allowed"
    assert verify(nested(3)).verdict is Verdict.SUPPORTED


@pytest.mark.slow
def test_long_sums_in_hypotheses_are_charged_by_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {f"w{k}": "number" for k in range(30)}
    scope = declare(names)
    turned = [[*names][k:] + [*names][:k] for k in range(30)]
    given = [
        parse(f"0 < {' + '.join(f'{j + 1}*{n}' for j, n in enumerate(row))}", "statement", scope) for row in turned
    ]
    monkeypatch.setattr(verification, "WORK", 60_000)
    evidence = examine(given, parse("w0 = w0", "statement", scope), scope)
    assert (evidence.verdict, evidence.points < 32) == (Verdict.UNKNOWN, True)
    assert evidence.reason == "the budget is spent: it needs more work than is allowed"
    monkeypatch.setattr(constraints, "_PER_STEP", 10**6)
    assert examine(given, parse("w0 = w0", "statement", scope), scope).points > evidence.points


def test_more_effort_allows_more_work(monkeypatch: pytest.MonkeyPatch) -> None:
    theorem = library.theorem("log_le_sub_one")
    monkeypatch.setattr(verification, "WORK", 100)
    assert verify(theorem).verdict is Verdict.UNKNOWN
    assert verify(theorem, effort=1000).verdict is Verdict.SUPPORTED
    for effort in (0, -1, 1.0, True, "1"):
        with pytest.raises(InvalidValue, match="expected an effort of at least 1, an int"):
            verify(theorem, effort=effort)  # type: ignore[arg-type]


def test_a_budget_is_counted_in_steps_so_that_equal_questions_get_equal_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verification, "WORK", 10_000)
    assert verify(nested(50)) == verify(nested(50))
