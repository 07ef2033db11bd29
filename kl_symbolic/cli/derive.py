"""``kl-symbolic derive``: runs a Python file, checks every derivation in it, and shows them."""

from __future__ import annotations

import argparse

from . import show, sources

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "run a Python file, check every @derivation function in it, and show the derivations"
EPILOG = """\
examples:
  kl-symbolic derive my_derivations.py
  kl-symbolic derive my_derivations.py --only half_life --format latex
  kl-symbolic derive my_derivations.py --only half_life -o half_life.klcert.json
  kl-symbolic derive coin_flips           the name of a shipped theorem: as `kl-symbolic show`

`kl-symbolic show --help` describes the formats and gives examples with numbers.

exit status: 0 all derivations accepted, 1 one refused, 2 the command cannot be carried out
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="FILE", help="a Python file; or a shipped theorem, as for show")
    parser.add_argument("--only", metavar="NAME", help="only this derivation of the file, and what it cites")
    show.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Check the derivations of a file and show them.

    Parameters
    ----------
    args : Namespace
    """
    show.check_options(args)
    found = sources.find(args.name, args.only)
    return max(found.status, show.present(found.theorems, args))
