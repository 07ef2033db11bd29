"""The rows of the mission: flips, ratio, logarithm, limit; Gibbs; the three proofs."""

from __future__ import annotations

from .words import (
    ABC,
    BOTH,
    COUNTED,
    DATA,
    FAMILY,
    FLIPS,
    FREQUENT,
    LEFT,
    MASTER,
    NUMBER,
    RIGHT,
    SAMPLED,
    SEQUENCES,
    SET,
    SPACE,
    P,
    Q,
    R,
    Row,
    ac,
    nonneg,
    positive,
    prob,
)

ROWS: dict[str, Row] = {
    "log_prod": (
        {"T": SET, "f": "T -> number"},
        ["forall t in T: 0 < f[t]"],
        "log(prod(t in T: f[t])) = sum(t in T: log(f[t]))",
    ),
    "likelihood_of_counts": (
        {**DATA, "p": P},
        positive("p"),
        "prod(t in T: p[x(t)]) = prod(i in X: p[i]^count(x, i))",
    ),
    "llr_per_flip": (
        {**DATA, **FAMILY},
        [*positive("p", "q"), "0 < card(T)"],
        "1/card(T)*log(prod(t in T: p[x(t)])/prod(t in T: q[x(t)])) = sum(i in X: count(x, i)/card(T)*log(p[i]/q[i]))",
    ),
    "coin_flips_finite": (
        FLIPS,
        COUNTED,
        "1/N*log(p1^N_h*p2^N_t/(q1^N_h*q2^N_t)) = N_h/N*log(p1/q1) + N_t/N*log(p2/q2)",
    ),
    "coin_flips": (
        SEQUENCES,
        FREQUENT,
        "lim(n: 1/n*log(p1^N_h[n]*p2^N_t[n]/(q1^N_h[n]*q2^N_t[n]))) -> p1*log(p1/q1) + p2*log(p2/q2)",
    ),
    "coin_flips_deviation": (
        FLIPS,
        [*COUNTED, "p1 + p2 = 1", "q1 + q2 = 1"],
        "1/N*log(p1^N_h*p2^N_t/(q1^N_h*q2^N_t)) - (p1*log(p1/q1) + p2*log(p2/q2)) = (N_h/N - p1)*log(p1*q2/(q1*p2))",
    ),
    "die_rolls": (
        {**FAMILY, "N": "X, Nat -> number"},
        [
            *positive("p", "q"),
            "sum(i in X: p[i]) = 1",
            "forall n in Nat: 0 < n => sum(i in X: N[i, n]) = n",
            "forall i in X: lim(n: N[i, n]/n) -> p[i]",
        ],
        "lim(n: 1/n*log(prod(i in X: p[i]^N[i, n])/prod(i in X: q[i]^N[i, n]))) -> sum(i in X: p[i]*log(p[i]/q[i]))",
    ),
    "evidence_growth": (
        SEQUENCES,
        FREQUENT,
        "lim(n: (p1^N_h[n]*p2^N_t[n]/(q1^N_h[n]*q2^N_t[n]))^(1/n)) -> exp(p1*log(p1/q1) + p2*log(p2/q2))",
    ),
    "expected_llr": (
        SPACE,
        SAMPLED,
        "sum(o in Omega: w[o]*(1/card(T))*sum(t in T: log(p[x(t, o)]/q[x(t, o)]))) = sum(i in X: p[i]*log(p[i]/q[i]))",
    ),
    "change_of_measure": (
        {
            "Omega": SET,
            "N": NUMBER,
            "D": NUMBER,
            "eps": NUMBER,
            **dict.fromkeys(("e", "L", "wP", "wQ"), "Omega -> number"),
        },
        [
            "forall o in Omega: e[o]*e[o] = e[o]",
            "forall o in Omega: e[o] = 1 => N*(D - eps) <= L[o]",
            "forall o in Omega: wQ[o] = wP[o]*exp(-L[o])",
            "forall o in Omega: 0 <= wP[o]",
        ],
        "sum(o in Omega: e[o]*wQ[o]) <= exp(-N*(D - eps))*sum(o in Omega: e[o]*wP[o])",
    ),
    "llr_concentration": (
        {**SPACE, "e": "Omega -> number", "eps": NUMBER},
        [
            *SAMPLED,
            "forall s in T: forall t in T: forall i in X: forall j in X: "
            "delta(s, t) = 0 => sum(o in Omega: w[o]*(delta(x(s, o), i)*delta(x(t, o), j))) = p[i]*p[j]",
            "forall o in Omega: e[o]*e[o] = e[o]",
            "forall o in Omega: e[o] = 1 => eps <= abs(sum(t in T: log(p[x(t, o)]/q[x(t, o)]))/card(T) - kl(p, q))",
            "0 < eps",
        ],
        "sum(o in Omega: e[o]*w[o]) <= sum(i in X: p[i]*(log(p[i]/q[i]) - kl(p, q))^2)/(card(T)*eps^2)",
    ),
    "entropy_surprise": ({"X": SET, "p": P}, positive("p"), "entropy(p) = sum(i in X: p[i]*(-log(p[i])))"),
    "surprise_additive": (
        {"X": SET, "Y": SET, "p": P, "r": "Y -> number"},
        [
            *prob("p"),
            "forall j in Y: 0 <= r[j]",
            "sum(j in Y: r[j]) = 1",
            *positive("p"),
            "forall j in Y: 0 < r[j]",
        ],
        "sum(i in X: sum(j in Y: -(p[i]*r[j])*log(p[i]*r[j]))) = entropy(p) + entropy(r)",
    ),
    "kl_excess_surprise": (
        FAMILY,
        positive("p", "q"),
        "kl(p, q) = sum(i in X: p[i]*((-log(q[i])) - (-log(p[i]))))",
    ),
    "cross_entropy_identity": (
        FAMILY,
        [*prob("p"), nonneg("q"), ac("p", "q")],
        "cross_entropy(p, q) = entropy(p) + kl(p, q)",
    ),
    "cross_entropy_le_iff": (
        {**FAMILY, "r": R},
        [*prob("p"), nonneg("q"), nonneg("r"), ac("p", "q"), ac("p", "r")],
        "cross_entropy(p, q) <= cross_entropy(p, r) <=> kl(p, q) <= kl(p, r)",
    ),
    "cross_entropy_min": (FAMILY, BOTH, "cross_entropy(p, p) <= cross_entropy(p, q)"),
    "cross_entropy_min_iff": (
        FAMILY,
        BOTH,
        "cross_entropy(p, p) = cross_entropy(p, q) <=> (forall i in X: q[i] = p[i])",
    ),
    "empirical_loss": (
        {**DATA, "q": Q},
        [*positive("q"), "0 < card(T)"],
        "-(1/card(T))*log(prod(t in T: q[x(t)]))"
        " = entropy(i in X: count(x, i)/card(T)) + kl(i in X: count(x, i)/card(T), q)",
    ),
    "log_le_sub_one": ({"x": NUMBER}, ["0 < x"], "log(x) <= x - 1"),
    "log_eq_sub_one_iff": ({"x": NUMBER}, ["0 < x"], "log(x) = x - 1 <=> x = 1"),
    "master_inequality": (ABC, MASTER, f"{LEFT} <= {RIGHT}"),
    "master_inequality_iff": (ABC, MASTER, f"{LEFT} = {RIGHT} <=> (forall i in X: a[i] = c[i]*b[i])"),
    "kl_nonneg": (
        FAMILY,
        [*prob("p"), nonneg("q"), "sum(i in X: q[i]) <= 1", ac("p", "q")],
        "0 <= kl(p, q)",
    ),
    "kl_eq_zero_iff": (FAMILY, BOTH, "kl(p, q) = 0 <=> (forall i in X: p[i] = q[i])"),
    "kl_self": ({"X": SET, "p": P}, [nonneg("p")], "kl(p, p) = 0"),
    "binary_kl_nonneg_of_deriv": (
        {"p": NUMBER, "q": NUMBER},
        ["0 < p", "p < 1", "0 < q", "q < 1"],
        "0 <= p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))",
    ),
    "kl_not_symm": ({}, [], "13/1024 <= binary_kl(1/2, 1/4) - binary_kl(1/4, 1/2)"),
    "kl_not_metric": ({}, [], "0 < binary_kl(3/4, 1/4) - binary_kl(3/4, 1/2) - binary_kl(1/2, 1/4)"),
}
