"""Linear inequalities between entropies of two to five variables: what ``prove`` says of true and of false ones.

Half of the claims are combinations of elemental inequalities and hypotheses, so they lie on faces of the cone of
Shannon type; the others are near misses of these, and small random ones. Whether a claim is true is decided by a linear
program of SciPy over a list of elemental inequalities that is written here, independent of the package. What that
program calls false is false for polymatroids; for a few such claims no distribution is a counterexample.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random

import numpy as np
from scipy.optimize import linprog

from kl_symbolic.numerics.verdicts import Verdict
from kl_symbolic.proving.prover import prove, verdict

__all__ = ["Claim", "claims", "report"]

COUNT, SEED = 200, 11
"""Claims of each kind, and the seed that draws them."""
_NAMES = "XYZWV"
_MARGIN = 1e-4
"""A claim counts as false where the program finds a violation of that size below entropies of 1; a true one has none
above the rounding of the program."""
_ROUNDING = 1e-9

Vector = np.ndarray
"""Coefficients of H(S), by the number whose bits are S."""


@dataclass(frozen=True)
class Claim:
    """A claim as ``prove`` gets it, and whether it is true."""

    claim: str
    given: tuple[str, ...]
    names: dict[str, str]
    true: bool


def _bits(variables: tuple[int, ...]) -> int:
    return sum(1 << v for v in variables)


def _measure(count: int, *parts: tuple[tuple[int, ...], float]) -> Vector:
    row = np.zeros(1 << count)
    for variables, value in parts:
        row[_bits(variables)] += value
    row[0] = 0
    return row


def _entropy(count: int, a: tuple[int, ...], c: tuple[int, ...] = ()) -> Vector:
    return _measure(count, (a + c, 1), (c, -1))


def _information(count: int, a: tuple[int, ...], b: tuple[int, ...], c: tuple[int, ...] = ()) -> Vector:
    return _measure(count, (a + c, 1), (b + c, 1), (a + b + c, -1), (c, -1))


def elemental(count: int) -> list[Vector]:
    """Return I(i; j | K) and H(i | all others)."""
    rows = [_entropy(count, (i,), tuple(j for j in range(count) if j != i)) for i in range(count)]
    for i, j in combinations(range(count), 2):
        others = [k for k in range(count) if k not in (i, j)]
        rows += [
            _information(count, (i,), (j,), given)
            for size in range(len(others) + 1)
            for given in combinations(others, size)
        ]
    return rows


def least(count: int, wanted: Vector, equations: list[Vector]) -> float:
    """Return the least value of a combination over polymatroids with entropies up to 1 for which equations hold."""
    cone = -np.array(elemental(count))[:, 1:]
    equal = np.array(equations)[:, 1:] if equations else None
    found = linprog(
        wanted[1:],
        A_ub=cone,
        b_ub=np.zeros(len(cone)),
        A_eq=equal,
        b_eq=None if equal is None else np.zeros(len(equations)),
        bounds=(0, 1),
        method="highs",
    )
    return float(found.fun)


def _list(variables: tuple[int, ...]) -> str:
    return ",".join(_NAMES[v] for v in variables)


def _drawn(random: Random, count: int) -> tuple[str, Vector]:
    """Return a random entropy or mutual information, as text and as a vector."""
    order = [*range(count)]
    random.shuffle(order)
    sizes = [random.randint(1, max(1, count // 2)), random.randint(0, 1) or 1, random.randint(0, max(0, count - 2))]
    a = tuple(order[: sizes[0]])
    b = tuple(order[sizes[0] : sizes[0] + sizes[1]])
    c = tuple(order[sizes[0] + sizes[1] :][: sizes[2]])
    if random.random() < 0.5 or not b:
        return f"H({_list(a)}{'|' * bool(c)}{_list(c)})", _entropy(count, a, c)
    return f"I({_list(a)};{_list(b)}{'|' * bool(c)}{_list(c)})", _information(count, a, b, c)


def _written(random: Random, count: int, wanted: Vector) -> str:
    """Return 0 ≤ wanted as an inequality between random entropies and informations, and what is left in entropies."""
    sides: list[list[str]] = [[], []]
    rest = wanted.copy()
    for _ in range(random.randint(0, 3)):
        name, row = _drawn(random, count)
        side = random.randint(0, 1)
        sides[side].append(name)
        rest -= row if side else -row
    for bits in range(1, 1 << count):
        value = rest[bits]
        if not value:
            continue
        variables = tuple(v for v in range(count) if bits >> v & 1)
        numerator, denominator = float(abs(value)).as_integer_ratio()
        factor = str(numerator) if denominator == 1 else f"{numerator}/{denominator}"
        sides[int(value > 0)].append(f"H({_list(variables)})" if factor == "1" else f"{factor}*H({_list(variables)})")
    left, right = (" + ".join(side) or "0" for side in sides)
    return f"{left} <= {right}"


def claims(seed: int = SEED, count: int = COUNT) -> Iterator[Claim]:
    """Yield as many true claims as false ones, two to five variables in turn.

    Parameters
    ----------
    seed : int, optional
    count : int, optional
        How many of each kind.
    """
    random = Random(seed)
    for true in (True, False):
        made = 0
        while made < count:
            variables = 2 + made % 4
            claim = _claim(random, variables, true)
            if claim is not None:
                made += 1
                yield claim


def _claim(random: Random, count: int, true: bool) -> Claim | None:
    """Draw a claim; None where the program says that it is not of the kind, or too close to tell."""
    given = [_drawn(random, count) for _ in range(random.choice((0, 0, 0, 1, 2)))]
    rows, equations = elemental(count), [row for _, row in given]
    wanted = np.zeros(1 << count)
    if true or random.random() < 0.7:
        for row in random.sample(rows, min(len(rows), random.randint(1, 2 + count))):
            wanted += random.randint(1, 3) * row
        for row in equations:
            wanted += random.randint(-2, 2) * row
    else:
        for bits in random.sample(range(1, 1 << count), min((1 << count) - 1, random.randint(2, 5))):
            wanted[bits] += random.randint(-3, 3)
    if not true and random.random() < 0.9:
        near = random.choice((1.0, 0.5, 0.125, 0.015625))
        wanted[random.randrange(1, 1 << count)] -= near
    if not wanted.any():
        return None
    found = least(count, wanted, equations)
    if (found < -_ROUNDING) if true else (found > -_MARGIN):
        return None
    sets = [*_NAMES[:count]]
    indices = ", ".join("ijklm"[:count])
    every = "".join(f"forall {i} in {s}: " for i, s in zip("ijklm", sets, strict=False))
    total = "".join(f"sum({i} in {s}: " for i, s in zip("ijklm", sets, strict=False))
    signs = (f"{every}0 <= r[{indices}]", f"{total}r[{indices}]{')' * count} = 1")
    names = {**dict.fromkeys(sets, "set"), "r": f"{', '.join(sets)} -> number"}
    hypotheses = tuple(f"{name} = 0" for name, _ in given)
    return Claim(_written(random, count, wanted), (*signs, *hypotheses), names, true)


def report(count: int = COUNT) -> Iterator[str]:
    """Yield the table of the answers, line by line.

    Parameters
    ----------
    count : int, optional
        How many claims of each kind.
    """
    kinds = {Verdict.PROVED: "proved", Verdict.REFUTED: "refuted", Verdict.UNKNOWN: "unknown"}
    table: dict[tuple[bool, str], int] = {}
    seconds: list[float] = []
    wrong: list[str] = []
    for claim in claims(count=count):
        start = time.perf_counter()
        answer = prove(claim.claim, given=claim.given, names=claim.names)
        seconds.append(time.perf_counter() - start)
        kind = kinds[verdict(answer)]
        table[claim.true, kind] = table.get((claim.true, kind), 0) + 1
        if kind == ("refuted" if claim.true else "proved"):
            wrong.append(claim.claim)
    yield f"{'entropy inequalities':24s}{'proved':>10s}{'refuted':>10s}{'unknown':>10s}"
    for true in (True, False):
        cells = "".join(f"{table.get((true, kind), 0):10d}" for kind in kinds.values())
        yield f"{count} {'true' if true else 'false':20s}{cells}"
    yield f"wrong: {len(wrong)}; seconds: median {sorted(seconds)[len(seconds) // 2]:.2f}, largest {max(seconds):.2f}"
    yield from wrong
