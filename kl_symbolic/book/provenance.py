"""The provenance of a shipped theorem, as a page shows it beside the proof.

Everything is read from the ledger. Showing a theorem exports nothing to Rocq, searches no points and evaluates nothing:
the values of its example are recorded too.
"""

from __future__ import annotations

from collections.abc import Callable

from .. import library
from ..kernel import CheckedTheorem, Refused, digest
from ..library import BadLedger, LedgerEntry
from ..render.model import Provenance
from ..render.model.notation import Notation, Paragraph

__all__ = ["of_shipped", "provenance"]


def provenance(
    theorem: CheckedTheorem,
    entry: LedgerEntry,
    coq: str = "",
    linked: bool = False,
    brief: bool = False,
    title: Callable[[str], str] | None = None,
) -> Provenance:
    """Return the provenance of a shipped theorem.

    Parameters
    ----------
    theorem : CheckedTheorem
        The theorem.
    entry : LedgerEntry
        What the ledger has of it.
    coq : str
        The version of the Coq that re-checked theorems.
    linked, brief : bool
        See :class:`~kl_symbolic.render.model.Provenance`.
    title : callable, optional
        Returns the title of a theorem; by default that of the shipped ledger.

    Returns
    -------
    Provenance
        What a page shows beside the derivation.

    Examples
    --------
    >>> provenance(library.theorem("log_one"), library.ledger().theorems["log_one"]).badges
    ('kernel', '50 digits')
    """
    digits = [f"{entry.verification.digits} digits"] if entry.verification.verdict == "supported" else []
    badges = ("kernel", *digits, *([f"Rocq (Coq {coq})"] if coq and entry.rechecked else []))

    def example(notation: Notation) -> tuple[Paragraph, ...]:
        return _example(theorem, entry, notation)

    titled = title or (lambda name: library.ledger().theorems[name].title)
    finite, densities = (tuple((titled(n), n) for n in names) for names in (entry.finite, entry.densities))
    return Provenance(badges, entry.source, entry.cited_by, example, linked, brief, finite, densities)


def of_shipped(theorem: CheckedTheorem) -> Provenance | None:
    """Return the provenance of a theorem if it is a shipped one; only texts are read, nothing is replayed.

    Parameters
    ----------
    theorem : CheckedTheorem
        Any theorem.

    Returns
    -------
    Provenance or None
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
    return provenance(theorem, entry, ledger.coq)


def _example(theorem: CheckedTheorem, entry: LedgerEntry, notation: Notation) -> tuple[Paragraph, ...]:
    # A page without an example, such as that of a sequence of theorems, needs no points at all.
    from .illustration import Example, example

    try:
        return example(theorem, [*map(Example.from_json, entry.example)], notation)
    except (AttributeError, LookupError, TypeError, ValueError, Refused) as error:
        where = f"{library.LEDGER}: theorem {entry.name!r}"
        raise BadLedger(f"{where}: expected 'example' to hold points and values: {error}") from None
