"""Long sums and products: read, printed and built by one rule, as trees of logarithmic depth."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.normal_form import Budget, Field
from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.chains import ADDITIVE, LONGEST, MULTIPLICATIVE, chain, operands, plus, times
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import text

NAMES = {f"x{k}": "number" for k in range(1, 41)}
SCOPE = declare(NAMES)
X = [Node("sym", name) for name in NAMES]


def read(source: str) -> Node:
    return parse(source, "number", SCOPE)


def left_nested(op: str, count: int) -> Node:
    term = X[0]
    for k in range(1, count):
        term = Node(op, None, (term, X[k % 40]))
    return term


@pytest.mark.parametrize("op", ["+", "-", "*", "/"])
def test_chains_up_to_the_bound_nest_to_the_left(op: str) -> None:
    source = op.join(f"x{k % 40 + 1}" for k in range(LONGEST))
    assert read(source) == left_nested(op, LONGEST)


@pytest.mark.parametrize("op", ["+", "-", "*"])
@pytest.mark.parametrize("count", [LONGEST + 1, 100, 1000, 3001])
def test_longer_ones_are_of_small_depth_and_read_back(op: str, count: int) -> None:
    source = f" {op} ".join(f"x{k % 40 + 1}" for k in range(count))
    shown = source.replace(" * ", "*")
    node = read(source)
    assert node.depth <= count.bit_length() + 1
    assert text(node) == shown
    kinds = MULTIPLICATIVE if op == "*" else ADDITIVE
    assert [part for _, part in operands(node, kinds)] == [X[k % 40] for k in range(count)]


def test_a_chain_of_signs_has_the_value_of_the_one_that_nests_to_the_left() -> None:
    drawn = random.Random(1)
    parts = [("+", X[0]), *((drawn.choice("+-"), drawn.choice(X)) for _ in range(99))]
    left = parts[0][1]
    for op, part in parts[1:]:
        left = Node(op, None, (left, part))
    assert chain(parts) != left
    assert Field({}, Budget(10**6)).is_zero(chain(parts) - left)
    changed = [*parts[:-1], ("-" if parts[-1][0] == "+" else "+", parts[-1][1])]
    assert not Field({}, Budget(10**6)).is_zero(chain(changed) - left)


def test_terms_that_nest_to_the_left_further_than_text_does_get_parentheses() -> None:
    for op in "+-*/":
        term = left_nested(op, 100)
        shown = text(term)
        assert read(shown) == term
        assert ("(" in shown) == (op != "/")


@pytest.mark.slow
def test_every_tree_of_sums_and_products_reads_back() -> None:
    drawn = random.Random(20)
    leaves = [*X[:4], num(-3), num(Fraction(-2, 3)), num(Fraction(1, 2)), num(2), -X[0], X[1] ** 2]

    def tree(size: int) -> Node:
        kind = drawn.random()
        if size <= 1:
            return drawn.choice(leaves)
        parts = [tree(size // 40) for _ in range(drawn.randint(2, 2 * LONGEST + 9))]
        if kind < 0.3:
            return chain([("+", parts[0]), *((drawn.choice("+-"), p) for p in parts[1:])])
        if kind < 0.5:
            return times(parts)
        if kind < 0.7:
            term = parts[0]
            for part in parts[1:50]:
                term = Node(drawn.choice("+-*/" if kind < 0.6 else "+*"), None, (term, part))
            return term
        return Node(drawn.choice("+-*/"), None, (tree(size // 2), tree(size - size // 2)))

    long = 0
    for _ in range(150):
        term = tree(drawn.choice([4, 20, 39]))
        long += term.size > 4 * LONGEST
        assert read(text(term)) == term
    assert long > 20


def test_what_is_built_from_python_lists() -> None:
    assert plus([]) == num(0)
    assert times([]) == num(1)
    assert plus(X[:3]) == X[0] + X[1] + X[2]
    assert times(X[:3]) == X[0] * X[1] * X[2]
    assert plus(X * 25) == read(" + ".join(f"x{k % 40 + 1}" for k in range(1000)))
    with pytest.raises(Refused, match="too large"):
        sum(X * 25)  # Python adds from the left
