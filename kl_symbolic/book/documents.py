"""The document of a theorem, with the narrative, the title and the provenance that the package ships for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import final

from .. import library
from ..kernel import CheckedTheorem
from ..language.errors import InvalidValue
from ..library import LedgerEntry
from ..render.model import (
    Document,
    Provenance,
    Report,
    View,
    document_of_narrative,
    document_of_report,
    document_of_theorem,
)
from ..render.model.view import RESULT, WHOLE
from .narratives import NARRATIVES
from .provenance import of_shipped

__all__ = ["document", "document_in_book"]


def document(
    theorem: CheckedTheorem,
    base: int | None = None,
    alone: bool = False,
    full: bool = False,
    reports: tuple[Report, ...] = (),
    view: View = WHOLE,
    title: str = "",
) -> Document:
    """Return the document of a theorem; one that is not shipped has no provenance.

    Two choices are independent: which theorems are on the page (*alone*, *full*), and how much of each (*view*). The
    brief narrative is a derivation in itself, so that a page without derivations or with some parts only is one of the
    theorem alone, or of the full narrative.

    Parameters
    ----------
    theorem : CheckedTheorem
    base : int, optional
        The base of the logarithms that are shown.
    alone : bool
        Whether to leave out the narrative that the package tells around it.
    full : bool
        Whether the narrative is told in full, also where there is a brief telling.
    reports : tuple of Report
        What is shown with the user's numbers, behind it.
    view : View
        The level of detail, and which parts are shown.
    title : str
        A title instead of the one that the page has.

    Raises
    ------
    InvalidValue
        For *alone* together with *full*, and for parts of a full narrative.
    """
    if full and alone:
        raise InvalidValue("alone= leaves out the narrative that full= tells; give one of them")
    if full and view.parts:
        raise InvalidValue("parts= are those of the page of one theorem; full= tells of several")
    known, name = of_shipped(theorem), theorem.name
    entries = library.ledger().theorems
    if known is None:
        page = document_of_theorem(theorem, base=base, title=title, view=view)
    elif name not in NARRATIVES or alone or view.parts or (view.detail == RESULT and not full):
        page = document_of_theorem(theorem, True, base, known, title or entries[name].title, view)
    else:
        told = (content for _, content in (*NARRATIVES[name].parts, *NARRATIVES[name].brief))
        titles = {content: entries[content].title for content in told if content in entries}
        narrative = replace(NARRATIVES[name], title=title) if title else NARRATIVES[name]
        page = document_of_narrative(narrative, library.theorem, full, base, {name: known}, titles, view)
    return replace(page.followed_by(*map(document_of_report, reports)), statements=_Statements(entries))


@final
class _Statements(Mapping[str, str]):
    """The statements of shipped theorems, with their titles; an entry of the ledger is read when it is asked for."""

    def __init__(self, entries: Mapping[str, LedgerEntry]) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> str:
        entry = self._entries[name]
        return f"{entry.title}: {entry.statement}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def document_in_book(
    name: str,
    theorem: Callable[[str], CheckedTheorem],
    known: Callable[[str, bool], Provenance],
    titles: Mapping[str, str],
) -> Document:
    """Return the document of a theorem, or of a narrative with a name of its own, told in full.

    Parameters
    ----------
    name : str
    theorem : callable
        Returns the checked theorem of a name.
    known : callable
        Returns what is known of a theorem, from its name and whether it is told inside the narrative of another one.
    titles : mapping of str to str
        What people call the theorems that have a name of that kind.
    """
    said = _Statements(library.ledger().theorems)
    if name not in NARRATIVES:
        page = document_of_theorem(theorem(name), provenance=known(name, False), title=titles.get(name, ""))
        return replace(page, statements=said)
    told = dict.fromkeys(content for kind, content in NARRATIVES[name].parts if kind == "theorem")
    every = {t: known(t, t != name) for t in told}
    page = document_of_narrative(NARRATIVES[name], theorem, True, known=every, titles=titles)
    return replace(page, statements=said)
