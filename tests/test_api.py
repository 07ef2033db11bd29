"""The names of the package, and theorems and derivations as people use them."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import kernel, library
from kl_symbolic._moved import MOVED
from kl_symbolic.api import Theorem, certify, is_author, load
from kl_symbolic.language.printer import text
from kl_symbolic.render.latex import derivation_formula
from kl_symbolic.render.model import document_of_theorem

from .support.lanes import sampled

ROOT = Path(__file__).resolve().parent.parent


def fresh(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


# --- the package -----------------------------------------------------------------------------------------------------


def test_every_public_name_is_there_and_written_where_the_table_says() -> None:
    assert kl.__all__ == sorted(kl.__all__)
    for name in kl.__all__:
        value = getattr(kl, name)
        assert (value.__name__ if name in ("families", "plots") else value.__module__).startswith("kl_symbolic"), name
    assert set(kl.__all__) <= set(dir(kl))


def test_the_table_and_the_names_for_type_checkers_agree() -> None:
    source = Path(kl.__file__).read_text(encoding="utf-8")
    typed = {line.split(" as ")[1] for line in source.splitlines() if line.startswith("    from .") and " as " in line}
    assert typed == set(kl.__all__)


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="module 'kl_symbolic' has no attribute 'nothing'"):
        _ = kl.nothing  # type: ignore[attr-defined]


def test_importing_the_package_imports_nothing_of_it() -> None:
    program = (
        "import sys, kl_symbolic\nprint([m for m in sys.modules if m.startswith(('kl_symbolic.', 'sympy', 'numpy'))])"
    )
    assert fresh(program) == "['kl_symbolic._moved']\n"


@pytest.mark.parametrize(("old", "new"), MOVED.items())
def test_the_old_name_of_a_module_says_the_new_one(old: str, new: str) -> None:
    with pytest.raises(
        ModuleNotFoundError, match=rf"^No module named 'kl_symbolic\.{old}': it is 'kl_symbolic\.{new}' now$"
    ):
        import_module(f"kl_symbolic.{old}")
    import_module(f"kl_symbolic.{new}")


def test_a_module_inside_a_moved_package_is_named_too() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"it is 'kl_symbolic\.proving\.tactics' now"):
        import_module("kl_symbolic.tactics.facts")


def test_a_module_that_never_existed_is_not_found_as_usual() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'kl_symbolic\.nothing'$"):
        import_module("kl_symbolic.nothing")


def test_checking_a_theorem_through_the_package_needs_no_computer_algebra() -> None:
    program = (
        "import sys, kl_symbolic as kl\n"
        "theorem = kl.theorem('kl_nonneg')\n"
        "print(theorem.name, theorem.axioms, len(theorem.certificate()) > 1000, str(theorem)[:10])\n"
        "print([m for m in ('sympy', 'mpmath', 'numpy') if m in sys.modules])\n"
    )
    assert fresh(program) == "kl_nonneg ('log_le', 'log_mul', 'xlogy_def') True kl_nonneg:\n[]\n"


# --- theorems --------------------------------------------------------------------------------------------------------


def test_a_theorem_in_sympy() -> None:
    theorem = kl.theorem("log_le_sub_one")
    x = sympy.Symbol("x", positive=True)
    assert theorem.statement == sympy.Le(sympy.log(x), x - 1, evaluate=False)
    assert [str(h) for h in theorem.hypotheses] == ["0 < x"]


@pytest.mark.parametrize("name", sampled(library.names(), 40))
def test_every_theorem_has_a_sympy_statement(name: str) -> None:
    theorem = kl.theorem(name)
    spaces = [n for n, (_, sort) in theorem.checked.scope.items() if sort in ("domain", "interval")]
    if spaces:
        # SymPy has no name for any domain.
        with pytest.raises(kl.Refused, match="has no counterpart in SymPy"):
            _ = [theorem.statement, *theorem.hypotheses]
        return
    if name == "int_log_change_open":
        # That log(a) < log(b) is not read from a < b.
        with pytest.raises(kl.Refused, match="may be in the wrong order"):
            _ = theorem.hypotheses
        return
    assert theorem.statement is not None
    assert len(theorem.hypotheses) == len(theorem.checked.hypotheses)


def test_a_theorem_says_what_it_is() -> None:
    theorem = kl.theorem("kl_self")
    assert str(theorem) == "kl_self: forall i in X: 0 <= p[i] ⊢ kl(p, p) = 0"
    assert repr(theorem) == f"<Theorem {theorem}>"
    assert theorem.certificate() == library.certificate_text("kl_self")
    assert theorem == kl.theorem("kl_self") != kl.theorem("kl_nonneg")


@pytest.mark.parametrize("fake", [None, "0 = 1", object()])
def test_only_what_the_kernel_checked_is_a_theorem(fake: object) -> None:
    with pytest.raises(TypeError, match="expected a theorem that the kernel checked"):
        Theorem(fake)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        kl.Derivation(fake)  # type: ignore[arg-type]
    assert Theorem(library.theorem("log_one")).name == "log_one"


def test_an_unknown_theorem() -> None:
    with pytest.raises(kl.NoSuchTheorem, match="near it: kl_nonneg"):
        kl.theorem("kl_noneg")
    with pytest.raises(KeyError):
        kl.derive("nothing at all")


def test_check_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(library.certificate_text("log_one"), encoding="utf-8")
    assert kl.check(path) == kl.theorem("log_one")
    path.write_text(library.certificate_text("log_one").replace("log_one", "log_two", 1), encoding="utf-8")
    assert kl.check(path).name == "log_two"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(kl.Refused):
        kl.check(path)


# --- derivations -----------------------------------------------------------------------------------------------------


def test_a_derivation_in_every_format() -> None:
    found = kl.derive("coin_flips_finite")
    assert str(found) == found.to_text()
    assert found.to_text().startswith("The log-likelihood ratio of two coins, per flip\n=")
    assert "```math" in found.to_markdown()
    inside = found.to_latex(width="38.6em").removeprefix("\\begingroup\\sloppy\n").removesuffix("\\par\\endgroup\n")
    assert inside in found.to_latex(document=True)
    assert found.to_latex(document=True).startswith("\\documentclass")
    assert repr(found).startswith("<Derivation of coin_flips_finite: 0 < p1")


def test_the_steps_are_the_lines_that_the_author_shows() -> None:
    found = kl.derive("coin_flips_finite")
    assert found.theorem == kl.theorem("coin_flips_finite")
    assert found.steps
    for step in found.steps:
        line = found.checked.lines[step.number]
        assert step.rule == line.rule
        assert str(step).startswith(step.statement)
        assert step.reason in str(step)
    assert [s.number for s in found.steps] == [e[1] for e in found.checked.story if e[0] == "step"]


def test_a_notebook_gets_mathematics_between_dollars() -> None:
    found = kl.derive("coin_flips")
    shown = found._repr_markdown_()
    assert "```" not in shown
    assert "$`" not in shown
    assert shown.count("$$\n") == 2 * found.to_markdown().count("```math")
    assert found._repr_latex_() == rf"$\displaystyle {derivation_formula(document_of_theorem(found.checked))}$"
    assert "section" not in found._repr_latex_()


# --- proving ---------------------------------------------------------------------------------------------------------


def test_prove_answers_with_a_theorem_a_counterexample_or_unknown() -> None:
    found = kl.prove("log(x/y) <= x/y - 1", given=["0 < x", "0 < y"])
    assert isinstance(found, kl.Theorem)
    assert str(found).endswith("0 < x, 0 < y ⊢ log(x/y) <= x/y - 1")
    assert isinstance(kl.prove("log(x + y) = log(x) + log(y)", given=["0 < x", "0 < y"]), kl.Counterexample)


def test_assert_proved_fails_on_what_is_not_proved() -> None:
    assert kl.assert_proved("x <= 2", given=["x < 2"]).axioms == ()
    with pytest.raises(AssertionError, match="false: x <= 1") as caught:
        kl.assert_proved("x <= 1", given=["x < 2"])
    assert isinstance(caught.value, kl.NotProved)


# --- authors ---------------------------------------------------------------------------------------------------------


def test_certify_runs_and_checks() -> None:
    @kl.derivation("log_cube")
    def cube(d: object) -> None:
        d.positive("x")  # type: ignore[attr-defined]
        d.start("log(x*x*x)")  # type: ignore[attr-defined]
        d.eq("3*log(x)", because="the log of a product")  # type: ignore[attr-defined]

    assert is_author(cube)
    theorem = certify(cube)
    assert isinstance(theorem, kernel.CheckedTheorem)
    assert theorem.name == "log_cube"


def test_certify_refuses_a_function_without_a_mark_and_one_that_shows_nothing() -> None:
    with pytest.raises(TypeError, match="expected a function marked by @derivation"):
        certify(print)

    @kl.derivation("empty")
    def empty(d: object) -> None:
        pass

    with pytest.raises(kl.Refused, match="the derivation shows nothing"):
        certify(empty)


def test_load_returns_the_marked_functions_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        "from dataclasses import dataclass\n"
        "from kl_symbolic import derivation\n"
        "from kl_symbolic.theory.foundations.basics import log_one\n"
        "@dataclass\nclass Beside:\n    x: 'int'\n"
        "@derivation('b')\ndef second(d): pass\n"
        "@derivation('a')\ndef first(d): pass\n"
        "def unmarked(d): pass\n",
        encoding="utf-8",
    )
    assert [f.__name__ for f in load(path)] == ["second", "first"]  # type: ignore[attr-defined]
    with pytest.raises(ImportError, match="expected a Python file"):
        load(tmp_path / "mine.txt")


def test_load_refuses_two_derivations_of_one_name_and_finds_those_without_one(tmp_path: Path) -> None:
    path = tmp_path / "dup.py"
    head = "from kl_symbolic import derivation\n@derivation('same')\ndef first(d): pass\n"
    path.write_text(f"{head}@derivation('same')\ndef second(d): pass\n", encoding="utf-8")
    with pytest.raises(kl.KLError, match=r"2 derivations are named same: first in line 2, second in line 4"):
        load(path)
    path.write_text(f"{head}@derivation('b')\ndef first(d): pass\nALL = [first]\ndel first\n", encoding="utf-8")
    assert [f.__kl_derivation__ for f in load(path)] == ["same", "b"]  # type: ignore[attr-defined]


# --- what prove answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        ["x < 0", "0 < x"],
        ["x < log(x)", "0 < x"],
        ["1 = 2"],
        ["x = 1", "x = 2"],
        ["z <= y", "y < z"],
    ],
)
def test_a_theorem_whose_hypotheses_contradict_each_other_says_so(given: list[str]) -> None:
    theorem = kl.prove("y = 17", given)
    assert isinstance(theorem, Theorem)
    assert "its hypotheses contradict each other" in theorem.note
    for shown in (str(theorem), theorem._repr_html_(), theorem._repr_markdown_()):
        assert "its hypotheses contradict each other" in shown
    with pytest.raises(kl.KLError, match="contradict each other"):
        assert theorem
    with pytest.raises(AssertionError, match="contradict each other"):
        kl.assert_proved("y = 17", given)
    assert kl.assert_proved("y = 17", given, allow_contradiction=True).checked == theorem.checked


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("0 <= x^2", []),
        ("x < 0 => 0 < x => 0 = 1", []),  # a negation
        ("x <= 1", ["x < 1"]),
        ("0 <= kl(p, q)", [text(h) for h in kl.theorem("kl_nonneg").checked.hypotheses]),
        ("1 <= x", ["x = 1"]),
    ],
)
def test_other_theorems_have_no_note(claim: str, given: list[str]) -> None:
    theorem = kl.prove(claim, given)
    assert isinstance(theorem, Theorem)
    assert theorem.note == ""
    assert theorem


def test_a_counterexample_and_unknown_show_themselves_where_a_truth_value_is_asked_for() -> None:
    with pytest.raises(TypeError, match=r"(?s)not a truth value.*false: x <= 1\n  at x = 2"):
        assert kl.prove("x <= 1")
    with pytest.raises(TypeError, match=r"(?s)not a truth value.*unknown: 3\*x\^2\*y\^2"):
        assert kl.prove("3*x^2*y^2 <= x^4*y^2 + x^2*y^4 + 1")


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("e^x >= 1 + x", r"exp\(1\)"),
        ("Pi > 3", r"constant: +pi"),
        ("0 < π", r"constant: +pi"),
        ("x < oo", "real numbers only; oo can stand"),
        ("x < Infinity", "real numbers only"),
        ("nan = nan", "real numbers only"),
        ("I*I = -1", "real numbers only"),
        ("0 < E", r"exp\(1\)"),
    ],
)
def test_names_of_constants_and_functions_are_not_taken_for_variables(claim: str, shown: str) -> None:
    with pytest.raises(kl.Refused, match=shown):
        kl.prove(claim)


def test_a_name_of_a_constant_that_is_declared_is_a_variable() -> None:
    assert isinstance(kl.prove("e^2 >= 0", names={"e": "number"}), Theorem)
    assert isinstance(kl.prove("forall i in E: 0 <= p[i]^2"), Theorem)
    assert isinstance(kl.prove(sympy.exp(sympy.Symbol("e", real=True)) >= 1 + sympy.Symbol("e", real=True)), Theorem)


JOINT = {"X": "set", "Y": "set", "Z": "set", "r": "X, Y, Z -> number"}
DISTRIBUTION = [
    "forall i in X: forall j in Y: forall k in Z: 0 <= r[i, j, k]",
    "sum(i in X: sum(j in Y: sum(k in Z: r[i, j, k]))) = 1",
]


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("mutual_info(i in X: j in Y: sum(k in Z: r[i, j, k])) = 0", "cond_mutual_info(r) = 0"),
        ("cond_mutual_info(r) = 0", "mutual_info(i in X: j in Y: sum(k in Z: r[i, j, k])) = 0"),
        (
            "mutual_info(i in X: j in Y: sum(k in Z: r[i, j, k])) = 0",
            "forall i in X: forall j in Y: forall k in Z: r[i, j, k]*sum(a in X: sum(b in Y: r[a, b, k]))"
            " = sum(b in Y: r[i, b, k])*sum(a in X: r[a, j, k])",
        ),
    ],
)
def test_independence_is_refuted_by_a_joint_distribution(claim: str, given: str) -> None:
    answer = kl.prove(claim, [*DISTRIBUTION, given], JOINT)
    assert isinstance(answer, kl.Counterexample)
    assert "r[1, 1, " in str(answer.point)


@pytest.mark.parametrize("names", [5, "x", {5: "number"}, [("x", "number")]])
def test_names_that_are_not_signatures_are_refused(names: object) -> None:
    with pytest.raises(TypeError, match="expected names as a dict of signatures"):
        kl.prove("x <= 1", names=names)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ["1000000007", "2^300", "10^400", "123456789012345678901234567891"])
def test_logarithms_of_large_numbers_are_answered(number: str) -> None:
    assert isinstance(kl.prove(f"log({number}) = x"), kl.Counterexample)


# --- derivations and numbers of the user's own -----------------------------------------------------------------------


def _log_square(d: Any) -> None:
    d.positive("x")
    d.start("log(x*x)")
    d.eq("2*log(x)", because="the log of a product is a sum of logs")


def _log_fourth(name: str) -> Any:
    @kl.derivation(name)
    def author(d: Any) -> None:
        (x,) = d.positive("x")
        d.show(d.p.cite("log_square", {"x": x}, d.p.known), "the derivation above")

    return author


def test_a_function_is_derived_and_may_cite_another_one() -> None:
    first = kl.derive(kl.derivation("log_square")(_log_square))
    assert str(first.theorem) == "log_square: 0 < x ⊢ log(x*x) = 2*log(x)"
    assert [step.reason for step in first.steps] == ["the log of a product is a sum of logs"]
    second = kl.derive(_log_fourth("log_square_again"), lemmas=[first])
    assert second.theorem.uses == ("log_square",)
    assert kl.derive(_log_fourth("other"), lemmas=[first.theorem]).theorem.name == "other"


def test_a_wrong_step_of_a_function_is_refused_with_both_sides() -> None:
    @kl.derivation("wrong")
    def wrong(d: Any) -> None:
        d.positive("x y")
        d.start("log(x + y)")
        d.eq("log(x) + log(y)", because="wishful thinking")

    with pytest.raises(kl.Refused, match=r"log\(x\) \+ log\(y\)"):
        kl.derive(wrong)


@pytest.mark.parametrize("value", [len, 7, None, lambda d: None, object()])
def test_what_is_not_a_derivation_is_refused(value: Any) -> None:
    with pytest.raises(
        TypeError, match="expected the name of a theorem, a theorem, or a function marked by @derivation"
    ):
        kl.derive(value)


def test_what_was_proved_has_a_derivation_in_every_form() -> None:
    found = kl.prove("log(x/y) <= x/y - 1", given=["0 < x", "0 < y"])
    assert isinstance(found, kl.Theorem)
    derivation = found.derivation
    assert derivation.theorem == found
    assert "log(x/y) ≤ x/y - 1" in derivation.to_text()
    assert r"\log" in derivation.to_latex()
    assert "claim" in derivation._repr_html_()
    assert kl.derive(found) == derivation == kl.derive(derivation)


def test_show_prints_outside_a_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    found = kl.prove("x <= 1", given=["x < 1"])
    assert isinstance(found, kl.Theorem)
    kl.show(found)
    assert capsys.readouterr().out == found.derivation.to_text().rstrip("\n") + "\n"
    kl.show("log_one", format="certificate")
    assert capsys.readouterr().out == kl.theorem("log_one").certificate()
    kl.show(kl.derive("coin_flips", p=0.7, q=0.5))
    assert "0.0822828785050518" in capsys.readouterr().out
    with pytest.raises(
        ValueError, match="expected a format, one of text, latex, markdown, html, certificate; got 'doc'"
    ):
        kl.show(found, format="doc")


def test_show_displays_in_a_notebook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import sys
    from types import ModuleType, SimpleNamespace

    shown: list[object] = []
    shell, display = ModuleType("IPython"), ModuleType("IPython.display")
    shell.get_ipython = lambda: SimpleNamespace(kernel=object())  # type: ignore[attr-defined]
    display.display = shown.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    kl.show("log_one")
    assert shown == [kl.derive("log_one")]
    assert capsys.readouterr().out == ""
    kl.show("log_one", format="latex")
    assert "\\section" in capsys.readouterr().out


@pytest.mark.parametrize("base", [None, 2])
def test_numbers_from_python_are_those_of_the_command_line(
    base: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kl_symbolic.cli import main as cli

    path = tmp_path / "flips.txt"
    path.write_text("HHTHT", encoding="utf-8")
    words = ["show", "coin_flips", "--p", "7/10", "--q", "1/2", "--outcomes", str(path), "--digits", "30"]
    assert cli.main([*words, *(["--base", "2"] if base else [])]) == 0
    printed = capsys.readouterr().out
    for p, q, outcomes in (
        ("7/10", "1/2", "HHTHT"),
        (0.7, 0.5, list("HHTHT")),
        ({"H": 0.7, "T": 0.3}, {"T": 0.5, "H": 0.5}, path),
    ):
        found = kl.derive("coin_flips", p=p, q=q, outcomes=outcomes, digits=30)
        assert found.to_text(base).strip() == printed.strip()
    assert kl.derive("coin_flips", p=0.7, q=0.5, simulate=50, seed=3).reports()[1].facts["n"] == "50"
    with_numbers = kl.derive(found, p=0.6, q=0.5)
    assert with_numbers.reports()[0].facts != found.reports()[0].facts
    assert kl.derive(found).reports() == found.reports()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"p": 0.7}, "expected Q"),
        ({"p": 0.7, "q": 1.5}, "the probability of heads, between 0 and 1, got 3/2"),
        ({"p": 0.7, "q": 0.5, "digits": 0}, "expected 1 to 1000 digits"),
        ({"q": 0.5, "outcomes": "HX"}, "outcome 2 is 'X'"),
        ({"p": {"a": 1}, "q": {"a": 1}}, "is about two outcomes, got 1"),
    ],
)
def test_numbers_that_do_not_fit_are_refused_when_they_are_given(options: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        kl.derive("coin_flips", **options)


def test_what_a_label_says_does_not_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\x1b[2J\u202eb"
    found = kl.derive("die_rolls", p={hostile: "1/2", "c": "1/2"}, q={hostile: "1/3", "c": "2/3"})
    assert hostile not in str(found)
    assert r"a\x1b[2J\u202eb" in str(found)
    kl.show(found)
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)
    plain = kl.derive("die_rolls", p={"ab": "1/2", "c": "1/2"}, q={"ab": "1/3", "c": "2/3"})
    assert "\\" not in str(plain)
