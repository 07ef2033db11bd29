"""Arguments and files that the command line cannot use get a message, a suggestion and status 2, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.cli import console
from kl_symbolic.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]
COIN = library.certificate_path("coin_flips")

Captured = pytest.CaptureFixture[str]


def status(*args: str) -> int:
    """Return the exit status of a command, whether it is returned or raised."""
    try:
        return cli.main(args)
    except SystemExit as end:
        assert isinstance(end.code, int)
        return end.code


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["shwo", "x"], "there is no command 'shwo'; did you mean 'show'?"),
        (["xyzzy"], "there is no command 'xyzzy'; the commands are list, show, derive, check, verify, prove, kl,"),
        (["--hlp"], "there is no option '--hlp'; did you mean '--help'?"),
        (["show", "--formt", "latex"], "there is no option '--formt'; did you mean '--format'?"),
        (["check", "--jsn"], "there is no option '--jsn'; did you mean '--json'?"),
        (["show", "kl_self", "--xyzzy=1"], "there is no option '--xyzzy'\n"),
        (["show", "kl_self", "-f", "latex"], "there is no option '-f'\n"),
        (["show", "kl_self", "--format", "laex"], "argument --format: expected a format, one of text, latex, markdown"),
        (["show", "kl_self", "--format", "laex"], "got 'laex'; did you mean 'latex'?"),
        (["show", "kl_self", "--format"], "argument --format: expected one argument"),
        (["show", "kl_self", "--digits", "nan"], "argument --digits: expected an integer such as 2, got 'nan'"),
        (["show", "kl_self", "--digits", "9" * 5000], "argument --digits: expected an integer such as 2, got '999"),
        (["show", "kl_self", "kl_nonneg"], "expected nothing more, got 'kl_nonneg'"),
        (["show"], "the following arguments are required: NAME"),
        (["show", "kl_slef"], "there is no shipped theorem 'kl_slef'; near it: kl_self"),
        (["show", ""], "there is no shipped theorem ''"),
        (["show", "."], "there is no shipped theorem '.'"),
        (["show", "../kl_self"], "../kl_self: No such file or directory"),
        (["show", "coin_flips", "--p", "nan", "--q", "1/2"], "expected a number such as 7/10, 0.7 or 70%, got 'nan'"),
        (["show", "coin_flips", "--p", "inf", "--q", "1/2"], "expected a number such as 7/10, 0.7 or 70%, got 'inf'"),
        (["show", "coin_flips", "--p", "1e999999999", "--q", "1/2"], "expected a number such as 7/10, 0.7 or 70%"),
        (["show", "coin_flips", "--p", "1/0", "--q", "1/2"], "expected a number such as 7/10, 0.7 or 70%, got '1/0'"),
        (["show", "coin_flips", "--p", "", "--q", ""], "expected a number such as 7/10, 0.7 or 70%, got ''"),
        (["show", "coin_flips", "--p", "½", "--q", "1/2"], "expected a number such as 7/10, 0.7 or 70%, got '½'"),
        (["show", "coin_flips", "--format", "certificate", "--base", "2"], "--format certificate prints the proof"),
        (["derive", "missing.py"], "missing.py: No such file or directory"),
        (["verify", "kl_self", "--digits", "99999999999999999999"], "expected 15 to 1000 digits, got 99999999999"),
        (["plot", "log_l"], "there is no picture 'log_l'; did you mean 'log_le'?"),
        (["plot", "xyzzy"], "there is no picture 'xyzzy'; there are cross_entropy_identity"),
        (["rocq", "kl_self", "--jobs", "0"], "expected at least one job, got 0"),
        (["book", "chek"], "expected build, check, export, or an existing directory; got 'chek'; did you mean 'check'?"),
        (["book", "export"], "expected the directory to write to: kl-symbolic book export DIR"),
        (["book", "export", "a", "b"], "expected one directory, got a and b"),
        (["book", "check", "--check"], "--check does not go with check"),
        (["book", "check", "--format", "html"], "--format goes with export"),
        (["book", "export", "a", "--format", "htlm"], "got 'htlm'; did you mean 'html'?"),
        (["prove", "-x<=1"], "there is no option '-x<=1'; a claim that begins with - goes after --"),
        (["list", "--name"], None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_meant(args: list[str], said: str | None, capsys: Captured) -> None:
    found = status(*args)
    captured = capsys.readouterr()
    if said is None:  # an unambiguous beginning of an option is that option
        assert (found, captured.err) == (0, "")
        return
    assert found == 2
    assert captured.out == ""
    assert captured.err.startswith("kl-symbolic: error: ")
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_without_arguments_the_help_is_shown_as_an_error(capsys: Captured) -> None:
    assert cli.main([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(f"\n    {verb} " in captured.err for verb in cli.VERBS)


def test_every_verb_has_help_with_examples(capsys: Captured) -> None:
    for verb in cli.VERBS:
        assert status(verb, "--help") == 0
        out = capsys.readouterr().out
        assert f"kl-symbolic {verb} " in out
        assert "examples:\n" in out


# --- files that are not what they should be --------------------------------------------------------------------------


@pytest.fixture
def odd(tmp_path: Path) -> dict[str, Path]:
    """Return files and directories of odd kinds, each under a name that makes a verb open it."""
    contents = {"empty": b"", "binary": bytes(range(256)), "null": b"\0" * 100, "list": b"[]", "deep": b"[" * 100_000}
    found = {}
    for kind, content in contents.items():
        for suffix in (".klcert.json", ".py", ".txt"):
            found[kind + suffix] = tmp_path / (kind + suffix)
            found[kind + suffix].write_bytes(content)
    for suffix in (".klcert.json", ".py", ".txt"):
        found["directory" + suffix] = tmp_path / ("directory" + suffix)
        found["directory" + suffix].mkdir()
        found["missing ∀" + suffix] = tmp_path / ("missing ∀" + suffix)
        found["long" + suffix] = tmp_path / ("n" * 300 + suffix)
    return found


COIN_FLIPS = ("show", "coin_flips", "--p", "7/10", "--q", "1/2", "--outcomes")


@pytest.mark.parametrize("kind", ["empty", "binary", "null", "list", "deep", "directory", "missing ∀", "long"])
@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        (["show"], ".klcert.json"),
        (["derive"], ".klcert.json"),
        (["check"], ".klcert.json"),
        (["check", "--json"], ".klcert.json"),
        (["verify"], ".klcert.json"),
        (["axioms"], ".klcert.json"),
        (["derive"], ".py"),
        (["book", "check"], ".txt"),
        (["book", "build"], ".txt"),
        (COIN_FLIPS, ".txt"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused(
    command: list[str], suffix: str, kind: str, odd: dict[str, Path], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kl_symbolic.book import build as book

    # What is tested is the directory that is named, not the half minute that every theorem takes.
    monkeypatch.setattr(book, "_wanted", lambda directory, progress, keep: {"a.md": "a"})
    path = odd[kind + suffix]
    present = os.path.exists(path)
    found = status(*command, str(path))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    if command == ["book", "build"] and (kind == "directory" or kind == "missing ∀"):
        assert (found, (path / "a.md").read_text(encoding="utf-8")) == (0, "a")
        return
    assert found in (1, 2)
    assert captured.out + captured.err
    assert os.path.exists(path) == present  # unlike Path.exists, for a name of any length


def test_an_output_that_cannot_be_written(tmp_path: Path, capsys: Captured) -> None:
    for path in (tmp_path, tmp_path / "missing" / "page.txt", tmp_path / ("n" * 300)):
        for args in (["show", "log_one"], ["prove", "1 = 1"]):
            assert status(*args, "-o", str(path)) == 2
            assert capsys.readouterr().err.startswith(f"kl-symbolic: error: {path}: ")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    args = ["show", "die_rolls", "--p", "\x1b[2J=1/2,b=1/2", "--q", "\x1b[2J=1/3,b=2/3", "--simulate", "3"]
    assert status(*args) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert r"\x1b[2J" in out
    path = tmp_path / "log_one.klcert.json"
    source = library.certificate_text("log_one")
    told = source.replace('["prose","', '["prose","\\u001b[2J ', 1)
    assert told != source
    path.write_text(told, encoding="utf-8")
    for kind in ("text", "markdown", "json"):
        status("show", str(path), "--format", kind)
        captured = capsys.readouterr()
        assert "\x1b" not in captured.out + captured.err


# --- the user's own Python -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = (\n", "line 1: SyntaxError: '(' was never closed"),
        ("\n1/0\n", "line 2: ZeroDivisionError: division by zero"),
        ("import no_such_module_anywhere\n", "line 1: ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
        ("raise SystemExit\n", "line 1: SystemExit\n"),
        ("open('/no/such/file')\n", "line 1: FileNotFoundError: [Errno 2] No such file or directory"),
        ("def f(): f()\nf()\n", "line 1: RecursionError: maximum recursion depth exceeded"),
        ("print('\x1b[2J')\nraise ValueError('\x1b[2J')\n", r"line 2: ValueError: \x1b[2J"),
        ("from kl_symbolic import derivation\n@derivation('a')\ndef a(d):\n    d.start(7)\n", "line 4: "),
        ("from kl_symbolic import derivation\n@derivation('a')\ndef a(d):\n    d.nothing()\n", "line 4: AttributeError"),
        ("from kl_symbolic import derivation\n@derivation('a')\ndef a():\n    pass\n", "line 2: InvalidType: "),
    ],
)  # fmt: skip
def test_an_error_in_the_users_file_names_its_line(source: str, said: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "mine.py"
    path.write_text(source, encoding="utf-8")
    found = status("derive", str(path))
    err = capsys.readouterr().err
    assert found in (1, 2)
    assert "Traceback" not in err
    if found == 2:
        assert err.startswith(f"kl-symbolic: error: {path}")
        assert said in err


# --- interrupts, and the progress line -------------------------------------------------------------------------------


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(library, "theorem", interrupted)
    assert cli.main(["verify", "--all"]) == console.INTERRUPTED == 130
    captured = capsys.readouterr()
    assert captured.err.startswith("\r\x1b[Kverifying [....")
    assert captured.err.endswith("\r\x1b[Kkl-symbolic: interrupted\n")


def test_a_process_that_is_interrupted_says_so() -> None:
    # A shell that runs the tests in the background has its children ignore the signal.
    program = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from kl_symbolic.cli.main import main\nsys.exit(main(['verify', '--all']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, bufsize=0,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"supported ")
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, b"kl-symbolic: interrupted\n")


def test_the_progress_line_is_removed_at_the_end(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    written: list[str] = []
    monkeypatch.setattr(sys.stderr, "write", lambda shown: written.append(shown) or len(shown))
    monkeypatch.setattr(sys.stdout, "write", lambda shown: written.append(shown) or len(shown))
    commands = (
        ["check", str(COIN)], ["verify", "log_one"], ["prove", "1 = 1"], ["prove", "1 = 2"], ["prove", "1 ="],
    )  # fmt: skip
    for args in commands:
        written.clear()
        status(*args)
        said = "".join(written)
        assert said.startswith("\r\x1b[K")
        # What is printed for good begins where the progress line was removed, and nothing is behind it.
        assert said.count("\r\x1b[K") == 2
        assert said.rpartition("\r\x1b[K")[2].startswith(("accepted", "supported", "proved", "false", "kl-symbolic"))


@pytest.mark.parametrize("args", [["list", "--names"], ["check", str(COIN)]])
def test_a_closed_pipe_is_not_an_error(args: list[str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kl_symbolic", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), said) == (0, b"")


def test_files_are_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    for kind in ("text", "json"):
        path = tmp_path / kind
        done = subprocess.run(
            [sys.executable, "-m", "kl_symbolic", "show", "kl_self", "--format", kind, "-o", str(path)],
            cwd=ROOT, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            capture_output=True,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
        assert path.read_text(encoding="utf-8")
