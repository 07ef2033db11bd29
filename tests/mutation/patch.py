"""Putting a mutant into the kernel that is already loaded.

A child process is forked from one that has imported the kernel and collected the tests, so nothing is imported again.
Functions get the mutant's code objects, wherever they are referred to; the tables and constants of all modules are
computed anew and take the place of the old ones under every name that was bound to them.
"""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

ORDER = (
    "terms",
    "definitions",
    "statements",
    "syntax",
    "normal_form",
    "rules",
    "axioms",
    "integrals",
    "certificate",
    "table",
)
KERNEL = "kl_symbolic.kernel"


class Unborn(Exception):
    """The mutant cannot even be imported."""


def modules() -> dict[str, ModuleType]:
    """Return the loaded modules of the kernel, in the order of their imports."""
    return {name: sys.modules[f"{KERNEL}.{name}"] for name in ORDER}


def holders() -> dict[str, list[FunctionType]]:
    """Return every function of each module that exists, closures too; to be asked once, for it looks at all objects."""
    found: dict[str, list[FunctionType]] = {str(m.__file__): [] for m in modules().values()}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename in found:
            found[thing.__code__.co_filename].append(thing)
    return {name: found[str(m.__file__)] for name, m in modules().items()}


def put(stem: str, functions: list[FunctionType], trees: dict[str, ast.Module], tables: bool) -> None:
    """Put a module's changed tree, among *trees*, in place; with *tables*, compute the tables of all modules anew.

    Raises
    ------
    Unborn
        When the changed module cannot be compiled or its tables cannot be computed.
    """
    module = modules()[stem]
    try:
        new = {_key(code): code for code in _codes(compile(trees[stem], str(module.__file__), "exec"))}
        for function in functions:
            function.__code__ = new[_key(function.__code__)]
        for node in ast.walk(trees[stem]):
            if isinstance(node, ast.FunctionDef) and node.args.defaults:
                values = tuple(eval(ast.unparse(d), vars(module)) for d in node.args.defaults)  # noqa: S307
                for function in functions:
                    if function.__name__ == node.name and function.__defaults__:
                        function.__defaults__ = values
        for node in trees[stem].body:
            if isinstance(node, ast.ClassDef):
                # The class stays as it is; this tells only whether the mutant could have been imported.
                body: list[ast.stmt] = [n for n in node.body if isinstance(n, ast.Assign)]
                exec(compile(ast.Module(body, []), str(module.__file__), "exec"), dict(vars(module)))  # noqa: S102
        if tables:
            for name, other in modules().items():
                _again(other, trees[name])
    except Exception as error:
        raise Unborn(repr(error)[:200]) from None


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inside in code.co_consts:
        if isinstance(inside, CodeType):
            yield inside
            yield from _codes(inside)


def _key(code: CodeType) -> tuple[object, ...]:
    """Return what tells the code objects of one module apart, and is the same in a mutant."""
    place = next((p for p in code.co_positions() if p[2] is not None and p[0] != p[2] - 1), (0, 0, 0, 0))
    return code.co_qualname, code.co_firstlineno, place[2] if code.co_name == "<lambda>" else None


def _again(module: ModuleType, tree: ast.Module) -> None:
    """Run the assignments of a module again, and bind what is new wherever the old was bound to the same name."""
    before = dict(vars(module))
    for node in tree.body:
        if isinstance(node, ast.Assign) or (isinstance(node, ast.AnnAssign) and node.value is not None):
            if ast.unparse(node).startswith(("_SEAL", "Substitution")):
                continue
            exec(compile(ast.Module([node], []), str(module.__file__), "exec"), vars(module))  # noqa: S102
    changed: dict[str, tuple[Any, Any]] = {
        name: (before[name], value)
        for name, value in vars(module).items()
        if name in before and before[name] is not value
    }
    for other in [m for n, m in sys.modules.items() if n.split(".")[0] in ("kl_symbolic", "tests") and m is not None]:
        for name, (old, new) in changed.items():
            if vars(other).get(name) is old:
                setattr(other, name, new)


def trees_of(root: Path) -> dict[str, ast.Module]:
    """Return the syntax trees of the kernel's modules."""
    return {n: ast.parse((root / "kl_symbolic" / "kernel" / f"{n}.py").read_text(encoding="utf-8")) for n in ORDER}


def clear_caches() -> None:
    """Forget what functions of the package and of the tests remember: it was computed by the kernel as it is.

    Nodes too: those that are known would be given out as they were made.
    """
    modules()["terms"]._KNOWN.clear()
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("kl_symbolic", "tests"):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear) and not isinstance(value, type):
                    clear()
