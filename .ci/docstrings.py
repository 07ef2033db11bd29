"""Validate docstrings with numpydoc: everything public in full, everything else that a module lists in its parameters.

Public is what ``kl_symbolic.__all__`` and ``DOCUMENTED`` name, with the public methods of their classes. Exit status 1
when a docstring misses something, which is printed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from enum import Enum

from numpydoc.validate import validate

import kl_symbolic

DOCUMENTED = ("kl_symbolic.kernel", "kl_symbolic.measures.plots", "kl_symbolic.proving.calc")
"""Modules that docs/api.md shows beside the names of the package itself."""

FULL = frozenset("GL05 GL06 GL07 SS01 SS02 SS04 PR01 PR02 PR03 PR04 PR07 RT01 EX01".split())
"""Of something public: parameters with types and descriptions, what is returned, an example, sections in order."""

INTERNAL = FULL - {"RT01", "EX01", "PR04", "PR07"}
"""Of everything else: a summary, and every parameter named."""


def members(name: str, value: object) -> Iterator[str]:
    """Yield the dotted name of a function, or of a class with its public methods and properties."""
    yield name
    if inspect.isclass(value):
        kinds = (property, staticmethod, classmethod)
        yield from (
            f"{name}.{key}"
            for key, member in vars(value).items()
            if not key.startswith("_") and (inspect.isfunction(member) or isinstance(member, kinds))
        )


def listed(module: str) -> Iterator[str]:
    """Yield the functions and classes that a module defines and lists in ``__all__``, with their methods."""
    loaded = importlib.import_module(module)
    for key in getattr(loaded, "__all__", ()):
        value = getattr(loaded, key, None)
        if (inspect.isclass(value) or inspect.isfunction(value)) and value.__module__.startswith("kl_symbolic"):
            yield from members(f"{value.__module__}.{value.__qualname__}", value)


def main() -> int:
    """Print what is missing and return the exit status."""
    public = dict.fromkeys([*listed("kl_symbolic"), *(name for module in DOCUMENTED for name in listed(module))])
    modules = [m.name for m in pkgutil.walk_packages(kl_symbolic.__path__, "kl_symbolic.")]
    internal = dict.fromkeys(name for module in modules if "__main__" not in module for name in listed(module))
    count = 0
    for name in {**public, **internal}:
        wanted = FULL if name in public else INTERNAL
        for code, message in validate(name)["errors"]:
            if code in wanted and not (code in ("EX01", "RT01") and is_small(name)) and not is_given(name, code):
                print(f"{name}: {code} {message}")
                count += 1
    print(f"{len(public)} public and {len(internal.keys() - public.keys())} internal docstrings, {count} findings")
    return count > 0


def is_given(name: str, code: str) -> bool:
    """Whether a finding is about the parameters of an enumeration or a protocol, which nobody calls with them."""
    value = found(name)
    protocol = getattr(value, "_is_protocol", False)
    return code == "PR01" and inspect.isclass(value) and (issubclass(value, Enum) or protocol)


def is_small(name: str) -> bool:
    """Whether an object is a property or an exception: what it returns and an example would say nothing more."""
    value = found(name)
    return isinstance(value, property) or (inspect.isclass(value) and issubclass(value, BaseException))


def found(name: str) -> object:
    """Return the object of a dotted name, as it stands in its class."""
    module, _, inside = name.rpartition(".")
    while True:
        try:
            value = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, head = module.rpartition(".")
            inside = f"{head}.{inside}"
    for part in inside.split("."):
        value = inspect.getattr_static(value, part)
    return value


if __name__ == "__main__":
    sys.exit(main())
