"""Running Coq: the order, what is accepted, what is refused and why; and the record of it. Coq itself may be missing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.book import ledger
from kl_symbolic.cli import main as cli
from kl_symbolic.library import LEDGER, Ledger, read_ledger
from kl_symbolic.rocq import batches, export, files, running
from kl_symbolic.rocq.batches import plain
from kl_symbolic.rocq.export import prelude
from kl_symbolic.rocq.files import Exported, exports
from kl_symbolic.rocq.record import Record, differences, digest, rechecked
from kl_symbolic.rocq.running import (
    ASSUMPTIONS,
    PRELUDE,
    NoCoq,
    Outcome,
    assumptions,
    compile_all,
    rests_on,
    strange,
    write,
)

from ..support.rocq import coq

Captured = pytest.CaptureFixture[str]

TWO = """Axioms:
ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}
ClassicalDedekindReals.sig_forall_dec
  : forall P : nat -> Prop,
    (forall n : nat, {P n} + {~ P n}) ->
    {n : nat | ~ P n} + {forall n : nat, P n}
"""


# --- what a proof rests on -------------------------------------------------------------------------------------------


def test_assumptions_are_read() -> None:
    assert assumptions("Closed under the global context\n") == ()
    assert assumptions(TWO) == ("ClassicalDedekindReals.sig_forall_dec", "ClassicalDedekindReals.sig_not_dec")
    assert set(assumptions(TWO)) < set(ASSUMPTIONS)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Section Variables:\nx : nat\n",
        "Closed under the global context\nClosed under the global context\n",
        TWO + "loop is assumed to be guarded.\n",
        TWO + "Closed under the global context\n",
        "x = 1\n     : nat\n" + TWO,
    ],
)
def test_anything_else_is_not_a_list_of_assumptions(printed: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        assumptions(printed)


# --- without Coq -----------------------------------------------------------------------------------------------------


@pytest.fixture
def no_coq(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_coq")
def test_without_coq_the_packages_are_named(capsys: Captured) -> None:
    with pytest.raises(NoCoq, match="there is no coqc here; in Debian it is in the packages coq and libcoq-coquelicot"):
        running.version()
    assert cli.main(["rocq", "log_one", "--run"]) == 2
    assert "in the packages coq and libcoq-coquelicot" in capsys.readouterr().err


@pytest.mark.usefixtures("no_coq")
def test_a_test_without_coq_is_skipped_loudly_and_fails_where_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="SKIPPED: there is no coqc here"):
        coq()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI must not pass without it"):
        coq()


# --- with Coq --------------------------------------------------------------------------------------------------------

HEAD = "From kl Require Import kl_prelude.\n"
GOOD = "Theorem {0} : 1 + 1 = 2.\nProof. ring. Qed.\n"
FILES = {
    PRELUDE: "Require Export Reals.\nGlobal Open Scope R_scope.\n",
    "one": HEAD + GOOD.format("one"),
    "two": HEAD + "From kl Require one.\n" + GOOD.format("two"),
    "wrong": HEAD + GOOD.format("wrong").replace("= 2", "= 3"),
    "above": HEAD + "From kl Require wrong.\n" + GOOD.format("above"),
    "far_above": HEAD + "From kl Require above.\n" + GOOD.format("far_above"),
}
USES: dict[str, tuple[str, ...]] = {
    PRELUDE: (), "far_above": (PRELUDE, "above"), "above": (PRELUDE, "wrong"), "two": (PRELUDE, "one"),
    "one": (PRELUDE,), "wrong": (PRELUDE,),
}  # fmt: skip


@pytest.mark.coq
def test_files_are_compiled_after_what_they_require(tmp_path: Path) -> None:
    coq()
    assert [p.name for p in write(tmp_path / "new", FILES)] == [*(f"{n}.v" for n in FILES), "_CoqProject"]
    project = (tmp_path / "new" / "_CoqProject").read_text(encoding="utf-8")
    assert project.split("\n")[:3] == ["-Q . kl", "kl_prelude.v", "one.v"]
    started: list[str] = []
    found = {o.name: o for o in compile_all(tmp_path / "new", USES, 2, started.append)}
    assert found.keys() == USES.keys()
    assert {n for n, o in found.items() if o.accepted} == {PRELUDE, "one", "two"}
    assert found["wrong"].why.startswith("line 3: Tactic failure: not a valid ring equation")
    assert found["above"].why == "not tried: it rests on wrong"
    assert found["far_above"].why == "not tried: it rests on above"
    assert started[0] == PRELUDE
    assert started.index("one") < started.index("two")
    assert not {"above", "far_above"} & set(started)
    rests = rests_on(tmp_path / "new", {"one": "", "two": ""})
    assert "ClassicalDedekindReals.sig_forall_dec" in rests
    assert set(rests) <= set(ASSUMPTIONS)
    with pytest.raises(ValueError, match=r"line 1: .*wrong"):
        rests_on(tmp_path / "new", {"wrong": ""})


LOOP = "#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.\n"


@pytest.mark.coq
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Theorem t : 1 = 2.\nProof. Admitted.\n", "a proof has no use for the word Admitted"),
        ("Axiom a : 1 = 2.\nTheorem t : 1 = 2.\nProof. exact a. Qed.\n", "a proof has no use for the word Axiom"),
        (LOOP + "Theorem t : 1 = 2.\nProof. destruct (f 0). Qed.\n", "a proof has no use for the word bypass_check"),
        ("Theorem t : 1 = 2.\nProof. ring. Qed.\n", "line 3: Tactic failure"),
        ("Theorem t : 1 = 1.\nProof. reflexivity.\n", "There are pending proofs"),
    ],
)
def test_what_proves_nothing_is_refused(text: str, why: str, tmp_path: Path) -> None:
    coq()
    write(tmp_path, {PRELUDE: FILES[PRELUDE], "t": HEAD + text})
    found = {o.name: o for o in compile_all(tmp_path, {PRELUDE: (), "t": (PRELUDE,)})}
    assert found[PRELUDE].accepted
    assert not found["t"].accepted
    assert why in found["t"].why


OF_ITS_OWN = {
    "an assumption called like one of Coq's": "Axiom classic : 1 = 2.\n",
    "a function that never ends": "#[bypass_check(guard)] Fixpoint f (n : nat) : 1 = 2 := f n.\nDefinition classic := f 0.\n",
}


@pytest.mark.coq
@pytest.mark.parametrize("name", list(OF_ITS_OWN))
def test_an_assumption_of_its_own_is_noticed_even_when_no_word_tells(name: str, tmp_path: Path) -> None:
    """The prelude of this test cheats; the file itself is innocent, and is compiled."""
    coq()
    write(tmp_path, {"t": HEAD + "Theorem t : 1 = 2.\nProof. exact classic. Qed.\n", "one": FILES["one"]})
    (tmp_path / f"{PRELUDE}.v").write_text(FILES[PRELUDE] + OF_ITS_OWN[name], encoding="utf-8")
    (first,) = compile_all(tmp_path, {PRELUDE: ()})
    assert first.why.startswith("a proof has no use for the word ")
    subprocess.run(["coqc", "-Q", ".", "kl", f"{PRELUDE}.v"], cwd=tmp_path, check=True)
    assert all(o.accepted for o in compile_all(tmp_path, {"t": (PRELUDE,), "one": (PRELUDE,)}))
    if "Axiom" in OF_ITS_OWN[name]:
        assert "kl_prelude.classic" in rests_on(tmp_path, {"one": "", "t": ""})
        assert strange(tmp_path, {"one": "", "t": ""}) == {"t": ("kl_prelude.classic",)}
    else:
        with pytest.raises(ValueError, match="f is assumed to be guarded"):
            rests_on(tmp_path, {"one": "", "t": ""})


@pytest.mark.coq
def test_a_file_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coq()
    monkeypatch.setattr(running, "LONGEST", 2)
    write(tmp_path, {"t": "Goal True. do 1000000000 idtac. Abort.\n"})
    (found,) = compile_all(tmp_path, {"t": ()})
    assert found.why == "no answer after 2 seconds"


@pytest.mark.coq
def test_a_circle_is_an_error_and_no_endless_wait(tmp_path: Path) -> None:
    coq()
    with pytest.raises(ValueError, match="these rest on each other: a, b"):
        list(compile_all(tmp_path, {"a": ("b",), "b": ("a",)}))


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ([], "expected a NAME or --all"),
        (["log_one", "--all"], "expected a NAME or --all"),
        (["--all"], "--all goes with --run, or with -o and a directory"),
        (["log_one", "--run", "--record"], "--record goes with --all --run"),
        (["log_one", "--jobs", "0"], "expected at least one job, got 0"),
        (["log_two"], "there is no shipped theorem 'log_two'; with these words: js_le_log_two"),
    ],
)
def test_what_cannot_be_exported_is_said(args: list[str], why: str, capsys: Captured) -> None:
    assert cli.main(["rocq", *args]) == 2
    assert why in capsys.readouterr().err


def test_the_command_prints_one_theorem(capsys: Captured) -> None:
    assert cli.main(["rocq", "log_div"]) == 0
    out = capsys.readouterr().out
    assert "Theorem log_div :" in out
    assert out.endswith("Qed.\n")


def test_the_command_writes_a_theorem_and_what_it_rests_on(tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["rocq", "log_div", "-o", str(tmp_path / "coq")]) == 0
    written = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert written[0] == "kl_prelude.v"
    assert written[-3:] == ["log_div.v", "kl_assumptions.v", "_CoqProject"]
    assert {p.name for p in (tmp_path / "coq").iterdir()} == set(written)


@pytest.mark.coq
def test_the_command_lets_coq_check(capsys: Captured) -> None:
    version = coq()
    assert cli.main(["rocq", "log_one", "--run"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"Coq {version}, 2 processes at a time"
    assert out[1].startswith("accepted kl_prelude ")
    assert out[2].startswith("accepted log_one ")
    assert out[3] == "what they rest on, and nothing else: the axioms of Coq's standard real numbers"
    assert {line.strip() for line in out[4:-1]} <= set(ASSUMPTIONS)
    assert out[-1].startswith("1 accepted, 0 refused, in ")


def test_too_much_to_rest_on_is_a_refusal(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(running, "version", lambda: "0")
    monkeypatch.setattr(batches, "compile_together", lambda d, f, *rest: (Outcome(n, True, 0.0) for n in f.order))
    monkeypatch.setattr(running, "rests_on", lambda d, names: ("Classical_Prop.classic", "cheat"))
    monkeypatch.setattr(running, "strange", lambda d, names: {"log_one": ("cheat",)})
    assert cli.main(["rocq", "log_one", "--run"]) == 1
    assert "refused log_one: it rests on cheat\n" in capsys.readouterr().out


def test_a_refusal_of_coq_is_the_status(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(running, "version", lambda: "0")
    said = [Outcome(PRELUDE, True, 1.0), Outcome("log_one", False, 0.1, why="line 9: \x1b[2J")]
    monkeypatch.setattr(batches, "compile_together", lambda *args: iter(said))
    assert cli.main(["rocq", "log_one", "--run"]) == 1
    out = capsys.readouterr().out
    assert "refused log_one: line 9: \\x1b[2J\n0 accepted, 1 refused" in out
    assert "rest on" not in out


# --- the record ------------------------------------------------------------------------------------------------------

TEXTS = {"b": "text of b", "a": "text of a"}
BELOW = {"a": (), "b": ("a",)}


def recorded() -> Record:
    return Record.of("8.16.1", "ground", TEXTS)


def test_a_ledger_keeps_the_record() -> None:
    before = read_ledger(library.directory() / LEDGER)
    few = Ledger("", "", {name: before.theorems[name] for name in ("log_one", "log_div")})
    accepted = Record.of("8.16.1", "ground", {"log_one": "text"})
    after = ledger.with_record(few, accepted)
    assert ledger.recorded(after) == accepted
    assert (after.theorems["log_one"].rocq, after.theorems["log_one"].rechecked) == (digest("text"), True)
    assert (after.theorems["log_div"].rocq, after.theorems["log_div"].rechecked) == ("", False)
    assert ledger.recorded(Ledger("", "", {})) is None


@pytest.mark.parametrize(
    ("prelude", "change", "says"),
    [
        ("ground", {}, []),
        ("sand", {}, ["the prelude has changed"]),
        ("ground", {"a": "other"}, ["a has changed"]),
        ("ground", {"c": "new"}, ["c is not recorded"]),
    ],
)
def test_what_differs_from_the_record_is_named(prelude: str, change: dict[str, str], says: list[str]) -> None:
    assert differences(recorded(), prelude, TEXTS | change) == says


def test_what_is_recorded_and_gone_is_named() -> None:
    assert differences(recorded(), "ground", {"a": TEXTS["a"]}) == ["b is recorded and no longer exported"]
    assert differences(None, "ground", {}) == ["nothing is recorded"]


def test_a_theorem_is_rechecked_only_with_all_that_it_rests_on() -> None:
    assert [rechecked(n, recorded(), "ground", TEXTS, BELOW) for n in "ab"] == [True, True]
    changed = TEXTS | {"a": "other"}
    assert [rechecked(n, recorded(), "ground", changed, BELOW) for n in "ab"] == [False, False]
    changed = TEXTS | {"b": "other"}
    assert [rechecked(n, recorded(), "ground", changed, BELOW) for n in "ab"] == [True, False]
    assert not rechecked("a", recorded(), "sand", TEXTS, BELOW)
    assert not rechecked("a", None, "ground", TEXTS, BELOW)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A library of two theorems that Coq accepts, and its ledger, in which nothing is recorded of Coq yet."""
    entry = replace(library.ledger().theorems["log_one"], rocq="", rechecked=False)
    empty = Ledger("", "", {name: replace(entry, name=name) for name in TEXTS})
    (tmp_path / LEDGER).write_text(ledger.dump(empty), encoding="utf-8")
    monkeypatch.setattr(library, "directory", lambda: tmp_path)
    monkeypatch.setattr(running, "version", lambda: "8.16.1")
    monkeypatch.setattr(batches, "compile_together", lambda d, f, *rest: (Outcome(n, True, 0.0) for n in f.order))
    monkeypatch.setattr(running, "rests_on", lambda d, names: ASSUMPTIONS)
    monkeypatch.setattr(files, "exports", lambda names, find, start: Exported({PRELUDE: "ground"}, TEXTS, BELOW))
    monkeypatch.setattr(export, "prelude", lambda: "ground")
    return tmp_path / LEDGER


def test_the_record_is_written_and_compared(fake: Path, capsys: Captured) -> None:
    assert cli.main(["rocq", "--all", "--run"]) == 1
    assert capsys.readouterr().err == "out of date: ledger.json: nothing is recorded\n"
    assert cli.main(["rocq", "--all", "--run", "--record"]) == 0
    assert ledger.recorded(read_ledger(fake)) == recorded()
    assert capsys.readouterr().out.splitlines()[-1] == str(fake)
    assert cli.main(["rocq", "--all", "--run"]) == 0
    other = Record.of("8.16.1", "ground", TEXTS | {"a": "other"})
    fake.write_text(ledger.dump(ledger.with_record(read_ledger(fake), other)), encoding="utf-8")
    assert cli.main(["rocq", "--all", "--run"]) == 1
    assert capsys.readouterr().err == "out of date: ledger.json: a has changed\n"


def test_nothing_is_recorded_when_something_was_refused(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        batches, "compile_together", lambda d, f, *rest: (Outcome(n, n != "a", 0.0, why="no") for n in f.order)
    )
    assert cli.main(["rocq", "--all", "--run", "--record"]) == 1
    assert ledger.recorded(read_ledger(fake)) is None


@pytest.mark.slow
def test_the_written_record_is_of_what_is_exported_today_and_none_of_it_needs_a_process_of_its_own() -> None:
    """Coq is not asked: whether these texts are accepted is what the record says, and what ``--run`` finds again."""
    found = exports(library.names(), library.theorem)
    assert [name for name, text in found.texts.items() if plain(text, found.uses[name]) is None] == []
    assert differences(ledger.recorded(library.ledger()), prelude(), found.texts) == []
