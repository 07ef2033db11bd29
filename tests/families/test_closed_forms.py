"""Closed forms of pairs: theorems that agree with the definition, conditions, and divergences that are infinite."""

from __future__ import annotations

import itertools
from fractions import Fraction

import mpmath
import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import families
from kl_symbolic.families.family import Law, Mean, ParametricFamily
from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.terms import Node
from kl_symbolic.language.errors import NoClosedForm
from kl_symbolic.sympy_bridge import to_sympy

from ..support.lanes import sampled, sampled_rows

PROVED = [name for name in families.FAMILIES if families.named(name).means]
"""The families with theorems."""

_VALUES = {"real": (Fraction(1, 3), Fraction(-2, 5)), "positive": (Fraction(5, 2), Fraction(7, 3), Fraction(9, 4))}


def member(name: str, turn: int = 0) -> Law:
    """Return a distribution of a family, with plain numbers as parameters."""
    values, family = {}, families.named(name)
    for n, parameter in enumerate(family.parameters):
        if parameter.role == "probability":
            values[parameter.name] = Fraction(2 + turn, 7)
        elif parameter.role == "positive integer":
            values[parameter.name] = Fraction(3 + turn)
        else:
            choices = _VALUES[parameter.role]
            values[parameter.name] = choices[(n + turn) % len(choices)]
    if {"low", "high"} <= values.keys():
        values |= {"low": Fraction(1, 2 + turn), "high": Fraction(3 + turn)}
    return family(**values)


def density(law: Law, x: sympy.Symbol) -> sympy.Expr:
    """Return the density of a distribution, from the text of the family."""
    from kl_symbolic.families.family import Instance

    family = law.family
    names = {p.name: Node("sym", p.name) for p in family.parameters}
    found = to_sympy(Instance(family, names).density(Node("sym", "x")), family.scope)
    symbols = {s.name: s for s in found.free_symbols}
    values = dict(zip((p.name for p in family.parameters), law.values, strict=True))
    return found.xreplace({symbols[n]: v for n, v in values.items() if n in symbols}).xreplace({symbols["x"]: x})


def by_quadrature(P: Law, Q: Law) -> mpmath.mpf:
    """Return the divergence by its definition."""
    x = sympy.Symbol("x", real=True)
    p, q = (sympy.lambdify(x, density(law, x), "mpmath") for law in (P, Q))
    half = P.family.domain == "(0, oo)"
    # A density on the line may have a cusp where its location is; on the half-line x is exp(u).
    cusps = [mpmath.mpf(v.p) / v.q for law in (P, Q) for v in law.values[:1] if abs(v) < 1]
    ends = (
        [-400, -60, -20, -6, -2, 0, 2, 6, 20, 60, 400]
        if half
        else sorted({-150, -40, -9, -2, 0, 2, 9, 40, 150, *cusps})
    )

    def summand(u: mpmath.mpf) -> mpmath.mpf:
        at = mpmath.exp(u) if half else u
        value, other = p(at), q(at)
        if not (value > 0 and other > 0):
            return mpmath.mpf(0)
        return value * (mpmath.log(value) - mpmath.log(other)) * (at if half else 1)

    with mpmath.workdps(20):
        return mpmath.quad(summand, ends)


def agrees(first: str, second: str) -> str:
    """Return what became of a pair: proved, not proved, none or infinite; fail where a theorem is not the integral."""
    P, Q = member(first), member(second, 1)
    form = kl.closed_form(P, Q)
    if form.expression is None:
        return "none"
    if form.expression is sympy.oo:
        return "infinite"
    if form.theorem is None:
        return "not proved"
    assert form.conditions == ()
    with mpmath.workdps(20):
        assert abs(mpmath.mpf(str(kl.value(form, 20))) - by_quadrature(P, Q)) < 1e-9
    return "proved"


ON_LINES = [name for name in PROVED if families.named(name).domain in ("(0, oo)", "reals")]


@pytest.mark.parametrize("name", sampled(ON_LINES, 5))
def test_the_divergence_of_two_members_is_the_integral(name: str) -> None:
    others = {"not proved", "none"} if families.named(name).shared else set()
    assert agrees(name, name) in {"proved", *others}


NEXT = list(zip(ON_LINES, [*ON_LINES[1:], *ON_LINES[:1]], strict=True))


@pytest.mark.parametrize(("first", "second"), sampled_rows(NEXT))
def test_the_divergence_of_a_pair_is_the_integral(first: str, second: str) -> None:
    agrees(first, second)


@pytest.mark.slow
@pytest.mark.parametrize("first", ON_LINES)
def test_every_divergence_of_pairs_is_the_integral(first: str) -> None:
    found = {agrees(first, second) for second in ON_LINES}
    # A family whose members share a parameter may have no divergence that is proved but those.
    assert "proved" in found or families.named(first).shared


def test_parameters_may_be_symbols_and_conditions_are_part_of_the_answer() -> None:
    a, b = sympy.symbols("a b")
    form = kl.closed_form(families.InverseGamma(shape=a, scale=2), families.Exponential(rate=b))
    assert set(form.conditions) == {sympy.Lt(0, a), sympy.Lt(0, b), sympy.Lt(1, a)}
    assert form.theorem is not None and len(form.theorem.hypotheses) == 3
    positive = kl.closed_form(families.Exponential(rate=sympy.Symbol("c", positive=True)), families.Exponential(rate=1))
    assert positive.conditions == ()


@pytest.mark.parametrize("name", sampled(PROVED, 5))
def test_equal_distributions_have_the_divergence_zero(name: str) -> None:
    assert kl.kl_divergence(member(name), member(name)) == 0


def test_distributions_that_are_equal_in_two_families_have_the_divergence_zero() -> None:
    assert kl.kl_divergence(families.ChiSquared(df=4), families.Gamma(shape=2, rate=Fraction(1, 2))) == 0
    assert kl.kl_divergence(families.GeneralizedGamma(scale=2, d=3, p=3), families.Weibull(shape=3, scale=2)) == 0


def test_values_outside_of_the_other_support_make_it_infinite() -> None:
    form = kl.closed_form(families.Gumbel(loc=0, scale=1), families.Gamma(shape=2, rate=1))
    assert form.expression is sympy.oo
    assert [t.name.rpartition("_")[2] for t in form.theorems] == ["mass", "inside", "outside"]
    assert "no values" in form.reason
    twin = kl.closed_form(families.Gamma(shape=2, rate=1), families.Gumbel(loc=0, scale=1))
    assert twin.expression is not sympy.oo
    assert twin.theorem is not None


def test_what_is_not_known_is_refused_with_the_reason() -> None:
    form = kl.closed_form(families.Gumbel(loc=0, scale=1), families.Moyal(loc=0, scale=Fraction(7, 5)))
    if form.expression is None:
        with pytest.raises(NoClosedForm):
            kl.kl_divergence(families.Gumbel(loc=0, scale=1), families.Moyal(loc=0, scale=Fraction(7, 5)))
        assert form.theorem is None and form.reason


def test_a_base_and_the_other_measures() -> None:
    P, Q = families.Exponential(rate=2), families.Exponential(rate=3)
    bits = kl.kl_divergence(P, Q, base=2)
    assert sympy.simplify(bits * sympy.log(2) - kl.kl_divergence(P, Q)) == 0
    assert sympy.simplify(kl.cross_entropy(P, Q) - kl.entropy(P) - kl.kl_divergence(P, Q)) == 0
    assert kl.closed_form(P, measure=kl.entropy).theorem is not None


def test_a_wrong_mean_is_refused_by_the_kernel() -> None:
    """A family may claim what it likes: what it claims is derived, or there is no theorem."""
    from dataclasses import replace

    from kl_symbolic import library
    from kl_symbolic.families.derivations import authors
    from kl_symbolic.proving.calc import write

    honest = families.Exponential

    def certificate(family: ParametricFamily) -> str:
        return write(dict(authors(family))["exponential_mean"], library.theorem)

    assert library.check_text(certificate(replace(honest))).name == "exponential_mean"
    lie = replace(honest, means=tuple(Mean("mean", "x", "2/rate") if m.name == "mean" else m for m in honest.means))
    with pytest.raises(Refused):
        certificate(lie)


def test_a_lying_proposer_is_refused_by_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.families import divergence

    P, Q = families.Gamma(shape=2, rate=3), families.Exponential(rate=5)
    honest = kl.kl_divergence(P, Q)
    monkeypatch.setattr(divergence, "propose", lambda by, term, hypotheses, scope: Node("num", Fraction(0)))
    assert sympy.simplify(kl.kl_divergence(P, Q) - honest) == 0


def test_pairs_of_families_are_many() -> None:
    finite = {
        (p, q)
        for p, q in itertools.product(PROVED, PROVED)
        if p != q and families.named(p).domain == families.named(q).domain == "(0, oo)"
    }
    assert len(finite) >= 150
