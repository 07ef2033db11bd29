"""The ledger: what is written is read back, anything else is refused, and nothing in it makes a theorem."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library
from kl_symbolic.book import contents, ledger
from kl_symbolic.book.build import DIGITS
from kl_symbolic.book.examples import examples
from kl_symbolic.cli import main as cli
from kl_symbolic.kernel import Refused, digest
from kl_symbolic.language.printer import statement
from kl_symbolic.library import LEDGER, BadLedger, Ledger, read_ledger
from kl_symbolic.numerics.verification import verify
from kl_symbolic.theory import titles

TEXT = (library.directory() / LEDGER).read_text(encoding="utf-8")
UNTOLD = {name for name, entry in library.ledger().theorems.items() if entry.verification.verdict == "unknown"}
"""The theorems of which numbers tell nothing: the hypotheses of one contradict each other, and one of the other's is
about every number."""


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / LEDGER
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def few() -> dict[str, Any]:
    """Return the ledger of one theorem as JSON."""
    data: dict[str, Any] = json.loads(TEXT)
    data["theorems"] = {"log_one": data["theorems"]["log_one"]}
    return data


# --- what is written -------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    found = read_ledger(library.directory() / LEDGER)
    assert ledger.dump(found) == TEXT
    assert read_ledger(written(tmp_path, ledger.dump(found))) == found
    empty = Ledger("", "", {})
    assert read_ledger(written(tmp_path, ledger.dump(empty))) == empty


def test_each_fact_has_a_line_and_all_is_sorted() -> None:
    names = re.findall(r'^"(\w+)": \{$', TEXT, re.MULTILINE)
    assert names == ["theorems", *sorted(library.names())]
    keys = re.findall(r'^ "(\w+)": ', TEXT, re.MULTILINE)
    width = len(keys) // len(library.names())
    assert keys == sorted(keys[:width]) * len(library.names())


def test_the_ledger_says_what_the_kernel_says() -> None:
    entries = library.ledger().theorems
    assert tuple(entries) == library.names()
    for name, entry in entries.items():
        theorem = library.theorem(name)
        assert (entry.digest, entry.statement) == (digest(theorem), statement(theorem))
        assert (entry.axioms, entry.lemmas) == (theorem.axioms, theorem.uses)
        assert all(name in entries[lemma].cited_by for lemma in entry.lemmas)
        assert all(name in entries[other].lemmas for other in entry.cited_by)
        assert library.certificate_path(name).parent.name == entry.topic
        assert entry.verification.digits == 50
        assert name in UNTOLD or (entry.verification.verdict == "supported" and entry.verification.points >= 1)


def test_numbers_leave_only_theorems_about_infinitely_many_things_open() -> None:
    assert {"not_integrable", "rel_entr_le_of_tangents"} <= UNTOLD
    assert len(UNTOLD) <= 20
    for name in UNTOLD:
        assert any(ledger._is_about_infinitely_many(h) for h in library.theorem(name).hypotheses)


def test_the_page_begins_with_what_everything_rests_on() -> None:
    names = ("log_one", "log_div", "log_pow", "exp_log", "exp_zero", "exp_add")
    entries = {name: library.ledger().theorems[name] for name in names}
    entries["log_div"] = replace(entries["log_div"], rechecked=False)
    entries["log_pow"] = replace(entries["log_pow"], rocq="", rechecked=False)
    entries["log_one"] = replace(entries["log_one"], verification=replace(entries["log_one"].verification, points=7))
    page = ledger.page(Ledger("8.16.1", "", entries))
    title, first, axioms, table, *_ = page.split("\n\n")
    assert title == "# The book of derivations"
    assert first.startswith("Every theorem here rests on log(xy) = log x + log y and log x ≤ x − 1")
    assert axioms.startswith("The 6 theorems rest on 5 axioms in all")
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == ["exp_pos", "log_exp", "log_le", "log_mul", "rpow_def"]
    assert "| `log_mul` | `log(a*b) = log(a) + log(b)` for `0 < a` and `0 < b` | 5 |" in table
    row = "| [log_one](foundations/log_one.md) | `log(1) = 0` | log_mul | 50, at 7 points | yes | 8.16.1 |"
    assert f"{row} [certificate](foundations/log_one.klcert.json) |" in page
    assert re.search(r"\| `log\(a/b\) = log\(a\) - log\(b\)` \| log_mul \| 50, at \d+ points \| yes \| no \|", page)
    assert re.search(r"\| `log\(a\^b\) = b\*log\(a\)` \| log_exp, rpow_def \| 50, at \d+ points \| no \| no \|", page)


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("kl_nonneg", "kl_nonneg"),
        ("gibbs", "kl_nonneg"),
        ("Gibbs' inequality", "kl_nonneg"),
        ("gibbs inequality", "kl_nonneg"),
        ("GIBBS\u2019 INEQUALITY", "kl_nonneg"),
        ("KL-nonneg", "kl_nonneg"),
        ("kl nonneg", "kl_nonneg"),
        ("the cross-entropy identity", "cross_entropy_identity"),
        ("Pinsker's inequality", "pinsker"),
    ],
)
def test_a_theorem_is_found_by_what_people_call_it(said: str, name: str) -> None:
    assert library.find(said) == name
    assert library.theorem(said) is library.theorem(name)
    assert library.certificate_text(said) == library.certificate_text(name)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("Gibs' inequality", "Gibbs' inequality (kl_nonneg)"),
        ("kl_noneg", "kl_nonneg"),
        ("", "`kl-symbolic list` shows all names"),
        ("the", "near it: "),
        ("../divergence/kl_nonneg", "kl_nonneg"),
    ],
)
def test_what_no_theorem_is_called_is_refused_with_the_nearest_names(said: str, near: str) -> None:
    with pytest.raises(library.NoSuchTheorem) as caught:
        library.find(said)
    assert f"there is no shipped theorem {said!r}" in str(caught.value)
    assert near in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", library.names()[::8])
def test_what_the_ledger_says_of_numbers_is_what_they_say(name: str) -> None:
    theorem, known = library.theorem(name), library.ledger().theorems[name]
    assert ledger.supported(theorem, verify(theorem, digits=DIGITS)) == known.verification
    assert tuple(found.json() for found in examples(theorem)) == known.example


def test_every_title_and_alias_means_one_theorem() -> None:
    for name, title in titles.TITLES.items():
        assert library.find(title) == name
    for other, name in titles.ALIASES.items():
        assert library.find(other) == name
        assert other in library.ledger().theorems[name].aliases
    assert not {*titles.ALIASES} & {*library.names()}
    assert len({*map(library.plain, library.names())}) == len(library.names())


@pytest.mark.parametrize(
    ("alias", "name", "why"),
    [
        ("Gibbs inequality", "pinsker", "means both kl_nonneg and pinsker"),
        ("kl self", "pinsker", "means both kl_self and pinsker"),
        ("something", "no_such", "there is no such theorem"),
    ],
)
def test_an_ambiguous_alias_is_refused(alias: str, name: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ledger.ALIASES, alias, name)
    with pytest.raises(ValueError, match=why):
        ledger.aliases()


def test_an_alias_is_not_the_name_of_a_lemma() -> None:
    source = library.certificate_text("kl_self").replace('"uses": {}', '"uses": {"gibbs":"0"}')
    source = re.sub(r'^"uses": .*$', '"uses": {"gibbs":"0"},', source, flags=re.MULTILINE)
    with pytest.raises(Refused, match="there is no certificate for the lemma 'gibbs'"):
        library.check_text(source)


# --- not a ledger --------------------------------------------------------------------------------------------------


def nested(depth: int) -> str:
    return TEXT.replace('"aliases": []', '"aliases": ' + "[" * depth + "]" * depth, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "expected JSON"),
        ("{", "expected JSON"),
        (b"\xff\xfe\xff", "expected JSON"),
        ("[]", "expected it to be an object with the keys format, rocq, theorems, got list"),
        ("{}", "expected it to be an object with the keys format, rocq, theorems"),
        (TEXT.replace("ledger 2", "ledger 1"), "expected 'format' to be 'kl_symbolic ledger 2', got 'kl_symbolic led"),
        (nested(10), "theorem 'abs_add_le': expected 'aliases' to be a list of texts"),
        ("[" * 200_000, "it is nested too deeply|expected JSON"),
        ("1" * 5000, "expected JSON|expected it to be an object"),
        (" " * 4_000_001, "expected at most 4000000 bytes"),
    ],
)
def test_a_text_that_is_not_a_ledger_is_refused(text: str | bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(BadLedger, match=f"^ledger.json: .*({why})"):
        read_ledger(written(tmp_path, text))


def deep(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"x": found}
    return found


def change(where: str, value: object) -> Callable[[dict[str, Any]], None]:
    def changing(data: dict[str, Any]) -> None:
        *above, last = where.split(".")
        for key in above:
            data = data[key]
        data[last] = value

    return changing


@pytest.mark.parametrize(
    ("where", "value", "why"),
    [
        ("theorems", [], "expected 'theorems' to be an object, got list"),
        ("rocq", {}, "expected 'rocq' to be an object with the keys prelude, version"),
        ("rocq.version", "8.16.1 <b>", "expected 'version' to be a version of Coq such as 8.16.1"),
        ("rocq.version", 8, "expected 'version' to be a text, got 8"),
        ("rocq.prelude", "abc", "expected 'prelude' to be a SHA-256 in 64 digits, or empty, got 'abc'"),
        ("theorems.../etc", {}, "the name|theorem"),
        ("theorems.log_one", 1, "theorem 'log_one': expected it to be an object with the keys"),
        ("theorems.log_one.more", 1, "theorem 'log_one': expected it to be an object with the keys"),
        ("theorems.log_one.axioms", "log_mul", "theorem 'log_one': expected 'axioms' to be a list of texts"),
        ("theorems.log_one.axioms", [1], "expected 'axioms' to be a list of texts, got list"),
        ("theorems.log_one.statement", None, "expected 'statement' to be a text, got None"),
        ("theorems.log_one.digest", "Z" * 64, "expected 'digest' to be a SHA-256"),
        ("theorems.log_one.rocq.rechecked", "yes", "expected 'rechecked' to be true or false, got 'yes'"),
        ("theorems.log_one.verification.digits", True, "expected 'digits' to be a whole number, got True"),
        ("theorems.log_one.verification.points", 1.5, "expected 'points' to be a whole number, got float"),
        ("theorems.log_one.example", [[]], "expected 'example' to be a list of objects, got list"),
        ("theorems.log_one.example", [deep(200)], "theorem 'log_one': 'example' is nested too deeply"),
        ("theorems.log_one.source", "x" * 3, ""),
    ],
)
def test_a_part_of_the_wrong_shape_is_named(where: str, value: object, why: str, tmp_path: Path) -> None:
    data = few()
    if where == "theorems.../etc":
        data["theorems"]["../etc"] = value
    else:
        change(where, value)(data)
    path = written(tmp_path, json.dumps(data))
    if not why:  # the twin that is a ledger
        assert read_ledger(path).theorems["log_one"].source == value
        return
    with pytest.raises(BadLedger, match=why):
        read_ledger(path)


def shipped(monkeypatch: pytest.MonkeyPatch, path: Path) -> Ledger:
    """Return the ledger in a file as the shipped one is read."""
    monkeypatch.setattr(library, "directory", lambda: path.parent)
    return library.ledger.__wrapped__()


def test_the_shipped_ledger_refuses_a_malformed_entry_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data: dict[str, Any] = json.loads(TEXT)
    data["theorems"]["log_one"]["axioms"] = "log_mul"
    path = written(tmp_path, json.dumps(data))
    found = shipped(monkeypatch, path)
    assert found.theorems["log_div"] == read_ledger(written(_made(tmp_path / "good"), TEXT)).theorems["log_div"]
    assert found.theorems.get("no_such") is None
    why = "ledger.json: theorem 'log_one': expected 'axioms' to be a list of texts, got 'log_mul'"
    for asking in (lambda: found.theorems["log_one"], lambda: found.titles, lambda: read_ledger(path)):
        with pytest.raises(BadLedger) as caught:
            asking()
        assert str(caught.value) == why


def test_a_page_needs_the_entry_of_its_theorem_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data: dict[str, Any] = json.loads(TEXT)
    data["theorems"]["log_one"]["axioms"] = "log_mul"
    path = written(tmp_path, json.dumps(data))
    with monkeypatch.context() as patch:
        found = shipped(patch, path)
    monkeypatch.setattr(library, "ledger", lambda: found)
    assert cli.main(["show", "log_pow"]) == 0
    assert "50 digits" in capsys.readouterr().out
    assert cli.main(["show", "log_one"]) == 2
    assert "theorem 'log_one': expected 'axioms' to be a list of texts" in capsys.readouterr().err


def test_the_shipped_ledger_is_what_is_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, TEXT)
    found, whole = shipped(monkeypatch, path), read_ledger(path)
    assert list(found.theorems) == list(whole.theorems) == sorted(json.loads(TEXT)["theorems"])
    assert (found, whole.titles) == (whole, found.titles)
    monkeypatch.setattr(library, "directory", lambda: tmp_path / "nothing")
    assert library.ledger.__wrapped__() == Ledger("", "", {})


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory


# --- nothing in it makes a theorem -----------------------------------------------------------------------------------


def test_an_edited_ledger_proves_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = library.ledger()
    entry = replace(before.theorems["log_one"], statement="⊢ 0 = 1", name="false")
    edited = {**before.theorems, "false": entry, "log_one": replace(entry, name="log_one", title="Zero is one")}
    monkeypatch.setattr(library, "ledger", lambda: replace(before, theorems=edited))
    for said in ("false", "no such theorem"):
        with pytest.raises(library.NoSuchTheorem):
            library.theorem(said)
    assert statement(library.theorem("Zero is one")) == "⊢ log(1) = 0"
    assert cli.main(["axioms", "log_one"]) == 0
    assert capsys.readouterr().out.startswith("log_one: ⊢ log(1) = 0\n")


def test_an_edited_ledger_is_out_of_date(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kl_symbolic.book import build

    theorems = {"log_one": library.theorem("log_one")}
    monkeypatch.setattr(build, "library", lambda progress=None: theorems)
    monkeypatch.setattr(build, "NARRATIVES", {})
    build.build(tmp_path / "book")
    assert build.stale(tmp_path / "book") == []
    path = tmp_path / "book" / LEDGER
    good = path.read_text(encoding="utf-8")
    for wrong in (good.replace("⊢ log(1) = 0", "⊢ log(1) = 1"), good.replace('"digits":50', '"digits":90'), "spoiled"):
        assert wrong != good
        path.write_text(wrong, encoding="utf-8")
        assert build.stale(tmp_path / "book") == [LEDGER]
    assert [p.name for p in build.build(tmp_path / "book")] == [LEDGER]
    assert path.read_text(encoding="utf-8") == good


def test_a_spoiled_ledger_is_said_and_no_obstacle_for_a_theorem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "{")
    monkeypatch.setattr(library, "ledger", lambda: read_ledger(path))
    assert library.theorem("log_one").name == "log_one"
    assert cli.main(["list"]) == 2
    assert capsys.readouterr().err.startswith("kl-symbolic: error: ledger.json: expected JSON")
    assert cli.main(["derive", "log_one"]) == 2
    assert capsys.readouterr().err.startswith("kl-symbolic: error: ledger.json: expected JSON")


def test_list_prints_what_a_replay_says(capsys: pytest.CaptureFixture[str]) -> None:
    width = max(map(len, library.names()))
    replayed = [
        f"{name:{width}}  {contents.titles()[name]}: {statement(library.theorem(name))}" for name in library.names()
    ]
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == replayed


def test_list_replays_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def check(*args: object) -> None:
        raise AssertionError("a certificate was replayed")

    monkeypatch.setattr(library, "check", check)
    assert cli.main(["list"]) == 0
    assert any(row.endswith("⊢ kl(p, p) = 0") for row in capsys.readouterr().out.splitlines())
