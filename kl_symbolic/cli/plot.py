"""``kl-symbolic plot``: a picture of what a theorem says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from . import formats, show
from .console import ACCEPTED, Unusable, did_you_mean, one_of, put_bytes, shorten

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "draw a picture of what a theorem says, or of your own data, as SVG, PNG or PDF"
EPILOG = """\
pictures:
  cross_entropy_identity   H(P, Q) = H(P) + D(P‖Q) as bars
  distributions            P and Q as bars, with the frequencies of your outcomes
  divergence_and_mirror    D(p‖q) of coins against q, and D(q‖p)
  estimators               the spread of k1, k2 and k3, the estimators of D(p‖q), against q
  evidence                 the log-likelihood ratio per outcome of your outcomes, as they come
  llr_concentration        the log-likelihood ratio per outcome tends to D(P‖Q), with its band
  log_le                   log x ≤ x − 1, the picture behind Gibbs' inequality

examples:
  kl-symbolic plot llr_concentration -o flips.svg
  kl-symbolic plot log_le --p a=1/2,b=1/4,c=1/4 --q a=1/3,b=1/3,c=1/3 -o gibbs.pdf
  kl-symbolic plot distributions --outcomes flips.txt --q 1/2 -o flips.png
  kl-symbolic plot evidence --outcomes flips.txt --p 7/10 --q 1/2 -o evidence.svg

The suffix of the file is the format. Without --p, P is the relative frequencies of the outcomes. It needs
matplotlib: pip install 'kl-symbolic[plot]'. The same command writes the same bytes.
"""

_KINDS = ("svg", "png", "pdf")
"""The formats of pictures; the module that draws them is imported when it draws."""
_ABOUT_ALL_Q = ("divergence_and_mirror", "estimators")
"""The pictures that have the other coin on an axis."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="NAME", help="one of the pictures below")
    parser.add_argument("--p", metavar="P", help="the true distribution: 7/10 for a coin, or a=1/2,b=1/4,c=1/4")
    parser.add_argument("--q", metavar="Q", help="the other distribution")
    parser.add_argument("--outcomes", metavar="FILE", help="observed outcomes, as for show")
    parser.add_argument("--column", metavar="NAME", help="the column of the table that holds the outcomes")
    parser.add_argument("--format", type=one_of("a format", _KINDS), help=f"{', '.join(_KINDS)} (default: svg)")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write to a file, in the format of its suffix"
    )


def run(args: argparse.Namespace) -> int:
    """Draw the picture.

    Parameters
    ----------
    args : Namespace
    """
    from ..measures import plots

    if args.name not in plots.NAMES:
        near = did_you_mean(args.name, plots.NAMES) or f"; there are {', '.join(plots.NAMES)}"
        raise Unusable(f"there is no picture {shorten(args.name)!r}{near}")
    output = None if args.output == Path("-") else args.output
    kind = formats.chosen(args.format, output, _KINDS, "svg")
    if kind != "svg" and output is None and sys.stdout.isatty():
        raise Unusable(f"the format {kind} is not for a terminal: name a file with -o")
    try:
        put_bytes(plots.picture(plots.NAMES[args.name](*_given(args)), kind), output)
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise Unusable(str(error)) from None
    except ValueError as error:  # what cannot be drawn, BadInput among it
        raise Unusable(str(error)) from None
    return ACCEPTED


def _given(args: argparse.Namespace) -> list[Any]:
    """Return what the function of the picture takes: nothing where the picture is drawn with its own numbers."""
    from ..samples.numbers import numbers

    if args.name in _ABOUT_ALL_Q and (args.p, args.q, args.outcomes) != (None,) * 3:
        raise Unusable(f"{args.name} is about all q, and takes neither --p nor --q nor --outcomes")
    if args.outcomes is None and (args.p is None) != (args.q is None):
        raise Unusable("--p and --q go together")
    if args.q is None:
        if args.outcomes is not None:
            raise Unusable("--outcomes needs --q, the distribution to compare with")
        return []
    source = None if args.outcomes is None else show.read(args.outcomes)
    found = numbers(args.p, args.q, source, column=args.column)
    if args.name == "distributions":
        return [found.p, found.q, None if found.outcomes is None else found.outcomes.counts()]
    if args.name == "evidence":
        return [found.outcomes, found.p, found.q]
    if args.name == "cross_entropy_identity":
        return [found.p, [found.q]]  # a bar for each of several Q
    return [found.p, found.q]
