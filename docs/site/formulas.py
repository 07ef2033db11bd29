"""Formulas of the site: written as LaTeX into the page, typeset there by the KaTeX that the package ships."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from kl_symbolic.render import html
from kl_symbolic.render.html.files import FONTS, katex_script

KATEX = Path(html.__file__).parent / "katex"
SCRIPTS = ("katex.min.js", "typeset.js")
_FACE = re.compile(r"@font-face\{[^}]*url\(fonts/KaTeX_([A-Za-z0-9-]+)\.woff2\)[^}]*\}")


def setup(app: Sphinx) -> dict[str, Any]:
    """Typeset formulas with nothing from outside."""
    app.add_html_math_renderer("formulas", (_inline, None), (_displayed, None))
    app.connect("builder-inited", _carry)
    for name in SCRIPTS:
        app.add_js_file(name, loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(f'<span class="tex">{writer.encode(node.astext())}</span>')
    raise nodes.SkipNode


def _displayed(writer: Any, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="tex display">{writer.encode(node.astext())}</div>\n')
    raise nodes.SkipNode


def _carry(app: Sphinx) -> None:
    """Put KaTeX beside the pages, with the fonts that our macros can ask for."""
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / SCRIPTS[0]).write_text(katex_script(), encoding="utf-8")
    for font in FONTS:
        shutil.copyfile(KATEX / f"KaTeX_{font}.woff2", static / f"KaTeX_{font}.woff2")
    shutil.copyfile(KATEX / "LICENSE", static / "katex-license.txt")
    style = (KATEX / "katex.min.css").read_text(encoding="utf-8")
    (static / "katex.css").write_text(_FACE.sub(_face, style), encoding="utf-8")


def _face(found: re.Match[str]) -> str:
    """Return a font that lies beside the style, nothing for one that is not carried."""
    if found[1] not in FONTS:
        return ""
    return re.sub(r"src:[^}]*\}", f'src:url(KaTeX_{found[1]}.woff2) format("woff2")}}', found[0])
