"""One child process: a mutated kernel, and the tests that look at it.

The parent has imported pytest and Hypothesis but not the package; it forks a child for each mutant. The child imports
the package from a frozen copy of the checkout, with the code of one module replaced, and runs tests until one fails.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

KERNEL = "kl_symbolic.kernel"
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


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the kernel from a changed tree, and the others as they are."""

    def __init__(self, root: Path, file: str, tree: ast.Module) -> None:
        self.path = root / "kl_symbolic" / "kernel" / file
        self.module = f"{KERNEL}.{self.path.stem}"
        self.code = compile(tree, str(self.path), "exec")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.module else None  # type: ignore[arg-type]

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: Any) -> None:
        exec(self.code, module.__dict__)  # noqa: S102


@dataclass
class Chosen:
    """A pytest plugin: runs the chosen tests in the given order, and says which one failed."""

    order: dict[str, int] | None
    ran: int = 0
    failed: str = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.order is not None:
            order = self.order
            items[:] = sorted((i for i in items if i.nodeid in order), key=lambda i: order[i.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.ran += report.when == "call"
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.failed:
            self.failed = f"collection of {report.nodeid}"


@dataclass
class Recorded(Chosen):
    """A pytest plugin: records how long each test takes and which functions of the kernel it calls."""

    kernel: str = ""
    order: dict[str, int] | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    called: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        here = self.called[item.nodeid] = set()
        kernel = self.kernel

        def trace(frame: FrameType, event: str, arg: object) -> None:
            code = frame.f_code
            if code.co_filename.startswith(kernel):
                here.add((os.path.basename(code.co_filename), code.co_firstlineno))

        sys.settrace(trace)
        yield
        sys.settrace(None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if not report.passed:
            self.broken.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(report.nodeid)


def run_pytest(root: Path, paths: Sequence[str], plugin: object) -> int:
    """Run tests of the copy in *root*, quietly."""
    sys.stdout.flush()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    options = ["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:xdist"]
    if isinstance(plugin, Recorded):
        options.remove("-x")
    return int(pytest.main([*options, f"--rootdir={root}", *paths], plugins=[plugin]))


def enter(root: Path) -> None:
    """Make the copy in *root* the place that is imported from."""
    os.chdir(root)
    # Nothing of the checkout that was imported for the parent's own use may be seen by the tests.
    for name in [n for n in sys.modules if n.split(".")[0] in ("tests", "kl_symbolic")]:
        del sys.modules[name]
    sys.path[:] = [str(root), *(p for p in sys.path if p and Path(p).resolve() != root)]
    settings.load_profile("mutation")


def forked(work: Callable[[], dict[str, Any]], seconds: float) -> tuple[int, int]:
    """Start *work* in a child that is ended after *seconds*; return its process id and the pipe of its answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = work()
        os.write(writing, json.dumps(answer).encode())
    except BaseException as error:  # whatever a mutant does, the child ends here
        os.write(writing, json.dumps({"status": "crashed", "by": repr(error)[:200]}).encode())
    finally:
        os._exit(0)


def replayed(root: Path, expected: dict[str, str]) -> dict[str, str]:
    """Replay the shipped certificates until one is refused or proves something else; return the digests so far.

    That is what ``test_statements`` asks too, but without the price of starting pytest for every mutant.
    """
    kernel = importlib.import_module(KERNEL)
    waiting = {p.name.split(".")[0]: p.read_text(encoding="utf-8") for p in sorted((root / "derivations").glob("*.json"))}
    uses = {name: json.loads(text)["uses"] for name, text in waiting.items()}
    theorems: dict[str, Any] = {}
    found: dict[str, str] = {}
    while waiting:
        for name in [n for n in waiting if theorems.keys() >= uses[n].keys()]:
            theorems[name] = kernel.check(waiting.pop(name), {n: theorems[n] for n in uses[name]})
            found[name] = kernel.digest(theorems[name])
            if expected and found[name] != expected[name]:
                raise ValueError(f"{name} has another statement")
    return found


def look_quickly(root: Path, file: str, tree: ast.Module, expected: dict[str, str]) -> dict[str, Any]:
    """Return what becomes of a mutant when it replays the shipped certificates."""
    sys.meta_path.insert(0, Mutated(root, file, tree))
    enter(root)
    try:
        for module in (KERNEL, f"{KERNEL}.table"):
            importlib.import_module(module)
    except Exception as error:
        return {"status": "unborn", "by": repr(error)[:200]}
    try:
        replayed(root, expected)
    except Exception as error:
        return {"status": "killed", "by": f"replay: {error!r}"[:200]}
    return {"status": "survived", "by": "", "ran": 0}


def look(root: Path, file: str, tree: ast.Module, paths: Sequence[str], order: dict[str, int]) -> dict[str, Any]:
    """Return what becomes of a mutant: ``unborn``, ``killed`` by a test, or ``survived``."""
    sys.meta_path.insert(0, Mutated(root, file, tree))
    enter(root)
    try:
        for module in (KERNEL, f"{KERNEL}.table"):
            importlib.import_module(module)
    except Exception as error:
        return {"status": "unborn", "by": repr(error)[:200]}
    plugin = Chosen(order)
    code = run_pytest(root, paths, plugin)
    if plugin.failed:
        return {"status": "killed", "by": plugin.failed, "ran": plugin.ran}
    if code not in (0, 5):
        return {"status": "killed", "by": f"pytest ended with {code}", "ran": plugin.ran}
    return {"status": "survived", "by": "", "ran": plugin.ran}
