"""No claim makes ``prove`` raise anything but an intended error, and every answer can be shown."""

from __future__ import annotations

import random

import pytest

import kl_symbolic as kl
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.printer import text
from kl_symbolic.proving.prover import prove

from ..support.lanes import sampled
from .terms import SUMS, Terms

NAMES = {name: f"{', '.join(over)} -> {values}" if over else values for name, (over, values) in SUMS.items()}
DEPTHS = (1, 1, 2, 2, 3)


@pytest.mark.parametrize("seed", sampled(range(200), 20))
def test_every_claim_gets_an_answer(seed: int) -> None:
    rng = random.Random(f"prove/{seed}")
    drawn = Terms(SUMS, rng)

    def statement() -> Node:
        return drawn.statement(rng.choice(DEPTHS))

    claim, given = statement(), [statement() for _ in range(rng.randrange(3))]
    try:
        answer = prove(text(claim), [text(h) for h in given], NAMES)
    except kl.KLError:
        return  # a statement that is too large, or cannot be written
    assert str(answer)
    if not isinstance(answer, kl.Counterexample | kl.Unknown):
        assert answer.conclusion == claim
