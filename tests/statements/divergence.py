"""Rows A5 to B11, C1 to C4, C15, C16: the divergence and entropy of one index set."""

from __future__ import annotations

from .words import FAMILY, NUMBER, SET, P, Row, ac, nonneg, positive, prob

AB = {"X": SET, "a": "X -> number", "b": "X -> number"}
DOMINATED_AB = [nonneg("a"), nonneg("b"), ac("a", "b")]
DOMINATED = [nonneg("p"), nonneg("q"), ac("p", "q")]
WEIGHT = ["0 < lambda", "lambda < 1"]
FOUR = {**FAMILY, "r": P, "s": P, "lambda": NUMBER}
MIXED_LEFT = "i in X: lambda*p[i] + (1 - lambda)*r[i]"
MIXED_RIGHT = "i in X: lambda*q[i] + (1 - lambda)*s[i]"
ON_X = {"X": SET, "p": P}
SCALED = {**FAMILY, "c": NUMBER}

ROWS: dict[str, Row] = {
    # the homogeneity lemmas
    "rel_entr_mul": (
        dict.fromkeys("abcd", NUMBER),
        ["0 <= a", "0 <= b", "0 <= c", "0 <= d", "c = 0 => a = 0", "d = 0 => b = 0"],
        "rel_entr(a*b, c*d) = b*rel_entr(a, c) + a*rel_entr(b, d)",
    ),
    "rel_entr_smul": (
        dict.fromkeys("abc", NUMBER),
        ["0 <= c", "0 <= a", "0 <= b", "b = 0 => a = 0"],
        "rel_entr(c*a, c*b) = c*rel_entr(a, b)",
    ),
    "rel_entr_add_le": (
        dict.fromkeys("arbs", NUMBER),
        ["0 <= a", "0 <= r", "0 <= b", "0 <= s", "b = 0 => a = 0", "s = 0 => r = 0"],
        "rel_entr(a + r, b + s) <= rel_entr(a, b) + rel_entr(r, s)",
    ),
    # A5, A6, B6
    "kl_eq_sum_kl_fun": (
        FAMILY,
        [nonneg("p"), *positive("q"), "sum(i in X: p[i]) = sum(i in X: q[i])"],
        "kl(p, q) = sum(i in X: q[i]*(xlogy(p[i]/q[i], p[i]/q[i]) + 1 - p[i]/q[i]))",
    ),
    "kl_eq_sum_log": (FAMILY, positive("p", "q"), "kl(p, q) = sum(i in X: p[i]*log(p[i]/q[i]))"),
    "entropy_eq_log_card_sub_kl": (
        ON_X,
        [*prob("p"), "0 < card(X)"],
        "entropy(p) = log(card(X)) - kl(p, i in X: 1/card(X))",
    ),
    # B7, B8
    "log_sum_le": (
        AB,
        DOMINATED_AB,
        "rel_entr(sum(i in X: a[i]), sum(i in X: b[i])) <= sum(i in X: rel_entr(a[i], b[i]))",
    ),
    "log_sum_eq_iff": (
        AB,
        DOMINATED_AB,
        "rel_entr(sum(i in X: a[i]), sum(i in X: b[i])) = sum(i in X: rel_entr(a[i], b[i]))"
        " <=> (forall i in X: a[i]*sum(j in X: b[j]) = b[i]*sum(j in X: a[j]))",
    ),
    # B9
    "kl_convex": (
        FOUR,
        [*WEIGHT, *map(nonneg, "prqs"), ac("p", "q"), ac("r", "s")],
        f"kl({MIXED_LEFT}, {MIXED_RIGHT}) <= lambda*kl(p, q) + (1 - lambda)*kl(r, s)",
    ),
    "kl_convex_left": (
        {**FAMILY, "r": P, "lambda": NUMBER},
        [*WEIGHT, *map(nonneg, "prq"), ac("p", "q"), ac("r", "q")],
        f"kl({MIXED_LEFT}, q) <= lambda*kl(p, q) + (1 - lambda)*kl(r, q)",
    ),
    "kl_convex_right": (
        {**FAMILY, "s": P, "lambda": NUMBER},
        [*WEIGHT, *map(nonneg, "pqs"), ac("p", "q"), ac("p", "s")],
        f"kl(p, {MIXED_RIGHT}) <= lambda*kl(p, q) + (1 - lambda)*kl(p, s)",
    ),
    # B10
    "kl_smul": (SCALED, ["0 < c", *DOMINATED], "kl(i in X: c*p[i], i in X: c*q[i]) = c*kl(p, q)"),
    "kl_smul_left": (
        SCALED,
        ["0 < c", *DOMINATED],
        "kl(i in X: c*p[i], q) = c*kl(p, q) + c*log(c)*sum(i in X: p[i])",
    ),
    "kl_smul_right": (
        SCALED,
        ["0 < c", *DOMINATED],
        "kl(p, i in X: c*q[i]) = kl(p, q) - log(c)*sum(i in X: p[i])",
    ),
    # B11
    "kl_map_of_injective": (
        {**FAMILY, "Y": SET, "f": "X -> Y"},
        ["forall i in X: forall j in X: delta(f(i), f(j)) = delta(i, j)", *DOMINATED],
        "kl(j in Y: sum(i in X: delta(f(i), j)*p[i]), j in Y: sum(i in X: delta(f(i), j)*q[i])) = kl(p, q)",
    ),
    # C1-C4
    "entropy_nonneg": (ON_X, prob("p"), "0 <= entropy(p)"),
    "entropy_eq_zero_iff": (ON_X, prob("p"), "entropy(p) = 0 <=> (forall i in X: p[i]^2 = p[i])"),
    "entropy_base": (
        {**ON_X, "b": NUMBER},
        ["0 < b", "log(b) != 0", *positive("p")],
        "-sum(i in X: p[i]*(log(p[i])/log(b))) = entropy(p)/log(b)",
    ),
    "entropy_le_log_card": (ON_X, [*prob("p"), "0 < card(X)"], "entropy(p) <= log(card(X))"),
    "entropy_eq_log_card_iff": (
        ON_X,
        [*prob("p"), "0 < card(X)"],
        "entropy(p) = log(card(X)) <=> (forall i in X: p[i]*card(X) = 1)",
    ),
    "entropy_concave": (
        {**ON_X, "r": P, "lambda": NUMBER},
        [*WEIGHT, nonneg("p"), nonneg("r")],
        f"lambda*entropy(p) + (1 - lambda)*entropy(r) <= entropy({MIXED_LEFT})",
    ),
    # C15, C16
    "collision_bound": (ON_X, prob("p"), "-entropy(p) <= log(sum(i in X: p[i]^2))"),
    "cross_entropy_convex": (
        {**FAMILY, "s": P, "lambda": NUMBER},
        [*prob("p"), *WEIGHT, nonneg("q"), nonneg("s"), ac("p", "q"), ac("p", "s")],
        f"cross_entropy(p, {MIXED_RIGHT}) <= lambda*cross_entropy(p, q) + (1 - lambda)*cross_entropy(p, s)",
    ),
}
