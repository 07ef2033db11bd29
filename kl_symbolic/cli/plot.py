"""``kl-symbolic plot``: a picture of what a theorem says."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .console import ACCEPTED, Unusable, did_you_mean, put, shorten

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "draw a picture of what a theorem says, as SVG"
EPILOG = """\
pictures:
  cross_entropy_identity   H(P, Q) = H(P) + D(P‖Q) as bars
  divergence_and_mirror    D(p‖q) of coins against q, and D(q‖p)
  llr_concentration        the log-likelihood ratio per outcome tends to D(P‖Q), with its band
  log_le                   log x ≤ x − 1, the picture behind Gibbs' inequality

examples:
  kl-symbolic plot llr_concentration -o flips.svg
  kl-symbolic plot log_le --p a=1/2,b=1/4,c=1/4 --q a=1/3,b=1/3,c=1/3 -o gibbs.svg

It needs matplotlib: pip install 'kl-symbolic[plot]'. The same command writes the same bytes.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="NAME", help="one of the pictures below")
    parser.add_argument("--p", metavar="P", help="the true distribution: 7/10 for a coin, or a=1/2,b=1/4,c=1/4")
    parser.add_argument("--q", metavar="Q", help="the other distribution")
    parser.add_argument("-o", "--output", metavar="FILE.svg", type=Path, help="write to a file")


def run(args: argparse.Namespace) -> int:
    """Draw the picture.

    Parameters
    ----------
    args : Namespace
    """
    from ..measures import plots
    from ..samples import outcomes

    if args.name not in plots.NAMES:
        near = did_you_mean(args.name, plots.NAMES) or f"; there are {', '.join(plots.NAMES)}"
        raise Unusable(f"there is no picture {shorten(args.name)!r}{near}")
    if (args.p is None) != (args.q is None):
        raise Unusable("--p and --q go together")
    if args.p is not None and args.name == "divergence_and_mirror":
        raise Unusable("divergence_and_mirror is about all q, and takes neither --p nor --q")
    try:
        given: list[Any] = [] if args.p is None else [outcomes.distribution(s) for s in (args.p, args.q)]
        if args.name == "cross_entropy_identity":
            given[1:] = [[q] for q in given[1:]]  # a bar for each of several Q
        axes = plots.NAMES[args.name](*given)
        if args.output is None:
            put(plots.svg(axes), None)
        else:
            plots.save(axes, args.output)
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise Unusable(str(error)) from None
    except ValueError as error:  # what cannot be drawn, BadInput among it
        raise Unusable(str(error)) from None
    return ACCEPTED
