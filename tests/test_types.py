"""Public signatures are precise: every parameter and every result has a type, and none of them is ``Any``."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import kl_symbolic as kl
from kl_symbolic import kernel
from kl_symbolic.proving.calc import Draft

OWN = ("kl_symbolic.",)


def vague(annotation: str) -> bool:
    """Whether an annotation is missing, or is or contains ``Any``."""
    return not annotation or any(isinstance(n, ast.Name) and n.id == "Any" for n in ast.walk(ast.parse(annotation)))


def written(annotation: object) -> str:
    """Return an annotation as text; the kernel has them evaluated, the other modules as they are written."""
    missing = annotation is inspect.Parameter.empty
    return "" if missing else annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def findings(label: str, function: object) -> Iterator[str]:
    """Yield the parameters and the result of a function whose types are vague."""
    signature = inspect.signature(function)  # type: ignore[arg-type]
    for name, parameter in signature.parameters.items():
        if name not in ("self", "cls") and vague(written(parameter.annotation)):
            yield f"{label}({name})"
    if vague(written(signature.return_annotation)):
        yield f"{label} -> ?"


def of_class(owner: type) -> Iterator[str]:
    """Yield what is vague in a class: its fields, methods and properties, inherited ones of the package too."""
    for base in owner.__mro__:
        if not base.__module__.startswith(OWN):
            continue
        source = ast.parse(inspect.getsource(base).lstrip())
        for node in source.body[0].body:  # type: ignore[attr-defined]
            named = isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
            if named and node.target.id[0] != "_" and vague(ast.unparse(node.annotation)):
                yield f"{owner.__name__}.{node.target.id}"
        for key, member in vars(base).items():
            if key.startswith("_"):
                continue
            value = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
            if inspect.isfunction(value) and value.__module__.startswith(OWN):
                yield from findings(f"{owner.__name__}.{key}", value)


def public() -> dict[str, object]:
    """Return the public objects by name: of the package, the pictures, the kernel, and the draft of derivations."""
    found = {name: getattr(kl, name) for name in kl.__all__ if name not in ("families", "plots")}
    found |= {f"plots.{name}": getattr(kl.plots, name) for name in kl.plots.__all__ if name != "NAMES"}
    found |= {f"kernel.{name}": getattr(kernel, name) for name in kernel.__all__}
    return found | {"Draft": Draft}


WHATEVER = {"kernel.CheckedTheorem": {"CheckedTheorem.story"}}
"""The kernel does not look at what an author wants shown, and takes whatever JSON holds."""


@pytest.mark.parametrize("name", public())
def test_a_public_signature_is_precise(name: str) -> None:
    value = public()[name]
    found = of_class(value) if isinstance(value, type) else findings(name, value)
    assert set(found) == WHATEVER.get(name, set())


def test_what_is_vague_is_found(tmp_path: Path) -> None:
    def shown(a: Any, b: list[Any], c, *, d: int) -> dict[str, Any]: ...  # type: ignore[name-defined, no-untyped-def]  # noqa: F821

    assert list(findings("f", shown)) == ["f(a)", "f(b)", "f(c)", "f -> ?"]
    assert not vague("Theorem | Counterexample | Unknown") and vague("") and vague("Callable[..., Any]")
