"""``kl-symbolic``: reads the arguments and runs a verb; each verb is a module of this package.

A verb imports what it needs when it runs: ``check`` needs only the standard library and the kernel, and ``--help`` not
even the kernel.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import signal
import sys
from collections.abc import Iterable, Sequence
from types import FrameType
from typing import Any, NoReturn, final

from . import axioms, book, check, derive, families, kl, list, pairs, plot, prove, rocq, show, verify
from .console import (
    ACCEPTED,
    INTERRUPTED,
    UNUSABLE,
    Unusable,
    clear,
    complain,
    did_you_mean,
    prepare_streams,
    shorten,
    tell_always,
)

__all__ = ["VERBS", "main"]

VERBS = {
    "list": list,
    "show": show,
    "derive": derive,
    "check": check,
    "verify": verify,
    "prove": prove,
    "kl": kl,
    "families": families,
    "pairs": pairs,
    "axioms": axioms,
    "plot": plot,
    "rocq": rocq,
    "book": book,
}
"""The module of each verb, in the order of the help: it has ABOUT, EPILOG, ``add_arguments`` and ``run``."""

_NUMBER = re.compile(r"-\.?[0-9]")
"""How a negative number begins, which is not an option."""

_EXAMPLES = """\
examples:
  kl-symbolic list entropy                                find a theorem
  kl-symbolic show coin_flips                             the divergence, derived from coin flips
  kl-symbolic show coin_flips --p 7/10 --q 1/2            ... with the numbers of two coins
  kl-symbolic show coin_flips --format html -o coin_flips.html
  kl-symbolic prove "log(x) <= x - 1" --given "0 < x"     a claim of your own
  kl-symbolic kl "Gamma(shape=a, rate=b)" "Exponential(rate=c)"     a closed form, with its proof
  kl-symbolic check my.klcert.json                        replay a certificate, standard library only
  kl-symbolic axioms kl_nonneg                            what a theorem rests on

exit status: 0 accepted, 1 something was refused or refuted, 2 the command cannot be carried out
"""


@final
class _Parser(argparse.ArgumentParser):
    """A parser whose errors look like those of the other parts of the command line."""

    def error(self, message: str) -> NoReturn:
        """Print the message and where to read more, and exit with status 2."""
        complain(f"{message}\n`{self.prog} --help` says what can be written")
        raise SystemExit(UNUSABLE)

    def refuse_unknown(self, words: Sequence[str]) -> None:
        """Refuse the first word that looks like an option and is not one, before argparse misses something else.

        Parameters
        ----------
        words : sequence of str
        """
        options = [*self._option_string_actions]
        known = [option for option in options if option.startswith("--")]
        for word in itertools.takewhile(lambda w: w != "--", words):
            head = word.partition("=")[0]
            if " " in word or _NUMBER.match(word) or not word.startswith("-") or word == "-":
                continue
            if head.startswith("--") and not any(option.startswith(head) for option in known):
                self.error(f"there is no option {shorten(head)!r}{did_you_mean(head, known)}")
            if not head.startswith("--") and word[:2] not in options:
                how = "; a claim that begins with - goes after --, and a value after =" if len(word) > 2 else ""
                self.error(f"there is no option {shorten(word)!r}{how}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; default ``sys.argv[1:]``.

    Returns
    -------
    int
        The exit status: 0 accepted, 1 refused or refuted, 2 the command cannot be carried out, 130 interrupted.
    """
    prepare_streams()
    words = sys.argv[1:] if argv is None else [*argv]
    program = argv is None  # and not a call, whose caller keeps its signals and streams
    if not program or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return _run(words, program)
    interrupted: set[int] = set()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupted.add(number)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, interrupt)
    try:
        return _run(words, program)
    except Exception:  # whatever it turned into
        # A module that is interrupted while it is imported may say that it cannot be imported, as NumPy does.
        if not interrupted:
            raise
        return _interrupted(program)


def _run(words: Sequence[str], program: bool) -> int:
    """Run the command line, whether it is a program or a call."""
    try:
        if not words:
            _parsers(VERBS)[""].print_help(sys.stderr)
            return UNUSABLE
        args = _read(words)
        tell_always(getattr(args, "progress", False))
        status = _carry_out(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)  # the reader has seen enough
        return ACCEPTED
    except KeyboardInterrupt:
        return _interrupted(program)
    except Unusable as error:
        return complain(str(error))
    except OSError as error:
        if program and not error.filename:  # of the files only standard output has no name, as on a full disk
            _abandon(sys.stdout)
        name = shorten(_shown_name(error.filename or "standard output"), _LONGEST_NAME)
        return complain(f"{name}: {error.strerror or error}")
    except MemoryError:
        return complain("there is not enough memory")
    finally:
        clear()
    return status


def _interrupted(program: bool) -> int:
    """Say that it was interrupted, and return the exit status that goes with it."""
    if program:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one must not end the ending with a traceback
    clear()
    print("kl-symbolic: interrupted", file=sys.stderr)
    return INTERRUPTED


_LONGEST_NAME = 1000
"""Characters of the name of a file that a message repeats: the end of most paths is among them."""


def _abandon(stream: Any) -> None:
    """Let what is still in the buffer of a stream go nowhere, for Python writes it once more when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):  # it is not a file
        return


def _shown_name(name: Any) -> str:
    from ..language.printer import visible

    return visible(name.decode(errors="backslashreplace") if isinstance(name, bytes) else str(name), lines=False)


def _carry_out(args: argparse.Namespace) -> int:
    """Run the verb; return its exit status."""
    from ..library import BadLedger  # here, because --help needs nothing

    try:
        status: int = VERBS[args.verb].run(args)
    except BadLedger as error:
        raise Unusable(str(error)) from None
    return status


def _read(words: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; what cannot be read is refused with what was probably meant."""
    verb = "" if words[0].startswith("-") else words[0]
    if verb and verb not in VERBS:
        near = did_you_mean(verb, VERBS) or f"; the commands are {', '.join(VERBS)}"
        raise Unusable(f"there is no command {shorten(verb)!r}{near}")
    parsers = _parsers((verb,) if verb else VERBS)
    parsers[verb].refuse_unknown(words[1:] if verb else words)
    args, rest = parsers[""].parse_known_args(words)
    if rest:
        parsers[args.verb].error(f"expected nothing more, got {shorten(rest[0])!r}")
    return args


def _parsers(names: Iterable[str]) -> dict[str, _Parser]:
    """Return the parser of each of some verbs by its name, and the parser of the whole by the empty string."""
    from .. import __doc__ as about
    from .. import __version__

    raw = argparse.RawDescriptionHelpFormatter
    whole = _Parser(
        prog="kl-symbolic", description=(about or "").splitlines()[0], epilog=_EXAMPLES, formatter_class=raw
    )
    whole.add_argument("--version", action="version", version=f"kl-symbolic {__version__}")
    verbs = whole.add_subparsers(metavar="COMMAND", dest="verb", required=True, parser_class=_Parser)
    found = {"": whole}
    for name in names:
        module = VERBS[name]
        about = f"{module.ABOUT[0].upper()}{module.ABOUT[1:]}."
        found[name] = verbs.add_parser(
            name, help=module.ABOUT, description=about, epilog=module.EPILOG, formatter_class=raw
        )
        module.add_arguments(found[name])
    return found
