"""Many theorems in one process of Coq: each keeps its own verdict, and no text acts on another's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kl_symbolic import library
from kl_symbolic.cli import main as cli
from kl_symbolic.rocq import batches, files, running
from kl_symbolic.rocq.batches import compile_together, plain
from kl_symbolic.rocq.export import header
from kl_symbolic.rocq.files import Exported, exports
from kl_symbolic.rocq.running import ASSUMPTIONS, PRELUDE, Outcome, rests_on, strange

from ..support.rocq import coq

GROUND = "Require Export Reals.\nGlobal Open Scope R_scope.\n"
PROVED = "Theorem {0} : 1 + 1 = 2.\nProof. ring. Qed.\n"
CITES = "Theorem {0} : 1 + 1 = 2.\nProof. exact kl.{1}.{1}. Qed.\n"
USES: dict[str, tuple[str, ...]] = {
    "one": (), "middle": ("one",), "beside": ("one",), "higher": ("middle",), "far_above": ("higher", "one"),
}  # fmt: skip
UNTOUCHED = {PRELUDE, "one", "beside"}


def some(middle: str = CITES.format("middle", "one"), prelude: str = GROUND) -> Exported:
    """Return five theorems, of which the one in the middle has this text; two rest on it."""
    bodies = {name: CITES.format(name, uses[0]) if uses else PROVED.format(name) for name, uses in USES.items()}
    bodies["middle"] = middle
    return Exported({PRELUDE: prelude}, {name: f"{header(USES[name])}\n{body}" for name, body in bodies.items()}, USES)


def compiled(directory: Path, found: Exported) -> tuple[dict[str, Outcome], list[tuple[str, int]]]:
    """Return the results, and what was said before files were compiled one by one."""
    coq()
    found.write(directory)
    said: list[tuple[str, int]] = []
    outcomes = [*compile_together(directory, found, 2, fall_back=lambda why, count: said.append((why, count)))]
    assert len({o.name for o in outcomes}) == len(outcomes)
    return {o.name: o for o in outcomes}, said


def libraries(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {name: o.library for name, o in outcomes.items() if o.accepted and name != PRELUDE}


# --- what may stand beside others ------------------------------------------------------------------------------------


def test_exported_theorems_are_lemmas_and_proofs() -> None:
    found = exports(["kl_nonneg", "pinsker"], library.theorem)
    for name, text in found.texts.items():
        body = plain(text, found.uses[name])
        assert body is not None
        assert text.endswith(f"\n\n{body}")
        assert body.startswith("Lemma ")


@pytest.mark.parametrize(
    "more",
    [
        "End a.\n",
        "End a.\nModule a.\n",
        "Import b.\n",
        'Notation "1" := 2.\n',
        "Ltac ring := idtac.\n",
        "#[global] Hint Resolve a : core.\n",
        "Set Nested Proofs Allowed.\n",
        "Definition b := 1.\n",
        "Lemma b : 1 = 1.\nProof. End a. Qed.\n",
        "Lemma b : 1 = 1.\nProof. { reflexivity. } Qed.\n",
        "Lemma b : 1 = 1.\nProof. reflexivity. Defined.\n",
        "Lemma b : 1 = 1.\nProof. reflexivity.\n",
        "Lemma b : 1 = 1.\nProof. Qed.\n",
        "Lemma b : 1 = 1.\nQed.\n",
        "Lemma b : 1 = 1.\nProof. admit. Qed.\n",
        "Lemma b : 1 = 1.\nProof. reflexivity. Admitted.\n",
        "Axiom b : 1 = 2.\n",
        "(* a comment *)\n",
        "Lemma b : 1 = 1.\nProof. reflexivity.\tQed.\n",
        "Lemma b : 1 = 1.\nProof. reflexivity.\u00a0End a. Qed.\n",
        "reflexivity.\n",
        "Lemma b : 1 = 1. Proof. reflexivity. Qed. End a",
    ],
)
def test_any_other_text_is_not_plain(more: str) -> None:
    good = f"{header([])}\n{PROVED.format('a')}"
    assert plain(good, []) == PROVED.format("a")
    assert plain(good + more, []) is None


@pytest.mark.parametrize(
    "before", ["End kl.\n", "(* *) End kl. (* *)\n\n", "From kl Require b.\n", "(* a *)\nEnd a.\n\n"]
)
def test_what_stands_before_the_lemmas_is_known(before: str) -> None:
    good = f"{header([])}\n{PROVED.format('a')}"
    assert plain(f"(* a, exported *)\n\n{good}", []) == PROVED.format("a")
    assert plain(before + good, []) is None
    assert plain(good, ["b"]) is None


# --- verdicts --------------------------------------------------------------------------------------------------------


@pytest.mark.coq
def test_theorems_are_accepted_together(tmp_path: Path) -> None:
    outcomes, said = compiled(tmp_path, some())
    assert outcomes.keys() == {PRELUDE, *USES}
    assert all(o.accepted for o in outcomes.values())
    assert libraries(outcomes) == dict.fromkeys(USES, "batch'1")
    assert outcomes["higher"].beside == 4
    assert said == []
    assert set(rests_on(tmp_path, libraries(outcomes))) < set(ASSUMPTIONS)
    assert not (tmp_path / "one.vo").exists()


@pytest.mark.coq
def test_a_batch_cites_lemmas_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("_FIRST", "_LEAST", "_SCRAP"):
        monkeypatch.setattr(batches, bound, 1)
    outcomes, said = compiled(tmp_path, some())
    assert all(o.accepted for o in outcomes.values())
    assert len(set(libraries(outcomes).values())) > 2
    assert said == []
    assert set(rests_on(tmp_path, libraries(outcomes))) < set(ASSUMPTIONS)


WRONG = {
    "a wrong proof": ("Theorem middle : 1 + 1 = 3.\nProof. ring. Qed.\n", "Tactic failure: not a valid ring equation"),
    "no proof": ("Theorem middle : 1 = 2.\nProof. Admitted.\n", "a proof has no use for the word Admitted"),
    "an axiom": ("Axiom a : 1 = 2.\nTheorem middle : 1 = 2.\nProof. exact a. Qed.\n", "no use for the word Axiom"),
    "the end of its module": (
        "End middle.\nModule beside.\nTheorem beside : 1 = 1.\nProof. reflexivity. Qed.\n"
        "End beside.\nModule middle.\nTheorem middle : 1 = 1.\nProof. reflexivity. Qed.\n",
        "There is nothing to end",
    ),
    "an end in a proof": ("Theorem middle : 1 = 1.\nProof. End middle. reflexivity. Qed.\n", ""),
}


@pytest.mark.coq
@pytest.mark.parametrize("what", list(WRONG))
def test_what_is_wrong_in_the_middle_is_refused_by_name_and_the_others_are_accepted(what: str, tmp_path: Path) -> None:
    text, why = WRONG[what]
    outcomes, said = compiled(tmp_path, some(text))
    assert {name for name, o in outcomes.items() if o.accepted} == UNTOUCHED
    assert why in outcomes["middle"].why
    assert outcomes["higher"].why == "not tried: it rests on middle"
    assert outcomes["far_above"].why == "not tried: it rests on higher"
    ((reason, count),) = said
    assert reason.startswith("middle")
    assert count in (3, 5)  # those that rest on it, and what was in the same batch
    assert set(rests_on(tmp_path, libraries(outcomes))) < set(ASSUMPTIONS)


@pytest.mark.coq
@pytest.mark.parametrize("cheat", ["Admitted", "Axiom"])
def test_what_is_not_proved_is_seen_even_when_no_word_tells(
    cheat: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every look at the text is switched off: Coq itself says what a theorem of a batch rests on."""
    monkeypatch.setattr(running, "FORBIDDEN", re.compile(r"(?!)"))
    monkeypatch.setattr(batches, "plain", lambda text, uses: text.partition(header(uses) + "\n")[2])
    text = {
        "Admitted": "Theorem middle : 1 = 2.\nProof. Admitted.\n",
        "Axiom": "Axiom a : 1 = 2.\nTheorem middle : 1 = 2.\nProof. exact a. Qed.\n",
    }[cheat].replace("1 = 2", "1 + 1 = 2")
    outcomes, _ = compiled(tmp_path, some(text))
    assert libraries(outcomes) == dict.fromkeys(USES, "batch'1")
    name = f"kl.batch'1.kl.middle.{'middle' if cheat == 'Admitted' else 'a'}"
    foreign = [a for a in rests_on(tmp_path, libraries(outcomes)) if a not in ASSUMPTIONS]
    assert len(foreign) == 1
    assert name.endswith(foreign[0])
    assert strange(tmp_path, libraries(outcomes)).keys() == {"middle", "higher", "far_above"}


@pytest.mark.coq
def test_a_batch_that_fails_for_no_fault_of_a_theorem_is_compiled_from_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = running.compile_one

    def killed(directory: Path, name: str) -> Outcome:
        return Outcome(name, False, 0.0, "out of memory") if name.startswith("batch'") else real(directory, name)

    monkeypatch.setattr(batches, "compile_one", killed)
    outcomes, said = compiled(tmp_path, some())
    assert said == [("out of memory", 5)]
    assert all(o.accepted for o in outcomes.values())
    assert libraries(outcomes) == dict.fromkeys(USES, "")
    assert set(rests_on(tmp_path, libraries(outcomes))) < set(ASSUMPTIONS)


@pytest.mark.coq
def test_without_the_prelude_nothing_is_tried(tmp_path: Path) -> None:
    outcomes, said = compiled(tmp_path, some(prelude="Lemma a : 1 = 2.\n"))
    assert [name for name, o in outcomes.items() if o.accepted] == []
    assert outcomes["one"].why == f"not tried: it rests on {PRELUDE}"
    assert said == []


@pytest.mark.coq
def test_the_command_says_which_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    coq()
    wrong = some(WRONG["a wrong proof"][0])
    monkeypatch.setattr(files, "exports", lambda names, find, start: wrong)
    assert cli.main(["rocq", "log_one", "--run"]) == 1
    out = capsys.readouterr().out
    assert "5 compiled one by one, because together they were refused: middle: Tactic failure" in out
    assert "\nrefused middle: line " in out
    assert "\naccepted beside " in out
    assert "\n2 accepted, 3 refused, in " in out
