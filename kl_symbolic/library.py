"""Certificates by name: where they are, the order in which they are replayed, and the ledger, which describes them.

A certificate cites lemmas by name. This module finds the files, replays lemmas before what cites them, each once, and
refuses missing lemmas and cycles. It is not trusted: it hands texts to ``check``, which compares the digest of every
lemma that it is given. Nothing but the standard library and the kernel is imported.

The certificates are in a folder for each topic. Beside the folders is the ledger, ``ledger.json``: what was recorded of
each theorem when the library was built. It says nothing about what is proved. Whatever returns a theorem replays the
certificate. A checkout has these files in a directory, an installed package has them in one archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from errno import EIO, ENOENT
from functools import cache
from hashlib import sha256
from itertools import accumulate
from os import strerror
from pathlib import Path
from typing import Any, NoReturn, final

from .kernel import CheckedTheorem, Refused, canonical_statement, check
from .kernel.certificate import parse
from .kernel.errors import KLError, need
from .kernel.syntax import bound_nesting, decode, read_scope

__all__ = [
    "LEDGER", "LEDGER_FORMAT", "SUFFIX", "BadArchive", "BadLedger", "Ledger", "LedgerEntry", "Library",
    "MissingMember", "NoSuchTheorem", "Verification", "certificate_path", "certificate_text", "check_file",
    "check_text", "cited_names", "directory", "find", "ledger", "names", "plain", "read_ledger", "search", "theorem",
]  # fmt: skip

SUFFIX = ".klcert.json"
"""How the name of a certificate's file ends; the name of its theorem stands before."""

MAX_CHAIN = 200
"""The longest chain of lemmas, each citing the next, that is followed."""

LEDGER = "ledger.json"
"""The name of the ledger's file, in the directory that holds the folders of the topics."""

LEDGER_FORMAT = "kl_symbolic ledger 2"
"""The value of the key ``format`` in a ledger."""

_MAX_BYTES = 4_000_000
"""How long a file may be: four times what the kernel reads of a certificate, and five times the ledger."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}\Z")
# The canonical form gives each key of a certificate a line of its own, so two keys can be read without the rest.
_USES = re.compile(r'^"uses": (\{.*\}),$', re.MULTILINE)
_NAMED = re.compile(r'^"name": "([A-Za-z_][A-Za-z0-9_]{0,99})",$', re.MULTILINE)


@final
class BadArchive(KLError, OSError):
    """The archive of certificates in an installed package cannot be read."""


@final
class MissingMember(KLError, FileNotFoundError):
    """The archive of certificates in an installed package does not have a file."""


@final
class NoSuchTheorem(KLError, KeyError):
    """There is no shipped theorem of the name that was asked for."""

    def __str__(self) -> str:
        return str(self.args[0])


@final
class Library:
    """Certificate files, replayed in the order of their citations, each once.

    A lemma is looked for among *files* by the name that the file declares, then in the folder of the certificate that
    cites it, then in the other folders of the same tree if the folder is a topic of one, which has a ledger, and then
    among the shipped certificates. Where several are found, those count that claim the statement whose digest is cited,
    and of these the first that is accepted: a file that proves something else under the name of a lemma does not stand
    in the way of one that proves the lemma.

    Parameters
    ----------
    files : iterable of Path, optional
        Certificates that may be cited wherever they are.

    Examples
    --------
    >>> Library().check(directory() / "foundations" / "log_one.klcert.json").name
    'log_one'
    """

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self._texts: dict[Path, str] = {}
        self._lemmas: dict[Path, dict[str, list[Path]]] = {}
        self._claims: dict[Path, tuple[str, str]] = {}
        self._done: dict[Path, CheckedTheorem | Refused] = {}
        self._below: set[Path] = set()
        self._given: dict[str, list[Path]] = {}
        for file in files:
            path = file.absolute()
            try:
                found = _NAMED.search(self._text(path))
            except (OSError, Refused):
                continue  # it is reported when it is checked, not when another file might have cited it
            if found:
                self._given.setdefault(found[1], []).append(path)

    def check(self, path: Path) -> CheckedTheorem:
        """Replay a certificate and, before it, every lemma that it rests on.

        Parameters
        ----------
        path : Path
            The file of the certificate.

        Returns
        -------
        CheckedTheorem
            What the kernel returned for it.

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
                waiting = self._waiting(lemmas)
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

    def below(self, path: Path) -> dict[str, CheckedTheorem]:
        """Return the theorems that a certificate which was accepted rests on, by their names.

        Parameters
        ----------
        path : Path
            The file of the certificate, after :meth:`check`.

        Returns
        -------
        dict of str to CheckedTheorem

        Raises
        ------
        Refused
            When two different theorems among them have one name, so that the name does not say which is meant.
        """
        found: dict[str, CheckedTheorem] = {}
        waiting = [path.absolute()]
        while waiting:
            for name, (place, *_) in self._lemmas[waiting.pop()].items():
                theorem = self._done[place]
                if isinstance(theorem, CheckedTheorem) and found.get(name) is not theorem:
                    need(name not in found, f"two different lemmas are called {name!r}", got=str(place))
                    found[name] = theorem
                    waiting.append(place)
        return found

    def _text(self, path: Path) -> str:
        if path not in self._texts:
            data = _read(path)
            need(len(data) <= _MAX_BYTES, f"the file has more than {_MAX_BYTES} bytes")
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise Refused(
                    "the file is UTF-16 text, as PowerShell's > writes it; expected UTF-8: write it by -o FILE", {}
                )
            try:
                self._texts[path] = _plain_lines(data).decode()
            except UnicodeDecodeError as error:
                raise Refused("the file is not UTF-8 text", {"at_byte": error.start}) from None
        return self._texts[path]

    def _cited(self, path: Path, start: Path) -> dict[str, list[Path]]:
        """Return the files that may prove each lemma of a certificate, in the order in which they are tried."""
        if path not in self._lemmas:
            try:
                source = self._text(path)
            except OSError as error:
                if path == start:
                    raise
                raise Refused("the file cannot be read", {"error": error.strerror}) from None
            self._lemmas[path] = {name: self._find(name, digest, path) for name, digest in _uses(source).items()}
        return self._lemmas[path]

    def _find(self, name: str, digest: object, path: Path) -> list[Path]:
        need(_NAME.match(name), "expected the name of a lemma", got=name)
        places = [*self._given.get(name, ()), path.with_name(name + SUFFIX), *_in_tree(name, path)]
        places += [_shelf()[name]] if name in _shelf() else []
        found = [p for p in dict.fromkeys(places) if _shelf().get(_stem(p)) == p or p.is_file()]
        if not found:
            raise _missing(name)
        # What a file claims is read only where there is a choice. Where none fits, the first one is refused by name.
        fitting = [p for p in found if self._claim(p) == (name, digest)] if len(found) > 1 else found
        return fitting or found[:1]

    def _claim(self, path: Path) -> tuple[str, str]:
        """Return the name and the digest of the statement that a file claims; empty where it is spoiled."""
        if path not in self._claims:
            try:
                self._claims[path] = _claimed(self._text(path))
            except (OSError, Refused):
                self._claims[path] = ("", "")
        return self._claims[path]

    def _waiting(self, lemmas: dict[str, list[Path]]) -> Path | None:
        """Return the next file that is to be replayed; of each lemma the files that were refused are dropped before."""
        for places in lemmas.values():
            while len(places) > 1 and isinstance(self._done.get(places[0]), Refused):
                del places[0]
            if places[0] not in self._done:
                return places[0]
        return None

    def _replay(self, path: Path, lemmas: dict[str, list[Path]]) -> CheckedTheorem:
        theorems = {}
        for name, (place, *_) in lemmas.items():
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
        """Leave a cycle for another file of a lemma, or refuse every certificate of it; return the chain above."""
        start = chain.index(first)
        circle = chain[start:]
        for k in reversed(range(len(circle))):
            wanted = first if k == len(circle) - 1 else circle[k + 1]
            for places in self._lemmas[circle[k]].values():
                if places[0] == wanted and len(places) > 1:
                    del places[0]
                    return chain[: start + k + 1]
        for k, path in enumerate(circle):
            shown = " -> ".join(_stem(p) for p in (*circle[k:], *circle[: k + 1]))
            self._done[path] = Refused("a theorem rests on itself", {"circle": shown})
        return chain[:start]


def _plain_lines(data: bytes) -> bytes:
    """Return the bytes of a text file without what tools of Windows put into it: its line ends, and a mark in front.

    In JSON a line end is between two tokens and never inside one, where it is written with a backslash. So nothing that
    a certificate says is changed, and the kernel reads canonical text as always.
    """
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def cited_names(source: str) -> tuple[str, ...]:
    """Return the names of the lemmas that a certificate's text says it uses, without replaying it.

    Parameters
    ----------
    source : str
        The text of a certificate.

    Returns
    -------
    tuple of str
        Empty when they cannot be read from the text; ``check`` then says what is wrong with it.

    Examples
    --------
    >>> cited_names(certificate_text("log_le_half"))
    ('log_pow',)
    """
    return tuple(_uses(source))


def _uses(source: str) -> dict[str, Any]:
    """Return the lemmas that a certificate's text says it uses, and of each the digest, if it is one."""
    found = _USES.search(source)
    try:
        bound_nesting(found[1] if found else "")
        value: dict[str, Any] = json.loads(found[1]) if found else {}
    except (ValueError, Refused):
        return {}
    return value


def _claimed(source: str) -> tuple[str, str]:
    """Return the name and the digest of the statement that a certificate claims, which nothing has proved yet."""
    data = parse(source)
    scope = read_scope(data["names"])
    hypotheses = tuple(decode(h, "statement", scope) for h in data["hypotheses"])
    conclusion = decode(data["conclusion"], "statement", scope)
    return str(data["name"]), sha256(canonical_statement(scope, hypotheses, conclusion).encode()).hexdigest()


def _missing(name: str) -> Refused:
    return Refused(f"there is no certificate for the lemma {name!r}", {"looked_for": name + SUFFIX})


def _stem(path: Path) -> str:
    return path.name.removesuffix(SUFFIX)


def _in_tree(name: str, path: Path) -> list[Path]:
    """Return the certificates of a name in the other topics of the tree that a certificate is in, if it is in one."""
    tree = path.parent.parent
    return sorted(tree.glob(f"*/{name}{SUFFIX}")) if (tree / LEDGER).is_file() else []


# --- the shipped certificates ----------------------------------------------------------------------------------------


@cache
def directory() -> Path:
    """Return where the shipped certificates are: an archive in an installed package, a directory in a source checkout.

    A file in the archive has a path below that of the archive, as in :mod:`zipimport`. The functions of this module
    read such a path as they read that of a file.

    Returns
    -------
    Path
        The archive, or the directory, that holds the folders of the topics and the ledger.

    Examples
    --------
    >>> directory().stem
    'derivations'
    """
    package = Path(__file__).resolve().parent
    installed, checkout = package / "derivations.xz", package.parent / "derivations"
    # Beside an installed package anything may be called derivations; beside a checkout's stands its pyproject.toml.
    return checkout if not installed.is_file() and (package.parent / "pyproject.toml").is_file() else installed


@cache
def _archive(path: Path) -> dict[Path, bytes]:
    """Return what the archive of an installed package holds, by the paths below it; ``hatch_build.py`` writes it."""
    try:
        import lzma  # here, because a checkout does not need it
    except ImportError:
        raise BadArchive(EIO, "this Python was built without the module lzma, which reads it", str(path)) from None
    try:
        first, files = lzma.decompress(path.read_bytes()).split(b"\n", 1)
        sizes = json.loads(first)
    except (lzma.LZMAError, ValueError) as error:
        raise BadArchive(EIO, f"the archive is damaged: {error}", str(path)) from None
    ends = accumulate(sizes.values())
    return {path / name: files[end - size : end] for (name, size), end in zip(sizes.items(), ends, strict=True)}


def _read(path: Path) -> bytes:
    """Return what a file, or one in the shipped archive, holds, or of a longer one the first bytes."""
    root = directory()
    if not (path.is_relative_to(root) and root.is_file()):
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    try:
        return _archive(root)[path]
    except KeyError:
        raise MissingMember(ENOENT, strerror(ENOENT), str(path)) from None


@cache
def _shipped() -> Library:
    return Library()


@cache
def _shelf() -> dict[str, Path]:
    """Return the file of each shipped certificate by its name, sorted; a name is in one topic only."""
    root = directory()
    files = _archive(root) if root.is_file() else root.glob(f"*/*{SUFFIX}")
    found = {_stem(path): path for path in files if path.name.endswith(SUFFIX)}
    return {name: found[name] for name in sorted(found)}


def names() -> tuple[str, ...]:
    """Return the names of all shipped theorems, sorted.

    Returns
    -------
    tuple of str
        The primary names; :func:`theorem` understands further ones.

    Examples
    --------
    >>> "kl_nonneg" in names()
    True
    """
    return tuple(_shelf())


def plain(name: str) -> str:
    """Return a name as it is compared: without case, spaces, apostrophes, hyphens, underscores and a leading article.

    Parameters
    ----------
    name : str
        A name, a title or an alias.

    Returns
    -------
    str
        Equal for two names that differ in nothing else.

    Examples
    --------
    >>> plain("Gibbs\u2019 inequality"), plain("The cross-entropy identity")
    ('gibbsinequality', 'crossentropyidentity')
    """
    return name.strip().casefold().removeprefix("the ").translate(_IGNORED)


_IGNORED = dict.fromkeys(map(ord, " _-'\u2010\u2011\u2013\u2019"))
"""Characters that are ignored in a name: spaces, underscores, hyphens and apostrophes, typographic ones included."""


def find(name: str) -> str:
    """Return the primary name of a shipped theorem.

    Parameters
    ----------
    name : str
        Its name, its title or another name that the ledger has for it, however it is spelled: see :func:`plain`.

    Returns
    -------
    str
        The name of its certificate.

    Raises
    ------
    NoSuchTheorem
        When no shipped theorem has this name; the message has the nearest names.

    Examples
    --------
    >>> find("gibbs inequality")
    'kl_nonneg'
    """
    shelf = _shelf()
    if name in shelf:
        return name
    entries = [entry for entry in ledger().theorems.values() if entry.name in shelf]
    further = {other: entry.name for entry in entries for other in (entry.title, *entry.aliases) if other}
    known = {plain(other): primary for other, primary in further.items()} | {plain(n): n for n in shelf}
    if found := known.get(plain(name)):
        return found
    raise NoSuchTheorem(f"there is no shipped theorem {name[:_SHOWN]!r}{_near(name[:_SHOWN], further)}")


def _near(name: str, further: Mapping[str, str]) -> str:
    """Return which theorems may have been meant: those with all of the words, or else those with a similar name."""
    words = [word for word in name.split() if len(word) > 1 and word.casefold() not in _FILLERS]
    described = search(words, statements=False) if words else ()
    if described:
        more = f"; `kl-symbolic list {name}` shows all {len(described)}" if len(described) > _MOST_NEAR else ""
        return f"; with these words: {', '.join(sorted(described, key=len)[:_MOST_NEAR])}{more}"
    from difflib import get_close_matches

    said = {n: n for n in _shelf()} | {other: f"{other} ({primary})" for other, primary in further.items()}
    near = get_close_matches(name, said, n=3, cutoff=0.5)
    return f"; near it: {', '.join(said[n] for n in near)}" if near else "; `kl-symbolic list` shows all names"


_FILLERS = frozenset(("a", "an", "and", "for", "in", "is", "of", "on", "the", "to"))
"""Words that say nothing about which theorem is meant."""

_MOST_NEAR = 5
"""How many theorems a message suggests."""


def search(words: Iterable[str], statements: bool = True) -> tuple[str, ...]:
    """Return the names of the shipped theorems that some words describe.

    Parameters
    ----------
    words : iterable of str
        All of them must occur, whatever their case, hyphens and apostrophes.
    statements : bool
        Whether they are looked for in the statement too, or only in name, title and further names.

    Returns
    -------
    tuple of str
        Sorted; all names when there are no words.

    Examples
    --------
    >>> search(["nonnegative", "entropy"], statements=False)
    ('cond_entropy_nonneg', 'entropy_nonneg', 'sum_xlogy_self_le')
    """
    wanted, entries = [_loose(word) for word in words], ledger().theorems
    found = []
    for name in _shelf():
        parts, entry = [name, name.replace("_", " ")], entries.get(name)
        if entry is not None:
            parts += [entry.title, *entry.aliases, *(alias.replace("_", " ") for alias in entry.aliases)]
            parts += [entry.statement] if statements else []
        text = _loose(" ".join(parts))
        if all(word in text for word in wanted):
            found.append(name)
    return tuple(found)


def _loose(text: str) -> str:
    """Return text as it is searched: without case, hyphens and apostrophes."""
    return text.casefold().translate(_UNSEEN)


_UNSEEN = dict.fromkeys(map(ord, "-'\u2010\u2011\u2013\u2019"))
"""Characters that are not looked for in words."""


def certificate_path(name: str) -> Path:
    """Return the path of a shipped certificate.

    Parameters
    ----------
    name : str
        A name that :func:`find` understands.

    Returns
    -------
    Path
        In the folder of its topic; for an installed package, below its archive: see :func:`directory`.

    Raises
    ------
    NoSuchTheorem
        When no shipped theorem has this name.

    Examples
    --------
    >>> certificate_path("kl_nonneg").relative_to(directory()).as_posix()
    'divergence/kl_nonneg.klcert.json'
    """
    return _shelf()[find(name)]


def certificate_text(name: str) -> str:
    """Return the text of a shipped certificate, unchecked.

    Parameters
    ----------
    name : str
        A name that :func:`find` understands.

    Returns
    -------
    str
        What its file holds.

    Raises
    ------
    NoSuchTheorem
        When no shipped theorem has this name.

    Examples
    --------
    >>> certificate_text("log_one").splitlines()[2]
    '"name": "log_one",'
    """
    return _shipped()._text(certificate_path(name))


def theorem(name: str) -> CheckedTheorem:
    """Replay a shipped certificate, and the lemmas that it rests on; each once in a process.

    Parameters
    ----------
    name : str
        A name that :func:`find` understands.

    Returns
    -------
    CheckedTheorem
        What the kernel returned for the certificate.

    Raises
    ------
    NoSuchTheorem
        When no shipped theorem has this name.
    Refused
        When the kernel refuses it.

    Examples
    --------
    >>> theorem("Gibbs' inequality").name
    'kl_nonneg'
    """
    return _replayed(find(name))


def _replayed(name: str) -> CheckedTheorem:
    path = _shelf()[name]
    found = _shipped().check(path)
    need(found.name == name, f"the file {path.name} proves another theorem", expected=name, got=found.name)
    return found


def check_file(path: str | Path, among: Iterable[str | Path] = ()) -> CheckedTheorem:
    """Replay the certificate in a file.

    Parameters
    ----------
    path : str or Path
        The file.
    among : iterable of str or Path, optional
        Files whose certificates it may cite, before those beside it and the shipped ones; see :class:`Library`.

    Returns
    -------
    CheckedTheorem
        What the kernel returned for the certificate.

    Raises
    ------
    Refused
        When the kernel refuses it or a lemma, or a lemma is missing or rests on itself.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> check_file(directory() / "foundations" / "log_one.klcert.json").axioms
    ('log_mul',)
    """
    return Library(map(Path, among)).check(Path(path))


def check_text(source: str, lemmas: Mapping[str, CheckedTheorem] | None = None) -> CheckedTheorem:
    """Replay the text of a certificate.

    Parameters
    ----------
    source : str
        The text.
    lemmas : mapping of str to CheckedTheorem, optional
        Theorems that it may cite before the shipped ones.

    Returns
    -------
    CheckedTheorem
        What the kernel returned for the certificate.

    Raises
    ------
    Refused
        When the kernel refuses it, or a lemma is neither among *lemmas* nor shipped.

    Examples
    --------
    >>> check_text(certificate_text("log_one")).name
    'log_one'
    """
    own = {} if lemmas is None else lemmas
    found = {}
    for name in cited_names(source):
        if name in own:
            found[name] = own[name]
            continue
        if name not in _shelf():
            raise _missing(name)
        found[name] = _replayed(name)
    return check(source, found)


# --- the ledger ------------------------------------------------------------------------------------------------------


@final
class BadLedger(KLError, ValueError):
    """A ledger that cannot be read; the message says where, what was expected, and what is there."""


@final
@dataclass(frozen=True, slots=True)
class Verification:
    """The numerical evidence for a theorem, recorded when the library was built.

    Parameters
    ----------
    digits : int
        To how many digits it was evaluated.
    points : int
        At how many exact points that satisfy the hypotheses.
    verdict : str
        The value of the verdict, such as ``supported``.
    """

    digits: int
    points: int
    verdict: str


@final
@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """The record of a theorem, made when the library was built.

    Parameters
    ----------
    name : str
        The primary name.
    title : str
        What people call it, or the empty string.
    aliases : tuple of str
        Further names.
    topic, file : str
        The folder of the theory, and the file in it, that derive it; the topic is the folder of its certificate too.
    digest : str
        The SHA-256 of its canonical statement, by which certificates cite it.
    statement : str
        Γ ⊢ φ as text.
    axioms, lemmas, cited_by : tuple of str
        What it rests on, what it cites, and what cites it.
    verification : Verification
        What numbers said.
    rocq : str
        The SHA-256 of its file for Coq, or the empty string where it is not exported.
    rechecked : bool
        Whether Coq accepted that file, those of all lemmas below it, and the prelude of the ledger.
    source : str
        Where it comes from, in words.
    example : tuple of str
        The points of its example and the values that are shown there, in JSON.
    finite, densities : tuple of str
        The shipped theorems that say the same of finite sums, and of integrals.
    """

    name: str
    title: str
    aliases: tuple[str, ...]
    topic: str
    file: str
    digest: str
    statement: str
    axioms: tuple[str, ...]
    lemmas: tuple[str, ...]
    cited_by: tuple[str, ...]
    verification: Verification
    rocq: str
    rechecked: bool
    source: str
    example: tuple[str, ...]
    finite: tuple[str, ...] = ()
    densities: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Ledger:
    """The records of a library of theorems, made when it was built.

    Parameters
    ----------
    coq : str
        The version of the Coq that re-checked theorems, or the empty string.
    prelude : str
        The SHA-256 of the definitions that its files built on, or the empty string.
    theorems : mapping of str to LedgerEntry
        By name, sorted.
    """

    coq: str
    prelude: str
    theorems: Mapping[str, LedgerEntry]

    @property
    def titles(self) -> dict[str, str]:
        """The common names of the theorems that have one, by the names of their certificates."""
        return {entry.name: entry.title for entry in self.theorems.values() if entry.title}


@cache
def ledger() -> Ledger:
    """Return the shipped ledger; an empty one where none has been written yet.

    Returns
    -------
    Ledger
        Read once in a process. An entry is looked at when it is asked for, and refused with BadLedger if it is
        malformed: a page of one theorem needs one of hundreds.

    Raises
    ------
    BadLedger
        When the file is not a ledger.
    OSError
        When it cannot be read.

    Examples
    --------
    >>> ledger().theorems["log_one"].statement
    '⊢ log(1) = 0'
    """
    try:
        return _lazy_ledger(directory() / LEDGER)
    except FileNotFoundError:
        return Ledger("", "", {})


def read_ledger(path: Path) -> Ledger:
    """Return the ledger in a file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Ledger
        Its content; every part has been looked at and has the type that it must have.

    Raises
    ------
    BadLedger
        When it is not a ledger.
    OSError
        When it cannot be read.

    Examples
    --------
    >>> len(read_ledger(directory() / LEDGER).theorems) == len(names())
    True
    """
    found = _lazy_ledger(path)
    return Ledger(found.coq, found.prelude, dict(found.theorems))


def _lazy_ledger(path: Path) -> Ledger:
    """Return the ledger in a file; its entries have not been looked at."""
    data = _read(path)
    if len(data) > _MAX_BYTES:
        raise BadLedger(f"{path.name}: expected at most {_MAX_BYTES} bytes")
    return _Reader(path.name).ledger(data)


@final
class _Reader:
    """Reads the parts of a ledger, and refuses what has another shape."""

    def __init__(self, file: str) -> None:
        self._file, self._where = file, ""

    def ledger(self, data: bytes) -> Ledger:
        try:
            value = json.loads(data.decode())
        except RecursionError:
            raise BadLedger(f"{self._file}: it is nested too deeply") from None
        except ValueError as error:  # not JSON, or not UTF-8
            raise BadLedger(f"{self._file}: expected JSON: {error}") from None
        self.keys(value, "it", ("format", "rocq", "theorems"))
        if value["format"] != LEDGER_FORMAT:
            self.refuse("'format'", repr(LEDGER_FORMAT), value["format"])
        rocq, theorems = value["rocq"], value["theorems"]
        self.keys(rocq, "'rocq'", ("prelude", "version"))
        if type(theorems) is not dict:
            self.refuse("'theorems'", "an object", theorems)
        if not _VERSION.match(self.of(rocq, "version", str)):
            self.refuse("'version'", "a version of Coq such as 8.16.1", rocq["version"])
        prelude = self.digest(rocq, "prelude")
        return Ledger(rocq["version"], prelude, _Entries(self._file, theorems))

    def refuse(self, part: str, expected: str, got: Any) -> NoReturn:
        shown = repr(got) if type(got) in (str, int, bool, type(None)) else type(got).__name__
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        raise BadLedger(f"{self._file}: {self._where}expected {part} to be {expected}, got {shown}")

    def keys(self, value: Any, part: str, keys: tuple[str, ...]) -> None:
        if type(value) is not dict or sorted(value) != sorted(keys):
            got = ", ".join(sorted(value))[:_SHOWN] if type(value) is dict else value
            self.refuse(part, f"an object with the keys {', '.join(keys)}", got)

    def of(self, value: dict[str, Any], key: str, kind: type) -> Any:
        if type(value[key]) is not kind:
            self.refuse(repr(key), {str: "a text", int: "a whole number", bool: "true or false"}[kind], value[key])
        return value[key]

    def digest(self, value: dict[str, Any], key: str) -> str:
        found: str = self.of(value, key, str)
        if not _DIGEST.match(found):
            self.refuse(repr(key), "a SHA-256 in 64 digits, or empty", found)
        return found

    def texts(self, value: dict[str, Any], key: str) -> tuple[str, ...]:
        if type(value[key]) is not list or any(type(item) is not str for item in value[key]):
            self.refuse(repr(key), "a list of texts", value[key])
        return tuple(value[key])

    def entry(self, name: str, value: Any) -> LedgerEntry:
        self._where = f"theorem {name[:_SHOWN]!r}: "
        if not _NAME.match(name):
            self.refuse("the name", "an identifier", name)
        self.keys(value, "it", _ENTRY)
        self.keys(value["verification"], "'verification'", ("digits", "points", "verdict"))
        self.keys(value["rocq"], "'rocq'", ("digest", "rechecked"))
        if type(value["example"]) is not list or any(type(point) is not dict for point in value["example"]):
            self.refuse("'example'", "a list of objects", value["example"])
        numbers = value["verification"]
        return LedgerEntry(
            name=name,
            title=self.of(value, "title", str),
            aliases=self.texts(value, "aliases"),
            topic=self.of(value, "topic", str),
            file=self.of(value, "file", str),
            digest=self.digest(value, "digest"),
            statement=self.of(value, "statement", str),
            axioms=self.texts(value, "axioms"),
            lemmas=self.texts(value, "lemmas"),
            cited_by=self.texts(value, "cited_by"),
            verification=Verification(
                self.of(numbers, "digits", int), self.of(numbers, "points", int), self.of(numbers, "verdict", str)
            ),
            rocq=self.digest(value["rocq"], "digest"),
            rechecked=self.of(value["rocq"], "rechecked", bool),
            source=self.of(value, "source", str),
            example=tuple(map(self.point, value["example"])),
            finite=self.texts(value, "finite"),
            densities=self.texts(value, "densities"),
        )

    def point(self, value: dict[str, Any]) -> str:
        try:
            found = _compact(value)
            bound_nesting(found)
        except (RecursionError, Refused):
            raise BadLedger(f"{self._file}: {self._where}'example' is nested too deeply") from None
        return found


@final
class _Entries(Mapping[str, LedgerEntry]):
    """The entries of a ledger by name, sorted; each is looked at when it is first asked for."""

    def __init__(self, file: str, values: dict[str, Any]) -> None:
        self._file, self._values = file, {name: values[name] for name in sorted(values)}
        self._found: dict[str, LedgerEntry] = {}

    def __getitem__(self, name: str) -> LedgerEntry:
        if name not in self._found:
            self._found[name] = _Reader(self._file).entry(name, self._values[name])
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


_VERSION = re.compile(r"([0-9][0-9A-Za-z.+~-]{0,39})?\Z")
_DIGEST = re.compile(r"([0-9a-f]{64})?\Z")

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_SHOWN = 80
"""How many characters of what is wrong in a ledger are shown: a line of a terminal."""

_ENTRY = (
    "title", "aliases", "topic", "file", "digest", "statement", "axioms", "lemmas", "cited_by", "verification", "rocq",
    "source", "example", "finite", "densities",
)  # fmt: skip
"""The keys of an entry."""
