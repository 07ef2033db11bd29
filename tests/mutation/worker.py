"""The process that has collected the tests, and its children: one for each mutant."""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

from .patch import KERNEL, ORDER, Unborn, clear_caches

HOME = Path(__file__).resolve().parents[2]
_MEMORY = 3 * 2**30

settings.register_profile(
    "mutation",
    database=None,
    deadline=None,
    derandomize=True,
    print_blob=False,
    phases=(Phase.explicit, Phase.generate),  # a failure is enough; nobody reads the smallest one
    suppress_health_check=list(HealthCheck),
)


def forked(work: Callable[[], dict[str, Any]], seconds: float) -> tuple[int, int]:
    """Start *work* in a child that is ended after *seconds*; return its process id and the pipe of its answer."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.write(writing, json.dumps(work()).encode())
    except BaseException as error:  # whatever a mutant does, the child ends here
        os.write(writing, json.dumps({"status": "killed", "by": f"crash: {error!r}"[:200]}).encode())
    finally:
        os._exit(0)


def answer_of(pid: int, pipe: int, seconds: float) -> dict[str, Any]:
    """Return what a child said, or that it was ended."""
    data = b""
    while chunk := os.read(pipe, 1 << 20):
        data += chunk
    os.close(pipe)
    _, status = os.waitpid(pid, 0)
    if data:
        return dict(json.loads(data))
    ended = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    return {"status": "timeout" if ended else "killed", "by": f"ended after at most {seconds:.0f} s"}


def replayed(root: Path, expected: dict[str, str] | None) -> dict[str, str]:
    """Replay the smaller shipped certificates until one is refused or proves something else; return the digests.

    That is what ``test_statements`` asks too, of all of them.
    """
    kernel = importlib.import_module(KERNEL)
    sources = {
        p.name.split(".")[0]: p.read_text(encoding="utf-8")
        for p in sorted((root / "derivations").glob("*/*.klcert.json"))
    }
    uses = {name: json.loads(text)["uses"] for name, text in sources.items()}
    waiting = sorted(sources, key=lambda name: (len(sources[name]), name))
    theorems: dict[str, Any] = {}
    found: dict[str, str] = {}
    while waiting and (expected is None or len(found) < len(expected)):
        name = next(n for n in waiting if theorems.keys() >= uses[n].keys() and (expected is None or n in expected))
        waiting.remove(name)
        theorems[name] = kernel.check(sources[name], {n: theorems[n] for n in uses[name]})
        found[name] = kernel.digest(theorems[name])
        if expected and found[name] != expected[name]:
            raise ValueError(f"{name} has another statement")
    return found


def run(items: Sequence[pytest.Item]) -> tuple[str, int]:
    """Run tests until one fails; return its name, or nothing, and how many were run."""
    for count, item in enumerate(items, 1):
        for report in runtestprotocol(item, log=False, nextitem=None):
            if report.failed:
                return item.nodeid, count
    return "", len(items)


class _Slow(BaseException):
    """A test takes too long to be asked about every mutant."""


def _slow(number: int, frame: FrameType | None) -> None:
    raise _Slow


def recorded(items: Sequence[pytest.Item], kernel: str, slowest: float) -> dict[str, Any]:
    """Run all tests once; return how long each takes, which functions of the kernel it calls, and which do not pass.

    A test that is not done after *slowest* seconds (with tracing) counts among those that do not pass.
    """
    signal.signal(signal.SIGALRM, _slow)
    seconds: dict[str, float] = {}
    called: dict[str, list[tuple[str, int]]] = {}
    broken = []
    for item in items:
        here: set[tuple[str, int]] = set()

        def trace(frame: FrameType, event: str, arg: object, here: set[tuple[str, int]] = here) -> None:
            if frame.f_code.co_filename.startswith(kernel):
                here.add((os.path.basename(frame.f_code.co_filename), frame.f_code.co_firstlineno))

        signal.setitimer(signal.ITIMER_REAL, slowest)
        sys.settrace(trace)
        reports = runtestprotocol(item, log=False, nextitem=None)
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        seconds[item.nodeid] = sum(r.duration for r in reports)
        called[item.nodeid] = sorted(here)
        if not all(r.passed for r in reports):
            broken.append(item.nodeid)
    return {"seconds": seconds, "called": called, "broken": broken}


def look(
    root: Path, mutate: Callable[[], None], items: Sequence[pytest.Item], expected: dict[str, str] | None
) -> dict[str, Any]:
    """Return what becomes of a mutant: ``unborn``, ``killed`` by a test, or ``survived``."""
    try:
        mutate()
        clear_caches()
    except Unborn as error:
        return {"status": "unborn", "by": str(error)}
    failed, count = run(items)
    if not failed and expected is not None:
        try:
            replayed(root, expected)
        except Exception as error:
            failed = f"replay: {error!r}"[:200]
    return {"status": "killed" if failed else "survived", "by": failed, "ran": count}


class Host:
    """A pytest plugin: where pytest would run the tests, *work* is given the collected ones."""

    def __init__(self, work: Callable[[list[pytest.Item]], None]) -> None:
        self.work = work

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand over the tests."""
        self.work(list(session.items))
        return True


def host(root: Path, paths: Sequence[str], work: Callable[[list[pytest.Item]], None]) -> None:
    """Collect the tests of the copy in *root* and hand them to *work*."""
    os.chdir(root)
    for name in [n for n in sys.modules if n.split(".")[0] == "kl_symbolic"]:
        del sys.modules[name]
    # The package ``tests`` of the copy takes the place of the checkout's; this program itself goes on as it is.
    for name in [n for n in sys.modules if n.split(".")[0] == "tests" and not n.startswith("tests.mutation")]:
        del sys.modules[name]
    sys.path[:] = [str(root), *(p for p in sys.path if p and Path(p).resolve() not in (root, HOME))]
    settings.load_profile("mutation")
    for name in ORDER:
        importlib.import_module(f"{KERNEL}.{name}")
    # The copy is imported before pytest starts, and its own plugin and other processes are not wanted.
    options = ["-q", "-s", "--tb=no", "-o", "addopts=", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options += [word for plugin in ("cacheprovider", "faulthandler", "xdist") for word in ("-p", f"no:{plugin}")]
    options += ["-m", "not (coq or slow)"]
    gc.collect()
    pytest.main([*options, f"--rootdir={root}", *paths], plugins=[Host(work)])
