"""The names of the package, and theorems and derivations as people use them."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import sympy

import kl_symbolic as kl
from kl_symbolic import kernel, library
from kl_symbolic._moved import MOVED
from kl_symbolic.api import Theorem, certify, is_author, load
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
        assert (value.__name__ if name == "plots" else value.__module__).startswith("kl_symbolic"), name
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


@pytest.mark.parametrize("name", sampled(library.names()))
def test_every_theorem_has_a_sympy_statement(name: str) -> None:
    theorem = kl.theorem(name)
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
