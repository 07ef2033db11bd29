"""``kl-symbolic derive``: runs a Python file, checks every derivation in it, and shows them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import show
from .console import ACCEPTED, Unusable, did_you_mean, progress, say_refused, shorten

if TYPE_CHECKING:
    from ..kernel import CheckedTheorem

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "run a Python file, check every @derivation function in it, and show the derivations"
EPILOG = """\
examples:
  kl-symbolic derive my_derivations.py
  kl-symbolic derive my_derivations.py --only half_life --format latex
  kl-symbolic derive my_derivations.py --only half_life --format certificate -o half_life.klcert.json
  kl-symbolic derive coin_flips           the name of a shipped theorem: as `kl-symbolic show`

`kl-symbolic show --help` describes the formats and gives examples with numbers.

exit status: 0 all derivations accepted, 1 one refused, 2 the command cannot be carried out
"""

_Result = TypeVar("_Result")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="FILE", help="a Python file; or a shipped theorem, as for show")
    parser.add_argument("--only", metavar="NAME", help="only this derivation of the file")
    show.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Check the derivations of a file and show them.

    Parameters
    ----------
    args : Namespace
    """
    if not args.name.endswith(".py"):
        if args.only is not None:
            raise Unusable("--only goes with a Python file")
        return show.run(args)
    show.check_options(args)
    theorems, status = _derivations(Path(args.name), args.only)
    return max(status, show.present(theorems, args))


def _derivations(path: Path, only: str | None) -> tuple[list[CheckedTheorem], int]:
    """Return the theorems to show, and the exit status: whether a derivation was refused."""
    from ..api import certify, load
    from ..kernel import Refused

    with path.open("rb"):
        pass  # a file that cannot be read is said before anything is run
    authors = {a.__kl_derivation__: a for a in _users(path, lambda: load(path))}  # type: ignore[attr-defined]
    if not authors:
        raise Unusable(f"{path} has no function marked by @derivation")
    if only is not None and only not in authors:
        near = did_you_mean(only, authors)
        raise Unusable(f"{path} has no derivation {shorten(only)!r}; it has {', '.join(authors)}{near}")
    found: dict[str, CheckedTheorem] = {}
    status = ACCEPTED
    for name in progress([*authors], "checking"):
        try:
            # A later one may cite an earlier one.
            found[name] = _users(path, lambda own=name: certify(authors[own], found))  # type: ignore[misc]
        except Refused as refusal:
            if only in (None, name):
                status = say_refused(name, refusal)
    return [theorem for name, theorem in found.items() if only in (None, name)], status


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
    except Refused:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001  the user's code may raise anything
        if isinstance(error, SyntaxError) and error.filename == str(path):
            line = error.lineno
        else:
            import traceback

            frames = traceback.extract_tb(error.__traceback__)
            line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)
        where = f"{path}, line {line}" if line else f"{path}"
        what = error.msg if isinstance(error, SyntaxError) else str(error)
        raise Unusable(f"{where}: {type(error).__name__}{': ' if what else ''}{what}") from None
