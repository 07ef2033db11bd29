"""Imports flow one way, and the kernel stays small enough to be read in half an hour."""

from __future__ import annotations

import ast
import sys
import tokenize
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kl_symbolic"
ROOMS = {p.name.removesuffix(".py") for p in PACKAGE.iterdir()}
STANDARD = frozenset(sys.stdlib_module_names)

ALLOWED: dict[str, set[str]] = {
    # room: what it may import beside the standard library
    "kernel": set(),
    "text": {"kernel"},
    "grammar": {"kernel"},
    "library": {"kernel"},
    # leaves that both sides use
    "interval": {"mpmath"},
    "point": {"kernel", "text"},
    "values": {"kernel", "text", "interval", "point", "mpmath"},
    "evaluate": {"kernel", "text", "interval", "point", "values", "mpmath"},
    "polynomials": {"kernel", "interval", "point", "values", "mpmath"},
    "solver": {"kernel", "text", "interval", "point", "values", "polynomials", "mpmath"},
    "sampler": {"kernel", "text", "interval", "point", "values", "polynomials", "evaluate", "solver"},
    "border": {"kernel", "text", "grammar", "sympy"},
    "distributions": {"sympy"},
    "latex_printer": {"border", "distributions", "sympy"},
    "pages": set(),
    "pdf": set(),
    "comparison": set(),
    # the right of the hourglass: reads theorems
    "numeric": {"kernel", "text", "point", "evaluate", "sampler"},
    "render": {"kernel", "text", "grammar", "pages"},
    "rocq": {"kernel", "text"},
    "report": {"render"},
    "examples": {"kernel", "evaluate", "point", "sampler", "render", "report", "mpmath"},
    "outcomes": {"kernel", "text", "evaluate", "point", "report", "mpmath", "numpy"},
    "substituted": {"kernel", "text", "evaluate", "point", "report", "outcomes", "render"},
}
"""Rooms whose imports are bounded from above."""

MAKERS = {"proof", "tactics", "advice", "calc", "theory", "prove", "search"}
"""The left of the hourglass: finds proofs. It may use the leaves, and numbers to look for counterexamples."""

DOORS = {
    "__init__", "__main__", "book", "cli", "derivation", "every_format", "expressions", "html_book", "overview",
    "plots", "pytest_plugin", "reading_copy",
}  # fmt: skip
"""Rooms that put the two sides together; nothing but another door imports one."""

READERS = {"render", "report", "rocq", "examples", "outcomes", "substituted"}


def imported(source: str, module: str) -> Iterator[str]:
    """Yield what a module imports, wherever in it: rooms of the package, or names of other packages.

    Parameters
    ----------
    source : str
    module : str
        Its path inside the package, such as ``kernel/terms.py``.
    """
    package = ["kl_symbolic", *Path(module).parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = [*base, *([node.module] if node.module else [])]
            targets = [".".join([*stem, alias.name]) for alias in node.names]
        else:
            continue
        for target in targets:
            head, *rest = target.split(".")
            if head == "kl_symbolic":
                # What is no room is a public name of the package.
                yield rest[0] if rest and rest[0] in ROOMS else "__init__"
            elif head not in STANDARD:
                yield head


def room(module: str) -> str:
    return Path(module).parts[0].removesuffix(".py")


def breaches(source: str, module: str) -> list[str]:
    """Return the imports that a module must not have."""
    own = room(module)
    found = sorted(set(imported(source, module)) - {own})
    if own in ALLOWED:
        return [name for name in found if name not in ALLOWED[own]]
    if own in MAKERS:
        return [name for name in found if name in DOORS | READERS]
    return []


def modules() -> list[str]:
    return sorted(str(p.relative_to(PACKAGE)) for p in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("module", modules())
def test_imports_flow_one_way(module: str) -> None:
    assert breaches((PACKAGE / module).read_text(encoding="utf-8"), module) == []


def test_every_room_has_its_place_and_only_one() -> None:
    places = [*ALLOWED, *MAKERS, *DOORS]
    assert len(set(places)) == len(places)
    assert {room(module) for module in modules()} == set(places)


def test_what_is_allowed_flows_one_way_itself() -> None:
    """No room may import, through others, what imports it; and none that reads theorems imports what makes them."""

    def below(own: str) -> set[str]:
        direct = ALLOWED.get(own, set())
        return direct.union(*map(below, direct)) if direct else set()

    for own in ALLOWED:
        assert own not in below(own)
        assert below(own).isdisjoint(MAKERS | DOORS)


@pytest.mark.parametrize(
    ("module", "planted", "found"),
    [
        ("kernel/terms.py", "from ..text import text", ["text"]),
        ("kernel/rules.py", "import sympy", ["sympy"]),
        ("kernel/rules.py", "def f():\n    from mpmath import mp", ["mpmath"]),
        ("kernel/rules.py", "if 1:\n    import kl_symbolic.tactics as t", ["tactics"]),
        ("kernel/rules.py", "from .. import library", ["library"]),
        ("kernel/rules.py", "from ... import anything", ["anything"]),
        ("library.py", "from .text import explain", ["text"]),
        ("library.py", "import numpy.random", ["numpy"]),
        ("render/text.py", "from ..evaluate import evaluate", ["evaluate"]),
        ("render/text.py", "from ..numeric import verify", ["numeric"]),
        ("theory/gibbs.py", "from ..cli import main", ["cli"]),
        ("tactics/signs.py", "from ..render import to_text", ["render"]),
        ("calc.py", "from .book import build", ["book"]),
        ("rocq/export.py", "from .. import library", ["library"]),
        ("evaluate.py", "from kl_symbolic import theorem", ["__init__"]),
        ("tactics/signs.py", "import kl_symbolic as kl", ["__init__"]),
    ],
)
def test_a_planted_upward_import_is_caught(module: str, planted: str, found: list[str]) -> None:
    assert breaches(planted, module) == found


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("kernel/terms.py", "from .errors import need\nimport json, re"),
        ("kernel/terms.py", "from . import rules"),
        ("library.py", "from .kernel import check"),
        ("render/text.py", "from ..kernel.terms import Node\nfrom .outline import steps"),
        ("theory/gibbs.py", "import sympy\nfrom ..calc import derivation"),
    ],
)
def test_a_downward_import_is_allowed(module: str, planted: str) -> None:
    assert breaches(planted, module) == []


# --- the size of the kernel ------------------------------------------------------------------------------------------


def docstrings(tree: ast.AST) -> set[int]:
    """Return the lines of all strings that stand as statements: docstrings, and those below constants."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def code_lines(source: str) -> set[int]:
    """Return the lines that hold code: neither blank nor only comment nor docstring."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    found: set[int] = set()
    for token in tokenize.tokenize(BytesIO(source.encode()).readline):
        if token.type not in {*silent, tokenize.ENCODING}:
            found.update(range(token.start[0], token.end[0] + 1))
    return found - docstrings(ast.parse(source))


def test_lines_are_counted_as_promised() -> None:
    source = '"""Doc\n\nstring."""\n\nimport re  # one\n\n# nothing\nX = {\n    1: 2,  # three\n}\n"""Of X."""\n'
    assert code_lines(source) == {5, 8, 9, 10}


def test_the_kernel_has_at_most_900_lines_of_code() -> None:
    sizes = {p.name: len(code_lines(p.read_text(encoding="utf-8"))) for p in sorted((PACKAGE / "kernel").glob("*.py"))}
    assert sum(sizes.values()) <= 900, sizes


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function of the kernel with its lines of code; what is defined inside counts with it."""
    for path in sorted((PACKAGE / "kernel").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        lines = code_lines(source)
        for node in ast.walk(ast.parse(source)):
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
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
