"""ℚ(atoms) and the sign table against evaluation with exact fractions, both ways."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.kernel import Refused, normal_form
from kl_symbolic.kernel.normal_form import Budget, Field, Monomial, Poly, Sign, sign
from kl_symbolic.kernel.terms import Node, num

from ..harness.model import Model, Scrambled

SEEDS = st.integers(0, 2**48)
NAMES = ("a", "b", "c")
POOL = [Fraction(k) for k in ("-3", "-1", "-1/2", "0", "1/3", "1/2", "1", "2", "5/2")]


def random_model(rng: random.Random, pool: list[Fraction] = POOL) -> Model:
    values = {n: rng.choice(pool) + (Fraction(rng.randrange(1, 997), 7919) if rng.random() < 0.5 else 0) for n in NAMES}
    return Model({}, {n: lambda v=v: v for n, v in values.items()}, Scrambled())


def random_term(rng: random.Random, depth: int, functions: bool = True, divide: bool = True) -> Node:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(
            [
                *(Node("sym", n) for n in NAMES),
                num(rng.randrange(-2, 4)),
                num(Fraction(rng.randrange(1, 4), rng.choice((2, 3)))),
            ]
        )
    kind = rng.random()
    if kind < 0.62:
        op = rng.choice(("+", "-", "*", "*", "/" if divide else "*"))
        return Node(op, None, tuple(random_term(rng, depth - 1, functions, divide) for _ in range(2)))
    inside = random_term(rng, depth - 1, functions, divide)
    if kind < 0.72:
        return -inside
    if kind < 0.88 or not functions:
        return inside ** rng.choice((-2, -1, 0, 1, 2, 3) if divide else (0, 1, 2, 3))
    if rng.random() < 0.3:
        return Node("xlogy", None, (inside, random_term(rng, max(0, depth - 2), functions, divide)))
    return Node(rng.choice(("log", "exp", "abs")), None, (inside,))


def divisors(term: Node) -> Iterator[Node]:
    for inside in term.args:
        yield from divisors(inside)
    if term.op == "/":
        yield term.args[1]
    if term.op == "^" and term.args[1].op == "num" and term.args[1].data < 0:
        yield term.args[0]


def rewritten(term: Node, rng: random.Random) -> Node:
    """Return a term that is equal wherever all its divisors are non-zero, by one small law at each operator."""
    args = tuple(a if term.op == "^" and k else rewritten(a, rng) for k, a in enumerate(term.args))
    term = Node(term.op, term.data, args)
    if rng.random() < 0.4:
        return term
    if term.op in ("+", "*") and rng.random() < 0.5:
        return Node(term.op, None, args[::-1])
    if term.op == "-":
        return args[0] + -args[1]
    if term.op == "/":
        return args[0] * args[1] ** -1
    if term.op == "neg":
        return num(-1) * args[0]
    if term.op == "*" and args[0].op in ("+", "-"):
        return Node(args[0].op, None, (args[0].args[0] * args[1], args[0].args[1] * args[1]))
    if term.op == "^" and term.args[1].data > 1:
        return args[0] * args[0] ** (args[1].data - 1)
    equal: tuple[Node, ...] = (term + 0, 1 * term, term - 0, num(2) * term - term, term**1, term / 1)
    return rng.choice(equal)


def usable(term: Node, model: Model) -> bool:
    return all(model.number(d) != 0 for d in divisors(term))


def all_known(term: Node) -> dict[Node, Sign]:
    return dict.fromkeys(divisors(term), "!=")


def is_zero(term: Node) -> bool | None:
    """Return what the kernel says of a term all of whose divisors are known to be non-zero; None if it refuses."""
    try:
        return Field(all_known(term), Budget(300_000)).is_zero(term)
    except Refused:
        return None  # a divisor that is identically zero, or too much work


@given(SEEDS)
def test_zero_in_the_field_is_zero_at_every_point(seed: int) -> None:
    rng = random.Random(seed)
    term = random_term(rng, 4)
    term = term - (rewritten(term, rng) if rng.random() < 0.5 else random_term(rng, 3))
    if is_zero(term):
        for _ in range(12):
            model = random_model(rng)
            if usable(term, model):
                assert model.number(term) == 0


@given(SEEDS)
def test_not_zero_in_the_field_is_not_zero_somewhere(seed: int) -> None:
    # Functions are left out: two of them are one atom only if the normal forms of their arguments are written alike.
    rng = random.Random(seed)
    term = random_term(rng, 4, functions=False)
    term = term - (rewritten(term, rng) if rng.random() < 0.3 else random_term(rng, 3, functions=False))
    if is_zero(term) is False:
        models = (random_model(rng, [Fraction(rng.randrange(1, 10**6), 10**6 + 3)]) for _ in range(60))
        assert any(usable(term, m) and m.number(term) != 0 for m in models)


@given(SEEDS)
def test_terms_that_are_equal_by_the_laws_of_a_field_are_found_equal(seed: int) -> None:
    rng = random.Random(seed)
    functions = rng.random() < 0.5
    term = random_term(rng, 4, functions, divide=not functions)
    assert is_zero(rewritten(term, rng) - rewritten(term, rng)) is not False


@given(SEEDS)
def test_equal_polynomials_with_different_atoms_are_found_equal(seed: int) -> None:
    rng = random.Random(seed)
    atoms = [
        Node("log", None, (random_term(rng, 2),)),
        Node("sum", None, (Node("lam", "X", (Node("sym", "p", (Node("bound", 0),)),)),)),
        Node("sym", "a"),
    ]
    x, y, z = rng.sample(atoms, 3)
    assert Field({x: "<", y: "<"}, Budget(10_000)).is_zero((x + y) * z / (x * y) - z / y - z / x)
    assert not Field({x: "<", y: "<"}, Budget(10_000)).is_zero((x + y) * z / (x * y) - z / y - 2 * z / x)


# --- signs ---------------------------------------------------------------------------------------------------


def sign_holds(seed: int) -> bool:
    """Whether what ``sign`` says holds at a random point, for what is known there of the parts of a random term."""
    rng = random.Random(seed)
    term = random_term(rng, 4)
    model = random_model(rng)
    parts = list(_parts(term))
    known: dict[Node, Sign] = {}
    for part in rng.sample(parts, min(len(parts), 5)):
        value = model.number(part)
        facts = [f for f, holds in (("<", value > 0), ("<=", value >= 0), ("!=", value != 0)) if holds]
        if facts:
            known[part] = rng.choice(facts)
    for part in parts:
        value, found = model.number(part), sign(part, known)
        if not {"<": value > 0, "<=": value >= 0, "!=": value != 0, "": True}[found]:
            return False
    return True


def _parts(term: Node) -> Iterator[Node]:
    yield term
    for inside in term.args:
        yield from _parts(inside)


@given(SEEDS)
def test_signs_hold_wherever_the_premises_do(seed: int) -> None:
    assert sign_holds(seed)


@given(SEEDS)
def test_more_premises_never_tell_less(seed: int) -> None:
    rng = random.Random(seed)
    term = random_term(rng, 3)
    parts = list(_parts(term))
    known: dict[Node, Sign] = {rng.choice(parts): rng.choice(("<", "<=", "!=")) for _ in range(2)}
    before = sign(term, known)
    extra = rng.choice(parts)
    after = sign(term, {**known, extra: normal_form.stronger(known.get(extra, ""), rng.choice(("<", "<=", "!=")))})
    assert normal_form.stronger(before, after) == after


# --- the witness sees mistakes -------------------------------------------------------------------------------


def test_a_sign_table_with_a_mistake_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = normal_form.sign

    def wrong(term: Node, known: dict[Node, Sign]) -> Sign:
        return "<=" if term.op == "neg" else right(term, known)

    monkeypatch.setitem(globals(), "sign", wrong)
    assert not all(sign_holds(seed) for seed in range(300))


def test_a_field_that_forgets_divisors_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(self: Field, form: Poly) -> tuple[Poly, Monomial]:
        kept = {tuple(power for power in m if power[0] not in self._divisors): v for m, v in form.items()}
        return (kept if len(kept) == len(form) else {}), ()

    monkeypatch.setattr(Field, "_cleared", forgetful)
    with pytest.raises(AssertionError):
        for seed in range(400):
            test_zero_in_the_field_is_zero_at_every_point.hypothesis.inner_test(seed)  # type: ignore[attr-defined]
