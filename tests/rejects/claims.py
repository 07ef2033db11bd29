"""The claim at the end: what the last line shows is what is claimed, under exactly the claimed hypotheses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from kl_symbolic.numerics.point import Point

from .pair import NO_LINE, OTHER_CLAIM, UNCLAIMED, UNUSED, Case, Page, proof


def hypothesis_dropped() -> Case:
    """Gibbs' inequality, without the hypothesis Σq ≤ 1 that its proof uses."""
    page = Page.shipped("kl_nonneg")
    return page.spoil(
        ("the proof uses a hypothesis that is not claimed", "hypothesis: sum(i in X: q[i]) <= 1"),
        hypothesis=(3, None),
        off=(UNCLAIMED,),
        point=Point.of(sizes={"X": 1}, numbers={"p": {(0,): 1}, "q": {(0,): 2}}),
    )


def hypothesis_weakened() -> Case:
    """Gibbs' inequality with Σq ≤ 2 claimed, and Σq ≤ 1 used."""
    page = Page.shipped("kl_nonneg")
    return page.spoil(
        ("the proof uses a hypothesis that is not claimed", "hypothesis: sum(i in X: q[i]) <= 1"),
        hypothesis=(3, "sum(i in X: q[i]) <= 2"),
        off=(UNCLAIMED, "certificate: the proof does not have a claimed hypothesis"),
        point=Point.of(sizes={"X": 1}, numbers={"p": {(0,): 1}, "q": {(0,): 2}}),
    )


def hypothesis_added() -> Case:
    """A hypothesis that the proof does not have: it must be added by a line."""
    page = Page.shipped("log_one")
    return page.spoil(
        ("the proof does not have a claimed hypothesis", "hypothesis: 0 < 1"),
        change=lambda data: data["hypotheses"].append(["<", 0, 1]),
        off=("certificate: the proof does not have a claimed hypothesis",),
    )


def hypothesis_twice() -> Case:
    """A hypothesis that is claimed twice."""
    page = Page.shipped("log_le_sub_one")
    return page.spoil(
        "a hypothesis is claimed twice",
        change=lambda data: data["hypotheses"].append(data["hypotheses"][0]),
        off=("certificate: a hypothesis is claimed twice",),
    )


def hypothesis_left_behind_by_a_substitution() -> Case:
    """From 0 < c ⊢ 0 < 2c at c := d: the claim keeps 0 < c."""
    p = proof(c="number", d="number")
    line = p.order("0 < 2*c", [(2, 1, p.assume("0 < c"))])
    p.hypotheses.append(p.statement("0 < d"))
    page = Page.of(p, p.inst(line, {"c": p.term("d")}))
    return page.spoil(
        ("the proof uses a hypothesis that is not claimed", "hypothesis: 0 < d"),
        hypothesis=(0, "0 < c"),
        off=(UNCLAIMED, "certificate: the proof does not have a claimed hypothesis"),
        point=Point.of(numbers={"c": 1, "d": -1}),
    )


def a_then_a_for_b() -> Case:
    """0 < x ⇒ 0 < x, presented as 0 < x."""
    p = proof(x="number")
    page = Page.of(p, p.disch("0 < x", p.assume("0 < x")))
    return page.spoil(
        ("the last line is not the claim", "claimed: 0 < x", "shown:   0 < x => 0 < x"),
        conclusion="0 < x",
        off=(OTHER_CLAIM,),
        point=Point.of(numbers={"x": 0}),
    )


def a_then_a_for_a_then_b() -> Case:
    """0 < x ⇒ 0 < x, presented as 0 < x ⇒ 1 < x."""
    p = proof(x="number")
    page = Page.of(p, p.disch("0 < x", p.assume("0 < x")))
    return page.spoil(
        ("the last line is not the claim", "claimed: 0 < x => 1 < x"),
        conclusion="0 < x => 1 < x",
        off=(OTHER_CLAIM,),
        point=Point.of(numbers={"x": 1}),
    )


def a_then_a_with_modus_ponens() -> Case:
    """B from A ⇒ A and A."""
    p = proof(x="number", y="number")
    same = p.given("0 < x => 0 < y")
    page = Page.of(p, p.mp(same, p.given("0 < x")))
    return page.spoil(
        ("the last line is not the claim", "claimed: 0 < y", "shown:   0 < x"),
        row=(0, "assume", [page.statement("0 < x => 0 < x")], []),
        hypothesis=(0, "0 < x => 0 < x"),
        at=NO_LINE,
        off=(OTHER_CLAIM, UNUSED),
        point=Point.of(numbers={"x": 1, "y": 0}),
    )


def strict_where_weak_was_shown() -> Case:
    """0 < D claimed, 0 ≤ D shown."""
    page = Page.shipped("kl_nonneg")
    return page.spoil(
        ("the last line is not the claim", "claimed: 0 < kl(p, q)", "shown:   0 <= kl(p, q)"),
        conclusion="0 < kl(p, q)",
        off=(OTHER_CLAIM,),
        point=Point.of(sizes={"X": 1}, numbers={"p": {(0,): 1}, "q": {(0,): 1}}),
    )


def coins_mixed_up() -> Case:
    """The limit of the coins with q₁ in the place of q₂."""
    page = Page.shipped("coin_flips_deviation")
    source = page.data["conclusion"]
    swapped: Any = _swapped(source)
    return page.spoil(
        "the last line is not the claim",
        conclusion=swapped,
        off=(OTHER_CLAIM,),
        point=Point.of(
            numbers={
                "N": 2, "N_h": 2, "N_t": 0, "p1": Fraction(1, 2), "p2": Fraction(1, 2), "q1": Fraction(1, 4),
                "q2": Fraction(3, 4),
            }
        ),
    )  # fmt: skip


def _swapped(value: Any) -> Any:
    """Return the right side of the claim with q1 and q2 exchanged."""
    op, left, right = value

    def turn(inside: Any) -> Any:
        if isinstance(inside, list):
            return [turn(v) for v in inside]
        return {"q1": "q2", "q2": "q1"}.get(inside, inside) if isinstance(inside, str) else inside

    return [op, left, turn(right)]


def line_without_a_use() -> Case:
    """A line that nothing leans on."""
    page = Page.shipped("log_one")
    last = len(page.data["lines"]) - 1
    other = page.statement("1*log(1) = log(1)")
    return page.spoil(
        ("declared but not used", f"unused: ['line {last - 1}']"),
        row=(last, "field", [other], []),
        at=NO_LINE,
        conclusion=other,
        off=(UNUSED,),
    )


def line_twice() -> Case:
    """A line that stands there already."""
    p = proof(x="number")
    page = Page.of(p, p.pos("0 < x*x", p.given("0 < x"), p.given("0 < x*x")))
    return page.spoil(
        "a line appears twice",
        row=(1, "assume", [page.statement("0 < x")], []),
        hypothesis=(1, None),
        at=NO_LINE,
        off=("certificate: a line appears twice",),
    )


def name_without_a_use() -> Case:
    """A declared name that no line mentions."""
    page = Page.shipped("log_le_sub_one")
    return page.spoil(
        ("declared but not used", "unused: ['y']"),
        change=lambda data: data["names"].update(y="number"),
        off=(UNUSED,),
    )
