"""``kl-symbolic show``: the page of a checked theorem, in any format. Nothing is searched."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import formats, pages, sources
from .console import (
    ACCEPTED,
    Unusable,
    clear,
    integer,
    one_of,
    put,
    put_bytes,
    say_refused,
    tell,
    without_collection,
)

if TYPE_CHECKING:
    from ..kernel import CheckedTheorem
    from ..render.model import Report

__all__ = ["ABOUT", "EPILOG", "FORMATS", "add_arguments", "add_options", "check_options", "present", "read", "run"]

ABOUT = "show a theorem and its derivation, from its replayed certificate"
EPILOG = """\
examples:
  kl-symbolic show kl_nonneg
  kl-symbolic show "Pinsker's inequality" --format markdown
  kl-symbolic show coin_flips --full
  kl-symbolic show coin_flips --p 7/10 --q 1/2 --digits 40 --base 2
  kl-symbolic show coin_flips --p 7/10 --q 1/2 --outcomes flips.txt
  kl-symbolic show coin_flips --q 1/2 --outcomes table.csv --column side
  kl-symbolic show die_rolls --p a=1/2,b=1/4,c=1/4 --q a=1/3,b=1/3,c=1/3 --simulate 100000 --seed 1
  kl-symbolic show coin_flips --detail steps
  kl-symbolic show coin_flips --document -o coin_flips.tex
  kl-symbolic show gibbs --heading theorem --label thm:gibbs --parts title,statement,proof -o gibbs.tex
  kl-symbolic show coin_flips -o coin_flips.pdf

formats, which the suffix of the file chooses where --format does not:
  text         for a terminal
  latex        a fragment for a paper; with --document, a document that compiles by itself
  markdown     for GitHub and GitLab (also called github)
  myst, hugo   Markdown for Sphinx and Jupyter Book, and for Hugo
  html         one page that needs nothing but itself
  pdf          by pdflatex
  json         statement, steps, numbers and certificate, for programs
  certificate  the proof itself, for `kl-symbolic check`

An outcomes file holds a string such as HHTHT, one outcome on each line, outcomes separated by commas, spaces or tabs,
or a table with a column of them; - reads standard input. For a coin that was given by a number, h, heads and Heads are
read too. Without --p, P is the relative frequencies of the outcomes. Probabilities are written 7/10, 0.7, .7, 7e-1
or 70%.
"""

FORMATS = ("text", "latex", "markdown", "myst", "hugo", "html", "pdf", "json", "certificate")
"""The formats, in the order of the help."""

_FLAVORS = {"markdown": "github", "myst": "myst", "hugo": "hugo"}
"""The flavor of Markdown that each of three formats is."""

_SMALLEST_BASE, _LARGEST_BASE = 2, 1000
"""The bases of logarithms that units can be named for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "name", metavar="NAME", help="a shipped theorem, by name or title, a certificate file, or a Python file"
    )
    add_options(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say how a derivation is shown.

    Parameters
    ----------
    parser : ArgumentParser
    """
    kinds = one_of("a format", (*FORMATS, "github"))
    parser.add_argument(
        "--format", metavar="FORMAT", type=kinds,
        help=f"{', '.join(FORMATS)} (default: that of the suffix of the file, or text)",
    )  # fmt: skip
    flavors = one_of("a flavor of Markdown", ("github", "hugo", "myst"))
    # The option of version 0.1, for which --format myst and --format hugo are the short form.
    parser.add_argument("--flavor", "--flavour", dest="flavor", type=flavors, help=argparse.SUPPRESS)
    parser.add_argument(
        "--base", metavar="B", type=integer, help="the base of the logarithms, 2 for bits (default: e, for nats)"
    )
    parser.add_argument(
        "--p", metavar="P",
        help="the true distribution: 7/10 for a coin, or a=1/2,b=1/4,c=1/4 (default: as the outcomes are)",
    )  # fmt: skip
    parser.add_argument("--q", metavar="Q", help="the other distribution")
    parser.add_argument(
        "--digits", metavar="N", type=integer, default=15, help="significant digits of values (default: 15)"
    )
    flips = parser.add_mutually_exclusive_group()
    flips.add_argument("--outcomes", metavar="FILE", help="observed outcomes: HHTHT, one on each line, or a table")
    flips.add_argument("--simulate", metavar="N", type=integer, help="simulate N outcomes of P")
    parser.add_argument("--column", metavar="NAME", help="the column of the table that holds the outcomes")
    parser.add_argument("--seed", metavar="K", type=integer, default=1, help="of the simulation (default: 1)")
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path, help="write to a file, in the format of its suffix"
    )
    pages.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Show a theorem.

    Parameters
    ----------
    args : Namespace
    """
    check_options(args)
    found = sources.find(args.name)
    return max(found.status, present(found.theorems, args))


def check_options(args: argparse.Namespace, default: str = "text") -> None:
    """Refuse options that do not go together; settle the format that they mean.

    Parameters
    ----------
    args : Namespace
        Its ``format`` becomes one of ``FORMATS``.
    default : str
        The format where neither an option nor the file says one.

    Raises
    ------
    Unusable
        When options do not go together, or a number is out of range.
    """
    if args.output == Path("-"):
        args.output = None
    asked = args.format or ("latex" if args.document and args.output is None else None)
    args.format = formats.chosen(asked, args.output, (*FORMATS, "github"), default)
    if args.format == "github":
        args.format = "markdown"
    if args.flavor is not None:
        if args.format != "markdown":
            raise Unusable("--flavor goes with --format markdown")
        args.format = "markdown" if args.flavor == "github" else args.flavor
    if args.base is not None and not _SMALLEST_BASE <= args.base <= _LARGEST_BASE:
        raise Unusable(f"expected a base from {_SMALLEST_BASE} to {_LARGEST_BASE}, got {args.base}")
    pages.check_options(args)
    if args.simulate is not None and (args.p is None or args.q is None):
        raise Unusable("--simulate needs both --p and --q")
    if args.outcomes is not None and args.q is None:
        raise Unusable("--outcomes needs --q, the distribution to compare with")
    if (args.p is None) != (args.q is None) and args.outcomes is None:
        raise Unusable("--p and --q go together")
    if args.column is not None and args.outcomes is None:
        raise Unusable("--column goes with --outcomes")
    if args.format == "certificate" and (args.q is not None or args.base is not None):
        raise Unusable("--format certificate prints the proof itself, and takes neither --base nor --p and --q")
    if args.format == "pdf" and args.output is None and sys.stdout.isatty():
        raise Unusable("a PDF is not for a terminal: name a file with -o")


def present(theorems: Sequence[CheckedTheorem], args: argparse.Namespace) -> int:
    """Print theorems, or write them to a file, as the options say.

    Parameters
    ----------
    theorems : sequence of CheckedTheorem
    args : Namespace

    Raises
    ------
    Unusable
        When the format takes one theorem and there are several, or the numbers do not fit.
    """
    from ..kernel import Refused
    from ..language.printer import visible_json

    if (args.document or args.format in ("hugo", "html", "pdf", "certificate")) and len(theorems) > 1:
        wanted = "--document" if args.document else f"--format {args.format}"
        raise Unusable(f"{wanted} takes one derivation, got {len(theorems)}; name one by --only")
    if not theorems:
        return ACCEPTED
    try:
        with without_collection():
            shown = [_rendered(theorem, args) for theorem in theorems]
    except Refused as refusal:  # the kernel does not look at the story, but the renderer does
        return say_refused(args.name, refusal)
    if args.format == "pdf":
        put_bytes(_pdf(shown[0], args.name), args.output)
    elif args.format == "json":
        value = [json.loads(s) for s in shown]
        document = json.dumps(value[0] if len(value) == 1 else value, indent=2, ensure_ascii=False)
        put(visible_json(document) + "\n", args.output)
    elif args.format == "certificate":
        put(shown[0], args.output)  # canonical: the same bytes that `check` reads
    elif args.format == "text" and args.output is None:
        print("\n\n".join(s.rstrip("\n") for s in shown))
    else:
        put("\n\n".join(s.rstrip("\n") for s in shown) + "\n", args.output)
    return ACCEPTED


def _pdf(document: str, name: str) -> bytes:
    from ..render.pdf import NotCompiled, NoTeX, pdf

    tell("running pdflatex")
    try:
        return pdf(document)
    except NoTeX as error:
        instead = f"kl-symbolic show {name} --format html -o page.html"
        raise Unusable(f"{error}; or print the page of `{instead}` from a browser") from None
    except NotCompiled as error:
        raise Unusable(str(error)) from None
    finally:
        clear()


def _rendered(theorem: CheckedTheorem, args: argparse.Namespace) -> str:
    """Return a theorem in the format that was asked for; for PDF, the LaTeX document."""
    if args.format == "certificate":
        return theorem.certificate
    reports = _reports(theorem, args)
    if args.format == "json":
        return json.dumps(_record(theorem, reports))
    page = pages.page(theorem, args, tuple(reports))
    # Only the renderer that is asked for is imported.
    if args.format in ("latex", "pdf"):
        return pages.latex(page, args)
    if args.format == "html":
        from ..render import html

        return html.render(page)
    if args.format == "text":
        from ..language.printer import visible
        from ..render import text

        # A certificate's author and the names of outcomes may hold what would move the cursor of a terminal.
        return visible(text.render(page))
    from ..render import markdown

    return markdown.render(page, _FLAVORS[args.format])


def _record(theorem: CheckedTheorem, reports: Sequence[Report]) -> dict[str, Any]:
    from ..api import Derivation
    from ..language.printer import statement, text

    steps = [
        {"line": s.number, "rule": s.rule, "statement": s.statement, "reason": s.reason}
        for s in Derivation(theorem).steps
    ]
    return {
        "name": theorem.name,
        "statement": statement(theorem),
        "hypotheses": [*map(text, theorem.hypotheses)],
        "conclusion": text(theorem.conclusion),
        "axioms": theorem.axioms,
        "uses": theorem.uses,
        "steps": steps,
        "certificate": theorem.certificate,
        "numbers": [{"title": r.title, **r.facts, **_rows(r)} for r in reports],
    }


def _rows(report: Report) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the tables of a report by the names of their columns."""
    rows = [dict(zip(t.header, row, strict=True)) for t in report.tables() for row in t.rows]
    return {"rows": rows} if rows else {}


def _reports(theorem: CheckedTheorem, args: argparse.Namespace) -> list[Report]:
    """Return what is to be shown with the user's numbers."""
    if args.q is None:
        return []
    from ..samples import numbers
    from ..samples.reading import BadInput

    try:
        source = None if args.outcomes is None else read(args.outcomes)
        if args.simulate is not None:
            tell(f"simulating {args.simulate} outcomes")
        given = numbers.numbers(args.p, args.q, source, args.simulate, args.seed, args.digits, args.column)
        tell("computing")
        return [*given.reports(theorem, args.base)]
    except BadInput as error:
        raise Unusable(str(error)) from None
    finally:
        clear()


def read(name: str) -> bytes:
    """Return what a file of outcomes holds.

    Parameters
    ----------
    name : str
        Of the file; ``-`` for standard input.
    """
    from ..samples import numbers

    if name != "-":
        tell(f"reading {name}")
        return numbers.read_file(Path(name))
    if sys.stdin is None:
        raise Unusable("standard input is closed")
    return numbers.bounded(sys.stdin.buffer.read(numbers.LONGEST_FILE + 1), "standard input")
