"""The verbs that were new in version 0.2: list with words, show, prove, and book build, check and export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.cli import main as cli
from kl_symbolic.cli import show

Captured = pytest.CaptureFixture[str]


# --- list ------------------------------------------------------------------------------------------------------------


def test_list_finds_by_name_title_further_name_and_statement(capsys: Captured) -> None:
    for words, name in (
        (["data", "processing", "markov", "eq"], "data_processing_markov_eq_iff"),
        (["Gibbs'", "INEQUALITY"], "kl_nonneg"),
        (["⊢ kl(p, p) = 0"], "kl_self"),
    ):
        assert cli.main(["list", *words]) == 0
        rows = capsys.readouterr().out.splitlines()
        assert name in [row.split()[0] for row in rows]
        assert len(rows) < 10
    assert cli.main(["list", "--names", "gibbs"]) == 0
    assert "kl_nonneg" in capsys.readouterr().out.split()


def test_list_that_finds_nothing_says_so(capsys: Captured) -> None:
    assert cli.main(["list", "kl_self", "\x1b[2J"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "no theorem has kl_self and \\x1b[2J; `list` shows all\n")


def test_list_is_cut_on_a_terminal_only(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["list", "fano"]) == 0
    whole = capsys.readouterr().out
    assert "…" not in whole
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "70")
    assert cli.main(["list", "fano"]) == 0
    assert capsys.readouterr().out == "".join(f"{row[:69]}…\n" for row in whole.splitlines())


# --- show ------------------------------------------------------------------------------------------------------------


def test_show_and_derive_of_a_name_are_the_same(capsys: Captured) -> None:
    assert cli.main(["show", "kl_self"]) == 0
    shown = capsys.readouterr().out
    assert shown.strip() == derive("kl_self").to_text().strip()
    assert cli.main(["derive", "kl_self"]) == 0
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize("name", ["gibbs", "Gibbs' inequality", "GIBBS INEQUALITY", "kl_nonneg"])
def test_a_theorem_is_found_by_its_title_and_further_names(name: str, capsys: Captured) -> None:
    assert cli.main(["show", name, "--format", "certificate"]) == 0
    assert capsys.readouterr().out == library.certificate_text("kl_nonneg")


def test_each_format_is_what_the_derivation_prints(tmp_path: Path, capsys: Captured) -> None:
    found = derive("kl_self")
    wanted = {
        "text": found.to_text(),
        "latex": found.to_latex(),
        "markdown": found.to_markdown(),
        "github": found.to_markdown(),
        "myst": found.to_markdown(flavour="myst"),
        "hugo": found.to_markdown(flavour="hugo"),
        "html": found.to_html(),
        "certificate": found.checked.certificate,
    }
    assert {*show.FORMATS} == {*wanted, "pdf", "json"} - {"github"}
    for kind, page in wanted.items():
        path = tmp_path / kind
        assert cli.main(["show", "kl_self", "--format", kind, "-o", str(path)]) == 0
        assert path.read_text(encoding="utf-8").strip() == page.strip()
    assert cli.main(["show", "kl_self", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "kl_self"


@pytest.mark.parametrize("option", ["--flavor", "--flavour"])
def test_the_flavor_of_version_0_1_is_the_format(option: str, capsys: Captured) -> None:
    for flavor, kind in (("github", "markdown"), ("myst", "myst"), ("hugo", "hugo")):
        assert cli.main(["show", "kl_self", "--format", "markdown", option, flavor]) == 0
        old = capsys.readouterr().out
        assert cli.main(["show", "kl_self", "--format", kind]) == 0
        assert capsys.readouterr().out == old


def test_a_certificate_that_was_written_checks(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "log_one.klcert.json"
    assert cli.main(["show", "log_one", "--format", "certificate", "-o", str(path)]) == 0
    assert cli.main(["check", str(path)]) == 0
    assert cli.main(["show", str(path)]) == 0
    assert "The logarithm of 1\n==================\nlog_one\n" in capsys.readouterr().out


# --- prove -----------------------------------------------------------------------------------------------------------


def test_what_is_proved_is_printed_with_what_it_rests_on(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "claim.klcert.json"
    claim = ["prove", "log(x/y) <= x/y - 1", "--given", "0 < x; 0 < y", "-o", str(path)]
    assert cli.main(claim) == 0
    assert capsys.readouterr().out == (
        "proved: 0 < x, 0 < y ⊢ log(x/y) <= x/y - 1\n  rests on: log_le\n  cites: log_le_sub_one\n"
    )
    assert cli.main(["check", str(path)]) == 0
    assert cli.main([*claim[:2], "--given", "0 < x", "--given", "0 < y"]) == 0


def test_what_is_refuted_comes_with_a_point(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "claim.klcert.json"
    assert cli.main(["prove", "x <= 1", "--given", "x < 2", "-o", str(path)]) == 1
    out = capsys.readouterr().out
    assert out == "false: x <= 1\n  given x < 2\n  at x = 3/2\n  x = 3/2\n  1 = 1\n"
    assert not path.exists()


def test_what_is_unknown_says_what_was_tried(capsys: Captured) -> None:
    assert cli.main(["prove", "card(X) != 7/2"]) == 1
    out = capsys.readouterr().out  # true, but that a number of elements is whole is not a law of the kernel
    assert out.startswith("unknown: card(X) != 7/2\n")
    assert "tried: " in out


def test_names_are_declared_together_or_one_at_a_time(capsys: Captured) -> None:
    claim = ["prove", "sum(i in X: f[i]) = sum(i in X: f[i])"]
    for names in (["X: set; f: X -> number"], ["X: set", "f :X -> number"], ["X: set; X: set;", "f: X -> number"]):
        assert cli.main([*claim, *(word for name in names for word in ("--name", name))]) == 0
        assert capsys.readouterr().out.startswith("proved: ⊢ sum(")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["1 ="], "the claim cannot be read: expected more\n"),
        ([""], "the claim cannot be read: "),
        (["x ⊕ 1"], "the claim cannot be read: unexpected character\n"),
        (["("], "the claim cannot be read: "),
        (["(" * 5000 + "1" + ")" * 5000 + " = 1"], "the claim cannot be read: the text is nested too deeply"),
        (["9" * 100_001 + " = 1"], "the claim cannot be read: the text has 100005 characters"),
        (["x = 1e5"], "the claim cannot be read: "),
        (["f(x) = 1"], "the signature of f cannot be inferred"),
        (["x < 1", "--given", "0 <"], "the claim cannot be read: "),
        (["x < y", "--name", "x: number"], "this name is not declared"),
        (["x < 1", "--name", "x"], "expected a declaration such as 'p: X -> number', got 'x'"),
        (["x < 1", "--name", ": number"], "expected a declaration such as 'p: X -> number', got ': number'"),
        (["x < 1", "--name", "x: number; x: set"], "'x' is declared twice, as 'number' and 'set'"),
        (["x < 1", "--name", "x: numbr"], "the claim cannot be read: "),
        (["x < 1", "--name", "log: number"], "the claim cannot be read: "),
    ],
)
def test_a_claim_that_cannot_be_read(args: list[str], said: str, capsys: Captured) -> None:
    assert cli.main(["prove", *args]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kl-symbolic: error: ")
    assert said in captured.err


def test_a_claim_that_begins_with_minus_goes_after_two(capsys: Captured) -> None:
    assert cli.main(["prove", "--given", "0 <= x", "--", "-x<=0"]) == 0
    assert capsys.readouterr().out.startswith("proved: 0 <= x ⊢ -x <= 0\n")


# --- book ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [["book", "check"], ["book", "--check"]])
def test_book_check_in_both_forms(
    args: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kl_symbolic.book import build as book

    asked: list[Path] = []
    monkeypatch.setattr(book, "stale", lambda directory, progress, keep: asked.append(directory) or ["a.md"])
    assert cli.main([*args, str(tmp_path)]) == 1
    assert capsys.readouterr().err == "out of date: a.md\n"
    assert cli.main(args) == 1
    assert asked == [tmp_path, library.directory()]


@pytest.mark.parametrize("args", [["book", "build"], ["book"]])
def test_book_build_in_both_forms(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.book import build as book

    asked: list[Path] = []
    monkeypatch.setattr(book, "build", lambda directory, progress, keep: asked.append(directory) or [])
    assert cli.main([*args, str(tmp_path)]) == 0
    assert asked == [tmp_path]


def test_book_export_in_both_forms(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.cli import book, export

    asked: list[tuple[Path, tuple[str, ...]]] = []

    def write(directory: Path, formats: list[str], names: tuple[str, ...], progress: object) -> int:
        asked.append((directory, tuple(formats)))
        return 7

    monkeypatch.setattr(book, "write", write)
    assert cli.main(["book", "export", str(tmp_path), "--format", "html", "--format", "myst"]) == 0
    assert cli.main(["book", "export", str(tmp_path)]) == 0
    assert cli.main(["book", "--formats", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"7 files in {tmp_path}\n" * 3
    assert asked == [(tmp_path, ("html", "myst")), (tmp_path, export.FORMATS), (tmp_path, export.FORMATS)]
