"""Rows C5 to C11, C13: joint entropy and mutual information."""

from __future__ import annotations

from .words import SET, Row

PAIR = {"X": SET, "Y": SET, "r": "X, Y -> number"}
TRIPLE = {"X": SET, "Y": SET, "Z": SET, "r": "X, Y, Z -> number"}
NONNEG_PAIR = ["forall x in X: forall y in Y: 0 <= r[x, y]"]
NONNEG_TRIPLE = ["forall x in X: forall y in Y: forall z in Z: 0 <= r[x, y, z]"]
JOINT = [*NONNEG_PAIR, "sum(x in X: sum(y in Y: r[x, y])) = 1"]
# Entropies of the marginals, below names x, y and z.
R_X, R_Y = "sum(v in Y: r[x, v])", "sum(u in X: r[u, y])"
H_X, H_Y = f"entropy(x in X: {R_X})", f"entropy(y in Y: {R_Y})"
R_XY, R_XZ, R_YZ = "sum(t in Z: r[x, y, t])", "sum(v in Y: r[x, v, z])", "sum(u in X: r[u, y, z])"
R_Z, MIDDLE = "sum(u in X: sum(v in Y: r[u, v, z]))", "sum(u in X: sum(t in Z: r[u, y, t]))"
H_XY = f"joint_entropy(x in X: y in Y: {R_XY})"
H_XZ = f"joint_entropy(x in X: z in Z: {R_XZ})"
H_YZ = f"joint_entropy(y in Y: z in Z: {R_YZ})"
H_Z = f"entropy(z in Z: {R_Z})"
EVERY = "forall x in X: forall y in Y: forall z in Z: "
MARKOV = [*NONNEG_TRIPLE, f"{EVERY}r[x, y, z]*{MIDDLE} = {R_XY}*{R_YZ}"]
I_XY, I_XZ = f"mutual_info(x in X: y in Y: {R_XY})", f"mutual_info(x in X: z in Z: {R_XZ})"


def summed(summand: str) -> str:
    return f"sum(x in X: sum(y in Y: sum(z in Z: {summand})))"


H_XYZ = f"-{summed('xlogy(r[x, y, z], r[x, y, z])')}"
GIVEN_YZ = f"-{summed(f'rel_entr(r[x, y, z], {R_YZ})')}"

ROWS: dict[str, Row] = {
    "entropy_chain_rule": (PAIR, NONNEG_PAIR, f"joint_entropy(r) = {H_Y} + cond_entropy(r)"),
    "cond_entropy_chain_rule": (
        TRIPLE,
        NONNEG_TRIPLE,
        f"-{summed(f'rel_entr(r[x, y, z], {R_Z})')} = cond_entropy(y in Y: z in Z: {R_YZ}) + {GIVEN_YZ}",
    ),
    "cond_entropy_le_entropy": (PAIR, JOINT, f"cond_entropy(r) <= {H_X}"),
    "cond_entropy_le_cond_entropy": (TRIPLE, NONNEG_TRIPLE, f"{GIVEN_YZ} <= cond_entropy(x in X: z in Z: {R_XZ})"),
    "cond_entropy_nonneg": (PAIR, NONNEG_PAIR, "0 <= cond_entropy(r)"),
    "entropy_joint_le_add": (PAIR, JOINT, f"joint_entropy(r) <= {H_X} + {H_Y}"),
    "entropy_joint_eq_iff": (
        PAIR,
        JOINT,
        f"joint_entropy(r) = {H_X} + {H_Y} <=> (forall x in X: forall y in Y: r[x, y] = {R_X}*{R_Y})",
    ),
    "entropy_submodular": (TRIPLE, NONNEG_TRIPLE, f"{H_XYZ} + {H_Z} <= {H_XZ} + {H_YZ}"),
    "han_three": (
        TRIPLE,
        [*NONNEG_TRIPLE, f"{summed('r[x, y, z]')} = 1"],
        f"{H_XYZ} <= 1/2*({H_XY} + {H_YZ} + {H_XZ})",
    ),
    "mutual_info_eq_entropies": (PAIR, NONNEG_PAIR, f"mutual_info(r) = {H_X} + {H_Y} - joint_entropy(r)"),
    "mutual_info_eq_sub_cond": (PAIR, NONNEG_PAIR, f"mutual_info(r) = {H_X} - cond_entropy(r)"),
    "mutual_info_symm": (PAIR, NONNEG_PAIR, "mutual_info(r) = mutual_info(y in Y: x in X: r[x, y])"),
    "mutual_info_nonneg": (PAIR, JOINT, "0 <= mutual_info(r)"),
    "mutual_info_eq_zero_iff": (
        PAIR,
        JOINT,
        f"mutual_info(r) = 0 <=> (forall x in X: forall y in Y: r[x, y] = {R_X}*{R_Y})",
    ),
    "cond_mutual_info_nonneg": (TRIPLE, NONNEG_TRIPLE, "0 <= cond_mutual_info(r)"),
    "cond_mutual_info_eq_zero_iff": (
        TRIPLE,
        NONNEG_TRIPLE,
        f"cond_mutual_info(r) = 0 <=> ({EVERY}r[x, y, z]*{R_Z} = {R_XZ}*{R_YZ})",
    ),
    "mutual_info_chain_rule": (
        TRIPLE,
        NONNEG_TRIPLE,
        f"{summed(f'rel_entr(r[x, y, z], {R_XY}*{R_Z})')}"
        f" = {I_XZ} + cond_mutual_info(y in Y: z in Z: x in X: r[x, y, z])",
    ),
    "data_processing_markov": (TRIPLE, MARKOV, f"{I_XZ} <= {I_XY}"),
    "data_processing_markov_eq_iff": (TRIPLE, MARKOV, f"{I_XZ} = {I_XY} <=> cond_mutual_info(r) = 0"),
}
