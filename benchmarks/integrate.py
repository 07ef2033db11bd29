"""The divergence of 40 pairs of distributions: closed forms here beside ``sympy.integrate`` of the definition."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import mpmath
import sympy

import kl_symbolic as kl
from kl_symbolic.families.family import Instance, Law
from kl_symbolic.families.text import read_law
from kl_symbolic.kernel.terms import Node
from kl_symbolic.sympy_bridge import to_sympy

__all__ = ["report"]

LIMIT = 60
"""Seconds of the processor that an integral gets."""
DIGITS = 20
AGREEMENT = mpmath.mpf(10) ** -10
"""Two values agree where they differ by less, relative to 1 and the value."""

PAIRS: tuple[tuple[str, str], ...] = (
    ("Exponential(rate=2)", "Exponential(rate=3)"),
    ("Gamma(shape=2, rate=1)", "Gamma(shape=3, rate=2)"),
    ("Gamma(shape=5/2, rate=1)", "Gamma(shape=1/2, rate=2)"),
    ("Erlang(shape=2, rate=1)", "Erlang(shape=3, rate=2)"),
    ("ChiSquared(df=3)", "ChiSquared(df=4)"),
    ("Chi(df=3)", "Chi(df=4)"),
    ("InverseGamma(shape=3, scale=1)", "InverseGamma(shape=2, scale=2)"),
    ("Weibull(shape=2, scale=1)", "Weibull(shape=3, scale=2)"),
    ("Frechet(shape=2, scale=1)", "Frechet(shape=3, scale=2)"),
    ("Rayleigh(scale=1)", "Rayleigh(scale=2)"),
    ("Maxwell(scale=1)", "Maxwell(scale=2)"),
    ("HalfNormal(scale=1)", "HalfNormal(scale=2)"),
    ("Levy(scale=1)", "Levy(scale=2)"),
    ("LogNormal(mu=0, sigma=1)", "LogNormal(mu=1, sigma=2)"),
    ("Gumbel(loc=0, scale=1)", "Gumbel(loc=1, scale=2)"),
    ("Normal(mean=0, std=1)", "Normal(mean=1, std=2)"),
    ("Laplace(loc=0, scale=1)", "Laplace(loc=1, scale=2)"),
    ("Uniform(low=0, high=1)", "Uniform(low=-1, high=2)"),
    ("Pareto(shape=3, scale=1)", "Pareto(shape=2, scale=1)"),
    ("Beta(alpha=2, beta=3)", "Beta(alpha=3, beta=2)"),
    ("Beta(alpha=3/2, beta=1/2)", "Beta(alpha=1/2, beta=5/2)"),
    ("BetaPrime(alpha=2, beta=3)", "BetaPrime(alpha=3, beta=2)"),
    ("Uniform(low=0, high=1)", "Gumbel(loc=0, scale=1)"),
    ("Gamma(shape=2, rate=1)", "Gumbel(loc=0, scale=1)"),
    ("LogNormal(mu=0, sigma=1)", "Gamma(shape=2, rate=1)"),
    ("Gamma(shape=2, rate=1)", "Weibull(shape=2, scale=1)"),
    ("Weibull(shape=2, scale=1)", "Gamma(shape=2, rate=1)"),
    ("Exponential(rate=1)", "Rayleigh(scale=1)"),
    ("Rayleigh(scale=1)", "Exponential(rate=1)"),
    ("InverseGamma(shape=3, scale=1)", "Gamma(shape=2, rate=1)"),
    ("Gamma(shape=3, rate=1)", "InverseGamma(shape=2, scale=1)"),
    ("Exponential(rate=1)", "Normal(mean=0, std=1)"),
    ("Exponential(rate=1)", "Gumbel(loc=0, scale=1)"),
    ("Normal(mean=0, std=1)", "Gumbel(loc=0, scale=1)"),
    ("Exponential(rate=1)", "Weibull(shape=2, scale=1)"),
    ("Laplace(loc=0, scale=1)", "Normal(mean=0, std=1)"),
    ("Uniform(low=0, high=1)", "Normal(mean=0, std=1)"),
    ("Uniform(low=0, high=1)", "Exponential(rate=1)"),
    ("Beta(alpha=2, beta=3)", "Normal(mean=0, std=1)"),
    ("Pareto(shape=3, scale=1)", "Gamma(shape=2, rate=1)"),
)
"""Proved here, all of them; the parameters are small, as in a textbook's exercise."""


def density(law: Law, x: sympy.Symbol) -> sympy.Expr:
    """Return the density of a distribution inside its support, as the family states it."""
    family = law.family
    names = {p.name: Node("sym", p.name) for p in family.parameters}
    found = to_sympy(Instance(family, names).density(Node("sym", x.name)), family.scope)
    symbols = {s.name: s for s in found.free_symbols}
    values = dict(zip((p.name for p in family.parameters), law.values, strict=True))
    changes = {symbols[n]: v for n, v in values.items() if n in symbols}
    return found.xreplace({**changes, symbols[x.name]: x} if x.name in symbols else changes)


def support(law: Law) -> tuple[Any, Any]:
    """Return the ends of a distribution's support."""
    values = dict(zip((p.name for p in law.family.parameters), law.values, strict=True))
    match law.family.name:
        case "Uniform":
            return values["low"], values["high"]
        case "Pareto":
            return values["scale"], sympy.oo
        case "Beta" | "Kumaraswamy":
            return sympy.Integer(0), sympy.Integer(1)
    return (sympy.Integer(0) if law.family.domain == "(0, oo)" else -sympy.oo), sympy.oo


def integrated(first: str, second: str) -> None:
    """Print, as a line of JSON, what SymPy makes of the integral, and how long it took; for a process of its own."""
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    P, Q = read_law(first), read_law(second)
    assert isinstance(P, Law) and isinstance(Q, Law)
    low, high = support(P)
    x = sympy.Symbol("x", real=True, positive=True if low == 0 or low.is_positive else None)
    p, q = density(P, x), density(Q, x)
    begin = time.process_time()
    found = sympy.integrate(p * sympy.log(p / q), (x, low, high))
    took = time.process_time() - begin
    if found.has(sympy.Integral):
        print(json.dumps(["unevaluated", took]))
        return
    value = sympy.N(found, DIGITS)
    print(json.dumps([str(value) if value.is_real else f"not a real number: {value}", took]))


def asked(first: str, second: str) -> tuple[str, float]:
    """Return what SymPy answers in a process of its own, and the seconds of the processor."""
    command = [sys.executable, "-c", f"from benchmarks.integrate import integrated; integrated({first!r}, {second!r})"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode < 0:
        return f"no answer in {LIMIT} s", float(LIMIT)
    if done.returncode:
        return f"an error: {done.stderr.strip().splitlines()[-1]}", 0.0
    answer, took = json.loads(done.stdout)
    return answer, took


def report() -> Iterator[str]:
    """Yield a line for each pair, then the counts and the ratio of times."""
    ours, theirs, right = 0.0, 0.0, 0
    kl.closed_form(*map(read_law, PAIRS[0]))  # what is loaded once does not count here, nor for SymPy
    for first, second in PAIRS:
        begin = time.process_time()
        form = kl.closed_form(read_law(first), read_law(second))
        mine = time.process_time() - begin
        assert form.theorem is not None and not form.conditions
        answer, took = asked(first, second)
        said = answer
        try:
            with mpmath.workdps(DIGITS):
                value, other = (mpmath.mpf(str(v)) for v in (kl.value(form, DIGITS), answer))
                agree = abs(value - other) <= AGREEMENT * (1 + abs(value))
        except ValueError:
            agree = False
        else:
            said = "the same" if agree else f"wrong: {answer}, and it is {mpmath.nstr(value, 12)}"
        ours, theirs, right = ours + mine, theirs + took, right + agree
        yield f"{mine:7.3f} s  {took:7.2f} s  {first} ‖ {second}: {said}"
    yield f"{len(PAIRS)} of {len(PAIRS)} proved here in {ours:.1f} s; SymPy: {right} right in {theirs:.0f} s"
    yield f"ratio of the times of the processor: {theirs / ours:.0f}"
