"""How the time of ``prove`` and of ``check`` grows with the size of a claim: twelve families, fitted exponents.

A family is a claim that somebody would write, with n terms, factors, hypotheses or levels. The sizes double, up to what
a certificate may hold: 250 names, 200 hypotheses, 120 levels. The exponent is the slope of a straight line through the
logarithms of the times, by least squares over the larger half of the sizes; of a few runs the fastest counts. Two
families end at 160: the kernel's budget for one certificate, and its 5000 lines, are used up before 320.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import kl_symbolic as kl
from kl_symbolic import library

from .timing import cut

SIZES = (5, 10, 20, 40, 80, 160, 320)
BAR, RECIPROCALS = 2.1, 1.5
"""No exponent may be above the first; that of the sum of 1/(x_i + 1) not above the second."""
RUNS, ENOUGH, LONGEST = 3, 0.3, 60.0
"""A point is measured so often, unless one run takes so many seconds; what takes longer than the last is cut."""
HYPOTHESES, NAMES, LEVELS = 200, 240, 100
"""The largest that a certificate holds; of 250 names a few are left for indices."""
_ROW = 18
"""Coefficients x_a*y_b of more terms than there are names."""


@dataclass(frozen=True)
class Family:
    """Claims of growing size.

    Parameters
    ----------
    name : str
    claim : callable
        Returns the claim of size n and its hypotheses.
    most : int
        The largest size that can be stated.
    bar : float
        What the exponents may not exceed.
    """

    name: str
    claim: Callable[[int], tuple[str, list[str]]]
    most: int = SIZES[-1]
    bar: float = BAR

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes that are measured; the largest possible one takes the place of one that is too large."""
        return tuple(dict.fromkeys(min(n, self.most) for n in SIZES))


def _names(n: int) -> list[str]:
    return [f"x{k}" for k in range(1, n + 1)]


def _positive(n: int) -> list[str]:
    return [f"0 < {x}" for x in _names(n)]


def _both_ways(terms: Sequence[str], op: str = " + ") -> str:
    return f"{op.join(terms)} = {op.join(reversed(terms))}"


def _divergence(n: int) -> str:
    """Return 0 <= D(P||Q) for P proportional to 1, 2, ..., n and Q uniform."""
    total = n * (n + 1) // 2
    return "0 <= " + " + ".join(f"{k}/{total}*log({k}/{total}/(1/{n}))" for k in range(1, n + 1))


def _nested(n: int) -> str:
    inside = "x"
    for k in range(n):
        inside = f"{'log' if k % 2 else 'exp'}({inside})"
    return f"{inside} = {'exp(x)' if n % 2 else 'x'}"


def _geometric(n: int) -> str:
    return f"(1 - x)*({' + '.join(f'x^{k}' for k in range(n))}) = 1 - x^{n}"


def _finite(n: int) -> str:
    weights = [f"x{k // _ROW}*y{k % _ROW}" for k in range(n)]
    summand = " + ".join(f"{w}*p[i]" for w in weights)
    return f"sum(i in X: {summand}) = ({' + '.join(weights)})*sum(i in X: p[i])"


FAMILIES = (
    Family("sum of x_i, reordered", lambda n: (_both_ways(_names(n)), []), NAMES),
    Family(
        "sum of 1/(x_i + 1), reordered",
        lambda n: (_both_ways([f"1/({x} + 1)" for x in _names(n)]), _positive(n)),
        HYPOTHESES,
        RECIPROCALS,
    ),
    Family(
        "log of a product = sum of logs",
        lambda n: (f"log({'*'.join(_names(n))}) = {' + '.join(f'log({x})' for x in _names(n))}", _positive(n)),
        SIZES[-2],
    ),
    Family("0 < product of positives", lambda n: (f"0 < {'*'.join(_names(n))}", _positive(n)), HYPOTHESES),
    Family("x - y - ... - y = x - n*y", lambda n: (f"x{' - y' * n} = x - {n}*y", [])),
    Family(
        "one hypothesis of n is needed",
        lambda n: (f"x{n} <= {n + 1}", [f"{x} <= {k}" for k, x in enumerate(_names(n), 1)]),
        HYPOTHESES,
    ),
    Family(
        "telescoping sum",
        lambda n: (f"{' + '.join(f'(x{k} - x{k - 1})' for k in range(1, n + 1))} = x{n} - x0", []),
        NAMES,
    ),
    Family("log(exp(log(... x))), n levels", lambda n: (_nested(n), []), LEVELS),
    Family("sum over a set of n terms", lambda n: (_finite(n), []), SIZES[-2]),
    Family("D(P||Q) of n numbers, 0 <= D", lambda n: (_divergence(n), []), SIZES[-2]),
    Family("(1 - x)*(1 + ... + x^(n-1))", lambda n: (_geometric(n), []), HYPOTHESES),
    Family(
        "x1 <= x2 <= ... <= xn",
        lambda n: (f"x1 <= x{n}", [f"x{k} <= x{k + 1}" for k in range(1, n)]),
        HYPOTHESES,
    ),
)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of log seconds over log sizes, by least squares over the larger half.

    Parameters
    ----------
    sizes : sequence of int
    seconds : sequence of float

    Examples
    --------
    >>> round(exponent([1, 2, 4, 8], [9.0, 4.0, 16.0, 64.0]), 6)
    2.0
    """
    half = len(sizes) // 2
    x = [math.log(n) for n in sizes[half:]]
    y = [math.log(t) for t in seconds[half:]]
    middle, level = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle) * (b - level) for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x)


def _least(function: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a call returns, and the least seconds of the processor of a few calls; None where it is cut."""
    best, value = math.inf, None
    for _ in range(RUNS):
        began = time.process_time()
        value, _ = cut(function, LONGEST)
        best = min(best, time.process_time() - began)
        if best > ENOUGH or value is None:
            break
    return value, best


def measure(family: Family) -> tuple[list[int], list[float], list[float], list[int], str]:
    """Return sizes, seconds of ``prove`` and of ``check``, lines of the certificates, and what ended it early.

    Parameters
    ----------
    family : Family
    """
    sizes: list[int] = []
    proving: list[float] = []
    checking: list[float] = []
    lines: list[int] = []
    for n in family.sizes:
        claim, given = family.claim(n)
        answer, took = _least(lambda c=claim, g=given: kl.prove(c, given=g))
        if not isinstance(answer, kl.Theorem):
            return sizes, proving, checking, lines, f"at {n}: {'cut' if answer is None else answer.verdict.value}"
        certificate = answer.certificate()
        _, replay = _least(lambda text=certificate: library.check_text(text))
        sizes.append(n)
        proving.append(took)
        checking.append(replay)
        lines.append(len(answer.checked.lines))
    return sizes, proving, checking, lines, ""


def report() -> Iterator[str]:
    """Yield the rows of the table."""
    kl.prove("log(exp(x)) = x")  # what is loaded and learnt once is not the cost of the first family
    yield f"{'family':<32} {'sizes':>7} {'lines':>6} {'prove':>9} {'check':>9} {'exponents: prove, check':>24}   bar"
    held = 0
    for family in FAMILIES:
        sizes, proving, checking, lines, ended = measure(family)
        if ended or len(sizes) < 4:
            yield f"{family.name:<32} {ended}"
            continue
        slopes = [exponent(sizes, seconds) for seconds in (proving, checking)]
        held += (fits := max(slopes) <= family.bar)
        yield (
            f"{family.name:<32} {f'5-{sizes[-1]}':>7} {lines[-1]:>6} {1e3 * proving[-1]:>6.0f} ms"
            f" {1e3 * checking[-1]:>6.0f} ms {slopes[0]:>17.2f}, {slopes[1]:>5.2f}   {family.bar}"
            f"{'' if fits else ' EXCEEDED'}"
        )
    yield f"{held} of {len(FAMILIES)} families are within their bar; times and lines are those of the largest size"
