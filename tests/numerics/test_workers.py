"""Work divided among processes: the results of one process, and an interrupt ends it wherever it arrives."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from kl_symbolic.numerics import workers


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have an interrupt raise KeyboardInterrupt, also where a shell in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_results_are_those_of_one_process(jobs: int) -> None:
    items = list(range(7))
    assert [*workers.each(partial, (math.factorial,), items, jobs)] == [math.factorial(k) for k in items]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_raised_where_its_item_comes(jobs: int) -> None:
    found = workers.each(partial, (int,), ["1", "x", "3"], jobs)
    assert next(found) == 1
    with pytest.raises(ValueError, match="'x'"):
        next(found)
    assert not multiprocessing.active_children()


def test_one_item_needs_no_other_process() -> None:
    assert [*workers.each(partial, (os.getpid,), [], 2)] == []
    assert [*workers.each(partial, (lambda item: (item, os.getpid()),), ["x"], 2)] == [("x", os.getpid())]


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_that_comes_while_processes_start_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    held = workers._held
    came = []

    @contextmanager
    def interrupted() -> Iterator[None]:
        with held():
            signal.raise_signal(signal.SIGINT)
            came.append(signal.SIGINT)  # it is held back: what follows is carried out
            yield
            came.append(signal.SIGINT)

    monkeypatch.setattr(workers, "_held", interrupted)
    with pytest.raises(KeyboardInterrupt):
        [*workers.each(partial, (time.sleep,), [60.0, 60.0, 60.0], 2)]
    assert len(came) == 2
    assert not multiprocessing.active_children()
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("after", [0.1, 0.6])
def test_an_interrupt_ends_what_is_at_work(after: float) -> None:
    began = time.monotonic()
    timer = threading.Timer(after, signal.pthread_kill, (threading.get_ident(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        [*workers.each(partial, (time.sleep,), [60.0, 60.0, 60.0, 60.0], 2)]
    timer.join()
    assert time.monotonic() - began < 60  # no item has come to its end
    assert not multiprocessing.active_children()


def test_other_processes_are_left_alone() -> None:
    other = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    other.start()
    try:
        with pytest.raises(ValueError, match="'x'"):
            [*workers.each(partial, (int,), ["x", "2"], 2)]
        assert other.is_alive()
    finally:
        other.kill()
        other.join()
