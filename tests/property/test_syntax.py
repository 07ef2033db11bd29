"""Certificate syntax and the statement language: writing a term and reading it back gives the same term."""

from __future__ import annotations

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.kernel import Refused, check
from kl_symbolic.kernel.certificate import dump
from kl_symbolic.kernel.syntax import decode, encode, read_scope
from kl_symbolic.kernel.terms import substitute
from kl_symbolic.language.parser import parse
from kl_symbolic.language.printer import text

from ..harness.draft import Draft
from .terms import OTHER, SCOPE, Terms, replacements

SEEDS = st.integers(0, 2**48)


@given(SEEDS)
def test_decode_reads_what_encode_writes(seed: int) -> None:
    drawn = Terms(SCOPE, random.Random(seed))
    statement, number = drawn.statement(4), drawn.number(5)
    written = json.loads(json.dumps(encode(statement)))
    assert decode(written, "statement", SCOPE) == statement
    assert encode(decode(written, "statement", SCOPE)) == written
    assert decode(encode(number), "number", SCOPE) == number


@given(SEEDS)
def test_the_grammar_reads_what_text_writes(seed: int) -> None:
    rng = random.Random(seed)
    statement = Terms(SCOPE, rng).statement(4)
    assert parse(text(statement), "statement", SCOPE) == statement
    number = Terms(SCOPE, rng).number(5)
    assert parse(text(number), "number", SCOPE) == number


@given(SEEDS)
def test_different_statements_have_different_texts(seed: int) -> None:
    rng = random.Random(seed)
    drawn = Terms(SCOPE, rng)
    first, second = drawn.statement(1), drawn.statement(1)
    assert (text(first) == text(second)) == (first == second)
    assert (encode(first) == encode(second)) == (first == second)


@given(SEEDS)
def test_what_a_substitution_makes_is_well_sorted(seed: int) -> None:
    rng = random.Random(seed)
    by = replacements(OTHER, Terms(SCOPE, rng))
    if by is None:
        return
    try:
        after = substitute(Terms(OTHER, rng).statement(), by)
    except Refused:
        return
    assert decode(encode(after), "statement", SCOPE) == after


@given(SEEDS)
def test_ill_sorted_terms_are_refused_and_nothing_else_happens(seed: int) -> None:
    rng = random.Random(seed)
    written = encode(Terms(SCOPE, rng).statement(3))
    words = [
        "X",
        "Y",
        "Nat",
        "p",
        "r",
        "f",
        "i",
        "y",
        "sum",
        "all",
        "+",
        "=",
        0,
        1,
        7,
        -1,
        "1/2",
        True,
        None,
        [],
        {},
        ["i"],
        [[]],
        "def",
        "lam",
    ]

    def spoil(value: object) -> object:
        if rng.random() < 0.12:
            return rng.choice(words)
        if isinstance(value, list):
            changed = [spoil(v) for v in value]
            if changed and rng.random() < 0.05:
                changed.pop(rng.randrange(len(changed)))
            return changed
        return value

    spoiled = spoil(written)
    try:
        node = decode(spoiled, "statement", SCOPE)
    except Refused:
        return
    assert node.loose == 0
    assert encode(node) == spoiled
    assert decode(encode(node), "statement", SCOPE) == node


@given(SEEDS)
def test_any_statement_is_a_theorem_under_itself(seed: int) -> None:
    statement = Terms(SCOPE, random.Random(seed)).statement(3)
    draft = Draft(**{n: ", ".join(over) + " -> " * bool(over) + values for n, (over, values) in SCOPE.items()})
    assert read_scope(dict(sorted(draft.names.items()))) == SCOPE
    draft.add("assume", [encode(statement)])
    theorem = draft.check()
    assert (theorem.hypotheses, theorem.conclusion) == ((statement,), statement)
    assert dump(json.loads(theorem.certificate)) == theorem.certificate
    assert check(theorem.certificate).conclusion == statement
