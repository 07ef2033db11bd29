"""LaTeX fragments in the documents of others: they fit, and their labels, numbers and symbols are right."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

import kl_symbolic as kl
from kl_symbolic.cli import main as cli
from kl_symbolic.cli import pages
from kl_symbolic.language.errors import InvalidValue
from kl_symbolic.render.latex.layout import ENVIRONMENTS, FRAME, SECTIONS, Layout, width_of
from kl_symbolic.render.model.renaming import Renaming, read_symbol
from kl_symbolic.render.model.view import DETAILS, PARTS

THEOREMS = (
    "coin_flips", "gibbs", "kl_eq_zero_iff", "kl_chain_rule", "pinsker", "mutual_info_chain_rule", "kl_marginal_le",
    "log_sum_le", "cross_entropy_identity", "fano", "data_processing", "entropy_le_log_card",
)  # fmt: skip
"""The best known ones, and some with long formulas."""

ARTICLES = [(size, column) for size in (10, 11, 12) for column in ("onecolumn", "twocolumn")]
PREAMBLE = r"""\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb,amsthm}
\usepackage{hyperref}
\usepackage{cleveref}
\newtheorem{theorem}{Theorem}
\begin{document}
"""
BEAMER = "\\documentclass[11pt]{beamer}\n\\usepackage{amssymb}\n\\begin{document}\n"
NEEDED = {
    "pdflatex": "texlive-latex-base",
    "cleveref.sty": "texlive-latex-extra",
    "beamer.cls": "texlive-latex-recommended",
}

_MOST = 1.0
"""Points by which a box may be too wide: TeX itself is silent below 0.1, and no one sees less than 1."""


def need_tex() -> None:
    """Without TeX skip the test loudly, or fail where the result counts."""
    find = shutil.which("kpsewhich")
    missing = [
        package
        for file, package in NEEDED.items()
        if not (shutil.which(file) if "." not in file else find and _finds(find, file))
    ]
    if not missing:
        return
    said = f"TeX is not complete (apt-get install {' '.join(missing)})"
    if os.environ.get("CI"):
        pytest.fail(f"{said}, and CI must not pass without it")
    pytest.skip(f"SKIPPED: {said}")


def _finds(kpsewhich: str, file: str) -> bool:
    return subprocess.run([kpsewhich, file], capture_output=True, check=False).returncode == 0


def log_of(document: str, directory: Path) -> str:
    """Return the log of the second run of pdflatex, in which labels are known."""
    (directory / "page.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "page.tex"]
    for _ in range(2):
        environment = {**os.environ, "max_print_line": "1000"}
        subprocess.run(command, cwd=directory, env=environment, stdout=subprocess.DEVNULL, check=False, timeout=300)
    return (directory / "page.log").read_text(encoding="utf-8", errors="replace")


def faults(log: str) -> list[str]:
    """Return what is wrong according to a log: errors, boxes that are too wide or high, and labels."""
    found = re.findall(r"^! .*", log, re.MULTILINE)
    for line, points in re.findall(r"^(Overfull \\[hv]box \(([0-9.]+)pt too (?:wide|high)\).*)", log, re.MULTILINE):
        found += [line] if float(points) > _MOST else []
    words = ("undefined", "multiply defined", "same identifier", "Label(s) may have changed")
    return [*found, *(line for line in log.splitlines() if "Warning" in line and any(w in line for w in words))]


# --- compiled -----------------------------------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.parametrize(("size", "column"), ARTICLES)
def test_fragments_fit_in_articles(size: int, column: str, tmp_path: Path) -> None:
    need_tex()
    body = ""
    for name in THEOREMS:
        found = kl.derive(name)
        body += found.to_latex(heading="theorem", label=f"thm:{name}") + "\n"
        body += found.to_latex(heading="subsection", label=f"sec:{name}", detail="steps") + "\n"
        body += rf"See \cref{{thm:{name}}} in \cref{{sec:{name}}}." + "\n\n"
    log = log_of(f"\\documentclass[{size}pt,{column}]{{article}}\n{PREAMBLE}{body}\\end{{document}}\n", tmp_path)
    assert faults(log) == []
    assert "Output written on page.pdf" in log


@pytest.mark.pdf
def test_fragments_fit_on_slides(tmp_path: Path) -> None:
    need_tex()
    body = "\n".join(kl.derive(name).to_latex(heading="frame") for name in THEOREMS)
    one = kl.derive("gibbs").to_latex(heading="theorem", parts=("title", "statement"))
    body += f"\\begin{{frame}}\n{one}\\end{{frame}}\n"
    assert faults(log_of(f"{BEAMER}{body}\\end{{document}}\n", tmp_path)) == []


@pytest.mark.pdf
@pytest.mark.parametrize(("width", "column"), [("column", "twocolumn"), ("page", "onecolumn")])
def test_a_width_that_is_given_holds_without_macros(width: str, column: str, tmp_path: Path) -> None:
    need_tex()
    body = "\n".join(kl.derive(name).to_latex(width=width) for name in THEOREMS)
    assert r"\klfit" not in body and r"\klshrink" not in body
    assert (
        faults(log_of(f"\\documentclass[12pt,{column}]{{article}}\n{PREAMBLE}{body}\\end{{document}}\n", tmp_path))
        == []
    )


@pytest.mark.pdf
def test_what_does_not_fit_is_seen(tmp_path: Path) -> None:
    need_tex()
    wide = kl.derive("coin_flips").to_latex(width="60em", full=True)
    log = log_of(f"\\documentclass[10pt,twocolumn]{{article}}\n{PREAMBLE}{wide}\\end{{document}}\n", tmp_path)
    assert any(fault.startswith("Overfull") for fault in faults(log))
    lost = log_of(f"\\documentclass{{article}}\n{PREAMBLE}\\cref{{nothing}}\\end{{document}}\n", tmp_path)
    assert any("undefined" in fault for fault in faults(lost))


@pytest.mark.pdf
def test_renamed_symbols_and_numbers_compile(tmp_path: Path) -> None:
    need_tex()
    names = {"p1": r"\theta_1", "p2": r"\theta_2", "q1": r"\hat{q}^\star", "N_h": r"n'_{\mathrm{H}}"}
    body = kl.derive("coin_flips").to_latex(rename=names, full=True, detail="steps")
    assert faults(log_of(f"\\documentclass{{article}}\n{PREAMBLE}{body}\\end{{document}}\n", tmp_path)) == []
    assert kl.derive("gibbs").to_pdf(rename={"p": r"\pi"}).startswith(b"%PDF-")


# --- headings, labels, environments ----------------------------------------------------------------------------------


def shown(name: str = "gibbs", **options: object) -> str:
    """Return a fragment."""
    return kl.derive(name).to_latex(**options)  # type: ignore[arg-type]


def test_headings_have_numbers_where_they_have_labels() -> None:
    assert r"\section*{Gibbs' inequality}" in shown()
    assert r"\subsection{Gibbs' inequality}\label{sec:gibbs}" in shown(heading="subsection", label="sec:gibbs")
    assert r"\section{Gibbs' inequality}" in shown(numbered=True)
    assert shown(label="x").count(r"\label{") == 1
    assert shown("coin_flips", full=True, label="x").count(r"\label{") == 1


def test_environments() -> None:
    page = shown(heading="theorem", label="thm:gibbs", parts=("title", "statement", "proof"))
    assert r"\begin{theorem}[{Gibbs' inequality}]\label{thm:gibbs}" in page
    assert page.index(r"\end{theorem}") < page.index(r"\begin{proof}") < page.index(r"\end{proof}")
    assert r"\textbf{Theorem.}" not in page
    assert r"\begin{lemma*}" in shown(heading="lemma", numbered=False)
    assert r"\begin{proof}[{Gibbs' inequality}]" in shown(heading="theorem", parts=("title", "proof"))
    assert "Two coins" not in shown("coin_flips", heading="theorem")  # the narrative is left out


def test_a_document_with_an_environment_declares_it() -> None:
    page = shown(document=True, heading="lemma", numbered=False)
    assert r"\newtheorem*{lemma*}{Lemma}" in page and r"\usepackage{amsthm}" in page and r"\begin{lemma*}" in page
    assert r"\newtheorem" not in shown(document=True)


def test_slides() -> None:
    page = shown(heading="frame")
    assert page.count(r"\begin{frame}") == page.count(r"\end{frame}") == 3
    assert r"\begin{frame}[allowframebreaks]{Gibbs' inequality}" in page


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"heading": "chapter"}, "expected a heading, one of section, "),
        ({"label": "a b"}, "expected a label"),
        ({"label": "x}"}, "expected a label"),
        ({"label": "x", "numbered": False}, "refers to a number"),
        ({"label": "x", "parts": ("proof",)}, "needs the title or the statement"),
        ({"heading": "frame", "label": "x"}, "a frame is a fragment for beamer"),
        ({"heading": "frame", "document": True}, "a frame is a fragment for beamer"),
        ({"heading": "theorem", "full": True, "parts": ("proof",)}, "parts= are those of the page of one theorem"),
        ({"width": "wide"}, "expected a width such as 8.6cm"),
        ({"width": "3em"}, "expected a width from 12em"),
        ({"alone": True, "full": True}, "give one of them"),
        ({"parts": ("prove",)}, "expected parts of a page"),
        ({"parts": ("steps",)}, "is not shown at the level 'blackboard'; use steps"),
        ({"detail": "result", "parts": ("proof",)}, "use blackboard or steps"),
        ({"detail": "all"}, "expected a level of detail"),
    ],
)
def test_options_that_are_refused(options: Mapping[str, object], message: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape(message)):
        shown("coin_flips", **options)


def test_widths() -> None:
    assert width_of("8.6cm") == pytest.approx(24.47, abs=0.01)
    assert width_of("8.6cm", 12) == pytest.approx(20.39, abs=0.01)
    assert width_of("20 em") == 20
    narrow, wide = shown(width="column"), shown(width="page")
    assert narrow != wide and max(map(len, wide.splitlines())) >= max(map(len, narrow.splitlines()))


def test_a_label_is_of_the_title_or_of_the_environment_once() -> None:
    assert Layout(label="thm:kl_nonneg").star == "" and Layout().star == "*" and Layout(heading="theorem").star == ""


# --- symbols -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("x", "x"), (r"\theta_1", r"\theta_1"), (r"\theta_{1}", r"\theta_1"), ("p'", "p'"), ("p''_i", "p''_i"),
        (r"\hat p", r"\hat{p}"), (r"\hat{p}_{ij}", r"\hat{p}_{ij}"), (r"\mathcal{X}", r"\mathcal{X}"),
        (r"n_{\mathrm{H}}", r"n_{\mathrm{H}}"), (r"p^\star", r"p^\star"), ("p^{*}", "p^*"), ("p_1^2", "p_1^2"),
        (r"x_{\theta a}", r"x_{\theta a}"), (r"\tilde{\hat{x}}", r"\tilde{\hat{x}}"), ("a_{i,j}", "a_{i,j}"),
    ],
)  # fmt: skip
def test_symbols_that_are_read(source: str, latex: str) -> None:
    assert read_symbol(source).latex == latex
    assert read_symbol(latex).latex == latex


@pytest.mark.parametrize(
    "source",
    [
        "", " ", "x y", "xy", "p_", "p^", "p__1", "p_1_2", "p^2^3", "{x}", "x}", "x{", "_1", "1", r"\input{x}", r"\theta\input",
        r"\write18", r"\hat", r"\hat{}", r"\mathrm{}", r"\mathrm{\input}", "$x$", "x%", "x&y", "#1", "x~",
        r"\def\x{}", "^^41", r"\sum", r"\log", r"\text{x}", "x" * 61, "p_{", "p_{}", "p_{{1}}", "λ", r"x\\", "a/b",
    ],
)  # fmt: skip
def test_what_is_not_a_symbol_is_refused(source: str) -> None:
    with pytest.raises(InvalidValue, match="expected a symbol such as"):
        read_symbol(source)


def test_a_renamed_symbol_stands_everywhere() -> None:
    names = {"p1": r"\theta_1", "p2": r"\theta_2"}
    page = kl.derive("coin_flips").to_latex(rename=names, parts=("statement", "proof"), width="150em")
    plain = kl.derive("coin_flips").to_latex(parts=("statement", "proof"), width="150em")
    assert page == plain.replace("p_1", r"\theta_1").replace("p_2", r"\theta_2")


def test_symbols_can_change_places_and_indices_can_be_renamed() -> None:
    swapped = shown(rename={"p": "q", "q": "p"}, parts="statement")
    assert r"0 \le D_{\mathrm{KL}}(q \parallel p)" in swapped
    assert r"\sum_{x} p_x = 1" in shown(rename={"i": "x"}, parts="statement")
    assert r"\theta_0(i)" in shown(rename={"p": r"\theta_0"}, parts="statement")
    assert r"(\hat{p}^\star)^" in kl.derive("coin_flips").to_latex(rename={"p1": r"\hat{p}^\star"}, parts="statement")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"p": "q"}, "cannot show p as q: q is shown like that on this page"),
        ({"p": "r", "q": "r"}, "cannot show both p and q as r"),
        ({"p": "H"}, "it is the entropy"),
        ({"p": "i"}, "cannot show p as i: i is shown like that"),
        ({"i": "p_i"}, "cannot show i as p_i: p is shown like that"),
        ({"zz": "x"}, "cannot rename zz: this page has "),
    ],
)
def test_captures_are_refused(names: Mapping[str, str], message: str) -> None:
    with pytest.raises(InvalidValue, match=re.escape(message)):
        shown(rename=names, parts="statement")


def test_two_spellings_of_one_symbol_are_one() -> None:
    with pytest.raises(InvalidValue, match="cannot show both"):
        Renaming.of({"a": r"\theta_1", "b": r"\theta_{1}"})


# --- the command line --------------------------------------------------------------------------------------------------


def test_the_command_line_knows_the_same_words() -> None:
    assert pages._DETAILS == DETAILS and pages._PARTS == PARTS
    assert SECTIONS[:-1] == pages._SECTIONS and pages._ENVIRONMENTS == ENVIRONMENTS and pages._ALONE[-1] == FRAME


def test_the_command_line_writes_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["show", "gibbs", "--format", "latex", "--heading", "theorem", "--label", "thm:g", "--width", "column"]
    more = ["--parts", "title,statement", "--rename", r"p=\pi", "--title", "A title"]
    assert cli.main([*arguments, *more]) == 0
    expected = shown(
        heading="theorem",
        label="thm:g",
        width="column",
        parts=("title", "statement"),
        rename={"p": r"\pi"},
        title="A title",
    )
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--width", "10cm"], "--width goes with --format latex"),
        (["--font-size", "12"], "--font-size goes with --format latex"),
        (["--no-numbered"], "--numbered goes with --format latex"),
        (["--rename", "p=x"], "--rename goes with --format latex and --format pdf"),
        (["--rename", "p"], "expected NAME=SYMBOL"),
        (["--format", "latex", "--rename", "p=x", "--rename", "p=y"], "--rename gives p two symbols"),
        (["--format", "latex", "--rename", "p=q"], "cannot show p as q"),
        (["--format", "latex", "--width", "20em", "--font-size", "12"], "this width is in em"),
        (["--format", "json", "--detail", "steps"], "--format json leaves nothing out"),
        (["--format", "certificate", "--parts", "proof"], "--format certificate leaves nothing out"),
        (["--parts", "proof,axoms"], "expected a part of a page"),
        (["--detail", "result", "--parts", "proof"], "use blackboard or steps"),
        (["--alone", "--full"], "give one of them"),
    ],
)
def test_options_that_do_not_go_together(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = cli.main(["show", "gibbs", *arguments])
    except SystemExit as left:
        status = left.code  # type: ignore[assignment]
    assert status == 2
    assert message in capsys.readouterr().err
