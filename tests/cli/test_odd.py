"""Odd and hostile input: one line that says what is wrong, never a traceback, and no escape sequence in the output."""

from __future__ import annotations

import json
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
from kl_symbolic.kernel.certificate import dump

ROOT = Path(__file__).resolve().parents[2]
ESCAPE = "\x1b[2J"
DERIVATION = "from kl_symbolic import derivation\n@derivation({name!r})\ndef a(d):\n    {body}\n"

Captured = pytest.CaptureFixture[str]


def status(*args: str) -> int:
    try:
        return cli.main(args)
    except SystemExit as end:
        assert isinstance(end.code, int)
        return end.code


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with files of odd kinds, which is the current one."""
    for suffix in ("", ".py", ".klcert.json", ".txt"):
        (tmp_path / f"dir{suffix}").mkdir()
        (tmp_path / f"empty{suffix}").write_bytes(b"")
        (tmp_path / f"bin{suffix}").write_bytes(bytes(range(255, -1, -1)) * 9)
    (tmp_path / "flips").write_text("HHT", encoding="utf-8")
    sources = {
        "raises": "raise ValueError('\x1b[2J')\n",
        "exits": "raise SystemExit(0)\n",
        "quits": "quit()\n",
        "exits_inside": DERIVATION.format(name="a", body="raise SystemExit(0)"),
        "works": DERIVATION.format(name="a", body="x = d.positive('x'); d.start('x'); d.eq('x + 0', 'add 0')"),
        "base": "class E(BaseException): pass\nraise E('x')\n",
        "mute": "class E(Exception):\n    def __str__(self): raise ValueError\nraise E\n",
        "closes": "import sys\nsys.stdout.close()\n",
        "nothing": "import sys\nsys.stdout = None\n" + DERIVATION.format(name="a", body="pass"),
        "unnamed": DERIVATION.format(name="", body="d.positive('x')"),
        "escape": DERIVATION.format(name="a\x1b[2Jb", body="d.positive('x')"),
        "deep": "(" * 5000 + ")" * 5000,
        "latin": "# \xe9\n",
        "nul": "x = 1\0\n",
        "returns": DERIVATION.format(name="a", body="return 7"),
        "wrong_type": DERIVATION.format(name="a", body="d.start(object())"),
    }
    for name, source in sources.items():
        (tmp_path / f"{name}.py").write_bytes(source.encode("latin-1"))
    for name in LOOPS:
        (tmp_path / name).symlink_to(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


LOOPS = ("loop.py", "loop.klcert.json", "loop.txt", "loop.svg", "loop")
"""Links that lead to themselves."""

COIN = ("show", "coin_flips", "--p", "7/10", "--q", "1/2")
MANY = ",".join(f"a{k}=1/5000" for k in range(5000))

REFUSED = [
    # what is not a file of outcomes
    (*COIN, "--outcomes", "dir"), (*COIN, "--outcomes", "missing"), (*COIN, "--outcomes", "bin"),
    (*COIN, "--outcomes", "empty"), (*COIN, "--outcomes", ""), (*COIN, "--outcomes", os.devnull),
    (*COIN, "--outcomes", f"n{ESCAPE}"), (*COIN, "--outcomes", "flips", "--column", ESCAPE),
    # what is not a number or a distribution
    ("show", "coin_flips", "--p", "", "--q", ""), ("show", "coin_flips", "--p", ESCAPE, "--q", "1"),
    ("show", "coin_flips", "--p", MANY, "--q", MANY), ("show", "coin_flips", "--p", "1e-4000", "--q", "1/2"),
    ("show", "coin_flips", "--p", "=,=", "--q", "=,="), ("show", "coin_flips", "--p", "a=1,", "--q", "a=1"),
    (*COIN, "--simulate", "9" * 30), (*COIN, "--simulate", "5", "--seed", "-" + "9" * 30), (*COIN, "--digits", "-1"),
    ("show", "coin_flips", "--p", "H=1/2,T=1/2", "--q", "win=1/2,loss=1/2"),
    # names
    ("show", f"{ESCAPE}\udcff"), ("show", "x" * 100_000), ("list", f"\udcff{ESCAPE}"), (f"\udcff{ESCAPE}",),
    ("axioms", "."), ("verify", "/"), ("rocq", ""), ("derive", "..py"), ("show", "kl_nonneg\n"[:-1] + "\t\t\0"),
    # where nothing can be written
    ("show", "log_one", "-o", "missing/x.tex"), ("show", "log_one", "-o", "dir"), ("show", "log_one", "-o", ""),
    ("show", "log_one", "-o", f"n{ESCAPE}.doc"), ("show", "log_one", "-o", "flips/x.md"),
    ("show", "log_one", "-o", "x" * 300 + ".md"), ("plot", "log_le", "-o", "missing/x.png"),
    ("rocq", "log_one", "-o", "flips"), ("book", "build", "flips"), ("book", "export", "flips"),
    ("prove", "x < x + 1", "-o", "dir"), ("prove", "x < x + 1", "-o", "x.doc"),
    # what is not a certificate
    *[(verb, f"{kind}.klcert.json") for verb in ("check", "show", "verify", "axioms", "rocq") for kind in ("bin", "empty", "dir")],
    ("check", ""), ("check", f"n{ESCAPE}"), ("check", "--json", "n\udcff"),
    # what is not a file of derivations
    *[("derive", f"{name}.py") for name in (
        "dir", "empty", "bin", "raises", "exits", "base", "mute", "unnamed", "escape", "deep", "latin", "nul", "returns",
        "wrong_type", "n\udcff",
    )],
    ("verify", "mute.py"), ("rocq", "raises.py"), ("derive", "unnamed.py", "--only", ESCAPE),
    ("verify", "exits.py"), ("rocq", "exits.py"), ("show", "exits.py"), ("axioms", "exits.py"), ("derive", "quits.py"),
    ("derive", "exits_inside.py"),
    # links that lead to themselves
    *[(verb, f"loop.{kind}") for verb in ("derive", "show", "verify", "axioms", "rocq") for kind in ("py", "klcert.json")],
    ("check", "loop.klcert.json"), (*COIN, "--outcomes", "loop.txt"), ("show", "log_one", "-o", "loop.txt"),
    ("prove", "x < x + 1", "-o", "loop.klcert.json"), ("plot", "log_le", "-o", "loop.svg"), ("check", "loop/a.klcert.json"),
    ("rocq", "log_one", "-o", "loop"), ("book", "export", "loop"), ("derive", "loop/a.py"),
    # claims
    ("prove", ESCAPE), ("prove", "x\udcff < 1"), ("prove", ""), ("prove", "x < 1", "--given", ESCAPE),
    ("prove", "x < 1", "--name", f"{ESCAPE}: set"), ("prove", "0 <= kl(p, q)", "--p", "1/2", "--q", "1/2"),
    # pictures
    ("plot", ESCAPE), ("plot", "evidence", "--outcomes", "flips", "--q", "1"), ("plot", "distributions", "--p", MANY, "--q", MANY),
    ("plot", "evidence", "--outcomes", "dir", "--q", "1/2"), ("plot", "log_le", "--format", ESCAPE),
]  # fmt: skip


@pytest.mark.parametrize("args", REFUSED, ids=lambda args: " ".join(args)[:60].encode("ascii", "replace").decode())
def test_what_cannot_be_used_is_refused_in_a_few_lines(args: tuple[str, ...], capsys: Captured) -> None:
    assert status(*args) in (1, 2)
    out, err = capsys.readouterr()
    said = out + err
    assert "Traceback" not in said
    assert "\x1b" not in said
    assert 0 < len(said.splitlines()) <= 8
    assert max(map(len, said.splitlines())) < 1100


@pytest.mark.parametrize("verb", ["derive", "show", "axioms"])
def test_a_link_to_a_file_is_the_file(verb: str, here: Path, capsys: Captured) -> None:
    (here / "link.py").symlink_to("works.py")
    assert status(verb, "link.py") == 0
    assert capsys.readouterr().err == ""


def test_there_are_enough_of_them() -> None:
    assert len(set(REFUSED)) >= 80


@pytest.mark.parametrize(
    "args",
    [
        ("show", "coin_flips", "--p", f"a{ESCAPE}=1/2,b=1/2", "--q", f"a{ESCAPE}=1/2,b=1/2"),
        ("show", "coin_flips", "--p", "a\udcff=1/2,b=1/2", "--q", "a\udcff=1/2,b=1/2"),
        ("show", "coin_flips", "--p", "a\udcff=1/2,b=1/2", "--q", "a\udcff=1/2,b=1/2", "--format", "html"),
        ("show", "coin_flips", "--p", "a\udcff=1/2,b=1/2", "--q", "a\udcff=1/2,b=1/2", "--format", "json"),
        ("show", "coin_flips", "--p", "$x=1/2,\\b=1/2", "--q", "$x=1/2,\\b=1/2", "--format", "latex"),
        ("show", "log_one", "-o", "n\udcff.tex"),
        ("plot", "distributions", "--p", f"a{ESCAPE}$\\frac=1/2,b=1/2", "--q", f"a{ESCAPE}$\\frac=1/2,b=1/2"),
        ("plot", "distributions", "--p", "雪=1/2,\U0001f600=1/2", "--q", "雪=1/2,\U0001f600=1/2", "-o", "x.pdf"),
    ],
    ids=range(8),
)
def test_odd_names_are_made_visible(args: tuple[str, ...], capsys: Captured) -> None:
    assert status(*args) == 0
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert err == ""


def test_what_is_not_seen_is_spelled_out_in_json_too(here: Path, capsys: Captured) -> None:
    """The rule of a line may be any text; the JSON says what it said, and a terminal shows all of it."""
    source = library.certificate_text("log_one")
    rule = "\x1b[2Jle\u202e\u3164\U000e0101\nrefused ≤"
    spoiled = json.loads(source)
    spoiled["lines"][0][0] = rule
    (here / "odd.klcert.json").write_text(dump(spoiled), encoding="utf-8")
    assert status("check", "--json", "odd.klcert.json") == 1
    out = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\u3164", "\U000e0101"} & set(out)
    assert "≤" in out
    assert json.loads(out)[0]["rule"] == rule
    assert status("check", "odd.klcert.json") == 1
    out = capsys.readouterr().out
    assert r"rule \x1b[2Jle\u202e\u3164\U000e0101\nrefused ≤: there is no such rule" in out
    assert [line for line in out.splitlines() if line.startswith("refused")] == [out.splitlines()[0]]


# --- streams ---------------------------------------------------------------------------------------------------------


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    program = f"{sys.executable} -m kl_symbolic"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(["sh", "-c", command.replace("KL", program)], capture_output=True, env=environment)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("KL list >&-", 0, b""),
        ("KL derive closes.py", 2, b"kl-symbolic: error: closes.py has no function marked by @derivation\n"),
        ("KL derive nothing.py", 1, b"refused a: the derivation shows nothing\n  name:  a\n  where: nothing.py:4\n"),
        ("KL show log_one --format html >&-", 0, b""),
        ("KL show log_on 2>&-", 2, b""),
        ("KL show coin_flips --p 1/2 --q 1/2 --outcomes - <&-", 2, b"kl-symbolic: error: standard input is closed\n"),
        ("KL show kl_nonneg --format html | head -1", 0, b""),
        ("KL plot log_le --format png | head -c 1", 0, b""),
    ],
)
def test_closed_streams_end_without_a_traceback(command: str, code: int, said: bytes) -> None:
    done = shell(command)
    assert (done.returncode, done.stderr) == (code, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", ["KL list > /dev/full", "KL show log_one --format html > /dev/full"])
def test_a_full_disk_is_said(command: str) -> None:
    done = shell(command)
    assert (done.returncode, done.stderr) == (2, b"kl-symbolic: error: standard output: No space left on device\n")


# --- progress and interrupts -----------------------------------------------------------------------------------------


def test_progress_has_an_end_and_is_told_where_it_is_asked_for(capsys: Captured) -> None:
    assert cli.main(["verify", "log_one", "--progress"]) == 0
    out, err = capsys.readouterr()
    assert err == "verifying [########################] 1/1 log_one\n"
    assert "verifying" not in out
    assert cli.main(["verify", "log_one"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("args", [["rocq", "log_one", "-o", "coq"], ["book", "export", "pages", "--format", "text"]])
def test_long_verbs_tell_how_far_they_are(args: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic import library

    monkeypatch.setattr(library, "names", lambda: ("log_one", "kl_self"))
    assert cli.main([*args, "--progress"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[-1].endswith("log_one") if args[0] == "rocq" else told[-1].endswith("2/2 text/kl_self.txt")


def test_a_bar_never_runs_over_its_end() -> None:
    bar = console.Counter(3, "doing")
    assert [bar.line(k, "x").count("#") for k in range(4)] == [0, 8, 16, 24]
    assert console.Counter(0, "doing").line(0, "x").startswith("doing [........................] 0/0")


SLOW = """\
import sys, time
from kl_symbolic import derivation
@derivation("a")
def a(d):
    print("deriving", file=sys.stderr, flush=True)
    time.sleep(60)
"""

INTERRUPTED = [
    # a command that takes long, and what it says when it is at work
    (["verify", "--all", "--progress"], "] 2/"),
    (["verify", "--all", "--jobs", "2", "--progress"], "] 2/"),
    (["derive", "slow.py"], "deriving"),
    pytest.param(["book", "build", "new", "--progress"], "] 9/", marks=pytest.mark.slow),
    pytest.param(["rocq", "--all", "--run", "--progress"], "coqc [", marks=pytest.mark.coq),
]


@pytest.mark.parametrize("everyone", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["Ctrl-C", "kill -INT"])
@pytest.mark.parametrize(("args", "at_work"), INTERRUPTED)
def test_an_interrupt_is_one_line_and_leaves_no_process(
    args: list[str], at_work: str, everyone: bool, here: Path
) -> None:
    (here / "slow.py").write_text(SLOW, encoding="utf-8")
    # A shell that runs the tests in the background has its children ignore the signal.
    program = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from kl_symbolic.cli.main import main\nsys.exit(main())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stderr is not None
    told = next(line for line in process.stderr if at_work in line)
    if everyone:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    *more, last = said.splitlines()
    assert (process.returncode, last) == (130, "kl-symbolic: interrupted")
    assert all(line.split()[0] == told.split()[0] for line in more)  # it came to the next ones meanwhile
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process is left")
