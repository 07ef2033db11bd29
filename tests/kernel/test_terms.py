"""Terms: what a node is, how terms are spelled in certificates, and what its bounds are."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from kl_symbolic.kernel import Refused, terms
from kl_symbolic.kernel.syntax import decode, decode_abs, encode, read_scope
from kl_symbolic.kernel.terms import (
    MAX_BITS,
    MAX_DEPTH,
    MAX_SIZE,
    NAT,
    Node,
    abstract,
    apply_abs,
    bound,
    instantiate,
    lam,
    num,
    substitute,
)  # fmt: skip
from kl_symbolic.language.printer import explain, text

SCOPE = read_scope(
    {
        "X": "set", "Y": "set", "a": "number", "b": "number", "f": "X -> Y", "g": "Y -> Y", "i": "X", "n": "Nat",
        "p": "X -> number", "r": "X, Y -> number", "u": "Nat -> number", "y": "Y",
    }
)  # fmt: skip
A, B = Node("sym", "a"), Node("sym", "b")


def total(over: str, body: Node) -> Node:
    return Node("sum", None, (lam((over,), body),))


def r(first: Node, second: Node) -> Node:
    return Node("sym", "r", (first, second))


# --- nodes ---------------------------------------------------------------------------------------------------


def test_operators_build_what_is_written() -> None:
    assert text(A + B * 2 - A / B) == "a + b*2 - a/b"
    assert text(1 - A) == "1 - a"
    assert text(2 / (-A) ** B) == "2/(-a)^b"
    assert A + 0 != A
    assert A + B != B + A


@pytest.mark.parametrize("wrong", [0.5, True, "a", None, 1j, Node("=", None, (A, B)), bound(0), Node("idx", "i")])
def test_a_number_term_is_not_a_float_or_a_bool(wrong: Any) -> None:
    with pytest.raises(TypeError, match="expected a number term, an int or a Fraction"):
        num(wrong)
    with pytest.raises(TypeError, match="expected a number term"):
        _ = A + wrong


def test_literals() -> None:
    assert num(3) == num(Fraction(3)) != num(Fraction(1, 3))
    assert num(A) is A


def test_a_literal_has_no_more_digits_than_python_prints() -> None:
    longest = 2**MAX_BITS - 1
    assert str(num(longest).data) == str(longest)
    assert num(Fraction(1, longest)).data.denominator == longest
    for number in (longest + 1, -longest - 1, Fraction(1, longest + 1)):
        with pytest.raises(Refused, match="a number has too many digits"):
            num(number)


def test_a_node_is_frozen_and_hashable() -> None:
    assert hash(A + B) == hash(Node("sym", "a") + Node("sym", "b"))
    with pytest.raises(AttributeError):
        A.op = "idx"  # type: ignore[misc]
    assert A != "a"
    assert len({A, Node("sym", "a"), Node("idx", "a"), Node("card", "a")}) == 3


def test_loose_counts_the_variables_that_point_outside() -> None:
    assert bound(0).loose == 1
    assert bound(3).loose == 4
    assert total("X", r(bound(0), Node("idx", "y"))).loose == 0
    assert total("X", r(bound(0), bound(1))).loose == 1
    assert total("X", total("Y", r(bound(1), bound(0)))).loose == 0
    assert lam(("X", "Y", "X"), bound(4)).loose == 2


def test_names_and_points() -> None:
    node = total("X", r(bound(0), Node("idx", "f", (Node("idx", "i"),))) * Node("card", "Y"))
    assert node.names == {"X", "Y", "r", "f", "i"}
    assert node.points == {"f", "i"}
    assert Node("->", None, (lam((NAT,), Node("nat", None, (bound(0),))), A)).names == {"a"}
    assert Node("delta", "X", (Node("idx", "i"), Node("idx", "i"))).names == {"X", "i"}
    assert Node("def", ("kl", ("X",)), (lam(("X",), A), lam(("X",), B))).names == {"X", "a", "b"}


def test_size_and_depth_are_bounded() -> None:
    node = A
    for _ in range(MAX_DEPTH - 1):
        node = -node
    assert (node.depth, node.size) == (MAX_DEPTH, MAX_DEPTH)
    with pytest.raises(Refused, match="a term is too large"):
        _ = -node
    wide = A
    while wide.size * 2 + 1 <= MAX_SIZE:
        wide = wide + wide
    with pytest.raises(Refused, match="a term is too large"):
        wide + wide


def test_equality_and_hashing_do_not_depend_on_how_a_node_was_made() -> None:
    made = substitute(A + B, {"a": B, "b": A})
    assert made == B + A
    assert hash(made) == hash(B + A)


def test_literals_minus_one_and_minus_two_have_different_hashes() -> None:
    # hash(-1) == hash(-2) in Python: terms that differ in such literals alone must not all collide.
    assert len({hash(num(k)) for k in (-1, -2, 2**61 - 2, 2**61 - 3)}) == 4


def test_equal_nodes_are_one_object_for_as_long_as_they_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    first = A + num(Fraction(1, 2))
    assert A + num(Fraction(1, 2)) is first
    monkeypatch.setattr(terms, "_KNOWN", {})
    second = A + num(Fraction(1, 2))
    assert second is not first
    assert (second, hash(second)) == (first, hash(first))
    monkeypatch.setattr(terms, "MAX_KNOWN", 2)
    made = [num(k) for k in range(5)]
    assert len(terms._KNOWN) <= 2
    assert [m.data for m in made] == [0, 1, 2, 3, 4], "what is forgotten is made again, and is the same"


def test_nodes_with_data_that_python_takes_for_equal_are_kept_apart() -> None:
    assert Node("bound", 1).data is not True
    assert type(Node("num", Fraction(1)).data) is Fraction
    assert Node("sym", "a") is not Node("idx", "a")
    assert Node("bound", True) != Node("bound", 1)


def test_numbers_that_python_hashes_alike_do_not_collide_among_the_known_nodes() -> None:
    for k in range(100):
        num(k * (2**61 - 1))
    keys = [key for key in terms._KNOWN if key[0] == "num"]
    assert len({hash(key) for key in keys}) == len(keys) >= 100


# --- substitution --------------------------------------------------------------------------------------------


def test_instantiate_replaces_the_innermost_binders() -> None:
    body = r(bound(1), bound(0))
    assert instantiate(body, (Node("idx", "i"), Node("idx", "y"))) == r(Node("idx", "i"), Node("idx", "y"))
    assert instantiate(body, (Node("idx", "y"),)) == r(bound(0), Node("idx", "y")), "outer indices are lowered"
    inside = total("X", r(bound(0), bound(1)))
    assert instantiate(inside, (bound(4),)) == total("X", r(bound(0), bound(5))), "values are raised below binders"


def test_substitute_does_not_capture() -> None:
    # p := λ i. Σ_k r(i, g(k)) in Σ_j p_j: the j of the sum must not become the k of the replacement.
    by = {"p": lam(("X",), total("Y", r(bound(1), bound(0))))}
    assert substitute(total("X", Node("sym", "p", (bound(0),))), by) == total("X", total("Y", r(bound(1), bound(0))))
    nested = total("X", total("Y", Node("sym", "p", (bound(1),)) * r(bound(1), bound(0))))
    expected = total("X", total("Y", total("Y", r(bound(2), bound(0))) * r(bound(1), bound(0))))
    assert substitute(nested, by) == expected


def test_substitute_is_simultaneous_and_renames_sets_everywhere() -> None:
    assert substitute(A / B, {"a": B, "b": A}) == B / A
    node = Node(
        "def",
        ("kl", ("X",)),
        (lam(("X",), A), lam(("X",), Node("card", "X") * Node("delta", "X", (bound(0), bound(0))))),
    )
    renamed = substitute(node, {"X": "Y"})
    assert renamed.names == {"Y", "a"}
    assert renamed.data == ("kl", ("Y",))
    assert renamed.args[1].data == "Y"


def test_abstract_and_apply_are_inverse() -> None:
    node = total("X", r(bound(0), Node("idx", "y"))) + r(Node("idx", "i"), Node("idx", "g", (Node("idx", "y"),)))
    bound_y = lam(("Y",), abstract(node, "y"))
    assert "y" not in bound_y.points
    assert bound_y.loose == 0
    assert apply_abs(bound_y, Node("idx", "y")) == node
    assert abstract(node, "n") is node


# --- spelling ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "sort", "shown"),
    [
        (3, "number", "3"), (-3, "number", "-3"), (0, "number", "0"), ("7/10", "number", "7/10"), ("-1/2", "number", "-1/2"), (["a"], "number", "a"),
        (["p", "i"], "number", "p[i]"), (["r", "i", ["f", "i"]], "number", "r[i, f(i)]"), (["sum", "X", ["p", 0]], "number", "sum(i in X: p[i])"),
        (["sum", "X", ["sum", "Y", ["r", 1, ["g", 0]]]], "number", "sum(i in X: sum(j in Y: r[i, g(j)]))"), (["nat", "n"], "number", "n"), (["u", "n"], "number", "u[n]"),
        (["card", "X"], "number", "card(X)"), (["delta", "Y", ["f", "i"], "y"], "number", "delta(f(i), y)"), (["neg", ["log", ["a"]]], "number", "-log(a)"),
        (["kl", ["X"], ["p", 0], 1], "number", "kl(p, i in X: 1)"), (["rel_entr", [], ["a"], 1], "number", "rel_entr(a, 1)"), (["xlogy", ["a"], ["b"]], "number", "xlogy(a, b)"),
        (["all", "Nat", ["<", 0, ["u", 0]]], "statement", "forall n in Nat: 0 < u[n]"), (["->", ["u", 0], ["a"]], "statement", "lim(n: u[n]) -> a"),
        (["=>", ["=", ["a"], 0], ["<=>", ["!=", 1, 2], ["<=", 1, 2]]], "statement", "a = 0 => (1 != 2 <=> 1 <= 2)"), ("i", "X", "i"), (["f", "i"], "Y", "f(i)"), ("n", "Nat", "n"),
    ],
)  # fmt: skip
def test_terms_are_spelled_one_way(value: Any, sort: str, shown: str) -> None:
    node = decode(value, sort, SCOPE)
    assert encode(node) == value
    assert node.loose == 0
    assert text(node) == shown


@pytest.mark.parametrize(
    ("value", "sort", "reason"),
    [
        (True, "number", "expected a number"), (1.5, "number", "expected a number"), (None, "number", "expected a number"), ([], "number", "expected a number"), ({}, "number", "expected a number"), ([[]], "number", "expected a number"),
        ("2/4", "number", "lowest terms"), ("4/2", "number", "lowest terms"), ("3/1", "number", "lowest terms"), ("1/-2", "number", "lowest terms"), ("0/5", "number", "lowest terms"), ("+1/2", "number", "lowest terms"), ("01/2", "number", "lowest terms"),
        ("1/02", "number", "lowest terms"), ("7", "number", "lowest terms"), ("1/0", "number", "lowest terms"), ("a", "number", "lowest terms"), ("-0/3", "number", "lowest terms"), (" 1/2", "number", "lowest terms"), ("1/2\n", "number", "lowest terms"), ("１/2", "number", "lowest terms"),
        ("1/" + "3" * 1200, "number", "lowest terms"), ("0.5", "number", "lowest terms"), ("", "number", "lowest terms"),
        (["c"], "number", "unknown operator or undeclared name\n  got: c"), (["X"], "number", "unknown operator"), (["i"], "number", "unknown operator"), (["f", "i"], "number", "unknown operator"), (["=", 1, 1], "number", "expected a number, got an unknown operator"),
        (["+", 1], "number", "'+' takes 2 operands"), (["+", 1, 1, 1], "number", "'+' takes 2 operands"), (["log"], "number", "'log' takes 1 operands"), (["a", 1], "number", "'a' takes 0 operands"), (["p"], "number", "'p' takes 1 operands"), (["r", "i"], "number", "'r' takes 2 operands"),
        (["p", 0], "number", "expected an index in X"), (["p", "y"], "number", "expected an index in X, got one in Y"), (["p", ["a"]], "number", "expected an index in X"), (["p", -1], "number", "expected an index in X"), (["p", True], "number", "expected an index in X"), (["p", "f"], "number", "'f' takes 1 operands"), (["p", "X"], "number", "expected an index in X"),
        (["p", ["i", "i"]], "number", "'i' takes 0 operands"), (["p", [0, 0]], "number", "expected an index in X"), (["p", ["f", "y"]], "number", "expected an index in X, got one in Y"), (["p", None], "number", "expected an index in X"),
        (["sum", "Y", ["p", 0]], "number", "expected an index in X, got one in Y"), (["sum", "X", ["p", 1]], "number", "expected an index in X"), (["sum", "Nat", ["u", 0]], "number", "expected a declared index set\n  got: Nat"), (["sum", "a", 1], "number", "expected a declared index set"), (["sum", "X"], "number", "'sum' has the wrong number of operands"),
        (["sum", "X", 1, 1], "number", "'sum' has the wrong number of operands"), (["sum"], "number", "expected a declared index set"), (["prod", ["X"], 1], "number", "expected a declared index set"), (["sum", "X", ["=", 1, 1]], "number", "expected a number"),
        (["card"], "number", "expected a declared index set"), (["card", "Nat"], "number", "expected a declared index set"), (["card", -1], "number", "expected a declared index set"), (["card", "X", 1], "number", "'card' takes 0 operands"), (["delta", "Nat", "n", "n"], "number", "expected a declared index set"), (["delta", "X", "i", "y"], "number", "expected an index in X, got one in Y"),
        (["delta", "X", "i"], "number", "'delta' takes 2 operands"), (["nat", "i"], "number", "expected an index in Nat, got one in X"), (["kl", "X", ["p", 0], 1], "number", "'kl' takes a list of 1 index sets"), (["kl", [], 1, 1], "number", "'kl' takes a list of 1 index sets"), (["kl", ["X"], 1], "number", "'kl' takes a list of index sets and 2 operands"),
        (["kl", ["Nat"], 1, 1], "number", "expected a declared index set"), (["rel_entr", 1, 1], "number", "takes a list of index sets"), (["count", ["X", "Y"], ["f", 0], "i"], "number", "expected an index in Y, got one in X"), (["kl", ["Y"], ["p", 0], 1], "number", "expected an index in X, got one in Y"),
        (["a"], "statement", "expected a statement"), (1, "statement", "expected a statement"), ("1/2", "statement", "expected a statement"), (["and", 1, 1], "statement", "expected a statement"), (["="], "statement", "'=' takes 2 operands"), (["=", ["=", 1, 1], 1], "statement", "expected a number"), (["=>", 1, ["=", 1, 1]], "statement", "expected a statement"),
        (["all", "X", ["p", 0]], "statement", "expected a statement"), (["all", "X"], "statement", "'all' has the wrong number"), (["all", "statement", ["=", 1, 1]], "statement", "expected a declared index set"), (["sum", "number", 1], "number", "expected a declared index set"), (["prod", "Nat", 1], "number", "expected a declared index set"), (["->", ["u", 0]], "statement", "'->' has the wrong number"), (["->", ["u", 0], ["u", 0]], "statement", "expected an index in Nat"), (["->", "Nat", ["u", 0], 1], "statement", "'->' has the wrong number"),
        (["sum", "X", 1], "statement", "expected a statement"), (["all", "X", ["=", 1, 1]], "number", "expected a number"), ("y", "X", "expected an index in X, got one in Y"), (0, "X", "expected an index in X"), (["log", 1], "X", "expected an index in X"),
    ],
)  # fmt: skip
def test_what_is_not_a_term_is_refused(value: Any, sort: str, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(value, sort, SCOPE)
    assert reason in explain(caught.value)


def test_the_limit_stands_outside_its_sequence() -> None:
    uniform = decode(["all", "X", ["->", ["+", ["p", 1], ["u", 0]], ["p", 0]]], "statement", SCOPE)
    assert text(uniform) == "forall i in X: lim(n: p[i] + u[n]) -> p[i]"
    assert uniform.loose == 0


def test_an_abstraction_is_read_below_its_sets() -> None:
    body = ["r", 1, ["f", 1]]
    assert decode_abs(body, ("X", "Nat"), "number", SCOPE).loose == 0
    with pytest.raises(Refused):
        decode_abs(body, ("Nat", "X"), "number", SCOPE)
    with pytest.raises(Refused):
        decode_abs(body, ("X",), "number", SCOPE)


def test_a_statement_about_everything_is_the_same_whatever_its_variables_are_called() -> None:
    from kl_symbolic.language.parser import parse

    first = parse("forall k in X: sum(h in Y: r[k, h]) = p[k]", "statement", SCOPE)
    second = parse("forall h in X: sum(k in Y: r[h, k]) = p[h]", "statement", SCOPE)
    assert first == second
    assert encode(first) == ["all", "X", ["=", ["sum", "Y", ["r", 1, 0]], ["p", 0]]]
