"""Pages as they were approved by looking at them.

``python -m tests.render.test_golden`` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from ..support.render_samples import (
    divergence,
    draft,
    inverse_limit,
    known,
    sum_of_fractions,
    to_formula,
    to_latex,
    to_markdown,
    to_notebook,
    to_text,
    variables,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent / "golden"


@cache
def pages() -> dict[str, str]:
    """Return every golden page by its file name."""
    unchecked = draft(sum_of_fractions())
    return {
        "sum_of_fractions.txt": to_text(sum_of_fractions()),
        "sum_of_fractions.md": to_markdown(sum_of_fractions()),
        "sum_of_fractions.hugo.md": to_markdown(sum_of_fractions(), flavor="hugo"),
        "sum_of_fractions.myst.md": to_markdown(sum_of_fractions(), flavor="myst"),
        "sum_of_fractions.tex": to_latex(sum_of_fractions(), standalone=True),
        "inverse_limit.txt": to_text(inverse_limit()),
        "inverse_limit.tex": to_latex(inverse_limit()),
        "divergence.txt": to_text(divergence()),
        "divergence.md": to_markdown(divergence()),
        "divergence_in_bits.txt": to_text(divergence(), base=2),
        "divergence_in_bits.tex": to_latex(divergence(), base=2),
        "divergence_aligned.tex": to_formula(divergence()) + "\n",
        "variables.txt": to_text(variables(), provenance=known("it")),
        "variables.md": to_markdown(variables(), provenance=known("it")),
        "variables.hugo.md": to_markdown(variables(), provenance=known("it"), flavor="hugo"),
        "variables.myst.md": to_markdown(variables(), provenance=known("it"), flavor="myst"),
        "variables.tex": to_latex(variables(), standalone=True, provenance=known("it")),
        "variables.ipynb.html": to_notebook(variables(), provenance=known("it")),
        "titled.txt": to_text(sum_of_fractions(), title="Sums of fractions", provenance=known("it")),
        "titled.md": to_markdown(sum_of_fractions(), title="Sums of fractions", provenance=known("it")),
        "titled.tex": to_latex(sum_of_fractions(), title="Sums of fractions", provenance=known("it")),
        "titled.ipynb.html": to_notebook(sum_of_fractions(), title="Sums of fractions", provenance=known("it")),
        "unchecked.ipynb.html": to_notebook(unchecked),
        "unchecked.txt": to_text(unchecked, width=60),
        "unchecked.md": to_markdown(unchecked),
        "unchecked.hugo.md": to_markdown(unchecked, flavor="hugo"),
        "unchecked.myst.md": to_markdown(unchecked, flavor="myst"),
        "unchecked.tex": to_latex(unchecked),
    }


@pytest.mark.parametrize("name", sorted(pages()))
def test_golden_pages(name: str) -> None:
    assert pages()[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_golden_file_is_compared() -> None:
    assert sorted(p.name for p in GOLDEN.iterdir()) == sorted(pages())


@pytest.mark.slow
def test_pages_do_not_depend_on_the_hash_seed() -> None:
    program = "from tests.render.test_golden import pages; import sys; sys.stdout.write(repr(sorted(pages().items())))"
    found = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        found.append(run.stdout)
    assert found[0] == found[1] and len(found[0]) > 1000


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for file, page in pages().items():
        (GOLDEN / file).write_text(page, encoding="utf-8")
