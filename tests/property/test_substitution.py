"""Substitution, first and second order, against brute force: what a term means after it is what it should mean.

The witness evaluates terms with a stack of values and replaces names by closures, so it never substitutes. Functions
of numbers have no laws (``Scrambled``), sets have 0 to 3 elements, and every table is random.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.kernel import Refused, terms
from kl_symbolic.kernel.terms import NAT, REAL, Node, abstract, apply_abs, instantiate, lam, substitute

from .terms import OTHER, SCOPE, Terms, model, pulled_back, replacements

SEEDS = st.integers(0, 2**48)


def substitution_holds(seed: int, lemma: bool) -> bool:
    """Whether one random term means, after a random substitution, what it means with the names read through it."""
    rng = random.Random(seed)
    names = OTHER if lemma else SCOPE
    outer = Terms(SCOPE, rng)
    wanted = None if lemma else rng.sample([n for n, s in SCOPE.items() if s[1] != "set"], rng.randrange(1, 5))
    by = replacements(names, outer, wanted)
    if by is None:
        return True
    statement = Terms(names, rng).statement()
    try:
        after = substitute(statement, by)
    except Refused:
        return True  # too large
    inner = model(SCOPE, rng)
    assert after.loose == 0
    assert inner.truth(after) is not None
    return inner.truth(after) == pulled_back(inner, names, by).truth(statement)


@given(SEEDS)
def test_an_instance_means_what_its_names_became(seed: int) -> None:
    assert substitution_holds(seed, lemma=False)


@given(SEEDS)
def test_a_lemma_means_what_its_sets_and_names_became(seed: int) -> None:
    assert substitution_holds(seed, lemma=True)


@given(SEEDS)
def test_numbers_too_keep_their_value(seed: int) -> None:
    rng = random.Random(seed)
    term = Terms(OTHER, rng).number(5)
    by = replacements(OTHER, Terms(SCOPE, rng))
    if by is not None:
        inner = model(SCOPE, rng)
        assert inner.number(substitute(term, by)) == pulled_back(inner, OTHER, by).number(term)


@given(SEEDS)
def test_instantiate_puts_values_in_at_every_depth(seed: int) -> None:
    rng = random.Random(seed)
    outer = tuple(rng.choice(("X", "Y", NAT, REAL)) for _ in range(rng.randrange(3)))
    stripped = tuple(rng.choice(("X", "Y", NAT, REAL)) for _ in range(rng.randrange(1, 4)))
    drawn = Terms(SCOPE, rng)
    body = drawn.statement(3, (*outer, *stripped))
    values = [drawn.number(1, outer) if s == REAL else drawn.index(s, outer) for s in stripped]
    assert None not in values
    inner = model(SCOPE, rng)
    place = tuple(
        Fraction(rng.randrange(9), 2) if s == REAL else rng.randrange(2 if s == NAT else inner.sizes[s]) for s in outer
    )
    after = instantiate(body, values)  # type: ignore[arg-type]
    assert after.loose <= len(outer)
    inside = (*place, *(inner.argument(v, place) for v in values if v is not None))
    assert inner.truth(after, place) == inner.truth(body, inside)
    if not outer:
        assert apply_abs(lam(stripped, body), *[v for v in values if v is not None]) == after


@given(SEEDS)
def test_abstract_binds_a_point(seed: int) -> None:
    rng = random.Random(seed)
    statement = Terms(SCOPE, rng).statement()
    point = rng.choice(("i", "j", "y", "n", "a", "b"))
    over = SCOPE[point][1]
    body = abstract(statement, point)
    inner = model(SCOPE, rng)
    assert point not in body.names
    for k in (Fraction(-1), Fraction(3, 2)) if over == REAL else range(2 if over == NAT else inner.sizes[over]):
        moved = pulled_back(inner, SCOPE, {})
        moved = type(moved)(moved.sizes, {**moved.values, point: lambda k=k: k}, moved.functions, moved.naturals)
        assert inner.truth(body, (k,)) == moved.truth(statement)
    assert apply_abs(lam((over,), body), Node("sym" if over == REAL else "idx", point)) == statement


@given(SEEDS)
def test_substituting_twice_is_substituting_the_composition(seed: int) -> None:
    rng = random.Random(seed)
    drawn = Terms(SCOPE, rng)
    first = replacements(OTHER, drawn)
    second = replacements(SCOPE, drawn, ["a", "p", "r", "f", "w", "z", "D", "I"])
    if first is None or second is None:
        return
    term = Terms(OTHER, rng).number(3)
    composed = {n: v if isinstance(v, str) else substitute(v, second) for n, v in first.items()}
    assert substitute(substitute(term, first), second) == substitute(term, composed)


# --- the witness sees mistakes -------------------------------------------------------------------------------


def _found(tries: int = 1500) -> bool:
    for seed in range(tries):
        try:
            if not substitution_holds(seed, lemma=seed % 2 == 0):
                return True
        except (AssertionError, IndexError, KeyError, TypeError, ValueError):
            return True
    return False


@pytest.mark.slow
def test_the_witness_agrees_with_the_kernel() -> None:
    assert not _found(200)


@pytest.mark.slow
def test_values_that_are_not_raised_below_binders_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_shift", lambda node, by, cutoff: node)
    assert _found()


@pytest.mark.slow
def test_values_in_the_wrong_order_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = terms.instantiate
    monkeypatch.setattr(terms, "instantiate", lambda body, values, depth=0: right(body, tuple(reversed(values)), depth))
    assert _found()


def test_sets_that_are_not_renamed_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = terms.substitute

    def forgetful(node: Node, by: dict[str, Node | str]) -> Node:
        return right(node, {n: v for n, v in by.items() if not isinstance(v, str)})

    monkeypatch.setitem(globals(), "substitute", forgetful)
    assert _found()
