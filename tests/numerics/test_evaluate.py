"""Values at a point: exact where they are rational, right to every digit elsewhere, refused where there are none."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction
from itertools import product
from math import isqrt

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.numerics.evaluate import Reading, Truth, Unassigned, Undecided, Undefined, evaluate, holds
from kl_symbolic.numerics.point import N_MARK, Point, Rest, Sequence
from kl_symbolic.numerics.values import vanishes

from ..support.lanes import examples

SCOPE = declare(
    {
        "X": "set",
        "Y": "set",
        "T": "set",
        "E": "set",
        "p": "X -> number",
        "q": "X -> number",
        "r": "X, Y -> number",
        "a": "number",
        "b": "number",
        "z": "number",
        "c": "number",
        "x": "T -> X",
        "i": "X",
        "j": "X",
        "f": "E -> number",
        "u": "Nat -> number",
        "v": "X, Nat -> number",
        "m": "Nat",
    }
)
THIRD, HALF = Fraction(1, 3), Fraction(1, 2)
POINT = Point.of(
    sizes={"X": 2, "Y": 3, "T": 4, "E": 0},
    indices={"x": {(0,): 0, (1,): 1, (2,): 1, (3,): 1}, "i": 0, "j": 1, "m": 7},
    numbers={
        "p": {(0,): THIRD, (1,): 1 - THIRD},
        "q": {(0,): HALF, (1,): HALF},
        "r": {(k, h): Fraction(k + 1, h + 2) for k, h in product(range(2), range(3))},
        "a": Fraction(3, 2),
        "b": -2,
        "z": 0,
        "f": {},
        "c": Node("*", None, (num(Fraction(3, 10)), Node("exp", None, (num(Fraction(-7, 5)),)))),
        "u": {(N_MARK,): Sequence("whole", THIRD, Fraction(1))},
        "v": {(0, N_MARK): Sequence("near", HALF, Fraction(1)), (1, N_MARK): Sequence("near", THIRD, Fraction(-1))},
    },
)


def number(source: str) -> Node:
    return parse(source, "number", SCOPE)


def statement(source: str) -> Node:
    return parse(source, "statement", SCOPE)


# --- rational values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a + b*2 - 1/2", -3),
        ("a/b", Fraction(-3, 4)),
        ("-a", Fraction(-3, 2)),
        ("abs(b)", 2),
        ("b^3", -8),
        ("b^(-1)", Fraction(-1, 2)),
        ("z^0", 1),
        ("(1/4)^(1/2)", HALF),
        ("8^(-2/3)", Fraction(1, 4)),
        ("a^(b*1)", Fraction(4, 9)),
        ("log(1)", 0),
        ("exp(0)", 1),
        ("exp(log(1))", 1),
        ("xlogy(0, 0)", 0),
        ("xlogy(z, b)", 0),
        ("xlogy(b, 1)", 0),
        ("card(Y)*2", 6),
        ("delta(i, j)", 0),
        ("delta(i, i)", 1),
        ("sum(t in T: delta(x(t), j))", 3),
        ("count(x, i)", 1),
        ("count(x, j)", 3),
        ("sum(k in X: p[k]*count(x, k))", Fraction(7, 3)),
        ("sum(k in X: p[k]^2)", Fraction(5, 9)),
        ("prod(t in T: p[x(t)])", Fraction(8, 81)),
        ("sum(e in E: f[e])", 0),
        ("prod(e in E: f[e])", 1),
        ("sum(k in X: sum(h in Y: r[k, h]*delta(k, j)))", Fraction(13, 6)),
        ("kl(p, p)*0 + kl(k in X: 1, k in X: 1)", 0),
        ("m", 7),
        ("u[m]", 4),
        ("v[i, m]", Fraction(7, 8)),
        ("v[j, m]", THIRD - Fraction(3, 8)),
    ],
)
def test_rational_terms_are_exact(source: str, value: Fraction | int) -> None:
    found = evaluate(number(source), POINT)
    assert type(found) is Fraction
    assert found == value


@pytest.mark.parametrize("digits", [15, 50, 200])
@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("log(p[i])", lambda m: -m.log(3)),
        ("exp(a)/3", lambda m: m.exp(m.mpf(3) / 2) / 3),
        ("2^(1/2) - 1", lambda m: m.sqrt(2) - 1),
        ("a^(1/3)", lambda m: m.cbrt(m.mpf(3) / 2)),
        ("c", lambda m: m.mpf(3) / 10 * m.exp(-m.mpf(7) / 5)),
        ("abs(log(1/2))^3", lambda m: m.log(2) ** 3),
        ("xlogy(b, a)", lambda m: -2 * m.log(m.mpf(3) / 2)),
        ("entropy(p)", lambda m: m.log(3) - m.mpf(2) / 3 * m.log(2)),
        ("kl(p, q)", lambda m: m.mpf(5) / 3 * m.log(2) - m.log(3)),
        ("cross_entropy(p, q)", lambda m: m.log(2)),
        ("binary_kl(1/3, 1/2)", lambda m: m.mpf(5) / 3 * m.log(2) - m.log(3)),
        # the operand of D has the bound variable of the sum around it, and D binds one of its own
        (
            "sum(h in Y: kl(k in X: r[k, h], p))",
            lambda m: sum(m.mpf(k) / h * m.log(m.mpf(3) / h) for k in (1, 2) for h in (2, 3, 4)),
        ),
        # log(1 + x)/x - 1, as a power series in x
        (
            "log(1 + 10^(-30))*10^30 - 1",
            lambda m: sum((-1) ** k * m.mpf(10) ** (-30 * k) / (k + 1) for k in range(1, 20)),
        ),
    ],
)
def test_every_digit_of_an_irrational_value_is_right(source: str, reference: object, digits: int) -> None:
    found = evaluate(number(source), POINT, digits)
    with mpmath.workdps(2 * digits + 80):
        expected = reference(mpmath)  # type: ignore[operator]
        assert abs(found - expected) <= abs(expected) * mpmath.mpf(10) ** -digits


def test_the_precision_of_mpmath_is_neither_used_nor_changed() -> None:
    with mpmath.workdps(5):
        found = evaluate(number("kl(p, q)"), POINT, 60)
        assert mpmath.mp.dps == 5
    assert found == evaluate(number("kl(p, q)"), POINT, 60)


def test_a_difference_that_is_exactly_zero_is_zero() -> None:
    assert evaluate(number("log(6) - log(2) - log(3)"), POINT) == 0
    assert evaluate(number("kl(p, q) - entropy(q) + entropy(p)"), POINT) == 0


def test_what_no_exact_argument_tells_stays_undecided() -> None:
    source = "exp(1/2*log(2))*exp(1/2*log(2)) - 2"
    with pytest.raises(Undecided):
        evaluate(number(source), POINT)
    with pytest.raises(Undecided):
        evaluate(number(f"1/({source})"), POINT)
    assert holds(statement(f"0 < {source}"), POINT) is Truth.UNKNOWN
    assert holds(statement(f"{source} != 0"), POINT) is Truth.UNKNOWN
    assert holds(statement(f"{source} = 0"), POINT) is Truth.TRUE


@pytest.mark.parametrize(
    ("source", "reason", "twin"),
    [
        ("log(z)", "log of a number that is not positive: log(z)", "log(z + 1)"),
        ("log(b)", "log of a number that is not positive: log(b)", "log(-b)"),
        ("a/z", "division by zero: a/z", "z/a"),
        ("1/(log(6) - log(2) - log(3))", "division by zero", "1/(log(7) - log(2) - log(3))"),
        ("log(log(6) - log(2) - log(3))", "log of a number that is not positive", "log(log(7) - log(2) - log(3))"),
        ("z^(-1)", "a negative power of zero", "z^1"),
        ("z^a", "a base that is not positive", "a^z"),
        ("b^(1/2)", "a base that is not positive", "(-b)^(1/2)"),
        ("z^(a + 1/2)", "a base that is not positive", "z^2"),
        ("xlogy(1, z)", "xlogy(a, b) where a is not 0 and b is not positive: xlogy(1, z)", "xlogy(0, z)"),
        ("xlogy(a, b)", "xlogy(a, b) where a is not 0", "xlogy(log(6) - log(2) - log(3), b)"),
        (
            "sum(k in X: log(p[k] - 1/3))",
            "log of a number that is not positive: log(p[#0] - 1/3) at the indices 0",
            "sum(k in X: log(p[k]))",
        ),
        ("kl(p, k in X: delta(k, j))", "xlogy(a, b) where", "kl(k in X: delta(k, j), p)"),
        ("xlogy(0, 1/z)", "division by zero: 1/z", "xlogy(0, z)"),
        ("0*log(z)", "log of a number that is not positive", "xlogy(0, z)"),
    ],
)
def test_what_has_no_value_says_why(source: str, reason: str, twin: str) -> None:
    with pytest.raises(Undefined) as caught:
        evaluate(number(source), POINT)
    assert str(caught.value).startswith(reason)
    evaluate(number(twin), POINT)


def test_a_name_without_a_value_is_named() -> None:
    with pytest.raises(Unassigned, match="the point has no value for a at"):
        evaluate(number("a + 1"), Point.of())
    with pytest.raises(Unassigned, match="how large X is"):
        holds(statement("forall k in X: p[k] = 0"), Point.of())
    with pytest.raises(Unassigned, match="no value for i at"):
        evaluate(number("delta(i, j)"), Point.of(sizes={"X": 2}))


@pytest.mark.parametrize("digits", [14, 0, -3, 50.0, True])
def test_the_number_of_digits_is_an_int_of_at_least_fifteen(digits: object) -> None:
    with pytest.raises(ValueError, match="expected a number of digits, an int of at least 15"):
        Reading(POINT, digits)  # type: ignore[arg-type]
    assert Reading(POINT, 15).value(number("a")) == Fraction(3, 2)


# --- statements ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "truth"),
    [
        ("a = 3/2", "true"),
        ("a = 3/2 + 1/1000000000000000000000000000000000000000000000000000000000000000", "false"),
        ("a < 3/2", "false"),
        ("a <= 3/2", "true"),
        ("a != 3/2", "false"),
        ("b != a", "true"),
        ("a < b", "false"),
        ("b < a", "true"),
        # irrational and equal: decided exactly, so strictness can be refuted
        ("log(6) = log(2) + log(3)", "true"),
        ("log(6) < log(2) + log(3)", "false"),
        ("log(6) <= log(2) + log(3)", "true"),
        ("log(6) != log(2) + log(3)", "false"),
        ("0 < kl(p, p)", "false"),
        ("0 < kl(p, q)", "true"),
        ("abs(log(1/2)) = log(2)", "true"),
        ("abs(log(1/2)) < log(2)", "false"),
        ("log(c) = log(3/10) - 7/5", "true"),
        ("log(c) < log(3/10) - 7/5", "false"),
        ("log(prod(t in T: p[x(t)])) < 3*log(2) - 4*log(3)", "false"),
        ("log(2^a*3^b) < a*log(2) + b*log(3)", "false"),
        ("log(2^a*3^b) < a*log(2) + b*log(3) + 10^(-60)", "true"),
        # differences far below the tolerance are seen
        ("log(6) = log(2) + log(3) + 10^(-60)", "false"),
        ("log(6) < log(2) + log(3) + 10^(-300)", "true"),
        ("log(6) = log(2) + log(3) + 10^(-3000)", "true"),
        ("log(6) < log(2) + log(3) + 10^(-3000)", "unknown"),
        ("a = 2 => log(z) = 0", "true"),
        ("a = 3/2 => a < 1", "false"),
        ("a = 1 <=> b = 1", "true"),
        ("a = 3/2 <=> b = 1", "false"),
        ("forall k in X: p[k] < 1", "true"),
        ("forall k in X: p[k] < 2/3", "false"),
        ("forall e in E: f[e] < f[e]", "true"),
        ("forall k in X: forall h in Y: 0 < r[k, h]", "true"),
        ("forall n in Nat: u[n] <= n + 1", "true"),
        ("forall n in Nat: 3*u[n] <= n", "false"),
        ("forall n in Nat: 0 < n => n/n = 1", "true"),
        ("forall n in Nat: n < 1000001", "false"),
        ("exp(exp(a)) < exp(exp(2))", "true"),
        ("exp(exp(exp(exp(exp(2))))) < 0", "unknown"),
    ],
)
def test_statements_have_three_values(source: str, truth: str) -> None:
    assert holds(statement(source), POINT).value == truth


@pytest.mark.parametrize(
    "source", ["0 < log(z)", "a = 3/2 => log(z) = 0", "log(z) = 0 => a = 2", "forall n in Nat: n/n = 1"]
)
def test_a_statement_with_a_hole_is_not_decided(source: str) -> None:
    with pytest.raises(Undefined):
        holds(statement(source), POINT)


def test_a_guard_is_compared_exactly_even_with_few_digits() -> None:
    # With 15 digits D(p‖q) ≈ 10⁻⁴⁰ counts as 0, so the left side would look true and the right side is false.
    near = HALF + Fraction(1, 10**20)
    point = Point.of(sizes={"X": 2}, numbers={"p": {(0,): HALF, (1,): HALF}, "q": {(0,): near, (1,): 1 - near}})
    assert holds(statement("kl(p, q) = 0"), point, 15) is Truth.TRUE
    assert holds(statement("kl(p, q) = 0 <=> (forall k in X: p[k] = q[k])"), point, 15) is Truth.TRUE
    assert holds(statement("kl(p, q) = 0 => (forall k in X: p[k] = q[k])"), point, 15) is Truth.TRUE
    assert Reading(point, 15).truth(statement("kl(p, q) = 0"), exact=True) is Truth.FALSE


@pytest.mark.parametrize(
    ("source", "truth"),
    [
        ("lim(n: u[n]/n) -> 1/3", "true"),
        ("lim(n: u[n]/n) -> 1/3 + 1/10", "false"),
        ("lim(n: u[n]/n) -> 1/3 + 10^(-4)", "false"),
        ("lim(n: u[n]/n) -> 1/3 + 10^(-20)", "unknown"),
        ("lim(n: 1/n) -> 0", "true"),
        ("lim(n: n) -> 0", "false"),
        ("lim(n: 3) -> 3", "true"),
        ("lim(n: 3) -> 2", "false"),
        ("lim(n: v[i, n]) -> 1/2", "true"),
        ("lim(n: log(v[i, n])) -> -log(2)", "true"),
        ("lim(n: log(v[i, n])) -> log(2)", "false"),
        ("lim(n: 1/n*log((1/3)^u[n])) -> -1/3*log(3)", "true"),
        ("lim(n: 1/n*log((1/3)^u[n])) -> -log(3)", "false"),
        ("lim(n: 1/log(n)) -> 0", "unknown"),
        # it has a value from 10^30 on
        ("lim(n: log(1 - 10^30/n)) -> 0", "true"),
        ("lim(n: log(1 - 10^30/n)) -> 1", "false"),
        # terms that cancel
        ("lim(n: n*(log(1 + 1/n^2) - 1/n^2)*n^3) -> -1/2", "true"),
        ("lim(n: n*(log(1 + 1/n^2) - 1/n^2)*n^3) -> 1/2", "false"),
        ("forall k in X: lim(n: v[k, n] - v[k, n]) -> 0", "true"),
    ],
)
def test_limits(source: str, truth: str) -> None:
    assert holds(statement(source), POINT).value == truth


def test_errors_of_a_limit_shrink() -> None:
    errors = Reading(POINT, 50).errors(statement("lim(n: u[n]/n) -> 1/3"))
    assert len(errors) == 12
    assert errors[-1] < errors[0] / 10**4


def test_the_residual_is_the_largest_difference_of_what_counts_as_equal() -> None:
    reading = Reading(POINT, 50)
    assert reading.truth(statement("1 = 1")) is Truth.TRUE
    assert reading.residual == 0
    assert reading.truth(statement("log(6) = log(2) + log(3)")) is Truth.TRUE
    assert 0 < reading.residual < mpmath.mpf(10) ** -60
    before = reading.residual
    assert reading.truth(statement("log(6) = log(2)")) is Truth.FALSE
    assert reading.residual == before


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_not_a_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match="has three values; compare it with"):
        bool(truth)


# --- points --------------------------------------------------------------------------------------------------------


def test_a_point_survives_json() -> None:
    rest = Point.of(
        numbers={
            "w": {(N_MARK,): Rest(Fraction(1), Fraction(0), ((Fraction(-1), Sequence("whole", HALF, Fraction(1))),))}
        }
    )
    for point in (POINT, rest, Point.of()):
        assert Point.from_json(point.json()) == point
        assert "\n" not in point.json()
    assert hash(Point.from_json(POINT.json())) == hash(POINT)


def test_a_point_reads_like_a_list_of_equations() -> None:
    shown = str(POINT)
    assert "|X| = 2" in shown
    assert "x(1) = 1, x(2) = 1" in shown
    assert "a = 3/2, b = -2" in shown
    assert "c = 3/10*exp(-7/5)" in shown
    assert "u[n] = floor(1/3*n + sqrt(n)), v[0, n] = 1/2 + (floor(sqrt(n)) + 1)/(n + 1)" in shown
    assert str(Point.of()) == "the only point: nothing is free"
    tail = Rest(Fraction(1), Fraction(0), ((Fraction(-1), Sequence("whole", HALF, Fraction(-1, 2))),))
    assert str(tail) == "n - (floor(1/2*n - 1/2*sqrt(n)))"


@pytest.mark.parametrize(
    "value", [0.5, True, "1/2", Node("sym", "a"), Node("+", None, (num(1), Node("sym", "a"))), None]
)
def test_a_point_holds_exact_values_only(value: object) -> None:
    with pytest.raises(TypeError, match="expected an int, a Fraction, a closed term or a sequence, got"):
        Point.of(numbers={"a": value})  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [0.0, True, Fraction(1)])
def test_indices_are_numbers_of_elements(value: object) -> None:
    with pytest.raises(TypeError, match="expected the number of an element, got"):
        Point.of(indices={"i": value})  # type: ignore[dict-item]


def test_a_point_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        POINT.sizes = ()  # type: ignore[misc]


@given(
    st.fractions(min_value=0, max_value=3, max_denominator=30),
    st.fractions(min_value=-3, max_value=3, max_denominator=9),
    st.integers(0, 10**6) | st.integers(10**40, 10**50),
)
def test_whole_sequences_round_down_exactly(rate: Fraction, swing: Fraction, n: int) -> None:
    value = Sequence("whole", rate, swing).at(n)
    gap = rate * n - value  # 0 ≤ gap + swing·√n < 1
    assert value.denominator == 1

    def at_most(bound: Fraction) -> bool:
        """Whether swing·√n ≤ bound."""
        if swing >= 0:
            return bound >= 0 and swing * swing * n <= bound * bound
        return bound >= 0 or swing * swing * n >= bound * bound

    assert at_most(1 - gap) and not (at_most(-gap) and swing * swing * n != gap * gap)


def test_near_sequences_tend_to_their_rate_and_differ_from_it() -> None:
    sequence = Sequence("near", HALF, Fraction(1))
    assert all(sequence.at(n) != HALF for n in range(50))
    assert abs(sequence.at(10**20) - HALF) < Fraction(1, 10**9)
    assert sequence.at(99) == HALF + Fraction(isqrt(99) + 1, 100)


# --- against itself and against a second evaluator ------------------------------------------------------------------

_LEAVES = st.sampled_from(
    [num(Fraction(k)) for k in ("1", "2", "1/3", "7/5", "-1", "0", "1/1000000000")] + [Node("sym", "a")]
)
_TERMS = st.recursive(
    _LEAVES,
    lambda inner: (
        st.builds(lambda op, x, y: Node(op, None, (x, y)), st.sampled_from("+-*/"), inner, inner)
        | st.builds(lambda op, x: Node(op, None, (x,)), st.sampled_from(("log", "exp", "abs", "neg")), inner)
        | st.builds(lambda x, y: Node("xlogy", None, (x, y)), inner, inner)
    ),
    max_leaves=8,
)


def _plain(node: Node) -> object:
    """Evaluate with mpmath's numbers, in the plainest way."""
    if node.op == "num":
        return mpmath.mpf(node.data.numerator) / node.data.denominator
    if node.op == "sym":
        return mpmath.mpf(3) / 2
    x, *rest = (_plain(a) for a in node.args)
    if node.op in ("log", "exp", "abs", "neg"):
        return {"log": mpmath.log, "exp": mpmath.exp, "abs": abs, "neg": lambda v: -v}[node.op](x)  # type: ignore[operator]
    (y,) = rest
    if node.op == "xlogy":
        return x * mpmath.log(y) if x else mpmath.mpf(0)  # type: ignore[operator, arg-type]
    return {"+": x + y, "-": x - y, "*": x * y}[node.op] if node.op != "/" else x / y  # type: ignore[operator]


@examples(300)
@given(_TERMS)
def test_values_agree_with_plain_mpmath(node: Node) -> None:
    try:
        found = evaluate(node, POINT, 30)
    except (Undefined, Undecided):
        return
    with mpmath.workdps(400):
        expected = _plain(node)
        got = mpmath.mpf(found.numerator) / found.denominator if isinstance(found, Fraction) else found
        assert abs(got - expected) <= mpmath.mpf(10) ** -30 * abs(expected) + mpmath.mpf(10) ** -300  # type: ignore[operator, arg-type]


@given(st.lists(st.fractions(min_value=Fraction(1, 60), max_value=60, max_denominator=60), min_size=1, max_size=5))
def test_logs_of_a_product_cancel_and_of_another_do_not(factors: list[Fraction]) -> None:
    whole = Fraction(1)
    form: dict[Fraction, Fraction] = {}
    for factor in factors:
        whole *= factor
        form[factor] = form.get(factor, Fraction(0)) - HALF
    form[whole] = form.get(whole, Fraction(0)) + HALF
    assert vanishes(form)
    assert not vanishes({**form, Fraction(97): Fraction(1, 7)})
    assert not vanishes({**form, Fraction(0): Fraction(1, 7)})
