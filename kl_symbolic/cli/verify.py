"""``kl-symbolic verify``: numbers try to refute theorems."""

from __future__ import annotations

import argparse

from . import sources
from .console import REFUSED, UNDEFINED, Unusable, add_effort, add_progress, integer, progress, say, say_refused, worse

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "try to refute theorems by numbers; this finds evidence, never a proof"
EPILOG = """\
examples:
  kl-symbolic verify kl_nonneg
  kl-symbolic verify mine.klcert.json --digits 100
  kl-symbolic verify my_derivations.py
  kl-symbolic verify --all --jobs 4

The statement and every line of its proof are computed at exact points that satisfy the hypotheses. A theorem about
any density is computed for some, which are printed with their domains.

A statement that has no value at one of these points is not refuted by that: it is undefined there.
The work is bounded by a number of steps, and where that is not enough the answer is unknown; --effort 10 allows ten
times as many.

exit status: 0 no point refutes it, 1 it is refuted or nothing can be said, 2 the command cannot be carried out,
3 it is undefined at a point
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="a shipped theorem, a certificate file, or a Python file"
    )
    parser.add_argument("--all", action="store_true", help="every shipped theorem")
    parser.add_argument(
        "--digits", metavar="N", type=integer, default=50, help="digits of the computation (default: 50)"
    )
    parser.add_argument(
        "--jobs", metavar="N", type=integer, default=1, help="the processes that share the work (default: 1)"
    )
    add_effort(parser)
    add_progress(parser)


def run(args: argparse.Namespace) -> int:
    """Print what numbers say of each theorem.

    Parameters
    ----------
    args : Namespace
    """
    from .. import library
    from ..kernel import Refused
    from ..numerics.evaluate import INTEGRAL_DIGITS
    from ..numerics.verdicts import Verdict
    from ..testing.verifying import FEWEST_DIGITS, MOST_DIGITS, verified

    if args.all == (args.name is not None):
        raise Unusable("expected a NAME or --all")
    if not FEWEST_DIGITS <= args.digits <= MOST_DIGITS:
        raise Unusable(f"expected {FEWEST_DIGITS} to {MOST_DIGITS} digits, got {args.digits}")
    if args.jobs < 1:
        raise Unusable(f"expected at least 1 job, got {args.jobs}")
    own = sources.Theorems([], {}) if args.all else sources.find(args.name)
    theorems = {theorem.name: theorem for theorem in own.theorems}
    names = library.names() if args.all else [*theorems]
    status = own.status
    results = verified(names if args.all else own.theorems, own.beside, args.digits, args.effort, jobs=args.jobs)
    for name in progress(names, "verifying"):
        found = next(results)
        if isinstance(found, Refused):
            status = worse(status, say_refused(name, found))
            continue
        shown = found.reason
        if found.verdict is Verdict.SUPPORTED:
            what = "choice" if found.choices else "point"
            points = f"{found.points} {what}{'s' * (found.points != 1)}"
            digits = f"{found.digits} digits" + f", integrals to {INTEGRAL_DIGITS}" * found.integrating
            shown = f"not refuted at {points} to {digits}, nor is a line of its proof"
            shown += "".join(f"\n  {point}" for point in found.choices) or f"; first point: {found.point}"
        elif found.counterexample is not None:
            shown += f", at {found.counterexample}"
        say(f"{found.verdict.value} {found.name}: {shown}")
        if found.verdict is not Verdict.SUPPORTED:
            status = worse(status, UNDEFINED if found.verdict is Verdict.UNDEFINED else REFUSED)
    return status
