"""The pytest plugin: off unless asked for, one item for each certificate and derivation, failures that can be read."""

from __future__ import annotations

import shutil
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from kl_symbolic import library
from tests.support.lanes import sampled

pytest_plugins = ["pytester"]

SILENT = "[pytest]\nfilterwarnings = default\n"
ON = f"{SILENT}kl_symbolic = true\n"
"""A run inside this process would take over what this one does with warnings."""

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
    pytester.makeini(SILENT)
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


# --- ways to a false green -------------------------------------------------------------------------------------------

WRONG_LINES = '    x, y = d.positive("x y")\n    d.start("log(x + y)")\n    d.eq("log(x) + log(y)")\n'
HEAD = "import functools, pytest\nfrom kl_symbolic import derivation\n\n"


def wrong(before: str, signature: str = "f(d)", indent: str = "") -> str:
    """Return a derivation with a false line, and what stands before it."""
    lines = [*before.splitlines(), f"def {signature}:", *WRONG_LINES.splitlines()]
    return "\n".join(indent + line for line in lines) + "\n"


FALSE = {
    "replaced by another function of its name": wrong('@derivation("a")') + "def f(): pass\n",
    "replaced by another derivation": wrong('@derivation("a")')
    + '@derivation("b")\ndef f(d):\n    d.numbers("x")\n    d.start("x")\n    d.eq("1*x")\n',
    "deleted": wrong('@derivation("a")') + "del f\n",
    "in a list": wrong("def f_of(n):\n    @derivation(f'a{n}')", "f(d)")
    .replace("def f(d)", "    def f(d)")
    .replace("\n    x,", "\n        x,")
    .replace("\n    d.", "\n        d.")
    + "    return f\nALL = [f_of(n) for n in (1, 2)]\n",
    "a static method": "class TestIt:\n" + wrong('@staticmethod\n@derivation("a")', indent="    "),
    "a static method, marked": "class Beside:\n" + wrong('@derivation("a")\n@staticmethod', indent="    "),
    "a lambda": 'f = derivation("a")(lambda d: (d.numbers("x"), d.start("x"), d.eq("2*x")))\n',
    "a default argument": wrong('@derivation("a")', "f(d, n=3)"),
    "below a wrapper that runs nothing": "def silent(f):\n    @functools.wraps(f)\n    def run(d): pass\n    return run\n"
    + wrong('@silent\n@derivation("a")'),
    "with the name of a test": wrong('@derivation("a")', "test_f(d)"),
    "with a private name": wrong('@derivation("a")', "_f(d)"),
    "empty": '@derivation("a")\ndef f(d): pass\n',
    "without a claim": '@derivation("a")\ndef f(d):\n    d.positive("x")\n    d.start("x")\n',
    "with a chain that is dropped": '@derivation("a")\ndef f(d):\n    d.positive("x")\n    d.start("x")\n    d.eq("1*x")\n'
    '    d.start("2")\n    d.eq("1 + 1")\n',
    "parametrized": wrong('@pytest.mark.parametrize("n", [1, 2])\n@derivation("a")', "f(d, n=1)"),
    "parametrized below the mark": wrong('@derivation("a")\n@pytest.mark.parametrize("n", [1, 2])', "f(d, n=1)"),
    "with fixtures that it asks for": wrong('@pytest.mark.usefixtures("tmp_path")\n@derivation("a")'),
}
"""Derivations that are wrong, and were not always run."""


@pytest.mark.parametrize("kind", sampled(FALSE, 4))
@pytest.mark.parametrize("name", sampled(["test_mine", "derivations"]))
def test_a_wrong_derivation_fails_however_it_is_bound(project: pytest.Pytester, kind: str, name: str) -> None:
    project.makepyfile(**{name: HEAD + FALSE[kind]})
    outcomes = run(project).parseoutcomes()
    assert outcomes.get("failed", 0) == (2 if kind == "in a list" else 1)
    assert set(outcomes) <= {"failed", "passed"}


REFUSED = {
    "a method": ("class TestIt:\n" + wrong('@derivation("a")', "f(self, d)", "    "), "got self, d"),
    "a class method": ("class TestIt:\n" + wrong('@classmethod\n@derivation("a")', "f(cls, d)", "    "), "got cls, d"),
    "a class method, marked": (
        "class TestIt:\n" + wrong('@derivation("a")\n@classmethod', "f(cls, d)", "    "),
        "got classmethod",
    ),
    "a method of a unittest": (
        "import unittest\nclass T(unittest.TestCase):\n" + wrong('@derivation("a")', "f(self, d)", "    "),
        "got self, d",
    ),
    "fixtures": (wrong('@derivation("a")', "f(d, tmp_path)"), "got d, tmp_path"),
    "no draft": (wrong('@derivation("a")', "f()"), "got none"),
    "a coroutine": (wrong('@derivation("a")').replace("def f", "async def f"), "whose body never runs"),
    "a generator": (wrong('@derivation("a")') + "    yield\n", "whose body never runs"),
    "marked twice": (wrong('@derivation("b")\n@derivation("a")'), "it is marked already, as a"),
    "a class": ('@derivation("a")\nclass f:\n    pass\n', "expected a function of the draft, got type"),
    "a partial": ('f = derivation("a")(functools.partial(print))\n', "expected a function of the draft, got partial"),
    "without a name": (wrong("@derivation"), 'as in @derivation("name")'),
    "a name that is none": (wrong('@derivation("\\x1b[31m")'), "expected a name of ASCII letters"),
    "a number for a name": (wrong("@derivation(3)"), "expected the name of the theorem as text, got 3"),
}
"""Functions that are refused where they are marked, and the words of the message."""


@pytest.mark.parametrize("kind", sampled(REFUSED, 3))
def test_what_could_not_be_run_is_refused_where_it_is_marked(project: pytest.Pytester, kind: str) -> None:
    source, message = REFUSED[kind]
    project.makepyfile(test_mine=HEAD + source)
    result = run(project)
    assert result.parseoutcomes() == {"error": 1} or result.parseoutcomes() == {"errors": 1}
    assert message in result.stdout.str()
    assert "\x1b[31m" not in result.stdout.str()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_derivations_of_one_name_are_both_refused_and_none_is_cited(
    project: pytest.Pytester, order: tuple[int, int]
) -> None:
    bodies = (
        '    d.numbers("x")\n    d.start("x")\n    d.eq("2*x")\n',
        '    d.numbers("x")\n    d.start("x")\n    d.eq("1*x")\n',
    )
    source = HEAD + "".join(f'@derivation("same")\ndef f{k}(d):\n{bodies[k]}\n' for k in order)
    source += (
        '@derivation("citing")\ndef citing(d):\n    (x,) = d.numbers("x")\n    d.show(d.p.cite("same", {"x": x}))\n'
    )
    project.makepyfile(test_mine=source)
    result = run(project)
    result.assert_outcomes(failed=3)
    first, second = (f"f{k} in line {line}" for k, line in zip(order, (4, 10), strict=True))
    assert f"2 derivations are named same: {first}, {second}; none is taken for the other" in result.stdout.str()
    assert "not proved, before it in the file: same" in result.stdout.str()


def test_marks_of_pytest_are_heeded(project: pytest.Pytester) -> None:
    source = wrong('@pytest.mark.skip\n@derivation("a")', "f(d)") + wrong(
        '@derivation("b")\n@pytest.mark.xfail', "g(d)"
    )
    project.makepyfile(test_mine=HEAD + source + wrong('@pytest.mark.smoke\n@derivation("c")', "h(d)"))
    run(project, "-W", "ignore").assert_outcomes(skipped=1, xfailed=1, failed=1)
    run(project, "-W", "ignore", "-m", "smoke").assert_outcomes(failed=1, deselected=2)


def test_derivations_imported_from_a_file_that_nobody_collects_are_items(project: pytest.Pytester) -> None:
    project.makepyfile(helpers=HEAD + wrong('@derivation("a")') + wrong('@derivation("b")', "g(d)"))
    project.makepyfile(test_mine="from helpers import f\n")
    result = run(project)
    assert result.parseoutcomes() == {"failed": 1, "warning": 1} or result.parseoutcomes() == {
        "failed": 1,
        "warnings": 1,
    }
    assert "helpers.py: not collected, and nothing checks b" in result.stdout.str()


@pytest.mark.parametrize("where", ["conftest", "helpers"])
def test_a_warning_tells_of_derivations_where_nothing_is_collected(project: pytest.Pytester, where: str) -> None:
    project.makepyfile(
        **{where: HEAD + wrong('@derivation("a")'), "test_mine": f"import {where}\ndef test_it(): pass\n"}
    )
    result = run(project)
    result.assert_outcomes(passed=1, warnings=1)
    assert f"{where}.py: not collected, and nothing checks a" in result.stdout.str()
    result = run(project, "-W", "error")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "nothing checks a" in result.stderr.str()


def test_a_warning_tells_of_a_derivation_that_a_test_marks_and_does_not_run(project: pytest.Pytester) -> None:
    inner = wrong('@derivation("a")', indent="    ")
    project.makepyfile(
        test_mine=f"{HEAD}def test_it():\n{inner}\n"
        f"def test_run():\n    from kl_symbolic.api import certify\n{inner}    with pytest.raises(ValueError): certify(f)\n"
    )
    result = run(project)
    result.assert_outcomes(passed=2, warnings=1)
    assert "test_mine.py::test_it: the derivation a is marked in a test" in result.stdout.str()


def test_a_warning_tells_of_a_file_of_derivations_without_any(project: pytest.Pytester) -> None:
    project.makepyfile(mine_derivation="def half_life(d):\n    pass\n", my_derivations=HEAD + wrong('@derivation("a")'))
    result = run(project)
    result.assert_outcomes(failed=1, warnings=1)
    assert "mine_derivation.py has no function marked by @derivation" in result.stdout.str()


@pytest.mark.parametrize("found", sampled(["certificate", "test file", "derivations"]))
def test_a_warning_tells_of_the_missing_line_in_the_ini_file(pytester: pytest.Pytester, found: str) -> None:
    if found == "certificate":
        copied(pytester, "log_one")
    else:
        pytester.makepyfile(**{"test_mine" if found == "test file" else "derivations": GOOD})
    pytester.makeini(SILENT)
    result = run(pytester)
    result.assert_outcomes(warnings=1)
    assert "kl_symbolic = true in the ini file of pytest does" in result.stdout.str()
    assert run(pytester, "-W", "error").ret == pytest.ExitCode.USAGE_ERROR
    assert "DerivationWarning" not in run(pytester, "-o", "kl_symbolic=false").stdout.str()
    run(pytester, "-o", "kl_symbolic=true").assert_outcomes(passed=1 if found == "certificate" else 2)


def test_nothing_is_said_where_there_is_nothing(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    pytester.makepyfile("def test_it(): pass\n")
    run(pytester).assert_outcomes(passed=1)


def test_a_crash_in_one_derivation_is_not_that_of_the_next(project: pytest.Pytester) -> None:
    project.makepyfile(test_mine=GOOD.replace('    d.start("log(x*x)")', "    raise SystemExit(3)"))
    result = run(project)
    result.assert_outcomes(failed=2)
    assert "there is no shipped theorem 'log_square'" in result.stdout.str()
    assert "not proved, before it in the file: log_square" in result.stdout.str()


def test_each_failure_shows_its_step_and_where_it_stands(project: pytest.Pytester) -> None:
    project.makepyfile(
        mine_derivation=HEAD
        + '@derivation("le")\ndef le(d):\n    (a,) = d.positive("a")\n    d.start("1 + a")\n    d.eq("a + 1")\n'
        '    d.le(\n        "1 + a/2",\n        by=d.p.known[0],\n    )\n\n'
        '@derivation("by")\ndef by(d):\n    (a,) = d.positive("a")\n    d.start("a")\n'
        '    d.eq("2*a", by=d.p.field("a + a = 2*a"))\n'
    )
    result = run(project)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "REFUTED le: step 2: *",
            "  left:           a + 1",
            "  right:          1 + a/2",
            "  counterexample: a = 1",
            "  left there:     2",
            "  right there:    3/2",
            "  where:          mine_derivation.py:9",
            "REFUSED by: step 1: the line that was given shows another step",
            "  where:    mine_derivation.py:18",
        ]
    )


@pytest.mark.parametrize("how", sampled(["sys.exit(0)", "raise SystemExit", "quit()"]))
def test_a_file_of_derivations_that_exits_is_an_error_and_the_others_are_checked(
    project: pytest.Pytester, how: str
) -> None:
    project.makepyfile(bad_derivation=f"import sys\n{how}\n", mine_derivation=HEAD + GOOD)
    result = run(project, "--continue-on-collection-errors")
    assert result.ret != 0
    result.assert_outcomes(errors=1, passed=2)
    result.stdout.fnmatch_lines(["*bad_derivation.py raises SystemExit: *"])
    # Inside a derivation it is the failure of this one item.
    project.makepyfile(bad_derivation=HEAD + f"import sys\n@derivation('bad')\ndef bad(d):\n    {how}\n")
    run(project).assert_outcomes(failed=1, passed=2)


def test_what_a_hostile_file_says_cannot_move_the_cursor(project: pytest.Pytester) -> None:
    hostile = "\x1b[2J\x1b[31mlog\u202e_one"
    path = copied(project, "log_one", ('"name": "log_one"', f'"name": "{hostile}"'))
    path.rename(project.path / f"{hostile}{library.SUFFIX}")
    result = run(project, "-v")
    result.assert_outcomes(failed=1)
    shown = result.stdout.str() + result.stderr.str()
    assert not {"\x1b", "\u202e"} & set(shown)
    assert "\\x1b[2J\\x1b[31mlog\\u202e_one" in shown


@pytest.mark.parametrize(
    "how", sampled([("--import-mode=importlib",), ("-p", "xdist", "-n", "2"), ("--doctest-modules",)])
)
def test_other_ways_to_run_collect_the_same(project: pytest.Pytester, how: tuple[str, ...]) -> None:
    copied(project, "log_one")
    project.makepyfile(mine_derivation=GOOD, test_mine=HEAD + wrong('@derivation("a")') + GOOD)
    run(project, *how).assert_outcomes(passed=5, failed=1)
