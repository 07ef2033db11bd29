"""The record of what Coq accepted: ``rocq.json`` beside the certificates.

It holds the version of Coq, and the SHA-256 of the prelude and of the text of every theorem that was accepted. So a
reader without Coq can tell whether what is exported today is what was re-checked, and nothing has to be believed for
long: running Coq again makes the record anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

from ..language.errors import InvalidValue

__all__ = ["FILE", "Record", "differences", "read", "rechecked"]

FILE = "rocq.json"
"""The name of the record, in the directory of the certificates."""

_KEYS = ("coq", "prelude", "theorems")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+~-]{0,39}\Z")


@final
@dataclass(frozen=True, slots=True)
class Record:
    """What one Coq accepted.

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
        """Return the record of these texts.

        Parameters
        ----------
        coq : str
            The version of Coq.
        prelude : str
            The text of the fixed prelude.
        texts : mapping of str to str
            The text of each file, by name.
        """
        return cls(coq, digest(prelude), {name: digest(texts[name]) for name in sorted(texts)})

    def dump(self) -> str:
        """Return the text of the file."""
        return json.dumps({"coq": self.coq, "prelude": self.prelude, "theorems": self.theorems}, indent=1) + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(path: Path) -> Record | None:
    """Return the record in a file, or None when there is no such file.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ValueError
        When it is not a record.
    """
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    if type(data) is not dict or tuple(data) != _KEYS or type(data["theorems"]) is not dict:
        raise InvalidValue(f"{path.name} is not a record: expected an object with the keys {', '.join(_KEYS)}")
    if type(data["coq"]) is not str or not _VERSION.match(data["coq"]):
        raise InvalidValue(
            f"{path.name} is not a record: expected a version of Coq such as 8.16.1, got {data['coq']!r}"
        )
    return Record(data["coq"], str(data["prelude"]), {str(k): str(v) for k, v in data["theorems"].items()})


def differences(record: Record | None, prelude: str, texts: Mapping[str, str]) -> list[str]:
    """Return in what today's export of the whole library is not the recorded one, sorted; nothing when it is.

    Parameters
    ----------
    record : Record or None
    prelude : str
        The text of the fixed prelude.
    texts : mapping of str to str
        The text of each file, by name.
    """
    if record is None:
        return [f"there is no {FILE}"]
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
) -> str:
    """Return the version of the Coq that accepted a theorem and all that it rests on, as they are exported today.

    Parameters
    ----------
    name : str
    record : Record or None
    prelude : str
        The text of the prelude.
    texts : mapping of str to str
        The exported text of the theorem and of every lemma below it.
    uses : mapping of str to tuple of str
        The lemmas that each cites.

    Returns
    -------
    str
        Empty when it is exported only.
    """
    if record is None or record.prelude != digest(prelude):
        return ""
    seen: dict[str, None] = {}
    below = [name]
    while below:
        current = below.pop()
        if record.theorems.get(current) != digest(texts[current]):
            return ""
        seen[current] = None
        below += [n for n in uses[current] if n not in seen]
    return record.coq
