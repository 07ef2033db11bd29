"""The vocabulary of the contract: hypotheses and declarations that many theorems share."""

from __future__ import annotations

Row = tuple[dict[str, str], list[str], str]
"""Declared names, Γ, φ."""

P, Q, R = "X -> number", "X -> number", "X -> number"
SET = "set"
NUMBER = "number"
NAT = "Nat -> number"


def nonneg(name: str) -> str:
    return f"forall i in X: 0 <= {name}[i]"


def positive(*names: str) -> list[str]:
    return [f"forall i in X: 0 < {name}[i]" for name in names]


def prob(name: str) -> list[str]:
    return [nonneg(name), f"sum(i in X: {name}[i]) = 1"]


def ac(first: str, by: str) -> str:
    return f"forall i in X: {by}[i] = 0 => {first}[i] = 0"


FAMILY = {"X": SET, "p": P, "q": Q}
DATA = {"T": SET, "X": SET, "x": "T -> X"}
COINS = dict.fromkeys(("p1", "p2", "q1", "q2"), NUMBER)
COINS_POSITIVE = ["0 < p1", "0 < p2", "0 < q1", "0 < q2"]
FLIPS = {**COINS, "N_h": NUMBER, "N_t": NUMBER, "N": NUMBER}
COUNTED = [*COINS_POSITIVE, "N_h + N_t = N", "0 < N"]
SEQUENCES = {**COINS, "N_h": NAT, "N_t": NAT}
FREQUENT = [
    *COINS_POSITIVE,
    "p1 + p2 = 1",
    "forall n in Nat: 0 < n => N_h[n] + N_t[n] = n",
    "lim(n: N_h[n]/n) -> p1",
]
SPACE = {**FAMILY, "Omega": SET, "T": SET, "x": "T, Omega -> X", "w": "Omega -> number"}
SAMPLED = [
    "forall o in Omega: 0 <= w[o]",
    "sum(o in Omega: w[o]) = 1",
    "forall t in T: forall i in X: sum(o in Omega: w[o]*delta(x(t, o), i)) = p[i]",
    *positive("p", "q"),
    "0 < card(T)",
]
ABC = {"X": SET, "a": "X -> number", "b": "X -> number", "c": "X -> number"}
MASTER = [nonneg("a"), nonneg("b"), ac("a", "b"), *positive("c")]
LEFT, RIGHT = "sum(i in X: a[i]*log(c[i]) + a[i] - c[i]*b[i])", "sum(i in X: rel_entr(a[i], b[i]))"
BOTH = [*prob("p"), *prob("q"), ac("p", "q")]
