"""No flips at all, and limits that pass through a point where nothing is known."""

from __future__ import annotations

from fractions import Fraction

from kl_symbolic.kernel.terms import NAT, Node, abstract, bound, lam
from kl_symbolic.numerics.point import N_MARK, Point, Sequence
from kl_symbolic.proving.builder import Fact, Proof
from kl_symbolic.proving.tactics import limit, linear

from .pair import MAY_BE_ZERO, NO_SIGN, UNCLAIMED, WRONG_PREMISE, Case, Page, proof


def none_at_all() -> Case:
    """The log-ratio per flip without 0 < N."""
    page = Page.shipped("coin_flips_finite")
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < N"),
        row=(page.where("assume", '"<",0,["N"]'), "pos", [page.statement("0 < N")], []),
        hypothesis=(5, None),
        off=(NO_SIGN,),
    )


def perhaps_none() -> Case:
    """The log-ratio per flip with 0 ≤ N."""
    page = Page.shipped("coin_flips_finite")
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: N"),
        row=(page.where("assume", '"<",0,["N"]'), "assume", [page.statement("0 <= N")], []),
        at=page.where("field", first=True),
        hypothesis=(5, "0 <= N"),
        off=(MAY_BE_ZERO,),
    )


def sequence_that_may_be_empty() -> Case:
    """The log-ratio per observation where |T| is only known not to be negative, which it always is."""
    page = Page.shipped("llr_per_flip")
    return page.spoil(
        ("division by a term that no premise shows to be non-zero", "divisor: card(T)"),
        row=(page.where("assume", '"card"'), "cite", ["card_nonneg", {"X": "T"}], []),
        at=page.where("field", '"card"', first=True),
        hypothesis=(2, None),
        uses=("card_nonneg",),
        off=(MAY_BE_ZERO,),
    )


def impossible_heads() -> Case:
    """The limit of the log-ratio where the probability of heads may be 0."""
    page = Page.shipped("coin_flips")
    return page.spoil(
        ("wrong premise", "0 < p1; 0 < p2", "got:      0 <= p1"),
        row=(0, "assume", [page.statement("0 <= p1")], []),
        at=page.where("cite", "coin_flips_finite"),
        hypothesis=(0, "0 <= p1"),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def heads_without_a_sign() -> Case:
    """The limit of the log-ratio without 0 < p1."""
    page = Page.shipped("coin_flips")
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < p1"),
        row=(0, "pos", [page.statement("0 < p1")], []),
        hypothesis=(0, None),
        off=(NO_SIGN,),
    )


def log_of_a_limit_that_may_be_zero() -> Case:
    """log aₙ → log a where a may be 0."""
    page = _log_of_a_limit()
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < a/u[n]"),
        row=(0, "assume", [page.statement("0 <= a")], []),
        at=page.where("pos", '["/",["a"],["u","n"]]'),
        hypothesis=(0, "0 <= a"),
    )


def log_of_a_limit_without_a_sign() -> Case:
    """log aₙ → log a without 0 < a."""
    page = _log_of_a_limit()
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < a"),
        row=(0, "pos", [page.statement("0 < a")], []),
        hypothesis=(0, None),
        off=(NO_SIGN,),
    )


def _log_of_a_limit() -> Page:
    """1 − a/aₙ ≤ log aₙ − log a ≤ aₙ/a − 1, hence log aₙ → log a for 0 < a."""
    p = proof(a="number", n="Nat", u="Nat -> number")
    pa, pu, near = p.given("0 < a"), p.given("forall n in Nat: 0 < u[n]"), p.given("lim(n: u[n]) -> a")
    n = Node("idx", "n")
    here = p.spec(pu, n)

    def tangent(top: str, low: str) -> Fact:
        ratio = p.term(f"{top}/{low}")
        signs = (pa, here) if top == "a" else (here, pa)
        sign = p.pos(Node("<", None, (p.term("0"), ratio)), *signs)
        split = p.cite("log_div", {"a": p.term(top), "b": p.term(low)}, signs)
        return p.rewrite(p.scheme("log_le", {"a": ratio}, [sign]), split)

    below = linear(p, "log(a) + (1 + -1*(a/u[n])) <= log(u[n])", [tangent("a", "u[n]")])
    above = linear(p, "log(u[n]) <= log(a) + (u[n]/a + -1)", [tangent("u[n]", "a")])
    bounds = [_tends(p, below.left, near), _tends(p, above.right, near)]
    return Page.of(p, p.step("limit_squeeze", [], [*bounds, p.gen(n, below), p.gen(n, above)]))


def _tends(p: Proof, form: Node, near: Fact) -> Fact:
    """Return that *form*, in the free index n, tends to log a."""
    line = limit(p, lam((NAT,), abstract(form, "n")), [near])
    return p.rewrite(line, p.field(Node("=", None, (line.right, p.term("log(a)"))), p.known[0]))


def quotient_with_a_limit_zero() -> Case:
    """uₙ/vₙ → a/b without b ≠ 0."""
    p = proof(a="number", b="number", u="Nat -> number", v="Nat -> number")
    other = p.given("b != 0")
    facts = [p.given("lim(n: u[n]) -> a"), p.given("lim(n: v[n]) -> b")]
    values = {"a": p.term("a"), "b": p.term("b"), **{s: lam((NAT,), Node("sym", s, (bound(0),))) for s in "uv"}}
    page = Page.of(p, p.scheme("limit_div", values, [*facts, other]))
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: b != 0"),
        row=(0, "pos", [page.statement("b != 0")], []),
        hypothesis=(0, None),
        off=(NO_SIGN,),
    )


def _squeezed() -> Page:
    p = proof(a="number", u="Nat -> number", v="Nat -> number", w="Nat -> number")
    facts = [p.given("lim(n: u[n]) -> a"), p.given("lim(n: w[n]) -> a")]
    facts += [p.given("forall n in Nat: 0 < n => u[n] <= v[n]"), p.given("forall n in Nat: 0 < n => v[n] <= w[n]")]
    return Page.of(p, p.step("limit_squeeze", [], facts))


def _near(rate: int, swing: int) -> dict[tuple[int, ...], Sequence]:
    return {(N_MARK,): Sequence("near", Fraction(rate), Fraction(swing))}


def squeeze_for_small_n_only() -> Case:
    """A bound that holds for n < 5 does not bound a limit."""
    page = _squeezed()
    small = "forall n in Nat: n < 5 => u[n] <= v[n]"
    return page.spoil(
        ("the guard is not known to hold for all large n", "forall n in Nat: n < 5 => u[n] <= v[n]"),
        row=(2, "assume", [page.statement(small)], []),
        at=page.where("limit_squeeze"),
        hypothesis=(2, small),
        off=("axioms: the guard is not known to hold for all large n",),
        point=Point.of(numbers={"a": 0, "u": _near(0, 0), "v": _near(-1, 2), "w": _near(0, 2)}),
    )


def squeeze_between_two_limits() -> Case:
    """Bounds that tend to a and to a + 1."""
    page = _squeezed()
    apart = "lim(n: w[n]) -> a + 1"
    return page.spoil(
        "the bounds do not squeeze one sequence to one limit",
        row=(1, "assume", [page.statement(apart)], []),
        at=page.where("limit_squeeze"),
        hypothesis=(1, apart),
        off=("axioms: the bounds do not squeeze one sequence to one limit",),
        point=Point.of(numbers={"a": 0, "u": _near(0, 0), "v": _near(1, 0), "w": _near(1, 0)}),
    )


def for_every_n_under_a_hypothesis_about_n() -> Case:
    """A bound for every n, though it was shown for 0 < n only and that was not discharged."""
    page = Page.shipped("coin_flips")
    k = page.where("disch", '["nat","n"]', first=True)
    (bound_line,) = page.data["lines"][k][2]
    (goal, _) = page.data["lines"][bound_line][1]
    return page.spoil(
        ("the index is not arbitrary", "index:   n", "free in: 0 < n"),
        row=(k, "order", [goal, [[1, 1, [0]]]], [bound_line, page.where("assume", '["nat","n"]')]),
        at=k + 1,
        rule="gen",
    )
