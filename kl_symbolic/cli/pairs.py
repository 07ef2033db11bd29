"""``kl-symbolic pairs``: which pairs of families have a closed form, and which of them are proved."""

from __future__ import annotations

import argparse
from collections import Counter

from .console import ACCEPTED, Unusable, add_progress, did_you_mean, progress, say

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "tell which pairs of families have a closed form, and which of them are proved"
EPILOG = """\
examples:
  kl-symbolic pairs Gamma              the gamma distribution against every other family
  kl-symbolic pairs                    the whole table in Markdown, which takes some minutes

The parameters are free: an entry says what is known under the conditions that `kl` prints. ✓ proved, ∞ infinite and
proved, f a formula that is not proved, i infinite and not proved, – nothing is known.

exit status: 0
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="NAME", nargs="?", help="the family of the first distribution")
    add_progress(parser)


def run(args: argparse.Namespace) -> int:
    """Print the table, or a row of it.

    Parameters
    ----------
    args : Namespace
    """
    from ..measures.matrix import NAMES, SIGNS, row

    if args.name is not None:
        if args.name not in NAMES:
            raise Unusable(f"there is no family {args.name!r}{did_you_mean(args.name, NAMES)}")
        width = max(map(len, NAMES))
        for second, found in row(args.name):
            say(f"{second:{width}}  {SIGNS[found]}  {found}")
        return ACCEPTED
    counts: Counter[str] = Counter()
    say("| P \\ Q | " + " | ".join(NAMES) + " |")
    say("|---" * (len(NAMES) + 1) + "|")
    for first in progress(list(NAMES), "deriving"):
        entries = dict(row(first))
        counts.update(found for second, found in entries.items() if second != first)
        say(f"| **{first}** | " + " | ".join(SIGNS[found] for found in entries.values()) + " |")
    say("")
    say(", ".join(f"{number} {name}" for name, number in counts.most_common()) + " of pairs of different families")
    return ACCEPTED
