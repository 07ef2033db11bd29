"""The border: a conversion keeps the value of a term and the truth of a statement, or it is refused by name."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import mpmath
import pytest
import sympy
from sympy import (
    Abs,
    And,
    Dummy,
    Eq,
    Equivalent,
    Float,
    Function,
    Ge,
    Gt,
    I,
    Idx,
    Implies,
    IndexedBase,
    Integer,
    Integral,
    KroneckerDelta,
    Le,
    Limit,
    Lt,
    Ne,
    Not,
    Or,
    Piecewise,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    exp,
    log,
    nan,
    oo,
    pi,
    sqrt,
    symbols,
    zoo,
)

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.terms import NAT, Node, bound, lam, num, unwrap
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text
from kl_symbolic.sympy_bridge import (
    ForAll,
    from_sympy,
    read_sympy,
    rel_entr,
    size_symbol,
    statement_to_sympy,
    to_sympy,
    xlogy,
)

from ..support.lanes import sampled, sizes
from ..theory.test_statements import ROWS

NAMES = declare(
    {
        "X": "set",
        "Y": "set",
        "T": "set",
        "p": "X -> number",
        "q": "X -> number",
        "r": "X, Y -> number",
        "x": "T -> X",
        "f": "X -> X",
        "g": "T, Y -> X",
        "N_h": "Nat -> number",
        "N": "X, Nat -> number",
        "a": "number",
        "b": "number",
        "i": "X",
        "t": "T",
        "n": "Nat",
    }
)
POSITIVE = tuple(
    parse(h, "statement", NAMES)
    for h in (
        "0 < a",
        "0 < b",
        "forall i in X: 0 < p[i]",
        "forall i in X: 0 < q[i]",
        "forall i in X: forall j in Y: 0 < r[i, j]",
        "forall n in Nat: 0 < N_h[n]",
        "forall i in X: forall n in Nat: 0 < N[i, n]",
        "0 < card(X)",
        "0 < n",
    )
)


# --- the meaning of a term, by brute force ---------------------------------------------------------------------------


class Undefined(Exception):
    """A logarithm, quotient or power outside its domain: nothing is claimed there."""


class Model:
    """A finite world: sizes of the sets, and a table for each name."""

    def __init__(self, scope: Scope, seed: int) -> None:
        pick = random.Random(seed)
        self.scope = scope
        self.sizes = {s: pick.randint(1, 3) for s, v in scope.items() if v == ((), "set")} | {NAT: 4}
        self.tables: dict[str, dict[tuple[int, ...], Any]] = {}
        for name, (over, values) in scope.items():
            if values != "set":
                rows = product(*(range(self.sizes[s]) for s in over))
                self.tables[name] = {row: self._value(values, pick) for row in rows}

    def _value(self, values: str, pick: random.Random) -> Any:
        if values == "number":
            return Fraction(pick.randint(1, 12), pick.choice((1, 2, 3, 5, 7)))
        return pick.randrange(1, 4) if values == NAT else pick.randrange(self.sizes[values])


def value_of(node: Node, model: Model, env: tuple[int, ...] = ()) -> Any:
    """Return the value of a term, or the truth of a statement, by the meaning of the operators."""
    op, args = node.op, node.args
    if op in ("sum", "prod", "all"):
        parts = [value_of(args[0].args[0], model, (*env, k)) for k in range(model.sizes[args[0].data])]
        return mpmath.fsum(parts) if op == "sum" else mpmath.fprod(parts) if op == "prod" else all(parts)
    if op == "num":
        return mpmath.mpf(node.data.numerator) / node.data.denominator
    if op == "bound":
        return env[-1 - node.data]
    if op in ("sym", "idx"):
        found = model.tables[node.data][tuple(value_of(a, model, env) for a in args)]
        return mpmath.mpf(found.numerator) / found.denominator if op == "sym" else found
    if op == "card":
        return mpmath.mpf(model.sizes[node.data])
    if op == "def":
        return defined(node, model, env)
    if op in ("=>", "<=>"):
        left, right = (value_of(a, model, env) for a in args)
        return (not left or right) if op == "=>" else left == right
    return OPERATORS[op](*(value_of(a, model, env) for a in args))


def defined(node: Node, model: Model, env: tuple[int, ...]) -> Any:
    name, sets = node.data
    first, second = node.args[0], node.args[-1]
    if name in ("rel_entr", "binary_kl"):
        a, b = (value_of(x, model, env) for x in node.args)
        return rel(a, b) if name == "rel_entr" else rel(a, b) + rel(1 - a, 1 - b)
    over = range(model.sizes[sets[0]])
    if name in ("joint_entropy", "cond_entropy", "mutual_info", "cond_mutual_info"):
        return joint(name, first, model, env, [range(model.sizes[s]) for s in sets])
    if name == "count":
        target = value_of(second, model, env)
        return mpmath.mpf(sum(value_of(first.args[0], model, (*env, k)) == target for k in over))
    pairs = [[value_of(x.args[0], model, (*env, k)) for x in (first, second)] for k in over]
    return mpmath.fsum(rel(p, q) for p, q in pairs) if name == "kl" else -mpmath.fsum(times_log(p, q) for p, q in pairs)


def joint(name: str, of: Node, model: Model, env: tuple[int, ...], over: list[range]) -> Any:
    """Return H(X, Y), H(X | Y), I(X; Y) or I(X; Y | Z) of a table over two or three sets."""
    table = {at: value_of(unwrap(of), model, (*env, *at)) for at in product(*over)}

    def marginal(at: tuple[int, ...], *kept: int) -> Any:
        return mpmath.fsum(v for other, v in table.items() if all(other[k] == at[k] for k in kept))

    if name == "joint_entropy":
        return -mpmath.fsum(times_log(v, v) for v in table.values())
    if name == "cond_entropy":
        return -mpmath.fsum(rel(v, marginal(at, 1)) for at, v in table.items())
    if name == "mutual_info":
        return mpmath.fsum(rel(v, marginal(at, 0) * marginal(at, 1)) for at, v in table.items())
    plus = mpmath.fsum(times_log(v, v) + times_log(v, marginal(at, 2)) for at, v in table.items())
    return plus - mpmath.fsum(times_log(v, marginal(at, k, 2)) for at, v in table.items() for k in (0, 1))


def logarithm(x: Any) -> Any:
    if x <= 0:
        raise Undefined
    return mpmath.log(x)


def times_log(a: Any, b: Any) -> Any:
    return mpmath.mpf(0) if a == 0 else a * logarithm(b)


def rel(a: Any, b: Any) -> Any:
    return times_log(a, a) - times_log(a, b)


def quotient(a: Any, b: Any) -> Any:
    if near(b, 0):
        raise Undefined
    return a / b


def power(a: Any, b: Any) -> Any:
    if a <= 0 and (b != int(b) or b <= 0):
        raise Undefined
    return a**b


def near(a: Any, b: Any) -> bool:
    return bool(abs(a - b) <= mpmath.mpf(10) ** -25 * max(1, abs(a), abs(b)))


OPERATORS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": quotient,
    "^": power,
    "neg": lambda a: -a,
    "log": logarithm,
    "exp": mpmath.exp,
    "abs": abs,
    "xlogy": times_log,
    "delta": lambda i, j: mpmath.mpf(i == j),
    "nat": mpmath.mpf,
    "=": near,
    "!=": lambda a, b: not near(a, b),
    "<=": lambda a, b: a < b or near(a, b),
    "<": lambda a, b: a < b and not near(a, b),
}


def sympy_value(e: Any, model: Model) -> Any:
    """Return the value of an expression, by SymPy's own ``subs`` and ``doit``: it says what SymPy means."""
    sizes = {s: model.sizes[s.name.strip("|")] for s in e.atoms(Symbol) if s.name.startswith("|")}
    e = e.subs(sizes).doit()
    free = {
        s: model.tables[s.name][()] for s in e.free_symbols if s.name in model.tables and model.scope[s.name][0] == ()
    }
    first = {s: (k if model.scope[s.name][1] == NAT else k + 1) for s, k in free.items() if isinstance(k, int)}
    e = e.subs(first)
    while True:
        found = {u: applied(u, model) for u in e.atoms(sympy.core.function.AppliedUndef, sympy.Indexed)}
        found = {u: v for u, v in found.items() if v is not None}
        if not found:
            break
        e = e.subs(found)
    e = e.subs({s: Rational(v.numerator, v.denominator) for s, v in free.items() if s not in first}).doit()
    if e.has(zoo, nan, oo, I) or not e.is_number:
        raise Undefined
    return mpmath.mpf(e.evalf(45))


def applied(u: Any, model: Model) -> Any:
    """Return the value of p[1] or x(2); None while an index is not a number yet."""
    name = u.base.label.name if isinstance(u, sympy.Indexed) else u.func.__name__
    indices = u.indices if isinstance(u, sympy.Indexed) else u.args
    over, values = model.scope[name]
    if not all(k.is_Integer for k in indices):
        return None
    found = model.tables[name][tuple(int(k) - (s != NAT) for k, s in zip(indices, over, strict=True))]
    return Rational(found.numerator, found.denominator) if values == "number" else Integer(found + 1)


def sympy_truth(e: Any, model: Model) -> bool:
    """Return the truth of a statement; quantifiers one by one, ℕ cut off as in the model."""
    if isinstance(e, ForAll):
        variable, first, last = e.limits[0]
        sizes = {s: model.sizes[s.name.strip("|")] for s in last.atoms(Symbol)}
        last = Integer(3) if last is oo else last.subs(sizes)
        whole = [e.body.subs(variable, k) for k in range(int(first), int(last) + 1)]
        return all(sympy_truth(one, model) for one in whole)
    if e in (sympy.true, sympy.false):
        return bool(e)
    if isinstance(e, Implies | Equivalent):
        left, right = (sympy_truth(a, model) for a in e.args)
        return (not left or right) if isinstance(e, Implies) else left == right
    op = {Eq: "=", Ne: "!=", Le: "<=", Lt: "<"}[e.func]
    return bool(OPERATORS[op](*(sympy_value(side, model) for side in e.args)))


# --- random terms ----------------------------------------------------------------------------------------------------


def random_index(pick: random.Random, index_set: str, stack: tuple[str, ...], depth: int) -> Node:
    choices: list[Node] = [bound(k) for k, s in enumerate(reversed(stack)) if s == index_set]
    choices += [Node("idx", n) for n, s in NAMES.items() if s == ((), index_set)]
    functions = [n for n, (over, values) in NAMES.items() if over and values == index_set]
    # Without a bound variable or a constant of the set, only a function has values there.
    if functions and (not choices or (depth > 0 and pick.random() < 0.3)):
        name = pick.choice(functions)
        over = NAMES[name][0]
        if all(s != "Y" or "Y" in stack for s in over):
            return Node("idx", name, tuple(random_index(pick, s, stack, depth - 1) for s in over))
    return pick.choice(choices)


def random_term(pick: random.Random, depth: int, stack: tuple[str, ...] = ()) -> Node:
    def below(sets: tuple[str, ...] = ()) -> Node:
        return random_term(pick, depth - 1, (*stack, *sets))

    def abstraction() -> Node:
        return lam(("X",), below(("X",)))

    if depth <= 0 or pick.random() < 0.15:
        names = [n for n, (over, v) in NAMES.items() if v == "number" and ("Y" not in over or "Y" in stack)]
        name = pick.choice(names)
        leaf = Node("sym", name, tuple(random_index(pick, s, stack, 1) for s in NAMES[name][0]))
        literal = num(Fraction(pick.randint(-4, 9), pick.choice((1, 1, 2, 3))))
        extra = [Node("card", "X"), Node("nat", None, (random_index(pick, NAT, stack, 0),)), literal]
        return pick.choice([leaf, leaf, leaf, *extra])
    op = pick.choice(
        ["+", "-", "*", "*", "/", "^", "neg", "log", "exp", "abs", "xlogy", "delta", "sum", "sum", "prod", "def"]
    )
    if op in ("sum", "prod"):
        over = pick.choice("XYT")
        return Node(op, None, (lam((over,), below((over,))),))
    if op == "delta":
        return Node("delta", "X", tuple(random_index(pick, "X", stack, 1) for _ in range(2)))
    if op == "^":
        exponent = num(pick.choice((-2, -1, 2, 3, Fraction(1, 2)))) if pick.random() < 0.7 else below()
        return Node("^", None, (below(), exponent))
    if op == "exp":
        return Node("exp", None, (below() / 9,))
    if op == "def":
        name = pick.choice(["rel_entr", "binary_kl", "kl", "entropy", "cross_entropy", "count"])
        if name in ("rel_entr", "binary_kl"):
            return Node("def", (name, ()), (below(), below()))
        if name == "count":
            function = lam(("T",), random_index(pick, "X", (*stack, "T"), 1))
            return Node("def", ("count", ("T", "X")), (function, random_index(pick, "X", stack, 1)))
        return Node("def", (name, ("X",)), tuple(abstraction() for _ in range(1 if name == "entropy" else 2)))
    return Node(op, None, tuple(below() for _ in range(1 if op in ("neg", "log", "abs") else 2)))


def values(node: Node, seeds: range) -> dict[int, Any]:
    """Return the values of a term in the worlds where it has one."""
    found = {}
    for seed in seeds:
        try:
            value = value_of(node, Model(NAMES, seed))
        except (Undefined, OverflowError):
            continue
        if abs(value) < 10**30:
            found[seed] = value
    return found


TERMS = [random_term(random.Random(seed), 2 + seed % 3) for seed in range(180)]


@pytest.mark.parametrize("every", sizes(4, 1))
@pytest.mark.parametrize("gamma", [(), POSITIVE], ids=["real", "positive"])
def test_a_term_keeps_its_value_in_sympy(gamma: tuple[Node, ...], every: int) -> None:
    compared = 0
    with mpmath.workdps(45):
        for node in TERMS[::every]:
            if node.size > 40:
                continue
            known = values(node, range(2))
            try:
                e = to_sympy(node, NAMES, gamma)
            except Refused as refusal:
                assert not known, f"{text(node)} has a value and is refused: {explain(refusal)}"
                continue
            for seed, value in known.items():
                assert near(sympy_value(e, Model(NAMES, seed)), value), (text(node), str(e), seed)
                compared += 1
    assert compared > 90 // every


@pytest.mark.parametrize("every", sizes(4, 1))
def test_a_term_keeps_its_value_on_the_way_back(every: int) -> None:
    compared = 0
    with mpmath.workdps(45):
        for node in TERMS[::every]:
            known = values(node, range(2))
            if known:
                back = from_sympy(to_sympy(node, NAMES), NAMES)
                for seed, value in known.items():
                    assert near(value_of(back, Model(NAMES, seed)), value), (text(node), text(back), seed)
                    compared += 1
    assert compared > 120 // every


@pytest.mark.parametrize("every", sizes(4, 1))
def test_a_term_read_back_is_the_same_expression(every: int) -> None:
    compared = 0
    for node in TERMS[::every]:
        if values(node, range(2)):
            e = to_sympy(node, NAMES)
            back = from_sympy(e, NAMES)
            assert to_sympy(back, NAMES) == e
            assert from_sympy(to_sympy(back, NAMES), NAMES) == back
            compared += 1
    assert compared > 60 // every


def test_the_values_can_tell_terms_apart() -> None:
    with mpmath.workdps(45):
        right, wrong = (parse(s, "number", NAMES) for s in ("sum(i in X: log(p[i]))", "log(sum(i in X: p[i]))"))
        worlds = [s for s in range(8) if Model(NAMES, s).sizes["X"] > 1]
        assert worlds and not any(near(values(right, range(8))[s], values(wrong, range(8))[s]) for s in worlds)
        for seed in worlds:
            assert not near(sympy_value(to_sympy(wrong, NAMES), Model(NAMES, seed)), values(right, range(8))[seed])


# --- statements ------------------------------------------------------------------------------------------------------


def statements(row: str) -> tuple[Scope, list[Node]]:
    names, gamma, phi = ROWS[row]
    scope = declare(names)
    return scope, [parse(s, "statement", scope) for s in (*gamma, phi)]


CROSSING = [
    row
    for row, (names, gamma, phi) in ROWS.items()
    if not any(sort in signature for signature in names.values() for sort in ("domain", "interval", "number ->"))
    and not any(word in s for s in (*gamma, phi) for word in ("int(", "integrable(", "Gamma(", "digamma("))
]
"""The rows about finite sets and numbers: SymPy has no name for any domain, and functions of numbers and integrals,
whose ends must be known to be in order, have tests of their own."""


def same(one: sympy.Basic, other: sympy.Basic) -> bool:
    """Return whether two statements are the same, up to the common factors that SymPy multiplies out or not."""
    if one == other:
        return True
    if (
        type(one) is not type(other)
        or len(one.args) != len(other.args)
        or not isinstance(one, sympy.core.relational.Relational)
    ):
        return False
    return all(sympy.cancel(a - b) == 0 for a, b in zip(one.args, other.args, strict=True))


@pytest.mark.parametrize("row", sampled(CROSSING, 40))
def test_every_statement_of_the_library_crosses_and_comes_back(row: str) -> None:
    scope, nodes = statements(row)
    for node in nodes:
        e = statement_to_sympy(node, scope)
        back = from_sympy(e, scope)
        assert same(statement_to_sympy(back, scope), e)
        assumed = statement_to_sympy(node, scope, nodes[:-1])
        assert isinstance(assumed, sympy.logic.boolalg.Boolean)
        if "->" in text(node):
            assert assumed.has(Limit) == ("lim" in text(node))


@pytest.mark.slow
def test_statements_keep_their_truth() -> None:
    seen = {True: 0, False: 0}
    with mpmath.workdps(45):
        for row in CROSSING:
            scope, nodes = statements(row)
            for node in nodes:
                if "lim(" in text(node) or node.size > 60:
                    continue
                e = statement_to_sympy(node, scope)
                for seed in range(2):
                    model = Model(scope, seed)
                    try:
                        truth = bool(value_of(node, model))
                    except Undefined:
                        continue
                    assert sympy_truth(e, model) == truth, (row, text(node), str(e), seed)
                    seen[truth] += 1
    assert min(seen.values()) > 30


def test_a_limit_says_which_sequence_and_to_what() -> None:
    node = parse("lim(k: N_h[k]/k) -> a", "statement", NAMES)
    e = statement_to_sympy(node, NAMES)
    n = e.lhs.args[1]
    assert e.lhs.args[2] is oo and n.is_integer and n.is_nonnegative
    assert e.lhs.args[0] == Function("N_h", real=True)(n) / n
    assert e.rhs == Symbol("a", real=True)
    assert from_sympy(e, NAMES) == node


def test_a_statement_that_sympy_would_decide_is_not_evaluated() -> None:
    node = parse("0 < a => a*0 = 0", "statement", NAMES)
    e = statement_to_sympy(node, NAMES, POSITIVE)
    assert str(e) == "Implies(0 < a, Eq(0, 0))"
    assert text(from_sympy(e, NAMES)) == "0 < a => 0 = 0"


# --- SymPy to kernel -------------------------------------------------------------------------------------------------

K = Symbol("K", integer=True, positive=True)
M = Symbol("M", integer=True, nonnegative=True)
P, Q = IndexedBase("p", real=True), IndexedBase("q", positive=True)
i, j = symbols("i j", integer=True)
n = Symbol("n", integer=True, nonnegative=True)
X, Y = symbols("x y", positive=True)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (Rational(-3, 4), "-3/4"),
        (X - 1, "x - 1"),
        (1 - X, "1 - x"),
        (-X - Y, "-x - y"),
        (X / 2 - 3 * Y / 4, "x/2 - 3*y/4"),
        (-3 * X * Y / 4, "-(3*x*y/4)"),
        (X * log(X / Y), "x*log(x/y)"),
        (X**2 / Y**3, "x^2/y^3"),
        (X**-Y / Y, "1/(x^y*y)"),
        (sqrt(X), "x^(1/2)"),
        (exp(X) + sympy.E, "exp(1) + exp(x)"),
        (Pow(sympy.E, X, evaluate=False), "exp(x)"),
        (Abs(Symbol("z")), "abs(z)"),
        ((X + Y) * (X - Y), "(x + y)*(x - y)"),
        (xlogy(Symbol("z"), Symbol("w")), "xlogy(z, w)"),
        (rel_entr(Symbol("z"), Y), "rel_entr(z, y)"),
        (Sum(P[i] * log(P[i] / Q[i]), (i, 1, K)), "sum(i in K: p[i]*log(p[i]/q[i]))"),
        (
            Sum(P[i] * Q[j] * KroneckerDelta(i, j), (j, 1, K), (i, 1, K)),
            "sum(i in K: sum(j in K: p[i]*q[j]*delta(i, j)))",
        ),
        (Product(Q[i], (i, 1, K)) / K, "prod(i in K: q[i])/card(K)"),
        (Sum(1, (i, 1, K)), "sum(i in K: 1)"),
        (Function("N_h")(n) / n, "N_h[n]/n"),
        (Eq(X, Y), "x = y"),
        (Ne(X, Y), "x != y"),
        (X <= Y, "x <= y"),
        (X < Y, "x < y"),
        (Ge(X, Y), "y <= x"),
        (Gt(X, Y), "y < x"),
        (Implies(And(X < 1, Y < 1), X * Y < 1), "x < 1 => y < 1 => x*y < 1"),
        (Equivalent(X < Y, X**2 < Y**2), "x < y <=> x^2 < y^2"),
        (ForAll(P[i] >= 0, (i, 1, K)), "forall i in K: 0 <= p[i]"),
        (ForAll(Function("u")(n) <= 1, (n, 0, oo)), "forall n in Nat: u[n] <= 1"),
        (Eq(Limit(1 / n, n, oo), 0, evaluate=False), "lim(n: 1/n) -> 0"),
    ],
)
def test_expressions_are_laid_out_in_one_arrangement(expression: Any, shown: str) -> None:
    assert text(from_sympy(expression)) == shown


def test_an_index_function_is_learnt_from_where_it_stands() -> None:
    x = Function("x", integer=True)
    found = read_sympy(Product(P[x(i)], (i, 1, M)), Sum(P[i], (i, 1, K)))
    assert [text(t) for t in found.terms] == ["prod(i in M: p[x(i)])", "sum(i in K: p[i])"]
    assert found.scope == {"K": ((), "set"), "M": ((), "set"), "p": (("K",), "number"), "x": (("M",), "K")}


def test_index_sets_are_named_by_the_ranges() -> None:
    e = Sum(P[i], (i, 1, K)) / K
    assert text(from_sympy(e)) == "sum(i in K: p[i])/card(K)"
    assert text(from_sympy(e, ranges={"X": (1, K)})) == "sum(i in X: p[i])/card(X)"
    assert text(from_sympy(Sum(P[i], (i, 0, K - 1)), ranges={"X": (0, K - 1)})) == "sum(i in X: p[i])"
    assert text(from_sympy(Sum(P[i], (i, 0, 5)), ranges={"X": (0, 5)})) == "sum(i in X: p[i])"
    assert text(from_sympy(Sum(P[i], (i, 1, size_symbol("X"))))) == "sum(i in X: p[i])"
    idx = Idx("i", K)
    assert text(from_sympy(Sum(P[idx], (idx, 0, K - 1)) + P[idx])) == "p[i] + sum(j in K: p[j])"


def test_the_ranges_lead_back_to_the_same_expression() -> None:
    e = Sum(P[i] * K, (i, 0, K - 1))
    found = read_sympy(e)
    assert found.ranges == {"K": (0, K - 1)}
    assert to_sympy(found.terms[0], found.scope, found.hypotheses, found.ranges) == e


def test_symbols_without_assumptions_are_read_as_real() -> None:
    assert to_sympy(from_sympy(Symbol("z")), {"z": ((), "number")}) == Symbol("z", real=True)


ASSUMED = [
    ({"positive": True}, "0 < {}"),
    ({"nonnegative": True}, "0 <= {}"),
    ({"negative": True}, "{} < 0"),
    ({"nonpositive": True}, "{} <= 0"),
    ({"nonzero": True}, "{} != 0"),
    ({"real": True}, None),
]


@pytest.mark.parametrize(("made", "said"), ASSUMED)
def test_assumptions_become_hypotheses_and_come_back(made: dict[str, bool], said: str | None) -> None:
    u, w, v = Symbol("u", **made), IndexedBase("w", **made), Function("v", **made)
    e = u + Sum(w[i], (i, 1, M)) + v(n)
    found = read_sympy(e)
    around = (("{}", "u"), ("forall n in Nat: {}", "v[n]"), ("forall i in M: {}", "w[i]"))
    expected = [whole.format(said.format(name)) for whole, name in around] if said else []
    assert [text(h) for h in found.hypotheses] == expected
    assert to_sympy(found.terms[0], found.scope, found.hypotheses, found.ranges) == e


@pytest.mark.parametrize(
    ("hypothesis", "assumption"),
    [
        ("0 < a", "positive"),
        ("1/2 <= a", "positive"),
        ("0 <= a", "nonnegative"),
        ("a < 0", "negative"),
        ("a <= -1", "negative"),
        ("a <= 0", "nonpositive"),
        ("a != 0", "nonzero"),
        ("0 != a", "nonzero"),
        ("-1 < a", None),
        ("a < 1", None),
        ("a != 1", None),
        ("0 < a*a", None),
        # If X is empty, this says nothing about a.
        ("forall i in X: 0 < a", None),
        ("0 < b => 0 < a", None),
    ],
)
def test_hypotheses_become_assumptions(hypothesis: str, assumption: str | None) -> None:
    symbol = to_sympy(parse("a", "number", NAMES), NAMES, [parse(hypothesis, "statement", NAMES)])
    assert symbol == Symbol("a", real=True, **({assumption: True} if assumption else {}))


@pytest.mark.parametrize(
    ("hypothesis", "positive"),
    [
        ("forall i in X: 0 < p[i]", True),
        ("forall k in T: 0 < p[x(k)]", False),  # x need not reach every outcome
        ("forall k in X: forall j in Y: 0 < p[k]", False),
        ("0 < p[i]", False),
        ("forall k in X: 0 <= p[k]", False),
    ],
)
def test_only_a_hypothesis_about_every_index_is_an_assumption(hypothesis: str, positive: bool) -> None:
    e = to_sympy(parse("sum(k in X: p[k])", "number", NAMES), NAMES, [parse(hypothesis, "statement", NAMES)])
    assert (e.function.is_positive is True) == positive


def test_diagonal_hypotheses_do_not_count_for_all_pairs() -> None:
    names = declare({"X": "set", "s": "X, X -> number"})
    e = parse("sum(i in X: sum(j in X: s[i, j]))", "number", names)
    for hypothesis, positive in (
        ("forall i in X: 0 < s[i, i]", False),
        ("forall i in X: forall j in X: 0 < s[j, i]", True),
    ):
        found = to_sympy(e, names, [parse(hypothesis, "statement", names)])
        assert (found.function.is_positive is True) == positive


def test_several_hypotheses_add_up() -> None:
    gamma = [parse(h, "statement", NAMES) for h in ("0 <= a", "a != 0")]
    assert to_sympy(parse("a", "number", NAMES), NAMES, gamma).is_positive


def test_contradicting_hypotheses_are_refused() -> None:
    gamma = [parse(h, "statement", NAMES) for h in ("0 < a", "a < 0")]
    with pytest.raises(Refused, match="contradict each other") as refusal:
        to_sympy(parse("a + b", "number", NAMES), NAMES, gamma)
    assert refusal.value.parts == {"about": "a"}
    assert str(to_sympy(parse("b", "number", NAMES), NAMES, gamma)) == "b"


def test_sizes_are_positive_when_gamma_says_so() -> None:
    node = parse("card(X)", "number", NAMES)
    assert to_sympy(node, NAMES) == size_symbol("X")
    assert to_sympy(node, NAMES, POSITIVE) == size_symbol("X", positive=True)
    assert [text(h) for h in read_sympy(Sum(P[i], (i, 1, K))).hypotheses] == ["0 < card(K)"]
    assert read_sympy(Sum(P[i], (i, 1, M))).hypotheses == ()


# --- bound names -----------------------------------------------------------------------------------------------------


def test_bound_variables_get_names_of_their_own() -> None:
    node = parse("p[i] + sum(k in X: p[k]*q[i])", "number", NAMES)  # i is declared, and not free for the sum
    e = to_sympy(node, NAMES)
    (total,) = e.atoms(Sum)
    assert total.limits[0][0].name == "j" and Symbol("i", integer=True) in e.free_symbols
    assert from_sympy(e, NAMES) == node


def test_bound_variables_avoid_the_symbols_of_the_ranges() -> None:
    names = declare({"X": "set", "p": "X -> number"})
    node = parse("sum(i in X: p[i])", "number", names)
    size = Symbol("i", integer=True, positive=True)
    assert to_sympy(node, names, (), {"X": (1, size)}).limits[0][0].name == "j"
    assert to_sympy(node, names).limits[0][0].name == "i"


def test_a_variable_may_be_free_in_one_place_and_bound_in_another() -> None:
    found = read_sympy(Sum(P[i], (i, 1, K)) + P[i])
    assert text(found.terms[0]) == "p[i] + sum(j in K: p[j])"


def test_the_inner_variable_of_one_name_wins() -> None:
    e = Sum(P[i] * Sum(Q[i], (i, 1, K)), (i, 1, K))
    assert text(from_sympy(e)) == "sum(i in K: p[i]*sum(j in K: q[j]))"


def test_definitions_are_opened_without_capture() -> None:
    node = parse("sum(k in X: count(x, k)*count(j in T: f(x(j)), k))", "number", NAMES)
    model = Model(NAMES, 3)
    with mpmath.workdps(45):
        assert near(sympy_value(to_sympy(node, NAMES), model), value_of(node, model))


# --- refusals, each with its accepted twin ---------------------------------------------------------------------------

x0, x1 = Symbol("x"), Symbol("x", positive=True)
B = IndexedBase("p")
REFUSED = [
    (x1 * Float("0.5"), x1 * Rational(1, 2), "a float has no exact meaning", "0.500000000000000"),
    (Float("0.5"), Rational(1, 2), "a float has no exact meaning", "0.500000000000000"),
    (oo, Integer(2), "expected a finite number", "oo"),
    (-oo, -Integer(2), "expected a finite number", "-oo"),
    (nan, Integer(0), "expected a finite number", "nan"),
    (1 / Integer(0), Integer(1), "expected a finite number", "zoo"),
    (Pow(0, -1, evaluate=False), Pow(2, -1, evaluate=False), "expected a real number", "1/0"),
    (log(0, evaluate=False), log(2, evaluate=False), "expected a real number", "log(0)"),
    (log(-2, evaluate=False), log(2), "expected a real number", "log(-2)"),
    (I * x1, x1, "expected a real number", "I"),
    (sqrt(-2), sqrt(2), "expected a real number", "I"),
    (Pow(-1, Rational(1, 3)), Pow(2, Rational(1, 3)), "expected a real number", "(-1)**(1/3)"),
    (sympy.EulerGamma + x1, pi + x1, "no counterpart among the terms", "EulerGamma"),
    (sympy.sin(x1), exp(x1), "no counterpart among the terms", "sin(x)"),
    (1 + sympy.erf(x1), 1 + sympy.gamma(x1), "no counterpart among the terms", "erf(x)"),
    (Piecewise((0, Eq(x0, 0)), (x0 * log(x0), True)), xlogy(x0, x0), "without cases; xlogy", "Piecewise("),
    (Integral(x1, (x1, 0, 1)), Rational(1, 2), "can only stand on the left of Eq", "Integral("),
    (Limit(1 / n, n, oo), Eq(Limit(1 / n, n, oo), 0, evaluate=False), "only stand on the left of Eq", "Limit("),
    (log(x1, 2, evaluate=False), log(x1) / log(2), "without a base", "log(x, 2)"),
    (Symbol("z", complex=True), Symbol("z", real=True), "a symbol for a real number", "z"),
    (Symbol("z", imaginary=True), Symbol("z"), "a symbol for a real number", "z"),
    (Symbol("z", infinite=True), Symbol("z", finite=True), "a symbol for a real number", "z"),
    (Symbol("z", commutative=False), Symbol("z", integer=True), "a symbol for a real number", "z"),
    (Sum(i * P[i], (i, 1, K)), Sum(P[i], (i, 1, K)), "indices have no arithmetic", "i"),
    (Sum(P[i + 1], (i, 1, K)), Sum(P[i], (i, 1, K)), "its index sets are not known", "p[i + 1]"),
    (Sum(P[i] * P[1], (i, 1, K)), Sum(P[i] * P[j], (i, 1, K)), "expected an index: a symbol", "1"),
    (P[1], P[Idx("k", K)], "its index sets are not known", "p[1]"),
    (KroneckerDelta(i, j), Sum(KroneckerDelta(i, j), (i, 1, K)), "of a known index set", "i"),
    (Sum(P[i], (i, 1, Symbol("L"))), Sum(P[i], (i, 1, K)), "runs over no index set", "Sum(p[i], (i, 1, L))"),
    (Sum(P[i], (i, 1, 3)), Sum(P[i], (i, 1, K)), "runs over no index set", "Sum(p[i], (i, 1, 3))"),
    (Sum(P[i], (i, 2, K)), Sum(P[i], (i, 0, K - 1)), "runs over no index set", "Sum(p[i], (i, 2, K))"),
    (Sum(P[i], (i, 1, oo)), Sum(P[i], (i, 1, M)), "runs over no index set", "Sum(p[i], (i, 1, oo))"),
    (Sum(B[i, j], (j, 1, i), (i, 1, K)), Sum(B[i, j], (j, 1, M), (i, 1, K)), "runs over no index set", "Sum("),
    (
        Sum(P[i], (i, 1, K)) - Sum(P[i], (i, 0, K - 1)),
        Sum(P[i], (i, 1, K)) - Sum(P[j], (j, 1, K)) ** 2,
        "the index set K runs over two ranges",
        "Sum(p[i], (i, 1, K))",
    ),
    (Sum(P[i] + P[j], (i, 1, K), (j, 1, M)), Sum(P[i] + P[j], (i, 1, K), (j, 1, K)), "expected an index in K", "j"),
    (Sum(B[i] + B[i, j], (i, 1, K), (j, 1, M)), Sum(B[i] + Q[i, j], (i, 1, K), (j, 1, M)), "has the signature K", "p["),
    (Function("h")(i), IndexedBase("h")[Idx("i", K)], "not known", "h(i)"),
    (Sum(Function("h")(i), (i, 1, K)), Sum(IndexedBase("h")[i], (i, 1, K)), "has the signature K -> number", "h(i)"),
    (Symbol("x_{1}"), Symbol("x_1"), "expected a name of letters, digits and _", None),
    (Symbol("log"), Symbol("lg"), "log", None),
    (Symbol("ll") + Symbol("l1"), Symbol("ll") + Symbol("l2"), "look alike", None),
    (Eq(x1, x1), Eq(x1, x1, evaluate=False), "SymPy evaluated the statement", "True"),
    (x1 < 0, Symbol("x") < 0, "SymPy evaluated the statement", "False"),
    (And(X > 1, Y > 1), X > 1, "give the parts one by one", "(x > 1) & (y > 1)"),
    (Or(X > 1, Y > 1), Implies(X <= 1, Y > 1), "expected a statement", "(x > 1) | (y > 1)"),
    (Not(Implies(X > 1, Y > 1)), Implies(X > 1, Y > 1), "expected", "Y"),
    (
        Eq(Limit(1 / x1, x1, oo), 0, evaluate=False),
        Eq(Limit(1 / n, n, oo), 0, evaluate=False),
        "with an integer symbol n",
        "Limit(1/x, x, oo",
    ),
    (
        Eq(Limit(1 / n, n, 0), 0, evaluate=False),
        Eq(Limit(1 / n, n, oo), 0, evaluate=False),
        "expected a limit n -> oo",
        "Limit(1/n, n, 0",
    ),
    (2.5, Rational(5, 2), "expected a SymPy expression", None),
    ("x + 1", x1 + 1, "expected a SymPy expression", None),
    (True, Eq(x1, 1), "expected a SymPy expression", None),
]


@pytest.mark.parametrize(("refused", "accepted", "message", "named"), REFUSED)
def test_what_is_not_on_the_whitelist_is_refused_by_name(refused: Any, accepted: Any, message: str, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        from_sympy(refused)
    assert message in explain(refusal.value)
    if named and named != "Y":
        assert str(refusal.value.parts["sub-expression"]).startswith(named)
    assert isinstance(from_sympy(accepted), Node)


x2 = Dummy("x")
ALIKE = [
    (x0 + x1, x0 + Symbol("x2", positive=True)),
    (x1 + x2, x1 + Dummy("y")),
    (B[Idx("i", K)] + Symbol("p"), B[Idx("i", K)] + Symbol("q")),
    (Sum(B[i] + IndexedBase("p", positive=True)[i], (i, 1, K)), Sum(B[i] + B[i] ** 2, (i, 1, K))),
    (Function("u")(n) + Function("u", positive=True)(n), Function("u")(n) + Function("v", positive=True)(n)),
    # Inside the sum, the bound i and a number that prints as i cannot be told apart; beside the sum they can.
    (Sum(P[i] * Symbol("i"), (i, 1, K)), Sum(P[i], (i, 1, K)) * Symbol("i")),
]


@pytest.mark.parametrize(("refused", "accepted"), ALIKE)
def test_two_symbols_with_one_name_are_refused(refused: Any, accepted: Any) -> None:
    with pytest.raises(Refused, match=r"two different symbols have the name|is declared as"):
        from_sympy(refused)
    assert isinstance(from_sympy(accepted), Node)


def test_names_are_shared_between_expressions() -> None:
    with pytest.raises(Refused, match="two different symbols have the name x"):
        read_sympy(x0 + 1, x1 + 1)
    assert [text(t) for t in read_sympy(x1 + 1, x1 + 2).terms] == ["x + 1", "x + 2"]


def test_the_refusal_shows_how_the_symbols_differ() -> None:
    with pytest.raises(Refused) as refusal:
        from_sympy(x0 + x1)
    shown = explain(refusal.value)
    assert "Symbol('x')" in shown and "Symbol('x', positive=True)" in shown


def test_a_given_scope_is_the_whole_scope() -> None:
    a, c = Symbol("a", real=True), Symbol("c", real=True)
    with pytest.raises(Refused, match="c is not declared"):
        from_sympy(a + c, NAMES)
    with pytest.raises(Refused, match="p is declared as X -> number"):
        from_sympy(a + Symbol("p"), NAMES)
    with pytest.raises(Refused, match="K is not declared"):
        from_sympy(Sum(P[i], (i, 1, K)), NAMES)
    assert text(from_sympy(a + Sum(P[i], (i, 1, K)), NAMES, {"X": (1, K)})) == "a + sum(i in X: p[i])"


def test_sets_of_one_size_cannot_be_told_apart() -> None:
    with pytest.raises(Refused, match="two index sets of one size"):
        from_sympy(Sum(P[i], (i, 1, K)), ranges={"X": (1, K), "Y": (0, K - 1)})
    assert from_sympy(Sum(P[i], (i, 1, K)), ranges={"X": (1, K), "Y": (0, M - 1)}).op == "sum"


def test_a_given_range_is_the_only_one_of_its_size() -> None:
    with pytest.raises(Refused, match="the index set X runs over two ranges") as refusal:
        from_sympy(Sum(P[i], (i, 1, K)), ranges={"X": (0, K - 1)})
    assert refusal.value.parts["first"] == "0 ... K - 1" and refusal.value.parts["second"] == "1 ... K"
    assert from_sympy(Sum(P[i], (i, 1, M)), ranges={"X": (0, K - 1)}).op == "sum"


def test_deep_expressions_are_refused() -> None:
    def tower(height: int) -> Any:
        e = Symbol("z", real=True)
        for _ in range(height):
            e = exp(e, evaluate=False)
        return e

    with pytest.raises(Refused, match=r"too large|too deeply"):
        from_sympy(tower(150))
    assert from_sympy(tower(100)).depth == 101


@pytest.mark.parametrize(
    ("refused", "accepted", "got"),
    [
        ("1/(a - a)", "1/(a - b)", "zoo"),
        ("log(0)", "log(1)", "zoo"),
        ("log(-1)", "log(2)", "I*pi"),
        ("a*log(b - b)", "a*log(b + b)", "zoo"),
        ("(-1)^(1/2)", "(-1)^2", "I"),
        ("0^(-1)", "0^2", "zoo"),
    ],
)
def test_terms_without_a_value_are_refused(refused: str, accepted: str, got: str) -> None:
    with pytest.raises(Refused, match="no real value in SymPy") as refusal:
        to_sympy(parse(refused, "number", NAMES), NAMES)
    assert refusal.value.parts["got"] == got
    assert to_sympy(parse(accepted, "number", NAMES), NAMES).is_extended_real is not False


def test_what_is_not_a_closed_term_is_refused() -> None:
    a = parse("a", "number", NAMES)
    statement = parse("a = a", "statement", NAMES)
    with pytest.raises(Refused, match="expected a closed term of the sort number"):
        to_sympy(statement, NAMES)
    with pytest.raises(Refused, match="expected a closed term of the sort number"):
        to_sympy(Node("sym", "p", (bound(0),)), NAMES)
    with pytest.raises(Refused, match="expected a closed statement"):
        statement_to_sympy(a, NAMES)
    with pytest.raises(Refused, match="this name is not declared"):
        to_sympy(Node("sym", "zz"), NAMES)
    with pytest.raises(Refused, match="this index set is not declared"):
        to_sympy(Node("card", "Z"), NAMES)
    with pytest.raises(Refused, match="expected a declared index"):
        to_sympy(Node("sym", "p", (Node("idx", "k"),)), NAMES)
    assert str(to_sympy(a, NAMES)) == "a" and str(statement_to_sympy(statement, NAMES)) == "Eq(a, a)"


# --- the three classes -----------------------------------------------------------------------------------------------


def test_for_all_binds_its_variable() -> None:
    z, c = symbols("z c", integer=True)
    whole = ForAll(P[i] <= c, (i, 1, K))
    assert i not in whole.free_symbols and {c, K} <= whole.free_symbols
    assert P[i] not in whole.free_symbols
    assert whole.subs(i, z) == whole
    assert whole.subs(c, z) == ForAll(P[i] <= z, (i, 1, K))
    assert whole.subs(K, 2).doit() == And(P[1] <= c, P[2] <= c)
    assert whole.subs(K, 0).doit() == sympy.true
    captured = whole.subs(c, i)
    assert i in captured.free_symbols and captured.bound_symbols != [i]
    assert captured.subs(K, 2).doit() == And(P[1] <= i, P[2] <= i)


def test_for_all_in_other_statements() -> None:
    whole = ForAll(P[i] >= 0, (i, 1, K))
    assert str(Implies(whole, Eq(X, 1))) == "Implies(ForAll(p[i] >= 0, (i, 1, K)), Eq(x, 1))"
    assert ForAll(sympy.true, (i, 1, K)) == sympy.true
    assert ForAll(sympy.false, (i, 1, K)) != sympy.false  # over an empty set it is true
    assert ForAll(Eq(X, 1), (i, 1, K)).doit() == ForAll(Eq(X, 1), (i, 1, K))
    assert sympy.latex(whole) == r"\forall i \in \left\{1, \ldots, K\right\} : {p}_{i} \geq 0"


@pytest.mark.parametrize(("body", "limits"), [(X + 1, (i, 1, K)), (X > 1, (i, 1)), (X > 1, (1, 1, K))])
def test_for_all_expects_a_statement_and_limits(body: Any, limits: Any) -> None:
    with pytest.raises(TypeError, match="expected a statement and"):
        ForAll(body, limits)
    assert ForAll(X > 1, (i, 1, K)).body == (X > 1)


@pytest.mark.parametrize("function", [xlogy, rel_entr])
def test_zero_times_log_zero(function: Any) -> None:
    z, w = symbols("z w")
    assert function(0, w) == 0 and function(0, 0) == 0
    assert function(z, w).subs(z, 0) == 0
    assert function(X, Y) == (X * log(Y) if function is xlogy else X * log(X / Y))
    assert function(z, w).func is function
    assert function(1, -1).func is function  # outside the domain nothing is said
    assert function(z, w).rewrite(Piecewise).subs({z: X, w: Y}) == function(X, Y)
    assert function(z, w).rewrite(Piecewise).subs(z, 0) == 0
    for s in (z, w):
        assert sympy.simplify(function(z, w).diff(s).subs({z: X, w: Y}) - function(X, Y).diff({z: X, w: Y}[s])) == 0
    with pytest.raises(TypeError):
        function(z)


@pytest.mark.slow
def test_the_same_bytes_for_every_hash_seed() -> None:
    program = """
import sympy
from kl_symbolic.sympy_bridge import from_sympy, read_sympy
from kl_symbolic.language.printer import text

names = sympy.symbols("c b a p1 p2 q1 q2 N_h N_t N", positive=True)
c, b, a, p1, p2, q1, q2, N_h, N_t, N = names
ratio = p1**N_h * p2**N_t / (q1**N_h * q2**N_t)
for e in (sympy.expand_log(sympy.log(ratio)) / N, sympy.expand((a + b - c / 2) ** 4), a / (a + b) / c):
    print(e, text(from_sympy(e)))
print(read_sympy(sum(names), a < b))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "(N_h*log(p1) + N_t*log(p2) - N_h*log(q1) - N_t*log(q2))/N" in runs[0]
