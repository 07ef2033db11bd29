"""``kl-symbolic rocq``: exports theorems to Rocq (Coq), and lets it check them."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from . import sources
from .console import (
    ACCEPTED,
    REFUSED,
    Counter,
    Unusable,
    add_progress,
    clear,
    integer,
    put,
    say_refused,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..rocq.files import Exported

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "export theorems to Rocq (Coq), and let it check them as a second kernel"
EPILOG = """\
examples:
  kl-symbolic rocq log_div                     the Coq proof, in the terminal
  kl-symbolic rocq kl_nonneg -o coq            it and its lemmas as files, to be compiled or stepped through
  kl-symbolic rocq kl_nonneg --run             let Coq check it and everything below it, and keep no files
  kl-symbolic rocq claim.klcert.json --run     ... a theorem of your own
  kl-symbolic rocq --all --run                 ... the whole library, compared with the record

Exporting needs nothing. --run needs coqc and Coquelicot: in Debian the packages coq and libcoq-coquelicot.

exit status: 0 all accepted, 1 one refused or the record out of date, 2 the command cannot be carried out
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument(
        "name", metavar="NAME", nargs="?",
        help="a shipped theorem, a certificate file, or a Python file; the lemmas come with it",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="every shipped theorem")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="write the .v files to this directory")
    parser.add_argument("--run", action="store_true", help="compile them with coqc, and list what each rests on")
    parser.add_argument(
        "--jobs", metavar="N", type=integer, default=2, help="processes of Coq that run at a time (default: 2)"
    )
    parser.add_argument("--record", action="store_true", help="with --all --run: write down what was accepted")
    add_progress(parser)


def run(args: argparse.Namespace) -> int:
    """Export theorems, and let Coq check them where that was asked for.

    Parameters
    ----------
    args : Namespace
    """
    from .. import library
    from ..kernel import Refused
    from ..language.printer import visible
    from ..rocq.files import NotExported, exports

    if args.all == (args.name is not None):
        raise Unusable("expected a NAME or --all")
    if args.all and args.output is None and not args.run:
        raise Unusable("--all goes with --run, or with -o and a directory")
    if args.record and not (args.all and args.run):
        raise Unusable("--record goes with --all --run")
    if args.record and not library.directory().is_dir():
        raise Unusable("this is an installed package and not a checkout: it has no ledger to write to")
    if args.jobs < 1:
        raise Unusable(f"expected at least one job, got {args.jobs}")
    own = sources.Theorems([], {}) if args.all else sources.find(args.name)
    theorems = {theorem.name: theorem for theorem in own.theorems}
    if not args.all and not theorems:
        return own.status
    for name, theorem in {**own.beside, **theorems}.items():
        if name in library.names() and library.certificate_text(name) != theorem.certificate:
            raise Unusable(f"a shipped theorem is called {name} too, and Coq takes one of a name: rename yours")
    names = [*(library.names() if args.all else theorems)]
    exporting = Counter(len(names), "exporting") if args.all else _exporting
    try:
        found = exports(names, lambda name: theorems[name] if name in theorems else own.lemma(name), exporting)
    except Refused as refusal:
        return say_refused(args.name or "the library", refusal)
    except NotExported as error:
        clear()
        print(f"not exported: {visible(str(error))}", file=sys.stderr)
        return REFUSED
    clear()
    if args.output is None and not args.run:
        put("\n".join(found.texts[name] for name in names), None)
        return own.status
    if not args.run:
        for path in found.write(args.output):
            print(path)
        return own.status
    if args.output is not None:
        found.write(args.output)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as directory:
        return max(own.status, _run_rocq(found, Path(directory), args))


def _exporting(name: str) -> None:
    tell(f"exporting {name}")


def _run_rocq(found: Exported, directory: Path, args: argparse.Namespace) -> int:
    """Compile what was exported, say what came of it, and compare the whole with the record or write that."""
    from ..language.printer import visible
    from ..rocq.batches import compile_together
    from ..rocq.running import NoCoq, Outcome, version

    try:
        coq = version()
    except NoCoq as error:
        raise Unusable(str(error)) from None
    found.write(directory)
    print(f"Coq {coq}, {args.jobs} {'processes' if args.jobs > 1 else 'process'} at a time", flush=True)
    start, width = time.monotonic(), max(map(len, found.order))
    outcomes: dict[str, Outcome] = {}
    counter = Counter(len(found.order), "coqc")
    for outcome in compile_together(directory, found, args.jobs, counter, _one_by_one):
        clear()
        outcomes[outcome.name] = outcome
        if outcome.accepted:
            beside = f", together with {outcome.beside} more" if outcome.beside else ""
            print(f"accepted {outcome.name:{width}}  {outcome.seconds:5.1f} s{beside}", flush=True)
        else:
            print(visible(f"refused {outcome.name}: {outcome.why}"), flush=True)
    accepted = [outcome for outcome in outcomes.values() if outcome.accepted and outcome.name in found.texts]
    libraries = {outcome.name: outcome.library for outcome in accepted}
    bad = sum(not outcome.accepted for outcome in outcomes.values())
    status = REFUSED if bad else _asked(libraries, directory)
    print(f"{len(libraries)} accepted, {bad} refused, in {time.monotonic() - start:.0f} s")
    return _recorded(found, coq, args.record) if args.all and status == ACCEPTED else status


def _one_by_one(why: str, count: int) -> None:
    from ..language.printer import visible

    clear()
    print(visible(f"{count} compiled one by one, because together they were refused: {why}"), flush=True)


def _asked(libraries: Mapping[str, str], directory: Path) -> int:
    """Ask Coq what all theorems rest on, and say it; when it is too much, say which theorems do."""
    from ..language.printer import visible
    from ..rocq.running import ASSUMPTIONS, rests_on, strange

    tell("asking what they rest on")
    try:
        rests = rests_on(directory, libraries)
        foreign = [axiom for axiom in rests if axiom not in ASSUMPTIONS]
        others = strange(directory, libraries) if foreign else {}
    except ValueError as error:
        clear()
        print(visible(f"refused: {error}"))
        return REFUSED
    clear()
    for name, axioms in others.items():
        print(visible(f"refused {name}: it rests on {', '.join(axioms)}"))
    if foreign:
        print(visible(f"refused: together they rest on {', '.join(foreign)}"))
        return REFUSED
    print("what they rest on, and nothing else: the axioms of Coq's standard real numbers" if rests else "no axioms")
    for axiom in rests:
        print(f"  {axiom}")
    return ACCEPTED


def _recorded(found: Exported, coq: str, write: bool) -> int:
    from .. import library
    from ..book import ledger
    from ..rocq import record
    from ..rocq.export import prelude

    path = library.directory() / library.LEDGER
    known = library.read_ledger(path)
    if write:
        accepted = record.Record.of(coq, prelude(), found.texts)
        put(ledger.dump(ledger.with_record(known, accepted)), path)
        print(path)
        return ACCEPTED
    recorded = ledger.recorded(known)
    if recorded is not None and recorded.coq != coq:
        print(f"the record is of Coq {recorded.coq}; this was Coq {coq}", file=sys.stderr)
    stale = record.differences(recorded, prelude(), found.texts)
    for what in stale:
        print(f"out of date: {library.LEDGER}: {what}", file=sys.stderr)
    return REFUSED if stale else ACCEPTED
