"""Certificates by name: where they lie, and the order in which they are replayed.

A certificate cites lemmas by name. This module finds the files, replays lemmas before what cites them, each once, and
refuses missing lemmas and circles. It is not trusted: it hands texts to ``check``, which compares the digest of every
lemma that it is given. Nothing but the standard library and the kernel is imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, final

from .kernel import CheckedTheorem, Refused, check
from .kernel.errors import KLError, need

__all__ = [
    "SUFFIX", "Library", "NoSuchTheorem", "certificate_text", "check_file", "check_text", "directory", "names",
    "theorem",
]  # fmt: skip

SUFFIX = ".klcert.json"
"""How the name of a certificate's file ends; the name of its theorem stands before."""

MAX_CHAIN = 200
"""The longest chain of lemmas, each citing the next, that is followed."""

_MAX_BYTES = 4_000_000
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}\Z")
# The canonical form gives each key of a certificate a line of its own, so two keys can be read without the rest.
_USES = re.compile(r'^"uses": (\{.*\}),$', re.MULTILINE)
_NAMED = re.compile(r'^"name": "([A-Za-z_][A-Za-z0-9_]{0,99})",$', re.MULTILINE)


@final
class NoSuchTheorem(KLError, KeyError):
    """There is no shipped theorem of the name that was asked for."""

    def __str__(self) -> str:
        return str(self.args[0])


@final
class Library:
    """Certificate files, replayed in the order of their citations, each once.

    A lemma is looked for among *files* by the name that the file declares, then beside the certificate that cites it,
    then among the shipped certificates.

    Parameters
    ----------
    files : iterable of Path, optional
        Certificates that may be cited wherever they lie. Of two with one name the first counts.
    """

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self._texts: dict[Path, str] = {}
        self._lemmas: dict[Path, dict[str, Path]] = {}
        self._done: dict[Path, CheckedTheorem | Refused] = {}
        self._below: set[Path] = set()
        self._given: dict[str, Path] = {}
        for file in files:
            path = file.absolute()
            try:
                found = _NAMED.search(self._text(path))
            except (OSError, Refused):
                continue  # it is reported when it is checked, not when another file might have cited it
            if found:
                self._given.setdefault(found[1], path)

    def check(self, path: Path) -> CheckedTheorem:
        """Replay a certificate and, before it, every lemma that it rests on.

        Parameters
        ----------
        path : Path

        Returns
        -------
        CheckedTheorem

        Raises
        ------
        Refused
            When the kernel refuses the certificate or a lemma, or a lemma is missing or rests on itself.
        OSError
            When the file cannot be read.
        """
        start = path.absolute()
        # Each cites the next. A list and not recursion, so that a hostile chain costs no stack.
        chain = [] if start in self._done else [start]
        while chain:
            current = chain[-1]
            try:
                lemmas = self._cited(current, start)
                waiting = next((p for p in lemmas.values() if p not in self._done), None)
                if waiting is None:
                    self._done[current] = self._replay(current, lemmas)
                elif waiting in chain:
                    chain = self._break(chain, waiting)
                    continue
                else:
                    need(len(chain) < MAX_CHAIN, f"a chain of lemmas is longer than {MAX_CHAIN}")
                    chain.append(waiting)
                    continue
            except Refused as refusal:
                # A new one: the traceback of the old one would keep every replayed line in memory.
                self._done[current] = Refused(refusal.reason, refusal.parts, refusal.line, refusal.rule)
            chain.pop()
        found = self._done[start]
        if isinstance(found, Refused):
            raise Refused(found.reason, found.parts, found.line, found.rule)
        return found

    def _text(self, path: Path) -> str:
        if path not in self._texts:
            with path.open("rb") as file:
                data = file.read(_MAX_BYTES + 1)
            need(len(data) <= _MAX_BYTES, f"the file has more than {_MAX_BYTES} bytes")
            try:
                self._texts[path] = data.decode()
            except UnicodeDecodeError as error:
                raise Refused("the file is not UTF-8 text", {"at_byte": error.start}) from None
        return self._texts[path]

    def _cited(self, path: Path, start: Path) -> dict[str, Path]:
        if path not in self._lemmas:
            try:
                source = self._text(path)
            except OSError as error:
                if path == start:
                    raise
                raise Refused("the file cannot be read", {"error": error.strerror}) from None
            self._lemmas[path] = {name: self._find(name, path) for name in cited_names(source)}
        return self._lemmas[path]

    def _find(self, name: str, path: Path) -> Path:
        need(_NAME.match(name), "expected the name of a lemma", got=name)
        beside, shipped = path.with_name(name + SUFFIX), directory() / (name + SUFFIX)
        for place in (self._given.get(name), beside, shipped):
            if place is not None and place.is_file():
                return place
        raise _missing(name)

    def _replay(self, path: Path, lemmas: dict[str, Path]) -> CheckedTheorem:
        theorems = {}
        for name, place in lemmas.items():
            found = self._done[place]
            if isinstance(found, Refused):
                self._below.add(path)
                if place in self._below:  # it was refused for a lemma of its own, and that one is to be named
                    raise Refused(found.reason, found.parts)
                where = "" if found.line is None else f"line {found.line} rule {found.rule}: "
                raise Refused(f"the lemma {name!r} is refused: {where}{found.reason}", found.parts)
            need(found.name == name, f"the file found for the lemma {name!r} proves another theorem", got=found.name)
            theorems[name] = found
        return check(self._text(path), theorems)

    def _break(self, chain: list[Path], first: Path) -> list[Path]:
        """Refuse every certificate of a circle; return the chain above it."""
        start = chain.index(first)
        circle = chain[start:]
        for k, path in enumerate(circle):
            shown = " -> ".join(_stem(p) for p in (*circle[k:], *circle[: k + 1]))
            self._done[path] = Refused("a theorem rests on itself", {"circle": shown})
        return chain[:start]


def cited_names(source: str) -> tuple[str, ...]:
    """Return the names of the lemmas that a certificate's text says it uses, without replaying it.

    A text from which they cannot be read gives none; ``check`` then says what is wrong with it.
    """
    found = _USES.search(source)
    try:
        value: Any = json.loads(found[1]) if found else {}
    except (ValueError, RecursionError):
        return ()
    return tuple(value)


def _missing(name: str) -> Refused:
    return Refused(f"there is no certificate for the lemma {name!r}", {"looked_for": name + SUFFIX})


def _stem(path: Path) -> str:
    return path.name.removesuffix(SUFFIX)


@cache
def directory() -> Path:
    """Return where the shipped certificates lie: inside an installed package, beside it in a source checkout."""
    package = Path(__file__).resolve().parent
    installed, checkout = package / "derivations", package.parent / "derivations"
    # Beside an installed package anything may be called derivations; beside a checkout's stands its pyproject.toml.
    return checkout if not installed.is_dir() and (package.parent / "pyproject.toml").is_file() else installed


@cache
def _shipped() -> Library:
    return Library()


def names() -> tuple[str, ...]:
    """Return the names of all shipped theorems, sorted."""
    return tuple(sorted(_stem(p) for p in directory().glob("*" + SUFFIX)))


def _shipped_path(name: str) -> Path:
    path = directory() / (name + SUFFIX) if _NAME.match(name) else None
    if path is None or not path.is_file():
        from difflib import get_close_matches

        near = get_close_matches(name, names(), n=3, cutoff=0.5)
        hint = f"; near it: {', '.join(near)}" if near else "; `kl-symbolic list` shows all names"
        raise NoSuchTheorem(f"there is no shipped theorem {name!r}{hint}")
    return path


def certificate_text(name: str) -> str:
    """Return the text of a shipped certificate, unchecked.

    Raises
    ------
    NoSuchTheorem
        When no shipped certificate has this name.
    """
    return _shipped()._text(_shipped_path(name))


def theorem(name: str) -> CheckedTheorem:
    """Replay a shipped certificate, and the lemmas that it rests on; each once in a process.

    Raises
    ------
    NoSuchTheorem
        When no shipped certificate has this name.
    Refused
        When the kernel refuses it.
    """
    path = _shipped_path(name)
    found = _shipped().check(path)
    need(found.name == name, f"the file {path.name} proves another theorem", expected=name, got=found.name)
    return found


def check_file(path: str | Path, among: Iterable[str | Path] = ()) -> CheckedTheorem:
    """Replay the certificate in a file.

    Parameters
    ----------
    path : str or Path
    among : iterable of str or Path, optional
        Files whose certificates it may cite, before those in its own directory and the shipped ones.

    Raises
    ------
    Refused
        When the kernel refuses it or a lemma, or a lemma is missing or rests on itself.
    OSError
        When the file cannot be read.
    """
    return Library(map(Path, among)).check(Path(path))


def check_text(source: str, lemmas: Mapping[str, CheckedTheorem] | None = None) -> CheckedTheorem:
    """Replay the text of a certificate.

    Parameters
    ----------
    source : str
    lemmas : mapping of str to CheckedTheorem, optional
        Theorems that it may cite before the shipped ones.

    Raises
    ------
    Refused
        When the kernel refuses it, or a lemma is neither among *lemmas* nor shipped.
    """
    found = dict(lemmas or {})
    for name in cited_names(source):
        if name not in found:
            try:
                found[name] = theorem(name)
            except NoSuchTheorem:
                raise Refused(
                    f"there is no certificate for the lemma {name!r}", {"looked_for": name + SUFFIX}
                ) from None
    return check(source, found)
