"""Small checked theorems about integrals, series and derivatives, for the tests of what prints and reads them."""

from __future__ import annotations

from typing import Any

from kl_symbolic.kernel import CheckedTheorem, check
from kl_symbolic.kernel.certificate import FORMAT, dump
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.syntax import SPACES, encode
from kl_symbolic.kernel.terms import REAL, Node, num
from kl_symbolic.language.parser import parse
from kl_symbolic.language.rewriting import bound_variables, close
from kl_symbolic.proving.builder import Fact, Proof

__all__ = ["exponential", "gibbs", "poisson", "row"]


def row(name: str) -> CheckedTheorem:
    """Return a row of the table of integrals as a theorem: its hypotheses, and its conclusion by itself."""
    _, scope, figure = INTEGRALS[name]
    by = {n: _itself(n, over, values) for n, (over, values) in sorted(scope.items())}
    shown = {n: f"{', '.join(over)} -> {values}" if over else values for n, (over, values) in sorted(scope.items())}
    used = [["assume", [encode(h)], []] for h in figure.hypotheses]
    given = figure.hypotheses
    return check(
        dump(
            {
                "format": FORMAT,
                "name": name,
                "names": shown,
                "hypotheses": [encode(h) for h in given],
                "conclusion": encode(figure.conclusion),
                "uses": {},
                "lines": [*used, [name, [by], list(range(len(used)))]],
                "story": [["prose", "This is a row of the table."], ["step", len(used), f"`{name}`"]],
            }
        )
    )


def _itself(name: str, over: tuple[str, ...], values: str) -> Any:
    """Return what leaves a name of a scheme as it is."""
    if values in ("set", "Nat"):
        return name
    return encode(Node("dom" if values in SPACES else "sym", name, bound_variables(over)))


def gibbs() -> CheckedTheorem:
    """Return Gibbs' inequality for two positive densities on any domain, from the logarithm of the quotient q/p."""
    p = Proof("density_gibbs", _no_lemma)
    p.declare(D="domain", p="number -> number", q="number -> number", v="number", x="number")
    positive = [p.given(f"forall x in D: 0 < {name}(x)") for name in "pq"]
    total_p, total_q = (p.given(f"int(x in D: {name}(x)) = 1") for name in "pq")
    divergence = p.given("int(x in D: -p(x)*log(q(x)/p(x))) = v")
    within, x = p.assume("x in D"), p.symbol("x")
    px, qx = (p.mp(p.spec(fact, x), within) for fact in positive)
    tangent = p.scheme("log_le", {"a": p.term("q(x)/p(x)")}, [p.pos("0 < q(x)/p(x)", px, qx)])
    below = p.order("p(x) - q(x) <= -p(x)*log(q(x)/p(x))", [(1, 1, tangent, px)], px)
    everywhere = p.gen(x, p.disch("x in D", below))
    linear = _difference(p, "p", "q", total_p, total_q)
    values = {"D": Node("dom", "D"), "f": _body(p, "p(x) - q(x)"), "g": _body(p, "-p(x)*log(q(x)/p(x))")}
    less = p.scheme("int_mono", {**values, "u": num(0), "v": p.term("v")}, [everywhere, linear, divergence])
    story: list[list[Any]] = [
        ["prose", "The tangent of the logarithm at 1 lies above it, so for every `x in D`"],
        ["step", tangent.number, "the tangent of the logarithm at 1"],
        ["step", below.number, "multiplied by `p(x)`"],
        ["prose", "Both sides are integrated over `D`; the left one, `p(x) - q(x)`, has the integral 0."],
        ["step", linear.number, "by linearity of the integral"],
        ["step", less.number, "the larger function has the larger integral"],
    ]
    return check(p.certificate(less, story))


def _difference(p: Proof, f: str, g: str, left: Fact, right: Fact) -> Fact:
    """Show ∫ (f − g) = 0 by linearity."""
    domain, minus = Node("dom", "D"), _body(p, f"-1*{g}(x)")
    negative = p.scheme("int_mul", {"D": domain, "a": num(-1), "f": _body(p, f"{g}(x)"), "u": num(1)}, [right])
    added = {"D": domain, "f": _body(p, f"{f}(x)"), "g": minus, "u": num(1), "v": p.term("-1*1")}
    whole = p.scheme("int_add", added, [left, negative])
    x = p.symbol("x")
    same = p.gen(x, p.field(f"{f}(x) + -1*{g}(x) = {f}(x) - {g}(x)"))
    return p.rewrite(whole, same, p.field("1 + -1*1 = 0"))


def _body(p: Proof, source: str) -> Node:
    """Return λ x of a term in x."""
    return close(p.term(source), ("x", REAL))


def _no_lemma(name: str) -> CheckedTheorem:
    raise KeyError(name)


def exponential() -> CheckedTheorem:
    """Return ∫ (a·x)^(1−1)·exp(−a·x)·|a| = Γ(1) over (0, ∞) for 0 < a: a substitution in the integral of Γ(1)."""
    p = Proof("exponential_total", _no_lemma)
    p.declare(a="number", x="number")
    positive = p.given("0 < a")
    gamma = p.scheme("gamma_int", {"a": num(1)}, [p.pos("0 < 1")])
    x, within = p.symbol("x"), p.assume("x in (0, oo)")
    low = p.scheme("above_low", {"a": num(0), "c": x}, [within])
    onto = p.gen(x, p.disch("x in (0, oo)", _above(p, "a*x", p.pos("0 < a*x", positive, low))))
    back = p.gen(x, p.disch("x in (0, oo)", _above(p, "x/a", p.pos("0 < x/a", positive, low))))
    inverse = p.gen(x, p.disch("x in (0, oo)", p.field("a*(x/a) = x", positive)))
    slope = _derivative(p, "a*x", "a")
    flat = _derivative(p, "a", "0")
    steep = p.gen(x, p.disch("x in (0, oo)", p.pos("a != 0", positive)))
    above = Node("above", None, (num(0),))
    terms = {"f": "x^(1 - 1)*exp(-x)", "phi": "a*x", "psi": "x/a", "s": "a", "t": "0"}
    values = {n: _body(p, source) for n, source in terms.items()} | {"D": above, "E": above, "u": p.term("Gamma(1)")}
    changed = p.scheme("int_subst", values, [gamma, onto, back, inverse, slope, flat, steep])
    story: list[list[Any]] = [
        ["prose", "The integral of the gamma function at 1 becomes that of the density when `x` becomes `a*x`."],
        ["step", gamma.number, "the integral of the gamma function"],
        ["step", slope.number, "the change of variable is linear"],
        ["step", changed.number, "substituting `a*x`"],
    ]
    return check(p.certificate(changed, story))


def _above(p: Proof, term: str, positive: Fact) -> Fact:
    return p.scheme("in_above", {"a": num(0), "c": p.term(term)}, [positive])


def _derivative(p: Proof, term: str, slope: str) -> Fact:
    """Show ∀x in (0, ∞): the derivative of a term is *slope*, which is the same number as that of the table."""
    found = p.step("differentiate", ["x", encode(p.term(term))])
    equal = p.field(Node("=", None, (found.statement.args[2], p.term(slope))))
    return p.gen(p.symbol("x"), p.disch("x in (0, oo)", p.rewrite(found, equal)))


def poisson() -> CheckedTheorem:
    """Return the total of a Poisson distribution, a series: exp(−a) times the series of the exponential function."""
    p = Proof("poisson_total", _no_lemma)
    p.declare(a="number")
    positive = p.given("0 < a")
    series = p.scheme("exp_series", {"a": p.symbol("a")}, [positive])
    term = parse("a^x/Gamma(x + 1)", "number", {**p.scope, "x": ((), REAL)})
    scaled = {"D": Node("nats"), "a": p.term("exp(-a)"), "f": close(term, ("x", REAL)), "u": p.term("exp(a)")}
    total = p.scheme("int_mul", scaled, [series])
    story: list[list[Any]] = [["step", series.number, "the exponential series"], ["step", total.number, "by linearity"]]
    return check(p.certificate(total, story))
