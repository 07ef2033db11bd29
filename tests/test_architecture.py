"""Imports flow one way, between packages and between modules, and the kernel stays small enough to be read in an hour."""

from __future__ import annotations

import ast
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kl_symbolic"
STANDARD = frozenset(sys.stdlib_module_names)

ARROWS: dict[str, set[str]] = {
    # package or module: what it may import directly; what those may import, it may import too
    "kernel": set(),
    "library": {"kernel"},
    "language": {"kernel"},
    "numerics": {"language", "mpmath", "flint"},
    "sympy_bridge": {"language", "sympy"},
    "rocq": {"language"},
    "render": {"language"},
    "samples": {"numerics", "render", "numpy"},
    "proving": {"library", "numerics", "sympy_bridge"},
    "theory": {"proving"},
    "families": {"theory"},
    "book": {"families", "samples", "rocq"},
    "api": {"book"},
    "measures": {"api", "numpy", "matplotlib", "flint"},
    "_moved": set(),
    "testing": {"measures"},
    "__init__": {"testing", "_moved"},
    "cli": {"__init__"},
    "__main__": {"cli"},
    "pytest_plugin": {"__init__", "pytest"},
}
"""The allowed imports of each package, and of each module beside the packages."""


def modules() -> dict[str, str]:
    """Return the path of every module inside the package, by its dotted name below it."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        found[".".join(inside.with_suffix("").parts).removesuffix(".__init__")] = str(inside)
    return found


MODULES = modules()


@cache
def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a module, read once for all tests."""
    return ast.parse(source)


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Return every node of the syntax tree of a module, found once for all tests."""
    return tuple(ast.walk(parsed(source)))


@cache
def imported(source: str, module: str) -> tuple[str, ...]:
    """Return what a module imports, wherever in it: modules of the package by dotted name, other packages by name.

    Parameters
    ----------
    source : str
    module : str
        Its path inside the package, such as ``kernel/terms.py``.
    """
    package = ["kl_symbolic", *Path(module).parts[:-1]]
    found: list[str] = []
    for node in nodes(source):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = [*base, *([node.module] if node.module else [])]
            targets = [".".join([*stem, alias.name]) for alias in node.names]
        else:
            continue
        for target in targets:
            head, _, inside = target.partition(".")
            if head == "kl_symbolic":
                found.append(_module(inside))
            elif head not in STANDARD:
                found.append(head)
    return tuple(found)


def _module(name: str) -> str:
    """Return the module in which a dotted name below the package is found."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or "__init__"


def place(module: str) -> str:
    """Return the package, or the module beside the packages, to which a path or a dotted name belongs."""
    return module.replace("/", ".").removesuffix(".py").split(".")[0]


def below(own: str, arrows: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that may be reached along the arrows."""
    found: set[str] = set()
    todo = [own]
    while todo:
        new = set(arrows.get(todo.pop(), ())) - found
        found |= new
        todo += new
    return found


def violations(source: str, module: str) -> list[str]:
    """Return the imports that a module must not have."""
    allowed = {place(module), *below(place(module), ARROWS)}
    return sorted({found for found in imported(source, module) if place(found) not in allowed})


@cache
def graph() -> dict[str, set[str]]:
    """Return which modules each module imports; importing a package is importing what its ``__init__`` imports."""
    return {
        name: {m for m in imported((PACKAGE / path).read_text(encoding="utf-8"), path) if m in MODULES} - {name}
        for name, path in MODULES.items()
    }


def test_imports_flow_one_way() -> None:
    found = {path: violations((PACKAGE / path).read_text(encoding="utf-8"), path) for path in MODULES.values()}
    assert {path: upward for path, upward in found.items() if upward} == {}


def test_every_package_has_its_place() -> None:
    assert {place(module) for module in MODULES.values()} == set(ARROWS)


def test_the_arrows_have_no_cycle() -> None:
    assert [own for own in ARROWS if own in below(own, ARROWS)] == []


def test_there_are_at_most_six_modules_beside_the_packages() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 6


def cyclic(arrows: Mapping[str, set[str]]) -> list[str]:
    """Return the modules that import themselves through others."""
    return sorted(name for name in arrows if name in below(name, arrows))


def test_no_module_imports_itself_through_others() -> None:
    assert cyclic(graph()) == []


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("proving.tactics.arrange", "proving.tactics.sums"),
        ("proving.search.table", "proving.search.reductions"),
        ("kernel.rules", "kernel.terms"),
        ("book.build", "book.examples"),
    ],
)
def test_a_planted_cycle_between_modules_is_caught(upper: str, lower: str) -> None:
    arrows = {**graph()}
    assert lower in below(upper, arrows)
    arrows[lower] = {*arrows[lower], upper}
    assert {upper, lower} <= set(cyclic(arrows))


@pytest.mark.parametrize(
    ("module", "planted", "found"),
    [
        ("kernel/terms.py", "from ..language.printer import text", ["language.printer"]),
        ("kernel/rules.py", "import sympy", ["sympy"]),
        ("kernel/rules.py", "def f():\n    from mpmath import mp", ["mpmath"]),
        ("kernel/rules.py", "if 1:\n    import kl_symbolic.proving.tactics as t", ["proving.tactics"]),
        ("kernel/rules.py", "from .. import library", ["library"]),
        ("kernel/rules.py", "from ... import anything", ["anything"]),
        ("library.py", "from .language.printer import explain", ["language.printer"]),
        ("library.py", "import numpy.random", ["numpy"]),
        ("language/parser.py", "from ..library import theorem", ["library"]),
        ("numerics/evaluate.py", "from kl_symbolic import theorem", ["__init__"]),
        ("numerics/evaluate.py", "import sympy", ["sympy"]),
        ("render/text/page.py", "from ...numerics.evaluate import evaluate", ["numerics.evaluate"]),
        ("render/text/page.py", "from ...numerics.verification import verify", ["numerics.verification"]),
        ("rocq/export.py", "from .. import library", ["library"]),
        ("samples/outcomes.py", "from ..proving.calc import write", ["proving.calc"]),
        ("proving/tactics/facts.py", "from ...render import to_text", ["render"]),
        ("proving/tactics/facts.py", "import kl_symbolic as kl", ["__init__"]),
        ("proving/calc.py", "from ..book.build import build", ["book.build"]),
        ("theory/divergence/gibbs.py", "from ...cli.main import main", ["cli.main"]),
        ("book/build.py", "from ..api import derive", ["api"]),
        ("api.py", "from .measures.expressions import entropy", ["measures.expressions"]),
        ("measures/expressions.py", "from ..cli.main import main", ["cli.main"]),
        ("__init__.py", "from .cli.main import main", ["cli.main"]),
        ("pytest_plugin.py", "from .cli.main import main", ["cli.main"]),
        ("cli/main.py", "from ..pytest_plugin import CertificateFile", ["pytest_plugin"]),
    ],
)
def test_a_planted_upward_import_is_caught(module: str, planted: str, found: list[str]) -> None:
    assert violations(planted, module) == found


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("kernel/terms.py", "from .errors import need\nimport json, re"),
        ("kernel/terms.py", "from . import rules"),
        ("library.py", "from .kernel import check"),
        ("render/text/page.py", "from ...kernel.terms import Node"),
        ("theory/divergence/gibbs.py", "import sympy\nfrom ...proving.calc import derivation"),
        ("cli/main.py", "from .. import library\nfrom ..book.build import build"),
    ],
)
def test_a_downward_import_is_allowed(module: str, planted: str) -> None:
    assert violations(planted, module) == []


# --- public names ----------------------------------------------------------------------------------------------------


def public() -> Iterator[tuple[str, str]]:
    """Yield each class that a module defines and whose name is public, with the module."""
    for name, path in MODULES.items():
        for node in parsed((PACKAGE / path).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, name


def test_no_two_public_classes_share_a_name() -> None:
    counts = Counter(name for name, _ in public())
    assert {name: [m for n, m in public() if n == name] for name, count in counts.items() if count > 1} == {}


# --- the size of the kernel ------------------------------------------------------------------------------------------


def docstrings(tree: ast.AST) -> set[int]:
    """Return the lines of all strings that stand as statements: docstrings, and those below constants."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


@cache
def code_lines(source: str) -> frozenset[int]:
    """Return the lines that hold code: neither blank nor only comment nor docstring."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    found: set[int] = set()
    for token in tokenize.tokenize(BytesIO(source.encode()).readline):
        if token.type not in {*silent, tokenize.ENCODING}:
            found.update(range(token.start[0], token.end[0] + 1))
    return frozenset(found - docstrings(parsed(source)))


def test_lines_are_counted_as_promised() -> None:
    source = '"""Doc\n\nstring."""\n\nimport re  # one\n\n# nothing\nX = {\n    1: 2,  # three\n}\n"""Of X."""\n'
    assert code_lines(source) == {5, 8, 9, 10}


def test_the_kernel_has_at_most_1100_lines_of_code() -> None:
    sizes = {p.name: len(code_lines(p.read_text(encoding="utf-8"))) for p in sorted((PACKAGE / "kernel").glob("*.py"))}
    assert sum(sizes.values()) <= 1100, sizes


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function of the kernel with its lines of code; what is defined inside counts with it."""
    for path in sorted((PACKAGE / "kernel").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        lines = code_lines(source)
        for node in nodes(source):
            if isinstance(node, ast.FunctionDef):
                span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                yield f"{path.name}:{node.name}", len(lines.intersection(span))


LONG_READER = {"syntax.py:decode"}
"""Not rules: the one function with a case for each kind of term in a certificate."""


def test_every_function_of_the_kernel_is_short() -> None:
    found = dict(functions())
    assert len(found) > 80
    assert {name: size for name, size in found.items() if size > 25 and name not in LONG_READER} == {}


def test_the_kernel_neither_evaluates_nor_catches_everything() -> None:
    names, handlers, asserts = set(), [], 0
    for path in sorted((PACKAGE / "kernel").glob("*.py")):
        for node in nodes(path.read_text(encoding="utf-8")):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.ExceptHandler):
                handlers.append(ast.unparse(node.type) if node.type else "everything")
            elif isinstance(node, ast.Constant):
                assert not isinstance(node.value, float), (path.name, node.value)
            asserts += isinstance(node, ast.Assert)
    assert names.isdisjoint({"eval", "exec", "compile", "float", "simplify", "sympify", "pickle", "__import__"})
    assert set(handlers) <= {"Refused", "RecursionError", "json.JSONDecodeError"}
    assert asserts == 0
