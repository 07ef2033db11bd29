"""Pairs of families: the table and the picture in the documentation, and a sample of generated proofs through Coq."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from kl_symbolic import library
from kl_symbolic.measures.matrix import NAMES, Entry, free_pair, row
from kl_symbolic.rocq.batches import compile_together
from kl_symbolic.rocq.files import exports

if TYPE_CHECKING:
    from kl_symbolic.kernel import CheckedTheorem
    from kl_symbolic.measures.closed_forms import ClosedForm

__all__ = ["coq", "table"]

DOCS = Path(__file__).parents[1] / "docs"

SEED = 20261129
"""Of the order in which pairs are tried for Coq; every run takes the same ones."""

JOBS = 2
"""Processes that derive a row of the table each, and that run Coq."""

COLORS: dict[Entry, str] = {
    "proved": "#0072B2",
    "infinite": "#56B4E9",
    "formula": "#E69F00",
    "infinite formula": "#F0E442",
    "none": "#EEEEEE",
}
"""Of the picture: the colors of Okabe and Ito, dark for a number and light for ∞."""

LEGEND: dict[Entry, str] = {
    "proved": "a formula, proved",
    "infinite": "infinite, proved",
    "formula": "a formula, not proved",
    "infinite formula": "infinite, not proved",
    "none": "no closed form is known",
}


def _row(first: str) -> dict[str, Entry]:
    return dict(row(first))


def table() -> Iterator[str]:
    """Derive every pair, write the page and the picture, and yield the counts."""
    begin = time.perf_counter()
    with ProcessPoolExecutor(JOBS) as pool:
        found = dict(zip(NAMES, pool.map(_row, NAMES), strict=True))
    (DOCS / "pairs.md").write_text(page(found), encoding="utf-8")
    draw(found)
    counts = counted(found)
    yield f"{len(NAMES)} families, {sum(counts.values())} ordered pairs of different ones"
    for entry, said in LEGEND.items():
        yield f"{counts[entry]:6d}  {said}"
    yield f"{time.perf_counter() - begin:6.0f}  seconds with {JOBS} processes"


def counted(found: dict[str, dict[str, Entry]]) -> Counter[Entry]:
    """Return how many pairs of different families there are of each kind."""
    return Counter(entry for first, entries in found.items() for second, entry in entries.items() if first != second)


def page(found: dict[str, dict[str, Entry]]) -> str:
    """Return the page of the documentation."""
    counts = counted(found)
    lines = [
        "# Pairs of families",
        "",
        "This page is generated: `python -m benchmarks pairs` derives the divergence of each of"
        f" {len(NAMES)}² pairs of families, with a symbol for each parameter, and writes what came of it. Counts, such"
        " as n of the binomial distribution, are numbers there, as outcomes are listed one by one; vectors have two"
        " entries. A result holds under the conditions that `kl.closed_form` returns with it, for example that the"
        " values of P are values of Q. [How closed forms are found](families.md), and"
        " [what an infinite one means](trust.md#an-infinite-divergence).",
        "",
        f"![A table of {len(NAMES)} by {len(NAMES)} cells, in the colors of five states](pictures/pairs.svg)",
        "",
        "| ordered pairs of different families | number |",
        "|---|---|",
        *(f"| {said} | {counts[entry]} |" for entry, said in LEGEND.items()),
        "",
        "A pair without a formula may still have one for some parameters: `kl.closed_form` tells.",
        "",
    ]
    for first, entries in found.items():
        lines += [f"## {first}", ""]
        for entry, said in LEGEND.items():
            seconds = [second for second, kind in entries.items() if kind == entry]
            if seconds:
                lines.append(f"* {said}: {', '.join(seconds)}")
        lines.append("")
    return "\n".join(lines)


def draw(found: dict[str, dict[str, Entry]]) -> None:
    """Write the picture."""
    from matplotlib.colors import ListedColormap
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    from kl_symbolic import plots

    kinds = [*COLORS]
    cells = [[kinds.index(found[first][second]) for second in NAMES] for first in NAMES]
    figure = Figure(figsize=(9, 10.4))
    axes = figure.subplots()
    axes.imshow(cells, cmap=ListedColormap([*COLORS.values()]), vmin=0, vmax=len(kinds) - 1, interpolation="nearest")
    places = range(len(NAMES))
    axes.set_xticks(places, NAMES, rotation=90, fontsize=6)
    axes.set_yticks(places, NAMES, fontsize=6)
    axes.set_xticks([k + 0.5 for k in places], minor=True)
    axes.set_yticks([k + 0.5 for k in places], minor=True)
    axes.grid(which="minor", color="white", linewidth=0.4)
    axes.tick_params(which="both", length=0)
    axes.set_xlabel("Q")
    axes.set_ylabel("P")
    axes.set_title("D(P‖Q) of two families with free parameters")
    patches = [Patch(color=COLORS[kind], label=said) for kind, said in LEGEND.items()]
    figure.legend(handles=patches, loc="lower center", ncols=3, frameon=False)
    figure.subplots_adjust(left=0.15, right=0.98, top=0.96, bottom=0.2)
    plots.save(axes, DOCS / "pictures" / "pairs.svg")


def coq(wanted: int = 100) -> Iterator[str]:
    """Generate proofs of pairs, let Coq check them, and yield what came of it.

    Parameters
    ----------
    wanted : int
        How many pairs.
    """
    begin = time.perf_counter()
    theorems: dict[str, CheckedTheorem] = {}
    for form in sampled(wanted):
        theorems.update({theorem.name: theorem.checked for theorem in form.theorems})
    yield f"{wanted} pairs, {len(theorems)} theorems, generated in {time.perf_counter() - begin:.0f} s"
    found = exports([*theorems], lambda name: theorems[name] if name in theorems else library.theorem(name))
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as directory:
        found.write(Path(directory))
        outcomes = {o.name: o for o in compile_together(Path(directory), found, JOBS)}
    accepted = [name for name in theorems if outcomes[name].accepted]
    yield f"{len(accepted)} of {len(theorems)} theorems accepted by Coq in {time.perf_counter() - begin:.0f} s"
    for name in theorems:
        if not outcomes[name].accepted:
            yield f"refused: {name}: {outcomes[name].why}"


def sampled(wanted: int) -> Iterator[ClosedForm]:
    """Yield the divergences of pairs of different families that are proved, in an order that is shuffled once for all.

    Parameters
    ----------
    wanted : int
    """
    tried = [(first, second) for first in NAMES for second in NAMES if first != second]
    random.Random(SEED).shuffle(tried)
    for first, second in tried:
        form = free_pair(first, second)
        if form is not None and form.theorems:
            yield form
            wanted -= 1
            if wanted == 0:
                return
