"""Running Coq on files: in the order of their citations, two at a time, and the result of each.

Theorems are accepted when ``coqc`` compiled their files *and* what ``Print Assumptions`` then prints of all of them
together names no assumption but the four axioms of Coq's standard real numbers. It is asked once, in a file of its own:
to look through all proofs down to the real numbers takes longer than to compile one. Nothing of Coq is looked at before
it is run: without it, exporting works all the same. ``batches`` compiles many theorems in one process.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, final

from ..kernel.errors import KLError
from ..language.errors import InvalidValue

__all__ = [
    "ASSUMPTIONS", "FORBIDDEN", "GROUND", "INTEGRALS", "PACKAGES", "PRELUDE", "QUESTION", "NoCoq", "Outcome",
    "assumptions", "carried_out", "compile_all", "compile_one", "question", "rests_on", "strange", "version", "write",
]  # fmt: skip

T = TypeVar("T")
U = TypeVar("U")

PACKAGES = ("coq", "libcoq-coquelicot")
"""The Debian packages that hold what is needed."""

ASSUMPTIONS = (
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "Classical_Prop.classic",
    "FunctionalExtensionality.functional_extensionality_dep",
)
"""The axioms of Coq's standard real numbers, as it prints them; a theorem may rest on these and no others."""

PRELUDE = "kl_prelude"
"""The file that every theorem requires."""

INTEGRALS = (f"{PRELUDE}_integrals", f"{PRELUDE}_gamma", f"{PRELUDE}_sandwich")
"""The files that a theorem about integrals requires besides."""

GROUND: dict[str, tuple[str, ...]] = {
    PRELUDE: (),
    f"{PRELUDE}_integrals": (PRELUDE,),
    f"{PRELUDE}_riemann": (PRELUDE,),
    f"{PRELUDE}_gamma": (f"{PRELUDE}_integrals", f"{PRELUDE}_riemann"),
    f"{PRELUDE}_sandwich": (f"{PRELUDE}_gamma",),
}
"""The files that are written by hand, each with those that it requires and that do not require each other."""

QUESTION = "kl_assumptions"
"""The file that asks for the axioms of all theorems."""

LONGEST = 600
"""Seconds after which a file that still compiles counts as refused."""

_NAMED = re.compile(r"([A-Za-z_][A-Za-z0-9_'.]*)(?: :.*)?\Z")
_VERSION = re.compile(r"version (\S+)")
_PLACE = re.compile(r'^File "[^"]*", (line [0-9]+)', re.MULTILINE)
FORBIDDEN = re.compile(
    r"\b(Axioms?|Parameters?|Conjectures?|Hypothes[ie]s|Variables?|Context|Declare|Admitted|Admit|admit|give_up"
    r"|bypass_check|Unset|Universe|Polymorphic|Drop|Load|ML|Extraction|Redirect|Cd)\b(?!')"
)
"""Whole words that would let a file be compiled without a proof, or by another Coq than the one that is trusted. With a
prime after it such a word is a name."""


@final
class NoCoq(KLError, RuntimeError):
    """There is no Coq on this machine; the message says which packages hold it."""


@final
@dataclass(frozen=True, slots=True)
class Outcome:
    """The output of Coq for one file.

    Parameters
    ----------
    name : str
        The theorem, or the prelude.
    accepted : bool
    seconds : float
        How long its process took.
    why : str
        Why it was refused, or not tried; empty when it was accepted.
    library : str
        The compiled file that holds it; empty for the one of its own name.
    beside : int
        How many other theorems the same process compiled.
    """

    name: str
    accepted: bool
    seconds: float
    why: str = ""
    library: str = ""
    beside: int = 0


def version() -> str:
    """Return the version of the Coq on this machine, such as ``8.16.1``.

    Raises
    ------
    NoCoq
        When there is none, or Coquelicot is missing beside it.
    """
    try:
        said = subprocess.run(["coqc", "--version"], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        raise NoCoq(f"there is no coqc here; in Debian it is in the packages {' and '.join(PACKAGES)}") from None
    found = _VERSION.search(said)
    if found is None:
        raise NoCoq(f"expected coqc --version to print a version, got {said.strip()!r}")
    where = subprocess.run(["coqc", "-where"], capture_output=True, text=True, check=False).stdout.strip()
    if not (Path(where) / "user-contrib" / "Coquelicot").is_dir():
        raise NoCoq(f"coqc is here, but Coquelicot is not; in Debian it is in the package {PACKAGES[1]}")
    return found[1]


def assumptions(printed: str) -> tuple[str, ...]:
    """Return the names that ``Print Assumptions`` printed, sorted.

    Parameters
    ----------
    printed : str
        What ``Print Assumptions`` printed.

    Raises
    ------
    ValueError
        For anything but what that command prints for proofs that rest on axioms at most.
    """
    lines = printed.splitlines()
    if lines == ["Closed under the global context"]:
        return ()
    if not lines or lines[0] != "Axioms:":
        raise InvalidValue(f"expected the assumptions of one theorem, got {printed[:200]!r}")
    names = []
    for line in lines[1:]:
        if line.startswith(" "):
            continue  # the type of an axiom goes on
        found = _NAMED.match(line)
        if found is None:  # such as "f is assumed to be guarded."
            raise InvalidValue(f"expected the name of an axiom, got {line!r}")
        names.append(found[1])
    return tuple(sorted(names))


def question(libraries: Mapping[str, str]) -> str:
    """Return the file that asks for the axioms of some theorems, all together.

    Parameters
    ----------
    libraries : mapping of str to str
        The theorems, and for each the compiled file that holds it: empty for the one of its own name.

    Returns
    -------
    str
        The proof of ``True`` in it mentions each theorem, so its axioms are those of all.

    Examples
    --------
    >>> "let _ := kl.log_one.log_one in" in question({"log_one": ""})
    True
    """
    required = "".join(f"From kl Require {file}.\n" for file in dict.fromkeys(f or n for n, f in libraries.items()))
    path = {name: f"kl.{file}.kl.{name}.{name}" if file else f"kl.{name}.{name}" for name, file in libraries.items()}
    mentioned = "".join(f"  let _ := {path[name]} in\n" for name in libraries)
    return f"{required}\nDefinition together : True :=\n{mentioned}  I.\n\nPrint Assumptions together.\n"


def write(directory: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files for Coq, and the list of them that editors and ``coq_makefile`` read.

    Parameters
    ----------
    directory : Path
        Made if it is not there.
    files : mapping of str to str
        From the name of each to its text, in an order in which requirements point back.

    Returns
    -------
    list of Path
    """
    directory.mkdir(parents=True, exist_ok=True)
    named = {f"{name}.v": text for name, text in files.items()}
    project = "\n".join(["-Q . kl", *named]) + "\n"
    paths = []
    for name, text in {**named, "_CoqProject": project}.items():
        path = directory / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def compile_all(
    directory: Path,
    uses: Mapping[str, tuple[str, ...]],
    jobs: int = 2,
    start: Callable[[str], None] = lambda name: None,
) -> Iterator[Outcome]:
    """Compile the files of a directory, each after those that it requires, and yield the result of each.

    Parameters
    ----------
    directory : Path
    uses : mapping of str to tuple of str
        From each name to the names that it requires. A name that is not a key is compiled already.
    jobs : int
        How many run at a time.
    start : callable
        Called with each name before it is compiled.

    Yields
    ------
    Outcome
        As soon as it is known. What requires a refused file is not tried.

    Raises
    ------
    NoCoq
    """
    version()
    waiting, done = dict(uses), dict.fromkeys((n for needed in uses.values() for n in needed if n not in uses), True)

    def take(busy: bool) -> str | None:
        for name, needed in waiting.items():
            if all(done.get(n) for n in needed):
                del waiting[name]
                start(name)
                return name
        return None

    for name, outcome in carried_out(jobs, take, lambda name: compile_one(directory, name)):
        done[name] = outcome.accepted
        yield outcome
        spoiled = [] if outcome.accepted else [name]
        for below in spoiled:
            for above in [n for n, needed in waiting.items() if below in needed]:
                del waiting[above]
                done[above] = False
                spoiled.append(above)
                yield Outcome(above, False, 0.0, why=f"not tried: it rests on {below}")
    if waiting:
        raise InvalidValue(f"these rest on each other: {', '.join(waiting)}")


def carried_out(jobs: int, take: Callable[[bool], T | None], do: Callable[[T], U]) -> Iterator[tuple[T, U]]:
    """Run tasks, so many at a time, and yield each with its result.

    Parameters
    ----------
    jobs : int
        How many run at a time.
    take : callable
        Returns the next task, or None when there is none yet; it is told whether one runs. After the last result it is
        asked again.
    do : callable
        From a task to its result.

    Yields
    ------
    tuple
        As soon as the result is there. Every coqc is killed when this is interrupted or not used any more.
    """
    running: dict[Future[U], T] = {}
    with ThreadPoolExecutor(jobs) as pool, _killed_with_us(pool):
        while True:
            while len(running) < jobs and (task := take(bool(running))) is not None:
                running[pool.submit(do, task)] = task
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield running.pop(future), future.result()


def compile_one(directory: Path, name: str) -> Outcome:
    """Compile one file whose requirements are compiled.

    Parameters
    ----------
    directory : Path
    name : str

    Returns
    -------
    Outcome
    """
    begin = time.monotonic()
    _, why = _coqc(directory, name)
    return Outcome(name, not why, time.monotonic() - begin, why)


def rests_on(directory: Path, libraries: Mapping[str, str], file: str = QUESTION) -> tuple[str, ...]:
    """Return the axioms of compiled theorems, all together, as Coq prints them, sorted.

    Parameters
    ----------
    directory : Path
        Where the compiled files are.
    libraries : mapping of str to str
        The theorems, and for each the compiled file that holds it: empty for the one of its own name.
    file : str, optional

    Raises
    ------
    ValueError
        When Coq gives no answer.
    """
    (directory / f"{file}.v").write_text(question(libraries), encoding="utf-8")
    printed, why = _coqc(directory, file)
    if why:
        raise InvalidValue(why)
    return assumptions(printed)


def strange(directory: Path, libraries: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the compiled theorems that use axioms beside those of the standard real numbers, each with these axioms.

    Parameters
    ----------
    directory : Path
        Where the compiled files are.
    libraries : mapping of str to str
        The theorems, and for each the compiled file that holds it: empty for the one of its own name.
    """
    rests = {name: rests_on(directory, {name: file}, f"{QUESTION}_of_one") for name, file in libraries.items()}
    found = {name: tuple(a for a in axioms if a not in ASSUMPTIONS) for name, axioms in rests.items()}
    return {name: others for name, others in found.items() if others}


_processes: set[subprocess.Popen[str]] = set()
"""The coqc that run now."""


@contextmanager
def _killed_with_us(pool: ThreadPoolExecutor) -> Iterator[None]:
    """Kill every coqc, and begin no other, when what is inside is interrupted or not used any more."""
    try:
        yield
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in [*_processes]:
            process.kill()
        raise


def _coqc(directory: Path, name: str) -> tuple[str, str]:
    """Return what coqc prints when it compiles a file, and why it refuses that, if it does."""
    word = FORBIDDEN.search((directory / f"{name}.v").read_text(encoding="utf-8"))
    if word is not None:
        return "", f"a proof has no use for the word {word[0]}"
    command = ["coqc", "-q", "-w", "none", "-noglob", "-Q", ".", "kl", f"{name}.v"]
    with subprocess.Popen(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as ran:
        _processes.add(ran)
        try:
            printed, said = ran.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            return "", f"no answer after {LONGEST} seconds"
        finally:
            ran.kill()  # it has ended, unless we were interrupted or it takes too long
            _processes.discard(ran)
    return printed, _error(said) if ran.returncode else ""


def _error(said: str) -> str:
    """Return the error message of coqc, and the line, in one line of text."""
    place = _PLACE.findall(said)
    _, _, what = said.rpartition("Error:")
    shown = " ".join(what.split())
    return f"{place[-1]}: {shown}" if place else shown or "coqc failed without a word"
