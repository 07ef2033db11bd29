"""Errors on purpose: one base class, each also an error of Python's own, and str() is the whole message."""

from __future__ import annotations

import ast
import builtins
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import kl_symbolic as kl
from kl_symbolic import library
from kl_symbolic.kernel import Refused
from kl_symbolic.language.errors import InvalidType, InvalidValue
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain
from kl_symbolic.measures import plots
from kl_symbolic.numerics.evaluate import evaluate
from kl_symbolic.numerics.point import Point
from tests.test_architecture import MODULES, PACKAGE, graph, nodes

ALLOWED = {"SystemExit", "AttributeError", "ModuleNotFoundError", "StopIteration"}
"""Exceptions that Python's own protocols require: the exit status, the protocol of ``__getattr__``, and that of imports."""
INTERNAL = {
    "numerics.balls._Silent",
    "numerics.constraints.Unsolved",
    "numerics.workers._Stopped",
    "cli.console.Unusable",
    "pytest_plugin._Failure",
}
"""Errors that are caught where they are raised, or become an exit status or a line of pytest's report."""


def builtin(source: str) -> list[str]:
    """Return the exceptions of Python's own that a module raises by name."""
    found = []
    for node in nodes(source):
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(raised, ast.Name) and raised.id not in ALLOWED:
                value = getattr(builtins, raised.id, None)
                found += [raised.id] if isinstance(value, type) and issubclass(value, BaseException) else []
    return found


def test_no_module_raises_an_error_that_is_not_ours() -> None:
    found = {name: builtin((PACKAGE / path).read_text(encoding="utf-8")) for name, path in MODULES.items()}
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_a_planted_error_is_found() -> None:
    assert builtin("def f(x):\n    raise ValueError(x)\nraise KeyError") == ["KeyError", "ValueError"]
    assert builtin("raise AttributeError('a')\nraise InvalidValue('b')") == []


def classes() -> dict[str, type[BaseException]]:
    """Return every class of errors that a module of the package defines, by its dotted name."""
    from importlib import import_module

    found = {}
    for name in sorted({*MODULES} - {"__main__"}):
        for key, value in vars(import_module(f"kl_symbolic.{name}".removesuffix(".__init__"))).items():
            own = isinstance(value, type) and issubclass(value, BaseException) and not issubclass(value, Warning)
            if own and value.__module__ == f"kl_symbolic.{name}":
                found[f"{name}.{key}"] = value
    return found


def test_every_class_of_errors_has_the_base_class_and_one_of_pythons_own() -> None:
    found = {name: value for name, value in classes().items() if name not in INTERNAL}
    assert not INTERNAL - set(classes())
    assert {name for name, value in found.items() if not issubclass(value, kl.KLError)} == set()
    plain = {n for n, v in found.items() if not any(b.__module__ == "builtins" and b is not Exception
                                                   for b in v.__mro__[:-3])}  # fmt: skip
    assert plain == {"kernel.errors.KLError"}


@pytest.mark.parametrize(
    ("call", "also"),
    [
        (lambda: kl.theorem("nothing"), KeyError),
        (lambda: kl.kl_divergence([0.5, 0.6], [0.5, 0.5]), ValueError),
        (lambda: kl.kl_divergence("1/2", 0.5), TypeError),
        (lambda: kl.latex("x"), TypeError),
        (lambda: kl.prove("x +"), ValueError),
        (lambda: kl.prove("x < 1", given="0 < x"), TypeError),
        (lambda: kl.assert_proved("1 < 0"), AssertionError),
        (lambda: bool(kl.prove("1 < 0")), TypeError),
        (lambda: kl.Theorem(3), TypeError),  # type: ignore[arg-type]
        (lambda: kl.derive("log_one").to_markdown(flavor="rst"), ValueError),
        (lambda: kl.derive("log_one").to_text(base=1), ValueError),
        (lambda: plots.log_le([1, 0], [0.5, 0.5]), ValueError),
        (
            lambda: evaluate(parse("log(x)", "number", declare({"x": "number"})), Point.of(numbers={"x": 0})),
            ArithmeticError,
        ),
        (lambda: Point.of(numbers={"x": 0.5}), TypeError),  # type: ignore[dict-item]
    ],
)
def test_what_users_meet_is_caught_by_one_class_and_by_pythons_own(call: object, also: type[Exception]) -> None:
    for kind in (kl.KLError, also):
        with pytest.raises(kind) as caught:
            call()  # type: ignore[operator]
        assert str(caught.value).strip()


def test_str_of_a_refusal_is_the_whole_message(tmp_path: Path) -> None:
    source = kl.theorem("log_one").certificate().replace('["trans",[],[4,1]]', '["trans",[],[1,4]]')
    path = tmp_path / "log_one.klcert.json"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        kl.check(path)
    assert str(caught.value) == explain(caught.value)
    assert str(caught.value).startswith(f"line {caught.value.line} rule ") and "\n  " in str(caught.value)
    with pytest.raises(
        Refused, match=r"(?s)^this name is not declared.*\n  at: .*line 1, column 5\n    1 < p\[1\]\n {8}\^$"
    ):
        parse("1 < p[1]", "statement", declare({}))


@pytest.mark.slow
def test_every_entry_point_imports_the_module_that_lays_refusals_out() -> None:
    arrows = graph()

    def reach(name: str) -> set[str]:
        seen, todo = set(), [name]
        while todo:
            new = arrows.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        return seen

    # Importing any module of language imports the package, and with it the printer.
    for name in ("api", "cli.main", "pytest_plugin", "proving.builder", "sympy_bridge.reading", "numerics.point"):
        assert any(module.startswith("language.") for module in reach(name)), name
    program = "from kl_symbolic.language.parser import parse\ntry: parse('1 +', 'number', {})\nexcept ValueError as e: print(e)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "expected more\n  got: the end\n  at:  line 1, column 4\n    1 +\n       ^\n"
    alone = "from kl_symbolic.kernel import check\ntry: check('{')\nexcept ValueError as e: print(e)"
    done = subprocess.run([sys.executable, "-c", alone], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("not JSON: ")


def test_a_refusal_goes_through_a_process_pool_whole() -> None:
    with pytest.raises(Refused) as caught:
        parse("log(", "number", declare({}))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (type(again), str(again), again.parts) == (Refused, str(caught.value), caught.value.parts)


def test_the_classes_for_arguments() -> None:
    assert issubclass(InvalidType, TypeError) and issubclass(InvalidValue, ValueError)


ODD: tuple[object, ...] = (
    3, None, 1.5, True, b"x", object(), "x", [3], [None], [b"x"], {3: 3}, {3: "a"}, {"a": 3}, {"a": [1]}, {None: None}, {("a",): 1},
    {"a"}, range(3), print, "\0",
)  # fmt: skip
"""Arguments that some parameter does not take, mappings with other keys and values among them."""

CALLS: dict[str, Callable[[Any], object]] = {
    "claim": lambda odd: kl.prove(odd),
    "given": lambda odd: kl.prove("x = x", given=odd),
    "one of given": lambda odd: kl.prove("x = x", given=[odd]),
    "names": lambda odd: kl.prove("x = x", names=odd),
    "a signature": lambda odd: kl.prove("x = x", names={"x": odd}),
    "effort": lambda odd: kl.prove("x = x", effort=odd),
    "effort of assert_proved": lambda odd: kl.assert_proved("x = x", effort=odd),
    "theorem": lambda odd: kl.theorem(odd),
    "derive": lambda odd: kl.derive(odd),
    "lemmas": lambda odd: kl.derive(derived(), lemmas=odd),
    "p": lambda odd: kl.derive("coin_flips", p=odd, q="1/2"),
    "q": lambda odd: kl.derive("coin_flips", p="1/2", q=odd),
    "outcomes": lambda odd: kl.derive("coin_flips", p="1/2", q="1/3", outcomes=odd),
    "column": lambda odd: kl.derive("coin_flips", p="1/2", q="1/3", outcomes="HHT", column=odd),
    "simulate": lambda odd: kl.derive("coin_flips", p="1/2", q="1/3", simulate=odd),
    "seed": lambda odd: kl.derive("coin_flips", p="1/2", q="1/3", simulate=3, seed=odd),
    "digits": lambda odd: kl.derive("coin_flips", p="1/2", q="1/3", digits=odd),
    "format": lambda odd: kl.show("log_one", format=odd),
    "check": lambda odd: kl.check(odd),
    "among": lambda odd: kl.check(library.certificate_path("log_one"), among=odd),
    "base": lambda odd: kl.derive("log_one").to_text(base=odd),
    "detail": lambda odd: kl.derive("log_one").to_text(detail=odd),
    "parts": lambda odd: kl.derive("log_one").to_text(parts=odd),
    "title": lambda odd: kl.derive("log_one").to_text(title=odd),
    "flavor": lambda odd: kl.derive("log_one").to_markdown(flavor=odd),
    "rename": lambda odd: kl.derive("log_one").to_latex(rename=odd),
    "width": lambda odd: kl.derive("log_one").to_latex(width=odd),
    "font_size": lambda odd: kl.derive("log_one").to_latex(width="8cm", font_size=odd),
    "heading": lambda odd: kl.derive("log_one").to_latex(heading=odd),
    "label": lambda odd: kl.derive("log_one").to_latex(label=odd),
}
"""Public functions, by the parameter that is given what it does not take."""


@cache
def derived() -> Callable[..., object]:
    """Return a function marked by ``@derivation``; pytest would find one that the module itself marks."""

    @kl.derivation("derived")
    def author(d: Any) -> None:
        d.positive("x")
        d.start("x")
        d.eq("x + 0", "add 0")

    return author


@pytest.mark.parametrize("name", CALLS)
def test_an_argument_that_is_not_taken_is_refused_by_an_error_of_the_package(name: str) -> None:
    refused = 0
    for odd in ODD:
        try:
            CALLS[name](odd)
        except kl.KLError as error:
            refused += 1
            assert str(error).strip()
            assert len(str(error).splitlines()[0]) <= 300
        except OSError as error:
            assert name in ("check", "among", "outcomes"), (odd, error)  # the name of a file that does not exist
    assert refused >= 5, "what is taken is so for some of them only"


def test_the_same_functions_take_what_they_are_for() -> None:
    assert kl.prove("x = x", given=["0 < x"], names={"x": "number"}, effort=2)
    assert kl.derive(
        "coin_flips", p={"H": "1/2", "T": "1/2"}, q={"T": "2/3", "H": "1/3"}, outcomes=iter("HHT"), digits=9
    ).reports()
    assert kl.derive(derived(), lemmas=(kl.theorem(name) for name in ("log_one",))).theorem.name == "derived"
    assert kl.check(library.certificate_path("log_one"), among=iter([str(library.certificate_path("log_div"))]))
    latex = kl.derive("log_le_sub_one").to_latex(
        rename={"x": "y"}, width="8cm", font_size=10.5, label="a", parts=("title", "statement")
    )
    assert "y" in latex
