"""Integrals, series, derivatives and membership at a point: true, planted false, divergent, singular and too hard ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import libmp

from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.errors import InvalidType
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import text
from kl_symbolic.numerics import balls, interval, quadrature
from kl_symbolic.numerics.counterexamples import look, opened, sides, value
from kl_symbolic.numerics.evaluate import Reading, Truth, Undecided, Undefined, evaluate, holds
from kl_symbolic.numerics.integrals import Known, closed, is_analytic
from kl_symbolic.numerics.interval import Interval, fractions
from kl_symbolic.numerics.point import FUNCTION_MARK, Integral, Point
from kl_symbolic.numerics.quadrature import Unsettled
from kl_symbolic.numerics.values import Level, TooMuchWork, Work

from ..support.lanes import examples, sampled

NOWHERE = Point.of()


@pytest.fixture(params=[pytest.param("balls", marks=pytest.mark.slow), "intervals"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Compute with python-flint, and as if it were not installed."""
    if request.param == "intervals":
        monkeypatch.setattr(balls, "_library", lambda: None)
    return str(request.param)


def statement(source: str, **names: str) -> Node:
    return parse(source, "statement", declare(names))


def domain(source: str) -> Node:
    return statement(f"0 in {source}").args[1]


def function(source: str) -> Node:
    """Return λx of a term in x."""
    return statement(f"int(x in reals: {source}) = 0").args[1]


def integral(source: str, work: Work | None = None) -> Interval:
    found = statement(source)
    return Known(work or Work()).value(Integral(found.args[0], found.args[1]))  # type: ignore[return-value]


# --- integrals and series ------------------------------------------------------------------------------------------

TRUE = {
    "a polynomial": "int(x in (0, 1): 3*x^2) = 1",
    "a power with a tail, where sums with two steps agree by luck": "int(x in (3, oo): x^(-4)) = 1/81",
    "between ends that are not rational": "int(x in (0, exp(1)): x) = exp(2)/2",
    "to infinity": "int(x in (0, oo): exp(-x)) = 1",
    "from another end": "int(x in (-3, oo): exp(-x)) = exp(3)",
    "from minus infinity": "int(x in (-oo, 2): exp(x)) = exp(2)",
    "on the line": "int(x in reals: exp(-(x - 3)^2/2)) = (2*pi)^(1/2)",
    "a divergence": "int(x in (0, oo): rel_entr(exp(-x), 2*exp(-2*x))) = 1 - log(2)",
    "a pole at an end": "int(x in (0, 1): x^(-1/2)) = 2",
    "a strong pole at an end": "int(x in (0, 1): x^(-9/10)) = 10",
    "a logarithm at an end": "int(x in (0, 1): log(x)) = -1",
    "a pole inside": "int(x in (0, 1): abs(x - 1/3)^(-1/2)) = 2*((1/3)^(1/2) + (2/3)^(1/2))",
    "a heavy tail": "int(x in (1, oo): x^(-3/2)) = 2",
    "the Cauchy density": "int(x in reals: 1/(1 + x^2)) = pi",
    "a kink": "int(x in (0, 1): abs(x - 1/3)) = 5/18",
    "a kink that is not seen": "int(x in (0, oo): abs(exp(-x) - 2*exp(-2*x))) = 1/2",
    "a narrow peak": "int(x in reals: 10^6*exp(-(10^6*x - 1)^2/2)) = (2*pi)^(1/2)",
    "an oscillating polynomial": "int(x in (-1, 1): 64*x^7 - 112*x^5 + 56*x^3 - 7*x) = 0",
    "zero": "int(x in reals: 0) = 0",
    "a difference that cancels": "int(x in reals: exp(-x^2) - exp(-x^2)) = 0",
    "Gamma": "int(x in (0, oo): x^(3/2)*exp(-x)) = Gamma(5/2)",
    "Beta": "int(x in (0, 1): x^(3/2)*(1 - x)^(-1/3)) = Gamma(5/2)*Gamma(2/3)/Gamma(5/2 + 2/3)",
    "digamma": "int(x in (0, oo): log(x)*x*exp(-x)) = digamma(2)",
    "the integrand Gamma": "int(x in (1, 2): Gamma(x)*digamma(x)) = 0",
    "the integrand digamma": "int(x in (1, 2): digamma(x)) = 0",
    "Poisson": "int(x in nats: 3^x/Gamma(x + 1)) = exp(3)",
    "a geometric series": "int(x in nats: (1/3)^x) = 3/2",
    "a slow geometric series": "int(x in nats: (19/20)^x) = 20",
    "a slow series": "int(x in nats: 1/(x + 1)^2) = pi^2/6",
    "a telescope": "int(x in nats: 1/((x + 1)*(x + 2))) = 1",
    "no numbers": "int(x in (3, 1): 1/x) = 0",
    "no numbers and no integrand": "int(x in (1, 1): log(x - x)) = 0",
}


@pytest.mark.parametrize("name", sampled(TRUE, 3))
def test_a_true_integral_holds_and_one_beside_it_does_not(name: str, backend: str) -> None:
    true = statement(TRUE[name])
    assert holds(true, NOWHERE) is Truth.TRUE
    for gap in (Fraction(1, 10**5), Fraction(-1, 10**5)):
        assert holds(Node("int", None, (*true.args[:2], true.args[2] + gap)), NOWHERE) is Truth.FALSE


HARD = {
    "1/x at 0": "int(x in (0, 1): 1/x) = 5",
    "1/x at infinity": "int(x in (1, oo): 1/x) = 5",
    "a constant on the line": "int(x in reals: 1) = 0",
    "growth": "int(x in (0, oo): exp(x)) = -1",
    "an odd function that is not integrable": "int(x in reals: x) = 0",
    "a principal value": "int(x in (-1, 1): 1/x) = 0",
    "a tail that is too heavy": "int(x in (2, oo): 1/(x*log(x))) = 1",
    "a peak that is too narrow": "int(x in (0, oo): x^100000*exp(-100000*x)) = 1",
    "the harmonic series": "int(x in nats: 1/(x + 1)) = 10",
    "ones": "int(x in nats: 1) = 0",
    "a divergent geometric series": "int(x in nats: 2^x) = -1",
    "a series that hardly converges": "int(x in nats: 1/((x + 2)*log(x + 2)^2)) = 2",
}


@pytest.mark.parametrize("name", HARD)
def test_what_does_not_settle_is_unknown_and_never_refuted(name: str, backend: str) -> None:
    with pytest.raises(Unsettled):
        holds(statement(HARD[name]), NOWHERE)


def test_a_difference_below_the_precision_is_not_refuted(backend: str) -> None:
    source = "int(x in (0, oo): exp(-x)) = 1 + 1/10^{}"
    assert holds(statement(source.format(30)), NOWHERE) is Truth.TRUE
    assert holds(statement(source.format(6)), NOWHERE) is Truth.FALSE


def test_an_integrand_without_a_value_is_undefined(backend: str) -> None:
    with pytest.raises(Undefined, match="log of a number that is not positive"):
        holds(statement("int(x in (0, 2): log(x - 1)) = 0"), NOWHERE)
    assert holds(statement("int(x in (1, 2): log(x - 1)) = -1"), NOWHERE) is Truth.TRUE


@pytest.mark.parametrize("source", ["int(x in (0, 1): x^(-1/2)*exp(x)) = 0", "int(x in nats: 1/(x + 1)^2) = 1"])
def test_work_is_bounded(source: str, backend: str) -> None:
    work = Work(300)
    with pytest.raises(TooMuchWork):
        integral(source, work)
    assert work.left < 0


def test_an_integral_is_computed_once() -> None:
    work = Work(10**6)
    known = Known(work)
    entry = Integral(domain("(0, oo)"), function("exp(-x)"))
    first = known.value(entry)
    left = work.left
    assert known.value(entry) == first
    assert work.left == left
    assert left < 10**6
    bad = Integral(domain("(0, 1)"), function("1/x"))
    for _ in range(2):
        with pytest.raises(Unsettled):
            known.value(bad)


def test_a_root_of_an_integral() -> None:
    known = Known(Work())
    low, high = fractions(known.value(Integral(domain("(0, oo)"), function("exp(-x)*x^2"), 2)))
    assert low**2 < 2 < high**2
    assert high - low < Fraction(1, 10**8)
    with pytest.raises(Undecided, match="not known to be positive"):
        known.value(Integral(domain("(0, 1)"), function("-x"), 2))


def test_an_integral_between_finite_ends_is_rigorous_with_balls_only(backend: str) -> None:
    known = Known(Work())
    proper = Integral(domain("(0, 1)"), function("x^2*exp(x)"))
    singular = Integral(domain("(0, 1)"), function("x^(-1/2)"))
    low, high = fractions(known.value(proper))
    known.value(singular)
    assert known.is_rigorous(proper) is (backend == "balls")
    assert not known.is_rigorous(singular)
    true = Fraction(*libmp.to_rational(libmp.mpf_sub(libmp.mpf_e(200), libmp.from_int(2))))
    assert low <= true <= high


def test_what_is_estimated_raises_a_doubt_and_what_is_enclosed_refutes(backend: str) -> None:
    proper = look((), statement("int(x in (0, 1): x^2) = 1/2"), {})
    assert (proper.goal is not None) is (backend == "balls")
    if proper.goal is not None and proper.point is not None:
        assert sides(proper.goal.part) == ("int(x in (0, 1): x^2)", "1/2")
        left, right = (value(proper.goal.part, k, proper.point) for k in (0, 1))
        assert abs(left - mpmath.mpf(1) / 3) < 1e-15
        assert right == Fraction(1, 2)
    improper = look((), statement("int(x in (0, oo): exp(-x)) = 2"), {})
    assert improper.goal is None
    assert improper.doubt == "int(x in (0, oo): exp(-x)) = 2 looks false"
    assert look((), statement("int(x in (0, oo): exp(-x)) = 1"), {}).doubt == ""


@given(
    st.lists(st.fractions(min_value=-5, max_value=5, max_denominator=9), min_size=1, max_size=6),
    st.fractions(min_value=-3, max_value=3, max_denominator=9),
    st.fractions(min_value=-3, max_value=3, max_denominator=9),
)
@examples(40)
def test_polynomials_have_their_integrals(coefficients: list[Fraction], low: Fraction, high: Fraction) -> None:
    def f(x: Any) -> Fraction:
        return sum((c * x**k for k, c in enumerate(coefficients)), Fraction(0))

    exact = sum(c * (high ** (k + 1) - low ** (k + 1)) / (k + 1) for k, c in enumerate(coefficients))
    least, most = fractions(quadrature.integral(f, low, high).enclosure)
    assert least <= (exact if low < high else 0) <= most


def test_signs_that_change_are_found() -> None:
    level = Level(NOWHERE, quadrature.PRECISION)
    body = function("exp(-x) - 1/3").args[0]
    (zero,) = quadrature.zeros(lambda x: level.number(body, (x,)), Fraction(0), None)
    assert abs(mpmath.mpf(zero.numerator) / zero.denominator - mpmath.log(3)) < 1e-14  # type: ignore[union-attr]


def test_mpmath_keeps_its_precision_and_flint_too(backend: str) -> None:
    before = mpmath.mp.prec
    integral("int(x in (0, oo): log(x)*exp(-x)) = 0")
    assert mpmath.mp.prec == before
    if backend == "balls":
        import flint

        assert flint.ctx.prec == 53


# --- Γ, ψ and π ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", ["1/10", "1", "3/2", "7/3", "29/2", "1000", "10^20"])
@pytest.mark.parametrize("name", ["Gamma", "digamma"])
def test_digits_of_gamma_and_digamma(name: str, x: str) -> None:
    term = parse(f"{name}({x})", "number", declare({}))
    if name == "Gamma" and x == "10^20":
        with pytest.raises(Undecided):
            evaluate(term, NOWHERE)
        return
    value = evaluate(term, NOWHERE)
    with mpmath.workdps(80):
        at = mpmath.mpf(eval_fraction(x).numerator) / eval_fraction(x).denominator
        expected = mpmath.gamma(at) if name == "Gamma" else mpmath.digamma(at)
        value = mpmath.mpf(value.numerator) if isinstance(value, Fraction) else value
        assert abs(value - expected) <= abs(expected) * mpmath.mpf(10) ** -50


def eval_fraction(source: str) -> Fraction:
    value = evaluate(parse(source, "number", declare({})), NOWHERE)
    assert isinstance(value, Fraction)
    return value


def test_digamma_beside_its_zero_is_enclosed() -> None:
    zero = Fraction(14616321449683623412626595423257213284681962040064, 10**49)
    low, high = fractions(interval.digamma(zero, 200))
    assert low <= high
    assert abs(low) < Fraction(1, 10**45)


@pytest.mark.parametrize("source", ["Gamma(0)", "Gamma(-1/2)", "digamma(0)", "digamma(-3)"])
def test_gamma_and_digamma_have_values_at_positive_numbers_only(source: str) -> None:
    with pytest.raises(Undefined, match="of a number that is not positive"):
        evaluate(parse(source, "number", declare({})), NOWHERE)


@pytest.mark.parametrize(
    ("source", "truth"),
    [
        ("Gamma(1/2)*Gamma(1/2) = pi", Truth.TRUE),
        ("Gamma(5) = 24", Truth.TRUE),
        ("Gamma(5) = 120", Truth.FALSE),
        ("digamma(2) = digamma(1) + 1", Truth.TRUE),
        ("digamma(1) < -1/2", Truth.TRUE),
        ("pi < 22/7", Truth.TRUE),
        ("pi = 22/7", Truth.FALSE),
    ],
)
def test_statements_about_gamma_digamma_and_pi(source: str, truth: Truth) -> None:
    assert holds(statement(source), NOWHERE) is truth


# --- derivatives -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "at", "slope"),
    [
        ("y^2", "3", "6"),
        ("exp(-2*y)", "1/3", "-2*exp(-2/3)"),
        ("log(y)", "1/10^9", "10^9"),
        ("y^(5/2)", "2", "5/2*2^(3/2)"),
        ("Gamma(y)", "5/2", "Gamma(5/2)*digamma(5/2)"),
        ("abs(y)*y", "0", "0"),
        ("abs(y)", "-1/2", "-1"),
        ("xlogy(y, y)", "exp(1)", "2"),
        ("7", "0", "0"),
    ],
)
def test_a_derivative_and_one_beside_it(function: str, at: str, slope: str) -> None:
    assert holds(statement(f"deriv(y: {function}, {at}) = {slope}"), NOWHERE) is Truth.TRUE
    assert holds(statement(f"deriv(y: {function}, {at}) = {slope} + 1/10^6"), NOWHERE) is Truth.FALSE


@pytest.mark.parametrize("slope", ["0", "1", "-1"])
def test_a_kink_has_no_derivative(slope: str) -> None:
    assert holds(statement(f"deriv(y: abs(y), 0) = {slope}"), NOWHERE) is Truth.FALSE


def test_a_function_without_values_on_one_side_is_undefined() -> None:
    with pytest.raises(Undefined):
        holds(statement("deriv(y: y^(3/2), 0) = 0"), NOWHERE)


# --- membership and quantifiers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "truth"),
    [
        ("1/2 in (0, 1)", Truth.TRUE),
        ("0 in (0, 1)", Truth.FALSE),
        ("1 in (0, 1)", Truth.FALSE),
        ("exp(1) in (2, oo)", Truth.TRUE),
        ("log(4) - 2*log(2) in (0, oo)", Truth.FALSE),
        ("3 in (-oo, 2)", Truth.FALSE),
        ("-3 in reals", Truth.TRUE),
        ("3 in nats", Truth.TRUE),
        ("-1 in nats", Truth.FALSE),
        ("1/2 in nats", Truth.FALSE),
        ("log(2) in nats", Truth.FALSE),
        ("-log(2) in nats", Truth.FALSE),
        ("exp(log(2)) in nats", Truth.UNKNOWN),
        ("forall x in (0, 1): 0 < x*(1 - x)", Truth.TRUE),
        ("forall x in (0, 1): x < 1/2", Truth.FALSE),
        ("forall x in (1, 0): x < x", Truth.TRUE),
        ("forall x in (-oo, 0): x < 0", Truth.TRUE),
        ("forall x in nats: x < 10", Truth.FALSE),
        ("forall x in number: 0 <= x^2", Truth.TRUE),
        ("forall x in number: 0 <= x^3", Truth.FALSE),
        ("forall x in (0, oo): forall y in (0, oo): log(x*y) = log(x) + log(y)", Truth.TRUE),
        ("forall a in (0, oo): int(x in (0, oo): a*exp(-a*x)) = 1", Truth.TRUE),
        ("forall a in (0, oo): int(x in (0, oo): a*exp(-a*x)) = a", Truth.FALSE),
        ("forall x in reals: deriv(y: exp(-y), x) = -exp(-x)", Truth.TRUE),
    ],
)
def test_membership_and_statements_about_all_numbers(source: str, truth: Truth) -> None:
    assert holds(statement(source), NOWHERE) is truth


def test_a_claim_that_a_number_lies_in_an_interval_is_its_comparisons() -> None:
    for source, parts in (("1 in (0, 2)", ["0 < 1", "1 < 2"]), ("1 in (-oo, 2)", ["1 < 2"]), ("1 in reals", [])):
        assert [text(goal.part) for goal in opened((), statement(source), {})] == parts
    assert look((), statement("1/2 in nats"), {}).doubt == "1/2 in nats looks false"


def test_what_speaks_of_integrals_or_derivatives() -> None:
    for source in (
        "int(x in reals: x) = 0",
        "forall x in (0, 1): deriv(y: y, x) = 1",
        "0 < 1 => int(x in reals: x) = 0",
    ):
        assert is_analytic(statement(source))
    for source in ("0 < 1", "forall x in (0, 1): 0 < x", "lim(n: 1/n) -> 0"):
        assert not is_analytic(statement(source))


# --- points with functions and domains -------------------------------------------------------------------------------


def density() -> Point:
    return Point.of(
        numbers={"p": function("exp(-x)"), "v": Integral(domain("(0, oo)"), function("x*exp(-x)"))},
        domains={"D": domain("(0, oo)")},
    )


def test_a_point_has_functions_domains_and_integrals() -> None:
    point = density()
    assert str(point) == "D = (0, oo), p(x) = exp(-x), v = int(x in (0, oo): x*exp(-x))"
    assert Point.from_json(point.json()) == point
    names = {"D": "domain", "p": "number -> number", "v": "number"}
    for source in (
        "int(x in D: p(x)) = 1",
        "int(x in D: p(x)*x) = v",
        "v = 1",
        "0 < v",
        "p(2) = exp(-2)",
        "forall x in D: 0 < p(x)",
        "forall x in D: deriv(y: p(y), x) = -p(x)",
        "int(x in D: p(x)*v) = 1",
    ):
        assert holds(statement(source, **names), point) is Truth.TRUE, source
    assert holds(statement("v = 1 + 1/1000", **names), point) is Truth.FALSE
    assert holds(statement("int(x in D: p(x)*v) = 2", **names), point) is Truth.FALSE


def test_a_point_without_functions_and_domains_is_stored_as_before() -> None:
    assert Point.of(numbers={"x": 1}).json() == '{"sizes":{},"indices":{},"numbers":{"x":{"":1}}}'


def test_families_of_functions_have_an_abstraction_for_each_element() -> None:
    rows = {(0, FUNCTION_MARK): function("x"), (1, FUNCTION_MARK): function("x^2")}
    point = Point.of(sizes={"X": 2}, numbers={"f": rows})
    assert str(point) == "|X| = 2, f(0, x) = x, f(1, x) = x^2"
    assert Point.from_json(point.json()) == point
    names = {"X": "set", "f": "X, number -> number"}
    assert holds(statement("int(x in (0, 1): sum(i in X: f(i, x))) = 5/6", **names), point) is Truth.TRUE
    assert holds(statement("forall i in X: int(x in (0, 1): f(i, x)) = 1/2", **names), point) is Truth.FALSE


def test_a_function_of_two_numbers_is_printed_with_both() -> None:
    two = statement("forall x in number: int(y in reals: x*y) = 0").args[0].args[0].args[1]
    point = Point.of(numbers={"V": Node("lam", "number", (two,))})
    assert str(point) == "V(x, y) = x*y"
    assert Point.from_json(point.json()) == point


def test_only_closed_domains_are_domains_of_a_point() -> None:
    with pytest.raises(InvalidType, match="expected a closed domain"):
        Point.of(domains={"D": statement("0 in D", D="domain").args[1]})
    with pytest.raises(InvalidType, match="expected an int, a Fraction"):
        Point.of(numbers={"p": 0.5})  # type: ignore[dict-item]


def test_integrals_are_closed_with_the_values_of_a_point() -> None:
    point = Point.of(numbers={"a": Fraction(1, 2), "p": function("exp(-(3*x))")}, domains={"D": domain("(0, oo)")})
    wanted = statement("int(x in D: rel_entr(a*p(x), 2)) = 0", a="number", p="number -> number", D="domain")
    entry = closed(Level(point, 80), wanted.args[0], wanted.args[1])
    assert str(entry) == "int(x in (0, oo): rel_entr(1/2*exp(-(3*x)), 2))"


def test_a_name_without_a_value_is_told() -> None:
    for source in ("int(x in D: x) = 0", "0 in D", "int(x in (0, 1): p(x)) = 0", "p(1) = 0"):
        with pytest.raises(LookupError, match="the point does not say"):
            holds(statement(source, D="domain", p="number -> number"), NOWHERE)


def test_the_residual_of_an_integral_is_below_its_tolerance() -> None:
    reading = Reading(NOWHERE)
    assert reading.truth(statement("int(x in (0, oo): exp(-x)) = 1")) is Truth.TRUE
    assert reading.residual < 1e-7
