"""Many theorems against numbers: the evidence of one process, wherever it is computed, and certificates checked once."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import kl_symbolic as kl
from kl_symbolic import library
from kl_symbolic.cli import main as cli
from kl_symbolic.kernel import Refused
from kl_symbolic.numerics.verification import verify
from kl_symbolic.testing import verifying

NAMES = ("kl_self", "log_one", "The logarithm of a power", "exp_zero")


def copied(sent: bytes) -> Any:
    """Return what another process would get."""
    return pickle.loads(sent)  # noqa: S301  it was made here


class Here:
    """An executor that computes in this process when a result is asked for, and notes what becomes of its tasks."""

    def __init__(self) -> None:
        self.submitted: list[Any] = []
        self.pickled: list[int] = []
        self.canceled: list[Any] = []

    def submit(self, function: Any, task: Any) -> Here.Later:
        self.submitted.append(task)
        sent = pickle.dumps((function, task))
        self.pickled.append(len(sent))
        return Here.Later(self, sent)

    class Later:
        def __init__(self, executor: Here, sent: bytes) -> None:
            self.executor, self.sent = executor, sent

        def result(self) -> object:
            function, task = copied(self.sent)
            return copied(pickle.dumps(function(task)))

        def cancel(self) -> None:
            self.executor.canceled.append(copied(self.sent)[1].name)


@pytest.fixture(scope="module")
def alone() -> list[kl.Evidence]:
    return [verify(library.theorem(name)) for name in NAMES]


@pytest.fixture
def nothing_checked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what the kernel checks from now on, by name, as in a process that has checked nothing."""
    found: Counter[str] = Counter()
    check = library.check

    def counted(source: str, lemmas: Any) -> Any:
        theorem = check(source, lemmas)
        found[theorem.name] += 1
        return theorem

    monkeypatch.setattr(library, "check", counted)
    shelf = library.Library()
    monkeypatch.setattr(library, "_shipped", lambda: shelf)
    monkeypatch.setattr(verifying, "_kept", {})
    return found


@pytest.fixture(scope="module")
def own() -> list[kl.Theorem]:
    """Return two theorems that are not shipped, the first of which cites the second and a shipped one."""

    @kl.derivation("log_square")
    def square(d: Any) -> None:
        d.positive("x")
        d.start("log(x*x)")
        d.eq("2*log(x)", because="the log of a product is a sum of logs")

    @kl.derivation("log_square_again")
    def again(d: Any) -> None:
        (x,) = d.positive("x")
        d.p.cite("log_le_sub_one", {"x": x}, d.p.known)
        d.show(d.p.cite("log_square", {"x": x}, d.p.known), "the derivation above")

    lemma = kl.derive(square)
    return [kl.derive(again, lemmas=[lemma]).theorem, lemma.theorem]


@pytest.mark.slow
def test_the_evidence_is_that_of_one_process(alone: list[kl.Evidence]) -> None:
    assert [e.name for e in alone] == [library.find(name) for name in NAMES]
    assert [*kl.verify_all(NAMES)] == alone
    assert [*kl.verify_all(map(kl.theorem, NAMES), jobs=2)] == alone
    assert not multiprocessing.active_children()


@pytest.mark.slow
def test_any_executor_will_do(alone: list[kl.Evidence]) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        assert [*kl.verify_all(NAMES, executor=processes)] == alone
        assert processes.submit(int, "7").result() == 7  # it is the caller's, and goes on
    with ThreadPoolExecutor(2) as threads:
        assert [*kl.verify_all(NAMES, executor=threads)] == alone
    assert [*kl.verify_all(NAMES, executor=Here())] == alone


def test_digits_and_effort_are_sent() -> None:
    (found,) = kl.verify_all(["log_pow"], digits=30, executor=Here())
    assert found == verify(library.theorem("log_pow"), 30)
    (found,) = kl.verify_all(["log_pow"], effort=2, executor=Here())
    assert found == verify(library.theorem("log_pow"), effort=2)


def test_a_shipped_theorem_is_sent_as_its_name() -> None:
    pool = Here()
    assert len(library.certificate_text("pinsker")) > 2000
    next(kl.verify_all(["log_one", "pinsker"], executor=pool))
    assert max(pool.pickled) < 500


def test_a_process_checks_only_what_is_cited_and_that_once(nothing_checked: Counter[str]) -> None:
    found = [*kl.verify_all(["log_pow", "log_one", "log_le_half", "log_pow"], executor=Here())]
    assert [e.name for e in found] == ["log_pow", "log_one", "log_le_half", "log_pow"]
    below = {"log_pow", "log_one", "log_le_half"}
    waiting = [*below]
    while waiting:
        for name in library.cited_names(library.certificate_text(waiting.pop())):
            if name not in below:
                below.add(name)
                waiting.append(name)
    assert nothing_checked == dict.fromkeys(below, 1)
    assert len(below) < len(library.names()) / 10


@pytest.mark.slow
def test_theorems_of_ones_own_are_checked_again_from_their_certificates(
    own: list[kl.Theorem], nothing_checked: Counter[str]
) -> None:
    found = [*kl.verify_all(own, executor=Here())]
    assert found == [verify(theorem.checked) for theorem in own]
    assert (nothing_checked["log_square"], nothing_checked["log_square_again"]) == (1, 1)
    assert found == [*kl.verify_all(own, jobs=2)]


def test_a_process_does_not_keep_everything_for_ever(own: list[kl.Theorem], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_MOST_KEPT", 1)
    monkeypatch.setattr(verifying, "_kept", {})
    assert [e.name for e in kl.verify_all(own, executor=Here())] == ["log_square_again", "log_square"]
    assert len(verifying._kept) == 1


def test_a_lemma_that_another_process_lacks_is_named(own: list[kl.Theorem]) -> None:
    assert next(kl.verify_all(own[:1])).name == "log_square_again"  # this process has it
    with pytest.raises(ValueError, match="expected the lemma 'log_square' of 'log_square_again' among the theorems"):
        next(kl.verify_all(own[:1], executor=Here()))


def test_another_version_of_the_package_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = kl.verify_all(["log_one", "log_pow"], executor=Here())
    assert next(found).name == "log_one"
    text = library.certificate_text
    monkeypatch.setattr(library, "certificate_text", lambda name: text(name) + " ")
    with pytest.raises(ValueError, match="the certificate of 'log_pow' to be that of the caller: another version"):
        next(found)


def test_a_refused_certificate_is_said_by_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise Refused("it is damaged", {"name": name}) if name == "log_pow" else None

    theorem = library.theorem
    monkeypatch.setattr(library, "theorem", lambda name: refuse(name) if name == "log_pow" else theorem(name))
    found = kl.verify_all(["log_one", "log_pow", "kl_self"], executor=Here())
    assert next(found).name == "log_one"
    with pytest.raises(Refused, match="it is damaged"):
        next(found)


def test_what_has_not_begun_is_canceled_when_the_iteration_ends() -> None:
    pool = Here()
    found = kl.verify_all(NAMES, executor=pool)
    assert next(found).name == "kl_self"
    found.close()  # type: ignore[attr-defined]
    assert set(pool.canceled) >= {"log_one", "log_pow", "exp_zero"}


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"jobs": 0}, ValueError, "expected a number of jobs of at least 1, an int, got 0"),
        ({"jobs": True}, ValueError, "expected a number of jobs of at least 1, an int, got True"),
        ({"digits": 14}, ValueError, "expected 15 to 1000 digits, got 14"),
        ({"jobs": 2, "executor": Here()}, ValueError, "expected jobs or an executor, got jobs=2 and Here"),
        ({"executor": map}, TypeError, "expected an executor with a method submit, got type"),
        ({"theorems": "kl_self"}, TypeError, r"got the text 'kl_self'; write \['kl_self'\]"),
        ({"theorems": [7]}, TypeError, "expected the name of a theorem, or a theorem, got int 7"),
        ({"theorems": ["nothing_like_it"]}, kl.NoSuchTheorem, "there is no shipped theorem 'nothing_like_it'"),
    ],
)
def test_what_is_not_taken_is_refused_at_once(arguments: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        kl.verify_all(**arguments)


# --- the command line ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_prints_the_same_with_more_processes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "names", lambda: ("exp_zero", "kl_self", "log_one"))
    printed = []
    for jobs in ("1", "2"):
        assert cli.main(["verify", "--all", "--jobs", jobs, "--progress"]) == 0
        printed.append(capsys.readouterr())
    assert printed[0].out.count("supported") == 3
    assert printed[0] == printed[1]


def test_the_command_needs_a_job(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--all", "--jobs", "0"]) == 2
    assert capsys.readouterr().err == "kl-symbolic: error: expected at least 1 job, got 0\n"


# --- Dask ------------------------------------------------------------------------------------------------------------

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cluster.md"


@pytest.mark.slow
def test_the_page_on_clusters_does_what_it_says(tmp_path: Path) -> None:
    """Run the program of the page on a cluster of Dask, as it stands there, and compare what it prints."""
    pytest.importorskip("distributed", reason="SKIPPED: the extra dev is not installed")
    page = PAGE.read_text(encoding="utf-8")
    (program,) = re.findall(r"^```python\n# verify_on_dask\.py\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^\$ python verify_on_dask\.py .*\n((?:.+\n)+)```$", page, re.MULTILINE)
    (command,) = re.findall(r"^\$ python verify_on_dask\.py (.*)$", page, re.MULTILINE)
    (tmp_path / "verify_on_dask.py").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "verify_on_dask.py", *command.split()],
        cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300,
        env={**os.environ, "PYTHONPATH": str(PAGE.parents[1])},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, shown, "")
