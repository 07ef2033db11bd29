"""Run the kernel's tests against every mutant of its code.

    python -m tests.mutation --results mutation.json

A test that fails kills the mutant. Each mutant first meets the tests that are quick and call the function in which it
lies; whatever survives them meets the whole suite. A run continues where the last one with the same results file
ended, so after new tests have been written only the survivors are tried again. ``--report`` prints the table.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .equivalent import EQUIVALENT
from .mutants import Mutant, mutants
from .worker import Recorded, enter, forked, look, look_quickly, replayed, run_pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = ("test_kernel_*.py", "property/test_*.py", "rejects/test_*.py", "test_statements.py", "test_tamper.py")
_SPARED = ("__init__.py", "errors.py")
"""Files of the kernel that hold nothing but names and texts of errors."""
_QUICK = 4.0
_BASELINE = 1800.0
ROUNDS = ("replay", "quick", "whole suite")


@dataclass
class Suite:
    """The tests as they run on the kernel as it is."""

    seconds: dict[str, float]
    called: dict[str, set[tuple[str, int]]]
    digests: dict[str, str]

    def __post_init__(self) -> None:
        self.kills: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def order(self, mutant: Mutant, first: int, last: int, quick: float | None) -> dict[str, int]:
        """Return the tests for a mutant, in order; for *quick* seconds only those that call its function."""

        def calls(test: str) -> bool:
            return mutant.function == "module" or any(
                f == mutant.file and first <= line <= last for f, line in self.called[test]
            )

        killers = self.kills[mutant.file, mutant.function]
        tests = sorted(self.seconds, key=lambda t: (not calls(t), -killers[t], self.seconds[t], t))
        if quick is not None:
            chosen, left = [], quick
            for test in tests:
                if calls(test) and self.seconds[test] <= left:
                    chosen.append(test)
                    left -= self.seconds[test]
            tests = chosen
        return {test: k for k, test in enumerate(tests)}


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
    return [str(p.relative_to(root)) for pattern in patterns for p in sorted((root / "tests").glob(pattern))]


def answer_of(pid: int, pipe: int, seconds: float) -> dict[str, Any]:
    """Return what a child said, or that it was ended."""
    data = b""
    while chunk := os.read(pipe, 1 << 20):
        data += chunk
    os.close(pipe)
    _, status = os.waitpid(pid, 0)
    if data:
        return dict(json.loads(data))
    return {"status": "timeout" if os.WTERMSIG(status) == signal.SIGALRM else "crashed", "by": f"{seconds:.0f} s"}


def baseline(root: Path, paths: list[str]) -> Suite:
    """Run the suite once on the kernel as it is, and leave out what does not pass."""

    def work() -> dict[str, Any]:
        enter(root)
        digests = replayed(root, {})
        plugin = Recorded(None, kernel=str(root / "kl_symbolic" / "kernel"))
        run_pytest(root, paths, plugin)
        target = root / "baseline.json"
        called = {t: sorted(c) for t, c in plugin.called.items()}
        found = {"seconds": plugin.seconds, "called": called, "broken": plugin.broken, "digests": digests}
        target.write_text(json.dumps(found))
        return {"status": "done"}

    found = answer_of(*forked(work, _BASELINE), _BASELINE)
    if found["status"] != "done":
        raise SystemExit(f"the suite did not end: {found}")
    data = json.loads((root / "baseline.json").read_text())
    for test in data["broken"]:
        print(f"left out, it does not pass on the kernel as it is: {test}")
    seconds = {t: s for t, s in data["seconds"].items() if t not in data["broken"]}
    called = {t: {(f, k) for f, k in c} for t, c in data["called"].items()}
    return Suite(seconds, called, data["digests"])


def spans(tree: ast.Module) -> dict[str, tuple[int, int]]:
    """Return the lines of each function and class."""
    found: dict[str, tuple[int, int]] = {}

    def visit(node: ast.AST, name: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{name}.{child.name}" if name else child.name
                found[inner] = (child.lineno, child.end_lineno or child.lineno)
                visit(child, inner)

    visit(tree, "")
    return found


def survey(args: argparse.Namespace, results: dict[str, dict[str, Any]]) -> None:
    """Try every mutant that the results do not settle."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as scratch:
        root = Path(scratch)
        copied(root)
        paths = files_of(root, args.tests)
        began = time.perf_counter()
        suite = baseline(root, paths)
        whole = time.perf_counter() - began
        print(f"{len(suite.seconds)} tests in {len(paths)} files, {whole:.0f} s with tracing", flush=True)
        todo: list[tuple[Mutant, ast.Module, tuple[int, int]]] = []
        names = set()
        for path in sorted((root / "kl_symbolic" / "kernel").glob(args.only or "*.py")):
            if path.name in _SPARED:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            lines = spans(tree)
            for mutant in mutants(path.name, tree):
                names.add(mutant.name)
                if results.get(mutant.name, {}).get("status", "survived") == "survived":
                    todo.append((mutant, tree, lines.get(mutant.function, (0, 0))))
        for name in [n for n in results if n not in names and (not args.only or n.split()[0] == args.only)]:
            del results[name]
        print(f"{len(names)} mutants, {len(todo)} to try", flush=True)
        rounds: list[tuple[str, float | None, float]] = [
            ("replay", 0.0, 60.0),
            ("quick", _QUICK, 30.0 + 10 * _QUICK),
            ("whole suite", None, 60.0 + 5 * whole),
        ]
        for label, quick, limit in rounds:
            if label == "replay":
                chosen = [t for t in todo if t[0].name not in results]
            else:
                chosen = [t for t in todo if results[t[0].name]["status"] == "survived"]
            if label in args.rounds:
                print(f"{label}: {len(chosen)} mutants", flush=True)
                _round(root, paths, suite, chosen, quick, limit, args, results)


def _round(
    root: Path,
    paths: list[str],
    suite: Suite,
    todo: list[tuple[Mutant, ast.Module, tuple[int, int]]],
    quick: float | None,
    limit: float,
    args: argparse.Namespace,
    results: dict[str, dict[str, Any]],
) -> None:
    running: dict[int, tuple[int, Mutant]] = {}
    waiting = list(reversed(todo))
    began, done = time.perf_counter(), 0
    while waiting or running:
        while waiting and len(running) < args.jobs:
            mutant, tree, (first, last) = waiting.pop()
            order = suite.order(mutant, first, last, quick) if quick != 0 else {"": 0}
            needed = [p for p in paths if any(t.startswith(p + "::") for t in order)]
            if not order:
                results[mutant.name] = {"status": "survived", "by": "", "ran": 0}
                continue

            def work(
                mutant: Mutant = mutant, tree: ast.Module = tree, order: dict[str, int] = order, needed: list[str] = needed
            ) -> dict[str, Any]:
                mutant.apply()
                if quick == 0:
                    return look_quickly(root, mutant.file, tree, suite.digests)
                return look(root, mutant.file, tree, needed, order)

            pid, pipe = forked(work, limit)
            running[pipe] = (pid, mutant)
        for pipe in select.select([*running], [], [])[0] if running else ():
            pid, mutant = running.pop(pipe)
            found = answer_of(pid, pipe, limit)
            results[mutant.name] = found
            if found["status"] == "killed":
                suite.kills[mutant.file, mutant.function][found["by"]] += 1
            done += 1
            if done % 100 == 0:
                counts = Counter(r["status"] for r in results.values())
                print(f"{done}/{len(todo)} in {time.perf_counter() - began:.0f} s: {dict(counts)}", flush=True)
                args.results.write_text(json.dumps(results, indent=0, ensure_ascii=False))


def report(results: dict[str, dict[str, Any]]) -> str:
    """Return the table by file, and the survivors with their verdicts, as Markdown."""
    rows = ["| file | mutants | killed | equivalent | left | killed of those that differ |", "|---|---:|---:|---:|---:|---:|"]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    left, listed = [], []
    for name, found in results.items():
        verdict = found["status"]
        if verdict == "unborn":
            kind = "unborn"
        elif verdict != "survived":
            kind = "killed"
        elif name in EQUIVALENT:
            kind = "equivalent"
            listed.append(f"* `{name}` – {EQUIVALENT[name]}")
        else:
            kind = "left"
            left.append(f"* `{name}`")
        for key in (name.split()[0], "all"):
            counts[key][kind] += 1
    for key in (*sorted(set(counts) - {"all"}), "all"):
        c = counts[key]
        total = c["killed"] + c["equivalent"] + c["left"]
        share = c["killed"] / max(1, c["killed"] + c["left"])
        rows.append(f"| {key} | {total} | {c['killed']} | {c['equivalent']} | {c['left']} | {share:.1%} |")
    unborn = counts["all"]["unborn"]
    stale = [n for n in EQUIVALENT if results.get(n, {}).get("status") != "survived"]
    parts = ["\n".join(rows), f"{unborn} more mutants do not import and are not counted."]
    parts += ["Equivalent:\n\n" + "\n".join(listed)] if listed else []
    parts += ["Left:\n\n" + "\n".join(left)] if left else []
    parts += ["Listed as equivalent, but not a survivor:\n\n" + "\n".join(f"* `{n}`" for n in stale)] if stale else []
    return "\n\n".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--results", type=Path, default=Path("mutation.json"), help="where results are kept")
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="PATTERN", help="test files, relative to tests/")
    parser.add_argument("--only", metavar="FILE", help="one file of the kernel")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", nargs="+", default=ROUNDS, choices=ROUNDS, help="leave out some of the rounds")
    parser.add_argument("--report", action="store_true", help="print the table of the results and run nothing")
    args = parser.parse_args()
    results: dict[str, dict[str, Any]] = json.loads(args.results.read_text()) if args.results.exists() else {}
    if not args.report:
        try:
            survey(args, results)
        finally:
            args.results.write_text(json.dumps(results, indent=0, ensure_ascii=False))
    print(report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
