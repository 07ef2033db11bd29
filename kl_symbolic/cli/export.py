"""Derivations in every format, for ``book export``: a directory for each format, a file for each derivation."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .console import put, put_bytes

if TYPE_CHECKING:
    from ..api import Derivation

__all__ = ["FORMATS", "write"]

_TEXTS: dict[str, tuple[str, Callable[[Derivation], str]]] = {
    "text": ("txt", lambda d: d.to_text(full=True)),
    "markdown": ("md", lambda d: d.to_markdown(full=True)),
    "hugo": ("md", lambda d: d.to_markdown(flavor="hugo", full=True)),
    "myst": ("md", lambda d: d.to_markdown(flavor="myst", full=True)),
    "latex": ("tex", lambda d: d.to_latex(document=True, full=True)),
}
"""The suffix of the files of each textual format, and what writes it."""

FORMATS = (*_TEXTS, "html", "pdf")
"""The names of the formats, and of their directories."""


def write(directory: Path, formats: Sequence[str], names: Sequence[str], progress: Callable[[str], None]) -> int:
    """Write derivations of the library and return how many files there are now.

    Parameters
    ----------
    directory : Path
        Gets a directory for each format; files of the same name are overwritten.
    formats : sequence of str
        Some of ``FORMATS``. HTML is the whole book: pages with an index, which share one style.
    names : sequence of str
        Of shipped theorems; all of them when empty.
    progress : callable
        Called with the name of each file before it is made.

    Raises
    ------
    NoTeX
        When a PDF is wanted and TeX is missing; everything else is written then.
    NotABook
        When the directory of the HTML book holds something else.
    """
    from concurrent.futures import ThreadPoolExecutor

    from .. import library
    from ..api import Derivation
    from ..book import html_pages
    from ..render.pdf import pdf

    derivations = {name: Derivation(library.theorem(name)) for name in names or library.names()}
    count = 0
    for kind in (f for f in _TEXTS if f in formats):
        suffix, printer = _TEXTS[kind]
        folder = _folder(directory, kind)
        for name, derivation in derivations.items():
            progress(f"{kind}/{name}.{suffix}")
            put(printer(derivation).rstrip("\n") + "\n", folder / f"{name}.{suffix}")
            count += 1
    if "html" in formats:
        html_pages.write(directory / "html", lambda name: progress(f"html/{name}.html"))
        count += sum(1 for _ in (directory / "html").iterdir())
    if "pdf" in formats:
        folder = _folder(directory, "pdf")
        documents = (d.to_latex(document=True, full=True) for d in derivations.values())
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for name, made in zip(derivations, pool.map(pdf, documents), strict=True):
                progress(f"pdf/{name}.pdf")
                put_bytes(made, folder / f"{name}.pdf")
                count += 1
    return count


def _folder(directory: Path, kind: str) -> Path:
    folder = directory / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder
