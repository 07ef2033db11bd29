r"""Flavors of Markdown: how each writes a formula, and what must be spelled out so that a user's words stay words.

=========  ==========================  ===============  =================================================
flavor    display                     in running text  read by
=========  ==========================  ===============  =================================================
github     a ``math`` fence            ``$`…`$``        GitHub, GitLab
hugo       ``\[ … \]``                 ``\( … \)``      Hugo, with Goldmark's passthrough extension
myst       a ``{math}`` fence          ``{math}`…```    Sphinx with MyST-Parser, Jupyter Book, mystmd
notebook   ``$$ … $$``                 ``$…$``          Jupyter
=========  ==========================  ===============  =================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

from ...language.errors import InvalidValue

__all__ = ["FLAVORS", "GITHUB", "NAMES", "NOTEBOOK", "Flavor", "flavor_of"]

_APART = "\u200b"
"""A space without width: the characters around it are no longer read together."""


@final
@dataclass(frozen=True, slots=True)
class Flavor:
    """A flavor of Markdown.

    Parameters
    ----------
    name : str
    displayed : tuple of (str, str)
        What stands on a line of its own before a displayed formula and behind it.
    running : tuple of (str, str)
        What stands around a formula in running text.
    spelled : mapping of str to str
        How characters of running text are written, where a backslash in front of them is not right.
    heads : str
        Characters that mean something at the beginning of a paragraph.
    raw : bool
        Whether formulas reach the page through Markdown, templates and HTML as they stand, and must mean nothing there.
    front_matter : bool
        Whether the title stands in front of the page, for the templates of whoever reads it, and not on the page.
    """

    name: str
    displayed: tuple[str, str]
    running: tuple[str, str]
    spelled: Mapping[str, str] = field(default_factory=dict)
    heads: str = "-+="
    raw: bool = False
    front_matter: bool = False

    def escape(self, text: str) -> str:
        """Return running text in which nothing is markup.

        Parameters
        ----------
        text : str
        """
        return "".join(self.spelled.get(c) or _HTML.get(c) or (f"\\{c}" if c in _ESCAPED else c) for c in text)

    def paragraph(self, text: str) -> str:
        """Return a paragraph that was escaped so that it does not begin a list, a heading, a rule or a comment.

        Parameters
        ----------
        text : str
        """
        head = text.lstrip(" 0123456789")
        at = len(text) - len(head)
        if head[:1] and (head[0] in self.heads or (at and head[0] in ".)")):
            # A backslash and a bracket would be the end of a formula in some flavors.
            first = "&#41;" if head[0] == ")" and self.raw else f"\\{head[0]}"
            text = f"{text[:at]}{first}{head[1:]}"
        return text.lstrip(" ")

    def display(self, latex: str) -> str:
        """Return a displayed formula.

        Parameters
        ----------
        latex : str
        """
        before, behind = self.displayed
        block = f"{before}\n{latex}\n{behind}"
        return _LIST.sub(" ", _plain(block)) if self.raw else block

    def formula(self, latex: str) -> str:
        """Return a formula in running text.

        Parameters
        ----------
        latex : str
        """
        before, behind = self.running
        return f"{before}{_plain(latex) if self.raw else latex}{behind}"

    def code(self, text: str) -> str:
        """Return text that is not prose and has no backtick.

        Parameters
        ----------
        text : str
        """
        return f"`{text.replace('{{', '{' + _APART + '{') if self.raw else text}`"


_ESCAPED = set("\\`*_{}[]<>|~#")
_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_LIST = re.compile(r"\n(?=[-+=*#>\d])")
"""A line that would be a list, a heading or a quotation."""


def _plain(latex: str) -> str:
    """Return LaTeX in which nothing begins a shortcode or a tag."""
    return latex.replace("{{", "{ {").replace("< ", "<").replace("<", r"\lt ").replace("> ", ">").replace(">", r"\gt ")


GITHUB = Flavor("github", ("```math", "```"), ("$`", "`$"), {"$": "<span>$</span>"})

NOTEBOOK = Flavor(
    "notebook",
    ("$$", "$$"),
    ("$", "$"),
    # In tags of their own, no dollar and no backslash is found by what typesets the page.
    {"$": "<span>&#36;</span>", "\\": "<span>&#92;</span>"},
)
"""The flavor of Jupyter notebooks. It is not offered as a file format, because notebooks have a format of their own."""

_HUGO = Flavor(
    "hugo",
    (r"\[", r"\]"),
    (r"\(", r"\)"),
    # A bracket behind a backslash begins or ends a formula, for Goldmark and once more for what typesets the page.
    {"[": "&#91;", "]": "&#93;", "\\": f"\\\\&#{ord(_APART)};", "$": f"\\$&#{ord(_APART)};"},
    raw=True,
    front_matter=True,
)
_MYST = Flavor("myst", ("```{math}", "```"), ("{math}`", "`"), {"$": r"\$"}, "-+=%(:")

FLAVORS = {flavor.name: flavor for flavor in (GITHUB, _HUGO, _MYST)}
NAMES = tuple(FLAVORS)


def flavor_of(name: str) -> Flavor:
    """Return a flavor by its name.

    Parameters
    ----------
    name : str

    Raises
    ------
    ValueError
        When there is none.
    """
    if name not in FLAVORS:
        raise InvalidValue(f"expected a flavor of Markdown, {', '.join(NAMES)}; got {name!r}")
    return FLAVORS[name]
