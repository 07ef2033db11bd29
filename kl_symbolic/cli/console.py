"""Helpers of all verbs: exit statuses, messages, the progress line, types of arguments, and output."""

from __future__ import annotations

import codecs
import gc
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

if TYPE_CHECKING:
    from ..kernel import Refused

__all__ = [
    "ACCEPTED", "INTERRUPTED", "REFUSED", "UNDEFINED", "UNUSABLE", "Counter", "Unusable", "add_effort",
    "add_progress", "clear", "complain", "did_you_mean", "integer", "note", "one_of", "prepare_streams", "printable",
    "progress", "put", "put_bytes", "say", "say_refused", "shorten", "tell", "tell_always", "without_collection",
    "worse",
]  # fmt: skip

ACCEPTED, REFUSED, UNUSABLE = 0, 1, 2
"""The exit statuses that every verb uses; ``--help`` says what they mean."""

UNDEFINED = 3
"""The exit status of a verification that refuted nothing and found a point at which a statement has no value."""

_BY_WEIGHT = (ACCEPTED, UNDEFINED, REFUSED, UNUSABLE)

INTERRUPTED = 130
"""The exit status after Ctrl-C: 128 and the number of SIGINT, as in a shell."""

_LONGEST_ECHO = 60
"""Characters of an argument that a message repeats: enough to recognize it, and the message stays on one line."""

_SIMILAR = 0.6
"""How similar two words must be, from 0 to 1, before one is suggested for the other: the default of difflib."""


class Unusable(Exception):
    """The command cannot be carried out; the message says why."""


def worse(first: int, second: int) -> int:
    """Return the graver of two exit statuses.

    Parameters
    ----------
    first, second : int
    """
    return max(first, second, key=_BY_WEIGHT.index)


# --- messages --------------------------------------------------------------------------------------------------------


def complain(message: str) -> int:
    """Print an error message, and return the exit status that goes with it.

    Parameters
    ----------
    message : str
    """
    from ..language.printer import visible  # here, because --help needs nothing

    clear()
    print(f"kl-symbolic: error: {visible(message)}", file=sys.stderr)
    return UNUSABLE


def note(message: str) -> None:
    """Print what the user should know though nothing is wrong, beside the output.

    Parameters
    ----------
    message : str
    """
    from ..language.printer import visible

    clear()
    print(f"kl-symbolic: note: {visible(message)}", file=sys.stderr)


def say(shown: str) -> None:
    """Print text, in place of the progress line.

    Parameters
    ----------
    shown : str
    """
    from ..language.printer import visible

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
    from ..language.printer import explain, visible

    clear()
    colon = ":" if refusal.line is None else ""
    print(f"refused {visible(name, lines=False)}{colon} {explain(refusal)}", file=sys.stderr)
    return REFUSED


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

    near = get_close_matches(word[:_LONGEST_ECHO], known, n=1, cutoff=_SIMILAR)
    return f"; did you mean {near[0]!r}?" if near else ""


# --- the progress line -----------------------------------------------------------------------------------------------

_told: list[str] = []
"""The text of the progress line; empty when there is none."""

_BAR = 24
"""Characters of a progress bar."""

_always = [False]
"""Whether progress is told, a line at a time, where standard error is not a terminal: ``--progress`` asks for it."""


def tell(what: str) -> None:
    """Show on a terminal what is being done, in place of what was shown before.

    Parameters
    ----------
    what : str
    """
    from ..language.printer import visible

    if _is_terminal(sys.stderr):
        import shutil

        shown = shorten(visible(what, lines=False), max(shutil.get_terminal_size().columns - 1, 1))
        print(f"\r\x1b[K{shown}", end="", file=sys.stderr, flush=True)
        _told[:] = [what]
    elif _always[0]:
        print(visible(what), file=sys.stderr, flush=True)


def clear() -> None:
    """Remove the progress line."""
    if _told:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        _told.clear()


def _is_terminal(stream: Any) -> bool:
    """Whether a stream is a terminal; one that is closed is not."""
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False


def tell_always(wanted: bool) -> None:
    """Tell progress also where standard error is not a terminal, or only on a terminal.

    Parameters
    ----------
    wanted : bool
    """
    _always[0] = wanted


@final
class Counter:
    """A progress bar with an end.

    Parameters
    ----------
    total : int
        How many steps there are.
    what : str
        What is done in each, such as "checking".

    Examples
    --------
    >>> Counter(4, "checking").line(2, "gibbs")
    'checking [############............] 2/4 gibbs'
    """

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what, self._begun = total, what, 0

    def __call__(self, name: str) -> None:
        """Begin the next step.

        Parameters
        ----------
        name : str
            What it is about.
        """
        self._begun += 1
        tell(self.line(min(self._begun, self._total), name))

    def line(self, k: int, name: str) -> str:
        """Return the text of the bar in a step.

        Parameters
        ----------
        k : int
            The number of the step.
        name : str
        """
        full = _BAR * k // max(self._total, 1)
        return f"{self._what} [{'#' * full}{'.' * (_BAR - full)}] {k}/{self._total} {name}"


def progress(names: Sequence[str], what: str) -> Iterator[str]:
    """Yield each name; show on a terminal which one it is, until it is done with.

    Parameters
    ----------
    names : sequence of str
    what : str
        What is done with them, such as "checking".
    """
    counter = Counter(len(names), what)
    for name in names:
        counter(name)
        yield name
        clear()


def add_progress(parser: ArgumentParser) -> None:
    """Declare the option of a verb that may take long.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "--progress", action="store_true", help="tell on standard error how far it is, also where it is not a terminal"
    )


# --- arguments -------------------------------------------------------------------------------------------------------


def add_effort(parser: ArgumentParser) -> None:
    """Declare the option of a verb whose work is bounded.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "--effort", metavar="N", type=effort, default=1, help="the work that is allowed, N times the usual (default: 1)"
    )


def effort(source: str) -> int:
    """Read an effort from the command line.

    Parameters
    ----------
    source : str

    Raises
    ------
    ArgumentTypeError
        When it is not an integer of at least 1.
    """
    found = integer(source)
    if found < 1:
        raise ArgumentTypeError(f"expected an effort of at least 1, got {found}")
    return found


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
    """Write text of a file format to a file or to standard output, in UTF-8 and with line feeds wherever it goes.

    Parameters
    ----------
    text : str
    path : Path or None
        None for standard output.
    """
    # A lone surrogate can stand in a file name or a label, and in no UTF-8 file.
    data = text.encode("utf-8", "backslashreplace")
    if path is None and not hasattr(sys.stdout, "buffer"):  # a stream of text alone, such as StringIO
        print(text, end="")
    else:
        put_bytes(data, path)


def put_bytes(data: bytes, path: Path | None) -> None:
    """Write bytes to a file or to standard output.

    Parameters
    ----------
    data : bytes
    path : Path or None
        None for standard output.
    """
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk is noticed by a call that does not know the name
        raise


def prepare_streams() -> None:
    """Let no letter and no closed stream end in a traceback."""
    codecs.register_error("kl_symbolic", printable)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or getattr(stream, "closed", False):  # by the caller, as with >&-
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  it stays open
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="kl_symbolic")


_ASCII = {
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "⊢": "|-", "‖": "||", "→": "->", "⇒": "=>", "⇔": "<=>", "−": "-",
    "·": "*", "∞": "oo", "√": "sqrt", "±": "+-", "²": "^2", "³": "^3", "•": "*", "…": "...", "’": "'", "‘": "'",
    "“": '"', "”": '"', "–": "-", "—": "-", "∈": "in", "∀": "forall ", "Σ": "sum ", "Π": "prod ", "ε": "eps",
    "₁": "_1", "₂": "_2", "₃": "_3", "₀": "_0", "ᵢ": "_i", "ⱼ": "_j", "ₖ": "_k", "ₙ": "_n", "ⁿ": "^n", "∑": "sum ",
}  # fmt: skip
"""The text in place of a letter that a terminal lacks; letters without an entry are spelled out."""


def printable(error: UnicodeError) -> tuple[str, int]:
    """Return the replacement of letters that an encoding lacks: an error handler of :mod:`codecs`.

    Parameters
    ----------
    error : UnicodeError
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_ASCII.get(c) or c.encode("ascii", "backslashreplace").decode() for c in lacking), error.end
