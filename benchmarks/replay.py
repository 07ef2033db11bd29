"""Replay of the shipped certificates in a fresh process, and what an import costs.

The least of several runs is reported, by the clock and of the processor: on a machine that does other things too, the
clock says how busy it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from .timing import ROOT, Run, fresh, least, process

HEAVY = ("sympy", "mpmath", "numpy")
_SAY = f"import atexit, sys; atexit.register(lambda: print('LOADED', [n for n in {HEAVY!r} if n in sys.modules]))\n"


def _loaded(arguments: list[str]) -> tuple[str, int, int]:
    """Return which heavy packages a command has loaded, its exit status, and how many files it accepted."""
    run = process(["-c", _SAY + "from kl_symbolic.cli.main import main; sys.exit(main(sys.argv[1:]))", *arguments])
    rows = run.output.splitlines()
    said = next((row for row in rows if row.startswith("LOADED ")), "LOADED ?")
    return said.removeprefix("LOADED "), run.status, sum(row.startswith("accepted") for row in rows)


def report(times: int = 5) -> Iterator[str]:
    """Yield the rows of the report."""
    files = [str(p) for p in sorted((ROOT / "derivations").glob("*/*.klcert.json"))]
    check = ["-m", "kl_symbolic", "check"]
    loaded, status, accepted = _loaded(["check", *files])
    yield "replay in a fresh process, standard library only"
    yield f"  all: {accepted} of {len(files)} accepted, exit status {status}; of {', '.join(HEAVY)} loaded: {loaded}"
    yield f"  all: {least(fresh([*check, *files], times))} (promise: < 2 s)"
    single: dict[str, list[Run]] = {}
    for file in files:
        single[file.rsplit("/", 1)[1].removesuffix(".klcert.json")] = [process([*check, file]) for _ in range(2)]
    slowest = max(single, key=lambda name: min(r.processor for r in single[name]))
    middle = sorted(single, key=lambda name: min(r.processor for r in single[name]))[len(single) // 2]
    yield f"  one, the median {middle}: {least(single[middle])} (promise: < 0.3 s)"
    yield f"  one, the slowest {slowest}, with its lemmas: {least(single[slowest])}"
    yield f"  an empty Python process: {least(fresh(['-c', 'pass'], times))}"


def imports(times: int = 11) -> Iterator[str]:
    """Yield the rows about imports; seconds of the processor, the programs run in turn."""
    clock, spent = "import time; t = time.process_time(); ", "print(time.process_time() - t)"
    programs = {
        "sympy": clock + "import sympy; " + spent,
        "both": clock + "import sympy; import kl_symbolic; " + spent,
        "divergence": clock + "import sympy, kl_symbolic; kl_symbolic.kl_divergence; " + spent,
        "sum": clock + "import sympy; sympy.log(2) + sympy.log(3); " + spent,
        "call": clock + "import sympy, kl_symbolic as kl; kl.kl_divergence([1/2, 1/2], [1/4, 3/4]); " + spent,
        "more": "import sympy; " + clock + "import kl_symbolic; " + spent,
        "all": "import sympy; " + clock + "import kl_symbolic as kl; [getattr(kl, n) for n in kl.__all__]; " + spent,
    }
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(times + 1):
        for name, code in programs.items():
            value = float(process(["-c", code]).output)
            if turn:
                seconds[name].append(value)
    sympy, both, divergence, one_sum, call, more, everything = (min(seconds[name]) for name in programs)
    yield f"import kl_symbolic on top of import sympy (seconds of the processor, least of {times} runs)"
    yield f"  import sympy {sympy * 1000:.0f} ms, then import kl_symbolic {more * 1000:.1f} ms: {more / sympy:.1%} more"
    yield f"  measured as a whole: {both / sympy - 1:+.1%}"
    yield f"  with kl_symbolic.kl_divergence: {divergence / sympy - 1:+.1%} (promise: <= 10 %)"
    yield f"  a first sum in SymPy alone, which loads a part of it: {one_sum / sympy - 1:+.1%}"
    yield f"  a first divergence of two coins: {call / sympy - 1:+.1%}, {call / one_sum - 1:+.1%} more than that sum"
    yield f"  names are loaded when used; all of them: {everything * 1000:.0f} ms, {everything / sympy:.1%} more"
    loaded, status, _ = _loaded(["--help"])
    yield f"  kl-symbolic --help: exit status {status}; of {', '.join(HEAVY)} loaded: {loaded}"
