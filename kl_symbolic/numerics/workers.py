"""Work that is divided among processes, and that an interrupt ends at once.

Results come in the order of the items, whatever the number of processes, so the output is the same bytes.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

__all__ = ["each"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def each(
    prepare: Callable[..., Callable[[_Item], _Result]], given: Sequence[Any], items: Sequence[_Item], jobs: int
) -> Iterator[_Result]:
    """Yield what a function makes of each item, in order; the items are divided among processes.

    Parameters
    ----------
    prepare : callable
        Called as ``prepare(*given)``, once in every process, it returns the function; it is found by its name, so it is
        a function of a module.
    given : sequence
        What is sent to each process once.
    items : sequence
        What is sent one at a time.
    jobs : int
        The number of processes; with one, or one item, nothing is started and nothing is sent.

    Yields
    ------
    object
        A result for each item.

    Raises
    ------
    Exception
        Whatever the function raises.
    """
    jobs = min(jobs, len(items))
    if jobs < 2:
        yield from map(prepare(*given), items)
        return
    # New processes, not copies of this one: a copy of a process that has threads, as NumPy starts them, may hang.
    context = multiprocessing.get_context("spawn")
    others = {*multiprocessing.active_children()}
    started: list[Any] = []
    with ProcessPoolExecutor(jobs, context, _begin, (prepare, given)) as pool:
        try:
            with _held():
                found = pool.map(_work, items)
                started += [child for child in multiprocessing.active_children() if child not in others]
            yield from found
        except BaseException:
            for child in started:
                child.terminate()
            pool.shutdown(cancel_futures=True)
            raise


_SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""The signals that are held back from a new process until it is ready: it would end in the middle of an import."""


@contextmanager
def _held() -> Iterator[None]:
    """Hold signals back while processes are started, which inherit that; what came is delivered at the end."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the other process --------------------------------------------------------------------------------------------


class _Stopped(BaseException):
    """The process was asked to end, which no handler of errors may take for one."""


class _Worker:
    """The state of a worker process: what it was given, and how far it is.

    A process that is killed while it holds a lock of the queues leaves the others waiting, so one that is asked to end
    gives up its item and refuses the next ones, and the pool ends in order.
    """

    def __init__(self, prepare: Callable[..., Callable[[Any], Any]], given: Sequence[Any]) -> None:
        self.prepare = prepare
        self.given = given
        self.function: Callable[[Any], Any] | None = None
        self.at_work = self.stopped = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Give up the item at work, if there is one, and take no other."""
        self.stopped = True
        if self.at_work:
            raise _Stopped

    def result(self, item: Any) -> Any:
        """Return what the function makes of an item."""
        self.at_work = True
        try:
            if self.stopped:
                raise _Stopped
            if self.function is None:
                self.function = self.prepare(*self.given)
            return self.function(item)
        finally:
            self.at_work = False


_worker: list[_Worker] = []
"""The one of this process, where it is one of a pool's."""


def _begin(prepare: Callable[..., Callable[[Any], Any]], given: Sequence[Any]) -> None:
    """Make this process ready: an interrupt is for the process that started it, which then asks this one to end."""
    worker = _Worker(prepare, given)
    _worker.append(worker)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, worker.stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _work(item: Any) -> Any:
    return _worker[-1].result(item)
