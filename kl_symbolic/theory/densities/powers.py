"""Powers of x, with and without a factor log(x), on intervals of positive numbers: exponentials of log x."""

from __future__ import annotations

from ...kernel.statements import eq, lt
from ...kernel.terms import Node, num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, with_value
from ...proving.tactics import linear, prove
from ..density_notation import power


def _moved(p: Proof, rule: str, ends: dict[str, Node], signs: list[Fact], base: Fact) -> Fact:
    """Return ∫_D f(log x)/x = u by a substitution theorem from ∫_E f = u."""
    _, f, u = base.statement.args
    return p.cite(rule, {**ends, "f": f, "u": u}, [*signs, base])


def from_end(d: Draft, side: str, with_log: bool) -> None:
    """Show the integral of a power over (0, b) or (a, ∞), from exponential decay to the side of log b or log a.

    Parameters
    ----------
    d : Draft
    side : str
        below or above.
    with_log : bool
        Whether the factor log(x) is there.
    """
    p = d.p
    end, k = d.positive("b k" if side == "below" else "a k")
    on = Points(p, "(0, b)" if side == "below" else "(a, oo)")
    x, sign = on.x, -1 if side == "below" else 1
    low = on.inside[0]
    positive = low if side == "below" else p.order(lt(0, x), [(1, 1, p.known[0]), (1, 1, low)])
    names = {"m": log(end), "c": k}
    pieces = []
    for name in (f"exp_{side}_int", *([f"exp_{side}_mean_int"] if with_log else [])):
        base = p.cite(name, names, [p.known[1]])
        moved = _moved(p, f"int_log_change_{side}", {end.data: end}, p.known[:1], base)
        pieces.append(d.show(moved, "substitute `log(x)` in an integral of exponential decay"))
    scale, body = (power(end, k), power(x, k - 1)) if sign < 0 else (power(end, -k), power(x, -k - 1))
    plain = integrand(on, pieces[0])
    same = equal_by_logs(p, scale * plain, body, [positive])
    if with_log:
        first, second = log(end) / k, 1 / power(k, 2)
        value = scale * (first + second if sign > 0 else first - second)
        factors, body = [scale * log(end), sign * scale], body * log(x)
    else:
        value, factors = scale / k, [scale]

    def equal(now: Node) -> Fact:
        return linear(p, eq(now, body), [(log(x) if with_log else 1, same)], [positive])

    extra = [*p.known, prove(p, lt(0, scale))]
    whole = integrate(on, list(zip(factors, pieces, strict=True)), body, value, extra, equal)
    d.show(whole, "collect")


@derivation("int_power")
def int_power(d: Draft) -> None:
    """The integral of a power from 0 to b."""
    from_end(d, "below", with_log=False)


@derivation("int_power_log")
def int_power_log(d: Draft) -> None:
    """The integral of a power times log(x) from 0 to b."""
    from_end(d, "below", with_log=True)


@derivation("int_power_above")
def int_power_above(d: Draft) -> None:
    """The integral of a power above a, where it converges."""
    from_end(d, "above", with_log=False)


@derivation("int_power_log_above")
def int_power_log_above(d: Draft) -> None:
    """The integral of a power times log(x) above a, where it converges."""
    from_end(d, "above", with_log=True)


def between(d: Draft, name: str, names: str = "") -> tuple[Points, list[Fact], Fact]:
    """Return a number of (a, b) with 0 < a, lines 0 < x, 0 < b, and ∫ f(log x)/x = u from ∫ f = u over (log a, log b).

    Parameters
    ----------
    d : Draft
    name : str
        The theorem about ∫ f = u over an interval.
    names : str
        Numbers of that theorem beside the ends, which are not 0.
    """
    p = d.p
    a, b, *others = d.numbers(f"a b {names}")
    low, less, *apart = d.given("0 < a", "a < b", *(f"{n} != 0" for n in names.split()))
    on = Points(p, "(a, b)")
    high = p.order(lt(0, b), [(1, 1, low), (1, 1, less)])
    positive = p.order(lt(0, on.x), [(1, 1, low), (1, 1, on.inside[0])])
    logs = p.cite("log_lt", {"a": a, "b": b}, [low, less])
    values = {"a": log(a), "b": log(b)} | dict(zip(names.split(), others, strict=True))
    moved = _moved(p, "int_log_change_open", {"a": a, "b": b}, [low, less], p.cite(name, values, [logs, *apart]))
    d.show(moved, "substitute `log(x)`")
    return on, [positive, high], moved


def between_powers(d: Draft, name: str, value: str, *weights: str) -> None:
    """Show the integral of a power over (a, b), from an integral of exponentials.

    Parameters
    ----------
    d : Draft
    name : str
        The theorem about the exponential.
    value : str
        The value.
    *weights : str
        Further factors, in the theorem before the exponential.
    """
    on, (positive, high), moved = between(d, name, "k")
    p, x = d.p, on.x
    a, b, k = p.term("a"), p.term("b"), p.term("k")
    same = equal_by_logs(p, exp(k * log(x)) * (1 / x), power(x, k - 1), [positive])
    body, weight = power(x, k - 1), p.term(1)
    for w in weights:
        body, weight = body * p.term(w), p.term(w)
    whole = congruent(on, moved, body, linear(p, eq(integrand(on, moved), body), [(weight, same)], [positive]))
    old = [p.scheme("rpow_def", {"a": end, "b": k}, [sign]) for end, sign in ((a, p.known[0]), (b, high))]
    d.show(with_value(p, p.rewrite(whole, *map(p.symm, old)), value, extra=p.known), "write it as powers")


@derivation("int_power_between")
def int_power_between(d: Draft) -> None:
    """The integral of a power between two positive numbers."""
    between_powers(d, "int_exp", "(b^k - a^k)/k")


@derivation("int_power_log_between")
def int_power_log_between(d: Draft) -> None:
    """The integral of a power times log(x) between two positive numbers."""
    between_powers(d, "int_mul_exp", "(b^k*(k*log(b) - 1) - a^k*(k*log(a) - 1))/k^2", "log(x)")


@derivation("int_reciprocal")
def int_reciprocal(d: Draft) -> None:
    """The integral of 1/x between two positive numbers."""
    on, signs, moved = between(d, "int_one")
    body = d.p.term("1/x")
    d.show(congruent(on, moved, body, d.p.field(eq(integrand(on, moved), body), *signs[:1])), "as the factor is 1")


@derivation("int_reciprocal_log")
def int_reciprocal_log(d: Draft) -> None:
    """The integral of log(x)/x between two positive numbers."""
    on, signs, moved = between(d, "int_id")
    body = d.p.term("1/x*log(x)")
    d.show(congruent(on, moved, body, d.p.field(eq(integrand(on, moved), body), *signs[:1])), "collect")


def log_alone(d: Draft, on: Points, whole: Fact, positive: Fact, value: str) -> None:
    """Show ∫ log(x) = v from ∫ x^(1 − 1)·log(x)."""
    p = d.p
    one = equal_by_logs(p, power(on.x, num(1) - 1), num(1), [positive])
    body = log(on.x)
    same = linear(p, eq(integrand(on, whole), body), [(body, one)])
    d.show(with_value(p, congruent(on, whole, body, same), value), "a power with the exponent 0 is 1")


@derivation("int_log_from_zero")
def int_log_from_zero(d: Draft) -> None:
    """The integral of the logarithm from 0 to b."""
    p = d.p
    (b,) = d.positive("b")
    on = Points(p, "(0, b)")
    whole = p.cite("int_power_log", {"b": b, "k": num(1)}, [p.known[0], p.pos("0 < 1")])
    log_alone(d, on, whole, on.inside[0], "b*log(b) - b")


@derivation("int_log_between")
def int_log_between(d: Draft) -> None:
    """The integral of the logarithm between two positive numbers."""
    p = d.p
    a, b = d.numbers("a b")
    low, less = d.given("0 < a", "a < b")
    on = Points(p, "(a, b)")
    one = p.pos("1 != 0")
    whole = p.cite("int_power_log_between", {"a": a, "b": b, "k": num(1)}, [low, less, one])
    positive = p.order(lt(0, on.x), [(1, 1, low), (1, 1, on.inside[0])])
    log_alone(d, on, whole, positive, "b*log(b) - b - (a*log(a) - a)")
