"""The document of a theorem, with the narrative, the title and the provenance that the package ships for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import library
from ..kernel import CheckedTheorem
from ..render.model import Document, Provenance, Report, document_of_narrative, document_of_report, document_of_theorem
from .narratives import NARRATIVES
from .provenance import of_shipped

__all__ = ["document", "document_in_book"]


def document(
    theorem: CheckedTheorem,
    base: int | None = None,
    alone: bool = False,
    full: bool = False,
    reports: tuple[Report, ...] = (),
) -> Document:
    """Return the document of a theorem; one that is not shipped has no provenance.

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
    """
    known, name = of_shipped(theorem), theorem.name
    entries = library.ledger().theorems
    if known is None:
        page = document_of_theorem(theorem, base=base)
    elif alone or name not in NARRATIVES:
        page = document_of_theorem(theorem, base=base, provenance=known, title=entries[name].title)
    else:
        told = (content for _, content in (*NARRATIVES[name].parts, *NARRATIVES[name].brief))
        titles = {content: entries[content].title for content in told if content in entries}
        page = document_of_narrative(NARRATIVES[name], library.theorem, full, base, {name: known}, titles)
    return page.followed_by(*map(document_of_report, reports))


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
    if name not in NARRATIVES:
        return document_of_theorem(theorem(name), provenance=known(name, False), title=titles.get(name, ""))
    told = dict.fromkeys(content for kind, content in NARRATIVES[name].parts if kind == "theorem")
    every = {t: known(t, t != name) for t in told}
    return document_of_narrative(NARRATIVES[name], theorem, True, known=every, titles=titles)
