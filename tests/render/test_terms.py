"""Every operator in LaTeX and in Unicode: brackets where a reader needs them, and the author's order and fractions."""

from __future__ import annotations

import pytest

from kl_symbolic.kernel.terms import Node, lam, num
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.render.latex.terms import Latex
from kl_symbolic.render.model.names import Spelling, spell
from kl_symbolic.render.model.notation import Formula, agree
from kl_symbolic.render.text.terms import Unicode

SCOPE = declare(
    {
        "X": "set", "T": "set", "Omega": "set", "h": "X",
        "t": "T", "a": "number", "b": "number", "c": "number", "n": "Nat", "l": "number", "loss": "number",
        "p1": "number", "p2": "number", "q1": "number", "q2": "number", "N": "number", "N_h": "Nat -> number",
        "N_t": "number", "lambda": "number", "eps": "number", "theta_max": "number",
        "p": "X -> number", "q": "X -> number", "w": "Omega -> number", "wQ": "Omega -> number",
        "r": "X, X -> number", "u": "X, Nat -> number", "x": "T -> X", "y": "T, Omega -> X", "f": "X -> X",
    }
)  # fmt: skip


def printed(source: str, flat: bool = False) -> tuple[str, str]:
    sort = "statement" if any(s in source for s in ("=", "<", "->", "forall")) else "number"
    node = parse(source, sort, SCOPE)
    notation = agree([node], SCOPE, frozenset())
    return Latex(notation, flat).formula(Formula(node)).text, Unicode(notation).formula(Formula(node))


TERMS = [
    # literals and names
    ("7", "7", "7"),
    ("7/10", r"\frac{7}{10}", "7/10"),
    ("-7/10", r"-\frac{7}{10}", "-7/10"),
    ("p1", "p_1", "p₁"),
    ("l", r"\ell", "l"),
    ("loss", r"\mathrm{loss}", "loss"),
    ("lambda", r"\lambda", "λ"),
    ("eps", r"\varepsilon", "ε"),
    ("theta_max", r"\theta_{\mathrm{max}}", "θ_max"),
    ("n", "n", "n"),
    # indices
    ("p[h]", "p_h", "p_h"),
    ("r[h, f(h)]", "r_{h, f(h)}", "r[h, f(h)]"),
    ("N_h[n]", "N_h(n)", "N_h(n)"),
    ("u[h, n]", "u_h(n)", "u_h(n)"),
    ("sum(i in X: r[i, i])", r"\sum_{i} r_{ii}", "Σ_i r_ii"),
    ("prod(t in T: p[x(t)])", r"\prod_{t} p_{x_t}", "Π_t p[x_t]"),
    ("sum(o in Omega: wQ[o])", r"\sum_{\omega} w_Q(\omega)", "Σ_ω w_Q(ω)"),
    ("sum(o in Omega: w[o]*p[y(t, o)])", r"\sum_{\omega} w_{\omega} p_{y_t(\omega)}", "Σ_ω w_ω·p[y_t(ω)]"),
    ("card(X)", "|X|", "|X|"),
    ("sum(i in X: delta(i, h))", r"\sum_{i} \delta(i, h)", "Σ_i δ(i, h)"),
    # sums and differences
    ("a + b - c", "a + b - c", "a + b - c"),
    ("a - (b - c)", "a - (b - c)", "a - (b - c)"),
    ("a - (b + c)", "a - (b + c)", "a - (b + c)"),
    ("a + (b + c)", "a + (b + c)", "a + (b + c)"),
    ("-a - -b", "-a - (-b)", "-a - (-b)"),
    ("-(a + b)", "-(a + b)", "-(a + b)"),
    ("-(-a)", "-(-a)", "-(-a)"),
    ("-log(a) + b", r"-\log a + b", "-log a + b"),
    # products
    ("2*a", "2 a", "2·a"),
    ("a*2", r"a \cdot 2", "a·2"),
    ("2*3", r"2 \cdot 3", "2·3"),
    ("a*b*c", "a b c", "a·b·c"),
    ("a*(b*c)", "a b c", "a·b·c"),
    ("(a + b)*c", r"(a + b)\, c", "(a + b)·c"),
    ("a*(b + c)", r"a\, (b + c)", "a·(b + c)"),
    ("a*-b", r"a\, (-b)", "a·(-b)"),
    ("-2*a", "-2 a", "-2·a"),
    ("b + -2*a", "b + (-2 a)", "b + (-2·a)"),
    ("p[h]*(-log(p[h]))", r"p_h\, (-\log p_h)", "p_h·(-log p_h)"),
    ("log(a)*b", r"(\log a)\, b", "(log a)·b"),
    ("a*log(b)", r"a \log b", "a log b"),
    ("sum(i in X: p[i])*a", r"\left( \sum_{i} p_i \right) a", "(Σ_i p_i)·a"),
    ("a*sum(i in X: p[i])", r"a \sum_{i} p_i", "a Σ_i p_i"),
    ("loss*a", r"\mathrm{loss}\, a", "loss·a"),
    ("p1^N_t*p2^N_t", r"p_1^{N_t}\, p_2^{N_t}", "p₁^N_t·p₂^N_t"),
    # quotients keep the author's form
    ("a/b", r"\frac{a}{b}", "a/b"),
    ("1/2*a", r"\frac{1}{2} a", "1/2 · a"),
    ("2*(1/2)", r"2 \cdot \frac{1}{2}", "2·(1/2)"),
    ("a/b*(c/a)", r"\frac{a}{b} \cdot \frac{c}{a}", "a/b · (c/a)"),
    ("a*(b/c)", r"a \frac{b}{c}", "a·(b/c)"),
    ("a*b/c", r"\frac{a b}{c}", "a·b/c"),
    ("a/(b*c)", r"\frac{a}{b c}", "a/(b·c)"),
    ("(a + b)/c", r"\frac{a + b}{c}", "(a + b)/c"),
    ("a/b/c", r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
    ("log(a)/b", r"\frac{\log a}{b}", "(log a)/b"),
    ("N_t/N*log(p1/q1)", r"\frac{N_t}{N} \log \frac{p_1}{q_1}", "N_t/N · log(p₁/q₁)"),
    # powers
    ("a^2", "a^2", "a²"),
    ("p1^2", "p_1^2", "p₁^2"),
    ("(a^b)^c", "(a^b)^c", "(a^b)^c"),
    ("a^(b^c)", "a^{b^c}", "a^(b^c)"),
    ("(-a)^2", "(-a)^2", "(-a)²"),
    ("(1/2)^a", r"\left( \frac{1}{2} \right)^a", "(1/2)^a"),
    ("a^(1/N)", "a^{1/N}", "a^(1/N)"),
    ("(a/b)^(1/2)", r"\left( \frac{a}{b} \right)^{1/2}", "(a/b)^(1/2)"),
    ("log(a)^2", r"(\log a)^2", "(log a)²"),
    ("-a^2", "-a^2", "-a²"),
    # functions
    ("log(2)", r"\log 2", "log 2"),
    ("log(-2)", r"\log(-2)", "log(-2)"),
    ("log(a*b)", r"\log(a b)", "log(a·b)"),
    ("log(a/b)", r"\log \frac{a}{b}", "log(a/b)"),
    ("log(a^b)", r"\log(a^b)", "log(a^b)"),
    ("log(log(a))", r"\log(\log a)", "log(log a)"),
    ("log(exp(a))", r"\log(\exp(a))", "log(exp(a))"),
    ("log(card(X))", r"\log |X|", "log |X|"),
    ("log(prod(i in X: p[i]))", r"\log \prod_{i} p_i", "log(Π_i p_i)"),
    ("exp(-N*a)", r"\exp(-N a)", "exp(-N·a)"),
    ("exp(a/b)", r"\exp\left( \frac{a}{b} \right)", "exp(a/b)"),
    ("abs(a - b)", r"\left| a - b \right|", "|a - b|"),
    # Σ and its body
    ("sum(i in X: p[i] + q[i])", r"\sum_{i} (p_i + q_i)", "Σ_i (p_i + q_i)"),
    ("sum(i in X: -p[i])", r"\sum_{i} (-p_i)", "Σ_i (-p_i)"),
    ("sum(i in X: p[i]) + a", r"\sum_{i} p_i + a", "Σ_i p_i + a"),
    ("sum(i in X: p[i]*sum(j in X: q[j]))", r"\sum_{i} p_i \sum_{j} q_j", "Σ_i p_i Σ_j q_j"),
    ("sum(i in X: p[i])*sum(j in X: q[j])", r"\left( \sum_{i} p_i \right) \sum_{i} q_i", "(Σ_i p_i) Σ_i q_i"),
    # defined symbols
    ("kl(p, q)", r"D_{\mathrm{KL}}(p \parallel q)", "D(p‖q)"),
    ("kl(p, i in X: 1/card(X))", r"D_{\mathrm{KL}}\left( p \parallel \frac{1}{|X|} \right)", "D(p‖1/|X|)"),
    ("kl(i in X: a*p[i], q)", r"D_{\mathrm{KL}}((a p_i)_{i} \parallel q)", "D((a·p_i)_i‖q)"),
    ("entropy(p)", "H(p)", "H(p)"),
    ("cross_entropy(p, q)", "H(p, q)", "H(p, q)"),
    ("binary_kl(a, b)", r"d(a \parallel b)", "d(a‖b)"),
    ("count(x, h)", "N_h(x)", "N_h(x)"),  # the scope has an N_h of its own
    ("count(x, x(t))", r"N_{x_t}(x)", "N[x_t](x)"),
    ("xlogy(a, b)", r"a \log b", "a log b"),
    ("rel_entr(a, b)", r"a \log \frac{a}{b}", "a log(a/b)"),
    # a product that would look the same makes them stand by their names
    ("xlogy(a, b) + a*log(b)", r"\mathrm{xlogy}(a, b) + a \log b", "xlogy(a, b) + a log b"),
    ("rel_entr(a, b) - a*log(a/b)", r"\mathrm{rel\_entr}(a, b) - a \log \frac{a}{b}", "rel_entr(a, b) - a log(a/b)"),
    ("rel_entr(rel_entr(a, b), c)", r"\mathrm{rel\_entr}(\mathrm{rel\_entr}(a, b), c)", "rel_entr(rel_entr(a, b), c)"),
    # statements
    ("a <= b", r"a \le b", "a ≤ b"),
    ("a != b", r"a \ne b", "a ≠ b"),
    ("a = b => b = a", r"a = b \Rightarrow b = a", "a = b ⇒ b = a"),
    ("(a = b => b = c) => a = c", r"(a = b \Rightarrow b = c) \Rightarrow a = c", "(a = b ⇒ b = c) ⇒ a = c"),
    ("a = b => b = c => a = c", r"a = b \Rightarrow b = c \Rightarrow a = c", "a = b ⇒ b = c ⇒ a = c"),
    ("a = 0 <=> forall i in X: p[i] = 0", r"a = 0 \iff \forall\, i \in X\colon\ p_i = 0", "a = 0 ⇔ ∀i∈X: p_i = 0"),
    ("(forall i in X: p[i] = 0) <=> a = 0",
     r"(\forall\, i \in X\colon\ p_i = 0) \iff a = 0", "(∀i∈X: p_i = 0) ⇔ a = 0"),
    ("lim(m: N_h[m]/m) -> p1", r"\lim_{n \to \infty} \frac{N_h(n)}{n} = p_1", "N_h(n)/n → p₁ (n → ∞)"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "latex", "unicode"), TERMS, ids=[row[0] for row in TERMS])
def test_printing(source: str, latex: str, unicode: str) -> None:
    assert printed(source) == (latex, unicode)


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("a/b", "a/b"),
        ("a/b*c", r"(a/b)\, c"),
        ("a*(b/c)", r"a\, (b/c)"),
        ("a/(b/c)", "a/(b/c)"),
        ("log(a/b)", r"\log(a/b)"),
        ("log(a)/b", r"(\log a)/b"),
        ("1/2*a", r"(1/2)\, a"),
        ("sum(i in X: p[i])/a", r"(\sum_{i} p_i)/a"),
    ],
)
def test_running_text_has_slashes(source: str, latex: str) -> None:
    assert printed(source, flat=True)[0] == latex


def test_three_fraction_bars_are_not_stacked() -> None:
    latex, _ = printed("a/(b + log(c/(a + p1/q1)))")
    assert latex == r"\frac{a}{b + \log \frac{c}{a + p_1/q_1}}"
    assert printed("a/(b + log(c/a))")[0] == r"\frac{a}{b + \log \frac{c}{a}}"


@pytest.mark.parametrize(
    ("name", "scope", "expected"),
    [
        ("N_h", {}, Spelling("N", ("h",))),
        ("N_h", {"N": ((), "number")}, Spelling("N", ("h",))),
        ("N_h", {"N": (("X",), "number")}, Spelling("N_h", whole=True)),
        ("p1", {"p": (("X",), "number")}, Spelling("p", ("1",))),
        ("rX", {"X": ((), "set"), "r": (("X",), "number")}, Spelling("r", ("X",))),
        ("r_q", {"r": (("X",), "number")}, Spelling("r", ("q",))),
        ("r_q", {"r": (("X",), "number"), "q": ((), "X")}, Spelling("r_q", whole=True)),
        ("r_i1", {"r": (("X",), "number")}, Spelling("r_i1", whole=True)),
        ("wQ", {}, Spelling("w", ("Q",))),
        ("eps", {}, Spelling("epsilon")),
        ("eps", {"epsilon": ((), "number")}, Spelling("eps")),
        ("lambda_1_max", {}, Spelling("lambda", ("1", "max"))),
        ("x_", {}, Spelling("x_", whole=True)),
        ("a1b", {}, Spelling("a1b", whole=True)),
        ("Sigma", {}, Spelling("Sigma")),
    ],
)
def test_spelling(name: str, scope: dict[str, tuple[tuple[str, ...], str]], expected: Spelling) -> None:
    assert spell(name, scope) == expected


def test_a_number_p_h_does_not_look_like_an_entry_of_p() -> None:
    scope = declare({"X": "set", "h": "X", "p": "X -> number", "p_h": "number"})
    node = parse("p[h] + p_h", "number", scope)
    notation = agree([node], scope, frozenset())
    assert Latex(notation).formula(Formula(node)).text == r"p_h + \mathrm{p\_h}"
    assert Unicode(notation).formula(Formula(node)) == "p_h + {p_h}"


def test_counts_of_one_sequence_are_n_i_and_of_two_are_told_apart() -> None:
    scope = declare({"X": "set", "T": "set", "h": "X", "x": "T -> X", "y": "T -> X"})
    one = parse("count(x, h)", "number", scope)
    two = parse("count(x, h) + count(y, h)", "number", scope)
    assert Latex(agree([one], scope, frozenset())).formula(Formula(one)).text == "N_h"
    assert Latex(agree([two], scope, frozenset())).formula(Formula(two)).text == "N_h(x) + N_h(y)"


def test_sets_are_named_under_sigma_only_where_letters_are_shared() -> None:
    both = declare({"X": "set", "Y": "set", "p": "X -> number"})
    one = declare({"X": "set", "T": "set", "p": "X -> number"})
    for scope, latex, unicode in ((both, r"\sum_{i \in X} p_i", "Σ_{i∈X} p_i"), (one, r"\sum_{i} p_i", "Σ_i p_i")):
        node = parse("sum(i in X: p[i])", "number", scope)
        notation = agree([node], scope, frozenset())
        assert Latex(notation).formula(Formula(node)).text == latex
        assert Unicode(notation).formula(Formula(node)) == unicode


def test_bound_variables_avoid_the_names_of_the_statement_and_of_the_formula() -> None:
    node = parse("sum(i in X: p[i]*p[h])", "number", SCOPE)
    notation = agree([node], SCOPE, frozenset({"i"}))
    assert Unicode(notation).formula(Formula(node)) == "Σ_j p_j·p_h"
    assert Unicode(notation).formula(Formula(node, taken=frozenset({"j"}))) == "Σ_k p_k·p_h"


JOINT = declare(
    {
        "X": "set", "Y": "set", "Z": "set", "z": "Z", "r": "X, Y -> number", "s": "X, Y, Z -> number",
        "p": "X -> number", "W": "X, X -> number",
    }
)  # fmt: skip
OF_VARIABLES = [
    ("joint_entropy(r)", "H(X, Y)", "H(X, Y)"),
    ("cond_entropy(r)", r"H(X \mid Y)", "H(X|Y)"),
    ("mutual_info(r)", "I(X; Y)", "I(X;Y)"),
    ("cond_mutual_info(s)", r"I(X; Y \mid Z)", "I(X;Y|Z)"),
    # marginals, in either order
    ("cond_entropy(j in Y: i in X: r[i, j])", r"H(Y \mid X)", "H(Y|X)"),
    ("joint_entropy(i in X: k in Z: sum(j in Y: s[i, j, k]))", "H(X, Z)", "H(X, Z)"),
    ("entropy(j in Y: sum(i in X: r[i, j]))", "H(Y)", "H(Y)"),
    ("entropy(k in Z: sum(j in Y: sum(i in X: s[i, j, k])))", "H(Z)", "H(Z)"),
    ("mutual_info(r)/2", r"\frac{I(X; Y)}{2}", "I(X;Y)/2"),
    ("mutual_info(r)*(1 + 1)", r"I(X; Y)\, (1 + 1)", "I(X;Y)·(1 + 1)"),
    # positions, unless it is a family of one variable for each set
    ("joint_entropy(W)", "H(W)", "H(W)"),
    ("cond_entropy(W)", r"H_{1 \mid 2}(W)", "H_{1|2}(W)"),
    ("mutual_info(W)", "I_{1;2}(W)", "I_{1;2}(W)"),
    ("mutual_info(i in X: j in Y: s[i, j, z])",
     r"I_{1;2}((s_{ijz})_{i \in X, j \in Y})", "I_{1;2}((s_ijz)_{i∈X, j∈Y})"),
    ("joint_entropy(i in X: j in Y: r[i, j]*p[i])",
     r"H((r_{ij} p_i)_{i \in X, j \in Y})", "H((r_ij·p_i)_{i∈X, j∈Y})"),
    ("entropy(i in X: sum(j in X: W[i, j]))",
     r"H((\sum_{j \in X} W_{ij})_{i \in X})", "H((Σ_{j∈X} W_ij)_{i∈X})"),
    ("entropy(i in X: sum(j in Y: r[i, j]*p[i]))",
     r"H((\sum_{j \in Y} r_{ij} p_i)_{i \in X})", "H((Σ_{j∈Y} r_ij·p_i)_{i∈X})"),
    # two distributions on one page: the symbol says which one is meant
    ("mutual_info(r) + mutual_info(i in X: j in Y: sum(k in Z: s[i, j, k]))",
     "I_r(X; Y) + I_s(X; Y)", "I_r(X;Y) + I_s(X;Y)"),
    ("entropy(p) + entropy(i in X: sum(j in Y: r[i, j]))", "H(p) + H(X)", "H(p) + H(X)"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "latex", "unicode"), OF_VARIABLES, ids=[row[0] for row in OF_VARIABLES])
def test_joint_distributions_and_their_marginals_are_shown_by_their_variables(
    source: str, latex: str, unicode: str
) -> None:
    node = parse(source, "number", JOINT)
    notation = agree([node], JOINT, frozenset())
    assert Latex(notation, flat="H((" in latex or "I_{1;2}((" in latex).formula(Formula(node)).text == latex
    assert Unicode(notation).formula(Formula(node)) == unicode


def test_sums_inside_sums_have_letters() -> None:
    source = "0"
    for letter in "fedcba":
        source = f"sum({letter} in X: p[{letter}] + {source})"
    scope = declare({"X": "set", "p": "X -> number"})
    node = parse(source, "number", scope)
    shown = Unicode(agree([node], scope, frozenset())).formula(Formula(node))
    assert [part[0] for part in shown.split("Σ_")[1:]] == ["i", "j", "k", "h", "l", "m"]


def test_operands_that_bind_are_shown_with_their_index() -> None:
    node = parse("count(t in T: y(t, o), h)", "number", {**SCOPE, "o": ((), "Omega")})
    notation = agree([node], SCOPE, frozenset())
    assert Unicode(notation).formula(Formula(node)) == "N_h(t ↦ y_t(o))"
    assert Latex(notation).formula(Formula(node)).text == r"N_h(t \mapsto y_t(o))"


@pytest.mark.parametrize("op", ["+", "*", "/", "^", "log", "neg", "exp", "xlogy"])
def test_the_deepest_terms_are_printed_in_linear_time(op: str) -> None:
    # 118 levels; a printer that prints an operand twice at each level would not come back
    node = Node("sym", "a")
    for _ in range(118):
        pair = op in "+*/^" or op == "xlogy"
        node = Node(op, None, (node, num(2)) if pair else (node,))
    notation = agree([node], SCOPE, frozenset())
    assert Latex(notation).formula(Formula(node)).text.count("a") >= 1
    assert len(Unicode(notation).formula(Formula(node))) < 2000


def test_the_deepest_defined_symbols_are_printed_in_linear_time() -> None:
    node = Node("sym", "a")
    for _ in range(58):
        node = Node("def", ("kl", ("X",)), (lam(("X",), node), lam(("X",), num(1))))
    other = Node("sym", "a")
    for _ in range(118):
        other = Node("def", ("rel_entr", ()), (other, num(1)))
    for term in (node, other):
        notation = agree([term], SCOPE, frozenset())
        assert len(Latex(notation).formula(Formula(term)).text) < 10_000
        assert len(Unicode(notation).formula(Formula(term))) < 10_000


def test_widths_grow_with_what_is_printed() -> None:
    notation = agree([], SCOPE, frozenset())

    def width(source: str) -> float:
        return Latex(notation).formula(Formula(parse(source, "number", SCOPE))).width

    assert width("a") < width("a + b") < width("a + b + log(c)") < width("(a + b + log(c))*(a + b)")
    assert width("a/(a + b + c)") == pytest.approx(width("(a + b + c)/a"))
    assert width("a/(a + b + c)") < width("a + (a + b + c)")
