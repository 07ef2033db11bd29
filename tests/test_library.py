"""The library: certificates are found, replayed in order, and refused when their lemmas are missing or circular."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library
from kl_symbolic.kernel import Refused, canonical_statement, check, digest
from kl_symbolic.kernel.certificate import FORMAT, dump
from kl_symbolic.theory import TABLE

X_IS_X = ["=", ["x"], ["x"]]


def certificate(name: str, *lines: list[Any], conclusion: Any = X_IS_X, uses: dict[str, str] | None = None) -> str:
    """Return a certificate; without lines, of x = x by arithmetic, or by the lemmas that it uses."""
    uses = dict(sorted((uses or {}).items()))
    rows = list(lines) or [["cite", [n, {"x": ["x"]}], []] for n in uses] or [["field", [X_IS_X], []]]
    if len(uses) == 2 and not lines:
        rows.append(["trans", [], [0, 1]])
    return dump(
        {
            "format": FORMAT,
            "name": name,
            "names": {"x": "number"},
            "hypotheses": [],
            "conclusion": conclusion,
            "uses": uses,
            "lines": rows,
            "story": [],
        }
    )


DIGEST = digest(check(certificate("any")))
"""Every certificate here that is not spoiled states x = x."""


def put(directory: Path, name: str, *uses: str, **more: Any) -> Path:
    path = directory / (name + library.SUFFIX)
    path.write_text(certificate(name, uses=dict.fromkeys(uses, DIGEST), **more), encoding="utf-8")
    return path


def refusal(path: Path, *among: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        library.check_file(path, among)
    return caught.value


def test_a_file_without_lemmas(tmp_path: Path) -> None:
    theorem = library.check_file(put(tmp_path, "one"))
    assert (theorem.name, theorem.uses) == ("one", ())


def test_lemmas_beside_the_file_are_replayed_first(tmp_path: Path) -> None:
    put(tmp_path, "one")
    put(tmp_path, "two", "one")
    assert library.check_file(put(tmp_path, "three", "two")).uses == ("two",)


def test_a_missing_lemma_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "two", "one")
    assert refusal(path).reason == "there is no certificate for the lemma 'one'"
    put(tmp_path, "one")
    assert library.check_file(path).name == "two"


def test_a_missing_lemma_of_a_lemma_is_named_with_the_way_to_it(tmp_path: Path) -> None:
    put(tmp_path, "two", "one")
    path = put(tmp_path, "three", "two")
    assert refusal(path).reason == "the lemma 'two' is refused: there is no certificate for the lemma 'one'"


@pytest.mark.parametrize("start", ["a", "b", "c"])
def test_a_circle_is_named_from_wherever_it_is_entered(tmp_path: Path, start: str) -> None:
    for name, cited in ("ab", "bc", "ca"):
        put(tmp_path, name, cited)
    found = refusal(tmp_path / (start + library.SUFFIX))
    turned = {"a": "a -> b -> c -> a", "b": "b -> c -> a -> b", "c": "c -> a -> b -> c"}
    assert (found.reason, found.parts) == ("a theorem rests on itself", {"circle": turned[start]})
    put(tmp_path, "c")
    assert library.check_file(tmp_path / (start + library.SUFFIX)).name == start


def test_a_theorem_that_cites_itself_and_one_that_rests_on_it(tmp_path: Path) -> None:
    assert refusal(put(tmp_path, "a", "a")).parts == {"circle": "a -> a"}
    found = refusal(put(tmp_path, "b", "a"))
    assert found.reason == "the lemma 'a' is refused: a theorem rests on itself"
    assert found.parts == {"circle": "a -> a"}


def test_a_lemma_with_another_statement(tmp_path: Path) -> None:
    path = put(tmp_path, "two", "one")
    other = ["=", ["+", ["x"], 0], ["x"]]
    put(tmp_path, "one", conclusion=other).write_text(
        certificate("one", ["field", [other], []], conclusion=other), encoding="utf-8"
    )
    assert refusal(path).reason == "the lemma 'one' has another statement"
    put(tmp_path, "one")
    assert library.check_file(path).name == "two"


def test_a_lemma_that_the_kernel_refuses(tmp_path: Path) -> None:
    path = put(tmp_path, "two", "one")
    false = ["=", ["x"], 0]
    (tmp_path / ("one" + library.SUFFIX)).write_text(certificate("one", ["field", [false], []], conclusion=false))
    wanted = "the lemma 'one' is refused: line 0 rule field: the two sides are not equal by arithmetic"
    assert refusal(path).reason == wanted


def test_a_lemma_must_have_the_name_that_is_cited(tmp_path: Path) -> None:
    path = put(tmp_path, "two", "one")
    impostor = tmp_path / ("one" + library.SUFFIX)
    impostor.write_text(certificate("uno"), encoding="utf-8")
    assert refusal(path).reason == "the file found for the lemma 'one' proves another theorem"
    impostor.write_text(certificate("one"), encoding="utf-8")
    assert library.check_file(path).name == "two"


def test_files_given_come_before_files_beside(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    given = put(tmp_path / "elsewhere", "one")
    given = given.rename(given.with_name("proof of one.json"))
    path = put(tmp_path, "two", "one")
    assert library.check_file(path, [given]).name == "two"
    put(tmp_path, "one").write_text("spoiled", encoding="utf-8")
    assert library.check_file(path, [given]).name == "two"
    assert refusal(path).reason.startswith("the lemma 'one' is refused: not JSON")


def test_lemmas_are_found_in_the_other_topics_of_a_tree(tmp_path: Path) -> None:
    basics, coins = _made(tmp_path / "basics"), _made(tmp_path / "coins")
    put(basics, "one")
    path = put(coins, "two", "one")
    # Folders side by side are no library by themselves: a ledger makes them one.
    assert refusal(path).reason == "there is no certificate for the lemma 'one'"
    (tmp_path / library.LEDGER).touch()
    assert library.check_file(path).name == "two"
    put(coins, "one").write_text("spoiled", encoding="utf-8")
    assert refusal(path).reason.startswith("the lemma 'one' is refused: not JSON")  # what is beside it comes first
    assert library.check_file(path, [basics / ("one" + library.SUFFIX)]).name == "two"


def test_files_of_a_tree_are_accepted_in_any_order() -> None:
    few = ["kl_nonneg", "rel_entr_tangent", "log_div", "log_one", "coin_flips"]
    for order in (few, few[::-1]):
        paths = [library.certificate_path(name) for name in order]
        shelf = library.Library(paths)
        assert [shelf.check(path).name for path in paths] == order


def test_a_spoiled_file_among_the_given_ones_does_not_stand_in_the_way(tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.json"
    spoiled.write_bytes(b"\xff\xfe")
    assert library.check_file(put(tmp_path, "one"), [spoiled, tmp_path / "missing.json"]).name == "one"
    found = refusal(spoiled)
    assert (found.reason, found.parts) == ("the file is not UTF-8 text", {"at_byte": 0})


def test_an_unreadable_file_is_not_a_refusal_but_an_unreadable_lemma_is(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        library.check_file(tmp_path / "missing.json")
    with pytest.raises(OSError, match="directory"):
        library.check_file(tmp_path)


@pytest.mark.parametrize("name", ["../one", "/etc/passwd", "", "a b", "a" * 101, "ⅹ"])
def test_a_lemma_name_is_no_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "below").mkdir()
    put(tmp_path, "one")
    path = put(tmp_path / "below", "two", name)
    assert refusal(path).reason == "expected the name of a lemma"


def test_a_long_chain_is_followed_and_a_longer_one_refused(tmp_path: Path) -> None:
    put(tmp_path, "c0")
    for k in range(1, library.MAX_CHAIN + 1):
        put(tmp_path, f"c{k}", f"c{k - 1}")
    assert library.check_file(tmp_path / f"c{library.MAX_CHAIN - 1}{library.SUFFIX}").name == "c199"
    found = refusal(tmp_path / f"c{library.MAX_CHAIN}{library.SUFFIX}")
    assert found.reason.endswith(f"a chain of lemmas is longer than {library.MAX_CHAIN}")


def test_each_file_is_replayed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def counting(source: str, lemmas: dict[str, Any]) -> Any:
        theorem = check(source, lemmas)
        seen.append(theorem.name)
        return theorem

    monkeypatch.setattr(library, "check", counting)
    put(tmp_path, "l0")
    for k in range(1, 12):  # 2^12 walks lead down this ladder
        put(tmp_path, f"r{k}", f"l{k - 1}")
        put(tmp_path, f"l{k}", f"l{k - 1}", *([f"r{k - 1}"] if k > 1 else []))
    shelf = library.Library()
    first = shelf.check(tmp_path / f"l11{library.SUFFIX}")
    assert shelf.check(tmp_path / f"l11{library.SUFFIX}") is first
    assert len(seen) == len(set(seen)) == 22


def test_a_text_with_its_lemmas(tmp_path: Path) -> None:
    source = certificate("two", uses={"one": DIGEST})
    with pytest.raises(Refused, match="there is no certificate for the lemma 'one'"):
        library.check_text(source)
    assert library.check_text(source, {"one": check(certificate("one"))}).name == "two"


def test_an_unreadable_list_of_lemmas_is_left_to_the_kernel(tmp_path: Path) -> None:
    path = put(tmp_path, "one")
    source = path.read_text().replace('"uses": {}', '"uses": {"a":' + "[" * 5000 + "]" * 5000 + "}")
    path.write_text(source)
    assert refusal(path).reason == "the certificate is nested too deeply"


def test_every_shipped_theorem_is_found_by_its_name() -> None:
    assert library.names(), "the checkout ships certificates"
    for name in library.names():
        theorem = library.theorem(name)
        assert theorem.name == name
        assert theorem is library.theorem(name)
        assert theorem.certificate == library.certificate_text(name)
        assert canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion)


@pytest.mark.parametrize("name", ["kl_noneg", "../divergence/kl_nonneg", ""])
def test_a_name_that_is_not_shipped(name: str) -> None:
    with pytest.raises(library.NoSuchTheorem) as caught:
        library.theorem(name)
    assert f"there is no shipped theorem {name!r}" in str(caught.value)
    assert ("kl_nonneg" in str(caught.value)) == (name != "")


def test_no_name_is_in_two_topics_and_every_topic_is_one_of_the_theory() -> None:
    found = [p.name.removesuffix(library.SUFFIX) for p in library.directory().glob("*/*" + library.SUFFIX)]
    assert sorted(found) == list(library.names())
    assert {p.name for p in library.directory().iterdir() if p.is_dir()} == {file.partition(".")[0] for file in TABLE}


def test_the_wheel_carries_certificates_and_the_ledger_and_no_pages(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        files = file.namelist()
        file.extractall(tmp_path / "installed")
    inside = "kl_symbolic/derivations/"
    shipped = {name.removeprefix(inside) for name in files if name.startswith(inside)}
    own = library.directory()
    assert shipped == {
        library.LEDGER,
        *(library.certificate_path(n).relative_to(own).as_posix() for n in library.names()),
    }
    assert [name for name in files if name.endswith((".tex", ".pyc")) or name.startswith("derivations")] == []
    program = (
        "from kl_symbolic import library\n"
        "print(library.directory().parent.name, len(library.names()), len(library.ledger().theorems))\n"
        'print(library.theorem("Gibbs\' inequality").name)\n'
    )
    where = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, **where)
    count = len(library.names())
    assert done.stdout == f"kl_symbolic {count} {count}\nkl_nonneg\n"


def test_the_installed_layout_is_preferred_and_a_stranger_beside_it_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "kl_symbolic"
    package.mkdir()
    put(_made(tmp_path / "derivations"), "stranger")
    monkeypatch.setattr(library, "__file__", str(package / "library.py"))
    find = library.directory.__wrapped__
    assert find() == package / "derivations"
    (tmp_path / "pyproject.toml").touch()
    assert find() == tmp_path / "derivations"
    (package / "derivations").mkdir()
    assert find() == package / "derivations"


def _made(directory: Path) -> Path:
    directory.mkdir()
    return directory


@pytest.mark.slow  # the command `check` of everything is tested for the same by default
def test_replaying_everything_imports_nothing_but_the_standard_library() -> None:
    program = (
        "import sys\n"
        "from kl_symbolic import library\n"
        "for name in library.names(): library.theorem(name)\n"
        "print(sorted(m for m in ('sympy', 'mpmath', 'numpy') if m in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
