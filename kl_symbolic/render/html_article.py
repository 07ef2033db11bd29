"""A theorem as a piece of an HTML page: its claim in a box, its proof in rows that unfold, and what it rests on."""

from __future__ import annotations

from itertools import groupby
from typing import final

from .colophon import EXAMPLE, UNUSED
from .displays import Display
from .html_steps import Behind, derived
from .html_text import Form, Typesetter, copied, escape
from .notation import Paragraph
from .outline import CHECKED, UNCHECKED, Outline, Readable

__all__ = ["Article"]

_LINE = 36.0
"""How many em of a formula fit beside one another."""
_COLUMN = 13.0
"""The widest column of a reason in em; what does not fit stands below its formula."""
_SHORT = 9.0
"""A first form up to so many em stands beside the first relation."""


@final
class Article:
    """One theorem.

    Parameters
    ----------
    theorem : Readable
    page : Outline
        Its outline.
    level : int
        Of its heading.
    whole : bool
        Whether every line of its proof is shown.
    pages : frozenset of str, optional
        The theorems and stories with a page beside this one.
    """

    def __init__(
        self, theorem: Readable, page: Outline, level: int, whole: bool, pages: frozenset[str] | None = None
    ) -> None:
        self._theorem, self._page, self._level, self._whole = theorem, page, level, whole
        pages = pages or frozenset()
        self._set = Typesetter(page.notation, pages)
        elsewhere = f"{page.title}.html" if page.title in pages else None
        self._behind = Behind(theorem, self._set, "" if whole else elsewhere)

    def html(self) -> str:
        """Return the theorem, its proof and what it rests on."""
        page, level = self._page, self._level
        mark = "" if page.checked else ' <span class="unchecked">UNCHECKED</span>'
        blocks = [f'<h{level} class="name"><code>{escape(page.title)}</code>{mark}</h{level}>']
        if not page.checked:
            blocks.append(f'<p class="unchecked"><strong>UNCHECKED</strong>: {escape(UNCHECKED)}</p>')
        if page.colophon and not page.colophon.brief:
            badges = "".join(f"<li>{escape(badge)}</li>" for badge in page.colophon.badges)
            blocks.append(f'<ul class="badges" aria-label="Checked by">{badges}</ul>')
        blocks.append(self._claim())
        blocks += self._notes()
        blocks += derived(self._theorem, page, self._set, self._display, level + 1)
        blocks += [*[self._behind.proof()] * self._whole, *self._rests(), *self._colophon()]
        return '<article class="theorem">\n' + "\n".join(blocks) + "\n</article>"

    def _claim(self) -> str:
        """Return what the theorem says, in a box."""
        page = self._page
        opening = f"<strong>{'Theorem' if page.checked else 'Claim'}.</strong> {self._set.text(page.setting)}"
        blocks = [f"<p>{opening}{' Assume' if page.hypotheses else ' Then' * bool(page.setting)}</p>"]
        if len(page.hypotheses) == 1:
            blocks = [f"<p>{opening} Assume {self._set.text(page.hypotheses[0])}. Then</p>"]
        elif page.hypotheses:
            items = "".join(f"<li>{self._set.text(h)}</li>" for h in page.hypotheses)
            blocks += [f'<ul class="hypotheses">{items}</ul>', "<p>Then</p>"]
        blocks.append(self._display(page.statement))
        latex = copied(self._set.source(page.statement))
        blocks.append(f'<details class="source"><summary>LaTeX</summary>{latex}</details>')
        return '<section class="claim" aria-label="Statement">\n' + "\n".join(blocks) + "\n</section>"

    def _notes(self) -> list[str]:
        blocks: list[str] = []
        for display, group in groupby(self._page.notes, lambda n: isinstance(n, Display)):
            shown = [self._display(n) if isinstance(n, Display) else self._set.text(n) for n in group]
            blocks += shown if display else [f'<p class="note">{" ".join(shown)}</p>']
        return blocks

    def _display(self, display: Display, lines: tuple[int, ...] = ()) -> str:
        """Return a display; each row that is a line of the proof can be unfolded."""
        intro = f"<p>{self._set.text(display.intro)}</p>\n" if display.intro else ""
        if len(display.rows) < 2:
            reason = display.rows[0].reason if display.rows else display.reason
            return intro + self._row("", self._set.line(display), reason, lines[:1], _LINE)
        first = self._set.first(display)
        rows = [self._set.row(display, row) for row in display.rows]
        beside = first.width <= _SHORT and first.width + max(form.width for _, form in rows) <= _LINE
        room = _LINE - (first.width if beside else 1.5)
        shown = [
            self._row(relation, form, row.reason, lines[k : k + 1], room)
            for k, ((relation, form), row) in enumerate(zip(rows, display.rows, strict=True))
        ]
        kind = "chain beside" if beside else "chain"
        body = "\n".join(shown)
        latex = copied(self._set.source(display))
        whole = f'<details class="source"><summary>LaTeX of these lines</summary>{latex}</details>' if lines else ""
        chain = f'<div class="first">{first.shown}</div>\n<div>\n{body}\n</div>\n{whole}'
        return f'{intro}<div class="{kind}">\n{chain}</div>'

    def _row(self, relation: str, form: Form, reason: Paragraph, line: tuple[int, ...], room: float) -> str:
        """Return a form with its relation and its reason; what is a line of the proof can be unfolded."""
        sign = f'<span class="relation">{relation}</span>' if relation else ""
        why = f'<span class="why">{self._set.text(reason)}</span>' if reason else ""
        said = self._set.plain(reason)
        column = 0.41 * len(said)
        low = " low" if form.width + min(column, _COLUMN) + 2 > room or column > 3 * _COLUMN else ""
        inner = f'{sign}<span class="form">{form.shown}</span>{why}'
        if not line:
            return f'<div class="row{low}">{inner}</div>'
        label = escape(f"{form.said}. {said[:1].upper()}{said[1:]}".strip())
        summary = f'<summary class="row{low}" aria-label="{label}">{inner}</summary>'
        return f'<details class="step">{summary}\n{self._behind.step(line[0])}\n</details>'

    def _rests(self) -> list[str]:
        """Return the lemmas and the axioms."""
        page = self._page
        parts = ["<strong>What it rests on.</strong>"]
        if page.lemmas:
            parts.append(f"Lemmas: {self._set.names(page.lemmas)}.")
        axioms = [f"<code>{escape(n)}</code>" + self._set.text((" (", *g, ")") if g else ()) for n, g in page.axioms]
        parts.append(f"Axioms: {'; '.join(axioms) or 'none'}.")
        return [f'<p class="rests">{" ".join([*parts, *[CHECKED] * (page.checked and bool(page.body))])}</p>']

    def _colophon(self) -> list[str]:
        """Return what is known of a shipped theorem."""
        known = self._page.colophon
        if known is None:
            return []
        if known.brief:
            more = self._set.name(self._page.title)
            return [f'<p class="rests">More about {more}.</p>'] * (known.link is not None)
        cited = f"{self._set.names(known.used_by)}." if known.used_by else UNUSED
        blocks = [f"<p><strong>Where it is used.</strong> {cited}</p>"]
        if self._page.example:
            example = " ".join(map(self._set.text, self._page.example))
            blocks.append(f"<p><strong>{EXAMPLE}</strong> {example}</p>")
        blocks += [f"<p><strong>Source.</strong> {escape(known.source)}</p>"] * bool(known.source)
        return ['<div class="rests">\n' + "\n".join(blocks) + "\n</div>"]
