"""The book: derive every theorem, check it, and write its certificate, its page and its place in the ledger.

``build`` runs the derivations; ``stale`` says which files differ from what ``build`` would write. In a checkout the map
of the library, ``docs/theorems.md``, is a part of the book.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import final

from ..kernel import CheckedTheorem, check
from ..library import LEDGER, SUFFIX, BadLedger, Ledger, LedgerEntry, read_ledger
from ..numerics.verification import verify
from ..numerics.workers import each
from ..proving.calc import write
from ..render import markdown
from ..render.model import Provenance
from ..rocq.export import prelude
from ..rocq.record import digest
from .contents import authors, titles
from .documents import document_in_book
from .examples import examples
from .layout import link, topic
from .ledger import cited_by, dump, entry, exported, page, supported
from .map import overview
from .narratives import NARRATIVES
from .provenance import provenance

__all__ = ["DIGITS", "INDEX", "MAP", "Book", "belongs", "build", "files", "library", "stale"]

DIGITS = 50
"""To how many digits shipped theorems are verified: far beyond a double, so that an equality that holds to 16 digits
only is noticed."""

INDEX = "index.md"
"""The page of the ledger."""

MAP = "../docs/theorems.md"
"""Where the map of the library is, seen from the book."""

_Progress = Callable[[str], None]


def _silent(name: str) -> None:
    pass


def library(progress: _Progress = _silent) -> dict[str, CheckedTheorem]:
    """Derive and check every theorem of the written table, in its order.

    Parameters
    ----------
    progress : callable
        Called with the name of each theorem before it is derived.

    Returns
    -------
    dict of str to CheckedTheorem
        By name, lemmas before what cites them.

    Raises
    ------
    Refused
        When a derivation fails.
    """
    theorems: dict[str, CheckedTheorem] = {}
    for name, author in authors():
        progress(name)
        theorems[name] = check(write(author, theorems.__getitem__), theorems)
    return theorems


@final
class Book:
    """The theorems of a library with all that their pages say.

    Parameters
    ----------
    theorems : dict of str to CheckedTheorem
        By name, lemmas before what cites them.
    rocq : dict of str to tuple of (str, bool), optional
        What is exported, and whether Coq has accepted it; see :func:`kl_symbolic.book.ledger.exported`.
    coq : str
        The version of the Coq that has.
    kept : mapping of str to LedgerEntry, optional
        Theorems of which what numbers say is known, and is not computed again.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> Book({"log_one": library.theorem("log_one")}).entry("log_one").axioms
    ('log_mul',)
    """

    def __init__(
        self,
        theorems: dict[str, CheckedTheorem],
        rocq: dict[str, tuple[str, bool]] | None = None,
        coq: str = "",
        kept: Mapping[str, LedgerEntry] | None = None,
    ) -> None:
        self.theorems, self.rocq, self.coq, self.kept = theorems, rocq or {}, coq, dict(kept or {})
        self._used_by = cited_by({name: theorem.uses for name, theorem in theorems.items()})

    def entry(self, name: str) -> LedgerEntry:
        """Return the ledger's entry for a theorem, with a numerical verification and the points of its example.

        Parameters
        ----------
        name : str
            A theorem of the book.

        Returns
        -------
        LedgerEntry
            What is known of it.

        Raises
        ------
        ValueError
            When numbers do not support the theorem.
        """
        theorem = self.theorems[name]
        rocq = self.rocq.get(name, ("", False))
        if name in self.kept:
            numbers, shown = self.kept[name].verification, self.kept[name].example
        else:
            numbers = supported(theorem, verify(theorem, digits=DIGITS))
            shown = tuple(found.json() for found in examples(theorem))
        return entry(theorem, self._used_by[name], numbers, shown, rocq, self.theorems)

    def ledger(self, entries: dict[str, LedgerEntry]) -> Ledger:
        """Return the ledger of the book.

        Parameters
        ----------
        entries : dict of str to LedgerEntry
            Those of its theorems.

        Returns
        -------
        Ledger
            With the Coq that accepted what is exported today, or none.
        """
        accepted = any(found.rechecked for found in entries.values())
        coq, built_on = (self.coq, digest(prelude())) if accepted else ("", "")
        return Ledger(coq, built_on, dict(sorted(entries.items())))

    def page(self, name: str, entries: dict[str, LedgerEntry]) -> str:
        """Return the Markdown of a theorem, or of a page with a name of its own.

        Parameters
        ----------
        name : str
            The theorem, or the page.
        entries : dict of str to LedgerEntry
            That of the theorem that the page is about.

        Returns
        -------
        str
            The page.
        """

        def known(theorem: str, brief: bool) -> Provenance:
            if brief:
                return Provenance((), "", (), lambda notation: (), linked=True, brief=True)
            return provenance(
                self.theorems[theorem], entries[theorem], self.coq, linked=True, title=titles().__getitem__
            )

        found = document_in_book(name, self.theorems.__getitem__, known, titles())
        return markdown.render(found, link=partial(link, seen_from=topic(name)))

    def printed(self, name: str) -> tuple[LedgerEntry, str]:
        """Return the ledger's entry for a theorem, and its page.

        Parameters
        ----------
        name : str
            A theorem of the book.

        Returns
        -------
        tuple of (LedgerEntry, str)
            The entry, and the page in Markdown.

        Raises
        ------
        ValueError
            When numbers do not support the theorem.
        """
        found = self.entry(name)
        return found, self.page(name, {name: found})


def files(
    theorems: dict[str, CheckedTheorem],
    progress: _Progress = _silent,
    before: Ledger | None = None,
    kept: Collection[str] = (),
) -> Iterator[tuple[str, str]]:
    """Yield the path and the content of each file of the book: certificates, pages, ledger, its page, and the map.

    Parameters
    ----------
    theorems : dict of str to CheckedTheorem
        By name, lemmas before what cites them.
    progress : callable
        Called with the name of each theorem before its page is printed.
    before : Ledger, optional
        The ledger of the last build: what Coq has accepted.
    kept : collection of str, optional
        The theorems of which it also knows what numbers say.

    Yields
    ------
    tuple of (str, str)
        The path seen from the directory of the book, and the text.

    Raises
    ------
    ValueError
        When numbers do not support a theorem.
    """
    before = before or Ledger("", "", {})
    known = {name: before.theorems[name] for name in kept if name in before.theorems}
    book = Book(theorems, exported(theorems, before), before.coq, known)
    entries = {}
    for found, shown in _printed(book):
        name, folder = found.name, found.topic
        progress(name)
        entries[name] = found
        yield f"{folder}/{name}{SUFFIX}", theorems[name].certificate
        yield f"{folder}/{name}.md", shown
    for name in NARRATIVES:
        if name not in theorems:
            yield f"{topic(name)}/{name}.md", book.page(name, {})
    ledger = book.ledger(entries)
    yield LEDGER, dump(ledger)
    yield INDEX, page(ledger)
    yield MAP, overview(theorems)


def _printed(book: Book) -> Iterator[tuple[LedgerEntry, str]]:
    """Yield what is printed about each theorem, in order; the work is divided among the processors."""
    names = list(book.theorems)
    processors = os.cpu_count() or 1
    if processors < 2:
        return map(book.printed, names)
    certificates = [theorem.certificate for theorem in book.theorems.values()]
    return each(_reopened, (certificates, book.rocq, book.coq, book.kept), names, processors)


def _reopened(
    certificates: list[str], rocq: dict[str, tuple[str, bool]], coq: str, kept: dict[str, LedgerEntry]
) -> Callable[[str], tuple[LedgerEntry, str]]:
    """Check what another process has checked: a theorem is made of a certificate only, and is not sent."""
    theorems: dict[str, CheckedTheorem] = {}
    for certificate in certificates:
        theorem = check(certificate, theorems)
        theorems[theorem.name] = theorem
    return Book(theorems, rocq, coq, kept).printed


# --- on disk -------------------------------------------------------------------------------------------------------


def belongs(path: Path) -> bool:
    """Return whether a file has a name as the files of a book have it; any other was not written by :func:`build`.

    Parameters
    ----------
    path : Path
        Seen from the directory of the book.

    Returns
    -------
    bool
        True for a certificate or a page in a folder, and for the ledger and its page.

    Examples
    --------
    >>> belongs(Path("divergence/kl_nonneg.md")), belongs(Path("ledger.json")), belongs(Path("notes.txt"))
    (True, True, False)
    """
    if len(path.parts) == 1:
        return path.name in (LEDGER, INDEX)
    return len(path.parts) == 2 and path.name.endswith((SUFFIX, ".md"))


def _wanted(directory: Path, progress: _Progress, keep: bool) -> dict[str, str]:
    """Return what the files of the book should hold, by their paths seen from *directory*."""
    theorems = library(progress)
    kept = [name for name in theorems if keep and _unchanged(directory, theorems[name])]
    wanted = dict(files(theorems, progress, _before(directory / LEDGER), kept))
    if not (directory / MAP).parent.is_dir():
        wanted.pop(MAP, None)  # the book alone, somewhere else than in a checkout
    return wanted


def _unchanged(directory: Path, theorem: CheckedTheorem) -> bool:
    path = directory / topic(theorem.name) / f"{theorem.name}{SUFFIX}"
    return path.is_file() and path.read_text(encoding="utf-8") == theorem.certificate


def _before(path: Path) -> Ledger | None:
    """Return the ledger of the last build, from which what Coq accepted is kept; None where it cannot be read."""
    try:
        return read_ledger(path) if path.is_file() else None
    except BadLedger:
        return None


def _foreign(directory: Path, wanted: dict[str, str]) -> list[str]:
    """Return the files that do not belong to the book."""
    found = [p.relative_to(directory).as_posix() for p in sorted(directory.rglob("*")) if p.is_file()]
    return [name for name in found if name not in wanted]


def build(directory: Path, progress: _Progress = _silent, keep: bool = False) -> list[Path]:
    """Write the book and return the files that changed; files that no longer belong to it are removed.

    Parameters
    ----------
    directory : Path
        Its directory, which holds nothing else; it is made when it is missing.
    progress : callable
        Called with the name of each theorem before it is derived, and before its page is printed.
    keep : bool
        Whether numbers about theorems whose certificates have not changed are taken from the ledger.

    Returns
    -------
    list of Path
        The files that were removed or written.

    Raises
    ------
    Refused
        When a derivation fails.
    ValueError
        When numbers do not support a theorem.
    """
    directory.mkdir(parents=True, exist_ok=True)
    wanted = _wanted(directory, progress, keep)
    changed = [directory / name for name in _foreign(directory, wanted)]
    for path in changed:
        path.unlink()
        if path.parent != directory and not any(path.parent.iterdir()):
            path.parent.rmdir()
    for name, content in wanted.items():
        path = directory / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


def stale(directory: Path, progress: _Progress = _silent, keep: bool = False) -> list[str]:
    """Return which files of the book are missing, superfluous or different from what :func:`build` would write.

    Parameters
    ----------
    directory : Path
        The directory of the book.
    progress : callable
        Called with the name of each theorem before it is derived, and before its page is printed.
    keep : bool
        Whether numbers about theorems whose certificates have not changed are taken from the ledger.

    Returns
    -------
    list of str
        Their paths seen from *directory*, sorted.

    Raises
    ------
    Refused
        When a derivation fails.
    ValueError
        When numbers do not support a theorem.
    """
    wanted = _wanted(directory, progress, keep)
    have = {n: (directory / n).read_text(encoding="utf-8") for n in wanted if (directory / n).is_file()}
    return sorted([*_foreign(directory, wanted), *(n for n in wanted if have.get(n) != wanted[n])])
