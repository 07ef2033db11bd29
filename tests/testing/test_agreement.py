"""``assert_agrees``: planted mistakes are caught with a readable input, and correct functions are not complained about."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.special import rel_entr, softmax, xlogy

import kl_symbolic as kl
from kl_symbolic.testing.points import Input, inputs, simpler
from tests.support.lanes import sampled, sampled_rows

from ..support.tensors import Tensor, kl_div, tensor

Function = Callable[..., Any]


# --- correct functions -----------------------------------------------------------------------------------------------


def numpy_kl(p: Any, q: Any) -> Any:
    positive = p > 0
    return np.sum(np.where(positive, p * np.log(np.where(positive, p, 1) / q), 0))


def scipy_kl(p: Any, q: Any) -> Any:
    return rel_entr(p, q).sum()


def tensor_kl(p: Tensor, q: Tensor) -> Tensor:
    return (p.xlogy(p) - p.xlogy(q)).sum(dim=-1)


def python_kl(p: Any, q: Any) -> float:
    terms = [0.0 if a == 0 else math.inf if b == 0 else a * math.log(a / b) for a, b in zip(p, q, strict=True)]
    return math.fsum(terms)


CORRECT: dict[str, tuple[Function, dict[str, Any]]] = {
    "NumPy": (numpy_kl, {}),
    "SciPy": (scipy_kl, {}),
    "torch-like, in batches": (tensor_kl, {"batched": -1, "convert": tensor}),
    "plain Python": (python_kl, {"convert": np.ndarray.tolist}),
    "SciPy, outcomes first": (lambda p, q: rel_entr(p, q).sum(axis=0), {"batched": 0}),
    "SciPy, keeping dimensions": (lambda p, q: rel_entr(p, q).sum(axis=-1, keepdims=True), {"batched": -1}),
    "the sum over a batch": (lambda p, q: rel_entr(p, q).sum(), {"batched": -1, "reduction": "sum"}),
    "the mean over a batch": (lambda p, q: rel_entr(p, q).sum(-1).mean(), {"batched": -1, "reduction": "mean"}),
    "kl_div of torch": (
        lambda p, q: kl_div(q.log(), p, reduction="batchmean"),
        {"batched": -1, "reduction": "mean", "convert": tensor, "domain": "positive"},
    ),
    "without zeros": (lambda p, q: np.sum(p * np.log(p / q)), {"domain": "positive"}),
    "bits": (lambda p, q: rel_entr(p, q).sum() / np.log(2), {"base": 2}),
}


@pytest.mark.parametrize("seed", sampled(range(3)))
@pytest.mark.parametrize("kind", sampled(CORRECT, 4))
def test_correct_functions_agree(kind: str, seed: int) -> None:
    function, options = CORRECT[kind]
    found = kl.assert_agrees(function, kl.kl_divergence, seed=seed, **options)
    assert found.inputs > 100
    assert found.error < 1e-4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("function", "measure"),
    sampled_rows(
        [
            (lambda p: -xlogy(p, p).sum(), kl.entropy),
            (lambda p, q: -xlogy(p, q).sum(), kl.cross_entropy),
            (lambda p, q: -xlogy(p, q).sum(), "cross_entropy_identity"),
            (lambda p, q: -xlogy(p, q).sum(), kl.theorem("cross_entropy_identity")),
        ],
        2,
    ),
)
def test_other_measures_and_theorems(function: Function, measure: Any) -> None:
    assert kl.assert_agrees(function, measure).inputs > 50


@pytest.mark.parametrize("measure", sampled([kl.cross_entropy, "cross_entropy_identity"]))
def test_a_value_that_is_a_hundredth_too_large_disagrees(measure: Any) -> None:
    with pytest.raises(kl.Disagreement):
        kl.assert_agrees(lambda p, q: -1.01 * xlogy(p, q).sum(), measure)


def needing(P: list[Fraction], Q: list[Fraction], *, given: object) -> sympy.Expr:
    return kl.kl_divergence(P, Q)


def jensen_shannon(P: list[Fraction], Q: list[Fraction]) -> sympy.Expr:
    middle = [(p + q) / 2 for p, q in zip(P, Q, strict=True)]
    return kl.kl_divergence(P, middle) / 2 + kl.kl_divergence(Q, middle) / 2


def numeric_js(p: Any, q: Any) -> Any:
    return (rel_entr(p, (p + q) / 2).sum() + rel_entr(q, (p + q) / 2).sum()) / 2


@pytest.mark.slow
def test_a_measure_can_be_a_function_of_the_users_own() -> None:
    kl.assert_agrees(numeric_js, jensen_shannon)
    kl.assert_agrees(numeric_js, partial(jensen_shannon))


def mutual_information(joint: list[list[Fraction]]) -> sympy.Expr:
    rows, columns = map(sum, joint), map(sum, zip(*joint, strict=True))
    independent = [a * b for b in list(columns) for a in [Fraction(1)]]
    products = [r * c for r in rows for c in independent]
    return kl.kl_divergence([w for row in joint for w in row], products)


def numeric_information(joint: Any) -> Any:
    return rel_entr(joint, joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)).sum()


@pytest.mark.slow
def test_joint_distributions() -> None:
    assert kl.assert_agrees(numeric_information, mutual_information).inputs > 50
    with pytest.raises(kl.Disagreement, match=r"joint = \[\[.*\], \[.*\]\]"):
        kl.assert_agrees(lambda r: numeric_information(r) + rel_entr(r[0, 0], r[-1, 0]), mutual_information)


# --- planted mistakes ------------------------------------------------------------------------------------------------


def clipped(p: Any, q: Any) -> Any:
    return np.sum(np.clip(p, 1e-10, 1) * np.log(np.clip(p, 1e-10, 1) / np.clip(q, 1e-10, 1)))


def shifted(p: Any, q: Any) -> Any:
    return np.sum(p * np.log((p + 1e-8) / (q + 1e-8)))


MISTAKES: dict[str, tuple[Function, Any, dict[str, Any], str]] = {
    "swapped": (lambda p, q: rel_entr(q, p).sum(), kl.kl_divergence, {}, "are the arguments swapped?"),
    "no sum": (rel_entr, kl.kl_divergence, {}, "is the sum over the outcomes missing?"),
    "log of 0": (lambda p, q: np.sum(p * np.log(p / q)), kl.kl_divergence, {}, "wrong only where a probability is 0"),
    "clipped": (clipped, kl.kl_divergence, {}, "is a probability clipped?"),
    "an ε added": (shifted, kl.kl_divergence, {}, "is an ε added?"),
    "mean": (lambda p, q: rel_entr(p, q).mean(), kl.kl_divergence, {}, "is it a mean where a sum belongs?"),
    "mean over all entries": (
        lambda p, q: kl_div(q.log(), p),
        kl.kl_divergence,
        {"batched": -1, "reduction": "mean", "convert": tensor, "domain": "positive"},
        "the mean over all entries, outcomes included",
    ),
    "bits": (lambda p, q: rel_entr(p, q).sum() / np.log(2), kl.kl_divergence, {}, "logarithms to the base 2"),
    "nats": (lambda p, q: rel_entr(p, q).sum(), kl.kl_divergence, {"base": 2}, "natural logarithms"),
    "logits": (
        lambda p, q: rel_entr(softmax(p), softmax(q)).sum(),
        kl.kl_divergence,
        {},
        "softmax of its arguments: does it expect logits?",
    ),
    "log-probabilities": (
        lambda p, q: kl_div(p, q, reduction="sum"),
        kl.kl_divergence,
        {"convert": tensor, "domain": "positive"},
        "does it expect P as log-probabilities?",
    ),
    "float32": (
        lambda p, q: rel_entr(p.astype(np.float32), q.astype(np.float32)).sum(),
        kl.kl_divergence,
        {},
        "is something in it float32",
    ),
    "asymmetric Jensen–Shannon": (lambda p, q: rel_entr(p, (p + q) / 2).sum(), jensen_shannon, {}, "P = [1/4, 3/4]"),
    "the wrong sign": (lambda p: xlogy(p, p).sum(), kl.entropy, {}, "is the sign wrong?"),
    "another measure": (lambda p, q: rel_entr(p, q).sum(), kl.cross_entropy, {}, "agrees with kl_divergence(P, Q)"),
    "the wrong axis": (
        lambda p, q: rel_entr(p, q).sum(axis=0),
        kl.kl_divergence,
        {"batched": -1},
        "is the sum over the wrong axis?",
    ),
    "a reduced batch": (
        lambda p, q: rel_entr(p, q).sum(),
        kl.kl_divergence,
        {"batched": -1},
        "reduction='sum' or 'mean'",
    ),
    "nothing returned": (lambda p, q: None, kl.kl_divergence, {}, "does the function return its result?"),
    "text returned": (lambda p, q: "0.3", kl.kl_divergence, {}, "no real number: '0.3'"),
    "a complex number returned": (lambda p, q: 0.3j, kl.kl_divergence, {}, "no real number"),
    "an exception": (
        lambda p, q: sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True)),
        kl.kl_divergence,
        {},
        "it raised ValueError: ",
    ),
    "an overflow": (
        lambda p, q: (
            np.log(np.prod((p / q) ** (p * np.float32(1)))) if p.min() > 0 < q.min() else rel_entr(p, q).sum() + 1
        ),
        kl.kl_divergence,
        {},
        "wrong only where a probability is 0",
    ),
    "ignoring what Q excludes": (
        lambda p, q: np.sum(rel_entr(p, q)[q > 0]),
        kl.kl_divergence,
        {},
        "a finite value where the exact one is infinite",
    ),
    "a cancellation": (
        lambda p, q: np.float32(-xlogy(p, q).sum()) - np.float32(-xlogy(p, p).sum()),
        kl.kl_divergence,
        {"domain": "positive"},
        "float32",
    ),
    "wrong from 200 outcomes on": (
        lambda p, q: rel_entr(p, q)[:200].sum(),
        kl.kl_divergence,
        {},
        "all probabilities positive",
    ),
}


@pytest.mark.parametrize("kind", sampled(MISTAKES, 5))
def test_planted_mistakes_are_caught_with_a_readable_input(kind: str) -> None:
    function, measure, options, shown = MISTAKES[kind]
    with pytest.raises(AssertionError) as caught:
        kl.assert_agrees(function, measure, **options)
    message = str(caught.value)
    assert shown in message
    assert "expected: " in message
    assert "got: " in message
    assert len(message) < 2000
    found = caught.value
    assert isinstance(found, kl.Disagreement)
    if kind not in ("mean over all entries", "a reduced batch", "wrong from 200 outcomes on"):
        (tables,) = found.arguments
        assert len(tables[0]) <= 2
        assert all(w.denominator <= 4 for table in tables for w in table)


def test_the_message_in_full() -> None:
    def kl_loss(p: Any, q: Any) -> Any:
        return rel_entr(q, p).sum()

    with pytest.raises(kl.Disagreement) as caught:
        kl.assert_agrees(kl_loss, kl.kl_divergence, domain="positive")
    assert str(caught.value).splitlines() == [
        "kl_loss disagrees with kl_divergence at 31 of 84 inputs (float64, tolerance 1e-12). The simplest found:",
        "  P = [1/4, 3/4]",
        "  Q = [1/2, 1/2]",
        "  expected: -log(2)/4 + 3*log(3/2)/4 ≈ 0.130812035941",
        "  got:      0.14384103622589045",
        "  it agrees with kl_divergence(Q, P): are the arguments swapped?",
        "  wrong at: all probabilities positive; nearly equal distributions; tiny and huge ratios",
    ]
    assert caught.value.arguments == ((((Fraction(1, 4), Fraction(3, 4))), (Fraction(1, 2), Fraction(1, 2))),)


def test_what_the_function_raised_is_the_cause() -> None:
    def crash(p: Any, q: Any) -> Any:
        raise KeyError("p")

    with pytest.raises(kl.Disagreement, match="it raised KeyError: 'p'") as caught:
        kl.assert_agrees(crash, kl.kl_divergence)
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.slow
def test_equal_seeds_give_equal_messages() -> None:
    def message(seed: int) -> str:
        with pytest.raises(kl.Disagreement) as caught:
            kl.assert_agrees(lambda p, q: rel_entr(p, q)[:40].sum(), kl.kl_divergence, seed=seed)
        return str(caught.value)

    assert message(5) == message(5)
    assert [str(i) for i in inputs(2, False, 53, 400, 1)] != [str(i) for i in inputs(2, False, 53, 400, 2)]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"dtype": "int8"}, "expected dtype to be one of"),
        ({"reduction": "max"}, "expected reduction to be one of"),
        ({"reduction": "sum"}, "goes with batched"),
        ({"domain": "nice"}, "expected domain to be one of"),
        ({"batched": 2}, "expected batched to be the axis"),
        ({"tolerance": -1}, "expected tolerance to be a number"),
        ({"tolerance": math.nan}, "expected tolerance to be a number"),
        ({"absolute": "1"}, "expected absolute to be a number"),
    ],
)
def test_options_that_mean_nothing_are_refused(options: dict[str, Any], shown: str) -> None:
    with pytest.raises(kl.KLError, match=shown):
        kl.assert_agrees(scipy_kl, kl.kl_divergence, **options)


@pytest.mark.parametrize(
    ("measure", "shown"),
    [
        ("kl_nonneg", "no equation, so it tells no value"),
        ("coin_flips", "no equation, so it tells no value"),
        ("mutual_info_symm", "expected a theorem about distributions on one set"),
        ("log_one", "expected a theorem about distributions on one set"),
        ("no_such_theorem", "no shipped theorem"),
        (3, "expected a measure such as"),
        (lambda: 0, "a function of one distribution or more"),
        (needing, "needing needs given too: give a function that says it, lambda P, Q: needing"),
    ],
)
def test_what_cannot_be_compared_with_is_refused_with_the_reason(measure: Any, shown: str) -> None:
    with pytest.raises(kl.KLError, match=shown):
        kl.assert_agrees(scipy_kl, measure)
    with pytest.raises(kl.KLError, match="expected a function of arrays"):
        kl.assert_agrees(0.3, kl.kl_divergence)  # type: ignore[arg-type]


def test_near_equal_distributions_can_be_asked_for_with_relative_accuracy() -> None:
    kl.assert_agrees(scipy_kl, kl.kl_divergence, domain="positive", dtype="float64")
    with pytest.raises(kl.Disagreement, match="wrong at: nearly equal distributions"):
        kl.assert_agrees(scipy_kl, kl.kl_divergence, domain="positive", dtype="float64", absolute=0)


# --- inputs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "joint"), [(1, False), (2, False), (3, False), (1, True)])
@pytest.mark.parametrize(("kind", "bits", "exponents"), [(np.float64, 53, 400), (np.float32, 24, 60)])
def test_floats_hold_the_inputs_exactly(count: int, joint: bool, kind: type, bits: int, exponents: int) -> None:
    for one in inputs(count, joint, bits, exponents, 0):
        assert len(one.tables) == count
        for table in one.tables:
            assert sum(table) == 1
            assert min(table) >= 0
            if max(w.denominator for w in table) < 2**bits:
                assert all(Fraction(float(kind(float(w)))) == w for w in table)


def test_the_inputs_are_of_every_kind() -> None:
    made = inputs(2, False, 53, 400, 0)
    assert {one.kind for one in made} == {
        "a single outcome",
        "all probabilities positive",
        "equal distributions",
        "nearly equal distributions",
        "tiny and huge ratios",
        "an outcome that neither has",
        "an outcome that only the first lacks",
        "an outcome that only the second lacks",
    }
    assert max(one.size for one in made) >= 300


@pytest.mark.slow
def test_simpler_inputs_are_distributions_and_simpler() -> None:
    for one in inputs(2, False, 53, 400, 0):
        for other in simpler(one):
            assert other.complexity < one.complexity
            assert all(sum(table) == 1 and min(table) >= 0 for table in other.tables)
    assert list(simpler(Input(((Fraction(1),),)))) == []
