"""Helpers of all verbs: exit statuses, messages, the progress line, types of arguments, and output."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..kernel import CheckedTheorem, Refused

__all__ = [
    "ACCEPTED", "INTERRUPTED", "REFUSED", "UNUSABLE", "Unusable", "clear", "complain", "did_you_mean", "find_theorem",
    "integer", "one_of", "progress", "put", "put_bytes", "say", "say_refused", "shorten", "tell", "visible",
    "without_collection",
]  # fmt: skip

ACCEPTED, REFUSED, UNUSABLE = 0, 1, 2
"""The exit statuses that every verb uses; ``--help`` says what they mean."""

INTERRUPTED = 130
"""The exit status after Ctrl-C: 128 and the number of SIGINT, as in a shell."""

_LONGEST_ECHO = 60
"""Characters of an argument that a message repeats: enough to recognize it, and the message stays on one line."""

_SIMILAR = 0.6
"""How similar two words must be, from 0 to 1, before one is suggested for the other: the default of difflib."""


class Unusable(Exception):
    """The command cannot be carried out; the message says why."""


# --- messages --------------------------------------------------------------------------------------------------------


def complain(message: str) -> int:
    """Print an error message, and return the exit status that goes with it.

    Parameters
    ----------
    message : str
    """
    clear()
    print(f"kl-symbolic: error: {visible(message)}", file=sys.stderr)
    return UNUSABLE


def say(shown: str) -> None:
    """Print text, in place of the progress line.

    Parameters
    ----------
    shown : str
    """
    clear()
    print(visible(shown))


def say_refused(name: str, refusal: Refused) -> int:
    """Print what the kernel refused and why, and return the exit status that goes with it.

    Parameters
    ----------
    name : str
        Of the theorem, or of the file.
    refusal : Refused
    """
    from ..language.printer import explain

    clear()
    print(visible(f"refused {name}{':' if refusal.line is None else ''} {explain(refusal)}"), file=sys.stderr)
    return REFUSED


def visible(shown: str) -> str:
    """Return text in which control characters are spelled out: a hostile file must not move a terminal's cursor.

    Parameters
    ----------
    shown : str
    """
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in shown)


def shorten(shown: str, width: int = _LONGEST_ECHO) -> str:
    """Return text that is cut where it is longer than *width*.

    Parameters
    ----------
    shown : str
    width : int
    """
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that suggests the most similar known word, or the empty string.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What could have been written.

    Examples
    --------
    >>> did_you_mean("chek", ["list", "check"])
    "; did you mean 'check'?"
    """
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=_SIMILAR)
    return f"; did you mean {near[0]!r}?" if near else ""


# --- the progress line -----------------------------------------------------------------------------------------------

_told: list[str] = []
"""The text of the progress line; empty when there is none."""


def tell(what: str) -> None:
    """Show on a terminal what is being done, in place of what was shown before.

    Parameters
    ----------
    what : str
    """
    if sys.stderr.isatty():
        print(f"\r\x1b[K{visible(what)}", end="", file=sys.stderr, flush=True)
        _told[:] = [what]


def clear() -> None:
    """Remove the progress line."""
    if _told:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        _told.clear()


def progress(names: Sequence[str], what: str) -> Iterator[str]:
    """Yield each name; show on a terminal which one it is, until it is done with.

    Parameters
    ----------
    names : sequence of str
    what : str
        What is done with them, such as "checking".
    """
    for k, name in enumerate(names, 1):
        tell(f"{what} {k}/{len(names)} {name}")
        yield name
        clear()


# --- arguments -------------------------------------------------------------------------------------------------------


def integer(source: str) -> int:
    """Read an integer from the command line.

    Parameters
    ----------
    source : str

    Raises
    ------
    ArgumentTypeError
        When it is not an integer, or has more digits than Python reads.
    """
    try:
        return int(source)
    except ValueError:
        raise ArgumentTypeError(f"expected an integer such as 2, got {shorten(source)!r}") from None


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """Return a reader of one of several words.

    Parameters
    ----------
    what : str
        What the words are, with its article.
    known : sequence of str
    """

    def read(source: str) -> str:
        if source not in known:
            near = did_you_mean(source, known)
            raise ArgumentTypeError(f"expected {what}, one of {', '.join(known)}; got {shorten(source)!r}{near}")
        return source

    return read


def find_theorem(name: str) -> CheckedTheorem:
    """Return a shipped theorem, by its name, its title or a further name; or the theorem of a certificate file.

    Parameters
    ----------
    name : str

    Raises
    ------
    Unusable
        When there is no such theorem.
    Refused
        When the kernel refuses the certificate.
    OSError
        When the file cannot be read.
    """
    import os

    from .. import library

    try:
        with without_collection():
            if name.endswith(library.SUFFIX) or os.sep in name:
                return library.check_file(name)
            return library.theorem(name)
    except library.NoSuchTheorem as error:
        raise Unusable(str(error)) from None


@contextmanager
def without_collection() -> Iterator[None]:
    """Suspend the search for reference cycles, which takes a fifth of a replay: terms have none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


# --- output ----------------------------------------------------------------------------------------------------------


def put(text: str, path: Path | None) -> None:
    """Write text to a file in UTF-8, or print it.

    Parameters
    ----------
    text : str
    path : Path or None
        None for standard output.
    """
    if path is None:
        print(text, end="")
    else:
        path.write_text(text, encoding="utf-8", newline="\n")


def put_bytes(data: bytes, path: Path | None) -> None:
    """Write bytes to a file or to standard output.

    Parameters
    ----------
    data : bytes
    path : Path or None
        None for standard output.
    """
    if path is None:
        sys.stdout.buffer.write(data)
    else:
        path.write_bytes(data)
