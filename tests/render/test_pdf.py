"""PDF: the same bytes for the same input, nothing run for a document, and plain words where TeX is missing."""

from __future__ import annotations

import os
import shutil
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic.api import derive
from kl_symbolic.cli import main as cli
from kl_symbolic.render import pdf

from ..support.render_samples import sum_of_fractions, to_latex

HOSTILE = r"<script>alert(1)</script> \input{/etc/passwd} \immediate\write18{touch here} 100% & #1 $x$ ~^ a_b ^^41 \end{document}"
PLAIN = "\\documentclass{article}\n\\begin{document}\n%s\n\\end{document}\n"


def need_tex() -> None:
    """Without TeX skip the test loudly, or fail where the result counts."""
    if all(shutil.which(program) for program in ("latexmk", "pdflatex")):
        return
    if os.environ.get("CI"):
        pytest.fail("latexmk or pdflatex is missing, and CI must not pass without it")
    pytest.skip(f"SKIPPED: latexmk or pdflatex is missing (apt-get install {' '.join(pdf.PACKAGES)})")


@pytest.mark.pdf
def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    need_tex()
    files = [tmp_path / "one.pdf", tmp_path / "deep" / "two.pdf"]
    files[1].parent.mkdir()
    for file in files:
        assert cli.main(["derive", "coin_flips", "--format", "pdf", "--p", "7/10", "--q", "1/2", "-o", str(file)]) == 0
        time.sleep(1.1)  # a clock would tell
    one, two = (file.read_bytes() for file in files)
    assert one == two and one.startswith(b"%PDF-") and one.rstrip().endswith(b"%%EOF")
    assert b"CreationDate" not in one and b"ModDate" not in one and str(tmp_path).encode() not in one


@pytest.mark.pdf
def test_from_python_and_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    need_tex()
    made = derive("log_one").to_pdf()
    assert made == derive("log_one").to_pdf()
    stream = BytesIO()
    monkeypatch.setattr(
        sys, "stdout", type("Pipe", (), {"buffer": stream, "isatty": lambda s: False, "flush": lambda s: None})()
    )
    assert cli.main(["derive", "log_one", "--format", "pdf"]) == 0
    assert stream.getvalue() == made


@pytest.mark.pdf
def test_what_users_write_is_text_and_compiles() -> None:
    need_tex()
    story = [["heading", HOSTILE], ["prose", f"{HOSTILE} `\\write18{{x}}`"], ["step", 1, HOSTILE]]
    assert pdf.pdf(to_latex(sum_of_fractions(story), standalone=True)).startswith(b"%PDF-")


@pytest.mark.pdf
def test_no_command_is_run_and_no_other_file_is_read_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_tex()
    mark = tmp_path / "mark"
    secret = tmp_path / "secret.tex"
    secret.write_text("found", encoding="utf-8")
    monkeypatch.setenv("shell_escape", "t")
    monkeypatch.setenv("openin_any", "a")
    monkeypatch.setenv("openout_any", "a")
    pdf.pdf(PLAIN % f"\\immediate\\write18{{touch {mark}}}x")
    assert not mark.exists()
    for body in (rf"\newwrite\f\immediate\openout\f={mark} x", rf"\input{{{secret}}}"):
        with pytest.raises(pdf.NotCompiled):
            pdf.pdf(PLAIN % body)
    assert not mark.exists()


@pytest.mark.pdf
def test_what_tex_refuses_is_named() -> None:
    need_tex()
    with pytest.raises(pdf.NotCompiled, match=r"Undefined control sequence.*l\.4 \\nothing"):
        pdf.pdf(PLAIN % r"\nothing")


@pytest.mark.pdf
def test_a_document_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    need_tex()
    monkeypatch.setattr(pdf, "_LONGEST", 3.0)
    groups = []
    kill = os.killpg
    monkeypatch.setattr(pdf.os, "killpg", lambda group, sign: (groups.append(group), kill(group, sign)))
    with pytest.raises(pdf.NotCompiled, match="did not end in 3 seconds"):
        pdf.pdf(PLAIN % r"\def\again{\again}\again")
    for _ in range(50):  # pdflatex is gone too, and not only latexmk
        try:
            kill(groups[0], 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("something of it still runs")


def test_without_tex_the_packages_are_named_and_the_page_is_offered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda program: None)
    file = tmp_path / "no.pdf"
    assert cli.main(["derive", "log_one", "--format", "pdf", "-o", str(file)]) == 2
    said = capsys.readouterr().err
    assert "a PDF needs latexmk and pdflatex" in said
    assert "apt-get install texlive-latex-recommended lmodern latexmk" in said
    assert "--format html" in said and "browser" in said
    assert not file.exists()


def test_a_terminal_gets_no_pdf(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def never(document: str) -> Any:
        raise AssertionError("nothing is to be made")

    monkeypatch.setattr(pdf, "pdf", never)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["derive", "log_one", "--format", "pdf"]) == 2
    said = capsys.readouterr()
    assert "name a file with -o" in said.err and said.out == ""


def test_a_missing_tex_is_said_loudly_and_fails_where_the_result_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="SKIPPED: latexmk or pdflatex is missing"):
        need_tex()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI must not pass without it"):
        need_tex()
