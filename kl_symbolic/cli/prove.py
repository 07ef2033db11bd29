"""``kl-symbolic prove``: a claim of the user's own → a theorem, a counterexample, or what was tried."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import show
from .console import ACCEPTED, REFUSED, Unusable, add_effort, say, shorten, tell

if TYPE_CHECKING:
    from ..kernel import Refused

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "prove a claim, or refute it by an exact counterexample"
EPILOG = """\
examples:
  kl-symbolic prove "log(x/y) <= x/y - 1" --given "0 < x; 0 < y"
  kl-symbolic prove "log(x + y) = log(x) + log(y)" --given "0 < x; 0 < y"
  kl-symbolic prove "forall i in X: 0 <= p[i]*p[i]" --name "X: set" --name "p: X -> number"
  kl-symbolic prove "x - 1 < x" -o claim.klcert.json         the certificate
  kl-symbolic prove "x - 1 < x" --format latex              its derivation, in any format of `show`

Operators: + - * / ^, = != < <= > >=, => and <=>, forall i in X: …, sum(i in X: …), prod, lim(n: …) -> …;
functions: log, exp, abs, rel_entr, kl, entropy and others. docs/language.md describes all of it.
A claim that begins with - goes after --.

Without --name the names are inferred where they are obvious: x is a number, p[i] under `i in X` is a family. With it,
every name of the claim and the hypotheses must be declared.

The search is bounded by a number of steps. Where that ended it, the answer says so, and --effort 10 allows ten times
as many.

exit status: 0 proved, 1 refuted or unknown, 2 the claim cannot be read
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("claim", metavar="CLAIM", help="a statement, in quotation marks")
    parser.add_argument(
        "--given",
        metavar="STATEMENTS",
        action="append",
        default=[],
        help="hypotheses, separated by ; (may be repeated)",
    )
    parser.add_argument(
        "--name", "--names", dest="names", metavar="DECLARATIONS", action="append", default=[],
        help='what names mean, such as "X: set; p: X -> number; x: number" (may be repeated)',
    )  # fmt: skip
    parser.add_argument(
        "--using",
        metavar="THEOREM",
        action="append",
        default=[],
        help="a shipped theorem to look at first, and in more ways than others (may be repeated)",
    )
    add_effort(parser)
    show.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Print the theorem, the counterexample, or what was tried.

    Parameters
    ----------
    args : Namespace
    """
    from .. import api
    from ..kernel import Refused
    from ..language.printer import explain, statement
    from ..library import NoSuchTheorem

    brief = args.format is None and args.output is None and not args.document and args.q is None
    show.check_options(args, default="certificate" if args.output is not None else "text")
    given, names = [*_separated(args.given)], _declared(args.names)
    tell("searching for a proof")
    try:
        answer = api.prove(args.claim, given, names or None, args.effort, args.using)
    except NoSuchTheorem as error:
        raise Unusable(str(error)) from None
    except Refused as refusal:
        raise Unusable(f"the claim cannot be read: {explain(_for_the_command_line(refusal))}") from None
    if not isinstance(answer, api.Theorem):
        say(str(answer))
        return REFUSED
    if brief or args.output is not None:
        say(
            f"proved: {statement(answer.checked)}\n"
            f"  rests on: {', '.join(answer.axioms) or 'no axioms beyond logic, arithmetic and finite sums'}\n"
            f"  cites: {', '.join(answer.uses) or 'no lemmas'}" + (f"\n  note: {answer.note}" if answer.note else "")
        )
    args.name = answer.name
    return ACCEPTED if brief else show.present([answer.checked], args)


_IN_PYTHON, _HERE = "declare_all_names_as_in", "say_what_all_names_mean_as_in"
"""The part of a refusal that says how names are declared in Python, and the one that says it for the command line."""


def _for_the_command_line(refusal: Refused) -> Refused:
    """Return a refusal that says how names are declared by options."""
    if _IN_PYTHON not in refusal.parts:
        return refusal
    parts = {key: part for key, part in refusal.parts.items() if key != _IN_PYTHON}
    how = '--name "X: set; p: X -> number; x: number"'
    return type(refusal)(refusal.reason, {**parts, _HERE: how}, refusal.line, refusal.rule)


def _separated(sources: Iterable[str]) -> Iterable[str]:
    """Yield the parts between semicolons, which mean nothing in a statement."""
    return (part.strip() for source in sources for part in source.split(";") if part.strip())


def _declared(sources: Iterable[str]) -> dict[str, str]:
    """Return the signatures that were declared, by name."""
    names: dict[str, str] = {}
    for part in _separated(sources):
        name, colon, signature = (word.strip() for word in part.partition(":"))
        if not (name and colon and signature):
            raise Unusable(f"expected a declaration such as 'p: X -> number', got {shorten(part)!r}")
        if names.get(name, signature) != signature:
            raise Unusable(f"{shorten(name)!r} is declared twice, as {names[name]!r} and {shorten(signature)!r}")
        names[name] = signature
    return names
