"""The printed book: derive every theorem, check it, and write its certificate and its reading copies.

``build`` runs the derivations; ``stale`` says which files differ from what ``build`` would write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .calc import write
from .kernel import Theorem, check
from .theory import authors

__all__ = ["build", "library", "stale"]


def library(progress: Callable[[str], None] = lambda name: None) -> dict[str, Theorem]:
    """Derive and check every theorem of the written table, in its order."""
    theorems: dict[str, Theorem] = {}
    for name, author in authors():
        progress(name)
        theorems[name] = check(write(author, theorems.__getitem__), theorems)
    return theorems


def files(theorems: dict[str, Theorem]) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file of the book."""
    for name, theorem in theorems.items():
        yield f"{name}.klcert.json", theorem.certificate


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
    wanted = dict(files(library(progress)))
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
    wanted = dict(files(library(progress)))
    have = {p.name: p.read_text(encoding="utf-8") for p in sorted(directory.iterdir()) if p.is_file()}
    return sorted(n for n in {*wanted, *have} if wanted.get(n) != have.get(n))
