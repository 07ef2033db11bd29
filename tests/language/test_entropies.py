"""H, I and D: what they stand for, what is refused with a caret, and how sums are read as combinations of entropies."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.entropies import JointFamily
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import text

NAMES = {**dict.fromkeys("XYZ", "set"), "r": "X, Y, Z -> number", "p": "X -> number", "q": "X -> number"}
SCOPE = declare(NAMES)


def read(source: str, **more: str) -> Node:
    return parse(source, "number", declare({**NAMES, **more}))


@pytest.mark.parametrize(
    ("notation", "term"),
    [
        ("H(X)", "entropy(i in X: sum(j in Y: sum(k in Z: r[i, j, k])))"),
        ("H(Z,X)", "joint_entropy(k in Z: i in X: sum(j in Y: r[i, j, k]))"),
        ("H(X|Z)", "cond_entropy(i in X: k in Z: sum(j in Y: r[i, j, k]))"),
        ("H(X,Y,Z)", "-sum(i in X: sum(j in Y: sum(k in Z: xlogy(r[i, j, k], r[i, j, k]))))"),
        (
            "H(X|Y,Z)",
            "-sum(i in X: sum(j in Y: sum(k in Z: rel_entr(r[i, j, k], sum(a in X: r[a, j, k])))))",
        ),
        ("I(X;Y)", "mutual_info(i in X: j in Y: sum(k in Z: r[i, j, k]))"),
        ("I(X;Y|Z)", "cond_mutual_info(r)"),
        (
            "I(X;Y,Z)",
            "sum(i in X: sum(j in Y: sum(k in Z: rel_entr(r[i, j, k], "
            "sum(a in Y: sum(b in Z: r[i, a, b]))*sum(a in X: r[a, j, k])))))",
        ),
        ("D(p||q)", "kl(p, q)"),
        ("D(i in X: 2*p[i]||q)", "kl(i in X: 2*p[i], q)"),
    ],
)
def test_the_notation_is_the_term_that_it_stands_for(notation: str, term: str) -> None:
    assert read(notation) == read(term)


def test_a_divergence_of_joint_families_is_a_double_sum() -> None:
    pair = {"s": "X, Y -> number", "t": "X, Y -> number"}
    expected = "sum(i in X: sum(j in Y: rel_entr(s[i, j], t[i, j])))"
    assert text(read("D(s||t)", **pair)) == expected
    assert text(read("D(i in X: j in Y: s[i, j] || t)", **pair)) == expected


@pytest.mark.parametrize(
    ("source", "reason", "place"),
    [
        ("H(T)", "expected a variable: an index set of a declared family", 3),
        ("H(X,X)", "this variable stands here already", 5),
        ("H(X;Y)", "expected )", 4),
        ("I(X,Y)", "expected ;", 6),
        ("I(X;Y;Z)", "expected )", 6),
        ("D(p,q)", "expected ||", 4),
        ("D(p||r)", "expected a function of X", 6),
        ("D(p||1)", "expected a function of an index", 6),
    ],
)
def test_what_is_not_the_notation_is_refused_where_it_goes_wrong(source: str, reason: str, place: int) -> None:
    with pytest.raises(Refused) as caught:
        read(source)
    assert caught.value.reason == reason
    assert f"column {place}\n" in str(caught.value)


def test_the_family_must_be_clear() -> None:
    with pytest.raises(Refused, match="several are declared"):
        read("H(X|Y)", s="X, Y -> number")
    with pytest.raises(Refused, match="an index set of its own"):
        parse("H(X)", "number", declare({"X": "set", "r": "X, X -> number"}))
    with pytest.raises(Refused, match="expected a declared family"):
        parse("H(X,Y)", "number", declare({"X": "set", "Y": "set", "p": "X -> number"}))


def test_declared_names_are_not_notation() -> None:
    assert text(read("H(x)", H="number -> number", x="number")) == "H(x)"
    assert text(read("I*D", I="number", D="number")) == "I*D"


BODY = parse("r[i, j, k]", "number", declare({**NAMES, "i": "X", "j": "Y", "k": "Z"}))
FAMILY = JointFamily(BODY, BODY.args, ("X", "Y", "Z"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("H(X)", {(0,): -1}),
        ("H(Y|X)", {(0,): 1, (0, 1): -1}),
        ("I(Z;Y|X)", {(0,): 1, (0, 1): -1, (0, 2): -1, (0, 1, 2): 1}),
        ("I(X;Y,Z)", {(0,): -1, (0, 1, 2): 1, (1, 2): -1}),
        (
            "sum(k in Z: sum(j in Y: sum(i in X: xlogy(r[i, j, k], sum(b in Y: sum(a in X: r[a, b, k])))/2)))",
            {(2,): 0.5},
        ),
        ("sum(i in X: sum(j in Y: rel_entr(sum(k in Z: r[i, j, k]), sum(k in Z: r[i, j, k]))))", {}),
    ],
)
def test_a_sum_is_read_as_a_combination_of_entropies(source: str, expected: dict[tuple[int, ...], float]) -> None:
    assert FAMILY.read(read(source)) == {s: Fraction(value) for s, value in expected.items()}


@pytest.mark.parametrize(
    "source",
    [
        "kl(p, q)",
        "sum(i in X: xlogy(p[i], p[i]))",
        "sum(i in X: sum(j in Y: sum(k in Z: xlogy(r[i, j, k], exp(p[i])))))",
        "sum(i in X: sum(j in Y: xlogy(sum(k in Z: r[i, j, k]), sum(i in X: r[i, j, z]))))",
        "sum(i in X: sum(j in Y: xlogy(sum(a in X: sum(k in Z: r[a, j, k])), sum(k in Z: r[i, j, k]))))",
    ],
)
def test_other_sums_are_not_read(source: str) -> None:
    assert FAMILY.read(read(source, z="Z")) is None
