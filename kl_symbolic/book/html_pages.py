"""The book as HTML: an index, a page for each theorem and each narrative, and two files that they share.

It puts together the shipped theorems, the narratives and what is known of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .. import library
from ..kernel import CheckedTheorem
from ..kernel.errors import KLError
from ..language.printer import text
from ..render import html
from ..render.html.files import SHARED, document, shared
from ..render.html.typesetter import Typesetter, escape
from ..render.model import STATED, Provenance, document_of_theorem
from ..render.model.document import Statement, leaves
from .contents import table, titles
from .documents import document_in_book
from .layout import title as title_of
from .narratives import NARRATIVES
from .provenance import provenance

__all__ = ["NotABook", "files", "write"]

INDEX = "index.html"

_Progress = Callable[[str], None]


class NotABook(KLError, ValueError):
    """The directory holds files that are not of a book; the message names them."""


def files(progress: _Progress) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file of the book.

    Parameters
    ----------
    progress : callable
        Called with the name of each theorem before its page is made.
    """
    theorems = {name: library.theorem(name) for names in table().values() for name in names if name in library.names()}
    known, titles = _known(theorems), library.ledger().titles
    order = [*(name for name in NARRATIVES if name not in theorems), *theorems]
    pages = frozenset(order)
    yield from shared().items()
    entries = {}
    for k, name in enumerate(order):
        progress(name)
        around = html.Surroundings(pages, _turn(order[k - 1 : k], order[k + 1 : k + 2]))
        yield f"{name}.html", html.render(document_in_book(name, theorems.__getitem__, known, titles), around)
        if name in theorems:
            entries[name] = _entry(theorems[name], known(name, False))
    yield INDEX, _index(entries)


def _known(theorems: dict[str, CheckedTheorem]) -> Callable[[str, bool], Provenance]:
    ledger = library.ledger()
    return lambda name, brief: provenance(theorems[name], ledger.theorems[name], ledger.coq, linked=True, brief=brief)


def _turn(before: list[str], after: list[str]) -> str:
    """Return the links to the previous and the next page."""

    def to(names: list[str], words: str) -> str:
        return "".join(f'<a href="{escape(n)}.html">{words.format(escape(n))}</a>' for n in names)

    return (
        f'<nav class="turn" aria-label="Book"><span>{to(before, "← {}")}</span>'
        f'<a href="{INDEX}">All theorems</a><span>{to(after, "{} →")}</span></nav>'
    )


def _entry(theorem: CheckedTheorem, known: Provenance) -> str:
    """Return how the index lists a theorem."""
    blocks = document_of_theorem(theorem, view=STATED).blocks
    (said,) = (block for block in leaves(blocks) if isinstance(block, Statement))
    typesetter, name = Typesetter(said.notation), escape(theorem.name)
    shown, intro = typesetter.line(said.display), typesetter.text(said.display.intro)
    title = titles().get(theorem.name, "")
    find = escape(f"{theorem.name} {title} {text(theorem.conclusion)} {shown.said}".lower())
    link = f'<a href="{name}.html">{f"{escape(title)} " * bool(title)}<code>{name}</code></a>'
    checks = f'<span class="checks">{escape(" · ".join(known.badges))}</span>'
    return f'<li data-find="{find}">{link}{checks} <span class="what">{intro} {shown.shown}</span></li>'


def _index(entries: Mapping[str, str]) -> str:
    parts = {module: [entries[n] for n in names if n in entries] for module, names in table().items()}
    titles = {module: title_of(module) for module, shown in parts.items() if shown}
    narratives = "".join(f'<li><a href="{name}.html">{escape(p.title)}</a></li>' for name, p in NARRATIVES.items())
    links = "".join(f'<li><a href="#{part}">{title}</a> {len(parts[part])}</li>' for part, title in titles.items())
    blocks = [
        "<header><h1>The book of derivations</h1></header>",
        f"<p>{len(entries)} theorems about the Kullback–Leibler divergence and what belongs to it. Each is what the "
        "kernel returned for its certificate: every line was replayed, and each page unfolds all of them.</p>",
        f"<h2>Narratives</h2>\n<ul>{narratives}</ul>",
        f'<h2>Theorems</h2>\n<nav class="parts" aria-label="Parts"><ul>{links}</ul></nav>',
    ]
    for module, title in titles.items():
        listed = "\n".join(parts[module])
        blocks.append(
            f'<section class="part" id="{module}"><h3>{title}</h3>\n<ul class="entries">\n{listed}\n</ul></section>'
        )
    return document("The book of derivations", "<main>\n" + "\n".join(blocks) + "\n</main>", alone=False)


def write(directory: Path, progress: _Progress) -> list[Path]:
    """Write the book and return its files that changed; pages that no longer belong to it are removed.

    Parameters
    ----------
    directory : Path
        Empty, missing, or a book that was written before.
    progress : callable
        Called with the name of each theorem before its page is made.

    Raises
    ------
    NotABook
        When the directory holds something else.
    """
    present = sorted(directory.iterdir()) if directory.exists() else []
    strange = [p.name for p in present if not p.is_file() or (p.suffix != ".html" and p.name not in SHARED)]
    if strange or (present and not (directory / SHARED[0]).is_file()):
        raise NotABook(f"{directory} is not a book: {strange[0] if strange else f'it has no {SHARED[0]}'}")
    wanted = dict(files(progress))
    directory.mkdir(parents=True, exist_ok=True)
    changed = [path for path in present if path.name not in wanted]
    for path in changed:
        path.unlink()
    for name, content in wanted.items():
        path = directory / name
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed
