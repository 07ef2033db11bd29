"""Mermaid's left-to-right diagrams, drawn as SVG when the site is built: no script is needed to see them."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from kl_symbolic.book.layout import topic

_BOX = re.compile(r'(\w+)\["(.*)"\]')
_ARROW = re.compile(r"(\w+) --> (\w+)")
_HIGH, _LINE, _GAP, _LETTER, _PAD = 24, 32, 44, 7.3, 9
_SWEEPS = 24

Point = tuple[str, int]
"""A box in a column, or the place where an arrow from farther away passes that column and is not named."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Draw what stands in Mermaid's language."""
    app.add_directive("mermaid", Diagram)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Diagram(SphinxDirective):
    """``mermaid``: a graph without circles, a box for each name."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the picture."""
        boxes, arrows = read(list(self.content))
        links = {name: self._link(name, label) for name, label in boxes.items()}
        return [nodes.raw("", draw(boxes, arrows, links), format="html")]

    def _link(self, name: str, label: str) -> str:
        return (
            f"../derivations/{topic(name)}/{name}.html"
            if label == name
            else f"#{nodes.make_id(label.rpartition(':')[0])}"
        )


def read(lines: list[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the labels by name, and the arrows.

    Raises
    ------
    ValueError
        When a line is something else.
    """
    boxes: dict[str, str] = {}
    arrows = []
    if not lines or lines[0].strip() != "graph LR":
        raise ValueError("expected a diagram that begins with: graph LR")
    for line in map(str.strip, lines[1:]):
        if found := _BOX.fullmatch(line):
            boxes[found[1]] = found[2]
        elif found := _ARROW.fullmatch(line):
            arrows.append((found[1], found[2]))
        else:
            raise ValueError(f'expected a["label"] or a --> b, got: {line}')
    return boxes, arrows


def draw(boxes: dict[str, str], arrows: list[tuple[str, str]], links: dict[str, str]) -> str:
    """Return a diagram as SVG, with a link behind each box."""
    column = _columns(list(boxes), arrows)
    paths = [[(a, column[a]), *((f"{a} {b}", k) for k in range(column[a] + 1, column[b])), (b, column[b])]
             for a, b in arrows]  # fmt: skip
    rows = _rows(boxes, column, paths)
    width = [max(_wide(boxes[n]) for n in boxes if column[n] == k) for k in range(max(column.values()) + 1)]
    left = [sum(width[:k]) + _GAP * k + 1 for k in range(len(width))]
    high, wide = (max(rows.values()) + 1) * _LINE, left[-1] + width[-1] + 1
    shown = [f'<svg role="group" aria-label="What follows from what; the names are listed below." width="{wide:.0f}" '
             f'height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">']  # fmt: skip

    def middle(point: Point) -> float:
        return rows[point] * _LINE + _LINE / 2

    for path in paths:
        name, k = path[0]
        d = f"M{left[k] + _wide(boxes[name]):.0f} {middle(path[0]):.0f}"
        for a, b in pairwise(path):
            # An arrow goes straight on to the end of its column, so that it crosses no longer box of that column.
            end, y, begin, to = left[a[1]] + width[a[1]], middle(a), left[b[1]], middle(b)
            half = (end + begin) / 2
            d += f"H{end:.0f}C{half:.0f} {y:.0f} {half:.0f} {to:.0f} {begin:.0f} {to:.0f}"
        shown.append(f'<path d="{d}"/>')
    for name, label in boxes.items():
        x, y = left[column[name]], middle((name, column[name]))
        shown.append(
            f'<a href="{escape(links[name])}"><rect x="{x:.0f}" y="{y - _HIGH / 2:.0f}" rx="4" height="{_HIGH}" '
            f'width="{_wide(label):.0f}"/><text x="{x + _PAD:.0f}" y="{y + 4:.0f}" '
            f'textLength="{len(label) * _LETTER:.0f}">{escape(label)}</text></a>'
        )
    return f'<div class="diagram" tabindex="0">{"".join(shown)}</svg></div>\n'


def _wide(label: str) -> float:
    return len(label) * _LETTER + 2 * _PAD


def _columns(names: list[str], arrows: list[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each box: behind all that leads to it."""
    column = dict.fromkeys(names, 0)
    for _ in names:
        for a, b in arrows:
            column[b] = max(column[b], column[a] + 1)
    return column


def _rows(boxes: dict[str, str], column: dict[str, int], paths: list[list[Point]]) -> dict[Point, float]:
    """Return the height of each box and of each arrow that passes a column, neighbors near each other."""
    near: dict[Point, list[Point]] = {(name, column[name]): [] for name in boxes}
    for path in paths:
        for a, b in pairwise(path):
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    columns: dict[int, list[Point]] = {}
    for point in near:
        columns.setdefault(point[1], []).append(point)
    rows = {point: float(row) for points in columns.values() for row, point in enumerate(points)}
    for sweep in range(_SWEEPS):
        for k in sorted(columns, reverse=bool(sweep % 2)):
            wish = {p: sum(rows[n] for n in near[p]) / len(near[p]) if near[p] else rows[p] for p in columns[k]}
            points = sorted(columns[k], key=lambda p: (wish[p], rows[p]))
            # Each is put where it wants to be, or below the one above it; then all of them move up together.
            taken: list[float] = []
            for p in points:
                taken.append(max(wish[p], taken[-1] + 1) if taken else wish[p])
            shift = sum(wish[p] - row for p, row in zip(points, taken, strict=True)) / len(points)
            rows |= {p: row + shift for p, row in zip(points, taken, strict=True)}
    return dict(zip(rows, _closed_up(list(rows.values())), strict=True))


def _closed_up(rows: list[float]) -> list[float]:
    """Return the rows without the bands in which nothing stands, from 0.

    Examples
    --------
    >>> _closed_up([2.0, 2.5, 9.0])
    [0.0, 0.5, 1.5]
    """
    order = sorted(set(rows))
    closed = {order[0]: 0.0}
    for above, below in pairwise(order):
        closed[below] = closed[above] + min(1.0, below - above)
    return [closed[row] for row in rows]
