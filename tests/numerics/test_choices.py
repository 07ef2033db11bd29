"""Theorems about every density: concrete functions and domains, what hypotheses define, controls and planted lies."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.cli.main import main
from kl_symbolic.kernel.integrals import INTEGRALS
from kl_symbolic.kernel.terms import Node, abstract, lam, num, substitute
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.numerics import balls, choices
from kl_symbolic.numerics.evaluate import Reading, Truth
from kl_symbolic.numerics.integrals import Known
from kl_symbolic.numerics.interval import fractions
from kl_symbolic.numerics.point import Integral, Point
from kl_symbolic.numerics.sampling import draw, restrict
from kl_symbolic.numerics.values import Work
from kl_symbolic.numerics.verdicts import Verdict
from kl_symbolic.numerics.verification import Evidence, examine, refute, verify
from kl_symbolic.proving.builder import Proof

from ..support.lanes import sampled, sampled_rows

F, F2 = "number -> number", "number, number -> number"
NAMES = {
    "D": "domain", "E": "domain", "I": "interval", "J": "interval", "G": "interval", "H": "interval", "X": "set",
    "p": F, "q": F, "f": F, "g": F, "c": F, "h": F, "s": F, "w": F, "phi": F, "psi": F, "d": F, "V": F2, "W": F2,
    "T": "X, number -> number", "theta": "X -> number", "kappa": "X -> number", "m": "X -> number",
    "u": "number", "v": "number", "z": "number", "a": "number", "b": "number", "t": "number", "k": "number",
    "tau": "number", "sigma": "number", "mu": "number", "a1": "number", "a2": "number", "b1": "number", "b2": "number",
    "x0": "number", "r": "Nat -> number", "lower": "Nat, number -> number",
}  # fmt: skip
NP, NQ = "forall x in D: 0 <= p(x)", "forall x in D: 0 <= q(x)"
ONE_P, ONE_Q = "int(x in D: p(x)) = 1", "int(x in D: q(x)) = 1"
AC = "forall x in D: q(x) = 0 => p(x) = 0"
KL = "int(x in D: rel_entr(p(x), q(x))) = v"
MASS = "int(x in D: q(x)) = a"
KERNELS = [
    "forall x in D: forall y in E: 0 <= V(x, y)",
    "forall x in D: forall y in E: 0 <= W(x, y)",
    "forall x in D: int(y in E: V(x, y)) = 1",
    "forall x in D: forall y in E: W(x, y) = 0 => V(x, y) = 0",
    "forall x in D: int(y in E: rel_entr(V(x, y), W(x, y))) = d(x)",
]
HALVES = [
    "forall x in G: x in I", "forall x in G: x < x0", "forall x in H: x in I", "forall x in H: x0 < x",
    "forall x in I: x < x0 => x in G", "forall x in I: x0 < x => x in H",
]  # fmt: skip
MAPS = [
    "forall x in I: phi(x) in J", "forall x in J: psi(x) in I", "forall x in J: phi(psi(x)) = x",
    "forall x in I: deriv(y: phi(y), x) = s(x)", "forall x in I: deriv(y: s(y), x) = w(x)",
    "forall x in I: s(x) != 0",
]  # fmt: skip
GIBBS = [NP, ONE_P, NQ, MASS, "a <= 1", AC, KL]

SUPPORTED: dict[str, tuple[list[str], str]] = {
    "Gibbs": (GIBBS, "0 <= v"),
    "itself": ([NP], "int(x in D: rel_entr(p(x), p(x))) = 0"),
    "zero": ([NP, NQ, ONE_P, ONE_Q, AC, "int(x in D: rel_entr(p(x), q(x))) = 0"], "int(x in D: abs(p(x) - q(x))) = 0"),
    "zero everywhere": (
        [
            "forall x in I: 0 < p(x)", "forall x in I: 0 < q(x)", "forall x in I: deriv(y: p(y), x) = s(x)",
            "forall x in I: deriv(y: q(y), x) = w(x)", "int(x in I: p(x)) = 1", "int(x in I: q(x)) = 1",
            "int(x in I: p(x)*log(p(x)/q(x))) = v",
        ],
        "v = 0 <=> forall x in I: p(x) = q(x)",
    ),
    "Pinsker": ([NP, NQ, ONE_P, ONE_Q, AC, KL, "int(x in D: abs(p(x) - q(x))) = t"], "t^2 <= 2*v"),
    "log-sum": ([NP, NQ, AC, KL, "int(x in D: p(x)) = b", MASS], "rel_entr(b, a) <= v"),
    "cross-entropy": (
        [NP, NQ, AC, "int(x in D: -xlogy(p(x), p(x))) = a", "int(x in D: -xlogy(p(x), q(x))) = b"],
        "int(x in D: rel_entr(p(x), q(x))) = b - a",
    ),
    "Donsker and Varadhan": (
        [NP, ONE_P, NQ, AC, KL, "int(x in D: q(x)*exp(g(x))) = z", "int(x in D: p(x)*g(x)) = u"],
        "u - log(z) <= v",
    ),
    "master": (
        [NP, NQ, AC, "forall x in D: 0 < c(x)", KL, "int(x in D: p(x)*log(c(x)) + p(x) - c(x)*q(x)) = u"],
        "u <= v",
    ),
    "two cells": (
        [
            *HALVES, "forall x in I: 0 <= p(x)", "forall x in I: 0 <= q(x)", "forall x in I: q(x) = 0 => p(x) = 0",
            "int(x in G: p(x)) = a1", "int(x in H: p(x)) = a2", "int(x in G: q(x)) = b1", "int(x in H: q(x)) = b2",
            "0 < b1", "0 < b2", "int(x in I: rel_entr(p(x), q(x))) = v",
        ],
        "rel_entr(a1, b1) + rel_entr(a2, b2) <= v",
    ),
    "change of variables": (
        [*MAPS, "forall x in J: 0 <= p(x)", "forall x in J: 0 <= q(x)", "int(x in J: rel_entr(p(x), q(x))) = v"],
        "int(x in I: rel_entr(p(phi(x))*abs(s(x)), q(phi(x))*abs(s(x)))) = v",
    ),
    "chain rule": (
        [NP, NQ, AC, *KERNELS, KL, "int(x in D: p(x)*d(x)) = u"],
        "int(x in D: rel_entr(p(x), q(x)) + p(x)*d(x)) = v + u",
    ),
    "largest entropy": (
        [
            NP, "forall x in D: q(x) = exp(k*g(x) - b)", ONE_P, ONE_Q, "int(x in D: p(x)*g(x)) = tau",
            "int(x in D: q(x)*g(x)) = tau", "int(x in D: -xlogy(p(x), p(x))) = u", "int(x in D: -xlogy(q(x), q(x))) = v",
        ],
        "u <= v",
    ),
    "largest entropy on an interval": (
        ["a < b", "forall x in (a, b): 0 <= p(x)", "int(x in (a, b): p(x)) = 1", "int(x in (a, b): -xlogy(p(x), p(x))) = u"],
        "u <= log(b - a)",
    ),
    "largest entropy at a variance": (
        [
            "0 < sigma", "forall x in reals: 0 <= p(x)", "int(x in reals: p(x)) = 1",
            "int(x in reals: p(x)*(x - mu)^2) = sigma^2", "int(x in reals: -xlogy(p(x), p(x))) = u",
        ],
        "u <= 1/2*log(2*pi*sigma^2) + 1/2",
    ),
    "largest entropy at a mean": (
        [
            "0 < tau", "forall x in nats: 0 <= p(x)", "int(x in nats: p(x)) = 1", "int(x in nats: p(x)*x) = tau",
            "int(x in nats: -xlogy(p(x), p(x))) = u",
        ],
        "u <= (tau + 1)*log(tau + 1) - tau*log(tau)",
    ),
    "exponential family": (
        [
            "forall x in D: 0 < h(x)", "forall x in D: p(x) = h(x)*exp(sum(j in X: theta[j]*T(j, x)) - a)",
            "forall x in D: q(x) = h(x)*exp(sum(j in X: kappa[j]*T(j, x)) - b)", ONE_P,
            "forall j in X: int(x in D: p(x)*T(j, x)) = m[j]",
        ],
        "int(x in D: p(x)*log(p(x)/q(x))) = sum(j in X: (theta[j] - kappa[j])*m[j]) - a + b",
    ),
    "linearity": (
        ["forall j in X: int(x in D: T(j, x)) = m[j]"],
        "int(x in D: sum(j in X: theta[j]*T(j, x))) = sum(j in X: theta[j]*m[j])",
    ),
    "a number in a domain": ([NP, "t in D"], "0 <= p(t)"),
}  # fmt: skip

REFUTED: dict[str, tuple[list[str], str]] = {
    "Gibbs without the mass of q": ([h for h in GIBBS if h != "a <= 1"], "0 <= v"),
    "Gibbs without the mass of p": ([h for h in GIBBS if h != ONE_P], "0 <= v"),
    "too much from Pinsker": ([NP, NQ, ONE_P, ONE_Q, AC, KL, "int(x in D: abs(p(x) - q(x))) = t"], "t <= v"),
    "a planted lie": (GIBBS, "1/100 <= v"),
    "Donsker and Varadhan, turned round": (
        SUPPORTED["Donsker and Varadhan"][0],
        "v <= u - log(z)",
    ),
    "two cells, turned round": (SUPPORTED["two cells"][0], "v <= rel_entr(a1, b1) + rel_entr(a2, b2)"),
    "a change of variables without the slope": (
        SUPPORTED["change of variables"][0],
        "int(x in I: rel_entr(p(phi(x)), q(phi(x)))) = v",
    ),
    "a mean that is forgotten": (
        [h for h in SUPPORTED["largest entropy"][0] if "q(x)*g(x)" not in h],
        "u <= v",
    ),
    "a wrong Bregman form": (
        SUPPORTED["exponential family"][0],
        "int(x in D: p(x)*log(p(x)/q(x))) = sum(j in X: (theta[j] - kappa[j])*m[j]) + a - b",
    ),
    "a chain without its second link": (
        SUPPORTED["chain rule"][0],
        "int(x in D: rel_entr(p(x), q(x)) + p(x)*d(x)) = v",
    ),
}

UNSATISFIABLE: dict[str, tuple[list[str], str]] = {
    "a density that is negative": ([ONE_P, "forall x in D: p(x) < 0"], "0 = 1"),
    "two integrals": ([ONE_P, "int(x in D: p(x)) = 2"], "0 = 1"),
    "growing minorants": (
        [
            "forall n in Nat: forall x in D: lower(n, x) <= f(x)", "forall n in Nat: int(x in D: lower(n, x)) = r[n]",
            "forall n in Nat: n <= r[n]", "int(x in D: f(x)) = v",
        ],
        "0 = 1",
    ),
}  # fmt: skip


@cache
def supported(name: str) -> Evidence:
    """Return what is found for one of the statements that hold."""
    return looked_at(*SUPPORTED[name])


def looked_at(given: list[str], claim: str, count: int = 32, seed: int = 0) -> Evidence:
    scope = declare(NAMES)
    gamma = [parse(s, "statement", scope) for s in given]
    conclusion = parse(claim, "statement", scope)
    return examine(gamma, conclusion, restrict(scope, [*gamma, conclusion]), count=count, seed=seed)


@pytest.mark.parametrize("name", sampled(SUPPORTED, 9))
def test_a_general_statement_is_supported_at_concrete_choices(name: str) -> None:
    evidence = supported(name)
    assert (evidence.verdict, evidence.reason) == (Verdict.SUPPORTED, "")
    assert evidence.points >= 8
    assert len(set(evidence.choices)) == len(evidence.choices) >= evidence.points
    domains = {point.domain_of["D"].op for point in evidence.choices if "D" in point.domain_of}
    assert not domains or {"nats", "above", "open"} <= domains


@pytest.mark.parametrize("name", sampled(REFUTED))
def test_a_control_is_refuted(name: str) -> None:
    evidence = looked_at(*REFUTED[name])
    assert evidence.verdict is Verdict.REFUTED
    assert evidence.counterexample in evidence.choices


@pytest.mark.parametrize("name", sampled(UNSATISFIABLE, 3))
def test_hypotheses_that_no_choice_fulfils_leave_it_undecided(name: str) -> None:
    evidence = looked_at(*UNSATISFIABLE[name])
    assert (evidence.verdict, evidence.points) == (Verdict.UNKNOWN, 0)
    assert evidence.reason == "no point of Γ was found"


def test_a_limit_of_a_sequence_is_unique() -> None:
    scope = declare({"r": "Nat -> number", "a": "number", "b": "number"})
    given = [parse(s, "statement", scope) for s in ("lim(n: r[n]) -> a", "lim(n: r[n]) -> b")]
    assert examine(given, parse("a = b", "statement", scope), scope).verdict is Verdict.SUPPORTED


CONCRETE = {
    "an exponential law": ("0 < a", "int(x in (0, oo): a*exp(-a*x)) = 1"),
    "two exponential laws": (
        "0 < a, 0 < b",
        "int(x in (0, oo): rel_entr(a*exp(-a*x), b*exp(-b*x))) = log(a/b) + b/a - 1",
    ),
    "a normal law": ("0 < b", "int(x in reals: exp(-(x - a)^2/(2*b^2))/(b*(2*pi)^(1/2))) = 1"),
    "Gamma": ("0 < a", "int(x in (0, oo): x^(a - 1)*exp(-x)) = Gamma(a)"),
    "Beta": ("0 < a, 0 < b", "int(x in (0, 1): x^(a - 1)*(1 - x)^(b - 1)) = Gamma(a)*Gamma(b)/Gamma(a + b)"),
    "Poisson": ("0 < a", "int(x in nats: a^x/Gamma(x + 1)) = exp(a)"),
    "a geometric series": ("0 < a, a < 1", "int(x in nats: a^x) = 1/(1 - a)"),
    "an interval that may be empty": ("0 < 1", "int(x in (a, a): b*x) = 0"),
    "the derivative of Gamma": ("0 < a", "deriv(y: Gamma(y), a) = Gamma(a)*digamma(a)"),
}


@pytest.mark.parametrize("name", sampled(CONCRETE, 4))
def test_a_statement_with_number_parameters_is_supported_at_32_points(name: str) -> None:
    given, claim = CONCRETE[name]
    evidence = looked_at(given.split(", "), claim)
    assert (evidence.verdict, evidence.reason, evidence.choices) == (Verdict.SUPPORTED, "", ())
    assert evidence.points >= 32


@pytest.mark.parametrize("name", CONCRETE)
def test_a_lie_beside_it_is_refuted(name: str) -> None:
    given, claim = CONCRETE[name]
    evidence = looked_at(given.split(", "), f"{claim} + 1/1000")
    assert evidence.verdict is Verdict.REFUTED
    assert evidence.counterexample is not None


@pytest.mark.slow
def test_points_at_which_nothing_settles_are_replaced() -> None:
    evidence = looked_at(["0 < a"], "int(x in nats: a^x) = 1/(1 - a)")
    assert evidence.verdict is Verdict.SUPPORTED  # at those with a < 1
    assert evidence.points >= 32


def test_a_general_statement_says_what_was_chosen() -> None:
    chosen = supported("Gibbs").choices
    assert str(chosen[0]).startswith("D = (0, oo), a = int(x in (0, oo): ")
    assert any(str(point).startswith("D = nats, a = int(n in nats: ") for point in chosen)
    for point in chosen:
        assert all(part in str(point) for part in ("p(x) = ", "q(x) = ", "v = int("))
        assert Point.from_json(point.json()) == point


@pytest.mark.slow
def test_the_hypotheses_hold_at_every_choice() -> None:
    scope = restrict(declare(NAMES), [parse(s, "statement", declare(NAMES)) for s in GIBBS])
    given = [parse(s, "statement", scope) for s in GIBBS]
    drawn = draw(given, scope, 8)
    assert len(drawn.points) == 8
    for point in drawn.points:
        assert [Reading(point).truth(h) for h in given] == [Truth.TRUE] * len(given)


def test_refute_finds_functions() -> None:
    scope = declare(NAMES)
    given = [parse(s, "statement", scope) for s in REFUTED["a planted lie"][0]]
    point = refute(given, parse("1/100 <= v", "statement", scope), scope, count=8)
    assert point is not None
    assert "p" in point.number_of


@pytest.mark.slow
def test_equal_seeds_give_equal_choices_and_other_seeds_others() -> None:
    first = looked_at(*SUPPORTED["Gibbs"], count=3)
    assert looked_at(*SUPPORTED["Gibbs"], count=3) == first
    assert looked_at(*SUPPORTED["Gibbs"], count=3, seed=1).choices != first.choices


@pytest.mark.slow
def test_choices_depend_neither_on_the_hash_seed_nor_on_flint(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "from tests.numerics.test_choices import *\nprint(*looked_at(*SUPPORTED['Gibbs'], count=8).choices, sep='\\n')"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    monkeypatch.setattr(balls, "_library", lambda: None)
    here = "\n".join(map(str, looked_at(*SUPPORTED["Gibbs"], count=8).choices)) + "\n"
    assert shown == {here.encode()}


HOMES = {"open": "(0, 1)", "above": "(0, oo)", "reals": "reals", "nats": "nats"}


@pytest.mark.parametrize(("kind", "source"), [(k, s) for k, found in choices._DENSITIES.items() for s in found])
def test_a_density_of_the_table_integrates_to_one(kind: str, source: str) -> None:
    term = parse(source, "number", declare({"u": "number"}))
    home = parse(f"0 in {HOMES[kind]}", "statement", declare({"u": "number"})).args[1]
    low, high = fractions(Known(Work()).value(Integral(home, lam(("number",), abstract(term, "u")))))
    assert low <= 1 <= high
    assert high - low < Fraction(1, 10**6)


@pytest.mark.parametrize("kind", sampled(choices._KERNELS, 4))
def test_a_family_of_the_table_has_its_divergence(kind: str) -> None:
    scope = declare({"u": "number", "a": "number", "b": "number"})
    density, divergence = (parse(s, "number", scope) for s in choices._KERNELS[kind])
    home = parse(f"0 in {HOMES[kind]}", "statement", scope).args[1]
    other = substitute(density, {"a": Node("sym", "b")})
    integrand = lam(("number",), abstract(Node("def", ("rel_entr", ()), (density, other)), "u"))
    given = [parse(s, "statement", scope) for s in ("0 < a", "a < 1", "0 < b", "b < 1")]
    evidence = examine(given, Node("int", None, (home, integrand, divergence)), scope, count=8)
    assert (evidence.verdict, evidence.points) == (Verdict.SUPPORTED, 8)


@pytest.mark.parametrize("row", choices._MAPS, ids=" ".join)
def test_a_map_of_the_table_has_its_inverse(row: tuple[str, str, str, str]) -> None:
    low, high, there, back = row
    forth = [f"forall u in {low}: {there} in {high}", f"forall u in {high}: {back} in {low}"]
    for source in (*forth, f"forall u in {low}: {back.replace('u', f'({there})')} = u"):
        assert Reading(Point.of()).truth(parse(source, "statement", declare({"u": "number"}))) is Truth.TRUE


@pytest.mark.parametrize("count", sampled([1, 3, 20], 2))
def test_no_more_choices_than_are_wanted(count: int) -> None:
    assert looked_at([NP, ONE_P], "int(x in D: p(x)) = 1", count=count).points == min(count, 12)


# --- the kernel's rows, and certificates -------------------------------------------------------------------------------

OPEN = {"int_squeeze", "int_ftc", "nats_telescope"}
"""Rows whose hypotheses hold at no choice, or at hardly one: sequences of functions, and such as run to an end."""


@pytest.mark.parametrize("name", sampled(INTEGRALS, 6))
def test_numbers_agree_with_every_row_about_integrals(name: str) -> None:
    _, scope, sequent = INTEGRALS[name]
    evidence = examine(sequent.hypotheses, sequent.conclusion, scope)
    assert (evidence.verdict is Verdict.SUPPORTED) is (name not in OPEN), evidence.reason
    assert evidence.verdict is not Verdict.REFUTED
    assert name in OPEN or not evidence.choices or evidence.points >= 8


@pytest.mark.parametrize(
    ("name", "left_out"), sampled_rows([("open_low", 0), ("nats_nonneg", 0), ("int_mono", 0), ("int_zero", 2)], 4)
)
def test_numbers_refute_a_row_without_one_of_its_hypotheses(name: str, left_out: int) -> None:
    _, scope, sequent = INTEGRALS[name]
    fewer = [h for k, h in enumerate(sequent.hypotheses) if k != left_out]
    assert examine(fewer, sequent.conclusion, scope).verdict is Verdict.REFUTED


def difference() -> str:
    """Return a certificate of ∫ f + -1·g = u + -1·v."""
    proof = Proof("difference", library.theorem)
    proof.declare(D="domain", f=F, g=F, u="number", v="number", x="number")
    first, second = proof.given("int(x in D: f(x)) = u"), proof.given("int(x in D: g(x)) = v")
    f, g, scaled = (lam(("number",), abstract(proof.term(s), "x")) for s in ("f(x)", "g(x)", "-1*g(x)"))
    u, v, minus = (proof.term(s) for s in ("u", "v", "-1*v"))
    over = Node("dom", "D")
    times = proof.scheme("int_mul", {"D": over, "a": num(-1), "f": g, "u": v}, [second])
    both = {"D": over, "f": f, "g": scaled, "u": u, "v": minus}
    return proof.certificate(proof.scheme("int_add", both, [first, times]))


@pytest.mark.slow
def test_a_theorem_about_any_function_is_verified_with_every_line() -> None:
    evidence = verify(library.check_text(difference(), {}))
    assert (evidence.verdict, evidence.reason, evidence.integrating) == (Verdict.SUPPORTED, "", True)
    assert len(evidence.choices) == evidence.points == 12
    assert [line.verdict for line in evidence.lines] == [Verdict.SUPPORTED] * len(evidence.lines)
    assert "nats" in {point.domain_of["D"].op for point in evidence.choices}


def test_the_command_line_prints_what_was_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "difference.klcert.json"
    path.write_text(difference(), encoding="utf-8")
    assert main(["verify", str(path)]) == 0
    first, *chosen = capsys.readouterr().out.splitlines()
    assert first == (
        "supported difference: not refuted at 12 choices to 50 digits, integrals to 7, nor is a line of its proof"
    )
    assert len(chosen) == 12
    assert all(line.startswith("  D = ") and ", f(x) = " in line and ", u = int(" in line for line in chosen)
