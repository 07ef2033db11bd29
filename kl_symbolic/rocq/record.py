"""The record of the files that Coq accepted, compared with those that are exported today.

A record has the version of Coq, and the SHA-256 of the prelude and of the text of every theorem that was accepted. The
ledger of the library holds it. So a reader without Coq can tell whether what is exported today is what was re-checked,
and nobody has to believe the record: running Coq again makes it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

__all__ = ["Record", "differences", "digest", "rechecked"]


@final
@dataclass(frozen=True, slots=True)
class Record:
    """The files that one version of Coq accepted.

    Parameters
    ----------
    coq : str
        Its version.
    prelude : str
        The digest of the prelude.
    theorems : mapping of str to str
        The digest of each theorem's text, sorted by name.
    """

    coq: str
    prelude: str
    theorems: Mapping[str, str]

    @classmethod
    def of(cls, coq: str, prelude: str, texts: Mapping[str, str]) -> Record:
        """Return the record of texts that were accepted.

        Parameters
        ----------
        coq : str
            The version of the Coq that accepted them.
        prelude : str
            The text that all of them build on.
        texts : mapping of str to str
            The text of each theorem's file.

        Returns
        -------
        Record
            With digests in place of texts.

        Examples
        --------
        >>> Record.of("8.16.1", "", {"a": ""}).theorems["a"][:8]
        'e3b0c442'
        """
        return cls(coq, digest(prelude), {name: digest(texts[name]) for name in sorted(texts)})


def digest(text: str) -> str:
    """Return the SHA-256 of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        In hexadecimal digits.

    Examples
    --------
    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def differences(record: Record | None, prelude: str, texts: Mapping[str, str]) -> list[str]:
    """Return the differences between today's export of the whole library and the recorded one.

    Parameters
    ----------
    record : Record or None
        What was accepted.
    prelude : str
        The text of today's prelude.
    texts : mapping of str to str
        The text of each theorem's file today.

    Returns
    -------
    list of str
        A sentence for each difference, sorted by name; empty when there is none.

    Examples
    --------
    >>> differences(Record.of("8.16.1", "", {"a": ""}), "", {"a": "", "b": ""})
    ['b is not recorded']
    """
    if record is None:
        return ["nothing is recorded"]
    today = Record.of(record.coq, prelude, texts)
    found = ["the prelude has changed"] if today.prelude != record.prelude else []
    for name in sorted({*today.theorems, *record.theorems}):
        if name not in record.theorems:
            found.append(f"{name} is not recorded")
        elif name not in today.theorems:
            found.append(f"{name} is recorded and no longer exported")
        elif today.theorems[name] != record.theorems[name]:
            found.append(f"{name} has changed")
    return found


def rechecked(
    name: str, record: Record | None, prelude: str, texts: Mapping[str, str], uses: Mapping[str, tuple[str, ...]]
) -> bool:
    """Return whether Coq accepted a theorem and all that it rests on, as they are exported today.

    Parameters
    ----------
    name : str
        The theorem.
    record : Record or None
        What was accepted.
    prelude : str
        The text of the prelude.
    texts : mapping of str to str
        The exported text of the theorem and of every lemma below it.
    uses : mapping of str to tuple of str
        The lemmas that each cites.

    Returns
    -------
    bool
        False when the theorem is exported only.

    Examples
    --------
    >>> rechecked("b", Record.of("8.16.1", "", {"a": "1", "b": "2"}), "", {"a": "1", "b": "2"}, {"a": (), "b": ("a",)})
    True
    """
    if record is None or record.prelude != digest(prelude):
        return False
    seen: dict[str, None] = {}
    below = [name]
    while below:
        current = below.pop()
        if record.theorems.get(current) != digest(texts[current]):
            return False
        seen[current] = None
        below += [n for n in uses[current] if n not in seen]
    return True
