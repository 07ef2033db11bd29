"""The pages of the book as pages of the site, read where they are; GitHub's way to write formulas becomes MyST's."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from kl_symbolic.book.contents import table
from kl_symbolic.book.layout import title, topic
from kl_symbolic.book.narratives import NARRATIVES, Narrative

BOOK = "derivations/"
_ORDER = [f"{BOOK}{topic(name)}/{name}" for names in table().values() for name in names if name not in NARRATIVES]
_FORMULA = re.compile(r"\$`([^`]*)`\$")


def setup(app: Sphinx) -> dict[str, Any]:
    """Read the book with the site."""
    app.connect("source-read", _read)
    app.connect("html-page-context", _neighbors)
    app.add_directive("chapters", Chapters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    if not page.startswith(BOOK):
        return
    source[0] = _FORMULA.sub(r"{math}`\1`", source[0])
    if page in _ORDER:
        # Hundreds of theorems are too many for a navigation that stands on every page.
        source[0] = f"---\norphan: true\n---\n\n{source[0]}"


def _neighbors(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    """Lead from a theorem to the one before and the one behind it in the order of the book."""
    if page not in _ORDER:
        return
    at = _ORDER.index(page)
    for key, place in (("prev", at - 1), ("next", at + 1)):
        if 0 <= place < len(_ORDER):
            other = _ORDER[place]
            link = app.builder.get_relative_uri(page, other)
            context[key] = {"title": f"<code>{other.rpartition('/')[2]}</code>", "link": link}


class Chapters(SphinxDirective):
    """``chapters``: links to theorems, those of a narrative under its headings, or all of them under their files.

    The argument is the name of a narrative, or ``book``.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions: the theorems of each chapter."""
        name = self.arguments[0]
        chapters = (
            [(title(file), names) for file, names in table().items()] if name == "book" else _told(NARRATIVES[name])
        )
        lines = []
        for heading, names in chapters:
            links = " · ".join(f"[{name}](../{BOOK}{topic(name)}/{name}.md)" for name in names)
            lines += [f"**{heading}**", f": {links}", ""]
        return self.parse_text_to_nodes("\n".join(lines))


def _told(narrative: Narrative) -> list[tuple[str, tuple[str, ...]]]:
    """Return the headings of a narrative, each with the theorems below it."""
    told: list[tuple[str, tuple[str, ...]]] = []
    for kind, text in narrative.parts:
        if kind == "heading":
            told.append((text, ()))
        elif kind == "theorem":
            told[-1] = (told[-1][0], (*told[-1][1], text))
    return told
