"""The output of ``kl.latex``: textbook forms, and nothing that reads back as something else."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import (
    Abs,
    Add,
    Eq,
    Function,
    IndexedBase,
    Integer,
    Limit,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    beta,
    exp,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sqrt,
    symbols,
)  # fmt: skip

import kl_symbolic as kl
from kl_symbolic import latex, library
from kl_symbolic.numerics.integrals import is_analytic
from kl_symbolic.sympy_bridge import ForAll, rel_entr, xlogy

from ..support.lanes import sampled

N, Nh, Nt, p1, p2, q1, q2, s1, s2, x, y, a, b = symbols("N N_h N_t p1 p2 q1 q2 sigma_1 sigma_2 x y a b", positive=True)
m1, m2 = symbols("mu_1 mu_2", real=True)
P, Q, R = map(IndexedBase, "pqr")
i, j = symbols("i j", integer=True)
K = Symbol("K", integer=True, positive=True)
GAUSS = log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2)

TEXTBOOK: list[tuple[Any, str]] = [
    (kl.kl_divergence(P[i], Q[i]), r"\sum_{i=0}^{K - 1} p_i \log \frac{p_i}{q_i}"),
    (log(x) - log(a), r"\log x - \log a"),
    (p1**Nh * p2**Nt / (q1**Nh * q2**Nt), r"\frac{p_1^{N_h} p_2^{N_t}}{q_1^{N_h} q_2^{N_t}}"),
    (Nh / N * log(p1 / q1), r"\frac{N_h}{N} \log \frac{p_1}{q_1}"),
    (Limit(Nh / N, N, oo), r"\lim_{N \to \infty} \frac{N_h}{N}"),
    (
        GAUSS,
        r"\log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac{1}{2}",
    ),
    (loggamma(x), r"\log \Gamma(x)"),
    (polygamma(0, x), r"\psi(x)"),
    (polygamma(1, x), r"\psi'(x)"),
    (polygamma(3, x), r"\psi^{(3)}(x)"),
    (log(x, b, evaluate=False), r"\log_b x"),
    (log(x, 10, evaluate=False), r"\log_{10} x"),
    (kl.kl_divergence([0.7, 0.3], [0.5, 0.5]), r"\frac{3}{10} \log \frac{3}{5} + \frac{7}{10} \log \frac{7}{5}"),
    (kl.kl_divergence(p1, q1), r"p_1 \log \frac{p_1}{q_1} + (1 - p_1) \log \frac{1 - p_1}{1 - q_1}"),
    (kl.entropy(P[i]), r"-\sum_{i=0}^{K - 1} p_i \log p_i"),
    (Sum(R[i, j] * log(R[i, j] / (P[i] * Q[j])), (j, 1, K), (i, 1, K)),
     r"\sum_{i=1}^K \sum_{j=1}^K r_{ij} \log \frac{r_{ij}}{p_i q_j}"),
    (R[1, i] + R[i, i + 1] + P[12], r"p_{12} + r_{1, i} + r_{i, i + 1}"),
    (x ** (a - 1) * (1 - x) ** (b - 1) / beta(a, b), r"\frac{x^{a - 1} (1 - x)^{b - 1}}{\mathrm{B}(a, b)}"),
    ((a - b) * polygamma(0, a) - loggamma(a) + loggamma(b),
     r"(a - b) \psi(a) - \log \Gamma(a) + \log \Gamma(b)"),
    (log(x) * log(y), r"\log(x) \log y"),
    (log(x) ** 2 * a, r"a (\log x)^2"),
    (log(x**2, evaluate=False), r"\log(x^2)"),
    (log(log(x)), r"\log(\log x)"),
    (log(x + 1) / 2, r"\frac{1}{2} \log(x + 1)"),
    (x / 2 + y / 3, r"\frac{x}{2} + \frac{y}{3}"),
    (1 - x, "1 - x"),
    (-x - 1, "-x - 1"),
    (2 * 3**x, r"2 \cdot 3^x"),
    (sqrt(x) / y, r"\frac{\sqrt{x}}{y}"),
    (x ** Rational(-1, 3), r"\frac{1}{x^{1/3}}"),
    (x ** (-a - 1), r"\frac{1}{x^{a + 1}}"),
    (exp(-x / 2), r"\exp\left( -\frac{x}{2} \right)"),
    (exp(1) * Symbol("e"), r"\mathrm{e} e"),
    (Sum(P[i], (i, 1, K)) * log(x), r"\left( \sum_{i=1}^K p_i \right) \log x"),
    (Mul(-1, -x, evaluate=False), "-(-x)"),
    (Mul(-1, Add(-x, -1), evaluate=False), "-(-x - 1)"),
    (Product(P[i], (i, 1, K)), r"\prod_{i=1}^K p_i"),
    (Eq(Sum(P[i], (i, 1, K)), 1), r"\sum_{i=1}^K p_i = 1"),
    (ForAll(sympy.Implies(Eq(Q[i], 0), Eq(P[i], 0)), (i, 1, K)),
     r"\forall\, i \in \{1, \ldots, K\}\colon\ q_i = 0 \Rightarrow p_i = 0"),
    (sympy.Ne(x, y), r"x \ne y"),
    (Function("N_h")(N) / N, r"\frac{N_h(N)}{N}"),
    (P[Function("x", integer=True)(i)], "p_{x(i)}"),
    (Abs(m1), r"\left| \mu_1 \right|"),
    (kl.kl_divergence([x, 1 - x], [1, 0]),
     r"x \log x + (1 - x) \log \frac{1 - x}{0}"),
    (Fraction(-7, 10), r"-\frac{7}{10}"),
    ([x, 2], r"\left( x, \  2\right)"),
    (symbols("lamda lambda"), r"\left( \lambda, \  \lambda\right)"),
    (Symbol("theta0") + Symbol("rate") + Symbol("x_max"), r"\mathrm{rate} + \theta_0 + x_{\mathrm{max}}"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), TEXTBOOK, ids=[w[:40] for _, w in TEXTBOOK])
def test_textbook_forms(given: Any, wanted: str) -> None:
    assert latex(given) == wanted


@pytest.mark.parametrize(
    ("given", "base", "wanted"),
    [
        (kl.kl_divergence(Rational(1, 2), Rational(1, 4), base=2), 2, r"1 - \frac{1}{2} \log_2 3"),
        (kl.kl_divergence(P[i], Q[i], base=2), 2, r"\sum_{i=0}^{K - 1} p_i \log_2 \frac{p_i}{q_i}"),
        (kl.entropy(P[i], base=10), 10, r"-\sum_{i=0}^{K - 1} p_i \log_{10} p_i"),
        (kl.kl_divergence([x, 1 - x], [1, 0], base=2), 2, r"x \log_2 x + (1 - x) \log_2 \frac{1 - x}{0}"),
        (Sum(rel_entr(P[i], Q[i]), (i, 1, K)) / log(b), b, r"\sum_{i=1}^K p_i \log_b \frac{p_i}{q_i}"),
        (Sum(xlogy(P[i], Q[i]), (i, 1, K)) / log(2), 2, r"\sum_{i=1}^K p_i \log_2 q_i"),
        (log(x), 2, r"\ln x"),
        (log(x) / log(3), 2, r"\frac{\ln x}{\ln 3}"),
        ((log(x) + y) / log(2), 2, r"\frac{y + \ln x}{\ln 2}"),
    ],
)  # fmt: skip
def test_the_base_is_shown_and_the_value_kept(given: Any, base: Any, wanted: str) -> None:
    assert latex(given, base=base) == wanted


def test_the_other_settings() -> None:
    assert latex(log(x) / log(2), ln=True) == r"\frac{\ln x}{\ln 2}"
    u, v = symbols("u v", real=True)
    assert latex(rel_entr(u, v) + xlogy(u, v)) == r"u \log \frac{u}{v} + u \log v"
    assert latex(rel_entr(u, v), convention=False) == r"\mathrm{rel\_entr}(u, v)"
    assert latex(xlogy(u, v), convention=False) == r"\mathrm{xlogy}(u, v)"


_Q = Rational(1, 2)


@pytest.mark.parametrize(
    ("expr", "wanted"),
    [
        (log(x, 3), r"\frac{\log x}{\log 3}"),
        (y * log(x) / log(3), r"\frac{y \log x}{\log 3}"),
        (log(x) * log(y) / log(3), r"\frac{\log(x) \log y}{\log 3}"),
        (-log(log(x)) / log(2), r"-\frac{\log(\log x)}{\log 2}"),
        ((1 / x + 1) / (1 / y + 1), r"\frac{\frac{1}{x} + 1}{\frac{1}{y} + 1}"),
        (-3 * x * log(y) / 4, r"-\frac{3 x}{4} \log y"),
        (Mul(-2, -5, evaluate=False), r"(-2) \cdot (-5)"),
        (Mul(5, -2, evaluate=False), r"5 \cdot (-2)"),
        (Mul(-1, -1, x, evaluate=False), "-(-x)"),
        (Mul(-x, -y, evaluate=False), "(-x) (-y)"),
        (Mul(_Q, Rational(1, 3), evaluate=False), r"\frac{1}{2} \cdot \frac{1}{3}"),
        (Mul(2, -_Q, evaluate=False), r"2 \cdot \left( -\frac{1}{2} \right)"),
        (Mul(2, Pow(2, -1, evaluate=False), evaluate=False), r"\frac{2}{2}"),
        (Mul(x, 1 / x, evaluate=False), r"\frac{x}{x}"),
        (Mul(3, Pow(10, -5, evaluate=False), evaluate=False), r"\frac{3}{10^5}"),
        (Add(1, Mul(-1, -2, evaluate=False), evaluate=False), "1 - (-2)"),
        (Add(x, -x, evaluate=False), "x - x"),
        (Add(x, 0, evaluate=False), "x + 0"),
        (Pow(-2, 2, evaluate=False), "(-2)^2"),
        (Pow(_Q, 2, evaluate=False), r"\left( \frac{1}{2} \right)^2"),
        (Pow(x, 1, evaluate=False), "x^1"),
        (Pow(Pow(x, 2, evaluate=False), 3, evaluate=False), "(x^2)^3"),
        (Pow(1 / x, -1, evaluate=False), r"\frac{1}{\frac{1}{x}}"),
        (x**-_Q, r"\frac{1}{\sqrt{x}}"),
    ],
)
def test_what_was_not_evaluated_keeps_its_signs_and_quotients_are_one_fraction(expr: Any, wanted: str) -> None:
    assert latex(expr) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("x'", "x'"), ("x''_1", "x''_1"), ("theta'", r"\theta'"), ("p_{1}", "p_1"), ("p_{12}", "p_{12}"), ("p_{ij}", "p_{ij}"),
        ("p_{i,j}", "p_{i, j}"), ("x_{max}", r"x_{\mathrm{max}}"), (r"\theta_{1}", r"\theta_1"), ("x^*", "x^*"),
        ("x^{*}", "x^*"), ("xhat", r"\hat{x}"), ("thetabar_1", r"\bar{\theta}_1"), ("that", r"\hat{t}"),
        ("x_1__2", "x^{(2)}_1"), ("x__2", "x^{(2)}"), ("alpha1", r"\alpha_1"), ("loss", r"\mathrm{loss}"),
        ("p_{1", r"\mathrm{p\_\{1}"), ("p_{\\input}", r"\mathrm{p\_\{\backslash input\}}"), ("x'^2", r"\mathrm{x'\wedge 2}"),
        ("x^{1}^{2}", r"\mathrm{x\wedge \{1\}\wedge \{2\}}"),
    ],
)  # fmt: skip
def test_names_are_spelled_as_sympy_and_tex_spell_them(name: str, wanted: str) -> None:
    assert latex(Symbol(name)) == wanted
    if wanted[0] != "\\" and ("'" in wanted or "^" in wanted):
        assert latex(Symbol(name) ** 2) == f"({wanted})^2"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("<script>", r"\mathrm{{<}script{>}}"),
        ("100%", r"\mathrm{100\%}"),
        ("a_b_", r"\mathrm{a\_b\_}"),
        ("\\input{x}", r"\mathrm{\backslash input\{x\}}"),
        ("\\def", r"\mathrm{\backslash def}"),
        ("a$b#c&d^e~f", r"\mathrm{a\$b\#c\&d\wedge e\sim f}"),
        ("x\ny", r"\mathrm{xy}"),
        ("\\mu", r"\mu"),
        ("rX", "r_X"),
        ("|X|", "|X|"),
        ("|Omega|", r"|\Omega|"),
    ],
)
def test_a_name_cannot_break_the_page(name: str, wanted: str) -> None:
    assert latex(Symbol(name)) == wanted
    assert latex(Function(name)(x)) == f"{wanted}(x)"
    assert latex(IndexedBase(Symbol(name))[3]).startswith(wanted.split("_X")[0])


@pytest.mark.parametrize("given", ["log(x)", b"x", None, 0.5, True, {"x": 1}])
def test_text_and_other_things_are_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="expected a SymPy expression, got"):
        latex(given)


def test_a_base_that_is_none_is_refused() -> None:
    for base in (1, 0, -2, Fraction(1, 2)):
        with pytest.raises(ValueError, match="expected a base greater than 1"):
            latex(log(x), base=base)
    with pytest.raises(TypeError, match="base is text"):
        latex(log(x), base="2")


def test_matrices_and_what_has_no_own_form_print_as_in_sympy() -> None:
    assert latex(sympy.Matrix([[x / 2, 1]])) == r"\left[\begin{matrix}\frac{x}{2} & 1\end{matrix}\right]"
    noncommutative = Symbol("A", commutative=False) * Symbol("B", commutative=False)
    assert latex(noncommutative) == "A B"
    assert latex(sympy.Integral(x, x)) == r"\int x\, dx"


# --- what is printed, read back --------------------------------------------------------------------------------------


def differs(e: Any, text: str, seed: int) -> str:
    """Return how the printed form differs from the expression at a random point; nothing if it does not."""
    from ..support.latex_reader import NoValue, same, values_of

    try:
        wanted, got = values_of(e, text, seed)
    except NoValue:
        return "no value"
    return "" if same(wanted, got) else f"{e}\n  {text}\n  {wanted}\n  {got}"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (kl.kl_divergence(P[i], Q[i]), r"\sum_{i=0}^{K - 1} p_i \log \frac{q_i}{p_i}"),
        (kl.kl_divergence(P[i], Q[i]), r"\sum_{i=0}^{K - 1} p_i \log_2 \frac{p_i}{q_i}"),
        (kl.kl_divergence(P[i], Q[i]), r"\prod_{i=0}^{K - 1} p_i \log \frac{p_i}{q_i}"),
        (Nh / N * log(p1 / q1), r"\frac{N_h}{N} \log \frac{p_1}{q_2}"),
        (log(x) - log(a), r"\log x + \log a"),
        (log(x) * log(y), r"\log x \log y^2"),
        (log(x + 1), r"\log x + 1"),
        ((1 - x) * y, "1 - x y"),
        (R[1, 2] + x, "r_{12} + x"),
        (polygamma(0, x), r"\psi'(x)"),
        (loggamma(x), r"\Gamma(x)"),
        (Abs(m1), r"\mu_1 - \left| \mu_1 \right|"),
        (Symbol("x_max"), r"x_{\mathrm{min}}"),
    ],
)
def test_the_reader_sees_what_is_printed_wrongly(given: Any, text: str) -> None:
    assert differs(given, latex(given), 1) == ""
    try:
        assert differs(given, text, 1) not in ("", "no value")
    except KeyError:  # a name that is not in the expression
        assert "2" in text or "min" in text


@pytest.mark.slow
def test_every_statement_of_the_library_reads_back() -> None:
    seen: set[str] = set()
    for name in library.names():
        theorem = kl.theorem(name)
        words = {word for over, sort in theorem.checked.scope.values() for word in (sort, *over)}
        analytic = any(map(is_analytic, (*theorem.checked.hypotheses, theorem.checked.conclusion)))
        if words & {"domain", "interval"} or analytic or "in number" in str(theorem):
            continue  # SymPy has no name for any domain; integrals and functions of numbers are not read from LaTeX
        for statement in (*theorem.hypotheses, theorem.statement):
            text = latex(statement)
            if text not in seen and not statement.has(sympy.Contains, sympy.Interval):
                seen.add(text)
                assert differs(statement, text, len(seen)) == "", name
    assert len(seen) > 300


U = IndexedBase("u", positive=True)
EMITTED: list[Any] = [
    *(f(P[i], Q[i], base=base) for f in (kl.kl_divergence, kl.cross_entropy) for base in (None, 2, b)),
    *(f([Rational(1, 7), Rational(2, 7), Rational(4, 7)], [0.5, 0.25, 0.25]) for f in (kl.kl_divergence, kl.cross_entropy)),
    kl.entropy(P[i]), kl.entropy([3, 1, 1, 1], normalize=True), kl.entropy([x / (x + y), y / (x + y)], base=2),
    kl.kl_divergence(U[i], Q[i], normalize=True), kl.kl_divergence([a, b, x], [x, y, a], normalize=True),
    kl.kl_divergence(p1, q1), kl.cross_entropy(p1, q1, base=2), kl.kl_divergence({"u": a, "v": 1 - a}, {"u": 0.5, "v": 0.5}),
    *kl.closed_form(symbols("p q")[0], symbols("p q")[1]).conditions,
    *kl.closed_form(P[i], Q[i]).conditions, *kl.closed_form([a, b], [x, y], base=Symbol("c")).conditions,
    # rel_entr(1 - x, 0) is infinite between 0 and 1.
    GAUSS, *(e for e, _ in TEXTBOOK if isinstance(e, sympy.Expr) and 0 not in {r.args[1] for r in e.atoms(rel_entr)}),
]  # fmt: skip


@pytest.mark.parametrize("number", sampled(range(len(EMITTED)), 4))
def test_every_expression_that_the_package_returns_reads_back(number: int) -> None:
    assert differs(EMITTED[number], latex(EMITTED[number]), number) == ""


@pytest.mark.slow
def test_in_another_base_it_reads_back_as_well() -> None:
    for k, e in enumerate(EMITTED[:8]):
        for base in (2, b):
            text = latex(e, base=base)
            assert differs(e, text, k) == ""
    assert r"\log_2" in latex(EMITTED[1], base=2)


# --- random expressions ----------------------------------------------------------------------------------------------

LEAVES = [x, y, a, p1, q2, s1, Nh, Symbol("lambda", positive=True), Symbol("rate", positive=True), P[1], R[1, 2]]
SIGNED = symbols("u v", negative=True)


def grown(chance: random.Random, depth: int, index: Any = None) -> Any:
    """Return a random expression; some of its parts are not evaluated by SymPy."""
    if depth == 0 or chance.random() < 0.12:
        kind = chance.randrange(12)
        if kind < 2:
            return Integer(chance.choice([-3, -1, 1, 2, 3, 10]))
        if kind < 4:
            return Rational(chance.choice([-7, -1, 1, 2, 5]), chance.choice([2, 3, 10]))
        if kind == 4:
            return chance.choice([pi, sympy.E, *SIGNED, sympy.EulerGamma])
        return P[index] if index is not None and kind > 7 else chance.choice(LEAVES)
    part = [grown(chance, depth - 1, index) for _ in range(3)]
    kind = chance.randrange(16)
    if kind < 4:
        return Add(*part[: chance.choice([2, 2, 3])], evaluate=chance.random() < 0.8)
    if kind < 7:
        return Mul(*part[: chance.choice([2, 2, 3])], evaluate=chance.random() < 0.8)
    if kind < 9:
        return part[0] / part[1] if part[1] != 0 else part[0]
    if kind == 9:
        power = chance.choice([Integer(2), Integer(-2), Rational(1, 2), Rational(-3, 2), Nh, -Nh, a - 1, -a - 1, 1 - a])
        return Pow(part[0], power) if part[0] != 0 else power
    if kind in (10, 11):
        return log(part[0]) if part[0] not in (0, 1) else log(part[0] + 2)
    if kind == 12:
        return chance.choice([exp, Abs, sqrt])(part[0])
    if kind == 13:
        special = chance.choice(
            [gamma, loggamma, lambda z: polygamma(0, z), lambda z: polygamma(2, z), lambda z: beta(z, a)]
        )
        return special(Abs(part[0]) + Rational(1, 3))
    if kind == 14 and index is None:
        variable = chance.choice([i, j])
        over = chance.choice([Sum, Sum, Product])
        return over(grown(chance, depth - 1, variable) * P[variable], (variable, 1, chance.choice([K, Integer(3)])))
    if kind == 15:
        return chance.choice([
            lambda: log(Abs(part[0]) + 1, chance.choice([2, b, 10]), evaluate=False),
            lambda: rel_entr(Symbol("w", real=True), Abs(part[0]) + 1),
            lambda: xlogy(Symbol("w", real=True), Abs(part[1]) + 1),
        ])()  # fmt: skip
    return part[0] - part[1]


@pytest.mark.parametrize("batch", sampled(range(50), 50))
def test_random_expressions_read_back(batch: int) -> None:
    checked = 0
    for number in range(batch * 30, (batch + 1) * 30):
        chance = random.Random(number)
        e = grown(chance, chance.choice([2, 3, 3]))
        while e.has(sympy.nan, sympy.zoo, oo, sympy.I):
            e = grown(chance, 3)
        found = differs(e, latex(e), number)
        assert found in ("", "no value"), f"seed {number}: {found}"
        checked += found == ""
    assert checked > 20
