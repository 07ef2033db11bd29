"""Flavors of Markdown: the same page for GitHub, for Hugo, for MyST; and what users write stays text in each."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.cli import main as cli
from kl_symbolic.render.markdown.flavors import FLAVORS, GITHUB, NAMES, NOTEBOOK, flavor_of
from kl_symbolic.render.model.document import Chain, Table
from kl_symbolic.render.model.reports import Report, document_of_report, words

from ..support.lanes import sizes
from ..support.render_samples import shown, sum_of_fractions, to_markdown, told

FORMULAS = {
    "github": r"```math\n(.*?)\n```|\$`(.*?)`\$",
    "hugo": r"^\\\[\n?(.*?)\n\\\]$|\\\((.*?)\\\)",
    "myst": r"```\{math\}\n(.*?)\n```|\{math\}`(.*?)`",
    "notebook": r"^\$\$\n(.*?)\n\$\$$|(?<![\\$])\$(?!\$)(.*?)(?<!\\)\$(?!\$)",
}
HOSTILE = (
    r"<script>alert(1)</script> \(a\) \[b\] \input{x} 100% p_i *c* [d](e) [x]: y $x$ $$y$$ {{< figure >}} {{% z %}} "
    r"{math} {{ 1 }} |f| ~g~ &lt; ^"
)


def formulas(page: str, flavor: str) -> list[str]:
    """Return the formulas of a page as whoever reads the flavor finds them, spaces and brackets made alike."""
    found = [a or b for a, b in re.findall(FORMULAS[flavor], page, re.DOTALL | re.MULTILINE)]
    alike = (f.replace("{ {", "{{").replace(r"\lt ", "< ").replace(r"\gt ", "> ").replace("{< }", "{<}") for f in found)
    return [" ".join(f.split()) for f in alike]


def without(page: str, flavor: str) -> str:
    """Return the page without formulas, code, and what front matter says beside the title."""
    page = re.sub(r"\A---\ntitle: (.*)\nmath: true\n---\n", r"\1\n", page)
    return re.sub(r"`[^`]*`", "", re.sub(FORMULAS[flavor], "", page, flags=re.DOTALL | re.MULTILINE))


@pytest.mark.slow
@pytest.mark.parametrize("every", sizes(40, 3))
@pytest.mark.parametrize("flavor", NAMES)
def test_every_flavor_has_the_same_formulas_and_says_the_same(flavor: str, every: int) -> None:
    for name in library.names()[::every]:
        theorem = library.theorem(name)
        github, other = to_markdown(theorem), to_markdown(theorem, flavor=flavor)
        assert formulas(other, flavor) == formulas(github, "github"), name
        assert len(formulas(other, flavor)) > 1
        assert sorted(re.findall(r"[A-Za-z]+", without(other, flavor))) == sorted(
            re.findall(r"[A-Za-z]+", without(github, "github"))
        )


def test_the_notebook_reads_the_same_formulas() -> None:
    page = to_markdown(library.theorem("kl_nonneg"), flavor=NOTEBOOK)
    assert formulas(page, "notebook") == formulas(to_markdown(library.theorem("kl_nonneg")), "github")


def test_github_is_what_one_gets() -> None:
    assert derive("log_one").to_markdown() == derive("log_one").to_markdown(flavor="github")
    assert flavor_of("github") is GITHUB and tuple(FLAVORS) == NAMES


@pytest.mark.parametrize("flavor", ["GitHub", "", "notebook"])
def test_a_flavor_that_there_is_not(flavor: str) -> None:
    with pytest.raises(ValueError, match="expected a flavor of Markdown, github, hugo, myst; got"):
        derive("log_one").to_markdown(flavor=flavor)


@pytest.mark.slow
def test_nothing_in_a_formula_for_hugo_means_anything_to_markdown_templates_or_html() -> None:
    for name in library.names():
        page = to_markdown(library.theorem(name), flavor="hugo")
        for a, b in re.findall(FORMULAS["hugo"], page, re.DOTALL | re.MULTILINE):
            formula = a or b
            assert not set(formula) & set("<>`$") and "{{" not in formula
            assert not re.search(r"\n( {0,3}[-+*=#>\d]| {4}|\n)", formula)
            assert all(sign not in formula for sign in (r"\(", r"\)", r"\[", r"\]"))


def test_a_line_of_a_formula_is_not_a_list_for_hugo() -> None:
    hugo = FLAVORS["hugo"]
    assert hugo.display("- x\n+ y\n= 1\n& z") == "\\[ - x + y = 1\n& z\n\\]"
    assert hugo.display("{{<}}") == "\\[\n{ {\\lt }}\n\\]"
    assert FLAVORS["myst"].display("- x\n+ y") == "```{math}\n- x\n+ y\n```"


STORY = [["heading", HOSTILE], ["prose", HOSTILE], ["prose", "And `{{< x >}}` here."], ["step", 1, HOSTILE]]


@pytest.mark.parametrize("flavor", NAMES)
def test_what_users_write_is_text(flavor: str) -> None:
    page = to_markdown(sum_of_fractions(STORY), flavor=flavor)
    assert len(formulas(page, flavor)) == len(formulas(to_markdown(sum_of_fractions([["step", 1, "r"]])), "github"))
    outside = without(page, flavor)
    assert "<script" not in outside and "&lt;script&gt;" in outside and "&amp;lt;" in outside
    assert r"p\_i" in outside and r"\*c\*" in outside and r"\{\{" in outside and r"\|f\|" in outside
    assert "{{" not in outside and "](e)" not in outside.replace(r"\](e)", "").replace("&#93;(e)", "")
    wanted = {"github": "<span>$</span>x<span>$</span>", "hugo": r"\$&#8203;x\$&#8203;", "myst": r"\$x\$"}[flavor]
    assert wanted in outside
    if flavor == "hugo":
        assert "{{" not in page and not re.search(r"\\[()\[\]]", outside)
        assert "<span>" not in page  # Hugo leaves tags out


@pytest.mark.parametrize("flavor", NAMES)
def test_names_of_users_are_text(flavor: str) -> None:
    """A name is letters, digits and underscores, and in every flavor an underscore in it does not lean the text."""
    page = to_markdown(shown({"x_y_z": "number"}, ["0 < x_y_z"], name="my_own_name"), flavor=flavor)
    assert page.startswith('---\ntitle: "my_own_name"\n' if flavor == "hugo" else r"# my\_own\_name")
    report = Report(
        "_p_ % \\ <script>", (words(HOSTILE), Chain.of(("x", "x"), "=", ("1", "1")), Table(("a|b",), (("$",),))), {}
    )
    numbers = to_markdown(document_of_report(report), flavor)
    numbers = numbers.removeprefix('---\ntitle: "_p_ % \\\\ <script>"\nmath: true\n---\n\n')
    assert numbers.startswith("## \\_p\\_ % \\") and "<script" not in numbers and "&lt;script&gt;" in numbers
    assert r"a\|b" in numbers and formulas(numbers, flavor)[-1] == "x = 1"


@pytest.mark.parametrize(
    ("flavor", "text", "expected"),
    [
        ("myst", "% a remark", r"\% a remark"),
        ("myst", "(target)=", r"\(target)="),
        ("myst", ":::note", r"\:::note"),
        ("myst", "+++", r"\+++"),
        ("hugo", "1) first", "1&#41; first"),
        ("hugo", "1. first", r"1\. first"),
        ("hugo", "- minus", r"\- minus"),
        ("hugo", "(target)=", "(target)="),
        ("github", "1) first", r"1\) first"),
        ("github", "% a remark", "% a remark"),
    ],
)
def test_a_paragraph_is_a_paragraph(flavor: str, text: str, expected: str) -> None:
    assert f"\n\n{expected}\n\n" in to_markdown(sum_of_fractions([["prose", text]]), flavor=flavor)


def test_a_story_has_a_flavor_too() -> None:
    page = SimpleNamespace(
        title="$T$", names={"x": "number"}, parts=(("cited", "That `x` is so."), ("theorem", "log_one"))
    )
    shown_ = to_markdown(told(page, library.theorem), flavor="hugo")
    assert shown_.startswith('---\ntitle: "$T$"\n') and r"That \(x\) is so." in shown_ and "### log\\_one" in shown_
    assert "```math" not in shown_ and "$`" not in shown_
    assert r"That {math}`x` is so." in to_markdown(told(page, library.theorem), flavor="myst")


def test_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(["derive", "coin_flips", "--format", "markdown", "--flavor", "myst", "--p", "7/10", "--q", "1/2"]) == 0
    )
    page = capsys.readouterr().out
    assert "```{math}\n" in page and "```math" not in page and "$`" not in page
    assert page.startswith(derive("coin_flips").to_markdown(flavor="myst").rstrip("\n"))
    assert cli.main(["derive", "coin_flips", "--flavor", "myst"]) == 2
    assert "--flavor goes with --format markdown" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["derive", "coin_flips", "--format", "markdown", "--flavor", "other"])
    assert "expected a flavor of Markdown, one of github, hugo, myst; got 'other'" in capsys.readouterr().err
