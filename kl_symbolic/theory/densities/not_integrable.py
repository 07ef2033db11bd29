"""Functions without an integral: those that stay above a positive number on a half-line, and powers with tails."""

from __future__ import annotations

from ...kernel.statements import le, lt
from ...kernel.terms import NAT, REAL, num
from ...language.rewriting import close
from ...proving.calc import Draft, derivation, exp, log
from ...proving.integrals import Points, congruent, equal_by_logs, integrand, integrate
from ..density_notation import member_of, natural, power, sequence


def stays_above(d: Draft, side: str) -> None:
    """Show that a function that is at least c > 0 on a half-line with the end m has no integral."""
    p = d.p
    m, v = d.numbers("m v")
    (c,) = d.positive("c")
    d.declare(f="number -> number")
    domain = "(m, oo)" if side == "above" else "(-oo, m)"
    on, n = Points(p, domain), p.fresh(NAT)
    bound, whole = d.given(f"forall x in {domain}: c <= f(x)", f"int(x in {domain}: f(x)) = v")
    k = member_of(n) + 1
    more = p.pos(lt(0, k), natural(p, n), p.pos("0 < 1"))
    rate = p.pos(lt(0, c / k), p.known[0], more)
    decay = p.cite(f"exp_{side}_int", {"m": m, "c": c / k}, [rate])
    body = c * integrand(on, decay)
    row = integrate(on, [(c, decay)], body, k, [p.known[0], more])
    d.show(p.gen(n, row), "slow decay from `c` has an integral as large as wanted")
    # exp(−r·(x − m)) ≤ exp(0) = 1
    exponent = body.args[1].args[0]
    gap = exponent.args[0].args[1]
    distance = p.order(le(0, gap), [(1, 1, on.inside[0])])
    falls = p.order(le(exponent, 0), [(1, 1, p.pos(le(0, exponent.args[0]), rate, distance))], more)
    one = p.cite("exp_zero", {})
    small = p.cite("exp_mono", {"a": exponent, "b": num(0)}, [falls])
    here = on.at(bound)
    below = p.order(le(body, here.right), [(1, 1, p.known[0], small), (1, c, one), (1, 1, here)], more)
    grows = p.gen(n, p.order(le(member_of(n), k), [(1, 1)]))
    f = on.function(here.right)
    values = {"D": on.domain, "f": f, "v": v, "a": sequence(k, n)}
    values["l"] = close(body, (n.data, NAT), (on.x.data, REAL))
    premises = [p.gen(n, on.every(below)), p.gen(n, row), grows, whole]
    d.show(
        p.cite("not_integrable", values, premises), "and is below the function, whose integral would be larger still"
    )


@derivation("not_integrable_above")
def not_integrable_above(d: Draft) -> None:
    """A function that stays above a positive number has no integral over a half-line."""
    stays_above(d, "above")


@derivation("not_integrable_below")
def not_integrable_below(d: Draft) -> None:
    """A function that stays above a positive number has no integral over a half-line that runs to −∞."""
    stays_above(d, "below")


def power_tail(d: Draft, side: str) -> None:
    """Show that a power has no integral above a, or below b, where the exponent is on the wrong side of −1."""
    p = d.p
    name, domain, sign, line = (
        ("a", "(a, oo)", "0 <= k", "(log(a), oo)") if side == "above" else ("b", "(0, b)", "k <= 0", "(-oo, log(b))")
    )
    end, k, _ = d.numbers(f"{name} k v")
    positive, exponent, whole = d.given(f"0 < {name}", sign, f"int(x in {domain}: x^(k - 1)) = v")
    _, f, v = whole.statement.args
    moved = p.cite(f"int_exp_change_{side}", {name: end, "f": f, "u": v}, [positive, whole])
    d.show(moved, "substitute `exp(x)`")
    on = Points(p, line)
    grown = exp(k * on.x)
    same = equal_by_logs(p, integrand(on, moved), grown)
    plain = d.show(congruent(on, moved, grown, same), "as a power of an exponential")
    ends = (k * log(end), k * on.x)
    (near,) = on.inside
    rises = p.order(le(*ends), [(1, 1, exponent, near)])
    bound = on.every(p.cite("exp_mono", {"a": ends[0], "b": ends[1]}, [rises]))
    values = {"m": log(end), "c": exp(ends[0]), "f": on.function(grown), "v": v}
    premises = [p.scheme("exp_pos", {"a": ends[0]}), bound, plain]
    d.show(p.cite(f"not_integrable_{side}", values, premises), "but it stays above its value at the end")


@derivation("power_not_integrable")
def power_not_integrable(d: Draft) -> None:
    """**A power with the exponent −1 or more** has no integral up to ∞."""
    power_tail(d, "above")


@derivation("power_not_integrable_at_zero")
def power_not_integrable_at_zero(d: Draft) -> None:
    """**A power with the exponent −1 or less** has no integral from 0 on."""
    power_tail(d, "below")


def reciprocal(d: Draft, name: str, end: str, domain: str) -> None:
    """Show that 1/x has no integral, as the power with the exponent −1."""
    p = d.p
    number, v = d.numbers(f"{end} v")
    positive, whole = d.given(f"0 < {end}", f"int(x in {domain}: 1/x) = v")
    on = Points(p, domain)
    above = on.inside[0]
    sign = above if above.left == num(0) else p.order(lt(0, on.x), [(1, 1, positive), (1, 1, above)])
    body = power(on.x, num(0) - 1)
    same = equal_by_logs(p, integrand(on, whole), body, [sign])
    values = {end: number, "k": num(0), "v": v}
    order = p.pos("0 <= 0") if end == "a" else p.order(le(0, 0), [])
    d.show(p.cite(name, values, [positive, order, congruent(on, whole, body, same)]), "the power with the exponent −1")


@derivation("reciprocal_not_integrable")
def reciprocal_not_integrable(d: Draft) -> None:
    """The function 1/x has no integral up to ∞."""
    reciprocal(d, "power_not_integrable", "a", "(a, oo)")


@derivation("reciprocal_not_integrable_at_zero")
def reciprocal_not_integrable_at_zero(d: Draft) -> None:
    """The function 1/x has no integral from 0 on."""
    reciprocal(d, "power_not_integrable_at_zero", "b", "(0, b)")
