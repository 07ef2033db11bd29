"""Derivations in every format, and what happens where one of them cannot be made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.api import Derivation
from kl_symbolic.cli import export
from kl_symbolic.cli.main import main
from kl_symbolic.render.pdf import NoTeX

from ..support.lanes import sizes

NAMES = ("log_one", "kl_nonneg", "coin_flips")
TEXTS = ("text", "markdown", "hugo", "myst", "latex")


@pytest.mark.parametrize("last", sizes("kl_nonneg", "coin_flips"))
def test_each_format_has_its_directory_and_each_derivation_its_file(tmp_path: Path, last: str) -> None:
    names = NAMES[: NAMES.index(last) + 1]
    told: list[str] = []
    assert export.write(tmp_path, TEXTS, names, told.append) == len(TEXTS) * len(names) == len(told)
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()) == sorted(told)
    derivation = Derivation(library.theorem(last))
    for kind, suffix, content in (
        ("text", "txt", derivation.to_text(full=True)),
        ("markdown", "md", derivation.to_markdown(full=True)),
        ("myst", "md", derivation.to_markdown(flavor="myst", full=True)),
        ("latex", "tex", derivation.to_latex(document=True, full=True)),
    ):
        written = (tmp_path / kind / f"{last}.{suffix}").read_text(encoding="utf-8")
        assert written == content.rstrip("\n") + "\n"


@pytest.mark.pdf
@pytest.mark.skipif(shutil.which("latexmk") is None, reason="SKIPPED: latexmk is missing (Debian: latexmk)")
def test_a_pdf_for_each(tmp_path: Path) -> None:
    assert export.write(tmp_path, ["pdf"], NAMES[:1], lambda _: None) == 1
    assert (tmp_path / "pdf" / "log_one.pdf").read_bytes().startswith(b"%PDF-")


def test_without_tex_the_other_formats_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoTeX, match="latexmk"):
        export.write(tmp_path, ["text", "pdf"], NAMES[:1], lambda _: None)
    assert (tmp_path / "text" / "log_one.txt").is_file()


@pytest.mark.parametrize("more", [["--check"], ["--html", "elsewhere"], ["elsewhere"]])
def test_formats_goes_with_nothing_else(more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["book", "--formats", str(tmp_path / "all"), *more]) == 2
    assert "--formats" in capsys.readouterr().err
    assert not (tmp_path / "all").exists()
