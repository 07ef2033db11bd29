"""Theorems as test items.

A line in the ini file switches the plugin on::

    [pytest]
    kl_symbolic = true

Then pytest collects every ``*.klcert.json`` file, and every function marked by ``@derivation`` in a test file or in a
file named ``*_derivation.py``. An item passes when the kernel accepts its certificate. The plugin is imported in every
run of pytest, so it imports nothing else until an item runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import pytest

if TYPE_CHECKING:
    from .kernel import Refused

__all__ = ["CertificateFile", "CertificateItem", "DerivationItem"]

_OPTION = "kl_symbolic"
_SUFFIX = ".klcert.json"
_DERIVATIONS = "_derivation.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini option that switches the plugin on."""
    about = "collect *.klcert.json files and @derivation functions as tests (kl_symbolic)"
    parser.addini(_OPTION, about, type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a certificate, or a file of derivations."""
    if not parent.config.getini(_OPTION):
        return None
    if file_path.name.endswith(_SUFFIX):
        return CertificateFile.from_parent(parent, path=file_path)
    if file_path.name.endswith(_DERIVATIONS) and not _collected_anyway(file_path, parent):
        return pytest.Module.from_parent(parent, path=file_path)
    return None


def _collected_anyway(file_path: Path, parent: pytest.Collector) -> bool:
    """Whether pytest itself collects the file: by its name, or because it was given on the command line."""
    patterns = parent.config.getini("python_files")
    return parent.session.isinitpath(file_path) or any(file_path.match(p) for p in patterns)


def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> pytest.Item | None:
    """Make an item of a function that is marked as a derivation and written in the collected file."""
    theorem = getattr(obj, "__kl_derivation__", None) if callable(obj) else None
    if not isinstance(theorem, str) or not collector.config.getini(_OPTION):
        return None
    module = getattr(collector, "obj", None)
    if getattr(obj, "__module__", None) != getattr(module, "__name__", None):
        return None  # imported from elsewhere: it is an item there
    return DerivationItem.from_parent(collector, name=name, author=obj)


class _Failure(Exception):
    """The failure of an item; its message is shown without a traceback."""


class _Item(pytest.Item):
    """An item whose failures show the message of the kernel."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show a refusal as text; anything else, such as an error in the author's code, with its traceback."""
        if isinstance(excinfo.value, _Failure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


@final
class CertificateFile(pytest.File):
    """A ``*.klcert.json`` file, which is one item.

    Parameters
    ----------
    *k, **kw
        As of every collector of pytest: made by ``from_parent``, from the parent and the path.
    """

    def collect(self) -> Iterable[pytest.Item]:
        """Yield the item that replays the certificate."""
        yield CertificateItem.from_parent(self, name=self.path.name.removesuffix(_SUFFIX))


@final
class CertificateItem(_Item):
    """The replay of a certificate; its lemmas come from its own directory or are shipped.

    Parameters
    ----------
    *k, **kw
        As of every item of pytest: made by ``from_parent``, from the parent and the name.
    """

    def runtest(self) -> None:
        """Fail unless the kernel accepts the certificate under the name of its file."""
        from .kernel import Refused
        from .library import check_file

        try:
            theorem = check_file(self.path)
        except Refused as refusal:
            raise _Failure(_refused(self.path.name, refusal)) from None
        if theorem.name != self.name:
            raise _Failure(f"{self.path.name} proves a theorem of another name: {theorem.name}")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file of the item, and its heading in a report."""
        return self.path, None, f"certificate {self.name}"


@final
class DerivationItem(_Item):
    """The run of a derivation and the check of the certificate that it writes.

    Parameters
    ----------
    *k, **kw
        As of every item of pytest: made by ``from_parent``, from the parent, the name, and as ``author`` the function
        marked by ``@derivation``.
    """

    def __init__(self, *, author: Callable[..., object], **more: Any) -> None:
        super().__init__(**more)
        self.author = author

    def runtest(self) -> None:
        """Fail unless every step is proved and the kernel accepts the certificate."""
        from .api import certify
        from .kernel import Refused

        try:
            certify(self.author, self._earlier())
        except Refused as refusal:
            raise _Failure(_refused(self.name, refusal)) from None

    def _earlier(self) -> Any:
        """Return the theorems of the earlier derivations in the same file, which this one may cite."""
        from .api import certify, is_author
        from .kernel import Refused

        module: Any = getattr(self.parent, "obj", None)
        done = module.__dict__.setdefault("__kl_theorems__", {})
        for author in list(vars(module).values()):
            if author is self.author:
                break
            if not is_author(author) or author.__module__ != module.__name__ or author.__kl_derivation__ in done:
                continue
            try:
                done[author.__kl_derivation__] = certify(author, done)
            except Refused:
                continue  # its own item tells; this one fails only if it cites it
        return done

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file and the line of the function, and the heading of the item in a report."""
        code = getattr(self.author, "__code__", None)
        line = None if code is None else code.co_firstlineno - 1
        return self.path, line, f"derivation {self.name}"


def _refused(name: str, refusal: Refused) -> str:
    from .language.printer import explain

    return f"{_kind(refusal)} {name}{':' if refusal.line is None else ''} {explain(refusal)}"


def _kind(refusal: Refused) -> str:
    """Return the kind of a failure: refuted by numbers, supported by numbers but not proved, or refused."""
    for part, kind in _KINDS.items():
        if part in refusal.parts:
            return kind
    return "REFUSED"


_KINDS = {
    "counterexample": "REFUTED",
    "numerically_equal": "NUMERICALLY EQUAL, BUT NOT PROVED:",
    "numerically_true": "NUMERICALLY TRUE, BUT NOT PROVED:",
}
"""The kind of failure that a part of a refusal tells. A step that numbers support fails like any that is not proved."""
