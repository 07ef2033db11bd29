"""One document: the order of what is said is decided once, every backend prints every kind of block, imports flow one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.book.narratives import NARRATIVES
from kl_symbolic.cli import main as cli
from kl_symbolic.kernel.terms import num
from kl_symbolic.render import html, latex, markdown, text
from kl_symbolic.render.html import notebook
from kl_symbolic.render.html.panel import PANELS
from kl_symbolic.render.model import Document, document_of_report, document_of_theorem
from kl_symbolic.render.model.displays import Display
from kl_symbolic.render.model.document import (
    NUMBERS,
    Aligned,
    Badges,
    Block,
    Callout,
    Chain,
    Foundations,
    Group,
    Heading,
    Hypotheses,
    Note,
    Picture,
    ProofLines,
    Prose,
    Statement,
    Table,
    leaves,
)
from kl_symbolic.render.model.notation import Formula, Notation, TheoremName
from kl_symbolic.render.model.reports import Report, words

from ..support.lanes import sampled
from ..support.render_samples import divergence, draft, known, shown, sum_of_fractions, told
from ..test_architecture import MODULES, PACKAGE, imported

BACKENDS: dict[str, Callable[[Document], str]] = {
    "text": text.render,
    "latex": lambda document: latex.render(document, latex.DOCUMENT),
    "markdown": markdown.render,
    "html": html.render,
    "notebook": notebook.render,
}

# --- the order of sections --------------------------------------------------------------------------------------------


def labels(document: Document) -> Iterator[str]:
    """Yield what stands in front of the parts of a document, in its order."""
    for block in leaves(document.blocks):
        if isinstance(block, Heading):
            yield "".join(piece for piece in block.text if isinstance(piece, str))
        elif isinstance(block, Callout | Note | Foundations):
            yield block.label.rstrip(".")
        elif isinstance(block, Badges):
            yield block.names[0]
        elif isinstance(block, Hypotheses):
            yield from ("Assume", "Then") if block.assumed else ("Then",) if block.setting else ()
        elif isinstance(block, Statement):
            yield "".join(piece for piece in block.lead if isinstance(piece, str))


def read(page: str) -> str:
    """Return a page without styles, tags, commands and escapes, on one line."""
    page = re.sub(r"<(style|script)>.*?</\\1>|<title>.*?</title>", " ", page, flags=re.DOTALL)
    page = re.sub(r"<[^>]*>|\\allowbreak ", "", page)
    return " ".join(unescape(page).replace("\\", "").split())


def sample() -> list[Document]:
    titled = document_of_theorem(sum_of_fractions(), title="Sums of fractions", provenance=known("it"))
    theorem = library.theorem("kl_eq_zero_iff")
    told_ = told(NARRATIVES["why_log"], library.theorem, known={"log_one": known("it")})
    numbers = document_of_report(
        Report("These numbers", (words("P and Q."), Chain.of(("x", "x"), "=", ("1", "1"))), {})
    )
    return [
        titled,
        document_of_theorem(theorem, provenance=known("it")),
        document_of_theorem(draft(sum_of_fractions())),
        told_,
        titled.followed_by(numbers),
    ]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("number", range(5))
def test_every_backend_says_the_same_in_the_same_order(backend: str, number: int) -> None:
    document = sample()[number]
    wanted = [label for label in labels(document) if label]
    assert len(wanted) >= 5
    page = read(BACKENDS[backend](document))
    at = 0
    for label in wanted:
        found = page.find(label, at)
        assert found >= 0, (label, page[at : at + 300])
        at = found + len(label)


@pytest.mark.parametrize("backend", BACKENDS)
def test_another_order_of_blocks_is_another_order_on_every_page(backend: str) -> None:
    (group,) = document_of_theorem(sum_of_fractions(), provenance=known("it")).blocks
    assert isinstance(group, Group)
    turned = Document("it", (replace(group, blocks=(group.blocks[-1], *group.blocks[:-1])),))
    page = read(BACKENDS[backend](turned))
    assert page.index("What it rests on") < page.index("Assume")


def test_the_sections_of_a_theorem() -> None:
    assert list(labels(sample()[0])) == [
        "Sums of fractions", "kernel", "Assume", "Then", "", "One denominator", "This proves", "What it rests on",
        "Where it is used", "An example, which illustrates and proves nothing", "Source",
    ]  # fmt: skip


# --- every kind of block ----------------------------------------------------------------------------------------------

_ONE = Display((), Formula(num(17)), reason=("seventeen",))
_PLAIN = Notation()
_PROOF = ProofLines("a_theorem", sum_of_fractions().lines)

KINDS: dict[type, tuple[Block, str]] = {
    Heading: (Heading(2, ("A heading",)), "A heading"),
    Prose: (Prose((("Running text",),)), "Running text"),
    Callout: (Callout("Beware.", ("of this",)), "Beware. of this"),
    Badges: (Badges(("kernel", "numbers")), "kernel"),
    Hypotheses: (Hypotheses("Theorem", ("Let it be.",), (("one",), ("two",)), _PLAIN), "Let it be. Assume"),
    Statement: (Statement(_ONE, _PLAIN, ("This proves",)), "This proves"),
    Aligned: (Aligned(_ONE, _PLAIN), "seventeen"),
    ProofLines: (_PROOF, "a/b + c/b = (a + c)/b"),
    Chain: (Chain.of(("left", r"\\mathrm{left}"), "=", ("0.25", "0.25")), "0.25"),
    Table: (Table(("n", "value"), (("1", "0.5"),)), "value"),
    Foundations: (Foundations("What it rests on.", ("lemma",), (("axiom", ("so",)),), _PLAIN), "Lemmas:"),
    Note: (Note("Source.", (("See ", TheoremName("other"), "."),)), "Source. See other."),
    Picture: (Picture("coins"), "Two coins to play with"),
    Group: (Group(NUMBERS, (Prose((("Inside",),)),)), "Inside"),
}
"""A block of each kind, and what is read of it."""

SILENT = {("text", ProofLines), ("latex", ProofLines), ("markdown", ProofLines), ("notebook", ProofLines)} | {
    (backend, Picture) for backend in BACKENDS if backend != "html"
}
"""Blocks that only a page with scripts shows."""


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(KINDS) == set(get_args(Block))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_backend_prints_every_kind_of_block(backend: str, kind: type) -> None:
    block, expected = KINDS[kind]
    page = read(BACKENDS[backend](Document("Title", (block,))))
    assert (
        expected
        in page.replace("**", "")
        .replace("emph{Lemmas:}", "Lemmas:")
        .replace("textbf{", "")
        .replace("}", "")
        .replace("texttt{", "")
        .replace("`", "")
    ) is ((backend, kind) not in SILENT), page[:500]


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_is_not_a_block_is_refused(backend: str) -> None:
    wrong: Any = "text"
    with pytest.raises(AssertionError):
        BACKENDS[backend](Document("Title", (wrong,)))


def test_every_picture_of_a_narrative_has_a_panel() -> None:
    parts = [part for story in NARRATIVES.values() for part in (*story.parts, *story.brief)]
    assert {content for kind, content in parts if kind == "picture"} <= set(PANELS)


def test_one_unchecked_theorem_makes_the_document_unchecked() -> None:
    good, bad = document_of_theorem(divergence()), document_of_theorem(draft(divergence()))
    assert good.checked and good.followed_by(good).checked
    assert not bad.checked and not good.followed_by(bad).checked


# --- titles -----------------------------------------------------------------------------------------------------------


def test_a_title_stands_above_the_name_and_what_users_write_in_it_is_text() -> None:
    hostile = "A <b> of \\input{x} & *y* $z$"
    document = document_of_theorem(shown({"a": "number"}, ["0 < a"], name="my_name"), title=hostile)
    assert text.render(document).startswith(f"{hostile}\n{'=' * len(hostile)}\nmy_name\n\n")
    assert latex.render(document).startswith(
        "\\begingroup\\sloppy\n"
        r"\section*{A \textless{}b\textgreater{} of \textbackslash{}input\{x\} \& *y* \$z\$}" + "\n\\texttt{my\\_name}"
    )
    assert markdown.render(document).startswith(
        "# A &lt;b&gt; of \\\\input\\{x\\} &amp; \\*y\\* <span>$</span>z<span>$</span>\n\n`my_name`"
    )
    page = html.render(document)
    assert "<title>A &lt;b&gt; of" in page and '<p class="label"><code>my_name</code></p>' in page
    assert "<b>" not in notebook.render(document)


def test_a_theorem_without_a_title_is_titled_by_its_name() -> None:
    document = document_of_theorem(sum_of_fractions())
    assert document.title == "sum_of_fractions"
    assert 'class="label"' not in html.render(document)
    assert text.render(document).count("sum_of_fractions") == 1


# --- brief and full ---------------------------------------------------------------------------------------------------


def test_the_coin_is_told_on_two_pages_of_a_terminal() -> None:
    brief = derive("coin_flips").to_text()
    assert len(brief.splitlines()) <= 2 * 45 and max(map(len, brief.splitlines())) <= 88
    order = ["p₁·p₁·p₂·p₁·p₂", "p₁^3·p₂^2/(q₁^3·q₂^2)", "log(p₁^N_h·p₂^N_t/", "N_h/N · log(p₁/q₁)", "→ p₁ log(p₁/q₁)",
             "D(p‖q) = Σ_i p_i log(p_i/q_i)", "never negative", "--full"]  # fmt: skip
    said = " ".join(brief.split())
    places = [said.index(piece) for piece in order]
    assert places == sorted(places)
    assert "  • 0 < p₁, p₂, q₁, q₂" in brief and "N_h(n)/n → p₁ as n → ∞" in brief  # every assumption is said


def test_what_is_told_briefly_is_a_part_of_the_full_telling() -> None:
    whole = NARRATIVES["coin_flips"]
    told_ = {content for kind, content in whole.parts if kind == "theorem"}
    assert {content for kind, content in whole.brief if kind in ("short", "lines")} <= told_
    full = derive("coin_flips").to_text(full=True)
    assert len(full.splitlines()) > 800 and "kl_not_metric" in full


@pytest.mark.parametrize("how", sampled(["text", "latex", "markdown", "html"], 4))
def test_the_command_line_tells_everything_when_asked(how: str, capsys: pytest.CaptureFixture[str]) -> None:
    pages = []
    for more in ([], ["--full"]):
        assert cli.main(["derive", "coin_flips", "--format", how, *more]) == 0
        pages.append(capsys.readouterr().out)
    found = derive("coin_flips")
    make = {"text": found.to_text, "latex": found.to_latex, "markdown": found.to_markdown, "html": found.to_html}[how]
    assert pages == [make(), make(full=True)] and len(pages[0]) < len(pages[1])


def test_reports_stand_in_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    args = ["derive", "coin_flips", "--format", "latex", "--document", "--p", "7/10", "--q", "1/2"]
    assert cli.main(args) == 0
    page = capsys.readouterr().out
    assert page.count(r"\end{document}") == 1 and page.endswith("\\end{document}\n")
    assert page.index(r"\subsection*{coin\_flips with these numbers}") > page.index(r"\subsection*{What it means}")


# --- imports ----------------------------------------------------------------------------------------------------------

ARROWS = {"model": set(), "text": {"model"}, "latex": {"model"}, "markdown": {"model", "latex"},
          "html": {"model", "latex", "text"}, "pdf": set()}  # fmt: skip
"""The parts of render/ that each other part may import: pages of Markdown and HTML carry formulas in LaTeX, and a page of
HTML says each formula in plain text, too."""


def strays(source: str, module: str) -> list[str]:
    """Return the imports from other parts of render/ that a module of it must not have."""
    own = module.split("/")[1].removesuffix(".py")
    found = {name.split(".")[1] for name in imported(source, module) if name.startswith("render.")}
    return sorted(found - ARROWS[own] - {own})


@pytest.mark.parametrize("module", [p for p in MODULES.values() if p.startswith("render/") and p.count("/") > 1])
def test_backends_import_the_model_and_what_is_written_down(module: str) -> None:
    assert strays((PACKAGE / module).read_text(encoding="utf-8"), module) == []


def test_every_part_has_its_arrows() -> None:
    parts = {p.split("/")[1].removesuffix(".py") for p in MODULES.values() if p.startswith("render/")} - {"__init__"}
    assert parts == set(ARROWS)


@pytest.mark.parametrize(
    ("module", "planted", "found"),
    [
        ("render/model/notes.py", "from ..latex.terms import Latex", ["latex"]),
        ("render/model/document.py", "def f():\n    from .. import html", ["html"]),
        ("render/text/page.py", "from ..latex.terms import Latex", ["latex"]),
        ("render/latex/page.py", "from ..markdown.page import render", ["markdown"]),
        ("render/html/page.py", "from ..markdown import flavors", ["markdown"]),
        ("render/markdown/page.py", "from ..html.typesetter import escape", ["html"]),
    ],
)
def test_a_planted_import_is_caught(module: str, planted: str, found: list[str]) -> None:
    assert strays(planted, module) == found


@pytest.mark.parametrize("module", ["aligned", "boxes", "terms"])
def test_widths_are_added_in_one_way_on_every_python(module: str) -> None:
    """From Python 3.12 on, ``sum`` of floats rounds in another way, and lines that just fit would be broken."""
    source = (Path(latex.__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    called = {
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "sum" not in called
    assert module == "boxes" or "total" in called
