"""The printed book: derive every theorem, check it, and write its certificate and its reading copies.

``build`` runs the derivations; ``stale`` says which files differ from what ``build`` would write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from . import render
from .calc import write
from .kernel import Theorem, check
from .numeric import Evidence, Verdict, verify
from .pages import PAGES
from .text import text
from .theory import TABLE, authors

__all__ = ["build", "library", "stale"]

DIGITS = 50
"""To how many digits the shipped theorems are verified."""


def library(progress: Callable[[str], None] = lambda name: None) -> dict[str, Theorem]:
    """Derive and check every theorem of the written table, in its order."""
    theorems: dict[str, Theorem] = {}
    for name, author in authors():
        progress(name)
        theorems[name] = check(write(author, theorems.__getitem__), theorems)
    return theorems


def files(
    theorems: dict[str, Theorem], progress: Callable[[str], None] = lambda name: None
) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file of the book: certificates, reading copies, and the ledger."""
    evidence = {}
    for name, theorem in theorems.items():
        progress(name)
        evidence[name] = verify(theorem, digits=DIGITS)
        yield f"{name}.klcert.json", theorem.certificate
        if name in PAGES:
            yield f"{name}.md", render.page_to_markdown(PAGES[name], theorems.__getitem__)
            yield f"{name}.tex", render.page_to_latex(PAGES[name], theorems.__getitem__, document=True)
        else:
            yield f"{name}.md", render.to_markdown(theorem)
            yield f"{name}.tex", render.to_latex(theorem, document=True)
    yield "index.md", ledger(theorems, evidence)


def ledger(theorems: dict[str, Theorem], evidence: dict[str, Evidence]) -> str:
    """Return the ledger: for each theorem its statement, the axioms that it rests on, and what numbers said."""
    axioms = sorted({a for t in theorems.values() for a in t.axioms})
    blocks = [
        "# The book of derivations",
        "Every theorem below is what the kernel returned for its certificate. The library rests on "
        "log(xy) = log x + log y and log x ≤ x − 1, and on what the "
        + f"{len(axioms)} axioms say: {', '.join(f'`{a}`' for a in axioms)} "
        + "([what they are](../docs/trust.md#the-axioms)).",
        "*Verified* means that numbers failed to refute the statement and every line of its proof: at exact points "
        f"that satisfy the hypotheses, to {DIGITS} digits. It is evidence, not proof.",
    ]
    for module, names in TABLE.items():
        head = "| theorem | statement | axioms | verified | proof |\n|---|---|---|---|---|"
        rows = [_row(theorems[name], evidence[name]) for name in names]
        blocks += [f"## {module.replace('_', ' ').capitalize()}", "\n".join([head, *rows])]
    return "\n\n".join(blocks) + "\n"


def _row(theorem: Theorem, evidence: Evidence) -> str:
    name, axioms = theorem.name, ", ".join(theorem.axioms) or "none"
    page, proof = f"[{name}]({name}.md)", f"[certificate]({name}.klcert.json)"
    return f"| {page} | `{text(theorem.conclusion)}` | {axioms} | {_numbers(evidence)} | {proof} |"


def _numbers(evidence: Evidence) -> str:
    if evidence.verdict is not Verdict.SUPPORTED:
        raise ValueError(f"{evidence.name} is not shipped: numbers say {evidence.verdict.value}, {evidence.reason}")
    plural = "s" * (evidence.points != 1)
    return f"{evidence.points} point{plural}, {evidence.digits} digits"


def build(directory: Path, progress: Callable[[str], None] = lambda name: None) -> list[Path]:
    """Write the book and return the files that changed; files that no longer belong to it are removed.

    Parameters
    ----------
    directory : Path
    progress : callable
        Called with the name of each theorem before it is derived.
    """
    directory.mkdir(parents=True, exist_ok=True)
    changed = []
    wanted = dict(files(library(progress), progress))
    for path in sorted(directory.iterdir()):
        if path.name not in wanted and path.is_file():
            path.unlink()
            changed.append(path)
    for name, content in wanted.items():
        path = directory / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


def stale(directory: Path, progress: Callable[[str], None] = lambda name: None) -> list[str]:
    """Return the names of the files that are missing, superfluous or different."""
    wanted = dict(files(library(progress), progress))
    have = {p.name: p.read_text(encoding="utf-8") for p in sorted(directory.iterdir()) if p.is_file()}
    return sorted(n for n in {*wanted, *have} if wanted.get(n) != have.get(n))
