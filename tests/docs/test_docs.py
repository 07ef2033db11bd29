"""Every example in the documents runs and gives what it shows, and every link leads somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from kl_symbolic.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "README.md", "docs/tutorial.md", "docs/language.md", "docs/distributions.md", "docs/measures.md",
        "docs/agreement.md", "docs/families.md", "docs/kl-penalty.md", "docs/tutorials/researcher.md", "docs/tutorials/engineer.md",
    ],
)  # fmt: skip
def test_every_block_runs(name: str) -> None:
    results = doctest.testfile(
        str(ROOT / name), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("docs/tutorials/*.md")]), ids=lambda p: p.name
)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [t for t in targets if not (path.parent / t).exists()]
    assert not missing


def commands() -> list[str]:
    """Return every call of the command line that the documents and the help show."""
    texts = [(ROOT / "README.md").read_text(encoding="utf-8")]
    texts += [
        p.read_text(encoding="utf-8")
        for p in sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("docs/tutorials/*.md")])
        if p.name != "changelog.md"
    ]
    found = [line for t in texts for line in re.findall(r"^(?:\$ )?(kl-symbolic .*)$", t, re.MULTILINE)]
    helps = [cli._EXAMPLES, *(module.EPILOG for module in cli.VERBS.values())]
    # In the help, an example is followed by what it does.
    found += [
        re.split(r" {2,}", line)[0] for t in helps for line in re.findall(r"^  (kl-symbolic .*)$", t, re.MULTILINE)
    ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_shown_can_be_read(command: str) -> None:
    words = shlex.split(command, comments=True)[1:]
    assert cli._read(words).verb == words[0]


def test_there_are_commands_to_read() -> None:
    assert len(commands()) > 50
    assert {shlex.split(c)[1] for c in commands()} == {*cli.VERBS}
