"""``kl-symbolic list``: the shipped theorems, or those that some words describe."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from .console import ACCEPTED, REFUSED, shorten

if TYPE_CHECKING:
    from ..library import LedgerEntry

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "show the shipped theorems with their statements, or find one by words"
EPILOG = """\
examples:
  kl-symbolic list                     every theorem
  kl-symbolic list pinsker             ... whose name, title or statement has the word
  kl-symbolic list entropy log card    ... all three words
  kl-symbolic list --names             only the names

What is printed was recorded when the library was built, and nothing is replayed. On a terminal long statements are
cut; `kl-symbolic show NAME` replays the certificate of a theorem and shows it whole.

exit status: 0 something was found, 1 nothing was found
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("words", metavar="WORDS", nargs="*", help="words that the name, title or statement must have")
    parser.add_argument("--names", action="store_true", help="print only the names")


def run(args: argparse.Namespace) -> int:
    """Print the theorems.

    Parameters
    ----------
    args : Namespace
    """
    import shutil

    from .. import library
    from ..language.printer import visible

    found = library.search(args.words)
    if not found:
        print(visible(f"no theorem has {' and '.join(map(shorten, args.words))}; `list` shows all"), file=sys.stderr)
        return REFUSED
    if args.names:
        print("\n".join(found))
        return ACCEPTED
    name_width, entries = max(map(len, found)), library.ledger().theorems
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    for name in found:
        print(shorten(f"{name:{name_width}}  {_row(entries.get(name))}", width))
    return ACCEPTED


def _row(entry: LedgerEntry | None) -> str:
    """Return what is printed of a theorem beside its name."""
    if entry is None:
        return "(not in the ledger)"
    return f"{entry.title}: {entry.statement}" if entry.title else entry.statement
