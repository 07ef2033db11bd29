"""Schemes and axioms: rules whose figure is a row of a written table, and the two that are functions.

An *axiom* is every primitive that is not logic, ordered-field arithmetic or finite Σ; its name is carried by
``theorem.axioms``. No axiom says anything outside the domain of its function, so the theorems hold for every value
that log may have at −1.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .definitions import DEFINITIONS
from .errors import need
from .normal_form import Budget, integer_exponent
from .statements import Sequent, body_over, derive, expect, le, lt, ne, sides, to
from .syntax import Scope, decode, read_scope
from .terms import NAT, REAL, Node, abstract, apply_abs, bound, lam, num, substitute, unwrap

Scheme = tuple[str, Scope, Sequent]
"""The axiom that a scheme is (or the empty string), the names that it is about, and the sequent."""


def scheme(axiom: str, names: dict[str, str], hypotheses: list[Any], conclusion: Any) -> Scheme:
    """Return a row: the axiom, and the sequent that the hypotheses and the conclusion say of *names*."""
    scope = read_scope(dict(sorted(names.items())))
    gamma = [decode(h, "statement", scope) for h in hypotheses]
    return axiom, scope, derive(decode(conclusion, "statement", scope), add=gamma)


_A, _B, _LIM, _ONE, _TWO = ["a"], ["b"], "limit_algebra", {"a": "number"}, {"a": "number", "b": "number"}
_F, _FG = {"X": "set", "f": "X -> number"}, {"X": "set", "f": "X -> number", "g": "X -> number"}
_SEQ = {**_TWO, "u": "Nat -> number", "v": "Nat -> number"}
_DELTA_F = ["sum", "X", ["*", ["delta", "X", "i", 0], ["f", 0]]]
_U, _V, _SF, _SG = ["->", ["u", 0], _A], ["->", ["v", 0], _B], ["sum", "X", ["f", 0]], ["sum", "X", ["g", 0]]
_LOG_AB = ["=", ["log", ["*", _A, _B]], ["+", ["log", _A], ["log", _B]]]
_ULIM, _EXP_SUM = ["all", "X", ["->", ["u", 1, 0], ["l", 0]]], ["exp", ["sum", "X", ["log", ["f", 0]]]]
_FXY, _FYX = ["sum", "X", ["sum", "Y", ["f", 1, 0]]], ["sum", "Y", ["sum", "X", ["f", 0, 1]]]
_XY, _XLIM = {"X": "set", "Y": "set", "f": "X, Y -> number"}, {"X": "set", "l": "X -> number", "u": "X, Nat -> number"}

FINITE: dict[str, Scheme] = {
    # order and finite sums: not axioms
    "antisymm": scheme("", _TWO, [["<=", _A, _B], ["<=", _B, _A]], ["=", _A, _B]),
    "lt_of_le_ne": scheme("", _TWO, [["<=", _A, _B], ["!=", _A, _B]], ["<", _A, _B]),
    "sum_add": scheme("", _FG, [], ["=", ["sum", "X", ["+", ["f", 0], ["g", 0]]], ["+", _SF, _SG]]),
    "sum_mul": scheme("", {**_F, **_ONE}, [], ["=", ["sum", "X", ["*", _A, ["f", 0]]], ["*", _A, _SF]]),
    "sum_one": scheme("", {"X": "set"}, [], ["=", ["sum", "X", 1], ["card", "X"]]),
    "sum_swap": scheme("", _XY, [], ["=", _FXY, _FYX]),
    "sum_mono": scheme("", _FG, [["all", "X", ["<=", ["f", 0], ["g", 0]]]], ["<=", _SF, _SG]),
    # logarithm, exponential, powers, products
    "log_mul": scheme("log_mul", _TWO, [["<", 0, _A], ["<", 0, _B]], _LOG_AB),
    "log_le": scheme("log_le", _ONE, [["<", 0, _A]], ["<=", ["log", _A], ["-", _A, 1]]),
    "exp_pos": scheme("exp_pos", _ONE, [], ["<", 0, ["exp", _A]]),
    "log_exp": scheme("log_exp", _ONE, [], ["=", ["log", ["exp", _A]], _A]),
    "rpow_def": scheme("rpow_def", _TWO, [["<", 0, _A]], ["=", ["^", _A, _B], ["exp", ["*", _B, ["log", _A]]]]),
    "prod_def": scheme("prod_def", _F, [["all", "X", ["<", 0, ["f", 0]]]], ["=", ["prod", "X", ["f", 0]], _EXP_SUM]),
    # indicators, 0·log 0, absolute value
    "delta_self": scheme("delta", {"X": "set", "i": "X"}, [], ["=", ["delta", "X", "i", "i"], 1]),
    "delta_sift": scheme("delta", {**_F, "i": "X"}, [], ["=", _DELTA_F, ["f", "i"]]),
    "xlogy_zero": scheme("xlogy_def", _ONE, [], ["=", ["xlogy", 0, _A], 0]),
    "xlogy_mul": scheme("xlogy_def", _TWO, [["<", 0, _B]], ["=", ["xlogy", _A, _B], ["*", _A, ["log", _B]]]),
    "abs_of_nonneg": scheme("abs_def", _ONE, [["<=", 0, _A]], ["=", ["abs", _A], _A]),
    "abs_of_nonpos": scheme("abs_def", _ONE, [["<=", _A, 0]], ["=", ["abs", _A], ["neg", _A]]),
    # limits of sequences
    "limit_const": scheme(_LIM, _ONE, [], ["->", _A, _A]),
    "limit_inv_nat": scheme(_LIM, {}, [], ["->", ["/", 1, ["nat", 0]], 0]),
    "limit_add": scheme(_LIM, _SEQ, [_U, _V], ["->", ["+", ["u", 0], ["v", 0]], ["+", _A, _B]]),
    "limit_mul": scheme(_LIM, _SEQ, [_U, _V], ["->", ["*", ["u", 0], ["v", 0]], ["*", _A, _B]]),
    "limit_div": scheme(_LIM, _SEQ, [_U, _V, ["!=", _B, 0]], ["->", ["/", ["u", 0], ["v", 0]], ["/", _A, _B]]),
    "limit_sum": scheme(_LIM, _XLIM, [_ULIM], ["->", ["sum", "X", ["u", 0, 1]], ["sum", "X", ["l", 0]]]),
}


def defining_equation(name: str) -> Scheme:
    """Return ``d(a, …) = body`` for a defined symbol d."""
    return scheme("", DEFINITIONS[name][0], [], DEFINITIONS[name][1])


def _limit(premise: Sequent) -> tuple[Node, Node]:
    """Return aₙ below its binder, and l, of a premise aₙ → l."""
    sequence, limit = sides(premise.conclusion, "->")
    return unwrap(sequence), limit


def limit_squeeze(lower: Sequent, upper: Sequent, below: Sequent, above: Sequent, *guards: Sequent) -> Sequent:
    """``aₙ → l,  cₙ → l,  ∀n (G ⇒ aₙ ≤ bₙ),  ∀n (G ⇒ bₙ ≤ cₙ)  ⟹  bₙ → l``.

    The guards G, any number of them before the inequality, must hold for all large n. ``0 < n`` does; ``uₙ < vₙ``
    does when three further premises say ``uₙ → u``, ``vₙ → v`` and ``u < v``.

    Raises
    ------
    Refused
        When the sequences or limits differ, or a guard is not justified.
    """
    (first, limit), (last, other) = _limit(lower), _limit(upper)
    allowed = {lt(0, Node("nat", None, (bound(0),)))} | _eventually(guards)
    (left, middle), (again, right) = _bounded(below, allowed), _bounded(above, allowed)
    squeezed = (left, middle, right, limit) == (first, again, last, other)
    need(squeezed, "the bounds do not squeeze one sequence to one limit", premises=(below.conclusion, above.conclusion))
    return derive(to(middle, limit), lower, upper, below, above, *guards)


def _eventually(guards: tuple[Sequent, ...]) -> set[Node]:
    """Return the inequalities uₙ < vₙ that triples of premises show to hold for all large n."""
    need(len(guards) % 3 == 0, "each guard needs three premises: u(n) -> u, v(n) -> v and u < v")
    found = set()
    for k in range(0, len(guards), 3):
        (f, u), (g, v) = _limit(guards[k]), _limit(guards[k + 1])
        expect(guards[k + 2], lt(u, v))
        found.add(lt(f, g))
    return found


def _bounded(premise: Sequent, allowed: set[Node]) -> tuple[Node, Node]:
    statement = unwrap(body_over(premise.conclusion, NAT))
    while statement.op == "=>":
        need(statement.args[0] in allowed, "the guard is not known to hold for all large n", guard=premise.conclusion)
        statement = statement.args[1]
    return sides(statement, "<=", "an inequality, under forall n,")


# --- a function grows where its derivative is not negative -------------------------------------------------------


def mono_of_deriv(x: str, g: Node, low: Node, high: Node, slope: Sequent, ends: Sequent, *domain: Sequent) -> Sequent:
    """``Γ, u ≤ x, x ≤ v ⊢ 0 ≤ g′(x),  Δ ⊢ u ≤ v  ⟹  Γ, Δ ⊢ g(u) ≤ g(v)``.

    g′ is the syntactic :func:`derivative`; *domain* shows, under the same hypotheses, each condition under which
    the table holds: 0 < a for log a, b ≠ 0 for a divisor b; and derivatives of parts of g that the table lacks.

    Raises
    ------
    Refused
        When x is free in Γ, u or v; when the slope is not g′; when a condition is missing (a pole, log of 0).
    """
    inside = (le(low, Node("sym", x)), le(Node("sym", x), high))
    expect(slope, le(0, _shown_derivative(x, g, domain)))
    expect(ends, le(low, high))
    pieces = [derive(p.conclusion, p, drop=inside) for p in (slope, *domain)]
    for statement in (*(h for p in pieces for h in p.hypotheses), low, high):
        need(x not in statement.names, "the variable is not arbitrary", variable=x, free_in=statement)
    return derive(le(*(substitute(g, {x: end}) for end in (low, high))), *pieces, ends)


def differentiate(budget: Budget, x: str, g: Node, *premises: Sequent) -> Sequent:
    """``Γ ⊢ g′ is the derivative of g at x``, where the premises show what ``mono_of_deriv`` asks of *domain*.

    Raises
    ------
    Refused
        When a condition is missing, or a part of g has no row in the table and no premise gives its derivative.
    """
    # At most seven nodes are made for each of g, and a node holds a set of its names.
    budget.spend(7 * g.size * (1 + len(g.names) // 8))
    slope = _shown_derivative(x, g, premises)
    return derive(Node("deriv", None, (lam((REAL,), abstract(g, x)), Node("sym", x), slope)), *premises)


_NONE: Mapping[Node, Node] = MappingProxyType({})


def _shown_derivative(x: str, g: Node, premises: tuple[Sequent, ...]) -> Node:
    """Return the derivative of g at x; the premises must show its conditions, and may give derivatives of parts."""
    shown, variable = dict.fromkeys(p.conclusion for p in premises), Node("sym", x)
    # Where x stands in λ itself, the derivative is that of another function: of h(·, x), and not of h(x, x).
    rows = [s.args for s in shown if s.op == "deriv" and s.args[1] == variable and x not in s.args[0].names]
    slope, conditions = derivative(g, x, {apply_abs(function, variable): s for function, _, s in rows})
    for condition in conditions:
        need(condition in shown, "the function may leave its domain", no_premise_shows=condition)
    return slope


def derivative(term: Node, variable: str, given: Mapping[Node, Node] = _NONE) -> tuple[Node, tuple[Node, ...]]:
    """Return the derivative of *term* by the table, as written, and the conditions under which it holds.

    The table is asked for what is not *given*.

    Raises
    ------
    Refused
        When *term* contains the variable in an operator without a row in the table.
    """
    if term in given:
        return given[term], ()
    if variable not in term.names or term == Node("sym", variable):
        return num(int(variable in term.names)), ()
    exponent = integer_exponent(term)
    power = term.op == "^" and variable not in term.args[1].names
    need(term.op in (*"+-*/", "neg", "log", "exp") or power, "no derivative is known", term=term)
    parts = [derivative(a, variable, given) for a in term.args]
    slopes, conditions = [s for s, _ in parts], tuple(c for _, cs in parts for c in cs)
    if term.op in ("+", "-", "neg"):
        return Node(term.op, None, tuple(slopes)), conditions
    a, b = term.args[0], term.args[-1]
    if term.op == "*":
        return slopes[0] * b + a * slopes[1], conditions
    if term.op == "/":
        return (slopes[0] * b - a * slopes[1]) / (b * b), (*conditions, ne(b, 0))
    if term.op == "log":
        return slopes[0] / a, (*conditions, lt(0, a))
    if term.op == "exp":
        return term * slopes[0], conditions
    if exponent is not None and exponent > 0:
        return num(exponent) * a ** (exponent - 1) * slopes[0], conditions
    return b * a ** (b - 1) * slopes[0], (*conditions, lt(0, a))
