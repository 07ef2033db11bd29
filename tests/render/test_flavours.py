"""Flavours of Markdown: the same page for GitHub, for Hugo, for MyST; and what users write stays text in each."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.cli import main as cli
from kl_symbolic.render import page_to_markdown, to_markdown
from kl_symbolic.render.flavours import FLAVOURS, GITHUB, NAMES, NOTEBOOK, flavour_of
from kl_symbolic.render.report import Chain, Report, Table

from ..support.render_samples import shown, sum_of_fractions

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


def formulas(page: str, flavour: str) -> list[str]:
    """Return the formulas of a page as whoever reads the flavour finds them, spaces and brackets made alike."""
    found = [a or b for a, b in re.findall(FORMULAS[flavour], page, re.DOTALL | re.MULTILINE)]
    alike = (f.replace("{ {", "{{").replace(r"\lt ", "< ").replace(r"\gt ", "> ").replace("{< }", "{<}") for f in found)
    return [" ".join(f.split()) for f in alike]


def without(page: str, flavour: str) -> str:
    """Return the page without formulas and code."""
    return re.sub(r"`[^`]*`", "", re.sub(FORMULAS[flavour], "", page, flags=re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("flavour", NAMES)
def test_every_flavour_has_the_same_formulas_and_says_the_same(flavour: str) -> None:
    for name in library.names()[::3]:
        theorem = library.theorem(name)
        github, other = to_markdown(theorem), to_markdown(theorem, flavour=flavour)
        assert formulas(other, flavour) == formulas(github, "github"), name
        assert len(formulas(other, flavour)) > 1
        assert sorted(re.findall(r"[A-Za-z]+", without(other, flavour))) == sorted(
            re.findall(r"[A-Za-z]+", without(github, "github"))
        )


def test_the_notebook_reads_the_same_formulas() -> None:
    page = to_markdown(library.theorem("kl_nonneg"), flavour=NOTEBOOK)
    assert formulas(page, "notebook") == formulas(to_markdown(library.theorem("kl_nonneg")), "github")


def test_github_is_what_one_gets() -> None:
    assert derive("log_one").to_markdown() == derive("log_one").to_markdown(flavour="github")
    assert flavour_of("github") is GITHUB and tuple(FLAVOURS) == NAMES


@pytest.mark.parametrize("flavour", ["GitHub", "", "notebook"])
def test_a_flavour_that_there_is_not(flavour: str) -> None:
    with pytest.raises(ValueError, match="expected a flavour of Markdown, github, hugo, myst; got"):
        derive("log_one").to_markdown(flavour=flavour)


def test_nothing_in_a_formula_for_hugo_means_anything_to_markdown_templates_or_html() -> None:
    for name in library.names():
        page = to_markdown(library.theorem(name), flavour="hugo")
        for a, b in re.findall(FORMULAS["hugo"], page, re.DOTALL | re.MULTILINE):
            formula = a or b
            assert not set(formula) & set("<>`$") and "{{" not in formula
            assert not re.search(r"\n( {0,3}[-+*=#>\d]| {4}|\n)", formula)
            assert all(sign not in formula for sign in (r"\(", r"\)", r"\[", r"\]"))


def test_a_line_of_a_formula_is_no_list_for_hugo() -> None:
    hugo = FLAVOURS["hugo"]
    assert hugo.display("- x\n+ y\n= 1\n& z") == "\\[ - x + y = 1\n& z\n\\]"
    assert hugo.display("{{<}}") == "\\[\n{ {\\lt }}\n\\]"
    assert FLAVOURS["myst"].display("- x\n+ y") == "```{math}\n- x\n+ y\n```"


STORY = [["heading", HOSTILE], ["prose", HOSTILE], ["prose", "And `{{< x >}}` here."], ["step", 1, HOSTILE]]


@pytest.mark.parametrize("flavour", NAMES)
def test_what_users_write_is_text(flavour: str) -> None:
    page = to_markdown(sum_of_fractions(STORY), flavour=flavour)
    assert len(formulas(page, flavour)) == len(formulas(to_markdown(sum_of_fractions([["step", 1, "r"]])), "github"))
    outside = without(page, flavour)
    assert "<script" not in outside and "&lt;script&gt;" in outside and "&amp;lt;" in outside
    assert r"p\_i" in outside and r"\*c\*" in outside and r"\{\{" in outside and r"\|f\|" in outside
    assert "{{" not in outside and "](e)" not in outside.replace(r"\](e)", "").replace("&#93;(e)", "")
    wanted = {"github": "<span>$</span>x<span>$</span>", "hugo": r"\$&#8203;x\$&#8203;", "myst": r"\$x\$"}[flavour]
    assert wanted in outside
    if flavour == "hugo":
        assert "{{" not in page and not re.search(r"\\[()\[\]]", outside)
        assert "<span>" not in page  # Hugo leaves tags out


@pytest.mark.parametrize("flavour", NAMES)
def test_names_of_users_are_text(flavour: str) -> None:
    """A name is letters, digits and underscores, and in every flavour an underscore in it does not lean the text."""
    page = to_markdown(shown({"x_y_z": "number"}, ["0 < x_y_z"], name="my_own_name"), flavour=flavour)
    assert page.startswith(r"# my\_own\_name")
    report = Report(
        "_p_ % \\ <script>", (HOSTILE, Chain.of(("x", "x"), "=", ("1", "1")), Table(("a|b",), (("$",),))), {}
    )
    numbers = report.to_markdown(flavour)
    assert numbers.startswith("## \\_p\\_ % \\") and "<script" not in numbers and "&lt;script&gt;" in numbers
    assert r"a\|b" in numbers and formulas(numbers, flavour)[-1] == "x = 1"


@pytest.mark.parametrize(
    ("flavour", "text", "expected"),
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
def test_a_paragraph_is_a_paragraph(flavour: str, text: str, expected: str) -> None:
    assert f"\n\n{expected}\n\n" in to_markdown(sum_of_fractions([["prose", text]]), flavour=flavour)


def test_a_story_has_a_flavour_too() -> None:
    page = SimpleNamespace(
        title="$T$", names={"x": "number"}, parts=(("cited", "That `x` is so."), ("theorem", "log_one"))
    )
    told = page_to_markdown(page, library.theorem, flavour="hugo")
    assert told.startswith(r"# \$&#8203;T\$&#8203;") and r"That \(x\) is so." in told and "### log\\_one" in told
    assert "```math" not in told and "$`" not in told
    assert r"That {math}`x` is so." in page_to_markdown(page, library.theorem, flavour="myst")


def test_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(["derive", "coin_flips", "--format", "markdown", "--flavour", "myst", "--p", "7/10", "--q", "1/2"])
        == 0
    )
    page = capsys.readouterr().out
    assert "```{math}\n" in page and "```math" not in page and "$`" not in page
    assert page.startswith(derive("coin_flips").to_markdown(flavour="myst").rstrip("\n"))
    assert cli.main(["derive", "coin_flips", "--flavour", "myst"]) == 2
    assert "--flavour goes with --format markdown" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["derive", "coin_flips", "--format", "markdown", "--flavour", "other"])
    assert "expected a flavor of Markdown, one of github, hugo, myst; got 'other'" in capsys.readouterr().err
