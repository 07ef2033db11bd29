"""The display in a Jupyter notebook, and the tutorial notebook: executing it gives its stored outputs.

``python -m tests.render.test_notebook`` executes it and stores the outputs; look at the difference before it is committed.
"""

from __future__ import annotations

import html
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import kl_symbolic as kl
from kl_symbolic import library
from kl_symbolic.api import Derivation, Theorem
from kl_symbolic.book.documents import document
from kl_symbolic.render.model.view import STATED, WHOLE

from ..support.lanes import sizes
from ..support.render_samples import draft, inverse_limit, sum_of_fractions, to_formula, to_notebook
from .test_flavors import HOSTILE

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial.ipynb"
TAGS = set("div p strong em code pre ul li details summary dl dt dd h2 h3 h4 blockquote span".split())


class Page(HTMLParser):
    """Reads HTML: the tags, whether they close one another, and the formulas in text outside of code."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = [""]
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if "code" not in self.open:  # where nothing is typeset
            self.texts[-1] += data

    @property
    def formulas(self) -> list[str]:
        # No formula goes on in another tag.
        return [f for text in self.texts for f in re.findall(r"\$((?:[^$\\]|\\.)+)\$", text)]


@pytest.mark.parametrize("name", ["coin_flips", "kl_nonneg", "coin_flips_finite", "log_one"])
def test_a_derivation_folds_and_needs_no_script_and_no_style(name: str) -> None:
    page = Page(kl.derive(name)._repr_html_())
    assert set(page.tags) <= TAGS and page.attributes <= {"open", "class"}
    assert len(page.formulas) > 2 and page.tags.count("details") == page.tags.count("summary") > 2
    assert all(text.count("$") % 2 == 0 for text in page.texts if r"\$" not in text)
    assert not any(r"\nobreak" in formula for formula in page.formulas)  # MathJax does not know it


def test_every_step_is_unfolded_to_what_stands_behind_it() -> None:
    shown = kl.derive("kl_nonneg")
    page = shown._repr_html_()
    assert page.count("<dt>Rule</dt>") == len(shown.steps)
    for step in shown.steps:
        assert f"(line {step.number} of the proof)" in page
    assert "<summary><strong>Derivation</strong></summary>" in page
    assert "<summary><strong>What it rests on</strong></summary>" in page and "<code>log_le</code>" in page


def test_a_story_unfolds_what_it_is_about() -> None:
    page = to_notebook(document(library.theorem("coin_flips"), full=True))
    assert page.count("<details open>") == 1
    assert page.index("<details open>") > page.index("<code>coin_flips</code>")
    assert page.startswith("<div>\n<h2>")


@pytest.mark.slow
@pytest.mark.parametrize("every", sizes(20, 1))
def test_every_shipped_theorem_has_its_page(every: int) -> None:
    for name in library.names()[::every]:
        page = Page(to_notebook(library.theorem(name)))
        assert set(page.tags) <= TAGS and page.formulas


def test_a_theorem_shows_what_it_says_and_no_derivation() -> None:
    theorem = kl.theorem("kl_nonneg")
    page = Page(theorem._repr_html_())
    assert page.tags.count("details") == 1 and "<strong>Theorem.</strong>" in theorem._repr_html_()
    assert r"\displaystyle D_{\mathrm{KL}}(p \parallel q)" in page.formulas
    latex = theorem._repr_latex_()
    assert latex.startswith("$\\displaystyle \\begin{aligned}\n& {0 \\le p_i}") and latex.endswith("\\end{aligned}$")
    assert latex.count("\n& ") == len(theorem.hypotheses) and r"\vdash {} & 0 \le D_{\mathrm{KL}}" in latex
    markdown = theorem._repr_markdown_()
    assert "$$\n0 \\le D_{\\mathrm{KL}}(p \\parallel q)\n$$" in markdown and "**Theorem.**" in markdown
    assert "replayed" not in markdown + theorem._repr_html_()  # no line is displayed


def test_expressions_are_shown_by_sympy() -> None:
    import sympy

    value = kl.kl_divergence([0.7, 0.3], [0.5, 0.5])
    assert isinstance(value, sympy.Expr) and value._repr_latex_().startswith(r"$\displaystyle ")


def test_statements_without_hypotheses_and_limits() -> None:
    page = to_notebook(inverse_limit())
    assert r"${}\longrightarrow{}$" in page and "Assume" not in page.partition("<details")[0]
    assert Theorem(inverse_limit())._repr_latex_().count("\\\\\n") == 0


def test_what_is_not_a_checked_theorem_says_unchecked() -> None:
    for view in (WHOLE, STATED):
        page = to_notebook(draft(sum_of_fractions()), view=view)
        assert "UNCHECKED" in page and "Theorem" not in page and "<strong>Claim.</strong>" in page
    assert "This would prove" in to_notebook(draft(sum_of_fractions()))
    assert "UNCHECKED" not in to_notebook(sum_of_fractions())


def test_what_users_write_is_text() -> None:
    hostile = HOSTILE + r" \begin{x} % <img src=x onerror=y> </details>"
    story = [["heading", hostile], ["prose", hostile + r" `<b> $ \(`"], ["step", 1, hostile], ["step", 2, "then"]]
    theorem = sum_of_fractions(story)
    source = Derivation(theorem)._repr_html_()
    page, plain = Page(source), Page(to_notebook(sum_of_fractions([["step", 1, "r"], ["step", 2, "then"]])))
    assert set(page.tags) <= TAGS and page.attributes <= {"open", "class"}
    assert page.tags.count("details") == plain.tags.count("details")
    # There are as many formulas as without it, and the page shows the words.
    own = [f for f in page.formulas if f not in plain.formulas]
    assert own == [] and len(page.formulas) == len(plain.formulas)
    shown = html.unescape(re.sub(r"<[^>]*>", "", source))
    assert shown.count(html.unescape(html.escape(hostile))) == 3
    for text in page.texts:
        assert not re.search(r"\\[()\[\]]|\\begin|\$\$", re.sub(r"\$(?:[^$\\]|\\.)+\$", "", text))
    markdown = Derivation(theorem)._repr_markdown_()
    outside = re.sub(r"^\$\$\n.*?\n\$\$$|`[^`]*`", "", markdown, flags=re.DOTALL | re.MULTILINE)
    assert "<script" not in outside and "<img" not in outside and not re.search(r"\\[()a-z]|\$\$", outside)
    assert "<span>&#36;</span>x<span>&#36;</span>" in outside and "<span>&#92;</span>(a<span>&#92;</span>)" in outside


def test_latex_of_a_derivation_is_a_formula() -> None:
    assert kl.derive("log_one")._repr_latex_() == rf"$\displaystyle {to_formula(library.theorem('log_one'))}$"
    hostile = Derivation(sum_of_fractions([["step", 1, HOSTILE]]))._repr_latex_()
    assert re.fullmatch(r"\$(?:[^$\\]|\\.)*\$", hostile, re.DOTALL)


# --- the tutorial ---------------------------------------------------------------------------------------------------


def executed() -> Any:
    """Return the notebook as it is after running every cell in a fresh kernel."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(TUTORIAL, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with TemporaryDirectory() as directory:
        # This checkout, and no settings or history of the user.
        environment = {**os.environ, "PYTHONPATH": str(TUTORIAL.parent.parent), "IPYTHONDIR": directory}
        client = NotebookClient(notebook, timeout=120, kernel_name="python3")
        client.execute(env=environment, cwd=str(TUTORIAL.parent))
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def need_jupyter() -> None:
    """Without nbclient, nbformat and ipykernel skip the test loudly, or fail where the result counts."""
    from importlib.util import find_spec

    missing = [name for name in ("nbclient", "nbformat", "ipykernel") if find_spec(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{', '.join(missing)} missing, and CI must not pass without it")
    if missing:
        pytest.skip(f"SKIPPED: {', '.join(missing)} is not installed; see the extra notebook")


def outputs(notebook: Any) -> list[list[dict[str, Any]]]:
    """Return what each cell put out."""
    return [
        [{k: v for k, v in output.items() if k != "execution_count"} for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_a_missing_jupyter_is_said_loudly_and_fails_where_the_result_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="SKIPPED: nbclient, nbformat, ipykernel"):
        need_jupyter()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI must not pass without it"):
        need_jupyter()


@pytest.mark.notebook
def test_the_tutorial_runs_and_its_outputs_are_the_stored_ones() -> None:
    need_jupyter()
    import nbformat

    stored, found = nbformat.read(TUTORIAL, as_version=4), executed()
    nbformat.validate(stored)
    assert outputs(found) == outputs(stored)
    assert nbformat.writes(found).rstrip("\n") == TUTORIAL.read_text(encoding="utf-8").rstrip("\n")
    assert len(outputs(stored)) >= 6 and all(outputs(stored))


if __name__ == "__main__":
    import nbformat

    TUTORIAL.write_text(nbformat.writes(executed()).rstrip("\n") + "\n", encoding="utf-8")
