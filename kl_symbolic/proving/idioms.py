"""Idioms that many derivations share: hypotheses about distributions, sums over indices, laws where a term is zero.

A function here takes the draft or the proof that it appends to. Those that cite a lemma name it; such a lemma must come
before the theorem in the table of the theory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..kernel.statements import eq
from ..kernel.table import SCHEMES
from ..kernel.terms import Node, apply_abs, lam, num, substitute
from ..language.parser import parse
from ..language.rewriting import close
from .builder import Fact, Proof, hole
from .calc import Draft
from .tactics import algebra, linear, prove

__all__ = [
    "PAIR", "above_zero", "at_ratio", "combined", "delta", "distribution", "dominated", "dominates", "expectation",
    "family", "follow", "for_each", "function_of", "iff_trans", "kernel", "mixture_weight", "pair", "points",
    "positive_dominates", "positive_value", "rel_entr", "stands_for", "sum_of", "sum_over", "summed",
    "two_distributions", "two_kernels", "two_weights", "use", "vanishes", "weights", "xlogy", "xlogy_at_zero",
    "zero_implies_zero",
]  # fmt: skip

# --- terms ---------------------------------------------------------------------------------------------------------


def rel_entr(a: Node, b: Node) -> Node:
    """Return the term rel_entr(a, b).

    Parameters
    ----------
    a, b : Node
    """
    return Node("def", ("rel_entr", ()), (a, b))


def xlogy(a: Node, b: Node) -> Node:
    """Return the term xlogy(a, b).

    Parameters
    ----------
    a, b : Node
    """
    return Node("xlogy", None, (a, b))


def delta(over: str, i: Node, j: Node) -> Node:
    """Return the indicator δ(i, j) of two elements of a set.

    Parameters
    ----------
    over : str
    i, j : Node
    """
    return Node("delta", over, (i, j))


def sum_of(p: Proof, body: Node, *points: Node) -> Node:
    """Return Σ… of a term over free indices, the first one outermost.

    Parameters
    ----------
    p : Proof
    body : Node
    *points : Node
    """
    for point in reversed(points):
        body = Node("sum", None, (close(body, (point.data, p.scope[point.data][1])),))
    return body


def family(p: Proof, name: str) -> Node:
    """Return the function λ i j …. f(i, j, …) for a declared family of numbers, or a declared index function, f.

    Parameters
    ----------
    p : Proof
    name : str
    """
    sets, values = p.scope[name]
    points = [p.fresh(s) for s in sets]
    body = p.symbol(name, *points) if values == "number" else p.index(name, *points)
    return close(body, *((k.data, s) for k, s in zip(points, sets, strict=True)))


def function_of(p: Proof, body: str | Node, *names: str) -> Node:
    """Return the function λ i j …. t for declared indices, outermost first.

    Parameters
    ----------
    p : Proof
    body : str or Node
        The term t.
    *names : str
    """
    return close(p.term(body), *((n, p.scope[n][1]) for n in names))


def points(p: Proof, *names: str) -> list[Node]:
    """Return declared free indices.

    Parameters
    ----------
    p : Proof
    *names : str
    """
    return [p.index(name) for name in names]


def stands_for(p: Proof, *names: str, **others: str) -> dict[str, Node | str]:
    """Say what the families of a lemma about X become: those of *names* stand for themselves.

    Parameters
    ----------
    p : Proof
    *names : str
    **others : str
        For a family of the lemma the family that it becomes.
    """
    said = {name: name for name in names} | others
    return {"X": "X", **{name: family(p, actual) for name, actual in said.items()}}


# --- hypotheses ----------------------------------------------------------------------------------------------------

PAIR = "forall i in X: forall j in Y: 0 <= r[i, j]"
"""The weights r over X × Y are not negative."""


def weights(d: Draft, name: str, over: str = "X") -> None:
    """Declare weights over a set: a family of numbers that are not negative.

    Parameters
    ----------
    d : Draft
    name, over : str
    """
    d.family(name, over)
    d.given(f"forall i in {over}: 0 <= {name}[i]")


def distribution(d: Draft, name: str, over: str = "X") -> None:
    """Declare a probability distribution over a set: weights with sum 1.

    Parameters
    ----------
    d : Draft
    name, over : str
    """
    weights(d, name, over)
    d.given(f"sum(i in {over}: {name}[i]) = 1")


def dominated(d: Draft, first: str, by: str, over: str = "X") -> None:
    """Assume absolute continuity: where one family is 0, the other one is.

    Parameters
    ----------
    d : Draft
    first, by : str
        The family that vanishes where *by* does.
    over : str
    """
    d.given(f"forall i in {over}: {by}[i] = 0 => {first}[i] = 0")


def two_weights(d: Draft, first: str, second: str, over: str = "X") -> None:
    """Declare two families of weights, the first absolutely continuous with respect to the second.

    Parameters
    ----------
    d : Draft
    first, second, over : str
    """
    weights(d, first, over)
    weights(d, second, over)
    dominated(d, first, second, over)


def two_distributions(d: Draft) -> None:
    """Declare distributions p and q over X, p absolutely continuous with respect to q.

    Parameters
    ----------
    d : Draft
    """
    d.sets("X")
    distribution(d, "p")
    distribution(d, "q")
    dominated(d, "p", "q")


def kernel(d: Draft, name: str) -> None:
    """Declare a kernel from X to Y: for each x a distribution over Y.

    Parameters
    ----------
    d : Draft
    name : str
    """
    d.family(name, "X", "Y")
    d.given(f"forall x in X: forall y in Y: 0 <= {name}[x, y]", f"forall x in X: sum(y in Y: {name}[x, y]) = 1")


def two_kernels(d: Draft) -> None:
    """Declare weights p over X and two kernels, V_x absolutely continuous with respect to W_x for each x.

    Parameters
    ----------
    d : Draft
    """
    d.sets("X Y")
    weights(d, "p")
    kernel(d, "V")
    kernel(d, "W")
    d.given("forall x in X: forall y in Y: W[x, y] = 0 => V[x, y] = 0")


def mixture_weight(d: Draft) -> tuple[Fact, Fact]:
    """Declare the weight λ, and assume and return 0 < λ and λ < 1.

    Parameters
    ----------
    d : Draft
    """
    d.numbers("lambda")
    below, above = d.given("0 < lambda", "lambda < 1")
    return below, above


def pair(d: Draft, name: str = "r") -> Fact:
    """Declare weights over X × Y, and indices i and j; assume and return that the weights are not negative.

    Parameters
    ----------
    d : Draft
    name : str
    """
    d.sets("X Y")
    d.declare(**{name: "X, Y -> number", "i": "X", "j": "Y"})
    return d.given(PAIR.replace("r[", f"{name}["))[0]


# --- logic ---------------------------------------------------------------------------------------------------------


def use(p: Proof, lemma: str, extra: Sequence[Fact] = (), /, **values: str) -> Fact:
    """Cite a lemma, or use a scheme, and prove its hypotheses from the facts at hand.

    Parameters
    ----------
    p : Proof
    lemma : str
    extra : sequence of Fact
        Facts to use beside the hypotheses of the theorem.
    **values : str
        What the names of the lemma become, as text; a name that is not listed stands for itself.

    Raises
    ------
    Refused
        When a hypothesis of the lemma does not follow from the facts at hand.
    """
    if lemma in SCHEMES:
        _, scope, source = SCHEMES[lemma]
        hypotheses = source.hypotheses
    else:
        theorem = p.lemma(lemma)
        scope, hypotheses = theorem.scope, theorem.hypotheses
    said = {n: values.get(n, n) for n in scope}
    by: dict[str, Node | str] = {}
    for name, (over, sort) in scope.items():
        actual = tuple(said[s] for s in over)
        by[name] = said[name] if sort == "set" else parse(said[name], said.get(sort, sort), p.scope, actual)
    at_hand = {f.statement: f for f in (*p.known, *extra)}
    goals = dict.fromkeys(substitute(h, by) for h in hypotheses)
    return _apply(p, lemma, by, [at_hand[g] if g in at_hand else prove(p, g, extra) for g in goals])


def _apply(p: Proof, name: str, values: Mapping[str, Node | str], premises: Sequence[Fact]) -> Fact:
    return p.scheme(name, values, premises) if name in SCHEMES else p.cite(name, values, premises)


def iff_trans(p: Proof, first: Fact, second: Fact) -> Fact:
    """Return φ ⇔ χ from φ ⇔ ψ and ψ ⇔ χ.

    Parameters
    ----------
    p : Proof
    first, second : Fact
    """
    forward = p.assume(first.left)
    for fact in (first, second):
        forward = p.mp(p.iff_elim(fact), forward)
    backward = p.assume(second.right)
    for fact in (second, first):
        backward = p.mp(p.iff_elim(p.symm(fact)), backward)
    return p.iff_intro(first.left, second.right, forward, backward)


def follow(p: Proof, equivalence: Fact, fact: Fact) -> Fact:
    """Return ψ from φ ⇔ ψ and φ, or φ from ψ.

    Parameters
    ----------
    p : Proof
    equivalence, fact : Fact
    """
    forward = fact.statement == equivalence.left
    return p.mp(p.iff_elim(equivalence if forward else p.symm(equivalence)), fact)


def for_each(p: Proof, fact: Fact, *names: str) -> Fact:
    """Return ∀ over declared indices, outermost first, of a line.

    Parameters
    ----------
    p : Proof
    fact : Fact
    *names : str
    """
    for name in reversed(names):
        fact = p.gen(p.index(name), fact)
    return fact


# --- sums ----------------------------------------------------------------------------------------------------------


def sum_over(p: Proof, fact: Fact, *names: str) -> Fact:
    """Return Σ… l = Σ… r over declared indices, outermost first, from l = r.

    Parameters
    ----------
    p : Proof
    fact : Fact
    *names : str
    """
    for name in reversed(names):
        fact = p.under("sum", p.index(name), fact)
    return fact


def summed(p: Proof, rows: Fact, rule: str = "sum_mono") -> Fact:
    """Return Σ_i f(i) ≤ Σ_i g(i) from ∀ i. f(i) ≤ g(i).

    Parameters
    ----------
    p : Proof
    rows : Fact
    rule : str
        A scheme or lemma about f and g over X; ``sum_eq_iff_of_le`` says when there is equality.
    """
    over = rows.statement.args[0].data
    f, g = (lam((over,), side) for side in rows.statement.args[0].args[0].args)
    return _apply(p, rule, {"X": over, "f": f, "g": g}, [rows])


def combined(p: Proof, i: Node, fact: Fact, scales: tuple[object, object], terms: tuple[Node, Node]) -> Fact:
    """Return Σ_i l = a·Σ_i f + b·Σ_i g from l = a·f + b·g, by the lemma ``sum_linear``.

    Parameters
    ----------
    p : Proof
    i : Node
        The free index.
    fact : Fact
        l = a·f + b·g.
    scales, terms : tuple
        a and b, f and g.
    """
    over = p.scope[i.data][1]
    f, g = (close(t, (i.data, over)) for t in terms)
    split = p.cite("sum_linear", {"X": over, "a": num(scales[0]), "b": num(scales[1]), "f": f, "g": g})
    return p.trans(p.under("sum", i, fact), split)


def expectation(p: Proof, marginal: Fact, values: Node, t: Node) -> Fact:
    """Return Σ_ω w_ω·g(x_t(ω)) = Σ_i p_i·g(i) for a sample x over Ω with weights w.

    Parameters
    ----------
    p : Proof
    marginal : Fact
        ∀ t, i. Σ_ω w_ω·δ(x_t(ω), i) = p_i.
    values : Node
        The function λ i. g(i).
    t : Node
    """
    o, i = p.fresh("Omega"), p.fresh("X")
    w, x = p.symbol("w", o), p.index("x", t, o)
    left = sum_of(p, w * apply_abs(values, x), o)
    middle = sum_of(p, sum_of(p, w * delta("X", x, i), o) * apply_abs(values, i), i)
    spread = algebra(p, eq(left, middle))
    return p.trans(spread, p.rewrite_sum(spread.right, i, p.spec(marginal, t, i)))


# --- zero and positive ---------------------------------------------------------------------------------------------


def above_zero(p: Proof, sign: Fact, other: Fact) -> Fact:
    """Return 0 < a from 0 ≤ a and a ≠ 0.

    Parameters
    ----------
    p : Proof
    sign, other : Fact
    """
    return p.lt_of_le_ne(sign, p.symm(other))


def dominates(p: Proof, sign: Fact, ac: Fact, other: Fact) -> Fact:
    """Return 0 < b from 0 ≤ b, b = 0 ⇒ a = 0 and a ≠ 0, by the lemma ``pos_of_dominates``.

    Parameters
    ----------
    p : Proof
    sign, ac, other : Fact
    """
    return p.cite("pos_of_dominates", {"a": other.left, "b": sign.right}, [sign, ac, other])


def positive_dominates(p: Proof, positive: Fact, a: Node, *divisors: Fact) -> Fact:
    """Return b = 0 ⇒ a = 0 from 0 < b.

    Parameters
    ----------
    p : Proof
    positive : Fact
    a : Node
    *divisors : Fact
        Lines that show divisors in *a* to be non-zero.
    """
    b = positive.right
    zero = p.assume(eq(b, 0))
    return p.disch(zero.statement, p.order(eq(a, 0), [(1, a / b, zero)], positive, *divisors))


def zero_implies_zero(p: Proof, b: Node) -> Fact:
    """Return b = 0 ⇒ b = 0.

    Parameters
    ----------
    p : Proof
    b : Node
    """
    return p.disch(eq(b, 0), p.assume(eq(b, 0)))


def vanishes(p: Proof, a: Node, b: Node, zero: Fact) -> Fact:
    """Return rel_entr(a, b) = 0 from a = 0, by the lemma ``rel_entr_of_eq_zero``.

    Parameters
    ----------
    p : Proof
    a, b : Node
    zero : Fact
    """
    return p.cite("rel_entr_of_eq_zero", {"a": a, "b": b}, [zero])


def xlogy_at_zero(p: Proof, b: Node, zero: Fact) -> Fact:
    """Return xlogy(a, b) = 0 from a = 0.

    Parameters
    ----------
    p : Proof
    b : Node
    zero : Fact
    """
    return p.trans(p.congr(xlogy(hole(), b), zero), p.scheme("xlogy_zero", {"a": b}))


def positive_value(p: Proof, first: Fact, second: Fact) -> Fact:
    """Return rel_entr(a, b) = a·(log a − log b) from 0 < a and 0 < b, by the lemma ``rel_entr_of_pos``.

    Parameters
    ----------
    p : Proof
    first, second : Fact
    """
    return p.cite("rel_entr_of_pos", {"a": first.right, "b": second.right}, [first, second])


def at_ratio(p: Proof, first: Fact, second: Fact) -> Fact:
    """Return rel_entr(a, b) = a·log(a/b) from 0 < a and 0 < b, by ``log_div`` and ``rel_entr_of_pos``.

    Parameters
    ----------
    p : Proof
    first, second : Fact
    """
    a, b = first.right, second.right
    log_ratio = p.cite("log_div", {"a": a, "b": b}, [first, second])
    value = positive_value(p, first, second)
    return linear(p, eq(value.left, a * log_ratio.left), [value, (a, log_ratio)])
