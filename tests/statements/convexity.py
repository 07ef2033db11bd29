"""Bounds of log and exp, Cauchy–Schwarz and Jensen: what the search for proofs cites."""

from __future__ import annotations

from .words import NUMBER, SET, Row, prob

A, F = "X -> number", {"X": SET, "f": "X -> number"}
THREE = "2*z + 2/3*z^3 + 2/5*z^5"
TWELVE = " + ".join(["2*z", *(f"2/{k}*z^{k}" for k in range(3, 24, 2))])
SERIES = "log(1 + z) - log(1 - z)"
INSIDE = ["0 <= z", "z < 1"]

ROWS: dict[str, Row] = {
    "log_lt": ({"a": NUMBER, "b": NUMBER}, ["0 < a", "a < b"], "log(a) < log(b)"),
    "exp_lt": ({"a": NUMBER, "b": NUMBER}, ["a < b"], "exp(a) < exp(b)"),
    "mix_pos": (
        {"a": NUMBER, "b": NUMBER, "t": NUMBER},
        ["0 <= t", "t <= 1", "0 < a", "0 < b"],
        "0 < t*a + (1 - t)*b",
    ),
    "artanh_lower_3": ({"z": NUMBER}, INSIDE, f"{THREE} <= {SERIES}"),
    "artanh_upper_3": ({"z": NUMBER}, INSIDE, f"{SERIES} <= {THREE} + 2/7*z^7/(1 - z*z)"),
    "artanh_lower_12": ({"z": NUMBER}, INSIDE, f"{TWELVE} <= {SERIES}"),
    "artanh_upper_12": ({"z": NUMBER}, INSIDE, f"{SERIES} <= {TWELVE} + 2/25*z^25/(1 - z*z)"),
    "cauchy_schwarz_weighted": (
        {"X": SET, "w": A, "u": A, "v": A},
        ["forall i in X: 0 <= w[i]"],
        "sum(i in X: w[i]*u[i]*v[i])^2 <= sum(i in X: w[i]*u[i]^2)*sum(i in X: w[i]*v[i]^2)",
    ),
    "cauchy_schwarz": (
        {"X": SET, "u": A, "v": A},
        [],
        "sum(i in X: u[i]*v[i])^2 <= sum(i in X: u[i]^2)*sum(i in X: v[i]^2)",
    ),
    "sum_sq_le_card": ({"X": SET, "u": A}, [], "sum(i in X: u[i])^2 <= card(X)*sum(i in X: u[i]^2)"),
    "titu": (
        {"X": SET, "a": A, "b": A},
        ["forall i in X: 0 < b[i]"],
        "sum(i in X: a[i])^2 <= sum(i in X: b[i])*sum(i in X: a[i]^2/b[i])",
    ),
    "card_pos_of_sum": ({"X": SET, "p": A}, ["sum(i in X: p[i]) = 1"], "0 < card(X)"),
    "sum_pos": (F, ["forall i in X: 0 < f[i]", "0 < card(X)"], "0 < sum(i in X: f[i])"),
    "mean_pos": ({**F, "p": A}, [*prob("p"), "forall i in X: 0 < f[i]"], "0 < sum(i in X: p[i]*f[i])"),
    "jensen_log": (
        {"X": SET, "p": A, "a": A},
        [*prob("p"), "forall i in X: 0 < a[i]"],
        "sum(i in X: p[i]*log(a[i])) <= log(sum(i in X: p[i]*a[i]))",
    ),
    "jensen_exp": ({**F, "p": A}, prob("p"), "exp(sum(i in X: p[i]*f[i])) <= sum(i in X: p[i]*exp(f[i]))"),
    "entropy_add_mean_le_log_sum_exp": (
        {**F, "p": A},
        prob("p"),
        "sum(i in X: p[i]*f[i]) + entropy(p) <= log(sum(i in X: exp(f[i])))",
    ),
    "sqrt_mul": ({"a": NUMBER, "b": NUMBER}, ["0 < a", "0 < b"], "(a*b)^(1/2) = a^(1/2)*b^(1/2)"),
    "sqrt_mul_le": ({"a": NUMBER, "b": NUMBER}, ["0 < a", "0 < b"], "2*(a*b)^(1/2) <= a + b"),
    "log_limit": (
        {"a": NUMBER, "u": "Nat -> number"},
        ["0 < a", "lim(n: u[n]) -> a"],
        "lim(n: log(u[n])) -> log(a)",
    ),
}
