"""``kl-symbolic axioms``: what a theorem rests on."""

from __future__ import annotations

import argparse

from . import sources
from .console import say

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "show the axioms that a theorem rests on, and the lemmas that it cites"
EPILOG = """\
examples:
  kl-symbolic axioms kl_nonneg
  kl-symbolic axioms mine.klcert.json
  kl-symbolic axioms my_derivations.py
"""

_IN_WORDS = {
    "derivative": "the derivatives of sums, products, quotients, powers, exp and log, by the table",
    "limit_squeeze": "a sequence between two others with one limit has that limit",
    "mono_of_deriv": "a function whose derivative is not negative does not decrease",
}
"""The axioms of which the kernel has a function, instead of rows of its table of schemes or beside them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="NAME", help="a shipped theorem, a certificate file, or a Python file")


def run(args: argparse.Namespace) -> int:
    """Print the statement, the lemmas and the axioms.

    Parameters
    ----------
    args : Namespace
    """
    from ..kernel.table import SCHEMES
    from ..language.printer import sequent, statement, text

    found = sources.find(args.name)
    for theorem in found.theorems:
        say(f"{theorem.name}: {statement(theorem)}")
        print(f"cites: {', '.join(theorem.uses) or 'no lemmas'}")
        print("axioms:" if theorem.axioms else "axioms: none beyond logic, ordered-field arithmetic and finite sums")
        for axiom in theorem.axioms:
            schemes = [scheme for own, _, scheme in SCHEMES.values() if own == axiom]
            shown = [sequent(map(text, s.hypotheses), text(s.conclusion)) for s in schemes]
            shown += [_IN_WORDS[axiom]] if axiom in _IN_WORDS else []
            for row in shown:
                print(f"  {axiom:14} {row}")
    return found.status
