"""The kinds of claims that people bring: numbers, one variable, polynomials, weights, roots; and how they spell them.

Each kind is tried in several spellings, and false claims like them must not be proved.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, Refused
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.proving.builder import Proof
from kl_symbolic.proving.claims import read_claim
from kl_symbolic.proving.prover import prove
from kl_symbolic.proving.search import squares
from kl_symbolic.proving.search.simplex import Column
from kl_symbolic.proving.spellings import antecedents, conjuncts
from kl_symbolic.proving.tactics.bounds import PRECISIONS, TermBounds, sign_by_bounds

from ..support.lanes import sampled_rows

XY = ["0 < x", "0 < y"]

U, V, W = ("lim(n: u[n]) -> a", "lim(n: v[n]) -> b", "lim(n: w[n]) -> a")
BETWEEN = ["forall n in Nat: u[n] <= v[n]", "forall n in Nat: v[n] <= w[n]"]
FAMILY = ["forall i in X: lim(n: v[i, n]) -> p[i]"]

TRUE: dict[str, list[tuple[str, list[str]]]] = {
    "a weight that may be 0 or 1": [
        (
            "t*entropy(p) + (1 - t)*entropy(q) <= entropy(i in X: t*p[i] + (1 - t)*q[i])",
            ["forall i in X: 0 <= p[i]", "forall i in X: 0 <= q[i]", "0 <= t", "t <= 1"],
        ),
        (
            "kl(p, i in X: t*q[i] + (1 - t)*a[i]) <= t*kl(p, q) + (1 - t)*kl(p, a)",
            [*(f"forall i in X: 0 < {f}[i]" for f in "pqa"), "0 < t", "t <= 1"],
        ),
    ],
    "tangents at e": [
        ("log(x) <= x/exp(1)", ["0 < x"]),
        ("-exp(-1) <= x*log(x)", ["0 < x"]),
        ("exp(1)*x <= exp(x)", []),
    ],
    "limits": [
        ("lim(n: exp(1/n)) -> 1", []),
        ("lim(n: log(n + 1) - log(n)) -> 0", []),
        ("lim(n: log(2*n + 1) - log(n)) -> log(2)", []),
        ("lim(n: n*log(1 + x/n)) -> x", []),
        ("lim(n: (1 + x/n)^n) -> exp(x)", []),
        ("lim(n: u[n]^(1/2)) -> a^(1/2)", [U, "0 < a"]),
        ("lim(n: log(u[n])) -> log(a)", [U, "0 < a"]),
        ("lim(n: sum(i in X: v[i, n])) -> sum(i in X: p[i])", FAMILY),
        ("a <= b", [U, V, BETWEEN[0]]),
        ("0 <= a", [U, "forall n in Nat: 0 <= u[n]"]),
        ("lim(n: v[n]) -> a", [U, W, *BETWEEN]),
        ("lim(n: v[n]) -> 0", ["forall n in Nat: 0 <= v[n]", "forall n in Nat: v[n] < 1/n"]),
    ],
    "numbers": [
        ("exp(1) < 3", []),
        ("2718281/1000000 < exp(1)", []),
        ("log(5)/log(3) < 3/2", []),
        ("log(1/3)*log(2) < -3/4", []),
        ("5^(1/2) + 1/exp(2) < 239/100", []),
        ("log(8)/log(4) = 3/2", []),
        ("log(12)/log(2) = 2 + log(3)/log(2)", []),
    ],
    "one variable": [
        ("log(1 + x) <= x - x^2/2 + x^3/3", ["0 <= x"]),
        ("2*(t - 1)/(t + 1) <= log(t)", ["1 <= t"]),
        ("exp(-x) <= 1 - x + x^2/2", ["0 <= x"]),
        ("log(x) < x^(1/2)", ["0 < x"]),
        ("1 + x^2/2 <= (exp(x) + exp(-x))/2", []),
    ],
    "polynomials": [
        ("2 <= x/y + y/x", XY),
        ("(a + b)^2/(x + y) <= a^2/x + b^2/y", XY),
        ("x*y*z <= 1/27", ["0 <= x", "0 <= y", "0 <= z", "x + y + z = 1"]),
        ("x^2 + y^2 = 0 => x = 0", []),
    ],
    "weights": [
        ("a*log(x) + (1 - a)*log(y) <= log(a*x + (1 - a)*y)", [*XY, "0 <= a", "a <= 1"]),
        ("(x + y)*log((x + y)/2) <= x*log(x) + y*log(y)", XY),
    ],
    "roots, log and exp": [
        ("2*x*y/(x + y) <= (x*y)^(1/2)", XY),
        ("x^a <= y^a", ["0 < x", "x <= y", "0 <= a"]),
        ("log(1 + x*y) <= log(1 + x) + log(1 + y)", ["0 <= x", "0 <= y"]),
        ("x < exp(7)", ["0 < x", "log(x) < 7"]),
    ],
    "sums": [
        ("sum(i in X: p[i])^2 <= card(X)*sum(i in X: p[i]^2)", []),
        (
            "1 <= sum(i in X: p[i]^2/q[i])",
            ["forall i in X: 0 < q[i]", "sum(i in X: p[i]) = 1", "sum(i in X: q[i]) = 1"],
        ),
        ("0 < sum(i in X: exp(f[i]))", ["0 < card(X)"]),
    ],
}


@pytest.mark.parametrize(
    ("claim", "given"),
    sampled_rows([row for rows in TRUE.values() for row in rows], 3),
    ids=[c for rows in TRUE.values() for c, _ in rows],
)
def test_a_claim_of_each_kind_is_proved(claim: str, given: list[str]) -> None:
    assert isinstance(prove(claim, given), CheckedTheorem)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("exp(1) < 271828/100000", []),
        ("log(2) < 6931/10000", []),
        ("log(1 + x) <= x - x^2/2", ["0 <= x"]),
        ("log(x) <= x^(1/2)/2", ["0 < x"]),
        ("3 <= x/y + y/x", XY),
        ("x*y*z <= 1/28", ["0 <= x", "0 <= y", "0 <= z", "x + y + z = 1"]),
        ("log(a*x + (1 - a)*y) <= a*log(x) + (1 - a)*log(y)", [*XY, "0 <= a", "a <= 1"]),
        ("x^a <= y^a", ["0 < x", "x <= y"]),
        (
            "t*entropy(p) + (1 - t)*entropy(q) < entropy(i in X: t*p[i] + (1 - t)*q[i])",
            ["forall i in X: 0 <= p[i]", "forall i in X: 0 <= q[i]", "0 <= t", "t <= 1"],
        ),
        ("lim(n: log(2*n + 1) - log(n)) -> log(3)", []),
        ("lim(n: (1 + x/n)^n) -> exp(2*x)", []),
        ("lim(n: log(u[n])) -> log(a)", [U]),  # log is not continuous at 0
        ("lim(n: u[n]^(1/2)) -> a^(1/2)", [U]),
        ("a < b", [U, V, "forall n in Nat: u[n] < v[n]"]),
        ("b <= a", [U, V, BETWEEN[0]]),
        ("lim(n: v[n]) -> a", [U, "lim(n: w[n]) -> b", *BETWEEN]),
        ("lim(n: v[n]) -> a", [U, W, BETWEEN[0]]),
        ("lim(n: sum(i in X: v[i, n])) -> sum(i in X: p[i]^2)", FAMILY),
    ],
)
def test_a_false_neighbor_is_not_proved(claim: str, given: list[str]) -> None:
    assert not isinstance(prove(claim, given), CheckedTheorem)


# --- bounds ----------------------------------------------------------------------------------------------------------


def proof(given: list[str], claim: str = "0 < 1") -> tuple[Proof, Node]:
    read = read_claim(claim, given, None)
    p = Proof("claim", library.theorem)
    p.declare(**read.names)
    for hypothesis in read.hypotheses:
        p.given(hypothesis)
    return p, read.statement


@pytest.mark.parametrize("digits", PRECISIONS)
def test_numbers_are_enclosed_as_closely_as_is_asked_for(digits: int) -> None:
    p, _ = proof([])
    bounds = TermBounds(p, (), digits)
    for source, value in (("log(7)", "1.945910149055313305"), ("exp(-3)", "0.049787068367863942979")):
        term = parse(source, "number", declare({}))
        low, high = bounds.low(term), bounds.high(term)
        assert low is not None and high is not None
        assert low.value < Fraction(value) < high.value
        assert high.value - low.value < 20 * Fraction(1, 10**digits)
        assert low.fact.right == term == high.fact.left


@pytest.mark.parametrize(
    ("given", "term", "sign"),
    [
        (["1 <= x"], "x", "0 < x"),
        (["1 < x"], "log(x)", "0 < log(x)"),
        (["x < 1/2"], "1 - x", "0 < 1 - x"),
        (["0 < x", "x <= y", "y < z"], "z", "0 < z"),
        (["x < 0"], "x", "x != 0"),
        (["0 <= x"], "x", "0 <= x"),
    ],
)
def test_signs_follow_from_bounds(given: list[str], term: str, sign: str) -> None:
    p, goal = proof(given, sign)
    fact = sign_by_bounds(p, p.term(term))
    assert fact is not None and fact.statement == goal


def test_no_sign_where_none_is_known() -> None:
    p, _ = proof(["x <= 1"])
    assert sign_by_bounds(p, p.term("x")) is None


# --- who proposes is not trusted ---------------------------------------------------------------------------------------


def test_a_linear_program_that_lies_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(columns: list[Column], *_: object) -> dict[int, Fraction]:
        return dict.fromkeys(range(len(columns)), Fraction(1))

    monkeypatch.setattr(squares, "combine", lie)
    assert not isinstance(prove("3 <= x/y + y/x", XY), CheckedTheorem)
    assert not isinstance(prove("x^4*y^2 + x^2*y^4 + 1 <= 2*x^2*y^2"), CheckedTheorem)


# --- spellings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("log(sqrt(x)) = ln(x)/2", "log(((x)^(1/2))) = log(x)/2"),
        ("0.5*(x + y) ≥ (x*y)^0.5", "(1/2)*(x + y) >= (x*y)^(1/2)"),
        ("|x + |y|| <= |x| + |y|", "|x + |y|| <= |x| + |y|"),
        ("|x*y| <= 1", "abs(x*y) <= 1"),
        ("x > 0 and y > 0 => x*y > 0", "x > 0 => y > 0 => x*y > 0"),
        ("x = 1 <=> y = 2", "x = 1 <=> y = 2"),
        ("D(p||q) >= 0", "D(p||q) >= 0"),
        ("log10(x) < 2", "(log(x)/log(10)) < 2"),
        ("sqrt (ln(x + (y))) <= 1", "( (log(x + (y)))^(1/2)) <= 1"),
    ],
)
def test_the_spelling_of_textbooks_is_read(written: str, read: str) -> None:
    assert antecedents(written) == read


def test_a_declared_name_is_not_an_abbreviation() -> None:
    assert antecedents("ln(x) <= 1", {"ln": "number -> number"}) == "ln(x) <= 1"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0 < x < 1", ["0 < x", "x < 1"]),
        ("0 < x and x < y <= 1", ["0 < x", "x < y", "y <= 1"]),
        ("forall i in X: q[i] = 0 => p[i] = 0", ["forall i in X: q[i] = 0 => p[i] = 0"]),
        ("x = 0 <=> y = 0", ["x = 0 <=> y = 0"]),
        ("sum(i in X: p[i]) = 1", ["sum(i in X: p[i]) = 1"]),
    ],
)
def test_a_hypothesis_may_be_several(written: str, read: list[str]) -> None:
    assert conjuncts(written) == read


def test_claims_in_the_spelling_of_textbooks_are_proved() -> None:
    assert isinstance(prove("-p*ln(p) - (1 - p)*ln(1 - p) ≤ ln(2)", ["0 < p < 1"]), CheckedTheorem)
    assert isinstance(prove("|x + y| <= |x| + |y|"), CheckedTheorem)


@pytest.mark.parametrize(
    ("claim", "given", "write"),
    [
        ("log x <= x - 1", ["x > 0"], "log(x)"),
        ("x^2^3 = x^8", [], "x^(y^z) or (x^y)^z"),
        ("2x <= x^2 + 1", [], "2*x"),
        ("2(x + 1) = 2*x + 2", [], "2*("),
        ("max(x, y) <= x + y", [], "two claims, one for each operand"),
        ("tanh(x) <= x", ["x >= 0"], "(exp(x) - exp(-x))/(exp(x) + exp(-x))"),
        ("sum(p[i]*log(p[i]/q[i]), i in X) >= 0", ["p[i] > 0"], "sum(i in X: p[i]*log(p[i]/q[i]))"),
        ("D(p||q) >= 0", ["sum(i: p[i]) = 1"], "sum(i in X: ...)"),
        ("lim n->oo: (1+1/n)^n = e", [], "lim(n: (1+1/n)^n) -> exp(1)"),
        ("kl(p, q) >= 0", ["p and q are distributions"], "forall i in X: 0 <= p[i]; sum(i in X: p[i]) = 1; the same"),
        ("entropy([1/2, 1/4, 1/4]) = 3/2*log(2)", [], "kl.entropy([...])"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_write(claim: str, given: list[str], write: str) -> None:
    with pytest.raises(Refused) as caught:
        read_claim(claim, given, None)
    assert write in str(caught.value.parts["write"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kl(p, (p + q)/2)", "kl(p, i in X: (p[i] + q[i])/2)"),
        ("D((p + q)/2 || q)", "kl(i in X: (p[i] + q[i])/2, q)"),
        ("entropy(t*p + (1 - t)*q)", "entropy(i in X: t*p[i] + (1 - t)*q[i])"),
        ("entropy(p/sum(i in X: p[i]))", "entropy(i in X: p[i]/sum(j in X: p[j]))"),
        ("mutual_info(2*r)", "mutual_info(i in X: j in Y: 2*r[i, j])"),
    ],
)
def test_operands_are_read_value_by_value(written: str, meant: str) -> None:
    names = {"X": "set", "Y": "set", "p": "X -> number", "q": "X -> number", "r": "X, Y -> number", "t": "number"}
    scope = declare(names)
    assert parse(written, "number", scope) == parse(meant, "number", scope)


@pytest.mark.parametrize("bound", ["e <= 1", "e < 2", "1/2 >= e", "5 < e"])
def test_e_is_a_variable_where_a_hypothesis_excludes_the_constant(bound: str) -> None:
    assert read_claim("0 <= e^2", [bound], None).names == {"e": "number"}


@pytest.mark.parametrize("bound", ["e <= 3", "2 < e", "x <= e", "0 <= e"])
def test_e_is_not_read_where_it_may_be_the_constant(bound: str) -> None:
    with pytest.raises(Refused, match="neither as a constant nor"):
        read_claim("0 <= e^2", [bound], None)
