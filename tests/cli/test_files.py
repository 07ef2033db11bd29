"""Files that people give and get: their own theorems in every verb, formats by suffix, UTF-8 everywhere, certificates."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.cli import main as cli

from ..support.lanes import sampled_rows

ROOT = Path(__file__).resolve().parents[2]

Captured = pytest.CaptureFixture[str]

AUTHORS = """
from kl_symbolic import derivation


@derivation("log_square")
def log_square(d):
    (x,) = d.positive("x")
    d.start("log(x*x)")
    d.eq("2*log(x)", because="the log of a product is a sum of logs")


@derivation("crash")
def crash(d):
    d.positive("x")
    return 1 / 0


@derivation("log_square_again")
def log_square_again(d):
    (x,) = d.positive("x")
    d.show(d.p.cite("log_square", {"x": x}, d.p.known), "the derivation above")


@derivation("log_of_a_sum")
def log_of_a_sum(d):
    x, y = d.positive("x y")
    d.start("log(x + y)")
    d.eq("log(x) + log(y)", because="wishful thinking")


@derivation("on_sand")
def on_sand(d):
    x, y = d.positive("x y")
    d.show(d.p.cite("log_of_a_sum", {"x": x, "y": y}, d.p.known), "the derivation above")
"""


def status(*args: str) -> int:
    try:
        return cli.main(args)
    except SystemExit as end:
        assert isinstance(end.code, int)
        return end.code


@pytest.fixture
def authors(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(AUTHORS, encoding="utf-8")
    return path


@pytest.fixture
def claim(tmp_path: Path) -> Path:
    """Return the certificate of a theorem of the user's own, which cites another one of her own."""
    path = tmp_path / "mine.py"
    path.write_text(AUTHORS, encoding="utf-8")
    for name in ("log_square", "log_square_again"):
        written = tmp_path / f"{name}.klcert.json"
        assert cli.main(["derive", str(path), "--only", name, "-o", str(written)]) == 0
    return tmp_path / "log_square_again.klcert.json"


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kl_symbolic", *args], capture_output=True, cwd=ROOT, env={**os.environ, **environment}
    )


# --- files of derivations --------------------------------------------------------------------------------------------


def test_one_crash_does_not_end_the_others(authors: Path, capsys: Captured) -> None:
    assert cli.main(["derive", str(authors)]) == 2
    out, err = capsys.readouterr()
    assert "log_square\n==========" in out
    assert "log_square_again\n====" in out
    assert f"kl-symbolic: error: crash: {authors}, line 15: ZeroDivisionError: division by zero\n" in err
    assert "refused log_of_a_sum" in err
    assert "it cites 'log_of_a_sum', an earlier derivation of this file that was not accepted" in err
    assert "Traceback" not in err


def test_only_runs_that_one_and_what_it_cites(authors: Path, capsys: Captured) -> None:
    assert cli.main(["derive", str(authors), "--only", "log_square_again"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("log_square_again\n")
    assert err == ""
    assert cli.main(["derive", str(authors), "--only", "crash"]) == 2
    assert "line 15: ZeroDivisionError" in capsys.readouterr().err
    assert cli.main(["derive", str(authors), "--only", "log_squar"]) == 2
    assert "did you mean 'log_square'?" in capsys.readouterr().err


def test_a_derivation_cites_earlier_ones_only(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.py"
    source = "from kl_symbolic import derivation\n"
    for name, other in (("one", "two"), ("two", "one")):
        source += f"@derivation('{name}')\ndef {name}(d):\n    d.positive('x')\n    d.p.cite('{other}', {{}}, [])\n"
    path.write_text(source, encoding="utf-8")
    assert cli.main(["derive", str(path), "--only", "two"]) in (1, 2)
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert "cites 'one'" in err


@pytest.mark.parametrize("verb", ["verify", "axioms", "show", "rocq"])
def test_every_verb_takes_a_file_of_derivations(verb: str, authors: Path, capsys: Captured) -> None:
    good = authors.with_name("good.py")
    good.write_text(AUTHORS.split('@derivation("crash")')[0], encoding="utf-8")
    assert cli.main([verb, str(good)]) == 0
    assert "log_square" in capsys.readouterr().out
    assert cli.main([verb, str(authors)]) == 2
    out, err = capsys.readouterr()
    assert "log_square_again" in out
    assert "ZeroDivisionError" in err


@pytest.mark.parametrize("verb", ["verify", "axioms", "show", "derive", "rocq", "check"])
def test_every_verb_takes_a_certificate(verb: str, claim: Path, capsys: Captured) -> None:
    capsys.readouterr()
    assert cli.main([verb, str(claim)]) == 0
    assert "log_square_again" in capsys.readouterr().out
    plain = claim.with_name("plain.json")
    shutil.copy(claim, plain)
    assert cli.main([verb, str(plain)]) == 0
    bare = claim.with_name("bare")
    shutil.copy(claim, bare)
    assert cli.main([verb, str(bare)]) == 0


def test_a_file_of_the_other_kind_is_told_apart(authors: Path, capsys: Captured) -> None:
    assert cli.main(["check", str(authors)]) == 2
    assert "is a Python file and not a certificate; `kl-symbolic derive` checks" in capsys.readouterr().err
    bare = str(authors).removesuffix(".py")
    assert cli.main(["derive", bare]) == 2
    assert f"there is no file {bare!r}; did you mean {bare + '.py'!r}?" in capsys.readouterr().err


def test_the_lemmas_of_a_certificate_go_to_coq_too(claim: Path, tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["rocq", str(claim), "-o", str(tmp_path / "coq")]) == 0
    names = {path.name for path in (tmp_path / "coq").iterdir()}
    assert {"log_square.v", "log_square_again.v", "kl_prelude.v"} <= names


@pytest.mark.coq
def test_coq_checks_a_theorem_of_the_users_own(claim: Path, capsys: Captured) -> None:
    assert cli.main(["rocq", str(claim), "--run"]) == 0
    assert "accepted log_square_again" in capsys.readouterr().out


def test_a_name_that_a_shipped_theorem_has_is_not_mixed_up_in_coq(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.py"
    path.write_text(AUTHORS.split('@derivation("crash")')[0].replace("log_square", "log_one"), encoding="utf-8")
    assert cli.main(["rocq", str(path)]) == 2
    assert "a shipped theorem is called log_one too" in capsys.readouterr().err
    assert cli.main(["rocq", str(library.certificate_path("log_one"))]) == 0


# --- the format of a file --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.tex", "\\section"),
        ("x.md", "# "),
        ("x.html", "<!DOCTYPE html>"),
        ("x.HTM", "<!DOCTYPE html>"),
        ("x.txt", "The logarithm of 1\n==="),
        ("x.json", '{\n  "name": "log_one"'),
        ("x.klcert.json", '{\n"format": "kl_symbolic certificate'),
        ("x", "The logarithm of 1\n==="),
        ("a.tex.d/x.md", "# "),
    ],
)
@pytest.mark.parametrize("verb", ["show", "derive"])
def test_the_suffix_is_the_format(verb: str, name: str, begins: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    assert cli.main([verb, "log_one", "-o", str(path)]) == 0
    text = path.read_bytes().decode("utf-8")
    assert text.startswith(begins) or begins in text[:2000]
    assert capsys.readouterr() == ("", "")


def test_a_suffix_that_means_nothing_is_refused_and_writes_nothing(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "x.doc"
    assert cli.main(["show", "log_one", "-o", str(path)]) == 2
    err = capsys.readouterr().err
    assert "x.doc: its suffix means no format; there are .txt, .tex, .md, .html, .htm, .pdf, .klcert.json, .json" in err
    assert not path.exists()
    assert cli.main(["show", "log_one", "--format", "latex", "-o", str(path)]) == 0
    assert capsys.readouterr().err == ""
    assert path.read_text(encoding="utf-8") == derive("log_one").to_latex().rstrip("\n") + "\n"


def test_what_was_asked_for_counts_more_than_the_suffix_and_it_is_said(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "x.md"
    assert cli.main(["show", "log_one", "--format", "latex", "-o", str(path)]) == 0
    said = f"kl-symbolic: note: {path} gets the format latex, as --format says, though its name means markdown\n"
    assert capsys.readouterr().err == said
    for kind in ("markdown", "github", "myst", "hugo"):
        assert cli.main(["show", "log_one", "--format", kind, "-o", str(path)]) == 0
        assert capsys.readouterr().err == ""


def test_a_minus_is_standard_output(capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["show", "log_one", "-o", "-"]) == 0
    assert "log 1 = 0" in capsys.readouterr().out
    assert not [*tmp_path.iterdir()]


def test_what_is_proved_is_written_in_any_format(tmp_path: Path, capsys: Captured) -> None:
    words = ["prove", "log(x/y) <= x/y - 1", "--given", "0 < x; 0 < y"]
    assert cli.main([*words, "-o", str(tmp_path / "claim.tex")]) == 0
    assert capsys.readouterr().out.startswith("proved: ")
    assert "\\frac" in (tmp_path / "claim.tex").read_text(encoding="utf-8")
    assert cli.main([*words, "-o", str(tmp_path / "claim")]) == 0
    capsys.readouterr()
    assert cli.main(["check", str(tmp_path / "claim")]) == 0
    capsys.readouterr()
    assert cli.main([*words, "--format", "certificate"]) == 0
    out = capsys.readouterr().out
    assert out == (tmp_path / "claim").read_text(encoding="utf-8")
    assert cli.main([*words, "--format", "text"]) == 0
    assert "log(x/y) ≤ x/y - 1" in capsys.readouterr().out
    assert cli.main(["prove", "x <= 1", "-o", str(tmp_path / "no.tex")]) == 1
    assert not (tmp_path / "no.tex").exists()


# --- certificates ----------------------------------------------------------------------------------------------------


def test_the_how_to_about_keeping_a_certificate_is_true(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the commands of the how-to, as they stand there, on the file of the examples."""
    import shlex

    section = (
        (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8").split("## Keep a certificate")[1].split("\n## ")[0]
    )
    commands = [line for line in section.splitlines() if line.startswith("kl-symbolic ")]
    assert len(commands) >= 2
    shutil.copy(ROOT / "docs" / "examples" / "coin.py", tmp_path / "my_derivations.py")
    monkeypatch.chdir(tmp_path)
    sys.modules.pop("kl_symbolic_user_my_derivations", None)
    for command in commands:
        words = [word.replace("NAME", "my_coin") for word in shlex.split(command)[1:]]
        assert cli.main(words) == 0, command
    assert "accepted my_coin" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("line ends of Windows", lambda data: data.replace(b"\n", b"\r\n")),
        ("a byte order mark", lambda data: b"\xef\xbb\xbf" + data),
        ("both", lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")),
    ],
)
def test_a_certificate_from_a_checkout_on_windows_is_read(
    kind: str, change: object, claim: Path, capsys: Captured
) -> None:
    for path in (claim, claim.with_name("log_square.klcert.json")):
        path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    capsys.readouterr()
    for verb in ("check", "show", "axioms"):
        assert cli.main([verb, str(claim)]) == 0, kind
    assert "accepted log_square_again" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data.replace(b"\n", b"\r"), "not in canonical form"),
        (lambda data: data.replace(b"\n", b"\n\n"), "not in canonical form"),
        (lambda data: data.replace(b": ", b":\r\n ", 1), "not in canonical form"),
        (lambda data: data.replace(b"log", b"l\r\nog", 1), "not JSON"),
        (lambda data: data.replace(b"\n", b"\r\r\n"), "not in canonical form"),
        (lambda data: data.decode().encode("utf-16"), "the file is UTF-16 text, as PowerShell's > writes it"),
    ],
)
def test_canonical_form_is_as_strict_as_before(change: object, why: str, claim: Path, capsys: Captured) -> None:
    claim.write_bytes(change(claim.read_bytes()))  # type: ignore[operator]
    capsys.readouterr()
    assert cli.main(["check", str(claim)]) == 1
    assert why in capsys.readouterr().out


def test_no_checkout_changes_the_line_ends_of_certificates() -> None:
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "*.klcert.json text eol=lf" in attributes
    assert "derivations/** text eol=lf" in attributes


# --- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "encoding"),
    sampled_rows(
        [("html", "cp1252"), ("markdown", "ascii"), ("json", "cp437"), ("latex", "utf-16"), ("myst", "latin-1")]
    ),
)
def test_file_formats_are_utf_8_whatever_the_terminal_has(kind: str, encoding: str) -> None:
    done = run("show", "kl_nonneg", "--format", kind, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    derivation = derive("kl_nonneg")
    if kind == "json":
        assert json.loads(done.stdout.decode("utf-8"))["name"] == "kl_nonneg"
        return
    wanted = {
        "latex": derivation.to_latex,
        "markdown": derivation.to_markdown,
        "html": derivation.to_html,
        "myst": lambda: derivation.to_markdown(flavor="myst"),
    }
    assert done.stdout.decode("utf-8").strip() == wanted[kind]().strip()
    assert b"\r\n" not in done.stdout


def test_text_for_a_terminal_without_the_letters_is_still_read(tmp_path: Path) -> None:
    done = run("show", "kl_nonneg", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    text = done.stdout.decode("ascii")
    assert "<=" in text
    assert "\\u2264" not in text
    assert "\\u2265" not in text


def test_a_picture_and_a_coq_file_on_standard_output_are_utf_8() -> None:
    done = run("rocq", "log_one", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    done.stdout.decode("utf-8")
