"""Theorems as test items.

A line in the ini file switches the plugin on::

    [pytest]
    kl_symbolic = true

Then pytest collects every ``*.klcert.json`` file, and every function marked by ``@derivation`` in a test file or in a
file named ``derivations.py`` or ``*_derivation.py``. An item passes when the kernel accepts its certificate. Where the
line is missing and such files are found, pytest warns. The plugin is imported in every run of pytest, so it imports
nothing else until an item runs.
"""

from __future__ import annotations

import inspect
import re
import sys
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import pytest

if TYPE_CHECKING:
    from .kernel import CheckedTheorem, Refused

__all__ = ["CertificateFile", "CertificateItem", "DerivationItem", "DerivationModule", "DerivationWarning"]

_OPTION = "kl_symbolic"
_SUFFIX = ".klcert.json"
_DERIVATIONS = re.compile(r"(.*_)?derivations?\.py\Z")
_PACKAGE = __name__.partition(".")[0]
_MARK, _MARKED = "__kl_derivation__", "__kl_derivations__"
"""As in ``proving.calc``, which a run of pytest without derivations does not import."""

_UNHEARD = pytest.StashKey[dict[str, str]]()
"""The files that were found while the plugin is neither switched on nor off, with what is in each."""
_COLLECTED = pytest.StashKey[set[int]]()
"""The functions that became items, by identity."""


@final
class DerivationWarning(pytest.PytestWarning):
    """A derivation or a certificate that pytest has found and does not check."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini option that switches the plugin on."""
    about = (
        "collect *.klcert.json files and @derivation functions as tests (kl_symbolic); false: not, without a warning"
    )
    parser.addini(_OPTION, about, type="bool", default=None)


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what collecting finds."""
    config.stash[_UNHEARD] = {}
    config.stash[_COLLECTED] = set()


def _is_on(config: pytest.Config) -> bool:
    return config.getini(_OPTION) is True


def _is_open(config: pytest.Config) -> bool:
    """Whether the ini file says neither true nor false."""
    return not isinstance(config.getini(_OPTION), bool)


# --- collecting ------------------------------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a certificate, or a file of derivations."""
    certificate = file_path.name.lower().endswith(_SUFFIX)
    if not certificate and not _DERIVATIONS.match(file_path.name):
        return None
    if not _is_on(parent.config):
        if _is_open(parent.config):
            parent.config.stash[_UNHEARD][str(file_path)] = "the certificate" if certificate else "the derivations"
        return None
    if certificate:
        return _certificate_file(file_path, parent)
    if _collected_anyway(file_path, parent):
        return None
    return DerivationModule.from_parent(parent, path=file_path)


def _certificate_file(path: Path, parent: pytest.Collector) -> CertificateFile:
    """Return the collector of a certificate; its name is shown with control characters spelled out."""
    shown = _seen(path, parent.config)
    if shown.isascii() and shown.isprintable():
        return CertificateFile.from_parent(parent, path=path)
    nodeid = _visible(Path(shown).as_posix(), lines=False)
    return CertificateFile.from_parent(parent, path=path, name=_visible(path.name, lines=False), nodeid=nodeid)


def _collected_anyway(file_path: Path, parent: pytest.Collector) -> bool:
    """Whether pytest itself collects the file: by its name, or because it was given on the command line."""
    return parent.session.isinitpath(file_path) or _is_test_file(file_path, parent.config)


def _is_test_file(path: Path, config: pytest.Config) -> bool:
    return any(path.match(pattern) for pattern in config.getini("python_files"))


def pytest_pycollect_makeitem(collector: pytest.Collector, obj: object) -> list[pytest.Item] | None:
    """Keep pytest from taking a derivation for a test because of its name: its module collects it."""
    return [] if _is_on(collector.config) and _is_marked(obj) else None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Add the derivations of a module to what is collected in it, wherever in the module they are bound."""
    report = yield
    # A module of doctests is a Module, too.
    if isinstance(collector, pytest.Module) and report.passed and type(collector).__name__ != "DoctestModule":
        module = collector.obj
        if _is_on(collector.config) and getattr(module, "__test__", True):
            report.result.extend(_items(collector))
        elif _is_open(collector.config) and vars(module).get(_MARKED):
            collector.config.stash[_UNHEARD][str(collector.path)] = "the derivations"
    return report


def _is_marked(value: object) -> bool:
    return callable(value) and isinstance(getattr(value, _MARK, None), str)


def _home(author: Callable[..., object]) -> dict[str, Any]:
    """Return the namespace of the module in which a function was written."""
    found: dict[str, Any] = inspect.unwrap(author).__globals__
    return found


def _items(collector: pytest.Module) -> Iterator[DerivationItem]:
    """Yield an item for each derivation that is written in a module, or imported from where nothing is collected."""
    namespace = vars(collector.obj)
    authors = list(namespace.get(_MARKED, ()))
    known = set(map(id, authors))
    for value in namespace.values():
        if _is_marked(value) and id(value) not in known and _is_of_nobody(value, namespace, collector.config):
            known.add(id(value))
            authors.append(value)
    if not authors:
        if _DERIVATIONS.match(collector.path.name) and not _is_test_file(collector.path, collector.config):
            _warn(f"{_seen(collector.path, collector.config)} has no function marked by @derivation")
        return
    from .proving.calc import repeated

    problems = repeated(authors)
    names = {id(value): name for name, value in reversed(namespace.items()) if id(value) in known}
    collector.config.stash[_COLLECTED] |= known
    for author in authors:
        theorem = getattr(author, _MARK)
        name = names.get(id(author), theorem)
        yield DerivationItem.from_parent(collector, name=name, author=author, problem=problems.get(theorem, ""))


def _is_of_nobody(author: Callable[..., object], namespace: dict[str, Any], config: pytest.Config) -> bool:
    """Whether a function comes from another module, whose file is collected under no circumstances."""
    home = _home(author)
    if home is namespace:
        return False  # a wrapper around a function that is marked itself
    return not _is_shipped(home) and not _has_own_items(home, config)


def _is_shipped(home: dict[str, Any]) -> bool:
    return str(home.get("__name__")).partition(".")[0] == _PACKAGE


def _has_own_items(home: dict[str, Any], config: pytest.Config) -> bool:
    path = Path(str(home.get("__file__")))
    return _is_test_file(path, config) or bool(_DERIVATIONS.match(path.name))


# --- what is not collected -------------------------------------------------------------------------------------------


def pytest_collection_finish(session: pytest.Session) -> None:
    """Warn of derivations and certificates that were found and are not checked."""
    config = session.config
    if found := config.stash[_UNHEARD]:
        first = _seen(Path(min(found)), config)
        more = f" and {len(found) - 1} more file{'s' * (len(found) > 2)}" if len(found) > 1 else ""
        _warn(
            f"{first}{more}: nothing checks {found[min(found)]}; kl_symbolic = true in the ini file of pytest does, and"
            " kl_symbolic = false ends this warning"
        )
    if not _is_on(config):
        return
    for module in list(sys.modules.values()):
        home = getattr(module, "__dict__", {})
        authors = home.get(_MARKED, ())
        path = Path(str(home.get("__file__")))
        if not authors or _is_shipped(home) or _has_own_items(home, config) or not path.is_relative_to(config.rootpath):
            continue
        lost = [getattr(a, _MARK) for a in authors if id(a) not in config.stash[_COLLECTED]]
        if lost:
            _warn(
                f"{_seen(path, config)}: not collected, and nothing checks {', '.join(lost)}; move it to a test file or"
                " to one named *_derivation.py, or import it there by name"
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Warn of derivations that a test marks and does not run."""
    home = vars(getattr(item, "module", None) or object) if _is_on(item.config) else {}
    before = len(home.get(_MARKED, ()))
    result = yield
    for author in home.get(_MARKED, ())[before:]:
        if not getattr(author, "__kl_written__", False):
            _warn(f"{item.nodeid}: the derivation {getattr(author, _MARK)} is marked in a test, and nothing checks it")
    return result


def _warn(message: str) -> None:
    try:
        warnings.warn(DerivationWarning(_visible(message)), stacklevel=2)
    except DerivationWarning as error:  # filterwarnings = error
        raise pytest.UsageError(str(error)) from None


def _seen(path: Path, config: pytest.Config) -> str:
    return str(path.relative_to(config.rootpath)) if path.is_relative_to(config.rootpath) else str(path)


def _visible(shown: str, lines: bool = True) -> str:
    from .language.printer import visible

    return visible(shown, lines)


# --- items -----------------------------------------------------------------------------------------------------------


class _Failure(Exception):
    """The failure of an item; its message is shown without a traceback."""


class _Item(pytest.Item):
    """An item whose failures show the message of the kernel."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show a refusal as text; anything else, such as an error in the author's code, with its traceback."""
        if isinstance(excinfo.value, _Failure):
            return _visible(str(excinfo.value))
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
        yield CertificateItem.from_parent(self, name=_visible(self.path.name[: -len(_SUFFIX)], lines=False))


@final
class DerivationModule(pytest.Module):
    """A file of derivations that pytest itself does not collect.

    Parameters
    ----------
    *k, **kw
        As of every collector of pytest: made by ``from_parent``, from the parent and the path.
    """

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Run the file; one that asks Python to exit is an error, and does not end the run of the other files."""
        try:
            return super().collect()
        except SystemExit as end:
            raise self.CollectError(f"{_visible(self.path.name, lines=False)} raises SystemExit: {end.code}") from None


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
        if theorem.name != self.path.name[: -len(_SUFFIX)]:
            raise _Failure(f"{_visible(self.path.name, lines=False)} proves a theorem of another name: {theorem.name}")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file of the item, and its heading in a report."""
        return self.path, None, f"certificate {self.name}"


@final
class DerivationItem(_Item):
    """The run of a derivation and the check of the certificate that it writes.

    Parameters
    ----------
    *k, **kw
        As of every item of pytest: made by ``from_parent``, from the parent, the name, as ``author`` the function
        marked by ``@derivation``, and as ``problem`` why it cannot be checked.
    """

    def __init__(self, *, author: Callable[..., object], problem: str, **more: Any) -> None:
        super().__init__(**more)
        self.author = author
        marks: list[pytest.Mark] = getattr(author, "pytestmark", [])
        self.own_markers.extend(marks)
        refused = sorted({mark.name for mark in marks} & {"parametrize", "usefixtures"})
        if refused and not problem:
            problem = f"{refused[0]}: a derivation is one theorem, and gets neither parameters nor fixtures"
        self.problem = problem

    def runtest(self) -> None:
        """Fail unless every step is proved and the kernel accepts the certificate."""
        from .api import certify
        from .kernel import Refused
        from .library import NoSuchTheorem

        if self.problem:
            raise _Failure(f"REFUSED {self.name}: {self.problem}")
        done, failed = self._earlier()
        try:
            certify(self.author, done)
        except Refused as refusal:
            raise _Failure(_refused(self.name, refusal)) from None
        except NoSuchTheorem as error:
            before = f"\n  not proved, before it in the file: {', '.join(failed)}" if failed else ""
            raise _Failure(f"REFUSED {self.name}: {error}{before}") from None

    def _earlier(self) -> tuple[dict[str, CheckedTheorem], list[str]]:
        """Return the theorems of the earlier derivations in the same file, which this one may cite, and what failed."""
        from .api import certify
        from .proving.calc import marked, repeated

        home = _home(self.author)
        authors = marked(home)
        ambiguous = repeated(authors)
        done, failed = home.setdefault("__kl_theorems__", ({}, []))
        for author in authors:
            name = getattr(author, _MARK)
            if author is self.author:
                break
            if name in done or name in failed:
                continue
            try:
                if name in ambiguous:
                    failed.append(name)
                else:
                    done[name] = certify(author, done)
            except (Exception, pytest.skip.Exception, SystemExit):  # noqa: BLE001  its own item tells
                failed.append(name)
        return done, failed

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file and the line of the function, and the heading of the item in a report."""
        plain: Any = inspect.unwrap(self.author)
        return Path(plain.__code__.co_filename), plain.__code__.co_firstlineno - 1, f"derivation {self.name}"


def _refused(name: str, refusal: Refused) -> str:
    from .language.printer import explain

    return f"{_kind(refusal)} {_visible(name, lines=False)}{':' if refusal.line is None else ''} {explain(refusal)}"


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
