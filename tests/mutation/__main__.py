"""Run the kernel's tests against every mutant of its code.

    python -m tests.mutation --results mutation.json

A test that fails kills the mutant. Each mutant first meets the tests that are quick and call the function in
which it lies, and replays the smaller shipped certificates; whatever survives meets the whole suite. A run continues where the last
one with the same results file ended: after new tests have been written only the survivors are tried again.
``--report`` prints the table and runs nothing.
"""

from __future__ import annotations

import argparse
import ast
import gc
import hashlib
import json
import select
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .equivalent import EQUIVALENT
from .mutants import Mutant, mutants
from .patch import ORDER, holders, put, trees_of
from .worker import answer_of, forked, host, look, recorded, replayed

ROOT = Path(__file__).resolve().parents[2]
TESTS = ("kernel/test_*.py", "property/test_*.py", "theory/test_statements.py")
ROUNDS = ("quick", "whole")
_QUICK = 4.0
_BASELINE = 1800.0
_REPLAYED = 5_000
"""The certificates that are replayed first: those of at most so many characters, which use nearly every rule."""

Results = dict[str, dict[str, Any]]


@dataclass
class Suite:
    """The tests as they run on the kernel as it is."""

    items: dict[str, pytest.Item]
    seconds: dict[str, float]
    called: dict[str, set[tuple[str, int]]]

    def __post_init__(self) -> None:
        self.kills: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        # A test that calls little of the kernel is about what it calls.
        self._near_first = sorted(self.seconds, key=lambda t: (len(self.called[t]), self.seconds[t], t))
        self._calling: dict[tuple[str, str], list[str]] = {}

    def calling(self, mutant: Mutant, span: tuple[int, int]) -> list[str]:
        """Return the tests that call the function of a mutant, the nearest first."""
        place = (mutant.file, mutant.function)
        if place not in self._calling:
            self._calling[place] = [
                t
                for t in self._near_first
                if mutant.function == "module"
                or any(f == mutant.file and span[0] <= line <= span[1] for f, line in self.called[t])
            ]
        return self._calling[place]

    def order(self, mutant: Mutant, span: tuple[int, int], quick: float | None) -> list[pytest.Item]:
        """Return the tests for a mutant, in order; for *quick* seconds only those that call its function."""
        killers = self.kills[mutant.file, mutant.function]
        tests = self.calling(mutant, span)
        if quick is None:
            here = frozenset(tests)
            tests = [*tests, *(t for t in self._near_first if t not in here)]
        tests = sorted(tests, key=lambda t: -killers[t])
        if quick is not None:
            chosen, left = [], quick
            for test in tests:
                if self.seconds[test] <= left:
                    chosen.append(test)
                    left -= self.seconds[test]
            tests = chosen
        return [self.items[test] for test in tests]


@dataclass
class Task:
    """A mutant to try, and what it changes."""

    mutant: Mutant
    tree: ast.Module
    span: tuple[int, int]


def copied(target: Path) -> None:
    """Freeze what the tests need, so that nobody's editing is in the way."""
    for part in ("kl_symbolic", "tests", "derivations", "docs", "benchmarks"):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for part in ("pyproject.toml", "README.md"):
        if (ROOT / part).is_file():
            shutil.copy2(ROOT / part, target / part)


def files_of(root: Path, patterns: Iterable[str]) -> list[str]:
    """Return the test files, relative to *root*, in a fixed order."""
    found = {pattern: sorted((root / "tests").glob(pattern)) for pattern in patterns}
    empty = [pattern for pattern, paths in found.items() if not paths]
    if empty:
        raise SystemExit(f"there is no test file {', '.join(empty)}")
    return [str(p.relative_to(root)) for paths in found.values() for p in paths]


def small(root: Path) -> dict[str, str]:
    """Return the digests of the smaller certificates, and of no certificate without those that it cites."""
    found: dict[str, str] = {}
    for name, value in replayed(root, None).items():
        data = next((root / "derivations").glob(f"*/{name}.klcert.json")).read_text(encoding="utf-8")
        if len(data) <= _REPLAYED and found.keys() >= json.loads(data)["uses"].keys():
            found[name] = value
    return found


def spans(tree: ast.Module) -> dict[str, tuple[int, int]]:
    """Return the lines of each function and class."""
    found: dict[str, tuple[int, int]] = {}

    def visit(node: ast.AST, name: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{name}.{child.name}" if name else child.name
                # A function begins, for the interpreter, with its decorators.
                first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
                found[inner] = (first, child.end_lineno or child.lineno)
                visit(child, inner)

    visit(tree, "")
    return found


def shuffled(name: str) -> str:
    """Return what mutants are sorted by, so that a run that is cut short is a random sample."""
    return hashlib.sha256(name.encode()).hexdigest()


@dataclass
class Survey:
    """One run over the mutants."""

    root: Path
    args: argparse.Namespace
    results: Results

    def __call__(self, items: list[pytest.Item]) -> None:
        root = self.root
        began = time.perf_counter()
        suite = self.baseline(items)
        items = [suite.items[t] for t in suite.seconds]
        whole = time.perf_counter() - began
        say(f"{len(suite.seconds)} tests, {whole:.0f} s with tracing")
        expected = small(root)
        trees = trees_of(root)
        tasks = []
        for stem in ORDER:
            lines = spans(trees[stem])
            for mutant in mutants(f"{stem}.py", trees[stem]):
                tasks.append(Task(mutant, trees[stem], lines.get(mutant.function, (0, 0))))
        tasks.sort(key=lambda t: (t.mutant.function == "module", shuffled(t.mutant.name)))
        names = {t.mutant.name for t in tasks}
        for name in [n for n in self.results if n not in names]:
            del self.results[name]
        functions = holders()
        if self.args.only:
            tasks = [t for t in tasks if t.mutant.file == self.args.only]
        if self.args.inside:
            tasks = [t for t in tasks if t.mutant.function in self.args.inside]
        gc.collect()
        gc.freeze()
        untouched = answer_of(*forked(lambda: look(root, lambda: None, items, expected), _BASELINE), _BASELINE)
        say(f"the kernel as it is: {untouched['status']} {untouched['by']}")
        for label, quick, limit in (("quick", _QUICK, 90.0), ("whole", None, 60 + 5 * whole)):
            if label not in self.args.rounds:
                continue
            chosen = [t for t in tasks if self.open(t.mutant.name)]
            say(f"{label}: {len(chosen)} of {len(tasks)} mutants")
            self.round(suite, trees, functions, chosen, quick, limit, expected if label == "quick" else None)

    def open(self, name: str) -> bool:
        """Whether a mutant is still to be tried."""
        found = self.results.get(name)
        return (found is None and not self.args.survivors) or (
            found is not None and found["status"] == "survived" and name not in EQUIVALENT
        )

    def baseline(self, items: list[pytest.Item]) -> Suite:
        """Run the suite once on the kernel as it is, and leave out what does not pass."""
        target = self.root / "baseline.json"

        def work() -> dict[str, Any]:
            target.write_text(json.dumps(recorded(items, str(self.root / "kl_symbolic" / "kernel"), self.args.slowest)))
            return {"status": "done"}

        found = answer_of(*forked(work, _BASELINE), _BASELINE)
        if found["status"] != "done":
            raise SystemExit(f"the suite did not end: {found}")
        data = json.loads(target.read_text())
        for test in data["broken"]:
            say(f"left out, it does not pass on the kernel as it is, or not in time: {test}")
        seconds = {t: s for t, s in data["seconds"].items() if t not in data["broken"]}
        called = {t: {(f, k) for f, k in c} for t, c in data["called"].items()}
        return Suite({i.nodeid: i for i in items}, seconds, called)

    def round(
        self,
        suite: Suite,
        trees: Any,
        functions: Any,
        todo: list[Task],
        quick: float | None,
        limit: float,
        expected: Any,
    ) -> None:
        """Try mutants, so many at a time as there are jobs."""
        running: dict[int, tuple[int, Mutant]] = {}
        waiting = list(reversed(todo))
        began, done = time.perf_counter(), 0
        while waiting or running:
            while waiting and len(running) < self.args.jobs:
                task = waiting.pop()
                items = suite.order(task.mutant, task.span, quick)
                if not items and expected is None:
                    self.results[task.mutant.name] = {"status": "survived", "by": "", "ran": 0}
                    continue

                def work(task: Task = task, items: list[pytest.Item] = items) -> dict[str, Any]:
                    stem = task.mutant.file.removesuffix(".py")
                    task.mutant.apply()
                    return look(self.root, lambda: put(stem, functions[stem], trees, _is_table(task)), items, expected)

                pid, pipe = forked(work, limit)
                running[pipe] = (pid, task.mutant)
            for pipe in select.select([*running], [], [])[0] if running else ():
                pid, mutant = running.pop(pipe)
                found = answer_of(pid, pipe, limit)
                self.results[mutant.name] = found
                if found["status"] == "killed":
                    suite.kills[mutant.file, mutant.function][found["by"]] += 1
                done += 1
                if done % 100 == 0:
                    counts = Counter(r["status"] for r in self.results.values())
                    say(f"{done}/{len(todo)} in {time.perf_counter() - began:.0f} s: {dict(counts)}")
                    save(self.args.results, self.results)
        save(self.args.results, self.results)


def _is_table(task: Task) -> bool:
    """Whether the change is in what a module computes when it is imported, and not only in a function."""
    return task.mutant.function == "module" or task.mutant.function.split(".")[0] in ("_scheme", "_relation")


def say(text: str) -> None:
    print(text, flush=True)


def save(path: Path, results: Results) -> None:
    path.write_text(json.dumps(results, indent=0, ensure_ascii=False))


def report(results: Results) -> str:
    """Return the table by file, and the survivors with their verdicts, as Markdown."""
    rows = [
        "| file | mutants | killed | equivalent | left | killed of those that differ |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    left, listed = [], []
    for name in sorted(results):
        status = results[name]["status"]
        kind = "unborn" if status == "unborn" else "killed" if status != "survived" else "left"
        if kind == "left" and name in EQUIVALENT:
            kind = "equivalent"
            listed.append(f"* `{name}` – {EQUIVALENT[name]}")
        elif kind == "left":
            left.append(f"* `{name}`")
        for key in (name.split()[0], "all"):
            counts[key][kind] += 1
    for key in (*sorted(set(counts) - {"all"}), "all"):
        c = counts[key]
        share = c["killed"] / max(1, c["killed"] + c["left"])
        total = c["killed"] + c["equivalent"] + c["left"]
        rows.append(f"| {key} | {total} | {c['killed']} | {c['equivalent']} | {c['left']} | {share:.1%} |")
    stale = [f"* `{n}`" for n in EQUIVALENT if results.get(n, {}).get("status") != "survived"]
    parts = ["\n".join(rows), f"{counts['all']['unborn']} more do not even import and are not counted."]
    for title, found in (("Equivalent", listed), ("Left", left), ("Listed as equivalent, but no survivor", stale)):
        if found:
            parts.append(f"{title}:\n\n" + "\n".join(found))
    return "\n\n".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--results", type=Path, default=Path("mutation.json"), help="where results are kept")
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="PATTERN", help="test files, relative to tests/")
    parser.add_argument("--only", metavar="FILE", help="one file of the kernel, such as rules.py")
    parser.add_argument(
        "--inside", nargs="+", metavar="FUNCTION", help="these functions only; 'module' is all outside of them"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--slowest", type=float, default=20.0, metavar="S", help="leave out tests that take longer")
    parser.add_argument("--rounds", nargs="+", default=ROUNDS, choices=ROUNDS, help="leave out some of the rounds")
    parser.add_argument("--survivors", action="store_true", help="try only mutants that survived an earlier run")
    parser.add_argument("--report", action="store_true", help="print the table of the results and run nothing")
    args = parser.parse_args()
    args.results = args.results.absolute()
    results: Results = json.loads(args.results.read_text()) if args.results.exists() else {}
    if not args.report:
        with tempfile.TemporaryDirectory(prefix="mutation-") as scratch:
            copied(Path(scratch))
            paths = files_of(Path(scratch), args.tests)
            say(f"{len(paths)} files of tests")
            host(Path(scratch), paths, Survey(Path(scratch), args, results))
        save(args.results, results)
    say(report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
