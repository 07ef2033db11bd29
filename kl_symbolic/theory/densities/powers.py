"""Powers of x, with and without a factor log(x), on intervals of positive numbers: exponentials of log x."""

from __future__ import annotations

from ...kernel.statements import eq, lt
from ...kernel.terms import Node, num
from ...proving.builder import Fact, Proof
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate, with_value
from ...proving.tactics import linear, prove
from ..density_notation import power
from ..euler_notation import shifted


def _moved(p: Proof, rule: str, ends: dict[str, Node], signs: list[Fact], base: Fact) -> Fact:
    """Return ∫_D f(log x)/x = u by a substitution theorem from ∫_E f = u."""
    _, f, u = base.statement.args
    return p.cite(rule, {**ends, "f": f, "u": u}, [*signs, base])


def from_end(d: Draft, side: str, degree: int) -> None:
    """Show ∫ x^(±k − 1)·log(x)^n over (0, b) or (a, ∞), from exponential decay to the side of log b or log a.

    Parameters
    ----------
    d : Draft
    side : str
        below or above.
    degree : int
        n, which is 0, 1 or 2.
    """
    p = d.p
    end, k = d.positive("b k" if side == "below" else "a k")
    on = Points(p, "(0, b)" if side == "below" else "(a, oo)")
    x, sign = on.x, -1 if side == "below" else 1
    low = on.inside[0]
    positive = low if side == "below" else p.order(lt(0, x), [(1, 1, p.known[0]), (1, 1, low)])
    names, m = {"m": log(end), "c": k}, log(end)
    pieces = []
    for moment in ("", "_mean", "_square")[: degree + 1]:
        base = p.cite(f"exp_{side}{moment}_int", names, [p.known[1]])
        moved = _moved(p, f"int_log_change_{side}", {end.data: end}, p.known[:1], base)
        pieces.append(d.show(moved, "substitute `log(x)` in an integral of exponential decay"))
    scale, body = (power(end, k), power(x, k - 1)) if sign < 0 else (power(end, -k), power(x, -k - 1))
    same = equal_by_logs(p, scale * integrand(on, pieces[0]), body, [positive])
    # log(x)^n in powers of the distance between log(x) and the end
    weights = ([num(1)], [m, num(sign)], [power(m, 2), sign * (2 * m), num(1)])[degree]
    first, second = m / k, power(m, 2) / k
    shift, bend = 1 / power(k, 2), 2 * m / power(k, 2)
    if sign > 0:
        value = (scale / k, scale * (first + shift), scale * (second + bend + 2 / power(k, 3)))[degree]
    else:
        value = (scale / k, scale * (first - shift), scale * (second - bend + 2 / power(k, 3)))[degree]
    factor = (num(1), log(x), power(log(x), 2))[degree]
    body = body if degree == 0 else body * factor

    def equal(now: Node) -> Fact:
        return linear(p, eq(now, body), [(factor, same)], [positive])

    extra = [*p.known, prove(p, lt(0, scale))]
    factors = [scale if weight == num(1) else scale * weight for weight in weights]
    whole = integrate(on, list(zip(factors, pieces, strict=True)), body, value, extra, equal)
    d.show(whole, "collect")


@derivation("int_power")
def int_power(d: Draft) -> None:
    """The integral of a power from 0 to b."""
    from_end(d, "below", degree=0)


@derivation("int_power_log")
def int_power_log(d: Draft) -> None:
    """The integral of a power times log(x) from 0 to b."""
    from_end(d, "below", degree=1)


@derivation("int_power_mean")
def int_power_mean(d: Draft) -> None:
    """The integral of a power from 0 to b, with a further power."""
    shifted(d, "int_power", {"k": "k + r"}, "x^r", "0 < k + r")


@derivation("int_power_log_mean")
def int_power_log_mean(d: Draft) -> None:
    """The mean of the logarithm under a power from 0 to b, times the total."""
    p = d.p
    b, k = d.positive("b k")
    on = Points(p, "(0, b)")
    base = d.show(p.cite("int_power_log", {"b": b, "k": k}, p.known[:2]), "the integral with the logarithm")
    body = log(on.x) * power(on.x, k - 1)
    d.show(integrate(on, [(1, base)], body, p.term("b^k/k*(log(b) - 1/k)"), p.known), "write it as a mean")


@derivation("int_power_above")
def int_power_above(d: Draft) -> None:
    """The integral of a power above a, where it converges."""
    from_end(d, "above", degree=0)


@derivation("int_power_log_above")
def int_power_log_above(d: Draft) -> None:
    """The integral of a power times log(x) above a, where it converges."""
    from_end(d, "above", degree=1)


@derivation("int_power_log_square")
def int_power_log_square(d: Draft) -> None:
    """The integral of a power times the square of log(x) from 0 to b."""
    from_end(d, "below", degree=2)


@derivation("int_power_log_square_above")
def int_power_log_square_above(d: Draft) -> None:
    """The integral of a power times the square of log(x) above a, where it converges."""
    from_end(d, "above", degree=2)


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


@derivation("int_power_log_square_between")
def int_power_log_square_between(d: Draft) -> None:
    """The integral of a power times the square of log(x) between two positive numbers."""
    value = "(b^k*((k*log(b))^2 - 2*(k*log(b)) + 2) - a^k*((k*log(a))^2 - 2*(k*log(a)) + 2))/k^3"
    between_powers(d, "int_square_exp", value, "log(x)^2")


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
    """Show ∫ log(x)^n = v from ∫ x^(1 − 1)·log(x)^n."""
    p = d.p
    one = equal_by_logs(p, power(on.x, num(1) - 1), num(1), [positive])
    body = integrand(on, whole).args[1]
    same = linear(p, eq(integrand(on, whole), body), [(body, one)])
    d.show(with_value(p, congruent(on, whole, body, same), value), "a power with the exponent 0 is 1")


def logs_from_zero(d: Draft, name: str, value: str) -> None:
    """Show ∫ log(x)^n over (0, b) from a theorem about x^(k − 1)·log(x)^n."""
    p = d.p
    (b,) = d.positive("b")
    on = Points(p, "(0, b)")
    whole = p.cite(name, {"b": b, "k": num(1)}, [p.known[0], p.pos("0 < 1")])
    log_alone(d, on, whole, on.inside[0], value)


def logs_between(d: Draft, name: str, value: str) -> None:
    """Show ∫ log(x)^n over (a, b) from a theorem about x^(k − 1)·log(x)^n."""
    p = d.p
    a, b = d.numbers("a b")
    low, less = d.given("0 < a", "a < b")
    on = Points(p, "(a, b)")
    whole = p.cite(name, {"a": a, "b": b, "k": num(1)}, [low, less, p.pos("1 != 0")])
    log_alone(d, on, whole, p.order(lt(0, on.x), [(1, 1, low), (1, 1, on.inside[0])]), value)


@derivation("int_log_from_zero")
def int_log_from_zero(d: Draft) -> None:
    """The integral of the logarithm from 0 to b."""
    logs_from_zero(d, "int_power_log", "b*log(b) - b")


@derivation("int_log_between")
def int_log_between(d: Draft) -> None:
    """The integral of the logarithm between two positive numbers."""
    logs_between(d, "int_power_log_between", "b*log(b) - b - (a*log(a) - a)")


@derivation("int_log_square_from_zero")
def int_log_square_from_zero(d: Draft) -> None:
    """The integral of the square of the logarithm from 0 to b."""
    logs_from_zero(d, "int_power_log_square", "b*(log(b)^2 - 2*log(b) + 2)")


@derivation("int_log_square_between")
def int_log_square_between(d: Draft) -> None:
    """The integral of the square of the logarithm between two positive numbers."""
    value = "b*(log(b)^2 - 2*log(b) + 2) - a*(log(a)^2 - 2*log(a) + 2)"
    logs_between(d, "int_power_log_square_between", value)
