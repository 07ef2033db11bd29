"""Rows B12 to B19, C12, D11: kernels, chain rule and data processing."""

from __future__ import annotations

from .words import FAMILY, NUMBER, SET, P, Q, Row, nonneg, prob


def pair(first: str, second: str, over: str = "X") -> list[str]:
    """N(first), N(second), AC(first, second)."""
    return [
        f"forall i in {over}: 0 <= {first}[i]",
        f"forall i in {over}: 0 <= {second}[i]",
        f"forall i in {over}: {second}[i] = 0 => {first}[i] = 0",
    ]


def kernel(name: str, to: str = "Y") -> list[str]:
    return [f"forall x in X: forall y in {to}: 0 <= {name}[x, y]", f"forall x in X: sum(y in {to}: {name}[x, y]) = 1"]


def information(weight: str, noise: str) -> str:
    """Sum over x of D(p_x W_x || p_x pW); {} stands for x in the texts of p_x and W_xy."""
    at_x, at_z = (f"{weight}*{noise}".replace("{}", n) for n in "xz")
    return f"sum(x in X: kl(y in Y: {at_x}, y in Y: {weight.replace('{}', 'x')}*sum(z in X: {at_z})))"


JOINT = "X, Y -> number"
KERNEL_AC = "forall x in X: forall y in Y: W[x, y] = 0 => V[x, y] = 0"
ONE_KERNEL = ({**FAMILY, "Y": SET, "W": JOINT}, [*pair("p", "q"), *kernel("W")])
TWO_KERNELS = (
    {"X": SET, "Y": SET, "p": P, "V": JOINT, "W": JOINT},
    [nonneg("p"), *kernel("V"), *kernel("W"), KERNEL_AC],
)
COND_KL = "sum(x in X: p[x]*kl(y in Y: V[x, y], y in Y: W[x, y]))"
OUTPUTS = "kl(y in Y: sum(x in X: p[x]*W[x, y]), y in Y: sum(x in X: q[x]*W[x, y]))"
STEP = {"X": SET, "p": P, "W": "X, X -> number"}
MIXED = ["0 < lambda", "lambda < 1"]
P_MIX, W_MIX = "(lambda*p[{}] + (1 - lambda)*q[{}])", "(lambda*V[{}, y] + (1 - lambda)*W[{}, y])"

ROWS: dict[str, Row] = {
    "kl_chain_rule": (
        {**FAMILY, "Y": SET, "V": JOINT, "W": JOINT},
        [*pair("p", "q"), *kernel("V"), kernel("W")[0], KERNEL_AC],
        "sum(x in X: sum(y in Y: rel_entr(p[x]*V[x, y], q[x]*W[x, y])))"
        " = kl(p, q) + sum(x in X: p[x]*sum(y in Y: rel_entr(V[x, y], W[x, y])))",
    ),
    "kl_same_kernel": (*ONE_KERNEL, "sum(x in X: sum(y in Y: rel_entr(p[x]*W[x, y], q[x]*W[x, y]))) = kl(p, q)"),
    "kl_prod": (
        {**FAMILY, "Y": SET, "r": "Y -> number", "s": "Y -> number"},
        [*pair("p", "q"), "sum(i in X: p[i]) = 1", *pair("r", "s", "Y"), "sum(i in Y: r[i]) = 1"],
        "sum(x in X: sum(y in Y: rel_entr(p[x]*r[y], q[x]*s[y]))) = kl(p, q) + kl(r, s)",
    ),
    "kl_prod_three": (
        {**FAMILY, "Y": SET, "Z": SET, **dict.fromkeys("rs", "Y -> number"), **dict.fromkeys("tu", "Z -> number")},
        [
            *pair("p", "q"),
            "sum(i in X: p[i]) = 1",
            *pair("r", "s", "Y"),
            "sum(i in Y: r[i]) = 1",
            *pair("t", "u", "Z"),
            "sum(i in Z: t[i]) = 1",
        ],
        "sum(x in X: sum(y in Y: sum(z in Z: rel_entr(p[x]*r[y]*t[z], q[x]*s[y]*u[z]))))"
        " = kl(p, q) + kl(r, s) + kl(t, u)",
    ),
    "cond_kl_nonneg": (*TWO_KERNELS, f"0 <= {COND_KL}"),
    "cond_kl_eq_zero_iff": (
        *TWO_KERNELS,
        f"{COND_KL} = 0 <=> (forall x in X: forall y in Y: p[x]*V[x, y] = p[x]*W[x, y])",
    ),
    "kl_mixture_le": (
        *TWO_KERNELS,
        f"kl(y in Y: sum(x in X: p[x]*V[x, y]), y in Y: sum(x in X: p[x]*W[x, y])) <= {COND_KL}",
    ),
    "kl_map_le": (
        {**FAMILY, "Y": SET, "f": "X -> Y"},
        pair("p", "q"),
        "kl(j in Y: sum(i in X: delta(f(i), j)*p[i]), j in Y: sum(i in X: delta(f(i), j)*q[i])) <= kl(p, q)",
    ),
    "kl_kernel_le": (*ONE_KERNEL, f"{OUTPUTS} <= kl(p, q)"),
    "kl_kernel_eq_iff": (
        *ONE_KERNEL,
        f"{OUTPUTS} = kl(p, q) <=> (forall x in X: forall y in Y: "
        "p[x]*W[x, y]*sum(z in X: q[z]*W[z, y]) = q[x]*W[x, y]*sum(z in X: p[z]*W[z, y]))",
    ),
    "second_law": (
        {**STEP, "q": Q},
        [*pair("p", "q"), *kernel("W", "X"), "forall y in X: sum(x in X: q[x]*W[x, y]) = q[y]"],
        "kl(y in X: sum(x in X: p[x]*W[x, y]), q) <= kl(p, q)",
    ),
    "entropy_increases": (
        STEP,
        [nonneg("p"), *kernel("W", "X"), "forall y in X: sum(x in X: W[x, y]) = 1"],
        "entropy(p) <= entropy(y in X: sum(x in X: p[x]*W[x, y]))",
    ),
    # p_x stands inside the divergence: where p_x = 0, D(W_x || pW) need not have a value.
    "mutual_info_concave_input": (
        {**FAMILY, "Y": SET, "W": JOINT, "lambda": NUMBER},
        [*MIXED, *prob("p"), *prob("q"), *kernel("W")],
        f"lambda*{information('p[{}]', 'W[{}, y]')} + (1 - lambda)*{information('q[{}]', 'W[{}, y]')}"
        f" <= {information(P_MIX, 'W[{}, y]')}",
    ),
    "mutual_info_convex_kernel": (
        {"X": SET, "Y": SET, "p": P, "V": JOINT, "W": JOINT, "lambda": NUMBER},
        [*MIXED, *prob("p"), *kernel("V"), *kernel("W")],
        f"{information('p[{}]', W_MIX)}"
        f" <= lambda*{information('p[{}]', 'V[{}, y]')} + (1 - lambda)*{information('p[{}]', 'W[{}, y]')}",
    ),
    "mutual_info_eq_channel": (
        {"X": SET, "Y": SET, "p": P, "W": JOINT},
        [nonneg("p"), *kernel("W")],
        f"mutual_info(x in X: y in Y: p[x]*W[x, y]) = {information('p[{}]', 'W[{}, y]')}",
    ),
}
