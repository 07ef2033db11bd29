"""The tutorial for a student with data: its file is written, its commands and examples run and print what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from kl_symbolic.cli import main as cli

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "student.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with the file of the tutorial, which is the current one."""
    ((_, data),) = [block for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if block[0] == "none"]
    name = data.splitlines()[0].removeprefix("# ")
    (tmp_path / name).write_text(data, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_commands_print_what_it_shows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = 0
    for language, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language == "console":
            for command in text.splitlines():
                assert cli.main(shlex.split(command)[1:]) == 0, command
            printed = capsys.readouterr().out.splitlines()
        elif language == "text":
            for line in text.splitlines():
                assert any(line.strip() in found for found in printed), line
                printed = printed[next(k for k, found in enumerate(printed) if line.strip() in found) :]
                shown += 1
    assert shown >= 13
    assert (here / "spoon.png").read_bytes().startswith(b"\x89PNG")
    assert (here / "evidence.pdf").read_bytes().startswith(b"%PDF")


def test_its_examples_run(here: Path) -> None:
    results = doctest.testfile(str(PAGE), module_relative=False)
    assert results.attempted > 8
    assert results.failed == 0


def test_its_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGE.read_text(encoding="utf-8"))
    assert targets
    assert [t for t in targets if not (PAGE.parent / t).exists()] == []
