"""``kl-symbolic book``: builds the book of derivations, checks that it is up to date, and exports it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .console import ACCEPTED, REFUSED, Counter, Unusable, add_progress, clear, did_you_mean, one_of
from .export import FORMATS, write

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "build, check or export the book of derivations"
EPILOG = """\
  build [DIR]     derive, check and verify every theorem, and write its pages to DIR
  check [DIR]     write nothing; say which files in DIR are out of date
  export DIR      write every shipped derivation to DIR, in a directory for each format

Without DIR, build and check take the derivations of this checkout.

examples:
  kl-symbolic book check
  kl-symbolic book build --keep-numbers                  after a change that few theorems see
  kl-symbolic book export pages --format html --format myst

exit status: 0 done or up to date, 1 something is out of date, 2 the command cannot be carried out
"""

_ACTIONS = ("build", "check", "export")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.usage = (
        "kl-symbolic book build [DIR] [--keep-numbers]\n       kl-symbolic book check [DIR] [--keep-numbers]\n"
        "       kl-symbolic book export DIR [--format FORMAT]..."
    )
    parser.add_argument("words", metavar="build|check|export", nargs="*", help="what to do, and the directory")
    parser.add_argument(
        "--format", metavar="FORMAT", action="append", type=one_of("a format", FORMATS),
        help=f"with export: {', '.join(FORMATS)} (may be repeated; default: all)",
    )  # fmt: skip
    parser.add_argument(
        "--keep-numbers",
        action="store_true",
        help="do not evaluate theorems again whose certificates are those of the last build",
    )
    add_progress(parser)
    # The calls of version 0.1: book [DIR], book --check [DIR], book --html DIR, book --formats DIR.
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--html", metavar="DIR", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--formats", metavar="DIR", type=Path, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Build, check or export the book.

    Parameters
    ----------
    args : Namespace
    """
    from .. import library

    action, directory = _wanted(args)
    if args.html is not None:
        return _html(args.html)
    if action == "export":
        if directory is None:
            raise Unusable("expected the directory to write to: kl-symbolic book export DIR")
        return _export(directory, args.format or FORMATS)
    if args.format:
        raise Unusable("--format goes with export")
    directory = directory or library.directory()
    package = Path(__file__).resolve().parent.parent
    if directory.is_relative_to(package):
        raise Unusable("this is an installed package and not a checkout: name the directory of the book")
    return _check(directory, args.keep_numbers) if action == "check" else _build(directory, args.keep_numbers)


def _wanted(args: argparse.Namespace) -> tuple[str, Path | None]:
    """Return what is to be done, and the directory where one was named."""
    words = list(args.words)
    old = [f"--{name}" for name in ("check", "html", "formats") if getattr(args, name)]
    if len(old) > 1:
        raise Unusable(f"{' and '.join(old)} do not go together")
    if words and words[0] in _ACTIONS:
        action = words.pop(0)
        if old:
            raise Unusable(f"{old[0]} does not go with {action}")
    elif words and not Path(words[0]).exists() and (near := did_you_mean(words[0], _ACTIONS)):
        raise Unusable(f"expected {', '.join(_ACTIONS)}, or an existing directory; got {words[0]!r}{near}")
    else:
        action = "check" if args.check else "export" if args.formats else "build"
    if (args.html or args.formats) and (words or args.format):
        raise Unusable(f"{old[0]} goes with nothing else: it takes the directory to write to")
    if len(words) > 1:
        raise Unusable(f"expected one directory, got {' and '.join(words)}")
    return action, args.formats or (Path(words[0]) if words else None)


def _check(directory: Path, keep: bool) -> int:
    from ..book import build as book

    stale = book.stale(directory, _building(), keep)
    clear()
    for name in stale:
        print(f"out of date: {name}", file=sys.stderr)
    return REFUSED if stale else ACCEPTED


def _build(directory: Path, keep: bool) -> int:
    from .. import library
    from ..book import build as book

    if directory.exists():
        # Building removes what does not belong to the book, so it must be one.
        present = [p.relative_to(directory) for p in sorted(directory.rglob("*")) if not p.is_dir()]
        strange = [p.as_posix() for p in present if not book.belongs(p)]
        if strange or (present and not any(directory.glob("*/*" + library.SUFFIX))):
            raise Unusable(f"{directory} is not a book: {strange[0] if strange else 'it has no certificate'}")
    changed = book.build(directory, _building(), keep)
    clear()
    for path in changed:
        print(path)
    return ACCEPTED


def _html(directory: Path) -> int:
    from ..book import html_pages

    try:
        changed = html_pages.write(directory, _writing(("html",)))
    except html_pages.NotABook as error:
        raise Unusable(str(error)) from None
    clear()
    for path in changed:
        print(path)
    return ACCEPTED


def _export(directory: Path, formats: list[str] | tuple[str, ...]) -> int:
    from ..book.html_pages import NotABook
    from ..render.pdf import NotCompiled, NoTeX

    try:
        count = write(directory, formats, (), _writing(formats))
    except (NotABook, NoTeX, NotCompiled) as error:
        raise Unusable(str(error)) from None
    clear()
    print(f"{count} files in {directory}")
    return ACCEPTED


def _building() -> Counter:
    """Return the progress bar of a build, in which each theorem comes twice: it is derived, and then its page made."""
    from ..book.contents import authors

    return Counter(2 * sum(1 for _ in authors()), "building")


def _writing(formats: Sequence[str]) -> Counter:
    """Return the progress bar of an export, in which each theorem comes once in each format."""
    from .. import library

    return Counter(len(formats) * len(library.names()), "writing")
