"""Integrals: linearity, equal integrands, one value, and functions that have no integral."""

from __future__ import annotations

from ...kernel.statements import le
from ...kernel.terms import NAT, Node, lam, num
from ...language.rewriting import close
from ...proving.calc import Draft, derivation
from ...proving.integrals import Points, integrate, reflexive
from ..density_notation import functions


@derivation("log_inj")
def log_inj(d: Draft) -> None:
    """Positive numbers with one logarithm are equal."""
    p = d.p
    a, b = d.positive("a b")
    (same,) = d.given("log(a) = log(b)")
    first, second = p.cite("exp_log", {"x": a}, [p.known[0]]), p.cite("exp_log", {"x": b}, [p.known[1]])
    d.show(p.trans(p.symm(first), p.congr(p.term("exp(log(a))"), same), second), "take the exponential of both sides")


@derivation("int_congr")
def int_congr(d: Draft) -> None:
    """Functions that agree on a domain have the same integral: each is squeezed between copies of the other."""
    p = d.p
    d.declare(u="number")
    on = functions(d, "f g")
    same, base = d.given("forall x in D: f(x) = g(x)", "int(x in D: f(x)) = u")
    f, g = p.term("f(x)"), p.term("g(x)")
    equal = on.at(same)
    n = p.fresh(NAT)
    below, above = (p.order(le(*pair), [(sign, 1, equal)]) for pair, sign in (((f, g), 1), ((g, f), -1)))
    copies, constant = lam((NAT,), on.function(f)), lam((NAT,), p.term("u"))
    values: dict[str, Node | str] = {"D": on.domain, "f": on.function(g), "l": copies, "h": copies}
    values |= {"a": constant, "b": constant, "v": p.term("u")}
    limit = p.scheme("limit_const", {"a": p.term("u")})
    bounds = [p.gen(n, on.every(fact)) for fact in (below, above)]
    d.show(
        p.scheme("int_squeeze", values, [*bounds, p.gen(n, base), limit]), "`f` is a bound from below and from above"
    )


@derivation("int_unique")
def int_unique(d: Draft) -> None:
    """A function has one integral."""
    p = d.p
    d.declare(u="number", v="number")
    on = functions(d, "f")
    first, second = d.given("int(x in D: f(x)) = u", "int(x in D: f(x)) = v")
    same = reflexive(p, p.term("f(x)"))
    below, above = on.mono(same, first, second), on.mono(same, second, first)
    d.show(below, "the integral is monotone, and `f(x) <= f(x)`")
    d.show(above, "likewise")
    d.show(p.scheme("antisymm", {"a": p.term("u"), "b": p.term("v")}, [below, above]), "so both values agree")


@derivation("int_neg")
def int_neg(d: Draft) -> None:
    """The integral of the negative."""
    d.declare(u="number")
    on = functions(d, "f")
    (base,) = d.given("int(x in D: f(x)) = u")
    d.show(integrate(on, [(-1, base)], "-f(x)", "-u"), "multiply by −1")


@derivation("int_sub")
def int_sub(d: Draft) -> None:
    """The integral of a difference."""
    d.declare(u="number", v="number")
    on = functions(d, "f g")
    first, second = d.given("int(x in D: f(x)) = u", "int(x in D: g(x)) = v")
    d.show(integrate(on, [(1, first), (-1, second)], "f(x) - g(x)", "u - v"), "by linearity")


@derivation("int_div")
def int_div(d: Draft) -> None:
    """A constant divisor."""
    p = d.p
    c, _ = d.numbers("c u")
    on = functions(d, "f")
    _, base = d.given("c != 0", "int(x in D: f(x)) = u")
    d.show(integrate(on, [(num(1) / c, base)], "f(x)/c", "u/c", [p.known[0]]), "multiply by `1/c`")


@derivation("int_linear")
def int_linear(d: Draft) -> None:
    """The integral of a finite linear combination."""
    p = d.p
    d.sets("X")
    d.declare(D="domain", f="X, number -> number", c="X -> number", v="X -> number")
    on = Points(p)
    (each,) = d.given("forall i in X: int(x in D: f(i, x)) = v[i]")
    i = p.fresh("X")
    (_, f, v), a = p.spec(each, i).statement.args, p.symbol("c", i)
    scaled = p.scheme("int_mul", {"D": on.domain, "f": f, "a": a, "u": v}, [p.spec(each, i)])
    d.show(p.gen(i, scaled), "each summand")
    body, value = scaled.statement.args[1:]
    values: dict[str, Node | str] = {"X": "X", "D": on.domain}
    values |= {"f": close(body, (i.data, "X")), "v": close(value, (i.data, "X"))}
    d.show(p.scheme("int_sum", values, [p.gen(i, scaled)]), "and their sum")


@derivation("int_nonneg")
def int_nonneg(d: Draft) -> None:
    """The integral of a function that is not negative is not negative."""
    p = d.p
    d.declare(u="number")
    on = functions(d, "f")
    sign, base = d.given("forall x in D: 0 <= f(x)", "int(x in D: f(x)) = u")
    d.show(on.mono(on.at(sign), p.scheme("int_null", {"D": on.domain}), base), "compare with the function 0")
