"""Clocks: a fresh process, a call, a call that is cut."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


class Cut(BaseException):
    """The time is over. No ``except Exception`` on the way may swallow it."""


def _alarm(number: int, frame: FrameType | None) -> None:
    raise Cut


def cut(function: Callable[[], T], seconds: float) -> tuple[T | None, float]:
    """Return what *function* returns, or None when it takes longer than *seconds*; and how long it took."""
    previous = signal.signal(signal.SIGALRM, _alarm)
    began = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        value = function()
        signal.setitimer(signal.ITIMER_REAL, 0)
        return value, time.perf_counter() - began
    except Cut:
        return None, seconds
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def timed(function: Callable[[], Any]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


class Run(NamedTuple):
    """A finished process: seconds by the clock, seconds of the processor, output, exit status."""

    clock: float
    processor: float
    output: str
    status: int


def process(arguments: Sequence[str], python: str = sys.executable, given: str = "", **environment: str) -> Run:
    """Run Python in a fresh process of this checkout, with a text on standard input."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        [python, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        input=given,
        capture_output=True,
        text=True,
    )
    clock = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(clock, processor, done.stdout + done.stderr, done.returncode)


def fresh(arguments: Sequence[str], times: int) -> list[Run]:
    """Run a command in fresh processes, after one to warm the disk."""
    process(arguments)
    return [process(arguments) for _ in range(times)]


def least(runs: Sequence[Run]) -> str:
    """Return the least time of several runs, by the clock and of the processor."""
    return f"{min(r.clock for r in runs):.2f} s by the clock, {min(r.processor for r in runs):.2f} s of the processor"
