"""The command line: list, derive, check, verify, axioms, book, rocq, plot.

Every command imports what it needs when it runs: ``check`` needs nothing but the standard library and the kernel, and
``--help`` not even that.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..kernel import CheckedTheorem, Refused
    from ..render.model import Report
    from ..rocq.files import Exported

__all__ = ["main"]

ACCEPTED, REFUSED, UNUSABLE = 0, 1, 2

_Command = Callable[[argparse.Namespace], int]

_EXAMPLES = """\
examples:
  kl-symbolic derive coin_flips                           the derivation, in the terminal
  kl-symbolic derive coin_flips --full                    ... with everything that belongs to it
  kl-symbolic derive coin_flips --p 7/10 --q 1/2          ... with the numbers of two coins
  kl-symbolic derive coin_flips --format latex --document -o coin_flips.tex
  kl-symbolic derive coin_flips --format html -o coin_flips.html
  kl-symbolic derive coin_flips --format pdf -o coin_flips.pdf
  kl-symbolic check derivations/*/*.klcert.json           replay certificates, standard library only
  kl-symbolic axioms kl_nonneg                            what a theorem rests on
  kl-symbolic rocq kl_nonneg --run                        let Coq check it, as a second kernel

exit status: 0 accepted, 1 something was refused or refuted, 2 the command cannot be carried out
"""

_DERIVE = """\
examples:
  kl-symbolic derive kl_nonneg --format markdown
  kl-symbolic derive coin_flips --p 7/10 --q 1/2 --digits 40 --base 2
  kl-symbolic derive coin_flips --p 7/10 --q 1/2 --outcomes flips.txt
  kl-symbolic derive die_rolls --p a=1/2,b=1/4,c=1/4 --q a=1/3,b=1/3,c=1/3 --simulate 100000 --seed 1
  kl-symbolic derive my_derivations.py                    runs the file and checks every @derivation in it

An outcomes file holds a string such as HHTHT, or one outcome on each line; - reads standard input.
"""

_CHECK = """\
examples:
  kl-symbolic check derivations/*/*.klcert.json
  kl-symbolic check --json mine.klcert.json

A lemma is looked for among the files given, then beside the file that cites it and in the other topics of its library,
then among the shipped theorems.

exit status: 0 all accepted, 1 one refused, 2 one unusable
"""

_ROCQ = """\
examples:
  kl-symbolic rocq log_div                     the Coq proof, in the terminal
  kl-symbolic rocq kl_nonneg -o coq            it and its lemmas as files, to be compiled or stepped through
  kl-symbolic rocq kl_nonneg --run             let Coq check it and everything below it, and keep no files
  kl-symbolic rocq --all --run                 ... the whole library, compared with the record

Exporting needs nothing. --run needs coqc and Coquelicot: in Debian the packages coq and libcoq-coquelicot.

exit status: 0 all accepted, 1 one refused or the record out of date, 2 the command cannot be carried out
"""

_PLOT = """\
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


class _Unusable(Exception):
    """The command cannot be carried out; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; default ``sys.argv[1:]``.

    Returns
    -------
    int
        The exit status: 0 accepted, 1 refused or refuted, 2 unusable.
    """
    args = _parser().parse_args(argv)
    from ..library import BadLedger  # after --help and --version, which need nothing

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without ⊢ shows \u22a2, and not a traceback
    command: _Command = args.command
    try:
        status = command(args)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        return ACCEPTED
    except (_Unusable, BadLedger) as error:
        return _complain(_visible(str(error)))
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return status


def _complain(message: str) -> int:
    print(f"kl-symbolic: error: {message}", file=sys.stderr)
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    from .. import __doc__ as about
    from .. import __version__

    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="kl-symbolic", description=(about or "").splitlines()[0], epilog=_EXAMPLES, formatter_class=raw
    )
    parser.add_argument("--version", action="version", version=f"kl-symbolic {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, command: _Command, about: str, **more: Any) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about, formatter_class=raw, **more)
        one.set_defaults(command=command)
        return one

    one = add("list", _list, "show every shipped theorem with its statement")
    one.add_argument("--names", action="store_true", help="only the names")

    one = add("derive", _derive, "show a derivation, from its replayed certificate", epilog=_DERIVE)
    one.add_argument("name", metavar="NAME", help="a shipped theorem, or a Python file with @derivation functions")
    one.add_argument("--only", metavar="NAME", help="of a Python file, only this derivation")
    one.add_argument("--format", choices=("text", "latex", "markdown", "html", "pdf", "json"), default="text")
    one.add_argument(
        "--flavor",
        "--flavour",
        choices=("github", "hugo", "myst"),
        help="with --format markdown: for whom (default: github)",
    )
    one.add_argument("--document", action="store_true", help="with --format latex: a document that compiles by itself")
    one.add_argument("--alone", action="store_true", help="without the narrative that the package tells around it")
    one.add_argument("--full", action="store_true", help="the whole narrative, where a brief one is shown otherwise")
    one.add_argument(
        "--base", metavar="B", type=int, help="the base of the logarithms, 2 for bits (default: e, for nats)"
    )
    one.add_argument("--p", metavar="P", help="the true distribution: 7/10 for a coin, or a=1/2,b=1/4,c=1/4")
    one.add_argument("--q", metavar="Q", help="the other distribution")
    one.add_argument("--digits", metavar="N", type=int, default=15, help="significant digits of values (default: 15)")
    flips = one.add_mutually_exclusive_group()
    flips.add_argument("--outcomes", metavar="FILE", help="what really came: HHTHT, or one outcome on each line")
    flips.add_argument("--simulate", metavar="N", type=int, help="simulate N outcomes of P")
    one.add_argument("--seed", metavar="K", type=int, default=1, help="of the simulation (default: 1)")
    one.add_argument("-o", "--output", metavar="PATH", type=Path, help="write to a file")

    one = add("check", _check, "replay certificates; needs nothing but the standard library", epilog=_CHECK)
    one.add_argument("files", metavar="FILE", nargs="+", type=Path)
    one.add_argument("--json", action="store_true", help="one JSON document instead of lines")

    one = add("verify", _verify, "try to refute theorems by numbers; finds evidence, never a proof")
    one.add_argument("name", metavar="NAME", nargs="?", help="a shipped theorem, or a certificate file")
    one.add_argument("--all", action="store_true", help="every shipped theorem")
    one.add_argument("--digits", metavar="N", type=int, default=50, help="digits of the computation (default: 50)")

    one = add("axioms", _axioms, "show the axioms that a theorem rests on, and the lemmas that it cites")
    one.add_argument("name", metavar="NAME", help="a shipped theorem, or a certificate file")

    one = add("book", _book, "write the printed book of derivations; with --check, say what in it is out of date")
    one.add_argument("directory", metavar="DIR", nargs="?", type=Path, help="default: the derivations of this checkout")
    one.add_argument("--check", action="store_true", help="write nothing; exit status 1 when something is out of date")
    one.add_argument("--html", metavar="DIR", type=Path, help="write the shipped book as HTML to DIR, and nothing else")
    one.add_argument(
        "--formats",
        metavar="DIR",
        type=Path,
        help="write every shipped derivation in every format to DIR: text, Markdown, LaTeX, HTML and PDF",
    )

    one = add("rocq", _rocq, "export theorems to Rocq (Coq), and let it check them as a second kernel", epilog=_ROCQ)
    one.add_argument("name", metavar="NAME", nargs="?", help="a shipped theorem; its lemmas come with it")
    one.add_argument("--all", action="store_true", help="every shipped theorem")
    one.add_argument("-o", "--output", metavar="DIR", type=Path, help="write the .v files to this directory")
    one.add_argument("--run", action="store_true", help="compile them with coqc and look at what each rests on")
    one.add_argument("--jobs", metavar="N", type=int, default=2, help="files that are compiled at a time (default: 2)")
    one.add_argument("--record", action="store_true", help="with --all --run: write down what was accepted")

    one = add("plot", _plot, "draw a picture of what a theorem says, as SVG", epilog=_PLOT)
    one.add_argument("name", metavar="NAME", help="one of the pictures below")
    one.add_argument("--p", metavar="P", help="the true distribution: 7/10 for a coin, or a=1/2,b=1/4,c=1/4")
    one.add_argument("--q", metavar="Q", help="the other distribution")
    one.add_argument("-o", "--output", metavar="FILE.svg", type=Path, help="write to a file")
    return parser


def _tell(what: str) -> None:
    """Say on a terminal what is being done, in place of what was said before; nothing clears the line."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{_visible(what)}", end="", file=sys.stderr, flush=True)


def _progress(names: Sequence[str], what: str) -> Iterator[str]:
    """Yield each name; say on a terminal which one it is, until it is done with."""
    for k, name in enumerate(names, 1):
        _tell(f"{what} {k}/{len(names)} {name}")
        yield name
        _tell("")


def _theorem(name: str) -> CheckedTheorem:
    """Return a shipped theorem, or the one of a certificate file."""
    from .. import library

    if name.endswith(library.SUFFIX) or os.sep in name:
        return library.check_file(name)
    try:
        return library.theorem(name)
    except library.NoSuchTheorem as error:
        raise _Unusable(str(error)) from None


def _say_refused(name: str, refusal: Refused) -> int:
    from ..language.printer import explain

    print(f"refused {name}{':' if refusal.line is None else ''} {_visible(explain(refusal))}", file=sys.stderr)
    return REFUSED


def _visible(shown: str) -> str:
    """Spell out control characters: what a hostile file says must not move the cursor of a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in shown)


# --- list, axioms ----------------------------------------------------------------------------------------------------


def _list(args: argparse.Namespace) -> int:
    from .. import library

    names = library.names()
    if args.names:
        print("\n".join(names))
        return ACCEPTED
    entries = library.ledger().theorems
    width = max(map(len, names), default=0)
    for name in names:
        print(_visible(f"{name:{width}}  {entries[name].statement if name in entries else '(not in the ledger)'}"))
    return ACCEPTED


def _axioms(args: argparse.Namespace) -> int:
    from ..kernel import Refused
    from ..kernel.axioms import SCHEMES
    from ..language.printer import statement, text

    try:
        theorem = _theorem(args.name)
    except Refused as refusal:
        return _say_refused(args.name, refusal)
    print(f"{theorem.name}: {statement(theorem)}")
    print(f"cites: {', '.join(theorem.uses) or 'nothing'}")
    print("axioms:" if theorem.axioms else "axioms: none beyond logic, ordered-field arithmetic and finite sums")
    for axiom in theorem.axioms:
        schemes = [s for own, _, s in SCHEMES.values() if own == axiom]
        for sequent in schemes:
            gamma = ", ".join(map(text, sequent.hypotheses))
            print(f"  {axiom:14} {gamma}{' ' if gamma else ''}⊢ {text(sequent.conclusion)}")
        if not schemes:
            print(f"  {axiom:14} {_FIGURES[axiom]}")
    return ACCEPTED


_FIGURES = {
    "limit_squeeze": "what lies between two sequences with one limit has that limit",
    "mono_of_deriv": "where the derivative is not negative, the function does not decrease",
}
"""The two axioms that are functions in the kernel and no rows of its table."""


# --- check -----------------------------------------------------------------------------------------------------------


def _check(args: argparse.Namespace) -> int:
    with _without_collection():
        return _checked(args)


def _checked(args: argparse.Namespace) -> int:
    from ..kernel import Refused
    from ..language.printer import explain, sequent, text
    from ..library import Library

    shelf = Library(args.files)
    worst, records = ACCEPTED, []
    for name in _progress([str(f) for f in args.files], "checking"):
        record: dict[str, Any] = {"file": name}
        try:
            theorem = shelf.check(Path(name))
        except Refused as refusal:
            status = REFUSED
            why = explain(Refused(refusal.reason, refusal.parts))
            record |= {"verdict": "refused", "line": refusal.line, "rule": refusal.rule, "why": why}
            shown = f"refused {name}{':' if refusal.line is None else ''} {explain(refusal)}"
        except OSError as error:
            status = UNUSABLE
            record |= {"verdict": "unusable", "why": error.strerror or str(error)}
            shown = f"unusable {name}: {record['why']}"
        else:
            status = ACCEPTED
            hypotheses, conclusion = [*map(text, theorem.hypotheses)], text(theorem.conclusion)
            record |= {"verdict": "accepted", "name": theorem.name, "hypotheses": hypotheses}
            record |= {"conclusion": conclusion, "axioms": theorem.axioms, "uses": theorem.uses}
            shown = f"accepted {theorem.name}: {sequent(hypotheses, conclusion)}"
        worst = max(worst, status)
        records.append(record)
        if not args.json:
            print(_visible(shown))
    if args.json:
        print(json.dumps(records, indent=2, ensure_ascii=False))
    return worst


@contextmanager
def _without_collection() -> Iterator[None]:
    """Suspend the search for reference cycles, which takes a fifth of a replay: terms have none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


# --- derive ----------------------------------------------------------------------------------------------------------


def _derive(args: argparse.Namespace) -> int:
    from ..kernel import Refused

    if args.base is not None and not 2 <= args.base <= 1000:
        raise _Unusable(f"expected a base from 2 to 1000, got {args.base}")
    if args.document and args.format != "latex":
        raise _Unusable("--document goes with --format latex")
    if args.flavor is not None and args.format != "markdown":
        raise _Unusable("--flavor goes with --format markdown")
    if (args.outcomes is not None or args.simulate is not None) and (args.p is None or args.q is None):
        raise _Unusable("--outcomes and --simulate need both --p and --q")
    if (args.p is None) != (args.q is None):
        raise _Unusable("--p and --q go together")
    if args.format == "pdf" and args.output is None and sys.stdout.isatty():
        raise _Unusable("a PDF is not for a terminal: name a file with -o")
    with _without_collection():
        theorems, status = _derivations(args)
    if (args.document or args.format in ("html", "pdf")) and len(theorems) > 1:
        wanted = "--document" if args.document else f"--format {args.format}"
        raise _Unusable(f"{wanted} takes one derivation, got {len(theorems)}; name one by --only")
    try:
        shown = [_rendered(theorem, args) for theorem in theorems]
    except Refused as refusal:  # the kernel does not look at the story, but the renderer does
        return _say_refused(args.name, refusal)
    if args.format == "pdf":
        for document in shown:
            _write_pdf(document, args)
        return status
    if args.format == "json":
        value = [json.loads(s) for s in shown]
        whole = json.dumps(value[0] if len(value) == 1 else value, indent=2, ensure_ascii=False) + "\n"
    else:
        whole = "\n\n".join(s.rstrip("\n") for s in shown) + "\n"
    if args.output is None:
        print(whole, end="")
    elif theorems:
        args.output.write_text(whole, encoding="utf-8")
    return status


def _write_pdf(document: str, args: argparse.Namespace) -> None:
    from ..render.pdf import NotCompiled, NoTeX, pdf

    _tell("running pdflatex")
    try:
        made = pdf(document)
    except NoTeX as error:
        page = "--format html -o page.html"
        raise _Unusable(f"{error}; or print the page of derive {args.name} {page} from a browser") from None
    except NotCompiled as error:
        raise _Unusable(_visible(str(error))) from None
    finally:
        _tell("")
    if args.output is None:
        sys.stdout.buffer.write(made)
    else:
        args.output.write_bytes(made)


def _derivations(args: argparse.Namespace) -> tuple[list[CheckedTheorem], int]:
    """Return the theorems to show, and whether another was refused."""
    from ..kernel import Refused

    if not args.name.endswith(".py"):
        if args.only is not None:
            raise _Unusable("--only goes with a Python file")
        try:
            return [_theorem(args.name)], ACCEPTED
        except Refused as refusal:
            return [], _say_refused(args.name, refusal)
    from ..api import certify, load

    authors = {a.__kl_derivation__: a for a in load(Path(args.name))}  # type: ignore[attr-defined]
    if not authors:
        raise _Unusable(f"{args.name} has no function marked by @derivation")
    if args.only is not None and args.only not in authors:
        raise _Unusable(f"{args.name} has no derivation {args.only!r}; it has {', '.join(authors)}")
    found: dict[str, CheckedTheorem] = {}
    status = ACCEPTED
    for name in _progress(list(authors), "checking"):
        try:
            found[name] = certify(authors[name], found)  # a later one may cite an earlier one
        except Refused as refusal:
            if args.only in (None, name):
                status = _say_refused(name, refusal)
    return [t for name, t in found.items() if args.only in (None, name)], status


def _rendered(theorem: CheckedTheorem, args: argparse.Namespace) -> str:
    reports = tuple(_reports(theorem, args))
    if args.format == "json":
        return json.dumps(_record(theorem, reports))
    from ..book.documents import document
    from ..render import html, latex, markdown, text

    page = document(theorem, args.base, args.alone, args.full, reports)
    if args.format in ("latex", "pdf"):
        return latex.render(page, standalone=args.document or args.format == "pdf")
    if args.format == "html":
        return html.render(page)
    return text.render(page) if args.format == "text" else markdown.render(page, args.flavor or "github")


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
    if args.p is None:
        return []
    from ..samples.outcomes import BadInput

    try:
        return _with_numbers(theorem, args)
    except BadInput as error:
        raise _Unusable(str(error)) from None


def _with_numbers(theorem: CheckedTheorem, args: argparse.Namespace) -> list[Report]:
    from ..samples import outcomes
    from ..samples.substitution import substituted

    p, q = outcomes.distribution(args.p), outcomes.distribution(args.q)
    found = []
    sequence: Sequence[str] = ()
    if args.outcomes is not None:
        sequence = outcomes.read_outcomes(_read(args.outcomes), p, q)
    elif args.simulate is not None:
        sequence = outcomes.simulate(p, args.simulate, args.seed)
    try:
        found.append(substituted(theorem, p, q, args.digits, args.base))
    except outcomes.BadInput:
        # The sequence can be looked at even where the theorem does not speak of these distributions.
        if not sequence:
            raise
    if sequence:
        seed = None if args.simulate is None else args.seed
        found.append(outcomes.report(sequence, p, q, args.digits, args.base, seed))
    return found


_LONGEST_FILE = 200_000_000


def _read(name: str) -> str:
    with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
        data = file.read(_LONGEST_FILE + 1)
    if len(data) > _LONGEST_FILE:
        raise _Unusable(f"{name} has more than {_LONGEST_FILE} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unusable(f"{name} is not UTF-8 text") from None


# --- verify, book ----------------------------------------------------------------------------------------------------


def _verify(args: argparse.Namespace) -> int:
    from .. import library
    from ..kernel import Refused
    from ..numerics import verification
    from ..numerics.verdicts import Verdict

    if args.all == (args.name is not None):
        raise _Unusable("expected a NAME or --all")
    if not 15 <= args.digits <= 1000:
        raise _Unusable(f"expected 15 to 1000 digits, got {args.digits}")
    status = ACCEPTED
    for name in _progress(library.names() if args.all else [args.name], "verifying"):
        try:
            found = verification.verify(_theorem(name), digits=args.digits)
        except Refused as refusal:
            status = max(status, _say_refused(name, refusal))
            continue
        shown = found.reason
        if found.verdict is Verdict.SUPPORTED:
            looks = f"{found.points} points and {len(found.lines)} lines, {found.digits} digits"
            shown = f"{looks}; first point: {found.point}"
        elif found.counterexample is not None:
            shown += f", at {found.counterexample}"
        print(_visible(f"{found.verdict.value} {found.name}: {shown}"))
        if found.verdict is not Verdict.SUPPORTED:
            status = max(status, REFUSED)
    return status


def _book(args: argparse.Namespace) -> int:
    from .. import library
    from ..book import build as book

    if args.html is not None and args.formats is not None:
        raise _Unusable("--html and --formats do not go together")
    if args.html is not None or args.formats is not None:
        return _html_book(args) if args.formats is None else _every_format(args)
    directory = args.directory or library.directory()
    if directory.is_relative_to(Path(__file__).parent):
        raise _Unusable("there is no checkout here: name the directory of the book")
    if args.check:
        stale = book.stale(directory, _deriving)
        _tell("")
        for name in stale:
            print(f"out of date: {name}", file=sys.stderr)
        return REFUSED if stale else ACCEPTED
    if directory.exists():
        # Building removes what does not belong to the book, so it must be one.
        present = [p.relative_to(directory) for p in sorted(directory.rglob("*")) if not p.is_dir()]
        strange = [p.as_posix() for p in present if not book.belongs(p)]
        if strange or (present and not any(directory.glob("*/*" + library.SUFFIX))):
            raise _Unusable(f"{directory} is no book: {strange[0] if strange else 'it has no certificate'}")
    changed = book.build(directory, _deriving)
    _tell("")
    for path in changed:
        print(path)
    return ACCEPTED


def _html_book(args: argparse.Namespace) -> int:
    from ..book.html_pages import NotABook, write

    if args.check or args.directory is not None:
        raise _Unusable("--html goes with nothing else: it takes the directory of the HTML book")
    try:
        changed = write(args.html, lambda name: _tell(f"writing {name}"))
    except NotABook as error:
        raise _Unusable(str(error)) from None
    _tell("")
    for path in changed:
        print(path)
    return ACCEPTED


def _every_format(args: argparse.Namespace) -> int:
    from ..book.html_pages import NotABook
    from ..render.pdf import NotCompiled, NoTeX
    from .export import FORMATS, write

    if args.check or args.directory is not None:
        raise _Unusable("--formats goes with nothing else: it takes the directory to write to")
    try:
        count = write(args.formats, FORMATS, (), lambda name: _tell(f"writing {name}"))
    except (NotABook, NoTeX, NotCompiled) as error:
        raise _Unusable(_visible(str(error))) from None
    finally:
        _tell("")
    print(f"{count} files in {args.formats}")
    return ACCEPTED


def _deriving(name: str) -> None:
    _tell(f"deriving {name}")


# --- rocq ------------------------------------------------------------------------------------------------------------


def _rocq(args: argparse.Namespace) -> int:
    from .. import library
    from ..kernel import Refused
    from ..rocq.files import NotExported, exports

    if args.all == (args.name is not None):
        raise _Unusable("expected a NAME or --all")
    if args.all and args.output is None and not args.run:
        raise _Unusable("--all goes with --run, or with -o and a directory")
    if args.record and not (args.all and args.run):
        raise _Unusable("--record goes with --all --run")
    if args.jobs < 1:
        raise _Unusable(f"expected at least one job, got {args.jobs}")
    try:
        found = exports(library.names() if args.all else [args.name], library.theorem, _exporting)
    except library.NoSuchTheorem as error:
        raise _Unusable(str(error)) from None
    except Refused as refusal:
        return _say_refused(args.name or "the library", refusal)
    except NotExported as error:
        _tell("")
        print(f"not exported: {_visible(str(error))}", file=sys.stderr)
        return REFUSED
    _tell("")
    if args.output is None and not args.run:
        print(found.texts[args.name], end="")
        return ACCEPTED
    if not args.run:
        for path in found.write(args.output):
            print(path)
        return ACCEPTED
    if args.output is not None:
        return _run_rocq(found, args.output, args)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as directory:
        return _run_rocq(found, Path(directory), args)


def _exporting(name: str) -> None:
    _tell(f"exporting {name}")


def _run_rocq(found: Exported, directory: Path, args: argparse.Namespace) -> int:
    """Compile what was exported, say what came of it, and compare the whole with the record or write that."""
    from ..rocq.running import PRELUDE, NoCoq, compile_all, version

    try:
        coq = version()
    except NoCoq as error:
        raise _Unusable(str(error)) from None
    found.write(directory)
    print(f"Coq {coq}, {args.jobs} {'files' if args.jobs > 1 else 'file'} at a time", flush=True)
    start, width = time.monotonic(), max(map(len, found.order))
    good, bad = 0, 0
    for outcome in compile_all(directory, found.order, args.jobs, lambda name: _tell(f"coqc {name}")):
        _tell("")
        if outcome.accepted:
            good += outcome.name != PRELUDE
            print(f"accepted {outcome.name:{width}}  {outcome.seconds:5.1f} s", flush=True)
        else:
            bad += 1
            print(_visible(f"refused {outcome.name}: {outcome.why}"), flush=True)
    status = REFUSED if bad else _asked(found, directory)
    print(f"{good} accepted, {bad} refused, in {time.monotonic() - start:.0f} s")
    return _recorded(found, coq, args.record) if args.all and status == ACCEPTED else status


def _asked(found: Exported, directory: Path) -> int:
    """Ask Coq what all theorems rest on, and say it; when it is too much, say which theorems do."""
    from ..rocq.running import ASSUMPTIONS, rests_on, strange

    _tell("asking what they rest on")
    try:
        rests = rests_on(directory, found.texts)
        foreign = [axiom for axiom in rests if axiom not in ASSUMPTIONS]
        others = strange(directory, found.texts) if foreign else {}
    except ValueError as error:
        _tell("")
        print(_visible(f"refused: {error}"))
        return REFUSED
    _tell("")
    for name, axioms in others.items():
        print(_visible(f"refused {name}: it rests on {', '.join(axioms)}"))
    if foreign:
        print(_visible(f"refused: together they rest on {', '.join(foreign)}"))
        return REFUSED
    print("what they rest on, and nothing else: the axioms of Coq's standard real numbers" if rests else "no axioms")
    for axiom in rests:
        print(f"  {axiom}")
    return ACCEPTED


def _recorded(found: Exported, coq: str, write: bool) -> int:
    from .. import library
    from ..book import ledger
    from ..rocq import record

    path = library.directory() / library.LEDGER
    known = library.read_ledger(path)
    if write:
        accepted = record.Record.of(coq, found.prelude, found.texts)
        path.write_text(ledger.dump(ledger.with_record(known, accepted)), encoding="utf-8")
        print(path)
        return ACCEPTED
    recorded = ledger.recorded(known)
    if recorded is not None and recorded.coq != coq:
        print(f"the record is of Coq {recorded.coq}; this was Coq {coq}", file=sys.stderr)
    stale = record.differences(recorded, found.prelude, found.texts)
    for what in stale:
        print(f"out of date: {library.LEDGER}: {what}", file=sys.stderr)
    return REFUSED if stale else ACCEPTED


# --- plot ------------------------------------------------------------------------------------------------------------


def _plot(args: argparse.Namespace) -> int:
    from ..measures import plots
    from ..samples import outcomes

    if args.name not in plots.NAMES:
        raise _Unusable(f"there is no picture {args.name!r}; there are {', '.join(plots.NAMES)}")
    if (args.p is None) != (args.q is None):
        raise _Unusable("--p and --q go together")
    if args.p is not None and args.name == "divergence_and_mirror":
        raise _Unusable("divergence_and_mirror is about all q, and takes neither --p nor --q")
    try:
        given: list[Any] = [] if args.p is None else [outcomes.distribution(s) for s in (args.p, args.q)]
        if args.name == "cross_entropy_identity":
            given[1:] = [[q] for q in given[1:]]  # a bar for each of several Q
        axes = plots.NAMES[args.name](*given)
        if args.output is None:
            print(plots.svg(axes), end="")
        else:
            plots.save(axes, args.output)
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise _Unusable(str(error)) from None
    except ValueError as error:  # what cannot be drawn, BadInput among it
        raise _Unusable(str(error)) from None
    return ACCEPTED
