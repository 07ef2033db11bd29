"""The ledger of the library: its entries as they are made when the library is built, its text, and its page.

``derivations/ledger.json`` holds for each theorem what is known of it beside its proof. :mod:`kl_symbolic.library`
reads it. Here it is written: from the theorems that the kernel checked, from what numbers and Rocq said of them, and
from what was written by hand about them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..kernel import CheckedTheorem, digest
from ..kernel.terms import NAT, REAL, Node
from ..language.errors import InvalidValue
from ..language.printer import statement
from ..library import LEDGER_FORMAT, Ledger, LedgerEntry, Verification, plain
from ..numerics.verdicts import Verdict
from ..numerics.verification import Evidence
from ..render.model.notes import AXIOMS
from ..rocq import record
from ..theory.titles import ALIASES
from ..theory.twins import densities, finite
from .contents import source, table, titles
from .layout import home, title

__all__ = ["aliases", "cited_by", "dump", "entry", "exported", "page", "recorded", "supported", "untold", "with_record"]


# --- entries ---------------------------------------------------------------------------------------------------------


def untold(hypotheses: Iterable[Node], evidence: Evidence) -> bool:
    """Whether numbers tell nothing of a theorem because of what it is about.

    Hypotheses about infinitely many numbers – sequences, functions, "for every number" – may be such that no values
    are known at which they hold, or that they cannot be checked at any.

    Parameters
    ----------
    hypotheses : iterable of Node
        Γ.
    evidence : Evidence
        What numbers say of the theorem.
    """
    return evidence.verdict is Verdict.UNKNOWN and any(map(_is_about_infinitely_many, hypotheses))


def _is_about_infinitely_many(statement: Node) -> bool:
    over = statement.args[0].data if statement.op == "all" else None
    return over in (NAT, REAL) or statement.op in ("int", "->") or any(map(_is_about_infinitely_many, statement.args))


def supported(theorem: CheckedTheorem, evidence: Evidence) -> Verification:
    """Return what the ledger says of numerical evidence.

    Parameters
    ----------
    theorem : CheckedTheorem
    evidence : Evidence
        What numbers say of it.

    Raises
    ------
    ValueError
        When numbers do not support the theorem.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> from kl_symbolic.numerics.verification import verify
    >>> log_one = library.theorem("log_one")
    >>> supported(log_one, verify(log_one, digits=50))
    Verification(digits=50, points=1, verdict='supported')
    """
    if evidence.verdict is not Verdict.SUPPORTED and not untold(theorem.hypotheses, evidence):
        raise InvalidValue(f"{evidence.name} is not shipped: numbers say {evidence.verdict.value}, {evidence.reason}")
    return Verification(evidence.digits, evidence.points, evidence.verdict.value)


def entry(
    theorem: CheckedTheorem,
    used_by: Iterable[str],
    numbers: Verification,
    example: Iterable[str],
    rocq: tuple[str, bool] = ("", False),
    shipped: Iterable[str] = (),
) -> LedgerEntry:
    """Return the entry of a theorem.

    Parameters
    ----------
    theorem : CheckedTheorem
        A theorem of the written table.
    used_by : iterable of str
        The theorems that cite it, sorted.
    numbers : Verification
        What numbers say of it.
    example : iterable of str
        The points of its example, and the values there, in JSON.
    rocq : tuple of (str, bool)
        The digest of its file for Coq, and whether Coq accepted it; see :func:`exported`.
    shipped : iterable of str
        The theorems that have an entry too: twins among them are named.

    Returns
    -------
    LedgerEntry
        What is known of it.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> entry(library.theorem("log_one"), (), Verification(50, 1, "supported"), ()).verification
    Verification(digits=50, points=1, verdict='supported')
    """
    name = theorem.name
    topic, _, file = home(name).partition(".")
    others = frozenset(shipped)
    return LedgerEntry(
        name=name,
        title=titles().get(name, ""),
        aliases=aliases().get(name, ()),
        topic=topic,
        file=file,
        digest=digest(theorem),
        statement=statement(theorem),
        axioms=theorem.axioms,
        lemmas=theorem.uses,
        cited_by=tuple(used_by),
        verification=numbers,
        rocq=rocq[0],
        rechecked=rocq[1],
        source=source(name),
        example=tuple(example),
        finite=tuple(other for other in finite(name) if other in others),
        densities=tuple(other for other in densities(name) if other in others),
    )


def aliases() -> dict[str, tuple[str, ...]]:
    """Return the further names of each theorem that has some.

    Returns
    -------
    dict of str to tuple of str
        By the primary name; titles are not among them.

    Raises
    ------
    ValueError
        When a title or an alias is of no theorem, or means two.

    Examples
    --------
    >>> "gibbs" in aliases()["kl_nonneg"]
    True
    """
    meant = {plain(name): name for found in table().values() for name in found}
    primary = {*meant.values()}
    for other, name in [*((called, name) for name, called in titles().items()), *ALIASES.items()]:
        if name not in primary:
            raise InvalidValue(f"{other!r} is to be a name of {name!r}, and there is no such theorem")
        if meant.setdefault(plain(other), name) != name:
            raise InvalidValue(f"{other!r} means both {meant[plain(other)]} and {name}")
    return {name: tuple(sorted(a for a, n in ALIASES.items() if n == name)) for name in sorted({*ALIASES.values()})}


def cited_by(uses: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return by which theorems each one is cited.

    Parameters
    ----------
    uses : mapping of str to tuple of str
        The lemmas that each theorem cites.

    Returns
    -------
    dict of str to tuple of str
        In the order of *uses*, the citing theorems sorted.

    Examples
    --------
    >>> cited_by({"a": (), "b": ("a",), "c": ("a", "b")})
    {'a': ('b', 'c'), 'b': ('c',), 'c': ()}
    """
    return {name: tuple(sorted(other for other in uses if name in uses[other])) for name in uses}


# --- Rocq ------------------------------------------------------------------------------------------------------------


def recorded(ledger: Ledger) -> record.Record | None:
    """Return what Coq has accepted, as the ledger records it.

    Parameters
    ----------
    ledger : Ledger
        Any ledger.

    Returns
    -------
    Record or None
        None when the ledger records nothing.

    Examples
    --------
    >>> recorded(Ledger("", "", {})) is None
    True
    """
    if not ledger.coq:
        return None
    accepted = {name: entry.rocq for name, entry in ledger.theorems.items() if entry.rechecked}
    return record.Record(ledger.coq, ledger.prelude, accepted)


def with_record(ledger: Ledger, accepted: record.Record) -> Ledger:
    """Return a ledger with what Coq has accepted, in place of what it recorded of Coq before.

    Parameters
    ----------
    ledger : Ledger
        Any ledger.
    accepted : Record
        What one Coq accepted of the whole library.

    Returns
    -------
    Ledger
        A new one.

    Examples
    --------
    >>> with_record(Ledger("", "", {}), record.Record("8.16.1", "", {})).coq
    '8.16.1'
    """
    entries = {
        name: replace(entry, rocq=accepted.theorems.get(name, ""), rechecked=name in accepted.theorems)
        for name, entry in ledger.theorems.items()
    }
    return Ledger(accepted.coq, accepted.prelude, entries)


def exported(theorems: Mapping[str, CheckedTheorem], before: Ledger) -> dict[str, tuple[str, bool]]:
    """Export theorems to Rocq, and return the digest of each file and whether Coq has accepted it.

    Parameters
    ----------
    theorems : mapping of str to CheckedTheorem
        Lemmas before what cites them.
    before : Ledger
        What Coq has accepted. It counts for a theorem when its file, those of all lemmas below it and the prelude are
        still the same, byte for byte.

    Returns
    -------
    dict of str to tuple of (str, bool)
        Without a theorem that is not exported, or one of whose lemmas is not.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> {name: old for name, (_, old) in exported({"log_one": library.theorem("log_one")}, library.ledger()).items()}
    {'log_one': True}
    """
    from ..rocq.export import NotExported, export, prelude
    from ..rocq.reading import NotTheSame, Unreadable

    accepted, texts, found = recorded(before), {}, {}
    uses = {name: theorem.uses for name, theorem in theorems.items()}
    for name, theorem in theorems.items():
        if all(lemma in texts for lemma in uses[name]):
            try:
                texts[name] = export(theorem, {lemma: theorems[lemma] for lemma in uses[name]})
            except (NotExported, NotTheSame, Unreadable):
                continue
            unchanged = record.rechecked(name, accepted, prelude(), texts, uses)
            found[name] = record.digest(texts[name]), unchanged
    return found


# --- its text --------------------------------------------------------------------------------------------------------


def dump(ledger: Ledger) -> str:
    """Return the canonical text of a ledger: sorted, and each fact of a theorem on a line of its own.

    Parameters
    ----------
    ledger : Ledger
        Any ledger.

    Returns
    -------
    str
        JSON that :func:`kl_symbolic.library.read_ledger` reads.

    Examples
    --------
    >>> print(dump(Ledger("8.16.1", "", {})), end="")
    {
    "format": "kl_symbolic ledger 2",
    "rocq": {"prelude":"","version":"8.16.1"},
    "theorems": {}
    }
    """
    shown = ",\n".join(_dumped(ledger.theorems[name]) for name in sorted(ledger.theorems))
    rocq = _compact({"prelude": ledger.prelude, "version": ledger.coq})
    theorems = "{\n" + shown + "\n}" if shown else "{}"
    return f'{{\n"format": {_compact(LEDGER_FORMAT)},\n"rocq": {rocq},\n"theorems": {theorems}\n}}\n'


def _dumped(entry: LedgerEntry) -> str:
    numbers = entry.verification
    facts: dict[str, Any] = {
        "title": entry.title,
        "aliases": entry.aliases,
        "topic": entry.topic,
        "file": entry.file,
        "statement": entry.statement,
        "digest": entry.digest,
        "axioms": entry.axioms,
        "lemmas": entry.lemmas,
        "cited_by": entry.cited_by,
        "verification": {"digits": numbers.digits, "points": numbers.points, "verdict": numbers.verdict},
        "rocq": {"digest": entry.rocq, "rechecked": entry.rechecked},
        "source": entry.source,
        "example": [json.loads(found) for found in entry.example],
        "finite": entry.finite,
        "densities": entry.densities,
    }
    rows = ",\n".join(f" {_compact(key)}: {_compact(facts[key])}" for key in sorted(facts))
    return f"{_compact(entry.name)}: {{\n{rows}\n}}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# --- its page --------------------------------------------------------------------------------------------------------


def page(ledger: Ledger) -> str:
    """Return the page of the ledger in Markdown: of each theorem the statement, the axioms, and who has looked at it.

    Parameters
    ----------
    ledger : Ledger
        Any ledger.

    Returns
    -------
    str
        The page; theorems are in the order in which they are derived.

    Examples
    --------
    >>> page(Ledger("", "", {})).splitlines()[0]
    '# The book of derivations'
    """
    entries = ledger.theorems
    axioms = {a: sum(a in e.axioms for e in entries.values()) for a in sorted({*AXIOMS})}
    rows = [f"| `{a}` | {_cell(AXIOMS[a])} | {count} |" for a, count in axioms.items() if count]
    blocks = [
        "# The book of derivations",
        "Every theorem here rests on log(xy) = log x + log y and log x ≤ x − 1: whatever it says of logarithms follows "
        "from these two axioms ([why just these](foundations/why_log.md)), and from what the others say of exp, "
        "powers, products, 0 log 0, indicators, absolute values and limits.",
        f"The {len(entries)} theorems rest on {len(rows)} axioms in all ([where each comes from]"
        "(../docs/trust.md#the-axioms)):",
        "\n".join(["| axiom | what it says | theorems that rest on it |", "|---|---|---|", *rows]),
        "Each is what the kernel returned for its certificate. *Digits*: numbers failed to refute the statement and "
        "every line of its proof, at that many exact points that satisfy the hypotheses, to that many digits; it is "
        "evidence, not proof. *Exported to Rocq*: there is a Coq file with the same hypotheses and conclusion. "
        "*Re-checked by Coq*: coqc has accepted that file, and those of all lemmas below it. "
        "[Which theorem follows from which, and what other libraries have](../docs/theorems.md). The page is made from "
        "[ledger.json](ledger.json), which has more of each theorem: what it cites and what cites it, where it comes "
        "from, and the digests of its statement and of its Coq file.",
    ]
    head = "| theorem | statement | axioms | digits | exported to Rocq | re-checked by Coq | proof |"
    for file, names in table().items():
        if shown := [_row(entries[name], ledger.coq) for name in names if name in entries]:
            blocks += [f"## {title(file)}", "\n".join([head, "|---" * 7 + "|", *shown])]
    return "\n\n".join(blocks) + "\n"


def _row(entry: LedgerEntry, coq: str) -> str:
    path, numbers = f"{entry.topic}/{entry.name}", entry.verification
    digits = f"{numbers.digits}, at {numbers.points} point{'s' * (numbers.points != 1)}"
    statement = entry.statement.rpartition("⊢ ")[2]
    rocq = f"{'yes' if entry.rocq else 'no'} | {coq if entry.rechecked else 'no'}"
    return (
        f"| [{entry.name}]({path}.md) | `{statement}` | {', '.join(entry.axioms) or 'none'} | {digits} | {rocq} | "
        f"[certificate]({path}.klcert.json) |"
    )


def _cell(text: str) -> str:
    """Return text in which nothing ends a cell of a table."""
    return text.replace("|", r"\|")
