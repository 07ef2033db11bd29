"""The documentation site builds without a warning, holds together, and asks nobody for anything.

Sphinx may be missing (``pip install '.[docs]'``); then these tests are skipped loudly, and fail where the result counts.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import kl_symbolic as kl
from kl_symbolic import kernel
from kl_symbolic.book.layout import topic

from ..support.chromium import browser

ROOT = Path(__file__).resolve().parents[2]
SITE = str(ROOT / "docs" / "site")
NEEDED = ("sphinx", "myst_parser", "furo")
LOADED = {
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("image", "href"),
}
"""The attributes whose address a browser loads by itself; a link is followed by the reader."""
WRONG = r"\lgo 1"
"""A formula that KaTeX must refuse."""


def need_sphinx() -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{', '.join(missing)} is missing, and CI must not pass without it")
    if missing:
        pytest.skip(f"SKIPPED: {', '.join(missing)} is missing (pip install '.[docs]'); no site was built")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_sphinx()
    scratch = tmp_path_factory.mktemp("documents")
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-j", "2", "-c", "docs", "-d", str(scratch / "trees"), "."]
    done = subprocess.run([sys.executable, *command, str(scratch / "site")], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return scratch / "site"


class Page(HTMLParser):
    """The anchors, addresses and formulas of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.formulas: list[str] = []
        self._inside: str | None = None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif (tag, name) in LOADED:
                self.loaded.append(value or "")
            elif (tag, name) == ("a", "href"):
                self.links.append(value or "")
            elif name == "style":
                self.loaded += asked_for(value or "")
            elif name == "class" and {"tex"} & {*(value or "").split()}:
                self.formulas.append("")
                self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.formulas[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None


def asked_for(style: str) -> list[str]:
    """Return the addresses in a style."""
    return re.findall(r"url\(\s*['\"]?([^'\")]+)", style) + re.findall(r"@import\s+['\"]([^'\"]+)", style)


def outside(addresses: list[str]) -> list[str]:
    return [a for a in addresses if urlsplit(a).netloc or urlsplit(a).scheme not in ("", "data")]


def dead(pages: dict[Path, Page]) -> Iterator[str]:
    """Yield each address inside the site that leads nowhere."""
    for path, page in pages.items():
        for address in [*page.links, *page.loaded]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = pages[target].ids if target in pages else set()
            if not target.is_file() or (parts.fragment and target in pages and unquote(parts.fragment) not in there):
                yield f"{path.name}: {address}"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path.resolve(): Page(path) for path in sorted(site.rglob("*.html"))}


@pytest.mark.site
def test_nothing_comes_from_outside(site: Path, pages: dict[Path, Page]) -> None:
    assert {path.name: outside(page.loaded) for path, page in pages.items() if outside(page.loaded)} == {}
    styles = {path.name: outside(asked_for(path.read_text(encoding="utf-8"))) for path in site.rglob("*.css")}
    assert "katex.css" in styles
    assert {name: found for name, found in styles.items() if found} == {}


@pytest.mark.site
def test_every_font_that_is_asked_for_is_there(site: Path) -> None:
    static = site / "_static"
    fonts = asked_for((static / "katex.css").read_text(encoding="utf-8"))
    assert fonts
    assert [name for name in fonts if not (static / name).is_file()] == []


@pytest.mark.site
def test_every_link_leads_somewhere(pages: dict[Path, Page]) -> None:
    assert [*dead(pages)] == []


def test_a_missing_tool_is_said_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.NEEDED", ("no_such_tool",))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="SKIPPED: no_such_tool is missing"):
        need_sphinx()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no_such_tool is missing"):
        need_sphinx()


def test_what_is_wrong_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<img src="https://example.org/a.png"><a href="nowhere.html">a</a><a href="#gone">b</a><p id="here"></p>'
        '<a href="#here">c</a><a href="https://example.org">d</a><p style="background: url(//example.org/b.png)"></p>',
        encoding="utf-8",
    )
    page = Page(path)
    assert outside(page.loaded) == ["https://example.org/a.png", "//example.org/b.png"]
    assert [*dead({path: page})] == ["page.html: nowhere.html", "page.html: #gone"]


@pytest.mark.site
def test_every_theorem_has_a_page_that_the_ledger_leads_to(site: Path, pages: dict[Path, Page]) -> None:
    ledger = pages[(site / "derivations" / "index.html").resolve()]
    linked = {urlsplit(address).path for address in ledger.links}
    places = [f"{topic(name)}/{name}.html" for name in kl.names()]
    missing = [place for place in places if place not in linked]
    assert missing == []
    bare = [place for place in places if not pages[(site / "derivations" / place).resolve()].formulas]
    assert bare == []


@pytest.mark.site
def test_no_formula_stays_in_github_s_way_to_write_it(site: Path) -> None:
    found = [
        p.name for p in site.glob("derivations/**/*.html") if re.search(r"\$<code|\$`|language-math", p.read_text())
    ]
    assert found == []


@pytest.mark.site
def test_every_public_name_is_described(site: Path, pages: dict[Path, Page]) -> None:
    described = pages[(site / "docs" / "api.html").resolve()].ids
    public = {f"kl_symbolic.{name}" for name in kl.__all__ if name != "plots"}
    public.add(kl.plots.__name__)  # a module, described under the name that it has
    public |= {f"kl_symbolic.kernel.{name}" for name in kernel.__all__ if name not in ("KLError", "Refused")}
    public |= {f"kl_symbolic.measures.plots.{name}" for name in kl.plots.__all__ if name.islower()}
    assert {name for name in public if name not in described and f"module-{name}" not in described} == set()


@pytest.mark.browser
@pytest.mark.site
def test_katex_takes_every_formula(site: Path, pages: dict[Path, Page], tmp_path: Path) -> None:
    shown = ("docs/index", "docs/theorems", "docs/api", "derivations/index", "derivations/coins/coin_flips", "search")
    counts = "[document.querySelectorAll('.tex').length, document.querySelectorAll('.tex.done .katex-html').length]"
    formulas = [*dict.fromkeys(formula for page in pages.values() for formula in page.formulas)]
    assert len(formulas) > 1000
    attempt = (
        "((all) => all.filter((tex) => { try { katex.renderToString(tex, { throwOnError: true, maxExpand: 100 }); "
        f"return false; }} catch {{ return true; }} }}))({json.dumps([*formulas, WRONG])})"
    )
    with browser(tmp_path / "profile") as chrome:
        for name in shown:
            for width, dark in ((1280, False), (390, True)):
                chrome.window(width, dark=dark)
                chrome.open(site / f"{name}.html")
                assert (name, chrome.said) == (name, [])
                there, typeset = chrome.run(counts)
                assert there == typeset
                assert chrome.run("document.documentElement.scrollWidth") <= width
        assert chrome.run(attempt) == [WRONG]


@pytest.fixture
def diagrams(monkeypatch: pytest.MonkeyPatch) -> Any:
    need_sphinx()
    monkeypatch.syspath_prepend(SITE)
    return importlib.import_module("diagrams")


@pytest.mark.site
def test_a_diagram_shows_every_box_once_and_each_arrow_from_left_to_right(diagrams: Any) -> None:
    names = {n: n for n in "abcde"}
    arrows = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")]
    drawn = diagrams.draw(names, arrows, {n: f"{n}.html" for n in names})
    assert drawn.count("<rect") == drawn.count("<text") == len(names)
    assert drawn.count("<path") == len(arrows)
    left = {n: int(x) for x, n in re.findall(r'<text x="(\d+)"[^>]*>(\w)<', drawn)}
    assert left["a"] == left["d"] == left["e"] < left["b"] < left["c"]
    boxes = re.findall(r'<rect x="(\d+)" y="(-?\d+)"', drawn)
    assert len(set(boxes)) == len(boxes)
    assert drawn == diagrams.draw(names, arrows, {n: f"{n}.html" for n in names})


@pytest.mark.site
def test_a_diagram_in_another_language_is_refused(diagrams: Any) -> None:
    with pytest.raises(ValueError, match="begins with: graph LR"):
        diagrams.read(["pie"])
    with pytest.raises(ValueError, match="got: a -- b"):
        diagrams.read(["graph LR", "a -- b"])


@pytest.mark.site
def test_what_a_label_holds_is_text(diagrams: Any) -> None:
    assert "<b>" not in diagrams.draw({"a": "<b>"}, [], {"a": '"<b>'})
