"""Replay of the shipped certificates in a fresh process, and what an import costs."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from .timing import ROOT, fresh, process

HEAVY = ("sympy", "mpmath", "numpy")


def _loaded(arguments: list[str]) -> tuple[str, int, int]:
    """Return which heavy packages a command has loaded, its exit status, and how many files it accepted."""
    code = f"import atexit, sys; atexit.register(lambda: print('LOADED', [n for n in {HEAVY!r} if n in sys.modules]))\n"
    _, output, status = process(
        ["-c", code + "from kl_symbolic.cli import main; sys.exit(main(sys.argv[1:]))", *arguments]
    )
    said = next((row for row in output.splitlines() if row.startswith("LOADED ")), "LOADED ?")
    return said.removeprefix("LOADED "), status, sum(row.startswith("accepted") for row in output.splitlines())


def report(times: int = 5) -> Iterator[str]:
    """Yield the rows of the report."""
    files = [str(p) for p in sorted((ROOT / "derivations").glob("*.klcert.json"))]
    check = ["-m", "kl_symbolic", "check"]
    loaded, status, accepted = _loaded(["check", *files])
    median, least = fresh([*check, *files], times)
    yield "replay in a fresh process, standard library only"
    yield f"  all: {accepted} of {len(files)} accepted, exit status {status}, loaded of {', '.join(HEAVY)}: {loaded}"
    yield f"  all: median {median:.2f} s, least {least:.2f} s (promise: < 2 s)"
    bare, _ = fresh(["-c", "pass"], times)
    slowest: tuple[float, str] = (0.0, "")
    single = []
    for file in files:
        seconds = min(process([*check, file])[0] for _ in range(2))
        single.append(seconds)
        slowest = max(slowest, (seconds, file.rsplit("/", 1)[1].removesuffix(".klcert.json")))
    yield f"  one: median {statistics.median(single):.2f} s, slowest {slowest[0]:.2f} s, {slowest[1]} with its lemmas (promise: < 0.3 s)"
    yield f"  (an empty Python process: {bare:.2f} s)"


def imports(times: int = 11) -> Iterator[str]:
    """Yield the rows about imports; the two programs are run in turn, so that both meet the same load."""
    programs = {
        "sympy": "import time; t = time.perf_counter(); import sympy; print(time.perf_counter() - t)",
        "both": "import time; t = time.perf_counter(); import sympy; import kl_symbolic; print(time.perf_counter() - t)",
        "more": "import sympy, time; t = time.perf_counter(); import kl_symbolic; print(time.perf_counter() - t)",
    }
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(times + 1):
        for name, code in programs.items():
            value = float(process(["-c", code])[1])
            if turn:
                seconds[name].append(value)
    sympy, both, more = (min(seconds[name]) for name in programs)
    yield "import kl_symbolic on top of import sympy"
    yield f"  import sympy {sympy * 1000:.0f} ms, then import kl_symbolic {more * 1000:.1f} ms: {more / sympy:.1%} more (promise: <= 10 %)"
    yield f"  measured as a whole: {both / sympy - 1:+.1%} (least of {times} runs in turn)"
    loaded, status, _ = _loaded(["--help"])
    yield f"  kl-symbolic --help: exit status {status}, loaded of {', '.join(HEAVY)}: {loaded}"
