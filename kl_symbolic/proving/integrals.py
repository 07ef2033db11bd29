"""Idioms about integrals: a number of a domain, linear combinations of integrals, and equal integrands.

A derivation about densities takes :class:`Points` of a domain, shows something for one number x of it, and integrates.
Those functions that cite a lemma name it; such a lemma must come before the theorem in the table of the theory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import final

from ..kernel.axioms import derivative
from ..kernel.statements import eq, le, lt
from ..kernel.syntax import encode
from ..kernel.terms import NAT, REAL, Node, abstract, apply_abs, lam
from ..language.errors import InvalidValue
from ..language.parser import parse
from .builder import Fact, Proof, hole
from .tactics import algebra, prove

__all__ = ["Points", "antiderivative", "combination", "congruent", "equal_by_logs", "inequalities", "integrand",
           "integrate", "reflexive", "with_value"]  # fmt: skip

_SAYS = {
    "open": (("open_low", "ab"), ("open_high", "ab")),
    "above": (("above_low", "a"),),
    "below": (("below_high", "b"),),
    "nats": (("nats_nonneg", ""),),
}
"""The schemes that say what x ∈ D means, by the shape of D, and the names that they have for its ends."""


def inequalities(p: Proof, member: Fact) -> list[Fact]:
    """Return the inequalities that a line x ∈ D says of x; none where D is a name, or ℝ.

    Parameters
    ----------
    p : Proof
    member : Fact
    """
    x, domain = member.statement.args
    ends = dict(zip("ab" if domain.op == "open" else "b" if domain.op == "below" else "a", domain.args, strict=False))
    return [p.scheme(r, {n: ends[n] for n in names} | {"c": x}, [member]) for r, names in _SAYS.get(domain.op, ())]


@final
class Points:
    """A number of a domain, under a name that the reader sees: what is shown for it holds on the whole domain.

    Parameters
    ----------
    p : Proof
    domain : str or Node
    name : str
        Declared as a number if it is not yet.

    Attributes
    ----------
    x : Node
        The number.
    member : Fact
        x ∈ D ⊢ x ∈ D.
    """

    def __init__(self, p: Proof, domain: str | Node = "D", name: str = "x") -> None:
        if name not in p.names:
            p.declare(**{name: REAL})
        self.p, self.x = p, p.symbol(name)
        self.domain = parse(domain, "domain", p.scope) if isinstance(domain, str) else domain
        self.member = p.assume(Node("in", None, (self.x, self.domain)))

    @property
    def inside(self) -> list[Fact]:
        """The inequalities that x ∈ D says."""
        return inequalities(self.p, self.member)

    def at(self, universal: Fact) -> Fact:
        """Return what a line ∀ x ∈ D says of x.

        Parameters
        ----------
        universal : Fact
        """
        return self.p.mp(self.p.spec(universal, self.x), self.member)

    def every(self, fact: Fact) -> Fact:
        """Return ∀ x ∈ D. φ from φ, which may assume x ∈ D.

        Parameters
        ----------
        fact : Fact
        """
        inside = self.member.statement
        if inside not in fact.sequent.hypotheses:
            fact = self.p.weaken(inside, fact)
        return self.p.gen(self.x, self.p.disch(inside, fact))

    def function(self, body: str | Node) -> Node:
        """Return λ x. t.

        Parameters
        ----------
        body : str or Node
            The term t.
        """
        return lam((REAL,), abstract(self.p.term(body), self.x.data))

    def mono(self, below: Fact, lower: Fact, upper: Fact) -> Fact:
        """Return u ≤ v from f ≤ g at x, ∫ f = u and ∫ g = v.

        Parameters
        ----------
        below, lower, upper : Fact
        """
        (_, f, u), (domain, g, v) = lower.statement.args, upper.statement.args
        values = {"D": domain, "f": f, "g": g, "u": u, "v": v}
        return self.p.scheme("int_mono", values, [self.every(below), lower, upper])


def antiderivative(
    on: Points,
    g: Node,
    minorant: Fact,
    above: Fact,
    left: tuple[Fact, Fact, Fact],
    right: tuple[Fact, Fact, Fact],
    conditions: Sequence[Fact],
) -> Fact:
    """Return ∫ g′ = l − k by the fundamental theorem of calculus and the lemmas ``end_low``, ``end_high`` and so on.

    Parameters
    ----------
    on : Points
    g : Node
        The antiderivative at x.
    minorant : Fact
        ∫ m = w.
    above : Fact
        m ≤ g′ at x.
    left, right : (Fact, Fact, Fact)
        For each end: that a sequence lies in the domain, that it runs to the end (its limit, or a bound by ±n), and
        the limit of g along it.
    conditions : sequence of Fact
        Under which the table has g′ and g″, as far as x ∈ D does not say them.
    """
    p = on.p
    slope, _ = derivative(g, on.x.data)
    curve, needed = derivative(slope, on.x.data)
    facts = [*conditions, *on.inside]
    second = list(dict.fromkeys(prove(p, c, facts) for c in needed))
    derivatives = [on.every(p.differentiate(on.x, t, *c)) for t, c in ((g, conditions), (slope, second))]
    ends = []
    for (inside, run, _), low in ((left, True), (right, False)):
        u = lam((NAT,), inside.statement.args[0].args[0].args[0])
        bounded = run.statement.op == "->"
        name = ("end_low" if low else "end_high") + "_unbounded" * (not bounded)
        values: dict[str, Node | str] = {"c": on.x, "u": u}
        premises = [run]
        if bounded:
            values["a"] = run.right
            says = on.inside
            premises.append(says[0] if low else says[-1])
        ends.append((u, on.every(p.cite(name, values, premises))))
    (u, low_end), (v, high_end) = ends
    _, m, w = minorant.statement.args
    values = {"D": on.domain, "f": on.function(slope), "g": on.function(g), "h": on.function(curve), "m": m, "w": w}
    values |= {"u": u, "v": v, "k": left[2].right, "l": right[2].right}
    premises = [minorant, on.every(above), *derivatives, left[0], low_end, left[2], right[0], high_end, right[2]]
    return p.scheme("int_ftc", values, premises)


def integrand(on: Points, fact: Fact) -> Node:
    """Return the integrand of a line ∫ f = v, at x.

    Parameters
    ----------
    on : Points
    fact : Fact
    """
    return apply_abs(fact.statement.args[1], on.x)


def with_value(p: Proof, fact: Fact, value: object, same: Fact | None = None, extra: Sequence[Fact] = ()) -> Fact:
    """Return ∫ f = w from ∫ f = v.

    Parameters
    ----------
    p : Proof
    fact : Fact
        ∫ f = v, or a limit.
    value : object
        w.
    same : Fact, optional
        v = w; found by algebra if it is not given.
    extra : sequence of Fact
        Facts for the algebra.
    """
    op, (*before, old), new = fact.statement.op, fact.statement.args, p.term(value)
    if old == new:
        return fact
    same = same or algebra(p, eq(old, new), extra)
    return p.step("rewrite", [encode(Node(op, None, (*before, hole())))], [same, fact])


def congruent(on: Points, fact: Fact, body: str | Node, same: Fact | None) -> Fact:
    """Return ∫ g = v from ∫ f = v and f = g at x, by the lemma ``int_congr``.

    Parameters
    ----------
    on : Points
    fact : Fact
    body : str or Node
        g at x.
    same : Fact or None
        f = g at x; None where they are one term.
    """
    domain, f, v = fact.statement.args
    g = on.function(body)
    if f == g or same is None:
        return fact
    return on.p.cite("int_congr", {"D": domain, "f": f, "g": g, "u": v}, [on.every(same), fact])


def combination(p: Proof, pieces: Sequence[tuple[object, Fact]]) -> Fact:
    """Return ∫ Σ c·f = Σ c·v from lines ∫ f = v.

    Parameters
    ----------
    p : Proof
    pieces : sequence of (factor, Fact)
    """
    total: Fact | None = None
    for factor, fact in pieces:
        domain, f, v = fact.statement.args
        scaled = (
            fact if factor == 1 else p.scheme("int_mul", {"D": domain, "f": f, "a": p.term(factor), "u": v}, [fact])
        )
        if total is None:
            total = scaled
            continue
        (_, f, u), (_, g, v) = total.statement.args, scaled.statement.args
        total = p.scheme("int_add", {"D": domain, "f": f, "g": g, "u": u, "v": v}, [total, scaled])
    if total is None:
        raise InvalidValue("expected at least one integral to combine, got none")
    return total


def integrate(
    on: Points,
    pieces: Sequence[tuple[object, Fact]],
    body: str | Node,
    value: object,
    extra: Sequence[Fact] = (),
    same: Callable[[Node], Fact] | None = None,
) -> Fact:
    """Return ∫ g = w by linearity from lines ∫ f = v.

    Parameters
    ----------
    on : Points
    pieces : sequence of (factor, Fact)
    body : str or Node
        g at x.
    value : object
        w.
    extra : sequence of Fact
        Facts for the algebra, which may assume x ∈ D.
    same : callable, optional
        Returns, for the combination c·f + … at x, a line that it is g; algebra finds one otherwise.
    """
    total, target = combination(on.p, pieces), on.p.term(body)
    now = integrand(on, total)
    equal = None if now == target else same(now) if same else algebra(on.p, eq(now, target), extra)
    outside = [f for f in extra if on.member.statement not in f.sequent.hypotheses]
    return with_value(on.p, congruent(on, total, target, equal), value, extra=outside)


def equal_by_logs(p: Proof, left: str | Node, right: str | Node, extra: Sequence[Fact] = ()) -> Fact:
    """Return a = b for positive products of powers, whose logarithms agree, by the lemma ``log_inj``.

    Parameters
    ----------
    p : Proof
    left, right : str or Node
        a and b.
    extra : sequence of Fact
        Facts that show factors to be positive.
    """
    a, b = p.term(left), p.term(right)
    logs = algebra(p, eq(Node("log", None, (a,)), Node("log", None, (b,))), extra)
    return p.cite("log_inj", {"a": a, "b": b}, [prove(p, lt(0, a), extra), prove(p, lt(0, b), extra), logs])


def reflexive(p: Proof, term: Node) -> Fact:
    """Return t ≤ t.

    Parameters
    ----------
    p : Proof
    term : Node
    """
    return p.order(le(term, term), [])
