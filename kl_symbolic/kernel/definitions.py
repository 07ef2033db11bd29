"""Defined symbols: one written table, opened by the rule ``unfold``.

Each row gives the names that the definition is about with their signatures (its index sets first, then its operands in
their order) and the defining equation, as it would stand in a certificate.
"""

from typing import Any

_A, _B, _P, _Q = ["a"], ["b"], ["p", 0], ["q", 0]
_AB = {"a": "number", "b": "number"}
_XP = {"X": "set", "p": "X -> number"}
_PQ = {**_XP, "q": "X -> number"}
_XI = {"T": "set", "X": "set", "x": "T -> X", "i": "X"}
_CO = [["rel_entr", [], _A, _B], ["rel_entr", [], ["-", 1, _A], ["-", 1, _B]]]

DEFINITIONS: dict[str, tuple[dict[str, str], list[Any]]] = {
    # The relative-entropy summand of SciPy: a·log(a/b), with 0 at a = 0.
    "rel_entr": (_AB, ["=", ["rel_entr", [], _A, _B], ["-", ["xlogy", _A, _A], ["xlogy", _A, _B]]]),
    # D(p‖q) = Σ_i rel_entr(p_i, q_i), in nats.
    "kl": (_PQ, ["=", ["kl", ["X"], _P, _Q], ["sum", "X", ["rel_entr", [], _P, _Q]]]),
    # H(p) = −Σ_i xlogy(p_i, p_i), in nats.
    "entropy": (_XP, ["=", ["entropy", ["X"], _P], ["neg", ["sum", "X", ["xlogy", _P, _P]]]]),
    # H(p, q) = −Σ_i xlogy(p_i, q_i), in nats.
    "cross_entropy": (_PQ, ["=", ["cross_entropy", ["X"], _P, _Q], ["neg", ["sum", "X", ["xlogy", _P, _Q]]]]),
    # d(a‖b): the divergence of two coins, in nats.
    "binary_kl": (_AB, ["=", ["binary_kl", [], _A, _B], ["+", *_CO]]),
    # N_i: how often the sequence x_t takes the value i.
    "count": (_XI, ["=", ["count", ["T", "X"], ["x", 0], "i"], ["sum", "T", ["delta", "X", ["x", 0], "i"]]]),
}
