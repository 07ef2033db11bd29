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


REAL_LINE = {"f": "number -> number", "g": "number -> number", "u": "number", "v": "number", "x": "number"}


def every(d: Draft, domain: str, line: int, x: str = "x") -> int:
    """∀x∈D, from a line under the hypothesis x ∈ D."""
    return d.add("gen", [x], d.goal("disch", f"{x} in {domain}", line))


def positive_part() -> Draft:
    """d_n → e, e < 0 ⊢ |d_n| + d_n → 0: how a sequence runs to the end of an interval."""
    d = Draft(d="Nat -> number", e="number", n="Nat")
    near, negative = d.assume("lim(m: d[m]) -> e"), d.assume("e < 0")
    zero = d.scheme("limit_const", {"a": "0"})
    below = d.assume("d[n] < 0")
    size = d.scheme("abs_of_nonpos", {"a": "d[n]"}, d.order("d[n] <= 0", [(1, "1", [0])], below))
    low = d.order("0 <= abs(d[n]) + d[n]", [(-1, "1", [0])], size)
    high = d.order("abs(d[n]) + d[n] <= 0", [(1, "1", [0])], size)
    bounds = [d.add("gen", ["n"], d.goal("disch", "d[n] < 0", k)) for k in (low, high)]
    d.add("limit_squeeze", [], zero, zero, *bounds, near, zero, negative)
    return d


def reciprocals() -> Draft:
    """⊢ 1/(n + 2) → 0."""
    d = Draft(n="Nat")
    natural = d.scheme("nats_nonneg", {"c": "n"}, d.scheme("nat_in", {"n": "n"}))
    more = d.order("0 < n + 2", [(1, "1", [0]), (2, "1", [])], natural)
    inside = d.assume("0 < n")
    gap = d.goal("pos", "0 <= 2/(n*(n + 2))", inside, more)
    high = d.order("1/(n + 2) <= 1/n", [(1, "1", [0])], gap, inside, more)
    above = d.add("gen", ["n"], d.goal("disch", "0 < n", high))
    below = d.add("gen", ["n"], d.goal("pos", "0 <= 1/(n + 2)", more))
    d.add("limit_squeeze", [], d.scheme("limit_const", {"a": "0"}), d.scheme("limit_inv_nat", {}), below, above)
    return d


def square(lemmas: dict[str, CheckedTheorem]) -> Draft:
    """⊢ ∫ over (0, 1) of x + x is 1, by an antiderivative and sequences that run to both ends."""
    d = Draft({n: lemmas[n] for n in ("positive_part", "reciprocals")}, n="Nat", x="number")
    natural = d.scheme("nats_nonneg", {"c": "n"}, d.scheme("nat_in", {"n": "n"}))
    more = d.order("0 < n + 1", [(1, "1", [0]), (1, "1", [])], natural)
    most = d.order("0 < n + 2", [(1, "1", [0]), (2, "1", [])], natural)
    low = d.goal("pos", "0 < 1/(n + 2)", most)
    rest = d.goal("pos", "0 < (n + 1)/(n + 2)", more, most)
    high = d.order("1/(n + 2) < 1", [(1, "1", [0])], rest, most)
    first = d.add("gen", ["n"], d.scheme("in_open", {"a": "0", "b": "1", "c": "1/(n + 2)"}, low, high))
    near = d.order("0 < 1 + -1*(1/(n + 2))", [(1, "1", [0])], high, most)
    far = d.order("1 + -1*(1/(n + 2)) < 1", [(1, "1", [0])], low, most)
    last = d.add("gen", ["n"], d.scheme("in_open", {"a": "0", "b": "1", "c": "1 + -1*(1/(n + 2))"}, near, far))
    zero = d.cite("reciprocals", {})
    one, minus = d.scheme("limit_const", {"a": "1"}), d.scheme("limit_const", {"a": "-1"})
    fall = d.scheme("limit_mul", {"a": "-1", "b": "0", "u": ("n", "-1"), "v": ("n", "1/(n + 2)")}, minus, zero)
    up = d.scheme("limit_add", {"a": "1", "b": "-1*0", "u": ("n", "1"), "v": ("n", "-1*(1/(n + 2))")}, one, fall)
    inside = d.assume("x in (0, 1)")
    above, below = (d.scheme(r, {"a": "0", "b": "1", "c": "x"}, inside) for r in ("open_low", "open_high"))
    ends = []
    for left, right, limit, at, known, ahead in (
        ("1/(n + 2)", "x", "0 + -x", "-x", zero, above), ("x", "1 + -1*(1/(n + 2))", "x + -1*(1 + -1*0)", "x", up, below),
    ):  # fmt: skip
        fixed = d.scheme("limit_const", {"a": at})
        if left == "x":
            back = d.scheme(
                "limit_mul", {"a": "-1", "b": "1 + -1*0", "u": ("n", "-1"), "v": ("n", right)}, minus, known
            )
            names = {"a": "x", "b": "-1*(1 + -1*0)", "u": ("n", "x"), "v": ("n", f"-1*({right})")}
            both, sum_ = d.scheme("limit_add", names, fixed, back), f"x + -1*({right})"
        else:
            both = d.scheme("limit_add", {"a": "0", "b": "-x", "u": ("n", left), "v": ("n", "-x")}, known, fixed)
            sum_ = f"{left} + -x"
        same = d.add("gen", ["n"], d.goal("field", f"{sum_} = {left} - ({right})", most))
        gap = d.add("rewrite", [d.template(f"lim(m: hole[m]) -> {limit}", "statement", "Nat")], same, both)
        negative = d.order(f"{limit} < 0", [(1, "1", [0])], ahead)
        part = d.cite("positive_part", {"d": ("n", f"{left} - ({right})"), "e": limit}, gap, negative)
        ends.append(every(d, "(0, 1)", part))
    values = [
        d.scheme("limit_mul", {"a": a, "b": a, "u": ("n", t), "v": ("n", t)}, k, k)
        for a, t, k in (("0", "1/(n + 2)", zero), ("1 + -1*0", "1 + -1*(1/(n + 2))", up))
    ]
    slope = d.add("differentiate", ["x", d.number("x*x")])
    again = d.add("differentiate", ["x", d.number("1*x + x*1")])
    smooth = [every(d, "(0, 1)", d.goal("weaken", "x in (0, 1)", k)) for k in (slope, again)]
    bound = every(d, "(0, 1)", d.goal("pos", "0 <= 1*x + x*1", above))
    d.scheme(
        "int_ftc",
        {
            "D": "(0, 1)", "f": ("x", "1*x + x*1"), "g": ("x", "x*x"), "h": ("x", "0*x + 1*1 + (1*1 + x*0)"), "k": "0*0",
            "l": "(1 + -1*0)*(1 + -1*0)", "m": ("x", "0"), "u": ("n", "1/(n + 2)"), "v": ("n", "1 + -1*(1/(n + 2))"), "w": "0",
        },
        d.scheme("int_null", {"D": "(0, 1)"}), bound, *smooth, first, ends[0], values[0], last, ends[1], values[1],
    )  # fmt: skip
    return d


def mixture() -> Draft:
    """∫ f = u, ∫ g = v, a·f ≤ g on D ⊢ a·u ≤ v."""
    d = Draft(**REAL_LINE, D="domain", a="number")
    f, g = d.assume("int(x in D: f(x)) = u"), d.assume("int(x in D: g(x)) = v")
    below = d.assume("forall x in D: a*f(x) <= g(x)")
    scaled = d.scheme("int_mul", {"D": "D", "a": "a", "f": ("x", "f(x)"), "u": "u"}, f)
    names = {"D": "D", "f": ("x", "a*f(x)"), "g": ("x", "g(x)"), "u": "a*u", "v": "v"}
    d.scheme("int_mono", names, below, scaled, g)
    return d


def sums_of_integrals() -> Draft:
    """∀i ∫ f_i = w_i, ∫ g = v ⊢ ∫ (Σ_i f_i + g) = Σ_i w_i + v."""
    d = Draft(**REAL_LINE, D="domain", X="set", h="X, number -> number", w="X -> number", i="X")
    parts, g = d.assume("forall i in X: int(x in D: h(i, x)) = w[i]"), d.assume("int(x in D: g(x)) = v")
    total = d.scheme("int_sum", {"D": "D", "X": "X", "f": ("i", "x", "h(i, x)"), "v": ("i", "w[i]")}, parts)
    names = {"D": "D", "f": ("x", "sum(i in X: h(i, x))"), "g": ("x", "g(x)"), "u": "sum(i in X: w[i])", "v": "v"}
    d.scheme("int_add", names, total, g)
    return d


def congruence() -> Draft:
    """f = g on D, ∫ f = u ⊢ ∫ g = u: squeezed between two sequences that do not move."""
    d = Draft(**REAL_LINE, D="domain", n="Nat")
    same, total = d.assume("forall x in D: f(x) = g(x)"), d.assume("int(x in D: f(x)) = u")
    here = d.add("mp", [], d.add("spec", [["x"]], same), d.assume("x in D"))
    low, high = (d.order(t, [(c, "1", [0])], here) for t, c in (("f(x) <= g(x)", 1), ("g(x) <= f(x)", -1)))
    bounds = [d.add("gen", ["n"], every(d, "D", k)) for k in (low, high)]
    totals = d.add("gen", ["n"], total)
    limit = d.scheme("limit_const", {"a": "u"})
    fixed = {"l": ("n", "x", "f(x)"), "h": ("n", "x", "f(x)"), "a": ("n", "u"), "b": ("n", "u")}
    d.scheme("int_squeeze", {"D": "D", "f": ("x", "g(x)"), "v": "u", **fixed}, *bounds, totals, totals, limit, limit)
    return d


def inside() -> Draft:
    """c ∈ (a, b) ⊢ a < b, by way of (a, ∞) and (−∞, b)."""
    d = Draft(a="number", b="number", c="number")
    names = {"a": "a", "b": "b", "c": "c"}
    within = d.assume("c in (a, b)")
    right = d.scheme("in_above", {"a": "a", "c": "c"}, d.scheme("open_low", names, within))
    left = d.scheme("in_below", {"b": "b", "c": "c"}, d.scheme("open_high", names, within))
    low, high = d.scheme("above_low", {"a": "a", "c": "c"}, right), d.scheme("below_high", {"b": "b", "c": "c"}, left)
    d.order("a < b", [(1, "1", [0]), (1, "1", [1])], low, high)
    return d


def halves() -> Draft:
    """∫ over (−∞, c) and (c, ∞) ⊢ ∫ over ℝ: the point c has no mass."""
    d = Draft(**REAL_LINE, c="number")
    left, right = d.assume("int(x in (-oo, c): f(x)) = u"), d.assume("int(x in (c, oo): f(x)) = v")
    real = d.scheme("in_reals", {"c": "x"})
    rows = []
    for domain, below, above, claim in (
        ("(-oo, c)", "below_high", "in_below", "x < c"), ("(c, oo)", "above_low", "in_above", "c < x"),
    ):  # fmt: skip
        end = "b" if below == "below_high" else "a"
        rows.append(every(d, domain, d.goal("weaken", f"x in {domain}", real)))
        rows.append(every(d, domain, d.scheme(below, {end: "c", "c": "x"}, d.assume(f"x in {domain}"))))
        within = d.goal("disch", claim, d.scheme(above, {end: "c", "c": "x"}, d.assume(claim)))
        rows.append(every(d, "reals", d.goal("weaken", "x in reals", within)))
    order = [rows[k] for k in (0, 1, 3, 4, 2, 5)]
    names = {"D": "reals", "E": "(-oo, c)", "G": "(c, oo)", "c": "c", "f": ("x", "f(x)"), "u": "u", "v": "v"}
    d.scheme("int_split", names, *order, left, right)
    return d


def shifted() -> Draft:
    """∫_ℝ f = u ⊢ ∫_ℝ f(x + c)·|1 + 0| = u: a substitution."""
    d = Draft(**REAL_LINE, c="number")
    total = d.assume("int(x in reals: f(x)) = u")
    rows = [d.scheme("in_reals", {"c": t}) for t in ("x + c", "x - c")]
    rows += [d.goal("field", "(x - c) + c = x"), d.add("differentiate", ["x", d.number("x + c")])]
    rows += [d.add("differentiate", ["x", d.number("1 + 0")]), d.goal("pos", "1 + 0 != 0")]
    shown = [every(d, "reals", d.goal("weaken", "x in reals", k)) for k in rows]
    forms = {"phi": "x + c", "psi": "x - c", "s": "1 + 0", "t": "0", "f": "f(x)"}
    names = {"D": "reals", "E": "reals", "u": "u"} | {n: ("x", t) for n, t in forms.items()}
    d.scheme("int_subst", names, total, *shown)
    return d


def vanishing() -> Draft:
    """0 ≤ a, ∫ over (0, 1) of a·x = 0 ⊢ a·½ = 0: a continuous function without mass."""
    d = Draft(a="number", x="number")
    a, nothing = d.assume("0 <= a"), d.assume("int(x in (0, 1): a*x) = 0")
    above = d.scheme("open_low", {"a": "0", "b": "1", "c": "x"}, d.assume("x in (0, 1)"))
    sign = every(d, "(0, 1)", d.goal("pos", "0 <= a*x", a, above))
    slope = d.goal("weaken", "x in (0, 1)", d.add("differentiate", ["x", d.number("a*x")]))
    smooth = every(d, "(0, 1)", slope)
    half = d.order("0 < 1/2", [("1/2", "1", [])]), d.order("1/2 < 1", [("1/2", "1", [])])
    within = d.scheme("in_open", {"a": "0", "b": "1", "c": "1/2"}, *half)
    names = {"D": "(0, 1)", "c": "1/2", "f": ("x", "a*x"), "g": ("x", "0*x + a*1")}
    d.scheme("int_zero", names, smooth, sign, nothing, within)
    return d


def telescope(lemmas: dict[str, CheckedTheorem]) -> Draft:
    """⊢ Σ over ℕ of −1/(x + 3) + 1/(x + 2) is ½."""
    d = Draft({"reciprocals": lemmas["reciprocals"]}, x="number", n="Nat")
    above = d.scheme("nats_nonneg", {"c": "x"}, d.assume("x in nats"))
    more = d.order("0 < x + 2", [(1, "1", [0]), (2, "1", [])], above)
    most = d.order("0 < x + 1 + 2", [(1, "1", [0]), (3, "1", [])], above)
    gap = d.goal("pos", "0 <= 1/((x + 2)*(x + 1 + 2))", more, most)
    grows = d.order("0 <= -1*(1/(x + 1 + 2)) - -1*(1/(x + 2))", [(1, "1", [0])], gap, more, most)
    minus, zero = d.scheme("limit_const", {"a": "-1"}), d.cite("reciprocals", {})
    limit = d.scheme("limit_mul", {"a": "-1", "b": "0", "u": ("n", "-1"), "v": ("n", "1/(n + 2)")}, minus, zero)
    d.scheme("nats_telescope", {"f": ("x", "-1*(1/(x + 2))"), "u": "-1*0"}, every(d, "nats", grows), limit)
    return d


def shift_of_series() -> Draft:
    """Σ f(k + 1) = u, 0 < a ⊢ Σ (f + aˣ/Γ(x + 1)) = (f(0) + u) + eᵃ."""
    d = Draft(**REAL_LINE, a="number")
    total = d.scheme("nats_shift", {"f": ("x", "f(x)"), "u": "u"}, d.assume("int(x in nats: f(x + 1)) = u"))
    series = d.scheme("exp_series", {"a": "a"}, d.assume("0 < a"))
    names = {"D": "nats", "f": ("x", "f(x)"), "g": ("x", "a^x/Gamma(x + 1)"), "u": "f(0) + u", "v": "exp(a)"}
    d.scheme("int_add", names, total, series)
    return d


def slope_of_gamma() -> Draft:
    """x ≠ 0, h_n → 0, h_n ≠ 0 ⊢ the difference quotients of Γ(y²) at x tend to its derivative."""
    d = Draft(x="number", h="Nat -> number", n="Nat")
    apart, near = d.assume("x != 0"), d.assume("lim(n: h[n]) -> 0")
    never = d.assume("forall n in Nat: h[n] != 0")
    inner = d.add("differentiate", ["x", d.number("x*x")])
    outer = d.scheme("digamma_deriv", {"a": "x*x"}, d.goal("pos", "0 < x*x", apart))
    forms = {"f": ("x", "Gamma(x)"), "g": ("x", "x*x"), "a": "x", "s": "1*x + x*1", "t": "Gamma(x*x)*digamma(x*x)"}
    chain = d.scheme("deriv_chain", forms, inner, outer)
    names = {"a": "x", "g": ("x", "Gamma(x*x)"), "h": ("n", "h[n]"), "s": "Gamma(x*x)*digamma(x*x)*(1*x + x*1)"}
    d.scheme("deriv_limit", names, chain, near, never)
    return d


def slope_on_an_interval() -> Draft:
    """x ∈ D, y·y = f(y) on D ⊢ f has the derivative 1·x + x·1 at x."""
    d = Draft(D="interval", f="number -> number", x="number")
    same, inside = d.assume("forall y in D: y*y = f(y)"), d.assume("x in D")
    slope = d.add("differentiate", ["x", d.number("x*x")])
    names = {"D": "D", "a": "x", "f": ("x", "x*x"), "g": ("x", "f(x)"), "s": "1*x + x*1"}
    d.scheme("deriv_congr", names, same, inside, slope)
    return d


def slope_of_sum() -> Draft:
    """⊢ ∀x: exp(Σ_i p_i·x) has the derivative exp(Σ_i p_i·x)·Σ_i (0·x + p_i·1)."""
    d = Draft(X="set", i="X", p="X -> number", x="number")
    every_i = d.add("gen", ["i"], d.add("differentiate", ["x", d.number("p[i]*x")]))
    names = {"X": "X", "a": "x", "f": ("i", "x", "p[i]*x"), "s": ("i", "0*x + p[i]*1")}
    total = d.scheme("deriv_sum", names, every_i)
    d.add("gen", ["x"], d.add("differentiate", ["x", d.number("exp(sum(i in X: p[i]*x))")], total))
    return d


def euler() -> Draft:
    """0 < a ⊢ ∫ over (0, ∞) of π·x^(a − 1)·e^(−x) is π·Γ(a), with π = Γ(½)²."""
    d = Draft(a="number", x="number")
    total = d.scheme("gamma_int", {"a": "a"}, d.assume("0 < a"))
    names = {"D": "(0, oo)", "a": "Gamma(1/2)*Gamma(1/2)", "f": ("x", "x^(a - 1)*exp(-x)"), "u": "Gamma(a)"}
    scaled = d.scheme("int_mul", names, total)
    source = "int(x in (0, oo): Gamma(1/2)*Gamma(1/2)*(x^(a - 1)*exp(-x))) = hole*Gamma(a)"
    d.add("rewrite", [d.template(source, "statement")], d.scheme("gamma_half", {}), scaled)
    return d


def beta() -> Draft:
    """0 < a ⊢ ∫ over (0, 1) of 2·x^(a − 1)·(1 − x)^(2 − 1)."""
    d = Draft(a="number", x="number")
    positive, two = d.assume("0 < a"), d.goal("pos", "0 < 2")
    total = d.scheme("beta_int", {"a": "a", "b": "2"}, positive, two)
    names = {"D": "(0, 1)", "a": "2", "f": ("x", "x^(a - 1)*(1 - x)^(2 - 1)"), "u": "Gamma(a)*Gamma(2)/Gamma(a + 2)"}
    d.scheme("int_mul", names, total)
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
    positive_part,
    reciprocals,
    mixture,
    sums_of_integrals,
    congruence,
    inside,
    halves,
    shifted,
    vanishing,
    shift_of_series,
    slope_of_gamma,
    slope_on_an_interval,
    slope_of_sum,
    euler,
    beta,
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
    for name, draft in (("citing", citing(theorems)), ("square", square(theorems)), ("telescope", telescope(theorems))):
        found.append((name, draft.text(name), draft.lemmas))
        check(found[-1][1], draft.lemmas)
    return tuple(found)
