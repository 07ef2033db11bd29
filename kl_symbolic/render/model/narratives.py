"""Several theorems told as one story: headings and prose between the pages of checked theorems.

Prose that reports what others have proved, and not the kernel, is marked as cited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ...kernel import CheckedTheorem
from ...kernel.terms import Node
from ...language.parser import declare
from ..latex import page as latex
from ..markdown import page as markdown
from ..markdown.flavors import GITHUB, Flavour, flavour_of
from ..text import page as terminal
from .notation import Formula, Notation, Paragraph, agree
from .provenance import Colophon
from .story import read_prose
from .theorems import Outline, outline

__all__ = ["Story", "page_to_latex", "page_to_markdown", "page_to_text"]

CITED = "Cited, not proved here."

_Piece = Outline | tuple[str, Paragraph, Notation]


class Story(Protocol):
    """A title, the names in the prose, and parts: ``("heading", text)``, ``("prose", text)``, ``("theorem", name)``.

    A part ``("cited", text)`` is prose that is marked as proved elsewhere.
    """

    @property
    def title(self) -> str:
        """The title of the page."""

    @property
    def names(self) -> dict[str, str]:
        """The signatures of the names in the prose."""

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """What is told, in order."""


def _pieces(
    story: Story, theorem: Callable[[str], CheckedTheorem], base: int | None, known: Mapping[str, Colophon] | None
) -> Iterator[_Piece]:
    scope = declare(story.names)
    for kind, content in story.parts:
        if kind == "theorem":
            yield outline(theorem(content), base=base, colophon=(known or {}).get(content))
        else:
            paragraph = read_prose(content, scope)
            nodes: list[Node] = [p.first for p in paragraph if isinstance(p, Formula)]
            yield kind, paragraph, agree(nodes, scope, frozenset(scope), None)


def page_to_text(
    story: Story,
    theorem: Callable[[str], CheckedTheorem],
    width: int = 88,
    base: int | None = None,
    known: Mapping[str, Colophon] | None = None,
) -> str:
    """Return a story for the terminal.

    Parameters
    ----------
    story : Story
    theorem : callable
        Returns the checked theorem of a name.
    width : int
    base : int, optional
        The base of the logarithms that are shown.
    known : mapping of str to Colophon, optional
        What is known of shipped theorems beside their proofs.
    """
    blocks = [f"{story.title}\n{'=' * len(story.title)}"]
    for piece in _pieces(story, theorem, base, known):
        if isinstance(piece, Outline):
            first, *rest = terminal.TextPage(piece.notation, width).blocks(piece)
            blocks += [first.split("\n")[0] + "\n" + "~" * len(piece.title), *rest]
        else:
            kind, paragraph, notation = piece
            cited = (f"{CITED} ",) if kind == "cited" else ()
            shown = terminal.TextPage(notation, width).wrapped((*cited, *paragraph))
            line = "\n" + "-" * max(map(len, shown.splitlines()))
            blocks.append(shown + line * (kind == "heading"))
    return "\n\n".join(blocks) + "\n"


def page_to_markdown(
    story: Story,
    theorem: Callable[[str], CheckedTheorem],
    base: int | None = None,
    known: Mapping[str, Colophon] | None = None,
    flavour: str | Flavour = GITHUB,
) -> str:
    """Return a story in Markdown, in the given flavour; the other parameters are those of :func:`page_to_text`."""
    chosen = flavour if isinstance(flavour, Flavour) else flavour_of(flavour)
    blocks = [f"# {chosen.escape(story.title)}"]
    for piece in _pieces(story, theorem, base, known):
        if isinstance(piece, Outline):
            page = markdown.MarkdownPage(piece.notation, chosen).blocks(piece)
            blocks += [f"##{block}" if block.startswith("#") else block for block in page]
        else:
            kind, paragraph, notation = piece
            lead = {"heading": "## ", "cited": f"> **{CITED}** "}.get(kind, "")
            blocks.append(lead + markdown.MarkdownPage(notation, chosen).text(paragraph))
    return "\n\n".join(blocks) + "\n"


def page_to_latex(
    story: Story,
    theorem: Callable[[str], CheckedTheorem],
    document: bool = False,
    base: int | None = None,
    known: Mapping[str, Colophon] | None = None,
) -> str:
    r"""Return a story in LaTeX, a fragment or a complete document; the parameters are those of :func:`page_to_text`."""
    blocks = [rf"\section*{{{latex.escape(story.title)}}}"]
    for piece in _pieces(story, theorem, base, known):
        if isinstance(piece, Outline):
            blocks += map(_lower, latex._page(piece))
        else:
            kind, paragraph, notation = piece
            shown = latex._text(paragraph, notation)
            if kind == "cited":
                shown = f"\\begin{{quote}}\n\\textbf{{{CITED}}} {shown}\n\\end{{quote}}"
            blocks.append(rf"\subsection*{{{shown}}}" if kind == "heading" else shown)
    shown = "\n\n".join(blocks) + "\n"
    return f"{latex._HEAD}{shown}\\end{{document}}\n" if document else shown


def _lower(block: str) -> str:
    for command, lower in ((r"\subsection*", r"\paragraph*"), (r"\section*", r"\subsubsection*")):
        if block.startswith(command):
            return lower + block.removeprefix(command)
    return block
