"""Integrals: the laws of ∫ f over D, on every domain, on intervals and on ℕ, and the integrals of Γ.

``int`` says that f is absolutely integrable over D and that its integral is v. A domain is an interval with Lebesgue's
measure, ℕ with the counting measure, or a name for any space with a complete measure. Every row is a scheme as those
of ``axioms``; ``docs/trust.md`` gives its source.
"""

from typing import Any

from .axioms import Scheme, scheme
from .terms import NAT, REAL

_X, _Y, _A, _B, _C, _U, _V, _S = ["#", 0], ["#", 1], ["a"], ["b"], ["c"], ["u"], ["v"], ["s"]
_D, _E, _G, _NATS, _F, _GX, _PHI, _PSI = ["D"], ["E"], ["G"], ["nats"], ["f", _X], ["g", _X], ["phi", _X], ["psi", _X]
_FUN, _SEQ = "number -> number", "Nat -> number"
_ONE, _ABC, _FU = {"a": REAL}, {"a": REAL, "b": REAL, "c": REAL}, {"f": _FUN, "u": REAL}
_ON, _MORE = {"D": "domain", **_FU}, {"g": _FUN, "v": REAL}
_INT_F, _INT_G, _INT_E = ["int", _D, _F, _U], ["int", _D, _GX, _V], ["int", _E, _F, _U]


def _row(axiom: str, names: dict[str, str], *statements: Any) -> Scheme:
    *hypotheses, conclusion = statements
    return scheme(axiom, names, hypotheses, conclusion)


def _on(domain: Any, claim: Any) -> Any:
    """Return that *claim* holds for every number x of *domain*."""
    return ["all", REAL, ["=>", ["in", _X, domain], claim]]


def _runs(low: Any, high: Any) -> Any:
    """Return that the positive part of low − high tends to 0: twice it is |low − high| + (low − high)."""
    return ["->", ["+", ["abs", ["-", low, high]], ["-", low, high]], 0]


# Below ∀n: fₙ(x) between lₙ(x) and hₙ(x), whose integrals aₙ and bₙ tend to v.
_LN, _HN = ["l", 1, _X], ["h", 1, _X]
_BETWEEN = {"D": "domain", "f": _FUN, "v": REAL, "a": _SEQ, "b": _SEQ} | dict.fromkeys("lh", "Nat, number -> number")
_SUM_F = ["sum", "X", ["f", 0, _Y]]
# E lies in D below c, G above c, and together they are D without c.
_HALVES = [_on(_E, ["in", _X, _D]), _on(_E, ["<", _X, _C]), _on(_G, ["in", _X, _D]), _on(_G, ["<", _C, _X])]
_HALVES += [_on(_D, ["=>", ["<", _X, _C], ["in", _X, _E]]), _on(_D, ["=>", ["<", _C, _X], ["in", _X, _G]])]
_SPLIT = {**_FU, "v": REAL, "c": REAL, "D": "interval", "E": "interval", "G": "interval"}
# uₙ in D runs to its lower end and g(uₙ) → k; vₙ runs to its upper end and g(vₙ) → l.
_FTC = {"D": "interval", "u": _SEQ, "v": _SEQ} | dict.fromkeys("klw", REAL) | dict.fromkeys("fghm", _FUN)
_LOW = (["all", NAT, ["in", ["u", 0], _D]], _on(_D, _runs(["u", 0], _Y)), ["->", ["g", ["u", 0]], ["k"]])
_HIGH = (["all", NAT, ["in", ["v", 0], _D]], _on(_D, _runs(_Y, ["v", 0])), ["->", ["g", ["v", 0]], ["l"]])
# φ maps D onto E, with the inverse ψ; its derivative s is differentiable and not zero.
_CHANGE = {"D": "interval", "E": "interval", "u": REAL} | dict.fromkeys(("f", "phi", "psi", "s", "t"), _FUN)
_ONTO = (_on(_D, ["in", _PHI, _E]), _on(_E, ["in", _PSI, _D]), _on(_E, ["=", ["phi", _PSI], _X]))
_SMOOTH = (_on(_D, ["deriv", _PHI, _X, ["s", _X]]), _on(_D, ["deriv", ["s", _X], _X, ["t", _X]]))
_NEXT, _GAP = ["+", _X, 1], ["-", ["f", ["+", _X, 1]], _F]
_QUOTIENT = ["/", ["-", ["g", ["+", _A, ["h", 0]]], ["g", _A]], ["h", 0]]
_POSITIVE, _POWER, _GAMMA_A, _GAMMA_B = ["<", 0, _A], ["^", _X, ["-", _A, 1]], ["Gamma", _A], ["Gamma", _B]
_TERM = ["/", ["^", _A, _X], ["Gamma", _NEXT]]
_BETA = ["*", _POWER, ["^", ["-", 1, _X], ["-", _B, 1]]]
_BETA_AB = ["/", ["*", _GAMMA_A, _GAMMA_B], ["Gamma", ["+", _A, _B]]]

INTEGRALS: dict[str, Scheme] = {
    # every domain
    "int_null": _row("integral", {"D": "domain"}, ["int", _D, 0, 0]),
    "int_add": _row("integral", {**_ON, **_MORE}, _INT_F, _INT_G, ["int", _D, ["+", _F, _GX], ["+", _U, _V]]),
    "int_mul": _row("integral", {**_ON, "a": REAL}, _INT_F, ["int", _D, ["*", _A, _F], ["*", _A, _U]]),
    "int_sum": _row(
        "integral", {"D": "domain", "X": "set", "f": "X, number -> number", "v": "X -> number"},
        ["all", "X", ["int", _D, ["f", 1, _X], ["v", 0]]], ["int", _D, _SUM_F, ["sum", "X", ["v", 0]]],
    ),
    "int_mono": _row("integral", {**_ON, **_MORE}, _on(_D, ["<=", _F, _GX]), _INT_F, _INT_G, ["<=", _U, _V]),
    "int_squeeze": _row(
        "integral_squeeze", _BETWEEN, ["all", NAT, _on(_D, ["<=", _LN, _F])], ["all", NAT, _on(_D, ["<=", _F, _HN])],
        ["all", NAT, ["int", _D, _LN, ["a", 0]]], ["all", NAT, ["int", _D, _HN, ["b", 0]]],
        ["->", ["a", 0], _V], ["->", ["b", 0], _V], ["int", _D, _F, _V],
    ),
    # which numbers lie in a domain
    "in_open": _row("domain", _ABC, ["<", _A, _C], ["<", _C, _B], ["in", _C, ["open", _A, _B]]),
    "open_low": _row("domain", _ABC, ["in", _C, ["open", _A, _B]], ["<", _A, _C]),
    "open_high": _row("domain", _ABC, ["in", _C, ["open", _A, _B]], ["<", _C, _B]),
    "in_above": _row("domain", {"a": REAL, "c": REAL}, ["<", _A, _C], ["in", _C, ["above", _A]]),
    "above_low": _row("domain", {"a": REAL, "c": REAL}, ["in", _C, ["above", _A]], ["<", _A, _C]),
    "in_below": _row("domain", {"b": REAL, "c": REAL}, ["<", _C, _B], ["in", _C, ["below", _B]]),
    "below_high": _row("domain", {"b": REAL, "c": REAL}, ["in", _C, ["below", _B]], ["<", _C, _B]),
    "in_reals": _row("domain", {"c": REAL}, ["in", _C, ["reals"]]),
    "nat_in": _row("domain", {"n": NAT}, ["in", ["nat", "n"], _NATS]),
    "nats_nonneg": _row("domain", {"c": REAL}, ["in", _C, _NATS], ["<=", 0, _C]),
    # intervals
    "int_split": _row("integral_split", _SPLIT, *_HALVES, _INT_E, ["int", _G, _F, _V], ["int", _D, _F, ["+", _U, _V]]),
    "int_ftc": _row(
        "ftc", _FTC, ["int", _D, ["m", _X], ["w"]], _on(_D, ["<=", ["m", _X], _F]), _on(_D, ["deriv", _GX, _X, _F]),
        _on(_D, ["deriv", _F, _X, ["h", _X]]), *_LOW, *_HIGH, ["int", _D, _F, ["-", ["l"], ["k"]]],
    ),
    "int_subst": _row(
        "substitution", _CHANGE, _INT_E, *_ONTO, *_SMOOTH, _on(_D, ["!=", ["s", _X], 0]),
        ["int", _D, ["*", ["f", _PHI], ["abs", ["s", _X]]], _U],
    ),
    "int_zero": _row(
        "integral_zero", {"D": "interval", "f": _FUN, "g": _FUN, "c": REAL}, _on(_D, ["deriv", _F, _X, _GX]),
        _on(_D, ["<=", 0, _F]), ["int", _D, _F, 0], ["in", _C, _D], ["=", ["f", _C], 0],
    ),
    # series
    "nats_shift": _row("series", _FU, ["int", _NATS, ["f", _NEXT], _U], ["int", _NATS, _F, ["+", ["f", 0], _U]]),
    "nats_telescope": _row(
        "series", _FU, _on(_NATS, ["<=", 0, _GAP]), ["->", ["f", ["nat", 0]], _U],
        ["int", _NATS, _GAP, ["-", _U, ["f", 0]]],
    ),
    "exp_series": _row("exp_series", _ONE, _POSITIVE, ["int", _NATS, _TERM, ["exp", _A]]),
    # derivatives
    "deriv_chain": _row(
        "derivative", {"f": _FUN, "g": _FUN, "a": REAL, "s": REAL, "t": REAL}, ["deriv", _GX, _A, _S],
        ["deriv", _F, ["g", _A], ["t"]], ["deriv", ["f", _GX], _A, ["*", ["t"], _S]],
    ),
    "deriv_sum": _row(
        "derivative", {"X": "set", "f": "X, number -> number", "s": "X -> number", "a": REAL},
        ["all", "X", ["deriv", ["f", 1, _X], _A, ["s", 0]]], ["deriv", _SUM_F, _A, ["sum", "X", ["s", 0]]],
    ),
    "deriv_congr": _row(
        "derivative", {"D": "interval", "f": _FUN, "g": _FUN, "a": REAL, "s": REAL}, _on(_D, ["=", _F, _GX]),
        ["in", _A, _D], ["deriv", _F, _A, _S], ["deriv", _GX, _A, _S],
    ),
    "deriv_limit": _row(
        "deriv_limit", {"a": REAL, "g": _FUN, "s": REAL, "h": _SEQ}, ["deriv", _GX, _A, _S], ["->", ["h", 0], 0],
        ["all", NAT, ["!=", ["h", 0], 0]], ["->", _QUOTIENT, _S],
    ),
    # Γ, its logarithmic derivative ψ, and Beta
    "gamma_int": _row("gamma", _ONE, _POSITIVE, ["int", ["above", 0], ["*", _POWER, ["exp", ["neg", _X]]], _GAMMA_A]),
    "digamma_deriv": _row("digamma", _ONE, _POSITIVE, ["deriv", ["Gamma", _X], _A, ["*", _GAMMA_A, ["digamma", _A]]]),
    "gamma_half": _row("gamma_half", {}, ["=", ["*", ["Gamma", "1/2"], ["Gamma", "1/2"]], ["pi"]]),
    "beta_int": _row("beta", {**_ONE, "b": REAL}, _POSITIVE, ["<", 0, _B], ["int", ["open", 0, 1], _BETA, _BETA_AB]),
}  # fmt: skip
