"""Clocks: a fresh process, a call, a call that is cut."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

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


def process(arguments: Sequence[str], python: str = sys.executable, **environment: str) -> tuple[float, str, int]:
    """Run Python in a fresh process of this checkout: the seconds it takes, its output, its exit status."""
    paths = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    done = subprocess.run(
        [python, *arguments], cwd=ROOT, env={**os.environ, **paths, **environment}, capture_output=True, text=True
    )
    return time.perf_counter() - began, done.stdout + done.stderr, done.returncode


def fresh(arguments: Sequence[str], times: int) -> tuple[float, float]:
    """Return the median and the least number of seconds of a fresh process, after one to warm the disk."""
    process(arguments)
    seconds = [process(arguments)[0] for _ in range(times)]
    return statistics.median(seconds), min(seconds)
