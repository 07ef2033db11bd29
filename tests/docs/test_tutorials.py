"""The tutorials for which files are written and commands are run print what they show."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+)\n")


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    yield from BLOCK.findall(page.read_text(encoding="utf-8"))


def run(command: str, directory: Path) -> str:
    program, *words = shlex.split(command)
    modules = {"pytest": ["pytest", "-p", "no:cacheprovider"], "kl-symbolic": ["kl_symbolic"]}
    done = subprocess.run(
        [sys.executable, "-m", *modules[program], *words],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.slow
def test_the_tutorial_for_testers(tmp_path: Path) -> None:
    printed, compared = "", 0
    for language, text in blocks(ROOT / "docs" / "tutorials" / "tester.md"):
        if language in ("python", "ini"):
            name = FILE.match(text)
            assert name, text
            (tmp_path / name[1]).write_text(text, encoding="utf-8")
        elif language == "console" and not text.startswith("pip "):
            printed = "".join(run(command, tmp_path) for command in text.splitlines())
        elif language == "text":
            for line in text.splitlines():
                assert line in printed, printed
                compared += 1
    assert compared >= 20


@pytest.mark.parametrize("name", ["tester.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / "docs" / "tutorials" / name
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert targets
    assert [t for t in targets if not (page.parent / t).exists()] == []
