"""The theorems that an argument names: a shipped one, that of a certificate file, or those of a Python file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, final

from .console import (
    ACCEPTED,
    Unusable,
    complain,
    did_you_mean,
    prepare_streams,
    progress,
    say_refused,
    shorten,
    without_collection,
)

if TYPE_CHECKING:
    from ..kernel import CheckedTheorem

__all__ = ["Theorems", "find", "is_python"]

PYTHON = ".py"
"""How the name of a file of derivations ends."""

_Result = TypeVar("_Result")
_Author = Callable[..., object]


@final
@dataclass(frozen=True, slots=True)
class Theorems:
    """Theorems that were asked for, and what else is known beside them.

    Parameters
    ----------
    theorems : list of CheckedTheorem
        Those that were asked for and accepted.
    beside : mapping of str to CheckedTheorem
        Theorems of the user's own, by name, that they may cite; all others that they cite are shipped.
    status : int
        The exit status: whether another one that was asked for was refused, or could not be run.
    """

    theorems: list[CheckedTheorem]
    beside: Mapping[str, CheckedTheorem]
    status: int = ACCEPTED

    def lemma(self, name: str) -> CheckedTheorem:
        """Return the theorem that is meant by a name in a citation.

        Parameters
        ----------
        name : str
        """
        from .. import library

        return self.beside[name] if name in self.beside else library.theorem(name)


def is_python(name: str) -> bool:
    """Whether an argument names a Python file.

    Parameters
    ----------
    name : str
    """
    return name.endswith(PYTHON)


def find(name: str, only: str | None = None) -> Theorems:
    """Return the theorems that an argument names; say which were refused.

    Parameters
    ----------
    name : str
        A shipped theorem, by its name, its title or a further name; a certificate file; or a Python file.
    only : str, optional
        The one derivation of the Python file that is wanted.

    Raises
    ------
    Unusable
        When there is no such theorem, or the Python file cannot be run.
    OSError
        When the file cannot be read.
    """
    from .. import library
    from ..kernel import Refused

    if is_python(name):
        return _derived(Path(name), only)
    if only is not None:
        raise Unusable("--only goes with a Python file")
    try:
        with without_collection():
            if name.endswith(".json") or os.sep in name or (os.altsep or os.sep) in name:
                return _in_file(Path(name))
            return Theorems([library.theorem(name)], {})
    except library.NoSuchTheorem as error:
        if _is_file(name):  # a certificate by another name
            return _in_file(Path(name))
        raise Unusable(str(error)) from None
    except FileNotFoundError:
        if _is_file(name + PYTHON):
            raise Unusable(f"there is no file {name!r}; did you mean {name + PYTHON!r}?") from None
        raise
    except Refused as refusal:
        return Theorems([], {}, say_refused(name, refusal))


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # it is too long, or has a zero byte
        return False


def _in_file(path: Path) -> Theorems:
    from ..library import Library

    shelf = Library()
    theorem = shelf.check(path)
    return Theorems([theorem], shelf.below(path))


# --- Python files ----------------------------------------------------------------------------------------------------


def _derived(path: Path, only: str | None) -> Theorems:
    """Return the theorems that a Python file derives; one that is refused or crashes does not end the others."""
    from ..api import load
    from ..kernel import Refused

    with path.open("rb"):
        pass  # a file that cannot be read is said before anything is run
    try:
        loaded = _users(path, lambda: load(path))
    except Refused as refusal:
        return Theorems([], {}, say_refused(str(path), refusal))
    authors: dict[str, _Author] = {a.__kl_derivation__: a for a in loaded}  # type: ignore[attr-defined]
    if not authors:
        raise Unusable(f"{path} has no function marked by @derivation")
    if only is not None and only not in authors:
        near = did_you_mean(only, authors)
        raise Unusable(f"{path} has no derivation {shorten(only)!r}; it has {shorten(', '.join(authors), 300)}{near}")
    own = _Own(path, authors)
    found, status = [], ACCEPTED
    for name in progress([*authors] if only is None else [only], "checking"):
        try:
            found.append(own.certified(name))
        except Refused as refusal:
            status = max(status, say_refused(name or str(path), refusal))
        except Unusable as error:
            if only is not None or len(authors) == 1:
                raise
            status = max(status, complain(f"{name}: {error}"))
    return Theorems(found, own.done, status)


@final
class _Own:
    """The derivations of a file, run when they are asked for, each once."""

    def __init__(self, path: Path, authors: dict[str, _Author]) -> None:
        self._path, self._authors = path, authors
        self._order = {name: k for k, name in enumerate(authors)}
        self.done: dict[str, CheckedTheorem] = {}
        self._failed: dict[str, Exception] = {}

    def certified(self, name: str) -> CheckedTheorem:
        from ..api import certify
        from ..kernel import Refused

        if name in self._failed:
            raise self._failed[name]
        if name not in self.done:
            earlier = _Earlier(self, [*self._order][: self._order[name]])
            try:
                self.done[name] = _users(self._path, lambda: certify(self._authors[name], earlier))
            except (Refused, Unusable) as error:
                self._failed[name] = error
                raise
        return self.done[name]


@final
class _Earlier(Mapping[str, "CheckedTheorem"]):
    """The derivations of a file before one of them, which that one may cite."""

    def __init__(self, own: _Own, names: list[str]) -> None:
        self._names = dict.fromkeys(names, own)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> CheckedTheorem:
        from ..kernel import Refused

        own = self._names[name]
        try:
            return own.certified(name)
        except (Refused, Unusable):
            raise Refused(f"it cites {name!r}, an earlier derivation of this file that was not accepted", {}) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _users(path: Path, call: Callable[[], _Result]) -> _Result:
    """Return what a call returns that runs the user's own code; say where in the file an error came up.

    Parameters
    ----------
    path : Path
        The user's file.
    call : callable

    Raises
    ------
    Unusable
        When the user's code raises anything but a refusal.
    """
    from ..kernel import Refused

    try:
        return call()
    except (Refused, Unusable, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  the user's code may raise anything
        if isinstance(error, SyntaxError) and error.filename == str(path):
            line = error.lineno
        else:
            import traceback

            frames = traceback.extract_tb(error.__traceback__)
            line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)
        where = f"{path}, line {line}" if line else f"{path}"
        what = error.msg if isinstance(error, SyntaxError) else _said(error)
        raise Unusable(f"{where}: {type(error).__name__}{': ' if what else ''}{what}") from None
    finally:
        prepare_streams()  # it may have closed them


def _said(error: BaseException) -> str:
    """Return the message of an error whose class may be the user's own."""
    try:
        return str(error)
    except Exception as other:  # noqa: BLE001  its own __str__ may raise anything
        return f"its message raises {type(other).__name__}"
