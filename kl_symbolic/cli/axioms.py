"""``kl-symbolic axioms``: what a theorem rests on."""

from __future__ import annotations

import argparse

from .console import ACCEPTED, find_theorem, say_refused

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "show the axioms that a theorem rests on, and the lemmas that it cites"
EPILOG = """\
examples:
  kl-symbolic axioms kl_nonneg
  kl-symbolic axioms mine.klcert.json
"""

_IN_WORDS = {
    "limit_squeeze": "a sequence between two others with one limit has that limit",
    "mono_of_deriv": "a function whose derivative is not negative does not decrease",
}
"""The two axioms that are functions of the kernel rather than rows of its table of schemes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="NAME", help="a shipped theorem, or a certificate file")


def run(args: argparse.Namespace) -> int:
    """Print the statement, the lemmas and the axioms.

    Parameters
    ----------
    args : Namespace
    """
    from ..kernel import Refused
    from ..kernel.axioms import SCHEMES
    from ..language.printer import sequent, statement, text

    try:
        theorem = find_theorem(args.name)
    except Refused as refusal:
        return say_refused(args.name, refusal)
    print(f"{theorem.name}: {statement(theorem)}")
    print(f"cites: {', '.join(theorem.uses) or 'no lemmas'}")
    print("axioms:" if theorem.axioms else "axioms: none beyond logic, ordered-field arithmetic and finite sums")
    for axiom in theorem.axioms:
        schemes = [scheme for own, _, scheme in SCHEMES.values() if own == axiom]
        shown = [sequent(map(text, s.hypotheses), text(s.conclusion)) for s in schemes] or [_IN_WORDS[axiom]]
        for row in shown:
            print(f"  {axiom:14} {row}")
    return ACCEPTED
