"""Certificates that are made to cost time or memory, the worst of each kind made worse: what ``check`` spends at most.

Each kind is a function from sizes to a certificate. Sizes are drawn, and those of the most expensive files so far are
changed a little, for as long as is asked for. A file is read by ``kl-symbolic check`` in a fresh process, so that what
is measured is what a user of a stranger's file would spend.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from kl_symbolic.kernel.certificate import FORMAT, dump

from .timing import process

SECONDS, MEGABYTES = 2.0, 200
"""The promise for each file: of the processor, and of memory."""

LONGEST = 1_000_000
"""A longer file is not even read."""

Sizes = tuple[int, ...]


class Kind(NamedTuple):
    """A kind of file: what makes it of sizes, and the largest that each size can be."""

    make: Callable[..., Any]
    largest: Sizes


def _data(lines: list[Any], goal: Any, names: dict[str, str], hypotheses: list[Any] | None = None) -> dict[str, Any]:
    return {
        "format": FORMAT, "name": "made", "names": dict(sorted(names.items())), "hypotheses": hypotheses or [],
        "conclusion": goal, "uses": {}, "lines": lines, "story": [],
    }  # fmt: skip


def _numbers(count: int) -> dict[str, str]:
    return {_name(k): "number" for k in range(count)}


def _name(k: int) -> str:
    return f"a{k:03}"


def _sum(terms: list[Any], op: str = "+") -> Any:
    """Return a balanced tree."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return [op, _sum(terms[:half], op), _sum(terms[half:], op)]


def _by_field(left: Any, right: Any, names: dict[str, str], premises: list[Any] | None = None) -> dict[str, Any]:
    goal, assumed = ["=", left, right], premises or []
    lines = [["assume", [h], []] for h in assumed]
    return _data([*lines, ["field", [goal], [*range(len(assumed))]]], goal, names, assumed)


def power_of_a_sum(terms: int, exponent: int, digits: int, again: int) -> dict[str, Any]:
    """(a₀ + c a₁ + …)ⁿ, to the power m, compared with itself written backwards."""
    parts = [["*", int("7" * digits) + k, [_name(k)]] for k in range(terms)]
    left, right = (["^", ["^", _sum(p), exponent], again] for p in (parts, parts[::-1]))
    return _by_field(left, right, _numbers(terms))


def product_of_sums(terms: int, factors: int, digits: int) -> dict[str, Any]:
    """(a₀ + …)(a₁ + …)…, forwards and backwards."""
    sums = [_sum([["*", int("3" * digits), [_name((k + j) % terms)]] for j in range(terms)]) for k in range(factors)]
    return _by_field(_sum(sums, "*"), _sum(sums[::-1], "*"), _numbers(terms))


def sum_of_fractions(terms: int, width: int, exponent: int) -> dict[str, Any]:
    """1/(a₀ + … + 1)ⁿ + 1/(a₁ + … + 1)ⁿ + …, forwards and backwards."""
    below = [_sum([*([_name((k + j) % terms)] for j in range(width)), 1]) for k in range(terms)]
    parts = [["/", 1, ["^", b, exponent]] for b in below]
    return _by_field(_sum(parts), _sum(parts[::-1]), _numbers(terms), [["<", 0, b] for b in below[:200]])


def fraction_of_fractions(depth: int, terms: int, digits: int) -> dict[str, Any]:
    """1/(1/(… + a₁) + a₀): a continued fraction of sums."""
    term: Any = [_name(0)]
    premises = []
    for k in range(depth):
        below = ["+", term, _sum([["*", int("9" * digits), [_name(j)]] for j in range(k % terms + 1)])]
        premises.append(["<", 0, below])
        term = ["/", 1, below]
    return _by_field(term, ["*", 1, term], _numbers(terms), premises)


def functions_of_functions(depth: int, terms: int, twice: int) -> dict[str, Any]:
    """log(exp(… + a) * (… + b)), where each level holds the one below more than once."""
    term: Any = _sum([[_name(k)] for k in range(terms)])
    for k in range(depth):
        inside = _sum([["*", k + 2, term]] * (twice if k < 5 else 1))
        term = [("log", "exp", "abs")[k % 3], ["+", inside, [_name(k % terms)]]]
    return _by_field(term, ["+", term, 0], _numbers(terms))


def many_names(count: int, nodes: int, indices: int) -> dict[str, Any]:
    """Symbols with many indices and many different names in every node."""
    names = {"X": "set", "i": "X", **{_name(k): ", ".join(["X"] * indices) + " -> number" for k in range(count)}}
    entries = [[_name(k % count), *["i"] * indices] for k in range(nodes)]
    return _by_field(_sum(entries), _sum(entries[::-1]), names)


def many_lines(count: int, premises: int, width: int) -> dict[str, Any]:
    """A chain in which each line rests on many of those before it, under many hypotheses."""
    assumed = [["<", 0, _sum([[_name((k + j) % width)] for j in range(width)])] for k in range(min(width, 200))]
    lines: list[Any] = [["assume", [h], []] for h in assumed]
    goal: Any = ["<", 0, [_name(0)]]
    for k in range(count):
        goal = ["<", 0, ["+", _sum([[_name(j)] for j in range(width)]), k + 1]]
        first = max(0, len(lines) - premises)
        lines.append(["pos", [goal], [*range(len(assumed)), *range(first, len(lines))][:200]])
    return _data(lines, goal, _numbers(width), assumed)


def instances(count: int, nodes: int, width: int) -> dict[str, Any]:
    """A statement with many places for one symbol, replaced by a large term again and again."""
    here = _sum([["a000"]] * nodes)
    goal = ["=", here, here]
    lines: list[Any] = [["field", [goal], []]]
    large = _sum([["a000"]] * width)
    lines += [["inst", [{"a000": ["+", large, k]}], [0 if k % 2 else len(lines) - 1]] for k in range(count)]
    return _data(lines, goal, _numbers(1))


def templates(count: int, holes: int, width: int) -> dict[str, Any]:
    """A template with many holes, filled with a large term, line upon line."""
    left = _sum([[_name(k % 5)] for k in range(width)])
    goal = ["=", left, ["+", left, 0]]
    lines: list[Any] = [["field", [goal], []]]
    lines += [["congr", [["+", _sum([["_"]] * holes), k]], [0]] for k in range(count)]
    return _data(lines, goal, _numbers(5))


def combinations(entries: int, positions: int, width: int) -> dict[str, Any]:
    """``order`` with many entries, each a product of premises that are sums."""
    assumed = [["<=", 0, _sum([[_name((k + j) % width)] for j in range(width)])] for k in range(20)]
    goal = ["<=", 0, 1]
    rows = [[k + 1, 1, [(k + j) % 20 for j in range(positions)]] for k in range(entries)]
    lines = [*(["assume", [h], []] for h in assumed), ["order", [goal, rows], [*range(20)]]]
    return _data(lines, goal, _numbers(width), assumed)


def signs(depth: int, premises: int, kind: int) -> dict[str, Any]:
    """The sign of a deep product, quotient or power, from many premises."""
    term: Any = [_name(0)]
    for k in range(depth):
        term = [("*", "/", "+")[kind % 3], term, [_name(k % premises)]] if kind < 3 else ["^", ["neg", term], 2]
    assumed = [["<", 0, [_name(k)]] for k in range(premises)]
    lines = [*(["assume", [h], []] for h in assumed), ["pos", [["<", 0, term]], [*range(premises)]]]
    return _data(lines, ["<", 0, term], _numbers(premises), assumed)


def nested_sums(depth: int, width: int, kind: int) -> dict[str, Any]:
    """Σ of Σ of … of a large body, opened by rules that raise its indices."""
    sets = {"X": "set", "f": "X -> number", "i": "X"}
    body: Any = _sum([["f", k % max(depth, 1)] for k in range(width)])
    for _ in range(depth):
        body = ["prod" if kind else "sum", "X", body]
    return _by_field(body, ["*", 1, body], {n: s for n, s in sets.items() if n != "i"})


def derivatives(depth: int, width: int, kind: int) -> dict[str, Any]:
    """A derivative that is much longer than its function: products of products, quotients of quotients."""
    x = ["x"]
    term: Any = x
    for k in range(depth):
        other = _sum([x] * width)
        term = [("*", "/")[kind % 2], term, ["+", other, k + 1]] if kind < 2 else ["exp", ["*", term, x]]
    hypotheses = [["<=", ["u"], x], ["<=", x, ["v"]], ["<=", ["u"], ["v"]]]
    slope = ["<=", 0, ["*", x, x]]
    lines = [
        ["pos", [slope], []],
        ["assume", [hypotheses[2]], []],
        ["mono_of_deriv", ["x", term, ["u"], ["v"]], [0, 1]],
    ]
    return _data(lines, slope, {"u": "number", "v": "number", "x": "number"})


def slopes(width: int, count: int, kind: int) -> dict[str, Any]:
    """Derivatives of wide functions, line upon line, with many premises that they do not need."""
    x = ["x"]
    leaf: Any = (["log", x], ["*", x, x], ["/", x, ["+", x, 1]], ["exp", ["*", ["y"], x]])[kind % 4]
    assumed = [["<", 0, x], ["!=", ["+", x, 1], 0], *(["<", 0, ["+", x, k + 1]] for k in range(150))]
    wide = _sum([leaf] * width)
    lines = [["assume", [h], []] for h in assumed]
    lines += [["differentiate", ["x", ["+", k + 1, wide]], [*range(len(assumed))]] for k in range(count)]
    return _data(lines, ["=", 0, 1], {"x": "number", "y": "number"}, assumed)


def named_slopes(depth: int, width: int, names: int) -> dict[str, Any]:
    """Derivatives of products of many names: every node holds a set of them."""
    chains = []
    for k in range(width):
        term: Any = ["x"]
        for j in range(depth):
            term = ["*", term, [_name((k * depth + j) % names)]]
        chains.append(term)
    return _data([["differentiate", ["x", _sum(chains)], []]], ["=", 0, 1], {**_numbers(names), "x": "number"})


def integrals(width: int, count: int, kind: int) -> dict[str, Any]:
    """Rows about integrals with large functions and domains, and integrals below ∀ that are opened again and again."""
    bound = ["#", 0]
    inside = _sum([["*", ["#", 1], bound] if kind % 3 == 2 else ["f", bound]] * width)
    domain = ["open", _sum([["u"]] * (width if kind % 3 == 1 else 1)), 1]
    if kind % 3 == 2:
        every = ["all", "number", ["int", ["open", bound, 1], inside, 0]]
        lines = [["assume", [every], []], *(["spec", [k], [0]] for k in range(count))]
    else:
        lines = [["int_mul", [{"D": domain, "a": k, "f": inside, "u": ["u"]}], []] for k in range(count)]
    return _data(lines, ["=", 0, 1], {"f": "number -> number", "u": "number"})


def strings(length: int, count: int, kind: int) -> dict[str, Any]:
    """Text where a term is expected: brackets in strings, escapes, many keys."""
    word = ('"\\', "[{", "x", "\u202e")[kind % 4] * length
    return _data([[word, [], []]] * count, ["=", 0, 0], {"x": "number"})


KINDS: dict[str, Kind] = {
    "power of a sum": Kind(power_of_a_sum, (40, 200, 1000, 20)),
    "product of sums": Kind(product_of_sums, (30, 30, 1000)),
    "sum of fractions": Kind(sum_of_fractions, (200, 30, 20)),
    "fraction of fractions": Kind(fraction_of_fractions, (50, 20, 1000)),
    "functions of functions": Kind(functions_of_functions, (50, 30, 8)),
    "many names": Kind(many_names, (245, 9000, 8)),
    "many lines": Kind(many_lines, (2000, 150, 200)),
    "instances": Kind(instances, (500, 4000, 4000)),
    "templates": Kind(templates, (500, 4000, 4000)),
    "combinations": Kind(combinations, (60, 12, 30)),
    "signs": Kind(signs, (110, 200, 3)),
    "nested sums": Kind(nested_sums, (100, 9000, 1)),
    "derivatives": Kind(derivatives, (90, 40, 2)),
    "slopes": Kind(slopes, (1500, 100, 4)),
    "slopes of many names": Kind(named_slopes, (100, 300, 245)),
    "integrals": Kind(integrals, (5000, 400, 3)),
    "strings": Kind(strings, (200_000, 100, 3)),
}
"""The kinds of files, by name."""


class Cost(NamedTuple):
    """The cost of a file: seconds of the processor, megabytes, the answer."""

    seconds: float
    megabytes: float
    answer: str
    sizes: Sizes


_PROGRAM = """\
import sys
from pathlib import Path
from kl_symbolic.cli.main import main
status = main(["check", sys.argv[1]])
memory = [row.split()[1] for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM")]
print("MEMORY", *memory)
sys.exit(status)
"""
"""The program that reads the file. It says how much memory it had, for its parent's is charged to a child."""


def cost(text: str, sizes: Sizes = ()) -> Cost:
    """Return what ``kl-symbolic check`` spends on a certificate, and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.klcert.json")
        path.write_text(text, encoding="utf-8")
        run = process(["-c", _PROGRAM, str(path)])
        answer, _, memory = run.output.replace(str(path), "made").rpartition("MEMORY ")
    return Cost(run.processor, int(memory.split()[0]) / 1024, answer.partition("\n")[0], sizes)


def _drawn(rng: Random, kind: Kind, best: list[Cost]) -> Sizes:
    """Return sizes: those of an expensive file, changed, or new ones, small more often than large."""
    if best and rng.random() < 0.7:
        near = rng.choice(best[:3]).sizes
        return tuple(
            min(most, max(1, round(size * rng.choice((0.5, 0.8, 1, 1, 1.25, 2))) + rng.choice((-1, 0, 0, 1))))
            for size, most in zip(near, kind.largest, strict=True)
        )
    return tuple(max(1, round(most ** rng.random())) for most in kind.largest)


def checked(made: dict[str, Any], sizes: Sizes) -> Cost | None:
    """Return the cost of checking a certificate; None where it is too long to be read."""
    text = dump(made)
    return cost(text, sizes) if len(text) <= LONGEST else None


def search(
    seconds: float,
    seed: int,
    kinds: Mapping[str, Kind] = KINDS,
    measured: Callable[[Any, Sizes], Cost | None] = checked,
) -> Iterator[tuple[str, Cost]]:
    """Yield the most expensive file of each kind that is found within so many seconds."""
    rng = Random(seed)
    best: dict[str, list[Cost]] = {name: [] for name in kinds}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, kind in kinds.items():
            sizes = _drawn(rng, kind, best[name])
            found = measured(kind.make(*sizes), sizes)
            if found is not None:
                # Half of the files are kept for their time, and half for their memory.
                measure = rng.random() < 0.5
                best[name].append(found)
                best[name].sort(key=lambda c: -(c.seconds / SECONDS if measure else c.megabytes / MEGABYTES))
                del best[name][6:]
    for name, found_ones in best.items():
        if not found_ones:
            continue
        for worst in {max(found_ones, key=lambda c: c.seconds), max(found_ones, key=lambda c: c.megabytes)}:
            yield name, worst


def report(seconds: float = 600, seed: int = 1) -> Iterator[str]:
    """Yield the rows of the report."""
    yield f"certificates made to be expensive, {seconds:.0f} s of search, seed {seed}"
    yield from rows(search(seconds, seed))


def rows(found_ones: Iterable[tuple[str, Cost]]) -> Iterator[str]:
    """Yield the rows of a report: the costs of the worst, and how they compare with the promise."""
    empty = min(process(["-c", "pass"]).processor for _ in range(5))
    yield f"  python -c pass: {empty:.3f} s"
    worst = 0.0
    for name, found in found_ones:
        worst = max(worst, found.seconds / SECONDS, found.megabytes / MEGABYTES)
        sizes = " × ".join(map(str, found.sizes))
        yield f"  {name:22} {found.seconds:5.2f} s = {found.seconds / empty:4.0f}×, {found.megabytes:4.0f} MB: {sizes}"
        yield f"      {found.answer[:110]}"
    yield f"  the worst takes {worst:.2f} of what is promised ({SECONDS:.0f} s of the processor, {MEGABYTES} MB)"
