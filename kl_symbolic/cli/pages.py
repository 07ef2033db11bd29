"""The options that say what a page shows and how LaTeX is laid out, shared by the verbs that print pages."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .console import Unusable, integer, one_of

if TYPE_CHECKING:
    from ..kernel import CheckedTheorem
    from ..render.model import Document, Report

__all__ = ["add_options", "check_options", "latex", "page"]

_DETAILS = ("result", "blackboard", "steps")
_PARTS = ("title", "hypotheses", "statement", "notation", "proof", "steps", "example", "axioms", "provenance")
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph")
_ENVIRONMENTS = ("theorem", "lemma", "proposition", "corollary")
_ALONE = (*_ENVIRONMENTS, "frame")
"""Headings under which one theorem is laid out, and not a narrative around several."""
# They are spelled out, so that --help imports no renderer; a test compares them with those of the renderer.

_WITHOUT_PAGES = ("json", "certificate")
"""The formats that are data, of which nothing is left out."""

_LAID_OUT = ("width", "font_size", "heading", "numbered", "label")
"""Options that only a fragment or a document in LaTeX has."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("--alone", action="store_true", help="only the theorem, without the narrative around it")
    parser.add_argument("--full", action="store_true", help="the whole narrative, where a brief one is shown otherwise")
    parser.add_argument(
        "--detail",
        metavar="LEVEL",
        type=one_of("a level of detail", _DETAILS),
        default="blackboard",
        help="how much of each theorem: result, blackboard (default), or steps, every line that the kernel replayed",
    )
    parser.add_argument(
        "--parts", metavar="LIST", type=_parts, default=(), help=f"only these parts of the page: {', '.join(_PARTS)}"
    )
    parser.add_argument("--title", metavar="TEXT", default="", help="a title instead of the one that the page has")
    latex = parser.add_argument_group("with --format latex")
    latex.add_argument("--document", action="store_true", help="a document that compiles by itself")
    latex.add_argument(
        "--width",
        metavar="W",
        help="of a line: 8.6cm, 20em, page, column or slide; without it TeX takes what fits in \\linewidth",
    )
    latex.add_argument(
        "--font-size",
        metavar="N",
        type=integer,
        help="of the font in points, for a width that is not in em (default: 10)",
    )
    latex.add_argument(
        "--heading",
        metavar="H",
        type=one_of("a heading", (*_SECTIONS, *_ALONE)),
        help=f"{', '.join(_SECTIONS)}; an environment: {', '.join(_ENVIRONMENTS)}; or frame, slides of beamer",
    )
    latex.add_argument("--numbered", action=argparse.BooleanOptionalAction, help="whether it has a number, or a star")
    latex.add_argument("--label", metavar="L", help=r"for \ref and \cref, such as thm:gibbs")
    latex.add_argument(
        "--rename",
        metavar="NAME=SYMBOL",
        type=_renamed,
        action="append",
        default=[],
        help=r"another symbol for a name, such as p1=\theta_1; may be given again; also with --format pdf",
    )


def _parts(source: str) -> tuple[str, ...]:
    read = one_of("a part of a page", _PARTS)
    return tuple(read(part.strip()) for part in source.split(","))


def _renamed(source: str) -> tuple[str, str]:
    name, equals, symbol = source.partition("=")
    if not (name and equals and symbol):
        raise argparse.ArgumentTypeError(rf"expected NAME=SYMBOL such as p1=\theta_1, got {source[:40]!r}")
    return name.strip(), symbol.strip()


def check_options(args: argparse.Namespace) -> None:
    """Refuse options that do not go together.

    Parameters
    ----------
    args : Namespace
        With the format that is meant.

    Raises
    ------
    Unusable
    """
    if args.document and args.format != "latex":
        raise Unusable("--document goes with --format latex")
    for option in _LAID_OUT:
        if getattr(args, option) is not None and args.format != "latex":
            raise Unusable(f"--{option.replace('_', '-')} goes with --format latex")
    if args.rename and args.format not in ("latex", "pdf"):
        raise Unusable("--rename goes with --format latex and --format pdf")
    names = [name for name, _ in args.rename]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Unusable(f"--rename gives {twice} two symbols")
    shown = args.detail != "blackboard" or args.parts or args.title or args.alone or args.full
    if args.format in _WITHOUT_PAGES and shown:
        raise Unusable(f"--format {args.format} leaves nothing out: it takes no option that says what a page shows")
    if args.width is not None and args.width.endswith("em") and args.font_size is not None:
        raise Unusable("--font-size says what other units are in em; this width is in em")


def page(theorem: CheckedTheorem, args: argparse.Namespace, reports: tuple[Report, ...]) -> Document:
    """Return the page of a theorem that the options describe.

    Parameters
    ----------
    theorem : CheckedTheorem
    args : Namespace
    reports : tuple of Report

    Raises
    ------
    Unusable
        When options do not fit the page.
    """
    from ..book.documents import document
    from ..language.errors import InvalidValue
    from ..render.model import View

    alone = args.alone or (args.heading in _ALONE and not args.full)
    try:
        return document(theorem, args.base, alone, args.full, reports, View(args.detail, args.parts), args.title)
    except InvalidValue as error:
        raise Unusable(str(error)) from None


def latex(shown: Document, args: argparse.Namespace) -> str:
    """Return a page in LaTeX, laid out as the options say.

    Parameters
    ----------
    shown : Document
    args : Namespace

    Raises
    ------
    Unusable
        When a width, label or symbol cannot be used.
    """
    from ..language.errors import InvalidValue
    from ..render import latex as backend
    from ..render.model.renaming import Renaming

    try:
        width = backend.width_of(args.width, args.font_size or 10) if args.width is not None else None
        standalone = args.document or args.format == "pdf"
        layout = backend.Layout(standalone, width, args.heading or "section", args.numbered, args.label or "")
        return backend.render(shown, layout, Renaming.of(dict(args.rename)) if args.rename else None)
    except InvalidValue as error:
        raise Unusable(str(error)) from None
