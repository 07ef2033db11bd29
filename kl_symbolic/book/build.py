"""The printed book: derive every theorem, check it, and write its certificate and its reading copies.

``build`` runs the derivations; ``stale`` says which files differ from what ``build`` would write. In a checkout the map
of the library, ``docs/theorems.md``, is a part of the book.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import final

from .. import render
from ..kernel import CheckedTheorem, check
from ..language.errors import InvalidValue
from ..language.printer import text
from ..numerics.verdicts import Verdict
from ..numerics.verification import Evidence, verify
from ..proving.calc import write
from ..render.notes import AXIOMS
from ..theory import TABLE, authors
from .map import overview, title
from .narratives import NARRATIVES
from .provenance import DIGITS, RECORD, Status, cited_by, colophon, statuses

__all__ = ["MAP", "build", "files", "ledger", "library", "stale"]

MAP = "../docs/theorems.md"
"""Where the map of the library lies, seen from the book."""

_Progress = Callable[[str], None]


def _silent(name: str) -> None:
    pass


def library(progress: _Progress = _silent) -> dict[str, CheckedTheorem]:
    """Derive and check every theorem of the written table, in its order."""
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
    rocq : dict of str to Status, optional
    """

    def __init__(self, theorems: dict[str, CheckedTheorem], rocq: dict[str, Status] | None = None) -> None:
        self.theorems = theorems
        self.rocq = rocq or {}
        self._used_by = cited_by({name: theorem.uses for name, theorem in theorems.items()})

    def status(self, name: str) -> Status:
        """Return what Rocq says of a theorem."""
        return self.rocq.get(name, Status())

    def known(self, name: str, brief: bool = False) -> render.Colophon:
        """Return what is known of a theorem beside its proof."""
        return colophon(self.theorems[name], self._used_by[name], self.status(name).coq, linked=True, brief=brief)

    def copies(self, name: str) -> tuple[str, str]:
        """Return the Markdown and the LaTeX of a theorem, or of a page with a name of its own."""
        if name not in NARRATIVES:
            theorem, known = self.theorems[name], self.known(name)
            return render.to_markdown(theorem, colophon=known), render.to_latex(theorem, True, colophon=known)
        told = [content for kind, content in NARRATIVES[name].parts if kind == "theorem"]
        every = {t: self.known(t, brief=t != name) for t in told}
        find = self.theorems.__getitem__
        return (
            render.page_to_markdown(NARRATIVES[name], find, known=every),
            render.page_to_latex(NARRATIVES[name], find, document=True, known=every),
        )

    def printed(self, name: str) -> tuple[str, str, str, str]:
        """Return the name, what numbers say, and the copies, in Markdown and in LaTeX.

        Raises
        ------
        ValueError
            When numbers do not support the theorem.
        """
        return (name, _numbers(verify(self.theorems[name], digits=DIGITS)), *self.copies(name))


def files(
    theorems: dict[str, CheckedTheorem], progress: _Progress = _silent, rocq: dict[str, Status] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file of the book: certificates, reading copies, ledger and map."""
    book = Book(theorems, rocq)
    numbers = {}
    for name, found, markdown, latex in _printed(book):
        progress(name)
        numbers[name] = found
        yield f"{name}.klcert.json", theorems[name].certificate
        yield f"{name}.md", markdown
        yield f"{name}.tex", latex
    for name in NARRATIVES:
        if name not in theorems:
            markdown, latex = book.copies(name)
            yield f"{name}.md", markdown
            yield f"{name}.tex", latex
    yield "index.md", ledger(book, numbers)
    yield MAP, overview(theorems)


_open: list[Book] = []
"""The book that the processes below share: they are copies of this one, so nothing has to be sent to them."""


def _printed(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is printed about each theorem, in order; the work is divided among the processors."""
    names = list(book.theorems)
    workers = min(os.cpu_count() or 1, len(names))
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(book.printed, names)
        return
    _open.append(book)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            yield from pool.imap(_print, names)
    finally:
        _open.pop()


def _print(name: str) -> tuple[str, str, str, str]:
    return _open[-1].printed(name)


# --- the ledger ----------------------------------------------------------------------------------------------------


def ledger(book: Book, numbers: dict[str, str]) -> str:
    """Return the ledger: for each theorem its statement, the axioms that it rests on, and who has looked at it.

    Parameters
    ----------
    book : Book
    numbers : dict of str to str
        What numbers said of each theorem.
    """
    theorems = book.theorems
    axioms = {a: sum(a in t.axioms for t in theorems.values()) for a in sorted({*AXIOMS})}
    rows = [f"| `{a}` | {AXIOMS[a].replace('|', chr(92) + '|')} | {count} |" for a, count in axioms.items() if count]
    blocks = [
        "# The book of derivations",
        "Every theorem here rests on log(xy) = log x + log y and log x ≤ x − 1: whatever it says of logarithms follows "
        "from these two axioms ([why just these](why_log.md)), and from what the others say of exp, powers, products, "
        "0 log 0, indicators, absolute values and limits.",
        f"The {len(theorems)} theorems rest on {len(rows)} axioms in all ([where each comes from]"
        "(../docs/trust.md#the-axioms)):",
        "\n".join(["| axiom | what it says | theorems that rest on it |", "|---|---|---|", *rows]),
        "Each is what the kernel returned for its certificate. *Digits*: numbers failed to refute the statement and "
        "every line of its proof, at that many exact points that satisfy the hypotheses, to that many digits; it is "
        "evidence, not proof. *Exported to Rocq*: there is a Coq file with the same hypotheses and conclusion. "
        "*Re-checked by Coq*: coqc has accepted that file, and those of all lemmas below it. "
        "[Which theorem follows from which, and what other libraries have](../docs/theorems.md).",
    ]
    head = "| theorem | statement | axioms | digits | exported to Rocq | re-checked by Coq | proof |"
    for module, names in TABLE.items():
        shown = [_row(book, name, numbers[name]) for name in names if name in theorems]
        blocks += [f"## {title(module)}", "\n".join([head, "|---" * 7 + "|", *shown])]
    return "\n\n".join(blocks) + "\n"


def _row(book: Book, name: str, numbers: str) -> str:
    theorem, status = book.theorems[name], book.status(name)
    axioms = ", ".join(theorem.axioms) or "none"
    page, proof = f"[{name}]({name}.md)", f"[certificate]({name}.klcert.json)"
    rocq = f"{'yes' if status.exported else 'no'} | {status.coq or 'no'}"
    return f"| {page} | `{text(theorem.conclusion)}` | {axioms} | {numbers} | {rocq} | {proof} |"


def _numbers(evidence: Evidence) -> str:
    if evidence.verdict is not Verdict.SUPPORTED:
        raise InvalidValue(f"{evidence.name} is not shipped: numbers say {evidence.verdict.value}, {evidence.reason}")
    plural = "s" * (evidence.points != 1)
    return f"{evidence.digits}, at {evidence.points} point{plural}"


# --- on disk -------------------------------------------------------------------------------------------------------


def _wanted(directory: Path, progress: _Progress) -> dict[str, str]:
    """Return what the files of the book should hold, by their names seen from *directory*."""
    theorems = library(progress)
    wanted = dict(files(theorems, progress, statuses(theorems, directory / RECORD)))
    if not (directory / MAP).parent.is_dir():
        wanted.pop(MAP, None)  # the book alone, somewhere else than in a checkout
    return wanted


def _foreign(directory: Path, wanted: dict[str, str]) -> list[Path]:
    """Return the files that do not belong to the book."""
    return [p for p in sorted(directory.iterdir()) if p.is_file() and p.name != RECORD and p.name not in wanted]


def build(directory: Path, progress: _Progress = _silent) -> list[Path]:
    """Write the book and return the files that changed; files that no longer belong to it are removed.

    Parameters
    ----------
    directory : Path
    progress : callable
        Called with the name of each theorem before it is derived.
    """
    directory.mkdir(parents=True, exist_ok=True)
    wanted = _wanted(directory, progress)
    changed = _foreign(directory, wanted)
    for path in changed:
        path.unlink()
    for name, content in wanted.items():
        path = directory / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


def stale(directory: Path, progress: _Progress = _silent) -> list[str]:
    """Return the names of the files that are missing, superfluous or different."""
    wanted = _wanted(directory, progress)
    have = {n: (directory / n).read_text(encoding="utf-8") for n in wanted if (directory / n).is_file()}
    return sorted([*(p.name for p in _foreign(directory, wanted)), *(n for n in wanted if have.get(n) != wanted[n])])
