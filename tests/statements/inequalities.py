"""Rows B20 to B24 and Fisher: Pinsker, Donsker–Varadhan, geometry, second order."""

from __future__ import annotations

from .words import BOTH, FAMILY, NAT, NUMBER, SET, Q, R, Row, ac, nonneg, positive, prob

PARTITION = "sum(i in X: q[i]*exp(g[i]))"
VARIED = [*prob("p"), nonneg("q"), ac("p", "q")]
MIXTURE = "i in X: sum(k in T: w[k]*p[k, i])"
CHI2 = "sum(i in X: (p[i] - q[i])^2/q[i])"
ROOTS = "sum(i in X: (p[i]^(1/2) - q[i]^(1/2))^2)"
POSITIVE = [*positive("p"), "sum(i in X: p[i]) = 1", *positive("q"), "sum(i in X: q[i]) = 1"]
TILT = "sum(i in X: (p[i] - q[i])*log(q[i]/r[i]))"

ROWS: dict[str, Row] = {
    "binary_pinsker": (
        {"a": NUMBER, "b": NUMBER},
        ["0 <= a", "a <= 1", "0 < b", "b < 1"],
        "2*(a - b)^2 <= rel_entr(a, b) + rel_entr(1 - a, 1 - b)",
    ),
    "pinsker": (FAMILY, BOTH, "sum(i in X: abs(p[i] - q[i]))^2 <= 2*kl(p, q)"),
    "donsker_varadhan_le": (
        {**FAMILY, "g": "X -> number"},
        VARIED,
        f"sum(i in X: p[i]*g[i]) - log({PARTITION}) <= kl(p, q)",
    ),
    "donsker_varadhan_eq_iff": (
        {**FAMILY, "g": "X -> number"},
        VARIED,
        f"sum(i in X: p[i]*g[i]) - log({PARTITION}) = kl(p, q)"
        f" <=> (forall i in X: p[i]*{PARTITION.replace('i in X', 'j in X').replace('[i]', '[j]')} = q[i]*exp(g[i]))",
    ),
    "donsker_varadhan_attained": (
        FAMILY,
        [*positive("p", "q"), "sum(i in X: p[i]) = 1"],
        "sum(i in X: p[i]*log(p[i]/q[i])) - log(sum(i in X: q[i]*exp(log(p[i]/q[i])))) = kl(p, q)",
    ),
    "compensation": (
        {"T": SET, "X": SET, "w": "T -> number", "p": "T, X -> number", "q": Q},
        [
            "forall k in T: 0 < w[k]",
            "sum(k in T: w[k]) = 1",
            "forall k in T: forall i in X: 0 <= p[k, i]",
            nonneg("q"),
            "forall k in T: forall i in X: q[i] = 0 => p[k, i] = 0",
        ],
        f"sum(k in T: w[k]*kl(i in X: p[k, i], q))"
        f" = sum(k in T: w[k]*kl(i in X: p[k, i], i in X: sum(l in T: w[l]*p[l, i]))) + kl({MIXTURE}, q)",
    ),
    "three_point": (
        {**FAMILY, "r": R},
        [nonneg("p"), *positive("q", "r")],
        f"kl(p, r) = kl(p, q) + kl(q, r) + {TILT}",
    ),
    "pythagoras_le": (
        {**FAMILY, "r": R},
        [nonneg("p"), *positive("q", "r"), f"0 <= {TILT}"],
        "kl(p, q) + kl(q, r) <= kl(p, r)",
    ),
    "kl_le_chi2": (FAMILY, [*prob("p"), *prob("q"), *positive("q")], f"kl(p, q) <= {CHI2}"),
    "kl_le_log_one_add_chi2": (FAMILY, [*prob("p"), *prob("q"), *positive("q")], f"kl(p, q) <= log(1 + {CHI2})"),
    "sum_abs_sub_le_two": (FAMILY, [*prob("p"), *prob("q")], "sum(i in X: abs(p[i] - q[i])) <= 2"),
    "chi2_eq": (
        FAMILY,
        ["sum(i in X: p[i]) = 1", *positive("q"), "sum(i in X: q[i]) = 1"],
        f"{CHI2} = sum(i in X: p[i]^2/q[i]) - 1",
    ),
    "hellinger_eq": (FAMILY, POSITIVE, f"{ROOTS} = 2 - 2*sum(i in X: p[i]^(1/2)*q[i]^(1/2))"),
    "hellinger_le_tv": (FAMILY, positive("p", "q"), f"{ROOTS} <= sum(i in X: abs(p[i] - q[i]))"),
    "hellinger_le_kl": (FAMILY, POSITIVE, f"{ROOTS} <= kl(p, q)"),
    "rpow_mul_rpow_le": (
        {"a": NUMBER, "b": NUMBER, "c": NUMBER},
        ["0 < a", "0 < b", "0 < c", "c < 1"],
        "a^c*b^(1 - c) <= c*a + (1 - c)*b",
    ),
    "sum_rpow_le_one": (
        {**FAMILY, "c": NUMBER},
        [*POSITIVE, "0 < c", "c < 1"],
        "sum(i in X: p[i]^c*q[i]^(1 - c)) <= 1",
    ),
    "one_add_kl_le_sum_rpow": (
        {**FAMILY, "c": NUMBER},
        POSITIVE,
        "1 + (c - 1)*kl(p, q) <= sum(i in X: p[i]^c*q[i]^(1 - c))",
    ),
    "binary_kl_add_of_le": (
        {"p": NUMBER, "q": NUMBER, "r": NUMBER},
        ["0 < p", "p <= q", "q <= r", "r < 1"],
        "binary_kl(p, q) + binary_kl(q, r) <= binary_kl(p, r)",
    ),
    "fisher_second_order": (
        {"theta": NUMBER, "h": NUMBER},
        ["0 < theta", "theta < 1", "abs(h) <= theta/2", "abs(h) <= (1 - theta)/2"],
        "abs(binary_kl(theta, theta + h) - h^2/(2*theta*(1 - theta))) <= 2/3*abs(h)^3*(1/theta^2 + 1/(1 - theta)^2)",
    ),
    "fisher_limit": (
        {"theta": NUMBER, "h": NAT},
        ["0 < theta", "theta < 1", "lim(n: h[n]) -> 0", "forall n in Nat: h[n] != 0"],
        "lim(n: binary_kl(theta, theta + h[n])/h[n]^2) -> 1/(2*theta*(1 - theta))",
    ),
}
