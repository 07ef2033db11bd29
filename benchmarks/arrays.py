"""Measures of floating arrays against SciPy, and of symbols: time, and digits for close distributions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import scipy.special
import sympy

import kl_symbolic as kl

SIZES = (10**3, 10**4, 10**5, 10**6)
SYMBOLS = 10**4


def report() -> Iterator[str]:
    """Yield the rows, with the least of several times taken side by side."""
    draw = np.random.default_rng(1)
    for size in SIZES:
        p, q = draw.dirichlet([1.0] * size, size=2)
        close = p * (1 + 1e-6 * draw.standard_normal(size))
        zeros = np.where(draw.random(size) < 0.3, 0, p)
        for kind, first, second in (
            ("random", p, q),
            ("close", p, close / close.sum()),
            ("zeros", zeros / zeros.sum(), q),
        ):
            ours, peer = _ratio(
                lambda a=first, b=second: kl.kl_divergence(a, b),
                lambda a=first, b=second: scipy.special.rel_entr(a, b).sum(),
            )
            yield (
                f"K = {size:>9,}, {kind:>6}: kl_divergence {1e3 * ours:8.3f} ms,"
                f" scipy.special.rel_entr {1e3 * peer:8.3f} ms, {ours / peer:.2f}×"
            )
    for difference in (1e-3, 1e-6, 1e-9, 1e-12):
        yield _digits(draw, difference)
    names = sympy.symbols(f"p0:{SYMBOLS}"), sympy.symbols(f"q0:{SYMBOLS}")
    began = time.process_time()
    kl.closed_form([*names[0]], [*names[1]])
    took = time.process_time() - began
    yield f"closed_form of {SYMBOLS:,} symbols against {SYMBOLS:,} others: {took:.1f} s of the processor"


def _ratio(ours: Callable[[], Any], peer: Callable[[], Any]) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(30):
        for call, found in zip((ours, peer), times, strict=True):
            began = time.perf_counter()
            call()
            found.append(time.perf_counter() - began)
    return min(times[0]), min(times[1])


def _digits(draw: np.random.Generator, difference: float) -> str:
    p = draw.dirichlet([1.0] * 100)
    q = p * (1 + difference * draw.uniform(-1, 1, 100))
    q /= q.sum()
    with mpmath.workdps(60):
        first, second = ([mpmath.mpf(float(v)) for v in side] for side in (p, q))
        total, other = mpmath.fsum(first), mpmath.fsum(second)
        wanted = mpmath.fsum(
            a / total * mpmath.log(a * other / (b * total)) for a, b in zip(first, second, strict=True)
        )
    values = kl.kl_divergence(p, q), scipy.special.rel_entr(p, q).sum()
    ours, peer = (abs(float(value / wanted - 1)) for value in values)
    return f"P and Q {difference:.0e} apart: relative error of kl_divergence {ours:.0e}, of rel_entr {peer:.0e}"
