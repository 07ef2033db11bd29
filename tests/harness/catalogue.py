"""The certificates to be altered: the samples, and every certificate of the book."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kl_symbolic.kernel import CheckedTheorem, Refused, canonical_statement, check
from kl_symbolic.kernel.integrals import INTEGRALS

from .samples import samples

DERIVATIONS = Path(__file__).resolve().parents[2] / "derivations"
_SUFFIX = ".klcert.json"


@dataclass(frozen=True)
class Entry:
    """A correct certificate, the lemmas that it cites, and what it proves."""

    name: str
    text: str
    lemmas: dict[str, CheckedTheorem]
    theorem: CheckedTheorem

    @property
    def analytic(self) -> bool:
        """Whether the proof uses a law of integrals, domains or derivatives."""
        return any(line.rule in INTEGRALS for line in self.theorem.lines)

    @property
    def data(self) -> dict[str, Any]:
        """A fresh copy of the certificate as JSON."""
        return json.loads(self.text)  # type: ignore[no-any-return]


def accepted(text: str, name: str, lemmas: dict[str, CheckedTheorem]) -> str | None:
    """Return name and statement if the file ``NAME.klcert.json`` with this text is accepted, else None.

    The entry point is the kernel's ``check`` and the comparison of the name with the file's: nothing but ``Refused`` may come
    out of it, so any other exception ends the run.
    """
    try:
        theorem = check(text, lemmas)
    except Refused:
        return None
    if theorem.name != name:
        return None
    return statement(theorem)


def statement(theorem: CheckedTheorem) -> str:
    """Return name and canonical statement."""
    return f"{theorem.name}: {canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion)}"


@cache
def catalogue() -> tuple[Entry, ...]:
    """Return everything, lemmas before what cites them.

    Raises
    ------
    Refused
        When a certificate of the book is not accepted as it is.
    """
    found = [Entry(name, text, lemmas, check(text, lemmas)) for name, text, lemmas in samples()]
    texts = {
        p.name.removesuffix(_SUFFIX): p.read_text(encoding="utf-8") for p in sorted(DERIVATIONS.glob("*/*" + _SUFFIX))
    }
    theorems: dict[str, CheckedTheorem] = {}
    while waiting := [n for n in texts if n not in theorems]:
        ready = [n for n in waiting if theorems.keys() >= json.loads(texts[n])["uses"].keys()]
        if not ready:
            raise Refused("lemmas are missing or circular", {"names": waiting})
        for name in ready:
            lemmas = {n: theorems[n] for n in json.loads(texts[name])["uses"]}
            theorems[name] = check(texts[name], lemmas)
            found.append(Entry(name, texts[name], lemmas, theorems[name]))
    return tuple(found)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterable[tuple[tuple[Any, ...], Any]]:
    """Yield the path of every leaf of a JSON value and the leaf; the keys of objects are leaves with the path's end None."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield (*path, key, None), key
            yield from leaves(inside, (*path, key))
        if not value:
            yield path, value
    elif isinstance(value, list):
        for k, inside in enumerate(value):
            yield from leaves(inside, (*path, k))
        if not value:
            yield path, value
    else:
        yield path, value
