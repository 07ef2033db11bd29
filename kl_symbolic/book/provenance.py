"""What is known of a shipped theorem beside its proof, as a page shows it.

Everything is read from the ledger. Showing a theorem exports nothing to Rocq and searches no points: at the recorded
points of the example both sides of the statement are evaluated, and that is all.
"""

from __future__ import annotations

from collections.abc import Callable

from .. import library
from ..kernel import CheckedTheorem, Refused, digest
from ..library import BadLedger, LedgerEntry
from ..render.colophon import Colophon
from ..render.notation import Notation, Paragraph

__all__ = ["colophon", "of_shipped"]


def colophon(
    theorem: CheckedTheorem,
    entry: LedgerEntry,
    coq: str = "",
    brief: bool = False,
    link: Callable[[str], str] | None = None,
) -> Colophon:
    """Return what is known of a shipped theorem.

    Parameters
    ----------
    theorem : CheckedTheorem
        The theorem.
    entry : LedgerEntry
        What the ledger has of it.
    coq : str
        The version of the Coq that re-checked theorems.
    brief : bool
        Whether the page only links, since the theorem is told inside the story of another one.
    link : callable, optional
        From the name of a theorem to the address of its page, where each has one.

    Returns
    -------
    Colophon
        What a page shows beside the derivation.

    Examples
    --------
    >>> colophon(library.theorem("log_one"), library.ledger().theorems["log_one"]).badges
    ('kernel', '50 digits')
    """
    digits = [f"{entry.verification.digits} digits"] if entry.verification.verdict == "supported" else []
    badges = ("kernel", *digits, *([f"Rocq (Coq {coq})"] if coq and entry.rechecked else []))

    def example(notation: Notation) -> tuple[Paragraph, ...]:
        return _example(theorem, entry, notation)

    return Colophon(badges, entry.source, entry.cited_by, example, brief, link)


def of_shipped(theorem: CheckedTheorem) -> Colophon | None:
    """Return what is known of a theorem if it is a shipped one; only texts are read, nothing is replayed.

    Parameters
    ----------
    theorem : CheckedTheorem
        Any theorem.

    Returns
    -------
    Colophon or None
        None where the theorem is not shipped, or the ledger speaks of another statement.

    Raises
    ------
    BadLedger
        When the shipped ledger cannot be read.

    Examples
    --------
    >>> of_shipped(library.theorem("kl_nonneg")).badges[:2]
    ('kernel', '50 digits')
    """
    if theorem.name not in library.names() or library.certificate_text(theorem.name) != theorem.certificate:
        return None
    ledger = library.ledger()
    entry = ledger.theorems.get(theorem.name)
    if entry is None or entry.digest != digest(theorem):
        return None
    return colophon(theorem, entry, ledger.coq)


def _example(theorem: CheckedTheorem, entry: LedgerEntry, notation: Notation) -> tuple[Paragraph, ...]:
    # A page without an example, such as that of a sequence of theorems, does not need numbers at all.
    from ..numerics.point import Point
    from .examples import example

    try:
        points = [Point.from_json(point) for point in entry.example]
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, Refused) as error:
        where = f"{library.LEDGER}: theorem {entry.name!r}"
        raise BadLedger(f"{where}: expected 'example' to hold points: {error}") from None
    return example(theorem, points, notation)
