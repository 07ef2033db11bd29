"""Two and three variables: the texts of marginals and entropies, and lines that theorems about them share.

A joint distribution is a family of weights r over X × Y or X × Y × Z. The indices i, j and k run over X, Y and Z.
"""

from __future__ import annotations

from ..kernel.statements import le
from ..kernel.terms import Node, bound, lam
from ..proving.builder import Fact, Proof, hole
from ..proving.calc import Draft
from ..proving.idioms import for_each, function_of, pair, points, sum_over
from ..proving.tactics import prove

# --- two variables -------------------------------------------------------------------------------------------------

R_X, R_Y, TOTAL = "sum(j in Y: r[i, j])", "sum(i in X: r[i, j])", "sum(i in X: sum(j in Y: r[i, j]))"
"""The marginals and the total of weights over X × Y."""
H_X, H_Y = f"entropy(i in X: {R_X})", f"entropy(j in Y: {R_Y})"
TWO: dict[str, Node | str] = {"X": "X", "Y": "Y"}
"""In a lemma about X and Y both stand for themselves."""


def joint_distribution(d: Draft) -> list[Fact]:
    """Declare a joint distribution r over X × Y, and indices i and j."""
    return [pair(d), *d.given(f"{TOTAL} = 1")]


def pair_values(p: Proof) -> dict[str, Node | str]:
    """Say that X, Y and r stand for themselves in a lemma about them."""
    return {**TWO, "r": function_of(p, "r[i, j]", "i", "j")}


# --- three variables -----------------------------------------------------------------------------------------------

TRIPLE = "forall i in X: forall j in Y: forall k in Z: 0 <= r[i, j, k]"
"""The weights r over X × Y × Z are not negative."""
XYZ = "sum(i in X: sum(j in Y: sum(k in Z: xlogy(r[i, j, k], r[i, j, k]))))"
"""−H(X, Y, Z)."""
R_XY, R_XZ, R_YZ = "sum(k in Z: r[i, j, k])", "sum(j in Y: r[i, j, k])", "sum(i in X: r[i, j, k])"
R_Z = "sum(i in X: sum(j in Y: r[i, j, k]))"
H_XY = f"joint_entropy(i in X: j in Y: {R_XY})"
H_XZ = f"joint_entropy(i in X: k in Z: {R_XZ})"
H_YZ = f"joint_entropy(j in Y: k in Z: {R_YZ})"
H_Z = f"entropy(k in Z: {R_Z})"
OVER: dict[str, Node | str] = {"X": "X", "Y": "Y", "Z": "Z"}
"""In a lemma about X, Y and Z all three stand for themselves."""


def triple(d: Draft) -> Fact:
    """Declare weights r over X × Y × Z, and indices i, j, k; assume that the weights are not negative."""
    d.sets("X Y Z")
    d.declare(r="X, Y, Z -> number", i="X", j="Y", k="Z")
    return d.given(TRIPLE)[0]


def triple_values(p: Proof) -> dict[str, Node | str]:
    """Say that X, Y, Z and r stand for themselves in a lemma about them."""
    return {**OVER, "r": function_of(p, "r[i, j, k]", "i", "j", "k")}


def marginal(p: Proof, signs: Fact, *names: str) -> Fact:
    """Return ∀ over the two declared indices: 0 ≤ the marginal of r over the third."""
    (missing,) = {"i", "j", "k"} - {*names}
    inside = for_each(p, p.spec(signs, *points(p, "i", "j", "k")), missing)
    return for_each(p, prove(p, le(0, p.term({"i": R_YZ, "j": R_XZ, "k": R_XY}[missing])), [inside]), *names)


def entropies(p: Proof, fact: Fact, name: str) -> Fact:
    """Return H(l) = H(r) for a declared index from l = r."""
    over = p.scope[name][1]
    inside = lam((over,), hole(bound(0)))
    return p.congr(Node("def", ("entropy", (over,)), (inside,)), for_each(p, fact, name))


def rel_entr_sum(p: Proof, first: str, second: str, *names: str) -> Fact:
    """Return Σ… rel_entr(f, g) = Σ… xlogy(f, f) − Σ… xlogy(f, g) over two or three declared indices."""
    opened = p.unfold(p.term(f"rel_entr({first}, {second})"))
    sets: dict[str, Node | str] = {s: p.scope[n][1] for s, n in zip("XYZ", names, strict=False)}
    f, g = (function_of(p, t, *names) for t in opened.right.args)
    split = p.cite("sum_sum_sub" if len(names) == 2 else "triple_sum_sub", {**sets, "f": f, "g": g})
    return p.trans(sum_over(p, opened, *names), split)
