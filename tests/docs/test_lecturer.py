"""The tutorial for those who teach: its commands and examples run, and its documents compile without a long line."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kl_symbolic.cli import main as cli

from ..render.test_latex_fragments import faults, need_tex

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "tutorials" / "lecturer.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    """Return the blocks of the page in a language."""
    return [text for found, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if found == language]


def commands() -> Iterator[list[str]]:
    """Yield the words of each command, without the name of the program."""
    for text in blocks("console"):
        for command in text.splitlines():
            yield shlex.split(command)[1:]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty directory, which is the current one, with the example of the page."""
    shutil.copy(DOCS / "examples" / "coin.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_commands_print_what_it_shows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown, printed = blocks("text"), []
    for words in commands():
        if "pdf" in words:
            continue
        assert cli.main(words) == 0, words
        printed.append(capsys.readouterr().out)
    for text, output in zip(shown, (p for p in printed if p), strict=True):
        at = 0
        for line in text.splitlines():
            at = output.index(line, at) + len(line)
    written = {path.name for path in here.iterdir() if path.suffix in (".tex", ".html")}
    assert written == {"gibbs.tex", "coins.tex", "slides.tex", "handout.tex", "gibbs.html", "own.tex"}
    assert r"\theta" in (here / "coins.tex").read_text(encoding="utf-8")


def test_its_examples_run() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert results.attempted == 4
    assert results.failed == 0


def test_its_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGE.read_text(encoding="utf-8"))
    assert targets
    assert [t for t in targets if not (PAGE.parent / t).exists()] == []


@pytest.mark.pdf
def test_its_documents_compile_and_every_line_fits(here: Path) -> None:
    need_tex()
    for words in commands():
        assert cli.main(words) == 0, words
    documents = ["handout.tex"]
    for text in blocks("latex"):
        documents.append(text.splitlines()[0].removeprefix("% "))
        (here / documents[-1]).write_text(text, encoding="utf-8")
    assert documents == ["handout.tex", "article.tex", "talk.tex"]
    for name in documents:
        for _ in range(2):
            subprocess.run(
                ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", name],
                cwd=here,
                env={**os.environ, "max_print_line": "1000"},
                stdout=subprocess.DEVNULL,
                check=False,
                timeout=300,
            )
        log = (here / name).with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        assert faults(log) == [], name
    assert (here / "handout.pdf").read_bytes().startswith(b"%PDF-")
