"""Bound variables: capture, dependent sums, index sets that are none, and indices of an empty set."""

from __future__ import annotations

from kl_symbolic.kernel.terms import Node, bound, lam
from kl_symbolic.numerics.point import Entry, Point

from .pair import NO_LINE, NOT_ARBITRARY, NOT_COMBINED, OTHER_CLAIM, STRAY, Case, Page, proof

TABLE: dict[tuple[int, ...], int | Entry] = {(0, 0): 1, (0, 1): 2, (1, 0): 3, (1, 1): 5}
"""A function of two indices that is not symmetric."""


# --- an index put below a binder of the same name ---------------------------------------------------------------------


def index_below_a_sum() -> Case:
    """From ∀i Σ_j f(i, j) = g(i) at i := j: not Σ_j f(j, j)."""
    p = proof(X="set", j="X", f="X, X -> number", g="X -> number")
    row = p.spec(p.given("forall i in X: sum(k in X: f[i, k]) = g[i]"), Node("idx", "j"))
    page = Page.of(p, p.order("sum(k in X: f[j, k]) - g[j] = 0", [(1, 1, row)]))
    claim = "sum(k in X: f[k, k]) - g[j] = 0"
    return page.spoil(
        ("right - left of the goal is not the given combination of the premises", "sum(i in X: f[i, i]) - g[j] = 0"),
        row=(2, "order", [page.statement(claim), [[1, 1, [0]]]], [1]),
        conclusion=claim,
        off=(NOT_COMBINED,),
        point=Point.of({"X": 2}, {"j": 0}, {"f": TABLE, "g": {(0,): 3, (1,): 8}}),
    )


def index_that_points_out_of_the_line() -> Case:
    """∀-elimination at a bound variable that no binder binds."""
    p = proof(X="set", j="X", f="X, X -> number", g="X -> number")
    page = Page.of(p, p.spec(p.given("forall i in X: sum(k in X: f[i, k]) = g[i]"), Node("idx", "j")))
    return page.spoil(("expected an index in X", "got: [0]"), row=(1, "spec", [0], [0]))


def index_where_a_number_is_bound() -> Case:
    """∀i p_i = p_i, where an index is written as a bound number."""
    p = proof(X="set", j="X", p="X -> number")
    page = Page.of(p, p.gen(Node("idx", "j"), p.field("p[j] = p[j]")))
    return page.spoil("expected the number of a bound number", row=(0, "field", [["=", ["#", 0], ["#", 0]]], []))


def index_bound_by_the_wrong_quantifier() -> Case:
    """∀-introduction over j in Σ_k f(j, k), claimed for Σ_k f(k, k)."""
    p = proof(X="set", j="X", f="X, X -> number")
    p.given("forall i in X: sum(k in X: f[i, k]) = 0")
    at_j = p.spec(p.known[0], Node("idx", "j"))
    moved = p.order("0 = sum(k in X: f[j, k])", [(-1, 1, at_j)])
    page = Page.of(p, p.gen(Node("idx", "j"), moved))
    return page.spoil(
        ("the last line is not the claim", "claimed: forall i in X: 0 = sum(j in X: f[j, j])"),
        conclusion="forall i in X: 0 = sum(k in X: f[k, k])",
        off=(OTHER_CLAIM,),
        point=Point.of({"X": 2}, {}, {"f": {(0, 0): 1, (0, 1): -1, (1, 0): -1, (1, 1): 1}}),
    )


def equation_for_one_index_below_a_sum() -> Case:
    """p_j = q_j for one j, put below Σ as if it held for every index."""
    p = proof(X="set", j="X", p="X -> number", q="X -> number")
    sums = p.congr_under("sum", "X", p.given("forall i in X: p[i] = q[i]"))
    page = Page.of(p, p.order("sum(i in X: p[i]) + p[j] = sum(i in X: q[i]) + p[j]", [(1, 1, sums)]))
    one = "p[j] = q[j]"
    return page.spoil(
        "'_' takes 0 operands",
        row=(0, "assume", [page.statement(one)], []),
        at=1,
        hypothesis=(0, one),
        point=Point.of({"X": 2}, {"j": 0}, {"p": {(0,): 1, (1,): 1}, "q": {(0,): 1, (1,): 2}}),
    )


# --- a term put below a binder of a name that it mentions ------------------------------------------------------------


def factor_that_depends_on_the_index() -> Case:
    """Σ_i p_i·f_i = p_j·Σ_i f_i: the constant factor of a sum, replaced by one that is bound in it."""
    p = proof(X="set", j="X", c="number", f="X -> number", p="X -> number")
    law = p.scheme("sum_mul", {"X": "X", "a": p.term("c"), "f": p.term("sum(i in X: f[i])").args[0]})
    page = Page.of(p, p.inst(law, {"c": p.term("p[j]")}))
    captured = "sum(i in X: p[i]*f[i]) = p[j]*sum(i in X: f[i])"
    return page.spoil(
        ("expected an index in X", "got: [0]"),
        row=(1, "inst", [{"c": ["p", 0]}], [0]),
        conclusion=captured,
        point=Point.of({"X": 2}, {"j": 0}, {"f": {(0,): 1, (1,): 1}, "p": {(0,): 1, (1,): 2}}),
    )


def factor_that_depends_on_the_index_in_a_scheme() -> Case:
    """Σ_i f_i·f_i = f_?·Σ_i f_i: the index of the sum named in its constant factor."""
    p = proof(X="set", c="number", f="X -> number")
    law = p.scheme("sum_mul", {"X": "X", "a": p.term("c"), "f": p.term("sum(i in X: f[i])").args[0]})
    page = Page.of(p, law)
    return page.spoil(
        ("expected an index in X", "got: [0]"), row=(0, "sum_mul", [{"X": "X", "a": ["f", 0], "f": ["f", 0]}], [])
    )


def function_with_an_index_too_many() -> Case:
    """g_i := f(i, k) with k bound outside the function."""
    p = proof(X="set", f="X, X -> number", g="X -> number", j="X")
    line = p.field("sum(i in X: sum(k in X: g[k])) = sum(i in X: sum(k in X: g[k]))")
    row = lam(("X",), Node("sym", "f", (Node("idx", "j"), bound(0))))
    page = Page.of(p, p.inst(line, {"g": row}))
    return page.spoil(("expected an index in X", "got: [1]"), row=(1, "inst", [{"g": ["f", 1, 0]}], [0]))


def function_below_a_sum() -> Case:
    """From Σ_i g_i = G for every g at g_i := f(j, i): not Σ_i f(i, i)."""
    p = proof(X="set", f="X, X -> number", g="X -> number", j="X", c="number")
    law = p.scheme("sum_mul", {"X": "X", "a": p.term("c"), "f": p.term("sum(i in X: g[i])").args[0]})
    row = lam(("X",), Node("sym", "f", (Node("idx", "j"), bound(0))))
    shown = p.inst(law, {"g": row})
    page = Page.of(p, p.order("sum(i in X: c*f[j, i]) - c*sum(i in X: f[j, i]) = 0", [(1, 1, shown)]))
    claim = "sum(i in X: c*f[i, i]) - c*sum(i in X: f[j, i]) = 0"
    return page.spoil(
        "right - left of the goal is not the given combination of the premises",
        row=(2, "order", [page.statement(claim), [[1, 1, [0]]]], [1]),
        conclusion=claim,
        off=(NOT_COMBINED,),
        point=Point.of({"X": 2}, {"j": 0}, {"c": 1, "f": TABLE}),
    )


# --- sums that depend on each other -------------------------------------------------------------------------------


def factor_pulled_through_its_own_sum() -> Case:
    """Σ_x Σ_y w(x, y)·f(y) = Σ_x w(x, j)·Σ_y f(y), with w pulled out of the sum over its own index."""
    p = proof(X="set", Y="set", i="X", j="Y", w="X, Y -> number", f="Y -> number")
    inner = p.scheme("sum_mul", {"X": "Y", "a": p.term("w[i, j]"), "f": p.term("sum(k in Y: f[k])").args[0]})
    page = Page.of(p, p.under("sum", Node("idx", "i"), inner))
    one: dict[tuple[int, ...], int | Entry] = {(0,): 1, (1,): 1}
    return page.spoil(
        ("expected an index in Y", "got: [0]"),
        row=(0, "sum_mul", [{"X": "Y", "a": ["w", "i", 0], "f": ["f", 0]}], []),
        conclusion="sum(i in X: sum(k in Y: w[i, k]*f[k])) = sum(i in X: w[i, j]*sum(k in Y: f[k]))",
        point=Point.of({"X": 2, "Y": 2}, {"i": 0, "j": 0}, {"w": TABLE, "f": one}),
    )


def swapped_with_a_wrong_summand() -> Case:
    """Σ_x Σ_y f(x, y) = Σ_y Σ_x f(y, y)."""
    p = proof(X="set", f="X, X -> number")
    two = lam(("X", "X"), Node("sym", "f", (bound(1), bound(0))))
    swap = p.scheme("sum_swap", {"X": "X", "Y": "X", "f": two})
    page = Page.of(
        p, p.order("sum(i in X: sum(k in X: f[i, k])) - sum(k in X: sum(i in X: f[i, k])) = 0", [(1, 1, swap)])
    )
    claim = "sum(i in X: sum(k in X: f[i, k])) - sum(k in X: sum(i in X: f[k, k])) = 0"
    return page.spoil(
        "right - left of the goal is not the given combination of the premises",
        row=(1, "order", [page.statement(claim), [[1, 1, [0]]]], [0]),
        conclusion=claim,
        off=(NOT_COMBINED,),
        point=Point.of({"X": 2}, {}, {"f": TABLE}),
    )


def swapped_without_their_indices() -> Case:
    """Σ_x Σ_y f(x, y) = Σ_y Σ_x f(y, x), where x and y range over different sets."""
    p = proof(X="set", Y="set", f="X, Y -> number")
    two = lam(("X", "Y"), Node("sym", "f", (bound(1), bound(0))))
    page = Page.of(p, p.scheme("sum_swap", {"X": "X", "Y": "Y", "f": two}))
    return page.spoil(
        "expected an index in X, got one in Y",
        row=(0, "sum_swap", [{"X": "X", "Y": "Y", "f": ["f", 0, 1]}], []),
    )


# --- what is an index set ----------------------------------------------------------------------------------------


def set_of_minus_one_elements() -> Case:
    """0 ≤ |X| at |X| := −1."""
    p = proof(X="set")
    page = Page.of(p, p.cite("card_nonneg", {"X": "X"}))
    return page.spoil(
        ("expected a declared index set", "got: -1"),
        row=(0, "cite", ["card_nonneg", {"X": -1}], []),
        conclusion="0 <= -1",
        point=Point.of(),
    )


def set_that_is_a_number() -> Case:
    """0 ≤ |X| at X := c for a number c."""
    p = proof(X="set", c="number")
    size = p.cite("card_nonneg", {"X": "X"})
    page = Page.of(p, p.order("c <= card(X) + c", [(1, 1, size)]))
    return page.spoil(
        ("expected a declared index set", "got: c"),
        row=(0, "cite", ["card_nonneg", {"X": "c"}], []),
        conclusion="c <= c + c",
        point=Point.of(numbers={"c": -1}),
    )


def set_of_all_numbers() -> Case:
    """Σ_{n ∈ ℕ} 1 = |ℕ|: sums run over finite sets."""
    p = proof(X="set")
    page = Page.of(p, p.scheme("sum_one", {"X": "X"}))
    return page.spoil(("expected a declared index set", "got: Nat"), row=(0, "sum_one", [{"X": "Nat"}], []))


def index_of_another_set() -> Case:
    """∀i∈X at an index of Y."""
    p = proof(X="set", Y="set", i="X", j="Y", p="X -> number", q="Y -> number")
    line = p.spec(p.given("forall k in X: 0 < p[k]"), Node("idx", "i"))
    page = Page.of(p, p.pos("0 < p[i]*(q[j]*q[j] + 1)", line))
    return page.spoil(("expected an index in X, got one in Y", "got: ['j']"), row=(1, "spec", ["j"], [0]))


# --- ∀ over what is not arbitrary ----------------------------------------------------------------------------------


def for_every_index_under_a_hypothesis_about_it() -> Case:
    """From p_i ≤ q_j: ∀i p_i ≤ q_j."""
    p = proof(X="set", i="X", j="X", k="X", p="X -> number", q="X -> number", r="X -> number")
    hypothesis = p.given("p[i] <= q[j]")
    line = p.order("p[i] + r[k] <= q[j] + r[k]", [(1, 1, hypothesis)])
    page = Page.of(p, p.gen(Node("idx", "k"), line))
    return page.spoil(
        ("the index is not arbitrary", "index:   i", "free in: p[i] <= q[j]"),
        row=(2, "gen", ["i"], [1]),
        conclusion="forall h in X: p[h] + r[k] <= q[j] + r[k]",
        off=(NOT_ARBITRARY,),
        point=Point.of(
            {"X": 2},
            {"i": 0, "j": 0, "k": 0},
            {"p": {(0,): 0, (1,): 2}, "q": {(0,): 1, (1,): 1}, "r": {(0,): 0, (1,): 0}},
        ),
    )


# --- indices of a set that may be empty -------------------------------------------------------------------------------


def index_that_vanished() -> Case:
    """From ∀i∈X p_i = p_i + 1, at some i: 0 = 1. But X may be empty."""
    p = proof(X="set", i="X", p="X -> number")
    at_i = p.spec(p.given("forall k in X: p[k] = p[k] + 1"), Node("idx", "i"))
    line = p.order("1 = 0", [(-1, 1, at_i)])
    page = Page.of(p, p.gen(Node("idx", "i"), line))
    return page.spoil(
        ("the proof presupposes points that the statement does not mention", "points: ['i']"),
        row=(3, "symm", [], [2]),
        at=NO_LINE,
        conclusion="0 = 1",
        off=(STRAY,),
        point=Point.of({"X": 0}, {}, {"p": {}}),
    )


def function_into_an_empty_set() -> Case:
    """The same at x(t), for every t: 0 = 1 for every t ∈ T. But X may be empty, and T not."""
    p = proof(T="set", X="set", x="T -> X", t="T", p="X -> number")
    index = Node("idx", "x", (Node("idx", "t"),))
    at_x = p.spec(p.given("forall k in X: p[k] = p[k] + 1"), index)
    line = p.order("p[x(t)] + 1 = p[x(t)]", [(-1, 1, at_x)])
    page = Page.of(p, p.gen(Node("idx", "t"), line))
    return page.spoil(
        ("the proof presupposes points that the statement does not mention", "points: ['x']"),
        row=(2, "order", [page.statement("1 = 0"), [[-1, 1, [0]]]], [1]),
        at=NO_LINE,
        conclusion="forall t in T: 1 = 0",
        off=(STRAY,),
        point=Point.of({"T": 1, "X": 0}, {}, {"p": {}}),
    )
