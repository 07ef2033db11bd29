"""Defined symbols: one written table, opened by the rule ``unfold``.

Each row gives the names that the definition is about with their signatures (its index sets first, then its operands in
their order) and the defining equation, as it would stand in a certificate.
"""

from typing import Any

_A, _B, _P, _Q = ["a"], ["b"], ["p", 0], ["q", 0]
_AB, _XP = {"a": "number", "b": "number"}, {"X": "set", "p": "X -> number"}
_PQ, _XI = {**_XP, "q": "X -> number"}, {"T": "set", "X": "set", "x": "T -> X", "i": "X"}
_CO = [["rel_entr", [], _A, _B], ["rel_entr", [], ["-", 1, _A], ["-", 1, _B]]]
# Below Σ_x Σ_y: a joint distribution r_xy, and its marginals r_x and r_y.
_XY = {"X": "set", "Y": "set", "r": "X, Y -> number"}
_R, _RX, _RY = ["r", 1, 0], ["sum", "Y", ["r", 2, 0]], ["sum", "X", ["r", 0, 1]]
_HXY, _HXGY, _IXY = ["xlogy", _R, _R], ["rel_entr", [], _R, _RY], ["rel_entr", [], _R, ["*", _RX, _RY]]
# Below Σ_x Σ_y Σ_z: r_xyz, and r log r + r log r_z − r log r_xz − r log r_yz.
_S, _SZ = ["r", 2, 1, 0], ["sum", "X", ["sum", "Y", ["r", 1, 0, 2]]]
_SXZ, _SYZ = ["sum", "Y", ["r", 3, 0, 1]], ["sum", "X", ["r", 0, 2, 1]]
_GAIN = ["-", ["-", ["+", ["xlogy", _S, _S], ["xlogy", _S, _SZ]], ["xlogy", _S, _SXZ]], ["xlogy", _S, _SYZ]]
_XYZ = {"X": "set", "Y": "set", "Z": "set", "r": "X, Y, Z -> number"}
_IXYZ = ["sum", "X", ["sum", "Y", ["sum", "Z", _GAIN]]]

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
    # H(X, Y) = −Σ_x Σ_y xlogy(r_xy, r_xy), in nats.
    "joint_entropy": (_XY, ["=", ["joint_entropy", ["X", "Y"], _R], ["neg", ["sum", "X", ["sum", "Y", _HXY]]]]),
    # H(X | Y) = −Σ_x Σ_y rel_entr(r_xy, r_y), in nats.
    "cond_entropy": (_XY, ["=", ["cond_entropy", ["X", "Y"], _R], ["neg", ["sum", "X", ["sum", "Y", _HXGY]]]]),
    # I(X; Y) = Σ_x Σ_y rel_entr(r_xy, r_x·r_y), in nats.
    "mutual_info": (_XY, ["=", ["mutual_info", ["X", "Y"], _R], ["sum", "X", ["sum", "Y", _IXY]]]),
    # I(X; Y | Z): the mutual information within each z, weighted by r_z, in nats.
    "cond_mutual_info": (_XYZ, ["=", ["cond_mutual_info", ["X", "Y", "Z"], _S], _IXYZ]),
    # N_i: how often the sequence x_t takes the value i.
    "count": (_XI, ["=", ["count", ["T", "X"], ["x", 0], "i"], ["sum", "T", ["delta", "X", ["x", 0], "i"]]]),
}
