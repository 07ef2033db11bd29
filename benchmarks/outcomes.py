"""Ten million outcomes: reading, counting and reporting, beside a few lines of NumPy that do it in floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy

from kl_symbolic.samples.outcomes import report as evidence
from kl_symbolic.samples.reading import distribution, read_outcomes, simulate

from .timing import timed

MANY = 10_000_000
P, Q = distribution("7/10"), distribution("1/2")


def _ratios(heads: numpy.typing.NDArray[numpy.bool_]) -> float:
    """Return the log-likelihood ratio per outcome, after having it after each."""
    total = numpy.cumsum(numpy.where(heads, numpy.log(1.4), numpy.log(0.6)))
    return float(total[-1] / len(heads))


def _letters(data: bytes) -> float:
    letters = numpy.frombuffer(data, numpy.uint8)
    heads = letters == ord("H")
    assert bool((heads | (letters == ord("T"))).all())
    return _ratios(heads)


def _words(data: bytes, mark: bytes | None) -> float:
    words = numpy.array(data.split(mark))
    heads = words == words[0]
    assert bool((heads | (words == words[~heads][0])).all())
    return _ratios(heads)


def _simulated() -> float:
    return _ratios(numpy.random.default_rng(1).random(MANY) < 0.7)


def report(times: int = 3) -> Iterator[str]:
    """Yield the rows of the report."""
    heads = numpy.random.default_rng(1).random(MANY) < 0.7
    letters = numpy.where(heads, ord("H"), ord("T")).astype(numpy.uint8).tobytes()
    lines = letters.replace(b"H", b"heads\n").replace(b"T", b"tails\n")
    commas = letters.replace(b"H", b"H,").replace(b"T", b"T,")[:-1]
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "HHTHT in one line": (lambda: evidence(read_outcomes(letters, P, Q), P, Q), lambda: _letters(letters)),
        "a word on each line": (lambda: evidence(read_outcomes(lines, P, Q), P, Q), lambda: _words(lines, None)),
        "separated by commas": (lambda: evidence(read_outcomes(commas, P, Q), P, Q), lambda: _words(commas, b",")),
        "simulated": (lambda: evidence(simulate(P, MANY, 1), P, Q, seed=1), _simulated),
    }
    yield f"{MANY} outcomes, read and reported (least of {times} runs; promise: at most 5 times plain NumPy)"
    for name, (ours, plain) in pairs.items():
        mine, theirs = (min(timed(function) for _ in range(times)) for function in (ours, plain))
        yield f"  {name}: {mine:.2f} s, NumPy {theirs:.2f} s: ratio {mine / theirs:.1f}"
