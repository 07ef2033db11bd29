"""Schemes, axioms and definitions: what they say, that numbers agree, and that no hypothesis of theirs is idle."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.axioms import FINITE, defining_equation, derivative
from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.table import AXIOM_OF, SCHEMES, _substitution
from kl_symbolic.kernel.terms import Node, substitute
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import text

from ..harness.draft import Draft, conclusion, refusal, shown
from ..harness.model import Model
from ..harness.points import evaluate
from ..harness.real import DIGITS, Real
from ..support.lanes import sampled_rows

AXIOMS = {
    "antisymm": ("", "a <= b, b <= a", "a = b"),
    "lt_of_le_ne": ("", "a <= b, a != b", "a < b"),
    "sum_add": ("", "", "sum(i in X: f[i] + g[i]) = sum(i in X: f[i]) + sum(i in X: g[i])"),
    "sum_mul": ("", "", "sum(i in X: a*f[i]) = a*sum(i in X: f[i])"),
    "sum_one": ("", "", "sum(i in X: 1) = card(X)"),
    "sum_swap": ("", "", "sum(i in X: sum(j in Y: f[i, j])) = sum(i in Y: sum(j in X: f[j, i]))"),
    "sum_mono": ("", "forall i in X: f[i] <= g[i]", "sum(i in X: f[i]) <= sum(i in X: g[i])"),
    "log_mul": ("log_mul", "0 < a, 0 < b", "log(a*b) = log(a) + log(b)"),
    "log_le": ("log_le", "0 < a", "log(a) <= a - 1"),
    "exp_pos": ("exp_pos", "", "0 < exp(a)"),
    "log_exp": ("log_exp", "", "log(exp(a)) = a"),
    "rpow_def": ("rpow_def", "0 < a", "a^b = exp(b*log(a))"),
    "prod_def": ("prod_def", "forall i in X: 0 < f[i]", "prod(i in X: f[i]) = exp(sum(i in X: log(f[i])))"),
    "delta_self": ("delta", "", "delta(i, i) = 1"),
    "delta_sift": ("delta", "", "sum(j in X: delta(i, j)*f[j]) = f[i]"),
    "xlogy_zero": ("xlogy_def", "", "xlogy(0, a) = 0"),
    "xlogy_mul": ("xlogy_def", "0 < b", "xlogy(a, b) = a*log(b)"),
    "abs_of_nonneg": ("abs_def", "0 <= a", "abs(a) = a"),
    "abs_of_nonpos": ("abs_def", "a <= 0", "abs(a) = -a"),
    "limit_const": ("limit_algebra", "", "lim(n: a) -> a"),
    "limit_inv_nat": ("limit_algebra", "", "lim(n: 1/n) -> 0"),
    "limit_add": ("limit_algebra", "lim(n: u[n]) -> a, lim(n: v[n]) -> b", "lim(n: u[n] + v[n]) -> a + b"),
    "limit_mul": ("limit_algebra", "lim(n: u[n]) -> a, lim(n: v[n]) -> b", "lim(n: u[n]*v[n]) -> a*b"),
    "limit_div": ("limit_algebra", "lim(n: u[n]) -> a, lim(n: v[n]) -> b, b != 0", "lim(n: u[n]/v[n]) -> a/b"),
    "limit_sum": ("limit_algebra", "forall i in X: lim(n: u[i, n]) -> l[i]", "lim(n: sum(i in X: u[i, n])) -> sum(i in X: l[i])"),
    "int_null": ("integral", "", "int(x in D: 0) = 0"),
    "int_add": ("integral", "int(x in D: f(x)) = u, int(x in D: g(x)) = v", "int(x in D: f(x) + g(x)) = u + v"),
    "int_mul": ("integral", "int(x in D: f(x)) = u", "int(x in D: a*f(x)) = a*u"),
    "int_sum": (
        "integral",
        "forall i in X: int(x in D: f(i, x)) = v[i]",
        "int(x in D: sum(i in X: f(i, x))) = sum(i in X: v[i])",
    ),
    "int_mono": ("integral", "forall x in D: f(x) <= g(x), int(x in D: f(x)) = u, int(x in D: g(x)) = v", "u <= v"),
    "int_squeeze": (
        "integral_squeeze",
        "forall n in Nat: forall x in D: l(n, x) <= f(x), forall n in Nat: forall x in D: f(x) <= h(n, x), "
        "forall n in Nat: int(x in D: l(n, x)) = a[n], forall n in Nat: int(x in D: h(n, x)) = b[n], "
        "lim(n: a[n]) -> v, lim(n: b[n]) -> v",
        "int(x in D: f(x)) = v",
    ),
    "in_open": ("domain", "a < c, c < b", "c in (a, b)"),
    "open_low": ("domain", "c in (a, b)", "a < c"),
    "open_high": ("domain", "c in (a, b)", "c < b"),
    "in_above": ("domain", "a < c", "c in (a, oo)"),
    "above_low": ("domain", "c in (a, oo)", "a < c"),
    "in_below": ("domain", "c < b", "c in (-oo, b)"),
    "below_high": ("domain", "c in (-oo, b)", "c < b"),
    "in_reals": ("domain", "", "c in reals"),
    "nat_in": ("domain", "", "n in nats"),
    "nats_nonneg": ("domain", "c in nats", "0 <= c"),
    "int_split": (
        "integral_split",
        "forall x in E: x in D, forall x in E: x < c, forall x in G: x in D, forall x in G: c < x, "
        "forall x in D: x < c => x in E, forall x in D: c < x => x in G, int(x in E: f(x)) = u, "
        "int(x in G: f(x)) = v",
        "int(x in D: f(x)) = u + v",
    ),
    "int_ftc": (
        "ftc",
        "int(x in D: m(x)) = w, forall x in D: m(x) <= f(x), forall x in D: deriv(y: g(y), x) = f(x), "
        "forall x in D: deriv(y: f(y), x) = h(x), forall n in Nat: u[n] in D, "
        "forall x in D: lim(n: abs(u[n] - x) + (u[n] - x)) -> 0, lim(n: g(u[n])) -> k, "
        "forall n in Nat: v[n] in D, forall x in D: lim(n: abs(x - v[n]) + (x - v[n])) -> 0, lim(n: g(v[n])) -> l",
        "int(x in D: f(x)) = l - k",
    ),
    "int_subst": (
        "substitution",
        "int(x in E: f(x)) = u, forall x in D: phi(x) in E, forall x in E: psi(x) in D, "
        "forall x in E: phi(psi(x)) = x, forall x in D: deriv(y: phi(y), x) = s(x), "
        "forall x in D: deriv(y: s(y), x) = t(x), forall x in D: s(x) != 0",
        "int(x in D: f(phi(x))*abs(s(x))) = u",
    ),
    "int_zero": (
        "integral_zero",
        "forall x in D: deriv(y: f(y), x) = g(x), forall x in D: 0 <= f(x), int(x in D: f(x)) = 0, c in D",
        "f(c) = 0",
    ),
    "nats_shift": ("series", "int(n in nats: f(n + 1)) = u", "int(n in nats: f(n)) = f(0) + u"),
    "nats_telescope": (
        "series",
        "forall n in nats: 0 <= f(n + 1) - f(n), lim(n: f(n)) -> u",
        "int(n in nats: f(n + 1) - f(n)) = u - f(0)",
    ),
    "exp_series": ("exp_series", "0 < a", "int(n in nats: a^n/Gamma(n + 1)) = exp(a)"),
    "deriv_chain": ("derivative", "deriv(x: g(x), a) = s, deriv(x: f(x), g(a)) = t", "deriv(x: f(g(x)), a) = t*s"),
    "deriv_sum": (
        "derivative",
        "forall i in X: deriv(x: f(i, x), a) = s[i]",
        "deriv(x: sum(i in X: f(i, x)), a) = sum(i in X: s[i])",
    ),
    "deriv_congr": (
        "derivative",
        "forall x in D: f(x) = g(x), a in D, deriv(x: f(x), a) = s",
        "deriv(x: g(x), a) = s",
    ),
    "deriv_limit": (
        "deriv_limit",
        "deriv(x: g(x), a) = s, lim(n: h[n]) -> 0, forall n in Nat: h[n] != 0",
        "lim(n: (g(a + h[n]) - g(a))/h[n]) -> s",
    ),
    "gamma_int": ("gamma", "0 < a", "int(x in (0, oo): x^(a - 1)*exp(-x)) = Gamma(a)"),
    "digamma_deriv": ("digamma", "0 < a", "deriv(x: Gamma(x), a) = Gamma(a)*digamma(a)"),
    "gamma_half": ("gamma_half", "", "Gamma(1/2)*Gamma(1/2) = pi"),
    "beta_int": (
        "beta",
        "0 < a, 0 < b",
        "int(x in (0, 1): x^(a - 1)*(1 - x)^(b - 1)) = Gamma(a)*Gamma(b)/Gamma(a + b)",
    ),
}  # fmt: skip
"""Every scheme as it stands: the axiom that it is, Γ and φ. It is written a second time, to be compared and not computed."""


def test_the_table_of_schemes_is_this_table() -> None:
    found = {
        name: (axiom, ", ".join(map(text, s.hypotheses)), text(s.conclusion)) for name, (axiom, _, s) in SCHEMES.items()
    }
    assert found == AXIOMS
    assert {n: a for n, a in AXIOM_OF.items() if n not in SCHEMES} == {
        "limit_squeeze": "limit_squeeze",
        "mono_of_deriv": "mono_of_deriv",
        "differentiate": "derivative",
    }


@pytest.mark.parametrize("name", list(FINITE))
def test_numbers_agree_with_every_scheme(name: str) -> None:
    _, scope, sequent = SCHEMES[name]
    verdict = evaluate(scope, sequent.hypotheses, sequent.conclusion, seed=3, wanted=40)
    assert verdict.points == 40
    assert verdict.undecided == 0
    assert verdict.refuted is None


@pytest.mark.parametrize("name", [n for n in FINITE if FINITE[n][2].hypotheses])
def test_numbers_refute_every_scheme_without_one_of_its_hypotheses(name: str) -> None:
    _, scope, sequent = SCHEMES[name]
    for k in range(len(sequent.hypotheses)):
        fewer = sequent.hypotheses[:k] + sequent.hypotheses[k + 1 :]
        assert evaluate(scope, fewer, sequent.conclusion, seed=3, wanted=60).refuted is not None, text(
            sequent.hypotheses[k]
        )


# --- rows about integrals, at concrete functions and domains ------------------------------------------------

Choice = dict[str, Any]
UNIT = {"D": "(0, 1)"}
LINE, PARABOLA = ("x", "x"), ("x", "x^2")
SQUEEZED = {
    **UNIT, "f": LINE, "v": "1/2", "l": ("n", "x", "x - 1/(n + 1)"), "a": ("n", "1/2 - 1/(n + 1)"),
    "h": ("n", "x", "x + 1/(n + 1)"), "b": ("n", "1/2 + 1/(n + 1)"),
}  # fmt: skip
FROM_BELOW = {"l": ("n", "x", "x - 1/2"), "a": ("n", "0"), "v": "0"}
FROM_ABOVE = {"h": ("n", "x", "x + 1/2"), "b": ("n", "1"), "v": "1"}
SPLIT = {"D": "(0, 2)", "E": "(0, 1)", "G": "(1, 2)", "c": "1", "f": LINE, "u": "1/2", "v": "3/2"}
FTC = {
    **UNIT, "f": ("x", "2*x"), "g": PARABOLA, "h": ("x", "2"), "m": ("x", "0"), "w": "0", "k": "0", "l": "1",
    "u": ("n", "1/(n + 2)"), "v": ("n", "1 - 1/(n + 2)"),
}  # fmt: skip
SUBST = {
    **UNIT, "E": "(0, 1)", "f": LINE, "u": "1/2", "phi": PARABOLA, "psi": ("x", "x^(1/2)"), "s": ("x", "2*x"), "t": ("x", "2"),
}  # fmt: skip
ZERO = {**UNIT, "f": ("x", "0"), "g": ("x", "0"), "c": "1/2"}
CHAIN = {"f": ("x", "x^3"), "g": PARABOLA, "a": "2", "s": "4", "t": "48"}
STEPS = {"a": "1", "g": PARABOLA, "s": "2", "h": ("n", "1/(n + 1)")}
OSCILLATING = "an integral that exists as a limit only needs a function that oscillates without end"
NOT_NEEDED = "not needed for Lebesgue's integral: it makes a proof with Riemann's short"

CHOICES: dict[str, tuple[Choice, list[Choice | str]]] = {
    "int_null": ({"D": "(0, oo)"}, []),
    "int_add": ({**UNIT, "f": LINE, "g": PARABOLA, "u": "1/2", "v": "1/3"}, [{"u": "1"}, {"v": "1"}]),
    "int_mul": ({**UNIT, "a": "3", "f": LINE, "u": "1/2"}, [{"u": "1"}]),
    "int_sum": ({**UNIT, "X": "X", "f": ("i", "x", "x*card(X)"), "v": ("i", "1")}, [{"v": ("i", "0")}]),
    "int_mono": (
        {**UNIT, "f": PARABOLA, "g": LINE, "u": "1/3", "v": "1/2"},
        [{"f": LINE, "g": PARABOLA, "u": "1/2", "v": "1/3"}, {"u": "1"}, {"v": "0"}],
    ),
    "int_squeeze": (
        SQUEEZED,
        [
            {"f": ("x", "x - 1")}, {"f": ("x", "x + 1")}, {**FROM_ABOVE, "a": ("n", "1 - 1/(n + 1)")},
            {**FROM_BELOW, "b": ("n", "1/(n + 1)")}, FROM_ABOVE, FROM_BELOW,
        ],
    ),
    "in_open": ({"a": "0", "b": "1", "c": "1/2"}, [{"c": "-1"}, {"c": "2"}]),
    "open_low": ({"a": "0", "b": "1", "c": "1/2"}, [{"c": "-1"}]),
    "open_high": ({"a": "0", "b": "1", "c": "1/2"}, [{"c": "2"}]),
    "in_above": ({"a": "0", "c": "1"}, [{"c": "0"}]),
    "above_low": ({"a": "0", "c": "1"}, [{"c": "0"}]),
    "in_below": ({"b": "0", "c": "-1"}, [{"c": "0"}]),
    "below_high": ({"b": "0", "c": "-1"}, [{"c": "0"}]),
    "in_reals": ({"c": "-1"}, []),
    "nat_in": ({"n": "n"}, []),
    "nats_nonneg": ({"c": "2"}, [{"c": "-1"}]),
    "int_split": (
        SPLIT,
        [
            {"E": "(-1, 1)", "u": "0"}, {"E": "(0, 3/2)", "u": "9/8"}, {"G": "(1, 3)", "v": "4"}, {"G": "(1/2, 2)", "v": "15/8"},
            {"E": "(0, 1/2)", "u": "1/8"}, {"G": "(3/2, 2)", "v": "7/8"}, {"u": "0"}, {"v": "0"},
        ],
    ),
    "int_ftc": (
        FTC,
        [
            OSCILLATING, OSCILLATING, {"g": LINE, "f": LINE, "h": ("x", "1")}, NOT_NEEDED, {"u": ("n", "-1"), "k": "1"},
            {"u": ("n", "1/2"), "k": "1/4"}, {"k": "1"}, {"v": ("n", "2"), "l": "4"}, {"v": ("n", "1/2"), "l": "1/4"}, {"l": "2"},
        ],
    ),
    "int_subst": (
        SUBST,
        [
            {"u": "1"}, {"D": "(0, 2)"}, {"E": "(0, 4)", "u": "8"}, {"E": "(0, 4)", "u": "8", "psi": ("x", "1/2")},
            {"s": ("x", "1"), "t": ("x", "0")}, NOT_NEEDED,
            "a function that turns around and is onto an open interval has no inverse that can be written here",
        ],
    ),
    "int_zero": (
        ZERO,
        [
            # 1 at one number only, where 0/0 is 0
            {"f": ("x", "1 - abs(x - 505/1009)/abs(x - 505/1009)"), "c": "505/1009"}, {"f": ("x", "x - 1/2"), "g": ("x", "1"), "c": "1/4"},
            {"f": LINE, "g": ("x", "1")}, {"f": ("x", "(abs(x) - x)/2"), "c": "-1"},
        ],
    ),
    "nats_shift": ({"f": ("x", "(1/2)^x"), "u": "1"}, [{"u": "2"}]),
    "nats_telescope": (
        {"f": ("x", "-((1/2)^x)"), "u": "0"}, ["a series that converges, but not absolutely: partial sums cannot tell", {"u": "1"}],
    ),
    "exp_series": ({"a": "1/2"}, ["true for every a where 0^0 is 1; what 0^x is, no row says for an x that is not written as an integer"]),
    "deriv_chain": (CHAIN, [{"s": "1"}, {"t": "1"}]),
    "deriv_sum": ({"X": "X", "a": "1", "f": ("i", "x", "x^2"), "s": ("i", "2")}, [{"s": ("i", "1")}]),
    "deriv_congr": (
        {"D": "(0, oo)", "f": ("x", "x^2"), "g": ("x", "x^2"), "a": "1", "s": "2"},
        [{"g": ("x", "x^3")}, {"f": ("x", "abs(x)"), "g": ("x", "x"), "a": "-1", "s": "-1"}, {"s": "1"}],
    ),
    "deriv_limit": (STEPS, [{"s": "1"}, {"h": ("n", "1")}, {"h": ("n", "0")}]),
    "gamma_int": ({"a": "3/2"}, [{"a": "-1/2"}]),
    "digamma_deriv": ({"a": "3/2"}, ["true between the poles; at a pole quotients of differences do not settle"]),
    "gamma_half": ({}, []),
    "beta_int": ({"a": "3/2", "b": "2"}, [{"a": "-1/2"}, "1 - x loses its digits near 1, where the pole is; that of a is the same, turned around"]),
}  # fmt: skip
"""Where each row about integrals is tried; and what is chosen otherwise so that all hypotheses but one hold and the
conclusion is false, or why numbers cannot show that."""

FREE = {"X": "set", "i": "X", "n": "Nat", "x": "number"}


def tried(name: str, choice: Choice) -> list[bool | None]:
    """Return what numbers say of the hypotheses and of the conclusion of a row at a choice of its names."""
    _, scope, sequent = SCHEMES[name]
    d = Draft(**FREE)
    by = _substitution(d.values(choice, scope), scope, d.scope)
    model = Model({"X": 2}, {"i": lambda: 1, "n": lambda: 3, "x": lambda: 5}, Real(odd=False, many=True))
    with mpmath.workdps(DIGITS):
        return [model.truth(substitute(s, by)) for s in (*sequent.hypotheses, sequent.conclusion)]


def seen_to_hold(name: str) -> set[bool | None]:
    """Return what numbers may say of a hypothesis that holds: digits do not decide that (√x)² is x, for example."""
    return {True, None} if name == "int_subst" else {True}


def test_every_row_about_integrals_is_tried() -> None:
    assert list(CHOICES) == list(INTEGRALS)
    assert {n: len(s.hypotheses) for n, (_, _, s) in INTEGRALS.items()} == {n: len(c) for n, (_, c) in CHOICES.items()}
    assert sum(isinstance(c, str) for _, cs in CHOICES.values() for c in cs) == 9


@pytest.mark.parametrize("name", CHOICES)
def test_numbers_agree_with_every_row_about_integrals(name: str) -> None:
    *hypotheses, conclusion = tried(name, CHOICES[name][0])
    assert conclusion is True and set(hypotheses) <= seen_to_hold(name)


@pytest.mark.parametrize(
    ("name", "k"),
    sampled_rows(((n, k) for n, (_, cs) in CHOICES.items() for k, c in enumerate(cs) if not isinstance(c, str)), 6),
)
def test_numbers_refute_every_row_about_integrals_without_one_of_its_hypotheses(name: str, k: int) -> None:
    choice, others = CHOICES[name]
    other = others[k]
    assert not isinstance(other, str)
    *hypotheses, conclusion = tried(name, {**choice, **other})
    assert conclusion is False
    assert hypotheses.pop(k) is not True
    assert set(hypotheses) <= seen_to_hold(name)


def test_definitions_say_what_they_are_known_for() -> None:
    found = {name: text(defining_equation(name)[2].conclusion) for name in DEFINITIONS}
    assert found == {
        "rel_entr": "rel_entr(a, b) = xlogy(a, a) - xlogy(a, b)",
        "kl": "kl(p, q) = sum(i in X: rel_entr(p[i], q[i]))",
        "entropy": "entropy(p) = -sum(i in X: xlogy(p[i], p[i]))",
        "cross_entropy": "cross_entropy(p, q) = -sum(i in X: xlogy(p[i], q[i]))",
        "binary_kl": "binary_kl(a, b) = rel_entr(a, b) + rel_entr(1 - a, 1 - b)",
        "joint_entropy": "joint_entropy(r) = -sum(i in X: sum(j in Y: xlogy(r[i, j], r[i, j])))",
        "cond_entropy": "cond_entropy(r) = -sum(i in X: sum(j in Y: rel_entr(r[i, j], sum(k in X: r[k, j]))))",
        "mutual_info": "mutual_info(r) = sum(i in X: sum(j in Y: "
        "rel_entr(r[i, j], sum(k in Y: r[i, k])*sum(k in X: r[k, j]))))",
        "cond_mutual_info": "cond_mutual_info(r) = sum(i in X: sum(j in Y: sum(k in Z: "
        "xlogy(r[i, j, k], r[i, j, k]) + xlogy(r[i, j, k], sum(h in X: sum(i1 in Y: r[h, i1, k]))) - "
        "xlogy(r[i, j, k], sum(h in Y: r[i, h, k])) - xlogy(r[i, j, k], sum(h in X: r[h, j, k])))))",
        "count": "count(x, i) = sum(t in T: delta(x(t), i))",
    }


@pytest.mark.parametrize("name", list(DEFINITIONS))
def test_a_definition_defines_a_new_symbol_by_older_ones(name: str) -> None:
    # Conservative: the symbol stands once, alone on the left, applied to distinct names, and the right side has no more.
    axiom, scope, sequent = defining_equation(name)
    assert (axiom, sequent.hypotheses) == ("", ())
    left, right = sequent.conclusion.args
    older = list(DEFINITIONS)[: list(DEFINITIONS).index(name)]
    assert left.op == "def"
    assert {n.data[0] for n in _nodes(right) if n.op == "def"} <= set(older)
    assert right.names <= left.names == frozenset(scope)


def _nodes(node: Node) -> list[Node]:
    return [node, *(m for a in node.args for m in _nodes(a))]


# --- schemes, spelled in a certificate -----------------------------------------------------------------------


def test_a_scheme_keeps_the_hypotheses_that_no_premise_proves() -> None:
    d = Draft(x="number", y="number")
    d.scheme("log_mul", {"a": "x", "b": "y"}, d.assume("0 < y"))
    assert shown(d) == "0 < y, 0 < x ⊢ log(x*y) = log(x) + log(y)"


def test_a_scheme_refuses_a_premise_that_is_none_of_its_hypotheses() -> None:
    d = Draft(x="number", y="number")
    d.scheme("log_mul", {"a": "x", "b": "y"}, d.assume("0 <= y"))
    assert refusal(d) == "wrong premise\n  expected: 0 < x; 0 < y\n  got:      0 <= y"


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "expected a list of 1"), ([{}], "expected an object that says what each name becomes, sorted\n  names: ['a', 'b']"),
        ([{"a": 1}], "sorted\n  names: ['a', 'b']"), ([{"b": 1, "a": 1}], "sorted\n  names: ['a', 'b']"), ([{"a": 1, "b": 1, "c": 1}], "sorted"),
        ([{"a": 1, "b": 0.5}], "expected a number"), ([[["a", 1], ["b", 1]]], "sorted"), ([{"a": 1, "b": True}], "expected a number"),
        ([{"a": 1, "b": ["X"]}], "unknown operator or undeclared name"),
    ],
)  # fmt: skip
def test_a_scheme_needs_a_value_for_each_name(args: list[Any], why: str) -> None:
    d = Draft(X="set", x="number")
    d.add("log_mul", args)
    assert why in refusal(d)


def test_the_set_of_a_sum_is_an_index_set() -> None:
    d = Draft(X="set", x="number")
    d.add("sum_one", [{"X": "X"}])
    assert shown(d) == "⊢ sum(i in X: 1) = card(X)"
    for wrong in ("Nat", "x", "Z", -1, ["X"]):
        d = Draft(X="set", x="number")
        d.add("sum_one", [{"X": wrong}])
        assert "expected a declared index set" in refusal(d), "a set has no size but that of a declared set"


def test_unfold_opens_definitions() -> None:
    d = Draft(T="set", r="T -> number", t="T")
    d.unfold("kl", {"X": "T", "p": ("t", "r[t]"), "q": ("t", "sum(s in T: r[s]*r[t])")})
    assert shown(d) == ("⊢ kl(r, t in T: sum(s in T: r[s]*r[t])) = sum(t in T: rel_entr(r[t], sum(s in T: r[s]*r[t])))")
    d = Draft(T="set", r="T -> number")
    d.add("unfold", ["mutual_information", {}])
    assert refusal(d) == "expected a defined symbol\n  got: mutual_information"
    d.rows[-1] = ["unfold", ["kl"], []]
    assert "expected a list of 2" in refusal(d)


# --- limits --------------------------------------------------------------------------------------------------

SEQUENCES = dict.fromkeys(("u", "v", "w", "s", "t"), "Nat -> number") | {"a": "number", "b": "number"}


def squeeze(
    below: str, above: str, *guards: str, lower: str = "lim(n: u[n]) -> a", upper: str = "lim(n: w[n]) -> a"
) -> Draft:
    """Return a draft that squeezes from assumptions."""
    d = Draft(**SEQUENCES)
    d.add("limit_squeeze", [], *[d.assume(p) for p in (lower, upper, below, above, *guards)])
    return d


LOW, HIGH = "forall n in Nat: u[n] <= v[n]", "forall n in Nat: v[n] <= w[n]"
GUARD = ("lim(n: s[n]) -> a", "lim(n: t[n]) -> b", "a < b")


@pytest.mark.parametrize(
    ("below", "above", "guards"),
    [
        (LOW, HIGH, ()),
        ("forall n in Nat: 0 < n => u[n] <= v[n]", HIGH, ()),
        (LOW, "forall n in Nat: 0 < n => 0 < n => v[n] <= w[n]", ()),
        ("forall n in Nat: s[n] < t[n] => u[n] <= v[n]", HIGH, GUARD),
        (
            "forall n in Nat: 0 < n => s[n] < t[n] => u[n] <= v[n]",
            "forall n in Nat: s[n] < t[n] => v[n] <= w[n]",
            GUARD,
        ),
        (LOW, HIGH, GUARD),
    ],
)
def test_squeeze(below: str, above: str, guards: tuple[str, ...]) -> None:
    theorem = squeeze(below, above, *guards).check()
    assert text(theorem.conclusion) == "lim(n: v[n]) -> a"
    assert len(theorem.hypotheses) == 4 + len(guards)
    assert theorem.axioms == ("limit_squeeze",)


@pytest.mark.parametrize(
    ("below", "above", "guards", "why"),
    [
        ("forall n in Nat: s[n] < t[n] => u[n] <= v[n]", HIGH, (), "the guard is not known to hold for all large n"),
        ("forall n in Nat: 0 <= n => u[n] <= v[n]", HIGH, (), "the guard is not known"), ("forall n in Nat: 1 < n => u[n] <= v[n]", HIGH, (), "the guard is not known"),
        ("forall n in Nat: n < 0 => u[n] <= v[n]", HIGH, (), "the guard is not known"),
        ("forall n in Nat: t[n] < s[n] => u[n] <= v[n]", HIGH, GUARD, "the guard is not known"),
        ("forall n in Nat: s[n] <= t[n] => u[n] <= v[n]", HIGH, GUARD, "the guard is not known"),
        ("forall n in Nat: u[n] < v[n]", HIGH, (), "expected an inequality, under forall n, of the form a <= b"),
        ("forall n in Nat: v[n] <= u[n]", HIGH, (), "the bounds do not squeeze one sequence to one limit"),
        (HIGH, LOW, (), "the bounds do not squeeze"), (LOW, LOW, (), "the bounds do not squeeze"),
        ("a <= b", HIGH, (), "expected a premise forall i in Nat: ..."), (LOW, HIGH, GUARD[:2], "each guard needs three premises"), (LOW, HIGH, ("lim(n: s[n]) -> a", "lim(n: t[n]) -> b", "b < a"), "wrong premise\n  expected: a < b"),
        (LOW, HIGH, ("lim(n: s[n]) -> a", "lim(n: t[n]) -> b", "a <= b"), "wrong premise"), (LOW, HIGH, ("a < b", "lim(n: s[n]) -> a", "lim(n: t[n]) -> b"), "of the form a -> b"),
    ],
)  # fmt: skip
def test_squeeze_refuses(below: str, above: str, guards: tuple[str, ...], why: str) -> None:
    assert why in refusal(squeeze(below, above, *guards))


def test_squeeze_needs_bounds_for_all_natural_numbers() -> None:
    d = Draft(**SEQUENCES, X="set")
    parts = [d.assume(p) for p in ("lim(n: u[n]) -> a", "lim(n: w[n]) -> a", "forall i in X: a <= b", HIGH)]
    d.add("limit_squeeze", [], *parts)
    assert refusal(d) == "expected a premise forall i in Nat: ...\n  got: forall i in X: a <= b"


def test_squeeze_needs_one_limit_and_the_sequences_of_the_bounds() -> None:
    why = "the bounds do not squeeze one sequence to one limit"
    assert refusal(squeeze(LOW, HIGH, upper="lim(n: w[n]) -> b")).startswith(why)
    assert refusal(squeeze(LOW, HIGH, lower="lim(n: s[n]) -> a")).startswith(why)
    assert refusal(squeeze(LOW, HIGH, upper="lim(n: s[n]) -> a")).startswith(why)
    assert "expected a premise of the form a -> b" in refusal(squeeze(LOW, HIGH, lower="a = a"))


# --- monotone functions --------------------------------------------------------------------------------------


def rising(g: str, slope: str, *more: str, low: str = "a", high: str = "b", x: str = "x", extra: str = "") -> Draft:
    """Return a draft that applies mono_of_deriv to assumptions; *extra* is one more hypothesis of the slope."""
    d = Draft(a="number", b="number", x="number", c="number")
    premises = [d.assume(slope), d.assume(f"{low} <= {high}"), *[d.assume(m) for m in more]]
    if extra:
        premises[0] = d.goal("weaken", extra, premises[0])
    d.add("mono_of_deriv", [x, d.number(g), d.number(low), d.number(high)], *premises)
    return d


def slope_of(g: str, x: str = "x") -> tuple[str, list[str]]:
    scope = declare(dict.fromkeys(("a", "b", "c", "x"), "number"))
    found, conditions = derivative(parse(g, "number", scope), x)
    return text(found), [text(c) for c in conditions]


@pytest.mark.parametrize(
    ("g", "slope", "conditions"),
    [
        ("c", "0", []), ("x", "1", []), ("c + x", "0 + 1", []), ("x - a", "1 - 0", []), ("-x", "-(1)", []), ("c*x", "0*x + c*1", []),
        ("x/c", "(1*c - x*0)/(c*c)", ["c != 0"]), ("1/x", "(0*x - 1*1)/(x*x)", ["x != 0"]), ("log(x)", "1/x", ["0 < x"]), ("exp(2*x)", "exp(2*x)*(0*x + 2*1)", []),
        ("x^3", "3*x^2*1", []), ("x^1", "1*x^0*1", []), ("log(1 - x)", "(0 - 1)/(1 - x)", ["0 < 1 - x"]), ("log(log(x))", "1/x/log(x)", ["0 < x", "0 < log(x)"]),
        ("x^a", "a*x^(a - 1)*1", ["0 < x"]), ("x^(-1)", "(-1)*x^(-1 - 1)*1", ["0 < x"]), ("x^0", "0*x^(0 - 1)*1", ["0 < x"]),
        ("(2*x)^(1/2)", "1/2*(2*x)^(1/2 - 1)*(0*x + 2*1)", ["0 < 2*x"]), ("x^(1 + 1)", "(1 + 1)*x^(1 + 1 - 1)*1", ["0 < x"]),
        ("1/(1/x)", "(0*(1/x) - 1*((0*x - 1*1)/(x*x)))/(1/x*(1/x))", ["x != 0", "1/x != 0"]), ("log(c)", "0", []), ("abs(c)^a", "0", []),
    ],
)  # fmt: skip
def test_the_table_of_derivatives(g: str, slope: str, conditions: list[str]) -> None:
    assert slope_of(g) == (slope, conditions)


@pytest.mark.parametrize(
    "g", ["x^x", "2^x", "(2*x)^(1/x)", "abs(x)", "xlogy(x, 2)", "c*abs(x)", "Gamma(x)", "digamma(x)", "1 + Gamma(x)"]
)
def test_no_derivative_is_invented(g: str) -> None:
    with pytest.raises(Refused, match="no derivative is known"):
        slope_of(g)


def test_derivatives_agree_with_difference_quotients() -> None:
    from mpmath import mp, mpf

    scope = declare(dict.fromkeys(("c", "x"), "number"))
    for g in ("c*x - x^3", "x/(c + x)", "log(x)*x - c", "exp(c*x)/x", "-(x^2 + 1)/log(c + x)", "(x - c)*(x + 1/x)"):
        term = parse(g, "number", scope)
        slope, _ = derivative(term, "x")

        def value(node: Node, x: Any) -> Any:
            return Model({}, {"x": lambda: x, "c": lambda: mpf(3) / 2}, Real(False)).number(node)

        with mp.workdps(60):
            x, h = mpf(5) / 7, mpf(10) ** -20
            quotient = (value(term, x + h) - value(term, x - h)) / (2 * h)
            assert abs(quotient - value(slope, x)) < mpf(10) ** -30


def test_mono_of_deriv_drops_the_interval_and_nothing_else() -> None:
    d = Draft(a="number", b="number", x="number", c="number")
    inside, constant, ends = d.assume("a <= x"), d.assume("0 <= a"), d.assume("a <= b")
    above = d.order("0 <= x", [(1, "1", [0]), (1, "1", [1])], inside, constant)
    slope = d.goal("pos", "0 <= 3*x^2*1", above)
    d.add("mono_of_deriv", ["x", d.number("x^3"), d.number("a"), d.number("b")], slope, ends)
    assert shown(d) == "0 <= a, a <= b ⊢ a^3 <= b^3"


def test_mono_of_deriv_refuses_a_variable_that_is_not_arbitrary() -> None:
    why = "the variable is not arbitrary\n  variable: x\n  free in:  "
    assert refusal(rising("x", "0 <= 1", extra="0 < x")) == why + "0 < x"
    assert refusal(rising("x^2", "0 <= 2*x^1*1")) == why + "0 <= 2*x^1*1"
    assert refusal(rising("x", "0 <= 1", low="x")) == why + "x"
    assert refusal(rising("x", "0 <= 1", high="x + 1")) == why + "x + 1"
    assert conclusion(rising("x", "0 <= 1", extra="0 < c")) == "a <= b"


def test_mono_of_deriv_refuses_another_slope_ends_and_a_missing_condition() -> None:
    assert "wrong premise\n  expected: 0 <= 1\n  got:      0 < 1" in refusal(rising("x", "0 < 1"))
    d = Draft(a="number", b="number", x="number")
    d.add("mono_of_deriv", ["x", ["x"], ["a"], ["b"]], d.goal("pos", "0 <= 1"), d.assume("b <= a"))
    assert refusal(d) == "wrong premise\n  expected: a <= b\n  got:      b <= a"
    why = "the function may leave its domain\n  no premise shows: "
    assert refusal(rising("log(x)", "0 <= 1/x")) == why + "0 < x"
    assert refusal(rising("log(x)", "0 <= 1/x", "x != 0")) == why + "0 < x"
    assert refusal(rising("1/(x - c)", "0 <= (0*(x - c) - 1*(1 - 0))/((x - c)*(x - c))")) == why + "x - c != 0"


@pytest.mark.parametrize("variable", ["i", "p", "X", "z", 0, None, ["x"]])
def test_mono_of_deriv_needs_a_number_symbol(variable: Any) -> None:
    d = Draft(X="set", i="X", p="X -> number", x="number", a="number")
    line = d.assume("0 <= 1")
    d.add("mono_of_deriv", [variable, ["a"], 0, 1], line, line)
    assert "expected a variable" in refusal(d)
