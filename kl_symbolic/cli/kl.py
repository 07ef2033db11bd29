"""``kl-symbolic kl``: the divergence of two distributions of families, with its proof, and its value for numbers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from .console import ACCEPTED, REFUSED, Unusable, integer, say, tell

if TYPE_CHECKING:
    from ..measures.expressions import ClosedForm

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "the divergence of two distributions of families, with its proof"
EPILOG = """\
examples:
  kl-symbolic kl "Gamma(shape=a, rate=b)" "Exponential(rate=c)"
  kl-symbolic kl "Gamma(shape=a, rate=b)" "Weibull(shape=k, scale=1)" --at a=2,b=3,k=2 --digits 30
  kl-symbolic kl "Gamma(shape=2, rate=3)" --measure entropy

`kl-symbolic families` lists the families and their parameters. A parameter is a number term, such as 2, 1/3, a or
2*a + 1; what its names must satisfy is printed with the result.

exit status: 0 there is a closed form, 1 none is known, 2 a distribution cannot be read
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("P", help="the true distribution, such as 'Gamma(shape=a, rate=b)'")
    parser.add_argument("Q", nargs="?", help="the other distribution; none for the entropy")
    parser.add_argument(
        "--measure",
        choices=("divergence", "cross_entropy", "entropy"),
        default="divergence",
        help="what to compute (default: divergence)",
    )
    parser.add_argument("--at", metavar="VALUES", default="", help="numbers for the names, such as a=2,b=1/3")
    parser.add_argument("--digits", type=integer, default=15, help="how many digits the value has (default: 15)")


def run(args: argparse.Namespace) -> int:
    """Print the closed form, its conditions, its theorem, and its value if it has one.

    Parameters
    ----------
    args : Namespace
    """
    from ..families.text import read_law, read_values, substituted
    from ..kernel import KLError
    from ..measures import expressions
    from ..measures.value import value

    if (args.Q is None) != (args.measure == "entropy"):
        raise Unusable("expected two distributions, or one and --measure entropy")
    measures: dict[str, Callable[..., expressions.Value]] = {
        "divergence": expressions.kl_divergence,
        "cross_entropy": expressions.cross_entropy,
        "entropy": expressions.entropy,
    }
    tell("reading the distributions")
    try:
        given = [read_law(source) for source in (args.P, args.Q) if source is not None]
        at = read_values(args.at, "the numbers of --at")
        tell("looking for a closed form")
        form = expressions.closed_form(*given, measure=measures[args.measure])
        shown = _described(args, form)
        if form.expression is not None:
            number = substituted(form.expression, at)
            if not number.free_symbols:
                shown.append(f"value:      {value(number, args.digits)}")
    except (KLError, ValueError) as error:
        raise Unusable(str(error)) from None
    say("\n".join(shown))
    return REFUSED if form.expression is None else ACCEPTED


_SYMBOLS = {"divergence": "D({P} ‖ {Q})", "cross_entropy": "H({P}, {Q})", "entropy": "H({P})"}
"""How the measures are written."""


def _described(args: argparse.Namespace, form: ClosedForm) -> list[str]:
    """Return the lines that tell a closed form."""
    from ..language.printer import statement

    named = _SYMBOLS[args.measure].format(P=args.P.strip(), Q=(args.Q or "").strip())
    if form.expression is None:
        lines = [f"{named}: no closed form", f"because:    {form.reason}"]
        return lines if form.evidence is None else [*lines, f"evidence:   {form.evidence} by quadrature, not proved"]
    lines = [f"{named} = {form.expression}"]
    if form.conditions:
        lines.append(f"where:      {', '.join(map(str, form.conditions))}")
    if form.reason:
        lines.append(f"because:    {form.reason}")
    if not form.theorems:
        return [*lines, "not proved"]
    return [*lines, *(f"proved:     {statement(theorem.checked)}" for theorem in form.theorems)]
