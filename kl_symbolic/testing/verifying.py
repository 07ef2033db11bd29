"""Many theorems against numbers: the work is divided among processes, of this machine or of any pool.

A theorem is made of a certificate only, so certificates are sent and never theorems: a shipped one by its name and the
digest of its certificate, any other as text. Each process checks what it is asked about, and what that cites, once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, cast, final

from .. import library
from ..kernel import CheckedTheorem, Refused
from ..language.errors import InvalidType, InvalidValue
from ..numerics import verification
from ..numerics.verification import Evidence
from ..numerics.workers import each

if TYPE_CHECKING:
    from ..api import Theorem

__all__ = ["FEWEST_DIGITS", "MOST_DIGITS", "Pending", "Pool", "verified", "verify_all"]

FEWEST_DIGITS, MOST_DIGITS = 15, 1000
"""Fewer digits than a float's tell nothing new, and more than a thousand take minutes."""


class Pending(Protocol):
    """A result that is being computed."""

    def result(self) -> object:
        """Wait for the result and return it."""

    def cancel(self) -> object:
        """Give up the computation if it has not begun."""


class Pool(Protocol):
    """Processes that take work: any ``concurrent.futures.Executor``, or what has a ``submit`` like it."""

    def submit(self, function: Callable[[_Task], Evidence | None], task: _Task, /) -> Pending:
        """Have a function called in another process.

        Parameters
        ----------
        function : callable
            It and its argument can be pickled.
        task : object
            Its argument.
        """


def verify_all(
    theorems: Iterable[str | Theorem] | None = None,
    *,
    digits: int = 50,
    effort: int = 1,
    jobs: int = 1,
    executor: Pool | None = None,
) -> Iterator[Evidence]:
    """Try to refute theorems, and every line of their proofs, with numbers; iterate over the evidence, in order.

    The evidence is the same whatever the number of processes.

    Parameters
    ----------
    theorems : iterable of str or Theorem, optional
        Names of shipped theorems, and theorems; all shipped ones by default. In other processes, theorems of your own
        are checked again from their certificates, so the lemmas that they cite must be given too, or be shipped.
    digits : int, optional
        Digits of the computation, from 15 to 1000.
    effort : int, optional
        The work that is allowed for each, in multiples of what is enough for every shipped theorem.
    jobs : int, optional
        The number of processes on this machine.
    executor : concurrent.futures.Executor, optional
        Where to compute instead: a pool of processes, or whatever has such a ``submit``: Dask's ``Client`` or its
        ``get_executor()``, ``mpi4py.futures.MPIPoolExecutor`` and the like. All of the work is submitted at once; what
        has not begun is canceled when the iteration ends early. The executor is not shut down. The same version of
        this package must be installed wherever it computes.

    Returns
    -------
    iterator of Evidence
        What numbers say of each theorem, as soon as it is known; a ``verdict`` is never *proved*.

    Raises
    ------
    TypeError, ValueError
        For arguments that are not of these kinds, both *jobs* and an executor, a lemma that another process would not
        have, and a process with another version of this package.
    NoSuchTheorem
        When no shipped theorem has a name.
    Refused
        When the kernel refuses a shipped certificate.

    Examples
    --------
    >>> for found in verify_all(["log_one", "Gibbs' inequality"], digits=30):
    ...     print(found.name, found.verdict.value, found.points)
    log_one supported 1
    kl_nonneg supported 32
    """
    if type(jobs) is not int or jobs < 1:
        raise InvalidValue(f"expected a number of jobs of at least 1, an int, got {jobs!r}")
    if type(digits) is not int or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise InvalidValue(f"expected {FEWEST_DIGITS} to {MOST_DIGITS} digits, got {digits!r}")
    if executor is not None and jobs != 1:
        raise InvalidValue(f"expected jobs or an executor, got jobs={jobs} and {type(executor).__name__}")
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise InvalidType(f"expected an executor with a method submit, got {type(executor).__name__} {executor!r}")
    if isinstance(theorems, str):
        raise InvalidType(f"expected an iterable of theorems, got the text {theorems!r}; write [{theorems!r}]")
    wanted = library.names() if theorems is None else [_known(theorem) for theorem in theorems]
    beside = {theorem.name: theorem for theorem in wanted if isinstance(theorem, CheckedTheorem)}
    return _raising(verified(wanted, beside, digits, effort, jobs, executor))


def _known(theorem: str | Theorem) -> str | CheckedTheorem:
    """Return the primary name of a shipped theorem, or what the kernel returned for another."""
    if isinstance(theorem, str):
        return library.find(theorem)
    from ..api import Theorem

    if not isinstance(theorem, Theorem):
        raise InvalidType(f"expected the name of a theorem, or a theorem, got {type(theorem).__name__} {theorem!r}")
    return theorem.checked


def _raising(found: Iterator[Evidence | Refused]) -> Iterator[Evidence]:
    for evidence in found:
        if isinstance(evidence, Refused):
            raise evidence
        yield evidence


def verified(
    theorems: Sequence[str | CheckedTheorem],
    beside: Mapping[str, CheckedTheorem],
    digits: int,
    effort: int = 1,
    jobs: int = 1,
    executor: Pool | None = None,
) -> Iterator[Evidence | Refused]:
    """Yield the evidence for each theorem, in order, or how the kernel refuses it.

    Parameters
    ----------
    theorems : sequence of str or CheckedTheorem
        Primary names of shipped theorems, and others.
    beside : mapping of str to CheckedTheorem
        The others, and what they may cite, by name.
    digits, effort, jobs, executor : optional
        As in :func:`verify_all`.

    Yields
    ------
    Evidence or Refused
        A refusal is of a shipped certificate.

    Raises
    ------
    ValueError
        As :func:`verify_all`.
    """
    if executor is None and (jobs == 1 or len(theorems) < 2):
        for theorem in theorems:
            yield _evidence(theorem, digits, effort)
        return
    tasks = [_task(theorem, beside, digits, effort) for theorem in theorems]
    results = each(_examiner, (), tasks, jobs) if executor is None else _submitted(executor, tasks)
    for theorem, found in zip(theorems, results, strict=True):
        # A refusal has terms among its parts, and is not sent: it is found again here.
        yield _evidence(theorem, digits, effort) if found is None else found


def _evidence(theorem: str | CheckedTheorem, digits: int, effort: int) -> Evidence | Refused:
    try:
        checked = library.theorem(theorem) if isinstance(theorem, str) else theorem
    except Refused as refusal:
        return refusal
    return verification.verify(checked, digits, effort=effort)


def _submitted(executor: Pool, tasks: Sequence[_Task]) -> Iterator[Evidence | None]:
    """Yield the results of an executor in the order of the tasks; cancel what is left when it ends early."""
    waiting = deque(executor.submit(_examine, task) for task in tasks)
    try:
        while waiting:
            yield cast("Evidence | None", waiting[0].result())
            waiting.popleft()
    finally:
        for pending in waiting:
            pending.cancel()


# --- what is sent ----------------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class _Task:
    """A theorem to be verified in another process.

    Parameters
    ----------
    name : str
    digest : str
        The SHA-256 of its certificate, if it is shipped; otherwise empty.
    certificates : tuple of (str, str)
        If it is not shipped, the names and certificates of all that it rests on and that is not shipped either, lemmas
        before what cites them, and its own at the end.
    digits, effort : int
    """

    name: str
    digest: str
    certificates: tuple[tuple[str, str], ...]
    digits: int
    effort: int


def _task(theorem: str | CheckedTheorem, beside: Mapping[str, CheckedTheorem], digits: int, effort: int) -> _Task:
    name = theorem if isinstance(theorem, str) else theorem.name
    if isinstance(theorem, str) or _is_shipped(theorem):
        return _Task(name, _digest(name), (), digits, effort)
    found: dict[str, str] = {}
    _collect(theorem, beside, found)
    return _Task(name, "", tuple(found.items()), digits, effort)


def _collect(theorem: CheckedTheorem, beside: Mapping[str, CheckedTheorem], found: dict[str, str]) -> None:
    """Add the certificates below a theorem that are not shipped, and its own; no chain is above ``MAX_CHAIN``."""
    for name in theorem.uses:
        lemma = beside.get(name)
        if lemma is None and name not in library.names():
            raise InvalidValue(
                f"expected the lemma {name!r} of {theorem.name!r} among the theorems: it is not shipped, so another "
                "process does not have it; give it too, or verify without jobs and executor"
            )
        if lemma is not None and name not in found and not _is_shipped(lemma):
            _collect(lemma, beside, found)
    found[theorem.name] = theorem.certificate


def _is_shipped(theorem: CheckedTheorem) -> bool:
    return theorem.name in library.names() and theorem.certificate == library.certificate_text(theorem.name)


def _digest(name: str) -> str:
    return sha256(library.certificate_text(name).encode()).hexdigest()


# --- in the other process --------------------------------------------------------------------------------------------

_MOST_KEPT = 1000
"""How many theorems that are not shipped a process keeps: a pool may outlive many calls. It is far more than a call
has."""

_kept: dict[str, CheckedTheorem] = {}
"""The theorems that this process has checked and that are not shipped, by certificate. Their lemmas may differ only in
what proves the same statement, on which the evidence does not depend."""


def _examiner() -> Callable[[_Task], Evidence | None]:
    return _examine


def _examine(task: _Task) -> Evidence | None:
    """Return the evidence for a theorem, or None where the kernel refuses it."""
    try:
        theorem = _checked(task.certificates) if task.certificates else _shipped(task)
    except Refused:
        return None
    return verification.verify(theorem, task.digits, effort=task.effort)


def _shipped(task: _Task) -> CheckedTheorem:
    if task.name not in library.names() or _digest(task.name) != task.digest:
        raise InvalidValue(
            f"expected the certificate of {task.name!r} to be that of the caller: another version of kl_symbolic is "
            "installed where the executor computes"
        )
    return library.theorem(task.name)


def _checked(certificates: Sequence[tuple[str, str]]) -> CheckedTheorem:
    lemmas: dict[str, CheckedTheorem] = {}
    for name, text in certificates:
        if text not in _kept:
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            _kept[text] = library.check_text(text, lemmas)
        lemmas[name] = _kept[text]
    return lemmas[certificates[-1][0]]
