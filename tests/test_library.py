"""The library: certificates are found, replayed in order, and refused when their lemmas are missing or circular."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kl_symbolic import library
from kl_symbolic.book.contents import table
from kl_symbolic.kernel import Refused, canonical_statement, check, digest
from kl_symbolic.kernel.certificate import FORMAT, dump
from kl_symbolic.rocq.running import GROUND

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
    # Folders side by side are not a library by themselves: a ledger makes them one.
    assert refusal(path).reason == "there is no certificate for the lemma 'one'"
    (tmp_path / library.LEDGER).touch()
    assert library.check_file(path).name == "two"
    # What is beside it comes first, and where it does not prove the lemma, the others are looked at.
    put(coins, "one").write_text("spoiled", encoding="utf-8")
    assert library.check_file(path).name == "two"
    put(basics, "one").write_text("spoiled too", encoding="utf-8")
    assert refusal(path).reason.startswith("the lemma 'one' is refused: not JSON")


def test_files_of_a_tree_are_accepted_in_any_order() -> None:
    few = ["kl_nonneg", "rel_entr_tangent", "log_div", "log_one", "coin_flips"]
    for order in (few, few[::-1]):
        paths = [library.certificate_path(name) for name in order]
        shelf = library.Library(paths)
        assert [shelf.check(path).name for path in paths] == order


def other_statement(name: str) -> str:
    """Return a certificate of another statement under the name of a shipped theorem."""
    return certificate("one").replace('"name": "one"', f'"name": "{name}"')


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_that_proves_something_else_under_the_name_of_a_lemma_is_not_taken(tmp_path: Path, order: int) -> None:
    good = tmp_path / ("kl_nonneg" + library.SUFFIX)
    good.write_text(library.certificate_text("kl_nonneg"), encoding="utf-8")
    (lemma, *_) = library.theorem("kl_nonneg").uses
    evil = tmp_path / "evil.klcert.json"
    evil.write_text(other_statement(lemma), encoding="utf-8")
    shelf = library.Library([good, evil][::order])
    found = [shelf.check(path) for path in [good, evil][::order]][::order]
    assert [theorem.name for theorem in found] == ["kl_nonneg", lemma]
    assert found[0].conclusion == library.theorem("kl_nonneg").conclusion
    # Where nothing else is found, it is refused for what it is: another statement.
    alone = put(tmp_path, "two", "one")
    (tmp_path / ("one" + library.SUFFIX)).write_text(
        library.certificate_text("log_one").replace('"name": "log_one"', '"name": "one"'), encoding="utf-8"
    )
    assert refusal(alone).reason == "the lemma 'one' has another statement"


def test_a_file_that_claims_a_lemma_and_does_not_prove_it_is_passed_over(tmp_path: Path) -> None:
    (lemma, *_) = library.theorem("kl_nonneg").uses
    good, evil = tmp_path / "good.klcert.json", tmp_path / "evil.klcert.json"
    good.write_text(library.certificate_text("kl_nonneg"), encoding="utf-8")
    text = library.certificate_text(lemma)
    evil.write_text(
        text[: text.index('"lines"')] + '"lines": [\n["refl",[],[]]\n],\n"story": []\n}\n', encoding="utf-8"
    )
    shelf = library.Library([evil, good])
    assert shelf.check(good).name == "kl_nonneg"
    with pytest.raises(Refused):
        shelf.check(evil)


def test_a_lemma_that_leads_back_is_passed_over_for_another_file_of_it(tmp_path: Path) -> None:
    one, two = put(tmp_path, "one", "two"), put(tmp_path, "two", "one")
    assert refusal(two).reason == "a theorem rests on itself"
    assert refusal(one).reason == "a theorem rests on itself"
    other = tmp_path / "other.json"
    other.write_text(certificate("one"), encoding="utf-8")
    shelf = library.Library([one, two, other])
    assert [shelf.check(path).name for path in (two, one, other)] == ["two", "one", "one"]


def test_a_spoiled_file_among_the_given_ones_does_not_stand_in_the_way(tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.json"
    spoiled.write_bytes(b"\xff\xff")
    assert library.check_file(put(tmp_path, "one"), [spoiled, tmp_path / "missing.json"]).name == "one"
    found = refusal(spoiled)
    assert (found.reason, found.parts) == ("the file is not UTF-8 text", {"at_byte": 0})


def test_an_unreadable_file_is_not_a_refusal_but_an_unreadable_lemma_is(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        library.check_file(tmp_path / "missing.json")
    with pytest.raises(OSError, match="directory"):
        library.check_file(tmp_path)


@pytest.mark.parametrize("name", ["../one", "/etc/passwd", "", "a b", "a" * 101, "ⅹ"])
def test_a_lemma_name_is_not_a_path(tmp_path: Path, name: str) -> None:
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
    assert {p.name for p in library.directory().iterdir() if p.is_dir()} == {file.partition(".")[0] for file in table()}


# --- the wheel -------------------------------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[1]

LARGEST_WHEEL = 1_620_000
"""How many bytes a wheel may have: the code is 1 MB of it, the certificates 0.25, KaTeX and its fonts 0.1, what is written
by hand for Coq 0.04; the pages would be several more."""


def built(out: Path, root: Path, *kinds: str) -> list[Path]:
    """Build distributions; return their files in the order of the kinds."""
    targets = [word for kind in kinds for word in ("-t", kind)]
    command = [sys.executable, "-m", "hatchling", "build", *targets, "-d", str(out)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return [next(out.glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[kind])) for kind in kinds]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), ROOT, "wheel")[0]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory that holds the unpacked wheel, and nothing else of the project."""
    where = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(where)
    return where


def running(installed: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run Python with an unpacked wheel, away from the checkout."""
    command, env = [sys.executable, *args], {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(command, cwd=installed.parent, env=env, capture_output=True, text=True, encoding="utf-8")


def printed(installed: Path, program: str) -> list[str]:
    done = running(installed, "-c", program)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_the_wheel_is_small_and_carries_one_archive_and_no_pages(wheel: Path) -> None:
    assert wheel.stat().st_size <= LARGEST_WHEEL
    with zipfile.ZipFile(wheel) as file:
        files = file.namelist()
    assert [name for name in files if "derivations" in Path(name).parent.parts or name.endswith("derivations.xz")] == [
        "kl_symbolic/derivations.xz"
    ]
    assert [name for name in files if name.endswith((".tex", ".pyc", library.SUFFIX)) or "hatch" in name] == []
    by_hand = {f"kl_symbolic/rocq/{name.removeprefix('kl_')}.v" for name in GROUND}
    assert {name for name in files if name.endswith(".v")} == by_hand


def test_the_archive_holds_every_certificate_and_the_ledger_as_they_are(installed: Path) -> None:
    own = library.directory()
    expected = {library.certificate_path(name): library.certificate_text(name) for name in library.names()}
    expected[own / library.LEDGER] = (own / library.LEDGER).read_text(encoding="utf-8")
    with lzma.open(installed / "kl_symbolic" / "derivations.xz", "rt", encoding="utf-8", newline="") as archive:
        sizes = json.loads(archive.readline())
        whole = archive.read()
    found, data = {}, whole.encode()
    for name, size in sizes.items():
        found[own / name], data = data[:size].decode(), data[size:]
    assert (found, data) == (expected, b"")


@pytest.mark.slow
def test_a_wheel_has_the_same_bytes_whenever_and_from_whatever_it_is_built(wheel: Path, tmp_path: Path) -> None:
    (source,) = built(tmp_path / "sdist", ROOT, "sdist")
    with tarfile.open(source) as file:
        file.extractall(tmp_path / "unpacked", filter="data")
    (root,) = (tmp_path / "unpacked").iterdir()
    for path in root.rglob("*.klcert.json"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    (again,) = built(tmp_path / "again", root, "wheel")
    assert again.read_bytes() == wheel.read_bytes()


def test_an_editable_installation_has_no_archive(tmp_path: Path) -> None:
    program = f"from hatchling.build import build_editable; print(build_editable({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as file:
        assert [name for name in file.namelist() if name.endswith("derivations.xz")] == []


def test_an_installed_package_has_all_names_and_replays_lemmas_before_what_cites_them(installed: Path) -> None:
    program = (
        "from kl_symbolic import library\n"
        "print(library.directory().relative_to(library.directory().parent.parent).as_posix())\n"
        "print(*library.names())\n"
        "print(*library.ledger().theorems)\n"
        'found = library.theorem("Gibbs\' inequality")\n'
        "print(found.name, *found.uses)\n"
        "print(library.check_file(library.certificate_path('kl_nonneg')).name)\n"
        "print(library.certificate_path('log_one').relative_to(library.directory()).as_posix())\n"
    )
    own = library.theorem("kl_nonneg")
    assert own.uses, "a theorem with lemmas"
    assert printed(installed, program) == [
        "kl_symbolic/derivations.xz",
        " ".join(library.names()),
        " ".join(library.names()),
        " ".join((own.name, *own.uses)),
        "kl_nonneg",
        "foundations/log_one.klcert.json",
    ]


def test_an_installed_package_shows_what_the_checkout_shows(installed: Path) -> None:
    shown = ["-m", "kl_symbolic", "show", "llr_per_flip"]
    done, own = running(installed, *shown), running(ROOT, *shown)
    assert (done.returncode, done.stderr) == (0, "")
    assert "50 digits" in done.stdout  # which is in the ledger only
    assert done.stdout == own.stdout


def test_a_certificate_elsewhere_may_cite_those_of_an_installed_package(installed: Path, tmp_path: Path) -> None:
    own = library.certificate_path("kl_nonneg")
    path = tmp_path / own.name
    path.write_text(library.certificate_text("kl_nonneg"), encoding="utf-8")
    check = f"from pathlib import Path; from kl_symbolic import library; print(library.check_file({str(path)!r}).uses)"
    assert printed(installed, check) == [str(library.theorem("kl_nonneg").uses)]
    lemma = library.theorem("kl_nonneg").uses[0]
    # A spoiled file of this name beside it does not stand in the way of the shipped one.
    (tmp_path / (lemma + library.SUFFIX)).write_text("spoiled", encoding="utf-8")
    done = running(installed, "-m", "kl_symbolic", "check", str(path))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("args", [["book", "build"], ["book", "check"], ["rocq", "--all", "--run", "--record"]])
def test_an_installed_package_is_not_written_to(installed: Path, args: list[str]) -> None:
    before = (installed / "kl_symbolic" / "derivations.xz").read_bytes()
    done = running(installed, "-m", "kl_symbolic", *args)
    assert done.returncode == 2
    assert done.stderr.startswith("kl-symbolic: error: this is an installed package and not a checkout: ")
    assert (installed / "kl_symbolic" / "derivations.xz").read_bytes() == before


def archived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an archive of one certificate the shipped one; return its path."""
    path, data = tmp_path / "derivations.xz", certificate("one").encode()
    sizes = json.dumps({"basics/one" + library.SUFFIX: len(data)})
    path.write_bytes(lzma.compress(sizes.encode() + b"\n" + data))
    monkeypatch.setattr(library, "directory", lambda: path)
    return path


def test_a_member_that_the_archive_does_not_have_is_a_file_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archived(tmp_path, monkeypatch)
    assert library.check_file(path / "basics" / ("one" + library.SUFFIX)).name == "one"
    for missing in (path / "basics" / ("two" + library.SUFFIX), path / "basics", path):
        with pytest.raises(FileNotFoundError, match="No such file"):
            library.check_file(missing)
    assert library.ledger.__wrapped__() == library.Ledger("", "", {})


def test_a_damaged_archive_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archived(tmp_path, monkeypatch)
    good = path.read_bytes()
    member = path / "basics" / ("one" + library.SUFFIX)
    turned = good[:40] + bytes([good[40] ^ 1]) + good[41:]
    for number, bad in enumerate((good[:-30], turned, b"", lzma.compress(b"no size\n"), lzma.compress(b"one line"))):
        path = path.with_name(f"{number}.xz")
        path.write_bytes(bad)
        monkeypatch.setattr(library, "directory", lambda path=path: path)
        with pytest.raises(library.BadArchive, match="the archive is damaged"):
            library.check_file(path / member.relative_to(member.parents[1]))


def test_a_python_without_lzma_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archived(tmp_path, monkeypatch)
    monkeypatch.setitem(sys.modules, "lzma", None)
    with pytest.raises(library.BadArchive, match="built without the module lzma"):
        library.check_file(path / "basics" / ("one" + library.SUFFIX))


def test_the_installed_layout_is_preferred_and_a_stranger_beside_it_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "kl_symbolic"
    package.mkdir()
    put(_made(tmp_path / "derivations"), "stranger")
    monkeypatch.setattr(library, "__file__", str(package / "library.py"))
    find = library.directory.__wrapped__
    assert find() == package / "derivations.xz"
    (tmp_path / "pyproject.toml").touch()
    assert find() == tmp_path / "derivations"
    (package / "derivations.xz").touch()
    assert find() == package / "derivations.xz"


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


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gibbs", "kl_nonneg"),
        ("Gibbs", "kl_nonneg"),
        ("information inequality", "kl_nonneg"),
        ("Kullback–Leibler divergence", "die_rolls"),
        ("relative entropy", "die_rolls"),
        ("DPI", "kl_kernel_le"),
        ("log-sum", "log_sum_le"),
        ("method of types", "type_class_card_le"),
        ("The source coding theorem", "code_length_ge_entropy"),
        ("Jensen-Shannon", "js_nonneg"),
    ],
)
def test_the_names_that_people_use(name: str, found: str) -> None:
    assert library.find(name) == found


@pytest.mark.parametrize(
    ("words", "some"),
    [
        (["entropy"], "entropy_nonneg"),
        (["ENTROPY", "nonnegative"], "entropy_nonneg"),
        (["cross-entropy"], "cross_entropy_identity"),
        (["crossentropy"], "cross_entropy_identity"),
        (["Shannon's"], "shannon_code_ge"),
        (["kullback"], "die_rolls"),
    ],
)
def test_words_find_theorems(words: list[str], some: str) -> None:
    assert some in library.search(words)
    assert set(library.search(words, statements=False)) <= set(library.search(words))
    assert library.search([*words, "no_such_word"]) == ()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("jensen", "; with these words: js_nonneg, "),
        ("conditional entropy", "; with these words: "),
        ("entropy", "; `kl-symbolic list entropy` shows all "),
        ("gibs", "; near it: gibbs (kl_nonneg)"),
        ("pinskr", "; near it: pinsker"),
        ("", "; `kl-symbolic list` shows all names"),
        ("xyzzy", "; `kl-symbolic list` shows all names"),
    ],
)
def test_a_name_that_nothing_has_is_answered_with_what_is_near(name: str, hint: str) -> None:
    with pytest.raises(library.NoSuchTheorem) as caught:
        library.find(name)
    assert hint in str(caught.value)
