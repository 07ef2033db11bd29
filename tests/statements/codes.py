"""Rows B25, C14, C17, D1 to D9: Jensen–Shannon, Fano, sufficiency, sequences and codes."""

from __future__ import annotations

from .words import DATA, FAMILY, SET, P, Q, Row, nonneg, positive, prob

LENGTHS = {"l": "X -> number"}
MEAN = "i in X: (p[i] + q[i])/2"
JS = f"1/2*kl(p, {MEAN}) + 1/2*kl(q, {MEAN})"
TWO = [*prob("p"), *prob("q")]
MEAN_LENGTH = "sum(i in X: p[i]*l[i])"
ERROR = "1 - sum(i in X: r[i, i])"

ROWS: dict[str, Row] = {
    "probability_of_sequence": (
        {**DATA, "q": Q},
        [*positive("q"), "0 < card(T)"],
        "prod(t in T: q[x(t)])"
        " = exp(-card(T)*(entropy(i in X: count(x, i)/card(T)) + kl(i in X: count(x, i)/card(T), q)))",
    ),
    "type_class_card_le": (
        {"Omega": SET, "T": SET, "X": SET, "x": "T, Omega -> X", "n": "X -> number"},
        [
            "forall o in Omega: forall i in X: sum(t in T: delta(x(t, o), i)) = n[i]",
            nonneg("n"),
            "0 < card(T)",
            "sum(o in Omega: prod(t in T: n[x(t, o)]/card(T))) <= 1",
        ],
        "card(Omega)*exp(-card(T)*entropy(i in X: n[i]/card(T))) <= 1",
    ),
    "code_length_ge_entropy": (
        {"X": SET, "p": P, **LENGTHS},
        [*prob("p"), "sum(i in X: exp(-l[i])) <= 1"],
        f"entropy(p) <= {MEAN_LENGTH}",
    ),
    # The row's H + D ≤ Σ pℓ < H + D + 1 is two theorems, for the language has no "and"; each has the hypotheses it needs.
    "wrong_code_cost": (
        {**FAMILY, **LENGTHS},
        [nonneg("p"), *positive("q"), "forall i in X: -log(q[i]) <= l[i]"],
        f"entropy(p) + kl(p, q) <= {MEAN_LENGTH}",
    ),
    "wrong_code_cost_lt": (
        {**FAMILY, **LENGTHS},
        [*prob("p"), *positive("q"), "forall i in X: l[i] < -log(q[i]) + 1"],
        f"{MEAN_LENGTH} < entropy(p) + kl(p, q) + 1",
    ),
    "shannon_code_ge": (
        {"X": SET, "p": P, **LENGTHS},
        [*positive("p"), "forall i in X: -log(p[i]) <= l[i]"],
        f"entropy(p) <= {MEAN_LENGTH}",
    ),
    "shannon_code_lt": (
        {"X": SET, "p": P, **LENGTHS},
        [*positive("p"), "sum(i in X: p[i]) = 1", "forall i in X: l[i] < -log(p[i]) + 1"],
        f"{MEAN_LENGTH} < entropy(p) + 1",
    ),
    "js_nonneg": (FAMILY, TWO, f"0 <= {JS}"),
    "js_le_log_two": (FAMILY, TWO, f"{JS} <= log(2)"),
    "js_eq_zero_iff": (FAMILY, TWO, f"{JS} = 0 <=> (forall i in X: p[i] = q[i])"),
    "js_eq_entropy": (
        FAMILY,
        [nonneg("p"), nonneg("q")],
        f"{JS} = entropy({MEAN}) - 1/2*entropy(p) - 1/2*entropy(q)",
    ),
    # A fair bit: each b in B is exactly one of zero and one. So the two differ, and |B| = 2.
    "js_eq_mutual_info": (
        {**FAMILY, "B": SET, "zero": "B", "one": "B"},
        [*TWO, "forall b in B: delta(b, zero) + delta(b, one) = 1"],
        f"mutual_info(b in B: i in X: 1/2*(delta(b, zero)*p[i] + delta(b, one)*q[i])) = {JS}",
    ),
    "fano": (
        {"X": SET, "r": "X, X -> number"},
        [
            "forall i in X: forall j in X: 0 <= r[i, j]",
            "sum(i in X: sum(j in X: r[i, j])) = 1",
            "2 <= card(X)",
        ],
        f"cond_entropy(r) <= -xlogy({ERROR}, {ERROR}) - xlogy(1 - ({ERROR}), 1 - ({ERROR})) + ({ERROR})*log(card(X) - 1)",
    ),
    "sufficient_statistic": (
        {
            "T": SET,
            "X": SET,
            "Y": SET,
            "f": "X -> Y",
            "w": "T -> number",
            "p": "T, X -> number",
            "g": "T, Y -> number",
            "h": "X -> number",
        },
        [
            "forall t in T: 0 <= w[t]",
            "forall t in T: sum(i in X: p[t, i]) = 1",
            "forall t in T: forall j in Y: 0 <= g[t, j]",
            nonneg("h"),
            "forall t in T: forall i in X: p[t, i] = g[t, f(i)]*h[i]",
        ],
        "mutual_info(t in T: i in X: w[t]*p[t, i])"
        " = mutual_info(t in T: j in Y: sum(i in X: delta(f(i), j)*(w[t]*p[t, i])))",
    ),
}
