"""The command line: what it prints, how it exits, and what it does not import."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kl_symbolic
from kl_symbolic import library
from kl_symbolic.api import derive
from kl_symbolic.cli import main as cli

from ..support.lanes import sizes

ROOT = Path(__file__).resolve().parents[2]
COIN = library.certificate_path("coin_flips")

Captured = pytest.CaptureFixture[str]


def spoiled(directory: Path) -> Path:
    """Return a copy of the certificate of log_one in which one line is wrong."""
    path = directory / "log_one.klcert.json"
    source = library.certificate_text("log_one")
    wrong = source.replace('["pos",[["<",0,1]],[]]', '["pos",[["<",0,-1]],[]]')
    assert wrong != source
    path.write_text(wrong, encoding="utf-8")
    return path


AUTHORS = """
from kl_symbolic import derivation


@derivation("log_square")
def log_square(d):
    (x,) = d.positive("x")
    d.start("log(x*x)")
    d.eq("log(x) + log(x)", because="the log of a product is a sum of logs")
    d.eq("2*log(x)", because="collect")


@derivation("log_square_again")
def log_square_again(d):
    (x,) = d.positive("x")
    d.show(d.p.cite("log_square", {"x": x}, d.p.known), "the derivation above")
"""

WRONG = (
    AUTHORS
    + """

@derivation("log_of_a_sum")
def log_of_a_sum(d):
    x, y = d.positive("x y")
    d.start("log(x + y)")
    d.eq("log(x) + log(y)", because="wishful thinking")
"""
)


@pytest.fixture
def authors(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(AUTHORS, encoding="utf-8")
    return path


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_accepts(capsys: Captured) -> None:
    assert cli.main(["check", str(COIN)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("accepted coin_flips: 0 < p1, 0 < p2, ")
    assert out.endswith(" ⊢ lim(n: 1/n*log(p1^N_h[n]*p2^N_t[n]/(q1^N_h[n]*q2^N_t[n]))) -> "
                        "p1*log(p1/q1) + p2*log(p2/q2)\n")  # fmt: skip


def test_check_refuses_with_file_line_rule_and_reason(tmp_path: Path, capsys: Captured) -> None:
    path = spoiled(tmp_path)
    assert cli.main(["check", str(path)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"refused {path} line 0 rule pos: the structure of the term and the premises do not tell\n")
    assert "goal: 0 < -1" in out
    shutil.copy(library.certificate_path("log_one"), path)
    assert cli.main(["check", str(path)]) == 0


def test_the_worst_file_decides_the_status_and_every_file_is_reported(tmp_path: Path, capsys: Captured) -> None:
    bad, missing = spoiled(tmp_path), tmp_path / "missing.json"
    assert cli.main(["check", str(COIN), str(missing), str(bad)]) == 2
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[0] != " "] == [
        "accepted", "unusable", "refused"
    ]  # fmt: skip
    assert cli.main(["check", str(bad), str(COIN)]) == 1


def test_a_lemma_that_is_given_and_spoiled_is_refused_and_does_not_stand_in_the_way(
    tmp_path: Path, capsys: Captured
) -> None:
    log_div = library.certificate_path("log_div")
    user = next(n for n in library.names() if "log_one" in library.cited_names(library.certificate_text(n)))
    assert cli.main(["check", str(spoiled(tmp_path)), str(library.certificate_path(user))]) == 1
    first, second = (line for line in capsys.readouterr().out.splitlines() if line[0] != " ")
    assert first.startswith(f"refused {tmp_path}")
    assert "line 0 rule pos" in first
    assert second.startswith(f"accepted {user}: ")
    assert cli.main(["check", str(log_div)]) == 0


def test_check_in_json(tmp_path: Path, capsys: Captured) -> None:
    bad = spoiled(tmp_path)
    assert cli.main(["check", "--json", str(COIN), str(bad), str(tmp_path)]) == 2
    good, refused, unusable = json.loads(capsys.readouterr().out)
    assert (good["verdict"], good["name"], good["uses"]) == ("accepted", "coin_flips", ["coin_flips_finite"])
    assert good["hypotheses"][0] == "0 < p1"
    assert (refused["verdict"], refused["line"], refused["rule"]) == ("refused", 0, "pos")
    assert refused["why"].startswith("the structure of the term")
    assert (unusable["verdict"], unusable["file"]) == ("unusable", str(tmp_path))


def test_what_a_hostile_file_says_does_not_move_the_cursor(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "hostile.klcert.json"
    source = library.certificate_text("log_one")
    path.write_text(source.replace('"log_one"', '"log\\u001b[2Jone\u202e"'), encoding="utf-8")
    assert cli.main(["check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert r"got: log\x1b[2Jone\u202e" in out


@pytest.mark.parametrize("every", sizes(20, 1))
def test_check_of_everything_needs_only_the_standard_library(every: int) -> None:
    program = (
        "import sys\n"
        "from kl_symbolic.cli.main import main\n"
        "status = main(['check', *sys.argv[1:]])\n"
        "print(status, [m for m in ('sympy', 'mpmath', 'numpy') if m in sys.modules])\n"
    )
    files = [str(p) for p in sorted(library.directory().glob("*/*" + library.SUFFIX))[::every]]
    done = subprocess.run([sys.executable, "-c", program, *files], capture_output=True, text=True, check=True, cwd=ROOT)
    *accepted, last = done.stdout.splitlines()
    assert last == "0 []"
    assert len(accepted) == len(files)
    assert all(line.startswith("accepted ") for line in accepted)


@pytest.mark.parametrize("args", [["--help"], ["derive", "--help"], ["--version"]])
def test_help_imports_nothing(args: list[str]) -> None:
    program = (
        "import sys\n"
        "from kl_symbolic.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print([m for m in ('sympy', 'mpmath', 'numpy', 'kl_symbolic.kernel') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
    assert len(done.stdout) > 20


# --- list, axioms ----------------------------------------------------------------------------------------------------


def test_list(capsys: Captured) -> None:
    assert cli.main(["list"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == list(library.names())
    (row,) = [r for r in rows if r.startswith("kl_self ")]
    assert row.endswith("⊢ kl(p, p) = 0")
    assert cli.main(["list", "--names"]) == 0
    assert capsys.readouterr().out.splitlines() == list(library.names())


def test_axioms(capsys: Captured) -> None:
    assert cli.main(["axioms", "kl_nonneg"]) == 0
    out = capsys.readouterr().out
    for axiom in library.theorem("kl_nonneg").axioms:
        assert f"\n  {axiom} " in out
    assert "  log_le         0 < a ⊢ log(a) <= a - 1\n" in out
    assert "mono_of_deriv" not in out
    assert cli.main(["axioms", str(library.certificate_path("binary_kl_nonneg_of_deriv"))]) == 0
    out = capsys.readouterr().out
    assert "  mono_of_deriv  a function whose derivative is not negative does not decrease" in out
    assert "log_le" not in out


@pytest.mark.slow
def test_every_axiom_of_every_theorem_can_be_shown(capsys: Captured) -> None:
    for name in library.names():
        assert cli.main(["axioms", name]) == 0
    assert "⊢" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["axioms", "derive", "verify"])
def test_a_name_that_is_not_shipped(command: str, capsys: Captured) -> None:
    assert cli.main([command, "kl_noneg"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("kl-symbolic: error: there is no shipped theorem 'kl_noneg'; near it: kl_nonneg")


# --- verify ----------------------------------------------------------------------------------------------------------


def test_verify_says_what_numbers_say(capsys: Captured) -> None:
    assert cli.main(["verify", "log_le_sub_one", "--digits", "60"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("supported log_le_sub_one: ")
    assert "60 digits" in line
    assert "x = " in line


def test_verify_of_what_is_refuted_or_unknown_is_not_a_success(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from kl_symbolic.numerics import verification
    from kl_symbolic.numerics.verdicts import Verdict

    found = verification.verify(library.theorem("log_le_sub_one"), points=2)
    for verdict, status in ((Verdict.REFUTED, 1), (Verdict.UNKNOWN, 1), (Verdict.UNDEFINED, 3)):
        changed = replace(found, verdict=verdict, reason="the reason", counterexample=found.point)
        monkeypatch.setattr(verification, "verify", lambda theorem, digits, effort, shown=changed: shown)
        assert cli.main(["verify", "log_le_sub_one"]) == status
        out = capsys.readouterr().out
        assert out.startswith(f"{verdict.value} log_le_sub_one: the reason")
        assert f"at {found.point}" in out


def test_a_statement_without_a_value_at_a_point_is_undefined_there_and_not_refuted(
    tmp_path: Path, capsys: Captured
) -> None:
    from kl_symbolic.proving.builder import Proof

    for name, given, status in (("hole", "", 3), ("no_hole", "y != 0", 0)):
        proof = Proof(name, library.theorem)
        proof.declare(y="number")
        if given:
            proof.given(given)
        same = proof.congr(proof.term("1/y"), proof.field("y = y"))
        path = tmp_path / f"{name}.klcert.json"
        path.write_text(proof.certificate(same), encoding="utf-8")
        assert cli.main(["verify", str(path)]) == status
    undefined, supported = capsys.readouterr().out.splitlines()
    assert undefined == "undefined hole: it has no value: division by zero: 1/y, at y = 0"
    assert supported.startswith("supported no_hole: ")


@pytest.mark.parametrize("command", [["prove", "x < x + 1"], ["verify", "log_one"]])
def test_effort_is_an_integer_of_at_least_one(command: list[str], capsys: Captured) -> None:
    assert cli.main([*command, "--effort", "2"]) == 0
    for effort in ("0", "-1", "1.5", "much"):
        with pytest.raises(SystemExit) as caught:
            cli.main([*command, f"--effort={effort}"])
        assert caught.value.code == 2
        assert "expected an " in capsys.readouterr().err


@pytest.mark.parametrize("args", [[], ["--all", "kl_self"]])
def test_verify_takes_a_name_or_all(args: list[str], capsys: Captured) -> None:
    assert cli.main(["verify", *args]) == 2
    assert "expected a NAME or --all" in capsys.readouterr().err


@pytest.mark.parametrize("digits", ["14", "1001"])
def test_verify_bounds_the_digits(digits: str, capsys: Captured) -> None:
    assert cli.main(["verify", "kl_self", "--digits", digits]) == 2
    assert f"expected 15 to 1000 digits, got {digits}" in capsys.readouterr().err


# --- derive ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["text", "latex", "markdown"])
def test_derive_prints_the_derivation(how: str, capsys: Captured) -> None:
    found = derive("coin_flips")
    make = {"text": found.to_text, "latex": found.to_latex, "markdown": found.to_markdown}[how]
    assert cli.main(["derive", "coin_flips", "--format", how]) == 0
    assert capsys.readouterr().out.strip() == make().strip()
    assert cli.main(["derive", "coin_flips", "--format", how, "--alone"]) == 0
    assert capsys.readouterr().out.strip() == make(alone=True).strip() != make().strip()


def test_derive_in_json_carries_a_certificate_that_checks(tmp_path: Path, capsys: Captured) -> None:
    flips = tmp_path / "flips.txt"
    flips.write_text("HHT", encoding="utf-8")
    args = ["derive", "coin_flips", "--format", "json", "--p", "7/10", "--q", "1/2", "--outcomes", str(flips)]
    assert cli.main(args) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["name"] == "coin_flips"
    assert record["steps"][0]["reason"]
    assert record["numbers"][0]["limit"] == "0.0822828785050518"
    assert record["numbers"][1]["ratio"] == "147/125"
    assert [row["n"] for row in record["numbers"][1]["rows"]] == ["1", "2", "3"]
    path = tmp_path / "again.klcert.json"
    path.write_text(record["certificate"], encoding="utf-8")
    assert cli.main(["check", str(path)]) == 0


def test_derive_writes_a_file(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "coin.tex"
    args = ["derive", "coin_flips", "--format", "latex", "--document", "--p", "7/10", "--q", "1/2", "-o", str(path)]
    assert cli.main(args) == 0
    assert capsys.readouterr().out == ""
    source = path.read_text(encoding="utf-8")
    assert source.startswith("\\documentclass")
    assert source.count("\\end{document}") == 1
    assert source.rstrip().endswith("\\end{document}")
    assert source.index("\\approx 0.0822828785050518 \\text{ nats}") < source.index("\\end{document}")


def test_derive_with_a_base(capsys: Captured) -> None:
    assert cli.main(["derive", "coin_flips", "--base", "2", "--p", "7/10", "--q", "1/2", "--digits", "10"]) == 0
    out = capsys.readouterr().out
    assert "log₂(p₁/q₁)" in out
    assert "≈ 0.1187091008 bits" in out


def test_derive_with_outcomes(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "flips.txt"
    path.write_text("HHTHT\n", encoding="utf-8")
    assert cli.main(["derive", "coin_flips", "--p", "7/10", "--q", "1/2", "--outcomes", str(path)]) == 0
    out = capsys.readouterr().out
    assert "L_P = 7/10 · 7/10 · 3/10 · 7/10 · 3/10 = 3087/100000" in out
    assert "≈ 0.0822828785050518 nats" in out


def test_outcomes_are_shown_where_the_theorem_does_not_speak_of_these_coins(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "flips.txt"
    path.write_text("HHTHT\n", encoding="utf-8")
    sure = ["derive", "coin_flips", "--p", "7/10", "--q", "1"]
    assert cli.main(sure) == 0
    out = capsys.readouterr().out
    assert "D(P‖Q) = ∞" in out
    assert "D is infinite: P gives T probability 3/10, and Q gives it 0." in out
    assert "coin_flips assumes 0 < q2, which does not hold for these numbers." in out
    assert cli.main([*sure, "--outcomes", str(path)]) == 0
    assert "Q cannot produce this sequence: outcome 3 is T" in capsys.readouterr().out


def test_derive_with_simulated_flips_is_repeatable(capsys: Captured) -> None:
    args = ["derive", "coin_flips", "--p", "7/10", "--q", "1/2", "--simulate", "1000", "--seed", "5"]
    assert cli.main(args) == 0
    first = capsys.readouterr().out
    assert cli.main(args) == 0
    assert capsys.readouterr().out == first
    assert "± ε" in first
    assert cli.main([*args[:-1], "6"]) == 0
    assert capsys.readouterr().out != first


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--document", "--format", "html"], "--document goes with --format latex"),
        (["--p", "1/2"], "--p and --q go together"),
        (["--simulate", "10"], "--simulate needs both --p and --q"),
        (["--q", "1/2", "--simulate", "10"], "--simulate needs both --p and --q"),
        (["--outcomes", "x"], "--outcomes needs --q, the distribution to compare with"),
        (["--p", "1/2", "--q", "1/2", "--column", "x"], "--column goes with --outcomes"),
        (["--p", "7/10", "--q", "x"], "expected a number such as 7/10, 0.7 or 70%, got 'x'"),
        (["--p", "7/10", "--q", "1/2", "--digits", "0"], "expected 1 to 1000 digits, got 0"),
        (["--p", "7/10", "--q", "1/2", "--simulate", "0"], "expected 1 to 10000000 simulated outcomes, got 0"),
        (["--p", "7/10", "--q", "1/2", "--outcomes", "/nowhere"], "/nowhere: No such file or directory"),
        (["--base", "1"], "expected a base from 2 to 1000, got 1"),
        (["--only", "x"], "--only goes with a Python file"),
        (["-o", "/nowhere/x"], "/nowhere/x: No such file or directory"),
    ],
)
def test_what_cannot_be_derived_is_said(args: list[str], why: str, capsys: Captured) -> None:
    assert cli.main(["derive", "coin_flips", *args]) == 2
    assert capsys.readouterr().err == f"kl-symbolic: error: {why}\n"


def test_the_file_of_outcomes_is_read_in_bounded_memory(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "flips.txt"
    path.write_bytes(b"HH\xff\xfe")
    args = ["derive", "coin_flips", "--p", "7/10", "--q", "1/2", "--outcomes", str(path)]
    assert cli.main(args) == 2
    assert "expected UTF-8 text; byte 2 is not" in capsys.readouterr().err


# --- a user's file ---------------------------------------------------------------------------------------------------


def test_derivations_of_a_users_file(authors: Path, capsys: Captured) -> None:
    assert cli.main(["derive", str(authors)]) == 0
    out = capsys.readouterr().out
    assert out.index("log_square\n==") < out.index("log_square_again\n==")
    assert "the log of a product is a sum of logs" in out
    assert cli.main(["derive", str(authors), "--only", "log_square_again", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["uses"] == ["log_square"]


def test_a_refused_derivation_names_both_sides_and_the_others_are_shown(authors: Path, capsys: Captured) -> None:
    authors.write_text(WRONG, encoding="utf-8")
    assert cli.main(["derive", str(authors)]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("refused log_of_a_sum: ")
    assert "log(x + y)" in captured.err
    assert "log(x) + log(y)" in captured.err
    assert "log_square_again\n==" in captured.out
    assert "log_of_a_sum" not in captured.out
    assert cli.main(["derive", str(authors), "--only", "log_square"]) == 0


def test_several_documents_are_none(authors: Path, capsys: Captured) -> None:
    args = ["derive", str(authors), "--format", "latex", "--document"]
    assert cli.main(args) == 2
    assert "--document takes one derivation, got 2; name one by --only" in capsys.readouterr().err
    assert cli.main([*args, "--only", "log_square"]) == 0


@pytest.mark.parametrize(
    ("source", "more", "why"),
    [
        ("x = 1\n", [], "has no function marked by @derivation"),
        (AUTHORS, ["--only", "nothing"], "has no derivation 'nothing'; it has log_square, log_square_again"),
        ("from kl_symbolic.theory.foundations.basics import log_one\n", [], "has no function marked by @derivation"),
    ],
)
def test_a_users_file_without_what_is_wanted(
    authors: Path, source: str, more: list[str], why: str, capsys: Captured
) -> None:
    authors.write_text(source, encoding="utf-8")
    assert cli.main(["derive", str(authors), *more]) == 2
    assert why in capsys.readouterr().err


def test_a_users_file_may_import_its_neighbors(
    authors: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    (authors.parent / "neighbor_of_mine.py").write_text("REASON = 'told by a neighbor'\n", encoding="utf-8")
    source = "from neighbor_of_mine import REASON\n" + AUTHORS.replace('because="collect"', "because=REASON")
    authors.write_text(source, encoding="utf-8")
    assert cli.main(["derive", str(authors)]) == 0
    assert "told by a neighbor" in capsys.readouterr().out


def test_a_users_file_that_is_missing(tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["derive", str(tmp_path / "missing.py")]) == 2
    assert "missing.py: No such file or directory" in capsys.readouterr().err


# --- book ------------------------------------------------------------------------------------------------------------


def test_a_directory_that_is_not_a_book_is_left_alone(tmp_path: Path, capsys: Captured) -> None:
    precious = tmp_path / "notes.txt"
    precious.write_text("mine", encoding="utf-8")
    assert cli.main(["book", str(tmp_path)]) == 2
    assert "is not a book: notes.txt" in capsys.readouterr().err
    (tmp_path / "mine").mkdir()
    precious = precious.rename(tmp_path / "mine" / "notes.md")
    assert cli.main(["book", str(tmp_path)]) == 2
    assert "is not a book: it has no certificate" in capsys.readouterr().err
    assert precious.read_text(encoding="utf-8") == "mine"


def test_book_check_names_what_is_out_of_date(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kl_symbolic.book import build as book

    monkeypatch.setattr(book, "stale", lambda directory, progress, keep: ["coins/a.md", "ledger.json"])
    assert cli.main(["book", "--check", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "out of date: coins/a.md\nout of date: ledger.json\n"
    monkeypatch.setattr(book, "stale", lambda directory, progress, keep: [])
    assert cli.main(["book", "--check", str(tmp_path)]) == 0


def test_an_installed_package_has_no_book_to_write(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "directory", lambda: Path(kl_symbolic.__file__).parent / "derivations")
    assert cli.main(["book"]) == 2
    assert "name the directory of the book" in capsys.readouterr().err


# --- the process -----------------------------------------------------------------------------------------------------


def run(*args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-m", "kl_symbolic", *args], capture_output=True, cwd=ROOT, env=env)


def test_a_terminal_without_the_letters_gets_escapes_and_no_traceback() -> None:
    done = run("check", str(COIN), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b" |- lim(n: " in done.stdout
    assert b"\\u" not in done.stdout


def test_a_reader_that_has_seen_enough_is_not_an_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kl_symbolic", "derive", "coin_flips"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), complaint) == (0, b"")


def test_progress_is_told_on_a_terminal_only(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["check", str(COIN)]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.main(["check", str(COIN)]) == 0
    assert "checking [########################] 1/1 /" in capsys.readouterr().err


def test_an_unknown_command_is_unusable(capsys: Captured) -> None:
    assert cli.main(["prove-it"]) == 2
    assert capsys.readouterr().err == "kl-symbolic: error: there is no command 'prove-it'; did you mean 'prove'?\n"
