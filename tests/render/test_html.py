"""HTML pages: whole and alone, every step unfolded, everything of a user's escaped; and the book. No browser here."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.book import html_pages
from kl_symbolic.book.narratives import NARRATIVES
from kl_symbolic.book.provenance import of_shipped
from kl_symbolic.cli.main import main
from kl_symbolic.kernel import CheckedTheorem, Refused
from kl_symbolic.kernel.table import RULES as KERNEL_RULES
from kl_symbolic.kernel.table import SCHEMES
from kl_symbolic.render.html import Surroundings, files
from kl_symbolic.render.html.files import FONTS, SHARED, document, katex_script, shared
from kl_symbolic.render.html.panel import coins
from kl_symbolic.render.html.typesetter import escape, math
from kl_symbolic.render.model.displays import is_denial, peel, relation
from kl_symbolic.render.model.document import Aligned, Chain, leaves
from kl_symbolic.render.model.reports import document_of_report
from kl_symbolic.render.model.rule_words import RULES, rule_words
from kl_symbolic.render.model.theorems import document_of_theorem
from kl_symbolic.samples.reading import distribution
from kl_symbolic.samples.substitution import substituted
from kl_symbolic.theory.titles import TITLES

from ..support.density_samples import exponential, gibbs, poisson
from ..support.lanes import sizes
from ..support.render_samples import divergence, draft, inverse_limit, shown, sum_of_fractions, to_html, told

Captured = pytest.CaptureFixture[str]

KATEX = Path(files.__file__).parent / "katex"
VOID = {"meta", "link", "br", "img", "input"}
LARGEST = 700_000


class Reader(HTMLParser):
    """Reads a page: its elements with their attributes, its scripts and styles, and what is read where none runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
        {"script": self.scripts, "style": self.styles}.get(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside in ("script", "style"):
            {"script": self.scripts, "style": self.styles}[inside][-1] += data
        else:
            self.text += data

    def of(self, tag: str, kind: str = "") -> list[dict[str, str]]:
        return [a for t, a in self.elements if t == tag and (not kind or kind in a.get("class", "").split())]

    @property
    def addresses(self) -> list[str]:
        return [a[key] for _, a in self.elements for key in ("href", "src", "srcset", "action", "data") if key in a]

    @property
    def policy(self) -> str:
        (found,) = [a["content"] for a in self.of("meta") if "http-equiv" in a]
        return found


@cache
def coin_page() -> str:
    return derive("coin_flips").to_html(full=True)


# --- one file that needs nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [lambda: to_html(sum_of_fractions()), coin_page])
def test_a_page_is_whole_and_refers_to_nothing_outside(make: object) -> None:
    page = make()  # type: ignore[operator]
    read = Reader(page)
    assert [a for a in read.addresses if not a.startswith("#")] == ["data:,"]
    assert not [a for _, attributes in read.elements for a in attributes if a.startswith("on")]
    assert {u[:5] for u in re.findall(r"url\(([^)]*)\)", "".join(read.styles))} == {"data:"}
    assert "@import" not in "".join(read.styles)
    assert read.of("meta")[0] == {"charset": "utf-8"}
    assert "width=device-width, initial-scale=1" in [a.get("content") for a in read.of("meta")]
    assert len(page.encode()) < LARGEST


def test_just_its_own_scripts_may_run_and_nothing_may_be_loaded() -> None:
    read = Reader(coin_page())
    assert len(read.scripts) == 3
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in read.scripts]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert read.policy == (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_no_script_or_style_ends_early() -> None:
    page = Reader(coin_page())
    for script in page.scripts:
        assert not re.search(r"</script|<!--", script, re.IGNORECASE)
    for style in page.styles:
        assert "<" not in style


def test_katex_is_here_with_its_license_and_the_fonts_that_are_used() -> None:
    assert sorted(p.name for p in KATEX.glob("*.woff2")) == sorted(f"KaTeX_{f}.woff2" for f in FONTS)
    assert (KATEX / "LICENSE").read_text(encoding="utf-8").startswith("The MIT License (MIT)")
    (version,) = re.findall(r"KaTeX ([0-9.]+)", (KATEX / "README.md").read_text(encoding="utf-8"))
    assert f'version:"{version}"' in katex_script()
    style = shared()[SHARED[0]]
    assert style.count("@font-face") == style.count("data:font/woff2") == len(FONTS)


@pytest.mark.slow
def test_the_same_page_in_another_process() -> None:
    script = (
        "import sys; from kl_symbolic.api import derive;"
        "sys.stdout.buffer.write(derive('coin_flips').to_html(full=True).encode())"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, stdout=-1, check=True
        )
        for seed in ("1", "2")
    ]
    assert found[0].stdout == found[1].stdout


# --- what it says ----------------------------------------------------------------------------------------------------


def test_the_page_of_a_small_theorem() -> None:
    page = to_html(sum_of_fractions())
    read = Reader(page)
    for words in (
        "sum_of_fractions", "Theorem. Let a, b and c be real numbers. Assume 0 < b. Then", "One denominator",
        "Fractions over one b are added above it.", "What it rests on. Axioms: none.",
        "a/b + c/b", "(a + c)/b", "one denominator", "addition commutes",
    ):  # fmt: skip
        assert words in read.text
    assert len(read.of("details", "step")) == 2
    assert r'data-tex="\displaystyle \frac{a}{b} + \frac{c}{b}"' in page
    assert [a["aria-label"] for a in read.of("summary", "row")] == [
        "= (a + c)/b. One denominator",
        "= (c + a)/b. Addition commutes",
    ]


def test_a_step_unfolds_to_its_rule_premises_hypotheses_and_latex() -> None:
    page = to_html(sum_of_fractions())
    first, second = re.findall(r'<dl class="behind">.*?</dl>', page, re.DOTALL)
    assert "<code>field</code>: both sides are equal by the arithmetic of fractions" in first
    assert '<a href="#L1">line 1</a> of the proof' in first
    assert '<a href="#L0">line 0</a>, <code>assume</code>: <code>0 &lt; b</code>' in first
    assert '<dt>Hypotheses used</dt><dd><ul><li><span class="tex kept" data-tex="0 &lt; b">0 &lt; b</span>' in first
    assert "<code>0 &lt; b ⊢ a/b + c/b = (a + c)/b</code>" in first
    assert r'<pre class="copy"><code>\frac{a}{b} + \frac{c}{b} = \frac{a + c}{b}</code></pre>' in first
    assert r"\frac{a + c}{b} = \frac{c + a}{b}" in second


def test_the_whole_proof_is_there() -> None:
    theorem = library.theorem("kl_eq_zero_iff")
    page = to_html(theorem)
    read = Reader(page)
    assert [a["id"] for a in read.of("tr") if "id" in a] == [f"L{k}" for k in range(len(theorem.lines))]
    assert {a["href"] for a in read.of("a")} <= {f"#L{k}" for k in range(len(theorem.lines))}
    assert "rel_entr_tangent_iff" in read.text


@pytest.mark.slow
@pytest.mark.parametrize("every", sizes(4, 1))
def test_rows_are_the_lines_that_the_story_names(every: int) -> None:
    count = 0
    samples = (sum_of_fractions(), inverse_limit(), divergence(), gibbs(), exponential(), poisson())
    for theorem in (*samples, *map(library.theorem, library.names()[::every])):
        blocks = [b for b in leaves(document_of_theorem(theorem).blocks) if isinstance(b, Aligned) and b.proof]
        for display, lines in ((block.display, block.lines) for block in blocks):
            assert len(lines) == max(1, len(display.rows))
            for row, number in zip(display.rows, lines, strict=False):
                found = peel(theorem.lines[number].sequent.conclusion)
                said = relation(found.guards[0] if is_denial(found) and len(found.guards) == 1 else found.core)
                assert said and said[2] == row.side.first
                count += 1
    assert count > 500 // every


def test_every_rule_has_words() -> None:
    rules = {*KERNEL_RULES, *SCHEMES, "cite", "unfold", "inst"}
    assert all(map(rule_words, rules))
    assert set(RULES) <= rules


def test_a_draft_is_marked() -> None:
    page = to_html(draft(sum_of_fractions()), provenance=of_shipped(library.theorem("log_one")))
    assert '<h1 class="name"><code>sum_of_fractions</code> <span class="unchecked">UNCHECKED</span></h1>' in page
    assert "Nothing on this page is proved." in page
    assert "<strong>Claim.</strong>" in page
    assert "badges" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "UNCHECKED" not in to_html(sum_of_fractions())


def test_a_page_in_bits() -> None:
    assert r"\log_{2} a" in to_html(library.theorem("log_div"), base=2)
    assert "Numbers are in bits." in derive("coin_flips").to_html(base=2)
    assert "Numbers are in units of log 10." in coins(10).body


def test_what_is_refused() -> None:
    with pytest.raises(Refused, match="story entry 0"):
        to_html(sum_of_fractions([["prose", ""]]))
    with pytest.raises(ValueError, match="expected a base from 2 to 1000"):
        to_html(sum_of_fractions(), base=1)
    with pytest.raises(TypeError, match="expected base=None or an integer"):
        to_html(sum_of_fractions(), base=True)


def test_a_story_has_every_theorem_but_only_its_own_proof_line_by_line() -> None:
    page = coin_page()
    read = Reader(page)
    shown_ = [name for kind, name in NARRATIVES["coin_flips"].parts if kind == "theorem"]
    titles = {
        f'<p class="label"><code>{name}</code></p>' if name in TITLES else f'<h3 class="name"><code>{name}'
        for name in shown_
    }
    assert [title for title in titles if title not in page] == []
    assert len(read.of("details", "proof")) == 1
    assert {a["href"] for a in read.of("a")} <= {f"#{a['id']}" for a in read.of("tr") if "id" in a}
    cited = to_html(told(NARRATIVES["why_log"], library.theorem))
    assert '<blockquote class="cited"><p><strong>Cited, not proved here.</strong>' in cited


# --- what a user wrote -----------------------------------------------------------------------------------------------

HOSTILE = """100% of p_i \\ {x} <script>document.title = "taken"</script> & "quoted" 'so' <img src=x onerror=x()>"""


def hostile() -> CheckedTheorem:
    names = {"p_100": "number", "q_script": "number", "x_": "number"}
    story = [
        ["heading", HOSTILE],
        ["prose", HOSTILE + " `p_100` and `</code><script>`"],
        ["step", 0, HOSTILE],
        ["step", 1, "`p_100 < q_script` as <b>given</b>"],
    ]
    return shown(names, ["p_100 = q_script", "x_ = p_100"], story)


def test_what_a_user_wrote_is_not_markup() -> None:
    plain, own = Reader(to_html(sum_of_fractions())), Reader(to_html(hostile()))
    assert own.text.count(HOSTILE) >= 3
    assert "</code><script>" in own.text
    assert {t for t, _ in own.elements} <= {t for t, _ in plain.elements} | {"h2", "ul", "li"}
    assert len(own.scripts) == len(plain.scripts) == 2
    assert "taken" in "".join(a.get("aria-label", "") for a in own.of("summary"))


def test_a_draft_may_have_any_name() -> None:
    bad = draft(sum_of_fractions())
    bad.name = HOSTILE
    read = Reader(to_html(bad))
    assert read.text.count(HOSTILE) == 2
    assert len(read.scripts) == 2


def test_text_attributes_and_formulas_are_escaped() -> None:
    assert escape("<a href='x'>&\"") == "&lt;a href=&#x27;x&#x27;&gt;&amp;&quot;"
    assert Reader(math('"><b>', "<i>")).elements == [("span", {"class": "tex", "data-tex": '"><b>'})]
    assert Reader(document("</title><b>", "")).of("b") == []


# --- with the reader's numbers ---------------------------------------------------------------------------------------


def test_a_report_is_a_section() -> None:
    theorem = library.theorem("kl_nonneg")
    report = substituted(theorem, distribution("a=1/2,b=1/4,c=1/4"), distribution("a=1/3,b=1/3,c=1/3"), 15, None)
    page = to_html(document_of_theorem(theorem).followed_by(document_of_report(report)))
    section = page[page.index('<section class="numbers">') : page.index("</main>")]
    read = Reader(section)
    assert report.title in read.text
    assert len(read.of("span", "tex")) == sum(isinstance(b, Chain) for b in report.blocks)
    assert len(read.of("table")) == len(report.tables())


# --- the command line ------------------------------------------------------------------------------------------------


def test_derive_writes_a_page(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "page.html"
    assert main(["derive", "log_div", "--format", "html", "-o", str(path)]) == 0
    read = Reader(path.read_text(encoding="utf-8"))
    assert "50 digits" in read.text
    assert capsys.readouterr().out == ""
    assert main(["derive", "coin_flips", "--format", "html", "--alone"]) == 0
    alone = capsys.readouterr().out
    assert "Two coins to play with" not in alone
    assert alone.startswith("<!DOCTYPE html>")
    assert main(["derive", "coin_flips", "--format", "html", "--p", "7/10", "--q", "1/2"]) == 0
    assert '<section class="numbers">' in capsys.readouterr().out


def test_one_page_holds_one_derivation(tmp_path: Path, capsys: Captured) -> None:
    own = tmp_path / "own.py"
    coin = (Path(__file__).parents[2] / "docs" / "examples" / "coin.py").read_text(encoding="utf-8")
    source = coin + coin.replace("my_coin", "your_coin")
    own.write_text(source, encoding="utf-8")
    assert main(["derive", str(own), "--format", "html"]) == 2
    assert "--format html takes one derivation, got 2; name one by --only" in capsys.readouterr().err
    assert main(["derive", str(own), "--format", "html", "--only", "your_coin"]) == 0
    assert '<h1 class="name"><code>your_coin</code></h1>' in capsys.readouterr().out


# --- the book --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> dict[str, str]:
    """Return a book of few theorems."""
    with pytest.MonkeyPatch.context() as patch:
        few = {"basics": ("log_one", "log_div"), "gibbs": ("no_such_theorem",)}
        patch.setattr(html_pages, "table", lambda: few)
        patch.setattr(html_pages, "NARRATIVES", {})
        return dict(html_pages.files(lambda name: None))


def test_the_pages_of_a_book_refer_to_one_another_only(small: dict[str, str]) -> None:
    assert list(small) == [*SHARED, "log_one.html", "log_div.html", "index.html"]
    for name in ("log_one.html", "log_div.html", "index.html"):
        read = Reader(small[name])
        own = {f"#{a['id']}" for _, a in read.elements if "id" in a}
        assert {a.partition("#")[0] or a for a in read.addresses} <= {*small, "data:,", *own}
        assert "'unsafe-inline'" not in read.policy.partition("script-src")[2].partition(";")[0]
        assert read.scripts == [""]
        assert len(small[name]) + sum(len(small[s]) for s in SHARED) < LARGEST


def test_the_index_lists_every_theorem(small: dict[str, str]) -> None:
    read = Reader(small["index.html"])
    assert [a["data-find"].split()[0] for a in read.of("li") if "data-find" in a] == ["log_one", "log_div"]
    assert "log(a/b) = log a - log b" in read.text
    assert "log one →" not in read.text
    assert "← log_one" in Reader(small["log_div.html"]).text
    assert "log_div →" in Reader(small["log_one.html"]).text


def test_a_page_of_a_book_links_what_has_a_page() -> None:
    around = Surroundings(frozenset({"log_one"}))
    page = to_html(library.theorem("kl_eq_zero_iff"), around=around)
    assert '<a href="log_one.html"><code>log_one</code></a>' in page
    assert "master_inequality_iff.html" not in page


def test_a_book_is_written_where_there_is_none_or_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: dict[str, str], capsys: Captured
) -> None:
    monkeypatch.setattr(html_pages, "files", lambda progress: iter(small.items()))
    book = tmp_path / "book"
    assert main(["book", "--html", str(book)]) == 0
    assert sorted(p.name for p in book.iterdir()) == sorted(small)
    capsys.readouterr()
    (book / "index.html").write_text("older", encoding="utf-8")
    (book / "gone.html").write_text("older", encoding="utf-8")
    assert main(["book", "--html", str(book)]) == 0
    assert capsys.readouterr().out.split() == [str(book / "gone.html"), str(book / "index.html")]
    assert sorted(p.name for p in book.iterdir()) == sorted(small)


def test_a_book_is_not_written_over_something_else(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "letters.html").write_text("mine", encoding="utf-8")
    assert main(["book", "--html", str(tmp_path)]) == 2
    assert f"{tmp_path} is not a book: it has no {SHARED[0]}" in capsys.readouterr().err
    (tmp_path / "photo.jpg").write_text("mine", encoding="utf-8")
    assert main(["book", "--html", str(tmp_path)]) == 2
    assert f"{tmp_path} is not a book: photo.jpg" in capsys.readouterr().err
    assert main(["book", str(tmp_path), "--html", str(tmp_path)]) == 2
    assert main(["book", "--check", "--html", str(tmp_path)]) == 2
    assert "--html goes with nothing else" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["letters.html", "photo.jpg"]


def test_the_panel_asks_for_its_own_files_only() -> None:
    one = SimpleNamespace(title="One", parts=(("theorem", "log_one"), ("picture", "coins")))
    page = to_html(told(one, library.theorem))
    read = Reader(page)
    assert len(read.scripts) == 3
    assert [a["data-coin"] for a in read.of("input")] == ["p", "q", "seed"]
    assert "noscript" in {t for t, _ in read.elements}
    assert len(Reader(to_html(told(NARRATIVES["why_log"], library.theorem))).scripts) == 2
