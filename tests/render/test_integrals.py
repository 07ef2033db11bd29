"""Integrals, series, derivatives, domains and functions of a number: on a line, on a page, and as others read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.terms import Node, bound, lam
from kl_symbolic.language.errors import InvalidValue
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.render import latex
from kl_symbolic.render.latex.terms import Latex
from kl_symbolic.render.model.bases import scales
from kl_symbolic.render.model.displays import peel
from kl_symbolic.render.model.notation import Formula, agree
from kl_symbolic.render.model.renaming import Renaming
from kl_symbolic.render.model.rule_words import RULES
from kl_symbolic.render.model.story import read_prose
from kl_symbolic.render.model.view import View
from kl_symbolic.render.text.terms import Unicode

from ..support.chromium import Browser, browser
from ..support.density_samples import exponential, gibbs, poisson, row
from ..support.render_samples import document_of, shown, to_html, to_latex, to_markdown, to_text
from .test_html_browser import DESK, PHONE, complete, written
from .test_latex_fragments import PREAMBLE, faults, log_of, need_tex

NAMES = {
    "D": "domain", "E": "interval", "X": "set", "T": "X, number -> number", "V": "number, number -> number",
    "a": "number", "b": "number", "d": "number -> number", "f": "number -> number", "h": "X", "l": "Nat, number -> number",
    "n": "Nat", "p": "number -> number", "p1": "number -> number", "q": "number -> number", "s": "number",
    "u": "Nat -> number",
}  # fmt: skip
SCOPE = declare(NAMES)


def printed(source: str, sort: str = "statement", flat: bool = False) -> tuple[str, str]:
    node = parse(source, sort, SCOPE)
    notation = agree([node], SCOPE, frozenset(SCOPE))
    return Latex(notation, flat).formula(Formula(node)).text, Unicode(notation).formula(Formula(node))


NUMBERS = [
    ("p(a)", "p(a)", "p(a)"),
    ("p(a/b)", r"p\left( \frac{a}{b} \right)", "p(a/b)"),
    ("p(p(a) + 1)", "p(p(a) + 1)", "p(p(a) + 1)"),
    ("T(h, a)", "T_h(a)", "T_h(a)"),
    ("l(n, a)", r"\ell_n(a)", "l_n(a)"),
    ("p1(a)", "p_1(a)", "p₁(a)"),
    ("V(a, b)", "V(a, b)", "V(a, b)"),
    ("u[n]", "u(n)", "u(n)"),
    ("p(a)*q(b)", r"p(a)\, q(b)", "p(a)·q(b)"),
    ("p(a)^2", "p(a)^2", "p(a)²"),
    ("a*p(b + 1)", "a p(b + 1)", "a·p(b + 1)"),
    ("log(p(a))", r"\log p(a)", "log p(a)"),
    ("rel_entr(p(a), q(a))", r"p(a)\, \log \frac{p(a)}{q(a)}", "p(a) log(p(a)/q(a))"),
    ("Gamma(a)", r"\Gamma(a)", "Γ(a)"),
    ("Gamma(a/2)", r"\Gamma\left( \frac{a}{2} \right)", "Γ(a/2)"),
    ("a*Gamma(a)^2*b", r"a \Gamma(a)^2\, b", "a·Γ(a)²·b"),
    ("log(Gamma(a))", r"\log \Gamma(a)", "log Γ(a)"),
    ("digamma(a + b)", r"\psi(a + b)", "ψ(a + b)"),
    ("2*pi", r"2 \pi", "2·π"),
    ("(2*pi)^(1/2)", r"(2 \pi)^{1/2}", "(2·π)^(1/2)"),
    ("log(pi)", r"\log \pi", "log π"),
    ("sum(i in X: T(i, a))", r"\sum_{i} T_i(a)", "Σ_i T_i(a)"),
]
STATEMENTS = [
    ("a in (0, 1)", r"a \in (0, 1)", "a ∈ (0, 1)"),
    ("a in (1/2, oo)", r"a \in (1/2, \infty)", "a ∈ (1/2, ∞)"),
    ("a in (-oo, b)", r"a \in (-\infty, b)", "a ∈ (-∞, b)"),
    ("a in reals", r"a \in \mathbb{R}", "a ∈ ℝ"),
    ("n in nats", r"n \in \mathbb{N}", "n ∈ ℕ"),
    ("a in D => a in E", r"a \in D \Rightarrow a \in E", "a ∈ D ⇒ a ∈ E"),
    ("forall x in D: 0 <= p(x)", r"\forall\, x \in D\colon\ 0 \le p(x)", "∀x∈D: 0 ≤ p(x)"),
    ("forall x in number: p(x) = 1", r"\forall\, x \in \mathbb{R}\colon\ p(x) = 1", "∀x∈ℝ: p(x) = 1"),
    ("forall x in nats: p(x) = 1", r"\forall\, m \in \mathbb{N}\colon\ p(m) = 1", "∀m∈ℕ: p(m) = 1"),
    (
        "forall x in (0, oo): q(x) = 0 => p(x) = 0",
        r"\forall\, x \in (0, \infty)\colon\ q(x) = 0 \Rightarrow p(x) = 0",
        "∀x∈(0, ∞): q(x) = 0 ⇒ p(x) = 0",
    ),
    (
        "forall x in D: forall y in (0, x): V(x, y) = 1",
        r"\forall\, x \in D\colon\ \forall\, y \in (0, x)\colon\ V(x, y) = 1",
        "∀x∈D: ∀y∈(0, x): V(x, y) = 1",
    ),
    # a variable does not run over a domain that mentions it
    (
        "forall x in number: x in (0, x) => a = b",
        r"\forall\, x \in \mathbb{R}\colon\ x \in (0, x) \Rightarrow a = b",
        "∀x∈ℝ: x ∈ (0, x) ⇒ a = b",
    ),
    ("int(x in D: p(x)) = 1", r"\int_D p(x)\, dx = 1", "∫_D p(x) dx = 1"),
    ("int(x in (0, oo): p(x)) = 1", r"\int_0^\infty p(x)\, dx = 1", "∫₀^∞ p(x) dx = 1"),
    ("int(x in (0, 1): p(x)) = 1", r"\int_0^1 p(x)\, dx = 1", "∫₀¹ p(x) dx = 1"),
    ("int(x in (-oo, a): p(x)) = 1", r"\int_{-\infty}^a p(x)\, dx = 1", "∫_{-∞}^a p(x) dx = 1"),
    ("int(x in reals: p(x)) = 1", r"\int_{-\infty}^\infty p(x)\, dx = 1", "∫_{-∞}^∞ p(x) dx = 1"),
    ("int(x in (-1/2, a + b): p(x)) = 1", r"\int_{(-1/2, a + b)} p(x)\, dx = 1", "∫_{(-1/2, a + b)} p(x) dx = 1"),
    ("int(x in (1, 0): p(x)) = 0", r"\int_{(1, 0)} p(x)\, dx = 0", "∫_{(1, 0)} p(x) dx = 0"),
    ("int(x in D: p(x) - q(x)) = a", r"\int_D (p(x) - q(x))\, dx = a", "∫_D (p(x) - q(x)) dx = a"),
    ("int(x in D: -p(x)) = a - b", r"\int_D (-p(x))\, dx = a - b", "∫_D (-p(x)) dx = a - b"),
    (
        "int(x in D: rel_entr(p(x), q(x))) = a",
        r"\int_D p(x)\, \log \frac{p(x)}{q(x)}\, dx = a",
        "∫_D p(x) log(p(x)/q(x)) dx = a",
    ),
    (
        "int(k in nats: a^k/Gamma(k + 1)) = exp(a)",
        r"\sum_{m=0}^{\infty} \frac{a^m}{\Gamma(m + 1)} = \exp(a)",
        "Σ_{m=0}^∞ a^m/Γ(m + 1) = exp(a)",
    ),
    ("int(k in nats: p(k) + q(k)) = a", r"\sum_{m=0}^{\infty} (p(m) + q(m)) = a", "Σ_{m=0}^∞ (p(m) + q(m)) = a"),
    (
        "forall x in D: int(y in E: V(x, y)) = 1",
        r"\forall\, x \in D\colon\ \int_E V(x, y)\, dy = 1",
        "∀x∈D: ∫_E V(x, y) dy = 1",
    ),
    (
        "int(x in D: p(x)) = 1 => a = b",
        r"\int_D p(x)\, dx = 1 \Rightarrow a = b",
        "∫_D p(x) dx = 1 ⇒ a = b",
    ),
    # f′, d/dx of a term in x, and d/dx at another place
    ("deriv(y: p(y), a) = b", "p'(a) = b", "p′(a) = b"),
    ("deriv(y: p1(y), a + b) = 1", "p_1'(a + b) = 1", "p₁′(a + b) = 1"),
    ("deriv(y: T(h, y), a) = b", "T_h'(a) = b", "T_h′(a) = b"),
    ("deriv(y: Gamma(y), a) = Gamma(a)*digamma(a)", r"\Gamma'(a) = \Gamma(a)\, \psi(a)", "Γ′(a) = Γ(a)·ψ(a)"),
    ("deriv(y: y^2, a) = 2*a", r"\frac{d}{da} a^2 = 2 a", "d/da a² = 2·a"),
    ("deriv(y: y + 1, a) = 1", r"\frac{d}{da} (a + 1) = 1", "d/da (a + 1) = 1"),
    ("deriv(y: a*y, a) = a", r"\frac{d}{dx} (a x) \Big|_{x = a} = a", "d/dx (a·x) |_{x=a} = a"),
    ("deriv(y: V(a, y), b) = 1", r"\frac{d}{db} V(a, b) = 1", "d/db V(a, b) = 1"),
    (
        "forall x in D: deriv(y: log(V(x, y)), x) = d(x)",
        r"\forall\, x \in D\colon\ \frac{d}{dy} (\log V(x, y)) \Big|_{y = x} = d(x)",
        "∀x∈D: d/dy (log V(x, y)) |_{y=x} = d(x)",
    ),
    (
        "forall x in D: deriv(y: p(y)*q(y), x) = d(x)",
        r"\forall\, x \in D\colon\ \frac{d}{dx} (p(x)\, q(x)) = d(x)",
        "∀x∈D: d/dx (p(x)·q(x)) = d(x)",
    ),
]


@pytest.mark.parametrize(("source", "tex", "unicode"), NUMBERS, ids=[r[0] for r in NUMBERS])
def test_numbers(source: str, tex: str, unicode: str) -> None:
    assert printed(source, "number") == (tex, unicode)


@pytest.mark.parametrize(("source", "tex", "unicode"), STATEMENTS, ids=[r[0] for r in STATEMENTS])
def test_statements(source: str, tex: str, unicode: str) -> None:
    assert printed(source) == (tex, unicode)


def test_running_text() -> None:
    assert printed("int(x in (0, a/b): p(x)/a) = 1", flat=True)[0] == r"\int_{(0, a/b)} (p(x)/a)\, dx = 1"
    assert printed("deriv(y: a*y, a) = a", flat=True)[0] == r"\frac{d}{dx} (a x) \big|_{x = a} = a"


@pytest.mark.parametrize(
    ("names", "tex", "unicode"),
    [
        ({}, r"\psi(a)", "ψ(a)"),
        ({"psi": "number -> number"}, r"\mathrm{digamma}(a)", "digamma(a)"),
        ({"Omega": "set"}, r"\mathrm{digamma}(a)", "digamma(a)"),
    ],
)
def test_psi_is_the_digamma_function_where_the_letter_is_free(names: dict[str, str], tex: str, unicode: str) -> None:
    scope = declare({"a": "number", **names})
    node = parse("digamma(a)", "number", scope)
    notation = agree([node], scope, frozenset(scope))
    assert (Latex(notation).formula(Formula(node)).text, Unicode(notation).formula(Formula(node))) == (tex, unicode)


def test_a_left_side_is_printed_by_itself() -> None:
    side = Node("int", None, (Node("dom", "D"), lam(("number",), Node("sym", "p", (bound(0, "number"),)))))
    notation = agree([side], SCOPE, frozenset(SCOPE))
    assert Latex(notation).side(side, Formula(side)).text == r"\int_D p(x)\, dx"


# --- pages ---------------------------------------------------------------------------------------------------------------


def words(page: str) -> str:
    return " ".join(page.split())


def test_limits_of_an_integral_stand_where_a_hypothesis_says_that_they_are_in_order() -> None:
    names = {"a": "number", "b": "number"}
    known = to_text(shown(names, ["a < b", "int(x in (a, b): 1) = b - a"]))
    assert "∫_a^b 1 dx = b - a" in known and "is empty unless" not in known
    unknown = to_text(shown(names, ["a != b", "int(x in (a, b): 1) = b - a"]))
    assert "∫_{(a, b)} 1 dx = b - a" in unknown
    assert "The interval (a, b) is empty unless a < b." in unknown


def test_a_page_says_what_an_equation_with_an_integral_means() -> None:
    page = words(to_text(gibbs()))
    assert "Let D be a domain of integration, v a real number and p, q : ℝ → ℝ." in page
    assert "0 < p(x), q(x) for all x ∈ D" in page
    assert "that the integrand is absolutely integrable, and that its integral is this number." in page
    assert (
        "∫_D (p(x) - q(x)) dx = 0 by linearity of the integral ≤ v the larger function has the larger integral" in page
    )
    assert "any other set of real numbers with a complete measure; over ℕ, an integral is a series." in page
    assert "For all x ∈ D: log(q(x)/p(x)) ≤ q(x)/p(x) - 1" in page
    assert "converges absolutely" not in page and "differentiable" not in page


def test_a_page_says_what_series_derivatives_intervals_and_special_functions_mean() -> None:
    series = words(to_text(poisson()))
    assert "that the series converges absolutely, and that its sum is this number." in series
    assert "integrable" not in series and "Γ(x) is the gamma function." in series
    page = words(to_text(row("int_ftc")))
    assert "Let D be an open interval, k, l and w real numbers, f, g, h, m : ℝ → ℝ and u, v : ℕ → ℝ." in page
    assert "that the function is differentiable there, and that this number is its derivative." in page
    assert "An open interval may be unbounded, and it may be empty." in page
    assert "|u(n) - x| + (u(n) - x) → 0 as n → ∞, for all x ∈ D" in page
    assert "The set ℕ begins with 0." in words(to_text(row("nats_nonneg")))
    both = words(to_text(row("digamma_deriv")))
    assert "Γ(x) is the gamma function, and ψ(x) the digamma function, the derivative of log Γ(x)." in both


def test_what_is_not_so_is_said_in_words() -> None:
    names = {"p": "number -> number"}
    claim = "forall v in number: int(x in (0, oo): p(x)) = v => 0 = 1"
    apart = "forall x in (0, 1): x in (2, 3) => 0 = 1"
    page = words(to_text(shown(names, [apart, claim])))
    assert "there is no x ∈ (0, 1) with x ∈ (2, 3)" in page
    assert "Then There is no x ∈ ℝ with ∫₀^∞ p(y) dy = x" in page


def test_a_number_that_lies_in_a_domain_is_introduced_with_it() -> None:
    page = words(to_text(exponential()))
    assert "d/dx (a·x) = a for all x ∈ (0, ∞)" in page
    assert "Γ(y) is the gamma function" in page  # x is a name of the proof


@pytest.mark.parametrize("name", INTEGRALS)
def test_every_row_of_the_table_has_a_page_and_words(name: str) -> None:
    theorem = row(name)
    page = words(to_text(theorem, view=View("steps")))
    assert f"{name}: {RULES[name]}" in page and "#" not in page
    assert r"\begin" in to_latex(theorem) and "<main" in to_html(theorem)
    assert to_markdown(theorem, flavor="hugo") and to_markdown(theorem, flavor="myst") and to_markdown(theorem)


def test_prose_may_speak_of_a_number_of_a_domain() -> None:
    scope = declare({"p": "number -> number", "T": "X, number -> number", "X": "set"})
    for source in ("p(x)", "T(j, x)", "x in (0, oo)", "(0, oo)", "reals", "int(x in nats: p(x)) = 1"):
        (piece,) = read_prose(f"`{source}`", scope)
        assert isinstance(piece, Formula), source
    (without,) = read_prose("`(x + 1)`", declare({"X": "set"}))
    assert not isinstance(without, Formula)


def test_a_statement_about_a_domain_is_taken_apart() -> None:
    found = peel(
        parse("forall m in Nat: forall x in (0, m): forall y in number: y in D => V(x, y) = 0", "statement", SCOPE)
    )
    assert found.sets[0] == "Nat" and [s.op for s in found.sets[1:] if isinstance(s, Node)] == ["open", "dom"]
    assert found.guards == () and found.core.op == "="


@pytest.mark.parametrize(
    ("source", "scaled"),
    [
        ("int(x in (0, oo): p(x)*log(p(x)/q(x))) = log(a)", True),
        ("int(x in (0, oo): p(x)*log(p(x)/q(x))) = a", False),
        ("int(x in (0, log(a)): p(x)*log(q(x))) = log(a)", False),
        ("a in (0, b)", True),
        ("log(a) in (0, log(b))", True),
        ("log(a) in (0, b)", False),
        ("log(a) in D", False),
        ("deriv(y: log(y), a) = 1/a", False),
        ("deriv(y: log(y), a) = 2*log(b)", True),
        ("deriv(y: log(y), log(a)) = 2*log(b)", False),
        ("forall x in D: log(Gamma(x)) = log(p(x))", True),
        ("Gamma(log(a)) = log(b)", False),
        ("digamma(a) = log(b)", False),
    ],
)
def test_logarithms_to_another_base(source: str, scaled: bool) -> None:
    assert scales([parse(source, "statement", SCOPE)]) is scaled


def test_other_symbols_for_functions() -> None:
    theorem = row("int_zero")
    page = latex.render(document_of(theorem), renaming=Renaming.of({"f": r"\hat{f}^\star", "g": "g'"}))
    assert r"{\hat{f}^\star}'(x) = g'(x)" in page
    page = latex.render(document_of(row("gamma_int")), renaming=Renaming.of({"a": r"\alpha"}))
    assert r"= \Gamma(\alpha)" in page
    with pytest.raises(InvalidValue, match=r"cannot show a as \\Gamma: it is the gamma function on this page"):
        latex.render(document_of(row("gamma_int")), renaming=Renaming.of({"a": r"\Gamma"}))
    with pytest.raises(InvalidValue, match=r"cannot show a as \\psi: it is the digamma function on this page"):
        latex.render(document_of(row("digamma_deriv")), renaming=Renaming.of({"a": r"\psi"}))


# --- as others read them ---------------------------------------------------------------------------------------------------

LONG = [
    "0 < sigma", "0 < tau", "a < b",
    "forall x in D: forall y in (0, x): 0 <= V(x, y)",
    "forall j in X: int(x in D: p(x)*T(j, x)) = theta[j]",
    "forall x in E: deriv(y: log(V(x, y)), x) = p(x)",
    "int(n in nats: exp(-a)*a^n/Gamma(n + 1)*log(exp(-a)*a^n/Gamma(n + 1)/(exp(-b)*b^n/Gamma(n + 1)))) = a*log(a/b) - a + b",
    "int(x in reals: 1/(sigma*(2*pi)^(1/2))*exp(-(x - mu)^2/(2*sigma^2))*log(1/(sigma*(2*pi)^(1/2))*exp(-(x - mu)^2"
    "/(2*sigma^2))/(1/(tau*(2*pi)^(1/2))*exp(-(x - rho)^2/(2*tau^2))))) = log(tau/sigma) + (sigma^2 + (mu - rho)^2)"
    "/(2*tau^2) - 1/2",
]  # fmt: skip
OWN = ("D", "E", "X", "T", "V", "a", "b", "p")


def long() -> CheckedTheorem:
    """Return a theorem with integrals of which some are longer than a line."""
    names = (
        {n: NAMES[n] for n in OWN} | dict.fromkeys(("sigma", "tau", "mu", "rho"), "number") | {"theta": "X -> number"}
    )
    return shown(names, LONG, [["step", 4, "moments"], ["step", 6, "a series"], ["step", 7, "assumed"]])


@pytest.mark.pdf
def test_pages_with_integrals_fit_in_an_article(tmp_path: Path) -> None:
    need_tex()
    documents = [document_of(t, view=View("steps")) for t in (gibbs(), exponential(), poisson(), *map(row, INTEGRALS))]
    body = "\n".join(latex.render(document) for document in (*documents, document_of(long())))
    for columns in ("onecolumn", "twocolumn"):
        log = log_of(f"\\documentclass[11pt,{columns}]{{article}}\n{PREAMBLE}{body}\\end{{document}}\n", tmp_path)
        assert faults(log) == [] and "Output written on page.pdf" in log


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_katex_reads_every_formula(chrome: Browser, tmp_path: Path, width: int) -> None:
    chrome.window(width)
    for theorem in (gibbs(), exponential(), poisson(), *map(row, INTEGRALS)):
        chrome.open(written(tmp_path, to_html(theorem, view=View("steps"))))
        complete(chrome, width)
