"""Reading copies of shipped theorems: their pages, with what is known of each beside its proof.

A door: it puts together what the kernel says (the theorem), what numbers say (an example), what the library says (who
cites it) and what its authors say (the source).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

from .. import library
from ..kernel import CheckedTheorem
from ..render.colophon import Colophon
from ..render.notation import Notation, Paragraph
from ..theory.references import source
from .examples import example, example_points

__all__ = ["DIGITS", "RECORD", "Status", "cited_by", "colophon", "of_shipped", "statuses"]

DIGITS = 50
"""To how many digits the shipped theorems are verified."""

RECORD = "rocq.json"
"""What Coq has accepted: a file beside the certificates that is written after Coq ran."""


@final
@dataclass(frozen=True, slots=True)
class Status:
    """What Rocq says of a theorem: whether it is exported, and the version of the Coq that accepted today's text."""

    exported: bool = False
    coq: str = ""


def statuses(theorems: Mapping[str, CheckedTheorem], path: Path) -> dict[str, Status]:
    """Return what Rocq says of each theorem; of one that is not exported, or whose lemmas are not, nothing.

    Parameters
    ----------
    theorems : mapping of str to CheckedTheorem
        Lemmas before what cites them.
    path : Path
        The record of what Coq has accepted.
    """
    from ..rocq.export import NotExported, export, prelude
    from ..rocq.reading import NotTheSame, Unreadable
    from ..rocq.record import read, rechecked

    record, texts, found = read(path), {}, {}
    uses = {name: theorem.uses for name, theorem in theorems.items()}
    for name, theorem in theorems.items():
        if all(lemma in texts for lemma in uses[name]):
            try:
                texts[name] = export(theorem, {lemma: theorems[lemma] for lemma in uses[name]})
            except (NotExported, NotTheSame, Unreadable):
                continue
            found[name] = Status(True, rechecked(name, record, prelude(), texts, uses))
    return found


def cited_by(uses: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return by which theorems each one is cited, sorted.

    Parameters
    ----------
    uses : mapping of str to tuple of str
        The lemmas that each theorem cites.

    Examples
    --------
    >>> cited_by({"a": (), "b": ("a",), "c": ("a", "b")})
    {'a': ('b', 'c'), 'b': ('c',), 'c': ()}
    """
    return {name: tuple(sorted(other for other in uses if name in uses[other])) for name in uses}


def colophon(
    theorem: CheckedTheorem, used_by: tuple[str, ...], coq: str = "", linked: bool = False, brief: bool = False
) -> Colophon:
    """Return what is known of a shipped theorem.

    Parameters
    ----------
    theorem : CheckedTheorem
    used_by : tuple of str
        The theorems that cite it.
    coq : str
        The version of the Coq that re-checked it, if one did.
    linked, brief : bool
        See :class:`Colophon`.
    """

    def illustrate(notation: Notation) -> tuple[Paragraph, ...]:
        return example(theorem, example_points(theorem), notation)

    badges = ("kernel", f"{DIGITS} digits", *([f"Rocq (Coq {coq})"] if coq else []))
    return Colophon(badges, source(theorem.name), used_by, illustrate, linked, brief)


def of_shipped(theorem: CheckedTheorem) -> Colophon | None:
    """Return what is known of a theorem if it is a shipped one, else None; only texts are read, nothing is replayed."""
    names = library.names()
    if theorem.name not in names or library.certificate_text(theorem.name) != theorem.certificate:
        return None
    uses = {name: library.cited_names(library.certificate_text(name)) for name in names}
    return colophon(theorem, cited_by(uses)[theorem.name], _coq(theorem.name, uses))


def _coq(name: str, uses: Mapping[str, tuple[str, ...]]) -> str:
    """Return the version of the Coq that accepted a shipped theorem as it is exported today."""
    record = library.directory() / RECORD
    if not record.is_file():
        return ""
    below: dict[str, None] = {}
    _collect(name, uses, below)
    return statuses({n: library.theorem(n) for n in below}, record).get(name, Status()).coq


def _collect(name: str, uses: Mapping[str, tuple[str, ...]], below: dict[str, None]) -> None:
    """Add a theorem to *below*, after every lemma that it rests on."""
    for lemma in uses[name]:
        if lemma not in below:
            _collect(lemma, uses, below)
    below[name] = None
