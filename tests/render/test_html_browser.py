"""Every HTML page in a real Chromium: typeset without an error, nothing asked of a network, readable in every way.

Chromium may be missing (Debian: chromium); then these tests are skipped loudly, and fail where the result counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.book import contents, html_pages
from kl_symbolic.render.html.files import FONTS

from ..support.chromium import Browser, browser, chromium
from ..support.render_samples import shown, to_html, told
from .test_html import HOSTILE, KATEX

PHONE, DESK = 390, 1280

UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
COUNTS = """[
    document.querySelectorAll('.tex').length,
    document.querySelectorAll('.tex.done > .katex > .katex-mathml math').length,
    document.querySelectorAll('.tex.done > .katex > .katex-html').length,
    document.querySelectorAll('.failed, .katex-error').length,
    document.documentElement.scrollWidth,
]"""
FONTS_USED = """[...new Set(
    [...document.querySelectorAll('.katex-html span')].map((e) => getComputedStyle(e))
        .map((s) => [s.fontFamily.split(',')[0], s.fontStyle, s.fontWeight].join(' '))
)]"""
CHARACTERS = """[...new Set(
    [...document.querySelectorAll('.katex-html span')].filter((e) => !e.children.length).flatMap(
        (e) => [...e.textContent].map((c) => getComputedStyle(e).fontFamily.split(',')[0] + ' ' + c))
)]"""
FLIPS = 10_000


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chromium()
    directory = tmp_path_factory.mktemp("book")
    html_pages.write(directory, lambda name: None)
    return directory


@pytest.fixture(scope="module")
def coin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alone") / "coin_flips.html"
    path.write_text(derive("coin_flips").to_html(full=True), encoding="utf-8")
    return path


def written(directory: Path, page: str) -> Path:
    path = directory / "page.html"
    path.write_text(page, encoding="utf-8")
    return path


@cache
def carried() -> frozenset[str]:
    """Return the characters that each font has, after its name; a space without width needs none."""
    found = set()
    for row in re.findall(
        r"^\| (\S.*) \| (U\+.*) \|$", (KATEX / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    ):
        fonts = [f"Size{k}" for k in range(1, 5)] if row[0].startswith("Size") else [row[0].partition("-")[0]]
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", row[1]):
            codes = range(int(first, 16), int(last or first, 16) + 1)
            found |= {f"KaTeX_{font} {chr(code)}" for font in fonts for code in (*codes, 0x200B)}
    return frozenset(found)


def complete(chrome: Browser, width: int) -> None:
    """Unfold the page and compare what is typeset with what should be."""
    chrome.run(UNFOLD)
    chrome.settled()
    formulas, spoken, seen, failed, wide = chrome.run(COUNTS)
    assert formulas == spoken == seen
    assert failed == 0
    assert wide <= width
    assert chrome.said == []


@pytest.mark.browser
def test_pages_of_the_book_are_typeset_on_a_phone(chrome: Browser, book: Path) -> None:
    pages = sorted(book.glob("*.html"))
    assert len(pages) == 1 + len({*library.names(), *html_pages.NARRATIVES})
    # The pages of a family are made like those of any other: one in five is looked at.
    alike = [name for file, names in contents.table().items() if file.startswith("families.") for name in names]
    left_out = {name for k, name in enumerate(alike) if k % 5}
    pages = [page for page in pages if page.stem not in left_out]
    chrome.window(PHONE)
    troubled = {}
    for page in pages:
        chrome.open(page)
        try:
            complete(chrome, PHONE)
            assert {*chrome.run(CHARACTERS)} - carried() == set()
        except AssertionError as error:
            troubled[page.name] = str(error)
    assert troubled == {}


@pytest.mark.browser
def test_the_coin_page_alone_is_complete_and_soon_there(chrome: Browser, coin: Path) -> None:
    for width in (DESK, PHONE):
        chrome.window(width)
        chrome.open(coin)
        complete(chrome, width)
    took: list[float] = []
    while len(took) < 8 and (not took or took[-1] >= 1000):  # a machine that is busy may need a second try
        chrome.open(coin)
        took.append(chrome.run("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    assert min(took) < 1000


@pytest.mark.browser
def test_only_fonts_that_the_page_carries_are_asked_for(chrome: Browser, coin: Path) -> None:
    chrome.window(DESK)
    chrome.open(coin)
    complete(chrome, DESK)
    kinds = {"Main-Regular": "KaTeX_Main normal 400", "Math-Italic": "KaTeX_Math italic 400"}
    carried = {kinds.get(f, f"KaTeX_{f.removesuffix('-Regular')} normal 400") for f in FONTS}
    assert {*chrome.run(FONTS_USED)} <= carried
    assert {*chrome.run("[...document.fonts].map((font) => font.status)")} <= {"loaded", "unloaded"}


@pytest.mark.browser
def test_what_is_wrong_with_a_page_is_noticed(chrome: Browser, tmp_path: Path) -> None:
    page = to_html(library.theorem("log_one"))
    chrome.open(written(tmp_path, page))
    assert chrome.said == []
    chrome.open(written(tmp_path, page.replace(r"\displaystyle \log 1", r"\displaystyle \lgo 1")))
    assert any("Undefined control sequence: \\lgo" in what for what in chrome.said)
    assert chrome.run("document.querySelector('.failed').textContent") == "log 1"
    for planted in ("<img src='http://example.org/x.png'>", "<script>document.title = 'taken'</script>"):
        chrome.open(written(tmp_path, page.replace("<main>", f"<main>{planted}")))
        assert any("Content Security Policy" in what for what in chrome.said)
        assert chrome.run("document.title") == "log_one"
    chrome.open(written(tmp_path, page.replace("default-src 'none'", "").replace("img-src data:", "img-src *").replace(
        "<main>", "<main><img src='http://example.org/x.png'>")))  # fmt: skip
    assert "request: http://example.org/x.png" in chrome.said


@pytest.mark.browser
def test_what_a_user_wrote_is_shown_and_does_nothing(chrome: Browser, tmp_path: Path) -> None:
    names = {"p_100": "number", "q_script": "number"}
    story = [["heading", HOSTILE], ["prose", HOSTILE], ["step", 0, HOSTILE]]
    chrome.window(PHONE)
    chrome.open(written(tmp_path, to_html(shown(names, ["p_100 = q_script"], story))))
    complete(chrome, PHONE)
    assert chrome.run("document.title") == "sample"
    assert chrome.run("document.querySelector('h2').textContent") == HOSTILE
    assert chrome.run("document.querySelectorAll('img, main script').length") == 0


@pytest.mark.browser
def test_a_page_can_be_read_without_scripts(chrome: Browser, coin: Path) -> None:
    chrome.scripts(False)
    try:
        chrome.open(coin)
        assert chrome.said == []
        text = " ".join(chrome.run("document.body.innerText").split())
        assert "Let p₁, p₂, q₁ and q₂ be real numbers" in text
        assert "p₁·p₁·p₂·p₁·p₂/(q₁·q₁·q₂·q₁·q₂) = p₁^3·p₂^2/(q₁^3·q₂^2)" in text
        assert "It needs scripts." in text
        assert "Two coins to play with" not in text
        assert "katex" not in text
    finally:
        chrome.scripts(True)


@pytest.mark.browser
def test_colors_follow_the_reader_and_paper_is_white(chrome: Browser, coin: Path) -> None:
    look = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    seen = []
    for dark, media in ((False, ""), (True, ""), (True, "print")):
        chrome.window(DESK, dark=dark, media=media)
        chrome.open(coin)
        seen.append([sum(map(int, color[4:-1].split(","))) for color in chrome.run(look)])
    (paper, ink), (night, chalk), (sheet, black) = seen
    assert paper > 600 > ink
    assert night < 150 < 600 < chalk
    assert (sheet, black) == (765, 0)
    hidden = "getComputedStyle(document.querySelector('.source')).display"
    assert chrome.run(hidden) == "none"
    chrome.window(DESK)


@pytest.mark.browser
def test_an_address_of_a_line_unfolds_the_proof(chrome: Browser, tmp_path: Path) -> None:
    chrome.window(DESK)
    chrome.open(written(tmp_path, to_html(library.theorem("kl_eq_zero_iff"))))
    assert not chrome.run("document.querySelector('details.proof').open")
    chrome.run("document.querySelector('details.step').open = true")
    chrome.run("document.querySelector('dl.behind a').click()")
    chrome.run("new Promise((done) => setTimeout(done, 100))")
    assert chrome.run("document.querySelector('details.proof').open")
    assert chrome.run("document.querySelector('tr:target').id")[0] == "L"


@pytest.mark.browser
def test_steps_and_pictures_have_words_for_those_who_do_not_see_them(chrome: Browser, coin: Path) -> None:
    chrome.open(coin)
    unnamed = "[...document.querySelectorAll('summary.row, svg[role=img], section')].filter((e) => !e.ariaLabel).length"
    assert chrome.run(unnamed) == 0
    assert chrome.run("[...document.querySelectorAll('input')].filter((e) => !e.labels.length).length") == 0
    assert chrome.run("document.documentElement.lang") == "en"
    assert chrome.run("document.querySelectorAll('h1, main').length") == 2


@pytest.mark.browser
def test_latex_can_be_copied(chrome: Browser, tmp_path: Path) -> None:
    chrome.open(written(tmp_path, to_html(library.theorem("log_one"))))
    assert chrome.run("[...document.querySelectorAll('pre.copy')].every((p) => p.nextSibling.textContent === 'Copy')")
    chrome.run("document.querySelector('.claim details').open = true")
    chrome.run("document.querySelector('.claim button').click()")
    chrome.run("new Promise((done) => setTimeout(done, 200))")
    assert chrome.run("document.querySelector('.claim button').textContent") in ("Copied", "Selected")


@pytest.mark.browser
def test_the_index_finds_theorems(chrome: Browser, book: Path) -> None:
    chrome.window(DESK)
    chrome.open(book / "index.html")
    left = "[...document.querySelectorAll('[data-find]')].filter((e) => !e.hidden).map((e) => e.dataset.find.split(' ')[0])"
    assert len(chrome.run(left)) == len(library.names())
    chrome.run(
        "const f = document.querySelector('.find'); f.value = 'KL zero_iff'; f.dispatchEvent(new Event('input'))"
    )
    found = chrome.run(left)
    assert "kl_eq_zero_iff" in found
    assert all("zero_iff" in name for name in found)
    parts = "[...document.querySelectorAll('.part')].map((e) => e.hidden)"
    assert {*chrome.run(parts)} == {True, False}


# --- the panel -------------------------------------------------------------------------------------------------------


def values(chrome: Browser) -> dict[str, str]:
    found: dict[str, str] = chrome.run(
        "Object.fromEntries([...document.querySelectorAll('[data-value]')].map((e) => [e.dataset.value, e.textContent]))"
    )
    return {name: text.replace("−", "-").replace("\u2009", "") for name, text in found.items()}


def turn(chrome: Browser, **coins: float) -> None:
    for name, value in coins.items():
        chrome.run(
            f"(() => {{ const e = document.querySelector('[data-coin={name}]'); e.value = '{value}';"
            " e.dispatchEvent(new Event('input')); })()"
        )


def divergence(p: float, q: float) -> float:
    return p * math.log(p / q) + (1 - p) * math.log((1 - p) / (1 - q))


def heads(p: float, seed: int) -> int:
    """Return how many of the flips are heads: Mulberry32, with the arithmetic of 32 bits."""
    state, mask, count = seed, 0xFFFFFFFF, 0
    for _ in range(FLIPS):
        state = (state + 0x6D2B79F5) & mask
        t = ((state ^ (state >> 15)) * (state | 1)) & mask
        t = (t ^ (t + (((t ^ (t >> 7)) * (t | 61)) & mask))) & mask
        count += (t ^ (t >> 14)) / 2**32 < p
    return count


@pytest.mark.browser
@pytest.mark.parametrize(("p", "q", "seed"), [(0.7, 0.5, 1), (0.01, 0.99, 2), (0.5, 0.5, 7), (0.9, 0.35, 999999)])
def test_the_numbers_of_the_panel(chrome: Browser, coin: Path, p: float, q: float, seed: int) -> None:
    chrome.window(PHONE)
    chrome.open(coin)
    turn(chrome, p=p, q=q, seed=seed)
    found = values(chrome)
    entropy = -(p * math.log(p) + (1 - p) * math.log(1 - p))
    expected = {
        "kl": divergence(p, q), "lk": divergence(q, p), "entropy": entropy, "cross": entropy + divergence(p, q),
        "pinsker": 2 * (p - q) ** 2,
    }  # fmt: skip
    assert {name: float(found[name]) for name in expected} == pytest.approx(expected, abs=0.6e-4)
    assert (found["p"], found["q"]) == (f"{p:.2f}", f"{q:.2f}")
    count = heads(p, seed)
    mean = (count * math.log(p / q) + (FLIPS - count) * math.log((1 - p) / (1 - q))) / FLIPS
    assert f"Seed {seed}: {count} heads" in found["said"]
    assert float(found["said"].partition("log-ratio is ")[2].partition(",")[0]) == pytest.approx(mean, abs=0.6e-4)
    assert chrome.run("document.documentElement.scrollWidth") <= PHONE
    assert "NaN" not in chrome.run("document.querySelector('.run').innerHTML")
    assert chrome.said == []


@pytest.mark.browser
def test_a_seed_always_gives_the_same_run_and_another_one_another(chrome: Browser, coin: Path) -> None:
    chrome.window(PHONE)
    chrome.open(coin)
    picture = "document.querySelector('.run').innerHTML"
    first = chrome.run(picture)
    chrome.run("document.querySelector('[data-do=again]').click()")
    assert values(chrome)["said"].startswith("Seed 2:")
    assert chrome.run(picture) != first
    turn(chrome, seed=1)
    assert chrome.run(picture) == first


@pytest.mark.browser
def test_the_picture_fits_the_page(chrome: Browser, coin: Path) -> None:
    sizes: list[Any] = []
    for width in (DESK, PHONE):
        chrome.window(width)
        chrome.open(coin)
        run = "document.querySelector('.run svg').viewBox.baseVal.width - document.querySelector('.run').clientWidth"
        sizes.append(chrome.run(run))
    assert sizes == [0, 0]
    chrome.window(700)
    chrome.run("new Promise((done) => setTimeout(done, 200))")
    assert chrome.run(run) == 0


@pytest.mark.browser
def test_a_panel_in_bits(chrome: Browser, tmp_path: Path) -> None:
    story = html_pages.NARRATIVES["coin_flips"]
    page = to_html(told(story, library.theorem, base=2))
    chrome.open(written(tmp_path, page))
    turn(chrome, p=0.5, q=0.25)
    assert values(chrome)["entropy"] == "1.0000"
    assert float(values(chrome)["kl"]) == pytest.approx(divergence(0.5, 0.25) / math.log(2), abs=0.6e-4)


SHOWN = "getComputedStyle(document.querySelector('.rests .says')).display"


@pytest.mark.browser
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_statement_is_shown_where_one_points_at_a_lemma(chrome: Browser, width: int, tmp_path: Path) -> None:
    said = library.ledger().theorems["log_one"]
    chrome.scripts(False)  # the style alone does it
    try:
        chrome.window(width)
        chrome.open(written(tmp_path, derive("gibbs").to_html()))
    finally:
        chrome.scripts(True)
    assert chrome.run(SHOWN) == "none"
    x, y = chrome.run(
        "(() => { const e = document.querySelector('.rests .named code'); e.scrollIntoView({block: 'center'});"
        " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    chrome.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    assert chrome.run(SHOWN) == "block"
    text = chrome.run("document.querySelector('.rests .says').innerText")
    assert text == f"{said.title}: {said.statement}"
    top, left, right = chrome.run(
        "(() => { const r = document.querySelector('.rests .says').getBoundingClientRect();"
        " return [r.top, r.left, r.right]; })()"
    )
    assert top >= y and left >= 0 and right <= width
    assert chrome.run("document.documentElement.scrollWidth") <= width
    chrome.call("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
    assert chrome.run(SHOWN) == "none"
    chrome.run("document.querySelector('.rests .named code').focus()")  # as the tabulator key does
    assert chrome.run("document.activeElement.tabIndex") == 0 and chrome.run(SHOWN) == "block"
    assert chrome.said == []


@pytest.mark.browser
def test_what_is_copied_has_the_latex_of_its_formulas(chrome: Browser, tmp_path: Path) -> None:
    chrome.window(DESK)
    chrome.open(written(tmp_path, derive("gibbs").to_html()))
    copied = chrome.run(
        "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.hypotheses'));"
        " getSelection().removeAllRanges(); getSelection().addRange(range);"
        " const event = new ClipboardEvent('copy', {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});"
        " document.dispatchEvent(event); return event.clipboardData.getData('text/plain'); })()"
    )
    assert copied.startswith(r"$0 \le p_i$ for all $i \in X$") and r"$\sum_{i} p_i = 1$" in copied
    part = chrome.run(
        "(() => { const deep = document.querySelector('.claim .row .katex-html span'); const range = document.createRange();"
        " range.selectNodeContents(deep); getSelection().removeAllRanges(); getSelection().addRange(range);"
        " const event = new ClipboardEvent('copy', {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});"
        " document.dispatchEvent(event); return event.clipboardData.getData('text/plain'); })()"
    )
    assert part == "$0$"
