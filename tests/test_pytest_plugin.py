"""The pytest plugin: off unless asked for, one item for each certificate and derivation, failures that can be read."""

from __future__ import annotations

import shutil
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from kl_symbolic import library

pytest_plugins = ["pytester"]

ON = "[pytest]\nkl_symbolic = true\n"

GOOD = """
from kl_symbolic import derivation


@derivation("log_square")
def square_of_a_logarithm(d):
    (x,) = d.positive("x")
    d.start("log(x*x)")
    d.eq("2*log(x)", because="the log of a product")


@derivation("uses_it")
def uses_it(d):
    (x,) = d.positive("x")
    d.show(d.p.cite("log_square", {"x": x}, d.p.known), "the derivation above")
"""

WRONG = """
from kl_symbolic import derivation


@derivation("log_of_a_sum")
def log_of_a_sum(d):
    x, y = d.positive("x y")
    d.start("log(x + y)")
    d.eq("log(x) + log(y)", because="wishful thinking")
"""


# Where the package is not installed, as in a bare checkout, the plugin is loaded by name; else pytest finds it.
LOAD = () if entry_points(group="pytest11", name="kl_symbolic") else ("-p", "kl_symbolic.pytest_plugin")
ALONE = ("-p", "no:hypothesispytest", "-p", "no:cacheprovider")
"""Other plugins would cost most of the time."""


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    return pytester.runpytest(*LOAD, *ALONE, *args)


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini(ON)
    return pytester


def copied(pytester: pytest.Pytester, name: str, wrong: tuple[str, str] | None = None) -> Path:
    path = pytester.path / f"{name}{library.SUFFIX}"
    shutil.copy(library.certificate_path(name), path)
    if wrong is not None:
        before = path.read_text(encoding="utf-8")
        after = before.replace(*wrong)
        assert after != before
        path.write_text(after, encoding="utf-8")
    return path


def test_nothing_is_collected_unless_it_is_asked_for(pytester: pytest.Pytester) -> None:
    copied(pytester, "log_one")
    pytester.makepyfile(mine_derivation=GOOD)
    pytester.makepyfile(test_mine=GOOD)
    result = run(pytester, "--collect-only", "-q")
    assert "no tests collected" in result.stdout.str()
    pytester.makeini(ON)
    result = run(pytester, "--collect-only", "-q")
    result.stdout.fnmatch_lines(["*5 tests collected*"])


def test_certificates_are_items(project: pytest.Pytester) -> None:
    copied(project, "log_one")
    copied(project, "kl_nonneg")  # its lemmas are shipped
    result = run(project, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*kl_nonneg.klcert.json::kl_nonneg PASSED*", "*log_one.klcert.json::log_one PASSED*"])


def test_a_refused_certificate_says_line_rule_and_reason_and_nothing_else(project: pytest.Pytester) -> None:
    copied(project, "log_one", ('["pos",[["<",0,1]],[]]', '["pos",[["<",0,-1]],[]]'))
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*certificate log_one*",
            "REFUSED log_one.klcert.json line 0 rule pos: the structure of the term and the premises do not tell",
            "  goal: 0 < -1",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "kl_symbolic/" not in result.stdout.str()


def test_a_certificate_must_have_the_name_of_its_file(project: pytest.Pytester) -> None:
    copied(project, "log_one").rename(project.path / f"log_two{library.SUFFIX}")
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["log_two.klcert.json proves a theorem of another name: log_one"])


@pytest.mark.parametrize("name", ["test_mine", "mine_derivation"])
def test_derivations_are_items_wherever_they_stand(project: pytest.Pytester, name: str) -> None:
    project.makepyfile(**{name: GOOD + "\n\ndef test_beside():\n    pass\n"})
    result = run(project, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines([f"*{name}.py::square_of_a_logarithm PASSED*", f"*{name}.py::uses_it PASSED*"])


def test_one_derivation_can_be_run_alone(project: pytest.Pytester) -> None:
    project.makepyfile(mine_derivation=GOOD)
    result = run(project, "mine_derivation.py::uses_it")
    result.assert_outcomes(passed=1)


def test_imported_derivations_are_items_only_where_they_are_written(project: pytest.Pytester) -> None:
    project.makepyfile(mine_derivation=GOOD)
    project.makepyfile(
        test_other="from mine_derivation import *\nfrom kl_symbolic.theory.foundations.basics import log_one\n"
    )
    run(project).assert_outcomes(passed=2)


def test_a_file_that_pytest_collects_anyway_is_not_collected_twice(project: pytest.Pytester) -> None:
    project.makepyfile(test_my_derivation=GOOD)
    run(project).assert_outcomes(passed=2)


def test_a_refuted_derivation_shows_both_sides_and_a_point_and_no_traceback(project: pytest.Pytester) -> None:
    project.makepyfile(mine_derivation=WRONG)
    result = run(project)
    result.assert_outcomes(failed=1)
    shown = result.stdout.str()
    assert "REFUTED log_of_a_sum: step 1: the two sides are not equal" in shown
    assert "log(x + y)" in shown
    assert "log(x) + log(y)" in shown
    assert "counterexample: x = 1, y = 1" in shown
    assert "Traceback" not in shown


def test_numerically_equal_but_not_proved_is_a_failure_of_its_own_kind(project: pytest.Pytester) -> None:
    source = WRONG.replace('"log(x + y)"', '"exp(log(x + y) - log(y))"').replace('"log(x) + log(y)"', '"(x + y)/y"')
    project.makepyfile(mine_derivation=source)
    result = run(project)
    result.assert_outcomes(failed=1)
    shown = result.stdout.str()
    assert "NUMERICALLY EQUAL, BUT NOT PROVED: log_of_a_sum: step 1: " in shown
    assert "points of the hypotheses" in shown
    assert "counterexample" not in shown


def test_a_derivation_whose_lemma_fails_fails_too_and_the_others_pass(project: pytest.Pytester) -> None:
    project.makepyfile(mine_derivation=GOOD.replace('"2*log(x)"', '"3*log(x)"'))
    result = run(project)
    result.assert_outcomes(failed=2)


def test_an_error_in_the_authors_own_code_keeps_its_traceback(project: pytest.Pytester) -> None:
    project.makepyfile(mine_derivation=GOOD.replace('    d.start("log(x*x)")', "    d.start(1 // 0)"))
    result = run(project, "mine_derivation.py::square_of_a_logarithm")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*ZeroDivisionError*"])


def test_collecting_imports_no_computer_algebra(project: pytest.Pytester) -> None:
    copied(project, "log_one")
    project.makepyfile(mine_derivation=GOOD)
    project.makeconftest(
        "import sys\n"
        "def pytest_collection_finish(session):\n"
        "    assert len(session.items) == 3\n"
        "    print('imported:', [m for m in ('sympy', 'mpmath', 'numpy') if m in sys.modules])\n"
    )
    result = project.runpytest_subprocess(*LOAD, *ALONE, "--collect-only", "-s")
    result.stdout.fnmatch_lines(["imported: []"])
