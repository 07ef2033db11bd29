"""``kl-symbolic check``: the kernel replays certificate files; nothing but the standard library is imported."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .console import ACCEPTED, REFUSED, UNUSABLE, Unusable, progress, put, say, without_collection

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "replay certificates; needs nothing but the standard library"
EPILOG = """\
examples:
  kl-symbolic check mine.klcert.json
  kl-symbolic check --json mine.klcert.json yours.klcert.json

A lemma is looked for among the files given, then beside the file that cites it and in the other topics of its
library, then among the shipped theorems.

exit status: 0 all accepted, 1 one refused, 2 one cannot be read
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="certificates")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")


def run(args: argparse.Namespace) -> int:
    """Print a verdict for each file.

    Parameters
    ----------
    args : Namespace
    """
    with without_collection():
        return _checked(args.files, args.json)


def _checked(files: list[Path], as_json: bool) -> int:
    from ..kernel import Refused
    from ..language.printer import explain, sequent, text, visible, visible_json
    from ..library import Library

    shelf = Library(files)
    worst, records = ACCEPTED, []
    python = next((f for f in files if f.suffix == ".py"), None)
    if python is not None:
        raise Unusable(f"{python} is a Python file and not a certificate; `kl-symbolic derive` checks its derivations")
    for name in progress([str(f) for f in files], "checking"):
        record: dict[str, Any] = {"file": name}
        try:
            theorem = shelf.check(Path(name))
        except Refused as refusal:
            status = REFUSED
            why = explain(Refused(refusal.reason, refusal.parts))
            record |= {"verdict": "refused", "line": refusal.line, "rule": refusal.rule, "why": why}
            shown = f"refused {visible(name, lines=False)}{':' if refusal.line is None else ''} {explain(refusal)}"
        except OSError as error:
            status = UNUSABLE
            record |= {"verdict": "unusable", "why": error.strerror or str(error)}
            shown = f"unusable {visible(name, lines=False)}: {record['why']}"
        else:
            status = ACCEPTED
            hypotheses, conclusion = [*map(text, theorem.hypotheses)], text(theorem.conclusion)
            record |= {"verdict": "accepted", "name": theorem.name, "hypotheses": hypotheses}
            record |= {"conclusion": conclusion, "axioms": theorem.axioms, "uses": theorem.uses}
            shown = f"accepted {theorem.name}: {sequent(hypotheses, conclusion)}"
        worst = max(worst, status)
        records.append(record)
        if not as_json:
            say(shown)
    if as_json:
        put(visible_json(json.dumps(records, indent=2, ensure_ascii=False)) + "\n", None)
    return worst
