"""Certificates: the one path from a text to a theorem, and every way in which a text is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic.kernel import CheckedTheorem, Refused, canonical_statement, check, digest
from kl_symbolic.kernel.certificate import FORMAT, KEYS, dump, parse
from kl_symbolic.language.printer import explain, statement

from ..harness.samples import samples

ROOT = Path(__file__).resolve().parents[2]
REFLEXIVE: dict[str, Any] = {
    "format": FORMAT,
    "name": "reflexive",
    "names": {"a": "number", "b": "number"},
    "hypotheses": [["<", 0, ["a"]], ["=", ["a"], ["b"]]],
    "conclusion": ["=", ["b"], ["a"]],
    "uses": {},
    "lines": [["assume", [["=", ["a"], ["b"]]], []], ["symm", [], [0]], ["weaken", [["<", 0, ["a"]]], [1]]],
    "story": [["heading", "b = a"]],
}


def changed(**parts: Any) -> str:
    """Return the certificate with some of its parts changed, in canonical form."""
    return dump({**REFLEXIVE, **parts})


def why(text: str, lemmas: dict[str, CheckedTheorem] | None = None) -> str:
    """Return why a text is refused; nothing but Refused may come out of check."""
    with pytest.raises(Refused) as caught:
        check(text, lemmas)
    return explain(caught.value)


def test_the_twin_of_every_refusal_below_is_accepted() -> None:
    theorem = check(changed())
    assert theorem.name == "reflexive"
    assert statement(theorem) == "0 < a, a = b ⊢ b = a", "Γ stands in the order of the claim"
    assert theorem.scope == {"a": ((), "number"), "b": ((), "number")}
    assert theorem.axioms == theorem.uses == ()
    assert theorem.story == [["heading", "b = a"]]
    assert theorem.certificate == changed()
    assert [line.rule for line in theorem.lines] == ["assume", "symm", "weaken"]
    assert [line.premises for line in theorem.lines] == [(), (0,), (1,)]


# --- the text ------------------------------------------------------------------------------------------------


def test_dump_writes_one_line_of_text_for_each_line_of_proof() -> None:
    shown = changed().splitlines()
    start = shown.index('"lines": [')
    assert shown[start + 1 : start + 5] == [
        '["assume",[["=",["a"],["b"]]],[]],',
        '["symm",[],[0]],',
        '["weaken",[["<",0,["a"]]],[1]]',
        "],",
    ]
    assert shown[2] == '"name": "reflexive",'
    assert json.loads(changed()) == REFLEXIVE
    assert parse(changed()) == REFLEXIVE


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: t[:-1], "the certificate is not in canonical form"),
        (lambda t: t + "\n", "the certificate is not in canonical form"),
        (lambda t: t.replace('["a"]', '[ "a"]', 1), "the certificate is not in canonical form"),
        (lambda t: t.replace('"a"', '"\\u0061"', 1), "the certificate is not in canonical form"),
        (lambda t: t.replace("\n", "\r\n"), "the certificate is not in canonical form"),
        (lambda t: t.replace("b = a", "b \\u003d a"), "the certificate is not in canonical form"),
        (lambda t: t.replace("[0]", "[-0]", 1), "the certificate is not in canonical form"),
        (lambda t: t[: len(t) // 2], "not JSON: "),
        (lambda t: "", "not JSON: "),
        (lambda t: "\ufeff" + t, "not JSON: "),
        (lambda t: t + t, "not JSON: Extra data"),
        (lambda t: t.replace('"name"', "name", 1), "not JSON: "),
        (lambda t: t.replace('"story"', '"lines"'), "a key appears twice"),
        (lambda t: t.replace('{"a":"number"', '{"a":"number","a":"number"'), "a key appears twice"),
        (lambda t: "[]", "expected an object with the keys format, name, names, hypotheses, conclusion, uses, lines, story"),
        (lambda t: "null", "expected an object with the keys"),
        (lambda t: '"' + "x" * 100 + '"', "expected an object with the keys"),
        (lambda t: t.replace("[0]]", "[0.0]]"), 'expected an exact number, an integer or a fraction such as "7/10"\n  got: 0.0'),
        (lambda t: t.replace("[0]]", "[1e0]]"), "expected an exact number"),
        (lambda t: t.replace("[0]]", "[NaN]]"), "expected an exact number"),
        (lambda t: t.replace("[0]]", "[-Infinity]]"), "expected an exact number"),
        (lambda t: t.replace("[0]]", "[" + "9" * 100_000 + "]]"), "an integer has 100000 digits; at most 1100 are read"),
        (lambda t: t.replace('"b = a"', "9" * 5_000), "an integer has 5000 digits"),
        (lambda t: "[" * 100_000 + "]" * 100_000, "the certificate is nested too deeply"),
        (lambda t: t.replace('"b = a"', "[" * 100_000 + "]" * 100_000), "the certificate is nested too deeply"),
        (lambda t: t.replace('"b = a"', '"' + "x" * 1_000_000 + '"'), "the certificate has 1000324 characters"),
    ],
)  # fmt: skip
def test_the_text_is_canonical_json_of_bounded_size(change: Callable[[str], str], reason: str) -> None:
    found = why(change(changed()))
    assert found.startswith(reason.split("4000421")[0]), found[:200]


@pytest.mark.parametrize("key", KEYS[:-1])
def test_keys_stand_in_their_order(key: str) -> None:
    moved = {k: v for k, v in REFLEXIVE.items() if k != key} | {key: REFLEXIVE[key]}
    assert why(dump(moved)).startswith("expected an object with the keys")


@pytest.mark.parametrize("key", KEYS)
def test_keys_are_neither_left_out_nor_added(key: str) -> None:
    assert why(dump({k: v for k, v in REFLEXIVE.items() if k != key})).startswith("expected an object with the keys")
    assert why(dump({**REFLEXIVE, key + "2": 0})).startswith("expected an object with the keys")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"format": "kl_symbolic certificate 2"}, "expected the format 'kl_symbolic certificate 1'"),
        ({"format": 1}, "expected the format"),
        ({"name": "two words"}, "expected an ASCII identifier\n  got: two words"), ({"name": ""}, "expected an ASCII identifier"), ({"name": 1}, "expected an ASCII identifier"),
        ({"name": "naïve"}, "expected an ASCII identifier"), ({"name": "../up"}, "expected an ASCII identifier"), ({"name": ["reflexive"]}, "expected an ASCII identifier"),
        ({"story": {}}, "hypotheses, lines, story must be lists"), ({"story": None}, "hypotheses, lines, story must be lists"),
        ({"lines": []}, "expected 1 to 5000 lines\n  got: 0"), ({"lines": [["assume", [["=", 1, 1]], []]] * 5_001}, "expected 1 to 5000 lines\n  got: 5001"),
        ({"hypotheses": [["<", k, ["a"]] for k in range(201)]}, "at most 200 hypotheses can be claimed"),
        ({"uses": []}, "uses must be an object of names and digests, sorted"), ({"uses": {"b": "", "a": ""}}, "uses must be an object"),
        ({"uses": {"lemma": "0" * 64}}, "there is no theorem for the lemma 'lemma'"),
        ({"conclusion": ["a"]}, "expected a statement"), ({"conclusion": True}, "expected a statement"), ({"hypotheses": [["a"]]}, "expected a statement"),
        ({"conclusion": ["=", ["c"], ["a"]]}, "expected a number, got an unknown operator or undeclared name\n  got: c"),
    ],
)  # fmt: skip
def test_the_head_of_a_certificate(parts: dict[str, Any], reason: str) -> None:
    assert why(changed(**parts)).startswith(reason)


# --- names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"b": "number", "a": "number"}, "expected an object of declared names, sorted"), ([], "expected an object of declared names"), (None, "expected an object of declared names"),
        ({"1a": "number"}, "expected a name of letters, digits and _ (ASCII, at most 40)\n  got: 1a"), ({"_": "number"}, "expected a name of letters"), ({"a b": "number"}, "expected a name"),
        ({"a" * 41: "number"}, "expected a name of letters"), ({"α": "number"}, "expected a name of letters"), ({"a\n": "number"}, "expected a name of letters"), ({"": "number"}, "expected a name"),
        ({"log": "number"}, "look alike"), ({"Nat": "set"}, "look alike"), ({"sum": "number"}, "look alike"), ({"kl": "number"}, "look alike"), ({"Iog": "number"}, "look alike"), ({"k_l": "number"}, "look alike"), ({"l0g": "number"}, "look alike"),
        ({"p1": "number", "p_1": "number"}, "the names 'p1' and 'p_1' look alike"), ({"pI": "number", "pl": "number"}, "the names 'pI' and 'pl' look alike"), ({"p0": "number", "pO": "number"}, "look alike"), ({"x0": "number", "xo": "number"}, "look alike"), ({"m1": "number", "rn1": "number"}, "look alike"), ({"vvv": "number", "wv": "number"}, "look alike"),
        ({"a": 1}, "expected a signature such as 'X -> number'"), ({"a": ["number"]}, "expected a signature"),
        ({"a": "numbers"}, "expected a declared index set\n  got: numbers"), ({"a": "X -> number"}, "expected a declared index set"), ({"X": "set", "a": "X->number"}, "expected a declared index set"),
        ({"X": "set", "a": "X,X -> number"}, "expected a declared index set"), ({"X": "set", "a": " -> number"}, "expected a declared index set"), ({"X": "set", "a": "X -> X -> number"}, "expected a declared index set"),
        ({"X": "set", "Y": "X -> set"}, "too many arguments\n  got: Y"), ({"X": "X"}, "expected a declared index set"), ({"a": "number", "b": "a -> number"}, "expected a declared index set"),
        ({"X": "set", "f": "X -> Nat"}, "expected a declared index set\n  got: Nat"), ({"X": "set", "f": "Nat -> X"}, "expected a declared index set\n  got: Nat"),
        ({"X": "set", "p": ", ".join(["X"] * 9) + " -> number"}, "too many arguments\n  got: p"),
        ({f"x{k}y": "number" for k in range(100, 351)}, "at most 250 names can be declared\n  got: 251"),
    ],
)  # fmt: skip
def test_names_are_declared(names: Any, reason: str) -> None:
    found = why(changed(names=names))
    assert found.startswith(reason) or reason in found, found


@pytest.mark.parametrize(
    "names",
    [
        {"p1": "number", "p2": "number"}, {"X": "set", "p": "X -> number", "x": "X"}, {"T": "set", "X": "set", "x": "T, T -> X"}, {"n": "Nat", "u": "Nat -> number"},
        {"X": "set", "u": "X, Nat -> number"}, {"a" * 40: "number"}, {"X": "set", "p": ", ".join(["X"] * 8) + " -> number"},
    ],
)  # fmt: skip
def test_names_that_can_be_declared(names: Any) -> None:
    assert "declared but not used" in why(
        changed(names={**names}, conclusion=["=", 1, 1], hypotheses=[], lines=[["field", [["=", 1, 1]], []]])
    )


# --- the claim -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"conclusion": ["=", ["a"], ["b"]]}, "the last line is not the claim\n  claimed: a = b\n  shown:   b = a"),
        ({"hypotheses": REFLEXIVE["hypotheses"][:1]}, "the proof uses a hypothesis that is not claimed\n  hypothesis: a = b"),
        ({"hypotheses": [*REFLEXIVE["hypotheses"], ["=", 1, 1]]}, "the proof does not have a claimed hypothesis\n  hypothesis: 1 = 1"),
        ({"hypotheses": [*REFLEXIVE["hypotheses"], ["<", 0, ["a"]]]}, "a hypothesis is claimed twice"),
        ({"hypotheses": [["<", 0, ["a"]], ["=", ["b"], ["a"]]]}, "the proof uses a hypothesis that is not claimed"),
        ({"hypotheses": [], "conclusion": ["=>", ["<", 0, ["a"]], ["=", ["b"], ["a"]]]}, "the last line is not the claim"),
    ],
)  # fmt: skip
def test_the_claim_is_what_the_last_line_shows(parts: dict[str, Any], reason: str) -> None:
    assert why(changed(**parts)).startswith(reason)


def test_the_order_of_the_hypotheses_is_the_authors() -> None:
    swapped = changed(hypotheses=REFLEXIVE["hypotheses"][::-1])
    assert statement(check(swapped)) == "a = b, 0 < a ⊢ b = a"
    assert digest(check(swapped)) == digest(check(changed())), "a statement has a set of hypotheses"


@pytest.mark.parametrize(
    ("lines", "unused"),
    [
        ([["assume", [["=", ["b"], ["a"]]], []]], "['line 3']"),
        ([["field", [["=", 1, 1]], []], ["symm", [], [3]]], "['line 4']"),
    ],
)
def test_no_line_is_idle(lines: list[Any], unused: str) -> None:
    start: list[Any] = REFLEXIVE["lines"][:2]
    rows = [*start, ["symm", [], [1]], *lines, ["weaken", [["<", 0, ["a"]]], [1]]]
    found = why(changed(lines=rows))
    assert found.startswith("declared but not used\n  unused: ['line 2', "), found
    assert unused[2:-2] in found


def test_no_line_appears_twice() -> None:
    rows = [["assume", [["=", ["a"], ["b"]]], []], ["assume", [["=", ["a"], ["b"]]], []], ["trans", [], [0, 1]]]
    assert "the middle terms differ" in why(changed(lines=rows))
    rows = [["field", [["=", 1, 1]], []], ["field", [["=", 1, 1]], []], ["trans", [], [0, 1]]]
    parts: dict[str, Any] = {"names": {}, "hypotheses": [], "conclusion": ["=", 1, 1]}
    assert why(changed(lines=rows, **parts)) == "a line appears twice"
    assert check(changed(lines=[rows[0], ["trans", [], [0, 0]]], **parts))


def test_no_name_and_no_lemma_is_idle() -> None:
    assert why(changed(names={"a": "number", "b": "number", "c": "number"})) == "declared but not used\n  unused: ['c']"
    lemma = check(changed())
    assert (
        why(changed(uses={"reflexive": digest(lemma)}), {"reflexive": lemma})
        == "declared but not used\n  unused: ['reflexive']"
    )


def test_a_refusal_names_the_line_and_the_rule() -> None:
    with pytest.raises(Refused) as caught:
        check(changed(lines=[*REFLEXIVE["lines"][:2], ["trans", [], [0, 0]]]))
    assert (caught.value.line, caught.value.rule) == (2, "trans")
    assert explain(caught.value).startswith("line 2 rule trans: the middle terms differ")
    with pytest.raises(Refused) as caught:
        check(changed(lines=[[["assume"], [], []]]))
    assert (caught.value.line, caught.value.rule) == (0, "?")


# --- citation ------------------------------------------------------------------------------------------------


def cite(
    lemma: CheckedTheorem, value: Any, *, name: str | None = None, expected: str | None = None, **parts: Any
) -> str:
    """Return a certificate with one line, a citation."""
    cited = name or lemma.name
    head: dict[str, Any] = {
        "names": {"b": "number"},
        "hypotheses": [["<", 0, ["b"]], ["=", ["b"], 7]],
        "conclusion": ["=", 7, ["b"]],
    }
    return changed(
        **{
            **head,
            "name": "citing",
            "uses": {cited: expected or digest(lemma)},
            "lines": [["cite", [cited, value], []]],
            **parts,
        }
    )


def test_a_lemma_is_cited_with_values_for_all_its_names() -> None:
    lemma = check(changed())
    theorem = check(cite(lemma, {"a": ["b"], "b": 7}), {"reflexive": lemma})
    assert theorem.uses == ("reflexive",)
    assert theorem.lines[0].lemma == "reflexive"
    assert "sorted\n  names: ['a', 'b']" in why(cite(lemma, {"a": ["b"]}), {"reflexive": lemma})


def test_a_missing_and_an_altered_lemma_are_refused() -> None:
    lemma = check(changed())
    text = cite(lemma, {"a": ["b"], "b": 7})
    assert why(text) == "there is no theorem for the lemma 'reflexive'"
    assert why(text, {"other": lemma}) == "there is no theorem for the lemma 'reflexive'"
    other = check(changed(name="other"))
    assert why(text, {"reflexive": other}) == "there is no theorem for the lemma 'reflexive'"
    weaker = check(changed(hypotheses=REFLEXIVE["hypotheses"][1:], lines=REFLEXIVE["lines"][:2]))
    found = why(text, {"reflexive": weaker})
    assert found.startswith("the lemma 'reflexive' has another statement\n  expected: " + digest(lemma))
    assert why(cite(lemma, {}, expected="0" * 64), {"reflexive": lemma}).startswith("the lemma 'reflexive' has another")
    assert why(text, {"reflexive": "a theorem"}) == "there is no theorem for the lemma 'reflexive'"  # type: ignore[dict-item]


def test_a_citation_needs_a_lemma_that_is_listed() -> None:
    lemma = check(changed())
    text = cite(lemma, {"a": ["b"], "b": 7}, uses={})
    assert "expected a lemma that is listed in uses\n  got: reflexive" in why(text, {"reflexive": lemma})


def test_nothing_cites_itself() -> None:
    lemma = check(changed())
    selfish = cite(lemma, {"a": ["a"], "b": ["b"]}, name="citing", expected=digest(lemma))
    assert why(selfish, {"citing": lemma}) == "there is no theorem for the lemma 'citing'"


def test_axioms_are_inherited() -> None:
    found = {name: check(text, lemmas) for name, text, lemmas in samples()}
    assert found["citing"].axioms == ("log_le", "log_mul")
    assert found["citing"].uses == ("half_gibbs", "log_of_quotient")


# --- statements and theorems ---------------------------------------------------------------------------------


def test_a_canonical_statement_has_the_signatures_that_it_needs_and_no_others() -> None:
    name, text, lemmas = next(s for s in samples() if s[0] == "half_gibbs")
    theorem = check(text, lemmas)
    scope, hypotheses, conclusion = json.loads(
        canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion)
    )
    assert list(scope) == ["X", "p", "q"], "the index i occurs in the proof only"
    assert scope["p"] == [["X"], "number"]
    assert hypotheses == sorted(hypotheses)
    assert conclusion == json.loads(text)["conclusion"]
    assert name == theorem.name


def test_different_statements_have_different_digests() -> None:
    found = {digest(check(text, lemmas)) for _, text, lemmas in samples()}
    assert len(found) == len(samples())


def test_a_theorem_is_made_by_check_only() -> None:
    theorem = check(changed())
    with pytest.raises(TypeError, match="a CheckedTheorem is what"):
        CheckedTheorem("made up", {}, (), theorem.conclusion, (), (), (), [], "", object())
    with pytest.raises((AttributeError, TypeError)):
        theorem.name = "other"  # type: ignore[misc]


# --- a fresh process -----------------------------------------------------------------------------------------


def test_checking_imports_nothing_but_the_standard_library_and_is_deterministic() -> None:
    program = (
        "import sys\n"
        "from kl_symbolic.kernel import Refused, check, digest\n"
        "from kl_symbolic.language.printer import explain, statement\n"
        "theorem = check(sys.stdin.read())\n"
        "print(digest(theorem), statement(theorem), theorem.axioms, list(theorem.scope))\n"
        "assert not {'sympy', 'mpmath', 'numpy'} & set(sys.modules)\n"
    )
    _, text, _ = next(s for s in samples() if s[0] == "sums")
    seen = set()
    for seed in ("0", "1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", program], input=text, capture_output=True, text=True, cwd=ROOT, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        seen.add(done.stdout)
    assert len(seen) == 1
