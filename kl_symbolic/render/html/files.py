"""The frame of an HTML page: KaTeX, its fonts, our style and script, and a policy that nothing may be loaded elsewhere.

A page carries everything in itself. The pages of a book share two files beside them instead.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from .typesetter import escape

__all__ = ["FONTS", "SHARED", "document", "katex_script", "shared"]

_HERE = Path(__file__).parent
SHARED = ("kl_symbolic.css", "kl_symbolic.js")
"""The files that the pages of a book share."""

FONTS = ("AMS-Regular", "Main-Regular", "Math-Italic", *(f"Size{k}-Regular" for k in range(1, 5)))
"""The fonts of KaTeX that our macros can ask for."""

_FACE = re.compile(r"@font-face\{[^}]*url\(fonts/KaTeX_([A-Za-z0-9-]+)\.woff2\)[^}]*\}")
_SOURCE = re.compile(r"src:[^}]*\}")


def document(
    title: str, body: str, scripts: tuple[str, ...] = (), styles: tuple[str, ...] = (), alone: bool = True
) -> str:
    """Return a page.

    Parameters
    ----------
    title : str
    body : str
        HTML.
    scripts, styles : tuple of str
        Names of our files that this page needs beside those of every page.
    alone : bool
        Whether the page carries everything in itself; otherwise it lies beside the files of :func:`shared`.
    """
    style = "".join(map(_asset, styles))
    own = tuple(map(_asset, scripts))
    if alone:
        style, own = _style() + style, (*_scripts(), *own)
        files, linked = "", ""
    else:
        files = f'<link rel="stylesheet" href="{SHARED[0]}">\n'
        linked = f'<script src="{SHARED[1]}"></script>\n'
    head = f"<style>\n{style}</style>\n" if style else ""
    code = "".join(f"<script>{script}</script>\n" for script in own)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(own, alone)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(title)}</title>\n{files}{head}</head>\n'
        f"<body>\n{body}\n{linked}{code}</body>\n</html>\n"
    )


def shared() -> dict[str, str]:
    """Return the files that the pages of a book share, by name."""
    return dict(zip(SHARED, (_style(), ";\n".join(_scripts())), strict=True))


def katex_script() -> str:
    """Return the script of KaTeX, as it is published."""
    import lzma  # here, because other formats do not need it

    return lzma.decompress((_HERE / "katex" / "katex.min.js.xz").read_bytes()).decode()


def _policy(scripts: tuple[str, ...], alone: bool) -> str:
    """Return the content security policy of a page: run only these scripts, and load only the files beside it."""
    hashes = [f"'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in scripts]
    beside = "" if alone else " 'self' file:"
    return (
        f"default-src 'none'; script-src {' '.join(hashes)}{beside}; style-src 'unsafe-inline'{beside}; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


@cache
def _scripts() -> tuple[str, ...]:
    return katex_script().strip(), _asset("page.js")


@cache
def _style() -> str:
    """Return the style of every page, with the fonts inside."""
    katex = (_HERE / "katex" / "katex.min.css").read_text(encoding="utf-8").strip()
    return f"{_FACE.sub(_face, katex)}\n{_asset('page.css')}"


def _face(found: re.Match[str]) -> str:
    """Return a font with its bytes inside, nothing for one that is not here."""
    if found[1] not in FONTS:
        return ""
    font = b64encode((_HERE / "katex" / f"KaTeX_{found[1]}.woff2").read_bytes()).decode()
    return _SOURCE.sub(f'src:url(data:font/woff2;base64,{font}) format("woff2")}}', found[0])
