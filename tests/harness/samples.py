"""Small certificates that use every rule, so that the harness has something to break before any derivation exists."""

from __future__ import annotations

from functools import cache

from kl_symbolic.kernel import CheckedTheorem, check

from .draft import Draft

Sample = tuple[str, str, dict[str, CheckedTheorem]]
"""Name, certificate, and the lemmas that it cites."""

FAMILY = {"X": "set", "p": "X -> number", "q": "X -> number", "i": "X", "j": "X"}


def log_of_quotient() -> Draft:
    """0 < x, 0 < y ⊢ log(x/y) = log x − log y."""
    d = Draft(x="number", y="number")
    x, y = d.assume("0 < x"), d.assume("0 < y")
    quotient = d.goal("pos", "0 < x/y", x, y)
    product = d.scheme("log_mul", {"a": "x/y", "b": "y"}, quotient, y)
    back = d.goal("field", "x/y*y = x", y)
    inside = d.add("congr", [d.template("log(hole)", "number")], back)
    flipped = d.add("symm", [], inside)
    total = d.add("trans", [], flipped, product)
    d.order("log(x/y) = log(x) - log(y)", [(-1, "1", [0])], total)
    return d


def half_gibbs() -> Draft:
    """∀i 0 < p_i, 0 < q_i ⊢ Σ_i p_i·log(q_i/p_i) ≤ Σ_i (q_i − p_i): axioms, gen, spec and sums at once."""
    d = Draft(**FAMILY)
    all_p, all_q = d.assume("forall k in X: 0 < p[k]"), d.assume("forall k in X: 0 < q[k]")
    p, q = (d.add("spec", ["i"], k) for k in (all_p, all_q))
    ratio = d.goal("pos", "0 < q[i]/p[i]", p, q)
    tangent = d.scheme("log_le", {"a": "q[i]/p[i]"}, ratio)
    goal = "p[i]*log(q[i]/p[i]) <= q[i] - p[i]"
    scaled = d.order(goal, [(1, "1", [0, 1])], p, tangent)
    every = d.add("gen", ["i"], scaled)
    d.scheme("sum_mono", {"X": "X", "f": ("i", "p[i]*log(q[i]/p[i])"), "g": ("i", "q[i]-p[i]")}, every)
    return d


def sums() -> Draft:
    """Σ_i Σ_j (p_i + q_j) = |X|·Σp + |X|·Σq by the sum rules, with a rewrite under two binders."""
    d = Draft(**FAMILY)
    split = d.scheme("sum_add", {"X": "X", "f": ("j", "p[i]"), "g": ("j", "q[j]")})
    one = d.scheme("sum_mul", {"X": "X", "a": "p[i]", "f": ("j", "1")})
    card = d.scheme("sum_one", {"X": "X"})
    tidy = d.goal("field", "p[i]*1 = p[i]")
    constant = d.add("rewrite", [d.template("sum(k in X: hole) = p[i]*sum(k in X: 1)", "statement")], tidy, one)
    constant = d.add("rewrite", [d.template("sum(k in X: p[i]) = p[i]*hole", "statement")], card, constant)
    term = d.add(
        "rewrite", [d.template("sum(k in X: p[i] + q[k]) = hole + sum(k in X: q[k])", "statement")], constant, split
    )
    every = d.add("gen", ["i"], term)
    outer = d.add("congr", [d.template("sum(k in X: hole[k])", "number", "X")], every)
    again = d.scheme("sum_add", {"X": "X", "f": ("i", "p[i]*card(X)"), "g": ("i", "sum(k in X: q[k])")})
    chain = d.add("trans", [], outer, again)
    swapped = d.scheme("sum_swap", {"X": "X", "Y": "X", "f": ("i", "j", "p[i]+q[j]")})
    d.add("trans", [], d.add("symm", [], swapped), chain)
    return d


def equality_case() -> Draft:
    """0 ≤ a, 0 ≤ b ⊢ a + b = 0 ⇔ a·a + b·b = 0: disch, mp, cases, iff, antisymm, absurd, lt_of_le_ne, weaken."""
    d = Draft(a="number", b="number")
    a, b = d.assume("0 <= a"), d.assume("0 <= b")
    total = d.assume("a + b = 0")
    below = d.order("a <= 0", [(1, "1", [0]), (-1, "-1", [1])], b, total)
    zero = d.scheme("antisymm", {"a": "a", "b": "0"}, below, a)
    other = d.order("b = 0", [(1, "1", [0]), (-1, "1", [1])], total, zero)
    squares = d.order("a*a + b*b = 0", [(1, "a", [0]), (1, "b", [1])], zero, other)
    forward = d.goal("disch", "a + b = 0", squares)
    nothing = d.assume("a*a + b*b = 0")
    yes = d.assume("a = 0")
    no = d.assume("a != 0")
    strict = d.goal("pos", "0 < a*a + b*b", d.goal("pos", "0 < a*a", no), d.goal("pos", "0 <= b*b"))
    apart = d.order("a*a + b*b != 0", [(-1, "1", [0])], strict)
    impossible = d.goal("absurd", "a = 0", nothing, apart)
    first = d.goal("cases", "a = 0", d.goal("weaken", "a*a + b*b = 0", yes), impossible)
    rest = d.order("b*b = 0", [(1, "1", [0]), (1, "-a", [1])], nothing, first)
    positive = d.assume("0 < b")
    far = d.order("b*b != 0", [(-1, "1", [0, 0])], positive)
    contradiction = d.goal("absurd", "b <= 0", rest, far)
    small = d.goal("cases", "b <= 0", d.goal("weaken", "a*a + b*b = 0", d.assume("b <= 0")), contradiction)
    second = d.scheme("antisymm", {"a": "b", "b": "0"}, small, b)
    back = d.order("a + b = 0", [(1, "1", [0]), (1, "1", [1])], first, second)
    backward = d.goal("disch", "a*a + b*b = 0", back)
    d.add("iff_intro", [], forward, backward)
    return d


def iff_use() -> Draft:
    """φ ⇔ ψ, φ ⊢ ψ and back; lt_of_le_ne; the sides of an equivalence."""
    d = Draft(a="number", b="number")
    both = d.assume("0 < a <=> 0 < b")
    there = d.add("mp", [], d.add("iff_elim", [], both), d.assume("0 < a"))
    strict = d.scheme("lt_of_le_ne", {"a": "0", "b": "b"}, d.assume("0 <= b"), d.assume("0 != b"))
    here = d.add("mp", [], d.add("iff_elim", [], d.add("symm", [], both)), strict)
    d.order("0 < a + b", [(1, "1", [0]), (1, "1", [1])], here, there)
    return d


def powers() -> Draft:
    """0 < x ⊢ log(x^y) = y·log x, and Π, exp: rpow_def, log_exp, prod_def, exp_pos."""
    d = Draft(x="number", y="number", X="set", p="X -> number", i="X")
    x = d.assume("0 < x")
    power = d.scheme("rpow_def", {"a": "x", "b": "y"}, x)
    inside = d.add("congr", [d.template("log(hole)", "number")], power)
    law = d.add("trans", [], inside, d.scheme("log_exp", {"a": "y*log(x)"}))
    every = d.assume("forall k in X: 0 < p[k]")
    product = d.scheme("prod_def", {"X": "X", "f": ("i", "p[i]")}, every)
    logs = d.add("congr", [d.template("log(hole)", "number")], product)
    log_product = d.add("trans", [], logs, d.scheme("log_exp", {"a": "sum(k in X: log(p[k]))"}))
    positive = d.scheme("exp_pos", {"a": "log(x^y) - y*log(x)"})
    d.order("log(x^y)*log(prod(k in X: p[k])) < y*log(x)*sum(k in X: log(p[k])) + exp(log(x^y) - y*log(x))",
            [(1, "log(prod(k in X: p[k]))", [0]), (1, "y*log(x)", [1]), (1, "1", [2])], law, log_product, positive)  # fmt: skip
    return d


def indicators() -> Draft:
    """Σ_k δ(i,k) p_k = p_i·δ(i,i) + |0| − abs(−1) + 1 + xlogy(0, x): delta, abs, xlogy, count and kl by unfold."""
    d = Draft(**FAMILY, T="set", x="T -> X", t="T", y="number")
    sift = d.scheme("delta_sift", {"X": "X", "f": ("j", "p[j]"), "i": "x(t)"})
    own = d.scheme("delta_self", {"X": "X", "i": "x(t)"})
    nothing = d.scheme("xlogy_zero", {"a": "y"})
    size = d.scheme("abs_of_nonneg", {"a": "2"}, d.goal("pos", "0 <= 2"))
    back = d.order("-1 <= 0", [(1, "1", [])])
    turned = d.scheme("abs_of_nonpos", {"a": "-1"}, back)
    count = d.unfold("count", {"T": "T", "X": "X", "i": "x(t)", "x": ("t", "x(t)")})
    mixed = d.order(
        "sum(k in X: delta(x(t), k)*p[k]) + xlogy(0, y) + abs(2) + abs(-1) + count(x, x(t))"
        " = p[x(t)]*delta(x(t), x(t)) + 2 - -1 + sum(s in T: delta(x(s), x(t)))",
        [(1, "1", [0]), (-1, "p[x(t)]", [1]), (1, "1", [2]), (1, "1", [3]), (1, "1", [4]), (1, "1", [5])],
        sift, own, nothing, size, turned, count,
    )  # fmt: skip
    d.add("gen", ["t"], mixed)
    return d


def divergence() -> Draft:
    """∀i 0<p_i, 0<q_i ⊢ kl(p, q) = Σ p_i·log p_i − p_i·log q_i: unfold, xlogy_mul, rewriting under Σ; then λ by inst."""
    d = Draft(**FAMILY)
    all_p, all_q = d.assume("forall k in X: 0 < p[k]"), d.assume("forall k in X: 0 < q[k]")
    p, q = (d.add("spec", ["i"], k) for k in (all_p, all_q))
    first = d.scheme("xlogy_mul", {"a": "p[i]", "b": "p[i]"}, p)
    second = d.scheme("xlogy_mul", {"a": "p[i]", "b": "q[i]"}, q)
    entry = d.unfold("rel_entr", {"a": "p[i]", "b": "q[i]"})
    same = d.order("rel_entr(p[i], q[i]) = p[i]*log(p[i]) - p[i]*log(q[i])",
                   [(1, "1", [0]), (1, "1", [1]), (-1, "1", [2])], entry, first, second)  # fmt: skip
    every = d.add("gen", ["i"], same)
    total = d.unfold("kl", {"X": "X", "p": ("i", "p[i]"), "q": ("i", "q[i]")})
    opened = d.add("rewrite", [d.template("kl(p, q) = sum(k in X: hole[k])", "statement", "X")], every, total)
    d.inst({"p": ("i", "p[i]+q[i]")}, opened)
    return d


def limits() -> Draft:
    """u_n → a, v_n → b, b ≠ 0 ⊢ (u_n + 1/n)·v_n/v_n → a: the limit algebra."""
    d = Draft(a="number", b="number", u="Nat -> number", v="Nat -> number", n="Nat")
    u, v, b = d.assume("lim(m: u[m]) -> a"), d.assume("lim(m: v[m]) -> b"), d.assume("b != 0")
    inverse = d.scheme("limit_inv_nat", {})
    plus = d.scheme("limit_add", {"a": "a", "b": "0", "u": ("n", "u[n]"), "v": ("n", "1/n")}, u, inverse)
    times = d.scheme("limit_mul", {"a": "a+0", "b": "b", "u": ("n", "u[n]+1/n"), "v": ("n", "v[n]")}, plus, v)
    over = d.scheme(
        "limit_div", {"a": "(a+0)*b", "b": "b", "u": ("n", "(u[n]+1/n)*v[n]"), "v": ("n", "v[n]")}, times, v, b
    )
    tidy = d.goal("field", "(a+0)*b/b = a", b)
    d.add("rewrite", [d.template("lim(m: (u[m]+1/m)*v[m]/v[m]) -> hole", "statement")], tidy, over)
    return d


def squeezed() -> Draft:
    """∀n (0 < n ⇒ 0 ≤ w_in), ∀n (u_n < 1 ⇒ w_in ≤ u_n), u_n → 0 ⊢ Σ_i w_in → Σ_i 0: squeeze, guards, limit_sum."""
    d = Draft(u="Nat -> number", w="X, Nat -> number", X="set", i="X", n="Nat")
    low = d.assume("forall k in X: forall m in Nat: 0 < m => 0 <= w[k, m]")
    high = d.assume("forall k in X: forall m in Nat: u[m] < 1 => w[k, m] <= u[m]")
    zero = d.scheme("limit_const", {"a": "0"})
    one = d.scheme("limit_const", {"a": "1"})
    u = d.assume("lim(m: u[m]) -> 0")
    less = d.order("0 < 1", [(1, "1", [])])
    below, above = (d.add("spec", ["i"], k) for k in (low, high))
    every = d.add("gen", ["i"], d.add("limit_squeeze", [], zero, u, below, above, u, one, less))
    d.scheme("limit_sum", {"X": "X", "l": ("i", "0"), "u": ("i", "n", "w[i, n]")}, every)
    return d


def rising() -> Draft:
    """1 ≤ u, u ≤ v ⊢ u − log u ≤ v − log v: mono_of_deriv."""
    d = Draft(u="number", v="number", x="number")
    start, ends = d.assume("1 <= u"), d.assume("u <= v")
    low = d.assume("u <= x")
    positive = d.order("0 < x", [(1, "1", [0]), (1, "1", [1]), (1, "1", [])], start, low)
    above = d.order("0 <= 1/x", [(1, "1/x", [0])], positive)
    slope = d.order("0 <= 1 - 1/x", [(1, "1", [0, 1]), (1, "1", [0, 2])], above, start, low, positive)
    d.add("mono_of_deriv", ["x", d.number("x - log(x)"), d.number("u"), d.number("v")], slope, ends, positive)
    return d


def two_lines() -> Draft:
    """⊢ x = x, then a definition instantiated with a number: the shortest proof with an instance."""
    d = Draft(x="number", y="number")
    d.inst({"x": "x+y"}, d.goal("field", "x*x - x = x*(x-1)"))
    return d


DRAFTS = (
    log_of_quotient,
    half_gibbs,
    sums,
    equality_case,
    iff_use,
    powers,
    indicators,
    divergence,
    limits,
    squeezed,
    rising,
    two_lines,
)


def citing(lemmas: dict[str, CheckedTheorem]) -> Draft:
    """A citation that proves the lemma's hypotheses, and one that keeps them."""
    d = Draft(
        {n: lemmas[n] for n in ("log_of_quotient", "half_gibbs")}, T="set", r="T -> number", s="T -> number", t="T"
    )
    every = d.assume("forall k in T: 0 < r[k]")
    r = d.add("spec", ["t"], every)
    two = d.goal("pos", "0 < 2")
    quotient = d.cite("log_of_quotient", {"x": "r[t]", "y": "2"}, r, two)
    gibbs = d.cite("half_gibbs", {"X": "T", "p": ("t", "r[t]"), "q": ("t", "s[t]")}, every)
    d.order("sum(k in T: r[k]*log(s[k]/r[k])) + log(r[t]/2) <= sum(k in T: s[k] - r[k]) + log(r[t]) - log(2)",
            [(1, "1", [0]), (1, "1", [1])], gibbs, quotient)  # fmt: skip
    return d


@cache
def samples() -> tuple[Sample, ...]:
    """Return every sample, in the order in which they may cite each other."""
    found: list[Sample] = []
    theorems: dict[str, CheckedTheorem] = {}
    for make in DRAFTS:
        name = make.__name__
        text = make().text(name)
        theorems[name] = check(text)
        found.append((name, text, {}))
    last = citing(theorems)
    found.append(("citing", last.text("citing"), last.lemmas))
    check(found[-1][1], last.lemmas)
    return tuple(found)
